/* kilter-formula.h: derived measures (private to plan)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

gboolean kilter_formula_ratio (KilterMeasure measure, double first, double second, double *out);
void
kilter_formula_inputs (KilterMeasure measure, KilterMeasure *out_first, KilterMeasure *out_second);
void kilter_formula_cover (const KilterPlan *plan,
                           const double *stock,
                           const double *demand,
                           double *out);
void kilter_formula_backlog_days (const KilterPlan *plan,
                                  const double *backlog,
                                  const double *supply,
                                  double *out);

G_END_DECLS
