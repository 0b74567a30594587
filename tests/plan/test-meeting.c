/* test-meeting.c: agendas, minutes, outcomes, the health of a cycle, what scenarios assume
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"
#include "plan/process/kilter-meeting.h"

#include <math.h>

#define AT "2026-04-23T09:14:00Z"

static void
do_it (KilterPlan *plan, KilterCommand *command)
{
  g_assert_nonnull (command);
  kilter_command_set_stamp (command, "Ana", AT);
  kilter_plan_apply (plan, command);
  kilter_command_unref (command);
}

static void
assert_order (KilterPlan *plan, const int *ids, guint n)
{
  g_autoptr (GArray) items = kilter_agenda_list (plan, "pre");

  g_assert_cmpuint (items->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (items, int, i), ==, ids[i]);
}

static void
test_agenda (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int decision = plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title",
                                   "Build early", "state", "open", NULL);
  g_autofree char *before = NULL, *after = NULL;
  KilterCommand *move;

  do_it (plan, kilter_agenda_propose (plan, "pre"));
  assert_order (plan, (int[]) { 1, 2, 3, 4, 5 }, 5);
  g_assert_cmpint (kilter_record_ref (kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, 3),
                                      KILTER_AGENDA_DECISION),
                   ==, decision);
  g_assert_cmpint (kilter_agenda_get_minutes (plan, "pre"), ==, 5 + 10 + 15 + 10 + 5);
  g_assert_cmpint (kilter_agenda_get_minutes (plan, "executive"), ==, 0);

  before = plan_fixture_fingerprint (plan);
  move = kilter_agenda_move (plan, 5, -3);
  kilter_plan_apply (plan, move);
  assert_order (plan, (int[]) { 1, 5, 2, 3, 4 }, 5);
  kilter_plan_revert (plan, move);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_command_unref (move);
  /* at the ends there is nowhere to go */
  move = kilter_agenda_move (plan, 1, -1);
  g_assert_true (kilter_command_is_empty (move));
  kilter_command_unref (move);
  do_it (plan, kilter_agenda_remove (plan, 2));
  assert_order (plan, (int[]) { 1, 3, 4, 5 }, 4);
  kilter_plan_free (plan);
}

static void
test_minutes (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int person = plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Wei", NULL);
  int decision = plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title",
                                   "Build early", "state", "open", NULL);
  int item = plan_fixture_add (plan, KILTER_TABLE_AGENDA, "cycle", "1", "meeting", "pre", "title",
                               "Summer", "decision", "1", NULL);
  KilterMinuteEntry entry = { "pre", item, "action", "Ask for a price", person, "2026-04-30" };
  const KilterRecord *action, *meeting;
  g_autoptr (GArray) minutes = NULL;
  g_autoptr (GError) error = NULL;

  do_it (plan, kilter_meeting_record (plan, &entry, "Ana", AT, NULL));
  action = kilter_plan_get_record (plan, KILTER_TABLE_ACTION, 1);
  g_assert_cmpstr (kilter_record_text (action, KILTER_ACTION_TITLE), ==, "Ask for a price");
  g_assert_cmpstr (kilter_record_text (action, KILTER_ACTION_SINCE), ==, "2026-04");
  g_assert_cmpint (kilter_record_ref (action, KILTER_ACTION_OWNER), ==, person);
  g_assert_cmpint (kilter_record_ref (action, KILTER_ACTION_DECISION), ==, decision);
  entry.kind = "note";
  entry.text = "";
  g_assert_null (kilter_meeting_record (plan, &entry, "Ana", AT, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID);
  entry.text = "The third chain answers on Friday";
  do_it (plan, kilter_meeting_record (plan, &entry, "Ana", AT, NULL));
  minutes = kilter_meeting_list_minutes (plan, 1, "pre");
  g_assert_cmpuint (minutes->len, ==, 2);
  /* a line that is taken back takes its action with it */
  do_it (plan, kilter_meeting_forget (plan, g_array_index (minutes, int, 0)));
  g_assert_null (kilter_plan_get_record (plan, KILTER_TABLE_ACTION, 1));

  g_assert_null (kilter_meeting_find (plan, 1, "pre"));
  do_it (plan, kilter_meeting_save (plan, "pre", AT, AT, "Ana, Wei", "One", "Ana"));
  do_it (plan, kilter_meeting_save (plan, "pre", "later", "later", "Ana", "Two", "Ana"));
  meeting = kilter_meeting_find (plan, 1, "pre");
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_MEETING), ==, 1);
  g_assert_cmpstr (kilter_record_text (meeting, KILTER_MEETING_TEXT), ==, "Two");
  g_assert_cmpstr (kilter_record_text (meeting, KILTER_MEETING_STARTED), ==, AT);
  kilter_plan_free (plan);
}

