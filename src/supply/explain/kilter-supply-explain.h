/* kilter-supply-explain.h: why a plan is as it is, and what would change it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/kilter-supply-plan.h"

G_BEGIN_DECLS

/**
 * KilterSupplyReasonKind:
 * @KILTER_SUPPLY_REASON_LOST: demand is given up
 * @KILTER_SUPPLY_REASON_LATE: demand waits
 * @KILTER_SUPPLY_REASON_UNMET: demand still waits at the end
 * @KILTER_SUPPLY_REASON_BELOW_TARGET: stock is below its target
 */
typedef enum
{
  KILTER_SUPPLY_REASON_LOST,
  KILTER_SUPPLY_REASON_LATE,
  KILTER_SUPPLY_REASON_UNMET,
  KILTER_SUPPLY_REASON_BELOW_TARGET,
} KilterSupplyReasonKind;

/**
 * KilterSupplyCause:
 * @KILTER_SUPPLY_CAUSE_CAPACITY: a resource is full in a bucket
 * @KILTER_SUPPLY_CAUSE_LEAD_TIME: the latest start in time lies before the first bucket
 * @KILTER_SUPPLY_CAUSE_FROZEN: the start lies in the frozen buckets
 * @KILTER_SUPPLY_CAUSE_COMPONENT: a component is scarce (followed to its own cause)
 * @KILTER_SUPPLY_CAUSE_POLICY: a planner's quantity or bound
 * @KILTER_SUPPLY_CAUSE_EARLY: building early is not allowed
 * @KILTER_SUPPLY_CAUSE_ROUTE: a route (alternative line, subcontractor) is not allowed
 * @KILTER_SUPPLY_CAUSE_LIMIT: a route's own limit
 * @KILTER_SUPPLY_CAUSE_COST: it could be done, but costs more than the shortage
 * @KILTER_SUPPLY_CAUSE_STORAGE: a store (or the capital limit) is full
 * @KILTER_SUPPLY_CAUSE_NO_SOURCE: there is no route at all
 * @KILTER_SUPPLY_CAUSE_UNIT_COST: part of the price: what the unit itself costs
 * @KILTER_SUPPLY_CAUSE_HOLDING: part of the price: stock between making and using it
 * @KILTER_SUPPLY_CAUSE_BACKLOG: part of the price: waiting
 * @KILTER_SUPPLY_CAUSE_LOST: part of the price: the sale given up
 * @KILTER_SUPPLY_CAUSE_TARGET: part of the price: stock below target instead
 */
typedef enum
{
  KILTER_SUPPLY_CAUSE_CAPACITY,
  KILTER_SUPPLY_CAUSE_LEAD_TIME,
  KILTER_SUPPLY_CAUSE_FROZEN,
  KILTER_SUPPLY_CAUSE_COMPONENT,
  KILTER_SUPPLY_CAUSE_POLICY,
  KILTER_SUPPLY_CAUSE_EARLY,
  KILTER_SUPPLY_CAUSE_ROUTE,
  KILTER_SUPPLY_CAUSE_LIMIT,
  KILTER_SUPPLY_CAUSE_COST,
  KILTER_SUPPLY_CAUSE_STORAGE,
  KILTER_SUPPLY_CAUSE_NO_SOURCE,
  KILTER_SUPPLY_CAUSE_UNIT_COST,
  KILTER_SUPPLY_CAUSE_HOLDING,
  KILTER_SUPPLY_CAUSE_BACKLOG,
  KILTER_SUPPLY_CAUSE_LOST,
  KILTER_SUPPLY_CAUSE_TARGET,
} KilterSupplyCause;

/**
 * KilterSupplyPart:
 * @cause: what it is
 * @item: the item whose route or component it is, or -1
 * @route: the route, or -1
 * @resource: the resource, or -1
 * @bucket: when, or -1
 * @policy: the name of the bound, or -1
 * @amount: money per unit of the reason's item; in a reason's @price_parts they add up to its
 *   @value; NaN where prices are not known (quick plan)
 * @worth: what one more unit of the resource, component or bound itself saves; NaN if not known
 * @hours: units of the resource (component, bound) per unit of the reason's item
 */
typedef struct
{
  KilterSupplyCause cause;
  gint item;
  gint route;
  gint resource;
  gint bucket;
  gint policy;
  double amount;
  double worth;
  double hours;
} KilterSupplyPart;

/**
 * KilterSupplyReason:
 * @kind: what is wrong
 * @item: whose
 * @bucket: when
 * @quantity: units lost, late, unmet or below target
 * @value: what one more unit in this bucket would save; NaN in a quick plan
 * @range: for how many units more of the first cause's resource its worth holds; NaN if not
 *   known
 * @causes: (element-type KilterSupplyPart): why, the most important first; leaves only: a
 *   component is followed to what makes it scarce
 * @price_parts: (element-type KilterSupplyPart): @value taken apart along the cheapest way to
 *   one more unit; amounts add up to @value
 */
typedef struct
{
  KilterSupplyReasonKind kind;
  guint item;
  guint bucket;
  double quantity;
  double value;
  double range;
  GArray *causes;
  GArray *price_parts;
} KilterSupplyReason;

