/* kilter-supply-task.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-tasks.h"

#include "plan/kilter-plan-private.h"
#include "supply/kilter-supply.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Prices of what is not as it should be, in units of what a product is worth. Losing a sale costs
 * its price, so that every lever that is cheaper is used first; stock below target costs more
 * than holding it and far less than a lost sale. */
#define SHORTFALL_SHARE 0.10 /* of the cost, per month below target */
#define MINIMUM_SHARE 0.30   /* of the cost, per month below the minimum */
#define BACKLOG_SHARE 0.50   /* of the price, per month late */
/* What is made is sold sooner or later, so its own cost decides nothing; a trace of it keeps the
 * plan from making what nobody needs, and prices stability. */
#define MAKE_SHARE 0.01 /* of the cost */
#define STABILITY 0.05 /* of the route's price, which is a trace */
#define CHANGED 1e-6 /* relative: smaller differences of two plans are rounding */

struct _KilterSupplyTask
{
  KilterVersion version;
  int cycle;
  int n_horizon;
  KilterSupplyProblem *problem;
  GArray *products;  /* int: product of each item */
  GArray *resources; /* int: resource of each index */
  GArray *make;      /* int: route of each item's own production, or -1 */
  GArray *outside;   /* int: route of each item's subcontracting, or -1 */
  GArray *premiums;  /* double: what a unit costs more when it is made outside */
  char *strategy;

  gboolean want_fixes;
  int fix_resource;
  int fix_product;

  KilterSupplyPlan *result;
  GPtrArray *reasons;
  GPtrArray *engine_fixes;
  GArray *whys;
  GArray *fixes;
};

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

static int
find_index (const GArray *ids, int id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, int, i) == id)
      return (int) i;
  return -1;
}

/* --- from the plan to the problem --- */

static KilterSupplyResourceKind
get_kind (const KilterRecord *resource)
{
  const char *kind = kilter_record_text (resource, KILTER_RESOURCE_KIND);

  if (g_str_equal (kind, "labour"))
    return KILTER_SUPPLY_MACHINE; /* hours of people: no hiring and firing without wages */
  if (g_str_equal (kind, "storage"))
    return KILTER_SUPPLY_STORAGE;
  if (g_str_equal (kind, "supplier"))
    return KILTER_SUPPLY_SUPPLIER;
  return KILTER_SUPPLY_MACHINE;
}

static void
set_resources (KilterSupplyTask *self, KilterPlan *plan)
{
  KilterSupplyProblem *problem = self->problem;
  int n = self->n_horizon;

  for (guint r = 0; r < self->resources->len; r++)
    {
      int id = g_array_index (self->resources, int, r);
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, id);
      const double *capacity = kilter_plan_get_row (plan, self->version, KILTER_CAPACITY, id);
      gboolean allowed = kilter_record_bool (record, KILTER_RESOURCE_OVERTIME_ALLOWED);

      problem->resources[r].kind = get_kind (record);
      problem->resources[r].overtime_share =
        kilter_record_number_or (record, KILTER_RESOURCE_OVERTIME_SHARE, 0);
      problem->resources[r].overtime_cost =
        kilter_record_number_or (record, KILTER_RESOURCE_OVERTIME_COST, 0);
      for (int t = 0; t < n; t++)
        {
          double hours = capacity[self->cycle + t];

          /* a resource whose capacity nobody gave does not limit anything */
          problem->capacity[r * (guint) n + (guint) t] = isnan (hours) ? 1e12 : hours;
          problem->overtime_allowed[r * (guint) n + (guint) t] = allowed;
        }
    }
}

