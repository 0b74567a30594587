/* kilter-season.c: tests for seasonality, classical decomposition, filling of gaps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#define YEARS_AGREE 0.7

/* Fills the gap start … end - 1 on a straight line between the neighbours. */
static void
interpolate (double *y, gsize n, gsize start, gsize end)
{
  double left = start > 0 ? y[start - 1] : (end < n ? y[end] : 0.0);
  double right = end < n ? y[end] : left;

  for (gsize t = start; t < end; t++)
    y[t] = left + (right - left) * (double) (t - start + 1) / (double) (end - start + 1);
}

static void
fill_lines (const double *y, gsize n, double *out)
{
  gsize start = 0;

  for (gsize t = 0; t < n; t++)
    out[t] = y[t];
  while (start < n)
    {
      gsize end = start;

      while (end < n && isnan (y[end]))
        end++;
      if (end > start)
        interpolate (out, n, start, end);
      start = end + 1;
    }
}

/**
 * kilter_fill_gaps:
 * @y: (array length=n): values, NaN is missing
 * @m: season length
 * @out_filled: (array length=n): the values with gaps interpolated
 *
 * For start states and decompositions only: what is made up here never counts as an error. With
 * two seasons or more the interpolation is done on the seasonally adjusted values.
 */
void
kilter_fill_gaps (const double *y, gsize n, guint m, double *out_filled)
{
  g_autofree double *sum = NULL;
  g_autofree double *line = NULL;
  g_autofree guint *count = NULL;
  double all = 0.0;
  gsize n_all = 0;

  fill_lines (y, n, out_filled);
  if (m < 2 || n < 2 * (gsize) m)
    return;

  sum = g_new0 (double, m);
  count = g_new0 (guint, m);
  for (gsize t = 0; t < n; t++)
    if (!isnan (y[t]))
      {
        sum[t % m] += y[t];
        count[t % m]++;
        all += y[t];
        n_all++;
      }
  if (n_all == n || n_all == 0)
    return;
  all /= (double) n_all;

  line = g_new (double, n);
  for (gsize t = 0; t < n; t++)
    {
      double mean = count[t % m] > 0 ? sum[t % m] / count[t % m] : all;

      line[t] = y[t] - (mean - all);
    }
  {
    g_autofree double *filled = g_new (double, n);

    fill_lines (line, n, filled);
    for (gsize t = 0; t < n; t++)
      if (isnan (y[t]))
        {
          double mean = count[t % m] > 0 ? sum[t % m] / count[t % m] : all;

          out_filled[t] = filled[t] + (mean - all);
        }
  }
}

/* Centred average over one season, NaN where it does not fit. */
void
kilter_moving_average (const double *y, gsize n, guint m, double *out)
{
  gsize half = m / 2;

  for (gsize t = 0; t < n; t++)
    {
      double sum = 0.0;

      if (t < half || t + half >= n)
        {
          out[t] = NAN;
          continue;
        }
      for (gsize i = t - half; i <= t + half; i++)
        sum += m % 2 == 0 && (i == t - half || i == t + half) ? 0.5 * y[i] : y[i];
      out[t] = sum / m;
    }
}

static void
autocorrelations (const double *y, gsize n, guint m, double *out)
{
  double mean = 0.0, variance = 0.0;

  for (gsize t = 0; t < n; t++)
    mean += y[t];
  mean /= (double) n;
  for (gsize t = 0; t < n; t++)
    variance += (y[t] - mean) * (y[t] - mean);
  for (guint lag = 1; lag <= m; lag++)
    {
      double sum = 0.0;

      for (gsize t = lag; t < n; t++)
        sum += (y[t] - mean) * (y[t - lag] - mean);
      out[lag] = variance > 1e-30 ? sum / variance : 0.0;
    }
}

/* Autocorrelation at the season against that many of Bartlett's standard errors. */
static gboolean
acf_exceeds (const double *y, gsize n, guint m, double n_errors)
{
  g_autofree double *acf = g_new0 (double, m + 1);
  double sum = 0.0;

  autocorrelations (y, n, m, acf);
  for (guint lag = 1; lag < m; lag++)
    sum += acf[lag] * acf[lag];
  return acf[m] > n_errors * sqrt ((1.0 + 2.0 * sum) / (double) n);
}

