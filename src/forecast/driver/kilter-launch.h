/* kilter-launch.h: products that are new, replaced or on their way out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterLike:
 * @values: (array length=n): what a like product sold, oldest first; NaN is missing
 * @launch: the index of the period in which it was launched; -1 when its launch is not in @values:
 *   it then tells the level, and nothing of the curve
 * @phase: the position of the first value in its season
 * @season: (nullable): its multiplicative seasonal indices, mean 1, by position in the season
 * @weight: its part in the curve and the level, above 0
 *
 * A product that a new one is expected to resemble.
 */
typedef struct
{
  const double *values;
  gsize n;
  gssize launch;
  guint phase;
  const double *season;
  double weight;
} KilterLike;

/**
 * KilterLaunchShape:
 * @KILTER_LAUNCH_LIKE: the mean of the like products' curves
 * @KILTER_LAUNCH_BASS: Bass' curve of first purchases, fitted to that mean
 */
typedef enum
{
  KILTER_LAUNCH_LIKE,
  KILTER_LAUNCH_BASS,
} KilterLaunchShape;

/**
 * KilterLaunchOptions:
 * @shape: which curve
 * @season_length: periods a season
 * @phase: position in its season of the first period of the new product
 * @delay: periods from the first step of the forecast to the launch; 0 when it has been launched
 * @horizon: steps to forecast
 * @share: how much of the like products' level is expected, 1 for the same
 * @cv: how sure the planner is of that: standard deviation ÷ mean of the level, 0 for what the
 *   like products say (their levels' spread when there are three or more, else 0.5)
 * @level: expected quantity a period where there is no like product, or 0
 * @levels: coverage of the intervals in percent
 */
typedef struct
{
  KilterLaunchShape shape;
  guint season_length;
  guint phase;
  guint delay;
  guint horizon;
  double share;
  double cv;
  double level;
  double levels[KILTER_FORECAST_MAX_LEVELS];
  guint n_levels;
} KilterLaunchOptions;

/**
 * KilterLaunch:
 * @horizon: steps
 * @n_levels: rows of @lower and @upper
 * @n_observed: periods that the new product has sold
 * @n_curve: values in @curve: the observed periods and the steps since the launch
 * @n_likes: like products whose launch is known
 * @mean: @horizon values
 * @lower: @n_levels rows of @horizon values
 * @upper: the same
 * @sd: @horizon values: standard deviation of the error
 * @curve: demand by age against the usual level, without the season
 * @prior_level: quantity a period that was expected
 * @prior_cv: how sure that was
 * @level: what it is after the observed periods
 * @cv: how sure that is
 * @dispersion: variance ÷ mean of one period around the curve
 * @p: of Bass' curve, share of innovators a period; NaN for other shapes
 * @q: imitation a period
 * @market: all that will ever be bought; NaN for other shapes
 */
typedef struct
{
  guint horizon;
  guint n_levels;
  guint n_observed;
  guint n_curve;
  guint n_likes;
  double *mean;
  double *lower;
  double *upper;
  double *sd;
  double *curve;
  double prior_level;
  double prior_cv;
  double level;
  double cv;
  double dispersion;
  double p;
  double q;
  double market;
} KilterLaunch;

gboolean kilter_launch_forecast (const KilterLike *likes,
                                 guint n_likes,
                                 const double *observed,
                                 guint n_observed,
                                 const KilterLaunchOptions *options,
                                 KilterLaunch *out,
                                 GError **error);
void kilter_launch_clear (KilterLaunch *self);
void kilter_launch_update (const double *expected,
                           const double *observed,
                           gsize n,
                           double prior,
                           double prior_cv,
                           double dispersion,
                           double *out_scale,
                           double *out_cv);

/* a like product's season */
gboolean kilter_season_profile (const KilterSeries *series, guint season_length, double *out);

/* Bass' curve of first purchases: share of the market that buys in period t = 1, 2 … */
double kilter_bass_share (double p, double q, double period);
gboolean
kilter_bass_fit (const double *values, gsize n, double *out_p, double *out_q, double *out_market);

/* replacement and end */
void kilter_chain_history (const double *old_values,
                           const double *new_values,
                           gsize n,
                           double factor,
                           double *out);

/**
 * KilterPhaseOut:
 * @KILTER_PHASE_OUT_SUDDEN: sold in full up to the end
 * @KILTER_PHASE_OUT_LINEAR: the same quantity less each period
 * @KILTER_PHASE_OUT_DECAY: the same share less each period, a tenth left in the last one
 */
typedef enum
{
  KILTER_PHASE_OUT_SUDDEN,
  KILTER_PHASE_OUT_LINEAR,
  KILTER_PHASE_OUT_DECAY,
} KilterPhaseOut;

void kilter_phase_out_factors (KilterPhaseOut shape,
                               int end,
                               guint periods,
                               int first,
                               guint n,
                               double *out);

G_END_DECLS
