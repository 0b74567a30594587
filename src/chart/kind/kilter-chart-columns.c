/* kilter-chart-columns.c: columns with markers over the months of a grid
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-bars.h"

#define LAST_YEAR_SHIFT 7
#define MARKER_SHIFT 6.5
#define MARKER_RADIUS 4
#define LABEL_HEADROOM 22

static gboolean
is_bar (KilterChartLook look)
{
  return look == KILTER_CHART_LOOK_COLUMN || look == KILTER_CHART_LOOK_SOLID ||
         look == KILTER_CHART_LOOK_OUTLINE || look == KILTER_CHART_LOOK_BEHIND;
}

static KilterChartRole
role_of (const KilterChartSeries *series)
{
  if (series->role != KILTER_CHART_ROLE_NONE)
    return series->role;
  switch (series->look)
    {
    case KILTER_CHART_LOOK_BEHIND:
      return KILTER_CHART_ROLE_LAST_YEAR;
    case KILTER_CHART_LOOK_TICK:
    case KILTER_CHART_LOOK_LINE:
    case KILTER_CHART_LOOK_DASHED:
      return KILTER_CHART_ROLE_FORECAST;
    case KILTER_CHART_LOOK_DOT:
      return KILTER_CHART_ROLE_SALES;
    case KILTER_CHART_LOOK_DIAMOND:
      return KILTER_CHART_ROLE_MARKETING;
    case KILTER_CHART_LOOK_SQUARE:
      return KILTER_CHART_ROLE_GOOD;
    case KILTER_CHART_LOOK_COLUMN:
    case KILTER_CHART_LOOK_SOLID:
    case KILTER_CHART_LOOK_OUTLINE:
    default:
      return KILTER_CHART_ROLE_ACTUAL;
    }
}

static KilterChartKey
key_of (const KilterChartSeries *series, const KilterChartTime *time)
{
  switch (series->look)
    {
    case KILTER_CHART_LOOK_COLUMN:
      return time->cycle >= time->n && time->n > 0 ? KILTER_CHART_KEY_SOLID
                                                   : KILTER_CHART_KEY_HATCHED;
    case KILTER_CHART_LOOK_OUTLINE:
      return KILTER_CHART_KEY_OUTLINED;
    case KILTER_CHART_LOOK_TICK:
    case KILTER_CHART_LOOK_LINE:
      return KILTER_CHART_KEY_LINE;
    case KILTER_CHART_LOOK_DASHED:
      return KILTER_CHART_KEY_DASHED;
    case KILTER_CHART_LOOK_DOT:
      return KILTER_CHART_KEY_DOT;
    case KILTER_CHART_LOOK_DIAMOND:
      return KILTER_CHART_KEY_DIAMOND;
    case KILTER_CHART_LOOK_SQUARE:
      return KILTER_CHART_KEY_SQUARE;
    case KILTER_CHART_LOOK_SOLID:
    case KILTER_CHART_LOOK_BEHIND:
    default:
      return KILTER_CHART_KEY_SOLID;
    }
}

/* Bars of series @s, or all bars behind the others when @behind. @tops rises to the highest mark of
 * each bucket. */
static void
draw_bars (KilterPaint *paint,
           const KilterPlot *plot,
           const KilterChartColumns *columns,
           gboolean behind,
           double *tops)
{
  for (gsize s = 0; s < columns->n_series; s++)
    {
      const KilterChartSeries *series = &columns->series[s];

      if (series->values == NULL || !is_bar (series->look) ||
          (series->look == KILTER_CHART_LOOK_BEHIND) != behind)
        continue;
      for (gsize i = 0; i < plot->n; i++)
        {
          gsize bucket = plot->first + i;
          double width = kilter_bar_width (paint, kilter_plot_column_width (plot, i));
          double shift = behind ? -MIN (LAST_YEAR_SHIFT * paint->u, width * 0.4) : 0;
          KilterChartRect rect = kilter_bar_rect (paint, plot, i, series->values[bucket], shift);

          if (!isfinite (series->values[bucket]))
            continue;
          kilter_bar_draw (paint, &rect, series->look, role_of (series),
                           bucket < columns->time.cycle, TRUE);
          kilter_chart_add_mark (paint, (int) s, (int) bucket, &rect, rect.x + rect.width / 2,
                                 rect.y);
          if (!behind && tops != NULL)
            tops[i] = series->values[bucket] < 0 ? rect.y + rect.height : fmin (tops[i], rect.y);
        }
    }
}

static void
draw_lines (KilterPaint *paint, const KilterPlot *plot, const KilterChartColumns *columns)
{
  for (gsize s = 0; s < columns->n_series; s++)
    {
      const KilterChartSeries *series = &columns->series[s];
      g_autofree double *ys = NULL;

      if (series->values == NULL ||
          (series->look != KILTER_CHART_LOOK_LINE && series->look != KILTER_CHART_LOOK_DASHED))
        continue;
      ys = kilter_plot_ys (plot, series->values);
      kilter_paint_line (paint, plot->xs, ys, plot->n, role_of (series), 2.2,
                         series->look == KILTER_CHART_LOOK_DASHED ? KILTER_DASH_DASHED
                                                                  : KILTER_DASH_NONE);
      kilter_chart_add_line (paint, (int) s, plot->first, plot->xs, ys, plot->n);
    }
}

