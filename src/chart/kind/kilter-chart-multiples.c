/* kilter-chart-multiples.c: the same picture for several families, on one scale
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-bars.h"

#define LEAST_PANEL 130
#define PANEL_GAP 20
#define LEGEND_HEIGHT 22

typedef struct
{
  KilterChartMultiples multiples;
} MultiplesData;

static int
row_of (const MultiplesData *data, int what, gsize panel)
{
  const KilterChartMultiples *m = &data->multiples;
  int row = 0;

  for (gsize p = 0; p < m->n_panels; p++)
    {
      const double *parts[3] = { m->panels[p].columns, m->panels[p].line, m->panels[p].target };

      for (int k = 0; k < 3; k++)
        {
          if (p == panel && k == what)
            return parts[k] != NULL ? row : -1;
          if (parts[k] != NULL)
            row++;
        }
    }

  return -1;
}

static gsize
count_across (const KilterChartMultiples *m, const KilterPaint *paint)
{
  gsize fit = (gsize) MAX (
    floor ((paint->width + PANEL_GAP * paint->u) / ((LEAST_PANEL + PANEL_GAP) * paint->u)), 1);
  gsize across = m->n_across > 0 ? m->n_across : fit;

  return CLAMP (across, 1, MAX (m->n_panels, 1));
}

static void
draw_axis (KilterPaint *paint,
           const KilterChartMultiples *m,
           const KilterScale *scale,
           const KilterChartRect *area)
{
  KilterNumberFormat format = m->format;
  gboolean rtl = paint->style->rtl;

  format.grouped = TRUE;
  format.decimals = kilter_scale_get_decimals (scale->step * (format.percent ? 100 : 1) /
                                               (format.scale > 0 ? format.scale : 1));
  for (int i = 0; i < scale->n_ticks; i++)
    {
      double tick = kilter_scale_get_tick (scale, i);
      double y = area->y + area->height * (1 - kilter_scale_get_fraction (scale, tick));
      g_autofree char *text = kilter_number_format (tick, &format);

      if (tick != 0)
        kilter_paint_grid_line (paint, area->x, area->x + area->width, y);
      kilter_paint_text (paint, text,
                         rtl ? area->x + area->width + 6 * paint->u : area->x - 6 * paint->u, y,
                         &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                             .role = KILTER_CHART_ROLE_DIM_TEXT,
                                             .x_align = rtl ? 0 : 1,
                                             .y_align = 0.5 });
    }
}

static double
axis_width (KilterPaint *paint, const KilterChartMultiples *m, const KilterScale *scale)
{
  KilterNumberFormat format = m->format;
  double widest = 0;

  format.grouped = TRUE;
  format.decimals = kilter_scale_get_decimals (scale->step * (format.percent ? 100 : 1) /
                                               (format.scale > 0 ? format.scale : 1));
  for (int i = 0; i < scale->n_ticks; i++)
    {
      g_autofree char *text = kilter_number_format (kilter_scale_get_tick (scale, i), &format);
      double width;

      kilter_paint_measure (paint, text, &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS },
                            &width, NULL);
      widest = MAX (widest, width);
    }

  return widest + 8 * paint->u;
}

/* Draws marks of one panel with a plot of its own inside the shared scale. */
static void
draw_marks (KilterPaint *paint, const MultiplesData *data, gsize p, KilterPlot *plot)
{
  const KilterChartPanel *panel = &data->multiples.panels[p];
  g_autofree double *line = kilter_plot_ys (plot, panel->line);
  g_autofree double *target = kilter_plot_ys (plot, panel->target);
  double zero = kilter_plot_y (plot, 0);

  for (gsize i = 0; panel->columns != NULL && i < plot->n; i++)
    {
      KilterChartRect rect = kilter_bar_rect (paint, plot, i, panel->columns[plot->first + i], 0);

      if (!isfinite (panel->columns[plot->first + i]))
        continue;
      kilter_bar_draw (paint, &rect, KILTER_CHART_LOOK_COLUMN, KILTER_CHART_ROLE_ACTUAL,
                       plot->first + i < data->multiples.time.cycle, FALSE);
      kilter_chart_add_mark (paint, row_of (data, 0, p), (int) (plot->first + i), &rect,
                             rect.x + rect.width / 2, rect.y);
    }
  kilter_paint_hline (paint, plot->area.x, plot->area.x + plot->area.width, zero,
                      KILTER_CHART_ROLE_AXIS, 1);
  if (panel->target != NULL)
    {
      kilter_paint_line (paint, plot->xs, target, plot->n, KILTER_CHART_ROLE_GOOD, 1.6,
                         KILTER_DASH_DASHED);
      kilter_chart_add_line (paint, row_of (data, 2, p), plot->first, plot->xs, target, plot->n);
    }
  if (panel->line != NULL)
    {
      kilter_paint_line (paint, plot->xs, line, plot->n, KILTER_CHART_ROLE_FORECAST, 2,
                         KILTER_DASH_NONE);
      kilter_chart_add_line (paint, row_of (data, 1, p), plot->first, plot->xs, line, plot->n);
    }
}

