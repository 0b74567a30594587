/* kilter-simple.c: zero, mean, naive, seasonal naive and mean; what every fit begins with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* seasons in a seasonal mean */
#define N_SEASONS 4

/**
 * kilter_fit_init:
 *
 * Gives the fit its memory and sets every parameter to NaN.
 */
void
kilter_fit_init (KilterFit *self,
                 KilterWork *work,
                 const KilterData *data,
                 KilterForecastMethod method)
{
  *self = (KilterFit) {
    .member = { .method = method,
                .weight = 1.0,
                .aicc = NAN,
                .alpha = NAN,
                .beta = NAN,
                .gamma = NAN,
                .phi = NAN,
                .theta = NAN },
    .vote = 1.0,
    .mean = kilter_work_doubles (work, data->h),
    .fitted = kilter_work_doubles (work, data->n),
    .paths = kilter_work_doubles (work, (gsize) data->k * data->h),
  };
  for (gsize t = 0; t < data->n; t++)
    self->fitted[t] = NAN;
}

/**
 * kilter_fit_is_finite:
 *
 * Returns: whether the forecast can be used: every number finite and none absurdly far outside
 *   the history, which a fit on logarithms can bring about
 */
gboolean
kilter_fit_is_finite (const KilterFit *self, const KilterData *data)
{
  double high = 0.0;

  for (gsize t = 0; t < data->n; t++)
    if (!isnan (data->y[t]))
      high = MAX (high, fabs (data->y[t]));
  for (guint j = 0; j < data->h; j++)
    if (!isfinite (self->mean[j]) || fabs (self->mean[j]) > 10.0 * high)
      return FALSE;
  if (self->paths != NULL)
    for (gsize i = 0; i < (gsize) data->k * data->h; i++)
      if (!isfinite (self->paths[i]))
        return FALSE;
  return TRUE;
}

/* The same period of the last seasons, as many as there are of four, with weights 4, 3, 2, 1. */
static double
seasonal_mean_at (const KilterData *data, gsize n, guint j)
{
  double sum = 0.0, weights = 0.0;

  for (guint back = 1; back <= N_SEASONS && n >= back * (gsize) data->m; back++)
    {
      double weight = N_SEASONS + 1.0 - back;

      sum += weight * data->filled[n - back * (gsize) data->m + j % data->m];
      weights += weight;
    }
  return sum / weights;
}

/* the forecast j steps after the first n values */
static double
simple_at (const KilterData *data, KilterForecastMethod method, gsize n, guint j, double mean)
{
  if (n == 0 || method == KILTER_METHOD_ZERO)
    return 0.0;
  if (method == KILTER_METHOD_MEAN)
    return mean;
  if (method == KILTER_METHOD_SNAIVE && data->m > 1 && n >= data->m)
    return data->filled[n - data->m + j % data->m];
  if (method == KILTER_METHOD_SMEAN && data->m > 1 && n >= data->m)
    return seasonal_mean_at (data, n, j);
  if (method == KILTER_METHOD_NAIVE2 && data->seasonal)
    {
      double last = data->index[(n - 1) % data->m], next = data->index[(n + j) % data->m];

      return data->index_additive ? data->filled[n - 1] - last + next
                                  : data->filled[n - 1] / last * next;
    }
  return data->filled[n - 1];
}

/**
 * kilter_fit_simple:
 * @method: zero, mean, naive, seasonal naive, seasonal mean or Naive2 (Makridakis & Hibon 2000)
 *
 * A seasonal forecast without a whole season is a naive one.
 */
gboolean
kilter_fit_simple (KilterWork *work,
                   const KilterData *data,
                   KilterForecastMethod method,
                   KilterFit *fit)
{
  double sum = 0.0;
  gsize count = 0, origin = data->n - data->k;

  kilter_work_spend (work, data->n);
  for (gsize t = 0; t <= data->n; t++)
    {
      double mean = count > 0 ? sum / (double) count : 0.0;
      gboolean whole = (method != KILTER_METHOD_SNAIVE && method != KILTER_METHOD_SMEAN) ||
                       t >= data->m;

      if (t < data->n && t > 0 && whole)
        fit->fitted[t] = simple_at (data, method, t, 0, mean);
      for (guint j = 0; j < data->h && t >= origin; j++)
        if (t == data->n)
          fit->mean[j] = simple_at (data, method, t, j, mean);
        else
          fit->paths[(t - origin) * data->h + j] = simple_at (data, method, t, j, mean);
      if (t < data->n && !isnan (data->y[t]))
        {
          sum += data->y[t];
          count++;
        }
    }
  return TRUE;
}
