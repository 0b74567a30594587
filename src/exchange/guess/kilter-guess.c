/* kilter-guess.c: headings, kind, layout, columns: what a table holds
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include "exchange/guess/kilter-system.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEADER_SEARCH 20

static const KilterDateFormat heading_formats[] = {
  KILTER_DATE_YM,  KILTER_DATE_NAME,    KILTER_DATE_MY,   KILTER_DATE_YMD,    KILTER_DATE_DMY,
  KILTER_DATE_MDY, KILTER_DATE_QUARTER, KILTER_DATE_WEEK, KILTER_DATE_PERIOD,
};

/* --- headings --- */

/* A cell's heading, or the year above and the month below. */
static char *
get_heading (const KilterSheet *sheet, const KilterGuess *guess, guint column)
{
  const char *upper;

  if (guess->header < 0)
    return g_strdup ("");
  upper = kilter_sheet_get_text (sheet, (guint) guess->header, column);
  if (guess->n_headers == 2)
    {
      const char *lower = kilter_sheet_get_text (sheet, (guint) guess->header + 1, column);

      /* a year stands over the months to its right */
      for (guint left = column; *upper == '\0' && left > 0 && *lower != '\0'; left--)
        upper = kilter_sheet_get_text (sheet, (guint) guess->header, left - 1);
      if (*lower != '\0' && kilter_value_read_year (upper) > 0)
        {
          int month = kilter_value_read_month (lower);

          if (month > 0)
            return g_strdup_printf ("%04d-%02d", kilter_value_read_year (upper), month);
        }
      if (*lower != '\0' && kilter_value_read_year (upper) < 0)
        upper = *kilter_sheet_get_text (sheet, (guint) guess->header, column) != '\0' ? upper
                                                                                      : lower;
    }
  return kilter_text_trim (upper);
}

static gboolean
is_period (const char *text)
{
  KilterPeriod period;

  for (gsize i = 0; i < G_N_ELEMENTS (heading_formats); i++)
    if (kilter_value_read_date (text, heading_formats[i], &period) == KILTER_DATE_OK)
      return TRUE;
  return FALSE;
}

/* How much a row looks like headings. */
static int
score_header (const KilterSheet *sheet, guint row, GHashTable *known)
{
  guint n = kilter_sheet_get_n_cells (sheet, row);
  int names = 0, periods = 0, numbers = 0, filled = 0;

  for (guint i = 0; i < MIN (n, 200); i++)
    {
      const char *text = kilter_sheet_get_text (sheet, row, i);
      g_autofree char *folded = kilter_text_fold (text);

      if (*folded == '\0')
        continue;
      filled++;
      if (g_hash_table_contains (known, folded))
        names++;
      else if (is_period (text))
        periods++;
      else if (kilter_value_is_number_like (text))
        numbers++;
    }
  if (filled < 2 && kilter_sheet_get_n_columns (sheet) > 1)
    return 0;
  /* a row of data has a date or two; headings are months only when there are several */
  return names * 10 + (periods >= 2 ? periods * 5 : 0) - numbers * 8;
}

/* Years above months, as in a report with merged headings. */
static gboolean
has_years_over_months (const KilterSheet *sheet, guint row)
{
  int n = 0;
  const char *year = "";

  if (row + 1 >= kilter_sheet_get_n_rows (sheet))
    return FALSE;
  for (guint i = 0; i < kilter_sheet_get_n_cells (sheet, row + 1); i++)
    {
      const char *upper = kilter_sheet_get_text (sheet, row, i);

      if (*upper != '\0')
        year = upper;
      if (strlen (year) <= 12 && kilter_value_read_year (year) > 0 && !is_period (year) &&
          kilter_value_read_month (kilter_sheet_get_text (sheet, row + 1, i)) > 0)
        n++;
    }
  return n >= 2;
}

