/* kilter-figure-options.c: scenarios side by side on one scale, margin with its risks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-options.h"

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "plan/review/kilter-risk.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
get_name (const KilterPlan *plan, KilterVersion version)
{
  return kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version),
                             KILTER_VERSION_NAME);
}

/* --- small multiples --- */

/* Which scenarios leave demand unmet, in a sentence. */
static char *
make_stock_headline (const KilterSubject *subject,
                     const KilterVersion *versions,
                     int n_versions,
                     int first,
                     int n)
{
  int short_of = 0, worst = -1;
  double most = 0;

  for (int v = 0; v < n_versions; v++)
    {
      double unmet = kilter_plan_aggregate_time (subject->plan, versions[v], KILTER_UNMET,
                                                 &subject->scope, first, n);

      if (!(unmet > 0.5))
        continue;
      short_of++;
      if (unmet > most)
        {
          most = unmet;
          worst = v;
        }
    }
  if (short_of == 0)
    return g_strdup (_ ("Stock lasts in every scenario"));
  if (short_of == 1)
    /* Translators: %s is a scenario */
    return g_strdup_printf (_ ("Stock runs out only in “%s”"),
                            get_name (subject->plan, versions[worst]));
  return g_strdup_printf (ngettext ("Stock runs out in %d of %d scenario",
                                    "Stock runs out in %d of %d scenarios", (gulong) n_versions),
                          short_of, n_versions);
}

KilterChart *
kilter_figure_option_stock (const KilterSubject *subject,
                            const KilterVersion *versions,
                            int n_versions,
                            int first,
                            int n,
                            gsize across)
{
  g_autofree KilterChartPanel *panels = g_new0 (KilterChartPanel, n_versions + 1);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = NULL, *subtitle = NULL;
  double largest = NAN;
  KilterFormat format;
  KilterChart *chart;

  for (int v = 0; v < n_versions; v++)
    {
      KilterSubject one = *subject;
      double *stock, *target, unmet;

      one.version = versions[v];
      stock = kilter_subject_dup (&one, KILTER_STOCK);
      target = kilter_subject_dup (&one, KILTER_TARGET_STOCK);
      g_ptr_array_add (owned, stock);
      g_ptr_array_add (owned, target);
      unmet = kilter_plan_aggregate_time (subject->plan, versions[v], KILTER_UNMET, &subject->scope,
                                          first, n);
      panels[v].name = get_name (subject->plan, versions[v]);
      panels[v].columns = stock + first;
      panels[v].target = target + first;
      if (unmet > 0.5)
        {
          g_autofree char *quantity = kilter_format_quantity_short (unmet);
          /* Translators: %s is a quantity of unmet demand */
          char *figure = g_strdup_printf (_ ("%s unmet"), quantity);

          g_ptr_array_add (owned, figure);
          panels[v].figure = figure;
          panels[v].tone = KILTER_CHART_TONE_BAD;
        }
      largest = fmax (largest, kilter_format_largest (stock + first, (gsize) n));
    }
  if (n_versions == 0 || isnan (largest))
    return NULL;
  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, KILTER_STOCK, &largest, 1, &format);
  chart = kilter_chart_new_multiples (&(KilterChartMultiples) {
    .time = time.time,
    .format = format.number,
    .panels = panels,
    .n_panels = (gsize) n_versions,
    .columns_name = _ ("Projected stock"),
    .target_name = _ ("Target stock"),
    .n_across = across,
    .has_legend = TRUE,
  });
  headline = make_stock_headline (subject, versions, n_versions, first, n);
  subtitle = kilter_figure_subtitle (subject, &format, first, n);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/**
 * kilter_options_find_bottleneck:
 *
 * Returns: the resource that the demand of the baseline loads most; 0 when there is none
 */
int
kilter_options_find_bottleneck (const KilterSubject *subject, int first, int n)
{
  double most = 0;
  int found = 0;

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_RESOURCE, resource)
    {
      const double *share;

      if (g_str_equal (kilter_record_text (resource, KILTER_RESOURCE_KIND), "storage") ||
          !kilter_scope_has_resource (subject->plan, &subject->scope, resource->id))
        continue;
      share = kilter_plan_get_row (subject->plan, KILTER_BASELINE, KILTER_DEMAND_LOAD_SHARE,
                                   resource->id);
      for (int t = first; t < first + n; t++)
        if (share[t] > most)
          {
            most = share[t];
            found = resource->id;
          }
    }
  return found;
}

