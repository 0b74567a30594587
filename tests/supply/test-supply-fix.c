/* test-supply-fix.c: packages that would fix a shortage
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

/* a line with a summer peak that, by the present policies, works regular hours only and builds
 * nothing early; the store is large enough to do so */
static KilterSupplyProblem *
summer_peak (void)
{
  static const double demand[] = { 60, 80, 110, 140, 115, 80, 60, 50 };
  KilterSupplyProblem *p = kilter_supply_problem_new (2, 8, 3);
  guint k;

  for (guint i = 0; i < 2; i++)
    {
      supply_set_row (p->demand, 8, i, demand);
      supply_fill_row (p->stock_target, 8, i, 20);
      p->opening_stock[i] = 20;
      p->holding_cost[i] = 0.2;
      p->shortfall_cost[i] = 1;
      p->lost_sales[i] = 1;
      p->lost_cost[i] = 60;
      p->early_allowed[i] = 0;
      supply_add_make (p, i, 10, 0, 0, 1);
      kilter_supply_problem_add_stock_use (p, i, 1, 1);
    }
  /* the second item has a line of its own with room */
  g_array_index (p->uses, KilterSupplyUse, 1).resource = 2;
  supply_fill_row (p->capacity, 8, 0, 100);
  supply_fill_row (p->capacity, 8, 2, 1000);
  p->resources[0].overtime_share = 0.2;
  p->resources[0].overtime_cost = 5;
  for (guint c = 0; c < 24; c++)
    p->overtime_allowed[c] = 0;
  p->resources[1].kind = KILTER_SUPPLY_STORAGE;
  supply_fill_row (p->capacity, 8, 1, 90);
  k = supply_add_buy (p, 0, KILTER_SUPPLY_SUBCONTRACT, 22, 1);
  g_array_index (p->routes, KilterSupplyRoute, k).allowed = FALSE;

  return p;
}

static const KilterSupplyFix *
find_fix (GPtrArray *fixes, KilterSupplyFixTitle title)
{
  for (guint n = 0; n < fixes->len; n++)
    if (((const KilterSupplyFix *) g_ptr_array_index (fixes, n))->title == title)
      return g_ptr_array_index (fixes, n);

  return NULL;
}

static void
test_packages (void)
{
  g_autoptr (KilterSupplyProblem) p = summer_peak ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  g_autoptr (GPtrArray) fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);
  const KilterSupplyFix *early, *overtime, *subcontract, *accept;
  double before = kilter_supply_plan_total_unmet (plan);

  /* 10 + 40 + 15 above 100 a month, less what is taken from the target stock */
  g_assert_cmpfloat (before, >, 40);
  early = find_fix (fixes, KILTER_SUPPLY_FIX_EARLY);
  overtime = find_fix (fixes, KILTER_SUPPLY_FIX_OVERTIME);
  subcontract = find_fix (fixes, KILTER_SUPPLY_FIX_SUBCONTRACT);
  accept = find_fix (fixes, KILTER_SUPPLY_FIX_ACCEPT);
  g_assert_nonnull (early);
  g_assert_nonnull (overtime);
  g_assert_nonnull (subcontract);
  g_assert_nonnull (accept);
  g_assert_true (g_ptr_array_index (fixes, fixes->len - 1) == accept);

  g_assert_cmpfloat_with_epsilon (early->unmet_before, before, 1e-6);
  g_assert_cmpfloat_with_epsilon (early->unmet_after, 0, 1e-6);
  g_assert_cmpint (early->expires, ==, 0);
  g_assert_cmpfloat_with_epsilon (overtime->unmet_after, 0, 1e-6);
  g_assert_cmpint (overtime->expires, ==, 2);
  g_assert_cmpfloat_with_epsilon (subcontract->unmet_after, 0, 1e-6);
  g_assert_cmpint (subcontract->condition, ==, KILTER_SUPPLY_CONDITION_ORDER_BY);
  g_assert_cmpint (subcontract->condition_bucket, ==, subcontract->expires);
  g_assert_cmpint (early->condition, ==, KILTER_SUPPLY_CONDITION_STORE_PEAK);
  g_assert_cmpint (early->condition_resource, ==, 1);
  g_assert_cmpfloat (early->condition_value, <=, 1.0 + 1e-9);
  g_assert_cmpfloat (accept->extra_cost, ==, 0.0);
  g_assert_cmpint (accept->condition, ==, KILTER_SUPPLY_CONDITION_STILL_UNMET);

  for (guint n = 0; n < fixes->len; n++)
    {
      const KilterSupplyFix *fix = g_ptr_array_index (fixes, n);

      supply_assert_balances (p, fix->plan);
      supply_assert_near (fix->total_cost, fix->plan->objective, 1e-12);
      supply_assert_near (
        fix->extra_cost,
        kilter_supply_plan_running_cost (fix->plan) - kilter_supply_plan_running_cost (plan), 1e-9);
      if (n > 0)
        g_assert_cmpfloat (
          fix->total_cost, >=,
          ((const KilterSupplyFix *) g_ptr_array_index (fixes, n - 1))->total_cost);
      /* the item on the other line is left alone */
      for (guint t = 0; t < 8; t++)
        g_assert_cmpfloat_with_epsilon (fix->plan->quantity[8 + t], plan->quantity[8 + t], 1e-6);
      for (guint c = 0; c < fix->changes->len; c++)
        g_assert_cmpfloat (g_array_index (fix->changes, KilterSupplyChange, c).quantity, >, 0.0);
    }
  /* the way costs more than the units alone */
  g_assert_cmpfloat (overtime->extra_cost, >, overtime->volume_cost);
}

