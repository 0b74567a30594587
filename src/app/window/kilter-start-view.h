/* kilter-start-view.h: what a window without a plan shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KILTER_TYPE_START_VIEW (kilter_start_view_get_type ())
G_DECLARE_FINAL_TYPE (KilterStartView, kilter_start_view, KILTER, START_VIEW, AdwBin)

void kilter_start_view_refresh (KilterStartView *self);
/* something is being opened */
void kilter_start_view_set_busy (KilterStartView *self, gboolean busy);

G_END_DECLS
