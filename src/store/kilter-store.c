/* kilter-store.c: opening, closing, recovering
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include "store/file/kilter-open.h"
#include "store/database/kilter-schema.h"

/* --- parts of opening --- */

static KilterStore *
new_store (KilterWorking *working, GFile *file, gboolean read_only)
{
  KilterStore *self = g_new0 (KilterStore, 1);

  self->working = working;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->read_only = read_only;
  self->undo = g_ptr_array_new_with_free_func (kilter_step_free);
  self->redo = g_ptr_array_new_with_free_func (kilter_step_free);
  g_queue_init (&self->pending);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->publish_mutex);
  g_cond_init (&self->changed);
  return self;
}

static void
adopt_plan (KilterStore *self, KilterPlan *plan)
{
  self->plan = plan;
  self->kind = kilter_plan_get_bucket_kind (plan);
  g_set_str (&self->working->plan, kilter_plan_get_uuid (plan));
  g_set_str (&self->working->title, kilter_plan_get_name (plan));
}

/* Whether what a working copy was made from, or was publishing when it was interrupted, is what
 * the document is now. */
static gboolean
is_document_of (KilterWorking *working, GFile *file)
{
  KilterIdentity found = { NULL, 0, NULL };
  gboolean current = kilter_identity_is_current (&working->known, file, &found, NULL, NULL);

  if (!current && working->pending != NULL && g_strcmp0 (working->pending, found.digest) == 0)
    {
      working->counter++;
      working->published = working->pending_last;
      current = TRUE;
    }
  if (current)
    {
      kilter_identity_clear (&working->known);
      working->known = found;
      g_clear_pointer (&working->pending, g_free);
    }
  else
    kilter_identity_clear (&found);
  return current;
}

/* Looks at one working copy that names the same document.
 *
 * Returns: FALSE with an error when the document cannot be opened because of it */
static gboolean
examine_working (const char *id, GFile *file, KilterWorking **out_orphan, GError **error)
{
  g_autoptr (KilterWorking) working = NULL;
  g_autofree char *name = NULL;
  GError *local_error = NULL;
  gint64 n_changes;

  working = kilter_working_take (id, &local_error);
  if (working == NULL)
    {
      if (g_error_matches (local_error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY))
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      g_error_free (local_error);
      return TRUE;
    }
  /* even if the interrupted publishing succeeded, this notices */
  n_changes = -1;
  if (working->ready)
    {
      gboolean current = file != NULL && is_document_of (working, file);

      n_changes = kilter_working_count_unpublished (working, NULL);
      if (n_changes > 0 && current)
        {
          *out_orphan = g_steal_pointer (&working);
          return TRUE;
        }
    }
  if (n_changes > 0)
    {
      name = g_file_get_parse_name (file);
      kilter_set_store_error (error, KILTER_STORE_ERROR_UNSAVED,
                              "Working copy '%s' holds %" G_GINT64_FORMAT
                              " changes to '%s', which was changed since.",
                              id, n_changes, name);
      return FALSE;
    }
  /* a working copy that cannot be read stays: never remove what is not understood */
  if (n_changes == 0 || !working->ready)
    kilter_working_remove (g_steal_pointer (&working));
  return TRUE;
}

/* Under the folder's lock: is the document open elsewhere, or does a working copy wait? Then makes
 * a new one. */
static KilterWorking *
claim (GFile *file, gboolean ignore_orphans, KilterWorking **out_orphan, GError **error)
{
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  int lock = kilter_working_enter (error);
  g_autoptr (GPtrArray) ids = lock >= 0 ? kilter_working_list (error) : NULL;
  KilterWorking *working = NULL;
  gboolean free_to_open = ids != NULL;

  for (guint i = 0; free_to_open && uri != NULL && i < ids->len && *out_orphan == NULL; i++)
    {
      g_autoptr (KilterWorking) peeked = kilter_working_peek (ids->pdata[i], NULL);

      if (peeked == NULL || peeked->read_only || g_strcmp0 (peeked->uri, uri) != 0)
        continue;
      if (ignore_orphans)
        {
          GError *local_error = NULL;
          g_autoptr (KilterWorking) taken = kilter_working_take (ids->pdata[i], &local_error);

          if (g_error_matches (local_error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY))
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              free_to_open = FALSE;
            }
          g_clear_error (&local_error);
        }
      else
        free_to_open = examine_working (ids->pdata[i], file, out_orphan, error);
    }
  if (free_to_open && *out_orphan == NULL)
    working = kilter_working_new (uri, FALSE, error);
  kilter_working_leave (lock);
  return working;
}

