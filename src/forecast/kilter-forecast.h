/* kilter-forecast.h: series in, forecasts with intervals, backtests and reasons out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"

G_BEGIN_DECLS

#define KILTER_FORECAST_MAX_LEVELS 8
#define KILTER_FORECAST_MAX_MEMBERS 12
#define KILTER_FORECAST_MAX_SEASON 8784
#define KILTER_FORECAST_MAX_HORIZON 1200
#define KILTER_FORECAST_MAX_VALUES 200000
/* a season that is given multiplies by no less and no more */
#define KILTER_FORECAST_LEAST_SEASON 0.001
#define KILTER_FORECAST_MOST_SEASON 1000.0
#define KILTER_FORECAST_MAX_REGRESSORS 64
/* of the backtest of a plan */
#define KILTER_FORECAST_USUAL_ORIGINS 6
#define KILTER_FORECAST_USUAL_LAGS 6

#define KILTER_FORECAST_ERROR (kilter_forecast_error_quark ())

/**
 * KilterForecastError:
 * @KILTER_FORECAST_ERROR_OPTIONS: an option is out of range; the message says which
 * @KILTER_FORECAST_ERROR_INPUT: the input is not what the contract says; the message names the line
 */
typedef enum
{
  KILTER_FORECAST_ERROR_OPTIONS,
  KILTER_FORECAST_ERROR_INPUT,
} KilterForecastError;

/**
 * KilterForecastMethod:
 * @KILTER_METHOD_AUTO: chosen by the class of the series; for most a combination
 * @KILTER_METHOD_COMB: the combination of #KilterForecastOptions.members, whatever the class
 * @KILTER_METHOD_BEST: the one member with the smallest backtest error
 * @KILTER_METHOD_ZERO: nothing, for what is no longer sold
 * @KILTER_METHOD_MEAN: the mean of all values
 * @KILTER_METHOD_NAIVE: the last value
 * @KILTER_METHOD_SNAIVE: the value of the same period a season earlier
 * @KILTER_METHOD_NAIVE2: the last value, seasonally adjusted when a test finds seasonality
 * @KILTER_METHOD_SES: simple exponential smoothing
 * @KILTER_METHOD_HOLT: linear trend
 * @KILTER_METHOD_DAMPED: damped trend
 * @KILTER_METHOD_HW_ADD: trend and additive season
 * @KILTER_METHOD_HW_MULT: trend and multiplicative season
 * @KILTER_METHOD_ETS: exponential smoothing, averaged over the family by AICc
 * @KILTER_METHOD_THETA: dynamic optimised theta
 * @KILTER_METHOD_CES: complex exponential smoothing
 * @KILTER_METHOD_ARIMA: seasonal ARIMA, orders chosen automatically
 * @KILTER_METHOD_THIEF: temporal hierarchy over the other members
 * @KILTER_METHOD_CROSTON: Croston
 * @KILTER_METHOD_SBA: Croston with Syntetos' and Boylan's correction
 * @KILTER_METHOD_TSB: Teunter, Syntetos and Babai
 * @KILTER_METHOD_ADIDA: smoothing of the aggregate at the mean interval
 * @KILTER_METHOD_IMAPA: the same, averaged over aggregation levels
 * @KILTER_METHOD_SMEAN: the mean of the same period of the last four seasons, the latest counting
 *   most; without a whole season the last value
 */
typedef enum
{
  KILTER_METHOD_AUTO,
  KILTER_METHOD_COMB,
  KILTER_METHOD_BEST,
  KILTER_METHOD_ZERO,
  KILTER_METHOD_MEAN,
  KILTER_METHOD_NAIVE,
  KILTER_METHOD_SNAIVE,
  KILTER_METHOD_NAIVE2,
  KILTER_METHOD_SES,
  KILTER_METHOD_HOLT,
  KILTER_METHOD_DAMPED,
  KILTER_METHOD_HW_ADD,
  KILTER_METHOD_HW_MULT,
  KILTER_METHOD_ETS,
  KILTER_METHOD_THETA,
  KILTER_METHOD_CES,
  KILTER_METHOD_ARIMA,
  KILTER_METHOD_THIEF,
  KILTER_METHOD_CROSTON,
  KILTER_METHOD_SBA,
  KILTER_METHOD_TSB,
  KILTER_METHOD_ADIDA,
  KILTER_METHOD_IMAPA,
  KILTER_METHOD_SMEAN,
  KILTER_N_METHODS
} KilterForecastMethod;

