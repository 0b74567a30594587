/* kilter-import-numbers.c: rows of numbers by product, market or resource and period
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- a small table: 64-bit key → 32-bit value, never removed from --- */

typedef struct
{
  guint64 *keys; /* key + 1; 0 is free */
  guint32 *values;
  gsize size;
  gsize n;
} Map;

static void
map_clear (Map *map)
{
  g_free (map->keys);
  g_free (map->values);
}

static gsize
map_slot (const Map *map, guint64 key)
{
  guint64 hash = (key + 1) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  gsize at = (gsize) (hash >> 20) & (map->size - 1);

  while (map->keys[at] != 0 && map->keys[at] != key + 1)
    at = (at + 1) & (map->size - 1);
  return at;
}

static void
map_grow (Map *map)
{
  Map bigger = { 0 };

  bigger.size = MAX (map->size * 2, 1024);
  bigger.keys = g_new0 (guint64, bigger.size);
  bigger.values = g_new0 (guint32, bigger.size);
  bigger.n = map->n;
  for (gsize i = 0; i < map->size; i++)
    if (map->keys[i] != 0)
      {
        gsize at = map_slot (&bigger, map->keys[i] - 1);

        bigger.keys[at] = map->keys[i];
        bigger.values[at] = map->values[i];
      }
  map_clear (map);
  *map = bigger;
}

/* Where the value of @key stands; @out_new tells whether the key is new. */
static guint32 *
map_get (Map *map, guint64 key, gboolean *out_new)
{
  gsize at;

  if ((map->n + 1) * 2 > map->size)
    map_grow (map);
  at = map_slot (map, key);
  *out_new = map->keys[at] == 0;
  if (*out_new)
    {
      map->keys[at] = key + 1;
      map->n++;
    }
  return &map->values[at];
}

/* --- what is read --- */

typedef struct
{
  KilterDateStatus status;
  gboolean outside_before;
  gboolean outside_after;
  gboolean coarse;
  gboolean after_cycle;
  KilterPeriod period;
  KilterBucket first; /* buckets that it touches */
  KilterBucket last;
  int first_days; /* of its days, how many lie in @first */
} PeriodInfo;

/* One number, or the numbers of one row and period. */
typedef struct
{
  guint32 row;
  guint32 target;
  guint32 period;
  guint8 variant; /* the code was written in another way than it is stored */
  guint8 dropped;
} Entry;

typedef struct
{
  KilterImportPreview *preview;
  const KilterPlan *plan;
  const KilterSheet *sheet;
  const KilterImportOptions *options;
  const KilterGuess *guess;
  const KilterImportKindInfo *info;
  KilterBucketKind bucket_kind;

  KilterEntityFinder *finders[KILTER_N_ENTITIES];
  int columns[KILTER_COLUMN_PERIOD + 1]; /* first column of each type, or −1 */
  guint value_columns[8];
  guint n_values;
  GArray *period_columns; /* guint: columns of a months-across layout */

  GHashTable *period_by_text; /* text → index + 1 */
  GArray *periods;            /* PeriodInfo */
  guint *column_periods;      /* of a months-across layout: index of the period, by column */
  Map period_by_day;          /* first day and unit → index of the first period that is the same */
  GArray *period_same;        /* guint32: for each period, the first that is the same */
  guint64 last_period_text;

  Map target_by_key;
  GArray *entries; /* Entry */
  GArray *values;  /* double: n_values for each entry */
  guint n_default_market;
  guint n_all_markets;
} Reader;

static gboolean
is_value_ok (Reader *reader, guint row, guint column, double *out_value)
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

      status = kilter_value_read_number (
        text, flags & KILTER_CELL_NUMBER ? '.' : preview->decimal, out_value, &accounting);
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
              kilter_import_say (preview, KILTER_IMPORT_OUT_OF_RANGE, line, (int) column, text, heading, 0);
              *out_value = NAN;
              return FALSE;
            }
          if (preview->kind != KILTER_IMPORT_EVENTS)
            kilter_import_say (preview, KILTER_IMPORT_NEGATIVE, line, (int) column, text, heading, 0);
        }
      return TRUE;
    }
  *out_value = NAN;
  /* an empty cell of a months-across table, or of several measures, says nothing */
  if (status == KILTER_VALUE_EMPTY && (reader->guess->layout == KILTER_LAYOUT_ACROSS || reader->n_values > 1))
    return FALSE;
  kilter_import_say (preview, code, line, (int) column, text, heading, 0);
  return FALSE;
}

/* --- periods --- */

/* Which buckets of the plan a period touches, and how its days are divided. */
static void
place_period (Reader *reader, PeriodInfo *info)
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
      info->last = kilter_bucket_from_ymd (
        kind, g_date_get_year (&last), (int) g_date_get_month (&last), g_date_get_day (&last));
      if (period->unit == KILTER_PERIOD_MONTH && kind == KILTER_BUCKET_445)
        /* fiscal periods are often called by the month */
        info->first = info->last = g_date_get_year (&first) * 12 + (int) g_date_get_month (&first) - 1;
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
add_period (Reader *reader, KilterDateStatus status, const KilterPeriod *period)
{
  PeriodInfo info = { 0 };
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
      key = ((guint64) period->unit << 40) | (period->unit == KILTER_PERIOD_FISCAL ? (guint) period->ordinal : period->first);
      slot = map_get (&reader->period_by_day, key, &is_new);
      if (is_new)
        *slot = index;
      same = *slot;
    }
  g_array_append_val (reader->periods, info);
  g_array_append_val (reader->period_same, same);
  return index;
}

