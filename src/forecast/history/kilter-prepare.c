/* kilter-prepare.c: from what the caller has to what the methods take
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <stdlib.h>

#define MAX_ORIGINS 60
/* multiplicative forms break down when a value is nearly nothing beside the others */
#define POSITIVE_SHARE 1e-3
/* standard deviations above the middle at which swings are cut that events leave unexplained */
#define SWING_LIMIT 2.5

typedef struct
{
  gsize first; /* first and one past the last value that counts */
  gsize end;
  double scale;
  gboolean negative;
  gboolean infinite;
  gboolean whole;
  double smallest;
} Extent;

static void
find_extent (const double *values, gsize n, Extent *out)
{
  double high = 0.0, sum = 0.0, count = 0.0;
  gboolean trim_zeros;

  *out = (Extent) { .whole = TRUE, .smallest = INFINITY };
  for (gsize t = 0; t < n; t++)
    {
      out->infinite |= isinf (values[t]) != 0;
      if (!isfinite (values[t]))
        continue;
      out->negative |= values[t] < 0.0;
      high = MAX (high, fabs (values[t]));
      if (values[t] != 0.0)
        out->smallest = MIN (out->smallest, fabs (values[t]));
      out->whole &= fabs (values[t]) < 1e15 && values[t] == floor (values[t]);
      out->end = t + 1;
    }

  /* zeros before the first sale are not demand; where values may be negative, zero is a value */
  trim_zeros = !out->negative && high > 0.0;
  while (out->first < out->end &&
         (!isfinite (values[out->first]) || (trim_zeros && values[out->first] == 0.0)))
    out->first++;
  for (gsize t = out->first; t < out->end && high > 0.0; t++)
    if (isfinite (values[t]))
      {
        sum += fabs (values[t]) / high;
        count += 1.0;
      }
  out->scale = count > 0.0 ? high * (sum / count) : 1.0;
  if (!(out->scale > 0.0))
    out->scale = 1.0;
}

/* Trailing missing values are forecast and thrown away; of very many only whole seasons are left
 * out, so that the phase stays right. */
static guint
gap_at_end (gsize missing, guint m)
{
  gsize limit = 2 * (gsize) MAX (m, 12);

  return (guint) (missing <= limit ? missing : limit - m + (missing - limit) % m);
}

static void
describe_values (KilterWork *work, KilterData *data)
{
  double *filled = kilter_work_doubles (work, data->n);
  double low = INFINITY;

  kilter_fill_gaps (data->y, data->n, data->m, filled);
  data->filled = filled;
  for (gsize t = 0; t < data->n; t++)
    {
      if (isnan (data->y[t]))
        continue;
      data->n_present++;
      low = MIN (low, data->y[t]);
    }
  data->positive = low > POSITIVE_SHARE;
  for (gsize t = 0; t < data->n && data->positive; t++)
    data->positive = filled[t] > POSITIVE_SHARE;
}

/* Of a season that is given nothing is left to be found. */
static void
describe_season (KilterWork *work, KilterData *data, gboolean given)
{
  double *index = kilter_work_doubles (work, data->m);
  gboolean additive = !data->positive && !given;

  data->index = index;
  data->index_additive = additive;
  for (guint i = 0; i < data->m; i++)
    index[i] = additive ? 0.0 : 1.0;
  if (given || data->m < 2 || data->n < 2 * (gsize) data->m)
    return;
  data->strength = kilter_season_strength (work, data->filled, data->n, data->m, additive);
  data->seasonal = kilter_season_test (work, data->filled, data->n, data->m, data->positive);
  if (!data->seasonal)
    return;
  kilter_season_indices (work, data->filled, data->n, data->m, additive, index);
  kilter_season_shrink (work, data->filled, data->n, data->m, additive, index);
}

static guint
count_origins (gsize n, guint m, gboolean seasonal)
{
  gsize used = seasonal ? 2 * (gsize) m + 1 : 3;

  return n > used ? (guint) MIN (MIN (n / 2, n - used), MAX_ORIGINS) : 0;
}

/* Takes a long season out of the values, for models that know none; one that is given is out. */
static void
take_long_season_out (KilterWork *work, KilterPrepared *self, gboolean given)
{
  KilterData *plain = &self->plain, *model = &self->model;
  double *index = (double *) plain->index;

  *model = *plain;
  if (plain->m <= KILTER_LONG_SEASON && !given)
    return;
  model->m = 1;
  model->seasonal = FALSE;
  if (!plain->seasonal)
    return;
  kilter_season_smooth (index, plain->m, plain->index_additive);
  kilter_take_season_out (work, plain, index, plain->index_additive, model);
  self->outer = index;
  self->outer_additive = plain->index_additive;
}

static void
set_flags (KilterPrepared *self, const Extent *extent, gsize n_values)
{
  const KilterData *data = &self->plain;

  self->flags |= data->seasonal ? KILTER_FORECAST_SEASONAL : 0;
  self->flags |= extent->first > 0 ? KILTER_FORECAST_TRIMMED : 0;
  self->flags |= data->n_present < n_values - extent->first ? KILTER_FORECAST_GAPS : 0;
  self->flags |= extent->negative ? KILTER_FORECAST_NEGATIVES : 0;
  self->flags |= extent->infinite ? KILTER_FORECAST_BAD_VALUES : 0;
  if (data->m > 1 && data->n < 2 * (gsize) data->m)
    self->flags |= KILTER_FORECAST_SHORT_SEASON;
}

