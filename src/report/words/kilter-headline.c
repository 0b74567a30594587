/* kilter-headline.c: headlines of the views
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-headline.h"
#include "plan/review/kilter-risk.h"

#include "plan/kilter-tasks.h"
#include "report/figure/kilter-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

static double
sum (const double *values, int first, int n)
{
  double total = 0;

  for (int t = first; t < first + n; t++)
    total += or_zero (values[t]);
  return total;
}

static int
find_largest (const double *values, int first, int n)
{
  int best = -1;

  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]) && (best < 0 || values[t] > values[best]))
      best = t;
  return best;
}

/**
 * kilter_headline_span:
 *
 * Returns: (transfer full): "April 2026 to March 2027"
 */
char *
kilter_headline_span (const KilterPlan *plan, int first, int n)
{
  g_autofree char *from = kilter_format_bucket (plan, first);
  g_autofree char *to = kilter_format_bucket (plan, first + MAX (n, 1) - 1);

  if (n <= 1)
    return g_steal_pointer (&from);
  /* Translators: a span of time: "April 2026 to March 2027" */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

/* --- forecast --- */

/* The change of the year ahead against the year before, where both are whole. */
static double
get_year_change (const KilterSubject *subject, const double *actual, const double *final)
{
  int season = kilter_plan_get_season (subject->plan);
  int cycle = kilter_plan_get_n_history (subject->plan);
  double before, after;

  if (cycle < season || kilter_plan_get_n_horizon (subject->plan) < season)
    return NAN;
  for (int t = cycle - season; t < cycle; t++)
    if (isnan (actual[t]))
      return NAN;
  before = sum (actual, cycle - season, season);
  after = sum (final, cycle, season);
  return before > 0 ? after / before - 1 : NAN;
}

/* An event with a record of its own says more than the reason of a typed number. */
static const char *
find_event (const GArray *events, int bucket)
{
  const char *name = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const KilterFigureEvent *event = &g_array_index (events, KilterFigureEvent, i);

      if (event->first > bucket || bucket > event->last)
        continue;
      if (event->is_record)
        return event->name;
      if (name == NULL)
        name = event->name;
    }
  return name;
}

/* An event that changes a month by a tenth or more of the statistical forecast, or NULL. */
static char *
describe_event (const KilterSubject *subject,
                const GArray *events,
                const double *final,
                const char *title)
{
  g_autofree double *statistical = kilter_subject_dup (subject, KILTER_STATISTICAL);
  g_autofree char *month = NULL;
  g_autofree char *size = NULL;
  const char *name = NULL;
  double most = 0.1;
  int at = -1;

  for (int t = kilter_plan_get_n_history (subject->plan);
       t < kilter_plan_get_n_buckets (subject->plan); t++)
    {
      double change = statistical[t] > 0 ? final[t] / statistical[t] - 1 : NAN;
      const char *event = find_event (events, t);

      if (event == NULL || isnan (change) || fabs (change) < fabs (most))
        continue;
      most = change;
      name = event;
      at = t;
    }
  if (name == NULL)
    return NULL;
  month = kilter_format_bucket (subject->plan, at);
  size = kilter_format_ratio (fabs (most), 0);
  /* Translators: an event, a share, a product, a month: "Summer Splash adds 21 % to …" */
  return g_strdup_printf (most > 0 ? _ ("%1$s adds %2$s to %3$s in %4$s")
                                   : _ ("%1$s takes %2$s from %3$s in %4$s"),
                          name, size, title, month);
}

