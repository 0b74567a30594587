/* test-scale.c: ticks, label stride, labels apart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-kinds.h"
#include "chart/draw/kilter-chart-scale.h"

static void
assert_is_125 (double step)
{
  double mantissa = step / pow (10, floor (log10 (step) + 1e-9));

  g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 ||
                 fabs (mantissa - 5) < 1e-6 || fabs (mantissa - 10) < 1e-6);
}

static void
test_known (void)
{
  static const struct
  {
    double lo, hi, step;
    int n;
  } cases[] = { { 0, 175, 50, 4 }, { 0, 99, 20, 5 },   { 0, 101, 50, 3 }, { 0, 700, 200, 4 },
                { 0, 1, 0.2, 6 },  { 0, 0.9, 0.2, 5 }, { -5, 5, 2, 5 },   { 0, 4000, 1000, 5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterScale scale;

      kilter_scale_init (&scale, cases[i].lo, cases[i].hi, TRUE, 4);
      if (i == 4)
        {
          /* five lines over 0 would be one too many */
          g_assert_cmpfloat_with_epsilon (scale.step, 0.5, 1e-12);
          continue;
        }
      g_assert_cmpfloat_with_epsilon (scale.step, cases[i].step, 1e-9);
      g_assert_cmpint (scale.n_ticks, ==, cases[i].n);
    }
}

static void
test_properties (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (int i = 0; i < 20000; i++)
    {
      double size = pow (10, g_rand_double_range (rand, -12, 15));
      double a = g_rand_double_range (rand, -1, 1) * size;
      double b = a + g_rand_double_range (rand, 0, 1) * size;
      gboolean with_zero = g_rand_boolean (rand);
      int lines = g_rand_int_range (rand, 1, 5);
      KilterScale scale;
      int above = 0;

      kilter_scale_init (&scale, a, b, with_zero, lines);
      g_assert_cmpfloat (scale.lo, <, scale.hi);
      g_assert_cmpfloat (scale.lo, <=, a);
      g_assert_cmpfloat (scale.hi, >=, b);
      if (with_zero)
        g_assert_true (scale.lo <= 0 && scale.hi >= 0);
      assert_is_125 (scale.step);
      for (int k = 0; k < scale.n_ticks; k++)
        {
          double tick = kilter_scale_get_tick (&scale, k);
          double fraction = kilter_scale_get_fraction (&scale, tick);

          g_assert_true (fraction > -1e-6 && fraction < 1 + 1e-6);
          above += tick != 0;
        }
      g_assert_cmpint (above, <=, lines);
    }
}

