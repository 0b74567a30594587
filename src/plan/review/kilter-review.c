/* kilter-review.c: who helps the forecast: value added by step and by person, errors by lag
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"

#include "plan/review/kilter-insight.h"
#include "plan/data/kilter-plan-private.h"

#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* adds what is known to a sum of what is known */
static void
add (double *sum, double value)
{
  if (!isnan (value))
    *sum = or_zero (*sum) + value;
}

/* --- snapshots --- */

static int
get_cycle_index (const KilterPlan *plan, const KilterRecord *version)
{
  const char *text = kilter_record_text (version, KILTER_VERSION_CYCLE);
  KilterBucket cycle = *text != '\0'
                         ? kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), text)
                         : KILTER_BUCKET_NONE;

  return cycle == KILTER_BUCKET_NONE ? G_MININT : cycle - kilter_plan_get_start (plan);
}

/**
 * kilter_plan_get_cycle_index:
 *
 * Returns: the index of the first bucket of the cycle in which a version was made; it may lie
 *   before the history; %G_MININT when it is not known
 */
int
kilter_plan_get_cycle_index (const KilterPlan *plan, KilterVersion version)
{
  return get_cycle_index (plan, kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version));
}

static gboolean
is_approved (const KilterRecord *version)
{
  return g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved");
}

/**
 * kilter_plan_find_cycle_plan:
 * @bucket: index of the first bucket of the cycle; it may lie before the history
 *
 * Returns: the plan that was approved in that cycle, 0 when there is none
 */
KilterVersion
kilter_plan_find_cycle_plan (const KilterPlan *plan, int bucket)
{
  KilterVersion found = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (is_approved (version) && get_cycle_index (plan, version) == bucket)
      found = version->id;
  return found;
}

typedef struct
{
  int cycle;
  KilterVersion version;
} Origin;

static int
compare_origins (gconstpointer a, gconstpointer b)
{
  const Origin *x = a, *y = b;

  return x->cycle != y->cycle ? (x->cycle > y->cycle) - (x->cycle < y->cycle)
                              : x->version - y->version;
}

/**
 * kilter_plan_list_approved:
 *
 * Returns: (transfer full) (element-type KilterVersion): the approved plans, the oldest cycle
 *   first; of several of one cycle the newest
 */
GArray *
kilter_plan_list_approved (const KilterPlan *plan)
{
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (Origin));
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (KilterVersion));

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      Origin origin = { get_cycle_index (plan, version), version->id };

      if (is_approved (version) && origin.cycle != G_MININT)
        g_array_append_val (origins, origin);
    }
  g_array_sort (origins, compare_origins);
  for (guint i = 0; i < origins->len; i++)
    if (i + 1 == origins->len ||
        g_array_index (origins, Origin, i).cycle != g_array_index (origins, Origin, i + 1).cycle)
      g_array_append_val (versions, g_array_index (origins, Origin, i).version);
  return versions;
}

static double
get_frozen (const KilterPlan *plan, KilterVersion version, KilterMeasure measure, int row, int t)
{
  const double *values = version != 0
                           ? kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_FACT, row)
                           : NULL;

  return values != NULL && t >= 0 ? values[t] : NAN;
}

/* --- value added by step --- */

/* What was said of a product in a bucket, after each step. */
typedef struct
{
  double actual;
  double said[KILTER_N_VALUE_STEPS];
  gboolean known[KILTER_N_VALUE_STEPS]; /* whether the step itself said something */
} Sayings;

static KilterValueStepId
get_step (KilterMeasure input)
{
  switch ((int) input)
    {
    case KILTER_SALES_INPUT:
      return KILTER_VALUE_SALES;
    case KILTER_MARKETING_INPUT:
      return KILTER_VALUE_MARKETING;
    case KILTER_FINANCE_INPUT:
      return KILTER_VALUE_FINANCE;
    case KILTER_CUSTOMER_INPUT:
    default:
      return KILTER_VALUE_CUSTOMER;
    }
}

