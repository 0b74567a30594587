/* kilter-figure-balance.c: scenarios, bridges, families, risks, metrics
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"
#include "plan/review/kilter-risk.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * kilter_figure_compare:
 * @versions: (array length=n_versions): the first is the one compared with
 * @recommended: an index into @versions, or -1
 *
 * Key figures of scenarios side by side, as differences to the first.
 */
KilterChart *
kilter_figure_compare (const KilterSubject *subject,
                       const KilterVersion *versions,
                       int n_versions,
                       int recommended,
                       int first,
                       int n)
{
  enum
  {
    UNMET,
    SERVICE,
    MARGIN,
    STOCK,
    PEAK,
    EXTRA,
    N_ROWS
  };
  g_autofree double *values = g_new (double, N_ROWS *MAX (n_versions, 1));
  g_autofree const char **names = g_new0 (const char *, n_versions + 1);
  g_autofree char *headline = NULL, *subtitle = NULL, *span = NULL;
  KilterFormat quantity, money, extra;
  KilterChartCompareRow rows[N_ROWS];
  g_autofree char *quantity_unit = NULL, *money_unit = NULL, *extra_unit = NULL;
  KilterChart *chart;

  if (n_versions == 0)
    return NULL;
  for (int v = 0; v < n_versions; v++)
    {
      KilterKeyFigures figures;

      kilter_plan_key_figures (subject->plan, versions[v], &subject->scope, first, n, &figures);
      names[v] = kilter_record_text (
        kilter_plan_get_record (subject->plan, KILTER_TABLE_VERSION, versions[v]),
        KILTER_VERSION_NAME);
      values[UNMET * n_versions + v] = figures.unmet;
      values[SERVICE * n_versions + v] = figures.service;
      values[MARGIN * n_versions + v] = figures.margin;
      values[STOCK * n_versions + v] = figures.average_stock;
      values[PEAK * n_versions + v] = figures.peak_load;
      values[EXTRA * n_versions + v] = figures.extra_cost;
    }
  kilter_format_init_for (&quantity, KILTER_UNIT_QUANTITY, values + UNMET * n_versions,
                          (gsize) n_versions);
  kilter_format_init_for (&money, KILTER_UNIT_MONEY, values + MARGIN * n_versions,
                          (gsize) n_versions);
  kilter_format_init_for (&extra, KILTER_UNIT_MONEY, values + EXTRA * n_versions,
                          (gsize) n_versions);
  if (money.scale_power == 6)
    money.number.decimals = MAX (money.number.decimals, 2);
  quantity_unit = kilter_format_get_unit_short (&quantity, subject->plan);
  money_unit = kilter_format_get_unit_short (&money, subject->plan);
  extra_unit = kilter_format_get_unit_short (&extra, subject->plan);
  rows[UNMET] = (KilterChartCompareRow) { .name = _ ("Unmet demand"),
                                          .unit = quantity_unit,
                                          .format = quantity.number,
                                          .lower_is_better = TRUE };
  rows[SERVICE] = (KilterChartCompareRow) { .name = _ ("Planned service"),
                                            .unit = "%",
                                            .format = { .decimals = 1, .scale = 0.01 } };
  rows[MARGIN] = (KilterChartCompareRow) { .name = _ ("Gross margin"),
                                           .unit = money_unit,
                                           .format = money.number };
  rows[STOCK] = (KilterChartCompareRow) {
    .name = _ ("Average stock"), .unit = money_unit, .format = money.number, .lower_is_better = TRUE
  };
  rows[PEAK] = (KilterChartCompareRow) {
    .name = _ ("Peak load"), .unit = "%", .format = { .scale = 0.01 }, .lower_is_better = TRUE
  };
  rows[EXTRA] = (KilterChartCompareRow) { .name = _ ("Extra cost"),
                                          .unit = extra_unit,
                                          .format = extra.number,
                                          .lower_is_better = TRUE,
                                          .from_zero = TRUE };
  for (int r = 0; r < N_ROWS; r++)
    rows[r].values = values + r * n_versions;
  chart = kilter_chart_new_compare (&(KilterChartCompare) {
    .n_scenarios = (gsize) n_versions,
    .names = names,
    .rows = rows,
    .n_rows = N_ROWS,
    .recommended = recommended,
  });
  headline = kilter_headline_compare (subject, versions, n_versions, recommended, first, n);
  span = kilter_headline_span (subject->plan, first, n);
  /* Translators: the first %s is the name of a scenario, the second a span of months */
  subtitle = g_strdup_printf (_ ("Difference to %s, %s"), names[0], span);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/* From the budget to the latest view; what would read as zero is left out. */
static KilterChart *
make_bridge (const KilterSubject *subject,
             int first,
             int n,
             const KilterBridge *bridge,
             const char *total_name,
             const char *title)
{
  const KilterChartBridgeStep parts[] = {
    { _ ("Volume"), bridge->volume, FALSE },
    { _ ("Mix"), bridge->mix, FALSE },
    { _ ("Price"), bridge->price, FALSE },
    { _ ("Unit cost"), bridge->cost, FALSE },
    { _ ("New products"), bridge->new_products, FALSE },
    { _ ("Lost sales"), bridge->unmet, FALSE },
  };
  KilterChartBridgeStep steps[G_N_ELEMENTS (parts) + 2];
  const double ends[] = { bridge->from, bridge->to };
  g_autofree char *subtitle = NULL, *unit = NULL;
  g_autofree char *span = kilter_headline_span (subject->plan, first, n);
  gsize count = 0;
  double least;
  KilterFormat format;
  KilterNumberFormat delta;
  KilterChart *chart;

  kilter_format_init_for (&format, KILTER_UNIT_MONEY, ends, 2);
  if (format.scale_power == 6)
    format.number.decimals = MAX (format.number.decimals, 2);
  delta = format.number;
  delta.sign = TRUE;
  least = 0.5 * MAX (format.number.scale, 1) * pow (10, -format.number.decimals);
  steps[count++] = (KilterChartBridgeStep) { _ ("Budget"), bridge->from, TRUE };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (fabs (parts[i].value) >= least)
      steps[count++] = parts[i];
  steps[count++] = (KilterChartBridgeStep) { _ ("Latest view"), bridge->to, TRUE };
  chart = kilter_chart_new_bridge (&(KilterChartBridge) {
    .steps = steps,
    .n_steps = count,
    .value_name = _ ("Difference"),
    .total_name = total_name,
    .format = format.number,
    .delta_format = delta,
  });
  unit = kilter_format_get_unit_name (&format, subject->plan);
  subtitle = g_strdup_printf ("%s · %s", unit, span);
  kilter_chart_set_title (chart, title, subtitle);
  return chart;
}

/**
 * kilter_figure_bridge:
 *
 * Gross margin from the budget to the latest view; %NULL without a budget.
 */
KilterChart *
kilter_figure_bridge (const KilterSubject *subject, int first, int n)
{
  KilterBridge bridge;
  g_autofree char *title = NULL;

  if (!kilter_plan_margin_bridge (subject->plan, subject->version, &subject->scope, first, n,
                                  &bridge))
    return NULL;
  title = kilter_headline_bridge (subject, &bridge);
  return make_bridge (subject, first, n, &bridge, _ ("Gross margin"), title);
}

/**
 * kilter_figure_revenue_bridge:
 *
 * Revenue from the budget to the latest view; %NULL without a budget.
 */
KilterChart *
kilter_figure_revenue_bridge (const KilterSubject *subject, int first, int n)
{
  KilterBridge bridge;
  g_autofree char *title = NULL, *size = NULL;

  if (!kilter_plan_revenue_bridge (subject->plan, subject->version, &subject->scope, first, n,
                                   &bridge))
    return NULL;
  size = kilter_format_money (subject->plan, fabs (bridge.to - bridge.from));
  title = g_strdup_printf (bridge.to >= bridge.from ? _ ("Revenue is %s above budget")
                                                    : _ ("Revenue is %s below budget"),
                           size);
  return make_bridge (subject, first, n, &bridge, _ ("Revenue"), title);
}

/**
 * kilter_figure_families:
 * @across: panels side by side, 0 for as many as fit
 *
 * Supply as columns and demand as a line for each family; the figure is revenue to budget.
 */
KilterChart *
kilter_figure_families (const KilterSubject *subject, int first, int n, gsize across)
{
  g_autoptr (GArray) panels = g_array_new (FALSE, FALSE, sizeof (KilterChartPanel));
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = kilter_headline_executive (subject, first, n);
  g_autofree char *subtitle = NULL;
  double largest = 0;
  KilterFormat format;
  KilterChart *chart;

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_FAMILY, family)
    {
      KilterSubject one = *subject;
      KilterChartPanel panel = { .name = kilter_record_text (family, KILTER_FAMILY_NAME) };
      double *supply, *demand, gap, budget;

      one.scope = (KilterScope) { .family = family->id };
      supply = kilter_subject_dup (&one, KILTER_SUPPLY);
      demand = kilter_subject_dup (&one, KILTER_DEMAND);
      g_ptr_array_add (owned, supply);
      g_ptr_array_add (owned, demand);
      if (isnan (kilter_format_largest (demand + first, (gsize) n)))
        continue;
      budget = kilter_plan_aggregate_time (subject->plan, subject->version, KILTER_BUDGET_REVENUE,
                                           &one.scope, first, n);
      gap = kilter_plan_aggregate_time (subject->plan, subject->version, KILTER_BUDGET_GAP,
                                        &one.scope, first, n);
      if (budget > 0)
        {
          char *figure = kilter_format_ratio_delta (gap / budget, 1);

          g_ptr_array_add (owned, figure);
          panel.figure = figure;
        }
      panel.columns = supply + first;
      panel.line = demand + first;
      largest = fmax (largest, kilter_format_largest (demand + first, (gsize) n));
      g_array_append_val (panels, panel);
    }
  if (panels->len == 0)
    return NULL;
  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, KILTER_DEMAND, &largest, 1, &format);
  chart = kilter_chart_new_multiples (&(KilterChartMultiples) {
    .time = time.time,
    .format = format.number,
    .panels = (const KilterChartPanel *) panels->data,
    .n_panels = panels->len,
    .columns_name = _ ("Supply"),
    .line_name = _ ("Demand"),
    .note = _ ("revenue to budget at the right"),
    .n_across = across,
    .has_legend = TRUE,
  });
  {
    g_autofree char *unit = kilter_format_get_unit_name (&format, subject->plan);
    g_autofree char *span = kilter_headline_span (subject->plan, first, n);

    subtitle = g_strdup_printf ("%s · %s", unit, span);
  }
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/**
 * kilter_figure_risks:
 *
 * Open risks and opportunities with their effect on margin; %NULL when there is none.
 */
