/* kilter-supply-quick.c: a good plan at once
 *
 * Bucket by bucket, and inside the bucket the most urgent item first (class, then money saved per
 * hour): first demand, then stock up to its target. What a bucket cannot make is looked for where
 * it costs least: another route, overtime, an earlier bucket; if everything costs more than
 * waiting, the customer waits. The order (bucket before priority) is the largest lever on quality.
 * Everything taken is booked at once, so the plan never breaks physics.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/quick/kilter-supply-quick-private.h"

#include <math.h>
#include <string.h>

/* how many items ahead numbers are called for: items are looked at by urgency, which no processor
 * foresees, and with thousands of them waiting for memory would take most of the time */
#define AHEAD 8

static double
main_cost (const KilterSupplyIndex *x, guint i)
{
  if (x->item_routes.at[i] == x->item_routes.at[i + 1])
    return 0.0;

  return x->routes[x->item_routes.order[x->item_routes.at[i]]].cost /
         x->routes[x->item_routes.order[x->item_routes.at[i]]].yield;
}

/* the most a unit of demand may cost before it is better left waiting or lost */
static double
worth_of_demand (const KilterSupplyQuick *q, guint i, guint t)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;

  if (p->lost_sales[i])
    return x->weight[i] * kilter_supply_lost_cost (p, i, t);
  /* never served; or served a few buckets later at the usual cost */
  return x->weight[i] *
         MIN (p->end_backlog_cost[i] +
                p->backlog_cost[i] * kilter_supply_months_between (q->x, t, x->T - 1),
              main_cost (x, i) + 3.0 * p->backlog_cost[i] * p->bucket_months[t] +
                (t + 1 == x->T ? p->end_backlog_cost[i] : 0.0));
}

/* the most a unit of stock up to a target may cost: what its absence costs to the end, but not
 * much more than the usual cost, since it can be made next time */
static double
worth_of_stock (const KilterSupplyQuick *q, guint i, guint t, double price)
{
  const KilterSupplyProblem *p = q->x->problem;
  double gain = price - p->holding_cost[i];

  return MIN (gain * kilter_supply_months_between (q->x, t, q->x->T),
              main_cost (q->x, i) + 2.0 * gain * p->bucket_months[t]);
}

static void
serve_demand (KilterSupplyQuick *q, guint i, guint t)
{
  const KilterSupplyIndex *x = q->x;
  gsize c = (gsize) i * x->T + t;
  double need;

  if (x->is_component[i])
    {
      /* backlog is kept in position, stock in held */
      need = x->problem->demand[c] - q->position[i];
      if (need > 0.0)
        need -= kilter_supply_quick_take_component (q, i, t, need, 0, &q->plan->refusal[c]);
      q->position[i] = x->problem->lost_sales[i] ? 0.0 : -MAX (need, 0.0);
      return;
    }
  q->position[i] += x->problem->firm[c] + q->arriving[c] - x->problem->demand[c];
  need = -q->position[i];
  if (need <= 0.0)
    return;
  q->position[i] += kilter_supply_quick_procure (q, i, t, need, worth_of_demand (q, i, t), 0,
                                                 &q->plan->refusal[c]);
  if (x->problem->lost_sales[i] && q->position[i] < 0.0)
    q->position[i] += MIN (-q->position[i], x->problem->demand[c]);
}

static void
refill_to (KilterSupplyQuick *q, guint i, guint t, double level, double price)
{
  const KilterSupplyIndex *x = q->x;
  double want = level - MAX (0.0, q->position[i]);

  if (want <= KILTER_SUPPLY_TINY * level || q->position[i] < 0.0)
    return;
  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

      if (use->per_unit > 0.0)
        want = MIN (want, q->room[(gsize) use->resource * x->T + t] / use->per_unit);
    }
  want = MIN (want, x->ceiling[(gsize) i * x->T + t] - q->position[i]);
  if (want > 0.0)
    q->position[i] += kilter_supply_quick_procure (q, i, t, want, worth_of_stock (q, i, t, price),
                                                   0, NULL);
}

static void
refill_stock (KilterSupplyQuick *q, guint i, guint t)
{
  const KilterSupplyProblem *p = q->x->problem;
  gsize c = (gsize) i * q->x->T + t;

  if (q->x->is_component[i] || p->strategy[i] == KILTER_SUPPLY_LEVEL)
    return;
  if (p->stock_minimum[c] > 0.0)
    refill_to (q, i, t, p->stock_minimum[c], MAX (p->minimum_cost[i], p->shortfall_cost[i]));
  if (p->stock_target[c] > p->stock_minimum[c])
    refill_to (q, i, t, p->stock_target[c], p->shortfall_cost[i]);
}

