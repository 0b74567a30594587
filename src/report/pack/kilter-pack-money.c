/* kilter-pack-money.c: financial reconciliation: quarters against budget, last plan and last year
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 26
#define MAX_PERIODS 8

static const KilterScope everything = { 0 };

typedef struct
{
  int n;
  int first[MAX_PERIODS + 1];
  int length[MAX_PERIODS + 1]; /* the last one is the whole span */
} Periods;

/* Quarters of the calendar; the last entry is the total. */
static void
find_periods (KilterPackBuilder *self, KilterTable *table, Periods *out)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  int before = -1;

  out->n = 0;
  for (int t = self->first; t < self->first + self->n; t++)
    {
      KilterBucket bucket = kilter_plan_get_bucket (self->plan, t);
      int quarter = kilter_bucket_get_quarter (kind, bucket);

      if (quarter != before && out->n < MAX_PERIODS)
        {
          out->first[out->n] = t;
          out->length[out->n++] = 0;
          before = quarter;
        }
      out->length[out->n - 1]++;
    }
  out->first[out->n] = self->first;
  out->length[out->n] = self->n;
  for (int p = 0; table != NULL && p < out->n; p++)
    {
      KilterBucket bucket = kilter_plan_get_bucket (self->plan, out->first[p]);
      /* Translators: a quarter and its year: "Q3 2026" */
      g_autofree char *label = g_strdup_printf (_ ("Q%d %d"),
                                                kilter_bucket_get_quarter (kind, bucket) % 4 + 1,
                                                kilter_bucket_get_quarter (kind, bucket) / 4);

      kilter_table_set_column (table, p + 1, label, KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL);
    }
}

typedef struct
{
  double values[MAX_PERIODS + 1];
} Line;

static Line
get_line (KilterPackBuilder *self,
          const Periods *periods,
          KilterVersion version,
          KilterMeasure measure,
          int back)
{
  Line line;

  for (int p = 0; p <= periods->n; p++)
    {
      int first = periods->first[p] - back;

      line.values[p] = first < 0 || version <= 0
                         ? NAN
                         : kilter_plan_aggregate_time (self->plan, version, measure, &everything,
                                                       first, periods->length[p]);
    }
  return line;
}

static gboolean
has_line (const Periods *periods, const Line *line)
{
  for (int p = 0; p <= periods->n; p++)
    if (!isnan (line->values[p]) && line->values[p] != 0)
      return TRUE;
  return FALSE;
}

static void
add_line (KilterTable *table,
          const Periods *periods,
          const KilterFormat *format,
          const char *name,
          const Line *line,
          KilterRowFlags flags,
          KilterChartKey key)
{
  int row;

  if (!has_line (periods, line))
    return;
  row = kilter_table_add_row (table, name, flags);
  kilter_table_set_row_key (table, row, key);
  for (int p = 0; p <= periods->n; p++)
    kilter_table_set_value (table, row, p + 1, format, line->values[p], FALSE);
}

/* Difference to a reference, in money and per cent. */
static void
add_gap (KilterTable *table,
         const Periods *periods,
         const KilterFormat *format,
         const char *name,
         const Line *line,
         const Line *reference,
         gboolean has_share)
{
  int row, share = 0;

  if (!has_line (periods, reference))
    return;
  row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);
  if (has_share)
    share = kilter_table_add_row (table, _ ("in %"), KILTER_ROW_INDENT | KILTER_ROW_DIM);
  for (int p = 0; p <= periods->n; p++)
    {
      double gap = line->values[p] - reference->values[p];

      kilter_table_set_value (table, row, p + 1, format, gap, TRUE);
      kilter_table_set_cell (table, row, p + 1, kilter_tone_of (gap), KILTER_CELL_PLAIN);
      if (has_share)
        {
          double base = reference->values[p];

          kilter_table_set_ratio (table, share, p + 1, base != 0 ? gap / fabs (base) : NAN, 1,
                                  TRUE);
        }
    }
}

static Line
subtract_line (const Periods *periods, const Line *a, const Line *b)
{
  Line line;

  for (int p = 0; p <= periods->n; p++)
    line.values[p] = isnan (b->values[p]) ? a->values[p] : a->values[p] - b->values[p];
  return line;
}