/* A smooth season of many periods correlates with itself at every lag, which Bartlett's formula
 * takes for noise. It is accepted too when one year is like the next: when the correlation over
 * the years is high, and higher than the swings of a series as persistent as this one make it. */
static gboolean
years_agree (const double *y, gsize n, guint m)
{
  g_autofree double *acf = g_new0 (double, m + 1);
  double sum = 0.0, overlap = (double) (n - m), correlation;

  autocorrelations (y, n, m, acf);
  for (guint lag = 1; lag < m && acf[lag] > 0.0; lag++)
    sum += acf[lag] * acf[lag];
  correlation = acf[m] * (double) n / overlap;
  return correlation > YEARS_AGREE && correlation > 1.645 * sqrt ((1.0 + 2.0 * sum) / overlap);
}

/**
 * kilter_season_m4_test:
 *
 * Makridakis, Spiliotis & Assimakopoulos 2020, appendix A: the autocorrelation at lag @m of the
 * series itself, at 90 %.
 */
gboolean
kilter_season_m4_test (const double *y, gsize n, guint m)
{
  return m > 1 && n >= 3 * (gsize) m && acf_exceeds (y, n, m, 1.645);
}

/* Two or three years are too short for the autocorrelation: a pure season of twelve reaches no more
 * than 0.67 in three years, and its own Bartlett error is larger. What tells then is whether the
 * phases differ more than the years do: the F test of phases beside a straight line, at about 1 %
 * (its critical value is close to 4.2 for twelve degrees of freedom, and rises as they get fewer).
 * The slope comes from differences over a season, which the season does not touch. */
static gboolean
phases_differ (KilterWork *work, const double *y, gsize n, guint m)
{
  double *mean = kilter_work_doubles (work, m);
  double slope = 0.0, all = 0.0, between = 0.0, within = 0.0;
  double freedom = (double) n - m - 1.0;
  double limit = freedom >= 12 ? 4.2 : 4.2 * pow (12.0 / MAX (freedom, 1.0), 1.2);

  if (n < 2 * (gsize) m || freedom < 3)
    return FALSE;
  for (gsize t = m; t < n; t++)
    slope += (y[t] - y[t - m]) / m / (double) (n - m);
  for (gsize t = 0; t < n; t++)
    all += (y[t] - slope * (double) t) / (double) n;
  for (guint i = 0; i < m; i++)
    {
      gsize count = 0;

      mean[i] = 0.0;
      for (gsize t = i; t < n; t += m, count++)
        mean[i] += y[t] - slope * (double) t;
      mean[i] /= (double) count;
      between += (double) count * (mean[i] - all) * (mean[i] - all);
    }
  for (gsize t = 0; t < n; t++)
    {
      double rest = y[t] - slope * (double) t - mean[t % m];

      within += rest * rest;
    }
  return between / (m - 1.0) > limit * MAX (within / freedom, 1e-12 * all * all);
}

/**
 * kilter_season_test:
 * @positive: whether @y may be divided by its average
 *
 * A trend hides a season from the plain autocorrelation and, over many lags, feigns one. Where
 * there is enough history the trend is taken out first.
 */
gboolean
kilter_season_test (KilterWork *work, const double *y, gsize n, guint m, gboolean positive)
{
  double *average, *detrended;
  gsize first = m / 2, length;
  gboolean is_long = m > KILTER_LONG_SEASON;

  if (m < 2 || n < (is_long ? 5 * (gsize) m / 2 : 2 * (gsize) m))
    return FALSE;
  if (!is_long && n < 4 * (gsize) m)
    return kilter_season_m4_test (y, n, m) || phases_differ (work, y, n, m);

  average = kilter_work_doubles (work, n);
  detrended = kilter_work_doubles (work, n);
  kilter_moving_average (y, n, m, average);
  length = n - 2 * first;
  for (gsize t = 0; t < length; t++)
    detrended[t] = positive ? y[t + first] / average[t + first] : y[t + first] - average[t + first];
  if (!is_long)
    return acf_exceeds (detrended, length, m, 1.0);
  return acf_exceeds (detrended, length, m, 1.645) || years_agree (detrended, length, m);
}

/**
 * kilter_season_indices:
 * @y: (array length=n): values without gaps, at least two seasons
 * @out_index: (array length=m): index of the periods t with t % m = i; mean 1, or 0 if additive
 *
 * Classical decomposition.
 */
