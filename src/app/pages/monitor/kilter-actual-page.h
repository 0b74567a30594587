/* kilter-actual-page.h: step 6: the approved plan against what happened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_ACTUAL_PAGE (kilter_actual_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterActualPage, kilter_actual_page, KILTER, ACTUAL_PAGE, KilterPage)

G_END_DECLS
