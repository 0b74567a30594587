/* kilter-table-draw.c: printed tables on paper
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper/kilter-table-private.h"

static double
get_x (const KilterTable *self, int column)
{
  double x = 0;

  for (int c = 0; c < column; c++)
    x += self->columns[c].width;
  return x;
}

/* The grounds of all rows, before the lines between them. */
static void
draw_shades (KilterTable *self, KilterInk *ink, double x, double y, int first, int n)
{
  double height = 0;

  for (int r = first; r < first + n; r++)
    {
      const KilterRow *row = kilter_table_get_row (self, r);

      if (row->flags & KILTER_ROW_SECTION)
        kilter_ink_fill (ink, &(KilterChartRect) { x, y + height, self->width, row->height },
                         KILTER_CHART_ROLE_SHADE);
      height += row->height;
    }
  for (int c = 0; c < self->n_columns; c++)
    {
      const KilterColumn *column = &self->columns[c];

      if (column->flags & (KILTER_COLUMN_PAST | KILTER_COLUMN_TOTAL))
        kilter_ink_fill (ink, &(KilterChartRect) { x, y, column->width, height },
                         KILTER_CHART_ROLE_SHADE);
      x += column->width;
    }
}

static void
draw_head (KilterTable *self, KilterInk *ink, double x, double y)
{
  double height = self->group_height + self->head_height;

  if (height <= 0)
    return;
  kilter_ink_begin (ink, "TR");
  if (self->groups->len > 0)
    kilter_ink_fill (ink, &(KilterChartRect) { x, y, self->width, height },
                     KILTER_CHART_ROLE_SHADE);
  for (guint i = 0; i < self->groups->len; i++)
    {
      const KilterGroup *group = &g_array_index (self->groups, KilterGroup, i);
      int end = i + 1 < self->groups->len ? g_array_index (self->groups, KilterGroup, i + 1).first
                                          : self->n_columns;
      double left = x + get_x (self, group->first), right = x + get_x (self, end);

      kilter_ink_text (ink, group->text, left + KILTER_TABLE_PAD, y + 3,
                       &(KilterPrintText) { .size = self->size,
                                            .is_bold = TRUE,
                                            .role = KILTER_CHART_ROLE_DIM_TEXT,
                                            .max_width = right - left - 2 * KILTER_TABLE_PAD });
    }
  for (int c = 0; c < self->n_columns; c++)
    {
      const KilterColumn *column = &self->columns[c];
      gboolean end = kilter_table_is_number (column);
      double left = x + get_x (self, c);
      double right = left + column->width - KILTER_TABLE_PAD -
                     (column->has_shape ? KILTER_TABLE_SHAPE_ROOM : 0);

      if (column->heading == NULL || *column->heading == '\0')
        continue;
      kilter_ink_begin (ink, "TH");
      kilter_ink_text (
        ink, column->heading, end ? right : left + kilter_table_get_left_pad (self, c),
        y + height - 3.5,
        &(KilterPrintText) { .size = self->size,
                             .is_bold = TRUE,
                             .role = column->is_problem ? KILTER_CHART_ROLE_BAD_TEXT
                                     : column->flags & KILTER_COLUMN_PAST || c == 0
                                       ? KILTER_CHART_ROLE_DIM_TEXT
                                       : KILTER_CHART_ROLE_TEXT,
                             .max_width = kilter_table_get_heading_room (self, c) + 0.5,
                             .max_lines = KILTER_TABLE_HEADING_LINES,
                             .x_align = end ? 1 : 0,
                             .y_align = 1 });
      if (column->is_problem && ink->cr != NULL)
        {
          double text = kilter_table_measure (ink, column->heading, self->size, TRUE);

          kilter_chart_draw_tone (ink->cr, ink->style, KILTER_CHART_TONE_BAD,
                                  right - MIN (text, right - left - KILTER_TABLE_PAD) - 6,
                                  y + height - 3.5 - self->size * 0.6);
        }
      kilter_ink_end (ink, "TH");
    }
  kilter_ink_line (ink, x, y + height, x + self->width, y + height, KILTER_CHART_ROLE_AXIS, 0.6);
  kilter_ink_end (ink, "TR");
}

