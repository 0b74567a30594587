/* kilter-forecast-nodes.c: sums of series forecast too, and all made to agree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  BY_TOTAL,
  BY_CATEGORY,
  BY_FAMILY,
  BY_PRODUCT,
  N_PRODUCT_LEVELS
};
enum
{
  OF_ALL,
  OF_REGION,
  OF_CHANNEL,
  OF_MARKET,
  N_MARKET_LEVELS
};

static const char *const product_names[N_PRODUCT_LEVELS] = { "total", "category", "family",
                                                             "product" };
static const char *const market_names[N_MARKET_LEVELS] = { "all", "region", "channel", "market" };

/* --- what is asked for --- */

/* "family", "family/region", "region": a level of products, of markets, or both. */
static gboolean
parse_level (const char *text, int *out_product, int *out_market)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  guint n_product = 0, n_market = 0;

  *out_product = BY_TOTAL;
  *out_market = OF_ALL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (int p = 0; p < N_PRODUCT_LEVELS; p++)
        if (g_str_equal (parts[i], product_names[p]))
          {
            *out_product = p;
            n_product++;
            found = TRUE;
          }
      for (int m = 1; m < N_MARKET_LEVELS; m++)
        if (g_str_equal (parts[i], market_names[m]))
          {
            *out_market = m;
            n_market++;
            found = TRUE;
          }
      if (!found)
        return FALSE;
    }
  return n_product <= 1 && n_market <= 1 && n_product + n_market > 0;
}

static gboolean
parse_reconcile (const char *text, KilterForecastReconcile *out)
{
  int product, market;

  *out = (KilterForecastReconcile) { KILTER_RECONCILE_BOTTOM_UP, KILTER_WEIGHTS_VARIANCE, NULL };
  if (text == NULL || *text == '\0' || g_str_equal (text, "bottom-up"))
    return TRUE;
  if (g_str_equal (text, "optimal") || g_str_equal (text, "optimal:variance") ||
      g_str_equal (text, "optimal:structural"))
    {
      out->method = KILTER_RECONCILE_OPTIMAL;
      if (g_str_has_suffix (text, ":structural"))
        out->weights = KILTER_WEIGHTS_STRUCTURAL;
      return TRUE;
    }
  if (g_str_equal (text, "top-down"))
    {
      out->method = KILTER_RECONCILE_TOP_DOWN;
      return TRUE;
    }
  if (!g_str_has_prefix (text, "middle-out:") ||
      !parse_level (text + strlen ("middle-out:"), &product, &market))
    return FALSE;
  out->method = KILTER_RECONCILE_MIDDLE_OUT;
  out->level = g_strdup (text + strlen ("middle-out:"));
  return TRUE;
}

/**
 * kilter_reconcile_text_check:
 * @text: "bottom-up", "top-down", "middle-out:LEVEL", "optimal" (by the variance of the errors) or
 *   "optimal:structural" (by the number of series); LEVEL is category, family or product, region,
 *   channel or market, or one of each: "family/region"
 *
 * Returns: %FALSE with %KILTER_PLAN_ERROR_INVALID when it is none of these
 */
gboolean
kilter_reconcile_text_check (const char *text, GError **error)
{
  KilterForecastReconcile parsed;

  if (parse_reconcile (text, &parsed))
    {
      g_free (parsed.level);
      return TRUE;
    }
  g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
               _ ("“%s” is no way to reconcile; there are bottom-up, top-down, middle-out:LEVEL, "
                  "optimal and optimal:structural."),
               text);
  return FALSE;
}

/* A plan's setting that is not understood, of a newer version, means none. */
gboolean
kilter_forecast_task_set_reconcile (KilterForecastTask *self, const char *text, GError **error)
{
  if (parse_reconcile (text, &self->reconcile))
    return TRUE;
  return kilter_reconcile_text_check (text, error);
}

/* --- the sums --- */

