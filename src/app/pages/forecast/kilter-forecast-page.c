/* kilter-forecast-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-page.h"

#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/forecast/kilter-adjust-strip.h"
#include "app/pages/forecast/kilter-forecast-dialogs.h"
#include "app/pages/forecast/kilter-forecast-inspector.h"
#include "app/pages/forecast/kilter-forecast-parts.h"
#include "app/widgets/kilter-chart-view.h"
#include "plan/kilter-repair.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAST_COLUMNS 3

struct _KilterForecastPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkPaned *paned;
  KilterChartView *chart;
  KilterAdjustStrip *adjust;
  GtkWidget *strip;
  GtkLabel *strip_text;
  GtkWidget *model_strip;
  GtkLabel *model_word;
  GtkLabel *model_name;
  GtkLabel *model_figures;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  KilterForecastInspector *inspector;
  KilterDocument *document; /* not owned: whose progress is followed */
  char *headline;
  gboolean show_last_cycle;
  gboolean has_preview; /* of a forecast that is being made */
};

enum
{
  PROP_SHOW_LAST_CYCLE = 1,
  PROP_ADJUST,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

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

/* The rows of a part that is open: what makes its final forecast. */
static void
add_part (KilterPlanGrid *grid, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .measure = KILTER_ACTUAL, .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_STATISTICAL, .flags = KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_OVERRIDE,
      .flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
    { .measure = KILTER_CHANGE_CYCLE,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_FUTURE_ONLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = *scope;
      row.depth = depth;
      row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (grid, &row);
    }
}

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
  kilter_forecast_parts_add (self->grid, subject.plan, &subject.scope, KILTER_FINAL,
                             KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY, add_part);
  kilter_plan_grid_end (self->grid);
}

/* --- chart and model strip --- */

/* Why the series of a scope cannot be forecast, when that is true of all of them. */
static const char *
find_refusal (const KilterSubject *subject)
{
  static const struct
  {
    const char *key;
    const char *text;
  } refusals[] = {
    { "zero", N_ ("No forecast: all values are zero") },
    { "dead", N_ ("No forecast: nothing has been sold for a long time") },
    { "empty", N_ ("No forecast: there is no history") },
  };
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_SERIES);
  int found = -1;

  for (guint i = 0; i < rows->len; i++)
    {
      const KilterRecord *model = kilter_plan_find_model (subject->plan,
                                                          g_array_index (rows, int, i));
      const char *key = model != NULL ? kilter_record_text (model, KILTER_MODEL_CLASS) : "";
      int one = -1;

      for (gsize k = 0; k < G_N_ELEMENTS (refusals); k++)
        if (g_str_equal (refusals[k].key, key) &&
            !g_str_equal (kilter_record_text (model, KILTER_MODEL_METHOD), "like") &&
            *kilter_record_text (model, KILTER_MODEL_FORCED) == '\0')
          one = (int) k;
      if (one < 0)
        return NULL;
      found = MAX (found, one);
    }
  return found >= 0 ? _ (refusals[found].text) : NULL;
}

static char *
describe_model (const KilterSubject *subject, const KilterModelSummary *summary)
{
  char *name = kilter_headline_model (subject->plan, summary->series);
  const KilterRecord *model = kilter_plan_find_model (subject->plan, summary->series);
  g_autofree char *bare = NULL;

  if (model == NULL || !g_str_equal (kilter_record_text (model, KILTER_MODEL_CLASS), "short"))
    return name;
  bare = name;
  /* Translators: %s is the name of a forecasting method */
  return g_strdup_printf (_ ("%s · little history"), bare);
}