static void
find_header (const KilterSheet *sheet, const KilterImportOptions *options, KilterGuess *guess)
{
  guint n = MIN (kilter_sheet_get_n_rows (sheet), HEADER_SEARCH);
  g_autoptr (GHashTable) known = kilter_import_known_headings ();
  int best = 0;

  guess->header = -1;
  guess->n_headers = 1;
  if (options->header_row == 0)
    {
      guess->first_row = 0;
      return;
    }
  for (guint row = 0; row < n; row++)
    {
      int score;

      if (options->header_row > 0)
        {
          if (kilter_sheet_get_line (sheet, row) >= (guint) options->header_row)
            {
              guess->header = (int) row;
              break;
            }
          continue;
        }
      if (has_years_over_months (sheet, row))
        {
          guess->header = (int) row;
          guess->n_headers = 2;
          break;
        }
      score = score_header (sheet, row, known);
      if (score > best)
        {
          best = score;
          guess->header = (int) row;
        }
    }
  if (guess->header < 0 && options->header_row < 0)
    {
      /* unknown headings are still headings unless there is a number or date among them */
      gboolean data = FALSE;

      for (guint i = 0; i < kilter_sheet_get_n_cells (sheet, 0); i++)
        {
          const char *text = kilter_sheet_get_text (sheet, 0, i);

          data |= kilter_value_is_number_like (text) || is_period (text);
        }
      guess->header = data ? -1 : 0;
    }
  if (guess->header >= 0 && guess->n_headers == 1 && options->header_row > 0 &&
      has_years_over_months (sheet, (guint) guess->header))
    guess->n_headers = 2;
  guess->first_row = guess->header < 0 ? 0 : (guint) (guess->header + guess->n_headers);
}

static guint
count_columns (const KilterSheet *sheet, const KilterGuess *guess)
{
  guint n = 0;

  if (guess->header < 0)
    {
      /* without headings, what most of the first rows have */
      for (guint row = 0; row < MIN (kilter_sheet_get_n_rows (sheet), 100); row++)
        n = MAX (n, kilter_sheet_get_n_cells (sheet, row));
      return n;
    }
  for (int i = 0; i < guess->n_headers; i++)
    n = MAX (n, kilter_sheet_get_n_cells (sheet, (guint) (guess->header + i)));
  /* separators at the end of the line are not columns */
  while (n > 1)
    {
      g_autofree char *heading = get_heading (sheet, guess, n - 1);
      gboolean used = *heading != '\0';

      for (guint row = guess->first_row;
           !used && row < MIN (kilter_sheet_get_n_rows (sheet), guess->first_row + 100); row++)
        used = *kilter_sheet_get_text (sheet, row, n - 1) != '\0' &&
               kilter_sheet_get_n_cells (sheet, row) == n;
      if (used)
        break;
      n--;
    }
  return n;
}

/* --- months across --- */

/* The way to write dates in which most headings are periods. */
static guint
find_period_headings (GPtrArray *headings, KilterDateFormat wanted, KilterDateFormat *out_format)
{
  guint best = 0;

  for (gsize f = 0; f < G_N_ELEMENTS (heading_formats); f++)
    {
      guint n = 0;
      KilterPeriod period;

      if (wanted != KILTER_DATE_AUTO && wanted != heading_formats[f])
        continue;
      for (guint i = 0; i < headings->len; i++)
        n += kilter_value_read_date (headings->pdata[i], heading_formats[f], &period) ==
             KILTER_DATE_OK;
      if (n > best)
        {
          best = n;
          *out_format = heading_formats[f];
        }
    }
  return best;
}

/* --- matching --- */

/* Under which key the names of a column are kept: the code of a product is a product. */
static const char *
get_name_key (const KilterImportColumnInfo *info, KilterImportKind kind)
{
  KilterTableId table = kilter_import_kind_get_info (kind)->table;

  if (info->type != KILTER_COLUMN_FIELD || !g_str_equal (info->key, "code"))
    return info->key;
  return table == KILTER_TABLE_PRODUCT    ? "product"
         : table == KILTER_TABLE_RESOURCE ? "resource"
                                          : "code";
}