/* What a series belongs to at each level. */
static void
collect_keys (const KilterForecastTask *self,
              const KilterPlan *plan,
              guint *product_keys[N_PRODUCT_LEVELS],
              guint *market_keys[N_MARKET_LEVELS])
{
  guint n_channels = (guint) kilter_plan_get_max_id (plan, KILTER_TABLE_CHANNEL) + 1;

  for (guint i = 0; i < self->leaves->len; i++)
    {
      const KilterForecastItem *item = kilter_forecast_item (
        self, g_array_index (self->leaves, guint, i));
      const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, item->series);
      const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                                            item->product);
      int family = kilter_record_ref (product, KILTER_PRODUCT_FAMILY);
      const KilterRecord *family_record = kilter_plan_get_record (plan, KILTER_TABLE_FAMILY,
                                                                  family);

      product_keys[BY_TOTAL][i] = 0;
      product_keys[BY_PRODUCT][i] = (guint) item->product;
      product_keys[BY_FAMILY][i] = (guint) family;
      product_keys[BY_CATEGORY][i] = family_record != NULL
                                       ? (guint) kilter_record_ref (family_record,
                                                                    KILTER_FAMILY_CATEGORY)
                                       : 0;
      market_keys[OF_ALL][i] = 0;
      market_keys[OF_REGION][i] = (guint) kilter_record_ref (series, KILTER_SERIES_REGION);
      market_keys[OF_CHANNEL][i] = (guint) kilter_record_ref (series, KILTER_SERIES_CHANNEL);
      market_keys[OF_MARKET][i] = market_keys[OF_REGION][i] * n_channels +
                                  market_keys[OF_CHANNEL][i];
    }
}

static void
make_hierarchy (KilterForecastTask *self, const KilterPlan *plan)
{
  guint n = self->leaves->len;
  guint *products[N_PRODUCT_LEVELS], *markets[N_MARKET_LEVELS];
  g_autofree guint *keys = g_new (guint, n + 1);
  int wanted_product = -1, wanted_market = -1;

  for (int i = 0; i < N_PRODUCT_LEVELS; i++)
    products[i] = g_new0 (guint, n + 1);
  for (int i = 0; i < N_MARKET_LEVELS; i++)
    markets[i] = g_new0 (guint, n + 1);
  collect_keys (self, plan, products, markets);
  if (self->reconcile.method == KILTER_RECONCILE_OPTIMAL)
    self->hierarchy = kilter_hierarchy_new_crossed (
      n, (const guint *const *) products + 1, N_PRODUCT_LEVELS - 1,
      (const guint *const *) markets + 1, N_MARKET_LEVELS - 1);
  else
    {
      guint n_markets = (guint) kilter_plan_get_max_id (plan, KILTER_TABLE_REGION) + 1;

      n_markets *= (guint) kilter_plan_get_max_id (plan, KILTER_TABLE_CHANNEL) + 1;
      wanted_product = BY_TOTAL;
      wanted_market = OF_ALL;
      if (self->reconcile.method == KILTER_RECONCILE_MIDDLE_OUT)
        parse_level (self->reconcile.level, &wanted_product, &wanted_market);
      for (guint i = 0; i < n; i++)
        keys[i] = products[wanted_product][i] * MAX (n_markets, 1) + markets[wanted_market][i];
      self->hierarchy = kilter_hierarchy_new (n);
      self->stands = (guint) kilter_hierarchy_add_level (self->hierarchy, keys);
    }
  for (int i = 0; i < N_PRODUCT_LEVELS; i++)
    g_free (products[i]);
  for (int i = 0; i < N_MARKET_LEVELS; i++)
    g_free (markets[i]);
}

/* What a leaf adds to a sum at a bucket. A gap inside its history is bridged by the season before
 * or the last value: a sum must not dip where a number is only late. */
static void
add_history (const KilterForecastTask *self, const double *history, double *sum)
{
  int first = 0, m = (int) self->options.season_length;
  double last = 0;

  while (first < self->n_history && isnan (history[first]))
    first++;
  for (int t = first; t < self->n_history; t++)
    {
      double value = history[t];

      if (isnan (value))
        value = t - m >= first && !isnan (history[t - m]) ? history[t - m] : last;
      else
        last = value;
      sum[t] = (isnan (sum[t]) ? 0 : sum[t]) + value;
    }
}

/* A successor's history holds what its predecessor sold: where that one is in the sum as well, it
 * must not count twice. */
static const double *
history_in_sums (const KilterForecastTask *self, const KilterForecastItem *item)
{
  const KilterForecastItem *before = item->predecessor != 0
                                       ? kilter_forecast_task_find (self, item->predecessor)
                                       : NULL;

  return before != NULL && !before->apart ? item->own : item->history;
}

static void
free_node (gpointer data)
{
  KilterForecastNode *node = data;

  g_free (node->name);
  g_free (node->history);
  g_free (node);
}

/**
 * kilter_forecast_task_add_nodes:
 *
 * Takes the series that are neither new nor on their way out, and the sums that they are to agree
 * with; nothing for bottom-up.
 */