static void
test_degenerate (void)
{
  static const double cases[][2] = { { 0, 0 },         { NAN, NAN },      { 5, 5 },
                                     { -7, -7 },       { INFINITY, 3 },   { 9, 2 },
                                     { 1e300, 1e300 }, { -1e300, 1e300 }, { 1e-300, 2e-300 },
                                     { 0, 5e-324 },    { 1e15, 1e15 + 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int zero = 0; zero < 2; zero++)
      {
        KilterScale scale;

        kilter_scale_init (&scale, cases[i][0], cases[i][1], zero, 4);
        g_assert_true (isfinite (scale.lo) && isfinite (scale.hi) && scale.lo < scale.hi);
        g_assert_true (isfinite (scale.step) && scale.step > 0);
        g_assert_cmpint (scale.n_ticks, <=, 6);
      }
}

static void
test_inverse (void)
{
  KilterScale scale;

  kilter_scale_init (&scale, -20, 130, FALSE, 4);
  for (double value = -20; value <= 130; value += 7)
    g_assert_cmpfloat_with_epsilon (
      kilter_scale_get_value (&scale, kilter_scale_get_fraction (&scale, value)), value, 1e-9);
  g_assert_true (isnan (kilter_scale_get_fraction (&scale, NAN)));
}

static void
test_decimals (void)
{
  g_assert_cmpint (kilter_scale_get_decimals (100), ==, 0);
  g_assert_cmpint (kilter_scale_get_decimals (1), ==, 0);
  g_assert_cmpint (kilter_scale_get_decimals (0.5), ==, 1);
  g_assert_cmpint (kilter_scale_get_decimals (0.1), ==, 1);
  g_assert_cmpint (kilter_scale_get_decimals (0.02), ==, 2);
  g_assert_cmpint (kilter_scale_get_decimals (1e-30), ==, 9);
  g_assert_cmpint (kilter_scale_get_decimals (0), ==, 0);
  g_assert_cmpint (kilter_scale_get_decimals (NAN), ==, 0);
}

static void
test_stride (void)
{
  double centers[24], widths[24];

  for (int i = 0; i < 24; i++)
    {
      centers[i] = 10 + 20 * i;
      widths[i] = 16;
    }
  g_assert_cmpuint (kilter_label_stride (centers, widths, 24, 4), ==, 1);
  g_assert_cmpuint (kilter_label_stride (centers, widths, 24, 5), ==, 2);
  for (int i = 0; i < 24; i++)
    widths[i] = 50;
  g_assert_cmpuint (kilter_label_stride (centers, widths, 24, 5), ==, 3);
  for (int i = 0; i < 24; i++)
    widths[i] = 200;
  g_assert_cmpuint (kilter_label_stride (centers, widths, 24, 5), ==, 12);
  g_assert_cmpuint (kilter_label_stride (centers, widths, 0, 5), ==, 1);
}

static void
test_spread (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 2000; round++)
    {
      double at[6], wished[6], heights[6];
      gsize n = (gsize) g_rand_int_range (rand, 1, 7);

      for (gsize i = 0; i < n; i++)
        {
          wished[i] = at[i] = g_rand_double_range (rand, -20, 220);
          heights[i] = 15;
        }
      kilter_labels_spread (at, heights, n, 0, 200);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (at[i], >=, 7.5 - 1e-9);
          g_assert_cmpfloat (at[i], <=, 192.5 + 1e-9);
          for (gsize k = 0; k < n; k++)
            if (wished[i] < wished[k])
              g_assert_cmpfloat (at[k] - at[i], >=, 15 - 1e-6);
        }
    }
}

static void
test_spread_keeps (void)
{
  double at[] = { 150, 20, 90 };
  const double heights[] = { 12, 12, 12 };

  kilter_labels_spread (at, heights, 3, 0, 200);
  g_assert_cmpfloat (at[0], ==, 150);
  g_assert_cmpfloat (at[1], ==, 20);
  g_assert_cmpfloat (at[2], ==, 90);
}

static void
test_heat_step (void)
{
  static const double bounds[] = { 60, 75, 85, 95, 100, 105, 115 };

  g_assert_cmpint (kilter_chart_heat_step (NAN, NULL, 0), ==, -1);
  g_assert_cmpint (kilter_chart_heat_step (-10, NULL, 0), ==, 0);
  g_assert_cmpint (kilter_chart_heat_step (59.4, NULL, 0), ==, 0);
  g_assert_cmpint (kilter_chart_heat_step (60, NULL, 0), ==, 1);
  g_assert_cmpint (kilter_chart_heat_step (75, NULL, 0), ==, 1);
  g_assert_cmpint (kilter_chart_heat_step (76, NULL, 0), ==, 2);
  g_assert_cmpint (kilter_chart_heat_step (100, NULL, 0), ==, 4);
  /* what reads "100" is no overload; with a decimal it reads "100.4" */
  g_assert_cmpint (kilter_chart_heat_step (100.4, NULL, 0), ==, 4);
  g_assert_cmpint (kilter_chart_heat_step (100.4, NULL, 1), ==, 5);
  g_assert_cmpint (kilter_chart_heat_step (100.5, NULL, 0), ==, 5);
  g_assert_cmpint (kilter_chart_heat_step (115, bounds, 0), ==, 6);
  g_assert_cmpint (kilter_chart_heat_step (1e9, bounds, 0), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/scale/known", test_known);
  g_test_add_func ("/chart/scale/properties", test_properties);
  g_test_add_func ("/chart/scale/degenerate", test_degenerate);
  g_test_add_func ("/chart/scale/inverse", test_inverse);
  g_test_add_func ("/chart/scale/decimals", test_decimals);
  g_test_add_func ("/chart/labels/stride", test_stride);
  g_test_add_func ("/chart/labels/spread", test_spread);
  g_test_add_func ("/chart/labels/spread-keeps", test_spread_keeps);
  g_test_add_func ("/chart/heat/step", test_heat_step);

  return g_test_run ();
}
