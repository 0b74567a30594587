/* kilter-backups-dialog.c: earlier copies of the plan's file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"

#include <glib/gi18n-lib.h>

#include "report/words/kilter-format.h"

static void
restore_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GFile *file = g_object_get_data (G_OBJECT (row), "file");
  GtkWidget *dialog = gtk_widget_get_ancestor (row, ADW_TYPE_DIALOG);
  g_autofree char *uri = NULL;

  if (!g_str_equal (answer, "restore"))
    return;
  uri = g_file_get_uri (file);
  gtk_widget_activate_action (row, "win.restore-backup", "s", uri);
  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

static void
restore_cb (GtkButton *button, GtkWidget *row)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Go Back to This Copy?"),
    _ ("The plan becomes what it was then. As it is now, it stays among the copies.")));

  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "restore", _ ("_Go Back"));
  adw_alert_dialog_set_response_appearance (dialog, "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, row, NULL, restore_answered_cb, g_object_ref (row));
}

static void
save_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GFile) target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GError) error = NULL;

  if (target != NULL && !g_file_copy (g_object_get_data (G_OBJECT (row), "file"), target,
                                      G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    kilter_message_dialog_present (row, _ ("The Copy Cannot Be Saved"), error->message);
}

static void
save_cb (GtkButton *button, GtkWidget *row)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save a Copy"));
  gtk_file_dialog_set_initial_name (dialog, g_object_get_data (G_OBJECT (row), "name"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (row)), NULL, save_chosen_cb,
                        g_object_ref (row));
}

static void
add_button (GtkWidget *row, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, row, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_row (KilterDocument *document, GFile *file)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GFileInfo) info = g_file_query_info (
    file, G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
    NULL, NULL);
  g_autoptr (GDateTime) time = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;
  g_autofree char *iso = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  g_autofree char *when = kilter_format_when (plan, iso);
  g_autofree char *size = info != NULL ? g_format_size ((guint64) g_file_info_get_size (info))
                                       : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  if (size != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
  g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);
  g_object_set_data_full (
    G_OBJECT (row), "name",
    g_strdup_printf ("%s %s.kilter", kilter_document_get_name (document), iso != NULL ? iso : ""),
    g_free);
  add_button (row, "document-save-symbolic", _ ("Save This Copy…"), G_CALLBACK (save_cb));
  if (!kilter_document_is_read_only (document))
    add_button (row, "edit-undo-symbolic", _ ("Go Back to This Copy…"), G_CALLBACK (restore_cb));
  return row;
}

void
kilter_backups_dialog_present (GtkWidget *parent, KilterDocument *document)
{
  g_autoptr (GPtrArray) kept = kilter_store_list_kept (kilter_document_get_file (document));
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("Whenever the plan is written to its file, a copy is kept on this computer: the last ones, "
       "and older ones farther apart."));
  for (guint i = 0; i < kept->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_row (document, g_ptr_array_index (kept, i)));
  if (kept->len == 0)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("No Copies Yet"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), page);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_title (dialog, _ ("Backups"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 520);
  kilter_help_set_page (GTK_WIDGET (dialog), "file");
  adw_dialog_present (dialog, parent);
}
