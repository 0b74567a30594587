/* kilter-risk.h: what risks and opportunities may do to revenue and margin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* a risk or an opportunity that may still come, not an assumption */
gboolean kilter_risk_is_open (const KilterRecord *risk);
/* the full effect on revenue or margin over all of its buckets; NaN when it is not known */
double kilter_risk_get_effect (KilterPlan *plan, const KilterRecord *risk, KilterMeasure measure);
/* each array of @n; per bucket, the effects spread evenly over their buckets */
void kilter_risk_range (KilterPlan *plan,
                        const KilterScope *scope,
                        KilterMeasure measure, /* KILTER_REVENUE, KILTER_MARGIN */
                        int first,
                        int n,
                        double *out_low,
                        double *out_high,
                        double *out_weighted_low,
                        double *out_weighted_high);

G_END_DECLS
