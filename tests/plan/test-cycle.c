/* test-cycle.c: steps, scenarios, approval, the next cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/process/kilter-template.h"
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

/* May 2026 has 21 working days from Friday the 1st; what goes beyond is June. */
static void
test_template_dates (void)
{
  static const struct
  {
    int workday;
    const char *date;
  } known[] = { { 1, "2026-05-01" },  { 2, "2026-05-04" },  { 3, "2026-05-05" },
                { 21, "2026-05-29" }, { 22, "2026-06-01" }, { -1, "2026-05-29" },
                { -2, "2026-05-28" }, { -21, "2026-05-01" } };
  KilterPlan *plan = plan_fixture_new ();
  GDate date;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (kilter_template_get_date (plan, 2026 * 12 + 4, known[i].workday, &date));
      text = kilter_date_to_iso (&date);
      g_assert_cmpstr (text, ==, known[i].date);
    }
  g_assert_false (kilter_template_get_date (plan, 2026 * 12 + 4, 0, &date));
  kilter_plan_free (plan);
}

static const KilterRecord *
find_task (KilterPlan *plan, const char *title, int cycle)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    if (kilter_record_ref (task, KILTER_TASK_CYCLE) == cycle &&
        g_str_equal (kilter_record_text (task, KILTER_TASK_TITLE), title))
      return task;
  return NULL;
}

/* A step and a task of the template, the task by role; what is damaged is no template. */
static void
test_template (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int ana = plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ana", NULL);
  int bo = plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Bo", "role", "Planner", NULL);
  g_autofree char *who = g_strdup_printf ("person:%d", ana);
  KilterTemplate *template = kilter_template_read (plan);
  g_autoptr (KilterCommand) damage = kilter_command_new ("setting", "x");
  const KilterRecord *task, *step;
  int cycle;

  g_assert_false (kilter_plan_has_template (plan));
  g_assert_cmpuint (template->tasks->len, ==, 0);
  template->steps[1].workday = 3;
  g_set_str (&template->steps[1].time, "10:00");
  g_set_str (&template->steps[1].owner, who);
  kilter_template_add_task (template, 2, -1, "Ask the “north”, 50 %", "role:Planner");
  do_it (plan, kilter_template_save (template, plan));
  kilter_template_free (template);
  g_assert_true (kilter_plan_has_template (plan));
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_step (plan, 2), KILTER_STEP_TIME), ==, "");

  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  do_it (plan, kilter_cycle_next (plan, AT, NULL));
  cycle = kilter_plan_get_current_cycle (plan);
  step = kilter_plan_get_step (plan, 2);
  g_assert_cmpstr (kilter_record_text (step, KILTER_STEP_DUE), ==, "2026-05-05");
  g_assert_cmpstr (kilter_record_text (step, KILTER_STEP_TIME), ==, "10:00");
  g_assert_cmpint (kilter_record_ref (step, KILTER_STEP_OWNER), ==, ana);
  task = find_task (plan, "Ask the “north”, 50 %", cycle);
  g_assert_nonnull (task);
  g_assert_cmpstr (kilter_record_text (task, KILTER_TASK_DUE), ==, "2026-05-29");
  g_assert_cmpint (kilter_record_ref (task, KILTER_TASK_OWNER), ==, bo);
  g_assert_cmpint ((int) kilter_record_number (task, KILTER_TASK_STEP), ==, 2);

  kilter_command_set_setting (damage, plan, "cycle-template", "([(1, 'a'");
  kilter_plan_apply (plan, damage);
  g_assert_false (kilter_plan_has_template (plan));
  kilter_plan_free (plan);
}

/* Each rule by itself: what goes on, what stays, and all of it back by one undo. */
static void
test_roll_over_rules (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) typed = kilter_command_new ("edit", "x");
  int open = plan_fixture_add (plan, KILTER_TABLE_ACTION, "title", "Call", "state", "open", NULL);
  int first = kilter_plan_get_current_cycle (plan), second;
  KilterRollOver nothing = { FALSE, FALSE, FALSE, FALSE };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  KilterCommand *next;

  plan_fixture_add (plan, KILTER_TABLE_TASK, "cycle", "1", "step", "1", "title", "Look", NULL);
  plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "Build", "state",
                    "deferred", NULL);
  /* of the month that ends, and of one that comes */
  kilter_command_set_value (typed, plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 24,
                            700);
  kilter_command_set_value (typed, plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 26,
                            800);
  kilter_plan_apply (plan, typed);
  g_assert_cmpint (kilter_roll_over_count_overrides (plan), ==, 1);
  g_assert_cmpint (kilter_roll_over_count_actions (plan), ==, 1);
  g_assert_cmpint (kilter_roll_over_count_tasks (plan), ==, 1);
  g_assert_cmpint (kilter_roll_over_count_decisions (plan), ==, 1);
  do_it (plan, kilter_cycle_approve (plan, KILTER_BASELINE, "Ana", AT, NULL));
  before = plan_fixture_fingerprint (plan);

  next = kilter_cycle_next_by (plan, &nothing, AT, NULL);
  kilter_plan_apply (plan, next);
  second = kilter_plan_get_current_cycle (plan);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 26), ==,
                     200 + 20 + 26);
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_ACTION, open),
                                       KILTER_ACTION_STATE),
                   ==, "dropped");
  g_assert_null (find_task (plan, "Look", second));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_DECISION), ==, 1);
  kilter_plan_revert (plan, next);
  kilter_command_unref (next);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);

  next = kilter_cycle_next_by (plan, &kilter_roll_over_all, AT, NULL);
  kilter_plan_apply (plan, next);
  kilter_command_unref (next);
  second = kilter_plan_get_current_cycle (plan);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 26), ==, 800);
  g_assert_cmpint (kilter_record_ref (kilter_plan_get_record (plan, KILTER_TABLE_ACTION, open),
                                      KILTER_ACTION_CYCLE),
                   ==, second);
  /* the cycle that is over keeps what was open in it */
  g_assert_nonnull (find_task (plan, "Look", first));
  g_assert_nonnull (find_task (plan, "Look", second));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_DECISION), ==, 2);
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
  g_test_add_func ("/cycle/roll-over/rules", test_roll_over_rules);
  g_test_add_func ("/cycle/template", test_template);
  g_test_add_func ("/cycle/template/dates", test_template_dates);
  return g_test_run ();
}
