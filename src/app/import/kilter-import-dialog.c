/* kilter-import-dialog.c: the way through an import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"
#include "app/import/kilter-import-private.h"
#include "app/window/kilter-window.h"
#include "report/words/kilter-format.h"

G_DEFINE_FINAL_TYPE (KilterImportDialog, kilter_import_dialog, ADW_TYPE_DIALOG)

/* --- steps --------------------------------------------------------------------------------------
 */

void
kilter_import_show_step (KilterImportDialog *self, const char *step)
{
  gboolean is_match = g_str_equal (step, "match");
  gboolean is_result = g_str_equal (step, "result");
  gboolean is_new = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), step) != 0;
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
  can_go_on = !self->is_working && self->preview != NULL && !self->preview->refused &&
              self->preview->questions->len == 0 && self->preview->n_ready > 0 &&
              (!is_result || kilter_import_has_place (self));
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

/* --- actions ------------------------------------------------------------------------------------
 */

static void
set_file (KilterImportDialog *self, GFile *file)
{
  g_set_object (&self->file, file);
  g_clear_pointer (&self->options, kilter_import_options_free);
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  self->options = kilter_import_options_new ();
  if (self->document == NULL)
    kilter_import_begin_new_plan (self);
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

  kilter_import_stop (self);
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  kilter_import_show_step (self, "choose");
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "result"))
    kilter_import_show_step (self, "match");
  else if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "match"))
    kilter_import_show_step (self, "choose");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* One command, one undo step. */
void
kilter_import_take_in (KilterImportDialog *self)
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

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "result"))
    {
      if (self->document == NULL)
        kilter_import_make_plan (self);
      else
        kilter_import_take_in (self);
      return;
    }
  kilter_import_show_result (self);
  kilter_import_show_new_plan (self);
  kilter_import_show_step (self, "result");
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

  kilter_import_stop (self);
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
  g_clear_object (&self->place);
  g_free (self->name);
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
  BIND (setup_group);
  BIND (name_row);
  BIND (currency_row);
  BIND (cycle_row);
  BIND (place_row);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_cb);
  gtk_widget_class_install_action (widget_class, "import.template", NULL, template_cb);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "import.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "import.save-profile", NULL,
                                   kilter_import_save_profile);
  gtk_widget_class_install_action (widget_class, "import.delete-profile", NULL,
                                   kilter_import_delete_profile);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "import.place", NULL, kilter_import_choose_place);
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
  kilter_import_connect_new_plan (self);
  kilter_help_set_page (GTK_WIDGET (self), "import");
  kilter_import_show_step (self, "choose");
}

/**
 * kilter_import_dialog_new:
 * @document: (nullable): the plan that takes the file in; %NULL for a new one, which is made when
 *   everything is known
 * @file: (nullable): what is imported
 */
KilterImportDialog *
kilter_import_dialog_new (KilterDocument *document, GFile *file)
{
  KilterImportDialog *self = g_object_new (KILTER_TYPE_IMPORT_DIALOG, NULL);

  g_set_object (&self->document, document);
  if (file != NULL)
    set_file (self, file);
  return self;
}

void
kilter_import_dialog_present (GtkWidget *parent, KilterDocument *document, GFile *file)
{
  adw_dialog_present (ADW_DIALOG (kilter_import_dialog_new (document, file)), parent);
}
