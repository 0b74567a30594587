/* kilter-chart-value-added.c: how much error each step of the forecast removes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define ROW_NATURAL 27
#define TINY_WIDTH 90
#define ROW_LEAST 14
#define HEADER_HEIGHT 22
#define BAR_HEIGHT 16

enum
{
  COLUMN_ERROR,
  COLUMN_ADDED,
  N_COLUMNS,
};

typedef struct
{
  KilterChartValueAdded added;
  const double *errors;
} ValueAddedData;

typedef struct
{
  double header;
  double row;
  double start;
  double end;
  double scale;
} ValueAddedRoom;

/* Points of error the step removed: positive is good. */
static double
added_at (const ValueAddedData *data, gsize i)
{
  return i > 0 ? data->errors[i - 1] - data->errors[i] : NAN;
}

static char *
added_text (const ValueAddedData *data, gsize i)
{
  KilterNumberFormat format = data->added.added_format;

  format.sign = TRUE;
  return isfinite (added_at (data, i)) ? kilter_number_format (added_at (data, i), &format)
                                       : g_strdup ("");
}

static void
divide_room (const ValueAddedData *data, KilterPaint *paint, ValueAddedRoom *room)
{
  const KilterTextLook plain = { .size = KILTER_CHART_TEXT_LABEL };
  const KilterTextLook bold = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };
  double u = paint->u, name = 0, points = 0, largest = 0;

  *room = (ValueAddedRoom) { 0 };
  for (gsize i = 0; i < data->added.n_steps; i++)
    {
      g_autofree char *text = added_text (data, i);

      name = MAX (name, kilter_rows_width (paint, data->added.steps[i].name, &plain));
      points = MAX (points, kilter_rows_width (paint, text, &bold));
      if (isfinite (data->errors[i]))
        largest = MAX (largest, fabs (data->errors[i]));
    }
  points = MAX (points, kilter_rows_width (paint, data->added.added_heading, &bold));
  if (paint->width < 120 * u)
    points = 0;
  room->start = MIN (name, paint->width * 0.4) + 14 * u;
  room->end = paint->width - points - 16 * u;
  if (paint->width < TINY_WIDTH * u)
    {
      room->start = 0;
      room->end = paint->width;
    }
  if (largest > 0 && room->end - room->start > 4 * u)
    room->scale = (room->end - room->start) / largest;
  room->header = paint->height > 70 * u && data->added.error_heading != NULL
                   ? HEADER_HEIGHT * paint->t
                   : 0;
  room->row = kilter_rows_height (paint->height - room->header, data->added.n_steps, ROW_LEAST * u,
                                  ROW_NATURAL * u * 1.2);
}

static void
draw_difference (KilterPaint *paint,
                 const ValueAddedRoom *room,
                 double error,
                 double before,
                 double y,
                 double height)
{
  double a = room->start + error * room->scale;
  double b = room->start + before * room->scale;
  KilterChartRect rect = kilter_rows_rect (paint, MIN (a, b), y, fabs (b - a), height);

  if (rect.width < 0.5 * paint->u)
    return;
  if (error > before)
    kilter_paint_fill (paint, &rect, KILTER_CHART_ROLE_BAD);
  else
    {
      const double dash[] = { 3 * paint->u, 2 * paint->u };

      cairo_set_dash (paint->cr, dash, G_N_ELEMENTS (dash), 0);
      kilter_paint_outline (paint, &rect, KILTER_CHART_ROLE_GOOD, 1.2);
      cairo_set_dash (paint->cr, NULL, 0, 0);
    }
}

