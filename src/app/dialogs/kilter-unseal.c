/* kilter-unseal.c: opens a sealed file with the password that a person gives
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-unseal.h"

#include "app/dialogs/kilter-password-dialog.h"
#include "app/window/kilter-window.h"
#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GFile *file;
  char *password;
} Unseal;

static void
unseal_free (gpointer data)
{
  Unseal *self = data;

  g_object_unref (self->file);
  kilter_seal_forget (self->password);
  g_free (self);
}

static void
set_busy (GTask *task, gboolean busy)
{
  GtkRoot *root = gtk_widget_get_root (g_task_get_source_object (task));

  if (KILTER_IS_WINDOW (root))
    kilter_window_set_busy (KILTER_WINDOW (root), busy);
}

static void ask (GTask *task, const char *body);

static void
open_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Unseal *self = data;
  GError *error = NULL;
  GBytes *plain = kilter_seal_open_file (self->file, self->password, cancellable, &error);

  if (plain != NULL)
    g_task_return_pointer (task, plain, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* A wrong password is asked for again. */
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GBytes *plain = g_task_propagate_pointer (G_TASK (result), &error);

  set_busy (task, FALSE);
  if (plain != NULL)
    g_task_return_pointer (task, plain, (GDestroyNotify) g_bytes_unref);
  else if (g_error_matches (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_PASSWORD))
    ask (g_steal_pointer (&task), error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
password_cb (char *password, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GTask) work = NULL;
  Unseal *self = g_task_get_task_data (task);

  kilter_seal_forget (self->password);
  self->password = password;
  if (password == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no password");
      return;
    }
  set_busy (task, TRUE);
  work = g_task_new (g_task_get_source_object (task), NULL, opened_cb, g_object_ref (task));
  g_task_set_task_data (work, self, NULL);
  g_task_run_in_thread (work, open_run);
}

/* @task: (transfer full) */
static void
ask (GTask *task, const char *body)
{
  kilter_password_dialog_present (g_task_get_source_object (task), _ ("Open Sealed File"), body,
                                  FALSE, password_cb, task);
}

void
kilter_unseal_async (GtkWidget *parent,
                     GFile *file,
                     const char *body,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Unseal *self = g_new0 (Unseal, 1);

  self->file = g_object_ref (file);
  g_task_set_source_tag (task, kilter_unseal_async);
  g_task_set_task_data (task, self, unseal_free);
  ask (task, body);
}

GBytes *
kilter_unseal_finish (GtkWidget *parent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
