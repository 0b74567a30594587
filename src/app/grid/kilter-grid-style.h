/* kilter-grid-style.h: colours, sizes and fonts of the planning grid.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <gtk/gtk.h>
#include "app/grid/kilter-grid-model.h"
G_BEGIN_DECLS

#define KILTER_GRID_N_COLORS (KILTER_GRID_COLOR_MARKETING + 1)

typedef enum
{
  KILTER_GRID_FONT_CELL,
  KILTER_GRID_FONT_BOLD,
  KILTER_GRID_FONT_HEADER, /* months */
  KILTER_GRID_FONT_UPPER,  /* years */
  KILTER_GRID_FONT_SMALL,  /* units, badges, the corner */
  KILTER_GRID_N_FONTS,
} KilterGridFont;

/**
 * KilterGridStyle:
 *
 * Everything that drawing needs to know of theme and text size. Tints are transparent, so that the
 * grid stands on any background; @view is the opaque ground of cells one can type in.
 */
typedef struct
{
  gboolean dark;
  gboolean high_contrast;

  GdkRGBA view;
  GdkRGBA tint;     /* headers, groups, past, totals; may lie over itself */
  GdkRGBA hairline; /* under each row */
  GdkRGBA rule;     /* over totals, around entry rows, frozen edges */
  GdkRGBA accent;
  GdkRGBA accent_text;
  GdkRGBA selection; /* inside a selected range */
  GdkRGBA problem;   /* ground of a problem cell */
  GdkRGBA good_text;
  GdkRGBA bad_text;
  GdkRGBA comment;
  GdkRGBA marks[KILTER_GRID_N_COLORS];

  PangoFontDescription *base_font; /* what the fonts were made from */
  double base_size;                /* its pixels */
  PangoFontDescription *fonts[KILTER_GRID_N_FONTS];
  double em;   /* pixels of the cell font */
  double unit; /* 1 at a cell font of 12.5 pixels: scales paddings and marks */
  int row_height;
  int header_height;
  int min_column_width;
  int max_column_width;
  int padding; /* between a number and the end of its cell */
  int slack;   /* how far the widest number may reach into the padding of the column before */
} KilterGridStyle;

void kilter_grid_style_load (KilterGridStyle *style, GtkWidget *widget, gboolean compact);
void kilter_grid_style_set_colors (KilterGridStyle *style,
                                   gboolean dark,
                                   gboolean high_contrast,
                                   const GdkRGBA *accent,
                                   const GdkRGBA *accent_text);
gboolean kilter_grid_style_is_current (const KilterGridStyle *style, GtkWidget *widget);
void kilter_grid_style_clear (KilterGridStyle *style);

int kilter_grid_style_px (const KilterGridStyle *style, double pixels);

G_END_DECLS
