/* kilter-supply-family.c: planning thousands of products by families
 *
 * Items that are made in the same way (the same routes over the same resources, with the same lead
 * times and rules) are planned as one, with the hours of their main resource as the common unit;
 * prices, rates and bills are averages weighted by what is needed. Components are families as well,
 * by supplier and lead time, and a family consumes the average of what its members do. So the
 * number of families depends on the number of resources and ways over them, not on that of items;
 * where it would still be large, classes of customers are averaged too. The family's quantities are
 * split so that its items run out at the same time (Hax & Meal 1975, Hierarchical Integration of
 * Production Planning and Scheduling), and the quick plan, which never exceeds a capacity, makes
 * them into a plan of items: first with them as limits, then with what is left over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"
#include "supply/kilter-supply-stock.h"

#include <math.h>
#include <string.h>

/* families from which classes and bills are averaged, too: half a minute becomes seconds */
#define MANY 400

typedef struct
{
  const KilterSupplyProblem *problem;
  const KilterSupplyIndex *x;
  guint *family;       /* by item */
  double *unit;        /* by item: units of the family in one of it */
  double *weight;      /* by item: its part of the family's demand */
  GPtrArray *members;  /* GArray of guint: the items of each family */
  guint *family_route; /* by route: the route of the family */
} Families;

/* --- who belongs together ----------------------------------------------------------------------
 */

static void
append_route (const Families *self, guint k, GString *key)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyRoute *route = &x->routes[k];

  g_string_append_printf (key, "|%d %u %u %d", route->kind, route->rank, route->lead,
                          route->allowed);
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];

      g_string_append_printf (key, " u%u.%u", use->resource, use->offset);
    }
}

/* What is special stands alone: typed quantities, lots, frozen months, and what is both sold and
 * consumed. */
static guint8 *
find_alone (const Families *self)
{
  const KilterSupplyProblem *p = self->problem;
  guint8 *alone = g_malloc0 (MAX (p->n_items, 1));

  for (guint n = 0; n < p->bounds->len; n++)
    {
      const KilterSupplyBound *bound = &g_array_index (p->bounds, KilterSupplyBound, n);

      if (bound->kind == KILTER_SUPPLY_BOUND_ROUTE && bound->index < p->routes->len)
        alone[self->x->routes[bound->index].item] = 1;
    }
  for (guint k = 0; k < p->routes->len; k++)
    if (self->x->routes[k].lot_minimum > 0 || self->x->routes[k].lot_multiple > 0 ||
        self->x->routes[k].setup_cost > 0)
      alone[self->x->routes[k].item] = 1;
  for (guint i = 0; i < p->n_items; i++)
    alone[i] |= p->n_frozen[i] > 0 || (self->x->is_component[i] && self->x->is_demanded[i]);
  return alone;
}

static gboolean
has_bill (const KilterSupplyIndex *x, guint i)
{
  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];

      if (x->route_components.at[k] < x->route_components.at[k + 1])
        return TRUE;
    }
  return FALSE;
}

static char *
make_key (const Families *self, guint i, gboolean alone, gboolean coarse)
{
  const KilterSupplyProblem *p = self->problem;
  const KilterSupplyIndex *x = self->x;
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "%d %d %d %d", p->lost_sales[i], p->early_allowed[i], p->strategy[i],
                          x->is_component[i]);
  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    append_route (self, x->item_routes.order[n], key);
  if (!coarse)
    g_string_append_printf (key, " p%u b%d", p->priority[i], has_bill (x, i));
  if (alone)
    g_string_append_printf (key, "#%u", i);
  return g_string_free_and_steal (key);
}

/* what one unit of an item is in its family: hours (or money) of its main resource */
static double
find_unit (const KilterSupplyIndex *x, guint i)
{
  guint k;

  if (x->item_routes.at[i] == x->item_routes.at[i + 1])
    return 1.0;
  k = x->item_routes.order[x->item_routes.at[i]];
  if (x->route_uses.at[k] < x->route_uses.at[k + 1] &&
      x->uses[x->route_uses.order[x->route_uses.at[k]]].per_unit > 0.0)
    return x->uses[x->route_uses.order[x->route_uses.at[k]]].per_unit;
  return 1.0;
}

