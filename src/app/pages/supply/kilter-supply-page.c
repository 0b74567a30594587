/* kilter-supply-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-supply-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/common/kilter-plan-pivot.h"
#include "app/pages/supply/kilter-supply-inspector.h"
#include "app/pages/supply/kilter-supply-live.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _KilterSupplyPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkWidget *no_resources;
  GtkPaned *paned;
  KilterFigureTitle *load_title;
  KilterFigureTitle *stock_title;
  KilterChartView *load;
  KilterChartView *stock;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterPlanPivot *pivot;
  KilterGrid *view; /* not owned */
  KilterSupplyInspector *inspector;
  GArray *resources;    /* int: rows of the heat map */
  GPtrArray *previewed; /* rows of the grid with the fix: n_buckets numbers for each measure */
  int resource;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterSupplyPage, kilter_supply_page, KILTER_TYPE_PAGE)

static KilterSubject
get_subject (KilterSupplyPage *self)
{
  KilterPage *page = KILTER_PAGE (self);
  KilterSubject subject = { kilter_page_get_plan (page), kilter_page_get_version (page),
                            *kilter_page_get_scope (page),
                            kilter_session_get_unit (kilter_page_get_session (page)) };

  /* a plant does not know regions and channels */
  subject.scope.region = subject.scope.channel = 0;
  subject.scope.resource = self->resource;
  return subject;
}

/* The resource with the highest load of demand, to begin with. */
static int
find_fullest (KilterSupplyPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  int best = 0, bucket = -1;
  double highest = -1;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    {
      const double *share = kilter_plan_get_row (plan, version, KILTER_DEMAND_LOAD_SHARE,
                                                 resource->id);
      gboolean store = g_str_equal (kilter_record_text (resource, KILTER_RESOURCE_KIND), "storage");

      for (int t = kilter_plan_get_n_history (plan); !store && t < kilter_plan_get_n_buckets (plan);
           t++)
        if (share[t] > highest)
          {
            highest = share[t];
            best = resource->id;
            bucket = t;
          }
    }
  if (bucket >= 0)
    kilter_session_set_bucket (kilter_page_get_session (KILTER_PAGE (self)), bucket);
  return best;
}

/* --- the grid --- */

static const KilterMeasure preview_measures[] = {
  KILTER_REGULAR,  KILTER_OVERTIME, KILTER_ALTERNATIVE, KILTER_SUBCONTRACT,
  KILTER_PURCHASE, KILTER_STOCK,    KILTER_UNMET,
};

static gboolean
same_numbers (const double *a, const double *b, int n)
{
  for (int t = 0; t < n; t++)
    if (isnan (a[t]) != isnan (b[t]) || fabs (a[t] - b[t]) > 1e-6 * (1 + fabs (a[t])))
      return FALSE;
  return TRUE;
}

/* What the rows would be with the fix: it is in the plan only while this looks. */
static void
read_preview (KilterSupplyPage *self, const KilterFix *fix)
{
  KilterSubject subject = get_subject (self);
  int n = kilter_plan_get_n_buckets (subject.plan);
  double *now[G_N_ELEMENTS (preview_measures)];

  g_clear_pointer (&self->previewed, g_ptr_array_unref);
  if (fix == NULL)
    return;
  self->previewed = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (preview_measures); i++)
    {
      now[i] = g_new (double, n);
      kilter_subject_get (&subject, preview_measures[i], now[i]);
    }
  kilter_plan_apply (subject.plan, fix->command);
  for (gsize i = 0; i < G_N_ELEMENTS (preview_measures); i++)
    {
      double *then = g_new (double, n);

      kilter_subject_get (&subject, preview_measures[i], then);
      if (same_numbers (now[i], then, n))
        g_clear_pointer (&then, g_free);
      g_ptr_array_add (self->previewed, then);
      g_free (now[i]);
    }
  kilter_plan_revert (subject.plan, fix->command);
  kilter_supply_inspector_keep (self->inspector);
}

static void
read_previewed (const KilterSubject *subject,
                KilterMeasure measure,
                int first,
                int n,
                gpointer data,
                double *out_values,
                double *out_total)
{
  memcpy (out_values, data, sizeof (double) * (gsize) kilter_plan_get_n_buckets (subject->plan));
  *out_total = NAN;
}

