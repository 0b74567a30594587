/* kilter-metrics.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-metrics-private.h"

#include "plan/data/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const KilterMetricInfo metrics[KILTER_N_METRICS] = {
  { KILTER_METRIC_ACCURACY, "accuracy", N_ ("Forecast accuracy"),
    N_ ("1 − Σ|actual − forecast| ÷ Σ actual, not below 0; by product, one period ahead"),
    KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, 0.85, 0.03,
    N_ ("Needs forecasts that were made one period before."), TRUE },
  { KILTER_METRIC_BIAS, "bias", N_ ("Forecast bias"),
    N_ ("Σ(forecast − actual) ÷ Σ actual; positive when the forecast was too high"),
    KILTER_UNIT_RATIO, KILTER_TARGET_WITHIN, 0, 0.05,
    N_ ("Needs forecasts that were made one period before."), TRUE },
  { KILTER_METRIC_TRACKING_SIGNAL, "tracking-signal", N_ ("Tracking signal"),
    N_ ("Running sum of (actual − forecast) ÷ mean absolute deviation, 12 periods"),
    KILTER_UNIT_QUANTITY, KILTER_TARGET_WITHIN, 0, 4,
    N_ ("Needs forecasts that were made one period before."), FALSE },
  { KILTER_METRIC_ATTAINMENT, "attainment", N_ ("Production plan"),
    N_ ("Actual production ÷ production in the approved plan"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.97, 0.02,
    N_ ("Needs an approved plan for this period, and actual production."), TRUE },
  { KILTER_METRIC_TURNS, "turns", N_ ("Stock turns"),
    N_ ("Cost of sales of 12 months ÷ average stock value"), KILTER_UNIT_QUANTITY,
    KILTER_TARGET_AT_LEAST, 10.5, 0.5, N_ ("Needs stock and unit costs of 12 months."), TRUE },
  { KILTER_METRIC_CAPACITY_USE, "capacity-use", N_ ("Capacity use"),
    N_ ("Hours of actual production ÷ regular hours, all lines"), KILTER_UNIT_RATIO,
    KILTER_TARGET_WITHIN, 0.80, 0.10, N_ ("Needs actual production, rates and capacities."), TRUE },
  { KILTER_METRIC_TOTAL_SALES, "total-sales", N_ ("Total sales"), N_ ("Σ sales × price"),
    KILTER_UNIT_MONEY, KILTER_TARGET_AT_LEAST, NAN, 0.03, N_ ("Needs actual sales and prices."),
    TRUE },
  { KILTER_METRIC_SALES_VS_FORECAST, "sales-vs-forecast", N_ ("Sales vs. forecast"),
    N_ ("(Actual − forecast) ÷ forecast, in total"), KILTER_UNIT_RATIO, KILTER_TARGET_WITHIN, 0,
    0.05, N_ ("Needs forecasts that were made one period before."), TRUE },
  { KILTER_METRIC_GROSS_MARGIN, "gross-margin", N_ ("Gross margin"),
    N_ ("(Revenue − cost of sales) ÷ revenue"), KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, NAN,
    0.005, N_ ("Needs actual sales, prices and unit costs."), TRUE },
  { KILTER_METRIC_STOCK_VS_PLAN, "stock-vs-plan", N_ ("Stock value vs. plan"),
    N_ ("Actual stock × cost, against the approved plan"), KILTER_UNIT_MONEY, KILTER_TARGET_AT_MOST,
    NAN, 0.02, N_ ("Needs actual stock and unit costs."), FALSE },
  { KILTER_METRIC_COVER, "cover", N_ ("Days of cover"),
    N_ ("Days until the stock is used up by the coming demand"), KILTER_UNIT_DAYS,
    KILTER_TARGET_WITHIN, 15, 5, N_ ("Needs actual stock."), FALSE },
  { KILTER_METRIC_SERVICE, "service", N_ ("Planned service"),
    N_ ("1 − unmet demand ÷ demand, the 12 periods that follow"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.98, 0.01, N_ ("Needs a supply plan."), FALSE },
  { KILTER_METRIC_ADHERENCE, "adherence", N_ ("Schedule adherence"),
    N_ ("1 − Σ|actual − planned production| ÷ Σ planned, by product; not below 0"),
    KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, 0.95, 0.03,
    N_ ("Needs an approved plan for this period, and actual production."), FALSE },
  { KILTER_METRIC_ON_TIME, "on-time", N_ ("On-time delivery"),
    N_ ("Order lines both on time and in full ÷ order lines due"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.96, 0.01, N_ ("Needs delivered orders."), TRUE },
  { KILTER_METRIC_ORDER_ACCURACY, "order-accuracy", N_ ("Order accuracy"),
    N_ ("Lines delivered with the right item and quantity ÷ order lines due"), KILTER_UNIT_RATIO,
    KILTER_TARGET_AT_LEAST, 0.99, 0.005, N_ ("Needs delivered orders."), TRUE },
  { KILTER_METRIC_PERFECT_ORDER, "perfect-order", N_ ("Perfect order"),
    N_ ("Lines in full, on time, with right documents and in good condition ÷ order lines due"),
    KILTER_UNIT_RATIO, KILTER_TARGET_AT_LEAST, 0.92, 0.02, N_ ("Needs delivered orders."), FALSE },
  { KILTER_METRIC_ORDER_CYCLE, "order-cycle", N_ ("Order cycle time"),
    N_ ("Σ days from order to delivery ÷ order lines due"), KILTER_UNIT_DAYS, KILTER_TARGET_AT_MOST,
    3, 0.2, N_ ("Needs delivered orders."), TRUE },
  { KILTER_METRIC_WORKING_CAPITAL, "working-capital", N_ ("Working capital"),
    N_ ("Stock value + receivables − payables, against the approved plan"), KILTER_UNIT_MONEY,
    KILTER_TARGET_AT_MOST, NAN, 0.02,
    N_ ("Needs actual stock, and receivables and payables or how many days they take."), TRUE },
  { KILTER_METRIC_CASH_TO_CASH, "cash-to-cash", N_ ("Cash to cash"),
    N_ ("Days of stock + days of receivables − days of payables"), KILTER_UNIT_DAYS,
    KILTER_TARGET_AT_MOST, 45, 3,
    N_ ("Needs stock, sales and costs of 12 months, and receivables and payables."), FALSE },
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

/**
 * kilter_metric_is_shown:
 *
 * Returns: whether the metric stands on the plan's board: as somebody chose, else by default
 */
