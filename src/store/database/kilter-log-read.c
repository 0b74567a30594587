/* kilter-log-read.c: the change log read back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-codec.h"
#include "store/database/kilter-log-private.h"

#include <string.h>

/* What kilter_log_read_entries() and its like read, by position. */
#define SELECT_SET                                                                                 \
  "SELECT \"id\", \"kind\", \"label\", \"who\", \"at\", \"reason\", \"state\", \"target\","        \
  " \"cells\", \"records\", \"complete\" FROM \"change_set\" AS s"

static const char *
column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

static void
read_cell (sqlite3_stmt *statement, KilterLogCell *out_cell)
{
  out_cell->seq = sqlite3_column_int64 (statement, 1);
  out_cell->version = sqlite3_column_int64 (statement, 2);
  out_cell->measure = column_text (statement, 3);
  out_cell->layer = column_text (statement, 4);
  out_cell->series = sqlite3_column_int64 (statement, 5);
  out_cell->first = column_text (statement, 6);
  out_cell->n = sqlite3_column_int64 (statement, 7);
  out_cell->old_values = column_text (statement, 8);
  out_cell->new_values = column_text (statement, 9);
  out_cell->old_notes = column_text (statement, 10);
  out_cell->new_notes = column_text (statement, 11);
}

static void
read_record (sqlite3_stmt *statement, KilterLogRecord *out_record)
{
  out_record->seq = sqlite3_column_int64 (statement, 1);
  out_record->table = column_text (statement, 2);
  out_record->id = sqlite3_column_int64 (statement, 3);
  out_record->old_values = column_text (statement, 4);
  out_record->new_values = column_text (statement, 5);
}

/* --- commands --- */

static int
find_layer (const char *name)
{
  for (int l = 0; l < KILTER_N_LAYERS; l++)
    if (g_strcmp0 (kilter_log_get_layer_name ((KilterLayer) l), name) == 0)
      return l;
  return -1;
}

static int
find_table (const char *name)
{
  for (int t = 0; t < KILTER_N_TABLES; t++)
    if (g_strcmp0 (kilter_table_get_info (t)->name, name) == 0)
      return t;
  return -1;
}

static gboolean
append_cell (KilterCommand *command, KilterBucketKind kind, const KilterLogCell *cell)
{
  int measure = cell->measure != NULL ? kilter_measure_from_key (cell->measure) : -1;
  int layer = find_layer (cell->layer);
  KilterBucket first = cell->first != NULL ? kilter_bucket_from_string (kind, cell->first)
                                           : KILTER_BUCKET_NONE;
  KilterRangeChange *change;

  if (measure < 0 || layer < 0 || first == KILTER_BUCKET_NONE || cell->n < 1 || cell->n > 20000 ||
      cell->version < 1 || cell->version > KILTER_MAX_ID || cell->series < 1 ||
      cell->series > KILTER_MAX_ID)
    return FALSE;
  change = kilter_range_change_new ((KilterVersion) cell->version, (KilterMeasure) measure,
                                    (KilterLayer) layer, (int) cell->series, first, (int) cell->n);
  kilter_command_append_range (command, change);
  return kilter_codec_read_numbers (cell->old_values, change->old_values, change->n) &&
         kilter_codec_read_numbers (cell->new_values, change->new_values, change->n) &&
         (change->old_notes == NULL ||
          (kilter_codec_read_notes (cell->old_notes, change->old_notes, change->n) &&
           kilter_codec_read_notes (cell->new_notes, change->new_notes, change->n)));
}

static gboolean
append_record (KilterCommand *command, const KilterLogRecord *record)
{
  int table = find_table (record->table);
  KilterRecordChange *change;

  if (table < 0 || record->id < 1 || record->id > KILTER_MAX_ID)
    return FALSE;
  change = g_new0 (KilterRecordChange, 1);
  change->table = (KilterTableId) table;
  change->id = (int) record->id;
  kilter_command_append_record (command, change);
  return kilter_codec_read_record (change->table, record->old_values, &change->old_values) &&
         kilter_codec_read_record (change->table, record->new_values, &change->new_values);
}

