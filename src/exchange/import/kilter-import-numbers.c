/* kilter-import-numbers.c: rows of numbers by product, market or resource and period
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-numbers.h"

#include <math.h>
#include <string.h>

static gboolean
is_value_ok (KilterNumberReader *reader, guint row, guint column, double *out_value)
{
  KilterImportPreview *preview = reader->preview;
  const KilterSheet *sheet = reader->sheet;
  const char *text = kilter_sheet_get_text (sheet, row, column);
  const char *heading = g_array_index (preview->columns, KilterImportColumn, column).heading;
  KilterCellFlags flags = kilter_sheet_get_flags (sheet, row, column);
  guint line = kilter_sheet_get_line (sheet, row);
  gboolean accounting = FALSE;
  KilterValueStatus status;
  KilterImportCode code;

  *out_value = NAN;
  if (flags & KILTER_CELL_NO_RESULT)
    status = KILTER_VALUE_BAD, code = KILTER_IMPORT_NO_RESULT;
  else if (flags & KILTER_CELL_ERROR)
    status = KILTER_VALUE_ERROR, code = KILTER_IMPORT_ERROR_VALUE;
  else
    {
      static const KilterImportCode by_status[] = {
        [KILTER_VALUE_OK] = KILTER_IMPORT_NEGATIVE_FORM,
        [KILTER_VALUE_EMPTY] = KILTER_IMPORT_EMPTY_NUMBER,
        [KILTER_VALUE_BAD] = KILTER_IMPORT_BAD_NUMBER,
        [KILTER_VALUE_ERROR] = KILTER_IMPORT_ERROR_VALUE,
        [KILTER_VALUE_PERCENT] = KILTER_IMPORT_PERCENT,
        [KILTER_VALUE_UNIT] = KILTER_IMPORT_WITH_UNIT,
        [KILTER_VALUE_LIMIT_PASSED] = KILTER_IMPORT_OVER_LIMIT,
      };

      status = kilter_value_read_number (text, flags & KILTER_CELL_NUMBER ? '.' : preview->decimal,
                                         out_value, &accounting);
      code = by_status[status];
    }
  if (status == KILTER_VALUE_OK && (!accounting || reader->options->negatives != 0))
    {
      if (*out_value < 0)
        {
          /* a price below nothing is a mistake; a sale can be a return */
          if (preview->kind == KILTER_IMPORT_PRICES || preview->kind == KILTER_IMPORT_COSTS ||
              preview->kind == KILTER_IMPORT_CAPACITY)
            {
              kilter_import_say (preview, KILTER_IMPORT_OUT_OF_RANGE, line, (int) column, text,
                                 heading, 0);
              *out_value = NAN;
              return FALSE;
            }
          if (reader->options->returns == 0 && preview->kind != KILTER_IMPORT_EVENTS)
            {
              kilter_import_say (preview, KILTER_IMPORT_RETURN, line, (int) column, text, heading,
                                 0);
              *out_value = NAN;
              return FALSE;
            }
          if (reader->options->returns < 0 && preview->kind != KILTER_IMPORT_EVENTS)
            kilter_import_say (preview, KILTER_IMPORT_NEGATIVE, line, (int) column, text, heading,
                               0);
        }
      return TRUE;
    }
  *out_value = NAN;
  /* an empty cell of a months-across table, or of several measures, says nothing */
  if (status == KILTER_VALUE_EMPTY &&
      (reader->guess->layout == KILTER_LAYOUT_ACROSS || reader->n_values > 1))
    return FALSE;
  kilter_import_say (preview, code, line, (int) column, text, heading, 0);
  return FALSE;
}

/* --- periods --- */

