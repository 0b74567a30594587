/* kilter-plan.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-plan-private.h"

#include "base/kilter-hash.h"
#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

/* A scenario inherits a cell where its own is missing. This NaN says "typed away": the parent has
 * a value there and the scenario has none. In the file: an input row whose value is NULL. */
#define CLEARED_BITS G_GUINT64_CONSTANT (0x7ff8000000000c1e)

static void
free_row_array (GPtrArray *rows)
{
  if (rows != NULL)
    g_ptr_array_unref (rows);
}

void
kilter_note_free (gpointer data)
{
  kilter_cell_note_clear (data);
  g_free (data);
}

void
kilter_version_data_free (gpointer data)
{
  KilterVersionData *self = data;

  if (self == NULL)
    return;
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      for (int l = 0; l < KILTER_N_LAYERS; l++)
        {
          free_row_array (self->stored[m][l]);
          free_row_array (self->merged[m][l]);
        }
      free_row_array (self->effective[m]);
    }
  g_hash_table_unref (self->notes);
  g_free (self);
}

static void
free_record (gpointer data)
{
  KilterRecord *record = data;

  if (record == NULL)
    return;
  kilter_values_free (record->table, record->values);
  g_free (record);
}

gpointer
kilter_rows_peek (const GPtrArray *array, int index)
{
  return array != NULL && index >= 0 && (guint) index < array->len ? array->pdata[index] : NULL;
}

/* Puts @data at @index of an array of pointers, growing it; what stood there is freed. */
void
kilter_rows_put (GPtrArray **array, int index, gpointer data, GDestroyNotify destroy)
{
  if (*array == NULL)
    *array = g_ptr_array_new_with_free_func (destroy);
  if ((guint) index >= (*array)->len)
    {
      if (data == NULL)
        return;
      g_ptr_array_set_size (*array, index + 1);
    }
  if ((*array)->pdata[index] != NULL && (*array)->pdata[index] != data && destroy != NULL)
    destroy ((*array)->pdata[index]);
  (*array)->pdata[index] = data;
}

guint64
kilter_note_key (KilterMeasure measure, int row, KilterBucket bucket)
{
  return ((guint64) measure << 56) | ((guint64) (guint32) row << 24) |
         ((guint64) (guint32) bucket & 0xffffff);
}

void
kilter_cell_note_clear (KilterCellNote *note)
{
  g_clear_pointer (&note->author, g_free);
  g_clear_pointer (&note->at, g_free);
  g_clear_pointer (&note->reason, g_free);
}

void
kilter_cell_note_copy (KilterCellNote *to, const KilterCellNote *from)
{
  to->author = from != NULL ? g_strdup (from->author) : NULL;
  to->at = from != NULL ? g_strdup (from->at) : NULL;
  to->reason = from != NULL ? g_strdup (from->reason) : NULL;
}

/**
 * kilter_value_cleared:
 *
 * Returns: the NaN that stands in a scenario for "the parent's typed value is taken away"
 */
