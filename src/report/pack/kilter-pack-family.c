/* kilter-pack-family.c: the S&OP sheet of a family
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kilter-number.h"
#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define PAST 3
#define GAP 26

typedef struct
{
  KilterSubject subject;
  int first; /* of the columns */
  int past;
  int n;             /* coming buckets */
  gboolean to_order; /* bookings and a backlog rather than a stock */
  KilterFormat quantity;
  KilterFormat money;
  double *demand;
  double *plan;
  double *supply;
  double *supply_plan;
  double *unmet;
  double *stock;
  double *target;
} Sheet;

static void
sheet_clear (Sheet *self)
{
  g_free (self->demand);
  g_free (self->plan);
  g_free (self->supply);
  g_free (self->supply_plan);
  g_free (self->unmet);
  g_free (self->stock);
  g_free (self->target);
}

static void
sheet_init (KilterPackBuilder *builder, int family, Sheet *self)
{
  g_autofree double *previous = NULL;
  g_autofree double *revenue = NULL;
  int all = kilter_plan_get_n_buckets (builder->plan);

  self->subject = builder->subject;
  self->subject.scope = (KilterScope) { .family = family };
  self->to_order = kilter_scope_is_made_to_order (builder->plan, &self->subject.scope);
  self->past = MIN (PAST, builder->first);
  self->first = builder->first - self->past;
  self->n = builder->n;
  self->demand = kilter_subject_dup (&self->subject, KILTER_DEMAND);
  self->plan = kilter_subject_dup (&self->subject, KILTER_LAST_CYCLE);
  self->supply = kilter_subject_dup (&self->subject, KILTER_SUPPLY);
  self->supply_plan = kilter_subject_dup (&self->subject, KILTER_SUPPLY_LAST);
  self->unmet = kilter_subject_dup (&self->subject, KILTER_UNMET);
  self->stock = kilter_subject_dup (&self->subject, KILTER_STOCK);
  self->target = kilter_subject_dup (&self->subject, KILTER_TARGET_STOCK);
  previous = kilter_subject_dup (&self->subject, KILTER_PREVIOUS);
  revenue = kilter_subject_dup (&self->subject, KILTER_REVENUE);
  for (int t = 0; t < builder->first && t < all; t++)
    if (isnan (self->plan[t]))
      self->plan[t] = previous[t];
  kilter_subject_init_format (&self->subject, KILTER_DEMAND, self->demand + self->first,
                              (gsize) (self->past + self->n), &self->quantity);
  kilter_format_init_for (&self->money, KILTER_UNIT_MONEY, revenue + self->first,
                          (gsize) (self->past + self->n));
}

/* A row of values; its total when @has_total. Returns the row. */
static int
add_values (Sheet *self,
            KilterTable *table,
            const char *name,
            const double *values,
            const KilterFormat *format,
            KilterRowFlags flags,
            KilterChartKey key,
            gboolean has_total,
            gboolean is_delta)
{
  int row = kilter_table_add_row (table, name, flags);
  int n = self->past + self->n;

  kilter_table_set_row_key (table, row, key);
  for (int t = 0; t < n; t++)
    kilter_table_set_value (table, row, t + 1, format, values[self->first + t], is_delta);
  if (has_total)
    {
      double total = kilter_number_sum (values, self->first + self->past, self->n);

      kilter_table_set_value (table, row, n + 1, format, total, is_delta);
    }
  return row;
}

static void
add_difference (Sheet *self, KilterTable *table, const double *values, const double *plan)
{
  int row = kilter_table_add_row (table, _ ("Difference"), KILTER_ROW_PLAIN);
  int n = self->past + self->n;

  for (int t = 0; t <= n; t++)
    {
      double a = t < n ? values[self->first + t] : NAN, b = t < n ? plan[self->first + t] : NAN;
      double ratio;

      if (t == n)
        kilter_pack_sum_pairs (values, plan, self->first + self->past, self->n, &a, &b);
      ratio = b > 0 ? a / b - 1 : NAN;
      kilter_table_set_ratio (table, row, t + 1, ratio, 1, TRUE);
      if (t >= self->past && fabs (ratio) >= 0.0005)
        kilter_table_set_cell (table, row, t + 1, kilter_tone_of (ratio), KILTER_CELL_PLAIN);
    }
}

