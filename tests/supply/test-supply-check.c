/* test-supply-check.c: contradictory input is named, and there is a plan all the same
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

static const KilterSupplyFinding *
find (GArray *findings, KilterSupplyFindingCode code)
{
  for (guint n = 0; n < findings->len; n++)
    if (g_array_index (findings, KilterSupplyFinding, n).code == code)
      return &g_array_index (findings, KilterSupplyFinding, n);

  return NULL;
}

static void
assert_plans_anyway (const KilterSupplyProblem *p)
{
  g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
  g_autoptr (KilterSupplyPlan) best = kilter_supply_solve (p, NULL);

  g_assert_cmpint (best->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
  g_assert_true (isfinite (quick->objective));
  g_assert_true (isfinite (best->objective));
}

static KilterSupplyProblem *
plain (void)
{
  KilterSupplyProblem *p = kilter_supply_problem_new (2, 4, 2);

  for (guint i = 0; i < 2; i++)
    {
      supply_fill_row (p->demand, 4, i, 50);
      p->holding_cost[i] = 1;
      p->backlog_cost[i] = 10;
      p->end_backlog_cost[i] = 500;
      supply_add_make (p, i, 5, 0, 0, 1);
    }
  supply_fill_row (p->capacity, 4, 0, 120);

  return p;
}

static void
test_nothing (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = kilter_supply_problem_validate (p);

  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_numbers (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  const KilterSupplyFinding *finding;

  p->demand[2] = NAN;
  p->opening_stock[1] = -5;
  p->capacity[1] = INFINITY;
  findings = kilter_supply_problem_validate (p);
  finding = find (findings, KILTER_SUPPLY_FINDING_NOT_A_NUMBER);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->item, ==, 0);
  g_assert_cmpint (finding->bucket, ==, 2);
  finding = find (findings, KILTER_SUPPLY_FINDING_NEGATIVE);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->item, ==, 1);
  g_assert_cmpfloat (finding->value, ==, -5.0);
  assert_plans_anyway (p);
}

static void
test_indices (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;

  supply_add_make (p, 99, 1, 0, 0, 1);
  kilter_supply_problem_add_use (p, 0, 99, 0, 1);
  kilter_supply_problem_add_component (p, 77, 0, 0, 1);
  kilter_supply_problem_add_stock_use (p, 0, 0, 1);
  kilter_supply_problem_fix_route (p, 0, 44, 10, 1);
  findings = kilter_supply_problem_validate (p);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_BAD_INDEX));
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_STORAGE_USE));
  assert_plans_anyway (p);
}

static void
test_stock_order (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  const KilterSupplyFinding *finding;

  p->stock_target[1] = 80;
  p->stock_maximum[1] = 30;
  p->stock_minimum[6] = 10;
  p->shortfall_cost[0] = 8;
  p->minimum_cost[0] = 2;
  findings = kilter_supply_problem_validate (p);
  finding = find (findings, KILTER_SUPPLY_FINDING_STOCK_ORDER);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->bucket, ==, 1);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_PRICE_ORDER));
  assert_plans_anyway (p);
}

static void
test_cycle (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  const KilterSupplyFinding *finding;

  kilter_supply_problem_add_component (p, 0, 1, 0, 1);
  kilter_supply_problem_add_component (p, 1, 0, 0, 1);
  findings = kilter_supply_problem_validate (p);
  finding = find (findings, KILTER_SUPPLY_FINDING_CYCLE);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->route, ==, 1);
  assert_plans_anyway (p);
}

/* a planner's quantity above capacity stands, and the line is overloaded by just that much */
static void
test_over_capacity (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  g_autoptr (KilterSupplyPlan) plan = NULL;
  const KilterSupplyFinding *finding;

  kilter_supply_problem_fix_route (p, 0, 1, 150, 5);
  findings = kilter_supply_problem_validate (p);
  finding = find (findings, KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->resource, ==, 0);
  g_assert_cmpint (finding->bucket, ==, 1);
  g_assert_cmpfloat (finding->value, ==, 30.0);
  g_assert_cmpint (finding->policy, ==, 5);
  plan = kilter_supply_solve (p, NULL);
  supply_assert_balances (p, plan);
  g_assert_cmpfloat (plan->quantity[1], ==, 150.0);
  g_assert_cmpfloat_with_epsilon (plan->overload[1], 30, 1e-6);
  g_assert_cmpint (g_array_index (plan->breaks, KilterSupplyBreak, plan->breaks->len - 1).code, ==,
                   KILTER_SUPPLY_BREAK_OVERLOAD);
  assert_plans_anyway (p);
}

