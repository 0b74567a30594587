/* kilter-database.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-database.h"

#include <string.h>

/* How often SQLite asks whether to go on, in its own steps. */
#define PROGRESS_STEPS 100000

static KilterStoreError
code_from_sqlite (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
    case SQLITE_FORMAT:
      return KILTER_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
      return KILTER_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return KILTER_STORE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KILTER_STORE_ERROR_BUSY;
    case SQLITE_INTERRUPT:
      return KILTER_STORE_ERROR_CANCELLED;
    default:
      return KILTER_STORE_ERROR_FAILED;
    }
}

/**
 * kilter_set_sqlite_error:
 * @doing: what was tried, "write the change log"
 */
void
kilter_set_sqlite_error (GError **error, sqlite3 *db, const char *doing)
{
  int result = db != NULL ? sqlite3_extended_errcode (db) : SQLITE_NOMEM;
  const char *path = db != NULL ? sqlite3_db_filename (db, "main") : NULL;

  g_set_error (error, KILTER_STORE_ERROR, (int) code_from_sqlite (result),
               "Cannot %s in '%s': %s (SQLite %d).", doing, path != NULL ? path : "",
               db != NULL ? sqlite3_errmsg (db) : "out of memory", result);
}

void
kilter_set_store_error (GError **error, KilterStoreError code, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, KILTER_STORE_ERROR, (int) code, text);
}

/**
 * kilter_adopt_gio_error:
 * @gio_error: (transfer full): of any domain
 *
 * Passes an error of GIO on in our own domain.
 */
void
kilter_adopt_gio_error (GError **error, GError *gio_error, const char *doing)
{
  KilterStoreError code = KILTER_STORE_ERROR_FAILED;

  if (gio_error->domain == KILTER_STORE_ERROR)
    {
      g_propagate_error (error, gio_error);
      return;
    }
  if (gio_error->domain == G_IO_ERROR)
    switch (gio_error->code)
      {
      case G_IO_ERROR_NOT_FOUND:
        code = KILTER_STORE_ERROR_GONE;
        break;
      case G_IO_ERROR_EXISTS:
        code = KILTER_STORE_ERROR_EXISTS;
        break;
      case G_IO_ERROR_NO_SPACE:
        code = KILTER_STORE_ERROR_FULL;
        break;
      case G_IO_ERROR_PERMISSION_DENIED:
      case G_IO_ERROR_READ_ONLY:
        code = KILTER_STORE_ERROR_READ_ONLY;
        break;
      case G_IO_ERROR_WRONG_ETAG:
        code = KILTER_STORE_ERROR_CONFLICT;
        break;
      case G_IO_ERROR_CANCELLED:
        code = KILTER_STORE_ERROR_CANCELLED;
        break;
      default:
        break;
      }
  else if (gio_error->domain == G_FILE_ERROR)
    switch (gio_error->code)
      {
      case G_FILE_ERROR_NOSPC:
        code = KILTER_STORE_ERROR_FULL;
        break;
      case G_FILE_ERROR_ACCES:
      case G_FILE_ERROR_PERM:
      case G_FILE_ERROR_ROFS:
        code = KILTER_STORE_ERROR_READ_ONLY;
        break;
      case G_FILE_ERROR_NOENT:
        code = KILTER_STORE_ERROR_GONE;
        break;
      default:
        break;
      }
  g_set_error (error, KILTER_STORE_ERROR, (int) code, "Cannot %s: %s", doing, gio_error->message);
  g_error_free (gio_error);
}

/* "Defense Against The Dark Arts" of the SQLite manual: a plan may come from anybody. */
static void
guard (sqlite3 *db)
{
  sqlite3_extended_result_codes (db, 1);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_COLUMN, 200);
  sqlite3_limit (db, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_limit (db, SQLITE_LIMIT_COMPOUND_SELECT, 50);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO needs one */
  sqlite3_limit (db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
  sqlite3_limit (db, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_exec (db,
                "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                "PRAGMA cache_size = -16000; PRAGMA foreign_keys = ON",
                NULL, NULL, NULL);
  sqlite3_busy_timeout (db, 10000);
}

/**
 * kilter_database_open:
 *
 * The connection may move between threads, but only one may use it at a time.
 *
 * Returns: (transfer full) (nullable): the connection
 */
sqlite3 *
kilter_database_open (const char *path, KilterDatabaseMode mode, GError **error)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  sqlite3 *db = NULL;

  switch (mode)
    {
    case KILTER_DATABASE_NEW:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE;
      break;
    case KILTER_DATABASE_WRITE:
      flags |= SQLITE_OPEN_READWRITE;
      break;
    case KILTER_DATABASE_READ:
      flags |= SQLITE_OPEN_READONLY;
      break;
    default:
      g_return_val_if_reached (NULL);
    }
  if (sqlite3_open_v2 (path, &db, flags, NULL) != SQLITE_OK)
    {
      kilter_set_sqlite_error (error, db, "open the working copy");
      sqlite3_close_v2 (db);
      return NULL;
    }
  guard (db);
  return db;
}

sqlite3 *
kilter_database_open_memory (void)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (":memory:", &db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      sqlite3_close_v2 (db);
      return NULL;
    }
  guard (db);
  return db;
}