static void
draw_panel (KilterPaint *paint,
            const MultiplesData *data,
            gsize p,
            const KilterChartRect *room,
            const KilterScale *scale)
{
  const KilterChartMultiples *m = &data->multiples;
  const KilterChartPanel *panel = &m->panels[p];
  double u = paint->u;
  double title = kilter_paint_line_height (paint, KILTER_CHART_TEXT_LABEL);
  double months = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  gboolean is_tiny = room->width < 70 * u || room->height < title + months + 30 * u;
  double gutter = is_tiny ? 0 : axis_width (paint, m, scale);
  double figure = 0;
  gboolean rtl = paint->style->rtl;
  g_auto (KilterPlot) plot = { 0 };

  if (!is_tiny)
    {
      double middle = room->y + title / 2;

      if (panel->figure != NULL)
        figure = kilter_paint_text (
          paint, panel->figure, rtl ? room->x : room->x + room->width, middle,
          &(KilterTextLook) {
            .size = KILTER_CHART_TEXT_LABEL,
            .role = panel->tone == KILTER_CHART_TONE_PLAIN
                      ? KILTER_CHART_ROLE_DIM_TEXT
                      : kilter_chart_role_of_text (kilter_role_of_tone (panel->tone)),
            .x_align = rtl ? 0 : 1,
            .y_align = 0.5,
            .max_width = room->width / 2 });
      kilter_paint_text (paint, panel->name, rtl ? room->x + room->width : room->x, middle,
                         &(KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                             .is_bold = TRUE,
                                             .x_align = rtl ? 1 : 0,
                                             .y_align = 0.5,
                                             .max_width = room->width - figure - 6 * u });
    }
  kilter_chart_add_area (paint, KILTER_CHART_PART_ROW_LABEL, row_of (data, 0, p), -1,
                         &(KilterChartRect) { room->x, room->y, room->width, title });
  plot.scale = *scale;
  plot.first = paint->chart->visible_first;
  plot.n = paint->chart->visible_n;
  plot.area = (KilterChartRect) {
    rtl ? room->x : room->x + gutter,
    room->y + (is_tiny ? 0 : title + 8 * u),
    MAX (room->width - gutter, 1),
    MAX (room->height - (is_tiny ? 1 * u : title + 8 * u + months + 6 * u), 1),
  };
  plot.xs = g_new (double, plot.n + 1);
  plot.edges = g_new (double, plot.n + 1);
  for (gsize i = 0; i <= plot.n; i++)
    plot.edges[i] = plot.area.x + plot.area.width * (double) i / (double) MAX (plot.n, 1);
  for (gsize i = 0; i < plot.n; i++)
    plot.xs[i] = (plot.edges[i] + plot.edges[i + 1]) / 2;
  if (!is_tiny)
    draw_axis (paint, m, scale, &plot.area);
  draw_marks (paint, data, p, &plot);
  if (!is_tiny)
    kilter_plot_months (paint, &m->time, plot.first, plot.n, plot.xs,
                        plot.area.y + plot.area.height + 4 * u, FALSE, 0);
}

static double
draw_legend (KilterPaint *paint, const KilterChartMultiples *m)
{
  double u = paint->u;
  double y = LEGEND_HEIGHT * u / 2;
  KilterPlotSpec spec = { 0 };
  double used;

  if (!m->has_legend || paint->height < 110 * u || paint->width < 140 * u)
    return 0;
  kilter_legend_add (&spec, m->columns_name,
                     m->time.cycle >= m->time.n && m->time.n > 0 ? KILTER_CHART_KEY_SOLID
                                                                 : KILTER_CHART_KEY_HATCHED,
                     KILTER_CHART_ROLE_ACTUAL, -1);
  kilter_legend_add (&spec, m->line_name, KILTER_CHART_KEY_LINE, KILTER_CHART_ROLE_FORECAST, -1);
  kilter_legend_add (&spec, m->target_name, KILTER_CHART_KEY_DASHED, KILTER_CHART_ROLE_GOOD, -1);
  used = kilter_legend_draw_row (paint, spec.legend, spec.n_legend, 0, y, paint->width);
  if (m->note != NULL && paint->width - used > 60 * u)
    kilter_paint_text (paint, m->note, paint->style->rtl ? 0 : paint->width, y,
                       &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                           .role = KILTER_CHART_ROLE_DIM_TEXT,
                                           .x_align = paint->style->rtl ? 0 : 1,
                                           .y_align = 0.5,
                                           .max_width = paint->width - used - 20 * u });

  return (LEGEND_HEIGHT + 6) * u;
}

