/* kilter-model.h: what the forecast run tried, series by series, and over a part of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* lags that the backtest of a run measures: one bucket ahead … six buckets ahead */
#define KILTER_MODEL_LAGS 6

/**
 * KilterModelTry:
 * @method: key of the method; "auto" is the forecast itself, whatever it was made of
 * @weight: its share in the forecast, 0 … 1; 0 for what was only tried
 * @form: what was chosen within the method: "A,Ad,M"; "" where there is no choice
 * @wape: (array fixed-size=6): error of the backtest by lag, NaN where it was not measured
 * @alpha: smoothing of the level, NaN where the method has none; so for the other parameters
 * @beta: smoothing of the trend
 * @gamma: smoothing of the season
 * @phi: damping of the trend
 *
 * One method that a forecast run tried on a series. The record of the series' model keeps them as a
 * text (%KILTER_MODEL_MEMBERS): "method:weight:form:wapes:parameters", with spaces in between.
 */
typedef struct
{
  char method[16];
  double weight;
  char form[24];
  double wape[KILTER_MODEL_LAGS];
  double alpha;
  double beta;
  double gamma;
  double phi;
} KilterModelTry;

GArray *kilter_model_read_tries (const char *text);

/**
 * KilterModelRank:
 * @method: key of the method, "auto" for the forecast as it is made
 * @n_series: series of the scope that it was measured on
 * @coverage: share of the sales of those series, 0 … 1
 * @share: its mean share in the forecasts, weighted by sales
 * @wape: error one bucket ahead, weighted by sales
 * @naive_wape: error of the forecast to beat, on the same series
 *
 * A method over a part of the plan.
 */
typedef struct
{
  char method[16];
  int n_series;
  double coverage;
  double share;
  double wape;
  double naive_wape;
} KilterModelRank;

GArray *kilter_plan_rank_models (KilterPlan *plan, KilterVersion version, const KilterScope *scope);

/**
 * KilterBacktestLags:
 * @model: error by lag, NaN where it was not measured
 * @naive: the same of the forecast to beat
 */
typedef struct
{
  double model[KILTER_MODEL_LAGS];
  double naive[KILTER_MODEL_LAGS];
} KilterBacktestLags;

void kilter_plan_backtest_lags (KilterPlan *plan,
                                KilterVersion version,
                                const KilterScope *scope,
                                KilterBacktestLags *out_lags);

gboolean kilter_plan_model_season (KilterPlan *plan,
                                   KilterVersion version,
                                   const KilterScope *scope,
                                   double *out_profile);
gboolean kilter_plan_model_trend (KilterPlan *plan,
                                  KilterVersion version,
                                  const KilterScope *scope,
                                  double *out_values);

/**
 * KilterModelClass: how steady the demand of a product is, by the coefficient of variation of its
 *   cleaned sales without their season
 * @KILTER_MODEL_CLASS_X: up to 0.25: steady
 * @KILTER_MODEL_CLASS_Y: up to 0.5: it varies
 * @KILTER_MODEL_CLASS_Z: hard to forecast
 */
typedef enum
{
  KILTER_MODEL_CLASS_NONE,
  KILTER_MODEL_CLASS_X,
  KILTER_MODEL_CLASS_Y,
  KILTER_MODEL_CLASS_Z,
} KilterModelClass;

KilterModelClass
kilter_plan_get_steadiness (KilterPlan *plan, KilterVersion version, const KilterScope *scope);

int kilter_plan_find_season (const KilterPlan *plan);
double *kilter_plan_get_own_season (const KilterPlan *plan, int series);
int kilter_plan_set_own_season (KilterPlan *plan,
                                KilterCommand *command,
                                const KilterScope *scope,
                                const double *profile);
int kilter_plan_count_own_seasons (KilterPlan *plan, const KilterScope *scope);

int kilter_plan_fix_model (KilterPlan *plan,
                           KilterCommand *command,
                           const KilterScope *scope,
                           gboolean fixed);
int kilter_plan_count_fixed (KilterPlan *plan, const KilterScope *scope, int *out_n_models);

G_END_DECLS
