/* kilter-executive-figures.c: the strip of five figures
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-tone.h"
#include "plan/review/kilter-insight.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/decide/kilter-executive-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * Figure:
 * @name: what it is
 * @value: as it is shown
 * @delta: (nullable): difference to the reference
 * @reference: (nullable): what that is
 */
typedef struct
{
  char *name;
  char *value;
  char *delta;
  char *reference;
  KilterChartTone tone;
} Figure;

static void
clear_figure (Figure *figure)
{
  g_free (figure->name);
  g_free (figure->value);
  g_free (figure->delta);
  g_free (figure->reference);
}

static KilterChartTone
judge (double change, double least, gboolean higher_is_better)
{
  if (!isfinite (change) || fabs (change) < least)
    return KILTER_CHART_TONE_PLAIN;
  return (change > 0) == higher_is_better ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_BAD;
}

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_figure (const Figure *figure)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), make_label (figure->name, "kilter-subtitle"));
  gtk_box_append (GTK_BOX (line), make_label (figure->value, "kilter-card-value"));
  if (figure->delta != NULL)
    {
      GtkWidget *delta = make_label (figure->delta, "kilter-strong");
      const char *css = kilter_tone_get_css_class (figure->tone);

      gtk_widget_add_css_class (delta, "kilter-small");
      gtk_widget_set_valign (delta, GTK_ALIGN_CENTER);
      if (css != NULL)
        gtk_widget_add_css_class (delta, css);
      gtk_box_append (GTK_BOX (line), delta);
    }
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), make_label (figure->reference != NULL ? figure->reference : "",
                                             "kilter-subtitle"));
  gtk_widget_add_css_class (box, "kilter-figure");
  return box;
}

static void
add_figure (KilterExecutivePage *self, Figure *figure)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  g_autofree char *spoken = g_strjoin (", ", figure->name, figure->value,
                                       figure->delta != NULL ? figure->delta : "",
                                       figure->reference, NULL);

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), make_figure (figure));
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_set_cursor_from_name (child, "pointer");
  gtk_flow_box_append (self->figures, child);
  clear_figure (figure);
}

static void
add_revenue (KilterExecutivePage *self, const KilterKeyFigures *now, int n)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Figure figure = { 0 };

  figure.name = g_strdup_printf (ngettext ("Revenue, %d month", "Revenue, %d months", (gulong) n),
                                 n);
  if (kilter_plan_get_bucket_kind (plan) != KILTER_BUCKET_MONTH)
    g_set_str (&figure.name, _ ("Revenue"));
  figure.value = kilter_format_money (plan, now->revenue);
  if (now->budget_revenue > 0)
    {
      double gap = now->revenue / now->budget_revenue - 1;
      g_autofree char *budget = kilter_format_money (plan, now->budget_revenue);

      figure.delta = kilter_format_ratio_delta (gap, 1);
      /* Translators: %s is money or a percentage */
      figure.reference = g_strdup_printf (_ ("Budget %s"), budget);
      figure.tone = judge (gap, 0.0005, TRUE);
    }
  add_figure (self, &figure);
}

static void
add_margin (KilterExecutivePage *self, const KilterKeyFigures *now)
{
  Figure figure = { .name = g_strdup (_ ("Gross margin")) };

  figure.value = kilter_format_ratio (now->margin_share, 1);
  if (now->budget_revenue > 0 && !isnan (now->budget_margin))
    {
      double target = now->budget_margin / now->budget_revenue;
      g_autofree char *budget = kilter_format_ratio (target, 1);

      figure.delta = kilter_format_points (now->margin_share - target, 1);
      figure.reference = g_strdup_printf (_ ("Budget %s"), budget);
      figure.tone = judge (now->margin_share - target, 0.0005, TRUE);
    }
  add_figure (self, &figure);
}