static void
add_demand_rows (Sheet *self, KilterTable *table)
{
  gboolean has_plan = kilter_has_values (self->plan, self->first, self->past + self->n);

  kilter_table_add_row (table, self->to_order ? _ ("Bookings") : _ ("Demand"), KILTER_ROW_SECTION);
  if (has_plan)
    add_values (self, table, _ ("Last approved plan"), self->plan, &self->quantity,
                KILTER_ROW_PLAIN, KILTER_CHART_KEY_OUTLINED, TRUE, FALSE);
  add_values (self, table, _ ("Actual and consensus"), self->demand, &self->quantity,
              KILTER_ROW_STRONG, KILTER_CHART_KEY_HATCHED, TRUE, FALSE);
  if (has_plan)
    add_difference (self, table, self->demand, self->plan);
}

static void
add_part (Sheet *self, KilterTable *table, const char *name, KilterMeasure measure)
{
  g_autofree double *values = kilter_subject_dup (&self->subject, measure);

  if (kilter_number_sum (values, self->first, self->past + self->n) > 0.5)
    add_values (self, table, name, values, &self->quantity, KILTER_ROW_INDENT,
                KILTER_CHART_KEY_NONE, TRUE, FALSE);
}

static void
add_supply_rows (Sheet *self, KilterTable *table)
{
  int row;

  if (!kilter_has_values (self->supply, self->first, self->past + self->n))
    return;
  kilter_table_add_row (table, _ ("Supply"), KILTER_ROW_SECTION);
  if (kilter_has_values (self->supply_plan, self->first, self->past + self->n))
    add_values (self, table, _ ("Last approved plan"), self->supply_plan, &self->quantity,
                KILTER_ROW_PLAIN, KILTER_CHART_KEY_OUTLINED, TRUE, FALSE);
  add_values (self, table, _ ("Actual and plan"), self->supply, &self->quantity, KILTER_ROW_STRONG,
              KILTER_CHART_KEY_HATCHED, TRUE, FALSE);
  add_part (self, table, _ ("of it overtime"), KILTER_OVERTIME);
  add_part (self, table, _ ("of it subcontracted"), KILTER_SUBCONTRACT);
  add_part (self, table, _ ("of it purchased"), KILTER_PURCHASE);
  if (kilter_number_sum (self->unmet, self->first + self->past, self->n) > 0.5)
    {
      row = add_values (self, table, _ ("Unmet demand"), self->unmet, &self->quantity,
                        KILTER_ROW_PLAIN, KILTER_CHART_KEY_NONE, TRUE, FALSE);
      for (int t = self->past; t < self->past + self->n; t++)
        if (self->unmet[self->first + t] > 0.5)
          {
            kilter_table_set_cell (table, row, t + 1, KILTER_CHART_TONE_BAD, KILTER_CELL_PROBLEM);
            kilter_table_set_column_problem (table, t + 1);
          }
    }
}

static void
add_stock_rows (Sheet *self, KilterTable *table)
{
  g_autofree double *cover = kilter_subject_dup (&self->subject, KILTER_COVER);
  g_autofree double *backlog = kilter_subject_dup (&self->subject, KILTER_BACKLOG);
  int n = self->past + self->n;
  KilterFormat days;

  if (!kilter_has_values (self->stock, self->first, n))
    return;
  kilter_format_init_for (&days, KILTER_UNIT_DAYS, cover + self->first, (gsize) n);
  kilter_table_add_row (table, _ ("Stock"), KILTER_ROW_SECTION);
  if (kilter_has_values (self->target, self->first, n))
    add_values (self, table, _ ("Target"), self->target, &self->quantity, KILTER_ROW_PLAIN,
                KILTER_CHART_KEY_OUTLINED, FALSE, FALSE);
  add_values (self, table, _ ("Actual and projected"), self->stock, &self->quantity,
              KILTER_ROW_STRONG, KILTER_CHART_KEY_HATCHED, FALSE, FALSE);
  if (kilter_has_values (cover, self->first, n))
    add_values (self, table, _ ("Days of cover"), cover, &days, KILTER_ROW_DIM,
                KILTER_CHART_KEY_NONE, FALSE, FALSE);
  if (kilter_number_sum (backlog, self->first, n) > 0.5)
    add_values (self, table, _ ("Backlog"), backlog, &self->quantity, KILTER_ROW_PLAIN,
                KILTER_CHART_KEY_NONE, FALSE, FALSE);
}

