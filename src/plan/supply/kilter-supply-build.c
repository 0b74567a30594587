/* kilter-supply-build.c: from the plan to the supply problem
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/supply/kilter-stock-policy.h"
#include "plan/supply/kilter-supply-task-private.h"

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
  static const struct
  {
    const char *key;
    KilterSupplyResourceKind kind;
  } kinds[] = {
    { "storage", KILTER_SUPPLY_STORAGE },
    { "supplier", KILTER_SUPPLY_SUPPLIER },
    { "transport", KILTER_SUPPLY_TRANSPORT },
    { "capital", KILTER_SUPPLY_CAPITAL },
  };
  const char *kind = kilter_record_text (resource, KILTER_RESOURCE_KIND);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, kinds[i].key))
      return kinds[i].kind;
  /* people without a number of workers are hours that are there or not, as those of a machine */
  if (g_str_equal (kind, "labour") && kilter_record_number (resource, KILTER_RESOURCE_WORKERS) > 0)
    return KILTER_SUPPLY_LABOUR;
  return KILTER_SUPPLY_MACHINE;
}

static void
set_labour (KilterSupplyTask *self, KilterPlan *plan, guint r, const KilterRecord *record)
{
  KilterSupplyProblem *problem = self->problem;
  KilterSupplyResource *pool = &problem->resources[r];
  const double *workers = kilter_plan_get_row (plan, self->version, KILTER_WORKERS, record->id);
  const double *typed = kilter_plan_get_stored (plan, self->version, KILTER_WORKERS,
                                                KILTER_LAYER_INPUT, record->id);

  pool->wage = kilter_record_number_or (record, KILTER_RESOURCE_WAGE, 0);
  pool->hire_cost = kilter_record_number_or (record, KILTER_RESOURCE_HIRE_COST, 0);
  pool->fire_cost = kilter_record_number_or (record, KILTER_RESOURCE_FIRE_COST, 0);
  pool->hire_limit = kilter_record_number_or (record, KILTER_RESOURCE_HIRE_LIMIT, G_MAXDOUBLE);
  pool->fire_limit = G_MAXDOUBLE;
  pool->idle = TRUE;
  pool->opening_workers = kilter_record_number_or (record, KILTER_RESOURCE_WORKERS, 0);
  for (int t = 0; t < self->n_horizon; t++)
    {
      gsize cell = (gsize) r * (gsize) self->n_horizon + (gsize) t;
      int at = self->cycle + t;

      /* hours of one of them */
      if (problem->capacity[cell] < 1e12 && workers[at] > 0)
        problem->capacity[cell] /= workers[at];
      if (typed != NULL && !isnan (typed[at]))
        kilter_supply_problem_add_bound (
          problem, &(KilterSupplyBound) { KILTER_SUPPLY_BOUND_WORKERS, r, (guint) t, typed[at],
                                          typed[at], KILTER_POLICY_OF_RESOURCE (record->id) });
    }
}

static void
set_resources (KilterSupplyTask *self, KilterPlan *plan)
{
  KilterSupplyProblem *problem = self->problem;
  int n = self->n_horizon;

  for (guint r = 0; r < self->resources->len; r++)
    {
      int id = g_array_index (self->resources, int, r);
      const KilterRecord *record = kilter_plan_get_record_in (plan, self->version,
                                                              KILTER_TABLE_RESOURCE, id);
      const double *capacity = kilter_plan_get_row (plan, self->version, KILTER_CAPACITY, id);
      gboolean allowed = kilter_record_bool (record, KILTER_RESOURCE_OVERTIME_ALLOWED);
      double shift = kilter_record_number_or (record, KILTER_RESOURCE_SHIFT_HOURS, 0);
      gboolean shift_allowed = kilter_record_bool (record, KILTER_RESOURCE_SHIFT_ALLOWED);

      problem->resources[r].kind = get_kind (record);
      problem->resources[r].overtime_share = kilter_record_number_or (
        record, KILTER_RESOURCE_OVERTIME_SHARE, 0);
      problem->resources[r].overtime_cost = kilter_record_number_or (
        record, KILTER_RESOURCE_OVERTIME_COST, 0);
      problem->resources[r].shift_cost = kilter_record_number_or (
        record, KILTER_RESOURCE_SHIFT_COST, problem->resources[r].overtime_cost);
      for (int t = 0; t < n; t++)
        {
          double hours = capacity[self->cycle + t];
          gsize cell = (gsize) r * (gsize) n + (gsize) t;

          /* a resource whose capacity nobody gave does not limit anything */
          problem->capacity[cell] = isnan (hours) ? 1e12 : hours;
          problem->overtime_allowed[cell] = allowed;
          problem->shift_hours[cell] = shift;
          problem->shift_allowed[cell] = shift_allowed;
        }
      if (problem->resources[r].kind == KILTER_SUPPLY_LABOUR)
        set_labour (self, plan, r, record);
    }
}

