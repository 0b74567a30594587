/* kilter-risk.c: what risks and opportunities may do to revenue and margin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-risk.h"

#include <math.h>

gboolean
kilter_risk_is_open (const KilterRecord *risk)
{
  const char *state = kilter_record_text (risk, KILTER_RISK_STATE);

  return !g_str_equal (kilter_record_text (risk, KILTER_RISK_KIND), "assumption") &&
         (*state == '\0' || g_str_equal (state, "open"));
}

/* The buckets that it is about, those of the horizon when it does not say. */
static void
get_span (const KilterPlan *plan, const KilterRecord *risk, int *out_first, int *out_last)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  const char *from = kilter_record_text (risk, KILTER_RISK_FROM);
  const char *to = kilter_record_text (risk, KILTER_RISK_TO);
  KilterBucket a = *from != '\0' ? kilter_bucket_from_string (kind, from) : KILTER_BUCKET_NONE;
  KilterBucket b = *to != '\0' ? kilter_bucket_from_string (kind, to) : KILTER_BUCKET_NONE;

  *out_first = a != KILTER_BUCKET_NONE ? a - kilter_plan_get_start (plan)
                                       : kilter_plan_get_n_history (plan);
  *out_last = b != KILTER_BUCKET_NONE ? b - kilter_plan_get_start (plan)
                                      : kilter_plan_get_n_buckets (plan) - 1;
  *out_last = MAX (*out_last, *out_first);
}

/* What a unit is sold for in the months and the family that it is about, by the consensus. */
static double
get_price (KilterPlan *plan, const KilterRecord *risk)
{
  KilterScope scope = { .family = kilter_record_ref (risk, KILTER_RISK_FAMILY) };
  int first, last;
  double demand, revenue;

  get_span (plan, risk, &first, &last);
  first = CLAMP (first, 0, kilter_plan_get_n_buckets (plan) - 1);
  last = CLAMP (last, first, kilter_plan_get_n_buckets (plan) - 1);
  demand = kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS, &scope, first,
                                       last - first + 1);
  revenue = kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS_REVENUE, &scope,
                                        first, last - first + 1);
  return demand > 0 ? revenue / demand : (double) NAN;
}

/**
 * kilter_risk_get_effect:
 * @measure: %KILTER_REVENUE or %KILTER_MARGIN
 *
 * The effect on margin is what was typed. That on revenue is what was typed, otherwise the effect
 * on volume at the price that the baseline has for the same family and buckets. A risk that is
 * known by its margin alone (a cost that rises) has no effect on revenue that is known.
 *
 * Returns: the full effect over all of its buckets, in the plan's currency; NaN when not known
 */
double
kilter_risk_get_effect (KilterPlan *plan, const KilterRecord *risk, KilterMeasure measure)
{
  double revenue = kilter_record_number (risk, KILTER_RISK_REVENUE);
  double volume = kilter_record_number (risk, KILTER_RISK_VOLUME);

  if (measure != KILTER_REVENUE)
    return kilter_record_number (risk, KILTER_RISK_EFFECT);
  if (!isnan (revenue))
    return revenue;
  return isnan (volume) ? (double) NAN : volume * get_price (plan, risk);
}

/**
 * kilter_risk_range:
 * @measure: %KILTER_REVENUE or %KILTER_MARGIN
 * @out_low: (array length=n): what all open risks together take from a bucket, ≤ 0
 * @out_high: (array length=n): what all opportunities add, ≥ 0
 * @out_weighted_low: (array length=n): the first times likelihood
 * @out_weighted_high: (array length=n): the second times likelihood
 *
 * Spreads the effect of each open risk and opportunity evenly over its buckets: on margin its low
 * and high effect where they are given, else its full effect. A risk without a likelihood counts
 * in full and not when weighted.
 */
void
kilter_risk_range (KilterPlan *plan,
                   const KilterScope *scope,
                   KilterMeasure measure,
                   int first,
                   int n,
                   double *out_low,
                   double *out_high,
                   double *out_weighted_low,
                   double *out_weighted_high)
{
  for (int t = 0; t < n; t++)
    out_low[t] = out_high[t] = out_weighted_low[t] = out_weighted_high[t] = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RISK, risk)
    {
      double effect = kilter_risk_is_open (risk) ? kilter_risk_get_effect (plan, risk, measure)
                                                 : (double) NAN;
      double likelihood = kilter_record_number_or (risk, KILTER_RISK_LIKELIHOOD, 0);
      double worst = MIN (effect, 0), best = MAX (effect, 0);
      int family = kilter_record_ref (risk, KILTER_RISK_FAMILY), from, to;

      if (isnan (effect) || (scope->family != 0 && family != scope->family))
        continue;
      get_span (plan, risk, &from, &to);
      if (measure == KILTER_MARGIN)
        {
          worst = MIN (kilter_record_number_or (risk, KILTER_RISK_LOW, worst), 0);
          best = MAX (kilter_record_number_or (risk, KILTER_RISK_HIGH, best), 0);
        }
      for (int t = MAX (from, first); t <= MIN (to, first + n - 1); t++)
        {
          out_low[t - first] += worst / (to - from + 1);
          out_high[t - first] += best / (to - from + 1);
          *(effect < 0 ? &out_weighted_low[t - first]
                       : &out_weighted_high[t - first]) += effect / (to - from + 1) * likelihood;
        }
    }
}
