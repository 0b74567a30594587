/* kilter-pack-demand.c: demand: what changed, consensus, accuracy, exceptions, last period
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 26
#define MAX_CHANGES 10
#define MAX_STEPS 6

static const KilterScope everything = { 0 };

/* --- what changed since the last cycle --- */

typedef struct
{
  int id;
  double before;
  double now;
  double money;
} Change;

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;
  double dx = fabs (x->money), dy = fabs (y->money);

  if (dx != dy)
    return dx > dy ? -1 : 1;
  return x->id - y->id;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return ((const Change *) a)->id - ((const Change *) b)->id;
}

/* Sums over the buckets of the year ahead in which the last plan is known. */
static Change
get_change (KilterPackBuilder *self, const KilterScope *scope, int id)
{
  KilterSubject subject = self->subject;
  g_autofree double *demand = NULL;
  g_autofree double *last = NULL;
  g_autofree double *now_money = NULL;
  g_autofree double *last_money = NULL;
  Change change = { .id = id };

  subject.scope = *scope;
  demand = kilter_subject_dup (&subject, KILTER_CONSENSUS);
  last = kilter_subject_dup (&subject, KILTER_LAST_CYCLE);
  subject.unit = KILTER_DISPLAY_REVENUE;
  now_money = kilter_subject_dup (&subject, KILTER_CONSENSUS);
  last_money = kilter_subject_dup (&subject, KILTER_LAST_CYCLE);
  for (int t = self->first; t < self->first + self->n; t++)
    if (!isnan (last[t]))
      {
        change.before += last[t];
        change.now += isnan (demand[t]) ? 0 : demand[t];
        change.money += (isnan (now_money[t]) ? 0 : now_money[t]) -
                        (isnan (last_money[t]) ? 0 : last_money[t]);
      }
  return change;
}

/* The first reason that someone gave for a number of the product in the year ahead. */
static char *
find_reason (KilterPackBuilder *self, int product)
{
  static const KilterMeasure measures[] = { KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE,
                                            KILTER_FINAL,        KILTER_CONSENSUS,
                                            KILTER_SALES_INPUT,  KILTER_MARKETING_INPUT };
  int n_series = 0;
  const int *series = kilter_plan_get_product_series (self->plan, product, &n_series);

  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    for (int s = 0; s < n_series; s++)
      for (int t = self->first; t < self->first + self->n; t++)
        {
          const KilterCellNote *note = kilter_plan_get_note (self->plan, self->version, measures[m],
                                                             series[s], t);

          if (note != NULL && note->reason != NULL && *note->reason != '\0')
            return *note->author != '\0' ? g_strdup_printf ("%s (%s)", note->reason, note->author)
                                         : g_strdup (note->reason);
        }
  return NULL;
}

static void
set_change (KilterPackBuilder *self, KilterTable *table, int row, const Change *change)
{
  double gap = change->now - change->before;

  kilter_table_set_value (table, row, 1, &self->quantity, change->before, FALSE);
  kilter_table_set_value (table, row, 2, &self->quantity, change->now, FALSE);
  kilter_table_set_value (table, row, 3, &self->quantity, gap, TRUE);
  kilter_table_set_ratio (table, row, 4, change->before > 0 ? gap / change->before : NAN, 1, TRUE);
  kilter_table_set_money (table, row, 5, self->plan, change->money, TRUE);
  kilter_table_set_cell (table, row, 4, kilter_tone_of (fabs (gap) < 0.5 ? 0 : gap),
                         KILTER_CELL_PLAIN);
  kilter_table_set_cell (table, row, 5,
                         kilter_tone_of (fabs (change->money) < 0.5 ? 0 : change->money),
                         KILTER_CELL_PLAIN);
}

