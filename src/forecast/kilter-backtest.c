/* kilter-backtest.c: what the forecast would have been, and how wrong
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

typedef struct
{
  double absolute;
  double signed_sum;
  double actual;
  guint n;
} Sums;

/**
 * Test:
 * @y: (array length=n): the scaled history
 * @factor: (nullable): what events multiplied demand by
 * @first: the first period that is forecast
 * @forecasts: n_methods × n_lags × n_targets; NaN where there is none
 */
typedef struct
{
  const KilterData *data;
  KilterBacktest *out;
  const double *factor;
  gsize first;
  guint n_targets;
  double *forecasts;
} Test;

/* What events made of period t: models forecast without them, scores are with them. */
static double
factor_at (const Test *self, gsize t)
{
  return self->factor != NULL ? self->factor[t] : 1.0;
}

static double *
forecast_at (const Test *self, guint method, guint lag, gsize t)
{
  return &self->forecasts[((gsize) method * self->out->n_lags + (lag - 1)) * self->n_targets +
                          (t - self->first)];
}

/* Enters the forecasts made after n values: out[0] is for period n. */
static void
enter (const Test *self, guint method, gsize n, const double *forecasts, guint h)
{
  for (guint j = 0; j < h && j < self->out->n_lags; j++)
    if (n + j >= self->first && n + j < self->data->n)
      *forecast_at (self, method, j + 1, n + j) = forecasts[j];
}

static double
naive_error (const Test *self)
{
  const KilterData *data = self->data;
  guint lag = data->m > 1 && data->n > data->m ? data->m : 1;
  double sum = 0.0, count = 0.0;

  for (gsize t = lag; t < data->n; t++)
    if (!isnan (data->y[t]) && !isnan (data->y[t - lag]))
      {
        sum += fabs (data->y[t] * factor_at (self, t) -
                     data->y[t - lag] * factor_at (self, t - lag));
        count += 1.0;
      }
  return count > 0.0 ? sum / count : 0.0;
}

static void
set_score (const Sums *sums, double scale, KilterForecastScore *out)
{
  out->n = sums->n;
  out->wape = sums->actual > 0.0 ? sums->absolute / sums->actual : NAN;
  out->bias = sums->actual > 0.0 ? sums->signed_sum / sums->actual : NAN;
  out->mase = sums->n > 0 && scale > 0.0 ? sums->absolute / sums->n / scale : NAN;
}

static void
score (const Test *self)
{
  const KilterData *data = self->data;
  guint n_lags = self->out->n_lags;
  double scale = naive_error (self);

  for (guint method = 0; method < self->out->n_methods; method++)
    {
      KilterForecastScore *row = self->out->scores + (gsize) method * (n_lags + 1);
      Sums all = { 0 };

      for (guint lag = 1; lag <= n_lags; lag++)
        {
          Sums one = { 0 };

          for (gsize t = self->first; t < data->n; t++)
            {
              double forecast = *forecast_at (self, method, lag, t);

              if (isnan (forecast) || isnan (data->y[t]))
                continue;
              one.absolute += fabs (forecast - data->y[t]) * factor_at (self, t);
              one.signed_sum += (forecast - data->y[t]) * factor_at (self, t);
              one.actual += fabs (data->y[t]) * factor_at (self, t);
              one.n++;
            }
          set_score (&one, scale, &row[lag]);
          all.absolute += one.absolute;
          all.signed_sum += one.signed_sum;
          all.actual += one.actual;
          all.n += one.n;
        }
      set_score (&all, scale, &row[0]);
    }
}

/* Forecasts from moved origins with the parameters of the whole history. */
static void
use_paths (const Test *self, const KilterSelection *selection)
{
  const KilterData *data = self->data;

  for (gsize i = 0; i < data->k; i++)
    {
      gsize n = data->n - data->k + i;

      if (selection->result.paths != NULL)
        enter (self, 0, n, selection->result.paths + i * data->h, data->h);
      for (guint f = 0; f < selection->n_fits; f++)
        if (selection->fits[f].paths != NULL)
          enter (self, 3 + f, n, selection->fits[f].paths + i * data->h, data->h);
    }
}

