/* kilter-guess-values.c: the decimal sign and the order of dates
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DISTINCT_DATES 4000

static gboolean
is_number_column (const KilterImportPreview *preview, guint i)
{
  const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);
  const KilterImportKindInfo *kind = kilter_import_kind_get_info (preview->kind);

  if (column->type == KILTER_COLUMN_MEASURE || column->type == KILTER_COLUMN_PERIOD)
    return TRUE;
  return column->type == KILTER_COLUMN_FIELD &&
         kilter_table_get_info (kind->table)->fields[column->info->field].type ==
           KILTER_FIELD_NUMBER;
}

static gboolean
is_date_column (const KilterImportPreview *preview, guint i)
{
  const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);
  const KilterImportKindInfo *kind = kilter_import_kind_get_info (preview->kind);
  KilterFieldType type;

  if (column->type == KILTER_COLUMN_DATE)
    return TRUE;
  if (column->type != KILTER_COLUMN_FIELD)
    return FALSE;
  type = kilter_table_get_info (kind->table)->fields[column->info->field].type;
  return type == KILTER_FIELD_DATE || type == KILTER_FIELD_BUCKET;
}

static gboolean
is_plain_integer (const char *text)
{
  return *text == '\0' || strspn (text, "-0123456789") == strlen (text);
}

static char *
show_reading (const char *text, char decimal)
{
  g_autofree char *number = NULL;
  double value;

  if (kilter_value_read_number (text, decimal, &value, NULL) != KILTER_VALUE_OK)
    return g_strdup (text);
  number = kilter_number_to_c (value);
  return g_strdup_printf (_ ("%s is read as %s"), text, number);
}

static void
ask_decimal (KilterImportPreview *preview, const char *example, char proposed)
{
  KilterImportQuestion *question = kilter_import_question_new (
    "decimal", _ ("Which sign begins the decimals?"));

  kilter_import_question_add (question, ".", show_reading (example, '.'));
  kilter_import_question_add (question, ",", show_reading (example, ','));
  question->proposed = proposed == '.' ? 0 : 1;
  kilter_import_ask (preview, question);
}

static void
ask_negatives (KilterImportPreview *preview, const char *example)
{
  KilterImportQuestion *question = kilter_import_question_new (
    "negatives", _ ("Are numbers such as these negative?"));

  kilter_import_question_add (question, "negative", show_reading (example, preview->decimal));
  kilter_import_question_add (question, "skip",
                              g_strdup_printf (_ ("rows with %s are left out"), example));
  kilter_import_ask (preview, question);
}

static void
guess_decimal (KilterImportPreview *preview,
               const KilterImportFile *file,
               const KilterImportOptions *options,
               const KilterGuess *guess)
{
  const KilterSheet *sheet = file->sheet;
  KilterNumberEvidence evidence = { 0 };
  g_autofree char *accounting = NULL;
  guint point, comma;

  for (guint i = 0; i < preview->columns->len; i++)
    {
      if (!is_number_column (preview, i))
        continue;
      for (guint row = guess->first_row; row < kilter_sheet_get_n_rows (sheet); row++)
        {
          const char *text = kilter_sheet_get_text (sheet, row, i);
          guint before = evidence.accounting;

          if (kilter_sheet_get_flags (sheet, row, i) & KILTER_CELL_NUMBER)
            continue;
          if (is_plain_integer (text) && !g_str_has_suffix (text, "-"))
            {
              evidence.ungrouped += strlen (text) - (*text == '-') >= 4 && *text != '\0';
              continue;
            }
          kilter_number_evidence_add (&evidence, text);
          if (accounting == NULL && evidence.accounting > before)
            accounting = kilter_text_trim (text);
        }
    }

  point = evidence.point_decimal + evidence.comma_grouping;
  comma = evidence.comma_decimal + evidence.point_grouping;
  preview->decimal = options->decimal != 0 ? options->decimal : point >= comma ? '.' : ',';
  if (options->decimal == 0 && point + comma == 0 && evidence.ungrouped > 0 &&
      evidence.ungrouped >= evidence.point_ambiguous + evidence.comma_ambiguous)
    /* as many thousands are written without any sign: the sign is not for thousands */
    preview->decimal = evidence.comma_ambiguous > evidence.point_ambiguous ? ',' : '.';
  else if (options->decimal == 0 && point + comma == 0 &&
           evidence.point_ambiguous + evidence.comma_ambiguous > 0)
    {
      /* nothing tells 1,234 and 1.234 apart; quantities are mostly whole */
      preview->decimal = evidence.comma_ambiguous >= evidence.point_ambiguous ? '.' : ',';
      if (!options->accept)
        ask_decimal (preview, evidence.example, preview->decimal);
    }
  else if (options->decimal == 0 && MIN (point, comma) * 10 > MAX (point, comma) &&
           !options->accept)
    ask_decimal (preview, evidence.example[0] != '\0' ? evidence.example : "1,234.5",
                 preview->decimal);

  if (accounting != NULL && options->negatives < 0 && !options->accept)
    ask_negatives (preview, accounting);
}

/* --- dates --- */

typedef struct
{
  guint fit[KILTER_N_DATE_FORMATS];
  guint only_dmy;
  guint only_mdy;
  const char *ambiguous; /* reads differently as d/m and m/d */
  const char *example[KILTER_N_DATE_FORMATS];
} DateEvidence;

