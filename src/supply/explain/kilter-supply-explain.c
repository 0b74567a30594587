/* kilter-supply-explain.c: why demand is late or stock is short
 *
 * In a least-cost plan every unit has a price that the optimiser knows. It is the sum of what the
 * cheapest way to one more unit costs: making it, the worth of the hours it takes away from
 * others, its components, holding it, or waiting. A way in time that is not taken is barred by
 * the resources, rules and lead times that make it dearer than the shortage: these are the causes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/explain/kilter-supply-explain-private.h"

#include <math.h>

/* --- what bars the ways in time ------------------------------------------------------------ */

static KilterSupplyPart *
add_cause (GArray *causes,
           KilterSupplyCause cause,
           int item,
           int route,
           int resource,
           int bucket,
           double amount)
{
  for (guint n = 0; n < causes->len; n++)
    {
      KilterSupplyPart *part = &g_array_index (causes, KilterSupplyPart, n);

      if (part->cause == cause && part->item == item && part->resource == resource &&
          part->bucket == bucket && (resource >= 0 || part->route == route))
        {
          part->amount = MAX (part->amount, amount);
          return part;
        }
    }

  return kilter_supply_add_part (causes, cause, item, route, resource, bucket, amount);
}

static void find_causes (const KilterSupplyExplainer *self,
                         guint i,
                         guint t,
                         double scale,
                         guint depth,
                         GArray *causes);

/* the money of one more unit on a route, at the prices of the plan */
static double
route_way_price (const KilterSupplyExplainer *self, guint k, guint s)
{
  const KilterSupplyIndex *x = self->x;
  double price = x->routes[k].cost;

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];

      if (s + use->offset < x->T)
        price += use->per_unit * kilter_supply_slot_price (self, use->resource, s + use->offset);
    }
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

      if (s + line->offset < x->T)
        price += line->per_unit * kilter_supply_price_of (self, line->item, s + line->offset);
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
add_start_causes (const KilterSupplyExplainer *self,
                  guint k,
                  guint s,
                  double scale,
                  guint depth,
                  GArray *causes)
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
      worth = kilter_supply_slot_price (self, use->resource, s + use->offset);
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
      price = kilter_supply_price_of (self, line->item, s + line->offset);
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
add_rule_cause (const KilterSupplyExplainer *self,
                guint k,
                guint s,
                double gain,
                double scale,
                GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gint rule = x->rule[(gsize) k * x->T + s];
  KilterSupplyCause cause = KILTER_SUPPLY_CAUSE_POLICY;
  KilterSupplyPart *part;

  if (self->plan->quantity[(gsize) k * x->T + s] <
      x->upper[(gsize) k * x->T + s] * (1.0 - KILTER_SUPPLY_TINY))
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
add_carry_causes (const KilterSupplyExplainer *self, guint i, guint u, double scale, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gsize c = (gsize) i * x->T + u;
  gboolean found = FALSE;

  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];
      double worth = kilter_supply_slot_price (self, use->resource, u);
      KilterSupplyPart *part;

      if (worth <= self->tolerance)
        continue;
      part = add_cause (causes, KILTER_SUPPLY_CAUSE_STORAGE, i, -1, use->resource, u,
                        scale * use->per_unit * worth);
      part->worth = worth;
      part->hours = scale * use->per_unit;
      found = TRUE;
    }
  if (isfinite (x->ceiling[c]) &&
      self->plan->stock[c] >= x->ceiling[c] * (1.0 - KILTER_SUPPLY_TINY) - KILTER_SUPPLY_TINY)
    {
      double gain = kilter_supply_price_of (self, i, u + 1) - kilter_supply_price_of (self, i, u) -
                    kilter_supply_carrying_price (self, i, u);

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
add_way_causes (const KilterSupplyExplainer *self,
                guint i,
                guint t,
                guint k,
                double scale,
                guint depth,
                GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  double price = kilter_supply_price_of (self, i, t);
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
          carried += kilter_supply_carrying_price (self, i, a);
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
find_causes (const KilterSupplyExplainer *self,
             guint i,
             guint t,
             double scale,
             guint depth,
             GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  double price = kilter_supply_price_of (self, i, t);
  guint before = causes->len;
  double cheapest = INFINITY;

  if (depth > KILTER_SUPPLY_MAX_DEPTH)
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
add_refusal (const KilterSupplyExplainer *self, guint i, guint t, GArray *causes)
{
  const KilterSupplyIndex *x = self->x;
  gint refusal = self->plan->refusal[(gsize) i * x->T + t];
  gint route = x->item_routes.at[i] < x->item_routes.at[i + 1]
                 ? (gint) x->item_routes.order[x->item_routes.at[i]]
                 : -1;

  if (refusal >= 0)
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_CAPACITY, i, route, refusal / (gint) x->T,
                            refusal % (gint) x->T, NAN);
  else if (route < 0 || refusal == KILTER_SUPPLY_REFUSED_NO_SOURCE)
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_NO_SOURCE, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_LEAD)
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_LEAD_TIME, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_COMPONENT)
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_COMPONENT, i, route, -1, t, NAN);
  else if (refusal == KILTER_SUPPLY_REFUSED_POLICY)
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_POLICY, i, route, -1, t, NAN);
  else
    kilter_supply_add_part (causes, KILTER_SUPPLY_CAUSE_COST, i, route, -1, t, NAN);
}