double
kilter_value_cleared (void)
{
  guint64 bits = CLEARED_BITS;
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

gboolean
kilter_value_is_cleared (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits == CLEARED_BITS;
}

/* --- time --- */

double *
kilter_rows_new_missing (int n)
{
  double *row = g_new (double, MAX (n, 1));

  for (int i = 0; i < n; i++)
    row[i] = NAN;
  return row;
}

/* Gives every stored row the new span; buckets outside it are dropped. */
static void
set_span (KilterPlan *self, KilterBucket start, int n_history, int n_horizon)
{
  int old_n = self->n_history + self->n_horizon;
  int n = n_history + n_horizon;
  int shift = self->start - start;

  if (start == self->start && n_history == self->n_history && n_horizon == self->n_horizon &&
      self->missing != NULL)
    return;

  for (guint v = 0; v < self->versions->len; v++)
    {
      KilterVersionData *data = self->versions->pdata[v];

      for (int m = 0; data != NULL && m < KILTER_N_MEASURES; m++)
        for (int l = 0; l < KILTER_N_LAYERS; l++)
          {
            GPtrArray *rows = data->stored[m][l];

            for (guint r = 0; rows != NULL && r < rows->len; r++)
              {
                double *old = rows->pdata[r];
                double *values;

                if (old == NULL || (shift == 0 && n == old_n))
                  continue;
                values = kilter_rows_new_missing (n);
                for (int i = 0; i < old_n; i++)
                  if (i + shift >= 0 && i + shift < n)
                    values[i + shift] = old[i];
                rows->pdata[r] = values;
                g_free (old);
              }
          }
    }
  self->start = start;
  self->n_history = n_history;
  self->n_horizon = n_horizon;
  g_free (self->missing);
  self->missing = kilter_rows_new_missing (n);
  kilter_plan_invalidate_all (self);
}

/* Reads the span from the settings, once all four are there. */
void
kilter_plan_update_span (KilterPlan *self)
{
  const char *kind_text = kilter_plan_get_setting (self, "bucket");
  const char *cycle_text = kilter_plan_get_setting (self, "cycle");
  double history = kilter_plan_get_setting_number (self, "history");
  double horizon = kilter_plan_get_setting_number (self, "horizon");
  KilterBucketKind kind = self->kind;
  KilterBucket cycle;

  if (kind_text != NULL && !kilter_bucket_kind_from_string (kind_text, &kind))
    kind = self->kind;
  self->kind = kind;
  if (cycle_text == NULL || isnan (history) || isnan (horizon))
    return;
  cycle = kilter_bucket_from_string (kind, cycle_text);
  if (cycle == KILTER_BUCKET_NONE || history < 0 || history > 10000 || horizon < 1 ||
      horizon > 1000)
    return;
  set_span (self, cycle - (int) history, (int) history, (int) horizon);
}

/**
 * kilter_plan_new:
 * @kind: which calendar
 * @cycle: the cycle's bucket, the first of the horizon
 * @n_history: buckets before it
 * @n_horizon: buckets from it on
 *
 * Makes an empty plan: no records, not even a baseline. See kilter_plan_set_up().
 *
 * Returns: (transfer full): the plan
 */
KilterPlan *
kilter_plan_new (KilterBucketKind kind, KilterBucket cycle, int n_history, int n_horizon)
{
  KilterPlan *self = g_new0 (KilterPlan, 1);

  self->kind = kind;
  self->versions = g_ptr_array_new_with_free_func (kilter_version_data_free);
  self->index_dirty = TRUE;
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      const KilterTableInfo *info = kilter_table_get_info (t);

      self->tables[t].records = g_ptr_array_new_with_free_func (free_record);
      if (info->key >= 0 && (info->fields[info->key].flags & KILTER_FIELD_UNIQUE) &&
          info->fields[info->key].type != KILTER_FIELD_REF)
        self->tables[t].by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  set_span (self, cycle - n_history, n_history, n_horizon);
  return self;
}

static void
clear_index (KilterPlan *self)
{
  g_clear_pointer (&self->series_by_key, g_hash_table_unref);
  g_clear_pointer (&self->product_series, g_ptr_array_unref);
  g_clear_pointer (&self->product_uses, g_ptr_array_unref);
  g_clear_pointer (&self->alternative_uses, g_ptr_array_unref);
  g_clear_pointer (&self->product_bill, g_ptr_array_unref);
  g_clear_pointer (&self->product_parents, g_ptr_array_unref);
  g_clear_pointer (&self->resource_products, g_ptr_array_unref);
  g_clear_pointer (&self->product_policy, g_ptr_array_unref);
  g_clear_pointer (&self->series_model, g_ptr_array_unref);
  kilter_plan_clear_varied (self);
}

void
kilter_plan_free (KilterPlan *self)
{
  if (self == NULL)
    return;
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      g_ptr_array_unref (self->tables[t].records);
      g_clear_pointer (&self->tables[t].by_key, g_hash_table_unref);
    }
  g_ptr_array_unref (self->versions);
  clear_index (self);
  g_clear_pointer (&self->classes, g_array_unref);
  g_free (self->base_digest);
  g_free (self->missing);
  g_free (self);
}

KilterBucketKind
kilter_plan_get_bucket_kind (const KilterPlan *self)
{
  return self->kind;
}

KilterBucket
kilter_plan_get_start (const KilterPlan *self)
{
  return self->start;
}

KilterBucket
kilter_plan_get_cycle (const KilterPlan *self)
{
  return self->start + self->n_history;
}

int
kilter_plan_get_n_history (const KilterPlan *self)
{
  return self->n_history;
}

int
kilter_plan_get_n_horizon (const KilterPlan *self)
{
  return self->n_horizon;
}

int
kilter_plan_get_n_buckets (const KilterPlan *self)
{
  return self->n_history + self->n_horizon;
}

