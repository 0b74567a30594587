/* kilter-form.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-form.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/window/kilter-page.h"

static void
form_free (gpointer data)
{
  KilterForm *form = data;

  if (form->free_user_data != NULL)
    form->free_user_data (form->user_data);
  g_clear_object (&form->document);
  g_free (form);
}

static void
save_cb (KilterForm *form)
{
  if (form->save (form, form->user_data))
    adw_dialog_close (form->dialog);
}

static GtkWidget *
make_header (KilterForm *form, const char *label)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  form->button = gtk_button_new_with_mnemonic (label);
  gtk_widget_add_css_class (form->button, "suggested-action");
  g_signal_connect_swapped (form->button, "clicked", G_CALLBACK (save_cb), form);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), form->button);
  return header;
}

KilterForm *
kilter_form_new (GtkWidget *window,
                 KilterDocument *document,
                 const char *title,
                 const char *button,
                 KilterFormSave save,
                 gpointer user_data,
                 GDestroyNotify free_user_data)
{
  KilterForm *form = g_new0 (KilterForm, 1);
  GtkWidget *toolbar = adw_toolbar_view_new ();

  form->window = window;
  form->document = g_object_ref (document);
  form->save = save;
  form->user_data = user_data;
  form->free_user_data = free_user_data;
  form->dialog = adw_dialog_new ();
  form->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, form_free);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), make_header (form, button));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (form->page));
  adw_dialog_set_child (form->dialog, toolbar);
  adw_dialog_set_title (form->dialog, title);
  adw_dialog_set_content_width (form->dialog, 500);
  return form;
}

AdwPreferencesGroup *
kilter_form_add_group (KilterForm *form, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  if (escaped != NULL)
    adw_preferences_group_set_title (group, escaped);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (form->page, group);
  return group;
}

AdwComboRow *
kilter_form_add_combo (AdwPreferencesGroup *group,
                       const char *title,
                       const char *const *choices,
                       guint selected)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

AdwEntryRow *
kilter_form_add_entry (AdwPreferencesGroup *group, const char *title, const char *text)
{
  AdwEntryRow *row = ADW_ENTRY_ROW (adw_entry_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

AdwSpinRow *
kilter_form_add_spin (AdwPreferencesGroup *group,
                      const char *title,
                      const char *subtitle,
                      double lowest,
                      double highest,
                      double step,
                      double value)
{
  AdwSpinRow *row = ADW_SPIN_ROW (adw_spin_row_new_with_range (lowest, highest, step));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_spin_row_set_value (row, value);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

void
kilter_form_add_delete (KilterForm *form, const char *title, GCallback deleted, gpointer user_data)
{
  AdwPreferencesGroup *group = kilter_form_add_group (form, NULL, NULL);
  GtkWidget *button = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (button), title);
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_swapped (button, "activated", deleted, user_data);
  adw_preferences_group_add (group, button);
}

void
kilter_form_report (KilterForm *form, const GError *error)
{
  kilter_message_dialog_present (GTK_WIDGET (form->dialog), _ ("This Could Not Be Done"),
                                 kilter_document_error_text (error));
}

gboolean
kilter_form_apply (KilterForm *form, KilterCommand *command)
{
  GtkWidget *page = gtk_widget_get_ancestor (form->window, KILTER_TYPE_PAGE);
  g_autoptr (GError) error = NULL;

  /* the dialog of a page may do what the page may */
  if (page != NULL ? kilter_page_try (KILTER_PAGE (page), command, &error)
                   : kilter_document_apply (form->document, command, &error))
    return TRUE;
  kilter_form_report (form, error);
  return FALSE;
}

void
kilter_form_present (KilterForm *form)
{
  adw_dialog_present (form->dialog, form->window);
}

GtkStringList *
kilter_people_list_new (const KilterPlan *plan, GArray *out_ids)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  const int nobody = 0;

  g_array_append_val (out_ids, nobody);
  gtk_string_list_append (list, _ ("Nobody"));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    {
      g_array_append_val (out_ids, person->id);
      gtk_string_list_append (list, kilter_record_text (person, KILTER_PERSON_NAME));
    }
  return list;
}
