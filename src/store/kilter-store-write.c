/* kilter-store-write.c: commands made durable, undone, redone, taken back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include "store/database/kilter-schema.h"

/* Commands kept in memory, in bytes; older ones are read from the log when they are needed. */
#define STEPS_SIZE (128 * 1024 * 1024)

typedef enum
{
  WRITE_APPLY,
  WRITE_UNDO,
  WRITE_REDO,
} WriteKind;

/* One transaction on its way to the disk. The plan in memory has changed already. */
typedef struct
{
  gatomicrefcount ref_count;
  KilterStore *store;
  WriteKind kind;
  gint64 id;     /* of the entry in the log */
  gint64 target; /* the entry that it undoes, redoes or reverts; else 0 */
  KilterCommand *command;
  char *label;
  char *who;
  char *at;
  KilterStep *step;   /* (unowned): the step that it made or moved */
  GPtrArray *dropped; /* (nullable): what could be redone before */
  GTask *task;        /* (nullable) */

  gboolean done; /* guarded by the store's mutex */
  GError *error;
  gboolean settled; /* of the plan's thread */
} Write;

static Write *
write_ref (Write *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
write_unref (gpointer data)
{
  Write *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kilter_command_unref (self->command);
  g_free (self->label);
  g_free (self->who);
  g_free (self->at);
  g_clear_pointer (&self->dropped, g_ptr_array_unref);
  g_clear_object (&self->task);
  g_clear_error (&self->error);
  g_free (self);
}

void
kilter_step_free (gpointer data)
{
  KilterStep *self = data;

  g_free (self->label);
  g_clear_pointer (&self->command, kilter_command_unref);
  g_free (self);
}

static KilterStep *
get_last (GPtrArray *steps)
{
  return steps->len > 0 ? steps->pdata[steps->len - 1] : NULL;
}

static void
move_last (GPtrArray *from, GPtrArray *to)
{
  g_ptr_array_add (to, g_ptr_array_steal_index (from, from->len - 1));
}

static gsize
measure_command (const KilterCommand *command)
{
  gsize size = 0;

  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);

      size += sizeof *change + (gsize) change->n * (2 * sizeof (double));
      if (change->new_notes != NULL)
        size += (gsize) change->n * 2 * (sizeof (KilterCellNote) + 64);
    }
  return size + kilter_command_get_n_records (command) * 1024;
}

/* --- on the worker --- */

static gboolean
write_parts (Write *write, GError **error)
{
  KilterStore *store = write->store;

  switch (write->kind)
    {
    case WRITE_APPLY:
      return kilter_row_writer_write_command (store->rows, write->command, TRUE, error) &&
             kilter_log_append (store->log, write->id, write->command, write->target, error);
    case WRITE_UNDO:
    case WRITE_REDO:
    default:
      return kilter_row_writer_write_command (store->rows, write->command,
                                              write->kind == WRITE_REDO, error) &&
             kilter_log_append_step (store->log, write->id, write->kind == WRITE_REDO, write->label,
                                     write->who, write->at, write->target, error);
    }
}

static gboolean
write_transaction (Write *write, GError **error)
{
  KilterStore *store = write->store;
  gboolean written = kilter_database_exec (store->db, "BEGIN IMMEDIATE", error) &&
                     write_parts (write, error) &&
                     kilter_database_exec (store->db, "COMMIT", error);

  if (!written && !sqlite3_get_autocommit (store->db))
    sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
  kilter_log_settle (store->log, written);
  return written;
}

/* Trimming is housekeeping: when it fails the log is merely longer. */
static void
trim_log (KilterStore *store)
{
  gint64 through;

  if (!kilter_log_needs_trim (store->log) || !kilter_log_trim (store->log, FALSE, &through, NULL) ||
      through == 0)
    return;
  g_mutex_lock (&store->mutex);
  store->trimmed_through = MAX (store->trimmed_through, through);
  g_mutex_unlock (&store->mutex);
}

static gboolean notify_cb (gpointer user_data);

