/* kilter-log.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-log-private.h"

#include "store/database/kilter-codec.h"

#include <math.h>
#include <string.h>

struct _KilterLog
{
  sqlite3 *db;
  KilterBucketKind kind;
  gint64 last; /* the newest change set */
  char *head;  /* its digest */
  gint64 size; /* of what may be trimmed */

  /* of the transaction under way */
  gint64 new_last;
  char *new_head;
  gint64 new_size;

  sqlite3_stmt *put_set;
  sqlite3_stmt *put_cell;
  sqlite3_stmt *put_record;
  sqlite3_stmt *set_state;
  sqlite3_stmt *set_reverted;
  sqlite3_stmt *drop_undone;
};

static const char *const layer_names[KILTER_N_LAYERS] = { "fact", "input", "lock" };

const char *
kilter_log_get_layer_name (KilterLayer layer)
{
  return layer_names[layer];
}

/* --- digests --- */

void
kilter_log_digest_cell (KilterDigest *digest, const KilterLogCell *cell)
{
  kilter_digest_add_int (digest, cell->seq);
  kilter_digest_add_int (digest, cell->version);
  kilter_digest_add_text (digest, cell->measure);
  kilter_digest_add_text (digest, cell->layer);
  kilter_digest_add_int (digest, cell->series);
  kilter_digest_add_text (digest, cell->first);
  kilter_digest_add_int (digest, cell->n);
  kilter_digest_add_text (digest, cell->old_values);
  kilter_digest_add_text (digest, cell->new_values);
  kilter_digest_add_text (digest, cell->old_notes);
  kilter_digest_add_text (digest, cell->new_notes);
}

void
kilter_log_digest_record (KilterDigest *digest, const KilterLogRecord *record)
{
  kilter_digest_add_int (digest, record->seq);
  kilter_digest_add_text (digest, record->table);
  kilter_digest_add_int (digest, record->id);
  kilter_digest_add_text (digest, record->old_values);
  kilter_digest_add_text (digest, record->new_values);
}

/* What may change later (the state) and what may be trimmed is left out. */
char *
kilter_log_digest_set (const KilterLogSet *set)
{
  KilterDigest digest;

  kilter_digest_init (&digest);
  kilter_digest_add_int (&digest, set->id);
  kilter_digest_add_text (&digest, set->kind);
  kilter_digest_add_text (&digest, set->label);
  kilter_digest_add_text (&digest, set->who);
  kilter_digest_add_text (&digest, set->at);
  kilter_digest_add_text (&digest, set->reason);
  kilter_digest_add_int (&digest, set->target);
  kilter_digest_add_int (&digest, set->cells);
  kilter_digest_add_int (&digest, set->records);
  kilter_digest_add_text (&digest, set->facts);
  kilter_digest_add_text (&digest, set->typed);
  kilter_digest_add_text (&digest, set->previous);
  return kilter_digest_finish (&digest);
}

/* --- opening --- */

