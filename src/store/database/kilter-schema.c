/* kilter-schema.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-schema.h"

#include <string.h>

/* No number of a plan is larger; it also keeps infinities out. */
#define LIMIT "1e15"

/* --- tables of records --- */

static void
append_checks (GString *sql, const KilterFieldInfo *field)
{
  if (field->type == KILTER_FIELD_NUMBER || field->type == KILTER_FIELD_INT)
    g_string_append_printf (sql, " CHECK (abs (\"%s\") <= " LIMIT ")", field->name);
  if (field->flags & KILTER_FIELD_POSITIVE)
    g_string_append_printf (sql, " CHECK (\"%s\" > 0)", field->name);
  if (field->flags & KILTER_FIELD_NOT_NEGATIVE)
    g_string_append_printf (sql, " CHECK (\"%s\" >= 0)", field->name);
  if (field->type == KILTER_FIELD_BOOL)
    g_string_append_printf (sql, " CHECK (\"%s\" IN (0, 1))", field->name);
  if (field->type == KILTER_FIELD_CHOICE)
    {
      g_string_append_printf (sql, " CHECK (\"%s\" IN (", field->name);
      for (int i = 0; field->choices[i] != NULL; i++)
        g_string_append_printf (sql, "%s'%s'", i > 0 ? ", " : "", field->choices[i]);
      g_string_append (sql, "))");
    }
}

static void
append_field (GString *sql, const KilterFieldInfo *field)
{
  const char *type = "TEXT";

  switch (field->type)
    {
    case KILTER_FIELD_NUMBER:
      type = "REAL";
      break;
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
    case KILTER_FIELD_REF:
      type = "INTEGER";
      break;
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      break;
    }
  g_string_append_printf (sql, ",\n  \"%s\" %s", field->name, type);
  if (field->flags & KILTER_FIELD_REQUIRED)
    g_string_append (sql, " NOT NULL");
  append_checks (sql, field);
  if (field->type == KILTER_FIELD_REF)
    g_string_append_printf (sql, " REFERENCES \"%s\" DEFERRABLE INITIALLY DEFERRED",
                            kilter_table_get_info (field->ref)->name);
}

/* The natural key: the fields marked unique, or else the required references when there are
 * several (a series is a product in a region and a channel). */
static void
append_unique (GString *sql, const KilterTableInfo *info)
{
  GString *names = g_string_new (NULL);
  int n_refs = 0;

  for (int i = 0; i < info->n_fields; i++)
    if (info->fields[i].flags & KILTER_FIELD_UNIQUE)
      g_string_append_printf (names, "%s\"%s\"", names->len > 0 ? ", " : "", info->fields[i].name);
  if (names->len == 0)
    for (int i = 0; i < info->n_fields; i++)
      if (info->fields[i].type == KILTER_FIELD_REF &&
          (info->fields[i].flags & KILTER_FIELD_REQUIRED))
        {
          g_string_append_printf (names, "%s\"%s\"", names->len > 0 ? ", " : "",
                                  info->fields[i].name);
          n_refs++;
        }
  if (names->len > 0 && n_refs != 1)
    g_string_append_printf (sql, ",\n  UNIQUE (%s)", names->str);
  g_string_free (names, TRUE);
}

static void
append_record_table (GString *sql, const KilterTableInfo *info)
{
  g_string_append_printf (
    sql, "CREATE TABLE \"%s\" (\n  \"id\" INTEGER PRIMARY KEY CHECK (\"id\" BETWEEN 1 AND %d)",
    info->name, KILTER_MAX_ID);
  for (int i = 0; i < info->n_fields; i++)
    append_field (sql, &info->fields[i]);
  append_unique (sql, info);
  g_string_append (sql, "\n) STRICT;\n");

  /* so that taking a record away finds what refers to it */
  for (int i = 0; i < info->n_fields; i++)
    if (info->fields[i].type == KILTER_FIELD_REF)
      g_string_append_printf (sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\");\n", info->name,
                              info->fields[i].name, info->name, info->fields[i].name);
}

/* --- numbers, change log, what the file says about itself --- */