static void
set_actual (KilterPlan *plan, int bucket, double value)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");

  for (int row = 1; row <= 2; row++)
    kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, row,
                              bucket, value);
  kilter_plan_apply (plan, command);
}

/* Cup: consensus of April 224 + 244 + 2 × 24 … the fixture's 468 + 40 = 508 in both regions. */
static void
test_outcome (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int decision;
  KilterOutcomeValue value;

  plan_fixture_add (plan, KILTER_TABLE_FAMILY, "name", "Cups alone", NULL);
  {
    g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");

    kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, CUP,
                                     KILTER_PRODUCT_FAMILY, 3);
    kilter_plan_apply (plan, command);
  }
  decision = plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "More cups",
                               "state", "open", "family", "3", "measure", "actual", "first",
                               "2026-04", "last", "2026-05", NULL);
  kilter_decision_get_outcome (plan, decision, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_NONE);
  do_it (plan, kilter_cycle_decide (plan, decision, "approved", "Ana", AT, NULL, NULL));
  kilter_decision_get_outcome (plan, decision, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_PENDING);
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  set_actual (plan, 24, 250);
  kilter_decision_get_outcome (plan, decision, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_PENDING);
  g_assert_cmpint (value.n_over, ==, 1);
  g_assert_cmpfloat (value.expected, ==, 508);
  g_assert_cmpfloat (value.actual, ==, 500);
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  set_actual (plan, 25, 250);
  kilter_decision_get_outcome (plan, decision, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_CAME_TRUE); /* 1000 of 1018 */
  g_assert_cmpfloat (value.expected, ==, 508 + 510);
  set_actual (plan, 25, 200);
  kilter_decision_get_outcome (plan, decision, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_MISSED); /* 900 */
  kilter_plan_free (plan);
}

static void
test_assumption (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterOutcomeValue value;
  /* the fixture's drinks in February and March 2026: 332 + 342, 333 + 343 */
  int right = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text", "Juice",
                                "family", "2", "first", "2026-02", "last", "2026-03", "measure",
                                "actual", "expected", "1350", "tolerance", "0", NULL);
  int wrong = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text", "Juice 2",
                                "family", "2", "first", "2026-02", "last", "2026-03", "measure",
                                "actual", "expected", "1500", NULL);
  int early = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text", "Juice 3",
                                "family", "2", "first", "2026-03", "last", "2026-05", "measure",
                                "actual", "expected", "2000", NULL);
  int mute = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Rain", NULL);

  kilter_assumption_get_outcome (plan, right, &value);
  g_assert_cmpfloat (value.actual, ==, 332 + 342 + 333 + 343);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_CAME_TRUE);
  kilter_assumption_get_outcome (plan, wrong, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_MISSED);
  kilter_assumption_get_outcome (plan, early, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_PENDING);
  g_assert_cmpint (value.n_over, ==, 1);
  kilter_assumption_get_outcome (plan, mute, &value);
  g_assert_cmpint (value.outcome, ==, KILTER_OUTCOME_NONE);
  kilter_plan_free (plan);
}

