/* kilter-actual-table.h: families and products × plan, actual and difference, as a grid's model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/grid/kilter-grid.h"
#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/**
 * KilterActualTable:
 *
 * A month of the approved plan against what happened: demand, supply, stock and gross margin, each
 * with plan, actual, difference and difference in per cent. Read only.
 *
 * Signals: `expanded ()`: a family was opened or closed; the page fills the table again
 */
#define KILTER_TYPE_ACTUAL_TABLE (kilter_actual_table_get_type ())
G_DECLARE_FINAL_TYPE (KilterActualTable, kilter_actual_table, KILTER, ACTUAL_TABLE, GObject)

KilterActualTable *kilter_actual_table_new (void);
/* @subject: its version is not looked at; @approved: the plan that was in force; @today:
 * (nullable): in a month that is not over, whose demand so far then stands first, against the
 * phased plan */
void kilter_actual_table_fill (KilterActualTable *self,
                               const KilterSubject *subject,
                               KilterVersion approved,
                               int bucket,
                               const GDate *today);
gboolean kilter_actual_table_is_demand (KilterActualTable *self, int col);
/* of demand, supply and stock */
const char *kilter_actual_table_get_unit_name (KilterActualTable *self);
/* product of a row, or 0 */
int kilter_actual_table_get_product (KilterActualTable *self, int row);

G_END_DECLS
