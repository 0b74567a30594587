/* test-supply-stock.c: arithmetic of stock, service, lots, families and promises
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

/* Chopra & Meindl, safety inventory; Silver, Pyke & Peterson */
static void
test_service (void)
{
  double deviation = kilter_supply_lead_time_deviation (2, 500, 2500, 0);
  gboolean floored;

  g_assert_cmpfloat_with_epsilon (kilter_supply_cycle_service (deviation, 1000), 0.92135, 5e-6);
  g_assert_cmpfloat_with_epsilon (kilter_supply_expected_shortage (deviation, 1000), 25.127, 5e-4);
  g_assert_cmpfloat_with_epsilon (kilter_supply_fill_rate (deviation, 1000, 10000), 0.99749, 5e-6);
  g_assert_cmpfloat_with_epsilon (kilter_supply_safety_stock_for_cycle_service (deviation, 0.90),
                                  906.19, 5e-3);
  g_assert_cmpfloat_with_epsilon (
    kilter_supply_safety_stock_for_fill_rate (deviation, 10000, 0.975, &floored), 66.70, 5e-3);
  g_assert_false (floored);
  g_assert_cmpfloat_with_epsilon (kilter_supply_safety_stock_for_cycle_service (
                                    kilter_supply_lead_time_deviation (6, 500, 2500, 0), 0.90),
                                  1569.57, 5e-3);
  g_assert_cmpfloat (kilter_supply_safety_stock_for_cycle_service (0, 0.99), ==, 0.0);
  g_assert_cmpfloat (kilter_supply_safety_stock_for_fill_rate (0, 100, 0.99, NULL), ==, 0.0);
}

static void
test_service_properties (void)
{
  gboolean floored;

  for (double lead = 1; lead < 20; lead++)
    supply_assert_near (kilter_supply_safety_stock_for_cycle_service (
                          kilter_supply_lead_time_deviation (lead, 70, 300, 0), 0.95),
                        sqrt (lead) * kilter_supply_safety_stock_for_cycle_service (
                                        kilter_supply_lead_time_deviation (1, 70, 300, 0), 0.95),
                        1e-12);
  supply_assert_near (kilter_supply_fill_rate (50, 0, 1000),
                      1.0 - 50 * kilter_supply_normal_density (0) / 1000, 1e-14);
  g_assert_cmpfloat (kilter_supply_safety_stock_for_cycle_service (123, 0.5), ==, 0.0);
  /* a low fill rate would even allow less than nothing */
  g_assert_cmpfloat (kilter_supply_safety_stock_for_fill_rate (50, 1000, 0.5, &floored), ==, 0.0);
  g_assert_true (floored);
  for (double rate = 0.97; rate < 0.99999; rate += 0.00311)
    supply_assert_near (kilter_supply_fill_rate (
                          50, kilter_supply_safety_stock_for_fill_rate (50, 500, rate, NULL), 500),
                        rate, 1e-12);
  for (double p = 1e-12; p < 0.5; p *= 3)
    {
      double z = kilter_supply_normal_quantile (p);

      supply_assert_near (kilter_supply_normal_probability (z) / p, 1.0, 1e-12);
      supply_assert_near (kilter_supply_normal_quantile (1 - p), -z, 1e-4);
    }
  g_assert_cmpfloat_with_epsilon (kilter_supply_normal_quantile (0.975), 1.959963984540054, 1e-14);
  g_assert_true (isnan (kilter_supply_normal_quantile (1.0)));
  g_assert_true (isnan (kilter_supply_normal_quantile (0.0)));
}

static void
test_error_over_lead_time (void)
{
  static const double errors[] = { 3, 4, 12 };

  g_assert_cmpfloat (kilter_supply_error_over_lead_time (errors, 3, 0, 2), ==, 5.0);
  g_assert_cmpfloat (kilter_supply_error_over_lead_time (errors, 3, 0, 3), ==, 13.0);
  supply_assert_near (kilter_supply_error_over_lead_time (errors, 3, 2, 2), 12 * sqrt (2), 1e-14);
  supply_assert_near (kilter_supply_error_over_lead_time (errors, 3, 1, 0.25), 2, 1e-14);
  g_assert_cmpfloat (kilter_supply_error_over_lead_time (errors, 3, 0, 0), ==, 0.0);
}

