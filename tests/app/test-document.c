/* test-document.c: editing, undo, publishing and long work of a document
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>

#include "app/document/kilter-session.h"

static void
changed_cb (KilterDocument *document, guint change, gpointer command, guint *out)
{
  *out |= change;
}

static KilterCommand *
rename_plan (KilterDocument *document, const char *name)
{
  KilterCommand *command = kilter_command_new ("settings", "Rename");

  kilter_command_set_setting (command, kilter_document_get_plan (document), "name", name);
  return command;
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("override", "Override");
  guint change = 0;

  g_signal_connect (fixture->document, "changed", G_CALLBACK (changed_cb), &change);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_CORRECTION, KILTER_LAYER_INPUT,
                            1, 3, 77);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  g_assert_cmpuint (change, ==, KILTER_CHANGE_VALUES);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CORRECTION, 1, 3), ==,
                     77);
  g_assert_cmpstr (kilter_document_get_undo_label (fixture->document), ==, "Override");
  g_signal_handlers_disconnect_by_data (fixture->document, &change);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  guint change = 0;

  g_assert_cmpstr (kilter_document_get_name (fixture->document), ==, "Tea House");
  g_assert_true (kilter_document_apply (fixture->document,
                                        rename_plan (fixture->document, "Coffee House"), NULL));
  g_assert_cmpstr (kilter_document_get_name (fixture->document), ==, "Coffee House");
  g_signal_connect (fixture->document, "changed", G_CALLBACK (changed_cb), &change);
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_cmpstr (kilter_document_get_name (fixture->document), ==, "Tea House");
  g_assert_cmpuint (change & KILTER_CHANGE_RECORDS, !=, 0);
  g_assert_cmpstr (kilter_document_get_redo_label (fixture->document), ==, "Rename");
  g_assert_true (kilter_document_redo (fixture->document, NULL));
  g_assert_cmpstr (kilter_document_get_name (fixture->document), ==, "Coffee House");
  g_assert_null (kilter_document_get_redo_label (fixture->document));
  g_signal_handlers_disconnect_by_data (fixture->document, &change);
}

static void
test_empty_command (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (kilter_document_get_undo_label (fixture->document));
  guint change = 0;

  g_signal_connect (fixture->document, "changed", G_CALLBACK (changed_cb), &change);
  g_assert_true (
    kilter_document_apply (fixture->document, kilter_command_new ("nothing", "Nothing"), NULL));
  g_assert_cmpuint (change, ==, 0);
  g_assert_cmpstr (kilter_document_get_undo_label (fixture->document), ==, before);
  g_signal_handlers_disconnect_by_data (fixture->document, &change);
}

static void
file_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kilter_document_file_finish (KILTER_DOCUMENT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* What is closed is in the file. */
static void
test_close_publishes (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    kilter_document_apply (fixture->document, rename_plan (fixture->document, "Published"), NULL));
  kilter_document_close_async (fixture->document, file_cb, &done);
  wait_for (&done);
  g_assert_finalize_object (g_steal_pointer (&fixture->document));
  fixture->document = open_document (fixture->file, KILTER_STORE_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kilter_document_get_name (fixture->document), ==, "Published");
}

/* What is applied while the file is being written is in the file, too, when the answer comes. */
static void
test_publishes_twice (Fixture *fixture, gconstpointer data)
{
  gboolean first = FALSE, second = FALSE, third = FALSE;

  g_assert_true (
    kilter_document_apply (fixture->document, rename_plan (fixture->document, "One"), NULL));
  kilter_document_publish_async (fixture->document, file_cb, &first);
  g_assert_true (
    kilter_document_apply (fixture->document, rename_plan (fixture->document, "Two"), NULL));
  kilter_document_publish_async (fixture->document, file_cb, &second);
  wait_for (&second);
  g_assert_true (first);
  g_assert_false (kilter_document_has_unpublished (fixture->document));
  kilter_document_publish_async (fixture->document, file_cb, &third);
  wait_for (&third);
}

