/* kilter-forecast-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-inspector.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "report/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _KilterForecastInspector
{
  AdwBin parent_instance;

  AdwViewStack *stack;
  GtkLabel *summary;
  GtkListBox *exceptions;
  GtkBox *model_box;
  KilterCellPane *cell_pane;

  KilterPage *page;
  GArray *found; /* KilterException, as listed */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (KilterForecastInspector, kilter_forecast_inspector, ADW_TYPE_BIN)

static KilterSubject
get_subject (KilterForecastInspector *self)
{
  return (KilterSubject) { kilter_page_get_plan (self->page), kilter_page_get_version (self->page),
                           *kilter_page_get_scope (self->page), KILTER_DISPLAY_CASES };
}

static GtkWidget *
make_label (const char *text, const char *css, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (wrap)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_lines (GTK_LABEL (label), 2);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    }
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* --- exceptions --- */

static GtkWidget *
make_exception_row (KilterForecastInspector *self, const KilterException *exception)
{
  KilterSubject subject = get_subject (self);
  const char *name = kilter_plan_get_product_name (subject.plan, exception->product);
  g_autofree char *sentence = kilter_headline_exception (subject.plan, exception);
  g_autofree char *money = kilter_format_money (subject.plan, exception->money);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *mark = gtk_label_new (exception->reviewed ? "✓" : exception->urgent ? "▲" : "●");
  GtkWidget *title = make_label (name, "heading", FALSE);
  GtkWidget *text = make_label (sentence, "caption", TRUE);
  GtkWidget *amount = gtk_label_new (money);
  GtkWidget *spark = kilter_chart_view_new ();
  g_autofree char *accessible = g_strdup_printf ("%s, %s, %s", name, sentence, money);

  gtk_widget_add_css_class (mark, exception->reviewed ? "kilter-good"
                                  : exception->urgent ? "kilter-bad"
                                                      : "kilter-close");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (amount, "caption");
  gtk_widget_add_css_class (amount, "dim-label");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  kilter_chart_view_set_framed (KILTER_CHART_VIEW (spark), FALSE);
  kilter_chart_view_set_explorable (KILTER_CHART_VIEW (spark), FALSE);
  kilter_chart_view_set_chart (KILTER_CHART_VIEW (spark),
                               kilter_figure_product_spark (&subject, exception->product));
  gtk_widget_set_size_request (spark, 66, 28);
  gtk_widget_set_can_target (spark, FALSE);
  gtk_widget_set_focusable (spark, FALSE);
  gtk_widget_set_valign (spark, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), mark, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), title, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), amount, 2, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), text, 1, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), spark, 2, 1, 1, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
  return row;
}

static void
fill_exceptions (KilterForecastInspector *self)
{
  KilterSubject subject = get_subject (self);
  int open = 0, n = kilter_plan_count_records (subject.plan, KILTER_TABLE_PRODUCT);
  g_autofree char *text = NULL;

  self->is_filling = TRUE;
  gtk_list_box_remove_all (self->exceptions);
  g_clear_pointer (&self->found, g_array_unref);
  self->found = kilter_plan_find_exceptions (subject.plan, subject.version);
  for (guint i = 0; i < self->found->len; i++)
    {
      const KilterException *exception = &g_array_index (self->found, KilterException, i);
      GtkWidget *row;

      open += !exception->reviewed;
      if (i >= 200)
        continue;
      row = make_exception_row (self, exception);
      gtk_list_box_append (self->exceptions, row);
      if (exception->product == subject.scope.product)
        gtk_list_box_select_row (self->exceptions, GTK_LIST_BOX_ROW (row));
    }
  self->is_filling = FALSE;
  if (open == 0)
    text = g_strdup (_ ("No product needs a look."));
  else
    text = g_strdup_printf (
      ngettext ("%d of %d products needs a look", "%d of %d products need a look", open), open, n);
  gtk_label_set_text (self->summary, text);
}

