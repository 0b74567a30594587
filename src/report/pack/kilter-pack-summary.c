/* kilter-pack-summary.c: what an executive reads first: figures, decisions, approval
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 26

static const KilterScope everything = { 0 };

/* --- key figures --- */

typedef enum
{
  FIGURE_REVENUE,
  FIGURE_MARGIN,
  FIGURE_MARGIN_SHARE,
  FIGURE_STOCK,
  FIGURE_SERVICE,
  FIGURE_PEAK,
  FIGURE_EXTRA_COST,
  FIGURE_UNMET,
  N_FIGURES,
} Figure;

static double
get_figure (const KilterKeyFigures *figures, Figure figure)
{
  switch (figure)
    {
    case FIGURE_REVENUE:
      return figures->revenue;
    case FIGURE_MARGIN:
      return figures->margin;
    case FIGURE_MARGIN_SHARE:
      return figures->margin_share;
    case FIGURE_STOCK:
      return figures->average_stock;
    case FIGURE_SERVICE:
      return figures->service;
    case FIGURE_PEAK:
      return figures->peak_load;
    case FIGURE_EXTRA_COST:
      return figures->extra_cost;
    case FIGURE_UNMET:
      return figures->unmet;
    case N_FIGURES:
    default:
      return NAN;
    }
}

static KilterUnit
get_unit (Figure figure)
{
  if (figure == FIGURE_MARGIN_SHARE || figure == FIGURE_SERVICE || figure == FIGURE_PEAK)
    return KILTER_UNIT_RATIO;
  return figure == FIGURE_UNMET ? KILTER_UNIT_QUANTITY : KILTER_UNIT_MONEY;
}

static char *
get_name (KilterPackBuilder *self, Figure figure, const KilterKeyFigures *figures)
{
  switch (figure)
    {
    case FIGURE_REVENUE:
      return g_strdup (_ ("Revenue"));
    case FIGURE_MARGIN:
      return g_strdup (_ ("Gross margin"));
    case FIGURE_MARGIN_SHARE:
      return g_strdup (_ ("Gross margin, %"));
    case FIGURE_STOCK:
      return g_strdup (_ ("Average stock"));
    case FIGURE_SERVICE:
      return g_strdup (_ ("Planned service"));
    case FIGURE_PEAK:
      if (figures->peak_resource <= 0)
        return g_strdup (_ ("Peak load"));
      {
        const char *name = kilter_plan_get_resource_name (self->plan, figures->peak_resource);
        const char *dot = strstr (name, " · ");
        g_autofree char *short_name = dot != NULL ? g_strndup (name, (gsize) (dot - name))
                                                  : g_strdup (name);
        g_autofree char *month = kilter_format_bucket (self->plan, figures->peak_bucket);

        /* Translators: a resource and a month: "Peak load, Line 2 in July 2026" */
        return g_strdup_printf (_ ("Peak load, %s in %s"), short_name, month);
      }
    case FIGURE_EXTRA_COST:
      return g_strdup (_ ("Extra supply cost"));
    case FIGURE_UNMET:
      return g_strdup (_ ("Unmet demand"));
    case N_FIGURES:
    default:
      return g_strdup ("");
    }
}

static void
set_figure (KilterTable *table,
            int row,
            int column,
            const KilterFormat *format,
            Figure figure,
            double value)
{
  if (figure == FIGURE_PEAK)
    kilter_table_set_ratio (table, row, column, value, 0, FALSE);
  else
    kilter_table_set_value (table, row, column, format, value, FALSE);
}

/* The difference to budget with its shape; margin share in points. */
static void
set_to_budget (KilterTable *table, int row, int column, Figure figure, double value, double budget)
{
  double gap = value - budget;
  double ratio = figure == FIGURE_MARGIN_SHARE ? gap : gap / fabs (budget);

  if (isnan (gap) || (figure != FIGURE_MARGIN_SHARE && !(fabs (budget) > 0)))
    {
      kilter_table_set (table, row, column, "–");
      return;
    }
  if (figure == FIGURE_MARGIN_SHARE)
    kilter_table_take (table, row, column, kilter_format_points (gap, 1));
  else
    kilter_table_set_ratio (table, row, column, ratio, 1, TRUE);
  kilter_table_set_cell (table, row, column, kilter_tone_of (fabs (ratio) < 0.0005 ? 0 : gap),
                         KILTER_CELL_STRONG | KILTER_CELL_SHAPE);
}

