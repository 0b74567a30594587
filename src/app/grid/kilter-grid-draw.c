/* kilter-grid-draw.c: draws the visible part of the grid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From back to front: grounds, tints, lines, cells, headers, selection. Nothing outside the view is
 * asked for or drawn. The grid itself is transparent; panes are kept apart by clips. */
#include "app/grid/kilter-grid-draw-private.h"

#include <string.h>

void
kilter_grid_frame_fill (KilterGridFrame *frame,
                        const GdkRGBA *color,
                        int x,
                        int y,
                        int width,
                        int height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (frame->snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

void
kilter_grid_frame_stroke (KilterGridFrame *frame,
                          const GdkRGBA *color,
                          int thickness,
                          int x,
                          int y,
                          int width,
                          int height)
{
  GskRoundedRect outline;
  float widths[4] = { thickness, thickness, thickness, thickness };
  GdkRGBA colors[4] = { *color, *color, *color, *color };

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), 0);
  gtk_snapshot_append_border (frame->snapshot, &outline, widths, colors);
}

void
kilter_grid_frame_text (KilterGridFrame *frame,
                        const KilterGridText *text,
                        const GdkRGBA *color,
                        int x,
                        int y)
{
  gtk_snapshot_save (frame->snapshot);
  gtk_snapshot_translate (frame->snapshot, &GRAPHENE_POINT_INIT (x - text->x, y));
  gtk_snapshot_append_layout (frame->snapshot, text->layout, color);
  gtk_snapshot_restore (frame->snapshot);
}

static int
px (KilterGridFrame *frame, double pixels)
{
  return kilter_grid_style_px (frame->style, pixels);
}

static const KilterGridRow *
frame_row (KilterGridFrame *frame, int row)
{
  return &frame->rows[row - frame->first_row];
}

static gboolean
is_band (const KilterGridRow *row)
{
  return row->kind == KILTER_GRID_ROW_SECTION || row->kind == KILTER_GRID_ROW_GROUP;
}

static gboolean
column_is_tinted (KilterGridFrame *frame, const KilterGridPane *pane, int col)
{
  return pane->columns[col - pane->first].flags &
           (KILTER_GRID_COLUMN_FLAG_PAST | KILTER_GRID_COLUMN_FLAG_TOTAL) ||
         col >= frame->geometry->n_cols - frame->geometry->n_frozen;
}

/* --- grounds and lines ----------------------------------------------------------------------- */

/* Runs of editable cells get the ground of an entry. */
static void
draw_entry_grounds (KilterGridFrame *frame, const KilterGridPane *pane)
{
  for (int row = frame->first_row; row < frame->end_row; row++)
    {
      int y = kilter_grid_geometry_row_y (frame->geometry, row);

      if (!(frame_row (frame, row)->flags & KILTER_GRID_ROW_FLAG_EDITABLE))
        continue;
      for (int col = pane->first; col < pane->end; col++)
        {
          KilterGridCell cell;
          int width, x = kilter_grid_geometry_column_x (frame->geometry, col, &width);

          kilter_grid_model_get_cell (frame->self->model, row, col, &cell);
          if (cell.flags & KILTER_GRID_CELL_FLAG_EDITABLE &&
              !(cell.flags & KILTER_GRID_CELL_FLAG_PAST) &&
              !(pane->columns[col - pane->first].flags & KILTER_GRID_COLUMN_FLAG_PAST))
            kilter_grid_frame_fill (frame, &frame->style->view, x, y, width,
                                    frame->geometry->row_height);
        }
    }
}

static void
draw_column_tints (KilterGridFrame *frame, const KilterGridPane *pane)
{
  for (int col = pane->first; col < pane->end; col++)
    {
      int width, x = kilter_grid_geometry_column_x (frame->geometry, col, &width);

      if (column_is_tinted (frame, pane, col))
        kilter_grid_frame_fill (frame, &frame->style->tint, x, 0, width, frame->bottom);
    }
}

