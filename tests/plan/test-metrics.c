/* test-metrics.c: published worked examples, bridges that sum
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"

#include <math.h>

/* transtutors 13470510: forecast rises by 5, MAD given as 15 */
static void
test_tracking_signal_given (void)
{
  static const double forecast[] = { 100, 105, 110, 115, 120, 125 };
  static const double actual[] = { 110, 90, 85, 110, 105, 95 };
  static const double expected[] = { .67, -.33, -2.00, -2.33, -3.33, -5.33 };
  double signal[6];

  kilter_metric_tracking_signal (actual, forecast, 6, 15, signal);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat_with_epsilon (signal[i], expected[i], 0.005);
}

/* studylib 25525097 and transtutors 13475899: running MAD */
static void
test_tracking_signal_running (void)
{
  static const double f1[] = { 10, 10, 10, 10 }, a1[] = { 8, 11, 12, 14 };
  static const double e1[] = { -1, -.67, .60, 2.22 };
  static const double f2[] = { 445, 495, 545, 610, 660, 690 },
                      a2[] = { 500, 530, 400, 470, 685, 625 };
  static const double e2[] = { 1, 2, -.70, -2.08, -2.13, -3.03 };
  double signal[6];

  kilter_metric_tracking_signal (a1, f1, 4, NAN, signal);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (signal[i], e1[i], 0.005);
  kilter_metric_tracking_signal (a2, f2, 6, NAN, signal);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat_with_epsilon (signal[i], e2[i], 0.005);
}

/* forecaststudio.com.mx: MAPE 77.5 %, WMAPE 6.4 % */
static void
test_mape_wmape (void)
{
  static const double actual[] = { 1000, 10 }, forecast[] = { 950, 25 };
  int skipped;

  g_assert_cmpfloat_with_epsilon (kilter_metric_mape (actual, forecast, 2, &skipped), .775, 1e-9);
  g_assert_cmpint (skipped, ==, 0);
  g_assert_cmpfloat_with_epsilon (kilter_metric_wape (actual, forecast, 2), 65.0 / 1010, 1e-9);
}

/* Nixtla/utilsforecast#86: twelve zeros and one 74 */
static void
test_zeros_trap (void)
{
  double actual[13] = { 0 }, forecast[13];
  int skipped;

  for (int i = 0; i < 12; i++)
    forecast[i] = (1889.928 - (74 - 57.485)) / 12;
  actual[12] = 74;
  forecast[12] = 57.485;
  g_assert_cmpfloat_with_epsilon (kilter_metric_mape (actual, forecast, 13, &skipped), .223, .0005);
  g_assert_cmpint (skipped, ==, 12);
  g_assert_cmpfloat_with_epsilon (kilter_metric_wape (actual, forecast, 13), 25.54, .005);
  g_assert_true (isnan (kilter_metric_wape (actual, forecast, 12)));
}

/* T9 of the worked examples: 24 quarters, the last four held out, seasonal naive and naive */
static void
test_seasonal_naive (void)
{
  static const double data[] = { 41.727458, 24.04185,  32.328103, 37.328708, 46.213153, 29.346326,
                                 36.48291,  42.977719, 48.901525, 31.180221, 37.717881, 40.420211,
                                 51.206863, 31.887228, 40.978263, 43.772491, 55.558567, 33.850915,
                                 42.076383, 45.642292, 59.76678,  35.191877, 44.319737, 47.913736 };
  double naive[4] = { data[19], data[19], data[19], data[19] };

  g_assert_cmpfloat_with_epsilon (kilter_metric_mape (data + 20, data + 16, 4, NULL), .05163, 5e-6);
  g_assert_cmpfloat_with_epsilon (kilter_metric_wape (data + 20, data + 16, 4), .05376, 5e-6);
  g_assert_cmpfloat_with_epsilon (kilter_metric_mase (data, 20, 4, data + 20, data + 16, 4), .8599,
                                  5e-5);
  g_assert_cmpfloat_with_epsilon (kilter_metric_mape (data + 20, naive, 4, NULL), .15263, 5e-6);
  g_assert_cmpfloat_with_epsilon (kilter_metric_mase (data, 20, 4, data + 20, naive, 4), 2.4067,
                                  5e-5);
}