static void
group (Families *self, const guint8 *alone, gboolean coarse)
{
  const KilterSupplyProblem *p = self->problem;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_clear_pointer (&self->members, g_ptr_array_unref);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < p->n_items; i++)
    {
      g_autofree char *key = make_key (self, i, alone[i], coarse);
      gpointer value;
      guint f;

      if (g_hash_table_lookup_extended (known, key, NULL, &value))
        f = GPOINTER_TO_UINT (value);
      else
        {
          f = self->members->len;
          g_ptr_array_add (self->members, g_array_new (FALSE, FALSE, sizeof (guint)));
          g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (f));
        }
      g_array_append_val ((GArray *) self->members->pdata[f], i);
      self->family[i] = f;
      self->unit[i] = alone[i] ? 1.0 : find_unit (self->x, i);
    }
}

static void
find_families (Families *self)
{
  const KilterSupplyProblem *p = self->problem;
  g_autofree guint8 *alone = find_alone (self);

  self->family = g_new (guint, MAX (p->n_items, 1));
  self->unit = g_new (double, MAX (p->n_items, 1));
  self->weight = g_new0 (double, MAX (p->n_items, 1));
  group (self, alone, FALSE);
  if (self->members->len > MANY)
    group (self, alone, TRUE);
}

/* what is needed of each item in all, by customers and by what it is part of */
static double *
total_needs (const Families *self)
{
  const KilterSupplyProblem *p = self->problem;
  const KilterSupplyIndex *x = self->x;
  double *total = g_new0 (double, MAX (p->n_items, 1));

  for (guint n = 0; n < p->n_items; n++)
    {
      guint i = x->item_order[n], k;

      for (guint t = 0; t < p->n_buckets; t++)
        total[i] += MAX (0.0, p->demand[(gsize) i * p->n_buckets + t]);
      if (x->item_routes.at[i] == x->item_routes.at[i + 1])
        continue;
      k = x->item_routes.order[x->item_routes.at[i]];
      for (guint m = x->route_components.at[k]; m < x->route_components.at[k + 1]; m++)
        {
          const KilterSupplyComponent *line = &x->components[x->route_components.order[m]];

          total[line->item] += total[i] * line->per_unit / x->routes[k].yield;
        }
    }
  return total;
}

static void
weigh (Families *self)
{
  const KilterSupplyProblem *p = self->problem;
  g_autofree double *total = g_new0 (double, MAX (self->members->len, 1));
  g_autofree double *need = total_needs (self);

  for (guint i = 0; i < p->n_items; i++)
    {
      self->weight[i] = self->unit[i] * need[i];
      total[self->family[i]] += self->weight[i];
    }
  for (guint i = 0; i < p->n_items; i++)
    {
      guint n = ((GArray *) self->members->pdata[self->family[i]])->len;

      self->weight[i] = total[self->family[i]] > 0.0 ? self->weight[i] / total[self->family[i]]
                                                     : 1.0 / n;
    }
}

/* --- the problem of the families ---------------------------------------------------------------
 */

