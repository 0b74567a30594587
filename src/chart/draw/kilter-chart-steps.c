/* kilter-chart-steps.c: what a load is made of, against its limit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define ROW_NATURAL 26
#define TINY_WIDTH 90
#define ROW_LEAST 13
#define LIMIT_HEIGHT 20
#define BAR_HEIGHT 15

typedef struct
{
  KilterChartSteps steps;
  const double *values;
} StepsData;

typedef struct
{
  double header;
  double row;
  double start;
  double end;
  double scale;
} StepsRoom;

static char *
text_of (const StepsData *data, gsize i, double value)
{
  KilterNumberFormat format = data->steps.format;

  /* what is added carries its sign; the base and the total do not */
  format.sign = format.sign || (i > 0 && i < data->steps.n_steps);
  return kilter_number_format (value, &format);
}

static double
sum_to (const StepsData *data, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (data->values[i]))
      sum += data->values[i];

  return sum;
}

static void
divide_room (const StepsData *data, KilterPaint *paint, StepsRoom *room)
{
  const KilterTextLook bold = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };
  double u = paint->u, name = 0, number = 0;
  double highest = isfinite (data->steps.limit) ? data->steps.limit : 0;
  gsize n = data->steps.n_steps;

  *room = (StepsRoom) { 0 };
  for (gsize i = 0; i <= n; i++)
    {
      double value = i < n ? data->values[i] : sum_to (data, n);
      g_autofree char *text = text_of (data, i, value);

      name = MAX (
        name, kilter_rows_width (paint, i < n ? data->steps.steps[i].name : data->steps.total_name,
                                 &bold));
      number = MAX (number, kilter_rows_width (paint, text, &bold));
      highest = MAX (highest, sum_to (data, MIN (i + 1, n)));
    }
  room->start = MIN (name, paint->width * 0.46) + 12 * u;
  room->end = paint->width - number - 14 * u;
  if (paint->width < TINY_WIDTH * u)
    {
      room->start = 0;
      room->end = paint->width;
    }
  if (highest > 0 && room->end - room->start > 4 * u)
    room->scale = (room->end - room->start) / highest;
  room->header = isfinite (data->steps.limit) && data->steps.limit_name != NULL &&
                     paint->height > 60 * u && paint->width > 110 * u
                   ? LIMIT_HEIGHT * paint->t
                   : 0;
  room->row = kilter_rows_height (paint->height - room->header, n + 1, ROW_LEAST * u,
                                  ROW_NATURAL * u * 1.2);
}

static void
draw_row (KilterPaint *paint, const StepsData *data, const StepsRoom *room, gsize i)
{
  gsize n = data->steps.n_steps;
  gboolean is_total = i == n;
  double u = paint->u;
  double y = room->header + room->row * (double) i, middle = y + room->row / 2;
  double height = MIN (BAR_HEIGHT * u, room->row * 0.65);
  double from = is_total || i == 0 ? 0 : sum_to (data, i);
  double to = is_total ? sum_to (data, n) : sum_to (data, i + 1);
  double value = is_total ? to : data->values[i];
  gboolean is_over = is_total && isfinite (data->steps.limit) && to > data->steps.limit;
  g_autofree char *text = text_of (data, i, value);
  KilterChartRect bar;
  KilterChartRect area = kilter_rows_rect (paint, 0, y, paint->width, room->row);

  kilter_chart_add_mark (paint, (int) i, 0, &area, area.x + area.width / 2, middle);
  if (paint->width >= TINY_WIDTH * u && kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_LABEL))
    {
      kilter_rows_start (
        paint, is_total ? data->steps.total_name : data->steps.steps[i].name, 0, middle,
        (KilterTextLook) {
          .size = KILTER_CHART_TEXT_LABEL, .is_bold = is_total, .max_width = room->start - 8 * u });
      if (paint->width > 80 * u)
        kilter_rows_end (
          paint, text, paint->width, middle,
          (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                             .role = is_over ? KILTER_CHART_ROLE_BAD_TEXT : KILTER_CHART_ROLE_TEXT,
                             .is_bold = is_total });
    }
  if (!isfinite (value) || room->scale <= 0)
    return;
  from = MAX (from, 0);
  to = MAX (to, 0);
  bar = kilter_rows_rect (paint, room->start + MIN (from, to) * room->scale, middle - height / 2,
                          MAX (fabs (to - from) * room->scale, value != 0 ? 1.5 * u : 0), height);
  if (!is_total)
    kilter_paint_hatched (paint, &bar, KILTER_CHART_ROLE_ACTUAL);
  else
    {
      double limit = is_over ? MAX (data->steps.limit, 0) : to;
      KilterChartRect within = kilter_rows_rect (paint, room->start, middle - height / 2,
                                                 limit * room->scale, height);

      if (is_over)
        kilter_paint_fill (paint, &bar, KILTER_CHART_ROLE_BAD);
      kilter_paint_fill (paint, &within, KILTER_CHART_ROLE_ACTUAL);
    }
}

