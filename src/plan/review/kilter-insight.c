/* kilter-insight.c: exceptions, forecast value added, health of the data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-insight.h"

#include "plan/data/kilter-plan-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* an outlier is at least this far from what was expected, whatever the spread */
#define OUTLIER_SHARE 0.2

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* One product, summed over its markets, with what the rules need. */
typedef struct
{
  KilterPlan *plan;
  KilterVersion version;
  int product;
  KilterScope scope;
  int n;
  int cycle;
  int ahead; /* one past the last bucket whose money counts */
  const double *price;
  double revenue; /* of the coming year */
} Subject;

static double *
get (const Subject *self, KilterMeasure measure)
{
  double *values = g_new (double, self->n);

  kilter_plan_aggregate (self->plan, self->version, measure, &self->scope, values);
  return values;
}

/* What the plan says where a rule begins. */
static double
get_limit (const Subject *self, const char *key)
{
  return kilter_plan_get_setting_number (self->plan, key);
}

static KilterException
make (const Subject *self, KilterExceptionKind kind)
{
  return (KilterException) { .kind = kind, .product = self->product, .bucket = -1, .size = NAN };
}

static gboolean
find_new (const Subject *self, KilterException *out)
{
  g_autofree double *actual = get (self, KILTER_ACTUAL);
  g_autofree double *demand = get (self, KILTER_DEMAND);
  int known = 0, first = -1;

  for (int t = 0; t < self->cycle; t++)
    known += !isnan (actual[t]);
  for (int t = self->cycle; t < self->n && first < 0; t++)
    if (demand[t] > 0)
      first = t;
  if (known >= get_limit (self, "new-months") || first < 0)
    return FALSE;
  *out = make (self, KILTER_EXCEPTION_NEW);
  out->bucket = first;
  out->n_buckets = known;
  out->money = self->revenue;
  out->urgent = known == 0;
  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : (x > y ? 1 : 0);
}

