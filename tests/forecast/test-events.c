/* test-events.c: regressors that repeat each other, say nothing, or are not there
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <string.h>

#define N 80
#define H 6
#define NEAR(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

/* Demand of about 100, half as much again in every ninth week; rows of regressors by the test. */
typedef struct
{
  double y[N];
  double x[3 * N];
  double plan[3 * H];
  KilterForecastOptions options;
} Shop;

static gboolean
is_promoted (guint t)
{
  return t % 9 == 4;
}

static void
shop_init (Shop *self)
{
  memset (self, 0, sizeof *self);
  kilter_forecast_options_init (&self->options, 52);
  self->options.horizon = H;
  for (guint t = 0; t < N; t++)
    {
      self->y[t] = (100.0 + 4.0 * sin (12.9898 * t)) * (is_promoted (t) ? 1.5 : 1.0);
      self->x[t] = is_promoted (t);
    }
  self->plan[2] = 1.0;
}

static void
forecast (Shop *self, guint n_regressors, KilterForecast *out)
{
  KilterSeries series = { .values = self->y,
                          .n = N,
                          .n_regressors = n_regressors,
                          .regressors = n_regressors > 0 ? self->x : NULL,
                          .future_regressors = n_regressors > 0 ? self->plan : NULL };
  g_autoptr (GError) error = NULL;

  kilter_forecast_batch (&series, 1, &self->options, out, NULL, &error);
  g_assert_no_error (error);
  for (guint j = 0; j < H; j++)
    {
      g_assert_true (isfinite (out->mean[j]) && isfinite (out->sd[j]));
      g_assert_cmpfloat (out->lower[j], <=, out->mean[j]);
      g_assert_cmpfloat (out->upper[j], >=, out->mean[j]);
    }
  for (guint i = 0; i < n_regressors; i++)
    g_assert_true (isfinite (out->events[i].coefficient) && isfinite (out->events[i].uplift));
}

static void
test_plan (void)
{
  KilterForecast f;
  Shop shop;

  shop_init (&shop);
  forecast (&shop, 1, &f);
  NEAR (f.events[0].uplift, 0.5, 0.06);
  NEAR (f.mean[2], 150.0, 8.0);
  NEAR (f.mean[1], 100.0, 4.0);
  kilter_forecast_clear (&f);

  /* without a plan every week is an average one: one in nine promoted */
  for (guint j = 0; j < H; j++)
    shop.plan[j] = NAN;
  forecast (&shop, 1, &f);
  NEAR (f.mean[2], f.mean[1], 1.0);
  NEAR (f.mean[2], 105.0, 4.0);
  kilter_forecast_clear (&f);
}

/* The same promotion told twice: together the effect that it has, however it is shared. */
static void
test_collinear (void)
{
  KilterForecast once, twice;
  Shop shop;

  shop_init (&shop);
  forecast (&shop, 1, &once);
  memcpy (shop.x + N, shop.x, N * sizeof (double));
  memcpy (shop.plan + H, shop.plan, H * sizeof (double));
  forecast (&shop, 2, &twice);
  NEAR (twice.events[0].coefficient, twice.events[1].coefficient, 1e-6);
  NEAR (twice.events[0].coefficient + twice.events[1].coefficient, once.events[0].coefficient,
        0.03);
  for (guint j = 0; j < H; j++)
    NEAR (twice.mean[j] / once.mean[j], 1.0, 0.03);
  kilter_forecast_clear (&once);
  kilter_forecast_clear (&twice);
}

/* What never changed has taught nothing, also when the plan is to change it. */
static void
test_constant (void)
{
  KilterForecast one, more;
  Shop shop;

  shop_init (&shop);
  forecast (&shop, 1, &one);
  for (guint t = 0; t < N; t++)
    shop.x[N + t] = 1.0;
  for (guint j = 0; j < H; j++)
    shop.plan[H + j] = j < 3 ? 1.0 : 0.0;
  forecast (&shop, 2, &more);
  NEAR (more.events[1].coefficient, 0.0, 1e-9);
  for (guint j = 0; j < H; j++)
    NEAR (more.mean[j] / one.mean[j], 1.0, 1e-6);
  kilter_forecast_clear (&one);
  kilter_forecast_clear (&more);
}

/* Some values of a regressor are missing, or all of another one. */
static void
test_missing (void)
{
  KilterForecast f;
  Shop shop;

  shop_init (&shop);
  for (guint t = 0; t < N; t += 5)
    shop.x[t] = NAN;
  forecast (&shop, 1, &f);
  NEAR (f.events[0].uplift, 0.5, 0.1);
  kilter_forecast_clear (&f);

  for (guint t = 0; t < N; t++)
    shop.x[t] = NAN;
  forecast (&shop, 1, &f);
  NEAR (f.events[0].coefficient, 0.0, 1e-9);
  g_assert_cmpuint (f.events[0].n, ==, 0);
  kilter_forecast_clear (&f);

  /* one that is not there does not hide one that is */
  memcpy (shop.x + N, shop.x, N * sizeof (double));
  for (guint t = 0; t < N; t++)
    shop.x[t] = is_promoted (t);
  forecast (&shop, 2, &f);
  NEAR (f.events[0].uplift, 0.5, 0.06);
  NEAR (f.mean[2], 150.0, 8.0);
  kilter_forecast_clear (&f);
}

/* A promotion that did nothing is not given an effect: less than a fiftieth. */
static void
test_nothing (void)
{
  KilterForecast f;
  Shop shop;

  shop_init (&shop);
  for (guint t = 0; t < N; t++)
    {
      shop.y[t] = 100.0 + 4.0 * sin (12.9898 * t);
      shop.x[t] = is_promoted (t);
    }
  forecast (&shop, 1, &f);
  NEAR (f.events[0].uplift, 0.0, 0.02);
  kilter_forecast_clear (&f);
}

/* One promotion ten times as good as the others does not move the level. */
static void
test_swing (void)
{
  KilterForecast f;
  Shop shop;

  shop_init (&shop);
  shop.y[N - 3] = 1500.0;
  forecast (&shop, 1, &f);
  for (guint j = 0; j < H; j++)
    if (j != 2)
      NEAR (f.mean[j], 100.0, 20.0);
  /* but the intervals know of it */
  g_assert_cmpfloat (f.sd[0], >, 20.0);
  kilter_forecast_clear (&f);
}

/* Nothing is sold, or everything is missing, with events all the same. */
static void
test_empty (void)
{
  KilterForecast f;
  Shop shop;

  shop_init (&shop);
  for (guint t = 0; t < N; t++)
    shop.y[t] = 0.0;
  forecast (&shop, 1, &f);
  g_assert_cmpfloat (f.mean[0], ==, 0.0);
  kilter_forecast_clear (&f);
  for (guint t = 0; t < N; t++)
    shop.y[t] = NAN;
  forecast (&shop, 1, &f);
  g_assert_cmpfloat (f.mean[0], ==, 0.0);
  kilter_forecast_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/events/plan", test_plan);
  g_test_add_func ("/forecast/events/collinear", test_collinear);
  g_test_add_func ("/forecast/events/constant", test_constant);
  g_test_add_func ("/forecast/events/missing", test_missing);
  g_test_add_func ("/forecast/events/nothing", test_nothing);
  g_test_add_func ("/forecast/events/swing", test_swing);
  g_test_add_func ("/forecast/events/empty", test_empty);
  return g_test_run ();
}
