/* kilter-supply-problem.h: what is to be planned
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterSupplyStrategy:
 * @KILTER_SUPPLY_OPTIMAL: least cost
 * @KILTER_SUPPLY_MIXED: the same as optimal; the name planners use for it
 * @KILTER_SUPPLY_CHASE: production follows demand: no stock above the stock minimum is built
 * @KILTER_SUPPLY_LEVEL: the item is made at one constant rate per working day
 * @KILTER_SUPPLY_TARGET_COVER: stock follows its target: nothing is built above it
 * @KILTER_SUPPLY_MANUAL: only what the planner fixed (bounds); nothing else is made
 *
 * How one item is planned. All strategies are bounds on the same model.
 */
typedef enum
{
  KILTER_SUPPLY_OPTIMAL,
  KILTER_SUPPLY_MIXED,
  KILTER_SUPPLY_CHASE,
  KILTER_SUPPLY_LEVEL,
  KILTER_SUPPLY_TARGET_COVER,
  KILTER_SUPPLY_MANUAL,
} KilterSupplyStrategy;

/**
 * KilterSupplyRouteKind:
 * @KILTER_SUPPLY_MAKE: own production
 * @KILTER_SUPPLY_SUBCONTRACT: made outside
 * @KILTER_SUPPLY_PURCHASE: bought (components, merchandise)
 */
typedef enum
{
  KILTER_SUPPLY_MAKE,
  KILTER_SUPPLY_SUBCONTRACT,
  KILTER_SUPPLY_PURCHASE,
} KilterSupplyRouteKind;

/**
 * KilterSupplyResourceKind:
 * @KILTER_SUPPLY_MACHINE: hours of a line or work centre
 * @KILTER_SUPPLY_LABOUR: a pool of workers; capacity is hours per worker
 * @KILTER_SUPPLY_SUPPLIER: quantity or money a supplier accepts in a bucket
 * @KILTER_SUPPLY_STORAGE: room at the end of a bucket; used by stock, not by routes
 * @KILTER_SUPPLY_TRANSPORT: what can be moved in a bucket
 * @KILTER_SUPPLY_CAPITAL: money bound in stock; like storage
 */
typedef enum
{
  KILTER_SUPPLY_MACHINE,
  KILTER_SUPPLY_LABOUR,
  KILTER_SUPPLY_SUPPLIER,
  KILTER_SUPPLY_STORAGE,
  KILTER_SUPPLY_TRANSPORT,
  KILTER_SUPPLY_CAPITAL,
} KilterSupplyResourceKind;

/**
 * KilterSupplyPriorityRule:
 * @KILTER_SUPPLY_BY_MONEY: the cheapest plan decides who waits
 * @KILTER_SUPPLY_STRICT: a lower class number is served first, whatever it costs
 */
typedef enum
{
  KILTER_SUPPLY_BY_MONEY,
  KILTER_SUPPLY_STRICT,
} KilterSupplyPriorityRule;

/**
 * KilterSupplyRoute:
 * @item: what comes out
 * @kind: how
 * @rank: order of preference where costs do not decide; 0 is the main route
 * @cost: money per unit started, without wages, components and overtime
 * @lead: whole buckets from start (or order) to receipt, 0 … n_buckets - 1
 * @yield: good units per unit started, above 0; 1 by default
 * @limit: most units started in a bucket; G_MAXDOUBLE for none
 * @allowed: FALSE is a policy that a fix may lift: the route is there but not to be used
 * @lot_minimum: 0, or the least quantity started when anything is started
 * @lot_multiple: 0, or the quantity that starts are multiples of
 * @setup_cost: money for each bucket in which the route starts anything
 * @integer: whether only whole units are started
 *
 * @lot_minimum, @setup_cost and @integer need whole-number search and are looked at by the
 * optimiser only when the problem's use_integers is set; kilter_supply_round_lots() rounds a
 * finished plan to lots. A route made by hand needs @yield, @limit and @allowed set:
 * kilter_supply_route_init() does it.
 */
typedef struct
{
  guint item;
  KilterSupplyRouteKind kind;
  guint rank;
  double cost;
  guint lead;
  double yield;
  double limit;
  gboolean allowed;
  double lot_minimum;
  double lot_multiple;
  double setup_cost;
  gboolean integer;
} KilterSupplyRoute;

