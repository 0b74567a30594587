/* kilter-open.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/kilter-open.h"

#include "store/database/kilter-load.h"
#include "store/database/kilter-schema.h"

#include <glib/gstdio.h>
#include <string.h>

/* The header of an SQLite file: https://sqlite.org/fileformat.html, section 1.3 */
#define HEADER_SIZE 100
#define MAGIC "SQLite format 3"
#define AT_PAGE_SIZE 16
#define AT_CHANGES 24
#define AT_PAGES 28
#define AT_USER_VERSION 60
#define AT_APPLICATION 68
#define AT_VALID_FOR 92

#define MAX_FILE_SIZE (G_GINT64_CONSTANT (8) * 1024 * 1024 * 1024)

static guint32
get_number (const guint8 *header, int at)
{
  return ((guint32) header[at] << 24) | ((guint32) header[at + 1] << 16) |
         ((guint32) header[at + 2] << 8) | header[at + 3];
}

static gboolean
check_header (const guint8 *header, gsize length, gint64 size, const char *name, GError **error)
{
  gint64 page_size, n_pages;

  if (length == 0)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_NOT_A_PLAN, "'%s' is empty.", name);
      return FALSE;
    }
  if (length < HEADER_SIZE || memcmp (header, MAGIC, sizeof MAGIC) != 0)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_NOT_A_PLAN, "'%s' is no SQLite file.",
                              name);
      return FALSE;
    }
  if (get_number (header, AT_APPLICATION) != KILTER_APPLICATION_ID)
    {
      gboolean none = get_number (header, AT_APPLICATION) == 0;

      kilter_set_store_error (
        error, none ? KILTER_STORE_ERROR_NOT_A_PLAN : KILTER_STORE_ERROR_OTHER_APPLICATION,
        "'%s' has the application id 0x%08x.", name, get_number (header, AT_APPLICATION));
      return FALSE;
    }
  if (get_number (header, AT_USER_VERSION) > KILTER_SCHEMA_VERSION &&
      get_number (header, AT_USER_VERSION) <= G_MAXINT32)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_TOO_NEW,
                              "'%s' has the version %u; this Kilter knows %d.", name,
                              get_number (header, AT_USER_VERSION), KILTER_SCHEMA_VERSION);
      return FALSE;
    }
  page_size = (header[AT_PAGE_SIZE] << 8) | header[AT_PAGE_SIZE + 1];
  page_size = page_size == 1 ? 65536 : page_size;
  n_pages = get_number (header, AT_CHANGES) == get_number (header, AT_VALID_FOR)
              ? get_number (header, AT_PAGES)
              : 0;
  if (size >= 0 && (page_size < 512 || size < n_pages * page_size))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED,
                              "'%s' is cut off: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                              " bytes.",
                              name, size, n_pages * page_size);
      return FALSE;
    }
  if (size > MAX_FILE_SIZE)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED, "'%s' is larger than any plan.",
                              name);
      return FALSE;
    }
  return TRUE;
}

/**
 * kilter_open_look:
 * @out_version: (out): of its tables, as the file says
 *
 * Reads the first bytes of a file, so that what is no plan is not even copied.
 */
gboolean
kilter_open_look (GFile *file, int *out_version, GCancellable *cancellable, GError **error)
{
  guint8 header[HEADER_SIZE];
  gsize length = 0;
  GError *gio_error = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, &gio_error);
  g_autoptr (GFileInfo) info = NULL;

  if (input == NULL || !g_input_stream_read_all (G_INPUT_STREAM (input), header, sizeof header,
                                                 &length, cancellable, &gio_error))
    {
      kilter_adopt_gio_error (error, gio_error, "read the plan");
      return FALSE;
    }
  info = g_file_input_stream_query_info (input, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  if (!check_header (header, length, info != NULL ? g_file_info_get_size (info) : -1, name, error))
    return FALSE;
  *out_version = (int) get_number (header, AT_USER_VERSION);
  return TRUE;
}

/* --- the whole file --- */

static gint64
make_budget (const char *path)
{
  GStatBuf info;

  return 200000000 + 20 * (g_stat (path, &info) == 0 ? (gint64) info.st_size : 0);
}

/* A file that keeps SQLite busy for ever is as bad as one it cannot read. */
static void
adopt_error (GError **error, GError *local_error, gint64 budget, const char *path)
{
  if (budget >= 0 ||
      !g_error_matches (local_error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CANCELLED))
    {
      g_propagate_error (error, local_error);
      return;
    }
  g_error_free (local_error);
  kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED,
                          "'%s' takes longer to read than any plan of its size.", path);
}

