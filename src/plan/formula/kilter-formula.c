/* kilter-formula.c: derived measures, one row at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/formula/kilter-formula-private.h"

#include <math.h>
#include <string.h>

static int
product_of_series (const KilterPlan *plan, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  return record != NULL ? kilter_record_ref (record, KILTER_SERIES_PRODUCT) : 0;
}

static const double *
get_of_product (const Context *self, KilterMeasure measure)
{
  return kilter_plan_get_row (self->plan, self->version, measure,
                              product_of_series (self->plan, self->row));
}

/* --- demand --- */

static void
compute_cleaned (const Context *self, double *out)
{
  const double *correction = get (self, KILTER_CORRECTION);
  const double *actual = get (self, KILTER_ACTUAL);

  for (int t = 0; t < self->n; t++)
    out[t] = isnan (correction[t]) ? actual[t] : correction[t];
}

static void
compute_final (const Context *self, double *out)
{
  const double *statistical = get (self, KILTER_STATISTICAL);
  const double *event = get (self, KILTER_EVENT);
  const double *add = get (self, KILTER_OVERRIDE_ADD);
  const double *share = get (self, KILTER_OVERRIDE_SHARE);

  for (int t = 0; t < self->n; t++)
    {
      gboolean known = !isnan (statistical[t]) || !isnan (event[t]) || !isnan (add[t]);

      out[t] = NAN;
      if (t >= self->cycle && known)
        out[t] = (or_zero (statistical[t]) + or_zero (event[t])) * (1 + or_zero (share[t])) +
                 or_zero (add[t]);
    }
}

static void
compute_override (const Context *self, double *out)
{
  const double *statistical = get (self, KILTER_STATISTICAL);
  const double *event = get (self, KILTER_EVENT);
  const double *final = get (self, KILTER_FINAL);

  for (int t = 0; t < self->n; t++)
    {
      double change = final[t] - or_zero (statistical[t]) - or_zero (event[t]);

      /* a sum and a difference of doubles need not cancel */
      if (fabs (change) < 1e-9 * fabs (final[t]))
        change = 0;
      out[t] = isnan (change) || change == 0 ? NAN : change;
    }
}

static void
compute_demand (const Context *self, double *out)
{
  const double *actual = get (self, KILTER_ACTUAL);
  const double *consensus = get (self, KILTER_CONSENSUS);

  for (int t = 0; t < self->n; t++)
    out[t] = t < self->cycle ? actual[t] : consensus[t];
}

static void
compute_last_year (const Context *self, double *out)
{
  const double *demand = get (self, KILTER_DEMAND);
  int season = kilter_plan_get_season (self->plan);

  for (int t = 0; t < self->n; t++)
    out[t] = t >= season ? demand[t - season] : NAN;
}

/* What a measure was in the plan that was approved in the cycle before. */
static void
compute_last_approved (const Context *self, KilterMeasure measure, double *out)
{
  KilterVersion approved = kilter_plan_get_last_cycle_of (self->plan, self->version);

  if (approved == 0 || approved == self->version)
    {
      memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
      return;
    }
  memcpy (out, kilter_plan_get_row (self->plan, approved, measure, self->row),
          sizeof (double) * (gsize) self->n);
}

/**
 * kilter_plan_product_demand:
 * @out: (array): the sum of the product's series; NaN where none of them is known
 */
void
kilter_plan_product_demand (KilterPlan *self, KilterVersion version, int product, double *out)
{
  int n_series, n = kilter_plan_get_n_buckets (self);
  const int *series = kilter_plan_get_product_series (self, product, &n_series);

  memcpy (out, self->missing, sizeof (double) * (gsize) n);
  for (int i = 0; i < n_series; i++)
    {
      const double *demand = kilter_plan_get_row (self, version, KILTER_DEMAND, series[i]);

      for (int t = 0; t < n; t++)
        if (!isnan (demand[t]))
          out[t] = or_zero (out[t]) + demand[t];
    }
}

/* A market bears what is unmet in proportion to its part of the demand. */
static void
compute_sales_plan (const Context *self, double *out)
{
  int product = product_of_series (self->plan, self->row);
  const double *demand = get (self, KILTER_DEMAND);
  const double *unmet = kilter_plan_get_row (self->plan, self->version, KILTER_UNMET, product);
  g_autofree double *total = g_new (double, self->n);

  kilter_plan_product_demand (self->plan, self->version, product, total);
  for (int t = 0; t < self->n; t++)
    {
      out[t] = demand[t];
      if (t >= self->cycle && !isnan (unmet[t]) && unmet[t] > 0 && total[t] > 0)
        out[t] = demand[t] * (1 - MIN (unmet[t] / total[t], 1));
    }
}

/* What a product's stock has to serve: its own demand and what other products consume. */
void
kilter_plan_product_needs (KilterPlan *self, KilterVersion version, int product, double *out)
{
  int n_parents;

  kilter_plan_product_demand (self, version, product, out);
  kilter_plan_get_parents (self, product, &n_parents);
  if (n_parents > 0)
    {
      const double *needed = kilter_plan_get_row (self, version, KILTER_NEEDED, product);

      for (int t = 0; t < kilter_plan_get_n_buckets (self); t++)
        if (!isnan (needed[t]))
          out[t] = or_zero (out[t]) + needed[t];
    }
}

