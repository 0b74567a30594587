/* kilter-scope.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-scope.h"

#include "plan/supply/kilter-stock-policy.h"

#include "plan/formula/kilter-formula.h"
#include "plan/data/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_QUARK (kilter_plan_error, kilter_plan_error)

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

gboolean
kilter_scope_equal (const KilterScope *a, const KilterScope *b)
{
  return a->category == b->category && a->family == b->family && a->product == b->product &&
         a->region == b->region && a->channel == b->channel && a->resource == b->resource;
}

static gboolean
uses_resource (const KilterPlan *plan, int product, int resource)
{
  int n;
  const KilterUse *uses = kilter_plan_get_uses ((KilterPlan *) plan, product, &n);

  for (int i = 0; i < n; i++)
    if (uses[i].resource == resource)
      return TRUE;
  return FALSE;
}

gboolean
kilter_scope_has_product (const KilterPlan *plan, const KilterScope *scope, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);
  int family;

  if (record == NULL)
    return FALSE;
  if (scope->product != 0 && scope->product != product)
    return FALSE;
  family = kilter_record_ref (record, KILTER_PRODUCT_FAMILY);
  if (scope->family != 0 && scope->family != family)
    return FALSE;
  if (scope->category != 0)
    {
      const KilterRecord *f = kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, family);

      if (f == NULL || kilter_record_ref (f, KILTER_FAMILY_CATEGORY) != scope->category)
        return FALSE;
    }
  return scope->resource == 0 || uses_resource (plan, product, scope->resource);
}

gboolean
kilter_scope_has_series (const KilterPlan *plan, const KilterScope *scope, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  if (record == NULL)
    return FALSE;
  if (scope->region != 0 && scope->region != kilter_record_ref (record, KILTER_SERIES_REGION))
    return FALSE;
  if (scope->channel != 0 && scope->channel != kilter_record_ref (record, KILTER_SERIES_CHANNEL))
    return FALSE;
  return kilter_scope_has_product (plan, scope, kilter_record_ref (record, KILTER_SERIES_PRODUCT));
}

/**
 * kilter_scope_has_resource:
 *
 * Returns: whether the resource is chosen, or makes a chosen product
 */
gboolean
kilter_scope_has_resource (const KilterPlan *plan, const KilterScope *scope, int resource)
{
  int n;
  const int *products;

  if (kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource) == NULL)
    return FALSE;
  if (scope->resource != 0)
    return scope->resource == resource;
  if (scope->category == 0 && scope->family == 0 && scope->product == 0)
    return TRUE;
  products = kilter_plan_get_resource_products ((KilterPlan *) plan, resource, &n);
  for (int i = 0; i < n; i++)
    if (kilter_scope_has_product (plan, scope, products[i]))
      return TRUE;
  return FALSE;
}

/**
 * kilter_scope_is_made_to_order:
 *
 * Returns: whether everything in the scope is made when it is ordered: there is a backlog, and no
 *   stock
 */
gboolean
kilter_scope_is_made_to_order (const KilterPlan *plan, const KilterScope *scope)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    if (!kilter_plan_is_made_to_order (plan, g_array_index (products, int, i)))
      return FALSE;
  return products->len > 0;
}

/**
 * kilter_scope_get_rows:
 *
 * Returns: (transfer full) (element-type int): the ids of the rows in the scope, rising
 */
GArray *
kilter_scope_get_rows (const KilterPlan *plan, const KilterScope *scope, KilterGrain grain)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (int));
  int n = kilter_plan_get_n_rows (plan, grain);

  /* one product: no need to look at all the others */
  if (grain == KILTER_GRAIN_SERIES && scope->product != 0)
    {
      int n_series;
      const int *series = kilter_plan_get_product_series (plan, scope->product, &n_series);

      for (int i = 0; i < n_series; i++)
        if (kilter_scope_has_series (plan, scope, series[i]))
          g_array_append_val (rows, series[i]);
      return rows;
    }
  if (grain == KILTER_GRAIN_PRODUCT && scope->product != 0)
    {
      if (kilter_scope_has_product (plan, scope, scope->product))
        g_array_append_val (rows, scope->product);
      return rows;
    }
  for (int row = 1; row <= n; row++)
    if (grain == KILTER_GRAIN_SERIES    ? kilter_scope_has_series (plan, scope, row)
        : grain == KILTER_GRAIN_PRODUCT ? kilter_scope_has_product (plan, scope, row)
                                        : kilter_scope_has_resource (plan, scope, row))
      g_array_append_val (rows, row);
  return rows;
}

