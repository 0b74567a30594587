/* kilter-inputs-send.c: input sheets on their way to who fills them in, and reminders
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-page-private.h"

#include "exchange/export/kilter-input-sheet.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GFile *file;
  GBytes *bytes;
} Sheet;

typedef struct
{
  KilterInputsPage *page; /* a reference */
  GArray *ids;            /* contributors; the sheets are in their order */
  GPtrArray *sheets;
} Export;

static void
sheet_free (gpointer data)
{
  Sheet *self = data;

  g_object_unref (self->file);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->page);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

static void
export_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  GError *error = NULL;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      Sheet *sheet = g_ptr_array_index (self->sheets, i);
      gsize size;
      const char *bytes = g_bytes_get_data (sheet->bytes, &size);

      if (!g_file_replace_contents (sheet->file, bytes, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                    cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

/* What was sent is noted when the files are on the disk. */
static void
export_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (source);
  Export *export = g_task_get_task_data (G_TASK (result));
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  g_autoptr (GError) error = NULL;
  KilterPlan *plan;
  KilterCommand *command;
  g_autofree char *toast = NULL, *now = NULL, *cycle = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      kilter_page_report (KILTER_PAGE (self), error);
      return;
    }
  if (document == NULL)
    return;
  plan = kilter_document_get_plan (document);
  now = kilter_document_get_now (document);
  cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                   kilter_plan_get_cycle (plan));
  toast = g_strdup_printf (
    ngettext ("%d input sheet exported", "%d input sheets exported", (gulong) export->ids->len),
    (int) export->ids->len);
  command = kilter_command_new ("send", toast);
  for (guint i = 0; i < export->ids->len; i++)
    {
      int id = g_array_index (export->ids, int, i);
      Sheet *sheet = g_ptr_array_index (export->sheets, i);
      g_autofree char *name = g_file_get_basename (sheet->file);

      if (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, id) == NULL)
        continue;
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_FILE, name);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_CYCLE, cycle);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_SENT, now);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_RECEIVED, NULL);
    }
  kilter_page_apply (KILTER_PAGE (self), command, toast);
}

/* @file: of the one sheet, or @folder for all of them */
static void
write_sheets (Export *export, GFile *file, GFile *folder)
{
  KilterPage *page = KILTER_PAGE (export->page);
  KilterPlan *plan = kilter_page_get_plan (page);
  g_autofree char *now = kilter_document_get_now (kilter_page_get_document (page));
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < export->ids->len; i++)
    {
      int id = g_array_index (export->ids, int, i);
      g_autofree char *name = kilter_input_sheet_get_file_name (plan, id);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes)
        bytes = kilter_input_sheet_write (plan, kilter_page_get_version (page), id, now, &error);
      Sheet *sheet;

      if (bytes == NULL)
        {
          kilter_page_report (page, error);
          export_free (export);
          return;
        }
      sheet = g_new (Sheet, 1);
      sheet->file = file != NULL ? g_object_ref (file) : g_file_get_child (folder, name);
      sheet->bytes = g_steal_pointer (&bytes);
      g_ptr_array_add (export->sheets, sheet);
    }
  task = g_task_new (page, NULL, export_done_cb, NULL);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_run);
}

static Export *
export_new (KilterInputsPage *self)
{
  Export *export = g_new0 (Export, 1);

  export->page = g_object_ref (self);
  export->ids = g_array_new (FALSE, FALSE, sizeof (int));
  export->sheets = g_ptr_array_new_with_free_func (sheet_free);
  return export;
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile)
    folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder == NULL || kilter_page_get_document (KILTER_PAGE (((Export *) data)->page)) == NULL)
    export_free (data);
  else
    write_sheets (data, NULL, folder);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || kilter_page_get_document (KILTER_PAGE (((Export *) data)->page)) == NULL)
    export_free (data);
  else
    write_sheets (data, file, NULL);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Export *export = export_new (self);

  KILTER_FOREACH_RECORD (kilter_page_get_plan (KILTER_PAGE (self)), KILTER_TABLE_CONTRIBUTOR,
                         contributor)
    g_array_append_val (export->ids, contributor->id);
  gtk_file_dialog_set_title (dialog, _ ("Export Input Sheets"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Export"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL,
                                 folder_chosen_cb, export);
}

static void
export_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  int id = g_variant_get_int32 (parameter);
  g_autofree char *file_name = kilter_input_sheet_get_file_name (
    kilter_page_get_plan (KILTER_PAGE (self)), id);
  Export *export = export_new (self);

  g_array_append_val (export->ids, id);
  gtk_file_dialog_set_title (dialog, _ ("Export Input Sheet"));
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb,
                        export);
}

/* --- reminders --- */

static char *
make_reminder (const KilterPlan *plan, const KilterRecord *contributor)
{
  g_autofree char *scope = kilter_inputs_describe_scope (plan, contributor);
  g_autofree char *cycle = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  const KilterRecord *step = kilter_plan_get_step (plan, 2);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";
  const char *file = kilter_record_text (contributor, KILTER_CONTRIBUTOR_FILE);
  g_autofree char *day = *due != '\0' ? kilter_format_day (plan, due) : NULL;
  GString *text = g_string_new (NULL);

  /* Translators: a person; what he sends; a cycle */
  g_string_append_printf (text, _ ("%1$s, your numbers for the cycle of %3$s are missing: %2$s."),
                          kilter_inputs_get_person (plan, contributor), scope, cycle);
  if (day != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a date */
      g_string_append_printf (text, _ ("The demand review is on %s."), day);
    }
  if (*file != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the name of a file */
      g_string_append_printf (text, _ ("Fill in the sheet “%s” and send it back."), file);
    }
  return g_string_free (text, FALSE);
}

static void
remind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *contributor = kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR,
                                                            g_variant_get_int32 (parameter));
  g_autofree char *text = NULL;

  if (contributor == NULL)
    return;
  text = make_reminder (plan, contributor);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  kilter_page_toast (page, _ ("Reminder copied"), FALSE);
}

void
kilter_inputs_page_install_sending (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inputs.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "inputs.export-one", "i", export_one_action);
  gtk_widget_class_install_action (widget_class, "inputs.remind", "i", remind_action);
}
