/* kilter-figure-demand.c: charts of the demand review
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
has_values (const double *values, int first, int n)
{
  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      return TRUE;
  return FALSE;
}

/* Takes an input away where it is known for a part only of what is forecast: the sum of a part,
 * beside a total, would look like an input that is far too low. */
static void
blank_parts (const KilterSubject *subject, KilterMeasure measure, double *values)
{
  int n = kilter_plan_get_n_buckets (subject->plan);
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_SERIES);
  g_autofree double *known = g_new0 (double, n), *all = g_new0 (double, n);

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *input = kilter_plan_get_row (subject->plan, subject->version, measure, row);
      const double *consensus = kilter_plan_get_row (subject->plan, subject->version,
                                                     KILTER_CONSENSUS, row);

      for (int t = kilter_plan_get_n_history (subject->plan); t < n; t++)
        {
          double size = isnan (consensus[t]) ? 0 : fabs (consensus[t]);

          all[t] += size;
          known[t] += isnan (input[t]) ? 0 : size;
        }
    }
  for (int t = 0; t < n; t++)
    if (known[t] < 0.9 * all[t])
      values[t] = NAN;
}

/**
 * kilter_figure_consensus:
 * @time_axis: whether month names stand below; not needed over a grid
 *
 * Consensus as columns, last year behind, the inputs as marks.
 */
KilterChart *
kilter_figure_consensus (const KilterSubject *subject,
                         int first,
                         int n,
                         const KilterChartPlace *place,
                         gboolean time_axis)
{
  static const struct
  {
    KilterMeasure measure;
    const char *name;
    KilterChartLook look;
  } kinds[] = {
    { KILTER_DEMAND, N_ ("Consensus"), KILTER_CHART_LOOK_COLUMN },
    { KILTER_STATISTICAL, N_ ("Statistical"), KILTER_CHART_LOOK_TICK },
    { KILTER_SALES_INPUT, N_ ("Sales"), KILTER_CHART_LOOK_DOT },
    { KILTER_MARKETING_INPUT, N_ ("Marketing"), KILTER_CHART_LOOK_DIAMOND },
    { KILTER_LAST_YEAR, N_ ("Last year"), KILTER_CHART_LOOK_BEHIND },
  };
  double *values[G_N_ELEMENTS (kinds)];
  KilterChartSeries series[G_N_ELEMENTS (kinds)];
  gsize n_series = 0;
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = kilter_headline_demand (subject, first, n);
  g_autofree char *subtitle = NULL;
  KilterFormat format;
  KilterChart *chart;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      values[i] = kilter_subject_dup (subject, kinds[i].measure);
      if (kinds[i].measure == KILTER_SALES_INPUT || kinds[i].measure == KILTER_MARKETING_INPUT)
        blank_parts (subject, kinds[i].measure, values[i]);
      if (i == 0 || has_values (values[i], first, n))
        series[n_series++] = (KilterChartSeries) { .name = _ (kinds[i].name),
                                                   .values = values[i] + first,
                                                   .look = kinds[i].look };
    }
  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, KILTER_DEMAND, values[0] + first, (gsize) n, &format);
  chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = time.time,
    .place = place != NULL ? *place : (KilterChartPlace) { 0 },
    .format = format.number,
    .series = series,
    .n_series = n_series,
    .labelled = 0,
    .has_time_axis = time_axis,
    .has_legend = TRUE,
  });
  subtitle = kilter_figure_subtitle (subject, &format, first, n);
  kilter_chart_set_title (chart, headline, subtitle);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_free (values[i]);
  return chart;
}

/* --- who helps --- */

static const struct
{
  KilterValueStepId step;
  const char *name;
} value_steps[] = {
  { KILTER_VALUE_NAIVE, N_ ("Naive") },
  { KILTER_VALUE_STATISTICAL, N_ ("Statistical") },
  /* Translators: a step after which the forecast is what sales said; keep it short */
  { KILTER_VALUE_SALES, N_ ("+ Sales") },
  { KILTER_VALUE_MARKETING, N_ ("+ Marketing") },
  { KILTER_VALUE_FINANCE, N_ ("+ Finance") },
  { KILTER_VALUE_CUSTOMER, N_ ("+ Customers") },
  { KILTER_VALUE_CONSENSUS, N_ ("Consensus") },
};