/* freemathhelp: two products, parts of a difference of 24 */
static void
test_price_volume_mix (void)
{
  static const double qb[] = { 50, 40 }, pb[] = { 1.2, .8 }, qa[] = { 60, 50 }, pa[] = { 1.1, 1.0 };
  double price, volume, mix;

  kilter_price_volume_mix (qb, pb, qa, pa, 2, &price, &volume, &mix);
  g_assert_cmpfloat_with_epsilon (price, 4.0, 0.05);
  g_assert_cmpfloat_with_epsilon (volume, 20.4, 0.05);
  g_assert_cmpfloat_with_epsilon (mix, -.4, 0.05);
  g_assert_cmpfloat_with_epsilon (price + volume + mix, 24, 1e-9);
  kilter_price_volume_mix (qb, pb, qa, pa, 1, &price, &volume, &mix);
  g_assert_cmpfloat_with_epsilon (price, -6, 1e-9);
}

/* Lokad and business2community: turns and days; validtests: 36 days of cash, DSO 60, DPO 45 */
static void
test_turns_and_cash (void)
{
  g_assert_cmpfloat (kilter_metric_turns (1e6, 1e5), ==, 10);
  g_assert_cmpfloat (365 / kilter_metric_turns (1e6, 1e5), ==, 36.5);
  g_assert_cmpfloat (kilter_metric_turns (24e6, 2e6), ==, 12);
  g_assert_true (isnan (kilter_metric_turns (1e6, 0)));
  g_assert_cmpfloat (kilter_metric_cash_to_cash (21, 60, 45), ==, 36);
  g_assert_true (isnan (kilter_metric_cash_to_cash (21, NAN, 45)));
}

/* by hand: errors 10, -15, -25, -5, -15, -30 of the first tracking signal */
static void
test_error_measures (void)
{
  static const double forecast[] = { 100, 105, 110, 115, 120, 125 };
  static const double actual[] = { 110, 90, 85, 110, 105, 95 };
  static const double none[] = { NAN, NAN };
  double symmetric = 2 *
                     (10 / 210.0 + 15 / 195.0 + 25 / 195.0 + 5 / 225.0 + 15 / 225.0 + 30 / 220.0) /
                     6;
  double percent = (10 / 110.0 - 15 / 90.0 - 25 / 85.0 - 5 / 110.0 - 15 / 105.0 - 30 / 95.0) / 6;

  g_assert_cmpfloat_with_epsilon (kilter_metric_mae (actual, forecast, 6), 100.0 / 6, 1e-9);
  g_assert_cmpfloat_with_epsilon (kilter_metric_rmse (actual, forecast, 6), sqrt (2100.0 / 6),
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (kilter_metric_smape (actual, forecast, 6), symmetric, 1e-9);
  g_assert_cmpfloat_with_epsilon (kilter_metric_mpe (actual, forecast, 6), percent, 1e-9);
  g_assert_cmpfloat_with_epsilon (kilter_metric_bias (actual, forecast, 6), 80.0 / 595, 1e-9);
  g_assert_true (isnan (kilter_metric_mae (none, none, 2)));
  g_assert_true (isnan (kilter_metric_rmse (none, none, 2)));
  g_assert_true (isnan (kilter_metric_smape ((double[]) { 0 }, (double[]) { 0 }, 1)));
  g_assert_true (isnan (kilter_metric_mpe ((double[]) { 0 }, (double[]) { 5 }, 1)));
}

/* Two products: 90 of 100 lines and 190 of 200 lines on time and in full; never the mean of shares,
 * never the product of two averages. */
static void
test_orders (void)
{
  static const struct
  {
    KilterMeasure measure;
    double cup, cone;
  } facts[] = {
    { KILTER_ORDER_LINES, 100, 200 },   { KILTER_ORDER_ON_TIME, 90, 190 },
    { KILTER_ORDER_ACCURATE, 99, 198 }, { KILTER_ORDER_PERFECT, 85, 185 },
    { KILTER_ORDER_DAYS, 300, 420 },
  };
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 }, cup = { .product = CUP }, juice = { .product = JUICE };
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  KilterMetricValue value;

  kilter_plan_metric (plan, KILTER_METRIC_ON_TIME, &all, 23, &value);
  g_assert_true (isnan (value.value));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      kilter_command_set_value (command, plan, KILTER_BASELINE, facts[i].measure, KILTER_LAYER_FACT,
                                CUP, 23, facts[i].cup);
      kilter_command_set_value (command, plan, KILTER_BASELINE, facts[i].measure, KILTER_LAYER_FACT,
                                CONE, 23, facts[i].cone);
    }
  kilter_plan_apply (plan, command);
  kilter_plan_metric (plan, KILTER_METRIC_ON_TIME, &all, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, 280 / 300.0, 1e-12);
  g_assert_cmpint (value.status, ==, KILTER_STATUS_OFF);
  kilter_plan_metric (plan, KILTER_METRIC_ON_TIME, &cup, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, .9, 1e-12);
  kilter_plan_metric (plan, KILTER_METRIC_ON_TIME, &juice, 23, &value);
  g_assert_true (isnan (value.value));
  kilter_plan_metric (plan, KILTER_METRIC_ORDER_ACCURACY, &all, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, .99, 1e-12);
  g_assert_cmpint (value.status, ==, KILTER_STATUS_ON);
  kilter_plan_metric (plan, KILTER_METRIC_PERFECT_ORDER, &all, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, .9, 1e-12);
  kilter_plan_metric (plan, KILTER_METRIC_ORDER_CYCLE, &all, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, 720 / 300.0, 1e-12);
  kilter_plan_free (plan);
}

