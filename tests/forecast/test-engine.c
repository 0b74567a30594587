/* test-engine.c: classes, choice of methods, options, short and odd histories
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "series.h"

#include <string.h>

#define NEAR(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

static void
run (const double *y, gsize n, const KilterForecastOptions *options, KilterForecast *out)
{
  KilterSeries series = { .values = y, .n = n };
  g_autoptr (GError) error = NULL;

  kilter_forecast_batch (&series, 1, options, out, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_reason (const KilterForecast *f, KilterForecastReason reason)
{
  for (guint i = 0; i < f->n_why; i++)
    if (f->why[i].reason == reason)
      return TRUE;
  return FALSE;
}

static void
test_classes (void)
{
  const struct
  {
    const char *values; /* a digit a period, - for missing */
    KilterSeriesClass expected;
    KilterForecastMethod method;
  } cases[] = {
    { "", KILTER_CLASS_EMPTY, KILTER_METHOD_ZERO },
    { "---", KILTER_CLASS_EMPTY, KILTER_METHOD_ZERO },
    { "0000", KILTER_CLASS_ZERO, KILTER_METHOD_ZERO },
    { "5", KILTER_CLASS_SHORT, KILTER_METHOD_COMB },
    { "57", KILTER_CLASS_SHORT, KILTER_METHOD_COMB },
    { "000057-", KILTER_CLASS_SHORT, KILTER_METHOD_COMB },
    { "77777", KILTER_CLASS_CONSTANT, KILTER_METHOD_NAIVE },
    { "77-77", KILTER_CLASS_CONSTANT, KILTER_METHOD_NAIVE },
    { "5647568465", KILTER_CLASS_SMOOTH, KILTER_METHOD_COMB },
    { "9119199111", KILTER_CLASS_ERRATIC, KILTER_METHOD_COMB },
    { "2002000202002020020", KILTER_CLASS_INTERMITTENT, KILTER_METHOD_COMB },
    { "1009000101009010020", KILTER_CLASS_LUMPY, KILTER_METHOD_COMB },
    { "5647568465000000000000000000000000", KILTER_CLASS_DEAD, KILTER_METHOD_ZERO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterForecastOptions options;
      KilterForecast f;
      double y[64];
      gsize n = strlen (cases[i].values);

      for (gsize t = 0; t < n; t++)
        y[t] = cases[i].values[t] == '-' ? NAN : cases[i].values[t] - '0';
      kilter_forecast_options_init (&options, 12);
      run (y, n, &options, &f);
      g_test_message ("%s", cases[i].values);
      g_assert_cmpint (f.series_class, ==, cases[i].expected);
      g_assert_cmpint (f.method, ==, cases[i].method);
      g_assert_cmpstr (f.key, ==, kilter_forecast_method_key (f.method));
      kilter_forecast_clear (&f);
    }
}

/* Members of a combination: weights sum to 1, keys and reasons are there. */
static void
test_combination (void)
{
  KilterForecastOptions options;
  KilterForecast f;
  double sum = 0.0;

  kilter_forecast_options_init (&options, 12);
  run (passengers, 144, &options, &f);
  g_assert_cmpstr (f.key, ==, "comb");
  g_assert_cmpuint (f.n_members, ==, 6);
  for (guint i = 0; i < f.n_members; i++)
    sum += f.members[i].weight;
  NEAR (sum, 1.0, 1e-12);
  g_assert_true (f.flags & KILTER_FORECAST_SEASONAL);
  g_assert_true (f.flags & KILTER_FORECAST_TREND_UP);
  g_assert_true (has_reason (&f, KILTER_REASON_COMBINED));
  g_assert_true (has_reason (&f, KILTER_REASON_SEASONAL));
  g_assert_true (has_reason (&f, KILTER_REASON_BEATS_NAIVE));
  /* July is the peak: 1.23 of the mean */
  NEAR (f.profile[6], 1.23, 0.03);
  g_assert_cmpint (f.backtest.methods[0], ==, KILTER_METHOD_AUTO);
  g_assert_cmpuint (f.backtest.n_methods, ==, 9);
  kilter_forecast_clear (&f);
}

/* Four members of equal weight: the two in the middle. Then one that erred four times as much as
 * the others and so counts half, with the power of a short history. */