/* @label: of the column, folded */
static gboolean
column_matches (const KilterImportColumnInfo *info,
                KilterImportKind kind,
                const char *label,
                const char *folded,
                gboolean exact)
{
  if (kilter_import_heading_matches (folded, info->key, exact) ||
      kilter_import_heading_matches (folded, get_name_key (info, kind), exact))
    return TRUE;
  if (!exact || *folded == '\0')
    return FALSE;
  return g_str_equal (label, folded) ||
         (info->type == KILTER_COLUMN_MEASURE && g_str_equal (info->key, "quantity") &&
          kilter_import_heading_is_own (folded, kind));
}

static gboolean
column_is_among (const KilterImportColumnInfo *info, KilterImportKind kind, GHashTable *headings)
{
  g_autofree char *label = kilter_text_fold (info->label);

  return kilter_import_key_is_among (info->key, headings) ||
         kilter_import_key_is_among (get_name_key (info, kind), headings) ||
         g_hash_table_contains (headings, label) ||
         (info->type == KILTER_COLUMN_MEASURE && g_str_equal (info->key, "quantity") &&
          kilter_import_count_own (kind, headings) > 0);
}

static double
score_kind (KilterImportKind kind, GHashTable *headings, guint n_periods, const char *name)
{
  g_autoptr (GArray) infos = kilter_import_kind_get_columns (kind);
  const KilterImportKindInfo *kind_info = kilter_import_kind_get_info (kind);
  gboolean numbers = kind_info->shape != KILTER_SHAPE_RECORDS;
  double score = kind == KILTER_IMPORT_SALES ? 0.5 : 0;
  guint n_measures = 0;

  if (!numbers && n_periods >= 2)
    return 0;
  for (guint i = 0; i < infos->len; i++)
    {
      const KilterImportColumnInfo *info = &g_array_index (infos, KilterImportColumnInfo, i);
      gboolean found = column_is_among (info, kind, headings);
      /* months across hold both */
      gboolean across = numbers && n_periods >= 2 &&
                        (info->type == KILTER_COLUMN_DATE || info->type == KILTER_COLUMN_MEASURE);

      if (info->type == KILTER_COLUMN_MEASURE)
        n_measures += found;
      if (!found && info->required && !across)
        return 0;
      score += found;
    }
  if (numbers && n_measures == 0 && n_periods < 2)
    return 0;
  score += 4 * kilter_import_count_own (kind, headings);
  if (kilter_import_name_speaks_of (name, kind))
    score += 10;
  return score;
}

static KilterImportKind
guess_kind (GPtrArray *headings, guint n_periods, const char *file_name)
{
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = kilter_text_fold (file_name);
  KilterImportKind best = KILTER_IMPORT_AUTO;
  double best_score = 0;

  for (guint i = 0; i < headings->len; i++)
    g_hash_table_add (folded, kilter_text_fold (headings->pdata[i]));
  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      double score = score_kind (kind, folded, n_periods, name);

      if (score > best_score)
        {
          best_score = score;
          best = kind;
        }
    }
  return best;
}

static KilterImportColumn *
get_column (KilterImportPreview *preview, guint i)
{
  return &g_array_index (preview->columns, KilterImportColumn, i);
}

static void
match (KilterImportPreview *preview, guint column, const KilterImportColumnInfo *info)
{
  get_column (preview, column)->info = info;
  get_column (preview, column)->type = info->type;
}

static gboolean
is_matched (const KilterImportPreview *preview, const KilterImportColumnInfo *info)
{
  for (guint i = 0; i < preview->columns->len; i++)
    if (g_array_index (preview->columns, KilterImportColumn, i).info == info)
      return TRUE;
  return FALSE;
}

