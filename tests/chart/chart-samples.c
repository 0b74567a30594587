/* chart-samples.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-samples.h"

#include <math.h>
#include <string.h>

#define N_YEAR 12
#define N_HISTORY 36
#define N_FAN (N_HISTORY + 18)

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const full_names[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };

/* Months from @month (0 is January) of @year; valid until the next call. */
static KilterChartTime
make_time (int year, int month, gsize n, gsize cycle)
{
  static const char *labels[N_FAN], *names[N_FAN], *groups[N_FAN];

  g_assert_cmpuint (n, <=, N_FAN);
  for (gsize i = 0; i < n; i++)
    {
      int at = month + (int) i;
      g_autofree char *name = g_strdup_printf ("%s %d", full_names[at % 12], year + at / 12);
      g_autofree char *group = g_strdup_printf ("%d", year + at / 12);

      labels[i] = month_names[at % 12];
      names[i] = g_intern_string (name);
      groups[i] = g_intern_string (group);
    }

  return (
    KilterChartTime) { .n = n, .labels = labels, .names = names, .groups = groups, .cycle = cycle };
}

/* Edges of a planning grid: row names 200 px, columns 58 px. */
static const double *
grid_edges (gsize n)
{
  static double edges[32];

  for (gsize i = 0; i <= n && i < G_N_ELEMENTS (edges); i++)
    edges[i] = 200 + 58 * (double) i;

  return edges;
}

static KilterChart *
create_fan (void)
{
  static const double history[N_HISTORY] = {
    60,   74,   88,   98,    87,    68,   58,   46,   45,   40.5, 44,   54,
    58,   80,   97,   138,   88,    65,   55,   46,   45.5, 42.1, 46.4, 54.3,
    68.8, 82.1, 95.3, 120.9, 105.7, 81.2, 58.9, 47.8, 46.3, 44.3, 49.3, 60.2,
  };
  static const double future[] = { 72.1, 85.7, 105.3, 117.7, 109.3, 81.2, 65,  53.1, 50.3,
                                   47.6, 51,   64,    77,    91,    110,  125, 115,  86 };
  static const double relative[] = { 0.055, 0.085, 0.11, 0.13,  0.14, 0.14, 0.14,  0.14,  0.14,
                                     0.145, 0.15,  0.15, 0.155, 0.16, 0.16, 0.165, 0.165, 0.165 };
  static double actual[N_FAN], statistical[N_FAN], final[N_FAN], low[3][N_FAN], high[3][N_FAN];
  static const double widths[] = { 0.52, 1, 1.53 };
  KilterChartBand bands[3] = { { 50, "50 % interval", "50 % low", "50 % high", low[0], high[0] },
                               { 80, "80 % interval", "80 % low", "80 % high", low[1], high[1] },
                               { 95, "95 % interval", "95 % low", "95 % high", low[2], high[2] } };
  const KilterChartNote outlier = { 0, 15, "Promotion 2024, left out of the fit" };
  const KilterChartEvent events[] = { { 38, 39, "Summer Splash" } };
  KilterChart *chart;

  for (gsize i = 0; i < N_FAN; i++)
    {
      actual[i] = i < N_HISTORY ? history[i] : NAN;
      statistical[i] = final[i] = i < N_HISTORY ? NAN : future[i - N_HISTORY];
      for (int b = 0; b < 3; b++)
        {
          double half = i < N_HISTORY ? NAN
                                      : future[i - N_HISTORY] * relative[i - N_HISTORY] * widths[b];

          low[b][i] = i < N_HISTORY ? NAN : future[i - N_HISTORY] - half;
          high[b][i] = i < N_HISTORY ? NAN : future[i - N_HISTORY] + half;
        }
    }
  final[38] += 18;
  final[39] += 24;
  final[40] += 8;
  chart = kilter_chart_new_fan (&(KilterChartFan) {
    .time = make_time (2023, 3, N_FAN, N_HISTORY),
    .format = { .decimals = 1 },
    .actual_name = "Actual",
    .actual = actual,
    .statistical_name = "Statistical",
    .statistical = statistical,
    .final_name = "Final",
    .final = final,
    .bands = bands,
    .n_bands = 3,
    .tint_first = 33,
    .tint_n = 12,
    .outliers = &outlier,
    .n_outliers = 1,
    .events = events,
    .n_events = G_N_ELEMENTS (events),
  });
  kilter_chart_set_title (
    chart,
    "Mango Bar 6-pack will pass last summer’s peak in July, with the Summer Splash promotion",
    "Thousand cases per month · history from April 2023, forecast to September 2027");
  kilter_chart_set_selection (chart, 1, 39);

  return chart;
}