static void
test_combining (void)
{
  double y[12] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, index[1] = { 1.0 };
  KilterData data = {
    .y = y, .filled = y, .n = 12, .n_present = 12, .m = 1, .h = 1, .k = 6, .index = index
  };
  const double means[] = { 4.0, 1.0, 2.0, 10.0 };
  KilterFit fits[4], out;
  KilterWork work;

  kilter_work_init (&work);
  for (guint i = 0; i < 4; i++)
    {
      kilter_fit_init (&fits[i], &work, &data, KILTER_METHOD_SES);
      fits[i].mean[0] = means[i];
      for (guint j = 0; j < 6; j++)
        fits[i].paths[j] = 1.25;
    }
  kilter_fit_init (&out, &work, &data, KILTER_METHOD_COMB);
  kilter_combine (&data, fits, 4, &out);
  NEAR (out.mean[0], 3.0, 1e-12);
  NEAR (fits[0].member.weight, 0.5, 1e-12);
  NEAR (fits[3].member.weight, 0.0, 1e-12);

  /* weights 1, 1, ½, 1 of 3½; ⅞ is cut at each end: ⅛ of 1, ½ of 2, 1 of 4, ⅛ of 10 remain */
  for (guint j = 0; j < 6; j++)
    fits[2].paths[j] = 2.0;
  kilter_combine (&data, fits, 4, &out);
  NEAR (out.mean[0], (0.125 * 1.0 + 0.5 * 2.0 + 1.0 * 4.0 + 0.125 * 10.0) / 1.75, 1e-12);
  NEAR (fits[2].member.weight, 0.5 / 1.75, 1e-12);

  /* of fewer than four none is cut */
  kilter_combine (&data, fits, 2, &out);
  NEAR (out.mean[0], 2.5, 1e-12);
  kilter_work_clear (&work);
}

/* The same quarter of the last four years, with weights 4, 3, 2 and 1. */
static void
test_seasonal_mean (void)
{
  const double y[] = { 9, 9, 9, 9, 1, 10, 5, 7, 2, 10, 5, 7, 3, 10, 5, 7, 4, 20, 5, 7 };
  KilterForecastOptions options;
  KilterForecast f;

  kilter_forecast_options_init (&options, 4);
  options.method = KILTER_METHOD_SMEAN;
  options.horizon = 6;
  run (y, G_N_ELEMENTS (y), &options, &f);
  NEAR (f.mean[0], (4 * 4 + 3 * 3 + 2 * 2 + 1) / 10.0, 1e-9);
  NEAR (f.mean[1], (4 * 20 + 3 * 10 + 2 * 10 + 10) / 10.0, 1e-9);
  NEAR (f.mean[4], f.mean[0], 1e-9);
  kilter_forecast_clear (&f);

  run (y + 17, 3, &options, &f);
  NEAR (f.mean[5], 7.0, 1e-9);
  kilter_forecast_clear (&f);
}

/* The profile is told by phase, whatever month the history begins with. */
static void
test_phase (void)
{
  KilterForecastOptions options;
  KilterSeries series = { .values = passengers + 5, .n = 139, .phase = 5 };
  KilterForecast f;

  kilter_forecast_options_init (&options, 12);
  options.mode = KILTER_FORECAST_FAST;
  g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat (f.profile[6], >=, f.profile[i]);
  kilter_forecast_clear (&f);
}

static void
test_forced (void)
{
  KilterForecastOptions options;

  for (guint m = KILTER_METHOD_COMB; m < KILTER_N_METHODS; m++)
    {
      KilterForecast f;

      kilter_forecast_options_init (&options, 12);
      options.method = m;
      run (passengers, 144, &options, &f);
      g_test_message ("%s", kilter_forecast_method_key (m));
      if (m == KILTER_METHOD_BEST)
        g_assert_cmpuint (f.n_members, ==, 1);
      else
        g_assert_cmpint (f.method, ==, m);
      g_assert_false (f.flags & KILTER_FORECAST_FALLBACK);
      kilter_forecast_clear (&f);
    }
}

static void
test_fallback (void)
{
  KilterForecastOptions options;
  KilterForecast f;

  /* twelve values have no season of twelve to estimate */
  kilter_forecast_options_init (&options, 12);
  options.method = KILTER_METHOD_HW_MULT;
  run (oil, 12, &options, &f);
  g_assert_true (f.flags & KILTER_FORECAST_FALLBACK);
  g_assert_cmpint (f.method, ==, KILTER_METHOD_SES);
  kilter_forecast_clear (&f);
}

/* Zeros and blanks before the first sale change nothing but the flag. */
static void
test_launch (void)
{
  KilterForecastOptions options;
  KilterForecast plain, launched;
  double y[40] = { 0, NAN, 0, 0 };

  memcpy (y + 4, tourists, sizeof tourists);
  kilter_forecast_options_init (&options, 4);
  run (tourists, 24, &options, &plain);
  run (y, 28, &options, &launched);
  g_assert_true (launched.flags & KILTER_FORECAST_TRIMMED);
  for (guint j = 0; j < options.horizon; j++)
    g_assert_cmpfloat (plain.mean[j], ==, launched.mean[j]);
  kilter_forecast_clear (&plain);
  kilter_forecast_clear (&launched);
}

