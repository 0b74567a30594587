/* kilter-stock-policy.c: stock policies, classes and the safety stock of a service level
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/supply/kilter-stock-policy.h"

#include "base/kilter-number.h"
#include "plan/formula/kilter-formula-private.h"
#include "supply/kilter-supply-stock.h"

#include <math.h>
#include <string.h>

#define SHARE_A 0.80
#define SHARE_B 0.95
#define VARIATION_X 0.5
#define VARIATION_Y 1.0
#define Z_50 0.674489750196082
#define Z_80 1.281551565544600
#define Z_95 1.959963984540054

/* --- what a product is --- */

gboolean
kilter_plan_is_made_to_order (const KilterPlan *self, int product)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_PRODUCT, product);

  return record != NULL && g_str_equal (kilter_record_text (record, KILTER_PRODUCT_MAKE), "order");
}

gboolean
kilter_plan_is_bought (const KilterPlan *self, int product)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_PRODUCT, product);

  return record != NULL && g_str_equal (kilter_record_text (record, KILTER_PRODUCT_MAKE), "buy");
}

/* Whether unmet demand waits: always for what is made when it is ordered. */
gboolean
kilter_plan_waits (KilterPlan *self, int product)
{
  const KilterRecord *policy = kilter_plan_get_policy (self, product);

  return kilter_plan_is_made_to_order (self, product) ||
         (policy != NULL && kilter_record_bool (policy, KILTER_POLICY_BACKORDER));
}

/* Buckets from the start of production, or the order, to the receipt. */
int
kilter_plan_get_lead (KilterPlan *self, int product)
{
  return (int) CLAMP (
    kilter_record_number_or (kilter_plan_get_policy (self, product), KILTER_POLICY_LEAD_TIME, 0), 0,
    36);
}

/* The index of the first bucket in which the product is no longer sold, or -1. */
int
kilter_plan_get_phase_out (const KilterPlan *self, int product)
{
  const KilterRecord *record = kilter_plan_get_record (self, KILTER_TABLE_PRODUCT, product);
  KilterBucket bucket;

  if (record == NULL)
    return -1;
  bucket = kilter_bucket_from_string (self->kind,
                                      kilter_record_text (record, KILTER_PRODUCT_PHASE_OUT));
  if (bucket == KILTER_BUCKET_NONE)
    return -1;
  return (int) CLAMP ((gint64) bucket - self->start, 0, kilter_plan_get_n_buckets (self));
}

/* --- error of the own forecast --- */

static double
deviation_of_series (KilterPlan *plan, KilterVersion version, int series, int t)
{
  static const struct
  {
    KilterMeasure low, high;
    double z;
  } bands[] = { { KILTER_LOW_80, KILTER_HIGH_80, Z_80 },
                { KILTER_LOW_95, KILTER_HIGH_95, Z_95 },
                { KILTER_LOW_50, KILTER_HIGH_50, Z_50 } };
  const KilterRecord *model;

  for (gsize i = 0; i < G_N_ELEMENTS (bands); i++)
    {
      double low = kilter_plan_get_value (plan, version, bands[i].low, series, t);
      double high = kilter_plan_get_value (plan, version, bands[i].high, series, t);
      double middle = kilter_plan_get_value (plan, version, KILTER_STATISTICAL, series, t);

      /* the lower end may be cut at 0: the upper half is whole. Of demand that is often nothing 80
       * % may end below what is expected on average: what it is when there is some lies beyond */
      if (i == 0 && low <= 0)
        continue;
      if (!isnan (high) && !isnan (middle) && high >= middle)
        return (low > 0 ? (high - low) / 2 : high - middle) / bands[i].z;
    }
  model = kilter_plan_find_model (plan, series);
  return model != NULL ? kilter_record_number (model, KILTER_MODEL_RESIDUAL) : NAN;
}

/**
 * kilter_plan_forecast_deviation:
 * @out: (array): n_buckets numbers
 *
 * The standard deviation of the error that the own forecast of a product makes in each period: from
 * the calibrated intervals of its series, which grow with the horizon, else from the backtest's
 * error of one period. Errors of different series are taken as independent. NaN where there is no
 * forecast.
 */
