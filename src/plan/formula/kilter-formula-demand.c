/* kilter-formula-demand.c: events, consensus of the inputs, orders that consume the forecast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"

#include "base/kilter-number.h"
#include "plan/formula/kilter-formula.h"
#include "plan/data/kilter-plan-private.h"

#include <math.h>
#include <string.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* --- the weights of the inputs --- */

static const struct
{
  KilterMeasure measure;
  const char *key;
} inputs[] = {
  { KILTER_SALES_INPUT, "weight-sales" },
  { KILTER_MARKETING_INPUT, "weight-marketing" },
  { KILTER_FINANCE_INPUT, "weight-finance" },
  { KILTER_CUSTOMER_INPUT, "weight-customer" },
};

/**
 * kilter_plan_get_inputs:
 * @out_n: how many
 *
 * Returns: (transfer none) (array length=out_n): the measures that people send in, in the order in
 *   which they follow one another
 */
const KilterMeasure *
kilter_plan_get_inputs (int *out_n)
{
  static const KilterMeasure measures[] = { KILTER_SALES_INPUT, KILTER_MARKETING_INPUT,
                                            KILTER_FINANCE_INPUT, KILTER_CUSTOMER_INPUT };

  *out_n = G_N_ELEMENTS (measures);
  return measures;
}

/**
 * kilter_input_weight_key:
 * @input: one of kilter_plan_get_inputs()
 * @family: a family's id, or 0 for the plan's own weight
 *
 * Returns: (transfer full) (nullable): the setting that holds the weight
 */
char *
kilter_input_weight_key (KilterMeasure input, int family)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (inputs[i].measure == input)
      return family == 0 ? g_strdup (inputs[i].key)
                         : g_strdup_printf ("%s/%d", inputs[i].key, family);
  return NULL;
}

/**
 * kilter_plan_get_input_weight:
 * @family: a family's id, or 0
 *
 * Returns: which part of the difference between an input and the final forecast goes into the
 *   consensus: the family's own weight, else the plan's; 0 … 1
 */
double
kilter_plan_get_input_weight (const KilterPlan *plan, KilterMeasure input, int family)
{
  double weight = NAN;

  if (family != 0)
    {
      g_autofree char *own = kilter_input_weight_key (input, family);

      weight = own != NULL ? kilter_plan_get_setting_number (plan, own) : NAN;
    }
  if (isnan (weight))
    {
      g_autofree char *key = kilter_input_weight_key (input, 0);

      weight = key != NULL ? kilter_plan_get_setting_number (plan, key) : NAN;
    }
  return CLAMP (or_zero (weight), 0, 1);
}

static int
family_of_series (const KilterPlan *plan, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  const KilterRecord *product = record != NULL
                                  ? kilter_plan_get_record (
                                      plan, KILTER_TABLE_PRODUCT,
                                      kilter_record_ref (record, KILTER_SERIES_PRODUCT))
                                  : NULL;

  return product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_FAMILY) : 0;
}

/* final + Σ weight × (input − final). Where there is no final forecast the inputs stand for
 * themselves. */
void
kilter_formula_consensus (KilterPlan *self, KilterVersion version, int row, double *out)
{
  const double *final = kilter_plan_get_row (self, version, KILTER_FINAL, row);
  int n = kilter_plan_get_n_buckets (self), cycle = kilter_plan_get_n_history (self);
  int family = family_of_series (self, row);

  for (int t = 0; t < n; t++)
    out[t] = t < cycle ? NAN : final[t];
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      const double *input = kilter_plan_get_row (self, version, inputs[i].measure, row);
      double weight;

      if (input == self->missing)
        continue;
      weight = kilter_plan_get_input_weight (self, inputs[i].measure, family);
      for (int t = cycle; t < n; t++)
        if (!isnan (input[t]))
          out[t] = or_zero (out[t]) + weight * (input[t] - or_zero (final[t]));
    }
}

/* --- events --- */

/**
 * kilter_event_parse_profile:
 * @text: numbers separated by spaces
 *
 * Returns: (transfer full) (element-type double): the numbers up to the first that is none
 */
GArray *
kilter_event_parse_profile (const char *text)
{
  GArray *profile = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " ;", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      double value;

      if (**part == '\0')
        continue;
      if (!kilter_number_from_c (*part, &value) || !isfinite (value))
        break;
      g_array_append_val (profile, value);
    }
  return profile;
}

