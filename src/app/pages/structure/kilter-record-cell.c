/* kilter-record-cell.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-record-cell.h"

#include <glib/gi18n-lib.h>

#include "app/pages/structure/kilter-record-edit.h"
#include "app/pages/structure/kilter-record-picker.h"

struct _KilterRecordCell
{
  GtkWidget parent_instance;

  KilterRecordTable *table; /* not owned: the cell is inside */
  int field;
  KilterFieldType type;
  KilterRecordItem *item;
  gulong changed;
  GtkWidget *label; /* (nullable) */
  GtkWidget *check; /* (nullable): for yes and no */
  GtkWidget *text;  /* (nullable): while typing */
  gboolean is_updating;
  gboolean had_focus;
};

G_DEFINE_FINAL_TYPE (KilterRecordCell, kilter_record_cell, GTK_TYPE_WIDGET)

static int
get_id (KilterRecordCell *self)
{
  return self->item != NULL ? kilter_record_item_get_id (self->item) : 0;
}

static gboolean
is_number (KilterRecordCell *self)
{
  return self->type == KILTER_FIELD_NUMBER || self->type == KILTER_FIELD_INT;
}

static gboolean
is_listed (KilterRecordCell *self)
{
  return self->type == KILTER_FIELD_REF || self->type == KILTER_FIELD_CHOICE;
}

/* --- showing ------------------------------------------------------------------------------------
 */

static void
underline (GtkLabel *label, gboolean is_wrong)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (is_wrong)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_ERROR));
      gtk_widget_add_css_class (GTK_WIDGET (label), "kilter-bad");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "kilter-bad");
  gtk_label_set_attributes (label, attributes);
}

static void
update (KilterRecordCell *self)
{
  KilterPlan *plan = kilter_record_table_get_plan (self->table);
  KilterTableId table = kilter_record_table_get_table (self->table);
  const char *problem = NULL, *draft;
  g_autofree char *text = NULL, *name = NULL;

  if (self->item == NULL || plan == NULL)
    return;
  draft = kilter_record_table_get_draft (self->table, get_id (self), self->field, &problem);
  text = draft != NULL ? g_strdup (draft)
                       : kilter_record_get_text (plan, table, get_id (self), self->field);
  if (self->check != NULL)
    {
      const KilterRecord *record = kilter_plan_get_record (plan, table, get_id (self));

      self->is_updating = TRUE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check),
                                   record != NULL && kilter_record_bool (record, self->field));
      gtk_widget_set_sensitive (self->check, kilter_record_table_is_editable (self->table));
      self->is_updating = FALSE;
    }
  else
    {
      gtk_label_set_text (GTK_LABEL (self->label), text);
      underline (GTK_LABEL (self->label), draft != NULL);
    }
  /* each setting asks the display where the pointer is */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), problem) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), problem);
  /* Translators: a cell of a table as it is read aloud: the column, then what stands there */
  name = g_strdup_printf (_ ("%1$s: %2$s"), kilter_record_get_label (table, self->field), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->check != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    kilter_record_get_label (table, self->field), -1);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
    draft != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* --- typing -------------------------------------------------------------------------------------
 */

static void
stop (KilterRecordCell *self, gboolean commit)
{
  g_autofree char *typed = NULL;
  GtkWidget *text = self->text;

  if (text == NULL)
    return;
  self->text = NULL;
  typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (text)));
  gtk_widget_set_visible (self->label, TRUE);
  /* the focus must not go away with the field */
  if (gtk_widget_is_focus (text))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (text);
  if (commit && self->item != NULL)
    kilter_record_table_commit (self->table, get_id (self), self->field, typed);
  update (self);
}

static void
move (KilterRecordCell *self, int rows, int columns)
{
  if (self->item != NULL)
    kilter_record_table_move (self->table, get_id (self), self->field, rows, columns);
}