/* The row with the fix stands below the row without it. */
static void
add_preview_row (KilterSupplyPage *self, const KilterPlanRow *row)
{
  for (gsize i = 0; self->previewed != NULL && i < G_N_ELEMENTS (preview_measures); i++)
    {
      KilterPlanRow with = *row;

      if ((int) preview_measures[i] != row->measure || self->previewed->pdata[i] == NULL)
        continue;
      with.label = _ ("With the fix");
      with.depth = row->depth + 1;
      with.flags = row->flags & KILTER_PLAN_ROW_DASH_ZERO;
      with.look = 0;
      with.kind = KILTER_GRID_ROW_MEASURE;
      with.mark = KILTER_GRID_MARK_OUTLINED_BOX;
      with.mark_color = KILTER_GRID_COLOR_FORECAST;
      with.read = read_previewed;
      with.read_data = self->previewed->pdata[i];
      kilter_plan_grid_add (self->grid, &with);
      return;
    }
}

/* Bookings, shipments and backlog of what is made when it is ordered. */
static void
add_order_rows (KilterSupplyPage *self, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Bookings"), .measure = KILTER_DEMAND },
    { .measure = KILTER_SHIPMENTS },
    { .measure = KILTER_BACKLOG, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .measure = KILTER_REGULAR,
      .label = _ ("Production"),
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_OVERTIME, .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_BACKLOG_DAYS, .look = KILTER_GRID_ROW_FLAG_DIM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = *scope;
      row.depth = depth;
      row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
}

/* Whether something in the scope can be made elsewhere, or is bought. */
static void
look_at_products (KilterSupplyPage *self,
                  const KilterScope *scope,
                  gboolean *out_elsewhere,
                  gboolean *out_bought)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  g_autoptr (GHashTable) elsewhere = g_hash_table_new (NULL, NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RATE, rate)
    if (kilter_record_number_or (rate, KILTER_RATE_ALTERNATIVE, 0) > 0)
      g_hash_table_add (elsewhere, GINT_TO_POINTER (kilter_record_ref (rate, KILTER_RATE_PRODUCT)));
  *out_elsewhere = *out_bought = FALSE;
  for (guint i = 0; i < products->len; i++)
    {
      int id = g_array_index (products, int, i);
      const char *make = kilter_record_text (
        kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, id), KILTER_PRODUCT_MAKE);

      *out_bought |= g_str_equal (make, "buy");
      *out_elsewhere |= g_hash_table_contains (elsewhere, GINT_TO_POINTER (id));
    }
}

static void
add_rows (KilterSupplyPage *self, const KilterScope *scope, int depth)
{
  gboolean elsewhere, bought;
  const KilterPlanRow rows[] = {
    { .measure = KILTER_DEMAND },
    { .measure = KILTER_REGULAR, .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_OVERTIME, .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_ALTERNATIVE,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_SUBCONTRACT,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_PURCHASE, .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_SUPPLY, .kind = KILTER_GRID_ROW_TOTAL, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .measure = KILTER_STOCK,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .flags = KILTER_PLAN_ROW_BELOW_TARGET },
    { .measure = KILTER_TARGET_STOCK,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_EDITABLE },
    { .measure = KILTER_COVER, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_UNMET, .flags = KILTER_PLAN_ROW_PROBLEM | KILTER_PLAN_ROW_DASH_ZERO },
  };

  if (kilter_scope_is_made_to_order (kilter_page_get_plan (KILTER_PAGE (self)), scope))
    {
      add_order_rows (self, scope, depth);
      return;
    }
  look_at_products (self, scope, &elsewhere, &bought);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      if ((row.measure == KILTER_ALTERNATIVE && !elsewhere) ||
          (row.measure == KILTER_PURCHASE && !bought))
        continue;
      row.scope = *scope;
      row.depth = depth;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
      if (depth == 0)
        add_preview_row (self, &row);
    }
}

static void
add_opened (const KilterScope *scope, int depth, gpointer data)
{
  add_rows (data, scope, depth);
}

static void
fill_grid (KilterSupplyPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject.plan, &subject.scope, KILTER_GRAIN_PRODUCT);

  kilter_plan_grid_begin (self->grid, cycle, kilter_plan_get_n_horizon (subject.plan), FALSE);
  add_rows (self, &subject.scope, 0);
  if (products->len > 1)
    kilter_plan_pivot_fill (self->pivot, &subject.scope, add_opened, self);
  kilter_plan_grid_end (self->grid);
}

/* --- charts --- */

