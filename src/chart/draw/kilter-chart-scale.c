/* kilter-chart-scale.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-scale.h"

#include <math.h>

/* Returns the smallest 1-2-5 step that is at least @raw. */
static double
nice_step (double raw)
{
  double power = pow (10, floor (log10 (raw)));
  double mantissa = raw / power;

  /* a hair of tolerance, so that 0.1 + 0.2 does not jump to the next step */
  if (mantissa <= 1 + 1e-9)
    return power;
  if (mantissa <= 2 + 1e-9)
    return 2 * power;
  if (mantissa <= 5 + 1e-9)
    return 5 * power;
  return 10 * power;
}

static int
count_ticks (double lo, double hi, double step, double *out_first)
{
  double first = ceil (lo / step - 1e-9);
  double last = floor (hi / step + 1e-9);

  *out_first = first * step;
  return (int) CLAMP (last - first + 1, 0, 100);
}

/**
 * kilter_scale_init:
 * @lo: lowest value, may be NaN
 * @hi: highest value, may be NaN
 * @with_zero: whether the axis has to show 0 (columns)
 * @max_lines: at most this many grid lines besides the one at 0
 *
 * Makes an axis for values from @lo to @hi. Values without extent get one, so that a scale is
 * always usable: all zero gives 0 to 1.
 */
void
kilter_scale_init (KilterScale *self, double lo, double hi, gboolean with_zero, int max_lines)
{
  double raw;

  if (!isfinite (lo) || !isfinite (hi))
    lo = hi = 0;
  if (lo > hi)
    {
      double swap = lo;

      lo = hi;
      hi = swap;
    }
  if (with_zero)
    {
      lo = MIN (lo, 0);
      hi = MAX (hi, 0);
    }
  if (hi - lo <= MAX (fabs (lo), fabs (hi)) * 1e-9 || hi - lo < 1e-290)
    {
      if (with_zero || hi == 0)
        hi = lo < 0 ? 0 : 1;
      else
        {
          double half = fabs (hi) * 0.05;

          lo -= half;
          hi += half;
        }
      if (hi - lo < 1e-290)
        hi = lo + 1;
    }
  self->lo = lo;
  self->hi = hi;

  max_lines = MAX (max_lines, 1);
  raw = (hi - lo) / (max_lines + 1);
  self->step = nice_step (raw);
  for (int i = 0; i < 6; i++)
    {
      int n = count_ticks (lo, hi, self->step, &self->first_tick);
      gboolean has_zero = lo <= 0 && hi >= 0;

      self->n_ticks = n;
      if (n - (has_zero ? 1 : 0) <= max_lines)
        return;
      self->step = nice_step (self->step * 1.5);
    }
}

double
kilter_scale_get_tick (const KilterScale *self, int i)
{
  double tick = self->first_tick + i * self->step;

  return fabs (tick) < self->step * 1e-6 ? 0 : tick;
}

/**
 * kilter_scale_get_fraction:
 *
 * Returns: 0 at the lower end, 1 at the upper; NaN for NaN
 */
double
kilter_scale_get_fraction (const KilterScale *self, double value)
{
  return (value - self->lo) / (self->hi - self->lo);
}

double
kilter_scale_get_value (const KilterScale *self, double fraction)
{
  return self->lo + fraction * (self->hi - self->lo);
}

/**
 * kilter_scale_get_decimals:
 *
 * Returns: digits after the decimal sign that a multiple of @step needs, 0 to 9
 */
int
kilter_scale_get_decimals (double step)
{
  if (!(step > 0))
    return 0;
  return CLAMP ((int) ceil (-log10 (step) - 1e-9), 0, 9);
}

/**
 * kilter_range_add:
 * @lo: (inout): lowest so far, NaN for none
 * @hi: (inout): highest so far, NaN for none
 * @values: (nullable): @n values, NaN is missing
 *
 * Widens a range to hold @values.
 */
void
kilter_range_add (double *lo, double *hi, const double *values, gsize n)
{
  if (values == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        if (isnan (*lo) || values[i] < *lo)
          *lo = values[i];
        if (isnan (*hi) || values[i] > *hi)
          *hi = values[i];
      }
}

/**
 * kilter_label_stride:
 * @centers: where labels stand, ascending
 * @widths: how wide they are
 * @gap: least space between two
 *
 * Labels are dropped evenly (every second, third, sixth …) rather than made smaller.
 *
 * Returns: the smallest stride of 1, 2, 3, 4, 6, 12, 24 … at which no two labels touch; 0 when not
 *   even one fits
 */
gsize
kilter_label_stride (const double *centers, const double *widths, gsize n, double gap)
{
  static const gsize strides[] = { 1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240 };

  for (gsize s = 0; s < G_N_ELEMENTS (strides); s++)
    {
      gboolean fits = TRUE;

      for (gsize i = strides[s]; i < n && fits; i += strides[s])
        {
          gsize before = i - strides[s];

          fits = centers[i] - widths[i] / 2 >= centers[before] + widths[before] / 2 + gap;
        }
      if (fits)
        return strides[s];
    }

  return 0;
}

/**
 * kilter_labels_spread:
 * @positions: (inout): wished centres, in any order
 * @heights: heights of the labels
 * @lo: nothing may reach below
 * @hi: nothing may reach above
 *
 * Moves labels apart that would overlap, each as little as a simple two-way sweep allows; their
 * order stays. When they do not fit they keep their order and overlap evenly.
 */
void
kilter_labels_spread (double *positions, const double *heights, gsize n, double lo, double hi)
{
  g_autofree gsize *order = NULL;
  double edge;

  if (n == 0)
    return;
  order = g_new (gsize, n);
  for (gsize i = 0; i < n; i++)
    {
      gsize at = i;

      while (at > 0 && positions[order[at - 1]] > positions[i])
        {
          order[at] = order[at - 1];
          at--;
        }
      order[at] = i;
    }

  /* pairs that overlap share the way: a few sweeps settle small groups */
  for (int sweep = 0; sweep < 24; sweep++)
    for (gsize k = 1; k < n; k++)
      {
        gsize a = order[k - 1];
        gsize b = order[k];
        double need = (heights[a] + heights[b]) / 2 - (positions[b] - positions[a]);

        if (need > 0)
          {
            positions[a] -= need / 2;
            positions[b] += need / 2;
          }
      }

  edge = lo;
  for (gsize k = 0; k < n; k++)
    {
      gsize i = order[k];

      positions[i] = MAX (positions[i], edge + heights[i] / 2);
      edge = positions[i] + heights[i] / 2;
    }
  edge = hi;
  for (gsize k = n; k-- > 0;)
    {
      gsize i = order[k];

      positions[i] = MIN (positions[i], edge - heights[i] / 2);
      edge = positions[i] - heights[i] / 2;
    }
}
