/* kilter-decompose.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/history/kilter-decompose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* the median absolute deviation of a normal distribution is its standard deviation ÷ this */
#define MAD_FACTOR 1.4826022185056018
#define N_ROUNDS 6
/* periods on each side of a local line */
#define SMALLEST_HALF 6
/* how much of the variance around the trend a season must explain: medians of c cycles of noise
 * explain about 1 ÷ c of it */
#define SEASON_STRENGTH(cycles) (0.25 + 1.0 / (cycles))
#define FEW_CYCLES 5.0
#define ODD_ONE_OUT 0.15
/* of the largest squares, left out before variances are compared */
#define TRIMMED 0.05
/* bisquare weights are 0 beyond this many median deviations (Cleveland 1979) */
#define BISQUARE 6.0

static guint
half_window (guint m)
{
  return MAX (SMALLEST_HALF, m / 2 + 1);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The finite values, sorted. */
static double *
sort_finite (const double *values, gsize n, gsize *out_n)
{
  double *sorted = g_new (double, n + 1);

  *out_n = 0;
  for (gsize t = 0; t < n; t++)
    if (isfinite (values[t]))
      sorted[(*out_n)++] = values[t];
  qsort (sorted, *out_n, sizeof (double), compare_doubles);
  return sorted;
}

static double
quantile_of_sorted (const double *sorted, gsize n, double probability)
{
  double at = probability * (double) (n - 1);
  gsize below = (gsize) at;

  if (below + 1 >= n)
    return sorted[n - 1];
  return sorted[below] + (at - (double) below) * (sorted[below + 1] - sorted[below]);
}

/**
 * kilter_median:
 *
 * Returns: the median of the finite values, NaN when there is none
 */
double
kilter_median (const double *values, gsize n)
{
  gsize known;
  g_autofree double *sorted = sort_finite (values, n, &known);

  return known > 0 ? quantile_of_sorted (sorted, known, 0.5) : NAN;
}

/**
 * kilter_robust_deviation:
 *
 * Returns: the standard deviation by the median absolute deviation, NaN without values
 */
double
kilter_robust_deviation (const double *values, gsize n)
{
  double center = kilter_median (values, n);
  g_autofree double *distances = g_new (double, n + 1);

  for (gsize t = 0; t < n; t++)
    distances[t] = fabs (values[t] - center);
  return MAD_FACTOR * kilter_median (distances, n);
}

/* The value at @at of a line through the values around it, near ones first, outliers not at all. */
static double
local_line (const double *z, const double *weights, gsize n, gsize at, guint half)
{
  double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, determinant;
  gsize from = at > half ? at - half : 0, to = MIN (n, at + half + 1);

  /* at the ends the window is as wide as elsewhere */
  if (at < half)
    to = MIN (n, 2 * (gsize) half + 1);
  if (at + half + 1 > n)
    from = n > 2 * (gsize) half + 1 ? n - 2 * (gsize) half - 1 : 0;
  for (gsize t = from; t < to; t++)
    {
      double x = (double) t - (double) at;
      double u = fabs (x) / (MAX (at - from, to - at) + 1.0), w;

      if (!isfinite (z[t]))
        continue;
      w = (1 - u * u * u) * (1 - u * u * u) * (1 - u * u * u) * weights[t];
      sw += w;
      sx += w * x;
      sy += w * z[t];
      sxx += w * x * x;
      sxy += w * x * z[t];
    }
  if (!(sw > 1e-9))
    return NAN;
  determinant = sw * sxx - sx * sx;
  if (determinant <= 1e-9 * sw * sxx)
    return sy / sw;
  return (sxx * sy - sx * sxy) / determinant;
}

static void
fit_trend (const double *z, const double *weights, gsize n, guint half, double *out)
{
  double usual = kilter_median (z, n);

  for (gsize t = 0; t < n; t++)
    {
      out[t] = local_line (z, weights, n, t, half);
      if (!isfinite (out[t]))
        out[t] = usual;
    }
}

/* The median of each position in the season, around 0, or the mean of what has weight once weights
 * are known; two cycles have no median, so there the one nearer to nothing counts. */
static void
fit_season (const double *detrended,
            const double *weights,
            gsize n,
            guint m,
            guint phase,
            double *out_index)
{
  g_autofree double *values = g_new (double, n / m + 2);
  double mean = 0.0;

  for (guint i = 0; i < m; i++)
    {
      double sum = 0.0, total = 0.0;
      gsize count = 0;

      for (gsize t = (i + m - phase) % m; t < n; t += m)
        if (isfinite (detrended[t]))
          {
            values[count++] = detrended[t];
            sum += weights != NULL ? weights[t] * detrended[t] : 0.0;
            total += weights != NULL ? weights[t] : 0.0;
          }
      out_index[i] = count > 0 ? kilter_median (values, count) : 0.0;
      if (total > 0.5 * (double) count)
        out_index[i] = sum / total;
      if (count == 2)
        out_index[i] = fabs (values[0]) < fabs (values[1]) ? values[0] : values[1];
      mean += out_index[i] / m;
    }
  for (guint i = 0; i < m; i++)
    out_index[i] -= mean;
}

/* The mean square without the largest: a peak once a year must count, a single outlier must not. */
static double
trimmed_square (const double *values, gsize n)
{
  g_autofree double *squares = g_new (double, n + 1);
  g_autofree double *sorted = NULL;
  gsize known, kept;
  double sum = 0.0;

  for (gsize t = 0; t < n; t++)
    squares[t] = values[t] * values[t];
  sorted = sort_finite (squares, n, &known);
  kept = known - (gsize) (TRIMMED * (double) known + 0.999);
  for (gsize i = 0; i < kept; i++)
    sum += sorted[i];
  return kept > 0 ? sum / (double) kept : 0.0;
}

static void
weigh (const double *rest, gsize n, double *out_weights)
{
  double limit = BISQUARE / MAD_FACTOR * kilter_robust_deviation (rest, n);

  for (gsize t = 0; t < n; t++)
    {
      double u = limit > 0.0 ? fabs (rest[t]) / limit : (rest[t] == 0.0 ? 0.0 : 1.0);

      out_weights[t] = isfinite (rest[t]) && u < 1.0 ? (1 - u * u) * (1 - u * u) : 0.0;
    }
}

/* What was fitted has made the rest smaller than the noise is: a season takes one value in each of
 * its cycles, a line two in its window. */
static void
set_fences (KilterDecomposition *self, guint m)
{
  gsize known;
  g_autofree double *sorted = sort_finite (self->rest, self->n, &known);
  double taken = 2.0 / (2.0 * half_window (m) + 1.0), factor, q1, q3;

  taken += self->seasonal ? (double) m / (double) MAX (known, 1) : 0.0;
  factor = 1.0 / sqrt (1.0 - MIN (taken, 0.75));
  /* of two or three cycles one is easily the odd one out */
  if (self->seasonal && (double) known / m < FEW_CYCLES)
    factor *= 1.0 + ODD_ONE_OUT * (FEW_CYCLES - (double) known / m);
  self->sigma = factor * kilter_robust_deviation (self->rest, self->n);
  self->low = -INFINITY;
  self->high = INFINITY;
  if (known < 4)
    return;
  q1 = quantile_of_sorted (sorted, known, 0.25);
  q3 = quantile_of_sorted (sorted, known, 0.75);
  self->low = factor * (q1 - 3.0 * (q3 - q1));
  self->high = factor * (q3 + 3.0 * (q3 - q1));
}

static void
decompose_with (KilterDecomposition *self, const double *z, guint m, guint phase)
{
  gsize n = self->n;
  guint half = half_window (m);
  g_autofree double *weights = g_new (double, n + 1);
  g_autofree double *work = g_new (double, n + 1);
  g_autofree double *index = g_new0 (double, m + 1);

  for (gsize t = 0; t < n; t++)
    {
      weights[t] = 1.0;
      self->season[t] = 0.0;
    }
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (gsize t = 0; t < n; t++)
        work[t] = z[t] - self->season[t];
      fit_trend (work, weights, n, half, self->trend);
      if (m > 1)
        {
          for (gsize t = 0; t < n; t++)
            work[t] = z[t] - self->trend[t];
          fit_season (work, round > 1 ? weights : NULL, n, m, phase, index);
          for (gsize t = 0; t < n; t++)
            self->season[t] = index[(phase + t) % m];
        }
      for (gsize t = 0; t < n; t++)
        self->rest[t] = z[t] - self->trend[t] - self->season[t];
      weigh (self->rest, n, weights);
    }
}

