/* kilter-chart-metric.c: the picture of a metric card, and sparklines
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-private.h"

#define COLUMN_SHARE 0.66
#define END_RADIUS 5

typedef struct
{
  KilterScale scale;
  double top;
  double height;
  double left;
  double slot;
} MetricRoom;

/* --- metric card --- */

static KilterChartRole
last_role (KilterChartTone tone)
{
  return tone == KILTER_CHART_TONE_BAD     ? KILTER_CHART_ROLE_BAD
         : tone == KILTER_CHART_TONE_CLOSE ? KILTER_CHART_ROLE_MARKETING
                                           : KILTER_CHART_ROLE_FORECAST;
}

static KilterMarker
last_marker (KilterChartTone tone)
{
  return tone == KILTER_CHART_TONE_BAD     ? KILTER_MARKER_TRIANGLE
         : tone == KILTER_CHART_TONE_CLOSE ? KILTER_MARKER_DIAMOND
                                           : KILTER_MARKER_DOT;
}

static double
y_of (const MetricRoom *room, double value)
{
  return room->top + room->height * (1 - kilter_scale_get_fraction (&room->scale, value));
}

static gssize
last_index (const double *values, gsize n)
{
  for (gsize i = n; values != NULL && i-- > 0;)
    if (isfinite (values[i]))
      return (gssize) i;

  return -1;
}

static void
draw_range (KilterPaint *paint, const KilterChartMetric *metric, const MetricRoom *room)
{
  double low = metric->low, high = metric->high;
  KilterChartRect rect;

  if (!isfinite (low) || !isfinite (high))
    return;
  rect = (KilterChartRect) { 0, y_of (room, MAX (low, high)), paint->width,
                             fabs (y_of (room, low) - y_of (room, high)) };
  kilter_paint_tint (paint, &rect, KILTER_CHART_ROLE_GOOD_TINT, KILTER_CHART_ROLE_GOOD, 0);
}

static void
draw_columns (KilterPaint *paint,
              const KilterChartMetric *metric,
              const MetricRoom *room,
              gssize last)
{
  double width = room->slot * COLUMN_SHARE;
  double zero = y_of (room, 0);

  for (gsize i = 0; i < metric->time.n; i++)
    {
      double y = y_of (room, metric->values[i]);
      double x = room->left + room->slot * ((double) i + 0.5);
      KilterChartRect rect;

      if (!isfinite (y))
        continue;
      rect = (KilterChartRect) { x - width / 2, MIN (y, zero), width, fabs (zero - y) };
      kilter_paint_fill (paint, &rect,
                         (gssize) i == last ? last_role (metric->tone) : KILTER_CHART_ROLE_MUTED);
      kilter_chart_add_mark (paint, 0, (int) i, &rect, x, y);
    }
  kilter_paint_hline (paint, 0, paint->width, zero, KILTER_CHART_ROLE_ACTUAL, 1);
}

static void
draw_line (KilterPaint *paint, const KilterChartMetric *metric, const MetricRoom *room, gssize last)
{
  gsize n = metric->time.n;
  g_autofree double *xs = g_new (double, n + 1);
  g_autofree double *ys = g_new (double, n + 1);
  gboolean is_small = room->slot < 5 * paint->u || room->height < 24 * paint->u;

  for (gsize i = 0; i < n; i++)
    {
      xs[i] = room->left + room->slot * ((double) i + 0.5);
      ys[i] = y_of (room, metric->values[i]);
    }
  kilter_paint_line (paint, xs, ys, n, KILTER_CHART_ROLE_ACTUAL, 1.5, KILTER_DASH_NONE);
  for (gsize i = 0; !is_small && i < n; i++)
    if ((gssize) i != last)
      kilter_paint_marker (paint, KILTER_MARKER_DOT, xs[i], ys[i], 2.1 * paint->u,
                           KILTER_CHART_ROLE_ACTUAL);
  kilter_chart_add_line (paint, 0, 0, xs, ys, n);
  if (last >= 0)
    kilter_paint_marker_halo (paint, last_marker (metric->tone), xs[last], ys[last],
                              (is_small ? 2 : END_RADIUS) * paint->u, last_role (metric->tone));
}

