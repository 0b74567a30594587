/* kilter-store.h: a plan as a file: working copy, change log, publishing, recovery
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KILTER_STORE_ERROR (kilter_store_error_quark ())

/**
 * KilterStoreError:
 * @KILTER_STORE_ERROR_FAILED: anything else; the message says what
 * @KILTER_STORE_ERROR_NOT_A_PLAN: no plan file at all, or an empty one
 * @KILTER_STORE_ERROR_OTHER_APPLICATION: a database of another program
 * @KILTER_STORE_ERROR_TOO_NEW: written by a newer Kilter; it is left alone
 * @KILTER_STORE_ERROR_DAMAGED: truncated, changed at random, or contradicting itself
 * @KILTER_STORE_ERROR_FOREIGN: a plan with objects that Kilter does not make, or changed ones
 * @KILTER_STORE_ERROR_HASH: the content is not what Kilter wrote
 * @KILTER_STORE_ERROR_CONFLICT: someone else changed the file; it is never overwritten
 * @KILTER_STORE_ERROR_GONE: the file is not there any more
 * @KILTER_STORE_ERROR_EXISTS: a file of that name exists already
 * @KILTER_STORE_ERROR_BUSY: the file is open elsewhere on this machine
 * @KILTER_STORE_ERROR_UNSAVED: changes that were never published wait in a working copy, and the
 *   file has changed since
 * @KILTER_STORE_ERROR_READ_ONLY: the store or the place does not let us write
 * @KILTER_STORE_ERROR_FULL: no room on the disk
 * @KILTER_STORE_ERROR_DEPENDS: later changes stand on the one that should be taken back
 * @KILTER_STORE_ERROR_CANCELLED: the caller gave up
 */
typedef enum
{
  KILTER_STORE_ERROR_FAILED,
  KILTER_STORE_ERROR_NOT_A_PLAN,
  KILTER_STORE_ERROR_OTHER_APPLICATION,
  KILTER_STORE_ERROR_TOO_NEW,
  KILTER_STORE_ERROR_DAMAGED,
  KILTER_STORE_ERROR_FOREIGN,
  KILTER_STORE_ERROR_HASH,
  KILTER_STORE_ERROR_CONFLICT,
  KILTER_STORE_ERROR_GONE,
  KILTER_STORE_ERROR_EXISTS,
  KILTER_STORE_ERROR_BUSY,
  KILTER_STORE_ERROR_UNSAVED,
  KILTER_STORE_ERROR_READ_ONLY,
  KILTER_STORE_ERROR_FULL,
  KILTER_STORE_ERROR_DEPENDS,
  KILTER_STORE_ERROR_CANCELLED,
  KILTER_N_STORE_ERRORS,
} KilterStoreError;
GQuark kilter_store_error_quark (void);
const char *kilter_store_error_get_text (KilterStoreError code); /* translated, for users */

/**
 * KilterStore:
 *
 * An open plan: the plan in memory, a private working copy in the state folder where each command
 * is one durable transaction, and the file of the user, which is only ever replaced as a whole.
 *
 * It belongs to the thread that owns the plan. The database belongs to a worker thread of its own.
 */
typedef struct _KilterStore KilterStore;

/**
 * KilterStoreFlags:
 * @KILTER_STORE_READ_ONLY: read, neither lock nor change
 * @KILTER_STORE_IGNORE_HASH: open although the content is not what Kilter wrote; ask the user first
 * @KILTER_STORE_IGNORE_WORKING: take the file as it is; what waits in a working copy stays there
 */
typedef enum
{
  KILTER_STORE_DEFAULT = 0,
  KILTER_STORE_READ_ONLY = 1 << 0,
  KILTER_STORE_IGNORE_HASH = 1 << 1,
  KILTER_STORE_IGNORE_WORKING = 1 << 2,
} KilterStoreFlags;

/**
 * KilterStoreClose:
 * @KILTER_STORE_CLOSE_PUBLISH: publish what is new, then remove the working copy
 * @KILTER_STORE_CLOSE_KEEP: leave what is new in the working copy, to be recovered later
 * @KILTER_STORE_CLOSE_DISCARD: forget what is new
 */
typedef enum
{
  KILTER_STORE_CLOSE_PUBLISH,
  KILTER_STORE_CLOSE_KEEP,
  KILTER_STORE_CLOSE_DISCARD,
} KilterStoreClose;

/* --- opening and closing --- */

