/* kilter-window.h: the window: start, or one plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"
#include "app/window/kilter-page.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

#define KILTER_TYPE_WINDOW (kilter_window_get_type ())
G_DECLARE_FINAL_TYPE (KilterWindow, kilter_window, KILTER, WINDOW, AdwApplicationWindow)

KilterWindow *kilter_window_new (GtkApplication *application);

/* (nullable): without a document the start page is shown */
KilterDocument *kilter_window_get_document (KilterWindow *self);
void kilter_window_set_document (KilterWindow *self, KilterDocument *document);
KilterSession *kilter_window_get_session (KilterWindow *self);
/* (nullable): what is shown now */
KilterPage *kilter_window_get_page (KilterWindow *self);

/* @target: "supply" or "supply/capacity" */
gboolean kilter_window_show (KilterWindow *self, const char *target);
/* shows @scope there, called @name, and the way back to what is shown now */
void kilter_window_visit (KilterWindow *self,
                          const char *target,
                          const KilterScope *scope,
                          const char *name);

/* a plan, or a file with data to import */
void kilter_window_open_file (KilterWindow *self, GFile *file);
void kilter_window_import_file (KilterWindow *self, GFile *file);
void kilter_window_toast (KilterWindow *self, const char *text, gboolean with_undo);
void kilter_window_report (KilterWindow *self, const GError *error);
void kilter_window_set_busy (KilterWindow *self, gboolean busy);

/* where plans are kept for which no place was chosen */
GFile *kilter_window_get_own_folder (void);

G_END_DECLS
