/* kilter-month-to-date.c: a month that is not over against as much of its plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-insight.h"

#include <math.h>

/* Monday to Friday: resources have working days of their own, sales have not. */
static int
count_workdays (const GDate *first, int n_days)
{
  GDate day = *first;
  int count = 0;

  for (int i = 0; i < n_days; i++, g_date_add_days (&day, 1))
    count += g_date_get_weekday (&day) < G_DATE_SATURDAY;
  return count;
}

gboolean
kilter_plan_has_actuals (KilterPlan *plan, int bucket)
{
  static const KilterScope everything = { 0 };

  return bucket >= 0 && bucket < kilter_plan_get_n_buckets (plan) &&
         !isnan (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_ACTUAL, &everything,
                                             bucket, 1));
}

KilterVersion
kilter_plan_find_approved (const KilterPlan *plan, int bucket)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterVersion found = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved"))
      {
        const char *text = kilter_record_text (version, KILTER_VERSION_CYCLE);
        KilterBucket cycle = *text != '\0' ? kilter_bucket_from_string (kind, text)
                                           : KILTER_BUCKET_NONE;

        if (cycle != KILTER_BUCKET_NONE && cycle <= kilter_plan_get_bucket (plan, bucket))
          found = version->id;
      }
  return found;
}

/**
 * kilter_plan_find_running:
 *
 * Returns: the bucket that @day lies in, or -1 outside the plan and on the last day of a bucket, as
 *   its sales are all in then
 */
int
kilter_plan_find_running (const KilterPlan *plan, const GDate *day)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);

  for (int t = 0; t < kilter_plan_get_n_buckets (plan); t++)
    {
      GDate first;
      int passed;

      kilter_bucket_get_start (kind, kilter_plan_get_bucket (plan, t), &first);
      passed = g_date_days_between (&first, day) + 1;
      if (passed > 0 && passed < kilter_bucket_get_days (kind, kilter_plan_get_bucket (plan, t)))
        return t;
    }
  return -1;
}

/**
 * kilter_plan_month_to_date:
 * @version: the plan that is in force, as approved; 0 when there is none
 * @scope: what is summed
 * @in: units, or money at the version's prices
 * @bucket: index of the period that runs
 * @day: last day whose sales are in
 *
 * Sales so far against the plan phased over the period's working days, Monday to Friday: phased
 * plan = consensus demand × working days up to and with @day ÷ working days of the period. A day
 * after the period counts as its last.
 *
 * What is not known is NaN: all of it when @day lies before the period; the plan's parts without an
 * approved plan or number; the actual when no sales came; the ratio also where the phased plan is
 * 0, as on a weekend that begins a month.
 */
void
kilter_plan_month_to_date (KilterPlan *plan,
                           KilterVersion version,
                           const KilterScope *scope,
                           KilterMeasuredIn in,
                           int bucket,
                           const GDate *day,
                           KilterMonthToDate *out)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  GDate first;
  int n, passed;
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));

  *out = (KilterMonthToDate) { .plan = NAN, .actual = NAN, .difference = NAN, .ratio = NAN };
  if (bucket < 0 || bucket >= kilter_plan_get_n_buckets (plan) || !g_date_valid (day))
    return;
  kilter_bucket_get_start (kind, kilter_plan_get_bucket (plan, bucket), &first);
  n = kilter_bucket_get_days (kind, kilter_plan_get_bucket (plan, bucket));
  out->n_workdays = count_workdays (&first, n);
  passed = CLAMP (g_date_days_between (&first, day) + 1, 0, n);
  out->n_passed = count_workdays (&first, passed);
  if (passed == 0)
    return;
  if (version > 0)
    {
      kilter_plan_aggregate_in (plan, version, KILTER_CONSENSUS, scope, in, values);
      out->plan = values[bucket] * out->n_passed / out->n_workdays;
    }
  kilter_plan_aggregate_in (plan, KILTER_BASELINE, KILTER_ACTUAL, scope, in, values);
  out->actual = values[bucket];
  out->difference = out->actual - out->plan;
  if (out->plan > 0)
    out->ratio = out->difference / out->plan;
}