static void
add_date (DateEvidence *evidence, const char *text)
{
  KilterPeriod dmy, mdy;
  gboolean is_dmy, is_mdy;

  for (int f = KILTER_DATE_YMD; f < KILTER_DATE_YEAR_MONTH; f++)
    {
      KilterPeriod period;

      if (kilter_value_read_date (text, f, &period) != KILTER_DATE_OK)
        continue;
      evidence->fit[f]++;
      if (evidence->example[f] == NULL)
        evidence->example[f] = text;
    }
  is_dmy = kilter_value_read_date (text, KILTER_DATE_DMY, &dmy) == KILTER_DATE_OK;
  is_mdy = kilter_value_read_date (text, KILTER_DATE_MDY, &mdy) == KILTER_DATE_OK;
  evidence->only_dmy += is_dmy && !is_mdy;
  evidence->only_mdy += is_mdy && !is_dmy;
  if (is_dmy && is_mdy && !kilter_period_equal (&dmy, &mdy))
    {
      /* the clearest example is one in which neither reading looks odd */
      if (evidence->ambiguous == NULL)
        evidence->ambiguous = text;
    }
}

static char *
show_date (const char *text, KilterDateFormat format)
{
  g_autofree char *shown = NULL;
  KilterPeriod period;

  if (text == NULL || kilter_value_read_date (text, format, &period) != KILTER_DATE_OK)
    return g_strdup (text != NULL ? text : "");
  shown = kilter_period_to_string (&period);
  return g_strdup_printf (_ ("%s is read as %s"), text, shown);
}

static void
ask_dates (KilterImportPreview *preview,
           const char *text,
           const char *example,
           KilterDateFormat first,
           KilterDateFormat second,
           KilterDateFormat proposed)
{
  KilterImportQuestion *question = kilter_import_question_new ("date-order", text);

  kilter_import_question_add (question, kilter_date_format_to_string (first),
                              show_date (example, first));
  kilter_import_question_add (question, kilter_date_format_to_string (second),
                              show_date (example, second));
  question->proposed = proposed == first ? 0 : 1;
  kilter_import_ask (preview, question);
}

static void
guess_dates (KilterImportPreview *preview,
             const KilterImportFile *file,
             const KilterImportOptions *options,
             const KilterGuess *guess)
{
  const KilterSheet *sheet = file->sheet;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  int year_column = kilter_import_find_column (preview, KILTER_COLUMN_YEAR);
  DateEvidence evidence = { 0 };
  KilterDateFormat best = KILTER_DATE_YMD;
  gboolean dmy_or_mdy, all_numbers = TRUE;

  if (preview->layout == KILTER_LAYOUT_ACROSS)
    return;
  if (options->date_format != KILTER_DATE_AUTO)
    {
      preview->date_format = options->date_format;
      return;
    }
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const char *last = NULL;

      if (!is_date_column (preview, i))
        continue;
      for (guint row = guess->first_row; row < kilter_sheet_get_n_rows (sheet); row++)
        {
          const char *text = kilter_sheet_get_text (sheet, row, i);

          /* what the workbook itself knows as a date needs no reading */
          if (kilter_sheet_get_flags (sheet, row, i) & KILTER_CELL_DATE)
            continue;
          if (*text == '\0' || (last != NULL && g_str_equal (text, last)))
            continue;
          last = text;
          all_numbers &= (kilter_sheet_get_flags (sheet, row, i) & KILTER_CELL_NUMBER) != 0;
          if (g_hash_table_size (seen) >= MAX_DISTINCT_DATES ||
              !g_hash_table_add (seen, (gpointer) text))
            continue;
          add_date (&evidence, text);
        }
    }
  for (int f = KILTER_DATE_YMD; f < KILTER_DATE_YEAR_MONTH; f++)
    if (evidence.fit[f] > evidence.fit[best])
      best = f;
  preview->date_format = best;
  if (evidence.fit[best] == 0 && year_column >= 0)
    {
      preview->date_format = KILTER_DATE_YEAR_MONTH;
      return;
    }

  dmy_or_mdy = best == KILTER_DATE_DMY || best == KILTER_DATE_MDY;
  if (dmy_or_mdy && !options->accept &&
      MIN (evidence.only_dmy, evidence.only_mdy) * 10 >=
        MAX (evidence.only_dmy, evidence.only_mdy) &&
      evidence.ambiguous != NULL)
    ask_dates (preview, _ ("Does the day or the month come first?"), evidence.ambiguous,
               KILTER_DATE_DMY, KILTER_DATE_MDY, best);
  /* a workbook says from when it counts */
  if ((best == KILTER_DATE_SERIAL || best == KILTER_DATE_SERIAL_1904) && all_numbers &&
      file->container != KILTER_CONTAINER_TEXT)
    {
      preview->date_format = file->date_1904 ? KILTER_DATE_SERIAL_1904 : KILTER_DATE_SERIAL;
      return;
    }
  if ((best == KILTER_DATE_SERIAL || best == KILTER_DATE_SERIAL_1904) && !options->accept)
    ask_dates (preview, _ ("Are these numbers dates, as spreadsheets count days?"),
               evidence.example[best], KILTER_DATE_SERIAL, KILTER_DATE_SERIAL_1904,
               KILTER_DATE_SERIAL);
}

/**
 * kilter_guess_values:
 *
 * Finds the decimal sign and how dates are written, over all rows, and asks where nothing tells.
 */
void
kilter_guess_values (KilterImportPreview *preview,
                     const KilterImportFile *file,
                     const KilterImportOptions *options,
                     const KilterGuess *guess)
{
  guess_decimal (preview, file, options, guess);
  guess_dates (preview, file, options, guess);
}
