/* pack-sample.h: the sample company as a plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-plan.h"

KilterPlan *pack_sample_new (const char *language, GError **error);