static void
test_health (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  KilterCycleHealth health;

  for (int number = 1; number <= 2; number++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, number, KILTER_STEP_DUE,
                                   number == 1 ? "2026-04-03" : "2026-04-09");
  kilter_plan_apply (plan, command);
  do_it (plan,
         kilter_cycle_finish_step (plan, KILTER_BASELINE, 1, "L", "2026-04-03T22:00:00Z", NULL));
  do_it (plan,
         kilter_cycle_finish_step (plan, KILTER_BASELINE, 2, "L", "2026-04-10T08:00:00Z", NULL));
  plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "A", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "B", "state", "rejected",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_ACTION, "cycle", "1", "title", "A", "state", "open", "due",
                    "2026-04-10", NULL);
  plan_fixture_add (plan, KILTER_TABLE_ACTION, "cycle", "1", "title", "B", "state", "done", "due",
                    "2026-04-10", NULL);
  kilter_cycle_get_health (plan, 1, "2026-04-11", &health);
  g_assert_cmpint (health.n_steps, ==, 6);
  g_assert_cmpint (health.n_steps_finished, ==, 2);
  g_assert_cmpint (health.n_steps_on_time, ==, 1);
  g_assert_cmpint (health.n_decisions, ==, 2);
  g_assert_cmpint (health.n_decisions_taken, ==, 1);
  g_assert_cmpint (health.n_actions, ==, 2);
  g_assert_cmpint (health.n_actions_closed, ==, 1);
  g_assert_cmpint (health.n_actions_late, ==, 1);
  /* what was open at the sign-off is kept: changes without a reason there are none */
  g_assert_cmpfloat (kilter_record_number (kilter_plan_get_step (plan, 2), KILTER_STEP_OPEN), ==,
                     0);
  kilter_plan_free (plan);
}

static void
test_later_changes (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");

  g_assert_cmpint (kilter_cycle_count_later_changes (plan, KILTER_BASELINE), ==, 0);
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  g_assert_cmpint (kilter_cycle_count_later_changes (plan, KILTER_BASELINE), ==, 0);
  g_assert_true (kilter_plan_edit (plan, edit, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24,
                                   KILTER_EDIT_SET, 999, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, edit);
  g_assert_cmpint (kilter_cycle_count_later_changes (plan, KILTER_BASELINE), ==, 2);
  kilter_plan_revert (plan, edit);
  g_assert_cmpint (kilter_cycle_count_later_changes (plan, KILTER_BASELINE), ==, 0);
  kilter_plan_free (plan);
}

/* A deferred decision is asked again; the old record stays as it was. */
static void
test_deferred (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int decision = plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "Wait",
                                   "state", "open", "cost", "500", NULL);
  const KilterRecord *again;

  do_it (plan, kilter_cycle_decide (plan, decision, "deferred", "Ana", AT, "Next month", NULL));
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  again = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, 2);
  g_assert_nonnull (again);
  g_assert_cmpint (kilter_record_ref (again, KILTER_DECISION_CYCLE), ==, 2);
  g_assert_cmpstr (kilter_record_text (again, KILTER_DECISION_STATE), ==, "open");
  g_assert_cmpstr (kilter_record_text (again, KILTER_DECISION_TITLE), ==, "Wait");
  g_assert_cmpfloat (kilter_record_number (again, KILTER_DECISION_COST), ==, 500);
  g_assert_cmpstr (kilter_record_text (again, KILTER_DECISION_COMMENT), ==, "");
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_DECISION, 1),
                                       KILTER_DECISION_COMMENT),
                   ==, "Next month");
  kilter_plan_free (plan);
}

