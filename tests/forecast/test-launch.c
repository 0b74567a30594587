/* test-launch.c: new products, Bass' curve, replacement, phase-out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/driver/kilter-launch.h"

#include <math.h>

static KilterLaunchOptions
plain_options (void)
{
  return (KilterLaunchOptions) {
    .season_length = 12, .horizon = 6, .share = 1, .levels = { 80, 95 }, .n_levels = 2
  };
}

/* Two like products with the same shape 1 2 3 2 2 2 …, one ten times as large, launched at
 * different times: the curve is the shape against its mean, the level the mean of theirs. */
static void
test_curve (void)
{
  const double small[] = { NAN, NAN, 10, 20, 30, 20, 20, 20 };
  const double large[] = { 100, 200, 300, 200, 200, 200 };
  const KilterLike likes[] = { { .values = small, .n = 8, .launch = 2, .weight = 1 },
                               { .values = large, .n = 6, .launch = 0, .weight = 1 } };
  KilterLaunchOptions options = plain_options ();
  KilterLaunch launch;

  g_assert_true (kilter_launch_forecast (likes, 2, NULL, 0, &options, &launch, NULL));
  g_assert_cmpuint (launch.n_likes, ==, 2);
  g_assert_cmpfloat_with_epsilon (launch.level, 110, 1e-9);
  for (guint t = 0; t < 6; t++)
    {
      g_assert_cmpfloat_with_epsilon (launch.curve[t], large[t] / 200, 1e-9);
      g_assert_cmpfloat_with_epsilon (launch.mean[t], 110 * large[t] / 200, 1e-9);
      g_assert_cmpfloat (launch.lower[6 + t], <, launch.lower[t]);
      g_assert_cmpfloat (launch.lower[t], <, launch.mean[t]);
      g_assert_cmpfloat (launch.mean[t], <, launch.upper[t]);
      g_assert_cmpfloat (launch.upper[t], <, launch.upper[6 + t]);
      g_assert_cmpfloat (launch.lower[6 + t], >, 0);
    }
  kilter_launch_clear (&launch);
  /* half of it, and two periods to go */
  options.share = 0.5;
  options.delay = 2;
  g_assert_true (kilter_launch_forecast (likes, 2, NULL, 0, &options, &launch, NULL));
  g_assert_cmpfloat (launch.mean[0], ==, 0);
  g_assert_cmpfloat (launch.mean[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (launch.mean[2], 27.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (launch.mean[4], 82.5, 1e-9);
  kilter_launch_clear (&launch);
}

/* The season of the like product is the new one's, at its own time of the year. */
static void
test_season (void)
{
  double values[24], season[12];
  KilterLike like = { .values = values, .n = 24, .launch = -1, .season = season, .weight = 1 };
  KilterLaunchOptions options = plain_options ();
  KilterLaunch launch;

  for (guint i = 0; i < 12; i++)
    season[i] = i == 11 ? 2.1 : 0.9;
  for (guint t = 0; t < 24; t++)
    values[t] = 50 * season[t % 12];
  options.phase = 9;
  g_assert_true (kilter_launch_forecast (&like, 1, NULL, 0, &options, &launch, NULL));
  g_assert_cmpfloat_with_epsilon (launch.mean[0], 45, 1e-9);
  g_assert_cmpfloat_with_epsilon (launch.mean[2], 105, 1e-9);
  kilter_launch_clear (&launch);
}

/* The Gamma posterior by hand: prior mean 10 with cv 0.5 is a = 4, b = 0.4; 30 sold where scale 1
 * means 2, dispersion 1: (4 + 30) ÷ (0.4 + 2). */
static void
test_update (void)
{
  const double expected[] = { 1, 1, 1 }, observed[] = { 14, NAN, 16 };
  double scale, cv;

  kilter_launch_update (expected, observed, 3, 10, 0.5, 1, &scale, &cv);
  g_assert_cmpfloat_with_epsilon (scale, 34 / 2.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (cv, 1 / sqrt (34), 1e-12);
  kilter_launch_update (expected, observed, 0, 10, 0.5, 1, &scale, &cv);
  g_assert_cmpfloat (scale, ==, 10);
  g_assert_cmpfloat (cv, ==, 0.5);
}

/* First sales twice as high as expected: the forecast goes up, towards twice, and is surer. */
static void
test_first_sales (void)
{
  const double a[] = { 50, 80, 100, 100, 104, 96, 100, 101 }, b[] = { 45, 88, 93, 99, 101, 100 };
  const KilterLike likes[] = { { .values = a, .n = 8, .launch = 0, .weight = 1 },
                               { .values = b, .n = 6, .launch = 0, .weight = 1 } };
  KilterLaunchOptions options = plain_options ();
  const double observed[] = { 100, 160, 200 };
  double last_cv = 1;

  for (guint n = 0; n <= 3; n++)
    {
      KilterLaunch launch;

      g_assert_true (kilter_launch_forecast (likes, 2, observed, n, &options, &launch, NULL));
      if (n > 0)
        g_assert_cmpfloat (launch.level, >, 1.5 * launch.prior_level);
      g_assert_cmpfloat (launch.cv, <, last_cv);
      last_cv = launch.cv;
      if (n == 3)
        {
          g_assert_cmpfloat (launch.level, >, 1.8 * launch.prior_level);
          g_assert_cmpfloat (launch.level, <, 2.05 * launch.prior_level);
        }
      kilter_launch_clear (&launch);
    }
}

static void
test_bass (void)
{
  double sum = 0, values[30], p, q, market;
  KilterLike like = { .values = values, .n = 30, .launch = 0, .weight = 1 };
  KilterLaunchOptions options = plain_options ();
  KilterLaunch launch;

  /* everyone buys once; the first period is close to p */
  for (guint t = 1; t < 400; t++)
    sum += kilter_bass_share (0.02, 0.3, t);
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (kilter_bass_share (0.02, 0, 1), 1 - exp (-0.02), 1e-12);
  for (guint t = 0; t < 30; t++)
    values[t] = 5000 * kilter_bass_share (0.02, 0.3, t + 1);
  values[7] = NAN;
  g_assert_true (kilter_bass_fit (values, 30, &p, &q, &market));
  g_assert_cmpfloat (fabs (p - 0.02), <, 1e-4);
  g_assert_cmpfloat (fabs (q - 0.3), <, 1e-3);
  g_assert_cmpfloat (fabs (market - 5000), <, 20);
  g_assert_false (kilter_bass_fit (values, 3, &p, &q, &market));
  /* a product like it, with the same first sales, goes the same way */
  options.shape = KILTER_LAUNCH_BASS;
  options.horizon = 20;
  g_assert_true (kilter_launch_forecast (&like, 1, values, 5, &options, &launch, NULL));
  for (guint j = 3; j < 20; j++)
    g_assert_cmpfloat (fabs (launch.mean[j] / (5000 * kilter_bass_share (0.02, 0.3, 6 + j)) - 1), <,
                       0.05);
  g_assert_cmpfloat (fabs (launch.market / 5000 - 1), <, 0.05);
  kilter_launch_clear (&launch);
}

/* Nothing to go by, and nonsense, give numbers all the same. */
static void
test_poor (void)
{
  const double nonsense[] = { NAN, INFINITY, -5, 1e308, 1e308, 0 };
  KilterLike like = { .values = nonsense, .n = 6, .launch = 0, .weight = NAN };
  KilterLaunchOptions options = plain_options ();
  g_autoptr (GError) error = NULL;
  KilterLaunch launch;

  g_assert_true (kilter_launch_forecast (NULL, 0, NULL, 0, &options, &launch, NULL));
  g_assert_cmpfloat (launch.mean[0], ==, 0);
  kilter_launch_clear (&launch);
  options.level = 40;
  g_assert_true (kilter_launch_forecast (NULL, 0, NULL, 0, &options, &launch, NULL));
  g_assert_cmpfloat_with_epsilon (launch.mean[5], 40, 1e-12);
  kilter_launch_clear (&launch);
  for (guint shape = 0; shape < 2; shape++)
    {
      options.shape = shape;
      g_assert_true (kilter_launch_forecast (&like, 1, nonsense, 6, &options, &launch, NULL));
      for (guint j = 0; j < options.horizon; j++)
        g_assert_true (isfinite (launch.mean[j]) && isfinite (launch.upper[j]) &&
                       isfinite (launch.lower[j]) && isfinite (launch.sd[j]));
      kilter_launch_clear (&launch);
    }
  options.horizon = 0;
  g_assert_false (kilter_launch_forecast (NULL, 0, NULL, 0, &options, &launch, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS);
}

static void
test_chain (void)
{
  const double old[] = { 10, 12, 8, 4, 0, NAN }, new[] = { NAN, NAN, 0, 5, 9, 11 };
  const double expected[] = { 15, 18, 12, 11, 9, 11 };
  double out[6];

  kilter_chain_history (old, new, 6, 1.5, out);
  for (guint t = 0; t < 6; t++)
    g_assert_cmpfloat (out[t], ==, expected[t]);
}

static void
test_phase_out (void)
{
  double out[8];

  kilter_phase_out_factors (KILTER_PHASE_OUT_SUDDEN, 5, 3, 0, 8, out);
  g_assert_cmpfloat (out[4], ==, 1);
  g_assert_cmpfloat (out[5], ==, 0);
  kilter_phase_out_factors (KILTER_PHASE_OUT_LINEAR, 5, 3, 0, 8, out);
  g_assert_cmpfloat (out[1], ==, 1);
  g_assert_cmpfloat_with_epsilon (out[2], 0.75, 1e-12);
  g_assert_cmpfloat_with_epsilon (out[4], 0.25, 1e-12);
  g_assert_cmpfloat (out[5], ==, 0);
  kilter_phase_out_factors (KILTER_PHASE_OUT_DECAY, 5, 3, 0, 8, out);
  g_assert_cmpfloat_with_epsilon (out[4], 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (out[3] / out[2], out[4] / out[3], 1e-12);
  /* it has begun, or is over, before the first step */
  kilter_phase_out_factors (KILTER_PHASE_OUT_LINEAR, 1, 3, 0, 8, out);
  g_assert_cmpfloat_with_epsilon (out[0], 0.25, 1e-12);
  kilter_phase_out_factors (KILTER_PHASE_OUT_LINEAR, -4, 3, 0, 8, out);
  g_assert_cmpfloat (out[0], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/launch/curve", test_curve);
  g_test_add_func ("/forecast/launch/season", test_season);
  g_test_add_func ("/forecast/launch/update", test_update);
  g_test_add_func ("/forecast/launch/first-sales", test_first_sales);
  g_test_add_func ("/forecast/launch/bass", test_bass);
  g_test_add_func ("/forecast/launch/poor", test_poor);
  g_test_add_func ("/forecast/launch/chain", test_chain);
  g_test_add_func ("/forecast/launch/phase-out", test_phase_out);
  return g_test_run ();
}
