/* kilter-supply-problem.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/problem/kilter-supply-problem.h"

#include <string.h>

/* how much more a class is worth than the next one, when strict */
#define PRIORITY_FACTOR 5.0

static double *
filled (gsize n, double value)
{
  double *array = g_new (double, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    array[i] = value;

  return array;
}

static guint8 *
filled_flags (gsize n, guint8 value)
{
  guint8 *array = g_malloc (MAX (n, 1));

  memset (array, value, n);

  return array;
}

/* what all arrays have in common: where they are and how long */
typedef void (*ArrayVisitor) (gpointer *array, gsize size, gpointer user_data);

static void
visit_arrays (KilterSupplyProblem *self, ArrayVisitor visit, gpointer user_data)
{
  gsize n_items = self->n_items;
  gsize n_cells = n_items * self->n_buckets;
  gsize n_slots = (gsize) self->n_resources * self->n_buckets;
  gsize n_starts = (gsize) self->routes->len * self->n_buckets;
  double **by_item[] = {
    &self->opening_stock,    &self->opening_backlog, &self->value,       &self->holding_cost,
    &self->shortfall_cost,   &self->minimum_cost,    &self->excess_cost, &self->backlog_cost,
    &self->end_backlog_cost, &self->lost_cost,
  };
  double **by_cell[] = {
    &self->demand, &self->firm, &self->stock_minimum, &self->stock_target, &self->stock_maximum,
  };
  guint8 **flags[] = { &self->lost_sales, &self->early_allowed, &self->strategy };

  visit ((gpointer *) &self->bucket_months, sizeof (double) * self->n_buckets, user_data);
  visit ((gpointer *) &self->bucket_days, sizeof (double) * self->n_buckets, user_data);
  for (gsize a = 0; a < G_N_ELEMENTS (by_item); a++)
    visit ((gpointer *) by_item[a], sizeof (double) * n_items, user_data);
  for (gsize a = 0; a < G_N_ELEMENTS (by_cell); a++)
    visit ((gpointer *) by_cell[a], sizeof (double) * n_cells, user_data);
  for (gsize a = 0; a < G_N_ELEMENTS (flags); a++)
    visit ((gpointer *) flags[a], n_items, user_data);
  visit ((gpointer *) &self->priority, sizeof (guint) * n_items, user_data);
  visit ((gpointer *) &self->n_frozen, sizeof (guint) * n_items, user_data);
  visit ((gpointer *) &self->resources, sizeof (KilterSupplyResource) * self->n_resources,
         user_data);
  visit ((gpointer *) &self->capacity, sizeof (double) * n_slots, user_data);
  visit ((gpointer *) &self->shift_hours, sizeof (double) * n_slots, user_data);
  visit ((gpointer *) &self->overtime_allowed, n_slots, user_data);
  visit ((gpointer *) &self->shift_allowed, n_slots, user_data);
  if (self->lost_cost_by_bucket != NULL)
    visit ((gpointer *) &self->lost_cost_by_bucket, sizeof (double) * n_cells, user_data);
  if (self->previous != NULL)
    visit ((gpointer *) &self->previous, sizeof (double) * n_starts, user_data);
}

static void
duplicate_array (gpointer *array, gsize size, gpointer user_data)
{
  gpointer copy = g_malloc (MAX (size, 1));

  memcpy (copy, *array, size);
  *array = copy;
}

static void
free_array (gpointer *array, gsize size, gpointer user_data)
{
  g_free (*array);
}

/**
 * kilter_supply_problem_new:
 * @n_items: products or families, and components
 * @n_buckets: months or other buckets
 * @n_resources: what limits them
 *
 * Makes an empty problem: no demand, no stock, no prices, resources are machines without hours,
 * early building and overtime are allowed, unmet demand waits, every item is in class 1.
 *
 * Returns: (transfer full): the problem
 */
KilterSupplyProblem *
kilter_supply_problem_new (guint n_items, guint n_buckets, guint n_resources)
{
  KilterSupplyProblem *self = g_new0 (KilterSupplyProblem, 1);
  gsize n_cells = (gsize) n_items * n_buckets;
  gsize n_slots = (gsize) n_resources * n_buckets;
  double **zero_items[] = {
    &self->opening_stock,    &self->opening_backlog, &self->value,       &self->holding_cost,
    &self->shortfall_cost,   &self->minimum_cost,    &self->excess_cost, &self->backlog_cost,
    &self->end_backlog_cost, &self->lost_cost,
  };
  double **zero_cells[] = {
    &self->demand,
    &self->firm,
    &self->stock_minimum,
    &self->stock_target,
  };

  g_return_val_if_fail (n_buckets > 0, NULL);

  self->n_items = n_items;
  self->n_buckets = n_buckets;
  self->n_resources = n_resources;
  self->bucket_months = filled (n_buckets, 1.0);
  self->bucket_days = filled (n_buckets, 1.0);
  for (gsize a = 0; a < G_N_ELEMENTS (zero_items); a++)
    *zero_items[a] = filled (n_items, 0.0);
  for (gsize a = 0; a < G_N_ELEMENTS (zero_cells); a++)
    *zero_cells[a] = filled (n_cells, 0.0);
  self->stock_maximum = filled (n_cells, G_MAXDOUBLE);
  self->priority = g_new (guint, MAX (n_items, 1));
  self->n_frozen = g_new0 (guint, MAX (n_items, 1));
  for (guint i = 0; i < n_items; i++)
    self->priority[i] = 1;
  self->lost_sales = filled_flags (n_items, 0);
  self->early_allowed = filled_flags (n_items, 1);
  self->strategy = filled_flags (n_items, KILTER_SUPPLY_OPTIMAL);
  self->resources = g_new0 (KilterSupplyResource, MAX (n_resources, 1));
  for (guint r = 0; r < n_resources; r++)
    {
      self->resources[r].hire_limit = G_MAXDOUBLE;
      self->resources[r].fire_limit = G_MAXDOUBLE;
      self->resources[r].idle = TRUE;
    }
  self->capacity = filled (n_slots, 0.0);
  self->shift_hours = filled (n_slots, 0.0);
  self->overtime_allowed = filled_flags (n_slots, 1);
  self->shift_allowed = filled_flags (n_slots, 0);
  self->routes = g_array_new (FALSE, TRUE, sizeof (KilterSupplyRoute));
  self->uses = g_array_new (FALSE, TRUE, sizeof (KilterSupplyUse));
  self->components = g_array_new (FALSE, TRUE, sizeof (KilterSupplyComponent));
  self->stock_uses = g_array_new (FALSE, TRUE, sizeof (KilterSupplyStockUse));
  self->bounds = g_array_new (FALSE, TRUE, sizeof (KilterSupplyBound));
  self->priority_rule = KILTER_SUPPLY_BY_MONEY;
  self->priority_factor = PRIORITY_FACTOR;

  return self;
}

/**
 * kilter_supply_problem_copy:
 *
 * Returns: (transfer full): a problem that shares nothing with @self
 */
KilterSupplyProblem *
kilter_supply_problem_copy (const KilterSupplyProblem *self)
{
  KilterSupplyProblem *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  visit_arrays (copy, duplicate_array, NULL);
  copy->routes = g_array_copy (self->routes);
  copy->uses = g_array_copy (self->uses);
  copy->components = g_array_copy (self->components);
  copy->stock_uses = g_array_copy (self->stock_uses);
  copy->bounds = g_array_copy (self->bounds);

  return copy;
}

void
kilter_supply_problem_free (KilterSupplyProblem *self)
{
  if (self == NULL)
    return;
  visit_arrays (self, free_array, NULL);
  g_array_unref (self->routes);
  g_array_unref (self->uses);
  g_array_unref (self->components);
  g_array_unref (self->stock_uses);
  g_array_unref (self->bounds);
  g_free (self);
}

/**
 * kilter_supply_route_init:
 *
 * Fills @route with a free way without lead time and limit.
 */
void
kilter_supply_route_init (KilterSupplyRoute *route, guint item, KilterSupplyRouteKind kind)
{
  g_return_if_fail (route != NULL);

  memset (route, 0, sizeof *route);
  route->item = item;
  route->kind = kind;
  route->yield = 1.0;
  route->limit = G_MAXDOUBLE;
  route->allowed = TRUE;
}

/**
 * kilter_supply_problem_add_route:
 *
 * Adds a way to get an item. Add all routes before kilter_supply_problem_set_previous().
 *
 * Returns: the route's number
 */
guint
kilter_supply_problem_add_route (KilterSupplyProblem *self, const KilterSupplyRoute *route)
{
  g_return_val_if_fail (self != NULL && route != NULL, 0);
  g_return_val_if_fail (self->previous == NULL, 0);

  g_array_append_val (self->routes, *route);

  return self->routes->len - 1;
}

/**
 * kilter_supply_problem_add_use:
 * @offset: buckets after the start in which the resource is used
 * @per_unit: hours per unit started
 */
void
kilter_supply_problem_add_use (KilterSupplyProblem *self,
                               guint route,
                               guint resource,
                               guint offset,
                               double per_unit)
{
  KilterSupplyUse use = { route, resource, offset, per_unit };

  g_return_if_fail (self != NULL);

  g_array_append_val (self->uses, use);
}

/**
 * kilter_supply_problem_add_component:
 * @item: what is consumed
 * @offset: buckets after the start in which it is consumed
 * @per_unit: units per unit started
 */
void
kilter_supply_problem_add_component (KilterSupplyProblem *self,
                                     guint route,
                                     guint item,
                                     guint offset,
                                     double per_unit)
{
  KilterSupplyComponent component = { route, item, offset, per_unit };

  g_return_if_fail (self != NULL);

  g_array_append_val (self->components, component);
}

/**
 * kilter_supply_problem_add_stock_use:
 * @resource: of kind storage or capital
 * @per_unit: volume or money per unit of stock
 */
void
kilter_supply_problem_add_stock_use (KilterSupplyProblem *self,
                                     guint item,
                                     guint resource,
                                     double per_unit)
{
  KilterSupplyStockUse use = { item, resource, per_unit };

  g_return_if_fail (self != NULL);

  g_array_append_val (self->stock_uses, use);
}

void
kilter_supply_problem_add_bound (KilterSupplyProblem *self, const KilterSupplyBound *bound)
{
  g_return_if_fail (self != NULL && bound != NULL);

  g_array_append_val (self->bounds, *bound);
}

/**
 * kilter_supply_problem_fix_route:
 *
 * Fixes what is started on a route in a bucket: a planner's quantity.
 */
void
kilter_supply_problem_fix_route (KilterSupplyProblem *self,
                                 guint route,
                                 guint bucket,
                                 double quantity,
                                 gint policy)
{
  KilterSupplyBound bound = {
    KILTER_SUPPLY_BOUND_ROUTE, route, bucket, quantity, quantity, policy,
  };

  kilter_supply_problem_add_bound (self, &bound);
}

/**
 * kilter_supply_problem_use_lost_cost_by_bucket:
 *
 * Makes lost_cost_by_bucket, filled with each item's lost_cost, to be written to.
 */
void
kilter_supply_problem_use_lost_cost_by_bucket (KilterSupplyProblem *self)
{
  gsize n_cells;

  g_return_if_fail (self != NULL);

  n_cells = (gsize) self->n_items * self->n_buckets;
  if (self->lost_cost_by_bucket == NULL)
    self->lost_cost_by_bucket = g_new (double, MAX (n_cells, 1));
  for (gsize c = 0; c < n_cells; c++)
    self->lost_cost_by_bucket[c] = self->lost_cost[c / self->n_buckets];
}

/**
 * kilter_supply_problem_set_previous:
 * @quantity: (array) (nullable): units started by route and bucket in the plan to stay near;
 *   %NULL takes it away
 * @stability: price of leaving it, as a share of each route's cost; 1e-4 keeps an edit from
 *   reshuffling what it does not concern
 */
void
kilter_supply_problem_set_previous (KilterSupplyProblem *self,
                                    const double *quantity,
                                    double stability)
{
  gsize n;

  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->previous, g_free);
  self->stability = stability;
  if (quantity == NULL)
    return;
  n = (gsize) self->routes->len * self->n_buckets;
  self->previous = g_new (double, MAX (n, 1));
  memcpy (self->previous, quantity, sizeof (double) * n);
}