static int
find_row (KilterSupplyPage *self, int resource)
{
  for (guint i = 0; self->resources != NULL && i < self->resources->len; i++)
    if (g_array_index (self->resources, int, i) == resource)
      return (int) i;
  return -1;
}

static void
fill_charts (KilterPage *page)
{
  KilterSupplyPage *self = KILTER_SUPPLY_PAGE (page);
  KilterSubject subject = get_subject (self);
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (self));
  const KilterFix *preview = kilter_supply_inspector_get_preview (self->inspector);
  KilterChartPlace place = { 0 };
  KilterChart *load, *stock;
  int first, n;

  if (!kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  g_clear_pointer (&self->resources, g_array_unref);
  self->resources = kilter_figure_load_resources (&subject);
  if (preview != NULL)
    {
      kilter_plan_apply (subject.plan, preview->command);
      load = kilter_figure_load (&subject, first, n, &place, FALSE);
      kilter_plan_revert (subject.plan, preview->command);
      kilter_supply_inspector_keep (self->inspector);
      if (load != NULL)
        kilter_chart_set_title (load, kilter_chart_get_title (load),
                                /* xgettext:no-c-format */
                                _ ("Load in % of regular capacity, with the fix"));
    }
  else
    load = kilter_figure_load (&subject, first, n, &place, TRUE);
  gtk_widget_set_visible (self->no_resources, load == NULL);
  g_clear_pointer (&self->headline, g_free);
  if (load != NULL)
    {
      int bucket = kilter_session_get_bucket (session) - first;

      self->headline = g_strdup (kilter_chart_get_title (load));
      kilter_chart_set_selection (load, find_row (self, self->resource),
                                  bucket >= 0 && bucket < n ? bucket : -1);
      kilter_chart_view_fit_height (self->load, load);
    }
  kilter_figure_title_show_chart (self->load_title, self->load, session, first, load);
  stock = kilter_figure_stock (&subject, first, n, &place, preview != NULL ? preview->stock : NULL,
                               kilter_plan_grid_is_narrow (self->grid));
  kilter_figure_title_show_chart (self->stock_title, self->stock, session, first, stock);
}

static void
show_inspector (KilterSupplyPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int bucket = kilter_session_get_bucket (kilter_page_get_session (KILTER_PAGE (self)));
  g_autofree char *month = NULL, *title = NULL;

  if (bucket < kilter_plan_get_n_history (plan))
    bucket = MIN (kilter_plan_get_n_history (plan), kilter_plan_get_n_buckets (plan) - 1);
  if (self->resource == 0)
    return;
  month = kilter_format_bucket (plan, bucket);
  title = g_strdup_printf ("%s · %s", kilter_plan_get_resource_name (plan, self->resource), month);
  kilter_page_set_inspector_title (KILTER_PAGE (self), title);
  kilter_supply_inspector_show (self->inspector, self->resource, bucket);
}

/* The inspector is about the month of the selected cell. */
static void
selection_cb (KilterSupplyPage *self)
{
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (self));
  const KilterSelection *selection = kilter_session_get_selection (session);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || selection == NULL || selection->measure < 0 ||
      self->resource == 0)
    return;
  kilter_session_set_bucket (session, selection->first);
  show_inspector (self);
  kilter_plan_grid_queue_draw (self->grid);
}

static void
mapped_cb (KilterSupplyPage *self)
{
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (self));

  if (session == NULL)
    return;
  g_signal_handlers_disconnect_by_func (session, selection_cb, self);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
}

/* A fix is looked at: rows, charts and heat map show what it would make of the plan. */
static void
preview_cb (KilterSupplyPage *self)
{
  read_preview (self, kilter_supply_inspector_get_preview (self->inspector));
  fill_grid (self);
  kilter_plan_grid_queue_draw (self->grid);
}

