/* kilter-demand-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-demand-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-plan-grid.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAST_COLUMNS 12
#define VALUE_ADDED_BUCKETS 6

struct _KilterDemandPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  KilterFigureTitle *title;
  KilterChartView *chart;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  GtkWidget *inspector;
  KilterChartView *value_added;
  GtkLabel *value_added_note;
  KilterCellPane *cell_pane;
  char *headline;
  guint chart_source;
  gboolean is_placed;
};

G_DEFINE_FINAL_TYPE (KilterDemandPage, kilter_demand_page, KILTER_TYPE_PAGE)

static KilterSubject
get_subject (KilterDemandPage *self)
{
  KilterPage *page = KILTER_PAGE (self);

  return (KilterSubject) { kilter_page_get_plan (page), kilter_page_get_version (page),
                           *kilter_page_get_scope (page),
                           kilter_session_get_unit (kilter_page_get_session (page)) };
}

/* --- the grid --- */

static void
add_block (KilterDemandPage *self, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Statistical"),
      .measure = KILTER_STATISTICAL,
      .mark = KILTER_GRID_MARK_LINE,
      .mark_color = KILTER_GRID_COLOR_FORECAST,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_SALES_INPUT,
      .mark = KILTER_GRID_MARK_DOT,
      .mark_color = KILTER_GRID_COLOR_SALES,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_MARKETING_INPUT,
      .mark = KILTER_GRID_MARK_DIAMOND,
      .mark_color = KILTER_GRID_COLOR_MARKETING,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .label = _ ("Actual sales"),
      .measure = KILTER_ACTUAL,
      .mark = KILTER_GRID_MARK_FILLED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL,
      .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_CONSENSUS,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .mark = KILTER_GRID_MARK_HATCHED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL,
      .kind = KILTER_GRID_ROW_TOTAL,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CHANGE_CYCLE,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CONSENSUS_REVENUE },
    { .measure = KILTER_BUDGET_GAP, .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_GOOD_BAD },
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

static const char *
get_badge (const KilterPlan *plan, const KilterRecord *product)
{
  const char *status = kilter_record_text (product, KILTER_PRODUCT_STATUS);

  if (g_str_equal (status, "new"))
    return C_ ("status of a product", "New");
  if (g_str_equal (status, "phase-out"))
    return C_ ("status of a product", "Ends");
  return NULL;
}

static void
add_products (KilterDemandPage *self, const KilterScope *scope, int depth)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    {
      int id = g_array_index (products, int, i);
      const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, id);
      g_autofree char *key = g_strdup_printf ("product/%d", id);
      KilterPlanRow row = {
        .label = kilter_plan_get_product_name (plan, id),
        .measure = KILTER_CONSENSUS,
        .scope = *scope,
        .kind = KILTER_GRID_ROW_PRODUCT,
        .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_EXPANDABLE |
                 KILTER_PLAN_ROW_FUTURE_ONLY,
        .depth = depth,
        .badge = get_badge (plan, product),
        .key = key,
      };

      row.scope.product = id;
      kilter_plan_grid_add (self->grid, &row);
      if (kilter_plan_grid_is_expanded (self->grid, key))
        add_block (self, &row.scope, depth + 1);
    }
}

static void
add_family (KilterDemandPage *self, const KilterRecord *family, const KilterScope *outer)
{
  g_autofree char *key = g_strdup_printf ("family/%d", family->id);
  KilterPlanRow row = {
    .label = kilter_record_text (family, KILTER_FAMILY_NAME),
    .measure = KILTER_CONSENSUS,
    .scope = *outer,
    .kind = KILTER_GRID_ROW_GROUP,
    .look = KILTER_GRID_ROW_FLAG_BOLD,
    .flags = KILTER_PLAN_ROW_EXPANDABLE | KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY,
    .key = key,
  };

  row.scope.family = family->id;
  kilter_plan_grid_add (self->grid, &row);
  if (!kilter_plan_grid_is_expanded (self->grid, key))
    return;
  add_block (self, &row.scope, 1);
  add_products (self, &row.scope, 1);
}

