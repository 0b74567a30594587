/* kilter-job.h: long work: progress, cancellation, and a deterministic parallel loop
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _KilterJob KilterJob;

/**
 * KilterJobProgress:
 * @done: units of work finished
 * @total: units of work altogether, or 0 while unknown
 * @user_data: what was passed to kilter_job_set_progress()
 *
 * Called from any worker thread, at most some ten times a second.
 */
typedef void (*KilterJobProgress) (guint64 done, guint64 total, gpointer user_data);

/**
 * KilterJobBody:
 * @index: which unit of work, 0 … n - 1
 * @worker: which worker runs it, 0 … n_threads - 1; for scratch memory only
 *
 * One unit of work of kilter_job_parallel(). Its result must depend on @index alone.
 */
typedef void (*KilterJobBody) (gsize index, guint worker, gpointer user_data);

KilterJob *kilter_job_new (GCancellable *cancellable);
KilterJob *kilter_job_ref (KilterJob *self);
void kilter_job_unref (KilterJob *self);
void kilter_job_set_progress (KilterJob *self, KilterJobProgress progress, gpointer user_data);
void kilter_job_set_n_threads (KilterJob *self, guint n_threads);
guint kilter_job_get_n_threads (KilterJob *self);
void kilter_job_set_total (KilterJob *self, guint64 total);
void kilter_job_advance (KilterJob *self, guint64 units);
void kilter_job_cancel (KilterJob *self);
gboolean kilter_job_is_cancelled (KilterJob *self);
GCancellable *kilter_job_get_cancellable (KilterJob *self);
gboolean kilter_job_parallel (KilterJob *self,
                              gsize n,
                              KilterJobBody body,
                              gpointer user_data,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterJob, kilter_job_unref)

G_END_DECLS