/* Which buckets of the plan a period touches, and how its days are divided. */
static void
place_period (KilterNumberReader *reader, KilterPeriodInfo *info)
{
  const KilterPlan *plan = reader->plan;
  KilterBucketKind kind = reader->bucket_kind;
  KilterBucket start = kilter_plan_get_start (plan);
  KilterBucket end = start + kilter_plan_get_n_buckets (plan) - 1;
  const KilterPeriod *period = &info->period;
  GDate first, last;

  if (period->unit == KILTER_PERIOD_FISCAL)
    {
      info->coarse = kind != KILTER_BUCKET_445;
      info->first = info->last = period->ordinal;
    }
  else
    {
      g_date_clear (&first, 1);
      g_date_set_julian (&first, period->first);
      last = first;
      g_date_add_days (&last, (guint) period->n_days - 1);
      info->first = kilter_bucket_from_ymd (
        kind, g_date_get_year (&first), (int) g_date_get_month (&first), g_date_get_day (&first));
      info->last = kilter_bucket_from_ymd (kind, g_date_get_year (&last),
                                           (int) g_date_get_month (&last), g_date_get_day (&last));
      if (period->unit == KILTER_PERIOD_MONTH && kind == KILTER_BUCKET_445)
        /* fiscal periods are often called by the month */
        info->first = info->last = g_date_get_year (&first) * 12 + (int) g_date_get_month (&first) -
                                   1;
      info->coarse = info->last - info->first > (period->unit == KILTER_PERIOD_WEEK ? 1 : 0);
      info->first_days = period->n_days;
      if (info->last == info->first + 1)
        {
          GDate boundary;

          kilter_bucket_get_start (kind, info->last, &boundary);
          info->first_days = (int) g_date_get_julian (&boundary) - (int) period->first;
        }
    }
  if (info->coarse)
    return;
  info->outside_before = info->last < start;
  info->outside_after = info->first > end;
  info->after_cycle = info->last >= kilter_plan_get_cycle (plan);
}

static guint
add_period (KilterNumberReader *reader, KilterDateStatus status, const KilterPeriod *period)
{
  KilterPeriodInfo info = { 0 };
  guint index = reader->periods->len;
  guint32 same = index;

  info.status = status;
  if (status == KILTER_DATE_OK)
    {
      guint64 key;
      gboolean is_new;
      guint32 *slot;

      info.period = *period;
      place_period (reader, &info);
      key = ((guint64) period->unit << 40) |
            (period->unit == KILTER_PERIOD_FISCAL ? (guint) period->ordinal : period->first);
      slot = kilter_map_get (&reader->period_by_day, key, &is_new);
      if (is_new)
        *slot = index;
      same = *slot;
    }
  g_array_append_val (reader->periods, info);
  g_array_append_val (reader->period_same, same);
  return index;
}

/* The last day before the cycle: when a list without dates was made. */
static guint
find_last_period (KilterNumberReader *reader)
{
  KilterPeriod period = { KILTER_PERIOD_DAY, 0, 1, 0 };
  GDate start;

  if (reader->periods->len > 0)
    return 0;
  kilter_bucket_get_start (reader->bucket_kind, kilter_plan_get_cycle (reader->plan), &start);
  period.first = g_date_get_julian (&start) - 1;
  return add_period (reader, KILTER_DATE_OK, &period);
}

/* The period of a row of the long layout. */
static guint
find_period (KilterNumberReader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  /* beyond the end of the row there is no text */
  const char *text = kilter_sheet_get_text (reader->sheet, row,
                                            (guint) reader->columns[KILTER_COLUMN_DATE]);
  KilterPeriod period = { 0 };
  KilterDateStatus status = KILTER_DATE_NO_FIT;
  gboolean is_date = kilter_sheet_get_flags (reader->sheet, row,
                                             (guint) reader->columns[KILTER_COLUMN_DATE]) &
                     KILTER_CELL_DATE;
  GHashTable *known_periods = is_date ? reader->period_by_date : reader->period_by_text;
  gpointer known;
  guint index;

  if (reader->columns[KILTER_COLUMN_DATE] < 0)
    return find_last_period (reader);
  if (preview->date_format == KILTER_DATE_YEAR_MONTH && !is_date)
    {
      int year = kilter_value_read_year (
        kilter_sheet_get_text (reader->sheet, row, (guint) reader->columns[KILTER_COLUMN_YEAR]));
      int month = kilter_value_read_month (text);
      g_autofree char *key = g_strdup_printf ("%d/%d", year, month);

      known = g_hash_table_lookup (reader->period_by_text, key);
      if (known != NULL)
        return GPOINTER_TO_UINT (known) - 1;
      if (year > 0 && month > 0)
        {
          period = kilter_period_from_month (year, month);
          status = KILTER_DATE_OK;
        }
      index = add_period (reader, status, &period);
      g_hash_table_insert (reader->period_by_text, g_steal_pointer (&key),
                           GUINT_TO_POINTER (index + 1));
      return index;
    }
  known = g_hash_table_lookup (known_periods, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  status = kilter_value_read_date (text, is_date ? KILTER_DATE_YMD : preview->date_format, &period);
  index = add_period (reader, status, &period);
  g_hash_table_insert (known_periods, g_strdup (text), GUINT_TO_POINTER (index + 1));
  return index;
}

static void
read_period_headings (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;

  reader->column_periods = g_new0 (guint, preview->columns->len);
  reader->period_columns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);
      KilterPeriod period = { 0 };
      KilterDateStatus status;

      if (column->type != KILTER_COLUMN_PERIOD)
        continue;
      status = kilter_value_read_date (column->heading, preview->date_format, &period);
      reader->column_periods[i] = add_period (reader, status, &period);
      g_array_append_val (reader->period_columns, i);
    }
}