GPtrArray *kilter_supply_explain (const KilterSupplyProblem *problem,
                                  const KilterSupplyPlan *plan,
                                  KilterSupplySolver *solver,
                                  gint item,
                                  gint bucket);
void kilter_supply_reason_free (KilterSupplyReason *self);
double
kilter_supply_saved_per_hour (const KilterSupplyProblem *problem, guint item, guint resource);

/**
 * KilterSupplyFixTitle:
 *
 * What a package does; the application has a sentence for each. Events and substitutes change what
 * is asked of the engine: it does not make those itself.
 */
typedef enum
{
  KILTER_SUPPLY_FIX_EARLY,
  KILTER_SUPPLY_FIX_OVERTIME,
  KILTER_SUPPLY_FIX_SHIFT,
  KILTER_SUPPLY_FIX_SUBCONTRACT,
  KILTER_SUPPLY_FIX_ROUTE,
  KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME,
  KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT,
  KILTER_SUPPLY_FIX_EVERYTHING,
  KILTER_SUPPLY_FIX_MOVE_EVENT,
  KILTER_SUPPLY_FIX_SUBSTITUTE,
  KILTER_SUPPLY_FIX_ACCEPT,
} KilterSupplyFixTitle;

/**
 * KilterSupplyCondition:
 * @KILTER_SUPPLY_CONDITION_NONE: nothing to watch
 * @KILTER_SUPPLY_CONDITION_STORE_PEAK: a store reaches condition_value (a ratio of its capacity)
 *   in condition_bucket
 * @KILTER_SUPPLY_CONDITION_BELOW_TARGET: stock stays below target by condition_value (a ratio)
 *   in condition_bucket
 * @KILTER_SUPPLY_CONDITION_ORDER_BY: must be ordered by the start of condition_bucket
 * @KILTER_SUPPLY_CONDITION_STILL_UNMET: condition_value units stay unmet, first in
 *   condition_bucket
 */
typedef enum
{
  KILTER_SUPPLY_CONDITION_NONE,
  KILTER_SUPPLY_CONDITION_STORE_PEAK,
  KILTER_SUPPLY_CONDITION_BELOW_TARGET,
  KILTER_SUPPLY_CONDITION_ORDER_BY,
  KILTER_SUPPLY_CONDITION_STILL_UNMET,
} KilterSupplyCondition;

/**
 * KilterSupplyLever:
 * @KILTER_SUPPLY_LEVER_EARLY: index is an item; bucket the one in which it is built, quantity
 *   the units built before they are needed
 * @KILTER_SUPPLY_LEVER_OVERTIME: index is a resource; quantity in hours
 * @KILTER_SUPPLY_LEVER_SHIFT: index is a resource; quantity in hours
 * @KILTER_SUPPLY_LEVER_ROUTE: index is a route (alternative or subcontract); quantity in units
 */
typedef enum
{
  KILTER_SUPPLY_LEVER_EARLY,
  KILTER_SUPPLY_LEVER_OVERTIME,
  KILTER_SUPPLY_LEVER_SHIFT,
  KILTER_SUPPLY_LEVER_ROUTE,
} KilterSupplyLever;

/**
 * KilterSupplyChange:
 * @lever: what is allowed now
 * @index: item, resource or route
 * @bucket: when
 * @quantity: how much more of it is used than in the present plan
 */
typedef struct
{
  KilterSupplyLever lever;
  guint index;
  guint bucket;
  double quantity;
} KilterSupplyChange;

/**
 * KilterSupplyFix:
 * @title: what it is
 * @changes: (element-type KilterSupplyChange): what is done, in order of time
 * @unmet_before: units lost or unmet or late in the present plan
 * @unmet_after: the same after it
 * @extra_cost: money spent more than in the present plan, without prices for shortage
 * @volume_cost: the part of @extra_cost that the additional units would cost on their main routes
 *   anyway; the rest is the price of the way
 * @total_cost: the objective after it, with prices for shortage; packages are ranked by it
 * @condition: what to watch
 * @condition_resource: a resource, or -1
 * @condition_item: an item, or -1
 * @condition_bucket: a bucket, or -1
 * @condition_value: see the condition
 * @expires: the first bucket in which it acts: the option is gone when that bucket begins
 * @plan: the whole plan after it
 */
typedef struct
{
  KilterSupplyFixTitle title;
  GArray *changes;
  double unmet_before;
  double unmet_after;
  double extra_cost;
  double volume_cost;
  double total_cost;
  KilterSupplyCondition condition;
  gint condition_resource;
  gint condition_item;
  gint condition_bucket;
  double condition_value;
  gint expires;
  KilterSupplyPlan *plan;
} KilterSupplyFix;

GPtrArray *kilter_supply_find_fixes (const KilterSupplyProblem *problem,
                                     const KilterSupplyPlan *plan,
                                     gint resource,
                                     gint item,
                                     KilterJob *job);
void kilter_supply_fix_apply (const KilterSupplyFix *self, KilterSupplyProblem *problem);
void kilter_supply_fix_free (KilterSupplyFix *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyReason, kilter_supply_reason_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyFix, kilter_supply_fix_free)

G_END_DECLS
