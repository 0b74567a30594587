/* kilter-metric-parts.c: what is behind a metric, and what each part does to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-metrics-private.h"

#include "plan/data/kilter-plan-private.h"

#include <math.h>

/* A metric is base + Σ over the parts of (what a part adds ÷ what the whole has). */
typedef struct
{
  double base;
  double adds;
  double has;
} Share;

static double
zero_if_unknown (double value)
{
  return isnan (value) ? 0 : value;
}

/* Order lines that are not as they should be, of all lines. */
static Share
share_orders (const KilterBoard *self, KilterMeasure measure, int bucket)
{
  double lines = kilter_board_at (self, KILTER_BASELINE, KILTER_ORDER_LINES, bucket);
  double right = kilter_board_at (self, KILTER_BASELINE, measure, bucket);

  return (Share) { 1, zero_if_unknown (right - lines), zero_if_unknown (lines) };
}

/* Two measures: a ÷ b is base + (a − b) ÷ b. */
static Share
share_pair (double base, double a, double b)
{
  return (Share) { base, zero_if_unknown (a) - zero_if_unknown (b), zero_if_unknown (b) };
}

/* Money that is compared with money: the sum of the differences. */
static Share
share_money (const KilterBoard *self, KilterMetric metric, KilterMeasure measure, int bucket)
{
  double target = kilter_board_find_target (self, metric, bucket);
  double value = kilter_board_at (self, KILTER_BASELINE, measure, bucket);

  return (Share) { zero_if_unknown (target), zero_if_unknown (value) - zero_if_unknown (target),
                   1 };
}

static Share
get_share (const KilterBoard *self, KilterMetric metric, int bucket, double target)
{
  Share share = { NAN, NAN, NAN };
  double a, b;

  switch ((int) metric)
    {
    case KILTER_METRIC_ACCURACY:
      kilter_board_sum_errors (self, bucket, FALSE, &a, &share.has);
      return (Share) { 1, -a, share.has };
    case KILTER_METRIC_BIAS:
      kilter_board_sum_errors (self, bucket, TRUE, &share.adds, &share.has);
      share.base = 0;
      return share;
    case KILTER_METRIC_ATTAINMENT:
      {
        KilterVersion approved = kilter_plan_find_approved (self->plan, bucket);

        if (approved == 0)
          return share;
        a = kilter_board_at (self, KILTER_BASELINE, KILTER_PRODUCTION, bucket);
        b = kilter_board_at (self, approved, KILTER_SUPPLY, bucket);
        return share_pair (1, a, b);
      }
    case KILTER_METRIC_ADHERENCE:
      kilter_board_sum_misses (self, bucket, &a, &b);
      return (Share) { 1, -a, b };
    case KILTER_METRIC_CAPACITY_USE:
      kilter_board_sum_hours (self, bucket, &a, &b);
      return (Share) { 0, a, b };
    case KILTER_METRIC_TOTAL_SALES:
      return share_money (self, metric, KILTER_REVENUE, bucket);
    case KILTER_METRIC_STOCK_VS_PLAN:
      return share_money (self, metric, KILTER_STOCK_VALUE, bucket);
    case KILTER_METRIC_WORKING_CAPITAL:
      return share_money (self, metric, KILTER_WORKING_CAPITAL, bucket);
    case KILTER_METRIC_SALES_VS_FORECAST:
      a = kilter_board_at (self, KILTER_BASELINE, KILTER_ACTUAL, bucket);
      b = kilter_board_at (self, KILTER_BASELINE, KILTER_PREVIOUS, bucket);
      return share_pair (0, a, b);
    case KILTER_METRIC_GROSS_MARGIN:
      a = zero_if_unknown (kilter_board_at (self, KILTER_BASELINE, KILTER_MARGIN, bucket));
      b = zero_if_unknown (kilter_board_at (self, KILTER_BASELINE, KILTER_REVENUE, bucket));
      target = zero_if_unknown (target);
      return (Share) { target, a - target * b, b };
    case KILTER_METRIC_ON_TIME:
      return share_orders (self, KILTER_ORDER_ON_TIME, bucket);
    case KILTER_METRIC_ORDER_ACCURACY:
      return share_orders (self, KILTER_ORDER_ACCURATE, bucket);
    case KILTER_METRIC_PERFECT_ORDER:
      return share_orders (self, KILTER_ORDER_PERFECT, bucket);
    default:
      /* what is no sum has no parts that add up to it */
      return share;
    }
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const KilterMetricPart *x = a, *y = b;

  if (x->value.status != y->value.status)
    return (int) y->value.status - (int) x->value.status;
  if (x->revenue != y->revenue)
    return x->revenue > y->revenue ? -1 : 1;
  if (x->scope.family != y->scope.family)
    return x->scope.family - y->scope.family;
  return x->scope.product != y->scope.product ? x->scope.product - y->scope.product
                                              : x->scope.resource - y->scope.resource;
}

