/* kilter-materials-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-materials-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "plan/supply/kilter-stock-policy.h"
#include "report/words/kilter-headline.h"

struct _KilterMaterialsPage
{
  KilterHeatPage parent_instance;

  GArray *products; /* int: of the grid */
};

G_DEFINE_FINAL_TYPE (KilterMaterialsPage, kilter_materials_page, KILTER_TYPE_HEAT_PAGE)

/* What must be ordered in a period to be there after the lead time. */
static void
read_orders (const KilterSubject *subject,
             KilterMeasure measure,
             int first,
             int n,
             gpointer data,
             double *out_values,
             double *out_total)
{
  int lead = GPOINTER_TO_INT (data), n_buckets = kilter_plan_get_n_buckets (subject->plan);
  int cycle = kilter_plan_get_n_history (subject->plan);
  g_autofree double *bought = g_new (double, n_buckets);

  kilter_subject_get (subject, KILTER_PURCHASE, bought);
  *out_total = 0;
  for (int t = 0; t < n_buckets; t++)
    {
      out_values[t] = t >= cycle && t + lead < n_buckets ? bought[t + lead] : NAN;
      if (t >= first && t < first + n && !isnan (out_values[t]))
        *out_total += out_values[t];
    }
}

static void
add_supplier (KilterPlanGrid *grid, KilterPlan *plan, int resource)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Needed by the demand"), .measure = KILTER_DEMAND_LOAD },
    { .label = _ ("Planned"), .measure = KILTER_LOAD, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .label = _ ("Limit"), .measure = KILTER_CAPACITY, .flags = KILTER_PLAN_ROW_EDITABLE },
    { .label = _ ("Use of the limit"), .measure = KILTER_LOAD_SHARE },
  };

  kilter_plan_grid_add_section (grid, kilter_plan_get_resource_name (plan, resource),
                                &(KilterScope) { .resource = resource }, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope.resource = resource;
      row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (grid, &row);
    }
}

static char *
get_key (int product)
{
  return g_strdup_printf ("material/%d", product);
}

static void
add_material (KilterPlanGrid *grid, KilterPlan *plan, int product)
{
  int lead = kilter_plan_get_lead (plan, product);
  g_autofree char *key = get_key (product);
  g_autofree char *orders = g_strdup_printf (
    ngettext ("Order, %d period ahead", "Order, %d periods ahead", (gulong) lead), lead);
  const KilterPlanRow rows[] = {
    { .measure = KILTER_DEMAND },
    { .measure = KILTER_NEEDED },
    { .measure = KILTER_PURCHASE, .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .label = orders,
      .measure = KILTER_PURCHASE,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .flags = KILTER_PLAN_ROW_DASH_ZERO,
      .read = read_orders,
      .read_data = GINT_TO_POINTER (lead) },
    { .measure = KILTER_TARGET_STOCK, .flags = KILTER_PLAN_ROW_EDITABLE },
    { .measure = KILTER_COVER, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_UNMET, .flags = KILTER_PLAN_ROW_PROBLEM | KILTER_PLAN_ROW_DASH_ZERO },
  };
  KilterPlanRow row = { .label = kilter_plan_get_product_name (plan, product),
                        .measure = KILTER_STOCK,
                        .scope = { .product = product },
                        .kind = KILTER_GRID_ROW_PRODUCT,
                        .flags = KILTER_PLAN_ROW_EXPANDABLE | KILTER_PLAN_ROW_BELOW_TARGET,
                        .key = key };

  kilter_plan_grid_add (grid, &row);
  if (!kilter_plan_grid_is_expanded (grid, key))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow part = rows[i];

      part.scope.product = product;
      part.depth = 1;
      part.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (grid, &part);
    }
}

static void
kilter_materials_page_fill (KilterHeatPage *page,
                            KilterPlanGrid *grid,
                            const KilterSubject *subject)
{
  const GArray *products = KILTER_MATERIALS_PAGE (page)->products;

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_RESOURCE, resource)
    if (kilter_figure_is_supplier (subject->plan, resource->id))
      add_supplier (grid, subject->plan, resource->id);
  if (products->len > 0)
    kilter_plan_grid_add_section (grid, _ ("Stock of materials"), &subject->scope, 0);
  for (guint i = 0; i < products->len; i++)
    add_material (grid, subject->plan, g_array_index (products, int, i));
}

static KilterChart *
kilter_materials_page_draw (KilterHeatPage *page,
                            const KilterSubject *subject,
                            int first,
                            int n,
                            const KilterChartPlace *place,
                            GArray **out_rows,
                            char **out_headline)
{
  *out_headline = kilter_headline_materials (subject, first, n);
  return kilter_figure_materials (subject, first, n, place, out_rows);
}

/* A supplier of the heat map. */
static void
kilter_materials_page_point (KilterHeatPage *page,
                             KilterPlanGrid *grid,
                             int resource,
                             KilterPlanRow *out_row,
                             int *out_below)
{
  out_row->scope.resource = resource;
  out_row->measure = KILTER_LOAD;
  out_row->kind = KILTER_GRID_ROW_MEASURE;
}

static gboolean
kilter_materials_page_prepare (KilterHeatPage *page, const KilterSubject *subject)
{
  KilterMaterialsPage *self = KILTER_MATERIALS_PAGE (page);

  g_clear_pointer (&self->products, g_array_unref);
  self->products = kilter_figure_list_materials (subject);
  return kilter_figure_has_suppliers (subject->plan) || self->products->len > 0;
}

static void
kilter_materials_page_dispose (GObject *object)
{
  g_clear_pointer (&KILTER_MATERIALS_PAGE (object)->products, g_array_unref);

  G_OBJECT_CLASS (kilter_materials_page_parent_class)->dispose (object);
}

static void
kilter_materials_page_class_init (KilterMaterialsPageClass *klass)
{
  KilterHeatPageClass *heat_class = KILTER_HEAT_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_materials_page_dispose;
  heat_class->prepare = kilter_materials_page_prepare;
  heat_class->fill = kilter_materials_page_fill;
  heat_class->draw = kilter_materials_page_draw;
  heat_class->point = kilter_materials_page_point;
  kilter_heat_page_bind (GTK_WIDGET_CLASS (klass),
                         "/io/github/kilter_sop/Kilter/ui/materials-page.ui");
}

static void
kilter_materials_page_init (KilterMaterialsPage *self)
{
  kilter_page_set_title (KILTER_PAGE (self), _ ("Materials"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT);
  kilter_heat_page_set_up (KILTER_HEAT_PAGE (self), _ ("Materials"), "materials");
}
