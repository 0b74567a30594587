/* kilter-forecast-answer.c: a forecast run with the engine elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include "base/kilter-hash.h"
#include "forecast/kilter-explain.h"
#include "forecast/stream/kilter-details.h"

#include <glib/gi18n-lib.h>

/* hexadecimal digits that stand for a history in a name */
#define DIGEST_LENGTH 16

/* A name that is the same only for the same history at the same time: an answer to an earlier
 * history does not fit any more. */
static char *
make_id (const KilterForecastTask *self, const char *name, gsize input)
{
  const KilterSeries *series = &self->series[input];
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  g_autofree char *digest = NULL;

  kilter_hash_add_text (hash, name);
  kilter_hash_add_int (hash, self->kind);
  kilter_hash_add_int (hash, self->start);
  kilter_hash_add_int (hash, self->n_history);
  kilter_hash_add_doubles (hash, series->values, series->n);
  /* a plan without events keeps the names that it had before there were any */
  for (guint i = 0; i < series->n_regressors; i++)
    {
      kilter_hash_add_text (hash, kilter_forecast_events_get_name (self->events, i));
      kilter_hash_add_doubles (hash, series->regressors + i * series->n, series->n);
    }
  /* nor is there anything of a season where none was set */
  if (series->season != NULL)
    kilter_hash_add_doubles (hash, series->season, self->options.season_length);
  digest = kilter_hash_finish (hash);
  return g_strdup_printf ("%s#%.*s", name, DIGEST_LENGTH, digest);
}

/* In one line, whatever a name holds. */
static char *
make_name (const KilterPlan *plan, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  char *name = g_strdup_printf (
    "%s/%s/%s",
    kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT,
                         kilter_record_ref (record, KILTER_SERIES_PRODUCT)),
    kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                         kilter_record_ref (record, KILTER_SERIES_REGION)),
    kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                         kilter_record_ref (record, KILTER_SERIES_CHANNEL)));

  for (char *at = name; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return name;
}

void
kilter_forecast_task_make_ids (KilterForecastTask *self, const KilterPlan *plan)
{
  self->ids = g_new0 (char *, self->n_inputs + 1);
  for (guint i = 0; i < self->items->len; i++)
    {
      const KilterForecastItem *item = kilter_forecast_item (self, i);
      g_autofree char *name = make_name (plan, item->series);

      self->ids[i] = make_id (self, name, i);
    }
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const KilterForecastNode *node = g_ptr_array_index (self->nodes, i);

      self->ids[self->items->len + i] = make_id (self, node->name, self->items->len + i);
    }
}

void
kilter_forecast_task_get_terms (const KilterForecastTask *self, KilterForecastTerms *out_terms)
{
  *out_terms = (KilterForecastTerms) { self->options.season_length, self->options.horizon,
                                       kilter_forecast_levels, KILTER_FORECAST_N_INTERVALS,
                                       kilter_forecast_mode_key (self->options.mode) };
}

/**
 * kilter_forecast_task_get_n_inputs:
 *
 * Returns: how many series the engine has to forecast: those of the run, like products, and the
 * sums that they are reconciled with
 */
gsize
kilter_forecast_task_get_n_inputs (const KilterForecastTask *self)
{
  return self->n_inputs;
}

/**
 * kilter_forecast_task_get_input:
 * @out_input: (out caller-allocates): the memory stays the task's, but for the method
 */
void
kilter_forecast_task_get_input (KilterForecastTask *self, gsize i, KilterForecastInput *out_input)
{
  const KilterForecastItem *item = i < self->items->len ? kilter_forecast_item (self, i) : NULL;
  const KilterSeries *series = &self->series[i];

  *out_input = (KilterForecastInput) { .id = self->ids[i],
                                       .values = series->values,
                                       .n = series->n,
                                       .phase = series->phase,
                                       .group = series->group,
                                       .n_regressors = series->n_regressors,
                                       .regressors = series->regressors,
                                       .future_regressors = series->future_regressors,
                                       .season = series->season,
                                       .season_length = self->options.season_length };
  out_input->method = kilter_forecast_method_format (
    item != NULL ? item->method : KILTER_METHOD_AUTO, item != NULL ? item->members : 0);
}

