/* kilter-grid-geometry.h: where the cells of a planning grid are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

/**
 * KilterGridGeometry:
 *
 * Pixel places of rows and columns in the widget, without a display. Rows are uniform and counted
 * in 64 bits; columns have whole-pixel widths. Lay it out with kilter_grid_geometry_set_…(), then
 * ask.
 *
 * Panes from the start edge: row header, scrolling columns, frozen columns at the end. In
 * right-to-left layout the panes swap sides; the columns themselves run left to right (time does)
 * unless @mirror_columns is set.
 */
typedef struct
{
  int n_rows;
  int n_cols;   /* frozen ones included */
  int n_frozen; /* of n_cols, at the end */
  int width;    /* of the widget */
  int height;
  int row_height;
  int header_width;
  int header_height;
  gboolean rtl;
  gboolean mirror_columns;
  double scroll_x; /* logical: pixels of scrolling columns hidden at their start */
  double scroll_y;
  int *edges;        /* n_cols − n_frozen + 1 offsets, from 0 */
  int *frozen_edges; /* n_frozen + 1 offsets, from 0 */
} KilterGridGeometry;

typedef enum
{
  KILTER_GRID_AREA_NONE,
  KILTER_GRID_AREA_CORNER,
  KILTER_GRID_AREA_COLUMN_HEADER,
  KILTER_GRID_AREA_ROW_HEADER,
  KILTER_GRID_AREA_CELL,
} KilterGridArea;

typedef struct
{
  KilterGridArea area;
  int row; /* −1 when not on a row */
  int col; /* −1 when not on a column */
} KilterGridHit;

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} KilterGridRect;

void kilter_grid_geometry_init (KilterGridGeometry *geometry);
void kilter_grid_geometry_clear (KilterGridGeometry *geometry);

void kilter_grid_geometry_set_columns (KilterGridGeometry *geometry,
                                       int n_cols,
                                       int n_frozen,
                                       int column_width,
                                       int frozen_width,
                                       gboolean stretch);

int kilter_grid_geometry_columns_width (const KilterGridGeometry *geometry);
int kilter_grid_geometry_frozen_width (const KilterGridGeometry *geometry);
gint64 kilter_grid_geometry_rows_height (const KilterGridGeometry *geometry);
int kilter_grid_geometry_view_width (const KilterGridGeometry *geometry);
int kilter_grid_geometry_view_height (const KilterGridGeometry *geometry);
int kilter_grid_geometry_view_x (const KilterGridGeometry *geometry);
int kilter_grid_geometry_header_x (const KilterGridGeometry *geometry);
int kilter_grid_geometry_frozen_x (const KilterGridGeometry *geometry);

int kilter_grid_geometry_column_x (const KilterGridGeometry *geometry, int col, int *out_width);
int kilter_grid_geometry_row_y (const KilterGridGeometry *geometry, int row);
void kilter_grid_geometry_cell_rect (const KilterGridGeometry *geometry,
                                     int row,
                                     int col,
                                     KilterGridRect *out_rect);
void kilter_grid_geometry_visible_rows (const KilterGridGeometry *geometry,
                                        int *out_first,
                                        int *out_end);
void kilter_grid_geometry_visible_columns (const KilterGridGeometry *geometry,
                                           int *out_first,
                                           int *out_end);
KilterGridHit kilter_grid_geometry_hit (const KilterGridGeometry *geometry, double x, double y);
void kilter_grid_geometry_nearest_cell (const KilterGridGeometry *geometry,
                                        double x,
                                        double y,
                                        int *out_row,
                                        int *out_col);
void kilter_grid_geometry_scroll_to (const KilterGridGeometry *geometry,
                                     int row,
                                     int col,
                                     double *out_scroll_x,
                                     double *out_scroll_y);
void kilter_grid_geometry_clamp (KilterGridGeometry *geometry);

G_END_DECLS