static void
add_routes (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  const KilterRecord *policy = kilter_plan_get_policy (plan, product);
  double cost = or_zero (
    kilter_plan_get_value (plan, self->version, KILTER_COST, product, self->cycle));
  double premium =
    kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_COST, cost) - cost;
  KilterSupplyRoute route;
  int n_uses, make, outside = -1;
  const KilterUse *uses = kilter_plan_get_uses (plan, product, &n_uses);

  kilter_supply_route_init (&route, item, KILTER_SUPPLY_MAKE);
  route.cost = cost * MAKE_SHARE;
  route.lead = (guint) CLAMP (kilter_record_number_or (policy, KILTER_POLICY_LEAD_TIME, 0), 0, 36);
  make = (int) kilter_supply_problem_add_route (self->problem, &route);
  for (int i = 0; i < n_uses; i++)
    {
      int r = find_index (self->resources, uses[i].resource);

      if (r < 0 || uses[i].hours <= 0)
        continue;
      if (self->problem->resources[r].kind == KILTER_SUPPLY_STORAGE)
        kilter_supply_problem_add_stock_use (self->problem, item, (guint) r, uses[i].hours);
      else
        kilter_supply_problem_add_use (self->problem, (guint) make, (guint) r, 0, uses[i].hours);
    }
  if (policy != NULL && !isnan (kilter_record_number (policy, KILTER_POLICY_SUBCONTRACT_COST)))
    {
      kilter_supply_route_init (&route, item, KILTER_SUPPLY_SUBCONTRACT);
      route.rank = 1;
      route.cost = cost * MAKE_SHARE + MAX (premium, cost * MAKE_SHARE);
      route.lead =
        (guint) CLAMP (kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LEAD, 0), 0, 36);
      route.limit =
        kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LIMIT, G_MAXDOUBLE);
      route.allowed = kilter_record_bool (policy, KILTER_POLICY_SUBCONTRACT);
      outside = (int) kilter_supply_problem_add_route (self->problem, &route);
    }
  g_array_append_val (self->make, make);
  g_array_append_val (self->outside, outside);
  g_array_append_val (self->premiums, premium);
}

/* What a planner typed stands: production and overtime together fix the route, and typed
 * subcontracting its own. A lead time moves the start before the receipt. */
static void
add_typed (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  static const KilterMeasure own[] = { KILTER_REGULAR, KILTER_OVERTIME };
  const double *typed[2];
  const double *outside = kilter_plan_get_stored (plan, self->version, KILTER_SUBCONTRACT,
                                                  KILTER_LAYER_INPUT, product);
  guint make = (guint) g_array_index (self->make, int, item);

  for (int i = 0; i < 2; i++)
    typed[i] =
      kilter_plan_get_stored (plan, self->version, own[i], KILTER_LAYER_INPUT, product);
  for (int t = 0; t < self->n_horizon; t++)
    {
      int at = self->cycle + t;
      const KilterSupplyRoute *route =
        &g_array_index (self->problem->routes, KilterSupplyRoute, make);
      gboolean regular = typed[0] != NULL && !isnan (typed[0][at]);
      gboolean overtime = typed[1] != NULL && !isnan (typed[1][at]);

      if (regular && (guint) t >= route->lead)
        kilter_supply_problem_fix_route (
          self->problem, make, (guint) t - route->lead,
          (typed[0][at] + (overtime ? typed[1][at] : 0)) / route->yield, product);
      if (outside != NULL && !isnan (outside[at]) && g_array_index (self->outside, int, item) >= 0)
        {
          guint r = (guint) g_array_index (self->outside, int, item);
          KilterSupplyRoute *out = &g_array_index (self->problem->routes, KilterSupplyRoute, r);

          out->allowed = TRUE;
          if ((guint) t >= out->lead)
            kilter_supply_problem_fix_route (
              self->problem, r, (guint) t - out->lead, outside[at], product);
        }
    }
}

/* Targets that are ordered minimum ≤ target ≤ maximum. */
static void
set_stock_policy (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  const double *low = kilter_plan_get_row (plan, self->version, KILTER_MIN_STOCK, product);
  const double *target = kilter_plan_get_row (plan, self->version, KILTER_TARGET_STOCK, product);
  const double *high = kilter_plan_get_row (plan, self->version, KILTER_MAX_STOCK, product);

  for (int t = 0; t < self->n_horizon; t++)
    {
      guint cell = item * (guint) self->n_horizon + (guint) t;
      double aim = MAX (or_zero (target[self->cycle + t]), 0);

      self->problem->stock_target[cell] = aim;
      self->problem->stock_minimum[cell] = MIN (MAX (or_zero (low[self->cycle + t]), 0), aim);
      self->problem->stock_maximum[cell] = MAX (or_zero (high[self->cycle + t]), aim);
    }
}

