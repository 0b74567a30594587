/* kilter-import-records.c: rows that are records: products, resources, people, decisions …
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-records.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
free_row (gpointer data)
{
  KilterRecordRow *row = data;

  g_free (row->key);
  g_array_unref (row->fields);
  g_free (row);
}

/* --- keys --- */

static void
append_key_part (GString *key,
                 const KilterRecordReader *reader,
                 int field,
                 double number,
                 const char *text)
{
  KilterFieldType type = reader->info->fields[field].type;

  if (key->len > 0)
    g_string_append_c (key, '\001');
  if (type == KILTER_FIELD_REF || type == KILTER_FIELD_INT || type == KILTER_FIELD_NUMBER)
    g_string_append_printf (key, "#%d", isnan (number) ? 0 : (int) number);
  else
    g_string_append (key, text != NULL ? text : "");
}

static char *
make_record_key (const KilterRecordReader *reader, const KilterRecord *record)
{
  GString *key = g_string_new (NULL);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (kilter_record_reader_is_key (reader, f))
      append_key_part (key, reader, f, record->values[f].number, record->values[f].text);
  return g_string_free (key, FALSE);
}

static char *
make_row_key (const KilterRecordReader *reader, const KilterRecordRow *row)
{
  GString *key = g_string_new (NULL);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (kilter_record_reader_is_key (reader, f))
      {
        const KilterFieldValue *value = kilter_record_row_find (row, f);

        if (value != NULL && value->ref_key != NULL)
          g_string_append_printf (key, "\001?%s", value->ref_key);
        else
          append_key_part (key, reader, f, value != NULL ? value->number : NAN,
                           value != NULL ? value->text : NULL);
      }
  return g_string_free (key, FALSE);
}

static gboolean
check_row (KilterRecordReader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  guint line = kilter_sheet_get_line (reader->sheet, row);
  KilterCellFlags flags = kilter_sheet_get_row_flags (reader->sheet, row);

  if (flags & (KILTER_CELL_NUL | KILTER_CELL_BAD))
    {
      kilter_import_say (preview,
                         flags & KILTER_CELL_NUL ? KILTER_IMPORT_NUL_BYTE : KILTER_IMPORT_BAD_BYTES,
                         line, -1, kilter_sheet_get_text (reader->sheet, row, 0), NULL, 0);
      return FALSE;
    }
  return kilter_import_check_fields (preview, reader->sheet, row);
}

/* The cycle that belongs to records which do not name one. */
static int
find_cycle (const KilterPlan *plan)
{
  int id = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CYCLE, cycle)
    {
      id = cycle->id;
    }
  return id;
}

static void
add_default_cycle (KilterRecordReader *reader, KilterRecordRow *row)
{
  int cycle = find_cycle (reader->plan);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (reader->info->fields[f].type == KILTER_FIELD_REF &&
        reader->info->fields[f].ref == KILTER_TABLE_CYCLE &&
        kilter_record_row_find (row, f) == NULL && cycle != 0)
      {
        KilterFieldValue value = { f, cycle, NULL, 0, NULL };

        g_array_append_val (row->fields, value);
      }
}

/* What the plan is, rather than how it is seen: no file may change it. */
static gboolean
is_protected_setting (const KilterRecordReader *reader, int field, const char *text)
{
  static const char *const keys[] = { "uuid", "bucket", "cycle", "history", "horizon", NULL };

  return reader->table == KILTER_TABLE_SETTING && field == KILTER_SETTING_KEY &&
         g_strv_contains (keys, text);
}