/* The last 20 months, with last cycle and preview. */
static KilterChart *
create_fan_zoom (void)
{
  static double actual[20], last_cycle[20], final[20], preview[20], low[20], high[20];
  const KilterChartBand band = { 80, "80 % interval", "80 % low", "80 % high", low, high };

  for (gsize i = 0; i < 20; i++)
    {
      double value = 80 + 30 * sin ((double) i * 0.6);

      actual[i] = i < 8 ? value : NAN;
      final[i] = i < 8 ? NAN : value;
      last_cycle[i] = i < 6 || i > 17 ? NAN : value * 0.93;
      preview[i] = i < 12 || i > 15 ? NAN : value + 15;
      low[i] = i < 8 ? NAN : value * 0.85;
      high[i] = i < 8 ? NAN : value * 1.15;
    }

  return kilter_chart_new_fan (&(KilterChartFan) {
    .time = make_time (2025, 8, 20, 8),
    .actual_name = "Actual",
    .actual = actual,
    .final_name = "Final",
    .final = final,
    .last_cycle_name = "March cycle",
    .last_cycle = last_cycle,
    .preview_name = "Preview",
    .preview = preview,
    .bands = &band,
    .n_bands = 1,
    .is_tight = TRUE,
  });
}

static const double consensus[N_YEAR] = {
  394, 480, 614, 697, 631, 466, 372, 304, 288, 271, 288, 360
};
static const double statistical_year[N_YEAR] = { 389, 472, 587, 660, 615, 458,
                                                 366, 299, 283, 266, 284, 354 };
static const double sales[N_YEAR] = { 404, 494, 614, 693, 643, 480, 383, 313, 297, 279, 295, 371 };
static const double marketing[N_YEAR] = {
  389, 472, 605, 685, 621, 458, 366, 299, 283, 266, 284, 354
};
static const double last_year[N_YEAR] = {
  380, 447, 556, 613, 571, 415, 338, 273, 250, 244, 270, 310
};

static KilterChart *
create_columns (void)
{
  const KilterChartSeries series[] = {
    { "Consensus", consensus, KILTER_CHART_LOOK_COLUMN, KILTER_CHART_ROLE_NONE },
    { "Statistical", statistical_year, KILTER_CHART_LOOK_TICK, KILTER_CHART_ROLE_NONE },
    { "Sales", sales, KILTER_CHART_LOOK_DOT, KILTER_CHART_ROLE_NONE },
    { "Marketing", marketing, KILTER_CHART_LOOK_DIAMOND, KILTER_CHART_ROLE_NONE },
    { "Last year", last_year, KILTER_CHART_LOOK_BEHIND, KILTER_CHART_ROLE_NONE },
  };
  KilterChart *chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .place = { grid_edges (N_YEAR), 200 },
    .format = { .grouped = TRUE },
    .series = series,
    .n_series = G_N_ELEMENTS (series),
    .labelled = 0,
    .has_legend = TRUE,
  });

  kilter_chart_set_title (
    chart,
    "Sales expects 5 % more than the statistics; marketing adds a promotion in June and July",
    "Ice Cream · thousand cases per month");

  return chart;
}

