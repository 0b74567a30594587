/* kilter-import-convert.c: numbers in other units and currencies than the plan's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-numbers.h"

#include <math.h>
#include <string.h>

/* One rate: the plan's money for one of the currency, from a period on. */
typedef struct
{
  KilterBucket first;
  double rate;
} Rate;

struct _KilterConverter
{
  const KilterPlan *plan;
  GHashTable *units; /* "product id/unit" → double: units of the plan in one of it */
  GHashTable *rates; /* currency → GArray of Rate, by rising period */
  char *own;         /* the plan's currency */
};

static char *
unit_key (int product, const char *unit)
{
  g_autofree char *folded = kilter_text_fold (unit);

  return g_strdup_printf ("%d/%s", product, folded);
}

static void
free_rates (gpointer data)
{
  g_array_unref (data);
}

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  const Rate *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static void
read_units (KilterConverter *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_CONVERSION, unit)
    {
      double quantity = kilter_record_number_or (unit, KILTER_CONVERSION_QUANTITY, NAN);

      if (quantity > 0)
        g_hash_table_insert (self->units,
                             unit_key (kilter_record_ref (unit, KILTER_CONVERSION_PRODUCT),
                                       kilter_record_text (unit, KILTER_CONVERSION_UNIT)),
                             g_memdup2 (&quantity, sizeof quantity));
    }
}

static void
read_rates (KilterConverter *self)
{
  GHashTableIter iter;
  gpointer rates;

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_EXCHANGE, record)
    {
      g_autofree char *currency = g_ascii_strup (
        kilter_record_text (record, KILTER_EXCHANGE_CURRENCY), -1);
      Rate rate = { kilter_bucket_from_string (kilter_plan_get_bucket_kind (self->plan),
                                               kilter_record_text (record, KILTER_EXCHANGE_FROM)),
                    kilter_record_number_or (record, KILTER_EXCHANGE_RATE, NAN) };
      GArray *array = g_hash_table_lookup (self->rates, currency);

      if (!(rate.rate > 0) || rate.first == KILTER_BUCKET_NONE)
        continue;
      if (array == NULL)
        {
          array = g_array_new (FALSE, FALSE, sizeof (Rate));
          g_hash_table_insert (self->rates, g_steal_pointer (&currency), array);
        }
      g_array_append_val (array, rate);
    }
  g_hash_table_iter_init (&iter, self->rates);
  while (g_hash_table_iter_next (&iter, NULL, &rates))
    g_array_sort (rates, compare_rates);
}

KilterConverter *
kilter_converter_new (const KilterPlan *plan)
{
  KilterConverter *self = g_new0 (KilterConverter, 1);

  self->plan = plan;
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_rates);
  self->own = g_ascii_strup (kilter_plan_get_currency (plan), -1);
  read_units (self);
  read_rates (self);
  return self;
}

void
kilter_converter_free (KilterConverter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->rates);
  g_free (self->own);
  g_free (self);
}

/**
 * kilter_converter_get_unit:
 * @product: the id of the product, 0 for one that is new
 * @unit: what the file says
 *
 * A product without a unit is counted in whatever the file counts.
 *
 * Returns: how many of the product's own units one of @unit is; NaN when nothing says so
 */
double
kilter_converter_get_unit (const KilterConverter *self, int product, const char *unit)
{
  const KilterRecord *record = product != 0 ? kilter_plan_get_record (self->plan,
                                                                      KILTER_TABLE_PRODUCT, product)
                                            : NULL;
  const char *own = record != NULL ? kilter_record_text (record, KILTER_PRODUCT_UNIT) : "";
  g_autofree char *key = unit_key (product, unit);
  g_autofree char *folded = kilter_text_fold (unit);
  g_autofree char *folded_own = kilter_text_fold (own);
  const double *found = g_hash_table_lookup (self->units, key);

  if (*folded == '\0' || g_str_equal (folded, folded_own))
    return 1;
  if (found != NULL)
    return *found;
  return *folded_own == '\0' ? 1 : NAN;
}

