/* kilter-grid-selection.c: moving the cursor and the selected range.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-private.h"

gboolean
kilter_grid_has_cursor (KilterGrid *self)
{
  return self->model && self->selection.row >= 0 && self->selection.col >= 0;
}

static gboolean
has_cells (KilterGrid *self)
{
  return self->model && self->geometry.n_rows > 0 && self->geometry.n_cols > 0;
}

/**
 * kilter_grid_selection_set:
 * @selection: the new selection, inside the grid
 * @scroll: whether its moving corner is brought into view
 */
void
kilter_grid_selection_set (KilterGrid *self, const KilterGridSelection *selection, gboolean scroll)
{
  KilterGridSelection old = self->selection;

  if (self->editor && (selection->row != self->edit_row || selection->col != self->edit_col) &&
      !kilter_grid_commit_edit (self))
    return;
  self->selection = *selection;
  if (scroll)
    kilter_grid_scroll_to (self, selection->extent_row, selection->extent_col);
  if (old.row == selection->row && old.col == selection->col &&
      old.anchor_row == selection->anchor_row && old.anchor_col == selection->anchor_col &&
      old.extent_row == selection->extent_row && old.extent_col == selection->extent_col)
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (old.col != selection->col)
    kilter_grid_set_hover (self, selection->col);
  if (old.row != selection->row || old.col != selection->col)
    kilter_grid_accessible_cursor_moved (self, old.row, old.col);
  kilter_grid_update_actions (self);
  g_signal_emit_by_name (self, "selection-changed");
}

/**
 * kilter_grid_selection_move:
 * @extend: whether the range grows from its anchor, rather than that the cursor moves
 */
void
kilter_grid_selection_move (KilterGrid *self, int row, int col, gboolean extend)
{
  KilterGridSelection selection = self->selection;

  if (!has_cells (self))
    return;
  row = CLAMP (row, 0, self->geometry.n_rows - 1);
  col = CLAMP (col, 0, self->geometry.n_cols - 1);
  selection.extent_row = row;
  selection.extent_col = col;
  if (!extend || !kilter_grid_has_cursor (self))
    {
      selection.row = selection.anchor_row = row;
      selection.col = selection.anchor_col = col;
    }
  kilter_grid_selection_set (self, &selection, TRUE);
}

static gboolean
is_filled (KilterGrid *self, int row, int col)
{
  KilterGridCell cell;

  kilter_grid_model_get_cell (self->model, row, col, &cell);
  return cell.text[0] != '\0' && !(cell.flags & KILTER_GRID_CELL_FLAG_NOT_APPLICABLE);
}

/* Where data begin or end in a direction: the last filled cell of a run, else the next filled cell,
 * else the edge of the grid. */
static void
find_edge (KilterGrid *self, int d_row, int d_col, int *row, int *col)
{
  int n_rows = self->geometry.n_rows, n_cols = self->geometry.n_cols;
  int next_row = *row + d_row, next_col = *col + d_col;
  gboolean run;

  if (next_row < 0 || next_row >= n_rows || next_col < 0 || next_col >= n_cols)
    return;
  run = is_filled (self, *row, *col) && is_filled (self, next_row, next_col);
  while (next_row >= 0 && next_row < n_rows && next_col >= 0 && next_col < n_cols)
    {
      gboolean filled = is_filled (self, next_row, next_col);

      if (run && !filled)
        return;
      *row = next_row;
      *col = next_col;
      if (!run && filled)
        return;
      next_row += d_row;
      next_col += d_col;
    }
}

/**
 * kilter_grid_selection_step:
 * @d_row: rows to go down
 * @d_col: columns to go on
 * @to_edge: whether to go to the edge of the data in that direction
 * @extend: whether the range grows
 */