static gboolean
refuse (sqlite3 *db, gint64 id, const char *what, GError **error)
{
  kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED,
                          "Entry %" G_GINT64_FORMAT " of the change log of '%s' %s.", id,
                          sqlite3_db_filename (db, "main"), what);
  return FALSE;
}

typedef gboolean (*CellFunc) (gpointer self, const KilterLogCell *cell);
typedef gboolean (*RecordFunc) (gpointer self, const KilterLogRecord *record);

/* Goes through what a set holds, cells first.
 * @cell_func, @record_func: return FALSE to stop
 * @out_whole: whether neither did */
static gboolean
for_each_part (sqlite3_stmt *cells,
               sqlite3_stmt *records,
               gint64 id,
               CellFunc cell_func,
               RecordFunc record_func,
               gpointer self,
               gboolean *out_whole,
               GError **error)
{
  gboolean row = TRUE, whole = TRUE;

  sqlite3_bind_int64 (cells, 1, id);
  sqlite3_bind_int64 (records, 1, id);
  while (whole)
    {
      KilterLogCell cell;

      if (!kilter_database_step (cells, &row, error))
        return FALSE;
      if (!row)
        break;
      read_cell (cells, &cell);
      whole = cell_func (self, &cell);
    }
  while (whole)
    {
      KilterLogRecord record;

      if (!kilter_database_step (records, &row, error))
        return FALSE;
      if (!row)
        break;
      read_record (records, &record);
      whole = record_func (self, &record);
    }
  *out_whole = whole;
  return TRUE;
}

typedef struct
{
  KilterCommand *command;
  KilterBucketKind kind;
} Parts;

static gboolean
append_cell_cb (gpointer data, const KilterLogCell *cell)
{
  Parts *parts = data;

  return append_cell (parts->command, parts->kind, cell);
}

static gboolean
append_record_cb (gpointer data, const KilterLogRecord *record)
{
  Parts *parts = data;

  return append_record (parts->command, record);
}

static gboolean
read_parts (sqlite3 *db, KilterBucketKind kind, gint64 id, KilterCommand *command, GError **error)
{
  g_autoptr (sqlite3_stmt) cells = kilter_database_prepare (
    db, "SELECT * FROM \"change_cell\" WHERE \"change_set\" = ?1 ORDER BY \"seq\"", error);
  g_autoptr (sqlite3_stmt) records = NULL;
  Parts parts = { command, kind };
  gboolean whole;

  if (cells == NULL)
    return FALSE;
  records = kilter_database_prepare (
    db, "SELECT * FROM \"change_record\" WHERE \"change_set\" = ?1 ORDER BY \"seq\"", error);
  if (records == NULL ||
      !for_each_part (cells, records, id, append_cell_cb, append_record_cb, &parts, &whole, error))
    return FALSE;
  return whole || refuse (db, id, "cannot be read", error);
}

/**
 * kilter_log_read_command:
 *
 * Returns: (transfer full) (nullable): the command as it was applied; an error when its values
 *   have been trimmed
 */
KilterCommand *
kilter_log_read_command (sqlite3 *db, KilterBucketKind kind, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt)
    statement = kilter_database_prepare (db, SELECT_SET " WHERE \"id\" = ?1", error);
  g_autoptr (KilterCommand) command = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  if (!kilter_database_step (statement, &row, error))
    return NULL;
  if (!row || !sqlite3_column_int (statement, 10))
    {
      kilter_set_store_error (
        error, KILTER_STORE_ERROR_FAILED,
        "Entry %" G_GINT64_FORMAT " of the change log holds no values any more.", id);
      return NULL;
    }
  command = kilter_command_new (column_text (statement, 1), column_text (statement, 2));
  /* before the ranges are there: what is logged carries its own stamps */
  kilter_command_set_stamp (command, column_text (statement, 3), column_text (statement, 4));
  kilter_command_set_reason (command, column_text (statement, 5));
  if (!read_parts (db, kind, id, command, error))
    return NULL;
  return g_steal_pointer (&command);
}

