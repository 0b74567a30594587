/* kilter-import-records.c: rows that are records: products, resources, people, decisions …
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  KilterImportPreview *preview;
  const KilterPlan *plan;
  const KilterSheet *sheet;
  const KilterImportOptions *options;
  const KilterGuess *guess;
  KilterTableId table;
  const KilterTableInfo *info;
  GHashTable *existing;  /* composed key → id */
  GHashTable *in_file;   /* composed key → index of the KilterRecordRow + 1 */
  GHashTable *own_keys;  /* key field's text of rows of this file, for references among them */
  GHashTable *skeletons; /* skeleton of the key → key */
  int key_column;
  guint n_conflicts;
  guint n_last;
  char *example;
} Reader;

static void
clear_field (gpointer data)
{
  KilterFieldValue *value = data;

  g_free (value->text);
  g_free (value->ref_key);
}

static void
free_row (gpointer data)
{
  KilterRecordRow *row = data;

  g_free (row->key);
  g_array_unref (row->fields);
  g_free (row);
}

/* --- keys --- */

static gboolean
is_key_field (const Reader *reader, int field)
{
  if (reader->info->key >= 0 && !(reader->table == KILTER_TABLE_RISK))
    return field == reader->info->key;
  return (reader->info->fields[field].flags & KILTER_FIELD_REQUIRED) != 0;
}

static void
append_key_part (GString *key, const Reader *reader, int field, double number, const char *text)
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
make_record_key (const Reader *reader, const KilterRecord *record)
{
  GString *key = g_string_new (NULL);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (is_key_field (reader, f))
      append_key_part (key, reader, f, record->values[f].number, record->values[f].text);
  return g_string_free (key, FALSE);
}

static const KilterFieldValue *
find_value (const KilterRecordRow *row, int field)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (g_array_index (row->fields, KilterFieldValue, i).field == field)
      return &g_array_index (row->fields, KilterFieldValue, i);
  return NULL;
}

static char *
make_row_key (const Reader *reader, const KilterRecordRow *row)
{
  GString *key = g_string_new (NULL);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (is_key_field (reader, f))
      {
        const KilterFieldValue *value = find_value (row, f);

        if (value != NULL && value->ref_key != NULL)
          g_string_append_printf (key, "\001?%s", value->ref_key);
        else
          append_key_part (key, reader, f, value != NULL ? value->number : NAN, value != NULL ? value->text : NULL);
      }
  return g_string_free (key, FALSE);
}

/* --- cells --- */

