/* test-fault.c: the n-th read, write or sync fails, for every n: an error is told, the plan is as
 * it was, nothing is lost
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"
#include "store/store-shim.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* --- a file system that fails when it is told to --- */

static struct
{
  gint countdown; /* calls until the failure; below 0: never */
  gint code;
  gint lasting; /* whether all later calls fail as well */
  gint n_failed;
} fault = { -1, SQLITE_OK, FALSE, 0 };

static int
decide (void)
{
  int left = g_atomic_int_get (&fault.countdown);

  if (left < 0)
    return SQLITE_OK;
  if (left > 0)
    {
      g_atomic_int_add (&fault.countdown, -1);
      return SQLITE_OK;
    }
  if (!fault.lasting)
    g_atomic_int_set (&fault.countdown, -1);
  g_atomic_int_inc (&fault.n_failed);
  return fault.code;
}

static void
arm (int countdown, int code, gboolean lasting)
{
  fault.code = code;
  fault.lasting = lasting;
  fault.n_failed = 0;
  g_atomic_int_set (&fault.countdown, countdown);
}

static gboolean
disarm (void)
{
  g_atomic_int_set (&fault.countdown, -1);
  return fault.n_failed > 0;
}

static int
fail_read (ShimFile *file)
{
  return fault.code != SQLITE_FULL && decide () != SQLITE_OK ? SQLITE_IOERR_READ : SQLITE_OK;
}

