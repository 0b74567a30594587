/* kilter-plan.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-plan-private.h"

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

static void
free_note (gpointer data)
{
  kilter_cell_note_clear (data);
  g_free (data);
}

static void
free_version (gpointer data)
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

static gpointer
peek (const GPtrArray *array, int index)
{
  return array != NULL && index >= 0 && (guint) index < array->len ? array->pdata[index] : NULL;
}

/* Puts @data at @index of an array of pointers, growing it; what stood there is freed. */
static void
put (GPtrArray **array, int index, gpointer data, GDestroyNotify destroy)
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

static guint64
note_key (KilterMeasure measure, int row, KilterBucket bucket)
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

static double *
new_missing_row (int n)
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
                values = new_missing_row (n);
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
  self->missing = new_missing_row (n);
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
  self->versions = g_ptr_array_new_with_free_func (free_version);
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
  g_clear_pointer (&self->resource_products, g_ptr_array_unref);
  g_clear_pointer (&self->product_policy, g_ptr_array_unref);
  g_clear_pointer (&self->series_model, g_ptr_array_unref);
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
  return peek (self->tables[table].records, id);
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
  return peek (data->records, GPOINTER_TO_INT (g_hash_table_lookup (data->by_key, key)));
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
kilter_plan_write_record (
  KilterPlan *self, KilterTableId table, int id, const KilterValue *values)
{
  KilterTableData *data = &self->tables[table];
  int key = kilter_table_get_info (table)->key;
  KilterRecord *old = peek (data->records, id);
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
        g_hash_table_insert (
          data->by_key, g_strdup (record->values[key].text), GINT_TO_POINTER (id));
    }
  data->count += (record != NULL) - (old != NULL);
  put (&data->records, id, record, free_record);
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
  self->resource_products = g_ptr_array_new_with_free_func (unref_array);
  self->product_policy = g_ptr_array_new ();
  self->series_model = g_ptr_array_new ();

  KILTER_FOREACH_RECORD (self, KILTER_TABLE_SERIES, series)
    {
      int product = kilter_record_ref (series, KILTER_SERIES_PRODUCT);

      g_hash_table_insert (self->series_by_key,
                           series_key (product,
                                       kilter_record_ref (series, KILTER_SERIES_REGION),
                                       kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                           GINT_TO_POINTER (series->id));
      g_array_append_val (ensure_array (self->product_series, product, sizeof (int)), series->id);
    }
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_RATE, rate)
    {
      int product = kilter_record_ref (rate, KILTER_RATE_PRODUCT);
      KilterUse use = { kilter_record_ref (rate, KILTER_RATE_RESOURCE),
                        kilter_record_number_or (rate, KILTER_RATE_HOURS, 0) };

      g_array_append_val (ensure_array (self->product_uses, product, sizeof (KilterUse)), use);
      g_array_append_val (ensure_array (self->resource_products, use.resource, sizeof (int)), product);
    }
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_POLICY, policy)
    put (&self->product_policy, kilter_record_ref (policy, KILTER_POLICY_PRODUCT),
         (gpointer) policy, NULL);
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_MODEL, model)
    put (&self->series_model, kilter_record_ref (model, KILTER_MODEL_SERIES), (gpointer) model,
         NULL);
  self->last_approved = 0;
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved"))
      self->last_approved = version->id;
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
  array = peek (self->product_series, product);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const int *) array->data : NULL;
}

const KilterUse *
kilter_plan_get_uses (KilterPlan *self, int product, int *out_n)
{
  GArray *array;

  kilter_plan_update_index (self);
  array = peek (self->product_uses, product);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const KilterUse *) array->data : NULL;
}

const int *
kilter_plan_get_resource_products (KilterPlan *self, int resource, int *out_n)
{
  GArray *array;

  kilter_plan_update_index (self);
  array = peek (self->resource_products, resource);
  *out_n = array != NULL ? (int) array->len : 0;
  return array != NULL ? (const int *) array->data : NULL;
}

const KilterRecord *
kilter_plan_get_policy (KilterPlan *self, int product)
{
  kilter_plan_update_index (self);
  return peek (self->product_policy, product);
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
  return peek (self->series_model, series);
}

/* --- versions and numbers --- */

KilterVersion
kilter_plan_get_parent (const KilterPlan *self, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_VERSION, version);

  if (record == NULL ||
      !g_str_equal (kilter_record_text (record, KILTER_VERSION_KIND), "scenario"))
    return 0;
  return kilter_record_ref (record, KILTER_VERSION_PARENT);
}

