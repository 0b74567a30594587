/* kilter-pack-accuracy.c: how good the forecasts were: models, value added, lags, earlier plans
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/figure/kilter-figure-private.h"
#include "report/pack/kilter-pack-private.h"
#include "report/words/kilter-headline.h"

#define GAP 26
#define SIGNAL_BUCKETS 12
#define SIGNAL_LIMIT 4.0
#define MAX_PLANS 12
#define MAX_MONTHS 13

/* of the last six buckets, one ahead */
KilterChart *
kilter_pack_make_value_added (KilterPackBuilder *self)
{
  KilterValueAdded added;

  kilter_plan_value_added (self->plan, self->version, &self->subject.scope, 6, 1, &added);
  return kilter_figure_value_added (&added);
}

/* Of the forecasts that were made one bucket before, over the last twelve; NaN where nothing was.
 */
static double
get_signal (KilterPackBuilder *self, const KilterScope *scope)
{
  int n = MIN (self->first, SIGNAL_BUCKETS), first = self->first - n, known = 0;
  double actuals[SIGNAL_BUCKETS], forecasts[SIGNAL_BUCKETS], signal[SIGNAL_BUCKETS];
  KilterSubject subject = self->subject;
  g_autofree double *actual = NULL;
  g_autofree double *forecast = NULL;

  subject.scope = *scope;
  actual = kilter_subject_dup (&subject, KILTER_ACTUAL);
  forecast = kilter_subject_dup (&subject, KILTER_PREVIOUS);
  for (int t = first; t < first + n; t++)
    if (!isnan (actual[t]) && !isnan (forecast[t]))
      {
        actuals[known] = actual[t];
        forecasts[known++] = forecast[t];
      }
  if (known == 0)
    return NAN;
  kilter_metric_tracking_signal (actuals, forecasts, known, NAN, signal);
  return signal[known - 1];
}

static void
set_signal (KilterPackBuilder *self, KilterTable *table, int row, const KilterScope *scope)
{
  double signal = get_signal (self, scope);

  kilter_table_take (
    table, row, 5,
    isnan (signal)
      ? g_strdup ("–")
      : kilter_number_format (signal, &(KilterNumberFormat) { .decimals = 1, .sign = TRUE }));
  if (fabs (signal) > SIGNAL_LIMIT)
    kilter_table_set_cell (table, row, 5, KILTER_CHART_TONE_BAD,
                           KILTER_CELL_STRONG | KILTER_CELL_SHAPE);
}

/* What the steps of the forecast added, and the error by lag, as far as there is room. */
static void
add_left_charts (KilterPackBuilder *self, KilterPackSheet *sheet, const KilterChartRect *area)
{
  KilterChart *charts[] = { kilter_pack_make_value_added (self),
                            kilter_figure_lags (&self->subject) };
  static const double most[] = { 170, 190 };
  double y = area->y;

  for (gsize i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      double room = area->y + area->height - y;

      if (charts[i] == NULL)
        continue;
      if (room < 100)
        {
          kilter_chart_free (charts[i]);
          continue;
        }
      kilter_pack_sheet_add_chart (
        sheet, &(KilterChartRect) { area->x, y, area->width, MIN (room, most[i]) }, charts[i]);
      y += MIN (room, most[i]) + 16;
    }
}

/* --- earlier plans --- */

static void
add_plan_row (KilterPackBuilder *self,
              KilterTable *table,
              KilterVersion version,
              int first,
              int n,
              int from,
              const char *name,
              KilterRowFlags flags)
{
  KilterSubject subject = self->subject;
  g_autofree double *values = NULL;
  int row = kilter_table_add_row (table, name, flags);

  subject.version = version;
  values = kilter_subject_dup (&subject, KILTER_DEMAND);
  for (int t = 0; t < n; t++)
    if (first + t < from)
      kilter_table_set (table, row, 1 + t, "");
    else
      kilter_table_set_value (table, row, 1 + t, &self->quantity, values[first + t], FALSE);
}