/* --- entries --- */

static void
free_entry (gpointer data)
{
  KilterLogEntry *entry = data;

  g_free (entry->kind);
  g_free (entry->label);
  g_free (entry->who);
  g_free (entry->at);
  g_free (entry->reason);
  g_free (entry->state);
  g_free (entry);
}

static KilterLogEntry *
read_entry (sqlite3_stmt *statement)
{
  KilterLogEntry *entry = g_new0 (KilterLogEntry, 1);

  entry->id = sqlite3_column_int64 (statement, 0);
  entry->kind = g_strdup (column_text (statement, 1));
  entry->label = g_strdup (column_text (statement, 2));
  entry->who = g_strdup (column_text (statement, 3));
  entry->at = g_strdup (column_text (statement, 4));
  entry->reason = g_strdup (column_text (statement, 5));
  entry->state = g_strdup (column_text (statement, 6));
  entry->target = sqlite3_column_int64 (statement, 7);
  entry->n_cells = sqlite3_column_int (statement, 8);
  entry->n_records = sqlite3_column_int (statement, 9);
  entry->complete = sqlite3_column_int (statement, 10);
  return entry;
}

static char *
make_filter (const KilterLogFilter *filter)
{
  GString *sql = g_string_new (SELECT_SET " WHERE 1");

  if (filter->before > 0)
    g_string_append (sql, " AND s.\"id\" < ?1");
  if (filter->who != NULL)
    g_string_append (sql, " AND s.\"who\" = ?2");
  if (filter->kind != NULL)
    g_string_append (sql, " AND s.\"kind\" = ?3");
  if (filter->measure >= 0)
    g_string_append_printf (
      sql,
      " AND EXISTS (SELECT 1 FROM \"change_cell\" AS c WHERE c.\"change_set\" = s.\"id\""
      " AND c.\"measure\" = ?4%s%s)",
      filter->version > 0 ? " AND c.\"version\" = ?5" : "",
      filter->row > 0 ? " AND c.\"series\" = ?6" : "");
  g_string_append (sql, " ORDER BY s.\"id\" DESC");
  return g_string_free_and_steal (sql);
}

static void
bind_filter (sqlite3_stmt *statement, const KilterLogFilter *filter)
{
  sqlite3_bind_int64 (statement, 1, filter->before);
  sqlite3_bind_text (statement, 2, filter->who, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, filter->kind, -1, SQLITE_STATIC);
  if (filter->measure >= 0)
    sqlite3_bind_text (statement, 4, kilter_measure_get_info ((KilterMeasure) filter->measure)->key,
                       -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 5, filter->version);
  sqlite3_bind_int (statement, 6, filter->row);
}