static void
read_sayings (KilterPlan *plan,
              KilterVersion version,
              const KilterScope *scope,
              int product,
              int t,
              int lag,
              KilterVersion origin,
              Sayings *out)
{
  int n_series, n_inputs;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n_inputs);

  *out = (Sayings) { .actual = NAN };
  for (int s = 0; s < KILTER_N_VALUE_STEPS; s++)
    out->said[s] = NAN;
  for (int i = 0; i < n_series; i++)
    {
      const double *cleaned;
      double said, consensus;

      if (!kilter_scope_has_series (plan, scope, series[i]))
        continue;
      cleaned = kilter_plan_get_row (plan, version, KILTER_CLEANED, series[i]);
      add (&out->actual, cleaned[t]);
      if (t >= lag)
        add (&out->said[KILTER_VALUE_NAIVE], cleaned[t - lag]);
      said = get_frozen (plan, origin, KILTER_STATISTICAL, series[i], t);
      add (&out->said[KILTER_VALUE_STATISTICAL], said);
      for (int k = 0; k < n_inputs; k++)
        {
          KilterValueStepId step = get_step (inputs[k]);
          double input = get_frozen (plan, origin, inputs[k], series[i], t);

          if (!isnan (input))
            {
              said = input;
              out->known[step] = TRUE;
            }
          add (&out->said[step], said);
        }
      consensus = get_frozen (plan, origin, KILTER_CONSENSUS, series[i], t);
      if (isnan (consensus) && lag == 1)
        consensus = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_PREVIOUS, series[i], t);
      add (&out->said[KILTER_VALUE_CONSENSUS], consensus);
    }
}

typedef struct
{
  double error[KILTER_N_VALUE_STEPS];
  double total;
  gboolean known[KILTER_N_VALUE_STEPS];
} Sums;

static void
count_worse (const Sums *bucket, KilterValueAdded *out)
{
  int before = -1;

  for (int s = 0; s < KILTER_N_VALUE_STEPS; s++)
    {
      if (!bucket->known[s])
        continue;
      if (before >= 0 && bucket->error[s] > bucket->error[before] * (1 + 1e-9))
        out->n_worse[s]++;
      before = s;
    }
}

/* All steps on the same pairs of product and bucket, so that their differences mean something. */
static gboolean
measure_chain (KilterPlan *plan,
               KilterVersion version,
               const KilterScope *scope,
               int first,
               KilterValueAdded *out)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  int cycle = kilter_plan_get_n_history (plan);
  Sums all = { 0 };

  for (int t = first; t < cycle; t++)
    {
      KilterVersion origin = kilter_plan_find_cycle_plan (plan, t - out->lag + 1);
      Sums bucket = { 0 };

      for (guint i = 0; origin != 0 && i < products->len; i++)
        {
          Sayings sayings;

          read_sayings (plan, version, scope, g_array_index (products, int, i), t, out->lag, origin,
                        &sayings);
          if (isnan (sayings.actual) || isnan (sayings.said[KILTER_VALUE_NAIVE]) ||
              isnan (sayings.said[KILTER_VALUE_STATISTICAL]) ||
              isnan (sayings.said[KILTER_VALUE_CONSENSUS]))
            continue;
          sayings.known[KILTER_VALUE_NAIVE] = sayings.known[KILTER_VALUE_STATISTICAL] =
            sayings.known[KILTER_VALUE_CONSENSUS] = TRUE;
          bucket.total += fabs (sayings.actual);
          for (int s = 0; s < KILTER_N_VALUE_STEPS; s++)
            {
              bucket.error[s] += fabs (sayings.said[s] - sayings.actual);
              bucket.known[s] |= sayings.known[s];
            }
        }
      if (bucket.total <= 0)
        continue;
      out->n_buckets++;
      count_worse (&bucket, out);
      all.total += bucket.total;
      for (int s = 0; s < KILTER_N_VALUE_STEPS; s++)
        {
          all.error[s] += bucket.error[s];
          all.known[s] |= bucket.known[s];
        }
    }
  for (int s = 0; s < KILTER_N_VALUE_STEPS; s++)
    out->error[s] = all.total > 0 && all.known[s] ? all.error[s] / all.total : NAN;
  return all.total > 0;
}

