/* test-properties.c: what holds for every series
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "series.h"

#include <string.h>

#define N_ODD 10000
#define MAX_ODD 40

/* A number from 0 to 1 that depends on its seed alone. */
static double
uniform (guint64 *seed)
{
  *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005) +
          G_GUINT64_CONSTANT (1442695040888963407);
  return (double) (*seed >> 11) / 9007199254740992.0;
}

/* Odd histories: tiny, huge, negative, missing, zero, constant, exploding, with spikes. */
static gsize
make_odd (guint64 seed, double *y)
{
  gsize n = (gsize) (uniform (&seed) * (MAX_ODD + 1));
  guint kind = (guint) (uniform (&seed) * 9.0);
  double scale = pow (10.0, uniform (&seed) * 21.0 - 9.0);

  for (gsize t = 0; t < n; t++)
    {
      double u = uniform (&seed);

      switch (kind)
        {
        case 0:
          y[t] = u;
          break;
        case 1:
          y[t] = u < 0.7 ? 0.0 : ceil (u * 9.0);
          break;
        case 2:
          y[t] = u - 0.5;
          break;
        case 3:
          y[t] = exp ((double) t * 0.5) * (0.9 + 0.2 * u);
          break;
        case 4:
          y[t] = u < 0.95 ? 1.0 : 1e6;
          break;
        case 5:
          y[t] = t < n / 2 ? 1.0 : 0.0;
          break;
        case 6:
          y[t] = 3.0;
          break;
        case 7:
          y[t] = 10.0 + 5.0 * sin ((double) t * 0.5235987755982988) + u;
          break;
        default:
          y[t] = 1e-6 * u + 1.0;
          break;
        }
      y[t] *= scale;
      if (uniform (&seed) < 0.1)
        y[t] = NAN;
    }
  return n;
}

static void
check_finite (const KilterForecast *f, gboolean non_negative)
{
  for (guint j = 0; j < f->horizon; j++)
    {
      g_assert_true (isfinite (f->mean[j]) && isfinite (f->sd[j]) && f->sd[j] >= 0.0);
      g_assert_true (isfinite (f->total_mean[j]) && isfinite (f->total_sd[j]));
      g_assert_true (!non_negative || f->mean[j] >= 0.0);
      for (guint l = 0; l < f->n_levels; l++)
        {
          gsize at = (gsize) l * f->horizon + j;

          g_assert_true (isfinite (f->lower[at]) && isfinite (f->upper[at]));
          g_assert_true (isfinite (f->total_lower[at]) && isfinite (f->total_upper[at]));
          g_assert_cmpfloat (f->lower[at], <=, f->upper[at]);
          g_assert_true (!non_negative || f->lower[at] >= 0.0);
          /* levels rise: 50, 80, 95, 99 */
          if (l > 0)
            {
              g_assert_cmpfloat (f->lower[at], <=, f->lower[at - f->horizon]);
              g_assert_cmpfloat (f->upper[at], >=, f->upper[at - f->horizon]);
              g_assert_cmpfloat (f->total_upper[at], >=, f->total_upper[at - f->horizon]);
            }
        }
    }
  for (gsize t = 0; t < f->n; t++)
    g_assert_false (isinf (f->fitted[t]));
}

static void
test_odd (void)
{
  g_autofree double *values = g_new (double, (gsize) N_ODD *MAX_ODD);
  g_autofree KilterSeries *series = g_new0 (KilterSeries, N_ODD);
  g_autofree KilterForecast *out = g_new0 (KilterForecast, N_ODD);
  static const guint seasons[] = { 12, 4, 1, 7 };
  gsize done = 0;

  for (guint i = 0; i < N_ODD; i++)
    {
      series[i].values = values + (gsize) i * MAX_ODD;
      series[i].n = make_odd (i, values + (gsize) i * MAX_ODD);
    }
  for (guint part = 0; part < 4; part++)
    {
      KilterForecastOptions options;
      gsize n = part < 3 ? 3000 : N_ODD - done;

      kilter_forecast_options_init (&options, seasons[part]);
      options.horizon = 5;
      options.n_levels = 4;
      memcpy (options.levels, (double[]) { 50, 80, 95, 99 }, 4 * sizeof (double));
      options.non_negative = part % 2 == 0;
      options.mode = part == 1 || part == 3 ? KILTER_FORECAST_FULL : KILTER_FORECAST_STANDARD;
      g_assert_true (kilter_forecast_batch (series + done, n, &options, out + done, NULL, NULL));
      for (gsize i = done; i < done + n; i++)
        {
          check_finite (&out[i], options.non_negative);
          kilter_forecast_clear (&out[i]);
        }
      done += n;
    }
}

