/* kilter-record-picker.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-record-picker.h"

#include <glib/gi18n-lib.h>

#include "app/pages/structure/kilter-record-edit.h"

/* below this many entries a search is in the way */
#define SEARCH_FROM 10

typedef struct
{
  GtkPopover *popover;
  GtkSingleSelection *selection;
  GtkWidget *list;
  KilterRecordPicked picked;
  gpointer user_data;
} Picker;

/**
 * kilter_record_list_choices:
 *
 * Returns: (transfer full): the entries that a field can have, "" first where it may be missing
 */
GtkStringList *
kilter_record_list_choices (KilterPlan *plan, KilterTableId table, int field)
{
  const KilterFieldInfo *info = &kilter_table_get_info (table)->fields[field];
  GtkStringList *list = gtk_string_list_new (NULL);

  if (!(info->flags & KILTER_FIELD_REQUIRED))
    gtk_string_list_append (list, "");
  for (int i = 0; info->type == KILTER_FIELD_CHOICE && info->choices[i] != NULL; i++)
    gtk_string_list_append (list, kilter_record_get_choice_name (info->choices[i]));
  if (info->type == KILTER_FIELD_REF)
    KILTER_FOREACH_RECORD (plan, info->ref, record)
      gtk_string_list_take (list, kilter_record_get_long_name (plan, info->ref, record->id));
  return list;
}

static void
picker_free (gpointer data)
{
  g_free (data);
}

static gboolean
unparent_cb (gpointer data)
{
  gtk_widget_unparent (GTK_WIDGET (data));
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
pick (Picker *self, guint position)
{
  g_autoptr (GtkStringObject)
    item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autofree char *text = item != NULL ? g_strdup (gtk_string_object_get_string (item)) : NULL;

  gtk_popover_popdown (self->popover);
  if (text != NULL)
    self->picked (text, self->user_data);
}

static void
activate_cb (GtkListView *list, guint position, gpointer data)
{
  pick (data, position);
}

static void
entry_activate_cb (GtkSearchEntry *entry, gpointer data)
{
  Picker *self = data;
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    pick (self, position);
}

/* While one types, the arrows move in the list. */
static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint key,
               guint code,
               GdkModifierType state,
               gpointer data)
{
  Picker *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);

  if ((key != GDK_KEY_Down && key != GDK_KEY_Up) || n == 0)
    return GDK_EVENT_PROPAGATE;
  if (at == GTK_INVALID_LIST_POSITION)
    at = 0;
  else if (key == GDK_KEY_Down)
    at = MIN (at + 1, n - 1);
  else if (at > 0)
    at--;
  gtk_list_view_scroll_to (GTK_LIST_VIEW (self->list), at, GTK_LIST_SCROLL_SELECT, NULL);
  return GDK_EVENT_STOP;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      *text != '\0' ? text : C_ ("no entry chosen", "None"));
}

static GtkWidget *
make_list (Picker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choices"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static GtkWidget *
make_search (Picker *self, GtkStringFilter *filter)
{
  GtkWidget *entry = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (entry, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Choices"), -1);
  g_object_bind_property (entry, "text", filter, "search", G_BINDING_DEFAULT);
  g_signal_connect (entry, "activate", G_CALLBACK (entry_activate_cb), self);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self->popover);
  return entry;
}

void
kilter_record_picker_popup (GtkWidget *parent,
                            KilterPlan *plan,
                            KilterTableId table,
                            int field,
                            const char *current,
                            KilterRecordPicked picked,
                            gpointer user_data)
{
  Picker *self = g_new0 (Picker, 1);
  GtkStringList *choices = kilter_record_list_choices (plan, table, field);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (choices));
  GtkStringFilter *filter = gtk_string_filter_new (
    gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  GtkFilterListModel *filtered = gtk_filter_list_model_new (G_LIST_MODEL (choices),
                                                            GTK_FILTER (g_object_ref (filter)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list, *search = NULL;
  guint at = gtk_string_list_find (choices, current);

  self->picked = picked;
  self->user_data = user_data;
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  list = make_list (self);
  if (n > SEARCH_FROM)
    {
      search = make_search (self, filter);
      gtk_box_append (GTK_BOX (box), search);
    }
  gtk_box_append (GTK_BOX (box), list);
  gtk_popover_set_child (self->popover, box);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (self->popover), "picker", self, picker_free);
  g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), parent);
  if (at != GTK_INVALID_LIST_POSITION && at < n)
    gtk_single_selection_set_selected (self->selection, at);
  gtk_popover_popup (self->popover);
  if (at != GTK_INVALID_LIST_POSITION && at < n)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->list), at,
                             search == NULL ? GTK_LIST_SCROLL_FOCUS : 0, NULL);
  gtk_widget_grab_focus (search != NULL ? search : self->list);
  g_object_unref (filter);
  g_object_unref (self->selection);
}
