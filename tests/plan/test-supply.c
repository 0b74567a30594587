/* test-supply.c: everything a plan says about supply reaches the plan that is made of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"
#include "plan/supply/kilter-stock-policy.h"
#include "plan/kilter-tasks.h"

#include <math.h>
#include <string.h>

#define FIRST 24
#define LAST 35

static double
at (KilterPlan *plan, KilterMeasure measure, int row, int bucket)
{
  return kilter_plan_get_value (plan, KILTER_BASELINE, measure, row, bucket);
}

static double
sum (KilterPlan *plan, KilterMeasure measure, int row)
{
  double total = 0;

  for (int t = FIRST; t <= LAST; t++)
    if (!isnan (at (plan, measure, row, t)))
      total += at (plan, measure, row, t);
  return total;
}

static double
demand_of (int product, int t)
{
  return 400 * product + 60 + 2 * t;
}

static void
type (KilterPlan *plan, KilterMeasure measure, KilterLayer layer, int row, int bucket, double value)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "Test");

  kilter_command_set_value (command, plan, KILTER_BASELINE, measure, layer, row, bucket, value);
  kilter_plan_apply (plan, command);
}

static void
set_text (KilterPlan *plan, KilterTableId table, int id, int field, const char *text)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "Test");

  kilter_command_set_field_text (command, plan, table, id, field, text);
  kilter_plan_apply (plan, command);
}

static void
assert_whole (KilterPlan *plan)
{
  g_autoptr (GPtrArray) messages = kilter_plan_check_identities (plan);

  for (guint i = 0; i < messages->len; i++)
    g_test_message ("%s", (const char *) messages->pdata[i]);
  g_assert_cmpuint (messages->len, ==, 0);
}

static KilterSupplyTask *
run (KilterPlan *plan, int fix_resource)
{
  g_autoptr (GError) error = NULL;
  KilterSupplyTask *task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, &error);
  g_autoptr (KilterCommand) command = NULL;

  g_assert_no_error (error);
  if (fix_resource > 0)
    kilter_supply_task_want_fixes (task, fix_resource, 0);
  g_assert_true (kilter_supply_task_run (task, NULL, &error));
  command = kilter_supply_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  assert_whole (plan);
  return task;
}

/* a line for the cup alone; the other products have no limits */
static void
add_line (KilterPlan *plan, const char *code, const char *hours)
{
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", code, "kind", "machine", "hours", hours,
                    "overtime_share", "0.5", "overtime_cost", "10", "overtime_allowed", "0", NULL);
}

static void
test_components (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  int lid, n;
  const KilterWhy *whys;
  g_autofree char *lid_id = NULL;
  double short_of = 0;

  lid = plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "LID", "make", "buy", "cost", "0.1",
                          "opening_stock", "500", NULL);
  lid_id = g_strdup_printf ("%d", lid);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", lid_id, "lead_time", "2", "target_days",
                    "0", NULL);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "target_days", "0", NULL);
  plan_fixture_add (plan, KILTER_TABLE_BILL, "product", "1", "component", lid_id, "quantity", "2",
                    NULL);
  task = run (plan, 0);
  for (int t = FIRST; t <= LAST; t++)
    {
      double made = at (plan, KILTER_REGULAR, CUP, t);

      g_assert_cmpfloat (fabs (at (plan, KILTER_NEEDED, lid, t) - 2 * made), <, 1e-6);
      g_assert_cmpfloat (at (plan, KILTER_STOCK, lid, t), >=, -1e-6);
      /* ordered now, the first lids arrive in the third month; 500 are there: 250 cups */
      if (t < FIRST + 2)
        g_assert_cmpfloat (at (plan, KILTER_PURCHASE, lid, t), ==, 0);
      else
        g_assert_cmpfloat (fabs (made - demand_of (CUP, t)), <, 1e-4);
      short_of += at (plan, KILTER_UNMET, CUP, t);
    }
  g_assert_cmpfloat (fabs (short_of - (demand_of (CUP, 24) + demand_of (CUP, 25) - 500 - 250)), <,
                     1e-4);
  whys = kilter_supply_task_get_whys (task, &n);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (whys[0].product, ==, CUP);
  g_assert_cmpint (whys[0].cause, ==, KILTER_SUPPLY_CAUSE_LEAD_TIME);
  g_assert_cmpint (whys[0].component, ==, lid);
  kilter_plan_free (plan);
}