/* Whether an entry changed the value in the filter's bucket. */
static gboolean
touches_bucket (sqlite3 *db, KilterBucketKind kind, gint64 id, const KilterLogFilter *filter)
{
  g_autoptr (KilterCommand) command = kilter_log_read_command (db, kind, id, NULL);

  for (guint i = 0; command != NULL && i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      int at = filter->bucket - change->first;

      if ((int) change->measure == filter->measure &&
          (filter->version == 0 || change->version == filter->version) &&
          (filter->row == 0 || change->row == filter->row) && at >= 0 && at < change->n &&
          memcmp (&change->old_values[at], &change->new_values[at], sizeof (double)) != 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * kilter_log_read_entries:
 *
 * Returns: (transfer full) (element-type KilterLogEntry): newest first
 */
GPtrArray *
kilter_log_read_entries (sqlite3 *db,
                         KilterBucketKind kind,
                         const KilterLogFilter *filter,
                         GError **error)
{
  g_autofree char *sql = make_filter (filter);
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (db, sql, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  bind_filter (statement, filter);
  while (row && (filter->limit <= 0 || entries->len < (guint) filter->limit))
    {
      if (!kilter_database_step (statement, &row, error))
        return NULL;
      if (row && (filter->measure < 0 || filter->bucket == KILTER_BUCKET_NONE ||
                  touches_bucket (db, kind, sqlite3_column_int64 (statement, 0), filter)))
        g_ptr_array_add (entries, read_entry (statement));
    }
  return g_steal_pointer (&entries);
}

static GPtrArray *
read_steps (sqlite3 *db, const char *where, GError **error)
{
  g_autofree char *sql = g_strconcat (SELECT_SET " WHERE ", where, NULL);
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (db, sql, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  gboolean row = TRUE;

  while (statement != NULL && kilter_database_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, read_entry (statement));
    }
  return NULL;
}

/**
 * kilter_log_read_steps:
 * @out_undo: (out) (transfer full) (element-type KilterLogEntry): newest first
 * @out_redo: (out) (transfer full) (element-type KilterLogEntry): the one to redo first, first
 *
 * What undo and redo offer after a restart.
 */
gboolean
kilter_log_read_steps (sqlite3 *db, GPtrArray **out_undo, GPtrArray **out_redo, GError **error)
{
  g_autoptr (GPtrArray)
    undo = read_steps (db,
                       "\"state\" IN ('applied', 'reverted') AND \"kind\" NOT IN ('undo', 'redo')"
                       " ORDER BY \"id\" DESC LIMIT " G_STRINGIFY (KILTER_LOG_KEEP),
                       error);
  g_autoptr (GPtrArray) redo = NULL;

  if (undo == NULL)
    return FALSE;
  redo = read_steps (
    db, "\"state\" = 'undone' ORDER BY \"id\" LIMIT " G_STRINGIFY (KILTER_LOG_KEEP), error);
  if (redo == NULL)
    return FALSE;
  *out_undo = g_steal_pointer (&undo);
  *out_redo = g_steal_pointer (&redo);
  return TRUE;
}

/* --- the chain --- */

typedef struct
{
  KilterDigest facts;
  KilterDigest typed;
} Digests;

static gboolean
digest_cell_cb (gpointer data, const KilterLogCell *cell)
{
  Digests *digests = data;

  kilter_log_digest_cell (g_strcmp0 (cell->layer, "fact") == 0 ? &digests->facts : &digests->typed,
                          cell);
  return TRUE;
}

static gboolean
digest_record_cb (gpointer data, const KilterLogRecord *record)
{
  Digests *digests = data;

  kilter_log_digest_record (&digests->typed, record);
  return TRUE;
}

/* Computes the two digests over what a set still holds. */
static gboolean
digest_parts (sqlite3_stmt *cells,
              sqlite3_stmt *records,
              gint64 id,
              char **out_facts,
              char **out_typed,
              GError **error)
{
  Digests digests;
  gboolean whole;

  kilter_digest_init (&digests.facts);
  kilter_digest_init (&digests.typed);
  if (!for_each_part (cells, records, id, digest_cell_cb, digest_record_cb, &digests, &whole,
                      error))
    return FALSE;
  *out_facts = kilter_digest_finish (&digests.facts);
  *out_typed = kilter_digest_finish (&digests.typed);
  return TRUE;
}

static void
add_problem (GPtrArray *problems, gint64 id, const char *what)
{
  g_ptr_array_add (problems,
                   g_strdup_printf ("Entry %" G_GINT64_FORMAT " of the change log %s.", id, what));
}

/**
 * kilter_log_verify:
 * @problems: (element-type utf8): gets a sentence for each link that does not hold
 *
 * Follows the chain from the first entry to the head.
 *
 * Returns: whether the log could be read
 */
gboolean
kilter_log_verify (sqlite3 *db, GPtrArray *problems, GError **error)
{
  g_autoptr (sqlite3_stmt) sets = kilter_database_prepare (
    db,
    "SELECT \"id\", \"kind\", \"label\", \"who\", \"at\", \"reason\", \"target\", \"cells\","
    " \"records\", \"facts\", \"typed\", \"previous\", \"complete\" FROM \"change_set\""
    " ORDER BY \"id\"",
    error);
  g_autoptr (sqlite3_stmt) cells = NULL;
  g_autoptr (sqlite3_stmt) records = NULL;
  g_autofree char *head = g_strdup ("");
  g_autofree char *stored_head = NULL;
  gint64 expected_id = 1;
  gboolean row = TRUE;

  if (sets == NULL)
    return FALSE;
  cells = kilter_database_prepare (
    db, "SELECT * FROM \"change_cell\" WHERE \"change_set\" = ?1 ORDER BY \"seq\"", error);
  records = cells == NULL
              ? NULL
              : kilter_database_prepare (
                  db, "SELECT * FROM \"change_record\" WHERE \"change_set\" = ?1 ORDER BY \"seq\"",
                  error);
  if (records == NULL)
    return FALSE;
  while (row)
    {
      g_autofree char *facts = NULL;
      g_autofree char *typed = NULL;
      KilterLogSet set;

      if (!kilter_database_step (sets, &row, error))
        return FALSE;
      if (!row)
        break;
      set = (KilterLogSet) {
        sqlite3_column_int64 (sets, 0), column_text (sets, 1),
        column_text (sets, 2),          column_text (sets, 3),
        column_text (sets, 4),          column_text (sets, 5),
        sqlite3_column_int64 (sets, 6), sqlite3_column_int64 (sets, 7),
        sqlite3_column_int64 (sets, 8), column_text (sets, 9),
        column_text (sets, 10),         column_text (sets, 11),
      };
      if (!digest_parts (cells, records, set.id, &facts, &typed, error))
        return FALSE;
      if (set.id != expected_id)
        add_problem (problems, expected_id, "is missing");
      else if (g_strcmp0 (set.previous, head) != 0)
        add_problem (problems, set.id, "does not follow from the one before");
      if (g_strcmp0 (typed, set.typed) != 0 ||
          (sqlite3_column_int (sets, 12) && g_strcmp0 (facts, set.facts) != 0))
        add_problem (problems, set.id, "does not hold the values that were logged");
      g_free (head);
      head = kilter_log_digest_set (&set);
      expected_id = set.id + 1;
    }
  if (!kilter_database_get_document (db, "head", &stored_head, error))
    return FALSE;
  if (g_strcmp0 (stored_head != NULL ? stored_head : "", head) != 0)
    g_ptr_array_add (problems,
                     g_strdup ("The change log does not end where it ended when it was written."));
  return TRUE;
}

/**
 * kilter_log_read_digest:
 * @id: an entry, or 0 for the beginning of the log
 *
 * Returns: (transfer full) (nullable): the link of the chain: what the next entry says that it
 *   follows, or where the log ends; %NULL without an error when there is no such entry
 */
char *
kilter_log_read_digest (sqlite3 *db, gint64 id, GError **error)
{
  g_autofree char *next = g_strdup_printf (
    "SELECT \"previous\" FROM \"change_set\" WHERE \"id\" = %" G_GINT64_FORMAT, id + 1);
  gint64 last;
  char *digest = NULL;

  if (!kilter_database_get_int (db, "SELECT max (\"id\") FROM \"change_set\"", &last, error))
    return NULL;
  if (id < last)
    return kilter_database_get_text (db, next, error);
  if (id == last && kilter_database_get_document (db, "head", &digest, error) && digest == NULL)
    digest = g_strdup ("");
  return digest;
}
