/* kilter-forecast.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "forecast/driver/kilter-events.h"

#include <string.h>

G_DEFINE_QUARK (kilter - forecast - error - quark, kilter_forecast_error)

static const char *const method_keys[KILTER_N_METHODS] = {
  [KILTER_METHOD_AUTO] = "auto",       [KILTER_METHOD_COMB] = "comb",
  [KILTER_METHOD_BEST] = "best",       [KILTER_METHOD_ZERO] = "zero",
  [KILTER_METHOD_MEAN] = "mean",       [KILTER_METHOD_NAIVE] = "naive",
  [KILTER_METHOD_SNAIVE] = "snaive",   [KILTER_METHOD_NAIVE2] = "naive2",
  [KILTER_METHOD_SES] = "ses",         [KILTER_METHOD_HOLT] = "holt",
  [KILTER_METHOD_DAMPED] = "damped",   [KILTER_METHOD_HW_ADD] = "hw-add",
  [KILTER_METHOD_HW_MULT] = "hw-mult", [KILTER_METHOD_ETS] = "ets",
  [KILTER_METHOD_THETA] = "theta",     [KILTER_METHOD_CES] = "ces",
  [KILTER_METHOD_ARIMA] = "arima",     [KILTER_METHOD_THIEF] = "thief",
  [KILTER_METHOD_CROSTON] = "croston", [KILTER_METHOD_SBA] = "sba",
  [KILTER_METHOD_TSB] = "tsb",         [KILTER_METHOD_ADIDA] = "adida",
  [KILTER_METHOD_IMAPA] = "imapa",     [KILTER_METHOD_SMEAN] = "smean",
};

typedef struct
{
  const KilterSeries *series;
  const KilterForecastOptions *options;
  KilterForecast *out;
  KilterWork *works;
  KilterEvents events;
} Batch;

static gboolean
has_events (const Batch *self, const KilterSeries *series)
{
  return self->events.p > 0 && series->regressors != NULL;
}

/* The series without the effect of its events and without a season that is given, and those
 * factors; memory is the worker's. */
static const double *
take_factors_out (Batch *self, gsize index, KilterWork *work, KilterSeries *series)
{
  gsize n = series->n + self->options->horizon;
  guint m = self->options->season_length;
  double *factor, *values;

  if (!has_events (self, series) && series->season == NULL)
    return NULL;
  factor = kilter_work_doubles (work, n);
  values = kilter_work_doubles (work, series->n);
  for (gsize t = 0; t < n; t++)
    factor[t] = 1.0;
  if (has_events (self, series))
    kilter_events_factors (&self->events, index, series, self->options->horizon, factor);
  for (gsize t = 0; t < n && series->season != NULL; t++)
    factor[t] *= series->season[(series->phase + t) % m];
  for (gsize t = 0; t < series->n; t++)
    values[t] = series->values[t] / factor[t];
  series->values = values;
  return factor;
}

static void
report_events (Batch *self, gsize index, KilterForecast *out)
{
  const KilterSeries *series = &self->series[index];

  out->n_regressors = self->events.p;
  out->events = g_new0 (KilterForecastEvent, self->events.p);
  out->flags |= KILTER_FORECAST_EVENTS;
  for (guint i = 0; i < self->events.p; i++)
    {
      double beta = self->events.coefficients[index * self->events.p + i];

      out->events[i].coefficient = beta;
      out->events[i].uplift = exp (beta) - 1.0;
      for (gsize t = 0; t < series->n; t++)
        out->events[i].n += isfinite (series->regressors[i * series->n + t]) &&
                            series->regressors[i * series->n + t] != 0.0;
    }
}

static void
forecast_one (gsize index, guint worker, gpointer user_data)
{
  Batch *self = user_data;
  KilterSeries series = self->series[index];
  KilterForecast *out = &self->out[index];
  KilterWork *work = &self->works[worker];
  KilterPrepared prepared;
  KilterSelection selection;
  const double *factor;

  kilter_work_reset (work, self->options->work_limit);
  factor = take_factors_out (self, index, work, &series);
  kilter_prepare (work, &series, series.n, self->options, &prepared);
  if (factor != NULL)
    kilter_prepare_factors (work, &prepared, &series, factor + prepared.offset);
  if (prepared.plain.n > 0)
    kilter_select (work, &prepared, self->options, &selection);
  kilter_result_fill (work, &series, self->options, &prepared,
                      prepared.plain.n > 0 ? &selection : NULL, out);
  if (has_events (self, &series))
    report_events (self, index, out);
}

static gboolean
is_season (const double *season, guint season_length)
{
  for (guint i = 0; i < season_length && season != NULL; i++)
    if (!(season[i] >= KILTER_FORECAST_LEAST_SEASON && season[i] <= KILTER_FORECAST_MOST_SEASON))
      return FALSE;
  return TRUE;
}