static int
find_bucket (const KilterPlan *plan, const char *text)
{
  KilterBucket bucket = *text != '\0'
                          ? kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), text)
                          : KILTER_BUCKET_NONE;

  return bucket == KILTER_BUCKET_NONE ? G_MININT : bucket - kilter_plan_get_start (plan);
}

/**
 * kilter_event_get_span:
 * @out_first: index of the first bucket; may lie outside the plan
 * @out_last: index of the last one
 *
 * Returns: %FALSE when the event has no dates
 */
gboolean
kilter_event_get_span (const KilterPlan *plan,
                       const KilterRecord *event,
                       int *out_first,
                       int *out_last)
{
  *out_first = find_bucket (plan, kilter_record_text (event, KILTER_EVENT_FIRST));
  *out_last = find_bucket (plan, kilter_record_text (event, KILTER_EVENT_LAST));
  if (*out_last == G_MININT)
    *out_last = *out_first;
  return *out_first != G_MININT && *out_last >= *out_first;
}

gboolean
kilter_event_is_planned (const KilterRecord *event)
{
  return !g_str_equal (kilter_record_text (event, KILTER_EVENT_STATE), "proposed");
}

static gboolean
is_in_market (const KilterRecord *series, const KilterRecord *event)
{
  int region = kilter_record_ref (event, KILTER_EVENT_REGION);
  int channel = kilter_record_ref (event, KILTER_EVENT_CHANNEL);

  return (region == 0 || kilter_record_ref (series, KILTER_SERIES_REGION) == region) &&
         (channel == 0 || kilter_record_ref (series, KILTER_SERIES_CHANNEL) == channel);
}

/* Sums the statistical forecast of a product in the event's markets. */
static void
add_base (KilterPlan *plan,
          KilterVersion version,
          const KilterRecord *event,
          int product,
          double *out,
          int *out_n_series)
{
  int n_series, n = kilter_plan_get_n_buckets (plan);
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);

  for (int i = 0; i < n_series; i++)
    {
      const double *base;

      if (!is_in_market (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]), event))
        continue;
      base = kilter_plan_get_row (plan, version, KILTER_STATISTICAL, series[i]);
      for (int t = 0; t < n; t++)
        out[t] += MAX (or_zero (base[t]), 0);
      (*out_n_series)++;
    }
}

/* An event read once. */
typedef struct
{
  const KilterRecord *record;
  int first;
  int last;
  gboolean by_share;
  GArray *profile;
  double *base; /* statistical forecast of all its own products, in its markets */
  int n_series;
} Event;

static gboolean
event_init (Event *self, KilterPlan *plan, KilterVersion version, const KilterRecord *record)
{
  *self = (Event) { .record = record };
  if (!kilter_event_get_span (plan, record, &self->first, &self->last))
    return FALSE;
  self->by_share = !g_str_equal (kilter_record_text (record, KILTER_EVENT_UNIT), "quantity");
  self->profile = kilter_event_parse_profile (kilter_record_text (record, KILTER_EVENT_PROFILE));
  self->base = g_new0 (double, kilter_plan_get_n_buckets (plan));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == record->id &&
        isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)))
      add_base (plan, version, record, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT),
                self->base, &self->n_series);
  return TRUE;
}

static void
event_clear (Event *self)
{
  g_clear_pointer (&self->profile, g_array_unref);
  g_clear_pointer (&self->base, g_free);
}

/* The uplift of a bucket as the profile says it; a profile that ends early ends the uplift. */
static double
event_get_profile (const Event *self, int t)
{
  int i = t - self->first;

  return i >= 0 && t <= self->last && (guint) i < self->profile->len
           ? g_array_index (self->profile, double, i)
           : 0;
}

/* what all its own products sell more */
static double
event_get_total (const Event *self, int t)
{
  double uplift = event_get_profile (self, t);

  return self->by_share ? uplift * self->base[t] : (self->n_series > 0 ? uplift : 0);
}