/* What is made to order: what was shipped, and what waits. */
static void
add_backlog_rows (Sheet *self, KilterTable *table)
{
  g_autofree double *shipments = kilter_subject_dup (&self->subject, KILTER_SHIPMENTS);
  g_autofree double *backlog = kilter_subject_dup (&self->subject, KILTER_BACKLOG);
  g_autofree double *days = kilter_subject_dup (&self->subject, KILTER_BACKLOG_DAYS);
  int n = self->past + self->n;
  KilterFormat format;

  if (!kilter_has_values (backlog, self->first, n))
    return;
  kilter_format_init_for (&format, KILTER_UNIT_DAYS, days + self->first, (gsize) n);
  kilter_table_add_row (table, _ ("Backlog"), KILTER_ROW_SECTION);
  add_values (self, table, _ ("Shipments"), shipments, &self->quantity, KILTER_ROW_PLAIN,
              KILTER_CHART_KEY_NONE, TRUE, FALSE);
  add_values (self, table, _ ("Backlog"), backlog, &self->quantity, KILTER_ROW_STRONG,
              KILTER_CHART_KEY_HATCHED, FALSE, FALSE);
  if (kilter_has_values (days, self->first, n))
    add_values (self, table, _ ("Backlog in days"), days, &format, KILTER_ROW_DIM,
                KILTER_CHART_KEY_NONE, FALSE, FALSE);
}

static void
add_money_rows (Sheet *self, KilterTable *table)
{
  g_autofree double *revenue = kilter_subject_dup (&self->subject, KILTER_REVENUE);
  g_autofree double *margin = kilter_subject_dup (&self->subject, KILTER_MARGIN);
  g_autofree double *gap = kilter_subject_dup (&self->subject, KILTER_BUDGET_GAP);
  g_autofree char *unit = kilter_format_get_unit_short (&self->money, self->subject.plan);
  int n = self->past + self->n, row;

  if (!(kilter_number_sum (revenue, self->first, n) > 0))
    return;
  kilter_table_add_row (table, _ ("Finance"), KILTER_ROW_SECTION);
  row = add_values (self, table, _ ("Revenue"), revenue, &self->money, KILTER_ROW_STRONG,
                    KILTER_CHART_KEY_NONE, TRUE, FALSE);
  kilter_table_set_row_unit (table, row, unit);
  if (kilter_has_values (margin, self->first, n))
    {
      row = add_values (self, table, _ ("Gross margin"), margin, &self->money, KILTER_ROW_PLAIN,
                        KILTER_CHART_KEY_NONE, TRUE, FALSE);
      kilter_table_set_row_unit (table, row, unit);
    }
  if (!kilter_has_values (gap, self->first + self->past, self->n))
    return;
  row = add_values (self, table, _ ("Revenue to budget"), gap, &self->money, KILTER_ROW_PLAIN,
                    KILTER_CHART_KEY_NONE, TRUE, TRUE);
  kilter_table_set_row_unit (table, row, unit);
  for (int t = self->past; t <= n; t++)
    {
      double value = t < n ? gap[self->first + t]
                           : kilter_number_sum (gap, self->first + self->past, self->n);

      kilter_table_set_cell (table, row, t + 1, kilter_tone_of (value), KILTER_CELL_PLAIN);
    }
}

static KilterTable *
make_sheet_table (KilterPackBuilder *builder, Sheet *self)
{
  int n = self->past + self->n;
  KilterTable *table = kilter_table_new (n + 2);
  g_autofree char *unit = kilter_format_get_unit_name (&self->quantity, builder->plan);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (builder->plan);
  int year = 0, named = FALSE;

  kilter_table_set_column (table, 0, unit, KILTER_COLUMN_TEXT);
  kilter_builder_set_months (builder, table, 1, self->first, self->past,
                             KILTER_COLUMN_PAST | (self->past > 0 ? KILTER_COLUMN_RULE : 0));
  kilter_builder_set_months (builder, table, 1 + self->past, self->first + self->past, self->n,
                             KILTER_COLUMN_RULE);
  kilter_table_set_column (table, n + 1, _ ("Total"),
                           KILTER_COLUMN_NUMBER | KILTER_COLUMN_TOTAL | KILTER_COLUMN_RULE);
  kilter_table_add_group (table, 0, "", KILTER_COLUMN_TEXT);
  if (self->past > 0)
    kilter_table_add_group (table, 1, _ ("Actual"), KILTER_COLUMN_TEXT);
  for (int t = self->past; t < n; t++)
    {
      int this_year = kilter_bucket_get_year (
        kind, kilter_plan_get_bucket (builder->plan, self->first + t));
      g_autofree char *text = NULL;
      int months = 0;

      if (this_year == year)
        continue;
      while (t + months < n &&
             kilter_bucket_get_year (
               kind, kilter_plan_get_bucket (builder->plan, self->first + t + months)) == this_year)
        months++;
      /* one or two months are too narrow for more than the year */
      /* Translators: a year: the heading over the months of the plan */
      text = !named && months > 2 ? g_strdup_printf (_ ("Plan %d"), this_year)
                                  : g_strdup_printf ("%d", this_year);
      named |= months > 2;
      kilter_table_add_group (table, t + 1, text, KILTER_COLUMN_TEXT);
      year = this_year;
    }
  kilter_table_add_group (table, n + 1, "", KILTER_COLUMN_TEXT);
  add_demand_rows (self, table);
  add_supply_rows (self, table);
  if (self->to_order)
    add_backlog_rows (self, table);
  else
    add_stock_rows (self, table);
  add_money_rows (self, table);
  if (self->past > 0 && kilter_has_values (self->plan, self->first, self->past))
    kilter_table_add_note (
      table,
      _ ("Before the cycle, the plan of the demand is the forecast made one period before."));
  return table;
}

