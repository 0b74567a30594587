/* plan-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include "base/kilter-hash.h"
#include "base/kilter-number.h"

#include <math.h>

/* Pairs of field name and text; numbers as text. */
int
plan_fixture_add (KilterPlan *plan, KilterTableId table, ...)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  int id = kilter_command_add_record (command, plan, table);
  const char *name;
  va_list args;

  va_start (args, table);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *text = va_arg (args, const char *);
      int field = kilter_table_find_field (table, name);
      double number;

      g_assert_cmpint (field, >=, 0);
      switch (kilter_table_get_info (table)->fields[field].type)
        {
        case KILTER_FIELD_NUMBER:
        case KILTER_FIELD_INT:
        case KILTER_FIELD_BOOL:
        case KILTER_FIELD_REF:
          g_assert_true (kilter_number_from_c (text, &number));
          kilter_command_set_field_number (command, plan, table, id, field, number);
          break;
        case KILTER_FIELD_TEXT:
        case KILTER_FIELD_DATE:
        case KILTER_FIELD_BUCKET:
        case KILTER_FIELD_CHOICE:
        default:
          kilter_command_set_field_text (command, plan, table, id, field, text);
          break;
        }
    }
  va_end (args);
  kilter_plan_apply (plan, command);
  return id;
}

KilterPlan *
plan_fixture_new (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 24, 12);
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Fixture", "USD");
  plan_fixture_add (plan, KILTER_TABLE_FAMILY, "name", "Ice Cream", NULL);
  plan_fixture_add (plan, KILTER_TABLE_FAMILY, "name", "Drinks", NULL);
  plan_fixture_add (plan, KILTER_TABLE_REGION, "name", "North", NULL);
  plan_fixture_add (plan, KILTER_TABLE_REGION, "name", "South", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CHANNEL, "name", "Retail", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "CUP", "name", "Cup", "family", "1",
                    "price", "10", "cost", "6", "opening_stock", "500", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "CONE", "name", "Cone", "family", "1",
                    "price", "20", "cost", "12", "opening_stock", "500", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "JUICE", "name", "Juice", "family", "2",
                    "price", "5", "cost", "3", "opening_stock", "500", NULL);
  for (int p = 1; p <= 3; p++)
    for (int r = 1; r <= 2; r++)
      {
        g_autofree char *product = g_strdup_printf ("%d", p);
        g_autofree char *region = g_strdup_printf ("%d", r);
        int series = plan_fixture_add (plan, KILTER_TABLE_SERIES, "product", product, "region",
                                       region, "channel", "1", NULL);

        for (int t = 0; t < 36; t++)
          kilter_command_set_value (
            command, plan, KILTER_BASELINE, t < 24 ? KILTER_ACTUAL : KILTER_STATISTICAL,
            KILTER_LAYER_FACT, series, t, t < 24 ? 100 * p + 10 * r + t : 200 * p + 20 * r + t);
      }
  kilter_plan_apply (plan, command);
  return plan;
}

typedef struct
{
  KilterHash *hash;
  int n;
} Walk;

static void
add_row (KilterVersion version,
         KilterMeasure measure,
         KilterLayer layer,
         int row,
         const double *values,
         gpointer user_data)
{
  Walk *walk = user_data;

  kilter_hash_add_int (walk->hash, version);
  kilter_hash_add_int (walk->hash, measure);
  kilter_hash_add_int (walk->hash, layer);
  kilter_hash_add_int (walk->hash, row);
  for (int i = 0; i < walk->n; i++)
    kilter_hash_add_int (walk->hash, kilter_value_is_cleared (values[i]));
  kilter_hash_add_doubles (walk->hash, values, (gsize) walk->n);
}

/* Everything that is stored, so that two plans can be compared. */
char *
plan_fixture_fingerprint (KilterPlan *plan)
{
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  Walk walk = { hash, kilter_plan_get_n_buckets (plan) };

  for (int table = 0; table < KILTER_N_TABLES; table++)
    KILTER_FOREACH_RECORD (plan, table, record)
      {
        kilter_hash_add_int (hash, table);
        kilter_hash_add_int (hash, record->id);
        for (int f = 0; f < kilter_table_get_info (table)->n_fields; f++)
          {
            kilter_hash_add_text (hash, record->values[f].text);
            kilter_hash_add_double (hash, record->values[f].number);
          }
      }
  kilter_plan_foreach_stored (plan, add_row, &walk);
  return kilter_hash_finish (hash);
}
