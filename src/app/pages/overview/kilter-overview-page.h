/* kilter-overview-page.h: the state of the cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_OVERVIEW_PAGE (kilter_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterOverviewPage, kilter_overview_page, KILTER, OVERVIEW_PAGE, KilterPage)

G_END_DECLS
