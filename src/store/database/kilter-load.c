/* kilter-load.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-load.h"

#include "base/kilter-number.h"

#include <math.h>

#define N_SLOTS 12

/* What a desktop holds: 2 GB of numbers. A small file could otherwise ask for any amount, with
 * rows that hold one number in a span of thousands of buckets. */
#define MAX_CELLS G_GINT64_CONSTANT (250000000)

/* Rows of records that were taken away keep their numbers, so rows may lie beyond the last id. */
#define SPARE_ROWS 10000
#define SPARE_IDS 1000000

typedef struct
{
  sqlite3 *db;
  KilterPlan *plan;
  KilterDigest fact_digest;
  KilterBucketKind kind;
  int max_version;
  int max_row[3]; /* by grain */
  gint64 n_cells;

  /* where the last row was */
  KilterVersion version;
  int measure; /* -1 when this Kilter does not know it */
  char measure_key[32];
  int row;
  int year; /* of year_start */
  KilterBucket year_start;
  int year_length;
} Loading;

static gboolean
refuse (Loading *self, const char *what, GError **error)
{
  kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED, "'%s' is damaged: %s.",
                          sqlite3_db_filename (self->db, "main"), what);
  return FALSE;
}

/* --- settings and records --- */

/* Returns: whether it could be read; the text is NULL where there is no such setting */
static gboolean
get_setting (Loading *self, const char *key, char **out_text, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"value\" FROM \"setting\" WHERE \"key\" = '%s'",
                                          key);
  GError *local_error = NULL;

  *out_text = kilter_database_get_text (self->db, sql, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* The span of the plan stands in its settings. */
static gboolean
make_plan (Loading *self, GError **error)
{
  g_autofree char *kind_text = NULL;
  g_autofree char *cycle_text = NULL;
  g_autofree char *history_text = NULL;
  g_autofree char *horizon_text = NULL;
  double history = NAN, horizon = NAN;
  KilterBucket cycle;

  if (!get_setting (self, "bucket", &kind_text, error) ||
      !get_setting (self, "cycle", &cycle_text, error) ||
      !get_setting (self, "history", &history_text, error) ||
      !get_setting (self, "horizon", &horizon_text, error))
    return FALSE;
  if (!kilter_bucket_kind_from_string (kind_text != NULL ? kind_text : "month", &self->kind))
    return refuse (self, "its kind of bucket is unknown", error);
  cycle = kilter_bucket_from_string (self->kind, cycle_text != NULL ? cycle_text : "");
  if (cycle == KILTER_BUCKET_NONE)
    return refuse (self, "it has no cycle", error);
  if (history_text == NULL || !kilter_number_from_c (history_text, &history) ||
      horizon_text == NULL || !kilter_number_from_c (horizon_text, &horizon) ||
      !(history >= 0 && history <= 10000) || !(horizon >= 1 && horizon <= 1000))
    return refuse (self, "its span is out of range", error);
  self->plan = kilter_plan_new (self->kind, cycle, (int) history, (int) horizon);
  return TRUE;
}

static gboolean
read_field (Loading *self,
            sqlite3_stmt *statement,
            int column,
            const KilterFieldInfo *field,
            KilterValue *value)
{
  int type = sqlite3_column_type (statement, column);

  if (type == SQLITE_NULL)
    return !(field->flags & KILTER_FIELD_REQUIRED);
  switch (field->type)
    {
    case KILTER_FIELD_REF:
      if (type != SQLITE_INTEGER || sqlite3_column_int64 (statement, column) < 1 ||
          sqlite3_column_int64 (statement, column) > KILTER_MAX_ID)
        return FALSE;
      value->number = sqlite3_column_double (statement, column);
      return TRUE;
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
      if (type != SQLITE_INTEGER && type != SQLITE_FLOAT)
        return FALSE;
      value->number = sqlite3_column_double (statement, column);
      return isfinite (value->number);
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      if (type != SQLITE_TEXT)
        return FALSE;
      value->text = g_strdup ((const char *) sqlite3_column_text (statement, column));
      return value->text != NULL && g_utf8_validate (value->text, -1, NULL);
    }
}

static gboolean
load_table (Loading *self, KilterTableId table, GError **error)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  g_autofree char *count_sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", info->name);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY \"id\"", info->name);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 count, limit;
  gboolean row;

  if (!kilter_database_get_int (self->db, count_sql, &count, error) ||
      (statement = kilter_database_prepare (self->db, sql, error)) == NULL)
    return FALSE;
  limit = MIN (KILTER_MAX_ID, SPARE_IDS + 16 * count);
  while (kilter_database_step (statement, &row, error))
    {
      gint64 id;
      KilterValue *values;

      if (!row)
        return TRUE;
      id = sqlite3_column_int64 (statement, 0);
      if (id < 1 || id > limit)
        return refuse (self, "a record's number is out of range", error);
      values = kilter_values_new (table);
      for (int i = 0; i < info->n_fields; i++)
        if (!read_field (self, statement, i + 1, &info->fields[i], &values[i]))
          {
            g_autofree char *what = g_strdup_printf ("'%s' of record %" G_GINT64_FORMAT
                                                     " of '%s' is not what it should be",
                                                     info->fields[i].name, id, info->name);

            kilter_values_free (table, values);
            return refuse (self, what, error);
          }
      kilter_plan_load_record (self->plan, table, (int) id, values);
    }
  return FALSE;
}