static KilterSupplyStrategy
parse_strategy (const char *text, gboolean *out_known)
{
  static const char *const keys[] = { "optimal", "mixed", "chase", "level", "cover", "manual" };

  *out_known = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (text, keys[i]) == 0)
      return (KilterSupplyStrategy) i;
  *out_known = text == NULL || *text == '\0';
  return KILTER_SUPPLY_OPTIMAL;
}

static void
set_item (KilterSupplyTask *self, KilterPlan *plan, guint item, KilterSupplyStrategy strategy)
{
  KilterSupplyProblem *problem = self->problem;
  int product = g_array_index (self->products, int, item);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);
  const KilterRecord *policy = kilter_plan_get_policy (plan, product);
  g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (plan));
  double price, cost, stock;
  double rate = or_zero (kilter_plan_get_setting_number (plan, "holding-rate"));

  kilter_plan_product_demand (plan, self->version, product, demand);
  cost = or_zero (kilter_plan_get_value (plan, self->version, KILTER_COST, product, self->cycle));
  price = or_zero (kilter_plan_get_value (plan, self->version, KILTER_PRICE, product, self->cycle));
  if (cost <= 0)
    cost = price > 0 ? price * 0.6 : 1;
  if (price <= cost)
    price = cost * 1.5;
  stock = kilter_record_number (record, KILTER_PRODUCT_OPENING_STOCK);
  if (isnan (stock) && self->cycle > 0)
    stock = kilter_plan_get_value (
      plan, self->version, KILTER_STOCK_ACTUAL, product, self->cycle - 1);

  problem->opening_stock[item] = MAX (or_zero (stock), 0);
  problem->value[item] = cost;
  problem->holding_cost[item] = cost * rate / 12;
  problem->shortfall_cost[item] = cost * SHORTFALL_SHARE;
  problem->minimum_cost[item] = cost * MINIMUM_SHARE;
  problem->excess_cost[item] = cost * rate / 12;
  problem->lost_cost[item] = price * 1.5;
  problem->backlog_cost[item] = price * BACKLOG_SHARE;
  problem->end_backlog_cost[item] = price * 1.5;
  problem->priority[item] =
    (guint) CLAMP (kilter_record_number_or (policy, KILTER_POLICY_PRIORITY, 1), 1, 9);
  problem->lost_sales[item] = !(policy != NULL && kilter_record_bool (policy, KILTER_POLICY_BACKORDER));
  problem->early_allowed[item] =
    kilter_record_number_or (policy, KILTER_POLICY_BUILD_EARLY, 1) != 0;
  problem->strategy[item] = (guint8) strategy;
  for (int t = 0; t < self->n_horizon; t++)
    problem->demand[item * (guint) self->n_horizon + (guint) t] =
      MAX (or_zero (demand[self->cycle + t]), 0);
  set_stock_policy (self, plan, item, product);
}

/* The same cell of the present plan, so that a new plan does not reshuffle what it need not. */
static void
set_previous (KilterSupplyTask *self, KilterPlan *plan)
{
  guint n = (guint) self->n_horizon;
  g_autofree double *previous = g_new (double, self->problem->routes->len * n);
  gboolean any = FALSE;

  for (guint i = 0; i < self->problem->routes->len * n; i++)
    previous[i] = NAN;
  for (guint item = 0; item < self->products->len; item++)
    {
      int product = g_array_index (self->products, int, item);
      int make = g_array_index (self->make, int, item);
      const double *regular = kilter_plan_get_stored (plan, self->version, KILTER_REGULAR,
                                                      KILTER_LAYER_FACT, product);
      const double *overtime = kilter_plan_get_stored (plan, self->version, KILTER_OVERTIME,
                                                       KILTER_LAYER_FACT, product);
      const KilterSupplyRoute *route =
        &g_array_index (self->problem->routes, KilterSupplyRoute, make);

      for (guint t = 0; regular != NULL && t + route->lead < n; t++)
        {
          double made = regular[(guint) self->cycle + t + route->lead];

          if (isnan (made))
            continue;
          if (overtime != NULL)
            made += or_zero (overtime[(guint) self->cycle + t + route->lead]);
          previous[(guint) make * n + t] = made / route->yield;
          any = TRUE;
        }
    }
  if (any)
    kilter_supply_problem_set_previous (self->problem, previous, STABILITY);
}