/**
 * kilter_plan_is_snapshot:
 *
 * Returns: whether the version is frozen
 */
gboolean
kilter_plan_is_snapshot (const KilterPlan *self, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_VERSION, version);

  return record != NULL &&
         !g_str_equal (kilter_record_text (record, KILTER_VERSION_KIND), "scenario");
}

KilterVersion
kilter_plan_get_last_approved (const KilterPlan *self)
{
  kilter_plan_update_index ((KilterPlan *) self);
  return self->last_approved;
}

KilterVersionData *
kilter_plan_peek_version (const KilterPlan *self, KilterVersion version)
{
  return peek (self->versions, version);
}

KilterVersionData *
kilter_plan_ensure_version (KilterPlan *self, KilterVersion version)
{
  KilterVersionData *data = peek (self->versions, version);

  if (data == NULL)
    {
      data = g_new0 (KilterVersionData, 1);
      data->notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_note);
      put (&self->versions, version, data, free_version);
    }
  return data;
}

/**
 * kilter_plan_get_n_rows:
 *
 * Returns: the highest row of a grain; rows are 1 … n, and some of them may be empty
 */
int
kilter_plan_get_n_rows (const KilterPlan *self, KilterGrain grain)
{
  switch (grain)
    {
    case KILTER_GRAIN_SERIES:
      return kilter_plan_get_max_id (self, KILTER_TABLE_SERIES);
    case KILTER_GRAIN_PRODUCT:
      return kilter_plan_get_max_id (self, KILTER_TABLE_PRODUCT);
    case KILTER_GRAIN_RESOURCE:
      return kilter_plan_get_max_id (self, KILTER_TABLE_RESOURCE);
    default:
      g_return_val_if_reached (0);
    }
}

/**
 * kilter_plan_get_own:
 *
 * Returns: (transfer none) (nullable): what the version itself holds, without its parent; a cell
 *   may be kilter_value_cleared()
 */
const double *
kilter_plan_get_own (
  const KilterPlan *self, KilterVersion version, KilterMeasure measure, KilterLayer layer, int row)
{
  KilterVersionData *data = peek (self->versions, version);

  return data != NULL ? peek (data->stored[measure][layer], row) : NULL;
}

/**
 * kilter_plan_get_stored:
 *
 * Returns: (transfer none) (nullable): a stored row, a scenario's own cells over its parent's;
 *   %NULL when nothing is stored
 */
const double *
kilter_plan_get_stored (
  const KilterPlan *self, KilterVersion version, KilterMeasure measure, KilterLayer layer, int row)
{
  const double *own = kilter_plan_get_own (self, version, measure, layer, row);
  KilterVersion parent = kilter_plan_get_parent (self, version);
  const double *inherited;
  KilterVersionData *data;
  double *values;
  int n = kilter_plan_get_n_buckets (self);

  if (parent == 0)
    return own;
  inherited = kilter_plan_get_stored (self, parent, measure, layer, row);
  if (own == NULL)
    return inherited;

  data = peek (self->versions, version);
  values = peek (data->merged[measure][layer], row);
  if (values == NULL)
    {
      values = g_new (double, n);
      for (int i = 0; i < n; i++)
        {
          if (!isnan (own[i]))
            values[i] = own[i];
          else if (kilter_value_is_cleared (own[i]) || inherited == NULL)
            values[i] = NAN;
          else
            values[i] = inherited[i];
        }
      put (&data->merged[measure][layer], row, values, g_free);
    }
  return values;
}

void
kilter_plan_cache_row (
  KilterPlan *self, KilterVersion version, KilterMeasure measure, int row, double *values)
{
  KilterVersionData *data = kilter_plan_ensure_version (self, version);

  put (&data->effective[measure], row, values, g_free);
}

/**
 * kilter_plan_get_row:
 * @row: the id of a series, product or resource
 *
 * What a measure is: the typed value, else the stored one, else the formula's.
 *
 * Returns: (transfer none): n_buckets numbers; valid until the next command. O(1) after the
 *   first call.
 */
