/* kilter-grid-view.c: sizes, scrolling and what a chart above needs to stay in line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-private.h"

#include <adwaita.h>

/* --- layout ---------------------------------------------------------------------------------- */

void
kilter_grid_drop_style (KilterGrid *self)
{
  g_clear_pointer (&self->layouts, kilter_grid_layouts_free);
  kilter_grid_style_clear (&self->style);
  self->style_valid = FALSE;
  self->measured_column_width = 0;
}

void
kilter_grid_ensure_style (KilterGrid *self)
{
  if (self->style_valid)
    return;
  kilter_grid_style_load (&self->style, GTK_WIDGET (self), self->compact);
  self->layouts = kilter_grid_layouts_new (gtk_widget_create_pango_context (GTK_WIDGET (self)),
                                           &self->style);
  self->style_valid = TRUE;
}

/* Style and text widths; needs no allocation. */
void
kilter_grid_ensure_measured (KilterGrid *self)
{
  kilter_grid_ensure_style (self);
  self->geometry.row_height = self->style.row_height;
  self->geometry.header_height = self->style.header_height;
  if (self->measured_column_width > 0 || self->model == NULL)
    return;
  kilter_grid_measure_texts (self);
  self->measured_column_width = MAX (1, self->measured_column_width);
}

int
kilter_grid_natural_header_width (KilterGrid *self)
{
  if (self->wanted_header_width >= 0)
    return kilter_grid_style_px (&self->style, self->wanted_header_width);
  return CLAMP (self->measured_header_width, kilter_grid_style_px (&self->style, 160),
                kilter_grid_style_px (&self->style, 280));
}

int
kilter_grid_natural_column_width (KilterGrid *self, int measured)
{
  int width = measured + self->style.padding - self->style.slack;

  if (self->wanted_column_width > 0)
    return MAX (kilter_grid_style_px (&self->style, self->wanted_column_width), width);
  /* Beyond the usual largest width, a number is still never cut. */
  return CLAMP (width, self->style.min_column_width, 2 * self->style.max_column_width);
}

static void
update_edges (KilterGrid *self)
{
  const KilterGridGeometry *geometry = &self->geometry;
  gsize n = (gsize) (geometry->n_cols - geometry->n_frozen);
  double start = kilter_grid_geometry_view_x (geometry);
  double end = start + kilter_grid_geometry_view_width (geometry);
  gboolean changed = self->n_edges != (n > 0 ? n + 1 : 0) || start != self->edges_start ||
                     end != self->edges_end;

  self->edges_start = start;
  self->edges_end = end;
  self->n_edges = n > 0 ? n + 1 : 0;
  self->edges = g_renew (double, self->edges, n + 1);
  for (gsize i = 0; i < self->n_edges; i++)
    {
      gboolean reversed = geometry->rtl && geometry->mirror_columns;
      int width, x = kilter_grid_geometry_column_x (geometry, (int) MIN (i, n - 1), &width);
      double edge = (i < n) != reversed ? x : x + width;

      changed = changed || self->edges[i] != edge;
      self->edges[i] = edge;
    }
  if (changed)
    g_signal_emit_by_name (self, "columns-changed");
}

/* Logical start of the columns is at the left unless they are mirrored; a scrollbar of a
 * right-to-left layout counts from the right. */
static gboolean
is_flipped (KilterGrid *self)
{
  return self->geometry.rtl && !self->geometry.mirror_columns;
}

static void
configure (KilterGrid *self, GtkOrientation orientation, double size, double page, double *value)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  gboolean flip = orientation == GTK_ORIENTATION_HORIZONTAL && is_flipped (self);
  double step = orientation == GTK_ORIENTATION_VERTICAL ? self->geometry.row_height
                                                        : self->style.min_column_width;

  if (adjustment == NULL)
    return;
  size = MAX (size, page);
  gtk_adjustment_configure (adjustment, flip ? size - page - *value : *value, 0, size, step,
                            MAX (step, page - step), page);
}

static void
configure_adjustments (KilterGrid *self)
{
  KilterGridGeometry *geometry = &self->geometry;

  self->configuring = TRUE;
  configure (self, GTK_ORIENTATION_HORIZONTAL, kilter_grid_geometry_columns_width (geometry),
             kilter_grid_geometry_view_width (geometry), &geometry->scroll_x);
  configure (self, GTK_ORIENTATION_VERTICAL, (double) kilter_grid_geometry_rows_height (geometry),
             kilter_grid_geometry_view_height (geometry), &geometry->scroll_y);
  self->configuring = FALSE;
}