static void
draw_bands (KilterGridFrame *frame)
{
  const KilterGridGeometry *geometry = frame->geometry;

  kilter_grid_frame_fill (frame, &frame->style->tint, 0, 0, geometry->width,
                          geometry->header_height);
  gtk_snapshot_push_clip (
    frame->snapshot, &GRAPHENE_RECT_INIT (0, geometry->header_height, geometry->width,
                                          MAX (0, geometry->height - geometry->header_height)));
  for (int row = frame->first_row; row < frame->end_row; row++)
    if (is_band (frame_row (frame, row)))
      kilter_grid_frame_fill (frame, &frame->style->tint, 0,
                              kilter_grid_geometry_row_y (geometry, row), geometry->width,
                              geometry->row_height);
  gtk_snapshot_pop (frame->snapshot);
}

/* The line between a row and the next one; @next is NULL after the last. */
static void
draw_line_below (KilterGridFrame *frame, const KilterGridRow *row, const KilterGridRow *next, int y)
{
  const KilterGridGeometry *geometry = frame->geometry;
  gboolean editable = row->flags & KILTER_GRID_ROW_FLAG_EDITABLE;
  gboolean strong = next && (is_band (next) || next->kind == KILTER_GRID_ROW_TOTAL ||
                             (row->kind == KILTER_GRID_ROW_TOTAL && editable));
  int header_x = kilter_grid_geometry_header_x (geometry);
  int cells_x = geometry->rtl ? 0 : geometry->header_width;

  if (strong)
    kilter_grid_frame_fill (frame, &frame->style->rule, 0, y, geometry->width, 1);
  else if (editable || (next && next->flags & KILTER_GRID_ROW_FLAG_EDITABLE && !is_band (row)))
    {
      kilter_grid_frame_fill (frame, &frame->style->rule, cells_x, y,
                              geometry->width - geometry->header_width, 1);
      if (!editable || next == NULL)
        kilter_grid_frame_fill (frame, &frame->style->hairline, header_x, y, geometry->header_width,
                                1);
    }
  else if (!is_band (row) || frame->style->high_contrast)
    kilter_grid_frame_fill (frame, &frame->style->hairline, 0, y, geometry->width, 1);
}

static void
draw_row_lines (KilterGridFrame *frame)
{
  const KilterGridGeometry *geometry = frame->geometry;
  g_auto (KilterGridRow) after = KILTER_GRID_ROW_INIT;

  if (frame->end_row < geometry->n_rows)
    kilter_grid_model_get_row (frame->self->model, frame->end_row, &after);
  gtk_snapshot_push_clip (
    frame->snapshot, &GRAPHENE_RECT_INIT (0, geometry->header_height, geometry->width,
                                          MAX (0, geometry->height - geometry->header_height)));
  for (int row = frame->first_row; row < frame->end_row; row++)
    {
      const KilterGridRow *next = row + 1 < frame->end_row            ? frame_row (frame, row + 1)
                                  : frame->end_row < geometry->n_rows ? &after
                                                                      : NULL;

      draw_line_below (frame, frame_row (frame, row), next,
                       kilter_grid_geometry_row_y (geometry, row) + geometry->row_height - 1);
    }
  gtk_snapshot_pop (frame->snapshot);
}

/* --- cells ----------------------------------------------------------------------------------- */

static const GdkRGBA *
cell_color (KilterGridFrame *frame,
            const KilterGridRow *row,
            KilterGridColumnFlags column,
            KilterGridCellFlags flags)
{
  const KilterGridStyle *style = frame->style;

  if (flags & KILTER_GRID_CELL_FLAG_PROBLEM)
    return &style->bad_text;
  if (flags & KILTER_GRID_CELL_FLAG_OVERRIDE)
    return &style->accent_text;
  if (flags & (KILTER_GRID_CELL_FLAG_PAST | KILTER_GRID_CELL_FLAG_DIM) ||
      column & KILTER_GRID_COLUMN_FLAG_PAST || row->flags & KILTER_GRID_ROW_FLAG_DIM)
    return &style->marks[KILTER_GRID_COLOR_DIM];
  if (flags & KILTER_GRID_CELL_FLAG_GOOD)
    return &style->good_text;
  if (flags & KILTER_GRID_CELL_FLAG_BAD)
    return &style->bad_text;
  return &style->marks[KILTER_GRID_COLOR_TEXT];
}

