/* kilter-cleansing.c: what in a history is probably not demand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/history/kilter-cleansing.h"

#include "forecast/history/kilter-decompose.h"

#include <math.h>
#include <string.h>

/* fewer values tell nothing about what is usual */
#define SMALLEST_N 12
/* a series with more zeros than this has no usual level from period to period */
#define MOST_ZEROS 0.3
/* when so much stands out, that is how the series is */
#define MOST_OUTLIERS 0.1
/* less than this against what was expected is not worth a correction */
#define SMALLEST_CHANGE 0.15
#define SIGMAS 3.0
/* what the season must add for a peak */
#define SMALLEST_PEAK 0.05
/* periods on each side of a step */
#define SMALLEST_SIDE 8
#define LARGEST_SIDE 26
#define ABRUPT_SHARE 0.6
#define STEP_ERRORS 8.0
#define STEP_SIGMAS 3.0
#define SMALLEST_STEP 0.2
#define MAX_STEPS 3
/* sold below this share of what was expected, a period without stock was a stock-out */
#define SHORT_SHARE 0.8
#define DIP_SHARE 0.35
#define RECOVERED_SHARE 0.7

typedef struct
{
  const double *values;
  gsize n;
  const KilterCleansingOptions *options;
  gsize first; /* the first sale, and one behind the last value */
  gsize end;
  gboolean logged;
  gboolean sparse; /* zeros are usual */
  double *z;       /* values or their logarithms without steps; NaN is missing */
  double *shift;   /* what steps have added to z */
  KilterDecomposition parts;
  guint8 *used; /* periods that something was proposed for */
  GPtrArray *out;
} Cleansing;

static const char *const kind_keys[KILTER_N_ANOMALIES] = {
  [KILTER_ANOMALY_OUTLIER] = "outlier",
  [KILTER_ANOMALY_LEVEL_SHIFT] = "level-shift",
  [KILTER_ANOMALY_STOCK_OUT] = "stock-out",
  [KILTER_ANOMALY_MISSING] = "missing",
};

static const char *const reason_keys[KILTER_N_ANOMALY_REASONS] = {
  [KILTER_ANOMALY_FAR] = "far",
  [KILTER_ANOMALY_STEP] = "step",
  [KILTER_ANOMALY_NO_STOCK] = "no-stock",
  [KILTER_ANOMALY_ZERO_RECOVERED] = "zero-recovered",
  [KILTER_ANOMALY_DIP_RECOVERED] = "dip-recovered",
  [KILTER_ANOMALY_NO_VALUE] = "no-value",
};

static guint
season_length (const Cleansing *self)
{
  return MAX (self->options->season_length, 1);
}

static double
to_units (const Cleansing *self, double z)
{
  return self->logged ? exp (z) : z;
}

/* What trend and season say, at the level that the period had. */
static double
expected_at (const Cleansing *self, gsize t)
{
  gsize i = t - self->first;
  double value = to_units (self, self->parts.trend[i] + self->parts.season[i] - self->shift[i]);

  return isfinite (value) ? value : NAN;
}

static gboolean
is_promoted (const Cleansing *self, gsize t)
{
  return self->options->promoted != NULL && self->options->promoted[t] != 0;
}

static void
propose (Cleansing *self,
         KilterAnomalyKind kind,
         KilterAnomalyReason reason,
         gsize first,
         gsize n,
         gsize at,
         const double *values,
         double score)
{
  KilterAnomaly *anomaly = g_new0 (KilterAnomaly, 1);
  double before = 0.0, after = 0.0;

  anomaly->kind = kind;
  anomaly->reason = reason;
  anomaly->first = first;
  anomaly->n = n;
  anomaly->at = at;
  anomaly->values = g_memdup2 (values, n * sizeof (double));
  anomaly->score = score;
  for (gsize i = 0; i < n; i++)
    {
      gboolean known = isfinite (self->values[first + i]) && isfinite (values[i]);

      before += known ? self->values[first + i] : 0.0;
      after += known ? values[i] : 0.0;
      if (kind != KILTER_ANOMALY_LEVEL_SHIFT)
        self->used[first + i] = 1;
    }
  anomaly->change = before != 0.0 ? after / before - 1.0 : NAN;
  g_ptr_array_add (self->out, anomaly);
}