/* Two seconds after the last edit the file follows by itself. */
static void
test_publishes_when_idle (Fixture *fixture, gconstpointer data)
{
  g_assert_true (
    kilter_document_apply (fixture->document, rename_plan (fixture->document, "Idle"), NULL));
  g_assert_true (kilter_document_has_unpublished (fixture->document));
  for (int i = 0; i < 60 && kilter_document_has_unpublished (fixture->document); i++)
    wait_milliseconds (100);
  g_assert_false (kilter_document_has_unpublished (fixture->document));
  g_assert_cmpint (kilter_document_get_state (fixture->document), ==, KILTER_DOCUMENT_NORMAL);
}

/* A second opening is read-only, and says no to edits. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterDocument) second = open_document (fixture->file, KILTER_STORE_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_true (kilter_document_is_read_only (second));
  g_assert_cmpint (kilter_document_get_state (second), ==, KILTER_DOCUMENT_LOCKED);
  g_assert_false (kilter_document_apply (second, rename_plan (second, "No"), &error));
  g_assert_error (error, KILTER_DOCUMENT_ERROR, KILTER_DOCUMENT_ERROR_READ_ONLY);
  kilter_document_close_now (second, KILTER_STORE_CLOSE_DISCARD);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (kilter_document_run_finish (KILTER_DOCUMENT (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
test_forecast (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  gboolean done = FALSE;

  g_assert_true (isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_STATISTICAL, 1, 24)));
  kilter_document_forecast_async (
    fixture->document, &(KilterForecastRequest) { .version = KILTER_BASELINE }, run_cb, &done);
  g_assert_true (kilter_document_is_busy (fixture->document));
  wait_for (&done);
  g_assert_false (kilter_document_is_busy (fixture->document));
  /* a straight line goes on */
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_STATISTICAL, 1, 24), 124, 5);
  /* and is one step to take back */
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_true (isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_STATISTICAL, 1, 24)));
}

static gboolean
wait_run (gpointer task, KilterJob *job, GError **error)
{
  while (!kilter_job_is_cancelled (job))
    g_usleep (1000);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kilter_document_run_finish (KILTER_DOCUMENT (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static void
busy_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kilter_document_run_finish (KILTER_DOCUMENT (source), result, &error));
  g_assert_error (error, KILTER_DOCUMENT_ERROR, KILTER_DOCUMENT_ERROR_BUSY);
  *(gboolean *) data = TRUE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  const KilterDocumentWork work = { .title = "Waiting", .run = wait_run, .task = fixture };
  gboolean done = FALSE, second = FALSE;
  g_autofree char *problem = NULL;

  kilter_document_run_async (fixture->document, &work, cancelled_cb, &done);
  kilter_document_run_async (fixture->document, &work, busy_cb, &second);
  wait_for (&second);
  g_assert_false (done);
  kilter_document_cancel (fixture->document);
  wait_for (&done);
  /* giving up is no failure */
  g_object_get (fixture->document, "problem", &problem, NULL);
  g_assert_null (problem);
}

static void
logged_cb (KilterDocument *document, gboolean *logged)
{
  *logged = TRUE;
}

static gboolean
log_is_behind (Fixture *fixture)
{
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;

  filter.kind = "settings";
  log = kilter_document_get_log (fixture->document, &filter);
  return log->len == 0;
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;
  const KilterLogEntry *entry;
  gboolean logged = FALSE;

  g_assert_true (
    kilter_document_apply (fixture->document, rename_plan (fixture->document, "Logged"), NULL));
  /* the log is what is on the disk */
  g_signal_connect (fixture->document, "logged", G_CALLBACK (logged_cb), &logged);
  while (!logged || log_is_behind (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (fixture->document, &logged);
  filter.limit = 1;
  log = kilter_document_get_log (fixture->document, &filter);
  g_assert_cmpuint (log->len, ==, 1);
  entry = g_ptr_array_index (log, 0);
  g_assert_cmpstr (entry->label, ==, "Rename");
  g_assert_cmpstr (entry->who, ==, kilter_document_get_user (fixture->document));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/document/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("apply", test_apply);
  ADD ("undo", test_undo);
  ADD ("empty-command", test_empty_command);
  ADD ("close-publishes", test_close_publishes);
  ADD ("publishes-twice", test_publishes_twice);
  ADD ("publishes-when-idle", test_publishes_when_idle);
  ADD ("locked", test_locked);
  ADD ("forecast", test_forecast);
  ADD ("cancel", test_cancel);
  ADD ("log", test_log);
  return g_test_run ();
}
