/* kilter-supply-plan.h: a supply plan, and the engines that make one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "supply/problem/kilter-supply-problem.h"

G_BEGIN_DECLS

/**
 * KilterSupplyStatus:
 * @KILTER_SUPPLY_STATUS_OPTIMAL: proven least cost
 * @KILTER_SUPPLY_STATUS_QUICK: the quick plan, as asked for
 * @KILTER_SUPPLY_STATUS_CANCELLED: the quick plan, because the optimiser was cancelled
 * @KILTER_SUPPLY_STATUS_LIMIT: the quick plan, because the optimiser reached its work limit
 * @KILTER_SUPPLY_STATUS_FAILED: the quick plan, because the optimiser gave up (numbers too far
 *   apart, or no memory)
 */
typedef enum
{
  KILTER_SUPPLY_STATUS_OPTIMAL,
  KILTER_SUPPLY_STATUS_QUICK,
  KILTER_SUPPLY_STATUS_CANCELLED,
  KILTER_SUPPLY_STATUS_LIMIT,
  KILTER_SUPPLY_STATUS_FAILED,
} KilterSupplyStatus;

/**
 * KilterSupplyCost:
 *
 * The kinds of money of a plan. Those from SHORTFALL on are prices for what is not as it should
 * be: no invoice comes for them.
 */
typedef enum
{
  KILTER_SUPPLY_COST_PRODUCTION,
  KILTER_SUPPLY_COST_PURCHASE,
  KILTER_SUPPLY_COST_SUBCONTRACT,
  KILTER_SUPPLY_COST_OVERTIME,
  KILTER_SUPPLY_COST_SHIFT,
  KILTER_SUPPLY_COST_WAGES,
  KILTER_SUPPLY_COST_HIRING,
  KILTER_SUPPLY_COST_FIRING,
  KILTER_SUPPLY_COST_SETUP,
  KILTER_SUPPLY_COST_HOLDING,
  KILTER_SUPPLY_COST_SHORTFALL,
  KILTER_SUPPLY_COST_EXCESS,
  KILTER_SUPPLY_COST_BACKLOG,
  KILTER_SUPPLY_COST_LOST,
  KILTER_SUPPLY_COST_OVERLOAD,
  KILTER_SUPPLY_COST_MISSING,
} KilterSupplyCost;

#define KILTER_SUPPLY_N_COSTS (KILTER_SUPPLY_COST_MISSING + 1)

/**
 * KilterSupplyBreakCode:
 * @KILTER_SUPPLY_BREAK_LOST: demand that is given up
 * @KILTER_SUPPLY_BREAK_LATE: demand served in a later bucket
 * @KILTER_SUPPLY_BREAK_UNMET: demand still late at the end
 * @KILTER_SUPPLY_BREAK_MINIMUM: stock below its minimum
 * @KILTER_SUPPLY_BREAK_TARGET: stock below its target
 * @KILTER_SUPPLY_BREAK_MAXIMUM: stock above its maximum
 * @KILTER_SUPPLY_BREAK_OVERLOAD: a resource over its capacity
 * @KILTER_SUPPLY_BREAK_MISSING: a component that fixed quantities need and that is not there
 * @KILTER_SUPPLY_BREAK_EARLY: stock above what the no-early-building rule allows (kept back by
 *   nobody: only in manual plans)
 */
typedef enum
{
  KILTER_SUPPLY_BREAK_LOST,
  KILTER_SUPPLY_BREAK_LATE,
  KILTER_SUPPLY_BREAK_UNMET,
  KILTER_SUPPLY_BREAK_MINIMUM,
  KILTER_SUPPLY_BREAK_TARGET,
  KILTER_SUPPLY_BREAK_MAXIMUM,
  KILTER_SUPPLY_BREAK_OVERLOAD,
  KILTER_SUPPLY_BREAK_MISSING,
  KILTER_SUPPLY_BREAK_EARLY,
} KilterSupplyBreakCode;

/**
 * KilterSupplyBreak:
 * @code: what had to be broken
 * @item: item, or -1
 * @resource: resource, or -1
 * @bucket: when
 * @quantity: by how much, in the item's or the resource's unit
 */
typedef struct
{
  KilterSupplyBreakCode code;
  gint item;
  gint resource;
  gint bucket;
  double quantity;
} KilterSupplyBreak;

/**
 * KilterSupplyPlan:
 *
 * Arrays are by item and bucket, route and bucket, or resource and bucket as in the problem. For
 * every item and bucket, to the last bit of rounding:
 *
 *   stock[t] - backlog[t] = stock[t-1] - backlog[t-1] + firm[t] + regular[t] + overtime[t]
 *     + subcontract[t] + purchase[t] + missing[t] - used[t] - demand[t] + lost[t]
 */