static void
draw_cell_marks (KilterGridFrame *frame, const KilterGridRect *rect, KilterGridCellFlags flags)
{
  const KilterGridStyle *style = frame->style;
  const GdkRGBA *dim = &style->marks[KILTER_GRID_COLOR_DIM];
  float unit = (float) style->unit, size = 7 * unit;
  float middle = rect->y + (rect->height - 1) / 2.0f;

  if (flags & KILTER_GRID_CELL_FLAG_CHANGED)
    kilter_grid_draw_corner (frame->snapshot, &style->accent, rect->x, rect->y, size, FALSE);
  if (flags & KILTER_GRID_CELL_FLAG_COMMENT)
    kilter_grid_draw_corner (frame->snapshot, &style->comment, rect->x + rect->width, rect->y, size,
                             TRUE);
  if (flags & KILTER_GRID_CELL_FLAG_LOCKED)
    kilter_grid_draw_lock (frame->snapshot, dim, rect->x + px (frame, 4), middle, unit);
  else if (flags & KILTER_GRID_CELL_FLAG_FENCED)
    kilter_grid_draw_hollow (frame->snapshot, dim, rect->x + px (frame, 5), middle, unit);
  if (flags & (KILTER_GRID_CELL_FLAG_HIGHER | KILTER_GRID_CELL_FLAG_LOWER) &&
      !(flags & (KILTER_GRID_CELL_FLAG_LOCKED | KILTER_GRID_CELL_FLAG_FENCED)))
    kilter_grid_draw_arrow (frame->snapshot, &style->accent, rect->x + px (frame, 2), middle, unit,
                            (flags & KILTER_GRID_CELL_FLAG_HIGHER) != 0);
  if (flags & KILTER_GRID_CELL_FLAG_PREVIEW)
    kilter_grid_frame_stroke (frame, &style->accent, 1, rect->x + 2, rect->y + 1, rect->width - 4,
                              rect->height - 3);
}

/* Another number than in the plan that is compared with. */
static void
draw_compared (KilterGridFrame *frame, const KilterGridRect *rect)
{
  const KilterGridStyle *style = frame->style;
  GdkRGBA tint = style->accent;

  tint.alpha = 0.13f;
  kilter_grid_frame_fill (frame, &tint, rect->x + 1, rect->y, rect->width - 2, rect->height - 1);
  if (style->high_contrast)
    kilter_grid_frame_stroke (frame, &style->accent, 1, rect->x + 1, rect->y, rect->width - 2,
                              rect->height - 1);
}

