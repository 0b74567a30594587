/* kilter-supply-quick.c: a good plan at once
 *
 * Bucket by bucket, and inside the bucket the most urgent item first (class, then money saved per
 * hour): first demand, then stock up to its target. What a bucket cannot make is looked for where
 * it costs least: another route, overtime, an earlier bucket; if everything costs more than
 * waiting, the customer waits. The order (bucket before priority) is the largest lever on quality.
 * Everything taken is booked at once, so the plan never breaks physics.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>
#include <string.h>

/* how many buckets back a shortage looks for capacity */
#define LOOK_BACK 12
#define MAX_CANDIDATES 96
#define MAX_DEPTH 8

typedef struct
{
  const KilterSupplyIndex *x;
  KilterSupplyPlan *plan;
  double *room;      /* by resource and bucket: regular hours (storage: volume) left */
  double *extra;     /* overtime and shift hours left */
  double *workers;   /* labour */
  double *arriving;  /* by item and bucket: receipts decided beforehand */
  double *held;      /* by item and bucket: end stock; components: projected stock */
  double *position;  /* by item: stock less backlog */
  double *dearness;  /* by resource: price of an extra hour */
  guint *urgency;    /* items, most urgent first */
} Quick;

typedef struct
{
  double cost;
  guint route;
  guint arrival;
  guint tier; /* 0 regular, 1 with overtime and shifts */
} Candidate;

static double procure (
  Quick *q, guint i, guint t, double quantity, double most_cost, guint depth, gint *out_refusal);

static double
months_between (const Quick *q, guint from, guint to)
{
  double months = 0.0;

  for (guint t = from; t < to; t++)
    months += q->x->problem->bucket_months[t];

  return months;
}

/* units of a route that its resources still have hours for; out_slot is what stops it */
static double
units_left (const Quick *q, guint k, guint s, gboolean with_extra, gint *out_slot)
{
  const KilterSupplyIndex *x = q->x;
  double units = x->upper[(gsize) k * x->T + s] - q->plan->quantity[(gsize) k * x->T + s];

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      gsize c = (gsize) use->resource * x->T + s + use->offset;
      double left;

      if (s + use->offset >= x->T || use->per_unit <= 0.0)
        continue;
      left = MAX (0.0, q->room[c] + (with_extra ? q->extra[c] : 0.0)) / use->per_unit;
      if (left < units)
        {
          units = left;
          if (out_slot != NULL)
            *out_slot = (gint) c;
        }
    }

  return MAX (units, 0.0);
}

static void
book_hours (Quick *q, guint k, guint s, double units)
{
  const KilterSupplyIndex *x = q->x;

  q->plan->quantity[(gsize) k * x->T + s] += units;
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      gsize c = (gsize) use->resource * x->T + s + use->offset;

      if (s + use->offset >= x->T)
        continue;
      q->room[c] -= use->per_unit * units;
      if (q->room[c] < 0.0)
        {
          q->extra[c] += q->room[c];
          q->room[c] = 0.0;
        }
    }
}

/* a component wanted in bucket t: from projected stock, then from new receipts up to t */
static double
take_component (Quick *q, guint i, guint t, double quantity, guint depth, gint *out_refusal)
{
  double *held = q->held + (gsize) i * q->x->T;
  double free_stock = INFINITY;
  double got;

  for (guint u = t; u < q->x->T; u++)
    free_stock = MIN (free_stock, held[u]);
  got = CLAMP (free_stock, 0.0, quantity);
  if (got < quantity)
    got += procure (q, i, t, quantity - got, INFINITY, depth + 1, out_refusal);
  for (guint u = t; u < q->x->T; u++)
    held[u] -= got;

  return got;
}

/* starts up to units on a route, as far as its components go; gives what was started */
static double
start_route (Quick *q, guint k, guint s, double units, guint depth, gint *out_refusal)
{
  const KilterSupplyIndex *x = q->x;

  if (!(units > 0.0))
    return 0.0;
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];
      double got;

      if (s + line->offset >= x->T || line->per_unit <= 0.0)
        continue;
      got = take_component (q, line->item, s + line->offset, units * line->per_unit, depth,
                            out_refusal)
            / line->per_unit;
      if (got < units * (1.0 - 1e-12))
        {
          /* what other components gave too much goes back to stock */
          for (guint m = x->route_components.at[k]; m < n; m++)
            {
              const KilterSupplyComponent *other = &x->components[x->route_components.order[m]];

              for (guint u = s + other->offset; u < x->T; u++)
                q->held[(gsize) other->item * x->T + u] += (units - got) * other->per_unit;
            }
          units = got;
          if (out_refusal != NULL && *out_refusal == KILTER_SUPPLY_REFUSED_NOT)
            *out_refusal = KILTER_SUPPLY_REFUSED_COMPONENT;
        }
    }
  if (units > 0.0)
    book_hours (q, k, s, units);

  return units;
}

