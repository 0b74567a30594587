/* kilter-supply.h: the whole supply planning engine
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/explain/kilter-supply-explain.h"
#include "supply/kilter-supply-plan.h"
#include "supply/problem/kilter-supply-problem.h"
#include "supply/kilter-supply-stock.h"