static void
propose_one (Cleansing *self,
             KilterAnomalyKind kind,
             KilterAnomalyReason reason,
             gsize at,
             double value,
             double score)
{
  if (self->logged || self->sparse)
    value = MAX (value, 0.0);
  if (isfinite (value))
    propose (self, kind, reason, at, 1, at, &value, score);
}

/* --- steps --- */

/* Where zeros are usual there is no trend to follow: the size of a sale, and no season. */
static void
decompose (Cleansing *self)
{
  gsize n = self->end - self->first;
  guint m = season_length (self);

  kilter_decompose (self->z, n, self->sparse ? 1 : m,
                    self->sparse ? 0 : (guint) ((self->options->phase + self->first) % m),
                    &self->parts);
}

/* The usual change from one period to the next: seasons apart, so that no season is left in it,
 * over all of the series, so that a single step does not move the median. */
static double
usual_slope (const double *z, gsize n, gsize lag)
{
  g_autofree double *changes = g_new (double, n + 1);
  gsize count = 0;

  for (gsize i = lag; i < n; i++)
    changes[count++] = (z[i] - z[i - lag]) / (double) lag;
  return count > 0 ? kilter_median (changes, count) : 0.0;
}

/* The step between the @side periods before @at and those from it on, and how many standard errors
 * it is. @z has no slope. */
static double
measure_step (const double *z,
              gsize at,
              gsize side,
              double *scratch,
              double *out_sigma,
              double *out_errors)
{
  double before = kilter_median (z + at - side, side), after = kilter_median (z + at, side);

  for (gsize i = 0; i < 2 * side; i++)
    scratch[i] = z[at - side + i] - (i < side ? before : after);
  *out_sigma = kilter_robust_deviation (scratch, 2 * side);
  /* the median of n values has 1.25 times the error of their mean */
  *out_errors = fabs (after - before) /
                MAX (*out_sigma * 1.2533 * sqrt (2.0 / (double) side), 1e-12);
  return after - before;
}

/* Where between the neighbours the two levels part best. */
static gsize
sharpen (const double *z, gsize n, gsize at, gsize side)
{
  gsize best = at;
  double least = INFINITY;

  for (gsize t = at > side + 2 ? at - 2 : side; t <= at + 2 && t + side <= n; t++)
    {
      double before = kilter_median (z + t - side, side), after = kilter_median (z + t, side);
      double sum = 0.0;

      for (gsize i = at - side; i < at + side; i++)
        sum += fabs (z[i] - (i < t ? before : after));
      if (sum >= least)
        continue;
      least = sum;
      best = t;
    }
  return best;
}

static gboolean
step_matters (const Cleansing *self, double step, double level)
{
  return self->logged ? fabs (step) > log (1.0 + SMALLEST_STEP)
                      : fabs (step) > SMALLEST_STEP * fabs (level);
}

/* Everything before the step, at the new level. */
static void
propose_step (Cleansing *self, gsize at, double step, double errors)
{
  g_autofree double *values = g_new (double, at + 1);
  gsize t = self->first + at;

  for (gsize i = 0; i < at; i++)
    {
      double value = self->values[self->first + i];
      double lifted = self->logged ? value * exp (step) : value + step;

      values[i] = isfinite (value) && !(self->sparse && value == 0.0) ? lifted : NAN;
      self->z[i] += step;
      self->shift[i] += step;
    }
  propose (self, KILTER_ANOMALY_LEVEL_SHIFT, KILTER_ANOMALY_STEP, self->first, at, t, values,
           errors);
}

/* The values without their season, gaps filled from the period before. */
static double *
take_season_out (Cleansing *self)
{
  gsize n = self->end - self->first;
  double *out = g_new (double, n + 1);

  decompose (self);
  for (gsize i = 0; i < n; i++)
    {
      out[i] = self->z[i] - self->parts.season[i];
      if (!isfinite (out[i]))
        out[i] = i > 0 ? out[i - 1] : self->parts.trend[i];
    }
  kilter_decomposition_clear (&self->parts);
  return out;
}

/* A step is there at once: three periods before and after show most of it. */
static gboolean
is_abrupt (const double *z, gsize at, double step)
{
  double near = kilter_median (z + at, 3) - kilter_median (z + at - 3, 3);

  return near * step > 0.0 && fabs (near) > ABRUPT_SHARE * fabs (step);
}