void
kilter_grid_selection_step (KilterGrid *self,
                            int d_row,
                            int d_col,
                            gboolean to_edge,
                            gboolean extend)
{
  int row, col;

  if (!has_cells (self))
    return;
  if (!kilter_grid_has_cursor (self))
    {
      kilter_grid_selection_move (self, 0, 0, FALSE);
      return;
    }
  row = extend ? self->selection.extent_row : self->selection.row;
  col = extend ? self->selection.extent_col : self->selection.col;
  if (to_edge)
    find_edge (self, d_row, d_col, &row, &col);
  else
    {
      row = (int) CLAMP ((gint64) row + d_row, 0, self->geometry.n_rows - 1);
      col = (int) CLAMP ((gint64) col + d_col, 0, self->geometry.n_cols - 1);
    }
  kilter_grid_selection_move (self, row, col, extend);
}

/**
 * kilter_grid_selection_next:
 *
 * Enter and Tab: with one cell selected the cursor moves; in a range it goes round inside it.
 */
void
kilter_grid_selection_next (KilterGrid *self, int d_row, int d_col)
{
  KilterGridSelection selection = self->selection;
  KilterGridRange range;
  gint64 index, n;

  if (!kilter_grid_has_cursor (self))
    return;
  kilter_grid_get_selection (self, &range);
  if (range.n_rows == 1 && range.n_cols == 1)
    {
      kilter_grid_selection_step (self, d_row, d_col, FALSE, FALSE);
      return;
    }
  n = (gint64) range.n_rows * range.n_cols;
  if (d_row != 0)
    {
      index = (gint64) (selection.col - range.col) * range.n_rows + selection.row - range.row;
      index = (index + d_row + n) % n;
      selection.row = range.row + (int) (index % range.n_rows);
      selection.col = range.col + (int) (index / range.n_rows);
    }
  else
    {
      index = (gint64) (selection.row - range.row) * range.n_cols + selection.col - range.col;
      index = (index + d_col + n) % n;
      selection.row = range.row + (int) (index / range.n_cols);
      selection.col = range.col + (int) (index % range.n_cols);
    }
  kilter_grid_selection_set (self, &selection, FALSE);
  kilter_grid_scroll_to (self, selection.row, selection.col);
}

/* Whole rows; the cursor keeps its column, so that typing still has a cell. */
void
kilter_grid_selection_rows (KilterGrid *self, int from, int to)
{
  KilterGridSelection selection;

  if (!has_cells (self))
    return;
  selection.row = selection.anchor_row = CLAMP (from, 0, self->geometry.n_rows - 1);
  selection.extent_row = CLAMP (to, 0, self->geometry.n_rows - 1);
  selection.anchor_col = 0;
  selection.extent_col = self->geometry.n_cols - 1;
  selection.col = MAX (0, self->selection.col);
  kilter_grid_selection_set (self, &selection, FALSE);
  kilter_grid_scroll_to (self, selection.extent_row, -1);
}

void
kilter_grid_selection_columns (KilterGrid *self, int from, int to)
{
  KilterGridSelection selection;

  if (!has_cells (self))
    return;
  selection.col = selection.anchor_col = CLAMP (from, 0, self->geometry.n_cols - 1);
  selection.extent_col = CLAMP (to, 0, self->geometry.n_cols - 1);
  selection.anchor_row = 0;
  selection.extent_row = self->geometry.n_rows - 1;
  selection.row = MAX (0, self->selection.row);
  kilter_grid_selection_set (self, &selection, FALSE);
  kilter_grid_scroll_to (self, -1, selection.extent_col);
}

void
kilter_grid_selection_all (KilterGrid *self)
{
  KilterGridSelection selection;

  if (!has_cells (self))
    return;
  selection.anchor_row = selection.anchor_col = 0;
  selection.extent_row = self->geometry.n_rows - 1;
  selection.extent_col = self->geometry.n_cols - 1;
  selection.row = MAX (0, self->selection.row);
  selection.col = MAX (0, self->selection.col);
  kilter_grid_selection_set (self, &selection, FALSE);
}