/* Without snapshots: naive and the forecasts of one bucket before, as imported, and what the
 * engine's backtest says of itself. */
static void
measure_parts (KilterPlan *plan,
               KilterVersion version,
               const KilterScope *scope,
               int first,
               KilterValueAdded *out)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  int cycle = kilter_plan_get_n_history (plan);
  double naive = 0, naive_total = 0, agreed = 0, agreed_total = 0;
  KilterModelSummary summary;

  for (guint i = 0; i < products->len; i++)
    for (int t = first; t < cycle; t++)
      {
        Sayings sayings;
        double *said = sayings.said;

        read_sayings (plan, version, scope, g_array_index (products, int, i), t, 1, 0, &sayings);
        if (isnan (sayings.actual))
          continue;
        if (!isnan (said[KILTER_VALUE_NAIVE]))
          {
            naive += fabs (said[KILTER_VALUE_NAIVE] - sayings.actual);
            naive_total += fabs (sayings.actual);
          }
        if (!isnan (said[KILTER_VALUE_CONSENSUS]))
          {
            agreed += fabs (said[KILTER_VALUE_CONSENSUS] - sayings.actual);
            agreed_total += fabs (sayings.actual);
          }
      }
  kilter_plan_model_summary (plan, version, scope, &summary);
  out->error[KILTER_VALUE_NAIVE] = naive_total > 0 ? naive / naive_total : NAN;
  out->error[KILTER_VALUE_STATISTICAL] = summary.wape;
  out->error[KILTER_VALUE_CONSENSUS] = agreed_total > 0 ? agreed / agreed_total : NAN;
  out->n_buckets = cycle - first;
}

/**
 * kilter_plan_value_added:
 * @n_buckets: how many past buckets to look at
 * @lag: how many buckets ahead, 1 for the bucket that follows
 *
 * WAPE of each step that makes the forecast, over products and buckets (Gilliland, "The Business
 * Forecasting Deal", 2010, chapter 4). What each step said is read from the plans that were
 * approved in earlier cycles, never from the numbers as they are now; all steps are measured on the
 * same products and buckets. Without such plans only naive, the backtest's own error, and the
 * forecasts of one bucket before are known; @lag is then 1.
 */
void
kilter_plan_value_added (KilterPlan *plan,
                         KilterVersion version,
                         const KilterScope *scope,
                         int n_buckets,
                         int lag,
                         KilterValueAdded *out)
{
  int cycle = kilter_plan_get_n_history (plan);
  int first = MAX (cycle - n_buckets, MAX (lag, 1));

  *out = (KilterValueAdded) { .lag = MAX (lag, 1) };
  out->from_snapshots = measure_chain (plan, version, scope, first, out);
  if (out->from_snapshots)
    return;
  out->lag = 1;
  measure_parts (plan, version, scope, MAX (cycle - n_buckets, 1), out);
}

/* --- value added by person --- */

typedef struct
{
  char *person;
  KilterMeasure measure;
  int bucket;
  int product;
  double actual;
  double before;
  double after;
} Word; /* what somebody said of a product in a bucket */

static void
clear_word (gpointer data)
{
  g_free (((Word *) data)->person);
}

static void
clear_person (gpointer data)
{
  g_free (((KilterPersonValue *) data)->person);
}

