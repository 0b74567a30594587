/* kilter-supply-price.c: the price of a unit taken apart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/explain/kilter-supply-explain-private.h"

#include <math.h>

void kilter_supply_split_price (const KilterSupplyExplainer *self,
                                guint i,
                                guint t,
                                double scale,
                                guint depth,
                                GArray *parts);

/* the money of one bucket's stock: holding, and room in stores */
double
kilter_supply_carrying_price (const KilterSupplyExplainer *self, guint i, guint t)
{
  const KilterSupplyIndex *x = self->x;
  double price = x->problem->holding_cost[i] * x->problem->bucket_months[t];

  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

      price += use->per_unit * kilter_supply_slot_price (self, use->resource, t);
    }

  return price;
}

static void
add_carrying (const KilterSupplyExplainer *self, guint i, guint t, double scale, GArray *parts)
{
  const KilterSupplyIndex *x = self->x;

  kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_HOLDING, i, -1, -1, t,
                          scale * x->problem->holding_cost[i] * x->problem->bucket_months[t]);
  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];
      double worth = kilter_supply_slot_price (self, use->resource, t);
      KilterSupplyPart *part;

      if (worth == 0.0)
        continue;
      part = kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_STORAGE, i, -1, use->resource, t,
                                     scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = fabs (scale) * use->per_unit;
    }
}

static void
add_route_parts (const KilterSupplyExplainer *self,
                 guint k,
                 guint s,
                 double scale,
                 guint depth,
                 GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyRoute *route = &x->routes[k];

  kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_UNIT_COST, route->item, k, -1, s,
                          scale * route->cost);
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      double worth;
      KilterSupplyPart *part;

      if (s + use->offset >= x->T)
        continue;
      worth = kilter_supply_slot_price (self, use->resource, s + use->offset);
      if (fabs (worth) <= self->tolerance)
        worth = 0.0;
      part = kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_CAPACITY, route->item, k,
                                     use->resource, s + use->offset, scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = scale * use->per_unit;
    }
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

      if (s + line->offset < x->T)
        kilter_supply_split_price (self, line->item, s + line->offset, scale * line->per_unit,
                                   depth + 1, parts);
    }
}

/* a route whose reduced cost is nothing may make one more unit */
static int
marginal_route (const KilterSupplyExplainer *self, guint i, guint t)
{
  const KilterSupplyIndex *x = self->x;
  int found = -1;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];
      gsize c;

      if (x->routes[k].lead > t)
        continue;
      c = (gsize) k * x->T + t - x->routes[k].lead;
      if (x->upper[c] <= x->lower[c] ||
          !kilter_supply_same_price (self, self->plan->route_price[c], 0.0))
        continue;
      /* one that is used says more than one that only ties */
      if (self->plan->quantity[c] > x->lower[c] + KILTER_SUPPLY_TINY)
        return (int) k;
      if (found < 0)
        found = (int) k;
    }

  return found;
}

typedef enum
{
  STEP_NONE,
  STEP_BACKLOG,  /* from t to t + 1 */
  STEP_CARRIED,  /* from t to t - 1 */
  STEP_USED_NOW, /* from t to t + 1: a unit less is carried */
} Step;

typedef struct
{
  Step step;
  guint from;
  double target; /* money of stock below target on the step */
} Visit;

/* what stock pieces between bucket t and t + 1 make the price differ by, if any is marginal:
 * y[t + 1] = y[t] + carrying − target */
static gboolean
stock_step (const KilterSupplyExplainer *self, guint i, guint t, double next, double *out_target)
{
  const KilterSupplyProblem *p = self->x->problem;
  double rise = next - kilter_supply_price_of (self, i, t) -
                kilter_supply_carrying_price (self, i, t);
  const double prices[] = {
    0.0,
    -kilter_supply_shortfall_cost (p, i, t),
    -kilter_supply_minimum_cost (p, i, t),
    p->excess_cost[i] * p->bucket_months[t],
  };

  for (gsize n = 0; n < G_N_ELEMENTS (prices); n++)
    if (kilter_supply_same_price (self, rise, prices[n]))
      {
        *out_target = prices[n];
        return TRUE;
      }

  return FALSE;
}

/* the way from the bucket asked for to where the price comes from, backwards through visits */
static void
add_way (const KilterSupplyExplainer *self,
         guint i,
         const Visit *visits,
         guint at,
         double scale,
         GArray *parts)
{
  while (visits[at].step != STEP_NONE)
    {
      guint from = visits[at].from;

      switch (visits[at].step)
        {
        case STEP_BACKLOG:
          kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_BACKLOG, i, -1, -1, from,
                                  scale * self->x->weight[i] *
                                    kilter_supply_backlog_cost (self->x->problem, i, from));
          break;
        case STEP_CARRIED:
          add_carrying (self, i, at, scale, parts);
          if (visits[at].target != 0.0)
            kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, at,
                                    scale * visits[at].target);
          break;
        case STEP_USED_NOW:
          add_carrying (self, i, from, -scale, parts);
          if (visits[at].target != 0.0)
            kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, from,
                                    -scale * visits[at].target);
          break;
        case STEP_NONE:
        default:
          g_assert_not_reached ();
        }
      at = from;
    }
}