/* Says what is wrong with a row's period; FALSE when it cannot be used. */
static gboolean
check_period (KilterNumberReader *reader, guint row, int column, const char *text, guint index)
{
  KilterImportPreview *preview = reader->preview;
  const KilterPlan *plan = reader->plan;
  const KilterPeriodInfo *info = &g_array_index (reader->periods, KilterPeriodInfo, index);
  guint line = row == G_MAXUINT ? (guint) preview->header_line
                                : kilter_sheet_get_line (reader->sheet, row);
  g_autofree char *edge = NULL;

  if (info->status == KILTER_DATE_OK && !info->coarse && !info->outside_before &&
      !info->outside_after)
    {
      if (info->after_cycle &&
          (preview->kind == KILTER_IMPORT_SALES || preview->kind == KILTER_IMPORT_STOCK ||
           preview->kind == KILTER_IMPORT_PRODUCTION))
        {
          edge = kilter_bucket_to_string (reader->bucket_kind, kilter_plan_get_cycle (plan));
          kilter_import_say (preview, KILTER_IMPORT_AFTER_CYCLE, line, column, text, edge, 0);
        }
      return TRUE;
    }
  if (info->status == KILTER_DATE_NO_SUCH_DAY)
    kilter_import_say (preview, KILTER_IMPORT_NO_SUCH_DAY, line, column, text, NULL, 0);
  else if (info->status != KILTER_DATE_OK)
    kilter_import_say (preview, *text == '\0' ? KILTER_IMPORT_EMPTY_CELL : KILTER_IMPORT_BAD_DATE,
                       line, column, text,
                       *text == '\0'
                         ? g_array_index (preview->columns, KilterImportColumn, column).heading
                         : kilter_date_format_to_string (preview->date_format),
                       0);
  else if (info->coarse)
    kilter_import_say (preview, KILTER_IMPORT_COARSE_PERIOD, line, column, text, NULL, 0);
  else if (info->outside_before)
    {
      edge = kilter_bucket_to_string (reader->bucket_kind, kilter_plan_get_start (plan));
      kilter_import_say (preview, KILTER_IMPORT_BEFORE_PLAN, line, column, text, edge, 0);
    }
  else
    {
      edge = kilter_bucket_to_string (reader->bucket_kind, kilter_plan_get_start (plan) +
                                                             kilter_plan_get_n_buckets (plan) - 1);
      kilter_import_say (preview, KILTER_IMPORT_AFTER_PLAN, line, column, text, edge, 0);
    }
  return FALSE;
}

/* --- rows --- */