/* Missing values at the end: the forecast begins after them, in its season. */
static void
test_gap_at_end (void)
{
  KilterForecastOptions options;
  KilterForecast plain, late;
  double y[26];

  memcpy (y, tourists, sizeof tourists);
  y[24] = y[25] = NAN;
  kilter_forecast_options_init (&options, 4);
  options.horizon = 4;
  options.method = KILTER_METHOD_ETS;
  run (y, 26, &options, &late);
  options.horizon = 6;
  run (tourists, 24, &options, &plain);
  for (guint j = 0; j < 4; j++)
    g_assert_cmpfloat (late.mean[j], ==, plain.mean[j + 2]);
  kilter_forecast_clear (&plain);
  kilter_forecast_clear (&late);
}

/* Weeks: a season of 52 is found in three years and forecast. */
static void
test_weeks (void)
{
  KilterForecastOptions options;
  KilterForecast f;
  double y[156];

  for (guint t = 0; t < 156; t++)
    y[t] = 1000.0 + 300.0 * sin (2.0 * G_PI * t / 52.0) + 40.0 * sin (12.9898 * t);
  kilter_forecast_options_init (&options, 52);
  options.horizon = 26;
  run (y, 156, &options, &f);
  g_assert_true (f.flags & KILTER_FORECAST_SEASONAL);
  for (guint j = 0; j < 26; j++)
    NEAR (f.mean[j], 1000.0 + 300.0 * sin (2.0 * G_PI * (156 + j) / 52.0), 90.0);
  kilter_forecast_clear (&f);
}

static void
test_integer (void)
{
  KilterForecastOptions options;
  KilterForecast f;

  kilter_forecast_options_init (&options, 4);
  options.integer = TRUE;
  run (tourists, 24, &options, &f);
  for (guint j = 0; j < options.horizon; j++)
    {
      g_assert_cmpfloat (f.mean[j], ==, floor (f.mean[j]));
      g_assert_cmpfloat (f.lower[j], ==, floor (f.lower[j]));
      g_assert_cmpfloat (f.upper[j], ==, ceil (f.upper[j]));
    }
  kilter_forecast_clear (&f);
}

static void
test_work_limit (void)
{
  KilterForecastOptions options;
  KilterForecast f;

  kilter_forecast_options_init (&options, 12);
  options.work_limit = 2000;
  run (passengers, 144, &options, &f);
  g_assert_true (f.flags & KILTER_FORECAST_WORK_LIMIT);
  g_assert_cmpuint (f.n_members, >=, 1);
  g_assert_cmpfloat (f.mean[0], >, 200.0);
  kilter_forecast_clear (&f);
}

/* Estimated anew at each origin, the backtest of a method is that of its own past forecasts. */
static void
test_refit (void)
{
  KilterForecastOptions options;
  KilterForecast f, past;
  double absolute = 0.0, actual = 0.0;

  kilter_forecast_options_init (&options, 12);
  options.mode = KILTER_FORECAST_FAST;
  options.horizon = options.max_lag = 3;
  options.n_origins = 4;
  options.refit = TRUE;
  run (passengers, 144, &options, &f);
  options.n_origins = 0;
  for (guint n = 140; n < 144; n++)
    {
      run (passengers, n, &options, &past);
      absolute += fabs (past.mean[0] - passengers[n]);
      actual += passengers[n];
      kilter_forecast_clear (&past);
    }
  NEAR (f.backtest.scores[1].wape, absolute / actual, 1e-9);
  kilter_forecast_clear (&f);
}