static void
add_item (const Families *self, KilterSupplyProblem *to, guint i, double *room)
{
  const KilterSupplyProblem *p = self->problem;
  guint f = self->family[i];
  double share = self->weight[i] / self->unit[i]; /* prices are per unit of the family */

  to->opening_stock[f] += self->unit[i] * p->opening_stock[i];
  to->opening_backlog[f] += self->unit[i] * p->opening_backlog[i];
  to->value[f] += share * p->value[i];
  to->holding_cost[f] += share * p->holding_cost[i];
  to->shortfall_cost[f] += share * p->shortfall_cost[i];
  to->minimum_cost[f] += share * p->minimum_cost[i];
  to->excess_cost[f] += share * p->excess_cost[i];
  to->backlog_cost[f] += share * p->backlog_cost[i];
  to->end_backlog_cost[f] += share * p->end_backlog_cost[i];
  to->lost_cost[f] += share * p->lost_cost[i];
  to->priority[f] = p->priority[i];
  to->lost_sales[f] = p->lost_sales[i];
  to->early_allowed[f] = p->early_allowed[i];
  to->strategy[f] = p->strategy[i];
  to->n_frozen[f] = p->n_frozen[i];
  for (guint t = 0; t < p->n_buckets; t++)
    {
      gsize a = (gsize) i * p->n_buckets + t, b = (gsize) f * p->n_buckets + t;

      to->demand[b] += self->unit[i] * p->demand[a];
      to->firm[b] += self->unit[i] * p->firm[a];
      to->stock_minimum[b] += self->unit[i] * p->stock_minimum[a];
      to->stock_target[b] += self->unit[i] * p->stock_target[a];
      if (p->stock_maximum[a] >= G_MAXDOUBLE)
        to->stock_maximum[b] = G_MAXDOUBLE;
      else if (to->stock_maximum[b] < G_MAXDOUBLE)
        to->stock_maximum[b] += self->unit[i] * p->stock_maximum[a];
    }
  for (guint n = self->x->item_stock_uses.at[i]; n < self->x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &self->x->stock_uses[self->x->item_stock_uses.order[n]];

      room[(gsize) f * p->n_resources + use->resource] += share * use->per_unit;
    }
}

/* Members use the same resources in the same order, each with its own rate. */
static void
add_average_uses (const Families *self,
                  KilterSupplyProblem *to,
                  const GArray *members,
                  guint n,
                  guint k)
{
  const KilterSupplyIndex *x = self->x;
  guint first = x->item_routes.order[x->item_routes.at[g_array_index (members, guint, 0)] + n];
  guint n_uses = x->route_uses.at[first + 1] - x->route_uses.at[first];

  for (guint u = 0; u < n_uses; u++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[x->route_uses.at[first] + u]];
      double per_unit = 0.0;

      for (guint m = 0; m < members->len; m++)
        {
          guint i = g_array_index (members, guint, m);
          guint own = x->item_routes.order[x->item_routes.at[i] + n];

          per_unit += self->weight[i] / self->unit[i] *
                      x->uses[x->route_uses.order[x->route_uses.at[own] + u]].per_unit;
        }
      kilter_supply_problem_add_use (to, k, use->resource, use->offset, per_unit);
    }
}

/* What the members take of families of components, on the average, one line a family and offset. */
static void
add_average_bill (const Families *self,
                  KilterSupplyProblem *to,
                  const GArray *members,
                  guint n,
                  guint k)
{
  const KilterSupplyIndex *x = self->x;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (KilterSupplyComponent));
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint m = 0; m < members->len; m++)
    {
      guint i = g_array_index (members, guint, m);
      guint own = x->item_routes.order[x->item_routes.at[i] + n];

      for (guint c = x->route_components.at[own]; c < x->route_components.at[own + 1]; c++)
        {
          const KilterSupplyComponent *line = &x->components[x->route_components.order[c]];
          guint f = self->family[line->item];
          gsize key = (gsize) f * to->n_buckets + line->offset;
          double per_unit = self->weight[i] / self->unit[i] * self->unit[line->item] *
                            line->per_unit;
          gpointer at;

          if (g_hash_table_lookup_extended (known, GSIZE_TO_POINTER (key), NULL, &at))
            {
              g_array_index (lines, KilterSupplyComponent, GPOINTER_TO_UINT (at))
                .per_unit += per_unit;
              continue;
            }
          g_hash_table_insert (known, GSIZE_TO_POINTER (key), GUINT_TO_POINTER (lines->len));
          g_array_append_val (lines, ((KilterSupplyComponent) { k, f, line->offset, per_unit }));
        }
    }
  for (guint c = 0; c < lines->len; c++)
    {
      const KilterSupplyComponent *line = &g_array_index (lines, KilterSupplyComponent, c);

      kilter_supply_problem_add_component (to, k, line->item, line->offset, line->per_unit);
    }
}