/* units that stock limits between arrival and use still allow to be carried */
static double
units_to_carry (const Quick *q, guint i, guint from, guint to)
{
  const KilterSupplyIndex *x = q->x;
  double units = INFINITY;

  for (guint u = from; u < to; u++)
    {
      gsize c = (gsize) i * x->T + u;
      double most = MIN (x->ceiling[c], x->problem->stock_maximum[c]);

      units = MIN (units, most - q->held[c]);
      for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
        {
          const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

          if (use->per_unit > 0.0)
            units = MIN (units, q->room[(gsize) use->resource * x->T + u] / use->per_unit);
        }
    }

  return MAX (units, 0.0);
}

static void
book_stock (Quick *q, guint i, guint from, guint to, double units)
{
  const KilterSupplyIndex *x = q->x;

  for (guint u = from; u < to; u++)
    {
      q->held[(gsize) i * x->T + u] += units;
      for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
        {
          const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

          q->room[(gsize) use->resource * x->T + u] -= use->per_unit * units;
        }
    }
}

/* one way to get units of item i for bucket t */
static double
procure_from (
  Quick *q, guint i, guint t, const Candidate *way, double wanted, guint depth, gint *out_refusal)
{
  const KilterSupplyRoute *route = &q->x->routes[way->route];
  guint s = way->arrival - route->lead;
  gint slot = KILTER_SUPPLY_REFUSED_NOT;
  double units = MIN (wanted / route->yield, units_left (q, way->route, s, way->tier > 0, &slot));
  double got;

  if (out_refusal != NULL && *out_refusal == KILTER_SUPPLY_REFUSED_NOT
      && units < wanted / route->yield)
    *out_refusal = slot >= 0 ? slot : KILTER_SUPPLY_REFUSED_POLICY;
  if (!q->x->is_component[i] && way->arrival < t)
    units = MIN (units, units_to_carry (q, i, way->arrival, t) / route->yield);
  got = start_route (q, way->route, s, units, depth, out_refusal) * route->yield;
  if (got > 0.0)
    {
      if (q->x->is_component[i])
        /* the taker subtracts it from t on */
        for (guint u = way->arrival; u < q->x->T; u++)
          q->held[(gsize) i * q->x->T + u] += got;
      else if (way->arrival < t)
        book_stock (q, i, way->arrival, t, got);
    }

  return got;
}

static double
extra_cost (const Quick *q, guint k)
{
  const KilterSupplyIndex *x = q->x;
  double cost = 0.0;

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];

      /* the resource that is short is usually one; the dearest stands for all */
      cost = MAX (cost, use->per_unit * q->dearness[use->resource]);
    }

  return cost;
}

static guint
list_candidates (const Quick *q, guint i, guint t, double most_cost, Candidate *out)
{
  const KilterSupplyIndex *x = q->x;
  guint n_found = 0;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];
      const KilterSupplyRoute *route = &x->routes[k];
      double extra = extra_cost (q, k);
      double held = 0.0;

      for (guint back = 0; back <= MIN (t, LOOK_BACK) && t - back >= route->lead; back++)
        {
          guint a = t - back;
          gsize c = (gsize) k * x->T + a - route->lead;

          if (back > 0)
            held += x->problem->holding_cost[i] * x->problem->bucket_months[a];
          if (x->upper[c] <= q->plan->quantity[c])
            continue;
          for (guint tier = 0; tier < 2; tier++)
            {
              Candidate way = { (route->cost + (tier > 0 ? extra : 0.0)) / route->yield + held, k,
                                a, tier };
              guint at;

              if (way.cost > most_cost || n_found == MAX_CANDIDATES
                  || (tier > 0 && x->route_uses.at[k] == x->route_uses.at[k + 1]))
                continue;
              for (at = n_found++; at > 0 && out[at - 1].cost > way.cost; at--)
                out[at] = out[at - 1];
              out[at] = way;
            }
        }
    }

  return n_found;
}

/*
 * Gets up to quantity units of an item for bucket t, at no more than most_cost each. The first
 * thing that refused is noted.
 */