char *
kilter_headline_forecast (const KilterSubject *subject)
{
  int n = kilter_plan_get_n_buckets (subject->plan);
  int cycle = kilter_plan_get_n_history (subject->plan);
  int season = kilter_plan_get_season (subject->plan);
  g_autofree char *title = kilter_subject_get_title (subject);
  g_autofree double *actual = kilter_subject_dup (subject, KILTER_CLEANED);
  g_autofree double *final = kilter_subject_dup (subject, KILTER_FINAL);
  int past = find_largest (actual, 0, cycle);
  int coming = find_largest (final, cycle, MIN (season, n - cycle));
  g_autoptr (GArray) events = NULL;
  KilterModelSummary model;
  double change;
  char *effect;

  if (coming < 0)
    return g_strdup_printf (
      past < 0 ? _ ("%s has no sales history yet") : _ ("%s has no forecast yet"), title);
  if (past < 0)
    {
      g_autofree char *month = NULL;

      for (int t = cycle; t < n; t++)
        if (final[t] > 0)
          {
            month = kilter_format_bucket (subject->plan, t);
            break;
          }
      return month != NULL ? g_strdup_printf (_ ("%s is new and starts in %s"), title, month)
                           : g_strdup_printf (_ ("%s has no forecast yet"), title);
    }
  events = kilter_figure_find_events (subject);
  if (final[coming] > actual[past] * 1.01 &&
      kilter_plan_get_bucket_kind (subject->plan) == KILTER_BUCKET_MONTH)
    {
      g_autofree char *month = kilter_format_bucket (subject->plan, coming);
      const char *event = find_event (events, coming);

      if (event != NULL)
        /* Translators: a product, a month, and the promotion, launch … that month */
        return g_strdup_printf (_ ("%1$s will pass its highest sales so far in %2$s, with %3$s"),
                                title, month, event);
      return g_strdup_printf (_ ("%s will pass its highest sales so far in %s"), title, month);
    }
  effect = describe_event (subject, events, final, title);
  if (effect != NULL)
    return effect;
  kilter_plan_model_summary (subject->plan, subject->version, &subject->scope, &model);
  if (!isnan (model.wape) && model.wape > model.naive_wape * 1.02)
    return g_strdup_printf (_ ("The model for %s loses to the naive forecast"), title);
  change = get_year_change (subject, actual, final);
  if (!isnan (change) && fabs (change) >= 0.05)
    {
      g_autofree char *size = kilter_format_ratio (fabs (change), 0);

      return g_strdup_printf (change > 0 ? _ ("%s is expected to grow by %s in the coming year")
                                         : _ ("%s is expected to fall by %s in the coming year"),
                              title, size);
    }
  {
    g_autofree char *month = kilter_format_bucket (subject->plan, coming);

    return g_strdup_printf (_ ("%s stays flat, with its season peaking in %s"), title, month);
  }
}

char *
kilter_headline_accuracy (const KilterSubject *subject)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  int measured = 0, better = 0;

  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = subject->scope;
      KilterModelSummary model;

      one.product = g_array_index (products, int, i);
      kilter_plan_model_summary (subject->plan, subject->version, &one, &model);
      measured += !isnan (model.wape);
      better += !isnan (model.wape) && model.wape < model.naive_wape;
    }
  if (measured == 0)
    return g_strdup (_ ("No forecast has been measured yet"));
  return g_strdup_printf (ngettext ("The model beats naive for %d of %d product",
                                    "The model beats naive for %d of %d products", measured),
                          better, measured);
}

/* --- demand --- */

char *
kilter_headline_demand (const KilterSubject *subject, int first, int n)
{
  static const KilterMeasure inputs[] = { KILTER_SALES_INPUT, KILTER_MARKETING_INPUT };
  int cycle = kilter_plan_get_n_history (subject->plan);
  int from = MAX (first, cycle), count = first + n - from;
  g_autofree double *statistical = kilter_subject_dup (subject, KILTER_STATISTICAL);
  g_autofree double *consensus = kilter_subject_dup (subject, KILTER_CONSENSUS);
  g_autofree double *last = kilter_subject_dup (subject, KILTER_LAST_CYCLE);
  double base, change, gap, budget;

  if (count <= 0 || !(sum (consensus, from, count) > 0))
    return g_strdup (_ ("There is no demand plan yet"));
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree double *input = kilter_subject_dup (subject, inputs[i]);
      double theirs = 0, ours = 0;

      for (int t = from; t < from + count; t++)
        if (!isnan (input[t]))
          {
            theirs += input[t];
            ours += or_zero (statistical[t]);
          }
      if (ours > 0 && fabs (theirs / ours - 1) >= 0.03)
        {
          g_autofree char *size = kilter_format_ratio (fabs (theirs / ours - 1), 0);

          if (inputs[i] == KILTER_SALES_INPUT)
            return g_strdup_printf (theirs > ours
                                      ? _ ("Sales expects %s more than the statistical forecast")
                                      : _ ("Sales expects %s less than the statistical forecast"),
                                    size);
          return g_strdup_printf (theirs > ours
                                    ? _ ("Marketing expects %s more than the statistical forecast")
                                    : _ ("Marketing expects %s less than the statistical forecast"),
                                  size);
        }
    }
  base = sum (last, from, count);
  change = base > 0 ? sum (consensus, from, count) / base - 1 : 0;
  if (fabs (change) >= 0.02)
    {
      g_autofree char *size = kilter_format_ratio (fabs (change), 1);

      return g_strdup_printf (change > 0 ? _ ("Demand is %s above the last approved plan")
                                         : _ ("Demand is %s below the last approved plan"),
                              size);
    }
  gap = kilter_plan_aggregate_time (subject->plan, subject->version, KILTER_BUDGET_GAP,
                                    &subject->scope, from, count);
  budget = kilter_plan_aggregate_time (subject->plan, subject->version, KILTER_BUDGET_REVENUE,
                                       &subject->scope, from, count);
  if (budget > 0 && fabs (gap / budget) >= 0.02)
    {
      g_autofree char *size = kilter_format_ratio (fabs (gap / budget), 1);

      return g_strdup_printf (
        gap > 0 ? _ ("Revenue is %s above budget") : _ ("Revenue is %s below budget"), size);
    }
  return g_strdup (_ ("All inputs agree within 2 %"));
}

