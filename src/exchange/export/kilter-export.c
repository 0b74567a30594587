/* kilter-export.c: numbers and records of the plan as tables
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-export.h"

#include <math.h>
#include <string.h>

static const char *const by_names[] = {
  [KILTER_EXPORT_BY_TOTAL] = "total",   [KILTER_EXPORT_BY_CATEGORY] = "category",
  [KILTER_EXPORT_BY_FAMILY] = "family", [KILTER_EXPORT_BY_PRODUCT] = "product",
  [KILTER_EXPORT_BY_REGION] = "region", [KILTER_EXPORT_BY_CHANNEL] = "channel",
  [KILTER_EXPORT_BY_SERIES] = "series", [KILTER_EXPORT_BY_RESOURCE] = "resource",
};

gboolean
kilter_export_by_from_string (const char *text, KilterExportBy *out_by)
{
  for (gsize i = 0; i < G_N_ELEMENTS (by_names); i++)
    if (g_strcmp0 (text, by_names[i]) == 0)
      {
        *out_by = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_export_by_suits:
 *
 * Returns: whether a measure can be told apart this way: stock has no region, load no product
 */
gboolean
kilter_export_by_suits (KilterExportBy by, KilterMeasure measure)
{
  KilterGrain grain = kilter_measure_get_info (measure)->grain;

  switch (by)
    {
    case KILTER_EXPORT_BY_TOTAL:
      return TRUE;
    case KILTER_EXPORT_BY_CATEGORY:
    case KILTER_EXPORT_BY_FAMILY:
    case KILTER_EXPORT_BY_PRODUCT:
      return grain != KILTER_GRAIN_RESOURCE;
    case KILTER_EXPORT_BY_REGION:
    case KILTER_EXPORT_BY_CHANNEL:
    case KILTER_EXPORT_BY_SERIES:
      return grain == KILTER_GRAIN_SERIES;
    case KILTER_EXPORT_BY_RESOURCE:
      return grain == KILTER_GRAIN_RESOURCE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * kilter_export_table_new:
 * @headings: (array length=n_columns)
 *
 * Returns: (transfer full): a table without rows
 */
KilterExportTable *
kilter_export_table_new (guint n_columns, const char *const *headings)
{
  KilterExportTable *self = g_new0 (KilterExportTable, 1);

  self->n_columns = n_columns;
  self->headings = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    self->headings[i] = g_strdup (headings[i]);
  self->rows = g_ptr_array_new ();
  return self;
}

/**
 * kilter_export_table_add_row:
 *
 * Returns: (transfer none) (array): the cells of a new row, all empty
 */
KilterExportCell *
kilter_export_table_add_row (KilterExportTable *self)
{
  KilterExportCell *cells = g_new0 (KilterExportCell, self->n_columns);

  for (guint i = 0; i < self->n_columns; i++)
    cells[i].number = NAN;
  g_ptr_array_add (self->rows, cells);
  return cells;
}

void
kilter_export_table_free (KilterExportTable *self)
{
  if (self == NULL)
    return;
  for (guint r = 0; r < self->rows->len; r++)
    {
      KilterExportCell *cells = self->rows->pdata[r];

      for (guint i = 0; i < self->n_columns; i++)
        {
          g_free (cells[i].text);
          g_free (cells[i].formula);
        }
      g_free (cells);
    }
  g_ptr_array_unref (self->rows);
  g_strfreev (self->headings);
  g_free (self);
}

/**
 * kilter_export_sheet_new:
 * @name: as people would name it; the writer makes it fit
 * @table: (transfer full):
 */
KilterExportSheet *
kilter_export_sheet_new (const char *name, KilterExportTable *table, gboolean is_page)
{
  KilterExportSheet *self = g_new0 (KilterExportSheet, 1);

  self->name = g_strdup (name);
  self->table = table;
  self->is_page = is_page;
  return self;
}

void
kilter_export_sheet_free (gpointer data)
{
  KilterExportSheet *self = data;

  g_free (self->name);
  kilter_export_table_free (self->table);
  g_free (self);
}

/* --- measures --- */

/* What a row of the output stands for. */
typedef struct
{
  KilterScope scope;
  int series; /* 0: the whole scope */
  const char *names[3];
} Group;

static const struct
{
  int n;
  const char *headings[3];
} group_headings[] = {
  [KILTER_EXPORT_BY_TOTAL] = { 0, { NULL } },
  [KILTER_EXPORT_BY_CATEGORY] = { 1, { "category" } },
  [KILTER_EXPORT_BY_FAMILY] = { 1, { "family" } },
  [KILTER_EXPORT_BY_PRODUCT] = { 1, { "product" } },
  [KILTER_EXPORT_BY_REGION] = { 1, { "region" } },
  [KILTER_EXPORT_BY_CHANNEL] = { 1, { "channel" } },
  [KILTER_EXPORT_BY_SERIES] = { 3, { "product", "region", "channel" } },
  [KILTER_EXPORT_BY_RESOURCE] = { 1, { "resource" } },
};

static void
add_groups (const KilterPlan *plan,
            const KilterExportRequest *request,
            KilterTableId table,
            gsize member,
            GArray *groups)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      Group group = { request->scope, 0, { kilter_plan_get_key (plan, table, record->id) } };
      int *chosen = (int *) ((char *) &group.scope + member);

      if (*chosen != 0 && *chosen != record->id)
        continue;
      *chosen = record->id;
      /* what the rest of the scope leaves out has no row */
      if ((table == KILTER_TABLE_PRODUCT &&
           !kilter_scope_has_product (plan, &group.scope, record->id)) ||
          (table == KILTER_TABLE_RESOURCE &&
           !kilter_scope_has_resource (plan, &group.scope, record->id)))
        continue;
      g_array_append_val (groups, group);
    }
}