/**
 * KilterSupplyUse:
 * @route: which route
 * @resource: what it needs
 * @offset: how many buckets after the start
 * @per_unit: hours (or the resource's own unit) per unit started
 */
typedef struct
{
  guint route;
  guint resource;
  guint offset;
  double per_unit;
} KilterSupplyUse;

/**
 * KilterSupplyComponent:
 * @route: which route
 * @item: what it consumes
 * @offset: how many buckets after the start
 * @per_unit: units consumed per unit started
 */
typedef struct
{
  guint route;
  guint item;
  guint offset;
  double per_unit;
} KilterSupplyComponent;

/**
 * KilterSupplyStockUse:
 * @item: which item's stock
 * @resource: a storage or capital resource
 * @per_unit: volume (or money) per unit of stock at the end of a bucket
 */
typedef struct
{
  guint item;
  guint resource;
  double per_unit;
} KilterSupplyStockUse;

/**
 * KilterSupplyBoundKind:
 * @KILTER_SUPPLY_BOUND_ROUTE: units started on a route
 * @KILTER_SUPPLY_BOUND_OVERTIME: overtime hours of a resource
 * @KILTER_SUPPLY_BOUND_WORKERS: workers of a labour pool
 */
typedef enum
{
  KILTER_SUPPLY_BOUND_ROUTE,
  KILTER_SUPPLY_BOUND_OVERTIME,
  KILTER_SUPPLY_BOUND_WORKERS,
} KilterSupplyBoundKind;

/**
 * KilterSupplyBound:
 * @kind: what is bound
 * @index: route or resource
 * @bucket: when
 * @lower: least quantity; 0 for none
 * @upper: most; G_MAXDOUBLE for none; equal to @lower where the planner fixed the quantity
 * @policy: the caller's name for the rule, given back in reasons
 *
 * A planner's quantity or another rule that is not physics. A later bound for the same cell
 * replaces an earlier one. Where fixed quantities need more than there is, they stand and the
 * resource is overloaded by exactly that much, which the plan lists.
 */
typedef struct
{
  KilterSupplyBoundKind kind;
  guint index;
  guint bucket;
  double lower;
  double upper;
  gint policy;
} KilterSupplyBound;

/**
 * KilterSupplyResource:
 * @kind: what it is
 * @soft: whether it may be overloaded at @overload_cost per unit
 * @overtime_share: most overtime as a share of regular hours
 * @overtime_cost: money per overtime hour, on top of what the route costs
 * @shift_cost: money per hour of an extra shift (hours: the problem's shift_hours)
 * @wage: labour: money per regular hour, paid for every worker whether busy or not
 * @hire_cost: labour: money per worker
 * @fire_cost: labour: money per worker
 * @opening_workers: labour: workers before the first bucket
 * @hire_limit: labour: most workers hired in a bucket; G_MAXDOUBLE for none
 * @fire_limit: labour: most workers laid off in a bucket; G_MAXDOUBLE for none
 * @idle: labour: whether a paid worker may idle; if not, hours used equal hours paid
 * @level: labour: whether the number of workers stays the same from the first bucket on
 * @integer: labour: whether only whole workers count (with use_integers)
 */
typedef struct
{
  KilterSupplyResourceKind kind;
  gboolean soft;
  double overload_cost;
  double overtime_share;
  double overtime_cost;
  double shift_cost;
  double wage;
  double hire_cost;
  double fire_cost;
  double opening_workers;
  double hire_limit;
  double fire_limit;
  gboolean idle;
  gboolean level;
  gboolean integer;
} KilterSupplyResource;

/**
 * KilterSupplyProblem:
 *
 * A planning problem in columns. Arrays "by item and bucket" are indexed item × n_buckets +
 * bucket, those by resource and bucket resource × n_buckets + bucket. All numbers are finite;
 * "no limit" is G_MAXDOUBLE. All prices are money and not negative, per unit; those charged on
 * stock or backlog are per month and multiplied by bucket_months.
 *
 * Items have demand, or are components of other items, or both. Fields may be written directly;
 * lists grow by the kilter_supply_problem_add_…() functions. kilter_supply_problem_validate()
 * names what does not fit.
 */