static gboolean
check_series (const KilterSeries *series, gsize n_series, guint season_length, GError **error)
{
  for (gsize i = 0; i < n_series; i++)
    if (series[i].n_regressors != series[0].n_regressors ||
        series[i].n_regressors > KILTER_FORECAST_MAX_REGRESSORS)
      {
        g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                     "Series %" G_GSIZE_FORMAT " (%s) has another number of regressors, or over 64",
                     i + 1, series[i].id != NULL ? series[i].id : "");
        return FALSE;
      }
    else if (series[i].n > KILTER_FORECAST_MAX_VALUES || series[i].phase >= season_length)
      {
        g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                     series[i].n > KILTER_FORECAST_MAX_VALUES
                       ? "Series %" G_GSIZE_FORMAT " (%s) has more than 200000 values"
                       : "Series %" G_GSIZE_FORMAT " (%s) starts outside its season",
                     i + 1, series[i].id != NULL ? series[i].id : "");
        return FALSE;
      }
    else if (!is_season (series[i].season, season_length))
      {
        g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                     "The season of series %" G_GSIZE_FORMAT
                     " (%s) has a number below 0.001 or above 1000",
                     i + 1, series[i].id != NULL ? series[i].id : "");
        return FALSE;
      }
  return TRUE;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS, message);
  return FALSE;
}

/**
 * kilter_forecast_options_init:
 * @options: (out caller-allocates): options
 * @season_length: periods a season
 *
 * Sets what Kilter uses unless it is told otherwise: one and a half seasons ahead (at least six
 * periods), intervals of 80 and 95 %, the full pool, non-negative, six periods of backtest.
 */
void
kilter_forecast_options_init (KilterForecastOptions *options, guint season_length)
{
  g_return_if_fail (options != NULL);

  *options = (KilterForecastOptions) {
    .season_length = season_length,
    .horizon = MAX (6, season_length + season_length / 2),
    .levels = { 80.0, 95.0 },
    .n_levels = 2,
    .method = KILTER_METHOD_AUTO,
    .mode = KILTER_FORECAST_FULL,
    .non_negative = TRUE,
    .n_origins = 6,
    .max_lag = 6,
  };
}

/**
 * kilter_forecast_options_set_backtest:
 * @options: options, with their horizon
 *
 * The backtest of every plan: the last six periods, each forecast from one to six periods before
 * with everything estimated again: what the error would have been. Estimating once over the whole
 * history would be six times as fast and let the model see what it is tested on.
 */
void
kilter_forecast_options_set_backtest (KilterForecastOptions *options)
{
  options->n_origins = KILTER_FORECAST_USUAL_ORIGINS;
  options->refit = TRUE;
  options->max_lag = MIN (KILTER_FORECAST_USUAL_LAGS, options->horizon);
}

/**
 * kilter_forecast_options_check:
 *
 * Returns: %FALSE with %KILTER_FORECAST_ERROR_OPTIONS when an option is out of range
 */
gboolean
kilter_forecast_options_check (const KilterForecastOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL, FALSE);

  if (options->season_length < 1 || options->season_length > KILTER_FORECAST_MAX_SEASON)
    return fail (error, "The season length must be from 1 to 8784");
  if (options->horizon < 1 || options->horizon > KILTER_FORECAST_MAX_HORIZON)
    return fail (error, "The horizon must be from 1 to 1200");
  if (options->n_levels > KILTER_FORECAST_MAX_LEVELS)
    return fail (error, "There may be at most 8 levels");
  for (guint i = 0; i < options->n_levels; i++)
    if (!(options->levels[i] > 0.0 && options->levels[i] < 100.0))
      return fail (error, "A level must be above 0 and below 100 percent");
  if ((guint) options->method >= KILTER_N_METHODS)
    return fail (error, "There is no such method");
  if ((guint) options->mode > KILTER_FORECAST_FULL)
    return fail (error, "There is no such mode");
  if (options->members >> KILTER_N_METHODS != 0 ||
      (options->members &
       (KILTER_METHOD_BIT (KILTER_METHOD_AUTO) | KILTER_METHOD_BIT (KILTER_METHOD_COMB) |
        KILTER_METHOD_BIT (KILTER_METHOD_BEST))) != 0)
    return fail (error, "A combination cannot contain such a member");
  return TRUE;
}

/**
 * kilter_forecast_method_key:
 *
 * Returns: (transfer none): the name of the method on the command line and in files
 */
const char *
kilter_forecast_method_key (KilterForecastMethod method)
{
  g_return_val_if_fail ((guint) method < KILTER_N_METHODS, NULL);

  return method_keys[method];
}

