/* kilter-executive-drill.c: from one of the five figures to families, products and lines
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-drill.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/decide/kilter-executive-private.h"

#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  KilterExecutiveFigure figure;
  int first;
  int n;
  KilterVersion before;  /* the last approved plan, or 0 */
  double service_target; /* of the whole and of each part */
} Topic;

static const KilterScope everything = { 0 };

static const struct
{
  const char *name;
  const char *view;
} figures[KILTER_N_EXECUTIVE_FIGURES] = {
  [KILTER_EXECUTIVE_REVENUE] = { N_ ("Revenue"), "forecast/forecast" },
  [KILTER_EXECUTIVE_MARGIN] = { N_ ("Gross margin"), "balance/finance" },
  [KILTER_EXECUTIVE_STOCK] = { N_ ("Average stock"), "supply/stock" },
  [KILTER_EXECUTIVE_SERVICE] = { N_ ("Planned service"), "supply/capacity" },
  [KILTER_EXECUTIVE_LOAD] = { N_ ("Peak load"), "supply/capacity" },
};

/* What a figure is of a scope, and what it is compared with. */
typedef struct
{
  double value;
  double reference;
  char *text;
  char *note;
  KilterChartTone tone;
} Reading;

static void
reading_clear (Reading *self)
{
  g_free (self->text);
  g_free (self->note);
}

static void
judge (Reading *self, double least, gboolean higher_is_better)
{
  double change = self->value - self->reference;

  if (isfinite (change) && fabs (change) >= least)
    self->tone = (change > 0) == higher_is_better ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_BAD;
}

/* (transfer full): what a figure is compared with */
static char *
name_reference (KilterExecutiveFigure figure, const char *value)
{
  switch (figure)
    {
    case KILTER_EXECUTIVE_STOCK:
      /* Translators: %s is money */
      return g_strdup_printf (_ ("Last plan %s"), value);
    case KILTER_EXECUTIVE_SERVICE:
      return g_strdup_printf (_ ("Target %s"), value);
    case KILTER_EXECUTIVE_REVENUE:
    case KILTER_EXECUTIVE_MARGIN:
    case KILTER_EXECUTIVE_LOAD:
    case KILTER_N_EXECUTIVE_FIGURES:
    default:
      /* Translators: %s is money or a percentage */
      return g_strdup_printf (_ ("Budget %s"), value);
    }
}

static void
read_money (Reading *self, const KilterPlan *plan, KilterExecutiveFigure figure)
{
  gboolean is_stock = figure == KILTER_EXECUTIVE_STOCK;

  self->text = kilter_format_money (plan, self->value);
  if (isnan (self->reference))
    return;
  {
    g_autofree char *money = kilter_format_money (plan, self->reference);
    g_autofree char *change = kilter_format_money_delta (plan, self->value - self->reference);
    g_autofree char *reference = name_reference (figure, money);

    self->note = g_strdup_printf ("%s, %s", reference, change);
  }
  judge (self, (is_stock ? 0.005 : 0.0005) * self->reference, !is_stock);
}

static void
read_ratio (Reading *self, KilterExecutiveFigure figure)
{
  self->text = kilter_format_ratio (self->value, 1);
  if (isnan (self->reference))
    return;
  {
    g_autofree char *share = kilter_format_ratio (self->reference, 1);
    g_autofree char *change = kilter_format_points (self->value - self->reference, 1);
    g_autofree char *reference = name_reference (figure, share);

    self->note = g_strdup_printf ("%s, %s", reference, change);
  }
  judge (self, 0.0005, TRUE);
}

static void
read_load (Reading *self, const KilterPlan *plan, const KilterKeyFigures *now)
{
  self->value = now->peak_load;
  self->text = kilter_format_ratio (now->peak_load, 0);
  if (now->peak_bucket >= 0 && !isnan (now->peak_load))
    {
      g_autofree char *month = kilter_format_bucket (plan, now->peak_bucket);

      /* Translators: %s is a month */
      self->note = g_strdup_printf (_ ("In %s"), month);
      self->tone = now->peak_load > 1 ? KILTER_CHART_TONE_BAD : KILTER_CHART_TONE_GOOD;
    }
}

static void
take_reading (const KilterSubject *subject,
              const Topic *topic,
              const KilterScope *scope,
              Reading *out)
{
  KilterPlan *plan = subject->plan;
  KilterKeyFigures now, last;

  *out = (Reading) { NAN, NAN, NULL, NULL, KILTER_CHART_TONE_PLAIN };
  kilter_plan_key_figures (plan, subject->version, scope, topic->first, topic->n, &now);
  switch (topic->figure)
    {
    case KILTER_EXECUTIVE_REVENUE:
      out->value = now.revenue;
      out->reference = now.budget_revenue > 0 ? now.budget_revenue : NAN;
      read_money (out, plan, topic->figure);
      break;
    case KILTER_EXECUTIVE_MARGIN:
      out->value = now.margin_share;
      out->reference = now.budget_revenue > 0 ? now.budget_margin / now.budget_revenue : NAN;
      read_ratio (out, topic->figure);
      break;
    case KILTER_EXECUTIVE_STOCK:
      out->value = now.average_stock;
      if (topic->before != 0)
        {
          kilter_plan_key_figures (plan, topic->before, scope, topic->first, topic->n, &last);
          out->reference = last.average_stock;
        }
      read_money (out, plan, topic->figure);
      break;
    case KILTER_EXECUTIVE_SERVICE:
      out->value = now.service;
      out->reference = topic->service_target;
      read_ratio (out, topic->figure);
      break;
    case KILTER_EXECUTIVE_LOAD:
    case KILTER_N_EXECUTIVE_FIGURES:
    default:
      read_load (out, plan, &now);
      break;
    }
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const KilterDrillPart *x = a, *y = b;

  return (x->tone != KILTER_CHART_TONE_BAD) - (y->tone != KILTER_CHART_TONE_BAD);
}

