/* kilter-approved.h: which approved plan was in force, and whether a month is over
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* whether sales of the bucket are in */
gboolean kilter_plan_has_actuals (KilterPlan *plan, int bucket);
/* the approved plan that was in force in a bucket: the newest whose cycle is not after it; or 0 */
KilterVersion kilter_plan_find_approved (const KilterPlan *plan, int bucket);
/* (transfer full): "Plan approved on 23 April by Ana Duarte" */
char *kilter_plan_describe_approved (const KilterPlan *plan, KilterVersion approved);

G_END_DECLS