static void
test_alternative (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  int rate, n;
  const KilterFix *fixes;
  double before;

  add_line (plan, "L1", "40");
  add_line (plan, "L2", "1000");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  rate = plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "2", "hours", "0.2",
                           "alternative", "1", "cost", "0.05", "allowed", "0", NULL);
  task = run (plan, 1);
  before = sum (plan, KILTER_UNMET, CUP);
  g_assert_cmpfloat (before, >, 0);
  g_assert_cmpfloat (sum (plan, KILTER_ALTERNATIVE, CUP), ==, 0);
  fixes = kilter_supply_task_get_fixes (task, &n);
  g_assert_cmpint (n, >, 1);
  g_assert_cmpint (fixes[0].title, ==, KILTER_SUPPLY_FIX_ROUTE);
  g_assert_cmpfloat (fixes[0].unmet_after, ==, 0);
  g_assert_cmpfloat (fixes[0].other_line_quantity, >, before);
  kilter_plan_apply (plan, fixes[0].command);
  assert_whole (plan);
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, CUP), <, 1e-4);
  g_assert_true (kilter_record_bool (kilter_plan_get_record (plan, KILTER_TABLE_RATE, rate),
                                     KILTER_RATE_ALLOWED));
  for (int t = FIRST; t <= LAST; t++)
    {
      double other = at (plan, KILTER_ALTERNATIVE, CUP, t);

      g_assert_cmpfloat (fabs (at (plan, KILTER_LOAD, 2, t) - 0.2 * other), <, 1e-6);
      g_assert_cmpfloat (at (plan, KILTER_LOAD, 1, t), <=, 40 + 1e-6);
      g_assert_cmpfloat (fabs (at (plan, KILTER_EXTRA_COST, CUP, t) - 0.05 * other), <, 1e-6);
      g_assert_cmpfloat (
        fabs (at (plan, KILTER_SUPPLY, CUP, t) - other - at (plan, KILTER_REGULAR, CUP, t)), <,
        1e-6);
    }
  kilter_plan_free (plan);
}

static const KilterFix *
find_fix (const KilterSupplyTask *task, KilterSupplyFixTitle title)
{
  int n;
  const KilterFix *fixes = kilter_supply_task_get_fixes (task, &n);

  for (int i = 0; i < n; i++)
    {
      /* the cheapest first, whichever way they were found */
      if (i > 0)
        g_assert_cmpfloat (fixes[i].total_cost, >=, fixes[i - 1].total_cost);
      if (fixes[i].title == title)
        return &fixes[i];
    }
  return NULL;
}

/* the task with ways out that change demand; its plan is in the plan */
static KilterSupplyTask *
run_with_demand (KilterPlan *plan, int resource)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterCommand) command = NULL;
  KilterSupplyTask *task;

  kilter_supply_task_free (run (plan, 0));
  task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, &error);
  g_assert_no_error (error);
  kilter_supply_task_want_fixes (task, resource, 0);
  kilter_supply_task_change_demand (task, plan);
  g_assert_true (kilter_supply_task_run (task, NULL, &error));
  command = kilter_supply_task_finish (task, plan);
  return task;
}