/* The n-th route of each member is the n-th of the family. */
static void
add_routes (Families *self, KilterSupplyProblem *to)
{
  const KilterSupplyIndex *x = self->x;

  self->family_route = g_new0 (guint, MAX (x->K, 1));
  for (guint f = 0; f < self->members->len; f++)
    {
      const GArray *members = self->members->pdata[f];
      guint first = g_array_index (members, guint, 0);
      guint n_routes = x->item_routes.at[first + 1] - x->item_routes.at[first];

      for (guint n = 0; n < n_routes; n++)
        {
          KilterSupplyRoute route = x->routes[x->item_routes.order[x->item_routes.at[first] + n]];
          double cost = 0.0, limit = 0.0, yield = 0.0;
          guint k;

          for (guint m = 0; m < members->len; m++)
            {
              guint i = g_array_index (members, guint, m);
              const KilterSupplyRoute
                *own = &x->routes[x->item_routes.order[x->item_routes.at[i] + n]];

              cost += self->weight[i] / self->unit[i] * own->cost;
              yield += self->weight[i] * own->yield;
              limit = own->limit >= G_MAXDOUBLE || limit >= G_MAXDOUBLE
                        ? G_MAXDOUBLE
                        : limit + self->unit[i] * own->limit;
            }
          route.item = f;
          route.cost = cost;
          route.yield = yield > 0.0 ? yield : 1.0;
          route.limit = limit;
          k = kilter_supply_problem_add_route (to, &route);
          for (guint m = 0; m < members->len; m++)
            self->family_route
              [x->item_routes.order[x->item_routes.at[g_array_index (members, guint, m)] + n]] = k;
          add_average_uses (self, to, members, n, k);
          add_average_bill (self, to, members, n, k);
        }
    }
}

static KilterSupplyProblem *
make_problem (Families *self)
{
  const KilterSupplyProblem *p = self->problem;
  KilterSupplyProblem *to = kilter_supply_problem_new (self->members->len, p->n_buckets,
                                                       p->n_resources);
  gsize n = (gsize) p->n_resources * p->n_buckets;
  g_autofree double *room = g_new0 (double, MAX ((gsize) to->n_items * p->n_resources, 1));

  memcpy (to->bucket_months, p->bucket_months, sizeof (double) * p->n_buckets);
  memcpy (to->bucket_days, p->bucket_days, sizeof (double) * p->n_buckets);
  memcpy (to->resources, p->resources, sizeof (KilterSupplyResource) * p->n_resources);
  memcpy (to->capacity, p->capacity, sizeof (double) * n);
  memcpy (to->overtime_allowed, p->overtime_allowed, n);
  memcpy (to->shift_hours, p->shift_hours, sizeof (double) * n);
  memcpy (to->shift_allowed, p->shift_allowed, n);
  to->priority_rule = p->priority_rule;
  to->priority_factor = p->priority_factor;
  to->work_limit = p->work_limit;
  memset (to->stock_maximum, 0, sizeof (double) * to->n_items * to->n_buckets);
  for (guint i = 0; i < p->n_items; i++)
    add_item (self, to, i, room);
  for (guint f = 0; f < to->n_items; f++)
    for (guint r = 0; r < p->n_resources; r++)
      if (room[(gsize) f * p->n_resources + r] > 0.0)
        kilter_supply_problem_add_stock_use (to, f, r, room[(gsize) f * p->n_resources + r]);
  add_routes (self, to);
  for (guint b = 0; b < p->bounds->len; b++)
    {
      KilterSupplyBound bound = g_array_index (p->bounds, KilterSupplyBound, b);

      if (bound.kind == KILTER_SUPPLY_BOUND_ROUTE)
        {
          if (bound.index >= self->x->K)
            continue;
          bound.index = self->family_route[bound.index]; /* such an item is alone: its unit is 1 */
        }
      kilter_supply_problem_add_bound (to, &bound);
    }
  return to;
}

/* --- back to the items --------------------------------------------------------------------------
 */

/* Splits what the routes of a family deliver, bucket by bucket, so that its items run out at the
 * same time. */