static void
row_selected_cb (KilterForecastInspector *self, GtkListBoxRow *row)
{
  const KilterException *exception;
  KilterSession *session;
  KilterScope scope;

  if (self->is_filling || row == NULL || self->found == NULL)
    return;
  exception = &g_array_index (self->found, KilterException,
                              (guint) gtk_list_box_row_get_index (row));
  session = kilter_page_get_session (self->page);
  scope = *kilter_session_get_scope (session);
  scope.category = scope.family = scope.resource = 0;
  scope.product = exception->product;
  kilter_session_set_scope (session, &scope);
  if (exception->bucket >= 0)
    kilter_session_set_bucket (session, exception->bucket);
}

void
kilter_forecast_inspector_step (KilterForecastInspector *self, int direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->exceptions);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + direction : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->exceptions, MAX (index, 0));

  if (next != NULL)
    gtk_list_box_select_row (self->exceptions, next);
}

void
kilter_forecast_inspector_mark_reviewed (KilterForecastInspector *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->exceptions);
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterDocument *document = kilter_page_get_document (self->page);
  const KilterException *exception;
  g_autofree char *cycle = NULL, *now = NULL, *label = NULL;
  KilterCommand *command;
  int id;

  if (row == NULL || self->found == NULL)
    return;
  exception = &g_array_index (self->found, KilterException,
                              (guint) gtk_list_box_row_get_index (row));
  if (exception->reviewed)
    return;
  cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                   kilter_plan_get_cycle (plan));
  now = kilter_document_get_now (document);
  label = g_strdup_printf (_ ("Reviewed %s"),
                           kilter_plan_get_product_name (plan, exception->product));
  command = kilter_command_new ("review", label);
  id = kilter_command_add_record (command, plan, KILTER_TABLE_REVIEW);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_PRODUCT,
                                   exception->product);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_KIND,
                                 kilter_exception_get_key (exception->kind));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_CYCLE,
                                 cycle);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_BY,
                                 kilter_document_get_user (document));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_AT, now);
  /* the next one opens by itself */
  kilter_forecast_inspector_step (self, 1);
  kilter_page_apply (self->page, command, NULL);
}

/* --- model --- */

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_figure (GtkBox *box, const char *name, const char *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = make_label (name, "dim-label", FALSE);
  GtkWidget *right = gtk_label_new (value);

  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_add_css_class (right, "numeric");
  gtk_box_append (GTK_BOX (line), left);
  gtk_box_append (GTK_BOX (line), right);
  gtk_box_append (box, line);
}

