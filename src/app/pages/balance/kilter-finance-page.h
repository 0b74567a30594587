/* kilter-finance-page.h: step 4: the plan in money, against budget, last cycle or last year
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FINANCE_PAGE (kilter_finance_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterFinancePage, kilter_finance_page, KILTER, FINANCE_PAGE, KilterPage)

G_END_DECLS