/**
 * kilter_scope_get_name:
 *
 * Returns: (transfer none): the line, else the product, else the family; the plan's name for all
 */
const char *
kilter_scope_get_name (const KilterPlan *plan, const KilterScope *scope)
{
  if (scope->resource != 0)
    return kilter_plan_get_resource_name (plan, scope->resource);
  if (scope->product != 0)
    return kilter_plan_get_product_name (plan, scope->product);
  if (scope->family != 0)
    return kilter_plan_get_key (plan, KILTER_TABLE_FAMILY, scope->family);
  return kilter_plan_get_name (plan);
}

/**
 * kilter_scope_get_title:
 *
 * Returns: (transfer full): "Ice Cream ▸ Mango Bar ▸ North" in the plan's own names; "" for all
 */
char *
kilter_scope_get_title (const KilterPlan *plan, const KilterScope *scope)
{
  GString *title = g_string_new (NULL);
  int family = scope->family;
  const char *parts[6] = { 0 };
  int n = 0;

  if (scope->product != 0)
    {
      const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                                            scope->product);

      if (product != NULL && family == 0)
        family = kilter_record_ref (product, KILTER_PRODUCT_FAMILY);
    }
  if (scope->category != 0)
    parts[n++] = kilter_plan_get_key (plan, KILTER_TABLE_CATEGORY, scope->category);
  if (family != 0)
    parts[n++] = kilter_plan_get_key (plan, KILTER_TABLE_FAMILY, family);
  if (scope->product != 0)
    parts[n++] = kilter_plan_get_product_name (plan, scope->product);
  if (scope->region != 0)
    parts[n++] = kilter_plan_get_key (plan, KILTER_TABLE_REGION, scope->region);
  if (scope->channel != 0)
    parts[n++] = kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL, scope->channel);
  if (scope->resource != 0)
    parts[n++] = kilter_plan_get_resource_name (plan, scope->resource);
  for (int i = 0; i < n; i++)
    g_string_append_printf (title, "%s%s", i > 0 ? " \xe2\x96\xb8 " : "", parts[i]);
  return g_string_free (title, FALSE);
}

/**
 * kilter_plan_get_product_name:
 *
 * Returns: (transfer none): the name, or the code of a product without one
 */
const char *
kilter_plan_get_product_name (const KilterPlan *plan, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);

  if (record == NULL)
    return "";
  if (*kilter_record_text (record, KILTER_PRODUCT_NAME) != '\0')
    return kilter_record_text (record, KILTER_PRODUCT_NAME);
  return kilter_record_text (record, KILTER_PRODUCT_CODE);
}

const char *
kilter_plan_get_resource_name (const KilterPlan *plan, int resource)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);

  if (record == NULL)
    return "";
  if (*kilter_record_text (record, KILTER_RESOURCE_NAME) != '\0')
    return kilter_record_text (record, KILTER_RESOURCE_NAME);
  return kilter_record_text (record, KILTER_RESOURCE_CODE);
}

/* --- aggregation --- */

static void
sum_rows (KilterPlan *plan,
          KilterVersion version,
          KilterMeasure measure,
          const GArray *rows,
          double *out)
{
  int n = kilter_plan_get_n_buckets (plan);

  for (int t = 0; t < n; t++)
    out[t] = NAN;
  for (guint i = 0; i < rows->len; i++)
    {
      const double *values = kilter_plan_get_row (plan, version, measure,
                                                  g_array_index (rows, int, i));

      for (int t = 0; t < n; t++)
        if (!isnan (values[t]))
          out[t] = isnan (out[t]) ? values[t] : out[t] + values[t];
    }
}

