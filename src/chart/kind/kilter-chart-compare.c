/* kilter-chart-compare.c: scenarios side by side, as differences to the first
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define HEADER_HEIGHT 34
#define ROW_NATURAL 44
#define ROW_LEAST 22
#define BAR_HEIGHT 10

typedef struct
{
  double pad;
  double name;
  double unit;
  double reference;
  double cell;
  double row;
  double header;
} CompareRoom;

static double
widest_number (const KilterChartCompare *compare, KilterPaint *paint)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL, .is_bold = TRUE };
  double widest = 0;

  for (gsize r = 0; r < compare->n_rows; r++)
    for (gsize s = 0; s < compare->n_scenarios && compare->rows[r].values != NULL; s++)
      {
        g_autofree char *text = kilter_number_format (compare->rows[r].values[s],
                                                      &compare->rows[r].format);

        widest = MAX (widest, kilter_rows_width (paint, text, &look));
      }

  return widest;
}

/* Returns whether a scenario's name needs a second line. */
static gboolean
needs_two_lines (const KilterChartCompare *compare, KilterPaint *paint, const CompareRoom *room)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL, .is_bold = TRUE };

  for (gsize s = 0; s < compare->n_scenarios; s++)
    if (kilter_rows_width (paint, compare->names[s], &look) > room->cell - room->pad)
      return TRUE;

  return FALSE;
}

static void
divide_room (const KilterChartCompare *compare, KilterPaint *paint, CompareRoom *room)
{
  const KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL };
  double u = paint->u;
  gsize others = compare->n_scenarios > 1 ? compare->n_scenarios - 1 : 0;
  double rest, number;

  *room = (CompareRoom) { 0 };
  for (gsize r = 0; r < compare->n_rows; r++)
    {
      room->name = MAX (room->name, kilter_rows_width (paint, compare->rows[r].name, &look));
      room->unit = MAX (room->unit, kilter_rows_width (paint, compare->rows[r].unit, &look));
    }
  room->name = MIN (room->name, paint->width * 0.3) + 6 * u;
  room->unit += room->unit > 0 ? 10 * u : 0;
  number = widest_number (compare, paint);
  room->pad = 12 * u;
  if ((paint->width - room->name - room->unit) / ((double) others + 0.9) < number + 16 * u)
    {
      /* too narrow: units and air go before numbers */
      room->unit = 0;
      room->pad = 3 * u;
    }
  rest = MAX (paint->width - room->name - room->unit, 1);
  room->cell = rest / ((double) others + 0.9);
  room->reference = rest - room->cell * (double) others;
  room->header = paint->height > 70 * u
                   ? MAX (HEADER_HEIGHT * u,
                          kilter_paint_line_height (paint, KILTER_CHART_TEXT_CELL) *
                            (needs_two_lines (compare, paint, room) ? 2.3 : 1.7))
                   : 0;
  room->row = kilter_rows_height (paint->height - room->header - 6 * u, compare->n_rows,
                                  ROW_LEAST * u, ROW_NATURAL * u * 1.25);
}

static double
cell_x (const CompareRoom *room, gsize s)
{
  double start = room->name + room->unit;

  return s == 0 ? start : start + room->reference + room->cell * (double) (s - 1);
}

static double
cell_width (const CompareRoom *room, gsize s)
{
  return s == 0 ? room->reference : room->cell;
}

static void
draw_header (KilterPaint *paint, const KilterChartCompare *compare, const CompareRoom *room)
{
  double u = paint->u;

  for (gsize s = 0; s < compare->n_scenarios; s++)
    {
      double x = cell_x (room, s), width = cell_width (room, s);
      gboolean is_best = (int) s == compare->recommended;
      KilterChartRect rect = kilter_rows_rect (paint, x, 0, width, room->header);

      kilter_rows_end (paint, compare->names[s], x + width - room->pad, room->header / 2,
                       (KilterTextLook) { .size = KILTER_CHART_TEXT_CELL,
                                          .role = is_best ? KILTER_CHART_ROLE_FORECAST_TEXT
                                                          : KILTER_CHART_ROLE_TEXT,
                                          .is_bold = TRUE,
                                          .max_lines = 2,
                                          .max_width = width - 2 * u });
      kilter_chart_add_area (paint, KILTER_CHART_PART_COLUMN_LABEL, -1, (int) s, &rect);
    }
  kilter_rows_rule (paint, 0, paint->width, room->header, KILTER_CHART_ROLE_GRID_LINE);
}

static double
difference_of (const KilterChartCompareRow *row, gsize s)
{
  double reference = row->values[0];

  if (!isfinite (reference) && row->from_zero)
    reference = 0;

  return row->values[s] - reference;
}

/* Returns the largest difference in a row, by which its bars are scaled. */
static double
largest_difference (const KilterChartCompare *compare, const KilterChartCompareRow *row)
{
  double largest = 0;

  for (gsize s = 1; s < compare->n_scenarios; s++)
    {
      double difference = fabs (difference_of (row, s));

      if (isfinite (difference))
        largest = MAX (largest, difference);
    }

  return largest;
}