/* the place of a method in a set of methods */
#define KILTER_METHOD_BIT(method) ((guint32) 1 << (method))

/**
 * KilterForecastMode:
 * @KILTER_FORECAST_FAST: ETS and theta
 * @KILTER_FORECAST_STANDARD: and complex smoothing, ARIMA and the mean of recent seasons
 * @KILTER_FORECAST_FULL: and the temporal hierarchy; the most accurate
 *
 * How much work the automatic method may do.
 */
typedef enum
{
  KILTER_FORECAST_FAST,
  KILTER_FORECAST_STANDARD,
  KILTER_FORECAST_FULL,
} KilterForecastMode;

/**
 * KilterSeriesClass:
 * @KILTER_CLASS_EMPTY: there is no value at all
 * @KILTER_CLASS_DEAD: nothing sold in the last two seasons, six periods and three usual intervals
 * @KILTER_CLASS_ZERO: every value is zero
 * @KILTER_CLASS_CONSTANT: every value is the same
 * @KILTER_CLASS_SHORT: fewer than four values
 * @KILTER_CLASS_SMOOTH: demand in nearly every period, of similar size
 * @KILTER_CLASS_ERRATIC: demand in nearly every period, of very different size
 * @KILTER_CLASS_INTERMITTENT: many periods without demand, demand of similar size
 * @KILTER_CLASS_LUMPY: many periods without demand, demand of very different size
 */
typedef enum
{
  KILTER_CLASS_EMPTY,
  KILTER_CLASS_DEAD,
  KILTER_CLASS_ZERO,
  KILTER_CLASS_CONSTANT,
  KILTER_CLASS_SHORT,
  KILTER_CLASS_SMOOTH,
  KILTER_CLASS_ERRATIC,
  KILTER_CLASS_INTERMITTENT,
  KILTER_CLASS_LUMPY,
} KilterSeriesClass;

/**
 * KilterForecastFlags:
 * @KILTER_FORECAST_SEASONAL: a test found seasonality
 * @KILTER_FORECAST_LOGGED: ARIMA and CES worked on logarithms
 * @KILTER_FORECAST_TREND_UP: the forecast rises over the horizon
 * @KILTER_FORECAST_TREND_DOWN: the forecast falls over the horizon
 * @KILTER_FORECAST_TRIMMED: values before the first sale were left out
 * @KILTER_FORECAST_GAPS: missing values were skipped
 * @KILTER_FORECAST_NEGATIVES: the history has negative values
 * @KILTER_FORECAST_SHORT_SEASON: too short to tell a season (fewer than two, or three for the test)
 * @KILTER_FORECAST_MEMBER_DROPPED: a member gave no usable forecast and was left out
 * @KILTER_FORECAST_FALLBACK: the method asked for could not be used; see @method
 * @KILTER_FORECAST_WORK_LIMIT: the work limit was reached; later members were left out
 * @KILTER_FORECAST_CLIPPED: the forecast or an interval was cut at zero
 * @KILTER_FORECAST_NOT_BETTER: in the backtest not better than naive or seasonal naive
 * @KILTER_FORECAST_EVENTS: regressors were used
 * @KILTER_FORECAST_WIDE: too few errors to measure; the interval comes from differences
 * @KILTER_FORECAST_BAD_VALUES: infinite values were treated as missing
 */
