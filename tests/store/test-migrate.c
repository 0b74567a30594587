/* test-migrate.c: files of older versions open, keep what they hold, and can be edited
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle.h"
#include "store/store-fixture.h"

#include <math.h>
#include <string.h>

static void
check_content (KilterPlan *plan)
{
  KilterScope scope = { .product = 1 };
  const KilterRecord *action = kilter_plan_get_record (plan, KILTER_TABLE_ACTION, 1);
  KilterVersion scenario = kilter_plan_find_version (plan, "Try");

  g_assert_cmpstr (kilter_plan_get_name (plan), ==, "Old file");
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, 1, KILTER_ACTUAL, &scope, 0, 3), ==,
                     1200 + 1300 + 1250);
  g_assert_cmpstr (kilter_record_text (action, KILTER_ACTION_TITLE), ==,
                   "Ask for a second quotation");
  g_assert_cmpstr (kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                                        kilter_record_ref (action, KILTER_ACTION_OWNER)),
                   ==, "Bo Chen");
  g_assert_cmpint (scenario, !=, 0);
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, scenario, KILTER_CONSENSUS, &scope, 4, 1),
                     ==, 500);
  g_assert_cmpfloat (
    kilter_record_number (kilter_plan_get_record (plan, KILTER_TABLE_RISK, 1), KILTER_RISK_EFFECT),
    ==, -60000);
  /* what is new is empty */
  g_assert_cmpstr (kilter_record_text (action, KILTER_ACTION_SINCE), ==, "");
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_AGENDA), ==, 0);
}

static void
test_version_1 (void)
{
  g_autoptr (GFile) file = fixture_unpack ("version-1.kilter.gz");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  KilterStore *store = fixture_open (file);
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "An agenda");
  int id;

  check_content (plan);
  id = kilter_command_add_record (command, plan, KILTER_TABLE_AGENDA);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_CYCLE, 1);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_TITLE,
                                 "Last month");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, 1, KILTER_ACTION_SINCE,
                                 "2026-04");
  kilter_command_set_stamp (command, "Ana", "2026-04-23T09:14:00Z");
  g_assert_true (kilter_store_apply (store, g_steal_pointer (&command), &error));
  g_assert_no_error (error);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);

  findings = kilter_store_check (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  store = fixture_open (file);
  plan = kilter_store_get_plan (store);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_AGENDA), ==, 1);
  /* the log of the old file can still be taken back */
  g_assert_true (kilter_store_undo (store, "Ana", "2026-04-23T09:15:00Z", &error));
  g_assert_no_error (error);
  check_content (kilter_store_get_plan (store));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* The file as it was is kept: an older program can read nothing else. */
static void
test_original (void)
{
  g_autoptr (GFile) file = fixture_unpack ("version-1.kilter.gz");
  g_autofree char *before = NULL;
  gsize length;
  gboolean found = FALSE;
  KilterStore *store;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &before, &length, NULL));
  store = fixture_open (file);
  g_assert_true (
    kilter_store_apply (store, fixture_edit (kilter_store_get_plan (store), 1, 4, 1, 1), NULL));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  {
    g_autoptr (GPtrArray) kept = kilter_store_list_kept (file);

    for (guint i = 0; i < kept->len; i++)
      {
        g_autofree char *bytes = NULL;
        gsize n;

        g_assert_true (g_file_load_contents (kept->pdata[i], NULL, &bytes, &n, NULL, NULL));
        found = found || (n == length && memcmp (bytes, before, n) == 0);
      }
  }
  g_assert_true (found);
}

/* What would act while rows are copied is refused before anything is. */
static void
test_trigger (void)
{
  g_autoptr (GFile) file = fixture_unpack ("version-1.kilter.gz");
  g_autoptr (GError) error = NULL;

  fixture_sql (file,
               "CREATE TRIGGER spy AFTER INSERT ON \"action\" BEGIN DELETE FROM \"risk\"; END");
  g_assert_null (kilter_store_open (file, KILTER_STORE_DEFAULT, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/migrate/version-1", test_version_1);
  g_test_add_func ("/migrate/original", test_original);
  g_test_add_func ("/migrate/trigger", test_trigger);
  return g_test_run ();
}
