/* kilter-grid-draw-private.h: what the drawing files of the grid share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "app/grid/kilter-grid-private.h"
G_BEGIN_DECLS

/* What one frame knows about the rows and columns it shows. */
typedef struct
{
  KilterGrid *self;
  GtkSnapshot *snapshot;
  const KilterGridGeometry *geometry;
  const KilterGridStyle *style;
  int first_row, end_row;
  int bottom; /* y after the last row, or the end of the widget */
  KilterGridRow *rows;
  gboolean needs_wider;
} KilterGridFrame;

/* A pane of columns: the scrolling or the frozen ones. */
typedef struct
{
  int first, end;
  int x, width;
  KilterGridColumn *columns; /* from @first */
} KilterGridPane;

void kilter_grid_frame_fill (KilterGridFrame *frame,
                             const GdkRGBA *color,
                             int x,
                             int y,
                             int width,
                             int height);
void kilter_grid_frame_stroke (KilterGridFrame *frame,
                               const GdkRGBA *color,
                               int thickness,
                               int x,
                               int y,
                               int width,
                               int height);
void kilter_grid_frame_text (KilterGridFrame *frame,
                             const KilterGridText *text,
                             const GdkRGBA *color,
                             int x,
                             int y);
void kilter_grid_frame_row_headers (KilterGridFrame *frame);
void kilter_grid_frame_column_headers (KilterGridFrame *frame, const KilterGridPane *pane);
void kilter_grid_frame_corner (KilterGridFrame *frame);

G_END_DECLS