static gboolean
prepare (KilterLog *self, GError **error)
{
  const struct
  {
    sqlite3_stmt **statement;
    const char *sql;
  } statements[] = {
    { &self->put_set, "INSERT INTO \"change_set\" (\"id\", \"kind\", \"label\", \"who\", \"at\","
                      " \"reason\", \"state\", \"target\", \"cells\", \"records\", \"size\","
                      " \"complete\", \"facts\", \"typed\", \"previous\") VALUES"
                      " (?1, ?2, ?3, ?4, ?5, ?6, 'applied', ?7, ?8, ?9, ?10, 1, ?11, ?12, ?13)" },
    { &self->put_cell, "INSERT INTO \"change_cell\" VALUES"
                       " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)" },
    { &self->put_record, "INSERT INTO \"change_record\" VALUES (?1, ?2, ?3, ?4, ?5, ?6)" },
    { &self->set_state, "UPDATE \"change_set\" SET \"state\" = ?2 WHERE \"id\" = ?1" },
    { &self->set_reverted, "UPDATE \"change_set\" SET \"state\" = ?2 WHERE \"id\" ="
                           " (SELECT \"target\" FROM \"change_set\" WHERE \"id\" = ?1"
                           " AND \"kind\" = 'revert')" },
    { &self->drop_undone, "UPDATE \"change_set\" SET \"state\" = 'dropped'"
                          " WHERE \"state\" = 'undone'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      *statements[i].statement = kilter_database_prepare (self->db, statements[i].sql, error);
      if (*statements[i].statement == NULL)
        return FALSE;
    }
  return TRUE;
}

KilterLog *
kilter_log_new (sqlite3 *db, KilterBucketKind kind, GError **error)
{
  g_autoptr (KilterLog) self = g_new0 (KilterLog, 1);

  self->db = db;
  self->kind = kind;
  if (!kilter_database_get_int (db, "SELECT max (\"id\") FROM \"change_set\"", &self->last,
                                error) ||
      !kilter_database_get_int (db, "SELECT sum (\"size\") FROM \"change_set\" WHERE \"size\" > 0",
                                &self->size, error) ||
      !kilter_database_get_document (db, "head", &self->head, error) || !prepare (self, error))
    return NULL;
  if (self->head == NULL)
    self->head = g_strdup ("");
  kilter_log_settle (self, FALSE);
  return g_steal_pointer (&self);
}

void
kilter_log_free (KilterLog *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->put_set);
  sqlite3_finalize (self->put_cell);
  sqlite3_finalize (self->put_record);
  sqlite3_finalize (self->set_state);
  sqlite3_finalize (self->set_reverted);
  sqlite3_finalize (self->drop_undone);
  g_free (self->head);
  g_free (self->new_head);
  g_free (self);
}

gint64
kilter_log_get_last (const KilterLog *self)
{
  return self->last;
}

/**
 * kilter_log_settle:
 *
 * Must be called after each transaction: whether what was appended is there.
 */
void
kilter_log_settle (KilterLog *self, gboolean committed)
{
  if (committed)
    {
      self->last = self->new_last;
      self->size = self->new_size;
      g_set_str (&self->head, self->new_head);
    }
  else
    {
      self->new_last = self->last;
      self->new_size = self->size;
      g_set_str (&self->new_head, self->head);
    }
}

/* --- appending --- */

static gboolean
put_cell (KilterLog *self, gint64 set, const KilterLogCell *cell, GError **error)
{
  sqlite3_bind_int64 (self->put_cell, 1, set);
  sqlite3_bind_int64 (self->put_cell, 2, cell->seq);
  sqlite3_bind_int64 (self->put_cell, 3, cell->version);
  sqlite3_bind_text (self->put_cell, 4, cell->measure, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_cell, 5, cell->layer, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->put_cell, 6, cell->series);
  sqlite3_bind_text (self->put_cell, 7, cell->first, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->put_cell, 8, cell->n);
  sqlite3_bind_text (self->put_cell, 9, cell->old_values, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_cell, 10, cell->new_values, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_cell, 11, cell->old_notes, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_cell, 12, cell->new_notes, -1, SQLITE_STATIC);
  return kilter_database_run (self->put_cell, error);
}

static gboolean
put_record (KilterLog *self, gint64 set, const KilterLogRecord *record, GError **error)
{
  sqlite3_bind_int64 (self->put_record, 1, set);
  sqlite3_bind_int64 (self->put_record, 2, record->seq);
  sqlite3_bind_text (self->put_record, 3, record->table, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->put_record, 4, record->id);
  sqlite3_bind_text (self->put_record, 5, record->old_values, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_record, 6, record->new_values, -1, SQLITE_STATIC);
  return kilter_database_run (self->put_record, error);
}

/* Writes the set itself, and makes it the head of the chain. */
static gboolean
put_set (KilterLog *self, KilterLogSet *set, gint64 size, GError **error)
{
  g_autofree char *head = NULL;

  set->previous = self->new_head;
  head = kilter_log_digest_set (set);
  sqlite3_bind_int64 (self->put_set, 1, set->id);
  sqlite3_bind_text (self->put_set, 2, set->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 3, set->label, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 4, set->who, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 5, set->at, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 6, set->reason, -1, SQLITE_STATIC);
  if (set->target > 0)
    sqlite3_bind_int64 (self->put_set, 7, set->target);
  else
    sqlite3_bind_null (self->put_set, 7);
  sqlite3_bind_int64 (self->put_set, 8, set->cells);
  sqlite3_bind_int64 (self->put_set, 9, set->records);
  sqlite3_bind_int64 (self->put_set, 10, size);
  sqlite3_bind_text (self->put_set, 11, set->facts, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 12, set->typed, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put_set, 13, set->previous, -1, SQLITE_STATIC);
  if (!kilter_database_run (self->put_set, error) ||
      !kilter_database_set_document (self->db, "head", head, error))
    return FALSE;
  g_set_str (&self->new_head, head);
  self->new_last = set->id;
  self->new_size += size;
  return TRUE;
}