/* Estimates everything again with the first n values. */
static void
refit (KilterWork *work,
       const Test *self,
       const KilterSeries *series,
       const KilterForecastOptions *options,
       const KilterPrepared *whole,
       gsize n)
{
  KilterForecastOptions short_options = *options;
  KilterPrepared prepared;
  KilterSelection selection;
  double *scaled;
  double ratio;

  short_options.horizon = self->out->n_lags;
  kilter_prepare (work, series, whole->offset + n, &short_options, &prepared);
  if (prepared.plain.n == 0)
    return;
  if (whole->factor != NULL)
    kilter_prepare_factors (work, &prepared, series,
                            whole->factor - whole->offset + prepared.offset);
  kilter_select (work, &prepared, &short_options, &selection);
  ratio = prepared.scale / whole->scale;
  scaled = kilter_work_doubles (work, self->out->n_lags);
  for (guint f = 0; f <= selection.n_fits; f++)
    {
      const KilterFit *fit = f == 0 ? &selection.result : &selection.fits[f - 1];

      for (guint j = 0; j < self->out->n_lags; j++)
        scaled[j] = fit->mean[prepared.gap + j] * ratio;
      if (f == 0)
        enter (self, 0, n, scaled, self->out->n_lags);
      for (guint row = 3; row < self->out->n_methods && f > 0; row++)
        if (self->out->methods[row] == fit->member.method)
          enter (self, row, n, scaled, self->out->n_lags);
    }
}

static void
use_naive (KilterWork *work, const Test *self)
{
  double *values = kilter_work_doubles (work, self->out->n_lags);
  const KilterData *data = self->data;

  for (gsize n = 1; n < data->n; n++)
    {
      for (guint j = 0; j < self->out->n_lags && n + j < data->n; j++)
        values[j] = data->filled[n - 1] * factor_at (self, n - 1) / factor_at (self, n + j);
      enter (self, 1, n, values, self->out->n_lags);
      for (guint j = 0; j < self->out->n_lags && n >= data->m && n + j < data->n; j++)
        {
          gsize from = n - data->m + j % data->m;

          values[j] = data->filled[from] * factor_at (self, from) / factor_at (self, n + j);
        }
      enter (self, 2, n, values, self->out->n_lags);
    }
}

/**
 * kilter_backtest:
 * @out: scores; n_methods stays 0 when the history is too short for any
 *
 * The same periods for every lag, so that lags can be compared with each other, and for every
 * method. A history too short for all of it is tested with shorter lags.
 */
void
kilter_backtest (KilterWork *work,
                 const KilterSeries *series,
                 const KilterForecastOptions *options,
                 const KilterPrepared *prepared,
                 const KilterSelection *selection,
                 KilterBacktest *out)
{
  const KilterData *data = &prepared->plain;
  guint origins = (guint) MIN (options->n_origins, data->n / 3);
  guint lags = MIN (options->max_lag > 0 ? options->max_lag : options->horizon, options->horizon);
  gsize room = options->refit ? (data->n > 3 ? data->n - 3 : 0) : data->k;
  Test test = { .data = data, .out = out, .factor = prepared->factor };

  if (origins == 0 || room == 0 || selection->result.paths == NULL)
    return;
  origins = (guint) MIN (origins, room);
  lags = (guint) MIN (lags, room - origins + 1);
  out->n_origins = origins;
  out->n_lags = lags;
  out->methods[0] = KILTER_METHOD_AUTO;
  out->methods[1] = KILTER_METHOD_NAIVE;
  out->methods[2] = KILTER_METHOD_SNAIVE;
  for (guint f = 0; f < selection->n_fits; f++)
    out->methods[3 + f] = selection->fits[f].member.method;
  out->n_methods = 3 + selection->n_fits;
  out->scores = g_new0 (KilterForecastScore, (gsize) out->n_methods * (lags + 1));

  test.first = data->n - origins;
  test.n_targets = origins;
  test.forecasts = kilter_work_doubles (work, (gsize) out->n_methods * lags * origins);
  for (gsize i = 0; i < (gsize) out->n_methods * lags * origins; i++)
    test.forecasts[i] = NAN;
  use_naive (work, &test);
  if (!options->refit)
    use_paths (&test, selection);
  for (gsize n = data->n - origins - lags + 1; n < data->n && options->refit; n++)
    {
      KilterMark mark = kilter_work_mark (work);

      refit (work, &test, series, options, prepared, n);
      kilter_work_release (work, mark);
    }
  score (&test);
}
