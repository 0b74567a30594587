/* kilter-rows.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-rows.h"

#include <math.h>

#define N_SLOTS 12

struct _KilterRowWriter
{
  sqlite3 *db;
  KilterBucketKind kind;
  gboolean fresh; /* nothing is stored yet: rows need not be read before they are written */

  sqlite3_stmt *put_record[KILTER_N_TABLES]; /* made when first needed */
  sqlite3_stmt *delete_record[KILTER_N_TABLES];
  sqlite3_stmt *get_fact;
  sqlite3_stmt *put_fact;
  sqlite3_stmt *delete_fact;
  sqlite3_stmt *put_input;
  sqlite3_stmt *delete_input;
  sqlite3_stmt *put_lock;
  sqlite3_stmt *delete_lock;
};

#define FACT_KEY                                                                                   \
  "\"version\" = ?1 AND \"measure\" = ?2 AND \"series\" = ?3 AND \"year\" = ?4 AND \"part\" = ?5"
#define CELL_KEY "\"version\" = ?1 AND \"measure\" = ?2 AND \"series\" = ?3 AND \"bucket\" = ?4"

/**
 * kilter_row_writer_new:
 * @kind: the calendar of the plan, which never changes
 */
KilterRowWriter *
kilter_row_writer_new (sqlite3 *db, KilterBucketKind kind, GError **error)
{
  g_autoptr (KilterRowWriter) self = g_new0 (KilterRowWriter, 1);
  const struct
  {
    sqlite3_stmt **statement;
    const char *sql;
  } statements[] = {
    { &self->get_fact, "SELECT m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12"
                       " FROM \"fact\" WHERE " FACT_KEY },
    { &self->put_fact,
      "INSERT OR REPLACE INTO \"fact\" VALUES"
      " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)" },
    { &self->delete_fact, "DELETE FROM \"fact\" WHERE " FACT_KEY },
    { &self->put_input,
      "INSERT OR REPLACE INTO \"input\" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" },
    { &self->delete_input, "DELETE FROM \"input\" WHERE " CELL_KEY },
    { &self->put_lock, "INSERT OR REPLACE INTO \"lock\" VALUES (?1, ?2, ?3, ?4, ?5)" },
    { &self->delete_lock, "DELETE FROM \"lock\" WHERE " CELL_KEY },
  };

  self->db = db;
  self->kind = kind;
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      *statements[i].statement = kilter_database_prepare (db, statements[i].sql, error);
      if (*statements[i].statement == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
kilter_row_writer_free (KilterRowWriter *self)
{
  if (self == NULL)
    return;
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      sqlite3_finalize (self->put_record[t]);
      sqlite3_finalize (self->delete_record[t]);
    }
  sqlite3_finalize (self->get_fact);
  sqlite3_finalize (self->put_fact);
  sqlite3_finalize (self->delete_fact);
  sqlite3_finalize (self->put_input);
  sqlite3_finalize (self->delete_input);
  sqlite3_finalize (self->put_lock);
  sqlite3_finalize (self->delete_lock);
  g_free (self);
}

/* --- records --- */

static void
bind_value (sqlite3_stmt *statement, int at, const KilterFieldInfo *field, const KilterValue *value)
{
  switch (field->type)
    {
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
    case KILTER_FIELD_REF:
      if (isnan (value->number))
        sqlite3_bind_null (statement, at);
      else if (value->number == (double) (gint64) value->number)
        sqlite3_bind_int64 (statement, at, (gint64) value->number);
      else
        sqlite3_bind_double (statement, at, value->number); /* the table refuses it */
      break;
    case KILTER_FIELD_NUMBER:
      sqlite3_bind_double (statement, at, value->number); /* NaN becomes NULL */
      break;
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      sqlite3_bind_text (statement, at, value->text, -1, SQLITE_STATIC);
      break;
    }
}

/* Insert or update, never replace: a replaced row would look like a removed one to those that
 * refer to it. */
static sqlite3_stmt *
ensure_put_record (KilterRowWriter *self, KilterTableId table, GError **error)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  g_autoptr (GString) sql = NULL;

  if (self->put_record[table] != NULL)
    return self->put_record[table];
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO \"%s\" VALUES (?1", info->name);
  for (int i = 0; i < info->n_fields; i++)
    g_string_append_printf (sql, ", ?%d", i + 2);
  g_string_append (sql, ") ON CONFLICT (\"id\") DO UPDATE SET ");
  for (int i = 0; i < info->n_fields; i++)
    g_string_append_printf (sql, "%s\"%s\" = ?%d", i > 0 ? ", " : "", info->fields[i].name, i + 2);
  self->put_record[table] = kilter_database_prepare (self->db, sql->str, error);
  return self->put_record[table];
}

static sqlite3_stmt *
ensure_delete_record (KilterRowWriter *self, KilterTableId table, GError **error)
{
  if (self->delete_record[table] == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"id\" = ?1",
                                              kilter_table_get_info (table)->name);

      self->delete_record[table] = kilter_database_prepare (self->db, sql, error);
    }
  return self->delete_record[table];
}