void
kilter_plan_forecast_deviation (KilterPlan *plan, KilterVersion version, int product, double *out)
{
  int n = kilter_plan_get_n_buckets (plan), n_series, n_parents;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);
  const KilterBillLine *parents = kilter_plan_get_parents (plan, product, &n_parents);
  g_autofree double *of_parent = n_parents > 0 ? g_new (double, n) : NULL;

  for (int t = 0; t < n; t++)
    {
      double variance = NAN;

      for (int i = 0; t >= kilter_plan_get_n_history (plan) && i < n_series; i++)
        {
          double sigma = deviation_of_series (plan, version, series[i], t);

          if (!isnan (sigma))
            variance = or_zero (variance) + sigma * sigma;
        }
      out[t] = sqrt (variance);
    }
  /* a component is as uncertain as what it goes into */
  for (int i = 0; i < n_parents; i++)
    {
      if (kilter_plan_get_parents (plan, parents[i].product, &n_series) != NULL)
        continue; /* one level: deeper ones would count the same error twice */
      kilter_plan_forecast_deviation (plan, version, parents[i].product, of_parent);
      for (int t = 0; t < n; t++)
        if (!isnan (of_parent[t]))
          out[t] = hypot (or_zero (out[t]), of_parent[t] * parents[i].quantity);
    }
}

/* --- classes --- */

typedef struct
{
  int product;
  double value;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->value != y->value)
    return x->value > y->value ? -1 : 1;
  return x->product - y->product;
}

static double
get_mean_variation (KilterPlan *plan,
                    KilterVersion version,
                    int product,
                    const double *demand,
                    double *scratch)
{
  double sum = 0, error = 0;
  int n = 0, known = 0;

  kilter_plan_forecast_deviation (plan, version, product, scratch);
  for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
    if (!isnan (demand[t]))
      {
        sum += MAX (demand[t], 0);
        n++;
        /* one period ahead: the first months of the horizon */
        if (!isnan (scratch[t]) && known < 3)
          {
            error += scratch[t];
            known++;
          }
      }
  return known > 0 && sum > 0 ? (error / known) / (sum / n) : NAN;
}

static void
update_classes (KilterPlan *plan, KilterVersion version)
{
  int n = kilter_plan_get_n_buckets (plan);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  g_autofree double *demand = g_new (double, n);
  g_autofree double *scratch = g_new (double, n);
  double total = 0, before = 0;

  g_clear_pointer (&plan->classes, g_array_unref);
  plan->classes = g_array_new (FALSE, TRUE, sizeof (KilterStockClass));
  g_array_set_size (plan->classes, (guint) kilter_plan_get_max_id (plan, KILTER_TABLE_PRODUCT) + 1);
  plan->classes_generation = plan->generation;
  plan->classes_version = version;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      KilterStockClass *entry = &g_array_index (plan->classes, KilterStockClass, product->id);
      const double *cost = kilter_plan_get_row (plan, version, KILTER_COST, product->id);
      Ranked rank = { product->id, 0 };

      kilter_plan_product_needs (plan, version, product->id, demand);
      for (int t = kilter_plan_get_n_history (plan); t < n; t++)
        if (!isnan (demand[t]))
          rank.value += MAX (demand[t], 0) * (isnan (cost[t]) ? 1 : cost[t]);
      entry->value = rank.value;
      entry->variation = get_mean_variation (plan, version, product->id, demand, scratch);
      entry->xyz = isnan (entry->variation) || entry->variation > VARIATION_Y
                     ? 'Z'
                     : (entry->variation > VARIATION_X ? 'Y' : 'X');
      g_array_append_val (ranked, rank);
      total += rank.value;
    }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    {
      const Ranked *rank = &g_array_index (ranked, Ranked, i);
      KilterStockClass *entry = &g_array_index (plan->classes, KilterStockClass, rank->product);

      entry->abc = rank->value <= 0 || before >= SHARE_B * total
                     ? 'C'
                     : (before >= SHARE_A * total ? 'B' : 'A');
      before += rank->value;
    }
}

/**
 * kilter_plan_get_stock_class:
 *
 * Returns: (transfer none) (nullable): the ABC class by value and the XYZ class by the error of the
 *   forecast; valid until the next command
 */
const KilterStockClass *
kilter_plan_get_stock_class (KilterPlan *plan, KilterVersion version, int product)
{
  if (plan->classes == NULL || plan->classes_generation != plan->generation ||
      plan->classes_version != version)
    update_classes (plan, version);
  return product > 0 && (guint) product < plan->classes->len &&
             g_array_index (plan->classes, KilterStockClass, product).abc != 0
           ? &g_array_index (plan->classes, KilterStockClass, product)
           : NULL;
}

/**
 * kilter_plan_get_class_service:
 *
 * Returns: the service level of a class: from the plan's setting "service-matrix", nine numbers
 *   from AX to CZ, else the usual ones
 */