static gboolean
read_bool (const char *text, double *out)
{
  static const char *const yes[] = { "1", "yes", "y", "true", "x", "có", "đúng", "是", "√", "✓", "对" };
  static const char *const no[] = { "0", "no", "n", "false", "không", "sai", "否", "错" };
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    if (g_str_equal (folded, yes[i]))
      {
        *out = 1;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    if (g_str_equal (folded, no[i]))
      {
        *out = 0;
        return TRUE;
      }
  return FALSE;
}

static char *
find_choice (const char *const *choices, const char *text)
{
  g_autofree char *folded = kilter_text_fold (text);

  for (int i = 0; choices[i] != NULL; i++)
    {
      g_autofree char *choice = kilter_text_fold (choices[i]);
      g_autofree char *translated = kilter_text_fold (_ (choices[i]));

      if (g_str_equal (folded, choice) || g_str_equal (folded, translated))
        return g_strdup (choices[i]);
    }
  return NULL;
}

/* Tables whose records a reference may make: no more than a name. */
static gboolean
may_make (KilterTableId table)
{
  return table == KILTER_TABLE_FAMILY || table == KILTER_TABLE_CATEGORY || table == KILTER_TABLE_PERSON;
}

/* A reference by the key, or by the number, of the other record. */
static KilterImportCode
read_reference (Reader *reader, const KilterFieldInfo *field, const char *text, KilterFieldValue *out)
{
  const char *alias = g_hash_table_lookup (reader->options->aliases, text);
  const char *key = alias != NULL && *alias != '\0' ? alias : text;
  const KilterTableInfo *info = kilter_table_get_info (field->ref);
  const KilterRecord *record = kilter_plan_find_record (reader->plan, field->ref, key);

  if (record == NULL && info->key >= 0)
    KILTER_FOREACH_RECORD (reader->plan, field->ref, other)
      {
        if (record == NULL && g_str_equal (kilter_record_text (other, info->key), key))
          record = other;
      }
  if (record != NULL)
    {
      out->number = record->id;
      return KILTER_N_IMPORT_CODES;
    }
  if (may_make (field->ref) || (field->ref == reader->table && g_hash_table_contains (reader->own_keys, key)) ||
      (reader->options->create == KILTER_CREATE_YES && (field->ref == KILTER_TABLE_PRODUCT || field->ref == KILTER_TABLE_RESOURCE)))
    {
      out->ref_table = field->ref;
      out->ref_key = g_strdup (key);
      return KILTER_N_IMPORT_CODES;
    }
  return KILTER_IMPORT_UNKNOWN_CODE;
}

static KilterImportCode
read_number (const Reader *reader, const KilterFieldInfo *field, const char *text, KilterCellFlags flags, double *out)
{
  KilterValueStatus status =
    kilter_value_read_number (text, flags & KILTER_CELL_NUMBER ? '.' : reader->preview->decimal, out, NULL);

  if (status == KILTER_VALUE_PERCENT)
    *out /= 100; /* a share, as service levels and overtime limits are */
  else if (status == KILTER_VALUE_LIMIT_PASSED)
    return KILTER_IMPORT_OVER_LIMIT;
  else if (status == KILTER_VALUE_ERROR)
    return KILTER_IMPORT_ERROR_VALUE;
  else if (status != KILTER_VALUE_OK)
    return KILTER_IMPORT_BAD_NUMBER;
  if (((field->flags & KILTER_FIELD_POSITIVE) && *out <= 0) ||
      ((field->flags & KILTER_FIELD_NOT_NEGATIVE) && *out < 0) ||
      (field->type == KILTER_FIELD_INT && *out != floor (*out)))
    return KILTER_IMPORT_OUT_OF_RANGE;
  return KILTER_N_IMPORT_CODES;
}

static KilterImportCode
read_date (const Reader *reader, const KilterFieldInfo *field, const char *text, KilterFieldValue *out)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (reader->plan);
  KilterPeriod period;
  GDate date;
  KilterBucket bucket;

  /* what the plan itself writes is always understood */
  bucket = kilter_bucket_from_string (kind, text);
  if (field->type == KILTER_FIELD_BUCKET && bucket != KILTER_BUCKET_NONE)
    {
      out->text = kilter_bucket_to_string (kind, bucket);
      return KILTER_N_IMPORT_CODES;
    }
  if (field->type == KILTER_FIELD_DATE && kilter_date_parse_iso (text, &date))
    {
      out->text = g_strdup (text);
      return KILTER_N_IMPORT_CODES;
    }
  switch (kilter_value_read_date (text, reader->preview->date_format, &period))
    {
    case KILTER_DATE_OK:
      break;
    case KILTER_DATE_NO_SUCH_DAY:
      return KILTER_IMPORT_NO_SUCH_DAY;
    case KILTER_DATE_NO_FIT:
    default:
      return KILTER_IMPORT_BAD_DATE;
    }
  if (period.unit == KILTER_PERIOD_FISCAL)
    {
      if (field->type != KILTER_FIELD_BUCKET || kind != KILTER_BUCKET_445)
        return KILTER_IMPORT_BAD_DATE;
      out->text = kilter_bucket_to_string (kind, period.ordinal);
      return KILTER_N_IMPORT_CODES;
    }
  g_date_clear (&date, 1);
  g_date_set_julian (&date, period.first);
  if (field->type == KILTER_FIELD_DATE)
    {
      if (period.unit != KILTER_PERIOD_DAY)
        return KILTER_IMPORT_BAD_DATE;
      out->text = kilter_date_to_iso (&date);
    }
  else
    out->text = kilter_bucket_to_string (
      kind, kilter_bucket_from_ymd (kind, g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date)));
  return KILTER_N_IMPORT_CODES;
}

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* Reads a cell into a field. Returns what is wrong, or KILTER_N_IMPORT_CODES. */
static KilterImportCode
read_cell (Reader *reader, int field_index, const char *text, KilterCellFlags flags, KilterFieldValue *out, char **out_other)
{
  const KilterFieldInfo *field = &reader->info->fields[field_index];

  switch (field->type)
    {
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
      return read_number (reader, field, text, flags, &out->number);
    case KILTER_FIELD_BOOL:
      if (read_bool (text, &out->number))
        return KILTER_N_IMPORT_CODES;
      *out_other = g_strjoin (", ", _ ("yes"), _ ("no"), NULL);
      return KILTER_IMPORT_BAD_CHOICE;
    case KILTER_FIELD_CHOICE:
      out->text = find_choice (field->choices, text);
      if (out->text != NULL)
        return KILTER_N_IMPORT_CODES;
      *out_other = g_strjoinv (", ", (char **) field->choices);
      return KILTER_IMPORT_BAD_CHOICE;
    case KILTER_FIELD_REF:
      {
        KilterImportCode code = read_reference (reader, field, text, out);

        if (code == KILTER_IMPORT_UNKNOWN_CODE)
          *out_other = kilter_find_nearest (reader->plan, field->ref, text);
        return code == KILTER_IMPORT_UNKNOWN_CODE && *out_other != NULL ? KILTER_IMPORT_SPELLED_LIKE : code;
      }
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
      return read_date (reader, field, text, out);
    case KILTER_FIELD_TEXT:
    default:
      if (is_key_field (reader, field_index) && has_control (text))
        return KILTER_IMPORT_CONTROL_CHARACTER;
      out->text = g_strdup (text);
      return KILTER_N_IMPORT_CODES;
    }
}