/* --- supply --- */

/* The resource with the highest load of demand, and the months in which it is above 100 %. */
static gboolean
find_overload (const KilterSubject *subject,
               int first,
               int n,
               int *out_resource,
               int *out_from,
               int *out_to)
{
  g_autoptr (GArray) resources = kilter_figure_load_resources (subject);
  double worst = 1 + 1e-6;
  gboolean found = FALSE;

  for (guint i = 0; i < resources->len; i++)
    {
      int resource = g_array_index (resources, int, i);
      const double *share = kilter_plan_get_row (subject->plan, subject->version,
                                                 KILTER_DEMAND_LOAD_SHARE, resource);

      for (int t = MAX (first, kilter_plan_get_n_history (subject->plan)); t < first + n; t++)
        if (share[t] > worst)
          {
            worst = share[t];
            *out_resource = resource;
            *out_from = *out_to = t;
            found = TRUE;
          }
    }
  if (found)
    {
      const double *share = kilter_plan_get_row (subject->plan, subject->version,
                                                 KILTER_DEMAND_LOAD_SHARE, *out_resource);

      while (*out_from > first && share[*out_from - 1] > 1 + 1e-6)
        (*out_from)--;
      while (*out_to < first + n - 1 && share[*out_to + 1] > 1 + 1e-6)
        (*out_to)++;
    }
  return found;
}

char *
kilter_headline_supply (const KilterSubject *subject, int first, int n)
{
  KilterSubject all = *subject;
  g_autofree double *unmet = NULL;
  g_autofree double *supply = NULL;
  int resource = 0, from = 0, to = 0;
  gboolean over = find_overload (subject, first, n, &resource, &from, &to);
  gboolean possible;
  double lost;

  all.scope.resource = 0;
  all.unit = KILTER_DISPLAY_CASES;
  unmet = kilter_subject_dup (&all, KILTER_UNMET);
  supply = kilter_subject_dup (&all, KILTER_SUPPLY);
  lost = sum (unmet, first, n);
  if (!(sum (supply, MAX (first, kilter_plan_get_n_history (subject->plan)), n) > 0))
    return g_strdup (_ ("Supply has not been planned yet"));
  /* what is unmet is worse news, so that nobody asks then */
  possible = lost > 0.5 || !kilter_plan_contradicts_supply (subject->plan, subject->version);
  if (over)
    {
      g_autofree char *start = kilter_format_bucket (subject->plan, from);
      g_autofree char *end = kilter_format_bucket (subject->plan, to);
      const char *name = kilter_plan_get_resource_name (subject->plan, resource);

      if (lost > 0.5)
        {
          g_autofree char *quantity = kilter_format_quantity (lost);

          if (from == to)
            /* Translators: a resource, a month, a quantity in words */
            return g_strdup_printf (_ ("%s is overloaded in %s: demand of %s cannot be met"), name,
                                    start, quantity);
          /* Translators: a resource, two months, a quantity in words */
          return g_strdup_printf (_ ("%s is overloaded from %s to %s: demand of %s cannot be met"),
                                  name, start, end, quantity);
        }
      if (from == to && !possible)
        /* Translators: a resource, a month */
        return g_strdup_printf (_ ("%s is overloaded in %s; not all that was entered can be done"),
                                name, start);
      if (!possible)
        /* Translators: a resource, two months */
        return g_strdup_printf (
          _ ("%s is overloaded from %s to %s; not all that was entered can be done"), name, start,
          end);
      if (from == to)
        return g_strdup_printf (_ ("%s is overloaded in %s; the plan still meets all demand"), name,
                                start);
      return g_strdup_printf (_ ("%s is overloaded from %s to %s; the plan still meets all demand"),
                              name, start, end);
    }
  if (lost > 0.5)
    {
      g_autofree char *quantity = kilter_format_quantity (lost);

      return g_strdup_printf (_ ("Demand of %s cannot be met"), quantity);
    }
  if (!possible)
    return g_strdup (_ ("Not all that was entered can be done"));
  {
    KilterKeyFigures figures;
    g_autofree char *size = NULL;

    kilter_plan_key_figures (subject->plan, subject->version, &all.scope, first, n, &figures);
    if (isnan (figures.peak_load))
      return g_strdup (_ ("All demand is met"));
    size = kilter_format_ratio (ceil (figures.peak_load * 20) / 20, 0);
    return g_strdup_printf (_ ("All lines stay at or below %s of capacity"), size);
  }
}