static void
draw_cell (KilterPaint *paint,
           const KilterChartCompare *compare,
           const CompareRoom *room,
           gsize r,
           gsize s,
           double largest)
{
  const KilterChartCompareRow *row = &compare->rows[r];
  double u = paint->u;
  double x = cell_x (room, s), width = cell_width (room, s);
  double y = room->header + room->row * (double) r, middle = y + room->row / 2;
  double value = row->values != NULL ? row->values[s] : NAN;
  double difference = row->values != NULL && s > 0 ? difference_of (row, s) : NAN;
  g_autofree char *text = kilter_number_format (value, &row->format);
  KilterTextLook look = { .size = KILTER_CHART_TEXT_CELL,
                          .is_bold = (int) s == compare->recommended };
  double text_width = kilter_rows_width (paint, text, &look);
  double space = width - text_width - room->pad - 14 * u;
  KilterChartRect area = kilter_rows_rect (paint, x, y, width, room->row);

  if (kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_CELL) && text_width <= width)
    kilter_rows_end (paint, text, x + width - room->pad, middle, look);
  kilter_chart_add_mark (paint, (int) r, (int) s, &area, area.x + area.width / 2, middle);
  if (isfinite (difference) && difference != 0 && largest > 0 && space > 3 * u)
    {
      gboolean is_good = (difference < 0) == row->lower_is_better;
      double height = MIN (BAR_HEIGHT * u, room->row * 0.5);
      double length = MIN (space, width * 0.36) * fabs (difference) / largest;
      KilterChartRect bar = kilter_rows_rect (paint, x + 8 * u, middle - height / 2,
                                              MAX (length, 1.5 * u), height);

      kilter_paint_fill (paint, &bar, is_good ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_BAD);
    }
}

static void
draw_compare (KilterChart *self, KilterPaint *paint)
{
  const KilterChartCompare *compare = self->data;
  double u = paint->u;
  CompareRoom room;

  if (compare->n_scenarios == 0)
    return;
  divide_room (compare, paint, &room);
  if (compare->recommended >= 0 && (gsize) compare->recommended < compare->n_scenarios)
    {
      gsize s = (gsize) compare->recommended;
      KilterChartRect tint = kilter_rows_rect (
        paint, cell_x (&room, s), 0, cell_width (&room, s),
        MIN (room.header + room.row * (double) compare->n_rows + 4 * u, paint->height));

      kilter_paint_tint (paint, &tint, KILTER_CHART_ROLE_TINT, KILTER_CHART_ROLE_FORECAST, 8 * u);
    }
  if (room.header > 0)
    draw_header (paint, compare, &room);
  for (gsize r = 0; r < compare->n_rows; r++)
    {
      const KilterChartCompareRow *row = &compare->rows[r];
      double y = room.header + room.row * (double) r;
      double largest = row->values != NULL ? largest_difference (compare, row) : 0;

      if (kilter_rows_fit (paint, room.row, KILTER_CHART_TEXT_CELL))
        {
          kilter_rows_start (
            paint, row->name, 0, y + room.row / 2,
            (KilterTextLook) { .size = KILTER_CHART_TEXT_CELL, .max_width = room.name - 4 * u });
          if (room.unit > 0)
            kilter_rows_end (paint, row->unit, room.name + room.unit - 4 * u, y + room.row / 2,
                             (KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                                .role = KILTER_CHART_ROLE_DIM_TEXT });
        }
      for (gsize s = 0; s < compare->n_scenarios; s++)
        draw_cell (paint, compare, &room, r, s, largest);
      if (r + 1 < compare->n_rows)
        kilter_rows_rule (paint, 0, paint->width, y + room.row, KILTER_CHART_ROLE_GRID_LINE);
    }
}

static void
measure_compare (KilterChart *self,
                 KilterPaint *paint,
                 double *out_min_width,
                 double *out_min_height,
                 double *out_natural_height)
{
  const KilterChartCompare *compare = self->data;

  *out_min_width = (140 + 84 * (double) compare->n_scenarios) * paint->t;
  *out_min_height = (HEADER_HEIGHT + 26 * (double) compare->n_rows + 6) * paint->t;
  *out_natural_height = (HEADER_HEIGHT + ROW_NATURAL * (double) compare->n_rows + 6) * paint->t;
}

static const KilterChartClass compare_class = { .kind = KILTER_CHART_COMPARE,
                                                .draw = draw_compare,
                                                .measure = measure_compare };

/**
 * kilter_chart_new_compare:
 *
 * Rows of the table: the metrics; columns: the scenarios.
 *
 * Returns: (transfer full): a comparison of scenarios
 */
KilterChart *
kilter_chart_new_compare (const KilterChartCompare *data)
{
  KilterChart *self = kilter_chart_alloc (&compare_class, data, sizeof *data);
  KilterChartCompare *compare = self->data;
  KilterChartCompareRow *rows = kilter_chart_keep (self, compare->rows,
                                                   sizeof *rows * compare->n_rows);

  compare->names = kilter_chart_keep_texts (self, compare->names, compare->n_scenarios);
  kilter_chart_table_begin (self, compare->n_rows, compare->n_scenarios);
  for (gsize s = 0; s < compare->n_scenarios; s++)
    kilter_chart_table_column (self, s, compare->names != NULL ? compare->names[s] : NULL);
  for (gsize r = 0; r < compare->n_rows; r++)
    {
      rows[r].name = kilter_chart_keep_text (self, rows[r].name);
      rows[r].unit = kilter_chart_keep_text (self, rows[r].unit);
      rows[r].values = kilter_chart_keep_values (self, rows[r].values, compare->n_scenarios);
      kilter_chart_table_row (self, r, rows[r].name, rows[r].values, &rows[r].format);
    }
  compare->rows = rows;
  if (compare->names == NULL)
    compare->n_scenarios = 0;

  return self;
}
