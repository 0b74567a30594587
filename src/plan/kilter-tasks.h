/* kilter-tasks.h: forecasting and supply planning as work over a copy of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/data/kilter-command.h"
#include "plan/forecast/kilter-forecast-task.h"
#include "plan/kilter-scope.h"
#include "supply/explain/kilter-supply-explain.h"

G_BEGIN_DECLS

/* Three steps: prepare on the plan's thread (copies what is needed), run on any thread (does not
 * touch the plan), finish on the plan's thread (makes the command). */

typedef struct _KilterSupplyTask KilterSupplyTask;

/**
 * KilterReasonPart:
 * @cause: what it is
 * @product: whose way or component it is, or 0
 * @resource: the resource, or 0
 * @bucket: when, or -1
 * @typed_product: whose typed quantity bars the way, or 0
 * @typed_resource: whose typed overtime or workers do, or 0
 * @amount: money per unit of the reason's product; NaN when not known
 * @worth: what one more hour, unit or euro of it saves; NaN when not known
 * @hours: how much of it one unit of the reason's product takes
 */
typedef struct
{
  KilterSupplyCause cause;
  int product;
  int resource;
  int bucket;
  int typed_product;
  int typed_resource;
  double amount;
  double worth;
  double hours;
} KilterReasonPart;

/**
 * KilterReason:
 * @kind: lost, late, unmet at the end, or stock below target
 * @quantity: units
 * @value: what one more unit would save; NaN of a quick plan
 * @range: for how many units more of the first cause its worth holds; NaN when not known
 * @causes: (element-type KilterReasonPart): roots, the most important first
 * @parts: (element-type KilterReasonPart): @value taken apart; they add up to it
 */
typedef struct
{
  KilterSupplyReasonKind kind;
  int product;
  int bucket;
  double quantity;
  double value;
  double range;
  GArray *causes;
  GArray *parts;
} KilterReason;

/**
 * KilterRival:
 * @saved: money of lateness or lost sales that one hour saves when it makes this product
 * @short_quantity: units of it that are lost, late or unmet
 *
 * A product that wants hours of a full resource.
 */
typedef struct
{
  int product;
  double saved;
  double short_quantity;
} KilterRival;

/**
 * KilterWhy:
 * @bucket: the first bucket in which something is unmet
 * @quantity: units of the product that are unmet for this cause
 * @cause: the root cause, as the engine found it
 * @resource: of a capacity or storage cause, else 0
 * @resource_bucket: when that resource is short, or -1
 * @component: the product whose shortage it comes from, when it is another one, else 0
 * @worth: money that one more hour there saves, NaN when not known
 *
 * Why a quantity is not met.
 */
typedef struct
{
  int product;
  int bucket;
  double quantity;
  KilterSupplyCause cause;
  int resource;
  int resource_bucket;
  int component;
  double worth;
} KilterWhy;

/**
 * KilterFix:
 * @unmet_before: units over the horizon, of the products that the fix concerns
 * @cost: money against the present plan: overtime, subcontracting above the own cost, holding;
 *   not the products' own cost, and not what lost sales cost
 * @early_quantity: units built before the bucket in which they are needed
 * @overtime_hours: hours of overtime more than now
 * @subcontract_quantity: units made outside more than now
 * @other_line_quantity: units made on other lines more than now
 * @total_cost: all costs after it, with prices for shortage; fixes are ranked by it
 * @event: the event that is moved, or 0
 * @product: the product of which less is asked, or 0
 * @other_product: its substitute, of which as much more is asked
 * @moved_quantity: how much
 * @moved_to: index of the bucket in which the event begins then
 * @condition: what to watch; its resource, product, bucket and value follow
 * @expires: index of the bucket in which the package begins to act
 * @stock: (array): n_buckets, projected stock of the products concerned, together
 * @load: (array): n_buckets, load of the resource concerned as a ratio, NaN without one
 * @command: what applying it does; built against the plan as it was when the task began
 *
 * A complete package, really planned.
 */
typedef struct
{
  KilterSupplyFixTitle title;
  double unmet_before;
  double unmet_after;
  double cost;
  double early_quantity;
  double overtime_hours;
  double subcontract_quantity;
  double other_line_quantity;
  double total_cost;
  int event;
  int product;
  int other_product;
  double moved_quantity;
  int moved_to;
  KilterSupplyCondition condition;
  int condition_resource;
  int condition_product;
  int condition_bucket;
  double condition_value;
  int expires;
  double *stock;
  double *load;
  KilterCommand *command;
} KilterFix;

KilterSupplyTask *kilter_supply_task_new (KilterPlan *plan,
                                          KilterVersion version,
                                          const char *strategy,
                                          GError **error);
void kilter_supply_task_want_fixes (KilterSupplyTask *self, int resource, int product);
void kilter_supply_task_change_demand (KilterSupplyTask *self, KilterPlan *plan);
void kilter_supply_task_use_whole_lots (KilterSupplyTask *self);
void kilter_supply_task_run_quick (KilterSupplyTask *self);
gboolean kilter_supply_task_run (KilterSupplyTask *self, KilterJob *job, GError **error);
KilterCommand *kilter_supply_task_finish (KilterSupplyTask *self, KilterPlan *plan);
gboolean kilter_supply_task_is_optimal (const KilterSupplyTask *self);
double kilter_supply_task_get_gap (const KilterSupplyTask *self);
double kilter_supply_task_get_cost (const KilterSupplyTask *self);
const KilterWhy *kilter_supply_task_get_whys (const KilterSupplyTask *self, int *out_n);
const KilterFix *kilter_supply_task_get_fixes (const KilterSupplyTask *self, int *out_n);
GPtrArray *kilter_supply_task_list_findings (const KilterSupplyTask *self, KilterPlan *plan);
gboolean kilter_plan_contradicts_supply (KilterPlan *plan, KilterVersion version);
GPtrArray *kilter_supply_task_get_reasons (const KilterSupplyTask *self);
double kilter_supply_task_get_worth (const KilterSupplyTask *self,
                                     int resource,
                                     int bucket,
                                     double *out_down,
                                     double *out_up);
GArray *kilter_supply_task_get_rivals (const KilterSupplyTask *self, int resource);

void kilter_supply_task_free (KilterSupplyTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyTask, kilter_supply_task_free)

G_END_DECLS
