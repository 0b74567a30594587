/* kilter-import-records-finish.c: records that were looked at, as changes of a command
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-records.h"

typedef struct
{
  const KilterPlan *plan;
  KilterCommand *command;
  GHashTable *made; /* table/key → id */
} Maker;

static int
lookup_made (const Maker *maker, KilterTableId table, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%d/%s", table, key);

  return GPOINTER_TO_INT (g_hash_table_lookup (maker->made, name));
}

static void
remember_made (const Maker *maker, KilterTableId table, const char *key, int id)
{
  g_hash_table_insert (maker->made, g_strdup_printf ("%d/%s", table, key), GINT_TO_POINTER (id));
}

static int
ensure_record (const Maker *maker, KilterTableId table, const char *key)
{
  const KilterRecord *record = kilter_plan_find_record (maker->plan, table, key);
  int id = record != NULL ? record->id : lookup_made (maker, table, key);

  if (id != 0)
    return id;
  id = kilter_command_add_record (maker->command, maker->plan, table);
  kilter_command_set_field_text (maker->command, maker->plan, table, id,
                                 kilter_table_get_info (table)->key, key);
  remember_made (maker, table, key, id);
  return id;
}

static void
write_fields (const Maker *maker, KilterTableId table, const KilterRecordRow *row)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  int family = 0;

  if (table == KILTER_TABLE_PRODUCT && kilter_plan_get_record (maker->plan, table, row->id) != NULL)
    family = kilter_record_ref (kilter_plan_get_record (maker->plan, table, row->id),
                                KILTER_PRODUCT_FAMILY);
  for (guint i = 0; i < row->fields->len; i++)
    {
      const KilterFieldValue *value = &g_array_index (row->fields, KilterFieldValue, i);
      double number = value->number;

      if (value->field < 0)
        {
          if (family != 0)
            kilter_command_set_field_number (
              maker->command, maker->plan, KILTER_TABLE_FAMILY, family, KILTER_FAMILY_CATEGORY,
              ensure_record (maker, KILTER_TABLE_CATEGORY, value->text));
          continue;
        }
      if (value->ref_key != NULL)
        number = ensure_record (maker, value->ref_table, value->ref_key);
      if (table == KILTER_TABLE_PRODUCT && value->field == KILTER_PRODUCT_FAMILY)
        family = (int) number;
      switch (info->fields[value->field].type)
        {
        case KILTER_FIELD_NUMBER:
        case KILTER_FIELD_INT:
        case KILTER_FIELD_BOOL:
        case KILTER_FIELD_REF:
          kilter_command_set_field_number (maker->command, maker->plan, table, row->id,
                                           value->field, number);
          break;
        case KILTER_FIELD_TEXT:
        case KILTER_FIELD_DATE:
        case KILTER_FIELD_BUCKET:
        case KILTER_FIELD_CHOICE:
        default:
          kilter_command_set_field_text (maker->command, maker->plan, table, row->id, value->field,
                                         value->text);
          break;
        }
    }
}

/* What a new product is where the file does not say. */
static void
set_defaults (const Maker *maker, const KilterRecordRow *row)
{
  if (kilter_record_row_find (row, KILTER_PRODUCT_STATUS) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id,
                                   KILTER_PRODUCT_STATUS, "active");
  if (kilter_record_row_find (row, KILTER_PRODUCT_MAKE) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id,
                                   KILTER_PRODUCT_MAKE, "stock");
  if (kilter_record_row_find (row, KILTER_PRODUCT_NAME) == NULL)
    kilter_command_set_field_text (maker->command, maker->plan, KILTER_TABLE_PRODUCT, row->id,
                                   KILTER_PRODUCT_NAME,
                                   kilter_record_row_find (row, KILTER_PRODUCT_CODE)->text);
}

/**
 * kilter_import_finish_records:
 *
 * Adds to @command the records that are new or differ.
 */
void
kilter_import_finish_records (const KilterPlan *plan,
                              const KilterImportPreview *preview,
                              KilterCommand *command)
{
  const KilterImportData *data = preview->data;
  KilterTableId table = data->info->table;
  int key = kilter_table_get_info (table)->key;
  Maker maker = { plan, command, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  /* first all records, so that they can refer to each other */
  for (guint i = 0; i < data->records->len; i++)
    {
      KilterRecordRow *row = data->records->pdata[i];
      const KilterFieldValue *value = key >= 0 ? kilter_record_row_find (row, key) : NULL;

      if (row->id != 0)
        continue;
      row->id = kilter_command_add_record (command, plan, table);
      if (value != NULL && value->text != NULL)
        remember_made (&maker, table, value->text, row->id);
    }
  for (guint i = 0; i < data->records->len; i++)
    {
      KilterRecordRow *row = data->records->pdata[i];

      if (!row->changed)
        continue;
      write_fields (&maker, table, row);
      if (table == KILTER_TABLE_PRODUCT && kilter_plan_get_record (plan, table, row->id) == NULL)
        set_defaults (&maker, row);
    }
  g_hash_table_unref (maker.made);
}
