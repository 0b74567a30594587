/* kilter-chart-lines.c: a few lines with markers, against a target band
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-labels.h"

#define BAND_ALPHA 0.16
#define MAX_LINES 6

typedef struct
{
  KilterChartLines lines;
  int target_row; /* −1 when there is no target */
} LinesData;

static const KilterMarker markers[MAX_LINES] = {
  KILTER_MARKER_DOT,      KILTER_MARKER_SQUARE,        KILTER_MARKER_DIAMOND,
  KILTER_MARKER_TRIANGLE, KILTER_MARKER_TRIANGLE_DOWN, KILTER_MARKER_RING
};

static const KilterChartRole roles[MAX_LINES] = {
  KILTER_CHART_ROLE_FORECAST,  KILTER_CHART_ROLE_BAD,   KILTER_CHART_ROLE_SALES,
  KILTER_CHART_ROLE_MARKETING, KILTER_CHART_ROLE_MUTED, KILTER_CHART_ROLE_ACTUAL,
};

static KilterChartRole
role_of (const KilterChartLines *lines, gsize s)
{
  return lines->series[s].role != KILTER_CHART_ROLE_NONE ? lines->series[s].role
                                                         : roles[s % MAX_LINES];
}

static double
last_value (const double *values, const KilterChart *self)
{
  for (gsize i = self->visible_first + self->visible_n;
       values != NULL && i-- > self->visible_first;)
    if (isfinite (values[i]))
      return values[i];

  return NAN;
}

static gsize
collect_direct (const LinesData *data, KilterChart *self, KilterDirectLabel *labels)
{
  const KilterChartLines *lines = &data->lines;
  gsize n = 0;

  for (gsize s = 0; s < MIN (lines->n_series, MAX_LINES); s++)
    if (lines->series[s].name != NULL && isfinite (last_value (lines->series[s].values, self)))
      labels[n++] = (KilterDirectLabel) { .text = lines->series[s].name,
                                          .y = last_value (lines->series[s].values, self),
                                          .role = role_of (lines, s),
                                          .is_bold = TRUE };
  if (lines->target_name != NULL && isfinite (last_value (lines->target, self)))
    labels[n++] = (KilterDirectLabel) { .text = lines->target_name,
                                        .y = last_value (lines->target, self),
                                        .role = KILTER_CHART_ROLE_GOOD,
                                        .is_bold = TRUE };

  return n;
}

static void
draw_target (KilterPaint *paint, const KilterPlot *plot, const LinesData *data)
{
  const KilterChartLines *lines = &data->lines;
  g_autofree double *lows = kilter_plot_ys (plot, lines->low);
  g_autofree double *highs = kilter_plot_ys (plot, lines->high);
  g_autofree double *targets = kilter_plot_ys (plot, lines->target);

  if (lines->low != NULL && lines->high != NULL)
    kilter_paint_band (paint, plot->xs, lows, highs, plot->n, KILTER_CHART_ROLE_GOOD, BAND_ALPHA,
                       TRUE);
  if (lines->target == NULL)
    return;
  kilter_paint_line (paint, plot->xs, targets, plot->n, KILTER_CHART_ROLE_GOOD, 1.8,
                     KILTER_DASH_DOTTED);
  kilter_chart_add_line (paint, data->target_row, plot->first, plot->xs, targets, plot->n);
}

static void
draw_series (KilterPaint *paint, const KilterPlot *plot, const LinesData *data, gsize s)
{
  const KilterChartSeries *series = &data->lines.series[s];
  g_autofree double *ys = kilter_plot_ys (plot, series->values);
  KilterChartRole role = role_of (&data->lines, s);
  double radius = 4.5 * paint->u;

  kilter_paint_line (paint, plot->xs, ys, plot->n, role, plot->is_tiny ? 1.5 : 2.4,
                     series->look == KILTER_CHART_LOOK_DASHED ? KILTER_DASH_DASHED
                                                              : KILTER_DASH_NONE);
  kilter_chart_add_line (paint, (int) s, plot->first, plot->xs, ys, plot->n);
  if (plot->n == 0 || plot->is_tiny || kilter_plot_column_width (plot, 0) < 12 * paint->u)
    return;
  for (gsize i = 0; i < plot->n; i++)
    kilter_paint_marker_halo (paint, markers[s % MAX_LINES], plot->xs[i], ys[i], radius, role);
}

static void
draw_notes (KilterPaint *paint, const KilterPlot *plot, const LinesData *data)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (KilterChartRect));

  for (gsize i = 0; i < data->lines.n_notes; i++)
    {
      const KilterChartNote *note = &data->lines.notes[i];
      gsize bucket = (gsize) note->bucket, s = (gsize) note->series;

      if (note->bucket < 0 || note->series < 0 || s >= data->lines.n_series ||
          bucket < plot->first || bucket >= plot->first + plot->n ||
          data->lines.series[s].values == NULL)
        continue;
      kilter_label_near (
        paint, taken, note->text, plot->xs[bucket - plot->first],
        kilter_plot_y (plot, data->lines.series[s].values[bucket]), 9 * paint->u,
        (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                           .role = kilter_chart_role_of_text (role_of (&data->lines, s)),
                           .is_bold = TRUE });
    }
}