/* The extremes of double do not overflow. */
static void
test_extremes (void)
{
  const double cases[][6] = { { 1e308, 1.7e308, 1e308, 1.2e308, 1.7e308, 1.6e308 },
                              { 1e-308, 3e-308, 2e-308, 1e-308, 5e-324, 2e-308 },
                              { 1e-300, 1e300, 1e-300, 1e300, 1.0, 1e300 },
                              { -1e308, 1e308, -1e308, 1e308, -1e308, 1e308 },
                              { INFINITY, 1, 2, -INFINITY, 3, 4 },
                              { 0, 0, 0, 0, 0, 1e-320 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint m = 1; m <= 3; m += 2)
      {
        KilterForecastOptions options;
        KilterSeries series = { .values = cases[i], .n = 6 };
        KilterForecast f;

        kilter_forecast_options_init (&options, m);
        options.non_negative = FALSE;
        options.n_levels = 4;
        memcpy (options.levels, (double[]) { 50, 80, 95, 99 }, 4 * sizeof (double));
        g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
        check_finite (&f, FALSE);
        g_assert_true (((f.flags & KILTER_FORECAST_BAD_VALUES) != 0) == (i == 4));
        kilter_forecast_clear (&f);
      }
}

static void
assert_same (const KilterForecast *a, const KilterForecast *b)
{
  gsize size = a->horizon * sizeof (double);

  g_assert_cmpmem (a->mean, size, b->mean, size);
  g_assert_cmpmem (a->lower, size * a->n_levels, b->lower, size * b->n_levels);
  g_assert_cmpmem (a->upper, size * a->n_levels, b->upper, size * b->n_levels);
  g_assert_cmpmem (a->total_sd, size, b->total_sd, size);
  g_assert_cmpmem (a->fitted, a->n * sizeof (double), b->fitted, b->n * sizeof (double));
  g_assert_cmpuint (a->flags, ==, b->flags);
  g_assert_cmpstr (a->key, ==, b->key);
}

/* Threads, order and company of a series change no bit. */
static void
test_threads (void)
{
  enum
  {
    N = 120
  };
  g_autofree double *values = g_new (double, N *MAX_ODD);
  KilterSeries series[N] = { 0 }, reversed[N];
  g_autofree KilterForecast *one = g_new0 (KilterForecast, N);
  KilterForecastOptions options;

  for (guint i = 0; i < N; i++)
    {
      series[i].values = values + i * MAX_ODD;
      series[i].n = make_odd (1000 + i, values + i * MAX_ODD);
    }
  for (guint i = 0; i < N; i++)
    reversed[i] = series[N - 1 - i];
  kilter_forecast_options_init (&options, 4);
  for (guint threads = 1; threads <= 8; threads *= 2)
    {
      g_autoptr (KilterJob) job = kilter_job_new (NULL);
      g_autofree KilterForecast *many = g_new0 (KilterForecast, N);

      kilter_job_set_n_threads (job, threads);
      if (threads == 1)
        {
          g_assert_true (kilter_forecast_batch (series, N, &options, one, job, NULL));
          continue;
        }
      g_assert_true (kilter_forecast_batch (reversed, N, &options, many, job, NULL));
      for (guint i = 0; i < N; i++)
        {
          assert_same (&one[i], &many[N - 1 - i]);
          kilter_forecast_clear (&many[N - 1 - i]);
        }
    }
  for (guint i = 0; i < N; i++)
    kilter_forecast_clear (&one[i]);
}

/* Units do not matter: pieces or dozens, cents or millions. */
static void
test_scale (void)
{
  const double factors[] = { 1e-9, 0.001, 7.0, 1e12 };
  const struct
  {
    const double *y;
    gsize n;
    guint m;
  } cases[] = { { tourists, 24, 4 }, { passengers, 144, 12 }, { lh, 48, 12 }, { air, 15, 1 } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      KilterForecastOptions options;
      KilterSeries series = { .values = cases[c].y, .n = cases[c].n };
      KilterForecast f, g;
      double scaled[144];

      kilter_forecast_options_init (&options, cases[c].m);
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
        {
          for (gsize t = 0; t < cases[c].n; t++)
            scaled[t] = cases[c].y[t] * factors[i];
          series.values = scaled;
          g_assert_true (kilter_forecast_batch (&series, 1, &options, &g, NULL, NULL));
          for (guint j = 0; j < options.horizon; j++)
            {
              g_assert_cmpfloat_with_epsilon (g.mean[j] / factors[i] / f.mean[j], 1.0, 1e-4);
              g_assert_cmpfloat_with_epsilon (g.upper[j] / factors[i] / f.upper[j], 1.0, 1e-3);
            }
          kilter_forecast_clear (&g);
        }
      kilter_forecast_clear (&f);
    }
}

/* A missing value is skipped: the forecast stays near, and far from what a zero would make of it.
 */
static void
test_missing (void)
{
  static const char *const methods[] = { "auto", "ets", "theta", "arima", "hw-mult", "ses" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      KilterForecastOptions options;
      KilterSeries series = { .values = passengers, .n = 144 };
      KilterForecast whole, gaps;
      double y[144];

      memcpy (y, passengers, sizeof y);
      y[20] = y[21] = y[70] = y[103] = y[139] = NAN;
      kilter_forecast_options_init (&options, 12);
      g_assert_true (
        kilter_forecast_method_parse (methods[i], &options.method, &options.members, NULL));
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &whole, NULL, NULL));
      series.values = y;
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &gaps, NULL, NULL));
      g_test_message ("%s", methods[i]);
      g_assert_true (gaps.flags & KILTER_FORECAST_GAPS);
      for (guint j = 0; j < 12; j++)
        g_assert_cmpfloat_with_epsilon (gaps.mean[j] / whole.mean[j], 1.0, 0.08);
      kilter_forecast_clear (&whole);
      kilter_forecast_clear (&gaps);
    }
}

