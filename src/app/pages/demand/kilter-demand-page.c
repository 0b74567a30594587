/* kilter-demand-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-demand-page.h"

#include "app/pages/common/kilter-figure-title.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/common/kilter-plan-pivot.h"
#include "app/pages/demand/kilter-demand-dialogs.h"
#include "app/pages/demand/kilter-demand-inspector.h"
#include "app/widgets/kilter-chart-view.h"
#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAST_COLUMNS 12
#define N_LAGS 6

struct _KilterDemandPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  KilterFigureTitle *title;
  AdwToggleGroup *modes;
  GtkMenuButton *menu_button;
  GtkWidget *hint;
  KilterChartView *chart;
  GtkLabel *chart_note;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterPlanPivot *pivot;
  KilterGrid *view; /* not owned */
  KilterDemandInspector *inspector;
  char *headline;
  gboolean has_orders;
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

static gboolean
is_mode (KilterDemandPage *self, const char *mode)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->modes), mode) == 0;
}

/* Whether anybody has said anything in a measure; what nobody uses is not shown. */
static gboolean
is_used (KilterDemandPage *self, KilterMeasure measure)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    if (kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_FACT, row) != NULL ||
        kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_INPUT, row) != NULL)
      return TRUE;
  return FALSE;
}

/* --- the grid --- */

/* Rows of what only some plans have. */
static gboolean
is_row_wanted (KilterDemandPage *self, const KilterPlanRow *row)
{
  switch (row->measure)
    {
    case KILTER_FINANCE_INPUT:
    case KILTER_CUSTOMER_INPUT:
      return is_used (self, (KilterMeasure) row->measure);
    case KILTER_EVENT:
      return kilter_plan_count_records (kilter_page_get_plan (KILTER_PAGE (self)),
                                        KILTER_TABLE_EVENT) > 0 ||
             is_used (self, KILTER_EVENT);
    case KILTER_ORDERS:
    case KILTER_FORECAST_LEFT:
    case KILTER_ORDERS_ABOVE:
      return self->has_orders;
    default:
      return TRUE;
    }
}