typedef struct
{
  KilterSupplyStatus status;
  guint n_items;
  guint n_buckets;
  guint n_resources;
  guint n_routes;

  double *quantity; /* by route: units started (ordered) in the bucket */

  /* by item: good units received in the bucket */
  double *regular;
  double *overtime; /* includes extra shifts */
  double *subcontract;
  double *purchase;
  double *used;    /* consumed by other items' production */
  double *missing; /* components that fixed quantities use although they are not there */

  double *stock;     /* end of bucket */
  double *backlog;   /* end of bucket */
  double *lost;      /* demand given up */
  double *unmet;     /* lost, and in the last bucket also what is still late */
  double *late;      /* demand of this bucket not served in it although not lost */
  double *shortfall; /* stock below its target */

  /* by resource */
  double *load;      /* hours (stock: volume) used */
  double *available; /* regular capacity; labour: hours per worker × workers */
  double *overtime_hours;
  double *shift_hours;
  double *overload;
  double *workers; /* labour: end of bucket; 0 for other kinds */
  double *hired;
  double *fired;

  double cost[KILTER_SUPPLY_N_COSTS];
  double objective; /* sum of cost */

  /* what the optimiser knows; NaN in a quick plan and in one with whole numbers */
  double *item_price;     /* by item: what one more unit of demand costs */
  double *resource_price; /* by resource: what one more unit of capacity saves */
  double *route_price;    /* by route: what lifting its bound by one unit saves (>= 0: upper) */

  /* the first thing that refused, by item and bucket, in a quick plan: resource × n_buckets +
     bucket, or a code below zero; see kilter_supply_explain() */
  gint *refusal;

  GArray *breaks; /* KilterSupplyBreak, by item, then by resource, then by bucket */
  gint64 iterations;
  double bound; /* proven lower bound of what was minimised, NaN when there is none */
} KilterSupplyPlan;

KilterSupplyPlan *kilter_supply_plan_new (const KilterSupplyProblem *problem);
KilterSupplyPlan *kilter_supply_plan_copy (const KilterSupplyPlan *self);
void kilter_supply_plan_free (KilterSupplyPlan *self);
double kilter_supply_plan_total_unmet (const KilterSupplyPlan *self);
double kilter_supply_plan_total_late (const KilterSupplyPlan *self);
double kilter_supply_plan_running_cost (const KilterSupplyPlan *self);

KilterSupplyPlan *kilter_supply_evaluate (const KilterSupplyProblem *problem,
                                          const double *quantity);
KilterSupplyPlan *kilter_supply_round_lots (const KilterSupplyProblem *problem,
                                            const KilterSupplyPlan *plan);
KilterSupplyPlan *kilter_supply_quick (const KilterSupplyProblem *problem);
KilterSupplyPlan *kilter_supply_solve (const KilterSupplyProblem *problem, KilterJob *job);
KilterSupplyPlan *kilter_supply_solve_by_families (const KilterSupplyProblem *problem,
                                                   KilterJob *job,
                                                   guint *out_n_families,
                                                   double *out_gap);

/**
 * KilterSupplySolver:
 *
 * Keeps the optimiser's matrix and basis between solves of similar problems, so that an edit is
 * answered in a fraction of the time. Not for several threads at once.
 */
typedef struct _KilterSupplySolver KilterSupplySolver;

KilterSupplySolver *kilter_supply_solver_new (void);
void kilter_supply_solver_free (KilterSupplySolver *self);
KilterSupplyPlan *kilter_supply_solver_solve (KilterSupplySolver *self,
                                              const KilterSupplyProblem *problem,
                                              KilterJob *job);
gboolean kilter_supply_solver_get_capacity_range (KilterSupplySolver *self,
                                                  guint resource,
                                                  guint bucket,
                                                  double *out_down,
                                                  double *out_up);

/* rough-cut load */
void kilter_supply_load (const KilterSupplyProblem *problem,
                         const double *quantity,
                         const double *stock,
                         double *out_load);
void kilter_supply_load_of_demand (const KilterSupplyProblem *problem,
                                   const double *demand,
                                   double *out_load);
void kilter_supply_load_by_item (const KilterSupplyProblem *problem,
                                 guint resource,
                                 const double *quantity,
                                 const double *stock,
                                 double *out_load);
void kilter_supply_load_of_demand_by_item (const KilterSupplyProblem *problem,
                                           guint resource,
                                           const double *demand,
                                           double *out_load);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyPlan, kilter_supply_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplySolver, kilter_supply_solver_free)

G_END_DECLS
