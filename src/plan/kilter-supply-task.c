/* kilter-supply-task.c: running the supply planner, and from its solution to the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-supply-task-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CHANGED 1e-6 /* relative: smaller differences of two plans are rounding */

/**
 * kilter_supply_task_want_fixes:
 * @resource: the resource that is overloaded, or 0 for all
 * @product: the product that is short, or 0 for all
 *
 * Asks the task to look for ways to meet what is unmet, too.
 */
void
kilter_supply_task_want_fixes (KilterSupplyTask *self, int resource, int product)
{
  self->want_fixes = TRUE;
  self->fix_resource = resource;
  self->fix_product = product;
}

/* One line a product and cause: the engine may lose a sale in one month and keep the stock for the
 * next, which is the same shortage. */
static void
add_why (KilterSupplyTask *self, const KilterWhy *why)
{
  for (guint i = 0; i < self->whys->len; i++)
    {
      KilterWhy *known = &g_array_index (self->whys, KilterWhy, i);

      if (known->product != why->product || known->cause != why->cause ||
          known->resource != why->resource)
        continue;
      known->quantity += why->quantity;
      known->bucket = MIN (known->bucket, why->bucket);
      if (why->resource_bucket >= 0)
        known->resource_bucket = MIN (known->resource_bucket, why->resource_bucket);
      return;
    }
  g_array_append_val (self->whys, *why);
}

static void
collect_whys (KilterSupplyTask *self)
{
  self->whys = g_array_new (FALSE, FALSE, sizeof (KilterWhy));
  for (guint i = 0; self->reasons != NULL && i < self->reasons->len; i++)
    {
      const KilterSupplyReason *reason = self->reasons->pdata[i];
      const KilterSupplyPart *cause;
      KilterWhy why = { 0 };

      if (reason->kind == KILTER_SUPPLY_REASON_BELOW_TARGET || reason->causes->len == 0)
        continue;
      cause = &g_array_index (reason->causes, KilterSupplyPart, 0);
      why.product = g_array_index (self->products, int, reason->item);
      why.bucket = self->cycle + (int) reason->bucket;
      why.quantity = reason->quantity;
      why.cause = cause->cause;
      why.resource = cause->resource >= 0 ? g_array_index (self->resources, int, cause->resource)
                                          : 0;
      why.resource_bucket = cause->bucket >= 0 ? self->cycle + cause->bucket : -1;
      why.worth = cause->worth;
      add_why (self, &why);
    }
}

gboolean
kilter_supply_task_run (KilterSupplyTask *self, KilterJob *job, GError **error)
{
  KilterSupplySolver *solver = kilter_supply_solver_new ();

  self->result = kilter_supply_solver_solve (solver, self->problem, job);
  if (!kilter_job_is_cancelled (job))
    self->reasons = kilter_supply_explain (self->problem, self->result, solver, -1, -1);
  kilter_supply_solver_free (solver);
  if (self->want_fixes && !kilter_job_is_cancelled (job))
    self->engine_fixes = kilter_supply_find_fixes (
      self->problem, self->result,
      self->fix_resource > 0 ? kilter_supply_task_find_index (self->resources, self->fix_resource)
                             : -1,
      self->fix_product > 0 ? kilter_supply_task_find_index (self->products, self->fix_product)
                            : -1,
      job);
  if (kilter_job_is_cancelled (job))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The job was cancelled");
      return FALSE;
    }
  collect_whys (self);
  return TRUE;
}

/* --- from the solution to the plan --- */

/* Quantities of whole cases or litres alike are read with few digits: solver dust goes. */
static double
tidy (double value)
{
  double rounded = floor (value * 1e6 + 0.5) / 1e6;

  return fabs (rounded) < 1e-6 ? 0 : rounded;
}

static gboolean
differs (const double *old, const double *now, int first, int n)
{
  for (int t = 0; t < n; t++)
    if (old == NULL || isnan (old[first + t]) ||
        fabs (old[first + t] - now[t]) > CHANGED * (1 + fabs (now[t])))
      return TRUE;
  return FALSE;
}

