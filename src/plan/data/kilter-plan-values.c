/* kilter-plan-values.c: the numbers of the plan's versions: reading, inheriting, caching, writing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-plan-private.h"

#include "base/kilter-hash.h"

#include <math.h>
#include <string.h>

/* --- versions and numbers --- */

KilterVersion
kilter_plan_get_parent (const KilterPlan *self, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_VERSION, version);

  if (record == NULL || !g_str_equal (kilter_record_text (record, KILTER_VERSION_KIND), "scenario"))
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

/* The index of the first bucket of a version's horizon: a snapshot keeps that of its own cycle, so
 * that it says for ever what it said. */
int
kilter_plan_get_history_of (const KilterPlan *self, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_is_snapshot (self, version)
                                 ? kilter_plan_get_record (self, KILTER_TABLE_VERSION, version)
                                 : NULL;
  KilterBucket cycle = record != NULL
                         ? kilter_bucket_from_string (
                             self->kind, kilter_record_text (record, KILTER_VERSION_CYCLE))
                         : KILTER_BUCKET_NONE;

  if (cycle == KILTER_BUCKET_NONE)
    return self->n_history;
  return CLAMP (cycle - self->start, 0, self->n_history);
}

/* The plan that was approved in a cycle before the version's own, or 0. */
KilterVersion
kilter_plan_get_last_cycle_of (const KilterPlan *self, KilterVersion version)
{
  KilterVersion found = 0;
  KilterBucket before = self->start + kilter_plan_get_history_of (self, version);

  if (!kilter_plan_is_snapshot (self, version))
    return kilter_plan_get_last_cycle (self);
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_VERSION, other)
    if (g_str_equal (kilter_record_text (other, KILTER_VERSION_KIND), "approved"))
      {
        KilterBucket cycle = kilter_bucket_from_string (
          self->kind, kilter_record_text (other, KILTER_VERSION_CYCLE));

        if (cycle != KILTER_BUCKET_NONE && cycle < before)
          found = other->id;
      }
  return found;
}

KilterVersion
kilter_plan_get_last_approved (const KilterPlan *self)
{
  kilter_plan_update_index ((KilterPlan *) self);
  return self->last_approved;
}

/**
 * kilter_plan_get_last_cycle:
 *
 * Returns: the newest plan that was approved in an earlier cycle, what this one is compared with;
 *   0 when there is none
 */
KilterVersion
kilter_plan_get_last_cycle (const KilterPlan *self)
{
  kilter_plan_update_index ((KilterPlan *) self);
  return self->last_cycle;
}

KilterVersionData *
kilter_plan_peek_version (const KilterPlan *self, KilterVersion version)
{
  return kilter_rows_peek (self->versions, version);
}

KilterVersionData *
kilter_plan_ensure_version (KilterPlan *self, KilterVersion version)
{
  KilterVersionData *data = kilter_rows_peek (self->versions, version);

  if (data == NULL)
    {
      data = g_new0 (KilterVersionData, 1);
      data->notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, kilter_note_free);
      kilter_rows_put (&self->versions, version, data, kilter_version_data_free);
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
kilter_plan_get_own (const KilterPlan *self,
                     KilterVersion version,
                     KilterMeasure measure,
                     KilterLayer layer,
                     int row)
{
  KilterVersionData *data = kilter_rows_peek (self->versions, version);

  return data != NULL ? kilter_rows_peek (data->stored[measure][layer], row) : NULL;
}

/**
 * kilter_plan_get_stored:
 *
 * Returns: (transfer none) (nullable): a stored row, a scenario's own cells over its parent's;
 *   %NULL when nothing is stored
 */
const double *
kilter_plan_get_stored (const KilterPlan *self,
                        KilterVersion version,
                        KilterMeasure measure,
                        KilterLayer layer,
                        int row)
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

  data = kilter_rows_peek (self->versions, version);
  values = kilter_rows_peek (data->merged[measure][layer], row);
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
      kilter_rows_put (&data->merged[measure][layer], row, values, g_free);
    }
  return values;
}

void
kilter_plan_cache_row (KilterPlan *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       int row,
                       double *values)
{
  KilterVersionData *data = kilter_plan_ensure_version (self, version);

  kilter_rows_put (&data->effective[measure], row, values, g_free);
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
  double *values = kilter_rows_peek (data->effective[measure], row);

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
  kilter_rows_put (&data->effective[measure], row, values, g_free);
  return values;
}

double
kilter_plan_get_value (KilterPlan *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       int row,
                       int bucket)
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
kilter_plan_get_note (const KilterPlan *self,
                      KilterVersion version,
                      KilterMeasure measure,
                      int row,
                      int bucket)
{
  guint64 key = kilter_note_key (measure, row, self->start + bucket);

  for (; version != 0; version = kilter_plan_get_parent (self, version))
    {
      const double *own = kilter_plan_get_own (self, version, measure, KILTER_LAYER_INPUT, row);
      KilterVersionData *data = kilter_rows_peek (self->versions, version);

      if (own == NULL || (isnan (own[bucket]) && !kilter_value_is_cleared (own[bucket])))
        continue;
      return g_hash_table_lookup (data->notes, &key);
    }
  return NULL;
}

gboolean
kilter_plan_is_locked (const KilterPlan *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       int row,
                       int bucket)
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
  KilterVersionData *data = kilter_rows_peek (self->versions, version);
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
    if (kilter_measure_get_info (m)->grain == grain &&
        kilter_rows_peek (data->effective[m], row) != NULL)
      kilter_rows_put (&data->effective[m], row, NULL, g_free);
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
        if (kilter_rows_peek (data->merged[measure][l], row) != NULL)
          kilter_rows_put (&data->merged[measure][l], row, NULL, g_free);
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
  double *stored = kilter_rows_peek (data->stored[measure][layer], row);

  if (stored == NULL)
    {
      stored = kilter_rows_new_missing (n_buckets);
      kilter_rows_put (&data->stored[measure][layer], row, stored, g_free);
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
        guint64 key = kilter_note_key (measure, row, first + i);

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
    kilter_rows_put (&data->stored[measure][layer], row, NULL, g_free);
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
  double *stored = kilter_rows_peek (data->stored[measure][layer], row);

  if (stored == NULL)
    {
      stored = kilter_rows_new_missing (kilter_plan_get_n_buckets (self));
      kilter_rows_put (&data->stored[measure][layer], row, stored, g_free);
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
  guint64 key = kilter_note_key (measure, row, bucket);

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