char *
kilter_headline_stock (const KilterSubject *subject, int first, int n)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  int below = 0, over = 0;

  for (guint i = 0; i < products->len; i++)
    {
      int product = g_array_index (products, int, i);
      const double *stock = kilter_plan_get_row (subject->plan, subject->version, KILTER_STOCK,
                                                 product);
      const double *target = kilter_plan_get_row (subject->plan, subject->version,
                                                  KILTER_TARGET_STOCK, product);
      const double *most = kilter_plan_get_row (subject->plan, subject->version, KILTER_MAX_STOCK,
                                                product);
      gboolean is_below = FALSE, is_over = FALSE;

      for (int t = first; t < first + n; t++)
        {
          is_below |= stock[t] < target[t] * 0.85;
          is_over |= stock[t] > most[t] * 1.2;
        }
      below += is_below;
      over += is_over;
    }
  if (below > 0)
    return g_strdup_printf (ngettext ("Stock of %d product falls below its target",
                                      "Stock of %d products falls below its target", below),
                            below);
  if (over > 0)
    return g_strdup_printf (ngettext ("Stock of %d product is far above its maximum",
                                      "Stock of %d products is far above its maximum", over),
                            over);
  return g_strdup (_ ("Stock of all products stays near its target"));
}

/* --- balance --- */

char *
kilter_headline_bridge (const KilterSubject *subject, const KilterBridge *bridge)
{
  const struct
  {
    const char *name;
    double value;
  } parts[] = {
    { _ ("volume"), bridge->volume },
    { _ ("mix"), bridge->mix },
    { _ ("price"), bridge->price },
    { _ ("unit cost"), bridge->cost },
    { _ ("new products"), bridge->new_products },
    { _ ("lost sales"), bridge->unmet },
  };
  double total = bridge->to - bridge->from;
  g_autofree char *size = kilter_format_money (subject->plan, fabs (total));
  gsize first = 0, second = 1;

  for (gsize i = 1; i < G_N_ELEMENTS (parts); i++)
    if (fabs (parts[i].value) > fabs (parts[first].value))
      {
        second = first;
        first = i;
      }
    else if (i != first && (second == first || fabs (parts[i].value) > fabs (parts[second].value)))
      second = i;
  /* Translators: money, then the two largest drivers: "volume", "price" … */
  return g_strdup_printf (total >= 0 ? _ ("Gross margin is %s above budget, mostly by %s and %s")
                                     : _ ("Gross margin is %s below budget, mostly by %s and %s"),
                          size, parts[first].name, parts[second].name);
}