static void
add_margin (KilterPackBuilder *self,
            KilterTable *table,
            const Periods *periods,
            const KilterFormat *format)
{
  KilterVersion last = kilter_plan_get_last_cycle (self->plan);
  int season = kilter_plan_get_season (self->plan);
  Line before = get_line (self, periods, self->version, KILTER_MARGIN, 0);
  Line extra = get_line (self, periods, self->version, KILTER_EXTRA_COST, 0);
  Line margin = subtract_line (periods, &before, &extra);
  Line budget = get_line (self, periods, self->version, KILTER_BUDGET_MARGIN, 0);
  Line approved = get_line (self, periods, last, KILTER_MARGIN, 0);
  Line year = get_line (self, periods, self->version, KILTER_MARGIN, season);
  Line revenue = get_line (self, periods, self->version, KILTER_REVENUE, 0);
  int row;

  if (!has_line (periods, &margin))
    return;
  kilter_table_add_row (table, _ ("Gross margin"), KILTER_ROW_SECTION);
  if (has_line (periods, &extra))
    {
      add_line (table, periods, format, _ ("Before extra supply cost"), &before, KILTER_ROW_PLAIN,
                KILTER_CHART_KEY_NONE);
      add_line (table, periods, format, _ ("Extra supply cost"), &extra, KILTER_ROW_PLAIN,
                KILTER_CHART_KEY_NONE);
    }
  add_line (table, periods, format, _ ("Latest view"), &margin, KILTER_ROW_STRONG,
            KILTER_CHART_KEY_HATCHED);
  row = kilter_table_add_row (table, /* xgettext:no-c-format */ _ ("in % of revenue"),
                              KILTER_ROW_INDENT | KILTER_ROW_DIM);
  for (int p = 0; p <= periods->n; p++)
    kilter_table_set_ratio (table, row, p + 1,
                            revenue.values[p] != 0 ? margin.values[p] / revenue.values[p] : NAN, 1,
                            FALSE);
  add_line (table, periods, format, _ ("Budget"), &budget, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_OUTLINED);
  add_line (table, periods, format, _ ("Last approved plan"), &approved, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_OUTLINED);
  add_line (table, periods, format, _ ("Last year"), &year, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_FILL);
  add_gap (table, periods, format, _ ("Difference to budget"), &margin, &budget, TRUE);
}

static KilterTable *
make_table (KilterPackBuilder *self, const KilterFormat *format)
{
  KilterVersion last = kilter_plan_get_last_cycle (self->plan);
  int season = kilter_plan_get_season (self->plan);
  Periods periods;
  KilterTable *table;
  Line revenue, budget, approved, year, cost, stock, stock_last;
  g_autofree char *unit = kilter_format_get_unit_name (format, self->plan);

  find_periods (self, NULL, &periods);
  table = kilter_table_new (periods.n + 2);
  find_periods (self, table, &periods);
  kilter_table_set_column (table, 0, unit, KILTER_COLUMN_TEXT);
  {
    g_autofree char *total = NULL;

    /* Translators: heading of a total over this many months */
    total = kilter_plan_get_bucket_kind (self->plan) == KILTER_BUCKET_MONTH
              ? g_strdup_printf (ngettext ("%d month", "%d months", self->n), self->n)
              : g_strdup (_ ("Total"));
    kilter_table_set_column (table, periods.n + 1, total,
                             KILTER_COLUMN_NUMBER | KILTER_COLUMN_TOTAL | KILTER_COLUMN_RULE |
                               KILTER_COLUMN_EQUAL);
  }
  revenue = get_line (self, &periods, self->version, KILTER_REVENUE, 0);
  budget = get_line (self, &periods, self->version, KILTER_BUDGET_REVENUE, 0);
  approved = get_line (self, &periods, last, KILTER_REVENUE, 0);
  year = get_line (self, &periods, self->version, KILTER_REVENUE, season);
  cost = get_line (self, &periods, self->version, KILTER_COST_OF_SALES, 0);
  stock = get_line (self, &periods, self->version, KILTER_STOCK_VALUE, 0);
  stock_last = get_line (self, &periods, self->version, KILTER_STOCK_VALUE, season);

  kilter_table_add_row (table, _ ("Revenue"), KILTER_ROW_SECTION);
  add_line (table, &periods, format, _ ("Latest view"), &revenue, KILTER_ROW_STRONG,
            KILTER_CHART_KEY_HATCHED);
  add_line (table, &periods, format, _ ("Budget"), &budget, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_OUTLINED);
  add_line (table, &periods, format, _ ("Last approved plan"), &approved, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_OUTLINED);
  add_line (table, &periods, format, _ ("Last year"), &year, KILTER_ROW_PLAIN,
            KILTER_CHART_KEY_FILL);
  add_gap (table, &periods, format, _ ("Difference to budget"), &revenue, &budget, TRUE);
  add_gap (table, &periods, format, _ ("Difference to last approved plan"), &revenue, &approved,
           FALSE);
  add_gap (table, &periods, format, _ ("Difference to last year"), &revenue, &year, FALSE);
  if (has_line (&periods, &cost))
    {
      kilter_table_add_row (table, _ ("Cost of sales"), KILTER_ROW_SECTION);
      add_line (table, &periods, format, _ ("Latest view"), &cost, KILTER_ROW_STRONG,
                KILTER_CHART_KEY_HATCHED);
    }
  add_margin (self, table, &periods, format);
  if (has_line (&periods, &stock))
    {
      kilter_table_add_row (table, _ ("Stock value at the end"), KILTER_ROW_SECTION);
      add_line (table, &periods, format, _ ("Latest view"), &stock, KILTER_ROW_STRONG,
                KILTER_CHART_KEY_HATCHED);
      add_line (table, &periods, format, _ ("Last year"), &stock_last, KILTER_ROW_PLAIN,
                KILTER_CHART_KEY_FILL);
    }
  kilter_table_set_row_space (table, 2.6);
  return table;
}

