/* kilter-figure-materials.c: what suppliers deliver against what is needed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-format.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

gboolean
kilter_figure_is_supplier (const KilterPlan *plan, int resource)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);

  return record != NULL &&
         g_str_equal (kilter_record_text (record, KILTER_RESOURCE_KIND), "supplier");
}

static GArray *
list_suppliers (const KilterPlan *plan)
{
  GArray *suppliers = g_array_new (FALSE, FALSE, sizeof (int));

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    if (kilter_figure_is_supplier (plan, resource->id))
      g_array_append_val (suppliers, resource->id);
  return suppliers;
}

gboolean
kilter_figure_has_suppliers (const KilterPlan *plan)
{
  g_autoptr (GArray) suppliers = list_suppliers (plan);

  return suppliers->len > 0;
}

GArray *
kilter_figure_list_materials (const KilterSubject *subject)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  g_autoptr (GHashTable) components = g_hash_table_new (NULL, NULL);
  GArray *materials = g_array_new (FALSE, FALSE, sizeof (int));

  KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_BILL, bill)
    g_hash_table_add (components,
                      GINT_TO_POINTER (kilter_record_ref (bill, KILTER_BILL_COMPONENT)));
  for (guint i = 0; i < products->len; i++)
    {
      int id = g_array_index (products, int, i);
      const KilterRecord *product = kilter_plan_get_record (subject->plan, KILTER_TABLE_PRODUCT,
                                                            id);

      if (g_str_equal (kilter_record_text (product, KILTER_PRODUCT_MAKE), "buy") ||
          g_hash_table_contains (components, GINT_TO_POINTER (id)))
        g_array_append_val (materials, id);
    }
  return materials;
}

/* The first rule that fits. */
static char *
say (const KilterSubject *subject, GArray *suppliers, GArray *materials, int first, int n)
{
  double highest = 0;
  int worst = 0, when = -1;

  for (guint i = 0; i < suppliers->len; i++)
    {
      const double *share = kilter_plan_get_row (subject->plan, subject->version, KILTER_LOAD_SHARE,
                                                 g_array_index (suppliers, int, i));

      for (int t = first; t < first + n; t++)
        if (share[t] > highest)
          {
            highest = share[t];
            worst = g_array_index (suppliers, int, i);
            when = t;
          }
    }
  for (guint i = 0; i < materials->len; i++)
    {
      int product = g_array_index (materials, int, i);
      const double *unmet = kilter_plan_get_row (subject->plan, subject->version, KILTER_UNMET,
                                                 product);

      for (int t = first; t < first + n; t++)
        if (unmet[t] > 0)
          {
            g_autofree char *month = kilter_format_bucket (subject->plan, t);

            /* Translators: a bought material, a month */
            return g_strdup_printf (_ ("%s is missing in %s"),
                                    kilter_plan_get_product_name (subject->plan, product), month);
          }
    }
  if (when >= 0 && highest > 1 + 1e-6)
    {
      g_autofree char *month = kilter_format_bucket (subject->plan, when);

      /* Translators: a supplier, a month */
      return g_strdup_printf (_ ("%s is asked for more than it delivers in %s"),
                              kilter_plan_get_resource_name (subject->plan, worst), month);
    }
  if (when >= 0)
    {
      g_autofree char *month = kilter_format_bucket (subject->plan, when);
      g_autofree char *share = kilter_format_ratio (highest, 0);

      /* Translators: a supplier, a month, a share such as 87 % */
      return g_strdup_printf (_ ("%s is the tightest, in %s with %s of its limit"),
                              kilter_plan_get_resource_name (subject->plan, worst), month, share);
    }
  return g_strdup (_ ("All materials are there when they are needed"));
}

/**
 * kilter_figure_materials:
 * @out_rows: (out) (transfer full) (element-type int): suppliers, or products without any
 *
 * How much of their limits the suppliers are asked for.
 */
KilterChart *
kilter_figure_materials (const KilterSubject *subject,
                         int first,
                         int n,
                         const KilterChartPlace *place,
                         GArray **out_rows)
{
  GArray *suppliers = list_suppliers (subject->plan);
  g_autoptr (GArray) materials = kilter_figure_list_materials (subject);
  g_autofree char *headline = say (subject, suppliers, materials, first, n);
  KilterChart *chart;

  *out_rows = suppliers;
  chart = kilter_figure_load_of (subject, suppliers, first, n, place, KILTER_LOAD_SHARE);
  if (chart != NULL)
    kilter_chart_set_title (chart, headline,
                            /* xgettext:no-c-format */ _ ("Purchases in % of the limits"));
  return chart;
}

/* The sentence alone, where nobody has a limit. */
char *
kilter_headline_materials (const KilterSubject *subject, int first, int n)
{
  g_autoptr (GArray) suppliers = list_suppliers (subject->plan);
  g_autoptr (GArray) materials = kilter_figure_list_materials (subject);

  return say (subject, suppliers, materials, first, n);
}
