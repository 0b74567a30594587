/* kilter-stock-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-stock-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/supply/kilter-supply-live.h"

struct _KilterStockPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  KilterFigureTitle *title;
  KilterChartView *cover;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  GtkWidget *inspector;
  KilterCellPane *pane;
  GArray *products; /* int: of the grid, those with most at risk first */
  GArray *rows;     /* int: of the heat map, which ranks the months in view */
  char *headline;
  guint chart_source;
};

G_DEFINE_FINAL_TYPE (KilterStockPage, kilter_stock_page, KILTER_TYPE_PAGE)

static KilterSubject
get_subject (KilterStockPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));

  /* stock is not kept by region and channel */
  subject.scope.region = subject.scope.channel = 0;
  return subject;
}

/* --- the grid -----------------------------------------------------------------------------------
 */

static void
add_block (KilterStockPage *self, const KilterScope *scope, int depth)
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

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = *scope;
      row.depth = depth;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
}

static char *
get_key (int product)
{
  return g_strdup_printf ("product/%d", product);
}

static void
add_product (KilterStockPage *self, KilterPlan *plan, int product)
{
  g_autofree char *key = get_key (product);
  KilterPlanRow row = {
    .label = kilter_plan_get_product_name (plan, product),
    .measure = KILTER_STOCK,
    .scope = { .product = product },
    .kind = KILTER_GRID_ROW_PRODUCT,
    .flags = KILTER_PLAN_ROW_EXPANDABLE | KILTER_PLAN_ROW_BELOW_TARGET,
    .key = key,
  };

  kilter_plan_grid_add (self->grid, &row);
  if (kilter_plan_grid_is_expanded (self->grid, key))
    add_block (self, &row.scope, 1);
}

static void
fill_grid (KilterStockPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  g_autofree char *title = kilter_subject_get_title (&subject);
  KilterPlanRow heading = {
    .label = title, .measure = -1, .scope = subject.scope, .kind = KILTER_GRID_ROW_SECTION
  };
  KilterPlanRow parts = { .label = _ ("Stock by product"),
                          .measure = -1,
                          .scope = subject.scope,
                          .kind = KILTER_GRID_ROW_SECTION };

  kilter_plan_grid_begin (self->grid, cycle, kilter_plan_get_n_buckets (subject.plan) - cycle,
                          FALSE);
  kilter_plan_grid_add (self->grid, &heading);
  add_block (self, &subject.scope, 0);
  if (subject.scope.product == 0 && self->products != NULL)
    {
      kilter_plan_grid_add (self->grid, &parts);
      for (guint i = 0; i < self->products->len; i++)
        add_product (self, subject.plan, g_array_index (self->products, int, i));
    }
  kilter_plan_grid_end (self->grid);
}

/* --- the heat map stands over the grid's columns ------------------------------------------------
 */

static void
set_natural_height (KilterChartView *view, KilterChart *chart)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (view));
  double width, height, natural;

  kilter_chart_measure (chart, style, &width, &height, &natural);
  gtk_widget_set_size_request (GTK_WIDGET (view), -1, (int) ceil (natural));
}

static void
fill_chart (KilterStockPage *self)
{
  KilterSubject subject = get_subject (self);
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (self));
  KilterChartPlace place = { 0 };
  KilterChart *chart;
  int first, n;

  if (!kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  chart = kilter_figure_cover (&subject, first, n, &place, &self->rows);
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  kilter_figure_title_show (self->title, chart);
  gtk_widget_set_visible (GTK_WIDGET (self->cover), chart != NULL);
  if (chart != NULL)
    {
      set_natural_height (self->cover, chart);
      kilter_chart_view_set_session (self->cover, session, first);
    }
  kilter_chart_view_set_chart (self->cover, chart);
}

static gboolean
chart_idle_cb (gpointer data)
{
  KilterStockPage *self = data;

  self->chart_source = 0;
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL &&
      kilter_plan_grid_get_n (self->grid) > 0)
    fill_chart (self);
  return G_SOURCE_REMOVE;
}

static void
queue_chart (KilterStockPage *self)
{
  if (self->chart_source == 0)
    self->chart_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, chart_idle_cb, self, NULL);
}