static gboolean
delete_record (KilterRowWriter *self, KilterTableId table, int id, GError **error)
{
  sqlite3_stmt *statement = ensure_delete_record (self, table, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, id);
  return kilter_database_run (statement, error);
}

static gboolean
put_record (KilterRowWriter *self,
            KilterTableId table,
            int id,
            const KilterValue *values,
            GError **error)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  sqlite3_stmt *statement = ensure_put_record (self, table, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, id);
  for (int i = 0; i < info->n_fields; i++)
    bind_value (statement, i + 2, &info->fields[i], &values[i]);
  return kilter_database_run (statement, error);
}

/* Removals first, so that a key that moves from one record to another is free. */
static gboolean
write_records (KilterRowWriter *self,
               const KilterCommand *command,
               gboolean forward,
               gboolean remove_all,
               GError **error)
{
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      const KilterValue *values = forward ? change->new_values : change->old_values;

      if ((remove_all || values == NULL) && !delete_record (self, change->table, change->id, error))
        return FALSE;
    }
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      const KilterValue *values = forward ? change->new_values : change->old_values;

      if (values != NULL && !put_record (self, change->table, change->id, values, error))
        return FALSE;
    }
  return TRUE;
}

/* Two records that swap their keys break the rule for a moment; then all are taken away first,
 * which costs more. */
static gboolean
write_command_records (KilterRowWriter *self,
                       const KilterCommand *command,
                       gboolean forward,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (kilter_command_get_n_records (command) == 0)
    return TRUE;
  if (!kilter_database_exec (self->db, "SAVEPOINT records", error))
    return FALSE;
  if (!write_records (self, command, forward, FALSE, &local_error))
    {
      if (sqlite3_extended_errcode (self->db) != SQLITE_CONSTRAINT_UNIQUE)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!kilter_database_exec (self->db, "ROLLBACK TO records", error) ||
          !write_records (self, command, forward, TRUE, error))
        return FALSE;
    }
  return kilter_database_exec (self->db, "RELEASE records", error);
}

/* --- numbers --- */

typedef struct
{
  KilterVersion version;
  KilterMeasure measure;
  int row;
} Place;

static void
bind_place (sqlite3_stmt *statement, const Place *place)
{
  sqlite3_bind_int (statement, 1, place->version);
  sqlite3_bind_text (statement, 2, kilter_measure_get_info (place->measure)->key, -1,
                     SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, place->row);
}

/* Fills in what the stored row of the year holds; what it lacks stays missing. */
static gboolean
read_year (KilterRowWriter *self,
           const Place *place,
           int year,
           int part,
           double *slots,
           GError **error)
{
  gboolean row;

  bind_place (self->get_fact, place);
  sqlite3_bind_int (self->get_fact, 4, year);
  sqlite3_bind_int (self->get_fact, 5, part);
  if (!kilter_database_step (self->get_fact, &row, error))
    return FALSE;
  for (int i = 0; row && i < N_SLOTS; i++)
    if (sqlite3_column_type (self->get_fact, i) != SQLITE_NULL)
      slots[i] = sqlite3_column_double (self->get_fact, i);
  sqlite3_reset (self->get_fact);
  return TRUE;
}

static gboolean
write_year (KilterRowWriter *self,
            const Place *place,
            int year,
            int part,
            const double *slots,
            GError **error)
{
  gboolean empty = TRUE;
  sqlite3_stmt *statement;

  for (int i = 0; i < N_SLOTS; i++)
    empty = empty && isnan (slots[i]);
  if (empty && self->fresh)
    return TRUE;
  statement = empty ? self->delete_fact : self->put_fact;
  bind_place (statement, place);
  sqlite3_bind_int (statement, 4, year);
  sqlite3_bind_int (statement, 5, part);
  for (int i = 0; !empty && i < N_SLOTS; i++)
    sqlite3_bind_double (statement, 6 + i, slots[i]); /* NaN becomes NULL */
  return kilter_database_run (statement, error);
}