static KilterStore *
finish_opening (KilterStore *self, GError **error)
{
  self->working->ready = TRUE;
  if (kilter_store_start (self, error) &&
      (self->read_only || kilter_working_save (self->working, error)))
    return self;
  kilter_working_remove (g_steal_pointer (&self->working));
  kilter_store_free (self);
  return NULL;
}

/* --- making --- */

static gboolean
write_new_database (const char *path, KilterPlan *plan, GError **error)
{
  g_autoptr (sqlite3) db = kilter_database_open (path, KILTER_DATABASE_NEW, error);
  g_autoptr (KilterRowWriter) rows = NULL;

  /* until it is whole the working copy is not marked as ready */
  if (db == NULL ||
      !kilter_database_exec (db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error) ||
      !kilter_schema_migrate (db, error) || !kilter_database_exec (db, "BEGIN", error) ||
      (rows = kilter_row_writer_new (db, kilter_plan_get_bucket_kind (plan), error)) == NULL ||
      !kilter_row_writer_write_plan (rows, plan, error) ||
      !kilter_schema_update_measures (db, error) ||
      !kilter_database_set_document (db, "plan", kilter_plan_get_uuid (plan), error) ||
      !kilter_database_set_document (db, "head", "", error))
    return FALSE;
  return kilter_database_exec (db, "COMMIT", error);
}