void
kilter_database_close (sqlite3 *db)
{
  if (db != NULL)
    sqlite3_close_v2 (db);
}

static int
spend_budget (gpointer user_data)
{
  gint64 *budget = user_data;

  *budget -= PROGRESS_STEPS;
  return *budget < 0;
}

/**
 * kilter_database_set_budget:
 * @budget: (nullable): how many of SQLite's steps may still be taken; counted down. It counts
 *   steps, not seconds, so that a slow machine refuses nothing that a fast one takes.
 */
void
kilter_database_set_budget (sqlite3 *db, gint64 *budget)
{
  sqlite3_progress_handler (db, PROGRESS_STEPS, budget != NULL ? spend_budget : NULL, budget);
}

static int
ask_cancellable (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

void
kilter_database_set_cancellable (sqlite3 *db, GCancellable *cancellable)
{
  sqlite3_progress_handler (db, PROGRESS_STEPS, cancellable != NULL ? ask_cancellable : NULL,
                            cancellable);
}

gboolean
kilter_database_exec (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  kilter_set_sqlite_error (error, db, sql);
  return FALSE;
}

sqlite3_stmt *
kilter_database_prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK)
    return statement;
  kilter_set_sqlite_error (error, db, sql);
  sqlite3_finalize (statement);
  return NULL;
}

/**
 * kilter_database_run:
 *
 * Runs a statement that gives no rows, and makes it ready for the next time.
 */
gboolean
kilter_database_run (sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    {
      kilter_set_sqlite_error (error, sqlite3_db_handle (statement), sqlite3_sql (statement));
      sqlite3_reset (statement);
      return FALSE;
    }
  sqlite3_reset (statement);
  return TRUE;
}

/**
 * kilter_database_step:
 * @out_row: (out): whether there is a row; after the last one the statement is reset
 */
gboolean
kilter_database_step (sqlite3_stmt *statement, gboolean *out_row, GError **error)
{
  int result = sqlite3_step (statement);

  *out_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    kilter_set_sqlite_error (error, sqlite3_db_handle (statement), sqlite3_sql (statement));
  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

/**
 * kilter_database_get_int:
 * @out_value: (out): the first column of the first row, 0 when there is none
 */
gboolean
kilter_database_get_int (sqlite3 *db, const char *sql, gint64 *out_value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (db, sql, error);
  gboolean row;

  *out_value = 0;
  if (statement == NULL || !kilter_database_step (statement, &row, error))
    return FALSE;
  if (row)
    *out_value = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/**
 * kilter_database_get_text:
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL without an error
 *   when there is no row
 */
char *
kilter_database_get_text (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (db, sql, error);
  gboolean row;

  if (statement == NULL || !kilter_database_step (statement, &row, error) || !row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (statement, 0));
}

gboolean
kilter_database_set_document (sqlite3 *db, const char *key, const char *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db, "INSERT OR REPLACE INTO \"document\" (\"key\", \"value\") VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);
  return kilter_database_run (statement, error);
}

/**
 * kilter_database_get_document:
 * @out_value: (out) (transfer full) (nullable): what the file says about itself under @key; %NULL
 *   when it says nothing
 */
gboolean
kilter_database_get_document (sqlite3 *db, const char *key, char **out_value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db, "SELECT \"value\" FROM \"document\" WHERE \"key\" = ?1", error);
  gboolean row;

  *out_value = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  if (!kilter_database_step (statement, &row, error))
    return FALSE;
  if (row)
    *out_value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  return TRUE;
}

void
kilter_statement_finalize (sqlite3_stmt *statement)
{
  sqlite3_finalize (statement);
}

/* --- the hash over the content --- */

/* "SELECT * … ORDER BY the primary key", so that a file that another tool has vacuumed keeps its
 * hash. The hash itself is not part of what is hashed. */
static char *
make_hash_query (sqlite3 *db, const char *table, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db, "SELECT name FROM pragma_table_info (?1) WHERE pk > 0 ORDER BY pk", error);
  GString *sql;
  gboolean row;
  const char *sign = " ORDER BY ";

  if (statement == NULL)
    return NULL;
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "SELECT * FROM \"%s\"", table);
  if (g_str_equal (table, "document"))
    g_string_append (sql, " WHERE \"key\" <> 'hash'");
  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  while (kilter_database_step (statement, &row, error))
    {
      if (!row)
        return g_string_free_and_steal (sql);
      g_string_append_printf (sql, "%s\"%s\"", sign,
                              (const char *) sqlite3_column_text (statement, 0));
      sign = ", ";
    }
  g_string_free (sql, TRUE);
  return NULL;
}

