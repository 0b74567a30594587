/* kilter-chart-heat.c: load of resources by month
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "chart/draw/kilter-chart-plot.h"

#define ROW_HEIGHT 26
#define CELL_GAP 2
#define CELL_RADIUS 2.5
#define CELL_PAD 8
#define HEADER_HEIGHT 34
#define LEGEND_HEIGHT 22
#define LEGEND_CELL 30
#define N_BOUNDS (KILTER_CHART_N_HEAT_STEPS - 1)
#define FIRST_PROBLEM_STEP 5

static const double usual_bounds[N_BOUNDS] = { 60, 75, 85, 95, 100, 105, 115 };

/* Of a cover: orange below the tolerance, neutral in it, blue above. */
static const double cover_bounds[N_BOUNDS] = { 50, 70, 85, 100, 115, 130, 150 };
static const int cover_shades[KILTER_CHART_N_HEAT_STEPS] = { 7, 6, 5, 0, 0, 2, 3, 4 };

typedef struct
{
  double legend;
  double header;
  double row;
  double gutter;
} HeatRoom;

/**
 * kilter_chart_heat_step:
 * @value: per cent
 * @bounds: (nullable): seven ascending upper bounds; %NULL for the usual ones
 * @decimals: as many as the cell shows: what reads "100" is never an overload
 *
 * Returns: the step of a heat map, 0 to 7; −1 for NaN
 */
int
kilter_chart_heat_step (double value, const double *bounds, int decimals)
{
  double unit = pow (10, CLAMP (decimals, 0, 9));
  int step = 0;

  if (!isfinite (value))
    return -1;
  if (bounds == NULL)
    bounds = usual_bounds;
  value = kilter_round_half_away (value * unit) / unit;
  if (value < bounds[0])
    return 0;
  for (step = 1; step < N_BOUNDS; step++)
    if (value <= bounds[step])
      return step;

  return N_BOUNDS;
}

static int
step_of (const KilterChartHeat *heat, gsize row, double value)
{
  double target = heat->targets != NULL ? heat->targets[row] : 100;
  int step;

  if (!(target > 0))
    return -1;
  step = kilter_chart_heat_step (value / target * 100, heat->bounds, heat->format.decimals);

  return step >= 0 && heat->is_reversed ? cover_shades[step] : step;
}

static double
value_at (const KilterChartHeat *heat, gsize row, gsize bucket, gboolean *out_is_new)
{
  gsize at = row * heat->time.n + bucket;
  double value = heat->values != NULL ? heat->values[at] : NAN;
  double next = heat->preview != NULL ? heat->preview[at] : NAN;

  *out_is_new = isfinite (next) && !(next == value);
  return *out_is_new ? next : value;
}

