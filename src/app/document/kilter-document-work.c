/* kilter-document-work.c: long work of a document on another thread, its result as a command
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-document-private.h"

#include <glib/gi18n-lib.h>

#include "base/kilter-number.h"

typedef struct
{
  KilterDocument *document; /* owned by the GTask */
  KilterDocumentWork work;
  char *title;
  char *format;
  GMutex lock;
  guint64 done;
  guint64 total;
  guint tick;
  gint64 started;
} Work;

static void
work_free (Work *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->work.free_task != NULL)
    self->work.free_task (self->work.task);
  g_free (self->title);
  g_free (self->format);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* called on any thread; the main thread looks from time to time */
static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  Work *self = data;

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->lock);
}

/* Until there are units to count the seconds say that something goes on. */
static gboolean
tick_cb (gpointer data)
{
  Work *self = data;
  g_autofree char *text = NULL;
  g_autofree char *done_text = NULL;
  g_autofree char *total_text = NULL;
  guint64 done, total;
  gint64 seconds = (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;

  g_mutex_lock (&self->lock);
  done = self->done;
  total = self->total;
  g_mutex_unlock (&self->lock);

  if (total > 0 && self->format != NULL)
    {
      done_text = kilter_number_format_plain ((double) done, 0);
      total_text = kilter_number_format_plain ((double) total, 0);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      text = g_strdup_printf (self->format, done_text, total_text);
#pragma GCC diagnostic pop
    }
  else if (seconds >= 3)
    /* Translators: %1$s is what is calculated, "Planning supply…"; %2$d a number of seconds */
    text = g_strdup_printf (_ ("%1$s %2$d s"), self->title, (int) seconds);
  kilter_document_set_progress (self->document,
                                total > 0 ? CLAMP ((double) done / (double) total, 0, 1) : -1,
                                text != NULL ? text : self->title);
  return G_SOURCE_CONTINUE;
}

static void
thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *self = data;
  GError *error = NULL;

  if (self->work.run (self->work.task, self->document->job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error != NULL ? error
                                             : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                                                    _ ("The calculation failed.")));
}

