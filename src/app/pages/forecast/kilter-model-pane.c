/* kilter-model-pane.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-model-pane.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/pages/forecast/kilter-forecast-dialogs.h"
#include "app/widgets/kilter-chart-view.h"
#include "report/words/kilter-headline.h"

struct _KilterModelPane
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *remark;
  GtkToggleButton *fix_button;
  GtkGrid *figures;
  KilterChartView *models;
  GtkBox *members_box;
  KilterChartView *season;
  GtkWidget *season_button;
  KilterChartView *trend;
  GtkWidget *trend_box;

  KilterPage *page; /* not owned: the page owns the pane */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (KilterModelPane, kilter_model_pane, ADW_TYPE_BIN)

static KilterSubject
get_subject (KilterModelPane *self)
{
  return (KilterSubject) { kilter_page_get_plan (self->page), kilter_page_get_version (self->page),
                           *kilter_page_get_scope (self->page), KILTER_DISPLAY_CASES };
}

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
add_figure (KilterModelPane *self, int line, const char *name, const char *value)
{
  GtkWidget *left = make_label (name, "dim-label");
  GtkWidget *right = gtk_label_new (value);

  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (right, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_widget_add_css_class (right, "numeric");
  gtk_grid_attach (self->figures, left, 0, line, 1, 1);
  gtk_grid_attach (self->figures, right, 1, line, 1, 1);
}

static char *
format_or_dash (double value, char *(*format) (double, int) )
{
  return isnan (value) ? g_strdup ("–") : format (value, 1);
}

static void
fill_figures (KilterModelPane *self, const KilterModelSummary *summary)
{
  g_autofree char *wape = format_or_dash (summary->wape, kilter_format_ratio);
  g_autofree char *bias = format_or_dash (summary->bias, kilter_format_ratio_delta);
  g_autofree char *naive = format_or_dash (summary->naive_wape, kilter_format_ratio);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_grid_remove (self->figures, child);
  add_figure (self, 0, _ ("WAPE, one period ahead"), wape);
  add_figure (self, 1, _ ("Bias (positive: too high)"), bias);
  add_figure (self, 2, _ ("WAPE of the naive forecast"), naive);
  if (summary->n_measured > 1)
    {
      g_autofree char *better = kilter_format_count (summary->n_better);
      g_autofree char *all = kilter_format_count (summary->n_measured);
      /* Translators: "17 of 23" */
      g_autofree char *text = g_strdup_printf (_ ("%1$s of %2$s"), better, all);

      add_figure (self, 3, _ ("Series that beat naive"), text);
    }
}

/* Of one series, or of the one that stands for many: how each method sees it. */
static void
fill_members (KilterModelPane *self, const KilterRecord *model, gboolean several)
{
  g_autoptr (GArray)
    tries = kilter_model_read_tries (kilter_record_text (model, KILTER_MODEL_MEMBERS));
  GtkWidget *child;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->members_box))) != NULL)
    gtk_box_remove (self->members_box, child);
  gtk_box_append (
    self->members_box,
    make_label (several ? _ ("Methods of the Largest Series") : _ ("Methods"), "heading"));
  for (guint i = 0; i < tries->len; i++)
    {
      const KilterModelTry *entry = &g_array_index (tries, KilterModelTry, i);
      g_autofree char *name = NULL, *share = NULL, *words = NULL, *line = NULL;

      if (!(entry->weight > 0))
        continue;
      any = TRUE;
      name = kilter_headline_try (entry);
      share = kilter_format_ratio (entry->weight, 0);
      words = kilter_headline_parameters (entry);
      /* Translators: a forecasting method and its share in the forecast: "ARIMA · 30 %" */
      line = entry->weight < 0.9995 ? g_strdup_printf (_ ("%1$s · %2$s"), name, share)
                                    : g_strdup (name);
      gtk_box_append (self->members_box, make_label (line, NULL));
      if (*words != '\0')
        {
          GtkWidget *label = make_label (words, "dim-label");

          gtk_widget_add_css_class (label, "kilter-small");
          gtk_box_append (self->members_box, label);
        }
    }
  gtk_widget_set_visible (GTK_WIDGET (self->members_box), any);
}

static void
show_chart (KilterChartView *view, KilterChart *chart)
{
  gtk_widget_set_visible (GTK_WIDGET (view), chart != NULL);
  kilter_chart_view_set_chart (view, chart);
}

static void
fill_charts (KilterModelPane *self)
{
  KilterSubject subject = get_subject (self);
  KilterChart *models = kilter_figure_models (&subject);

  if (models != NULL)
    {
      g_autoptr (KilterChartStyle)
        style = kilter_chart_style_for_widget (GTK_WIDGET (self->models));
      double width, height, natural;

      kilter_chart_measure (models, style, &width, &height, &natural);
      gtk_widget_set_size_request (
        GTK_WIDGET (self->models), -1,
        (int) ceil (natural + kilter_chart_get_frame_height (models, 270, style)));
    }
  show_chart (self->models, models);
  show_chart (self->season, kilter_figure_season (&subject));
  show_chart (self->trend, kilter_figure_trend (&subject));
  gtk_widget_set_visible (self->trend_box, gtk_widget_get_visible (GTK_WIDGET (self->trend)));
}

/* The profile of another product is no method that could be kept. */
static gboolean
is_borrowed (const KilterRecord *model)
{
  return g_str_equal (kilter_record_text (model, KILTER_MODEL_METHOD), "like");
}

