/* kilter-lp-repair.h: the optimum after a small change of limits, in a few steps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/optimum/kilter-lp.h"

G_BEGIN_DECLS

typedef struct _KilterLpRepair KilterLpRepair;

KilterLpRepair *kilter_lp_repair_new (KilterLp *lp, const KilterLpModel *model);
void kilter_lp_repair_free (KilterLpRepair *self);
gboolean kilter_lp_repair_run (KilterLpRepair *self, const KilterLpModel *to, guint *out_pivots);
void kilter_lp_repair_get_basis (const KilterLpRepair *self, guint8 *cols, guint8 *rows);
void kilter_lp_repair_get_solution (const KilterLpRepair *self,
                                    double *cols,
                                    double *col_duals,
                                    double *row_duals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterLpRepair, kilter_lp_repair_free)

G_END_DECLS