/* --- money --- */

static void
multiply_by_product (const Context *self, KilterMeasure quantity, KilterMeasure price, double *out)
{
  const double *q = get (self, quantity);
  const double *p = get_of_product (self, price);

  for (int t = 0; t < self->n; t++)
    out[t] = q[t] == 0 ? 0 : q[t] * p[t];
}

static void
subtract (const Context *self, KilterMeasure a, KilterMeasure b, double *out)
{
  const double *x = get (self, a);
  const double *y = get (self, b);

  for (int t = 0; t < self->n; t++)
    out[t] = x[t] - y[t];
}

static void
compute_budget_margin (const Context *self, double *out)
{
  const double *revenue = get (self, KILTER_BUDGET_REVENUE);
  const double *quantity = get (self, KILTER_BUDGET);
  const double *cost = get_of_product (self, KILTER_COST);

  for (int t = 0; t < self->n; t++)
    out[t] = revenue[t] - quantity[t] * cost[t];
}

/* An imported price holds until the next one; before the first, and without any, the record's. */
static void
compute_price (const Context *self, KilterMeasure measure, int field, double *out)
{
  const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_PRODUCT, self->row);
  const double *fact = kilter_plan_get_stored (self->plan, self->version, measure,
                                               KILTER_LAYER_FACT, self->row);
  const double *input = kilter_plan_get_stored (self->plan, self->version, measure,
                                                KILTER_LAYER_INPUT, self->row);
  double current = record != NULL ? kilter_record_number (record, field) : NAN;

  for (int t = 0; t < self->n; t++)
    {
      if (fact != NULL && !isnan (fact[t]))
        current = fact[t];
      if (input != NULL && !isnan (input[t]))
        current = input[t];
      out[t] = current;
    }
}

/* --- money that is tied up --- */

/* Days' worth of a flow that ends with each bucket; NaN where the flow is not known that far back.
 */
static void
compute_outstanding (const Context *self, const double *flow, const char *setting, double *out)
{
  double wanted = kilter_plan_get_setting_number (self->plan, setting);

  for (int t = 0; t < self->n; t++)
    {
      double left = wanted, total = 0;

      for (int k = t; left > 1e-9 && k >= 0; k--)
        {
          int length = kilter_bucket_get_days (self->plan->kind, self->plan->start + k);
          double part = MIN (left / length, 1);

          total += part * flow[k];
          left -= part * length;
        }
      out[t] = isnan (wanted) || left > 1e-9 ? NAN : total;
    }
}

static void
compute_receivables (const Context *self, double *out)
{
  int n_series;
  const int *series = kilter_plan_get_product_series (self->plan, self->row, &n_series);
  g_autofree double *flow = kilter_rows_new_missing (self->n);

  for (int i = 0; i < n_series; i++)
    {
      const double *revenue = kilter_plan_get_row (self->plan, self->version, KILTER_REVENUE,
                                                   series[i]);

      for (int t = 0; t < self->n; t++)
        if (!isnan (revenue[t]))
          flow[t] = or_zero (flow[t]) + revenue[t];
    }
  compute_outstanding (self, flow, "days-receivable", out);
}

static void
compute_payables (const Context *self, double *out)
{
  const double *supply = get (self, KILTER_SUPPLY);
  const double *cost = get (self, KILTER_COST);
  g_autofree double *flow = g_new (double, self->n);

  for (int t = 0; t < self->n; t++)
    flow[t] = supply[t] == 0 ? 0 : supply[t] * cost[t];
  compute_outstanding (self, flow, "days-payable", out);
}

static void
compute_working_capital (const Context *self, double *out)
{
  const double *stock = get (self, KILTER_STOCK_VALUE);
  const double *receivables = get (self, KILTER_RECEIVABLES);
  const double *payables = get (self, KILTER_PAYABLES);

  for (int t = 0; t < self->n; t++)
    out[t] = stock[t] + receivables[t] - payables[t];
}

/* --- ratios --- */

static double
divide (double a, double b)
{
  return b != 0 ? a / b : NAN;
}

/**
 * kilter_formula_ratio:
 * @get: gives an input of the ratio, aggregated or not
 *
 * The ratios, from their inputs. One place for rows and for totals.
 *
 * Returns: %FALSE when @measure is no ratio
 */
