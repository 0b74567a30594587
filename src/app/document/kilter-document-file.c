/* kilter-document-file.c: opening, publishing and closing a document
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-document-private.h"

#include <glib/gi18n-lib.h>

#include "plan/process/kilter-cycle.h"

/* how long edits must pause before the file of the user is written */
#define PUBLISH_SECONDS 2
/* a change of the file is looked at after the writer has had time to finish */
#define LOOK_MILLISECONDS 700

static void publish_cb (GObject *source, GAsyncResult *result, gpointer data);

/* --- watching the file --------------------------------------------------------------------------
 */

static char *
query_etag (GFile *file)
{
  g_autoptr (GFileInfo) info = NULL;

  if (file == NULL)
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  return info != NULL ? g_strdup (g_file_info_get_etag (info)) : NULL;
}

static void
remember_etag (KilterDocument *self)
{
  g_free (self->etag);
  self->etag = query_etag (kilter_document_get_file (self));
}

static gboolean
look_cb (gpointer data)
{
  KilterDocument *self = data;
  g_autofree char *etag = NULL;

  self->monitor_source = 0;
  if (self->is_publishing || self->store == NULL)
    return G_SOURCE_REMOVE;
  etag = query_etag (kilter_document_get_file (self));
  if (etag != NULL && g_strcmp0 (etag, self->etag) != 0 && self->state != KILTER_DOCUMENT_LOCKED)
    kilter_document_set_state (self, KILTER_DOCUMENT_CONFLICT);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 gpointer data)
{
  KilterDocument *self = data;

  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  g_clear_handle_id (&self->monitor_source, g_source_remove);
  self->monitor_source = g_timeout_add (LOOK_MILLISECONDS, look_cb, self);
}

void
kilter_document_watch (KilterDocument *self)
{
  GFile *file = kilter_document_get_file (self);

  g_clear_object (&self->monitor);
  remember_etag (self);
  if (file == NULL)
    return;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self,
                             G_CONNECT_DEFAULT);
}

/* --- publishing ---------------------------------------------------------------------------------
 */

/* Those who wait are told when what is published now is in the file. */
static void
publish (KilterDocument *self)
{
  self->is_publishing = TRUE;
  self->publish_again = FALSE;
  self->publish_tasks = g_steal_pointer (&self->waiting_tasks);
  kilter_store_publish_async (self->store, NULL, publish_cb, g_object_ref (self));
}

/* @error: (nullable): what went wrong */
static void
answer (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

static gboolean
publish_source_cb (gpointer data)
{
  KilterDocument *self = data;

  self->publish_source = 0;
  if (self->is_publishing)
    self->publish_again = TRUE;
  else if (self->state != KILTER_DOCUMENT_CONFLICT && self->store != NULL &&
           kilter_document_get_file (self) != NULL)
    publish (self);
  return G_SOURCE_REMOVE;
}

static void
publish_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterDocument) self = data;
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->publish_tasks);
  g_autoptr (GError) error = NULL;

  self->is_publishing = FALSE;
  if (self->store == NULL)
    {
      g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting_tasks);

      answer (tasks, NULL);
      answer (waiting, NULL);
      return;
    }
  if (kilter_store_publish_finish (self->store, result, &error))
    {
      remember_etag (self);
      kilter_document_set_state (self, KILTER_DOCUMENT_NORMAL);
    }
  else if (g_error_matches (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CONFLICT))
    kilter_document_set_state (self, KILTER_DOCUMENT_CONFLICT);
  else
    {
      kilter_document_set_problem (self, kilter_document_error_text (error));
      kilter_document_set_state (self, KILTER_DOCUMENT_UNPUBLISHED);
    }

  answer (tasks, error);
  if (self->waiting_tasks != NULL && (error != NULL || !kilter_store_has_unpublished (self->store)))
    {
      g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting_tasks);

      answer (waiting, error);
    }
  else if (self->waiting_tasks != NULL)
    publish (self);
  else if (error == NULL && self->publish_again)
    kilter_document_touch (self);
}

/* Something was written to the working copy: the file follows when edits pause. */
void
kilter_document_touch (KilterDocument *self)
{
  g_clear_handle_id (&self->publish_source, g_source_remove);
  self->publish_source = g_timeout_add_seconds (PUBLISH_SECONDS, publish_source_cb, self);
}

void
kilter_document_stop_publishing (KilterDocument *self)
{
  g_clear_handle_id (&self->publish_source, g_source_remove);
  g_clear_handle_id (&self->monitor_source, g_source_remove);
  g_clear_object (&self->monitor);
}

/* --- opening ------------------------------------------------------------------------------------
 */

typedef struct
{
  GFile *file;
  KilterStoreFlags flags;
} Opening;