/* The period of a row of the long layout. */
static guint
find_period (Reader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  const char *text = kilter_sheet_get_text (reader->sheet, row, (guint) reader->columns[KILTER_COLUMN_DATE]);
  KilterPeriod period = { 0 };
  KilterDateStatus status = KILTER_DATE_NO_FIT;
  gpointer known;
  guint index;

  if (preview->date_format == KILTER_DATE_YEAR_MONTH)
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
      g_hash_table_insert (reader->period_by_text, g_steal_pointer (&key), GUINT_TO_POINTER (index + 1));
      return index;
    }
  known = g_hash_table_lookup (reader->period_by_text, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  status = kilter_value_read_date (text, preview->date_format, &period);
  index = add_period (reader, status, &period);
  g_hash_table_insert (reader->period_by_text, g_strdup (text), GUINT_TO_POINTER (index + 1));
  return index;
}

static void
read_period_headings (Reader *reader)
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
check_period (Reader *reader, guint row, int column, const char *text, guint index)
{
  KilterImportPreview *preview = reader->preview;
  const KilterPlan *plan = reader->plan;
  const PeriodInfo *info = &g_array_index (reader->periods, PeriodInfo, index);
  guint line = row == G_MAXUINT ? (guint) preview->header_line : kilter_sheet_get_line (reader->sheet, row);
  g_autofree char *edge = NULL;

  if (info->status == KILTER_DATE_OK && !info->coarse && !info->outside_before && !info->outside_after)
    {
      if (info->after_cycle && (preview->kind == KILTER_IMPORT_SALES || preview->kind == KILTER_IMPORT_STOCK || preview->kind == KILTER_IMPORT_PRODUCTION))
        {
          edge = kilter_bucket_to_string (reader->bucket_kind, kilter_plan_get_cycle (plan));
          kilter_import_say (preview, KILTER_IMPORT_AFTER_CYCLE, line, column, text, edge, 0);
        }
      return TRUE;
    }
  if (info->status == KILTER_DATE_NO_SUCH_DAY)
    kilter_import_say (preview, KILTER_IMPORT_NO_SUCH_DAY, line, column, text, NULL, 0);
  else if (info->status != KILTER_DATE_OK)
    kilter_import_say (preview, *text == '\0' ? KILTER_IMPORT_EMPTY_CELL : KILTER_IMPORT_BAD_DATE, line, column, text,
                       *text == '\0' ? g_array_index (preview->columns, KilterImportColumn, column).heading
                                     : kilter_date_format_to_string (preview->date_format), 0);
  else if (info->coarse)
    kilter_import_say (preview, KILTER_IMPORT_COARSE_PERIOD, line, column, text, NULL, 0);
  else if (info->outside_before)
    {
      edge = kilter_bucket_to_string (reader->bucket_kind, kilter_plan_get_start (plan));
      kilter_import_say (preview, KILTER_IMPORT_BEFORE_PLAN, line, column, text, edge, 0);
    }
  else
    {
      edge = kilter_bucket_to_string (
        reader->bucket_kind, kilter_plan_get_start (plan) + kilter_plan_get_n_buckets (plan) - 1);
      kilter_import_say (preview, KILTER_IMPORT_AFTER_PLAN, line, column, text, edge, 0);
    }
  return FALSE;
}

/* --- rows --- */

/* Looks a code up and says what there is to say. Returns its index, or −1. */
static int
find_entity (Reader *reader, KilterEntityKind kind, int column, guint row, guint8 *variant)
{
  KilterImportPreview *preview = reader->preview;
  const KilterFound *found =
    kilter_entity_find (reader->finders[kind], kilter_sheet_get_text (reader->sheet, row, (guint) column));
  const char *heading = g_array_index (preview->columns, KilterImportColumn, column).heading;
  guint line = kilter_sheet_get_line (reader->sheet, row);

  if (kilter_sheet_get_flags (reader->sheet, row, (guint) column) & KILTER_CELL_RECOMPOSED)
    *variant |= 1;
  switch (found->status)
    {
    case KILTER_FIND_OK:
      if (found->trimmed)
        {
          *variant |= 2;
          kilter_import_say (preview, KILTER_IMPORT_TRIMMED, line, column, found->text, NULL, 0);
        }
      if (found->aliased)
        {
          *variant |= 4;
          kilter_import_say (preview, KILTER_IMPORT_ALIASED, line, column, found->text, found->nearest, 0);
        }
      if (found->lookalike)
        kilter_import_say (preview, KILTER_IMPORT_LOOKALIKE, line, column, found->text, found->nearest, 0);
      return found->index;
    case KILTER_FIND_EMPTY:
      kilter_import_say (preview, KILTER_IMPORT_EMPTY_CELL, line, column, NULL, heading, 0);
      return -1;
    case KILTER_FIND_UNKNOWN:
      kilter_import_say (preview, found->nearest != NULL ? KILTER_IMPORT_SPELLED_LIKE : KILTER_IMPORT_UNKNOWN_CODE,
                         line, column, found->text, found->nearest, 0);
      return -1;
    case KILTER_FIND_LEFT_OUT:
      kilter_import_say (preview, KILTER_IMPORT_LEFT_OUT, line, column, found->text, NULL, 0);
      return -1;
    case KILTER_FIND_CONTROL:
      kilter_import_say (preview, KILTER_IMPORT_CONTROL_CHARACTER, line, column, found->text, heading, 0);
      return -1;
    case KILTER_FIND_TOTAL:
      kilter_import_say (preview, KILTER_IMPORT_TOTAL_ROW, line, column, found->text, NULL, 0);
      return -1;
    default:
      g_return_val_if_reached (-1);
    }
}

static guint32
ensure_target (Reader *reader, int a, int b, int c)
{
  KilterImportData *data = reader->preview->data;
  guint64 key = ((guint64) (guint32) (a + 1) << 40) | ((guint64) (guint32) (b + 1) << 20) | (guint32) (c + 1);
  gboolean is_new;
  guint32 *index = map_get (&reader->target_by_key, key, &is_new);
  KilterTarget target = { { a, b, c }, 0, FALSE, NULL };

  if (!is_new)
    return *index;
  *index = data->targets->len;
  g_array_append_val (data->targets, target);
  return *index;
}