static gsize
get_length (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

static int
count_changed (const KilterRangeChange *change)
{
  int count = 0;

  for (int i = 0; i < change->n; i++)
    count += memcmp (&change->old_values[i], &change->new_values[i], sizeof (double)) != 0;
  return count;
}

static gboolean
append_cells (KilterLog *self,
              KilterLogSet *set,
              const KilterCommand *command,
              KilterDigest *facts,
              KilterDigest *typed,
              gint64 *out_size,
              GError **error)
{
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      g_autofree char *first = kilter_bucket_to_string (self->kind, change->first);
      g_autofree char *old_values = kilter_codec_write_numbers (change->old_values, change->n);
      g_autofree char *new_values = kilter_codec_write_numbers (change->new_values, change->n);
      g_autofree char *old_notes = kilter_codec_write_notes (change->old_notes, change->n);
      g_autofree char *new_notes = kilter_codec_write_notes (change->new_notes, change->n);
      KilterLogCell cell = {
        i,
        change->version,
        kilter_measure_get_info (change->measure)->key,
        layer_names[change->layer],
        change->row,
        first,
        change->n,
        old_values,
        new_values,
        old_notes,
        new_notes,
      };

      if (!put_cell (self, set->id, &cell, error))
        return FALSE;
      set->cells += count_changed (change);
      kilter_log_digest_cell (change->layer == KILTER_LAYER_FACT ? facts : typed, &cell);
      if (change->layer == KILTER_LAYER_FACT)
        *out_size += (gint64) (get_length (old_values) + get_length (new_values));
    }
  return TRUE;
}

static gboolean
append_records (KilterLog *self,
                KilterLogSet *set,
                const KilterCommand *command,
                KilterDigest *typed,
                GError **error)
{
  set->records = kilter_command_get_n_records (command);
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      g_autofree char *old_values = kilter_codec_write_record (change->table, change->old_values);
      g_autofree char *new_values = kilter_codec_write_record (change->table, change->new_values);
      KilterLogRecord record = { i, kilter_table_get_info (change->table)->name, change->id,
                                 old_values, new_values };

      if (!put_record (self, set->id, &record, error))
        return FALSE;
      kilter_log_digest_record (typed, &record);
    }
  return TRUE;
}

static gboolean
set_state (sqlite3_stmt *statement, gint64 id, const char *state, GError **error)
{
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, state, -1, SQLITE_STATIC);
  return kilter_database_run (statement, error);
}

/**
 * kilter_log_append:
 * @id: one more than the newest
 * @target: for a command that takes an earlier one back: that one; else 0
 *
 * Logs a command that is applied. What was undone before can no longer be redone.
 */
gboolean
kilter_log_append (KilterLog *self,
                   gint64 id,
                   const KilterCommand *command,
                   gint64 target,
                   GError **error)
{
  g_autofree char *facts_text = NULL;
  g_autofree char *typed_text = NULL;
  KilterDigest facts, typed;
  KilterLogSet set = {
    .id = id,
    .kind = kilter_command_get_kind (command),
    .label = kilter_command_get_label (command),
    .who = kilter_command_get_who (command),
    .at = kilter_command_get_at (command),
    .reason = kilter_command_get_reason (command),
    .target = target,
  };
  gint64 size = 0;

  kilter_digest_init (&facts);
  kilter_digest_init (&typed);
  if (!append_cells (self, &set, command, &facts, &typed, &size, error) ||
      !append_records (self, &set, command, &typed, error))
    return FALSE;
  set.facts = facts_text = kilter_digest_finish (&facts);
  set.typed = typed_text = kilter_digest_finish (&typed);
  return kilter_database_run (self->drop_undone, error) && put_set (self, &set, size, error) &&
         (target == 0 || set_state (self->set_state, target, "reverted", error));
}