/* --- ways to get a product --- */

static guint
add_route (KilterSupplyTask *self,
           const KilterSupplyRoute *route,
           KilterRouteRole role,
           int product)
{
  KilterTaskRoute entry = { role, product };

  g_array_append_val (self->routes, entry);
  return kilter_supply_problem_add_route (self->problem, route);
}

static void
add_uses (KilterSupplyTask *self, guint item, guint make, const KilterUse *uses, int n_uses)
{
  for (int i = 0; i < n_uses; i++)
    {
      int r = kilter_supply_task_find_index (self->resources, uses[i].resource);

      if (r < 0 || uses[i].hours <= 0)
        continue;
      if (self->problem->resources[r].kind == KILTER_SUPPLY_STORAGE)
        kilter_supply_problem_add_stock_use (self->problem, item, (guint) r, uses[i].hours);
      else if (self->problem->resources[r].kind != KILTER_SUPPLY_CAPITAL)
        kilter_supply_problem_add_use (self->problem, make, (guint) r, 0, uses[i].hours);
    }
}

static void
add_components (KilterSupplyTask *self, KilterPlan *plan, guint make, int product)
{
  int n_lines;
  const KilterBillLine *lines = kilter_plan_get_bill (plan, product, &n_lines);

  for (int i = 0; i < n_lines; i++)
    {
      int item = kilter_supply_task_find_index (self->products, lines[i].product);

      if (item >= 0 && lines[i].quantity > 0)
        kilter_supply_problem_add_component (self->problem, make, (guint) item,
                                             (guint) lines[i].offset, lines[i].quantity);
    }
}

/* Other lines: each has its own machines, and shares people, trucks and suppliers with the main
 * one. */
static void
add_alternatives (KilterSupplyTask *self,
                  KilterPlan *plan,
                  guint item,
                  int product,
                  const KilterSupplyRoute *main_route)
{
  int n_others, n_uses;
  const KilterUse *others = kilter_plan_get_alternative_uses (plan, product, &n_others);
  const KilterUse *uses = kilter_plan_get_uses (plan, product, &n_uses);

  for (int i = 0; i < n_others; i++)
    {
      KilterSupplyRoute route = *main_route;
      gboolean known = FALSE;
      double extra = 0;
      guint k;

      for (int j = 0; j < i; j++)
        known |= others[j].alternative == others[i].alternative;
      if (known)
        continue;
      for (int j = i; j < n_others; j++)
        if (others[j].alternative == others[i].alternative)
          {
            extra = MAX (extra, others[j].cost);
            route.allowed = route.allowed && others[j].allowed;
          }
      route.rank = (guint) others[i].alternative;
      route.cost += extra;
      k = add_route (self, &route, KILTER_ROUTE_OTHER_LINE, product);
      for (int j = i; j < n_others; j++)
        if (others[j].alternative == others[i].alternative)
          add_uses (self, item, k, &others[j], 1);
      for (int j = 0; j < n_uses; j++)
        {
          int r = kilter_supply_task_find_index (self->resources, uses[j].resource);

          if (r >= 0 && self->problem->resources[r].kind != KILTER_SUPPLY_MACHINE &&
              self->problem->resources[r].kind != KILTER_SUPPLY_STORAGE)
            add_uses (self, item, k, &uses[j], 1);
        }
      add_components (self, plan, k, product);
    }
}

