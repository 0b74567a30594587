/* kilter-chart-gantt.c: promotions, launches, stops on the months they last
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define ROW_NATURAL 28
#define HEADER_HEIGHT 36
#define BAR_HEIGHT 16

typedef struct
{
  double header;
  double row;
  double gutter;
} GanttRoom;

static void
divide_room (const KilterChartGantt *gantt, KilterPaint *paint, GanttRoom *room)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL };
  double u = paint->u, line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);

  *room = (GanttRoom) { .gutter = gantt->place.gutter };
  for (gsize r = 0; r < gantt->n_rows && gantt->row_names != NULL && gantt->place.gutter <= 0; r++)
    room->gutter = MAX (room->gutter,
                        kilter_rows_width (paint, gantt->row_names[r], &look) + 16 * u);
  if (gantt->place.gutter <= 0)
    room->gutter = MIN (room->gutter, paint->width * 0.4);
  if (paint->width < 120 * u)
    room->gutter = 0;
  if (gantt->has_header && paint->height > 60 * u)
    room->header = gantt->time.groups != NULL ? MAX (HEADER_HEIGHT * u, 2.4 * line) : 1.6 * line;
  room->row = kilter_rows_height (paint->height - room->header, gantt->n_rows, 6 * u,
                                  ROW_NATURAL * u * 1.2);
}

static void
draw_header (KilterPaint *paint,
             const KilterChartGantt *gantt,
             const GanttRoom *room,
             const double *edges)
{
  gsize n = gantt->time.n;
  g_autofree double *xs = g_new (double, n + 1);
  double foot = room->header - 5 * paint->u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);

  for (gsize i = 0; i < n; i++)
    {
      xs[i] = (edges[i] + edges[i + 1]) / 2;
      if (gantt->time.groups != NULL &&
          (i == 0 || g_strcmp0 (gantt->time.groups[i], gantt->time.groups[i - 1]) != 0))
        kilter_paint_text (paint, gantt->time.groups[i], edges[i] + 4 * paint->u, foot - line,
                           &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                               .role = KILTER_CHART_ROLE_DIM_TEXT,
                                               .is_bold = TRUE,
                                               .y_align = 1 });
    }
  kilter_plot_months (paint, &gantt->time, 0, n, xs, foot, FALSE, 1);
}

static KilterChartRole
text_on (KilterChartRole role)
{
  if (role == KILTER_CHART_ROLE_BAD)
    return KILTER_CHART_ROLE_ON_BAD;
  if (role == KILTER_CHART_ROLE_GOOD)
    return KILTER_CHART_ROLE_ON_GOOD;
  if (role == KILTER_CHART_ROLE_ACTUAL)
    return KILTER_CHART_ROLE_ON_ACTUAL;

  return KILTER_CHART_ROLE_ON_FORECAST;
}

static void
draw_span (KilterPaint *paint,
           const KilterChartGantt *gantt,
           const GanttRoom *room,
           const double *edges,
           gsize index)
{
  const KilterChartSpan *span = &gantt->spans[index];
  double u = paint->u, right = edges[gantt->time.n];
  KilterChartRole role = span->role != KILTER_CHART_ROLE_NONE ? span->role
                                                              : KILTER_CHART_ROLE_FORECAST;
  KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS, .y_align = 0.5 };
  double height = MIN (BAR_HEIGHT * u, room->row * 0.7);
  double middle, width;
  KilterChartRect rect;
  int first = span->first, last = MAX (span->last, span->first);
  gboolean is_inside;

  if (span->row < 0 || (gsize) span->row >= gantt->n_rows || last < 0 ||
      first >= (int) gantt->time.n)
    return;
  first = MAX (first, 0);
  last = MIN (last, (int) gantt->time.n - 1);
  middle = room->header + room->row * (span->row + 0.5);
  rect = (KilterChartRect) { edges[first] + u, middle - height / 2,
                             edges[last + 1] - edges[first] - 2 * u, height };
  if (span->look == KILTER_CHART_LOOK_DIAMOND)
    {
      rect.x = (edges[first] + edges[first + 1]) / 2 - 6 * u;
      rect.width = 12 * u;
      kilter_paint_marker (paint, KILTER_MARKER_DIAMOND, rect.x + 6 * u, middle,
                           MIN (5 * u, height / 2), role);
    }
  else if (span->look == KILTER_CHART_LOOK_OUTLINE)
    kilter_paint_outline (paint, &rect, role, 1.3);
  else if (span->look == KILTER_CHART_LOOK_COLUMN)
    kilter_paint_hatched (paint, &rect, role);
  else
    kilter_paint_fill (paint, &rect, role);
  kilter_chart_add_mark (paint, span->row, first, &rect, rect.x + rect.width / 2, rect.y);

  if (span->text == NULL || !kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_AXIS))
    return;
  kilter_paint_measure (paint, span->text, &look, &width, NULL);
  is_inside = span->look == KILTER_CHART_LOOK_SOLID && width + 10 * u <= rect.width &&
              role != KILTER_CHART_ROLE_MARKETING;
  look.role = is_inside ? text_on (role) : KILTER_CHART_ROLE_TEXT;
  if (is_inside)
    kilter_paint_text (paint, span->text, rect.x + 6 * u, middle, &look);
  else if (rect.x + rect.width + 5 * u + width <= MIN (right, paint->width))
    kilter_paint_text (paint, span->text, rect.x + rect.width + 5 * u, middle, &look);
  else if (rect.x - 5 * u - width >= edges[0])
    kilter_paint_text (paint, span->text, rect.x - 5 * u - width, middle, &look);
}

static void
draw_gantt (KilterChart *self, KilterPaint *paint)
{
  const KilterChartGantt *gantt = self->data;
  gsize n = gantt->time.n;
  g_autofree double *edges = g_new (double, n + 1);
  gboolean rtl = paint->style->rtl;
  GanttRoom room;
  KilterChartRect plot;

  divide_room (gantt, paint, &room);
  plot = (KilterChartRect) { rtl ? 0 : room.gutter, room.header,
                             MAX (paint->width - room.gutter, 1),
                             room.row * (double) gantt->n_rows };
  for (gsize i = 0; i <= n; i++)
    edges[i] = gantt->place.edges != NULL ? gantt->place.edges[i]
                                          : plot.x + plot.width * (double) i / (double) MAX (n, 1);
  self->geometry.has_plot = TRUE;
  self->geometry.plot = plot;
  g_array_append_vals (self->geometry.edges, edges, (guint) n + 1);

  for (gsize r = 0; r < gantt->n_rows; r++)
    {
      double y = room.header + room.row * (double) r;
      KilterChartRect label = kilter_rows_rect (paint, 0, y, room.gutter, room.row);

      if (gantt->row_names != NULL && room.gutter > 0 &&
          kilter_rows_fit (paint, room.row, KILTER_CHART_TEXT_CELL))
        kilter_rows_start (paint, gantt->row_names[r], gantt->place.gutter > 0 ? 12 * paint->u : 0,
                           y + room.row / 2,
                           (KilterTextLook) { .size = KILTER_CHART_TEXT_CELL,
                                              .max_width = room.gutter - 16 * paint->u });
      kilter_chart_add_area (paint, KILTER_CHART_PART_ROW_LABEL, (int) r, -1, &label);
      kilter_paint_hline (paint, 0, paint->width, y, KILTER_CHART_ROLE_GRID_LINE, 1);
    }
  cairo_save (paint->cr);
  cairo_rectangle (paint->cr, plot.x, 0, plot.width, paint->height);
  cairo_clip (paint->cr);
  if (room.header > 0)
    draw_header (paint, gantt, &room, edges);
  if (gantt->time.cycle > 0 && gantt->time.cycle < n)
    kilter_paint_vline_dashed (paint, edges[gantt->time.cycle], room.header,
                               room.header + plot.height, KILTER_CHART_ROLE_AXIS, 1);
  for (gsize i = 0; n > 0 && i < gantt->n_spans; i++)
    draw_span (paint, gantt, &room, edges, i);
  cairo_restore (paint->cr);
}

static void
measure_gantt (KilterChart *self,
               KilterPaint *paint,
               double *out_min_width,
               double *out_min_height,
               double *out_natural_height)
{
  const KilterChartGantt *gantt = self->data;
  GanttRoom room;

  paint->width = paint->height = 1e6;
  divide_room (gantt, paint, &room);
  *out_min_width = room.gutter + 16 * paint->t * (double) gantt->time.n;
  *out_min_height = room.header + 18 * paint->t * (double) gantt->n_rows;
  *out_natural_height = room.header + ROW_NATURAL * paint->t * (double) gantt->n_rows;
}

static const KilterChartClass gantt_class = { .kind = KILTER_CHART_GANTT,
                                              .draw = draw_gantt,
                                              .measure = measure_gantt };

/**
 * kilter_chart_new_gantt:
 *
 * Rows of the table: the rows; a cell names what happens there and is 1, or missing.
 *
 * Returns: (transfer full): a Gantt strip
 */