/* What the person says about the columns. FALSE when it is impossible. */
static gboolean
apply_mapping (KilterImportPreview *preview, const KilterImportOptions *options, gboolean *fixed)
{
  for (guint i = 0; i < preview->columns->len; i++)
    {
      KilterImportColumn *column = get_column (preview, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      const char *key = g_hash_table_lookup (options->mapping, number);

      if (key == NULL)
        key = g_hash_table_lookup (options->mapping, column->heading);
      if (key == NULL)
        continue;
      fixed[i] = TRUE;
      column->info = NULL;
      column->type = KILTER_COLUMN_IGNORE;
      g_clear_pointer (&column->period, g_free);
      for (guint k = 0; k < preview->infos->len; k++)
        {
          const KilterImportColumnInfo *info = &g_array_index (preview->infos,
                                                               KilterImportColumnInfo, k);

          if (!g_str_equal (info->key, key))
            continue;
          for (guint other = 0; other < i; other++)
            if (get_column (preview, other)->info == info)
              {
                kilter_import_say (preview, KILTER_IMPORT_TWO_COLUMNS, 0, (int) i,
                                   get_column (preview, other)->heading, column->heading, 0);
                return FALSE;
              }
          match (preview, i, info);
        }
    }
  return TRUE;
}

static void
match_headings (KilterImportPreview *preview, const gboolean *fixed)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < preview->columns->len; i++)
    g_ptr_array_add (folded, kilter_text_fold (get_column (preview, i)->heading));
  for (int exact = 1; exact >= 0; exact--)
    for (guint k = 0; k < preview->infos->len; k++)
      {
        const KilterImportColumnInfo *info = &g_array_index (preview->infos, KilterImportColumnInfo,
                                                             k);
        /* a name within a heading is looked for where a person would */
        guint n = exact ? preview->columns->len : MIN (preview->columns->len, 200);
        g_autofree char *label = NULL;

        if (is_matched (preview, info))
          continue;
        label = kilter_text_fold (info->label);
        for (guint i = 0; i < n; i++)
          {
            if (fixed[i] || get_column (preview, i)->type != KILTER_COLUMN_IGNORE ||
                !column_matches (info, preview->kind, label, folded->pdata[i], exact))
              continue;
            match (preview, i, info);
            break;
          }
      }
}

/* --- by content --- */

typedef struct
{
  guint filled;
  guint numbers;
  guint dates;
} Content;

static Content
examine_column (const KilterSheet *sheet, guint first_row, guint column)
{
  Content content = { 0 };
  guint end = MIN (kilter_sheet_get_n_rows (sheet), first_row + 200);

  for (guint row = first_row; row < end; row++)
    {
      const char *text = kilter_sheet_get_text (sheet, row, column);

      if (*text == '\0')
        continue;
      content.filled++;
      if (is_period (text))
        content.dates++;
      else if (kilter_value_is_number_like (text))
        content.numbers++;
    }
  return content;
}

/* Numbers without a heading that tells: the first texts are the products, the dates the periods, a
 * single column of numbers the quantity. */
static void
match_content (KilterImportPreview *preview,
               const KilterSheet *sheet,
               const KilterGuess *guess,
               const gboolean *fixed)
{
  for (guint k = 0; k < preview->infos->len; k++)
    {
      const KilterImportColumnInfo *info = &g_array_index (preview->infos, KilterImportColumnInfo,
                                                           k);
      int found = -1, n = 0;

      if (!info->required || is_matched (preview, info) ||
          (preview->layout == KILTER_LAYOUT_ACROSS &&
           (info->type == KILTER_COLUMN_DATE || info->type == KILTER_COLUMN_MEASURE)))
        continue;
      for (guint i = 0; i < preview->columns->len; i++)
        {
          Content content;
          gboolean fits;

          if (fixed[i] || get_column (preview, i)->type != KILTER_COLUMN_IGNORE)
            continue;
          content = examine_column (sheet, guess->first_row, i);
          fits = content.filled > 0 &&
                 (info->type == KILTER_COLUMN_DATE ? content.dates * 10 >= content.filled * 8
                  : info->type == KILTER_COLUMN_MEASURE
                    ? content.numbers * 10 >= content.filled * 8
                    : (content.numbers + content.dates) * 2 <= content.filled);
          if (!fits)
            continue;
          n++;
          if (found < 0)
            found = (int) i;
        }
      /* two columns of numbers could be anything */
      if (found >= 0 && (n == 1 || info->type != KILTER_COLUMN_MEASURE))
        match (preview, (guint) found, info);
    }
}