gboolean
kilter_metric_is_shown (const KilterPlan *plan, KilterMetric metric)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *target = kilter_plan_find_record (plan, KILTER_TABLE_TARGET, info->key);

  return kilter_record_number_or (target, KILTER_TARGET_SHOWN, info->is_default) > 0;
}

/* --- error measures --- */

typedef enum
{
  MEAN_ABSOLUTE,
  MEAN_SQUARE,
  MEAN_SYMMETRIC,
  MEAN_PERCENT,
} Mean;

/* The mean over pairs that are known and for which the term is defined. */
static double
get_mean (Mean kind, const double *actual, const double *forecast, int n)
{
  double total = 0;
  int count = 0;

  for (int i = 0; i < n; i++)
    {
      double a = actual[i], f = forecast[i], error = a - f;

      if (isnan (error) || (kind == MEAN_SYMMETRIC && fabs (a) + fabs (f) == 0) ||
          (kind == MEAN_PERCENT && a == 0))
        continue;
      count++;
      switch (kind)
        {
        case MEAN_SQUARE:
          total += error * error;
          break;
        case MEAN_SYMMETRIC:
          total += 2 * fabs (error) / (fabs (a) + fabs (f));
          break;
        case MEAN_PERCENT:
          total += error / a;
          break;
        case MEAN_ABSOLUTE:
        default:
          total += fabs (error);
          break;
        }
    }
  return count > 0 ? total / count : NAN;
}

/**
 * kilter_metric_mae:
 *
 * Returns: the mean of |A − F|, also called MAD; NaN without a known pair
 */
double
kilter_metric_mae (const double *actual, const double *forecast, int n)
{
  return get_mean (MEAN_ABSOLUTE, actual, forecast, n);
}

/**
 * kilter_metric_rmse:
 *
 * Returns: the root of the mean of (A − F)²; NaN without a known pair
 */
double
kilter_metric_rmse (const double *actual, const double *forecast, int n)
{
  return sqrt (get_mean (MEAN_SQUARE, actual, forecast, n));
}

/**
 * kilter_metric_smape:
 *
 * Returns: the mean of 2 |A − F| ÷ (|A| + |F|) over pairs that are not both 0; NaN when there is
 *   none
 */
double
kilter_metric_smape (const double *actual, const double *forecast, int n)
{
  return get_mean (MEAN_SYMMETRIC, actual, forecast, n);
}

/**
 * kilter_metric_mpe:
 *
 * Returns: the mean of (A − F) ÷ A over pairs with A ≠ 0; NaN when there is none
 */
double
kilter_metric_mpe (const double *actual, const double *forecast, int n)
{
  return get_mean (MEAN_PERCENT, actual, forecast, n);
}

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

/**
 * kilter_metric_turns:
 * @cost_of_sales: of a year
 * @average_stock: its value
 *
 * Returns: how often the stock is sold in a year; NaN when it is not above 0
 */