static int
fail_write (ShimFile *file, const void *data, int n, sqlite3_int64 at)
{
  int result = decide ();

  if (result == SQLITE_OK)
    return SQLITE_OK;
  /* half of it arrives */
  shim_write_real (file, data, n / 2, at);
  return result == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
fail_truncate (ShimFile *file, sqlite3_int64 size)
{
  return fault.code != SQLITE_FULL && decide () != SQLITE_OK ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int
fail_sync (ShimFile *file)
{
  return fault.code != SQLITE_FULL && decide () != SQLITE_OK ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static const ShimHooks hooks = {
  .read = fail_read,
  .write = fail_write,
  .truncate = fail_truncate,
  .sync = fail_sync,
};

/* --- tests --- */

typedef struct
{
  int code;
  gboolean lasting;
} Kind;

static const Kind kinds[] = {
  { SQLITE_IOERR, FALSE },
  { SQLITE_IOERR, TRUE },
  { SQLITE_FULL, FALSE },
  { SQLITE_FULL, TRUE },
};

/* A command of several pages. */
static KilterCommand *
make_bulk (KilterPlan *plan)
{
  KilterCommand *command = kilter_command_new ("import", "Bulk");
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *values = g_new (double, n);

  for (int m = 0; m < KILTER_N_MEASURES; m++)
    for (int row = 1; row <= 3; row++)
      {
        for (int i = 0; i < n; i++)
          values[i] = 1.0 / (i + m + row);
        kilter_command_set_values (command, plan, KILTER_BASELINE, m, KILTER_LAYER_FACT, row, 0, n,
                                   values);
      }
  return command;
}

/* One thing is tried; when it fails the plan is as it was. */
static void
attempt (KilterStore *store, int what)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *before = fixture_dump (plan);
  g_autofree char *after = NULL;
  gboolean could_undo = kilter_store_can_undo (store);
  gboolean could_redo = kilter_store_can_redo (store);
  g_autoptr (GError) error = NULL;
  gboolean done;

  switch (what)
    {
    case 0:
      done = kilter_store_apply (store, fixture_edit (plan, 2, 35, 99, 4), &error);
      break;
    case 1:
      done = kilter_store_apply (store, make_bulk (plan), &error);
      break;
    case 2:
      done = kilter_store_undo (store, "Ana", "now", &error);
      break;
    default:
      done = kilter_store_redo (store, "Ana", "now", &error);
      break;
    }
  if (done)
    return;
  g_assert_true (error->domain == KILTER_STORE_ERROR);
  after = fixture_dump (plan);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (kilter_store_can_undo (store), ==, could_undo);
  g_assert_cmpint (kilter_store_can_redo (store), ==, could_redo);
}

static void
test_commands (gconstpointer data)
{
  const Kind *kind = data;
  gboolean failed = TRUE;
  int n;

  for (n = 0; failed; n += n < 20 ? 1 : 29)
    {
      KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
      g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
      g_autofree char *expected = NULL;
      g_autofree char *now = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (kilter_store_apply (
        store, fixture_edit (kilter_store_get_plan (store), 1, 30, 1, 1), &error));
      arm (n, kind->code, kind->lasting);
      for (int what = 0; what < 4; what++)
        attempt (store, what);
      failed = disarm ();

      /* the disk works again */
      g_assert_true (kilter_store_apply (
        store, fixture_edit (kilter_store_get_plan (store), 3, 31, 2, 2), &error));
      g_assert_no_error (error);
      expected = fixture_dump (kilter_store_get_plan (store));
      fixture_close (store, n % 2 ? KILTER_STORE_CLOSE_KEEP : KILTER_STORE_CLOSE_PUBLISH);
      store = fixture_open (file);
      now = fixture_dump (kilter_store_get_plan (store));
      g_assert_cmpstr (now, ==, expected);
      fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
      {
        g_autoptr (GPtrArray) findings = kilter_store_check (file, NULL);

        for (guint i = 0; i < findings->len; i++)
          g_assert_cmpint (((KilterFinding *) findings->pdata[i])->kind, >, KILTER_FINDING_LOG);
      }
    }
  g_test_message ("failed at each of %d places", n);
  g_assert_cmpint (n, >, 10);
}

/* Several on their way when the first one fails: all are taken back, and each is told. */
static void
count_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *counts = user_data;

  counts[kilter_store_write_finish (NULL, result, NULL) ? 0 : 1]++;
}

static void
test_async (gconstpointer data)
{
  const Kind *kind = data;

  for (int n = 0; n < 30; n++)
    {
      KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
      KilterPlan *plan = kilter_store_get_plan (store);
      g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
      g_autofree char *expected = NULL;
      g_autofree char *now = NULL;
      int counts[2] = { 0, 0 };

      arm (n, kind->code, kind->lasting);
      for (int i = 0; i < 12; i++)
        {
          if (i % 4 == 3)
            kilter_store_undo_async (store, "Ana", "now", count_result, counts);
          else
            kilter_store_apply_async (store, fixture_edit (plan, 1 + i % 3, 30 + i, i, i),
                                      count_result, counts);
        }
      while (counts[0] + counts[1] < 12)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (counts[1] > 0, ==, disarm ());
      expected = fixture_dump (plan);
      fixture_close (store, KILTER_STORE_CLOSE_KEEP);
      store = fixture_open (file);
      now = fixture_dump (kilter_store_get_plan (store));
      g_assert_cmpstr (now, ==, expected);
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
}

static void
test_publish (gconstpointer data)
{
  const Kind *kind = data;
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  gboolean failed = TRUE;
  int n;

  for (n = 0; failed; n += n < 30 ? 1 : 31)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gsize length, length_after;
      g_autoptr (GError) error = NULL;
      gboolean published;

      g_assert_true (kilter_store_apply (
        store, fixture_edit (kilter_store_get_plan (store), 1, 30, n, n), &error));
      g_assert_true (g_file_get_contents (g_file_peek_path (file), &before, &length, NULL));
      arm (n, kind->code, kind->lasting);
      published = kilter_store_publish (store, NULL, &error);
      failed = disarm ();
      if (published)
        continue;
      g_assert_true (error->domain == KILTER_STORE_ERROR);
      if (kind->code == SQLITE_FULL)
        g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_FULL);
      g_assert_true (g_file_get_contents (g_file_peek_path (file), &after, &length_after, NULL));
      g_assert_cmpmem (before, length, after, length_after);
      g_assert_true (kilter_store_has_unpublished (store));
    }
  g_assert_cmpint (n, >, 10);
  g_assert_true (kilter_store_publish (store, NULL, NULL));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

static void
test_open (gconstpointer data)
{
  const Kind *kind = data;
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (KILTER_BUCKET_MONTH, "u"));
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autofree char *expected = fixture_dump (kilter_store_get_plan (store));
  gboolean failed = TRUE;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  for (int n = 0; failed; n += n < 30 ? 1 : 11)
    {
      g_autofree char *now = NULL;
      g_autoptr (GError) error = NULL;

      arm (n, kind->code, kind->lasting);
      store = kilter_store_open (file, KILTER_STORE_DEFAULT, &error);
      failed = disarm ();
      if (store == NULL)
        {
          g_assert_true (error->domain == KILTER_STORE_ERROR);
          continue;
        }
      now = fixture_dump (kilter_store_get_plan (store));
      g_assert_cmpstr (now, ==, expected);
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "error", "broken", "full-once", "full" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  shim_install (&hooks);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *commands = g_strdup_printf ("/fault/commands/%s", names[i]);
      g_autofree char *async = g_strdup_printf ("/fault/async/%s", names[i]);
      g_autofree char *publish = g_strdup_printf ("/fault/publish/%s", names[i]);
      g_autofree char *opening = g_strdup_printf ("/fault/open/%s", names[i]);

      g_test_add_data_func (commands, &kinds[i], test_commands);
      g_test_add_data_func (async, &kinds[i], test_async);
      g_test_add_data_func (publish, &kinds[i], test_publish);
      g_test_add_data_func (opening, &kinds[i], test_open);
    }
  return g_test_run ();
}
