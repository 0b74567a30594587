/* kilter-supply-page.h: step 3: a feasible plan, or an honest gap
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_SUPPLY_PAGE (kilter_supply_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterSupplyPage, kilter_supply_page, KILTER, SUPPLY_PAGE, KilterPage)

G_END_DECLS