static void
append_fact_table (GString *sql)
{
  g_string_append (sql, "CREATE TABLE \"fact\" (\n"
                        "  \"version\" INTEGER NOT NULL,\n"
                        "  \"measure\" TEXT NOT NULL,\n"
                        "  \"series\" INTEGER NOT NULL,\n"
                        "  \"year\" INTEGER NOT NULL,\n"
                        "  \"part\" INTEGER NOT NULL");
  for (int i = 1; i <= 12; i++)
    g_string_append_printf (sql, ",\n  \"m%d\" REAL CHECK (abs (\"m%d\") <= " LIMIT ")", i, i);
  g_string_append (sql,
                   ",\n  PRIMARY KEY (\"version\", \"measure\", \"series\", \"year\", \"part\")\n"
                   ") STRICT, WITHOUT ROWID;\n");
}

static const char
  number_tables[] = "CREATE TABLE \"input\" (\n"
                    "  \"version\" INTEGER NOT NULL,\n"
                    "  \"measure\" TEXT NOT NULL,\n"
                    "  \"series\" INTEGER NOT NULL,\n"
                    "  \"bucket\" TEXT NOT NULL,\n"
                    "  \"value\" REAL CHECK (abs (\"value\") <= " LIMIT "),\n"
                    "  \"author\" TEXT,\n"
                    "  \"at\" TEXT,\n"
                    "  \"reason\" TEXT,\n"
                    "  PRIMARY KEY (\"version\", \"measure\", \"series\", \"bucket\")\n"
                    ") STRICT, WITHOUT ROWID;\n"
                    "CREATE TABLE \"lock\" (\n"
                    "  \"version\" INTEGER NOT NULL,\n"
                    "  \"measure\" TEXT NOT NULL,\n"
                    "  \"series\" INTEGER NOT NULL,\n"
                    "  \"bucket\" TEXT NOT NULL,\n"
                    "  \"locked\" INTEGER NOT NULL CHECK (\"locked\" IN (0, 1)),\n"
                    "  PRIMARY KEY (\"version\", \"measure\", \"series\", \"bucket\")\n"
                    ") STRICT, WITHOUT ROWID;\n"
                    "CREATE TABLE \"measure\" (\n"
                    "  \"key\" TEXT PRIMARY KEY,\n"
                    "  \"name\" TEXT NOT NULL,\n"
                    "  \"grain\" TEXT NOT NULL,\n"
                    "  \"unit\" TEXT NOT NULL\n"
                    ") STRICT, WITHOUT ROWID;\n";

static const char log_tables[] =
  "CREATE TABLE \"change_set\" (\n"
  "  \"id\" INTEGER PRIMARY KEY,\n"
  "  \"kind\" TEXT NOT NULL,\n"
  "  \"label\" TEXT NOT NULL,\n"
  "  \"who\" TEXT,\n"
  "  \"at\" TEXT,\n"
  "  \"reason\" TEXT,\n"
  "  \"state\" TEXT NOT NULL CHECK (\"state\" IN ('applied', 'undone', 'dropped', 'reverted')),\n"
  "  \"target\" INTEGER REFERENCES \"change_set\" DEFERRABLE INITIALLY DEFERRED,\n"
  "  \"cells\" INTEGER NOT NULL,\n"
  "  \"records\" INTEGER NOT NULL,\n"
  "  \"size\" INTEGER NOT NULL,\n"
  "  \"complete\" INTEGER NOT NULL CHECK (\"complete\" IN (0, 1)),\n"
  "  \"facts\" TEXT NOT NULL,\n"
  "  \"typed\" TEXT NOT NULL,\n"
  "  \"previous\" TEXT NOT NULL\n"
  ") STRICT;\n"
  "CREATE INDEX \"change_set_undone\" ON \"change_set\" (\"id\") WHERE \"state\" = 'undone';\n"
  "CREATE INDEX \"change_set_sized\" ON \"change_set\" (\"id\", \"size\") WHERE \"size\" > 0;\n"
  "CREATE TABLE \"change_cell\" (\n"
  "  \"change_set\" INTEGER NOT NULL REFERENCES \"change_set\" DEFERRABLE INITIALLY DEFERRED,\n"
  "  \"seq\" INTEGER NOT NULL,\n"
  "  \"version\" INTEGER NOT NULL,\n"
  "  \"measure\" TEXT NOT NULL,\n"
  "  \"layer\" TEXT NOT NULL CHECK (\"layer\" IN ('fact', 'input', 'lock')),\n"
  "  \"series\" INTEGER NOT NULL,\n"
  "  \"first\" TEXT NOT NULL,\n"
  "  \"n\" INTEGER NOT NULL CHECK (\"n\" BETWEEN 1 AND 20000),\n"
  "  \"old\" TEXT,\n"
  "  \"new\" TEXT,\n"
  "  \"old_notes\" TEXT,\n"
  "  \"new_notes\" TEXT,\n"
  "  PRIMARY KEY (\"change_set\", \"seq\")\n"
  ") STRICT, WITHOUT ROWID;\n"
  "CREATE TABLE \"change_record\" (\n"
  "  \"change_set\" INTEGER NOT NULL REFERENCES \"change_set\" DEFERRABLE INITIALLY DEFERRED,\n"
  "  \"seq\" INTEGER NOT NULL,\n"
  "  \"table\" TEXT NOT NULL,\n"
  "  \"id\" INTEGER NOT NULL,\n"
  "  \"old\" TEXT,\n"
  "  \"new\" TEXT,\n"
  "  PRIMARY KEY (\"change_set\", \"seq\")\n"
  ") STRICT, WITHOUT ROWID;\n"
  "CREATE TABLE \"document\" (\n"
  "  \"key\" TEXT PRIMARY KEY,\n"
  "  \"value\" TEXT NOT NULL\n"
  ") STRICT, WITHOUT ROWID;\n";

