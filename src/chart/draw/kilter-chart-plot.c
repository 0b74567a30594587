/* kilter-chart-plot.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-plot.h"

#include <math.h>
#include <string.h>

#define LEGEND_X 16
#define LEGEND_ROW 22
#define KEY_WIDTH 14
#define KEY_GAP 8
#define LABEL_GAP 8
#define LEAST_TICK_GAP 22
#define TINY_WIDTH 110
#define TINY_HEIGHT 60

static const KilterTextLook axis_look = { .size = KILTER_CHART_TEXT_AXIS,
                                          .role = KILTER_CHART_ROLE_DIM_TEXT };

static char *
tick_text (const KilterPlotSpec *spec, const KilterScale *scale, double tick)
{
  KilterNumberFormat format = *spec->format;
  double step = scale->step;

  if (format.scale > 0)
    step /= format.scale;
  if (format.percent)
    step *= 100;
  format.decimals = kilter_scale_get_decimals (step);
  format.grouped = TRUE;

  return kilter_number_format (tick, &format);
}

static double
widest_tick (KilterPaint *paint, const KilterPlotSpec *spec, const KilterScale *scale)
{
  double widest = 0;

  for (int i = 0; i < scale->n_ticks; i++)
    {
      g_autofree char *text = tick_text (spec, scale, kilter_scale_get_tick (scale, i));
      double width;

      kilter_paint_measure (paint, text, &axis_look, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

void
kilter_legend_add (KilterPlotSpec *spec,
                   const char *name,
                   KilterChartKey key,
                   KilterChartRole role,
                   int series)
{
  if (name == NULL || *name == '\0' || spec->n_legend >= KILTER_MAX_LEGEND)
    return;
  spec->legend[spec->n_legend++] = (KilterLegendEntry) {
    .name = name, .key = key, .role = role, .series = series
  };
}

double
kilter_legend_width (KilterPaint *paint, const KilterLegendEntry *entries, gsize n)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL };
  double total = 0;

  for (gsize i = 0; i < n; i++)
    {
      double width;

      kilter_paint_measure (paint, entries[i].name, &look, &width, NULL);
      total += width + (KEY_WIDTH + KEY_GAP + (i > 0 ? 18 : 0)) * paint->u;
    }

  return total;
}

/* Draws a legend on one line with its middle at @y; entries that do not fit are left out.
 * Returns the width used. */
double
kilter_legend_draw_row (KilterPaint *paint,
                        const KilterLegendEntry *entries,
                        gsize n,
                        double x,
                        double y,
                        double width)
{
  double u = paint->u;
  double at = 0;

  for (gsize i = 0; i < n; i++)
    {
      KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL,
                              .role = KILTER_CHART_ROLE_DIM_TEXT,
                              .y_align = 0.5 };
      double text_width;
      double key_x, text_x;

      kilter_paint_measure (paint, entries[i].name, &look, &text_width, NULL);
      if (at + (KEY_WIDTH + KEY_GAP) * u + text_width > width + 1)
        break;
      key_x = paint->style->rtl ? x + width - at - KEY_WIDTH * u : x + at;
      text_x = paint->style->rtl ? key_x - KEY_GAP * u : key_x + (KEY_WIDTH + KEY_GAP) * u;
      look.x_align = paint->style->rtl ? 1 : 0;
      kilter_chart_draw_key (paint->cr, paint->style, entries[i].key, entries[i].role, key_x, y,
                             KEY_WIDTH * u);
      kilter_paint_text (paint, entries[i].name, text_x, y, &look);
      kilter_chart_add_area (paint, KILTER_CHART_PART_LEGEND, entries[i].series, -1,
                             &(KilterChartRect) { MIN (key_x, text_x - look.x_align * text_width),
                                                  y - 10 * u,
                                                  (KEY_WIDTH + KEY_GAP) * u + text_width, 20 * u });
      at += (KEY_WIDTH + KEY_GAP + 18) * u + text_width;
    }

  return MAX (at - 18 * u, 0);
}

