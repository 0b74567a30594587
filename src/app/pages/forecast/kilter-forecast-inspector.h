/* kilter-forecast-inspector.h: exceptions, the model, and notes of the selected cell
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/forecast/kilter-exception-pane.h"

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
void kilter_forecast_inspector_refresh (KilterForecastInspector *self, KilterChange change);
KilterExceptionPane *kilter_forecast_inspector_get_exceptions (KilterForecastInspector *self);
/* "exceptions", "model", "notes" */
void kilter_forecast_inspector_show (KilterForecastInspector *self, const char *name);

G_END_DECLS