typedef enum
{
  KILTER_FORECAST_SEASONAL = 1 << 0,
  KILTER_FORECAST_LOGGED = 1 << 1,
  KILTER_FORECAST_TREND_UP = 1 << 2,
  KILTER_FORECAST_TREND_DOWN = 1 << 3,
  KILTER_FORECAST_TRIMMED = 1 << 4,
  KILTER_FORECAST_GAPS = 1 << 5,
  KILTER_FORECAST_NEGATIVES = 1 << 6,
  KILTER_FORECAST_SHORT_SEASON = 1 << 7,
  KILTER_FORECAST_MEMBER_DROPPED = 1 << 8,
  KILTER_FORECAST_FALLBACK = 1 << 9,
  KILTER_FORECAST_WORK_LIMIT = 1 << 10,
  KILTER_FORECAST_CLIPPED = 1 << 11,
  KILTER_FORECAST_NOT_BETTER = 1 << 12,
  KILTER_FORECAST_EVENTS = 1 << 13,
  KILTER_FORECAST_WIDE = 1 << 14,
  KILTER_FORECAST_BAD_VALUES = 1 << 15,
} KilterForecastFlags;

/**
 * KilterForecastReason:
 * @KILTER_REASON_NONE: not used
 * @KILTER_REASON_FORCED: the user chose the method
 * @KILTER_REASON_COMBINED: several methods together are more accurate than any one of them
 * @KILTER_REASON_BEST_BACKTEST: smallest error in the backtest; @value is its MASE
 * @KILTER_REASON_INTERMITTENT: many periods without demand; @value is their share, 0 … 1
 * @KILTER_REASON_ERRATIC: the size varies much; @value is the squared coefficient of variation
 * @KILTER_REASON_SHORT: too few values for more; @value is how many there are
 * @KILTER_REASON_CONSTANT: every value is the same; @value is it
 * @KILTER_REASON_DEAD: no demand at the end; @value is for how many periods
 * @KILTER_REASON_EMPTY: there is no value
 * @KILTER_REASON_SEASONAL: seasonal; @value is the strength, 0 … 1
 * @KILTER_REASON_NOT_SEASONAL: no season found; @value is the strength, 0 … 1
 * @KILTER_REASON_TREND: @value is the change of the forecast over one season as a ratio
 * @KILTER_REASON_BEATS_NAIVE: @value is the error against the better naive method, a ratio < 1
 * @KILTER_REASON_NOT_BETTER_THAN_NAIVE: the same ratio, >= 1
 *
 * Why a forecast is as it is, for the application to turn into a sentence.
 */
typedef enum
{
  KILTER_REASON_NONE,
  KILTER_REASON_FORCED,
  KILTER_REASON_COMBINED,
  KILTER_REASON_BEST_BACKTEST,
  KILTER_REASON_INTERMITTENT,
  KILTER_REASON_ERRATIC,
  KILTER_REASON_SHORT,
  KILTER_REASON_CONSTANT,
  KILTER_REASON_DEAD,
  KILTER_REASON_EMPTY,
  KILTER_REASON_SEASONAL,
  KILTER_REASON_NOT_SEASONAL,
  KILTER_REASON_TREND,
  KILTER_REASON_BEATS_NAIVE,
  KILTER_REASON_NOT_BETTER_THAN_NAIVE,
} KilterForecastReason;

/**
 * KilterForecastWhy:
 * @reason: which reason
 * @value: what its documentation says
 */
typedef struct
{
  KilterForecastReason reason;
  double value;
} KilterForecastWhy;

/**
 * KilterSeries:
 * @id: (nullable): the name of the series, for messages and the stream
 * @values: (array length=n): one value a period, oldest first; NaN is missing
 * @n: how many; 0 is allowed
 * @phase: the position of the first value in its season, 0 … season length - 1
 * @group: series of the same group (an item in several markets) share what their events teach
 * @n_regressors: how many event rows there are, the same for every series of a batch
 * @regressors: (nullable): @n_regressors rows of @n values: promotion, price, holiday … They should
 *   be of the order of 1: 0 or 1 for what happens or not, logarithms for prices
 * @future_regressors: (nullable): @n_regressors rows of horizon values: the plan
 * @season: (nullable) (array length=season_length): what the season multiplies demand by, from
 *   phase 0, each > 0: then none is looked for. Their mean should be 1
 *
 * One series. All memory stays the caller's and must stay unchanged while the batch runs.
 */