/* The list in the gutter: names beside the plot, as wide as the row names of the grid below. */
static void
draw_legend_list (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec, double top)
{
  double u = paint->u;
  double row = MAX (LEGEND_ROW * u,
                    kilter_paint_line_height (paint, KILTER_CHART_TEXT_LABEL) * 1.3);
  gboolean rtl = paint->style->rtl;
  double room = spec->place->gutter - self->label_end - (LEGEND_X + KEY_WIDTH + KEY_GAP + 8) * u;

  if (room < 20 * u)
    return;
  for (gsize i = 0; i < spec->n_legend; i++)
    {
      const KilterLegendEntry *entry = &spec->legend[i];
      double y = top + row * ((double) i + 0.5);
      double x = rtl ? paint->width - (LEGEND_X + KEY_WIDTH) * u : LEGEND_X * u;
      double text_x = rtl ? x - KEY_GAP * u : x + (KEY_WIDTH + KEY_GAP) * u;

      if (y + row / 2 > paint->height)
        break;
      kilter_chart_draw_key (paint->cr, paint->style, entry->key, entry->role, x, y, KEY_WIDTH * u);
      kilter_paint_text (paint, entry->name, text_x, y,
                         &(KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                             .role = KILTER_CHART_ROLE_DIM_TEXT,
                                             .y_align = 0.5,
                                             .x_align = rtl ? 1 : 0,
                                             .max_width = room });
      kilter_chart_add_area (paint, KILTER_CHART_PART_LEGEND, entry->series, -1,
                             &(KilterChartRect) { rtl ? text_x - room : x, y - row / 2,
                                                  room + (KEY_WIDTH + KEY_GAP) * u, row });
    }
}

/* Writes names of buckets, every second, third … where they would touch, without the ends leaving
 * the drawing. */
void
kilter_plot_months (KilterPaint *paint,
                    const KilterChartTime *time,
                    gsize first,
                    gsize n,
                    const double *xs,
                    double y,
                    gboolean is_bold,
                    double y_align)
{
  g_autofree double *widths = NULL;
  KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS,
                          .role = is_bold ? KILTER_CHART_ROLE_TEXT : KILTER_CHART_ROLE_DIM_TEXT,
                          .is_bold = is_bold,
                          .x_align = 0.5,
                          .y_align = y_align };
  gsize stride;

  if (time->labels == NULL || n == 0)
    return;
  widths = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    kilter_paint_measure (paint, time->labels[first + i], &look, &widths[i], NULL);
  stride = kilter_label_stride (xs, widths, n, 5 * paint->u);
  for (gsize i = 0; stride > 0 && i < n; i += stride)
    {
      KilterTextLook this_look = look;

      if (xs[i] < 0 || xs[i] > paint->width)
        continue;
      if ((int) (first + i) == paint->chart->selected_bucket)
        {
          this_look.is_bold = TRUE;
          this_look.role = KILTER_CHART_ROLE_FORECAST_TEXT;
        }
      kilter_paint_text (paint, time->labels[first + i],
                         CLAMP (xs[i], widths[i] / 2, MAX (paint->width - widths[i] / 2, 0)), y,
                         &this_look);
    }
}

static gboolean
months_fit (KilterPaint *paint, const KilterPlotSpec *spec, const KilterPlot *plot)
{
  g_autofree double *widths = NULL;

  if (spec->time->labels == NULL || plot->n == 0)
    return FALSE;
  /* without groups the names are all there is */
  if (spec->time->groups == NULL)
    return TRUE;
  widths = g_new (double, plot->n);
  for (gsize i = 0; i < plot->n; i++)
    kilter_paint_measure (paint, spec->time->labels[plot->first + i], &axis_look, &widths[i], NULL);

  return kilter_label_stride (plot->xs, widths, plot->n, 5 * paint->u) <= 3 && plot->n <= 30;
}

/* Marks where a year begins and names it when its part of the axis is wide enough. */
static void
draw_groups (KilterPlot *self,
             KilterPaint *paint,
             const KilterPlotSpec *spec,
             double y,
             double tick)
{
  const char *const *groups = spec->time->groups;
  double u = paint->u;
  double last_end = -1e9;

  for (gsize i = 0; i < self->n;)
    {
      const char *name = groups[self->first + i];
      gsize end = i + 1;
      double x = self->edges[i];
      double width, next;

      while (end < self->n && g_strcmp0 (groups[self->first + end], name) == 0)
        end++;
      next = self->edges[end];
      if (tick > 0 && i > 0)
        kilter_paint_vline (paint, x, self->area.y + self->area.height,
                            self->area.y + self->area.height + tick, KILTER_CHART_ROLE_AXIS, 0.7);
      kilter_paint_measure (paint, name, &axis_look, &width, NULL);
      if (width + 4 * u <= MAX (next, x + 20 * u) - x && x + 4 * u > last_end &&
          x + 4 * u + width <= paint->width)
        {
          kilter_paint_text (paint, name, MAX (x, 0) + 4 * u, y, &axis_look);
          last_end = x + 8 * u + width;
        }
      i = end;
    }
}

