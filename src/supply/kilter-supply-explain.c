/* kilter-supply-explain.c: why demand is late or stock is short
 *
 * In a least-cost plan every unit has a price that the optimiser knows. It is the sum of what the
 * cheapest way to one more unit costs: making it, the worth of the hours it takes away from
 * others, its components, holding it, or waiting. A way in time that is not taken is barred by
 * the resources, rules and lead times that make it dearer than the shortage: these are the causes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>

#define MAX_DEPTH 6

typedef struct
{
  const KilterSupplyIndex *x;
  const KilterSupplyPlan *plan;
  double tolerance;
  gsize capped; /* the item and bucket asked for, when all its demand is lost */
  double cap;
} Explainer;

static double
price_of (const Explainer *self, guint i, guint t)
{
  gsize c = (gsize) i * self->x->T + t;

  return c == self->capped ? self->cap : self->plan->item_price[c];
}

static double
slot_price (const Explainer *self, guint r, guint t)
{
  return self->plan->resource_price[(gsize) r * self->x->T + t];
}

static gboolean
same_price (const Explainer *self, double a, double b)
{
  return fabs (a - b) <= self->tolerance * (1.0 + fabs (a) + fabs (b));
}

static KilterSupplyPart *
add_part (GArray *parts, KilterSupplyCause cause, int item, int route, int resource, int bucket,
          double amount)
{
  KilterSupplyPart part = { cause, item, route, resource, bucket, -1, amount, NAN, NAN };

  g_array_append_val (parts, part);

  return &g_array_index (parts, KilterSupplyPart, parts->len - 1);
}

/* --- the price taken apart --------------------------------------------------------------- */

static void split_price (
  const Explainer *self, guint i, guint t, double scale, guint depth, GArray *parts);

/* the money of one bucket's stock: holding, and room in stores */
static double
carrying_price (const Explainer *self, guint i, guint t)
{
  const KilterSupplyIndex *x = self->x;
  double price = x->problem->holding_cost[i] * x->problem->bucket_months[t];

  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

      price += use->per_unit * slot_price (self, use->resource, t);
    }

  return price;
}

static void
add_carrying (const Explainer *self, guint i, guint t, double scale, GArray *parts)
{
  const KilterSupplyIndex *x = self->x;

  add_part (parts, KILTER_SUPPLY_CAUSE_HOLDING, i, -1, -1, t,
            scale * x->problem->holding_cost[i] * x->problem->bucket_months[t]);
  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];
      double worth = slot_price (self, use->resource, t);
      KilterSupplyPart *part;

      if (worth == 0.0)
        continue;
      part = add_part (parts, KILTER_SUPPLY_CAUSE_STORAGE, i, -1, use->resource, t,
                       scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = fabs (scale) * use->per_unit;
    }
}

static void
add_route_parts (
  const Explainer *self, guint k, guint s, double scale, guint depth, GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyRoute *route = &x->routes[k];

  add_part (parts, KILTER_SUPPLY_CAUSE_UNIT_COST, route->item, k, -1, s, scale * route->cost);
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      double worth;
      KilterSupplyPart *part;

      if (s + use->offset >= x->T)
        continue;
      worth = slot_price (self, use->resource, s + use->offset);
      if (fabs (worth) <= self->tolerance)
        worth = 0.0;
      part = add_part (parts, KILTER_SUPPLY_CAUSE_CAPACITY, route->item, k, use->resource,
                       s + use->offset, scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = scale * use->per_unit;
    }
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

      if (s + line->offset < x->T)
        split_price (self, line->item, s + line->offset, scale * line->per_unit, depth + 1, parts);
    }
}

/* a route whose reduced cost is nothing may make one more unit */
static int
marginal_route (const Explainer *self, guint i, guint t)
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
      if (x->upper[c] <= x->lower[c] || !same_price (self, self->plan->route_price[c], 0.0))
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
stock_step (const Explainer *self, guint i, guint t, double next, double *out_target)
{
  const KilterSupplyProblem *p = self->x->problem;
  double rise = next - price_of (self, i, t) - carrying_price (self, i, t);
  const double prices[] = {
    0.0,
    -kilter_supply_shortfall_cost (p, i, t),
    -kilter_supply_minimum_cost (p, i, t),
    p->excess_cost[i] * p->bucket_months[t],
  };

  for (gsize n = 0; n < G_N_ELEMENTS (prices); n++)
    if (same_price (self, rise, prices[n]))
      {
        *out_target = prices[n];
        return TRUE;
      }

  return FALSE;
}

