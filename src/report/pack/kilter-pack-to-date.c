/* kilter-pack-to-date.c: the month that runs against as much of its plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

enum
{
  NAME,
  PLAN,
  PHASED,
  ACTUAL,
  DIFFERENCE,
  SHARE,
  N_COLUMNS
};

typedef struct
{
  KilterPackBuilder *builder;
  KilterTable *table;
  KilterVersion approved;
  int bucket;
  GDate day;
  KilterFormat format;
} ToDate;

static void
measure (const ToDate *self, const KilterScope *scope, KilterMonthToDate *out)
{
  kilter_plan_month_to_date (self->builder->plan, self->approved, scope, KILTER_IN_QUANTITY,
                             self->bucket, &self->day, out);
}

static void
add_row (ToDate *self, const char *name, const KilterScope *scope, KilterRowFlags flags)
{
  KilterPlan *plan = self->builder->plan;
  double whole = kilter_plan_aggregate_time (plan, self->approved, KILTER_CONSENSUS, scope,
                                             self->bucket, 1);
  KilterMonthToDate now;
  int row;

  measure (self, scope, &now);
  if (isnan (whole) && isnan (now.actual))
    return;
  row = kilter_table_add_row (self->table, name, flags);
  kilter_table_set_value (self->table, row, PLAN, &self->format, whole, FALSE);
  kilter_table_set_value (self->table, row, PHASED, &self->format, now.plan, FALSE);
  kilter_table_set_value (self->table, row, ACTUAL, &self->format, now.actual, FALSE);
  kilter_table_set_value (self->table, row, DIFFERENCE, &self->format, now.difference, TRUE);
  kilter_table_set_ratio (self->table, row, SHARE, now.ratio, 1, TRUE);
  kilter_table_set_cell (self->table, row, SHARE, kilter_tone_of (now.ratio), KILTER_CELL_PLAIN);
}

static void
set_columns (ToDate *self, const char *unit)
{
  const char *const headings[] = { unit, _ ("Approved plan"), _ ("Phased plan"),
                                   _ ("Actual to date"), _ ("Difference"),
                                   /* xgettext:no-c-format */
                                   _ ("Difference in %") };

  for (int c = 0; c < N_COLUMNS; c++)
    kilter_table_set_column (self->table, c, headings[c],
                             c == NAME     ? KILTER_COLUMN_TEXT
                             : c == ACTUAL ? KILTER_COLUMN_NUMBER | KILTER_COLUMN_STRONG
                                           : KILTER_COLUMN_NUMBER);
}

/**
 * kilter_pack_add_to_date:
 *
 * Sales of the period in which the pack is printed against its approved plan, phased over the
 * working days that are over, by family. Left out where no sales of it are in, or no plan was
 * approved for it.
 */
void
kilter_pack_add_to_date (KilterPackBuilder *self)
{
  static const KilterScope everything = { 0 };
  g_autoptr (KilterTable) table = kilter_table_new (N_COLUMNS);
  ToDate data = { self, table };
  KilterMonthToDate now;
  g_autofree char *title = NULL, *subtitle = NULL, *unit = NULL;

  if (!kilter_builder_get_day (self, &data.day))
    return;
  data.bucket = kilter_plan_find_running (self->plan, &data.day);
  if (data.bucket < 0 || !kilter_plan_has_actuals (self->plan, data.bucket))
    return;
  data.approved = kilter_plan_find_approved (self->plan, data.bucket);
  if (data.approved == 0)
    return;
  measure (&data, &everything, &now);
  kilter_format_init (&data.format, KILTER_UNIT_QUANTITY, now.actual);
  unit = kilter_format_get_unit_name (&data.format, self->plan);
  set_columns (&data, unit);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_FAMILY, family)
    add_row (&data, kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, family->id),
             &(KilterScope) { .family = family->id }, KILTER_ROW_PLAIN);
  add_row (&data, _ ("All families"), &everything, KILTER_ROW_TOTAL);
  kilter_table_add_note (table,
                         _ ("Phased plan: the approved plan of the period × working days "
                            "that are over ÷ working days of the period, Monday to Friday."));
  title = kilter_headline_to_date (&self->subject, data.approved, data.bucket, &data.day);
  /* Translators: a unit such as "Thousand cases" */
  subtitle = g_strdup_printf (_ ("The period that runs · %s"), unit);
  kilter_builder_add_table_pages (self, _ ("Demand to Date"), title, subtitle, table, 0, NULL);
}
