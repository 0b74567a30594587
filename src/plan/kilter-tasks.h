/* kilter-tasks.h: forecasting and supply planning as work over a copy of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/kilter-command.h"
#include "plan/kilter-scope.h"
#include "supply/kilter-supply-explain.h"

G_BEGIN_DECLS

/* Three steps: prepare on the plan's thread (copies what is needed), run on any thread (does not
 * touch the plan), finish on the plan's thread (makes the command). */

typedef struct _KilterForecastTask KilterForecastTask;

/**
 * KilterForecastRequest:
 * @version: for which scenario; history comes from it too
 * @scope: (nullable): which series; %NULL for all
 * @method: (nullable): "auto" or the key of a method; %NULL for each series' own choice
 * @pin: whether @method becomes the series' own choice
 */
typedef struct
{
  KilterVersion version;
  const KilterScope *scope;
  const char *method;
  gboolean pin;
} KilterForecastRequest;

KilterForecastTask *
kilter_forecast_task_new (KilterPlan *plan, const KilterForecastRequest *request, GError **error);
gsize kilter_forecast_task_get_n_series (const KilterForecastTask *self);
gboolean kilter_forecast_task_run (KilterForecastTask *self, KilterJob *job, GError **error);
KilterCommand *kilter_forecast_task_finish (KilterForecastTask *self, KilterPlan *plan);
void kilter_forecast_task_free (KilterForecastTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterForecastTask, kilter_forecast_task_free)

typedef struct _KilterSupplyTask KilterSupplyTask;

/**
 * KilterWhy:
 * @bucket: the first bucket in which something is unmet
 * @quantity: units of the product that are unmet for this cause
 * @cause: the root cause, as the engine found it
 * @resource: of a capacity or storage cause, else 0
 * @resource_bucket: when that resource is short, or -1
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
gboolean kilter_supply_task_run (KilterSupplyTask *self, KilterJob *job, GError **error);
KilterCommand *kilter_supply_task_finish (KilterSupplyTask *self, KilterPlan *plan);
gboolean kilter_supply_task_is_optimal (const KilterSupplyTask *self);
double kilter_supply_task_get_cost (const KilterSupplyTask *self);
const KilterWhy *kilter_supply_task_get_whys (const KilterSupplyTask *self, int *out_n);
const KilterFix *kilter_supply_task_get_fixes (const KilterSupplyTask *self, int *out_n);
void kilter_supply_task_free (KilterSupplyTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyTask, kilter_supply_task_free)

G_END_DECLS
