/* test-table.c: what a chart says in words and numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "chart-test.h"

static KilterChart *
create (const char *name)
{
  return chart_sample_find (name)->create ();
}

static void
test_all_have_tables (void)
{
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (KilterChart) chart = samples[i].create ();
      const KilterChartTable *table = kilter_chart_describe (chart);
      g_autofree char *tsv = kilter_chart_to_tsv (chart);
      g_auto (GStrv) lines = g_strsplit (tsv, "\n", -1);

      g_assert_cmpuint (table->n_rows, >, 0);
      g_assert_cmpuint (table->n_columns, >, 0);
      g_assert_cmpuint (kilter_chart_n_series (chart), <=, table->n_rows);
      g_assert_cmpuint (kilter_chart_n_points (chart), ==,
                        kilter_chart_n_series (chart) * table->n_columns);
      g_assert_cmpuint (g_strv_length (lines), ==, table->n_rows + 2);
      for (gsize row = 0; row < table->n_rows; row++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[row + 1], "\t", -1);

          g_assert_cmpstr (table->row_names[row], !=, "");
          g_assert_cmpuint (g_strv_length (fields), ==, table->n_columns + 1);
          for (gsize column = 0; column < table->n_columns; column++)
            {
              g_autofree char *text = kilter_chart_get_value_text (chart, row, column);

              g_assert_nonnull (text);
            }
        }
    }
}

static void
test_fan (void)
{
  g_autoptr (KilterChart) chart = create ("fan");
  const KilterChartTable *table = kilter_chart_describe (chart);
  g_autofree char *final = kilter_chart_get_value_text (chart, 1, 39);
  g_autofree char *low = kilter_chart_get_value_text (chart, 5, 39);
  g_autofree char *missing = kilter_chart_get_value_text (chart, 1, 0);

  g_assert_cmpuint (table->n_rows, ==, 9);
  g_assert_cmpuint (kilter_chart_n_series (chart), ==, 3);
  g_assert_cmpstr (table->column_names[39], ==, "July 2026");
  g_assert_cmpstr (table->row_names[1], ==, "Final");
  /* intervals from the narrowest, whatever the order they came in */
  g_assert_cmpstr (table->row_names[3], ==, "50 % low");
  g_assert_cmpstr (table->row_names[5], ==, "80 % low");
  g_assert_cmpstr (table->row_names[8], ==, "95 % high");
  g_assert_cmpstr (final, ==, "141.7");
  g_assert_cmpstr (low, ==, "102.4");
  g_assert_cmpstr (missing, ==, "–");
  g_assert_cmpstr (
    kilter_chart_get_subtitle (chart), ==,
    "Thousand cases per month · history from April 2023, forecast to September 2027");
}

static void
test_bridge (void)
{
  g_autoptr (KilterChart) chart = create ("bridge");
  g_autofree char *total = kilter_chart_get_value_text (chart, 0, 0);
  g_autofree char *delta = kilter_chart_get_value_text (chart, 0, 2);
  g_autofree char *level = kilter_chart_get_value_text (chart, 1, 7);

  g_assert_cmpstr (total, ==, "46.16");
  g_assert_cmpstr (delta, ==, "−0.21");
  /* before the last total the steps have added up to it */
  g_assert_cmpstr (level, ==, "46.39");
}

static void
test_steps_sum (void)
{
  g_autoptr (KilterChart) chart = create ("steps");
  const KilterChartTable *table = kilter_chart_describe (chart);

  g_assert_cmpuint (table->n_rows, ==, 5);
  g_assert_cmpfloat (table->values[4], ==, 128);
}

static void
test_risks (void)
{
  g_autoptr (KilterChart) chart = create ("risks");
  const KilterChartTable *table = kilter_chart_describe (chart);
  double weighted = 0;

  for (gsize row = 0; row < table->n_rows; row++)
    weighted += table->values[row * 3 + 2];
  g_assert_cmpfloat_with_epsilon (weighted, 0.78 * 0.3 + 0.31 * 0.6 - 0.52 * 0.4 - 0.037, 1e-12);
}

static void
test_value_added (void)
{
  g_autoptr (KilterChart) chart = create ("value-added");
  g_autofree char *none = kilter_chart_get_value_text (chart, 0, 1);
  g_autofree char *good = kilter_chart_get_value_text (chart, 1, 1);
  g_autofree char *bad = kilter_chart_get_value_text (chart, 2, 1);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (good, ==, "+8.3");
  g_assert_cmpstr (bad, ==, "−1.4");
}

static void
test_summary (void)
{
  static const double values[] = { NAN, 4, 6, 2, NAN, 8, 10, NAN };
  static const double nothing[] = { NAN, NAN };
  g_autoptr (KilterChart) chart = kilter_chart_new_spark (
    &(KilterChartSpark) { .values = values, .n = 8, .n_actual = 8 });
  g_autoptr (KilterChart) empty = kilter_chart_new_spark (
    &(KilterChartSpark) { .values = nothing, .n = 2, .n_actual = 2 });
  KilterChartSummary sum;

  kilter_chart_summarize (chart, 0, &sum);
  g_assert_cmpuint (sum.n, ==, 5);
  g_assert_cmpfloat (sum.first, ==, 4);
  g_assert_cmpuint (sum.first_at, ==, 1);
  g_assert_cmpfloat (sum.last, ==, 10);
  g_assert_cmpuint (sum.last_at, ==, 6);
  g_assert_cmpfloat (sum.lowest, ==, 2);
  g_assert_cmpuint (sum.lowest_at, ==, 3);
  g_assert_cmpfloat (sum.highest, ==, 10);
  g_assert_cmpuint (sum.highest_at, ==, 6);
  /* least squares by hand: x 1 2 3 5 6, y 4 6 2 8 10: Sxy 20, Sxx 17.2 */
  g_assert_cmpfloat_with_epsilon (sum.slope, 20 / 17.2, 1e-12);
  kilter_chart_summarize (empty, 0, &sum);
  g_assert_cmpuint (sum.n, ==, 0);
  g_assert_cmpfloat (sum.slope, ==, 0);
}