static KilterTable *
make_figures (KilterPackBuilder *self)
{
  KilterVersion last = kilter_plan_get_last_cycle (self->plan);
  KilterKeyFigures now, approved = { 0 }, with = { 0 };
  gboolean has_budget, has_with = self->recommended > 0, has_last = last > 0;
  KilterTable *table;
  int n_columns = 2, with_at = 0, budget_at = 0, last_at = 0, gap_at = 0;

  kilter_plan_key_figures (self->plan, self->version, &everything, self->first, self->n, &now);
  if (has_with)
    kilter_plan_key_figures (self->plan, self->recommended, &everything, self->first, self->n,
                             &with);
  if (has_last)
    kilter_plan_key_figures (self->plan, last, &everything, self->first, self->n, &approved);
  has_budget = now.budget_revenue > 0;
  has_last = has_last && approved.revenue > 0;
  if (has_with)
    with_at = n_columns++;
  if (has_budget)
    budget_at = n_columns++;
  if (has_last)
    last_at = n_columns++;
  if (has_budget)
    gap_at = n_columns++;

  table = kilter_table_new (n_columns);
  kilter_table_set_row_space (table, 6.2);
  kilter_table_set_column (table, 0, "", KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Latest view"),
                           KILTER_COLUMN_NUMBER | KILTER_COLUMN_STRONG);
  if (with_at > 0)
    kilter_table_set_column (table, with_at, kilter_version_name (self->plan, self->recommended),
                             KILTER_COLUMN_NUMBER);
  if (budget_at > 0)
    kilter_table_set_column (table, budget_at, _ ("Budget"),
                             KILTER_COLUMN_NUMBER | KILTER_COLUMN_DIM);
  if (last_at > 0)
    kilter_table_set_column (table, last_at, _ ("Last cycle"),
                             KILTER_COLUMN_NUMBER | KILTER_COLUMN_DIM);
  if (gap_at > 0)
    kilter_table_set_column (table, gap_at, _ ("To budget"), KILTER_COLUMN_NUMBER);

  for (int f = 0; f < N_FIGURES; f++)
    {
      double value = get_figure (&now, f);
      double budget = f == FIGURE_REVENUE  ? now.budget_revenue
                      : f == FIGURE_MARGIN ? now.budget_margin
                      : f == FIGURE_MARGIN_SHARE && now.budget_revenue > 0
                        ? now.budget_margin / now.budget_revenue
                        : NAN;
      g_autofree char *name = get_name (self, f, &now);
      g_autofree char *unit = NULL;
      const double values[] = { value, budget, has_last ? get_figure (&approved, f) : NAN };
      KilterFormat format;
      int row;

      if (isnan (value))
        continue;
      if (f == FIGURE_EXTRA_COST && !(value > 0) && !(has_with && with.extra_cost > 0))
        continue;
      kilter_format_init_for (&format, get_unit (f), values, G_N_ELEMENTS (values));
      row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);
      unit = kilter_format_get_unit_short (&format, self->plan);
      if (get_unit (f) != KILTER_UNIT_RATIO)
        kilter_table_set_row_unit (table, row, unit);
      set_figure (table, row, 1, &format, f, value);
      if ((f == FIGURE_UNMET && value > 0.5) || (f == FIGURE_PEAK && value > 1.0005))
        kilter_table_set_cell (table, row, 1, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
      if (with_at > 0)
        set_figure (table, row, with_at, &format, f, get_figure (&with, f));
      if (budget_at > 0)
        set_figure (table, row, budget_at, &format, f, budget);
      if (last_at > 0)
        set_figure (table, row, last_at, &format, f, get_figure (&approved, f));
      if (gap_at > 0)
        set_to_budget (table, row, gap_at, f, value, budget);
    }
  return table;
}

/* --- approval --- */

typedef struct
{
  int n;
  char *roles[4];
  char *names[4];
} Approval;

static void
free_approval (gpointer data)
{
  Approval *approval = data;

  for (int i = 0; i < approval->n; i++)
    {
      g_free (approval->roles[i]);
      g_free (approval->names[i]);
    }
  g_free (approval);
}

static void
add_person (Approval *approval, const KilterPlan *plan, int id)
{
  const KilterRecord *person = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_PERSON, id)
                                      : NULL;

  if (person == NULL || approval->n >= 4)
    return;
  for (int i = 0; i < approval->n; i++)
    if (g_str_equal (approval->names[i], kilter_record_text (person, KILTER_PERSON_NAME)))
      return;
  approval->roles[approval->n] = g_strdup (kilter_record_text (person, KILTER_PERSON_ROLE));
  approval->names[approval->n++] = g_strdup (kilter_record_text (person, KILTER_PERSON_NAME));
}