static char *
make_sheet_title (KilterPackBuilder *builder, const Sheet *self)
{
  const char *name = kilter_plan_get_key (builder->plan, KILTER_TABLE_FAMILY,
                                          self->subject.scope.family);
  double unmet = kilter_number_sum (self->unmet, self->first + self->past, self->n), now, before;
  gboolean is_short = unmet > 0.5;
  g_autofree char *size = NULL, *quantity = kilter_format_quantity (unmet);
  double change;

  kilter_pack_sum_pairs (self->demand, self->plan, self->first + self->past, self->n, &now,
                         &before);
  if (!(before > 0))
    {
      if (is_short)
        /* Translators: a family and a quantity in words */
        return g_strdup_printf (_ ("%s: demand of %s cannot be met"), name, quantity);
      if (kilter_has_values (self->supply, self->first + self->past, self->n))
        return g_strdup_printf (_ ("%s: all demand is met"), name);
      return g_strdup_printf (_ ("%s: supply has not been planned yet"), name);
    }
  change = now / before - 1;
  size = kilter_format_ratio (fabs (change), 1);
  if (fabs (change) < 0.005)
    return is_short
             ? g_strdup_printf (_ ("%s: demand as in the last plan; %s cannot be met"), name,
                                quantity)
             : g_strdup_printf (_ ("%s: demand as in the last plan, and all of it is met"), name);
  if (is_short)
    /* Translators: a family, a percentage, a quantity in words */
    return change > 0
             ? g_strdup_printf (_ ("%s: demand grows %s on the last plan; %s cannot be met"), name,
                                size, quantity)
             : g_strdup_printf (_ ("%s: demand falls %s from the last plan; %s cannot be met"),
                                name, size, quantity);
  return change > 0
           ? g_strdup_printf (_ ("%s: demand grows %s on the last plan, and all of it is met"),
                              name, size)
           : g_strdup_printf (_ ("%s: demand falls %s from the last plan, and all of it is met"),
                              name, size);
}

static char *
make_stock_title (KilterPackBuilder *builder, const Sheet *self)
{
  int from = -1, to = -1;

  for (int t = self->first + self->past; t < self->first + self->past + self->n; t++)
    if (self->unmet[t] > 0.5)
      {
        g_autofree char *month = kilter_format_bucket (builder->plan, t);

        /* Translators: a month */
        return g_strdup_printf (_ ("Stock does not cover demand in %s"), month);
      }
  for (int t = self->first + self->past; t < self->first + self->past + self->n; t++)
    if (self->stock[t] < self->target[t] * 0.85)
      {
        from = from < 0 ? t : from;
        if (to < 0 || to == t - 1)
          to = t;
      }
  if (from >= 0)
    {
      g_autofree char *start = kilter_format_bucket (builder->plan, from);
      g_autofree char *end = kilter_format_bucket (builder->plan, to);

      if (from == to)
        return g_strdup_printf (_ ("Stock is below its target in %s"), start);
      return g_strdup_printf (_ ("Stock is below its target from %s to %s"), start, end);
    }
  return g_strdup (_ ("Stock stays at or above its target"));
}