/* What inherits must end somewhere. */
static gboolean
check_parents (Loading *self, GError **error)
{
  int n = kilter_plan_count_records (self->plan, KILTER_TABLE_VERSION);

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_VERSION, version)
    {
      const KilterRecord *at = version;
      int steps = 0;

      while (at != NULL && steps <= n)
        {
          int parent = kilter_record_ref (at, KILTER_VERSION_PARENT);

          at = parent > 0 ? kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION, parent)
                          : NULL;
          steps++;
        }
      if (at != NULL)
        return refuse (self, "a scenario is its own ancestor", error);
    }
  return TRUE;
}

/* --- numbers --- */

/* Reads version, measure and row from the first three columns. */
static gboolean
read_place (Loading *self, sqlite3_stmt *statement, GError **error)
{
  gint64 version = sqlite3_column_int64 (statement, 0);
  const char *key = (const char *) sqlite3_column_text (statement, 1);
  gint64 row = sqlite3_column_int64 (statement, 2);

  if (key == NULL)
    return refuse (self, "a number has no measure", error);
  if (!g_str_equal (key, self->measure_key))
    {
      self->measure = kilter_measure_from_key (key);
      g_strlcpy (self->measure_key, key, sizeof self->measure_key);
      self->row = 0;
    }
  if (version < 1 || version > self->max_version)
    return refuse (self, "a number belongs to no version", error);
  if (row < 1 ||
      (self->measure >= 0 &&
       row > self->max_row[kilter_measure_get_info ((KilterMeasure) self->measure)->grain]))
    return refuse (self, "a number belongs to no series", error);
  if (row != self->row || version != self->version)
    {
      self->n_cells += kilter_plan_get_n_buckets (self->plan);
      if (self->n_cells > MAX_CELLS)
        return refuse (self, "it asks for more numbers than there is room for", error);
    }
  self->row = (int) row;
  self->version = (KilterVersion) version;
  return TRUE;
}

/* Which buckets a stored row of twelve stands for: from *out_first on, *out_n of them. */
static gboolean
read_span (Loading *self, sqlite3_stmt *statement, KilterBucket *out_first, int *out_n)
{
  gint64 year = sqlite3_column_int64 (statement, 3);
  gint64 part = sqlite3_column_int64 (statement, 4);

  if (year < 1 || year > 9998 || part < 0 || part > (self->kind == KILTER_BUCKET_WEEK ? 4 : 0))
    return FALSE;
  if (year != self->year)
    {
      self->year = (int) year;
      self->year_start = kilter_bucket_from_slot (self->kind, (int) year, 0, 0);
      self->year_length = kilter_bucket_from_slot (self->kind, (int) year + 1, 0, 0) -
                          self->year_start;
    }
  *out_first = self->year_start + (int) part * N_SLOTS;
  *out_n = MIN (N_SLOTS, self->year_length - (int) part * N_SLOTS);
  return TRUE;
}

static gboolean
load_facts (Loading *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    self->db,
    "SELECT * FROM \"fact\" ORDER BY \"version\", \"measure\", \"series\", \"year\", \"part\"",
    error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (kilter_database_step (statement, &row, error))
    {
      double values[N_SLOTS];
      KilterBucket first;
      int n;

      if (!row)
        return TRUE;
      kilter_database_hash_row (&self->fact_digest, statement, 5 + N_SLOTS);
      if (!read_place (self, statement, error))
        return FALSE;
      if (self->measure < 0)
        continue;
      if (!read_span (self, statement, &first, &n))
        return refuse (self, "a number stands in no year", error);
      for (int i = 0; i < N_SLOTS; i++)
        {
          int type = sqlite3_column_type (statement, 5 + i);

          values[i] = type == SQLITE_NULL ? NAN : sqlite3_column_double (statement, 5 + i);
          if (type != SQLITE_NULL &&
              ((type != SQLITE_FLOAT && type != SQLITE_INTEGER) || !isfinite (values[i]) || i >= n))
            return refuse (self, "a number is none", error);
        }
      kilter_plan_load_values (self->plan, self->version, (KilterMeasure) self->measure,
                               KILTER_LAYER_FACT, self->row, first, n, values);
    }
  return FALSE;
}

