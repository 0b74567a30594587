/* kilter-pack-gaps.c: gaps by family
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kilter-number.h"
#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define ALL_GAP_FAMILIES 10

static const KilterScope everything = { 0 };

typedef struct
{
  double *demand;
  double *supply;
  double *unmet;
  double *money;
} Gaps;

static void
gaps_init (KilterPackBuilder *self, const KilterScope *scope, Gaps *out)
{
  KilterSubject subject = self->subject;

  subject.scope = *scope;
  out->demand = kilter_subject_dup (&subject, KILTER_DEMAND);
  out->supply = kilter_subject_dup (&subject, KILTER_SUPPLY);
  out->unmet = kilter_subject_dup (&subject, KILTER_UNMET);
  subject.unit = KILTER_DISPLAY_REVENUE;
  out->money = kilter_subject_dup (&subject, KILTER_UNMET);
}

static void
gaps_clear (Gaps *self)
{
  g_free (self->demand);
  g_free (self->supply);
  g_free (self->unmet);
  g_free (self->money);
}

static void
set_gap_cell (KilterTable *table, int row, int column, double demand, double unmet)
{
  kilter_table_set_ratio (table, row, column, demand > 0 ? unmet / demand : NAN, 1, FALSE);
  if (!(unmet > 0.5))
    return;
  switch (kilter_gap_classify (demand, unmet))
    {
    case KILTER_GAP_ESCALATE:
      kilter_table_set_cell (table, row, column, KILTER_CHART_TONE_BAD, KILTER_CELL_PROBLEM);
      kilter_table_set_column_problem (table, column);
      break;
    case KILTER_GAP_MANAGEABLE:
      kilter_table_set_cell (table, row, column, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
      break;
    case KILTER_GAP_NOISE:
    default:
      break;
    }
}

static const char *
get_class_name (double demand, double unmet)
{
  if (!(unmet > 0.5))
    return _ ("no gap");
  switch (kilter_gap_classify (demand, unmet))
    {
    case KILTER_GAP_ESCALATE:
      return _ ("escalate");
    case KILTER_GAP_MANAGEABLE:
      return _ ("manageable");
    case KILTER_GAP_NOISE:
    default:
      return _ ("noise");
    }
}

static void
add_gap_rows (KilterPackBuilder *self,
              KilterTable *table,
              const char *name,
              const KilterScope *scope)
{
  enum
  {
    DEMAND,
    SUPPLY,
    UNMET,
    SHARE,
    MONEY,
    N_ROWS
  };
  const char *const names[] = { _ ("Demand"), _ ("Supply"), _ ("Gap: unmet demand"),
                                /* xgettext:no-c-format */ _ ("Gap, % of demand"),
                                _ ("Gap in money") };
  g_autofree char *unit = NULL;
  g_autofree char *title = NULL;
  int rows[N_ROWS], n_rows;
  Gaps gaps;
  double demand, unmet, worst = 0, worst_demand = 0;
  KilterFormat money;

  gaps_init (self, scope, &gaps);
  demand = kilter_number_sum (gaps.demand, self->first, self->n);
  unmet = kilter_number_sum (gaps.unmet, self->first, self->n);
  for (int t = self->first; t < self->first + self->n; t++)
    if (gaps.unmet[t] > 0.5 && gaps.demand[t] > 0 &&
        (worst_demand <= 0 || gaps.unmet[t] / gaps.demand[t] > worst / worst_demand))
      {
        worst = gaps.unmet[t];
        worst_demand = gaps.demand[t];
      }
  /* Translators: a family, and the class of its largest gap: "Ice Cream: escalate" */
  title = g_strdup_printf (_ ("%s: %s"), name, get_class_name (worst_demand, worst));
  kilter_table_add_row (table, title, KILTER_ROW_SECTION);
  kilter_format_init_for (&money, KILTER_UNIT_MONEY, gaps.money + self->first, (gsize) self->n);
  unit = kilter_format_get_unit_short (&money, self->plan);
  n_rows = unmet > 0.5 ? N_ROWS : SHARE;
  for (int r = 0; r < n_rows; r++)
    {
      rows[r] = kilter_table_add_row (table, names[r],
                                      r == UNMET ? KILTER_ROW_STRONG : KILTER_ROW_PLAIN);
      if (r == MONEY)
        kilter_table_set_row_unit (table, rows[r], unit);
    }
  for (int t = 0; t <= self->n; t++)
    {
      int at = self->first + t, c = t + 1;
      double d = t < self->n ? gaps.demand[at] : demand;
      double u = t < self->n ? gaps.unmet[at] : unmet;
      double s = t < self->n ? gaps.supply[at]
                             : kilter_number_sum (gaps.supply, self->first, self->n);
      double m = t < self->n ? gaps.money[at]
                             : kilter_number_sum (gaps.money, self->first, self->n);

      kilter_table_set_value (table, rows[DEMAND], c, &self->quantity, d, FALSE);
      kilter_table_set_value (table, rows[SUPPLY], c, &self->quantity, s, FALSE);
      kilter_table_set_value (table, rows[UNMET], c, &self->quantity, u, FALSE);
      if (n_rows <= SHARE)
        continue;
      if (!(u > 0.5))
        m = d = NAN;
      if (t < self->n)
        set_gap_cell (table, rows[SHARE], c, d, u);
      else
        kilter_table_set_ratio (table, rows[SHARE], c, d > 0 ? u / d : NAN, 1, FALSE);
      kilter_table_set_value (table, rows[MONEY], c, &money, m, FALSE);
    }
  gaps_clear (&gaps);
}

