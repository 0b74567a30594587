/* kilter-supply-quick-procure.c: where units for a bucket come from at least cost, booked at once
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/quick/kilter-supply-quick-private.h"

#include <math.h>

/* how many buckets back a shortage looks for capacity */
#define LOOK_BACK 12
#define MAX_CANDIDATES 96
#define MAX_DEPTH 8

typedef struct
{
  double cost;
  guint route;
  guint arrival;
  guint tier; /* 0 regular, 1 with overtime and shifts */
} Candidate;

/* units of a route that its resources still have hours for; out_slot is what stops it */
double
kilter_supply_quick_units_left (const KilterSupplyQuick *q,
                                guint k,
                                guint s,
                                gboolean with_extra,
                                gint *out_slot)
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

void
kilter_supply_quick_book_hours (KilterSupplyQuick *q, guint k, guint s, double units)
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
double
kilter_supply_quick_take_component (KilterSupplyQuick *q,
                                    guint i,
                                    guint t,
                                    double quantity,
                                    guint depth,
                                    gint *out_refusal)
{
  double *held = q->held + (gsize) i * q->x->T;
  double free_stock = INFINITY;
  double got;

  for (guint u = t; u < q->x->T; u++)
    free_stock = MIN (free_stock, held[u]);
  got = CLAMP (free_stock, 0.0, quantity);
  if (got < quantity)
    got += kilter_supply_quick_procure (q, i, t, quantity - got, INFINITY, depth + 1, out_refusal);
  for (guint u = t; u < q->x->T; u++)
    held[u] -= got;

  return got;
}

/* starts up to units on a route, as far as its components go; gives what was started */
double
kilter_supply_quick_start_route (KilterSupplyQuick *q,
                                 guint k,
                                 guint s,
                                 double units,
                                 guint depth,
                                 gint *out_refusal)
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
      got = kilter_supply_quick_take_component (q, line->item, s + line->offset,
                                                units * line->per_unit, depth, out_refusal) /
            line->per_unit;
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
    kilter_supply_quick_book_hours (q, k, s, units);

  return units;
}

/* units that stock limits between arrival and use still allow to be carried */
static double
units_to_carry (const KilterSupplyQuick *q, guint i, guint from, guint to)
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

void
kilter_supply_quick_book_stock (KilterSupplyQuick *q, guint i, guint from, guint to, double units)
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
procure_from (KilterSupplyQuick *q,
              guint i,
              guint t,
              const Candidate *way,
              double wanted,
              guint depth,
              gint *out_refusal)
{
  const KilterSupplyRoute *route = &q->x->routes[way->route];
  guint s = way->arrival - route->lead;
  gint slot = KILTER_SUPPLY_REFUSED_NOT;
  double units = MIN (wanted / route->yield,
                      kilter_supply_quick_units_left (q, way->route, s, way->tier > 0, &slot));
  double got;

  if (out_refusal != NULL && *out_refusal == KILTER_SUPPLY_REFUSED_NOT &&
      units < wanted / route->yield)
    *out_refusal = slot >= 0 ? slot : KILTER_SUPPLY_REFUSED_POLICY;
  if (!q->x->is_component[i] && way->arrival < t)
    units = MIN (units, units_to_carry (q, i, way->arrival, t) / route->yield);
  got = kilter_supply_quick_start_route (q, way->route, s, units, depth, out_refusal) *
        route->yield;
  if (got > 0.0)
    {
      if (q->x->is_component[i])
        /* the taker subtracts it from t on */
        for (guint u = way->arrival; u < q->x->T; u++)
          q->held[(gsize) i * q->x->T + u] += got;
      else if (way->arrival < t)
        kilter_supply_quick_book_stock (q, i, way->arrival, t, got);
    }

  return got;
}

static double
extra_cost (const KilterSupplyQuick *q, guint k)
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
list_candidates (const KilterSupplyQuick *q, guint i, guint t, double most_cost, Candidate *out)
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

              if (way.cost > most_cost || n_found == MAX_CANDIDATES ||
                  (tier > 0 && x->route_uses.at[k] == x->route_uses.at[k + 1]))
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
double
kilter_supply_quick_procure (KilterSupplyQuick *q,
                             guint i,
                             guint t,
                             double quantity,
                             double most_cost,
                             guint depth,
                             gint *out_refusal)
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
