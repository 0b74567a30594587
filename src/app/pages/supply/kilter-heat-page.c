/* kilter-heat-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-heat-page.h"

#include <glib/gi18n-lib.h>

#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/supply/kilter-supply-live.h"

typedef struct
{
  GtkStack *stack;
  KilterFigureTitle *title;
  KilterChartView *cover;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  KilterCellPane *pane;
  GArray *rows; /* int: what the rows of the heat map stand for */
  char *headline;
} KilterHeatPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KilterHeatPage, kilter_heat_page, KILTER_TYPE_PAGE)

static KilterHeatPagePrivate *
get_private (KilterHeatPage *self)
{
  return kilter_heat_page_get_instance_private (self);
}

static KilterSubject
get_subject (KilterHeatPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));

  /* stock is not kept by region and channel */
  subject.scope.region = subject.scope.channel = 0;
  return subject;
}

void
kilter_heat_page_fill (KilterHeatPage *self)
{
  KilterPlanGrid *grid = get_private (self)->grid;
  KilterSubject subject = get_subject (self);

  kilter_plan_grid_begin (grid, kilter_plan_get_n_history (subject.plan),
                          kilter_plan_get_n_horizon (subject.plan), FALSE);
  KILTER_HEAT_PAGE_GET_CLASS (self)->fill (self, grid, &subject);
  kilter_plan_grid_end (grid);
}

static void
draw (KilterPage *page)
{
  KilterHeatPage *self = KILTER_HEAT_PAGE (page);
  KilterHeatPagePrivate *priv = get_private (self);
  KilterSubject subject = get_subject (self);
  KilterChartPlace place = { 0 };
  KilterChart *chart;
  int first, n;

  if (!kilter_plan_grid_get_place (priv->grid, &first, &n, &place))
    return;
  g_clear_pointer (&priv->rows, g_array_unref);
  g_clear_pointer (&priv->headline, g_free);
  chart = KILTER_HEAT_PAGE_GET_CLASS (self)->draw (self, &subject, first, n, &place, &priv->rows,
                                                   &priv->headline);
  if (chart != NULL)
    kilter_chart_view_fit_height (priv->cover, chart);
  kilter_figure_title_show_chart (priv->title, priv->cover, kilter_page_get_session (page), first,
                                  chart);
}

static int
find_row (KilterPlanGrid *grid, const KilterPlanRow *like)
{
  for (int row = 0; kilter_plan_grid_get_row (grid, row) != NULL; row++)
    {
      const KilterPlanRow *entry = kilter_plan_grid_get_row (grid, row);

      if (entry->scope.product == like->scope.product &&
          entry->scope.resource == like->scope.resource && entry->measure == like->measure &&
          entry->kind == like->kind)
        return row;
    }
  return -1;
}

/* A cell of the heat map selects its row and month in the grid. */
static void
point_cb (KilterHeatPage *self, int series, int bucket)
{
  KilterHeatPagePrivate *priv = get_private (self);
  KilterPlanRow like = { 0 };
  KilterChartPlace place;
  int first = 0, n = 0, row, below = 0;

  if (priv->rows == NULL || series < 0 || (guint) series >= priv->rows->len ||
      !kilter_plan_grid_get_place (priv->grid, &first, &n, &place))
    return;
  if (bucket >= 0)
    kilter_session_set_bucket (kilter_page_get_session (KILTER_PAGE (self)), first + bucket);
  KILTER_HEAT_PAGE_GET_CLASS (self)->point (self, priv->grid,
                                            g_array_index (priv->rows, int, series), &like, &below);
  row = find_row (priv->grid, &like);
  if (row < 0)
    return;
  kilter_grid_select (priv->view, row,
                      MAX (kilter_plan_grid_find_col (priv->grid, MAX (bucket, 0) + first), 0));
  if (below > 0)
    kilter_grid_scroll_to (priv->view, row + below, -1);
  kilter_grid_scroll_to (priv->view, row, -1);
}

/* --- the page --- */

static void
kilter_heat_page_refresh (KilterPage *page, KilterChange change)
{
  KilterHeatPage *self = KILTER_HEAT_PAGE (page);
  KilterHeatPagePrivate *priv = get_private (self);
  KilterSubject subject = get_subject (self);
  gboolean known = KILTER_HEAT_PAGE_GET_CLASS (self)->prepare (self, &subject);

  gtk_stack_set_visible_child_name (priv->stack, known ? "plan" : "empty");
  if (!known)
    return;
  kilter_heat_page_fill (self);
  kilter_plan_grid_queue_draw (priv->grid);
  kilter_cell_pane_refresh (priv->pane);
}