static void
append_own_seasons (GString *text, KilterPlan *plan, const KilterScope *scope, int n_models)
{
  int n_own = kilter_plan_count_own_seasons (plan, scope);

  if (n_own == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  if (n_models > 1)
    g_string_append_printf (text,
                            ngettext ("The season of %1$d of %2$d series is set by hand.",
                                      "The season of %1$d of %2$d series is set by hand.",
                                      n_models),
                            n_own, n_models);
  else
    g_string_append (text, _ ("The season is set by hand."));
}

/* Class and history in words: "Little history: 5 months". */
static char *
describe (KilterModelPane *self, const KilterRecord *model)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const char *class = kilter_record_text (model, KILTER_MODEL_CLASS);
  int n_models,
    n_fixed = kilter_plan_count_fixed (plan, kilter_page_get_scope (self->page), &n_models);
  GString *text = g_string_new (NULL);

  if (is_borrowed (model) && kilter_page_get_scope (self->page)->product != 0)
    {
      const KilterRecord *product = kilter_plan_get_record (
        plan, KILTER_TABLE_PRODUCT, kilter_page_get_scope (self->page)->product);
      g_autofree char *share = kilter_format_ratio (
        kilter_record_number_or (product, KILTER_PRODUCT_LIKE_SHARE, 1), 0);

      /* Translators: a share in per cent, and a product */
      g_string_append_printf (
        text, _ ("%1$s of the forecast of %2$s."), share,
        kilter_plan_get_product_name (plan, kilter_record_ref (product, KILTER_PRODUCT_LIKE)));
    }
  else if (g_str_equal (class, "short"))
    g_string_append (text, _ ("Little history: the forecast is flat or borrowed."));
  else if (g_str_equal (class, "intermittent") || g_str_equal (class, "lumpy"))
    g_string_append (text, _ ("Demand comes in some periods only."));
  else if (g_str_equal (class, "dead"))
    g_string_append (text, _ ("Nothing has been sold for a long time."));
  if (n_fixed > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      if (n_models > 1)
        g_string_append_printf (text,
                                ngettext ("The method of %1$d of %2$d series is fixed.",
                                          "The method of %1$d of %2$d series is fixed.", n_models),
                                n_fixed, n_models);
      else
        g_string_append (text, _ ("The method is fixed."));
    }
  append_own_seasons (text, plan, kilter_page_get_scope (self->page), n_models);
  return g_string_free_and_steal (text);
}

static void
fix_toggled_cb (KilterModelPane *self)
{
  KilterSubject subject = get_subject (self);
  gboolean fixed = gtk_toggle_button_get_active (self->fix_button);
  g_autofree char *title = NULL, *label = NULL;
  KilterCommand *command;

  if (self->is_filling)
    return;
  title = kilter_subject_get_title (&subject);
  label = g_strdup_printf (fixed ? _ ("Fixed model of %s") : _ ("Automatic model of %s"), title);
  command = kilter_command_new ("model", label);
  kilter_plan_fix_model (subject.plan, command, &subject.scope, fixed);
  if (kilter_command_is_empty (command))
    kilter_command_unref (command);
  else
    kilter_page_apply (self->page, command,
                       fixed ? _ ("The next runs keep the method")
                             : _ ("The next run chooses the method"));
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_model_dialog_present (KILTER_MODEL_PANE (widget)->page);
}

static void
season_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_season_dialog_present (KILTER_MODEL_PANE (widget)->page);
}

static void
kilter_model_pane_class_init (KilterModelPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_install_action (widget_class, "model.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "model.season", NULL, season_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/model-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, name);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, remark);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, fix_button);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, figures);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, models);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, members_box);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, season);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, season_button);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, trend);
  gtk_widget_class_bind_template_child (widget_class, KilterModelPane, trend_box);
}

static void
kilter_model_pane_init (KilterModelPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_chart_view_set_file_name (self->models, "methods");
  kilter_chart_view_set_file_name (self->season, "season");
  kilter_chart_view_set_file_name (self->trend, "trend");
  g_signal_connect_swapped (self->fix_button, "toggled", G_CALLBACK (fix_toggled_cb), self);
}

void
kilter_model_pane_attach (KilterModelPane *self, KilterPage *page)
{
  self->page = page;
}

void
kilter_model_pane_refresh (KilterModelPane *self)
{
  KilterSubject subject = get_subject (self);
  KilterModelSummary summary;
  const KilterRecord *model;
  g_autofree char *name = NULL, *remark = NULL;
  int n_models, n_fixed;

  kilter_plan_model_summary (subject.plan, subject.version, &subject.scope, &summary);
  model = summary.series != 0 ? kilter_plan_find_model (subject.plan, summary.series) : NULL;
  gtk_stack_set_visible_child_name (self->stack, model != NULL ? "model" : "empty");
  if (model == NULL)
    return;
  name = kilter_headline_model (subject.plan, summary.series);
  remark = describe (self, model);
  n_fixed = kilter_plan_count_fixed (subject.plan, &subject.scope, &n_models);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->remark, remark);
  gtk_widget_set_visible (GTK_WIDGET (self->remark), *remark != '\0');
  self->is_filling = TRUE;
  gtk_toggle_button_set_active (self->fix_button, n_fixed == n_models);
  self->is_filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->fix_button),
                            !is_borrowed (model) && !kilter_page_is_read_only (self->page));
  gtk_widget_set_visible (self->season_button,
                          !is_borrowed (model) && kilter_season_dialog_can (self->page));
  fill_figures (self, &summary);
  fill_charts (self);
  fill_members (self, model, summary.n_series > 1);
}