/* a package applied and planned again gives what it promised */
static void
test_apply (void)
{
  g_autoptr (KilterSupplyProblem) p = summer_peak ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  g_autoptr (GPtrArray) fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);

  for (guint n = 0; n < fixes->len; n++)
    {
      const KilterSupplyFix *fix = g_ptr_array_index (fixes, n);
      g_autoptr (KilterSupplyProblem) changed = kilter_supply_problem_copy (p);
      g_autoptr (KilterSupplyPlan) again = NULL;

      kilter_supply_fix_apply (fix, changed);
      again = kilter_supply_solve (changed, NULL);
      supply_assert_near (again->objective, fix->total_cost, 1e-4);
      g_assert_cmpfloat_with_epsilon (kilter_supply_plan_total_unmet (again), fix->unmet_after,
                                      1e-3);
    }
}

/* what a package may not do stays forbidden: overtime alone builds nothing early */
static void
test_only_its_levers (void)
{
  g_autoptr (KilterSupplyProblem) p = summer_peak ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  g_autoptr (GPtrArray) fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);
  const KilterSupplyFix *overtime = find_fix (fixes, KILTER_SUPPLY_FIX_OVERTIME);
  const KilterSupplyFix *early = find_fix (fixes, KILTER_SUPPLY_FIX_EARLY);

  for (guint t = 0; t < 8; t++)
    {
      g_assert_cmpfloat (overtime->plan->stock[t], <=, 20 + 1e-6);
      g_assert_cmpfloat (overtime->plan->subcontract[t], ==, 0.0);
      g_assert_cmpfloat (early->plan->overtime_hours[t], ==, 0.0);
    }
}

/* physics is not relaxed: without levers there is nothing but accepting */
static void
test_no_levers (void)
{
  g_autoptr (KilterSupplyProblem) p = summer_peak ();
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) fixes = NULL;

  p->early_allowed[0] = p->early_allowed[1] = 1;
  p->resources[0].overtime_share = 0;
  g_array_index (p->routes, KilterSupplyRoute, 2).allowed = TRUE;
  plan = kilter_supply_solve (p, NULL);
  fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);
  g_assert_cmpuint (fixes->len, ==, 1);
  g_assert_cmpint (((const KilterSupplyFix *) g_ptr_array_index (fixes, 0))->title, ==,
                   KILTER_SUPPLY_FIX_ACCEPT);
}

static void
test_random (void)
{
  for (guint64 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (12, 8, 5, seed);
      g_autoptr (KilterSupplyPlan) plan = NULL;
      g_autoptr (GPtrArray) fixes = NULL;

      for (guint c = 0; c < 3 * 8; c++)
        {
          p->capacity[c] *= 0.9;
          p->overtime_allowed[c] = 0;
        }
      for (guint i = 0; i < p->n_items; i++)
        p->early_allowed[i] = 0;
      plan = kilter_supply_solve (p, NULL);
      fixes = kilter_supply_find_fixes (p, plan, -1, -1, NULL);
      g_assert_cmpuint (fixes->len, >=, 2);
      for (guint n = 0; n < fixes->len; n++)
        {
          const KilterSupplyFix *fix = g_ptr_array_index (fixes, n);

          supply_assert_balances (p, fix->plan);
          g_assert_cmpfloat (fix->total_cost, <=, plan->objective * (1 + 1e-9));
        }
    }
}

/* in a large problem a package for one line leaves the others exactly as they are */
static void
test_large (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (500, 12, 10, 4);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) fixes = NULL;
  guint n_same = 0;

  for (guint i = 0; i < p->n_items; i++)
    p->early_allowed[i] = 0;
  for (guint t = 0; t < 12; t++)
    p->capacity[t] *= 0.9;
  plan = kilter_supply_solve (p, NULL);
  fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);
  g_assert_cmpuint (fixes->len, >=, 2);
  for (guint n = 0; n < fixes->len; n++)
    {
      const KilterSupplyFix *fix = g_ptr_array_index (fixes, n);

      supply_assert_balances (p, fix->plan);
      g_assert_cmpfloat (fix->total_cost, <=, plan->objective * (1 + 1e-9));
      for (gsize c = 0; c < (gsize) plan->n_routes * 12; c++)
        n_same += fix->plan->quantity[c] == plan->quantity[c];
    }
  g_assert_cmpuint (2 * n_same, >, fixes->len * plan->n_routes * 12);
}

static void
test_cancelled (void)
{
  g_autoptr (KilterSupplyProblem) p = summer_peak ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GPtrArray) fixes = NULL;

  kilter_job_cancel (job);
  fixes = kilter_supply_find_fixes (p, plan, 0, -1, job);
  g_assert_cmpuint (fixes->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/fix/packages", test_packages);
  g_test_add_func ("/supply/fix/apply", test_apply);
  g_test_add_func ("/supply/fix/only-its-levers", test_only_its_levers);
  g_test_add_func ("/supply/fix/no-levers", test_no_levers);
  g_test_add_func ("/supply/fix/random", test_random);
  g_test_add_func ("/supply/fix/large", test_large);
  g_test_add_func ("/supply/fix/cancelled", test_cancelled);

  return g_test_run ();
}