/**
 * kilter_figure_value_added:
 *
 * Error of each step that makes the forecast; %NULL when fewer than two are known.
 */
KilterChart *
kilter_figure_value_added (const KilterValueAdded *added)
{
  KilterChartValueStep steps[KILTER_N_VALUE_STEPS];
  g_autofree char *subtitle = NULL;
  gsize n = 0;
  KilterChart *chart;

  for (gsize i = 0; i < G_N_ELEMENTS (value_steps); i++)
    if (!isnan (added->error[value_steps[i].step]))
      steps[n++] = (KilterChartValueStep) {
        .name = _ (value_steps[i].name),
        .error = added->error[value_steps[i].step],
        .is_result = value_steps[i].step == KILTER_VALUE_CONSENSUS,
      };
  if (n < 2)
    return NULL;
  chart = kilter_chart_new_value_added (&(KilterChartValueAdded) {
    .steps = steps,
    .n_steps = n,
    .error_heading = _ ("WAPE"),
    .added_heading = C_ ("forecast value added", "Value"),
    .format = { .decimals = 1, .scale = 0.01 },
    .added_format = { .decimals = 1, .scale = 0.01, .sign = TRUE },
  });
  subtitle = g_strdup_printf (ngettext ("Points of error removed, last %d period",
                                        "Points of error removed, last %d periods",
                                        (gulong) added->n_buckets),
                              added->n_buckets);
  kilter_chart_set_title (chart, _ ("Forecast Value Added"), subtitle);
  return chart;
}

static char *
make_worse_sentence (KilterValueStepId step, int n, int of)
{
  switch (step)
    {
    case KILTER_VALUE_SALES:
      return g_strdup_printf (
        ngettext ("Sales input made the forecast worse in %1$d of %2$d period.",
                  "Sales input made the forecast worse in %1$d of %2$d periods.", (gulong) of),
        n, of);
    case KILTER_VALUE_MARKETING:
      return g_strdup_printf (
        ngettext ("Marketing input made the forecast worse in %1$d of %2$d period.",
                  "Marketing input made the forecast worse in %1$d of %2$d periods.", (gulong) of),
        n, of);
    case KILTER_VALUE_FINANCE:
      return g_strdup_printf (
        ngettext ("Finance input made the forecast worse in %1$d of %2$d period.",
                  "Finance input made the forecast worse in %1$d of %2$d periods.", (gulong) of),
        n, of);
    case KILTER_VALUE_CUSTOMER:
      return g_strdup_printf (
        ngettext ("Customer input made the forecast worse in %1$d of %2$d period.",
                  "Customer input made the forecast worse in %1$d of %2$d periods.", (gulong) of),
        n, of);
    case KILTER_VALUE_CONSENSUS:
      return g_strdup_printf (
        ngettext ("The consensus was worse than the inputs in %1$d of %2$d period.",
                  "The consensus was worse than the inputs in %1$d of %2$d periods.", (gulong) of),
        n, of);
    case KILTER_VALUE_STATISTICAL:
    case KILTER_VALUE_NAIVE:
    case KILTER_N_VALUE_STEPS:
    default:
      return g_strdup_printf (ngettext ("The model lost to naive in %1$d of %2$d period.",
                                        "The model lost to naive in %1$d of %2$d periods.",
                                        (gulong) of),
                              n, of);
    }
}

/**
 * kilter_headline_value_added:
 *
 * Returns: (transfer full) (nullable): which step made the forecast worse in at least half of the
 *   buckets, the worst of them; %NULL when none did
 */
