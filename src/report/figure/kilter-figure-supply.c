/* kilter-figure-supply.c: load, stock, causes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define TOLERANCE 0.15 /* of the target stock */

/**
 * kilter_figure_load_resources:
 *
 * Returns: (transfer full) (element-type int): the resources that the heat map shows, in its order
 */
GArray *
kilter_figure_load_resources (const KilterSubject *subject)
{
  KilterScope scope = subject->scope;

  /* a chosen resource stands among the others, not alone */
  scope.resource = 0;
  return kilter_scope_get_rows (subject->plan, &scope, KILTER_GRAIN_RESOURCE);
}

KilterChart *
kilter_figure_load_of (const KilterSubject *subject,
                       GArray *resources,
                       int first,
                       int n,
                       const KilterChartPlace *place,
                       KilterMeasure share_measure)
{
  g_auto (KilterFigureTime) time = { 0 };
  g_auto (GStrv) names = g_new0 (char *, resources->len + 1);
  g_autofree double *values = g_new (double, MAX (resources->len * (guint) n, 1));

  if (resources->len == 0)
    return NULL;
  for (guint i = 0; i < resources->len; i++)
    {
      int resource = g_array_index (resources, int, i);
      const double *share = kilter_plan_get_row (subject->plan, subject->version, share_measure,
                                                 resource);

      names[i] = g_strdup (kilter_plan_get_resource_name (subject->plan, resource));
      for (int t = 0; t < n; t++)
        values[i * (guint) n + (guint) t] = share[first + t] * 100;
    }
  kilter_figure_time_init (&time, subject->plan, first, n);
  return kilter_chart_new_heat (&(KilterChartHeat) {
    .time = time.time,
    .place = place != NULL ? *place : (KilterChartPlace) { 0 },
    .format = { .grouped = TRUE },
    .n_rows = resources->len,
    .row_names = (const char *const *) names,
    .values = values,
    .has_header = TRUE,
    .has_legend = TRUE,
  });
}

/**
 * kilter_figure_load:
 * @of_demand: the load that demand makes before levelling, else that of the supply plan
 *
 * Load in per cent of regular capacity, resources by buckets.
 */
KilterChart *
kilter_figure_load (const KilterSubject *subject,
                    int first,
                    int n,
                    const KilterChartPlace *place,
                    gboolean of_demand)
{
  g_autoptr (GArray) resources = kilter_figure_load_resources (subject);
  KilterChart *chart = kilter_figure_load_of (
    subject, resources, first, n, place, of_demand ? KILTER_DEMAND_LOAD_SHARE : KILTER_LOAD_SHARE);
  g_autofree char *headline = NULL;

  if (chart == NULL)
    return NULL;
  headline = kilter_headline_supply (subject, first, n);
  kilter_chart_set_title (
    chart, headline,
    of_demand
      ? /* xgettext:no-c-format */ _ ("Load in % of regular capacity, demand plan before levelling")
      : /* xgettext:no-c-format */ _ ("Load in % of regular capacity, supply plan"));
  return chart;
}

static double *
scaled (const double *values, int first, int n, double factor)
{
  double *out = g_new (double, MAX (n, 1));

  for (int t = 0; t < n; t++)
    out[t] = values[first + t] * factor;
  return out;
}

/**
 * kilter_figure_stock:
 * @preview: (nullable): projected stock after a change, n_buckets
 *
 * Projected stock against its target, and what stays unmet; of what is made to order, which has no
 * stock, the backlog.
 */