/* the way from the bucket asked for to where the price comes from, backwards through visits */
static void
add_way (const Explainer *self, guint i, const Visit *visits, guint at, double scale, GArray *parts)
{
  while (visits[at].step != STEP_NONE)
    {
      guint from = visits[at].from;

      switch (visits[at].step)
        {
        case STEP_BACKLOG:
          add_part (parts, KILTER_SUPPLY_CAUSE_BACKLOG, i, -1, -1, from,
                    scale * self->x->weight[i] * kilter_supply_backlog_cost (self->x->problem, i, from));
          break;
        case STEP_CARRIED:
          add_carrying (self, i, at, scale, parts);
          if (visits[at].target != 0.0)
            add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, at, scale * visits[at].target);
          break;
        case STEP_USED_NOW:
          add_carrying (self, i, from, -scale, parts);
          if (visits[at].target != 0.0)
            add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, from,
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
end_way (const Explainer *self, guint i, guint t, double scale, guint depth, GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  double price = price_of (self, i, t);
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
        add_part (parts, KILTER_SUPPLY_CAUSE_POLICY, i, k, -1, t, rest);
      else
        g_array_index (parts, KilterSupplyPart, before).amount += rest;
      return TRUE;
    }
  if (x->problem->lost_sales[i] && same_price (self, price, lost))
    {
      add_part (parts, KILTER_SUPPLY_CAUSE_LOST, i, -1, -1, t, scale * lost);
      return TRUE;
    }
  if (t + 1 == x->T && !x->problem->lost_sales[i] && x->is_demanded[i]
      && same_price (self, price, x->weight[i] * kilter_supply_backlog_cost (x->problem, i, t)))
    {
      add_part (parts, KILTER_SUPPLY_CAUSE_BACKLOG, i, -1, -1, t, scale * price);
      return TRUE;
    }
  if (t + 1 == x->T && stock_step (self, i, t, 0.0, &target))
    {
      add_carrying (self, i, t, -scale, parts);
      add_part (parts, KILTER_SUPPLY_CAUSE_TARGET, i, -1, -1, t, -scale * target);
      return TRUE;
    }

  return FALSE;
}

static void
look_at (Visit *visits, guint8 *seen, guint *queue, guint *tail, guint to, guint from, Step step,
         double target)
{
  if (seen[to])
    return;
  seen[to] = 1;
  visits[to] = (Visit){ step, from, target };
  queue[(*tail)++] = to;
}

/*
 * Walks along marginal pieces of stock and backlog from bucket t until the price has an origin.
 * The parts added have the sum scale × price.
 */
static void
split_price (const Explainer *self, guint i, guint t, double scale, guint depth, GArray *parts)
{
  const KilterSupplyIndex *x = self->x;
  g_autofree Visit *visits = g_new0 (Visit, x->T);
  g_autofree guint8 *seen = g_malloc0 (x->T);
  g_autofree guint *queue = g_new0 (guint, x->T);
  guint tail = 0;

  if (depth <= MAX_DEPTH)
    look_at (visits, seen, queue, &tail, t, t, STEP_NONE, 0.0);
  for (guint head = 0; head < tail; head++)
    {
      guint at = queue[head];
      double price = price_of (self, i, at);
      double target;

      if (end_way (self, i, at, scale, depth, parts))
        {
          add_way (self, i, visits, at, scale, parts);
          return;
        }
      if (at > 0 && stock_step (self, i, at - 1, price, &target))
        look_at (visits, seen, queue, &tail, at - 1, at, STEP_CARRIED, target);
      if (at + 1 < x->T && !x->problem->lost_sales[i] && x->is_demanded[i]
          && same_price (self, price,
                         x->weight[i] * kilter_supply_backlog_cost (x->problem, i, at)
                           + price_of (self, i, at + 1)))
        look_at (visits, seen, queue, &tail, at + 1, at, STEP_BACKLOG, 0.0);
      if (at + 1 < x->T && stock_step (self, i, at, price_of (self, i, at + 1), &target))
        look_at (visits, seen, queue, &tail, at + 1, at, STEP_USED_NOW, target);
    }
  /* a fixed quantity or a degenerate corner: the price is given as it is */
  add_part (parts, KILTER_SUPPLY_CAUSE_COST, i, -1, -1, t, scale * price_of (self, i, t));
}

/* --- what bars the ways in time ------------------------------------------------------------ */

static KilterSupplyPart *
add_cause (GArray *causes, KilterSupplyCause cause, int item, int route, int resource, int bucket,
           double amount)
{
  for (guint n = 0; n < causes->len; n++)
    {
      KilterSupplyPart *part = &g_array_index (causes, KilterSupplyPart, n);

      if (part->cause == cause && part->item == item && part->resource == resource
          && part->bucket == bucket && (resource >= 0 || part->route == route))
        {
          part->amount = MAX (part->amount, amount);
          return part;
        }
    }

  return add_part (causes, cause, item, route, resource, bucket, amount);
}

static void find_causes (
  const Explainer *self, guint i, guint t, double scale, guint depth, GArray *causes);

/* the money of one more unit on a route, at the prices of the plan */
static double
route_way_price (const Explainer *self, guint k, guint s)
{
  const KilterSupplyIndex *x = self->x;
  double price = x->routes[k].cost;

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];

      if (s + use->offset < x->T)
        price += use->per_unit * slot_price (self, use->resource, s + use->offset);
    }
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

      if (s + line->offset < x->T)
        price += line->per_unit * price_of (self, line->item, s + line->offset);
    }

  return price / x->routes[k].yield;
}