static double
widest_name (const KilterChartHeat *heat, KilterPaint *paint)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL, .is_bold = TRUE };
  double widest = 0;

  for (gsize row = 0; row < heat->n_rows && heat->row_names != NULL; row++)
    {
      double width;

      kilter_paint_measure (paint, heat->row_names[row], &look, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

static double
natural_row (const KilterChartHeat *heat, KilterPaint *paint)
{
  double row = heat->row_height > 0 ? heat->row_height : ROW_HEIGHT * paint->u;

  return MAX (row, kilter_paint_line_height (paint, KILTER_CHART_TEXT_CELL) * 1.4);
}

static void
divide_room (const KilterChartHeat *heat, KilterPaint *paint, HeatRoom *room)
{
  double u = paint->u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  double rest;

  memset (room, 0, sizeof *room);
  room->row = natural_row (heat, paint);
  if (heat->has_header)
    room->header = MAX (HEADER_HEIGHT * u, line * 2.2);
  if (heat->has_header && heat->time.groups == NULL)
    room->header = MAX (20 * u, line * 1.3);
  if (heat->has_legend)
    room->legend = MAX (LEGEND_HEIGHT * u, line * 1.3);
  room->gutter = heat->place.gutter;
  if (room->gutter <= 0)
    room->gutter = MIN (widest_name (heat, paint) + 16 * u, paint->width * 0.4);
  if (paint->width < 200 * u || paint->height < 80 * u)
    room->legend = 0;
  if (paint->width < 120 * u)
    room->gutter = room->header = 0;
  rest = paint->height - room->header - room->legend;
  if (heat->n_rows > 0 && rest < room->row * (double) heat->n_rows)
    {
      if (rest < 6 * u * (double) heat->n_rows)
        {
          rest += room->header + room->legend;
          room->header = room->legend = 0;
        }
      room->row = MAX (rest / (double) heat->n_rows, 1);
    }
}

/* The eight steps with their bounds, at the end of the line. */
static void
draw_legend (KilterPaint *paint, const KilterChartHeat *heat, double height)
{
  double u = paint->u;
  double cell = MAX (LEGEND_CELL * u,
                     kilter_chart_style_get_text_size (paint->style, KILTER_CHART_TEXT_AXIS) * 3);
  double total = cell * KILTER_CHART_N_HEAT_STEPS;
  double box = MAX (15 * u, kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS) * 1.05);
  double x = paint->style->rtl ? 0 : paint->width - total - 12 * u;
  KilterNumberFormat format = heat->format;

  if (x < 0)
    return;
  format.sign = FALSE;
  for (int step = 0; step < KILTER_CHART_N_HEAT_STEPS; step++)
    {
      int shade = heat->is_reversed ? cover_shades[step] : step;
      KilterChartColor color = kilter_chart_style_get_heat_text (paint->style, shade);
      g_autofree char *bound = kilter_number_format (heat->bounds[MIN (step, N_BOUNDS - 1)],
                                                     &format);
      g_autofree char *text = g_strconcat (step == 0          ? "<"
                                           : step == N_BOUNDS ? ">"
                                                              : "",
                                           bound, NULL);
      KilterChartRect rect = { x + step * cell, (height - box) / 2, cell - u, box };

      kilter_paint_tint (paint, &rect, (KilterChartRole) (KILTER_CHART_ROLE_HEAT_0 + shade),
                         KILTER_CHART_ROLE_AXIS, 0);
      kilter_paint_text (
        paint, text, rect.x + rect.width / 2, rect.y + rect.height / 2,
        &(KilterTextLook) {
          .size = KILTER_CHART_TEXT_AXIS, .color = &color, .x_align = 0.5, .y_align = 0.5 });
    }
}

/* Month names over the columns, aligned like the numbers; the year over its first month. */
static void
draw_header (KilterPaint *paint,
             const KilterChartHeat *heat,
             const double *edges,
             const double *rights,
             double top,
             double height)
{
  double u = paint->u;
  double foot = top + height - 4 * u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  g_autofree double *widths = NULL;
  g_autofree double *ends = NULL;
  gsize n = heat->time.n, stride;

  if (heat->time.labels == NULL || n == 0)
    return;
  widths = g_new (double, n);
  ends = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };

      kilter_paint_measure (paint, heat->time.labels[i], &look, &widths[i], NULL);
      ends[i] = rights[i] - CELL_PAD * u - widths[i] / 2;
      if (ends[i] - widths[i] / 2 < edges[i])
        ends[i] = (edges[i] + rights[i]) / 2;
    }
  stride = kilter_label_stride (ends, widths, n, 4 * u);
  for (gsize i = 0; i < n; i++)
    {
      gboolean is_selected = (int) i == paint->chart->selected_bucket;

      kilter_chart_add_area (paint, KILTER_CHART_PART_COLUMN_LABEL, -1, (int) i,
                             &(KilterChartRect) { edges[i], top, rights[i] - edges[i], height });
      if (heat->time.groups != NULL && heat->time.groups[i] != NULL &&
          (i == 0 || g_strcmp0 (heat->time.groups[i], heat->time.groups[i - 1]) != 0))
        kilter_paint_text (paint, heat->time.groups[i], edges[i] + CELL_PAD * u,
                           foot - line - 1 * u,
                           &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                               .role = KILTER_CHART_ROLE_DIM_TEXT,
                                               .is_bold = TRUE,
                                               .y_align = 1 });
      if (stride > 0 && i % stride == 0)
        kilter_paint_text (paint, heat->time.labels[i], ends[i], foot,
                           &(KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                               .role = is_selected ? KILTER_CHART_ROLE_FORECAST_TEXT
                                                                   : KILTER_CHART_ROLE_TEXT,
                                               .is_bold = TRUE,
                                               .x_align = 0.5,
                                               .y_align = 1 });
    }
}

