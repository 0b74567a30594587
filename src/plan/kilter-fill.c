/* kilter-fill.c: continuing the season and trend of a row of numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-scope.h"

#include <math.h>

/**
 * kilter_plan_growth:
 * @values: (array length=n): numbers
 * @last_year: (array length=n): the same buckets one year before
 *
 * Returns: by which factor @values are above @last_year, over the buckets where both are known; NaN
 *   when there is none or the year before sums to zero or less
 */
double
kilter_plan_growth (const double *values, const double *last_year, int n)
{
  double now = 0, before = 0;

  for (int i = 0; i < n; i++)
    if (!isnan (values[i]) && !isnan (last_year[i]))
      {
        now += values[i];
        before += last_year[i];
      }
  return before > 0 ? now / before : NAN;
}

/* The straight line of least squares through the known values of the source, at @at. One value goes
 * on as it is. */
static double
extrapolate (const double *values, int first, int n, int at)
{
  double count = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0, spread;

  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      {
        double x = t - first;

        count++;
        sum_x += x;
        sum_y += values[t];
        sum_xx += x * x;
        sum_xy += x * values[t];
      }
  if (count < 1)
    return NAN;
  spread = count * sum_xx - sum_x * sum_x;
  if (spread <= 0)
    return sum_y / count;
  {
    double slope = (count * sum_xy - sum_x * sum_y) / spread;

    return (sum_y - slope * sum_x) / count + slope * (at - first);
  }
}

/**
 * kilter_plan_continue_row:
 * @values: (array length=n) (inout): a row by bucket; the target is written
 * @base: (array length=n): what a year before is read from where @values say nothing, such as
 * demand
 * @season: buckets of a year, above 0
 * @source_first: first bucket of the source
 * @source_n: how many
 * @target_first: first bucket of the target, outside the source
 * @target_n: how many
 *
 * Each target becomes the bucket one year before it, times the growth of the source over its own
 * year before: the season goes on, and so does the trend from year to year. What was written a year
 * earlier in the target itself is built on. Where a year before is unknown, the straight line
 * through the source goes on instead. Never below 0 where the source is not.
 */
void
kilter_plan_continue_row (double *values,
                          const double *base,
                          int n,
                          int season,
                          int source_first,
                          int source_n,
                          int target_first,
                          int target_n)
{
  g_autofree double *before = NULL;
  double growth, least = 0;

  g_return_if_fail (season > 0 && source_first >= 0 && source_n > 0);
  g_return_if_fail (source_first + source_n <= n && target_first >= 0 &&
                    target_first + target_n <= n);

  before = g_new (double, source_n);
  for (int i = 0; i < source_n; i++)
    {
      int t = source_first + i;
      double year = t >= season ? values[t - season] : NAN;

      before[i] = t >= season && isnan (year) ? base[t - season] : year;
      if (values[t] < least)
        least = values[t];
    }
  growth = kilter_plan_growth (values + source_first, before, source_n);
  for (int t = target_first; t < target_first + target_n; t++)
    {
      double year = t >= season ? values[t - season] : NAN;

      if (t >= season && isnan (year))
        year = base[t - season];
      if (isnan (growth) || isnan (year))
        values[t] = extrapolate (values, source_first, source_n, t);
      else
        values[t] = year * growth;
      if (least >= 0 && values[t] < 0)
        values[t] = 0;
    }
}