static void
test_cover (void)
{
  static const double demand[] = { 50, 100, 200, 0, 100 };
  static const double days[] = { 30, 30, 31, 30, 31 };

  g_assert_cmpfloat (kilter_supply_days_of_cover (50, demand, days, 5, 0), ==, 15.0);
  supply_assert_near (kilter_supply_days_of_cover (200, demand, days, 5, 0), 30 + 15.5, 1e-14);
  supply_assert_near (kilter_supply_days_of_cover (350, demand, days, 5, 0), 30 + 31 + 30 + 15.5,
                      1e-14);
  g_assert_true (isnan (kilter_supply_days_of_cover (401, demand, days, 5, 0)));
  g_assert_true (isnan (kilter_supply_days_of_cover (1, demand, days, 5, 4)));
  g_assert_cmpfloat (kilter_supply_days_of_cover (0, demand, days, 5, 0), ==, 0.0);
  /* back again */
  for (double cover = 1; cover < 60; cover += 7)
    supply_assert_near (
      kilter_supply_days_of_cover (kilter_supply_stock_for_cover (cover, demand, days, 5, 0),
                                   demand, days, 5, 0),
      cover, 1e-12);
  g_assert_cmpfloat (kilter_supply_excess (500, demand, 5, 0, 2, 60), ==, 140.0);
  g_assert_cmpfloat (kilter_supply_excess (300, demand, 5, 0, 2, 60), ==, 0.0);
}

static void
test_lots (void)
{
  g_assert_cmpfloat (kilter_supply_round_lot (30, 0, 12, G_MAXDOUBLE), ==, 36.0);
  g_assert_cmpfloat (kilter_supply_round_lot (36, 0, 12, G_MAXDOUBLE), ==, 36.0);
  /* 0.1 × 3 is not 0.3, but it is three lots */
  g_assert_cmpfloat (kilter_supply_round_lot (0.1 * 3, 0, 0.1, G_MAXDOUBLE), ==, 0.1 * 3);
  g_assert_cmpfloat (kilter_supply_round_lot (36.0000000001, 0, 12, G_MAXDOUBLE), ==, 36.0);
  g_assert_cmpfloat (kilter_supply_round_lot (1e9 * (1 + 1e-15), 0, 1000, G_MAXDOUBLE), ==, 1e9);
  g_assert_cmpfloat (kilter_supply_round_lot (36.01, 0, 12, G_MAXDOUBLE), ==, 48.0);
  g_assert_cmpfloat (kilter_supply_round_lot (5, 50, 0, G_MAXDOUBLE), ==, 50.0);
  g_assert_cmpfloat (kilter_supply_round_lot (5, 50, 12, G_MAXDOUBLE), ==, 60.0);
  g_assert_cmpfloat (kilter_supply_round_lot (100, 0, 12, 100), ==, 96.0);
  g_assert_cmpfloat (kilter_supply_round_lot (0, 50, 12, 100), ==, 0.0);
  g_assert_cmpfloat (kilter_supply_round_lot (1e-12, 50, 12, 100), ==, 0.0);
}

static void
test_disaggregate (void)
{
  /* both sell 10 a bucket; one has 20 more: run out together after what they get */
  static const double stock[] = { 30, 10 };
  static const double safety[] = { 0, 0 };
  static const double demand[] = { 10, 10, 10, 10, 10, 10, 10, 10 };
  double shares[2];
  double before;

  kilter_supply_disaggregate (20, stock, safety, demand, 2, 4, 0, shares);
  g_assert_cmpfloat (shares[0] + shares[1], ==, 20.0);
  g_assert_cmpfloat_with_epsilon (shares[0], 0, 1e-9);
  kilter_supply_disaggregate (40, stock, safety, demand, 2, 4, 0, shares);
  g_assert_cmpfloat_with_epsilon (shares[0], 10, 1e-9);
  before = shares[0] + shares[1];
  g_assert_cmpfloat (before, ==, 40.0);
  kilter_supply_disaggregate (0, stock, safety, demand, 2, 4, 0, shares);
  g_assert_cmpfloat (shares[0] + shares[1], ==, 0.0);
}

