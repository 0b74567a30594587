/* kilter-supply-quick-labour.c: how many workers, without the optimiser
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/quick/kilter-supply-quick-private.h"

#include <math.h>
#include <string.h>

/* levels of workers looked at */
#define N_GRID 48

typedef struct
{
  const KilterSupplyIndex *x;
  guint r;
  const double *need;
  double shortage_cost;
  double levels[N_GRID + 4];
  guint n_levels;
} Search;

/* money of one bucket with w workers: wages, overtime for what they do not manage, shortage for
 * what overtime does not manage either */
static double
bucket_cost (const Search *s, guint t, double w)
{
  gsize c = (gsize) s->r * s->x->T + t;
  const KilterSupplyResource *resource = &s->x->problem->resources[s->r];
  double hours = s->x->problem->capacity[c] * w;
  double most = kilter_supply_index_most_overtime (s->x, s->r, t) * w;
  double over = MAX (0.0, s->need[t] - hours);
  double overtime = MIN (over, MAX (most, s->x->overtime_lower[c]));
  double idle = resource->idle ? 0.0 : MAX (0.0, hours - s->need[t]);

  return resource->wage * hours + resource->overtime_cost * overtime +
         s->shortage_cost * (over - overtime) + s->shortage_cost * idle;
}

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* levels worth looking at: what is there, and what serves each bucket with and without overtime */
static void
collect_levels (Search *s)
{
  const KilterSupplyProblem *p = s->x->problem;
  const KilterSupplyResource *resource = &p->resources[s->r];
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  guint n;

  g_array_append_val (all, resource->opening_workers);
  for (guint t = 0; t < s->x->T; t++)
    {
      double hours = p->capacity[(gsize) s->r * s->x->T + t];
      double wanted[2];

      if (hours <= 0.0)
        continue;
      wanted[0] = s->need[t] / hours;
      wanted[1] = s->need[t] / (hours + kilter_supply_index_most_overtime (s->x, s->r, t));
      g_array_append_vals (all, wanted, 2);
    }
  g_array_sort (all, compare_levels);
  n = all->len;
  for (guint l = 0; l < MIN (n, N_GRID); l++)
    s->levels[s->n_levels++] = g_array_index (all, double,
                                              n <= N_GRID ? l : (gsize) l * (n - 1) / (N_GRID - 1));
  /* sampling may have left out where everything starts */
  s->levels[s->n_levels++] = resource->opening_workers;
}

/*
 * kilter_supply_cheapest_workers:
 * @need: (array): hours by bucket
 * @shortage_cost: money per hour that nobody can work
 * @out_workers: (array): by bucket
 *
 * Dynamic programming over levels of workers.
 *
 * Returns: the money
 */
double
kilter_supply_cheapest_workers (const KilterSupplyIndex *index,
                                guint resource,
                                const double *need,
                                double shortage_cost,
                                double *out_workers)
{
  const KilterSupplyResource *pool = &index->problem->resources[resource];
  guint T = index->T;
  Search s = { index, resource, need, shortage_cost };
  g_autofree double *best = NULL;
  g_autofree guint8 *from = NULL;
  double total;
  guint n;
  guint at;

  collect_levels (&s);
  n = s.n_levels;
  best = g_new (double, (gsize) (T + 1) * n);
  from = g_malloc ((gsize) (T + 1) * n);
  for (guint l = 0; l < n; l++)
    best[l] = s.levels[l] == pool->opening_workers ? 0.0 : INFINITY;
  for (guint t = 0; t < T; t++)
    for (guint l = 0; l < n; l++)
      {
        double cheapest = INFINITY;
        gsize c = (gsize) resource * T + t;
        double wished = s.levels[l];
        double w = CLAMP (wished, index->workers_lower[c], index->workers_upper[c]);

        for (guint m = 0; m < n; m++)
          {
            double change = wished - s.levels[m];
            double cost = best[(gsize) t * n + m] +
                          (change > 0.0 ? change * pool->hire_cost : -change * pool->fire_cost);

            if (change > pool->hire_limit * (1.0 + 1e-12) ||
                -change > pool->fire_limit * (1.0 + 1e-12) ||
                (pool->level && t > 0 && change != 0.0))
              continue;
            if (cost < cheapest)
              {
                cheapest = cost;
                from[(gsize) (t + 1) * n + l] = m;
              }
          }
        best[(gsize) (t + 1) * n + l] = cheapest + bucket_cost (&s, t, w) +
                                        shortage_cost * fabs (w - wished);
      }
  at = 0;
  for (guint l = 1; l < n; l++)
    if (best[(gsize) T * n + l] < best[(gsize) T * n + at])
      at = l;
  total = best[(gsize) T * n + at];
  for (guint t = T; t-- > 0;)
    {
      out_workers[t] = s.levels[at];
      at = from[(gsize) (t + 1) * n + at];
    }
  /* what rounding or a planner's bound left out of reach */
  {
    double before = pool->opening_workers;

    for (guint t = 0; t < T; t++)
      {
        gsize c = (gsize) resource * T + t;
        double low = pool->level && t > 0 ? before : MAX (0.0, before - pool->fire_limit);
        double high = pool->level && t > 0 ? before : before + pool->hire_limit;

        out_workers[t] = CLAMP (
          out_workers[t], MAX (low, index->workers_lower[c]),
          MAX (MAX (low, index->workers_lower[c]), MIN (high, index->workers_upper[c])));
        before = out_workers[t];
      }
  }

  return total;
}