/* How kilter_bucket_to_string() writes a bucket, in SQL. */
#define BUCKET_TEXT                                                                                \
  "printf (CASE (SELECT \"value\" FROM \"setting\" WHERE \"key\" = 'bucket')"                      \
  " WHEN 'quarter' THEN '%04d-Q%d' WHEN 'week' THEN '%04d-W%02d' WHEN '445' THEN '%04d-P%02d'"     \
  " ELSE '%04d-%02d' END, f.\"year\", f.\"part\" * 12 + s.n)"

/* The plan for any SQLite tool: one row a cell, what is typed before what is stored. */
static void
append_cell_view (GString *sql)
{
  g_string_append (
    sql,
    "CREATE VIEW \"plan_cell\" (\"version\", \"measure\", \"item\", \"region\", \"channel\","
    " \"bucket\", \"value\") AS\n"
    "WITH slot (n) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)),\n"
    "stored (version, measure, series, bucket, value) AS (\n"
    "  SELECT f.\"version\", f.\"measure\", f.\"series\", " BUCKET_TEXT ",\n"
    "    CASE s.n");
  for (int i = 1; i <= 12; i++)
    g_string_append_printf (sql, " WHEN %d THEN f.\"m%d\"", i, i);
  g_string_append (
    sql, " END\n"
         "  FROM \"fact\" AS f, slot AS s),\n"
         "cell (version, measure, series, bucket, value) AS (\n"
         "  SELECT \"version\", \"measure\", \"series\", \"bucket\", \"value\" FROM \"input\"\n"
         "  UNION ALL\n"
         "  SELECT * FROM stored AS c WHERE c.value IS NOT NULL AND NOT EXISTS (\n"
         "    SELECT 1 FROM \"input\" AS i WHERE i.\"version\" = c.version AND"
         " i.\"measure\" = c.measure AND i.\"series\" = c.series AND i.\"bucket\" = c.bucket))\n"
         "SELECT c.version, c.measure,\n"
         "  CASE m.\"grain\" WHEN 'product' THEN (SELECT \"code\" FROM \"product\" WHERE \"id\" = "
         "c.series)\n"
         "    WHEN 'resource' THEN (SELECT \"code\" FROM \"resource\" WHERE \"id\" = c.series)\n"
         "    ELSE p.\"code\" END,\n"
         "  r.\"name\", h.\"name\", c.bucket, c.value\n"
         "FROM cell AS c JOIN \"measure\" AS m ON m.\"key\" = c.measure\n"
         "LEFT JOIN \"series\" AS s ON m.\"grain\" = 'series' AND s.\"id\" = c.series\n"
         "LEFT JOIN \"product\" AS p ON p.\"id\" = s.\"product\"\n"
         "LEFT JOIN \"region\" AS r ON r.\"id\" = s.\"region\"\n"
         "LEFT JOIN \"channel\" AS h ON h.\"id\" = s.\"channel\";\n");
}

