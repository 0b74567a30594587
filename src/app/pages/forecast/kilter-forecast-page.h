/* kilter-forecast-page.h: step 1: one forecast per product, checked by exception
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FORECAST_PAGE (kilter_forecast_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterForecastPage, kilter_forecast_page, KILTER, FORECAST_PAGE, KilterPage)

G_END_DECLS
