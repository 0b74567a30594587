/* kilter-metrics-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metrics-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-approved.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/monitor/kilter-metric-card.h"
#include "app/pages/monitor/kilter-metric-key.h"
#include "app/pages/monitor/kilter-metric-parts.h"
#include "app/pages/monitor/kilter-metrics-dialog.h"
#include "app/pages/monitor/kilter-month-picker.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>

struct _KilterMetricsPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  AdwBin *month_bin;
  GtkLabel *headline;
  GtkLabel *subtitle;
  GtkWidget *missing;
  GtkLabel *missing_label;
  GtkFlowBox *cards;
  AdwBin *key;

  KilterMonthPicker *months;
};

G_DEFINE_FINAL_TYPE (KilterMetricsPage, kilter_metrics_page, KILTER_TYPE_PAGE)

/* Cards stay when only their numbers change, so that nothing flickers and the focus is kept. */
static void
fill_cards (KilterMetricsPage *self, const KilterSubject *subject, int bucket, gboolean has_actuals)
{
  int count = 0;

  for (KilterMetric metric = 0; metric < KILTER_N_METRICS; metric++)
    {
      GtkFlowBoxChild *child;

      if (!kilter_metric_is_shown (subject->plan, metric))
        continue;
      child = gtk_flow_box_get_child_at_index (self->cards, count++);
      if (child == NULL)
        {
          child = GTK_FLOW_BOX_CHILD (gtk_flow_box_child_new ());
          gtk_flow_box_child_set_child (child, kilter_metric_card_new ());
          gtk_widget_set_focusable (GTK_WIDGET (child), FALSE);
          gtk_flow_box_append (self->cards, GTK_WIDGET (child));
        }
      kilter_metric_card_show (KILTER_METRIC_CARD (gtk_flow_box_child_get_child (child)), subject,
                               metric, bucket, has_actuals);
    }
  while (gtk_flow_box_get_child_at_index (self->cards, count) != NULL)
    gtk_flow_box_remove (self->cards,
                         GTK_WIDGET (gtk_flow_box_get_child_at_index (self->cards, count)));
}

/* "Off target: Capacity use, Stock turns", or what is close, or nothing. */
static char *
name_misses (const KilterSubject *subject, int bucket)
{
  g_autoptr (GString) names = g_string_new (NULL);
  KilterStatus worst = KILTER_STATUS_ON;

  for (KilterMetric metric = 0; metric < KILTER_N_METRICS; metric++)
    {
      KilterMetricValue value;

      kilter_plan_metric (subject->plan, metric, &subject->scope, bucket, &value);
      if (!kilter_metric_is_shown (subject->plan, metric) ||
          (value.status != KILTER_STATUS_OFF && value.status != KILTER_STATUS_CLOSE) ||
          (worst == KILTER_STATUS_OFF && value.status != worst))
        continue;
      if (value.status != worst)
        g_string_truncate (names, 0);
      worst = value.status;
      if (names->len > 0)
        /* Translators: between the names of metrics */
        g_string_append (names, _ (", "));
      g_string_append (names, _ (kilter_metric_get_info (metric)->name));
    }
  if (names->len == 0)
    return NULL;
  /* Translators: %s are names of metrics */
  return g_strdup_printf (
    worst == KILTER_STATUS_OFF ? _ ("Off target: %s") : _ ("Close to target: %s"), names->str);
}