/* Revenue and margin against the budget, else against last year. */
static char *
make_title (KilterPackBuilder *self)
{
  KilterKeyFigures figures;
  double revenue, margin, year;
  g_autofree char *first = NULL, *second = NULL;

  kilter_plan_key_figures (self->plan, self->version, &everything, self->first, self->n, &figures);
  revenue = figures.revenue - figures.budget_revenue;
  margin = figures.margin - figures.budget_margin;
  if (figures.budget_revenue > 0 && !isnan (margin))
    {
      first = kilter_format_money (self->plan, fabs (revenue));
      second = kilter_format_money (self->plan, fabs (margin));
      /* Translators: two amounts of money */
      if (revenue >= 0)
        return g_strdup_printf (margin >= 0
                                  ? _ ("Revenue is %s and gross margin %s above budget")
                                  : _ ("Revenue is %s above, gross margin %s below budget"),
                                first, second);
      return g_strdup_printf (margin >= 0 ? _ ("Revenue is %s below, gross margin %s above budget")
                                          : _ ("Revenue is %s and gross margin %s below budget"),
                              first, second);
    }
  year = self->first < kilter_plan_get_season (self->plan)
           ? NAN
           : kilter_plan_aggregate_time (self->plan, self->version, KILTER_REVENUE, &everything,
                                         self->first - kilter_plan_get_season (self->plan),
                                         self->n);
  if (!(year > 0))
    return kilter_headline_executive (&self->subject, self->first, self->n);
  first = kilter_format_ratio (fabs (figures.revenue / year - 1), 1);
  return g_strdup_printf (figures.revenue >= year ? _ ("Revenue is %s above last year")
                                                  : _ ("Revenue is %s below last year"),
                          first);
}

/**
 * kilter_pack_add_finance:
 *
 * One page: revenue, margin and stock by quarter against budget, last plan and last year; bridges
 * of revenue and margin from the budget.
 */
void
kilter_pack_add_finance (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  double revenue = kilter_builder_sum (self, self->version, KILTER_REVENUE, &everything);
  KilterFormat format;
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL, *unit = NULL;
  KilterPackSheet *sheet;
  KilterChart *left, *right;
  double y, room, half = (area->width - GAP) / 2;

  if (!(revenue > 0))
    return;
  kilter_format_init (&format, KILTER_UNIT_MONEY, revenue);
  format.number.decimals = MAX (format.number.decimals, format.scale_power == 6 ? 2 : 0);
  table = make_table (self, &format);
  title = make_title (self);
  span = kilter_headline_span (self->plan, self->first, self->n);
  unit = kilter_format_get_unit_name (&format, self->plan);
  /* Translators: a span of months, money such as "$ million" */
  subtitle = g_strdup_printf (_ ("Financial reconciliation · %s · %s"), span, unit);
  sheet = kilter_builder_add_page (self, _ ("Financial Reconciliation"), 0, title, subtitle);
  y = area->y + kilter_pack_sheet_add_table (self, sheet, area, table) + 14;
  room = area->y + area->height - y;
  left = kilter_figure_revenue_bridge (&self->subject, self->first, self->n);
  right = kilter_figure_bridge (&self->subject, self->first, self->n);
  if (room < 110)
    {
      /* a page of its own */
      if (left == NULL && right == NULL)
        return;
      sheet = kilter_builder_add_page (self, NULL, 0, title, subtitle);
      y = area->y;
      room = 260;
    }
  kilter_pack_sheet_add_chart (
    sheet, &(KilterChartRect) { area->x, y, right != NULL ? half : area->width, room }, left);
  kilter_pack_sheet_add_chart (sheet,
                               &(KilterChartRect) { left != NULL ? area->x + half + GAP : area->x,
                                                    y, left != NULL ? half : area->width, room },
                               right);
}