/* The market of a row: what it names, else "All" for sales, else every market of the product. */
static int
find_market (Reader *reader, KilterEntityKind kind, guint row, guint8 *variant, gboolean *defaulted)
{
  int column = reader->columns[kind == KILTER_ENTITY_REGION ? KILTER_COLUMN_REGION : KILTER_COLUMN_CHANNEL];

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
find_target (Reader *reader, guint row, guint32 *out_target, guint8 *variant)
{
  int a, b = 0, c = 0;

  if (reader->info->shape == KILTER_SHAPE_RESOURCE)
    a = find_entity (reader, KILTER_ENTITY_RESOURCE, reader->columns[KILTER_COLUMN_RESOURCE], row, variant);
  else
    a = find_entity (reader, KILTER_ENTITY_PRODUCT, reader->columns[KILTER_COLUMN_PRODUCT], row, variant);
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
repeats_header (Reader *reader, guint row)
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
check_row (Reader *reader, guint row)
{
  KilterImportPreview *preview = reader->preview;
  const KilterSheet *sheet = reader->sheet;
  guint n_columns = preview->columns->len;
  guint n = kilter_sheet_get_n_cells (sheet, row);
  guint line = kilter_sheet_get_line (sheet, row);
  KilterCellFlags flags = kilter_sheet_get_row_flags (sheet, row);
  g_autofree char *wanted = NULL;

  if (flags & KILTER_CELL_NUL)
    {
      kilter_import_say (preview, KILTER_IMPORT_NUL_BYTE, line, -1, NULL, NULL, 0);
      return FALSE;
    }
  if (flags & KILTER_CELL_BAD)
    for (guint i = 0; i < n; i++)
      if (kilter_sheet_get_flags (sheet, row, i) & KILTER_CELL_BAD)
        {
          kilter_import_say (preview, KILTER_IMPORT_BAD_BYTES, line, (int) i, kilter_sheet_get_text (sheet, row, i), NULL, 0);
          return FALSE;
        }
  while (n > n_columns && *kilter_sheet_get_text (sheet, row, n - 1) == '\0')
    n--;
  if (G_LIKELY (n == n_columns))
    return TRUE;
  wanted = g_strdup_printf ("%u", n_columns);
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
  kilter_import_say (preview, KILTER_IMPORT_FEWER_FIELDS, line, -1, NULL, wanted, n);
  return TRUE;
}

static void
note_product (Reader *reader, guint row, guint32 target)
{
  KilterImportData *data = reader->preview->data;
  KilterEntity *entity = data->entities[KILTER_ENTITY_PRODUCT]->pdata[g_array_index (data->targets, KilterTarget, target).entities[0]];
  static const KilterImportColumnType types[] = { KILTER_COLUMN_PRODUCT_NAME, KILTER_COLUMN_FAMILY, KILTER_COLUMN_CATEGORY };
  char **texts[] = { &entity->name, &entity->family, &entity->category };

  if (entity->id != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (*texts[i] == NULL && reader->columns[types[i]] >= 0)
      {
        g_autofree char *text =
          kilter_text_trim (kilter_sheet_get_text (reader->sheet, row, (guint) reader->columns[types[i]]));

        if (*text != '\0')
          *texts[i] = g_steal_pointer (&text);
      }
}

static void
add_entry (Reader *reader, guint row, guint32 target, guint32 period, guint8 variant, const double *values)
{
  Entry entry = { row, target, period, variant, 0 };

  g_array_append_val (reader->entries, entry);
  g_array_append_vals (reader->values, values, reader->n_values);
}

/* Returns whether the row gave any number. */
static gboolean
read_row (Reader *reader, guint row)
{
  double values[8];
  guint32 target = 0;
  guint8 variant = 0;
  gboolean any = FALSE;

  if (!check_row (reader, row))
    return FALSE;
  if (repeats_header (reader, row))
    {
      kilter_import_say (reader->preview, KILTER_IMPORT_REPEATED_HEADER, kilter_sheet_get_line (reader->sheet, row), -1, NULL, NULL, 0);
      return FALSE;
    }
  if (!find_target (reader, row, &target, &variant))
    return FALSE;

  if (reader->guess->layout == KILTER_LAYOUT_ACROSS)
    {
      for (guint i = 0; i < reader->period_columns->len; i++)
        {
          guint column = g_array_index (reader->period_columns, guint, i);
          const PeriodInfo *info = &g_array_index (reader->periods, PeriodInfo, reader->column_periods[column]);

          if (info->outside_before || info->outside_after || info->coarse)
            continue;
          if (!is_value_ok (reader, row, column, &values[0]))
            continue;
          add_entry (reader, row, target, reader->column_periods[column], variant, values);
          any = TRUE;
        }
    }
  else
    {
      guint period = find_period (reader, row);
      int column = reader->columns[KILTER_COLUMN_DATE];

      if (!check_period (reader, row, column, kilter_sheet_get_text (reader->sheet, row, (guint) column), period))
        return FALSE;
      for (guint i = 0; i < reader->n_values; i++)
        any |= is_value_ok (reader, row, reader->value_columns[i], &values[i]);
      if (any)
        add_entry (reader, row, target, period, variant, values);
    }
  if (any && reader->info->shape != KILTER_SHAPE_RESOURCE)
    note_product (reader, row, target);
  return any;
}

/* --- rows of the same key --- */

static char *
describe_key (Reader *reader, const Entry *entry)
{
  KilterImportData *data = reader->preview->data;
  const KilterTarget *target = &g_array_index (data->targets, KilterTarget, entry->target);
  const PeriodInfo *info = &g_array_index (reader->periods, PeriodInfo, entry->period);
  g_autofree char *period = kilter_period_to_string (&info->period);
  GString *out = g_string_new (NULL);
  static const KilterEntityKind kinds[] = { KILTER_ENTITY_PRODUCT, KILTER_ENTITY_REGION, KILTER_ENTITY_CHANNEL };

  for (int i = 0; i < 3; i++)
    {
      KilterEntityKind kind = reader->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE : kinds[i];

      if (i > 0 && (reader->info->shape != KILTER_SHAPE_SERIES || target->entities[i] < 0 ||
                    reader->columns[i == 1 ? KILTER_COLUMN_REGION : KILTER_COLUMN_CHANNEL] < 0))
        continue;
      g_string_append_printf (out, out->len > 0 ? ", %s" : "%s",
                              ((KilterEntity *) data->entities[kind]->pdata[target->entities[i]])->key);
    }
  g_string_append_printf (out, ", %s", period);
  return g_string_free (out, FALSE);
}

/* Whether two rows are the same in all cells, or only in those that are matched. */
static gboolean
same_cells (Reader *reader, guint a, guint b, gboolean ignored_too)
{
  const KilterImportPreview *preview = reader->preview;

  for (guint i = 0; i < preview->columns->len; i++)
    {
      gboolean ignored = g_array_index (preview->columns, KilterImportColumn, i).type == KILTER_COLUMN_IGNORE;

      if (ignored && !ignored_too)
        continue;
      if (!g_str_equal (kilter_sheet_get_text (reader->sheet, a, i), kilter_sheet_get_text (reader->sheet, b, i)))
        return FALSE;
    }
  return TRUE;
}

static double *
entry_values (Reader *reader, guint index)
{
  return &g_array_index (reader->values, double, (gsize) index * reader->n_values);
}

static void
add_values (Reader *reader, guint to, guint from)
{
  double *a = entry_values (reader, to);
  const double *b = entry_values (reader, from);

  for (guint i = 0; i < reader->n_values; i++)
    if (!isnan (b[i]))
      a[i] = isnan (a[i]) ? b[i] : a[i] + b[i];
}

static void
replace_values (Reader *reader, guint to, guint from)
{
  double *a = entry_values (reader, to);
  const double *b = entry_values (reader, from);

  for (guint i = 0; i < reader->n_values; i++)
    if (!isnan (b[i]))
      a[i] = b[i];
}

typedef struct
{
  guint conflicts;
  guint summed;
  guint last;
  guint example_first;
  guint example_second;
} Repeats;

/* Two entries of one key. @second is merged into @first, or dropped. FALSE stops the import. */
static gboolean
settle_repeat (Reader *reader, guint first, guint second, Repeats *repeats)
{
  KilterImportPreview *preview = reader->preview;
  const KilterImportOptions *options = reader->options;
  Entry *a = &g_array_index (reader->entries, Entry, first);
  Entry *b = &g_array_index (reader->entries, Entry, second);
  guint line_a = kilter_sheet_get_line (reader->sheet, a->row);
  guint line_b = kilter_sheet_get_line (reader->sheet, b->row);
  const PeriodInfo *period = &g_array_index (reader->periods, PeriodInfo, b->period);
  gboolean exact = same_cells (reader, a->row, b->row, TRUE);
  g_autofree char *key = NULL;

  if (a->variant != b->variant && reader->info->add)
    {
      /* the other program holds them apart, so that both count */
      key = describe_key (reader, b);
      kilter_import_say (preview, KILTER_IMPORT_SPELLINGS_MERGED, line_b, -1, key, NULL, line_a);
      add_values (reader, first, second);
      b->dropped = 2;
      return TRUE;
    }
  /* lists of single deliveries: rows that differ in what is not imported, such as a document's
   * number, are different deliveries of one day */
  if (reader->info->add && options->duplicates == KILTER_DUPLICATES_ASK &&
      period->period.unit == KILTER_PERIOD_DAY && !exact &&
      same_cells (reader, a->row, b->row, TRUE) == FALSE)
    {
      gboolean told_apart = FALSE;

      for (guint i = 0; i < preview->columns->len && !told_apart; i++)
        told_apart = g_array_index (preview->columns, KilterImportColumn, i).type == KILTER_COLUMN_IGNORE &&
                     !g_str_equal (kilter_sheet_get_text (reader->sheet, a->row, i),
                                   kilter_sheet_get_text (reader->sheet, b->row, i));
      if (told_apart)
        {
          add_values (reader, first, second);
          b->dropped = 2;
          repeats->summed++;
          return TRUE;
        }
    }
  switch (options->duplicates)
    {
    case KILTER_DUPLICATES_SUM:
      add_values (reader, first, second);
      b->dropped = 2;
      repeats->summed++;
      return TRUE;
    case KILTER_DUPLICATES_LAST:
      replace_values (reader, first, second);
      b->dropped = 2;
      repeats->last++;
      return TRUE;
    case KILTER_DUPLICATES_STOP:
      key = describe_key (reader, b);
      kilter_import_say (preview, KILTER_IMPORT_STOPPED_AT_DUPLICATE, line_b, -1, key, NULL, line_a);
      return FALSE;
    case KILTER_DUPLICATES_ASK:
    default:
      key = describe_key (reader, b);
      if (exact)
        {
          kilter_import_say (preview, KILTER_IMPORT_REPEATED_ROW, line_b, -1, key, NULL, line_a);
          b->dropped = 1;
          return TRUE;
        }
      kilter_import_say (preview, KILTER_IMPORT_CONFLICTING_ROW, line_b, -1, key, NULL, line_a);
      if (repeats->conflicts++ == 0)
        {
          repeats->example_first = first;
          repeats->example_second = second;
        }
      /* what would happen by the proposal */
      if (reader->info->add)
        add_values (reader, first, second);
      else
        replace_values (reader, first, second);
      b->dropped = 2;
      return TRUE;
    }
}

static void
ask_duplicates (Reader *reader, const Repeats *repeats)
{
  KilterImportQuestion *question;
  g_autofree char *key = describe_key (reader, &g_array_index (reader->entries, Entry, repeats->example_second));
  g_autofree char *text = NULL;

  if (reader->options->accept)
    return;
  text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u row has the same key as another but other numbers (%s). What should count?",
                 "%u rows have the same key as others but other numbers (for instance %s). What should count?",
                 repeats->conflicts),
    repeats->conflicts, key);
  question = kilter_import_question_new ("duplicates", text);
  kilter_import_question_add (question, "sum", g_strdup (_ ("their sum")));
  kilter_import_question_add (question, "last", g_strdup (_ ("the last one")));
  kilter_import_question_add (question, "stop", g_strdup (_ ("nothing: the file is refused")));
  question->proposed = reader->info->add ? 0 : 1;
  kilter_import_ask (reader->preview, question);
}

static gboolean
settle_repeats (Reader *reader)
{
  Map by_key = { 0 };
  Repeats repeats = { 0 };
  gboolean ok = TRUE;

  for (guint i = 0; i < reader->entries->len && ok; i++)
    {
      const Entry *entry = &g_array_index (reader->entries, Entry, i);
      guint32 same = g_array_index (reader->period_same, guint32, entry->period);
      gboolean is_new;
      guint32 *slot = map_get (&by_key, ((guint64) entry->target << 32) | same, &is_new);

      if (is_new)
        *slot = i;
      else
        ok = settle_repeat (reader, *slot, i, &repeats);
    }
  map_clear (&by_key);
  if (!ok)
    return FALSE;
  if (repeats.summed > 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_ROWS_SUMMED, 0, -1, NULL, NULL, repeats.summed);
  if (repeats.last > 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_LAST_TAKEN, 0, -1, NULL, NULL, repeats.last);
  if (repeats.conflicts > 0)
    ask_duplicates (reader, &repeats);
  return TRUE;
}

/* --- to the plan's buckets --- */

static void
put_value (Reader *reader, KilterTarget *target, guint measure, KilterBucket bucket, double value)
{
  int at = kilter_plan_find_bucket (reader->plan, bucket);
  double *cell;

  if (at < 0)
    return;
  if (target->values == NULL)
    target->values = g_new0 (double *, reader->n_values);
  if (target->values[measure] == NULL)
    {
      target->values[measure] = g_new (double, reader->preview->data->n_buckets);
      for (int i = 0; i < reader->preview->data->n_buckets; i++)
        target->values[measure][i] = NAN;
    }
  cell = &target->values[measure][at];
  *cell = reader->info->add && !isnan (*cell) ? *cell + value : value;
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Reader *reader = user_data;
  const guint *x = a, *y = b;
  const Entry *ex = &g_array_index (reader->entries, Entry, *x);
  const Entry *ey = &g_array_index (reader->entries, Entry, *y);
  guint32 dx = g_array_index (reader->periods, PeriodInfo, ex->period).period.first;
  guint32 dy = g_array_index (reader->periods, PeriodInfo, ey->period).period.first;

  return dx < dy ? -1 : dx > dy ? 1 : *x < *y ? -1 : *x > *y;
}

static void
fill_targets (Reader *reader)
{
  KilterImportData *data = reader->preview->data;
  g_autofree guint *order = g_new (guint, MAX (reader->entries->len, 1));
  guint split = 0;

  for (guint i = 0; i < reader->entries->len; i++)
    order[i] = i;
  /* where the last number of a bucket counts, by date */
  if (!reader->info->add)
    g_sort_array (order, reader->entries->len, sizeof *order, compare_entries, reader);

  for (guint k = 0; k < reader->entries->len; k++)
    {
      const Entry *entry = &g_array_index (reader->entries, Entry, order[k]);
      const PeriodInfo *period = &g_array_index (reader->periods, PeriodInfo, entry->period);
      KilterTarget *target = &g_array_index (data->targets, KilterTarget, entry->target);
      const double *values = entry_values (reader, order[k]);

      if (entry->dropped)
        continue;
      target->used = TRUE;
      split += period->first != period->last;
      for (guint m = 0; m < reader->n_values; m++)
        {
          double first;

          if (isnan (values[m]))
            continue;
          if (period->first == period->last || !reader->info->add)
            {
              put_value (reader, target, m, period->last, values[m]);
              continue;
            }
          first = values[m] * period->first_days / period->period.n_days;
          put_value (reader, target, m, period->first, first);
          put_value (reader, target, m, period->last, values[m] - first);
        }
    }
  if (split > 0 && reader->info->add)
    kilter_import_say (reader->preview, KILTER_IMPORT_WEEKS_SPLIT, 0, -1, NULL, NULL, split);
}

static int
entity_id (const KilterImportData *data, KilterEntityKind kind, int index)
{
  return index < 0 ? 0 : ((KilterEntity *) data->entities[kind]->pdata[index])->id;
}

/* The rows of the plan that a target stands for: one, or all markets of a product. */
static GArray *
find_rows (const KilterPlan *plan, const KilterImportData *data, const KilterTarget *target)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  int a = entity_id (data, data->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE : KILTER_ENTITY_PRODUCT, target->entities[0]);
  int region, channel, n = 0;
  const int *series;

  if (a == 0)
    return rows;
  if (data->info->shape != KILTER_SHAPE_SERIES)
    {
      g_array_append_val (rows, a);
      return rows;
    }
  region = entity_id (data, KILTER_ENTITY_REGION, target->entities[1]);
  channel = entity_id (data, KILTER_ENTITY_CHANNEL, target->entities[2]);
  if ((target->entities[1] >= 0 && region == 0) || (target->entities[2] >= 0 && channel == 0))
    return rows;
  series = kilter_plan_get_product_series (plan, a, &n);
  for (int i = 0; i < n; i++)
    {
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]);

      if (record != NULL && (region == 0 || kilter_record_ref (record, KILTER_SERIES_REGION) == region) &&
          (channel == 0 || kilter_record_ref (record, KILTER_SERIES_CHANNEL) == channel))
        g_array_append_val (rows, series[i]);
    }
  return rows;
}