/* 3 April 2026 is the third working day, 9 April the seventh; 1 May 2026 is a Friday. */
static void
test_workdays (void)
{
  static const struct
  {
    const char *due;
    const char *next;
  } cases[] = {
    { "2026-04-01", "2026-05-01" }, /* first → first */
    { "2026-04-03", "2026-05-05" }, /* third → Tuesday */
    { "2026-04-09", "2026-05-11" }, /* seventh → Monday */
    { "2026-04-30", "2026-05-29" }, /* the 22nd: May has 21 */
    { "2026-04-04", "2026-05-06" }, /* a Saturday counts as the working day after it, the fourth */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterPlan *plan = plan_fixture_new ();
      g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");

      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, 1, KILTER_STEP_DUE,
                                     cases[i].due);
      kilter_plan_apply (plan, command);
      do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
      do_it (plan, kilter_cycle_next (plan, AT, NULL));
      g_assert_cmpstr (kilter_record_text (kilter_plan_get_step (plan, 1), KILTER_STEP_DUE), ==,
                       cases[i].next);
      kilter_plan_free (plan);
    }
}

/* --- scenarios --- */

static void
test_variations (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int policy = plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "target_days", "30",
                                 "build_early", "0", NULL);
  KilterVersion one = 0, two = 0;
  g_autofree char *before = NULL, *after = NULL;
  KilterCommand *command, *adopt;
  double baseline;
  g_autoptr (GArray) list = NULL;

  do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, "One", "Wei", AT, &one, NULL));
  do_it (plan, kilter_scenario_new (plan, one, "Two", "Wei", AT, &two, NULL));
  baseline = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_TARGET_STOCK, CUP, 26);
  g_assert_cmpfloat (baseline, >, 0);
  /* the same as the parent until it differs */
  g_assert_cmpfloat (kilter_plan_get_value (plan, two, KILTER_TARGET_STOCK, CUP, 26), ==, baseline);
  command = kilter_command_new ("test", "x");
  kilter_command_set_number_in (command, plan, one, KILTER_TABLE_POLICY, policy,
                                KILTER_POLICY_TARGET_DAYS, 60);
  kilter_command_set_number_in (command, plan, one, KILTER_TABLE_POLICY, policy,
                                KILTER_POLICY_BUILD_EARLY, 1);
  do_it (plan, command);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_TARGET_STOCK, CUP, 26),
                     ==, baseline);
  g_assert_cmpfloat (kilter_plan_get_value (plan, one, KILTER_TARGET_STOCK, CUP, 26), >,
                     1.5 * baseline);
  /* a scenario of a scenario inherits */
  g_assert_cmpfloat (kilter_plan_get_value (plan, two, KILTER_TARGET_STOCK, CUP, 26), ==,
                     kilter_plan_get_value (plan, one, KILTER_TARGET_STOCK, CUP, 26));
  list = kilter_plan_list_variations (plan, one);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpfloat (g_array_index (list, KilterVariation, 0).from, ==, 30);
  g_assert_cmpfloat (g_array_index (list, KilterVariation, 0).to, ==, 60);

  /* adopting takes the policies too, and undoing it is the identity */
  before = plan_fixture_fingerprint (plan);
  adopt = kilter_scenario_adopt (plan, one, NULL);
  kilter_plan_apply (plan, adopt);
  g_assert_cmpfloat (
    kilter_record_number (kilter_plan_get_record (plan, KILTER_TABLE_POLICY, policy),
                          KILTER_POLICY_BUILD_EARLY),
    ==, 1);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_TARGET_STOCK, CUP, 26),
                     ==, kilter_plan_get_value (plan, one, KILTER_TARGET_STOCK, CUP, 26));
  kilter_plan_revert (plan, adopt);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_command_unref (adopt);
  /* a deleted scenario leaves nothing behind */
  do_it (plan, kilter_scenario_delete (plan, two, NULL));
  do_it (plan, kilter_scenario_delete (plan, one, NULL));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_VARIATION), ==, 0);
  kilter_plan_free (plan);
}