static void
split_family (const Families *self, const KilterSupplyPlan *plan, guint f, double *quantity)
{
  const KilterSupplyProblem *p = self->problem;
  const KilterSupplyIndex *x = self->x;
  const GArray *members = self->members->pdata[f];
  guint n = members->len, T = p->n_buckets;
  guint first = g_array_index (members, guint, 0);
  guint n_routes = x->item_routes.at[first + 1] - x->item_routes.at[first];
  g_autofree double *stock = g_new (double, n);
  g_autofree double *safety = g_new (double, n);
  g_autofree double *share = g_new (double, n);
  g_autofree double *demand = g_new (double, (gsize) n *T);

  for (guint m = 0; m < n; m++)
    {
      guint i = g_array_index (members, guint, m);

      stock[m] = self->unit[i] * (p->opening_stock[i] - p->opening_backlog[i]);
      for (guint t = 0; t < T; t++)
        demand[(gsize) m * T + t] = self->unit[i] * p->demand[(gsize) i * T + t];
    }
  for (guint t = 0; t < T; t++)
    {
      for (guint m = 0; m < n; m++)
        {
          guint i = g_array_index (members, guint, m);

          stock[m] += self->unit[i] * p->firm[(gsize) i * T + t];
          safety[m] = self->unit[i] * p->stock_target[(gsize) i * T + t];
        }
      for (guint r = 0; r < n_routes; r++)
        {
          guint own = x->item_routes.order[x->item_routes.at[first] + r];
          guint lead = x->routes[own].lead;
          gsize at;

          if (t < lead)
            continue;
          at = (gsize) self->family_route[own] * T + t - lead;
          if (plan->quantity[at] <= 0.0)
            continue;
          kilter_supply_disaggregate (plan->quantity[at], stock, safety, demand, n, T, t, share);
          for (guint m = 0; m < n; m++)
            {
              guint i = g_array_index (members, guint, m);
              guint k = x->item_routes.order[x->item_routes.at[i] + r];

              quantity[(gsize) k * T + t - lead] = share[m] / self->unit[i];
              stock[m] += share[m] * x->routes[k].yield;
            }
        }
      for (guint m = 0; m < n; m++)
        {
          guint i = g_array_index (members, guint, m);

          stock[m] -= demand[(gsize) m * T + t];
          if (p->lost_sales[i])
            stock[m] = MAX (stock[m], 0.0);
        }
    }
}

/* Of what is sold nothing is started beyond what the families gave; what a planner fixed stays
 * fixed. Components follow from what is made. */
static void
limit_routes (const Families *self, KilterSupplyProblem *problem, const double *quantity)
{
  gsize T = problem->n_buckets;
  g_autofree guint8 *fixed = g_malloc0 (MAX (problem->routes->len * T, 1));

  for (guint n = 0; n < problem->bounds->len; n++)
    {
      const KilterSupplyBound *bound = &g_array_index (problem->bounds, KilterSupplyBound, n);

      if (bound->kind == KILTER_SUPPLY_BOUND_ROUTE && bound->index < problem->routes->len &&
          bound->bucket < T)
        fixed[bound->index * T + bound->bucket] = 1;
    }
  for (guint k = 0; k < problem->routes->len; k++)
    for (guint t = 0; t < T && !self->x->is_component[self->x->routes[k].item]; t++)
      if (!fixed[k * T + t])
        kilter_supply_problem_add_bound (
          problem,
          &(KilterSupplyBound) { KILTER_SUPPLY_BOUND_ROUTE, k, t, 0.0, quantity[k * T + t], -1 });
}

/* the quick plan between limits, as a plan of the problem without them */
static KilterSupplyPlan *
plan_within (const Families *self, const KilterSupplyProblem *bounded)
{
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_quick (bounded);

  return kilter_supply_evaluate (self->problem, plan->quantity);
}

static KilterSupplyPlan *
plan_quantities (const Families *self, const KilterSupplyPlan *best)
{
  const KilterSupplyProblem *p = self->problem;
  g_autoptr (KilterSupplyProblem) bounded = kilter_supply_problem_copy (p);
  g_autofree double *quantity = g_new0 (double, MAX ((gsize) p->routes->len * p->n_buckets, 1));

  for (guint f = 0; f < self->members->len; f++)
    split_family (self, best, f, quantity);
  limit_routes (self, bounded, quantity);
  return plan_within (self, bounded);
}