static void
add_block (KilterDemandPage *self, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Statistical"),
      .measure = KILTER_STATISTICAL,
      .mark = KILTER_GRID_MARK_LINE,
      .mark_color = KILTER_GRID_COLOR_FORECAST,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_EVENT,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY | KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_SALES_INPUT,
      .mark = KILTER_GRID_MARK_DOT,
      .mark_color = KILTER_GRID_COLOR_SALES,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_MARKETING_INPUT,
      .mark = KILTER_GRID_MARK_DIAMOND,
      .mark_color = KILTER_GRID_COLOR_MARKETING,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_FINANCE_INPUT,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CUSTOMER_INPUT,
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
    { .measure = KILTER_ORDERS, .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_FORECAST_LEFT,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_ORDERS_ABOVE,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY | KILTER_PLAN_ROW_DASH_ZERO | KILTER_PLAN_ROW_PROBLEM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      if (!is_row_wanted (self, &row))
        continue;
      row.scope = *scope;
      row.depth = depth;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
}

static void
add_opened (const KilterScope *scope, int depth, gpointer data)
{
  add_block (data, scope, depth);
}

/* --- what earlier plans said of the same buckets --- */

/* @data: the snapshot; it says nothing of what was past when it was made */
static void
read_snapshot (const KilterSubject *subject,
               KilterMeasure measure,
               int first,
               int n,
               gpointer data,
               double *out_values,
               double *out_total)
{
  KilterSubject then = *subject;
  int cycle;

  then.version = GPOINTER_TO_INT (data);
  cycle = kilter_plan_get_cycle_index (subject->plan, then.version);
  kilter_subject_get (&then, KILTER_CONSENSUS, out_values);
  for (int t = 0; t < MIN (cycle, kilter_plan_get_n_buckets (subject->plan)); t++)
    out_values[t] = NAN;
  *out_total = kilter_number_sum (out_values, first, n);
}

/* @data: how many buckets ahead; plan ÷ actual − 1: above 0 the plan was too high */
static void
read_lag (const KilterSubject *subject,
          KilterMeasure measure,
          int first,
          int n,
          gpointer data,
          double *out_values,
          double *out_total)
{
  int lag = GPOINTER_TO_INT (data), cycle = kilter_plan_get_n_history (subject->plan);
  int n_buckets = kilter_plan_get_n_buckets (subject->plan);
  g_autofree double *actual = g_new (double, n_buckets);
  g_autofree double *said = g_new (double, n_buckets);

  kilter_subject_get (subject, KILTER_CLEANED, actual);
  for (int t = 0; t < n_buckets; t++)
    {
      KilterSubject then = *subject;

      out_values[t] = NAN;
      if (t >= cycle || !(actual[t] > 0))
        continue;
      then.version = kilter_plan_find_cycle_plan (subject->plan, t - lag + 1);
      if (then.version == 0)
        continue;
      kilter_subject_get (&then, KILTER_CONSENSUS, said);
      out_values[t] = said[t] / actual[t] - 1;
    }
  *out_total = NAN;
}

static void
add_snapshots (KilterDemandPage *self, const KilterSubject *subject)
{
  g_autoptr (GArray) versions = kilter_plan_list_approved (subject->plan);
  KilterPlanRow row = { .label = _ ("Actual sales"),
                        .measure = KILTER_ACTUAL,
                        .scope = subject->scope,
                        .kind = KILTER_GRID_ROW_MEASURE,
                        .look = KILTER_GRID_ROW_FLAG_BOLD,
                        .flags = KILTER_PLAN_ROW_PAST_ONLY };

  kilter_plan_grid_add (self->grid, &row);
  for (guint i = 0; i < versions->len; i++)
    {
      KilterVersion version = g_array_index (versions, KilterVersion, i);
      KilterBucket cycle = kilter_plan_get_start (subject->plan) +
                           kilter_plan_get_cycle_index (subject->plan, version);
      g_autofree char *name = kilter_bucket_get_label (kilter_plan_get_bucket_kind (subject->plan),
                                                       cycle);
      g_autofree char *label = g_strdup_printf (_ ("Plan of %s"), name);

      row = (KilterPlanRow) { .label = label,
                              .measure = KILTER_CONSENSUS,
                              .scope = subject->scope,
                              .kind = KILTER_GRID_ROW_MEASURE,
                              .read = read_snapshot,
                              .read_data = GINT_TO_POINTER (version) };
      kilter_plan_grid_add (self->grid, &row);
    }
  row = (KilterPlanRow) { .measure = KILTER_CONSENSUS,
                          .scope = subject->scope,
                          .kind = KILTER_GRID_ROW_TOTAL,
                          .look = KILTER_GRID_ROW_FLAG_BOLD,
                          .flags = KILTER_PLAN_ROW_FUTURE_ONLY };
  kilter_plan_grid_add (self->grid, &row);
  for (int lag = 1; lag <= N_LAGS; lag++)
    {
      g_autofree char *label = g_strdup_printf (
        ngettext ("Error, %d period ahead", "Error, %d periods ahead", lag), lag);

      row = (KilterPlanRow) { .label = label,
                              .measure = KILTER_CHANGE_CYCLE,
                              .scope = subject->scope,
                              .kind = KILTER_GRID_ROW_MEASURE,
                              .look = KILTER_GRID_ROW_FLAG_DIM,
                              .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_PAST_ONLY,
                              .read = read_lag,
                              .read_data = GINT_TO_POINTER (lag) };
      kilter_plan_grid_add (self->grid, &row);
    }
}

static void
add_plan (KilterDemandPage *self, const KilterSubject *subject)
{
  add_block (self, &subject->scope, 0);
  kilter_plan_pivot_fill (self->pivot, &subject->scope, add_opened, self);
}

static void
fill_grid (KilterDemandPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int first = MAX (cycle - PAST_COLUMNS, 0);
  g_autofree char *title = kilter_subject_get_title (&subject);

  self->has_orders = is_used (self, KILTER_ORDERS);
  kilter_plan_grid_begin (self->grid, first, kilter_plan_get_n_buckets (subject.plan) - first,
                          FALSE);
  kilter_plan_grid_add_section (self->grid, title, &subject.scope, 0);
  if (is_mode (self, "snapshots"))
    add_snapshots (self, &subject);
  else
    add_plan (self, &subject);
  kilter_plan_grid_end (self->grid);
}

/* --- the chart stands over the grid's columns --- */

static void
fill_chart (KilterPage *page)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (page);
  KilterSubject subject = get_subject (self);
  KilterChartPlace place = { 0 };
  KilterChart *chart;
  gboolean changes = is_mode (self, "changes");
  int first, n;

  if (!kilter_plan_grid_get_place (self->grid, &first, &n, &place))
    return;
  if (changes)
    chart = kilter_figure_demand_change (&subject, 12);
  else if (is_mode (self, "snapshots"))
    chart = kilter_figure_snapshots (&subject, first, n, &place, N_LAGS);
  else
    chart = kilter_figure_consensus (&subject, first, n, &place,
                                     kilter_plan_grid_is_narrow (self->grid));
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  /* a bridge does not stand over columns */
  gtk_widget_set_margin_start (GTK_WIDGET (self->chart), changes ? 15 : 0);
  gtk_widget_set_margin_end (GTK_WIDGET (self->chart), changes ? 15 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->chart_note), chart == NULL);
  kilter_figure_title_show_chart (self->title, self->chart, kilter_page_get_session (page),
                                  changes ? -1 : first, chart);
}