static void
fill_grid (KilterDemandPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int first = MAX (cycle - PAST_COLUMNS, 0);
  g_autofree char *title = kilter_subject_get_title (&subject);
  KilterPlanRow heading = {
    .label = title, .measure = -1, .scope = subject.scope, .kind = KILTER_GRID_ROW_SECTION
  };

  kilter_plan_grid_begin (self->grid, first, kilter_plan_get_n_buckets (subject.plan) - first,
                          FALSE);
  kilter_plan_grid_add (self->grid, &heading);
  add_block (self, &subject.scope, 0);
  if (subject.scope.product == 0 && subject.scope.family == 0)
    {
      KILTER_FOREACH_RECORD (subject.plan, KILTER_TABLE_FAMILY, family)
        if (subject.scope.category == 0 ||
            kilter_record_ref (family, KILTER_FAMILY_CATEGORY) == subject.scope.category)
          add_family (self, family, &subject.scope);
      if (kilter_plan_count_records (subject.plan, KILTER_TABLE_FAMILY) == 0)
        add_products (self, &subject.scope, 0);
    }
  else if (subject.scope.product == 0)
    add_products (self, &subject.scope, 0);
  kilter_plan_grid_end (self->grid);
}

/* --- the chart stands over the grid's columns --- */

static void
fill_chart (KilterDemandPage *self)
{
  KilterSubject subject = get_subject (self);
  KilterChartPlace place = { 0 };
  KilterChart *chart;
  int first, n;

  if (!kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  chart = kilter_figure_consensus (&subject, first, n, &place, FALSE);
  g_free (self->headline);
  self->headline = g_strdup (kilter_chart_get_title (chart));
  kilter_chart_view_set_session (self->chart, kilter_page_get_session (KILTER_PAGE (self)), first);
  kilter_figure_title_show (self->title, chart);
  kilter_chart_view_set_chart (self->chart, chart);
}

static gboolean
chart_idle_cb (gpointer data)
{
  KilterDemandPage *self = data;

  self->chart_source = 0;
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL &&
      kilter_plan_grid_get_n (self->grid) > 0)
    fill_chart (self);
  return G_SOURCE_REMOVE;
}

static void
queue_chart (KilterDemandPage *self)
{
  if (self->chart_source == 0)
    self->chart_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, chart_idle_cb, self, NULL);
}

static void
columns_changed_cb (KilterDemandPage *self)
{
  /* the horizon first; the past is a scroll to the left */
  if (!self->is_placed && kilter_plan_grid_get_n (self->grid) > 0)
    {
      self->is_placed = TRUE;
      kilter_grid_set_first_column (
        self->view, kilter_plan_get_n_history (kilter_page_get_plan (KILTER_PAGE (self))) -
                      kilter_plan_grid_get_first (self->grid));
    }
  queue_chart (self);
}

/* --- inspector --- */

static void
fill_inspector (KilterDemandPage *self)
{
  KilterSubject subject = get_subject (self);
  KilterChart *chart = kilter_figure_value_added (&subject, VALUE_ADDED_BUCKETS);

  gtk_widget_set_visible (GTK_WIDGET (self->value_added), chart != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->value_added_note), chart == NULL);
  kilter_chart_view_set_chart (self->value_added, chart);
  kilter_cell_pane_refresh (self->cell_pane);
}

static GtkWidget *
make_inspector (KilterDemandPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *chart = kilter_chart_view_new ();
  GtkWidget *note = gtk_label_new (_ ("Forecast value added needs forecasts of earlier periods."));
  GtkWidget *pane = g_object_new (KILTER_TYPE_CELL_PANE, "vexpand", TRUE, NULL);

  gtk_widget_set_size_request (chart, -1, 175);
  gtk_widget_set_margin_start (chart, 14);
  gtk_widget_set_margin_end (chart, 14);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_set_margin_start (note, 14);
  gtk_widget_set_margin_end (note, 14);
  gtk_widget_add_css_class (note, "dim-label");
  kilter_chart_view_set_explorable (KILTER_CHART_VIEW (chart), FALSE);
  self->value_added = KILTER_CHART_VIEW (chart);
  self->value_added_note = GTK_LABEL (note);
  self->cell_pane = KILTER_CELL_PANE (pane);
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), pane);
  return box;
}

