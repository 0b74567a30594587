/* kilter-supply-task.c: running the supply planner, and from its solution to the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle.h"
#include "plan/supply/kilter-supply-task-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* products × periods from which one model for all of them takes minutes: families are planned */
#define FAMILIES_FROM 60000
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
          known->resource != why->resource || known->component != why->component)
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
      if (cause->item >= 0 && cause->item != (gint) reason->item)
        why.component = g_array_index (self->products, int, cause->item);
      add_why (self, &why);
    }
}

/* --- reasons, with the plan's own records --- */

static GArray *
tell_parts (const KilterSupplyTask *self, const GArray *parts)
{
  GArray *told = g_array_new (FALSE, FALSE, sizeof (KilterReasonPart));

  for (guint i = 0; i < parts->len; i++)
    {
      const KilterSupplyPart *part = &g_array_index (parts, KilterSupplyPart, i);
      KilterReasonPart entry = { .cause = part->cause,
                                 .bucket = part->bucket >= 0 ? self->cycle + part->bucket : -1,
                                 .amount = part->amount,
                                 .worth = part->worth,
                                 .hours = part->hours };

      if (part->item >= 0)
        entry.product = g_array_index (self->products, int, part->item);
      if (part->resource >= 0)
        entry.resource = g_array_index (self->resources, int, part->resource);
      if (part->policy > 0)
        entry.typed_product = part->policy;
      else if (part->policy <= KILTER_POLICY_OF_RESOURCE (0))
        entry.typed_resource = KILTER_POLICY_OF_RESOURCE (0) - part->policy;
      g_array_append_val (told, entry);
    }
  return told;
}

static void
reason_free (gpointer data)
{
  KilterReason *reason = data;

  g_array_unref (reason->causes);
  g_array_unref (reason->parts);
  g_free (reason);
}

static void
tell_reasons (KilterSupplyTask *self)
{
  g_clear_pointer (&self->told, g_ptr_array_unref);
  self->told = g_ptr_array_new_with_free_func (reason_free);
  for (guint i = 0; self->reasons != NULL && i < self->reasons->len; i++)
    {
      const KilterSupplyReason *reason = self->reasons->pdata[i];
      KilterReason *told = g_new0 (KilterReason, 1);

      told->kind = reason->kind;
      told->product = g_array_index (self->products, int, reason->item);
      told->bucket = self->cycle + (int) reason->bucket;
      told->quantity = reason->quantity;
      told->value = reason->value;
      told->range = reason->range;
      told->causes = tell_parts (self, reason->causes);
      told->parts = tell_parts (self, reason->price_parts);
      g_ptr_array_add (self->told, told);
    }
}

/* For how many hours more or less the price of each full month holds. */
static void
measure_worth (KilterSupplyTask *self, KilterSupplySolver *solver)
{
  gsize n = (gsize) self->problem->n_resources * self->problem->n_buckets;

  self->worth_up = g_new (double, MAX (n, 1));
  self->worth_down = g_new (double, MAX (n, 1));
  for (gsize c = 0; c < n; c++)
    {
      double down = NAN, up = NAN;

      if (self->result->resource_price[c] > 1e-9 && self->family_gap == 0 &&
          !kilter_supply_solver_get_capacity_range (solver, (guint) (c / self->problem->n_buckets),
                                                    (guint) (c % self->problem->n_buckets), &down,
                                                    &up))
        down = up = NAN;
      self->worth_down[c] = down;
      self->worth_up[c] = up;
    }
}

/**
 * kilter_supply_task_use_whole_lots:
 *
 * Asks for whole lots, setups and minimum lots to be decided together with everything else. It
 * takes far longer than rounding the finished plan to lots, which is done otherwise.
 */
void
kilter_supply_task_use_whole_lots (KilterSupplyTask *self)
{
  self->problem->use_integers = TRUE;
}

/**
 * kilter_supply_task_run_quick:
 *
 * Makes the quick plan: feasible, in a fraction of a millisecond a product, and some per cent
 * dearer than the best. kilter_supply_task_finish() takes it while kilter_supply_task_run() has not
 * found the best one.
 */
void
kilter_supply_task_run_quick (KilterSupplyTask *self)
{
  g_clear_pointer (&self->quick, kilter_supply_plan_free);
  self->quick = kilter_supply_quick (self->problem);
}

/* Lots that are not searched are rounded to. */
static void
round_lots (KilterSupplyTask *self)
{
  KilterSupplyPlan *rounded;

  if (!self->has_lots || self->problem->use_integers)
    return;
  rounded = kilter_supply_round_lots (self->problem, self->result);
  kilter_supply_plan_free (self->result);
  self->result = rounded;
}

