/* kilter-finance.c: bridges, key figures, gaps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-insight.h"

#include "plan/data/kilter-plan-private.h"

#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/**
 * kilter_price_volume_mix:
 * @base_quantity: (array length=n): quantities compared with
 * @base_price: (array length=n): their prices
 *
 * Takes the difference of two revenues apart: price = Σ(pa − pb)·qa, volume = (QA − QB)·ΣRb/QB,
 * mix = the rest, which is Σ(qa − QA·qb/QB)·pb. The three sum to the difference exactly. Without
 * a base quantity everything is volume.
 */
void
kilter_price_volume_mix (const double *base_quantity,
                         const double *base_price,
                         const double *quantity,
                         const double *price,
                         gsize n,
                         double *out_price,
                         double *out_volume,
                         double *out_mix)
{
  double total = 0, base_total = 0, revenue = 0, base_revenue = 0;

  *out_price = 0;
  for (gsize i = 0; i < n; i++)
    {
      total += quantity[i];
      base_total += base_quantity[i];
      revenue += quantity[i] * price[i];
      base_revenue += base_quantity[i] * base_price[i];
      *out_price += (price[i] - base_price[i]) * quantity[i];
    }
  if (base_total == 0)
    {
      *out_volume = revenue - base_revenue - *out_price;
      *out_mix = 0;
      return;
    }
  *out_volume = (total - base_total) * base_revenue / base_total;
  *out_mix = revenue - base_revenue - *out_price - *out_volume;
}

/* A product over the span: quantities and money of budget and latest view. */
typedef struct
{
  double budget;
  double budget_revenue;
  double budget_margin;
  double demand;
  double demand_revenue;
  double demand_cost;
  double margin; /* of the sales plan: what can be met */
} Line;

static double
sum (KilterPlan *plan,
     KilterVersion version,
     KilterMeasure measure,
     const KilterScope *scope,
     int first,
     int n)
{
  return or_zero (kilter_plan_aggregate_time (plan, version, measure, scope, first, n));
}

static double
sum_cost (KilterPlan *plan,
          KilterVersion version,
          const KilterScope *scope,
          int product,
          int first,
          int n)
{
  const double *cost = kilter_plan_get_row (plan, version, KILTER_COST, product);
  g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (plan));
  double total = 0;

  kilter_plan_aggregate (plan, version, KILTER_DEMAND, scope, demand);
  for (int t = first; t < first + n; t++)
    total += or_zero (demand[t]) * or_zero (cost[t]);
  return total;
}

/**
 * kilter_plan_margin_bridge:
 * @first: the first bucket's index
 * @n: how many buckets
 *
 * Takes the difference of budgeted and latest gross margin apart, product by product: volume and
 * mix at budgeted unit margins, price, unit cost, products that have no budget, and what unmet
 * demand loses. The parts sum to the difference exactly.
 *
 * Returns: %FALSE when there is no budget
 */
gboolean
kilter_plan_margin_bridge (KilterPlan *plan,
                           KilterVersion version,
                           const KilterScope *scope,
                           int first,
                           int n,
                           KilterBridge *out)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  double quantity = 0, budget = 0, budget_margin = 0, at_budget_margins = 0;

  *out = (KilterBridge) { 0 };
  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = *scope;
      Line line;

      one.product = g_array_index (products, int, i);
      line.budget = sum (plan, version, KILTER_BUDGET, &one, first, n);
      line.budget_revenue = sum (plan, version, KILTER_BUDGET_REVENUE, &one, first, n);
      line.budget_margin = sum (plan, version, KILTER_BUDGET_MARGIN, &one, first, n);
      line.demand = sum (plan, version, KILTER_DEMAND, &one, first, n);
      line.demand_revenue = sum (plan, version, KILTER_CONSENSUS_REVENUE, &one, first, n);
      line.demand_cost = sum_cost (plan, version, &one, one.product, first, n);
      line.margin = sum (plan, version, KILTER_MARGIN, &one, first, n);

      out->from += line.budget_margin;
      out->to += line.margin;
      out->unmet += line.margin - (line.demand_revenue - line.demand_cost);
      if (line.budget <= 0)
        {
          out->new_products += line.demand_revenue - line.demand_cost - line.budget_margin;
          continue;
        }
      {
        double price = line.budget_revenue / line.budget;
        double margin = line.budget_margin / line.budget;
        double cost = price - margin;

        out->price += line.demand_revenue - line.demand * price;
        out->cost -= line.demand_cost - line.demand * cost;
        quantity += line.demand;
        budget += line.budget;
        budget_margin += line.budget_margin;
        at_budget_margins += line.demand * margin;
      }
    }
  if (budget <= 0)
    return FALSE;
  out->volume = (quantity - budget) * budget_margin / budget;
  out->mix = at_budget_margins - budget_margin - out->volume;
  return TRUE;
}

/**
 * kilter_plan_revenue_bridge:
 * @first: the first bucket's index
 * @n: how many buckets
 *
 * Takes the difference of budgeted and latest revenue apart, product by product: price, volume and
 * mix as kilter_price_volume_mix() does, products that have no budget, and what unmet demand loses.
 * The parts sum to the difference exactly.
 *
 * Returns: %FALSE when there is no budget
 */