static void
add_word (GArray *words,
          GHashTable *index,
          const char *person,
          KilterMeasure measure,
          int product,
          int bucket,
          double actual,
          double before,
          double after)
{
  g_autofree char *key = g_strdup_printf ("%d/%d/%d/%s", measure, product, bucket, person);
  gpointer at;

  if (isnan (actual) || isnan (before) || isnan (after))
    return;
  if (!g_hash_table_lookup_extended (index, key, NULL, &at))
    {
      Word word = { g_strdup (person), measure, bucket, product, 0, 0, 0 };

      at = GUINT_TO_POINTER (words->len);
      g_array_append_val (words, word);
      g_hash_table_insert (index, g_steal_pointer (&key), at);
    }
  {
    Word *word = &g_array_index (words, Word, GPOINTER_TO_UINT (at));

    word->actual += actual;
    word->before += before;
    word->after += after;
  }
}

/* Whether a series is one of those that a contributor answers for. */
static gboolean
is_theirs (const KilterPlan *plan, const KilterRecord *contributor, int series)
{
  KilterScope scope = { .family = kilter_record_ref (contributor, KILTER_CONTRIBUTOR_FAMILY),
                        .region = kilter_record_ref (contributor, KILTER_CONTRIBUTOR_REGION),
                        .channel = kilter_record_ref (contributor, KILTER_CONTRIBUTOR_CHANNEL) };

  return kilter_scope_has_series (plan, &scope, series);
}

static void
collect_inputs (KilterPlan *plan,
                KilterVersion version,
                int series,
                int product,
                int t,
                KilterVersion origin,
                GArray *words,
                GHashTable *index)
{
  double actual = kilter_plan_get_value (plan, version, KILTER_CLEANED, series, t);
  double before = get_frozen (plan, origin, KILTER_STATISTICAL, series, t);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      int measure = kilter_measure_from_key (
        kilter_record_text (contributor, KILTER_CONTRIBUTOR_MEASURE));
      const char *person = kilter_plan_get_key (
        plan, KILTER_TABLE_PERSON, kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON));

      if (measure < 0 || *person == '\0' || !is_theirs (plan, contributor, series))
        continue;
      add_word (words, index, person, (KilterMeasure) measure, product, t, actual, before,
                get_frozen (plan, origin, (KilterMeasure) measure, series, t));
    }
}

/* An override that is still there in the past: who typed it is known. */
static void
collect_overrides (KilterPlan *plan,
                   KilterVersion version,
                   int series,
                   int product,
                   int t,
                   KilterVersion origin,
                   GArray *words,
                   GHashTable *index)
{
  static const KilterMeasure overrides[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                             KILTER_OVERRIDE_SHARE };

  for (gsize m = 0; m < G_N_ELEMENTS (overrides); m++)
    {
      const KilterCellNote *note = kilter_plan_get_note (plan, version, overrides[m], series, t);

      if (note == NULL || note->author == NULL || *note->author == '\0')
        continue;
      add_word (words, index, note->author, KILTER_FINAL, product, t,
                kilter_plan_get_value (plan, version, KILTER_CLEANED, series, t),
                get_frozen (plan, origin, KILTER_STATISTICAL, series, t) +
                  or_zero (get_frozen (plan, origin, KILTER_EVENT, series, t)),
                get_frozen (plan, origin, KILTER_FINAL, series, t));
      return;
    }
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const Word *x = a, *y = b;

  if (x->measure != y->measure)
    return (int) x->measure - (int) y->measure;
  if (!g_str_equal (x->person, y->person))
    return strcmp (x->person, y->person);
  return x->bucket != y->bucket ? x->bucket - y->bucket : x->product - y->product;
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const KilterPersonValue *x = a, *y = b;
  double p = x->before - x->after, q = y->before - y->after;

  return p != q ? (p < q) - (p > q) : strcmp (x->person, y->person);
}