static KilterTable *
make_changes_table (KilterPackBuilder *self, const char *name, gboolean with_reason)
{
  KilterTable *table = kilter_table_new (with_reason ? 7 : 6);
  g_autofree char *unit = kilter_format_get_unit_short (&self->quantity, self->plan);
  g_autofree char *heading = *unit != '\0'
                               ? g_strdup_printf ("%s, %s", _ ("Last approved plan"), unit)
                               : g_strdup (_ ("Last approved plan"));

  kilter_table_set_column (table, 0, name, KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, heading, KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Now"), KILTER_COLUMN_NUMBER | KILTER_COLUMN_STRONG);
  kilter_table_set_column (table, 3, _ ("Change"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 4, "%", KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 5, _ ("In revenue"), KILTER_COLUMN_NUMBER);
  if (with_reason)
    kilter_table_set_column (table, 6, _ ("Reason given"), KILTER_COLUMN_TEXT);
  return table;
}

static KilterChart *
make_change_bridge (KilterPackBuilder *self, GArray *changes, const Change *all)
{
  KilterChartBridgeStep steps[MAX_STEPS + 3];
  gsize n = 0;
  double rest = all->now - all->before, ends[2] = { all->before, all->now };
  KilterFormat format;
  KilterNumberFormat delta;
  g_autoptr (GArray) largest = g_array_copy (changes);
  g_autofree char *unit = NULL, *subtitle = NULL, *span = NULL;
  KilterChart *chart;

  g_array_sort (largest, compare_changes);
  g_array_set_size (largest, MIN (largest->len, MAX_STEPS));
  g_array_sort (largest, compare_ids);
  kilter_format_init_for (&format, KILTER_UNIT_QUANTITY, ends, 2);
  delta = format.number;
  delta.sign = TRUE;
  steps[n++] = (KilterChartBridgeStep) { _ ("Last plan"), all->before, TRUE };
  for (guint i = 0; i < largest->len; i++)
    {
      const Change *change = &g_array_index (largest, Change, i);
      double gap = change->now - change->before;

      steps[n++] = (KilterChartBridgeStep) {
        kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, change->id), gap, FALSE
      };
      rest -= gap;
    }
  if (fabs (rest) > fabs (all->before) * 1e-6 + 0.5)
    steps[n++] = (KilterChartBridgeStep) { _ ("Others"), rest, FALSE };
  steps[n++] = (KilterChartBridgeStep) { _ ("Now"), all->now, TRUE };
  chart = kilter_chart_new_bridge (&(KilterChartBridge) {
    .steps = steps,
    .n_steps = n,
    .value_name = _ ("Change"),
    .total_name = _ ("Demand"),
    .format = format.number,
    .delta_format = delta,
  });
  unit = kilter_format_get_unit_name (&format, self->plan);
  span = kilter_headline_span (self->plan, self->first, self->n);
  subtitle = g_strdup_printf ("%s · %s", unit, span);
  kilter_chart_set_title (chart, _ ("Demand from the last approved plan to now"), subtitle);
  return chart;
}

static char *
make_changes_title (const Change *all)
{
  double ratio = all->now / all->before - 1;
  g_autofree char *size = kilter_format_ratio (fabs (ratio), 1);

  if (fabs (ratio) < 0.0005)
    return g_strdup (_ ("Demand is as in the last approved plan"));
  return g_strdup_printf (ratio > 0 ? _ ("Demand is %s above the last approved plan")
                                    : _ ("Demand is %s below the last approved plan"),
                          size);
}

static GArray *
collect_changes (KilterPackBuilder *self, gboolean of_products)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  KilterTableId id = of_products ? KILTER_TABLE_PRODUCT : KILTER_TABLE_FAMILY;

  KILTER_FOREACH_RECORD (self->plan, id, record)
    {
      KilterScope scope = { 0 };
      Change change;

      *(of_products ? &scope.product : &scope.family) = record->id;
      change = get_change (self, &scope, record->id);
      if (change.before > 0 || change.now > 0)
        g_array_append_val (changes, change);
    }
  return changes;
}

/**
 * kilter_pack_add_changes:
 *
 * One page: demand against the last approved plan by family, and the products that changed most,
 * with the reason that was given. Left out without an approved plan.
 */