/* Of a few numbers, hundreds of thousands of times: sorted in place by insertion. */
static double
median (double *values, int n)
{
  if (n > 64)
    qsort (values, (gsize) n, sizeof *values, compare_doubles);
  else
    for (int i = 1; i < n; i++)
      {
        double value = values[i];
        int at = i;

        for (; at > 0 && values[at - 1] > value; at--)
          values[at] = values[at - 1];
        values[at] = value;
      }
  return n % 2 != 0 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* What a past bucket should have been: the mean of the same position in the other years, each
 * brought to this year's level by the median ratio of the two years. */
double
kilter_history_expect (const double *actual, int n, int season, int t)
{
  double sum = 0;
  int count = 0;

  for (int other = t % season; other < n; other += season)
    {
      double ratios[64];
      int k = 0;

      if (other == t || isnan (actual[other]))
        continue;
      for (int d = -season / 2; d < season - season / 2 && k < 64; d++)
        {
          int a = t + d, b = other + d;

          if (d != 0 && a >= 0 && b >= 0 && a < n && b < n && actual[b] > 0 && !isnan (actual[a]))
            ratios[k++] = actual[a] / actual[b];
        }
      if (k < 3)
        continue;
      sum += actual[other] * median (ratios, k);
      count++;
    }
  return count > 0 ? sum / count : NAN;
}

/* The strangest month. A third is as strange as three times as much, and nothing is strangest of
 * all: a year without sales halves what is expected of the same month of the others, which then
 * look twice too high. */
static gboolean
find_outlier (const Subject *self, KilterException *out)
{
  g_autofree double *actual = get (self, KILTER_ACTUAL);
  g_autofree double *cleaned = get (self, KILTER_CLEANED);
  g_autofree double *residuals = g_new (double, MAX (self->cycle, 1));
  g_autofree double *sizes = g_new (double, MAX (self->cycle, 1));
  int season = kilter_plan_get_season (self->plan);
  double limit = get_limit (self, "outlier-sigmas"), sigma;
  int n = 0, worst = -1;

  if (self->cycle < 2 * season)
    return FALSE;
  for (int t = 0; t < self->cycle; t++)
    {
      double expected = kilter_history_expect (actual, self->cycle, season, t);

      residuals[t] = isnan (actual[t]) ? NAN : (actual[t] - expected) / expected;
      if (isfinite (residuals[t]))
        sizes[n++] = fabs (residuals[t]);
    }
  if (n < season)
    return FALSE;
  sigma = median (sizes, n) * 1.4826;
  for (int t = 0; t < self->cycle; t++)
    if (isfinite (residuals[t]) && actual[t] == cleaned[t] &&
        fabs (residuals[t]) > MAX (limit * sigma, OUTLIER_SHARE) &&
        (worst < 0 || fabs (log1p (residuals[t])) > fabs (log1p (residuals[worst]))))
      worst = t;
  if (worst < 0)
    return FALSE;
  *out = make (self, KILTER_EXCEPTION_OUTLIER);
  out->bucket = worst;
  out->n_buckets = 1;
  out->size = residuals[worst];
  out->money = fabs (actual[worst] - kilter_history_expect (actual, self->cycle, season, worst)) *
               or_zero (self->price[self->cycle]);
  return TRUE;
}

static gboolean
find_bias (const Subject *self, KilterException *out)
{
  g_autofree double *actual = get (self, KILTER_ACTUAL);
  g_autofree double *previous = get (self, KILTER_PREVIOUS);
  double errors = 0, absolute = 0, level = 0, last = 0, last_level = 0;
  double months = get_limit (self, "bias-months");
  int count = 0, run = 0, side = 0;

  for (int t = MAX (self->cycle - 12, 0); t < self->cycle; t++)
    {
      double error = actual[t] - previous[t];
      int sign = error > 0 ? 1 : -1;

      if (isnan (error))
        continue;
      errors += error;
      absolute += fabs (error);
      level += actual[t];
      count++;
      if (sign != side)
        {
          run = 0;
          last = last_level = 0;
        }
      side = sign;
      run++;
      last += error;
      last_level += actual[t];
    }
  if (count < 4 || absolute <= 0 || level <= 0)
    return FALSE;
  if (fabs (errors / (absolute / count)) <= get_limit (self, "tracking-signal") && run < months)
    return FALSE;
  *out = make (self, KILTER_EXCEPTION_BIAS);
  out->n_buckets = run;
  out->size = run >= months ? -last / last_level : -errors / level;
  out->money = fabs (out->size) * self->revenue;
  return fabs (out->size) > 0.02;
}

/* The series with the most sales of those with the method, to stand for all of them. */
static void
find_largest_of_method (KilterPlan *plan,
                        KilterVersion version,
                        const GArray *rows,
                        KilterModelSummary *out)
{
  int cycle = kilter_plan_get_n_history (plan), season = kilter_plan_get_season (plan);
  double most = -1;

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterRecord *model = kilter_plan_find_model (plan, row);
      const double *actual = kilter_plan_get_row (plan, version, KILTER_CLEANED, row);
      double sales = 0;

      if (model == NULL ||
          !g_str_equal (kilter_record_text (model, KILTER_MODEL_METHOD), out->method))
        continue;
      for (int t = MAX (cycle - season, 0); t < cycle; t++)
        sales += MAX (or_zero (actual[t]), 0);
      if (sales > most)
        {
          most = sales;
          out->series = row;
        }
    }
}

/**
 * kilter_plan_model_summary:
 *
 * What the last forecast run found for a part of the plan: errors one bucket ahead, each series
 * weighing by its sales; the method that most sales were forecast with.
 */
