/* kilter-supply-build.c: from the plan to the supply problem
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-supply-task-private.h"

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
#define STABILITY 0.05  /* of the route's price, which is a trace */

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* The index of an id in a list of ids, or -1. */
int
kilter_supply_task_find_index (const GArray *ids, int id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, int, i) == id)
      return (int) i;
  return -1;
}

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
      problem->resources[r].overtime_share = kilter_record_number_or (
        record, KILTER_RESOURCE_OVERTIME_SHARE, 0);
      problem->resources[r].overtime_cost = kilter_record_number_or (
        record, KILTER_RESOURCE_OVERTIME_COST, 0);
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
  double premium = kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_COST, cost) - cost;
  KilterSupplyRoute route;
  int n_uses, make, outside = -1;
  const KilterUse *uses = kilter_plan_get_uses (plan, product, &n_uses);

  kilter_supply_route_init (&route, item, KILTER_SUPPLY_MAKE);
  route.cost = cost * MAKE_SHARE;
  route.lead = (guint) CLAMP (kilter_record_number_or (policy, KILTER_POLICY_LEAD_TIME, 0), 0, 36);
  make = (int) kilter_supply_problem_add_route (self->problem, &route);
  for (int i = 0; i < n_uses; i++)
    {
      int r = kilter_supply_task_find_index (self->resources, uses[i].resource);

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
      route.lead = (guint) CLAMP (
        kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LEAD, 0), 0, 36);
      route.limit = kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LIMIT, G_MAXDOUBLE);
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
    typed[i] = kilter_plan_get_stored (plan, self->version, own[i], KILTER_LAYER_INPUT, product);
  for (int t = 0; t < self->n_horizon; t++)
    {
      int at = self->cycle + t;
      const KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute,
                                                       make);
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
            kilter_supply_problem_fix_route (self->problem, r, (guint) t - out->lead, outside[at],
                                             product);
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
    stock = kilter_plan_get_value (plan, self->version, KILTER_STOCK_ACTUAL, product,
                                   self->cycle - 1);

  problem->opening_stock[item] = MAX (or_zero (stock), 0);
  problem->value[item] = cost;
  problem->holding_cost[item] = cost * rate / 12;
  problem->shortfall_cost[item] = cost * SHORTFALL_SHARE;
  problem->minimum_cost[item] = cost * MINIMUM_SHARE;
  problem->excess_cost[item] = cost * rate / 12;
  problem->lost_cost[item] = price * 1.5;
  problem->backlog_cost[item] = price * BACKLOG_SHARE;
  problem->end_backlog_cost[item] = price * 1.5;
  problem->priority[item] = (guint) CLAMP (
    kilter_record_number_or (policy, KILTER_POLICY_PRIORITY, 1), 1, 9);
  problem->lost_sales[item] = !(policy != NULL &&
                                kilter_record_bool (policy, KILTER_POLICY_BACKORDER));
  problem->early_allowed[item] = kilter_record_number_or (policy, KILTER_POLICY_BUILD_EARLY, 1) !=
                                 0;
  problem->strategy[item] = (guint8) strategy;
  for (int t = 0; t < self->n_horizon; t++)
    problem->demand[item * (guint) self->n_horizon + (guint) t] = MAX (
      or_zero (demand[self->cycle + t]), 0);
  set_stock_policy (self, plan, item, product);
}

/* The same cell of the present plan, so that a new plan does not reshuffle what it need not. */
static void
set_previous (KilterSupplyTask *self, KilterPlan *plan)
{
  guint n = (guint) self->n_horizon;
  g_autofree double *previous = g_new (double, self->problem->routes->len *n);
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
      const KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute,
                                                       make);

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
      int days = kilter_bucket_get_days (kind, kilter_plan_get_bucket (plan, self->cycle + t));

      self->problem->bucket_days[t] = days;
      self->problem->bucket_months[t] = kind == KILTER_BUCKET_MONTH
                                          ? 1
                                          : (kind == KILTER_BUCKET_QUARTER ? 3
                                                                           : days * 12 / 365.25);
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
kilter_supply_task_new (KilterPlan *plan,
                        KilterVersion version,
                        const char *strategy,
                        GError **error)
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
                           _ ("There is no demand to plan supply for."));
      kilter_supply_task_free (self);
      return NULL;
    }

  self->problem = kilter_supply_problem_new (self->products->len, (guint) self->n_horizon,
                                             self->resources->len);
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