static void
fill_strip (KilterForecastPage *self)
{
  KilterSubject subject = get_subject (self);
  const char *refusal = find_refusal (&subject);
  KilterModelSummary summary;
  g_autofree char *name = NULL;

  kilter_plan_model_summary (subject.plan, subject.version, &subject.scope, &summary);
  gtk_widget_set_visible (self->strip, refusal != NULL);
  gtk_label_set_text (self->strip_text, refusal != NULL ? refusal : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forecast.copy-profile",
                                 subject.scope.product != 0);
  if (summary.n_series == 0)
    {
      gtk_label_set_text (self->model_name, _ ("No forecast has been made yet"));
      gtk_label_set_text (self->model_figures, "");
      return;
    }
  name = describe_model (&subject, &summary);
  gtk_label_set_text (self->model_name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->model_name), name);
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

/* The new forecast of what is looked at, as soon as its series are finished. */
static double *
get_preview (KilterForecastPage *self, const KilterSubject *subject)
{
  KilterForecastTask *task = kilter_document_get_forecast (
    kilter_page_get_document (KILTER_PAGE (self)));
  g_autofree double *values = NULL;

  if (task == NULL || subject->unit != KILTER_DISPLAY_CASES)
    return NULL;
  values = g_new (double, kilter_plan_get_n_buckets (subject->plan));
  return kilter_forecast_task_peek (task, subject->plan, &subject->scope, values)
           ? g_steal_pointer (&values)
           : NULL;
}

static void
fill_chart (KilterForecastPage *self)
{
  KilterSubject subject = get_subject (self);
  int cycle = kilter_plan_get_n_history (subject.plan);
  int first = MAX (cycle - PAST_COLUMNS, 0);
  g_autofree double *preview = get_preview (self, &subject);
  KilterForecastFigure look = {
    .tint_first = first,
    .tint_n = kilter_plan_get_n_buckets (subject.plan) - first,
    .last_cycle = self->show_last_cycle,
    .preview = preview,
  };
  KilterChartPlace place;
  KilterChart *chart;

  /* the months that the grid has in view, when it has been laid out */
  kilter_plan_grid_get_place (self->grid, &look.tint_first, &look.tint_n, &place);
  chart = kilter_figure_forecast (&subject, &look);
  self->has_preview = preview != NULL;
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  kilter_chart_view_set_session (self->chart, kilter_page_get_session (KILTER_PAGE (self)), 0);
  kilter_chart_view_set_chart (self->chart, chart);
  kilter_chart_view_set_handles (self->chart, KILTER_FIGURE_FORECAST_FINAL, cycle);
}

static void
set_adjusting (KilterForecastPage *self, gboolean adjusting)
{
  if (kilter_adjust_strip_get_adjusting (self->adjust) == adjusting)
    return;
  kilter_adjust_strip_set_adjusting (self->adjust, adjusting);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADJUST]);
}

static void
progress_cb (KilterForecastPage *self)
{
  KilterSubject subject;
  g_autofree double *preview = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  subject = get_subject (self);
  preview = get_preview (self, &subject);
  if ((preview != NULL) != self->has_preview)
    fill_chart (self);
}

static void
columns_changed_cb (KilterForecastPage *self)
{
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL && self->headline != NULL)
    fill_chart (self);
}

/* What is next: a forecast as long as a series lacks one, then the end of the step. */
static void
choose_primary (KilterForecastPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  gboolean lacking = kilter_plan_count_records (plan, KILTER_TABLE_MODEL) <
                     kilter_plan_count_records (plan, KILTER_TABLE_SERIES);

  kilter_page_set_primary (KILTER_PAGE (self), lacking ? _ ("Run Forecast") : NULL,
                           lacking ? "forecast.run" : NULL);
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
  if (kilter_page_get_document (page) != self->document)
    {
      self->document = kilter_page_get_document (page);
      g_signal_connect_object (self->document, "notify::progress", G_CALLBACK (progress_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->document, "notify::busy", G_CALLBACK (progress_cb), self,
                               G_CONNECT_SWAPPED);
    }
  fill_grid (self);
  fill_chart (self);
  fill_strip (self);
  kilter_adjust_strip_refresh (self->adjust, plan);
  if (kilter_page_is_read_only (page))
    set_adjusting (self, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forecast.adjust",
                                 !kilter_page_is_read_only (page));
  choose_primary (self);
  kilter_forecast_inspector_refresh (self->inspector, change);
}

/* --- actions --- */

static char *
kilter_forecast_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_FORECAST_PAGE (page)->headline);
}

