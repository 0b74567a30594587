/* kilter-grid-draw-headers.c: draws the row headers, the column headers and the corner.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-draw-private.h"

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

/* --- row headers ----------------------------------------------------------------------------- */

/**
 * kilter_grid_expander_span:
 * @row: a row
 * @out_start: (out): pixels from the start edge to the label
 *
 * Returns: pixels from the start edge to the expander
 */
int
kilter_grid_expander_span (KilterGrid *self, const KilterGridRow *row, int *out_start)
{
  int start = kilter_grid_style_px (&self->style, 12 + 16 * row->depth);

  *out_start = start;
  if (row->flags & KILTER_GRID_ROW_FLAG_EXPANDABLE)
    *out_start += kilter_grid_style_px (&self->style, 14);
  if (row->mark != KILTER_GRID_MARK_NONE)
    *out_start += kilter_grid_style_px (&self->style, 22);
  return start;
}

/* x of something @start pixels from the start edge of the row header. */
static int
header_x (KilterGridFrame *frame, int start, int width)
{
  const KilterGridGeometry *geometry = frame->geometry;

  return geometry->rtl ? geometry->width - start - width : start;
}

static int
draw_badge (KilterGridFrame *frame, const char *badge, int start, int y)
{
  const KilterGridText *text = kilter_grid_layouts_get (frame->self->layouts,
                                                        KILTER_GRID_FONT_SMALL, badge, -1);
  GskRoundedRect pill;
  int width = text->width + 2 * px (frame, 6), height = text->height;
  int x = header_x (frame, start, width);
  int top = y + (frame->geometry->row_height - 1 - height) / 2;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, top, width, height),
                                   height / 2.0f);
  gtk_snapshot_push_rounded_clip (frame->snapshot, &pill);
  kilter_grid_frame_fill (frame, &frame->style->selection, x, top, width, height);
  gtk_snapshot_pop (frame->snapshot);
  kilter_grid_frame_text (frame, text, &frame->style->accent_text, x + px (frame, 6), top);
  return width;
}

static void
draw_row_label (KilterGridFrame *frame, const KilterGridRow *row, int start, int end, int y)
{
  const KilterGridGeometry *geometry = frame->geometry;
  const KilterGridStyle *style = frame->style;
  gboolean bold = row->flags & KILTER_GRID_ROW_FLAG_BOLD || row->kind == KILTER_GRID_ROW_TOTAL ||
                  row->kind == KILTER_GRID_ROW_SECTION || row->kind == KILTER_GRID_ROW_GROUP;
  const GdkRGBA *color = row->flags & KILTER_GRID_ROW_FLAG_DIM
                           ? &style->marks[KILTER_GRID_COLOR_DIM]
                           : &style->marks[KILTER_GRID_COLOR_TEXT];
  const KilterGridText *text;

  if (row->unit)
    {
      text = kilter_grid_layouts_get (frame->self->layouts, KILTER_GRID_FONT_SMALL, row->unit, -1);
      end -= text->width;
      kilter_grid_frame_text (frame, text, &style->marks[KILTER_GRID_COLOR_DIM],
                              header_x (frame, end, text->width),
                              y + (geometry->row_height - 1 - text->height) / 2);
      end -= style->padding / 2;
    }
  if (row->badge)
    {
      const KilterGridText *badge = kilter_grid_layouts_get (
        frame->self->layouts, KILTER_GRID_FONT_SMALL, row->badge, -1);

      end -= badge->width + 2 * px (frame, 6) + px (frame, 6);
    }
  text = kilter_grid_layouts_get (frame->self->layouts,
                                  bold ? KILTER_GRID_FONT_BOLD : KILTER_GRID_FONT_CELL, row->label,
                                  MAX (1, end - start));
  kilter_grid_frame_text (frame, text, color, header_x (frame, start, text->width),
                          y + (geometry->row_height - 1 - text->height) / 2);
  if (row->badge)
    draw_badge (frame, row->badge, start + text->width + px (frame, 6), y);
}

void
kilter_grid_frame_row_headers (KilterGridFrame *frame)
{
  const KilterGridGeometry *geometry = frame->geometry;
  const KilterGridStyle *style = frame->style;
  float unit = (float) style->unit;

  gtk_snapshot_push_clip (frame->snapshot,
                          &GRAPHENE_RECT_INIT (kilter_grid_geometry_header_x (geometry),
                                               geometry->header_height, geometry->header_width,
                                               kilter_grid_geometry_view_height (geometry)));
  for (int row = frame->first_row; row < frame->end_row; row++)
    {
      const KilterGridRow *head = frame_row (frame, row);
      int y = kilter_grid_geometry_row_y (geometry, row), label;
      int start = kilter_grid_expander_span (frame->self, head, &label);
      float middle = y + (geometry->row_height - 1) / 2.0f;

      if (head->flags & KILTER_GRID_ROW_FLAG_EXPANDABLE)
        {
          kilter_grid_draw_chevron (frame->snapshot, &style->marks[KILTER_GRID_COLOR_DIM],
                                    header_x (frame, start, px (frame, 9)), middle, unit,
                                    (head->flags & KILTER_GRID_ROW_FLAG_EXPANDED) != 0,
                                    geometry->rtl);
          start += px (frame, 14);
        }
      if (head->mark != KILTER_GRID_MARK_NONE)
        kilter_grid_draw_mark (frame->snapshot, head->mark, &style->marks[head->mark_color],
                               header_x (frame, start, px (frame, 14)), middle, unit);
      draw_row_label (frame, head, label, geometry->header_width - style->padding, y);
    }
  gtk_snapshot_pop (frame->snapshot);
}

/* --- column headers -------------------------------------------------------------------------- */