static void
draw_row (KilterPaint *paint, const ValueAddedData *data, const ValueAddedRoom *room, gsize i)
{
  const KilterChartValueStep *step = &data->added.steps[i];
  double u = paint->u;
  double y = room->header + room->row * (double) i, middle = y + room->row / 2;
  double error = data->errors[i], before = i > 0 ? data->errors[i - 1] : NAN;
  double added = added_at (data, i);
  double height = MIN (BAR_HEIGHT * paint->t, room->row * 0.7);
  g_autofree char *points = added_text (data, i);
  KilterChartRect area = kilter_rows_rect (paint, 0, y, paint->width, room->row);

  kilter_chart_add_mark (paint, (int) i, COLUMN_ERROR, &area, area.x + area.width / 2, middle);
  if (paint->width >= TINY_WIDTH * u && kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_LABEL))
    {
      kilter_rows_start (
        paint, step->name, 0, middle,
        (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .max_width = room->start - 10 * u });
      if (paint->width >= 120 * u)
        kilter_rows_end (paint, points, paint->width, middle,
                         (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                            .role = added < 0   ? KILTER_CHART_ROLE_BAD_TEXT
                                                    : added > 0 ? KILTER_CHART_ROLE_GOOD_TEXT
                                                                : KILTER_CHART_ROLE_TEXT,
                                            .is_bold = TRUE });
    }
  if (isfinite (error) && room->scale > 0)
    {
      g_autofree char *text = kilter_number_format (error, &data->added.format);
      KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS, .is_bold = TRUE };
      double base = isfinite (before) ? MIN (error, before) : error;
      double end = isfinite (before) ? MAX (error, before) : error;
      double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
      double length = fabs (base) * room->scale;
      double width = kilter_rows_width (paint, text, &look);
      KilterChartRect bar = kilter_rows_rect (paint, room->start, middle - height / 2, length,
                                              height);
      KilterChartRole role = step->is_result ? KILTER_CHART_ROLE_FORECAST
                                             : KILTER_CHART_ROLE_ACTUAL;

      kilter_paint_fill (paint, &bar, role);
      if (isfinite (before))
        draw_difference (paint, room, error, before, middle - height / 2, height);
      look.role = step->is_result ? KILTER_CHART_ROLE_ON_FORECAST : KILTER_CHART_ROLE_ON_ACTUAL;
      if (width + 10 * u <= length && height >= line * 0.85)
        kilter_rows_start (paint, text, room->start + 6 * u, middle, look);
      else if (room->start + end * room->scale + 5 * u + width <= room->end + 10 * u)
        {
          look.role = KILTER_CHART_ROLE_TEXT;
          kilter_rows_start (paint, text, room->start + end * room->scale + 5 * u, middle, look);
        }
    }
}

static void
draw_value_added (KilterChart *self, KilterPaint *paint)
{
  const ValueAddedData *data = self->data;
  KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS,
                          .role = KILTER_CHART_ROLE_DIM_TEXT,
                          .is_bold = TRUE };
  ValueAddedRoom room;

  if (data->added.n_steps == 0)
    return;
  divide_room (data, paint, &room);
  if (room.header > 0)
    {
      kilter_rows_start (paint, data->added.error_heading, room.start, room.header / 2, look);
      if (paint->width >= 120 * paint->u)
        kilter_rows_end (paint, data->added.added_heading, paint->width, room.header / 2, look);
    }
  for (gsize i = 0; i < data->added.n_steps; i++)
    draw_row (paint, data, &room, i);
}

static void
measure_value_added (KilterChart *self,
                     KilterPaint *paint,
                     double *out_min_width,
                     double *out_min_height,
                     double *out_natural_height)
{
  gsize n = ((ValueAddedData *) self->data)->added.n_steps;

  *out_min_width = 200 * paint->t;
  *out_min_height = (HEADER_HEIGHT + 18 * (double) n) * paint->t;
  *out_natural_height = (HEADER_HEIGHT + ROW_NATURAL * (double) n) * paint->t;
}

static const KilterChartClass value_added_class = { .kind = KILTER_CHART_VALUE_ADDED,
                                                    .draw = draw_value_added,
                                                    .measure = measure_value_added };

/**
 * kilter_chart_new_value_added:
 *
 * Rows of the table: the steps; columns: error, points removed.
 *
 * Returns: (transfer full): forecast value added
 */
KilterChart *
kilter_chart_new_value_added (const KilterChartValueAdded *data)
{
  ValueAddedData copy = { .added = *data };
  KilterChart *self = kilter_chart_alloc (&value_added_class, &copy, sizeof copy);
  ValueAddedData *own = self->data;
  gsize n = own->added.n_steps;
  KilterChartValueStep *steps = kilter_chart_keep (self, own->added.steps, sizeof *steps * n);
  g_autofree double *errors = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      steps[i].name = kilter_chart_keep_text (self, steps[i].name);
      errors[i] = steps[i].error;
    }
  own->added.steps = steps;
  own->errors = kilter_chart_keep_values (self, errors, n);
  own->added.error_heading = kilter_chart_keep_text (self, own->added.error_heading);
  own->added.added_heading = kilter_chart_keep_text (self, own->added.added_heading);

  kilter_chart_table_begin (self, n, N_COLUMNS);
  kilter_chart_table_column (self, COLUMN_ERROR, own->added.error_heading);
  kilter_chart_table_column (self, COLUMN_ADDED, own->added.added_heading);
  for (gsize i = 0; i < n; i++)
    {
      char *text = added_text (own, i);

      g_ptr_array_add (self->blocks, text);
      kilter_chart_table_row (self, i, steps[i].name, NULL, &own->added.format);
      kilter_chart_table_value (self, i, COLUMN_ERROR, own->errors[i]);
      kilter_chart_table_value (self, i, COLUMN_ADDED, added_at (own, i));
      kilter_chart_table_text (self, i, COLUMN_ADDED, text);
    }

  return self;
}