static GArray *
make_groups (const KilterPlan *plan, const KilterExportRequest *request)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));

  switch (request->by)
    {
    case KILTER_EXPORT_BY_TOTAL:
      {
        Group group = { request->scope, 0, { NULL } };

        g_array_append_val (groups, group);
        break;
      }
    case KILTER_EXPORT_BY_CATEGORY:
      add_groups (plan, request, KILTER_TABLE_CATEGORY, G_STRUCT_OFFSET (KilterScope, category),
                  groups);
      break;
    case KILTER_EXPORT_BY_FAMILY:
      add_groups (plan, request, KILTER_TABLE_FAMILY, G_STRUCT_OFFSET (KilterScope, family),
                  groups);
      break;
    case KILTER_EXPORT_BY_PRODUCT:
      add_groups (plan, request, KILTER_TABLE_PRODUCT, G_STRUCT_OFFSET (KilterScope, product),
                  groups);
      break;
    case KILTER_EXPORT_BY_REGION:
      add_groups (plan, request, KILTER_TABLE_REGION, G_STRUCT_OFFSET (KilterScope, region),
                  groups);
      break;
    case KILTER_EXPORT_BY_CHANNEL:
      add_groups (plan, request, KILTER_TABLE_CHANNEL, G_STRUCT_OFFSET (KilterScope, channel),
                  groups);
      break;
    case KILTER_EXPORT_BY_RESOURCE:
      add_groups (plan, request, KILTER_TABLE_RESOURCE, G_STRUCT_OFFSET (KilterScope, resource),
                  groups);
      break;
    case KILTER_EXPORT_BY_SERIES:
      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_SERIES, series)
        {
          Group group = { request->scope, series->id, { NULL } };

          if (!kilter_scope_has_series (plan, &request->scope, series->id))
            continue;
          group.names[0] = kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT,
                                                kilter_record_ref (series, KILTER_SERIES_PRODUCT));
          group.names[1] = kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                                                kilter_record_ref (series, KILTER_SERIES_REGION));
          group.names[2] = kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                                                kilter_record_ref (series, KILTER_SERIES_CHANNEL));
          g_array_append_val (groups, group);
        }
      break;
    default:
      break;
    }
  return groups;
}

static void
read_group (KilterPlan *plan,
            const KilterExportRequest *request,
            KilterMeasure measure,
            const Group *group,
            double *out)
{
  int n = kilter_plan_get_n_buckets (plan);

  if (!kilter_export_by_suits (request->by, measure))
    {
      for (int i = 0; i < n; i++)
        out[i] = NAN;
      return;
    }
  if (group->series != 0)
    memcpy (out, kilter_plan_get_row (plan, request->version, measure, group->series),
            sizeof (double) * n);
  else
    kilter_plan_aggregate (plan, request->version, measure, &group->scope, out);
}

static char *
bucket_name (const KilterPlan *plan, int index)
{
  return kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                  kilter_plan_get_bucket (plan, index));
}

static KilterExportStyle
measure_style (KilterMeasure measure)
{
  return kilter_measure_get_info (measure)->unit == KILTER_UNIT_RATIO ? KILTER_EXPORT_PERCENT
                                                                      : KILTER_EXPORT_NUMBER;
}

/* Buckets across: group, measure, 2026-01, 2026-02 … */
static KilterExportTable *
export_across (KilterPlan *plan, const KilterExportRequest *request, const GArray *groups)
{
  int n_names = group_headings[request->by].n;
  guint n_columns = (guint) (n_names + 1 + request->n);
  g_auto (GStrv) headings = g_new0 (char *, n_columns + 1);
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));
  KilterExportTable *table;

  for (int i = 0; i < n_names; i++)
    headings[i] = g_strdup (group_headings[request->by].headings[i]);
  headings[n_names] = g_strdup ("measure");
  for (int i = 0; i < request->n; i++)
    headings[n_names + 1 + i] = bucket_name (plan, request->first + i);
  table = kilter_export_table_new (n_columns, (const char *const *) headings);
  for (guint g = 0; g < groups->len; g++)
    for (guint m = 0; m < request->n_measures; m++)
      {
        const Group *group = &g_array_index (groups, Group, g);
        KilterExportCell *cells = kilter_export_table_add_row (table);

        read_group (plan, request, request->measures[m], group, values);
        for (int i = 0; i < n_names; i++)
          cells[i].text = g_strdup (group->names[i]);
        cells[n_names].text = g_strdup (kilter_measure_get_info (request->measures[m])->key);
        for (int i = 0; i < request->n; i++)
          {
            cells[n_names + 1 + i].number = values[request->first + i];
            cells[n_names + 1 + i].style = measure_style (request->measures[m]);
          }
      }
  return table;
}