/* Receivables are the revenue of the last days, payables the supply at cost; imported ones win. */
static void
test_working_capital (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  g_autoptr (KilterCommand) more = kilter_command_new ("test", "y");
  /* March has 31 days, February 28: 45 days are March and half of February */
  double march = (133 + 143) * 10, february = (132 + 142) * 10;
  KilterMetricValue value;

  kilter_plan_metric (plan, KILTER_METRIC_WORKING_CAPITAL, &cup, 23, &value);
  g_assert_true (isnan (value.value));
  kilter_command_set_setting (command, plan, "days-receivable", "45");
  kilter_command_set_setting (command, plan, "days-payable", "31");
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_STOCK_ACTUAL, KILTER_LAYER_FACT,
                            CUP, 23, 50);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PRODUCTION, KILTER_LAYER_FACT,
                            CUP, 23, 200);
  kilter_plan_apply (plan, command);
  kilter_plan_metric (plan, KILTER_METRIC_WORKING_CAPITAL, &cup, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, 50 * 6 + march + february * 14 / 28 - 200 * 6, 1e-6);
  kilter_command_set_value (more, plan, KILTER_BASELINE, KILTER_RECEIVABLES, KILTER_LAYER_FACT, CUP,
                            23, 1000);
  kilter_plan_apply (plan, more);
  kilter_plan_metric (plan, KILTER_METRIC_WORKING_CAPITAL, &cup, 23, &value);
  g_assert_cmpfloat_with_epsilon (value.value, 50 * 6 + 1000 - 200 * 6, 1e-6);
  kilter_plan_free (plan);
}

static void
test_board (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int shown = 0;

  for (int m = 0; m < KILTER_N_METRICS; m++)
    shown += kilter_metric_is_shown (plan, m);
  g_assert_cmpint (shown, ==, 12);
  plan_fixture_add (plan, KILTER_TABLE_TARGET, "metric", "turns", "shown", "0", NULL);
  plan_fixture_add (plan, KILTER_TABLE_TARGET, "metric", "cover", "shown", "1", NULL);
  g_assert_false (kilter_metric_is_shown (plan, KILTER_METRIC_TURNS));
  g_assert_true (kilter_metric_is_shown (plan, KILTER_METRIC_COVER));
  kilter_plan_free (plan);
}

static void
test_bridge_sums (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  KilterScope all = { 0 };
  KilterBridge bridge;

  g_assert_false (kilter_plan_margin_bridge (plan, KILTER_BASELINE, &all, 24, 12, &bridge));
  for (int row = 1; row <= 4; row++)
    for (int t = 24; t < 36; t++)
      {
        kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET, KILTER_LAYER_FACT,
                                  row, t, 180 * row);
        kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET_REVENUE,
                                  KILTER_LAYER_FACT, row, t, 1900 * row);
      }
  kilter_plan_apply (plan, command);
  g_assert_true (kilter_plan_margin_bridge (plan, KILTER_BASELINE, &all, 24, 12, &bridge));
  g_assert_cmpfloat_with_epsilon (bridge.from + bridge.volume + bridge.mix + bridge.price +
                                    bridge.cost + bridge.new_products + bridge.unmet,
                                  bridge.to, 1e-6);
  g_assert_cmpfloat (bridge.new_products, >, 0);
  /* no supply is planned, so stock runs out and sales are lost */
  g_assert_cmpfloat (bridge.unmet, <, 0);
  kilter_plan_free (plan);
}

