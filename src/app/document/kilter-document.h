/* kilter-document.h: an open plan: store, undo, publishing, long work
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/kilter-job.h"
#include "plan/data/kilter-command.h"
#include "plan/kilter-tasks.h"
#include "store/kilter-store.h"

G_BEGIN_DECLS

#define KILTER_DOCUMENT_ERROR (kilter_document_error_quark ())
typedef enum
{
  KILTER_DOCUMENT_ERROR_READ_ONLY, /* another person has the plan open, or a past cycle is shown */
  KILTER_DOCUMENT_ERROR_BUSY,      /* another long calculation is running */
} KilterDocumentError;
GQuark kilter_document_error_quark (void);

/**
 * KilterDocumentState:
 * @KILTER_DOCUMENT_NORMAL: the plan can be edited
 * @KILTER_DOCUMENT_LOCKED: another process has the plan open: read-only
 * @KILTER_DOCUMENT_CONFLICT: someone else changed the file; nothing is published until the person
 *   chooses what to do
 * @KILTER_DOCUMENT_UNPUBLISHED: the file could not be written; changes are safe in the working copy
 */
typedef enum
{
  KILTER_DOCUMENT_NORMAL,
  KILTER_DOCUMENT_LOCKED,
  KILTER_DOCUMENT_CONFLICT,
  KILTER_DOCUMENT_UNPUBLISHED,
} KilterDocumentState;

/**
 * KilterDocument:
 *
 * A plan with its store. Views read the plan and never write it: every change is a command given
 * to kilter_document_apply(). All functions belong to the main thread.
 *
 * Properties: `name` (string), `state` (int), `is-sample` (boolean), `undo-label`, `redo-label`
 * (string, %NULL when there is nothing), `busy` (boolean), `progress` (double, 0 … 1, negative
 * while unknown), `progress-text` (string), `problem` (string: what the last failed calculation or
 * publication said).
 *
 * Signals:
 * - `changed (KilterChange change, KilterCommand *command)`: after apply, undo, redo; @command is
 *   %NULL after a reload
 * - `logged ()`: shortly afterwards: the change is on the disk and in kilter_document_get_log()
 */
#define KILTER_TYPE_DOCUMENT (kilter_document_get_type ())
G_DECLARE_FINAL_TYPE (KilterDocument, kilter_document, KILTER, DOCUMENT, GObject)

/**
 * KilterDocumentSetup: a new plan
 * @name: the company or plan
 * @currency: "USD"
 * @cycle: first month of the horizon
 */
typedef struct
{
  const char *name;
  const char *currency;
  KilterBucketKind kind;
  KilterBucket cycle;
  int n_history;
  int n_horizon;
} KilterDocumentSetup;

