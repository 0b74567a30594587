/* kilter-grid-editor.c: the one real text field of the grid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It exists only while a cell is edited. A value that the model refuses keeps the field open, with
 * the reason beside the cell; leaving the grid in that state drops the text and says so. */
#include "app/grid/kilter-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
kilter_grid_editor_hide_error (KilterGrid *self)
{
  if (self->error_popover == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self->error_popover));
  g_clear_pointer (&self->error_popover, gtk_widget_unparent);
  if (self->editor)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_STATE_INVALID);
}

/* The test backend of GTK 4.18 lacks this one method and calls NULL. */
static void
announce (KilterGrid *self, const char *message)
{
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_error (KilterGrid *self, const char *message)
{
  GtkWidget *label = gtk_label_new (message);
  KilterGridRect rect;

  kilter_grid_editor_hide_error (self);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);

  self->error_popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->error_popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->error_popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->error_popover), label);
  gtk_widget_add_css_class (self->error_popover, "kilter-grid-error");
  gtk_widget_set_can_focus (self->error_popover, FALSE);
  gtk_widget_set_parent (self->error_popover, GTK_WIDGET (self));
  kilter_grid_geometry_cell_rect (&self->geometry, self->edit_row, self->edit_col, &rect);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->error_popover),
                               &(GdkRectangle) { rect.x, rect.y, rect.width, rect.height });
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (GTK_POPOVER (self->error_popover));

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  announce (self, message);
}

static void focus_widget_cb (GtkRoot *root, GParamSpec *pspec, KilterGrid *self);

/* Takes the field away; the grid has the focus again if the field had it. */
static void
close_editor (KilterGrid *self)
{
  GtkWidget *editor = self->editor;
  gboolean had_focus;

  if (editor == NULL)
    return;
  kilter_grid_editor_hide_error (self);
  had_focus = gtk_widget_is_focus (editor);
  self->editor = NULL;
  if (self->edit_root)
    g_signal_handlers_disconnect_by_func (self->edit_root, focus_widget_cb, self);
  g_clear_weak_pointer (&self->edit_root);
  if (had_focus && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (editor);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  kilter_grid_update_actions (self);
}

static gboolean
try_commit (KilterGrid *self, GError **error)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  g_autofree char *before = kilter_grid_model_get_edit_text (self->model, self->edit_row,
                                                             self->edit_col);

  /* Looking at a value with F2 does not override it. */
  if (!self->edit_typed && g_strcmp0 (text, before) == 0)
    return TRUE;
  return kilter_grid_model_set_text (self->model, self->edit_row, self->edit_col, text, error);
}

static void
editor_changed_cb (GtkEditable *editable, KilterGrid *self)
{
  kilter_grid_editor_hide_error (self);
}

/* The focus went elsewhere in the window: what was typed counts. Another window that comes to the
 * front changes nothing: people look numbers up while they type. */
static void
focus_widget_cb (GtkRoot *root, GParamSpec *pspec, KilterGrid *self)
{
  GtkWidget *focus = gtk_root_get_focus (root);
  g_autoptr (GError) error = NULL;

  if (self->editor == NULL || gtk_widget_in_destruction (GTK_WIDGET (self)) ||
      gtk_widget_in_destruction (GTK_WIDGET (root)))
    return;
  if (focus && (focus == self->editor || gtk_widget_is_ancestor (focus, self->editor)))
    return;
  if (!try_commit (self, &error))
    kilter_grid_message (self, error->message, TRUE);
  close_editor (self);
}

static void
move_after (KilterGrid *self, int d_row, int d_col)
{
  if (kilter_grid_commit_edit (self))
    kilter_grid_selection_next (self, d_row, d_col);
}

static gboolean
handle_arrow (KilterGrid *self, guint keyval)
{
  int forward = self->geometry.rtl && self->geometry.mirror_columns ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (kilter_grid_commit_edit (self))
        kilter_grid_selection_step (self, keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up ? -1 : 1,
                                    0, FALSE, FALSE);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (!self->edit_typed)
        return FALSE;
      if (kilter_grid_commit_edit (self))
        kilter_grid_selection_step (
          self, 0, keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -forward : forward, FALSE,
          FALSE);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * kilter_grid_editor_handle_key:
 *
 * Keys that end editing; all others are the text field's.
 */
gboolean
kilter_grid_editor_handle_key (KilterGrid *self, guint keyval, GdkModifierType state)
{
  gboolean shift = state & GDK_SHIFT_MASK;

  if (self->editor == NULL || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      move_after (self, shift ? -1 : 1, 0);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      move_after (self, 0, shift || keyval == GDK_KEY_ISO_Left_Tab ? -1 : 1);
      return TRUE;
    case GDK_KEY_Escape:
      kilter_grid_cancel_edit (self);
      return TRUE;
    case GDK_KEY_F2:
      self->edit_typed = FALSE;
      return TRUE;
    default:
      return shift ? FALSE : handle_arrow (self, keyval);
    }
}

static gboolean
editor_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               KilterGrid *self)
{
  return kilter_grid_editor_handle_key (self, keyval, state);
}

