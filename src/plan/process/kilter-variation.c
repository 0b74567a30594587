/* kilter-variation.c: records as a scenario assumes them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle.h"

#include "plan/data/kilter-plan-private.h"
#include "plan/process/kilter-version-private.h"

#include <math.h>

/* A scenario holds only the fields that differ; each is a record of KILTER_TABLE_VARIATION. The
 * record as a scenario sees it is put together when it is first asked for. */

typedef struct
{
  int version;
  int table;
  int id;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (guint) key->version * 2654435761u ^ (guint) key->table * 40503u ^ (guint) key->id;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->version == y->version && x->table == y->table && x->id == y->id;
}

static void
free_varied (gpointer data)
{
  KilterRecord *record = data;

  if (record == NULL)
    return;
  kilter_values_free (record->table, record->values);
  g_free (record);
}

static int
find_table (const char *name)
{
  for (int t = 0; t < KILTER_N_TABLES; t++)
    if (g_str_equal (kilter_table_get_info (t)->name, name))
      return t;
  return -1;
}

/* The field of a number that a variation sets; -1 when the plan has no such field. */
static int
get_target (const KilterRecord *variation, KilterTableId *out_table, int *out_row)
{
  int table = find_table (kilter_record_text (variation, KILTER_VARIATION_TABLE));
  int field = table >= 0
                ? kilter_table_find_field ((KilterTableId) table,
                                           kilter_record_text (variation, KILTER_VARIATION_FIELD))
                : -1;

  if (field < 0)
    return -1;
  *out_table = (KilterTableId) table;
  *out_row = (int) kilter_record_number_or (variation, KILTER_VARIATION_ROW, 0);
  return field;
}

void
kilter_plan_clear_varied (KilterPlan *self)
{
  g_clear_pointer (&self->varied, g_hash_table_unref);
}

/**
 * kilter_plan_get_record_in:
 * @version: a scenario, a snapshot or the baseline
 *
 * Returns: (transfer none) (nullable): the record as the version assumes it: its own differences
 *   over those of its parents, over the record; valid until the next command
 */
const KilterRecord *
kilter_plan_get_record_in (KilterPlan *self, KilterVersion version, KilterTableId table, int id)
{
  const KilterRecord *base = kilter_plan_get_record (self, table, id);
  KilterRecord *own = NULL;
  const KilterRecord *found;
  Key key = { version, (int) table, id };

  if (base == NULL || kilter_plan_count_records (self, KILTER_TABLE_VARIATION) == 0 ||
      kilter_plan_get_parent (self, version) == 0)
    return base;
  kilter_plan_update_index (self);
  if (self->varied == NULL)
    self->varied = g_hash_table_new_full (hash_key, equal_keys, g_free, free_varied);
  if (g_hash_table_lookup_extended (self->varied, &key, NULL, (gpointer *) &found))
    return found != NULL ? found : base;
  for (KilterVersion at = version; at != 0; at = kilter_plan_get_parent (self, at))
    KILTER_FOREACH_RECORD (self, KILTER_TABLE_VARIATION, variation)
      {
        KilterTableId what;
        int row, field;

        if (kilter_record_ref (variation, KILTER_VARIATION_VERSION) != at)
          continue;
        field = get_target (variation, &what, &row);
        if (field < 0 || what != table || row != id)
          continue;
        if (own == NULL)
          {
            own = g_new0 (KilterRecord, 1);
            own->id = id;
            own->table = table;
            own->values = kilter_values_copy (table, base->values);
          }
        /* the nearest version speaks first; its parents fill what it leaves */
        if (at == version || own->values[field].number == base->values[field].number ||
            isnan (own->values[field].number))
          own->values[field].number = kilter_record_number (variation, KILTER_VARIATION_NUMBER);
      }
  g_hash_table_insert (self->varied, g_memdup2 (&key, sizeof key), own);
  return own != NULL ? own : base;
}

/**
 * kilter_plan_get_policy_in:
 *
 * Returns: (transfer none) (nullable): a product's stock policy as a version assumes it
 */
const KilterRecord *
kilter_plan_get_policy_in (KilterPlan *self, KilterVersion version, int product)
{
  const KilterRecord *policy = kilter_plan_get_policy (self, product);

  return policy != NULL ? kilter_plan_get_record_in (self, version, KILTER_TABLE_POLICY, policy->id)
                        : NULL;
}

