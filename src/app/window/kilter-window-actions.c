/* kilter-window-actions.c: what can be done in a window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/dialogs/kilter-password-dialog.h"
#include "app/document/kilter-document-store.h"
#include "app/export/kilter-page-export.h"
#include "app/export/kilter-page-print.h"
#include "plan/process/kilter-meeting.h"
#include "report/words/kilter-format.h"
#include "seal/kilter-seal.h"

/* --- editing ------------------------------------------------------------------------------------
 */

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!kilter_document_undo (self->document, &error))
    kilter_window_report (self, error);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!kilter_document_redo (self->document, &error))
    kilter_window_report (self, error);
}

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_run (self->page);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_document_cancel (KILTER_WINDOW (data)->document);
}

/* the button's action belongs to the page, the button does not */
static void
primary_cb (KilterWindow *self)
{
  const char *detailed = self->page != NULL ? kilter_page_get_primary_action (self->page) : NULL;
  const KilterViewInfo *view = kilter_views_find (kilter_session_get_view (self->session));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (detailed != NULL && g_action_parse_detailed_name (detailed, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->page), name, target);
  else if (view != NULL && view->step == 6)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.next-cycle", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.finish-step", NULL);
}

/* --- files --------------------------------------------------------------------------------------
 */

static GListModel *
plan_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) plans = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (plans, _ ("Kilter Plans"));
  gtk_file_filter_add_suffix (plans, "kilter");
  gtk_file_filter_add_suffix (plans, "kilter-sealed");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, plans);
  g_list_store_append (filters, all);
  return G_LIST_MODEL (filters);
}

static void
open_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), &file, 1,
                        self->document == NULL ? "here" : "");
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = plan_filters ();

  gtk_file_dialog_set_title (dialog, _ ("Open Plan"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog, GTK_WINDOW (data), NULL, open_chosen_cb, g_object_ref (data));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (kilter_document_file_finish (KILTER_DOCUMENT (source), result, &error))
    kilter_window_toast (self, _ ("Copy saved"), FALSE);
  else
    kilter_window_report (self, error);
}

static void
copy_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->document != NULL)
    kilter_document_save_copy_async (self->document, file, copied_cb, g_object_ref (self));
}

static void
save_copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = plan_filters ();
  /* Translators: the proposed name of a copied file; %s is the plan's name */
  g_autofree char *name = g_strdup_printf (_ ("%s (Copy).kilter"),
                                           kilter_document_get_name (self->document));

  gtk_file_dialog_set_title (dialog, _ ("Save a Copy"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, copy_chosen_cb, g_object_ref (self));
}

/* --- a sealed copy, to be sent --- */

typedef struct
{
  KilterWindow *window; /* a reference */
  char *password;
  GFile *file;
  GBytes *plain;
} Sealing;

static void
sealing_free (gpointer data)
{
  Sealing *self = data;

  g_object_unref (self->window);
  kilter_seal_forget (self->password);
  g_clear_object (&self->file);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_free (self);
}

static void
seal_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sealing *self = data;
  GError *error = NULL;
  g_autoptr (GBytes)
    sealed = kilter_seal_close (self->plain, self->password, KILTER_SEAL_NORMAL, &error);

  if (sealed != NULL && g_file_replace_contents (self->file, g_bytes_get_data (sealed, NULL),
                                                 g_bytes_get_size (sealed), NULL, FALSE,
                                                 G_FILE_CREATE_PRIVATE, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterWindow *self = KILTER_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    kilter_window_toast (self, _ ("Sealed copy saved"), FALSE);
  else
    kilter_window_report (self, error);
}

static void
sealed_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sealing *self = data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  self->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (self->file != NULL && self->window->document != NULL)
    self->plain = kilter_store_get_bytes (kilter_document_get_store (self->window->document),
                                          &error);
  if (error != NULL)
    kilter_window_report (self->window, error);
  if (self->plain == NULL)
    {
      sealing_free (self);
      return;
    }
  task = g_task_new (self->window, NULL, sealed_cb, NULL);
  g_task_set_task_data (task, self, sealing_free);
  g_task_run_in_thread (task, seal_run);
}

static void
new_password_cb (char *password, gpointer data)
{
  Sealing *self = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;

  self->password = password;
  if (password == NULL || self->window->document == NULL)
    {
      sealing_free (self);
      return;
    }
  name = g_strconcat (kilter_document_get_name (self->window->document), KILTER_SEAL_SUFFIX, NULL);
  gtk_file_dialog_set_title (dialog, _ ("Save a Sealed Copy"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self->window), NULL, sealed_chosen_cb, self);
}

