/* kilter-stock-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-stock-page.h"

#include <glib/gi18n-lib.h>

#define N_BLOCK_ROWS 14 /* of a product that is opened */

struct _KilterStockPage
{
  KilterHeatPage parent_instance;

  GArray *products; /* int: of the grid, those with most at risk first */
};

G_DEFINE_FINAL_TYPE (KilterStockPage, kilter_stock_page, KILTER_TYPE_HEAT_PAGE)

static void
add_block (KilterPlanGrid *grid, KilterPlan *plan, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .measure = KILTER_DEMAND },
    { .label = _ ("Receipts"), .measure = KILTER_SUPPLY },
    { .label = _ ("Closing stock"),
      .measure = KILTER_STOCK,
      .kind = KILTER_GRID_ROW_TOTAL,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .flags = KILTER_PLAN_ROW_BELOW_TARGET },
    { .measure = KILTER_TARGET_STOCK, .flags = KILTER_PLAN_ROW_EDITABLE },
    { .measure = KILTER_COVER },
    { .measure = KILTER_MIN_STOCK, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_MAX_STOCK, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_UNMET, .flags = KILTER_PLAN_ROW_PROBLEM | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_STOCK_VALUE },
    { .measure = KILTER_SAFETY_STOCK, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_AVAILABLE },
    { .measure = KILTER_EXCESS, .flags = KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_EXCESS_VALUE, .flags = KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_OBSOLETE, .flags = KILTER_PLAN_ROW_DASH_ZERO },
  };
  /* what is made to order has no stock */
  const KilterPlanRow orders[] = {
    { .label = _ ("Bookings"), .measure = KILTER_DEMAND },
    { .measure = KILTER_SHIPMENTS },
    { .measure = KILTER_BACKLOG,
      .kind = KILTER_GRID_ROW_TOTAL,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .flags = KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_BACKLOG_DAYS, .look = KILTER_GRID_ROW_FLAG_DIM },
  };
  gboolean to_order = kilter_scope_is_made_to_order (plan, scope);
  gsize n = to_order ? G_N_ELEMENTS (orders) : G_N_ELEMENTS (rows);

  G_STATIC_ASSERT (G_N_ELEMENTS (rows) == N_BLOCK_ROWS);
  for (gsize i = 0; i < n; i++)
    {
      KilterPlanRow row = to_order ? orders[i] : rows[i];

      row.scope = *scope;
      row.depth = depth;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (grid, &row);
    }
}

static char *
get_key (int product)
{
  return g_strdup_printf ("product/%d", product);
}

static void
add_product (KilterPlanGrid *grid, KilterPlan *plan, int product)
{
  g_autofree char *key = get_key (product);
  KilterPlanRow row = {
    .label = kilter_plan_get_product_name (plan, product),
    .measure = kilter_scope_is_made_to_order (plan, &(KilterScope) { .product = product })
                 ? KILTER_BACKLOG
                 : KILTER_STOCK,
    .scope = { .product = product },
    .kind = KILTER_GRID_ROW_PRODUCT,
    .flags = KILTER_PLAN_ROW_EXPANDABLE | KILTER_PLAN_ROW_BELOW_TARGET,
    .key = key,
  };

  kilter_plan_grid_add (grid, &row);
  if (kilter_plan_grid_is_expanded (grid, key))
    add_block (grid, plan, &row.scope, 1);
}

static void
kilter_stock_page_fill (KilterHeatPage *page, KilterPlanGrid *grid, const KilterSubject *subject)
{
  KilterStockPage *self = KILTER_STOCK_PAGE (page);
  g_autofree char *title = kilter_subject_get_title (subject);

  kilter_plan_grid_add_section (grid, title, &subject->scope, 0);
  add_block (grid, subject->plan, &subject->scope, 0);
  if (subject->scope.product != 0 || self->products == NULL)
    return;
  kilter_plan_grid_add_section (grid, _ ("Stock by product"), &subject->scope, 0);
  for (guint i = 0; i < self->products->len; i++)
    add_product (grid, subject->plan, g_array_index (self->products, int, i));
}

static KilterChart *
kilter_stock_page_draw (KilterHeatPage *page,
                        const KilterSubject *subject,
                        int first,
                        int n,
                        const KilterChartPlace *place,
                        GArray **out_rows,
                        char **out_headline)
{
  KilterChart *chart = kilter_figure_cover (subject, first, n, place, out_rows);

  if (chart != NULL)
    *out_headline = g_strdup (kilter_chart_get_title (chart));
  return chart;
}

/* A product of the heat map is opened in the grid. */
static void
kilter_stock_page_point (KilterHeatPage *page,
                         KilterPlanGrid *grid,
                         int product,
                         KilterPlanRow *out_row,
                         int *out_below)
{
  g_autofree char *key = get_key (product);

  kilter_plan_grid_set_expanded (grid, key, TRUE);
  kilter_heat_page_fill (page);
  out_row->scope.product = product;
  out_row->measure = KILTER_STOCK;
  out_row->kind = KILTER_GRID_ROW_PRODUCT;
  *out_below = N_BLOCK_ROWS;
}

/* They have a backlog, and no row in the heat map. */
static void
add_made_to_order (KilterStockPage *self, const KilterSubject *subject)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    {
      KilterScope scope = { .product = g_array_index (products, int, i) };

      if (kilter_scope_is_made_to_order (subject->plan, &scope))
        g_array_append_val (self->products, scope.product);
    }
}

/* Most at risk first, as in the heat map; the order is that of the whole horizon, so that scrolling
 * in time does not shuffle the rows. */
static gboolean
kilter_stock_page_prepare (KilterHeatPage *page, const KilterSubject *subject)
{
  KilterStockPage *self = KILTER_STOCK_PAGE (page);
  int n = kilter_plan_get_n_horizon (subject->plan);
  KilterChart *chart;

  if (kilter_plan_count_records (subject->plan, KILTER_TABLE_SERIES) == 0)
    return FALSE;
  g_clear_pointer (&self->products, g_array_unref);
  if (n <= 0)
    return TRUE;
  chart = kilter_figure_cover (subject, kilter_plan_get_n_history (subject->plan), n, NULL,
                               &self->products);
  g_clear_pointer (&chart, kilter_chart_free);
  add_made_to_order (self, subject);
  return TRUE;
}

static void
kilter_stock_page_dispose (GObject *object)
{
  g_clear_pointer (&KILTER_STOCK_PAGE (object)->products, g_array_unref);

  G_OBJECT_CLASS (kilter_stock_page_parent_class)->dispose (object);
}

static void
kilter_stock_page_class_init (KilterStockPageClass *klass)
{
  KilterHeatPageClass *heat_class = KILTER_HEAT_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_stock_page_dispose;
  heat_class->prepare = kilter_stock_page_prepare;
  heat_class->fill = kilter_stock_page_fill;
  heat_class->draw = kilter_stock_page_draw;
  heat_class->point = kilter_stock_page_point;
  kilter_heat_page_bind (GTK_WIDGET_CLASS (klass), "/io/github/kilter_sop/Kilter/ui/stock-page.ui");
}

static void
kilter_stock_page_init (KilterStockPage *self)
{
  kilter_page_set_title (KILTER_PAGE (self), _ ("Stock"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT | KILTER_PAGE_NEEDS_CASES |
                                               KILTER_PAGE_NEEDS_PALLETS);
  kilter_heat_page_set_up (KILTER_HEAT_PAGE (self), _ ("Stock by product"), "stock");
}