KilterStore *kilter_store_create (GFile *file, KilterPlan *plan, GError **error);
void kilter_store_create_async (GFile *file,
                                KilterPlan *plan,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
KilterStore *kilter_store_create_finish (GAsyncResult *result, GError **error);
KilterStore *kilter_store_open (GFile *file, KilterStoreFlags flags, GError **error);
void kilter_store_open_async (GFile *file,
                              KilterStoreFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
KilterStore *kilter_store_open_finish (GAsyncResult *result, GError **error);
gboolean kilter_store_close (KilterStore *self, KilterStoreClose how, GError **error);
void kilter_store_free (KilterStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterStore, kilter_store_free)

KilterPlan *kilter_store_get_plan (KilterStore *self);
GFile *kilter_store_get_file (KilterStore *self); /* (nullable) */
gboolean kilter_store_is_read_only (KilterStore *self);
gboolean kilter_store_has_unpublished (KilterStore *self);
int kilter_store_get_n_recovered (KilterStore *self);

/* --- commands --- */

gboolean kilter_store_apply (KilterStore *self, KilterCommand *command, GError **error);
gboolean kilter_store_undo (KilterStore *self, const char *who, const char *at, GError **error);
gboolean kilter_store_redo (KilterStore *self, const char *who, const char *at, GError **error);
gboolean kilter_store_revert (KilterStore *self,
                              gint64 change_set,
                              const char *who,
                              const char *at,
                              GError **error);

/* The plan has changed when these return; the callback tells when the change is durable, or that
 * it, and all that came after it, was taken back. */
void kilter_store_apply_async (KilterStore *self,
                               KilterCommand *command,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void kilter_store_undo_async (KilterStore *self,
                              const char *who,
                              const char *at,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void kilter_store_redo_async (KilterStore *self,
                              const char *who,
                              const char *at,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean kilter_store_write_finish (KilterStore *self, GAsyncResult *result, GError **error);
gboolean kilter_store_flush (KilterStore *self, GError **error);

gboolean kilter_store_can_undo (KilterStore *self);
gboolean kilter_store_can_redo (KilterStore *self);
const char *kilter_store_get_undo_label (KilterStore *self); /* (nullable) */
const char *kilter_store_get_redo_label (KilterStore *self); /* (nullable) */
KilterCommand *kilter_store_get_undo_command (KilterStore *self);
KilterCommand *kilter_store_get_redo_command (KilterStore *self);

/* --- the change log --- */

/**
 * KilterLogFilter:
 * @limit: how many entries at most; 0 for all
 * @before: only entries older than this one; 0 for the newest
 * @who: (nullable): only of this person
 * @kind: (nullable): only of this kind
 * @measure: only entries that touch the measure; -1 for any
 * @version: with @measure, of this version; 0 for any
 * @row: with @measure, of this series, product or resource; 0 for any
 * @bucket: with @measure, of this bucket; %KILTER_BUCKET_NONE for any
 */
typedef struct
{
  int limit;
  gint64 before;
  const char *who;
  const char *kind;
  int measure;
  KilterVersion version;
  int row;
  KilterBucket bucket;
} KilterLogFilter;

#define KILTER_LOG_FILTER_INIT { 0, 0, NULL, NULL, -1, 0, 0, KILTER_BUCKET_NONE }

/**
 * KilterLogEntry:
 * @state: "applied", "undone", "dropped" (undone and out of reach of redo) or "reverted"
 * @target: for kinds "undo", "redo" and "revert": the entry that they concern; else 0
 * @n_cells: how many cells changed
 * @n_records: how many records changed
 * @complete: whether the old and new values are still in the log
 */
typedef struct
{
  gint64 id;
  char *kind;
  char *label;
  char *who;
  char *at;
  char *reason;
  char *state;
  gint64 target;
  int n_cells;
  int n_records;
  gboolean complete;
} KilterLogEntry;

GPtrArray *kilter_store_get_log (KilterStore *self, const KilterLogFilter *filter, GError **error);
KilterCommand *kilter_store_get_log_command (KilterStore *self, gint64 change_set, GError **error);
gint64 kilter_store_get_last_entry (KilterStore *self); /* of the log; 0 when there is none */
char *kilter_store_get_log_digest (KilterStore *self, gint64 change_set, GError **error);

/* --- the user's file --- */

gboolean kilter_store_publish (KilterStore *self, GCancellable *cancellable, GError **error);
void kilter_store_publish_async (KilterStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kilter_store_publish_finish (KilterStore *self, GAsyncResult *result, GError **error);
gboolean kilter_store_save_copy (KilterStore *self, GFile *file, GError **error);
gboolean kilter_store_save_as (KilterStore *self, GFile *file, GError **error);
GPtrArray *kilter_store_list_kept (GFile *file);

/* plan files in memory */
GBytes *kilter_store_get_bytes (KilterStore *self, GError **error);
GBytes *kilter_store_make_bytes (KilterPlan *plan, GError **error);
KilterStore *kilter_store_open_bytes (GBytes *bytes, GError **error);

/* --- working copies left behind --- */

/**
 * KilterOrphan:
 * @id: names the working copy
 * @title: the plan's name
 * @uri: (nullable): where its file is, or was
 * @n_changes: entries of the log that are not in the file
 */
typedef struct
{
  char *id;
  char *title;
  char *uri;
  int n_changes;
} KilterOrphan;

GPtrArray *kilter_store_list_orphans (void);
KilterStore *kilter_store_recover (const char *id, GError **error);
gboolean kilter_store_discard_orphan (const char *id, GError **error);

/* --- looking at plan files --- */

/**
 * KilterFindingKind: what kilter_store_check() may find
 */
typedef enum
{
  KILTER_FINDING_FILE,      /* cannot be opened as a plan; nothing else was checked */
  KILTER_FINDING_HASH,      /* the content is not what Kilter wrote */
  KILTER_FINDING_LOG,       /* the change log is not the one that was written */
  KILTER_FINDING_IDENTITY,  /* stock, backlog or sums do not add up */
  KILTER_FINDING_DIGEST,    /* an approved snapshot is not what was approved */
  KILTER_FINDING_SIGNATURE, /* its signature does not hold, or is of another key than before */
  KILTER_FINDING_SIGNED,    /* nothing wrong: who signed it */
} KilterFindingKind;

typedef struct
{
  KilterFindingKind kind;
  char *text; /* for maintainers; of signatures for people */
} KilterFinding;

GPtrArray *kilter_store_check (GFile *file, GError **error);

/**
 * KilterQueryFunc:
 * @columns: (array length=n): names of the columns
 * @values: (array length=n) (nullable): texts, each %NULL when missing; the array itself is %NULL
 *   in a first call that only tells the names
 *
 * Returns: whether to go on
 */
typedef gboolean (*KilterQueryFunc) (int n,
                                     const char *const *columns,
                                     const char *const *values,
                                     gpointer user_data);

gboolean kilter_store_query (KilterStore *self,
                             const char *sql,
                             KilterQueryFunc func,
                             gpointer user_data,
                             GError **error);

G_END_DECLS