static void
do_write (KilterStore *store, Write *write)
{
  g_autoptr (GMainContext)
    context = write->task != NULL ? g_main_context_ref (g_task_get_context (write->task)) : NULL;
  GError *error = NULL;
  gboolean broken;

  g_mutex_lock (&store->mutex);
  broken = store->broken;
  g_mutex_unlock (&store->mutex);
  if (broken)
    kilter_set_store_error (&error, KILTER_STORE_ERROR_FAILED,
                            "An earlier change could not be written.");
  else if (write_transaction (write, &error))
    trim_log (store);

  g_mutex_lock (&store->mutex);
  write->done = TRUE;
  write->error = error;
  store->broken = store->broken || error != NULL;
  if (context != NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, notify_cb, write_ref (write), write_unref);
      g_source_attach (source, context);
    }
  g_cond_broadcast (&store->changed);
  g_mutex_unlock (&store->mutex);
  write_unref (write);
}

static gpointer
work (gpointer user_data)
{
  KilterStore *store = user_data;
  gpointer item;

  while ((item = g_async_queue_pop (store->queue)) != store)
    do_write (store, item);
  return NULL;
}

/* --- settling, on the plan's thread --- */

/* Keeps memory bounded: the oldest commands are forgotten, and read again when they are wanted. */
static void
forget_old_commands (KilterStore *self)
{
  for (guint i = 0; self->steps_size > STEPS_SIZE && i + 1 < self->undo->len; i++)
    {
      KilterStep *step = self->undo->pdata[i];

      if (step->command == NULL || step->id > self->settled_id)
        continue;
      g_clear_pointer (&step->command, kilter_command_unref);
      self->steps_size -= step->size;
      step->size = 0;
    }
}

/* Takes back in memory what could not be written. */
static void
unwind (KilterStore *self, Write *write)
{
  switch (write->kind)
    {
    case WRITE_APPLY:
      kilter_plan_revert (self->plan, write->command);
      self->steps_size -= write->step->size;
      g_ptr_array_remove_index (self->undo, self->undo->len - 1);
      if (write->dropped != NULL)
        {
          g_ptr_array_unref (self->redo);
          self->redo = g_steal_pointer (&write->dropped);
        }
      break;
    case WRITE_UNDO:
      kilter_plan_apply (self->plan, write->command);
      move_last (self->redo, self->undo);
      break;
    case WRITE_REDO:
    default:
      kilter_plan_revert (self->plan, write->command);
      move_last (self->undo, self->redo);
      break;
    }
}

static gboolean
is_done (KilterStore *self, Write *write)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  done = write->done;
  g_mutex_unlock (&self->mutex);
  return done;
}

