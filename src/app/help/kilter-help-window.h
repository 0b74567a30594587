/* kilter-help-window.h: the user's guide
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KILTER_TYPE_HELP_WINDOW (kilter_help_window_get_type ())
G_DECLARE_FINAL_TYPE (KilterHelpWindow, kilter_help_window, KILTER, HELP_WINDOW, AdwWindow)

KilterHelpWindow *kilter_help_present (GtkApplication *application, const char *page);
gboolean kilter_help_window_show (KilterHelpWindow *self, const char *target);
const char *kilter_help_window_get_page (KilterHelpWindow *self);

void kilter_help_set_page (GtkWidget *widget, const char *page);
const char *kilter_help_find_page (GtkWidget *widget);

G_END_DECLS
