/* kilter-store-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"
#include "store/database/kilter-log.h"
#include "store/file/kilter-publish.h"
#include "store/database/kilter-rows.h"
#include "store/kilter-store.h"
#include "store/file/kilter-working.h"

G_BEGIN_DECLS

/* A command that can be undone or redone. */
typedef struct
{
  gint64 id;
  char *label;
  KilterCommand *command; /* (nullable): read from the log when it is needed */
  gsize size;             /* of @command in memory, about */
  gboolean complete;      /* whether the log had its values when the store was opened */
} KilterStep;

struct _KilterStore
{
  KilterPlan *plan;
  KilterBucketKind kind;
  KilterWorking *working;
  GFile *file; /* (nullable), resolved */
  gboolean read_only;
  int n_recovered;

  sqlite3 *reader; /* of the plan's thread */

  /* of the worker, while it runs */
  sqlite3 *db;
  KilterRowWriter *rows;
  KilterLog *log;
  GThread *worker;
  GAsyncQueue *queue; /* of writes; the store itself asks the worker to end */

  /* of the plan's thread */
  GPtrArray *undo; /* KilterStep, newest last */
  GPtrArray *redo; /* KilterStep, the one to redo first last */
  gsize steps_size;
  GQueue pending; /* writes that are not settled, oldest first */
  gint64 next_id;
  gint64 settled_id;

  GMutex mutex;
  GCond changed;
  gboolean broken;        /* a write failed; later ones fail too until it is settled */
  gint64 trimmed_through; /* the log has no values up to this entry */
  int n_publishing;

  GMutex publish_mutex; /* one at a time */
};

/* kilter-store-write.c */
void kilter_step_free (gpointer data);
gboolean kilter_store_start (KilterStore *self, GError **error);
gboolean kilter_store_settle (KilterStore *self, GError **error);
gpointer kilter_store_hold_last_write (KilterStore *self);
void kilter_store_wait_for_write (KilterStore *self, gpointer write);
void kilter_store_stop (KilterStore *self);
gboolean kilter_store_check_writable (KilterStore *self, GError **error);
gboolean
kilter_store_apply_now (KilterStore *self, KilterCommand *command, gint64 target, GError **error);

/* kilter-store-publish.c */
gboolean kilter_store_publish_now (KilterStore *self,
                                   GFile *file,
                                   KilterPublishMode mode,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
