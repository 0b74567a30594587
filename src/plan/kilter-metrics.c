/* kilter-metrics.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-insight.h"

#include "plan/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const KilterMetricInfo metrics[KILTER_N_METRICS] = {
  { KILTER_METRIC_ACCURACY, "accuracy", N_ ("Forecast accuracy"),
    N_ ("1 − Σ|actual − forecast| ÷ Σ actual, not below 0; by product, one period ahead"),
    KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, 0.85, 0.03,
    N_ ("Needs forecasts that were made one period before.") },
  { KILTER_METRIC_BIAS, "bias", N_ ("Forecast bias"),
    N_ ("Σ(forecast − actual) ÷ Σ actual; positive when the forecast was too high"),
    KILTER_UNIT_RATIO, KILTER_TARGET_WITHIN, 0, 0.05,
    N_ ("Needs forecasts that were made one period before.") },
  { KILTER_METRIC_TRACKING_SIGNAL, "tracking-signal", N_ ("Tracking signal"),
    N_ ("Running sum of (actual − forecast) ÷ mean absolute deviation, 12 periods"),
    KILTER_UNIT_QUANTITY, KILTER_TARGET_WITHIN, 0, 4,
    N_ ("Needs forecasts that were made one period before.") },
  { KILTER_METRIC_ATTAINMENT, "attainment", N_ ("Production plan"),
    N_ ("Actual production ÷ production in the approved plan"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.97, 0.02,
    N_ ("Needs an approved plan for this period, and actual production.") },
  { KILTER_METRIC_TURNS, "turns", N_ ("Stock turns"),
    N_ ("Cost of sales of 12 months ÷ average stock value"), KILTER_UNIT_QUANTITY,
    KILTER_TARGET_AT_LEAST, 10.5, 0.5, N_ ("Needs stock and unit costs of 12 months.") },
  { KILTER_METRIC_CAPACITY_USE, "capacity-use", N_ ("Capacity use"),
    N_ ("Hours of actual production ÷ regular hours, all lines"), KILTER_UNIT_RATIO,
    KILTER_TARGET_WITHIN, 0.80, 0.10, N_ ("Needs actual production, rates and capacities.") },
  { KILTER_METRIC_TOTAL_SALES, "total-sales", N_ ("Total sales"), N_ ("Σ sales × price"),
    KILTER_UNIT_MONEY, KILTER_TARGET_AT_LEAST, NAN, 0.03, N_ ("Needs actual sales and prices.") },
  { KILTER_METRIC_SALES_VS_FORECAST, "sales-vs-forecast", N_ ("Sales vs. forecast"),
    N_ ("(Actual − forecast) ÷ forecast, in total"), KILTER_UNIT_RATIO, KILTER_TARGET_WITHIN, 0,
    0.05, N_ ("Needs forecasts that were made one period before.") },
  { KILTER_METRIC_GROSS_MARGIN, "gross-margin", N_ ("Gross margin"),
    N_ ("(Revenue − cost of sales) ÷ revenue"), KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, NAN,
    0.005, N_ ("Needs actual sales, prices and unit costs.") },
  { KILTER_METRIC_STOCK_VS_PLAN, "stock-vs-plan", N_ ("Stock value vs. plan"),
    N_ ("Actual stock × cost, against the approved plan"), KILTER_UNIT_MONEY, KILTER_TARGET_AT_MOST,
    NAN, 0.02, N_ ("Needs actual stock and unit costs.") },
  { KILTER_METRIC_COVER, "cover", N_ ("Days of cover"),
    N_ ("Days until the stock is used up by the coming demand"), KILTER_UNIT_DAYS,
    KILTER_TARGET_WITHIN, 15, 5, N_ ("Needs actual stock.") },
  { KILTER_METRIC_SERVICE, "service", N_ ("Planned service"),
    N_ ("1 − unmet demand ÷ demand, the 12 periods that follow"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.98, 0.01, N_ ("Needs a supply plan.") },
};

/**
 * kilter_metric_get_info:
 *
 * Returns: (transfer none): name, formula, unit and default target of a metric
 */
const KilterMetricInfo *
kilter_metric_get_info (KilterMetric metric)
{
  g_return_val_if_fail (metric < KILTER_N_METRICS, NULL);

  return &metrics[metric];
}

/* --- error measures --- */

/**
 * kilter_metric_wape:
 *
 * Returns: Σ|A − F| ÷ ΣA over pairs that are known; NaN when ΣA is 0
 */