/* --- the page --- */

static void
kilter_demand_page_refresh (KilterPage *page, KilterChange change)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (page);
  gboolean empty = kilter_plan_count_records (kilter_page_get_plan (page), KILTER_TABLE_SERIES) ==
                   0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  fill_grid (self);
  queue_chart (self);
  fill_inspector (self);
}

static char *
kilter_demand_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_DEMAND_PAGE (page)->headline);
}

/* Takes a measure's values as the typed consensus of the scope, over the horizon. */
static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (widget);
  KilterPage *page = KILTER_PAGE (self);
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterVersion version = kilter_page_get_version (page);
  int measure = kilter_measure_from_key (g_variant_get_string (parameter, NULL));
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (plan, kilter_page_get_scope (page), KILTER_GRAIN_SERIES);
  g_autofree char *label = NULL;
  KilterCommand *command;

  g_return_if_fail (measure >= 0);
  label = g_strdup_printf (_ ("Take %s as consensus"),
                           kilter_measure_get_name ((KilterMeasure) measure));
  command = kilter_command_new ("take", label);
  for (guint i = 0; i < rows->len; i++)
    for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
      {
        int row = g_array_index (rows, int, i);
        double value = kilter_plan_get_value (plan, version, (KilterMeasure) measure, row, t);

        if (!isnan (value) && !kilter_plan_is_locked (plan, version, KILTER_CONSENSUS, row, t))
          kilter_command_set_value (command, plan, version, KILTER_CONSENSUS, KILTER_LAYER_INPUT,
                                    row, t, value);
      }
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      kilter_page_toast (page, _ ("There is nothing to take."), FALSE);
      return;
    }
  kilter_page_apply (page, command, label);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_DEMAND_PAGE (widget)->grid);
}

static void
kilter_demand_page_dispose (GObject *object)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (object);

  g_clear_handle_id (&self->chart_source, g_source_remove);
  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_demand_page_parent_class)->dispose (object);
}

static void
kilter_demand_page_class_init (KilterDemandPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_demand_page_dispose;
  page_class->refresh = kilter_demand_page_refresh;
  page_class->get_headline = kilter_demand_page_get_headline;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  g_type_ensure (KILTER_TYPE_FIGURE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/demand-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "demand.take", "s", take_action);
  gtk_widget_class_install_action (widget_class, "demand.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "demand.toggle-lock", NULL);
}

static void
expanded_cb (KilterDemandPage *self)
{
  fill_grid (self);
}

static GMenuModel *
make_menu (void)
{
  static const struct
  {
    const char *label;
    const char *measure;
  } items[] = {
    { N_ ("Take Statistical as Consensus"), "statistical" },
    { N_ ("Take Sales as Consensus"), "sales-input" },
    { N_ ("Take Marketing as Consensus"), "marketing-input" },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (items[i].label), NULL);

      g_menu_item_set_action_and_target (item, "demand.take", "s", items[i].measure);
      g_menu_append_item (menu, item);
    }
  g_menu_append (last, _ ("Lock or Unlock"), "demand.toggle-lock");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

static void
kilter_demand_page_init (KilterDemandPage *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Consensus"));
  kilter_chart_view_set_framed (self->chart, FALSE);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  kilter_grid_set_menu_model (self->view, menu);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (columns_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "resized", G_CALLBACK (queue_chart), self,
                           G_CONNECT_SWAPPED);
  self->inspector = g_object_ref_sink (make_inspector (self));
  kilter_page_set_inspector (KILTER_PAGE (self), self->inspector);
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Details"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
  kilter_cell_pane_attach (self->cell_pane, KILTER_PAGE (self), self->grid);
}