static gboolean
check_row (Reader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  guint n_columns = preview->columns->len;
  guint n = kilter_sheet_get_n_cells (reader->sheet, row);
  guint line = kilter_sheet_get_line (reader->sheet, row);
  KilterCellFlags flags = kilter_sheet_get_row_flags (reader->sheet, row);
  g_autofree char *wanted = g_strdup_printf ("%u", n_columns);

  if (flags & (KILTER_CELL_NUL | KILTER_CELL_BAD))
    {
      kilter_import_say (preview, flags & KILTER_CELL_NUL ? KILTER_IMPORT_NUL_BYTE : KILTER_IMPORT_BAD_BYTES, line, -1,
                         kilter_sheet_get_text (reader->sheet, row, 0), NULL, 0);
      return FALSE;
    }
  while (n > n_columns && *kilter_sheet_get_text (reader->sheet, row, n - 1) == '\0')
    n--;
  if (n > n_columns)
    {
      kilter_import_say (preview, KILTER_IMPORT_TOO_MANY_FIELDS, line, -1, NULL, wanted, n);
      return FALSE;
    }
  for (guint i = n; i < n_columns; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (column->info != NULL && column->info->required)
        {
          kilter_import_say (preview, KILTER_IMPORT_TOO_FEW_FIELDS, line, -1, NULL, wanted, n);
          return FALSE;
        }
    }
  if (n < n_columns)
    kilter_import_say (preview, KILTER_IMPORT_FEWER_FIELDS, line, -1, NULL, wanted, n);
  return TRUE;
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
add_default_cycle (Reader *reader, KilterRecordRow *row)
{
  int cycle = find_cycle (reader->plan);

  for (int f = 0; f < reader->info->n_fields; f++)
    if (reader->info->fields[f].type == KILTER_FIELD_REF && reader->info->fields[f].ref == KILTER_TABLE_CYCLE &&
        find_value (row, f) == NULL && cycle != 0)
      {
        KilterFieldValue value = { f, cycle, NULL, 0, NULL };

        g_array_append_val (row->fields, value);
      }
}

/* Reads the cells of a row; NULL when it cannot be a record. */
static KilterRecordRow *
read_row (Reader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  guint line = kilter_sheet_get_line (reader->sheet, row);
  KilterRecordRow *out = g_new0 (KilterRecordRow, 1);
  g_autofree char *category = NULL;

  out->row = row;
  out->fields = g_array_new (FALSE, TRUE, sizeof (KilterFieldValue));
  g_array_set_clear_func (out->fields, clear_field);
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
      text = kilter_text_trim (raw);
      if (column->type == KILTER_COLUMN_CATEGORY)
        {
          category = g_steal_pointer (&text);
          continue;
        }
      if (*text == '\0')
        continue;
      value.field = column->info->field;
      key = is_key_field (reader, value.field);
      if (key && i == (guint) reader->key_column)
        {
          if (kilter_is_total_word (text) && kilter_plan_find_record (reader->plan, reader->table, text) == NULL)
            {
              kilter_import_say (preview, KILTER_IMPORT_TOTAL_ROW, line, (int) i, text, NULL, 0);
              goto refused;
            }
          if (!g_str_equal (text, raw))
            kilter_import_say (preview, KILTER_IMPORT_TRIMMED, line, (int) i, text, NULL, 0);
        }
      code = read_cell (reader, value.field, text, kilter_sheet_get_flags (reader->sheet, row, i), &value, &other);
      if (code != KILTER_N_IMPORT_CODES)
        {
          clear_field (&value);
          kilter_import_say (preview, code, line, (int) i, text, other != NULL ? other : column->heading, 0);
          if (key)
            goto refused;
          continue;
        }
      g_array_append_val (out->fields, value);
    }
  add_default_cycle (reader, out);
  for (int f = 0; f < reader->info->n_fields; f++)
    if ((reader->info->fields[f].flags & KILTER_FIELD_REQUIRED) && find_value (out, f) == NULL)
      {
        kilter_import_say (preview, KILTER_IMPORT_EMPTY_CELL, line, -1, NULL, _ (reader->info->fields[f].label), 0);
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
differs (const Reader *reader, const KilterRecordRow *row)
{
  const KilterRecord *record = kilter_plan_get_record (reader->plan, reader->table, row->id);

  for (guint i = 0; i < row->fields->len; i++)
    {
      const KilterFieldValue *value = &g_array_index (row->fields, KilterFieldValue, i);
      const KilterValue *now;

      if (value->field < 0)
        {
          int family = kilter_record_ref (record, KILTER_PRODUCT_FAMILY);
          const KilterRecord *family_record = kilter_plan_get_record (reader->plan, KILTER_TABLE_FAMILY, family);

          if (family_record == NULL ||
              !g_str_equal (kilter_plan_get_key (reader->plan, KILTER_TABLE_CATEGORY, kilter_record_ref (family_record, KILTER_FAMILY_CATEGORY)), value->text))
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
same_row (const Reader *reader, guint a, guint b)
{
  for (guint i = 0; i < reader->preview->columns->len; i++)
    if (!g_str_equal (kilter_sheet_get_text (reader->sheet, a, i), kilter_sheet_get_text (reader->sheet, b, i)))
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
      KilterFieldValue *old = (KilterFieldValue *) find_value (into, value->field);
      KilterFieldValue copy = { value->field, value->number, g_strdup (value->text), value->ref_table, g_strdup (value->ref_key) };

      if (old == NULL)
        g_array_append_val (into->fields, copy);
      else
        {
          clear_field (old);
          *old = copy;
        }
    }
}

/* Returns whether the row is kept as one of its own; FALSE stops the import by *out_stop. */
static gboolean
settle_row (Reader *reader, KilterRecordRow *row, gboolean *out_stop)
{
  KilterImportPreview *preview = reader->preview;
  guint line = kilter_sheet_get_line (reader->sheet, row->row);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (reader->in_file, row->key));
  const char *shown = kilter_sheet_get_text (reader->sheet, row->row, (guint) reader->key_column);
  KilterRecordRow *first;
  guint first_line;

  if (index == 0)
    {
      g_hash_table_insert (reader->in_file, row->key, GUINT_TO_POINTER (preview->data->records->len + 1));
      return TRUE;
    }
  first = preview->data->records->pdata[index - 1];
  first_line = kilter_sheet_get_line (reader->sheet, first->row);
  if (same_row (reader, first->row, row->row))
    {
      kilter_import_say (preview, KILTER_IMPORT_REPEATED_ROW, line, reader->key_column, shown, NULL, first_line);
      preview->n_skipped++;
      return FALSE;
    }
  if (reader->options->duplicates == KILTER_DUPLICATES_STOP)
    {
      kilter_import_say (preview, KILTER_IMPORT_STOPPED_AT_DUPLICATE, line, reader->key_column, shown, NULL, first_line);
      *out_stop = TRUE;
      return FALSE;
    }
  if (reader->options->duplicates == KILTER_DUPLICATES_ASK)
    {
      kilter_import_say (preview, KILTER_IMPORT_CONFLICTING_ROW, line, reader->key_column, shown, NULL, first_line);
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
look_for_alike (Reader *reader, const KilterRecordRow *row)
{
  const KilterFieldValue *key = reader->info->key >= 0 ? find_value (row, reader->info->key) : NULL;
  g_autofree char *skeleton = NULL;
  const char *like;

  if (key == NULL || key->text == NULL)
    return;
  skeleton = kilter_text_skeleton (key->text);
  like = g_hash_table_lookup (reader->skeletons, skeleton);
  if (like == NULL)
    g_hash_table_insert (reader->skeletons, g_steal_pointer (&skeleton), g_strdup (key->text));
  else if (!g_str_equal (like, key->text) && row->id == 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_LOOKALIKE, kilter_sheet_get_line (reader->sheet, row->row), reader->key_column, key->text, like, 0);
}

static void
ask_duplicates (Reader *reader)
{
  KilterImportQuestion *question;
  g_autofree char *text = NULL;

  if (reader->n_conflicts == 0 || reader->options->accept)
    return;
  text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u row says something else than an earlier one about %s. Which counts?",
                 "%u rows say something else than earlier ones, for instance about %s. Which count?",
                 reader->n_conflicts),
    reader->n_conflicts, reader->example);
  question = kilter_import_question_new ("duplicates", text);
  kilter_import_question_add (question, "last", g_strdup (_ ("the last one")));
  kilter_import_question_add (question, "stop", g_strdup (_ ("nothing: the file is refused")));
  kilter_import_ask (reader->preview, question);
}

static void
prepare (Reader *reader)
{
  const KilterImportPreview *preview = reader->preview;

  reader->key_column = -1;
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (column->type == KILTER_COLUMN_FIELD && is_key_field (reader, column->info->field) && reader->key_column < 0)
        reader->key_column = (int) i;
    }
  reader->key_column = MAX (reader->key_column, 0);
  for (guint row = reader->guess->first_row; row < kilter_sheet_get_n_rows (reader->sheet); row++)
    g_hash_table_add (reader->own_keys, kilter_text_trim (kilter_sheet_get_text (reader->sheet, row, (guint) reader->key_column)));
  KILTER_FOREACH_RECORD (reader->plan, reader->table, record)
    {
      g_hash_table_insert (reader->existing, make_record_key (reader, record), GINT_TO_POINTER (record->id));
      if (reader->info->key >= 0 && reader->info->fields[reader->info->key].type != KILTER_FIELD_REF)
        {
          const char *key = kilter_plan_get_key (reader->plan, reader->table, record->id);

          g_hash_table_insert (reader->skeletons, kilter_text_skeleton (key), g_strdup (key));
        }
    }
}

static void
make_sample (Reader *reader)
{
  KilterImportPreview *preview = reader->preview;
  guint n_columns = preview->columns->len;
  guint first = reader->guess->first_row;

  preview->n_sample = MIN (kilter_sheet_get_n_rows (reader->sheet) - first, KILTER_IMPORT_SAMPLE_ROWS);
  preview->sample_before = g_new0 (char *, (gsize) preview->n_sample * n_columns);
  preview->sample_after = g_new0 (char *, (gsize) preview->n_sample * n_columns);
  for (guint i = 0; i < preview->n_sample; i++)
    for (guint c = 0; c < n_columns; c++)
      {
        const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, c);
        const char *text = kilter_sheet_get_text (reader->sheet, first + i, c);
        g_autofree char *trimmed = kilter_text_trim (text);
        char **after = &preview->sample_after[i * n_columns + c];

        preview->sample_before[i * n_columns + c] = g_strdup (text);
        if (column->type == KILTER_COLUMN_IGNORE || *trimmed == '\0')
          *after = g_strdup ("");
        else if (column->type == KILTER_COLUMN_CATEGORY)
          *after = g_steal_pointer (&trimmed);
        else
          {
            KilterFieldValue value = { 0, NAN, NULL, 0, NULL };
            g_autofree char *other = NULL;

            if (read_cell (reader, column->info->field, trimmed, 0, &value, &other) == KILTER_N_IMPORT_CODES)
              *after = value.text != NULL ? g_strdup (value.text)
                       : reader->info->fields[column->info->field].type == KILTER_FIELD_REF ? g_strdup (trimmed)
                                                                                            : kilter_number_to_c (value.number);
            clear_field (&value);
          }
      }
}

static void
count (Reader *reader)
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
  Reader reader = { .preview = preview, .plan = plan, .sheet = file->sheet, .options = options, .guess = guess };
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

/* --- finishing --- */

typedef struct
{
  const KilterPlan *plan;
  KilterCommand *command;
  GHashTable *made; /* table/key → id */
} Maker;

static int
lookup_made (const Maker *maker, KilterTableId table, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%d/%s", table, key);

  return GPOINTER_TO_INT (g_hash_table_lookup (maker->made, name));
}

static void
remember_made (const Maker *maker, KilterTableId table, const char *key, int id)
{
  g_hash_table_insert (maker->made, g_strdup_printf ("%d/%s", table, key), GINT_TO_POINTER (id));
}

static int
ensure_record (const Maker *maker, KilterTableId table, const char *key)
{
  const KilterRecord *record = kilter_plan_find_record (maker->plan, table, key);
  int id = record != NULL ? record->id : lookup_made (maker, table, key);

  if (id != 0)
    return id;
  id = kilter_command_add_record (maker->command, maker->plan, table);
  kilter_command_set_field_text (maker->command, maker->plan, table, id, kilter_table_get_info (table)->key, key);
  remember_made (maker, table, key, id);
  return id;
}

static void
write_fields (const Maker *maker, KilterTableId table, const KilterRecordRow *row)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  int family = 0;

  if (table == KILTER_TABLE_PRODUCT && kilter_plan_get_record (maker->plan, table, row->id) != NULL)
    family = kilter_record_ref (kilter_plan_get_record (maker->plan, table, row->id), KILTER_PRODUCT_FAMILY);
  for (guint i = 0; i < row->fields->len; i++)
    {
      const KilterFieldValue *value = &g_array_index (row->fields, KilterFieldValue, i);
      double number = value->number;

      if (value->field < 0)
        {
          if (family != 0)
            kilter_command_set_field_number (maker->command, maker->plan, KILTER_TABLE_FAMILY, family, KILTER_FAMILY_CATEGORY,
                                             ensure_record (maker, KILTER_TABLE_CATEGORY, value->text));
          continue;
        }
      if (value->ref_key != NULL)
        number = ensure_record (maker, value->ref_table, value->ref_key);
      if (table == KILTER_TABLE_PRODUCT && value->field == KILTER_PRODUCT_FAMILY)
        family = (int) number;
      switch (info->fields[value->field].type)
        {
        case KILTER_FIELD_NUMBER:
        case KILTER_FIELD_INT:
        case KILTER_FIELD_BOOL:
        case KILTER_FIELD_REF:
          kilter_command_set_field_number (maker->command, maker->plan, table, row->id, value->field, number);
          break;
        case KILTER_FIELD_TEXT:
        case KILTER_FIELD_DATE:
        case KILTER_FIELD_BUCKET:
        case KILTER_FIELD_CHOICE:
        default:
          kilter_command_set_field_text (maker->command, maker->plan, table, row->id, value->field, value->text);
          break;
        }
    }
}