/* The family and month with the largest share of unmet demand. */
static char *
make_gaps_title (KilterPackBuilder *self, GArray *families)
{
  double worst = 0;
  int family = 0, bucket = -1;
  g_autofree char *month = NULL, *size = NULL;

  for (guint i = 0; i < families->len; i++)
    {
      KilterSubject subject = self->subject;
      g_autofree double *demand = NULL;
      g_autofree double *unmet = NULL;

      subject.scope = (KilterScope) { .family = g_array_index (families, int, i) };
      demand = kilter_subject_dup (&subject, KILTER_DEMAND);
      unmet = kilter_subject_dup (&subject, KILTER_UNMET);
      for (int t = self->first; t < self->first + self->n; t++)
        if (unmet[t] > 0.5 && demand[t] > 0 && unmet[t] / demand[t] > worst)
          {
            worst = unmet[t] / demand[t];
            family = subject.scope.family;
            bucket = t;
          }
    }
  if (bucket < 0)
    return kilter_headline_supply (&self->subject, self->first, self->n);
  month = kilter_format_bucket (self->plan, bucket);
  size = kilter_format_ratio (worst, 1);
  /* Translators: a family, a month, a percentage */
  return g_strdup_printf (_ ("Largest gap: %s in %s, %s of demand"),
                          kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, family), month,
                          size);
}

/**
 * kilter_pack_add_gaps:
 *
 * Demand, supply and what stays unmet, by family and month, in units, per cent and money.
 */
void
kilter_pack_add_gaps (KilterPackBuilder *self)
{
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  g_autoptr (KilterTable) table = kilter_table_new (self->n + 2);
  g_autofree char *title = make_gaps_title (self, families);
  g_autofree char *unit = kilter_format_get_unit_name (&self->quantity, self->plan);
  g_autofree char *span = kilter_headline_span (self->plan, self->first, self->n);
  g_autofree char *subtitle = NULL;
  KilterFormat year = self->quantity;
  int left_out = 0;

  if (!(kilter_builder_sum (self, self->version, KILTER_SUPPLY, &everything) > 0))
    return;
  /* months are smaller than the year that other pages show */
  kilter_format_init (&self->quantity, KILTER_UNIT_QUANTITY,
                      kilter_builder_sum (self, self->version, KILTER_DEMAND, &everything) /
                        MAX (self->n, 1));
  g_free (unit);
  unit = kilter_format_get_unit_name (&self->quantity, self->plan);
  kilter_table_set_column (table, 0, unit, KILTER_COLUMN_TEXT);
  kilter_builder_set_months (self, table, 1, self->first, self->n, KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, self->n + 1, _ ("Total"),
                           KILTER_COLUMN_NUMBER | KILTER_COLUMN_TOTAL | KILTER_COLUMN_RULE);
  add_gap_rows (self, table, _ ("All families"), &everything);
  for (guint i = 0; i < families->len; i++)
    {
      KilterScope scope = { .family = g_array_index (families, int, i) };

      if (families->len > ALL_GAP_FAMILIES &&
          !(kilter_builder_sum (self, self->version, KILTER_UNMET, &scope) > 0.5))
        {
          left_out++;
          continue;
        }
      add_gap_rows (self, table,
                    kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, scope.family), &scope);
    }
  kilter_table_set_row_space (table, 3.8);
  kilter_table_add_note (
    table,
    _ (
      /* xgettext:no-c-format */
      "The gap is demand that neither stock nor supply covers. Up to 5 % of a month’s demand it is "
      "noise, up to 15 % manageable (bold), above that to be escalated (tinted)."));
  if (left_out > 0)
    {
      g_autofree char *note = g_strdup_printf (ngettext ("%d family without a gap is left out.",
                                                         "%d families without a gap are left out.",
                                                         left_out),
                                               left_out);

      kilter_table_add_note (table, note);
    }
  /* Translators: a span of months and a unit such as "Thousand cases" */
  subtitle = g_strdup_printf (_ ("Gaps by family · %s · %s"), span, unit);
  kilter_builder_add_table_pages (self, _ ("Gaps"), title, subtitle, table, 0, NULL);
  self->quantity = year;
}