static void
draw_cell (KilterGridFrame *frame,
           int row,
           const KilterGridRow *head,
           int col,
           KilterGridColumnFlags column)
{
  const KilterGridStyle *style = frame->style;
  const KilterGridText *text;
  KilterGridCell cell;
  KilterGridRect rect;
  KilterGridFont font = KILTER_GRID_FONT_CELL;
  int room, x;

  kilter_grid_model_get_cell (frame->self->model, row, col, &cell);
  if (cell.flags == 0 && cell.text[0] == '\0')
    return;
  kilter_grid_geometry_cell_rect (frame->geometry, row, col, &rect);
  if (cell.flags & KILTER_GRID_CELL_FLAG_PAST && !(column & KILTER_GRID_COLUMN_FLAG_PAST))
    kilter_grid_frame_fill (frame, &style->tint, rect.x, rect.y, rect.width, rect.height);
  if (cell.flags & (KILTER_GRID_CELL_FLAG_HIGHER | KILTER_GRID_CELL_FLAG_LOWER))
    draw_compared (frame, &rect);
  if (cell.flags & KILTER_GRID_CELL_FLAG_PROBLEM)
    {
      kilter_grid_frame_fill (frame, &style->problem, rect.x + 1, rect.y, rect.width - 2,
                              rect.height - 1);
      if (style->high_contrast)
        kilter_grid_frame_stroke (frame, &style->bad_text, 1, rect.x + 1, rect.y, rect.width - 2,
                                  rect.height - 1);
    }
  if (cell.flags & ~(KILTER_GRID_CELL_FLAG_EDITABLE | KILTER_GRID_CELL_FLAG_BOLD))
    draw_cell_marks (frame, &rect, cell.flags);
  if (cell.flags & KILTER_GRID_CELL_FLAG_NOT_APPLICABLE)
    kilter_grid_cell_set_text (&cell, "\342\200\223");
  if (cell.text[0] == '\0')
    return;

  if (cell.flags & (KILTER_GRID_CELL_FLAG_BOLD | KILTER_GRID_CELL_FLAG_OVERRIDE |
                    KILTER_GRID_CELL_FLAG_PROBLEM) ||
      head->kind == KILTER_GRID_ROW_TOTAL)
    font = KILTER_GRID_FONT_BOLD;
  room = rect.width - style->padding + style->slack;
  text = kilter_grid_layouts_get (frame->self->layouts, font, cell.text, -1);
  if (text->width > room)
    {
      if (!(cell.flags & KILTER_GRID_CELL_FLAG_TEXT))
        frame->needs_wider = TRUE;
      text = kilter_grid_layouts_get (frame->self->layouts, font, cell.text, room);
    }
  x = cell.flags & KILTER_GRID_CELL_FLAG_TEXT && !frame->geometry->rtl
        ? rect.x + style->padding
        : rect.x + rect.width - style->padding - text->width;
  kilter_grid_frame_text (frame, text, cell_color (frame, head, column, cell.flags), x,
                          rect.y + (rect.height - 1 - text->height) / 2);
}

/* A sentence over the whole row, where there is nothing to count. */
static void
draw_note (KilterGridFrame *frame, const KilterGridRow *row, const KilterGridPane *pane, int y)
{
  const KilterGridText *text = kilter_grid_layouts_get (
    frame->self->layouts, KILTER_GRID_FONT_CELL, row->note,
    MAX (1, pane->width - 2 * frame->style->padding));
  int x = frame->geometry->rtl ? pane->x + pane->width - frame->style->padding - text->width
                               : pane->x + frame->style->padding;

  kilter_grid_frame_text (frame, text, &frame->style->marks[KILTER_GRID_COLOR_DIM], x,
                          y + (frame->geometry->row_height - 1 - text->height) / 2);
}

static void
draw_pane (KilterGridFrame *frame, const KilterGridPane *pane)
{
  for (int row = frame->first_row; row < frame->end_row; row++)
    {
      const KilterGridRow *head = frame_row (frame, row);

      if (head->note && pane->first < frame->geometry->n_cols - frame->geometry->n_frozen)
        {
          draw_note (frame, head, pane, kilter_grid_geometry_row_y (frame->geometry, row));
          continue;
        }
      for (int col = pane->first; col < pane->end; col++)
        draw_cell (frame, row, head, col, pane->columns[col - pane->first].flags);
    }
}

/* --- selection ------------------------------------------------------------------------------- */

/* The rectangle of a range in a pane; empty when it does not reach into it. */
static KilterGridRect
range_rect (KilterGrid *self, const KilterGridRange *range, int first_col, int end_col)
{
  const KilterGridGeometry *geometry = &self->geometry;
  int from = MAX (range->col, first_col), to = MIN (range->col + range->n_cols, end_col) - 1;
  KilterGridRect rect = { 0, 0, 0, 0 };
  int x_from, x_to, width_from, width_to, bottom;

  if (from > to || range->n_rows <= 0)
    return rect;
  x_from = kilter_grid_geometry_column_x (geometry, from, &width_from);
  x_to = kilter_grid_geometry_column_x (geometry, to, &width_to);
  rect.x = MIN (x_from, x_to);
  rect.width = MAX (x_from + width_from, x_to + width_to) - rect.x;
  rect.y = kilter_grid_geometry_row_y (geometry, range->row);
  bottom = kilter_grid_geometry_row_y (geometry, range->row + range->n_rows - 1) +
           geometry->row_height;
  rect.height = bottom - rect.y;
  return rect;
}

