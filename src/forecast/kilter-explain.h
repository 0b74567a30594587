/* kilter-explain.h: why a forecast is as it is, in codes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterExplanationKind:
 * @KILTER_EXPLAIN_REASON: @code is a #KilterForecastReason, @value what that says
 * @KILTER_EXPLAIN_MEMBER: @code is a #KilterForecastMethod, @value its share in the forecast
 * @KILTER_EXPLAIN_FLAG: @code is one bit of #KilterForecastFlags
 * @KILTER_EXPLAIN_PEAK: @code is the position in the season with the highest index, @value the
 * index
 * @KILTER_EXPLAIN_TROUGH: the same of the lowest index
 * @KILTER_EXPLAIN_EVENT: @code is the number of a regressor, @value its uplift: 0.4 is 40 % more
 */
typedef enum
{
  KILTER_EXPLAIN_REASON,
  KILTER_EXPLAIN_MEMBER,
  KILTER_EXPLAIN_FLAG,
  KILTER_EXPLAIN_PEAK,
  KILTER_EXPLAIN_TROUGH,
  KILTER_EXPLAIN_EVENT,
} KilterExplanationKind;

typedef struct
{
  KilterExplanationKind kind;
  guint code;
  double value;
} KilterExplanation;

GArray *kilter_forecast_explain (const KilterForecast *forecast);
char *kilter_forecast_explain_text (const KilterForecast *forecast);
char *kilter_forecast_method_format (KilterForecastMethod method, guint32 members);
const char *kilter_forecast_reason_key (KilterForecastReason reason);
const char *kilter_forecast_mode_key (KilterForecastMode mode);
gboolean kilter_forecast_mode_parse (const char *text, KilterForecastMode *out_mode);
const char *kilter_forecast_class_key (KilterSeriesClass series_class);
const char *kilter_forecast_flag_key (KilterForecastFlags flag);

G_END_DECLS
