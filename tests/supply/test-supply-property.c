/* test-supply-property.c: what must hold for every plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"
#include "supply/kilter-supply-private.h"

#include <math.h>
#include <string.h>

enum
{
  N_SEEDS = 16,
};

static KilterSupplyProblem *
problem_of (guint64 seed)
{
  KilterSupplyProblem *p = supply_random_problem (10 + seed % 7, 6 + seed % 7, 3 + seed % 4, seed);

  /* a mixed bag */
  for (guint i = 0; i < p->n_items; i++)
    {
      if ((i + seed) % 5 == 0)
        p->lost_sales[i] = 1;
      if ((i + seed) % 7 == 0)
        p->early_allowed[i] = 0;
    }

  return p;
}

static void
test_balances (void)
{
  for (guint64 seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = problem_of (seed);
      g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
      g_autoptr (KilterSupplyPlan) best = kilter_supply_solve (p, NULL);

      g_assert_cmpint (best->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      supply_assert_balances (p, quick);
      supply_assert_balances (p, best);
      /* what the optimiser minimised is what the plan costs */
      supply_assert_near (best->objective, best->bound, 1e-7);
      g_assert_cmpfloat (best->objective, <=, quick->objective * (1.0 + 1e-7));
      for (guint r = 0; r < p->n_resources - 1; r++)
        for (guint t = 0; t < p->n_buckets; t++)
          {
            g_assert_cmpfloat (quick->overload[r * p->n_buckets + t], ==, 0.0);
            g_assert_cmpfloat (best->overload[r * p->n_buckets + t], ==, 0.0);
          }
    }
}

static void
test_quick_near_best (void)
{
  double worst = 0.0;
  double sum = 0.0;

  for (guint64 seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (40, 12, 5, seed);
      g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
      g_autoptr (KilterSupplyPlan) best = kilter_supply_solve (p, NULL);
      double ratio = quick->objective / best->objective;

      worst = MAX (worst, ratio);
      sum += ratio;
    }
  g_test_message ("quick plan: mean %.4f, worst %.4f of the least cost", sum / N_SEEDS, worst);
  g_assert_cmpfloat (worst, <=, 1.10);
}

/* load is what the quantities say, by another way of adding */
static void
test_load (void)
{
  g_autoptr (KilterSupplyProblem) p = problem_of (3);
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
  guint T = p->n_buckets;
  g_autofree double *load = g_new (double, p->n_resources *T);
  g_autofree double *by_item = g_new (double, p->n_items *T);

  kilter_supply_load (p, plan->quantity, plan->stock, load);
  for (guint r = 0; r < p->n_resources; r++)
    {
      kilter_supply_load_by_item (p, r, plan->quantity, plan->stock, by_item);
      for (guint t = 0; t < T; t++)
        {
          double sum = 0.0;

          for (guint i = 0; i < p->n_items; i++)
            sum += by_item[i * T + t];
          supply_assert_near (sum, load[r * T + t], 1e-9);
          supply_assert_near (plan->load[r * T + t], load[r * T + t], 1e-9);
        }
    }
}

/* demand before levelling: each unit on its main route in its own bucket */
static void
test_load_of_demand (void)
{
  static const double demand[] = { 10, 20, 90, 30 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (2, 4, 2);
  double load[8];
  double by_item[8];
  guint k;

  supply_set_row (p->demand, 4, 0, demand);
  supply_fill_row (p->capacity, 4, 0, 100);
  k = supply_add_make (p, 0, 1, 1, 0, 2);
  kilter_supply_problem_add_component (p, k, 1, 0, 3);
  supply_add_make (p, 1, 1, 0, 1, 0.5);
  kilter_supply_load_of_demand (p, NULL, load);
  /* lead time 1: what is due in the first bucket is put there with the next */
  g_assert_cmpfloat (load[0], ==, 60.0);
  g_assert_cmpfloat (load[1], ==, 180.0);
  g_assert_cmpfloat (load[2], ==, 60.0);
  g_assert_cmpfloat (load[3], ==, 0.0);
  g_assert_cmpfloat (load[4], ==, 45.0);
  g_assert_cmpfloat (load[5], ==, 135.0);
  kilter_supply_load_of_demand_by_item (p, 1, NULL, by_item);
  g_assert_cmpfloat (by_item[0], ==, 0.0);
  g_assert_cmpfloat (by_item[4 + 1], ==, 135.0);
}

static void
test_more_capacity_never_costs_more (void)
{
  for (guint64 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = problem_of (seed);
      g_autoptr (KilterSupplyPlan) before = kilter_supply_solve (p, NULL);

      for (guint r = 0; r < p->n_resources; r++)
        {
          g_autoptr (KilterSupplyPlan) after = NULL;

          if (p->resources[r].kind == KILTER_SUPPLY_LABOUR)
            continue;
          for (guint t = 0; t < p->n_buckets; t++)
            p->capacity[r * p->n_buckets + t] *= 1.1;
          after = kilter_supply_solve (p, NULL);
          g_assert_cmpfloat (after->objective, <=, before->objective * (1.0 + 1e-7));
          for (guint t = 0; t < p->n_buckets; t++)
            p->capacity[r * p->n_buckets + t] /= 1.1;
        }
    }
}

static double
cost_with_strategy (KilterSupplyProblem *p, KilterSupplyStrategy strategy)
{
  g_autoptr (KilterSupplyPlan) plan = NULL;

  for (guint i = 0; i < p->n_items; i++)
    p->strategy[i] = strategy;
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
  supply_assert_balances (p, plan);

  return plan->objective;
}

static void
test_strategies (void)
{
  for (guint64 seed = 1; seed <= 8; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = problem_of (seed);
      double mixed = cost_with_strategy (p, KILTER_SUPPLY_MIXED);

      g_assert_cmpfloat (mixed, <=, cost_with_strategy (p, KILTER_SUPPLY_LEVEL) * (1 + 1e-7));
      g_assert_cmpfloat (mixed, <=, cost_with_strategy (p, KILTER_SUPPLY_CHASE) * (1 + 1e-7));
      g_assert_cmpfloat (mixed, <=,
                         cost_with_strategy (p, KILTER_SUPPLY_TARGET_COVER) * (1 + 1e-7));
      g_assert_cmpfloat (mixed, <=, cost_with_strategy (p, KILTER_SUPPLY_MANUAL) * (1 + 1e-7));
    }
}

/* the same problem with items and routes in another order */
static KilterSupplyProblem *
reversed (const KilterSupplyProblem *p)
{
  guint T = p->n_buckets;
  guint n = p->n_items;
  guint K = p->routes->len;
  KilterSupplyProblem *q = kilter_supply_problem_new (n, T, p->n_resources);

  for (guint i = 0; i < n; i++)
    {
      guint j = n - 1 - i;

      q->opening_stock[j] = p->opening_stock[i];
      q->value[j] = p->value[i];
      q->holding_cost[j] = p->holding_cost[i];
      q->shortfall_cost[j] = p->shortfall_cost[i];
      q->minimum_cost[j] = p->minimum_cost[i];
      q->excess_cost[j] = p->excess_cost[i];
      q->backlog_cost[j] = p->backlog_cost[i];
      q->end_backlog_cost[j] = p->end_backlog_cost[i];
      q->lost_cost[j] = p->lost_cost[i];
      q->priority[j] = p->priority[i];
      q->lost_sales[j] = p->lost_sales[i];
      q->early_allowed[j] = p->early_allowed[i];
      supply_set_row (q->demand, T, j, p->demand + i * T);
      supply_set_row (q->stock_target, T, j, p->stock_target + i * T);
      supply_set_row (q->stock_maximum, T, j, p->stock_maximum + i * T);
    }
  for (guint k = K; k-- > 0;)
    {
      KilterSupplyRoute route = g_array_index (p->routes, KilterSupplyRoute, k);

      route.item = n - 1 - route.item;
      kilter_supply_problem_add_route (q, &route);
    }
  for (guint u = p->uses->len; u-- > 0;)
    {
      const KilterSupplyUse *use = &g_array_index (p->uses, KilterSupplyUse, u);

      kilter_supply_problem_add_use (q, K - 1 - use->route, use->resource, use->offset,
                                     use->per_unit);
    }
  for (guint c = 0; c < p->components->len; c++)
    {
      const KilterSupplyComponent *line = &g_array_index (p->components, KilterSupplyComponent, c);

      kilter_supply_problem_add_component (q, K - 1 - line->route, n - 1 - line->item, line->offset,
                                           line->per_unit);
    }
  for (guint u = 0; u < p->stock_uses->len; u++)
    {
      const KilterSupplyStockUse *use = &g_array_index (p->stock_uses, KilterSupplyStockUse, u);

      kilter_supply_problem_add_stock_use (q, n - 1 - use->item, use->resource, use->per_unit);
    }
  memcpy (q->resources, p->resources, sizeof (KilterSupplyResource) * p->n_resources);
  memcpy (q->capacity, p->capacity, sizeof (double) * p->n_resources * T);

  return q;
}

static void
test_permuted (void)
{
  for (guint64 seed = 1; seed <= 8; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = problem_of (seed);
      g_autoptr (KilterSupplyProblem) q = reversed (p);
      g_autoptr (KilterSupplyPlan) a = kilter_supply_solve (p, NULL);
      g_autoptr (KilterSupplyPlan) b = kilter_supply_solve (q, NULL);

      supply_assert_near (a->objective, b->objective, 1e-8);
    }
}

/* the same problem twice gives the same bits */
static void
test_repeatable (void)
{
  g_autoptr (KilterSupplyProblem) p = problem_of (5);
  g_autoptr (KilterSupplyPlan) a = kilter_supply_solve (p, NULL);
  g_autoptr (KilterSupplyPlan) b = kilter_supply_solve (p, NULL);
  g_autoptr (KilterSupplyPlan) c = kilter_supply_quick (p);
  g_autoptr (KilterSupplyPlan) d = kilter_supply_quick (p);
  gsize size = sizeof (double) * a->n_routes * a->n_buckets;

  g_assert_cmpmem (a->quantity, size, b->quantity, size);
  g_assert_cmpmem (c->quantity, size, d->quantity, size);
}

/* warm answers to edits cost the same as cold ones */
static void
test_warm (void)
{
  g_autoptr (KilterSupplyProblem) p = problem_of (4);
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  SupplyRandom random = { 99 };

  for (guint n = 0; n < 24; n++)
    {
      g_autoptr (KilterSupplyPlan) warm = kilter_supply_solver_solve (solver, p, NULL);
      g_autoptr (KilterSupplyPlan) cold = kilter_supply_solve (p, NULL);
      guint at = (guint) (supply_random (&random) * p->n_buckets);

      g_assert_cmpint (warm->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      supply_assert_balances (p, warm);
      supply_assert_near (warm->objective, cold->objective, 1e-7);
      switch (n % 5)
        {
        case 0:
          p->demand[at] *= 1.5;
          break;
        case 1:
          p->capacity[at] *= 0.8;
          break;
        case 2:
          p->resources[0].overtime_cost *= 1.1;
          break;
        case 3:
          p->early_allowed[n % p->n_items] ^= 1;
          break;
        default:
          kilter_supply_problem_fix_route (p, n % p->routes->len, at, 30, n);
          break;
        }
    }
}

/* the price of capacity and of demand against the difference of two plans */
static void
test_duals (void)
{
  guint n_compared = 0;

  for (guint64 seed = 1; seed <= 5; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = problem_of (seed);
      g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve (p, NULL);
      guint T = p->n_buckets;

      for (guint r = 0; r < p->n_resources; r++)
        {
          guint c = r * T + (guint) (seed % T);
          double step = 1e-4 * (1.0 + p->capacity[c]);
          double keep = p->capacity[c];
          double share = p->resources[r].overtime_share;
          g_autoptr (KilterSupplyPlan) up = NULL;
          g_autoptr (KilterSupplyPlan) down = NULL;
          double left, right;

          if (p->resources[r].kind == KILTER_SUPPLY_LABOUR)
            continue;
          /* the price is that of an hour that does not bring overtime with it */
          p->capacity[c] = keep + step;
          p->resources[r].overtime_share = share;
          up = kilter_supply_solve (p, NULL);
          p->capacity[c] = keep - step;
          down = kilter_supply_solve (p, NULL);
          p->capacity[c] = keep;
          if (plan->overtime_hours[c] > 0.0)
            continue;
          right = (plan->objective - up->objective) / step;
          left = (down->objective - plan->objective) / step;
          g_assert_cmpfloat (plan->resource_price[c], >=, right - 1e-3 - 1e-4 * fabs (right));
          g_assert_cmpfloat (plan->resource_price[c], <=, left + 1e-3 + 1e-4 * fabs (left));
          n_compared++;
        }
      for (guint i = 0; i < p->n_items; i += 3)
        {
          guint c = i * T + (guint) (seed % T);
          double step = 1e-3;
          double keep = p->demand[c];
          g_autoptr (KilterSupplyPlan) up = NULL;
          g_autoptr (KilterSupplyPlan) down = NULL;

          if (keep == 0.0)
            continue;
          p->demand[c] = keep + step;
          up = kilter_supply_solve (p, NULL);
          p->demand[c] = keep - step;
          down = kilter_supply_solve (p, NULL);
          p->demand[c] = keep;
          g_assert_cmpfloat (plan->item_price[c], <=,
                             (up->objective - plan->objective) / step + 2e-2);
          g_assert_cmpfloat (plan->item_price[c], >=,
                             (plan->objective - down->objective) / step - 2e-2);
          n_compared++;
        }
    }
  g_test_message ("%u prices compared", n_compared);
  g_assert_cmpuint (n_compared, >, 20);
}

/* an edit does not reshuffle what it does not concern */
static void
test_stability (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (30, 12, 5, 8);
  g_autoptr (KilterSupplyPlan) before = kilter_supply_solve (p, NULL);
  g_autoptr (KilterSupplyPlan) free_plan = NULL;
  g_autoptr (KilterSupplyPlan) stable = NULL;
  double moved_free = 0.0;
  double moved_stable = 0.0;

  p->demand[3] *= 1.2;
  free_plan = kilter_supply_solve (p, NULL);
  kilter_supply_problem_set_previous (p, before->quantity, 1e-4);
  stable = kilter_supply_solve (p, NULL);
  for (gsize c = 0; c < (gsize) before->n_routes * before->n_buckets; c++)
    {
      moved_free += fabs (free_plan->quantity[c] - before->quantity[c]);
      moved_stable += fabs (stable->quantity[c] - before->quantity[c]);
    }
  g_test_message ("moved: free %.1f, stable %.1f units", moved_free, moved_stable);
  g_assert_cmpfloat (moved_stable, <=, moved_free + 1e-6);
  g_assert_cmpfloat (stable->objective, <=, free_plan->objective * (1.0 + 2e-4));
}

/* frozen buckets keep the previous plan, to the unit; the rest is planned anew */
static void
test_frozen (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (12, 8, 5, 3);
  g_autoptr (KilterSupplyPlan) before = kilter_supply_solve (p, NULL);
  g_autoptr (KilterSupplyPlan) after = NULL;
  g_autoptr (KilterSupplyPlan) quick = NULL;

  kilter_supply_problem_set_previous (p, before->quantity, 0.0);
  for (guint i = 0; i < p->n_items; i++)
    {
      p->n_frozen[i] = 2;
      p->demand[i * 8 + 1] *= 1.3;
    }
  after = kilter_supply_solve (p, NULL);
  quick = kilter_supply_quick (p);
  for (guint k = 0; k < before->n_routes; k++)
    for (guint t = 0; t < 2; t++)
      {
        g_assert_cmpfloat (after->quantity[k * 8 + t], ==, before->quantity[k * 8 + t]);
        g_assert_cmpfloat (quick->quantity[k * 8 + t], ==, before->quantity[k * 8 + t]);
      }
  supply_assert_balances (p, after);
  supply_assert_balances (p, quick);
}

/* overtime typed by hand is worked and paid, needed or not */
static void
test_typed_overtime (void)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 3, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (KilterSupplyPlan) quick = NULL;
  KilterSupplyBound typed = { KILTER_SUPPLY_BOUND_OVERTIME, 0, 1, 12, 12, 3 };

  supply_fill_row (p->demand, 3, 0, 100);
  p->holding_cost[0] = 1;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 50;
  supply_fill_row (p->capacity, 3, 0, 95);
  p->resources[0].overtime_cost = 4;
  supply_add_make (p, 0, 1, 0, 0, 1);
  kilter_supply_problem_add_bound (p, &typed);
  plan = kilter_supply_solve (p, NULL);
  quick = kilter_supply_quick (p);
  supply_assert_balances (p, plan);
  supply_assert_balances (p, quick);
  g_assert_cmpfloat_with_epsilon (plan->overtime_hours[1], 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (quick->overtime_hours[1], 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (plan->cost[KILTER_SUPPLY_COST_OVERTIME], 48, 1e-9);
  /* 5 of the first bucket are lost, the other two are served */
  g_assert_cmpfloat_with_epsilon (kilter_supply_plan_total_unmet (plan), 5, 1e-6);
  supply_assert_near (plan->objective, plan->bound, 1e-9);
}

static void
test_lots (void)
{
  static const double demand[] = { 30, 30, 30, 30 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 4, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (KilterSupplyPlan) rounded = NULL;

  supply_set_row (p->demand, 4, 0, demand);
  p->holding_cost[0] = 1;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 50;
  supply_fill_row (p->capacity, 4, 0, 100);
  supply_add_make (p, 0, 1, 0, 0, 1);
  g_array_index (p->routes, KilterSupplyRoute, 0).lot_multiple = 50;
  plan = kilter_supply_solve (p, NULL);
  rounded = kilter_supply_round_lots (p, plan);
  g_assert_cmpfloat (rounded->quantity[0], ==, 50.0);
  g_assert_cmpfloat (rounded->quantity[1], ==, 50.0);
  g_assert_cmpfloat (rounded->quantity[2], ==, 0.0);
  g_assert_cmpfloat (rounded->quantity[3], ==, 50.0);
  g_assert_cmpfloat (kilter_supply_plan_total_unmet (rounded), ==, 0.0);
  supply_assert_balances (p, rounded);
}

static void
test_cancelled (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (60, 12, 5, 2);
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
  gsize size = sizeof (double) * quick->n_routes * quick->n_buckets;

  kilter_job_cancel (job);
  plan = kilter_supply_solve (p, job);
  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_CANCELLED);
  g_assert_cmpmem (plan->quantity, size, quick->quantity, size);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (30000);
  kilter_job_cancel (data);

  return NULL;
}

static void
test_cancelled_while_solving (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (400, 24, 10, 2);
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, job);

  plan = kilter_supply_solve (p, job);
  g_thread_join (thread);
  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_CANCELLED);
  supply_assert_balances (p, plan);
}

static void
test_limit (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (60, 12, 5, 2);
  g_autoptr (KilterSupplyPlan) plan = NULL;

  p->work_limit = 1;
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_LIMIT);
  supply_assert_balances (p, plan);
}

/* Families: never infeasible, sums hold, and not far above the least cost. */
static void
test_families (void)
{
  double worst = 0.0;

  for (guint64 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (120, 12, 4, seed);
      g_autoptr (KilterSupplyPlan) best = kilter_supply_solve (p, NULL);
      g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
      g_autoptr (KilterSupplyPlan) plan = NULL;
      guint n_families;
      double gap;

      plan = kilter_supply_solve_by_families (p, NULL, &n_families, &gap);
      g_assert_cmpuint (n_families, <, p->n_items);
      /* what is proven is true: the least cost is between the bound and the plan */
      g_assert_cmpfloat (plan->bound, <=, best->objective * (1.0 + 1e-9));
      supply_assert_near (gap, plan->objective / plan->bound - 1.0, 1e-12);
      g_assert_cmpfloat (plan->objective, >=, best->objective * (1.0 - 1e-7));
      g_assert_cmpfloat (plan->objective, <=, quick->objective * (1.0 + 1e-9));
      for (gsize c = 0; c < (gsize) p->n_resources * p->n_buckets; c++)
        g_assert_cmpfloat (plan->overload[c], <=, 1e-6 * (1.0 + plan->load[c]));
      for (guint i = 0; i < p->n_items; i++)
        for (guint t = 0; t < p->n_buckets; t++)
          {
            gsize c = (gsize) i * p->n_buckets + t;
            double before = t > 0 ? plan->stock[c - 1] - plan->backlog[c - 1]
                                  : p->opening_stock[i] - p->opening_backlog[i];

            g_assert_cmpfloat (plan->stock[c], >=, 0.0);
            supply_assert_near (plan->stock[c] - plan->backlog[c],
                                before + p->firm[c] + plan->regular[c] + plan->overtime[c] +
                                  plan->subcontract[c] + plan->purchase[c] + plan->missing[c] -
                                  plan->used[c] - p->demand[c] + plan->lost[c],
                                1e-9);
          }
      worst = MAX (worst, plan->objective / best->objective);
    }
  g_test_message ("at most %.4f of the least cost", worst);
  g_assert_cmpfloat (worst, <=, 1.05);
}

/* At the prices of the optimum the bound is the least cost (duality); at any others it is below. */
static void
test_bound (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (KilterSupplyProblem)
        p = supply_random_problem (4 + 3 * seed, 6 + seed % 13, 4, seed);
      g_autoptr (KilterSupplyPlan) best = NULL;
      g_autoptr (KilterSupplyIndex) index = NULL;
      SupplyRandom random = { seed };
      double proven;

      if (seed % 4 == 1)
        for (guint i = 0; i < p->n_items; i++)
          p->lost_sales[i] = i % 3 == 0;
      if (seed % 5 == 2)
        for (gsize c = 0; c < p->n_buckets; c++)
          {
            p->shift_hours[c] = 0.1 * p->capacity[c];
            p->shift_allowed[c] = c % 2;
            p->resources[0].shift_cost = 55.0;
          }
      best = kilter_supply_solve (p, NULL);
      index = kilter_supply_index_new (p);
      g_assert_cmpint (best->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      proven = kilter_supply_bound (index, best->resource_price, best->item_price);
      supply_assert_near (proven, best->objective, 1e-6);
      for (guint n = 0; n < 5; n++)
        {
          for (gsize c = 0; c < (gsize) p->n_resources * p->n_buckets; c++)
            best->resource_price[c] *= supply_random_between (&random, 0.7, 1.3);
          for (gsize c = 0; c < (gsize) p->n_items * p->n_buckets; c++)
            best->item_price[c] *= supply_random_between (&random, 0.7, 1.3);
          g_assert_cmpfloat (kilter_supply_bound (index, best->resource_price, best->item_price),
                             <=, best->objective * (1.0 + 1e-9));
        }
    }
}

/* The number of families follows from resources and ways over them, not from items. */
static void
test_number_of_families (void)
{
  guint before = 0;

  for (guint n = 3000; n <= 6000; n += 3000)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (n, 4, 20, 3);
      g_autoptr (KilterSupplyPlan) plan = NULL;
      guint n_families;
      double gap;

      plan = kilter_supply_solve_by_families (p, NULL, &n_families, &gap);
      g_assert_cmpuint (n_families, <=, 400);
      g_assert_cmpfloat (gap, >=, 0.0);
      if (before > 0)
        g_assert_cmpuint (n_families, <=, before * 11 / 10);
      before = n_families;
    }
}