static void
lay_out_time (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec)
{
  KilterChartGeometry *geometry = &paint->chart->geometry;
  const double *edges = spec->place != NULL ? spec->place->edges : NULL;

  self->first = edges != NULL ? 0 : paint->chart->visible_first;
  self->n = edges != NULL ? spec->time->n : paint->chart->visible_n;
  self->xs = g_renew (double, self->xs, self->n + 1);
  self->edges = g_renew (double, self->edges, self->n + 1);
  self->ends = g_renew (double, self->ends, self->n + 1);
  for (gsize i = 0; i <= self->n; i++)
    self->edges[i] = edges != NULL
                       ? edges[i]
                       : self->area.x + self->area.width * (double) i / (double) MAX (self->n, 1);
  for (gsize i = 0; i < self->n; i++)
    {
      self->ends[i] = edges != NULL && spec->place->ends != NULL ? spec->place->ends[i]
                                                                 : self->edges[i + 1];
      self->xs[i] = (self->edges[i] + self->ends[i]) / 2;
    }
  if (edges != NULL && self->n > 0)
    {
      double right = MIN (self->edges[self->n], self->area.x + self->area.width);
      double left = MAX (self->edges[0], self->area.x);

      self->area.x = left;
      self->area.width = MAX (right - left, 0);
    }
  geometry->first = self->first;
  g_array_set_size (geometry->edges, 0);
  g_array_set_size (geometry->ends, 0);
  g_array_append_vals (geometry->edges, self->edges, (guint) self->n + 1);
  g_array_append_vals (geometry->ends, self->ends, (guint) self->n);
}

static void
draw_value_axis (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec)
{
  gboolean rtl = self->is_mirrored;
  double x = rtl ? self->area.x + self->area.width + LABEL_GAP * paint->u
                 : self->area.x - LABEL_GAP * paint->u;

  for (int i = 0; i < self->scale.n_ticks; i++)
    {
      double tick = kilter_scale_get_tick (&self->scale, i);
      double y = kilter_plot_y (self, tick);
      g_autofree char *text = tick_text (spec, &self->scale, tick);

      if (tick != 0 || self->scale.lo < 0)
        kilter_paint_grid_line (paint, self->area.x, self->area.x + self->area.width, y);
      if (!self->is_tiny)
        kilter_paint_text (paint, text, x, y,
                           &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                               .role = KILTER_CHART_ROLE_DIM_TEXT,
                                               .x_align = rtl ? 0 : 1,
                                               .y_align = 0.5 });
    }
}

/**
 * kilter_plot_begin:
 *
 * Divides the room, makes the scale, draws grid lines, axis labels and legend.
 */
