/* kilter-supply-stock.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-stock.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

#define ROOT_HALF 0.70710678118654752440
#define INVERSE_ROOT_2PI 0.39894228040143267794

/* a quantity this little above a whole number of lots is that number of lots */
#define LOT_FORGIVENESS 1e-9

/**
 * kilter_supply_normal_density:
 *
 * Returns: φ(z)
 */
double
kilter_supply_normal_density (double z)
{
  return INVERSE_ROOT_2PI * exp (-0.5 * z * z);
}

/**
 * kilter_supply_normal_probability:
 *
 * Returns: Φ(z), accurate in both tails
 */
double
kilter_supply_normal_probability (double z)
{
  return 0.5 * erfc (-z * ROOT_HALF);
}

/**
 * kilter_supply_normal_quantile:
 * @probability: above 0 and below 1
 *
 * Solves ln Φ(z) = ln p by Newton's method, which converges from everywhere because ln Φ is
 * concave.
 *
 * Returns: z, or NaN outside of the range
 */
double
kilter_supply_normal_quantile (double probability)
{
  double tail = MIN (probability, 1.0 - probability);
  double z;

  if (!(tail > 0.0))
    return NAN;
  if (tail == 0.5)
    return 0.0;

  z = -sqrt (-2.0 * log (2.0 * tail));
  for (int n = 0; n < 60; n++)
    {
      double below = kilter_supply_normal_probability (z);
      double step = (log (below) - log (tail)) * below / kilter_supply_normal_density (z);

      z -= step;
      if (fabs (step) <= 1e-15 * (1.0 + fabs (z)))
        break;
    }

  return probability < 0.5 ? z : -z;
}

/**
 * kilter_supply_lead_time_deviation:
 * @lead: lead time, with periodic review plus the review period, in demand's buckets
 * @demand_deviation: standard deviation of demand (better: of the forecast's error) in a bucket
 * @demand: mean demand in a bucket
 * @lead_deviation: standard deviation of the lead time
 *
 * Returns: standard deviation of demand over the lead time, √(L σD² + D² σL²) (Silver, Pyke &
 *   Peterson; Chopra & Meindl, chapter on safety inventory)
 */
double
kilter_supply_lead_time_deviation (double lead,
                                   double demand_deviation,
                                   double demand,
                                   double lead_deviation)
{
  return sqrt (MAX (lead, 0.0) * demand_deviation * demand_deviation +
               demand * demand * lead_deviation * lead_deviation);
}

/**
 * kilter_supply_safety_stock_for_cycle_service:
 * @deviation: of demand over the lead time
 * @service: probability of no stock-out in a replenishment cycle, above 0 and below 1
 *
 * Returns: z σ, not below 0
 */
double
kilter_supply_safety_stock_for_cycle_service (double deviation, double service)
{
  return MAX (0.0, kilter_supply_normal_quantile (service) * deviation);
}

/**
 * kilter_supply_cycle_service:
 *
 * Returns: the probability of no stock-out in a cycle
 */
double
kilter_supply_cycle_service (double deviation, double safety_stock)
{
  if (deviation <= 0.0)
    return safety_stock >= 0.0 ? 1.0 : 0.0;

  return kilter_supply_normal_probability (safety_stock / deviation);
}

static double
unit_loss (double k)
{
  return kilter_supply_normal_density (k) - k * kilter_supply_normal_probability (-k);
}

/**
 * kilter_supply_expected_shortage:
 *
 * Returns: units short per cycle, σ (φ(k) − k (1 − Φ(k)))
 */
double
kilter_supply_expected_shortage (double deviation, double safety_stock)
{
  if (deviation <= 0.0)
    return MAX (0.0, -safety_stock);

  return deviation * unit_loss (safety_stock / deviation);
}

/**
 * kilter_supply_fill_rate:
 * @lot: units replenished in a cycle
 *
 * Returns: the share of demand served from stock, 1 − ESC / Q
 */
double
kilter_supply_fill_rate (double deviation, double safety_stock, double lot)
{
  return 1.0 - kilter_supply_expected_shortage (deviation, safety_stock) / lot;
}

/**
 * kilter_supply_safety_stock_for_fill_rate:
 * @deviation: of demand over the lead time
 * @lot: units replenished in a cycle
 * @fill_rate: share of demand to serve from stock, below 1
 * @out_floored: (out) (optional): whether even less than no safety stock would do
 *
 * Returns: the safety stock, not below 0
 */