static const KilterRecord *
find_variation (const KilterPlan *plan,
                KilterVersion version,
                KilterTableId table,
                int id,
                int field)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VARIATION, variation)
    {
      KilterTableId what;
      int row;

      if (kilter_record_ref (variation, KILTER_VARIATION_VERSION) == version &&
          get_target (variation, &what, &row) == field && what == table && row == id)
        return variation;
    }
  return NULL;
}

/**
 * kilter_command_set_number_in:
 * @version: where it holds: the baseline changes the record itself, a scenario only its own view
 * @field: a field with a number
 *
 * Changes a field of a record in one version.
 */
void
kilter_command_set_number_in (KilterCommand *command,
                              KilterPlan *plan,
                              KilterVersion version,
                              KilterTableId table,
                              int id,
                              int field,
                              double number)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  const KilterRecord *known;
  int variation;

  if (kilter_plan_get_parent (plan, version) == 0)
    {
      kilter_command_set_field_number (command, plan, table, id, field, number);
      return;
    }
  known = find_variation (plan, version, table, id, field);
  variation = known != NULL ? known->id
                            : kilter_command_add_record (command, plan, KILTER_TABLE_VARIATION);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_VARIATION, variation,
                                   KILTER_VARIATION_VERSION, version);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VARIATION, variation,
                                 KILTER_VARIATION_TABLE, info->name);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_VARIATION, variation,
                                   KILTER_VARIATION_ROW, id);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VARIATION, variation,
                                 KILTER_VARIATION_FIELD, info->fields[field].name);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_VARIATION, variation,
                                   KILTER_VARIATION_NUMBER, number);
}

/* What a scenario assumes becomes its parent's. The records of the scenario itself stay: it then
 * says the same as its parent. */
void
kilter_version_adopt_variations (KilterPlan *plan,
                                 KilterCommand *command,
                                 KilterVersion version,
                                 const KilterScope *scope)
{
  KilterVersion parent = kilter_plan_get_parent (plan, version);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VARIATION, variation)
    {
      KilterTableId table;
      int row, field, product = 0;

      if (kilter_record_ref (variation, KILTER_VARIATION_VERSION) != version)
        continue;
      field = get_target (variation, &table, &row);
      if (field < 0 || kilter_plan_get_record (plan, table, row) == NULL)
        continue;
      if (table == KILTER_TABLE_POLICY)
        product = kilter_record_ref (kilter_plan_get_record (plan, table, row),
                                     KILTER_POLICY_PRODUCT);
      if (product > 0 && scope != NULL && !kilter_scope_has_product (plan, scope, product))
        continue;
      kilter_command_set_number_in (command, plan, parent, table, row, field,
                                    kilter_record_number (variation, KILTER_VARIATION_NUMBER));
    }
}

void
kilter_version_erase_variations (KilterPlan *plan, KilterCommand *command, KilterVersion version)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VARIATION, variation)
    if (kilter_record_ref (variation, KILTER_VARIATION_VERSION) == version)
      kilter_command_remove_record (command, plan, KILTER_TABLE_VARIATION, variation->id);
}

/**
 * kilter_plan_list_variations:
 *
 * Returns: (transfer full) (element-type KilterVariation): which fields a scenario assumes other
 *   than its parent, by the order in which they came
 */
GArray *
kilter_plan_list_variations (KilterPlan *plan, KilterVersion version)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KilterVariation));
  KilterVersion parent = kilter_plan_get_parent (plan, version);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VARIATION, record)
    if (kilter_record_ref (record, KILTER_VARIATION_VERSION) == version)
      {
        KilterVariation variation = { 0 };
        const KilterRecord *before;

        variation.field = get_target (record, &variation.table, &variation.row);
        if (variation.field < 0)
          continue;
        before = kilter_plan_get_record_in (plan, parent, variation.table, variation.row);
        if (before == NULL)
          continue;
        variation.from = kilter_record_number (before, variation.field);
        variation.to = kilter_record_number (record, KILTER_VARIATION_NUMBER);
        if (variation.from != variation.to)
          g_array_append_val (list, variation);
      }
  return list;
}