/* components up to their targets, with what is left */
static void
refill_components (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;

  for (guint n = 0; n < x->I; n++)
    {
      guint i = x->item_order[n];

      for (guint t = 0; t < x->T && x->is_component[i]; t++)
        {
          gsize c = (gsize) i * x->T + t;
          double want = p->stock_target[c] - q->held[c];

          if (want > KILTER_SUPPLY_TINY * p->stock_target[c])
            kilter_supply_quick_procure (q, i, t, want,
                                         worth_of_stock (q, i, t, p->shortfall_cost[i]), 0, NULL);
        }
    }
}

/* what is fixed is booked first, whatever it breaks */
static void
book_fixed (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;

  for (guint k = 0; k < x->K; k++)
    for (guint s = 0; s < x->T; s++)
      {
        double fixed = x->lower[(gsize) k * x->T + s];
        guint arrival = s + x->routes[k].lead;
        gsize i = x->routes[k].item;

        if (fixed <= 0.0)
          continue;
        kilter_supply_quick_book_hours (q, k, s, fixed);
        if (arrival < x->T)
          {
            q->arriving[i * x->T + arrival] += fixed * x->routes[k].yield;
            for (guint u = arrival; u < x->T && x->is_component[i]; u++)
              q->held[i * x->T + u] += fixed * x->routes[k].yield;
          }
        for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
          {
            const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

            for (guint u = s + line->offset; u < x->T; u++)
              q->held[(gsize) line->item * x->T + u] -= fixed * line->per_unit;
          }
      }
}

/* the level strategy: one rate for what all demand and the end target need */
static void
book_level (KilterSupplyQuick *q, guint i)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;
  double total = p->opening_backlog[i] - p->opening_stock[i];
  double days = 0.0;
  double rate;
  gint route = -1;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1] && route < 0; n++)
    if (x->routes[x->item_routes.order[n]].kind == KILTER_SUPPLY_MAKE &&
        x->routes[x->item_routes.order[n]].allowed)
      route = x->item_routes.order[n];
  if (route < 0)
    return;
  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) i * x->T + t;

      total += p->demand[c] - p->firm[c] - q->arriving[c];
      if (x->upper[(gsize) route * x->T + t] > 0.0 && x->lower[(gsize) route * x->T + t] == 0.0)
        days += p->bucket_days[t];
    }
  total += p->stock_target[(gsize) i * x->T + x->T - 1];
  if (total <= 0.0 || days <= 0.0)
    return;
  rate = total / days / x->routes[route].yield;
  for (guint t = 0; t < x->T; t++)
    if (p->bucket_days[t] > 0.0 && x->upper[(gsize) route * x->T + t] > 0.0 &&
        x->lower[(gsize) route * x->T + t] == 0.0)
      rate = MIN (rate,
                  kilter_supply_quick_units_left (q, route, t, TRUE, NULL) / p->bucket_days[t]);
  for (guint t = 0; t < x->T; t++)
    {
      guint arrival = t + x->routes[route].lead;
      double units = MIN (rate * p->bucket_days[t], x->upper[(gsize) route * x->T + t] -
                                                      q->plan->quantity[(gsize) route * x->T + t]);

      if (x->lower[(gsize) route * x->T + t] > 0.0)
        continue;
      units = kilter_supply_quick_start_route (q, route, t, units, 0, NULL) *
              x->routes[route].yield;
      if (arrival < x->T)
        {
          q->arriving[(gsize) i * x->T + arrival] += units;
          for (guint u = arrival; u < x->T && x->is_component[i]; u++)
            q->held[(gsize) i * x->T + u] += units;
        }
    }
}

static void
open_resources (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;

  for (guint r = 0; r < x->R; r++)
    {
      const KilterSupplyResource *resource = &p->resources[r];
      double price = INFINITY;

      for (guint t = 0; t < x->T; t++)
        {
          gsize c = (gsize) r * x->T + t;
          double most = kilter_supply_index_most_overtime (x, r, t);

          q->room[c] = p->capacity[c];
          if (resource->kind == KILTER_SUPPLY_LABOUR)
            {
              q->room[c] *= q->workers[c];
              most = MAX (x->overtime_lower[c], MIN (most * q->workers[c], x->overtime_upper[c]));
            }
          q->extra[c] = most;
          if (most > 0.0)
            price = MIN (price, resource->overtime_cost);
          if (p->shift_allowed[c] && p->shift_hours[c] > 0.0)
            {
              q->extra[c] += p->shift_hours[c];
              price = MIN (price, resource->shift_cost);
            }
          if (resource->soft && !kilter_supply_holds_stock (resource->kind))
            {
              q->extra[c] = 1e15;
              price = MAX (isinf (price) ? 0.0 : price, resource->overload_cost);
            }
        }
      q->dearness[r] = isinf (price) ? 0.0 : price;
    }
}