static double
read_stored (const KilterPlan *plan, const KilterImportData *data, const GArray *rows, guint measure, int bucket)
{
  double sum = NAN;

  for (guint i = 0; i < rows->len; i++)
    {
      const double *stored = kilter_plan_get_stored (
        plan, KILTER_BASELINE, data->measures[measure], data->layers[measure], g_array_index (rows, int, i));

      if (stored != NULL && !isnan (stored[bucket]))
        sum = isnan (sum) ? stored[bucket] : sum + stored[bucket];
    }
  return sum;
}

typedef enum
{
  CELL_SAME,
  CELL_NEW,
  CELL_CHANGED,
} CellState;

/* How each cell of each target differs from the plan: n_buckets for each target and measure. */
static void
compare_targets (Reader *reader, guint8 **out_states)
{
  KilterImportData *data = reader->preview->data;
  gsize n = (gsize) data->n_buckets;

  for (guint t = 0; t < data->targets->len; t++)
    {
      const KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);
      g_autoptr (GArray) rows = NULL;

      if (!target->used || target->values == NULL)
        continue;
      rows = find_rows (reader->plan, data, target);
      out_states[t] = g_new0 (guint8, n);
      for (guint m = 0; m < reader->n_values; m++)
        for (int b = 0; target->values[m] != NULL && b < data->n_buckets; b++)
          {
            double now = target->values[m][b];
            double before;
            CellState state;

            if (isnan (now))
              continue;
            before = read_stored (reader->plan, data, rows, m, b);
            state = isnan (before)                                             ? CELL_NEW
                    : fabs (before - now) <= 1e-12 * MAX (fabs (before), 1) ? CELL_SAME
                                                                               : CELL_CHANGED;
            out_states[t][b] = MAX (out_states[t][b], state);
          }
    }
}

