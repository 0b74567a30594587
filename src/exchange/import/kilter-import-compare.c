/* kilter-import-compare.c: what was read against what the plan has
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-numbers.h"

#include <math.h>
#include <string.h>

static void
put_value (KilterNumberReader *reader,
           KilterTarget *target,
           guint measure,
           KilterBucket bucket,
           double value)
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
  KilterNumberReader *reader = user_data;
  const guint *x = a, *y = b;
  const KilterEntry *ex = &g_array_index (reader->entries, KilterEntry, *x);
  const KilterEntry *ey = &g_array_index (reader->entries, KilterEntry, *y);
  guint32 dx = g_array_index (reader->periods, KilterPeriodInfo, ex->period).period.first;
  guint32 dy = g_array_index (reader->periods, KilterPeriodInfo, ey->period).period.first;

  return dx < dy ? -1 : dx > dy ? 1 : *x < *y ? -1 : *x > *y;
}

static void
fill_targets (KilterNumberReader *reader)
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
      const KilterEntry *entry = &g_array_index (reader->entries, KilterEntry, order[k]);
      const KilterPeriodInfo *period = &g_array_index (reader->periods, KilterPeriodInfo,
                                                       entry->period);
      KilterTarget *target = &g_array_index (data->targets, KilterTarget, entry->target);
      const double *values = kilter_number_reader_get_values (reader, order[k]);

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

/**
 * kilter_import_find_rows:
 *
 * Returns: (transfer full) (element-type int): the rows of the plan that a target stands for: one,
 *   or all markets of a product; none when it is new
 */
GArray *
kilter_import_find_rows (const KilterPlan *plan,
                         const KilterImportData *data,
                         const KilterTarget *target)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  int a = entity_id (data,
                     data->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE
                                                                : KILTER_ENTITY_PRODUCT,
                     target->entities[0]);
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

      if (record != NULL &&
          (region == 0 || kilter_record_ref (record, KILTER_SERIES_REGION) == region) &&
          (channel == 0 || kilter_record_ref (record, KILTER_SERIES_CHANNEL) == channel))
        g_array_append_val (rows, series[i]);
    }
  return rows;
}

static double
read_stored (const KilterPlan *plan,
             const KilterImportData *data,
             const GArray *rows,
             guint measure,
             int bucket)
{
  double sum = NAN;

  for (guint i = 0; i < rows->len; i++)
    {
      const double *stored = kilter_plan_get_stored (plan, KILTER_BASELINE, data->measures[measure],
                                                     data->layers[measure],
                                                     g_array_index (rows, int, i));

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
compare_targets (KilterNumberReader *reader, guint8 **out_states)
{
  KilterImportData *data = reader->preview->data;
  gsize n = (gsize) data->n_buckets;

  for (guint t = 0; t < data->targets->len; t++)
    {
      const KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);
      g_autoptr (GArray) rows = NULL;

      if (!target->used || target->values == NULL)
        continue;
      rows = kilter_import_find_rows (reader->plan, data, target);
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
            reader->before[m] += isnan (before) ? 0 : before;
            reader->after[m] += now;
            state = isnan (before)                                          ? CELL_NEW
                    : fabs (before - now) <= 1e-12 * MAX (fabs (before), 1) ? CELL_SAME
                                                                            : CELL_CHANGED;
            out_states[t][b] = MAX (out_states[t][b], state);
          }
    }
}

static void
count_rows (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;
  g_autofree guint8 **states = g_new0 (guint8 *, MAX (data->targets->len, 1));
  guint i = 0;

  compare_targets (reader, states);
  while (i < reader->entries->len)
    {
      guint row = g_array_index (reader->entries, KilterEntry, i).row;
      int state = -1;

      /* entries of one row stand together */
      for (; i < reader->entries->len && g_array_index (reader->entries, KilterEntry, i).row == row;
           i++)
        {
          const KilterEntry *entry = &g_array_index (reader->entries, KilterEntry, i);
          const KilterPeriodInfo *period = &g_array_index (reader->periods, KilterPeriodInfo,
                                                           entry->period);
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
count_entities (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;
  KilterImportData *data = preview->data;
  guint *counts[KILTER_N_ENTITIES] = { &preview->n_products, &preview->n_regions,
                                       &preview->n_channels, NULL };
  guint *news[KILTER_N_ENTITIES] = { &preview->n_new_products, &preview->n_new_regions,
                                     &preview->n_new_channels, NULL };
  g_autoptr (GHashTable) families = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint t = 0; t < data->targets->len; t++)
    {
      KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);

      if (!target->used)
        continue;
      for (int i = 0; i < (data->info->shape == KILTER_SHAPE_SERIES ? 3 : 1); i++)
        {
          KilterEntityKind kind = data->info->shape == KILTER_SHAPE_RESOURCE
                                    ? KILTER_ENTITY_RESOURCE
                                    : (KilterEntityKind) i;

          if (target->entities[i] >= 0)
            ((KilterEntity *) data->entities[kind]->pdata[target->entities[i]])->used = TRUE;
        }
      if (data->info->shape == KILTER_SHAPE_SERIES)
        {
          g_autoptr (GArray) rows = kilter_import_find_rows (reader->plan, data, target);

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
count_totals (KilterNumberReader *reader)
{
  KilterImportPreview *preview = reader->preview;

  for (guint m = 0; m < reader->n_values; m++)
    {
      KilterImportTotal total = { NULL, NULL, 0, 0, reader->before[m], reader->after[m] };

      for (guint k = 0; k < preview->infos->len && total.key == NULL; k++)
        {
          const KilterImportColumnInfo *info = &g_array_index (preview->infos,
                                                               KilterImportColumnInfo, k);

          if (info->measure == preview->data->measures[m])
            {
              total.key = info->key;
              total.label = info->label;
            }
        }
      for (guint i = 0; i < reader->entries->len; i++)
        {
          double value = kilter_number_reader_get_values (reader, i)[m];

          if (g_array_index (reader->entries, KilterEntry, i).dropped || isnan (value))
            continue;
          total.sum += value;
          total.n++;
        }
      g_array_append_val (preview->totals, total);
    }
  for (guint i = 0; i < reader->entries->len; i++)
    {
      const KilterEntry *entry = &g_array_index (reader->entries, KilterEntry, i);
      const KilterPeriodInfo *period = &g_array_index (reader->periods, KilterPeriodInfo,
                                                       entry->period);

      if (entry->dropped == 1)
        continue;
      if (preview->first == KILTER_BUCKET_NONE || period->first < preview->first)
        preview->first = period->first;
      if (preview->last == KILTER_BUCKET_NONE || period->last > preview->last)
        preview->last = period->last;
    }
}

/**
 * kilter_number_reader_compare:
 *
 * Puts the entries into the plan's buckets, compares these with what the plan has, and fills the
 * counts and totals of the preview.
 */
void
kilter_number_reader_compare (KilterNumberReader *reader)
{
  fill_targets (reader);
  count_rows (reader);
  count_entities (reader);
  count_totals (reader);
}