/* Reads the cells of a row; NULL when it cannot be a record. */
static KilterRecordRow *
read_row (KilterRecordReader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  guint line = kilter_sheet_get_line (reader->sheet, row);
  KilterRecordRow *out = g_new0 (KilterRecordRow, 1);
  g_autofree char *category = NULL;

  out->row = row;
  out->fields = g_array_new (FALSE, TRUE, sizeof (KilterFieldValue));
  g_array_set_clear_func (out->fields, kilter_field_value_clear);
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);
      const char *raw = kilter_sheet_get_text (reader->sheet, row, i);
      g_autofree char *text = NULL;
      g_autofree char *other = NULL;
      KilterFieldValue value = { 0, NAN, NULL, 0, NULL };
      KilterImportCode code;
      gboolean key;

      if (column->type == KILTER_COLUMN_IGNORE)
        continue;
      if (kilter_sheet_get_flags (reader->sheet, row, i) &
          (KILTER_CELL_ERROR | KILTER_CELL_NO_RESULT))
        {
          gboolean error = kilter_sheet_get_flags (reader->sheet, row, i) & KILTER_CELL_ERROR;

          /* left out like every cell that cannot be read, and said so */
          kilter_import_say (preview, error ? KILTER_IMPORT_ERROR_VALUE : KILTER_IMPORT_NO_RESULT,
                             line, (int) i, raw, column->heading, 0);
          if (column->type == KILTER_COLUMN_FIELD &&
              kilter_record_reader_is_key (reader, column->info->field))
            goto refused;
          continue;
        }
      text = kilter_text_trim (raw);
      if (column->type == KILTER_COLUMN_CATEGORY)
        {
          category = g_steal_pointer (&text);
          continue;
        }
      if (*text == '\0')
        continue;
      value.field = column->info->field;
      key = kilter_record_reader_is_key (reader, value.field);
      if (key && i == (guint) reader->key_column)
        {
          if (kilter_is_total_word (text) &&
              kilter_plan_find_record (reader->plan, reader->table, text) == NULL)
            {
              kilter_import_say (preview, KILTER_IMPORT_TOTAL_ROW, line, (int) i, text, NULL, 0);
              goto refused;
            }
          if (!g_str_equal (text, raw))
            kilter_import_say (preview, KILTER_IMPORT_TRIMMED, line, (int) i, text, NULL, 0);
        }
      if (is_protected_setting (reader, value.field, text))
        {
          kilter_import_say (preview, KILTER_IMPORT_OUT_OF_RANGE, line, (int) i, text,
                             column->heading, 0);
          goto refused;
        }
      code = kilter_record_reader_read_cell (
        reader, value.field, text, kilter_sheet_get_flags (reader->sheet, row, i), &value, &other);
      if (code != KILTER_N_IMPORT_CODES)
        {
          kilter_field_value_clear (&value);
          kilter_import_say (preview, code, line, (int) i, text,
                             other != NULL ? other : column->heading, 0);
          if (key)
            goto refused;
          continue;
        }
      g_array_append_val (out->fields, value);
    }
  add_default_cycle (reader, out);
  for (int f = 0; f < reader->info->n_fields; f++)
    if ((reader->info->fields[f].flags & KILTER_FIELD_REQUIRED) &&
        kilter_record_row_find (out, f) == NULL)
      {
        kilter_import_say (preview, KILTER_IMPORT_EMPTY_CELL, line, -1, NULL,
                           _ (reader->info->fields[f].label), 0);
        goto refused;
      }
  if (category != NULL && *category != '\0')
    {
      /* −1: not a field of the product but of its family */
      KilterFieldValue value = { -1, NAN, g_steal_pointer (&category), 0, NULL };

      g_array_append_val (out->fields, value);
    }
  return out;

refused:
  free_row (out);
  return NULL;
}

/* --- against the plan, and against each other --- */

static gboolean
differs (const KilterRecordReader *reader, const KilterRecordRow *row)
{
  const KilterRecord *record = kilter_plan_get_record (reader->plan, reader->table, row->id);

  for (guint i = 0; i < row->fields->len; i++)
    {
      const KilterFieldValue *value = &g_array_index (row->fields, KilterFieldValue, i);
      const KilterValue *now;

      if (value->field < 0)
        {
          int family = kilter_record_ref (record, KILTER_PRODUCT_FAMILY);
          const KilterRecord *family_record = kilter_plan_get_record (reader->plan,
                                                                      KILTER_TABLE_FAMILY, family);

          if (family_record == NULL ||
              !g_str_equal (
                kilter_plan_get_key (reader->plan, KILTER_TABLE_CATEGORY,
                                     kilter_record_ref (family_record, KILTER_FAMILY_CATEGORY)),
                value->text))
            return TRUE;
          continue;
        }
      now = &record->values[value->field];
      if (value->ref_key != NULL || g_strcmp0 (value->text, now->text) != 0 ||
          isnan (value->number) != isnan (now->number) ||
          (!isnan (value->number) && value->number != now->number))
        return TRUE;
    }
  return FALSE;
}

static gboolean
same_row (const KilterRecordReader *reader, guint a, guint b)
{
  for (guint i = 0; i < reader->preview->columns->len; i++)
    if (!g_str_equal (kilter_sheet_get_text (reader->sheet, a, i),
                      kilter_sheet_get_text (reader->sheet, b, i)))
      return FALSE;
  return TRUE;
}

/* Two rows of one key: later fields win over earlier ones. */
static void
merge_rows (KilterRecordRow *into, KilterRecordRow *from)
{
  for (guint i = 0; i < from->fields->len; i++)
    {
      KilterFieldValue *value = &g_array_index (from->fields, KilterFieldValue, i);
      KilterFieldValue *old = (KilterFieldValue *) kilter_record_row_find (into, value->field);
      KilterFieldValue copy = { value->field, value->number, g_strdup (value->text),
                                value->ref_table, g_strdup (value->ref_key) };

      if (old == NULL)
        g_array_append_val (into->fields, copy);
      else
        {
          kilter_field_value_clear (old);
          *old = copy;
        }
    }
}