/* The quick plan with the workers that the families need. */
static KilterSupplyPlan *
plan_workers (const Families *self, const KilterSupplyPlan *best)
{
  g_autoptr (KilterSupplyProblem) bounded = kilter_supply_problem_copy (self->problem);

  for (guint r = 0; r < bounded->n_resources; r++)
    for (guint t = 0; t < bounded->n_buckets; t++)
      {
        double workers = best->workers[(gsize) r * bounded->n_buckets + t];

        if (bounded->resources[r].kind == KILTER_SUPPLY_LABOUR)
          kilter_supply_problem_add_bound (
            bounded,
            &(KilterSupplyBound) { KILTER_SUPPLY_BOUND_WORKERS, r, t, workers, workers, -1 });
      }
  return plan_within (self, bounded);
}

/* What items cost at least at the prices of their families. */
static double
find_bound (const Families *self, const KilterSupplyPlan *best)
{
  const KilterSupplyIndex *x = self->x;
  g_autofree double *price = g_new (double, MAX ((gsize) x->I * x->T, 1));

  if (best->status != KILTER_SUPPLY_STATUS_OPTIMAL)
    return NAN;
  for (guint i = 0; i < x->I; i++)
    for (guint t = 0; t < x->T; t++)
      price[(gsize) i * x->T + t] = self->unit[i] *
                                    best->item_price[(gsize) self->family[i] * x->T + t];
  return kilter_supply_bound (x, best->resource_price, price);
}

/* whichever is cheaper stays */
static void
keep_cheaper (KilterSupplyPlan **best, KilterSupplyPlan *other)
{
  if (other->objective < (*best)->objective)
    {
      KilterSupplyPlan *dearer = *best;

      *best = other;
      other = dearer;
    }
  kilter_supply_plan_free (other);
}

static void
families_clear (Families *self)
{
  g_free (self->family);
  g_free (self->unit);
  g_free (self->weight);
  g_free (self->family_route);
  g_clear_pointer (&self->members, g_ptr_array_unref);
}

/**
 * kilter_supply_solve_by_families:
 * @job: (nullable): cancels it
 * @out_n_families: (out) (optional): how many were planned
 * @out_gap: (out) (optional): by how much the plan may cost more than the least-cost plan of the
 *   items, at most, as a ratio; NaN when nothing is proven. The plan's bound is what no plan can
 *   cost less than, found by pricing each item at what capacity is worth to the families
 *
 * Plans families at least cost, and from their quantities and workers makes plans of the items, of
 * which the cheapest is taken. It is feasible, as the quick plan is, and its status is
 * %KILTER_SUPPLY_STATUS_QUICK.
 *
 * Returns: (transfer full): a plan of the items
 */
KilterSupplyPlan *
kilter_supply_solve_by_families (const KilterSupplyProblem *problem,
                                 KilterJob *job,
                                 guint *out_n_families,
                                 double *out_gap)
{
  g_autoptr (KilterSupplyIndex) index = kilter_supply_index_new (problem);
  Families self = { problem, index };
  g_autoptr (KilterSupplyProblem) families = NULL;
  g_autoptr (KilterSupplyPlan) best = NULL;
  KilterSupplyPlan *plan = kilter_supply_quick_index (index);

  find_families (&self);
  weigh (&self);
  families = make_problem (&self);
  best = kilter_supply_solve (families, job);
  plan->bound = find_bound (&self, best);
  if (best->status != KILTER_SUPPLY_STATUS_CANCELLED)
    {
      double bound = plan->bound;

      keep_cheaper (&plan, plan_workers (&self, best));
      keep_cheaper (&plan, plan_quantities (&self, best));
      plan->status = KILTER_SUPPLY_STATUS_QUICK;
      plan->bound = bound;
    }
  else
    plan->status = KILTER_SUPPLY_STATUS_CANCELLED;
  if (out_n_families != NULL)
    *out_n_families = self.members->len;
  if (out_gap != NULL)
    *out_gap = plan->bound > 0.0 ? plan->objective / plan->bound - 1.0 : NAN;
  families_clear (&self);
  return plan;
}
