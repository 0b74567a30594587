/* kilter-chart-dumbbell.c: two values a row and the way between them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define ROW_NATURAL 24
#define TINY_WIDTH 90
#define ROW_LEAST 10
#define LEGEND_HEIGHT 24
#define AXIS_HEIGHT 20

enum
{
  COLUMN_VALUE,
  COLUMN_REFERENCE,
  COLUMN_DIFFERENCE,
  N_COLUMNS,
};

typedef struct
{
  KilterChartDumbbell dumbbell;
  const double *values;
  const double *references;
} DumbbellData;

typedef struct
{
  double legend;
  double axis;
  double row;
  double name;
  double start;
  double end;
  KilterScale scale;
} DumbbellRoom;

static double
difference_at (const DumbbellData *data, gsize i)
{
  return data->values[i] - data->references[i];
}

/* What a difference means; one that is written as none is none. */
static KilterChartRole
difference_role (const DumbbellData *data, gsize i)
{
  const KilterNumberFormat *format = &data->dumbbell.difference_format;
  double difference = difference_at (data, i);
  g_autofree char *text = NULL, *none = NULL;

  if (!isfinite (difference))
    return KILTER_CHART_ROLE_ACTUAL;
  text = kilter_number_format (fabs (difference), format);
  none = kilter_number_format (0, format);
  if (g_str_equal (text, none))
    return KILTER_CHART_ROLE_ACTUAL;
  return (difference > 0) == data->dumbbell.higher_is_better ? KILTER_CHART_ROLE_GOOD
                                                             : KILTER_CHART_ROLE_BAD;
}

static char *
difference_text (const DumbbellData *data, gsize i)
{
  KilterNumberFormat format = data->dumbbell.difference_format;

  format.sign = TRUE;
  return kilter_number_format (difference_at (data, i), &format);
}

static double
x_of (const DumbbellRoom *room, double value)
{
  return room->start + (room->end - room->start) * kilter_scale_get_fraction (&room->scale, value);
}

static void
divide_room (const DumbbellData *data, KilterPaint *paint, DumbbellRoom *room)
{
  const KilterTextLook plain = { .size = KILTER_CHART_TEXT_LABEL };
  const KilterTextLook bold = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };
  double u = paint->u, number = 0, lo = NAN, hi = NAN;
  gsize n = data->dumbbell.n_rows;

  *room = (DumbbellRoom) { 0 };
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = difference_text (data, i);

      room->name = MAX (room->name, kilter_rows_width (paint, data->dumbbell.rows[i].name, &plain));
      number = MAX (number, kilter_rows_width (paint, text, &bold));
    }
  number = MAX (number, kilter_rows_width (paint, data->dumbbell.difference_heading, &bold));
  if (paint->width < 150 * u)
    number = 0;
  room->name = MIN (room->name, paint->width * 0.4);
  room->start = room->name + 18 * u;
  room->end = paint->width - (number > 0 ? number + 20 * u : 8 * u);
  if (paint->width < TINY_WIDTH * u)
    {
      room->start = MIN (5 * u, paint->width * 0.2);
      room->end = paint->width - room->start;
    }
  room->legend = paint->height > 90 * u && paint->width > 150 * u ? LEGEND_HEIGHT * paint->t : 0;
  room->axis = paint->height > 80 * u && paint->width > 110 * u ? AXIS_HEIGHT * paint->t : 0;
  room->row = kilter_rows_height (paint->height - room->legend - room->axis, n, ROW_LEAST * u,
                                  ROW_NATURAL * u * 1.2);
  kilter_range_add (&lo, &hi, data->values, n);
  kilter_range_add (&lo, &hi, data->references, n);
  kilter_scale_init (&room->scale, lo, hi, TRUE, KILTER_CHART_MAX_GRID_LINES);
}

