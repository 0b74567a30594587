/* kilter-metric-card.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metric-card.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _KilterMetricCard
{
  AdwBin parent_instance;

  KilterTone *tone;
  GtkLabel *name;
  GtkWidget *parts;
  GtkLabel *value;
  GtkLabel *delta;
  GtkLabel *target;
  GtkStack *stack;
  KilterChartView *chart;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (KilterMetricCard, kilter_metric_card, ADW_TYPE_BIN)

/* --- words --- */

static char *
format_number (double value, int decimals, gboolean sign)
{
  KilterNumberFormat format = { .decimals = decimals, .scale = 1, .grouped = TRUE, .sign = sign };

  return kilter_number_format (value, &format);
}

/* Days are words: "34 days". */
static char *
format_days (double value, gboolean sign)
{
  /* a few days are told apart by their tenths */
  g_autofree char *number = format_number (value, fabs (value) < 9.95 ? 1 : 0, sign);

  /* Translators: %s is a number of days, perhaps with a sign */
  return g_strdup_printf (ngettext ("%s day", "%s days", (gulong) fabs (round (value))), number);
}

char *
kilter_metric_format (const KilterPlan *plan, KilterMetric metric, double value)
{
  if (isnan (value))
    return g_strdup ("\xe2\x80\x93");
  switch ((int) kilter_metric_get_info (metric)->unit)
    {
    case KILTER_UNIT_RATIO:
      /* what may be negative carries its sign */
      if (metric == KILTER_METRIC_BIAS || metric == KILTER_METRIC_SALES_VS_FORECAST)
        return kilter_format_ratio_delta (value, 1);
      return kilter_format_ratio (value, 1);
    case KILTER_UNIT_MONEY:
      return kilter_format_money (plan, value);
    case KILTER_UNIT_DAYS:
      return format_days (value, FALSE);
    default:
      return format_number (value, 1, metric == KILTER_METRIC_TRACKING_SIGNAL);
    }
}

char *
kilter_metric_format_effect (const KilterPlan *plan, KilterMetric metric, double effect)
{
  return kilter_metric_get_info (metric)->unit == KILTER_UNIT_MONEY
           ? kilter_format_money_delta (plan, effect)
           : kilter_format_points (effect, 1);
}

static char *
format_difference (const KilterPlan *plan, KilterMetric metric, double value, double target)
{
  switch ((int) kilter_metric_get_info (metric)->unit)
    {
    case KILTER_UNIT_RATIO:
      return kilter_format_points (value - target, 1);
    case KILTER_UNIT_MONEY:
      return metric == KILTER_METRIC_TOTAL_SALES && target > 0
               ? kilter_format_ratio_delta (value / target - 1, 1)
               : kilter_format_money_delta (plan, value - target);
    case KILTER_UNIT_DAYS:
      return format_days (value - target, TRUE);
    default:
      return format_number (value - target, 1, TRUE);
    }
}

static char *
format_bound (const KilterPlan *plan, KilterMetric metric, double value)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);

  if (info->unit == KILTER_UNIT_RATIO)
    return kilter_format_ratio (value, fabs (value * 100 - round (value * 100)) > 1e-9 ? 1 : 0);
  if (info->unit == KILTER_UNIT_DAYS)
    return format_number (value, fabs (value - round (value)) > 1e-9 ? 1 : 0, FALSE);
  if (info->unit == KILTER_UNIT_MONEY)
    return kilter_format_money (plan, value);
  return format_number (value, fabs (value - round (value)) > 1e-9 ? 1 : 0, FALSE);
}

/* What the target is: a wish, a range, or what the plan says where nobody set one. */
char *
kilter_metric_describe_target (const KilterPlan *plan,
                               KilterMetric metric,
                               const KilterMetricValue *value)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_TARGET, info->key);
  gboolean is_own = record != NULL && !isnan (kilter_record_number (record, KILTER_TARGET_VALUE));
  g_autofree char *text = NULL, *low = NULL, *high = NULL;

  if (isnan (value->target))
    return g_strdup (_ ("No target"));
  if (info->kind == KILTER_TARGET_WITHIN)
    {
      if (value->target == 0)
        {
          text = format_bound (plan, metric, value->tolerance);
          /* Translators: %s is a number or percentage */
          return g_strdup_printf (_ ("Within ±%s"), text);
        }
      low = format_bound (plan, metric, value->target - value->tolerance);
      high = format_bound (plan, metric, value->target + value->tolerance);
      /* Translators: two numbers or percentages */
      return g_strdup_printf (_ ("Range %s to %s"), low, high);
    }
  text = format_bound (plan, metric, value->target);
  if (!is_own && metric == KILTER_METRIC_TOTAL_SALES)
    /* Translators: %s is money */
    return g_strdup_printf (_ ("Last year %s"), text);
  if (!is_own && metric == KILTER_METRIC_GROSS_MARGIN)
    return g_strdup_printf (_ ("Budget %s"), text);
  if (!is_own && (metric == KILTER_METRIC_STOCK_VS_PLAN || metric == KILTER_METRIC_WORKING_CAPITAL))
    /* Translators: %s is money */
    return g_strdup_printf (_ ("Plan %s"), text);
  return g_strdup_printf (_ ("Target %s"), text);
}

static const char *
get_status_name (KilterStatus status)
{
  switch (status)
    {
    case KILTER_STATUS_ON:
      return _ ("On target");
    case KILTER_STATUS_CLOSE:
      return _ ("Close to target");
    case KILTER_STATUS_OFF:
      return _ ("Off target");
    case KILTER_STATUS_NONE:
    default:
      return _ ("Not judged");
    }
}

