/* kilter-grid.c: the planning grid widget: properties, signals, virtual functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other parts: -view (sizes, scrolling), -draw and -draw-headers (snapshot), -measure (widths),
 * -selection, -keys, -pointer, -editor, -actions (clipboard and filling), -accessible. */
#include "app/grid/kilter-grid-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_CORNER_LABEL,
  PROP_CROSSHAIR_COLUMN,
  PROP_COMPACT,
  PROP_READ_ONLY,
  PROP_STRETCH_COLUMNS,
  PROP_MIRROR_COLUMNS,
  PROP_ROW_HEADER_WIDTH,
  PROP_COLUMN_WIDTH,
  PROP_MENU_MODEL,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  N_PROPS = PROP_HADJUSTMENT
};

enum
{
  SELECTION_CHANGED,
  CROSSHAIR,
  COLUMNS_CHANGED,
  ACTIVATE_CELL,
  CONTEXT_MENU,
  MESSAGE,
  HEADER_CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KilterGrid,
                               kilter_grid,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE,
                                                      kilter_grid_accessible_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* --- the model's signals --------------------------------------------------------------------- */

static void
update_counts (KilterGrid *self)
{
  self->geometry.n_rows = self->model ? kilter_grid_model_get_n_rows (self->model) : 0;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_COUNT,
                                  self->geometry.n_rows + 1, GTK_ACCESSIBLE_RELATION_COL_COUNT,
                                  self->model ? kilter_grid_model_get_n_cols (self->model) + 1 : 0,
                                  -1);
}