static void
draw_cell (KilterPaint *paint,
           const KilterChartHeat *heat,
           const KilterChartRect *rect,
           gsize row,
           gsize bucket)
{
  gboolean is_new;
  double value = value_at (heat, row, bucket, &is_new);
  int step = step_of (heat, row, value);
  double u = paint->u;
  gboolean is_problem = step >= FIRST_PROBLEM_STEP;
  KilterTextLook look = {
    .size = KILTER_CHART_TEXT_CELL, .is_bold = is_problem, .x_align = 1, .y_align = 0.5
  };
  KilterChartColor color;
  g_autofree char *text = kilter_number_format (value, &heat->format);
  double middle = rect->y + rect->height / 2;
  double width, height, room = rect->width - 4 * u;

  if (step >= 0)
    {
      color = kilter_chart_style_get_heat_text (paint->style, step);
      look.color = &color;
      kilter_paint_tint (paint, rect, (KilterChartRole) (KILTER_CHART_ROLE_HEAT_0 + step),
                         KILTER_CHART_ROLE_AXIS, CELL_RADIUS * u);
    }
  else
    look.role = KILTER_CHART_ROLE_DIM_TEXT;
  if (is_new)
    {
      KilterChartRect inner = { rect->x + u, rect->y + u, rect->width - 2 * u,
                                rect->height - 2 * u };

      kilter_paint_outline (paint, &inner, KILTER_CHART_ROLE_FORECAST, 1.6);
    }
  kilter_chart_add_mark (paint, (int) row, (int) bucket, rect, rect->x + rect->width / 2, middle);
  kilter_paint_measure (paint, text, &look, &width, &height);
  if (width > room || height > rect->height + 3 * u)
    return;
  if (width + 22 * u > rect->width)
    {
      look.x_align = 0.5;
      kilter_paint_text (paint, text, rect->x + rect->width / 2, middle, &look);
      return;
    }
  kilter_paint_text (paint, text, rect->x + rect->width - CELL_PAD * u, middle, &look);
  if (is_problem)
    kilter_paint_marker_color (
      paint, heat->is_reversed ? KILTER_MARKER_TRIANGLE_DOWN : KILTER_MARKER_TRIANGLE,
      rect->x + 11 * u, middle, 3.2 * u, &color);
}

static void
draw_rows (KilterPaint *paint,
           const KilterChartHeat *heat,
           const HeatRoom *room,
           const KilterChartRect *plot,
           const double *edges,
           const double *rights)
{
  double u = paint->u;
  double gap = MIN (CELL_GAP * u, room->row * 0.15);
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_CELL);
  KilterChartRect ring = { 0 };

  for (gsize row = 0; row < heat->n_rows; row++)
    {
      double y = plot->y + room->row * (double) row;
      gboolean is_selected = (int) row == paint->chart->selected_series;
      gboolean rtl = paint->style->rtl;
      /* own names are measured, and on paper are a hair wider than that */
      double reserved = heat->place.gutter > 0 ? 16 : 12;
      double start = rtl ? paint->width - 12 * u : heat->place.gutter > 0 ? 12 * u : 0;

      if (heat->row_names != NULL && room->gutter > 0 && room->row >= line * 0.85)
        kilter_paint_text (paint, heat->row_names[row], start, y + room->row / 2,
                           &(KilterTextLook) { .size = KILTER_CHART_TEXT_CELL,
                                               .is_bold = is_selected,
                                               .y_align = 0.5,
                                               .x_align = rtl ? 1 : 0,
                                               .max_width = room->gutter - reserved * u });
      kilter_chart_add_area (
        paint, KILTER_CHART_PART_ROW_LABEL, (int) row, -1,
        &(KilterChartRect) { rtl ? paint->width - room->gutter : 0, y, room->gutter, room->row });
      cairo_save (paint->cr);
      cairo_rectangle (paint->cr, plot->x, 0, plot->width, paint->height);
      cairo_clip (paint->cr);
      for (gsize i = 0; i < heat->time.n; i++)
        {
          double cell_gap = MIN (gap, (rights[i] - edges[i]) * 0.15);
          KilterChartRect rect = { edges[i] + cell_gap / 2, y + gap / 2,
                                   rights[i] - edges[i] - cell_gap, room->row - gap };

          if (rect.x + rect.width < plot->x || rect.x > plot->x + plot->width)
            continue;
          draw_cell (paint, heat, &rect, row, i);
          if (is_selected && (int) i == paint->chart->selected_bucket)
            ring = rect;
        }
      cairo_restore (paint->cr);
    }
  if (ring.width > 0)
    {
      double grow = 1 * u;

      ring = (KilterChartRect) { ring.x - grow, ring.y - grow, ring.width + 2 * grow,
                                 ring.height + 2 * grow };
      kilter_paint_role (paint, paint->style->ground, 1);
      cairo_set_line_width (paint->cr, 4 * u);
      kilter_paint_round_path (paint, &ring, 4 * u);
      cairo_stroke (paint->cr);
      kilter_paint_role (paint, KILTER_CHART_ROLE_ACCENT, 1);
      cairo_set_line_width (paint->cr, 2 * u);
      kilter_paint_round_path (paint, &ring, 4 * u);
      cairo_stroke (paint->cr);
    }
}

