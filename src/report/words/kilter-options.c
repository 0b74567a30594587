/* kilter-options.c: scenarios in words: what differs, what to know
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-options.h"

#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* stores are counted as full from here on */
#define NEARLY_FULL 0.95

int
kilter_options_list (const KilterPlan *plan,
                     KilterVersion *out_versions,
                     int most,
                     int *out_recommended)
{
  int n = 0;

  *out_recommended = -1;
  if (most < 1)
    return 0;
  out_versions[n++] = KILTER_BASELINE;
  /* the recommended one has its place for certain */
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      const char *state = kilter_record_text (version, KILTER_VERSION_STATE);

      if (version->id == KILTER_BASELINE || kilter_plan_is_snapshot (plan, version->id) ||
          g_str_equal (state, "approved") || g_str_equal (state, "outdated"))
        continue;
      if (g_str_equal (state, "recommended"))
        {
          if (n == most)
            n--;
          *out_recommended = n;
          out_versions[n++] = version->id;
        }
      else if (n < most)
        out_versions[n++] = version->id;
    }
  return n;
}

/* --- what differs --- */

/* "Overtime allowed" is yes or no; the others are numbers. */
static char *
format_field (const KilterFieldInfo *info, double value)
{
  if (isnan (value))
    return g_strdup ("–");
  if (info->type == KILTER_FIELD_BOOL)
    return g_strdup (value != 0 ? C_ ("value", "yes") : C_ ("value", "no"));
  return kilter_number_format_plain (value, 2);
}

static const char *
name_row (const KilterPlan *plan, KilterTableId table, int row)
{
  const KilterRecord *record = kilter_plan_get_record (plan, table, row);

  if (table == KILTER_TABLE_POLICY)
    return kilter_plan_get_product_name (plan, kilter_record_ref (record, KILTER_POLICY_PRODUCT));
  if (table == KILTER_TABLE_RATE)
    return kilter_plan_get_product_name (plan, kilter_record_ref (record, KILTER_RATE_PRODUCT));
  if (table == KILTER_TABLE_RESOURCE)
    return kilter_plan_get_resource_name (plan, row);
  return kilter_plan_get_key (plan, table, row);
}

/* The same change of a field of several records is one sentence. */
static void
add_variations (KilterPlan *plan, KilterVersion version, GPtrArray *lines)
{
  g_autoptr (GArray) list = kilter_plan_list_variations (plan, version);
  g_autofree gboolean *done = g_new0 (gboolean, list->len + 1);

  for (guint i = 0; i < list->len; i++)
    {
      const KilterVariation *one = &g_array_index (list, KilterVariation, i);
      const KilterFieldInfo *info = &kilter_table_get_info (one->table)->fields[one->field];
      g_autofree char *from = format_field (info, one->from);
      g_autofree char *to = format_field (info, one->to);
      g_autofree char *names = NULL;
      int count = 0;

      if (done[i])
        continue;
      for (guint k = i; k < list->len; k++)
        {
          const KilterVariation *other = &g_array_index (list, KilterVariation, k);

          if (other->table != one->table || other->field != one->field || other->to != one->to ||
              (other->from != one->from && !(isnan (other->from) && isnan (one->from))))
            continue;
          done[k] = TRUE;
          count++;
        }
      if (count == 1)
        names = g_strdup (name_row (plan, one->table, one->row));
      else
        names = g_strdup_printf (one->table == KILTER_TABLE_RESOURCE
                                   ? ngettext ("%d resource", "%d resources", (gulong) count)
                                   : ngettext ("%d product", "%d products", (gulong) count),
                                 count);
      /* Translators: what a scenario assumes: a field, what it concerns, before and after:
       * "Overtime allowed, Line 2: no → yes" */
      g_ptr_array_add (
        lines, g_strdup_printf (_ ("%1$s, %2$s: %3$s → %4$s"), _ (info->label), names, from, to));
    }
}

typedef struct
{
  int rows;
  int first;
  int last;
  double total;
} Difference;