static char *
make_schema (void)
{
  GString *sql = g_string_new (NULL);

  for (int t = 0; t < KILTER_N_TABLES; t++)
    append_record_table (sql, kilter_table_get_info (t));
  append_fact_table (sql);
  g_string_append (sql, number_tables);
  g_string_append (sql, log_tables);
  append_cell_view (sql);
  return g_string_free_and_steal (sql);
}

/* --- migration --- */

/* A new file gets the present tables at once. */
static gboolean
make_present (sqlite3 *db, GError **error)
{
  g_autofree char *sql = make_schema ();

  return kilter_database_exec (db, sql, error);
}

static gboolean
has_table (sqlite3 *db, const char *name, gboolean *out_has, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '%s'", name);
  gint64 n = 0;

  if (!kilter_database_get_int (db, sql, &n, error))
    return FALSE;
  *out_has = n > 0;
  return TRUE;
}

/* The columns that a table has already, of those that it is to have. */
static char *
list_common_columns (sqlite3 *db, const KilterTableInfo *info, GError **error)
{
  GString *names = g_string_new ("\"id\"");

  for (int i = 0; i < info->n_fields; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM pragma_table_info ('%s') WHERE name = '%s'", info->name,
        info->fields[i].name);
      gint64 n = 0;

      if (!kilter_database_get_int (db, sql, &n, error))
        {
          g_string_free (names, TRUE);
          return NULL;
        }
      if (n > 0)
        g_string_append_printf (names, ", \"%s\"", info->fields[i].name);
    }
  return g_string_free_and_steal (names);
}

/* Makes the tables of records anew as the present descriptions say and keeps what is in them.
 * Foreign keys are checked when the step is committed. */
static gboolean
rebuild_records (sqlite3 *db, GError **error)
{
  gint64 strange;

  /* nothing that would act while rows are copied: the file is not verified yet */
  if (!kilter_database_get_int (db,
                                "SELECT count (*) FROM sqlite_schema WHERE type = 'trigger' OR"
                                " (type = 'view' AND name <> 'plan_cell') OR sql LIKE"
                                " 'CREATE VIRTUAL%'",
                                &strange, error))
    return FALSE;
  if (strange > 0)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FOREIGN,
                              "The tables of '%s' are not those of a plan.",
                              sqlite3_db_filename (db, "main"));
      return FALSE;
    }
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      const KilterTableInfo *info = kilter_table_get_info (t);
      g_autoptr (GString) sql = g_string_new (NULL);
      g_autofree char *columns = NULL;
      gboolean has;

      if (!has_table (db, info->name, &has, error))
        return FALSE;
      if (has)
        {
          columns = list_common_columns (db, info, error);
          if (columns == NULL)
            return FALSE;
          g_string_append_printf (
            sql, "CREATE TABLE \"kilter_old\" AS SELECT * FROM \"%s\"; DROP TABLE \"%s\";\n",
            info->name, info->name);
        }
      append_record_table (sql, info);
      if (has)
        g_string_append_printf (
          sql,
          "INSERT INTO \"%s\" (%s) SELECT %s FROM \"kilter_old\"; DROP TABLE \"kilter_old\";\n",
          info->name, columns, columns);
      if (!kilter_database_exec (db, sql->str, error))
        return FALSE;
    }
  return TRUE;
}

typedef gboolean (*MigrationStep) (sqlite3 *db, GError **error);

/* Step i leads from version i to i + 1, but for the first. A step that changes a table copies it
 * away, makes it anew with the generated text, and copies back: kilter_schema_verify() compares
 * texts. When only descriptions of records change, rebuild_records does it all. */
static const MigrationStep steps[KILTER_SCHEMA_VERSION] = {
  make_present,
  rebuild_records, /* bills of material, alternative lines, labour pools, lots and strategies */
  rebuild_records, /* contributors, events, changes inside the time fence, numbers of assumptions */
  rebuild_records, /* what scenarios assume, agendas, meetings, minutes */
  rebuild_records, /* like products, launch and phase-out curves; reasons of forecasts */
  rebuild_records, /* other units and currencies */
  rebuild_records, /* effects of risks on volume and revenue */
};