static void
save_sealed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Sealing *self = g_new0 (Sealing, 1);

  self->window = g_object_ref (KILTER_WINDOW (data));
  kilter_password_dialog_present (
    GTK_WIDGET (data), _ ("Seal a Copy"),
    _ ("Whoever has the password can open the copy, and nobody else. It has at least 8 "
       "characters; tell it on another way than the file. A lost password is a lost file."),
    TRUE, new_password_cb, self);
}

static void
backups_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_backups_dialog_present (GTK_WIDGET (self), self->document);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (KilterDocument) document = g_object_ref (KILTER_DOCUMENT (source));
  g_autoptr (GFile) backup = g_object_steal_data (source, "backup");
  g_autoptr (GFile) file = g_object_steal_data (source, "file");
  g_autoptr (GError) error = NULL;

  if (!kilter_document_file_finish (document, result, &error) ||
      !g_file_copy (backup, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    {
      kilter_window_report (self, error);
      return;
    }
  kilter_window_set_document (self, NULL);
  g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), &file, 1,
                      "here");
}

/* The plan is written as it is now, so that it is among the copies itself; then the older one takes
 * its place. */
static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  GObject *document = G_OBJECT (self->document);

  g_object_set_data_full (document, "backup",
                          g_file_new_for_uri (g_variant_get_string (parameter, NULL)),
                          g_object_unref);
  g_object_set_data_full (document, "file",
                          g_object_ref (kilter_document_get_file (self->document)), g_object_unref);
  kilter_document_close_async (self->document, restored_cb, g_object_ref (self));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_import_dialog_present (GTK_WIDGET (self), self->document, NULL);
}

static void
export_table_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL && kilter_page_has_table (self->page))
    kilter_page_export_table (self->page);
  else
    kilter_window_toast (self, _ ("There is no table on this page"), FALSE);
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_print_shown (self->page,
                             g_str_equal (g_action_get_name (G_ACTION (action)), "export-pdf"));
}

/* --- conflict and closing -----------------------------------------------------------------------
 */

static void
reload (KilterWindow *self)
{
  g_autoptr (GFile) file = g_object_ref (kilter_document_get_file (self->document));
  g_autoptr (KilterDocument) document = g_object_ref (self->document);

  kilter_window_set_document (self, NULL);
  kilter_document_close_now (document, KILTER_STORE_CLOSE_DISCARD);
  g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), &file, 1,
                      "here");
}

static void
save_as_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || self->document == NULL)
    return;
  if (kilter_document_save_as (self->document, file, &error))
    kilter_window_toast (self, _ ("Your version goes on in its own file"), FALSE);
  else
    kilter_window_report (self, error);
}

static void
keep_mine (KilterWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: %1$s is the plan's name, %2$s a person */
  g_autofree char *name = g_strdup_printf (_ ("%1$s (%2$s).kilter"),
                                           kilter_document_get_name (self->document),
                                           kilter_document_get_user (self->document));

  gtk_file_dialog_set_title (dialog, _ ("Save My Version As"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, save_as_chosen_cb, g_object_ref (self));
}

static void
conflict_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (self->document == NULL)
    return;
  if (g_str_equal (answer, "reload"))
    reload (self);
  else if (g_str_equal (answer, "keep"))
    keep_mine (self);
}

static void
resolve_conflict_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Someone Else Changed This Plan"),
    kilter_document_has_unpublished (self->document)
      ? _ ("You changed it, too. Keep your version in a file of its own, or take the other one and "
           "lose your latest changes.")
      : _ ("Load the plan again to see the changes.")));

  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  if (kilter_document_has_unpublished (self->document))
    adw_alert_dialog_add_response (dialog, "keep", _ ("_Keep Mine…"));
  adw_alert_dialog_add_response (dialog, "reload", _ ("_Reload"));
  if (kilter_document_has_unpublished (self->document))
    adw_alert_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_DESTRUCTIVE);
  else
    adw_alert_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, conflict_answered_cb,
                           g_object_ref (self));
}

static void
close_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (answer, "keep") || self->document == NULL)
    {
      self->is_closing = FALSE;
      return;
    }
  kilter_document_close_now (self->document, KILTER_STORE_CLOSE_KEEP);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  if (kilter_document_file_finish (KILTER_DOCUMENT (source), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  body = g_strdup_printf (
    _ ("%s Your changes are safe on this computer and will be offered when Kilter starts again."),
    kilter_document_error_text (error));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("The File Could Not Be Written"), body));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "keep", _ ("_Close Anyway"));
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, close_answered_cb, g_object_ref (self));
}