void
kilter_pack_add_changes (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  Change all = get_change (self, &everything, 0);
  g_autoptr (GArray) families = NULL;
  g_autoptr (GArray) products = NULL;
  g_autoptr (KilterTable) by_family = NULL;
  g_autoptr (KilterTable) by_product = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  KilterPackSheet *sheet;
  double left = (area->width - GAP) * 0.52, used, height, y = area->y;
  int row;

  if (!(all.before > 0))
    return;
  families = collect_changes (self, FALSE);
  products = collect_changes (self, TRUE);
  g_array_sort (products, compare_changes);
  title = make_changes_title (&all);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("What changed since the last cycle · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("What Changed"), 0, title, subtitle);

  by_family = make_changes_table (self, _ ("Family"), FALSE);
  for (guint i = 0; i < families->len; i++)
    {
      const Change *change = &g_array_index (families, Change, i);

      row = kilter_table_add_row (by_family,
                                  kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, change->id),
                                  KILTER_ROW_PLAIN);
      set_change (self, by_family, row, change);
    }
  row = kilter_table_add_row (by_family, _ ("All families"), KILTER_ROW_TOTAL);
  set_change (self, by_family, row, &all);
  used = kilter_pack_sheet_add_table (self, sheet, &(KilterChartRect) { area->x, y, left, 210 },
                                      by_family);
  height = MAX (used, 180);
  kilter_pack_sheet_add_chart (
    sheet, &(KilterChartRect) { area->x + left + GAP, y, area->width - left - GAP, height },
    make_change_bridge (self, families, &all));
  y += height + 18;

  y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width,
                                      _ ("Products that changed most"), NULL);
  by_product = make_changes_table (self, _ ("Product"), TRUE);
  for (guint i = 0; i < MIN (products->len, MAX_CHANGES); i++)
    {
      const Change *change = &g_array_index (products, Change, i);

      if (fabs (change->now - change->before) < 0.5)
        continue;
      row = kilter_table_add_row (by_product, kilter_plan_get_product_name (self->plan, change->id),
                                  KILTER_ROW_PLAIN);
      set_change (self, by_product, row, change);
      kilter_table_take (by_product, row, 6, find_reason (self, change->id));
    }
  if (kilter_table_get_n_rows (by_product) > 0)
    kilter_pack_sheet_add_table (
      self, sheet, &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y },
      by_product);
}

/* --- demand highlights --- */

