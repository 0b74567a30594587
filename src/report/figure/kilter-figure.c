/* kilter-figure.c: forecast and demand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"

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

KilterChartTone
kilter_status_get_tone (KilterStatus status)
{
  switch (status)
    {
    case KILTER_STATUS_ON:
      return KILTER_CHART_TONE_GOOD;
    case KILTER_STATUS_CLOSE:
      return KILTER_CHART_TONE_CLOSE;
    case KILTER_STATUS_OFF:
      return KILTER_CHART_TONE_BAD;
    case KILTER_STATUS_NONE:
    default:
      return KILTER_CHART_TONE_PLAIN;
    }
}