static void
model_changed_cb (KilterGridModel *model, const KilterGridRange *range, KilterGrid *self)
{
  kilter_grid_accessible_changed (self, range);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where a row is after others came or went; a row that went away becomes the one before. */
static int
moved_row (int row, int position, int removed, int added)
{
  if (row < position)
    return row;
  if (row >= position + removed)
    return row - removed + added;
  return row < position + added ? row : MAX (0, position - 1);
}

static void
model_rows_changed_cb (KilterGridModel *model,
                       int position,
                       int removed,
                       int added,
                       KilterGrid *self)
{
  kilter_grid_cancel_edit (self);
  kilter_grid_accessible_reset (self);
  update_counts (self);
  if (self->selection.row >= 0)
    {
      self->selection.row = moved_row (self->selection.row, position, removed, added);
      self->selection.anchor_row = moved_row (self->selection.anchor_row, position, removed, added);
      self->selection.extent_row = moved_row (self->selection.extent_row, position, removed, added);
      g_signal_emit (self, signals[SELECTION_CHANGED], 0);
    }
  kilter_grid_selection_clamp (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
model_reset_cb (KilterGridModel *model, KilterGrid *self)
{
  kilter_grid_cancel_edit (self);
  kilter_grid_accessible_reset (self);
  update_counts (self);
  self->geometry.n_cols = kilter_grid_model_get_n_cols (model);
  self->geometry.n_frozen = kilter_grid_model_get_n_frozen (model);
  kilter_grid_ensure_style (self);
  kilter_grid_ensure_layout (self);
  kilter_grid_selection_clamp (self);
  kilter_grid_invalidate (self);
}

/* --- callbacks ------------------------------------------------------------------------------- */

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KilterGrid *self)
{
  if (self->editor || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return FALSE;
  if (kilter_grid_handle_key (self, keyval, state))
    return TRUE;
  if (!kilter_grid_starts_edit (self, keyval, state))
    return FALSE;
  if (!kilter_grid_begin_edit (self, ""))
    {
      kilter_grid_editor_explain_closed (self);
      return TRUE;
    }
  /* The press goes on to the text field, so that dead keys and input methods work from the first
   * one. */
  if (!gtk_event_controller_key_forward (controller, self->editor))
    {
      char text[7] = { 0 };

      g_unichar_to_utf8 (gdk_keyval_to_unicode (keyval), text);
      gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
      gtk_editable_set_position (GTK_EDITABLE (self->editor), -1);
    }
  return TRUE;
}

static void
focus_changed_cb (KilterGrid *self)
{
  if (self->model == NULL)
    return;
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && !kilter_grid_has_cursor (self))
    kilter_grid_selection_place (self);
  else
    kilter_grid_accessible_cursor_moved (self, -1, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
theme_changed_cb (KilterGrid *self)
{
  kilter_grid_drop_style (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- vfuncs ---------------------------------------------------------------------------------- */

static void
kilter_grid_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  KilterGrid *self = KILTER_GRID (widget);
  const KilterGridGeometry *geometry = &self->geometry;
  int n_cols = self->model ? kilter_grid_model_get_n_cols (self->model) : 0;

  kilter_grid_ensure_measured (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int column_width = kilter_grid_natural_column_width (self, self->measured_column_width);

      *minimum = 3 * self->style.min_column_width;
      *natural = MAX (*minimum,
                      kilter_grid_natural_header_width (self) + MIN (n_cols, 240) * column_width);
    }
  else
    {
      *minimum = geometry->header_height + 2 * geometry->row_height;
      *natural = (int) MIN (MAX ((gint64) *minimum, geometry->header_height +
                                                      kilter_grid_geometry_rows_height (geometry)),
                            8000);
    }
}

static void
kilter_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KilterGrid *self = KILTER_GRID (widget);

  self->geometry.width = width;
  self->geometry.height = height;
  kilter_grid_ensure_layout (self);
  kilter_grid_editor_allocate (self);
  kilter_grid_allocate_corner (self);
}

static void
kilter_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterGrid *self = KILTER_GRID (widget);
  const KilterGridGeometry *geometry = &self->geometry;

  if (self->model == NULL || !self->style_valid)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, geometry->width, geometry->height));
  kilter_grid_draw (self, snapshot);
  if (self->corner)
    gtk_widget_snapshot_child (widget, self->corner, snapshot);
  if (self->editor)
    {
      KilterGridRect rect;

      kilter_grid_geometry_cell_rect (geometry, self->edit_row, self->edit_col, &rect);
      gtk_snapshot_push_clip (snapshot,
                              &GRAPHENE_RECT_INIT (kilter_grid_geometry_view_x (geometry),
                                                   geometry->header_height,
                                                   kilter_grid_geometry_view_width (geometry),
                                                   kilter_grid_geometry_view_height (geometry)));
      gtk_snapshot_append_color (
        snapshot, &self->style.view,
        &GRAPHENE_RECT_INIT (rect.x + 2, rect.y + 1, rect.width - 4, rect.height - 3));
      gtk_widget_snapshot_child (widget, self->editor, snapshot);
      gtk_snapshot_pop (snapshot);
    }
  gtk_snapshot_pop (snapshot);
}

static void
kilter_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  KilterGrid *self = KILTER_GRID (widget);

  GTK_WIDGET_CLASS (kilter_grid_parent_class)->css_changed (widget, change);
  /* Focus and window state come by here too: they change no text. */
  if (self->style_valid && kilter_grid_style_is_current (&self->style, widget))
    gtk_widget_queue_draw (widget);
  else
    theme_changed_cb (self);
}

static void
kilter_grid_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kilter_grid_parent_class)->system_setting_changed (widget, setting);
  theme_changed_cb (KILTER_GRID (widget));
}

static void
kilter_grid_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (kilter_grid_parent_class)->direction_changed (widget, previous);
  theme_changed_cb (KILTER_GRID (widget));
}

/* One focus stop, after the one of the corner: the keys inside are the grid's own. What is open
 * over the cells, such as the menu, moves its focus itself. */
static gboolean
kilter_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KilterGrid *self = KILTER_GRID (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;

  if (self->editor || !gtk_widget_get_can_focus (widget))
    return FALSE;
  if (child != NULL)
    {
      if (gtk_widget_child_focus (child, direction))
        return TRUE;
      return child == self->corner && !back && gtk_widget_grab_focus (widget);
    }
  if (self->corner != NULL && gtk_widget_has_focus (widget) == back &&
      gtk_widget_child_focus (self->corner, direction))
    return TRUE;
  return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
}

static gboolean
kilter_grid_grab_focus (GtkWidget *widget)
{
  KilterGrid *self = KILTER_GRID (widget);

  return self->editor ? gtk_widget_grab_focus (self->editor)
                      : GTK_WIDGET_CLASS (kilter_grid_parent_class)->grab_focus (widget);
}

