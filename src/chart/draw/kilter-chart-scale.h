/* kilter-chart-scale.h: value axes with 1-2-5 ticks, and labels that do not run into each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KILTER_CHART_MAX_GRID_LINES 4

/**
 * KilterScale:
 * @lo: value at the lower end
 * @hi: value at the upper end, above @lo
 * @step: distance of ticks: 1, 2 or 5 times a power of ten
 * @first_tick: lowest tick, a multiple of @step
 * @n_ticks: how many, the one at 0 included
 */
typedef struct
{
  double lo;
  double hi;
  double step;
  double first_tick;
  int n_ticks;
} KilterScale;

void kilter_scale_init (KilterScale *self, double lo, double hi, gboolean with_zero, int max_lines);
double kilter_scale_get_tick (const KilterScale *self, int i);
double kilter_scale_get_fraction (const KilterScale *self, double value);
double kilter_scale_get_value (const KilterScale *self, double fraction);
int kilter_scale_get_decimals (double step);

void kilter_range_add (double *lo, double *hi, const double *values, gsize n);
gsize kilter_label_stride (const double *centers, const double *widths, gsize n, double gap);
void kilter_labels_spread (double *positions, const double *heights, gsize n, double lo, double hi);

G_END_DECLS
