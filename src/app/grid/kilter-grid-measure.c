/* kilter-grid-measure.c: how wide headers and columns need to be.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan may have millions of cells: a sample decides, spread evenly over the rows so that the same
 * plan always looks the same; drawing asks for more when a visible number needs it. */
#include "app/grid/kilter-grid-private.h"

#include <string.h>

#define SAMPLED_ROWS 250
#define SAMPLED_CELLS 12000

static int
text_width (KilterGrid *self, KilterGridFont font, const char *text)
{
  return text && text[0] ? kilter_grid_layouts_get (self->layouts, font, text, -1)->width : 0;
}

static int
measure_header_row (KilterGrid *self, int index)
{
  g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;
  int width, start;

  kilter_grid_model_get_row (self->model, index, &row);
  kilter_grid_expander_span (self, &row, &start);
  width = start + text_width (self, KILTER_GRID_FONT_BOLD, row.label) + self->style.padding;
  if (row.unit)
    width += self->style.padding + text_width (self, KILTER_GRID_FONT_SMALL, row.unit);
  if (row.badge)
    width += 3 * self->style.padding + text_width (self, KILTER_GRID_FONT_SMALL, row.badge);
  return width;
}

static int
measure_header_column (KilterGrid *self, int index)
{
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;
  int width;

  kilter_grid_model_get_column (self->model, index, &column);
  width = text_width (self, KILTER_GRID_FONT_HEADER, column.label);
  if (column.flags & KILTER_GRID_COLUMN_FLAG_PROBLEM)
    width += kilter_grid_style_px (&self->style, 11);
  return width;
}

/* Shapes only texts that may be wider than the widest so far: digits are of one width, so that
 * fewer bytes are no wider, save for letters of several bytes, which only make it shape more. */
static void
measure_cell (KilterGrid *self, int row, int col, gsize *longest, int *widest)
{
  KilterGridCell cell;
  gsize length;
  int width;

  kilter_grid_model_get_cell (self->model, row, col, &cell);
  length = strlen (cell.text);
  if (cell.flags & KILTER_GRID_CELL_FLAG_TEXT || length + 1 < *longest)
    return;
  width = text_width (self,
                      cell.flags & (KILTER_GRID_CELL_FLAG_BOLD | KILTER_GRID_CELL_FLAG_OVERRIDE |
                                    KILTER_GRID_CELL_FLAG_PROBLEM)
                        ? KILTER_GRID_FONT_BOLD
                        : KILTER_GRID_FONT_CELL,
                      cell.text);
  if (cell.flags & KILTER_GRID_CELL_FLAG_LOCKED)
    width += kilter_grid_style_px (&self->style, 9);
  *widest = MAX (*widest, width);
  *longest = MAX (*longest, length);
}

/* Sets the measured widths of the row header and the columns. */
void
kilter_grid_measure_texts (KilterGrid *self)
{
  int n_rows = self->geometry.n_rows;
  int n_cols = kilter_grid_model_get_n_cols (self->model);
  int n = n_cols - kilter_grid_model_get_n_frozen (self->model);
  int n_sampled = MIN (n_rows, SAMPLED_ROWS);
  gsize longest = 0, longest_frozen = 0;
  int step;

  self->measured_header_width = text_width (self, KILTER_GRID_FONT_SMALL, self->corner_label) +
                                kilter_grid_style_px (&self->style, 12) + self->style.padding;
  self->measured_column_width = self->measured_frozen_width = 0;

  for (int col = 0; col < n_cols; col++)
    {
      int *widest = col < n ? &self->measured_column_width : &self->measured_frozen_width;

      *widest = MAX (*widest, measure_header_column (self, col));
    }
  step = n_cols > 0 ? MAX (1, n_sampled * n_cols / SAMPLED_CELLS) : 1;
  for (int i = 0; i < n_sampled; i++)
    {
      int row = (int) ((gint64) i * n_rows / n_sampled);

      self->measured_header_width = MAX (self->measured_header_width,
                                         measure_header_row (self, row));
      for (int col = n - 1 - i % step; col >= 0; col -= step)
        measure_cell (self, row, col, &longest, &self->measured_column_width);
      for (int col = n; col < n_cols; col++)
        measure_cell (self, row, col, &longest_frozen, &self->measured_frozen_width);
    }
}

/* Called when a visible number did not fit: measures what is visible, and lays out again when that
 * needs more than the sample did. */
void
kilter_grid_widen (KilterGrid *self)
{
  int first_row, end_row, first, end;
  int columns = self->measured_column_width, frozen = self->measured_frozen_width;
  gsize longest = 0, longest_frozen = 0;

  kilter_grid_geometry_visible_rows (&self->geometry, &first_row, &end_row);
  kilter_grid_geometry_visible_columns (&self->geometry, &first, &end);
  for (int row = first_row; row < end_row; row++)
    {
      for (int col = first; col < end; col++)
        measure_cell (self, row, col, &longest, &self->measured_column_width);
      for (int col = self->geometry.n_cols - self->geometry.n_frozen; col < self->geometry.n_cols;
           col++)
        measure_cell (self, row, col, &longest_frozen, &self->measured_frozen_width);
    }
  if (columns != self->measured_column_width || frozen != self->measured_frozen_width)
    kilter_grid_relayout (self);
}
