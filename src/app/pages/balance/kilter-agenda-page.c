/* kilter-agenda-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-agenda-page.h"

#include "plan/process/kilter-meeting.h"
#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>

struct _KilterAgendaPage
{
  KilterPage parent_instance;

  AdwToggleGroup *meetings;
  GtkLabel *total;
  GtkStack *stack;
  GtkListBox *items;
  GtkWidget *hint;
  GtkWidget *minutes_title;
  GtkLabel *minutes;

  int focus; /* the item that gets the focus after the next filling, or 0 */
};

G_DEFINE_FINAL_TYPE (KilterAgendaPage, kilter_agenda_page, KILTER_TYPE_PAGE)

static const char *
get_meeting (KilterAgendaPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->meetings);

  return name != NULL ? name : "pre";
}

/* --- moving --- */

static void
move_item (KilterAgendaPage *self, int item, int delta)
{
  KilterCommand *command = kilter_agenda_move (kilter_page_get_plan (KILTER_PAGE (self)), item,
                                               delta);

  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      return;
    }
  self->focus = item;
  kilter_page_apply (KILTER_PAGE (self), command, NULL);
}

static int
get_item (GtkWidget *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "item"));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        GtkWidget *row)
{
  KilterAgendaPage *self = KILTER_AGENDA_PAGE (
    gtk_widget_get_ancestor (row, KILTER_TYPE_AGENDA_PAGE));
  GdkModifierType held = state & (GDK_ALT_MASK | GDK_CONTROL_MASK | GDK_SHIFT_MASK);

  if (held != GDK_ALT_MASK || (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  move_item (self, get_item (row), keyval == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (G_TYPE_INT, get_item (row));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *row)
{
  KilterAgendaPage *self = KILTER_AGENDA_PAGE (
    gtk_widget_get_ancestor (row, KILTER_TYPE_AGENDA_PAGE));
  g_autoptr (GArray)
    items = kilter_agenda_list (kilter_page_get_plan (KILTER_PAGE (self)), get_meeting (self));
  int from = -1, to = -1, item = g_value_get_int (value);

  for (guint i = 0; i < items->len; i++)
    {
      if (g_array_index (items, int, i) == item)
        from = (int) i;
      if (g_array_index (items, int, i) == get_item (row))
        to = (int) i;
    }
  if (from < 0 || to < 0 || from == to)
    return FALSE;
  move_item (self, item, to - from);
  return TRUE;
}

/* --- rows --- */

static char *
describe (KilterPlan *plan, const KilterRecord *item)
{
  const KilterRecord *presenter = kilter_plan_get_record (
    plan, KILTER_TABLE_PERSON, kilter_record_ref (item, KILTER_AGENDA_PRESENTER));
  int minutes = (int) kilter_record_number_or (item, KILTER_AGENDA_MINUTES, 0);
  g_autofree char *time = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes),
                                           minutes);

  if (presenter == NULL)
    return g_steal_pointer (&time);
  return g_strdup_printf ("%s · %s", time, kilter_record_text (presenter, KILTER_PERSON_NAME));
}

static void
add_controllers (GtkWidget *row)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), row);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, keys);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
make_row (KilterAgendaPage *self, int id, guint number)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  const KilterRecord *item = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, id);
  const KilterRecord *decision = kilter_plan_get_record (
    plan, KILTER_TABLE_DECISION, kilter_record_ref (item, KILTER_AGENDA_DECISION));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = describe (plan, item);
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *mark = gtk_label_new (text);
  gboolean read_only = kilter_page_is_read_only (KILTER_PAGE (self));

  g_object_set_data (G_OBJECT (row), "item", GINT_TO_POINTER (id));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 kilter_record_text (item, KILTER_AGENDA_TITLE));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (mark, "numeric");
  gtk_widget_add_css_class (mark, "kilter-dim");
  if (!read_only)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  if (decision != NULL)
    {
      GtkWidget *pill = gtk_label_new (_ ("Decision"));

      gtk_widget_add_css_class (pill, "kilter-pill");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (pill, kilter_record_text (decision, KILTER_DECISION_TITLE));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  if (!read_only)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "agenda.edit");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", id);
      add_controllers (row);
    }
  return row;
}

