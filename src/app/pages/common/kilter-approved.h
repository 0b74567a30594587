/* kilter-approved.h: the approved plan that was in force, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* (transfer full): "Plan approved on 23 April by Ana Duarte" */
char *kilter_plan_describe_approved (const KilterPlan *plan, KilterVersion approved);

G_END_DECLS