double
kilter_metric_turns (double cost_of_sales, double average_stock)
{
  return average_stock > 0 ? cost_of_sales / average_stock : NAN;
}

/**
 * kilter_metric_cash_to_cash:
 *
 * Returns: inventory days + days of receivables − days of payables
 */
double
kilter_metric_cash_to_cash (double stock_days, double receivable_days, double payable_days)
{
  return stock_days + receivable_days - payable_days;
}

/* --- metrics of the plan --- */

typedef KilterBoard Board;

double
kilter_board_at (const Board *self, KilterVersion version, KilterMeasure measure, int bucket)
{
  if (bucket < 0 || bucket >= self->n)
    return NAN;
  return kilter_plan_aggregate_time (self->plan, version, measure, self->scope, bucket, 1);
}

/* Errors of the products in the scope, with their sign or without, and what was sold of them. */
void
kilter_board_sum_errors (const Board *self,
                         int bucket,
                         gboolean with_sign,
                         double *out_errors,
                         double *out_total)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (self->plan, self->scope, KILTER_GRAIN_PRODUCT);

  *out_errors = *out_total = 0;
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
      *out_errors += with_sign ? forecast - actual : fabs (forecast - actual);
      *out_total += actual;
    }
}

static double
get_accuracy (const Board *self, int bucket, gboolean bias)
{
  double errors, total;

  kilter_board_sum_errors (self, bucket, bias, &errors, &total);
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
  return count > 0 ? kilter_metric_turns (sold, stock / count) : NAN;
}

/* Hours of the lines in the scope, and those that there are; storage is no line. */
void
kilter_board_sum_hours (const Board *self, int bucket, double *out_load, double *out_capacity)
{
  g_autoptr (GArray)
    resources = kilter_scope_get_rows (self->plan, self->scope, KILTER_GRAIN_RESOURCE);

  *out_load = *out_capacity = 0;
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
      *out_load += hours;
      *out_capacity += limit;
    }
}

static double
get_capacity_use (const Board *self, int bucket)
{
  double load, capacity;

  kilter_board_sum_hours (self, bucket, &load, &capacity);
  return capacity > 0 && load > 0 ? load / capacity : NAN;
}

/* What was made too much or too little, by product, so that one that is made too much does not hide
 * another that is not made. Returns whether anything is known of what was made. */
gboolean
kilter_board_sum_misses (const Board *self, int bucket, double *out_missed, double *out_planned)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (self->plan, self->scope, KILTER_GRAIN_PRODUCT);
  KilterVersion approved = kilter_plan_find_approved (self->plan, bucket);
  gboolean is_known = FALSE;

  *out_missed = *out_planned = 0;
  for (guint i = 0; approved != 0 && i < products->len; i++)
    {
      int product = g_array_index (products, int, i);
      double planned = kilter_plan_get_value (self->plan, approved, KILTER_SUPPLY, product, bucket);
      double made = kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_PRODUCTION, product,
                                           bucket);

      is_known |= !isnan (made);
      if (isnan (planned) && isnan (made))
        continue;
      *out_missed += fabs ((isnan (made) ? 0 : made) - (isnan (planned) ? 0 : planned));
      *out_planned += isnan (planned) ? 0 : planned;
    }
  return is_known;
}

static double
get_adherence (const Board *self, int bucket)
{
  double missed, planned;

  return kilter_board_sum_misses (self, bucket, &missed, &planned) && planned > 0
           ? MAX (0, 1 - missed / planned)
           : NAN;
}

/* A count of order lines ÷ all that were due. */
static double
get_order_share (const Board *self, KilterMeasure measure, int bucket)
{
  double lines = kilter_board_at (self, KILTER_BASELINE, KILTER_ORDER_LINES, bucket);
  double right = kilter_board_at (self, KILTER_BASELINE, measure, bucket);

  return lines > 0 ? right / lines : NAN;
}

