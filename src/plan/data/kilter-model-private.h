/* kilter-model-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* the plan's headers come first: a measure is called as the engine's error domain is */
#include "plan/data/kilter-model.h"

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

char *kilter_model_write_tries (const KilterForecast *forecast);
/* of the last season, where they are above zero */
double kilter_model_get_sales (KilterPlan *plan, KilterVersion version, int row);

G_END_DECLS
