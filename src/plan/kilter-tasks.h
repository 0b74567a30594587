/* kilter-tasks.h: forecasting and supply planning as work over a copy of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/kilter-command.h"
#include "plan/kilter-scope.h"

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

typedef enum
{
  KILTER_CAUSE_NONE,
  KILTER_CAUSE_CAPACITY,
  KILTER_CAUSE_LEAD_TIME,
  KILTER_CAUSE_COST,
  KILTER_CAUSE_POLICY,
  KILTER_CAUSE_COMPONENT,
} KilterCause;

/**
 * KilterWhy:
 *
 * Why a quantity is not met: the root cause.
 */
typedef struct
{
  int product;
  int bucket;
  double quantity;
  KilterCause cause;
  int resource;        /* of a capacity cause, else 0 */
  int resource_bucket; /* where that resource is short */
  double worth;        /* money, of one more hour there */
} KilterWhy;

/**
 * KilterFixKind: what a package of levers does
 */
typedef enum
{
  KILTER_FIX_BUILD_EARLY,
  KILTER_FIX_OVERTIME,
  KILTER_FIX_BUILD_EARLY_OVERTIME,
  KILTER_FIX_SUBCONTRACT,
  KILTER_FIX_ALL,
  KILTER_FIX_ACCEPT,
} KilterFixKind;

/**
 * KilterFix:
 * @cost: extra money against the present plan, lost margin not counted
 * @expires: bucket index in which the first action of the package falls
 * @command: (nullable): what applying it does; owned by the list
 */
typedef struct
{
  KilterFixKind kind;
  double unmet_before;
  double unmet_after;
  double cost;
  double early_quantity;    /* built before the bucket in which it is needed */
  double overtime_hours;
  double subcontract_quantity;
  int expires;
  double *stock;            /* projected stock of the affected products together, n_buckets */
  KilterCommand *command;
} KilterFix;

KilterSupplyTask *kilter_supply_task_new (
  KilterPlan *plan, KilterVersion version, const char *strategy, GError **error);
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
