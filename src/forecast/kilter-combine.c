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

/**
 * Votes:
 * @values: what is said
 * @who: which member says it
 */
typedef struct
{
  double values[KILTER_MAX_VOTES];
  guint who[KILTER_MAX_VOTES];
  guint n;
} Votes;

static void
vote (Votes *self, double value, guint who, guint times)
{
  for (guint i = 0; i < times && self->n < KILTER_MAX_VOTES; i++)
    {
      self->values[self->n] = value;
      self->who[self->n++] = who;
    }
}

/* The trimmed mean; used[] counts whose values it is made of. */
static double
count_votes (Votes *self, double *used)
{
  guint trim = n_trimmed (self->n);
  double sum = 0.0;

  sort_with_index (self->values, self->who, self->n);
  for (guint i = trim; i + trim < self->n; i++)
    {
      sum += self->values[i];
      if (used != NULL)
        used[self->who[i]] += 1.0;
    }
  return sum / (self->n - 2 * trim);
}

static void
combine_fitted (const KilterData *data, const KilterFit *fits, guint n_fits, KilterFit *out)
{
  for (gsize t = 0; t < data->n; t++)
    {
      Votes votes = { .n = 0 };

      for (guint i = 0; i < n_fits; i++)
        if (isfinite (fits[i].fitted[t]))
          vote (&votes, fits[i].fitted[t], i, fits[i].votes);
      out->fitted[t] = votes.n > 0 ? count_votes (&votes, NULL) : NAN;
    }
}

static void
combine_paths (const KilterData *data, const KilterFit *fits, guint n_fits, KilterFit *out)
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
          vote (&votes, fits[i].paths[c], i, fits[i].votes);
      out->paths[c] = count_votes (&votes, NULL);
    }
}

/**
 * kilter_combine:
 * @fits: (array length=n_fits): usable fits; their weights are set
 * @out: a fit made by kilter_fit_init()
 *
 * Forecasts, fitted values and paths, period by period: the mean of the members without the
 * lowest and the highest, from four on (Jose & Winkler 2008).
 */
void
kilter_combine (const KilterData *data, KilterFit *fits, guint n_fits, KilterFit *out)
{
  double used[KILTER_FORECAST_MAX_MEMBERS] = { 0 }, total = 0.0;

  for (guint j = 0; j < data->h; j++)
    {
      Votes votes = { .n = 0 };

      for (guint i = 0; i < n_fits; i++)
        vote (&votes, fits[i].mean[j], i, fits[i].votes);
      out->mean[j] = count_votes (&votes, used);
    }
  for (guint i = 0; i < n_fits; i++)
    total += used[i];
  for (guint i = 0; i < n_fits; i++)
    fits[i].member.weight = used[i] / total;
  combine_fitted (data, fits, n_fits, out);
  combine_paths (data, fits, n_fits, out);
}
