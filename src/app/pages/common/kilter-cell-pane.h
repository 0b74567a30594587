/* kilter-cell-pane.h: the selected cell: value, formula, who changed it and why, comments
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_CELL_PANE (kilter_cell_pane_get_type ())
G_DECLARE_FINAL_TYPE (KilterCellPane, kilter_cell_pane, KILTER, CELL_PANE, AdwBin)

/* follows the selection of the session; @grid is where a reason is written */
void kilter_cell_pane_attach (KilterCellPane *self, KilterPage *page, KilterPlanGrid *grid);
void kilter_cell_pane_refresh (KilterCellPane *self);
/* what a page adds below */
void kilter_cell_pane_set_extra (KilterCellPane *self, GtkWidget *extra);

G_END_DECLS