KilterChart *
kilter_figure_option_load (const KilterSubject *subject,
                           const KilterVersion *versions,
                           int n_versions,
                           int first,
                           int n,
                           gsize across)
{
  int resource = kilter_options_find_bottleneck (subject, first, n);
  g_autofree KilterChartPanel *panels = g_new0 (KilterChartPanel, n_versions + 1);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *full = g_new (double, n + 1);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = NULL, *subtitle = NULL, *span = NULL;
  KilterChart *chart;

  if (resource == 0 || n_versions == 0)
    return NULL;
  for (int t = 0; t < n; t++)
    full[t] = 1;
  for (int v = 0; v < n_versions; v++)
    {
      const double *share = kilter_plan_get_row (subject->plan, versions[v], KILTER_LOAD_SHARE,
                                                 resource);
      double peak = kilter_format_largest (share + first, (gsize) n);
      char *figure = isnan (peak) ? NULL : kilter_format_ratio (peak, 0);

      panels[v].name = get_name (subject->plan, versions[v]);
      panels[v].columns = share + first;
      panels[v].target = full;
      panels[v].figure = figure;
      panels[v].tone = peak > 1 + 1e-9 ? KILTER_CHART_TONE_BAD : KILTER_CHART_TONE_PLAIN;
      if (figure != NULL)
        g_ptr_array_add (owned, figure);
    }
  kilter_figure_time_init (&time, subject->plan, first, n);
  chart = kilter_chart_new_multiples (&(KilterChartMultiples) {
    .time = time.time,
    .format = { .percent = TRUE },
    .panels = panels,
    .n_panels = (gsize) n_versions,
    .columns_name = _ ("Load of the plan"),
    .target_name = _ ("Regular capacity"),
    .note = _ ("the highest month at the right"),
    .n_across = across,
    .has_legend = TRUE,
  });
  /* Translators: %s is a resource */
  headline = g_strdup_printf (_ ("Load of %s in each scenario"),
                              kilter_plan_get_resource_name (subject->plan, resource));
  span = kilter_headline_span (subject->plan, first, n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("%% of regular capacity · %s"), span);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/* --- lines --- */

KilterChart *
kilter_figure_option_lines (const KilterSubject *subject,
                            const KilterVersion *versions,
                            int n_versions,
                            int first,
                            int n)
{
  static const KilterChartRole roles[] = { KILTER_CHART_ROLE_BAD, KILTER_CHART_ROLE_FORECAST,
                                           KILTER_CHART_ROLE_SALES };
  KilterChartSeries series[4];
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = NULL, *subtitle = NULL;
  double largest = NAN;
  KilterFormat format;
  gsize count = 0;
  KilterChart *chart;

  n_versions = MIN (n_versions, (int) G_N_ELEMENTS (roles));
  for (int v = 0; v < n_versions; v++)
    {
      KilterSubject one = *subject;
      double *stock;

      one.version = versions[v];
      stock = kilter_subject_dup (&one, KILTER_STOCK);
      g_ptr_array_add (owned, stock);
      largest = fmax (largest, kilter_format_largest (stock + first, (gsize) n));
      series[count++] = (KilterChartSeries) { get_name (subject->plan, versions[v]), stock + first,
                                              KILTER_CHART_LOOK_LINE, roles[v] };
    }
  if (count == 0 || isnan (largest))
    return NULL;
  {
    double *target = kilter_subject_dup (subject, KILTER_TARGET_STOCK);

    g_ptr_array_add (owned, target);
    series[count++] = (KilterChartSeries) { _ ("Target stock"), target + first,
                                            KILTER_CHART_LOOK_DASHED, KILTER_CHART_ROLE_GOOD };
  }
  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, KILTER_STOCK, &largest, 1, &format);
  chart = kilter_chart_new_columns (&(KilterChartColumns) { .time = time.time,
                                                            .format = format.number,
                                                            .series = series,
                                                            .n_series = count,
                                                            .labelled = -1,
                                                            .has_time_axis = TRUE,
                                                            .has_legend = TRUE });
  headline = make_stock_headline (subject, versions, n_versions, first, n);
  subtitle = kilter_figure_subtitle (subject, &format, first, n);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/* --- risks on revenue and margin --- */

/* The values of the plan with the effects around it, from the cycle on; FALSE when there is none.
 */
static gboolean
add_to_plan (const double *values, int start, int cycle, int span, double *bounds[4])
{
  double any = 0;

  for (int t = 0; t < span; t++)
    {
      any += fabs (bounds[0][t]) + bounds[1][t];
      for (int i = 0; i < 4; i++)
        bounds[i][t] = start + t >= cycle ? values[start + t] + bounds[i][t] : NAN;
    }
  return any > 0;
}

/**
 * kilter_figure_risk_range:
 * @measure: %KILTER_REVENUE or %KILTER_MARGIN
 *
 * Revenue or gross margin of the past and of the plan, with bands of what open risks and
 * opportunities may do to it; %NULL when there are none whose effect on it is known.
 */
KilterChart *
kilter_figure_risk_range (const KilterSubject *subject, KilterMeasure measure, int first, int n)
{
  int cycle = kilter_plan_get_n_history (subject->plan),
      total = kilter_plan_get_n_buckets (subject->plan);
  int start = MAX (first - 6, 0), span = first - start + n;
  g_autofree double *values = g_new (double, total);
  g_autofree double *block = g_new0 (double, 4 * span);
  double *bounds[4] = { block, block + span, block + 2 * span, block + 3 * span };
  g_autofree double *actual = g_new (double, span);
  g_autofree double *plan = g_new (double, span);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = NULL, *subtitle = NULL, *text = NULL;
  KilterChartBand bands[2];
  KilterFormat format;
  KilterChart *chart;

  kilter_risk_range (subject->plan, &subject->scope, measure, start, span, bounds[0], bounds[1],
                     bounds[2], bounds[3]);
  kilter_plan_aggregate (subject->plan, subject->version, measure, &subject->scope, values);
  for (int t = 0; t < span; t++)
    {
      actual[t] = start + t < cycle ? values[start + t] : NAN;
      plan[t] = start + t >= cycle ? values[start + t] : NAN;
    }
  if (!add_to_plan (values, start, cycle, span, bounds) ||
      isnan (kilter_format_largest (plan, (gsize) span)))
    return NULL;
  kilter_figure_time_init (&time, subject->plan, start, span);
  kilter_format_init_for (&format, KILTER_UNIT_MONEY, values + start, (gsize) span);
  bands[0] = (KilterChartBand) { .level = 95,
                                 .name = _ ("All risks and opportunities"),
                                 .low_name = _ ("All risks"),
                                 .high_name = _ ("All opportunities"),
                                 .low = bounds[0],
                                 .high = bounds[1] };
  bands[1] = (KilterChartBand) { .level = 50,
                                 .name = _ ("Weighted by likelihood"),
                                 .low_name = _ ("Weighted risks"),
                                 .high_name = _ ("Weighted opportunities"),
                                 .low = bounds[2],
                                 .high = bounds[3] };
  chart = kilter_chart_new_fan (&(KilterChartFan) { .time = time.time,
                                                    .format = format.number,
                                                    .actual_name = _ ("Actual"),
                                                    .actual = actual,
                                                    .final_name = _ ("Plan"),
                                                    .final = plan,
                                                    .bands = bands,
                                                    .n_bands = 2,
                                                    .is_tight = TRUE });
  headline = kilter_headline_risks (subject, measure);
  subtitle = kilter_figure_subtitle (subject, &format, start, span);
  /* Translators: a measure; what the chart covers */
  text = g_strdup_printf (_ ("%s · %s · bands: all of them, darker: weighted"),
                          kilter_measure_get_name (measure), subtitle);
  kilter_chart_set_title (chart, headline, text);
  return chart;
}
