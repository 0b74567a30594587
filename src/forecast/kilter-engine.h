/* kilter-engine.h: what the methods share; private to this folder and its tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

#include <math.h>

G_BEGIN_DECLS

/* a finite number that is worse than any real objective */
#define KILTER_HUGE 1e100

/* seasons longer than this are taken out beforehand; states for each period would be noise */
#define KILTER_LONG_SEASON 24

/**
 * KilterWork:
 *
 * The memory of one worker, given out from blocks and taken back all at once, and the count of
 * work done for the current series. Nothing in here outlives a series, so that no result depends
 * on what a worker did before.
 */
typedef struct
{
  GPtrArray *blocks;
  gsize block;
  gsize used;
  gsize capacity;
  guint64 work;
  guint64 limit;
} KilterWork;

typedef struct
{
  gsize block;
  gsize used;
} KilterMark;

void kilter_work_init (KilterWork *self);
void kilter_work_clear (KilterWork *self);
void kilter_work_reset (KilterWork *self, guint64 limit);
gpointer kilter_work_alloc (KilterWork *self, gsize bytes);
double *kilter_work_doubles (KilterWork *self, gsize n);
KilterMark kilter_work_mark (KilterWork *self);
void kilter_work_release (KilterWork *self, KilterMark mark);
gboolean kilter_work_spend (KilterWork *self, guint64 observations);

/**
 * KilterData:
 * @y: @n values, scaled to mean absolute value 1; NaN is missing, first and last are present
 * @filled: the same with gaps interpolated; for start states and filters that need a value
 * @n: how many
 * @n_present: how many are not missing
 * @m: season length; 1 when there is no season to look for
 * @phase: position of y[0] in the season
 * @h: horizon
 * @k: origins at the end of the history for which fits store forecasts with fixed parameters
 * @seasonal: whether the test found a season
 * @positive: whether every value is > 0
 * @index: @m multiplicative (or additive) indices by position in the array, index[t % m]
 * @index_additive: which of the two
 * @strength: seasonal strength, 0 … 1
 * @logged: whether models without multiplicative forms better use logarithms
 *
 * One series as the methods see it.
 */
typedef struct
{
  const double *y;
  const double *filled;
  gsize n;
  gsize n_present;
  guint m;
  guint phase;
  guint h;
  guint k;
  gboolean seasonal;
  gboolean positive;
  const double *index;
  gboolean index_additive;
  double strength;
  gboolean logged;
} KilterData;

/**
 * KilterFit:
 * @member: method, parameters, criterion
 * @mean: h forecasts
 * @fitted: n one-step forecasts; NaN where there is none
 * @paths: k rows of h: forecasts from origin n - k + i; NULL when the method has none
 * @vote: how much it counts in a combination, beside what its errors say; 1 unless there is a
 *   reason
 */
typedef struct
{
  KilterForecastMember member;
  double vote;
  double *mean;
  double *fitted;
  double *paths;
} KilterFit;

typedef gboolean (*KilterFitter) (KilterWork *work, const KilterData *data, KilterFit *fit);
typedef double (*KilterObjective) (const double *x, gpointer user_data);

/**
 * KilterSquares:
 * @errors: fills in @n_errors errors for a point and returns the sum of their squares, or
 *   %KILTER_HUGE where there is none
 * @n_errors: how many
 * @size: how many observations they stand for
 * @floor: what a mean square is not told from zero
 * @low: lower bounds
 * @high: upper bounds
 * @errors_of: (nullable): the same for up to @n_at_once points side by side, where that is quicker:
 *   rows of coordinates in, rows of errors and the sums out
 * @n_at_once: how many points it takes
 */
typedef struct
{
  double (*errors) (const double *x, double *out_errors, gpointer user_data);
  gpointer user_data;
  gsize n_errors;
  double size;
  double floor;
  const double *low;
  const double *high;
  void (*errors_of) (const double *const *x,
                     guint n_points,
                     double *const *out_errors,
                     double *out_sums,
                     gpointer user_data);
  guint n_at_once;
} KilterSquares;

/* kilter-optimize.c */
double kilter_minimize_squares (KilterWork *work,
                                const KilterSquares *problem,
                                double *x,
                                guint n,
                                guint max_steps,
                                double tolerance,
                                double give_up);
double kilter_minimize_line (KilterObjective objective,
                             gpointer user_data,
                             double low,
                             double high,
                             guint n_grid,
                             double *out_x);
gboolean kilter_solve_spd (double *a, double *b, gsize n);

/* kilter-simple.c */
void kilter_fit_init (KilterFit *self,
                      KilterWork *work,
                      const KilterData *data,
                      KilterForecastMethod method);
gboolean kilter_fit_is_finite (const KilterFit *self, const KilterData *data);
gboolean kilter_fit_simple (KilterWork *work,
                            const KilterData *data,
                            KilterForecastMethod method,
                            KilterFit *fit);

/* kilter-season.c */
void kilter_fill_gaps (const double *y, gsize n, guint m, double *out_filled);
void kilter_moving_average (const double *y, gsize n, guint m, double *out);
gboolean kilter_season_m4_test (const double *y, gsize n, guint m);
gboolean
kilter_season_test (KilterWork *work, const double *y, gsize n, guint m, gboolean positive);
void kilter_season_indices (KilterWork *work,
                            const double *y,
                            gsize n,
                            guint m,
                            gboolean additive,
                            double *out_index);
