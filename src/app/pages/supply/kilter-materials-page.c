/* kilter-materials-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-materials-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "plan/supply/kilter-stock-policy.h"
#include "report/words/kilter-headline.h"
#include "app/pages/supply/kilter-supply-live.h"

struct _KilterMaterialsPage
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
  GArray *products; /* int: of the grid */
  GArray *rows;     /* int: suppliers of the heat map */
  char *headline;
  guint chart_source;
};

G_DEFINE_FINAL_TYPE (KilterMaterialsPage, kilter_materials_page, KILTER_TYPE_PAGE)

static KilterSubject
get_subject (KilterMaterialsPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));

  /* stock is not kept by region and channel */
  subject.scope.region = subject.scope.channel = 0;
  return subject;
}

/* --- the grid -----------------------------------------------------------------------------------
 */

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
add_supplier (KilterMaterialsPage *self, KilterPlan *plan, int resource)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Needed by the demand"), .measure = KILTER_DEMAND_LOAD },
    { .label = _ ("Planned"), .measure = KILTER_LOAD, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .label = _ ("Limit"), .measure = KILTER_CAPACITY, .flags = KILTER_PLAN_ROW_EDITABLE },
    { .label = _ ("Use of the limit"), .measure = KILTER_LOAD_SHARE },
  };
  KilterPlanRow heading = { .label = kilter_plan_get_resource_name (plan, resource),
                            .measure = -1,
                            .scope = { .resource = resource },
                            .kind = KILTER_GRID_ROW_SECTION };

  kilter_plan_grid_add (self->grid, &heading);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope.resource = resource;
      row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
}

static char *
get_key (int product)
{
  return g_strdup_printf ("material/%d", product);
}

static void
add_material (KilterMaterialsPage *self, KilterPlan *plan, int product)
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

  kilter_plan_grid_add (self->grid, &row);
  if (!kilter_plan_grid_is_expanded (self->grid, key))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow part = rows[i];

      part.scope.product = product;
      part.depth = 1;
      part.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &part);
    }
}

static void
fill_grid (KilterMaterialsPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  KilterPlanRow parts = { .label = _ ("Stock of materials"),
                          .measure = -1,
                          .scope = subject.scope,
                          .kind = KILTER_GRID_ROW_SECTION };

  kilter_plan_grid_begin (self->grid, cycle, kilter_plan_get_n_buckets (subject.plan) - cycle,
                          FALSE);
  KILTER_FOREACH_RECORD (subject.plan, KILTER_TABLE_RESOURCE, resource)
    if (kilter_figure_is_supplier (subject.plan, resource->id))
      add_supplier (self, subject.plan, resource->id);
  g_clear_pointer (&self->products, g_array_unref);
  self->products = kilter_figure_list_materials (&subject);
  if (self->products->len > 0)
    kilter_plan_grid_add (self->grid, &parts);
  for (guint i = 0; i < self->products->len; i++)
    add_material (self, subject.plan, g_array_index (self->products, int, i));
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
fill_chart (KilterMaterialsPage *self)
{
  KilterSubject subject = get_subject (self);
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (self));
  KilterChartPlace place = { 0 };
  KilterChart *chart;
  int first, n;

  if (!kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  chart = kilter_figure_materials (&subject, first, n, &place, &self->rows);
  g_free (self->headline);
  self->headline = kilter_headline_materials (&subject, first, n);
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
  KilterMaterialsPage *self = data;

  self->chart_source = 0;
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL &&
      kilter_plan_grid_get_n (self->grid) > 0)
    fill_chart (self);
  return G_SOURCE_REMOVE;
}

static void
queue_chart (KilterMaterialsPage *self)
{
  if (self->chart_source == 0)
    self->chart_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, chart_idle_cb, self, NULL);
}

/* A cell of the heat map selects the supplier's month in the grid. */
static void
point_cb (KilterMaterialsPage *self, int series, int bucket)
{
  KilterChartPlace place;
  int first = 0, n = 0;

  if (self->rows == NULL || series < 0 || (guint) series >= self->rows->len || bucket < 0 ||
      !kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  kilter_session_set_bucket (kilter_page_get_session (KILTER_PAGE (self)), first + bucket);
  for (int row = 0; kilter_plan_grid_get_row (self->grid, row) != NULL; row++)
    {
      const KilterPlanRow *entry = kilter_plan_grid_get_row (self->grid, row);

      if (entry->scope.resource != g_array_index (self->rows, int, series) ||
          entry->measure != KILTER_LOAD)
        continue;
      kilter_grid_select (self->view, row,
                          first + bucket - kilter_plan_grid_get_first (self->grid));
      kilter_grid_scroll_to (self->view, row, -1);
      break;
    }
}

/* --- the page -----------------------------------------------------------------------------------
 */

static void
kilter_materials_page_refresh (KilterPage *page, KilterChange change)
{
  KilterMaterialsPage *self = KILTER_MATERIALS_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterSubject subject = get_subject (self);
  g_autoptr (GArray) materials = kilter_figure_list_materials (&subject);
  gboolean empty = !kilter_figure_has_suppliers (plan) && materials->len == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  fill_grid (self);
  queue_chart (self);
  kilter_cell_pane_refresh (self->pane);
}

static char *
kilter_materials_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_MATERIALS_PAGE (page)->headline);
}

static void
kilter_materials_page_run (KilterPage *page)
{
  kilter_document_supply_async (kilter_page_get_document (page), kilter_page_get_version (page),
                                NULL, NULL, NULL);
}

static void
expanded_cb (KilterMaterialsPage *self)
{
  fill_grid (self);
}

static void
mapped_cb (KilterMaterialsPage *self)
{
  kilter_cell_pane_attach (self->pane, KILTER_PAGE (self), self->grid);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_MATERIALS_PAGE (widget)->grid);
}

static void
kilter_materials_page_dispose (GObject *object)
{
  KilterMaterialsPage *self = KILTER_MATERIALS_PAGE (object);

  g_clear_handle_id (&self->chart_source, g_source_remove);
  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_materials_page_parent_class)->dispose (object);
}

static void
kilter_materials_page_class_init (KilterMaterialsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_materials_page_dispose;
  page_class->refresh = kilter_materials_page_refresh;
  page_class->get_headline = kilter_materials_page_get_headline;
  page_class->run = kilter_materials_page_run;
  page_class->apply = kilter_supply_live_apply;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  g_type_ensure (KILTER_TYPE_FIGURE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/materials-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterMaterialsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterMaterialsPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterMaterialsPage, cover);
  gtk_widget_class_bind_template_child (widget_class, KilterMaterialsPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "materials.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "materials.toggle-lock", NULL);
}

static void
kilter_materials_page_init (KilterMaterialsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Materials"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Materials"), -1);
  kilter_chart_view_set_framed (self->cover, FALSE);
  kilter_chart_view_set_file_name (self->cover, "materials");
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
