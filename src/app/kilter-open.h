/* kilter-open.h: plans into windows: opening, what cannot be opened, recovery after a crash
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-window.h"

G_BEGIN_DECLS

/* @window: (nullable): where it shows, when that window has no plan */
void kilter_open_file (GtkApplication *application, KilterWindow *window, GFile *file);
void kilter_open_sample (GtkApplication *application, KilterWindow *window, gboolean start_over);
void
kilter_open_document (GtkApplication *application, KilterWindow *window, KilterDocument *document);
/* offers what a crash left behind */
void kilter_open_offer_recovery (GtkApplication *application, KilterWindow *window);

G_END_DECLS