/* Lays out for the size the widget has. */
void
kilter_grid_ensure_layout (KilterGrid *self)
{
  KilterGridGeometry *geometry = &self->geometry;
  int n_cols = self->model ? kilter_grid_model_get_n_cols (self->model) : 0;
  int n_frozen = self->model ? kilter_grid_model_get_n_frozen (self->model) : 0;
  int column_width, frozen_width, least;

  kilter_grid_ensure_measured (self);
  geometry->rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  geometry->mirror_columns = self->mirror;
  column_width = kilter_grid_natural_column_width (self, self->measured_column_width);

  /* Frozen columns have no neighbour whose padding the widest number may reach into. */
  frozen_width = kilter_grid_natural_column_width (self, self->measured_frozen_width);
  frozen_width = MAX (column_width, frozen_width + 2 * self->style.slack);

  /* On a narrow widget the row header gives way before the numbers do. */
  least = geometry->width - n_frozen * frozen_width - 2 * column_width;
  geometry->header_width = MIN (kilter_grid_natural_header_width (self),
                                MAX (least, geometry->width * 2 / 5));
  geometry->header_width = MAX (0, geometry->header_width);
  kilter_grid_geometry_set_columns (geometry, n_cols, n_frozen, column_width, frozen_width,
                                    self->stretch);
  kilter_grid_geometry_clamp (geometry);
  configure_adjustments (self);
  update_edges (self);
}

static gboolean
relayout_idle_cb (gpointer user_data)
{
  g_autoptr (KilterGrid) self = user_data;

  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Asks for a new layout; may be called while drawing. */
void
kilter_grid_relayout (KilterGrid *self)
{
  g_idle_add (relayout_idle_cb, g_object_ref (self));
}

/* Headers, rows or texts are others: measure again. */
void
kilter_grid_invalidate (KilterGrid *self)
{
  self->measured_column_width = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- scrolling ------------------------------------------------------------------------------- */

static void
adjustment_changed_cb (GtkAdjustment *adjustment, KilterGrid *self)
{
  gboolean horizontal = adjustment == self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  double value = gtk_adjustment_get_value (adjustment);

  if (self->configuring)
    return;
  if (horizontal && is_flipped (self))
    value = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
            value;
  if (horizontal)
    self->geometry.scroll_x = value;
  else
    self->geometry.scroll_y = value;
  kilter_grid_geometry_clamp (&self->geometry);
  if (horizontal)
    update_edges (self);
  if (self->editor || self->error_popover)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_grid_set_adjustment (KilterGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **slot = &self->adjustments[orientation];

  if (*slot == adjustment && *slot)
    return;
  if (*slot)
    {
      g_signal_handlers_disconnect_by_func (*slot, adjustment_changed_cb, self);
      g_object_unref (*slot);
    }
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *slot = g_object_ref_sink (adjustment);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (adjustment_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scroll_to_offset (KilterGrid *self, double x, double y)
{
  self->geometry.scroll_x = x;
  self->geometry.scroll_y = y;
  kilter_grid_geometry_clamp (&self->geometry);
  configure_adjustments (self);
  update_edges (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->editor || self->error_popover)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Moves the view by pixels towards later columns and lower rows. */
void
kilter_grid_scroll_by (KilterGrid *self, double later, double down)
{
  if (later != 0 || down != 0)
    scroll_to_offset (self, self->geometry.scroll_x + later, self->geometry.scroll_y + down);
}

static gboolean
flash_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  KilterGrid *self = KILTER_GRID (widget);

  gtk_widget_queue_draw (widget);
  if (g_get_monotonic_time () - self->flash_start < KILTER_GRID_FLASH_TIME)
    return G_SOURCE_CONTINUE;
  self->flash_tick = 0;
  return G_SOURCE_REMOVE;
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * kilter_grid_scroll_to:
 * @row: a row, −1 to leave the vertical place
 * @col: a column, −1 to leave the horizontal place
 */
void
kilter_grid_scroll_to (KilterGrid *self, int row, int col)
{
  double x, y;

  g_return_if_fail (KILTER_IS_GRID (self));

  if (self->geometry.width == 0)
    return;
  kilter_grid_geometry_scroll_to (&self->geometry, row, col, &x, &y);
  if (x != self->geometry.scroll_x || y != self->geometry.scroll_y)
    scroll_to_offset (self, x, y);
}

/**
 * kilter_grid_flash:
 * @range: cells whose values just changed, for instance by undo
 *
 * Scrolls to the cells and lights them up for a moment (not when animations are off).
 */
void
kilter_grid_flash (KilterGrid *self, const KilterGridRange *range)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  if (kilter_grid_range_is_empty (range))
    return;
  kilter_grid_scroll_to (self, range->row, range->col);
  if (!adw_get_enable_animations (GTK_WIDGET (self)))
    return;
  self->flash = *range;
  self->flash_start = g_get_monotonic_time ();
  if (self->flash_tick == 0)
    self->flash_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), flash_tick_cb, NULL, NULL);
}

/**
 * kilter_grid_get_row_header_width:
 *
 * Returns: pixels the row header takes now
 */
int
kilter_grid_get_row_header_width (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), 0);

  return self->geometry.header_width;
}

/**
 * kilter_grid_get_column_width:
 *
 * Returns: pixels of the first scrolling column now
 */
int
kilter_grid_get_column_width (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), 0);

  return self->geometry.n_cols > self->geometry.n_frozen ? self->geometry.edges[1] : 0;
}

