/* kilter-risks-page.h: assumptions, risks and opportunities
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_RISKS_PAGE (kilter_risks_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterRisksPage, kilter_risks_page, KILTER, RISKS_PAGE, KilterPage)

G_END_DECLS