/* --- reasons ------------------------------------------------------------------------------- */

static KilterSupplyReason *
make_reason (const KilterSupplyExplainer *explainer,
             KilterSupplySolver *solver,
             KilterSupplyReasonKind kind,
             guint i,
             guint t,
             double quantity)
{
  KilterSupplyReason *reason = g_new0 (KilterSupplyReason, 1);
  KilterSupplyExplainer capped = *explainer;
  const KilterSupplyExplainer *self = &capped;
  double lost = self->x->weight[i] * kilter_supply_lost_cost (self->x->problem, i, t);

  /* where all demand is given up, the optimiser's price is that of making it; what one more unit
     saves is the sale */
  if (kind == KILTER_SUPPLY_REASON_LOST && kilter_supply_price_of (self, i, t) > lost)
    {
      capped.capped = (gsize) i * self->x->T + t;
      capped.cap = lost;
    }

  reason->kind = kind;
  reason->item = i;
  reason->bucket = t;
  reason->quantity = quantity;
  reason->value = kilter_supply_price_of (self, i, t);
  reason->range = NAN;
  reason->causes = g_array_new (FALSE, FALSE, sizeof (KilterSupplyPart));
  reason->price_parts = g_array_new (FALSE, FALSE, sizeof (KilterSupplyPart));
  if (isnan (reason->value))
    {
      add_refusal (self, i, t, reason->causes);
      return reason;
    }
  kilter_supply_split_price (self, i, t, 1.0, 0, reason->price_parts);
  find_causes (self, i, t, 1.0, 0, reason->causes);
  g_array_sort (reason->causes, compare_causes);
  if (solver != NULL && reason->causes->len > 0)
    {
      const KilterSupplyPart *first = &g_array_index (reason->causes, KilterSupplyPart, 0);
      double down, up;

      if (first->resource >= 0 && kilter_supply_solver_get_capacity_range (
                                    solver, first->resource, first->bucket, &down, &up))
        reason->range = up;
    }

  return reason;
}

static void
add_reasons (const KilterSupplyExplainer *self,
             KilterSupplySolver *solver,
             guint i,
             guint t,
             GPtrArray *reasons)
{
  gsize c = (gsize) i * self->x->T + t;
  const KilterSupplyPlan *plan = self->plan;
  double tiny = KILTER_SUPPLY_TINY *
                (1.0 + self->x->problem->demand[c] + self->x->problem->stock_target[c]);

  if (plan->lost[c] > tiny)
    g_ptr_array_add (reasons,
                     make_reason (self, solver, KILTER_SUPPLY_REASON_LOST, i, t, plan->lost[c]));
  if (t + 1 == self->x->T && plan->backlog[c] > tiny)
    g_ptr_array_add (
      reasons, make_reason (self, solver, KILTER_SUPPLY_REASON_UNMET, i, t, plan->backlog[c]));
  else if (plan->late[c] > tiny)
    g_ptr_array_add (reasons,
                     make_reason (self, solver, KILTER_SUPPLY_REASON_LATE, i, t, plan->late[c]));
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
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_supply_reason_free);
  g_autoptr (KilterSupplyIndex) index = NULL;
  KilterSupplyExplainer self = { NULL, plan, 1e-6, G_MAXSIZE, 0.0 };

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