static void
load_point_cb (KilterSupplyPage *self, int series, int bucket)
{
  int first = 0, n = 0;
  KilterChartPlace place;

  if (self->resources == NULL || series < 0 || (guint) series >= self->resources->len)
    return;
  self->resource = g_array_index (self->resources, int, series);
  if (bucket >= 0 && kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    kilter_session_set_bucket (kilter_page_get_session (KILTER_PAGE (self)), first + bucket);
  fill_grid (self);
  kilter_plan_grid_queue_draw (self->grid);
  show_inspector (self);
  kilter_page_show_inspector (KILTER_PAGE (self));
}

/* --- the page --- */

static void
kilter_supply_page_refresh (KilterPage *page, KilterChange change)
{
  KilterSupplyPage *self = KILTER_SUPPLY_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0;
  const KilterScope *scope = kilter_page_get_scope (page);

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  if (change & KILTER_CHANGE_SCOPE)
    self->resource = scope->resource != 0
                       ? scope->resource
                       : (scope->product == 0 && scope->family == 0 ? self->resource : 0);
  if (self->resource == 0 && scope->product == 0 && scope->family == 0)
    self->resource = find_fullest (self);
  if (kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, self->resource) == NULL)
    self->resource = 0;
  g_clear_pointer (&self->previewed, g_ptr_array_unref);
  fill_grid (self);
  kilter_plan_grid_queue_draw (self->grid);
  show_inspector (self);
}

static char *
kilter_supply_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_SUPPLY_PAGE (page)->headline);
}

static char *
kilter_supply_page_get_subtitle (KilterPage *page)
{
  KilterSupplyPage *self = KILTER_SUPPLY_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);

  if (self->resource == 0)
    return kilter_scope_get_title (plan, kilter_page_get_scope (page));
  return g_strdup_printf (_ ("%s · all regions and channels"),
                          kilter_plan_get_resource_name (plan, self->resource));
}

/* A plan by families says how good it is. */
static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterSupplyPage) self = data;
  g_autoptr (GError) error = NULL;
  const KilterSupplyTask *task = kilter_document_run_finish (KILTER_DOCUMENT (source), result,
                                                             &error);
  double gap = task != NULL ? kilter_supply_task_get_gap (task) : 0;

  if (gap > 0)
    {
      g_autofree char *size = kilter_format_ratio (gap, 1);
      g_autofree char *text = g_strdup_printf (
        /* Translators: %s is a percentage */
        _ ("Planned by families: at most %s dearer than the cheapest plan there is"), size);

      kilter_page_toast (KILTER_PAGE (self), text, FALSE);
    }
}

static void
plan_supply (KilterSupplyPage *self, const char *strategy)
{
  kilter_document_supply_async (kilter_page_get_document (KILTER_PAGE (self)),
                                kilter_page_get_version (KILTER_PAGE (self)), strategy, planned_cb,
                                g_object_ref (self));
}

static void
kilter_supply_page_run (KilterPage *page)
{
  plan_supply (KILTER_SUPPLY_PAGE (page), "optimal");
}

static void
plan_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  plan_supply (KILTER_SUPPLY_PAGE (data), g_variant_get_string (parameter, NULL));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_SUPPLY_PAGE (widget)->grid);
}

static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterSupplyPage *self = KILTER_SUPPLY_PAGE (widget);

  kilter_page_show_inspector (KILTER_PAGE (self));
  if (!kilter_supply_inspector_explain (self->inspector))
    kilter_page_toast (KILTER_PAGE (self), _ ("The causes are still being looked for."), FALSE);
}

static void
explain_menu_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explain_action (GTK_WIDGET (data), NULL, NULL);
}

static void
find_fixes_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterSupplyPage *self = data;

  show_inspector (self);
  kilter_page_show_inspector (KILTER_PAGE (self));
}

static GMenuModel *
make_plan_menu (void)
{
  static const struct
  {
    const char *label;
    const char *strategy;
  } items[] = {
    { N_ ("At Least Cost"), "optimal" },
    { N_ ("Level: the Same Rate Each Month"), "level" },
    { N_ ("Chase: as Demand Comes"), "chase" },
    { N_ ("Target Cover"), "cover" },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) strategies = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenu) always = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (items[i].label), NULL);

      g_menu_item_set_action_and_target (item, "supply.plan", "s", items[i].strategy);
      g_menu_append_item (strategies, item);
    }
  g_menu_append_section (menu, _ ("Plan Supply"), G_MENU_MODEL (strategies));
  g_menu_append (look, _ ("Find Fixes"), "supply.find-fixes");
  g_menu_append (look, _ ("Explain"), "supply.explain");
  g_menu_append (look, _ ("Save as Scenario…"), "win.new-scenario");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append (always, _ ("Plan Again After Each Edit"), "supply.plan-supply-after-edits");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (always));
  return G_MENU_MODEL (menu);
}