/* Publishes what is new, then goes; asks when that fails. */
void
kilter_window_close_document (KilterWindow *self)
{
  kilter_document_close_async (self->document, closed_cb, g_object_ref (self));
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

/* --- steps and scenarios ------------------------------------------------------------------------
 */

static int
current_step (KilterWindow *self)
{
  const KilterViewInfo *view = kilter_views_find (kilter_session_get_view (self->session));

  return view != NULL ? view->step : 0;
}

static void
finish_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (current_step (self) > 0)
    kilter_finish_dialog_present (GTK_WIDGET (self), self->document, self->session,
                                  current_step (self));
}

static void
reopen_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (current_step (self) > 0)
    kilter_reopen_dialog_present (GTK_WIDGET (self), self->document, current_step (self));
}

static void
next_cycle_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_next_cycle_dialog_present (GTK_WIDGET (self), self->document);
}

static void
calendar_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_calendar_dialog_present (GTK_WIDGET (self), self->document);
}

static void
properties_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_properties_dialog_present (GTK_WIDGET (self), self->document);
}

static void
version_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_session_set_version (KILTER_WINDOW (data)->session, g_variant_get_int32 (parameter));
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_session_set_compared (KILTER_WINDOW (data)->session, g_variant_get_int32 (parameter));
}

static void
time_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterSession *session = KILTER_WINDOW (data)->session;
  int grain = g_variant_get_int32 (parameter);

  if (session == NULL || grain < KILTER_TIME_BUCKETS || grain > KILTER_TIME_YEARS)
    return;
  kilter_session_set_time (session, (KilterTimeGrain) grain);
  g_simple_action_set_state (action, g_variant_new_int32 (grain));
}

static void
new_scenario_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_scenario_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

/* --- meetings --- */

static void
meeting_left_cb (KilterWindow *self)
{
  gtk_stack_set_visible_child_name (self->root_stack, "plan");
  gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
meeting_ended_cb (KilterWindow *self)
{
  meeting_left_cb (self);
  gtk_stack_remove (self->root_stack, GTK_WIDGET (self->meeting));
  self->meeting = NULL;
  kilter_window_toast (self, _ ("Minutes saved"), FALSE);
}

/* A meeting that was left goes on where it was. */
static void
start_meeting_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  const char *asked = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";
  const char *meeting = *asked != '\0' ? asked : current_step (self) == 5 ? "executive" : "pre";

  if (self->meeting != NULL &&
      !g_str_equal (kilter_meeting_view_get_meeting (self->meeting), meeting))
    {
      gtk_stack_remove (self->root_stack, GTK_WIDGET (self->meeting));
      self->meeting = NULL;
    }
  if (self->meeting == NULL)
    {
      g_autoptr (GArray)
        items = kilter_agenda_list (kilter_document_get_plan (self->document), meeting);

      /* nobody has to write an agenda first */
      if (items->len == 0 && !kilter_document_is_read_only (self->document))
        {
          KilterCommand *command = kilter_agenda_propose (kilter_document_get_plan (self->document),
                                                          meeting);
          g_autofree char *now = kilter_document_get_now (self->document);

          kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
          kilter_document_apply (self->document, command, NULL);
        }
      self->meeting = KILTER_MEETING_VIEW (
        kilter_meeting_view_new (self->document, self->session, meeting));
      g_signal_connect_object (self->meeting, "leave", G_CALLBACK (meeting_left_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->meeting, "ended", G_CALLBACK (meeting_ended_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->root_stack, GTK_WIDGET (self->meeting));
    }
  gtk_stack_set_visible_child (self->root_stack, GTK_WIDGET (self->meeting));
  gtk_window_fullscreen (GTK_WINDOW (self));
  kilter_meeting_view_focus (self->meeting);
}

/* --- looking ------------------------------------------------------------------------------------
 */

static void
show_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (kilter_window_show (self, g_variant_get_string (parameter, NULL)))
    adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
show_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const KilterViewInfo *view = kilter_views_find_step (g_variant_get_int32 (parameter));

  if (view != NULL)
    kilter_window_show (data, view->key);
}

static void
step_page (KilterWindow *self, int direction)
{
  GtkWidget *stack = gtk_stack_get_visible_child (self->views);
  g_autoptr (GtkSelectionModel) pages = NULL;
  g_autoptr (GtkBitset) selected = NULL;
  int n, at;

  if (!ADW_IS_VIEW_STACK (stack))
    return;
  pages = adw_view_stack_get_pages (ADW_VIEW_STACK (stack));
  n = (int) g_list_model_get_n_items (G_LIST_MODEL (pages));
  selected = gtk_selection_model_get_selection (pages);
  if (n < 2 || gtk_bitset_is_empty (selected))
    return;
  at = (int) gtk_bitset_get_minimum (selected);
  gtk_selection_model_select_item (pages, (guint) ((at + direction + n) % n), TRUE);
}

static void
page_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_page (data, g_variant_get_int32 (parameter));
}