static KilterTable *
make_demand_table (KilterPackBuilder *self)
{
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  g_autofree char *unit = kilter_format_get_unit_short (&self->quantity, self->plan);
  g_autofree char *heading = *unit != '\0' ? g_strdup_printf ("%s, %s", _ ("Demand"), unit)
                                           : g_strdup (_ ("Demand"));
  gboolean has_budget = kilter_builder_sum (self, self->version, KILTER_BUDGET_REVENUE,
                                            &everything) > 0;
  gboolean has_plan = get_change (self, &everything, 0).before > 0;
  KilterTable *table = kilter_table_new (4 + has_plan + has_budget);
  int money = 3 + has_plan;

  kilter_table_set_column (table, 0, _ ("Family"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, heading, KILTER_COLUMN_NUMBER | KILTER_COLUMN_STRONG);
  kilter_table_set_column (table, 2, _ ("To last year"), KILTER_COLUMN_NUMBER);
  if (has_plan)
    kilter_table_set_column (table, 3, _ ("To last approved plan"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, money, _ ("Consensus revenue"), KILTER_COLUMN_NUMBER);
  if (has_budget)
    kilter_table_set_column (table, money + 1, _ ("Revenue to budget"), KILTER_COLUMN_NUMBER);
  for (guint i = 0; i <= families->len; i++)
    {
      KilterScope scope = { .family = i < families->len ? g_array_index (families, int, i) : 0 };
      double demand = kilter_builder_sum (self, self->version, KILTER_DEMAND, &scope);
      double year = kilter_builder_sum (self, self->version, KILTER_LAST_YEAR, &scope);
      double budget = kilter_builder_sum (self, self->version, KILTER_BUDGET_REVENUE, &scope);
      double gap = kilter_builder_sum (self, self->version, KILTER_BUDGET_GAP, &scope);
      Change change = get_change (self, &scope, 0);
      int row = kilter_table_add_row (
        table,
        i < families->len ? kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, scope.family)
                          : _ ("All families"),
        i < families->len ? KILTER_ROW_PLAIN : KILTER_ROW_TOTAL);
      const double ratios[] = { year > 0 ? demand / year - 1 : NAN,
                                change.before > 0 ? change.now / change.before - 1 : NAN,
                                budget > 0 ? gap / budget : NAN };
      const int columns[] = { 2, has_plan ? 3 : -1, has_budget ? money + 1 : -1 };

      kilter_table_set_value (table, row, 1, &self->quantity, demand, FALSE);
      kilter_table_set_money (
        table, row, money, self->plan,
        kilter_builder_sum (self, self->version, KILTER_CONSENSUS_REVENUE, &scope), FALSE);
      for (int k = 0; k < 3; k++)
        if (columns[k] >= 0)
          {
            kilter_table_set_ratio (table, row, columns[k], ratios[k], 1, TRUE);
            kilter_table_set_cell (table, row, columns[k], kilter_tone_of (ratios[k]),
                                   KILTER_CELL_PLAIN);
          }
    }
  return table;
}

/**
 * kilter_pack_add_demand:
 *
 * One page for executives: consensus over the months, and families against last year, last plan
 * and budget.
 */
void
kilter_pack_add_demand (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  int past = MIN (3, self->first);
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  KilterPackSheet *sheet;
  KilterChart *chart, *added;
  double y = area->y, left = area->width;

  if (!(kilter_builder_sum (self, self->version, KILTER_DEMAND, &everything) > 0))
    return;
  title = kilter_headline_demand (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Demand highlights · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Demand Highlights"), 0, title, subtitle);
  chart = kilter_figure_consensus (&self->subject, self->first - past, self->n + past, NULL, TRUE);
  if (chart != NULL)
    {
      kilter_chart_retitle (chart, _ ("Consensus demand"));
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, 240 },
                                   chart);
      y += 256;
    }
  added = kilter_pack_make_value_added (self);
  if (added != NULL)
    {
      kilter_chart_set_title (added, _ ("Forecast value added"),
                              _ ("Points of error, one period ahead"));
      left = (area->width - GAP) * 0.66;
    }
  table = make_demand_table (self);
  kilter_pack_sheet_add_table (
    self, sheet, &(KilterChartRect) { area->x, y, left, area->y + area->height - y }, table);
  kilter_pack_sheet_add_chart (sheet,
                               &(KilterChartRect) { area->x + left + GAP, y,
                                                    area->width - left - GAP,
                                                    MIN (area->y + area->height - y, 150) },
                               added);
}

/**
 * kilter_pack_add_consensus:
 *
 * A page for each family: consensus and inputs over the months as picture and as numbers.
 */