/* Returns whether the row is kept as one of its own; FALSE stops the import by *out_stop. */
static gboolean
settle_row (KilterRecordReader *reader, KilterRecordRow *row, gboolean *out_stop)
{
  KilterImportPreview *preview = reader->preview;
  guint line = kilter_sheet_get_line (reader->sheet, row->row);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (reader->in_file, row->key));
  const char *shown = kilter_sheet_get_text (reader->sheet, row->row, (guint) reader->key_column);
  KilterRecordRow *first;
  guint first_line;

  if (index == 0)
    {
      g_hash_table_insert (reader->in_file, row->key,
                           GUINT_TO_POINTER (preview->data->records->len + 1));
      return TRUE;
    }
  first = preview->data->records->pdata[index - 1];
  first_line = kilter_sheet_get_line (reader->sheet, first->row);
  if (same_row (reader, first->row, row->row))
    {
      kilter_import_say (preview, KILTER_IMPORT_REPEATED_ROW, line, reader->key_column, shown, NULL,
                         first_line);
      preview->n_skipped++;
      return FALSE;
    }
  if (reader->options->duplicates == KILTER_DUPLICATES_STOP)
    {
      kilter_import_say (preview, KILTER_IMPORT_STOPPED_AT_DUPLICATE, line, reader->key_column,
                         shown, NULL, first_line);
      *out_stop = TRUE;
      return FALSE;
    }
  if (reader->options->duplicates == KILTER_DUPLICATES_ASK)
    {
      kilter_import_say (preview, KILTER_IMPORT_CONFLICTING_ROW, line, reader->key_column, shown,
                         NULL, first_line);
      if (reader->n_conflicts++ == 0)
        reader->example = g_strdup (shown);
    }
  else
    reader->n_last++;
  merge_rows (first, row);
  preview->n_ready++;
  return FALSE;
}

static void
look_for_alike (KilterRecordReader *reader, const KilterRecordRow *row)
{
  const KilterFieldValue *key = reader->info->key >= 0
                                  ? kilter_record_row_find (row, reader->info->key)
                                  : NULL;
  g_autofree char *skeleton = NULL;
  const char *like;

  if (key == NULL || key->text == NULL)
    return;
  skeleton = kilter_text_skeleton (key->text);
  like = g_hash_table_lookup (reader->skeletons, skeleton);
  if (like == NULL)
    g_hash_table_insert (reader->skeletons, g_steal_pointer (&skeleton), g_strdup (key->text));
  else if (!g_str_equal (like, key->text) && row->id == 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_LOOKALIKE,
                       kilter_sheet_get_line (reader->sheet, row->row), reader->key_column,
                       key->text, like, 0);
}

static void
ask_duplicates (KilterRecordReader *reader)
{
  KilterImportQuestion *question;
  g_autofree char *text = NULL;

  if (reader->n_conflicts == 0 || reader->options->accept)
    return;
  text = g_strdup_printf (
    g_dngettext (
      GETTEXT_PACKAGE, "%u row says something else than an earlier one about %s. Which counts?",
      "%u rows say something else than earlier ones, for instance about %s. Which count?",
      reader->n_conflicts),
    reader->n_conflicts, reader->example);
  question = kilter_import_question_new ("duplicates", text);
  kilter_import_question_add (question, "last", g_strdup (_ ("the last one")));
  kilter_import_question_add (question, "stop", g_strdup (_ ("nothing: the file is refused")));
  kilter_import_ask (reader->preview, question);
}

static void
prepare (KilterRecordReader *reader)
{
  const KilterImportPreview *preview = reader->preview;

  reader->key_column = -1;
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (column->type == KILTER_COLUMN_FIELD &&
          kilter_record_reader_is_key (reader, column->info->field) && reader->key_column < 0)
        reader->key_column = (int) i;
    }
  reader->key_column = MAX (reader->key_column, 0);
  for (guint row = reader->guess->first_row; row < kilter_sheet_get_n_rows (reader->sheet); row++)
    g_hash_table_add (reader->own_keys, kilter_text_trim (kilter_sheet_get_text (
                                          reader->sheet, row, (guint) reader->key_column)));
  KILTER_FOREACH_RECORD (reader->plan, reader->table, record)
    {
      g_hash_table_insert (reader->existing, make_record_key (reader, record),
                           GINT_TO_POINTER (record->id));
      if (reader->info->key >= 0 &&
          reader->info->fields[reader->info->key].type != KILTER_FIELD_REF)
        {
          const char *key = kilter_plan_get_key (reader->plan, reader->table, record->id);

          g_hash_table_insert (reader->skeletons, kilter_text_skeleton (key), g_strdup (key));
        }
    }
}