/* whether the price of bucket t has its origin there; adds the parts if so */
static gboolean
end_way (const KilterSupplyExplainer *self,
         guint i,
         guint t,
         double scale,
         guint depth,
         GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  double price = kilter_supply_price_of (self, i, t);
  double lost = x->weight[i] * kilter_supply_lost_cost (x->problem, i, t);
  int k = marginal_route (self, i, t);
  double target;

  if (k >= 0)
    {
      guint before = parts->len;
      double sum = 0.0;
      double rest;

      add_route_parts (self, k, t - x->routes[k].lead, scale / x->routes[k].yield, depth, parts);
      for (guint n = before; n < parts->len; n++)
        sum += g_array_index (parts, KilterSupplyPart, n).amount;
      /* what is left is the rule that ties this bucket to others (one level rate) or keeps the
         plan near the one before */
      rest = scale * price - sum;
      if (fabs (rest) > self->tolerance * (1.0 + fabs (scale * price)))
        kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_POLICY, i, k, -1, t, rest);
      else
        g_array_index (parts, KilterSupplyPart, before).amount += rest;
      return TRUE;
    }
  if (x->problem->lost_sales[i] && kilter_supply_same_price (self, price, lost))
    {
      kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_LOST, i, -1, -1, t, scale * lost);
      return TRUE;
    }
  if (t + 1 == x->T && !x->problem->lost_sales[i] && x->is_demanded[i] &&
      kilter_supply_same_price (self, price,
                                x->weight[i] * kilter_supply_backlog_cost (x->problem, i, t)))
    {
      kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_BACKLOG, i, -1, -1, t, scale * price);
      return TRUE;
    }
  if (t + 1 == x->T && stock_step (self, i, t, 0.0, &target))
    {
      add_carrying (self, i, t, -scale, parts);
      kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, t, -scale * target);
      return TRUE;
    }

  return FALSE;
}

static void
look_at (Visit *visits,
         guint8 *seen,
         guint *queue,
         guint *tail,
         guint to,
         guint from,
         Step step,
         double target)
{
  if (seen[to])
    return;
  seen[to] = 1;
  visits[to] = (Visit) { step, from, target };
  queue[(*tail)++] = to;
}

/*
 * Walks along marginal pieces of stock and backlog from bucket t until the price has an origin.
 * The parts added have the sum scale × price.
 */
void
kilter_supply_split_price (const KilterSupplyExplainer *self,
                           guint i,
                           guint t,
                           double scale,
                           guint depth,
                           GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  g_autofree Visit *visits = g_new0 (Visit, x->T);
  g_autofree guint8 *seen = g_malloc0 (x->T);
  g_autofree guint *queue = g_new0 (guint, x->T);
  guint tail = 0;

  if (depth <= KILTER_SUPPLY_MAX_DEPTH)
    look_at (visits, seen, queue, &tail, t, t, STEP_NONE, 0.0);
  for (guint head = 0; head < tail; head++)
    {
      guint at = queue[head];
      double price = kilter_supply_price_of (self, i, at);
      double target;

      if (end_way (self, i, at, scale, depth, parts))
        {
          add_way (self, i, visits, at, scale, parts);
          return;
        }
      if (at > 0 && stock_step (self, i, at - 1, price, &target))
        look_at (visits, seen, queue, &tail, at - 1, at, STEP_CARRIED, target);
      if (at + 1 < x->T && !x->problem->lost_sales[i] && x->is_demanded[i] &&
          kilter_supply_same_price (self, price,
                                    x->weight[i] * kilter_supply_backlog_cost (x->problem, i, at) +
                                      kilter_supply_price_of (self, i, at + 1)))
        look_at (visits, seen, queue, &tail, at + 1, at, STEP_BACKLOG, 0.0);
      if (at + 1 < x->T &&
          stock_step (self, i, at, kilter_supply_price_of (self, i, at + 1), &target))
        look_at (visits, seen, queue, &tail, at + 1, at, STEP_USED_NOW, target);
    }
  /* a fixed quantity or a degenerate corner: the price is given as it is */
  kilter_supply_add_part (parts, KILTER_SUPPLY_CAUSE_COST, i, -1, -1, t,
                          scale * kilter_supply_price_of (self, i, t));
}
