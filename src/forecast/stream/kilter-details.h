/* kilter-details.h: what a forecast knows about itself, as one field of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

char *kilter_forecast_details_format (const KilterForecast *forecast);
gboolean kilter_forecast_details_parse (const char *text, KilterForecast *forecast, GError **error);

G_END_DECLS