KilterBucket
kilter_plan_get_bucket (const KilterPlan *self, int index)
{
  return self->start + index;
}

/**
 * kilter_plan_find_bucket:
 *
 * Returns: the bucket's index, or -1 when the plan does not reach it
 */
int
kilter_plan_find_bucket (const KilterPlan *self, KilterBucket bucket)
{
  if (bucket < self->start || bucket >= self->start + self->n_history + self->n_horizon)
    return -1;
  return bucket - self->start;
}

int
kilter_plan_get_season (const KilterPlan *self)
{
  return kilter_bucket_kind_season (self->kind);
}

/* --- records --- */

int
kilter_plan_get_max_id (const KilterPlan *self, KilterTableId table)
{
  guint length = self->tables[table].records->len;

  return length > 0 ? (int) length - 1 : 0;
}

/**
 * kilter_plan_get_record:
 *
 * Returns: (transfer none) (nullable): the record; valid until the next command
 */
const KilterRecord *
kilter_plan_get_record (const KilterPlan *self, KilterTableId table, int id)
{
  return kilter_rows_peek (self->tables[table].records, id);
}

/**
 * kilter_plan_find_record:
 * @key: the record's code or name
 *
 * Returns: (transfer none) (nullable): the record of a table with a unique key
 */
const KilterRecord *
kilter_plan_find_record (const KilterPlan *self, KilterTableId table, const char *key)
{
  const KilterTableData *data = &self->tables[table];

  if (data->by_key == NULL || key == NULL)
    return NULL;
  return kilter_rows_peek (data->records,
                           GPOINTER_TO_INT (g_hash_table_lookup (data->by_key, key)));
}

int
kilter_plan_count_records (const KilterPlan *self, KilterTableId table)
{
  return self->tables[table].count;
}

/**
 * kilter_plan_get_key:
 *
 * Returns: (transfer none): the code or name of a record, "" when there is no such record
 */
const char *
kilter_plan_get_key (const KilterPlan *self, KilterTableId table, int id)
{
  const KilterRecord *record = kilter_plan_get_record (self, table, id);
  int key = kilter_table_get_info (table)->key;

  return record != NULL && key >= 0 ? kilter_record_text (record, key) : "";
}

void
kilter_plan_write_record (KilterPlan *self, KilterTableId table, int id, const KilterValue *values)
{
  KilterTableData *data = &self->tables[table];
  int key = kilter_table_get_info (table)->key;
  KilterRecord *old = kilter_rows_peek (data->records, id);
  KilterRecord *record = NULL;

  g_return_if_fail (id > 0);

  if (old != NULL && data->by_key != NULL && old->values[key].text != NULL &&
      GPOINTER_TO_INT (g_hash_table_lookup (data->by_key, old->values[key].text)) == id)
    g_hash_table_remove (data->by_key, old->values[key].text);
  if (values != NULL)
    {
      record = g_new0 (KilterRecord, 1);
      record->id = id;
      record->table = table;
      record->values = kilter_values_copy (table, values);
      if (data->by_key != NULL && record->values[key].text != NULL)
        g_hash_table_insert (data->by_key, g_strdup (record->values[key].text),
                             GINT_TO_POINTER (id));
    }
  data->count += (record != NULL) - (old != NULL);
  kilter_rows_put (&data->records, id, record, free_record);
  while (data->records->len > 0 && data->records->pdata[data->records->len - 1] == NULL)
    g_ptr_array_set_size (data->records, (gint) data->records->len - 1);
  if (table == KILTER_TABLE_SETTING && !self->defer_span)
    kilter_plan_update_span (self);
  self->index_dirty = TRUE;
  self->generation++;
}

static char *
series_key (int product, int region, int channel)
{
  return g_strdup_printf ("%d/%d/%d", product, region, channel);
}

static GArray *
ensure_array (GPtrArray *arrays, int index, gsize size)
{
  if ((guint) index >= arrays->len)
    g_ptr_array_set_size (arrays, index + 1);
  if (arrays->pdata[index] == NULL)
    arrays->pdata[index] = g_array_new (FALSE, FALSE, (guint) size);
  return arrays->pdata[index];
}