static void
wait_for (KilterStore *self, Write *write)
{
  g_mutex_lock (&self->mutex);
  while (!write->done)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/* Notes what has become durable; after a failure takes back all that was not, newest first. */
static void
settle_done (KilterStore *self)
{
  Write *write;

  while ((write = g_queue_peek_head (&self->pending)) != NULL && is_done (self, write))
    {
      if (write->error == NULL)
        {
          self->settled_id = write->id;
          write->settled = TRUE;
          g_clear_pointer (&write->dropped, g_ptr_array_unref);
          write_unref (g_queue_pop_head (&self->pending));
          continue;
        }
      wait_for (self, g_queue_peek_tail (&self->pending));
      self->next_id = write->id;
      while ((write = g_queue_pop_tail (&self->pending)) != NULL)
        {
          unwind (self, write);
          write->settled = TRUE;
          write_unref (write);
        }
      g_mutex_lock (&self->mutex);
      self->broken = FALSE;
      g_mutex_unlock (&self->mutex);
    }
  forget_old_commands (self);
}

static gboolean
notify_cb (gpointer user_data)
{
  Write *write = user_data;

  /* a settled write may be all that is left of its store */
  if (!write->settled)
    settle_done (write->store);
  if (write->error != NULL)
    g_task_return_error (write->task, g_error_copy (write->error));
  else
    g_task_return_boolean (write->task, TRUE);
  return G_SOURCE_REMOVE;
}

/* --- starting writes --- */

static Write *
start_write (KilterStore *self,
             WriteKind kind,
             KilterCommand *command,
             gint64 target,
             const char *who,
             const char *at)
{
  Write *write = g_new0 (Write, 1);

  g_atomic_ref_count_init (&write->ref_count);
  write->store = self;
  write->kind = kind;
  write->id = self->next_id++;
  write->command = kilter_command_ref (command);
  write->target = target;
  write->who = g_strdup (who);
  write->at = g_strdup (at);
  g_queue_push_tail (&self->pending, write);
  return write;
}

static void
push_write (KilterStore *self, Write *write, GTask *task)
{
  write->task = task != NULL ? g_object_ref (task) : NULL;
  g_async_queue_push (self->queue, write_ref (write));
}

static Write *
begin_apply (KilterStore *self, KilterCommand *command, gint64 target)
{
  Write *write = start_write (self, WRITE_APPLY, command, target, NULL, NULL);
  KilterStep *step = g_new0 (KilterStep, 1);

  kilter_plan_apply (self->plan, command);
  step->id = write->id;
  step->label = g_strdup (kilter_command_get_label (command));
  step->command = kilter_command_ref (command);
  step->size = measure_command (command);
  self->steps_size += step->size;
  write->step = step;
  g_ptr_array_add (self->undo, step);
  if (self->redo->len > 0)
    {
      write->dropped = g_steal_pointer (&self->redo);
      self->redo = g_ptr_array_new_with_free_func (kilter_step_free);
    }
  return write;
}

static gboolean
is_available (KilterStore *self, KilterStep *step)
{
  gint64 trimmed;

  if (step == NULL || self->read_only || self->working == NULL)
    return FALSE;
  if (step->command != NULL)
    return TRUE;
  g_mutex_lock (&self->mutex);
  trimmed = self->trimmed_through;
  g_mutex_unlock (&self->mutex);
  return step->complete && step->id > trimmed;
}

static gboolean
ensure_command (KilterStore *self, KilterStep *step, GError **error)
{
  if (step->command != NULL)
    return TRUE;
  step->command = kilter_log_read_command (self->reader, self->kind, step->id, error);
  if (step->command == NULL)
    return FALSE;
  step->size = measure_command (step->command);
  self->steps_size += step->size;
  return TRUE;
}

static Write *
begin_step (KilterStore *self, gboolean forward, const char *who, const char *at, GError **error)
{
  GPtrArray *from = forward ? self->redo : self->undo;
  KilterStep *step = get_last (from);
  Write *write;

  if (!is_available (self, step))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED, "There is nothing to %s.",
                              forward ? "redo" : "undo");
      return NULL;
    }
  if (!ensure_command (self, step, error))
    return NULL;
  write = start_write (self, forward ? WRITE_REDO : WRITE_UNDO, step->command, step->id, who, at);
  write->label = g_strdup (step->label);
  write->step = step;
  if (forward)
    kilter_plan_apply (self->plan, step->command);
  else
    kilter_plan_revert (self->plan, step->command);
  move_last (from, forward ? self->undo : self->redo);
  return write;
}

/* Whether commands may be applied at all. */
gboolean
kilter_store_check_writable (KilterStore *self, GError **error)
{
  if (!self->read_only && self->working != NULL)
    return TRUE;
  kilter_set_store_error (error, KILTER_STORE_ERROR_READ_ONLY,
                          "The plan was opened for reading, or is closed.");
  return FALSE;
}

/* Waits until a write is on the disk, or has been taken back. */
static gboolean
finish_write (KilterStore *self, Write *write, GError **error)
{
  gboolean written;

  write_ref (write);
  push_write (self, write, NULL);
  wait_for (self, write);
  settle_done (self);
  written = write->error == NULL;
  if (!written)
    g_propagate_error (error, g_error_copy (write->error));
  write_unref (write);
  return written;
}

/* Applies a command that may take back an earlier one. */
gboolean
kilter_store_apply_now (KilterStore *self, KilterCommand *command, gint64 target, GError **error)
{
  return finish_write (self, begin_apply (self, command, target), error);
}

/**
 * kilter_store_apply:
 * @command: (transfer full): built against the plan as it is, and stamped
 *
 * Applies a command to the plan and makes it durable, log entry included. When it cannot be
 * written the plan is as it was.
 */