static void
run_forecast (KilterPage *page, const KilterScope *scope, const GArray *products)
{
  KilterForecastRequest request = { .version = kilter_page_get_version (page),
                                    .scope = scope,
                                    .products = products,
                                    .first = kilter_page_get_scope (page) };

  kilter_document_forecast_async (kilter_page_get_document (page), &request, NULL, NULL);
}

static void
kilter_forecast_page_run (KilterPage *page)
{
  run_forecast (page, NULL, NULL);
}

static void
kilter_forecast_page_step_problem (KilterPage *page, int direction)
{
  kilter_exception_pane_step (
    kilter_forecast_inspector_get_exceptions (KILTER_FORECAST_PAGE (page)->inspector), direction);
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  g_autoptr (GArray) exceptions = NULL, products = NULL;

  if (g_str_equal (name, "forecast.run"))
    run_forecast (page, NULL, NULL);
  else if (g_str_equal (name, "forecast.run-scope"))
    run_forecast (page, kilter_page_get_scope (page), NULL);
  else
    {
      exceptions = kilter_plan_find_exceptions (kilter_page_get_plan (page),
                                                kilter_page_get_version (page));
      products = g_array_new (FALSE, FALSE, sizeof (int));
      for (guint i = 0; i < exceptions->len; i++)
        if (!g_array_index (exceptions, KilterException, i).reviewed)
          g_array_append_val (products, g_array_index (exceptions, KilterException, i).product);
      if (products->len == 0)
        kilter_page_toast (page, _ ("No product needs a look."), FALSE);
      else
        run_forecast (page, NULL, products);
    }
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
change_model_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_model_dialog_present (KILTER_PAGE (widget));
}

static void
copy_profile_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int product = kilter_page_get_scope (KILTER_PAGE (widget))->product;

  if (product != 0)
    kilter_like_dialog_present (KILTER_PAGE (widget), product);
}

static void
mark_reviewed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_exception_pane_mark_reviewed (
    kilter_forecast_inspector_get_exceptions (KILTER_FORECAST_PAGE (widget)->inspector));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_FORECAST_PAGE (widget)->grid);
}

/* --- actions on the selected months --- */

/* The selected cells before the cycle, or from the cycle on; FALSE when there are none. */
static gboolean
get_months (KilterForecastPage *self,
            gboolean past,
            KilterScope *out_scope,
            int *out_first,
            int *out_n)
{
  KilterPage *page = KILTER_PAGE (self);
  const KilterSelection *selection = kilter_session_get_selection (kilter_page_get_session (page));
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (page));
  int first, last;

  if (selection == NULL || selection->measure < 0 || selection->n <= 0)
    return FALSE;
  first = past ? selection->first : MAX (selection->first, cycle);
  last = past ? MIN (selection->first + selection->n, cycle) : selection->first + selection->n;
  *out_scope = selection->scope;
  *out_first = first;
  *out_n = last - first;
  return last > first;
}

static void
correct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterScope scope;
  int first, n;

  if (get_months (KILTER_FORECAST_PAGE (widget), TRUE, &scope, &first, &n))
    kilter_correct_dialog_present (KILTER_PAGE (widget), &scope, first, n);
}