static void
test_undefined (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 };
  KilterMetricValue value;

  kilter_plan_metric (plan, KILTER_METRIC_ACCURACY, &all, 23, &value);
  g_assert_true (isnan (value.value));
  g_assert_cmpint (value.status, ==, KILTER_STATUS_NONE);
  kilter_plan_metric (plan, KILTER_METRIC_ATTAINMENT, &all, 23, &value);
  g_assert_true (isnan (value.value));
  kilter_plan_metric (plan, KILTER_METRIC_TOTAL_SALES, &all, 23, &value);
  g_assert_cmpfloat (value.value, ==,
                     133 * 10 + 143 * 10 + 233 * 20 + 243 * 20 + 333 * 5 + 343 * 5);
  for (int m = 0; m < KILTER_N_METRICS; m++)
    for (int t = 0; t < 24; t++)
      {
        kilter_plan_metric (plan, m, &all, t, &value);
        g_assert_false (isinf (value.value));
      }
  kilter_plan_free (plan);
}

/* three products, each by itself: their sales are the sales of all, what is off comes first */
static void
test_parts (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const double sales[] = { 0, 133 * 10 + 143 * 10, 233 * 20 + 243 * 20, 333 * 5 + 343 * 5 };
  KilterScope all = { 0 }, one = { .product = 2 };
  KilterMetricPart *part;
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GArray) none = NULL;
  double total = 0;

  parts = kilter_plan_metric_parts (plan, KILTER_METRIC_TOTAL_SALES, &all, 23, FALSE, NULL);
  g_assert_cmpuint (parts->len, ==, 3);
  for (guint i = 0; i < parts->len; i++)
    {
      part = &g_array_index (parts, KilterMetricPart, i);
      g_assert_cmpfloat (part->value.value, ==, sales[part->scope.product]);
      g_assert_cmpfloat (part->revenue, ==, part->value.value);
      g_assert_cmpint (part->scope.resource, ==, 0);
      total += part->value.value;
    }
  g_assert_cmpfloat (total, ==, sales[1] + sales[2] + sales[3]);

  /* all sold more than a year before: by their size; the target of all is not the target of each */
  g_assert_cmpint (g_array_index (parts, KilterMetricPart, 0).scope.product, ==, 2);
  g_assert_cmpint (g_array_index (parts, KilterMetricPart, 1).scope.product, ==, 3);
  plan_fixture_add (plan, KILTER_TABLE_TARGET, "metric", "total-sales", "value", "1000000", NULL);
  again = kilter_plan_metric_parts (plan, KILTER_METRIC_TOTAL_SALES, &all, 23, FALSE, NULL);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpint (g_array_index (again, KilterMetricPart, i).value.status, ==, KILTER_STATUS_ON);

  /* a product by itself; nothing is made up where the whole is not known */
  none = kilter_plan_metric_parts (plan, KILTER_METRIC_TOTAL_SALES, &one, 23, FALSE, NULL);
  g_assert_cmpuint (none->len, ==, 1);
  lines = kilter_plan_metric_parts (plan, KILTER_METRIC_ACCURACY, &all, 23, FALSE, NULL);
  g_assert_cmpuint (lines->len, ==, 0);
  kilter_plan_free (plan);
}

/* a forecast that missed stands before one that hit, though less was sold of it */
static void
test_parts_by_status (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  KilterScope all = { 0 };
  g_autoptr (GArray) parts = NULL;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      double actual = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, row, 23);
      const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, row);

      kilter_command_set_value (
        command, plan, KILTER_BASELINE, KILTER_PREVIOUS, KILTER_LAYER_FACT, row, 23,
        kilter_record_ref (series, KILTER_SERIES_PRODUCT) == 3 ? actual / 2 : actual);
    }
  kilter_plan_apply (plan, command);
  parts = kilter_plan_metric_parts (plan, KILTER_METRIC_ACCURACY, &all, 23, FALSE, NULL);
  g_assert_cmpuint (parts->len, ==, 3);
  g_assert_cmpint (g_array_index (parts, KilterMetricPart, 0).scope.product, ==, 3);
  g_assert_cmpfloat (g_array_index (parts, KilterMetricPart, 0).value.value, ==, 0.5);
  g_assert_cmpint (g_array_index (parts, KilterMetricPart, 0).value.status, ==, KILTER_STATUS_OFF);
  g_assert_cmpint (g_array_index (parts, KilterMetricPart, 1).scope.product, ==, 2);
  g_assert_cmpfloat (g_array_index (parts, KilterMetricPart, 1).value.value, ==, 1);
  kilter_plan_free (plan);
}