static gboolean
write_facts (KilterRowWriter *self,
             const Place *place,
             KilterBucket first,
             int n,
             const double *values,
             GError **error)
{
  for (int i = 0; i < n;)
    {
      double slots[N_SLOTS];
      int year, part, slot;

      for (int k = 0; k < N_SLOTS; k++)
        slots[k] = NAN;
      kilter_bucket_get_slot (self->kind, first + i, &year, &part, &slot);
      /* a whole row is written without being read */
      if (!self->fresh && (slot != 0 || n - i < N_SLOTS) &&
          !read_year (self, place, year, part, slots, error))
        return FALSE;
      for (;;)
        {
          int next_year, next_part;

          slots[slot] = values[i];
          i++;
          if (i >= n)
            break;
          kilter_bucket_get_slot (self->kind, first + i, &next_year, &next_part, &slot);
          if (next_year != year || next_part != part)
            break;
        }
      if (!write_year (self, place, year, part, slots, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_inputs (KilterRowWriter *self,
              const Place *place,
              KilterBucket first,
              int n,
              const double *values,
              const KilterCellNote *notes,
              GError **error)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *bucket = kilter_bucket_to_string (self->kind, first + i);
      gboolean present = !isnan (values[i]) || kilter_value_is_cleared (values[i]);
      sqlite3_stmt *statement = present ? self->put_input : self->delete_input;

      if (!present && self->fresh)
        continue;
      bind_place (statement, place);
      sqlite3_bind_text (statement, 4, bucket, -1, SQLITE_STATIC);
      if (present)
        {
          const KilterCellNote *note = notes != NULL ? &notes[i] : NULL;

          /* typed away: NaN becomes NULL */
          sqlite3_bind_double (statement, 5, values[i]);
          sqlite3_bind_text (statement, 6, note != NULL ? note->author : NULL, -1, SQLITE_STATIC);
          sqlite3_bind_text (statement, 7, note != NULL ? note->at : NULL, -1, SQLITE_STATIC);
          sqlite3_bind_text (statement, 8, note != NULL ? note->reason : NULL, -1, SQLITE_STATIC);
        }
      if (!kilter_database_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_locks (KilterRowWriter *self,
             const Place *place,
             KilterBucket first,
             int n,
             const double *values,
             GError **error)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *bucket = kilter_bucket_to_string (self->kind, first + i);
      gboolean present = !isnan (values[i]) || kilter_value_is_cleared (values[i]);
      sqlite3_stmt *statement = present ? self->put_lock : self->delete_lock;

      if (!present && self->fresh)
        continue;
      bind_place (statement, place);
      sqlite3_bind_text (statement, 4, bucket, -1, SQLITE_STATIC);
      if (present)
        sqlite3_bind_int (statement, 5, values[i] > 0);
      if (!kilter_database_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_values (KilterRowWriter *self,
              const Place *place,
              KilterLayer layer,
              KilterBucket first,
              int n,
              const double *values,
              const KilterCellNote *notes,
              GError **error)
{
  switch (layer)
    {
    case KILTER_LAYER_FACT:
      return write_facts (self, place, first, n, values, error);
    case KILTER_LAYER_INPUT:
      return write_inputs (self, place, first, n, values, notes, error);
    case KILTER_LAYER_LOCK:
      return write_locks (self, place, first, n, values, error);
    case KILTER_N_LAYERS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* --- a whole plan --- */

typedef struct
{
  KilterRowWriter *writer;
  const KilterPlan *plan;
  KilterCellNote *notes; /* of one row; borrowed texts */
  GError *error;
} PlanWriting;

static void
write_stored_row (KilterVersion version,
                  KilterMeasure measure,
                  KilterLayer layer,
                  int row,
                  const double *values,
                  gpointer user_data)
{
  PlanWriting *writing = user_data;
  Place place = { version, measure, row };
  int n = kilter_plan_get_n_buckets (writing->plan);

  if (writing->error != NULL)
    return;
  for (int i = 0; layer == KILTER_LAYER_INPUT && i < n; i++)
    {
      const KilterCellNote *note = NULL;

      if (!isnan (values[i]) || kilter_value_is_cleared (values[i]))
        note = kilter_plan_get_note (writing->plan, version, measure, row, i);
      writing->notes[i] = note != NULL ? *note : (KilterCellNote) { NULL, NULL, NULL };
    }
  write_values (writing->writer, &place, layer, kilter_plan_get_start (writing->plan), n, values,
                writing->notes, &writing->error);
}

/**
 * kilter_row_writer_write_plan:
 *
 * Writes everything a plan holds into an empty database.
 */
gboolean
kilter_row_writer_write_plan (KilterRowWriter *self, const KilterPlan *plan, GError **error)
{
  PlanWriting writing = { self, plan, NULL, NULL };

  for (int t = 0; t < KILTER_N_TABLES; t++)
    KILTER_FOREACH_RECORD (plan, t, record)
      {
        if (!put_record (self, t, record->id, record->values, error))
          return FALSE;
      }
  writing.notes = g_new0 (KilterCellNote, kilter_plan_get_n_buckets (plan));
  self->fresh = TRUE;
  kilter_plan_foreach_stored (plan, write_stored_row, &writing);
  self->fresh = FALSE;
  g_free (writing.notes);
  if (writing.error == NULL)
    return TRUE;
  g_propagate_error (error, writing.error);
  return FALSE;
}

/**
 * kilter_row_writer_write_command:
 * @forward: whether the new values are written; else the old ones
 *
 * Writes what a command changes. The transaction is the caller's.
 */
gboolean
kilter_row_writer_write_command (KilterRowWriter *self,
                                 const KilterCommand *command,
                                 gboolean forward,
                                 GError **error)
{
  if (!write_command_records (self, command, forward, error))
    return FALSE;
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      Place place = { change->version, change->measure, change->row };

      if (!write_values (self, &place, change->layer, change->first, change->n,
                         forward ? change->new_values : change->old_values,
                         forward ? change->new_notes : change->old_notes, error))
        return FALSE;
    }
  return TRUE;
}
