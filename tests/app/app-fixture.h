/* app-fixture.h: a document in a folder of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/document/kilter-document.h"
#include "app/kilter-application.h"
#include "app/window/kilter-window.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  GFile *file;
  KilterDocument *document;
} Fixture;

/* the application, without a place on the bus and without animations */
KilterApplication *fixture_start (int *argc, char ***argv);
/* @application: (transfer full) */
int fixture_run (KilterApplication *application);
/* a small plan: 2 products in a family, a region, a channel, 24 months of sales, 12 ahead */
void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
/* a window of the plan with that page on the screen */
KilterWindow *fixture_show (Fixture *fixture, GtkApplication *application, const char *view);
/* a scenario of the plan, nothing in it differs */
KilterVersion add_scenario (Fixture *fixture, const char *name);
void close_window (KilterWindow *window);
/* (nullable): the first widget of a type, from there downwards */
GtkWidget *find_widget (GtkWidget *from, GType type);
void wait_for (gboolean *done);
void wait_milliseconds (guint milliseconds);
/* (transfer full) */
KilterDocument *open_document (GFile *file, KilterStoreFlags flags, GError **error);

G_END_DECLS