static void
test_short (void)
{
  const double y[] = { 12, 15, 11, 14, 16 };

  for (gsize n = 1; n <= 5; n++)
    {
      KilterForecastOptions options;
      KilterSeries series = { .values = y, .n = n };
      KilterForecast f;

      kilter_forecast_options_init (&options, 12);
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      check_finite (&f, TRUE);
      for (guint j = 0; j < f.horizon; j++)
        {
          g_assert_cmpfloat (f.mean[j], >, 8.0);
          g_assert_cmpfloat (f.mean[j], <, 22.0);
          /* however little is known, the interval is not empty, and grows */
          g_assert_cmpfloat (f.upper[j], >, f.mean[j]);
          g_assert_true (j == 0 || f.sd[j] >= f.sd[j - 1]);
        }
      kilter_forecast_clear (&f);
    }
}

/* Intermittent demand: whole units, zero inside the interval, quantiles that rise. */
static void
test_intermittent (void)
{
  double y[60];
  guint64 seed = 42;
  KilterForecastOptions options;
  KilterSeries series = { .values = y, .n = 60 };
  KilterForecast f;

  for (guint t = 0; t < 60; t++)
    y[t] = uniform (&seed) < 0.3 ? ceil (4.0 * uniform (&seed)) : 0.0;
  y[0] = 2.0;
  kilter_forecast_options_init (&options, 12);
  g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
  g_assert_cmpint (f.series_class, ==, KILTER_CLASS_INTERMITTENT);
  g_assert_cmpfloat (f.dispersion, >, 1.0);
  for (guint j = 0; j < f.horizon; j++)
    {
      g_assert_cmpfloat (f.mean[j], >, 0.3);
      g_assert_cmpfloat (f.mean[j], <, 1.5);
      g_assert_cmpfloat (f.lower[j], ==, 0.0);
      g_assert_cmpfloat (f.upper[j], ==, floor (f.upper[j]));
      /* the total of a lead time is relatively surer than its parts */
      g_assert_cmpfloat (f.total_upper[j], <=,
                         kilter_forecast_quantile (&f, j + 1, 0.9) * (j + 1.0));
      /* which leaves out as much below, where there is nothing */
      g_assert_cmpfloat (f.upper[j], <=, kilter_forecast_quantile (&f, j + 1, 0.9));
    }
  kilter_forecast_clear (&f);
}

#define N_SEASON 48

/* A season of the months that no one could mistake, and another one. */
static const double summer[] = { 0.4, 0.5, 0.7, 1.0, 1.3, 1.6, 1.8, 1.6, 1.2, 0.9, 0.6, 0.4 };
static const double winter[] = { 1.5, 1.5, 1.25, 1.0, 0.75, 0.5, 0.5, 0.5, 0.75, 1.0, 1.25, 1.5 };

static void
forecast_season (const double *y, guint phase, const double *season, guint refit, KilterForecast *f)
{
  KilterSeries series = { .values = y, .n = N_SEASON, .phase = phase, .season = season };
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;

  kilter_forecast_options_init (&options, 12);
  kilter_forecast_options_set_backtest (&options);
  options.refit = refit;
  g_assert_true (kilter_forecast_batch (&series, 1, &options, f, NULL, &error));
  g_assert_no_error (error);
}

