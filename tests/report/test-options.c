/* test-options.c: what differs between scenarios, risks on the margin, minutes in words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-support.h"
#include "plan-fixture.h"

#include "report/pack/kilter-minutes.h"
#include "report/words/kilter-options.h"

#include <math.h>
#include <string.h>

#define AT "2026-04-20T14:02:00Z"

static void
do_it (KilterPlan *plan, KilterCommand *command)
{
  g_assert_nonnull (command);
  kilter_command_set_stamp (command, "Ana", AT);
  kilter_plan_apply (plan, command);
  kilter_command_unref (command);
}

/* A scenario says nothing until it differs; then each field and each measure is one sentence. */
static void
test_differences (void)
{
  KilterPlan *plan = pack_plan_new ();
  KilterVersion version = 0;
  int policy = plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "build_early", "0",
                                 NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  KilterCommand *command;

  do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, "Try", "Ana", AT, &version, NULL));
  none = kilter_options_list_differences (plan, version);
  g_assert_cmpuint (none->len, ==, 0);
  command = kilter_command_new ("test", "x");
  kilter_command_set_number_in (command, plan, version, KILTER_TABLE_POLICY, policy,
                                KILTER_POLICY_BUILD_EARLY, 1);
  /* 350 before: 100 more in April, 40 less in June; and May is the same */
  kilter_command_set_value (command, plan, version, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, 24,
                            450);
  kilter_command_set_value (command, plan, version, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, 25,
                            350);
  kilter_command_set_value (command, plan, version, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, 26,
                            310);
  do_it (plan, command);
  lines = kilter_options_list_differences (plan, version);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (lines->pdata[0], ==, "Building early allowed, Cup: no → yes");
  g_assert_cmpstr (lines->pdata[1], ==,
                   "Regular production: 1 product, April 2026 to June 2026, +60 in total");
  kilter_plan_free (plan);
}

static void
test_list (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterVersion versions[3], made[4];
  int recommended;

  g_assert_cmpint (kilter_options_list (plan, versions, 3, &recommended), ==, 1);
  g_assert_cmpint (recommended, ==, -1);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("Option %d", i);

      do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, name, "Ana", AT, &made[i], NULL));
    }
  do_it (plan, kilter_scenario_recommend (plan, made[3]));
  /* the recommended one is there, though it is the last of too many */
  g_assert_cmpint (kilter_options_list (plan, versions, 3, &recommended), ==, 3);
  g_assert_cmpint (versions[0], ==, KILTER_BASELINE);
  g_assert_cmpint (recommended, ==, 2);
  g_assert_cmpint (versions[2], ==, made[3]);
  kilter_plan_free (plan);
}

static void
test_minutes (void)
{
  KilterPlan *plan = pack_plan_new ();
  int item = plan_fixture_add (plan, KILTER_TABLE_AGENDA, "cycle", "1", "meeting", "pre", "title",
                               "Summer supply", "minutes", "20", "position", "1", NULL);
  KilterMinuteEntry entry = { "pre", item, "action", "Ask for a price", 2, "2026-04-30" };
  g_autofree char *text = NULL;
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  static const char *const sections[] = { "agenda", "minutes", NULL };
  g_autoptr (KilterPack) pack = NULL;

  g_assert_false (kilter_minutes_exist (plan, "pre"));
  do_it (plan, kilter_meeting_record (plan, &entry, "Ana", AT, NULL));
  entry.kind = "note";
  entry.text = "The third chain answers on Friday";
  entry.agenda = entry.owner = 0;
  entry.due = NULL;
  do_it (plan, kilter_meeting_record (plan, &entry, "Ana", AT, NULL));
  g_assert_true (kilter_minutes_exist (plan, "pre"));
  text = kilter_minutes_draft (plan, "pre", "2026-04-20T14:02:00", "2026-04-20T15:00:00", "Ana");
  g_assert_cmpstr (text, ==,
                   "Pre-S&OP Meeting, April 2026 cycle\n20 April, 14:02 to 15:00\nPresent: Ana\n"
                   "\n1. Summer supply\n– Action: Ask for a price (Ngọc Lê, 30 April)\n"
                   "\n– Note: The third chain answers on Friday\n");
  do_it (plan, kilter_meeting_save (plan, "pre", AT, AT, "Ana", text, "Ana"));
  options.sections = sections;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 1);
  pack_check_pages (pack);
  {
    g_autofree char *printed = pack_run_over (pack, "pdftotext", "-layout");

    if (printed != NULL)
      {
        g_assert_nonnull (strstr (printed, "Summer supply"));
        g_assert_nonnull (strstr (printed, "Ask for a price"));
        g_assert_nonnull (strstr (printed, "Ngọc Lê"));
      }
  }
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/options/differences", test_differences);
  g_test_add_func ("/report/options/list", test_list);
  g_test_add_func ("/report/options/minutes", test_minutes);
  return g_test_run ();
}