/* Promotions double demand. The second series was promoted once and learns from the first. */
static void
test_events (void)
{
  KilterForecastOptions options;
  KilterSeries series[3];
  KilterForecast out[3];
  double y[3][60], promoted[3][60] = { { 0 } }, plan[6] = { 0, 0, 1, 0, NAN, 1 };
  g_autoptr (GError) error = NULL;

  kilter_forecast_options_init (&options, 12);
  options.horizon = 6;
  for (guint s = 0; s < 3; s++)
    {
      for (guint t = 0; t < 60; t++)
        {
          promoted[s][t] = s == 0 ? t % 7 == 3 : s == 1 ? t == 31 : 0;
          y[s][t] = (100.0 + 5.0 * sin (12.9898 * t + s)) * (promoted[s][t] > 0 ? 2.0 : 1.0);
        }
      series[s] = (KilterSeries) { .values = y[s],
                                   .n = 60,
                                   .group = s == 2 ? 9 : 1,
                                   .n_regressors = 1,
                                   .regressors = promoted[s],
                                   .future_regressors = plan };
    }
  kilter_forecast_batch (series, 3, &options, out, NULL, &error);
  g_assert_no_error (error);
  for (guint s = 0; s < 2; s++)
    {
      g_assert_true (out[s].flags & KILTER_FORECAST_EVENTS);
      g_assert_cmpuint (out[s].n_regressors, ==, 1);
      g_assert_cmpuint (out[s].events[0].n, ==, s == 0 ? 9 : 1);
      NEAR (out[s].events[0].uplift, 1.0, 0.2);
      NEAR (out[s].mean[2] / out[s].mean[1], 1.0 + out[s].events[0].uplift, 0.05);
      NEAR (out[s].mean[0], 100.0, 8.0);
      g_assert_cmpfloat (out[s].sd[2], >, out[s].sd[3]);
      NEAR (out[s].total_mean[5],
            out[s].mean[0] + out[s].mean[1] + out[s].mean[2] + out[s].mean[3] + out[s].mean[4] +
              out[s].mean[5],
            1e-9);
    }
  /* nobody in the group of the third knows what a promotion does */
  NEAR (out[2].events[0].uplift, 0.0, 1e-9);
  /* known events are no surprise: better than naive, which repeats the last promotion */
  g_assert_cmpfloat (out[0].backtest.scores[0].wape, <, 0.1);
  for (guint s = 0; s < 3; s++)
    kilter_forecast_clear (&out[s]);

  series[1].n_regressors = 0;
  g_assert_false (kilter_forecast_batch (series, 3, &options, out, NULL, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT);
}

static void
test_methods_by_name (void)
{
  g_autoptr (GError) error = NULL;
  KilterForecastMethod method;
  guint32 members;

  for (guint m = 0; m < KILTER_N_METHODS; m++)
    {
      g_assert_true (
        kilter_forecast_method_parse (kilter_forecast_method_key (m), &method, &members, NULL));
      g_assert_cmpint (method, ==, m);
    }
  g_assert_true (kilter_forecast_method_parse ("ets+theta", &method, &members, NULL));
  g_assert_cmpint (method, ==, KILTER_METHOD_COMB);
  g_assert_cmpuint (
    members, ==, KILTER_METHOD_BIT (KILTER_METHOD_ETS) | KILTER_METHOD_BIT (KILTER_METHOD_THETA));
  g_assert_false (kilter_forecast_method_parse ("ets+magic", &method, &members, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS);
}

static void
test_bad_options (void)
{
  KilterForecastOptions good, bad;

  kilter_forecast_options_init (&good, 12);
  g_assert_true (kilter_forecast_options_check (&good, NULL));
#define REFUSED(change)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    bad = good;                                                                                    \
    change;                                                                                        \
    g_assert_false (kilter_forecast_batch (NULL, 0, &bad, NULL, NULL, &error));                    \
    g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS);                  \
  }                                                                                                \
  G_STMT_END
  REFUSED (bad.season_length = 0);
  REFUSED (bad.season_length = 9000);
  REFUSED (bad.horizon = 0);
  REFUSED (bad.horizon = 5000);
  REFUSED (bad.levels[1] = 100.0);
  REFUSED (bad.levels[0] = NAN);
  REFUSED (bad.n_levels = 9);
  REFUSED (bad.method = KILTER_N_METHODS);
  REFUSED (bad.members = KILTER_METHOD_BIT (KILTER_METHOD_AUTO));
#undef REFUSED
}

static void
test_cancel (void)
{
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;
  KilterForecastOptions options;
  KilterSeries series = { .values = oil, .n = 12 };
  KilterForecast f;

  kilter_forecast_options_init (&options, 12);
  kilter_job_cancel (job);
  g_assert_false (kilter_forecast_batch (&series, 1, &options, &f, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (f.mean);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/engine/classes", test_classes);
  g_test_add_func ("/forecast/engine/combination", test_combination);
  g_test_add_func ("/forecast/engine/combining", test_combining);
  g_test_add_func ("/forecast/engine/seasonal-mean", test_seasonal_mean);
  g_test_add_func ("/forecast/engine/phase", test_phase);
  g_test_add_func ("/forecast/engine/forced", test_forced);
  g_test_add_func ("/forecast/engine/fallback", test_fallback);
  g_test_add_func ("/forecast/engine/launch", test_launch);
  g_test_add_func ("/forecast/engine/gap-at-end", test_gap_at_end);
  g_test_add_func ("/forecast/engine/weeks", test_weeks);
  g_test_add_func ("/forecast/engine/integer", test_integer);
  g_test_add_func ("/forecast/engine/work-limit", test_work_limit);
  g_test_add_func ("/forecast/engine/refit", test_refit);
  g_test_add_func ("/forecast/engine/events", test_events);
  g_test_add_func ("/forecast/engine/methods-by-name", test_methods_by_name);
  g_test_add_func ("/forecast/engine/bad-options", test_bad_options);
  g_test_add_func ("/forecast/engine/cancel", test_cancel);
  return g_test_run ();
}
