/* kilter-forecast-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/forecast/kilter-forecast-inspector.h"
#include "report/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAST_COLUMNS 3

struct _KilterForecastPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkPaned *paned;
  KilterChartView *chart;
  GtkWidget *model_strip;
  GtkLabel *model_name;
  GtkLabel *model_figures;
  GtkMenuButton *method_button;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterForecastInspector *inspector;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterForecastPage, kilter_forecast_page, KILTER_TYPE_PAGE)

static KilterSubject
get_subject (KilterForecastPage *self)
{
  KilterPage *page = KILTER_PAGE (self);

  return (KilterSubject) { kilter_page_get_plan (page), kilter_page_get_version (page),
                           *kilter_page_get_scope (page),
                           kilter_session_get_unit (kilter_page_get_session (page)) };
}

/* --- the grid --- */

static void
fill_grid (KilterForecastPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int first = MAX (cycle - PAST_COLUMNS, 0);
  const KilterPlanRow rows[] = {
    { .measure = KILTER_ACTUAL,
      .mark = KILTER_GRID_MARK_LINE,
      .mark_color = KILTER_GRID_COLOR_ACTUAL,
      .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_PREVIOUS,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_FORECAST_ERROR,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_LAST_YEAR, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_STATISTICAL,
      .mark = KILTER_GRID_MARK_DASHED_LINE,
      .mark_color = KILTER_GRID_COLOR_FORECAST,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_LOW_80,
      .depth = 1,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_HIGH_80,
      .depth = 1,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_OVERRIDE,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_FINAL,
      .kind = KILTER_GRID_ROW_TOTAL,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .mark = KILTER_GRID_MARK_LINE,
      .mark_color = KILTER_GRID_COLOR_FORECAST,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CHANGE_CYCLE,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CHANGE_YEAR,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
  };

  kilter_plan_grid_begin (self->grid, first, kilter_plan_get_n_buckets (subject.plan) - first,
                          FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = subject.scope;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
  kilter_plan_grid_end (self->grid);
}

/* --- chart and model strip --- */

static void
fill_strip (KilterForecastPage *self)
{
  KilterSubject subject = get_subject (self);
  KilterModelSummary summary;
  g_autofree char *name = NULL;

  kilter_plan_model_summary (subject.plan, subject.version, &subject.scope, &summary);
  if (summary.n_series == 0)
    {
      gtk_label_set_text (self->model_name, _ ("No forecast has been made yet"));
      gtk_label_set_text (self->model_figures, "");
      return;
    }
  name = kilter_headline_model (subject.plan, summary.series);
  gtk_label_set_text (self->model_name, name);
  if (isnan (summary.wape))
    gtk_label_set_text (self->model_figures, _ ("Not enough history to measure the error"));
  else
    {
      g_autofree char *wape = kilter_format_ratio (summary.wape, 1);
      g_autofree char *bias = kilter_format_ratio_delta (summary.bias, 1);
      g_autofree char *naive = kilter_format_ratio (summary.naive_wape, 1);
      g_autofree char *markup = g_markup_printf_escaped (
        /* Translators: three figures with their names, errors of the forecast */
        _ ("<span alpha=\"65%%\">WAPE</span>  <b>%s</b>   <span alpha=\"65%%\">Bias</span>  "
           "<b>%s</b>   "
           "<span alpha=\"65%%\">Naive</span>  <b>%s</b>"),
        wape, bias, naive);

      gtk_label_set_markup (self->model_figures, markup);
    }
}

static void
fill_chart (KilterForecastPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int first = MAX (cycle - PAST_COLUMNS, 0);
  KilterChart *chart = kilter_figure_forecast (
    &subject, first, MIN (12, kilter_plan_get_n_buckets (subject.plan) - first));

  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  kilter_chart_view_set_session (self->chart, kilter_page_get_session (KILTER_PAGE (self)), 0);
  kilter_chart_view_set_chart (self->chart, chart);
}

static void
kilter_forecast_page_refresh (KilterPage *page, KilterChange change)
{
  KilterForecastPage *self = KILTER_FORECAST_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  fill_grid (self);
  fill_chart (self);
  fill_strip (self);
  kilter_forecast_inspector_refresh (self->inspector);
}

/* --- actions --- */

static char *
kilter_forecast_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_FORECAST_PAGE (page)->headline);
}

static void
kilter_forecast_page_run (KilterPage *page)
{
  KilterForecastRequest request = { .version = kilter_page_get_version (page) };

  kilter_document_forecast_async (kilter_page_get_document (page), &request, NULL, NULL);
}

static void
kilter_forecast_page_step_problem (KilterPage *page, int direction)
{
  kilter_forecast_inspector_step (KILTER_FORECAST_PAGE (page)->inspector, direction);
}

static void
set_method_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterForecastRequest request = {
    .version = kilter_page_get_version (page),
    .scope = kilter_page_get_scope (page),
    .method = g_variant_get_string (parameter, NULL),
    .pin = TRUE,
  };

  kilter_document_forecast_async (kilter_page_get_document (page), &request, NULL, NULL);
}

static void
mark_reviewed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_forecast_inspector_mark_reviewed (KILTER_FORECAST_PAGE (widget)->inspector);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_FORECAST_PAGE (widget)->grid);
}

static GMenuModel *
make_method_menu (void)
{
  static const char *const methods[] = { "auto",   "ets",     "theta",  "arima",  "ces",
                                         "hw-add", "hw-mult", "damped", "ses",    "snaive",
                                         "naive",  "tsb",     "sba",    "croston" };
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *name = kilter_headline_method (methods[i]);
      GMenuItem *item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "forecast.set-method", "s", methods[i]);
      g_menu_append_item (menu, item);
      g_object_unref (item);
    }
  return G_MENU_MODEL (menu);
}

static void
kilter_forecast_page_dispose (GObject *object)
{
  KilterForecastPage *self = KILTER_FORECAST_PAGE (object);

  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_forecast_page_parent_class)->dispose (object);
}

static void
kilter_forecast_page_class_init (KilterForecastPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_forecast_page_dispose;
  page_class->refresh = kilter_forecast_page_refresh;
  page_class->get_headline = kilter_forecast_page_get_headline;
  page_class->run = kilter_forecast_page_run;
  page_class->step_problem = kilter_forecast_page_step_problem;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/forecast-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, paned);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_strip);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_name);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_figures);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, method_button);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "forecast.set-method", "s", set_method_action);
  gtk_widget_class_install_action (widget_class, "forecast.mark-reviewed", NULL,
                                   mark_reviewed_action);
  gtk_widget_class_install_action (widget_class, "forecast.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "forecast.mark-reviewed", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "forecast.toggle-lock", NULL);
}

static void
kilter_forecast_page_init (KilterForecastPage *self)
{
  KilterGrid *grid;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &grid));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  gtk_menu_button_set_menu_model (self->method_button, make_method_menu ());
  self->inspector = g_object_ref_sink (g_object_new (KILTER_TYPE_FORECAST_INSPECTOR, NULL));
  kilter_page_set_inspector (KILTER_PAGE (self), GTK_WIDGET (self->inspector));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (grid));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Forecast"));
  kilter_forecast_inspector_attach (self->inspector, KILTER_PAGE (self), self->grid);
}