/* --- the widget --- */

static GtkWidget *
make_label (const char *css, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
make_head (KilterMetricCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->tone = KILTER_TONE (kilter_tone_new (KILTER_CHART_TONE_PLAIN));
  gtk_widget_set_valign (GTK_WIDGET (self->tone), GTK_ALIGN_CENTER);
  self->name = GTK_LABEL (make_label ("kilter-strong", 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tone));
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  self->parts = gtk_button_new_from_icon_name ("view-list-symbolic");
  gtk_widget_add_css_class (self->parts, "flat");
  gtk_widget_add_css_class (self->parts, "kilter-metric-parts");
  gtk_widget_set_valign (self->parts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), self->parts);
  return box;
}

static GtkWidget *
make_figures (KilterMetricCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->value = GTK_LABEL (make_label ("kilter-card-value", 0));
  self->delta = GTK_LABEL (make_label ("kilter-metric-delta", 1));
  self->target = GTK_LABEL (make_label ("kilter-subtitle", 1));
  gtk_widget_set_hexpand (GTK_WIDGET (self->value), TRUE);
  gtk_label_set_ellipsize (self->value, PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->delta));
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->target));
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->value));
  gtk_box_append (GTK_BOX (box), side);
  return box;
}

static void
kilter_metric_card_class_init (KilterMetricCardClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kilter_metric_card_init (KilterMetricCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *reason = gtk_label_new (NULL);

  self->chart = KILTER_CHART_VIEW (kilter_chart_view_new ());
  kilter_chart_view_set_framed (self->chart, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->chart), -1, 120);
  self->reason = GTK_LABEL (reason);
  gtk_label_set_wrap (self->reason, TRUE);
  gtk_label_set_xalign (self->reason, 0);
  gtk_label_set_yalign (self->reason, 0);
  gtk_widget_add_css_class (reason, "kilter-subtitle");
  gtk_widget_set_margin_top (reason, 6);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->chart), "chart");
  gtk_stack_add_named (self->stack, reason, "reason");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), make_figures (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "kilter-metric");
  adw_bin_set_child (ADW_BIN (self), box);
}

void
kilter_metric_card_press (KilterMetricCard *self)
{
  if (gtk_widget_get_visible (self->parts))
    gtk_widget_activate (self->parts);
}

GtkWidget *
kilter_metric_card_new (void)
{
  return g_object_new (KILTER_TYPE_METRIC_CARD, NULL);
}

static void
show_difference (KilterMetricCard *self,
                 const KilterPlan *plan,
                 KilterMetric metric,
                 const KilterMetricValue *value)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const char *css = kilter_tone_get_css_class (kilter_status_get_tone (value->status));
  g_autofree char *text = NULL;

  if (value->status == KILTER_STATUS_NONE)
    text = g_strdup ("");
  else if (info->kind == KILTER_TARGET_WITHIN && value->status == KILTER_STATUS_ON)
    text = g_strdup (_ ("On target"));
  else
    text = format_difference (plan, metric, value->value, value->target);
  gtk_label_set_label (self->delta, text);
  for (KilterChartTone tone = 0; tone <= KILTER_CHART_TONE_BAD; tone++)
    if (kilter_tone_get_css_class (tone) != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->delta), kilter_tone_get_css_class (tone));
  if (css != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->delta), css);
}

void
kilter_metric_card_show (KilterMetricCard *self,
                         const KilterSubject *subject,
                         KilterMetric metric,
                         int bucket,
                         gboolean has_actuals)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  KilterMetricValue value;
  g_autofree char *text = NULL, *target = NULL, *spoken = NULL, *parts = NULL;
  gboolean is_known = FALSE;

  kilter_plan_metric (subject->plan, metric, &subject->scope, bucket, &value);
  if (!has_actuals)
    {
      value.value = value.trend[12] = NAN;
      value.status = KILTER_STATUS_NONE;
    }
  for (int i = 0; i < 13; i++)
    is_known |= !isnan (value.trend[i]);
  text = kilter_metric_format (subject->plan, metric, value.value);
  target = kilter_metric_describe_target (subject->plan, metric, &value);
  kilter_tone_set (self->tone, kilter_status_get_tone (value.status));
  gtk_widget_set_visible (GTK_WIDGET (self->tone), value.status != KILTER_STATUS_NONE);
  gtk_label_set_label (self->name, _ (info->name));
  gtk_label_set_label (self->value, text);
  gtk_label_set_label (self->target, target);
  show_difference (self, subject->plan, metric, &value);
  /* Translators: %s is a metric */
  parts = g_strdup_printf (metric == KILTER_METRIC_CAPACITY_USE ? _ ("Lines behind %s")
                                                                : _ ("Products behind %s"),
                           _ (info->name));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->parts), "i", metric);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->parts), "metrics.show-parts");
  gtk_widget_set_tooltip_text (self->parts, parts);
  gtk_widget_set_visible (self->parts, !isnan (value.value));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), _ (info->formula));
  gtk_label_set_label (self->reason, info->needs != NULL ? _ (info->needs) : "");
  gtk_stack_set_visible_child_name (self->stack, is_known ? "chart" : "reason");
  kilter_chart_view_set_chart (
    self->chart, is_known ? kilter_figure_metric (subject, metric, bucket, &value) : NULL);
  /* a month without a value between others needs its reason, too */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->value),
                               isnan (value.value) && info->needs != NULL ? _ (info->needs) : NULL);
  /* Translators: how a screen reader reads a card: metric, value, "on target", its target */
  spoken = g_strdup_printf (_ ("%s: %s, %s, %s"), _ (info->name), text,
                            get_status_name (value.status), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