static gboolean
is_finance (const KilterRecord *person)
{
  g_autofree char *role = g_utf8_casefold (kilter_record_text (person, KILTER_PERSON_ROLE), -1);
  /* Translators: how the role of a finance partner begins, in small letters */
  const char *here = C_ ("role", "financ");

  return strstr (role, "financ") != NULL || (*here != '\0' && strstr (role, here) != NULL);
}

/* Who owns the executive meeting, demand and supply, and finance. */
static Approval *
make_approval (const KilterPlan *plan)
{
  static const int steps[] = { 5, 2, 3 };
  Approval *approval = g_new0 (Approval, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, steps[i]);

      if (step != NULL)
        add_person (approval, plan, kilter_record_ref (step, KILTER_STEP_OWNER));
    }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    if (is_finance (person))
      add_person (approval, plan, person->id);
  /* blank lines, for people whom the plan does not know */
  for (int i = 0; approval->n < 2; i++)
    {
      approval->roles[approval->n] = g_strdup (i == 0 ? _ ("Owner of the plan") : _ ("Finance"));
      approval->names[approval->n++] = g_strdup ("");
    }
  return approval;
}

static void
draw_approval (KilterInk *ink, const KilterChartRect *area, gpointer data)
{
  const Approval *approval = data;
  double step = MIN (area->height / approval->n, 24);

  for (int i = 0; i < approval->n; i++)
    {
      double y = area->y + step * (i + 1) - 4;

      kilter_ink_begin (ink, "P");
      kilter_ink_text (ink, approval->roles[i], area->x, y,
                       &(KilterPrintText) {
                         .role = KILTER_CHART_ROLE_DIM_TEXT,
                         .y_align = 1,
                         .max_width = area->width * (*approval->names[i] != '\0' ? 0.24 : 0.48) });
      kilter_ink_text (
        ink, approval->names[i], area->x + area->width * 0.255, y,
        &(KilterPrintText) { .is_bold = TRUE, .y_align = 1, .max_width = area->width * 0.235 });
      kilter_ink_end (ink, "P");
      kilter_ink_line (ink, area->x + area->width * 0.5, y, area->x + area->width, y,
                       KILTER_CHART_ROLE_AXIS, 0.7);
    }
}

static void
add_approval (KilterPackBuilder *self, KilterPackSheet *sheet, const KilterChartRect *area)
{
  double used = kilter_pack_sheet_add_heading (self, sheet, area->x, area->y, area->width,
                                               _ ("Approval"), NULL);

  kilter_pack_sheet_add_draw (
    sheet, &(KilterChartRect) { area->x, area->y + used, area->width, area->height - used },
    draw_approval, make_approval (self->plan), free_approval);
}

/* --- families --- */

