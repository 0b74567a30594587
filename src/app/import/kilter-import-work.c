/* kilter-import-work.c: reading and checking a file, on other threads
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>

#include "report/words/kilter-format.h"

/* a check that takes longer shows that it is under way */
#define QUIET_SECONDS 0.4

/* of the thread; the dialog looks at the count from time to time */
typedef struct
{
  GFile *file;            /* to be read, or */
  KilterImportFile *rows; /* to be checked */
  KilterPlan *plan;       /* against what: a copy */
  KilterImportOptions *options;
  GMutex lock;
  guint64 done;
  guint64 total;
  gint64 started;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->file);
  g_clear_pointer (&work->rows, kilter_import_file_free);
  g_clear_pointer (&work->plan, kilter_plan_free);
  kilter_import_options_free (work->options);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  Work *work = data;

  g_mutex_lock (&work->lock);
  work->done = done;
  work->total = total;
  g_mutex_unlock (&work->lock);
}

static gboolean
tick_cb (gpointer data)
{
  GTask *task = data;
  KilterImportDialog *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  g_autofree char *rows = NULL;
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  double seconds = (double) (g_get_monotonic_time () - work->started) / G_USEC_PER_SEC;
  guint64 done, total;

  if (work->rows != NULL && seconds > QUIET_SECONDS)
    kilter_import_show_step (self, "busy");
  g_mutex_lock (&work->lock);
  done = work->done;
  total = work->total;
  g_mutex_unlock (&work->lock);
  if (done == 0)
    return G_SOURCE_CONTINUE;
  rows = kilter_format_count ((guint) MIN (done, G_MAXUINT));
  if (work->rows != NULL)
    {
      other = kilter_format_count ((guint) MIN (MAX (total, done), G_MAXUINT));
      /* Translators: %1$s of %2$s rows of a file are checked */
      text = g_strdup_printf (_ ("%1$s of %2$s rows"), rows, other);
    }
  else
    {
      other = kilter_format_count ((guint) MIN ((double) done / seconds, G_MAXUINT));
      /* Translators: %1$s is a number of rows, %2$s how many of them in a second */
      text = g_strdup_printf (_ ("%1$s rows, %2$s rows per second"), rows, other);
    }
  adw_status_page_set_description (self->busy_page, text);
  return G_SOURCE_CONTINUE;
}

static void
refuse (KilterImportDialog *self, const char *reason)
{
  g_autofree char *escaped = g_markup_escape_text (reason, -1);

  adw_status_page_set_description (self->refusal, escaped);
  kilter_import_show_step (self, "refused");
}

/* Starts what a thread does; whatever was under way before is over. */
static void
start (KilterImportDialog *self,
       Work *work /* (transfer full) */,
       GTaskThreadFunc thread,
       GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = NULL;

  kilter_import_stop (self);
  self->cancellable = g_cancellable_new ();
  work->options = kilter_import_options_copy (self->options);
  work->started = g_get_monotonic_time ();
  g_mutex_init (&work->lock);
  task = g_task_new (self, self->cancellable, callback, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, work, work_free);
  adw_status_page_set_title (self->busy_page,
                             work->rows != NULL ? _ ("Checking…") : _ ("Reading…"));
  adw_status_page_set_description (self->busy_page, NULL);
  self->is_working = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", FALSE);
  self->tick = g_timeout_add_full (G_PRIORITY_DEFAULT, 200, tick_cb, g_object_ref (task),
                                   g_object_unref);
  g_task_run_in_thread (task, thread);
}

/* Whether the dialog still waits for this; a later one has a clock of its own. */
static gboolean
is_awaited (KilterImportDialog *self, GAsyncResult *result)
{
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable ||
      g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  g_clear_handle_id (&self->tick, g_source_remove);
  self->is_working = FALSE;
  return TRUE;
}

/* --- reading ------------------------------------------------------------------------------------
 */

/* In a process of its own, with limits: files may be anything. */
static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (KilterJob) job = kilter_job_new (cancellable);
  GError *error = NULL;
  KilterImportFile *rows;

  kilter_job_set_progress (job, progress_cb, work);
  rows = kilter_import_read_in_child (work->file, work->options, job, &error);
  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) kilter_import_file_free);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterImportFile) rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (!is_awaited (self, result))
    return;
  if (rows == NULL)
    {
      if (error->domain == KILTER_EXCHANGE_ERROR && kilter_import_forget_remembered (self))
        kilter_import_read_again (self);
      else
        refuse (self, error->message);
      return;
    }
  g_clear_pointer (&self->rows, kilter_import_file_free);
  self->rows = g_steal_pointer (&rows);
  kilter_import_check_again (self);
}

/* after the file, its encoding or its separator changed */
void
kilter_import_read_again (KilterImportDialog *self)
{
  Work *work = g_new0 (Work, 1);

  work->file = g_object_ref (self->file);
  start (self, work, read_thread, read_cb);
  if (self->preview == NULL)
    kilter_import_show_step (self, "busy");
}

/* --- checking -----------------------------------------------------------------------------------
 */

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (KilterJob) job = kilter_job_new (cancellable);
  GError *error = NULL;
  KilterImportPreview *preview;

  kilter_job_set_progress (job, progress_cb, work);
  preview = kilter_import_preview (work->plan, work->rows, work->options, job, &error);
  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) kilter_import_preview_free);
  else
    g_task_return_error (task, error);
}

static void
show_preview (KilterImportDialog *self)
{
  gboolean is_result = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") == 0;

  if (self->preview->refused && self->preview->columns->len == 0)
    {
      g_autofree char *text = self->preview->messages->len > 0
                                ? kilter_import_message_text (
                                    g_ptr_array_index (self->preview->messages, 0))
                                : g_strdup (_ ("There is nothing in it that Kilter understands."));

      refuse (self, text);
      return;
    }
  kilter_import_show_match (self);
  kilter_import_show_findings (self);
  if (is_result && !self->preview->refused)
    {
      /* the new plan begins with another period: the totals may be others */
      kilter_import_show_result (self);
      kilter_import_show_new_plan (self);
    }
  kilter_import_show_step (self, is_result && !self->preview->refused ? "result" : "match");
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterImportPreview) preview = g_task_propagate_pointer (G_TASK (result), &error);

  if (!is_awaited (self, result))
    return;
  if (preview == NULL)
    {
      refuse (self, error->message);
      return;
    }
  g_clear_pointer (&self->preview, kilter_import_preview_free);
  self->preview = g_steal_pointer (&preview);
  if (self->preview->refused && kilter_import_forget_remembered (self))
    kilter_import_read_again (self);
  else if (self->is_made)
    kilter_import_finish_new_plan (self);
  else if (self->document == NULL && kilter_import_fit_new_plan (self))
    kilter_import_check_again (self);
  else
    show_preview (self);
}

/* after anything else changed: a dry run, against a copy of what the plan is now */
void
kilter_import_check_again (KilterImportDialog *self)
{
  Work *work = g_new0 (Work, 1);

  work->rows = kilter_import_file_ref (self->rows);
  work->plan = self->document != NULL
                 ? kilter_import_copy_plan (kilter_document_get_plan (self->document))
                 : kilter_import_draft_plan (self);
  start (self, work, check_thread, check_cb);
}

/* Nothing is awaited any more. */
void
kilter_import_stop (KilterImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->is_working = FALSE;
}