char *
kilter_headline_value_added (const KilterValueAdded *added)
{
  int worst = -1;

  if (!added->from_snapshots)
    return NULL;
  for (int s = KILTER_VALUE_STATISTICAL; s < KILTER_N_VALUE_STEPS; s++)
    {
      int n = added->n_worse[s];

      if (2 * n >= added->n_buckets && n > 0 && (worst < 0 || n > added->n_worse[worst]))
        worst = s;
    }
  return worst < 0 ? NULL
                   : make_worse_sentence ((KilterValueStepId) worst, added->n_worse[worst],
                                          added->n_buckets);
}

/* --- what changed --- */

/**
 * kilter_driver_get_name:
 *
 * Returns: (transfer none): the words of what moved the demand
 */
const char *
kilter_driver_get_name (KilterDriver driver)
{
  static const char *const names[] = {
    N_ ("New products"),  N_ ("Statistical forecast"), N_ ("Events"),
    N_ ("Overrides"),     N_ ("Inputs and consensus"), N_ ("Ended products"),
    N_ ("Other changes"),
  };

  return _ (names[driver]);
}

static char *
make_change_headline (const KilterDemandChange *change)
{
  double ratio = change->from > 0 ? change->to / change->from - 1 : NAN;
  KilterDriver largest = 0;
  g_autofree char *size = NULL;

  if (isnan (ratio) || fabs (ratio) < 0.0005)
    return g_strdup (_ ("Demand is what the last approved plan says"));
  for (int d = 0; d < KILTER_N_DRIVERS; d++)
    if (change->drivers[d] * ratio > change->drivers[largest] * ratio)
      largest = (KilterDriver) d;
  size = kilter_format_ratio (fabs (ratio), 1);
  /* Translators: %1$s is "2.4 %", %2$s what moved the demand most, "New products" */
  return g_strdup_printf (ratio > 0
                            ? _ ("Demand is %1$s above the last approved plan, most of it: %2$s")
                            : _ ("Demand is %1$s below the last approved plan, most of it: %2$s"),
                          size, kilter_driver_get_name (largest));
}

/**
 * kilter_figure_demand_change:
 * @n: how many buckets from the cycle on, at most
 *
 * From the last approved plan to the demand as it is, by what moved it; %NULL without such a plan.
 */
KilterChart *
kilter_figure_demand_change (const KilterSubject *subject, int n)
{
  KilterChartBridgeStep steps[KILTER_N_DRIVERS + 2];
  KilterDemandChange change;
  KilterFormat format;
  KilterChart *chart;
  g_autofree char *headline = NULL, *subtitle = NULL;
  gsize n_steps = 0;

  if (!kilter_plan_demand_change (subject->plan, subject->version, &subject->scope,
                                  kilter_display_unit_to_measure (subject->unit), n, &change))
    return NULL;
  steps[n_steps++] = (KilterChartBridgeStep) { .name = _ ("Last approved plan"),
                                               .value = change.from,
                                               .is_total = TRUE };
  for (int d = 0; d < KILTER_N_DRIVERS; d++)
    if (fabs (change.drivers[d]) > 1e-9 * (1 + fabs (change.from)))
      steps[n_steps++] = (KilterChartBridgeStep) { .name = kilter_driver_get_name (d),
                                                   .value = change.drivers[d] };
  steps[n_steps++] = (KilterChartBridgeStep) { .name = _ ("Consensus"),
                                               .value = change.to,
                                               .is_total = TRUE };
  kilter_subject_init_format (subject, KILTER_DEMAND, &change.to, 1, &format);
  chart = kilter_chart_new_bridge (&(KilterChartBridge) {
    .steps = steps,
    .n_steps = n_steps,
    .value_name = _ ("Change"),
    .total_name = _ ("Total"),
    .format = format.number,
    .delta_format = format.number,
  });
  headline = make_change_headline (&change);
  subtitle = kilter_figure_subtitle (subject, &format, change.first, change.n);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

/* --- snapshots --- */

/* At most so many earlier plans are drawn: older ones are in the grid. */
#define MAX_SNAPSHOT_LINES 3

/* "March 2026", for the legend */
static char *
get_cycle_name (const KilterPlan *plan, KilterVersion version)
{
  return kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                  kilter_plan_get_start (plan) +
                                    kilter_plan_get_cycle_index (plan, version));
}