gboolean
kilter_store_apply (KilterStore *self, KilterCommand *command, GError **error)
{
  g_autoptr (KilterCommand) owned = command;

  g_return_val_if_fail (self != NULL && command != NULL, FALSE);

  if (!kilter_store_check_writable (self, error))
    return FALSE;
  if (kilter_command_is_empty (command))
    return TRUE;
  return finish_write (self, begin_apply (self, command, 0), error);
}

gboolean
kilter_store_undo (KilterStore *self, const char *who, const char *at, GError **error)
{
  Write *write = kilter_store_check_writable (self, error)
                   ? begin_step (self, FALSE, who, at, error)
                   : NULL;

  return write != NULL && finish_write (self, write, error);
}

gboolean
kilter_store_redo (KilterStore *self, const char *who, const char *at, GError **error)
{
  Write *write = kilter_store_check_writable (self, error) ? begin_step (self, TRUE, who, at, error)
                                                           : NULL;

  return write != NULL && finish_write (self, write, error);
}

/**
 * kilter_store_apply_async:
 * @command: (transfer full): see kilter_store_apply()
 *
 * The plan has changed when this returns; writing happens on the worker. When it fails, this
 * command and all that were started after it are taken back before their callbacks run.
 */
void
kilter_store_apply_async (KilterStore *self,
                          KilterCommand *command,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (KilterCommand) owned = command;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, kilter_store_apply_async);
  if (!kilter_store_check_writable (self, &error))
    g_task_return_error (task, error);
  else if (kilter_command_is_empty (command))
    g_task_return_boolean (task, TRUE);
  else
    push_write (self, begin_apply (self, command, 0), task);
}

static void
step_async (KilterStore *self,
            gboolean forward,
            const char *who,
            const char *at,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  GError *error = NULL;
  Write *write = kilter_store_check_writable (self, &error)
                   ? begin_step (self, forward, who, at, &error)
                   : NULL;

  if (write == NULL)
    g_task_return_error (task, error);
  else
    push_write (self, write, task);
}

void
kilter_store_undo_async (KilterStore *self,
                         const char *who,
                         const char *at,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  step_async (self, FALSE, who, at, callback, user_data);
}

void
kilter_store_redo_async (KilterStore *self,
                         const char *who,
                         const char *at,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  step_async (self, TRUE, who, at, callback, user_data);
}

gboolean
kilter_store_write_finish (KilterStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Returns: (transfer full) (nullable): the newest write under way, for another thread to wait for
 */
gpointer
kilter_store_hold_last_write (KilterStore *self)
{
  Write *last = g_queue_peek_tail (&self->pending);

  return last != NULL ? write_ref (last) : NULL;
}

/* On any thread. Whether it succeeded, and what follows from that, is the plan's thread's business.
 * @write: (transfer full) (nullable) */
void
kilter_store_wait_for_write (KilterStore *self, gpointer write)
{
  if (write == NULL)
    return;
  wait_for (self, write);
  write_unref (write);
}

/* Waits for all writes.
 *
 * Returns: whether all of them succeeded */
gboolean
kilter_store_settle (KilterStore *self, GError **error)
{
  Write *last = g_queue_peek_tail (&self->pending);
  gboolean written = TRUE;

  if (last == NULL)
    return TRUE;
  write_ref (last);
  wait_for (self, last);
  settle_done (self);
  if (last->error != NULL)
    {
      written = FALSE;
      g_propagate_error (error, g_error_copy (last->error));
    }
  write_unref (last);
  return written;
}

/**
 * kilter_store_flush:
 *
 * Waits until all that was started is durable.
 */
gboolean
kilter_store_flush (KilterStore *self, GError **error)
{
  return kilter_store_settle (self, error);
}

/* --- what can be undone and redone --- */

gboolean
kilter_store_can_undo (KilterStore *self)
{
  return is_available (self, get_last (self->undo));
}

gboolean
kilter_store_can_redo (KilterStore *self)
{
  return is_available (self, get_last (self->redo));
}

const char *
kilter_store_get_undo_label (KilterStore *self)
{
  return kilter_store_can_undo (self) ? get_last (self->undo)->label : NULL;
}

const char *
kilter_store_get_redo_label (KilterStore *self)
{
  return kilter_store_can_redo (self) ? get_last (self->redo)->label : NULL;
}

/**
 * kilter_store_get_undo_command:
 *
 * Returns: (transfer none) (nullable): what undo would take back
 */
KilterCommand *
kilter_store_get_undo_command (KilterStore *self)
{
  KilterStep *step = kilter_store_can_undo (self) ? get_last (self->undo) : NULL;

  return step != NULL && ensure_command (self, step, NULL) ? step->command : NULL;
}

KilterCommand *
kilter_store_get_redo_command (KilterStore *self)
{
  KilterStep *step = kilter_store_can_redo (self) ? get_last (self->redo) : NULL;

  return step != NULL && ensure_command (self, step, NULL) ? step->command : NULL;
}

/* --- starting and stopping --- */

static gboolean
load_steps (KilterStore *self, GError **error)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;

  if (!kilter_log_read_steps (self->reader, &undo, &redo, error))
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      GPtrArray *entries = i == 0 ? undo : redo;

      for (guint k = entries->len; k > 0; k--)
        {
          const KilterLogEntry *entry = entries->pdata[k - 1];
          KilterStep *step = g_new0 (KilterStep, 1);

          step->id = entry->id;
          step->label = g_strdup (entry->label);
          step->complete = entry->complete;
          g_ptr_array_add (i == 0 ? self->undo : self->redo, step);
        }
    }
  return TRUE;
}

