/* kilter-store-query.c: SQL over a plan, for "kilterctl sql"
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

/* --- one table a measure --- */

static char *
make_table_name (KilterMeasure measure)
{
  return g_strdelimit (g_strdup (kilter_measure_get_info (measure)->key), "-", '_');
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
mentions (const char *lower_sql, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (lower_sql, word); at != NULL; at = strstr (at + 1, word))
    if ((at == lower_sql || !is_word (at[-1])) && !is_word (at[length]))
      return TRUE;
  return FALSE;
}

/* Code of the product or resource; region and channel where the measure is by market. */
static void
bind_item (sqlite3_stmt *statement, const KilterPlan *plan, KilterGrain grain, int row)
{
  const KilterRecord *series;

  sqlite3_bind_null (statement, 4);
  sqlite3_bind_null (statement, 5);
  switch (grain)
    {
    case KILTER_GRAIN_PRODUCT:
      sqlite3_bind_text (statement, 3, kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, row), -1,
                         SQLITE_STATIC);
      break;
    case KILTER_GRAIN_RESOURCE:
      sqlite3_bind_text (statement, 3, kilter_plan_get_key (plan, KILTER_TABLE_RESOURCE, row), -1,
                         SQLITE_STATIC);
      break;
    case KILTER_GRAIN_SERIES:
    default:
      series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, row);
      sqlite3_bind_text (statement, 3,
                         kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT,
                                              kilter_record_ref (series, KILTER_SERIES_PRODUCT)),
                         -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 4,
                         kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                                              kilter_record_ref (series, KILTER_SERIES_REGION)),
                         -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 5,
                         kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                                              kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                         -1, SQLITE_STATIC);
      break;
    }
}

static KilterTableId
get_grain_table (KilterGrain grain)
{
  switch (grain)
    {
    case KILTER_GRAIN_PRODUCT:
      return KILTER_TABLE_PRODUCT;
    case KILTER_GRAIN_RESOURCE:
      return KILTER_TABLE_RESOURCE;
    case KILTER_GRAIN_SERIES:
    default:
      return KILTER_TABLE_SERIES;
    }
}

