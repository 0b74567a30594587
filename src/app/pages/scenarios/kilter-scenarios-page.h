/* kilter-scenarios-page.h: scenarios side by side, and the snapshots
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_SCENARIOS_PAGE (kilter_scenarios_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterScenariosPage,
                      kilter_scenarios_page,
                      KILTER,
                      SCENARIOS_PAGE,
                      KilterPage)

G_END_DECLS