/* The clearest step, if there is one. */
static gboolean
find_step (Cleansing *self)
{
  gsize n = self->end - self->first, best = 0;
  gsize side = CLAMP (season_length (self), SMALLEST_SIDE, LARGEST_SIDE);
  g_autofree double *z = NULL;
  g_autofree double *scratch = g_new (double, 4 * side + 4);
  double best_errors = STEP_ERRORS, slope, sigma;

  if (n < 2 * side + 1)
    return FALSE;
  z = take_season_out (self);
  slope = usual_slope (z, n, MIN (side, n / 4));
  for (gsize i = 0; i < n; i++)
    z[i] -= slope * (double) i;
  for (gsize at = side; at + side <= n; at++)
    {
      double errors;
      double step = measure_step (z, at, side, scratch, &sigma, &errors);

      if (errors <= best_errors || fabs (step) < STEP_SIGMAS * sigma ||
          !step_matters (self, step, kilter_median (z + at, side)) || !is_abrupt (z, at, step) ||
          is_promoted (self, self->first + at))
        continue;
      best = at;
      best_errors = errors;
    }
  if (best == 0)
    return FALSE;
  best = sharpen (z, n, best, side);
  propose_step (self, best, measure_step (z, best, side, scratch, &sigma, &best_errors),
                best_errors);
  return TRUE;
}

/* --- single periods --- */

/* High enough above what trend and season say to matter. */
static gboolean
stands_out (const Cleansing *self, gsize i)
{
  double rest = self->parts.rest[i];
  double effect = self->logged ? expm1 (rest) : rest / MAX (fabs (self->parts.trend[i]), 1e-300);

  return rest > SIGMAS * self->parts.sigma && effect > SMALLEST_CHANGE;
}

/* What the season adds in a period, as a share of the trend. */
static double
season_effect (const Cleansing *self, gsize i)
{
  double season = self->parts.season[i];

  return self->logged ? expm1 (season) : season / MAX (fabs (self->parts.trend[i]), 1e-300);
}

/* A peak of the season, old or just forming, in the last one and a half cycles: what stands out
 * there may well be the next peak. */
static gboolean
is_recent_peak (const Cleansing *self, gsize t)
{
  guint m = season_length (self);
  gsize i = t - self->first, n = self->end - self->first;
  guint above = 0;

  if (m < 2 || 2 * (n - i) > 3 * (gsize) m)
    return FALSE;
  if ((i >= m && stands_out (self, i - m)) || (i + m < n && stands_out (self, i + m)))
    return TRUE;
  if (!self->parts.seasonal || n < m || season_effect (self, i) < SMALLEST_PEAK)
    return FALSE;
  for (guint k = 0; k < m; k++)
    above += self->parts.season[n - m + k] > self->parts.season[i];
  return above < MAX (m / 4, 1);
}

/* How far a period is from what was expected, in standard deviations; NaN for zero sales, of which
 * there is no logarithm. */
static double
score_at (const Cleansing *self, gsize t)
{
  double rest = self->parts.rest[t - self->first];

  return isfinite (rest) ? MIN (fabs (rest) / MAX (self->parts.sigma, 1e-300), 1e6) : NAN;
}

static gboolean
had_no_stock (const Cleansing *self, gsize t)
{
  const double *stock = self->options->stock;

  if (stock == NULL)
    return FALSE;
  return (isfinite (stock[t]) && stock[t] <= 0.0) ||
         (t > 0 && isfinite (stock[t - 1]) && stock[t - 1] <= 0.0);
}

/* Periods without stock in which less was sold than expected: certain. */
static void
find_empty_stock (Cleansing *self)
{
  for (gsize t = self->first; t < self->end; t++)
    {
      double expected = expected_at (self, t), value = self->values[t];

      if (!isfinite (value) || !had_no_stock (self, t) || is_promoted (self, t) || self->used[t] ||
          !(expected > 0.0) || value >= SHORT_SHARE * expected)
        continue;
      propose_one (self, KILTER_ANOMALY_STOCK_OUT, KILTER_ANOMALY_NO_STOCK, t, expected,
                   score_at (self, t));
    }
}