static char *
make_lag_headline (const KilterSubject *subject, int n_lags)
{
  g_autofree KilterLagError *errors = g_new (KilterLagError, n_lags);
  g_autofree char *near = NULL, *far = NULL;
  int last = 0;

  kilter_plan_lag_errors (subject->plan, &subject->scope, 12, n_lags, errors);
  for (int k = 1; k < n_lags; k++)
    if (!isnan (errors[k].wape))
      last = k;
  if (isnan (errors[0].wape))
    return g_strdup (_ ("No earlier plan has met its sales yet"));
  near = kilter_format_ratio (errors[0].wape, 1);
  if (last == 0)
    return g_strdup_printf (_ ("One period ahead, plans missed sales by %s"), near);
  far = kilter_format_ratio (errors[last].wape, 1);
  return g_strdup_printf (
    ngettext ("Plans missed sales by %1$s one period ahead, by %2$s %3$d period ahead",
              "Plans missed sales by %1$s one period ahead, by %2$s %3$d periods ahead", last + 1),
    near, far, last + 1);
}

/**
 * kilter_figure_snapshots:
 * @n_lags: how many lags the headline may speak of
 *
 * Sales, the demand as it is, and what the last approved plans said of the same buckets.
 */
KilterChart *
kilter_figure_snapshots (const KilterSubject *subject,
                         int first,
                         int n,
                         const KilterChartPlace *place,
                         int n_lags)
{
  KilterChartSeries series[MAX_SNAPSHOT_LINES + 1];
  double *values[MAX_SNAPSHOT_LINES + 1];
  char *names[MAX_SNAPSHOT_LINES + 1] = { NULL };
  g_autoptr (GArray) versions = kilter_plan_list_approved (subject->plan);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = make_lag_headline (subject, n_lags);
  g_autofree char *subtitle = NULL;
  KilterFormat format;
  static const KilterChartRole roles[MAX_SNAPSHOT_LINES] = { KILTER_CHART_ROLE_FORECAST,
                                                             KILTER_CHART_ROLE_SALES,
                                                             KILTER_CHART_ROLE_MARKETING };
  KilterChart *chart;
  gsize n_series = 0, n_values = 0;

  values[n_values++] = kilter_subject_dup (subject, KILTER_DEMAND);
  series[n_series++] = (KilterChartSeries) { .name = _ ("Demand"),
                                             .values = values[0] + first,
                                             .look = KILTER_CHART_LOOK_COLUMN };
  for (guint i = versions->len; i > 0 && n_values <= MAX_SNAPSHOT_LINES; i--)
    {
      KilterSubject then = *subject;
      int cycle;

      then.version = g_array_index (versions, KilterVersion, i - 1);
      cycle = kilter_plan_get_cycle_index (subject->plan, then.version);
      values[n_values] = kilter_subject_dup (&then, KILTER_CONSENSUS);
      for (int t = 0; t < MIN (cycle, kilter_plan_get_n_buckets (subject->plan)); t++)
        values[n_values][t] = NAN;
      if (!has_values (values[n_values], first, n))
        {
          g_free (values[n_values]);
          continue;
        }
      names[n_values] = get_cycle_name (subject->plan, then.version);
      series[n_series++] = (KilterChartSeries) { .name = names[n_values],
                                                 .values = values[n_values] + first,
                                                 .look = KILTER_CHART_LOOK_LINE,
                                                 .role = roles[n_values - 1] };
      n_values++;
    }
  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, KILTER_DEMAND, values[0] + first, (gsize) n, &format);
  chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = time.time,
    .place = place != NULL ? *place : (KilterChartPlace) { 0 },
    .format = format.number,
    .series = series,
    .n_series = n_series,
    .labelled = -1,
    .has_legend = TRUE,
  });
  subtitle = kilter_figure_subtitle (subject, &format, first, n);
  kilter_chart_set_title (chart, headline, subtitle);
  for (gsize i = 0; i < n_values; i++)
    {
      g_free (values[i]);
      g_free (names[i]);
    }
  return chart;
}