/* Prices weigh by what is sold at them; the plain mean where nothing is. */
static void
average_price (KilterPlan *plan,
               KilterVersion version,
               KilterMeasure measure,
               const GArray *rows,
               double *out)
{
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *money = g_new0 (double, n);
  g_autofree double *quantity = g_new0 (double, n);
  g_autofree double *plain = g_new0 (double, n);
  g_autofree int *count = g_new0 (int, n);
  g_autofree double *demand = g_new (double, n);

  for (guint i = 0; i < rows->len; i++)
    {
      int product = g_array_index (rows, int, i);
      const double *price = kilter_plan_get_row (plan, version, measure, product);

      kilter_plan_product_demand (plan, version, product, demand);
      for (int t = 0; t < n; t++)
        {
          if (isnan (price[t]))
            continue;
          plain[t] += price[t];
          count[t]++;
          if (demand[t] > 0)
            {
              money[t] += price[t] * demand[t];
              quantity[t] += demand[t];
            }
        }
    }
  for (int t = 0; t < n; t++)
    out[t] = quantity[t] > 0 ? money[t] / quantity[t] : (count[t] > 0 ? plain[t] / count[t] : NAN);
}

/* The half-width of an interval of a sum. Errors of products cancel in part: how much is measured
 * on the past, as the error of the sum against the errors of the parts under independence, from
 * forecasts one period ahead; it lies between 1 (independent) and √n (all at once). With fewer
 * than six such errors, half of the way between. */
static double
get_interval_ratio (KilterPlan *plan, KilterVersion version, const GArray *rows)
{
  int n = kilter_plan_get_n_history (plan);
  g_autofree double *total = g_new0 (double, MAX (n, 1));
  g_autofree gboolean *known = g_new0 (gboolean, MAX (n, 1));
  double parts = 0, sum = 0;
  int count = 0;
  double most = sqrt ((double) rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *actual = kilter_plan_get_row (plan, version, KILTER_CLEANED, row);
      const double *previous = kilter_plan_get_row (plan, version, KILTER_PREVIOUS, row);

      for (int t = 0; t < n; t++)
        if (!isnan (actual[t]) && !isnan (previous[t]))
          {
            double error = actual[t] - previous[t];

            total[t] += error;
            parts += error * error;
            known[t] = TRUE;
          }
    }
  for (int t = 0; t < n; t++)
    if (known[t])
      {
        sum += total[t] * total[t];
        count++;
      }
  if (count < 6 || parts <= 0)
    return 1 + (most - 1) / 2;
  return CLAMP (sqrt (sum / parts), 1, most);
}

static void
aggregate_interval (KilterPlan *plan,
                    KilterVersion version,
                    KilterMeasure measure,
                    const GArray *rows,
                    double *out)
{
  int n = kilter_plan_get_n_buckets (plan);
  gboolean high = measure == KILTER_HIGH_50 || measure == KILTER_HIGH_80 ||
                  measure == KILTER_HIGH_95;
  g_autofree double *mean = g_new (double, n);
  g_autofree double *squares = g_new0 (double, n);
  double ratio;

  if (rows->len == 1)
    {
      memcpy (out, kilter_plan_get_row (plan, version, measure, g_array_index (rows, int, 0)),
              sizeof (double) * (gsize) n);
      return;
    }
  sum_rows (plan, version, KILTER_STATISTICAL, rows, mean);
  ratio = get_interval_ratio (plan, version, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *bound = kilter_plan_get_row (plan, version, measure, row);
      const double *middle = kilter_plan_get_row (plan, version, KILTER_STATISTICAL, row);

      for (int t = 0; t < n; t++)
        if (!isnan (bound[t]) && !isnan (middle[t]))
          squares[t] += (bound[t] - middle[t]) * (bound[t] - middle[t]);
    }
  for (int t = 0; t < n; t++)
    {
      double half = sqrt (squares[t]) * ratio;

      out[t] = isnan (mean[t]) ? NAN : (high ? mean[t] + half : mean[t] - half);
      if (!high && mean[t] >= 0)
        out[t] = MAX (out[t], 0);
    }
}

/**
 * kilter_plan_aggregate:
 * @out_values: (array): n_buckets numbers
 *
 * What a measure is for a part of the plan: sums, prices weighted by demand, ratios computed from
 * the sums, intervals from the errors of the sum. A measure by product or resource ignores region
 * and channel. O(rows × buckets).
 */
