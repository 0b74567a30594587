/* kilter-window-file-actions.c: opening, copies, sealed copies and backups
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/dialogs/kilter-password-dialog.h"
#include "app/document/kilter-document-store.h"
#include "seal/kilter-seal.h"

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

/* asks for a plan and opens it */
void
kilter_window_choose_plan (KilterWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel) filters = plan_filters ();

  gtk_file_dialog_set_title (dialog, _ ("Open Plan"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog, GTK_WINDOW (self), NULL, open_chosen_cb, g_object_ref (self));
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

  if (kilter_seal_write_file (self->file, self->plain, self->password, cancellable, &error))
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

const GActionEntry kilter_window_file_entries[] = {
  { .name = "save-copy", .activate = save_copy_cb },
  { .name = "save-sealed", .activate = save_sealed_cb },
  { .name = "backups", .activate = backups_cb },
  { .name = "restore-backup", .activate = restore_cb, .parameter_type = "s" },
  { NULL },
};