static void
add_routes (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  const KilterRecord *policy = kilter_plan_get_policy_in (plan, self->version, product);
  double cost = or_zero (
    kilter_plan_get_value (plan, self->version, KILTER_COST, product, self->cycle));
  double premium = kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_COST, cost) - cost;
  gboolean bought = kilter_plan_is_bought (plan, product);
  KilterSupplyRoute route;
  int n_uses, make, outside = -1;
  const KilterUse *uses = kilter_plan_get_uses (plan, product, &n_uses);

  kilter_supply_route_init (&route, item, bought ? KILTER_SUPPLY_PURCHASE : KILTER_SUPPLY_MAKE);
  route.cost = cost * MAKE_SHARE;
  route.lead = (guint) kilter_plan_get_lead (plan, product);
  route.lot_minimum = kilter_record_number_or (policy, KILTER_POLICY_LOT_MINIMUM, 0);
  route.lot_multiple = kilter_record_number_or (policy, KILTER_POLICY_LOT_MULTIPLE, 0);
  route.setup_cost = kilter_record_number_or (policy, KILTER_POLICY_SETUP_COST, 0);
  self->has_lots |= route.lot_minimum > 0 || route.lot_multiple > 0;
  make = (int) add_route (self, &route, bought ? KILTER_ROUTE_BOUGHT : KILTER_ROUTE_OWN, product);
  add_uses (self, item, (guint) make, uses, n_uses);
  add_components (self, plan, (guint) make, product);
  if (!bought)
    add_alternatives (self, plan, item, product, &route);
  if (policy != NULL && !isnan (kilter_record_number (policy, KILTER_POLICY_SUBCONTRACT_COST)))
    {
      kilter_supply_route_init (&route, item, KILTER_SUPPLY_SUBCONTRACT);
      route.rank = 99;
      route.cost = cost * MAKE_SHARE + MAX (premium, cost * MAKE_SHARE);
      route.lead = (guint) CLAMP (
        kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LEAD, 0), 0, 36);
      route.limit = kilter_record_number_or (policy, KILTER_POLICY_SUBCONTRACT_LIMIT, G_MAXDOUBLE);
      route.allowed = kilter_record_bool (policy, KILTER_POLICY_SUBCONTRACT);
      outside = (int) add_route (self, &route, KILTER_ROUTE_OUTSIDE, product);
    }
  g_array_append_val (self->make, make);
  g_array_append_val (self->outside, outside);
  g_array_append_val (self->premiums, premium);
  for (guint r = 0; r < self->resources->len; r++)
    if (self->problem->resources[r].kind == KILTER_SUPPLY_CAPITAL && cost > 0)
      kilter_supply_problem_add_stock_use (self->problem, item, r, cost);
}

/* --- what is typed, and what is on its way --- */

static const double *
get_typed (const KilterSupplyTask *self, KilterPlan *plan, KilterMeasure measure, int product)
{
  return kilter_plan_get_stored (plan, self->version, measure, KILTER_LAYER_INPUT, product);
}

static gboolean
is_typed (const double *row, int at)
{
  return row != NULL && !isnan (row[at]);
}

/* A quantity that a route delivers in a bucket is started as many buckets before as its lead time
 * is; what would have had to start before the horizon is on its way. */
static void
fix_receipt (KilterSupplyTask *self, guint k, int t, double quantity, int product)
{
  KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute, k);

  route->allowed = TRUE;
  if ((guint) t >= route->lead)
    kilter_supply_problem_fix_route (self->problem, k, (guint) t - route->lead,
                                     quantity / route->yield, product);
}

/* What the plan has in the first buckets, before anything that starts now can arrive. */
static void
set_firm (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  const KilterSupplyRoute *make = &g_array_index (self->problem->routes, KilterSupplyRoute,
                                                  g_array_index (self->make, int, item));
  int outside = g_array_index (self->outside, int, item);
  guint outside_lead = outside >= 0
                         ? g_array_index (self->problem->routes, KilterSupplyRoute, outside).lead
                         : 0;
  const struct
  {
    KilterMeasure measure;
    guint lead;
  } parts[] = {
    { KILTER_REGULAR, make->lead },       { KILTER_OVERTIME, make->lead },
    { KILTER_ALTERNATIVE, make->lead },   { KILTER_PURCHASE, make->lead },
    { KILTER_SUBCONTRACT, outside_lead },
  };

  for (gsize p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      const double *row;

      if (parts[p].lead == 0)
        continue;
      row = kilter_plan_get_row (plan, self->version, parts[p].measure, product);
      for (guint t = 0; t < MIN (parts[p].lead, (guint) self->n_horizon); t++)
        self->problem->firm[item * (guint) self->n_horizon + t] += MAX (
          or_zero (row[(guint) self->cycle + t]), 0);
    }
}

