/* kilter-import-dialog.c: the way through an import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/import/kilter-import-private.h"
#include "app/window/kilter-window.h"
#include "report/words/kilter-format.h"

G_DEFINE_FINAL_TYPE (KilterImportDialog, kilter_import_dialog, ADW_TYPE_DIALOG)

/* --- steps --------------------------------------------------------------------------------------
 */

static const char *
current_step (KilterImportDialog *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static void
show_step (KilterImportDialog *self, const char *step)
{
  gboolean is_match = g_str_equal (step, "match");
  gboolean is_result = g_str_equal (step, "result");
  gboolean is_new = g_strcmp0 (current_step (self), step) != 0;
  gboolean can_go_on;
  g_autofree char *count = NULL;
  g_autofree char *label = NULL;

  gtk_stack_set_visible_child_name (self->stack, step);
  adw_window_title_set_title (self->window_title, is_match    ? _ ("Match Columns")
                                                  : is_result ? _ ("Result")
                                                              : _ ("Choose File"));
  adw_window_title_set_subtitle (self->window_title, is_match    ? _ ("Step 2 of 3")
                                                     : is_result ? _ ("Step 3 of 3")
                                                                 : _ ("Step 1 of 3"));
  gtk_button_set_label (self->back_button, is_match || is_result ? _ ("_Back") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), is_match || is_result);
  can_go_on = self->preview != NULL && !self->preview->refused &&
              self->preview->questions->len == 0 && self->preview->n_ready > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next",
                                 (is_match || is_result) && can_go_on);
  if (is_match && self->preview != NULL)
    {
      count = kilter_format_count (self->preview->n_rows);
      /* Translators: %s is a number of rows */
      label = g_strdup_printf (
        ngettext ("Check %s Row", "Check %s Rows", (gulong) self->preview->n_rows), count);
      gtk_button_set_label (self->next_button, label);
    }
  else if (is_result)
    gtk_button_set_label (self->next_button, _ ("Import"));
  /* where all is well, Enter goes on */
  if (is_new && can_go_on && (is_match || is_result))
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

/* --- reading ------------------------------------------------------------------------------------
 */

/* of the thread; the dialog looks at the count from time to time */
typedef struct
{
  GFile *file;
  KilterImportOptions *options;
  GMutex lock;
  guint64 n_rows;
  gint64 started;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  kilter_import_options_free (reading->options);
  g_mutex_clear (&reading->lock);
  g_free (reading);
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  Reading *reading = data;

  g_mutex_lock (&reading->lock);
  reading->n_rows = done;
  g_mutex_unlock (&reading->lock);
}

static gboolean
tick_cb (gpointer data)
{
  GTask *task = data;
  KilterImportDialog *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  g_autofree char *rows = NULL;
  g_autofree char *speed = NULL;
  g_autofree char *text = NULL;
  double seconds = (double) (g_get_monotonic_time () - reading->started) / G_USEC_PER_SEC;
  guint64 n;

  g_mutex_lock (&reading->lock);
  n = reading->n_rows;
  g_mutex_unlock (&reading->lock);
  if (n == 0)
    return G_SOURCE_CONTINUE;
  rows = kilter_format_count ((guint) MIN (n, G_MAXUINT));
  speed = kilter_format_count ((guint) MIN ((double) n / seconds, G_MAXUINT));
  /* Translators: %1$s is a number of rows, %2$s how many of them in a second */
  text = g_strdup_printf (_ ("%1$s rows, %2$s rows per second"), rows, speed);
  adw_status_page_set_description (self->busy_page, text);
  return G_SOURCE_CONTINUE;
}

/* In a process of its own, with limits: files may be anything. */
static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autoptr (KilterJob) job = kilter_job_new (cancellable);
  GError *error = NULL;
  KilterImportFile *rows;

  kilter_job_set_progress (job, progress_cb, reading);
  rows = kilter_import_read_in_child (reading->file, reading->options, job, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) kilter_import_file_free);
  else
    g_task_return_error (task, error);
}

