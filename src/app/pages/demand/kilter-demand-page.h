/* kilter-demand-page.h: step 2: one agreed, unconstrained demand plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_DEMAND_PAGE (kilter_demand_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterDemandPage, kilter_demand_page, KILTER, DEMAND_PAGE, KilterPage)

G_END_DECLS