static double
procure (
  Quick *q, guint i, guint t, double quantity, double most_cost, guint depth, gint *out_refusal)
{
  const KilterSupplyIndex *x = q->x;
  Candidate ways[MAX_CANDIDATES];
  double got = 0.0;
  guint n_ways;

  if (depth > MAX_DEPTH)
    return 0.0;
  /* nearly always the main route in time has room */
  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];
      Candidate way = { 0.0, k, t, 0 };

      if (x->routes[k].lead > t)
        {
          if (out_refusal != NULL && *out_refusal == KILTER_SUPPLY_REFUSED_NOT)
            *out_refusal = KILTER_SUPPLY_REFUSED_LEAD;
          continue;
        }
      if (x->upper[(gsize) k * x->T + t - x->routes[k].lead] <= 0.0)
        continue;
      if (x->routes[k].cost / x->routes[k].yield <= most_cost)
        got += procure_from (q, i, t, &way, quantity, depth, out_refusal);
      break;
    }
  if (got >= quantity * (1.0 - 1e-12))
    return got;

  n_ways = list_candidates (q, i, t, most_cost, ways);
  for (guint n = 0; n < n_ways && got < quantity * (1.0 - 1e-12); n++)
    got += procure_from (q, i, t, &ways[n], quantity - got, depth, out_refusal);
  if (out_refusal != NULL && *out_refusal == KILTER_SUPPLY_REFUSED_NOT && got < quantity)
    *out_refusal = n_ways == 0 ? KILTER_SUPPLY_REFUSED_NO_SOURCE : KILTER_SUPPLY_REFUSED_COST;

  return got;
}

static double
main_cost (const KilterSupplyIndex *x, guint i)
{
  if (x->item_routes.at[i] == x->item_routes.at[i + 1])
    return 0.0;

  return x->routes[x->item_routes.order[x->item_routes.at[i]]].cost
         / x->routes[x->item_routes.order[x->item_routes.at[i]]].yield;
}

/* the most a unit of demand may cost before it is better left waiting or lost */
static double
worth_of_demand (const Quick *q, guint i, guint t)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;

  if (p->lost_sales[i])
    return x->weight[i] * kilter_supply_lost_cost (p, i, t);
  /* never served; or served a few buckets later at the usual cost */
  return x->weight[i]
         * MIN (p->end_backlog_cost[i] + p->backlog_cost[i] * months_between (q, t, x->T - 1),
                main_cost (x, i) + 3.0 * p->backlog_cost[i] * p->bucket_months[t]
                  + (t + 1 == x->T ? p->end_backlog_cost[i] : 0.0));
}

/* the most a unit of stock up to a target may cost: what its absence costs to the end, but not
 * much more than the usual cost, since it can be made next time */
static double
worth_of_stock (const Quick *q, guint i, guint t, double price)
{
  const KilterSupplyProblem *p = q->x->problem;
  double gain = price - p->holding_cost[i];

  return MIN (gain * months_between (q, t, q->x->T),
              main_cost (q->x, i) + 2.0 * gain * p->bucket_months[t]);
}

static void
serve_demand (Quick *q, guint i, guint t)
{
  const KilterSupplyIndex *x = q->x;
  gsize c = (gsize) i * x->T + t;
  double need;

  if (x->is_component[i])
    {
      /* backlog is kept in position, stock in held */
      need = x->problem->demand[c] - q->position[i];
      if (need > 0.0)
        need -= take_component (q, i, t, need, 0, &q->plan->refusal[c]);
      q->position[i] = x->problem->lost_sales[i] ? 0.0 : -MAX (need, 0.0);
      return;
    }
  q->position[i] += x->problem->firm[c] + q->arriving[c] - x->problem->demand[c];
  need = -q->position[i];
  if (need <= 0.0)
    return;
  q->position[i]
    += procure (q, i, t, need, worth_of_demand (q, i, t), 0, &q->plan->refusal[c]);
  if (x->problem->lost_sales[i] && q->position[i] < 0.0)
    q->position[i] += MIN (-q->position[i], x->problem->demand[c]);
}

static void
refill_to (Quick *q, guint i, guint t, double level, double price)
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
    q->position[i] += procure (q, i, t, want, worth_of_stock (q, i, t, price), 0, NULL);
}

static void
refill_stock (Quick *q, guint i, guint t)
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
refill_components (Quick *q)
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
            procure (q, i, t, want, worth_of_stock (q, i, t, p->shortfall_cost[i]), 0, NULL);
        }
    }
}

