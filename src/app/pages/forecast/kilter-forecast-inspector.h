/* kilter-forecast-inspector.h: exceptions, model, notes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FORECAST_INSPECTOR (kilter_forecast_inspector_get_type ())
G_DECLARE_FINAL_TYPE (KilterForecastInspector,
                      kilter_forecast_inspector,
                      KILTER,
                      FORECAST_INSPECTOR,
                      AdwBin)

void kilter_forecast_inspector_attach (KilterForecastInspector *self,
                                       KilterPage *page,
                                       KilterPlanGrid *grid);
void kilter_forecast_inspector_refresh (KilterForecastInspector *self);
/* moves to the next (+1) or previous (−1) exception and shows its product */
void kilter_forecast_inspector_step (KilterForecastInspector *self, int direction);
void kilter_forecast_inspector_mark_reviewed (KilterForecastInspector *self);

G_END_DECLS