typedef struct
{
  const char *id;
  const double *values;
  gsize n;
  guint phase;
  guint group;
  guint n_regressors;
  const double *regressors;
  const double *future_regressors;
  const double *season;
} KilterSeries;

/**
 * KilterForecastOptions:
 * @season_length: periods a season: 12 for months, 4 for quarters, 52 for weeks, 1 for none
 * @horizon: periods to forecast, 1 … %KILTER_FORECAST_MAX_HORIZON
 * @levels: coverage of the intervals in percent, each > 0 and < 100, in any order
 * @n_levels: how many levels
 * @method: automatic, a combination, or one method for every series
 * @members: what a combination may use, bits by KILTER_METHOD_BIT(); 0 is the pool of @mode
 * @mode: how much work the automatic method may do
 * @non_negative: forecasts and intervals are cut at zero
 * @integer: means and bounds are rounded to whole units (bounds outwards)
 * @n_origins: errors of the backtest for each lag; 0 for no backtest. The last @n_origins periods
 *   are each forecast from 1 … @max_lag periods before, so that all lags meet the same periods
 * @max_lag: the longest lag that the backtest reports; 0 for the horizon
 * @refit: whether the backtest estimates everything again at each origin (honest and slow) or
 *   only moves the origin with the parameters of the whole history
 * @work_limit: observations that may be filtered for one series, 0 for as many as needed. It
 *   counts work, not seconds, so that results do not depend on the machine
 */
typedef struct
{
  guint season_length;
  guint horizon;
  double levels[KILTER_FORECAST_MAX_LEVELS];
  guint n_levels;
  KilterForecastMethod method;
  guint32 members;
  KilterForecastMode mode;
  gboolean non_negative;
  gboolean integer;
  guint n_origins;
  guint max_lag;
  gboolean refit;
  guint64 work_limit;
} KilterForecastOptions;

/**
 * KilterForecastMember:
 * @method: which method
 * @weight: its share in the forecast, 0 … 1; the shares sum to 1. In a trimmed mean the share of
 *   the periods in which it was used
 * @aicc: corrected Akaike criterion, NaN where the method has none
 * @alpha: smoothing of the level, NaN where the method has none; so for the other parameters
 * @beta: smoothing of the trend (of the demand probability for TSB)
 * @gamma: smoothing of the season
 * @phi: damping of the trend
 * @theta: curvature of the theta line
 * @form: what was chosen within the method: "A,Ad,M" for ETS, "(1,0,1)(0,1,1)" for ARIMA,
 *   "full" for CES; empty where there is no choice
 *
 * One method behind a forecast.
 */
typedef struct
{
  KilterForecastMethod method;
  double weight;
  double aicc;
  double alpha;
  double beta;
  double gamma;
  double phi;
  double theta;
  char form[24];
} KilterForecastMember;

/**
 * KilterForecastScore:
 * @n: errors counted
 * @wape: Σ|F − A| / Σ|A|, NaN when ΣA is 0
 * @bias: Σ(F − A) / Σ|A|; positive when the forecast was too high
 * @mase: mean |F − A| / mean |seasonal naive error in the history|, NaN when that is 0
 */
typedef struct
{
  guint n;
  double wape;
  double bias;
  double mase;
} KilterForecastScore;

/**
 * KilterBacktest:
 * @n_origins: periods forecast for each lag
 * @n_lags: longest lag
 * @n_methods: rows of @scores
 * @methods: (array length=n_methods): the first is %KILTER_METHOD_AUTO, which stands for the
 *   forecast itself, then naive, seasonal naive, then the members
 * @scores: @n_methods rows of 1 + @n_lags: all lags together, then lag 1, 2 …
 */
typedef struct
{
  guint n_origins;
  guint n_lags;
  guint n_methods;
  KilterForecastMethod methods[KILTER_FORECAST_MAX_MEMBERS + 3];
  KilterForecastScore *scores;
} KilterBacktest;