/* opening; each returns a document or an error of the store */
void kilter_document_open_async (GFile *file,
                                 KilterStoreFlags flags,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
KilterDocument *kilter_document_recover (const char *orphan, GError **error);
void kilter_document_new_async (const KilterDocumentSetup *setup,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KilterDocument *kilter_document_open_finish (GAsyncResult *result, GError **error);

/* text for people of an error of this file, the store, the plan or the system */
const char *kilter_document_error_text (const GError *error);

/* (nullable): NULL for a document that has no file of the user yet */
GFile *kilter_document_get_file (KilterDocument *self);
KilterPlan *kilter_document_get_plan (KilterDocument *self);
const char *kilter_document_get_name (KilterDocument *self);
KilterDocumentState kilter_document_get_state (KilterDocument *self);
gboolean kilter_document_is_read_only (KilterDocument *self);
gboolean kilter_document_is_sample (KilterDocument *self);
void kilter_document_set_sample (KilterDocument *self, gboolean is_sample);

/* who and when, for commands and for kilter-cycle.h */
const char *kilter_document_get_user (KilterDocument *self);
char *kilter_document_get_now (KilterDocument *self);

/* editing: one intention, one step */
gboolean kilter_document_apply (KilterDocument *self,
                                KilterCommand *command /* (transfer full) */,
                                GError **error);
gboolean kilter_document_undo (KilterDocument *self, GError **error);
gboolean kilter_document_redo (KilterDocument *self, GError **error);
const char *kilter_document_get_undo_label (KilterDocument *self);
const char *kilter_document_get_redo_label (KilterDocument *self);

/* (transfer full): the command that undo would take back, or %NULL */
KilterCommand *kilter_document_get_undo_command (KilterDocument *self);
/* (transfer full): the command that redo would do again, or %NULL */
KilterCommand *kilter_document_get_redo_command (KilterDocument *self);
/* (transfer full): what an entry of the log changed, or %NULL */
KilterCommand *kilter_document_get_log_command (KilterDocument *self, gint64 entry);
/* takes back one entry of the log when nothing later stands on it */
gboolean kilter_document_revert (KilterDocument *self, gint64 entry, GError **error);

/* (element-type KilterLogEntry) (transfer full): newest first; empty when it cannot be read */
GPtrArray *kilter_document_get_log (KilterDocument *self, const KilterLogFilter *filter);

/**
 * KilterDocumentRun: on a worker thread; must not touch the plan
 * KilterDocumentFinish: on the main thread; (transfer full) (nullable): the command to apply
 */
typedef gboolean (*KilterDocumentRun) (gpointer task, KilterJob *job, GError **error);
typedef KilterCommand *(*KilterDocumentFinish) (gpointer task, KilterPlan *plan);

/**
 * KilterDocumentWork: long work over a copy of the plan
 * @title: a translated sentence, "Forecasting…"
 * @progress_format: (nullable): translated, with two %s: "%s of %s series"; must be given together
 *   with units of work; %NULL shows @title alone
 * @task: what is worked on
 * @free_task: frees it when everything is over
 */
typedef struct
{
  const char *title;
  const char *progress_format;
  KilterDocumentRun run;
  KilterDocumentFinish finish;
  gpointer task;
  GDestroyNotify free_task;
} KilterDocumentWork;

void kilter_document_run_async (KilterDocument *self,
                                const KilterDocumentWork *work,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (nullable): the task, valid during the callback */
gpointer kilter_document_run_finish (KilterDocument *self, GAsyncResult *result, GError **error);
void kilter_document_cancel (KilterDocument *self);
gboolean kilter_document_is_busy (KilterDocument *self);
void kilter_document_dismiss_problem (KilterDocument *self);

/* the two calculations; %NULL callbacks are fine: failures become the `problem` */
void kilter_document_forecast_async (KilterDocument *self,
                                     const KilterForecastRequest *request,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* (nullable) (transfer none): the forecast that is being made, to look at what is finished */
KilterForecastTask *kilter_document_get_forecast (KilterDocument *self);
void kilter_document_supply_async (KilterDocument *self,
                                   KilterVersion version,
                                   const char *strategy,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* plans nothing: looks for ways out. The task (whys and fixes) belongs to the caller. */
void kilter_document_explain_async (KilterDocument *self,
                                    KilterVersion version,
                                    int resource,
                                    int product,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
KilterSupplyTask *
kilter_document_explain_finish (KilterDocument *self, GAsyncResult *result, GError **error);

/* files */
void kilter_document_publish_async (KilterDocument *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void kilter_document_save_copy_async (KilterDocument *self,
                                      GFile *file,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* the file goes on as another file; the document follows it */
gboolean kilter_document_save_as (KilterDocument *self, GFile *file, GError **error);
/* publishes, then closes the store; on failure the document stays open */
void kilter_document_close_async (KilterDocument *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* closes without publishing: what is new waits in the working copy, or is forgotten */
void kilter_document_close_now (KilterDocument *self, KilterStoreClose how);
gboolean kilter_document_has_unpublished (KilterDocument *self);
gboolean kilter_document_file_finish (KilterDocument *self, GAsyncResult *result, GError **error);

G_END_DECLS
