/* kilter-shot.h: what the parts of the program that takes pictures share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/document/kilter-document.h"
#include "app/window/kilter-window.h"

G_BEGIN_DECLS

/* lets idles, layout and frames settle */
void shot_settle (guint milliseconds);
void shot_save (GtkWidget *widget, const char *name);
gboolean shot_wanted (const char *name);
KilterWindow *shot_make_window (GtkApplication *application, KilterDocument *document);
/* (nullable) */
KilterDocument *shot_open_plan (const char *path);

/* shot-states.c: the pages of steps 1 and 2 in every state that they can be in */
void shot_states (GtkApplication *application, const char *plan_path);

G_END_DECLS