const double *
kilter_plan_get_row (KilterPlan *self, KilterVersion version, KilterMeasure measure, int row)
{
  const KilterMeasureInfo *info = kilter_measure_get_info (measure);
  KilterVersionData *data = kilter_plan_ensure_version (self, version);
  gboolean frozen = kilter_plan_is_snapshot (self, version) && (info->flags & KILTER_FROZEN);
  int n = kilter_plan_get_n_buckets (self);
  const double *fact = NULL, *input = NULL;
  double *values = peek (data->effective[measure], row);

  if (values != NULL)
    return values;
  if (frozen || (info->flags & KILTER_HAS_FACT))
    fact = kilter_plan_get_stored (self, version, measure, KILTER_LAYER_FACT, row);
  if (frozen)
    return fact != NULL ? fact : self->missing;
  if (info->flags & KILTER_HAS_INPUT)
    input = kilter_plan_get_stored (self, version, measure, KILTER_LAYER_INPUT, row);
  if (!(info->flags & KILTER_HAS_FORMULA))
    {
      if (input == NULL)
        return fact != NULL ? fact : self->missing;
      if (fact == NULL)
        return input;
    }

  values = g_new (double, n);
  if (info->flags & KILTER_HAS_FORMULA)
    kilter_formula_row (self, version, measure, row, values);
  else
    memcpy (values, self->missing, sizeof (double) * (gsize) n);
  for (int i = 0; i < n; i++)
    {
      if (fact != NULL && !isnan (fact[i]))
        values[i] = fact[i];
      if (input != NULL && !isnan (input[i]))
        values[i] = input[i];
    }
  put (&data->effective[measure], row, values, g_free);
  return values;
}

double
kilter_plan_get_value (
  KilterPlan *self, KilterVersion version, KilterMeasure measure, int row, int bucket)
{
  g_return_val_if_fail (bucket >= 0 && bucket < kilter_plan_get_n_buckets (self), NAN);

  return kilter_plan_get_row (self, version, measure, row)[bucket];
}

/**
 * kilter_plan_get_note:
 *
 * Returns: (transfer none) (nullable): who typed the cell, when and why; %NULL where nobody did
 */
const KilterCellNote *
kilter_plan_get_note (
  const KilterPlan *self, KilterVersion version, KilterMeasure measure, int row, int bucket)
{
  guint64 key = note_key (measure, row, self->start + bucket);

  for (; version != 0; version = kilter_plan_get_parent (self, version))
    {
      const double *own = kilter_plan_get_own (self, version, measure, KILTER_LAYER_INPUT, row);
      KilterVersionData *data = peek (self->versions, version);

      if (own == NULL || (isnan (own[bucket]) && !kilter_value_is_cleared (own[bucket])))
        continue;
      return g_hash_table_lookup (data->notes, &key);
    }
  return NULL;
}

gboolean
kilter_plan_is_locked (
  const KilterPlan *self, KilterVersion version, KilterMeasure measure, int row, int bucket)
{
  const double *locks = kilter_plan_get_stored (self, version, measure, KILTER_LAYER_LOCK, row);

  return locks != NULL && locks[bucket] > 0;
}

/**
 * kilter_plan_get_generation:
 *
 * Returns: a number that grows with every change
 */
guint64
kilter_plan_get_generation (const KilterPlan *self)
{
  return self->generation;
}

/**
 * kilter_plan_count_differences:
 *
 * Returns: how many cells a scenario holds of its own
 */
int
kilter_plan_count_differences (const KilterPlan *self, KilterVersion version)
{
  KilterVersionData *data = peek (self->versions, version);
  int n = kilter_plan_get_n_buckets (self);
  int count = 0;

  for (int m = 0; data != NULL && m < KILTER_N_MEASURES; m++)
    for (int l = 0; l < KILTER_LAYER_LOCK; l++)
      {
        GPtrArray *rows = data->stored[m][l];

        for (guint r = 0; rows != NULL && r < rows->len; r++)
          for (int i = 0; rows->pdata[r] != NULL && i < n; i++)
            count += !isnan (((double *) rows->pdata[r])[i]) ||
                     kilter_value_is_cleared (((double *) rows->pdata[r])[i]);
      }
  return count;
}

/* --- caches --- */

static void
clear_caches (KilterVersionData *data)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      g_clear_pointer (&data->effective[m], g_ptr_array_unref);
      for (int l = 0; l < KILTER_N_LAYERS; l++)
        g_clear_pointer (&data->merged[m][l], g_ptr_array_unref);
    }
}

void
kilter_plan_invalidate_all (KilterPlan *self)
{
  for (guint v = 0; v < self->versions->len; v++)
    if (self->versions->pdata[v] != NULL)
      clear_caches (self->versions->pdata[v]);
  self->generation++;
}