/* The cup's line is short; the cone has no limits and stands in for it. */
static void
test_substitute (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  const KilterFix *fix;
  double cups, cones, unmet, asked;

  add_line (plan, "L1", "40");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "substitute", "2", "target_days",
                    "0", NULL);
  task = run_with_demand (plan, 1);
  cups = sum (plan, KILTER_REGULAR, CUP);
  cones = sum (plan, KILTER_SUPPLY, 2);
  unmet = sum (plan, KILTER_UNMET, CUP);
  g_assert_cmpfloat (unmet, >, 100);
  fix = find_fix (task, KILTER_SUPPLY_FIX_SUBSTITUTE);
  g_assert_nonnull (fix);
  g_assert_cmpint (fix->product, ==, CUP);
  g_assert_cmpint (fix->other_product, ==, 2);
  g_assert_cmpfloat (fabs (fix->moved_quantity - unmet), <, 1e-4);
  g_assert_cmpfloat (fix->unmet_after, <, 1e-4);
  g_assert_cmpint (fix->expires, >=, FIRST);
  kilter_plan_apply (plan, fix->command);
  assert_whole (plan);
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, CUP), <, 1e-3);
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, 2), <, 1e-3);
  g_assert_cmpfloat (fabs (sum (plan, KILTER_REGULAR, CUP) - cups), <, 1e-3);
  g_assert_cmpfloat (fabs (sum (plan, KILTER_SUPPLY, 2) - cones - unmet), <, 1e-3);
  /* one step back */
  kilter_plan_revert (plan, fix->command);
  asked = sum (plan, KILTER_UNMET, CUP);
  g_assert_cmpfloat (fabs (asked - unmet), <, 1e-6);
  kilter_plan_free (plan);
}

/* A promotion in the month with the fewest hours; a month later there are enough. */
static void
test_move_event (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  const KilterFix *fix;
  const KilterRecord *record;
  int event;
  g_autofree char *event_id = NULL;
  double unmet;

  add_line (plan, "L1", "75");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "target_days", "0", NULL);
  type (plan, KILTER_CAPACITY, KILTER_LAYER_INPUT, 1, FIRST, 52);
  {
    g_autoptr (KilterCommand) command = kilter_command_new ("test", "Test");

    kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, CUP,
                                     KILTER_PRODUCT_OPENING_STOCK, 0);
    kilter_plan_apply (plan, command);
  }
  for (int series = 1; series <= 2; series++)
    for (int t = FIRST; t <= LAST; t++)
      type (plan, KILTER_STATISTICAL, KILTER_LAYER_FACT, series, t, 250);
  event = plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Fair", "kind", "promotion", "state",
                            "planned", "first", "2026-04", "last", "2026-04", "unit", "share",
                            "profile", "0.4", NULL);
  event_id = g_strdup_printf ("%d", event);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", event_id, "product", "1", NULL);
  task = run_with_demand (plan, 1);
  unmet = sum (plan, KILTER_UNMET, CUP);
  g_assert_cmpfloat (unmet, >, 50);
  fix = find_fix (task, KILTER_SUPPLY_FIX_MOVE_EVENT);
  g_assert_nonnull (fix);
  g_assert_cmpint (fix->event, ==, event);
  g_assert_cmpint (fix->moved_to, ==, FIRST + 1);
  g_assert_cmpint (fix->expires, ==, FIRST);
  g_assert_cmpfloat (fix->unmet_after, <, fix->unmet_before);
  kilter_plan_apply (plan, fix->command);
  assert_whole (plan);
  record = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, event);
  g_assert_cmpstr (kilter_record_text (record, KILTER_EVENT_FIRST), ==, "2026-05");
  g_assert_cmpfloat (fabs (sum (plan, KILTER_UNMET, CUP) - fix->unmet_after), <, 1e-3);
  kilter_plan_free (plan);
}