/* Looks a code up and says what there is to say. Returns its index, or −1. */
static int
find_entity (KilterNumberReader *reader,
             KilterEntityKind kind,
             int column,
             guint row,
             guint8 *variant)
{
  KilterImportPreview *preview = reader->preview;
  const KilterFound *found = kilter_entity_find (
    reader->finders[kind], kilter_sheet_get_text (reader->sheet, row, (guint) column));
  const char *heading = g_array_index (preview->columns, KilterImportColumn, column).heading;
  guint line = kilter_sheet_get_line (reader->sheet, row);

  if (kilter_sheet_get_flags (reader->sheet, row, (guint) column) & KILTER_CELL_RECOMPOSED)
    *variant |= 1;
  switch (found->status)
    {
    case KILTER_FIND_OK:
      reader->n_bracketed += found->bracketed;
      if (found->trimmed)
        {
          *variant |= 2;
          kilter_import_say (preview, KILTER_IMPORT_TRIMMED, line, column, found->text, NULL, 0);
        }
      if (found->aliased)
        {
          *variant |= 4;
          kilter_import_say (preview, KILTER_IMPORT_ALIASED, line, column, found->text,
                             found->nearest, 0);
        }
      if (found->lookalike)
        kilter_import_say (preview, KILTER_IMPORT_LOOKALIKE, line, column, found->text,
                           found->nearest, 0);
      return found->index;
    case KILTER_FIND_EMPTY:
      kilter_import_say (preview, KILTER_IMPORT_EMPTY_CELL, line, column, NULL, heading, 0);
      return -1;
    case KILTER_FIND_UNKNOWN:
      kilter_import_say (
        preview, found->nearest != NULL ? KILTER_IMPORT_SPELLED_LIKE : KILTER_IMPORT_UNKNOWN_CODE,
        line, column, found->text, found->nearest, 0);
      return -1;
    case KILTER_FIND_LEFT_OUT:
      kilter_import_say (preview, KILTER_IMPORT_LEFT_OUT, line, column, found->text, NULL, 0);
      return -1;
    case KILTER_FIND_CONTROL:
      kilter_import_say (preview, KILTER_IMPORT_CONTROL_CHARACTER, line, column, found->text,
                         heading, 0);
      return -1;
    case KILTER_FIND_TOTAL:
      kilter_import_say (preview, KILTER_IMPORT_TOTAL_ROW, line, column, found->text, NULL, 0);
      return -1;
    default:
      g_return_val_if_reached (-1);
    }
}

static guint32
ensure_target (KilterNumberReader *reader, int a, int b, int c)
{
  KilterImportData *data = reader->preview->data;
  guint64 key = ((guint64) (guint32) (a + 1) << 40) | ((guint64) (guint32) (b + 1) << 20) |
                (guint32) (c + 1);
  gboolean is_new;
  guint32 *index = kilter_map_get (&reader->target_by_key, key, &is_new);
  KilterTarget target = { { a, b, c }, 0, FALSE, NULL };

  if (!is_new)
    return *index;
  *index = data->targets->len;
  g_array_append_val (data->targets, target);
  return *index;
}

/* The market of a row: what it names, else "All" for sales, else every market of the product. */
static int
find_market (KilterNumberReader *reader,
             KilterEntityKind kind,
             guint row,
             guint8 *variant,
             gboolean *defaulted)
{
  int column = reader->columns[kind == KILTER_ENTITY_REGION ? KILTER_COLUMN_REGION
                                                            : KILTER_COLUMN_CHANNEL];

  if (column >= 0 && *kilter_sheet_get_text (reader->sheet, row, (guint) column) != '\0')
    {
      int index = find_entity (reader, kind, column, row, variant);

      return index < 0 ? -2 : index;
    }
  *defaulted = TRUE;
  if (reader->preview->kind != KILTER_IMPORT_SALES)
    return -1;
  return kilter_entity_ensure (reader->finders[kind], "All");
}

static gboolean
find_target (KilterNumberReader *reader, guint row, guint32 *out_target, guint8 *variant)
{
  int a, b = 0, c = 0;

  if (reader->info->shape == KILTER_SHAPE_RESOURCE)
    a = find_entity (reader, KILTER_ENTITY_RESOURCE, reader->columns[KILTER_COLUMN_RESOURCE], row,
                     variant);
  else
    a = find_entity (reader, KILTER_ENTITY_PRODUCT, reader->columns[KILTER_COLUMN_PRODUCT], row,
                     variant);
  if (a < 0)
    return FALSE;
  if (reader->info->shape == KILTER_SHAPE_SERIES)
    {
      gboolean defaulted = FALSE;

      b = find_market (reader, KILTER_ENTITY_REGION, row, variant, &defaulted);
      if (b == -2)
        return FALSE;
      c = find_market (reader, KILTER_ENTITY_CHANNEL, row, variant, &defaulted);
      if (c == -2)
        return FALSE;
      if (defaulted && reader->preview->kind == KILTER_IMPORT_SALES)
        reader->n_default_market++;
      else if (defaulted)
        reader->n_all_markets++;
    }
  *out_target = ensure_target (reader, a, b, c);
  return TRUE;
}