static void
create_editor (KilterGrid *self)
{
  GtkEventController *controller;
  g_autofree char *name = kilter_grid_model_describe_cell (self->model, self->edit_row,
                                                           self->edit_col);
  PangoAttrList *attributes = pango_attr_list_new ();
  KilterGridCell cell;

  self->editor = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX,
                               NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_add_css_class (self->editor, "kilter-grid-editor");
  /* Numbers stand at the right in every locale, words at the start. */
  kilter_grid_model_get_cell (self->model, self->edit_row, self->edit_col, &cell);
  gtk_editable_set_alignment (GTK_EDITABLE (self->editor),
                              cell.flags & KILTER_GRID_CELL_FLAG_TEXT || self->geometry.rtl ? 0
                                                                                            : 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->editor), 1);
  pango_attr_list_insert (attributes,
                          pango_attr_font_desc_new (self->style.fonts[KILTER_GRID_FONT_CELL]));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  gtk_text_set_attributes (GTK_TEXT (self->editor), attributes);
  pango_attr_list_unref (attributes);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (editor_key_cb), self);
  gtk_widget_add_controller (self->editor, controller);
  g_signal_connect (self->editor, "changed", G_CALLBACK (editor_changed_cb), self);
}

/**
 * kilter_grid_editor_begin:
 * @initial_text: (nullable): text that replaces the value; %NULL to change the value itself
 *
 * Returns: whether the cursor's cell can be edited and now is
 */
gboolean
kilter_grid_editor_begin (KilterGrid *self, const char *initial_text)
{
  g_autofree char *text = NULL;

  if (self->editor)
    return TRUE;
  if (self->read_only || !kilter_grid_has_cursor (self) ||
      !kilter_grid_cell_is_editable (self, self->selection.row, self->selection.col))
    return FALSE;

  kilter_grid_ensure_layout (self);
  self->edit_row = self->selection.row;
  self->edit_col = self->selection.col;
  self->edit_typed = initial_text != NULL;
  kilter_grid_scroll_to (self, self->edit_row, self->edit_col);
  text = initial_text
           ? g_strdup (initial_text)
           : kilter_grid_model_get_edit_text (self->model, self->edit_row, self->edit_col);
  create_editor (self);
  gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  gtk_text_grab_focus_without_selecting (GTK_TEXT (self->editor));
  gtk_editable_set_position (GTK_EDITABLE (self->editor), -1);
  g_set_weak_pointer (&self->edit_root, gtk_widget_get_root (GTK_WIDGET (self)));
  if (self->edit_root)
    g_signal_connect (self->edit_root, "notify::focus-widget", G_CALLBACK (focus_widget_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  kilter_grid_update_actions (self);
  return TRUE;
}

/* Says why the cell at the cursor takes no typing. */
void
kilter_grid_editor_explain_closed (KilterGrid *self)
{
  KilterGridCell cell;

  if (!kilter_grid_has_cursor (self))
    return;
  kilter_grid_model_get_cell (self->model, self->selection.row, self->selection.col, &cell);
  if (self->read_only)
    kilter_grid_message (self, _ ("This table is read-only."), TRUE);
  else if (cell.flags & KILTER_GRID_CELL_FLAG_LOCKED)
    kilter_grid_message (self, _ ("This cell is locked. Unlock it to change it."), TRUE);
  else
    kilter_grid_message (self, _ ("This value is calculated and cannot be typed."), TRUE);
}

/* Puts the field on its cell, inside the selection's border. A cell narrower than the text lets the
 * field grow over the cells before it. */
void
kilter_grid_editor_allocate (KilterGrid *self)
{
  KilterGridRect rect;
  int minimum, natural, padding = self->style.padding;
  GskTransform *transform;

  if (self->error_popover)
    gtk_popover_present (GTK_POPOVER (self->error_popover));
  if (self->menu_popover)
    gtk_popover_present (GTK_POPOVER (self->menu_popover));
  for (guint i = 0; i < self->popovers->len; i++)
    gtk_popover_present (GTK_POPOVER (g_ptr_array_index (self->popovers, i)));
  if (self->editor == NULL)
    return;

  kilter_grid_geometry_cell_rect (&self->geometry, self->edit_row, self->edit_col, &rect);
  rect.x += 2;
  rect.width -= 2 + padding;
  rect.height -= 1;
  gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural, NULL, NULL);
  rect.y += (rect.height - 1 - MIN (natural, rect.height)) / 2;
  rect.height = MAX (minimum, MIN (natural, rect.height));
  gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  rect.width = MAX (rect.width, minimum);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (rect.x, rect.y));
  gtk_widget_allocate (self->editor, rect.width, rect.height, -1, transform);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * kilter_grid_begin_edit:
 * @self: a grid
 * @initial_text: (nullable): text to begin with; %NULL for the present value
 *
 * Edits the cell at the cursor.
 *
 * Returns: whether it can be edited
 */
gboolean
kilter_grid_begin_edit (KilterGrid *self, const char *initial_text)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), FALSE);

  return kilter_grid_editor_begin (self, initial_text);
}

/**
 * kilter_grid_commit_edit:
 *
 * Gives the typed text to the model.
 *
 * Returns: %FALSE when the model refused it: the field stays open and shows the reason
 */
gboolean
kilter_grid_commit_edit (KilterGrid *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (KILTER_IS_GRID (self), TRUE);

  if (self->editor == NULL)
    return TRUE;
  if (!try_commit (self, &error))
    {
      show_error (self, error->message);
      return FALSE;
    }
  close_editor (self);
  return TRUE;
}

void
kilter_grid_cancel_edit (KilterGrid *self)
{
  g_return_if_fail (KILTER_IS_GRID (self));

  close_editor (self);
}

gboolean
kilter_grid_is_editing (KilterGrid *self)
{
  g_return_val_if_fail (KILTER_IS_GRID (self), FALSE);

  return self->editor != NULL;
}
