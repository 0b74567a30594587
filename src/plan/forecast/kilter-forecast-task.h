/* kilter-forecast-task.h: a forecast of the plan's series as work over a copy of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/data/kilter-command.h"
#include "plan/kilter-scope.h"

G_BEGIN_DECLS

typedef struct _KilterForecastTask KilterForecastTask;

/**
 * KilterForecastRequest:
 * @version: for which scenario; history comes from it too
 * @scope: (nullable): which series; %NULL for all
 * @method: (nullable): "auto" or the key of a method; %NULL for each series' own choice
 * @pin: whether @method becomes the series' own choice
 * @products: (nullable) (element-type int): only these products
 * @first: (nullable): what is looked at: it is forecast first
 * @reconcile: (nullable): how the forecasts of series and of their sums are made to agree, see
 *   kilter_reconcile_text_check(); %NULL for the plan's setting "forecast-reconcile"
 */
typedef struct
{
  KilterVersion version;
  const KilterScope *scope;
  const char *method;
  gboolean pin;
  const GArray *products;
  const KilterScope *first;
  const char *reconcile;
} KilterForecastRequest;

gboolean kilter_reconcile_text_check (const char *text, GError **error);

KilterForecastTask *
kilter_forecast_task_new (KilterPlan *plan, const KilterForecastRequest *request, GError **error);
gsize kilter_forecast_task_get_n_series (const KilterForecastTask *self);
gboolean kilter_forecast_task_run (KilterForecastTask *self, KilterJob *job, GError **error);
/* on the plan's thread while it runs: what is finished of a scope */
gboolean kilter_forecast_task_peek (KilterForecastTask *self,
                                    const KilterPlan *plan,
                                    const KilterScope *scope,
                                    double *out_values);
KilterCommand *kilter_forecast_task_finish (KilterForecastTask *self, KilterPlan *plan);
void kilter_forecast_task_free (KilterForecastTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterForecastTask, kilter_forecast_task_free)

/* The same with the engine elsewhere: what is to be forecast goes out, what comes back is filled in
 * instead of run (exchange/export/kilter-forecast-file.h). */

/**
 * KilterForecastInput:
 * @id: names the series and digests its history and events: an answer to others has another name
 * @values: (array length=n): the history, from the plan's first bucket on
 * @phase: position of the first value in its season
 * @method: the method of this series; "auto" when it has no own one
 * @group: series of a group teach each other what their events do
 * @n_regressors: rows of events; 0 for a sum
 * @regressors: (nullable): rows of @n values
 * @future_regressors: (nullable): rows of as many values as the horizon has
 * @season: (nullable) (array length=season_length): the season that a planner has set
 */
typedef struct
{
  const char *id;
  const double *values;
  gsize n;
  guint phase;
  char *method;
  guint group;
  guint n_regressors;
  const double *regressors;
  const double *future_regressors;
  const double *season;
  guint season_length;
} KilterForecastInput;

/**
 * KilterForecastAnswer:
 * @mean: (array length=n_steps): forecasts
 * @lower: rows of @n_steps values, for the levels of the options
 * @upper: the same
 * @sd: standard deviation of the error at each step
 * @details: what the engine knows about the forecast, see kilter_forecast_details_format()
 */
typedef struct
{
  const char *method;
  guint n_steps;
  const double *mean;
  const double *lower;
  const double *upper;
  const double *sd;
  const char *details;
} KilterForecastAnswer;

/**
 * KilterForecastTerms: what an engine elsewhere must be told
 * @season_length: periods a season
 * @horizon: steps
 * @levels: (array length=n_levels): coverage of the intervals in percent
 * @mode: (transfer none): "fast", "standard" or "full"
 */
typedef struct
{
  guint season_length;
  guint horizon;
  const double *levels;
  guint n_levels;
  const char *mode;
} KilterForecastTerms;

void kilter_forecast_task_get_terms (const KilterForecastTask *self,
                                     KilterForecastTerms *out_terms);
gsize kilter_forecast_task_get_n_inputs (const KilterForecastTask *self);
void
kilter_forecast_task_get_input (KilterForecastTask *self, gsize i, KilterForecastInput *out_input);
guint kilter_forecast_task_get_n_events (const KilterForecastTask *self);
const char *kilter_forecast_task_get_event_name (const KilterForecastTask *self, guint i);
gboolean kilter_forecast_task_answer (KilterForecastTask *self,
                                      gsize i,
                                      const KilterForecastAnswer *answer,
                                      GError **error);
gboolean
kilter_forecast_task_run_answers (KilterForecastTask *self, KilterJob *job, GError **error);

G_END_DECLS
