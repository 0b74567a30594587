/* kilter-log.h: the change log in the database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"

G_BEGIN_DECLS

/* Steps that can be undone after a restart. */
#define KILTER_LOG_KEEP 200

/* Bytes of old and new values of computed and imported numbers. What people typed, and who did
 * what, when and why, stays for ever. */
#define KILTER_LOG_BUDGET (64 * 1024 * 1024)

/**
 * KilterLog:
 *
 * Writes the change log. Each change set carries the digest of the one before, so that a log that
 * was changed or shortened afterwards shows. It belongs to the connection's thread.
 */
typedef struct _KilterLog KilterLog;

KilterLog *kilter_log_new (sqlite3 *db, KilterBucketKind kind, GError **error);
void kilter_log_free (KilterLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterLog, kilter_log_free)

gint64 kilter_log_get_last (const KilterLog *self);
gboolean kilter_log_append (KilterLog *self,
                            gint64 id,
                            const KilterCommand *command,
                            gint64 target,
                            GError **error);
gboolean kilter_log_append_step (KilterLog *self,
                                 gint64 id,
                                 gboolean forward,
                                 const char *label,
                                 const char *who,
                                 const char *at,
                                 gint64 target,
                                 GError **error);
void kilter_log_settle (KilterLog *self, gboolean committed);
gboolean kilter_log_needs_trim (const KilterLog *self);
gboolean kilter_log_trim (KilterLog *self, gboolean by_count, gint64 *out_through, GError **error);

KilterCommand *
kilter_log_read_command (sqlite3 *db, KilterBucketKind kind, gint64 id, GError **error);
GPtrArray *kilter_log_read_entries (sqlite3 *db,
                                    KilterBucketKind kind,
                                    const KilterLogFilter *filter,
                                    GError **error);
gboolean
kilter_log_read_steps (sqlite3 *db, GPtrArray **out_undo, GPtrArray **out_redo, GError **error);
char *kilter_log_read_digest (sqlite3 *db, gint64 id, GError **error);
gboolean kilter_log_verify (sqlite3 *db, GPtrArray *problems, GError **error);

G_END_DECLS
