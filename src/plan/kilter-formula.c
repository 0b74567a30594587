/* kilter-formula.c: derived measures, one row at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-formula.h"

#include "plan/kilter-plan-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  KilterPlan *plan;
  KilterVersion version;
  int row;
  int n;     /* buckets */
  int cycle; /* index of the first bucket of the horizon */
} Context;

static const double *
get (const Context *self, KilterMeasure measure)
{
  return kilter_plan_get_row (self->plan, self->version, measure, self->row);
}

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

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
compute_consensus (const Context *self, double *out)
{
  const double *final = get (self, KILTER_FINAL);
  const double *sales = get (self, KILTER_SALES_INPUT);
  const double *marketing = get (self, KILTER_MARKETING_INPUT);
  double sales_weight = kilter_plan_get_setting_number (self->plan, "weight-sales");
  double marketing_weight = kilter_plan_get_setting_number (self->plan, "weight-marketing");

  for (int t = 0; t < self->n; t++)
    {
      double base = or_zero (final[t]);

      out[t] = NAN;
      if (t < self->cycle)
        continue;
      if (isnan (final[t]) && isnan (sales[t]) && isnan (marketing[t]))
        continue;
      out[t] = base;
      if (!isnan (sales[t]))
        out[t] += or_zero (sales_weight) * (sales[t] - base);
      if (!isnan (marketing[t]))
        out[t] += or_zero (marketing_weight) * (marketing[t] - base);
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
  KilterVersion approved = kilter_plan_get_last_cycle (self->plan);

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

/* --- supply --- */

static void
compute_supply (const Context *self, double *out)
{
  static const KilterMeasure parts[] = { KILTER_REGULAR, KILTER_OVERTIME, KILTER_SUBCONTRACT,
                                         KILTER_PURCHASE };
  const double *production = get (self, KILTER_PRODUCTION);

  for (int t = 0; t < self->n; t++)
    out[t] = t < self->cycle ? production[t] : NAN;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const double *part = get (self, parts[i]);

      for (int t = self->cycle; t < self->n; t++)
        if (!isnan (part[t]))
          out[t] = or_zero (out[t]) + part[t];
    }
}

static double
get_approved_stock (const Context *self, int bucket)
{
  KilterVersion approved = kilter_plan_get_last_approved (self->plan);

  if (approved == 0 || approved == self->version)
    return NAN;
  return kilter_plan_get_value (self->plan, approved, KILTER_STOCK, self->row, bucket);
}

/* Projected stock, unmet demand and backlog follow from one another month by month:
 * closing stock = opening stock + supply − demand met. What is unmet is lost, or waits. */
static void
compute_stock (const Context *self, KilterMeasure wanted, double *out)
{
  const KilterRecord *product = kilter_plan_get_record (self->plan, KILTER_TABLE_PRODUCT,
                                                        self->row);
  const KilterRecord *policy = kilter_plan_get_policy (self->plan, self->row);
  const double *actual = get (self, KILTER_STOCK_ACTUAL);
  const double *supply = get (self, KILTER_SUPPLY);
  gboolean waits = policy != NULL && kilter_record_bool (policy, KILTER_POLICY_BACKORDER);
  g_autofree double *demand = g_new (double, self->n);
  double *stock = g_new (double, self->n);
  double *unmet = g_new (double, self->n);
  double *backlog = g_new (double, self->n);
  double level = product != NULL ? kilter_record_number (product, KILTER_PRODUCT_OPENING_STOCK)
                                 : NAN;
  double owed = 0;

  kilter_plan_product_demand (self->plan, self->version, self->row, demand);
  for (int t = 0; t < self->n; t++)
    {
      stock[t] = unmet[t] = backlog[t] = NAN;
      if (t < self->cycle)
        {
          stock[t] = actual[t];
          continue;
        }
      /* an opening stock that was given, the last closing stock, or, while that is not in yet,
       * what the approved plan expects */
      if (t == self->cycle && isnan (level) && t > 0)
        level = isnan (actual[t - 1]) ? get_approved_stock (self, t - 1) : actual[t - 1];
      if (isnan (supply[t]) && isnan (demand[t]) && isnan (level))
        continue;
      level = or_zero (level) + or_zero (supply[t]) - or_zero (demand[t]) - owed;
      unmet[t] = level < 0 ? MIN (-level - 0, or_zero (demand[t]) + owed) : 0;
      backlog[t] = 0;
      if (waits)
        {
          backlog[t] = level < 0 ? -level : 0;
          unmet[t] = MAX (backlog[t] - owed, 0);
          owed = backlog[t];
        }
      /* rounding in the last bits is not a shortage */
      if (unmet[t] < 1e-9 * (1 + fabs (or_zero (demand[t]))))
        unmet[t] = 0;
      level = MAX (level, 0);
      stock[t] = level;
    }

  memcpy (out, wanted == KILTER_STOCK ? stock : (wanted == KILTER_UNMET ? unmet : backlog),
          sizeof (double) * (gsize) self->n);
  if (wanted != KILTER_STOCK)
    kilter_plan_cache_row (self->plan, self->version, KILTER_STOCK, self->row, stock);
  else
    g_free (stock);
  if (wanted != KILTER_UNMET)
    kilter_plan_cache_row (self->plan, self->version, KILTER_UNMET, self->row, unmet);
  else
    g_free (unmet);
  if (wanted != KILTER_BACKLOG)
    kilter_plan_cache_row (self->plan, self->version, KILTER_BACKLOG, self->row, backlog);
  else
    g_free (backlog);
}

/* The demand of the @days days that follow each bucket. Behind the horizon demand goes on as in
 * the same season one year before, or as in the last bucket. */
static void
compute_target (const Context *self, int field, const char *setting, double *out)
{
  const KilterRecord *policy = kilter_plan_get_policy (self->plan, self->row);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  double days = policy != NULL ? kilter_record_number (policy, field) : NAN;
  int season = kilter_plan_get_season (self->plan);
  g_autofree double *demand = g_new (double, self->n);

  if (isnan (days))
    days = kilter_plan_get_setting_number (self->plan, setting);
  kilter_plan_product_demand (self->plan, self->version, self->row, demand);
  for (int t = 0; t < self->n; t++)
    {
      double left = days, target = 0;

      out[t] = NAN;
      if (isnan (demand[t]) && (t + 1 >= self->n || isnan (demand[t + 1])))
        continue;
      for (int k = t + 1; left > 1e-9 && k < t + 100; k++)
        {
          int at = k < self->n
                     ? k
                     : (k - season >= 0 && k - season < self->n ? k - season : self->n - 1);
          int length = kilter_bucket_get_days (kind, kilter_plan_get_bucket (self->plan, 0) + k);
          double part = MIN (left / length, 1);

          target += part * MAX (or_zero (demand[at]), 0);
          left -= part * length;
        }
      out[t] = target;
    }
}

static void
compute_extra_cost (const Context *self, double *out)
{
  const double *overtime = get (self, KILTER_OVERTIME);
  const double *subcontract = get (self, KILTER_SUBCONTRACT);
  const double *cost = get (self, KILTER_COST);
  const KilterRecord *policy = kilter_plan_get_policy (self->plan, self->row);
  double outside = policy != NULL ? kilter_record_number (policy, KILTER_POLICY_SUBCONTRACT_COST)
                                  : NAN;
  int n_uses;
  const KilterUse *uses = kilter_plan_get_uses (self->plan, self->row, &n_uses);
  double hourly = 0;

  for (int i = 0; i < n_uses; i++)
    {
      const KilterRecord *resource = kilter_plan_get_record (self->plan, KILTER_TABLE_RESOURCE,
                                                             uses[i].resource);

      if (resource != NULL)
        hourly += uses[i].hours *
                  kilter_record_number_or (resource, KILTER_RESOURCE_OVERTIME_COST, 0);
    }
  for (int t = 0; t < self->n; t++)
    {
      out[t] = t < self->cycle ? NAN : or_zero (overtime[t]) * hourly;
      if (t >= self->cycle && or_zero (subcontract[t]) > 0)
        out[t] += subcontract[t] * (isnan (outside) ? 0 : outside - or_zero (cost[t]));
    }
}

/* Days of the coming demand that the closing stock covers; NaN when it lasts beyond the horizon. */
static void
compute_cover_of (const KilterPlan *plan,
                  const double *stock,
                  const double *demand,
                  int n,
                  double *out)
{
  KilterBucketKind kind = plan->kind;

  for (int t = 0; t < n; t++)
    {
      double left = stock[t], days = 0;

      out[t] = NAN;
      if (isnan (left))
        continue;
      for (int k = t + 1; k < n; k++)
        {
          double need = MAX (or_zero (demand[k]), 0);
          int length = kilter_bucket_get_days (kind, plan->start + k);

          if (need > left || left <= 0)
            {
              out[t] = days + (need > 0 ? MAX (left, 0) / need * length : 0);
              break;
            }
          left -= need;
          days += length;
        }
    }
}

static void
compute_cover (const Context *self, double *out)
{
  g_autofree double *demand = g_new (double, self->n);

  kilter_plan_product_demand (self->plan, self->version, self->row, demand);
  compute_cover_of (self->plan, get (self, KILTER_STOCK), demand, self->n, out);
}

/**
 * kilter_formula_cover:
 *
 * The same for aggregated stock and demand.
 */
void
kilter_formula_cover (const KilterPlan *plan,
                      const double *stock,
                      const double *demand,
                      double *out)
{
  compute_cover_of (plan, stock, demand, kilter_plan_get_n_buckets (plan), out);
}

/* --- resources --- */

static gboolean
is_store (const KilterPlan *plan, int resource)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);

  return record != NULL &&
         g_str_equal (kilter_record_text (record, KILTER_RESOURCE_KIND), "storage");
}