typedef struct
{
  guint n_items;
  guint n_buckets;
  guint n_resources;

  /* by bucket */
  double *bucket_months; /* length in months, 1 by default: multiplies holding, shortfall,
                            excess and backlog prices */
  double *bucket_days;   /* working days, 1 by default: the rate of the level strategy */

  /* by item */
  double *opening_stock;
  double *opening_backlog;
  double *value;            /* money per unit in stock, for reports and ranking only */
  double *holding_cost;     /* per unit of end stock */
  double *shortfall_cost;   /* per unit below the stock target */
  double *minimum_cost;     /* per unit below the stock minimum (instead of shortfall_cost) */
  double *excess_cost;      /* per unit above the stock maximum, on top of holding */
  double *backlog_cost;     /* per unit late */
  double *end_backlog_cost; /* per unit still late at the end of the last bucket, instead of
                               backlog_cost and at least that */
  double *lost_cost;        /* per unit of demand given up */
  guint *priority;          /* class, 1 is served first */
  guint8 *lost_sales;       /* 1: unmet demand is lost; 0: it waits */
  guint8 *early_allowed;    /* 1 (default): may be built ahead of demand; 0: a policy forbids
                               stock above its target, except what is there anyway */
  guint8 *strategy;         /* KilterSupplyStrategy */
  guint *n_frozen;          /* first buckets in which routes keep their previous quantity */

  /* by item and bucket */
  double *demand;
  double *firm;                /* receipts already on their way */
  double *stock_minimum;       /* <= target */
  double *stock_target;        /* <= maximum */
  double *stock_maximum;       /* G_MAXDOUBLE by default */
  double *lost_cost_by_bucket; /* (nullable): instead of lost_cost, for instance a price that
                                  changes; kilter_supply_problem_use_lost_cost_by_bucket() */

  /* by resource */
  KilterSupplyResource *resources;

  /* by resource and bucket */
  double *capacity;         /* regular hours (labour: hours per worker); 0 is no capacity */
  guint8 *overtime_allowed; /* 1 (default) or 0, a policy that a fix may lift */
  double *shift_hours;      /* hours an extra shift would add; 0 by default */
  guint8 *shift_allowed;    /* 0 by default */

  /* lists */
  GArray *routes;     /* KilterSupplyRoute */
  GArray *uses;       /* KilterSupplyUse */
  GArray *components; /* KilterSupplyComponent */
  GArray *stock_uses; /* KilterSupplyStockUse */
  GArray *bounds;     /* KilterSupplyBound */

  /* a plan stays as it was where that costs nothing */
  double *previous; /* (nullable): units started by route and bucket, NaN for none;
                       kilter_supply_problem_set_previous() */
  double stability; /* price of a change, as a share of the route's cost; 1e-4 does. It moves
                       no money: the plan's costs are without it */

  KilterSupplyPriorityRule priority_rule;
  double priority_factor; /* between neighbouring classes when strict, 5 by default */
  gboolean use_integers;  /* whether marked quantities are whole numbers (slow, small problems) */
  gint64 work_limit;      /* simplex iterations, 0 for a limit by size */
} KilterSupplyProblem;

/**
 * KilterSupplyFindingCode:
 * @KILTER_SUPPLY_FINDING_NOT_A_NUMBER: a NaN or infinity; taken as 0
 * @KILTER_SUPPLY_FINDING_NEGATIVE: a quantity or price below zero; taken as 0
 * @KILTER_SUPPLY_FINDING_BAD_INDEX: a list entry names an item, route, resource or bucket that is
 *   not there; ignored
 * @KILTER_SUPPLY_FINDING_STOCK_ORDER: minimum <= target <= maximum does not hold; the target is
 *   moved
 * @KILTER_SUPPLY_FINDING_PRICE_ORDER: stock below the minimum is cheaper than below the target, or
 *   dearer than a waiting customer; taken as equal
 * @KILTER_SUPPLY_FINDING_FREE_SHORTAGE: being late or lost costs less than the route that would
 *   serve it: the plan would give this demand up
 * @KILTER_SUPPLY_FINDING_NO_SOURCE: demand but no allowed route, stock or receipt
 * @KILTER_SUPPLY_FINDING_CYCLE: an item needs itself; the component line is ignored
 * @KILTER_SUPPLY_FINDING_BOUND_ORDER: lower > upper; the lower one is taken
 * @KILTER_SUPPLY_FINDING_BOUND_TOO_LATE: a fixed quantity arrives after the last bucket
 * @KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY: the fixed quantities alone overload a resource
 * @KILTER_SUPPLY_FINDING_BOUND_NO_COMPONENT: the fixed quantities need a component that cannot be
 *   there in time
 * @KILTER_SUPPLY_FINDING_BOUND_WORKERS: a number of workers that hiring and firing cannot reach;
 *   the nearest one is taken
 * @KILTER_SUPPLY_FINDING_STOCK_OVER_STORAGE: stock and firm receipts overfill a storage by
 *   themselves
 * @KILTER_SUPPLY_FINDING_YIELD: a yield that is not above zero; taken as 1
 * @KILTER_SUPPLY_FINDING_LEAD: a lead time as long as the horizon: the route cannot be used
 * @KILTER_SUPPLY_FINDING_STORAGE_USE: a route uses a storage or stock uses something else;
 *   ignored
 */