gboolean
kilter_formula_ratio (KilterMeasure measure, double first, double second, double *out)
{
  switch ((int) measure)
    {
    case KILTER_FORECAST_ERROR:
      *out = divide (first - second, first);
      return TRUE;
    case KILTER_CHANGE_CYCLE:
    case KILTER_CHANGE_YEAR:
      *out = divide (first, second) - 1;
      return TRUE;
    case KILTER_MARGIN_SHARE:
    case KILTER_LOAD_SHARE:
    case KILTER_DEMAND_LOAD_SHARE:
      *out = divide (first, second);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * kilter_formula_inputs:
 *
 * Which two measures a ratio is made of.
 */
void
kilter_formula_inputs (KilterMeasure measure, KilterMeasure *out_first, KilterMeasure *out_second)
{
  switch ((int) measure)
    {
    case KILTER_FORECAST_ERROR:
      *out_first = KILTER_ACTUAL;
      *out_second = KILTER_PREVIOUS;
      break;
    case KILTER_CHANGE_CYCLE:
      *out_first = KILTER_CONSENSUS;
      *out_second = KILTER_LAST_CYCLE;
      break;
    case KILTER_CHANGE_YEAR:
      *out_first = KILTER_DEMAND;
      *out_second = KILTER_LAST_YEAR;
      break;
    case KILTER_MARGIN_SHARE:
      *out_first = KILTER_MARGIN;
      *out_second = KILTER_REVENUE;
      break;
    case KILTER_LOAD_SHARE:
      *out_first = KILTER_LOAD;
      *out_second = KILTER_CAPACITY;
      break;
    case KILTER_DEMAND_LOAD_SHARE:
      *out_first = KILTER_DEMAND_LOAD;
      *out_second = KILTER_CAPACITY;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
compute_ratio (const Context *self, KilterMeasure measure, double *out)
{
  KilterMeasure first, second;
  const double *x, *y;

  kilter_formula_inputs (measure, &first, &second);
  x = get (self, first);
  y = get (self, second);
  for (int t = 0; t < self->n; t++)
    kilter_formula_ratio (measure, x[t], y[t], &out[t]);
}

/**
 * kilter_formula_row:
 * @out: (array): n_buckets numbers
 *
 * Computes a derived measure of one row.
 */
void
kilter_formula_row (KilterPlan *self,
                    KilterVersion version,
                    KilterMeasure measure,
                    int row,
                    double *out)
{
  Context context = { self, version, row, kilter_plan_get_n_buckets (self),
                      kilter_plan_get_history_of (self, version) };

  switch ((int) measure)
    {
    case KILTER_CLEANED:
      compute_cleaned (&context, out);
      break;
    case KILTER_FINAL:
      compute_final (&context, out);
      break;
    case KILTER_OVERRIDE:
      compute_override (&context, out);
      break;
    case KILTER_EVENT:
      kilter_formula_event (self, version, row, out);
      break;
    case KILTER_CONSENSUS:
      kilter_formula_consensus (self, version, row, out);
      break;
    case KILTER_ORDERS_ABOVE:
    case KILTER_FORECAST_LEFT:
      kilter_formula_orders (self, version, measure, row, out);
      break;
    case KILTER_DEMAND:
      compute_demand (&context, out);
      break;
    case KILTER_LAST_YEAR:
      compute_last_year (&context, out);
      break;
    case KILTER_LAST_CYCLE:
      compute_last_approved (&context, KILTER_CONSENSUS, out);
      break;
    case KILTER_SUPPLY_LAST:
      compute_last_approved (&context, KILTER_SUPPLY, out);
      break;
    case KILTER_BUDGET_REVENUE:
      multiply_by_product (&context, KILTER_BUDGET, KILTER_PRICE, out);
      break;
    case KILTER_BUDGET_MARGIN:
      compute_budget_margin (&context, out);
      break;
    case KILTER_SALES_PLAN:
      compute_sales_plan (&context, out);
      break;
    case KILTER_CONSENSUS_REVENUE:
      multiply_by_product (&context, KILTER_DEMAND, KILTER_PRICE, out);
      break;
    case KILTER_REVENUE:
      multiply_by_product (&context, KILTER_SALES_PLAN, KILTER_PRICE, out);
      break;
    case KILTER_COST_OF_SALES:
      multiply_by_product (&context, KILTER_SALES_PLAN, KILTER_COST, out);
      break;
    case KILTER_MARGIN:
      subtract (&context, KILTER_REVENUE, KILTER_COST_OF_SALES, out);
      break;
    case KILTER_BUDGET_GAP:
      subtract (&context, KILTER_REVENUE, KILTER_BUDGET_REVENUE, out);
      break;
    case KILTER_PRICE:
      compute_price (&context, KILTER_PRICE, KILTER_PRODUCT_PRICE, out);
      break;
    case KILTER_COST:
      compute_price (&context, KILTER_COST, KILTER_PRODUCT_COST, out);
      break;
    case KILTER_RECEIVABLES:
      compute_receivables (&context, out);
      break;
    case KILTER_PAYABLES:
      compute_payables (&context, out);
      break;
    case KILTER_WORKING_CAPITAL:
      compute_working_capital (&context, out);
      break;
    case KILTER_FORECAST_ERROR:
    case KILTER_CHANGE_CYCLE:
    case KILTER_CHANGE_YEAR:
    case KILTER_MARGIN_SHARE:
    case KILTER_LOAD_SHARE:
    case KILTER_DEMAND_LOAD_SHARE:
      compute_ratio (&context, measure, out);
      break;
    default:
      if (kilter_formula_supply_row (&context, measure, out))
        break;
      g_warning ("The measure %s has no formula", kilter_measure_get_info (measure)->key);
      memcpy (out, self->missing, sizeof (double) * (gsize) context.n);
    }
}
