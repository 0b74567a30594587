/* kilter-insight.h: what the numbers say: exceptions, gaps, finance, metrics, comparisons
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* --- forecast exceptions (ux: step 1) --- */

typedef enum
{
  KILTER_EXCEPTION_NEW,
  KILTER_EXCEPTION_OUTLIER,
  KILTER_EXCEPTION_BIAS,
  KILTER_EXCEPTION_LOST_TO_NAIVE,
  KILTER_EXCEPTION_LARGE_OVERRIDE,
  KILTER_EXCEPTION_LARGE_CHANGE,
  KILTER_EXCEPTION_OUTSIDE_INTERVAL,
} KilterExceptionKind;

typedef struct
{
  KilterExceptionKind kind;
  int product;
  int bucket;      /* where it shows most, or -1 */
  int n_buckets;   /* how many buckets it concerns */
  double size;     /* a ratio: bias, override, change; NaN where it has no meaning */
  double money;    /* at risk, over the next 12 buckets */
  gboolean urgent; /* triangle rather than dot */
  gboolean reviewed;
} KilterException;

const char *kilter_exception_get_key (KilterExceptionKind kind);

/* (element-type KilterException), by falling money; reviewed ones last */
GArray *kilter_plan_find_exceptions (KilterPlan *plan, KilterVersion version);
gboolean kilter_plan_find_exception (KilterPlan *plan,
                                     KilterVersion version,
                                     int product,
                                     KilterExceptionKind kind,
                                     KilterException *out_exception);

/**
 * KilterModelSummary:
 * @method: (transfer none): the method that most sales were forecast with; "" without a forecast
 * @series: the series with the most sales that has it, for its parameters
 * @n_series: series with a model
 * @n_measured: of them, series whose error is known
 * @n_better: of those, series whose model beats naive (seasonal naive where there is a season)
 * @wape: one bucket ahead, weighted by sales; NaN when unknown
 * @bias: the same
 * @naive_wape: the same, of naive, or of seasonal naive where there is a season
 */
typedef struct
{
  const char *method;
  int series;
  int n_series;
  int n_measured;
  int n_better;
  double wape;
  double bias;
  double naive_wape;
} KilterModelSummary;

void kilter_plan_model_summary (KilterPlan *plan,
                                KilterVersion version,
                                const KilterScope *scope,
                                KilterModelSummary *out);

/* --- money --- */

/**
 * KilterBridge: price, volume and mix sum to the difference of the two totals
 */
typedef struct
{
  double from;
  double volume;
  double mix;
  double price;
  double cost; /* of a margin bridge: unit costs */
  double new_products;
  double unmet; /* lost by unmet demand */
  double to;
} KilterBridge;

/* gross margin, budget → latest view, over buckets first … first + n − 1 */
gboolean kilter_plan_margin_bridge (KilterPlan *plan,
                                    KilterVersion version,
                                    const KilterScope *scope,
                                    int first,
                                    int n,
                                    KilterBridge *out_bridge);
/* revenue, the same */
gboolean kilter_plan_revenue_bridge (KilterPlan *plan,
                                     KilterVersion version,
                                     const KilterScope *scope,
                                     int first,
                                     int n,
                                     KilterBridge *out_bridge);
/* worked example T32: arrays over products of quantity and price; parts sum exactly */
void kilter_price_volume_mix (const double *base_quantity,
                              const double *base_price,
                              const double *quantity,
                              const double *price,
                              gsize n,
                              double *out_price,
                              double *out_volume,
                              double *out_mix);

/**
 * KilterKeyFigures: one version over a span of buckets; NaN where undefined
 */
typedef struct
{
  double demand;
  double supply;
  double unmet;
  double service; /* 1 − unmet ÷ demand */
  double revenue;
  double margin; /* after extra supply cost */
  double margin_share;
  double average_stock; /* value */
  double closing_stock; /* value */
  double extra_cost;
  double peak_load; /* ratio */
  int peak_resource;
  int peak_bucket;
  double budget_revenue;
  double budget_margin;
} KilterKeyFigures;

void kilter_plan_key_figures (KilterPlan *plan,
                              KilterVersion version,
                              const KilterScope *scope,
                              int first,
                              int n,
                              KilterKeyFigures *out_figures);

/* --- gaps demand/supply (pre-S&OP) --- */

typedef enum
{
  KILTER_GAP_NOISE,      /* up to 5 % */
  KILTER_GAP_MANAGEABLE, /* up to 15 % */
  KILTER_GAP_ESCALATE,
} KilterGapClass;

KilterGapClass kilter_gap_classify (double demand, double gap);

/* --- metrics --- */

typedef enum
{
  KILTER_METRIC_ACCURACY,
  KILTER_METRIC_BIAS,
  KILTER_METRIC_TRACKING_SIGNAL,
  KILTER_METRIC_ATTAINMENT,
  KILTER_METRIC_TURNS,
  KILTER_METRIC_CAPACITY_USE,
  KILTER_METRIC_TOTAL_SALES,
  KILTER_METRIC_SALES_VS_FORECAST,
  KILTER_METRIC_GROSS_MARGIN,
  KILTER_METRIC_STOCK_VS_PLAN,
  KILTER_METRIC_COVER,
  KILTER_METRIC_SERVICE,
  KILTER_METRIC_ADHERENCE,
  KILTER_METRIC_ON_TIME,
  KILTER_METRIC_ORDER_ACCURACY,
  KILTER_METRIC_PERFECT_ORDER,
  KILTER_METRIC_ORDER_CYCLE,
  KILTER_METRIC_WORKING_CAPITAL,
  KILTER_METRIC_CASH_TO_CASH,
  KILTER_N_METRICS,
} KilterMetric;