static KilterChart *
create_heat (void)
{
  static const char *const names[] = { "Line 1 · Cups and tubs", "Line 2 · Sticks and bars",
                                       "Line 3 · Cones",         "Line 4 · Aseptic filling",
                                       "Line 5 · Can filling",   "Line 6 · Yogurt filling",
                                       "Cold store · Pallets" };
  static const double load[] = {
    65, 77, 92,  102, 95,  73, 60, 50, 48, 46, 48, 58, //
    65, 82, 110, 127, 112, 82, 66, 54, 51, 48, 51, 64, //
    57, 67, 83,  93,  86,  63, 51, 41, 39, 37, 39, 49, //
    77, 85, 94,  99,  93,  79, 70, 63, 62, 61, 62, 71, //
    72, 79, 88,  93,  88,  74, 66, 59, 58, 58, 58, 68, //
    89, 91, 94,  97,  94,  90, 88, 87, 89, 86, 85, 89, //
    63, 69, 79,  85,  80,  69, 63, 59, 58, 57, 58, 62,
  };
  KilterChart *chart = kilter_chart_new_heat (&(KilterChartHeat) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .place = { grid_edges (N_YEAR), 200 },
    .n_rows = 7,
    .row_names = names,
    .values = load,
    .has_header = TRUE,
    .has_legend = TRUE,
  });

  kilter_chart_set_selection (chart, 1, 3);
  kilter_chart_set_title (
    chart, "Line 2 is overloaded from June to August: 33 thousand cases of demand cannot be met",
    "Load in % of regular capacity, demand plan before levelling");

  return chart;
}

/* Days of cover in per cent of the target: low is the problem; two cells show a preview. */
static KilterChart *
create_heat_reversed (void)
{
  static const char *const names[] = { "Mango Bar", "Milk Stick", "Yogurt 500 g" };
  static const double bounds[7] = { 50, 70, 85, 100, 115, 130, 150 };
  static const double cover[36] = { 100, 90,  75,  45,  20,  60,  88,  100, 110, 120, 140, 160,
                                    105, 100, 95,  80,  68,  72,  90,  100, 102, 99,  101, 100,
                                    170, 160, 150, NAN, 130, 120, 118, 112, 108, 104, 100, 98 };
  static double preview[36];

  for (gsize i = 0; i < 36; i++)
    preview[i] = i == 3 || i == 4 ? 92 : cover[i];

  return kilter_chart_new_heat (&(KilterChartHeat) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .n_rows = 3,
    .row_names = names,
    .values = cover,
    .preview = preview,
    .is_reversed = TRUE,
    .has_header = TRUE,
    .has_legend = TRUE,
    .bounds = { bounds[0], bounds[1], bounds[2], bounds[3], bounds[4], bounds[5], bounds[6] },
  });
}

static const double target[N_YEAR] = { 71, 96, 111, 98, 72, 57, 47, 44, 42, 44, 56, 67 };

static KilterChart *
create_stock (void)
{
  static const double stock[N_YEAR] = { 71, 96, 70, 0, 0, 47, 47, 50, 61, 80, 90, 68 };
  static const double unmet[N_YEAR] = { 0, 0, 0, 1.7, 31.5, 0, 0, 0, 0, 0, 0, 0 };
  static double low[N_YEAR], high[N_YEAR];
  KilterChart *chart;

  for (gsize i = 0; i < N_YEAR; i++)
    {
      low[i] = target[i] * 0.85;
      high[i] = target[i] * 1.15;
    }
  chart = kilter_chart_new_stock (&(KilterChartStock) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .place = { grid_edges (N_YEAR), 200 },
    .format = { .decimals = 1 },
    .stock_name = "Projected",
    .stock = stock,
    .below_name = "Below target",
    .target_name = "Target",
    .target = target,
    .band_name = "Target ±15 %",
    .low = low,
    .high = high,
    .unmet_name = "Unmet demand",
    .unmet_word = "unmet",
    .unmet = unmet,
    .has_legend = TRUE,
  });
  kilter_chart_set_title (chart, "Stock of sticks and bars, end of month", NULL);

  return chart;
}

static KilterChart *
create_stock_preview (void)
{
  static const double stock[N_YEAR] = { 71, 96, 70, 0, 0, 47, 47, 50, 61, 80, 90, 68 };
  static const double preview[N_YEAR] = { 93, 141, 129, 86, 68, 57, 47, 50, 61, 80, 90, 68 };

  return kilter_chart_new_stock (&(KilterChartStock) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .stock_name = "Projected",
    .stock = stock,
    .below_name = "Below target",
    .target_name = "Target",
    .target = target,
    .preview_name = "Build Early",
    .preview = preview,
    .has_time_axis = TRUE,
    .has_legend = TRUE,
  });
}

