/* kilter-figure.c: forecast and demand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/kilter-figure.h"

#include "report/kilter-figure-private.h"
#include "report/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

KilterMeasuredIn
kilter_display_unit_to_measure (KilterDisplayUnit unit)
{
  switch (unit)
    {
    case KILTER_DISPLAY_REVENUE:
      return KILTER_IN_REVENUE;
    case KILTER_DISPLAY_MARGIN:
      return KILTER_IN_MARGIN;
    case KILTER_DISPLAY_HOURS:
      return KILTER_IN_HOURS;
    case KILTER_DISPLAY_PALLETS:
      return KILTER_IN_PALLETS;
    case KILTER_DISPLAY_CASES:
    case KILTER_N_DISPLAY_UNITS:
    default:
      return KILTER_IN_QUANTITY;
    }
}

/**
 * kilter_subject_get:
 * @out_values: (array): n_buckets numbers
 *
 * The numbers of a subject in its unit; grid rows and charts read them here.
 */
void
kilter_subject_get (const KilterSubject *self, KilterMeasure measure, double *out_values)
{
  kilter_plan_aggregate_in (self->plan, self->version, measure, &self->scope,
                            kilter_display_unit_to_measure (self->unit), out_values);
}

double *
kilter_subject_dup (const KilterSubject *self, KilterMeasure measure)
{
  double *values = g_new (double, kilter_plan_get_n_buckets (self->plan));

  kilter_subject_get (self, measure, values);
  return values;
}

/**
 * kilter_subject_init_format:
 *
 * How numbers of a measure are written in the subject's unit.
 */
void
kilter_subject_init_format (const KilterSubject *self,
                            KilterMeasure measure,
                            const double *values,
                            gsize n,
                            KilterFormat *out_format)
{
  KilterUnit unit = kilter_measure_get_info (measure)->unit;

  if (unit == KILTER_UNIT_QUANTITY &&
      (self->unit == KILTER_DISPLAY_REVENUE || self->unit == KILTER_DISPLAY_MARGIN))
    unit = KILTER_UNIT_MONEY;
  else if (unit == KILTER_UNIT_QUANTITY && self->unit == KILTER_DISPLAY_HOURS)
    unit = KILTER_UNIT_HOURS;
  kilter_format_init_for (out_format, unit, values, n);
}

char *
kilter_subject_get_title (const KilterSubject *self)
{
  g_autofree char *title = kilter_scope_get_title (self->plan, &self->scope);
  const char *last;

  if (*title == '\0')
    return g_strdup (kilter_plan_get_name (self->plan));
  last = g_strrstr (title, "\xe2\x96\xb8 ");
  return g_strdup (last != NULL ? last + 4 : title);
}

/* --- time --- */

void
kilter_figure_time_init (KilterFigureTime *self, const KilterPlan *plan, int first, int n)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);

  self->labels = g_new0 (char *, n + 1);
  self->names = g_new0 (char *, n + 1);
  self->groups = g_new0 (char *, n + 1);
  for (int i = 0; i < n; i++)
    {
      KilterBucket bucket = kilter_plan_get_bucket (plan, first + i);

      self->labels[i] = kilter_bucket_get_short_label (kind, bucket);
      self->names[i] = kilter_bucket_get_label (kind, bucket);
      self->groups[i] = g_strdup_printf ("%d", kilter_bucket_get_year (kind, bucket));
    }
  self->time.n = (gsize) n;
  self->time.labels = (const char *const *) self->labels;
  self->time.names = (const char *const *) self->names;
  self->time.groups = (const char *const *) self->groups;
  self->time.cycle = (gsize) CLAMP (kilter_plan_get_n_history (plan) - first, 0, n);
}

void
kilter_figure_time_clear (KilterFigureTime *self)
{
  g_strfreev (self->labels);
  g_strfreev (self->names);
  g_strfreev (self->groups);
}

char *
kilter_figure_subtitle (const KilterSubject *subject, const KilterFormat *format, int first, int n)
{
  g_autofree char *title = kilter_subject_get_title (subject);
  g_autofree char *unit = kilter_format_get_unit_name (format, subject->plan);
  g_autofree char *span = kilter_headline_span (subject->plan, first, n);

  return g_strdup_printf ("%s · %s · %s", title, unit, span);
}

/* --- step 2 --- */

static gboolean
has_values (const double *values, int first, int n)
{
  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      return TRUE;
  return FALSE;
}

/* Whether an input is known for nearly all that is forecast: the sum of a part, beside a total,
 * would look like an input that is far too low. */
static gboolean
covers_most (const KilterSubject *subject, KilterMeasure measure, int first, int n)
{
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_SERIES);
  double known = 0, all = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *input = kilter_plan_get_row (subject->plan, subject->version, measure, row);
      const double *consensus = kilter_plan_get_row (subject->plan, subject->version,
                                                     KILTER_CONSENSUS, row);

      for (int t = first; t < first + n; t++)
        if (!isnan (input[t]) && !isnan (consensus[t]))
          known += fabs (consensus[t]);
      for (int t = first; t < first + n; t++)
        if (!isnan (consensus[t]) && t >= kilter_plan_get_n_history (subject->plan))
          all += fabs (consensus[t]);
    }
  return known >= 0.9 * all;
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
      if ((kinds[i].measure == KILTER_SALES_INPUT || kinds[i].measure == KILTER_MARKETING_INPUT) &&
          !covers_most (subject, kinds[i].measure, first, n))
        continue;
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

/**
 * kilter_figure_value_added:
 *
 * Error of each step that makes the forecast; %NULL when fewer than two are known.
 */
KilterChart *
kilter_figure_value_added (const KilterSubject *subject, int n_buckets)
{
  KilterValueAdded added;
  KilterChartValueStep steps[4];
  gsize n = 0;
  KilterChart *chart;

  kilter_plan_value_added (subject->plan, subject->version, &subject->scope, n_buckets, &added);
  if (!isnan (added.naive))
    steps[n++] = (KilterChartValueStep) { .name = _ ("Naive"), .error = added.naive };
  if (!isnan (added.statistical))
    steps[n++] = (KilterChartValueStep) { .name = _ ("Statistical"), .error = added.statistical };
  if (!isnan (added.final))
    steps[n++] = (KilterChartValueStep) { .name = _ ("Final"), .error = added.final };
  if (!isnan (added.consensus))
    steps[n++] = (KilterChartValueStep) { .name = _ ("Consensus"),
                                          .error = added.consensus,
                                          .is_result = TRUE };
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
  kilter_chart_set_title (chart, _ ("Forecast Value Added"),
                          _ ("Points of error removed by each step, one period ahead"));
  return chart;
}