static void
compute_capacity (const Context *self, double *out)
{
  const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_RESOURCE,
                                                       self->row);
  double hours = record != NULL ? kilter_record_number (record, KILTER_RESOURCE_HOURS) : NAN;

  for (int t = 0; t < self->n; t++)
    out[t] = hours;
}

/* Adds the hours that each product's quantity takes on the resource. */
static void
compute_load (const Context *self, KilterMeasure wanted, double *out)
{
  gboolean store = is_store (self->plan, self->row);
  int n_products;
  const int *products = kilter_plan_get_resource_products (self->plan, self->row, &n_products);
  g_autofree double *quantity = g_new (double, self->n);

  for (int t = 0; t < self->n; t++)
    out[t] = n_products > 0 ? 0 : NAN;
  for (int i = 0; i < n_products; i++)
    {
      Context product = { self->plan, self->version, products[i], self->n, self->cycle };
      int n_uses;
      const KilterUse *uses = kilter_plan_get_uses (self->plan, products[i], &n_uses);
      double hours = 0;

      for (int k = 0; k < n_uses; k++)
        if (uses[k].resource == self->row)
          hours = uses[k].hours;
      if (wanted == KILTER_DEMAND_LOAD && !store)
        kilter_plan_product_demand (self->plan, self->version, products[i], quantity);
      else if (store)
        memcpy (quantity,
                get (&product, wanted == KILTER_DEMAND_LOAD ? KILTER_TARGET_STOCK : KILTER_STOCK),
                sizeof (double) * (gsize) self->n);
      else
        {
          const double *regular = get (&product, KILTER_REGULAR);
          const double *overtime = get (&product, KILTER_OVERTIME);
          const double *production = get (&product, KILTER_PRODUCTION);

          for (int t = 0; t < self->n; t++)
            {
              if (wanted == KILTER_OVERTIME_HOURS)
                quantity[t] = overtime[t];
              else
                quantity[t] = t < self->cycle ? production[t]
                                              : or_zero (regular[t]) + or_zero (overtime[t]);
            }
        }
      for (int t = 0; t < self->n; t++)
        out[t] += hours * or_zero (quantity[t]);
    }
  if (store && wanted == KILTER_OVERTIME_HOURS)
    memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
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
                      kilter_plan_get_n_history (self) };

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
    case KILTER_CONSENSUS:
      compute_consensus (&context, out);
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
    case KILTER_SUPPLY:
      compute_supply (&context, out);
      break;
    case KILTER_STOCK:
    case KILTER_UNMET:
    case KILTER_BACKLOG:
      compute_stock (&context, measure, out);
      break;
    case KILTER_TARGET_STOCK:
      compute_target (&context, KILTER_POLICY_TARGET_DAYS, "target-days", out);
      break;
    case KILTER_MIN_STOCK:
      compute_target (&context, KILTER_POLICY_MIN_DAYS, "min-days", out);
      break;
    case KILTER_MAX_STOCK:
      compute_target (&context, KILTER_POLICY_MAX_DAYS, "max-days", out);
      break;
    case KILTER_COVER:
      compute_cover (&context, out);
      break;
    case KILTER_STOCK_VALUE:
      {
        const double *stock = get (&context, KILTER_STOCK);
        const double *cost = get (&context, KILTER_COST);

        for (int t = 0; t < context.n; t++)
          out[t] = stock[t] == 0 ? 0 : stock[t] * cost[t];
      }
      break;
    case KILTER_EXTRA_COST:
      compute_extra_cost (&context, out);
      break;
    case KILTER_CAPACITY:
      compute_capacity (&context, out);
      break;
    case KILTER_LOAD:
    case KILTER_OVERTIME_HOURS:
    case KILTER_DEMAND_LOAD:
      compute_load (&context, measure, out);
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
      g_warning ("The measure %s has no formula", kilter_measure_get_info (measure)->key);
      memcpy (out, self->missing, sizeof (double) * (gsize) context.n);
    }
}