static void
add_stock (KilterExecutivePage *self, const KilterKeyFigures *now, const KilterKeyFigures *last)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Figure figure = { .name = g_strdup (_ ("Average stock")) };

  figure.value = kilter_format_money (plan, now->average_stock);
  if (last != NULL && !isnan (last->average_stock) && !isnan (now->average_stock))
    {
      double change = now->average_stock - last->average_stock;
      g_autofree char *before = kilter_format_money (plan, last->average_stock);

      figure.delta = kilter_format_money_delta (plan, change);
      figure.reference = g_strdup_printf (_ ("Last plan %s"), before);
      figure.tone = judge (change, 0.005 * last->average_stock, FALSE);
    }
  add_figure (self, &figure);
}

static void
add_service (KilterExecutivePage *self, const KilterKeyFigures *now)
{
  static const KilterScope everything = { 0 };
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Figure figure = { .name = g_strdup (_ ("Planned service")) };
  KilterMetricValue metric;

  /* the metric knows the target; the service is the one of the version that is looked at */
  kilter_plan_metric (plan, KILTER_METRIC_SERVICE, &everything,
                      kilter_plan_get_n_history (plan) - 1, &metric);
  figure.value = kilter_format_ratio (now->service, 1);
  if (!isnan (metric.target) && !isnan (now->service))
    {
      g_autofree char *target = kilter_format_ratio (metric.target, 0);

      figure.delta = kilter_format_points (now->service - metric.target, 1);
      figure.reference = g_strdup_printf (_ ("Target %s"), target);
      figure.tone = judge (now->service - metric.target, 0.0005, TRUE);
    }
  add_figure (self, &figure);
}

static void
add_load (KilterExecutivePage *self,
          const KilterKeyFigures *now,
          const KilterKeyFigures *before,
          const char *before_name)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Figure figure = { 0 };

  figure.name = now->peak_resource > 0
                  ? g_strdup_printf (_ ("Peak load, %s"),
                                     kilter_plan_get_resource_name (plan, now->peak_resource))
                  : g_strdup (_ ("Peak load"));
  figure.value = kilter_format_ratio (now->peak_load, 0);
  if (before != NULL && !isnan (before->peak_load) && !isnan (now->peak_load))
    {
      double change = now->peak_load - before->peak_load;
      g_autofree char *size = kilter_format_ratio (before->peak_load, 0);

      figure.delta = kilter_format_points (change, 0);
      /* Translators: the name of a scenario or plan, and its figure: "Baseline 127 %" */
      figure.reference = g_strdup_printf (C_ ("reference", "%s %s"), before_name, size);
      figure.tone = now->peak_load <= 1 && change > 0 ? KILTER_CHART_TONE_PLAIN
                                                      : judge (change, 0.005, FALSE);
    }
  else if (now->peak_bucket >= 0 && !isnan (now->peak_load))
    {
      g_autofree char *month = kilter_format_bucket (plan, now->peak_bucket);

      /* Translators: %s is a month */
      figure.reference = g_strdup_printf (_ ("In %s"), month);
    }
  add_figure (self, &figure);
}

void
kilter_executive_show_figures (KilterExecutivePage *self)
{
  static const KilterScope everything = { 0 };
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  /* of an earlier cycle: not the one that this page has just approved */
  int before = kilter_plan_get_n_history (plan) - 1;
  KilterVersion approved = before >= 0 ? kilter_plan_find_approved (plan, before) : 0;
  KilterKeyFigures now, last, base;
  gboolean has_last = approved != 0 && approved != version;
  int first, n;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  kilter_plan_key_figures (plan, version, &everything, first, n, &now);
  if (has_last)
    kilter_plan_key_figures (plan, approved, &everything, first, n, &last);
  if (version != KILTER_BASELINE)
    kilter_plan_key_figures (plan, KILTER_BASELINE, &everything, first, n, &base);
  gtk_flow_box_remove_all (self->figures);
  add_revenue (self, &now, n);
  add_margin (self, &now);
  add_stock (self, &now, has_last ? &last : NULL);
  add_service (self, &now);
  if (version != KILTER_BASELINE)
    add_load (self, &now, &base, _ ("Baseline"));
  else
    add_load (self, &now, has_last ? &last : NULL, _ ("Last plan"));
}