typedef struct
{
  const char *path;
  GError *error;
} Examination;

static gboolean
check_integrity (sqlite3 *db, GError **error)
{
  g_autofree char *result = kilter_database_get_text (db, "PRAGMA integrity_check (1)", error);
  g_autofree char *orphan = NULL;
  GError *local_error = NULL;

  if (result == NULL)
    return FALSE;
  if (!g_str_equal (result, "ok"))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED, "'%s' is damaged: %s.",
                              sqlite3_db_filename (db, "main"), result);
      return FALSE;
    }
  orphan = kilter_database_get_text (db, "PRAGMA foreign_key_check", &local_error);
  if (orphan != NULL)
    kilter_set_store_error (&local_error, KILTER_STORE_ERROR_DAMAGED,
                            "'%s' is damaged: '%s' refers to what is not there.",
                            sqlite3_db_filename (db, "main"), orphan);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Runs beside the loading, on a connection of its own. */
static gpointer
examine (gpointer user_data)
{
  Examination *self = user_data;
  gint64 budget = make_budget (self->path);
  GError *local_error = NULL;
  g_autoptr (sqlite3) db = kilter_database_open (self->path, KILTER_DATABASE_WRITE, &local_error);

  if (db != NULL)
    {
      kilter_database_set_budget (db, &budget);
      check_integrity (db, &local_error);
    }
  if (local_error != NULL)
    adopt_error (&self->error, local_error, budget, self->path);
  return NULL;
}

static gboolean
compare_hash (sqlite3 *db, const char *fact_hash, gboolean *out_matches, GError **error)
{
  g_autofree char *hash = kilter_database_hash_content (db, fact_hash, error);
  g_autofree char *stored = NULL;

  if (hash == NULL || !kilter_database_get_document (db, "hash", &stored, error))
    return FALSE;
  *out_matches = g_strcmp0 (hash, stored) == 0;
  return TRUE;
}

/* Old versions: the content is compared with its hash before it is changed. */
static gboolean
prepare (sqlite3 *db, gboolean *out_migrated, gboolean *out_hash_matches, GError **error)
{
  gint64 version, application;

  *out_migrated = FALSE;
  if (!kilter_database_get_int (db, "PRAGMA application_id", &application, error) ||
      !kilter_database_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (application != KILTER_APPLICATION_ID || version < 1 || version > KILTER_SCHEMA_VERSION)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED, "'%s' has no known version.",
                              sqlite3_db_filename (db, "main"));
      return FALSE;
    }
  if (version < KILTER_SCHEMA_VERSION)
    {
      *out_migrated = TRUE;
      if (!compare_hash (db, NULL, out_hash_matches, error) || !kilter_schema_migrate (db, error))
        return FALSE;
    }
  return kilter_schema_verify (db, error);
}

/**
 * kilter_open_check:
 * @path: a private copy; it is migrated where it is older
 * @out_hash_matches: (out): whether the content is what Kilter wrote when it published
 *
 * Checks a database as one that anybody may have made, and reads the plan in it.
 *
 * Returns: (transfer full) (nullable): the plan
 */
KilterPlan *
kilter_open_check (const char *path, gboolean *out_hash_matches, GError **error)
{
  Examination examination = { path, NULL };
  gint64 budget = make_budget (path);
  GError *local_error = NULL;
  g_autoptr (sqlite3) db = kilter_database_open (path, KILTER_DATABASE_WRITE, error);
  g_autofree char *fact_hash = NULL;
  KilterPlan *plan = NULL;
  gboolean migrated;

  if (db == NULL)
    return NULL;
  kilter_database_set_budget (db, &budget);
  if (prepare (db, &migrated, out_hash_matches, &local_error))
    {
      GThread *thread = g_thread_new ("kilter-examine", examine, &examination);

      plan = kilter_load_plan (db, &fact_hash, &local_error);
      if (plan != NULL && !migrated)
        compare_hash (db, fact_hash, out_hash_matches, &local_error);
      g_thread_join (thread);
    }
  if (local_error == NULL && examination.error == NULL)
    return plan;
  /* what the examination says is nearer to the cause */
  if (examination.error != NULL)
    {
      g_clear_error (&local_error);
      g_propagate_error (error, examination.error);
    }
  else
    adopt_error (error, local_error, budget, path);
  kilter_plan_free (plan);
  return NULL;
}