/* Each approved plan with what it said of each month; what came stands below. */
static void
add_waterfall (KilterPackBuilder *self)
{
  g_autoptr (GArray) approved = kilter_plan_list_approved (self->plan);
  guint n_plans = MIN (approved->len, MAX_PLANS);
  int first = MAX (self->first - 7, 0),
      n = MIN (kilter_plan_get_n_buckets (self->plan) - first, MAX_MONTHS);
  g_autofree char *unit = kilter_format_get_unit_name (&self->quantity, self->plan);
  g_autofree char *title = NULL, *subtitle = NULL;
  g_autoptr (KilterTable) table = kilter_table_new (n + 1);
  int past = MIN (self->first - first, n);

  if (approved->len == 0)
    return;
  kilter_table_set_column (table, 0, unit, KILTER_COLUMN_TEXT);
  kilter_builder_set_months (self, table, 1, first, past, KILTER_COLUMN_PAST);
  kilter_builder_set_months (self, table, 1 + past, first + past, n - past, KILTER_COLUMN_RULE);
  for (guint i = approved->len - n_plans; i < approved->len; i++)
    {
      KilterVersion version = g_array_index (approved, KilterVersion, i);
      int cycle = kilter_plan_get_cycle_index (self->plan, version);
      g_autofree char *month = cycle >= 0 ? kilter_format_bucket (self->plan, cycle) : NULL;
      /* Translators: %s is a month: the plan that was approved in it */
      g_autofree char *name = month != NULL ? g_strdup_printf (_ ("Plan of %s"), month)
                                            : g_strdup (kilter_version_name (self->plan, version));

      add_plan_row (self, table, version, first, n, cycle, name, KILTER_ROW_PLAIN);
    }
  add_plan_row (self, table, self->version, first, n, first, _ ("Actual, and the plan now"),
                KILTER_ROW_TOTAL);
  title = g_strdup_printf (ngettext ("What %u approved plan said of each month",
                                     "What %u approved plans said of each month", n_plans),
                           n_plans);
  /* Translators: a unit */
  subtitle = g_strdup_printf (_ ("Demand in earlier plans · %s"), unit);
  kilter_builder_add_table_pages (self, _ ("Earlier Plans"), title, subtitle, table, 1, NULL);
}

/* --- accuracy --- */

/**
 * kilter_pack_add_accuracy:
 *
 * Error and bias of the models by family against naive, and the products in which they lose most.
 */
void
kilter_pack_add_accuracy (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (KilterTable) table = kilter_table_new (7);
  const char *const headings[] = { _ ("Family"),         _ ("WAPE"), _ ("WAPE of naive"),
                                   _ ("Difference"),     _ ("Bias"), _ ("Tracking signal"),
                                   _ ("Series measured") };
  g_autofree char *title = NULL;
  KilterPackSheet *sheet;
  KilterChart *chart = kilter_figure_accuracy (&self->subject);
  double left = (area->width - GAP) / 2, used, natural;

  for (int c = 0; c < 7; c++)
    kilter_table_set_column (table, c, headings[c],
                             c > 0 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  for (int id = 1; id <= kilter_plan_get_max_id (self->plan, KILTER_TABLE_FAMILY) + 1; id++)
    {
      gboolean is_total = id > kilter_plan_get_max_id (self->plan, KILTER_TABLE_FAMILY);
      KilterScope scope = { .family = is_total ? 0 : id };
      KilterModelSummary summary;
      int row;

      if (!is_total && kilter_plan_get_record (self->plan, KILTER_TABLE_FAMILY, id) == NULL)
        continue;
      kilter_plan_model_summary (self->plan, self->version, &scope, &summary);
      if (isnan (summary.wape))
        continue;
      row = kilter_table_add_row (
        table,
        is_total ? _ ("All families") : kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, id),
        is_total ? KILTER_ROW_TOTAL : KILTER_ROW_PLAIN);
      kilter_table_set_ratio (table, row, 1, summary.wape, 1, FALSE);
      kilter_table_set_ratio (table, row, 2, summary.naive_wape, 1, FALSE);
      kilter_table_take (table, row, 3,
                         kilter_format_points (summary.wape - summary.naive_wape, 1));
      kilter_table_set_cell (table, row, 3, kilter_tone_of (summary.naive_wape - summary.wape),
                             KILTER_CELL_STRONG);
      kilter_table_set_ratio (table, row, 4, summary.bias, 1, TRUE);
      set_signal (self, table, row, &scope);
      kilter_table_set_count (table, row, 6, summary.n_measured);
    }
  if (kilter_table_get_n_rows (table) == 0)
    {
      g_clear_pointer (&chart, kilter_chart_free);
      return;
    }
  kilter_table_add_note (table, _ ("WAPE: sum of absolute errors ÷ sum of sales, one period ahead. "
                                   "Bias: (forecast − actual) ÷ actual; "
                                   "positive means that the forecast was too high."));
  kilter_table_add_note (table, _ ("Tracking signal: running sum of actual − forecast ÷ mean "
                                   "absolute deviation, of the forecasts made one period before; "
                                   "beyond ±4 it is marked."));
  title = kilter_headline_accuracy (&self->subject);
  sheet = kilter_builder_add_page (self, _ ("Forecast Accuracy"), 0, title,
                                   _ ("Forecast accuracy · backtest of the last forecast run"));
  used = kilter_pack_sheet_add_table (
    self, sheet, &(KilterChartRect) { area->x, area->y, left, area->height * 0.6 }, table);
  add_left_charts (
    self, sheet,
    &(KilterChartRect) { area->x, area->y + used + 20, left, area->height - used - 20 });
  if (chart != NULL)
    {
      kilter_chart_set_title (chart, _ ("Model against naive, largest loss first"),
                              _ ("WAPE by product"));
      kilter_chart_measure (chart, self->ink.style, NULL, NULL, &natural);
      natural += kilter_chart_get_frame_height (chart, left, self->ink.style);
      kilter_pack_sheet_add_chart (
        sheet,
        &(KilterChartRect) { area->x + left + GAP, area->y, left, MIN (natural, area->height) },
        chart);
    }
  add_waterfall (self);
}