static void
test_no_component (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  g_autoptr (KilterSupplyPlan) plan = NULL;

  /* item 1 becomes a bought component of item 0 that takes three buckets */
  supply_fill_row (p->demand, 4, 1, 0);
  g_array_index (p->routes, KilterSupplyRoute, 1).kind = KILTER_SUPPLY_PURCHASE;
  g_array_index (p->routes, KilterSupplyRoute, 1).lead = 3;
  kilter_supply_problem_add_component (p, 0, 1, 0, 2);
  p->opening_stock[1] = 60;
  kilter_supply_problem_fix_route (p, 0, 0, 50, 5);
  findings = kilter_supply_problem_validate (p);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_BOUND_NO_COMPONENT));
  plan = kilter_supply_solve (p, NULL);
  supply_assert_balances (p, plan);
  g_assert_cmpfloat (plan->quantity[0], ==, 50.0);
  g_assert_cmpfloat_with_epsilon (plan->missing[4], 40, 1e-6);
  assert_plans_anyway (p);
}

static void
test_store_overfilled (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  g_autoptr (KilterSupplyPlan) plan = NULL;

  p->resources[1].kind = KILTER_SUPPLY_STORAGE;
  supply_fill_row (p->capacity, 4, 1, 40);
  p->opening_stock[0] = 200;
  kilter_supply_problem_add_stock_use (p, 0, 1, 1);
  findings = kilter_supply_problem_validate (p);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_STOCK_OVER_STORAGE));
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpfloat_with_epsilon (plan->overload[4], 110, 1e-6);
  assert_plans_anyway (p);
}

static void
test_bounds (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;
  KilterSupplyBound turned = { KILTER_SUPPLY_BOUND_ROUTE, 0, 1, 30, 20, 9 };
  KilterSupplyBound workers = { KILTER_SUPPLY_BOUND_WORKERS, 1, 2, 50, 60, 8 };

  kilter_supply_problem_add_bound (p, &turned);
  kilter_supply_problem_add_bound (p, &workers);
  p->resources[1].kind = KILTER_SUPPLY_LABOUR;
  p->resources[1].opening_workers = 3;
  p->resources[1].hire_limit = 1;
  supply_fill_row (p->capacity, 4, 1, 150);
  kilter_supply_problem_add_use (p, 0, 1, 0, 1);
  g_array_index (p->routes, KilterSupplyRoute, 1).lead = 2;
  kilter_supply_problem_fix_route (p, 1, 3, 10, 7);
  findings = kilter_supply_problem_validate (p);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_BOUND_ORDER));
  g_assert_cmpint (find (findings, KILTER_SUPPLY_FINDING_BOUND_ORDER)->policy, ==, 9);
  /* three workers and one more a bucket are six at most in the third */
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_BOUND_WORKERS));
  g_assert_cmpfloat (find (findings, KILTER_SUPPLY_FINDING_BOUND_WORKERS)->limit, ==, 6.0);
  g_assert_cmpint (find (findings, KILTER_SUPPLY_FINDING_BOUND_WORKERS)->policy, ==, 8);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_BOUND_TOO_LATE));
  g_assert_cmpint (find (findings, KILTER_SUPPLY_FINDING_BOUND_TOO_LATE)->policy, ==, 7);
  assert_plans_anyway (p);
}