static gboolean
repeats_header (KilterNumberReader *reader, guint row)
{
  const KilterImportPreview *preview = reader->preview;
  guint n = 0;

  if (reader->guess->header < 0)
    return FALSE;
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (*column->heading == '\0')
        continue;
      if (!g_str_equal (kilter_sheet_get_text (reader->sheet, row, i), column->heading))
        return FALSE;
      n++;
    }
  return n > 0;
}

/* What is wrong with a row as a whole. */
static gboolean
check_row (KilterNumberReader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  const KilterSheet *sheet = reader->sheet;
  guint n = kilter_sheet_get_n_cells (sheet, row);
  guint line = kilter_sheet_get_line (sheet, row);
  KilterCellFlags flags = kilter_sheet_get_row_flags (sheet, row);

  if (flags & KILTER_CELL_NUL)
    {
      kilter_import_say (preview, KILTER_IMPORT_NUL_BYTE, line, -1, NULL, NULL, 0);
      return FALSE;
    }
  if (flags & KILTER_CELL_BAD)
    for (guint i = 0; i < n; i++)
      if (kilter_sheet_get_flags (sheet, row, i) & KILTER_CELL_BAD)
        {
          kilter_import_say (preview, KILTER_IMPORT_BAD_BYTES, line, (int) i,
                             kilter_sheet_get_text (sheet, row, i), NULL, 0);
          return FALSE;
        }
  return kilter_import_check_fields (preview, sheet, row);
}