/* on the main thread again: the command, then the caller */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) outer = data;
  KilterDocument *self = KILTER_DOCUMENT (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  KilterCommand *command;
  gboolean ok;

  g_clear_handle_id (&work->tick, g_source_remove);
  ok = g_task_propagate_boolean (G_TASK (result), &error);
  g_clear_pointer (&self->job, kilter_job_unref);
  self->forecast = NULL;
  kilter_document_set_progress (self, -1, NULL);

  if (ok && work->work.finish != NULL && self->store != NULL)
    {
      command = work->work.finish (work->work.task, self->plan);
      if (command != NULL)
        ok = kilter_document_apply (self, command, &error);
    }
  if (ok)
    kilter_document_set_problem (self, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kilter_document_set_problem (self, kilter_document_error_text (error));
  kilter_document_notify_busy (self);

  if (ok)
    g_task_return_pointer (outer, work->work.task, NULL);
  else
    g_task_return_error (outer, error);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_document_run_async:
 * @work: (transfer full): what to do; `task` is freed with `free_task` after the callback
 *
 * Runs one piece of long work on another thread. One at a time: a second one fails with
 * %KILTER_DOCUMENT_ERROR_BUSY. The plan may be edited meanwhile; `finish` makes the command
 * against the plan as it is then.
 */
void
kilter_document_run_async (KilterDocument *self,
                           const KilterDocumentWork *work,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) inner = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Work *data = g_new0 (Work, 1);

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  g_return_if_fail (work != NULL && work->run != NULL);

  g_task_set_source_tag (outer, kilter_document_run_async);
  g_mutex_init (&data->lock);
  data->document = self;
  data->work = *work;
  data->title = g_strdup (work->title);
  data->format = g_strdup (work->progress_format);
  data->started = g_get_monotonic_time ();

  if (self->job != NULL || self->store == NULL)
    {
      work_free (data);
      g_task_return_new_error (outer, KILTER_DOCUMENT_ERROR, KILTER_DOCUMENT_ERROR_BUSY, "%s",
                               _ ("Another calculation is running."));
      return;
    }

  self->job = kilter_job_new (cancellable);
  kilter_job_set_progress (self->job, progress_cb, data);
  kilter_document_set_problem (self, NULL);
  kilter_document_set_progress (self, -1, work->title);
  kilter_document_notify_busy (self);
  data->tick = g_timeout_add (150, tick_cb, data);

  inner = g_task_new (self, NULL, done_cb, g_object_ref (outer));
  g_task_set_source_tag (inner, kilter_document_run_async);
  g_task_set_task_data (inner, data, (GDestroyNotify) work_free);
  /* the task must live as long as the caller may look at it */
  g_task_set_task_data (outer, g_object_ref (inner), g_object_unref);
  g_task_run_in_thread (inner, thread_cb);
}

gpointer
kilter_document_run_finish (KilterDocument *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kilter_document_cancel (KilterDocument *self)
{
  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  if (self->job != NULL)
    kilter_job_cancel (self->job);
}

gboolean
kilter_document_is_busy (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  return self->job != NULL;
}

/* --- forecast and supply ------------------------------------------------------------------------
 */

static gboolean
run_forecast (gpointer task, KilterJob *job, GError **error)
{
  return kilter_forecast_task_run (task, job, error);
}

static KilterCommand *
finish_forecast (gpointer task, KilterPlan *plan)
{
  return kilter_forecast_task_finish (task, plan);
}

static gboolean
run_supply (gpointer task, KilterJob *job, GError **error)
{
  return kilter_supply_task_run (task, job, error);
}

static KilterCommand *
finish_supply (gpointer task, KilterPlan *plan)
{
  return kilter_supply_task_finish (task, plan);
}

static void
return_error (KilterDocument *self, GAsyncReadyCallback callback, gpointer user_data, GError *error)
{
  kilter_document_set_problem (self, kilter_document_error_text (error));
  g_task_report_error (self, callback, user_data, return_error, error);
}

/**
 * kilter_document_forecast_async:
 * @request: which series, by which method
 *
 * Forecasts and stores the result as one undo step. Finish with kilter_document_run_finish(),
 * which returns the #KilterForecastTask.
 */
void
kilter_document_forecast_async (KilterDocument *self,
                                const KilterForecastRequest *request,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  gboolean busy = kilter_document_is_busy (self) || self->store == NULL;
  GError *error = NULL;
  KilterForecastTask *task;

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  task = kilter_forecast_task_new (self->plan, request, &error);
  if (task == NULL)
    {
      return_error (self, callback, user_data, error);
      return;
    }
  kilter_document_run_async (self,
                             &(KilterDocumentWork) {
                               .title = _ ("Forecasting…"),
                               /* Translators: "214 of 1,152 series" */
                               .progress_format = _ ("%1$s of %2$s series"),
                               .run = run_forecast,
                               .finish = finish_forecast,
                               .task = task,
                               .free_task = (GDestroyNotify) kilter_forecast_task_free,
                             },
                             callback, user_data);
  /* another calculation may have been running */
  if (!busy)
    self->forecast = task;
}

KilterForecastTask *
kilter_document_get_forecast (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->forecast;
}

/**
 * kilter_document_supply_async:
 * @strategy: (nullable): key of a strategy; %NULL for the scenario's own
 *
 * Plans supply and stores the plan as one undo step. Finish with kilter_document_run_finish(),
 * which returns the #KilterSupplyTask.
 */
void
kilter_document_supply_async (KilterDocument *self,
                              KilterVersion version,
                              const char *strategy,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GError *error = NULL;
  KilterSupplyTask *task;

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  task = kilter_supply_task_new (self->plan, version, strategy, &error);
  if (task == NULL)
    {
      return_error (self, callback, user_data, error);
      return;
    }
  kilter_document_run_async (self,
                             &(KilterDocumentWork) {
                               .title = _ ("Planning supply…"),
                               .run = run_supply,
                               .finish = finish_supply,
                               .task = task,
                               .free_task = (GDestroyNotify) kilter_supply_task_free,
                             },
                             callback, user_data);
}

typedef struct
{
  KilterSupplyTask *task;
} Explain;

static void
explain_free (gpointer data)
{
  Explain *explain = data;

  g_clear_pointer (&explain->task, kilter_supply_task_free);
  g_free (explain);
}

static gboolean
run_explain (gpointer data, KilterJob *job, GError **error)
{
  Explain *explain = data;

  return kilter_supply_task_run (explain->task, job, error);
}

/* Readies the packages against the plan as it is; nothing is applied. */
static KilterCommand *
finish_explain (gpointer data, KilterPlan *plan)
{
  Explain *explain = data;

  kilter_command_unref (kilter_supply_task_finish (explain->task, plan));
  return NULL;
}

/**
 * kilter_document_explain_async:
 * @resource: the resource that is short, or 0
 * @product: the product that is short, or 0
 *
 * Looks for reasons and ways to fix a gap without changing the plan.
 */
void
kilter_document_explain_async (KilterDocument *self,
                               KilterVersion version,
                               int resource,
                               int product,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GError *error = NULL;
  KilterSupplyTask *task;
  Explain *explain;

  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  task = kilter_supply_task_new (self->plan, version, NULL, &error);
  if (task == NULL)
    {
      return_error (self, callback, user_data, error);
      return;
    }
  kilter_supply_task_want_fixes (task, resource, product);
  kilter_supply_task_change_demand (task, self->plan);
  explain = g_new0 (Explain, 1);
  explain->task = task;
  kilter_document_run_async (self,
                             &(KilterDocumentWork) {
                               .title = _ ("Looking for ways out…"),
                               .run = run_explain,
                               .finish = finish_explain,
                               .task = explain,
                               .free_task = explain_free,
                             },
                             callback, user_data);
}

/**
 * kilter_document_explain_finish:
 *
 * Returns: (transfer full) (nullable): the task with its whys and fixes
 */
KilterSupplyTask *
kilter_document_explain_finish (KilterDocument *self, GAsyncResult *result, GError **error)
{
  Explain *explain = kilter_document_run_finish (self, result, error);

  return explain != NULL ? g_steal_pointer (&explain->task) : NULL;
}
