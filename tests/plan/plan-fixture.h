/* plan-fixture.h: a small company for tests: two families, three products, two regions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"
#include "plan/process/kilter-cycle.h"
#include "plan/kilter-scope.h"

enum
{
  CUP = 1,
  CONE = 2,
  JUICE = 3
}; /* products */
enum
{
  ICE = 1,
  DRINKS = 2
}; /* families */
enum
{
  NORTH = 1,
  SOUTH = 2
}; /* regions */

/* 24 months of history to 2026-03, 12 months of horizon from 2026-04. Actual sales of product p in
 * region r in bucket t: 100 p + 10 r + t. The statistical forecast: 200 p + 20 r + t. */
KilterPlan *plan_fixture_new (void);
int plan_fixture_add (KilterPlan *plan, KilterTableId table, ...) G_GNUC_NULL_TERMINATED;
char *plan_fixture_fingerprint (KilterPlan *plan);