static char *
list_headings (const KilterImportPreview *preview)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < preview->columns->len; i++)
    {
      const char *heading = g_array_index (preview->columns, KilterImportColumn, i).heading;

      if (*heading == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, ", ");
      g_string_append (out, heading);
    }
  return g_string_free (out, FALSE);
}

static gboolean
check_required (KilterImportPreview *preview)
{
  gboolean across = preview->layout == KILTER_LAYOUT_ACROSS;
  const KilterImportColumnInfo *measure = NULL;
  gboolean has_measure = across;

  for (guint k = 0; k < preview->infos->len; k++)
    {
      const KilterImportColumnInfo *info = &g_array_index (preview->infos, KilterImportColumnInfo,
                                                           k);

      if (info->type == KILTER_COLUMN_MEASURE)
        {
          if (measure == NULL)
            measure = info;
          has_measure |= is_matched (preview, info);
          continue;
        }
      if (!info->required || is_matched (preview, info) ||
          (across && info->type == KILTER_COLUMN_DATE))
        continue;
      {
        g_autofree char *found = list_headings (preview);

        kilter_import_say (preview, KILTER_IMPORT_NO_COLUMN, 0, -1, info->label, found, 0);
        return FALSE;
      }
    }
  if (measure != NULL && !has_measure)
    {
      g_autofree char *found = list_headings (preview);

      kilter_import_say (preview, KILTER_IMPORT_NO_COLUMN, 0, -1, measure->label, found, 0);
      return FALSE;
    }
  return TRUE;
}

static void
set_periods (KilterImportPreview *preview, KilterDateFormat format)
{
  for (guint i = 0; i < preview->columns->len; i++)
    {
      KilterImportColumn *column = get_column (preview, i);
      KilterPeriod period;

      if (kilter_value_read_date (column->heading, format, &period) != KILTER_DATE_OK)
        continue;
      column->type = KILTER_COLUMN_PERIOD;
      column->period = kilter_period_to_string (&period);
    }
}

static void
ask_layout (KilterImportPreview *preview,
            const KilterImportOptions *options,
            const KilterGuess *guess)
{
  KilterImportQuestion *question;
  GString *sample;
  guint n = 0;

  if (guess->n_headers != 2 || options->layout != KILTER_LAYOUT_AUTO || options->accept)
    return;
  sample = g_string_new (NULL);
  for (guint i = 0; i < preview->columns->len && n < 4; i++)
    if (get_column (preview, i)->type == KILTER_COLUMN_PERIOD)
      {
        g_string_append_printf (sample, n > 0 ? ", %s" : "%s", get_column (preview, i)->period);
        n++;
      }
  question = kilter_import_question_new (
    "layout", _ ("The headings stand in two rows. Are these the periods?"));
  kilter_import_question_add (question, "across", g_string_free (sample, FALSE));
  kilter_import_ask (preview, question);
}

/* Whether the file is the export of a business system: then its columns are known. */
static void
match_system (KilterImportPreview *preview,
              GPtrArray *headings,
              guint n_periods,
              KilterImportOptions *options)
{
  const KilterSystem *system;
  KilterImportKind kind;

  /* what a person said of the columns is enough, unless the system was named too */
  if (g_strcmp0 (options->system, "none") == 0 ||
      (options->system == NULL && (g_hash_table_size (options->mapping) > 0 || n_periods >= 2)))
    return;
  system = kilter_system_match (options->system, headings, options->kind, &kind, options->mapping);
  if (system == NULL)
    {
      if (options->system != NULL)
        kilter_import_say (preview, KILTER_IMPORT_OTHER_SYSTEM, 0, -1,
                           kilter_system_find (options->system)->name, NULL, 0);
      return;
    }
  options->kind = kind;
  preview->system = system->key;
  kilter_import_say (preview, KILTER_IMPORT_SYSTEM, 0, -1, system->name,
                     kilter_import_kind_get_name (kind), 0);
}

/**
 * kilter_guess_shape:
 *
 * Finds the headings, the kind, the layout and the columns, and writes them into @preview; what a
 * business system calls its columns, into @options.
 *
 * Returns: %FALSE when the file is refused; @preview says why
 */
