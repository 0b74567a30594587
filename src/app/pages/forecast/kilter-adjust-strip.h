/* kilter-adjust-strip.h: adjusting the final forecast on its chart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"
#include "app/widgets/kilter-chart-view.h"

G_BEGIN_DECLS

/**
 * KilterAdjustStrip:
 *
 * Says how to adjust, and has the reason that is written with each change. As long as it is
 * adjusting, it shows and the months of the final forecast have handles.
 */
#define KILTER_TYPE_ADJUST_STRIP (kilter_adjust_strip_get_type ())
G_DECLARE_FINAL_TYPE (KilterAdjustStrip, kilter_adjust_strip, KILTER, ADJUST_STRIP, AdwBin)

void
kilter_adjust_strip_attach (KilterAdjustStrip *self, KilterPlanGrid *grid, KilterChartView *chart);
void kilter_adjust_strip_refresh (KilterAdjustStrip *self, const KilterPlan *plan);
gboolean kilter_adjust_strip_get_adjusting (KilterAdjustStrip *self);
void kilter_adjust_strip_set_adjusting (KilterAdjustStrip *self, gboolean adjusting);

G_END_DECLS