static void
test_disaggregate_random (void)
{
  SupplyRandom random = { 7 };

  for (guint n = 0; n < 500; n++)
    {
      double stock[7], safety[7], demand[7 * 5], shares[7];
      double total = supply_random_between (&random, 0, 2000);
      double sum = 0.0;
      double lowest = INFINITY;

      for (guint i = 0; i < 7; i++)
        {
          stock[i] = supply_random_between (&random, -20, 300);
          safety[i] = supply_random_between (&random, 0, 50);
          for (guint t = 0; t < 5; t++)
            demand[i * 5 + t] = n % 3 == 0 && i == 2 ? 0.0 : supply_random_between (&random, 5, 80);
        }
      kilter_supply_disaggregate (total, stock, safety, demand, 7, 5, n % 5, shares);
      for (guint i = 0; i < 7; i++)
        {
          g_assert_cmpfloat (shares[i], >=, 0.0);
          sum += shares[i];
        }
      g_assert_cmpfloat (sum, ==, total);
      /* who gets something ends no later than who gets nothing */
      for (guint i = 0; i < 7 && n % 3 != 0; i++)
        if (shares[i] > 1e-6)
          {
            double left = stock[i] + shares[i] - safety[i];
            double time = 0.0;

            for (guint t = n % 5; t < 5 && left > demand[i * 5 + t]; t++, time++)
              left -= demand[i * 5 + t];
            if (lowest == INFINITY)
              lowest = floor (time);
            g_assert_cmpfloat (fabs (floor (time) - lowest), <=, 1.0);
          }
    }
}

static void
test_whole (void)
{
  double shares[] = { 1.4, 2.4, 3.2 };

  kilter_supply_round_to_whole (shares, 3, 7, 1);
  g_assert_cmpfloat (shares[0] + shares[1] + shares[2], ==, 7.0);
  g_assert_cmpfloat (shares[2], ==, 3.0);
}

/* the worked examples T24: rough-cut capacity by a bill */
static void
test_rough_cut (void)
{
  static const double plan[] = { 450, 300, 625, 890 };
  static const double bill[] = { 0.2, 0.3 };
  static const double expected[] = { 90, 60, 125, 178, 135, 90, 187.5, 267 };
  double load[8];

  kilter_supply_rough_cut_bill (plan, bill, 1, 2, 1, 4, load);
  for (guint c = 0; c < 8; c++)
    g_assert_cmpfloat_with_epsilon (load[c], expected[c], 1e-9);
  /* 117 and 167 % of 160 hours, 137 % of 130 */
  g_assert_cmpfloat_with_epsilon (load[6] / 160, 1.17, 5e-3);
  g_assert_cmpfloat_with_epsilon (load[7] / 160, 1.67, 5e-3);
  g_assert_cmpfloat_with_epsilon (load[3] / 130, 1.37, 5e-3);
}

/* Vollmann, Berry, Whybark & Jacobs, Manufacturing Planning and Control: both methods */
static void
test_rough_cut_methods (void)
{
  static const double plan[2][13] = {
    { 33, 33, 33, 40, 40, 40, 30, 30, 30, 37, 37, 37, 37 },
    { 17, 17, 17, 13, 13, 13, 25, 25, 25, 27, 27, 27, 27 },
  };
  static const double hours[] = { 0.95, 1.85 };
  static const double shares[] = { 0.603, 0.304, 0.093 };
  static const double bill[2][3] = { { 0.05, 0.70, 0.20 }, { 1.30, 0.55, 0.00 } };
  static const guint weeks[] = { 0, 3, 6, 9 };
  static const double overall[4][3] = {
    { 37.87, 19.09, 5.84 },
    { 37.42, 18.86, 5.77 },
    { 45.07, 22.72, 6.95 },
    { 51.32, 25.87, 7.91 },
  };
  static const double by_bill[4][3] = {
    { 23.75, 32.45, 6.60 },
    { 18.90, 35.15, 8.00 },
    { 34.00, 34.75, 6.00 },
    { 36.95, 40.75, 7.40 },
  };
  double first[39], second[39];
  double total = 0.0;

  kilter_supply_rough_cut_overall (&plan[0][0], hours, shares, 2, 3, 13, first);
  kilter_supply_rough_cut_bill (&plan[0][0], &bill[0][0], 2, 3, 1, 13, second);
  for (guint w = 0; w < 4; w++)
    for (guint r = 0; r < 3; r++)
      {
        g_assert_cmpfloat_with_epsilon (first[r * 13 + weeks[w]], overall[w][r], 6e-3);
        g_assert_cmpfloat_with_epsilon (second[r * 13 + weeks[w]], by_bill[w][r], 6e-3);
      }
  for (guint t = 0; t < 13; t++)
    {
      double a = first[t] + first[13 + t] + first[26 + t];
      double b = second[t] + second[13 + t] + second[26 + t];

      supply_assert_near (a, b, 1e-12);
      total += a;
    }
  g_assert_cmpfloat_with_epsilon (total, 939.20, 1e-9);
}