gboolean
kilter_guess_shape (KilterImportPreview *preview,
                    const KilterImportFile *file,
                    KilterImportOptions *options,
                    KilterGuess *guess)
{
  const KilterSheet *sheet = file->sheet;
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *fixed = NULL;
  KilterDateFormat format = KILTER_DATE_YM;
  guint n_columns, n_periods;
  gboolean numbers;

  find_header (sheet, options, guess);
  n_columns = count_columns (sheet, guess);
  for (guint i = 0; i < n_columns; i++)
    {
      KilterImportColumn column = { get_heading (sheet, guess, i), NULL, KILTER_COLUMN_IGNORE,
                                    NULL };

      g_ptr_array_add (headings, g_strdup (column.heading));
      g_array_append_val (preview->columns, column);
    }
  preview->header_line = guess->header < 0
                           ? 0
                           : (int) kilter_sheet_get_line (sheet, (guint) guess->header);
  n_periods = find_period_headings (
    headings, guess->n_headers == 2 ? KILTER_DATE_YM : options->date_format, &format);
  if (options->layout == KILTER_LAYOUT_LONG)
    n_periods = 0;

  match_system (preview, headings, n_periods, options);
  preview->kind = options->kind != KILTER_IMPORT_AUTO
                    ? options->kind
                    : guess_kind (headings, n_periods, file->name);
  if (preview->kind == KILTER_IMPORT_AUTO && (n_periods >= 2 || guess->header < 0))
    preview->kind = KILTER_IMPORT_SALES;
  if (preview->kind == KILTER_IMPORT_AUTO)
    {
      /* with a product and a period it is sales that lack something; the message says what */
      g_autofree char *found = list_headings (preview);
      gboolean has_product = FALSE, has_month = FALSE;

      for (guint i = 0; i < headings->len; i++)
        {
          g_autofree char *folded = kilter_text_fold (headings->pdata[i]);

          has_product |= kilter_import_heading_matches (folded, "product", TRUE);
          has_month |= kilter_import_heading_matches (folded, "month", TRUE);
        }
      if (!has_product && !has_month && g_hash_table_size (options->mapping) == 0)
        {
          kilter_import_say (preview, KILTER_IMPORT_NO_KIND, 0, -1, file->name, found, 0);
          return FALSE;
        }
      preview->kind = KILTER_IMPORT_SALES;
    }
  guess->kind = preview->kind;
  preview->infos = kilter_import_kind_get_columns (preview->kind);
  numbers = kilter_import_kind_get_info (preview->kind)->shape != KILTER_SHAPE_RECORDS;

  fixed = g_new0 (gboolean, MAX (n_columns, 1));
  preview->layout = KILTER_LAYOUT_LONG;
  if (numbers && (n_periods >= 2 || (n_periods == 1 && options->layout == KILTER_LAYOUT_ACROSS)))
    {
      preview->layout = KILTER_LAYOUT_ACROSS;
      preview->date_format = format;
      set_periods (preview, format);
    }
  guess->layout = preview->layout;
  if (!apply_mapping (preview, options, fixed))
    return FALSE;
  match_headings (preview, fixed);
  if (preview->layout == KILTER_LAYOUT_ACROSS)
    for (guint i = 0; i < n_columns; i++)
      {
        /* one column a period: dates and totals beside them are something else */
        KilterImportColumn *column = get_column (preview, i);

        if (!fixed[i] &&
            (column->type == KILTER_COLUMN_DATE || column->type == KILTER_COLUMN_MEASURE ||
             column->type == KILTER_COLUMN_YEAR))
          {
            column->info = NULL;
            column->type = KILTER_COLUMN_IGNORE;
          }
      }
  match_content (preview, sheet, guess, fixed);
  if (!check_required (preview))
    return FALSE;
  if (guess->first_row >= kilter_sheet_get_n_rows (sheet))
    {
      kilter_import_say (preview, KILTER_IMPORT_NO_ROWS, 0, -1, file->name, NULL, 0);
      return FALSE;
    }
  if (preview->layout == KILTER_LAYOUT_ACROSS)
    ask_layout (preview, options, guess);
  return TRUE;
}