static void
note_product (KilterNumberReader *reader, guint row, guint32 target)
{
  KilterImportData *data = reader->preview->data;
  KilterEntity *entity = data->entities[KILTER_ENTITY_PRODUCT]
                           ->pdata[g_array_index (data->targets, KilterTarget, target).entities[0]];
  static const KilterImportColumnType types[] = { KILTER_COLUMN_PRODUCT_NAME, KILTER_COLUMN_FAMILY,
                                                  KILTER_COLUMN_CATEGORY };
  char **texts[] = { &entity->name, &entity->family, &entity->category };

  if (entity->id != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (*texts[i] == NULL && reader->columns[types[i]] >= 0)
      {
        g_autofree char *text = kilter_text_trim (
          kilter_sheet_get_text (reader->sheet, row, (guint) reader->columns[types[i]]));

        if (*text != '\0')
          *texts[i] = g_steal_pointer (&text);
      }
}

static void
add_entry (KilterNumberReader *reader,
           guint row,
           guint32 target,
           guint32 period,
           guint8 variant,
           const double *values)
{
  KilterEntry entry = { row, target, period, variant, 0 };

  g_array_append_val (reader->entries, entry);
  g_array_append_vals (reader->values, values, reader->n_values);
}

/* Returns whether the row gave any number. */
static gboolean
read_row (KilterNumberReader *reader, guint row)
{
  double values[8];
  guint32 target = 0;
  guint8 variant = 0;
  gboolean any = FALSE;

  if (!check_row (reader, row))
    return FALSE;
  if (repeats_header (reader, row))
    {
      kilter_import_say (reader->preview, KILTER_IMPORT_REPEATED_HEADER,
                         kilter_sheet_get_line (reader->sheet, row), -1, NULL, NULL, 0);
      return FALSE;
    }
  if (!find_target (reader, row, &target, &variant))
    return FALSE;

  if (reader->guess->layout == KILTER_LAYOUT_ACROSS)
    {
      for (guint i = 0; i < reader->period_columns->len; i++)
        {
          guint column = g_array_index (reader->period_columns, guint, i);
          const KilterPeriodInfo *info = &g_array_index (reader->periods, KilterPeriodInfo,
                                                         reader->column_periods[column]);

          if (info->outside_before || info->outside_after || info->coarse)
            continue;
          if (!is_value_ok (reader, row, column, &values[0]) ||
              !kilter_number_reader_convert (reader, row, target, reader->column_periods[column],
                                             values))
            continue;
          add_entry (reader, row, target, reader->column_periods[column], variant, values);
          any = TRUE;
        }
    }
  else
    {
      guint period = find_period (reader, row);
      int column = reader->columns[KILTER_COLUMN_DATE];

      if (column >= 0 &&
          !check_period (reader, row, column,
                         kilter_sheet_get_text (reader->sheet, row, (guint) column), period))
        return FALSE;
      for (guint i = 0; i < reader->n_values; i++)
        any |= is_value_ok (reader, row, reader->value_columns[i], &values[i]);
      any = any && kilter_number_reader_convert (reader, row, target, period, values);
      if (any)
        add_entry (reader, row, target, period, variant, values);
    }
  if (any && reader->info->shape != KILTER_SHAPE_RESOURCE)
    note_product (reader, row, target);
  return any;
}

/* --- the sample --- */

static char *
show_cell (KilterNumberReader *reader, guint row, guint column)
{
  const KilterImportPreview *preview = reader->preview;
  const KilterImportColumn *info = &g_array_index (preview->columns, KilterImportColumn, column);
  const char *text = kilter_sheet_get_text (reader->sheet, row, column);
  KilterPeriod period;
  double value;

  switch ((int) info->type)
    {
    case KILTER_COLUMN_IGNORE:
      return g_strdup ("");
    case KILTER_COLUMN_DATE:
      if (kilter_sheet_get_flags (reader->sheet, row, column) & KILTER_CELL_DATE)
        return g_strdup (text);
      if (preview->date_format == KILTER_DATE_YEAR_MONTH)
        return kilter_text_trim (text);
      return kilter_value_read_date (text, preview->date_format, &period) == KILTER_DATE_OK
               ? kilter_period_to_string (&period)
               : NULL;
    case KILTER_COLUMN_MEASURE:
    case KILTER_COLUMN_PERIOD:
      return kilter_value_read_number (text,
                                       kilter_sheet_get_flags (reader->sheet, row, column) &
                                           KILTER_CELL_NUMBER
                                         ? '.'
                                         : preview->decimal,
                                       &value, NULL) == KILTER_VALUE_OK
               ? kilter_number_to_c (value)
               : NULL;
    default:
      return kilter_text_trim (text);
    }
}

static void
make_sample (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;
  guint n_columns = preview->columns->len;
  guint first = reader->guess->first_row;

  kilter_import_begin_sample (preview, reader->sheet, first);
  for (guint i = 0; i < preview->n_sample; i++)
    for (guint c = 0; c < n_columns; c++)
      preview->sample_after[i * n_columns + c] = show_cell (reader, first + i, c);
}

static void
find_columns (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;

  for (int type = 0; type <= KILTER_COLUMN_PERIOD; type++)
    reader->columns[type] = kilter_import_find_column (preview, type);
  if (reader->columns[KILTER_COLUMN_UNIT] >= 0 || reader->columns[KILTER_COLUMN_CURRENCY] >= 0)
    reader->converter = kilter_converter_new (reader->plan);
  if (reader->guess->layout == KILTER_LAYOUT_ACROSS)
    {
      for (guint k = 0; k < preview->infos->len && reader->n_values == 0; k++)
        {
          const KilterImportColumnInfo *info = &g_array_index (preview->infos,
                                                               KilterImportColumnInfo, k);

          if (info->type == KILTER_COLUMN_MEASURE)
            {
              data->measures[0] = info->measure;
              reader->n_values = 1;
            }
        }
    }
  else
    for (guint i = 0;
         i < preview->columns->len && reader->n_values < G_N_ELEMENTS (reader->value_columns); i++)
      {
        const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

        if (column->type != KILTER_COLUMN_MEASURE)
          continue;
        data->measures[reader->n_values] = column->info->measure;
        reader->value_columns[reader->n_values++] = i;
      }
  data->n_measures = reader->n_values;
  for (guint m = 0; m < data->n_measures; m++)
    data->layers[m] = kilter_measure_get_info (data->measures[m])->flags & KILTER_HAS_FACT
                        ? KILTER_LAYER_FACT
                        : KILTER_LAYER_INPUT;
}

static void
check_period_headings (KilterNumberReader *reader)
{
  for (guint i = 0; i < reader->period_columns->len; i++)
    {
      guint column = g_array_index (reader->period_columns, guint, i);

      check_period (reader, G_MAXUINT, (int) column,
                    g_array_index (reader->preview->columns, KilterImportColumn, column).heading,
                    reader->column_periods[column]);
    }
}

static void
clear_reader (KilterNumberReader *reader)
{
  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    kilter_entity_finder_free (reader->finders[i]);
  g_hash_table_unref (reader->period_by_text);
  g_hash_table_unref (reader->period_by_date);
  g_array_unref (reader->periods);
  g_array_unref (reader->period_same);
  g_array_unref (reader->entries);
  g_array_unref (reader->values);
  g_clear_pointer (&reader->period_columns, g_array_unref);
  kilter_converter_free (reader->converter);
  g_free (reader->column_periods);
  kilter_map_clear (&reader->period_by_day);
  kilter_map_clear (&reader->target_by_key);
}

static void
read_all (KilterNumberReader *reader, KilterJob *job)
{
  KilterImportPreview *preview = reader->preview;
  guint end = kilter_sheet_get_n_rows (reader->sheet);

  preview->n_rows = end - reader->guess->first_row;
  if (job != NULL)
    kilter_job_set_total (job, preview->n_rows);
  for (guint row = reader->guess->first_row; row < end; row++)
    {
      if (!read_row (reader, row))
        preview->n_skipped++;
      if (row % 8192 == 0 && job != NULL)
        {
          kilter_job_advance (job, row == reader->guess->first_row ? 0 : 8192);
          if (kilter_job_is_cancelled (job))
            return;
        }
    }
}

/**
 * kilter_import_numbers:
 *
 * Reads all rows into targets and fills the counts, totals and the sample of @preview.
 * Complexity: linear in the rows, but for stock and prices, whose last number counts (n log n).
 */
void
kilter_import_numbers (KilterImportPreview *preview,
                       const KilterPlan *plan,
                       const KilterImportFile *file,
                       const KilterImportOptions *options,
                       const KilterGuess *guess,
                       KilterJob *job)
{
  KilterNumberReader reader = {
    .preview = preview, .plan = plan, .sheet = file->sheet, .options = options, .guess = guess
  };

  reader.info = preview->data->info;
  reader.bucket_kind = kilter_plan_get_bucket_kind (plan);
  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    reader.finders[i] = kilter_entity_finder_new (plan, i, options, preview->data->entities[i]);
  reader.period_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.period_by_date = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.periods = g_array_new (FALSE, FALSE, sizeof (KilterPeriodInfo));
  reader.period_same = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.entries = g_array_new (FALSE, FALSE, sizeof (KilterEntry));
  reader.values = g_array_new (FALSE, FALSE, sizeof (double));
  find_columns (&reader);
  if (guess->layout == KILTER_LAYOUT_ACROSS)
    {
      read_period_headings (&reader);
      check_period_headings (&reader);
    }
  read_all (&reader, job);
  if (guess->layout == KILTER_LAYOUT_LONG && reader.columns[KILTER_COLUMN_DATE] < 0)
    {
      g_autofree char *last = kilter_bucket_to_string (reader.bucket_kind,
                                                       kilter_plan_get_cycle (plan) - 1);

      kilter_import_say (preview, KILTER_IMPORT_NO_DATE, 0, -1, last, NULL, 0);
    }
  make_sample (&reader);
  if (kilter_number_reader_settle_repeats (&reader))
    {
      if (reader.n_default_market > 0)
        kilter_import_say (preview, KILTER_IMPORT_DEFAULT_MARKET, 0, -1, "All", NULL,
                           reader.n_default_market);
      if (reader.n_bracketed > 0)
        kilter_import_say (preview, KILTER_IMPORT_BRACKETED, 0, -1, NULL, NULL, reader.n_bracketed);
      if (reader.n_all_markets > 0)
        kilter_import_say (preview, KILTER_IMPORT_ALL_MARKETS, 0, -1, NULL, NULL,
                           reader.n_all_markets);
      if (reader.n_converted > 0)
        kilter_import_say (preview, KILTER_IMPORT_CONVERTED, 0, -1, NULL, NULL, reader.n_converted);
      kilter_number_reader_compare (&reader);
    }
  clear_reader (&reader);
}