static gboolean
has_orphans (KilterPlan *plan, const KilterScope *scope)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    if (kilter_record_ref (
          kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, g_array_index (products, int, i)),
          KILTER_PRODUCT_FAMILY) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full) (element-type KilterScope): lines, families or products */
static GArray *
list_scopes (KilterPlan *plan, KilterMetric metric, const KilterScope *scope, gboolean by_family)
{
  gboolean of_lines = metric == KILTER_METRIC_CAPACITY_USE;
  g_autoptr (GArray) rows = NULL;
  GArray *scopes = g_array_new (FALSE, FALSE, sizeof (KilterScope));
  KilterScope one = *scope;

  if (by_family && !of_lines && scope->family == 0 && scope->product == 0 &&
      kilter_plan_count_records (plan, KILTER_TABLE_FAMILY) > 1 && !has_orphans (plan, scope))
    {
      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_FAMILY, family)
        {
          one.family = family->id;
          g_array_append_val (scopes, one);
        }
      return scopes;
    }
  rows = kilter_scope_get_rows (plan, scope,
                                of_lines ? KILTER_GRAIN_RESOURCE : KILTER_GRAIN_PRODUCT);
  for (guint i = 0; i < rows->len; i++)
    {
      *(of_lines ? &one.resource : &one.product) = g_array_index (rows, int, i);
      g_array_append_val (scopes, one);
    }
  return scopes;
}

/**
 * kilter_plan_metric_parts:
 * @bucket: the index of a past bucket
 * @by_family: families of products where the scope has more than one, and none is without
 * @out_base: (out) (optional): what the metric would be without the effects of its parts: the
 *   metric is this and the sum of the effects, as far as it is not cut at 0; NaN where it is no sum
 *
 * The metric of each product, family or line in the scope by itself: what is off target first, and
 * of that what sold most in the bucket. The trends are left NaN; parts of which nothing is known
 * are left out.
 *
 * Returns: (transfer full) (element-type KilterMetricPart): the parts
 */
GArray *
kilter_plan_metric_parts (KilterPlan *plan,
                          KilterMetric metric,
                          const KilterScope *scope,
                          int bucket,
                          gboolean by_family,
                          double *out_base)
{
  g_autoptr (GArray) scopes = list_scopes (plan, metric, scope, by_family);
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (KilterMetricPart));
  KilterBoard whole = { plan, scope, kilter_plan_get_n_buckets (plan),
                        kilter_plan_get_n_history (plan) };
  KilterMetricValue value;
  Share all;

  kilter_board_measure (&whole, metric, bucket, FALSE, &value);
  all = get_share (&whole, metric, bucket, value.target);
  if (out_base != NULL)
    *out_base = isnan (value.value) ? NAN : all.base;
  for (guint i = 0; i < scopes->len; i++)
    {
      KilterMetricPart part = { .scope = g_array_index (scopes, KilterScope, i), .effect = NAN };
      KilterBoard board = { plan, &part.scope, whole.n, whole.cycle };
      Share share;

      kilter_board_measure (&board, metric, bucket, TRUE, &part.value);
      share = get_share (&board, metric, bucket, value.target);
      if (all.has > 0 && !isnan (share.adds))
        part.effect = share.adds / all.has;
      /* what sold nothing may still have been forecast */
      if (isnan (part.value.value) && !(fabs (part.effect) > 0))
        continue;
      if (part.scope.resource == 0)
        part.revenue = zero_if_unknown (
          kilter_board_at (&board, KILTER_BASELINE, KILTER_REVENUE, bucket));
      g_array_append_val (parts, part);
    }
  g_array_sort (parts, compare_parts);
  return parts;
}