static void
draw_steps (KilterChart *self, KilterPaint *paint)
{
  const StepsData *data = self->data;
  double u = paint->u;
  StepsRoom room;

  divide_room (data, paint, &room);
  for (gsize i = 0; i <= data->steps.n_steps; i++)
    draw_row (paint, data, &room, i);
  if (isfinite (data->steps.limit) && room.scale > 0)
    {
      double x = kilter_rows_x (paint, room.start + data->steps.limit * room.scale);
      double foot = room.header + room.row * (double) (data->steps.n_steps + 1);

      kilter_paint_vline_dashed (paint, x, MAX (room.header - 3 * u, 0), foot,
                                 KILTER_CHART_ROLE_DIM_TEXT, 1);
      if (room.header > 0)
        {
          KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS,
                                  .role = KILTER_CHART_ROLE_DIM_TEXT,
                                  .x_align = 0.5,
                                  .y_align = 0.5 };
          double half = kilter_rows_width (paint, data->steps.limit_name, &look) / 2;

          kilter_paint_text (paint, data->steps.limit_name,
                             CLAMP (x, half, MAX (paint->width - half, half)),
                             room.header / 2 - 2 * u, &look);
        }
    }
}

static void
measure_steps (KilterChart *self,
               KilterPaint *paint,
               double *out_min_width,
               double *out_min_height,
               double *out_natural_height)
{
  gsize n = ((StepsData *) self->data)->steps.n_steps + 1;

  *out_min_width = 200 * paint->t;
  *out_min_height = (LIMIT_HEIGHT + 18 * (double) n) * paint->t;
  *out_natural_height = (LIMIT_HEIGHT + ROW_NATURAL * (double) n) * paint->t;
}

static const KilterChartClass steps_class = { .kind = KILTER_CHART_STEPS,
                                              .draw = draw_steps,
                                              .measure = measure_steps };

/**
 * kilter_chart_new_steps:
 *
 * Rows of the table: the steps and their sum; one column.
 *
 * Returns: (transfer full): steps that add up, against a limit
 */
KilterChart *
kilter_chart_new_steps (const KilterChartSteps *data)
{
  StepsData copy = { .steps = *data };
  KilterChart *self = kilter_chart_alloc (&steps_class, &copy, sizeof copy);
  StepsData *own = self->data;
  gsize n = own->steps.n_steps;
  KilterChartStep *steps = kilter_chart_keep (self, own->steps.steps, sizeof *steps * n);
  g_autofree double *values = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      steps[i].name = kilter_chart_keep_text (self, steps[i].name);
      values[i] = steps[i].value;
    }
  own->steps.steps = steps;
  own->values = kilter_chart_keep_values (self, values, n);
  own->steps.total_name = kilter_chart_keep_text (self, own->steps.total_name);
  own->steps.limit_name = kilter_chart_keep_text (self, own->steps.limit_name);
  own->steps.limit = kilter_chart_clean (own->steps.limit);

  kilter_chart_table_begin (self, n + 1, 1);
  kilter_chart_table_column (self, 0, kilter_chart_keep_text (self, own->steps.value_heading));
  for (gsize i = 0; i <= n; i++)
    {
      kilter_chart_table_row (self, i, i < n ? steps[i].name : own->steps.total_name, NULL,
                              &own->steps.format);
      kilter_chart_table_value (self, i, 0, i < n ? own->values[i] : sum_to (own, n));
    }

  return self;
}