char *
kilter_headline_compare (const KilterSubject *subject,
                         const KilterVersion *versions,
                         int n_versions,
                         int recommended,
                         int first,
                         int n)
{
  int best = -1;
  double least = INFINITY, base = 0;

  for (int v = 0; v < n_versions; v++)
    {
      KilterKeyFigures figures;

      kilter_plan_key_figures (subject->plan, versions[v], &subject->scope, first, n, &figures);
      if (v == 0)
        base = or_zero (figures.unmet);
      if (v > 0 && or_zero (figures.unmet) < 0.5 && or_zero (figures.extra_cost) < least)
        {
          least = or_zero (figures.extra_cost);
          best = v;
        }
    }
  if (n_versions < 2)
    return g_strdup (_ ("There is one scenario: make an option from a fix or a copy"));
  if (best > 0 && base > 0.5)
    return g_strdup_printf (
      /* Translators: the name of a scenario */
      _ ("“%s” costs least of those that leave no demand unmet"),
      kilter_record_text (
        kilter_plan_get_record (subject->plan, KILTER_TABLE_VERSION, versions[best]),
        KILTER_VERSION_NAME));
  if (base <= 0.5)
    return g_strdup (_ ("The plan meets all demand without another scenario"));
  return g_strdup (_ ("No scenario meets all demand"));
}

char *
kilter_headline_executive (const KilterSubject *subject, int first, int n)
{
  static const KilterScope everything = { 0 };
  KilterKeyFigures figures;
  g_autofree char *size = NULL;
  double gap;

  kilter_plan_key_figures (subject->plan, subject->version, &everything, first, n, &figures);
  if (!(figures.budget_revenue > 0) || isnan (figures.revenue))
    return figures.unmet > 0.5 ? g_strdup (_ ("Some demand cannot be met"))
                               : g_strdup (_ ("Supply covers demand in every family"));
  gap = figures.revenue / figures.budget_revenue - 1;
  size = kilter_format_ratio (fabs (gap), 1);
  if (figures.unmet > 0.5)
    {
      g_autofree char *quantity = kilter_format_quantity (figures.unmet);

      return g_strdup_printf (gap >= 0 ? _ ("Revenue is %s above budget, demand of %s stays unmet")
                                       : _ ("Revenue is %s below budget, demand of %s stays unmet"),
                              size, quantity);
    }
  return g_strdup_printf (gap >= 0 ? _ ("Revenue is %s above budget, all demand is met")
                                   : _ ("Revenue is %s below budget, all demand is met"),
                          size);
}

char *
kilter_headline_risks (const KilterSubject *subject, KilterMeasure measure)
{
  double low = 0, high = 0, weighted = 0;
  g_autofree char *from = NULL, *to = NULL, *middle = NULL;

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_RISK, risk)
    {
      double effect = kilter_risk_is_open (risk)
                        ? kilter_risk_get_effect (subject->plan, risk, measure)
                        : NAN;

      if (isnan (effect))
        continue;
      *(effect < 0 ? &low : &high) += effect;
      weighted += effect * kilter_record_number_or (risk, KILTER_RISK_LIKELIHOOD, 0);
    }
  from = kilter_format_money_delta (subject->plan, low);
  to = kilter_format_money_delta (subject->plan, high);
  middle = kilter_format_money_delta (subject->plan, weighted);
  if (measure == KILTER_REVENUE)
    /* Translators: three amounts of revenue: the worst, the best, weighted by likelihood */
    return g_strdup_printf (_ ("Risks and opportunities: %s to %s revenue, %s weighted"), from, to,
                            middle);
  /* Translators: three amounts of margin: the worst, the best, weighted by likelihood */
  return g_strdup_printf (_ ("Risks and opportunities: %s to %s margin, %s weighted"), from, to,
                          middle);
}

char *
kilter_headline_monitor (const KilterSubject *subject, int bucket)
{
  int on = 0, off = 0, known = 0;
  g_autofree char *month = kilter_format_bucket (subject->plan, bucket);

  for (int m = 0; m < KILTER_N_METRICS; m++)
    {
      KilterMetricValue value;

      if (!kilter_metric_is_shown (subject->plan, m))
        continue;
      kilter_plan_metric (subject->plan, m, &subject->scope, bucket, &value);
      on += value.status == KILTER_STATUS_ON;
      off += value.status == KILTER_STATUS_OFF;
      known += value.status != KILTER_STATUS_NONE;
    }
  if (known == 0)
    return g_strdup_printf (_ ("No metric can be measured in %s yet"), month);
  return g_strdup_printf (ngettext ("%d of %d metric is on target in %s, %d off",
                                    "%d of %d metrics are on target in %s, %d off", known),
                          on, known, month, off);
}