double
kilter_metric_wape (const double *actual, const double *forecast, int n)
{
  double errors = 0, total = 0;

  for (int i = 0; i < n; i++)
    if (!isnan (actual[i]) && !isnan (forecast[i]))
      {
        errors += fabs (actual[i] - forecast[i]);
        total += actual[i];
      }
  return total != 0 ? errors / total : NAN;
}

/**
 * kilter_metric_mape:
 * @out_skipped: (out) (optional): pairs left out because the actual value is 0
 *
 * Returns: the mean of |A − F| ÷ |A| over pairs with A ≠ 0; NaN when there is none
 */
double
kilter_metric_mape (const double *actual, const double *forecast, int n, int *out_skipped)
{
  double total = 0;
  int count = 0, skipped = 0;

  for (int i = 0; i < n; i++)
    {
      if (isnan (actual[i]) || isnan (forecast[i]))
        continue;
      if (actual[i] == 0)
        {
          skipped++;
          continue;
        }
      total += fabs (actual[i] - forecast[i]) / fabs (actual[i]);
      count++;
    }
  if (out_skipped != NULL)
    *out_skipped = skipped;
  return count > 0 ? total / count : NAN;
}

/**
 * kilter_metric_bias:
 *
 * Returns: Σ(F − A) ÷ ΣA; positive when the forecast was too high; NaN when ΣA is 0
 */
double
kilter_metric_bias (const double *actual, const double *forecast, int n)
{
  double errors = 0, total = 0;

  for (int i = 0; i < n; i++)
    if (!isnan (actual[i]) && !isnan (forecast[i]))
      {
        errors += forecast[i] - actual[i];
        total += actual[i];
      }
  return total != 0 ? errors / total : NAN;
}

/**
 * kilter_metric_mase:
 * @lag: the season's length, 1 for naive
 *
 * Returns: the mean absolute error ÷ that of the seasonal naive method inside @train
 *   (Hyndman & Koehler 2006); NaN when that is 0
 */
double
kilter_metric_mase (const double *train,
                    int n_train,
                    int lag,
                    const double *actual,
                    const double *forecast,
                    int n)
{
  double scale = 0, errors = 0;
  int n_scale = 0, count = 0;

  for (int i = lag; i < n_train; i++)
    if (!isnan (train[i]) && !isnan (train[i - lag]))
      {
        scale += fabs (train[i] - train[i - lag]);
        n_scale++;
      }
  for (int i = 0; i < n; i++)
    if (!isnan (actual[i]) && !isnan (forecast[i]))
      {
        errors += fabs (actual[i] - forecast[i]);
        count++;
      }
  if (n_scale == 0 || scale == 0 || count == 0)
    return NAN;
  return errors / count / (scale / n_scale);
}

/**
 * kilter_metric_tracking_signal:
 * @mad: a given mean absolute deviation, or NaN for the running one
 * @out_signal: (array length=n): the signal after each pair
 */
void
kilter_metric_tracking_signal (const double *actual,
                               const double *forecast,
                               int n,
                               double mad,
                               double *out_signal)
{
  double running = 0, absolute = 0;
  int count = 0;

  for (int i = 0; i < n; i++)
    {
      double deviation;

      out_signal[i] = NAN;
      if (isnan (actual[i]) || isnan (forecast[i]))
        continue;
      running += actual[i] - forecast[i];
      absolute += fabs (actual[i] - forecast[i]);
      count++;
      deviation = isnan (mad) ? absolute / count : mad;
      if (deviation > 0)
        out_signal[i] = running / deviation;
    }
}

/* --- metrics of the plan --- */

typedef struct
{
  KilterPlan *plan;
  const KilterScope *scope;
  int n;
  int cycle;
} Board;

static double
at (const Board *self, KilterVersion version, KilterMeasure measure, int bucket)
{
  if (bucket < 0 || bucket >= self->n)
    return NAN;
  return kilter_plan_aggregate_time (self->plan, version, measure, self->scope, bucket, 1);
}

/* The approved plan that was in force when a bucket began: the newest whose cycle is not after it.
 */
static KilterVersion
find_plan_of (const Board *self, int bucket)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  KilterVersion found = 0;

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved"))
      {
        const char *text = kilter_record_text (version, KILTER_VERSION_CYCLE);
        KilterBucket cycle = *text != '\0' ? kilter_bucket_from_string (kind, text)
                                           : KILTER_BUCKET_NONE;

        if (cycle != KILTER_BUCKET_NONE && cycle <= kilter_plan_get_bucket (self->plan, bucket))
          found = version->id;
      }
  return found;
}

