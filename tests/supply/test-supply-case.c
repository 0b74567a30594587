/* test-supply-case.c: a whole company at once (reference case A: 20 items × 12 months), whose
 * least cost three solvers agree on, and the shadow prices of its machines
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-case-a.h"
#include "supply-support.h"

#include <math.h>

enum
{
  N = 20,
  T = 12,
  LABOUR = 4,
  SUPPLIER = 5,
  STORE = 6,
  CAPITAL = 7,
  N_RESOURCES = 8,
};

static const double component_cost[2] = { 1.92, 1.16 };
static const double component_opening[2] = { 11072, 10340 };
static const double weights[] = { 1.0, 0.6, 0.4 };
static const double holding = 0.015;

static void
add_routes (KilterSupplyProblem *p, guint i)
{
  const CaseItem *item = &case_items[i];
  guint first = p->routes->len;

  supply_add_make (p, i, item->cost, item->lead, item->machine, item->hours);
  if (item->other >= 0)
    {
      guint k = supply_add_make (p, i, 1.05 * item->cost, item->lead, item->other,
                                 item->other_hours);

      g_array_index (p->routes, KilterSupplyRoute, k).rank = 1;
    }
  for (guint k = first; k < p->routes->len; k++)
    {
      kilter_supply_problem_add_use (p, k, LABOUR, 0, item->labour);
      if (item->c1 > 0)
        kilter_supply_problem_add_component (p, k, N, 0, item->c1);
      if (item->c2 > 0)
        kilter_supply_problem_add_component (p, k, N + 1, 0, item->c2);
    }
  if (item->subcontract > 0)
    supply_add_buy (p, i, KILTER_SUPPLY_SUBCONTRACT, item->subcontract, 1);
}

static void
add_item (KilterSupplyProblem *p, guint i)
{
  const CaseItem *item = &case_items[i];
  double value = item->cost + 22 * item->labour + item->c1 * component_cost[0] +
                 item->c2 * component_cost[1];
  double pen = item->price * weights[item->priority - 1];

  p->value[i] = value;
  p->holding_cost[i] = holding * value;
  p->shortfall_cost[i] = 0.08 * pen;
  p->excess_cost[i] = 1.5 * holding * value;
  p->backlog_cost[i] = 0.25 * pen;
  p->end_backlog_cost[i] = 1.5 * pen;
  p->priority[i] = item->priority;
  p->opening_stock[i] = item->opening;
  supply_set_row (p->demand, T, i, case_demand[i]);
  supply_set_row (p->stock_target, T, i, case_safety[i]);
  for (guint t = 0; t < T; t++)
    p->stock_maximum[i * T + t] = MAX (case_maximum[i][t], case_safety[i][t]);
  add_routes (p, i);
  kilter_supply_problem_add_stock_use (p, i, STORE, item->volume);
  kilter_supply_problem_add_stock_use (p, i, CAPITAL, value);
}

static KilterSupplyProblem *
case_a (void)
{
  KilterSupplyProblem *p = kilter_supply_problem_new (N + 2, T, N_RESOURCES);
  KilterSupplyResource *labour = &p->resources[LABOUR];

  for (guint i = 0; i < N; i++)
    add_item (p, i);
  for (guint c = 0; c < 2; c++)
    {
      guint k = supply_add_buy (p, N + c, KILTER_SUPPLY_PURCHASE, component_cost[c], 3);

      kilter_supply_problem_add_use (p, k, SUPPLIER, 0, component_cost[c]);
      p->value[N + c] = component_cost[c];
      p->holding_cost[N + c] = holding * component_cost[c];
      p->shortfall_cost[N + c] = 0.10 * component_cost[c];
      p->opening_stock[N + c] = component_opening[c];
      supply_set_row (p->stock_target, T, N + c, case_component_safety[c]);
      kilter_supply_problem_add_stock_use (p, N + c, CAPITAL, component_cost[c]);
    }
  for (guint r = 0; r < 4; r++)
    {
      supply_set_row (p->capacity, T, r, case_hours[r]);
      p->resources[r].overtime_share = 0.15;
      p->resources[r].overtime_cost = 35;
    }
  labour->kind = KILTER_SUPPLY_LABOUR;
  labour->wage = 22;
  labour->overtime_share = 0.2;
  labour->overtime_cost = 33;
  labour->hire_cost = 4000;
  labour->fire_cost = 6000;
  labour->opening_workers = 3.65;
  labour->hire_limit = 0.15 * 3.65;
  supply_set_row (p->capacity, T, LABOUR, case_worker_hours);
  p->resources[SUPPLIER].kind = KILTER_SUPPLY_SUPPLIER;
  supply_fill_row (p->capacity, T, SUPPLIER, 10515.30);
  p->resources[STORE].kind = KILTER_SUPPLY_STORAGE;
  p->resources[STORE].soft = TRUE;
  p->resources[STORE].overload_cost = 50;
  supply_fill_row (p->capacity, T, STORE, 151.79);
  p->resources[CAPITAL].kind = KILTER_SUPPLY_CAPITAL;
  p->resources[CAPITAL].soft = TRUE;
  p->resources[CAPITAL].overload_cost = 0.2;
  supply_fill_row (p->capacity, T, CAPITAL, 42796.85);

  return p;
}

static double
sum (const double *array, guint n)
{
  double total = 0.0;

  for (guint c = 0; c < n; c++)
    total += array[c];

  return total;
}

static void
test_optimum (void)
{
  g_autoptr (KilterSupplyProblem) p = case_a ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);

  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
  supply_assert_balances (p, plan);
  supply_assert_near (plan->objective, 721456.8263, 1e-8);
  supply_assert_near (plan->bound, plan->objective, 1e-8);
  g_assert_cmpfloat_with_epsilon (sum (plan->backlog, N * T), 327.340, 1e-2);
  g_assert_cmpfloat_with_epsilon (kilter_supply_plan_total_unmet (plan), 316.0, 0.05);
  g_assert_cmpfloat_with_epsilon (sum (plan->overtime_hours, 4 * T), 0.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (sum (plan->overtime_hours + LABOUR * T, T), 103.941, 0.05);
  g_assert_cmpfloat_with_epsilon (sum (plan->subcontract, N * T), 0.0, 1e-6);
}

static void
test_shadow_prices (void)
{
  g_autoptr (KilterSupplyProblem) p = case_a ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);

  for (guint r = 0; r < 4; r++)
    for (guint t = 0; t < T; t++)
      g_assert_cmpfloat_with_epsilon (plan->resource_price[r * T + t], case_worth[r][t], 2e-4);
}

/* a plan within reach of the least cost, at once */
static void
test_quick (void)
{
  g_autoptr (KilterSupplyProblem) p = case_a ();
  g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);

  supply_assert_balances (p, quick);
  g_test_message ("quick plan %.4f of the least cost", quick->objective / 721456.8263);
  g_assert_cmpfloat (quick->objective, >=, 721456.82);
  g_assert_cmpfloat (quick->objective, <=, 1.06 * 721456.8263);
  for (guint r = 0; r < SUPPLIER; r++)
    for (guint t = 0; t < T; t++)
      g_assert_cmpfloat (quick->overload[r * T + t], ==, 0.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/case/optimum", test_optimum);
  g_test_add_func ("/supply/case/shadow-prices", test_shadow_prices);
  g_test_add_func ("/supply/case/quick", test_quick);

  return g_test_run ();
}