static void
write_plan (const KilterSupplyTask *self,
            KilterPlan *plan,
            KilterCommand *command,
            const KilterSupplyPlan *result)
{
  const struct
  {
    KilterMeasure measure;
    const double *values;
  } parts[] = {
    { KILTER_REGULAR, result->regular },
    { KILTER_OVERTIME, result->overtime },
    { KILTER_SUBCONTRACT, result->subcontract },
    { KILTER_PURCHASE, result->purchase },
  };
  g_autofree double *row = g_new (double, self->n_horizon);

  for (guint item = 0; item < self->products->len; item++)
    for (gsize p = 0; p < G_N_ELEMENTS (parts); p++)
      {
        int product = g_array_index (self->products, int, item);

        for (int t = 0; t < self->n_horizon; t++)
          row[t] = tidy (parts[p].values[item * (guint) self->n_horizon + (guint) t]);
        if (differs (kilter_plan_get_stored (plan, self->version, parts[p].measure,
                                             KILTER_LAYER_FACT, product),
                     row, self->cycle, self->n_horizon))
          kilter_command_set_values (command, plan, self->version, parts[p].measure,
                                     KILTER_LAYER_FACT, product, self->cycle, self->n_horizon, row);
      }
}

static void
mark_planned (const KilterSupplyTask *self, KilterPlan *plan, KilterCommand *command)
{
  if (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, self->version) != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, self->version,
                                   KILTER_VERSION_STRATEGY, self->strategy);
}

/* Money that a plan costs beyond making what it makes. */
static double
get_lever_cost (const KilterSupplyTask *self, const KilterSupplyPlan *plan)
{
  static const KilterSupplyCost kinds[] = {
    KILTER_SUPPLY_COST_OVERTIME, KILTER_SUPPLY_COST_SHIFT, KILTER_SUPPLY_COST_HIRING,
    KILTER_SUPPLY_COST_FIRING,   KILTER_SUPPLY_COST_SETUP, KILTER_SUPPLY_COST_HOLDING,
  };
  double cost = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    cost += plan->cost[kinds[i]];
  for (guint item = 0; item < plan->n_items; item++)
    for (guint t = 0; t < plan->n_buckets; t++)
      cost += plan->subcontract[item * plan->n_buckets + t] *
              g_array_index (self->premiums, double, item);
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

static char *
get_fix_label (KilterSupplyFixTitle title)
{
  switch (title)
    {
    case KILTER_SUPPLY_FIX_EARLY:
      return g_strdup (_ ("Build early"));
    case KILTER_SUPPLY_FIX_OVERTIME:
      return g_strdup (_ ("Work overtime"));
    case KILTER_SUPPLY_FIX_SHIFT:
      return g_strdup (_ ("Add shifts"));
    case KILTER_SUPPLY_FIX_SUBCONTRACT:
      return g_strdup (_ ("Subcontract"));
    case KILTER_SUPPLY_FIX_ROUTE:
      return g_strdup (_ ("Move to another line"));
    case KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME:
      return g_strdup (_ ("Build early and work overtime"));
    case KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT:
      return g_strdup (_ ("Build early and subcontract"));
    case KILTER_SUPPLY_FIX_EVERYTHING:
      return g_strdup (_ ("Use every means"));
    case KILTER_SUPPLY_FIX_ACCEPT:
    default:
      return g_strdup (_ ("Accept the shortage"));
    }
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
          product = g_array_index (
            self->products, int,
            g_array_index (self->problem->routes, KilterSupplyRoute, change->index).item);
          field = KILTER_POLICY_SUBCONTRACT;
          break;
        case KILTER_SUPPLY_LEVER_OVERTIME:
        case KILTER_SUPPLY_LEVER_SHIFT:
        default:
          kilter_command_set_field_number (command, plan, KILTER_TABLE_RESOURCE,
                                           g_array_index (self->resources, int, change->index),
                                           KILTER_RESOURCE_OVERTIME_ALLOWED, 1);
          continue;
        }
      {
        const KilterRecord *policy = kilter_plan_get_policy (plan, product);

        if (policy != NULL)
          kilter_command_set_field_number (command, plan, KILTER_TABLE_POLICY, policy->id, field,
                                           1);
      }
    }
}