static double
get_accuracy (const Board *self, int bucket, gboolean bias)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (self->plan, self->scope, KILTER_GRAIN_PRODUCT);
  double errors = 0, total = 0;

  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = *self->scope;
      double actual, forecast;

      one.product = g_array_index (products, int, i);
      actual = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_ACTUAL, &one, bucket,
                                           1);
      forecast = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_PREVIOUS, &one,
                                             bucket, 1);
      if (isnan (actual) || isnan (forecast))
        continue;
      errors += bias ? forecast - actual : fabs (forecast - actual);
      total += actual;
    }
  if (total <= 0)
    return NAN;
  return bias ? errors / total : MAX (0, 1 - errors / total);
}

static double
get_tracking_signal (const Board *self, int bucket)
{
  g_autofree double *actual = g_new (double, self->n);
  g_autofree double *previous = g_new (double, self->n);
  double signal[12];
  int first = MAX (bucket - 11, 0);

  kilter_plan_aggregate (self->plan, KILTER_BASELINE, KILTER_ACTUAL, self->scope, actual);
  kilter_plan_aggregate (self->plan, KILTER_BASELINE, KILTER_PREVIOUS, self->scope, previous);
  kilter_metric_tracking_signal (actual + first, previous + first, bucket - first + 1, NAN, signal);
  return signal[bucket - first];
}

static double
get_turns (const Board *self, int bucket)
{
  int season = kilter_plan_get_season (self->plan), count = 0;
  g_autofree double *value = NULL;
  g_autofree double *cost = NULL;
  double stock = 0, sold = 0;

  if (bucket + 1 < season)
    return NAN;
  value = g_new (double, self->n);
  cost = g_new (double, self->n);
  kilter_plan_aggregate (self->plan, KILTER_BASELINE, KILTER_STOCK_VALUE, self->scope, value);
  kilter_plan_aggregate (self->plan, KILTER_BASELINE, KILTER_COST_OF_SALES, self->scope, cost);
  for (int t = bucket - season + 1; t <= bucket; t++)
    {
      if (isnan (cost[t]))
        return NAN;
      sold += cost[t];
      if (!isnan (value[t]))
        {
          stock += value[t];
          count++;
        }
    }
  return count > 0 && stock > 0 ? sold / (stock / count) : NAN;
}

static double
get_capacity_use (const Board *self, int bucket)
{
  g_autoptr (GArray)
    resources = kilter_scope_get_rows (self->plan, self->scope, KILTER_GRAIN_RESOURCE);
  double load = 0, capacity = 0;

  for (guint i = 0; i < resources->len; i++)
    {
      int id = g_array_index (resources, int, i);
      const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_RESOURCE, id);
      double hours = kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_LOAD, id, bucket);
      double limit = kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_CAPACITY, id,
                                            bucket);

      if (g_str_equal (kilter_record_text (record, KILTER_RESOURCE_KIND), "storage") ||
          isnan (hours) || isnan (limit))
        continue;
      load += hours;
      capacity += limit;
    }
  return capacity > 0 && load > 0 ? load / capacity : NAN;
}

static double
compute (const Board *self, KilterMetric metric, int bucket)
{
  double a, b;

  if (bucket < 0)
    return NAN;
  switch (metric)
    {
    case KILTER_METRIC_ACCURACY:
      return get_accuracy (self, bucket, FALSE);
    case KILTER_METRIC_BIAS:
      return get_accuracy (self, bucket, TRUE);
    case KILTER_METRIC_TRACKING_SIGNAL:
      return get_tracking_signal (self, bucket);
    case KILTER_METRIC_ATTAINMENT:
      {
        KilterVersion approved = find_plan_of (self, bucket);

        if (approved == 0)
          return NAN;
        a = at (self, KILTER_BASELINE, KILTER_PRODUCTION, bucket);
        b = at (self, approved, KILTER_SUPPLY, bucket);
        return b > 0 ? a / b : NAN;
      }
    case KILTER_METRIC_TURNS:
      return get_turns (self, bucket);
    case KILTER_METRIC_CAPACITY_USE:
      return get_capacity_use (self, bucket);
    case KILTER_METRIC_TOTAL_SALES:
      return at (self, KILTER_BASELINE, KILTER_REVENUE, bucket);
    case KILTER_METRIC_SALES_VS_FORECAST:
      a = at (self, KILTER_BASELINE, KILTER_ACTUAL, bucket);
      b = at (self, KILTER_BASELINE, KILTER_PREVIOUS, bucket);
      return b > 0 ? (a - b) / b : NAN;
    case KILTER_METRIC_GROSS_MARGIN:
      return at (self, KILTER_BASELINE, KILTER_MARGIN_SHARE, bucket);
    case KILTER_METRIC_STOCK_VS_PLAN:
      return at (self, KILTER_BASELINE, KILTER_STOCK_VALUE, bucket);
    case KILTER_METRIC_COVER:
      return at (self, KILTER_BASELINE, KILTER_COVER, bucket);
    case KILTER_METRIC_SERVICE:
      {
        int first = MAX (bucket + 1, self->cycle);
        int n = MIN (kilter_plan_get_season (self->plan), self->n - first);

        /* only of the plan that is worked on: the past had no plan to ask */
        if (bucket != self->cycle - 1 || n <= 0)
          return NAN;
        a = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_UNMET, self->scope,
                                        first, n);
        b = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_DEMAND, self->scope,
                                        first, n);
        if (isnan (kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_SUPPLY,
                                               self->scope, first, n)))
          return NAN;
        return b > 0 ? 1 - a / b : NAN;
      }
    case KILTER_N_METRICS:
    default:
      g_return_val_if_reached (NAN);
    }
}