/**
 * kilter_log_append_step:
 * @forward: whether @target is redone; else it is undone
 */
gboolean
kilter_log_append_step (KilterLog *self,
                        gint64 id,
                        gboolean forward,
                        const char *label,
                        const char *who,
                        const char *at,
                        gint64 target,
                        GError **error)
{
  KilterDigest nothing;
  g_autofree char *digest = NULL;
  KilterLogSet set = {
    .id = id,
    .kind = forward ? "redo" : "undo",
    .label = label,
    .who = who,
    .at = at,
    .target = target,
  };

  kilter_digest_init (&nothing);
  digest = kilter_digest_finish (&nothing);
  set.facts = set.typed = digest;
  return set_state (self->set_state, target, forward ? "applied" : "undone", error) &&
         set_state (self->set_reverted, target, forward ? "reverted" : "applied", error) &&
         put_set (self, &set, 0, error);
}

/* --- trimming --- */

gboolean
kilter_log_needs_trim (const KilterLog *self)
{
  return self->size > KILTER_LOG_BUDGET;
}

/* The newest set whose numbers go; 0 for none. The newest set of all always stays. */
static gboolean
find_cut (KilterLog *self, gboolean by_count, gint64 *out_cut, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = kilter_database_prepare (
    self->db, "SELECT \"id\", \"size\" FROM \"change_set\" WHERE \"size\" > 0 ORDER BY \"id\" DESC",
    error);
  gint64 total = 0, cut = 0;
  gboolean row = TRUE, first = TRUE;

  if (statement == NULL)
    return FALSE;
  if (by_count && !kilter_database_get_int (
                    self->db,
                    "SELECT \"id\" FROM \"change_set\" WHERE \"kind\" NOT IN ('undo', 'redo')"
                    " ORDER BY \"id\" DESC LIMIT 1 OFFSET " G_STRINGIFY (KILTER_LOG_KEEP),
                    &cut, error))
    return FALSE;
  while (row)
    {
      if (!kilter_database_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      total += sqlite3_column_int64 (statement, 1);
      if (!first && total > KILTER_LOG_BUDGET)
        {
          cut = MAX (cut, sqlite3_column_int64 (statement, 0));
          break;
        }
      first = FALSE;
    }
  *out_cut = cut;
  return TRUE;
}

static gboolean
trim_through (KilterLog *self, gint64 cut, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "DELETE FROM \"change_cell\" WHERE \"layer\" = 'fact' AND \"change_set\" IN"
    " (SELECT \"id\" FROM \"change_set\" WHERE \"size\" > 0 AND \"id\" <= %" G_GINT64_FORMAT ");"
    "UPDATE \"change_set\" SET \"size\" = 0, \"complete\" = 0"
    " WHERE \"size\" > 0 AND \"id\" <= %" G_GINT64_FORMAT,
    cut, cut);

  if (!kilter_database_exec (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (kilter_database_exec (self->db, sql, error) &&
      kilter_database_exec (self->db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * kilter_log_trim:
 * @by_count: whether only the last %KILTER_LOG_KEEP commands keep all their values
 * @out_through: (out): the newest set that lost its values, 0 for none
 *
 * Takes old and new values of computed and imported numbers out of old change sets. Who did what,
 * when and why stays, and so does every value that was typed. One transaction of its own.
 */
gboolean
kilter_log_trim (KilterLog *self, gboolean by_count, gint64 *out_through, GError **error)
{
  gint64 cut, any;
  g_autofree char *sql = NULL;

  *out_through = 0;
  if (!find_cut (self, by_count, &cut, error))
    return FALSE;
  sql = g_strdup_printf (
    "SELECT count (*) FROM \"change_set\" WHERE \"size\" > 0 AND \"id\" <= %" G_GINT64_FORMAT, cut);
  if (!kilter_database_get_int (self->db, sql, &any, error))
    return FALSE;
  if (any == 0)
    return TRUE;
  if (!trim_through (self, cut, error))
    return FALSE;
  *out_through = cut;
  if (!kilter_database_get_int (self->db,
                                "SELECT sum (\"size\") FROM \"change_set\" WHERE \"size\" > 0",
                                &self->size, error))
    return FALSE;
  self->new_size = self->size;
  return TRUE;
}