/* Adds what an event does to one series. */
static void
event_add (const Event *self,
           KilterPlan *plan,
           KilterVersion version,
           const KilterRecord *link,
           int series,
           double *out)
{
  const double *statistical = kilter_plan_get_row (plan, version, KILTER_STATISTICAL, series);
  double lost = kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST);
  int n = kilter_plan_get_n_buckets (plan), n_series = 0;
  g_autofree double *own = NULL;

  if (!is_in_market (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series), self->record))
    return;
  if (!isnan (lost))
    {
      own = g_new0 (double, n);
      add_base (plan, version, self->record, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT),
                own, &n_series);
    }
  for (int t = MAX (self->first, kilter_plan_get_n_history (plan)); t <= MIN (self->last, n - 1);
       t++)
    {
      double base = MAX (or_zero (statistical[t]), 0), change;

      if (!isnan (lost))
        change = own[t] > 0 ? -lost * event_get_total (self, t) * base / own[t] : 0;
      else if (self->by_share)
        change = event_get_profile (self, t) * base;
      else
        change = event_get_total (self, t) *
                 (self->base[t] > 0 ? base / self->base[t] : 1.0 / self->n_series);
      /* no market sells less than nothing */
      out[t] = or_zero (out[t]) + MAX (change, -base);
    }
}

void
kilter_formula_event (KilterPlan *self, KilterVersion version, int row, double *out)
{
  const KilterRecord *series = kilter_plan_get_record (self, KILTER_TABLE_SERIES, row);
  int product = series != NULL ? kilter_record_ref (series, KILTER_SERIES_PRODUCT) : 0;

  memcpy (out, self->missing, sizeof (double) * (gsize) kilter_plan_get_n_buckets (self));
  KILTER_FOREACH_RECORD (self, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      const KilterRecord *record;
      Event event;

      if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT) != product)
        continue;
      record = kilter_plan_get_record (self, KILTER_TABLE_EVENT,
                                       kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT));
      if (record == NULL || !kilter_event_is_planned (record))
        continue;
      if (event_init (&event, self, version, record))
        event_add (&event, self, version, link, row, out);
      event_clear (&event);
    }
}

/**
 * kilter_plan_event_effect:
 * @event: the event's id; whether it is planned or only proposed makes no difference
 * @in: quantity, revenue or margin at the plan's own prices and costs
 * @out_own: (array): n_buckets: what its own products sell more
 * @out_lost: (array): n_buckets: what other products lose to it, below 0
 *
 * What an event does to demand, bucket by bucket, from the cycle on.
 */
void
kilter_plan_event_effect (KilterPlan *plan,
                          KilterVersion version,
                          int id,
                          KilterMeasuredIn in,
                          double *out_own,
                          double *out_lost)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id);
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *change = g_new (double, n);
  Event event;

  memset (out_own, 0, sizeof (double) * (gsize) n);
  memset (out_lost, 0, sizeof (double) * (gsize) n);
  if (record == NULL || !event_init (&event, plan, version, record))
    return;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      int product = kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT), n_series;
      const int *series = kilter_plan_get_product_series (plan, product, &n_series);
      const double *price = kilter_plan_get_row (plan, version, KILTER_PRICE, product);
      const double *cost = kilter_plan_get_row (plan, version, KILTER_COST, product);
      double *out = isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)) ? out_own
                                                                                   : out_lost;

      if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) != id)
        continue;
      memset (change, 0, sizeof (double) * (gsize) n);
      for (int i = 0; i < n_series; i++)
        event_add (&event, plan, version, link, series[i], change);
      for (int t = 0; t < n; t++)
        {
          double worth = 1;

          if (in == KILTER_IN_REVENUE)
            worth = or_zero (price[t]);
          else if (in == KILTER_IN_MARGIN)
            worth = or_zero (price[t]) - or_zero (cost[t]);
          out[t] += change[t] * worth;
        }
    }
  event_clear (&event);
}

/**
 * kilter_plan_event_base:
 * @out_base: (array): n_buckets
 *
 * What all products of an event sell without it, in its markets: actual sales before the cycle, the
 * statistical forecast from the cycle on.
 */