static void
refuse (KilterImportDialog *self, const char *reason)
{
  g_autofree char *escaped = g_markup_escape_text (reason, -1);

  adw_status_page_set_description (self->refusal, escaped);
  show_step (self, "refused");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;
  KilterImportFile *rows = g_task_propagate_pointer (G_TASK (result), &error);

  /* a later reading has a clock of its own */
  if (g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    g_clear_handle_id (&self->tick, g_source_remove);
  if (rows == NULL)
    {
      if (error->domain == KILTER_EXCHANGE_ERROR && kilter_import_forget_remembered (self))
        {
          kilter_import_read_again (self);
          return;
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        refuse (self, error->message);
      return;
    }
  g_clear_pointer (&self->rows, kilter_import_file_free);
  self->rows = rows;
  kilter_import_check_again (self);
}

/* after the file, its encoding or its separator changed */
void
kilter_import_read_again (KilterImportDialog *self)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  reading->file = g_object_ref (self->file);
  reading->options = kilter_import_options_copy (self->options);
  g_mutex_init (&reading->lock);
  reading->started = g_get_monotonic_time ();
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_source_tag (task, kilter_import_read_again);
  g_task_set_task_data (task, reading, reading_free);
  if (self->preview == NULL)
    show_step (self, "busy");
  adw_status_page_set_description (self->busy_page, NULL);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick = g_timeout_add_full (G_PRIORITY_DEFAULT, 250, tick_cb, g_object_ref (task),
                                   g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

/* after anything else changed: a dry run */
void
kilter_import_check_again (KilterImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  KilterImportPreview *preview;

  preview = kilter_import_preview (kilter_document_get_plan (self->document), self->rows,
                                   self->options, NULL, &error);
  if (preview == NULL)
    {
      refuse (self, error->message);
      return;
    }
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  self->preview = preview;
  if (preview->refused && kilter_import_forget_remembered (self))
    {
      kilter_import_read_again (self);
      return;
    }
  if (preview->refused && preview->columns->len == 0)
    {
      g_autofree char *text = preview->messages->len > 0
                                ? kilter_import_message_text (
                                    g_ptr_array_index (preview->messages, 0))
                                : g_strdup (_ ("There is nothing in it that Kilter understands."));

      refuse (self, text);
      return;
    }
  kilter_import_show_match (self);
  kilter_import_show_findings (self);
  show_step (self, "match");
}

/* --- actions ------------------------------------------------------------------------------------
 */

static void
set_file (KilterImportDialog *self, GFile *file)
{
  g_set_object (&self->file, file);
  g_clear_pointer (&self->options, kilter_import_options_free);
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  self->options = kilter_import_options_new ();
  kilter_import_take_remembered (self);
  kilter_import_read_again (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    set_file (self, file);
}

static void
choose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _ ("Tables"));
  for (const char *const *suffix =
         (const char *const[]) { "csv", "tsv", "txt", "xlsx", "xlsm", "ods", NULL };
       *suffix != NULL; suffix++)
    gtk_file_filter_add_suffix (tables, *suffix);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Choose File"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb,
                        g_object_ref (widget));
}

static void
template_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  adw_toast_overlay_add_toast (self->toasts,
                               adw_toast_new (ok ? _ ("Example saved") : error->message));
}

static void
template_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *text = kilter_template (KILTER_IMPORT_SALES);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return;
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       template_written_cb, g_object_ref (self));
}

static void
template_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save an Example"));
  gtk_file_dialog_set_initial_name (dialog, _ ("sales.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, template_chosen_cb,
                        g_object_ref (widget));
}

static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);
  show_step (self, "choose");
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);

  if (g_str_equal (current_step (self), "result"))
    show_step (self, "match");
  else if (g_str_equal (current_step (self), "match"))
    show_step (self, "choose");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* One command, one undo step. */