static void
opening_free (Opening *self)
{
  g_clear_object (&self->file);
  g_free (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  KilterStore *store = kilter_store_open_finish (result, &error);

  if (store != NULL)
    {
      g_task_return_pointer (task, kilter_document_new_for_store (store), g_object_unref);
      return;
    }
  /* open elsewhere: looking is still possible */
  if (g_error_matches (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY) &&
      (opening->flags & KILTER_STORE_READ_ONLY) == 0)
    {
      g_clear_error (&error);
      opening->flags |= KILTER_STORE_READ_ONLY;
      kilter_store_open_async (opening->file, opening->flags, g_task_get_cancellable (task),
                               opened_cb, g_object_ref (task));
      return;
    }
  g_task_return_error (task, error);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  KilterStore *store = kilter_store_create_finish (result, &error);

  if (store != NULL)
    g_task_return_pointer (task, kilter_document_new_for_store (store), g_object_unref);
  else
    g_task_return_error (task, error);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_document_open_async:
 * @flags: how; a plan that is open elsewhere is opened read-only by itself
 */
void
kilter_document_open_async (GFile *file,
                            KilterStoreFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, kilter_document_open_async);
  opening->file = g_object_ref (file);
  opening->flags = flags;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  kilter_store_open_async (file, flags, cancellable, opened_cb, g_object_ref (task));
}

/**
 * kilter_document_new_async:
 * @setup: what the plan is like
 * @file: where it is kept; must not exist
 */
void
kilter_document_new_async (const KilterDocumentSetup *setup,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *uuid = g_uuid_string_random ();
  KilterPlan *plan;

  g_return_if_fail (setup != NULL);

  g_task_set_source_tag (task, kilter_document_new_async);
  plan = kilter_plan_new (setup->kind, setup->cycle, setup->n_history, setup->n_horizon);
  kilter_plan_set_up (plan, uuid, setup->name, setup->currency);
  kilter_store_create_async (file, plan, cancellable, created_cb, g_object_ref (task));
}

/**
 * kilter_document_open_finish:
 *
 * Returns: (transfer full) (nullable): the document
 */
KilterDocument *
kilter_document_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kilter_document_recover:
 * @orphan: id of a #KilterOrphan
 *
 * Opens a working copy that a crash left behind.
 */
KilterDocument *
kilter_document_recover (const char *orphan, GError **error)
{
  KilterStore *store = kilter_store_recover (orphan, error);

  return store != NULL ? kilter_document_new_for_store (store) : NULL;
}

/**
 * kilter_document_publish_async:
 *
 * Ends when everything that was applied before is in the file, also when the file is being written
 * already.
 */
void
kilter_document_publish_async (KilterDocument *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  g_task_set_source_tag (task, kilter_document_publish_async);
  g_clear_handle_id (&self->publish_source, g_source_remove);
  if (!self->is_publishing && (self->store == NULL || kilter_document_get_file (self) == NULL ||
                               !kilter_store_has_unpublished (self->store)))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->waiting_tasks == NULL)
    self->waiting_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting_tasks, g_steal_pointer (&task));
  /* one that is under way may miss the last command: the next one begins when it ends */
  if (!self->is_publishing)
    publish (self);
}

gboolean
kilter_document_has_unpublished (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  return self->store != NULL && kilter_store_has_unpublished (self->store);
}

/**
 * kilter_document_save_copy_async:
 * @file: where to; replaced when it exists
 */
void
kilter_document_save_copy_async (KilterDocument *self,
                                 GFile *file,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  g_task_set_source_tag (task, kilter_document_save_copy_async);
  if (kilter_store_save_copy (self->store, file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
kilter_document_save_as (KilterDocument *self, GFile *file, GError **error)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  if (!kilter_store_save_as (self->store, file, error))
    return FALSE;
  kilter_document_watch (self);
  kilter_document_set_state (self, KILTER_DOCUMENT_NORMAL);
  return TRUE;
}

static void
close_published_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KilterDocument *self = KILTER_DOCUMENT (source);
  GError *error = NULL;

  if (!kilter_document_file_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->store != NULL && !kilter_store_close (self->store, KILTER_STORE_CLOSE_PUBLISH, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

void
kilter_document_close_async (KilterDocument *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  g_task_set_source_tag (task, kilter_document_close_async);
  kilter_document_cancel (self);
  if (self->state == KILTER_DOCUMENT_CONFLICT && kilter_document_has_unpublished (self))
    {
      g_task_return_new_error (task, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CONFLICT, "%s",
                               kilter_store_error_get_text (KILTER_STORE_ERROR_CONFLICT));
      return;
    }
  kilter_document_publish_async (self, close_published_cb, g_object_ref (task));
}

void
kilter_document_close_now (KilterDocument *self, KilterStoreClose how)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  kilter_document_cancel (self);
  kilter_document_stop_publishing (self);
  if (self->store != NULL && !kilter_store_close (self->store, how, &error))
    kilter_document_set_problem (self, kilter_document_error_text (error));
}

/* finishes publish, save copy and close */
gboolean
kilter_document_file_finish (KilterDocument *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