static KilterChart *
create_stock_print (void)
{
  static const double stock[N_YEAR] = {
    131, 148, 130, 182, 250, 250, 198, 152, 124, 101, 102, 109
  };
  static const double aim[N_YEAR] = { 128, 139, 151, 160, 205, 232, 210, 155, 124, 101, 96, 90 };
  KilterChart *chart = kilter_chart_new_stock (&(KilterChartStock) {
    .time = make_time (2026, 0, N_YEAR, 3),
    .format = { 0 },
    .actual_name = "Actual",
    .stock_name = "Projected",
    .stock = stock,
    .target_name = "Target",
    .target = aim,
    .low = NULL,
    .target_as_ticks = TRUE,
    .has_values = TRUE,
    .has_time_axis = TRUE,
    .has_legend = TRUE,
  });

  kilter_chart_set_title (chart,
                          "Stock is above target until June, so that July and August stay covered",
                          "Ice Cream, end of month, thousand cases");

  return chart;
}

static KilterChart *
create_bridge (void)
{
  const KilterChartBridgeStep steps[] = {
    { "Budget", 46.16, TRUE },      { "Volume", 0.86, FALSE },      { "Mix", -0.21, FALSE },
    { "Price", 0.12, FALSE },       { "Promotion", -0.38, FALSE },  { "Materials", -0.21, FALSE },
    { "New product", 0.17, FALSE }, { "Lost sales", -0.12, FALSE }, { "Latest view", 46.39, TRUE },
  };
  KilterChart *chart = kilter_chart_new_bridge (&(KilterChartBridge) {
    .steps = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .value_name = "Gross margin, change",
    .total_name = "Gross margin",
    .format = { .decimals = 2 },
    .delta_format = { .decimals = 2, .sign = TRUE },
  });

  kilter_chart_set_title (
    chart, "Gross margin is $230k above budget: volume pays for promotion and materials",
    "$ million, April 2026 to March 2027, Baseline scenario");

  return chart;
}

static KilterChart *
create_multiples (void)
{
  static const double supply[3][N_YEAR] = {
    { 434, 548, 615, 645, 584, 438, 349, 304, 296, 290, 310, 350 },
    { 670, 745, 830, 862, 810, 690, 612, 553, 545, 541, 550, 620 },
    { 225, 228, 240, 245, 236, 228, 222, 219, 224, 218, 215, 228 },
  };
  static const double demand[3][N_YEAR] = {
    { 394, 480, 614, 697, 631, 466, 372, 304, 288, 271, 288, 360 },
    { 675, 750, 838, 866, 815, 692, 615, 552, 540, 541, 548, 625 },
    { 222, 230, 238, 244, 238, 228, 222, 218, 224, 220, 214, 226 },
  };
  const KilterChartPanel panels[] = {
    { "Ice Cream", "+2.8 %", KILTER_CHART_TONE_PLAIN, supply[0], demand[0], NULL },
    { "Drinks", "−1.3 %", KILTER_CHART_TONE_PLAIN, supply[1], demand[1], NULL },
    { "Yogurt", "+3.2 %", KILTER_CHART_TONE_PLAIN, supply[2], demand[2], NULL },
  };
  KilterChart *chart = kilter_chart_new_multiples (&(KilterChartMultiples) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .format = { .grouped = TRUE },
    .panels = panels,
    .n_panels = G_N_ELEMENTS (panels),
    .columns_name = "Supply",
    .line_name = "Demand",
    .note = "thousand cases · revenue to budget",
    .n_across = 3,
    .has_legend = TRUE,
  });

  kilter_chart_set_title (chart, "With decision 1, stock built in spring covers the summer peak",
                          NULL);

  return chart;
}

static KilterChart *
create_compare (void)
{
  static const char *const names[] = { "Baseline", "Overtime", "Build Early", "Subcontract" };
  static const double values[][4] = { { 33.2, 4.1, 0, 0 },          { 92.1, 95.8, 97, 96.6 },
                                      { 46.39, 46.4, 46.45, 46.4 }, { 14.6, 14.9, 15.3, 14.8 },
                                      { 127, 103, 100, 101 },       { NAN, 96, 64, 109 } };
  const KilterChartCompareRow rows[] = {
    { "Unmet demand", "k", { .decimals = 1 }, values[0], TRUE },
    { "On-time delivery", "%", { .decimals = 1 }, values[1], FALSE },
    { "Gross margin", "$M", { .decimals = 2 }, values[2], FALSE },
    { "Average stock", "$M", { .decimals = 1 }, values[3], TRUE },
    { "Peak load, Line 2", "%", { 0 }, values[4], TRUE },
    { "Extra cost", "$k", { 0 }, values[5], TRUE, TRUE },
  };
  KilterChart *chart = kilter_chart_new_compare (
    &(KilterChartCompare) { .n_scenarios = 4,
                            .names = names,
                            .rows = rows,
                            .n_rows = G_N_ELEMENTS (rows),
                            .recommended = 2 });

  kilter_chart_set_title (chart, "Building early costs least and leaves no demand unmet",
                          "Difference to Baseline, April 2026 to March 2027");

  return chart;
}

