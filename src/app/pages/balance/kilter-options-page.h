/* kilter-options-page.h: step 4: two to five scenarios compared
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_OPTIONS_PAGE (kilter_options_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterOptionsPage, kilter_options_page, KILTER, OPTIONS_PAGE, KilterPage)

G_END_DECLS