void
kilter_pack_add_consensus (KilterPackBuilder *self)
{
  static const KilterMeasure measures[] = {
    KILTER_LAST_YEAR,       KILTER_STATISTICAL, KILTER_SALES_INPUT,
    KILTER_MARKETING_INPUT, KILTER_DEMAND,      KILTER_LAST_CYCLE,
    KILTER_CHANGE_CYCLE,    KILTER_CHANGE_YEAR, KILTER_CONSENSUS_REVENUE,
    KILTER_BUDGET_GAP
  };
  const KilterChartRect *area = &self->area;
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  int past = MIN (3, self->first), first = self->first - past, n = self->n + past;

  for (guint i = 0; i < families->len; i++)
    {
      KilterSubject subject = self->subject;
      g_autoptr (KilterTable) table = kilter_table_new (n + 1);
      g_autofree char *name = NULL, *headline = NULL, *title = NULL, *subtitle = NULL, *span = NULL;
      KilterPackSheet *sheet;
      KilterChart *chart;

      subject.scope = (KilterScope) { .family = g_array_index (families, int, i) };
      name = kilter_subject_get_title (&subject);
      headline = kilter_headline_demand (&subject, self->first, self->n);
      title = g_strdup_printf ("%s: %s", name, headline);
      span = kilter_headline_span (self->plan, first, n);
      /* Translators: a span of months */
      subtitle = g_strdup_printf (_ ("Consensus · %s"), span);
      sheet = kilter_builder_add_page (self, name, 1, title, subtitle);
      chart = kilter_figure_consensus (&subject, first, n, NULL, TRUE);
      if (chart != NULL)
        kilter_chart_retitle (chart, _ ("Consensus demand"));
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, area->y, area->width, 240 },
                                   chart);
      kilter_table_set_column (table, 0, "", KILTER_COLUMN_TEXT);
      for (int t = 0; t < n; t++)
        {
          g_autofree char *label = kilter_format_bucket_short (self->plan, first + t);

          kilter_table_set_column (table, t + 1, label,
                                   KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL |
                                     (t < past ? KILTER_COLUMN_PAST : 0));
        }
      for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
        {
          g_autofree double *values = kilter_subject_dup (&subject, measures[m]);
          gboolean ratio = kilter_measure_get_info (measures[m])->unit == KILTER_UNIT_RATIO;
          gboolean delta = ratio || measures[m] == KILTER_BUDGET_GAP;
          g_autofree char *unit = NULL;
          KilterFormat format;
          int row;

          if (!kilter_has_values (values, first, n))
            continue;
          kilter_subject_init_format (&subject, measures[m], values + first, (gsize) n, &format);
          row = kilter_table_add_row (table, kilter_measure_get_name (measures[m]),
                                      measures[m] == KILTER_DEMAND ? KILTER_ROW_STRONG
                                                                   : KILTER_ROW_PLAIN);
          if (!ratio)
            {
              unit = kilter_format_get_unit_short (&format, self->plan);
              kilter_table_set_row_unit (table, row, unit);
            }
          for (int t = 0; t < n; t++)
            {
              if (ratio)
                kilter_table_set_ratio (table, row, t + 1, values[first + t], 1, TRUE);
              else if (delta)
                kilter_table_set_value (table, row, t + 1, &format, values[first + t], TRUE);
              else
                kilter_table_set_value (table, row, t + 1, &format, values[first + t], FALSE);
              if (delta && t >= past)
                kilter_table_set_cell (
                  table, row, t + 1,
                  kilter_tone_of (fabs (values[first + t]) < 0.0005 ? 0 : values[first + t]),
                  KILTER_CELL_PLAIN);
            }
        }
      kilter_pack_sheet_add_table (
        self, sheet, &(KilterChartRect) { area->x, area->y + 256, area->width, area->height - 256 },
        table);
    }
}

/* --- the last period against its plan --- */

/* Actual sales of a year beside the forecast made one period before. */
static KilterChart *
make_result_chart (KilterPackBuilder *self)
{
  int n = MIN (self->first, 13), first = self->first - n;
  g_autofree double *actual = kilter_subject_dup (&self->subject, KILTER_ACTUAL);
  g_autofree double *forecast = kilter_subject_dup (&self->subject, KILTER_PREVIOUS);
  const KilterChartSeries series[] = {
    { .name = _ ("Actual"), .values = actual + first, .look = KILTER_CHART_LOOK_COLUMN },
    { .name = _ ("Forecast one period before"),
      .values = forecast + first,
      .look = KILTER_CHART_LOOK_TICK },
  };
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *subtitle = NULL;
  KilterFormat format;
  KilterChart *chart;

  kilter_figure_time_init (&time, self->plan, first, n);
  kilter_subject_init_format (&self->subject, KILTER_ACTUAL, actual + first, (gsize) n, &format);
  chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = time.time,
    .format = format.number,
    .series = series,
    .n_series = G_N_ELEMENTS (series),
    .labelled = 0,
    .has_time_axis = TRUE,
    .has_legend = TRUE,
  });
  subtitle = kilter_figure_subtitle (&self->subject, &format, first, n);
  kilter_chart_set_title (chart, _ ("Sales and the forecast made one period before"), subtitle);
  return chart;
}