/* 160 hours a worker; the cups of a month take about 52 hours each … two workers are too few. */
static void
test_labour (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;

  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "TEAM", "kind", "labour", "hours", "160",
                    "workers", "2", "wage", "0.01", "hire_cost", "1", "fire_cost", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "1", NULL);
  g_assert_cmpfloat (at (plan, KILTER_CAPACITY, 1, FIRST), ==, 320);
  task = run (plan, 0);
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, CUP), <, 1e-4);
  g_assert_cmpfloat (at (plan, KILTER_WORKERS, 1, FIRST + 2), >, 3);
  for (int t = FIRST; t <= LAST; t++)
    {
      g_assert_cmpfloat (
        fabs (at (plan, KILTER_CAPACITY, 1, t) - 160 * at (plan, KILTER_WORKERS, 1, t)), <, 1e-6);
      g_assert_cmpfloat (at (plan, KILTER_LOAD, 1, t), <=, at (plan, KILTER_CAPACITY, 1, t) + 1e-4);
    }
  /* a number that is typed stands, and what it cannot make is not made */
  type (plan, KILTER_WORKERS, KILTER_LAYER_INPUT, 1, 30, 1);
  kilter_supply_task_free (g_steal_pointer (&task));
  task = run (plan, 0);
  g_assert_cmpfloat (at (plan, KILTER_WORKERS, 1, 30), ==, 1);
  g_assert_cmpfloat (at (plan, KILTER_LOAD, 1, 30), <=, 160 + 1e-4);
  kilter_plan_free (plan);
}

static void
test_calendar (void)
{
  KilterPlan *plan = plan_fixture_new ();

  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "L1", "kind", "machine", "hours", "320",
                    "shifts", "2", "workdays", "20", NULL);
  g_assert_cmpfloat (at (plan, KILTER_CAPACITY, 1, FIRST), ==, 320);
  type (plan, KILTER_SHIFTS, KILTER_LAYER_INPUT, 1, FIRST, 3);
  g_assert_cmpfloat (at (plan, KILTER_CAPACITY, 1, FIRST), ==, 480);
  type (plan, KILTER_WORKDAYS, KILTER_LAYER_INPUT, 1, FIRST, 15);
  g_assert_cmpfloat (at (plan, KILTER_CAPACITY, 1, FIRST), ==, 360);
  g_assert_cmpfloat (at (plan, KILTER_CAPACITY, 1, FIRST + 1), ==, 320);
  kilter_plan_free (plan);
}

static void
add_interval (KilterPlan *plan, int series, int t, double half)
{
  double middle = at (plan, KILTER_STATISTICAL, series, t);

  type (plan, KILTER_LOW_80, KILTER_LAYER_FACT, series, t, middle - half);
  type (plan, KILTER_HIGH_80, KILTER_LAYER_FACT, series, t, middle + half);
}

/* Two series with an error of 30 and 40 make 50; over two periods (the lead time of 1 and the
 * period of the review) the error is √2 × 50, and a service of 97.725 % takes 2 of it. */
