/* kilter-saved-views.c: named views of the plan: a page, its scope, unit and grouping
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are settings of the plan, so that everybody who opens it has them. */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#define N_VIEWS 9

/* name, page, grouping, unit, scope */
#define VIEW_TYPE "(ssss(iiiiii))"

static GVariant *
read_view (KilterWindow *self, int number)
{
  g_autofree char *key = g_strdup_printf ("view.%d", number);
  const char *text = kilter_plan_get_setting (kilter_document_get_plan (self->document), key);

  return text != NULL && *text != '\0'
           ? g_variant_parse (G_VARIANT_TYPE (VIEW_TYPE), text, NULL, NULL, NULL)
           : NULL;
}

static const char *
get_name (GVariant *view)
{
  const char *name;

  g_variant_get_child (view, 0, "&s", &name);
  return name;
}

static void
write_view (KilterWindow *self, int number, GVariant *view, const char *label)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  KilterCommand *command = kilter_command_new ("view", label);
  g_autofree char *key = g_strdup_printf ("view.%d", number);
  g_autofree char *text = view != NULL ? g_variant_print (view, FALSE) : g_strdup ("");
  g_autoptr (GError) error = NULL;

  kilter_command_set_setting (command, plan, key, text);
  if (!kilter_document_apply (self->document, command, &error))
    kilter_window_report (self, error);
}

/* --- saving --- */

static int
find_free (KilterWindow *self, const char *name)
{
  int free_number = 0;

  for (int number = 1; number <= N_VIEWS; number++)
    {
      g_autoptr (GVariant) view = read_view (self, number);

      /* the same name is the same view, saved anew */
      if (view != NULL && g_str_equal (get_name (view), name))
        return number;
      if (view == NULL && free_number == 0)
        free_number = number;
    }
  return free_number;
}

static void
save_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GtkEditable *entry = g_object_get_data (source, "name");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *label = NULL, *target = NULL, *toast = NULL;
  g_autoptr (GVariant) view = NULL;
  const KilterScope *scope;
  int number;

  if (!g_str_equal (answer, "save") || self->document == NULL || *name == '\0')
    return;
  number = find_free (self, name);
  if (number == 0)
    {
      kilter_window_toast (self, _ ("There are nine saved views already. Delete one first."),
                           FALSE);
      return;
    }
  scope = kilter_session_get_scope (self->session);
  target = g_strdup_printf ("%s/%s", kilter_session_get_view (self->session),
                            kilter_session_get_page (self->session));
  view = g_variant_ref_sink (g_variant_new (
    VIEW_TYPE, name, target, kilter_session_get_pivot (self->session),
    kilter_display_unit_get_key (kilter_session_get_unit (self->session)), scope->category,
    scope->family, scope->product, scope->region, scope->channel, scope->resource));
  /* Translators: %s is the name of a saved view */
  label = g_strdup_printf (_ ("Save View “%s”"), name);
  write_view (self, number, view, label);
  /* Translators: %1$s is the name of a saved view, Alt+%2$d the keys that open it */
  toast = g_strdup_printf (_ ("“%1$s” opens with Alt+%2$d"), name, number);
  kilter_window_toast (self, toast, TRUE);
}

static void
name_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

void
kilter_window_save_view (KilterWindow *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Save View"), _ ("Keeps the page with its products, regions, unit, grouping and filter.")));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Name"));
  g_object_set (entry, "activates-default", TRUE, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_alert_dialog_set_extra_child (dialog, list);
  g_object_set_data (G_OBJECT (dialog), "name", entry);
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "save", _ ("_Save"));
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_response_enabled (dialog, "save", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, save_answered_cb, g_object_ref (self));
}

/* --- opening --- */