/**
 * kilter_pack_add_result:
 *
 * Sales of the last period, of three periods and of the year to date against the forecast made
 * one period before, by family.
 */
void
kilter_pack_add_result (KilterPackBuilder *self)
{
  int last = self->first - 1, year_first = last, row;
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  g_autoptr (KilterTable) table = kilter_table_new (10);
  g_autofree char *month = NULL, *title = NULL, *unit = NULL, *subtitle = NULL, *size = NULL;
  double total[2] = { NAN, NAN }, bottom;
  KilterFormat format;
  KilterPackSheet *sheet;

  if (last < 0)
    return;
  while (year_first > 0 &&
         kilter_bucket_get_year (kind, kilter_plan_get_bucket (self->plan, year_first - 1)) ==
           kilter_bucket_get_year (kind, kilter_plan_get_bucket (self->plan, last)))
    year_first--;
  month = kilter_format_bucket (self->plan, last);
  kilter_format_init (&format, KILTER_UNIT_QUANTITY,
                      kilter_plan_aggregate_time (self->plan, self->version, KILTER_ACTUAL,
                                                  &everything, year_first, last - year_first + 1));
  unit = kilter_format_get_unit_name (&format, self->plan);
  kilter_table_set_column (table, 0, unit, KILTER_COLUMN_TEXT);
  kilter_table_add_group (table, 0, "", KILTER_COLUMN_TEXT);
  kilter_table_add_group (table, 1, month, KILTER_COLUMN_TEXT);
  kilter_table_add_group (table, 4, _ ("Last three periods"), KILTER_COLUMN_TEXT);
  kilter_table_add_group (table, 7, _ ("Year to date"), KILTER_COLUMN_TEXT);
  for (int b = 0; b < 3; b++)
    {
      kilter_table_set_column (table, 1 + b * 3, _ ("Forecast"),
                               KILTER_COLUMN_NUMBER | KILTER_COLUMN_RULE);
      kilter_table_set_column (table, 2 + b * 3, _ ("Actual"),
                               KILTER_COLUMN_NUMBER | KILTER_COLUMN_STRONG);
      kilter_table_set_column (table, 3 + b * 3, _ ("Difference"), KILTER_COLUMN_NUMBER);
    }
  for (int id = 0; id <= kilter_plan_get_max_id (self->plan, KILTER_TABLE_FAMILY) + 1; id++)
    {
      gboolean is_total = id > kilter_plan_get_max_id (self->plan, KILTER_TABLE_FAMILY);
      KilterSubject subject = self->subject;
      g_autofree double *actual = NULL;
      g_autofree double *forecast = NULL;
      const int firsts[] = { last, MAX (last - 2, 0), year_first };

      if (!is_total &&
          (id == 0 || kilter_plan_get_record (self->plan, KILTER_TABLE_FAMILY, id) == NULL))
        continue;
      subject.scope = (KilterScope) { .family = is_total ? 0 : id };
      actual = kilter_subject_dup (&subject, KILTER_ACTUAL);
      forecast = kilter_subject_dup (&subject, KILTER_PREVIOUS);
      if (!kilter_has_values (actual, year_first, last - year_first + 1))
        continue;
      row = kilter_table_add_row (
        table,
        is_total ? _ ("All families") : kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, id),
        is_total ? KILTER_ROW_TOTAL : KILTER_ROW_PLAIN);
      for (int b = 0; b < 3; b++)
        {
          double a, f, ratio;

          kilter_pack_sum_pairs (actual, forecast, firsts[b], last - firsts[b] + 1, &a, &f);
          ratio = f > 0 ? a / f - 1 : NAN;
          kilter_table_set_value (table, row, 1 + b * 3, &format, f, FALSE);
          kilter_table_set_value (table, row, 2 + b * 3, &format, a, FALSE);
          kilter_table_set_ratio (table, row, 3 + b * 3, ratio, 1, TRUE);
          kilter_table_set_cell (
            table, row, 3 + b * 3, kilter_tone_of (fabs (ratio) < 0.05 || isnan (ratio) ? 0 : -1),
            fabs (ratio) >= 0.05 ? KILTER_CELL_STRONG | KILTER_CELL_SHAPE : KILTER_CELL_SHAPE);
          if (is_total && b == 0)
            {
              total[0] = a;
              total[1] = f;
            }
        }
    }
  if (!(total[1] > 0))
    return;
  size = kilter_format_ratio (fabs (total[0] / total[1] - 1), 1);
  /* Translators: a month and a percentage */
  title = g_strdup_printf (total[0] >= total[1] ? _ ("Sales in %s were %s above the forecast")
                                                : _ ("Sales in %s were %s below the forecast"),
                           month, size);
  /* xgettext:no-c-format */
  kilter_table_add_note (table, _ ("Forecast: made one period before. Difference: (actual − "
                                   "forecast) ÷ forecast; beyond ±5 % it is marked."));
  subtitle = g_strdup_printf (_ ("Last period against its forecast · %s"), unit);
  sheet = kilter_builder_add_table_pages (self, _ ("Last Period against Plan"), title, subtitle,
                                          table, 0, &bottom);
  if (self->area.y + self->area.height - bottom >= 170)
    kilter_pack_sheet_add_chart (
      sheet,
      &(KilterChartRect) { self->area.x, bottom + 24, self->area.width,
                           MIN (self->area.y + self->area.height - bottom - 24, 260) },
      make_result_chart (self));
  self->last_sheet = NULL;
}