/* Targets that follow from the plan where nobody set one. */
static double
find_target (const Board *self, KilterMetric metric, int bucket)
{
  double budget_revenue, budget_margin;
  KilterVersion approved;

  switch ((int) metric)
    {
    case KILTER_METRIC_TOTAL_SALES:
      return at (self, KILTER_BASELINE, KILTER_REVENUE,
                 bucket - kilter_plan_get_season (self->plan));
    case KILTER_METRIC_GROSS_MARGIN:
      budget_revenue = at (self, KILTER_BASELINE, KILTER_BUDGET_REVENUE, bucket);
      budget_margin = at (self, KILTER_BASELINE, KILTER_BUDGET_MARGIN, bucket);
      return budget_revenue > 0 ? budget_margin / budget_revenue : NAN;
    case KILTER_METRIC_STOCK_VS_PLAN:
      approved = find_plan_of (self, bucket);
      return approved != 0 ? at (self, approved, KILTER_STOCK_VALUE, bucket) : NAN;
    default:
      return metrics[metric].default_target;
    }
}

static KilterStatus
judge (const KilterMetricInfo *info, const KilterMetricValue *value)
{
  double miss, tolerance = value->tolerance;

  if (isnan (value->value) || isnan (value->target))
    return KILTER_STATUS_NONE;
  switch (info->kind)
    {
    case KILTER_TARGET_AT_LEAST:
      miss = value->target - value->value;
      break;
    case KILTER_TARGET_AT_MOST:
      miss = value->value - value->target;
      break;
    case KILTER_TARGET_WITHIN:
    default:
      miss = fabs (value->value - value->target) - tolerance;
      tolerance /= 4;
      break;
    }
  if (miss <= 1e-12)
    return KILTER_STATUS_ON;
  /* money has no absolute tolerance: a share of the target */
  if (info->unit == KILTER_UNIT_MONEY)
    tolerance *= fabs (value->target);
  return miss <= tolerance ? KILTER_STATUS_CLOSE : KILTER_STATUS_OFF;
}

/**
 * kilter_plan_metric:
 * @bucket: the index of a past bucket
 * @out_value: (out caller-allocates): value, target, status and the trend of 13 buckets
 *
 * Computes a metric by its formula from the actuals. Where it is not defined the value is NaN and
 * the status %KILTER_STATUS_NONE; never a made-up number.
 */
void
kilter_plan_metric (KilterPlan *plan,
                    KilterMetric metric,
                    const KilterScope *scope,
                    int bucket,
                    KilterMetricValue *out_value)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *target = kilter_plan_find_record (plan, KILTER_TABLE_TARGET, info->key);
  Board board = { plan, scope, kilter_plan_get_n_buckets (plan), kilter_plan_get_n_history (plan) };

  for (int i = 0; i < 13; i++)
    out_value->trend[i] = compute (&board, metric, bucket - 12 + i);
  out_value->value = out_value->trend[12];
  out_value->target = find_target (&board, metric, bucket);
  out_value->tolerance = info->default_tolerance;
  if (target != NULL)
    {
      out_value->target = kilter_record_number_or (target, KILTER_TARGET_VALUE, out_value->target);
      out_value->tolerance = kilter_record_number_or (target, KILTER_TARGET_TOLERANCE,
                                                      out_value->tolerance);
    }
  out_value->status = judge (info, out_value);
}
