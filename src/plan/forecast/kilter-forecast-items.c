/* kilter-forecast-items.c: what a forecast run takes from the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include <math.h>
#include <string.h>

/* replacements of replacements that are followed back */
#define MAX_CHAIN 8
/* a product that has sold for so many periods, or a season of them, speaks for itself */
#define NEW_PERIODS 12
#define LEAST_NEW_PERIODS 6
/* nothing sold for so long at the end of the history: it has been replaced */
#define GONE_PERIODS 2

static int
find_bucket_text (const KilterPlan *plan, const char *text, int otherwise)
{
  KilterBucket bucket;

  if (text == NULL || *text == '\0')
    return otherwise;
  bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), text);
  if (bucket == KILTER_BUCKET_NONE)
    return otherwise;
  return CLAMP (bucket - kilter_plan_get_start (plan), 0, kilter_plan_get_n_buckets (plan));
}

/* The series of another product in the same market. */
static int
find_sibling (const KilterPlan *plan, int series, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  return product == 0 ? 0
                      : kilter_plan_find_series (plan, product,
                                                 kilter_record_ref (record, KILTER_SERIES_REGION),
                                                 kilter_record_ref (record, KILTER_SERIES_CHANNEL));
}

static const KilterRecord *
product_of (const KilterPlan *plan, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  return record == NULL
           ? NULL
           : kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                     kilter_record_ref (record, KILTER_SERIES_PRODUCT));
}

/* The first period with sales, n without any. */
static int
first_sale (const double *values, int n)
{
  int t = 0;

  while (t < n && (isnan (values[t]) || values[t] == 0))
    t++;
  return t;
}

static int
count_known (const double *values, int first, int n)
{
  int count = 0;

  for (int t = first; t < n; t++)
    count += !isnan (values[t]);
  return count;
}

/* Whether a product's sales have gone over to its successor. */
static gboolean
is_gone (const KilterPlan *plan, const KilterRecord *product, const double *values, int n)
{
  int last = n;

  while (last > 0 && (isnan (values[last - 1]) || values[last - 1] == 0))
    last--;
  return last + GONE_PERIODS <= n ||
         find_bucket_text (plan, kilter_record_text (product, KILTER_PRODUCT_PHASE_OUT),
                           kilter_plan_get_n_buckets (plan)) < kilter_plan_get_n_buckets (plan);
}

/* Puts what a predecessor sold, and its predecessors, before what a series sold itself. */
static void
chain (KilterPlan *plan, KilterVersion version, int series, int depth, double *history)
{
  const KilterRecord *product = product_of (plan, series);
  int n = kilter_plan_get_n_history (plan), before;
  g_autofree double *old = NULL;

  if (product == NULL || depth == MAX_CHAIN)
    return;
  before = find_sibling (plan, series, kilter_record_ref (product, KILTER_PRODUCT_PREDECESSOR));
  if (before == 0)
    return;
  old = g_memdup2 (kilter_plan_get_row (plan, version, KILTER_CLEANED, before),
                   sizeof (double) * (gsize) MAX (n, 1));
  chain (plan, version, before, depth + 1, old);
  /* sold beside its successor for good, it is no part of what that one will sell */
  if (!is_gone (plan, product_of (plan, before),
                kilter_plan_get_row (plan, version, KILTER_CLEANED, before), n))
    for (int t = first_sale (history, n); t < n; t++)
      old[t] = NAN;
  kilter_chain_history (old, history, (gsize) n,
                        kilter_record_number (product, KILTER_PRODUCT_PREDECESSOR_SHARE), history);
}

static void
set_method (KilterForecastItem *item, const KilterPlan *plan, const char *method)
{
  if (method == NULL)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, item->series);

      method = model != NULL ? kilter_record_text (model, KILTER_MODEL_FORCED) : "";
    }
  item->method = KILTER_METHOD_AUTO;
  item->members = 0;
  if (*method != '\0' &&
      !kilter_forecast_method_parse (method, &item->method, &item->members, NULL))
    item->method = KILTER_METHOD_AUTO;
}

static void
set_phase_out (KilterForecastItem *item, const KilterPlan *plan, const KilterRecord *product)
{
  const char *curve = kilter_record_text (product, KILTER_PRODUCT_PHASE_OUT_CURVE);

  item->end = find_bucket_text (plan, kilter_record_text (product, KILTER_PRODUCT_PHASE_OUT),
                                kilter_plan_get_n_buckets (plan));
  item->phase_out_periods = (guint) CLAMP (
    kilter_record_number_or (product, KILTER_PRODUCT_PHASE_OUT_PERIODS, 0), 0, 1000);
  item->phase_out = KILTER_PHASE_OUT_SUDDEN;
  if (item->phase_out_periods > 0 && !g_str_equal (curve, "sudden"))
    item->phase_out = g_str_equal (curve, "decay") ? KILTER_PHASE_OUT_DECAY
                                                   : KILTER_PHASE_OUT_LINEAR;
}

/* --- like products --- */

static void
add_like (KilterForecastItem *item, const KilterPlan *plan, KilterVersion version, int product)
{
  int series = find_sibling (plan, item->series, product), n = kilter_plan_get_n_history (plan);

  if (series == 0 || series == item->series || item->n_likes == KILTER_MAX_LIKES)
    return;
  for (int i = 0; i < item->n_likes; i++)
    if (item->likes[i] == series)
      return;
  if (first_sale (kilter_plan_get_row ((KilterPlan *) plan, version, KILTER_CLEANED, series), n) <
      n)
    item->likes[item->n_likes++] = series;
}

