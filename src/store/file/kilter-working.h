/* kilter-working.h: working copies in the state folder, their key files and locks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kilter-store.h"

G_BEGIN_DECLS

/**
 * KilterIdentity:
 * @etag: (nullable): as GIO tells it; %NULL when there was no file
 * @size: in bytes
 * @digest: of the bytes
 *
 * What a file was when it was last read or written.
 */
typedef struct
{
  char *etag;
  gint64 size;
  char *digest;
} KilterIdentity;

void kilter_identity_clear (KilterIdentity *self);
gboolean kilter_identity_read (GFile *file,
                               KilterIdentity *out_identity,
                               GCancellable *cancellable,
                               GError **error);
gboolean kilter_identity_is_current (const KilterIdentity *self,
                                     GFile *file,
                                     KilterIdentity *out_found,
                                     GCancellable *cancellable,
                                     GError **error);

/**
 * KilterWorking:
 * @id: names it; "database" and "key" below are made from it
 * @uri: (nullable): where the document is
 * @known: what the document was when it was last read or written
 * @ready: whether the database is whole
 * @pending: (nullable): digest of a file that is being published
 * @pending_last: the newest entry of the log in that file
 * @counter: how often the plan was published
 * @published: the newest entry of the log that is in the document
 *
 * A working copy. While this exists it is locked: no other process, and no other store of this
 * one, can take it.
 */
typedef struct
{
  char *id;
  char *database_path;
  char *key_path;
  char *lock_path;
  char *publish_path;
  int lock;

  gboolean read_only;
  gboolean ready;
  char *uri;
  char *title;
  char *plan;
  KilterIdentity known;
  char *pending;
  gint64 pending_last;
  gint64 counter;
  gint64 published;
} KilterWorking;

int kilter_working_enter (GError **error);
void kilter_working_leave (int lock);
KilterWorking *kilter_working_new (const char *uri, gboolean read_only, GError **error);
KilterWorking *kilter_working_peek (const char *id, GError **error);
KilterWorking *kilter_working_take (const char *id, GError **error);
gint64 kilter_working_count_unpublished (const KilterWorking *self, GError **error);
gboolean kilter_working_save (KilterWorking *self, GError **error);
void kilter_working_remove (KilterWorking *self);
void kilter_working_free (KilterWorking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterWorking, kilter_working_free)

GPtrArray *kilter_working_list (GError **error);
gboolean kilter_working_copy_in (KilterWorking *self,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean kilter_working_keep (KilterWorking *self, const char *path);
void kilter_working_keep_original (KilterWorking *self, GFile *file);
GFile *kilter_file_resolve (GFile *file);

G_END_DECLS
