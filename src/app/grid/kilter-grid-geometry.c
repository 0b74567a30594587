/* kilter-grid-geometry.c: where the cells of a planning grid are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-geometry.h"

#include <math.h>
#include <string.h>

/* Columns may grow by this share so that a whole number of them fills the view; when all columns
 * fit, by the larger one: beyond it, space is better left empty than spread between numbers. */
#define STRETCH_SOME 1.25
#define STRETCH_ALL 1.60

static int
n_scrolling (const KilterGridGeometry *geometry)
{
  return geometry->n_cols - geometry->n_frozen;
}

/* The one place where the layout direction counts: a span that starts @start pixels after the start
 * edge of the widget, and is @span wide, begins at this x. */
static int
mirror (const KilterGridGeometry *geometry, int start, int span)
{
  return geometry->rtl ? geometry->width - start - span : start;
}

/* How many pixels wider than wanted the columns become. When all fit, the frozen ones grow alike.
 */
static int
spare_pixels (int available, int width, int n, int frozen_width, int n_frozen, gboolean stretch)
{
  int rest = available - n * width - n_frozen * frozen_width;
  int fitting;

  if (!stretch || available <= 0 || n <= 0)
    return 0;
  if (rest >= 0)
    return MIN (rest / (n + n_frozen), (int) (width * (STRETCH_ALL - 1)));
  available -= n_frozen * frozen_width;
  fitting = available / width;
  return fitting > 0 ? MIN (available / fitting - width, (int) (width * (STRETCH_SOME - 1))) : 0;
}

void
kilter_grid_geometry_init (KilterGridGeometry *geometry)
{
  memset (geometry, 0, sizeof *geometry);
  geometry->row_height = 27;
  geometry->edges = g_new0 (int, 1);
  geometry->frozen_edges = g_new0 (int, 1);
}

void
kilter_grid_geometry_clear (KilterGridGeometry *geometry)
{
  g_clear_pointer (&geometry->edges, g_free);
  g_clear_pointer (&geometry->frozen_edges, g_free);
}

/**
 * kilter_grid_geometry_set_columns:
 * @geometry: a geometry whose width and header width are set
 * @n_cols: number of columns, frozen ones included
 * @n_frozen: how many of them are frozen, at the end
 * @column_width: wanted width in pixels
 * @frozen_width: wanted width of frozen columns
 * @stretch: whether columns may grow so that a whole number of them fills the view
 *
 * Lays out the columns. With @stretch, pixels that are left over by division go one each to the
 * first columns of each view, so that a view shows whole columns and the last edge meets the frozen
 * pane.
 */
void
kilter_grid_geometry_set_columns (KilterGridGeometry *geometry,
                                  int n_cols,
                                  int n_frozen,
                                  int column_width,
                                  int frozen_width,
                                  gboolean stretch)
{
  int n = n_cols - n_frozen, available, fitting, spare, rest;

  g_return_if_fail (n_frozen >= 0 && n_frozen <= n_cols);
  g_return_if_fail (column_width > 0 && frozen_width > 0);

  geometry->n_cols = n_cols;
  geometry->n_frozen = n_frozen;
  available = geometry->width - geometry->header_width;
  spare = spare_pixels (available, column_width, n, frozen_width, n_frozen, stretch);
  if (available >= n * column_width + n_frozen * frozen_width)
    frozen_width += spare;
  column_width += spare;

  geometry->frozen_edges = g_renew (int, geometry->frozen_edges, n_frozen + 1);
  for (int i = 0; i <= n_frozen; i++)
    geometry->frozen_edges[i] = i * frozen_width;
  available -= n_frozen * frozen_width;
  fitting = CLAMP (available / column_width, 1, MAX (n, 1));
  rest = stretch ? available - fitting * column_width : 0;
  if (rest < 0 || rest > fitting + n_frozen)
    rest = 0;
  geometry->edges = g_renew (int, geometry->edges, n + 1);
  for (int i = 0; i <= n; i++)
    geometry->edges[i] = i * column_width + i / fitting * rest + MIN (i % fitting, rest);
}

int
kilter_grid_geometry_columns_width (const KilterGridGeometry *geometry)
{
  return geometry->edges[n_scrolling (geometry)];
}

int
kilter_grid_geometry_frozen_width (const KilterGridGeometry *geometry)
{
  return geometry->frozen_edges[geometry->n_frozen];
}

gint64
kilter_grid_geometry_rows_height (const KilterGridGeometry *geometry)
{
  return (gint64) geometry->n_rows * geometry->row_height;
}

/**
 * kilter_grid_geometry_view_width:
 *
 * Returns: pixels in which the scrolling columns are seen
 */
int
kilter_grid_geometry_view_width (const KilterGridGeometry *geometry)
{
  return MAX (0, geometry->width - geometry->header_width -
                   kilter_grid_geometry_frozen_width (geometry));
}

int
kilter_grid_geometry_view_height (const KilterGridGeometry *geometry)
{
  return MAX (0, geometry->height - geometry->header_height);
}