/**
 * KilterForecastEvent:
 * @coefficient: change of the logarithm of demand for one unit of the regressor
 * @uplift: the same as a ratio: 0.4 is 40 % more
 * @n: periods of the history in which the regressor was not zero
 */
typedef struct
{
  double coefficient;
  double uplift;
  guint n;
} KilterForecastEvent;

#define KILTER_FORECAST_MAX_WHY 8

/**
 * KilterForecast:
 * @horizon: periods ahead
 * @n_levels: rows of @lower and @upper, as in the options
 * @n: values in @fitted: as many as the series has
 * @n_used: values that the forecast is based on: without leading zeros and missing ones
 * @season_length: values in @profile
 * @n_regressors: values in @events
 * @mean: @horizon values
 * @lower: @n_levels rows of @horizon values; of intermittent demand the shortest interval of whole
 *   units that holds the level, which has nothing below it to leave out where zero is likely
 * @upper: the same
 * @total_mean: @horizon values: the sum of steps 1 … h
 * @total_lower: @n_levels rows of @horizon values: interval of that sum, for lead times, with as
 *   much above it as below
 * @total_upper: the same
 * @sd: @horizon values: standard deviation of the error at each step
 * @total_sd: @horizon values: of the error of the sum of steps 1 … h
 * @fitted: @n one-step forecasts inside the history; NaN where there is none
 * @profile: @season_length seasonal indices, mean 1 (or mean 0, when additive), from phase 0
 * @profile_additive: whether the profile is added rather than multiplied
 * @series_class: what kind of series it is
 * @method: what was used: a combination or one method
 * @key: the same as text, for instance "comb"
 * @flags: see #KilterForecastFlags
 * @seasonal_strength: 0 none … 1 nothing but season
 * @dispersion: variance to mean of intermittent demand, in units (> 1), NaN for other series
 * @unit: what demand comes in: 1 for whole numbers, else the smallest demand
 * @zero_share: share of periods without demand
 * @cv2: squared coefficient of variation of the demand that is not zero
 * @members: the methods combined
 * @n_members: how many
 * @why: reasons, the most important first
 * @n_why: how many
 * @backtest: errors of the past
 * @events: (array length=n_regressors): effect of each regressor
 *
 * One forecast. No number in @mean, @lower, @upper, the totals or @sd is ever NaN or infinite.
 */
typedef struct
{
  guint horizon;
  guint n_levels;
  gsize n;
  gsize n_used;
  guint season_length;
  guint n_regressors;

  double *mean;
  double *lower;
  double *upper;
  double *total_mean;
  double *total_lower;
  double *total_upper;
  double *sd;
  double *total_sd;
  double *fitted;
  double *profile;
  gboolean profile_additive;

  KilterSeriesClass series_class;
  KilterForecastMethod method;
  char key[24];
  guint32 flags;
  double seasonal_strength;
  double dispersion;
  double unit;
  double zero_share;
  double cv2;

  KilterForecastMember members[KILTER_FORECAST_MAX_MEMBERS];
  guint n_members;
  KilterForecastWhy why[KILTER_FORECAST_MAX_WHY];
  guint n_why;
  KilterBacktest backtest;
  KilterForecastEvent *events;
} KilterForecast;

GQuark kilter_forecast_error_quark (void);

void kilter_forecast_options_init (KilterForecastOptions *options, guint season_length);
void kilter_forecast_options_set_backtest (KilterForecastOptions *options);
gboolean kilter_forecast_options_check (const KilterForecastOptions *options, GError **error);

const char *kilter_forecast_method_key (KilterForecastMethod method);
gboolean kilter_forecast_method_parse (const char *key,
                                       KilterForecastMethod *out_method,
                                       guint32 *out_members,
                                       GError **error);

gboolean kilter_forecast_batch (const KilterSeries *series,
                                gsize n_series,
                                const KilterForecastOptions *options,
                                KilterForecast *out,
                                KilterJob *job,
                                GError **error);
double kilter_forecast_quantile (const KilterForecast *forecast, guint step, double probability);
void kilter_forecast_clear (KilterForecast *forecast);

G_END_DECLS