static void
take_in (KilterImportDialog *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), KILTER_TYPE_WINDOW);
  KilterPlan *plan = kilter_document_get_plan (self->document);
  g_autofree char *now = kilter_document_get_now (self->document);
  g_autofree char *count = kilter_format_count (self->preview->n_ready);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KilterCommand *command;

  /* what goes on behind the dialog may have changed the plan meanwhile */
  if (!kilter_import_is_current (plan, self->preview))
    {
      kilter_import_check_again (self);
      adw_toast_overlay_add_toast (
        self->toasts, adw_toast_new (_ ("The plan has changed; the file was checked again")));
      return;
    }
  command = kilter_import_finish (plan, self->preview, kilter_document_get_user (self->document),
                                  now, &error);
  if (command != NULL)
    kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
  if (command == NULL || !kilter_document_apply (self->document, command, &error))
    {
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (kilter_document_error_text (error)));
      return;
    }
  kilter_import_remember (self);
  /* Translators: %1$s is a number of rows, %2$s a file */
  text = g_strdup_printf (ngettext ("Imported %1$s row of %2$s", "Imported %1$s rows of %2$s",
                                    (gulong) self->preview->n_ready),
                          count, self->preview->file_name);
  if (window != NULL)
    kilter_window_toast (KILTER_WINDOW (window), text, TRUE);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);

  if (g_str_equal (current_step (self), "result"))
    {
      take_in (self);
      return;
    }
  kilter_import_show_result (self);
  show_step (self, "result");
}

static gboolean
drop_cb (KilterImportDialog *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (files != NULL)
    set_file (self, files->data);
  return files != NULL;
}

/* --- init ---------------------------------------------------------------------------------------
 */

static void
kilter_import_dialog_dispose (GObject *object)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->document);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (kilter_import_dialog_parent_class)->dispose (object);
}

static void
kilter_import_dialog_finalize (GObject *object)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  g_clear_pointer (&self->rows, kilter_import_file_free);
  g_clear_pointer (&self->options, kilter_import_options_free);
  g_clear_pointer (&self->profiles, kilter_profiles_free);
  g_free (self->profile);
  g_ptr_array_unref (self->result_rows);
  G_OBJECT_CLASS (kilter_import_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KilterImportDialog, name)

static void
kilter_import_dialog_class_init (KilterImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kilter_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/import-dialog.ui");
  BIND (window_title);
  BIND (back_button);
  BIND (next_button);
  BIND (toasts);
  BIND (stack);
  BIND (refusal);
  BIND (file_row);
  BIND (sheet_drop);
  BIND (kind_drop);
  BIND (kind_row);
  BIND (sheet_row);
  BIND (profile_row);
  BIND (busy_page);
  BIND (sample_toggle);
  BIND (plan_group);
  BIND (read_row);
  BIND (encoding_row);
  BIND (separator_row);
  BIND (decimal_row);
  BIND (date_row);
  BIND (layout_row);
  BIND (question_box);
  BIND (question_list);
  BIND (columns_label);
  BIND (column_grid);
  BIND (finding_list);
  BIND (result_group);
  BIND (total_group);
  BIND (new_group);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_cb);
  gtk_widget_class_install_action (widget_class, "import.template", NULL, template_cb);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "import.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "import.save-profile", NULL,
                                   kilter_import_save_profile);
  gtk_widget_class_install_action (widget_class, "import.delete-profile", NULL,
                                   kilter_import_delete_profile);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_cb);
}

static void
kilter_import_dialog_init (KilterImportDialog *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  self->options = kilter_import_options_new ();
  self->result_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (drop));
  kilter_import_connect_match (self);
  kilter_import_connect_profile (self);
  show_step (self, "choose");
}

KilterImportDialog *
kilter_import_dialog_new (KilterDocument *document, GFile *file)
{
  KilterImportDialog *self = g_object_new (KILTER_TYPE_IMPORT_DIALOG, NULL);

  self->document = g_object_ref (document);
  if (file != NULL)
    set_file (self, file);
  return self;
}

void
kilter_import_dialog_present (GtkWidget *parent, KilterDocument *document, GFile *file)
{
  adw_dialog_present (ADW_DIALOG (kilter_import_dialog_new (document, file)), parent);
}
