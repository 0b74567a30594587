/* kilter-job.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-job.h"

struct _KilterJob
{
  gatomicrefcount ref_count;
  GCancellable *cancellable;
  KilterJobProgress progress;
  gpointer progress_data;
  guint n_threads;

  GMutex mutex; /* guards the four below */
  guint64 done;
  guint64 total;
  gint64 last_report;
};

/* progress is a courtesy to the eye, not a measurement: at most this often, in µs */
#define REPORT_INTERVAL 80000

typedef struct
{
  KilterJob *job;
  gsize n;
  gsize next; /* atomic */
  KilterJobBody body;
  gpointer user_data;
} Loop;

typedef struct
{
  Loop *loop;
  guint worker;
} LoopWorker;

static gpointer
run_worker (gpointer data)
{
  LoopWorker *self = data;
  Loop *loop = self->loop;

  while (!kilter_job_is_cancelled (loop->job))
    {
      gsize i = (gsize) g_atomic_pointer_add (&loop->next, 1);

      if (i >= loop->n)
        break;
      loop->body (i, self->worker, loop->user_data);
      kilter_job_advance (loop->job, 1);
    }

  return NULL;
}

/**
 * kilter_job_new:
 * @cancellable: (nullable): what cancels the job
 *
 * Makes a job that uses every core. A job is passed to a long calculation, which reports its
 * progress to it and stops soon after it is cancelled.
 *
 * Returns: (transfer full): the job
 */
KilterJob *
kilter_job_new (GCancellable *cancellable)
{
  KilterJob *self = g_new0 (KilterJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->cancellable = cancellable ? g_object_ref (cancellable) : g_cancellable_new ();
  self->n_threads = g_get_num_processors ();
  g_mutex_init (&self->mutex);

  return self;
}

KilterJob *
kilter_job_ref (KilterJob *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kilter_job_unref (KilterJob *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * kilter_job_set_progress:
 * @progress: (nullable): called from worker threads
 *
 * Sets who is told about progress. Call it before the work begins.
 */
void
kilter_job_set_progress (KilterJob *self, KilterJobProgress progress, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->progress_data = user_data;
}

/**
 * kilter_job_set_n_threads:
 * @n_threads: 0 for one thread a core
 *
 * No result depends on this number.
 */
void
kilter_job_set_n_threads (KilterJob *self, guint n_threads)
{
  g_return_if_fail (self != NULL);

  self->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
}

guint
kilter_job_get_n_threads (KilterJob *self)
{
  return self != NULL ? self->n_threads : g_get_num_processors ();
}

void
kilter_job_set_total (KilterJob *self, guint64 total)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->total = total;
  self->done = 0;
  g_mutex_unlock (&self->mutex);
}

/**
 * kilter_job_advance:
 * @self: (nullable): the job
 * @units: units of work finished since the last call
 */
void
kilter_job_advance (KilterJob *self, guint64 units)
{
  guint64 done, total;
  gint64 now;
  gboolean report;

  if (self == NULL)
    return;

  now = g_get_monotonic_time ();
  g_mutex_lock (&self->mutex);
  self->done += units;
  done = self->done;
  total = self->total;
  report = self->progress != NULL && (now - self->last_report >= REPORT_INTERVAL || done == total);
  if (report)
    self->last_report = now;
  g_mutex_unlock (&self->mutex);

  if (report)
    self->progress (done, total, self->progress_data);
}

void
kilter_job_cancel (KilterJob *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
}

/**
 * kilter_job_is_cancelled:
 * @self: (nullable): the job; %NULL is never cancelled
 */
gboolean
kilter_job_is_cancelled (KilterJob *self)
{
  return self != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/**
 * kilter_job_get_cancellable:
 *
 * Returns: (transfer none): what cancels the job
 */
GCancellable *
kilter_job_get_cancellable (KilterJob *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

/**
 * kilter_job_parallel:
 * @self: (nullable): the job; %NULL runs on every core and cannot be cancelled
 * @n: how many units of work
 * @body: does one of them
 * @error: set to %G_IO_ERROR_CANCELLED when the job was cancelled
 *
 * Runs @body for 0 … @n - 1, each exactly once, in any order and on several threads. When @body
 * writes only to places that belong to its index, the outcome does not depend on the number of
 * threads. The calling thread works too.
 *
 * Returns: %FALSE when cancelled; some units may then not have run
 */
gboolean
kilter_job_parallel (KilterJob *self,
                     gsize n,
                     KilterJobBody body,
                     gpointer user_data,
                     GError **error)
{
  Loop loop = { .job = self, .n = n, .body = body, .user_data = user_data };
  guint n_threads = (guint) MIN ((gsize) kilter_job_get_n_threads (self), MAX (n, 1));
  g_autofree LoopWorker *workers = g_new0 (LoopWorker, n_threads);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);

  g_return_val_if_fail (body != NULL, FALSE);

  kilter_job_set_total (self, n);
  for (guint i = 0; i < n_threads; i++)
    {
      workers[i].loop = &loop;
      workers[i].worker = i;
      if (i > 0)
        threads[i] = g_thread_new ("kilter-job", run_worker, &workers[i]);
    }
  run_worker (&workers[0]);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);

  if (kilter_job_is_cancelled (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The job was cancelled");
      return FALSE;
    }
  return TRUE;
}
