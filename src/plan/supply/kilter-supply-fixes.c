/* kilter-supply-fixes.c: ways out of a shortage, as commands of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle.h"
#include "plan/supply/kilter-supply-task-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Money that a plan costs beyond making what it makes. */
static double
get_lever_cost (const KilterSupplyTask *self, const KilterSupplyPlan *plan)
{
  static const KilterSupplyCost kinds[] = {
    KILTER_SUPPLY_COST_OVERTIME, KILTER_SUPPLY_COST_SHIFT,  KILTER_SUPPLY_COST_WAGES,
    KILTER_SUPPLY_COST_HIRING,   KILTER_SUPPLY_COST_FIRING, KILTER_SUPPLY_COST_SETUP,
    KILTER_SUPPLY_COST_HOLDING,
  };
  double cost = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    cost += plan->cost[kinds[i]];
  for (guint item = 0; item < plan->n_items; item++)
    for (guint t = 0; t < plan->n_buckets; t++)
      cost += plan->subcontract[item * plan->n_buckets + t] *
              g_array_index (self->premiums, double, item);
  for (guint k = 0; k < self->routes->len; k++)
    {
      const KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute, k);
      const KilterSupplyRoute *own = &g_array_index (self->problem->routes, KilterSupplyRoute,
                                                     g_array_index (self->make, int, route->item));

      if (g_array_index (self->routes, KilterTaskRoute, k).role != KILTER_ROUTE_OTHER_LINE)
        continue;
      for (guint t = 0; t < plan->n_buckets; t++)
        cost += plan->quantity[(gsize) k * plan->n_buckets + t] * (route->cost - own->cost);
    }
  return cost;
}

/* Which items a fix is about: those of its product, those that its line makes, or all. */
static gboolean *
list_concerned (const KilterSupplyTask *self)
{
  gboolean *concerned = g_new (gboolean, MAX (self->products->len, 1));
  g_autofree gboolean *is_on_line = g_new0 (gboolean, MAX (self->problem->routes->len, 1));
  int r = self->fix_resource > 0
            ? kilter_supply_task_find_index (self->resources, self->fix_resource)
            : -1;

  for (guint i = 0; i < self->problem->uses->len; i++)
    {
      const KilterSupplyUse *use = &g_array_index (self->problem->uses, KilterSupplyUse, i);

      if ((int) use->resource == r)
        is_on_line[use->route] = TRUE;
    }
  for (guint item = 0; item < self->products->len; item++)
    {
      int route = g_array_index (self->make, int, item);

      concerned[item] = self->fix_product <= 0 ||
                        g_array_index (self->products, int, item) == self->fix_product;
      if (self->fix_resource > 0)
        concerned[item] = concerned[item] && route >= 0 && is_on_line[route];
    }
  return concerned;
}

static const char *
get_fix_label (KilterSupplyFixTitle title)
{
  switch (title)
    {
    case KILTER_SUPPLY_FIX_EARLY:
      return _ ("Build early");
    case KILTER_SUPPLY_FIX_OVERTIME:
      return _ ("Work overtime");
    case KILTER_SUPPLY_FIX_SHIFT:
      return _ ("Add shifts");
    case KILTER_SUPPLY_FIX_SUBCONTRACT:
      return _ ("Subcontract");
    case KILTER_SUPPLY_FIX_ROUTE:
      return _ ("Move to another line");
    case KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME:
      return _ ("Build early and work overtime");
    case KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT:
      return _ ("Build early and subcontract");
    case KILTER_SUPPLY_FIX_EVERYTHING:
      return _ ("Use every means");
    case KILTER_SUPPLY_FIX_MOVE_EVENT:
      return _ ("Move an event");
    case KILTER_SUPPLY_FIX_SUBSTITUTE:
      return _ ("Offer a substitute");
    case KILTER_SUPPLY_FIX_ACCEPT:
    default:
      return _ ("Accept the shortage");
    }
}

