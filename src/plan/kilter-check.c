/* kilter-check.c: what must hold of every plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-insight.h"

#include "plan/data/kilter-plan-private.h"

#include <math.h>

#define CLOSE_ENOUGH(a, b) (fabs ((a) - (b)) <= 1e-6 * (1 + fabs (a) + fabs (b)))

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* closing stock − backlog = opening stock − backlog before + supply − demand + lost */
static void
check_stock (KilterPlan *plan, KilterVersion version, GPtrArray *messages)
{
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);
  g_autofree double *demand = g_new (double, n);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      gboolean waits = kilter_plan_waits (plan, product->id);
      const double *stock = kilter_plan_get_row (plan, version, KILTER_STOCK, product->id);
      const double *supply = kilter_plan_get_row (plan, version, KILTER_SUPPLY, product->id);
      const double *unmet = kilter_plan_get_row (plan, version, KILTER_UNMET, product->id);
      const double *backlog = kilter_plan_get_row (plan, version, KILTER_BACKLOG, product->id);

      kilter_plan_product_needs (plan, version, product->id, demand);
      for (int t = cycle + 1; t < n; t++)
        {
          double left = stock[t] - or_zero (backlog[t]);
          double right = stock[t - 1] - or_zero (backlog[t - 1]) + or_zero (supply[t]) -
                         or_zero (demand[t]) + (waits ? 0 : or_zero (unmet[t]));

          /* as close as the quantities that flow allow: near an empty stock they do not shrink */
          double room = 1e-6 * (1 + fabs (stock[t - 1]) + fabs (or_zero (supply[t])) +
                                fabs (or_zero (demand[t])));

          if (!isnan (left) && !isnan (right) && fabs (left - right) > room)
            g_ptr_array_add (
              messages,
              g_strdup_printf ("Stock of %s does not follow from supply and demand in bucket %d",
                               kilter_record_text (product, KILTER_PRODUCT_CODE), t));
          if (stock[t] < -1e-6)
            g_ptr_array_add (
              messages, g_strdup_printf ("Stock of %s is below 0 in bucket %d",
                                         kilter_record_text (product, KILTER_PRODUCT_CODE), t));
        }
    }
}

/* The parts of a measure sum to its total, whichever way the plan is cut. */
static void
check_sums (KilterPlan *plan, KilterVersion version, KilterMeasure measure, GPtrArray *messages)
{
  static const KilterScope everything = { 0 };
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *total = g_new (double, n);
  g_autofree double *part = g_new (double, n);
  g_autofree double *sum = g_new0 (double, n);

  kilter_plan_aggregate (plan, version, measure, &everything, total);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      KilterScope scope = { .product = product->id };

      kilter_plan_aggregate (plan, version, measure, &scope, part);
      for (int t = 0; t < n; t++)
        sum[t] += or_zero (part[t]);
    }
  for (int t = 0; t < n; t++)
    if (!CLOSE_ENOUGH (or_zero (total[t]), sum[t]))
      g_ptr_array_add (messages,
                       g_strdup_printf ("The products' %s do not sum to the total in bucket %d",
                                        kilter_measure_get_info (measure)->key, t));
}

static void
check_references (KilterPlan *plan, GPtrArray *messages)
{
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      const KilterTableInfo *info = kilter_table_get_info (t);

      KILTER_FOREACH_RECORD (plan, t, record)
        for (int f = 0; f < info->n_fields; f++)
          {
            int other = info->fields[f].type == KILTER_FIELD_REF ? kilter_record_ref (record, f)
                                                                 : 0;

            if (other != 0 && kilter_plan_get_record (plan, info->fields[f].ref, other) == NULL)
              g_ptr_array_add (messages,
                               g_strdup_printf ("Record %d of %s refers to a %s that is not there",
                                                record->id, info->name, info->fields[f].name));
          }
    }
}

static void
check_digests (KilterPlan *plan, GPtrArray *messages)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved"))
      {
        g_autofree char *digest = kilter_plan_digest_version (plan, version->id);

        if (!g_str_equal (digest, kilter_record_text (version, KILTER_VERSION_DIGEST)))
          g_ptr_array_add (messages,
                           g_strdup_printf ("The approved plan %s was changed after its approval",
                                            kilter_record_text (version, KILTER_VERSION_NAME)));
      }
}

/**
 * kilter_plan_check_identities:
 *
 * Checks what must hold of every plan: stock follows from supply and demand, parts sum to their
 * totals, references lead somewhere, approved plans are as they were approved.
 *
 * Returns: (transfer full) (element-type utf8): what does not hold, for a maintainer; empty when
 *   all does
 */
GPtrArray *
kilter_plan_check_identities (KilterPlan *plan)
{
  static const KilterMeasure sums[] = { KILTER_DEMAND, KILTER_SALES_PLAN, KILTER_REVENUE,
                                        KILTER_MARGIN, KILTER_SUPPLY,     KILTER_STOCK,
                                        KILTER_UNMET };
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);

  check_references (plan, messages);
  check_digests (plan, messages);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "scenario"))
      {
        check_stock (plan, version->id, messages);
        for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
          check_sums (plan, version->id, sums[i], messages);
      }
  return messages;
}