static void
count_rows (Reader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;
  g_autofree guint8 **states = g_new0 (guint8 *, MAX (data->targets->len, 1));
  guint i = 0;

  compare_targets (reader, states);
  while (i < reader->entries->len)
    {
      guint row = g_array_index (reader->entries, Entry, i).row;
      int state = -1;

      /* entries of one row stand together */
      for (; i < reader->entries->len && g_array_index (reader->entries, Entry, i).row == row; i++)
        {
          const Entry *entry = &g_array_index (reader->entries, Entry, i);
          const PeriodInfo *period = &g_array_index (reader->periods, PeriodInfo, entry->period);
          int at = kilter_plan_find_bucket (reader->plan, period->last);

          if (at < 0)
            at = kilter_plan_find_bucket (reader->plan, period->first);
          if (entry->dropped == 1 || at < 0 || states[entry->target] == NULL)
            continue;
          state = MAX (state, (int) states[entry->target][at]);
        }
      if (state < 0)
        preview->n_skipped++;
      else
        {
          preview->n_ready++;
          preview->n_new += state == CELL_NEW;
          preview->n_changed += state == CELL_CHANGED;
          preview->n_same += state == CELL_SAME;
        }
    }
  for (guint t = 0; t < data->targets->len; t++)
    g_free (states[t]);
}