static void
set_buckets (KilterSupplyTask *self, KilterPlan *plan)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);

  for (int t = 0; t < self->n_horizon; t++)
    {
      int days =
        kilter_bucket_get_days (kind, kilter_plan_get_bucket (plan, self->cycle + t));

      self->problem->bucket_days[t] = days;
      self->problem->bucket_months[t] =
        kind == KILTER_BUCKET_MONTH ? 1 : (kind == KILTER_BUCKET_QUARTER ? 3 : days * 12 / 365.25);
    }
}

static gboolean
is_planned (KilterPlan *plan, KilterVersion version, int product, int cycle, double *scratch)
{
  int n_uses;

  kilter_plan_get_uses (plan, product, &n_uses);
  kilter_plan_product_demand (plan, version, product, scratch);
  for (int t = cycle; t < kilter_plan_get_n_buckets (plan); t++)
    if (!isnan (scratch[t]))
      return TRUE;
  return n_uses > 0;
}

/**
 * kilter_supply_task_new:
 * @strategy: (nullable): "optimal", "chase", "level", "mixed", "cover" or "manual"
 *
 * Copies what supply planning needs: consensus demand, stock, policies, capacities, what the
 * planner typed.
 *
 * Returns: (transfer full): a task, or %NULL when there is no demand to plan for
 */