static void
problem_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_step_problem (self->page, g_variant_get_int32 (parameter));
}

static void
region_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_focus_next_region (data, g_variant_get_int32 (parameter));
}

static void
next_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  guint n = adw_toggle_group_get_n_toggles (self->unit_group);

  if (n > 1 && gtk_widget_get_visible (GTK_WIDGET (self->unit_group)))
    adw_toggle_group_set_active (self->unit_group,
                                 (adw_toggle_group_get_active (self->unit_group) + 1) % n);
}

static void
toggle_sidebar_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  gboolean collapsed = adw_navigation_split_view_get_collapsed (self->split);

  /* in a narrow window the list comes and goes as a page */
  if (collapsed && !self->hides_sidebar)
    {
      adw_navigation_split_view_set_show_content (
        self->split, !adw_navigation_split_view_get_show_content (self->split));
      return;
    }
  self->hides_sidebar = !collapsed;
  adw_navigation_split_view_set_collapsed (self->split, !collapsed);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
toggle_inspector_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page == NULL || kilter_page_get_inspector (self->page) == NULL)
    return;
  adw_overlay_split_view_set_show_sidebar (
    self->inspector_split, !adw_overlay_split_view_get_show_sidebar (self->inspector_split));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  /* in a list Ctrl+F filters the list */
  if (parameter == NULL && self->page != NULL && kilter_page_find (self->page))
    return;
  kilter_search_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

static void
commands_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_search_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

static void
filters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_filters_dialog_present (GTK_WIDGET (self), self->document, self->session,
                                   kilter_page_get_needs (self->page));
}

static void
set_scope_product_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  KilterScope scope = *kilter_session_get_scope (self->session);

  scope.category = scope.family = 0;
  scope.product = g_variant_get_int32 (parameter);
  kilter_session_set_scope (self->session, &scope);
}

static void
save_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_save_view (data);
}

static void
saved_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_open_saved_view (data, g_variant_get_int32 (parameter));
}

static void
saved_views_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_show_saved_views (data);
}

static void
walk_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_walk_products (data, g_variant_get_int32 (parameter));
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (data)))
    gtk_window_unfullscreen (GTK_WINDOW (data));
  else
    gtk_window_fullscreen (GTK_WINDOW (data));
}

/* --- setting up ---------------------------------------------------------------------------------
 */

/* those that need a plan; "open", "close" and "fullscreen" do not */
static const GActionEntry entries[] = {
  { .name = "undo", .activate = undo_cb },
  { .name = "redo", .activate = redo_cb },
  { .name = "run", .activate = run_cb },
  { .name = "cancel", .activate = cancel_cb },
  { .name = "save-copy", .activate = save_copy_cb },
  { .name = "save-sealed", .activate = save_sealed_cb },
  { .name = "backups", .activate = backups_cb },
  { .name = "restore-backup", .activate = restore_cb, .parameter_type = "s" },
  { .name = "import", .activate = import_cb },
  { .name = "export-table", .activate = export_table_cb },
  { .name = "print", .activate = print_cb },
  { .name = "export-pdf", .activate = print_cb },
  { .name = "resolve-conflict", .activate = resolve_conflict_cb },
  { .name = "finish-step", .activate = finish_step_cb },
  { .name = "reopen-step", .activate = reopen_step_cb },
  { .name = "next-cycle", .activate = next_cycle_cb },
  { .name = "cycle-calendar", .activate = calendar_cb },
  { .name = "plan-properties", .activate = properties_cb },
  { .name = "time", .activate = time_cb, .parameter_type = "i", .state = "0" },
  { .name = "compare", .activate = compare_cb, .parameter_type = "i", .state = "0" },
  { .name = "version", .activate = version_cb, .parameter_type = "i", .state = "1" },
  { .name = "new-scenario", .activate = new_scenario_cb },
  { .name = "start-meeting", .activate = start_meeting_cb, .parameter_type = "s" },
  { .name = "show-view", .activate = show_view_cb, .parameter_type = "s" },
  { .name = "show-step", .activate = show_step_cb, .parameter_type = "i" },
  { .name = "page-step", .activate = page_step_cb, .parameter_type = "i" },
  { .name = "problem", .activate = problem_cb, .parameter_type = "i" },
  { .name = "region", .activate = region_cb, .parameter_type = "i" },
  { .name = "next-unit", .activate = next_unit_cb },
  { .name = "toggle-sidebar", .activate = toggle_sidebar_cb },
  { .name = "toggle-inspector", .activate = toggle_inspector_cb, .state = "false" },
  { .name = "search", .activate = search_cb },
  { .name = "commands", .activate = commands_cb },
  { .name = "filters", .activate = filters_cb },
  { .name = "save-view", .activate = save_view_cb },
  { .name = "saved-view", .activate = saved_view_cb, .parameter_type = "i" },
  { .name = "saved-views", .activate = saved_views_cb },
  { .name = "walk", .activate = walk_cb, .parameter_type = "i" },
  { .name = "set-scope-product", .activate = set_scope_product_cb, .parameter_type = "i" },
};

