/* kilter-grid-pointer.c: mouse and touch: selecting, filling, folding, hovering, menus.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mouse drag selects; on a touch screen a drag scrolls, a tap selects and a long press opens the
 * menu. */
#include "app/grid/kilter-grid-private.h"

#include <math.h>

#define SCROLL_PER_SECOND 14.0 /* times the distance from the view while a drag is outside */

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (gesture,
                                                gtk_gesture_get_last_updated_sequence (gesture));
  GdkDevice *device = event ? gdk_event_get_device (event) : NULL;

  return device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static gboolean
in_rect (const KilterGridRect *rect, double x, double y, int margin)
{
  return x >= rect->x - margin && x < rect->x + rect->width + margin && y >= rect->y - margin &&
         y < rect->y + rect->height + margin;
}

/* --- folding --------------------------------------------------------------------------------- */

static gboolean
on_expander (KilterGrid *self, int index, double x)
{
  g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;
  int start, label;
  double from_start = self->geometry.rtl ? self->geometry.width - x : x;

  kilter_grid_model_get_row (self->model, index, &row);
  if (!(row.flags & KILTER_GRID_ROW_FLAG_EXPANDABLE))
    return FALSE;
  start = kilter_grid_expander_span (self, &row, &label);
  return from_start >= start - kilter_grid_style_px (&self->style, 9) &&
         from_start < start + kilter_grid_style_px (&self->style, 15);
}

static void
toggle_row (KilterGrid *self, int row)
{
  if (kilter_grid_commit_edit (self))
    kilter_grid_model_toggle_expanded (self->model, row);
}

/* --- dragging -------------------------------------------------------------------------------- */

/* The rectangle the handle was dragged to: along the direction in which the pointer went farther.
 */
static void
update_fill_target (KilterGrid *self, int row, int col)
{
  KilterGridRange range, target;
  int down, right;

  kilter_grid_get_selection (self, &range);
  col = MIN (col, self->geometry.n_cols - self->geometry.n_frozen - 1);
  down = row >= range.row + range.n_rows ? row - (range.row + range.n_rows - 1)
         : row < range.row               ? row - range.row
                                         : 0;
  right = col >= range.col + range.n_cols ? col - (range.col + range.n_cols - 1)
          : col < range.col               ? col - range.col
                                          : 0;
  target = range;
  if (down == 0 && right == 0)
    target.n_rows = target.n_cols = 0;
  else if (ABS (down) >= ABS (right))
    {
      target.row = down > 0 ? range.row + range.n_rows : row;
      target.n_rows = ABS (down);
      self->fill_direction = down > 0 ? KILTER_GRID_FILL_DOWN : KILTER_GRID_FILL_UP;
    }
  else
    {
      target.col = right > 0 ? range.col + range.n_cols : col;
      target.n_cols = ABS (right);
      self->fill_direction = right > 0 ? KILTER_GRID_FILL_RIGHT : KILTER_GRID_FILL_LEFT;
    }
  self->fill_target = target;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_to (KilterGrid *self, double x, double y)
{
  KilterGridSelection selection = self->selection;
  int row, col;

  kilter_grid_geometry_nearest_cell (&self->geometry, x, y, &row, &col);
  if (row < 0 || col < 0)
    return;
  switch (self->drag)
    {
    case KILTER_GRID_DRAG_CELLS:
      selection.extent_row = row;
      selection.extent_col = col;
      kilter_grid_selection_set (self, &selection, FALSE);
      break;
    case KILTER_GRID_DRAG_ROWS:
      selection.extent_row = row;
      kilter_grid_selection_set (self, &selection, FALSE);
      break;
    case KILTER_GRID_DRAG_COLUMNS:
      selection.extent_col = col;
      kilter_grid_selection_set (self, &selection, FALSE);
      break;
    case KILTER_GRID_DRAG_FILL:
      update_fill_target (self, row, col);
      break;
    case KILTER_GRID_DRAG_NONE:
    default:
      break;
    }
}

/* How far a place lies outside a span. */
static double
outside (double at, double start, double length)
{
  return at < start ? at - start : at > start + length ? at - start - length : 0;
}

static gboolean
drag_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  KilterGrid *self = KILTER_GRID (widget);
  const KilterGridGeometry *geometry = &self->geometry;
  double share = SCROLL_PER_SECOND / 60;
  double x = outside (self->drag_x, kilter_grid_geometry_view_x (geometry),
                      kilter_grid_geometry_view_width (geometry));
  double y = outside (self->drag_y, geometry->header_height,
                      kilter_grid_geometry_view_height (geometry));

  if (self->drag == KILTER_GRID_DRAG_ROWS)
    x = 0;
  if (self->drag == KILTER_GRID_DRAG_COLUMNS)
    y = 0;
  if (x != 0 || y != 0)
    {
      kilter_grid_scroll_by (
        self, geometry->rtl && geometry->mirror_columns ? -x * share : x * share, y * share);
      drag_to (self, self->drag_x, self->drag_y);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_drag (KilterGrid *self, KilterGridDrag drag, double x, double y)
{
  self->drag = drag;
  self->drag_x = x;
  self->drag_y = y;
  self->fill_target = (KilterGridRange) { 0, 0, 0, 0 };
  if (self->drag_tick == 0)
    self->drag_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), drag_tick_cb, NULL, NULL);
}