/* Whether sales are back in a period, at @share of what is expected or more. */
static gboolean
has_recovered (const Cleansing *self, gsize t, double share)
{
  return t < self->end && isfinite (self->values[t]) &&
         self->values[t] >= share * expected_at (self, t);
}

/* A short run of zeros, or of nearly nothing, that ends as it began. */
static void
find_short_runs (Cleansing *self)
{
  gsize longest = MAX (3, season_length (self) / 4);

  for (gsize t = self->first + 1, end; t < self->end; t = MAX (end, t + 1))
    {
      KilterAnomalyReason reason = KILTER_ANOMALY_ZERO_RECOVERED;
      gboolean usable = TRUE, zero = TRUE;

      for (end = t; end < self->end && isfinite (self->values[end]) &&
                    self->values[end] < DIP_SHARE * expected_at (self, end);
           end++)
        {
          usable = usable && !is_promoted (self, end) && !self->used[end];
          zero = zero && self->values[end] == 0.0;
        }
      if (end == t || !usable || end - t > longest || self->sparse ||
          !has_recovered (self, t - 1, RECOVERED_SHARE) ||
          !has_recovered (self, end, RECOVERED_SHARE))
        continue;
      if (!zero)
        {
          /* a dip alone is an outlier; with what had waited afterwards it is a stock-out */
          if (!(self->parts.rest[end - self->first] > SIGMAS * self->parts.sigma) ||
              !has_recovered (self, end, 1.0 + SMALLEST_CHANGE))
            continue;
          reason = KILTER_ANOMALY_DIP_RECOVERED;
        }
      for (gsize k = t; k < end; k++)
        if (isfinite (self->parts.rest[k - self->first])
              ? self->parts.rest[k - self->first] < -SIGMAS * self->parts.sigma
              : self->values[k] == 0.0)
          propose_one (self, KILTER_ANOMALY_STOCK_OUT, reason, k, expected_at (self, k), NAN);
    }
}

/* One-step forecasts, where there are any, must be as surprised. */
static gboolean
surprises_model (const Cleansing *self, gsize t, double sigma_fitted)
{
  if (self->options->fitted == NULL || !isfinite (self->options->fitted[t]) ||
      !(sigma_fitted > 0.0))
    return TRUE;
  return fabs (self->values[t] - self->options->fitted[t]) > SIGMAS * sigma_fitted;
}

static double
deviation_of_fitted (const Cleansing *self)
{
  g_autofree double *errors = g_new (double, self->n + 1);

  if (self->options->fitted == NULL)
    return NAN;
  for (gsize t = 0; t < self->n; t++)
    errors[t] = self->values[t] - self->options->fitted[t];
  return kilter_robust_deviation (errors + self->first, self->end - self->first);
}

static gboolean
is_far (const Cleansing *self, gsize t, double sigma_fitted)
{
  double rest = self->parts.rest[t - self->first], expected = expected_at (self, t);
  double value = self->values[t];

  if (!isfinite (rest) || !isfinite (expected) || self->used[t])
    return FALSE;
  if (rest <= self->parts.high && rest >= self->parts.low)
    return FALSE;
  return fabs (rest) > SIGMAS * self->parts.sigma &&
         fabs (value - expected) > SMALLEST_CHANGE * fabs (expected) &&
         surprises_model (self, t, sigma_fitted);
}

static void
find_outliers (Cleansing *self)
{
  double sigma_fitted = deviation_of_fitted (self);
  gsize n_far = 0, n = self->end - self->first;

  for (gsize t = self->first; t < self->end; t++)
    n_far += is_far (self, t, sigma_fitted);
  if ((double) n_far > MAX (1.0, MOST_OUTLIERS * (double) n))
    return;
  for (gsize t = self->first; t < self->end; t++)
    {
      double rest;

      if (!is_far (self, t, sigma_fitted) || is_promoted (self, t))
        continue;
      rest = self->parts.rest[t - self->first];
      if (rest > 0.0 && is_recent_peak (self, t))
        continue;
      propose_one (self, KILTER_ANOMALY_OUTLIER, KILTER_ANOMALY_FAR, t, expected_at (self, t),
                   score_at (self, t));
    }
}

static void
find_missing (Cleansing *self)
{
  for (gsize t = self->first; t < self->end; t++)
    if (!isfinite (self->values[t]) && !is_promoted (self, t))
      propose_one (self, KILTER_ANOMALY_MISSING, KILTER_ANOMALY_NO_VALUE, t, expected_at (self, t),
                   NAN);
}