/* The own cells of a measure against what the parent says there. */
static Difference
measure_difference (KilterPlan *plan, KilterVersion version, KilterMeasure measure)
{
  Difference out = { 0, G_MAXINT, -1, 0 };
  KilterVersion parent = kilter_plan_get_parent (plan, version);
  KilterGrain grain = kilter_measure_get_info (measure)->grain;
  int n = kilter_plan_get_n_buckets (plan);

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, grain); row++)
    {
      gboolean differs = FALSE;
      const double *ours, *theirs;

      if (kilter_plan_get_own (plan, version, measure, KILTER_LAYER_FACT, row) == NULL &&
          kilter_plan_get_own (plan, version, measure, KILTER_LAYER_INPUT, row) == NULL)
        continue;
      ours = kilter_plan_get_row (plan, version, measure, row);
      theirs = kilter_plan_get_row (plan, parent, measure, row);
      for (int t = 0; t < n; t++)
        {
          double a = isnan (ours[t]) ? 0 : ours[t], b = isnan (theirs[t]) ? 0 : theirs[t];

          if (fabs (a - b) <= 1e-6 * (1 + fabs (b)))
            continue;
          differs = TRUE;
          out.first = MIN (out.first, t);
          out.last = MAX (out.last, t);
          out.total += a - b;
        }
      out.rows += differs;
    }
  return out;
}

static void
add_measures (KilterPlan *plan, KilterVersion version, GPtrArray *lines)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      const KilterMeasureInfo *info = kilter_measure_get_info (m);
      Difference difference;
      g_autofree char *span = NULL, *rows = NULL, *total = NULL, *sign = NULL;

      if (!(info->flags & (KILTER_HAS_FACT | KILTER_HAS_INPUT)) ||
          info->aggregate == KILTER_AGGREGATE_FORMULA)
        continue;
      difference = measure_difference (plan, version, m);
      if (difference.rows == 0)
        continue;
      span = kilter_headline_span (plan, difference.first, difference.last - difference.first + 1);
      rows = g_strdup_printf (info->grain == KILTER_GRAIN_SERIES
                                ? ngettext ("%d series", "%d series", (gulong) difference.rows)
                              : info->grain == KILTER_GRAIN_RESOURCE
                                ? ngettext ("%d resource", "%d resources", (gulong) difference.rows)
                                : ngettext ("%d product", "%d products", (gulong) difference.rows),
                              difference.rows);
      if (info->aggregate == KILTER_AGGREGATE_AVERAGE)
        {
          /* Translators: a measure, how many products, a span of months */
          g_ptr_array_add (lines, g_strdup_printf (_ ("%1$s: %2$s, %3$s"),
                                                   kilter_measure_get_name (m), rows, span));
          continue;
        }
      total = kilter_format_quantity_short (fabs (difference.total));
      sign = g_strdup_printf ("%s%s", difference.total < 0 ? "\xe2\x88\x92" : "+", total);
      /* Translators: a measure, how many products, a span of months, a quantity with its sign:
       * "Regular production: 6 products, April 2026 to August 2026, +46.0k" */
      g_ptr_array_add (lines, g_strdup_printf (_ ("%1$s: %2$s, %3$s, %4$s in total"),
                                               kilter_measure_get_name (m), rows, span, sign));
    }
}

/**
 * kilter_options_list_differences:
 *
 * Returns: (transfer full) (element-type utf8): one sentence for each thing that a scenario has
 *   other than its parent; empty when it is the same
 */
GPtrArray *
kilter_options_list_differences (KilterPlan *plan, KilterVersion version)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  if (kilter_plan_get_parent (plan, version) == 0)
    return lines;
  add_variations (plan, version, lines);
  add_measures (plan, version, lines);
  return lines;
}

/* --- what to know --- */

void
kilter_option_note_clear (KilterOptionNote *note)
{
  g_clear_pointer (&note->text, g_free);
}

static void
add_note (GArray *notes, KilterChartTone tone, char *text)
{
  KilterOptionNote note = { tone, text };

  g_array_append_val (notes, note);
}