/* A season that is given is the one of the forecast, its bounds and its errors, whatever the
 * history says: the series with it taken out is forecast, and multiplied. */
static void
test_given_season (void)
{
  guint64 seed = 5;
  double y[N_SEASON], plain[N_SEASON], ones[12];

  for (guint i = 0; i < 12; i++)
    ones[i] = 1.0;
  for (guint phase = 0; phase < 12; phase += 5)
    for (guint refit = 0; refit < 2; refit++)
      {
        KilterForecast own, flat;

        for (guint t = 0; t < N_SEASON; t++)
          {
            y[t] = (200.0 + t) * summer[(phase + t) % 12] * (0.9 + 0.2 * uniform (&seed));
            plain[t] = y[t] / winter[(phase + t) % 12];
          }
        forecast_season (y, phase, winter, refit, &own);
        forecast_season (plain, phase, ones, refit, &flat);
        g_assert_cmpmem (own.profile, 12 * sizeof (double), winter, sizeof winter);
        g_assert_true (own.flags & KILTER_FORECAST_SEASONAL);
        for (guint j = 0; j < own.horizon; j++)
          {
            double index = winter[(phase + N_SEASON + j) % 12];

            g_assert_cmpfloat_with_epsilon (own.mean[j], flat.mean[j] * index, 1e-9 * own.mean[j]);
            for (guint l = 0; l < own.n_levels; l++)
              {
                gsize at = l * own.horizon + j;

                g_assert_cmpfloat_with_epsilon (own.upper[at], flat.upper[at] * index,
                                                1e-9 * own.upper[at]);
                g_assert_cmpfloat_with_epsilon (own.lower[at], flat.lower[at] * index,
                                                1e-9 * own.upper[at]);
              }
            g_assert_cmpfloat (own.total_upper[j], >, own.total_mean[j]);
          }
        for (guint t = 0; t < N_SEASON; t++)
          if (!isnan (own.fitted[t]))
            g_assert_cmpfloat_with_epsilon (
              own.fitted[t], flat.fitted[t] * winter[(phase + t) % 12], 1e-9 * own.fitted[t]);
        kilter_forecast_clear (&own);
        kilter_forecast_clear (&flat);
      }
}

/* The true season, of which a year and a half of history does not tell: forecasts follow it, and
 * the errors of the backtest say that they are better. */
static void
test_true_season (void)
{
  double y[N_SEASON];
  KilterForecast given;

  for (guint t = 0; t < N_SEASON; t++)
    y[t] = t < N_SEASON - 18 ? NAN : 100.0 * summer[t % 12];
  forecast_season (y, 0, summer, TRUE, &given);
  for (guint j = 0; j < given.horizon; j++)
    g_assert_cmpfloat_with_epsilon (given.mean[j], 100.0 * summer[j % 12], 1e-6);
  g_assert_cmpfloat (given.backtest.scores[0].wape, <, 1e-6);
  /* of the last value, as it stands */
  g_assert_cmpfloat (given.backtest.scores[given.backtest.n_lags + 1].wape, >, 0.1);
  kilter_forecast_clear (&given);
}

static void
test_bad_season (void)
{
  static const double bad[] = { 0.0, -1.0, NAN, INFINITY, 1e9 };
  double season[12], y[N_SEASON];
  KilterForecastOptions options;
  KilterForecast f;

  kilter_forecast_options_init (&options, 12);
  for (guint t = 0; t < N_SEASON; t++)
    y[t] = 10.0 + t % 5;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      KilterSeries series = { .values = y, .n = N_SEASON, .season = season };
      g_autoptr (GError) error = NULL;

      memcpy (season, summer, sizeof season);
      season[i] = bad[i];
      g_assert_false (kilter_forecast_batch (&series, 1, &options, &f, NULL, &error));
      g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/properties/odd", test_odd);
  g_test_add_func ("/forecast/properties/extremes", test_extremes);
  g_test_add_func ("/forecast/properties/threads", test_threads);
  g_test_add_func ("/forecast/properties/scale", test_scale);
  g_test_add_func ("/forecast/properties/missing", test_missing);
  g_test_add_func ("/forecast/properties/short", test_short);
  g_test_add_func ("/forecast/properties/intermittent", test_intermittent);
  g_test_add_func ("/forecast/properties/given-season", test_given_season);
  g_test_add_func ("/forecast/properties/true-season", test_true_season);
  g_test_add_func ("/forecast/properties/bad-season", test_bad_season);
  return g_test_run ();
}