void
kilter_plan_model_summary (KilterPlan *plan,
                           KilterVersion version,
                           const KilterScope *scope,
                           KilterModelSummary *out)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  g_autoptr (GHashTable) weights = g_hash_table_new (g_str_hash, g_str_equal);
  int cycle = kilter_plan_get_n_history (plan), season = kilter_plan_get_season (plan);
  double weight = 0, best = 0;

  *out = (KilterModelSummary) { .wape = 0, .bias = 0, .naive_wape = 0, .method = "" };
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterRecord *model = kilter_plan_find_model (plan, row);
      const double *actual = kilter_plan_get_row (plan, version, KILTER_CLEANED, row);
      double sales = 0, wape, naive;
      const char *method;
      double *sum;

      if (model == NULL)
        continue;
      for (int t = MAX (cycle - season, 0); t < cycle; t++)
        sales += MAX (or_zero (actual[t]), 0);
      method = kilter_record_text (model, KILTER_MODEL_METHOD);
      sum = g_hash_table_lookup (weights, method);
      if (sum == NULL)
        {
          sum = g_new0 (double, 1);
          g_hash_table_insert (weights, (gpointer) method, sum);
        }
      *sum += sales + 1e-9;
      if (*sum > best)
        {
          best = *sum;
          out->method = method;
        }
      out->n_series++;
      wape = kilter_record_number (model, KILTER_MODEL_WAPE);
      naive = kilter_record_number (model, KILTER_MODEL_NAIVE_WAPE);
      if (isnan (wape) || isnan (naive) || sales <= 0)
        continue;
      out->wape += sales * wape;
      out->naive_wape += sales * naive;
      out->bias += sales * kilter_record_number_or (model, KILTER_MODEL_BIAS, 0);
      out->n_better += wape < naive;
      out->n_measured++;
      weight += sales;
    }
  find_largest_of_method (plan, version, rows, out);
  out->wape = weight > 0 ? out->wape / weight : NAN;
  out->naive_wape = weight > 0 ? out->naive_wape / weight : NAN;
  out->bias = weight > 0 ? out->bias / weight : NAN;
  {
    GHashTableIter iter;
    gpointer sum;

    g_hash_table_iter_init (&iter, weights);
    while (g_hash_table_iter_next (&iter, NULL, &sum))
      g_free (sum);
  }
}

static gboolean
find_lost_to_naive (const Subject *self, KilterException *out)
{
  KilterModelSummary summary;

  kilter_plan_model_summary (self->plan, self->version, &self->scope, &summary);
  /* what would be written as 0 % is no loss */
  if (isnan (summary.wape) || summary.wape <= summary.naive_wape * 1.02 ||
      summary.wape - summary.naive_wape < 0.005)
    return FALSE;
  *out = make (self, KILTER_EXCEPTION_LOST_TO_NAIVE);
  out->size = summary.wape - summary.naive_wape;
  out->money = out->size * self->revenue;
  return TRUE;
}

/* The largest relative difference of two rows over the horizon, and the money in all of them. */
static gboolean
find_difference (const Subject *self,
                 const double *value,
                 const double *reference,
                 double limit,
                 KilterException *out)
{
  double worst = 0;

  out->money = 0;
  for (int t = self->cycle; t < self->n; t++)
    {
      double size;

      if (isnan (value[t]) || isnan (reference[t]) || reference[t] <= 0)
        continue;
      size = value[t] / reference[t] - 1;
      if (t < self->ahead)
        out->money += fabs (value[t] - reference[t]) * or_zero (self->price[t]);
      if (fabs (size) <= limit)
        continue;
      out->n_buckets++;
      if (fabs (size) > fabs (worst))
        {
          worst = size;
          out->bucket = t;
        }
    }
  out->size = worst;
  return out->n_buckets > 0;
}

static gboolean
find_large_override (const Subject *self, KilterException *out)
{
  g_autofree double *final = get (self, KILTER_FINAL);
  g_autofree double *statistical = get (self, KILTER_STATISTICAL);

  *out = make (self, KILTER_EXCEPTION_LARGE_OVERRIDE);
  out->urgent = TRUE;
  return find_difference (self, final, statistical,
                          kilter_plan_get_setting_number (self->plan, "large-override"), out);
}