static void
draw_axis (KilterPaint *paint, const DumbbellData *data, const DumbbellRoom *room, double foot)
{
  KilterNumberFormat format = data->dumbbell.format;
  double last = -1e9, last_width = 0;

  format.grouped = TRUE;
  format.decimals = kilter_scale_get_decimals (room->scale.step * (format.percent ? 100 : 1) /
                                               (format.scale > 0 ? format.scale : 1));
  for (int i = 0; i < room->scale.n_ticks; i++)
    {
      const KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS,
                                    .role = KILTER_CHART_ROLE_DIM_TEXT,
                                    .x_align = 0.5 };
      double tick = kilter_scale_get_tick (&room->scale, i);
      double x = kilter_rows_x (paint, x_of (room, tick));
      g_autofree char *text = kilter_number_format (tick, &format);
      double width = kilter_rows_width (paint, text, &look);

      kilter_paint_vline (paint, x, room->legend, foot,
                          tick == 0 ? KILTER_CHART_ROLE_AXIS : KILTER_CHART_ROLE_GRID_LINE, 1);
      if (room->axis <= 0 || fabs (x - last) < (width + last_width) / 2 + 4 * paint->u)
        continue;
      kilter_paint_text (paint, text, x, foot + 3 * paint->u, &look);
      last = x;
      last_width = width;
    }
}

static void
draw_row (KilterPaint *paint, const DumbbellData *data, const DumbbellRoom *room, gsize i)
{
  double u = paint->u;
  double y = room->legend + room->row * (double) i, middle = y + room->row / 2;
  double radius = MIN (4.5 * u, room->row * 0.3);
  double value = data->values[i], reference = data->references[i], difference = value - reference;
  KilterChartRole role = difference_role (data, i);
  g_autofree char *text = difference_text (data, i);
  KilterChartRect area = kilter_rows_rect (paint, 0, y, paint->width, room->row);
  double x = kilter_rows_x (paint, x_of (room, value));
  double other = kilter_rows_x (paint, x_of (room, reference));

  kilter_chart_add_mark (paint, (int) i, COLUMN_VALUE, &area, isfinite (x) ? x : area.x, middle);
  if (paint->width >= TINY_WIDTH * u && kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_LABEL))
    {
      kilter_rows_start (
        paint, data->dumbbell.rows[i].name, 0, middle,
        (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .max_width = room->name });
      if (paint->width >= 150 * u && isfinite (difference))
        kilter_rows_end (paint, text, paint->width, middle,
                         (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                            .role = kilter_chart_role_of_text (role),
                                            .is_bold = TRUE });
    }
  if (room->end - room->start < 6 * u)
    return;
  if (isfinite (x) && isfinite (other))
    {
      const double xs[] = { other, x };
      const double ys[] = { middle, middle };

      kilter_paint_line (paint, xs, ys, 2, role, 2.6, KILTER_DASH_NONE);
    }
  if (isfinite (other))
    {
      kilter_paint_marker (paint, KILTER_MARKER_DOT, other, middle, radius, paint->style->ground);
      kilter_paint_marker (paint, KILTER_MARKER_RING, other, middle, radius * 0.9,
                           KILTER_CHART_ROLE_ACTUAL);
    }
  if (isfinite (x))
    kilter_paint_marker (paint, KILTER_MARKER_DOT, x, middle, radius * 1.1, role);
}

static void
draw_dumbbell (KilterChart *self, KilterPaint *paint)
{
  const DumbbellData *data = self->data;
  DumbbellRoom room;
  double foot;

  if (data->dumbbell.n_rows == 0)
    return;
  divide_room (data, paint, &room);
  foot = room.legend + room.row * (double) data->dumbbell.n_rows;
  if (room.legend > 0)
    {
      KilterPlotSpec spec = { 0 };

      kilter_legend_add (&spec, data->dumbbell.value_name, KILTER_CHART_KEY_DOT,
                         KILTER_CHART_ROLE_ACTUAL, -1);
      kilter_legend_add (&spec, data->dumbbell.reference_name, KILTER_CHART_KEY_RING,
                         KILTER_CHART_ROLE_ACTUAL, -1);
      kilter_legend_draw_row (paint, spec.legend, spec.n_legend, 0, room.legend / 2 - 2 * paint->u,
                              paint->width * 0.7);
      kilter_rows_end (paint, data->dumbbell.difference_heading, paint->width,
                       room.legend / 2 - 2 * paint->u,
                       (KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                          .role = KILTER_CHART_ROLE_DIM_TEXT,
                                          .is_bold = TRUE,
                                          .max_width = paint->width * 0.3 });
    }
  draw_axis (paint, data, &room, foot);
  for (gsize i = 0; i < data->dumbbell.n_rows; i++)
    draw_row (paint, data, &room, i);
}