/* "ets:0.3:A,Ad,M theta:0.2:" in words, a line a member */
static void
add_members (KilterForecastInspector *self, const KilterRecord *model)
{
  g_auto (GStrv) members = g_strsplit (kilter_record_text (model, KILTER_MODEL_MEMBERS), " ", -1);

  for (int i = 0; members[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (members[i], ":", 3);
      g_autofree char *name = NULL, *value = NULL;
      double weight;

      if (g_strv_length (parts) < 2 || !kilter_number_from_c (parts[1], &weight))
        continue;
      name = kilter_headline_method (parts[0]);
      value = kilter_format_ratio (weight, 0);
      add_figure (self->model_box, name, value);
    }
}

static void
add_season (KilterForecastInspector *self, const KilterRecord *model)
{
  g_auto (GStrv) parts = g_strsplit (kilter_record_text (model, KILTER_MODEL_SEASON), " ", -1);
  guint n = g_strv_length (parts);
  g_autofree double *values = g_new (double, MAX (n, 1));
  GtkWidget *view;

  if (n < 4)
    return;
  for (guint i = 0; i < n; i++)
    if (!kilter_number_from_c (parts[i], &values[i]))
      return;
  view = kilter_chart_view_new ();
  kilter_chart_view_set_framed (KILTER_CHART_VIEW (view), FALSE);
  kilter_chart_view_set_chart (
    KILTER_CHART_VIEW (view),
    kilter_chart_new_spark (&(KilterChartSpark) { .name = _ ("Season"),
                                                  .values = values,
                                                  .n = n,
                                                  .n_actual = n,
                                                  .format = { .decimals = 2 } }));
  gtk_widget_set_size_request (view, -1, 60);
  gtk_box_append (self->model_box, make_label (_ ("Season"), "heading", FALSE));
  gtk_box_append (self->model_box, view);
}

static void
fill_model (KilterForecastInspector *self)
{
  KilterSubject subject = get_subject (self);
  KilterModelSummary summary;
  const KilterRecord *model;
  g_autofree char *name = NULL, *wape = NULL, *bias = NULL, *naive = NULL;

  clear_box (self->model_box);
  kilter_plan_model_summary (subject.plan, subject.version, &subject.scope, &summary);
  model = summary.series != 0 ? kilter_plan_find_model (subject.plan, summary.series) : NULL;
  if (model == NULL)
    {
      gtk_box_append (self->model_box, make_label (_ ("Run the forecast to see its model here."),
                                                   "dim-label", TRUE));
      return;
    }
  name = kilter_headline_model (subject.plan, summary.series);
  gtk_box_append (self->model_box, make_label (name, "heading", TRUE));
  wape = isnan (summary.wape) ? g_strdup ("–") : kilter_format_ratio (summary.wape, 1);
  bias = isnan (summary.bias) ? g_strdup ("–") : kilter_format_ratio_delta (summary.bias, 1);
  naive = isnan (summary.naive_wape) ? g_strdup ("–") : kilter_format_ratio (summary.naive_wape, 1);
  add_figure (self->model_box, _ ("WAPE, one period ahead"), wape);
  add_figure (self->model_box, _ ("Bias (positive: too high)"), bias);
  add_figure (self->model_box, _ ("WAPE of the naive forecast"), naive);
  if (summary.n_measured > 1)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext ("The model beats naive for %d of %d series.",
                  "The model beats naive for %d of %d series.", summary.n_measured),
        summary.n_better, summary.n_measured);

      gtk_box_append (self->model_box, make_label (text, "dim-label", TRUE));
    }
  gtk_box_append (self->model_box, make_label (_ ("Methods"), "heading", FALSE));
  add_members (self, model);
  add_season (self, model);
}

static void
mark_reviewed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_forecast_inspector_mark_reviewed (KILTER_FORECAST_INSPECTOR (widget));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_forecast_inspector_step (KILTER_FORECAST_INSPECTOR (widget),
                                  g_str_has_suffix (name, "next-exception") ? 1 : -1);
}

/* --- life --- */

static void
kilter_forecast_inspector_dispose (GObject *object)
{
  KilterForecastInspector *self = KILTER_FORECAST_INSPECTOR (object);

  g_clear_pointer (&self->found, g_array_unref);

  G_OBJECT_CLASS (kilter_forecast_inspector_parent_class)->dispose (object);
}

static void
kilter_forecast_inspector_class_init (KilterForecastInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_forecast_inspector_dispose;
  g_type_ensure (KILTER_TYPE_CELL_PANE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/forecast-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, summary);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, exceptions);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, model_box);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, cell_pane);
  gtk_widget_class_install_action (widget_class, "forecast.mark-reviewed", NULL,
                                   mark_reviewed_action);
  gtk_widget_class_install_action (widget_class, "forecast.next-exception", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "forecast.previous-exception", NULL, step_action);
}

static void
kilter_forecast_inspector_init (KilterForecastInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->exceptions, "row-selected", G_CALLBACK (row_selected_cb), self);
}

void
kilter_forecast_inspector_attach (KilterForecastInspector *self,
                                  KilterPage *page,
                                  KilterPlanGrid *grid)
{
  self->page = page;
  kilter_cell_pane_attach (self->cell_pane, page, grid);
}

void
kilter_forecast_inspector_refresh (KilterForecastInspector *self)
{
  fill_exceptions (self);
  fill_model (self);
  kilter_cell_pane_refresh (self->cell_pane);
}