static void
test_adopt_part (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterVersion scenario = 0;
  KilterScope ice = { .family = ICE };
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");

  do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, "Part", "Wei", AT, &scenario, NULL));
  kilter_command_set_value (edit, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1, 24, 7);
  kilter_command_set_value (edit, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 5, 24, 8);
  kilter_command_set_value (edit, plan, scenario, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, 24, 9);
  kilter_plan_apply (plan, edit);
  do_it (plan, kilter_scenario_adopt_part (plan, scenario, &ice, KILTER_SCENARIO_DEMAND, NULL));
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CONSENSUS, 1, 24), ==, 7);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CONSENSUS, 5, 24), !=, 8);
  g_assert_true (isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_REGULAR, CUP, 24)));
  /* there is still something to adopt */
  g_assert_cmpstr (
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, scenario),
                        KILTER_VERSION_STATE),
    ==, "working");
  kilter_plan_free (plan);
}

static void
test_outdated (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  KilterVersion scenario = 0;
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");

  do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, "Old", "Wei", AT, &scenario, NULL));
  g_assert_false (kilter_scenario_is_outdated (plan, scenario));
  g_assert_true (kilter_plan_edit (plan, edit, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24,
                                   KILTER_EDIT_SET, 999, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, edit);
  g_assert_true (kilter_scenario_is_outdated (plan, scenario));
  kilter_plan_revert (plan, edit);
  g_assert_false (kilter_scenario_is_outdated (plan, scenario));
  kilter_plan_apply (plan, edit);
  do_it (plan, kilter_scenario_refresh (plan, scenario, NULL));
  g_assert_false (kilter_scenario_is_outdated (plan, scenario));
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  g_assert_true (kilter_scenario_is_outdated (plan, scenario));
  g_assert_null (kilter_scenario_refresh (plan, KILTER_BASELINE, NULL));
  kilter_plan_free (plan);
}

/* A past cycle says for ever what it said, for derived measures too. */
static void
test_past_cycle (void)
{
  static const KilterMeasure measures[] = { KILTER_DEMAND,       KILTER_CONSENSUS_REVENUE,
                                            KILTER_REVENUE,      KILTER_MARGIN,
                                            KILTER_STOCK,        KILTER_COVER,
                                            KILTER_TARGET_STOCK, KILTER_MARGIN_SHARE };
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 };
  double said[G_N_ELEMENTS (measures)][36], now[39];
  KilterVersion approved;

  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  approved = kilter_plan_get_last_approved (plan);
  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    kilter_plan_aggregate (plan, approved, measures[m], &all, said[m]);
  for (int month = 0; month < 3; month++)
    {
      do_it (plan, kilter_cycle_next (plan, AT, NULL));
      set_actual (plan, 24 + month, 1000);
      do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
    }
  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    {
      kilter_plan_aggregate (plan, approved, measures[m], &all, now);
      for (int t = 0; t < 36; t++)
        if (isnan (said[m][t]))
          g_assert_true (isnan (now[t]));
        else
          g_assert_cmpfloat (now[t], ==, said[m][t]);
    }
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meeting/agenda", test_agenda);
  g_test_add_func ("/meeting/minutes", test_minutes);
  g_test_add_func ("/meeting/outcome", test_outcome);
  g_test_add_func ("/meeting/assumption", test_assumption);
  g_test_add_func ("/meeting/health", test_health);
  g_test_add_func ("/meeting/later-changes", test_later_changes);
  g_test_add_func ("/meeting/deferred", test_deferred);
  g_test_add_func ("/meeting/past-cycle", test_past_cycle);
  g_test_add_func ("/meeting/workdays", test_workdays);
  g_test_add_func ("/scenario/variations", test_variations);
  g_test_add_func ("/scenario/adopt-part", test_adopt_part);
  g_test_add_func ("/scenario/outdated", test_outdated);
  return g_test_run ();
}