gboolean
kilter_supply_task_run (KilterSupplyTask *self, KilterJob *job, GError **error)
{
  KilterSupplySolver *solver = kilter_supply_solver_new ();

  if ((gsize) self->problem->n_items * self->problem->n_buckets > FAMILIES_FROM)
    self->result = kilter_supply_solve_by_families (self->problem, job, NULL, &self->family_gap);
  else
    self->result = kilter_supply_solver_solve (solver, self->problem, job);
  if (!kilter_job_is_cancelled (job))
    {
      self->reasons = kilter_supply_explain (self->problem, self->result, solver, -1, -1);
      measure_worth (self, solver);
    }
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
  if (!kilter_supply_variants_run (self, job, error))
    return FALSE;
  collect_whys (self);
  tell_reasons (self);
  round_lots (self);
  return TRUE;
}

/* --- from the solution to the plan --- */

/* Quantities of whole cases or litres alike are read with few digits: solver dust goes. */
double
kilter_supply_task_tidy (double value)
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

/* What the routes of one role deliver of an item, by bucket of receipt. */
static void
add_received (const KilterSupplyTask *self,
              const KilterSupplyPlan *result,
              guint item,
              KilterRouteRole role,
              double *out)
{
  for (guint k = 0; k < self->routes->len; k++)
    {
      const KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute, k);

      if (route->item != item || g_array_index (self->routes, KilterTaskRoute, k).role != role)
        continue;
      for (guint t = route->lead; t < result->n_buckets; t++)
        out[t] += result->quantity[(gsize) k * result->n_buckets + t - route->lead] * route->yield;
    }
}

static void
write_row (const KilterSupplyTask *self,
           KilterPlan *plan,
           KilterCommand *command,
           KilterMeasure measure,
           int row,
           guint lead,
           double *values)
{
  const double *now = kilter_plan_get_stored (plan, self->version, measure, KILTER_LAYER_FACT, row);

  /* what is on its way stays as it is */
  for (guint t = 0; t < MIN (lead, (guint) self->n_horizon); t++)
    values[t] = now != NULL && !isnan (now[(guint) self->cycle + t]) ? now[(guint) self->cycle + t]
                                                                     : 0;
  for (int t = 0; t < self->n_horizon; t++)
    values[t] = kilter_supply_task_tidy (values[t]);
  /* a measure that no product has is not written full of zeros */
  if (now == NULL)
    {
      gboolean any = measure == KILTER_REGULAR || measure == KILTER_OVERTIME ||
                     measure == KILTER_SUBCONTRACT || measure == KILTER_PURCHASE;

      for (int t = 0; t < self->n_horizon; t++)
        any |= values[t] != 0;
      if (!any)
        return;
    }
  if (differs (now, values, self->cycle, self->n_horizon))
    kilter_command_set_values (command, plan, self->version, measure, KILTER_LAYER_FACT, row,
                               self->cycle, self->n_horizon, values);
}

static void
write_item (const KilterSupplyTask *self,
            KilterPlan *plan,
            KilterCommand *command,
            const KilterSupplyPlan *result,
            guint item)
{
  guint n = (guint) self->n_horizon;
  int product = g_array_index (self->products, int, item);
  int make = g_array_index (self->make, int, item),
      outside = g_array_index (self->outside, int, item);
  guint lead = g_array_index (self->problem->routes, KilterSupplyRoute, make).lead;
  guint outside_lead = outside >= 0
                         ? g_array_index (self->problem->routes, KilterSupplyRoute, outside).lead
                         : 0;
  const double *typed = kilter_plan_get_stored (plan, self->version, KILTER_OVERTIME,
                                                KILTER_LAYER_INPUT, product);
  g_autofree double *own = g_new0 (double, n);
  g_autofree double *overtime = g_new0 (double, n);
  g_autofree double *other = g_new0 (double, n);
  g_autofree double *bought = g_new0 (double, n);
  g_autofree double *sub = g_new0 (double, n);

  add_received (self, result, item, KILTER_ROUTE_OWN, own);
  add_received (self, result, item, KILTER_ROUTE_OTHER_LINE, other);
  add_received (self, result, item, KILTER_ROUTE_BOUGHT, bought);
  add_received (self, result, item, KILTER_ROUTE_OUTSIDE, sub);
  for (guint t = 0; t < n; t++)
    {
      double over = MIN (result->overtime[(gsize) item * n + t], own[t]);

      /* of what is made, the planner's overtime is overtime */
      if (typed != NULL && !isnan (typed[(guint) self->cycle + t]))
        {
          overtime[t] = MAX (over, 0);
          own[t] = MAX (own[t] - typed[(guint) self->cycle + t], 0);
          continue;
        }
      overtime[t] = over;
      own[t] -= over;
    }
  write_row (self, plan, command, KILTER_REGULAR, product, lead, own);
  write_row (self, plan, command, KILTER_OVERTIME, product, lead, overtime);
  write_row (self, plan, command, KILTER_ALTERNATIVE, product, lead, other);
  write_row (self, plan, command, KILTER_SUBCONTRACT, product, outside_lead, sub);
  write_row (self, plan, command, KILTER_PURCHASE, product, lead, bought);
}