/* How unlike two products are: another group, another price. */
static double
distance (const KilterRecord *a, const KilterRecord *b)
{
  double x = kilter_record_number (a, KILTER_PRODUCT_PRICE);
  double y = kilter_record_number (b, KILTER_PRODUCT_PRICE), far = 0;

  if (!g_str_equal (kilter_record_text (a, KILTER_PRODUCT_GROUP),
                    kilter_record_text (b, KILTER_PRODUCT_GROUP)))
    far += 1;
  return far + (x > 0 && y > 0 ? MIN (fabs (log (x / y)), 1) : 1);
}

/* The nearest products of the family, for a launch for which none was named. */
static void
add_nearest (KilterForecastItem *item, const KilterPlan *plan, KilterVersion version)
{
  const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, item->product);
  int family = kilter_record_ref (product, KILTER_PRODUCT_FAMILY);
  g_autoptr (GHashTable) tried = g_hash_table_new (NULL, NULL);

  for (int i = 0; family != 0 && i < 2 * KILTER_MAX_LIKES; i++)
    {
      const KilterRecord *best = NULL;

      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, other)
        if (other->id != product->id &&
            kilter_record_ref (other, KILTER_PRODUCT_FAMILY) == family &&
            !g_hash_table_contains (tried, GINT_TO_POINTER (other->id)) &&
            (best == NULL || distance (product, other) < distance (product, best)))
          best = other;
      if (best == NULL)
        break;
      g_hash_table_add (tried, GINT_TO_POINTER (best->id));
      add_like (item, plan, version, best->id);
    }
}

static gboolean
is_new (const KilterForecastTask *self, const KilterForecastItem *item)
{
  int limit = CLAMP ((int) self->options.season_length, LEAST_NEW_PERIODS, NEW_PERIODS);
  int first = first_sale (item->history, self->n_history);

  return first == self->n_history || (item->launch > 0 && first + limit > self->n_history &&
                                      count_known (item->history, first, self->n_history) < limit);
}

static void
set_likes (KilterForecastTask *self, KilterForecastItem *item, KilterPlan *plan)
{
  const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, item->product);
  static const int fields[] = { KILTER_PRODUCT_LIKE, KILTER_PRODUCT_LIKE_2, KILTER_PRODUCT_LIKE_3 };
  int first = first_sale (item->history, self->n_history);
  int limit = CLAMP ((int) self->options.season_length, LEAST_NEW_PERIODS, NEW_PERIODS);
  gboolean named = FALSE;

  item->share = kilter_record_number_or (product, KILTER_PRODUCT_LIKE_SHARE, 1);
  item->bass = g_str_equal (kilter_record_text (product, KILTER_PRODUCT_LAUNCH_CURVE), "bass");
  /* whoever names a like product means a new one, also where no launch date is known */
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    named = named || kilter_record_ref (product, fields[i]) != 0;
  if (!is_new (self, item) && !(named && first > 0 && first + limit > self->n_history))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    add_like (item, plan, self->version, kilter_record_ref (product, fields[i]));
  if (!named && *kilter_record_text (product, KILTER_PRODUCT_LAUNCH) != '\0')
    add_nearest (item, plan, self->version);
  item->apart = item->n_likes > 0;
}

/* --- items --- */

static void
add_item (KilterForecastTask *self,
          KilterPlan *plan,
          int series,
          const char *method,
          gboolean written)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  int product_id = kilter_record_ref (record, KILTER_SERIES_PRODUCT);
  const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product_id);
  gsize n = (gsize) MAX (self->n_history, 1);
  KilterForecastItem item = {
    .series = series, .product = product_id, .written = written, .share = 1, .sd = NAN
  };

  if (product == NULL)
    return;
  item.own = g_memdup2 (kilter_plan_get_row (plan, self->version, KILTER_CLEANED, series),
                        sizeof (double) * n);
  item.history = g_memdup2 (item.own, sizeof (double) * n);
  chain (plan, self->version, series, 0, item.history);
  if (memcmp (item.own, item.history, sizeof (double) * n) != 0)
    {
      item.predecessor = find_sibling (plan, series,
                                       kilter_record_ref (product, KILTER_PRODUCT_PREDECESSOR));
      kilter_forecast_item_note (
        &item, "chained", kilter_record_number_or (product, KILTER_PRODUCT_PREDECESSOR_SHARE, 1));
    }
  set_method (&item, plan, method);
  item.launch = find_bucket_text (plan, kilter_record_text (product, KILTER_PRODUCT_LAUNCH), 0);
  set_phase_out (&item, plan, product);
  set_likes (self, &item, plan);
  if (item.n_likes == 0)
    item.season = kilter_plan_get_own_season (plan, series);
  /* what a planner says of the season is not to be averaged away */
  item.apart |= item.season != NULL;
  item.apart |= item.end < self->n_history + self->n_horizon || item.launch > self->n_history;
  g_array_append_val (self->items, item);
  g_hash_table_insert (self->by_series, GINT_TO_POINTER (series),
                       GUINT_TO_POINTER (self->items->len));
}

/**
 * kilter_forecast_task_add_items:
 * @rows: (element-type int): series to forecast
 * @method: (nullable): for all of them
 *
 * Copies their histories, and those of like products that are not among them.
 */
void
kilter_forecast_task_add_items (KilterForecastTask *self,
                                KilterPlan *plan,
                                const GArray *rows,
                                const char *method)
{
  guint n;

  for (guint i = 0; i < rows->len; i++)
    add_item (self, plan, g_array_index (rows, int, i), method, TRUE);
  n = self->items->len;
  for (guint i = 0; i < n; i++)
    for (int k = 0; k < kilter_forecast_item (self, i)->n_likes; k++)
      {
        int like = kilter_forecast_item (self, i)->likes[k];

        if (!g_hash_table_contains (self->by_series, GINT_TO_POINTER (like)))
          add_item (self, plan, like, NULL, FALSE);
      }
}