/* A row is gathered first: many short pieces cost more than the hash itself. */
static gsize
pack_number (guint8 *buffer, sqlite3_stmt *statement, int column)
{
  guint64 bits = 0;
  double number;

  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      buffer[0] = 'i';
      bits = (guint64) sqlite3_column_int64 (statement, column);
      break;
    case SQLITE_FLOAT:
      buffer[0] = 'd';
      number = sqlite3_column_double (statement, column);
      memcpy (&bits, &number, sizeof bits);
      break;
    case SQLITE_TEXT:
      buffer[0] = 't';
      bits = (guint64) sqlite3_column_bytes (statement, column);
      break;
    case SQLITE_BLOB:
      buffer[0] = 'b';
      bits = (guint64) sqlite3_column_bytes (statement, column);
      break;
    default:
      buffer[0] = 'n';
      return 1;
    }
  bits = GUINT64_TO_LE (bits);
  memcpy (buffer + 1, &bits, sizeof bits);
  return 9;
}

/**
 * kilter_database_hash_row:
 * @n: how many columns the statement has
 *
 * Adds the present row of a statement to a digest: each value with its type, texts with their
 * length.
 */
void
kilter_database_hash_row (KilterDigest *digest, sqlite3_stmt *statement, int n)
{
  guint8 buffer[256];
  gsize used = 1;

  buffer[0] = 'r';
  for (int i = 0; i < n; i++)
    {
      guint8 *tag;
      int length;

      if (used + 9 > sizeof buffer)
        {
          kilter_digest_add (digest, buffer, used);
          used = 0;
        }
      tag = buffer + used;
      used += pack_number (tag, statement, i);
      if (*tag != 't' && *tag != 'b')
        continue;
      length = sqlite3_column_bytes (statement, i);
      if (used + (gsize) length <= sizeof buffer)
        {
          if (length > 0)
            memcpy (buffer + used, sqlite3_column_blob (statement, i), (gsize) length);
          used += (gsize) length;
          continue;
        }
      kilter_digest_add (digest, buffer, used);
      used = 0;
      kilter_digest_add (digest, sqlite3_column_blob (statement, i), (gsize) length);
    }
  kilter_digest_add (digest, buffer, used);
}

static gboolean
hash_table (sqlite3 *db, KilterDigest *digest, const char *table, GError **error)
{
  g_autofree char *sql = make_hash_query (db, table, error);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;
  int n;

  if (sql == NULL || (statement = kilter_database_prepare (db, sql, error)) == NULL)
    return FALSE;
  n = sqlite3_column_count (statement);
  while (kilter_database_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      kilter_database_hash_row (digest, statement, n);
    }
  return FALSE;
}

static GPtrArray *
list_tables (sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      if (!kilter_database_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (tables, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  return g_steal_pointer (&tables);
}

/**
 * kilter_database_hash_content:
 * @fact_hash: (nullable): of the table "fact" where it is known already: whoever reads the numbers
 *   can hash them at the same time
 *
 * A digest over every row of every table, by name and primary key; the same for the same content
 * however it lies on the disk.
 *
 * Returns: (transfer full) (nullable): 64 hexadecimal digits
 */
char *
kilter_database_hash_content (sqlite3 *db, const char *fact_hash, GError **error)
{
  g_autoptr (GPtrArray) tables = list_tables (db, error);
  KilterDigest digest;

  if (tables == NULL)
    return NULL;
  kilter_digest_init (&digest);
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *hash = NULL;
      KilterDigest of_table;

      kilter_digest_init (&of_table);
      if (fact_hash == NULL || !g_str_equal (tables->pdata[i], "fact"))
        {
          if (!hash_table (db, &of_table, tables->pdata[i], error))
            return NULL;
          hash = kilter_digest_finish (&of_table);
        }
      kilter_digest_add_text (&digest, tables->pdata[i]);
      kilter_digest_add_text (&digest, hash != NULL ? hash : fact_hash);
    }
  return kilter_digest_finish (&digest);
}