static void
count_entities (Reader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;
  guint *counts[KILTER_N_ENTITIES] = { &preview->n_products, &preview->n_regions, &preview->n_channels, NULL };
  guint *news[KILTER_N_ENTITIES] = { &preview->n_new_products, &preview->n_new_regions, &preview->n_new_channels, NULL };
  g_autoptr (GHashTable) families = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint t = 0; t < data->targets->len; t++)
    {
      KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);

      if (!target->used)
        continue;
      for (int i = 0; i < (data->info->shape == KILTER_SHAPE_SERIES ? 3 : 1); i++)
        {
          KilterEntityKind kind = data->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE : (KilterEntityKind) i;

          if (target->entities[i] >= 0)
            ((KilterEntity *) data->entities[kind]->pdata[target->entities[i]])->used = TRUE;
        }
      if (data->info->shape == KILTER_SHAPE_SERIES)
        {
          g_autoptr (GArray) rows = find_rows (reader->plan, data, target);

          preview->n_new_series += rows->len == 0;
        }
    }
  for (int kind = 0; kind < KILTER_N_ENTITIES; kind++)
    for (guint i = 0; i < data->entities[kind]->len; i++)
      {
        const KilterEntity *entity = data->entities[kind]->pdata[i];

        if (!entity->used || counts[kind] == NULL)
          continue;
        *counts[kind] += 1;
        *news[kind] += entity->id == 0;
        if (entity->id == 0 && entity->family != NULL &&
            kilter_plan_find_record (reader->plan, KILTER_TABLE_FAMILY, entity->family) == NULL)
          g_hash_table_add (families, entity->family);
      }
  preview->n_new_families = g_hash_table_size (families);
}

