/* kilter-inputs-receive.c: answers that come back, as workbooks or as the copies of participants
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-page-private.h"

#include "app/dialogs/kilter-unseal.h"
#include "app/pages/demand/kilter-inputs-dialogs.h"
#include "exchange/participant/kilter-participant.h"
#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An answer is a workbook, or the copy of a participant. */
typedef struct
{
  KilterPage *page; /* a reference */
  GFile *file;
  GBytes *plain; /* (nullable): of a sealed one */
  KilterImportFile *sheet;
  KilterStore *copy;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_object_unref (self->page);
  g_object_unref (self->file);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_clear_pointer (&self->sheet, kilter_import_file_free);
  if (self->copy != NULL)
    kilter_store_close (self->copy, KILTER_STORE_CLOSE_DISCARD, NULL);
  g_clear_pointer (&self->copy, kilter_store_free);
  g_free (self);
}

/* by its content: a file that was sent around has any name */
static gboolean
is_plan (GFile *file)
{
  char start[16];
  gsize length = 0;
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);

  return input != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (input), start, sizeof start, &length, NULL,
                                  NULL) &&
         length == sizeof start && memcmp (start, "SQLite format 3", sizeof start) == 0;
}

static void
read_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Answer *self = data;
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  GError *error = NULL;

  if (self->plain != NULL)
    self->copy = kilter_store_open_bytes (self->plain, &error);
  else if (is_plan (self->file))
    self->copy = kilter_store_open (self->file, KILTER_STORE_READ_ONLY, &error);
  else
    self->sheet = kilter_import_read_in_child (self->file, options, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static KilterInputAnswer *
read_answer (Answer *self, KilterVersion *out_version, GError **error)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *now = kilter_document_get_now (kilter_page_get_document (self->page));

  *out_version = kilter_page_get_version (self->page);
  return self->copy != NULL ? kilter_participant_read (plan, kilter_store_get_plan (self->copy),
                                                       kilter_store_get_last_entry (self->copy),
                                                       name, now, out_version, error)
                            : kilter_input_answer_read (plan, *out_version, self->sheet, error);
}

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterPage *page = KILTER_PAGE (source);
  Answer *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  KilterVersion version = 0;

  if (g_task_propagate_boolean (G_TASK (result), &error) && kilter_page_get_document (page) != NULL)
    answer = read_answer (self, &version, &error);
  if (error != NULL)
    kilter_page_report (page, error);
  if (answer == NULL)
    return;
  kilter_row_list_set_chosen (KILTER_INPUTS_PAGE (page)->rows, answer->contributor);
  kilter_merge_dialog_present (page, version, g_steal_pointer (&answer));
}

static void
run_answer (Answer *answer)
{
  g_autoptr (GTask) task = g_task_new (answer->page, NULL, read_done_cb, NULL);

  g_task_set_task_data (task, answer, answer_free);
  g_task_run_in_thread (task, read_run);
}

static void
unsealed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->plain = kilter_unseal_finish (GTK_WIDGET (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kilter_page_report (answer->page, error);
  if (answer->plain != NULL && kilter_page_get_document (answer->page) != NULL)
    run_answer (answer);
  else
    answer_free (answer);
}

static void
start_answer (Answer *answer)
{
  g_autofree char *name = g_file_get_basename (answer->file);
  /* Translators: %s is a file */
  g_autofree char *body = g_strdup_printf (_ ("“%s” is sealed with a password."), name);

  if (kilter_seal_is_sealed_file (answer->file))
    kilter_unseal_async (GTK_WIDGET (answer->page), answer->file, body, unsealed_cb, answer);
  else
    run_answer (answer);
}

static void
answer_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterPage) page = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  Answer *answer;

  if (file == NULL || kilter_page_get_document (page) == NULL)
    return;
  answer = g_new0 (Answer, 1);
  answer->page = g_steal_pointer (&page);
  answer->file = g_steal_pointer (&file);
  start_answer (answer);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Answer"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, answer_chosen_cb,
                        g_object_ref (widget));
}

void
kilter_inputs_page_install_receiving (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inputs.import", NULL, import_action);
}