void kilter_season_shrink (KilterWork *work,
                           const double *y,
                           gsize n,
                           guint m,
                           gboolean additive,
                           double *index);
void kilter_season_smooth (double *index, guint m, gboolean additive);
double
kilter_season_strength (KilterWork *work, const double *y, gsize n, guint m, gboolean additive);

/* kilter-classify.c */
typedef struct
{
  KilterSeriesClass series_class;
  double zero_share;
  double mean_interval;
  double cv2;
  double dispersion;
  gsize n_trailing_zeros;
} KilterClassification;
void kilter_classify (const double *y, gsize n, guint m, KilterClassification *out);

/* the methods: each fills in a fit made by kilter_fit_init(), or returns FALSE */
gboolean kilter_ets_fit (KilterWork *work,
                         const KilterData *data,
                         KilterForecastMethod method,
                         KilterFit *fit);
gboolean kilter_theta_fit (KilterWork *work, const KilterData *data, KilterFit *fit);
gboolean kilter_ces_fit (KilterWork *work, const KilterData *data, KilterFit *fit);
gboolean kilter_arima_fit (KilterWork *work, const KilterData *data, KilterFit *fit);
gboolean kilter_arima_prefers_log (KilterWork *work, const KilterData *data);
gboolean kilter_intermittent_fit (KilterWork *work,
                                  const KilterData *data,
                                  KilterForecastMethod method,
                                  KilterFit *fit);
gboolean kilter_fit_method (KilterWork *work,
                            const KilterData *data,
                            KilterForecastMethod method,
                            KilterFit *fit);
gboolean kilter_thief_fit (KilterWork *work,
                           const KilterData *data,
                           const KilterFit *level_one,
                           guint n_level_one,
                           KilterFit *fit);

/* kilter-adjust.c */
void kilter_take_season_out (KilterWork *work,
                             const KilterData *data,
                             const double *index,
                             gboolean additive,
                             KilterData *out);
void kilter_put_season_back (const KilterData *data,
                             const double *index,
                             gboolean additive,
                             KilterFit *fit);
gboolean kilter_fit_both_ways (KilterWork *work,
                               const KilterData *data,
                               KilterFitter fitter,
                               KilterFit *fit);

/* kilter-combine.c */
double kilter_path_error (const KilterData *data, const double *paths);
void kilter_combine (const KilterData *data, KilterFit *fits, guint n_fits, KilterFit *out);

/* kilter-intervals.c */
typedef struct
{
  double a;
  double b;
  double total_a;
  double total_b;
  double optimism;
  gboolean guessed;
} KilterSpread;
void kilter_spread_measure (KilterWork *work,
                            const KilterData *data,
                            const double *paths,
                            gboolean fitted,
                            KilterSpread *out);
double kilter_interval_factor (guint season_length, gboolean total, double level);
double kilter_normal_quantile (double probability);
double kilter_negbin_quantile (double mean, double dispersion, double probability);
void kilter_negbin_interval (double mean,
                             double dispersion,
                             double level,
                             double *out_low,
                             double *out_high);

/**
 * KilterPrepared:
 * @plain: the scaled series with its season, for naive methods and intervals
 * @model: the same for the models: a long season is taken out
 * @scale: what the values were divided by
 * @offset: values left out at the beginning
 * @gap: missing values at the end, which the models forecast as well
 * @unit: what demand comes in: 1 for whole numbers, else the smallest demand
 * @factor: (nullable): what events and a given season multiply demand by, for the values in use and
 *   then the horizon
 * @outer: (nullable): the long season that was taken out, by t % plain.m
 *
 * One series, ready for the methods.
 */
typedef struct
{
  KilterData plain;
  KilterData model;
  double scale;
  gsize offset;
  guint gap;
  double unit;
  KilterClassification classification;
  guint32 flags;
  const double *factor;
  const double *outer;
  gboolean outer_additive;
} KilterPrepared;

/* kilter-prepare.c */
void kilter_prepare (KilterWork *work,
                     const KilterSeries *series,
                     gsize n,
                     const KilterForecastOptions *options,
                     KilterPrepared *out);
void kilter_prepare_factors (KilterWork *work,
                             KilterPrepared *self,
                             const KilterSeries *series,
                             const double *factor);

/**
 * KilterSelection:
 * @fits: the members, scaled
 * @result: their combination
 * @method: what was used in the end
 * @intermittent: whether intervals are those of intermittent demand
 * @fitted: whether a member has parameters that were fitted to the history
 */
typedef struct
{
  KilterFit fits[KILTER_FORECAST_MAX_MEMBERS];
  guint n_fits;
  KilterFit result;
  KilterForecastMethod method;
  guint32 flags;
  gboolean intermittent;
  gboolean fitted;
} KilterSelection;

/* kilter-select.c */
void kilter_select (KilterWork *work,
                    const KilterPrepared *prepared,
                    const KilterForecastOptions *options,
                    KilterSelection *out);

/* kilter-backtest.c */
void kilter_backtest (KilterWork *work,
                      const KilterSeries *series,
                      const KilterForecastOptions *options,
                      const KilterPrepared *prepared,
                      const KilterSelection *selection,
                      KilterBacktest *out);

/* kilter-result.c */
void kilter_result_fill (KilterWork *work,
                         const KilterSeries *series,
                         const KilterForecastOptions *options,
                         const KilterPrepared *prepared,
                         const KilterSelection *selection,
                         KilterForecast *out);

G_END_DECLS