static void
test_service (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const double z80 = 1.281551565544600, z95 = 1.959963984540054;
  double expected = 2 * sqrt (2) * 50;
  int policy;

  for (int t = FIRST; t <= LAST; t++)
    {
      type (plan, KILTER_STATISTICAL, KILTER_LAYER_FACT, 1, t, 300);
      type (plan, KILTER_STATISTICAL, KILTER_LAYER_FACT, 2, t, 300);
      add_interval (plan, 1, t, 30 * z80);
      add_interval (plan, 2, t, 40 * z80);
    }
  policy = plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "target_by", "service",
                             "service", "0.977249868", "lead_time", "1", NULL);
  g_assert_cmpfloat (fabs (at (plan, KILTER_SAFETY_STOCK, CUP, 26) - expected), <, 1e-3);
  g_assert_cmpfloat (fabs (at (plan, KILTER_TARGET_STOCK, CUP, 26) - expected), <, 1e-3);
  /* where 80 % begins at nothing the upper end of 95 % says what it may be */
  for (int t = FIRST; t <= LAST; t++)
    {
      type (plan, KILTER_LOW_80, KILTER_LAYER_FACT, 1, t, 0);
      type (plan, KILTER_HIGH_80, KILTER_LAYER_FACT, 1, t, 301);
      type (plan, KILTER_LOW_95, KILTER_LAYER_FACT, 1, t, 0);
      type (plan, KILTER_HIGH_95, KILTER_LAYER_FACT, 1, t, 300 + 30 * z95);
    }
  g_assert_cmpfloat (fabs (at (plan, KILTER_SAFETY_STOCK, CUP, 26) - expected), <, 1e-3);
  /* it goes along with the demand */
  type (plan, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 31, 900);
  type (plan, KILTER_FINAL, KILTER_LAYER_INPUT, 2, 31, 900);
  g_assert_cmpfloat (at (plan, KILTER_SAFETY_STOCK, CUP, 30), >, 1.5 * expected);
  /* without a service level of its own the class decides */
  {
    g_autoptr (KilterCommand) command = kilter_command_new ("test", "Test");
    const KilterStockClass *entry;

    kilter_command_set_field_number (command, plan, KILTER_TABLE_POLICY, policy,
                                     KILTER_POLICY_SERVICE, NAN);
    kilter_command_set_setting (command, plan, "service-matrix",
                                "0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5");
    kilter_plan_apply (plan, command);
    entry = kilter_plan_get_stock_class (plan, KILTER_BASELINE, CUP);
    g_assert_nonnull (entry);
    g_assert_cmpint (entry->xyz, ==, 'X');
    g_assert_cmpfloat (kilter_plan_get_service (plan, KILTER_BASELINE, CUP), ==, 0.5);
    g_assert_cmpfloat (at (plan, KILTER_SAFETY_STOCK, CUP, 26), <, 1e-9);
  }
  kilter_plan_free (plan);
}

static void
test_phase_out (void)
{
  KilterPlan *plan = plan_fixture_new ();

  set_text (plan, KILTER_TABLE_PRODUCT, CUP, KILTER_PRODUCT_PHASE_OUT, "2026-07"); /* bucket 27 */
  for (int t = 27; t <= LAST; t++)
    for (int series = 1; series <= 2; series++)
      type (plan, KILTER_FINAL, KILTER_LAYER_INPUT, series, t, 0);
  for (int t = FIRST; t <= LAST; t++)
    type (plan, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, t, t < 27 ? demand_of (CUP, t) + 40 : 0);
  g_assert_cmpfloat (at (plan, KILTER_TARGET_STOCK, CUP, 25), >, 0);
  g_assert_cmpfloat (at (plan, KILTER_TARGET_STOCK, CUP, 26), ==, 0);
  g_assert_cmpfloat (at (plan, KILTER_TARGET_STOCK, CUP, 30), ==, 0);
  /* forty a month too many, whichever month one looks from */
  g_assert_cmpfloat (
    fabs (at (plan, KILTER_OBSOLETE, CUP, FIRST) - at (plan, KILTER_OBSOLETE, CUP, 26)), <, 1e-6);
  g_assert_cmpfloat (
    fabs (at (plan, KILTER_STOCK, CUP, LAST) - at (plan, KILTER_OBSOLETE, CUP, 26)), <, 1e-6);
  g_assert_cmpfloat (at (plan, KILTER_EXCESS, CUP, 30), ==, at (plan, KILTER_STOCK, CUP, 30));
  g_assert_true (isnan (at (plan, KILTER_OBSOLETE, CONE, FIRST)));
  kilter_plan_free (plan);
}