static KilterTable *
make_family_table (KilterPackBuilder *self, GArray *families)
{
  gboolean has_budget = kilter_builder_sum (self, self->version, KILTER_BUDGET_REVENUE,
                                            &everything) > 0;
  KilterTable *table = kilter_table_new (has_budget ? 6 : 5);
  g_autofree char *quantity = kilter_format_get_unit_name (&self->quantity, self->plan);
  g_autofree char *money = kilter_format_get_unit_short (&self->money, self->plan);
  g_autofree char *revenue_name = g_strdup_printf ("%s, %s", _ ("Revenue"), money);

  kilter_table_set_column (table, 0, quantity, KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Demand"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Supply"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 3, _ ("Unmet demand"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 4, revenue_name, KILTER_COLUMN_NUMBER);
  if (has_budget)
    kilter_table_set_column (table, 5, _ ("To budget"), KILTER_COLUMN_NUMBER);
  for (guint i = 0; i < families->len; i++)
    {
      KilterScope scope = { .family = g_array_index (families, int, i) };
      int row = kilter_table_add_row (
        table, kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, scope.family),
        KILTER_ROW_PLAIN);
      double unmet = kilter_builder_sum (self, self->version, KILTER_UNMET, &scope);
      double revenue = kilter_builder_sum (self, self->version, KILTER_REVENUE, &scope);
      double budget = kilter_builder_sum (self, self->version, KILTER_BUDGET_REVENUE, &scope);

      kilter_table_set_value (table, row, 1, &self->quantity,
                              kilter_builder_sum (self, self->version, KILTER_DEMAND, &scope),
                              FALSE);
      kilter_table_set_value (table, row, 2, &self->quantity,
                              kilter_builder_sum (self, self->version, KILTER_SUPPLY, &scope),
                              FALSE);
      kilter_table_set_value (table, row, 3, &self->quantity, unmet, FALSE);
      if (unmet > 0.5)
        kilter_table_set_cell (table, row, 3, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
      kilter_table_set_value (table, row, 4, &self->money, revenue, FALSE);
      if (has_budget)
        set_to_budget (table, row, 5, FIGURE_REVENUE, revenue, budget);
    }
  return table;
}

static void
add_families (KilterPackBuilder *self, KilterPackSheet *sheet, const KilterChartRect *area)
{
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  g_autofree char *title = kilter_headline_supply (&self->subject, self->first, self->n);

  if (families->len == 0)
    return;
  if (families->len <= 4)
    {
      KilterChart *chart = kilter_figure_families (&self->subject, self->first, self->n,
                                                   MAX (families->len, 2));

      if (chart != NULL)
        kilter_chart_retitle (chart, title);
      kilter_pack_sheet_add_chart (sheet, area, chart);
    }
  else
    {
      g_autoptr (KilterTable) table = make_family_table (self, families);
      g_autofree char *span = kilter_headline_span (self->plan, self->first, self->n);
      double used = kilter_pack_sheet_add_heading (self, sheet, area->x, area->y, area->width,
                                                   title, span);

      kilter_table_set_row_space (table, 2.6);
      kilter_pack_sheet_add_table (
        self, sheet,
        &(KilterChartRect) { area->x, area->y + used, area->width, area->height - used }, table);
    }
}

static gboolean
has_demand (KilterPackBuilder *self)
{
  return kilter_builder_sum (self, self->version, KILTER_DEMAND, &everything) > 0;
}

/**
 * kilter_pack_add_summary:
 *
 * One page: key figures, decisions with boxes to tick, families, risks, signatures.
 */
void
kilter_pack_add_summary (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  double left = (area->width - GAP) * 0.48, right = area->width - GAP - left;
  double x = area->x + left + GAP, y = area->y, used, top, bottom = 122;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL, *quantity = NULL, *heading = NULL;
  g_autoptr (KilterTable) figures = NULL;
  KilterPackSheet *sheet;
  KilterChart *risks;

  if (!has_demand (self))
    return;
  title = kilter_headline_executive (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, kilter_plan_get_n_horizon (self->plan));
  quantity = kilter_format_get_unit_name (&self->quantity, self->plan);
  /* Translators: a span of months, a currency, a unit such as "Thousand cases" */
  subtitle = g_strdup_printf (_ ("Executive summary · %s · %s · %s"), span,
                              kilter_plan_get_currency (self->plan), quantity);
  sheet = kilter_builder_add_page (self, _ ("Summary"), 0, title, subtitle);

  g_free (span);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  heading = g_strdup_printf (_ ("Key figures, %s"), span);
  used = kilter_pack_sheet_add_heading (self, sheet, area->x, y, left, heading, NULL);
  figures = make_figures (self);
  top = used + kilter_pack_sheet_add_table (
                 self, sheet, &(KilterChartRect) { area->x, y + used, left, 190 }, figures);

  used = kilter_pack_sheet_add_heading (self, sheet, x, y, right, _ ("Decisions asked today"),
                                        NULL);
  {
    double height = kilter_pack_add_decision_list (
      self, sheet, &(KilterChartRect) { x, y + used + 2, right, 190 }, 0);

    if (height == 0)
      height = kilter_pack_sheet_add_text (
        self, sheet, x, y + used + 2, right, _ ("No decisions this month."),
        &(KilterPrintText) { .role = KILTER_CHART_ROLE_DIM_TEXT });
    top = MAX (top, used + height);
  }
  y += top + 16;
  add_families (
    self, sheet,
    &(KilterChartRect) { area->x, y, area->width, area->y + area->height - bottom - 14 - y });

  y = area->y + area->height - bottom;
  risks = kilter_pack_make_risks (self, 5);
  if (risks != NULL)
    kilter_chart_set_title (risks, _ ("Risks and opportunities"),
                            _ ("Effect on gross margin; filled: weighted by likelihood"));
  kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, left, bottom }, risks);
  add_approval (
    self, sheet,
    &(KilterChartRect) { risks != NULL ? x : area->x, y, risks != NULL ? right : left, bottom });
}