static void
draw_multiples (KilterChart *self, KilterPaint *paint)
{
  const MultiplesData *data = self->data;
  const KilterChartMultiples *m = &data->multiples;
  double u = paint->u;
  double top = draw_legend (paint, m);
  double lo = NAN, hi = NAN, width, height, gap;
  gsize across = count_across (m, paint);
  gsize down = (m->n_panels + across - 1) / MAX (across, 1);
  KilterScale scale;

  if (m->n_panels == 0)
    return;
  for (gsize p = 0; p < m->n_panels; p++)
    {
      kilter_range_add (&lo, &hi, m->panels[p].columns, m->time.n);
      kilter_range_add (&lo, &hi, m->panels[p].line, m->time.n);
      kilter_range_add (&lo, &hi, m->panels[p].target, m->time.n);
    }
  gap = MIN (PANEL_GAP * u, paint->width * 0.06);
  width = (paint->width - gap * (double) (across - 1)) / (double) across;
  height = (paint->height - top - 14 * u * (double) (down - 1)) / (double) down;
  if (width < 4 * u || height < 4 * u)
    return;
  if (isfinite (hi) && hi > 0)
    hi *= 1.04;
  kilter_scale_init (&scale, lo, hi, TRUE,
                     CLAMP ((int) ((height - 40 * u) / (55 * u)), 1, KILTER_CHART_MAX_GRID_LINES));
  for (gsize p = 0; p < m->n_panels; p++)
    {
      gsize column = paint->style->rtl ? across - 1 - p % across : p % across;
      KilterChartRect room = { (width + gap) * (double) column,
                               top + (height + 14 * u) * (double) (p / across), width, height };

      draw_panel (paint, data, p, &room, &scale);
    }
}

static void
measure_multiples (KilterChart *self,
                   KilterPaint *paint,
                   double *out_min_width,
                   double *out_min_height,
                   double *out_natural_height)
{
  const KilterChartMultiples *m = &((MultiplesData *) self->data)->multiples;
  gsize across = MAX (m->n_across, 1);
  gsize down = (m->n_panels + across - 1) / across;

  *out_min_width = (double) across * LEAST_PANEL * paint->t;
  *out_min_height = 120 * paint->t;
  *out_natural_height = (m->has_legend ? LEGEND_HEIGHT + 6 : 0) * paint->t +
                        170 * paint->t * (double) MAX (m->n_across > 0 ? down : 1, 1);
}

static const KilterChartClass multiples_class = { .kind = KILTER_CHART_MULTIPLES,
                                                  .can_zoom = TRUE,
                                                  .draw = draw_multiples,
                                                  .measure = measure_multiples };

static void
add_row (KilterChart *self, gsize *row, const char *panel, const char *what, const double *values)
{
  const KilterChartMultiples *m = &((MultiplesData *) self->data)->multiples;
  char *name;

  if (values == NULL)
    return;
  name = what != NULL ? g_strconcat (panel != NULL ? panel : "", " · ", what, NULL)
                      : g_strdup (panel != NULL ? panel : "");
  g_ptr_array_add (self->blocks, name);
  kilter_chart_table_row (self, (*row)++, name, values, &m->format);
}

/**
 * kilter_chart_new_multiples:
 *
 * Rows of the table: columns, line and target (those given) of each panel.
 *
 * Returns: (transfer full): small multiples on one scale
 */
KilterChart *
kilter_chart_new_multiples (const KilterChartMultiples *data)
{
  MultiplesData copy = { .multiples = *data };
  KilterChart *self = kilter_chart_alloc (&multiples_class, &copy, sizeof copy);
  KilterChartMultiples *m = &((MultiplesData *) self->data)->multiples;
  KilterChartPanel *panels = kilter_chart_keep (self, m->panels, sizeof *panels * m->n_panels);
  gsize n = m->time.n, n_rows = 0, row = 0;

  kilter_chart_keep_time (self, &m->time);
  m->columns_name = kilter_chart_keep_text (self, m->columns_name);
  m->line_name = kilter_chart_keep_text (self, m->line_name);
  m->target_name = kilter_chart_keep_text (self, m->target_name);
  m->note = kilter_chart_keep_text (self, m->note);
  for (gsize p = 0; p < m->n_panels; p++)
    {
      panels[p].name = kilter_chart_keep_text (self, panels[p].name);
      panels[p].figure = kilter_chart_keep_text (self, panels[p].figure);
      panels[p].columns = kilter_chart_keep_values (self, panels[p].columns, n);
      panels[p].line = kilter_chart_keep_values (self, panels[p].line, n);
      panels[p].target = kilter_chart_keep_values (self, panels[p].target, n);
      n_rows += (panels[p].columns != NULL) + (panels[p].line != NULL) + (panels[p].target != NULL);
    }
  m->panels = panels;
  kilter_chart_table_begin (self, n_rows, n);
  kilter_chart_table_time (self, &m->time);
  for (gsize p = 0; p < m->n_panels; p++)
    {
      add_row (self, &row, panels[p].name, m->columns_name, panels[p].columns);
      add_row (self, &row, panels[p].name, m->line_name, panels[p].line);
      add_row (self, &row, panels[p].name, m->target_name, panels[p].target);
    }

  return self;
}