static char *
kilter_heat_page_get_headline (KilterPage *page)
{
  return g_strdup (get_private (KILTER_HEAT_PAGE (page))->headline);
}

static void
kilter_heat_page_run (KilterPage *page)
{
  kilter_document_supply_async (kilter_page_get_document (page), kilter_page_get_version (page),
                                NULL, NULL, NULL);
}

static void
mapped_cb (KilterHeatPage *self)
{
  KilterHeatPagePrivate *priv = get_private (self);

  kilter_cell_pane_attach (priv->pane, KILTER_PAGE (self), priv->grid);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (get_private (KILTER_HEAT_PAGE (widget))->grid);
}

static void
kilter_heat_page_dispose (GObject *object)
{
  KilterHeatPagePrivate *priv = get_private (KILTER_HEAT_PAGE (object));

  if (priv->grid != NULL)
    kilter_plan_grid_set_draw (priv->grid, NULL);
  g_clear_object (&priv->grid);
  g_clear_object (&priv->pane);
  g_clear_pointer (&priv->rows, g_array_unref);
  g_clear_pointer (&priv->headline, g_free);

  G_OBJECT_CLASS (kilter_heat_page_parent_class)->dispose (object);
}

static void
kilter_heat_page_class_init (KilterHeatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_heat_page_dispose;
  page_class->refresh = kilter_heat_page_refresh;
  page_class->get_headline = kilter_heat_page_get_headline;
  page_class->run = kilter_heat_page_run;
  page_class->apply = kilter_supply_live_apply;

  gtk_widget_class_install_action (widget_class, "heat.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "heat.toggle-lock", NULL);
}

static void
kilter_heat_page_init (KilterHeatPage *self)
{
}

/**
 * kilter_heat_page_bind:
 * @klass: of a page of this kind
 * @resource: its template
 */
void
kilter_heat_page_bind (GtkWidgetClass *klass, const char *resource)
{
  static const char *const children[] = { "stack", "title", "cover", "grid_bin" };

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  g_type_ensure (KILTER_TYPE_FIGURE_TITLE);
  gtk_widget_class_set_template_from_resource (klass, resource);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (klass, children[i], FALSE, 0);
}

static gpointer
get_child (KilterHeatPage *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self), G_OBJECT_TYPE (self), name);
}

/**
 * kilter_heat_page_set_up:
 * @grid_label: the grid's name to screen readers
 * @file_name: of an exported chart
 *
 * Makes what stands in the template; called at the end of a page's init.
 */
void
kilter_heat_page_set_up (KilterHeatPage *self, const char *grid_label, const char *file_name)
{
  KilterHeatPagePrivate *priv = get_private (self);
  GtkWidget *bin;

  gtk_widget_init_template (GTK_WIDGET (self));
  bin = get_child (self, "grid_bin");
  priv->stack = get_child (self, "stack");
  priv->title = get_child (self, "title");
  priv->cover = get_child (self, "cover");
  priv->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  kilter_plan_grid_set_draw (priv->grid, draw);
  adw_bin_set_child (ADW_BIN (bin), kilter_plan_grid_create_view (priv->grid, &priv->view));
  gtk_widget_set_size_request (bin, -1, 180);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  grid_label, -1);
  kilter_chart_view_set_framed (priv->cover, FALSE);
  kilter_chart_view_set_file_name (priv->cover, file_name);
  g_signal_connect_object (priv->view, "columns-changed", G_CALLBACK (kilter_plan_grid_queue_draw),
                           priv->grid, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->grid, "expanded", G_CALLBACK (kilter_heat_page_fill), self,
                           G_CONNECT_SWAPPED);
  kilter_plan_grid_attach_chart (priv->grid, priv->cover, KILTER_STOCK);
  g_signal_connect_object (priv->cover, "activate-point", G_CALLBACK (point_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->cover, "resized", G_CALLBACK (kilter_plan_grid_queue_draw),
                           priv->grid, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  priv->pane = g_object_ref_sink (g_object_new (KILTER_TYPE_CELL_PANE, NULL));
  kilter_page_set_inspector (KILTER_PAGE (self), GTK_WIDGET (priv->pane));
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Details"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (priv->cover));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (priv->view));
}