void
kilter_season_indices (KilterWork *work,
                       const double *y,
                       gsize n,
                       guint m,
                       gboolean additive,
                       double *out_index)
{
  double *average = kilter_work_doubles (work, n);
  double total = 0.0;

  kilter_moving_average (y, n, m, average);
  for (guint i = 0; i < m; i++)
    {
      double sum = 0.0;
      guint count = 0;

      for (gsize t = i; t < n; t += m)
        if (!isnan (average[t]))
          {
            sum += additive ? y[t] - average[t] : y[t] / average[t];
            count++;
          }
      out_index[i] = count > 0 ? sum / count : (additive ? 0.0 : 1.0);
      total += out_index[i];
    }
  total /= m;
  for (guint i = 0; i < m; i++)
    if (additive)
      out_index[i] -= total;
    else
      out_index[i] = MAX (out_index[i] / total, 0.01);
}

/**
 * kilter_season_shrink:
 * @index: (array length=m) (inout): indices from kilter_season_indices()
 *
 * Indices are averages of a few noisy ratios: part of what they vary by is noise, and the more so
 * the shorter the history. They are drawn towards no season by the share of that noise (the
 * James–Stein estimator of Miller & Williams 2003).
 */
void
kilter_season_shrink (KilterWork *work,
                      const double *y,
                      gsize n,
                      guint m,
                      gboolean additive,
                      double *index)
{
  double *average = kilter_work_doubles (work, n);
  double none = additive ? 0.0 : 1.0, noise = 0.0, spread = 0.0, keep;
  gsize count = 0;

  if (m < 4)
    return;
  kilter_moving_average (y, n, m, average);
  for (gsize t = m / 2; t + m / 2 < n; t++, count++)
    {
      double ratio = additive ? y[t] - average[t] : y[t] / average[t];

      noise += (ratio - index[t % m]) * (ratio - index[t % m]);
    }
  if (count <= m)
    return;
  /* variance of one ratio, then of an index, which is a mean of count / m of them */
  noise = noise / (double) (count - m) * m / (double) count;
  for (guint i = 0; i < m; i++)
    spread += (index[i] - none) * (index[i] - none) / (m - 1.0);
  keep = spread > 0.0 ? 1.0 - (m - 3.0) / (m - 1.0) * noise / spread : 0.0;
  keep = CLAMP (keep, 0.0, 1.0);
  for (guint i = 0; i < m; i++)
    index[i] = none + keep * (index[i] - none);
}

/* Weekly indices from two or three years are noisy: each is averaged with its neighbours. */
void
kilter_season_smooth (double *index, guint m, gboolean additive)
{
  g_autofree double *old = g_memdup2 (index, m * sizeof (double));

  for (guint i = 0; i < m; i++)
    index[i] = 0.25 * old[(i + m - 1) % m] + 0.5 * old[i] + 0.25 * old[(i + 1) % m];
}

/**
 * kilter_season_strength:
 *
 * Wang, Smith & Hyndman 2006: one less the share of the remainder in the detrended variance.
 *
 * Returns: 0 … 1
 */
double
kilter_season_strength (KilterWork *work, const double *y, gsize n, guint m, gboolean additive)
{
  double *average, *index;
  double mean_r = 0.0, mean_d = 0.0, var_r = 0.0, var_d = 0.0;
  gsize count = 0;

  if (m < 2 || n < 2 * (gsize) m)
    return 0.0;

  average = kilter_work_doubles (work, n);
  index = kilter_work_doubles (work, m);
  kilter_moving_average (y, n, m, average);
  kilter_season_indices (work, y, n, m, additive, index);
  for (gsize t = m / 2; t + m / 2 < n; t++, count++)
    {
      average[t] = additive ? y[t] - average[t] : y[t] / average[t];
      mean_d += average[t];
      mean_r += additive ? average[t] - index[t % m] : average[t] / index[t % m];
    }
  mean_d /= (double) MAX (count, 1);
  mean_r /= (double) MAX (count, 1);
  for (gsize t = m / 2; t + m / 2 < n; t++)
    {
      double r = additive ? average[t] - index[t % m] : average[t] / index[t % m];

      var_d += (average[t] - mean_d) * (average[t] - mean_d);
      var_r += (r - mean_r) * (r - mean_r);
    }
  return var_d > 1e-30 ? CLAMP (1.0 - var_r / var_d, 0.0, 1.0) : 0.0;
}