/* Overtime that is typed without regular production asks for the hours; which part of the
 * production they make is the planner's word. */
static void
add_overtime_hours (KilterSupplyTask *self, guint k, guint t, double quantity)
{
  KilterSupplyProblem *problem = self->problem;

  for (guint u = 0; u < problem->uses->len; u++)
    {
      const KilterSupplyUse *use = &g_array_index (problem->uses, KilterSupplyUse, u);
      gsize cell = (gsize) use->resource * problem->n_buckets + t;

      if (use->route != k || problem->resources[use->resource].kind != KILTER_SUPPLY_MACHINE)
        continue;
      /* where there is no overtime otherwise, it is this much and no more */
      if (!problem->overtime_allowed[cell])
        self->overtime_only_typed[cell] = 1;
      problem->overtime_allowed[cell] = 1;
      self->overtime_typed[cell] += use->per_unit * quantity;
    }
}

/* What a planner typed stands: production and overtime together fix the route, and other ways
 * their own. */
static void
add_typed (KilterSupplyTask *self, KilterPlan *plan, guint item, int product)
{
  const double *regular = get_typed (self, plan, KILTER_REGULAR, product);
  const double *overtime = get_typed (self, plan, KILTER_OVERTIME, product);
  const double *bought = get_typed (self, plan, KILTER_PURCHASE, product);
  const double *other = get_typed (self, plan, KILTER_ALTERNATIVE, product);
  const double *outside = get_typed (self, plan, KILTER_SUBCONTRACT, product);
  guint make = (guint) g_array_index (self->make, int, item);
  gboolean is_bought = g_array_index (self->problem->routes, KilterSupplyRoute, make).kind ==
                       KILTER_SUPPLY_PURCHASE;
  guint lead = g_array_index (self->problem->routes, KilterSupplyRoute, make).lead;
  int other_line = -1, out = g_array_index (self->outside, int, item);

  if (make + 1 < self->routes->len &&
      g_array_index (self->routes, KilterTaskRoute, make + 1).role == KILTER_ROUTE_OTHER_LINE &&
      g_array_index (self->routes, KilterTaskRoute, make + 1).product == product)
    other_line = (int) make + 1;
  for (int t = 0; t < self->n_horizon; t++)
    {
      int at = self->cycle + t;

      if (is_bought && is_typed (bought, at))
        fix_receipt (self, make, t, bought[at], product);
      else if (!is_bought && is_typed (regular, at))
        fix_receipt (self, make, t, regular[at] + (is_typed (overtime, at) ? overtime[at] : 0),
                     product);
      else if (!is_bought && is_typed (overtime, at) && (guint) t >= lead && overtime[at] > 0)
        add_overtime_hours (self, make, (guint) t - lead, overtime[at]);
      if (other_line >= 0 && is_typed (other, at))
        fix_receipt (self, (guint) other_line, t, other[at], product);
      if (out >= 0 && is_typed (outside, at))
        fix_receipt (self, (guint) out, t, outside[at], product);
    }
}

/* Hours of overtime that are typed beyond what the resource can work in the bucket; 0 without. */
double
kilter_supply_task_get_overtime_over (const KilterSupplyTask *self, guint resource, guint bucket)
{
  gsize cell = (gsize) resource * self->problem->n_buckets + bucket;
  double most = self->problem->resources[resource].overtime_share * self->problem->capacity[cell];

  return MAX (self->overtime_typed[cell] - MAX (most, 0), 0);
}