/**
 * kilter_forecast_task_get_n_events:
 *
 * Returns: how many rows of events the inputs have, but for sums, which have none
 */
guint
kilter_forecast_task_get_n_events (const KilterForecastTask *self)
{
  return self->series[0].n_regressors;
}

const char *
kilter_forecast_task_get_event_name (const KilterForecastTask *self, guint i)
{
  return kilter_forecast_events_get_name (self->events, i);
}

/* What a forecast knows about itself must be about this series. */
static gboolean
fits (const KilterForecastTask *self, gsize i, const KilterForecast *result, GError **error)
{
  const KilterSeries *series = &self->series[i];

  if ((result->profile == NULL || result->season_length == self->options.season_length) &&
      result->n_regressors == (series->regressors != NULL ? series->n_regressors : 0))
    return TRUE;
  g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA,
               _ ("What is said about the model of “%s” does not fit the series."), self->ids[i]);
  return FALSE;
}

/**
 * kilter_forecast_task_answer:
 * @i: which input
 * @answer: forecasts of at least the horizon, with the levels of the options
 * @error: %KILTER_PLAN_ERROR_DATA when there are too few steps or a number is none, or when the
 *   input has its answer already; %KILTER_FORECAST_ERROR_INPUT when @details are not understood
 */
gboolean
kilter_forecast_task_answer (KilterForecastTask *self,
                             gsize i,
                             const KilterForecastAnswer *answer,
                             GError **error)
{
  KilterForecast *result = &self->results[i];
  gsize h = (gsize) self->n_horizon;
  guint32 members;

  g_return_val_if_fail (i < self->n_inputs, FALSE);

  if (result->mean != NULL || answer->n_steps != h)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA,
                   result->mean != NULL ? _ ("“%s” has its forecast already.")
                                        : _ ("“%s” has another number of steps than the plan."),
                   self->ids[i]);
      return FALSE;
    }
  if (!kilter_forecast_method_parse (answer->method, &result->method, &members, error))
    return FALSE;
  g_strlcpy (result->key, answer->method, sizeof result->key);
  result->horizon = (guint) h;
  result->n_levels = KILTER_FORECAST_N_INTERVALS;
  result->mean = g_memdup2 (answer->mean, h * sizeof (double));
  result->lower = g_memdup2 (answer->lower, KILTER_FORECAST_N_INTERVALS * h * sizeof (double));
  result->upper = g_memdup2 (answer->upper, KILTER_FORECAST_N_INTERVALS * h * sizeof (double));
  result->sd = g_memdup2 (answer->sd, h * sizeof (double));
  if (!kilter_forecast_details_parse (answer->details, result, error) ||
      !fits (self, i, result, error))
    {
      kilter_forecast_clear (result);
      return FALSE;
    }
  return TRUE;
}

/**
 * kilter_forecast_task_run_answers:
 * @error: %KILTER_PLAN_ERROR_DATA naming a series without an answer
 *
 * In place of kilter_forecast_task_run(), when every input has its answer.
 */
gboolean
kilter_forecast_task_run_answers (KilterForecastTask *self, KilterJob *job, GError **error)
{
  gsize n_missing = 0, example = 0;

  for (gsize i = self->n_inputs; i-- > 0;)
    if (self->results[i].mean == NULL)
      {
        n_missing++;
        example = i;
      }
  if (n_missing > 0)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA,
                   ngettext ("%u series has no forecast: “%s”.",
                             "%u series have no forecast, the first is “%s”.", n_missing),
                   (guint) n_missing, self->ids[example]);
      return FALSE;
    }
  return kilter_forecast_task_complete (self, job, error);
}
