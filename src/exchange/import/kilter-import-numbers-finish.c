/* kilter-import-numbers-finish.c: numbers that were looked at, as changes of a command
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-numbers.h"

#include <math.h>
#include <string.h>

static int
find_or_add_named (KilterCommand *command,
                   const KilterPlan *plan,
                   GHashTable *made,
                   KilterTableId table,
                   int field,
                   const char *name)
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
make_entities (const KilterPlan *plan,
               const KilterImportData *data,
               KilterEntityKind kind,
               GHashTable *made,
               KilterCommand *command)
{
  KilterTableId table = kilter_entity_kind_get_table (kind);
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
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_NAME,
                                     entity->name != NULL ? entity->name : entity->key);
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_STATUS, "active");
      kilter_command_set_field_text (command, plan, table, ids[i], KILTER_PRODUCT_MAKE, "stock");
      if (entity->family != NULL)
        {
          int family = find_or_add_named (command, plan, made, KILTER_TABLE_FAMILY,
                                          KILTER_FAMILY_NAME, entity->family);

          kilter_command_set_field_number (command, plan, table, ids[i], KILTER_PRODUCT_FAMILY,
                                           family);
          if (entity->category != NULL)
            kilter_command_set_field_number (
              command, plan, KILTER_TABLE_FAMILY, family, KILTER_FAMILY_CATEGORY,
              find_or_add_named (command, plan, made, KILTER_TABLE_CATEGORY, KILTER_CATEGORY_NAME,
                                 entity->category));
        }
    }
  return ids;
}

static void
write_row (const KilterPlan *plan,
           const KilterImportData *data,
           guint m,
           int row,
           const double *values,
           double share,
           KilterCommand *command)
{
  int n = data->n_buckets;
  g_autofree double *out = g_new (double, n);
  const double *stored = kilter_plan_get_stored (plan, KILTER_BASELINE, data->measures[m],
                                                 data->layers[m], row);
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
    kilter_command_set_values (command, plan, KILTER_BASELINE, data->measures[m], data->layers[m],
                               row, first, last - first + 1, out + first);
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
      const double *actual = kilter_plan_get_stored (
        plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, g_array_index (rows, int, i));

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
make_series (const KilterPlan *plan,
             GHashTable *made,
             int product,
             int region,
             int channel,
             KilterCommand *command)
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
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_PRODUCT,
                                   product);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_REGION,
                                   region);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, KILTER_SERIES_CHANNEL,
                                   channel);
  g_hash_table_insert (made, g_steal_pointer (&key), GINT_TO_POINTER (id));
  return id;
}

/**
 * kilter_import_finish_numbers:
 *
 * Adds to @command the records that are missing and the numbers that differ from the plan.
 */
void
kilter_import_finish_numbers (const KilterPlan *plan,
                              const KilterImportPreview *preview,
                              KilterCommand *command)
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
      rows = kilter_import_find_rows (plan, data, target);
      if (rows->len == 0)
        {
          int row;

          if (data->info->shape == KILTER_SHAPE_SERIES)
            {
              int region = target->entities[1] >= 0
                             ? ids[KILTER_ENTITY_REGION][target->entities[1]]
                             : find_or_add_named (command, plan, made, KILTER_TABLE_REGION,
                                                  KILTER_REGION_NAME, "All");
              int channel = target->entities[2] >= 0
                              ? ids[KILTER_ENTITY_CHANNEL][target->entities[2]]
                              : find_or_add_named (command, plan, made, KILTER_TABLE_CHANNEL,
                                                   KILTER_CHANNEL_NAME, "All");

              row = make_series (plan, made, ids[KILTER_ENTITY_PRODUCT][target->entities[0]],
                                 region, channel, command);
            }
          else
            row = ids[data->info->shape == KILTER_SHAPE_RESOURCE
                        ? KILTER_ENTITY_RESOURCE
                        : KILTER_ENTITY_PRODUCT][target->entities[0]];
          g_array_append_val (rows, row);
        }
      shares = find_shares (plan, rows);
      for (guint m = 0; m < data->n_measures; m++)
        for (guint i = 0; target->values[m] != NULL && i < rows->len; i++)
          write_row (plan, data, m, g_array_index (rows, int, i), target->values[m],
                     rows->len == 1 ? 1 : shares[i], command);
    }
  for (int kind = 0; kind < KILTER_N_ENTITIES; kind++)
    g_free (ids[kind]);
}