gboolean
kilter_window_open_saved_view (KilterWindow *self, int number)
{
  g_autoptr (GVariant) view = read_view (self, number);
  const char *name, *target, *pivot, *unit;
  KilterScope scope;

  if (view == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("There is no saved view %d"), number);

      kilter_window_toast (self, text, FALSE);
      return FALSE;
    }
  g_variant_get (view, "(&s&s&s&s(iiiiii))", &name, &target, &pivot, &unit, &scope.category,
                 &scope.family, &scope.product, &scope.region, &scope.channel, &scope.resource);
  kilter_window_show (self, target);
  for (KilterDisplayUnit u = 0; u < KILTER_N_DISPLAY_UNITS; u++)
    if (g_str_equal (kilter_display_unit_get_key (u), unit))
      kilter_session_set_unit (self->session, u);
  kilter_session_set_scope (self->session, &scope);
  kilter_session_set_pivot (self->session, pivot);
  /* a product of the view may be gone */
  kilter_window_repair_session (self);
  return TRUE;
}

/* --- the list --- */

static void fill_list (KilterWindow *self, GtkListBox *list);

static void
delete_cb (GtkButton *button, KilterWindow *self)
{
  int number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "number"));
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX);
  g_autoptr (GVariant) view = read_view (self, number);
  g_autofree char *label = NULL;

  if (view == NULL)
    return;
  /* Translators: %s is the name of a saved view */
  label = g_strdup_printf (_ ("Delete View “%s”"), get_name (view));
  write_view (self, number, NULL, label);
  fill_list (self, GTK_LIST_BOX (list));
}

static void
activated_cb (GtkListBoxRow *row, KilterWindow *self)
{
  int number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "number"));
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_DIALOG);

  if (kilter_window_open_saved_view (self, number))
    adw_dialog_close (ADW_DIALOG (dialog));
}

static void
fill_list (KilterWindow *self, GtkListBox *list)
{
  gboolean any = FALSE;

  gtk_list_box_remove_all (list);
  for (int number = 1; number <= N_VIEWS; number++)
    {
      g_autoptr (GVariant) view = read_view (self, number);
      g_autofree char *keys = NULL;
      GtkWidget *row, *button;

      if (view == NULL)
        continue;
      any = TRUE;
      row = adw_action_row_new ();
      button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      keys = gtk_accelerator_get_label ((guint) (GDK_KEY_0 + number), GDK_ALT_MASK);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_name (view));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), keys);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "number", GINT_TO_POINTER (number));
      g_object_set_data (G_OBJECT (button), "number", GINT_TO_POINTER (number));
      gtk_widget_set_tooltip_text (button, _ ("Delete"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_sensitive (button, !kilter_document_is_read_only (self->document));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
      g_signal_connect_object (button, "clicked", G_CALLBACK (delete_cb), self, 0);
      gtk_list_box_append (list, row);
    }
  if (!any)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("No Saved Views"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   _ ("Save one from the corner of a planning grid"));
      gtk_list_box_append (list, row);
    }
}

void
kilter_window_show_saved_views (KilterWindow *self)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Saved Views"), -1);
  gtk_widget_add_css_class (list, "boxed-list");
  fill_list (self, GTK_LIST_BOX (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), page);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_title (dialog, _ ("Saved Views"));
  adw_dialog_set_content_width (dialog, 420);
  adw_dialog_set_content_height (dialog, 420);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- walking from product to product --- */

/**
 * kilter_window_walk_products:
 * @direction: +1 for the next product, -1 for the one before
 *
 * Within what is chosen; from the last product on it begins again.
 */
void
kilter_window_walk_products (KilterWindow *self, int direction)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  KilterScope scope = *kilter_session_get_scope (self->session);
  KilterScope around = scope;
  g_autoptr (GArray) products = NULL;
  int at = direction > 0 ? -1 : 0;

  if (self->page == NULL || (kilter_page_get_needs (self->page) & KILTER_PAGE_NEEDS_PRODUCT) == 0)
    return;
  around.product = 0;
  products = kilter_scope_get_rows (plan, &around, KILTER_GRAIN_PRODUCT);
  if (products->len == 0)
    return;
  for (guint i = 0; i < products->len; i++)
    if (g_array_index (products, int, i) == scope.product)
      at = (int) i;
  at = (at + direction + (int) products->len) % (int) products->len;
  scope.product = g_array_index (products, int, at);
  kilter_session_set_scope (self->session, &scope);
}