static void
allow_other_line (KilterPlan *plan,
                  KilterCommand *command,
                  KilterVersion version,
                  int product,
                  int alternative)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RATE, rate)
    if (kilter_record_ref (rate, KILTER_RATE_PRODUCT) == product &&
        kilter_record_number_or (rate, KILTER_RATE_ALTERNATIVE, 0) == alternative)
      kilter_command_set_number_in (command, plan, version, KILTER_TABLE_RATE, rate->id,
                                    KILTER_RATE_ALLOWED, 1);
}

/* Applying a fix changes the policies it lifts as well, so that the next run of the planner does
 * not undo it. */
static void
write_policies (const KilterSupplyTask *self,
                KilterPlan *plan,
                KilterCommand *command,
                const KilterSupplyFix *fix)
{
  for (guint i = 0; i < fix->changes->len; i++)
    {
      const KilterSupplyChange *change = &g_array_index (fix->changes, KilterSupplyChange, i);
      int product = 0, field = KILTER_POLICY_BUILD_EARLY;

      switch (change->lever)
        {
        case KILTER_SUPPLY_LEVER_EARLY:
          product = g_array_index (self->products, int, change->index);
          break;
        case KILTER_SUPPLY_LEVER_ROUTE:
          product = g_array_index (self->routes, KilterTaskRoute, change->index).product;
          field = KILTER_POLICY_SUBCONTRACT;
          if (g_array_index (self->routes, KilterTaskRoute, change->index).role ==
              KILTER_ROUTE_OTHER_LINE)
            {
              allow_other_line (
                plan, command, self->version, product,
                (int) g_array_index (self->problem->routes, KilterSupplyRoute, change->index).rank);
              continue;
            }
          break;
        case KILTER_SUPPLY_LEVER_SHIFT:
          kilter_command_set_number_in (command, plan, self->version, KILTER_TABLE_RESOURCE,
                                        g_array_index (self->resources, int, change->index),
                                        KILTER_RESOURCE_SHIFT_ALLOWED, 1);
          continue;
        case KILTER_SUPPLY_LEVER_OVERTIME:
        default:
          kilter_command_set_number_in (command, plan, self->version, KILTER_TABLE_RESOURCE,
                                        g_array_index (self->resources, int, change->index),
                                        KILTER_RESOURCE_OVERTIME_ALLOWED, 1);
          continue;
        }
      {
        const KilterRecord *policy = kilter_plan_get_policy (plan, product);

        if (policy != NULL)
          kilter_command_set_number_in (command, plan, self->version, KILTER_TABLE_POLICY,
                                        policy->id, field, 1);
      }
    }
}

/* Projected stock of the products concerned, and the load of the resource. */
static void
fill_curves (const KilterSupplyTask *self,
             const KilterPlan *plan,
             const KilterSupplyPlan *result,
             const gboolean *concerned,
             KilterFix *fix)
{
  guint n = (guint) self->n_horizon;
  int n_buckets = kilter_plan_get_n_buckets (plan);
  int r = self->fix_resource > 0
            ? kilter_supply_task_find_index (self->resources, self->fix_resource)
            : -1;

  fix->stock = g_new (double, n_buckets);
  fix->load = g_new (double, n_buckets);
  for (int t = 0; t < n_buckets; t++)
    fix->stock[t] = fix->load[t] = NAN;
  for (guint t = 0; t < n; t++)
    {
      double stock = 0;

      for (guint item = 0; item < self->products->len; item++)
        if (concerned[item])
          stock += result->stock[item * n + t];
      fix->stock[(guint) self->cycle + t] = kilter_supply_task_tidy (stock);
      if (r >= 0 && self->problem->capacity[(guint) r * n + t] > 0)
        fix->load[(guint) self->cycle + t] = result->load[(guint) r * n + t] /
                                             self->problem->capacity[(guint) r * n + t];
    }
}