/* Far edges are brought near, so that a selection of 100,000 rows does not overflow a texture. */
static void
clamp_rect (const KilterGridGeometry *geometry, KilterGridRect *rect)
{
  int top = MAX (rect->y, -64), bottom = MIN (rect->y + rect->height, geometry->height + 64);
  int left = MAX (rect->x, -64), right = MIN (rect->x + rect->width, geometry->width + 64);

  *rect = (KilterGridRect) { left, top, MAX (0, right - left), MAX (0, bottom - top) };
}

/**
 * kilter_grid_get_handle_rect:
 * @out_rect: (out): place of the fill handle
 *
 * Returns: whether there is one: not while editing or when nothing can be typed
 */
gboolean
kilter_grid_get_handle_rect (KilterGrid *self, KilterGridRect *out_rect)
{
  int n = self->geometry.n_cols - self->geometry.n_frozen, size;
  KilterGridRange range;
  KilterGridRect rect;
  gboolean reversed = self->geometry.rtl && self->geometry.mirror_columns;

  if (!kilter_grid_has_cursor (self) || self->editor || self->read_only)
    return FALSE;
  kilter_grid_get_selection (self, &range);
  if (range.n_rows >= self->geometry.n_rows || range.col + range.n_cols > n ||
      !kilter_grid_cell_is_editable (self, self->selection.row, self->selection.col))
    return FALSE;

  rect = range_rect (self, &range, 0, n);
  size = kilter_grid_style_px (&self->style, 6);
  out_rect->x = (reversed ? rect.x : rect.x + rect.width) - size / 2 - 1;
  out_rect->y = rect.y + rect.height - size / 2 - 2;
  out_rect->width = out_rect->height = size;
  return TRUE;
}

/* Tints a range; the cell that typing goes to stays clear. */
static void
fill_around_cursor (KilterGridFrame *frame, const KilterGridPane *pane, const KilterGridRect *rect)
{
  const KilterGridSelection *selection = &frame->self->selection;
  const GdkRGBA *color = &frame->style->selection;
  int bottom = rect->y + rect->height, right = rect->x + rect->width, top, end;
  KilterGridRect cell;

  if (selection->col < pane->first || selection->col >= pane->end)
    {
      kilter_grid_frame_fill (frame, color, rect->x, rect->y, rect->width, rect->height);
      return;
    }
  kilter_grid_geometry_cell_rect (frame->geometry, selection->row, selection->col, &cell);
  top = CLAMP (cell.y, rect->y, bottom);
  end = CLAMP (cell.y + cell.height, rect->y, bottom);
  kilter_grid_frame_fill (frame, color, rect->x, rect->y, rect->width, top - rect->y);
  kilter_grid_frame_fill (frame, color, rect->x, top, cell.x - rect->x, end - top);
  kilter_grid_frame_fill (frame, color, cell.x + cell.width, top, right - cell.x - cell.width,
                          end - top);
  kilter_grid_frame_fill (frame, color, rect->x, end, rect->width, bottom - end);
}

static void
draw_selection (KilterGridFrame *frame, const KilterGridPane *pane)
{
  KilterGrid *self = frame->self;
  const KilterGridStyle *style = frame->style;
  gboolean focused = self->editor || self->draws_focused ||
                     gtk_widget_has_focus (GTK_WIDGET (self));
  KilterGridRange range;
  KilterGridRect rect;

  if (!kilter_grid_has_cursor (self))
    return;
  kilter_grid_get_selection (self, &range);
  rect = range_rect (self, &range, pane->first, pane->end);
  if (rect.width == 0)
    return;
  clamp_rect (frame->geometry, &rect);
  if (range.n_rows > 1 || range.n_cols > 1)
    fill_around_cursor (frame, pane, &rect);
  /* The border lies on the row line above too, so that it encloses the cell evenly. It is thin
   * while the keyboard is elsewhere. */
  kilter_grid_frame_stroke (frame, &style->accent, focused ? MAX (2, px (frame, 2)) : px (frame, 1),
                            rect.x, rect.y - 1, rect.width, rect.height + 1);
}