void
kilter_grid_stop_drag (KilterGrid *self)
{
  self->drag = KILTER_GRID_DRAG_NONE;
  if (self->drag_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag_tick);
  self->drag_tick = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
press (KilterGrid *self, double x, double y, GdkModifierType state, gboolean may_drag)
{
  KilterGridHit hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  gboolean extend = (state & GDK_SHIFT_MASK) && kilter_grid_has_cursor (self);
  KilterGridDrag drag = KILTER_GRID_DRAG_NONE;

  switch (hit.area)
    {
    case KILTER_GRID_AREA_CELL:
      kilter_grid_selection_move (self, hit.row, hit.col, extend);
      drag = KILTER_GRID_DRAG_CELLS;
      break;
    case KILTER_GRID_AREA_ROW_HEADER:
      kilter_grid_selection_rows (self, extend ? self->selection.anchor_row : hit.row, hit.row);
      drag = KILTER_GRID_DRAG_ROWS;
      break;
    case KILTER_GRID_AREA_COLUMN_HEADER:
      kilter_grid_selection_columns (self, extend ? self->selection.anchor_col : hit.col, hit.col);
      kilter_grid_emit_header_clicked (self, hit.col);
      drag = KILTER_GRID_DRAG_COLUMNS;
      break;
    case KILTER_GRID_AREA_CORNER:
      kilter_grid_selection_all (self);
      break;
    case KILTER_GRID_AREA_NONE:
    default:
      break;
    }
  if (may_drag && drag != KILTER_GRID_DRAG_NONE)
    start_drag (self, drag, x, y);
}

static gboolean
press_is_on_editor (KilterGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked && picked != GTK_WIDGET (self);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, KilterGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (gesture));
  KilterGridHit hit;
  KilterGridRect handle;

  if (self->model == NULL || is_touch (GTK_GESTURE (gesture)) || press_is_on_editor (self, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (!kilter_grid_commit_edit (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  if (hit.area == KILTER_GRID_AREA_ROW_HEADER && on_expander (self, hit.row, x))
    {
      toggle_row (self, hit.row);
      return;
    }
  if (kilter_grid_get_handle_rect (self, &handle) && in_rect (&handle, x, y, 4))
    start_drag (self, KILTER_GRID_DRAG_FILL, x, y);
  else
    press (self, x, y, state, TRUE);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, KilterGrid *self)
{
  double x, y;

  if (self->drag == KILTER_GRID_DRAG_NONE)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->drag_x == x + offset_x && self->drag_y == y + offset_y)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_x = x + offset_x;
  self->drag_y = y + offset_y;
  drag_to (self, self->drag_x, self->drag_y);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, KilterGrid *self)
{
  KilterGridDrag drag = self->drag;
  KilterGridRange target = self->fill_target;
  KilterGridRange source;
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (gesture));

  kilter_grid_stop_drag (self);
  if (drag != KILTER_GRID_DRAG_FILL || kilter_grid_range_is_empty (&target))
    return;
  kilter_grid_get_selection (self, &source);
  kilter_grid_fill (self, &source, &target, self->fill_direction, (state & GDK_ALT_MASK) != 0);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, KilterGrid *self)
{
  kilter_grid_stop_drag (self);
}

/* --- clicks and menus ------------------------------------------------------------------------ */

static void
click_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, KilterGrid *self)
{
  KilterGridHit hit;

  if (n_press != 2 || self->model == NULL || press_is_on_editor (self, x, y))
    return;
  hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  if (hit.area == KILTER_GRID_AREA_CELL)
    {
      if (!kilter_grid_begin_edit (self, NULL))
        kilter_grid_emit_activate (self, hit.row, hit.col);
    }
  else if (hit.area == KILTER_GRID_AREA_ROW_HEADER && !on_expander (self, hit.row, x))
    toggle_row (self, hit.row);
}

static void
click_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, KilterGrid *self)
{
  KilterGridHit hit;

  if (self->model == NULL || !is_touch (GTK_GESTURE (gesture)) || press_is_on_editor (self, x, y) ||
      !kilter_grid_commit_edit (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  if (hit.area == KILTER_GRID_AREA_ROW_HEADER && on_expander (self, hit.row, x))
    toggle_row (self, hit.row);
  else
    press (self, x, y, 0, FALSE);
}

static void
menu_closed_cb (GtkPopover *popover, KilterGrid *self)
{
  /* The chosen item's action runs after this: unparent once it has. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
popup_menu_at (KilterGrid *self, const GdkRectangle *at)
{
  if (self->menu_model == NULL)
    return;
  if (self->menu_popover == NULL)
    {
      self->menu_popover = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu_popover), FALSE);
      gtk_widget_set_halign (self->menu_popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu_popover, GTK_WIDGET (self));
      g_signal_connect_object (self->menu_popover, "closed", G_CALLBACK (menu_closed_cb), self,
                               G_CONNECT_DEFAULT);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu_popover), self->menu_model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu_popover), at);
  gtk_popover_popup (GTK_POPOVER (self->menu_popover));
}

/**
 * kilter_grid_popup_menu:
 * @row: row, −1 on the column header
 * @col: column, −1 on the row header
 * @x: place of the pointer
 * @y: place of the pointer
 */
void
kilter_grid_popup_menu (KilterGrid *self, int row, int col, double x, double y)
{
  kilter_grid_emit_context_menu (self, row, col, x, y);
  popup_menu_at (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

void
kilter_grid_popup_menu_at_cursor (KilterGrid *self)
{
  KilterGridRect rect;

  if (!kilter_grid_has_cursor (self))
    return;
  kilter_grid_scroll_to (self, self->selection.row, self->selection.col);
  kilter_grid_geometry_cell_rect (&self->geometry, self->selection.row, self->selection.col, &rect);
  kilter_grid_emit_context_menu (self, self->selection.row, self->selection.col, rect.x,
                                 rect.y + rect.height);
  popup_menu_at (self, &(GdkRectangle) { rect.x, rect.y, rect.width, rect.height });
}

/* A menu belongs to the selection when it opens on it, and to the cell below it otherwise. */
static void
open_menu (KilterGrid *self, double x, double y)
{
  KilterGridHit hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  KilterGridRange range;
  gboolean inside;

  if (self->model == NULL || hit.area == KILTER_GRID_AREA_NONE || !kilter_grid_commit_edit (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  kilter_grid_get_selection (self, &range);
  inside = (hit.row < 0 || (hit.row >= range.row && hit.row < range.row + range.n_rows)) &&
           (hit.col < 0 || (hit.col >= range.col && hit.col < range.col + range.n_cols));
  if (!inside && hit.area != KILTER_GRID_AREA_CORNER)
    press (self, x, y, 0, FALSE);
  kilter_grid_popup_menu (self, hit.row, hit.col, x, y);
}

static void
secondary_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, KilterGrid *self)
{
  if (press_is_on_editor (self, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

static void
long_press_cb (GtkGestureLongPress *gesture, double x, double y, KilterGrid *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

/* --- hover ----------------------------------------------------------------------------------- */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, KilterGrid *self)
{
  KilterGridHit hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  KilterGridRect handle;
  const char *cursor = NULL;

  if (self->model == NULL)
    return;
  if (kilter_grid_get_handle_rect (self, &handle) && in_rect (&handle, x, y, 4))
    cursor = "crosshair";
  else if (hit.area == KILTER_GRID_AREA_CELL)
    cursor = "cell";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
  kilter_grid_set_hover (self, hit.col);
}

/* In right-to-left layouts GtkScrolledWindow moves sideways against the wheel (GTK 4.18: it adds
 * the distance to a value that counts from the right); there the grid does it itself. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, KilterGrid *self)
{
  double page = kilter_grid_geometry_view_width (&self->geometry), to_later;
  double height = kilter_grid_geometry_view_height (&self->geometry);

  if (!self->geometry.rtl || dx == 0)
    return FALSE;
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    {
      dx *= pow (page, 2.0 / 3.0);
      dy *= pow (height, 2.0 / 3.0);
    }
  to_later = self->geometry.mirror_columns ? -dx : dx;
  kilter_grid_scroll_by (self, to_later, dy);
  return TRUE;
}

static void
leave_cb (GtkEventControllerMotion *controller, KilterGrid *self)
{
  kilter_grid_set_hover (self, -1);
}

static gboolean
query_tooltip_cb (KilterGrid *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  KilterGridHit hit = kilter_grid_geometry_hit (&self->geometry, x, y);
  GdkRectangle area;
  KilterGridRect rect = { 0, 0, 0, 0 };
  g_autofree char *text = NULL;

  if (self->model == NULL || keyboard)
    return FALSE;
  if (hit.area == KILTER_GRID_AREA_ROW_HEADER)
    {
      g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;

      kilter_grid_model_get_row (self->model, hit.row, &row);
      text = g_strdup (row.tooltip ? row.tooltip : row.label);
      rect = (KilterGridRect) { kilter_grid_geometry_header_x (&self->geometry),
                                kilter_grid_geometry_row_y (&self->geometry, hit.row),
                                self->geometry.header_width, self->geometry.row_height };
    }
  else if (hit.area == KILTER_GRID_AREA_COLUMN_HEADER)
    {
      g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

      kilter_grid_model_get_column (self->model, hit.col, &column);
      text = g_strdup (column.tooltip);
      rect.x = kilter_grid_geometry_column_x (&self->geometry, hit.col, &rect.width);
      rect.height = self->geometry.header_height;
    }
  else if (hit.area == KILTER_GRID_AREA_CELL)
    {
      text = kilter_grid_model_get_tooltip (self->model, hit.row, hit.col);
      kilter_grid_geometry_cell_rect (&self->geometry, hit.row, hit.col, &rect);
    }
  if (text == NULL || text[0] == '\0')
    return FALSE;
  area = (GdkRectangle) { rect.x, rect.y, rect.width, rect.height };
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);
  return TRUE;
}

/* --- installation ---------------------------------------------------------------------------- */

void
kilter_grid_add_pointer_controllers (KilterGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *gesture;
  GtkEventController *controller;

  gesture = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (gesture, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (click_pressed_cb), self);
  g_signal_connect (gesture, "released", G_CALLBACK (click_released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_press_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, controller);

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