static void
add_fix (KilterSupplyTask *self, KilterPlan *plan, const KilterSupplyFix *engine)
{
  KilterFix fix = { .title = engine->title,
                    .unmet_before = engine->unmet_before,
                    .unmet_after = engine->unmet_after,
                    .total_cost = engine->total_cost,
                    .condition = engine->condition,
                    .condition_value = engine->condition_value };
  g_autofree gboolean *concerned = list_concerned (self);

  fix.cost = get_lever_cost (self, engine->plan) - get_lever_cost (self, self->result);
  fix.condition_resource = engine->condition_resource >= 0
                             ? g_array_index (self->resources, int, engine->condition_resource)
                             : 0;
  fix.condition_product = engine->condition_item >= 0
                            ? g_array_index (self->products, int, engine->condition_item)
                            : 0;
  fix.condition_bucket = engine->condition_bucket >= 0 ? self->cycle + engine->condition_bucket
                                                       : -1;
  fix.expires = engine->expires >= 0 ? self->cycle + engine->expires : -1;
  for (guint i = 0; i < engine->changes->len; i++)
    {
      const KilterSupplyChange *change = &g_array_index (engine->changes, KilterSupplyChange, i);

      if (change->lever == KILTER_SUPPLY_LEVER_EARLY)
        fix.early_quantity += change->quantity;
      else if (change->lever == KILTER_SUPPLY_LEVER_ROUTE &&
               g_array_index (self->routes, KilterTaskRoute, change->index).role ==
                 KILTER_ROUTE_OTHER_LINE)
        fix.other_line_quantity += change->quantity;
      else if (change->lever == KILTER_SUPPLY_LEVER_ROUTE)
        fix.subcontract_quantity += change->quantity;
      else
        fix.overtime_hours += change->quantity;
    }
  fill_curves (self, plan, engine->plan, concerned, &fix);
  fix.command = kilter_command_new ("fix", get_fix_label (engine->title));
  kilter_supply_task_write (self, plan, fix.command, engine->plan);
  write_policies (self, plan, fix.command, engine);
  kilter_supply_task_mark (self, plan, fix.command);
  g_array_append_val (self->fixes, fix);
}

static void
add_variant_fix (KilterSupplyTask *self, KilterPlan *plan, const KilterSupplyVariant *variant)
{
  KilterFix fix = { .condition_bucket = -1, .expires = -1 };
  g_autofree gboolean *concerned = list_concerned (self);
  g_autofree gboolean *there = NULL;

  if (!kilter_supply_variant_tell (self, plan, variant, concerned, &fix))
    return;
  fix.cost = get_lever_cost (variant->task, variant->task->result) -
             get_lever_cost (self, self->result);
  variant->task->fix_resource = self->fix_resource;
  variant->task->fix_product = self->fix_product;
  there = list_concerned (variant->task);
  fill_curves (variant->task, plan, variant->task->result, there, &fix);
  g_array_append_val (self->fixes, fix);
}

static int
compare_fixes (gconstpointer a, gconstpointer b)
{
  const KilterFix *x = a, *y = b;

  if (x->total_cost != y->total_cost)
    return x->total_cost < y->total_cost ? -1 : 1;
  if (x->title != y->title)
    return (int) x->title - (int) y->title;
  if (x->event != y->event)
    return x->event - y->event;
  return x->product - y->product;
}

/* Nothing is short, and no way makes anything better. */
static gboolean
is_all_well (const KilterSupplyTask *self)
{
  const KilterSupplyFix *only = self->engine_fixes != NULL && self->engine_fixes->len == 1
                                  ? self->engine_fixes->pdata[0]
                                  : NULL;

  return only != NULL && only->title == KILTER_SUPPLY_FIX_ACCEPT && only->unmet_before < 1e-6 &&
         (self->variants == NULL || self->variants->len == 0);
}

/*
 * kilter_supply_task_tell_fixes:
 *
 * Readies the ways out that the engine and changed demand give, the cheapest first; none where
 * there is nothing to fix.
 */
void
kilter_supply_task_tell_fixes (KilterSupplyTask *self, KilterPlan *plan)
{
  self->fixes = g_array_new (FALSE, FALSE, sizeof (KilterFix));
  if (is_all_well (self))
    return;
  for (guint i = 0; self->engine_fixes != NULL && i < self->engine_fixes->len; i++)
    add_fix (self, plan, self->engine_fixes->pdata[i]);
  for (guint i = 0; self->result != NULL && self->variants != NULL && i < self->variants->len; i++)
    add_variant_fix (self, plan, self->variants->pdata[i]);
  g_array_sort (self->fixes, compare_fixes);
}