/* --- the page --- */

static gboolean
has_inputs (KilterDemandPage *self)
{
  int n;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  for (int i = 0; i < n; i++)
    if (is_used (self, inputs[i]))
      return TRUE;
  return FALSE;
}

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
  kilter_plan_grid_queue_draw (self->grid);
  {
    KilterSubject subject = get_subject (self);

    kilter_demand_inspector_refresh (self->inspector, &subject);
  }
  gtk_widget_set_visible (self->hint, !has_inputs (self));
}

static char *
kilter_demand_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_DEMAND_PAGE (page)->headline);
}

/* What a command is about: the chosen range of cells, else all that the page shows. */
static void
get_range (KilterDemandPage *self, KilterScope *out_scope, int *out_first, int *out_n)
{
  KilterPage *page = KILTER_PAGE (self);
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterSelection *selection = kilter_session_get_selection (kilter_page_get_session (page));
  int cycle = kilter_plan_get_n_history (plan);

  *out_scope = *kilter_page_get_scope (page);
  *out_first = cycle;
  *out_n = kilter_plan_get_n_horizon (plan);
  if (selection->measure < 0 || selection->first + selection->n <= cycle || selection->n < 2)
    return;
  *out_scope = selection->scope;
  *out_first = MAX (selection->first, cycle);
  *out_n = selection->first + selection->n - *out_first;
}

/* Takes a measure's values as the typed consensus. */
static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (widget);
  KilterPage *page = KILTER_PAGE (self);
  KilterPlan *plan = kilter_page_get_plan (page);
  int measure = kilter_measure_from_key (g_variant_get_string (parameter, NULL)), first, n;
  g_autofree char *label = NULL, *toast = NULL;
  g_autoptr (GError) error = NULL;
  KilterEditResult result;
  KilterCommand *command;
  KilterScope scope;

  g_return_if_fail (measure >= 0);
  get_range (self, &scope, &first, &n);
  label = g_strdup_printf (_ ("Take %s as consensus"),
                           kilter_measure_get_name ((KilterMeasure) measure));
  command = kilter_command_new ("take", label);
  if (!kilter_plan_take_as_consensus (plan, command, kilter_page_get_version (page), &scope, first,
                                      n, (KilterMeasure) measure, &result, &error))
    {
      kilter_command_unref (command);
      kilter_page_toast (page,
                         error->code == KILTER_PLAN_ERROR_EMPTY
                           ? _ ("There is nothing to take.")
                           : kilter_document_error_text (error),
                         FALSE);
      return;
    }
  toast = result.n_locked > 0 ? g_strdup_printf (ngettext ("%1$s, %2$d locked number stays",
                                                           "%1$s, %2$d locked numbers stay",
                                                           (gulong) result.n_locked),
                                                 label, result.n_locked)
                              : g_strdup (label);
  kilter_page_apply (page, command, toast);
}

static void
weights_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_weights_dialog_present (KILTER_PAGE (widget),
                                 kilter_page_get_scope (KILTER_PAGE (widget)));
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterScope scope;
  int first, n;

  get_range (KILTER_DEMAND_PAGE (widget), &scope, &first, &n);
  kilter_change_dialog_present (KILTER_PAGE (widget), &scope, first, n);
}

static void
assumption_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  const KilterSelection *selection = kilter_session_get_selection (kilter_page_get_session (page));
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (page));

  /* a single cell is enough here */
  if (selection->measure >= 0 && selection->first >= cycle)
    kilter_assumption_dialog_present (page, (KilterMeasure) selection->measure, &selection->scope,
                                      selection->first, selection->n);
  else
    kilter_assumption_dialog_present (page, KILTER_CONSENSUS, kilter_page_get_scope (page), cycle,
                                      kilter_plan_get_n_horizon (kilter_page_get_plan (page)));
}

