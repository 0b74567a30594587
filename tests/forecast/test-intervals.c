/* test-intervals.c: intervals on series whose errors are known, and what holds for all of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "series.h"

#include <string.h>

#define N_SIMULATED 150

static double
uniform (guint64 *seed)
{
  *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005) +
          G_GUINT64_CONSTANT (1442695040888963407);
  return ((double) (*seed >> 11) + 0.5) / 9007199254740992.0;
}

/* Box & Muller 1958 */
static double
normal (guint64 *seed)
{
  double u = uniform (seed), v = uniform (seed);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

typedef struct
{
  double one;
  double total;
} Coverage;

/* The share of what truly followed inside the intervals of 80 %: of noise around a season, when
 * step is 0, of a random walk on top of it, when it is not. */
static void
simulate (const char *method, double step, Coverage *out)
{
  KilterForecastOptions options;
  double one = 0.0, total = 0.0;

  kilter_forecast_options_init (&options, 12);
  options.horizon = 12;
  g_assert_true (kilter_forecast_method_parse (method, &options.method, &options.members, NULL));
  for (guint64 s = 0; s < N_SIMULATED; s++)
    {
      guint64 seed = 77 + 1000 * s;
      double y[108], level = 1000.0, sum = 0.0;
      KilterSeries series = { .values = y, .n = 96 };
      KilterForecast f;

      for (guint t = 0; t < 108; t++)
        {
          level += step * normal (&seed);
          y[t] = level + 100.0 * sin (t * G_PI / 6.0) + 20.0 * normal (&seed);
        }
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      for (guint j = 0; j < 12; j++)
        {
          sum += y[96 + j];
          one += y[96 + j] >= f.lower[j] && y[96 + j] <= f.upper[j];
          total += sum >= f.total_lower[j] && sum <= f.total_upper[j];
        }
      kilter_forecast_clear (&f);
    }
  out->one = 100.0 * one / (12 * N_SIMULATED);
  out->total = 100.0 * total / (12 * N_SIMULATED);
  g_test_message ("%s, step %.0f: %.1f, totals %.1f", method, step, out->one, out->total);
}

/* The factors come from real series; here the truth is known. Steps of one series hang together,
 * hence the room. */
static void
test_coverage (void)
{
  static const char *const methods[] = { "ets", "theta", "arima", "snaive", "ets+theta" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    for (guint walk = 0; walk < 2; walk++)
      {
        Coverage c;

        simulate (methods[i], walk * 10.0, &c);
        g_assert_cmpfloat (c.one, >=, 72.0);
        g_assert_cmpfloat (c.one, <=, 88.0);
        g_assert_cmpfloat (c.total, >=, 70.0);
        g_assert_cmpfloat (c.total, <=, 90.0);
      }
}

/* Counts of a known distribution: negative binomial, as a Poisson whose mean is exponential (mean
 * 1, variance 2). An interval holds what it says, and no more than the mass of its last unit
 * besides. */
static void
test_counts (void)
{
  guint inside = 0, total_inside = 0, n = 0;

  for (guint s = 0; s < 200; s++)
    {
      double y[128], sum = 0.0;
      guint64 seed = 7919 * s + 1;
      KilterForecastOptions options;
      KilterSeries series = { .values = y, .n = 120 };
      KilterForecast f;

      for (guint t = 0; t < 128; t++)
        {
          y[t] = 0.0;
          while (uniform (&seed) < 0.5)
            y[t] += 1.0;
        }
      y[0] = MAX (y[0], 1.0);
      kilter_forecast_options_init (&options, 12);
      options.horizon = 8;
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      for (guint j = 0; j < 8 && !isnan (f.dispersion); j++)
        {
          sum += y[120 + j];
          inside += y[120 + j] >= f.lower[j] && y[120 + j] <= f.upper[j];
          total_inside += sum >= f.total_lower[j] && sum <= f.total_upper[j];
          n++;
          if (j > 0)
            g_assert_cmpfloat (f.sd[j] / sqrt (f.mean[j]), >=,
                               f.sd[j - 1] / sqrt (f.mean[j - 1]) * (1.0 - 1e-9));
        }
      kilter_forecast_clear (&f);
    }
  g_test_message ("%u: %.1f %%, totals %.1f %%", n, 100.0 * inside / n, 100.0 * total_inside / n);
  g_assert_cmpuint (n, >, 800);
  /* zero and one hold 75 %, two more 12.5 */
  g_assert_cmpfloat (100.0 * inside / n, >=, 80.0);
  g_assert_cmpfloat (100.0 * inside / n, <=, 90.0);
  g_assert_cmpfloat (100.0 * total_inside / n, >=, 78.0);
  g_assert_cmpfloat (100.0 * total_inside / n, <=, 92.0);
}

/* Of a year that is not over a season may be to come, and none of a year that has been. What never
 * varied will not, either. */
static void
test_unseen_season (void)
{
  double y[60], relative[3];
  KilterForecastOptions options;
  KilterForecast f;

  for (guint k = 0; k < 3; k++)
    {
      KilterSeries series = { .values = y };
      guint64 seed = 5;

      for (guint t = 0; t < 60; t++)
        y[t] = 1000.0 + (k == 2 ? 10.0 : 1000.0) * (uniform (&seed) - 0.5);
      series.n = k == 1 ? 60 : 40;
      kilter_forecast_options_init (&options, 52);
      options.horizon = 8;
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      relative[k] = f.total_sd[7] / f.total_mean[7];
      kilter_forecast_clear (&f);
    }
  g_assert_cmpfloat (relative[0], >, 0.28);
  g_assert_cmpfloat (relative[1], <, relative[0]);
  g_assert_cmpfloat (relative[2], <, 0.05);
}

/* Errors of ±1 at every origin, of a level that was 10 and is 20: now they are ±2. Of four steps
 * the total errs by as much as four times one, when the errors of a path have one sign. */
static void
test_spread (void)
{
  enum
  {
    N = 40,
    K = 12,
    H = 4
  };
  double y[N], index[1] = { 1.0 }, paths[K * H];
  KilterData data = {
    .y = y, .filled = y, .n = N, .n_present = N, .m = 1, .h = H, .k = K, .index = index
  };
  KilterSpread spread;
  KilterWork work;

  kilter_work_init (&work);
  for (guint t = 0; t < N; t++)
    y[t] = 10.0;
  for (guint i = 0; i < K; i++)
    for (guint j = 0; j < H; j++)
      paths[i * H + j] = i % 2 == 0 ? 9.0 : 11.0;
  kilter_spread_measure (&work, &data, paths, FALSE, &spread);
  /* the errors do not grow: the slowest growth allowed, through their middle */
  g_assert_cmpfloat_with_epsilon (spread.b, 0.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (spread.optimism, 1.0 + 10.0 / K, 1e-12);
  spread.a /= spread.optimism;
  g_assert_cmpfloat (spread.a, <, 1.0);
  g_assert_cmpfloat (spread.a * pow (H, spread.b), >, 1.0);
  g_assert_cmpfloat_with_epsilon (spread.total_a / spread.optimism, 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (spread.total_b, 1.0, 1e-9);

  /* three values at the end of twice the size: the level of today */
  y[N - 1] = y[N - 2] = y[N - 3] = 20.0;
  for (guint i = 0; i < K; i++)
    for (guint j = 0; j < H; j++)
      paths[i * H + j] = (N - K + i + j < N ? y[N - K + i + j] : 20.0) + 1.0;
  {
    KilterSpread twice;

    kilter_spread_measure (&work, &data, paths, FALSE, &twice);
    g_assert_cmpfloat (twice.total_a / twice.optimism, >, 1.5);
    g_assert_cmpfloat (twice.total_a / twice.optimism, <=, 2.0);
  }
  kilter_work_clear (&work);
}

/* Wider for a higher level, for single periods and for sums, and the mean inside. */
static void
test_monotone (void)
{
  const double sold[] = { 0, 0, 3, 0, 1, 0, 0, 0, 5, 0, 2, 0, 0, 1, 0, 0, 0, 4, 0, 0,
                          1, 0, 0, 2, 0, 0, 6, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 2, 0, 1 };
  const struct
  {
    const double *y;
    gsize n;
    guint m;
  } cases[] = {
    { passengers, 144, 12 },           { tourists, 24, 4 },  { air, 15, 1 }, { lh, 48, 12 },
    { sold, G_N_ELEMENTS (sold), 12 }, { passengers, 2, 12 }
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    for (guint method = KILTER_METHOD_AUTO; method < KILTER_N_METHODS; method++)
      {
        KilterSeries series = { .values = cases[c].y, .n = cases[c].n };
        KilterForecastOptions options;
        KilterForecast f;

        kilter_forecast_options_init (&options, cases[c].m);
        options.horizon = 8;
        options.method = method;
        options.n_levels = 6;
        memcpy (options.levels, (double[]) { 20, 50, 80, 90, 95, 99.5 }, 6 * sizeof (double));
        g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
        for (guint j = 0; j < 8; j++)
          for (guint l = 0; l < 6; l++)
            {
              guint at = l * 8 + j;

              g_assert_cmpfloat (f.lower[at], >=, 0.0);
              g_assert_cmpfloat (f.total_lower[at], >=, 0.0);
              g_assert_cmpfloat (f.lower[at], <=, f.upper[at]);
              g_assert_cmpfloat (f.total_lower[at], <=, f.total_upper[at]);
              if (l == 0)
                continue;
              g_assert_cmpfloat (f.lower[at], <=, f.lower[at - 8]);
              g_assert_cmpfloat (f.upper[at], >=, f.upper[at - 8]);
              g_assert_cmpfloat (f.total_lower[at], <=, f.total_lower[at - 8]);
              g_assert_cmpfloat (f.total_upper[at], >=, f.total_upper[at - 8]);
            }
        for (guint j = 1; j <= 8; j++)
          for (double p = 0.05; p < 0.94; p += 0.05)
            g_assert_cmpfloat (kilter_forecast_quantile (&f, j, p), <=,
                               kilter_forecast_quantile (&f, j, p + 0.05));
        kilter_forecast_clear (&f);
      }
}

/* Where values may be negative, nothing but their distances matters. */
static void
test_shift (void)
{
  static const char *const methods[] = { "naive", "snaive", "smean", "mean", "ses", "holt" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      KilterForecastOptions options;
      double y[48], shifted[48];
      KilterSeries series = { .values = y, .n = 48 };
      KilterForecast f, g;

      for (guint t = 0; t < 48; t++)
        {
          y[t] = lh[t] - 2.5;
          shifted[t] = lh[t] - 3.2;
        }
      kilter_forecast_options_init (&options, 4);
      options.non_negative = FALSE;
      g_assert_true (
        kilter_forecast_method_parse (methods[i], &options.method, &options.members, NULL));
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      series.values = shifted;
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &g, NULL, NULL));
      g_test_message ("%s", methods[i]);
      for (guint j = 0; j < options.horizon; j++)
        g_assert_cmpfloat_with_epsilon (g.mean[j] + 0.7, f.mean[j], i < 4 ? 1e-9 : 0.01);
      kilter_forecast_clear (&f);
      kilter_forecast_clear (&g);
    }
}

/* What is missing before the first value is no history, and what is missing after the last one is
 * forecast: the same numbers, that many periods later. */
static void
test_ends (void)
{
  double y[144 + 8];
  KilterSeries whole = { .values = passengers, .n = 144 };
  KilterSeries late = { .values = y, .n = 149, .phase = 7 };
  KilterForecastOptions options;
  KilterForecast f, g;

  for (guint t = 0; t < 149; t++)
    y[t] = NAN;
  memcpy (y + 5, passengers, 141 * sizeof (double));
  whole.n = 141;
  kilter_forecast_options_init (&options, 12);
  options.mode = KILTER_FORECAST_STANDARD;
  options.n_origins = 0;
  options.horizon = 15;
  g_assert_true (kilter_forecast_batch (&whole, 1, &options, &f, NULL, NULL));
  options.horizon = 12;
  g_assert_true (kilter_forecast_batch (&late, 1, &options, &g, NULL, NULL));
  g_assert_cmpuint (g.n_used, ==, 141);
  for (guint j = 0; j < 12; j++)
    {
      g_assert_cmpfloat (g.mean[j], ==, f.mean[j + 3]);
      g_assert_cmpfloat (g.sd[j], ==, f.sd[j + 3]);
    }
  kilter_forecast_clear (&f);
  kilter_forecast_clear (&g);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/intervals/spread", test_spread);
  g_test_add_func ("/forecast/intervals/coverage", test_coverage);
  g_test_add_func ("/forecast/intervals/counts", test_counts);
  g_test_add_func ("/forecast/intervals/unseen-season", test_unseen_season);
  g_test_add_func ("/forecast/intervals/monotone", test_monotone);
  g_test_add_func ("/forecast/properties/shift", test_shift);
  g_test_add_func ("/forecast/properties/ends", test_ends);
  return g_test_run ();
}