KilterChart *
kilter_figure_stock (const KilterSubject *subject,
                     int first,
                     int n,
                     const KilterChartPlace *place,
                     const double *preview,
                     gboolean time_axis)
{
  gboolean to_order = kilter_scope_is_made_to_order (subject->plan, &subject->scope);
  KilterMeasure measure = to_order ? KILTER_BACKLOG : KILTER_STOCK;
  g_autofree double *stock = kilter_subject_dup (subject, measure);
  g_autofree double *target = kilter_subject_dup (subject, KILTER_TARGET_STOCK);
  g_autofree double *unmet = kilter_subject_dup (subject, KILTER_UNMET);
  g_autofree double *low = scaled (target, first, n, 1 - TOLERANCE);
  g_autofree double *high = scaled (target, first, n, 1 + TOLERANCE);
  g_autofree char *title = kilter_subject_get_title (subject);
  g_autofree char *headline = NULL;
  g_autofree char *subtitle = NULL;
  g_auto (KilterFigureTime) time = { 0 };
  KilterFormat format;
  KilterChart *chart;
  KilterChartStock data;

  kilter_figure_time_init (&time, subject->plan, first, n);
  kilter_subject_init_format (subject, measure, stock + first, (gsize) n, &format);
  data = (KilterChartStock) {
    .time = time.time,
    .place = place != NULL ? *place : (KilterChartPlace) { 0 },
    .format = format.number,
    .actual_name = _ ("Actual"),
    .stock_name = _ ("Projected"),
    .stock = stock + first,
    .below_name = _ ("Below target"),
    .target_name = _ ("Target"),
    .target = target + first,
    .band_name = _ ("Target ±15 %"),
    .low = low,
    .high = high,
    .unmet_name = _ ("Unmet demand"),
    .unmet_word = C_ ("box in a chart", "unmet"),
    .unmet = unmet + first,
    .preview_name = preview != NULL ? _ ("With the fix") : NULL,
    .preview = preview != NULL ? preview + first : NULL,
    .has_time_axis = time_axis,
    .has_legend = TRUE,
  };
  if (to_order)
    {
      data.target = data.low = data.high = data.unmet = data.preview = NULL;
      data.preview_name = NULL;
      headline = g_strdup_printf (_ ("Backlog of %s, end of period"), title);
    }
  else
    headline = g_strdup_printf (_ ("Stock of %s, end of period"), title);
  chart = kilter_chart_new_stock (&data);
  subtitle = kilter_figure_subtitle (subject, &format, first, n);
  kilter_chart_set_title (chart, headline, subtitle);
  return chart;
}

typedef struct
{
  int product;
  double risk;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->risk != y->risk)
    return x->risk > y->risk ? -1 : 1;
  return x->product - y->product;
}

/* Money that is missing below the target, or unmet, over the span. */
static double
get_risk (const KilterSubject *subject, int product, int first, int n)
{
  const double *stock = kilter_plan_get_row (subject->plan, subject->version, KILTER_STOCK,
                                             product);
  const double *target = kilter_plan_get_row (subject->plan, subject->version, KILTER_TARGET_STOCK,
                                              product);
  const double *unmet = kilter_plan_get_row (subject->plan, subject->version, KILTER_UNMET,
                                             product);
  const double *price = kilter_plan_get_row (subject->plan, subject->version, KILTER_PRICE,
                                             product);
  const double *cost = kilter_plan_get_row (subject->plan, subject->version, KILTER_COST, product);
  double risk = 0;

  for (int t = first; t < first + n; t++)
    {
      if (unmet[t] > 0 && price[t] > 0)
        risk += unmet[t] * price[t];
      if (stock[t] < target[t] && cost[t] > 0)
        risk += (target[t] - stock[t]) * cost[t] / 12;
    }
  return risk;
}

/* Each product is held against its own target. */
static double
get_target_days (const KilterPlan *plan, int product)
{
  double usual = kilter_plan_get_setting_number (plan, "target-days");

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_POLICY, policy)
    if (kilter_record_ref (policy, KILTER_POLICY_PRODUCT) == product)
      return kilter_record_number_or (policy, KILTER_POLICY_TARGET_DAYS, usual);
  return usual;
}

/**
 * kilter_figure_cover:
 * @out_products: (out) (optional) (transfer full) (element-type int): the products of the rows
 *
 * Days of cover, products by buckets, those with the most money at risk first. What is made to
 * order has no stock that could cover anything, and no row.
 */
KilterChart *
kilter_figure_cover (const KilterSubject *subject,
                     int first,
                     int n,
                     const KilterChartPlace *place,
                     GArray **out_products)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GArray *order = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (KilterFigureTime) time = { 0 };
  g_auto (GStrv) names = NULL;
  g_autofree double *values = NULL, *targets = NULL;
  g_autofree char *headline = kilter_headline_stock (subject, first, n);
  KilterChart *chart;

  for (guint i = 0; i < products->len; i++)
    {
      Ranked entry = { g_array_index (products, int, i), 0 };

      if (kilter_scope_is_made_to_order (subject->plan,
                                         &(KilterScope) { .product = entry.product }))
        continue;
      entry.risk = get_risk (subject, entry.product, first, n);
      g_array_append_val (ranked, entry);
    }
  g_array_sort (ranked, compare_ranked);
  g_array_set_size (ranked, MIN (ranked->len, 200));
  names = g_new0 (char *, ranked->len + 1);
  values = g_new (double, MAX (ranked->len * (guint) n, 1));
  targets = g_new (double, MAX (ranked->len, 1));
  for (guint i = 0; i < ranked->len; i++)
    {
      int product = g_array_index (ranked, Ranked, i).product;
      const double *cover = kilter_plan_get_row (subject->plan, subject->version, KILTER_COVER,
                                                 product);

      g_array_append_val (order, product);
      targets[i] = get_target_days (subject->plan, product);
      names[i] = g_strdup (kilter_plan_get_product_name (subject->plan, product));
      for (int t = 0; t < n; t++)
        values[i * (guint) n + (guint) t] = cover[first + t];
    }
  if (out_products != NULL)
    *out_products = order;
  else
    g_array_unref (order);
  if (ranked->len == 0)
    return NULL;
  kilter_figure_time_init (&time, subject->plan, first, n);
  chart = kilter_chart_new_heat (&(KilterChartHeat) {
    .time = time.time,
    .place = place != NULL ? *place : (KilterChartPlace) { 0 },
    .format = { .grouped = TRUE },
    .n_rows = ranked->len,
    .row_names = (const char *const *) names,
    .values = values,
    .targets = targets,
    .is_reversed = TRUE,
    .has_header = TRUE,
  });
  kilter_chart_set_title (chart, headline, _ ("Days of cover at the end of each period"));
  return chart;
}