typedef enum
{
  KILTER_SUPPLY_FINDING_NOT_A_NUMBER,
  KILTER_SUPPLY_FINDING_NEGATIVE,
  KILTER_SUPPLY_FINDING_BAD_INDEX,
  KILTER_SUPPLY_FINDING_STOCK_ORDER,
  KILTER_SUPPLY_FINDING_PRICE_ORDER,
  KILTER_SUPPLY_FINDING_FREE_SHORTAGE,
  KILTER_SUPPLY_FINDING_NO_SOURCE,
  KILTER_SUPPLY_FINDING_CYCLE,
  KILTER_SUPPLY_FINDING_BOUND_ORDER,
  KILTER_SUPPLY_FINDING_BOUND_TOO_LATE,
  KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY,
  KILTER_SUPPLY_FINDING_BOUND_NO_COMPONENT,
  KILTER_SUPPLY_FINDING_BOUND_WORKERS,
  KILTER_SUPPLY_FINDING_STOCK_OVER_STORAGE,
  KILTER_SUPPLY_FINDING_YIELD,
  KILTER_SUPPLY_FINDING_LEAD,
  KILTER_SUPPLY_FINDING_STORAGE_USE,
} KilterSupplyFindingCode;

/**
 * KilterSupplyFinding:
 * @code: what does not fit
 * @item: item, or -1
 * @route: route, or -1
 * @resource: resource, or -1
 * @bucket: bucket, or -1
 * @policy: the name of the bound, or -1
 * @value: the number found, or by how much a limit is exceeded
 * @limit: the number it should respect
 */
typedef struct
{
  KilterSupplyFindingCode code;
  gint item;
  gint route;
  gint resource;
  gint bucket;
  gint policy;
  double value;
  double limit;
} KilterSupplyFinding;

KilterSupplyProblem *kilter_supply_problem_new (guint n_items, guint n_buckets, guint n_resources);
KilterSupplyProblem *kilter_supply_problem_copy (const KilterSupplyProblem *self);
void kilter_supply_problem_free (KilterSupplyProblem *self);

void kilter_supply_route_init (KilterSupplyRoute *route, guint item, KilterSupplyRouteKind kind);
guint kilter_supply_problem_add_route (KilterSupplyProblem *self, const KilterSupplyRoute *route);
void kilter_supply_problem_add_use (KilterSupplyProblem *self,
                                    guint route,
                                    guint resource,
                                    guint offset,
                                    double per_unit);
void kilter_supply_problem_add_component (KilterSupplyProblem *self,
                                          guint route,
                                          guint item,
                                          guint offset,
                                          double per_unit);
void kilter_supply_problem_add_stock_use (KilterSupplyProblem *self,
                                          guint item,
                                          guint resource,
                                          double per_unit);
void kilter_supply_problem_add_bound (KilterSupplyProblem *self, const KilterSupplyBound *bound);
void kilter_supply_problem_fix_route (KilterSupplyProblem *self,
                                      guint route,
                                      guint bucket,
                                      double quantity,
                                      gint policy);
void kilter_supply_problem_use_lost_cost_by_bucket (KilterSupplyProblem *self);
void kilter_supply_problem_set_previous (KilterSupplyProblem *self,
                                         const double *quantity,
                                         double stability);
GArray *kilter_supply_problem_validate (const KilterSupplyProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyProblem, kilter_supply_problem_free)

G_END_DECLS