static void
count_totals (Reader *reader)
{
  KilterImportPreview *preview = reader->preview;

  for (guint m = 0; m < reader->n_values; m++)
    {
      KilterImportTotal total = { NULL, NULL, 0, 0 };

      for (guint k = 0; k < preview->infos->len && total.key == NULL; k++)
        {
          const KilterImportColumnInfo *info = &g_array_index (preview->infos, KilterImportColumnInfo, k);

          if (info->measure == preview->data->measures[m])
            {
              total.key = info->key;
              total.label = info->label;
            }
        }
      for (guint i = 0; i < reader->entries->len; i++)
        {
          double value = entry_values (reader, i)[m];

          if (g_array_index (reader->entries, Entry, i).dropped || isnan (value))
            continue;
          total.sum += value;
          total.n++;
        }
      g_array_append_val (preview->totals, total);
    }
  for (guint i = 0; i < reader->entries->len; i++)
    {
      const Entry *entry = &g_array_index (reader->entries, Entry, i);
      const PeriodInfo *period = &g_array_index (reader->periods, PeriodInfo, entry->period);

      if (entry->dropped == 1)
        continue;
      if (preview->first == KILTER_BUCKET_NONE || period->first < preview->first)
        preview->first = period->first;
      if (preview->last == KILTER_BUCKET_NONE || period->last > preview->last)
        preview->last = period->last;
    }
}

/* --- the sample --- */

static char *
show_cell (Reader *reader, guint row, guint column)
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
      if (preview->date_format == KILTER_DATE_YEAR_MONTH)
        return kilter_text_trim (text);
      return kilter_value_read_date (text, preview->date_format, &period) == KILTER_DATE_OK
               ? kilter_period_to_string (&period)
               : NULL;
    case KILTER_COLUMN_MEASURE:
    case KILTER_COLUMN_PERIOD:
      return kilter_value_read_number (text, preview->decimal, &value, NULL) == KILTER_VALUE_OK
               ? kilter_number_to_c (value)
               : NULL;
    default:
      return kilter_text_trim (text);
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
        preview->sample_before[i * n_columns + c] = g_strdup (kilter_sheet_get_text (reader->sheet, first + i, c));
        preview->sample_after[i * n_columns + c] = show_cell (reader, first + i, c);
      }
}

static void
find_columns (Reader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;

  for (int type = 0; type <= KILTER_COLUMN_PERIOD; type++)
    reader->columns[type] = kilter_import_find_column (preview, type);
  if (reader->guess->layout == KILTER_LAYOUT_ACROSS)
    {
      for (guint k = 0; k < preview->infos->len && reader->n_values == 0; k++)
        {
          const KilterImportColumnInfo *info = &g_array_index (preview->infos, KilterImportColumnInfo, k);

          if (info->type == KILTER_COLUMN_MEASURE)
            {
              data->measures[0] = info->measure;
              reader->n_values = 1;
            }
        }
    }
  else
    for (guint i = 0; i < preview->columns->len && reader->n_values < G_N_ELEMENTS (reader->value_columns); i++)
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
check_period_headings (Reader *reader)
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
clear_reader (Reader *reader)
{
  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    kilter_entity_finder_free (reader->finders[i]);
  g_hash_table_unref (reader->period_by_text);
  g_array_unref (reader->periods);
  g_array_unref (reader->period_same);
  g_array_unref (reader->entries);
  g_array_unref (reader->values);
  g_clear_pointer (&reader->period_columns, g_array_unref);
  g_free (reader->column_periods);
  map_clear (&reader->period_by_day);
  map_clear (&reader->target_by_key);
}

static void
read_all (Reader *reader, KilterJob *job)
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
  Reader reader = { .preview = preview, .plan = plan, .sheet = file->sheet, .options = options, .guess = guess };

  reader.info = preview->data->info;
  reader.bucket_kind = kilter_plan_get_bucket_kind (plan);
  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    reader.finders[i] = kilter_entity_finder_new (plan, i, options, preview->data->entities[i]);
  reader.period_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.periods = g_array_new (FALSE, FALSE, sizeof (PeriodInfo));
  reader.period_same = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  reader.values = g_array_new (FALSE, FALSE, sizeof (double));
  find_columns (&reader);
  if (guess->layout == KILTER_LAYOUT_ACROSS)
    {
      read_period_headings (&reader);
      check_period_headings (&reader);
    }
  read_all (&reader, job);
  make_sample (&reader);
  if (settle_repeats (&reader))
    {
      if (reader.n_default_market > 0)
        kilter_import_say (preview, KILTER_IMPORT_DEFAULT_MARKET, 0, -1, "All", NULL, reader.n_default_market);
      if (reader.n_all_markets > 0)
        kilter_import_say (preview, KILTER_IMPORT_ALL_MARKETS, 0, -1, NULL, NULL, reader.n_all_markets);
      fill_targets (&reader);
      count_rows (&reader);
      count_entities (&reader);
      count_totals (&reader);
    }
  clear_reader (&reader);
}

/* --- finishing --- */

static int
find_or_add_named (KilterCommand *command, const KilterPlan *plan, GHashTable *made, KilterTableId table, int field, const char *name)
{
  const KilterRecord *record = kilter_plan_find_record (plan, table, name);
  g_autofree char *key = g_strdup_printf ("%d/%s", table, name);
  int id;

  if (record != NULL)
    return record->id;
  id = GPOINTER_TO_INT (g_hash_table_lookup (made, key));
  if (id != 0)
    return id;
  id = kilter_command_add_record (command, plan, table);
  kilter_command_set_field_text (command, plan, table, id, field, name);
  g_hash_table_insert (made, g_steal_pointer (&key), GINT_TO_POINTER (id));
  return id;
}