/* WAL and FULL: one sync a commit, and nothing that was acknowledged is lost when the power
 * fails. */
static gboolean
set_journal (sqlite3 *db, GError **error)
{
  g_autofree char *mode = kilter_database_get_text (db, "PRAGMA journal_mode = WAL", error);

  if (mode == NULL)
    return FALSE;
  if (!g_str_equal (mode, "wal"))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED,
                              "The working copy has the journal mode '%s'.", mode);
      return FALSE;
    }
  return kilter_database_exec (db, "PRAGMA synchronous = FULL", error);
}

static gboolean
start_worker (KilterStore *self, GError **error)
{
  const char *path = self->working->database_path;
  gint64 trimmed;

  self->db = kilter_database_open (path, KILTER_DATABASE_WRITE, error);
  if (self->db == NULL || !set_journal (self->db, error) ||
      !kilter_schema_update_measures (self->db, error))
    return FALSE;
  self->rows = kilter_row_writer_new (self->db, self->kind, error);
  self->log = self->rows != NULL ? kilter_log_new (self->db, self->kind, error) : NULL;
  if (self->log == NULL || !kilter_log_trim (self->log, TRUE, &trimmed, error))
    return FALSE;
  self->settled_id = kilter_log_get_last (self->log);
  self->next_id = self->settled_id + 1;
  self->queue = g_async_queue_new ();
  self->worker = g_thread_new ("kilter-store", work, self);
  return TRUE;
}

/* Starts the worker and reads what can be undone. */
gboolean
kilter_store_start (KilterStore *self, GError **error)
{
  if (!self->read_only && !start_worker (self, error))
    return FALSE;
  self->reader = kilter_database_open (self->working->database_path, KILTER_DATABASE_WRITE, error);
  return self->reader != NULL &&
         kilter_database_exec (self->reader, "PRAGMA query_only = ON", error) &&
         load_steps (self, error);
}

/* Ends the worker, once all publishing has ended. Nothing may be pending. */
void
kilter_store_stop (KilterStore *self)
{
  g_mutex_lock (&self->mutex);
  while (self->n_publishing > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (self->worker != NULL)
    {
      g_async_queue_push (self->queue, self);
      g_thread_join (g_steal_pointer (&self->worker));
    }
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_clear_pointer (&self->log, kilter_log_free);
  g_clear_pointer (&self->rows, kilter_row_writer_free);
  g_clear_pointer (&self->reader, kilter_database_close);
  g_clear_pointer (&self->db, kilter_database_close);
}