static gboolean
uses_hierarchy (const KilterForecastOptions *options)
{
  guint32 bit = KILTER_METHOD_BIT (KILTER_METHOD_THIEF);

  return options->method == KILTER_METHOD_THIEF || (options->members & bit) != 0 ||
         (options->members == 0 && options->method <= KILTER_METHOD_BEST &&
          options->mode == KILTER_FORECAST_FULL);
}

/**
 * kilter_prepare:
 * @n: how many values of the series to use; a backtest uses fewer than there are
 *
 * Trims what lies before the first sale, scales by the mean absolute value, looks for a season.
 * With no value at all, out->plain.n is 0.
 */
void
kilter_prepare (KilterWork *work,
                const KilterSeries *series,
                gsize n,
                const KilterForecastOptions *options,
                KilterPrepared *out)
{
  KilterData *data = &out->plain;
  Extent extent;
  double *y;

  *out = (KilterPrepared) { .scale = 1.0, .unit = 1.0 };
  find_extent (series->values, n, &extent);
  out->scale = extent.scale;
  out->offset = extent.first;
  out->unit = extent.whole || !isfinite (extent.smallest) ? 1.0 : extent.smallest;
  data->n = extent.end - extent.first;
  data->m = options->season_length;
  data->phase = (guint) ((series->phase + extent.first) % data->m);
  out->gap = gap_at_end (n - extent.end, data->m);
  data->h = options->horizon + out->gap;
  /* temporal hierarchies forecast whole seasons */
  if (data->m <= KILTER_LONG_SEASON && uses_hierarchy (options))
    data->h = (data->h + data->m - 1) / data->m * data->m;

  y = kilter_work_doubles (work, data->n);
  for (gsize t = 0; t < data->n; t++)
    y[t] = isfinite (series->values[extent.first + t])
             ? series->values[extent.first + t] / extent.scale
             : NAN;
  data->y = y;
  kilter_classify (y, data->n, data->m, &out->classification);
  describe_values (work, data);
  describe_season (work, data, series->season != NULL);
  data->k = count_origins (data->n, data->m, data->seasonal);
  take_long_season_out (work, out, series->season != NULL);
  if (options->mode >= KILTER_FORECAST_STANDARD && out->model.seasonal && out->model.positive)
    out->model.logged = kilter_arima_prefers_log (work, &out->model);
  set_flags (out, &extent, n);
  if (series->season != NULL)
    out->flags = (out->flags | KILTER_FORECAST_SEASONAL) & ~(guint32) KILTER_FORECAST_SHORT_SEASON;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The value that a robust bound allows for positive x: the median of logarithms and as many
 * standard deviations above it, measured by the median absolute deviation; infinite without one. */
static double
swing_bound (double *logs, gsize n)
{
  double middle, deviation;

  if (n < 8)
    return INFINITY;
  qsort (logs, n, sizeof (double), compare_doubles);
  middle = logs[n / 2];
  for (gsize i = 0; i < n; i++)
    logs[i] = fabs (logs[i] - middle);
  qsort (logs, n, sizeof (double), compare_doubles);
  deviation = 1.4826 * logs[n / 2];
  return deviation > 0.0 ? exp (middle + SWING_LIMIT * deviation) : INFINITY;
}

/**
 * kilter_prepare_factors:
 * @factor: (array length=n+horizon): what events and a given season multiply demand by, from the
 *   first value in use
 *
 * Notes that they were taken out of the series. Of events what remains of weeks with a
 * promotion is as uncertain as its effect; the models see the largest swings cut to a robust bound,
 * so that one promotion which did better than most is not taken for a new level. Errors are
 * measured, and intervals made, on what truly happened.
 */
void
kilter_prepare_factors (KilterWork *work,
                        KilterPrepared *self,
                        const KilterSeries *series,
                        const double *factor)
{
  KilterData *model = &self->model;
  double *y, *filled, *logs, bound;
  gboolean indexed = model->seasonal && !model->index_additive;
  gsize n_logs = 0;

  self->factor = factor;
  if (series->regressors == NULL || model->n == 0 || (model->seasonal && model->index_additive))
    return;
  y = kilter_work_doubles (work, model->n);
  filled = kilter_work_doubles (work, model->n);
  logs = kilter_work_doubles (work, model->n);
  for (gsize t = 0; t < model->n; t++)
    {
      if (model->y[t] < 0.0)
        return;
      if (model->y[t] > 0.0)
        logs[n_logs++] = log (model->y[t] / (indexed ? model->index[t % model->m] : 1.0));
    }
  bound = swing_bound (logs, n_logs);
  for (gsize t = 0; t < model->n; t++)
    {
      double most = bound * (indexed ? model->index[t % model->m] : 1.0);

      y[t] = isnan (model->y[t]) ? NAN : MIN (model->y[t], most);
      filled[t] = MIN (model->filled[t], most);
    }
  model->y = y;
  model->filled = filled;
}