KilterChart *
kilter_chart_new_gantt (const KilterChartGantt *data)
{
  KilterChart *self = kilter_chart_alloc (&gantt_class, data, sizeof *data);
  KilterChartGantt *gantt = self->data;
  gsize n = gantt->time.n;
  KilterChartSpan *spans = kilter_chart_keep (self, gantt->spans, sizeof *spans * gantt->n_spans);

  kilter_chart_keep_time (self, &gantt->time);
  kilter_chart_keep_place (self, &gantt->place, n);
  gantt->row_names = kilter_chart_keep_texts (self, gantt->row_names, gantt->n_rows);
  kilter_chart_table_begin (self, gantt->n_rows, n);
  kilter_chart_table_time (self, &gantt->time);
  for (gsize r = 0; r < gantt->n_rows; r++)
    kilter_chart_table_row (self, r, gantt->row_names != NULL ? gantt->row_names[r] : NULL, NULL,
                            NULL);
  for (gsize i = 0; i < gantt->n_spans; i++)
    {
      spans[i].text = kilter_chart_keep_text (self, spans[i].text);
      for (int bucket = MAX (spans[i].first, 0);
           spans[i].row >= 0 && (gsize) spans[i].row < gantt->n_rows && bucket < (int) n &&
           bucket <= MAX (spans[i].last, spans[i].first);
           bucket++)
        {
          kilter_chart_table_value (self, (gsize) spans[i].row, (gsize) bucket, 1);
          kilter_chart_table_text (self, (gsize) spans[i].row, (gsize) bucket, spans[i].text);
        }
    }
  gantt->spans = spans;

  return self;
}