static KilterChart *
create_risks (void)
{
  const KilterChartRisk risks[] = { { "Hot summer, +5 % ice cream", 0.3, 0.78 },
                                    { "Third chain lists Coconut Oat Bar", 0.6, 0.31 },
                                    { "Mango pulp price rises 12 %", 0.4, -0.52 },
                                    { "Line 4 stops for a week in July", 0.1, -0.37 } };
  KilterChart *chart = kilter_chart_new_risks (&(KilterChartRisks) {
    .risks = risks,
    .n_risks = G_N_ELEMENTS (risks),
    .name_heading = "Risk or Opportunity",
    .likelihood_heading = "Likely",
    .effect_heading = "$M",
    .full_name = "Full effect",
    .weighted_name = "Weighted by likelihood",
    .format = { .decimals = 2 },
    .has_header = TRUE,
    .has_legend = TRUE,
  });

  kilter_chart_set_title (
    chart, "Risks and opportunities: −$0.89M to +$1.09M margin, +$0.18M weighted", NULL);

  return chart;
}

static KilterChart *
create_value_added (void)
{
  const KilterChartValueStep steps[] = { { "Naive", 24.1, FALSE },
                                         { "Statistical", 15.8, FALSE },
                                         { "+ Sales", 17.2, FALSE },
                                         { "+ Marketing", 14.6, FALSE },
                                         { "Consensus", 14.1, TRUE } };

  return kilter_chart_new_value_added (&(KilterChartValueAdded) {
    .steps = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .error_heading = "WAPE",
    .added_heading = "Value",
    .format = { .decimals = 1 },
    .added_format = { .decimals = 1 },
  });
}

static KilterChart *
create_steps (void)
{
  const KilterChartStep steps[] = { { "Base demand", 105 },
                                    { "Coconut Oat Bar", 11 },
                                    { "Summer Splash", 10 },
                                    { "Sales judgement", 2 } };

  return kilter_chart_new_steps (&(KilterChartSteps) {
    .steps = steps,
    .n_steps = G_N_ELEMENTS (steps),
    .total_name = "Load",
    .value_heading = "% of capacity",
    .limit = 100,
    .limit_name = "Capacity 100",
  });
}

static KilterChart *
create_dumbbell (void)
{
  const KilterChartDumbbellRow rows[] = { { "Exponential smoothing", 8.4, 14.9 },
                                          { "Seasonal regression", 9.1, 14.9 },
                                          { "Theta", 9.7, 14.9 },
                                          { "Moving average", 16.2, 14.9 },
                                          { "Croston", NAN, 14.9 } };

  return kilter_chart_new_dumbbell (&(KilterChartDumbbell) {
    .rows = rows,
    .n_rows = G_N_ELEMENTS (rows),
    .value_name = "Model",
    .reference_name = "Naive",
    .difference_heading = "To naive",
    .format = { .decimals = 1 },
    .difference_format = { .decimals = 1 },
  });
}

static KilterChart *
create_lines (void)
{
  static const double early[] = { 93, 141, 129, 86, 68, 57, 47, 50 };
  static const double base[] = { 71, 96, 70, 0, 0, 47, 47, 50 };
  static double low[8], high[8];
  const KilterChartSeries series[] = {
    { "Build Early", early, KILTER_CHART_LOOK_LINE, KILTER_CHART_ROLE_NONE },
    { "Baseline", base, KILTER_CHART_LOOK_LINE, KILTER_CHART_ROLE_NONE },
  };
  const KilterChartNote note = { 1, 4, "33 thousand unmet" };
  KilterChart *chart;

  for (gsize i = 0; i < 8; i++)
    {
      low[i] = target[i] * 0.85;
      high[i] = target[i] * 1.15;
    }
  chart = kilter_chart_new_lines (&(KilterChartLines) {
    .time = make_time (2026, 3, 8, 0),
    .series = series,
    .n_series = 2,
    .target_name = "Target",
    .target = target,
    .low = low,
    .high = high,
    .notes = &note,
    .n_notes = 1,
  });
  kilter_chart_set_title (chart, "Stock of sticks and bars", "Thousand cases, end of month");

  return chart;
}