static void
test_unserved (void)
{
  g_autoptr (KilterSupplyProblem) p = plain ();
  g_autoptr (GArray) findings = NULL;

  g_array_index (p->routes, KilterSupplyRoute, 0).allowed = FALSE;
  p->backlog_cost[1] = 0.1;
  p->end_backlog_cost[1] = 1;
  findings = kilter_supply_problem_validate (p);
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_NO_SOURCE));
  g_assert_nonnull (find (findings, KILTER_SUPPLY_FINDING_FREE_SHORTAGE));
  assert_plans_anyway (p);
}

/* whatever is thrown at it, there is a plan and its balances hold */
static void
test_never_infeasible (void)
{
  SupplyRandom random = { 2026 };

  for (guint64 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (8, 6, 5, seed);
      g_autoptr (KilterSupplyPlan) quick = NULL;
      g_autoptr (KilterSupplyPlan) best = NULL;
      g_autoptr (KilterSupplyPlan) strict = NULL;

      for (guint n = 0; n < 12; n++)
        {
          guint k = (guint) (supply_random (&random) * p->routes->len);
          guint i = (guint) (supply_random (&random) * p->n_items);
          guint r = (guint) (supply_random (&random) * p->n_resources);
          guint t = (guint) (supply_random (&random) * 6);
          KilterSupplyBound bound = {
            (guint) (supply_random (&random) * 3), 0,           t,
            supply_random (&random) * 3000,        G_MAXDOUBLE, (gint) n
          };

          bound.index = bound.kind == KILTER_SUPPLY_BOUND_ROUTE ? k : r;
          if (n % 3 == 0)
            bound.upper = bound.lower;
          kilter_supply_problem_add_bound (p, &bound);
          p->strategy[i] = (guint8) (supply_random (&random) * 6);
          p->lost_sales[i] = supply_random (&random) < 0.4;
          p->n_frozen[i] = supply_random (&random) < 0.2 ? 2 : 0;
          p->opening_backlog[i] = supply_random (&random) < 0.2 ? 50 : 0;
          p->stock_minimum[i * 6 + t] = p->stock_target[i * 6 + t] * 0.5;
          p->minimum_cost[i] = 2 * p->shortfall_cost[i];
          p->resources[r].idle = supply_random (&random) < 0.7;
          p->resources[r].level = supply_random (&random) < 0.2;
          if (supply_random (&random) < 0.3)
            p->capacity[r * 6 + t] = 0;
          /* a component that is also sold */
          p->demand[(p->n_items - 1) * 6 + t] = 20;
          p->backlog_cost[p->n_items - 1] = 3;
        }
      best = kilter_supply_solve (p, NULL);
      g_assert_cmpint (best->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      supply_assert_balances (p, best);
      quick = kilter_supply_quick (p);
      supply_assert_balances (p, quick);
      p->priority_rule = KILTER_SUPPLY_STRICT;
      strict = kilter_supply_solve (p, NULL);
      g_assert_cmpint (strict->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      supply_assert_balances (p, strict);
    }
}

static void
test_empty (void)
{
  g_autoptr (KilterSupplyProblem) nothing = kilter_supply_problem_new (0, 3, 0);
  g_autoptr (KilterSupplyProblem) idle = kilter_supply_problem_new (2, 3, 2);

  assert_plans_anyway (nothing);
  assert_plans_anyway (idle);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/check/nothing", test_nothing);
  g_test_add_func ("/supply/check/numbers", test_numbers);
  g_test_add_func ("/supply/check/indices", test_indices);
  g_test_add_func ("/supply/check/stock-order", test_stock_order);
  g_test_add_func ("/supply/check/cycle", test_cycle);
  g_test_add_func ("/supply/check/over-capacity", test_over_capacity);
  g_test_add_func ("/supply/check/no-component", test_no_component);
  g_test_add_func ("/supply/check/store-overfilled", test_store_overfilled);
  g_test_add_func ("/supply/check/bounds", test_bounds);
  g_test_add_func ("/supply/check/unserved", test_unserved);
  g_test_add_func ("/supply/check/never-infeasible", test_never_infeasible);
  g_test_add_func ("/supply/check/empty", test_empty);

  return g_test_run ();
}