/* Too few hours in two months: orders wait, none are lost, nothing is made before it is ordered. */
static void
test_made_to_order (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  double backlog = 0, shipped = 0, booked = 0;

  set_text (plan, KILTER_TABLE_PRODUCT, CUP, KILTER_PRODUCT_MAKE, "order");
  set_text (plan, KILTER_TABLE_PRODUCT, CUP, KILTER_PRODUCT_OPENING_STOCK, "");
  add_line (plan, "L1", "55");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  type (plan, KILTER_STOCK_ACTUAL, KILTER_LAYER_FACT, CUP, 23, 0);
  type (plan, KILTER_CAPACITY, KILTER_LAYER_INPUT, 1, 26, 20);
  task = run (plan, 0);
  for (int t = FIRST; t <= LAST; t++)
    {
      g_assert_cmpfloat (at (plan, KILTER_STOCK, CUP, t), <, 1e-4);
      g_assert_cmpfloat (at (plan, KILTER_TARGET_STOCK, CUP, t), ==, 0);
      g_assert_cmpfloat (fabs (at (plan, KILTER_BACKLOG, CUP, t) - backlog - demand_of (CUP, t) +
                               at (plan, KILTER_SHIPMENTS, CUP, t)),
                         <, 1e-6);
      backlog = at (plan, KILTER_BACKLOG, CUP, t);
      shipped += at (plan, KILTER_SHIPMENTS, CUP, t);
      booked += demand_of (CUP, t);
    }
  g_assert_cmpfloat (at (plan, KILTER_BACKLOG, CUP, 26), >, 300);
  g_assert_cmpfloat (at (plan, KILTER_BACKLOG_DAYS, CUP, 26), >, 10);
  g_assert_cmpfloat (fabs (booked - shipped - backlog), <, 1e-6);
  kilter_plan_free (plan);
}

/* Overtime that is typed alone stays as typed, and is part of what is made. */
static void
test_typed_overtime (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;

  add_line (plan, "L1", "40");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  type (plan, KILTER_OVERTIME, KILTER_LAYER_INPUT, CUP, 27, 100);
  task = run (plan, 0);
  g_assert_cmpfloat (at (plan, KILTER_OVERTIME, CUP, 27), ==, 100);
  g_assert_cmpfloat (fabs (at (plan, KILTER_REGULAR, CUP, 27) - 400), <, 1e-4);
  g_assert_cmpfloat (fabs (at (plan, KILTER_LOAD, 1, 27) - 50), <, 1e-4);
  g_assert_cmpfloat (at (plan, KILTER_OVERTIME, CUP, 28), <, 1e-6);
  kilter_plan_free (plan);
}

/* What was started before the horizon arrives as the plan says, and loads no line any more. */
static void
test_on_its_way (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;

  add_line (plan, "L1", "100");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "lead_time", "1", NULL);
  type (plan, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, FIRST, 123);
  task = run (plan, 0);
  g_assert_cmpfloat (at (plan, KILTER_REGULAR, CUP, FIRST), ==, 123);
  for (int t = FIRST; t < LAST; t++)
    g_assert_cmpfloat (
      fabs (at (plan, KILTER_LOAD, 1, t) - 0.1 * at (plan, KILTER_REGULAR, CUP, t + 1)), <, 1e-4);
  g_assert_cmpfloat (at (plan, KILTER_LOAD, 1, LAST), ==, 0);
  kilter_plan_free (plan);
}

static void
test_lots_and_frozen (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;

  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "lot_multiple", "100", NULL);
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "2", "frozen", "2", NULL);
  type (plan, KILTER_REGULAR, KILTER_LAYER_FACT, CONE, FIRST, 777);
  type (plan, KILTER_REGULAR, KILTER_LAYER_FACT, CONE, FIRST + 1, 888);
  task = run (plan, 0);
  for (int t = FIRST; t <= LAST; t++)
    {
      double lots = at (plan, KILTER_REGULAR, CUP, t) / 100;

      g_assert_cmpfloat (fabs (lots - round (lots)), <, 1e-6);
    }
  g_assert_cmpfloat (at (plan, KILTER_REGULAR, CONE, FIRST), ==, 777);
  g_assert_cmpfloat (at (plan, KILTER_REGULAR, CONE, FIRST + 1), ==, 888);
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, CUP), <, 1e-4);
  kilter_plan_free (plan);
}

/* Money for stock is limited: the stock is worth no more than there is, from the month on in which
 * sales have made room. */
