/* shot-states.c: empty, open, busy, finished, read-only, and a file that cannot be written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kilter-shot.h"

#include <glib/gstdio.h>

#include "app/window/kilter-views.h"
#include "plan/process/kilter-cycle.h"

#define LAST_STEP 2
#define STAMP "2026-04-15T10:00:00Z"

static void
shoot (KilterWindow *window, const char *state)
{
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; view->step >= 1 && view->step <= LAST_STEP && k < view->n_pages; k++)
        {
          g_autofree char *page = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);
          g_autofree char *name = g_strdup_printf ("state-%s-%s", state, page);

          if (!shot_wanted (name))
            continue;
          kilter_window_show (window, page);
          shot_settle (g_str_equal (state, "busy") ? 60 : 400);
          shot_save (GTK_WIDGET (window), name);
        }
    }
}

static void
apply (KilterDocument *document, KilterCommand *command)
{
  g_autoptr (GError) error = NULL;

  kilter_command_set_stamp (command, "Ana Duarte", STAMP);
  if (!kilter_document_apply (document, command, &error))
    g_error ("%s", error->message);
}

static void
reopen_steps (KilterDocument *document)
{
  for (int step = 1; step <= LAST_STEP; step++)
    {
      g_autoptr (GError) error = NULL;
      KilterCommand *command = kilter_cycle_reopen_step (kilter_document_get_plan (document), step,
                                                         "A late order", &error);

      if (command != NULL)
        apply (document, command);
    }
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(KilterDocument **) data = kilter_document_open_finish (result, &error);
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
shoot_empty (GtkApplication *application, const char *folder)
{
  const KilterDocumentSetup setup = {
    .name = "Heron Appliances",
    .currency = "EUR",
    .kind = KILTER_BUCKET_MONTH,
    .cycle = kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2026-04"),
    .n_history = 36,
    .n_horizon = 18,
  };
  g_autofree char *path = g_build_filename (folder, "empty.kilter", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KilterDocument) document = NULL;
  KilterWindow *window;

  g_file_delete (file, NULL, NULL);
  kilter_document_new_async (&setup, file, NULL, made_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  window = shot_make_window (application, document);
  shoot (window, "empty");
  gtk_window_destroy (GTK_WINDOW (window));
  kilter_document_close_now (document, KILTER_STORE_CLOSE_DISCARD);
}

static void
shoot_busy (KilterWindow *window, KilterDocument *document)
{
  const KilterForecastRequest request = { .version = KILTER_BASELINE };

  for (guint i = 0; i < 6; i++)
    {
      kilter_window_show (window, i < 3 ? "forecast/forecast" : "demand/consensus");
      kilter_document_forecast_async (document, &request, NULL, NULL);
      shot_settle (400);
      if (!kilter_document_is_busy (document))
        continue;
      shoot (window, "busy");
      kilter_document_cancel (document);
      shot_settle (400);
      return;
    }
  g_printerr ("kilter-shot: the forecast was too quick to be seen\n");
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  kilter_document_file_finish (KILTER_DOCUMENT (source), result, NULL);
  *(gboolean *) data = TRUE;
}

/* The folder is gone: a drive that was pulled out. */
static void
shoot_error (KilterWindow *window, KilterDocument *document, const char *folder)
{
  g_autofree char *away = g_strconcat (folder, ".away", NULL);
  gboolean done = FALSE;

  if (g_rename (folder, away) != 0)
    return;
  apply (document, kilter_command_new ("comment", "Comment"));
  kilter_document_publish_async (document, tried_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  shoot (window, "error");
  g_rename (away, folder);
}

void
shot_states (GtkApplication *application, const char *plan_path)
{
  g_autofree char *folder = g_path_get_dirname (plan_path);
  g_autoptr (KilterDocument) document = shot_open_plan (plan_path);
  g_autoptr (KilterDocument) second = NULL;
  KilterWindow *window, *other;

  if (document == NULL)
    return;
  shoot_empty (application, folder);
  window = shot_make_window (application, document);
  shoot (window, "finished");
  second = shot_open_plan (plan_path);
  other = shot_make_window (application, second);
  shoot (other, "read-only");
  gtk_window_destroy (GTK_WINDOW (other));
  kilter_document_close_now (second, KILTER_STORE_CLOSE_DISCARD);
  reopen_steps (document);
  shoot (window, "open");
  shoot_busy (window, document);
  shoot_error (window, document, folder);
  gtk_window_destroy (GTK_WINDOW (window));
}
