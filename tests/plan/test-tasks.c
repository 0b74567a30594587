/* test-tasks.c: forecast and supply runs on a plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"
#include "plan/kilter-tasks.h"

#include <math.h>

static void
add_line (KilterPlan *plan, const char *hours)
{
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "L1", "kind", "machine", "hours", hours,
                    "overtime_share", "0.5", "overtime_cost", "10", "overtime_allowed", "0", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "2", "resource", "1", "hours", "0.2", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "3", "resource", "1", "hours", "0.05",
                    NULL);
}

static KilterSupplyTask *
plan_supply (KilterPlan *plan, gboolean fixes)
{
  g_autoptr (GError) error = NULL;
  KilterSupplyTask *task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, &error);
  KilterCommand *command;

  g_assert_no_error (error);
  if (fixes)
    kilter_supply_task_want_fixes (task, 1, 0);
  g_assert_true (kilter_supply_task_run (task, NULL, &error));
  command = kilter_supply_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  kilter_command_unref (command);
  return task;
}

static void
test_forecast (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  KilterForecastRequest request = { .version = KILTER_BASELINE };
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (plan, &request, NULL);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = plan_fixture_fingerprint (plan);
  g_autofree char *after = NULL;

  g_assert_cmpuint (kilter_forecast_task_get_n_series (task), ==, 6);
  g_assert_true (kilter_forecast_task_run (task, NULL, &error));
  command = kilter_forecast_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  /* a straight line goes on */
  for (int t = 24; t < 36; t++)
    {
      double value = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_STATISTICAL, 1, t);

      g_assert_cmpfloat (fabs (value - (110 + t)), <, 12);
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_LOW_95, 1, t), <=,
                         value);
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_HIGH_95, 1, t), >=,
                         value);
      g_assert_cmpfloat (
        kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_LOW_80, &cup, t, 1), <=,
        kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_HIGH_80, &cup, t, 1));
    }
  g_assert_nonnull (kilter_plan_find_model (plan, 1));
  kilter_plan_revert (plan, command);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  request.method = "no-such-method";
  g_assert_null (kilter_forecast_task_new (plan, &request, &error));
  g_assert_nonnull (error);
  kilter_plan_free (plan);
}

static void
test_supply_enough (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  KilterScope all = { 0 };
  int n;

  add_line (plan, "1000");
  task = plan_supply (plan, FALSE);
  g_assert_true (kilter_supply_task_is_optimal (task));
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_UNMET, &all, 24, 12),
                     ==, 0);
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_OVERTIME, &all, 24, 12), ==, 0);
  kilter_supply_task_get_whys (task, &n);
  g_assert_cmpint (n, ==, 0);
  messages = kilter_plan_check_identities (plan);
  g_assert_cmpuint (messages->len, ==, 0);
  /* a second run changes nothing: the plan is stable */
  {
    g_autoptr (KilterSupplyTask) again = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
    g_autoptr (KilterCommand) command = NULL;

    kilter_supply_task_run (again, NULL, NULL);
    command = kilter_supply_task_finish (again, plan);
    g_assert_true (kilter_command_is_empty (command));
  }
  kilter_plan_free (plan);
}

/* Too little capacity: what is unmet has a cause, and overtime is a way out. */
static void
test_supply_short (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  KilterScope all = { 0 };
  const KilterWhy *whys;
  const KilterFix *fixes;
  double unmet;
  int n, best = -1;

  add_line (plan, "220");
  task = plan_supply (plan, TRUE);
  unmet = kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_UNMET, &all, 24, 12);
  g_assert_cmpfloat (unmet, >, 0);
  for (int t = 24; t < 36; t++)
    g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_LOAD_SHARE, 1, t), <=,
                       1 + 1e-6);
  whys = kilter_supply_task_get_whys (task, &n);
  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (whys[0].cause, ==, KILTER_SUPPLY_CAUSE_CAPACITY);
  g_assert_cmpint (whys[0].resource, ==, 1);
  fixes = kilter_supply_task_get_fixes (task, &n);
  g_assert_cmpint (n, >, 0);
  for (int i = 0; i < n; i++)
    if (fixes[i].title == KILTER_SUPPLY_FIX_OVERTIME)
      best = i;
  g_assert_cmpint (best, >=, 0);
  g_assert_cmpfloat_with_epsilon (fixes[best].unmet_before, unmet, 1e-3);
  g_assert_cmpfloat (fixes[best].unmet_after, <, unmet);
  g_assert_cmpfloat (fixes[best].cost, >, 0);
  /* applying it gives what it promised, and planning again does not take it back */
  kilter_plan_apply (plan, fixes[best].command);
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_UNMET, &all, 24, 12),
    fixes[best].unmet_after, 1e-3);
  {
    g_autoptr (KilterSupplyTask) again = plan_supply (plan, FALSE);

    g_assert_cmpfloat_with_epsilon (
      kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_UNMET, &all, 24, 12),
      fixes[best].unmet_after, 1e-3);
  }
  kilter_plan_free (plan);
}

/* What a planner types stands. */
static void
test_supply_typed (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  g_autoptr (KilterCommand) edit = kilter_command_new ("edit", "x");
  g_autoptr (KilterSupplyTask) task = NULL;

  add_line (plan, "1000");
  g_assert_true (kilter_plan_edit (plan, edit, KILTER_BASELINE, KILTER_REGULAR, &cup, 26,
                                   KILTER_EDIT_SET, 77, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, edit);
  task = plan_supply (plan, FALSE);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_REGULAR, CUP, 26), ==,
                     77);
  /* the plan knows it: the months before make up for it */
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_UNMET, &cup, 24, 12),
                     <, 1e-6);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tasks/forecast", test_forecast);
  g_test_add_func ("/tasks/supply/enough", test_supply_enough);
  g_test_add_func ("/tasks/supply/short", test_supply_short);
  g_test_add_func ("/tasks/supply/typed", test_supply_typed);
  return g_test_run ();
}