static void
add_part (const KilterSubject *subject, const Topic *topic, const KilterScope *scope, GArray *parts)
{
  KilterDrillPart part = { .scope = *scope };
  Reading reading;

  take_reading (subject, topic, scope, &reading);
  if (isnan (reading.value))
    {
      reading_clear (&reading);
      return;
    }
  part.name = g_strdup (kilter_scope_get_name (subject->plan, scope));
  part.value = reading.text;
  part.note = reading.note;
  part.tone = reading.tone;
  g_array_append_val (parts, part);
}

/* Lines of a load; else families, and products of one. */
static void
add_parts (const KilterSubject *subject, const Topic *topic, GArray *parts)
{
  gboolean of_lines = topic->figure == KILTER_EXECUTIVE_LOAD;
  KilterScope one = subject->scope;
  g_autoptr (GArray) rows = NULL;

  if (!of_lines && one.family == 0 &&
      kilter_plan_count_records (subject->plan, KILTER_TABLE_FAMILY) > 1)
    {
      KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_FAMILY, family)
        {
          one.family = family->id;
          add_part (subject, topic, &one, parts);
        }
      return;
    }
  rows = kilter_scope_get_rows (subject->plan, &subject->scope,
                                of_lines ? KILTER_GRAIN_RESOURCE : KILTER_GRAIN_PRODUCT);
  for (guint i = 0; i < rows->len; i++)
    {
      *(of_lines ? &one.resource : &one.product) = g_array_index (rows, int, i);
      add_part (subject, topic, &one, parts);
    }
}

static KilterChart *
make_chart (const KilterSubject *subject, const Topic *topic)
{
  KilterKeyFigures now;

  switch (topic->figure)
    {
    case KILTER_EXECUTIVE_REVENUE:
      return kilter_figure_revenue_bridge (subject, topic->first, topic->n);
    case KILTER_EXECUTIVE_MARGIN:
      return kilter_figure_bridge (subject, topic->first, topic->n);
    case KILTER_EXECUTIVE_STOCK:
      return kilter_figure_stock (subject, topic->first, topic->n, NULL, NULL, TRUE);
    case KILTER_EXECUTIVE_LOAD:
      kilter_plan_key_figures (subject->plan, subject->version, &subject->scope, topic->first,
                               topic->n, &now);
      return now.peak_resource > 0 && now.peak_bucket >= 0
               ? kilter_figure_load_steps (subject, now.peak_resource, now.peak_bucket)
               : NULL;
    case KILTER_EXECUTIVE_SERVICE:
    case KILTER_N_EXECUTIVE_FIGURES:
    default:
      return NULL;
    }
}

static void
fill (const KilterSubject *subject, gpointer data, KilterDrillLevel *level)
{
  const Topic *topic = data;
  Reading reading;

  take_reading (subject, topic, &subject->scope, &reading);
  level->value = reading.text;
  level->note = reading.note;
  level->tone = reading.tone;
  level->charts[0] = make_chart (subject, topic);
  level->view = figures[topic->figure].view;
  if (subject->scope.product != 0 || subject->scope.resource != 0)
    return;
  level->order = _ ("What is worse than it should be stands first.");
  add_parts (subject, topic, level->parts);
  g_array_sort (level->parts, compare_parts);
}

/**
 * kilter_executive_drill:
 *
 * Opens what is behind one of the five figures.
 */
void
kilter_executive_drill (KilterExecutivePage *self, KilterExecutiveFigure figure)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Topic *topic = g_new0 (Topic, 1);
  g_autofree char *span = NULL;
  int before = kilter_plan_get_n_history (plan) - 1;
  KilterMetricValue service;

  topic->figure = figure;
  kilter_page_get_year (KILTER_PAGE (self), &topic->first, &topic->n);
  topic->before = before >= 0 ? kilter_plan_find_approved (plan, before) : 0;
  kilter_plan_metric (plan, KILTER_METRIC_SERVICE, &everything, before, &service);
  topic->service_target = service.target;
  span = kilter_headline_span (plan, topic->first, topic->n);
  kilter_drill_present (KILTER_PAGE (self), _ (figures[figure].name), span, &everything, fill,
                        topic);
}
