/* kilter-store-publish.c: from the working copy to the user's file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include <glib/gstdio.h>

/* Notes, durably, what is about to stand in the document's place: whoever finds this working copy
 * after a crash can then tell our own file from that of someone else. */
static gboolean
note_pending (KilterStore *self, const KilterIdentity *made, gint64 last, GError **error)
{
  g_set_str (&self->working->pending, made->digest);
  self->working->pending_last = last;
  return kilter_working_save (self->working, error);
}

static void
note_published (KilterStore *self, KilterIdentity *identity, gint64 counter, gint64 last)
{
  kilter_identity_clear (&self->working->known);
  self->working->known = *identity;
  g_clear_pointer (&self->working->pending, g_free);
  g_mutex_lock (&self->mutex);
  self->working->counter = counter;
  self->working->published = last;
  g_mutex_unlock (&self->mutex);
  /* when this fails, the note above still tells that the file is ours */
  kilter_working_save (self->working, NULL);
  kilter_working_keep (self->working, self->working->publish_path);
}

static gboolean
publish_locked (KilterStore *self,
                GFile *file,
                KilterPublishMode mode,
                GCancellable *cancellable,
                GError **error)
{
  KilterWorking *working = self->working;
  gint64 counter = working->counter + 1;
  KilterIdentity identity = { NULL, 0, NULL };
  gint64 last;

  if (!kilter_publish_make (working->database_path, working->publish_path, working->plan, counter,
                            &last, &identity, cancellable, error))
    return FALSE;
  if (!note_pending (self, &identity, last, error) ||
      !kilter_publish_replace (working->publish_path, file, mode, &working->known, &identity,
                               cancellable, error))
    {
      g_unlink (working->publish_path);
      kilter_identity_clear (&identity);
      return FALSE;
    }
  note_published (self, &identity, counter, last);
  return TRUE;
}

/* Publishes on this thread. */
gboolean
kilter_store_publish_now (KilterStore *self,
                          GFile *file,
                          KilterPublishMode mode,
                          GCancellable *cancellable,
                          GError **error)
{
  gboolean published;

  g_mutex_lock (&self->publish_mutex);
  published = publish_locked (self, file, mode, cancellable, error);
  g_mutex_unlock (&self->publish_mutex);
  return published;
}

static gboolean
check_file (KilterStore *self, GError **error)
{
  if (self->file != NULL && !self->read_only && self->working != NULL)
    return TRUE;
  kilter_set_store_error (
    error, self->file == NULL ? KILTER_STORE_ERROR_GONE : KILTER_STORE_ERROR_READ_ONLY,
    "There is no file that the plan could be published to.");
  return FALSE;
}

/**
 * kilter_store_publish:
 *
 * Puts the plan, with all that was done so far, in the place of the user's file: as a whole or
 * not at all. %KILTER_STORE_ERROR_CONFLICT when someone else changed the file;
 * %KILTER_STORE_ERROR_GONE when it is not there any more.
 */
gboolean
kilter_store_publish (KilterStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_file (self, error) || !kilter_store_settle (self, error))
    return FALSE;
  return !kilter_store_has_unpublished (self) ||
         kilter_store_publish_now (self, self->file, KILTER_PUBLISH_UPDATE, cancellable, error);
}

typedef struct
{
  KilterStore *store;
  gpointer write; /* the last one that belongs into the file, until it was waited for */
} Publishing;

static void
publish_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Publishing *publishing = data;
  KilterStore *self = publishing->store;
  GError *error = NULL;
  gboolean published;

  kilter_store_wait_for_write (self, g_steal_pointer (&publishing->write));
  published = kilter_store_publish_now (self, self->file, KILTER_PUBLISH_UPDATE, cancellable,
                                        &error);
  g_mutex_lock (&self->mutex);
  self->n_publishing--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (published)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kilter_store_publish_async:
 *
 * The same on another thread; commands may go on meanwhile, and those that were applied before are
 * in the file, even if they are not durable yet when it starts.
 */