double
kilter_supply_safety_stock_for_fill_rate (double deviation,
                                          double lot,
                                          double fill_rate,
                                          gboolean *out_floored)
{
  double wanted;
  double low = -1.0;
  double high = 1.0;

  if (out_floored != NULL)
    *out_floored = FALSE;
  if (deviation <= 0.0)
    return 0.0;
  wanted = (1.0 - fill_rate) * lot / deviation;
  if (!(wanted > 0.0))
    return NAN;
  if (unit_loss (0.0) <= wanted)
    {
      if (out_floored != NULL)
        *out_floored = unit_loss (0.0) < wanted;
      return 0.0;
    }
  while (unit_loss (high) > wanted && high < 40.0)
    high *= 2.0;
  low = 0.0;
  for (int n = 0; n < 200 && high - low > 1e-15 * high; n++)
    {
      double middle = 0.5 * (low + high);

      if (unit_loss (middle) > wanted)
        low = middle;
      else
        high = middle;
    }

  return 0.5 * (low + high) * deviation;
}

/**
 * kilter_supply_error_over_lead_time:
 * @errors: (array length=n_buckets): standard deviation of the forecast's error by bucket
 * @bucket: the first bucket the lead time covers
 * @lead: lead time in buckets, also parts of one
 *
 * Returns: standard deviation of the error over the lead time, buckets taken as independent;
 *   beyond the horizon the last bucket repeats
 */
double
kilter_supply_error_over_lead_time (const double *errors,
                                    guint n_buckets,
                                    guint bucket,
                                    double lead)
{
  double variance = 0.0;

  if (n_buckets == 0)
    return 0.0;
  for (guint t = bucket; lead > 0.0; t++, lead -= 1.0)
    {
      double error = errors[MIN (t, n_buckets - 1)];

      variance += MIN (lead, 1.0) * error * error;
    }

  return sqrt (variance);
}

/**
 * kilter_supply_days_of_cover:
 * @stock: at the end of @bucket
 * @demand: (array length=n_buckets): by bucket
 * @days: (array length=n_buckets): days in each bucket
 *
 * Walks through the demand of the following buckets.
 *
 * Returns: days until the stock is used up, or NaN if it is not used up within the horizon
 */
double
kilter_supply_days_of_cover (double stock,
                             const double *demand,
                             const double *days,
                             guint n_buckets,
                             guint bucket)
{
  double cover = 0.0;

  if (stock <= 0.0)
    return 0.0;
  for (guint t = bucket + 1; t < n_buckets; t++)
    {
      if (demand[t] >= stock && demand[t] > 0.0)
        return cover + days[t] * stock / demand[t];
      stock -= demand[t];
      cover += days[t];
    }

  return NAN;
}

/**
 * kilter_supply_stock_for_cover:
 * @cover_days: days the stock at the end of @bucket is to last
 *
 * Returns: that stock; beyond the horizon demand goes on at the rate of the last bucket
 */
double
kilter_supply_stock_for_cover (double cover_days,
                               const double *demand,
                               const double *days,
                               guint n_buckets,
                               guint bucket)
{
  double stock = 0.0;

  for (guint t = bucket + 1; t < n_buckets && cover_days > 0.0; t++)
    {
      if (days[t] <= 0.0)
        {
          stock += demand[t];
          continue;
        }
      stock += demand[t] * MIN (1.0, cover_days / days[t]);
      cover_days -= days[t];
    }
  if (cover_days > 0.0 && n_buckets > 0 && days[n_buckets - 1] > 0.0)
    stock += demand[n_buckets - 1] / days[n_buckets - 1] * cover_days;

  return stock;
}

/**
 * kilter_supply_excess:
 * @stock: at the end of @bucket
 * @n_ahead: how many following buckets may be covered
 *
 * Returns: what is more than their demand and the safety stock
 */
double
kilter_supply_excess (double stock,
                      const double *demand,
                      guint n_buckets,
                      guint bucket,
                      guint n_ahead,
                      double safety_stock)
{
  for (guint t = bucket + 1; t < n_buckets && t <= bucket + n_ahead; t++)
    stock -= demand[t];

  return MAX (0.0, stock - safety_stock);
}

/**
 * kilter_supply_round_lot:
 * @minimum: least quantity made when anything is made, or 0
 * @multiple: 0 for any quantity
 * @maximum: most, or G_MAXDOUBLE
 *
 * Rounds up to whole lots. A quantity that is a whole number of lots but for the last bits does
 * not become one lot more.
 *
 * Returns: the quantity
 */
double
kilter_supply_round_lot (double quantity, double minimum, double multiple, double maximum)
{
  if (!(quantity > 0.0))
    return 0.0;
  if (minimum > 0.0 && quantity <= minimum * LOT_FORGIVENESS)
    return 0.0;
  quantity = MAX (quantity, minimum);
  if (multiple > 0.0)
    {
      double lots = quantity / multiple;

      if (lots <= LOT_FORGIVENESS)
        return 0.0;
      quantity = multiple * ceil (lots * (1.0 - LOT_FORGIVENESS) - LOT_FORGIVENESS);
      if (quantity > maximum)
        quantity = multiple * floor (maximum / multiple * (1.0 + LOT_FORGIVENESS));
    }

  return MIN (quantity, maximum);
}

