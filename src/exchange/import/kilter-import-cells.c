/* kilter-import-cells.c: cells to fields of records
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-records.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

void
kilter_field_value_clear (gpointer data)
{
  KilterFieldValue *value = data;

  g_free (value->text);
  g_free (value->ref_key);
}

/* Whether a field is part of what a record is recognised by. */
gboolean
kilter_record_reader_is_key (const KilterRecordReader *reader, int field)
{
  if (reader->info->key >= 0 && !(reader->table == KILTER_TABLE_RISK))
    return field == reader->info->key;
  return (reader->info->fields[field].flags & KILTER_FIELD_REQUIRED) != 0;
}

const KilterFieldValue *
kilter_record_row_find (const KilterRecordRow *row, int field)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (g_array_index (row->fields, KilterFieldValue, i).field == field)
      return &g_array_index (row->fields, KilterFieldValue, i);
  return NULL;
}

static gboolean
read_bool (const char *text, double *out)
{
  static const char *const yes[] = { "1",    "yes", "y", "true", "x", "có",
                                     "đúng", "是",  "√", "✓",    "对" };
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
  return table == KILTER_TABLE_FAMILY || table == KILTER_TABLE_CATEGORY ||
         table == KILTER_TABLE_PERSON;
}

/* A reference by the key, or by the number, of the other record. */
static KilterImportCode
read_reference (KilterRecordReader *reader,
                const KilterFieldInfo *field,
                const char *text,
                KilterFieldValue *out)
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
  if (may_make (field->ref) ||
      (field->ref == reader->table && g_hash_table_contains (reader->own_keys, key)) ||
      (reader->options->create == KILTER_CREATE_YES &&
       (field->ref == KILTER_TABLE_PRODUCT || field->ref == KILTER_TABLE_RESOURCE)))
    {
      out->ref_table = field->ref;
      out->ref_key = g_strdup (key);
      return KILTER_N_IMPORT_CODES;
    }
  return KILTER_IMPORT_UNKNOWN_CODE;
}

static KilterImportCode
read_number (const KilterRecordReader *reader,
             const KilterFieldInfo *field,
             const char *text,
             KilterCellFlags flags,
             double *out)
{
  KilterValueStatus status = kilter_value_read_number (
    text, flags & KILTER_CELL_NUMBER ? '.' : reader->preview->decimal, out, NULL);

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
read_date (const KilterRecordReader *reader,
           const KilterFieldInfo *field,
           const char *text,
           KilterCellFlags flags,
           KilterFieldValue *out)
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
  switch (kilter_value_read_date (
    text, flags & KILTER_CELL_DATE ? KILTER_DATE_YMD : reader->preview->date_format, &period))
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
      kind, kilter_bucket_from_ymd (kind, g_date_get_year (&date), (int) g_date_get_month (&date),
                                    g_date_get_day (&date)));
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

/**
 * kilter_record_reader_read_cell:
 * @text: without blanks around it, not empty
 * @out_other: (out) (optional): what belongs to the message
 *
 * Reads a cell into a field.
 *
 * Returns: what is wrong, or %KILTER_N_IMPORT_CODES
 */
KilterImportCode
kilter_record_reader_read_cell (KilterRecordReader *reader,
                                int field_index,
                                const char *text,
                                KilterCellFlags flags,
                                KilterFieldValue *out,
                                char **out_other)
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
        return code == KILTER_IMPORT_UNKNOWN_CODE && *out_other != NULL ? KILTER_IMPORT_SPELLED_LIKE
                                                                        : code;
      }
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
      return read_date (reader, field, text, flags, out);
    case KILTER_FIELD_TEXT:
    default:
      if (kilter_record_reader_is_key (reader, field_index) && has_control (text))
        return KILTER_IMPORT_CONTROL_CHARACTER;
      out->text = g_strdup (text);
      return KILTER_N_IMPORT_CODES;
    }
}