/* Keeps the selection inside a grid that became smaller. */
void
kilter_grid_selection_clamp (KilterGrid *self)
{
  KilterGridSelection selection = self->selection;
  int last_row = self->geometry.n_rows - 1, last_col = self->geometry.n_cols - 1;

  if (selection.row < 0)
    return;
  selection.row = MIN (selection.row, last_row);
  selection.anchor_row = MIN (selection.anchor_row, last_row);
  selection.extent_row = MIN (selection.extent_row, last_row);
  selection.col = MIN (selection.col, last_col);
  selection.anchor_col = MIN (selection.anchor_col, last_col);
  selection.extent_col = MIN (selection.extent_col, last_col);
  if (last_row < 0 || last_col < 0)
    selection = (KilterGridSelection) { -1, -1, -1, -1, -1, -1 };
  kilter_grid_selection_set (self, &selection, FALSE);
}

/* Where the cursor begins: the first cell one can type in, else the first number, of those in
 * sight. */
void
kilter_grid_selection_place (KilterGrid *self)
{
  int first_row, end_row, first, end, row = 0, col = 0;
  gboolean found = FALSE;

  kilter_grid_geometry_visible_rows (&self->geometry, &first_row, &end_row);
  kilter_grid_geometry_visible_columns (&self->geometry, &first, &end);
  for (int r = first_row; r < end_row; r++)
    for (int c = first; c < end; c++)
      {
        KilterGridCell cell;

        if (kilter_grid_cell_is_editable (self, r, c))
          {
            kilter_grid_selection_move (self, r, c, FALSE);
            return;
          }
        kilter_grid_model_get_cell (self->model, r, c, &cell);
        if (!found && cell.text[0] != '\0')
          {
            found = TRUE;
            row = r;
            col = c;
          }
      }
  kilter_grid_selection_move (self, row, col, FALSE);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * kilter_grid_get_selection:
 * @self: a grid
 * @out_range: (out): the selected cells, empty when none are
 */
void
kilter_grid_get_selection (KilterGrid *self, KilterGridRange *out_range)
{
  const KilterGridSelection *selection;

  g_return_if_fail (KILTER_IS_GRID (self));

  selection = &self->selection;
  *out_range = (KilterGridRange) { 0, 0, 0, 0 };
  if (selection->row >= 0 && selection->col >= 0)
    *out_range = kilter_grid_range_span (selection->anchor_row, selection->anchor_col,
                                         selection->extent_row, selection->extent_col);
}

/**
 * kilter_grid_get_cursor:
 * @self: a grid
 * @out_row: (out): row of the cursor, −1 when there is none
 * @out_col: (out): its column
 */
void
kilter_grid_get_cursor (KilterGrid *self, int *out_row, int *out_col)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  *out_row = self->selection.row;
  *out_col = self->selection.col;
}

/**
 * kilter_grid_select:
 *
 * Puts the cursor on a cell (clamped to the grid) and scrolls to it.
 */
void
kilter_grid_select (KilterGrid *self, int row, int col)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  kilter_grid_selection_move (self, row, col, FALSE);
}

void
kilter_grid_select_range (KilterGrid *self, const KilterGridRange *range)
{
  KilterGridRange all, inside;
  KilterGridSelection selection;

  g_return_if_fail (KILTER_IS_GRID (self));

  all = (KilterGridRange) { 0, 0, self->geometry.n_rows, self->geometry.n_cols };
  inside = kilter_grid_range_intersect (range, &all);
  if (kilter_grid_range_is_empty (&inside))
    return;
  selection = (KilterGridSelection) {
    inside.row, inside.col, inside.row + inside.n_rows - 1, inside.col + inside.n_cols - 1,
    inside.row, inside.col
  };
  kilter_grid_selection_set (self, &selection, FALSE);
  kilter_grid_scroll_to (self, inside.row, inside.col);
}