gboolean
kilter_forecast_task_add_nodes (KilterForecastTask *self, KilterPlan *plan, GError **error)
{
  gsize n_sums;

  self->leaves = g_array_new (FALSE, FALSE, sizeof (guint));
  self->nodes = g_ptr_array_new_with_free_func (free_node);
  if (self->reconcile.method == KILTER_RECONCILE_BOTTOM_UP)
    return TRUE;
  for (guint i = 0; i < self->items->len; i++)
    if (kilter_forecast_item (self, i)->written && !kilter_forecast_item (self, i)->apart)
      g_array_append_val (self->leaves, i);
  if (self->leaves->len < 2)
    return TRUE;
  make_hierarchy (self, plan);
  /* the level is that of the series */
  if (kilter_hierarchy_get_n_levels (self->hierarchy) < 2)
    {
      g_clear_pointer (&self->hierarchy, kilter_hierarchy_free);
      return TRUE;
    }
  n_sums = kilter_hierarchy_get_n_nodes (self->hierarchy) - self->leaves->len;
  for (gsize i = 0; i < n_sums; i++)
    {
      KilterForecastNode *node = g_new0 (KilterForecastNode, 1);

      node->name = g_strdup_printf ("sum:%" G_GSIZE_FORMAT, i + 1);
      node->history = g_new (double, MAX (self->n_history, 1));
      for (int t = 0; t < self->n_history; t++)
        node->history[t] = NAN;
      g_ptr_array_add (self->nodes, node);
    }
  for (guint level = 0; level + 1 < kilter_hierarchy_get_n_levels (self->hierarchy); level++)
    for (guint i = 0; i < self->leaves->len; i++)
      {
        const KilterForecastItem *item = kilter_forecast_item (
          self, g_array_index (self->leaves, guint, i));
        KilterForecastNode *node = g_ptr_array_index (
          self->nodes, kilter_hierarchy_get_node (self->hierarchy, level, i));

        add_history (self, history_in_sums (self, item), node->history);
      }
  return TRUE;
}

/* --- agreement --- */

/* Mean and bounds move together: what the sums say about the level says nothing about the width. */
static void
move_item (KilterForecastTask *self, KilterForecastItem *item, const double *forecast)
{
  double before = 0, after = 0;

  for (int h = 0; h < self->n_horizon; h++)
    {
      double change = forecast[h] - item->rows[h];

      before += item->rows[h];
      after += forecast[h];
      item->rows[h] = forecast[h];
      for (guint row = 1; row < 1 + 2 * KILTER_FORECAST_N_INTERVALS; row++)
        {
          double *bound = &kilter_forecast_item_row (self, item, row)[h];

          *bound = MAX (*bound + change, 0);
        }
    }
  if (before > 0)
    kilter_forecast_item_note (item, "reconciled", after / before);
}

gboolean
kilter_forecast_task_reconcile (KilterForecastTask *self, KilterJob *job, GError **error)
{
  gsize n, first_leaf, h = (gsize) self->n_horizon;
  g_autofree double *forecasts = NULL, *variances = NULL;
  KilterReconcileOptions options = { .method = self->reconcile.method,
                                     .level = self->stands,
                                     .weights = self->reconcile.weights,
                                     .non_negative = TRUE };

  if (self->hierarchy == NULL)
    return TRUE;
  n = kilter_hierarchy_get_n_nodes (self->hierarchy);
  first_leaf = n - self->leaves->len;
  forecasts = g_new (double, n *h);
  variances = g_new (double, n);
  for (gsize i = 0; i < first_leaf; i++)
    {
      const KilterForecast *result = &self->results[self->items->len + i];

      memcpy (forecasts + i * h, result->mean, h * sizeof (double));
      variances[i] = result->sd != NULL ? result->sd[0] * result->sd[0] : NAN;
    }
  for (guint i = 0; i < self->leaves->len; i++)
    {
      KilterForecastItem *item = kilter_forecast_item (self,
                                                       g_array_index (self->leaves, guint, i));

      memcpy (forecasts + (first_leaf + i) * h, item->rows, h * sizeof (double));
      variances[first_leaf + i] = item->sd * item->sd;
    }
  options.variances = variances;
  if (!kilter_reconcile (self->hierarchy, &options, (guint) h, forecasts, job, error))
    return FALSE;
  for (guint i = 0; i < self->leaves->len; i++)
    move_item (self, kilter_forecast_item (self, g_array_index (self->leaves, guint, i)),
               forecasts + (first_leaf + i) * h);
  return TRUE;
}