void
kilter_plan_aggregate (KilterPlan *plan,
                       KilterVersion version,
                       KilterMeasure measure,
                       const KilterScope *scope,
                       double *out_values)
{
  const KilterMeasureInfo *info = kilter_measure_get_info (measure);
  int n = kilter_plan_get_n_buckets (plan);
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, info->grain);

  if (info->aggregate == KILTER_AGGREGATE_AVERAGE)
    average_price (plan, version, measure, rows, out_values);
  else if (info->aggregate != KILTER_AGGREGATE_FORMULA)
    sum_rows (plan, version, measure, rows, out_values);
  else if (measure >= KILTER_LOW_50 && measure <= KILTER_HIGH_95)
    aggregate_interval (plan, version, measure, rows, out_values);
  else if (measure == KILTER_BACKLOG_DAYS)
    {
      g_autofree double *backlog = g_new (double, n);
      g_autofree double *supply = g_new (double, n);

      kilter_plan_aggregate (plan, version, KILTER_BACKLOG, scope, backlog);
      kilter_plan_aggregate (plan, version, KILTER_SUPPLY, scope, supply);
      kilter_formula_backlog_days (plan, backlog, supply, out_values);
    }
  else if (measure == KILTER_COVER)
    {
      KilterScope products = *scope;
      g_autofree double *stock = g_new (double, n);
      g_autofree double *demand = g_new (double, n);

      products.region = products.channel = 0;
      kilter_plan_aggregate (plan, version, KILTER_STOCK, scope, stock);
      kilter_plan_aggregate (plan, version, KILTER_DEMAND, &products, demand);
      kilter_formula_cover (plan, stock, demand, out_values);
    }
  else if (measure == KILTER_OVERRIDE_SHARE)
    {
      g_autofree double *override = g_new (double, n);
      g_autofree double *statistical = g_new (double, n);

      kilter_plan_aggregate (plan, version, KILTER_OVERRIDE, scope, override);
      kilter_plan_aggregate (plan, version, KILTER_STATISTICAL, scope, statistical);
      for (int t = 0; t < n; t++)
        out_values[t] = statistical[t] != 0 ? override[t] / statistical[t] : NAN;
    }
  else
    {
      KilterMeasure first, second;
      g_autofree double *x = g_new (double, n);
      g_autofree double *y = g_new (double, n);

      kilter_formula_inputs (measure, &first, &second);
      kilter_plan_aggregate (plan, version, first, scope, x);
      kilter_plan_aggregate (plan, version, second, scope, y);
      for (int t = 0; t < n; t++)
        kilter_formula_ratio (measure, x[t], y[t], &out_values[t]);
    }
}

static gboolean
is_store (const KilterRecord *resource)
{
  return g_str_equal (kilter_record_text (resource, KILTER_RESOURCE_KIND), "storage");
}

/**
 * kilter_plan_can_measure_in:
 *
 * Returns: whether anything of the plan is counted in @in: pallets need a store
 */
gboolean
kilter_plan_can_measure_in (const KilterPlan *plan, KilterMeasuredIn in)
{
  g_return_val_if_fail (plan != NULL, FALSE);

  if (in != KILTER_IN_PALLETS)
    return TRUE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    if (is_store (resource))
      return TRUE;
  return FALSE;
}

/* What one unit of a product is, in another unit, bucket by bucket. */
static void
get_factor (KilterPlan *plan,
            KilterVersion version,
            const KilterScope *scope,
            int product,
            KilterMeasuredIn in,
            double *out)
{
  int n = kilter_plan_get_n_buckets (plan), n_uses;
  const double *price = kilter_plan_get_row (plan, version, KILTER_PRICE, product);
  const double *cost = kilter_plan_get_row (plan, version, KILTER_COST, product);
  const KilterUse *uses = kilter_plan_get_uses (plan, product, &n_uses);
  double per_unit = 0;

  for (int i = 0; i < n_uses; i++)
    {
      const KilterRecord *resource = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE,
                                                             uses[i].resource);
      gboolean store = resource != NULL && is_store (resource);

      if (store == (in == KILTER_IN_PALLETS) &&
          (scope->resource == 0 || in == KILTER_IN_PALLETS || uses[i].resource == scope->resource))
        per_unit += uses[i].hours;
    }
  for (int t = 0; t < n; t++)
    switch (in)
      {
      case KILTER_IN_REVENUE:
        out[t] = price[t];
        break;
      case KILTER_IN_MARGIN:
        out[t] = price[t] - cost[t];
        break;
      case KILTER_IN_HOURS:
      case KILTER_IN_PALLETS:
        out[t] = per_unit;
        break;
      case KILTER_IN_QUANTITY:
      default:
        out[t] = 1;
      }
}