static gboolean
fill_version (sqlite3_stmt *statement,
              KilterPlan *plan,
              const KilterRecord *version,
              KilterMeasure measure,
              char **buckets,
              GError **error)
{
  KilterGrain grain = kilter_measure_get_info (measure)->grain;
  int n = kilter_plan_get_n_buckets (plan);

  sqlite3_bind_int (statement, 1, version->id);
  sqlite3_bind_text (statement, 2, kilter_record_text (version, KILTER_VERSION_NAME), -1,
                     SQLITE_STATIC);
  for (int row = 1; row <= kilter_plan_get_n_rows (plan, grain); row++)
    {
      const double *values;

      if (kilter_plan_get_record (plan, get_grain_table (grain), row) == NULL)
        continue;
      values = kilter_plan_get_row (plan, version->id, measure, row);
      bind_item (statement, plan, grain, row);
      for (int i = 0; i < n; i++)
        {
          if (!isfinite (values[i]))
            continue;
          sqlite3_bind_text (statement, 6, buckets[i], -1, SQLITE_STATIC);
          sqlite3_bind_double (statement, 7, values[i]);
          if (!kilter_database_run (statement, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
make_measure_table (sqlite3 *db, KilterPlan *plan, KilterMeasure measure, GError **error)
{
  g_autofree char *name = make_table_name (measure);
  g_autofree char *create = g_strdup_printf (
    "CREATE TEMP TABLE \"%s\" (\"version\" INTEGER, \"scenario\" TEXT, \"item\" TEXT,"
    " \"region\" TEXT, \"channel\" TEXT, \"bucket\" TEXT, \"value\" REAL)",
    name);
  g_autofree char *insert = g_strdup_printf (
    "INSERT INTO temp.\"%s\" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", name);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_auto (GStrv) buckets = NULL;
  int n = kilter_plan_get_n_buckets (plan);

  if (!kilter_database_exec (db, create, error))
    return FALSE;
  statement = kilter_database_prepare (db, insert, error);
  if (statement == NULL)
    return FALSE;
  buckets = g_new0 (char *, n + 1);
  for (int i = 0; i < n; i++)
    buckets[i] = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                          kilter_plan_get_bucket (plan, i));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      if (!fill_version (statement, plan, version, measure, buckets, error))
        return FALSE;
    }
  return TRUE;
}

/* Measures are computed, so only those that the query names are worked out. */
static gboolean
make_measure_tables (sqlite3 *db, KilterPlan *plan, const char *sql, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (sql, -1);

  if (!kilter_database_exec (db, "BEGIN", error))
    return FALSE;
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      g_autofree char *name = make_table_name (m);

      if (mentions (lower, name) && !make_measure_table (db, plan, m, error))
        return FALSE;
    }
  return kilter_database_exec (db, "COMMIT", error);
}

/* --- asking --- */

static int
authorize (gpointer user_data,
           int action,
           const char *first,
           const char *second,
           const char *database,
           const char *inner)
{
  switch (action)
    {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    default:
      return SQLITE_DENY;
    }
}

static gboolean
give_row (sqlite3_stmt *statement,
          int n,
          const char *const *columns,
          KilterQueryFunc func,
          gpointer user_data)
{
  g_auto (GStrv) owned = g_new0 (char *, n + 1);
  g_autofree const char **values = g_new0 (const char *, n + 1);
  gboolean go_on;

  for (int i = 0; i < n; i++)
    {
      if (sqlite3_column_type (statement, i) == SQLITE_FLOAT)
        owned[i] = kilter_number_to_c (sqlite3_column_double (statement, i));
      else if (sqlite3_column_type (statement, i) != SQLITE_NULL)
        owned[i] = g_utf8_make_valid ((const char *) sqlite3_column_text (statement, i),
                                      sqlite3_column_bytes (statement, i));
      values[i] = owned[i];
    }
  go_on = func (n, columns, values, user_data);
  for (int i = 0; i < n; i++)
    {
      g_free (owned[i]);
      owned[i] = NULL;
    }
  return go_on;
}

static gboolean
run_query (sqlite3_stmt *statement, KilterQueryFunc func, gpointer user_data, GError **error)
{
  int n = sqlite3_column_count (statement);
  g_autofree const char **columns = g_new0 (const char *, n + 1);
  gboolean row;

  for (int i = 0; i < n; i++)
    columns[i] = sqlite3_column_name (statement, i);
  if (!func (n, columns, NULL, user_data))
    return TRUE;
  while (kilter_database_step (statement, &row, error))
    if (!row || !give_row (statement, n, columns, func, user_data))
      return TRUE;
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text) && *text != ';')
      return FALSE;
  return TRUE;
}

/**
 * kilter_store_query:
 * @sql: one SELECT
 *
 * Asks the plan's database. It sees all tables of the file, the view "plan_cell" (what is stored
 * and typed), and for each measure a table called as its key, with "_" for "-": version, scenario,
 * item, region, channel, bucket, value, derived measures computed. Nothing can be changed.
 *
 * Returns: whether the query ran
 */
gboolean
kilter_store_query (KilterStore *self,
                    const char *sql,
                    KilterQueryFunc func,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (self->working != NULL && sql != NULL && func != NULL, FALSE);

  if (!kilter_store_settle (self, error))
    return FALSE;
  db = kilter_database_open (self->working->database_path, KILTER_DATABASE_WRITE, error);
  if (db == NULL || !make_measure_tables (db, self->plan, sql, error) ||
      !kilter_database_exec (db, "PRAGMA query_only = ON", error))
    return FALSE;
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 1, NULL);
  sqlite3_set_authorizer (db, authorize, NULL);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, &rest) != SQLITE_OK)
    {
      kilter_set_sqlite_error (error, db, "run the query");
      return FALSE;
    }
  if (statement == NULL || !is_blank (rest))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED, "A query is one SELECT.");
      return FALSE;
    }
  return run_query (statement, func, user_data, error);
}
