/* test-cycle.c: steps, scenarios, approval, the next cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"

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
test_steps (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kilter_plan_get_open_step (plan), ==, 1);
  g_assert_cmpint (kilter_step_get_state (kilter_plan_get_step (plan, 1)), ==,
                   KILTER_STEP_IN_PROGRESS);
  do_it (plan, kilter_cycle_finish_step (plan, KILTER_BASELINE, 1, "Linh", AT, NULL));
  g_assert_cmpint (kilter_plan_get_open_step (plan), ==, 2);
  g_assert_null (kilter_cycle_finish_step (plan, KILTER_BASELINE, 1, "Linh", AT, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE);
  g_assert_null (kilter_cycle_reopen_step (plan, 1, "", NULL));
  do_it (plan, kilter_cycle_reopen_step (plan, 1, "Late sales came in", NULL));
  g_assert_cmpint (kilter_step_get_state (kilter_plan_get_step (plan, 1)), ==,
                   KILTER_STEP_REOPENED);
  kilter_plan_free (plan);
}

static void
test_scenario_adopt (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  KilterVersion scenario = 0;
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");

  do_it (plan,
         kilter_scenario_new (plan, KILTER_BASELINE, "More cups", "Wei", AT, &scenario, NULL));
  g_assert_null (kilter_scenario_new (plan, KILTER_BASELINE, "More cups", "Wei", AT, NULL, NULL));
  g_assert_true (kilter_plan_edit (plan, edit, scenario, KILTER_CONSENSUS, &cup, 24,
                                   KILTER_EDIT_SET, 999, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, edit);
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24, 1), ==, 508);
  do_it (plan, kilter_scenario_adopt (plan, scenario, NULL));
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24, 1), ==, 999);
  g_assert_null (kilter_scenario_delete (plan, KILTER_BASELINE, NULL));
  kilter_plan_free (plan);
}

static void
test_scenario_delete (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autofree char *before = plan_fixture_fingerprint (plan);
  g_autofree char *after = NULL;
  KilterVersion scenario = 0;
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");
  KilterCommand *remove;

  do_it (plan, kilter_scenario_new (plan, KILTER_BASELINE, "Try", "Wei", AT, &scenario, NULL));
  kilter_command_set_value (edit, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1, 24, 5);
  kilter_plan_apply (plan, edit);
  remove = kilter_scenario_delete (plan, scenario, NULL);
  kilter_plan_apply (plan, remove);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_plan_revert (plan, remove);
  g_assert_cmpfloat (kilter_plan_get_value (plan, scenario, KILTER_CONSENSUS, 1, 24), ==, 5);
  kilter_command_unref (remove);
  kilter_plan_free (plan);
}

static void
test_approve_and_roll (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int decision = plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title",
                                   "Build early", "state", "open", NULL);
  KilterScope cup = { .product = CUP };
  g_autoptr (KilterCommand) later = kilter_command_new ("edit", "x");
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GPtrArray) right = NULL;
  g_autoptr (GError) error = NULL;
  KilterVersion approved;

  g_assert_null (kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE);
  g_assert_null (kilter_cycle_next (plan, AT, NULL));
  do_it (plan, kilter_cycle_decide (plan, decision, "approved", "Ana", AT, NULL, NULL));
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  approved = kilter_plan_get_last_approved (plan);
  g_assert_cmpint (approved, !=, 0);
  g_assert_null (kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  right = kilter_plan_check_identities (plan);
  g_assert_cmpuint (right->len, ==, 0);

  /* a later edit does not touch what was approved */
  g_assert_true (kilter_plan_edit (plan, later, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24,
                                   KILTER_EDIT_SET, 999, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, later);
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, approved, KILTER_CONSENSUS, &cup, 24, 1), ==,
                     508);
  /* the plan of this cycle is not compared with itself */
  g_assert_true (
    isnan (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_LAST_CYCLE, &cup, 24, 1)));
  g_assert_false (kilter_plan_edit (plan, later, approved, KILTER_CONSENSUS, &cup, 24,
                                    KILTER_EDIT_SET, 1, KILTER_SPREAD_MIX, NULL, NULL));

  /* the next month: history grows, the horizon keeps its length */
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  g_assert_cmpint (kilter_plan_get_n_history (plan), ==, 25);
  g_assert_cmpint (kilter_plan_get_n_horizon (plan), ==, 12);
  g_assert_cmpint (kilter_plan_get_cycle (plan), ==, 2026 * 12 + 4);
  g_assert_cmpint (kilter_plan_get_open_step (plan), ==, 1);
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_PREVIOUS, &cup, 24, 1), ==, 508);
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_LAST_CYCLE, &cup, 25, 1), ==, 510);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 0), ==, 110);
  g_assert_true (isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 24)));

  /* damage to the snapshot is noticed */
  {
    double value = 1;

    kilter_plan_load_values (plan, approved, KILTER_CONSENSUS, KILTER_LAYER_FACT, 1, 2026 * 12 + 3,
                             1, &value);
  }
  wrong = kilter_plan_check_identities (plan);
  g_assert_cmpuint (wrong->len, ==, 1);
  kilter_plan_free (plan);
}

static void
test_roll_undo (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  KilterCommand *next;

  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  before = plan_fixture_fingerprint (plan);
  next = kilter_cycle_next (plan, AT, NULL);
  kilter_plan_apply (plan, next);
  kilter_plan_revert (plan, next);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_command_unref (next);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cycle/steps", test_steps);
  g_test_add_func ("/cycle/scenario/adopt", test_scenario_adopt);
  g_test_add_func ("/cycle/scenario/delete", test_scenario_delete);
  g_test_add_func ("/cycle/approve-and-roll", test_approve_and_roll);
  g_test_add_func ("/cycle/roll-undo", test_roll_undo);
  return g_test_run ();
}