static gboolean
has_reason (const Subject *self, int bucket)
{
  static const KilterMeasure typed[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE,
                                         KILTER_CONSENSUS };
  int n_series;
  const int *series = kilter_plan_get_product_series (self->plan, self->product, &n_series);

  for (int i = 0; i < n_series; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
      {
        const KilterCellNote *note = kilter_plan_get_note (self->plan, self->version, typed[m],
                                                           series[i], bucket);

        if (note != NULL && note->reason != NULL && *note->reason != '\0')
          return TRUE;
      }
  return FALSE;
}

static gboolean
find_large_change (const Subject *self, KilterException *out)
{
  g_autofree double *consensus = get (self, KILTER_CONSENSUS);
  g_autofree double *last = get (self, KILTER_LAST_CYCLE);

  *out = make (self, KILTER_EXCEPTION_LARGE_CHANGE);
  return find_difference (self, consensus, last,
                          kilter_plan_get_setting_number (self->plan, "large-change"), out) &&
         !has_reason (self, out->bucket);
}

static gboolean
find_outside (const Subject *self, KilterException *out)
{
  static const KilterMeasure inputs[] = { KILTER_SALES_INPUT, KILTER_MARKETING_INPUT };
  g_autofree double *low = get (self, KILTER_LOW_95);
  g_autofree double *high = get (self, KILTER_HIGH_95);

  *out = make (self, KILTER_EXCEPTION_OUTSIDE_INTERVAL);
  out->urgent = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree double *input = get (self, inputs[i]);

      for (int t = self->cycle; t < self->n; t++)
        {
          double beyond = MAX (input[t] - high[t], low[t] - input[t]);

          if (isnan (input[t]) || isnan (beyond) || beyond <= 0)
            continue;
          out->n_buckets++;
          out->money += beyond * or_zero (self->price[t]);
          if (out->bucket < 0)
            {
              out->bucket = t;
              out->size = input[t] > high[t] ? 1 : -1;
            }
        }
    }
  return out->n_buckets > 0;
}

static gboolean
is_reviewed (const KilterPlan *plan, const KilterException *exception)
{
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_REVIEW, review)
    if (kilter_record_ref (review, KILTER_REVIEW_PRODUCT) == exception->product &&
        g_str_equal (kilter_record_text (review, KILTER_REVIEW_KIND),
                     kilter_exception_get_key (exception->kind)) &&
        g_str_equal (kilter_record_text (review, KILTER_REVIEW_CYCLE), cycle))
      return TRUE;
  return FALSE;
}

static int
compare_exceptions (gconstpointer a, gconstpointer b)
{
  const KilterException *x = a, *y = b;

  if (x->reviewed != y->reviewed)
    return x->reviewed ? 1 : -1;
  if (x->money != y->money)
    return x->money > y->money ? -1 : 1;
  return x->product - y->product;
}

/**
 * kilter_exception_get_key:
 *
 * Returns: (transfer none): a fixed word for the file
 */
const char *
kilter_exception_get_key (KilterExceptionKind kind)
{
  static const char *const keys[] = { "new",      "outlier", "bias",   "naive",
                                      "override", "changed", "outside" };

  return keys[kind];
}

typedef gboolean (*Rule) (const Subject *, KilterException *);

static const Rule rules[] = {
  [KILTER_EXCEPTION_NEW] = find_new,
  [KILTER_EXCEPTION_OUTLIER] = find_outlier,
  [KILTER_EXCEPTION_BIAS] = find_bias,
  [KILTER_EXCEPTION_LOST_TO_NAIVE] = find_lost_to_naive,
  [KILTER_EXCEPTION_LARGE_OVERRIDE] = find_large_override,
  [KILTER_EXCEPTION_LARGE_CHANGE] = find_large_change,
  [KILTER_EXCEPTION_OUTSIDE_INTERVAL] = find_outside,
};

static void
init_subject (Subject *self, KilterPlan *plan, KilterVersion version, int product)
{
  int cycle = kilter_plan_get_n_history (plan), n = kilter_plan_get_n_buckets (plan);
  int ahead = MIN (cycle + kilter_plan_get_season (plan), n);

  *self = (Subject) { .plan = plan,
                      .version = version,
                      .product = product,
                      .scope = { .product = product },
                      .n = n,
                      .cycle = cycle,
                      .ahead = ahead };
  self->price = kilter_plan_get_row (plan, version, KILTER_PRICE, product);
  self->revenue = or_zero (
    kilter_plan_aggregate_time (plan, version, KILTER_REVENUE, &self->scope, cycle, ahead - cycle));
}

