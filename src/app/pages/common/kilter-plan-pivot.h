/* kilter-plan-pivot.h: which rows a planning grid has: by what they are grouped, sorted and
 * filtered SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

/**
 * KilterPivotBlockFunc:
 * @scope: what the rows are for
 * @depth: how far they are indented
 *
 * Adds all rows of an opened group or product to the grid.
 */
typedef void (*KilterPivotBlockFunc) (const KilterScope *scope, int depth, gpointer data);

#define KILTER_TYPE_PLAN_PIVOT (kilter_plan_pivot_get_type ())
G_DECLARE_FINAL_TYPE (KilterPlanPivot, kilter_plan_pivot, KILTER, PLAN_PIVOT, GObject)

/**
 * KilterPlanPivot:
 *
 * Groups the rows of a grid in two levels, such as families with their products, and puts the menu
 * for it into the grid's corner. How rows are grouped, sorted and filtered is the session's
 * (kilter_session_get_pivot()), so that it stays when the view changes and is kept in saved views.
 *
 * Sorting and filtering compare numbers of the moment when they were asked for: rows do not run
 * away from somebody who types.
 */
KilterPlanPivot *
kilter_plan_pivot_new (KilterPage *page, KilterPlanGrid *grid, KilterMeasure measure);
void kilter_plan_pivot_restrict (KilterPlanPivot *self,
                                 const char *const *keys,
                                 KilterPlanRowFlags flags);
/* the grid's widget with the chips above it; @grid_view is what kilter_plan_grid_create_view() gave
 * (transfer floating) */
GtkWidget *
kilter_plan_pivot_create_view (KilterPlanPivot *self, GtkWidget *grid_view, KilterGrid *grid);
/* adds the grouped rows for a part of the plan */
void kilter_plan_pivot_fill (KilterPlanPivot *self,
                             const KilterScope *scope,
                             KilterPivotBlockFunc block,
                             gpointer data);
/* what is gone from sight (transfer none): for tests */
int kilter_plan_pivot_get_n_hidden (KilterPlanPivot *self);

G_END_DECLS
