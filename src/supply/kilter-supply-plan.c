/* kilter-supply-plan.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-plan.h"

#include <math.h>
#include <string.h>

typedef enum
{
  BY_ROUTE,
  BY_ITEM,
  BY_RESOURCE,
} Axis;

/* every array of a plan: where it is, and by what */
static const struct
{
  gsize offset;
  Axis axis;
} plan_arrays[] = {
  { G_STRUCT_OFFSET (KilterSupplyPlan, quantity), BY_ROUTE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, route_price), BY_ROUTE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, regular), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, overtime), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, subcontract), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, purchase), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, used), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, missing), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, stock), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, backlog), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, lost), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, unmet), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, late), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, shortfall), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, item_price), BY_ITEM },
  { G_STRUCT_OFFSET (KilterSupplyPlan, load), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, available), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, overtime_hours), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, shift_hours), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, overload), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, workers), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, hired), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, fired), BY_RESOURCE },
  { G_STRUCT_OFFSET (KilterSupplyPlan, resource_price), BY_RESOURCE },
};

#define ARRAY(plan, a) G_STRUCT_MEMBER (double *, plan, plan_arrays[a].offset)

static gsize
array_length (const KilterSupplyPlan *self, Axis axis)
{
  guint n = axis == BY_ROUTE ? self->n_routes : axis == BY_ITEM ? self->n_items : self->n_resources;

  return MAX ((gsize) n * self->n_buckets, 1);
}

static void
fill_nan (double *array, gsize n)
{
  for (gsize c = 0; c < n; c++)
    array[c] = NAN;
}

/**
 * kilter_supply_plan_new:
 *
 * Makes a plan of the problem's shape in which nothing happens.
 *
 * Returns: (transfer full): the plan
 */
KilterSupplyPlan *
kilter_supply_plan_new (const KilterSupplyProblem *problem)
{
  KilterSupplyPlan *self;

  g_return_val_if_fail (problem != NULL, NULL);

  self = g_new0 (KilterSupplyPlan, 1);
  self->status = KILTER_SUPPLY_STATUS_QUICK;
  self->n_items = problem->n_items;
  self->n_buckets = problem->n_buckets;
  self->n_resources = problem->n_resources;
  self->n_routes = problem->routes->len;
  for (gsize a = 0; a < G_N_ELEMENTS (plan_arrays); a++)
    ARRAY (self, a) = g_new0 (double, array_length (self, plan_arrays[a].axis));
  fill_nan (self->item_price, array_length (self, BY_ITEM));
  fill_nan (self->resource_price, array_length (self, BY_RESOURCE));
  fill_nan (self->route_price, array_length (self, BY_ROUTE));
  self->refusal = g_new (gint, array_length (self, BY_ITEM));
  for (gsize c = 0; c < array_length (self, BY_ITEM); c++)
    self->refusal[c] = -1;
  self->breaks = g_array_new (FALSE, FALSE, sizeof (KilterSupplyBreak));
  self->bound = NAN;

  return self;
}

/**
 * kilter_supply_plan_copy:
 *
 * Returns: (transfer full): a plan that shares nothing with @self
 */
KilterSupplyPlan *
kilter_supply_plan_copy (const KilterSupplyPlan *self)
{
  KilterSupplyPlan *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  for (gsize a = 0; a < G_N_ELEMENTS (plan_arrays); a++)
    ARRAY (copy, a) = g_memdup2 (ARRAY (self, a),
                                 sizeof (double) * array_length (self, plan_arrays[a].axis));
  copy->refusal = g_memdup2 (self->refusal, sizeof (gint) * array_length (self, BY_ITEM));
  copy->breaks = g_array_copy (self->breaks);

  return copy;
}

void
kilter_supply_plan_free (KilterSupplyPlan *self)
{
  if (self == NULL)
    return;
  for (gsize a = 0; a < G_N_ELEMENTS (plan_arrays); a++)
    g_free (ARRAY (self, a));
  g_free (self->refusal);
  g_array_unref (self->breaks);
  g_free (self);
}

static double
sum_cells (const double *array, gsize n)
{
  double sum = 0.0;

  for (gsize c = 0; c < n; c++)
    sum += array[c];

  return sum;
}

/**
 * kilter_supply_plan_total_unmet:
 *
 * Returns: units of demand never served within the horizon, all items together
 */
double
kilter_supply_plan_total_unmet (const KilterSupplyPlan *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return sum_cells (self->unmet, (gsize) self->n_items * self->n_buckets);
}

/**
 * kilter_supply_plan_total_late:
 *
 * Returns: units of demand not served in their bucket although not given up, all items together
 */
double
kilter_supply_plan_total_late (const KilterSupplyPlan *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return sum_cells (self->late, (gsize) self->n_items * self->n_buckets);
}

/**
 * kilter_supply_plan_running_cost:
 *
 * Returns: the money for which invoices come: everything before the prices of shortage
 */
double
kilter_supply_plan_running_cost (const KilterSupplyPlan *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return sum_cells (self->cost, KILTER_SUPPLY_COST_SHORTFALL);
}