static void
bind_overtime (KilterSupplyTask *self)
{
  for (guint r = 0; r < self->problem->n_resources; r++)
    for (guint t = 0; t < self->problem->n_buckets; t++)
      {
        gsize cell = (gsize) r * self->problem->n_buckets + t;
        double hours = self->overtime_typed[cell] -
                       kilter_supply_task_get_overtime_over (self, r, t);

        if (hours > 0)
          kilter_supply_problem_add_bound (
            self->problem, &(KilterSupplyBound) {
                             KILTER_SUPPLY_BOUND_OVERTIME, r, t, hours,
                             self->overtime_only_typed[cell] ? hours : G_MAXDOUBLE,
                             KILTER_POLICY_OF_RESOURCE (g_array_index (self->resources, int, r)) });
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
  const KilterRecord *policy = kilter_plan_get_policy_in (plan, self->version, product);
  const char *own = policy != NULL ? kilter_record_text (policy, KILTER_POLICY_STRATEGY) : "";
  gboolean known;
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
  problem->lost_sales[item] = !kilter_plan_waits (plan, product);
  /* what is made to order is made when the order is there */
  problem->early_allowed[item] = kilter_record_number_or (policy, KILTER_POLICY_BUILD_EARLY, 1) !=
                                   0 &&
                                 !kilter_plan_is_made_to_order (plan, product);
  if (strategy == KILTER_SUPPLY_OPTIMAL && *own != '\0')
    strategy = parse_strategy (own, &known);
  problem->strategy[item] = (guint8) strategy;
  problem->n_frozen[item] = (guint) CLAMP (
    kilter_record_number_or (policy, KILTER_POLICY_FROZEN, 0), 0, self->n_horizon);
  for (int t = 0; t < self->n_horizon; t++)
    problem->demand[item * (guint) self->n_horizon + (guint) t] = MAX (
      or_zero (demand[self->cycle + t]), 0);
  set_stock_policy (self, plan, item, product);
}

/* The same cell of the present plan, so that a new plan does not reshuffle what it need not. */
static void
set_previous (KilterSupplyTask *self, KilterPlan *plan)
{
  static const KilterMeasure of_role[][2] = {
    [KILTER_ROUTE_OWN] = { KILTER_REGULAR, KILTER_OVERTIME },
    [KILTER_ROUTE_OTHER_LINE] = { KILTER_ALTERNATIVE, KILTER_ALTERNATIVE },
    [KILTER_ROUTE_BOUGHT] = { KILTER_PURCHASE, KILTER_PURCHASE },
    [KILTER_ROUTE_OUTSIDE] = { KILTER_SUBCONTRACT, KILTER_SUBCONTRACT },
  };
  guint n = (guint) self->n_horizon;
  gsize n_cells = (gsize) self->problem->routes->len * n;
  g_autofree double *previous = g_new (double, MAX (n_cells, 1));
  gboolean any = FALSE;

  for (gsize i = 0; i < n_cells; i++)
    previous[i] = NAN;
  for (guint k = 0; k < self->routes->len; k++)
    {
      const KilterTaskRoute *entry = &g_array_index (self->routes, KilterTaskRoute, k);
      const KilterSupplyRoute *route = &g_array_index (self->problem->routes, KilterSupplyRoute, k);
      const double *rows[2];

      for (int i = 0; i < 2; i++)
        rows[i] = kilter_plan_get_stored (plan, self->version, of_role[entry->role][i],
                                          KILTER_LAYER_FACT, entry->product);
      for (guint t = 0; rows[0] != NULL && t + route->lead < n; t++)
        {
          guint at = (guint) self->cycle + t + route->lead;
          double made = rows[0][at];

          if (isnan (made))
            continue;
          if (rows[1] != rows[0] && rows[1] != NULL)
            made += or_zero (rows[1][at]);
          previous[(gsize) k * n + t] = made / route->yield;
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

  kilter_plan_get_parents (plan, product, &n_uses);
  if (n_uses > 0)
    return TRUE;
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
  self->routes = g_array_new (FALSE, FALSE, sizeof (KilterTaskRoute));
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
  self->overtime_typed = g_new0 (double,
                                 MAX ((gsize) self->resources->len * (gsize) self->n_horizon, 1));
  self->overtime_only_typed = g_malloc0 (
    MAX ((gsize) self->resources->len * (gsize) self->n_horizon, 1));
  set_buckets (self, plan);
  set_resources (self, plan);
  for (guint item = 0; item < self->products->len; item++)
    {
      set_item (self, plan, item, parsed);
      add_routes (self, plan, item, g_array_index (self->products, int, item));
      set_firm (self, plan, item, g_array_index (self->products, int, item));
    }
  for (guint item = 0; item < self->products->len; item++)
    add_typed (self, plan, item, g_array_index (self->products, int, item));
  bind_overtime (self);
  set_previous (self, plan);
  if (g_strcmp0 (kilter_plan_get_setting (plan, "priority-rule"), "strict") == 0)
    self->problem->priority_rule = KILTER_SUPPLY_STRICT;
  return self;
}