/* One row a group and bucket: group, period, measure, measure … */
static KilterExportTable *
export_long (KilterPlan *plan, const KilterExportRequest *request, const GArray *groups)
{
  int n_names = group_headings[request->by].n;
  guint n_columns = (guint) n_names + 1 + request->n_measures;
  int n = kilter_plan_get_n_buckets (plan);
  g_auto (GStrv) headings = g_new0 (char *, n_columns + 1);
  g_autofree double *values = g_new (double, (gsize) n *MAX (request->n_measures, 1));
  KilterExportTable *table;

  for (int i = 0; i < n_names; i++)
    headings[i] = g_strdup (group_headings[request->by].headings[i]);
  headings[n_names] = g_strdup ("month");
  for (guint m = 0; m < request->n_measures; m++)
    headings[n_names + 1 + (int) m] = g_strdup (
      kilter_measure_get_info (request->measures[m])->key);
  table = kilter_export_table_new (n_columns, (const char *const *) headings);
  for (guint g = 0; g < groups->len; g++)
    {
      const Group *group = &g_array_index (groups, Group, g);

      for (guint m = 0; m < request->n_measures; m++)
        read_group (plan, request, request->measures[m], group, values + (gsize) m * n);
      for (int b = request->first; b < request->first + request->n; b++)
        {
          KilterExportCell *cells = kilter_export_table_add_row (table);

          for (int i = 0; i < n_names; i++)
            cells[i].text = g_strdup (group->names[i]);
          cells[n_names].text = bucket_name (plan, b);
          for (guint m = 0; m < request->n_measures; m++)
            {
              cells[n_names + 1 + (int) m].number = values[(gsize) m * n + b];
              cells[n_names + 1 + (int) m].style = measure_style (request->measures[m]);
            }
        }
    }
  return table;
}

/**
 * kilter_export_measures:
 *
 * The long layout is what kilter_import_preview() reads back.
 *
 * Returns: (transfer full): what was asked for; cells that a measure does not have are empty
 */
KilterExportTable *
kilter_export_measures (KilterPlan *plan, const KilterExportRequest *request)
{
  g_autoptr (GArray) groups = NULL;

  g_return_val_if_fail (request->first >= 0 && request->n >= 0 &&
                          request->first + request->n <= kilter_plan_get_n_buckets (plan),
                        NULL);

  groups = make_groups (plan, request);
  return request->long_layout ? export_long (plan, request, groups)
                              : export_across (plan, request, groups);
}

/* --- records --- */

static void
fill_field (const KilterPlan *plan,
            const KilterFieldInfo *field,
            const KilterValue *value,
            KilterExportCell *cell)
{
  switch (field->type)
    {
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
      cell->number = value->number;
      if (field->type != KILTER_FIELD_NUMBER)
        cell->style = KILTER_EXPORT_PLAIN;
      break;
    case KILTER_FIELD_REF:
      if (!isnan (value->number) && value->number > 0)
        {
          const char *key = kilter_plan_get_key (plan, field->ref, (int) value->number);

          if (*key != '\0')
            cell->text = g_strdup (key);
          else
            cell->number = value->number;
        }
      break;
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      cell->text = g_strdup (value->text);
      break;
    }
}

/**
 * kilter_export_records:
 *
 * Returns: (transfer full): all records of a table by their fields' names; other records by their
 *   key; products also carry their category, as kilter_import_preview() reads it
 */
KilterExportTable *
kilter_export_records (const KilterPlan *plan, KilterTableId table)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  gboolean product = table == KILTER_TABLE_PRODUCT;
  guint n_columns = (guint) info->n_fields + product;
  g_autofree const char **headings = g_new0 (const char *, n_columns);
  KilterExportTable *out;

  for (int f = 0; f < info->n_fields; f++)
    headings[f] = info->fields[f].name;
  if (product)
    headings[info->n_fields] = "category";
  out = kilter_export_table_new (n_columns, headings);
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      KilterExportCell *cells = kilter_export_table_add_row (out);

      for (int f = 0; f < info->n_fields; f++)
        fill_field (plan, &info->fields[f], &record->values[f], &cells[f]);
      if (product)
        {
          const KilterRecord *family = kilter_plan_get_record (
            plan, KILTER_TABLE_FAMILY, kilter_record_ref (record, KILTER_PRODUCT_FAMILY));

          if (family != NULL && kilter_record_ref (family, KILTER_FAMILY_CATEGORY) != 0)
            cells[info->n_fields].text = g_strdup (kilter_plan_get_key (
              plan, KILTER_TABLE_CATEGORY, kilter_record_ref (family, KILTER_FAMILY_CATEGORY)));
        }
    }
  return out;
}