static gboolean
run_step (sqlite3 *db, int from, int to, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                             KILTER_APPLICATION_ID, to);

  if (!kilter_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (steps[from](db, error) && kilter_database_exec (db, pragma, error) &&
      kilter_database_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * kilter_schema_migrate:
 * @db: a new database, or a checked working copy
 *
 * Leads the database to the present version, each step in one transaction.
 */
gboolean
kilter_schema_migrate (sqlite3 *db, GError **error)
{
  gint64 version;

  if (!kilter_database_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  while (version < KILTER_SCHEMA_VERSION)
    {
      gint64 to = version == 0 ? KILTER_SCHEMA_VERSION : version + 1;

      if (!run_step (db, (int) version, (int) to, error))
        return FALSE;
      version = to;
    }
  return TRUE;
}

static const char *
get_grain_name (KilterGrain grain)
{
  switch (grain)
    {
    case KILTER_GRAIN_PRODUCT:
      return "product";
    case KILTER_GRAIN_RESOURCE:
      return "resource";
    case KILTER_GRAIN_SERIES:
    default:
      return "series";
    }
}

static const char *
get_unit_name (KilterUnit unit)
{
  static const char *const names[] = { "quantity", "money", "price", "hours", "days", "ratio" };

  return names[unit];
}

/**
 * kilter_schema_update_measures:
 *
 * Tells other tools, in the file, what the measures are. Only rows that differ are written.
 */
gboolean
kilter_schema_update_measures (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db,
    "INSERT INTO \"measure\" (\"key\", \"name\", \"grain\", \"unit\") VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT DO UPDATE SET \"name\" = ?2, \"grain\" = ?3, \"unit\" = ?4"
    " WHERE \"name\" <> ?2 OR \"grain\" <> ?3 OR \"unit\" <> ?4",
    error);

  if (statement == NULL)
    return FALSE;
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      const KilterMeasureInfo *info = kilter_measure_get_info (m);

      sqlite3_bind_text (statement, 1, info->key, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, info->name, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 3, get_grain_name (info->grain), -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 4, get_unit_name (info->unit), -1, SQLITE_STATIC);
      if (!kilter_database_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* --- comparing --- */

static GPtrArray *
list_objects (sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    db,
    "SELECT type || ' ' || name || ' on ' || tbl_name || ' as ' || coalesce (sql, '')"
    " FROM sqlite_schema ORDER BY 1",
    error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      if (!kilter_database_step (statement, &row, error))
        return NULL;
      if (row)
        {
          const char *text = (const char *) sqlite3_column_text (statement, 0);

          g_ptr_array_add (objects, g_strdup (text != NULL ? text : ""));
        }
    }
  return g_steal_pointer (&objects);
}

static char *
get_first_line (const char *text)
{
  return g_utf8_make_valid (text, (gssize) MIN (strcspn (text, "\n"), 100));
}

/**
 * kilter_schema_verify:
 *
 * Compares all that the database declares with what Kilter declares: no table, view, trigger or
 * index more or less, and the same text of each.
 */
gboolean
kilter_schema_verify (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3) known = kilter_database_open_memory ();
  g_autoptr (GPtrArray) expected = NULL;
  g_autoptr (GPtrArray) found = list_objects (db, error);
  g_autofree char *line = NULL;
  guint i;

  if (found == NULL)
    return FALSE;
  if (known == NULL || !kilter_schema_migrate (known, error) ||
      (expected = list_objects (known, error)) == NULL)
    return FALSE;
  for (i = 0; i < found->len && i < expected->len; i++)
    if (!g_str_equal (found->pdata[i], expected->pdata[i]))
      break;
  if (i == found->len && i == expected->len)
    return TRUE;
  line = get_first_line (i < found->len ? found->pdata[i] : expected->pdata[i]);
  kilter_set_store_error (error, KILTER_STORE_ERROR_FOREIGN,
                          "The tables of '%s' are not those of a plan, from '%s' on.",
                          sqlite3_db_filename (db, "main"), line);
  return FALSE;
}
