/* supply-support.h: what the tests and benchmarks of the supply engine share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/kilter-supply.h"

/* a generator of our own, so that cases are the same on every machine */
typedef struct
{
  guint64 state;
} SupplyRandom;

double supply_random (SupplyRandom *self);
double supply_random_between (SupplyRandom *self, double low, double high);

/* a network like a mid-size manufacturer: machines, a labour pool, suppliers, alternative routes,
 * components, subcontractors, a store; size 0 items means a small mixed bag of strategies too */
KilterSupplyProblem *
supply_random_problem (guint n_items, guint n_buckets, guint n_resources, guint64 seed);

guint supply_add_make (KilterSupplyProblem *p,
                       guint item,
                       double cost,
                       guint lead,
                       guint resource,
                       double hours);
guint supply_add_buy (KilterSupplyProblem *p,
                      guint item,
                      KilterSupplyRouteKind kind,
                      double cost,
                      guint lead);
void supply_set_row (double *array, guint n_buckets, guint row, const double *values);
void supply_fill_row (double *array, guint n_buckets, guint row, double value);
void supply_assert_balances (const KilterSupplyProblem *p, const KilterSupplyPlan *plan);
void supply_assert_near (double a, double b, double relative);