static void
forget_row (KilterVersionData *data, KilterGrain grain, int row)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    if (kilter_measure_get_info (m)->grain == grain && peek (data->effective[m], row) != NULL)
      put (&data->effective[m], row, NULL, g_free);
}

/* Forgets what depends on a row: its series or product, the product's other series (they share
 * what is unmet), and the resources that make it. In every version: scenarios inherit. */
static void
invalidate_row (KilterPlan *self, KilterMeasure measure, int row)
{
  KilterGrain grain = kilter_measure_get_info (measure)->grain;
  int product = 0, n_series = 0, n_uses = 0;
  const int *series = NULL;
  const KilterUse *uses = NULL;

  if (self->bulk)
    return;
  if (grain == KILTER_GRAIN_SERIES)
    {
      const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_SERIES, row);

      if (record != NULL)
        product = kilter_record_ref (record, KILTER_SERIES_PRODUCT);
    }
  else if (grain == KILTER_GRAIN_PRODUCT)
    product = row;
  if (product > 0)
    {
      series = kilter_plan_get_product_series (self, product, &n_series);
      uses = kilter_plan_get_uses (self, product, &n_uses);
    }

  for (guint v = 0; v < self->versions->len; v++)
    {
      KilterVersionData *data = self->versions->pdata[v];

      if (data == NULL)
        continue;
      for (int l = 0; l < KILTER_N_LAYERS; l++)
        if (peek (data->merged[measure][l], row) != NULL)
          put (&data->merged[measure][l], row, NULL, g_free);
      forget_row (data, grain, row);
      if (product > 0)
        forget_row (data, KILTER_GRAIN_PRODUCT, product);
      for (int i = 0; i < n_series; i++)
        forget_row (data, KILTER_GRAIN_SERIES, series[i]);
      for (int i = 0; i < n_uses; i++)
        forget_row (data, KILTER_GRAIN_RESOURCE, uses[i].resource);
    }
}

/* --- writing --- */

static gboolean
is_row_empty (const double *values, int n)
{
  for (int i = 0; i < n; i++)
    if (!isnan (values[i]) || kilter_value_is_cleared (values[i]))
      return FALSE;
  return TRUE;
}

void
kilter_plan_write_values (KilterPlan *self,
                          KilterVersion version,
                          KilterMeasure measure,
                          KilterLayer layer,
                          int row,
                          KilterBucket first,
                          int n,
                          const double *values,
                          const KilterCellNote *notes)
{
  KilterVersionData *data = kilter_plan_ensure_version (self, version);
  int n_buckets = kilter_plan_get_n_buckets (self);
  double *stored = peek (data->stored[measure][layer], row);

  if (stored == NULL)
    {
      stored = new_missing_row (n_buckets);
      put (&data->stored[measure][layer], row, stored, g_free);
    }
  for (int i = 0; i < n; i++)
    {
      int index = kilter_plan_find_bucket (self, first + i);

      if (index < 0)
        continue;
      stored[index] = isinf (values[i]) ? NAN : values[i];
      if (layer != KILTER_LAYER_INPUT)
        continue;
      {
        guint64 key = note_key (measure, row, first + i);

        if (notes != NULL && notes[i].author != NULL)
          {
            KilterCellNote *note = g_new0 (KilterCellNote, 1);

            kilter_cell_note_copy (note, &notes[i]);
            g_hash_table_replace (data->notes, g_memdup2 (&key, sizeof key), note);
          }
        else
          g_hash_table_remove (data->notes, &key);
      }
    }
  if (is_row_empty (stored, n_buckets))
    put (&data->stored[measure][layer], row, NULL, g_free);
  invalidate_row (self, measure, row);
  self->generation++;
}

/**
 * kilter_plan_load_record:
 * @values: (transfer full): its values
 *
 * Puts a record in place while a stored plan is read.
 */
void
kilter_plan_load_record (KilterPlan *self, KilterTableId table, int id, KilterValue *values)
{
  kilter_plan_write_record (self, table, id, values);
  kilter_values_free (table, values);
}

/**
 * kilter_plan_load_values:
 *
 * Puts numbers in place while a stored plan is read. Cheap: no caches are kept up. Records, and
 * first of all the settings, must have been loaded.
 */