static void
kilter_grid_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KilterGrid *self = KILTER_GRID (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_CORNER_LABEL:
      g_value_set_string (value, self->corner_label);
      break;
    case PROP_CROSSHAIR_COLUMN:
      g_value_set_int (value, self->crosshair);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_STRETCH_COLUMNS:
      g_value_set_boolean (value, self->stretch);
      break;
    case PROP_MIRROR_COLUMNS:
      g_value_set_boolean (value, self->mirror);
      break;
    case PROP_ROW_HEADER_WIDTH:
      g_value_set_int (value, self->wanted_header_width);
      break;
    case PROP_COLUMN_WIDTH:
      g_value_set_int (value, self->wanted_column_width);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_flag (KilterGrid *self, gboolean *flag, gboolean value, guint prop_id)
{
  value = !!value;
  if (*flag == value)
    return;
  *flag = value;
  theme_changed_cb (self);
  kilter_grid_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
kilter_grid_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  KilterGrid *self = KILTER_GRID (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      kilter_grid_set_model (self, g_value_get_object (value));
      break;
    case PROP_CORNER_LABEL:
      kilter_grid_set_corner_label (self, g_value_get_string (value));
      break;
    case PROP_CROSSHAIR_COLUMN:
      kilter_grid_set_crosshair_column (self, g_value_get_int (value));
      break;
    case PROP_COMPACT:
      set_flag (self, &self->compact, g_value_get_boolean (value), prop_id);
      break;
    case PROP_READ_ONLY:
      kilter_grid_set_read_only (self, g_value_get_boolean (value));
      break;
    case PROP_STRETCH_COLUMNS:
      set_flag (self, &self->stretch, g_value_get_boolean (value), prop_id);
      break;
    case PROP_MIRROR_COLUMNS:
      set_flag (self, &self->mirror, g_value_get_boolean (value), prop_id);
      break;
    case PROP_ROW_HEADER_WIDTH:
      kilter_grid_set_row_header_width (self, g_value_get_int (value));
      break;
    case PROP_COLUMN_WIDTH:
      kilter_grid_set_column_width (self, g_value_get_int (value));
      break;
    case PROP_MENU_MODEL:
      kilter_grid_set_menu_model (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      kilter_grid_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      kilter_grid_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = (GtkScrollablePolicy) g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = (GtkScrollablePolicy) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kilter_grid_dispose (GObject *object)
{
  KilterGrid *self = KILTER_GRID (object);
  AdwStyleManager *manager = adw_style_manager_get_for_display (
    gtk_widget_get_display (GTK_WIDGET (self)));

  g_signal_handlers_disconnect_by_data (manager, self);
  kilter_grid_cancel_edit (self);
  g_clear_pointer (&self->menu_popover, gtk_widget_unparent);
  g_ptr_array_set_size (self->popovers, 0);
  g_clear_pointer (&self->corner, gtk_widget_unparent);
  kilter_grid_accessible_reset (self);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i])
      {
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
        g_clear_object (&self->adjustments[i]);
      }
  g_clear_object (&self->menu_model);
  G_OBJECT_CLASS (kilter_grid_parent_class)->dispose (object);
}

static void
kilter_grid_finalize (GObject *object)
{
  KilterGrid *self = KILTER_GRID (object);

  g_clear_pointer (&self->layouts, kilter_grid_layouts_free);
  g_ptr_array_unref (self->popovers);
  kilter_grid_style_clear (&self->style);
  kilter_grid_geometry_clear (&self->geometry);
  g_free (self->edges);
  g_free (self->corner_label);
  G_OBJECT_CLASS (kilter_grid_parent_class)->finalize (object);
}

/* --- init ------------------------------------------------------------------------------------ */

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, KILTER_TYPE_GRID_MODEL, flags);
  properties[PROP_CORNER_LABEL] = g_param_spec_string ("corner-label", NULL, NULL, NULL, flags);
  properties[PROP_CROSSHAIR_COLUMN] = g_param_spec_int ("crosshair-column", NULL, NULL, -1,
                                                        G_MAXINT, -1, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_STRETCH_COLUMNS] = g_param_spec_boolean ("stretch-columns", NULL, NULL, TRUE,
                                                           flags);
  properties[PROP_MIRROR_COLUMNS] = g_param_spec_boolean ("mirror-columns", NULL, NULL, FALSE,
                                                          flags);
  properties[PROP_ROW_HEADER_WIDTH] = g_param_spec_int ("row-header-width", NULL, NULL, -1, 4000,
                                                        -1, flags);
  properties[PROP_COLUMN_WIDTH] = g_param_spec_int ("column-width", NULL, NULL, -1, 4000, -1,
                                                    flags);
  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL,
                                                     flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static guint
new_signal (const char *name, guint n, GType a, GType b, GType c, GType d)
{
  return g_signal_new (name, KILTER_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n, a, b, c, d);
}

static void
kilter_grid_class_init (KilterGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kilter_grid_get_property;
  object_class->set_property = kilter_grid_set_property;
  object_class->dispose = kilter_grid_dispose;
  object_class->finalize = kilter_grid_finalize;
  widget_class->measure = kilter_grid_measure;
  widget_class->size_allocate = kilter_grid_size_allocate;
  widget_class->snapshot = kilter_grid_snapshot;
  widget_class->css_changed = kilter_grid_css_changed;
  widget_class->system_setting_changed = kilter_grid_system_setting_changed;
  widget_class->direction_changed = kilter_grid_direction_changed;
  widget_class->focus = kilter_grid_focus;
  widget_class->grab_focus = kilter_grid_grab_focus;
  install_properties (object_class);

  signals[SELECTION_CHANGED] = new_signal ("selection-changed", 0, 0, 0, 0, 0);
  signals[CROSSHAIR] = new_signal ("crosshair", 1, G_TYPE_INT, 0, 0, 0);
  signals[COLUMNS_CHANGED] = new_signal ("columns-changed", 0, 0, 0, 0, 0);
  signals[ACTIVATE_CELL] = new_signal ("activate-cell", 2, G_TYPE_INT, G_TYPE_INT, 0, 0);
  signals[CONTEXT_MENU] = new_signal ("context-menu", 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_DOUBLE,
                                      G_TYPE_DOUBLE);
  signals[MESSAGE] = new_signal ("message", 2, G_TYPE_STRING, G_TYPE_BOOLEAN, 0, 0);
  signals[HEADER_CLICKED] = new_signal ("header-clicked", 1, G_TYPE_INT, 0, 0, 0);

  kilter_grid_class_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "kilter-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
kilter_grid_init (KilterGrid *self)
{
  AdwStyleManager *manager;
  GtkEventController *controller;

  kilter_grid_geometry_init (&self->geometry);
  self->popovers = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->selection = (KilterGridSelection) { -1, -1, -1, -1, -1, -1 };
  self->crosshair = -1;
  self->wanted_header_width = self->wanted_column_width = -1;
  self->stretch = TRUE;
  for (int i = 0; i < 2; i++)
    kilter_grid_set_adjustment (self, (GtkOrientation) i, NULL);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  kilter_grid_add_pointer_controllers (self);
  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);

  manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (theme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (theme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color-rgba", G_CALLBACK (theme_changed_cb),
                           self, G_CONNECT_SWAPPED);
  kilter_grid_update_actions (self);
}

/* --- for the other files --------------------------------------------------------------------- */

void
kilter_grid_message (KilterGrid *self, const char *text, gboolean is_error)
{
  g_signal_emit (self, signals[MESSAGE], 0, text, is_error);
}

/* The column under the pointer or the cursor; the chart above follows. */
void
kilter_grid_set_hover (KilterGrid *self, int col)
{
  if (self->hover_col == col && self->crosshair == col)
    return;
  self->hover_col = col;
  kilter_grid_set_crosshair_column (self, col);
  g_signal_emit (self, signals[CROSSHAIR], 0, col);
}

gboolean
kilter_grid_cell_is_editable (KilterGrid *self, int row, int col)
{
  KilterGridCell cell;

  if (self->model == NULL || row < 0 || col < 0 || row >= self->geometry.n_rows ||
      col >= kilter_grid_model_get_n_cols (self->model))
    return FALSE;
  kilter_grid_model_get_cell (self->model, row, col, &cell);
  return cell.flags & KILTER_GRID_CELL_FLAG_EDITABLE &&
         !(cell.flags & KILTER_GRID_CELL_FLAG_LOCKED);
}

gboolean
kilter_grid_emit_activate (KilterGrid *self, int row, int col)
{
  if (!g_signal_has_handler_pending (self, signals[ACTIVATE_CELL], 0, TRUE))
    return FALSE;
  g_signal_emit (self, signals[ACTIVATE_CELL], 0, row, col);
  return TRUE;
}

void
kilter_grid_emit_header_clicked (KilterGrid *self, int col)
{
  g_signal_emit (self, signals[HEADER_CLICKED], 0, col);
}

void
kilter_grid_emit_context_menu (KilterGrid *self, int row, int col, double x, double y)
{
  g_signal_emit (self, signals[CONTEXT_MENU], 0, row, col, x, y);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * kilter_grid_new:
 * @model: (nullable) (transfer none): what to show
 */
GtkWidget *
kilter_grid_new (KilterGridModel *model)
{
  return g_object_new (KILTER_TYPE_GRID, "model", model, NULL);
}

KilterGridModel *
kilter_grid_get_model (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), NULL);

  return self->model;
}

void
kilter_grid_set_model (KilterGrid *self, KilterGridModel *model)
{
  g_return_if_fail (KILTER_IS_GRID (self));
  g_return_if_fail (model == NULL || KILTER_IS_GRID_MODEL (model));

  if (self->model == model)
    return;
  kilter_grid_cancel_edit (self);
  kilter_grid_accessible_reset (self);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  self->selection = (KilterGridSelection) { -1, -1, -1, -1, -1, -1 };
  self->geometry.scroll_x = self->geometry.scroll_y = 0;
  if (model)
    {
      g_signal_connect (model, "changed", G_CALLBACK (model_changed_cb), self);
      g_signal_connect (model, "rows-changed", G_CALLBACK (model_rows_changed_cb), self);
      g_signal_connect (model, "reset", G_CALLBACK (model_reset_cb), self);
    }
  update_counts (self);
  self->measured_column_width = 0;
  kilter_grid_ensure_layout (self);
  kilter_grid_invalidate (self);
  kilter_grid_update_actions (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

const char *
kilter_grid_get_corner_label (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), NULL);

  return self->corner_label;
}

void
kilter_grid_set_corner_label (KilterGrid *self, const char *label)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  if (!g_set_str (&self->corner_label, label))
    return;
  /* What the numbers are in is also the best name for a screen reader; pages may set a longer one.
   */
  if (label)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  kilter_grid_invalidate (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CORNER_LABEL]);
}