/* who is served first: class when strict, then money saved per hour of the scarcest thing */
typedef struct
{
  double saved;
  guint class;
  guint item;
} Urgency;

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const Urgency *x = a;
  const Urgency *y = b;

  if (x->class != y->class)
    return x->class < y->class ? -1 : 1;
  if (x->saved != y->saved)
    return x->saved > y->saved ? -1 : 1;

  return (x->item > y->item) - (x->item < y->item);
}

static void
sort_by_urgency (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;
  g_autofree Urgency *all = g_new0 (Urgency, MAX (x->I, 1));

  for (guint i = 0; i < x->I; i++)
    {
      double hours = 0.0;

      if (x->item_routes.at[i] < x->item_routes.at[i + 1])
        {
          guint k = x->item_routes.order[x->item_routes.at[i]];

          for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
            hours = MAX (hours, x->uses[x->route_uses.order[n]].per_unit);
        }
      all[i].item = i;
      all[i].class = p->priority_rule == KILTER_SUPPLY_STRICT ? p->priority[i] : 1;
      all[i].saved = (p->lost_sales[i] ? p->lost_cost[i] : p->backlog_cost[i]) /
                     (hours > 0.0 ? hours : 1.0);
    }
  qsort (all, x->I, sizeof *all, compare_urgency);
  for (guint n = 0; n < x->I; n++)
    {
      guint i = q->urgency[n] = all[n].item;

      q->main_route[n] = x->item_routes.at[i] < x->item_routes.at[i + 1]
                           ? x->item_routes.order[x->item_routes.at[i]]
                           : x->K;
    }
}

static void
open_stock (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;

  for (guint i = 0; i < x->I; i++)
    {
      double held = p->opening_stock[i];

      if (!x->is_component[i])
        {
          q->position[i] = p->opening_stock[i] - p->opening_backlog[i];
          continue;
        }
      q->position[i] = -p->opening_backlog[i];
      for (guint t = 0; t < x->T; t++)
        {
          held += p->firm[(gsize) i * x->T + t];
          q->held[(gsize) i * x->T + t] = held;
        }
    }
}

/* the workers that the booked hours need, unless that would leave hours without workers */
static void
settle_workers (KilterSupplyQuick *q)
{
  const KilterSupplyIndex *x = q->x;

  kilter_supply_staff (x, q->plan);
  for (guint r = 0; r < x->R; r++)
    {
      gboolean enough = TRUE;

      if (x->problem->resources[r].kind != KILTER_SUPPLY_LABOUR)
        continue;
      for (guint t = 0; t < x->T; t++)
        {
          gsize c = (gsize) r * x->T + t;
          double most = kilter_supply_index_most_overtime (x, r, t);
          /* what was given out: the room there was, less what is left */
          double given = (x->problem->capacity[c] + most) * q->workers[c] - q->room[c] -
                         MAX (0.0, q->extra[c]);

          if ((x->problem->capacity[c] + most) * q->plan->workers[c] <
              given - KILTER_SUPPLY_TINY * (1.0 + given))
            enough = FALSE;
        }
      if (!enough)
        memcpy (q->plan->workers + (gsize) r * x->T, q->workers + (gsize) r * x->T,
                sizeof (double) * x->T);
    }
}

/* calls for the main route of an item that comes a little later, and gives its cell */
static inline gboolean
call_for_route (const KilterSupplyQuick *q, guint n, guint t, gsize *out_cell)
{
  const KilterSupplyIndex *x = q->x;
  guint k;
  gsize s;

  if (n + AHEAD >= x->I)
    return FALSE;
  *out_cell = (gsize) q->urgency[n + AHEAD] * x->T + t;
  k = q->main_route[n + AHEAD];
  s = (gsize) k * x->T + t;
  if (k < x->K)
    {
      __builtin_prefetch (&x->upper[s]);
      __builtin_prefetch (&q->plan->quantity[s], 1);
      __builtin_prefetch (&x->routes[k]);
      __builtin_prefetch ((const char *) &x->routes[k] + sizeof x->routes[k] - 1);
      __builtin_prefetch (&x->route_uses.at[k]);
      __builtin_prefetch (&x->route_components.at[k]);
    }
  return TRUE;
}