void
kilter_plan_load_values (KilterPlan *self,
                         KilterVersion version,
                         KilterMeasure measure,
                         KilterLayer layer,
                         int row,
                         KilterBucket first,
                         int n,
                         const double *values)
{
  KilterVersionData *data = kilter_plan_ensure_version (self, version);
  double *stored = peek (data->stored[measure][layer], row);

  if (stored == NULL)
    {
      stored = new_missing_row (kilter_plan_get_n_buckets (self));
      put (&data->stored[measure][layer], row, stored, g_free);
    }
  for (int i = 0; i < n; i++)
    {
      int index = kilter_plan_find_bucket (self, first + i);

      if (index >= 0 && (!isnan (values[i]) || kilter_value_is_cleared (values[i])) &&
          !isinf (values[i]))
        stored[index] = values[i];
    }
  self->generation++;
}

void
kilter_plan_load_note (KilterPlan *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       int row,
                       KilterBucket bucket,
                       const char *author,
                       const char *at,
                       const char *reason)
{
  KilterVersionData *data = kilter_plan_ensure_version (self, version);
  KilterCellNote *note = g_new0 (KilterCellNote, 1);
  guint64 key = note_key (measure, row, bucket);

  note->author = g_strdup (author);
  note->at = g_strdup (at);
  note->reason = g_strdup (reason);
  g_hash_table_replace (data->notes, g_memdup2 (&key, sizeof key), note);
}

/**
 * kilter_plan_foreach_stored:
 *
 * Walks every stored row in a fixed order.
 */
void
kilter_plan_foreach_stored (const KilterPlan *self, KilterStoredRowFunc func, gpointer user_data)
{
  int n = kilter_plan_get_n_buckets (self);

  for (guint v = 0; v < self->versions->len; v++)
    {
      KilterVersionData *data = self->versions->pdata[v];

      for (int m = 0; data != NULL && m < KILTER_N_MEASURES; m++)
        for (int l = 0; l < KILTER_N_LAYERS; l++)
          {
            GPtrArray *rows = data->stored[m][l];

            for (guint r = 0; rows != NULL && r < rows->len; r++)
              if (rows->pdata[r] != NULL && !is_row_empty (rows->pdata[r], n))
                func ((KilterVersion) v, m, l, (int) r, rows->pdata[r], user_data);
          }
    }
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
  { "holding-rate", "0.18" },      /* of the stock's value, per year */
  { "target-days", "15" },
  { "min-days", "5" },
  { "max-days", "60" },
  { "fence", "1" },                /* buckets of the demand time fence */
  { "exception-share", "0.002" },  /* of revenue: below it an exception is not listed */
  { "large-override", "0.15" },
  { "large-change", "0.15" },
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

/* --- digest --- */

typedef struct
{
  const KilterPlan *plan;
  KilterHash *hash;
  KilterVersion version;
} Digest;

static void
digest_row (KilterVersion version,
            KilterMeasure measure,
            KilterLayer layer,
            int row,
            const double *values,
            gpointer user_data)
{
  Digest *digest = user_data;
  int n = kilter_plan_get_n_buckets (digest->plan);

  if (version != digest->version || layer != KILTER_LAYER_FACT)
    return;
  /* by month, so that the digest does not change when the plan rolls on */
  kilter_hash_add_text (digest->hash, kilter_measure_get_info (measure)->key);
  kilter_hash_add_int (digest->hash, row);
  for (int i = 0; i < n; i++)
    if (!isnan (values[i]))
      {
        kilter_hash_add_int (digest->hash, digest->plan->start + i);
        kilter_hash_add_double (digest->hash, values[i]);
      }
}

/**
 * kilter_plan_digest_version:
 *
 * Returns: (transfer full): a digest over the numbers and the name, cycle and approver of a
 *   snapshot, as stored with it when it was approved
 */
char *
kilter_plan_digest_version (KilterPlan *self, KilterVersion version)
{
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_VERSION, version);
  Digest digest = { self, hash, version };

  g_return_val_if_fail (record != NULL, NULL);

  kilter_hash_add_text (hash, kilter_plan_get_uuid (self));
  kilter_hash_add_text (hash, kilter_record_text (record, KILTER_VERSION_NAME));
  kilter_hash_add_text (hash, kilter_record_text (record, KILTER_VERSION_CYCLE));
  kilter_hash_add_text (hash, kilter_record_text (record, KILTER_VERSION_OWNER));
  kilter_hash_add_text (hash, kilter_record_text (record, KILTER_VERSION_AT));
  kilter_plan_foreach_stored (self, digest_row, &digest);
  return kilter_hash_finish (hash);
}