/* x of a line between a column and the one that stands before it. */
static int
start_edge (const KilterGridGeometry *geometry, int col, int x, int width)
{
  gboolean at_right = geometry->rtl &&
                      (geometry->mirror_columns || col == geometry->n_cols - geometry->n_frozen);

  return at_right ? x + width - 1 : x;
}

static void
draw_column_header (KilterGridFrame *frame, int col, const KilterGridColumn *column)
{
  const KilterGridGeometry *geometry = frame->geometry;
  const KilterGridStyle *style = frame->style;
  KilterGrid *self = frame->self;
  int width, x = kilter_grid_geometry_column_x (geometry, col, &width);
  int bottom = geometry->header_height;
  int highlighted = self->crosshair >= 0            ? self->crosshair
                    : kilter_grid_has_cursor (self) ? self->selection.col
                                                    : -1;
  gboolean past = column->flags & KILTER_GRID_COLUMN_FLAG_PAST;
  const GdkRGBA *color = col == highlighted ? &style->accent_text
                         : past             ? &style->marks[KILTER_GRID_COLOR_DIM]
                                            : &style->marks[KILTER_GRID_COLOR_TEXT];
  const KilterGridText *text = kilter_grid_layouts_get (
    self->layouts, KILTER_GRID_FONT_HEADER, column->label,
    MAX (1, width - style->padding + style->slack));
  int y = bottom - text->height - px (frame, 6);

  kilter_grid_frame_text (frame, text, color, x + width - style->padding - text->width, y);
  if (column->flags & KILTER_GRID_COLUMN_FLAG_PROBLEM)
    kilter_grid_draw_triangle (frame->snapshot, &style->marks[KILTER_GRID_COLOR_BAD],
                               x + px (frame, 7), y + text->height / 2.0f, (float) style->unit);
  if (column->flags & KILTER_GRID_COLUMN_FLAG_FENCED)
    kilter_grid_frame_fill (frame, &style->marks[KILTER_GRID_COLOR_TEXT], x, bottom - 2, width, 2);
  if (column->flags & KILTER_GRID_COLUMN_FLAG_YEAR_START && col > 0)
    kilter_grid_frame_fill (frame, &style->rule, start_edge (geometry, col, x, width),
                            px (frame, 5), 1, bottom - px (frame, 5));
  if (col == highlighted)
    kilter_grid_frame_fill (frame, &style->accent, x, bottom - px (frame, 2), width, px (frame, 2));
}

/* The label over @col: the nearest upper label at or before it. */
static char *
upper_label_at (KilterGridFrame *frame, int col, int *out_start)
{
  int least = col >= frame->geometry->n_cols - frame->geometry->n_frozen
                ? frame->geometry->n_cols - frame->geometry->n_frozen
                : 0;

  for (; col >= least; col--)
    {
      g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

      *out_start = col;
      kilter_grid_model_get_column (frame->self->model, col, &column);
      if (column.upper)
        return g_steal_pointer (&column.upper);
    }
  return NULL;
}

/* Where a label goes over columns from @left to @right: at their start, in sight while one of them
 * is, pushed out by the next label with its last column. */
static int
upper_label_x (KilterGridFrame *frame,
               const KilterGridPane *pane,
               int left,
               int right,
               int width,
               gboolean begins_here)
{
  int padding = frame->style->padding;

  if (frame->geometry->rtl && frame->geometry->mirror_columns)
    {
      int end = MIN (right, pane->x + pane->width) - padding - width;

      end = MAX (end, left + padding / 2);
      return begins_here ? MIN (end, right - padding - width) : end;
    }
  else
    {
      int start = MIN (MAX (left, pane->x) + padding, right - padding / 2 - width);

      return begins_here ? MAX (start, left + padding) : start;
    }
}

/* The upper line: each label once, over the columns it spans. */
static void
draw_upper_labels (KilterGridFrame *frame, const KilterGridPane *pane)
{
  for (int col = pane->first, next; col < pane->end; col = next)
    {
      int start = col, width, x = kilter_grid_geometry_column_x (frame->geometry, col, &width);
      int left = x, right = x + width;
      g_autofree char *label = upper_label_at (frame, col, &start);
      const KilterGridText *text;

      for (next = col + 1; next < pane->end && !pane->columns[next - pane->first].upper; next++)
        {
          x = kilter_grid_geometry_column_x (frame->geometry, next, &width);
          left = MIN (left, x);
          right = MAX (right, x + width);
        }
      if (label == NULL || label[0] == '\0')
        continue;
      text = kilter_grid_layouts_get (frame->self->layouts, KILTER_GRID_FONT_UPPER, label, -1);
      x = upper_label_x (frame, pane, left, right, text->width, start == col);
      kilter_grid_frame_text (frame, text, &frame->style->marks[KILTER_GRID_COLOR_DIM], x,
                              px (frame, 6));
    }
}

void
kilter_grid_frame_column_headers (KilterGridFrame *frame, const KilterGridPane *pane)
{
  for (int col = pane->first; col < pane->end; col++)
    draw_column_header (frame, col, &pane->columns[col - pane->first]);
  draw_upper_labels (frame, pane);
}

void
kilter_grid_frame_corner (KilterGridFrame *frame)
{
  const KilterGridGeometry *geometry = frame->geometry;
  const char *label = frame->self->corner_label;
  const KilterGridText *text;
  int start = px (frame, 12);

  if (label == NULL || label[0] == '\0')
    return;
  text = kilter_grid_layouts_get (frame->self->layouts, KILTER_GRID_FONT_SMALL, label,
                                  MAX (1, geometry->header_width - start - frame->style->padding));
  kilter_grid_frame_text (frame, text, &frame->style->marks[KILTER_GRID_COLOR_DIM],
                          header_x (frame, start, text->width),
                          geometry->header_height - text->height - px (frame, 6));
}