/* What a new product is where the file does not say. */
static void
set_defaults (const Maker *maker, const KilterRecordRow *row)
{
  if (find_value (row, KILTER_PRODUCT_STATUS) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id, KILTER_PRODUCT_STATUS, "active");
  if (find_value (row, KILTER_PRODUCT_MAKE) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id, KILTER_PRODUCT_MAKE, "stock");
  if (find_value (row, KILTER_PRODUCT_NAME) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id, KILTER_PRODUCT_NAME,
                                   find_value (row, KILTER_PRODUCT_CODE)->text);
}

/**
 * kilter_import_finish_records:
 *
 * Adds to @command the records that are new or differ.
 */
void
kilter_import_finish_records (
  const KilterPlan *plan, const KilterImportPreview *preview, KilterCommand *command)
{
  const KilterImportData *data = preview->data;
  KilterTableId table = data->info->table;
  int key = kilter_table_get_info (table)->key;
  Maker maker = { plan, command, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  /* first all records, so that they can refer to each other */
  for (guint i = 0; i < data->records->len; i++)
    {
      KilterRecordRow *row = data->records->pdata[i];
      const KilterFieldValue *value = key >= 0 ? find_value (row, key) : NULL;

      if (row->id != 0)
        continue;
      row->id = kilter_command_add_record (command, plan, table);
      if (value != NULL && value->text != NULL)
        remember_made (&maker, table, value->text, row->id);
    }
  for (guint i = 0; i < data->records->len; i++)
    {
      KilterRecordRow *row = data->records->pdata[i];

      if (!row->changed)
        continue;
      write_fields (&maker, table, row);
      if (table == KILTER_TABLE_PRODUCT && kilter_plan_get_record (plan, table, row->id) == NULL)
        set_defaults (&maker, row);
    }
  g_hash_table_unref (maker.made);
}