static void
draw_ends (KilterPaint *paint, const KilterChartMetric *metric, double y)
{
  KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS, .role = KILTER_CHART_ROLE_DIM_TEXT };
  const char *first = kilter_chart_time_name (&metric->time, 0);
  const char *last = kilter_chart_time_name (&metric->time, metric->time.n - 1);
  double a, b;

  kilter_paint_measure (paint, first, &look, &a, NULL);
  kilter_paint_measure (paint, last, &look, &b, NULL);
  look.max_width = paint->width;
  if (a + b + 8 * paint->u <= paint->width && metric->time.n > 1)
    kilter_paint_text (paint, first, 0, y, &look);
  look.x_align = 1;
  kilter_paint_text (paint, last, paint->width, y, &look);
}

static void
make_room (KilterPaint *paint, const KilterChartMetric *metric, MetricRoom *room, double foot)
{
  double u = paint->u, lo = NAN, hi = NAN, pad;
  const double extra[] = { metric->target, metric->low, metric->high };

  kilter_range_add (&lo, &hi, metric->values, metric->time.n);
  kilter_range_add (&lo, &hi, extra, G_N_ELEMENTS (extra));
  if (metric->as_columns)
    kilter_scale_init (&room->scale, lo, hi, TRUE, 1);
  else
    {
      pad = (hi - lo) * 0.08;
      kilter_scale_init (&room->scale, lo - pad, hi + pad, FALSE, 1);
    }
  room->top = MIN (7 * u, paint->height * 0.1);
  room->height = MAX (paint->height - foot - room->top - (metric->as_columns ? 1 : 8) * u, 1);
  room->left = metric->as_columns ? 0 : MIN (2 * u, paint->width * 0.05);
  room->slot = (paint->width - 2 * room->left) / (double) MAX (metric->time.n, 1);
}

static void
draw_metric (KilterChart *self, KilterPaint *paint)
{
  const KilterChartMetric *metric = self->data;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  gboolean has_ends = paint->height > 50 * paint->u && paint->width > 80 * paint->u &&
                      metric->time.n > 0;
  double foot = has_ends ? line + 4 * paint->u : 0;
  gssize last = last_index (metric->values, metric->time.n);
  KilterChartGeometry *geometry = &self->geometry;
  MetricRoom room = { 0 };

  make_room (paint, metric, &room, foot);
  geometry->has_plot = geometry->has_scale = TRUE;
  geometry->scale = room.scale;
  geometry->plot = (KilterChartRect) { 0, room.top, paint->width, room.height };
  for (gsize i = 0; i <= metric->time.n; i++)
    {
      double edge = room.left + room.slot * (double) i;

      g_array_append_val (geometry->edges, edge);
    }
  draw_range (paint, metric, &room);
  if (isfinite (metric->target))
    {
      const double xs[] = { 0, paint->width };
      const double ys[] = { y_of (&room, metric->target), y_of (&room, metric->target) };

      kilter_paint_line (paint, xs, ys, 2, KILTER_CHART_ROLE_GOOD, 1.6, KILTER_DASH_DASHED);
    }
  if (metric->values != NULL && metric->as_columns)
    draw_columns (paint, metric, &room, last);
  else if (metric->values != NULL)
    draw_line (paint, metric, &room, last);
  if (has_ends)
    {
      if (!metric->as_columns || room.scale.lo < 0)
        kilter_paint_hline (paint, 0, paint->width, paint->height - foot,
                            KILTER_CHART_ROLE_GRID_LINE, 1);
      draw_ends (paint, metric, paint->height - line);
    }
}

static void
measure_metric (KilterChart *self,
                KilterPaint *paint,
                double *out_min_width,
                double *out_min_height,
                double *out_natural_height)
{
  *out_min_width = 120 * paint->u;
  *out_min_height = 60 * paint->u;
  *out_natural_height = 150 * paint->u;
}

static const KilterChartClass metric_class = { .kind = KILTER_CHART_METRIC,
                                               .draw = draw_metric,
                                               .measure = measure_metric };

/**
 * kilter_chart_new_metric:
 *
 * Rows of the table: the metric, and its target where it has one.
 *
 * Returns: (transfer full): the chart of a metric card
 */