static KilterChart *
create_gantt (void)
{
  static const char *const names[] = { "Mango Bar 6-pack", "Coconut Oat Bar", "Milk Stick 10-pack",
                                       "Line 4" };
  const KilterChartSpan spans[] = {
    { 0, 2, 3, "Summer Splash", KILTER_CHART_ROLE_MARKETING, KILTER_CHART_LOOK_SOLID },
    { 1, 1, 1, "Launch", KILTER_CHART_ROLE_GOOD, KILTER_CHART_LOOK_DIAMOND },
    { 2, 5, 8, "Phase-out", KILTER_CHART_ROLE_ACTUAL, KILTER_CHART_LOOK_COLUMN },
    { 2, 0, 3, "Price +4 %", KILTER_CHART_ROLE_FORECAST, KILTER_CHART_LOOK_SOLID },
    { 3, 7, 7, "Maintenance", KILTER_CHART_ROLE_BAD, KILTER_CHART_LOOK_OUTLINE },
  };

  return kilter_chart_new_gantt (&(KilterChartGantt) {
    .time = make_time (2026, 3, N_YEAR, 0),
    .place = { grid_edges (N_YEAR), 200 },
    .n_rows = 4,
    .row_names = names,
    .spans = spans,
    .n_spans = G_N_ELEMENTS (spans),
    .has_header = TRUE,
  });
}

static KilterChartTime
metric_time (void)
{
  static const char *labels[13];

  for (int i = 0; i < 13; i++)
    labels[i] = i == 0 ? "Apr 2025" : i == 12 ? "Apr 2026" : month_names[(3 + i) % 12];

  return (KilterChartTime) { .n = 13, .labels = labels, .cycle = 13 };
}

static KilterChart *
create_metric_line (void)
{
  static const double values[] = { 79.2, 81.5, 80.3, 83.8, 82.6, 85,  83.9,
                                   86.1, 85,   87.2, 86.1, 88.2, 87.6 };

  return kilter_chart_new_metric (&(KilterChartMetric) { .time = metric_time (),
                                                         .format = { .decimals = 1 },
                                                         .name = "Forecast accuracy",
                                                         .values = values,
                                                         .target = 85,
                                                         .low = NAN,
                                                         .high = NAN,
                                                         .target_name = "Target",
                                                         .tone = KILTER_CHART_TONE_GOOD });
}

static KilterChart *
create_metric_bad (void)
{
  static const double values[] = { 96, 97, 95, 93, 92, 95, 96, 97, 96, 97, 96, 95, 94.1 };

  return kilter_chart_new_metric (&(KilterChartMetric) { .time = metric_time (),
                                                         .format = { .decimals = 1 },
                                                         .name = "On-time delivery",
                                                         .values = values,
                                                         .target = 96,
                                                         .low = NAN,
                                                         .high = NAN,
                                                         .target_name = "Target",
                                                         .tone = KILTER_CHART_TONE_BAD });
}

static KilterChart *
create_metric_range (void)
{
  static const double values[] = { 71, 82, 90, 96, 93, 80, 70, 64, 62, 61, 63, 70, 74 };

  return kilter_chart_new_metric (&(KilterChartMetric) { .time = metric_time (),
                                                         .format = { 0 },
                                                         .name = "Capacity use",
                                                         .values = values,
                                                         .target = NAN,
                                                         .low = 70,
                                                         .high = 90,
                                                         .tone = KILTER_CHART_TONE_CLOSE });
}