KilterChart *
kilter_figure_risks (const KilterSubject *subject)
{
  g_autoptr (GArray) risks = g_array_new (FALSE, FALSE, sizeof (KilterChartRisk));
  g_autofree char *headline = NULL, *unit = NULL;
  double largest = 0;
  KilterFormat format;
  KilterChart *chart;

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_RISK, risk)
    {
      KilterChartRisk entry = { kilter_record_text (risk, KILTER_RISK_TEXT),
                                kilter_record_number (risk, KILTER_RISK_LIKELIHOOD),
                                kilter_record_number (risk, KILTER_RISK_EFFECT) };

      if (!kilter_risk_is_open (risk) || isnan (entry.effect))
        continue;
      largest = fmax (largest, fabs (entry.effect));
      g_array_append_val (risks, entry);
    }
  if (risks->len == 0)
    return NULL;
  kilter_format_init (&format, KILTER_UNIT_MONEY, largest);
  if (largest >= 1e5)
    {
      format.scale_power = 6;
      format.number.scale = 1e6;
      format.number.decimals = 2;
    }
  format.number.sign = TRUE;
  unit = kilter_format_get_unit_short (&format, subject->plan);
  chart = kilter_chart_new_risks (&(KilterChartRisks) {
    .risks = (const KilterChartRisk *) risks->data,
    .n_risks = risks->len,
    .name_heading = _ ("Risk or Opportunity"),
    .likelihood_heading = _ ("Likely"),
    .effect_heading = unit,
    .full_name = _ ("Full effect"),
    .weighted_name = _ ("Weighted by likelihood"),
    .format = format.number,
    .has_header = TRUE,
    .has_legend = TRUE,
  });
  headline = kilter_headline_risks (subject, KILTER_MARGIN);
  kilter_chart_set_title (chart, headline, NULL);
  return chart;
}