void
kilter_plan_event_base (KilterPlan *plan, KilterVersion version, int id, double *out_base)
{
  const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id);
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);

  memcpy (out_base, plan->missing, sizeof (double) * (gsize) n);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      int n_series;
      const int *series;

      if (event == NULL || kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) != id)
        continue;
      series = kilter_plan_get_product_series (
        plan, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT), &n_series);
      for (int i = 0; i < n_series; i++)
        {
          const double *actual, *statistical;

          if (!is_in_market (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]), event))
            continue;
          actual = kilter_plan_get_row (plan, version, KILTER_ACTUAL, series[i]);
          statistical = kilter_plan_get_row (plan, version, KILTER_STATISTICAL, series[i]);
          for (int t = 0; t < n; t++)
            {
              double value = t < cycle ? actual[t] : statistical[t];

              if (!isnan (value))
                out_base[t] = or_zero (out_base[t]) + value;
            }
        }
    }
}

/**
 * kilter_plan_event_measured:
 * @event: the event's id
 *
 * What a past event really did: where its months were corrected by hand, actual sales against the
 * corrected ones; otherwise what the last forecast run found.
 *
 * Returns: a ratio, 0.4 for 40 % more; NaN when it is not known
 */
double
kilter_plan_event_measured (KilterPlan *plan, int id)
{
  const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id);
  double actual = 0, cleaned = 0;
  gboolean corrected = FALSE;
  int first, last;

  if (event == NULL || !kilter_event_get_span (plan, event, &first, &last))
    return NAN;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      int n_series;
      const int *series;

      if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) != id ||
          !isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)))
        continue;
      series = kilter_plan_get_product_series (
        plan, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT), &n_series);
      for (int i = 0; i < n_series; i++)
        {
          const double *sold = kilter_plan_get_row (plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                    series[i]);
          const double *correction = kilter_plan_get_row (plan, KILTER_BASELINE, KILTER_CORRECTION,
                                                          series[i]);

          if (!is_in_market (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]), event))
            continue;
          for (int t = MAX (first, 0); t <= last && t < kilter_plan_get_n_history (plan); t++)
            {
              if (isnan (sold[t]))
                continue;
              corrected |= !isnan (correction[t]);
              actual += sold[t];
              cleaned += isnan (correction[t]) ? sold[t] : correction[t];
            }
        }
    }
  if (corrected && cleaned > 0)
    return actual / cleaned - 1;
  return kilter_record_number (event, KILTER_EVENT_MEASURED);
}

/* --- orders --- */

/* How much of @wanted the forecast of a bucket still has; it is then gone. */
static double
consume (double *left, int t, double wanted)
{
  double taken = MIN (wanted, MAX (or_zero (left[t]), 0));

  if (taken > 0)
    left[t] -= taken;
  return taken;
}

/* Orders consume the forecast of their own bucket first, all of them. What is left over consumes,
 * bucket by bucket, that of the buckets before its own, the nearest first, then of those after it,
 * as far as the window reaches. */
void
kilter_formula_orders (KilterPlan *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       int row,
                       double *out)
{
  const double *consensus = kilter_plan_get_row (self, version, KILTER_CONSENSUS, row);
  const double *orders = kilter_plan_get_row (self, version, KILTER_ORDERS, row);
  int n = kilter_plan_get_n_buckets (self), cycle = kilter_plan_get_n_history (self);
  int early = (int) or_zero (kilter_plan_get_setting_number (self, "orders-early"));
  int late = (int) or_zero (kilter_plan_get_setting_number (self, "orders-late"));
  g_autofree double *left = g_new (double, n);
  g_autofree double *above = g_new (double, n);

  memcpy (above, self->missing, sizeof (double) * (gsize) n);
  for (int t = 0; t < n; t++)
    left[t] = t < cycle ? NAN : consensus[t];
  for (int t = cycle; t < n; t++)
    {
      above[t] = orders[t];
      if (!isnan (orders[t]))
        above[t] -= consume (left, t, orders[t]);
    }
  for (int t = cycle; t < n; t++)
    {
      double wanted = above[t];

      if (isnan (wanted))
        continue;
      for (int k = t - 1; wanted > 0 && k >= MAX (t - early, cycle); k--)
        wanted -= consume (left, k, wanted);
      for (int k = t + 1; wanted > 0 && k <= t + late && k < n; k++)
        wanted -= consume (left, k, wanted);
      above[t] = MAX (wanted, 0);
    }
  memcpy (out, measure == KILTER_FORECAST_LEFT ? left : above, sizeof (double) * (gsize) n);
}