/**
 * kilter_pack_add_exceptions:
 *
 * Exceptions of the forecast by money at risk.
 */
void
kilter_pack_add_exceptions (KilterPackBuilder *self)
{
  g_autoptr (GArray) exceptions = kilter_plan_find_exceptions (self->plan, self->version);
  g_autoptr (KilterTable) table = kilter_table_new (5);
  const char *const headings[] = { _ ("Product"), _ ("Family"), _ ("What is unusual"),
                                   _ ("Money at risk"), _ ("Reviewed") };
  g_autofree char *title = NULL;
  int open = 0;

  for (int c = 0; c < 5; c++)
    kilter_table_set_column (table, c, headings[c],
                             c == 3 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  for (guint i = 0; i < exceptions->len; i++)
    {
      const KilterException *exception = &g_array_index (exceptions, KilterException, i);
      const KilterRecord *product = kilter_plan_get_record (self->plan, KILTER_TABLE_PRODUCT,
                                                            exception->product);
      int family = product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_FAMILY) : 0;
      int row = kilter_table_add_row (table,
                                      kilter_plan_get_product_name (self->plan, exception->product),
                                      exception->reviewed ? KILTER_ROW_DIM : KILTER_ROW_PLAIN);

      kilter_table_set (table, row, 1,
                        family > 0 ? kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, family)
                                   : "");
      kilter_table_take (table, row, 2, kilter_headline_exception (self->plan, exception));
      kilter_table_set_money (table, row, 3, self->plan, exception->money, FALSE);
      kilter_table_set_cell (table, row, 3,
                             exception->urgent ? KILTER_CHART_TONE_BAD : KILTER_CHART_TONE_PLAIN,
                             KILTER_CELL_SHAPE);
      kilter_table_set (table, row, 4, exception->reviewed ? _ ("yes") : "");
      open += !exception->reviewed;
    }
  if (exceptions->len == 0)
    return;
  title = g_strdup_printf (
    ngettext ("%d exception needs a look", "%d exceptions need a look", open), open);
  kilter_builder_add_table_pages (
    self, _ ("Exceptions"), title,
    _ ("Exceptions of the forecast, by money at risk in the coming year"), table, 2, NULL);
}
