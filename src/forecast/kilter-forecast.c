/* kilter-forecast.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-forecast.h"

G_DEFINE_QUARK (kilter-forecast-error-quark, kilter_forecast_error)