static GPtrArray *
kilter_supply_page_list_charts (KilterPage *page)
{
  KilterSubject subject = get_subject (KILTER_SUPPLY_PAGE (page));
  int first = kilter_plan_get_n_history (subject.plan);
  int n = kilter_plan_get_n_horizon (subject.plan);
  GPtrArray *charts = g_ptr_array_new ();
  KilterChart *made[] = { kilter_figure_load (&subject, first, n, NULL, FALSE),
                          kilter_figure_stock (&subject, first, n, NULL, NULL, TRUE) };

  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    if (made[i] != NULL)
      g_ptr_array_add (charts, made[i]);
  return charts;
}

static void
kilter_supply_page_dispose (GObject *object)
{
  KilterSupplyPage *self = KILTER_SUPPLY_PAGE (object);

  if (self->grid != NULL)
    kilter_plan_grid_set_draw (self->grid, NULL);
  g_clear_object (&self->pivot);
  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->resources, g_array_unref);
  g_clear_pointer (&self->previewed, g_ptr_array_unref);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_supply_page_parent_class)->dispose (object);
}

static void
kilter_supply_page_class_init (KilterSupplyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_supply_page_dispose;
  page_class->list_charts = kilter_supply_page_list_charts;
  page_class->refresh = kilter_supply_page_refresh;
  page_class->get_headline = kilter_supply_page_get_headline;
  page_class->get_subtitle = kilter_supply_page_get_subtitle;
  page_class->run = kilter_supply_page_run;
  page_class->apply = kilter_supply_live_apply;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  g_type_ensure (KILTER_TYPE_FIGURE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/supply-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, no_resources);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, paned);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, load_title);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, stock_title);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, load);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, stock);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "supply.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "supply.toggle-lock", NULL);
  gtk_widget_class_install_action (widget_class, "supply.explain-short", NULL, explain_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK,
                                       "supply.explain-short", NULL);
}

static void
kilter_supply_page_init (KilterSupplyPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "plan", .activate = plan_action, .parameter_type = "s" },
    { .name = "explain", .activate = explain_menu_action },
    { .name = "find-fixes", .activate = find_fixes_action },
  };
  g_autoptr (GAction) live = kilter_supply_live_make_action ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = make_plan_menu ();
  /* stock is planned for all regions and channels together */
  static const char *const groupings[] = { "line-product", "family-product", NULL };
  GtkWidget *button, *scrolled;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT |
                                               KILTER_PAGE_NEEDS_RESOURCE |
                                               KILTER_PAGE_NEEDS_CASES | KILTER_PAGE_NEEDS_HOURS |
                                               KILTER_PAGE_NEEDS_PALLETS);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Capacity"));
  kilter_chart_view_set_framed (self->load, FALSE);
  kilter_chart_view_set_framed (self->stock, FALSE);
  gtk_paned_set_position (self->paned, 524);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  kilter_plan_grid_set_draw (self->grid, fill_charts);
  self->pivot = kilter_plan_pivot_new (KILTER_PAGE (self), self->grid, KILTER_STOCK);
  kilter_plan_pivot_restrict (self->pivot, groupings, KILTER_PLAN_ROW_BELOW_TARGET);
  scrolled = kilter_plan_grid_create_view (self->grid, &self->view);
  adw_bin_set_child (self->grid_bin,
                     kilter_plan_pivot_create_view (self->pivot, scrolled, self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 200);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (kilter_plan_grid_queue_draw),
                           self->grid, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (fill_grid), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->load, "activate-point", G_CALLBACK (load_point_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_plan_grid_attach_chart (self->grid, self->load, KILTER_REGULAR);
  kilter_plan_grid_attach_chart (self->grid, self->stock, KILTER_STOCK);
  g_signal_connect_object (self->load, "resized", G_CALLBACK (kilter_plan_grid_queue_draw),
                           self->grid, G_CONNECT_SWAPPED);
  self->inspector = g_object_ref_sink (g_object_new (KILTER_TYPE_SUPPLY_INSPECTOR, NULL));
  kilter_supply_inspector_attach (self->inspector, KILTER_PAGE (self));
  g_signal_connect_object (self->inspector, "preview", G_CALLBACK (preview_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_page_set_inspector (KILTER_PAGE (self), GTK_WIDGET (self->inspector));
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _ ("Plan Supply"), "menu-model", menu,
                         "tooltip-text", _ ("Plan supply under capacity (F5)"), NULL);
  /* the context bar is the window's: its button brings the action along */
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (actions), live);
  gtk_widget_insert_action_group (button, "supply", G_ACTION_GROUP (actions));
  kilter_page_set_context_extra (KILTER_PAGE (self), button);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->load));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->stock));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
