/* test-supply-explain.c: lateness, its cause, and what an hour is worth, on cases small enough to
 * be solved by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

static const KilterSupplyReason *
find_reason (GPtrArray *reasons, KilterSupplyReasonKind kind, guint item, guint bucket)
{
  for (guint n = 0; n < reasons->len; n++)
    {
      const KilterSupplyReason *reason = g_ptr_array_index (reasons, n);

      if (reason->kind == kind && reason->item == item && reason->bucket == bucket)
        return reason;
    }

  return NULL;
}

static const KilterSupplyPart *
find_cause (const KilterSupplyReason *reason, KilterSupplyCause cause, int resource, int bucket)
{
  for (guint n = 0; n < reason->causes->len; n++)
    {
      const KilterSupplyPart *part = &g_array_index (reason->causes, KilterSupplyPart, n);

      if (part->cause == cause && (resource < 0 || part->resource == resource) &&
          (bucket < 0 || part->bucket == bucket))
        return part;
    }

  return NULL;
}

static void
assert_parts_add_up (const KilterSupplyReason *reason)
{
  double sum = 0.0;

  for (guint n = 0; n < reason->price_parts->len; n++)
    sum += g_array_index (reason->price_parts, KilterSupplyPart, n).amount;
  supply_assert_near (sum, reason->value, 1e-6);
}

/* X1: one resource, four months */
static KilterSupplyProblem *
one_resource (double capacity)
{
  static const double demand[] = { 80, 90, 150, 60 };
  KilterSupplyProblem *p = kilter_supply_problem_new (1, 4, 1);

  supply_set_row (p->demand, 4, 0, demand);
  supply_fill_row (p->capacity, 4, 0, capacity);
  p->holding_cost[0] = 1;
  p->backlog_cost[0] = 10;
  p->end_backlog_cost[0] = 1000;
  supply_add_make (p, 0, 5, 0, 0, 1);

  return p;
}

static double
cost_of (const KilterSupplyProblem *p)
{
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);

  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);

  return plan->objective;
}

static void
test_capacity (void)
{
  static const double made[] = { 100, 100, 100, 80 };
  static const double stock[] = { 20, 30, 0, 0 };
  static const double worth[] = { 8, 9, 10, 0 };
  g_autoptr (KilterSupplyProblem) p = one_resource (100);
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solver_solve (solver, p, NULL);
  g_autoptr (GPtrArray) reasons = kilter_supply_explain (p, plan, solver, -1, -1);
  const KilterSupplyReason *late;
  const KilterSupplyPart *first;

  supply_assert_near (plan->objective, 2150, 1e-9);
  for (guint t = 0; t < 4; t++)
    {
      g_assert_cmpfloat_with_epsilon (plan->regular[t], made[t], 1e-6);
      g_assert_cmpfloat_with_epsilon (plan->stock[t], stock[t], 1e-6);
      g_assert_cmpfloat_with_epsilon (plan->resource_price[t], worth[t], 1e-6);
    }

  g_assert_cmpuint (reasons->len, ==, 1);
  late = find_reason (reasons, KILTER_SUPPLY_REASON_LATE, 0, 2);
  g_assert_nonnull (late);
  g_assert_cmpfloat_with_epsilon (late->quantity, 20, 1e-6);
  for (int t = 0; t < 3; t++)
    {
      const KilterSupplyPart *part = find_cause (late, KILTER_SUPPLY_CAUSE_CAPACITY, 0, t);

      g_assert_nonnull (part);
      g_assert_cmpfloat_with_epsilon (part->worth, worth[t], 1e-6);
    }
  /* month 4 has hours to spare and is no cause */
  g_assert_null (find_cause (late, KILTER_SUPPLY_CAUSE_CAPACITY, 0, 3));
  first = &g_array_index (late->causes, KilterSupplyPart, 0);
  g_assert_cmpint (first->bucket, ==, 2);
  g_assert_cmpfloat_with_epsilon (late->range, 20, 1e-6);
  assert_parts_add_up (late);

  /* the price holds for 20 hours, then it is 2 */
  p->capacity[2] = 120;
  supply_assert_near (cost_of (p), 1950, 1e-9);
  p->capacity[2] = 121;
  supply_assert_near (cost_of (p), 1948, 1e-9);
}