static void
draw_heat (KilterChart *self, KilterPaint *paint)
{
  const KilterChartHeat *heat = self->data;
  KilterChartGeometry *geometry = &self->geometry;
  g_autofree double *edges = g_new (double, heat->time.n + 1);
  g_autofree double *rights = g_new (double, heat->time.n + 1);
  KilterChartRect plot;
  HeatRoom room;

  divide_room (heat, paint, &room);
  plot = (KilterChartRect) { paint->style->rtl ? 0 : room.gutter, room.legend + room.header,
                             MAX (paint->width - room.gutter, 1),
                             room.row * (double) heat->n_rows };
  for (gsize i = 0; i <= heat->time.n; i++)
    edges[i] = heat->place.edges != NULL
                 ? heat->place.edges[i]
                 : plot.x + plot.width * (double) i / (double) MAX (heat->time.n, 1);
  for (gsize i = 0; i < heat->time.n; i++)
    rights[i] = heat->place.ends != NULL ? heat->place.ends[i] : edges[i + 1];
  geometry->has_plot = TRUE;
  geometry->plot = plot;
  g_array_append_vals (geometry->edges, edges, (guint) heat->time.n + 1);
  g_array_append_vals (geometry->ends, rights, (guint) heat->time.n);
  if (room.legend > 0)
    draw_legend (paint, heat, room.legend);
  if (room.header > 0)
    {
      cairo_save (paint->cr);
      cairo_rectangle (paint->cr, plot.x, 0, plot.width, paint->height);
      cairo_clip (paint->cr);
      draw_header (paint, heat, edges, rights, room.legend, room.header);
      cairo_restore (paint->cr);
    }
  draw_rows (paint, heat, &room, &plot, edges, rights);
}

static void
measure_heat (KilterChart *self,
              KilterPaint *paint,
              double *out_min_width,
              double *out_min_height,
              double *out_natural_height)
{
  const KilterChartHeat *heat = self->data;
  HeatRoom room;

  paint->width = paint->height = 1e6;
  divide_room (heat, paint, &room);
  *out_min_width = room.gutter + 30 * paint->u * (double) heat->time.n;
  *out_natural_height = room.legend + room.header +
                        natural_row (heat, paint) * (double) heat->n_rows;
  *out_min_height = *out_natural_height;
}

static const KilterChartClass heat_class = { .kind = KILTER_CHART_HEAT,
                                             .draw = draw_heat,
                                             .measure = measure_heat };

/**
 * kilter_chart_new_heat:
 *
 * Rows of the table: the resources.
 *
 * Returns: (transfer full): a heat map
 */
KilterChart *
kilter_chart_new_heat (const KilterChartHeat *data)
{
  KilterChart *self = kilter_chart_alloc (&heat_class, data, sizeof *data);
  KilterChartHeat *heat = self->data;
  gsize n = heat->time.n;

  kilter_chart_keep_time (self, &heat->time);
  kilter_chart_keep_place (self, &heat->place, n);
  heat->row_names = kilter_chart_keep_texts (self, heat->row_names, heat->n_rows);
  heat->values = kilter_chart_keep_values (self, heat->values, heat->n_rows * n);
  heat->preview = kilter_chart_keep_values (self, heat->preview, heat->n_rows * n);
  heat->targets = kilter_chart_keep_values (self, heat->targets, heat->n_rows);
  if (heat->bounds[N_BOUNDS - 1] == 0 && heat->bounds[0] == 0)
    memcpy (heat->bounds, heat->is_reversed ? cover_bounds : usual_bounds, sizeof usual_bounds);
  kilter_chart_table_begin (self, heat->n_rows, n);
  kilter_chart_table_time (self, &heat->time);
  for (gsize row = 0; row < heat->n_rows; row++)
    kilter_chart_table_row (self, row, heat->row_names != NULL ? heat->row_names[row] : NULL,
                            heat->values != NULL ? heat->values + row * n : NULL, &heat->format);

  return self;
}