/**
 * kilter_decompose:
 * @z: (array length=n): values, logarithms where effects multiply; NaN is missing
 * @m: season length; no season is looked for in fewer than two cycles
 *
 * In the manner of STL with robustness weights (Cleveland, Cleveland, McRae & Terpenning 1990):
 * lines through the neighbourhood, medians by position in the season, and again with weights that
 * leave out what lies far off.
 */
void
kilter_decompose (const double *z, gsize n, guint m, guint phase, KilterDecomposition *out)
{
  gboolean try_season = m > 1 && n >= 2 * (gsize) m;

  *out = (KilterDecomposition) { .n = n };
  out->trend = g_new0 (double, n + 1);
  out->season = g_new0 (double, n + 1);
  out->rest = g_new0 (double, n + 1);
  if (try_season)
    {
      g_autofree double *both = g_new (double, n + 1);

      decompose_with (out, z, m, phase);
      for (gsize t = 0; t < n; t++)
        both[t] = out->rest[t] + out->season[t];
      out->seasonal = 1.0 - trimmed_square (out->rest, n) / MAX (trimmed_square (both, n), 1e-300) >
                      SEASON_STRENGTH ((double) n / m);
    }
  if (!out->seasonal)
    decompose_with (out, z, 1, 0);
  set_fences (out, out->seasonal ? m : 1);
}

void
kilter_decomposition_clear (KilterDecomposition *self)
{
  g_free (self->trend);
  g_free (self->season);
  g_free (self->rest);
  *self = (KilterDecomposition) { 0 };
}