/* the time-phased profile: hours lie before the bucket in which the item is due */
static void
test_rough_cut_profile (void)
{
  static const double plan[] = { 10, 20, 40 };
  static const double bill[] = { 1.0, 0.5 };
  double load[3];

  kilter_supply_rough_cut_bill (plan, bill, 1, 1, 2, 3, load);
  g_assert_cmpfloat (load[0], ==, 20.0);
  g_assert_cmpfloat (load[1], ==, 40.0);
  g_assert_cmpfloat (load[2], ==, 40.0);
}

/* the worked examples T25: projected balance and available to promise */
static void
test_promise (void)
{
  static const double forecast[] = { 47, 20, 56, 62, 65, 75, 75, 70 };
  static const double orders[] = { 25, 150, 49, 26, 75, 22, 68, 10 };
  static const double receipts[] = { 250, 0, 0, 200, 0, 0, 150, 0 };
  static const double balance[] = { 268, 118, 62, 200, 125, 50, 125, 55 };
  static const double promise[] = { 91, 0, 0, 77, 0, 0, 72, 0 };
  double out[8];

  kilter_supply_projected_balance (65, forecast, orders, receipts, 8, out);
  for (guint t = 0; t < 8; t++)
    g_assert_cmpfloat (out[t], ==, balance[t]);
  kilter_supply_available_to_promise (65, orders, receipts, 8, out);
  for (guint t = 0; t < 8; t++)
    g_assert_cmpfloat (out[t], ==, promise[t]);
}

/* what a receipt lacks is taken from the one before */
static void
test_promise_backwards (void)
{
  static const double orders[] = { 10, 0, 120, 0 };
  static const double receipts[] = { 100, 0, 50, 0 };
  double out[4];

  kilter_supply_available_to_promise (0, orders, receipts, 4, out);
  g_assert_cmpfloat (out[0], ==, 20.0);
  g_assert_cmpfloat (out[2], ==, 0.0);
}

/* the worked examples T16: level plan of make to stock */
static void
test_level (void)
{
  static const double demand[] = { 110, 120, 130, 120, 120 };
  static const double stock[] = { 106, 102, 88, 84, 80 };
  double made[5];
  double at = 100;

  kilter_supply_level_rate (100, 80, demand, NULL, 5, made);
  for (guint t = 0; t < 5; t++)
    {
      g_assert_cmpfloat (made[t], ==, 116.0);
      at += made[t] - demand[t];
      g_assert_cmpfloat (at, ==, stock[t]);
    }
}

/* and the engine finds it as the level strategy */
static void
test_level_strategy (void)
{
  static const double demand[] = { 110, 120, 130, 120, 120 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 5, 0);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (KilterSupplyPlan) quick = NULL;

  supply_set_row (p->demand, 5, 0, demand);
  p->opening_stock[0] = 100;
  p->holding_cost[0] = 1;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  p->stock_minimum[4] = p->stock_target[4] = 80;
  p->minimum_cost[0] = p->shortfall_cost[0] = 500;
  p->strategy[0] = KILTER_SUPPLY_LEVEL;
  supply_add_make (p, 0, 10, 0, 0, 0);
  plan = kilter_supply_solve (p, NULL);
  quick = kilter_supply_quick (p);
  for (guint t = 0; t < 5; t++)
    {
      g_assert_cmpfloat_with_epsilon (plan->regular[t], 116.0, 1e-6);
      g_assert_cmpfloat_with_epsilon (quick->regular[t], 116.0, 1e-6);
    }
  g_assert_cmpfloat_with_epsilon (plan->stock[4], 80.0, 1e-6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/stock/service", test_service);
  g_test_add_func ("/supply/stock/service-properties", test_service_properties);
  g_test_add_func ("/supply/stock/error-over-lead-time", test_error_over_lead_time);
  g_test_add_func ("/supply/stock/cover", test_cover);
  g_test_add_func ("/supply/stock/lots", test_lots);
  g_test_add_func ("/supply/stock/disaggregate", test_disaggregate);
  g_test_add_func ("/supply/stock/disaggregate-random", test_disaggregate_random);
  g_test_add_func ("/supply/stock/whole", test_whole);
  g_test_add_func ("/supply/stock/rough-cut", test_rough_cut);
  g_test_add_func ("/supply/stock/rough-cut-methods", test_rough_cut_methods);
  g_test_add_func ("/supply/stock/rough-cut-profile", test_rough_cut_profile);
  g_test_add_func ("/supply/stock/promise", test_promise);
  g_test_add_func ("/supply/stock/promise-backwards", test_promise_backwards);
  g_test_add_func ("/supply/stock/level", test_level);
  g_test_add_func ("/supply/stock/level-strategy", test_level_strategy);

  return g_test_run ();
}
