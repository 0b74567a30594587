/* kilter-demand-inspector.h: who helps, the selected cell, what changed, what waits for approval
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_DEMAND_INSPECTOR (kilter_demand_inspector_get_type ())
G_DECLARE_FINAL_TYPE (KilterDemandInspector,
                      kilter_demand_inspector,
                      KILTER,
                      DEMAND_INSPECTOR,
                      AdwBin)

/**
 * KilterDemandInspector:
 *
 * Two pages: Details with forecast value added and the selected cell; Changes with what waits for
 * approval and the products that moved most. Actions: `demand.decide ((iib))`: a product, a bucket,
 * whether the change is approved; `demand.show-product (i)`.
 */
KilterDemandInspector *kilter_demand_inspector_new (KilterPage *page, KilterPlanGrid *grid);
void kilter_demand_inspector_refresh (KilterDemandInspector *self, const KilterSubject *subject);
/* "details" or "changes" */
void kilter_demand_inspector_show (KilterDemandInspector *self, const char *page);

G_END_DECLS
