/* kilter-forecast-parts.h: what a scope consists of, as rows that open
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

/**
 * KilterPartsFunc:
 * @depth: how far its rows are indented
 *
 * Adds the rows of one part that is open.
 */
typedef void (*KilterPartsFunc) (KilterPlanGrid *grid, const KilterScope *scope, int depth);

/* families of the plan, products of a family, markets of a product, each with @measure */
void kilter_forecast_parts_add (KilterPlanGrid *grid,
                                KilterPlan *plan,
                                const KilterScope *scope,
                                KilterMeasure measure,
                                KilterPlanRowFlags flags,
                                KilterPartsFunc add_block);

G_END_DECLS