static KilterChart *
create_metric_columns (void)
{
  static const double values[] = { 2, -1, 4, 5, 3, -1, -2, -1, 1, 0, -2, -1, -1.8 };

  return kilter_chart_new_metric (&(KilterChartMetric) { .time = metric_time (),
                                                         .format = { .decimals = 1, .sign = TRUE },
                                                         .name = "Sales vs. forecast",
                                                         .values = values,
                                                         .as_columns = TRUE,
                                                         .target = NAN,
                                                         .low = -5,
                                                         .high = 5,
                                                         .tone = KILTER_CHART_TONE_GOOD });
}

static KilterChart *
create_spark (void)
{
  static const double values[] = { 3,   2.4, 2.2, 2.8, 5, 9, 7, 4, 3, 2.4,
                                   2.2, 2.9, 4,   6,   8, 7, 5, 3, 2, 3 };

  return kilter_chart_new_spark (&(KilterChartSpark) {
    .name = "Mango Bar 6-pack", .values = values, .n = G_N_ELEMENTS (values), .n_actual = 13 });
}

static KilterChart *
create_timeline (void)
{
  static const char *const columns[] = { "State", "Date", "Owner", "Result", "Detail" };
  const KilterChartTimelineStep steps[] = {
    { "Data & Forecast", "Closed 3 April", KILTER_CHART_TONE_PLAIN, "Linh Trần",
      "24 of 24 products", "7 exceptions reviewed", KILTER_CHART_STEP_FINISHED, "Finished", 1 },
    { "Demand Review", "Closed 9 April", KILTER_CHART_TONE_PLAIN, "Marco Bianchi",
      "Consensus +2.5 %", "vs. last cycle, 12 months", KILTER_CHART_STEP_FINISHED, "Finished", 1 },
    { "Supply Review", "Due tomorrow, 15 April", KILTER_CHART_TONE_PLAIN, "Wei Zhang",
      "2 overloads open", "Lines 1 and 2 in summer", KILTER_CHART_STEP_IN_PROGRESS, "In progress",
      0.6 },
    { "Pre-S&OP", "Meeting 20 April, 14:00", KILTER_CHART_TONE_PLAIN, "Sara Okafor", "4 scenarios",
      "1 recommended", KILTER_CHART_STEP_NOT_STARTED, "Not started", 0 },
    { "Executive S&OP", "Meeting 23 April, 9:00", KILTER_CHART_TONE_PLAIN, "Ana Duarte",
      "3 decisions", "$1.2M at stake", KILTER_CHART_STEP_NOT_STARTED, "Not started", 0 },
    { "Monitor", "Late since 24 April", KILTER_CHART_TONE_BAD, "Sara Okafor", "12 metrics",
      "8 on target", KILTER_CHART_STEP_REOPENED, "Reopened", 0.3 },
  };

  return kilter_chart_new_timeline (&(KilterChartTimeline) {
    .steps = steps, .n_steps = G_N_ELEMENTS (steps), .column_names = columns });
}

static const ChartSample samples[] = {
  { "fan", create_fan, 896, 420 },
  { "fan-zoom", create_fan_zoom, 600, 300 },
  { "columns", create_columns, 896, 440 },
  { "heat", create_heat, 896, 290 },
  { "heat-reversed", create_heat_reversed, 700, 140 },
  { "stock", create_stock, 896, 240 },
  { "stock-print", create_stock_print, 640, 330 },
  { "stock-preview", create_stock_preview, 600, 240 },
  { "bridge", create_bridge, 570, 330 },
  { "multiples", create_multiples, 504, 220 },
  { "compare", create_compare, 528, 350 },
  { "risks", create_risks, 504, 200 },
  { "value-added", create_value_added, 280, 150 },
  { "steps", create_steps, 280, 150 },
  { "dumbbell", create_dumbbell, 320, 170 },
  { "lines", create_lines, 590, 580 },
  { "gantt", create_gantt, 896, 150 },
  { "metric-line", create_metric_line, 250, 140 },
  { "metric-bad", create_metric_bad, 250, 140 },
  { "metric-range", create_metric_range, 250, 140 },
  { "metric-columns", create_metric_columns, 250, 140 },
  { "spark", create_spark, 66, 26 },
  { "timeline", create_timeline, 1124, 170 },
};

const ChartSample *
chart_samples (gsize *out_n)
{
  *out_n = G_N_ELEMENTS (samples);
  return samples;
}

const ChartSample *
chart_sample_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].name, name))
      return &samples[i];

  return NULL;
}