void
kilter_supply_task_write (const KilterSupplyTask *self,
                          KilterPlan *plan,
                          KilterCommand *command,
                          const KilterSupplyPlan *result)
{
  g_autofree double *workers = g_new (double, self->n_horizon);

  for (guint item = 0; item < self->products->len; item++)
    write_item (self, plan, command, result, item);
  for (guint r = 0; r < self->resources->len; r++)
    {
      if (self->problem->resources[r].kind != KILTER_SUPPLY_LABOUR)
        continue;
      for (int t = 0; t < self->n_horizon; t++)
        workers[t] = result->workers[(gsize) r * (gsize) self->n_horizon + (gsize) t];
      write_row (self, plan, command, KILTER_WORKERS, g_array_index (self->resources, int, r), 0,
                 workers);
    }
}

void
kilter_supply_task_mark (const KilterSupplyTask *self, KilterPlan *plan, KilterCommand *command)
{
  if (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, self->version) != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, self->version,
                                   KILTER_VERSION_STRATEGY, self->strategy);
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

  g_return_val_if_fail (self->result != NULL || self->quick != NULL, command);

  kilter_supply_task_write (self, plan, command, self->result != NULL ? self->result : self->quick);
  if (!kilter_command_is_empty (command))
    kilter_supply_task_mark (self, plan, command);
  if (self->fixes == NULL)
    kilter_supply_task_tell_fixes (self, plan);
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

/**
 * kilter_supply_task_get_gap:
 *
 * Returns: by how much the plan may cost more than the cheapest one, at most, as a ratio: 0 when
 *   products are planned one by one, NaN when nothing is proven
 */
double
kilter_supply_task_get_gap (const KilterSupplyTask *self)
{
  return self->family_gap;
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

/**
 * kilter_supply_task_get_reasons:
 *
 * Returns: (transfer none) (nullable) (element-type KilterReason): all that is lost, late, unmet or
 *   below target, with causes and prices; after run
 */
GPtrArray *
kilter_supply_task_get_reasons (const KilterSupplyTask *self)
{
  return self->told;
}

/**
 * kilter_supply_task_get_worth:
 * @bucket: index of the bucket
 * @out_down: (out): for how many hours less the worth holds, NaN when not known
 * @out_up: (out): for how many hours more
 *
 * Returns: what one more hour of the resource saves; NaN when it is not known
 */
double
kilter_supply_task_get_worth (const KilterSupplyTask *self,
                              int resource,
                              int bucket,
                              double *out_down,
                              double *out_up)
{
  int r = kilter_supply_task_find_index (self->resources, resource);
  gsize cell;

  *out_down = *out_up = NAN;
  if (r < 0 || self->worth_up == NULL || bucket < self->cycle ||
      bucket >= self->cycle + self->n_horizon)
    return NAN;
  cell = (gsize) r * (gsize) self->n_horizon + (gsize) (bucket - self->cycle);
  *out_down = self->worth_down[cell];
  *out_up = self->worth_up[cell];
  return self->result->resource_price[cell];
}

static int
compare_rivals (gconstpointer a, gconstpointer b)
{
  const KilterRival *x = a, *y = b;

  if (x->saved != y->saved)
    return x->saved > y->saved ? -1 : 1;
  return x->product - y->product;
}

/**
 * kilter_supply_task_get_rivals:
 *
 * Why one product waits and not another: hours of a full resource go where an hour saves most.
 *
 * Returns: (transfer full) (element-type KilterRival): the products that use the resource, those
 *   for which an hour saves most first
 */
GArray *
kilter_supply_task_get_rivals (const KilterSupplyTask *self, int resource)
{
  GArray *rivals = g_array_new (FALSE, FALSE, sizeof (KilterRival));
  int r = kilter_supply_task_find_index (self->resources, resource);

  for (guint item = 0; r >= 0 && self->result != NULL && item < self->products->len; item++)
    {
      KilterRival rival = { g_array_index (self->products, int, item),
                            kilter_supply_saved_per_hour (self->problem, item, (guint) r), 0 };

      if (isnan (rival.saved))
        continue;
      for (guint t = 0; t < self->result->n_buckets; t++)
        {
          gsize c = (gsize) item * self->result->n_buckets + t;

          rival.short_quantity += self->result->lost[c] + self->result->late[c];
        }
      g_array_append_val (rivals, rival);
    }
  g_array_sort (rivals, compare_rivals);
  return rivals;
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
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->quick, kilter_supply_plan_free);
  g_clear_pointer (&self->result, kilter_supply_plan_free);
  g_free (self->overtime_typed);
  g_free (self->overtime_only_typed);
  g_free (self->worth_up);
  g_free (self->worth_down);
  g_array_unref (self->routes);
  g_clear_pointer (&self->problem, kilter_supply_problem_free);
  g_array_unref (self->products);
  g_array_unref (self->resources);
  g_array_unref (self->make);
  g_array_unref (self->outside);
  g_array_unref (self->premiums);
  g_free (self->strategy);
  g_free (self);
}
