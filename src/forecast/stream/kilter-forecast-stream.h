/* kilter-forecast-stream.h: forecasts as a filter, for any number of series in bounded memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KilterForecastStreamFlags:
 * @KILTER_FORECAST_STREAM_SD: a further column "sd": the standard deviation of the error
 * @KILTER_FORECAST_STREAM_MODEL: a further column "model": in the first row of each series, what
 * the forecast knows about itself, see kilter_forecast_details_parse(); with a backtest
 */
typedef enum
{
  KILTER_FORECAST_STREAM_NONE = 0,
  KILTER_FORECAST_STREAM_SD = 1 << 0,
  KILTER_FORECAST_STREAM_MODEL = 1 << 1,
} KilterForecastStreamFlags;

gboolean kilter_forecast_stream (GInputStream *input,
                                 GOutputStream *output,
                                 const KilterForecastOptions *options,
                                 KilterForecastStreamFlags flags,
                                 gsize chunk_series,
                                 KilterJob *job,
                                 GError **error);

G_END_DECLS