/* --- the page --- */

static void
fill_minutes (KilterAgendaPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  const KilterRecord *held = kilter_meeting_find (plan, kilter_plan_get_current_cycle (plan),
                                                  get_meeting (self));
  const char *text = held != NULL ? kilter_record_text (held, KILTER_MEETING_TEXT) : "";

  gtk_widget_set_visible (self->minutes_title, *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->minutes), *text != '\0');
  gtk_label_set_label (self->minutes, text);
}

static void
kilter_agenda_page_refresh (KilterPage *page, KilterChange change)
{
  KilterAgendaPage *self = KILTER_AGENDA_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean read_only = kilter_page_is_read_only (page);
  g_autoptr (GArray) items = kilter_agenda_list (plan, get_meeting (self));
  int minutes = kilter_agenda_get_minutes (plan, get_meeting (self));
  g_autofree char *total = g_strdup_printf (
    ngettext ("%d minute in total", "%d minutes in total", (gulong) minutes), minutes);

  gtk_list_box_remove_all (self->items);
  for (guint i = 0; i < items->len; i++)
    {
      GtkWidget *row = make_row (self, g_array_index (items, int, i), i + 1);

      gtk_list_box_append (self->items, row);
      if (g_array_index (items, int, i) == self->focus)
        gtk_widget_grab_focus (row);
    }
  self->focus = 0;
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "items" : "empty");
  gtk_label_set_label (self->total, total);
  gtk_widget_set_visible (GTK_WIDGET (self->total), items->len > 0);
  gtk_widget_set_visible (self->hint, items->len > 1 && !read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agenda.propose", !read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agenda.add", !read_only);
  fill_minutes (self);
}

static char *
kilter_agenda_page_get_headline (KilterPage *page)
{
  g_autoptr (GArray) items = kilter_agenda_list (kilter_page_get_plan (page),
                                                 get_meeting (KILTER_AGENDA_PAGE (page)));

  return g_strdup_printf (
    ngettext ("The agenda has %u item", "The agenda has %u items", (gulong) items->len),
    items->len);
}

static void
meeting_cb (KilterAgendaPage *self)
{
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL)
    kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
propose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);

  kilter_page_apply (
    page,
    kilter_agenda_propose (kilter_page_get_plan (page), get_meeting (KILTER_AGENDA_PAGE (widget))),
    NULL);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_agenda_dialog_present (KILTER_PAGE (widget), get_meeting (KILTER_AGENDA_PAGE (widget)), 0);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_agenda_dialog_present (KILTER_PAGE (widget), get_meeting (KILTER_AGENDA_PAGE (widget)),
                                g_variant_get_int32 (parameter));
}

static void
add_cb (KilterAgendaPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "agenda.add", NULL);
}

static void
start_cb (KilterAgendaPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.start-meeting", "s", get_meeting (self));
}

static void
kilter_agenda_page_class_init (KilterAgendaPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  page_class->refresh = kilter_agenda_page_refresh;
  page_class->get_headline = kilter_agenda_page_get_headline;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/agenda-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, meetings);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, total);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, items);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, hint);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, minutes_title);
  gtk_widget_class_bind_template_child (widget_class, KilterAgendaPage, minutes);
  gtk_widget_class_install_action (widget_class, "agenda.propose", NULL, propose_action);
  gtk_widget_class_install_action (widget_class, "agenda.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "agenda.edit", "i", edit_action);
}

static void
kilter_agenda_page_init (KilterAgendaPage *self)
{
  GtkWidget *extra, *add, *start;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Agenda"));
  extra = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  add = gtk_button_new_with_label (_ ("Add Item…"));
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  start = gtk_button_new_with_label (_ ("Start Meeting"));
  gtk_widget_add_css_class (start, "flat");
  g_signal_connect_object (start, "clicked", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (extra), add);
  gtk_box_append (GTK_BOX (extra), start);
  kilter_page_set_header_extra (KILTER_PAGE (self), extra);
  g_signal_connect_object (self->meetings, "notify::active", G_CALLBACK (meeting_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->meetings));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->items));
}
