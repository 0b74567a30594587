/* kilter-plan-months.h: a planning grid on a narrow screen: months as rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_PLAN_MONTHS (kilter_plan_months_get_type ())
G_DECLARE_FINAL_TYPE (KilterPlanMonths, kilter_plan_months, KILTER, PLAN_MONTHS, AdwBin)

/**
 * KilterPlanMonths:
 *
 * What two rows of a planning grid say of each month, and the difference: a table that fits a
 * telephone. Which rows is chosen above it. Numbers may be typed as in the grid; the selection is
 * the grid's own.
 */
GtkWidget *kilter_plan_months_new (KilterPlanGrid *grid, KilterGrid *view);
/* the rows of the grid are there again */
void kilter_plan_months_refresh (KilterPlanMonths *self);
/* which rows are shown, -1 for none: for tests */
void kilter_plan_months_get_rows (KilterPlanMonths *self, int *out_first, int *out_second);
KilterGrid *kilter_plan_months_get_view (KilterPlanMonths *self);

G_END_DECLS