/* --- what is usual --- */

/* Zeros before the first sale are not demand that was missed. */
static void
find_extent (Cleansing *self)
{
  while (self->first < self->n &&
         (!isfinite (self->values[self->first]) || self->values[self->first] == 0.0))
    self->first++;
  self->end = self->n;
  while (self->end > self->first && !isfinite (self->values[self->end - 1]))
    self->end--;
}

static gboolean
set_scale (Cleansing *self)
{
  gsize n = self->end - self->first, zeros = 0, known = 0;
  double largest = 0.0;
  gboolean negative = FALSE;

  for (gsize t = self->first; t < self->end; t++)
    {
      double value = self->values[t];

      if (!isfinite (value))
        continue;
      known++;
      zeros += value == 0.0;
      negative = negative || value < 0.0;
      largest = MAX (largest, fabs (value));
    }
  /* what a double cannot square is not sold */
  if (known < SMALLEST_N || !(largest > 1e-100) || largest > 1e100)
    return FALSE;
  self->logged = !negative;
  self->sparse = (double) zeros > MOST_ZEROS * (double) known;
  self->z = g_new (double, n + 1);
  self->shift = g_new0 (double, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      double value = self->values[self->first + i];

      self->z[i] = isfinite (value) ? value : NAN;
      if (self->logged)
        self->z[i] = value > 1e-6 * largest && isfinite (value) ? log (value) : NAN;
    }
  return TRUE;
}

static int
compare_anomalies (gconstpointer a, gconstpointer b)
{
  const KilterAnomaly *x = *(KilterAnomaly *const *) a, *y = *(KilterAnomaly *const *) b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

/**
 * kilter_cleansing_propose:
 * @values: (array length=n): the history, oldest first; NaN is missing
 * @options: what else is known
 *
 * Looks for what a forecast had better not learn from. Works on logarithms where no value is
 * negative. Steps first (medians of both sides without the season and the usual slope), then a
 * robust decomposition around them, then periods without stock, short runs of nothing that recover,
 * values beyond three interquartile ranges of the remainder *and* three robust standard deviations
 * (Tukey 1977; as forecast::tsoutliers of Hyndman), and gaps. Nothing is proposed in promoted
 * periods, before the first sale, at the season's peaks of the last one and a half cycles, for
 * fewer than 12 values, or when over a tenth of all values stand out: then that is how the series
 * is.
 *
 * Time: n × season length.
 *
 * Returns: (transfer full) (element-type KilterAnomaly): proposals, by period
 */
GPtrArray *
kilter_cleansing_propose (const double *values, gsize n, const KilterCleansingOptions *options)
{
  Cleansing self = { .values = values, .n = n, .options = options };

  self.out = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_anomaly_free);
  g_return_val_if_fail (options != NULL && (values != NULL || n == 0), self.out);

  find_extent (&self);
  if (!set_scale (&self))
    return self.out;
  self.used = g_new0 (guint8, n + 1);
  for (guint i = 0; i < MAX_STEPS && !self.sparse && find_step (&self); i++)
    ;
  decompose (&self);
  find_empty_stock (&self);
  find_short_runs (&self);
  find_outliers (&self);
  if (!self.sparse)
    find_missing (&self);
  g_ptr_array_sort (self.out, compare_anomalies);
  kilter_decomposition_clear (&self.parts);
  g_free (self.z);
  g_free (self.shift);
  g_free (self.used);
  return self.out;
}

void
kilter_anomaly_free (KilterAnomaly *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

/**
 * kilter_anomaly_kind_key:
 *
 * Returns: (transfer none): its name on the command line and in files
 */
const char *
kilter_anomaly_kind_key (KilterAnomalyKind kind)
{
  g_return_val_if_fail ((guint) kind < KILTER_N_ANOMALIES, NULL);

  return kind_keys[kind];
}

/**
 * kilter_anomaly_reason_key:
 *
 * Returns: (transfer none): its name on the command line and in files
 */
const char *
kilter_anomaly_reason_key (KilterAnomalyReason reason)
{
  g_return_val_if_fail ((guint) reason < KILTER_N_ANOMALY_REASONS, NULL);

  return reason_keys[reason];
}