/**
 * kilter_converter_get_rate:
 * @currency: its code, as the file has it
 * @bucket: the period that the money belongs to
 *
 * Returns: the plan's money for one of @currency by the last rate that began until then; NaN when
 *   there is none
 */
double
kilter_converter_get_rate (const KilterConverter *self, const char *currency, KilterBucket bucket)
{
  g_autofree char *code = g_ascii_strup (currency, -1);
  const GArray *rates;
  double found = NAN;

  g_strstrip (code);
  if (*code == '\0' || g_str_equal (code, self->own))
    return 1;
  rates = g_hash_table_lookup (self->rates, code);
  for (guint i = 0; rates != NULL && i < rates->len; i++)
    if (g_array_index (rates, Rate, i).first <= bucket)
      found = g_array_index (rates, Rate, i).rate;
  return found;
}

/* --- the rows of a file --- */

/* What stands in the column of a type, without blanks; NULL without such a column. */
static char *
read_column (const KilterNumberReader *reader, guint row, KilterImportColumnType type)
{
  int column = reader->columns[type];

  return column >= 0 ? kilter_text_trim (kilter_sheet_get_text (reader->sheet, row, (guint) column))
                     : NULL;
}

/**
 * kilter_number_reader_convert:
 * @values: (inout) (array length=n_values): the numbers of the row in one period
 *
 * Puts numbers in another unit or currency into those of the plan. What cannot be put so is left
 * out, and said.
 *
 * Returns: whether the numbers can be taken
 */
gboolean
kilter_number_reader_convert (KilterNumberReader *reader,
                              guint row,
                              guint32 target,
                              guint32 period,
                              double *values)
{
  KilterImportData *data = reader->preview->data;
  const KilterTarget *to = &g_array_index (data->targets, KilterTarget, target);
  const KilterPeriodInfo *info = &g_array_index (reader->periods, KilterPeriodInfo, period);
  g_autofree char *unit = read_column (reader, row, KILTER_COLUMN_UNIT);
  g_autofree char *currency = read_column (reader, row, KILTER_COLUMN_CURRENCY);
  double quantity = 1, money = 1;

  if (unit == NULL && currency == NULL)
    return TRUE;
  if (unit != NULL)
    {
      const KilterEntity *product = data->entities[KILTER_ENTITY_PRODUCT]->pdata[to->entities[0]];

      quantity = kilter_converter_get_unit (reader->converter, product->id, unit);
      if (isnan (quantity))
        {
          kilter_import_say (reader->preview, KILTER_IMPORT_UNKNOWN_UNIT,
                             kilter_sheet_get_line (reader->sheet, row),
                             reader->columns[KILTER_COLUMN_UNIT], unit, product->key, 0);
          return FALSE;
        }
    }
  if (currency != NULL)
    {
      money = kilter_converter_get_rate (reader->converter, currency, info->last);
      if (isnan (money))
        {
          g_autofree char *when = kilter_bucket_to_string (reader->bucket_kind, info->last);

          kilter_import_say (reader->preview, KILTER_IMPORT_UNKNOWN_CURRENCY,
                             kilter_sheet_get_line (reader->sheet, row),
                             reader->columns[KILTER_COLUMN_CURRENCY], currency, when, 0);
          return FALSE;
        }
    }
  reader->n_converted += quantity != 1 || money != 1;
  for (guint i = 0; i < reader->n_values; i++)
    switch (kilter_measure_get_info (data->measures[i])->unit)
      {
      case KILTER_UNIT_QUANTITY:
        values[i] *= quantity;
        break;
      case KILTER_UNIT_MONEY:
        values[i] *= money;
        break;
      case KILTER_UNIT_PRICE:
        /* money for one unit of the file */
        values[i] *= money / quantity;
        break;
      case KILTER_UNIT_HOURS:
      case KILTER_UNIT_DAYS:
      case KILTER_UNIT_RATIO:
      default:
        break;
      }
  return TRUE;
}