/* A cell of the heat map opens the product in the grid. */
static void
point_cb (KilterStockPage *self, int series, int bucket)
{
  KilterPlanGrid *grid = self->grid;
  KilterChartPlace place;
  g_autofree char *key = NULL;
  int product, first = 0, n = 0;

  if (self->rows == NULL || series < 0 || (guint) series >= self->rows->len)
    return;
  product = g_array_index (self->rows, int, series);
  if (kilter_plan_grid_get_place (grid, &first, &n, &place) && bucket >= 0)
    kilter_session_set_bucket (kilter_page_get_session (KILTER_PAGE (self)), first + bucket);
  key = get_key (product);
  kilter_plan_grid_set_expanded (grid, key, TRUE);
  fill_grid (self);
  for (int row = 0; kilter_plan_grid_get_row (grid, row) != NULL; row++)
    {
      const KilterPlanRow *entry = kilter_plan_grid_get_row (grid, row);

      if (entry->scope.product != product || entry->kind != KILTER_GRID_ROW_PRODUCT)
        continue;
      kilter_grid_select (self->view, row,
                          MAX (kilter_plan_grid_find_col (grid, MAX (bucket, 0) + first), 0));
      /* all rows of the product, then its name */
      kilter_grid_scroll_to (self->view, row + 14, -1);
      kilter_grid_scroll_to (self->view, row, -1);
      break;
    }
}

/* --- the page -----------------------------------------------------------------------------------
 */

/* Most at risk first, as in the heat map; the order is that of the whole horizon, so that scrolling
 * in time does not shuffle the rows. */
static void
rank_products (KilterStockPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int n = kilter_plan_get_n_buckets (subject.plan) - cycle;
  KilterChart *chart;

  g_clear_pointer (&self->products, g_array_unref);
  if (n <= 0)
    return;
  chart = kilter_figure_cover (&subject, cycle, n, NULL, &self->products);
  g_clear_pointer (&chart, kilter_chart_free);
}

static void
kilter_stock_page_refresh (KilterPage *page, KilterChange change)
{
  KilterStockPage *self = KILTER_STOCK_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  rank_products (self);
  fill_grid (self);
  queue_chart (self);
  kilter_cell_pane_refresh (self->pane);
}

static char *
kilter_stock_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_STOCK_PAGE (page)->headline);
}

static void
kilter_stock_page_run (KilterPage *page)
{
  kilter_document_supply_async (kilter_page_get_document (page), kilter_page_get_version (page),
                                NULL, NULL, NULL);
}

static void
expanded_cb (KilterStockPage *self)
{
  fill_grid (self);
}

static void
mapped_cb (KilterStockPage *self)
{
  kilter_cell_pane_attach (self->pane, KILTER_PAGE (self), self->grid);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_STOCK_PAGE (widget)->grid);
}

static void
kilter_stock_page_dispose (GObject *object)
{
  KilterStockPage *self = KILTER_STOCK_PAGE (object);

  g_clear_handle_id (&self->chart_source, g_source_remove);
  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_stock_page_parent_class)->dispose (object);
}

static void
kilter_stock_page_class_init (KilterStockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_stock_page_dispose;
  page_class->refresh = kilter_stock_page_refresh;
  page_class->get_headline = kilter_stock_page_get_headline;
  page_class->run = kilter_stock_page_run;
  page_class->apply = kilter_supply_live_apply;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  g_type_ensure (KILTER_TYPE_FIGURE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/stock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterStockPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterStockPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterStockPage, cover);
  gtk_widget_class_bind_template_child (widget_class, KilterStockPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "stock.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "stock.toggle-lock", NULL);
}

static void
kilter_stock_page_init (KilterStockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Stock"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT | KILTER_PAGE_NEEDS_CASES |
                                               KILTER_PAGE_NEEDS_PALLETS);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stock by product"), -1);
  kilter_chart_view_set_framed (self->cover, FALSE);
  kilter_chart_view_set_file_name (self->cover, "stock");
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (queue_chart), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_plan_grid_attach_chart (self->grid, self->cover, KILTER_STOCK);
  g_signal_connect_object (self->cover, "activate-point", G_CALLBACK (point_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cover, "resized", G_CALLBACK (queue_chart), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  self->pane = g_object_new (KILTER_TYPE_CELL_PANE, NULL);
  self->inspector = g_object_ref_sink (GTK_WIDGET (self->pane));
  kilter_page_set_inspector (KILTER_PAGE (self), self->inspector);
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Details"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->cover));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