static double
cheapest_source (const KilterSupplyIndex *x, guint i)
{
  double cost = INFINITY;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      const KilterSupplyRoute *route = &x->routes[x->item_routes.order[n]];

      cost = MIN (cost, route->cost / route->yield);
    }

  return isinf (cost) ? 0.0 : cost;
}

/* resources with a worth and components that are dearer than their price bar a start */
static gboolean
add_start_causes (
  const Explainer *self, guint k, guint s, double scale, guint depth, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gboolean found = FALSE;

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      double worth;
      KilterSupplyPart *part;

      if (s + use->offset >= x->T)
        continue;
      worth = slot_price (self, use->resource, s + use->offset);
      if (worth <= self->tolerance)
        continue;
      part = add_cause (causes, KILTER_SUPPLY_CAUSE_CAPACITY, x->routes[k].item, k, use->resource,
                        s + use->offset, scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = scale * use->per_unit;
      found = TRUE;
    }
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];
      double price, cost;
      guint before = causes->len;

      if (s + line->offset >= x->T)
        continue;
      price = price_of (self, line->item, s + line->offset);
      cost = cheapest_source (x, line->item);
      if (price <= cost + self->tolerance * (1.0 + cost))
        continue;
      find_causes (self, line->item, s + line->offset, scale * line->per_unit, depth + 1, causes);
      if (causes->len == before)
        add_cause (causes, KILTER_SUPPLY_CAUSE_COMPONENT, line->item, k, -1, s + line->offset,
                   scale * line->per_unit * (price - cost));
      found = TRUE;
    }

  return found;
}

/* a rule that keeps a route from being used although it would be worth it */
static gboolean
add_rule_cause (const Explainer *self, guint k, guint s, double gain, double scale, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gint rule = x->rule[(gsize) k * x->T + s];
  KilterSupplyCause cause = KILTER_SUPPLY_CAUSE_POLICY;
  KilterSupplyPart *part;

  if (self->plan->quantity[(gsize) k * x->T + s]
      < x->upper[(gsize) k * x->T + s] * (1.0 - KILTER_SUPPLY_TINY))
    return FALSE;
  if (isinf (x->upper[(gsize) k * x->T + s]) || gain <= self->tolerance)
    return FALSE;
  if (rule == KILTER_SUPPLY_RULE_TOO_LATE || rule == KILTER_SUPPLY_RULE_NONE)
    return FALSE;
  if (rule == KILTER_SUPPLY_RULE_FROZEN)
    cause = KILTER_SUPPLY_CAUSE_FROZEN;
  else if (rule == KILTER_SUPPLY_RULE_NOT_ALLOWED)
    cause = KILTER_SUPPLY_CAUSE_ROUTE;
  else if (rule == KILTER_SUPPLY_RULE_LIMIT)
    cause = KILTER_SUPPLY_CAUSE_LIMIT;
  part = add_cause (causes, cause, x->routes[k].item, k, -1, s, scale * gain);
  part->worth = gain * x->routes[k].yield;
  if (rule >= 0)
    part->policy = g_array_index (x->problem->bounds, KilterSupplyBound, rule).policy;

  return TRUE;
}