/**
 * kilter_figure_metric:
 *
 * Thirteen buckets of a metric with its target, for a card.
 */
KilterChart *
kilter_figure_metric (const KilterSubject *subject,
                      KilterMetric metric,
                      int bucket,
                      const KilterMetricValue *value)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  int first = MAX (bucket - 12, 0), skip = first - (bucket - 12);
  g_auto (KilterFigureTime) time = { 0 };
  KilterFormat format;
  gboolean columns = metric == KILTER_METRIC_BIAS || metric == KILTER_METRIC_TOTAL_SALES ||
                     metric == KILTER_METRIC_SALES_VS_FORECAST ||
                     metric == KILTER_METRIC_TRACKING_SIGNAL;
  gboolean within = info->kind == KILTER_TARGET_WITHIN;

  kilter_figure_time_init (&time, subject->plan, first, bucket - first + 1);
  kilter_format_init_for (&format, info->unit, value->trend, 13);
  return kilter_chart_new_metric (&(KilterChartMetric) {
    .time = time.time,
    .format = format.number,
    .name = _ (info->name),
    .values = value->trend + skip,
    .as_columns = columns,
    .target = within || metric == KILTER_METRIC_TOTAL_SALES ? NAN : value->target,
    .low = within ? value->target - value->tolerance : NAN,
    .high = within ? value->target + value->tolerance : NAN,
    .target_name = _ ("Target"),
    .tone = kilter_status_get_tone (value->status),
  });
}

