/* kilter-forecast-events.h: past events as regressors of a forecast run (private to plan)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* first: the engine has an error quark of the name of a measure */
#include "plan/data/kilter-command.h"

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterForecastEvents:
 *
 * What the engine is told of past promotions, price changes and the like. Events of one name are
 * one regressor: a promotion that comes back is measured by all its years.
 */
typedef struct _KilterForecastEvents KilterForecastEvents;

KilterForecastEvents *
kilter_forecast_events_new (KilterPlan *plan, KilterVersion version, int n_history, int n_horizon);
void kilter_forecast_events_free (KilterForecastEvents *self);

/* gives a series its regressors; the memory stays the events' */
void kilter_forecast_events_describe (KilterForecastEvents *self,
                                      KilterPlan *plan,
                                      int series,
                                      KilterSeries *out);
const char *kilter_forecast_events_get_name (const KilterForecastEvents *self, guint i);
/* what the run has found for a series; call it for each */
void
kilter_forecast_events_learn (KilterForecastEvents *self, int series, const KilterForecast *result);
/* notes the measured uplifts with the events, those whose series were all in the run */
void kilter_forecast_events_finish (KilterForecastEvents *self,
                                    KilterPlan *plan,
                                    KilterCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterForecastEvents, kilter_forecast_events_free)

G_END_DECLS