static gboolean
load_input (Loading *self, sqlite3_stmt *statement, GError **error)
{
  const char *text = (const char *) sqlite3_column_text (statement, 3);
  KilterBucket bucket = kilter_bucket_from_string (self->kind, text != NULL ? text : "");
  int type = sqlite3_column_type (statement, 4);
  double value = type == SQLITE_NULL ? kilter_value_cleared ()
                                     : sqlite3_column_double (statement, 4);

  if (bucket == KILTER_BUCKET_NONE)
    return refuse (self, "a typed number stands in no bucket", error);
  if (type != SQLITE_NULL &&
      ((type != SQLITE_FLOAT && type != SQLITE_INTEGER) || !isfinite (value)))
    return refuse (self, "a typed number is none", error);
  if (kilter_plan_find_bucket (self->plan, bucket) < 0)
    return TRUE;
  kilter_plan_load_values (self->plan, self->version, (KilterMeasure) self->measure,
                           KILTER_LAYER_INPUT, self->row, bucket, 1, &value);
  if (sqlite3_column_type (statement, 5) != SQLITE_NULL)
    kilter_plan_load_note (self->plan, self->version, (KilterMeasure) self->measure, self->row,
                           bucket, (const char *) sqlite3_column_text (statement, 5),
                           (const char *) sqlite3_column_text (statement, 6),
                           (const char *) sqlite3_column_text (statement, 7));
  return TRUE;
}

static gboolean
load_inputs (Loading *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    self->db, "SELECT * FROM \"input\" ORDER BY \"version\", \"measure\", \"series\", \"bucket\"",
    error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (kilter_database_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (!read_place (self, statement, error))
        return FALSE;
      if (self->measure >= 0 && !load_input (self, statement, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
load_locks (Loading *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    self->db, "SELECT * FROM \"lock\" ORDER BY \"version\", \"measure\", \"series\", \"bucket\"",
    error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (kilter_database_step (statement, &row, error))
    {
      const char *text;
      KilterBucket bucket;
      double value;

      if (!row)
        return TRUE;
      if (!read_place (self, statement, error))
        return FALSE;
      if (self->measure < 0)
        continue;
      text = (const char *) sqlite3_column_text (statement, 3);
      bucket = kilter_bucket_from_string (self->kind, text != NULL ? text : "");
      if (bucket == KILTER_BUCKET_NONE)
        return refuse (self, "a lock stands in no bucket", error);
      /* 0: the scenario unlocks what its parent locks */
      value = sqlite3_column_int (statement, 4) != 0 ? 1 : kilter_value_cleared ();
      kilter_plan_load_values (self->plan, self->version, (KilterMeasure) self->measure,
                               KILTER_LAYER_LOCK, self->row, bucket, 1, &value);
    }
  return FALSE;
}

static gboolean
set_limits (Loading *self, GError **error)
{
  gint64 n_facts, n_inputs;

  if (!kilter_database_get_int (self->db, "SELECT count (*) FROM \"fact\"", &n_facts, error) ||
      !kilter_database_get_int (self->db, "SELECT count (*) FROM \"input\"", &n_inputs, error))
    return FALSE;
  for (int grain = KILTER_GRAIN_SERIES; grain <= KILTER_GRAIN_RESOURCE; grain++)
    self->max_row[grain] = (int) MIN (KILTER_MAX_ID,
                                      kilter_plan_get_n_rows (self->plan, (KilterGrain) grain) +
                                        SPARE_ROWS + n_facts + n_inputs);
  self->max_version = kilter_plan_get_max_id (self->plan, KILTER_TABLE_VERSION) + SPARE_ROWS;
  return TRUE;
}

/**
 * kilter_load_plan:
 * @db: a database whose tables are known to be those of a plan
 * @out_fact_hash: (out) (transfer full): for kilter_database_hash_content()
 *
 * Reads a plan. Whatever the database holds, nothing worse than an error comes of it: values are
 * typed and bounded here once more. Measures that this Kilter does not know are left in the file.
 *
 * Returns: (transfer full) (nullable): the plan; %KILTER_STORE_ERROR_DAMAGED when the content
 *   contradicts itself
 */
KilterPlan *
kilter_load_plan (sqlite3 *db, char **out_fact_hash, GError **error)
{
  Loading self = { .db = db, .measure = -1 };
  GError *local_error = NULL;
  gboolean loaded = make_plan (&self, &local_error);

  kilter_digest_init (&self.fact_digest);
  for (int t = 0; loaded && t < KILTER_N_TABLES; t++)
    loaded = load_table (&self, t, &local_error);
  loaded = loaded && check_parents (&self, &local_error) && set_limits (&self, &local_error) &&
           load_facts (&self, &local_error) && load_inputs (&self, &local_error) &&
           load_locks (&self, &local_error);
  if (loaded)
    {
      *out_fact_hash = kilter_digest_finish (&self.fact_digest);
      return self.plan;
    }
  g_propagate_error (error, local_error);
  kilter_plan_free (self.plan);
  return NULL;
}