/* what is fixed is booked first, whatever it breaks */
static void
book_fixed (Quick *q)
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
        book_hours (q, k, s, fixed);
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
book_level (Quick *q, guint i)
{
  const KilterSupplyIndex *x = q->x;
  const KilterSupplyProblem *p = x->problem;
  double total = p->opening_backlog[i] - p->opening_stock[i];
  double days = 0.0;
  double rate;
  gint route = -1;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1] && route < 0; n++)
    if (x->routes[x->item_routes.order[n]].kind == KILTER_SUPPLY_MAKE
        && x->routes[x->item_routes.order[n]].allowed)
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
    if (p->bucket_days[t] > 0.0
        && x->upper[(gsize) route * x->T + t] > 0.0
        && x->lower[(gsize) route * x->T + t] == 0.0)
      rate = MIN (rate, units_left (q, route, t, TRUE, NULL) / p->bucket_days[t]);
  for (guint t = 0; t < x->T; t++)
    {
      guint arrival = t + x->routes[route].lead;
      double units = MIN (rate * p->bucket_days[t],
                          x->upper[(gsize) route * x->T + t]
                            - q->plan->quantity[(gsize) route * x->T + t]);

      if (x->lower[(gsize) route * x->T + t] > 0.0)
        continue;
      units = start_route (q, route, t, units, 0, NULL) * x->routes[route].yield;
      if (arrival < x->T)
        {
          q->arriving[(gsize) i * x->T + arrival] += units;
          for (guint u = arrival; u < x->T && x->is_component[i]; u++)
            q->held[(gsize) i * x->T + u] += units;
        }
    }
}

/* hours that demand and targets need from a labour pool if all is made in time, and what an
 * hour's absence costs */
static void
labour_need (const Quick *q, guint r, double *out_need, double *out_price, double *out_holding)
{
  const KilterSupplyIndex *x = q->x;
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
          if (p->shortfall_cost[i] * months_between (q, t, x->T) < x->routes[k].cost)
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
level_need (const Quick *q, guint r, const double *need, double *out_need)
{
  guint T = q->x->T;
  const double *width = q->x->problem->capacity + (gsize) r * T;
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

static void
choose_workers (Quick *q)
{
  const KilterSupplyIndex *x = q->x;
  g_autofree double *need = g_new (double, x->T);
  g_autofree double *levelled = g_new (double, x->T);
  g_autofree double *workers = g_new (double, x->T);

  for (guint r = 0; r < x->R; r++)
    {
      double *chosen = q->workers + (gsize) r * x->T;
      double price, holding, carried, cost, other;

      if (x->problem->resources[r].kind != KILTER_SUPPLY_LABOUR)
        continue;
      labour_need (q, r, need, &price, &holding);
      carried = level_need (q, r, need, levelled);
      cost = kilter_supply_cheapest_workers (x, r, need, price, chosen);
      other = kilter_supply_cheapest_workers (x, r, levelled, price, workers) + carried * holding;
      if (other < cost)
        memcpy (chosen, workers, sizeof (double) * x->T);
    }
}

static void
open_resources (Quick *q)
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
sort_by_urgency (Quick *q)
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
      all[i].saved = (p->lost_sales[i] ? p->lost_cost[i] : p->backlog_cost[i])
                     / (hours > 0.0 ? hours : 1.0);
    }
  qsort (all, x->I, sizeof *all, compare_urgency);
  for (guint n = 0; n < x->I; n++)
    q->urgency[n] = all[n].item;
}

static void
open_stock (Quick *q)
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
settle_workers (Quick *q)
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
          double given = (x->problem->capacity[c] + most) * q->workers[c] - q->room[c]
                         - MAX (0.0, q->extra[c]);

          if ((x->problem->capacity[c] + most) * q->plan->workers[c]
              < given - KILTER_SUPPLY_TINY * (1.0 + given))
            enough = FALSE;
        }
      if (!enough)
        memcpy (q->plan->workers + (gsize) r * x->T, q->workers + (gsize) r * x->T,
                sizeof (double) * x->T);
    }
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
  Quick q = { index, kilter_supply_plan_new (index->problem), room, extra, workers, arriving, held,
              position, dearness, urgency };

  choose_workers (&q);
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
        if (index->is_demanded[urgency[n]])
          serve_demand (&q, urgency[n], t);
        else if (!index->is_component[urgency[n]])
          position[urgency[n]] += index->problem->firm[(gsize) urgency[n] * index->T + t]
                                  + arriving[(gsize) urgency[n] * index->T + t];
      for (guint i = 0; i < index->I; i++)
        if (!index->is_component[i] && position[i] > 0.0)
          book_stock (&q, i, t, t + 1, position[i]);
      for (guint n = 0; n < index->I; n++)
        {
          guint i = urgency[n];
          double before = position[i];

          refill_stock (&q, i, t);
          if (position[i] > before)
            book_stock (&q, i, t, t + 1, position[i] - before);
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
