/* kilter-reference.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-reference.h"

#include "plan/review/kilter-insight.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
kilter_reference_get_name (KilterReference reference)
{
  static const char *const names[] = { N_ ("Budget"), N_ ("Last Cycle"), N_ ("Last Year") };

  g_return_val_if_fail (reference < KILTER_N_REFERENCES, "");

  return _ (names[reference]);
}

const char *
kilter_reference_get_difference_name (KilterReference reference)
{
  static const char *const names[] = { N_ ("Difference to budget"),
                                       N_ ("Difference from last cycle"),
                                       N_ ("Difference from last year") };

  g_return_val_if_fail (reference < KILTER_N_REFERENCES, "");

  return _ (names[reference]);
}

/* The measure that holds the budget of another, or -1. */
static int
get_budget (KilterMeasure measure)
{
  if (measure == KILTER_REVENUE)
    return KILTER_BUDGET_REVENUE;
  return measure == KILTER_MARGIN ? (int) KILTER_BUDGET_MARGIN : -1;
}

gboolean
kilter_reference_has (KilterReference reference, KilterMeasure measure)
{
  return reference != KILTER_REFERENCE_BUDGET || get_budget (measure) >= 0;
}

/* What is read in place of the subject's own measure: another version, another measure, or the same
 * some buckets before. FALSE when there is nothing to read. */
static gboolean
resolve (const KilterSubject *subject,
         KilterReference reference,
         KilterMeasure measure,
         KilterSubject *out_subject,
         KilterMeasure *out_measure,
         int *out_shift)
{
  int before = kilter_plan_get_n_history (subject->plan) - 1;
  KilterVersion approved = before >= 0 ? kilter_plan_find_approved (subject->plan, before) : 0;

  *out_subject = *subject;
  *out_measure = measure;
  *out_shift = 0;
  switch (reference)
    {
    case KILTER_REFERENCE_BUDGET:
      if (get_budget (measure) < 0)
        return FALSE;
      *out_measure = (KilterMeasure) get_budget (measure);
      return TRUE;
    case KILTER_REFERENCE_LAST_CYCLE:
      out_subject->version = approved;
      return approved != 0;
    case KILTER_REFERENCE_LAST_YEAR:
      *out_shift = kilter_plan_get_season (subject->plan);
      return TRUE;
    case KILTER_N_REFERENCES:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * kilter_reference_get_own_total:
 *
 * Returns: the subject's own total: sums are added, ratios computed again, stock has none
 */
double
kilter_reference_get_own_total (const KilterSubject *subject,
                                KilterMeasure measure,
                                int first,
                                int n)
{
  if (n <= 0 || first < 0 || kilter_measure_get_info (measure)->aggregate == KILTER_AGGREGATE_LAST)
    return NAN;
  return kilter_plan_aggregate_time (subject->plan, subject->version, measure, &subject->scope,
                                     first, n);
}

double
kilter_reference_get_total (const KilterSubject *subject,
                            KilterReference reference,
                            KilterMeasure measure,
                            int first,
                            int n)
{
  KilterSubject other;
  KilterMeasure what;
  int shift;

  if (!resolve (subject, reference, measure, &other, &what, &shift))
    return NAN;
  return kilter_reference_get_own_total (&other, what, first - shift, n);
}

/**
 * kilter_reference_read:
 * @data: the #KilterReference
 *
 * Reads what a measure is compared with, bucket by bucket.
 */
void
kilter_reference_read (const KilterSubject *subject,
                       KilterMeasure measure,
                       int first,
                       int n,
                       gpointer data,
                       double *out_values,
                       double *out_total)
{
  KilterReference reference = (KilterReference) GPOINTER_TO_INT (data);
  int n_buckets = kilter_plan_get_n_buckets (subject->plan);
  g_autofree double *values = g_new (double, n_buckets);
  KilterSubject other;
  KilterMeasure what;
  int shift;

  *out_total = kilter_reference_get_total (subject, reference, measure, first, n);
  if (!resolve (subject, reference, measure, &other, &what, &shift))
    {
      for (int t = 0; t < n_buckets; t++)
        out_values[t] = NAN;
      return;
    }
  kilter_subject_get (&other, what, values);
  for (int t = 0; t < n_buckets; t++)
    out_values[t] = t >= shift ? values[t - shift] : NAN;
}

/**
 * kilter_reference_read_difference:
 * @data: the #KilterReference
 *
 * Reads own values − what they are compared with.
 */
void
kilter_reference_read_difference (const KilterSubject *subject,
                                  KilterMeasure measure,
                                  int first,
                                  int n,
                                  gpointer data,
                                  double *out_values,
                                  double *out_total)
{
  int n_buckets = kilter_plan_get_n_buckets (subject->plan);
  g_autofree double *own = g_new (double, n_buckets);

  kilter_reference_read (subject, measure, first, n, data, out_values, out_total);
  kilter_subject_get (subject, measure, own);
  for (int t = 0; t < n_buckets; t++)
    out_values[t] = own[t] - out_values[t];
  *out_total = kilter_reference_get_own_total (subject, measure, first, n) - *out_total;
}

gboolean
kilter_reference_exists (const KilterSubject *subject, KilterReference reference, int first, int n)
{
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (subject->plan));
  double total;

  kilter_reference_read (subject, KILTER_REVENUE, first, n, GINT_TO_POINTER (reference), values,
                         &total);
  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]) && values[t] != 0)
      return TRUE;
  return FALSE;
}