/* demand of an item from the bucket's start to a run-out time; before it and after the horizon
 * at the mean rate */
static double
demand_until (const double *demand, guint n_buckets, guint bucket, double time, double rate)
{
  double sum = 0.0;
  guint t = bucket;

  if (time <= 0.0)
    return rate * time;
  for (; t < n_buckets && time >= 1.0; t++, time -= 1.0)
    sum += demand[t];

  return sum + time * (t < n_buckets ? demand[t] : rate);
}

typedef struct
{
  const double *stock;
  const double *safety_stock;
  const double *demand;
  const double *rate;
  guint n_items;
  guint n_buckets;
  guint bucket;
} Family;

static double
fill_until (const Family *self, double time, double *out_quantity)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_items; i++)
    {
      double level = self->safety_stock[i] +
                     demand_until (self->demand + (gsize) i * self->n_buckets, self->n_buckets,
                                   self->bucket, time, self->rate[i]);
      double quantity = MAX (0.0, level - self->stock[i]);

      if (out_quantity != NULL)
        out_quantity[i] = quantity;
      sum += quantity;
    }

  return sum;
}

/* makes the plain sum, item by item, equal total to the last bit: the last share that is larger
 * than the rounding takes it. Shares are first put on the grid of the total's last place, on which
 * sums are exact. */
static void
make_sum_exact (double *quantity, guint n_items, double total)
{
  int exponent;
  double grid;
  double sum = 0.0;

  frexp (total, &exponent);
  grid = ldexp (1.0, exponent - 53);
  for (guint i = 0; i < n_items; i++)
    {
      quantity[i] = grid * floor (quantity[i] / grid);
      sum += quantity[i];
    }
  for (guint last = n_items; last-- > 0 && sum != total;)
    {
      double rest = quantity[last] + (total - sum);

      if (quantity[last] <= 0.0)
        continue;
      sum -= quantity[last];
      quantity[last] = MAX (0.0, rest);
      sum += quantity[last];
    }
}

/**
 * kilter_supply_disaggregate:
 * @total: what the family gets in @bucket, not below 0
 * @stock: (array length=n_items): at the start of @bucket
 * @safety_stock: (array length=n_items): kept aside
 * @demand: (array): by item and bucket
 * @out_quantity: (array length=n_items): shares, none below 0, with sum @total
 *
 * Splits a family's quantity so that its items run out at the same time (water filling). Items
 * that have enough get nothing.
 */
void
kilter_supply_disaggregate (double total,
                            const double *stock,
                            const double *safety_stock,
                            const double *demand,
                            guint n_items,
                            guint n_buckets,
                            guint bucket,
                            double *out_quantity)
{
  g_autofree double *rate = g_new0 (double, MAX (n_items, 1));
  Family family = { stock, safety_stock, demand, rate, n_items, n_buckets, bucket };
  double all = 0.0;
  double low = -1.0;
  double high = 1.0;

  g_return_if_fail (out_quantity != NULL);

  memset (out_quantity, 0, sizeof (double) * n_items);
  if (n_items == 0 || !(total > 0.0))
    return;
  for (guint i = 0; i < n_items; i++)
    {
      for (guint t = bucket; t < n_buckets; t++)
        rate[i] += demand[(gsize) i * n_buckets + t];
      rate[i] /= MAX (1, n_buckets - MIN (bucket, n_buckets));
      all += rate[i];
    }
  /* without demand there is no run-out time: what does not sell is filled last, and where
     nothing sells the parts are equal */
  for (guint i = 0; i < n_items; i++)
    rate[i] = all > 0.0 ? MAX (rate[i], 1e-3 * all / n_items) : 1.0;
  while (fill_until (&family, low, NULL) > total && low > -1e9)
    low *= 2.0;
  while (fill_until (&family, high, NULL) < total && high < 1e15)
    high *= 2.0;
  for (int n = 0; n < 128; n++)
    {
      double middle = 0.5 * (low + high);

      if (middle == low || middle == high)
        break;
      if (fill_until (&family, middle, NULL) < total)
        low = middle;
      else
        high = middle;
    }
  fill_until (&family, high, out_quantity);
  make_sum_exact (out_quantity, n_items, total);
}

/**
 * kilter_supply_round_to_whole:
 * @step: 1 for whole units
 *
 * Rounds shares to multiples of @step that keep the sum @total, by the largest remainders.
 */
void
kilter_supply_round_to_whole (double *quantity, guint n_items, double total, double step)
{
  kilter_round_largest_remainder (quantity, n_items, total, step);
}

