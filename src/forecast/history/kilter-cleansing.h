/* kilter-cleansing.h: what in a history is probably not demand; proposed, never applied here
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterAnomalyKind:
 * @KILTER_ANOMALY_OUTLIER: a single value far from what its trend and season make expected
 * @KILTER_ANOMALY_LEVEL_SHIFT: from one period on everything is higher or lower; the proposal lifts
 *   or lowers what was before
 * @KILTER_ANOMALY_STOCK_OUT: too little was sold because there was nothing to sell
 * @KILTER_ANOMALY_MISSING: a period without a value between others
 */
typedef enum
{
  KILTER_ANOMALY_OUTLIER,
  KILTER_ANOMALY_LEVEL_SHIFT,
  KILTER_ANOMALY_STOCK_OUT,
  KILTER_ANOMALY_MISSING,
  KILTER_N_ANOMALIES,
} KilterAnomalyKind;

/**
 * KilterAnomalyReason:
 * @KILTER_ANOMALY_FAR: beyond three interquartile ranges and three standard deviations; the score
 * is the distance in standard deviations
 * @KILTER_ANOMALY_STEP: the medians before and after differ; the score is the step in standard
 * errors
 * @KILTER_ANOMALY_NO_STOCK: the stock was at zero
 * @KILTER_ANOMALY_ZERO_RECOVERED: nothing was sold for a short while, then as before
 * @KILTER_ANOMALY_DIP_RECOVERED: far below, then above what was expected: demand that had waited
 * @KILTER_ANOMALY_NO_VALUE: nothing is known
 */
typedef enum
{
  KILTER_ANOMALY_FAR,
  KILTER_ANOMALY_STEP,
  KILTER_ANOMALY_NO_STOCK,
  KILTER_ANOMALY_ZERO_RECOVERED,
  KILTER_ANOMALY_DIP_RECOVERED,
  KILTER_ANOMALY_NO_VALUE,
  KILTER_N_ANOMALY_REASONS,
} KilterAnomalyReason;

/**
 * KilterAnomaly:
 * @first: index of the first value that the proposal replaces
 * @n: how many
 * @at: where it shows: of a level shift the first period of the new level, else @first
 * @values: (array length=n): what is proposed instead; NaN where nothing is
 * @score: how far away, see the reason; NaN where that means nothing
 * @change: what is proposed ÷ what stands there − 1, of the sums; NaN without a value
 */
typedef struct
{
  KilterAnomalyKind kind;
  KilterAnomalyReason reason;
  gsize first;
  gsize n;
  gsize at;
  double *values;
  double score;
  double change;
} KilterAnomaly;

/**
 * KilterCleansingOptions:
 * @season_length: periods a season, 1 for none
 * @phase: position of the first value in its season
 * @stock: (nullable): closing stock of each period; NaN where unknown
 * @promoted: (nullable): not 0 in periods with a promotion or another event: nothing is proposed
 * there
 * @fitted: (nullable): one-step forecasts; where there is one, an outlier must be far from it too
 */
typedef struct
{
  guint season_length;
  guint phase;
  const double *stock;
  const guint8 *promoted;
  const double *fitted;
} KilterCleansingOptions;

GPtrArray *
kilter_cleansing_propose (const double *values, gsize n, const KilterCleansingOptions *options);
void kilter_anomaly_free (KilterAnomaly *self);

const char *kilter_anomaly_kind_key (KilterAnomalyKind kind);
const char *kilter_anomaly_reason_key (KilterAnomalyReason reason);

G_END_DECLS