static GArray *
sum_words (GArray *words)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (KilterPersonValue));
  guint i = 0;

  g_array_set_clear_func (people, clear_person);
  while (i < words->len)
    {
      const Word *start = &g_array_index (words, Word, i);
      KilterPersonValue person = { .person = g_strdup (start->person), .measure = start->measure };
      double before = 0, after = 0, total = 0;

      while (i < words->len && g_array_index (words, Word, i).measure == person.measure &&
             g_str_equal (g_array_index (words, Word, i).person, person.person))
        {
          int bucket = g_array_index (words, Word, i).bucket;
          double b = 0, a = 0;

          for (; i < words->len && g_array_index (words, Word, i).bucket == bucket &&
                 g_array_index (words, Word, i).measure == person.measure &&
                 g_str_equal (g_array_index (words, Word, i).person, person.person);
               i++)
            {
              const Word *word = &g_array_index (words, Word, i);

              b += fabs (word->before - word->actual);
              a += fabs (word->after - word->actual);
              total += fabs (word->actual);
            }
          before += b;
          after += a;
          person.n_buckets++;
          person.n_worse += a > b * (1 + 1e-9);
        }
      person.before = total > 0 ? before / total : NAN;
      person.after = total > 0 ? after / total : NAN;
      if (total > 0)
        g_array_append_val (people, person);
      else
        g_free (person.person);
    }
  g_array_sort (people, compare_people);
  return people;
}

/**
 * kilter_plan_value_added_people:
 * @n_buckets: how many past buckets to look at
 *
 * The same by person, one bucket ahead: contributors by what the approved plans kept of their input
 * in their part of the plan, planners by their overrides. Each is compared with the statistical
 * forecast (with events, for overrides) of the same numbers.
 *
 * Returns: (transfer full) (element-type KilterPersonValue): the most helpful first
 */
GArray *
kilter_plan_value_added_people (KilterPlan *plan,
                                KilterVersion version,
                                const KilterScope *scope,
                                int n_buckets)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int cycle = kilter_plan_get_n_history (plan);

  g_array_set_clear_func (words, clear_word);
  for (int t = MAX (cycle - n_buckets, 0); t < cycle; t++)
    {
      KilterVersion origin = kilter_plan_find_cycle_plan (plan, t);

      for (guint i = 0; origin != 0 && i < rows->len; i++)
        {
          int series = g_array_index (rows, int, i);
          int product = kilter_record_ref (
            kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series), KILTER_SERIES_PRODUCT);

          collect_inputs (plan, version, series, product, t, origin, words, index);
          collect_overrides (plan, version, series, product, t, origin, words, index);
        }
    }
  g_array_sort (words, compare_words);
  return sum_words (words);
}

/* --- errors by lag --- */

/**
 * kilter_plan_lag_errors:
 * @n_buckets: how many past buckets to look at
 * @n_lags: how many lags
 * @out_errors: (array length=n_lags): of lag 1, 2 …
 *
 * Actual sales of a bucket against the plan that was approved @n_lags − 1 … 0 cycles before its
 * own: the diagonal of the waterfall, product by product.
 */
void
kilter_plan_lag_errors (KilterPlan *plan,
                        const KilterScope *scope,
                        int n_buckets,
                        int n_lags,
                        KilterLagError *out_errors)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  int cycle = kilter_plan_get_n_history (plan);

  for (int lag = 1; lag <= n_lags; lag++)
    {
      KilterLagError *out = &out_errors[lag - 1];
      double error = 0, bias = 0, total = 0;

      *out = (KilterLagError) { NAN, NAN, 0 };
      for (int t = MAX (cycle - n_buckets, 0); t < cycle; t++)
        {
          KilterVersion origin = kilter_plan_find_cycle_plan (plan, t - lag + 1);
          gboolean any = FALSE;

          for (guint i = 0; i < products->len; i++)
            {
              Sayings sayings;
              double said;

              if (origin == 0 && lag > 1)
                continue;
              read_sayings (plan, KILTER_BASELINE, scope, g_array_index (products, int, i), t, lag,
                            origin, &sayings);
              said = sayings.said[KILTER_VALUE_CONSENSUS];
              if (isnan (sayings.actual) || isnan (said))
                continue;
              error += fabs (said - sayings.actual);
              bias += said - sayings.actual;
              total += sayings.actual;
              any = TRUE;
            }
          out->n_buckets += any;
        }
      if (total > 0)
        {
          out->wape = error / total;
          out->bias = bias / total;
        }
    }
}
