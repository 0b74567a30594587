/* kilter-formula-private.h: what the files of formulas share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/formula/kilter-formula.h"
#include "plan/data/kilter-plan-private.h"

#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  KilterPlan *plan;
  KilterVersion version;
  int row;
  int n;     /* buckets */
  int cycle; /* index of the first bucket of the horizon */
} Context;

static inline const double *
get (const Context *self, KilterMeasure measure)
{
  return kilter_plan_get_row (self->plan, self->version, measure, self->row);
}

static inline double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* kilter-formula-supply.c: FALSE when @measure is not one of supply, stock and resources */
gboolean kilter_formula_supply_row (const Context *context, KilterMeasure measure, double *out);
/* kilter-stock-policy.c */
void kilter_stock_policy_safety (KilterPlan *plan, KilterVersion version, int product, double *out);

G_END_DECLS