static void
draw_cell (KilterTable *self, KilterInk *ink, const KilterRow *row, int c, double x, double y)
{
  const KilterColumn *column = &self->columns[c];
  const KilterCell *cell = &row->cells[c];
  KilterPrintText look;
  double room, left = x + kilter_table_get_left_pad (self, c),
               right = x + column->width - KILTER_TABLE_PAD;
  double middle = y + row->height / 2;

  kilter_table_get_cell_look (self, row, c, &look, &room);
  if (cell->flags & KILTER_CELL_PROBLEM)
    kilter_ink_fill (ink,
                     &(KilterChartRect) { x + 0.5, y + 0.5, column->width - 1, row->height - 1 },
                     KILTER_CHART_ROLE_BAD_TINT);
  if (c == 0)
    {
      if (row->flags & KILTER_ROW_INDENT)
        left += KILTER_TABLE_INDENT;
      if (row->key != KILTER_CHART_KEY_NONE && ink->cr != NULL)
        kilter_chart_draw_key (ink->cr, ink->style, row->key, KILTER_CHART_ROLE_NONE, left, middle,
                               KILTER_TABLE_KEY_WIDTH);
      if (row->key != KILTER_CHART_KEY_NONE)
        left += KILTER_TABLE_KEY_ROOM;
    }
  if (cell->flags & KILTER_CELL_SHAPE &&
      kilter_table_get_tone (column, cell) != KILTER_CHART_TONE_PLAIN && ink->cr != NULL)
    kilter_chart_draw_tone (ink->cr, ink->style, cell->tone, right - 3.5, middle);
  if (column->has_shape)
    right -= KILTER_TABLE_SHAPE_ROOM;
  look.y_align = 0.5;
  if (kilter_table_is_number (column) && !(c == 0 && row->flags & KILTER_ROW_SECTION))
    {
      double size = kilter_ink_fit_size (ink, cell->text, look.is_bold, look.size,
                                         KILTER_PRINT_LEAST, column->width - 3);

      look.size = size;
      look.x_align = 1;
      kilter_ink_text (ink, cell->text, right, middle, &look);
    }
  else
    kilter_ink_text (ink, cell->text, left, middle, &look);
  if (c == 0 && row->unit != NULL)
    kilter_ink_text (
      ink, row->unit, right, middle,
      &(KilterPrintText) {
        .size = self->size, .role = KILTER_CHART_ROLE_DIM_TEXT, .x_align = 1, .y_align = 0.5 });
}

static void
draw_row (KilterTable *self, KilterInk *ink, const KilterRow *row, double x, double y)
{
  double left = x;

  kilter_ink_begin (ink, "TR");
  if (row->flags & KILTER_ROW_TOTAL)
    kilter_ink_line (ink, x, y, x + self->width, y, KILTER_CHART_ROLE_AXIS, 0.6);
  for (int c = 0; c < self->n_columns; c++)
    {
      if (row->cells[c].text != NULL && *row->cells[c].text != '\0')
        {
          const char *tag = c == 0 ? "TH" : "TD";

          kilter_ink_begin (ink, tag);
          draw_cell (self, ink, row, c, left, y);
          kilter_ink_end (ink, tag);
        }
      left += self->columns[c].width;
    }
  kilter_ink_line (ink, x, y + row->height, x + self->width, y + row->height,
                   KILTER_CHART_ROLE_GRID_LINE, 0.5);
  kilter_ink_end (ink, "TR");
}

/**
 * kilter_table_draw:
 * @first: the first row
 * @n: how many rows
 *
 * Draws headings, rows and, behind the last row, notes.
 */
void
kilter_table_draw (KilterTable *self, KilterInk *ink, double x, double y, int first, int n)
{
  double top = y, at = y + self->group_height + self->head_height;

  kilter_ink_begin (ink, "Table");
  draw_shades (self, ink, x, at, first, n);
  draw_head (self, ink, x, y);
  for (int r = first; r < first + n; r++)
    {
      const KilterRow *row = kilter_table_get_row (self, r);

      draw_row (self, ink, row, x, at);
      at += row->height;
    }
  for (int c = 1; c < self->n_columns; c++)
    if (self->columns[c].flags & KILTER_COLUMN_RULE)
      kilter_ink_line (ink, x + get_x (self, c), top + 2, x + get_x (self, c), at,
                       KILTER_CHART_ROLE_AXIS, 0.4);
  kilter_ink_end (ink, "Table");
  if (first + n < (int) self->rows->len)
    return;
  at += 4;
  for (guint i = 0; i < self->notes->len; i++)
    {
      kilter_ink_begin (ink, "P");
      at += 1 + kilter_ink_text (ink, g_ptr_array_index (self->notes, i), x, at,
                                 &(KilterPrintText) { .size = KILTER_PRINT_SMALL,
                                                      .role = KILTER_CHART_ROLE_DIM_TEXT,
                                                      .max_width = self->width,
                                                      .max_lines = -1 });
      kilter_ink_end (ink, "P");
    }
}
