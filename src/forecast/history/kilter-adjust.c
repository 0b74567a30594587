/* kilter-adjust.c: seasonal adjustment before a model, and its undoing afterwards
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

static inline double
with_season (double value, double index, gboolean additive)
{
  return additive ? value + index : value * index;
}

static inline double
without_season (double value, double index, gboolean additive)
{
  return additive ? value - index : value / index;
}

/**
 * kilter_take_season_out:
 * @index: (array length=m): the season by position in the array
 * @out: the adjusted series, for models that know no season
 */
void
kilter_take_season_out (KilterWork *work,
                        const KilterData *data,
                        const double *index,
                        gboolean additive,
                        KilterData *out)
{
  double *y = kilter_work_doubles (work, data->n);
  double *filled = kilter_work_doubles (work, data->n);

  for (gsize t = 0; t < data->n; t++)
    {
      y[t] = without_season (data->y[t], index[t % data->m], additive);
      filled[t] = without_season (data->filled[t], index[t % data->m], additive);
    }
  *out = *data;
  out->m = 1;
  out->seasonal = FALSE;
  out->logged = FALSE;
  out->y = y;
  out->filled = filled;
}

/* Undoes kilter_take_season_out() for what a model made of it. */
void
kilter_put_season_back (const KilterData *data,
                        const double *index,
                        gboolean additive,
                        KilterFit *fit)
{
  guint m = data->m;

  for (gsize t = 0; t < data->n; t++)
    fit->fitted[t] = with_season (fit->fitted[t], index[t % m], additive);
  for (guint j = 0; j < data->h; j++)
    {
      fit->mean[j] = with_season (fit->mean[j], index[(data->n + j) % m], additive);
      for (gsize i = 0; i < data->k && fit->paths != NULL; i++)
        fit->paths[i * data->h + j] = with_season (
          fit->paths[i * data->h + j], index[(data->n - data->k + i + j) % m], additive);
    }
}

static void
average (double *values, const double *others, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = 0.5 * (values[i] + others[i]);
}

/**
 * kilter_fit_both_ways:
 * @fitter: a method with a season of its own
 *
 * The mean of the method on the series and of the method on the seasonally adjusted series.
 * Methods that have to find a season beside everything else lose by it in short histories, and the
 * adjustment errs where the season moves; the two are wrong in different places. What is reported
 * is the first one's form.
 */
gboolean
kilter_fit_both_ways (KilterWork *work, const KilterData *data, KilterFitter fitter, KilterFit *fit)
{
  gboolean done = fitter (work, data, fit);
  KilterData adjusted;
  KilterFit other;

  if (!data->seasonal || data->m > KILTER_LONG_SEASON)
    return done;
  kilter_take_season_out (work, data, data->index, data->index_additive, &adjusted);
  kilter_fit_init (&other, work, data, fit->member.method);
  if (!fitter (work, &adjusted, &other))
    return done;
  kilter_put_season_back (data, data->index, data->index_additive, &other);
  if (!kilter_fit_is_finite (&other, data))
    return done;
  if (!done || !kilter_fit_is_finite (fit, data))
    {
      *fit = other;
      return TRUE;
    }
  average (fit->mean, other.mean, data->h);
  average (fit->fitted, other.fitted, data->n);
  average (fit->paths, other.paths, (gsize) data->k * data->h);
  return TRUE;
}