/**
 * kilter_plan_find_exception:
 * @out_exception: (out): what the rule found
 *
 * Asks one rule about one product, whatever the money.
 *
 * Returns: whether the rule objects
 */
gboolean
kilter_plan_find_exception (KilterPlan *plan,
                            KilterVersion version,
                            int product,
                            KilterExceptionKind kind,
                            KilterException *out_exception)
{
  Subject subject;

  init_subject (&subject, plan, version, product);
  return rules[kind](&subject, out_exception);
}

/* Below this money an exception of a product of the family is not listed. */
static double *
get_least_by_family (KilterPlan *plan, KilterVersion version, int cycle, int n)
{
  double share = kilter_plan_get_setting_number (plan, "exception-share");
  double *least = g_new0 (double, kilter_plan_get_max_id (plan, KILTER_TABLE_FAMILY) + 1);

  for (int id = 0; id <= kilter_plan_get_max_id (plan, KILTER_TABLE_FAMILY); id++)
    {
      KilterScope family = { .family = id };

      if (id == 0 || kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, id) != NULL)
        least[id] = share * or_zero (kilter_plan_aggregate_time (plan, version, KILTER_REVENUE,
                                                                 &family, cycle, n));
    }
  return least;
}

/**
 * kilter_plan_find_exceptions:
 *
 * Looks at each product, summed over its markets, for what a planner should see. A product is
 * listed once, for the rule with the most money at risk; what is below a share of the revenue of
 * its family (setting "exception-share") is left out. The other limits are settings, too:
 * "new-months", "outlier-sigmas", "tracking-signal", "bias-months", "large-override",
 * "large-change".
 *
 * Returns: (transfer full) (element-type KilterException): by falling money, reviewed ones last
 */
GArray *
kilter_plan_find_exceptions (KilterPlan *plan, KilterVersion version)
{
  GArray *exceptions = g_array_new (FALSE, FALSE, sizeof (KilterException));
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);
  int ahead = MIN (cycle + kilter_plan_get_season (plan), n);
  g_autofree double *least = get_least_by_family (plan, version, cycle, ahead - cycle);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      double limit = least[kilter_record_ref (product, KILTER_PRODUCT_FAMILY)];
      KilterException best = { .money = -1 };
      Subject subject;

      init_subject (&subject, plan, version, product->id);
      for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
        {
          KilterException found = { 0 };

          if (rules[i](&subject, &found) && found.money > best.money &&
              (found.money >= limit || found.kind == KILTER_EXCEPTION_NEW))
            best = found;
        }
      if (best.money < 0)
        continue;
      best.reviewed = is_reviewed (plan, &best);
      g_array_append_val (exceptions, best);
    }
  g_array_sort (exceptions, compare_exceptions);
  return exceptions;
}

/* --- health of the data --- */

static int
count_series (KilterPlan *plan, gboolean (*test) (const double *, int), int *out_example)
{
  int count = 0;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    if (test (kilter_plan_get_row (plan, KILTER_BASELINE, KILTER_ACTUAL, row),
              kilter_plan_get_n_history (plan)))
      {
        const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, row);

        if (series != NULL && count++ == 0 && out_example != NULL)
          *out_example = kilter_record_ref (series, KILTER_SERIES_PRODUCT);
      }
  return count;
}

/* A gap between two sales: not before the first one, not after the last. */
static gboolean
has_gap (const double *actual, int n)
{
  int first = 0, last = n - 1;

  while (first < n && isnan (actual[first]))
    first++;
  while (last > first && isnan (actual[last]))
    last--;
  for (int t = first; t < last; t++)
    if (isnan (actual[t]))
      return TRUE;
  return FALSE;
}

static gboolean
has_negative (const double *actual, int n)
{
  for (int t = 0; t < n; t++)
    if (actual[t] < 0)
      return TRUE;
  return FALSE;
}