static void
make_sample (KilterRecordReader *reader)
{
  KilterImportPreview *preview = reader->preview;
  guint n_columns = preview->columns->len;
  guint first = reader->guess->first_row;

  kilter_import_begin_sample (preview, reader->sheet, first);
  for (guint i = 0; i < preview->n_sample; i++)
    for (guint c = 0; c < n_columns; c++)
      {
        const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, c);
        const char *text = kilter_sheet_get_text (reader->sheet, first + i, c);
        g_autofree char *trimmed = kilter_text_trim (text);
        char **after = &preview->sample_after[i * n_columns + c];

        if (column->type == KILTER_COLUMN_IGNORE || *trimmed == '\0')
          *after = g_strdup ("");
        else if (column->type == KILTER_COLUMN_CATEGORY)
          *after = g_steal_pointer (&trimmed);
        else
          {
            KilterFieldValue value = { 0, NAN, NULL, 0, NULL };
            g_autofree char *other = NULL;

            if (kilter_record_reader_read_cell (
                  reader, column->info->field, trimmed,
                  kilter_sheet_get_flags (reader->sheet, first + i, c), &value,
                  &other) == KILTER_N_IMPORT_CODES)
              *after = value.text != NULL ? g_strdup (value.text)
                       : reader->info->fields[column->info->field].type == KILTER_FIELD_REF
                         ? g_strdup (trimmed)
                         : kilter_number_to_c (value.number);
            kilter_field_value_clear (&value);
          }
      }
}

static void
count (KilterRecordReader *reader)
{
  KilterImportPreview *preview = reader->preview;

  for (guint i = 0; i < preview->data->records->len; i++)
    {
      KilterRecordRow *row = preview->data->records->pdata[i];

      row->changed = row->id == 0 || differs (reader, row);
      preview->n_ready++;
      preview->n_new += row->id == 0;
      preview->n_changed += row->id != 0 && row->changed;
    }
  preview->n_same = preview->n_ready - preview->n_new - preview->n_changed;
  if (reader->table == KILTER_TABLE_PRODUCT)
    {
      preview->n_products = preview->data->records->len;
      preview->n_new_products = preview->n_new;
    }
}

/**
 * kilter_import_records:
 *
 * Reads all rows as records of the kind's table. A record is recognised by its key; fields without
 * a column, and empty cells, keep what the plan has.
 */
void
kilter_import_records (KilterImportPreview *preview,
                       const KilterPlan *plan,
                       const KilterImportFile *file,
                       const KilterImportOptions *options,
                       const KilterGuess *guess)
{
  KilterRecordReader reader = {
    .preview = preview, .plan = plan, .sheet = file->sheet, .options = options, .guess = guess
  };
  gboolean stop = FALSE;

  reader.table = preview->data->info->table;
  reader.info = kilter_table_get_info (reader.table);
  reader.existing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.in_file = g_hash_table_new (g_str_hash, g_str_equal);
  reader.own_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.skeletons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_set_free_func (preview->data->records, free_row);
  prepare (&reader);

  preview->n_rows = kilter_sheet_get_n_rows (reader.sheet) - guess->first_row;
  for (guint i = guess->first_row; i < kilter_sheet_get_n_rows (reader.sheet) && !stop; i++)
    {
      KilterRecordRow *row = check_row (&reader, i) ? read_row (&reader, i) : NULL;

      if (row == NULL)
        {
          preview->n_skipped++;
          continue;
        }
      row->key = make_row_key (&reader, row);
      row->id = GPOINTER_TO_INT (g_hash_table_lookup (reader.existing, row->key));
      if (settle_row (&reader, row, &stop))
        {
          look_for_alike (&reader, row);
          g_ptr_array_add (preview->data->records, row);
        }
      else
        free_row (row);
    }
  make_sample (&reader);
  if (!stop)
    {
      count (&reader);
      ask_duplicates (&reader);
      if (reader.n_last > 0)
        kilter_import_say (preview, KILTER_IMPORT_LAST_TAKEN, 0, -1, NULL, NULL, reader.n_last);
    }
  g_free (reader.example);
  g_hash_table_unref (reader.existing);
  g_hash_table_unref (reader.in_file);
  g_hash_table_unref (reader.own_keys);
  g_hash_table_unref (reader.skeletons);
}