void
kilter_plot_begin (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec)
{
  KilterChartGeometry *geometry = &paint->chart->geometry;
  double u = paint->u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  double gutter = spec->place != NULL ? spec->place->gutter : 0;
  double top, bottom, height, lo = spec->lo, hi = spec->hi, headroom, legend = 0;
  gboolean has_months = FALSE, is_gutter_free = gutter <= 0;
  int lines;

  memset (self, 0, sizeof *self);
  /* names of lines stand right of the last bucket in every locale, for time runs to the right: then
   * the value axis stays at the left */
  self->is_mirrored = paint->style->rtl && spec->right < 20 * u;
  self->is_tiny = paint->width < TINY_WIDTH * u || paint->height < TINY_HEIGHT * u;
  top = self->is_tiny ? 1 * u : line / 2 + 2 * u;
  if (spec->has_legend && gutter <= 0 && !self->is_tiny && paint->height > 120 * u)
    legend = LEGEND_ROW * u + 4 * u;
  bottom = self->is_tiny ? 1 * u : line / 2 + 1 * u;

  if (spec->has_time_axis && !self->is_tiny)
    bottom = line + 8 * u;
  height = MAX (paint->height - top - legend - bottom, 1);

  /* the scale is made twice: the room at the bottom depends on the labels, they on the width */
  kilter_scale_init (&self->scale, lo, hi, spec->has_zero, KILTER_CHART_MAX_GRID_LINES);
  if (is_gutter_free)
    gutter = self->is_tiny ? 0 : widest_tick (paint, spec, &self->scale) + LABEL_GAP * u;
  self->area = (KilterChartRect) {
    self->is_mirrored ? 0 : gutter,
    top + legend,
    MAX (paint->width - gutter - (self->is_tiny ? 0 : spec->right), 1),
    height,
  };
  lay_out_time (self, paint, spec);
  if (spec->has_time_axis && !self->is_tiny)
    {
      has_months = months_fit (paint, spec, self);
      if (has_months && spec->time->groups != NULL)
        bottom += line;
      self->area.height = height = MAX (paint->height - self->area.y - bottom, 1);
    }

  headroom = self->is_tiny ? 0 : MIN (spec->headroom, height * 0.4);
  lines = CLAMP ((int) (height / MAX (LEAST_TICK_GAP * u, line * 1.4)), 1,
                 KILTER_CHART_MAX_GRID_LINES);
  if (isfinite (lo) && isfinite (hi) && headroom > 0)
    {
      double base = spec->has_zero ? MIN (lo, 0) : lo;
      double above = spec->has_zero ? MAX (hi, 0) : hi;

      hi = above + (above - base) * headroom / (height - headroom);
    }
  kilter_scale_init (&self->scale, lo, hi, spec->has_zero, lines);
  self->label_end = self->is_tiny ? 0 : widest_tick (paint, spec, &self->scale) + LABEL_GAP * u;
  if (is_gutter_free && self->label_end > gutter)
    {
      /* the room above made a longer label, as 100 above 80 */
      self->area.width = MAX (self->area.width - (self->label_end - gutter), 1);
      if (!self->is_mirrored)
        self->area.x = self->label_end;
      lay_out_time (self, paint, spec);
    }

  geometry->has_plot = TRUE;
  geometry->plot = self->area;
  geometry->has_scale = TRUE;
  geometry->scale = self->scale;

  draw_value_axis (self, paint, spec);
  if (legend > 0)
    kilter_legend_draw_row (paint, spec->legend, spec->n_legend, self->area.x,
                            LEGEND_ROW * u / 2 + 1 * u, self->area.width);
  else if (spec->has_legend && !self->is_tiny && spec->place != NULL && spec->place->gutter > 0)
    draw_legend_list (self, paint, spec, 0);
}

/* Columns that are scrolled under the row names must not show there. */
void
kilter_plot_clip (KilterPlot *self, KilterPaint *paint)
{
  cairo_save (paint->cr);
  cairo_rectangle (paint->cr, self->area.x, 0, MAX (self->area.width, 0), paint->height);
  cairo_clip (paint->cr);
}

void
kilter_plot_unclip (KilterPaint *paint)
{
  cairo_restore (paint->cr);
}

/**
 * kilter_plot_end:
 *
 * Draws the base line and the time axis over the marks.
 */
void
kilter_plot_end (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec)
{
  double u = paint->u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  double foot = self->area.y + self->area.height;
  double zero = self->scale.lo <= 0 && self->scale.hi >= 0 ? kilter_plot_y (self, 0) : foot;

  kilter_paint_hline (paint, self->area.x, self->area.x + self->area.width, zero,
                      KILTER_CHART_ROLE_AXIS, 1);
  if (!spec->has_time_axis || self->is_tiny)
    return;
  if (months_fit (paint, spec, self))
    {
      kilter_plot_months (paint, spec->time, self->first, self->n, self->xs, foot + 5 * u, FALSE,
                          0);
      if (spec->time->groups != NULL)
        draw_groups (self, paint, spec, foot + 6 * u + line, 0);
    }
  else if (spec->time->groups != NULL)
    draw_groups (self, paint, spec, foot + 6 * u, 6 * u);
}

void
kilter_plot_clear (KilterPlot *self)
{
  g_clear_pointer (&self->xs, g_free);
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->ends, g_free);
}

/* Returns the height of a value; NaN for NaN. */
double
kilter_plot_y (const KilterPlot *self, double value)
{
  return self->area.y + self->area.height * (1 - kilter_scale_get_fraction (&self->scale, value));
}

/* Returns: (transfer full): heights of the visible buckets' values. */
double *
kilter_plot_ys (const KilterPlot *self, const double *values)
{
  double *ys = g_new (double, self->n + 1);

  for (gsize i = 0; i < self->n; i++)
    ys[i] = values != NULL ? kilter_plot_y (self, values[self->first + i]) : NAN;

  return ys;
}

double
kilter_plot_column_width (const KilterPlot *self, gsize i)
{
  return (self->ends != NULL ? self->ends[i] : self->edges[i + 1]) - self->edges[i];
}