/* X2: two products, priority against cost */
static KilterSupplyProblem *
two_products (void)
{
  KilterSupplyProblem *p = kilter_supply_problem_new (2, 2, 1);

  p->demand[0] = 50;
  p->demand[2] = 100;
  p->capacity[0] = 150;
  p->capacity[1] = 200;
  p->holding_cost[0] = p->holding_cost[1] = 1;
  p->backlog_cost[0] = 15;
  p->backlog_cost[1] = 10;
  p->end_backlog_cost[0] = p->end_backlog_cost[1] = 1000;
  p->priority[0] = 1;
  p->priority[1] = 2;
  supply_add_make (p, 0, 0, 0, 0, 2);
  supply_add_make (p, 1, 0, 0, 0, 1);

  return p;
}

static void
test_priority (void)
{
  g_autoptr (KilterSupplyProblem) p = two_products ();
  g_autoptr (KilterSupplyPlan) money = kilter_supply_solve (p, NULL);
  g_autoptr (KilterSupplyPlan) strict = NULL;
  g_autoptr (KilterSupplyPlan) quick = NULL;

  g_assert_cmpfloat_with_epsilon (money->late[0], 25, 1e-6);
  g_assert_cmpfloat_with_epsilon (money->late[2], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (money->cost[KILTER_SUPPLY_COST_BACKLOG], 375, 1e-6);
  g_assert_cmpfloat_with_epsilon (money->resource_price[0], 7.5, 1e-6);

  /* why A and not B: 7.5 against 10 an hour */
  g_assert_cmpfloat (kilter_supply_saved_per_hour (p, 0, 0), ==, 7.5);
  g_assert_cmpfloat (kilter_supply_saved_per_hour (p, 1, 0), ==, 10.0);

  p->priority_rule = KILTER_SUPPLY_STRICT;
  g_assert_cmpfloat (kilter_supply_saved_per_hour (p, 0, 0), >,
                     kilter_supply_saved_per_hour (p, 1, 0));
  strict = kilter_supply_solve (p, NULL);
  quick = kilter_supply_quick (p);
  g_assert_cmpfloat_with_epsilon (strict->late[0], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (strict->late[2], 50, 1e-6);
  g_assert_cmpfloat_with_epsilon (strict->cost[KILTER_SUPPLY_COST_BACKLOG], 500, 1e-6);
  g_assert_cmpfloat_with_epsilon (quick->late[0], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (quick->late[2], 50, 1e-6);
}

/* X3: the lead time of a bought component */
static void
test_component_lead_time (void)
{
  static const double demand[] = { 40, 40, 60, 60 };
  static const double made[] = { 20, 30, 70, 60 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (2, 4, 2);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  const KilterSupplyReason *late;
  guint make, buy;

  supply_set_row (p->demand, 4, 0, demand);
  p->opening_stock[0] = 20;
  p->holding_cost[0] = 2;
  p->backlog_cost[0] = 20;
  p->end_backlog_cost[0] = 1000;
  p->opening_stock[1] = 100;
  p->holding_cost[1] = 0.5;
  p->resources[1].kind = KILTER_SUPPLY_SUPPLIER;
  supply_fill_row (p->capacity, 4, 0, 1e6);
  supply_fill_row (p->capacity, 4, 1, 150);
  make = supply_add_make (p, 0, 0, 0, 0, 1);
  buy = supply_add_buy (p, 1, KILTER_SUPPLY_PURCHASE, 3, 2);
  kilter_supply_problem_add_component (p, make, 1, 0, 2);
  kilter_supply_problem_add_use (p, buy, 1, 0, 1);
  plan = kilter_supply_solve (p, NULL);
  supply_assert_balances (p, plan);
  supply_assert_near (plan->objective, 1010, 1e-9);
  for (guint t = 0; t < 4; t++)
    g_assert_cmpfloat_with_epsilon (plan->regular[t], made[t], 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->quantity[buy * 4], 140, 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->quantity[buy * 4 + 1], 120, 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->resource_price[4], 0, 1e-6);

  reasons = kilter_supply_explain (p, plan, NULL, 0, -1);
  late = find_reason (reasons, KILTER_SUPPLY_REASON_LATE, 0, 1);
  g_assert_nonnull (late);
  g_assert_cmpfloat_with_epsilon (late->quantity, 10, 1e-6);
  assert_parts_add_up (late);
  g_assert_nonnull (find_cause (late, KILTER_SUPPLY_CAUSE_LEAD_TIME, -1, -1));
  g_assert_cmpint (find_cause (late, KILTER_SUPPLY_CAUSE_LEAD_TIME, -1, -1)->item, ==, 1);
  g_assert_null (find_cause (late, KILTER_SUPPLY_CAUSE_CAPACITY, -1, -1));

  /* one more on hand at the start */
  p->opening_stock[1] = 101;
  g_assert_cmpfloat_with_epsilon (plan->objective - cost_of (p), 12.5, 1e-6);
  p->opening_stock[1] = 100;
  p->opening_stock[0] = 21;
  g_assert_cmpfloat_with_epsilon (plan->objective - cost_of (p), 25, 1e-6);
}

/* X4: a store */
static void
test_storage (void)
{
  static const double demand[] = { 50, 50, 180, 80 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 4, 2);
  g_autoptr (KilterSupplyPlan) plan = NULL;

  supply_set_row (p->demand, 4, 0, demand);
  supply_fill_row (p->capacity, 4, 0, 100);
  p->resources[0].overtime_share = 0.3;
  p->resources[0].overtime_cost = 8;
  p->resources[1].kind = KILTER_SUPPLY_STORAGE;
  supply_fill_row (p->capacity, 4, 1, 60);
  p->holding_cost[0] = 1;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  supply_add_make (p, 0, 0, 0, 0, 1);
  kilter_supply_problem_add_stock_use (p, 0, 1, 1);
  plan = kilter_supply_solve (p, NULL);
  supply_assert_near (plan->objective, 230, 1e-9);
  g_assert_cmpfloat_with_epsilon (plan->overtime[2], 20, 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->load[4 + 1], 60, 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->resource_price[4 + 1], 6, 1e-6);
  supply_fill_row (p->capacity, 4, 1, 1e6);
  supply_assert_near (cost_of (p), 110, 1e-9);
}

/* X6: more demand than there ever is capacity: a plan comes back and says what it broke */
static void
test_impossible (void)
{
  g_autoptr (KilterSupplyProblem) p = one_resource (60);
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  g_autoptr (GPtrArray) reasons = kilter_supply_explain (p, plan, NULL, -1, -1);
  const KilterSupplyReason *unmet;
  const KilterSupplyBreak *last;

  supply_assert_balances (p, plan);
  g_assert_cmpfloat_with_epsilon (kilter_supply_plan_total_unmet (plan), 140, 1e-6);
  last = &g_array_index (plan->breaks, KilterSupplyBreak, plan->breaks->len - 1);
  g_assert_cmpint (last->code, ==, KILTER_SUPPLY_BREAK_UNMET);
  g_assert_cmpfloat_with_epsilon (last->quantity, 140, 1e-6);
  unmet = find_reason (reasons, KILTER_SUPPLY_REASON_UNMET, 0, 3);
  g_assert_nonnull (unmet);
  assert_parts_add_up (unmet);
  for (int t = 0; t < 4; t++)
    g_assert_nonnull (find_cause (unmet, KILTER_SUPPLY_CAUSE_CAPACITY, 0, t));

  supply_fill_row (p->capacity, 4, 0, 95);
  kilter_supply_plan_free (g_steal_pointer (&plan));
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpfloat (kilter_supply_plan_total_unmet (plan), <, 1e-6);
  supply_fill_row (p->capacity, 4, 0, 320.0 / 3);
  kilter_supply_plan_free (g_steal_pointer (&plan));
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpfloat (kilter_supply_plan_total_late (plan), <, 1e-6);
}

/* policies are named, physics is not blamed for them */
static void
test_policies (void)
{
  g_autoptr (KilterSupplyProblem) p = one_resource (100);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  const KilterSupplyReason *late;
  const KilterSupplyPart *part;
  guint k;

  p->early_allowed[0] = 0;
  k = supply_add_buy (p, 0, KILTER_SUPPLY_SUBCONTRACT, 7, 0);
  g_array_index (p->routes, KilterSupplyRoute, k).allowed = FALSE;
  plan = kilter_supply_solve (p, NULL);
  supply_assert_balances (p, plan);
  reasons = kilter_supply_explain (p, plan, NULL, 0, 2);
  late = find_reason (reasons, KILTER_SUPPLY_REASON_LATE, 0, 2);
  g_assert_nonnull (late);
  assert_parts_add_up (late);
  g_assert_nonnull (find_cause (late, KILTER_SUPPLY_CAUSE_CAPACITY, 0, 2));
  g_assert_nonnull (find_cause (late, KILTER_SUPPLY_CAUSE_EARLY, -1, 1));
  g_assert_nonnull (find_cause (late, KILTER_SUPPLY_CAUSE_ROUTE, -1, 2));
  g_assert_null (find_cause (late, KILTER_SUPPLY_CAUSE_CAPACITY, 0, 1));

  /* a planner's quantity, given back by its name */
  kilter_supply_problem_fix_route (p, 0, 2, 40, 77);
  g_ptr_array_unref (g_steal_pointer (&reasons));
  kilter_supply_plan_free (g_steal_pointer (&plan));
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpfloat (plan->quantity[2], ==, 40.0);
  reasons = kilter_supply_explain (p, plan, NULL, 0, 2);
  late = find_reason (reasons, KILTER_SUPPLY_REASON_LATE, 0, 2);
  part = find_cause (late, KILTER_SUPPLY_CAUSE_POLICY, -1, 2);
  g_assert_nonnull (part);
  g_assert_cmpint (part->policy, ==, 77);
  assert_parts_add_up (late);
}

/* being late is cheaper than overtime */
static void
test_cost (void)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 2, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  const KilterSupplyReason *lost;

  p->demand[0] = 10;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 4;
  supply_fill_row (p->capacity, 2, 0, 100);
  supply_add_make (p, 0, 8.1, 0, 0, 1);
  plan = kilter_supply_solve (p, NULL);
  reasons = kilter_supply_explain (p, plan, NULL, -1, -1);
  lost = find_reason (reasons, KILTER_SUPPLY_REASON_LOST, 0, 0);
  g_assert_nonnull (lost);
  g_assert_cmpint (g_array_index (lost->causes, KilterSupplyPart, 0).cause, ==,
                   KILTER_SUPPLY_CAUSE_COST);
  g_assert_cmpfloat_with_epsilon (g_array_index (lost->causes, KilterSupplyPart, 0).amount, 4.1,
                                  1e-9);
  assert_parts_add_up (lost);
}

/* before the optimiser is there, the quick plan names what first refused */
static void
test_quick_reasons (void)
{
  g_autoptr (KilterSupplyProblem) p = one_resource (60);
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_quick (p);
  g_autoptr (GPtrArray) reasons = kilter_supply_explain (p, plan, NULL, -1, -1);

  g_assert_cmpuint (reasons->len, >, 0);
  for (guint n = 0; n < reasons->len; n++)
    {
      const KilterSupplyReason *reason = g_ptr_array_index (reasons, n);
      const KilterSupplyPart *part = &g_array_index (reason->causes, KilterSupplyPart, 0);

      g_assert_true (isnan (reason->value));
      g_assert_cmpint (part->cause, ==, KILTER_SUPPLY_CAUSE_CAPACITY);
      g_assert_cmpint (part->resource, ==, 0);
      g_assert_cmpint (part->bucket, <=, (int) reason->bucket);
    }
}

/* on random companies: parts add up, and lifting the first cause helps by what it is worth */
static void
test_random (void)
{
  guint n_reasons = 0;
  guint n_lifted = 0;

  for (guint64 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (12, 8, 5, seed);
      g_autoptr (KilterSupplyPlan) plan = NULL;
      g_autoptr (GPtrArray) reasons = NULL;

      for (guint c = 0; c < 3 * 8; c++)
        p->capacity[c] *= 0.8;
      plan = kilter_supply_solve (p, NULL);
      reasons = kilter_supply_explain (p, plan, NULL, -1, -1);
      for (guint n = 0; n < reasons->len; n++)
        {
          const KilterSupplyReason *reason = g_ptr_array_index (reasons, n);
          const KilterSupplyPart *first;
          double more;
          gsize c;

          assert_parts_add_up (reason);
          g_assert_cmpuint (reason->causes->len, >, 0);
          n_reasons++;
          first = &g_array_index (reason->causes, KilterSupplyPart, 0);
          if (first->cause != KILTER_SUPPLY_CAUSE_CAPACITY || n % 16 != 0)
            continue;
          c = (gsize) first->resource * 8 + first->bucket;
          if (p->resources[first->resource].kind == KILTER_SUPPLY_LABOUR)
            continue;
          more = 1e-3 * (1.0 + p->capacity[c]);
          p->capacity[c] += more;
          /* a convex price: never better than promised, and really better */
          {
            double gain = plan->objective - cost_of (p);

            g_assert_cmpfloat (gain, <=, first->worth * more * 1.2 + 1e-4);
            g_assert_cmpfloat (gain, >=, -1e-5 * plan->objective);
            n_lifted++;
          }
          p->capacity[c] -= more;
        }
    }
  g_test_message ("%u reasons, %u causes lifted", n_reasons, n_lifted);
  g_assert_cmpuint (n_reasons, >, 100);
  g_assert_cmpuint (n_lifted, >, 5);
}

/* hours that cost nothing and change nothing else, also for a labour pool */
static void
add_hours (KilterSupplyProblem *p, guint resource, guint bucket)
{
  p->shift_hours[resource * p->n_buckets + bucket] = 1e6;
  p->shift_allowed[resource * p->n_buckets + bucket] = 1;
}

/* takes away everything named as a cause */
static gboolean
lift_causes (KilterSupplyProblem *p, const KilterSupplyReason *reason)
{
  guint T = p->n_buckets;
  gboolean lifted = FALSE;

  for (guint n = 0; n < reason->causes->len; n++)
    {
      const KilterSupplyPart *part = &g_array_index (reason->causes, KilterSupplyPart, n);

      if (part->cause == KILTER_SUPPLY_CAUSE_STORAGE)
        p->capacity[(guint) part->resource * T + (guint) part->bucket] += 1e6;
      else if (part->cause == KILTER_SUPPLY_CAUSE_CAPACITY)
        add_hours (p, (guint) part->resource, (guint) part->bucket);
      else if (part->cause == KILTER_SUPPLY_CAUSE_LEAD_TIME)
        {
          /* without it, it would be made in the bucket itself */
          g_array_index (p->routes, KilterSupplyRoute, part->route).lead = 0;
          for (guint u = 0; u < p->uses->len; u++)
            if (g_array_index (p->uses, KilterSupplyUse, u).route == (guint) part->route)
              add_hours (p, g_array_index (p->uses, KilterSupplyUse, u).resource,
                         (guint) part->bucket);
        }
      else if (part->cause == KILTER_SUPPLY_CAUSE_EARLY)
        p->early_allowed[part->item] = 1;
      else if (part->cause == KILTER_SUPPLY_CAUSE_ROUTE)
        g_array_index (p->routes, KilterSupplyRoute, part->route).allowed = TRUE;
      else
        continue;
      lifted = TRUE;
    }

  return lifted;
}

/* lifts what is named, plans again, and so on while something else takes its place; gives the
 * number of rounds until the cell is served */
static guint
rounds_until_served (const KilterSupplyProblem *p, const KilterSupplyReason *reason)
{
  g_autoptr (KilterSupplyProblem) without = kilter_supply_problem_copy (p);
  gsize c = (gsize) reason->item * p->n_buckets + reason->bucket;

  if (!lift_causes (without, reason))
    return 0;
  for (guint round = 1; round < 6; round++)
    {
      g_autoptr (KilterSupplyPlan) better = kilter_supply_solve (without, NULL);
      g_autoptr (GPtrArray) next = NULL;

      if (better->late[c] + better->lost[c] <= 1e-4 * (1.0 + p->demand[c]))
        return round;
      next = kilter_supply_explain (without, better, NULL, reason->item, reason->bucket);
      g_assert_cmpuint (next->len, >, 0);
      if (!lift_causes (without, g_ptr_array_index (next, 0)))
        return G_MAXUINT;
    }

  return G_MAXUINT;
}

/* what is named as the cause is the cause: without it, re-planned, the lateness is gone; now and
 * then the next bottleneck comes to light, which is then named */
static void
test_causes_are_causes (void)
{
  guint n_tested = 0;
  guint n_at_once = 0;

  for (guint64 seed = 1; seed <= 1000; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (6, 6, 3 + seed % 3, seed);
      g_autoptr (KilterSupplyPlan) plan = NULL;
      g_autoptr (GPtrArray) reasons = NULL;

      for (guint c = 0; c < p->n_resources * p->n_buckets; c++)
        p->capacity[c] *= 0.7 + 0.3 * ((c + seed) % 3) / 2.0;
      for (guint i = 0; i < p->n_items; i++)
        {
          p->lost_sales[i] = (i + seed) % 3 == 0;
          p->early_allowed[i] = (i + seed) % 4 != 0;
        }
      for (guint k = 0; k < p->routes->len; k++)
        if ((k + seed) % 5 == 0 && g_array_index (p->routes, KilterSupplyRoute, k).rank > 0)
          g_array_index (p->routes, KilterSupplyRoute, k).allowed = FALSE;
      plan = kilter_supply_solve (p, NULL);
      reasons = kilter_supply_explain (p, plan, NULL, -1, -1);
      for (guint n = 0; n < reasons->len; n++)
        {
          const KilterSupplyReason *reason = g_ptr_array_index (reasons, n);
          guint rounds;

          if (reason->kind == KILTER_SUPPLY_REASON_BELOW_TARGET || (n + seed) % 4 != 0)
            continue;
          rounds = rounds_until_served (p, reason);
          if (rounds == 0)
            continue;
          g_assert_cmpuint (rounds, <=, 5);
          n_tested++;
          n_at_once += rounds == 1;
        }
    }
  g_test_message ("%u reasons lifted, %u of them at once", n_tested, n_at_once);
  g_assert_cmpuint (n_tested, >, 100);
  g_assert_cmpuint (100 * n_at_once, >=, 97 * n_tested);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/explain/capacity", test_capacity);
  g_test_add_func ("/supply/explain/priority", test_priority);
  g_test_add_func ("/supply/explain/component-lead-time", test_component_lead_time);
  g_test_add_func ("/supply/explain/storage", test_storage);
  g_test_add_func ("/supply/explain/impossible", test_impossible);
  g_test_add_func ("/supply/explain/policies", test_policies);
  g_test_add_func ("/supply/explain/cost", test_cost);
  g_test_add_func ("/supply/explain/quick", test_quick_reasons);
  g_test_add_func ("/supply/explain/random", test_random);
  g_test_add_func ("/supply/explain/causes-are-causes", test_causes_are_causes);

  return g_test_run ();
}
