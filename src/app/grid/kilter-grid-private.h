/* kilter-grid-private.h: what the files of the grid share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "app/grid/kilter-grid.h"
#include "app/grid/kilter-grid-geometry.h"
#include "app/grid/kilter-grid-layouts.h"
#include "app/grid/kilter-grid-style.h"
G_BEGIN_DECLS

#define KILTER_GRID_FLASH_TIME 900000 /* microseconds */

typedef enum
{
  KILTER_GRID_DRAG_NONE,
  KILTER_GRID_DRAG_CELLS,
  KILTER_GRID_DRAG_ROWS,
  KILTER_GRID_DRAG_COLUMNS,
  KILTER_GRID_DRAG_FILL,
} KilterGridDrag;

/* The selection: a rectangle from anchor to extent, and the cursor inside it. Rows are −1 when
 * there is none. */
typedef struct
{
  int anchor_row, anchor_col;
  int extent_row, extent_col;
  int row, col;
} KilterGridSelection;

struct _KilterGrid
{
  GtkWidget parent_instance;

  KilterGridModel *model;
  char *corner_label;
  GMenuModel *menu_model;
  gboolean read_only;
  gboolean compact;
  gboolean stretch;
  gboolean mirror;
  int wanted_header_width; /* −1: measured */
  int wanted_column_width; /* −1: measured */

  GtkAdjustment *adjustments[2];
  GtkScrollablePolicy policies[2];
  gboolean configuring; /* adjustments are being set by the grid itself */

  KilterGridGeometry geometry;
  KilterGridStyle style;
  gboolean style_valid;
  KilterGridLayouts *layouts;
  int measured_header_width;
  int measured_column_width; /* text of the widest number and header; 0: not measured */
  int measured_frozen_width;
  double *edges;
  gsize n_edges;
  double edges_start, edges_end;

  KilterGridSelection selection;
  int crosshair;
  int hover_col;

  KilterGridDrag drag;
  double drag_x, drag_y;
  guint drag_tick;
  KilterGridRange fill_target;
  KilterGridFillDirection fill_direction;

  KilterGridRange flash;
  gint64 flash_start;
  guint flash_tick;

  GtkWidget *editor;  /* GtkText while a cell is edited */
  GtkRoot *edit_root; /* its window; weak */
  int edit_row, edit_col;
  gboolean edit_typed; /* begun by typing: arrows commit */
  GtkWidget *error_popover;
  GtkWidget *menu_popover;
  GtkWidget *corner;   /* (nullable) child over the row headers */
  GPtrArray *popovers; /* GtkWidget, children that others gave */

  gboolean draws_focused; /* for reference pictures: draw as if the window were in front */

  GHashTable *accessibles; /* row and col → KilterGridItem; created on request */
};

/* kilter-grid.c */
void kilter_grid_message (KilterGrid *self, const char *text, gboolean is_error);
void kilter_grid_set_hover (KilterGrid *self, int col);
gboolean kilter_grid_cell_is_editable (KilterGrid *self, int row, int col);
gboolean kilter_grid_emit_activate (KilterGrid *self, int row, int col);
void kilter_grid_emit_header_clicked (KilterGrid *self, int col);
void kilter_grid_emit_context_menu (KilterGrid *self, int row, int col, double x, double y);

/* kilter-grid-view.c */
void kilter_grid_drop_style (KilterGrid *self);
void kilter_grid_ensure_style (KilterGrid *self);
void kilter_grid_ensure_measured (KilterGrid *self);
void kilter_grid_ensure_layout (KilterGrid *self);
int kilter_grid_natural_header_width (KilterGrid *self);
int kilter_grid_natural_column_width (KilterGrid *self, int measured);
void kilter_grid_relayout (KilterGrid *self);
void kilter_grid_allocate_corner (KilterGrid *self);
void kilter_grid_invalidate (KilterGrid *self);
void kilter_grid_set_adjustment (KilterGrid *self,
                                 GtkOrientation orientation,
                                 GtkAdjustment *adjustment);
void kilter_grid_scroll_by (KilterGrid *self, double later, double down);

/* kilter-grid-measure.c */
void kilter_grid_measure_texts (KilterGrid *self);
void kilter_grid_widen (KilterGrid *self);

