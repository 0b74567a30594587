/* kilter-grid-layouts.h: texts of the grid, shaped once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "app/grid/kilter-grid-style.h"
G_BEGIN_DECLS

typedef struct _KilterGridLayouts KilterGridLayouts;

typedef struct
{
  PangoLayout *layout;
  int x; /* where the words begin in the layout */
  int width;
  int height;
} KilterGridText;

KilterGridLayouts *kilter_grid_layouts_new (PangoContext *context, const KilterGridStyle *style);
void kilter_grid_layouts_free (KilterGridLayouts *layouts);
const KilterGridText *kilter_grid_layouts_get (KilterGridLayouts *layouts,
                                               KilterGridFont font,
                                               const char *text,
                                               int max_width);
guint kilter_grid_layouts_get_size (const KilterGridLayouts *layouts);

G_END_DECLS