static void
draw_handle (KilterGridFrame *frame)
{
  KilterGridRect rect;

  if (!kilter_grid_get_handle_rect (frame->self, &rect))
    return;
  kilter_grid_frame_fill (frame, &frame->style->view, rect.x - 1, rect.y - 1, rect.width + 2,
                          rect.height + 2);
  kilter_grid_frame_fill (frame, &frame->style->accent, rect.x, rect.y, rect.width, rect.height);
}

static void
draw_fill_target (KilterGridFrame *frame, const KilterGridPane *pane)
{
  KilterGridRect rect;

  if (frame->self->drag != KILTER_GRID_DRAG_FILL ||
      kilter_grid_range_is_empty (&frame->self->fill_target))
    return;
  rect = range_rect (frame->self, &frame->self->fill_target, pane->first, pane->end);
  clamp_rect (frame->geometry, &rect);
  kilter_grid_frame_fill (frame, &frame->style->selection, rect.x, rect.y, rect.width, rect.height);
  kilter_grid_frame_stroke (frame, &frame->style->accent, 1, rect.x, rect.y, rect.width,
                            rect.height);
}

static void
draw_flash (KilterGridFrame *frame, const KilterGridPane *pane)
{
  GdkRGBA color = frame->style->accent;
  KilterGridRect rect;
  double part;

  if (frame->self->flash_tick == 0)
    return;
  part = (double) (g_get_monotonic_time () - frame->self->flash_start) / KILTER_GRID_FLASH_TIME;
  color.alpha = (float) (0.45 * (1 - CLAMP (part, 0, 1)));
  rect = range_rect (frame->self, &frame->self->flash, pane->first, pane->end);
  clamp_rect (frame->geometry, &rect);
  kilter_grid_frame_fill (frame, &color, rect.x, rect.y, rect.width, rect.height);
}

/* --- the frame ------------------------------------------------------------------------------- */

static void
pane_load (KilterGridFrame *frame, KilterGridPane *pane)
{
  pane->columns = g_new0 (KilterGridColumn, (gsize) (pane->end - pane->first) + 1);
  for (int col = pane->first; col < pane->end; col++)
    kilter_grid_model_get_column (frame->self->model, col, &pane->columns[col - pane->first]);
}

static void
pane_unload (KilterGridPane *pane)
{
  for (int col = pane->first; col < pane->end; col++)
    kilter_grid_column_clear (&pane->columns[col - pane->first]);
  g_free (pane->columns);
}

static void
push_pane (KilterGridFrame *frame, const KilterGridPane *pane, int top)
{
  gtk_snapshot_push_clip (
    frame->snapshot,
    &GRAPHENE_RECT_INIT (pane->x, top, pane->width, MAX (0, frame->geometry->height - top)));
}

static void
draw_panes (KilterGridFrame *frame, const KilterGridPane *panes)
{
  int top = frame->geometry->header_height;

  for (int i = 0; i < 2; i++)
    {
      push_pane (frame, &panes[i], top);
      draw_entry_grounds (frame, &panes[i]);
      gtk_snapshot_pop (frame->snapshot);
    }
  draw_bands (frame);
  for (int i = 0; i < 2; i++)
    {
      push_pane (frame, &panes[i], 0);
      draw_column_tints (frame, &panes[i]);
      gtk_snapshot_pop (frame->snapshot);
    }
  draw_row_lines (frame);
  for (int i = 0; i < 2; i++)
    {
      push_pane (frame, &panes[i], top);
      draw_pane (frame, &panes[i]);
      draw_flash (frame, &panes[i]);
      gtk_snapshot_pop (frame->snapshot);
    }
}