static void
draw_lines (KilterChart *self, KilterPaint *paint)
{
  const LinesData *data = self->data;
  const KilterChartLines *lines = &data->lines;
  KilterDirectLabel labels[KILTER_MAX_DIRECT];
  gsize n = collect_direct (data, self, labels);
  gboolean has_names = paint->width > 260 * paint->u;
  g_auto (KilterPlot) plot = { 0 };
  KilterPlotSpec spec = {
    .time = &lines->time,
    .place = &lines->place,
    .format = &lines->format,
    .lo = NAN,
    .hi = NAN,
    .has_zero = !lines->is_tight,
    .headroom = 14 * paint->u,
    .has_time_axis = TRUE,
    .right = has_names ? kilter_direct_width (paint, labels, n) + 10 * paint->u : 4 * paint->u,
  };

  for (gsize s = 0; s < lines->n_series; s++)
    kilter_range_add (&spec.lo, &spec.hi, lines->series[s].values, lines->time.n);
  kilter_range_add (&spec.lo, &spec.hi, lines->target, lines->time.n);
  kilter_range_add (&spec.lo, &spec.hi, lines->low, lines->time.n);
  kilter_range_add (&spec.lo, &spec.hi, lines->high, lines->time.n);
  kilter_plot_begin (&plot, paint, &spec);
  kilter_plot_end (&plot, paint, &spec);
  if (lines->time.cycle > plot.first && lines->time.cycle < plot.first + plot.n)
    kilter_paint_vline_dashed (paint, plot.edges[lines->time.cycle - plot.first], plot.area.y,
                               plot.area.y + plot.area.height, KILTER_CHART_ROLE_AXIS, 1);
  draw_target (paint, &plot, data);
  /* the first is the one talked about: on top */
  for (gsize s = lines->n_series; s-- > 0;)
    draw_series (paint, &plot, data, s);
  if (plot.is_tiny)
    return;
  draw_notes (paint, &plot, data);
  for (gsize i = 0; i < n; i++)
    labels[i].y = kilter_plot_y (&plot, labels[i].y);
  if (has_names)
    kilter_direct_draw (paint, &plot, labels, n);
}

static const KilterChartClass lines_class = { .kind = KILTER_CHART_LINES,
                                              .can_zoom = TRUE,
                                              .draw = draw_lines };

/**
 * kilter_chart_new_lines:
 *
 * At most six lines. Rows of the table: the lines, then the target.
 *
 * Returns: (transfer full): lines with markers
 */
KilterChart *
kilter_chart_new_lines (const KilterChartLines *data)
{
  LinesData copy = { .lines = *data, .target_row = -1 };
  KilterChart *self = kilter_chart_alloc (&lines_class, &copy, sizeof copy);
  LinesData *own = self->data;
  KilterChartLines *lines = &own->lines;
  gsize n = lines->time.n;
  KilterChartSeries *series;
  KilterChartNote *notes;

  lines->n_series = MIN (lines->n_series, MAX_LINES);
  series = kilter_chart_keep (self, lines->series, sizeof *series * lines->n_series);
  notes = kilter_chart_keep (self, lines->notes, sizeof *notes * lines->n_notes);
  kilter_chart_keep_time (self, &lines->time);
  kilter_chart_keep_place (self, &lines->place, n);
  lines->target_name = kilter_chart_keep_text (self, lines->target_name);
  lines->target = kilter_chart_keep_values (self, lines->target, n);
  lines->low = kilter_chart_keep_values (self, lines->low, n);
  lines->high = kilter_chart_keep_values (self, lines->high, n);
  for (gsize i = 0; i < lines->n_notes; i++)
    notes[i].text = kilter_chart_keep_text (self, notes[i].text);
  if (lines->target != NULL)
    own->target_row = (int) lines->n_series;
  kilter_chart_table_begin (self, lines->n_series + (lines->target != NULL ? 1 : 0), n);
  kilter_chart_table_time (self, &lines->time);
  for (gsize s = 0; s < lines->n_series; s++)
    {
      series[s].name = kilter_chart_keep_text (self, series[s].name);
      series[s].values = kilter_chart_keep_values (self, series[s].values, n);
      kilter_chart_table_row (self, s, series[s].name, series[s].values, &lines->format);
    }
  if (own->target_row >= 0)
    kilter_chart_table_row (self, (gsize) own->target_row, lines->target_name, lines->target,
                            &lines->format);
  self->is_cut = lines->is_tight;
  lines->series = series;
  lines->notes = notes;

  return self;
}