static void
unref_array (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

/* Makes the indices over series, rates, policies and versions anew. */
void
kilter_plan_update_index (KilterPlan *self)
{
  if (!self->index_dirty)
    return;
  self->index_dirty = FALSE;
  clear_index (self);
  self->series_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->product_series = g_ptr_array_new_with_free_func (unref_array);
  self->product_uses = g_ptr_array_new_with_free_func (unref_array);
  self->alternative_uses = g_ptr_array_new_with_free_func (unref_array);
  self->product_bill = g_ptr_array_new_with_free_func (unref_array);
  self->product_parents = g_ptr_array_new_with_free_func (unref_array);
  self->resource_products = g_ptr_array_new_with_free_func (unref_array);
  self->product_policy = g_ptr_array_new ();
  self->series_model = g_ptr_array_new ();

  KILTER_FOREACH_RECORD (self, KILTER_TABLE_SERIES, series)
    {
      int product = kilter_record_ref (series, KILTER_SERIES_PRODUCT);

      g_hash_table_insert (self->series_by_key,
                           series_key (product, kilter_record_ref (series, KILTER_SERIES_REGION),
                                       kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                           GINT_TO_POINTER (series->id));
      g_array_append_val (ensure_array (self->product_series, product, sizeof (int)), series->id);
    }
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_RATE, rate)
    {
      int product = kilter_record_ref (rate, KILTER_RATE_PRODUCT);
      KilterUse use = { kilter_record_ref (rate, KILTER_RATE_RESOURCE),
                        kilter_record_number_or (rate, KILTER_RATE_HOURS, 0),
                        (int) CLAMP (kilter_record_number_or (rate, KILTER_RATE_ALTERNATIVE, 0), 0,
                                     G_MAXINT16),
                        kilter_record_number_or (rate, KILTER_RATE_COST, 0),
                        kilter_record_number_or (rate, KILTER_RATE_ALLOWED, 1) != 0 };
      GPtrArray *uses = use.alternative > 0 ? self->alternative_uses : self->product_uses;

      g_array_append_val (ensure_array (uses, product, sizeof (KilterUse)), use);
      g_array_append_val (ensure_array (self->resource_products, use.resource, sizeof (int)),
                          product);
    }
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_BILL, bill)
    {
      int product = kilter_record_ref (bill, KILTER_BILL_PRODUCT);
      int component = kilter_record_ref (bill, KILTER_BILL_COMPONENT);
      KilterBillLine line = { component, kilter_record_number_or (bill, KILTER_BILL_QUANTITY, 0),
                              (int) CLAMP (kilter_record_number_or (bill, KILTER_BILL_OFFSET, 0), 0,
                                           G_MAXINT16) };

      g_array_append_val (ensure_array (self->product_bill, product, sizeof line), line);
      line.product = product;
      g_array_append_val (ensure_array (self->product_parents, component, sizeof line), line);
    }
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_POLICY, policy)
    kilter_rows_put (&self->product_policy, kilter_record_ref (policy, KILTER_POLICY_PRODUCT),
                     (gpointer) policy, NULL);
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_MODEL, model)
    kilter_rows_put (&self->series_model, kilter_record_ref (model, KILTER_MODEL_SERIES),
                     (gpointer) model, NULL);
  self->last_approved = self->last_cycle = 0;
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved"))
      {
        KilterBucket cycle = kilter_bucket_from_string (
          self->kind, kilter_record_text (version, KILTER_VERSION_CYCLE));

        self->last_approved = version->id;
        if (cycle != KILTER_BUCKET_NONE && cycle < kilter_plan_get_cycle (self))
          self->last_cycle = version->id;
      }
}

/**
 * kilter_plan_find_series:
 *
 * Returns: the id of the series of a product in a market, or 0
 */
int
kilter_plan_find_series (const KilterPlan *self, int product, int region, int channel)
{
  g_autofree char *key = series_key (product, region, channel);

  kilter_plan_update_index ((KilterPlan *) self);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->series_by_key, key));
}

/**
 * kilter_plan_get_product_series:
 * @out_n: (out): how many
 *
 * Returns: (transfer none) (array length=out_n): the ids of a product's series; valid until the
 *   next command
 */
const int *
kilter_plan_get_product_series (const KilterPlan *self, int product, int *out_n)
{
  GArray *array;

  kilter_plan_update_index ((KilterPlan *) self);
  array = kilter_rows_peek (self->product_series, product);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const int *) array->data : NULL;
}

const KilterUse *
kilter_plan_get_uses (KilterPlan *self, int product, int *out_n)
{
  GArray *array;

  kilter_plan_update_index (self);
  array = kilter_rows_peek (self->product_uses, product);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const KilterUse *) array->data : NULL;
}

