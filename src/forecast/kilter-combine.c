/* kilter-combine.c: several forecasts into one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* weights are errors to the power of minus this: half of it for short histories, more the longer
 * the history is, for what the errors of few periods say is mostly chance */
#define MIN_POWER 0.5
#define MAX_POWER 4.0
#define VALUES_PER_POWER 80.0
/* fewer errors than this say nothing */
#define MIN_ERRORS 6
/* from so many members on the lowest and the highest are left out */
#define MIN_TRIMMED 4

/**
 * Votes:
 * @values: what is said
 * @weights: how much it counts
 * @who: which member says it
 */
typedef struct
{
  double values[KILTER_FORECAST_MAX_MEMBERS];
  double weights[KILTER_FORECAST_MAX_MEMBERS];
  guint who[KILTER_FORECAST_MAX_MEMBERS];
  guint n;
} Votes;

/* Keeps them in order of their values; equal ones stay in the order in which they came. */
static void
vote (Votes *self, double value, double weight, guint who)
{
  guint i = self->n++;

  for (; i > 0 && self->values[i - 1] > value; i--)
    {
      self->values[i] = self->values[i - 1];
      self->weights[i] = self->weights[i - 1];
      self->who[i] = self->who[i - 1];
    }
  self->values[i] = value;
  self->weights[i] = weight;
  self->who[i] = who;
}

/* The mean of what lies between the lowest and the highest nth of the weight; used[] adds up whose
 * weight that is. */
static double
count_votes (const Votes *self, double *used)
{
  double total = 0.0, below = 0.0, sum = 0.0, counted = 0.0, cut;

  for (guint i = 0; i < self->n; i++)
    total += self->weights[i];
  cut = self->n >= MIN_TRIMMED ? total / self->n : 0.0;
  for (guint i = 0; i < self->n; i++)
    {
      double from = CLAMP (below, cut, total - cut);
      double to = CLAMP (below + self->weights[i], cut, total - cut);

      below += self->weights[i];
      sum += (to - from) * self->values[i];
      counted += to - from;
      if (used != NULL)
        used[self->who[i]] += (to - from) / total;
    }
  return sum / counted;
}

static void
combine_fitted (const KilterData *data,
                const KilterFit *fits,
                const double *weights,
                guint n_fits,
                KilterFit *out)
{
  for (gsize t = 0; t < data->n; t++)
    {
      Votes votes = { .n = 0 };

      for (guint i = 0; i < n_fits; i++)
        if (isfinite (fits[i].fitted[t]))
          vote (&votes, fits[i].fitted[t], weights[i], i);
      out->fitted[t] = votes.n > 0 ? count_votes (&votes, NULL) : NAN;
    }
}

static void
combine_paths (const KilterData *data,
               const KilterFit *fits,
               const double *weights,
               guint n_fits,
               KilterFit *out)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n_fits; i++)
    any |= fits[i].paths != NULL;
  if (!any)
    {
      out->paths = NULL;
      return;
    }
  for (gsize c = 0; c < (gsize) data->k * data->h; c++)
    {
      Votes votes = { .n = 0 };

      for (guint i = 0; i < n_fits; i++)
        if (fits[i].paths != NULL)
          vote (&votes, fits[i].paths[c], weights[i], i);
      out->paths[c] = count_votes (&votes, NULL);
    }
}

/* Bates & Granger 1969 with a power that grows with the evidence: among members that are nearly as
 * good as each other equal weights are hard to beat, and long histories tell the good ones. */
static void
weigh (const KilterData *data, const KilterFit *fits, guint n_fits, double *weights)
{
  double errors[KILTER_FORECAST_MAX_MEMBERS], least = INFINITY;
  double power = CLAMP ((double) data->n / VALUES_PER_POWER, MIN_POWER, MAX_POWER);

  for (guint i = 0; i < n_fits; i++)
    {
      errors[i] = kilter_path_error (data, fits[i].paths);
      least = MIN (least, errors[i]);
    }
  for (guint i = 0; i < n_fits; i++)
    weights[i] = fits[i].vote *
                 (isfinite (errors[i]) && least > 0.0 ? pow (least / errors[i], power) : 1.0);
}

/**
 * kilter_path_error:
 * @paths: (nullable): k rows of h forecasts, as in #KilterFit
 *
 * Returns: the mean absolute error of the paths, on all periods and lags there are; infinite when
 *   there are too few to tell
 */
double
kilter_path_error (const KilterData *data, const double *paths)
{
  double sum = 0.0, count = 0.0;
  gsize origin = data->n - data->k;

  for (gsize i = 0; paths != NULL && i < data->k; i++)
    for (guint j = 0; j < data->h && origin + i + j < data->n; j++)
      if (!isnan (data->y[origin + i + j]))
        {
          sum += fabs (data->y[origin + i + j] - paths[i * data->h + j]);
          count += 1.0;
        }
  return count >= MIN_ERRORS ? sum / count : INFINITY;
}

/**
 * kilter_combine:
 * @fits: (array length=n_fits): usable fits; their weights are set
 * @out: a fit made by kilter_fit_init()
 *
 * Forecasts, fitted values and paths, period by period: the mean of the members without the
 * lowest and the highest, from four on (Jose & Winkler 2008), weighted by how well they did.
 */
void
kilter_combine (const KilterData *data, KilterFit *fits, guint n_fits, KilterFit *out)
{
  double used[KILTER_FORECAST_MAX_MEMBERS] = { 0 }, weights[KILTER_FORECAST_MAX_MEMBERS];
  double total = 0.0;

  weigh (data, fits, n_fits, weights);
  for (guint j = 0; j < data->h; j++)
    {
      Votes votes = { .n = 0 };

      for (guint i = 0; i < n_fits; i++)
        vote (&votes, fits[i].mean[j], weights[i], i);
      out->mean[j] = count_votes (&votes, used);
    }
  for (guint i = 0; i < n_fits; i++)
    total += used[i];
  for (guint i = 0; i < n_fits; i++)
    fits[i].member.weight = used[i] / total;
  combine_fitted (data, fits, weights, n_fits, out);
  combine_paths (data, fits, weights, n_fits, out);
}