KilterChart *
kilter_chart_new_metric (const KilterChartMetric *data)
{
  KilterChart *self = kilter_chart_alloc (&metric_class, data, sizeof *data);
  KilterChartMetric *metric = self->data;
  gsize n = metric->time.n;

  kilter_chart_keep_time (self, &metric->time);
  metric->name = kilter_chart_keep_text (self, metric->name);
  metric->target_name = kilter_chart_keep_text (self, metric->target_name);
  metric->values = kilter_chart_keep_values (self, metric->values, n);
  metric->target = kilter_chart_clean (metric->target);
  metric->low = kilter_chart_clean (metric->low);
  metric->high = kilter_chart_clean (metric->high);
  self->is_cut = !metric->as_columns;
  kilter_chart_table_begin (self, isfinite (metric->target) ? 2 : 1, n);
  kilter_chart_table_time (self, &metric->time);
  kilter_chart_table_row (self, 0, metric->name, metric->values, &metric->format);
  if (isfinite (metric->target))
    {
      kilter_chart_table_row (self, 1, metric->target_name, NULL, &metric->format);
      for (gsize i = 0; i < n; i++)
        kilter_chart_table_value (self, 1, i, metric->target);
    }
  self->n_series = 1;

  return self;
}

/* --- sparkline --- */

static void
draw_spark (KilterChart *self, KilterPaint *paint)
{
  const KilterChartSpark *spark = self->data;
  gsize n = spark->n, split = MIN (spark->n_actual, n);
  g_autofree double *xs = g_new (double, n + 1);
  g_autofree double *ys = g_new (double, n + 1);
  gssize last = last_index (spark->values, n);
  double lo = NAN, hi = NAN, pad = MIN (3 * paint->u, MIN (paint->width, paint->height) * 0.2);
  KilterScale scale;

  kilter_range_add (&lo, &hi, spark->values, n);
  kilter_scale_init (&scale, lo, hi, FALSE, 1);
  for (gsize i = 0; i < n; i++)
    {
      xs[i] = pad + (paint->width - 2 * pad) * (double) i / (double) MAX (n - 1, 1);
      ys[i] = spark->values != NULL
                ? pad + (paint->height - 2 * pad) *
                          (1 - kilter_scale_get_fraction (&scale, spark->values[i]))
                : NAN;
    }
  kilter_chart_add_line (paint, 0, 0, xs, ys, n);
  kilter_paint_line (paint, xs, ys, split, KILTER_CHART_ROLE_ACTUAL, 1.3, KILTER_DASH_NONE);
  if (split < n)
    {
      gsize from = split > 0 ? split - 1 : 0;
      const double dash[] = { 2.4 * paint->u, 2 * paint->u };

      cairo_set_dash (paint->cr, dash, G_N_ELEMENTS (dash), 0);
      kilter_paint_line (paint, xs + from, ys + from, n - from, KILTER_CHART_ROLE_FORECAST, 1.3,
                         KILTER_DASH_NONE);
      cairo_set_dash (paint->cr, NULL, 0, 0);
    }
  if (last >= 0)
    kilter_paint_marker (paint, KILTER_MARKER_DOT, xs[last], ys[last], 2.2 * paint->u,
                         (gsize) last >= split ? KILTER_CHART_ROLE_FORECAST
                                               : KILTER_CHART_ROLE_ACTUAL);
}

static void
measure_spark (KilterChart *self,
               KilterPaint *paint,
               double *out_min_width,
               double *out_min_height,
               double *out_natural_height)
{
  *out_min_width = 40 * paint->u;
  *out_min_height = 16 * paint->u;
  *out_natural_height = 26 * paint->u;
}

static const KilterChartClass spark_class = { .kind = KILTER_CHART_SPARK,
                                              .draw = draw_spark,
                                              .measure = measure_spark };

/**
 * kilter_chart_new_spark:
 *
 * Returns: (transfer full): a sparkline; its table has one row with nameless columns
 */
KilterChart *
kilter_chart_new_spark (const KilterChartSpark *data)
{
  KilterChart *self = kilter_chart_alloc (&spark_class, data, sizeof *data);
  KilterChartSpark *spark = self->data;

  spark->name = kilter_chart_keep_text (self, spark->name);
  spark->values = kilter_chart_keep_values (self, spark->values, spark->n);
  self->is_cut = TRUE;
  kilter_chart_table_begin (self, 1, spark->n);
  for (gsize i = 0; i < spark->n; i++)
    kilter_chart_table_column (self, i, NULL);
  kilter_chart_table_row (self, 0, spark->name, spark->values, &spark->format);

  return self;
}