static void
mark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean promotion = g_str_equal (g_variant_get_string (parameter, NULL), "promotion");
  KilterSubject subject = get_subject (KILTER_FORECAST_PAGE (widget));
  g_autofree char *title = NULL, *label = NULL;
  KilterCommand *command;
  int first, n, count = 0;

  if (!get_months (KILTER_FORECAST_PAGE (widget), TRUE, &subject.scope, &first, &n))
    return;
  title = kilter_subject_get_title (&subject);
  label = g_strdup_printf (_ ("Correction of %s"), title);
  command = kilter_command_new ("correction", label);
  for (int t = first; t < first + n; t++)
    count += kilter_plan_correct_bucket (plan, command, subject.version, &subject.scope, t);
  if (count == 0)
    {
      kilter_command_unref (command);
      kilter_page_toast (page, _ ("The history is too short to say what would have been sold"),
                         FALSE);
      return;
    }
  kilter_command_set_reason (command, promotion ? _ ("Promotion") : _ ("Stock-out"));
  kilter_page_apply (page, command, _ ("Left out of the fit"));
}

static void
reset_override_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterSubject subject = get_subject (KILTER_FORECAST_PAGE (widget));
  g_autofree char *title = NULL, *label = NULL;
  KilterCommand *command;
  int first, n;

  /* without a selection ahead all of the scope */
  if (!get_months (KILTER_FORECAST_PAGE (widget), FALSE, &subject.scope, &first, &n))
    {
      subject.scope = *kilter_page_get_scope (page);
      first = kilter_plan_get_n_history (plan);
      n = kilter_plan_get_n_horizon (plan);
    }
  title = kilter_subject_get_title (&subject);
  label = g_strdup_printf (_ ("Reset override of %s"), title);
  command = kilter_command_new ("reset", label);
  n = kilter_plan_reset_overrides (plan, command, subject.version, &subject.scope, first, n);
  if (n == 0)
    {
      kilter_command_unref (command);
      kilter_page_toast (page, _ ("There is no override here"), FALSE);
      return;
    }
  kilter_page_apply (page, command, _ ("Override reset"));
}

static void
notes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_forecast_inspector_show (KILTER_FORECAST_PAGE (widget)->inspector, "notes");
  kilter_page_show_inspector (KILTER_PAGE (widget));
}

static void
context_menu_cb (KilterForecastPage *self)
{
  KilterScope scope;
  int first, n;
  gboolean read_only = kilter_page_is_read_only (KILTER_PAGE (self));
  gboolean past = get_months (self, TRUE, &scope, &first, &n) && !read_only;
  gboolean future = get_months (self, FALSE, &scope, &first, &n) && !read_only;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forecast.correct", past);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forecast.mark", past);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forecast.toggle-lock", past || future);
}

static void
append (GMenu *menu, const char *label, const char *action)
{
  g_menu_append (menu, label, action);
}

static GMenuModel *
make_grid_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) clipboard = g_menu_new ();
  g_autoptr (GMenu) history = g_menu_new ();
  g_autoptr (GMenu) ahead = g_menu_new ();

  append (clipboard, _ ("Copy"), "grid.copy");
  append (clipboard, _ ("Copy with Headers"), "grid.copy-with-headers");
  append (clipboard, _ ("Paste"), "grid.paste");
  append (clipboard, _ ("Clear"), "grid.clear");
  append (history, _ ("Correct…"), "forecast.correct");
  append (history, _ ("Mark as Promotion"), "forecast.mark::promotion");
  append (history, _ ("Mark as Stock-Out"), "forecast.mark::stock-out");
  append (ahead, _ ("Reset Override"), "forecast.reset-override");
  append (ahead, _ ("Lock or Unlock"), "forecast.toggle-lock");
  append (ahead, _ ("Reason and Notes"), "forecast.show-notes");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clipboard));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (history));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ahead));
  return G_MENU_MODEL (menu);
}