/* The stock at the end of each period or, for what is made to order, the backlog. */
static KilterChart *
make_stock_chart (KilterPackBuilder *builder, const Sheet *self)
{
  g_autofree double *backlog = self->to_order ? kilter_subject_dup (&self->subject, KILTER_BACKLOG)
                                              : NULL;
  const double *values = self->to_order ? backlog : self->stock;
  int n = self->past + self->n;
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *title = NULL, *subtitle = NULL;
  g_autofree char *name = kilter_subject_get_title (&self->subject);
  g_autofree char *unit = kilter_format_get_unit_name (&self->quantity, builder->plan);
  KilterChart *chart;

  if (!kilter_has_values (values, self->first, n))
    return NULL;
  kilter_figure_time_init (&time, builder->plan, self->first, n);
  chart = kilter_chart_new_stock (&(KilterChartStock) {
    .time = time.time,
    .format = self->quantity.number,
    .actual_name = _ ("Actual"),
    .stock_name = _ ("Projected"),
    .stock = values + self->first,
    .target_name = _ ("Target"),
    .target = self->to_order ? NULL : self->target + self->first,
    .unmet_name = _ ("Unmet demand"),
    .unmet_word = C_ ("box in a chart", "unmet"),
    .unmet = self->to_order ? NULL : self->unmet + self->first,
    .target_as_ticks = TRUE,
    .has_values = TRUE,
    .has_time_axis = TRUE,
    .has_legend = TRUE,
  });
  title = self->to_order ? g_strdup (_ ("Backlog")) : make_stock_title (builder, self);
  /* Translators: a family, a unit such as "Thousand cases" */
  subtitle = g_strdup_printf (_ ("%s, end of period · %s"), name, unit);
  kilter_chart_set_title (chart, title, subtitle);
  return chart;
}

static void
add_family_page (KilterPackBuilder *self, int family)
{
  const KilterChartRect *area = &self->area;
  Sheet sheet_data;
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *unit = NULL, *span = NULL;
  KilterPackSheet *sheet;
  KilterChart *stock, *bridge;
  double used, y, room, left;

  sheet_init (self, family, &sheet_data);
  table = make_sheet_table (self, &sheet_data);
  title = make_sheet_title (self, &sheet_data);
  unit = kilter_format_get_unit_name (&sheet_data.quantity, self->plan);
  span = kilter_headline_span (self->plan, sheet_data.first, sheet_data.past + sheet_data.n);
  /* Translators: a unit such as "Thousand cases", a span of months */
  subtitle = g_strdup_printf (_ ("S&OP sheet · %s · %s"), unit, span);
  sheet = kilter_builder_add_page (
    self, kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, family), 1, title, subtitle);
  used = kilter_pack_sheet_add_table (self, sheet, area, table);
  y = area->y + used + 14;
  room = area->y + area->height - y;
  if (room >= 90)
    {
      stock = make_stock_chart (self, &sheet_data);
      bridge = kilter_figure_bridge (&sheet_data.subject, self->first, self->n);
      left = stock == NULL ? 0 : bridge == NULL ? area->width : (area->width - GAP) * 0.56;
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, left, room }, stock);
      if (stock != NULL)
        left += GAP;
      kilter_pack_sheet_add_chart (
        sheet, &(KilterChartRect) { area->x + left, y, area->width - left, room }, bridge);
    }
  sheet_clear (&sheet_data);
}

typedef struct
{
  int family;
  double money;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->money != y->money)
    return x->money > y->money ? -1 : 1;
  return x->family - y->family;
}

/**
 * kilter_pack_add_families:
 *
 * A page for each family: S&OP sheet, stock, bridge. The executive pack holds only families with
 * unmet demand, those with the most money first, as many as its budget of pages allows.
 */
void
kilter_pack_add_families (KilterPackBuilder *self)
{
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  int most = G_MAXINT;

  if (self->meeting == KILTER_MEETING_EXECUTIVE)
    most = MAX (self->pages_left - 4, 0); /* risks, metrics, record, approved plan */
  for (guint i = 0; i < families->len; i++)
    {
      KilterScope scope = { .family = g_array_index (families, int, i) };
      Ranked entry = { scope.family, 0 };

      if (self->meeting == KILTER_MEETING_EXECUTIVE)
        {
          if (!(kilter_builder_sum (self, self->version, KILTER_UNMET, &scope) > 0.5))
            continue;
          entry.money = kilter_builder_sum_in (self, self->version, KILTER_UNMET, &scope,
                                               KILTER_IN_REVENUE);
        }
      g_array_append_val (ranked, entry);
    }
  if (self->meeting == KILTER_MEETING_EXECUTIVE)
    g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len && (int) i < most; i++)
    add_family_page (self, g_array_index (ranked, Ranked, i).family);
}