/* what makes carrying from bucket u to the next dearer than holding */
static gboolean
add_carry_causes (const Explainer *self, guint i, guint u, double scale, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gsize c = (gsize) i * x->T + u;
  gboolean found = FALSE;

  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];
      double worth = slot_price (self, use->resource, u);
      KilterSupplyPart *part;

      if (worth <= self->tolerance)
        continue;
      part = add_cause (causes, KILTER_SUPPLY_CAUSE_STORAGE, i, -1, use->resource, u,
                        scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = scale * use->per_unit;
      found = TRUE;
    }
  if (isfinite (x->ceiling[c])
      && self->plan->stock[c] >= x->ceiling[c] * (1.0 - KILTER_SUPPLY_TINY) - KILTER_SUPPLY_TINY)
    {
      double gain = price_of (self, i, u + 1) - price_of (self, i, u) - carrying_price (self, i, u);

      if (gain > self->tolerance)
        {
          add_cause (causes, KILTER_SUPPLY_CAUSE_EARLY, i, -1, -1, u, scale * gain)->worth = gain;
          found = TRUE;
        }
    }

  return found;
}

/* all ways in time for one route: latest arrival first, until carrying is barred for good */
static gboolean
add_way_causes (
  const Explainer *self, guint i, guint t, guint k, double scale, guint depth, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  double price = price_of (self, i, t);
  double carried = 0.0;
  gboolean found = FALSE;

  for (guint a = t + 1; a-- > x->routes[k].lead;)
    {
      guint s = a - x->routes[k].lead;
      double way;

      if (a < t)
        {
          gboolean barred = add_carry_causes (self, i, a, scale, causes);

          found = found || barred;
          carried += carrying_price (self, i, a);
          /* an earlier bucket cannot help when the store or a rule stops this step */
          if (barred && isfinite (x->ceiling[(gsize) i * x->T + a]))
            break;
        }
      way = route_way_price (self, k, s) + carried;
      if (x->upper[(gsize) k * x->T + s] <= x->lower[(gsize) k * x->T + s])
        {
          found = add_rule_cause (self, k, s, price - way, scale, causes) || found;
          continue;
        }
      found = add_rule_cause (self, k, s, price - way, scale, causes) || found;
      found = add_start_causes (self, k, s, scale, depth, causes) || found;
      if (carried > price)
        break;
    }

  return found;
}

static void
find_causes (const Explainer *self, guint i, guint t, double scale, guint depth, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  double price = price_of (self, i, t);
  guint before = causes->len;
  double cheapest = INFINITY;

  if (depth > MAX_DEPTH)
    return;
  if (x->item_routes.at[i] == x->item_routes.at[i + 1])
    {
      add_cause (causes, KILTER_SUPPLY_CAUSE_NO_SOURCE, i, -1, -1, t, scale * price);
      return;
    }
  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];
      gboolean main_route = n == x->item_routes.at[i];

      if (x->routes[k].lead > t)
        {
          if (main_route)
            add_cause (causes, KILTER_SUPPLY_CAUSE_LEAD_TIME, i, k, -1, t,
                       scale * (price - x->routes[k].cost / x->routes[k].yield));
          continue;
        }
      add_way_causes (self, i, t, k, scale, depth, causes);
      if (x->upper[(gsize) k * x->T + t - x->routes[k].lead] > 0.0)
        cheapest = MIN (cheapest, route_way_price (self, k, t - x->routes[k].lead));
    }
  /* nothing bars it: it costs more than the shortage */
  if (causes->len == before)
    add_cause (causes, KILTER_SUPPLY_CAUSE_COST, i, x->item_routes.order[x->item_routes.at[i]], -1,
               t, isfinite (cheapest) ? scale * MAX (0.0, cheapest - price) : NAN);
}