/* Forecasts that missed by product, made goods and order lines: of each metric that is a sum, the
 * effects of its products, and of its families, are what it differs by. */
static void
test_parts_add_up (void)
{
  static const KilterMeasure orders[] = { KILTER_ORDER_LINES, KILTER_ORDER_ON_TIME,
                                          KILTER_ORDER_ACCURATE, KILTER_ORDER_PERFECT };
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
  KilterScope all = { 0 };
  int n_sums = 0;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      double actual = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, row, 23);

      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PREVIOUS, KILTER_LAYER_FACT,
                                row, 23, actual + (row % 2 == 0 ? 17 * row : -11 * row));
      for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
        if (kilter_measure_get_info (orders[i])->grain == KILTER_GRAIN_SERIES || row <= 3)
          kilter_command_set_value (command, plan, KILTER_BASELINE, orders[i], KILTER_LAYER_FACT,
                                    row, 23, 40 + row - 3.0 * (double) i);
    }
  kilter_plan_apply (plan, command);
  for (int m = 0; m < KILTER_N_METRICS; m++)
    for (int by_family = 0; by_family < 2; by_family++)
      {
        KilterMetricValue value;
        double base, sum;
        g_autoptr (GArray) parts = kilter_plan_metric_parts (plan, m, &all, 23, by_family, &base);

        kilter_plan_metric (plan, m, &all, 23, &value);
        if (isnan (base))
          continue;
        g_assert_cmpuint (parts->len, ==, by_family ? 2 : 3);
        sum = base;
        for (guint i = 0; i < parts->len; i++)
          {
            const KilterMetricPart *part = &g_array_index (parts, KilterMetricPart, i);

            g_assert_cmpint (by_family ? part->scope.family : part->scope.product, !=, 0);
            sum += part->effect;
          }
        g_assert_cmpfloat_with_epsilon (sum, value.value, 1e-9 * fmax (1, fabs (sum)));
        n_sums++;
      }
  /* accuracy, bias, sales, sales and forecast, margin, three of orders; each by both */
  g_assert_cmpint (n_sums, >=, 16);

  /* one product, worked out by hand: 333 and 343 were sold, 5 and 6 are its rows */
  {
    g_autoptr (GArray)
      parts = kilter_plan_metric_parts (plan, KILTER_METRIC_BIAS, &all, 23, FALSE, NULL);
    double sold = 133 + 143 + 233 + 243 + 333 + 343;
    gboolean found = FALSE;

    for (guint i = 0; i < parts->len; i++)
      {
        const KilterMetricPart *part = &g_array_index (parts, KilterMetricPart, i);

        if (part->scope.product != 3)
          continue;
        found = TRUE;
        g_assert_cmpfloat_with_epsilon (part->effect, (17 * 6 - 11 * 5) / sold, 1e-12);
      }
    g_assert_true (found);
  }
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/tracking-signal/given-mad", test_tracking_signal_given);
  g_test_add_func ("/metrics/tracking-signal/running-mad", test_tracking_signal_running);
  g_test_add_func ("/metrics/mape-wmape", test_mape_wmape);
  g_test_add_func ("/metrics/zeros-trap", test_zeros_trap);
  g_test_add_func ("/metrics/seasonal-naive", test_seasonal_naive);
  g_test_add_func ("/metrics/price-volume-mix", test_price_volume_mix);
  g_test_add_func ("/metrics/turns-and-cash", test_turns_and_cash);
  g_test_add_func ("/metrics/error-measures", test_error_measures);
  g_test_add_func ("/metrics/orders", test_orders);
  g_test_add_func ("/metrics/working-capital", test_working_capital);
  g_test_add_func ("/metrics/board", test_board);
  g_test_add_func ("/metrics/parts", test_parts);
  g_test_add_func ("/metrics/parts/by-status", test_parts_by_status);
  g_test_add_func ("/metrics/parts/add-up", test_parts_add_up);
  g_test_add_func ("/metrics/bridge-sums", test_bridge_sums);
  g_test_add_func ("/metrics/undefined", test_undefined);
  return g_test_run ();
}