static void
draw_edges (KilterGridFrame *frame)
{
  const KilterGridGeometry *geometry = frame->geometry;
  const GdkRGBA *rule = &frame->style->rule;
  int header_x = kilter_grid_geometry_header_x (geometry);

  kilter_grid_frame_fill (frame, rule, 0, 0, geometry->width, 1);
  kilter_grid_frame_fill (frame, rule, 0, geometry->header_height - 1, geometry->width, 1);
  kilter_grid_frame_fill (frame, rule,
                          geometry->rtl ? header_x : header_x + geometry->header_width - 1, 0, 1,
                          frame->bottom);
  if (geometry->n_frozen > 0)
    {
      int x = kilter_grid_geometry_frozen_x (geometry);

      /* Only while columns hide under it is the edge a border of its own. */
      if (kilter_grid_geometry_columns_width (geometry) >
          kilter_grid_geometry_view_width (geometry))
        kilter_grid_frame_fill (
          frame, rule, geometry->rtl ? x + kilter_grid_geometry_frozen_width (geometry) - 1 : x, 0,
          1, frame->bottom);
    }
}

static void
load_panes (KilterGridFrame *frame, KilterGridPane *panes)
{
  const KilterGridGeometry *geometry = frame->geometry;

  kilter_grid_geometry_visible_columns (geometry, &panes[0].first, &panes[0].end);
  panes[0].x = kilter_grid_geometry_view_x (geometry);
  panes[0].width = kilter_grid_geometry_view_width (geometry);
  panes[1].first = geometry->n_cols - geometry->n_frozen;
  panes[1].end = geometry->n_cols;
  panes[1].x = kilter_grid_geometry_frozen_x (geometry);
  panes[1].width = kilter_grid_geometry_frozen_width (geometry);
  for (int i = 0; i < 2; i++)
    pane_load (frame, &panes[i]);
}

/**
 * kilter_grid_draw:
 * @snapshot: where to
 *
 * Draws all but the editor.
 */
void
kilter_grid_draw (KilterGrid *self, GtkSnapshot *snapshot)
{
  KilterGridFrame frame = { self, snapshot, &self->geometry, &self->style };
  KilterGridPane panes[2];
  int n;

  kilter_grid_geometry_visible_rows (&self->geometry, &frame.first_row, &frame.end_row);
  n = frame.end_row - frame.first_row;
  frame.rows = g_new0 (KilterGridRow, (gsize) n + 1);
  for (int i = 0; i < n; i++)
    kilter_grid_model_get_row (self->model, frame.first_row + i, &frame.rows[i]);
  frame.bottom = frame.end_row < self->geometry.n_rows
                   ? self->geometry.height
                   : MIN (self->geometry.height,
                          kilter_grid_geometry_row_y (&self->geometry, frame.end_row));
  load_panes (&frame, panes);

  draw_panes (&frame, panes);
  draw_edges (&frame);
  kilter_grid_frame_row_headers (&frame);
  for (int i = 0; i < 2; i++)
    {
      push_pane (&frame, &panes[i], 0);
      kilter_grid_frame_column_headers (&frame, &panes[i]);
      gtk_snapshot_pop (snapshot);
    }
  kilter_grid_frame_corner (&frame);
  for (int i = 0; i < 2; i++)
    {
      push_pane (&frame, &panes[i], self->geometry.header_height - 1);
      draw_fill_target (&frame, &panes[i]);
      draw_selection (&frame, &panes[i]);
      if (i == 0)
        draw_handle (&frame);
      gtk_snapshot_pop (snapshot);
    }

  for (int i = 0; i < 2; i++)
    pane_unload (&panes[i]);
  for (int i = 0; i < n; i++)
    kilter_grid_row_clear (&frame.rows[i]);
  g_free (frame.rows);
  if (frame.needs_wider)
    kilter_grid_widen (self);
}
