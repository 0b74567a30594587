/* kilter-actions-page.h: step 6: what was to be done, and the decisions it came from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_ACTIONS_PAGE (kilter_actions_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterActionsPage, kilter_actions_page, KILTER, ACTIONS_PAGE, KilterPage)

G_END_DECLS