/* Left edges of the three panes. */
int
kilter_grid_geometry_view_x (const KilterGridGeometry *geometry)
{
  return mirror (geometry, geometry->header_width, kilter_grid_geometry_view_width (geometry));
}

int
kilter_grid_geometry_header_x (const KilterGridGeometry *geometry)
{
  return mirror (geometry, 0, geometry->header_width);
}

/* The frozen pane follows the last column when the columns leave room, and stands at the end edge
 * when they do not. */
int
kilter_grid_geometry_frozen_x (const KilterGridGeometry *geometry)
{
  int view = kilter_grid_geometry_view_width (geometry);
  int used = MIN (view, kilter_grid_geometry_columns_width (geometry));

  return mirror (geometry, geometry->header_width + used,
                 kilter_grid_geometry_frozen_width (geometry));
}

static gboolean
reversed (const KilterGridGeometry *geometry)
{
  return geometry->rtl && geometry->mirror_columns;
}

/**
 * kilter_grid_geometry_column_x:
 * @geometry: a geometry
 * @col: a column
 * @out_width: (out) (optional): its width
 *
 * Returns: the left edge of the column in the widget; it may lie outside the view
 */
int
kilter_grid_geometry_column_x (const KilterGridGeometry *geometry, int col, int *out_width)
{
  int n = n_scrolling (geometry), scroll = (int) floor (geometry->scroll_x + 0.5);
  int start, span, total;

  g_return_val_if_fail (col >= 0 && col < geometry->n_cols, 0);

  if (col >= n)
    {
      int last = kilter_grid_geometry_frozen_width (geometry);

      start = geometry->frozen_edges[col - n];
      span = geometry->frozen_edges[col - n + 1] - start;
      if (reversed (geometry))
        start = last - start - span;
      if (out_width)
        *out_width = span;
      return kilter_grid_geometry_frozen_x (geometry) + start;
    }

  start = geometry->edges[col];
  span = geometry->edges[col + 1] - start;
  if (out_width)
    *out_width = span;
  if (reversed (geometry))
    return mirror (geometry, geometry->header_width + start - scroll, span);
  if (!geometry->rtl)
    return geometry->header_width + start - scroll;

  /* Right to left, with time still running to the right: columns end at the row header when they
   * leave room. */
  total = kilter_grid_geometry_columns_width (geometry);
  return kilter_grid_geometry_view_x (geometry) + start - scroll +
         MAX (0, kilter_grid_geometry_view_width (geometry) - total);
}

int
kilter_grid_geometry_row_y (const KilterGridGeometry *geometry, int row)
{
  gint64 y = (gint64) row * geometry->row_height - (gint64) floor (geometry->scroll_y + 0.5);

  return geometry->header_height + (int) CLAMP (y, -(1 << 28), 1 << 28);
}

void
kilter_grid_geometry_cell_rect (const KilterGridGeometry *geometry,
                                int row,
                                int col,
                                KilterGridRect *out_rect)
{
  out_rect->x = kilter_grid_geometry_column_x (geometry, col, &out_rect->width);
  out_rect->y = kilter_grid_geometry_row_y (geometry, row);
  out_rect->height = geometry->row_height;
}

/**
 * kilter_grid_geometry_visible_rows:
 * @geometry: a geometry
 * @out_first: (out): first row of which a pixel is seen
 * @out_end: (out): the row after the last one
 */
void
kilter_grid_geometry_visible_rows (const KilterGridGeometry *geometry, int *out_first, int *out_end)
{
  double top = floor (geometry->scroll_y + 0.5);
  double first = floor (top / geometry->row_height);
  double end = ceil ((top + kilter_grid_geometry_view_height (geometry)) / geometry->row_height);

  *out_first = (int) CLAMP (first, 0, geometry->n_rows);
  *out_end = (int) CLAMP (end, *out_first, geometry->n_rows);
}