gboolean
kilter_plan_revenue_bridge (KilterPlan *plan,
                            KilterVersion version,
                            const KilterScope *scope,
                            int first,
                            int n,
                            KilterBridge *out)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  g_autofree double *base_quantity = g_new (double, MAX (products->len, 1));
  g_autofree double *base_price = g_new (double, MAX (products->len, 1));
  g_autofree double *quantity = g_new (double, MAX (products->len, 1));
  g_autofree double *price = g_new (double, MAX (products->len, 1));
  gsize count = 0;

  *out = (KilterBridge) { 0 };
  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = *scope;
      double budget, budget_revenue, demand, wanted, revenue;

      one.product = g_array_index (products, int, i);
      budget = sum (plan, version, KILTER_BUDGET, &one, first, n);
      budget_revenue = sum (plan, version, KILTER_BUDGET_REVENUE, &one, first, n);
      demand = sum (plan, version, KILTER_DEMAND, &one, first, n);
      wanted = sum (plan, version, KILTER_CONSENSUS_REVENUE, &one, first, n);
      revenue = sum (plan, version, KILTER_REVENUE, &one, first, n);
      out->from += budget_revenue;
      out->to += revenue;
      out->unmet += revenue - wanted;
      if (budget <= 0)
        {
          out->new_products += wanted - budget_revenue;
          continue;
        }
      base_quantity[count] = budget;
      base_price[count] = budget_revenue / budget;
      quantity[count] = MAX (demand, 0);
      price[count] = demand > 0 ? wanted / demand : base_price[count];
      count++;
    }
  if (count == 0 || out->from <= 0)
    return FALSE;
  kilter_price_volume_mix (base_quantity, base_price, quantity, price, count, &out->price,
                           &out->volume, &out->mix);
  return isfinite (out->price) && isfinite (out->volume) && isfinite (out->mix);
}

static void
find_peak (KilterPlan *plan,
           KilterVersion version,
           const KilterScope *scope,
           int first,
           int n,
           KilterKeyFigures *out)
{
  g_autoptr (GArray) resources = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_RESOURCE);

  out->peak_load = NAN;
  for (guint i = 0; i < resources->len; i++)
    {
      int resource = g_array_index (resources, int, i);
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);
      const double *share;

      if (g_str_equal (kilter_record_text (record, KILTER_RESOURCE_KIND), "storage"))
        continue;
      share = kilter_plan_get_row (plan, version, KILTER_LOAD_SHARE, resource);
      for (int t = first; t < first + n; t++)
        if (!isnan (share[t]) && (isnan (out->peak_load) || share[t] > out->peak_load))
          {
            out->peak_load = share[t];
            out->peak_resource = resource;
            out->peak_bucket = t;
          }
    }
}

/**
 * kilter_plan_key_figures:
 * @first: the first bucket's index
 * @n: how many buckets
 *
 * The figures by which versions are compared. Extra supply cost is taken off the margin where the
 * scope is not a part of the markets.
 */
void
kilter_plan_key_figures (KilterPlan *plan,
                         KilterVersion version,
                         const KilterScope *scope,
                         int first,
                         int n,
                         KilterKeyFigures *out)
{
  g_autofree double *value = g_new (double, kilter_plan_get_n_buckets (plan));
  double total = 0;
  int count = 0;

  *out = (KilterKeyFigures) { 0 };
  out->demand = kilter_plan_aggregate_time (plan, version, KILTER_DEMAND, scope, first, n);
  out->supply = kilter_plan_aggregate_time (plan, version, KILTER_SUPPLY, scope, first, n);
  out->unmet = kilter_plan_aggregate_time (plan, version, KILTER_UNMET, scope, first, n);
  out->service = out->demand > 0 ? 1 - out->unmet / out->demand : NAN;
  out->revenue = kilter_plan_aggregate_time (plan, version, KILTER_REVENUE, scope, first, n);
  out->margin = kilter_plan_aggregate_time (plan, version, KILTER_MARGIN, scope, first, n);
  out->extra_cost = kilter_plan_aggregate_time (plan, version, KILTER_EXTRA_COST, scope, first, n);
  if (scope->region == 0 && scope->channel == 0)
    out->margin -= or_zero (out->extra_cost);
  out->margin_share = out->revenue != 0 ? out->margin / out->revenue : NAN;
  kilter_plan_aggregate (plan, version, KILTER_STOCK_VALUE, scope, value);
  for (int t = first; t < first + n; t++)
    if (!isnan (value[t]))
      {
        total += value[t];
        count++;
      }
  out->average_stock = count > 0 ? total / count : NAN;
  out->closing_stock = n > 0 ? value[first + n - 1] : NAN;
  out->budget_revenue = kilter_plan_aggregate_time (plan, version, KILTER_BUDGET_REVENUE, scope,
                                                    first, n);
  out->budget_margin = kilter_plan_aggregate_time (plan, version, KILTER_BUDGET_MARGIN, scope,
                                                   first, n);
  find_peak (plan, version, scope, first, n, out);
}

/**
 * kilter_gap_classify:
 * @gap: demand that is not met
 *
 * Returns: noise up to 5 % of the demand, manageable up to 15 %, else to be escalated
 */
KilterGapClass
kilter_gap_classify (double demand, double gap)
{
  double share = demand > 0 ? fabs (gap) / demand : 0;

  if (share <= 0.05)
    return KILTER_GAP_NOISE;
  return share <= 0.15 ? KILTER_GAP_MANAGEABLE : KILTER_GAP_ESCALATE;
}