static void
add_fix (KilterSupplyTask *self, KilterPlan *plan, const KilterSupplyFix *engine)
{
  guint n = (guint) self->n_horizon;
  int n_buckets = kilter_plan_get_n_buckets (plan);
  int r = self->fix_resource > 0
            ? kilter_supply_task_find_index (self->resources, self->fix_resource)
            : -1;
  KilterFix fix = { .title = engine->title,
                    .unmet_before = engine->unmet_before,
                    .unmet_after = engine->unmet_after,
                    .condition = engine->condition,
                    .condition_value = engine->condition_value };
  g_autofree char *label = get_fix_label (engine->title);
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
      else if (change->lever == KILTER_SUPPLY_LEVER_ROUTE)
        fix.subcontract_quantity += change->quantity;
      else
        fix.overtime_hours += change->quantity;
    }
  fix.stock = g_new (double, n_buckets);
  fix.load = g_new (double, n_buckets);
  for (int t = 0; t < n_buckets; t++)
    fix.stock[t] = fix.load[t] = NAN;
  for (guint t = 0; t < n; t++)
    {
      double stock = 0;

      for (guint item = 0; item < self->products->len; item++)
        if (concerned[item])
          stock += engine->plan->stock[item * n + t];
      fix.stock[(guint) self->cycle + t] = tidy (stock);
      if (r >= 0 && self->problem->capacity[(guint) r * n + t] > 0)
        fix.load[(guint) self->cycle + t] = engine->plan->load[(guint) r * n + t] /
                                            self->problem->capacity[(guint) r * n + t];
    }
  fix.command = kilter_command_new ("fix", label);
  write_plan (self, plan, fix.command, engine->plan);
  /* policies have no version: a scenario keeps the numbers alone */
  if (kilter_plan_get_parent (plan, self->version) == 0)
    write_policies (self, plan, fix.command, engine);
  mark_planned (self, plan, fix.command);
  g_array_append_val (self->fixes, fix);
}

/**
 * kilter_supply_task_finish:
 *
 * Makes the command that puts the supply plan into the plan, and readies reasons and fixes. The
 * fixes' commands hold against the plan as it is now: apply this command or one of theirs.
 *
 * Returns: (transfer full): the command; empty when nothing changes
 */
KilterCommand *
kilter_supply_task_finish (KilterSupplyTask *self, KilterPlan *plan)
{
  KilterCommand *command = kilter_command_new ("supply", _ ("Supply plan"));

  g_return_val_if_fail (self->result != NULL, command);

  write_plan (self, plan, command, self->result);
  if (!kilter_command_is_empty (command))
    mark_planned (self, plan, command);
  if (self->fixes == NULL)
    {
      self->fixes = g_array_new (FALSE, FALSE, sizeof (KilterFix));
      for (guint i = 0; self->engine_fixes != NULL && i < self->engine_fixes->len; i++)
        add_fix (self, plan, self->engine_fixes->pdata[i]);
    }
  return command;
}

/**
 * kilter_supply_task_is_optimal:
 *
 * Returns: whether the plan is proven to cost least; otherwise it is the quick one
 */
gboolean
kilter_supply_task_is_optimal (const KilterSupplyTask *self)
{
  return self->result != NULL && self->result->status == KILTER_SUPPLY_STATUS_OPTIMAL;
}

double
kilter_supply_task_get_cost (const KilterSupplyTask *self)
{
  return self->result != NULL ? self->result->objective : NAN;
}

/**
 * kilter_supply_task_get_whys:
 *
 * Returns: (transfer none) (array length=out_n): why demand stays unmet; after run
 */
const KilterWhy *
kilter_supply_task_get_whys (const KilterSupplyTask *self, int *out_n)
{
  *out_n = self->whys != NULL ? (int) self->whys->len : 0;
  return *out_n > 0 ? (const KilterWhy *) self->whys->data : NULL;
}

/**
 * kilter_supply_task_get_fixes:
 *
 * Returns: (transfer none) (array length=out_n): packages, the best first; after finish
 */
const KilterFix *
kilter_supply_task_get_fixes (const KilterSupplyTask *self, int *out_n)
{
  *out_n = self->fixes != NULL ? (int) self->fixes->len : 0;
  return *out_n > 0 ? (const KilterFix *) self->fixes->data : NULL;
}

void
kilter_supply_task_free (KilterSupplyTask *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; self->fixes != NULL && i < self->fixes->len; i++)
    {
      KilterFix *fix = &g_array_index (self->fixes, KilterFix, i);

      g_free (fix->stock);
      g_free (fix->load);
      kilter_command_unref (fix->command);
    }
  g_clear_pointer (&self->fixes, g_array_unref);
  g_clear_pointer (&self->whys, g_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->engine_fixes, g_ptr_array_unref);
  g_clear_pointer (&self->result, kilter_supply_plan_free);
  g_clear_pointer (&self->problem, kilter_supply_problem_free);
  g_array_unref (self->products);
  g_array_unref (self->resources);
  g_array_unref (self->make);
  g_array_unref (self->outside);
  g_array_unref (self->premiums);
  g_free (self->strategy);
  g_free (self);
}