/* The column whose half-open span holds @offset; clamped. */
static int
column_at_offset (const int *edges, int n, int offset)
{
  int low = 0, high = n - 1;

  while (low < high)
    {
      int middle = (low + high + 1) / 2;

      if (edges[middle] <= offset)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/**
 * kilter_grid_geometry_visible_columns:
 *
 * Scrolling columns only; frozen ones are always visible.
 */
void
kilter_grid_geometry_visible_columns (const KilterGridGeometry *geometry,
                                      int *out_first,
                                      int *out_end)
{
  int n = n_scrolling (geometry), scroll = (int) floor (geometry->scroll_x + 0.5);
  int view = kilter_grid_geometry_view_width (geometry);

  *out_first = *out_end = 0;
  if (n == 0 || view == 0)
    return;
  *out_first = column_at_offset (geometry->edges, n, scroll);
  *out_end = column_at_offset (geometry->edges, n, scroll + view - 1) + 1;
}

static int
column_at (const KilterGridGeometry *geometry, double x, gboolean clamp)
{
  int n = n_scrolling (geometry), offset;

  if (geometry->n_frozen > 0)
    {
      int frozen_x = kilter_grid_geometry_frozen_x (geometry);
      int width = kilter_grid_geometry_frozen_width (geometry);
      gboolean beyond = geometry->rtl ? x < frozen_x : x >= frozen_x + width;

      offset = (int) floor (x) - frozen_x;
      if (reversed (geometry))
        offset = width - 1 - offset;
      if ((offset >= 0 && offset < width) || (clamp && beyond && n == 0))
        return n + column_at_offset (geometry->frozen_edges, geometry->n_frozen,
                                     CLAMP (offset, 0, width - 1));
    }
  if (n == 0)
    return -1;

  offset = (int) floor (x) - kilter_grid_geometry_column_x (geometry, 0, NULL);
  if (reversed (geometry))
    offset = geometry->edges[1] - 1 - offset;
  if (!clamp && (offset < 0 || offset >= geometry->edges[n]))
    return -1;
  return column_at_offset (geometry->edges, n, offset);
}

static int
row_at (const KilterGridGeometry *geometry, double y, gboolean clamp)
{
  double row = floor ((floor (y) - geometry->header_height + floor (geometry->scroll_y + 0.5)) /
                      geometry->row_height);

  if (clamp)
    row = CLAMP (row, 0, geometry->n_rows - 1);
  return row >= 0 && row < geometry->n_rows ? (int) row : -1;
}

/**
 * kilter_grid_geometry_hit:
 * @geometry: a geometry
 * @x: pixel in the widget
 * @y: pixel in the widget
 *
 * Returns: what lies there
 */
KilterGridHit
kilter_grid_geometry_hit (const KilterGridGeometry *geometry, double x, double y)
{
  KilterGridHit hit = { KILTER_GRID_AREA_NONE, -1, -1 };
  int header_x = kilter_grid_geometry_header_x (geometry);
  gboolean in_row_header = x >= header_x && x < header_x + geometry->header_width;
  gboolean in_column_header = y < geometry->header_height;

  if (x < 0 || y < 0 || x >= geometry->width || y >= geometry->height)
    return hit;
  if (!in_column_header)
    hit.row = row_at (geometry, y, FALSE);
  if (!in_row_header)
    hit.col = column_at (geometry, x, FALSE);
  if (in_row_header && in_column_header)
    hit.area = KILTER_GRID_AREA_CORNER;
  else if (in_column_header)
    hit.area = hit.col >= 0 ? KILTER_GRID_AREA_COLUMN_HEADER : KILTER_GRID_AREA_NONE;
  else if (in_row_header)
    hit.area = hit.row >= 0 ? KILTER_GRID_AREA_ROW_HEADER : KILTER_GRID_AREA_NONE;
  else
    hit.area = hit.row >= 0 && hit.col >= 0 ? KILTER_GRID_AREA_CELL : KILTER_GRID_AREA_NONE;
  return hit;
}

/**
 * kilter_grid_geometry_nearest_cell:
 *
 * The cell at a point, or the nearest one when the point lies on a header or outside: what a drag
 * selects. Gives −1, −1 without cells.
 */
void
kilter_grid_geometry_nearest_cell (const KilterGridGeometry *geometry,
                                   double x,
                                   double y,
                                   int *out_row,
                                   int *out_col)
{
  *out_row = *out_col = -1;
  if (geometry->n_rows == 0 || geometry->n_cols == 0)
    return;
  *out_row = row_at (geometry, y, TRUE);
  *out_col = column_at (geometry, x, TRUE);
}

/**
 * kilter_grid_geometry_scroll_to:
 * @geometry: a geometry
 * @row: row to bring into view, −1 for none
 * @col: column to bring into view, −1 for none
 * @out_scroll_x: (out): horizontal offset
 * @out_scroll_y: (out): vertical offset
 *
 * The least movement that shows the cell whole; its start when it is larger than the view.
 */
void
kilter_grid_geometry_scroll_to (const KilterGridGeometry *geometry,
                                int row,
                                int col,
                                double *out_scroll_x,
                                double *out_scroll_y)
{
  *out_scroll_x = geometry->scroll_x;
  *out_scroll_y = geometry->scroll_y;

  if (row >= 0 && row < geometry->n_rows)
    {
      double top = (double) row * geometry->row_height;
      double least = top + geometry->row_height - kilter_grid_geometry_view_height (geometry);

      *out_scroll_y = MIN (MAX (geometry->scroll_y, least), top);
    }
  if (col >= 0 && col < n_scrolling (geometry))
    {
      double least = geometry->edges[col + 1] - kilter_grid_geometry_view_width (geometry);

      *out_scroll_x = MIN (MAX (geometry->scroll_x, least), geometry->edges[col]);
    }
}

/* Keeps the scroll offsets inside what there is to see. */
void
kilter_grid_geometry_clamp (KilterGridGeometry *geometry)
{
  double max_x = kilter_grid_geometry_columns_width (geometry) -
                 kilter_grid_geometry_view_width (geometry);
  double max_y = (double) kilter_grid_geometry_rows_height (geometry) -
                 kilter_grid_geometry_view_height (geometry);

  geometry->scroll_x = CLAMP (geometry->scroll_x, 0, MAX (0, max_x));
  geometry->scroll_y = CLAMP (geometry->scroll_y, 0, MAX (0, max_y));
}