static void
test_capital (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autofree char *limit_text = NULL;
  double value, limit;
  int money;

  task = run (plan, 0);
  value = 0;
  for (int product = CUP; product <= JUICE; product++)
    value += at (plan, KILTER_STOCK_VALUE, product, 30);
  g_assert_cmpfloat (value, >, 0);
  limit = value / 2;
  limit_text = g_strdup_printf ("%.0f", limit);
  money = plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "MONEY", "kind", "capital",
                            "hours", limit_text, NULL);
  g_assert_cmpfloat (fabs (at (plan, KILTER_LOAD, money, 30) - value), <, 1e-6 * value);
  kilter_supply_task_free (g_steal_pointer (&task));
  task = run (plan, 0);
  for (int t = FIRST + 3; t <= LAST; t++)
    g_assert_cmpfloat (at (plan, KILTER_LOAD, money, t), <=, limit * (1 + 1e-6) + 1);
  kilter_plan_free (plan);
}

/* The quick plan is there at once, holds together, and is never better than the best. */
static void
test_quick (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (KilterCommand) command = NULL;
  double quick;

  add_line (plan, "L1", "50");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
  kilter_supply_task_run_quick (task);
  command = kilter_supply_task_finish (task, plan);
  g_assert_false (kilter_command_is_empty (command));
  kilter_plan_apply (plan, command);
  assert_whole (plan);
  quick = sum (plan, KILTER_UNMET, CUP);
  for (int t = FIRST; t <= LAST; t++)
    g_assert_cmpfloat (at (plan, KILTER_LOAD, 1, t), <=, 50 + 1e-6);
  kilter_supply_task_free (g_steal_pointer (&task));
  task = run (plan, 0);
  g_assert_true (kilter_supply_task_is_optimal (task));
  g_assert_cmpfloat (sum (plan, KILTER_UNMET, CUP), <=, quick + 1e-4);
  kilter_plan_free (plan);
}

/* Typed quantities that cannot be: named before anything is solved, and the plan comes all the
 * same. */
static void
test_contradictions (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  add_line (plan, "L1", "60");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
  findings = kilter_supply_task_list_findings (task, plan);
  g_assert_cmpuint (findings->len, ==, 0);
  g_clear_pointer (&findings, g_ptr_array_unref);
  kilter_supply_task_free (g_steal_pointer (&task));
  type (plan, KILTER_REGULAR, KILTER_LAYER_INPUT, CUP, 30, 900);
  plan_fixture_add (plan, KILTER_TABLE_BILL, "product", "2", "component", "3", "quantity", "1",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_BILL, "product", "3", "component", "2", "quantity", "1",
                    NULL);
  task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
  findings = kilter_supply_task_list_findings (task, plan);
  g_assert_cmpuint (findings->len, >=, 2);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) findings->pdata[i]);
  g_assert_nonnull (strstr (findings->pdata[0], "itself"));
  g_assert_nonnull (strstr (findings->pdata[findings->len - 1], "L1"));
  g_assert_nonnull (strstr (findings->pdata[findings->len - 1], "October 2026"));
  g_assert_true (kilter_supply_task_run (task, NULL, NULL));
  kilter_plan_free (plan);
}

/* Overtime that no line can work: named with the hours that are too many, and gone with less. */
static void
test_too_much_overtime (void)
{
  static const double typed[] = { 900, 60 };
  KilterPlan *plan = plan_fixture_new ();

  add_line (plan, "L1", "60");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (KilterSupplyTask) task = NULL;
      g_autoptr (GPtrArray) findings = NULL;

      type (plan, KILTER_OVERTIME, KILTER_LAYER_INPUT, CUP, 30, typed[i]);
      task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
      findings = kilter_supply_task_list_findings (task, plan);
      g_assert_cmpuint (findings->len, ==, i == 0 ? 1 : 0);
      g_assert_cmpint (kilter_plan_contradicts_supply (plan, KILTER_BASELINE), ==, i == 0);
      /* 900 × 0.1 h asked, 60 h × 0.5 there */
      if (i == 0)
        g_assert_cmpstr (findings->pdata[0], ==,
                         "What is typed overloads L1 by 60.0 hours in October 2026: type "
                         "less, or add hours.");
      g_assert_true (kilter_supply_task_run (task, NULL, NULL));
    }
  kilter_plan_free (plan);
}