static void
kilter_forecast_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW_LAST_CYCLE)
    g_value_set_boolean (value, KILTER_FORECAST_PAGE (object)->show_last_cycle);
  else if (id == PROP_ADJUST)
    g_value_set_boolean (value,
                         kilter_adjust_strip_get_adjusting (KILTER_FORECAST_PAGE (object)->adjust));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kilter_forecast_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  KilterForecastPage *self = KILTER_FORECAST_PAGE (object);

  if (id == PROP_ADJUST)
    {
      set_adjusting (self, g_value_get_boolean (value));
      return;
    }
  if (id != PROP_SHOW_LAST_CYCLE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->show_last_cycle == g_value_get_boolean (value))
    return;
  self->show_last_cycle = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, properties[PROP_SHOW_LAST_CYCLE]);
  if (self->headline != NULL)
    fill_chart (self);
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
  G_OBJECT_CLASS (klass)->get_property = kilter_forecast_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = kilter_forecast_page_set_property;
  page_class->refresh = kilter_forecast_page_refresh;
  page_class->get_headline = kilter_forecast_page_get_headline;
  page_class->run = kilter_forecast_page_run;
  page_class->step_problem = kilter_forecast_page_step_problem;

  g_type_ensure (KILTER_TYPE_ADJUST_STRIP);
  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/forecast-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, paned);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_strip);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_name);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_figures);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, model_word);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, strip);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, adjust);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, strip_text);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastPage, grid_bin);
  properties[PROP_SHOW_LAST_CYCLE] = g_param_spec_boolean (
    "show-last-cycle", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ADJUST] = g_param_spec_boolean ("adjust", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                    G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
  gtk_widget_class_install_property_action (widget_class, "forecast.show-last-cycle",
                                            "show-last-cycle");
  gtk_widget_class_install_property_action (widget_class, "forecast.adjust", "adjust");
  gtk_widget_class_install_action (widget_class, "forecast.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "forecast.run-scope", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "forecast.run-exceptions", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "forecast.change-model", NULL,
                                   change_model_action);
  gtk_widget_class_install_action (widget_class, "forecast.copy-profile", NULL,
                                   copy_profile_action);
  gtk_widget_class_install_action (widget_class, "forecast.correct", NULL, correct_action);
  gtk_widget_class_install_action (widget_class, "forecast.mark", "s", mark_action);
  gtk_widget_class_install_action (widget_class, "forecast.reset-override", NULL,
                                   reset_override_action);
  gtk_widget_class_install_action (widget_class, "forecast.show-notes", NULL, notes_action);
  gtk_widget_class_install_action (widget_class, "forecast.set-method", "s", set_method_action);
  gtk_widget_class_install_action (widget_class, "forecast.mark-reviewed", NULL,
                                   mark_reviewed_action);
  gtk_widget_class_install_action (widget_class, "forecast.toggle-lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "forecast.mark-reviewed", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "forecast.toggle-lock", NULL);
  /* where a number comes from */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK,
                                       "forecast.show-notes", NULL);
}

static void
kilter_forecast_page_init (KilterForecastPage *self)
{
  g_autoptr (GMenu) chart_menu = g_menu_new ();
  g_autoptr (GMenuModel) grid_menu = make_grid_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  kilter_plan_grid_attach_chart (self->grid, self->chart, KILTER_FINAL);
  kilter_adjust_strip_attach (self->adjust, self->grid, self->chart);
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  kilter_grid_set_menu_model (self->view, grid_menu);
  g_signal_connect_object (self->view, "context-menu", G_CALLBACK (context_menu_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (columns_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (fill_grid), self, G_CONNECT_SWAPPED);
  g_menu_append (chart_menu, _ ("Show Last Cycle"), "forecast.show-last-cycle");
  g_menu_append (chart_menu, _ ("Adjust on the Chart"), "forecast.adjust");
  kilter_chart_view_set_extra_menu (self->chart, G_MENU_MODEL (chart_menu));
  kilter_chart_view_set_file_name (self->chart, "forecast");
  self->inspector = g_object_ref_sink (g_object_new (KILTER_TYPE_FORECAST_INSPECTOR, NULL));
  kilter_page_set_inspector (KILTER_PAGE (self), GTK_WIDGET (self->inspector));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Forecast"));
  kilter_forecast_inspector_attach (self->inspector, KILTER_PAGE (self), self->grid);
}