static gboolean
find_method (const char *key, KilterForecastMethod *out)
{
  for (guint i = 0; i < KILTER_N_METHODS; i++)
    if (g_strcmp0 (method_keys[i], key) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_forecast_method_parse:
 * @key: a method ("theta"), or a combination of methods ("ets+theta")
 * @out_method: the method
 * @out_members: the members of the combination, 0 for the usual ones
 * @error: set to %KILTER_FORECAST_ERROR_OPTIONS when there is no such method
 */
gboolean
kilter_forecast_method_parse (const char *key,
                              KilterForecastMethod *out_method,
                              guint32 *out_members,
                              GError **error)
{
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (key != NULL && out_method != NULL && out_members != NULL, FALSE);

  *out_members = 0;
  if (find_method (key, out_method))
    return TRUE;
  parts = g_strsplit (key, "+", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      KilterForecastMethod method;

      if (!find_method (parts[i], &method) || method <= KILTER_METHOD_BEST)
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS,
                       "There is no forecasting method “%s”", parts[i]);
          return FALSE;
        }
      *out_members |= KILTER_METHOD_BIT (method);
    }
  *out_method = KILTER_METHOD_COMB;
  return TRUE;
}

/**
 * kilter_forecast_batch:
 * @series: (array length=n_series): the series
 * @n_series: how many
 * @options: options, the same for all
 * @out: (array length=n_series) (out caller-allocates): one forecast a series, each to be freed
 *   with kilter_forecast_clear(). After an error nothing needs to be freed
 * @job: (nullable): progress by series, cancellation, number of threads
 * @error: %KILTER_FORECAST_ERROR for options or input, %G_IO_ERROR_CANCELLED
 *
 * Forecasts every series. A result depends on the series and the options alone, and where there
 * are regressors on the other series of its group; not on the number of threads, or the machine.
 * Time grows linearly with the number of series and of values; memory is that of the results and of
 * one series a thread.
 *
 * Returns: whether every series has a forecast
 */
gboolean
kilter_forecast_batch (const KilterSeries *series,
                       gsize n_series,
                       const KilterForecastOptions *options,
                       KilterForecast *out,
                       KilterJob *job,
                       GError **error)
{
  guint n_workers = MAX (kilter_job_get_n_threads (job), 1);
  g_autofree KilterWork *works = NULL;
  Batch self = { .series = series, .options = options, .out = out };
  gboolean done;

  g_return_val_if_fail (series != NULL || n_series == 0, FALSE);
  g_return_val_if_fail (out != NULL || n_series == 0, FALSE);

  for (gsize i = 0; i < n_series; i++)
    out[i] = (KilterForecast) { 0 };
  if (!kilter_forecast_options_check (options, error) ||
      !check_series (series, n_series, options->season_length, error))
    return FALSE;

  if (!kilter_events_estimate (&self.events, series, n_series, job, error))
    return FALSE;
  works = g_new0 (KilterWork, n_workers);
  for (guint i = 0; i < n_workers; i++)
    kilter_work_init (&works[i]);
  self.works = works;
  done = kilter_job_parallel (job, n_series, forecast_one, &self, error);
  for (guint i = 0; i < n_workers; i++)
    kilter_work_clear (&works[i]);
  kilter_events_clear (&self.events);
  for (gsize i = 0; i < n_series && !done; i++)
    kilter_forecast_clear (&out[i]);
  return done;
}

/**
 * kilter_forecast_quantile:
 * @step: 1 … horizon
 * @probability: > 0 and < 1
 *
 * The demand of that period that will not be exceeded with that probability, for safety stock.
 * Not rounded and not cut.
 */
double
kilter_forecast_quantile (const KilterForecast *forecast, guint step, double probability)
{
  double mean, factor, level;

  g_return_val_if_fail (forecast != NULL && step >= 1 && step <= forecast->horizon, NAN);
  g_return_val_if_fail (probability > 0.0 && probability < 1.0, NAN);

  mean = forecast->mean[step - 1];
  if (!isnan (forecast->dispersion))
    return kilter_negbin_quantile (
             mean / forecast->unit,
             forecast->sd[step - 1] * forecast->sd[step - 1] / mean / forecast->unit, probability) *
           forecast->unit;
  level = fabs (2.0 * probability - 1.0) * 100.0;
  factor = level > 0.0 ? kilter_interval_factor (forecast->season_length, FALSE, level) : 0.0;
  return mean + (probability < 0.5 ? -factor : factor) * forecast->sd[step - 1];
}

/**
 * kilter_forecast_clear:
 *
 * Frees what a forecast points to; the forecast is then all zero.
 */
void
kilter_forecast_clear (KilterForecast *forecast)
{
  g_return_if_fail (forecast != NULL);

  g_free (forecast->mean);
  g_free (forecast->lower);
  g_free (forecast->upper);
  g_free (forecast->total_mean);
  g_free (forecast->total_lower);
  g_free (forecast->total_upper);
  g_free (forecast->sd);
  g_free (forecast->total_sd);
  g_free (forecast->fitted);
  g_free (forecast->profile);
  g_free (forecast->events);
  g_free (forecast->backtest.scores);
  *forecast = (KilterForecast) { 0 };
}