KilterSupplyTask *
kilter_supply_task_new (
  KilterPlan *plan, KilterVersion version, const char *strategy, GError **error)
{
  KilterSupplyTask *self;
  KilterSupplyStrategy parsed;
  gboolean known;
  g_autofree double *scratch = g_new (double, kilter_plan_get_n_buckets (plan));

  parsed = parse_strategy (strategy, &known);
  if (!known)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                   "There is no supply strategy \"%s\"", strategy);
      return NULL;
    }
  self = g_new0 (KilterSupplyTask, 1);
  self->version = version;
  self->strategy = g_strdup (strategy != NULL ? strategy : "optimal");
  self->cycle = kilter_plan_get_n_history (plan);
  self->n_horizon = kilter_plan_get_n_horizon (plan);
  self->products = g_array_new (FALSE, FALSE, sizeof (int));
  self->resources = g_array_new (FALSE, FALSE, sizeof (int));
  self->make = g_array_new (FALSE, FALSE, sizeof (int));
  self->outside = g_array_new (FALSE, FALSE, sizeof (int));
  self->premiums = g_array_new (FALSE, FALSE, sizeof (double));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    if (is_planned (plan, version, product->id, self->cycle, scratch))
      g_array_append_val (self->products, product->id);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    g_array_append_val (self->resources, resource->id);
  if (self->products->len == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA,
                           "There is no demand to plan supply for");
      kilter_supply_task_free (self);
      return NULL;
    }

  self->problem = kilter_supply_problem_new (
    self->products->len, (guint) self->n_horizon, self->resources->len);
  set_buckets (self, plan);
  set_resources (self, plan);
  for (guint item = 0; item < self->products->len; item++)
    {
      set_item (self, plan, item, parsed);
      add_routes (self, plan, item, g_array_index (self->products, int, item));
      add_typed (self, plan, item, g_array_index (self->products, int, item));
    }
  set_previous (self, plan);
  return self;
}

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
      why.resource =
        cause->resource >= 0 ? g_array_index (self->resources, int, cause->resource) : 0;
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
      self->fix_resource > 0 ? find_index (self->resources, self->fix_resource) : -1,
      self->fix_product > 0 ? find_index (self->products, self->fix_product) : -1, job);
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
        if (differs (kilter_plan_get_stored (
                       plan, self->version, parts[p].measure, KILTER_LAYER_FACT, product),
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

static gboolean
concerns (const KilterSupplyTask *self, guint item)
{
  int product = g_array_index (self->products, int, item);

  if (self->fix_product > 0 && product != self->fix_product)
    return FALSE;
  if (self->fix_resource > 0)
    {
      int r = find_index (self->resources, self->fix_resource);

      for (guint i = 0; i < self->problem->uses->len; i++)
        {
          const KilterSupplyUse *use = &g_array_index (self->problem->uses, KilterSupplyUse, i);

          if ((int) use->resource == r &&
              (int) use->route == g_array_index (self->make, int, item))
            return TRUE;
        }
      return FALSE;
    }
  return TRUE;
}

static char *
get_fix_label (KilterSupplyFixTitle title)
{
  switch (title)
    {
    case KILTER_SUPPLY_FIX_EARLY:
      return g_strdup (_("Build early"));
    case KILTER_SUPPLY_FIX_OVERTIME:
      return g_strdup (_("Work overtime"));
    case KILTER_SUPPLY_FIX_SHIFT:
      return g_strdup (_("Add shifts"));
    case KILTER_SUPPLY_FIX_SUBCONTRACT:
      return g_strdup (_("Subcontract"));
    case KILTER_SUPPLY_FIX_ROUTE:
      return g_strdup (_("Move to another line"));
    case KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME:
      return g_strdup (_("Build early and work overtime"));
    case KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT:
      return g_strdup (_("Build early and subcontract"));
    case KILTER_SUPPLY_FIX_EVERYTHING:
      return g_strdup (_("Use every means"));
    case KILTER_SUPPLY_FIX_ACCEPT:
    default:
      return g_strdup (_("Accept the shortage"));
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
          kilter_command_set_field_number (
            command, plan, KILTER_TABLE_RESOURCE,
            g_array_index (self->resources, int, change->index), KILTER_RESOURCE_OVERTIME_ALLOWED,
            1);
          continue;
        }
      {
        const KilterRecord *policy = kilter_plan_get_policy (plan, product);

        if (policy != NULL)
          kilter_command_set_field_number (
            command, plan, KILTER_TABLE_POLICY, policy->id, field, 1);
      }
    }
}

static void
add_fix (KilterSupplyTask *self, KilterPlan *plan, const KilterSupplyFix *engine)
{
  guint n = (guint) self->n_horizon;
  int n_buckets = kilter_plan_get_n_buckets (plan);
  int r = self->fix_resource > 0 ? find_index (self->resources, self->fix_resource) : -1;
  KilterFix fix = { .title = engine->title,
                    .unmet_before = engine->unmet_before,
                    .unmet_after = engine->unmet_after,
                    .condition = engine->condition,
                    .condition_value = engine->condition_value };
  g_autofree char *label = get_fix_label (engine->title);

  fix.cost = get_lever_cost (self, engine->plan) - get_lever_cost (self, self->result);
  fix.condition_resource =
    engine->condition_resource >= 0
      ? g_array_index (self->resources, int, engine->condition_resource)
      : 0;
  fix.condition_product = engine->condition_item >= 0
                            ? g_array_index (self->products, int, engine->condition_item)
                            : 0;
  fix.condition_bucket = engine->condition_bucket >= 0 ? self->cycle + engine->condition_bucket : -1;
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
        if (concerns (self, item))
          stock += engine->plan->stock[item * n + t];
      fix.stock[(guint) self->cycle + t] = tidy (stock);
      if (r >= 0 && self->problem->capacity[(guint) r * n + t] > 0)
        fix.load[(guint) self->cycle + t] =
          engine->plan->load[(guint) r * n + t] / self->problem->capacity[(guint) r * n + t];
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
  KilterCommand *command = kilter_command_new ("supply", _("Supply plan"));

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