static gboolean
has_span (KilterPlan *plan, GError **error)
{
  static const char *const keys[] = { "uuid", "bucket", "cycle", "history", "horizon" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (kilter_plan_find_record (plan, KILTER_TABLE_SETTING, keys[i]) == NULL)
      {
        kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED,
                                "The plan has no setting '%s'; it was not set up.", keys[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * kilter_store_create:
 * @file: (nullable): where the plan is published at once; %NULL for a plan without a file, which
 *   gets one by kilter_store_save_as()
 * @plan: (transfer full): a plan that was set up
 *
 * Returns: (transfer full) (nullable): the store of a new plan; %KILTER_STORE_ERROR_EXISTS when
 *   there is a file already
 */
KilterStore *
kilter_store_create (GFile *file, KilterPlan *plan, GError **error)
{
  g_autoptr (GFile) resolved = file != NULL ? kilter_file_resolve (file) : NULL;
  KilterWorking *orphan = NULL;
  KilterWorking *working;
  KilterStore *self;

  g_return_val_if_fail (plan != NULL, NULL);

  working = has_span (plan, error) ? claim (resolved, TRUE, &orphan, error) : NULL;
  if (working == NULL || !write_new_database (working->database_path, plan, error))
    {
      kilter_working_remove (working);
      kilter_plan_free (plan);
      return NULL;
    }
  self = new_store (working, resolved, FALSE);
  adopt_plan (self, plan);
  self = finish_opening (self, error);
  if (self == NULL || resolved == NULL ||
      kilter_store_publish_now (self, resolved, KILTER_PUBLISH_NEW, NULL, error))
    return self;
  kilter_store_close (self, KILTER_STORE_CLOSE_DISCARD, NULL);
  kilter_store_free (self);
  return NULL;
}

/* --- opening --- */

static KilterStore *
open_working (KilterWorking *working, GFile *file, KilterStoreFlags flags, GError **error)
{
  gboolean hash_matches = FALSE;
  KilterPlan *plan = kilter_open_check (working->database_path, &hash_matches, error);
  KilterStore *self;

  if (plan != NULL && !hash_matches && !(flags & KILTER_STORE_IGNORE_HASH))
    {
      g_autofree char *name = file != NULL ? g_file_get_parse_name (file) : g_strdup (working->id);

      kilter_set_store_error (error, KILTER_STORE_ERROR_HASH,
                              "The content of '%s' is not what its hash says.", name);
      g_clear_pointer (&plan, kilter_plan_free);
    }
  if (plan == NULL)
    return NULL;
  self = new_store (working, file, (flags & KILTER_STORE_READ_ONLY) != 0);
  adopt_plan (self, plan);
  return self;
}

static gboolean
read_identity (KilterStore *self, GError **error)
{
  g_autofree char *counter = NULL;

  if (!kilter_database_get_document (self->reader, "publish", &counter, error))
    return FALSE;
  self->working->counter = counter != NULL ? g_ascii_strtoll (counter, NULL, 10) : 0;
  self->working->published = self->settled_id;
  return self->read_only || kilter_working_save (self->working, error);
}

static KilterStore *
open_document (GFile *file, KilterStoreFlags flags, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) resolved = kilter_file_resolve (file);
  gboolean read_only = (flags & KILTER_STORE_READ_ONLY) != 0;
  KilterWorking *orphan = NULL;
  KilterWorking *working;
  KilterStore *self;
  int version = 0;

  if (!kilter_open_look (resolved, &version, cancellable, error))
    return NULL;
  working = read_only
              ? kilter_working_new (NULL, TRUE, error)
              : claim (resolved, (flags & KILTER_STORE_IGNORE_WORKING) != 0, &orphan, error);
  if (orphan != NULL)
    {
      self = open_working (orphan, resolved, flags | KILTER_STORE_IGNORE_HASH, error);
      if (self == NULL)
        {
          /* it stays: someone may still find in it what we cannot */
          kilter_working_free (orphan);
          return NULL;
        }
      self->n_recovered = (int) kilter_working_count_unpublished (orphan, NULL);
      return finish_opening (self, error);
    }
  if (working == NULL || !kilter_working_copy_in (working, resolved, cancellable, error) ||
      (self = open_working (working, resolved, flags, error)) == NULL)
    {
      kilter_working_remove (working);
      return NULL;
    }
  self = finish_opening (self, error);
  if (self != NULL && !read_identity (self, error))
    {
      kilter_store_close (self, KILTER_STORE_CLOSE_DISCARD, NULL);
      kilter_store_free (self);
      return NULL;
    }
  /* the next file will be of the newer version, which the program that made this one cannot read */
  if (self != NULL && !read_only && version < KILTER_SCHEMA_VERSION)
    kilter_working_keep_original (self->working, resolved);
  return self;
}

/**
 * kilter_store_open:
 *
 * Copies a plan file into a private working copy, checks it as a file that anybody may have made,
 * and reads the plan. Where a working copy of the same, unchanged file holds changes that were
 * never published (after a crash), that is opened instead; see kilter_store_get_n_recovered().
 *
 * Returns: (transfer full) (nullable): the store
 */
KilterStore *
kilter_store_open (GFile *file, KilterStoreFlags flags, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return open_document (file, flags, NULL, error);
}

/**
 * kilter_store_recover:
 * @id: of a #KilterOrphan
 *
 * Opens a working copy that was left behind. When its document was changed since, publishing says
 * %KILTER_STORE_ERROR_CONFLICT, and kilter_store_save_as() is the way out.
 */
KilterStore *
kilter_store_recover (const char *id, GError **error)
{
  KilterWorking *working = kilter_working_take (id, error);
  g_autoptr (GFile) file = NULL;
  KilterStore *self;

  if (working == NULL)
    return NULL;
  file = working->uri != NULL ? g_file_new_for_uri (working->uri) : NULL;
  if (file != NULL)
    is_document_of (working, file);
  self = open_working (working, file, KILTER_STORE_IGNORE_HASH, error);
  if (self == NULL)
    {
      kilter_working_free (working);
      return NULL;
    }
  self->n_recovered = (int) kilter_working_count_unpublished (working, NULL);
  return finish_opening (self, error);
}

static void
free_orphan (gpointer data)
{
  KilterOrphan *orphan = data;

  g_free (orphan->id);
  g_free (orphan->title);
  g_free (orphan->uri);
  g_free (orphan);
}

/**
 * kilter_store_list_orphans:
 *
 * Finds working copies whose process is gone. Those that hold nothing new are removed.
 *
 * Returns: (transfer full) (element-type KilterOrphan): what can be recovered
 */
GPtrArray *
kilter_store_list_orphans (void)
{
  GPtrArray *orphans = g_ptr_array_new_with_free_func (free_orphan);
  int lock = kilter_working_enter (NULL);
  g_autoptr (GPtrArray) ids = lock >= 0 ? kilter_working_list (NULL) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KilterWorking) working = kilter_working_take (ids->pdata[i], NULL);
      g_autoptr (GFile) file = NULL;
      KilterOrphan *orphan;
      gint64 n_changes;

      if (working == NULL)
        continue;
      if (working->read_only || !working->ready)
        {
          kilter_working_remove (g_steal_pointer (&working));
          continue;
        }
      file = working->uri != NULL ? g_file_new_for_uri (working->uri) : NULL;
      if (file != NULL)
        is_document_of (working, file);
      n_changes = kilter_working_count_unpublished (working, NULL);
      if (n_changes == 0 && working->counter > 0)
        {
          kilter_working_remove (g_steal_pointer (&working));
          continue;
        }
      orphan = g_new0 (KilterOrphan, 1);
      orphan->id = g_strdup (working->id);
      orphan->title = g_strdup (working->title);
      orphan->uri = g_strdup (working->uri);
      orphan->n_changes = (int) n_changes;
      g_ptr_array_add (orphans, orphan);
    }
  kilter_working_leave (lock);
  return orphans;
}

gboolean
kilter_store_discard_orphan (const char *id, GError **error)
{
  KilterWorking *working = kilter_working_take (id, error);

  if (working == NULL)
    return FALSE;
  kilter_working_remove (working);
  return TRUE;
}

/* --- closing --- */

/**
 * kilter_store_close:
 *
 * Finishes all writes, and then publishes, keeps or discards. After %FALSE the store is still
 * open; after %TRUE only kilter_store_free() and what reads the plan may be called.
 */
gboolean
kilter_store_close (KilterStore *self, KilterStoreClose how, GError **error)
{
  gboolean written;
  gboolean keep;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->working == NULL)
    return TRUE;
  written = kilter_store_settle (self, how == KILTER_STORE_CLOSE_PUBLISH ? error : NULL);
  if (how == KILTER_STORE_CLOSE_PUBLISH &&
      (!written ||
       (kilter_store_has_unpublished (self) && !kilter_store_publish (self, NULL, error))))
    return FALSE;
  keep = how == KILTER_STORE_CLOSE_KEEP && kilter_store_has_unpublished (self);
  kilter_store_stop (self);
  if (keep)
    kilter_working_free (g_steal_pointer (&self->working));
  else
    kilter_working_remove (g_steal_pointer (&self->working));
  return TRUE;
}

