/* app-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <glib/gstdio.h>

#include "plan/process/kilter-cycle.h"

void
wait_for (gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The time counts in slices after which nothing is left to do: on a busy machine, or under a
 * sanitizer, a frame that is late makes the wait longer instead of the test wrong. */
void
wait_milliseconds (guint milliseconds)
{
  for (guint waited = 0; waited < milliseconds; waited += 10)
    {
      gboolean is_over = FALSE, is_idle = FALSE;

      g_timeout_add (10, over_cb, &is_over);
      wait_for (&is_over);
      g_idle_add_full (G_PRIORITY_LOW + 100, over_cb, &is_idle, NULL);
      wait_for (&is_idle);
    }
}

GtkWidget *
find_widget (GtkWidget *from, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (from, type))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  KilterDocument *document;
  GError *error;
  gboolean done;
} Opening;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;

  opening->document = kilter_document_open_finish (result, &opening->error);
  opening->done = TRUE;
}

KilterDocument *
open_document (GFile *file, KilterStoreFlags flags, GError **error)
{
  Opening opening = { 0 };

  kilter_document_open_async (file, flags, NULL, opened_cb, &opening);
  wait_for (&opening.done);
  if (opening.error != NULL)
    g_propagate_error (error, opening.error);
  return opening.document;
}

static int
add_named (KilterCommand *command,
           KilterPlan *plan,
           KilterTableId table,
           int field,
           const char *name)
{
  int id = kilter_command_add_record (command, plan, table);

  kilter_command_set_field_text (command, plan, table, id, field, name);
  return id;
}

static void
fill (KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  KilterCommand *command = kilter_command_new ("test", "Products");
  int family = add_named (command, plan, KILTER_TABLE_FAMILY, KILTER_FAMILY_NAME, "Tea");
  int region = add_named (command, plan, KILTER_TABLE_REGION, KILTER_REGION_NAME, "North");
  int channel = add_named (command, plan, KILTER_TABLE_CHANNEL, KILTER_CHANNEL_NAME, "Shops");
  static const char *const names[] = { "Green", "Black" };
  double values[24];

  for (int i = 0; i < 24; i++)
    values[i] = 100 + i;
  for (int i = 0; i < 2; i++)
    {
      int product = add_named (command, plan, KILTER_TABLE_PRODUCT, KILTER_PRODUCT_CODE, names[i]);
      int series = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);

      kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product,
                                     KILTER_PRODUCT_NAME, names[i]);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, product,
                                       KILTER_PRODUCT_FAMILY, family);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_PRODUCT, product);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_REGION, region);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_CHANNEL, channel);
    }
  g_assert_true (kilter_document_apply (document, command, NULL));
  for (int series = 1; series <= 2; series++)
    {
      command = kilter_command_new ("test", "Sales");
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT,
                                 series, 0, 24, values);
      g_assert_true (kilter_document_apply (document, command, NULL));
    }
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  Opening opening = { 0 };
  const KilterDocumentSetup setup = {
    .name = "Tea House",
    .currency = "EUR",
    .kind = KILTER_BUCKET_MONTH,
    .cycle = kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2026-04"),
    .n_history = 24,
    .n_horizon = 12,
  };

  fixture->folder = g_dir_make_tmp ("kilter-app-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "tea.kilter", NULL);
  fixture->file = g_file_new_for_path (path);
  kilter_document_new_async (&setup, fixture->file, NULL, opened_cb, &opening);
  wait_for (&opening.done);
  g_assert_no_error (opening.error);
  fixture->document = opening.document;
  fill (fixture->document);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->document != NULL)
    {
      kilter_document_close_now (fixture->document, KILTER_STORE_CLOSE_DISCARD);
      /* writes that are done still have to tell it */
      wait_milliseconds (50);
    }
  g_assert_finalize_object (fixture->document);
  g_file_delete (fixture->file, NULL, NULL);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
}

KilterWindow *
fixture_show (Fixture *fixture, GtkApplication *application, const char *view)
{
  KilterWindow *window = kilter_window_new (application);

  kilter_window_set_document (window, fixture->document);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (kilter_window_show (window, view));
  for (int i = 0; i < 200 && !gtk_widget_get_mapped (GTK_WIDGET (kilter_window_get_page (window)));
       i++)
    wait_milliseconds (50);
  wait_milliseconds (100);
  return window;
}

KilterApplication *
fixture_start (int *argc, char ***argv)
{
  KilterApplication *application;

  /* tests/headless has given us a home; isolated folders would hide the icons and MIME types */
  g_test_init (argc, argv, NULL);
  application = kilter_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return application;
}

int
fixture_run (KilterApplication *application)
{
  int status = g_test_run ();

  g_object_unref (application);
  return status;
}

void
close_window (KilterWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  wait_milliseconds (20);
}

KilterVersion
add_scenario (Fixture *fixture, const char *name)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterVersion version = 0;
  KilterCommand *command = kilter_scenario_new (plan, KILTER_BASELINE, name, "Wei",
                                                "2026-04-14T09:12:00Z", &version, NULL);

  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  return version;
}