static void
test_tsv (void)
{
  static const double values[] = { 1234.5, -0.25, NAN, 3 };
  static const char *const labels[] = { "a\tb", "c", "d", "e" };
  const KilterChartSeries series = { "s\n1", values, KILTER_CHART_LOOK_LINE,
                                     KILTER_CHART_ROLE_NONE };
  g_autoptr (KilterChart) chart = kilter_chart_new_lines (
    &(KilterChartLines) { .time = { .n = 4, .labels = labels }, .series = &series, .n_series = 1 });
  g_autofree char *tsv = kilter_chart_to_tsv (chart);

  g_assert_cmpstr (tsv, ==, "\ta b\tc\td\te\ns 1\t1234.5\t-0.25\t\t3\n");
}

/* The chart keeps its own copy of everything. */
static void
test_copies (void)
{
  double values[] = { 1, 2, 3 };
  char name[] = "name";
  g_autoptr (KilterChart) chart = kilter_chart_new_spark (
    &(KilterChartSpark) { .name = name, .values = values, .n = 3, .n_actual = 3 });

  values[1] = 99;
  name[0] = 'X';
  g_assert_cmpfloat (kilter_chart_describe (chart)->values[1], ==, 2);
  g_assert_cmpstr (kilter_chart_describe (chart)->row_names[0], ==, "name");
}

static void
test_cut (void)
{
  static const struct
  {
    const char *name;
    gboolean is_cut;
  } cases[] = {
    { "fan", FALSE },   { "fan-zoom", TRUE },    { "bridge", TRUE },          { "columns", FALSE },
    { "stock", FALSE }, { "metric-line", TRUE }, { "metric-columns", FALSE }, { "lines", FALSE }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KilterChart) chart = create (cases[i].name);

      g_assert_cmpint (kilter_chart_is_cut (chart), ==, cases[i].is_cut);
    }
}

static void
test_selection (void)
{
  g_autoptr (KilterChart) chart = create ("heat");

  kilter_chart_set_selection (chart, 6, 11);
  g_assert_cmpint (kilter_chart_get_selected_series (chart), ==, 6);
  g_assert_cmpint (kilter_chart_get_selected_bucket (chart), ==, 11);
  kilter_chart_set_selection (chart, 7, 12);
  g_assert_cmpint (kilter_chart_get_selected_series (chart), ==, -1);
  g_assert_cmpint (kilter_chart_get_selected_bucket (chart), ==, -1);
}

static void
test_transition (void)
{
  static const double before[] = { 0, 10, NAN, 5 }, after[] = { 10, 20, 7, NAN };
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  const KilterChartSeries old_series = { "a", before, KILTER_CHART_LOOK_LINE,
                                         KILTER_CHART_ROLE_NONE };
  const KilterChartSeries new_series = { "a", after, KILTER_CHART_LOOK_LINE,
                                         KILTER_CHART_ROLE_NONE };
  g_autoptr (KilterChart) from = kilter_chart_new_lines (
    &(KilterChartLines) { .time = { .n = 4 }, .series = &old_series, .n_series = 1 });
  g_autoptr (KilterChart) to = kilter_chart_new_lines (
    &(KilterChartLines) { .time = { .n = 4 }, .series = &new_series, .n_series = 1 });
  g_autoptr (KilterChart) other = create ("spark");
  KilterChartRect area;

  g_assert_true (kilter_chart_set_transition (to, from, 0.5));
  g_assert_true (kilter_chart_get_point (to, 300, 200, style, 0, 1, &area));
  g_assert_cmpfloat_with_epsilon (
    kilter_chart_value_at (to, 300, 200, style, area.y + area.height / 2), 15, 1e-9);
  /* the data are the new ones all the time */
  g_assert_cmpfloat (kilter_chart_describe (to)->values[1], ==, 20);
  g_assert_true (kilter_chart_set_transition (to, from, 1));
  g_assert_true (kilter_chart_get_point (to, 300, 200, style, 0, 1, &area));
  g_assert_cmpfloat_with_epsilon (
    kilter_chart_value_at (to, 300, 200, style, area.y + area.height / 2), 20, 1e-9);
  g_assert_false (kilter_chart_set_transition (to, other, 0.5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chart_test_pin_fonts ();
  g_test_add_func ("/chart/table/all", test_all_have_tables);
  g_test_add_func ("/chart/table/fan", test_fan);
  g_test_add_func ("/chart/table/bridge", test_bridge);
  g_test_add_func ("/chart/table/steps-sum", test_steps_sum);
  g_test_add_func ("/chart/table/risks", test_risks);
  g_test_add_func ("/chart/table/value-added", test_value_added);
  g_test_add_func ("/chart/table/summary", test_summary);
  g_test_add_func ("/chart/table/tsv", test_tsv);
  g_test_add_func ("/chart/table/copies", test_copies);
  g_test_add_func ("/chart/table/cut", test_cut);
  g_test_add_func ("/chart/state/selection", test_selection);
  g_test_add_func ("/chart/state/transition", test_transition);

  return g_test_run ();
}