double
kilter_plan_get_class_service (const KilterPlan *plan, char abc, char xyz)
{
  static const double usual[] = { 0.98, 0.97, 0.95, 0.96, 0.95, 0.92, 0.93, 0.90, 0.85 };
  const char *text = kilter_plan_get_setting (plan, "service-matrix");
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " ;", -1);
  int wanted = (abc - 'A') * 3 + (xyz - 'X'), at = 0;
  double service;

  g_return_val_if_fail (wanted >= 0 && wanted < 9, NAN);
  for (int i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && at++ == wanted && kilter_number_from_c (parts[i], &service) &&
        service > 0 && service < 1)
      return service;
  return usual[wanted];
}

/**
 * kilter_plan_get_service:
 *
 * Returns: the service level that a product's stock is to give: its policy's, else its class's
 */
double
kilter_plan_get_service (KilterPlan *plan, KilterVersion version, int product)
{
  const KilterRecord *policy = kilter_plan_get_policy (plan, product);
  double service = policy != NULL ? kilter_record_number (policy, KILTER_POLICY_SERVICE) : NAN;
  const KilterStockClass *entry;

  if (!isnan (service))
    return service;
  entry = kilter_plan_get_stock_class (plan, version, product);
  return entry != NULL ? kilter_plan_get_class_service (plan, entry->abc, entry->xyz) : NAN;
}

/* The forecast of a month is made again every month: what the stock must bear is the error over the
 * lead time at hand, not that of a forecast a year ahead. So the error of the first periods, as a
 * share of their demand, goes along with the demand of later ones. */
static void
spread_errors (const double *errors, const double *needs, guint n, guint lead, double *out)
{
  double error = 0, need = 0;
  guint known = 0;

  for (guint t = 0; t < n && known < MAX (lead, 1); t++)
    if (!isnan (errors[t]))
      {
        error += errors[t];
        need += MAX (or_zero (needs[t]), 0);
        known++;
      }
  for (guint t = 0; t < n; t++)
    out[t] = need > 0 ? error / need * MAX (or_zero (needs[t]), 0)
                      : (known > 0 ? error / known : 0);
}

/* Safety stock of the end of each period: it covers the lead time and the period until the plan is
 * looked at again. */
void
kilter_stock_policy_safety (KilterPlan *plan, KilterVersion version, int product, double *out)
{
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);
  const KilterRecord *policy = kilter_plan_get_policy (plan, product);
  int phase_out = kilter_plan_get_phase_out (plan, product);
  double lead = kilter_plan_get_lead (plan, product) + 1;
  gboolean fill = policy != NULL &&
                  g_str_equal (kilter_record_text (policy, KILTER_POLICY_SERVICE_KIND), "fill");
  double service = policy != NULL ? kilter_record_number (policy, KILTER_POLICY_SERVICE) : NAN;
  double lot = policy != NULL ? kilter_record_number (policy, KILTER_POLICY_LOT_MINIMUM) : NAN;
  g_autofree double *errors = g_new (double, n);
  g_autofree double *needs = g_new (double, n);
  g_autofree double *ahead = NULL;
  guint horizon = (guint) (n - cycle);

  memcpy (out, plan->missing, sizeof (double) * (gsize) n);
  /* the class of a component would ask for its own target */
  if (isnan (service))
    service = kilter_plan_get_service (plan, version, product);
  if (horizon == 0 || isnan (service) || kilter_plan_is_made_to_order (plan, product))
    return;
  kilter_plan_forecast_deviation (plan, version, product, errors);
  kilter_plan_product_needs (plan, version, product, needs);
  ahead = g_new (double, horizon);
  spread_errors (errors + cycle, needs + cycle, horizon, (guint) lead, ahead);
  for (guint t = 0; t < horizon; t++)
    {
      int at = cycle + (int) t;
      double deviation, quantity;

      if (isnan (errors[at]))
        continue;
      if (phase_out >= 0 && at + 1 >= phase_out)
        {
          out[at] = 0;
          continue;
        }
      /* the stock at the end of a period serves the periods after it */
      deviation = kilter_supply_error_over_lead_time (ahead, horizon, MIN (t + 1, horizon - 1),
                                                      lead);
      quantity = lot > 0 ? lot : MAX (or_zero (needs[at]), 0);
      if (fill)
        out[at] = quantity > 0 ? kilter_supply_safety_stock_for_fill_rate (
                                   deviation, quantity, CLAMP (service, 0, 0.9999), NULL)
                               : 0;
      else
        out[at] = MAX (
          kilter_supply_safety_stock_for_cycle_service (deviation, CLAMP (service, 0.0001, 0.9999)),
          0);
    }
}