/* Makes the records that are missing; ids by entity. */
static int *
make_entities (const KilterPlan *plan, const KilterImportData *data, KilterEntityKind kind, GHashTable *made, KilterCommand *command)
{
  KilterTableId table = entity_id (data, kind, -1) == 0 ? (KilterTableId[]){ KILTER_TABLE_PRODUCT, KILTER_TABLE_REGION, KILTER_TABLE_CHANNEL, KILTER_TABLE_RESOURCE }[kind] : 0;
  int key = kilter_table_get_info (table)->key;
  int *ids = g_new0 (int, MAX (data->entities[kind]->len, 1));

  for (guint i = 0; i < data->entities[kind]->len; i++)
    {
      const KilterEntity *entity = data->entities[kind]->pdata[i];

      ids[i] = entity->id;
      if (entity->id != 0 || !entity->used)
        continue;
      ids[i] = find_or_add_named (command, plan, made, table, key, entity->key);
      if (kind != KILTER_ENTITY_PRODUCT)
        continue;
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_NAME, entity->name != NULL ? entity->name : entity->key);
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_STATUS, "active");
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_MAKE, "stock");
      if (entity->family != NULL)
        {
          int family = find_or_add_named (command, plan, made, KILTER_TABLE_FAMILY, KILTER_FAMILY_NAME, entity->family);

          kilter_command_set_field_number (command, plan, table, ids[i], KILTER_PRODUCT_FAMILY, family);
          if (entity->category != NULL)
            kilter_command_set_field_number (
              command, plan, KILTER_TABLE_FAMILY, family, KILTER_FAMILY_CATEGORY,
              find_or_add_named (command, plan, made, KILTER_TABLE_CATEGORY, KILTER_CATEGORY_NAME, entity->category));
        }
    }
  return ids;
}

static void
write_row (const KilterPlan *plan, const KilterImportData *data, guint m, int row, const double *values, double share, KilterCommand *command)
{
  int n = data->n_buckets;
  g_autofree double *out = g_new (double, n);
  const double *stored = kilter_plan_get_stored (plan, KILTER_BASELINE, data->measures[m], data->layers[m], row);
  int first = -1, last = -1;

  for (int b = 0; b < n; b++)
    {
      double before = stored != NULL ? stored[b] : NAN;

      out[b] = isnan (values[b]) ? before : values[b] * share;
      if (!isnan (values[b]) && out[b] != before)
        {
          if (first < 0)
            first = b;
          last = b;
        }
    }
  if (first >= 0)
    kilter_command_set_values (command, plan, KILTER_BASELINE, data->measures[m], data->layers[m], row, first, last - first + 1, out + first);
}

/* How a number for all markets is divided: by the sales of the last year before the cycle. */
static double *
find_shares (const KilterPlan *plan, const GArray *rows)
{
  double *shares = g_new0 (double, MAX (rows->len, 1));
  int end = kilter_plan_get_n_history (plan);
  int start = MAX (end - kilter_plan_get_season (plan), 0);
  double sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const double *actual = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, g_array_index (rows, int, i));

      for (int b = start; actual != NULL && b < end; b++)
        if (actual[b] > 0)
          shares[i] += actual[b];
      sum += shares[i];
    }
  for (guint i = 0; i < rows->len; i++)
    shares[i] = sum > 0 ? shares[i] / sum : 1.0 / rows->len;
  return shares;
}

static int
make_series (const KilterPlan *plan, GHashTable *made, int product, int region, int channel, KilterCommand *command)
{
  g_autofree char *key = NULL;
  int id = kilter_plan_find_series (plan, product, region, channel);

  if (id > 0)
    return id;
  key = g_strdup_printf ("series/%d/%d/%d", product, region, channel);
  id = GPOINTER_TO_INT (g_hash_table_lookup (made, key));
  if (id != 0)
    return id;
  id = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_PRODUCT, product);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_REGION, region);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_CHANNEL, channel);
  g_hash_table_insert (made, g_steal_pointer (&key), GINT_TO_POINTER (id));
  return id;
}

/**
 * kilter_import_finish_numbers:
 *
 * Adds to @command the records that are missing and the numbers that differ from the plan.
 */
void
kilter_import_finish_numbers (
  const KilterPlan *plan, const KilterImportPreview *preview, KilterCommand *command)
{
  const KilterImportData *data = preview->data;
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int *ids[KILTER_N_ENTITIES];

  for (int kind = 0; kind < KILTER_N_ENTITIES; kind++)
    ids[kind] = make_entities (plan, data, kind, made, command);
  for (guint t = 0; t < data->targets->len; t++)
    {
      const KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);
      g_autoptr (GArray) rows = NULL;
      g_autofree double *shares = NULL;

      if (!target->used || target->values == NULL)
        continue;
      rows = find_rows (plan, data, target);
      if (rows->len == 0)
        {
          int row;

          if (data->info->shape == KILTER_SHAPE_SERIES)
            {
              int region = target->entities[1] >= 0 ? ids[KILTER_ENTITY_REGION][target->entities[1]]
                                                    : find_or_add_named (command, plan, made, KILTER_TABLE_REGION, KILTER_REGION_NAME, "All");
              int channel = target->entities[2] >= 0 ? ids[KILTER_ENTITY_CHANNEL][target->entities[2]]
                                                     : find_or_add_named (command, plan, made, KILTER_TABLE_CHANNEL, KILTER_CHANNEL_NAME, "All");

              row = make_series (plan, made, ids[KILTER_ENTITY_PRODUCT][target->entities[0]], region, channel, command);
            }
          else
            row = ids[data->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE : KILTER_ENTITY_PRODUCT][target->entities[0]];
          g_array_append_val (rows, row);
        }
      shares = find_shares (plan, rows);
      for (guint m = 0; m < data->n_measures; m++)
        for (guint i = 0; target->values[m] != NULL && i < rows->len; i++)
          write_row (plan, data, m, g_array_index (rows, int, i), target->values[m], rows->len == 1 ? 1 : shares[i], command);
    }
  for (int kind = 0; kind < KILTER_N_ENTITIES; kind++)
    g_free (ids[kind]);
}