/* A change of level by more than a factor of five that is not a start or an end of sales. */
static gboolean
has_jump (const double *actual, int n)
{
  for (int t = 1; t < n; t++)
    if (actual[t] > 0 && actual[t - 1] > 0 &&
        (actual[t] > 5 * actual[t - 1] || actual[t - 1] > 5 * actual[t]))
      return TRUE;
  return FALSE;
}

static gboolean
is_late (const double *actual, int n)
{
  gboolean before = FALSE;

  if (n < 2 || !isnan (actual[n - 1]))
    return FALSE;
  for (int t = MAX (n - 6, 0); t < n - 1; t++)
    before |= !isnan (actual[t]);
  return before;
}

static gboolean
has_negative_stock (KilterPlan *plan, int product)
{
  return has_negative (kilter_plan_get_row (plan, KILTER_BASELINE, KILTER_STOCK_ACTUAL, product),
                       kilter_plan_get_n_history (plan));
}

static gboolean
lacks (KilterPlan *plan, const KilterRecord *product, KilterHealth check)
{
  int cycle = MIN (kilter_plan_get_n_history (plan), kilter_plan_get_n_buckets (plan) - 1);
  int n_uses;

  switch ((int) check)
    {
    case KILTER_HEALTH_NO_PRICE:
      return isnan (
        kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_PRICE, product->id, cycle));
    case KILTER_HEALTH_NO_COST:
      return isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_COST, product->id, cycle));
    case KILTER_HEALTH_NO_FAMILY:
      return kilter_record_ref (product, KILTER_PRODUCT_FAMILY) == 0;
    case KILTER_HEALTH_NO_RATE:
      kilter_plan_get_uses (plan, product->id, &n_uses);
      return n_uses == 0;
    case KILTER_HEALTH_ORPHAN:
      kilter_plan_get_product_series (plan, product->id, &n_uses);
      return n_uses == 0;
    case KILTER_HEALTH_NEGATIVE_STOCK:
      return has_negative_stock (plan, product->id);
    case KILTER_HEALTH_NO_STOCK:
    default:
      return isnan (kilter_record_number (product, KILTER_PRODUCT_OPENING_STOCK)) &&
             (cycle == 0 || isnan (kilter_plan_get_value (
                              plan, KILTER_BASELINE, KILTER_STOCK_ACTUAL, product->id, cycle - 1)));
    }
}

/* Letters and digits of a code, in one case: "ic-101 " and "IC101" are the same. */
static char *
fold_code (const char *code)
{
  g_autofree char *folded = g_utf8_casefold (code, -1);
  GString *text = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (text, g_utf8_get_char (p));
  return g_string_free_and_steal (text);
}

static int
count_duplicates (KilterPlan *plan, int *out_example)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int count = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      char *code = fold_code (kilter_record_text (product, KILTER_PRODUCT_CODE));

      /* a code of signs alone says nothing */
      if (*code == '\0')
        g_free (code);
      else if (!g_hash_table_add (seen, code) && count++ == 0)
        *out_example = product->id;
    }
  return count;
}

/**
 * kilter_plan_count_health:
 * @out_example: (out) (optional): a product that it concerns, 0 when none
 *
 * Returns: how many series or products a check objects to
 */
int
kilter_plan_count_health (KilterPlan *plan, KilterHealth check, int *out_example)
{
  int count = 0, example = 0;

  switch ((int) check)
    {
    case KILTER_HEALTH_MISSING_MONTHS:
      count = count_series (plan, has_gap, &example);
      break;
    case KILTER_HEALTH_NEGATIVE:
      count = count_series (plan, has_negative, &example);
      break;
    case KILTER_HEALTH_JUMP:
      count = count_series (plan, has_jump, &example);
      break;
    case KILTER_HEALTH_LATE:
      count = count_series (plan, is_late, &example);
      break;
    case KILTER_HEALTH_DUPLICATE:
      count = count_duplicates (plan, &example);
      break;
    default:
      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
        if (lacks (plan, product, check) && count++ == 0)
          example = product->id;
    }
  if (out_example != NULL)
    *out_example = example;
  return count;
}