/* A line that is too small: what an hour is worth, and who it should go to. */
static void
test_worth (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (GArray) rivals = NULL;
  GPtrArray *reasons;
  double down, up, worth;

  add_line (plan, "L1", "60");
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "2", "resource", "1", "hours", "0.1", NULL);
  task = run (plan, 0);
  worth = kilter_supply_task_get_worth (task, 1, 30, &down, &up);
  g_assert_cmpfloat (worth, >, 0);
  g_assert_cmpfloat (up, >, 0);
  rivals = kilter_supply_task_get_rivals (task, 1);
  g_assert_cmpuint (rivals->len, ==, 2);
  g_assert_cmpfloat (g_array_index (rivals, KilterRival, 0).saved, >=,
                     g_array_index (rivals, KilterRival, 1).saved);
  /* who is worth more is served first */
  g_assert_cmpfloat (g_array_index (rivals, KilterRival, 0).short_quantity, <=,
                     g_array_index (rivals, KilterRival, 1).short_quantity);
  reasons = kilter_supply_task_get_reasons (task);
  g_assert_cmpuint (reasons->len, >, 0);
  for (guint i = 0; i < reasons->len; i++)
    {
      const KilterReason *reason = reasons->pdata[i];
      double total = 0;

      for (guint k = 0; k < reason->parts->len; k++)
        total += g_array_index (reason->parts, KilterReasonPart, k).amount;
      g_assert_cmpfloat (fabs (total - reason->value), <=, 1e-6 * (1 + fabs (reason->value)));
      g_assert_cmpuint (reason->causes->len, >, 0);
    }
  kilter_plan_free (plan);
}

/* Where everything is met there is nothing to fix, not even a shortage to accept. */
static void
test_all_well (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterSupplyTask) task = NULL;
  int n;

  add_line (plan, "L1", "1000");
  for (int product = CUP; product <= JUICE; product++)
    {
      g_autofree char *id = g_strdup_printf ("%d", product);

      plan_fixture_add (plan, KILTER_TABLE_RATE, "product", id, "resource", "1", "hours", "0.1",
                        NULL);
    }
  task = run (plan, 1);
  for (int product = CUP; product <= JUICE; product++)
    g_assert_cmpfloat (sum (plan, KILTER_UNMET, product), ==, 0);
  kilter_supply_task_get_fixes (task, &n);
  g_assert_cmpint (n, ==, 0);
  kilter_plan_free (plan);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/supply/components", test_components);
  g_test_add_func ("/plan/supply/alternative", test_alternative);
  g_test_add_func ("/plan/supply/substitute", test_substitute);
  g_test_add_func ("/plan/supply/move-event", test_move_event);
  g_test_add_func ("/plan/supply/labour", test_labour);
  g_test_add_func ("/plan/supply/calendar", test_calendar);
  g_test_add_func ("/plan/supply/service", test_service);
  g_test_add_func ("/plan/supply/phase-out", test_phase_out);
  g_test_add_func ("/plan/supply/made-to-order", test_made_to_order);
  g_test_add_func ("/plan/supply/typed-overtime", test_typed_overtime);
  g_test_add_func ("/plan/supply/on-its-way", test_on_its_way);
  g_test_add_func ("/plan/supply/lots-and-frozen", test_lots_and_frozen);
  g_test_add_func ("/plan/supply/capital", test_capital);
  g_test_add_func ("/plan/supply/quick", test_quick);
  g_test_add_func ("/plan/supply/contradictions", test_contradictions);
  g_test_add_func ("/plan/supply/too-much-overtime", test_too_much_overtime);
  g_test_add_func ("/plan/supply/worth", test_worth);
  g_test_add_func ("/plan/supply/all-well", test_all_well);
  return g_test_run ();
}