/**
 * kilter_grid_get_column_edges:
 * @self: a grid
 * @out_n_edges: (out): number of scrolling columns plus 1, or 0
 *
 * Where the scrolling columns begin, in pixels of the widget, some of them out of sight; the last
 * is where the last column ends. ::columns-changed says when they move.
 *
 * Returns: (array length=out_n_edges) (transfer none): the edges, valid until they move
 */
const double *
kilter_grid_get_column_edges (KilterGrid *self, gsize *out_n_edges)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), NULL);

  *out_n_edges = self->n_edges;
  return self->edges;
}

/**
 * kilter_grid_get_columns_span:
 * @self: a grid
 * @out_start: (out): left edge of the pane of scrolling columns
 * @out_end: (out): its right edge
 *
 * What a chart above is to be clipped to.
 */
void
kilter_grid_get_columns_span (KilterGrid *self, double *out_start, double *out_end)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  *out_start = self->edges_start;
  *out_end = self->edges_end;
}

void
kilter_grid_get_cell_bounds (KilterGrid *self, int row, int col, GdkRectangle *out_bounds)
{
  KilterGridRect rect = { 0, 0, 0, 0 };

  g_return_if_fail (KILTER_IS_GRID (self));

  if (col >= 0 && col < self->geometry.n_cols)
    kilter_grid_geometry_cell_rect (&self->geometry, row, col, &rect);
  *out_bounds = (GdkRectangle) { rect.x, rect.y, rect.width, rect.height };
}

/**
 * kilter_grid_get_first_column:
 *
 * Returns: the first column in sight, with the part of it that is hidden: 3.5 when half of column 3
 *   is. It stays meaningful when widths change.
 */
double
kilter_grid_get_first_column (KilterGrid *self)
{
  int first, end, start;

  g_return_val_if_fail (KILTER_IS_GRID (self), 0);

  kilter_grid_geometry_visible_columns (&self->geometry, &first, &end);
  if (first == end)
    return 0;
  start = self->geometry.edges[first];
  return first + (self->geometry.scroll_x - start) / (self->geometry.edges[first + 1] - start);
}

void
kilter_grid_set_first_column (KilterGrid *self, double column)
{
  int n, whole;

  g_return_if_fail (KILTER_IS_GRID (self));

  n = self->geometry.n_cols - self->geometry.n_frozen;
  if (n == 0)
    return;
  column = CLAMP (column, 0, n);
  whole = MIN ((int) column, n - 1);
  scroll_to_offset (self,
                    self->geometry.edges[whole] +
                      (column - whole) *
                        (self->geometry.edges[whole + 1] - self->geometry.edges[whole]),
                    self->geometry.scroll_y);
}

/**
 * kilter_grid_add_popover:
 * @popover: (transfer floating): points at something in the grid
 *
 * Makes a popover a part of the grid, until the grid goes.
 */
void
kilter_grid_add_popover (KilterGrid *self, GtkPopover *popover)
{
  g_return_if_fail (KILTER_IS_GRID (self) && GTK_IS_POPOVER (popover));

  gtk_widget_set_parent (GTK_WIDGET (popover), GTK_WIDGET (self));
  g_ptr_array_add (self->popovers, popover);
}

/**
 * kilter_grid_set_corner:
 * @corner: (transfer floating) (nullable): a small widget, such as a menu button
 */
void
kilter_grid_set_corner (KilterGrid *self, GtkWidget *corner)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  g_clear_pointer (&self->corner, gtk_widget_unparent);
  self->corner = corner;
  if (corner != NULL)
    gtk_widget_set_parent (corner, GTK_WIDGET (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Over the row headers, in the upper half; the label below says the unit. */
void
kilter_grid_allocate_corner (KilterGrid *self)
{
  const KilterGridGeometry *geometry = &self->geometry;
  int least, natural, height, x;
  GskTransform *transform;

  if (self->corner == NULL)
    return;
  gtk_widget_measure (self->corner, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  natural = MAX (least, MIN (natural, geometry->header_width - 8));
  gtk_widget_measure (self->corner, GTK_ORIENTATION_VERTICAL, natural, &height, NULL, NULL, NULL);
  x = kilter_grid_geometry_header_x (geometry);
  x += geometry->rtl ? geometry->header_width - natural - 4 : 4;
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, 1));
  gtk_widget_allocate (self->corner, natural, height, -1, transform);
}