static gboolean
text_key_cb (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             gpointer data)
{
  KilterRecordCell *self = data;

  switch (key)
    {
    case GDK_KEY_Escape:
      stop (self, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      stop (self, TRUE);
      move (self, state & GDK_SHIFT_MASK ? -1 : 1, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      stop (self, TRUE);
      move (self, 0, key == GDK_KEY_Tab ? 1 : -1);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
text_leave_cb (GtkEventControllerFocus *controller, gpointer data)
{
  KilterRecordCell *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* another window in front does not end the typing */
  if (root != NULL && GTK_IS_WINDOW (root) && !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  stop (self, TRUE);
}

static void
begin_text (KilterRecordCell *self, const char *content, gboolean select)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  KilterTableId table = kilter_record_table_get_table (self->table);

  self->text = gtk_text_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->text), content);
  gtk_editable_set_alignment (GTK_EDITABLE (self->text), is_number (self) ? 1 : 0);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_record_get_label (table, self->field), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (text_key_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (text_leave_cb), self);
  gtk_widget_add_controller (self->text, keys);
  gtk_widget_add_controller (self->text, focus);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  if (select)
    gtk_widget_grab_focus (self->text);
  else
    gtk_text_grab_focus_without_selecting (GTK_TEXT (self->text));
}

static void
picked_cb (const char *text, gpointer data)
{
  KilterRecordCell *self = data;

  if (self->item != NULL)
    kilter_record_table_commit (self->table, get_id (self), self->field, text);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * kilter_record_cell_edit:
 *
 * Begins to edit; tells why when it cannot be edited.
 */
void
kilter_record_cell_edit (KilterRecordCell *self)
{
  KilterPlan *plan = kilter_record_table_get_plan (self->table);
  KilterTableId table = kilter_record_table_get_table (self->table);
  const char *draft;
  g_autofree char *content = NULL;

  if (self->item == NULL || self->text != NULL || self->check != NULL ||
      !kilter_record_table_is_editable (self->table))
    return;
  draft = kilter_record_table_get_draft (self->table, get_id (self), self->field, NULL);
  content = draft != NULL ? g_strdup (draft)
                          : kilter_record_get_edit_text (plan, table, get_id (self), self->field);
  if (is_listed (self))
    kilter_record_picker_popup (GTK_WIDGET (self), plan, table, self->field, content, picked_cb,
                                self);
  else
    begin_text (self, content, TRUE);
}

/* --- callbacks ----------------------------------------------------------------------------------
 */

static gboolean
key_command (KilterRecordCell *self, guint key, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) && (key == GDK_KEY_c || key == GDK_KEY_C))
    kilter_record_table_copy (self->table, get_id (self), self->field);
  else if ((state & GDK_CONTROL_MASK) && (key == GDK_KEY_v || key == GDK_KEY_V))
    kilter_record_table_paste (self->table, get_id (self), self->field);
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_F2)
    kilter_record_cell_edit (self);
  else if (key == GDK_KEY_Delete && kilter_record_table_is_editable (self->table))
    {
      kilter_record_table_commit (self->table, get_id (self), self->field, "");
      update (self);
    }
  else if (key == GDK_KEY_Escape &&
           kilter_record_table_get_draft (self->table, get_id (self), self->field, NULL) != NULL)
    {
      /* what could not be taken is given up */
      kilter_record_table_commit (self->table, get_id (self), self->field, NULL);
      update (self);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer data)
{
  KilterRecordCell *self = data;
  gunichar character = gdk_keyval_to_unicode (key);

  if (self->text != NULL || self->item == NULL || self->check != NULL)
    return GDK_EVENT_PROPAGATE;
  if (key_command (self, key, state))
    return GDK_EVENT_STOP;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) || character == 0 ||
      !g_unichar_isprint (character) || !kilter_record_table_is_editable (self->table))
    return GDK_EVENT_PROPAGATE;
  if (is_listed (self))
    {
      if (character != ' ')
        return GDK_EVENT_PROPAGATE;
      kilter_record_cell_edit (self);
      return GDK_EVENT_STOP;
    }
  /* typing replaces; the field gets the key, so that input methods see it */
  begin_text (self, "", FALSE);
  return gtk_event_controller_key_forward (controller, self->text);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KilterRecordCell *self = data;

  self->had_focus = gtk_widget_is_focus (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  KilterRecordCell *self = data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (gesture));

  if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    return;
  if (self->text == NULL && (self->had_focus || n_press > 1))
    kilter_record_cell_edit (self);
}

static void
focus_enter_cb (GtkEventControllerFocus *controller, gpointer data)
{
  KilterRecordCell *self = data;

  if (self->item != NULL)
    kilter_record_table_explain (self->table, get_id (self), self->field);
}

static void
toggled_cb (GtkCheckButton *check, gpointer data)
{
  KilterRecordCell *self = data;

  if (self->is_updating || self->item == NULL)
    return;
  kilter_record_table_commit (self->table, get_id (self), self->field,
                              gtk_check_button_get_active (check) ? "1" : "0");
  update (self);
}

/* --- the widget ---------------------------------------------------------------------------------
 */

static gboolean
kilter_record_cell_grab_focus (GtkWidget *widget)
{
  KilterRecordCell *self = KILTER_RECORD_CELL (widget);

  if (self->check != NULL)
    return gtk_widget_grab_focus (self->check);
  if (self->text != NULL)
    return gtk_widget_grab_focus (self->text);
  return GTK_WIDGET_CLASS (kilter_record_cell_parent_class)->grab_focus (widget);
}

static void
kilter_record_cell_dispose (GObject *object)
{
  KilterRecordCell *self = KILTER_RECORD_CELL (object);
  GtkWidget *child;

  kilter_record_cell_set_item (self, NULL);
  self->text = self->label = self->check = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (kilter_record_cell_parent_class)->dispose (object);
}

static void
kilter_record_cell_class_init (KilterRecordCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_record_cell_dispose;
  widget_class->grab_focus = kilter_record_cell_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recordcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kilter_record_cell_init (KilterRecordCell *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * kilter_record_cell_new:
 * @table: what the cell is part of
 *
 * Returns: (transfer floating): a cell without a record
 */
GtkWidget *
kilter_record_cell_new (KilterRecordTable *table, int field)
{
  KilterRecordCell *self = g_object_new (KILTER_TYPE_RECORD_CELL, NULL);

  self->table = table;
  self->field = field;
  self->type = kilter_table_get_info (kilter_record_table_get_table (table))->fields[field].type;
  if (self->type == KILTER_FIELD_BOOL)
    {
      self->check = gtk_check_button_new ();
      gtk_widget_set_halign (self->check, GTK_ALIGN_CENTER);
      gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
      g_signal_connect (self->check, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_widget_set_parent (self->check, GTK_WIDGET (self));
      return GTK_WIDGET (self);
    }
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), is_number (self) ? 1 : 0);
  if (is_number (self))
    gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * kilter_record_cell_set_item:
 * @item: (nullable): the row
 */
void
kilter_record_cell_set_item (KilterRecordCell *self, KilterRecordItem *item)
{
  if (self->item == item)
    return;
  stop (self, TRUE);
  if (self->item != NULL)
    g_signal_handler_disconnect (self->item, self->changed);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed = g_signal_connect_object (item, "changed", G_CALLBACK (update), self,
                                           G_CONNECT_SWAPPED);
  update (self);
}
