/* kilter-database.h: SQLite connections with every guard on, and errors from them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-digest.h"
#include "store/kilter-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* "KILT" */
#define KILTER_APPLICATION_ID 0x4B494C54

/* Rows and versions beyond this are no plan of a desktop; they only cost memory. */
#define KILTER_MAX_ID 10000000

/**
 * KilterDatabaseMode:
 * @KILTER_DATABASE_NEW: make it; it must not exist
 * @KILTER_DATABASE_WRITE: read and write
 * @KILTER_DATABASE_READ: read only
 */
typedef enum
{
  KILTER_DATABASE_NEW,
  KILTER_DATABASE_WRITE,
  KILTER_DATABASE_READ,
} KilterDatabaseMode;

void kilter_set_sqlite_error (GError **error, sqlite3 *db, const char *doing);
void kilter_set_store_error (GError **error, KilterStoreError code, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void kilter_adopt_gio_error (GError **error, GError *gio_error, const char *doing);

sqlite3 *kilter_database_open (const char *path, KilterDatabaseMode mode, GError **error);
sqlite3 *kilter_database_open_memory (void);
void kilter_database_close (sqlite3 *db);
void kilter_database_set_budget (sqlite3 *db, gint64 *budget);
void kilter_database_set_cancellable (sqlite3 *db, GCancellable *cancellable);
gboolean kilter_database_exec (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *kilter_database_prepare (sqlite3 *db, const char *sql, GError **error);
gboolean kilter_database_run (sqlite3_stmt *statement, GError **error);
gboolean kilter_database_step (sqlite3_stmt *statement, gboolean *out_row, GError **error);
gboolean kilter_database_get_int (sqlite3 *db, const char *sql, gint64 *out_value, GError **error);
char *kilter_database_get_text (sqlite3 *db, const char *sql, GError **error);
gboolean
kilter_database_set_document (sqlite3 *db, const char *key, const char *value, GError **error);
gboolean
kilter_database_get_document (sqlite3 *db, const char *key, char **out_value, GError **error);
void kilter_database_hash_row (KilterDigest *digest, sqlite3_stmt *statement, int n);
char *kilter_database_hash_content (sqlite3 *db, const char *fact_hash, GError **error);

void kilter_statement_finalize (sqlite3_stmt *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, kilter_statement_finalize)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, kilter_database_close)

G_END_DECLS