static void
fill (KilterMetricsPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  int bucket = kilter_month_picker_get_bucket (self->months);
  gboolean has_actuals;
  g_autofree char *month = NULL, *missing = NULL, *headline = NULL, *subtitle = NULL;

  if (bucket < 0)
    return;
  has_actuals = kilter_plan_has_actuals (subject.plan, bucket);
  month = kilter_format_bucket (subject.plan, bucket);
  /* Translators: %s is a month: "Actuals of April 2026 are not in yet" */
  missing = g_strdup_printf (_ ("Actuals of %s are not in yet"), month);
  headline = has_actuals ? kilter_headline_monitor (&subject, bucket) : g_strdup (missing);
  subtitle = has_actuals ? name_misses (&subject, bucket) : NULL;
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  gtk_label_set_label (self->missing_label,
                       _ ("Cards show their targets until they are imported."));
  gtk_widget_set_visible (self->missing, !has_actuals);
  fill_cards (self, &subject, bucket, has_actuals);
  adw_bin_set_child (self->key, kilter_metric_key_new (month));
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_metrics_dialog_present (KILTER_PAGE (widget));
}

static void
show_parts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int metric = g_variant_get_int32 (parameter);

  if (metric >= 0 && metric < KILTER_N_METRICS)
    kilter_metric_parts_present (
      KILTER_PAGE (widget), (KilterMetric) metric,
      kilter_month_picker_get_bucket (KILTER_METRICS_PAGE (widget)->months));
}

static void
child_activated_cb (GtkFlowBox *cards, GtkFlowBoxChild *child)
{
  kilter_metric_card_press (KILTER_METRIC_CARD (gtk_flow_box_child_get_child (child)));
}

/* --- the page --- */

static void
kilter_metrics_page_refresh (KilterPage *page, KilterChange change)
{
  KilterMetricsPage *self = KILTER_METRICS_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "metrics.choose",
                                 !kilter_document_is_read_only (kilter_page_get_document (page)));
  kilter_month_picker_refresh (self->months, plan);
  if (kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0 ||
      kilter_month_picker_get_bucket (self->months) < 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "plan");
  fill (self);
}

static char *
kilter_metrics_page_get_headline (KilterPage *page)
{
  return g_strdup (gtk_label_get_label (KILTER_METRICS_PAGE (page)->headline));
}

static char *
kilter_metrics_page_get_subtitle (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  int bucket = kilter_month_picker_get_bucket (KILTER_METRICS_PAGE (page)->months);

  return kilter_plan_describe_approved (plan,
                                        bucket >= 0 ? kilter_plan_find_approved (plan, bucket) : 0);
}

static void
kilter_metrics_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_METRICS_PAGE);

  G_OBJECT_CLASS (kilter_metrics_page_parent_class)->dispose (object);
}

static void
kilter_metrics_page_class_init (KilterMetricsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_metrics_page_dispose;
  page_class->refresh = kilter_metrics_page_refresh;
  page_class->get_headline = kilter_metrics_page_get_headline;
  page_class->get_subtitle = kilter_metrics_page_get_subtitle;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/metrics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, month_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, headline);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, missing);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, missing_label);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, KilterMetricsPage, key);
  gtk_widget_class_install_action (widget_class, "metrics.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "metrics.show-parts", "i", show_parts_action);
}

static void
choose_cb (KilterMetricsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "metrics.choose", NULL);
}

static GtkWidget *
make_choose (KilterMetricsPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose Metrics…"));

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
kilter_metrics_page_init (KilterMetricsPage *self)
{
  GtkWidget *extra = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Metrics"));
  self->months = KILTER_MONTH_PICKER (kilter_month_picker_new ());
  gtk_box_append (GTK_BOX (extra), GTK_WIDGET (self->months));
  gtk_box_append (GTK_BOX (extra), make_choose (self));
  kilter_page_set_context_extra (KILTER_PAGE (self), extra);
  gtk_box_append (GTK_BOX (inside), kilter_month_picker_mirror (self->months));
  gtk_box_append (GTK_BOX (inside), make_choose (self));
  adw_bin_set_child (self->month_bin, inside);
  kilter_page_stand_in (GTK_WIDGET (self->month_bin), GTK_WIDGET (self->months));
  g_signal_connect_object (self->months, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect (self->cards, "child-activated", G_CALLBACK (child_activated_cb), NULL);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->cards));
}
