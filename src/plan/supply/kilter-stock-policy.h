/* kilter-stock-policy.h: how much stock a product should have, and why
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/**
 * KilterStockClass:
 * @abc: 'A' the products that make 80 % of the value, 'B' the next 15 %, 'C' the rest
 * @xyz: 'X' forecast error up to 0.5 of the demand, 'Y' up to 1, 'Z' above
 * @value: demand of the horizon × cost
 * @variation: error of one period's forecast ÷ mean demand; NaN when not known
 */
typedef struct
{
  char abc;
  char xyz;
  double value;
  double variation;
} KilterStockClass;

const KilterStockClass *
kilter_plan_get_stock_class (KilterPlan *plan, KilterVersion version, int product);
double kilter_plan_get_class_service (const KilterPlan *plan, char abc, char xyz);
int kilter_plan_get_lead (KilterPlan *plan, int product);
double kilter_plan_get_service (KilterPlan *plan, KilterVersion version, int product);
void
kilter_plan_forecast_deviation (KilterPlan *plan, KilterVersion version, int product, double *out);

G_END_DECLS
