/* kilter-executive-page.h: step 5: what is to be decided, what it does to the year, approval
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_EXECUTIVE_PAGE (kilter_executive_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterExecutivePage,
                      kilter_executive_page,
                      KILTER,
                      EXECUTIVE_PAGE,
                      KilterPage)

G_END_DECLS