/**
 * kilter_plan_aggregate_in:
 * @measure: a quantity; other measures are given as they are
 *
 * The same as kilter_plan_aggregate() in another unit: each product by its own price, margin,
 * hours or pallets. Bounds of intervals follow the statistical forecast.
 */
void
kilter_plan_aggregate_in (KilterPlan *plan,
                          KilterVersion version,
                          KilterMeasure measure,
                          const KilterScope *scope,
                          KilterMeasuredIn in,
                          double *out_values)
{
  const KilterMeasureInfo *info = kilter_measure_get_info (measure);
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *part = NULL;
  g_autofree double *factor = NULL;
  g_autoptr (GArray) products = NULL;

  if (in == KILTER_IN_QUANTITY || info->unit != KILTER_UNIT_QUANTITY ||
      info->grain == KILTER_GRAIN_RESOURCE)
    {
      kilter_plan_aggregate (plan, version, measure, scope, out_values);
      return;
    }
  part = g_new (double, n);
  factor = g_new (double, n);
  if (info->aggregate == KILTER_AGGREGATE_FORMULA)
    {
      kilter_plan_aggregate_in (plan, version, KILTER_STATISTICAL, scope, in, factor);
      kilter_plan_aggregate (plan, version, KILTER_STATISTICAL, scope, part);
      kilter_plan_aggregate (plan, version, measure, scope, out_values);
      for (int t = 0; t < n; t++)
        out_values[t] = part[t] != 0 ? out_values[t] * factor[t] / part[t] : NAN;
      return;
    }
  products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  for (int t = 0; t < n; t++)
    out_values[t] = NAN;
  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = *scope;

      one.product = g_array_index (products, int, i);
      kilter_plan_aggregate (plan, version, measure, &one, part);
      get_factor (plan, version, scope, one.product, in, factor);
      for (int t = 0; t < n; t++)
        if (!isnan (part[t]) && !isnan (factor[t]))
          out_values[t] = or_zero (out_values[t]) + part[t] * factor[t];
    }
}

/**
 * kilter_plan_aggregate_time:
 * @first: the first bucket's index
 *
 * Returns: what a measure is over a span of time: a sum, the last value, or a ratio of sums
 */
double
kilter_plan_aggregate_time (KilterPlan *plan,
                            KilterVersion version,
                            KilterMeasure measure,
                            const KilterScope *scope,
                            int first,
                            int n)
{
  const KilterMeasureInfo *info = kilter_measure_get_info (measure);
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));
  double result = NAN;
  int count = 0;

  g_return_val_if_fail (first >= 0 && first + n <= kilter_plan_get_n_buckets (plan), NAN);

  if (info->aggregate == KILTER_AGGREGATE_FORMULA && info->unit == KILTER_UNIT_RATIO &&
      measure != KILTER_OVERRIDE_SHARE)
    {
      KilterMeasure a, b;

      kilter_formula_inputs (measure, &a, &b);
      kilter_formula_ratio (measure, kilter_plan_aggregate_time (plan, version, a, scope, first, n),
                            kilter_plan_aggregate_time (plan, version, b, scope, first, n),
                            &result);
      return result;
    }
  kilter_plan_aggregate (plan, version, measure, scope, values);
  for (int t = first; t < first + n; t++)
    {
      if (isnan (values[t]))
        continue;
      if (info->aggregate == KILTER_AGGREGATE_LAST || measure == KILTER_COVER ||
          measure == KILTER_BACKLOG_DAYS)
        result = values[t];
      else
        result = isnan (result) ? values[t] : result + values[t];
      count++;
    }
  return info->aggregate == KILTER_AGGREGATE_AVERAGE && count > 0 ? result / count : result;
}