static int
compare_effects (gconstpointer a, gconstpointer b)
{
  const KilterMetricPart *const *x = a, *const *y = b;

  return (fabs ((*y)->effect) > fabs ((*x)->effect)) - (fabs ((*y)->effect) < fabs ((*x)->effect));
}

/* What the bridge begins with: everything right, no difference, or what it is compared with. */
static const char *
get_base_name (const KilterPlan *plan, KilterMetric metric)
{
  const KilterRecord *own = kilter_plan_find_record (plan, KILTER_TABLE_TARGET,
                                                     kilter_metric_get_info (metric)->key);

  switch ((int) metric)
    {
    case KILTER_METRIC_TOTAL_SALES:
      return _ ("Last year");
    case KILTER_METRIC_STOCK_VS_PLAN:
    case KILTER_METRIC_WORKING_CAPITAL:
      return _ ("Plan");
    case KILTER_METRIC_GROSS_MARGIN:
      return own != NULL && !isnan (kilter_record_number (own, KILTER_TARGET_VALUE)) ? _ ("Target")
                                                                                     : _ ("Budget");
    default:
      return _ ("Without misses");
    }
}

/**
 * kilter_figure_metric_bridge:
 * @base: of kilter_plan_metric_parts(), and
 * @parts: (element-type KilterMetricPart): its parts
 *
 * From what a metric would be without the effects of its parts to what it is: those with the
 * largest effects, and all others in one step. %NULL where the parts do not add up to the metric.
 */
KilterChart *
kilter_figure_metric_bridge (const KilterSubject *subject,
                             KilterMetric metric,
                             const KilterMetricValue *value,
                             double base,
                             const GArray *parts)
{
  enum
  {
    LARGEST = 5
  };
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  KilterChartBridgeStep steps[LARGEST + 3];
  const double ends[] = { base, value->value };
  double rest = 0, sum = base;
  KilterFormat format;
  gsize count = 0;
  KilterChart *chart;

  for (guint i = 0; i < parts->len; i++)
    {
      const KilterMetricPart *part = &g_array_index (parts, KilterMetricPart, i);

      sum += part->effect;
      if (fabs (part->effect) > 1e-12)
        g_ptr_array_add (order, (gpointer) part);
    }
  if (isnan (sum) || order->len < 2 || !(fabs (sum - value->value) <= 1e-9 * fmax (1, fabs (sum))))
    return NULL;
  g_ptr_array_sort (order, compare_effects);
  steps[count++] = (KilterChartBridgeStep) { get_base_name (subject->plan, metric), base, TRUE };
  for (guint i = 0; i < order->len; i++)
    {
      const KilterMetricPart *part = order->pdata[i];

      if (i < LARGEST)
        steps[count++] = (KilterChartBridgeStep) {
          kilter_scope_get_name (subject->plan, &part->scope), part->effect, FALSE
        };
      else
        rest += part->effect;
    }
  if (order->len > LARGEST)
    steps[count++] = (KilterChartBridgeStep) { _ ("Others"), rest, FALSE };
  steps[count++] = (KilterChartBridgeStep) { _ ("Actual"), value->value, TRUE };
  kilter_format_init_for (&format, info->unit, ends, 2);
  if (info->unit == KILTER_UNIT_RATIO)
    format.number.decimals = 1;
  chart = kilter_chart_new_bridge (&(KilterChartBridge) {
    .steps = steps,
    .n_steps = count,
    .value_name = _ (info->name),
    .total_name = _ (info->name),
    .format = format.number,
    .delta_format = format.number,
    .lower_is_better = metric == KILTER_METRIC_STOCK_VS_PLAN ||
                       metric == KILTER_METRIC_WORKING_CAPITAL ||
                       metric == KILTER_METRIC_CAPACITY_USE,
  });
  kilter_chart_set_title (chart, _ ("What makes the difference"), NULL);
  return chart;
}