/**
 * kilter_supply_rough_cut_overall:
 * @plan: (array): master plan by item and bucket
 * @hours_per_unit: (array): direct hours by item
 * @shares: (array): historical shares by resource
 * @out_load: (array): by resource and bucket
 *
 * Capacity planning by overall factors (Vollmann, Berry, Whybark & Jacobs).
 */
void
kilter_supply_rough_cut_overall (const double *plan,
                                 const double *hours_per_unit,
                                 const double *shares,
                                 guint n_items,
                                 guint n_resources,
                                 guint n_buckets,
                                 double *out_load)
{
  for (guint t = 0; t < n_buckets; t++)
    {
      double hours = 0.0;

      for (guint i = 0; i < n_items; i++)
        hours += plan[(gsize) i * n_buckets + t] * hours_per_unit[i];
      for (guint r = 0; r < n_resources; r++)
        out_load[(gsize) r * n_buckets + t] = hours * shares[r];
    }
}

/**
 * kilter_supply_rough_cut_bill:
 * @plan: (array): master plan by item and bucket in which it is due
 * @bill: (array): hours per unit by item, resource and offset: used so many buckets earlier
 * @n_offsets: 1 for a plain bill of capacity, more for a time-phased resource profile
 * @out_load: (array): by resource and bucket
 *
 * Capacity planning by a bill of capacity or a resource profile (Vollmann, Berry, Whybark &
 * Jacobs). Hours that fall before the first bucket are left out.
 */
void
kilter_supply_rough_cut_bill (const double *plan,
                              const double *bill,
                              guint n_items,
                              guint n_resources,
                              guint n_offsets,
                              guint n_buckets,
                              double *out_load)
{
  memset (out_load, 0, sizeof (double) * n_resources * n_buckets);
  for (guint i = 0; i < n_items; i++)
    for (guint r = 0; r < n_resources; r++)
      for (guint o = 0; o < n_offsets; o++)
        {
          double hours = bill[((gsize) i * n_resources + r) * n_offsets + o];

          for (guint t = 0; hours != 0.0 && t + o < n_buckets; t++)
            out_load[(gsize) r * n_buckets + t] += hours * plan[(gsize) i * n_buckets + t + o];
        }
}

/**
 * kilter_supply_projected_balance:
 * @forecast: (array): by bucket
 * @orders: (array): customer orders booked, which consume the forecast of their bucket
 * @receipts: (array): master schedule
 * @out_balance: (array): projected available balance, before − max (forecast, orders) + receipts
 */
void
kilter_supply_projected_balance (double on_hand,
                                 const double *forecast,
                                 const double *orders,
                                 const double *receipts,
                                 guint n_buckets,
                                 double *out_balance)
{
  for (guint t = 0; t < n_buckets; t++)
    {
      on_hand += receipts[t] - MAX (forecast[t], orders[t]);
      out_balance[t] = on_hand;
    }
}

/**
 * kilter_supply_available_to_promise:
 * @orders: (array): customer orders booked
 * @receipts: (array): master schedule
 * @out_promise: (array): in the first bucket and in those with receipts, what of them is still
 *   free; 0 elsewhere
 *
 * Discrete available-to-promise: each receipt covers the orders up to the next one; what it lacks
 * is taken from the receipts before (APICS).
 */
void
kilter_supply_available_to_promise (double on_hand,
                                    const double *orders,
                                    const double *receipts,
                                    guint n_buckets,
                                    double *out_promise)
{
  double lacking = 0.0;

  for (guint end = n_buckets; end > 0;)
    {
      guint start = end - 1;
      double promise;

      while (start > 0 && receipts[start] <= 0.0)
        start--;
      promise = receipts[start] + (start == 0 ? on_hand : 0.0) - lacking;
      for (guint t = start; t < end; t++)
        {
          promise -= orders[t];
          out_promise[t] = 0.0;
        }
      lacking = start > 0 ? MAX (0.0, -promise) : 0.0;
      out_promise[start] = start > 0 ? MAX (0.0, promise) : promise;
      end = start;
    }
}

/**
 * kilter_supply_level_rate:
 * @opening: stock at the start
 * @closing: stock wanted at the end
 * @days: (array) (nullable): working days by bucket; %NULL for equal buckets
 * @out_production: (array): one rate a day, so that @closing is met
 */
void
kilter_supply_level_rate (double opening,
                          double closing,
                          const double *demand,
                          const double *days,
                          guint n_buckets,
                          double *out_production)
{
  double total = closing - opening;
  double all_days = 0.0;

  for (guint t = 0; t < n_buckets; t++)
    {
      total += demand[t];
      all_days += days != NULL ? days[t] : 1.0;
    }
  for (guint t = 0; t < n_buckets; t++)
    out_production[t] = all_days > 0.0
                          ? MAX (total, 0.0) * (days != NULL ? days[t] : 1.0) / all_days
                          : 0.0;
}