/* Months that are drawn together into quarters: what is charged a month is charged three times, and
 * a level rate follows the days. */
static void
test_telescoping (void)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 3, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  KilterSupplyRoute route;

  kilter_supply_route_init (&route, 0, KILTER_SUPPLY_MAKE);
  route.cost = 1.0;
  kilter_supply_problem_add_route (p, &route);
  kilter_supply_problem_add_use (p, 0, 0, 0, 1.0);
  p->bucket_months[2] = 3.0;
  p->holding_cost[0] = 2.0;
  p->backlog_cost[0] = 50.0;
  p->end_backlog_cost[0] = 500.0;
  p->demand[1] = 30.0;
  p->demand[2] = 0.0;
  p->opening_stock[0] = 40.0;
  for (guint t = 0; t < 3; t++)
    p->capacity[t] = 100.0;
  plan = kilter_supply_solve (p, NULL);
  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
  /* 40 for a month, 10 for a month, 10 for a quarter */
  supply_assert_near (plan->objective, 2.0 * (40.0 + 10.0 + 3.0 * 10.0), 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/property/balances", test_balances);
  g_test_add_func ("/supply/property/quick-near-best", test_quick_near_best);
  g_test_add_func ("/supply/property/load", test_load);
  g_test_add_func ("/supply/property/load-of-demand", test_load_of_demand);
  g_test_add_func ("/supply/property/capacity", test_more_capacity_never_costs_more);
  g_test_add_func ("/supply/property/strategies", test_strategies);
  g_test_add_func ("/supply/property/permuted", test_permuted);
  g_test_add_func ("/supply/property/repeatable", test_repeatable);
  g_test_add_func ("/supply/property/warm", test_warm);
  g_test_add_func ("/supply/property/duals", test_duals);
  g_test_add_func ("/supply/property/stability", test_stability);
  g_test_add_func ("/supply/property/frozen", test_frozen);
  g_test_add_func ("/supply/property/typed-overtime", test_typed_overtime);
  g_test_add_func ("/supply/property/families", test_families);
  g_test_add_func ("/supply/property/bound", test_bound);
  g_test_add_func ("/supply/property/number-of-families", test_number_of_families);
  g_test_add_func ("/supply/property/telescoping", test_telescoping);
  g_test_add_func ("/supply/property/lots", test_lots);
  g_test_add_func ("/supply/property/cancelled", test_cancelled);
  g_test_add_func ("/supply/property/cancelled-while-solving", test_cancelled_while_solving);
  g_test_add_func ("/supply/property/limit", test_limit);

  return g_test_run ();
}