/* Hours that a measure of demand takes on the resource in one bucket, as a ratio of capacity. */
static double
get_share (const KilterSubject *subject, KilterMeasure measure, int resource, int bucket)
{
  KilterScope scope = { .resource = resource };
  int n = kilter_plan_get_n_buckets (subject->plan);
  g_autofree double *hours = g_new (double, n);
  double capacity = kilter_plan_get_value (subject->plan, subject->version, KILTER_CAPACITY,
                                           resource, bucket);

  kilter_plan_aggregate_in (subject->plan, subject->version, measure, &scope, KILTER_IN_HOURS,
                            hours);
  return isnan (hours[bucket]) || !(capacity > 0) ? 0 : hours[bucket] / capacity * 100;
}

static double
get_new_share (const KilterSubject *subject, int resource, int bucket)
{
  KilterScope scope = { .resource = resource };
  g_autoptr (GArray) products = kilter_scope_get_rows (subject->plan, &scope, KILTER_GRAIN_PRODUCT);
  double capacity = kilter_plan_get_value (subject->plan, subject->version, KILTER_CAPACITY,
                                           resource, bucket);
  int cycle = kilter_plan_get_n_history (subject->plan);
  int n = kilter_plan_get_n_buckets (subject->plan);
  g_autofree double *values = g_new (double, n);
  double hours = 0;

  for (guint i = 0; i < products->len; i++)
    {
      gboolean sold = FALSE;

      scope.product = g_array_index (products, int, i);
      kilter_plan_aggregate (subject->plan, subject->version, KILTER_ACTUAL, &scope, values);
      for (int t = 0; t < cycle; t++)
        sold |= values[t] > 0;
      if (sold)
        continue;
      kilter_plan_aggregate_in (subject->plan, subject->version, KILTER_DEMAND, &scope,
                                KILTER_IN_HOURS, values);
      if (!isnan (values[bucket]))
        hours += values[bucket];
    }
  return capacity > 0 ? hours / capacity * 100 : 0;
}

/**
 * kilter_figure_load_steps:
 *
 * What makes the load of a resource in one bucket: statistical forecast, events, what planners
 * changed, what inputs changed, new products. The parts sum to the load.
 */
KilterChart *
kilter_figure_load_steps (const KilterSubject *subject, int resource, int bucket)
{
  double total = get_share (subject, KILTER_DEMAND, resource, bucket);
  double statistical = get_share (subject, KILTER_STATISTICAL, resource, bucket);
  double event = get_share (subject, KILTER_EVENT, resource, bucket);
  double final = get_share (subject, KILTER_FINAL, resource, bucket);
  double fresh = get_new_share (subject, resource, bucket);
  double fresh_statistical = 0;
  KilterChartStep steps[5];
  gsize n = 0;

  if (bucket < kilter_plan_get_n_history (subject->plan))
    return NULL;
  /* new products stand apart from the base */
  if (fresh > 0)
    fresh_statistical = MIN (fresh, statistical);
  steps[n++] = (KilterChartStep) { _ ("Base demand"), statistical - fresh_statistical };
  if (fresh > 0.05)
    steps[n++] = (KilterChartStep) { _ ("New products"), fresh_statistical };
  if (fabs (event) > 0.05)
    steps[n++] = (KilterChartStep) { _ ("Events"), event };
  if (fabs (final - statistical - event) > 0.05)
    steps[n++] = (KilterChartStep) { _ ("Overrides"), final - statistical - event };
  if (fabs (total - final) > 0.05)
    steps[n++] = (KilterChartStep) { _ ("Sales and marketing"), total - final };
  return kilter_chart_new_steps (&(KilterChartSteps) {
    .steps = steps,
    .n_steps = n,
    .total_name = _ ("Load"),
    .limit = 100,
    .limit_name = _ ("Capacity 100"),
    .format = { .decimals = 0 },
  });
}