static guint
cause_class (KilterSupplyCause cause)
{
  switch (cause)
    {
    case KILTER_SUPPLY_CAUSE_CAPACITY:
    case KILTER_SUPPLY_CAUSE_LEAD_TIME:
    case KILTER_SUPPLY_CAUSE_COMPONENT:
    case KILTER_SUPPLY_CAUSE_STORAGE:
    case KILTER_SUPPLY_CAUSE_NO_SOURCE:
    case KILTER_SUPPLY_CAUSE_LIMIT:
      return 0;
    case KILTER_SUPPLY_CAUSE_FROZEN:
    case KILTER_SUPPLY_CAUSE_POLICY:
    case KILTER_SUPPLY_CAUSE_EARLY:
    case KILTER_SUPPLY_CAUSE_ROUTE:
      return 1;
    case KILTER_SUPPLY_CAUSE_COST:
    case KILTER_SUPPLY_CAUSE_UNIT_COST:
    case KILTER_SUPPLY_CAUSE_HOLDING:
    case KILTER_SUPPLY_CAUSE_BACKLOG:
    case KILTER_SUPPLY_CAUSE_LOST:
    case KILTER_SUPPLY_CAUSE_TARGET:
    default:
      return 2;
    }
}

static int
compare_causes (gconstpointer a, gconstpointer b)
{
  const KilterSupplyPart *x = a;
  const KilterSupplyPart *y = b;
  guint class_x = cause_class (x->cause);
  guint class_y = cause_class (y->cause);

  if (class_x != class_y)
    return class_x < class_y ? -1 : 1;
  if (x->amount != y->amount)
    return x->amount > y->amount ? -1 : 1;
  if (x->bucket != y->bucket)
    return x->bucket > y->bucket ? -1 : 1;
  if (x->resource != y->resource)
    return x->resource < y->resource ? -1 : 1;

  return (x->route > y->route) - (x->route < y->route);
}

/* --- without prices ------------------------------------------------------------------------ */

static void
add_refusal (const Explainer *self, guint i, guint t, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gint refusal = self->plan->refusal[(gsize) i * x->T + t];
  gint route = x->item_routes.at[i] < x->item_routes.at[i + 1]
                 ? (gint) x->item_routes.order[x->item_routes.at[i]]
                 : -1;

  if (refusal >= 0)
    add_part (causes, KILTER_SUPPLY_CAUSE_CAPACITY, i, route, refusal / (gint) x->T,
              refusal % (gint) x->T, NAN);
  else if (route < 0 || refusal == KILTER_SUPPLY_REFUSED_NO_SOURCE)
    add_part (causes, KILTER_SUPPLY_CAUSE_NO_SOURCE, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_LEAD)
    add_part (causes, KILTER_SUPPLY_CAUSE_LEAD_TIME, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_COMPONENT)
    add_part (causes, KILTER_SUPPLY_CAUSE_COMPONENT, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_POLICY)
    add_part (causes, KILTER_SUPPLY_CAUSE_POLICY, i, route, -1, t, NAN);
  else
    add_part (causes, KILTER_SUPPLY_CAUSE_COST, i, route, -1, t, NAN);
}

/* --- reasons ------------------------------------------------------------------------------- */

static KilterSupplyReason *
make_reason (const Explainer *explainer,
             KilterSupplySolver *solver,
             KilterSupplyReasonKind kind,
             guint i,
             guint t,
             double quantity)
{
  KilterSupplyReason *reason = g_new0 (KilterSupplyReason, 1);
  Explainer capped = *explainer;
  const Explainer *self = &capped;
  double lost = self->x->weight[i] * kilter_supply_lost_cost (self->x->problem, i, t);

  /* where all demand is given up, the optimiser's price is that of making it; what one more unit
     saves is the sale */
  if (kind == KILTER_SUPPLY_REASON_LOST && price_of (self, i, t) > lost)
    {
      capped.capped = (gsize) i * self->x->T + t;
      capped.cap = lost;
    }

  reason->kind = kind;
  reason->item = i;
  reason->bucket = t;
  reason->quantity = quantity;
  reason->value = price_of (self, i, t);
  reason->range = NAN;
  reason->causes = g_array_new (FALSE, FALSE, sizeof (KilterSupplyPart));
  reason->price_parts = g_array_new (FALSE, FALSE, sizeof (KilterSupplyPart));
  if (isnan (reason->value))
    {
      add_refusal (self, i, t, reason->causes);
      return reason;
    }
  split_price (self, i, t, 1.0, 0, reason->price_parts);
  find_causes (self, i, t, 1.0, 0, reason->causes);
  g_array_sort (reason->causes, compare_causes);
  if (solver != NULL && reason->causes->len > 0)
    {
      const KilterSupplyPart *first = &g_array_index (reason->causes, KilterSupplyPart, 0);
      double down, up;

      if (first->resource >= 0
          && kilter_supply_solver_get_capacity_range (solver, first->resource, first->bucket,
                                                      &down, &up))
        reason->range = up;
    }

  return reason;
}