/* Inventory days + days of receivables − days of payables, over the twelve months before. */
static double
get_cash_to_cash (const Board *self, int bucket)
{
  int season = kilter_plan_get_season (self->plan), first = bucket - season + 1;
  double revenue, cost, turns = get_turns (self, bucket);

  if (first < 0 || isnan (turns) || turns <= 0)
    return NAN;
  revenue = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_REVENUE, self->scope,
                                        first, season);
  cost = kilter_plan_aggregate_time (self->plan, KILTER_BASELINE, KILTER_COST_OF_SALES, self->scope,
                                     first, season);
  if (!(revenue > 0) || !(cost > 0))
    return NAN;
  return kilter_metric_cash_to_cash (
    365 / turns,
    365 * kilter_board_at (self, KILTER_BASELINE, KILTER_RECEIVABLES, bucket) / revenue,
    365 * kilter_board_at (self, KILTER_BASELINE, KILTER_PAYABLES, bucket) / cost);
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
        KilterVersion approved = kilter_plan_find_approved (self->plan, bucket);

        if (approved == 0)
          return NAN;
        a = kilter_board_at (self, KILTER_BASELINE, KILTER_PRODUCTION, bucket);
        b = kilter_board_at (self, approved, KILTER_SUPPLY, bucket);
        return b > 0 ? a / b : NAN;
      }
    case KILTER_METRIC_TURNS:
      return get_turns (self, bucket);
    case KILTER_METRIC_CAPACITY_USE:
      return get_capacity_use (self, bucket);
    case KILTER_METRIC_TOTAL_SALES:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_REVENUE, bucket);
    case KILTER_METRIC_SALES_VS_FORECAST:
      a = kilter_board_at (self, KILTER_BASELINE, KILTER_ACTUAL, bucket);
      b = kilter_board_at (self, KILTER_BASELINE, KILTER_PREVIOUS, bucket);
      return b > 0 ? (a - b) / b : NAN;
    case KILTER_METRIC_GROSS_MARGIN:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_MARGIN_SHARE, bucket);
    case KILTER_METRIC_STOCK_VS_PLAN:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_STOCK_VALUE, bucket);
    case KILTER_METRIC_COVER:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_COVER, bucket);
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
    case KILTER_METRIC_ADHERENCE:
      return get_adherence (self, bucket);
    case KILTER_METRIC_ON_TIME:
      return get_order_share (self, KILTER_ORDER_ON_TIME, bucket);
    case KILTER_METRIC_ORDER_ACCURACY:
      return get_order_share (self, KILTER_ORDER_ACCURATE, bucket);
    case KILTER_METRIC_PERFECT_ORDER:
      return get_order_share (self, KILTER_ORDER_PERFECT, bucket);
    case KILTER_METRIC_ORDER_CYCLE:
      return get_order_share (self, KILTER_ORDER_DAYS, bucket);
    case KILTER_METRIC_WORKING_CAPITAL:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_WORKING_CAPITAL, bucket);
    case KILTER_METRIC_CASH_TO_CASH:
      return get_cash_to_cash (self, bucket);
    case KILTER_N_METRICS:
    default:
      g_return_val_if_reached (NAN);
    }
}

/* Targets that follow from the plan where nobody set one. */
double
kilter_board_find_target (const Board *self, KilterMetric metric, int bucket)
{
  double budget_revenue, budget_margin;
  KilterVersion approved;

  switch ((int) metric)
    {
    case KILTER_METRIC_TOTAL_SALES:
      return kilter_board_at (self, KILTER_BASELINE, KILTER_REVENUE,
                              bucket - kilter_plan_get_season (self->plan));
    case KILTER_METRIC_GROSS_MARGIN:
      budget_revenue = kilter_board_at (self, KILTER_BASELINE, KILTER_BUDGET_REVENUE, bucket);
      budget_margin = kilter_board_at (self, KILTER_BASELINE, KILTER_BUDGET_MARGIN, bucket);
      return budget_revenue > 0 ? budget_margin / budget_revenue : NAN;
    case KILTER_METRIC_STOCK_VS_PLAN:
      approved = kilter_plan_find_approved (self->plan, bucket);
      return approved != 0 ? kilter_board_at (self, approved, KILTER_STOCK_VALUE, bucket) : NAN;
    case KILTER_METRIC_WORKING_CAPITAL:
      approved = kilter_plan_find_approved (self->plan, bucket);
      return approved != 0 ? kilter_board_at (self, approved, KILTER_WORKING_CAPITAL, bucket) : NAN;
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

void
kilter_board_measure (const Board *self,
                      KilterMetric metric,
                      int bucket,
                      gboolean is_part,
                      KilterMetricValue *out)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *target = kilter_plan_find_record (self->plan, KILTER_TABLE_TARGET, info->key);

  for (int i = 0; i < 12; i++)
    out->trend[i] = NAN;
  out->value = out->trend[12] = compute (self, metric, bucket);
  out->target = kilter_board_find_target (self, metric, bucket);
  out->tolerance = kilter_record_number_or (target, KILTER_TARGET_TOLERANCE,
                                            info->default_tolerance);
  /* what the whole should sell is no target of a part */
  if (!is_part || info->unit != KILTER_UNIT_MONEY)
    out->target = kilter_record_number_or (target, KILTER_TARGET_VALUE, out->target);
  out->status = judge (info, out);
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
  Board board = { plan, scope, kilter_plan_get_n_buckets (plan), kilter_plan_get_n_history (plan) };

  kilter_board_measure (&board, metric, bucket, FALSE, out_value);
  for (int i = 0; i < 12; i++)
    out_value->trend[i] = compute (&board, metric, bucket - 12 + i);
}