/**
 * KilterMetricKind: how a target is meant
 */
typedef enum
{
  KILTER_TARGET_AT_LEAST,
  KILTER_TARGET_AT_MOST,
  KILTER_TARGET_WITHIN, /* within ± tolerance of the target */
} KilterMetricKind;

typedef enum
{
  KILTER_STATUS_NONE, /* undefined, or no target */
  KILTER_STATUS_ON,
  KILTER_STATUS_CLOSE,
  KILTER_STATUS_OFF,
} KilterStatus;

typedef struct
{
  KilterMetric metric;
  const char *key;
  const char *name;    /* translate */
  const char *formula; /* translate */
  KilterUnit unit;
  KilterMetricKind kind;
  double default_target;
  double default_tolerance;
  const char *needs;   /* (nullable): why it may be undefined; translate */
  gboolean is_default; /* on the board of a plan that chose nothing */
} KilterMetricInfo;

/* more do not fit a board that people read */
#define KILTER_MAX_METRICS 15

const KilterMetricInfo *kilter_metric_get_info (KilterMetric metric);
/* whether it stands on the board */
gboolean kilter_metric_is_shown (const KilterPlan *plan, KilterMetric metric);

typedef struct
{
  double value;  /* of the bucket, NaN when undefined */
  double target; /* NaN without one */
  double tolerance;
  KilterStatus status;
  double trend[13]; /* the twelve buckets before and the bucket itself */
} KilterMetricValue;

void kilter_plan_metric (KilterPlan *plan,
                         KilterMetric metric,
                         const KilterScope *scope,
                         int bucket,
                         KilterMetricValue *out_value);

/**
 * KilterMetricPart:
 * @scope: one family, product or line
 * @value: its metric; the trend is not computed
 * @effect: what it adds to the metric of the whole, in the metric's unit; NaN where that is no sum
 * @revenue: of the bucket; 0 of a line
 */
typedef struct
{
  KilterScope scope;
  KilterMetricValue value;
  double effect;
  double revenue;
} KilterMetricPart;

GArray *kilter_plan_metric_parts (KilterPlan *plan,
                                  KilterMetric metric,
                                  const KilterScope *scope,
                                  int bucket,
                                  gboolean by_family,
                                  double *out_base);

/* error measures by the formulas of the metrics table; arrays of n, pairs with a NaN are skipped */
double kilter_metric_mae (const double *actual, const double *forecast, int n);
double kilter_metric_rmse (const double *actual, const double *forecast, int n);
double kilter_metric_smape (const double *actual, const double *forecast, int n);
double kilter_metric_mpe (const double *actual, const double *forecast, int n);
double kilter_metric_wape (const double *actual, const double *forecast, int n);
double kilter_metric_mape (const double *actual, const double *forecast, int n, int *out_skipped);
double kilter_metric_bias (const double *actual, const double *forecast, int n);
double kilter_metric_mase (const double *train,
                           int n_train,
                           int lag,
                           const double *actual,
                           const double *forecast,
                           int n);
void kilter_metric_tracking_signal (const double *actual,
                                    const double *forecast,
                                    int n,
                                    double mad,
                                    double *out_signal);

double kilter_metric_turns (double cost_of_sales, double average_stock);
double kilter_metric_cash_to_cash (double stock_days, double receivable_days, double payable_days);

/* whether anything was sold in a bucket */
gboolean kilter_plan_has_actuals (KilterPlan *plan, int bucket);
/* the approved plan that was in force when a bucket began: the newest whose cycle is not after it;
 * or 0 */
KilterVersion kilter_plan_find_approved (const KilterPlan *plan, int bucket);

/* --- the month that runs --- */

/**
 * KilterMonthToDate:
 * @n_workdays: working days of the period
 * @n_passed: those of them that are over
 * @plan: the plan of the days that are over
 * @actual: sales so far
 * @difference: @actual − @plan
 * @ratio: @difference ÷ @plan
 */
typedef struct
{
  int n_workdays;
  int n_passed;
  double plan;
  double actual;
  double difference;
  double ratio;
} KilterMonthToDate;

/* the bucket of a day, as long as that is not its last, when it is over; else -1 */
int kilter_plan_find_running (const KilterPlan *plan, const GDate *day);
void kilter_plan_month_to_date (KilterPlan *plan,
                                KilterVersion version,
                                const KilterScope *scope,
                                KilterMeasuredIn in,
                                int bucket,
                                const GDate *day,
                                KilterMonthToDate *out);

/* --- health of the data --- */

typedef enum
{
  KILTER_HEALTH_MISSING_MONTHS,
  KILTER_HEALTH_NEGATIVE,
  KILTER_HEALTH_NO_PRICE,
  KILTER_HEALTH_NO_COST,
  KILTER_HEALTH_NO_FAMILY,
  KILTER_HEALTH_NO_RATE,
  KILTER_HEALTH_NO_STOCK,
  KILTER_HEALTH_LATE,
  KILTER_HEALTH_JUMP,
  KILTER_HEALTH_ORPHAN,         /* products that are sold nowhere */
  KILTER_HEALTH_NEGATIVE_STOCK, /* products whose stock was below 0 */
  KILTER_HEALTH_DUPLICATE,      /* products whose codes differ by case, spaces or signs alone */
  KILTER_N_HEALTH,
} KilterHealth;

int kilter_plan_count_health (KilterPlan *plan, KilterHealth check, int *out_example);

/* what a consistent plan must satisfy; (element-type utf8) messages for a maintainer, none when all
 * hold */
GPtrArray *kilter_plan_check_identities (KilterPlan *plan);

G_END_DECLS