gboolean
kilter_grid_get_read_only (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), TRUE);

  return self->read_only;
}

void
kilter_grid_set_read_only (KilterGrid *self, gboolean read_only)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  if (read_only)
    kilter_grid_cancel_edit (self);
  set_flag (self, &self->read_only, read_only, PROP_READ_ONLY);
}

gboolean
kilter_grid_get_compact (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), FALSE);

  return self->compact;
}

void
kilter_grid_set_compact (KilterGrid *self, gboolean compact)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  set_flag (self, &self->compact, compact, PROP_COMPACT);
}

void
kilter_grid_set_menu_model (KilterGrid *self, GMenuModel *menu_model)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  if (g_set_object (&self->menu_model, menu_model))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MENU_MODEL]);
}

int
kilter_grid_get_crosshair_column (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), -1);

  return self->crosshair;
}

/**
 * kilter_grid_set_crosshair_column:
 * @column: column whose header is drawn in accent, −1 for that of the cursor
 */
void
kilter_grid_set_crosshair_column (KilterGrid *self, int column)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  column = MAX (column, -1);
  if (self->crosshair == column)
    return;
  self->crosshair = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CROSSHAIR_COLUMN]);
}

/**
 * kilter_grid_set_row_header_width:
 * @width: pixels at 100 % text size, −1 to measure the labels; a narrow grid gives it less
 */
void
kilter_grid_set_row_header_width (KilterGrid *self, int width)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  width = MAX (width, -1);
  if (self->wanted_header_width == width)
    return;
  self->wanted_header_width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW_HEADER_WIDTH]);
}

/**
 * kilter_grid_set_column_width:
 * @width: least width of columns in pixels at 100 % text size, −1 to measure; numbers are never cut
 */
void
kilter_grid_set_column_width (KilterGrid *self, int width)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  width = MAX (width, -1);
  if (self->wanted_column_width == width)
    return;
  self->wanted_column_width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN_WIDTH]);
}