/*
 * kilter_supply_staff:
 *
 * Gives a plan's labour pools the workers that its quantities need, at least cost.
 */
void
kilter_supply_staff (const KilterSupplyIndex *index, KilterSupplyPlan *plan)
{
  guint T = index->T;
  g_autofree double *need = g_new (double, T);

  for (guint r = 0; r < index->R; r++)
    {
      const KilterSupplyResource *pool = &index->problem->resources[r];

      if (pool->kind != KILTER_SUPPLY_LABOUR)
        continue;
      memset (need, 0, sizeof (double) * T);
      for (guint u = 0; u < index->problem->uses->len; u++)
        if (index->uses[u].resource == r)
          for (guint t = 0; t + index->uses[u].offset < T; t++)
            need[t + index->uses[u].offset] += index->uses[u].per_unit *
                                               plan->quantity[(gsize) index->uses[u].route * T + t];
      kilter_supply_cheapest_workers (
        index, r, need, 1e3 * (pool->wage + pool->overtime_cost + pool->hire_cost + 1.0),
        plan->workers + (gsize) r * T);
    }
}

/* hours that demand and targets need from a labour pool if all is made in time, and what an
 * hour's absence costs */
static void
labour_need (const KilterSupplyIndex *x,
             guint r,
             double *out_need,
             double *out_price,
             double *out_holding)
{
  const KilterSupplyProblem *p = x->problem;
  double hours = 0.0;
  double price = 0.0;
  double holding = 0.0;

  memset (out_need, 0, sizeof (double) * x->T);
  for (guint i = 0; i < x->I; i++)
    {
      double position = p->opening_stock[i] - p->opening_backlog[i];
      double per_unit = 0.0;
      double urgency;
      guint k;

      if (!x->is_demanded[i] || x->item_routes.at[i] == x->item_routes.at[i + 1])
        continue;
      k = x->item_routes.order[x->item_routes.at[i]];
      for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
        if (x->uses[x->route_uses.order[n]].resource == r)
          per_unit += x->uses[x->route_uses.order[n]].per_unit;
      if (per_unit <= 0.0)
        continue;
      urgency = p->lost_sales[i] ? MAX (0.0, p->lost_cost[i] - x->routes[k].cost)
                                 : MIN (p->end_backlog_cost[i], 3.0 * p->backlog_cost[i]);
      for (guint t = 0; t < x->T; t++)
        {
          gsize c = (gsize) i * x->T + t;
          double need;

          position += p->firm[c] - p->demand[c];
          need = MAX (0.0, p->stock_target[c] - position);
          if (p->shortfall_cost[i] * kilter_supply_months_between (x, t, x->T) < x->routes[k].cost)
            need = MAX (0.0, -position);
          position += need;
          if (x->routes[k].lead > t)
            continue;
          out_need[t - x->routes[k].lead] += need * per_unit / x->routes[k].yield;
          hours += need * per_unit;
          price += need * urgency * x->weight[i];
          holding += need * p->holding_cost[i];
        }
    }
  *out_price = hours > 0.0 ? price / hours : 0.0;
  *out_holding = hours > 0.0 ? holding / hours : 0.0;
}

/* need moved to earlier buckets until its rate never rises: the least concave curve above the sum
 * of need, measured in hours per worker */
static double
level_need (const KilterSupplyIndex *x, guint r, const double *need, double *out_need)
{
  guint T = x->T;
  const double *width = x->problem->capacity + (gsize) r * T;
  double carried = 0.0;
  double ahead = 0.0;

  for (guint t = 0; t < T;)
    {
      double best = -1.0;
      double sum = 0.0;
      double wide = 0.0;
      guint end = t;

      for (guint u = t; u < T; u++)
        {
          sum += need[u];
          wide += width[u];
          if (wide > 0.0 && sum / wide >= best)
            {
              best = sum / wide;
              end = u;
            }
        }
      for (; t <= end; t++)
        out_need[t] = MAX (best, 0.0) * width[t];
    }
  for (guint t = 0; t < T; t++)
    {
      ahead += out_need[t] - need[t];
      carried += MAX (0.0, ahead);
    }

  return carried;
}

/*
 * kilter_supply_choose_workers:
 *
 * Workers for what demand needs: made in time, or levelled, whichever is cheaper.
 */
void
kilter_supply_choose_workers (const KilterSupplyIndex *x, double *out_workers)
{
  g_autofree double *need = g_new (double, x->T);
  g_autofree double *levelled = g_new (double, x->T);
  g_autofree double *workers = g_new (double, x->T);

  for (guint r = 0; r < x->R; r++)
    {
      double *chosen = out_workers + (gsize) r * x->T;
      double price, holding, carried, cost, other;

      if (x->problem->resources[r].kind != KILTER_SUPPLY_LABOUR)
        continue;
      labour_need (x, r, need, &price, &holding);
      carried = level_need (x, r, need, levelled);
      cost = kilter_supply_cheapest_workers (x, r, need, price, chosen);
      other = kilter_supply_cheapest_workers (x, r, levelled, price, workers) + carried * holding;
      if (other < cost)
        memcpy (chosen, workers, sizeof (double) * x->T);
    }
}