static const GActionEntry always_entries[] = {
  { .name = "open", .activate = open_cb },
  { .name = "close", .activate = close_cb },
  { .name = "fullscreen", .activate = fullscreen_cb },
};

void
kilter_window_add_actions (KilterWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), always_entries,
                                   G_N_ELEMENTS (always_entries), self);
  g_signal_connect_swapped (self->primary_button, "clicked", G_CALLBACK (primary_cb), self);
  g_signal_connect_swapped (self->narrow_primary_button, "clicked", G_CALLBACK (primary_cb), self);
}

static void
set_enabled (KilterWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* "Undo Override of Mango Bar, July" */
static void
set_tooltip (GtkWidget *button, const char *verb, const char *label)
{
  g_autofree char *text = label != NULL ? g_strdup_printf ("%s %s", verb, label) : NULL;

  gtk_widget_set_tooltip_text (button, text != NULL ? text : verb);
}

static void
set_state (KilterWindow *self, const char *name, int state)
{
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)),
    g_variant_new_int32 (state));
}

void
kilter_window_update_actions (KilterWindow *self)
{
  gboolean has_plan = self->document != NULL;
  gboolean can_edit = has_plan && !kilter_document_is_read_only (self->document);
  gboolean has_inspector = self->page != NULL && kilter_page_get_inspector (self->page) != NULL;
  const char *undo = has_plan ? kilter_document_get_undo_label (self->document) : NULL;
  const char *redo = has_plan ? kilter_document_get_redo_label (self->document) : NULL;
  GAction *toggle;

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    set_enabled (self, entries[i].name, has_plan);
  set_enabled (self, "undo", undo != NULL);
  set_enabled (self, "redo", redo != NULL);
  set_tooltip (self->undo_button, _ ("Undo"), undo);
  set_tooltip (self->redo_button, _ ("Redo"), redo);
  set_enabled (self, "import", can_edit);
  set_enabled (self, "finish-step", can_edit);
  set_enabled (self, "reopen-step", can_edit);
  set_enabled (self, "next-cycle", can_edit);
  set_enabled (self, "save-view", can_edit);
  set_enabled (self, "backups", has_plan && kilter_document_get_file (self->document) != NULL);
  set_enabled (self, "restore-backup", can_edit);
  set_enabled (self, "new-scenario", can_edit);
  set_enabled (self, "run",
               can_edit && self->page != NULL && kilter_page_can_run (self->page) &&
                 !kilter_page_is_read_only (self->page) &&
                 !kilter_document_is_busy (self->document));
  set_enabled (self, "cancel", has_plan && kilter_document_is_busy (self->document));
  set_enabled (self, "export-table", has_plan && self->page != NULL);
  set_enabled (self, "print", self->page != NULL && has_plan);
  set_enabled (self, "export-pdf", self->page != NULL && has_plan);
  set_enabled (self, "problem", self->page != NULL && kilter_page_can_step (self->page));
  set_enabled (self, "toggle-inspector", has_inspector);
  if (self->session != NULL)
    {
      set_state (self, "time", (int) kilter_session_get_time (self->session));
      set_state (self, "compare", kilter_session_get_compared (self->session));
    }
  toggle = g_action_map_lookup_action (G_ACTION_MAP (self), "toggle-inspector");
  g_simple_action_set_state (
    G_SIMPLE_ACTION (toggle),
    g_variant_new_boolean (has_inspector &&
                           adw_overlay_split_view_get_show_sidebar (self->inspector_split)));
}