void
kilter_store_publish_async (KilterStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, kilter_store_publish_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!check_file (self, &error))
    g_task_return_error (task, error);
  else if (!kilter_store_has_unpublished (self))
    g_task_return_boolean (task, TRUE);
  else
    {
      Publishing *publishing = g_new0 (Publishing, 1);

      publishing->store = self;
      publishing->write = kilter_store_hold_last_write (self);
      g_task_set_task_data (task, publishing, g_free);
      g_mutex_lock (&self->mutex);
      self->n_publishing++;
      g_mutex_unlock (&self->mutex);
      g_task_run_in_thread (task, publish_in_thread);
    }
}

gboolean
kilter_store_publish_finish (KilterStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kilter_store_save_copy:
 *
 * Writes the plan to another file, over whatever is there (the user was asked). The plan stays
 * with its own file.
 */
gboolean
kilter_store_save_copy (KilterStore *self, GFile *file, GError **error)
{
  g_autoptr (GFile) resolved = kilter_file_resolve (file);
  KilterWorking *working = self->working;
  KilterIdentity identity = { NULL, 0, NULL };
  gboolean saved;
  gint64 last;

  g_return_val_if_fail (working != NULL, FALSE);

  if (!kilter_store_settle (self, error))
    return FALSE;
  g_mutex_lock (&self->publish_mutex);
  saved = kilter_publish_make (working->database_path, working->publish_path, working->plan,
                               working->counter, &last, &identity, NULL, error) &&
          kilter_publish_replace (working->publish_path, resolved, KILTER_PUBLISH_OVER, NULL,
                                  &identity, NULL, error);
  g_unlink (working->publish_path);
  g_mutex_unlock (&self->publish_mutex);
  kilter_identity_clear (&identity);
  return saved;
}

/* Whether another store has the file open. */
static gboolean
is_free (KilterStore *self, const char *uri, GError **error)
{
  g_autoptr (GPtrArray) ids = kilter_working_list (error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KilterWorking) peeked = kilter_working_peek (ids->pdata[i], NULL);
      g_autoptr (KilterWorking) taken = NULL;
      GError *local_error = NULL;

      if (peeked == NULL || peeked->read_only || g_strcmp0 (peeked->uri, uri) != 0 ||
          g_str_equal (peeked->id, self->working->id))
        continue;
      taken = kilter_working_take (ids->pdata[i], &local_error);
      if (g_error_matches (local_error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY))
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      g_clear_error (&local_error);
    }
  return ids != NULL;
}

/**
 * kilter_store_save_as:
 *
 * Publishes the plan to another file, over whatever is there (the user was asked), which is its
 * file from then on.
 */
gboolean
kilter_store_save_as (KilterStore *self, GFile *file, GError **error)
{
  g_autoptr (GFile) resolved = kilter_file_resolve (file);
  g_autofree char *uri = g_file_get_uri (resolved);
  g_autofree char *old_uri = NULL;
  int lock;
  gboolean saved;

  g_return_val_if_fail (self->working != NULL && !self->read_only, FALSE);

  if (!kilter_store_settle (self, error))
    return FALSE;
  lock = kilter_working_enter (error);
  if (lock < 0)
    return FALSE;
  saved = is_free (self, uri, error);
  if (saved)
    {
      g_mutex_lock (&self->publish_mutex);
      old_uri = g_steal_pointer (&self->working->uri);
      self->working->uri = g_strdup (uri);
      saved = publish_locked (self, resolved, KILTER_PUBLISH_OVER, NULL, error);
      if (saved)
        g_set_object (&self->file, resolved);
      else
        {
          g_set_str (&self->working->uri, old_uri);
          kilter_working_save (self->working, NULL);
        }
      g_mutex_unlock (&self->publish_mutex);
    }
  kilter_working_leave (lock);
  return saved;
}