static void
mode_cb (KilterDemandPage *self)
{
  if (kilter_page_get_document (KILTER_PAGE (self)) == NULL)
    return;
  if (is_mode (self, "changes"))
    kilter_demand_inspector_show (self->inspector, "changes");
  /* what earlier plans said can be compared with what happened: the past first */
  kilter_grid_set_first_column (
    self->view, is_mode (self, "snapshots")
                  ? 0
                  : kilter_plan_get_n_history (kilter_page_get_plan (KILTER_PAGE (self))) -
                      kilter_plan_grid_get_first (self->grid));
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static GPtrArray *
kilter_demand_page_list_charts (KilterPage *page)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (page);
  KilterSubject subject = get_subject (self);
  int first = kilter_plan_get_n_history (subject.plan);
  int n = kilter_plan_get_n_horizon (subject.plan);
  GPtrArray *charts = g_ptr_array_new ();
  KilterChart *chart = is_mode (self, "changes") ? kilter_figure_demand_change (&subject, 12)
                       : is_mode (self, "snapshots")
                         ? kilter_figure_snapshots (&subject, 0, first, NULL, N_LAGS)
                         : kilter_figure_consensus (&subject, first, n, NULL, TRUE);

  if (chart != NULL)
    g_ptr_array_add (charts, chart);
  return charts;
}

static void
kilter_demand_page_dispose (GObject *object)
{
  KilterDemandPage *self = KILTER_DEMAND_PAGE (object);

  if (self->grid != NULL)
    kilter_plan_grid_set_draw (self->grid, NULL);
  g_clear_object (&self->pivot);
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
  static const char *const edits[] = { "demand.take", "demand.weights", "demand.change",
                                       "demand.add-assumption", NULL };

  G_OBJECT_CLASS (klass)->dispose = kilter_demand_page_dispose;
  page_class->edit_actions = edits;
  page_class->list_charts = kilter_demand_page_list_charts;
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
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, modes);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, hint);
  gtk_widget_class_bind_template_child (widget_class, KilterDemandPage, chart_note);
  gtk_widget_class_install_action (widget_class, "demand.take", "s", take_action);
  gtk_widget_class_install_action (widget_class, "demand.weights", NULL, weights_action);
  gtk_widget_class_install_action (widget_class, "demand.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "demand.add-assumption", NULL, assumption_action);
}

static void
expanded_cb (KilterDemandPage *self)
{
  fill_grid (self);
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (target != NULL)
    g_menu_item_set_action_and_target (item, action, "s", target);
  else
    g_menu_item_set_detailed_action (item, action);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) take = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  append_item (take, _ ("Take Statistical as Consensus"), "demand.take", "statistical");
  append_item (take, _ ("Take Sales as Consensus"), "demand.take", "sales-input");
  append_item (take, _ ("Take Marketing as Consensus"), "demand.take", "marketing-input");
  append_item (change, _ ("Weight Inputs…"), "demand.weights", NULL);
  append_item (change, _ ("Apply Change…"), "demand.change", NULL);
  append_item (last, _ ("Add Assumption…"), "demand.add-assumption", NULL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (take));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

static void
kilter_demand_page_init (KilterDemandPage *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *scrolled;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Consensus"));
  kilter_chart_view_set_framed (self->chart, FALSE);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  kilter_plan_grid_set_draw (self->grid, fill_chart);
  self->pivot = kilter_plan_pivot_new (KILTER_PAGE (self), self->grid, KILTER_CONSENSUS);
  scrolled = kilter_plan_grid_create_view (self->grid, &self->view);
  adw_bin_set_child (self->grid_bin,
                     kilter_plan_pivot_create_view (self->pivot, scrolled, self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  kilter_grid_set_menu_model (self->view, menu);
  kilter_plan_grid_show_horizon (self->grid);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (kilter_plan_grid_queue_draw),
                           self->grid, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_plan_grid_attach_chart (self->grid, self->chart, KILTER_CONSENSUS);
  g_signal_connect_object (self->chart, "resized", G_CALLBACK (kilter_plan_grid_queue_draw),
                           self->grid, G_CONNECT_SWAPPED);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  g_signal_connect_object (self->modes, "notify::active-name", G_CALLBACK (mode_cb), self,
                           G_CONNECT_SWAPPED);
  self->inspector = g_object_ref_sink (
    kilter_demand_inspector_new (KILTER_PAGE (self), self->grid));
  kilter_page_set_inspector (KILTER_PAGE (self), GTK_WIDGET (self->inspector));
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Details"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
