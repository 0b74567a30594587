/* kilter-grid.h: the planning grid: frozen headers, ranges, typing, marks, two-way scrolling.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <gtk/gtk.h>
#include "app/grid/kilter-grid-model.h"
G_BEGIN_DECLS

/**
 * KilterGrid:
 *
 * Shows a [iface@KilterGridModel] and edits it. Put it in a #GtkScrolledWindow (it implements
 * #GtkScrollable and keeps its headers in place while scrolling).
 *
 * Properties: `model`, `corner-label` (text over the row headers, e.g. "Thousand cases"),
 * `crosshair-column` (int, −1 for none; header drawn in accent), `compact` (24 px rows),
 * `read-only`, `stretch-columns` (default on: columns grow a little so that a whole number of them
 * fills the width), `row-header-width` (−1: measured), `column-width` (−1: measured), `menu-model`
 * (GMenuModel of the context menu), `mirror-columns` (default off: in right-to-left locales the
 * row header moves to the right, time still runs from left to right).
 *
 * Signals:
 * - `selection-changed ()`
 * - `crosshair (int column)`: the column under the pointer or the cursor, −1 when it leaves
 * - `columns-changed ()`: kilter_grid_get_column_edges() gives other values (size, scroll, widths)
 * - `activate-cell (int row, int col)`: double click, or Enter on a cell that cannot be edited
 * - `context-menu (int row, int col, double x, double y)`: before the menu opens; row or col is −1
 *   on a header
 * - `message (const char *text, gboolean is_error)`: a sentence worth a toast
 * - `header-clicked (int col)`: column header pressed (the column is selected anyway)
 *
 * Actions: grid.copy, grid.copy-with-headers, grid.cut, grid.paste, grid.clear, grid.edit,
 * grid.fill-down, grid.fill-right, grid.continue-down, grid.continue-right, grid.select-all,
 * grid.select-row, grid.select-column, grid.toggle-expanded, grid.expand, grid.collapse,
 * grid.expand-to-level (i), grid.menu.
 */
#define KILTER_TYPE_GRID (kilter_grid_get_type ())
G_DECLARE_FINAL_TYPE (KilterGrid, kilter_grid, KILTER, GRID, GtkWidget)

GtkWidget *kilter_grid_new (KilterGridModel *model);

KilterGridModel *kilter_grid_get_model (KilterGrid *self);
void kilter_grid_set_model (KilterGrid *self, KilterGridModel *model);
const char *kilter_grid_get_corner_label (KilterGrid *self);
void kilter_grid_set_corner_label (KilterGrid *self, const char *label);
gboolean kilter_grid_get_read_only (KilterGrid *self);
void kilter_grid_set_read_only (KilterGrid *self, gboolean read_only);
gboolean kilter_grid_get_compact (KilterGrid *self);
void kilter_grid_set_compact (KilterGrid *self, gboolean compact);
void kilter_grid_set_menu_model (KilterGrid *self, GMenuModel *menu_model);

/* Selection: the cursor is the anchor of the range. */
void kilter_grid_get_selection (KilterGrid *self, KilterGridRange *out_range);
void kilter_grid_get_cursor (KilterGrid *self, int *out_row, int *out_col);
void kilter_grid_select (KilterGrid *self, int row, int col);
void kilter_grid_select_range (KilterGrid *self, const KilterGridRange *range);
void kilter_grid_scroll_to (KilterGrid *self, int row, int col);
void kilter_grid_flash (KilterGrid *self, const KilterGridRange *range);

/* @corner stands over the row headers, above the corner's label (transfer floating) */
void kilter_grid_set_corner (KilterGrid *self, GtkWidget *corner);
/* @popover points at a cell and goes with the grid (transfer floating) */
void kilter_grid_add_popover (KilterGrid *self, GtkPopover *popover);

/* Editing */
gboolean kilter_grid_begin_edit (KilterGrid *self, const char *initial_text);
gboolean kilter_grid_commit_edit (KilterGrid *self);
void kilter_grid_cancel_edit (KilterGrid *self);
gboolean kilter_grid_is_editing (KilterGrid *self);

/* Shared with the chart above. */
int kilter_grid_get_crosshair_column (KilterGrid *self);
void kilter_grid_set_crosshair_column (KilterGrid *self, int column);
int kilter_grid_get_row_header_width (KilterGrid *self);
void kilter_grid_set_row_header_width (KilterGrid *self, int width);
int kilter_grid_get_column_width (KilterGrid *self);
void kilter_grid_set_column_width (KilterGrid *self, int width);
const double *kilter_grid_get_column_edges (KilterGrid *self, gsize *out_n_edges);
void kilter_grid_get_columns_span (KilterGrid *self, double *out_start, double *out_end);
void kilter_grid_get_cell_bounds (KilterGrid *self, int row, int col, GdkRectangle *out_bounds);
double kilter_grid_get_first_column (KilterGrid *self);
void kilter_grid_set_first_column (KilterGrid *self, double column);

G_END_DECLS
