/* kilter-combine.c: several forecasts into one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* Puts the values and their indices in order; insertion sort keeps equal ones in theirs. */
static void
sort_with_index (double *values, guint *index, guint n)
{
  for (guint i = 1; i < n; i++)
    for (guint j = i; j > 0 && values[j] < values[j - 1]; j--)
      {
        double value = values[j];
        guint place = index[j];

        values[j] = values[j - 1];
        values[j - 1] = value;
        index[j] = index[j - 1];
        index[j - 1] = place;
      }
}

/* How many are dropped at each end: none of one to three, so that each counts; one above. */
static guint
n_trimmed (guint n)
{
  return n >= 4 ? 1 : 0;
}

static double
combine_at (double *values, guint n, double *used)
{
  guint index[KILTER_FORECAST_MAX_MEMBERS];
  guint trim = n_trimmed (n);
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    index[i] = i;
  sort_with_index (values, index, n);
  for (guint i = trim; i + trim < n; i++)
    {
      sum += values[i];
      if (used != NULL)
        used[index[i]] += 1.0;
    }
  return sum / (n - 2 * trim);
}

/**
 * kilter_trimmed_mean:
 * @values: (array length=n): reordered
 *
 * The mean without the lowest and the highest, from four values on (Jose & Winkler 2008).
 */
double
kilter_trimmed_mean (double *values, guint n)
{
  return combine_at (values, n, NULL);
}

static void
combine_fitted (const KilterData *data, const KilterFit *fits, guint n_fits, KilterFit *out)
{
  for (gsize t = 0; t < data->n; t++)
    {
      double values[KILTER_FORECAST_MAX_MEMBERS];
      guint n = 0;

      for (guint i = 0; i < n_fits; i++)
        if (isfinite (fits[i].fitted[t]))
          values[n++] = fits[i].fitted[t];
      out->fitted[t] = n > 0 ? combine_at (values, n, NULL) : NAN;
    }
}

static void
combine_paths (const KilterData *data, const KilterFit *fits, guint n_fits, KilterFit *out)
{
  guint n_paths = 0;

  for (guint i = 0; i < n_fits; i++)
    n_paths += fits[i].paths != NULL;
  if (n_paths == 0)
    {
      out->paths = NULL;
      return;
    }
  for (gsize c = 0; c < (gsize) data->k * data->h; c++)
    {
      double values[KILTER_FORECAST_MAX_MEMBERS];
      guint n = 0;

      for (guint i = 0; i < n_fits; i++)
        if (fits[i].paths != NULL)
          values[n++] = fits[i].paths[c];
      out->paths[c] = combine_at (values, n, NULL);
    }
}

/**
 * kilter_combine:
 * @fits: (array length=n_fits): usable fits; their weights are set
 * @out: a fit made by kilter_fit_init()
 *
 * The trimmed mean of forecasts, fitted values and paths, period by period.
 */
void
kilter_combine (
  KilterWork *work, const KilterData *data, KilterFit *fits, guint n_fits, KilterFit *out)
{
  double used[KILTER_FORECAST_MAX_MEMBERS] = { 0 }, total = 0.0;

  for (guint j = 0; j < data->h; j++)
    {
      double values[KILTER_FORECAST_MAX_MEMBERS];

      for (guint i = 0; i < n_fits; i++)
        values[i] = fits[i].mean[j];
      out->mean[j] = combine_at (values, n_fits, used);
    }
  for (guint i = 0; i < n_fits; i++)
    total += used[i];
  for (guint i = 0; i < n_fits; i++)
    fits[i].member.weight = used[i] / total;
  combine_fitted (data, fits, n_fits, out);
  combine_paths (data, fits, n_fits, out);
}
