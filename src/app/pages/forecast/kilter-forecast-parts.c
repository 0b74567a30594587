/* kilter-forecast-parts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-parts.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KilterPlanGrid *grid;
  KilterPlan *plan;
  KilterMeasure measure;
  KilterPlanRowFlags flags;
  KilterPartsFunc add_block;
} Parts;

static gboolean
add_part (const Parts *self,
          const char *label,
          const char *key,
          const KilterScope *scope,
          int depth)
{
  KilterPlanRow row = {
    .label = label,
    .measure = (int) self->measure,
    .scope = *scope,
    .kind = KILTER_GRID_ROW_PRODUCT,
    .flags = self->flags | KILTER_PLAN_ROW_EXPANDABLE,
    .key = key,
    .depth = depth,
  };

  kilter_plan_grid_add (self->grid, &row);
  return kilter_plan_grid_is_expanded (self->grid, key);
}

static void
add_markets (const Parts *self, const KilterScope *scope)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (self->plan, scope, KILTER_GRAIN_SERIES);

  for (guint i = 0; i < rows->len; i++)
    {
      int id = g_array_index (rows, int, i);
      const KilterRecord *series = kilter_plan_get_record (self->plan, KILTER_TABLE_SERIES, id);
      KilterScope one = *scope;
      g_autofree char *key = g_strdup_printf ("series/%d", id), *label = NULL;

      one.region = kilter_record_ref (series, KILTER_SERIES_REGION);
      one.channel = kilter_record_ref (series, KILTER_SERIES_CHANNEL);
      label = g_strdup_printf ("%s · %s",
                               kilter_plan_get_key (self->plan, KILTER_TABLE_REGION, one.region),
                               kilter_plan_get_key (self->plan, KILTER_TABLE_CHANNEL, one.channel));
      if (add_part (self, label, key, &one, 0))
        self->add_block (self->grid, &one, 1);
    }
}

static void
add_products (const Parts *self, const KilterScope *scope, int depth)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (self->plan, scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = *scope;
      g_autofree char *key = NULL;

      one.product = g_array_index (products, int, i);
      key = g_strdup_printf ("product/%d", one.product);
      if (add_part (self, kilter_plan_get_product_name (self->plan, one.product), key, &one, depth))
        self->add_block (self->grid, &one, depth + 1);
    }
}

/* Families, when they divide the scope; what has none would be missing. */
static gboolean
has_families (KilterPlan *plan, const KilterScope *scope)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  int first = 0;
  gboolean several = FALSE;

  for (guint i = 0; i < products->len; i++)
    {
      const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                                            g_array_index (products, int, i));
      int family = kilter_record_ref (product, KILTER_PRODUCT_FAMILY);

      if (family == 0)
        return FALSE;
      several |= first != 0 && family != first;
      first = family;
    }
  return several;
}

static void
add_families (const Parts *self, const KilterScope *scope)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_FAMILY, family)
    {
      KilterScope one = *scope;
      g_autofree char *key = g_strdup_printf ("family/%d", family->id);
      g_autoptr (GArray) products = NULL;

      one.family = family->id;
      products = kilter_scope_get_rows (self->plan, &one, KILTER_GRAIN_PRODUCT);
      if (products->len > 0 &&
          add_part (self, kilter_record_text (family, KILTER_FAMILY_NAME), key, &one, 0))
        add_products (self, &one, 1);
    }
}

void
kilter_forecast_parts_add (KilterPlanGrid *grid,
                           KilterPlan *plan,
                           const KilterScope *scope,
                           KilterMeasure measure,
                           KilterPlanRowFlags flags,
                           KilterPartsFunc add_block)
{
  Parts self = { grid, plan, measure, flags, add_block };
  gboolean families = scope->product == 0 && has_families (plan, scope);

  kilter_plan_grid_add_section (grid,
                                scope->product != 0 ? _ ("By region and channel")
                                : families          ? _ ("By family")
                                                    : _ ("By product"),
                                scope, 0);
  if (scope->product != 0)
    add_markets (&self, scope);
  else if (families)
    add_families (&self, scope);
  else
    add_products (&self, scope, 0);
}