static gpointer
peek_array (KilterPlan *self, GPtrArray *const *arrays, int index, int *out_n)
{
  GArray *array;

  kilter_plan_update_index (self);
  array = kilter_rows_peek (*arrays, index);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? array->data : NULL;
}

const KilterUse *
kilter_plan_get_alternative_uses (KilterPlan *self, int product, int *out_n)
{
  return peek_array (self, &self->alternative_uses, product, out_n);
}

const KilterBillLine *
kilter_plan_get_bill (KilterPlan *self, int product, int *out_n)
{
  return peek_array (self, &self->product_bill, product, out_n);
}

const KilterBillLine *
kilter_plan_get_parents (KilterPlan *self, int product, int *out_n)
{
  return peek_array (self, &self->product_parents, product, out_n);
}

const int *
kilter_plan_get_resource_products (KilterPlan *self, int resource, int *out_n)
{
  GArray *array;

  kilter_plan_update_index (self);
  array = kilter_rows_peek (self->resource_products, resource);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const int *) array->data : NULL;
}

const KilterRecord *
kilter_plan_get_policy (KilterPlan *self, int product)
{
  kilter_plan_update_index (self);
  return kilter_rows_peek (self->product_policy, product);
}

/**
 * kilter_plan_find_model:
 *
 * Returns: (transfer none) (nullable): what the last forecast run found for a series
 */
const KilterRecord *
kilter_plan_find_model (const KilterPlan *self, int series)
{
  kilter_plan_update_index ((KilterPlan *) self);
  return kilter_rows_peek (self->series_model, series);
}

/* --- settings --- */

static const struct
{
  const char *key;
  const char *value;
} defaults[] = {
  { "name", "" },
  { "currency", "USD" },
  { "unit", "" },
  { "bucket", "month" },
  { "quantity-scale", "1" },
  { "weight-sales", "0.35" },
  { "weight-marketing", "0" },
  { "weight-finance", "0" },
  { "weight-customer", "0" },
  { "orders-early", "1" },    /* buckets before its own whose forecast an order may consume */
  { "orders-late", "0" },     /* and after it */
  { "holding-rate", "0.18" }, /* of the stock's value, per year */
  { "target-days", "15" },
  { "min-days", "5" },
  { "max-days", "60" },
  { "excess-periods", "3" },    /* stock for longer than these and the target is excess */
  { "priority-rule", "money" }, /* or strict */
  { "service-matrix", "" },     /* nine service levels, AX AY AZ BX … CZ */
  { "days-receivable", "" },    /* after which customers pay; empty: not known */
  { "days-payable", "" },       /* after which suppliers are paid */
  { "forecast-reconcile", "bottom-up" },
  { "fence", "1" },               /* buckets of the demand time fence */
  { "exception-share", "0.002" }, /* of the family's revenue: below it an exception is not listed */
  { "large-override", "0.15" },
  { "large-change", "0.15" },
  { "new-months", "12" },     /* with fewer months of sales a product is new */
  { "outlier-sigmas", "3" },  /* robust standard deviations */
  { "tracking-signal", "4" }, /* sum of the errors in mean absolute errors */
  { "bias-months", "4" },     /* errors in a row on one side */
};

/**
 * kilter_plan_get_setting:
 *
 * Returns: (transfer none) (nullable): the plan's setting, or the default
 */
const char *
kilter_plan_get_setting (const KilterPlan *self, const char *key)
{
  const KilterRecord *record = kilter_plan_find_record (self, KILTER_TABLE_SETTING, key);

  if (record != NULL)
    return kilter_record_text (record, KILTER_SETTING_VALUE);
  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].key, key))
      return defaults[i].value;
  return NULL;
}

/**
 * kilter_plan_get_setting_number:
 *
 * Returns: the setting as a number, NaN when it is none
 */
double
kilter_plan_get_setting_number (const KilterPlan *self, const char *key)
{
  const char *text = kilter_plan_get_setting (self, key);
  double value;

  return text != NULL && kilter_number_from_c (text, &value) ? value : NAN;
}

const char *
kilter_plan_get_name (const KilterPlan *self)
{
  return kilter_plan_get_setting (self, "name");
}

const char *
kilter_plan_get_currency (const KilterPlan *self)
{
  return kilter_plan_get_setting (self, "currency");
}

const char *
kilter_plan_get_uuid (const KilterPlan *self)
{
  const char *uuid = kilter_plan_get_setting (self, "uuid");

  return uuid != NULL ? uuid : "";
}