static void
measure_dumbbell (KilterChart *self,
                  KilterPaint *paint,
                  double *out_min_width,
                  double *out_min_height,
                  double *out_natural_height)
{
  double n = (double) ((DumbbellData *) self->data)->dumbbell.n_rows;

  *out_min_width = 240 * paint->t;
  *out_min_height = (LEGEND_HEIGHT + AXIS_HEIGHT + 14 * n) * paint->t;
  *out_natural_height = (LEGEND_HEIGHT + AXIS_HEIGHT + ROW_NATURAL * n) * paint->t;
}

static const KilterChartClass dumbbell_class = { .kind = KILTER_CHART_DUMBBELL,
                                                 .draw = draw_dumbbell,
                                                 .measure = measure_dumbbell };

/**
 * kilter_chart_new_dumbbell:
 *
 * Rows of the table as given; columns: value, reference, difference.
 *
 * Returns: (transfer full): a dumbbell chart
 */
KilterChart *
kilter_chart_new_dumbbell (const KilterChartDumbbell *data)
{
  DumbbellData copy = { .dumbbell = *data };
  KilterChart *self = kilter_chart_alloc (&dumbbell_class, &copy, sizeof copy);
  DumbbellData *own = self->data;
  gsize n = own->dumbbell.n_rows;
  KilterChartDumbbellRow *rows = kilter_chart_keep (self, own->dumbbell.rows, sizeof *rows * n);
  g_autofree double *values = g_new (double, n + 1);
  g_autofree double *references = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      rows[i].name = kilter_chart_keep_text (self, rows[i].name);
      values[i] = rows[i].value;
      references[i] = rows[i].reference;
    }
  own->dumbbell.rows = rows;
  own->values = kilter_chart_keep_values (self, values, n);
  own->references = kilter_chart_keep_values (self, references, n);
  own->dumbbell.value_name = kilter_chart_keep_text (self, own->dumbbell.value_name);
  own->dumbbell.reference_name = kilter_chart_keep_text (self, own->dumbbell.reference_name);
  own->dumbbell.difference_heading = kilter_chart_keep_text (self,
                                                             own->dumbbell.difference_heading);

  kilter_chart_table_begin (self, n, N_COLUMNS);
  kilter_chart_table_column (self, COLUMN_VALUE, own->dumbbell.value_name);
  kilter_chart_table_column (self, COLUMN_REFERENCE, own->dumbbell.reference_name);
  kilter_chart_table_column (self, COLUMN_DIFFERENCE, own->dumbbell.difference_heading);
  for (gsize i = 0; i < n; i++)
    {
      kilter_chart_table_row (self, i, rows[i].name, NULL, &own->dumbbell.format);
      kilter_chart_table_value (self, i, COLUMN_VALUE, own->values[i]);
      kilter_chart_table_value (self, i, COLUMN_REFERENCE, own->references[i]);
      kilter_chart_table_value (self, i, COLUMN_DIFFERENCE, difference_at (own, i));
      if (isfinite (difference_at (own, i)))
        {
          char *text = difference_text (own, i);

          g_ptr_array_add (self->blocks, text);
          kilter_chart_table_text (self, i, COLUMN_DIFFERENCE, text);
        }
    }

  return self;
}