static void
draw_markers (KilterPaint *paint,
              const KilterPlot *plot,
              const KilterChartColumns *columns,
              double *tops)
{
  double u = paint->u;

  /* ticks first, so that no marker is crossed by one */
  for (gsize s = 0; s < columns->n_series; s++)
    for (gsize i = 0; i < plot->n; i++)
      {
        const KilterChartSeries *series = &columns->series[s];
        double value;

        if (series->values == NULL || series->look != KILTER_CHART_LOOK_TICK)
          continue;
        value = series->values[plot->first + i];
        kilter_bar_tick (paint, plot, i, value, role_of (series));
        tops[i] = fmin (tops[i], kilter_plot_y (plot, value));
      }
  for (gsize s = 0; s < columns->n_series; s++)
    for (gsize i = 0; i < plot->n; i++)
      {
        const KilterChartSeries *series = &columns->series[s];
        double width = kilter_bar_width (paint, kilter_plot_column_width (plot, i));
        double radius = MIN (MARKER_RADIUS * u, MAX (width * 0.3, 1.2 * u));
        double shift = MIN (MARKER_SHIFT * u, width * 0.3);
        KilterMarker marker = KILTER_MARKER_DOT;
        double x = plot->xs[i];
        double y;

        if (series->values == NULL)
          continue;
        if (series->look == KILTER_CHART_LOOK_DOT)
          x -= shift;
        else if (series->look == KILTER_CHART_LOOK_DIAMOND)
          {
            marker = KILTER_MARKER_DIAMOND;
            x += shift;
          }
        else if (series->look == KILTER_CHART_LOOK_SQUARE)
          marker = KILTER_MARKER_SQUARE;
        else
          continue;
        y = kilter_plot_y (plot, series->values[plot->first + i]);
        if (!isfinite (y))
          continue;
        kilter_paint_marker_halo (paint, marker, x, y, radius, role_of (series));
        kilter_chart_add_mark (paint, (int) s, (int) (plot->first + i),
                               &(KilterChartRect) { x - 5 * u, y - 5 * u, 10 * u, 10 * u }, x, y);
        tops[i] = fmin (tops[i], y - radius);
      }
}

static void
draw_columns (KilterChart *self, KilterPaint *paint)
{
  const KilterChartColumns *columns = self->data;
  gboolean has_labels = columns->labelled >= 0 && (gsize) columns->labelled < columns->n_series &&
                        columns->series[columns->labelled].values != NULL;
  g_auto (KilterPlot) plot = { 0 };
  g_autofree double *tops = NULL;
  KilterPlotSpec spec = {
    .time = &columns->time,
    .place = &columns->place,
    .format = &columns->format,
    .lo = NAN,
    .hi = NAN,
    .has_zero = TRUE,
    .headroom = (has_labels ? LABEL_HEADROOM : 8) * paint->u,
    .has_time_axis = columns->has_time_axis,
    .has_legend = columns->has_legend,
  };

  for (gsize s = 0; s < columns->n_series; s++)
    {
      kilter_range_add (&spec.lo, &spec.hi, columns->series[s].values, columns->time.n);
      kilter_legend_add (&spec, columns->series[s].name,
                         key_of (&columns->series[s], &columns->time),
                         role_of (&columns->series[s]), (int) s);
    }
  kilter_plot_begin (&plot, paint, &spec);
  tops = g_new (double, plot.n + 1);
  for (gsize i = 0; i < plot.n; i++)
    tops[i] = NAN;
  kilter_plot_clip (&plot, paint);
  draw_bars (paint, &plot, columns, TRUE, NULL);
  draw_bars (paint, &plot, columns, FALSE, tops);
  kilter_plot_unclip (paint);
  kilter_plot_end (&plot, paint, &spec);
  kilter_plot_clip (&plot, paint);
  draw_lines (paint, &plot, columns);
  if (!plot.is_tiny)
    draw_markers (paint, &plot, columns, tops);
  if (has_labels && !plot.is_tiny)
    kilter_bar_labels (paint, &plot, columns->series[columns->labelled].values, tops,
                       &columns->format);
  kilter_plot_unclip (paint);
}

static const KilterChartClass columns_class = { .kind = KILTER_CHART_COLUMNS,
                                                .can_zoom = TRUE,
                                                .draw = draw_columns };

/**
 * kilter_chart_new_columns:
 *
 * Rows of the table: the series in their order.
 *
 * Returns: (transfer full): columns with markers
 */
KilterChart *
kilter_chart_new_columns (const KilterChartColumns *data)
{
  KilterChart *self = kilter_chart_alloc (&columns_class, data, sizeof *data);
  KilterChartColumns *columns = self->data;
  KilterChartSeries *series = kilter_chart_keep (self, columns->series,
                                                 sizeof *series * columns->n_series);

  kilter_chart_keep_time (self, &columns->time);
  kilter_chart_keep_place (self, &columns->place, columns->time.n);
  kilter_chart_table_begin (self, columns->n_series, columns->time.n);
  kilter_chart_table_time (self, &columns->time);
  for (gsize s = 0; s < columns->n_series; s++)
    {
      series[s].name = kilter_chart_keep_text (self, series[s].name);
      series[s].values = kilter_chart_keep_values (self, series[s].values, columns->time.n);
      kilter_chart_table_row (self, s, series[s].name, series[s].values, &columns->format);
    }
  columns->series = series;

  return self;
}