/* The fullest month of each store. */
static void
add_stores (KilterPlan *plan, KilterVersion version, int first, int n, GArray *notes)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    {
      const double *share;
      int peak = -1;
      g_autofree char *month = NULL, *load = NULL;

      if (!g_str_equal (kilter_record_text (resource, KILTER_RESOURCE_KIND), "storage"))
        continue;
      share = kilter_plan_get_row (plan, version, KILTER_LOAD_SHARE, resource->id);
      for (int t = first; t < first + n; t++)
        if (!isnan (share[t]) && (peak < 0 || share[t] > share[peak]))
          peak = t;
      if (peak < 0 || share[peak] < NEARLY_FULL)
        continue;
      month = kilter_format_bucket (plan, peak);
      load = kilter_format_ratio (share[peak], 0);
      /* Translators: a store, a percentage, a month */
      add_note (notes, share[peak] > 1 ? KILTER_CHART_TONE_BAD : KILTER_CHART_TONE_CLOSE,
                g_strdup_printf (_ ("%1$s peaks at %2$s in %3$s"),
                                 kilter_plan_get_resource_name (plan, resource->id), load, month));
    }
}

static void
add_permissions (KilterPlan *plan, KilterVersion version, GArray *notes)
{
  g_autoptr (GArray) list = kilter_plan_list_variations (plan, version);
  gboolean overtime = FALSE, outside = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const KilterVariation *one = &g_array_index (list, KilterVariation, i);

      overtime |= one->table == KILTER_TABLE_RESOURCE &&
                  one->field == KILTER_RESOURCE_OVERTIME_ALLOWED && one->to > 0;
      outside |= one->table == KILTER_TABLE_POLICY && one->field == KILTER_POLICY_SUBCONTRACT &&
                 one->to > 0;
    }
  if (overtime)
    add_note (notes, KILTER_CHART_TONE_CLOSE, g_strdup (_ ("Needs an agreement on overtime")));
  if (outside)
    add_note (notes, KILTER_CHART_TONE_CLOSE, g_strdup (_ ("Needs an order to the subcontractor")));
}

/* The first month that the scenario does something else in: until then it can be had. */
static void
add_expiry (KilterPlan *plan, KilterVersion version, GArray *notes)
{
  static const KilterMeasure levers[] = { KILTER_REGULAR, KILTER_OVERTIME, KILTER_ALTERNATIVE,
                                          KILTER_SUBCONTRACT, KILTER_PURCHASE };
  int first = G_MAXINT;
  g_autofree char *month = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (levers); i++)
    first = MIN (first, measure_difference (plan, version, levers[i]).first);
  if (first == G_MAXINT)
    return;
  month = kilter_format_bucket (plan, first);
  /* Translators: %s is a month: from it on the choice is gone */
  add_note (notes, KILTER_CHART_TONE_PLAIN,
            g_strdup_printf (_ ("Begins in %s: it can be chosen until then"), month));
}

/**
 * kilter_options_list_notes:
 * @first: the first bucket
 * @n: how many
 *
 * Returns: (transfer full) (element-type KilterOptionNote): what somebody should know before
 *   choosing a scenario: what stays unmet, full stores, more stock, agreements, when it expires
 */
GArray *
kilter_options_list_notes (KilterPlan *plan, KilterVersion version, int first, int n)
{
  static const KilterScope everything = { 0 };
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (KilterOptionNote));
  KilterKeyFigures figures, base;

  g_array_set_clear_func (notes, (GDestroyNotify) kilter_option_note_clear);
  kilter_plan_key_figures (plan, version, &everything, first, n, &figures);
  kilter_plan_key_figures (plan, KILTER_BASELINE, &everything, first, n, &base);
  if (figures.unmet > 0.0005 * figures.demand)
    {
      g_autofree char *unmet = kilter_format_quantity (figures.unmet);

      /* Translators: %s is a quantity */
      add_note (notes, KILTER_CHART_TONE_BAD,
                g_strdup_printf (_ ("Demand of %s stays unmet"), unmet));
    }
  else
    add_note (notes, KILTER_CHART_TONE_GOOD, g_strdup (_ ("All demand is met")));
  add_stores (plan, version, first, n, notes);
  if (version != KILTER_BASELINE && figures.average_stock > 1.005 * base.average_stock)
    {
      g_autofree char *more = kilter_format_money (plan,
                                                   figures.average_stock - base.average_stock);

      /* Translators: %s is money */
      add_note (notes, KILTER_CHART_TONE_CLOSE,
                g_strdup_printf (_ ("Average stock is %s above the baseline"), more));
    }
  add_permissions (plan, version, notes);
  add_expiry (plan, version, notes);
  if (kilter_scenario_is_outdated (plan, version))
    add_note (notes, KILTER_CHART_TONE_BAD,
              g_strdup (_ ("The plan has changed since this scenario was made")));
  return notes;
}
