/* kilter-events-page.h: step 2: promotions, launches, phase-outs, price changes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_EVENTS_PAGE (kilter_events_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterEventsPage, kilter_events_page, KILTER, EVENTS_PAGE, KilterPage)

G_END_DECLS