/* … what serving it will look at */
static inline void
call_for_demand (const KilterSupplyQuick *q, guint n, guint t)
{
  gsize c;

  if (!call_for_route (q, n, t, &c))
    return;
  __builtin_prefetch (&q->x->problem->demand[c]);
  __builtin_prefetch (&q->x->problem->firm[c]);
  __builtin_prefetch (&q->arriving[c]);
  __builtin_prefetch (&q->plan->refusal[c]);
}

/* … and refilling its stock */
static inline void
call_for_stock (const KilterSupplyQuick *q, guint n, guint t)
{
  gsize c;

  if (!call_for_route (q, n, t, &c))
    return;
  __builtin_prefetch (&q->x->problem->stock_target[c]);
  __builtin_prefetch (&q->x->problem->stock_minimum[c]);
  __builtin_prefetch (&q->x->ceiling[c]);
  __builtin_prefetch (&q->held[c], 1);
}

/*
 * kilter_supply_quick_index:
 *
 * Makes the quick plan of an index.
 */
KilterSupplyPlan *
kilter_supply_quick_index (const KilterSupplyIndex *index)
{
  gsize cells = MAX ((gsize) index->I * index->T, 1);
  gsize slots = MAX ((gsize) index->R * index->T, 1);
  g_autofree double *room = g_new0 (double, slots);
  g_autofree double *extra = g_new0 (double, slots);
  g_autofree double *workers = g_new0 (double, slots);
  g_autofree double *arriving = g_new0 (double, cells);
  g_autofree double *held = g_new0 (double, cells);
  g_autofree double *position = g_new0 (double, MAX (index->I, 1));
  g_autofree double *dearness = g_new0 (double, MAX (index->R, 1));
  g_autofree guint *urgency = g_new0 (guint, MAX (index->I, 1));
  g_autofree guint *main_route = g_new0 (guint, MAX (index->I, 1));
  KilterSupplyQuick q = { index,     kilter_supply_plan_new (index->problem),
                          room,      extra,
                          workers,   arriving,
                          held,      position,
                          dearness,  urgency,
                          main_route };

  kilter_supply_choose_workers (index, workers);
  open_resources (&q);
  open_stock (&q);
  sort_by_urgency (&q);
  book_fixed (&q);
  for (guint n = 0; n < index->I; n++)
    if (index->problem->strategy[urgency[n]] == KILTER_SUPPLY_LEVEL)
      book_level (&q, urgency[n]);
  for (guint t = 0; t < index->T; t++)
    {
      for (guint n = 0; n < index->I; n++)
        {
          call_for_demand (&q, n, t);
          if (index->is_demanded[urgency[n]])
            serve_demand (&q, urgency[n], t);
          else if (!index->is_component[urgency[n]])
            position[urgency[n]] += index->problem->firm[(gsize) urgency[n] * index->T + t] +
                                    arriving[(gsize) urgency[n] * index->T + t];
        }
      for (guint i = 0; i < index->I; i++)
        if (!index->is_component[i] && position[i] > 0.0)
          kilter_supply_quick_book_stock (&q, i, t, t + 1, position[i]);
      for (guint n = 0; n < index->I; n++)
        {
          guint i = urgency[n];
          double before = position[i];

          call_for_stock (&q, n, t);
          refill_stock (&q, i, t);
          if (position[i] > before)
            kilter_supply_quick_book_stock (&q, i, t, t + 1, position[i] - before);
        }
    }
  refill_components (&q);
  settle_workers (&q);
  kilter_supply_finish (index, q.plan, NULL, NULL);

  return q.plan;
}

/**
 * kilter_supply_quick:
 *
 * Makes a feasible plan in milliseconds: usually within 5 % of the least cost, in time linear in
 * items × buckets. Its refusals say what first stood in the way of each late quantity.
 *
 * Returns: (transfer full): the plan
 */
KilterSupplyPlan *
kilter_supply_quick (const KilterSupplyProblem *problem)
{
  g_autoptr (KilterSupplyIndex) index = NULL;

  g_return_val_if_fail (problem != NULL, NULL);

  index = kilter_supply_index_new (problem);

  return kilter_supply_quick_index (index);
}