/* kilter-grid-draw.c */
void kilter_grid_draw (KilterGrid *self, GtkSnapshot *snapshot);
int kilter_grid_expander_span (KilterGrid *self, const KilterGridRow *row, int *out_start);
gboolean kilter_grid_get_handle_rect (KilterGrid *self, KilterGridRect *out_rect);

/* kilter-grid-glyphs.c */
void kilter_grid_draw_mark (GtkSnapshot *snapshot,
                            KilterGridMark mark,
                            const GdkRGBA *color,
                            float x,
                            float y,
                            float scale);
void
kilter_grid_draw_lock (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float scale);
void kilter_grid_draw_triangle (GtkSnapshot *snapshot,
                                const GdkRGBA *color,
                                float x,
                                float y,
                                float scale);
void kilter_grid_draw_corner (GtkSnapshot *snapshot,
                              const GdkRGBA *color,
                              float x,
                              float y,
                              float size,
                              gboolean at_right);
void kilter_grid_draw_hollow (GtkSnapshot *snapshot,
                              const GdkRGBA *color,
                              float x,
                              float y,
                              float scale);
void kilter_grid_draw_arrow (GtkSnapshot *snapshot,
                             const GdkRGBA *color,
                             float x,
                             float y,
                             float scale,
                             gboolean up);
void kilter_grid_draw_chevron (GtkSnapshot *snapshot,
                               const GdkRGBA *color,
                               float x,
                               float y,
                               float scale,
                               gboolean open,
                               gboolean rtl);

/* kilter-grid-selection.c */
void kilter_grid_selection_move (KilterGrid *self, int row, int col, gboolean extend);
void kilter_grid_selection_step (KilterGrid *self,
                                 int d_row,
                                 int d_col,
                                 gboolean to_edge,
                                 gboolean extend);
void kilter_grid_selection_next (KilterGrid *self, int d_row, int d_col);
void kilter_grid_selection_rows (KilterGrid *self, int from, int to);
void kilter_grid_selection_columns (KilterGrid *self, int from, int to);
void kilter_grid_selection_all (KilterGrid *self);
void kilter_grid_selection_clamp (KilterGrid *self);
void
kilter_grid_selection_set (KilterGrid *self, const KilterGridSelection *selection, gboolean scroll);
void kilter_grid_selection_place (KilterGrid *self);
gboolean kilter_grid_has_cursor (KilterGrid *self);

/* kilter-grid-keys.c */
gboolean kilter_grid_handle_key (KilterGrid *self, guint keyval, GdkModifierType state);
gboolean kilter_grid_starts_edit (KilterGrid *self, guint keyval, GdkModifierType state);

/* kilter-grid-pointer.c */
void kilter_grid_add_pointer_controllers (KilterGrid *self);
void kilter_grid_popup_menu (KilterGrid *self, int row, int col, double x, double y);
void kilter_grid_popup_menu_at_cursor (KilterGrid *self);
void kilter_grid_stop_drag (KilterGrid *self);

/* kilter-grid-editor.c */
gboolean kilter_grid_editor_handle_key (KilterGrid *self, guint keyval, GdkModifierType state);
void kilter_grid_editor_allocate (KilterGrid *self);
gboolean kilter_grid_editor_begin (KilterGrid *self, const char *initial_text);
void kilter_grid_editor_hide_error (KilterGrid *self);
void kilter_grid_editor_explain_closed (KilterGrid *self);

/* kilter-grid-actions.c */
void kilter_grid_class_install_actions (GtkWidgetClass *widget_class);
void kilter_grid_update_actions (KilterGrid *self);
void kilter_grid_fill (KilterGrid *self,
                       const KilterGridRange *source,
                       const KilterGridRange *target,
                       KilterGridFillDirection direction,
                       gboolean continue_season);
gboolean kilter_grid_paste_block (KilterGrid *self, const KilterGridBlock *block);
KilterGridBlock *kilter_grid_copy_block (KilterGrid *self, gboolean with_headers);

/* kilter-grid-accessible.c */
void kilter_grid_accessible_iface_init (GtkAccessibleInterface *iface);
GtkAccessible *kilter_grid_get_accessible_item (KilterGrid *self, int row, int col);
void kilter_grid_accessible_cursor_moved (KilterGrid *self, int old_row, int old_col);
void kilter_grid_accessible_changed (KilterGrid *self, const KilterGridRange *range);
void kilter_grid_accessible_reset (KilterGrid *self);

G_END_DECLS
