/* kilter-sample-records.c: what no import kind covers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/sample/kilter-sample-private.h"

#include "plan/kilter-tasks.h"
#include "plan/process/kilter-cycle.h"

#include <glib/gi18n-lib.h>

/* --- what no import covers --- */

gboolean
kilter_sample_make_forecast (KilterSampleBuilder *self, GError **error)
{
  const KilterForecastRequest request = { KILTER_BASELINE, NULL, NULL, FALSE };
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (self->plan, &request, error);
  g_autoptr (KilterCommand) command = NULL;

  if (task == NULL || !kilter_forecast_task_run (task, self->job, error))
    return FALSE;
  command = kilter_forecast_task_finish (task, self->plan);
  return kilter_sample_apply_command (self, command, "Linh Trần", "2026-04-02T10:12:00Z", error);
}

/* Consecutive rows of one author, time and reason are one edit. */
gboolean
kilter_sample_make_overrides (KilterSampleBuilder *self, GError **error)
{
  g_autoptr (KilterSampleTable)
    table = kilter_sample_table_read (self->folder, "overrides.csv", error);
  guint r = 1;

  if (table == NULL)
    return FALSE;
  while (r < table->rows->len)
    {
      const char *at = kilter_sample_table_get (table, r, "at"),
                 *who = kilter_sample_table_get (table, r, "author");
      const char *code = kilter_sample_table_get (table, r, "product");
      const char *comment = kilter_sample_translate (self,
                                                     kilter_sample_table_get (table, r, "comment"));
      int product = kilter_sample_find_product (self->plan, code);
      KilterScope scope = { .product = product };
      g_autofree char *title = kilter_scope_get_title (self->plan, &scope);
      g_autofree char *label = g_strdup_printf ("%s: %s", kilter_measure_get_name (KILTER_OVERRIDE),
                                                title);
      g_autoptr (KilterCommand) command = kilter_command_new ("override", label);
      guint first = r;

      for (; r < table->rows->len && g_str_equal (kilter_sample_table_get (table, r, "at"), at) &&
             g_str_equal (kilter_sample_table_get (table, r, "product"), code);
           r++)
        {
          int bucket = kilter_sample_find_bucket (self->plan,
                                                  kilter_sample_table_get (table, r, "month"));
          KilterEditResult result;

          if (!kilter_plan_edit (
                self->plan, command, KILTER_BASELINE, KILTER_FINAL, &scope, bucket, KILTER_EDIT_ADD,
                g_ascii_strtod (kilter_sample_table_get (table, r, "quantity"), NULL),
                KILTER_SPREAD_MIX, &result, error))
            return FALSE;
        }
      {
        const char *reason = kilter_sample_translate (
          self, kilter_sample_table_get (table, first, "reason"));
        g_autofree char *text = *comment != '\0' ? g_strdup_printf ("%s: %s", reason, comment)
                                                 : g_strdup (reason);

        kilter_command_set_reason (command, text);
      }
      if (!kilter_sample_apply_command (self, command, who, at, error))
        return FALSE;
    }
  return TRUE;
}

void
kilter_sample_set_text (KilterSampleBuilder *self,
                        KilterCommand *command,
                        KilterTableId table,
                        int id,
                        int field,
                        const char *text)
{
  kilter_command_set_field_text (command, self->plan, table, id, field, text);
}

gboolean
kilter_sample_make_comments (KilterSampleBuilder *self, GError **error)
{
  g_autoptr (KilterSampleTable)
    table = kilter_sample_table_read (self->folder, "comments.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      g_autoptr (KilterCommand) command = kilter_command_new (
        "comment", kilter_sample_translate (self, kilter_sample_table_get (table, r, "text")));
      int measure = kilter_measure_from_key (kilter_sample_table_get (table, r, "measure"));
      int row = kilter_sample_find_product (self->plan,
                                            kilter_sample_table_get (table, r, "product")),
          n = 0;
      int id = kilter_command_add_record (command, self->plan, KILTER_TABLE_COMMENT);

      if (measure >= 0 && kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES)
        {
          const int *series = kilter_plan_get_product_series (self->plan, row, &n);

          row = n > 0 ? series[0] : 0;
        }
      kilter_command_set_field_number (command, self->plan, KILTER_TABLE_COMMENT, id,
                                       KILTER_COMMENT_VERSION, KILTER_BASELINE);
      kilter_command_set_field_number (command, self->plan, KILTER_TABLE_COMMENT, id,
                                       KILTER_COMMENT_ROW, row);
      kilter_sample_set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_MEASURE,
                              kilter_sample_table_get (table, r, "measure"));
      kilter_sample_set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_BUCKET,
                              kilter_sample_table_get (table, r, "month"));
      kilter_sample_set_text (
        self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_TEXT,
        kilter_sample_translate (self, kilter_sample_table_get (table, r, "text")));
      kilter_sample_set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AUTHOR,
                              kilter_sample_table_get (table, r, "author"));
      kilter_sample_set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AT,
                              kilter_sample_table_get (table, r, "at"));
      if (!kilter_sample_apply_command (self, command, kilter_sample_table_get (table, r, "author"),
                                        kilter_sample_table_get (table, r, "at"), error))
        return FALSE;
    }
  return TRUE;
}

/* --- records that no import kind covers --- */

/* A field as a file holds it: numbers, names of other records, texts. */
static void
set_field (KilterSampleBuilder *self,
           KilterCommand *command,
           KilterTableId table,
           int id,
           int field,
           const char *text)
{
  const KilterFieldInfo *info = &kilter_table_get_info (table)->fields[field];

  if (*text == '\0')
    return;
  switch (info->type)
    {
    case KILTER_FIELD_REF:
      KILTER_FOREACH_RECORD (self->plan, info->ref, other)
        if (g_str_equal (kilter_plan_get_key (self->plan, info->ref, other->id),
                         kilter_sample_translate (self, text)))
          kilter_command_set_field_number (command, self->plan, table, id, field, other->id);
      break;
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
      kilter_command_set_field_number (command, self->plan, table, id, field,
                                       g_ascii_strtod (text, NULL));
      break;
    case KILTER_FIELD_TEXT:
      kilter_sample_set_text (self, command, table, id, field,
                              kilter_sample_translate (self, text));
      break;
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      kilter_sample_set_text (self, command, table, id, field, text);
    }
}

static gboolean
make_records (KilterSampleBuilder *self, const char *name, KilterTableId table, GError **error)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  g_autoptr (KilterSampleTable) rows = kilter_sample_table_read (self->folder, name, error);
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", _ (info->label));

  if (rows == NULL)
    return FALSE;
  for (guint r = 1; r < rows->rows->len; r++)
    {
      int id = kilter_command_add_record (command, self->plan, table);

      for (int f = 0; f < info->n_fields; f++)
        set_field (self, command, table, id, f,
                   kilter_sample_table_get (rows, r, info->fields[f].name));
    }
  return kilter_sample_apply_command (self, command, "Linh Trần", "2026-04-02T10:20:00Z", error);
}

gboolean
kilter_sample_make_calendar (KilterSampleBuilder *self, GError **error)
{
  return make_records (self, "contributors.csv", KILTER_TABLE_CONTRIBUTOR, error) &&
         make_records (self, "events.csv", KILTER_TABLE_EVENT, error) &&
         make_records (self, "event_products.csv", KILTER_TABLE_EVENT_PRODUCT, error);
}