static void
add_reasons (const Explainer *self, KilterSupplySolver *solver, guint i, guint t, GPtrArray *reasons)
{
  gsize c = (gsize) i * self->x->T + t;
  const KilterSupplyPlan *plan = self->plan;
  double tiny = KILTER_SUPPLY_TINY
                * (1.0 + self->x->problem->demand[c] + self->x->problem->stock_target[c]);

  if (plan->lost[c] > tiny)
    g_ptr_array_add (reasons, make_reason (self, solver, KILTER_SUPPLY_REASON_LOST, i, t,
                                           plan->lost[c]));
  if (t + 1 == self->x->T && plan->backlog[c] > tiny)
    g_ptr_array_add (reasons, make_reason (self, solver, KILTER_SUPPLY_REASON_UNMET, i, t,
                                           plan->backlog[c]));
  else if (plan->late[c] > tiny)
    g_ptr_array_add (reasons, make_reason (self, solver, KILTER_SUPPLY_REASON_LATE, i, t,
                                           plan->late[c]));
  else if (plan->lost[c] <= tiny && plan->shortfall[c] > tiny)
    g_ptr_array_add (reasons, make_reason (self, solver, KILTER_SUPPLY_REASON_BELOW_TARGET, i, t,
                                           plan->shortfall[c]));
}

/**
 * kilter_supply_explain:
 * @plan: a plan of @problem
 * @solver: (nullable): the solver that has just made @plan, for ranges
 * @item: an item, or -1 for all
 * @bucket: a bucket, or -1 for all
 *
 * Says why quantities are lost, late, unmet at the end or below target. With a least-cost plan
 * each reason has prices, and its parts add up; with a quick plan it has the first thing that
 * refused.
 *
 * Returns: (transfer full) (element-type KilterSupplyReason): by item, then bucket
 */
GPtrArray *
kilter_supply_explain (const KilterSupplyProblem *problem,
                       const KilterSupplyPlan *plan,
                       KilterSupplySolver *solver,
                       gint item,
                       gint bucket)
{
  GPtrArray *reasons
    = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_supply_reason_free);
  g_autoptr (KilterSupplyIndex) index = NULL;
  Explainer self = { NULL, plan, 1e-6, G_MAXSIZE, 0.0 };

  g_return_val_if_fail (problem != NULL && plan != NULL, reasons);
  g_return_val_if_fail (plan->n_routes == problem->routes->len, reasons);

  index = kilter_supply_index_new (problem);
  self.x = index;
  for (guint i = item < 0 ? 0 : (guint) item; i < (item < 0 ? index->I : (guint) item + 1); i++)
    for (guint t = bucket < 0 ? 0 : (guint) bucket;
         t < (bucket < 0 ? index->T : (guint) bucket + 1); t++)
      if (i < index->I && t < index->T)
        add_reasons (&self, solver, i, t, reasons);

  return reasons;
}

void
kilter_supply_reason_free (KilterSupplyReason *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->causes);
  g_array_unref (self->price_parts);
  g_free (self);
}

/**
 * kilter_supply_saved_per_hour:
 *
 * Says why one item waits and not another: an hour of a scarce resource goes where it saves most.
 *
 * Returns: money of lateness (or lost sales) that an hour of @resource saves when it makes @item
 *   on its main route; under strict priorities with the class's weight; NaN if the item does not
 *   use the resource
 */
double
kilter_supply_saved_per_hour (const KilterSupplyProblem *problem, guint item, guint resource)
{
  g_autoptr (KilterSupplyIndex) x = NULL;
  double per_unit = 0.0;
  double saved;
  guint k;

  g_return_val_if_fail (problem != NULL, NAN);
  g_return_val_if_fail (item < problem->n_items && resource < problem->n_resources, NAN);

  x = kilter_supply_index_new (problem);
  if (x->item_routes.at[item] == x->item_routes.at[item + 1])
    return NAN;
  k = x->item_routes.order[x->item_routes.at[item]];
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    if (x->uses[x->route_uses.order[n]].resource == resource)
      per_unit += x->uses[x->route_uses.order[n]].per_unit;
  if (per_unit <= 0.0)
    return NAN;
  saved = x->problem->lost_sales[item] ? x->problem->lost_cost[item]
                                       : x->problem->backlog_cost[item];

  return x->weight[item] * saved * x->routes[k].yield / per_unit;
}