/**
 * kilter_store_free:
 *
 * A store that was not closed leaves what is new in its working copy.
 */
void
kilter_store_free (KilterStore *self)
{
  if (self == NULL)
    return;
  if (self->working != NULL)
    kilter_store_close (self, KILTER_STORE_CLOSE_KEEP, NULL);
  kilter_store_stop (self);
  kilter_plan_free (self->plan);
  g_clear_object (&self->file);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->publish_mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* --- asking --- */

/**
 * kilter_store_get_plan:
 *
 * Returns: (transfer none): the plan; change it only through this store
 */
KilterPlan *
kilter_store_get_plan (KilterStore *self)
{
  return self->plan;
}

GFile *
kilter_store_get_file (KilterStore *self)
{
  return self->file;
}

gboolean
kilter_store_is_read_only (KilterStore *self)
{
  return self->read_only;
}

/**
 * kilter_store_has_unpublished:
 *
 * Returns: whether the document lacks something that was done
 */
gboolean
kilter_store_has_unpublished (KilterStore *self)
{
  gboolean unpublished;

  if (self->read_only || self->working == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  unpublished = self->next_id - 1 > self->working->published || self->working->counter == 0;
  g_mutex_unlock (&self->mutex);
  return unpublished;
}

/**
 * kilter_store_get_n_recovered:
 *
 * Returns: how many entries of the log were found in a working copy after a crash, and were not
 *   in the document
 */
int
kilter_store_get_n_recovered (KilterStore *self)
{
  return self->n_recovered;
}

/* --- on other threads --- */

typedef struct
{
  GFile *file;
  KilterPlan *plan;
  KilterStoreFlags flags;
} OpenRequest;

static void
free_request (gpointer data)
{
  OpenRequest *request = data;

  g_clear_object (&request->file);
  kilter_plan_free (request->plan);
  g_free (request);
}

static void
free_store (gpointer data)
{
  kilter_store_free (data);
}

static void
return_store (GTask *task, KilterStore *store, GError *error)
{
  if (store != NULL)
    g_task_return_pointer (task, store, free_store);
  else
    g_task_return_error (task, error);
}

static void
create_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenRequest *request = data;
  GError *error = NULL;
  KilterStore *store = kilter_store_create (request->file, g_steal_pointer (&request->plan),
                                            &error);

  return_store (task, store, error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenRequest *request = data;
  GError *error = NULL;
  KilterStore *store = open_document (request->file, request->flags, cancellable, &error);

  return_store (task, store, error);
}

static void
start_request (GFile *file,
               KilterPlan *plan,
               KilterStoreFlags flags,
               GTaskThreadFunc func,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenRequest *request = g_new0 (OpenRequest, 1);

  request->file = file != NULL ? g_object_ref (file) : NULL;
  request->plan = plan;
  request->flags = flags;
  g_task_set_task_data (task, request, free_request);
  g_task_run_in_thread (task, func);
}

/**
 * kilter_store_create_async:
 * @plan: (transfer full): not to be used until the store is there
 */
void
kilter_store_create_async (GFile *file,
                           KilterPlan *plan,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  start_request (file, plan, KILTER_STORE_DEFAULT, create_in_thread, cancellable, callback,
                 user_data);
}

KilterStore *
kilter_store_create_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kilter_store_open_async (GFile *file,
                         KilterStoreFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  start_request (file, NULL, flags, open_in_thread, cancellable, callback, user_data);
}

KilterStore *
kilter_store_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
