/* test-methods.c: each method against published numbers and R's forecast and stats packages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-arima.h"
#include "forecast/method/kilter-ets.h"
#include "forecast/method/kilter-intermittent.h"
#include "series.h"

#define NEAR(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

static const KilterEtsForm form_ses = { KILTER_ETS_ADDITIVE, KILTER_ETS_NONE, KILTER_ETS_NONE };
static const KilterEtsForm form_holt = { KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE,
                                         KILTER_ETS_NONE };
static const KilterEtsForm form_damped = { KILTER_ETS_ADDITIVE, KILTER_ETS_DAMPED,
                                           KILTER_ETS_NONE };

/* One method on one series, straight through the engine. */
static void
forecast (const char *method, const double *y, gsize n, guint m, guint h, KilterForecast *out)
{
  KilterForecastOptions options;
  KilterSeries series = { .values = y, .n = n };
  g_autoptr (GError) error = NULL;

  kilter_forecast_options_init (&options, m);
  options.horizon = h;
  g_assert_true (kilter_forecast_method_parse (method, &options.method, &options.members, &error));
  kilter_forecast_batch (&series, 1, &options, out, NULL, &error);
  g_assert_no_error (error);
}

/* Worked example 6: SES with given and with fitted constants. */
static void
test_ses (void)
{
  const double alphas[] = { 0.2, 0.6 }, expected[] = { 484.802468, 501.837461 };
  KilterForecast f;

  for (guint i = 0; i < 2; i++)
    {
      KilterEtsParams params = { .alpha = alphas[i], .phi = 1.0 };
      KilterEtsState state = { .level = oil[0] };

      kilter_ets_filter (oil, G_N_ELEMENTS (oil), 1, &form_ses, &params, &state, NULL, NULL);
      NEAR (state.level, expected[i], 1e-6);
    }
  /* statsmodels 0.891998 → 496.493543; R ets (oil, "ANN"): 0.892110 → 496.491111 */
  forecast ("ses", oil, G_N_ELEMENTS (oil), 1, 3, &f);
  NEAR (f.mean[0], 496.4915, 0.02);
  NEAR (f.mean[2], f.mean[0], 1e-9);
  NEAR (f.members[0].alpha, 0.892, 0.001);
  kilter_forecast_clear (&f);
}

/* Worked example 7: Holt with α 0.8, β 0.2 (of the change of level: 0.8 × 0.2 of the error). */
static void
test_holt (void)
{
  const double expected[] = { 43.76, 45.59, 47.43, 49.27, 51.10 };
  KilterEtsParams params = { .alpha = 0.8, .beta = 0.16, .phi = 1.0 };
  KilterEtsState state = { .level = air[0], .slope = air[1] - air[0] };
  double mean[5];

  kilter_ets_filter (air, G_N_ELEMENTS (air), 1, &form_holt, &params, &state, NULL, NULL);
  kilter_ets_predict (&form_holt, 1.0, &state, G_N_ELEMENTS (air), 1, 5, mean);
  for (guint j = 0; j < 5; j++)
    NEAR (mean[j], expected[j], 0.006);
}

static void
test_damped (void)
{
  /* R: ets (air, "AAN", damped = TRUE): α 0.995912, β 0.0001, φ 0.975838; l 16.643032, b 2.297286
   */
  const double expected[] = { 43.1552159304, 44.6707210002, 46.1496082619 };
  KilterEtsParams params = { .alpha = 0.995912483594,
                             .beta = 0.000100000177749,
                             .phi = 0.975837884842 };
  KilterEtsState state = { .level = 16.6430315595, .slope = 2.29728622391 };
  KilterForecast f;
  double mean[3], scale = 0.0;

  kilter_ets_filter (air, G_N_ELEMENTS (air), 1, &form_damped, &params, &state, NULL, NULL);
  kilter_ets_predict (&form_damped, params.phi, &state, G_N_ELEMENTS (air), 1, 3, mean);
  for (guint j = 0; j < 3; j++)
    NEAR (mean[j], expected[j], 1e-4);
  for (guint t = 0; t < 15; t++)
    scale += air[t] / 15.0;
  /* the fit is at least as likely as R's: AICc 77.3195953, in which R's sum of squares is neither
   * averaged nor scaled */
  forecast ("damped", air, G_N_ELEMENTS (air), 1, 3, &f);
  g_assert_cmpfloat (f.members[0].aicc + 15.0 * log (15.0 * scale * scale), <=, 77.3195953 + 0.05);
  kilter_forecast_clear (&f);
}

/* The recursions with R's estimates must give R's forecasts:
 * ets (t8, "AAA", damped = FALSE) and ets (t8, "MAM", damped = FALSE). */
static void
test_holt_winters (void)
{
  const KilterEtsForm aaa = { KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE };
  const KilterEtsForm mam = { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_ADDITIVE,
                              KILTER_ETS_MULTIPLICATIVE };
  const double expected_a[] = { 61.2653941646, 37.0717895543, 46.3497540069, 50.0720099692,
                                63.4236661474, 39.230061537,  48.5080259897, 52.2302819519 };
  const double expected_m[] = { 60.6342247463, 36.9866006247, 46.5470407166, 51.463386184,
                                63.972731875,  38.9954235493, 49.0412457289, 54.1845783292 };
  /* R gives the states from the latest season back; the fourth makes the sum 0 or the mean 1 */
  double season_a[] = { -(2.06807190359 - 2.02733922835 - 9.46732416254), -9.46732416254,
                        -2.02733922835, 2.06807190359 };
  double season_m[] = { 4.0 - (1.03048990189 + 0.944529590469 + 0.760721614679), 0.760721614679,
                        0.944529590469, 1.03048990189 };
  KilterEtsParams params_a = { 0.362426132366, 0.0754190455498, 0.637569422468, 1.0 };
  KilterEtsParams params_m = { 0.404119563587, 0.000181280901186, 0.000203183325309, 1.0 };
  KilterEtsState a = { 31.6432606421, 1.00279733904, season_a };
  KilterEtsState m = { 32.1088960309, 0.660468282523, season_m };
  KilterForecast f;
  double mean[8];

  kilter_ets_filter (tourists, 24, 4, &aaa, &params_a, &a, NULL, NULL);
  kilter_ets_predict (&aaa, 1.0, &a, 24, 4, 8, mean);
  for (guint j = 0; j < 8; j++)
    NEAR (mean[j], expected_a[j], 1e-4);
  kilter_ets_filter (tourists, 24, 4, &mam, &params_m, &m, NULL, NULL);
  kilter_ets_predict (&mam, 1.0, &m, 24, 4, 8, mean);
  for (guint j = 0; j < 8; j++)
    NEAR (mean[j], expected_m[j], 1e-4);

  /* estimated with backcast start states: near R's, which estimates them */
  forecast ("hw-add", tourists, 24, 4, 8, &f);
  for (guint j = 0; j < 8; j++)
    NEAR (f.mean[j], expected_a[j], 0.08 * expected_a[j]);
  kilter_forecast_clear (&f);
  forecast ("hw-mult", tourists, 24, 4, 8, &f);
  for (guint j = 0; j < 8; j++)
    NEAR (f.mean[j], expected_m[j], 0.08 * expected_m[j]);
  kilter_forecast_clear (&f);
}

/* Worked example 9: training on 20 quarters, errors of the last 4. */
static void
check_accuracy (const char *method, double mae, double rmse, double mape, double wmape, double mase)
{
  KilterForecast f;
  double absolute = 0, square = 0, percent = 0, actual = 0, scale = 0;

  forecast (method, tourists, 20, 4, 4, &f);
  for (guint j = 0; j < 4; j++)
    {
      double e = tourists[20 + j] - f.mean[j];

      absolute += fabs (e) / 4.0;
      square += e * e / 4.0;
      percent += fabs (e) / tourists[20 + j] / 4.0;
      actual += tourists[20 + j] / 4.0;
    }
  for (guint t = 4; t < 20; t++)
    scale += fabs (tourists[t] - tourists[t - 4]) / 16.0;
  if (mae > 0.0)
    NEAR (absolute, mae, 5e-5);
  if (rmse > 0.0)
    NEAR (sqrt (square), rmse, 5e-5);
  NEAR (100.0 * percent, mape, 5e-4);
  if (wmape > 0.0)
    NEAR (100.0 * absolute / actual, wmape, 5e-4);
  NEAR (absolute / scale, mase, 5e-5);
  kilter_forecast_clear (&f);
}

static void
test_accuracy (void)
{
  check_accuracy ("snaive", 2.5160, 2.7249, 5.163, 5.376, 0.8599);
  check_accuracy ("naive", -1, -1, 15.263, -1, 2.4067);
}

/* The same errors as the backtest sees them: every lag meets the last four periods. */
static void
test_backtest_scores (void)
{
  KilterForecastOptions options;
  KilterSeries series = { .values = tourists, .n = 24 };
  KilterForecast f;

  kilter_forecast_options_init (&options, 4);
  options.method = KILTER_METHOD_SNAIVE;
  options.horizon = 4;
  options.n_origins = 4;
  options.max_lag = 4;
  for (int refit = 0; refit < 2; refit++)
    {
      const KilterForecastScore *snaive;

      options.refit = refit;
      g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
      g_assert_cmpuint (f.backtest.n_lags, ==, 4);
      g_assert_cmpuint (f.backtest.n_origins, ==, 4);
      g_assert_cmpint (f.backtest.methods[2], ==, KILTER_METHOD_SNAIVE);
      snaive = f.backtest.scores + 2 * 5;
      for (guint lag = 0; lag <= 4; lag++)
        {
          NEAR (100.0 * snaive[lag].wape, 5.376, 5e-4);
          /* every forecast was a year's growth too low */
          NEAR (snaive[lag].bias, -snaive[lag].wape, 1e-12);
          /* the forecast itself was the seasonal naive one */
          NEAR (f.backtest.scores[lag].wape, snaive[lag].wape, 1e-12);
          g_assert_cmpuint (snaive[lag].n, ==, lag == 0 ? 16 : 4);
        }
      kilter_forecast_clear (&f);
    }
}

/* R: decompose (x, "multiplicative")$figure and "additive" */
static void
test_decomposition (void)
{
  const double mult[] = { 1.2597550122, 0.76821330098, 0.943282848322, 1.02874883849 };
  const double add[] = { 10.8573567437, -9.74512400625, -2.24703760625, 1.13480486875 };
  const double months[] = { 0.910230367372, 0.883625320694, 1.0073662876,   0.975906012323,
                            0.981378027495, 1.11277582668,  1.22655554293,  1.21991096945,
                            1.06049193265,  0.92175724041,  0.801178082413, 0.898824389985 };
  KilterWork work;
  double index[12];

  kilter_work_init (&work);
  kilter_season_indices (&work, tourists, 24, 4, FALSE, index);
  for (guint i = 0; i < 4; i++)
    NEAR (index[i], mult[i], 1e-9);
  kilter_season_indices (&work, tourists, 24, 4, TRUE, index);
  for (guint i = 0; i < 4; i++)
    NEAR (index[i], add[i], 1e-8);
  kilter_season_indices (&work, passengers, 144, 12, FALSE, index);
  for (guint i = 0; i < 12; i++)
    NEAR (index[i], months[i], 1e-9);
  g_assert_true (kilter_season_test (&work, passengers, 144, 12, TRUE));
  g_assert_false (kilter_season_test (&work, lh, 48, 12, TRUE));
  kilter_work_clear (&work);
}

/* R: croston (x, h = 3, alpha = 0.1) */
static void
test_croston (void)
{
  const double x[] = { 2, 0, 0, 3, 0, 1, 0, 0, 0, 4, 0, 0, 2, 0, 5, 0, 0, 0, 1, 0, 3, 0, 0, 2 };
  const double fitted[] = { 2,         2,         2,         1.75,      1.75,
                            1.5546875, 1.5546875, 1.5546875, 1.5546875, 1.41172680412 };
  double after[G_N_ELEMENTS (x) + 1];

  kilter_croston_filter (x, G_N_ELEMENTS (x), 0.1, 0.1, 1.0, after);
  for (guint t = 0; t < G_N_ELEMENTS (fitted); t++)
    NEAR (after[t + 1], fitted[t], 1e-9);
  NEAR (after[G_N_ELEMENTS (x)], 1.13446613322, 1e-9);
  kilter_croston_filter (x, G_N_ELEMENTS (x), 0.1, 0.1, 0.95, after);
  NEAR (after[G_N_ELEMENTS (x)], 0.95 * 1.13446613322, 1e-9);
}

/* TSB by hand: size and probability start at their averages, 3 and 2/4. */
static void
test_tsb (void)
{
  const double x[] = { 2, 0, 4, 0 };
  double after[5];

  kilter_tsb_filter (x, 4, 0.5, 0.1, after);
  NEAR (after[0], 1.5, 1e-12);
  NEAR (after[1], 2.5 * 0.55, 1e-12);
  NEAR (after[2], 2.5 * 0.495, 1e-12);
  NEAR (after[3], 3.25 * 0.5455, 1e-12);
  NEAR (after[4], 3.25 * 0.49095, 1e-12);
}

static void
check_likelihood (const double *y,
                  gsize n,
                  KilterArima *model,
                  const double *phi,
                  const double *theta,
                  const double *sphi,
                  const double *stheta,
                  double mean,
                  double loglik)
{
  KilterWork work;
  g_autofree double *w = g_new (double, n);
  double sigma2, objective;
  gsize length;

  kilter_work_init (&work);
  kilter_arima_set_coefficients (model, phi, theta, sphi, stheta);
  length = kilter_arima_difference (y, n, model->m, model->order.d, model->order.sd, w);
  for (gsize t = 0; t < length; t++)
    w[t] -= mean;
  objective = kilter_arima_likelihood (&work, model, w, length, &sigma2);
  NEAR (-0.5 * (objective + (double) length * (1.0 + log (2.0 * G_PI))), loglik, 0.01);
  kilter_work_clear (&work);
}

/* R: Arima (x, order, seasonal, method = "ML"): the exact likelihood at R's estimates. R takes
 * differences with a wide prior instead of exactly, which moves its figure by some thousandths. */
static void
test_arima_likelihood (void)
{
  double logs[144];
  KilterArima airline = { .m = 12, .order = { .d = 1, .q = 1, .sd = 1, .sq = 1 } };
  KilterArima mixed = { .m = 12, .order = { .p = 1, .q = 1, .sd = 1, .sq = 1 } };
  KilterArima plain = { .m = 12, .order = { .p = 2, .d = 1, .q = 1 } };
  KilterArima ar3 = { .m = 1, .order = { .p = 3 } };
  KilterArima arma = { .m = 1, .order = { .p = 1, .q = 1 } };

  for (guint t = 0; t < 144; t++)
    logs[t] = log (passengers[t]);
  check_likelihood (logs, 144, &airline, NULL, (double[]) { -0.401826782408 }, NULL,
                    (double[]) { -0.556946638277 }, 0, 244.699530597);
  check_likelihood (logs, 144, &mixed, (double[]) { 0.995986084842 },
                    (double[]) { -0.399669490111 }, NULL, (double[]) { -0.552862693767 }, 0,
                    245.611699162);
  check_likelihood (logs, 144, &plain, (double[]) { 0.979233162318, -0.373979502884 },
                    (double[]) { -0.830319382551 }, NULL, NULL, 0, 129.731745675);
  check_likelihood (deaths, 72, &airline, NULL, (double[]) { -0.430278483359 }, NULL,
                    (double[]) { -0.55277200687 }, 0, -425.439993561);
  check_likelihood (lh, 48, &ar3, (double[]) { 0.644802662936, -0.0633819558427, -0.219798399512 },
                    NULL, NULL, NULL, 2.39311877789, -27.0924110597);
  check_likelihood (lh, 48, &arma, (double[]) { 0.452180344948 }, (double[]) { 0.198191218719 },
                    NULL, NULL, 2.41008046155, -28.7620332065);
}

/* R: Arima (USAccDeaths, c (0,1,1), c (0,1,1)): −0.430278, −0.552772 */
static void
test_arima_estimate (void)
{
  KilterArima model = {
    .m = 12, .order = { .d = 1, .q = 1, .sd = 1, .sq = 1 }, .x = { 0.1, 0.1 }, .aicc = INFINITY
  };
  KilterWork work;
  double w[144], logs[144];
  gsize length = kilter_arima_difference (deaths, 72, 12, 1, 1, w);

  kilter_work_init (&work);
  for (gsize t = 0; t < length; t++)
    w[t] /= 1000.0;
  g_assert_true (kilter_arima_estimate (&work, &model, w, length, 0.97, TRUE, 100));
  NEAR (model.ma.c[0], -0.430278483359, 0.01);
  NEAR (model.ma.c[1], -0.55277200687, 0.01);
  NEAR (model.sigma2 * 1e6, 99347.6, 3000.0);

  /* Box, Jenkins & Reinsel 1994, section 9.2: the airline model by unconditional least squares has
   * θ 0.40 and Θ 0.61 (in their sign) on the logarithms of AirPassengers */
  for (guint t = 0; t < 144; t++)
    logs[t] = log (passengers[t]);
  length = kilter_arima_difference (logs, 144, 12, 1, 1, w);
  model.aicc = INFINITY;
  model.x[0] = model.x[1] = 0.1;
  g_assert_true (kilter_arima_estimate (&work, &model, w, length, 0.9, FALSE, 100));
  NEAR (model.ma.c[0], -0.40, 0.02);
  NEAR (model.ma.c[1], -0.61, 0.03);
  kilter_work_clear (&work);
}

/* Automatic ARIMA finds AirPassengers' model class and its forecasts are near R's airline model. */
static void
test_arima_automatic (void)
{
  const double airline[] = { 6.11018571095, 6.05377529942, 6.1717150273,  6.19930040529,
                             6.23255591279, 6.36877866266, 6.50729368861, 6.50290635839,
                             6.32469825757, 6.20900797801, 6.06348743861, 6.1680249131 };
  KilterForecast f;

  forecast ("arima", passengers, 144, 12, 12, &f);
  g_assert_true (f.flags & KILTER_FORECAST_SEASONAL);
  g_assert_true (f.flags & KILTER_FORECAST_LOGGED);
  for (guint j = 0; j < 12; j++)
    NEAR (f.mean[j] / exp (airline[j]), 1.0, 0.04);
  kilter_forecast_clear (&f);
}

/* A straight line is continued, whatever the smoothing; so is a straight line times a season. */
static void
test_theta_line (void)
{
  const double index[] = { 0.8, 1.1, 1.3, 0.8 };
  double line[40], seasonal[40];
  KilterForecast f;

  for (guint t = 0; t < 40; t++)
    {
      line[t] = 100.0 + 3.0 * t;
      seasonal[t] = line[t] * index[t % 4];
    }
  forecast ("theta", line, 40, 1, 8, &f);
  for (guint j = 0; j < 8; j++)
    NEAR (f.mean[j], 100.0 + 3.0 * (40 + j), 1.5);
  kilter_forecast_clear (&f);
  forecast ("theta", seasonal, 40, 4, 8, &f);
  for (guint j = 0; j < 8; j++)
    NEAR (f.mean[j] / ((100.0 + 3.0 * (40 + j)) * index[(40 + j) % 4]), 1.0, 0.02);
  kilter_forecast_clear (&f);
}

/* Temporal hierarchies keep what every level agrees on. */
static void
test_thief_agrees (void)
{
  double y[72];
  KilterForecast f;

  for (guint t = 0; t < 72; t++)
    y[t] = 500.0 + 100.0 * sin (2.0 * G_PI * t / 12.0);
  forecast ("thief", y, 72, 12, 18, &f);
  g_assert_cmpint (f.method, ==, KILTER_METHOD_THIEF);
  for (guint j = 0; j < 18; j++)
    NEAR (f.mean[j], 500.0 + 100.0 * sin (2.0 * G_PI * (72 + j) / 12.0), 5.0);
  kilter_forecast_clear (&f);
}

/* R: qnbinom (c (0.5, 0.9, 0.95, 0.99), size = 2 / 1.5, mu = 2): 1 5 6 10; qnorm (0.975) */
static void
assert_interval (double mean, double dispersion, double level, double low, double high)
{
  double at_low, at_high;

  kilter_negbin_interval (mean, dispersion, level, &at_low, &at_high);
  g_assert_cmpfloat (at_low, ==, low);
  g_assert_cmpfloat (at_high, ==, high);
}

/* Of all intervals none is shorter and holds as much; that of a higher level contains it. */
static void
assert_shortest (double mean, double dispersion)
{
  enum
  {
    N = 400
  };
  double sums[N + 1], r = mean / (dispersion - 1.0), before_low = N, before_high = 0.0;

  sums[0] = 0.0;
  for (guint k = 0; k < N; k++)
    sums[k + 1] = sums[k] + exp (lgamma (r + k) - lgamma (r) - lgamma (k + 1.0) -
                                 r * log (dispersion) + k * log1p (-1.0 / dispersion));
  for (double level = 0.3; level < 0.99; level += 0.05)
    {
      double low, high;
      guint width;

      kilter_negbin_interval (mean, dispersion, level, &low, &high);
      width = (guint) (high - low);
      g_assert_cmpfloat (sums[(guint) high + 1] - sums[(guint) low], >, level - 1e-9);
      for (guint k = 0; width > 0 && k + width <= N; k++)
        g_assert_cmpfloat (sums[k + width] - sums[k], <, level + 1e-9);
      if (level > 0.3)
        {
          g_assert_cmpfloat (low, <=, before_low);
          g_assert_cmpfloat (high, >=, before_high);
        }
      before_low = low;
      before_high = high;
    }
}

static void
test_quantiles (void)
{
  g_assert_cmpfloat (kilter_negbin_quantile (2.0, 2.5, 0.5), ==, 1.0);
  g_assert_cmpfloat (kilter_negbin_quantile (2.0, 2.5, 0.9), ==, 5.0);
  g_assert_cmpfloat (kilter_negbin_quantile (2.0, 2.5, 0.95), ==, 6.0);
  g_assert_cmpfloat (kilter_negbin_quantile (2.0, 2.5, 0.99), ==, 10.0);
  /* masses 0.577, 0.192, 0.096, 0.053, 0.031, … */
  assert_interval (1.0, 3.0, 0.5, 0.0, 0.0);
  assert_interval (1.0, 3.0, 0.8, 0.0, 2.0);
  assert_interval (1.0, 3.0, 0.95, 0.0, 4.0);
  assert_shortest (0.3, 1.5);
  assert_shortest (1.0, 3.0);
  assert_shortest (7.0, 1.2);
  assert_shortest (40.0, 9.0);
  NEAR (kilter_normal_quantile (0.975), 1.959963984540054, 1e-9);
  NEAR (kilter_normal_quantile (0.001), -3.090232306167814, 1e-9);
}

/* From our AICc, of the scaled series, to R's figure for the series itself. */
static double
minus_two_log_likelihood (const double *y, gsize n, double aicc, double degrees)
{
  double scale = 0.0, size = (double) n;

  for (gsize t = 0; t < n; t++)
    scale += y[t] / size;
  return aicc - 2.0 * degrees - 2.0 * degrees * (degrees + 1.0) / (size - degrees - 1.0) +
         size * log (size * scale * scale);
}

/* Whole methods against R forecast 8.20: ets with the form given (its start states are estimated,
 * ours follow from the rest) and thetaf (DOTM searches what thetaf fixes). */
static void
test_against_r (void)
{
  static const double aaa[] = { 437.286273, 429.584965, 461.537120, 458.658690,
                                463.938949, 503.181112, 537.238416, 537.585481,
                                488.926582, 454.547540, 422.299549, 448.949332 };
  static const double theta[] = { 440.078191, 428.384281, 489.707099, 475.704627,
                                  479.670389, 545.366272, 602.752002, 601.100763,
                                  523.951492, 456.627145, 397.953735, 447.644909 };
  static const double ses_lh[] = { 2.90647559, 2.90647559, 2.90647559 };
  static const double theta_lh[] = { 2.91342982, 2.92000276, 2.92657571 };
  static const struct
  {
    const char *method;
    const double *y;
    gsize n;
    guint m;
    const double *expected;
    guint h;
    double tolerance;
  } cases[] = {
    { "hw-add", passengers, 144, 12, aaa, 12, 0.012 },
    { "theta", passengers, 144, 12, theta, 12, 0.04 },
    { "ses", lh, 48, 1, ses_lh, 3, 0.0005 },
    { "theta", lh, 48, 1, theta_lh, 3, 0.02 },
  };
  KilterForecast f;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s of %" G_GSIZE_FORMAT, cases[i].method, cases[i].n);
      forecast (cases[i].method, cases[i].y, cases[i].n, cases[i].m, cases[i].h, &f);
      for (guint j = 0; j < cases[i].h; j++)
        NEAR (f.mean[j] / cases[i].expected[j], 1.0, cases[i].tolerance);
      kilter_forecast_clear (&f);
    }

  /* log likelihoods of ets (AirPassengers, "MAM"), with 14 of our degrees of freedom, and of
   * ets (lh, "AAN"), with 5; ours are at least as likely */
  forecast ("hw-mult", passengers, 144, 12, 12, &f);
  g_assert_cmpfloat (minus_two_log_likelihood (passengers, 144, f.members[0].aicc, 14.0), <=,
                     2.0 * 682.403619058 + 0.05);
  kilter_forecast_clear (&f);
  forecast ("holt", lh, 48, 1, 3, &f);
  g_assert_cmpfloat (minus_two_log_likelihood (lh, 48, f.members[0].aicc, 5.0), <=,
                     2.0 * 59.3537529605 + 0.05);
  kilter_forecast_clear (&f);
}

/* Four parameter sets side by side are the bits of one after the other, impossible states too. */
static void
test_ets_lanes (void)
{
  double y[36], seasons[4 * KILTER_ETS_LANES], rows[KILTER_ETS_LANES][36];
  double *fitted[KILTER_ETS_LANES] = { rows[0], rows[1], rows[2], rows[3] };
  guint n_dead = 0;

  for (guint t = 0; t < 36; t++)
    y[t] = t == 7 ? NAN : t > 25 ? 0.5 : 100.0 + 10.0 * (t % 4) + t % 5;
  for (guint form = 0; form < 2 * 3 * 3; form++)
    {
      const KilterEtsForm f = { form % 2 == 0 ? KILTER_ETS_ADDITIVE : KILTER_ETS_MULTIPLICATIVE,
                                form / 2 % 3,
                                (KilterEtsPart[]) { KILTER_ETS_NONE, KILTER_ETS_ADDITIVE,
                                                    KILTER_ETS_MULTIPLICATIVE }[form / 6] };
      guint m = f.season != KILTER_ETS_NONE ? 4 : 1, alive;
      KilterEtsLanes lanes = { .season = seasons };
      KilterEtsSums sums[KILTER_ETS_LANES];

      for (guint l = 0; l < KILTER_ETS_LANES; l++)
        {
          lanes.alpha[l] = 0.1 + 0.25 * l;
          lanes.beta[l] = 0.05 + 0.2 * l;
          lanes.gamma[l] = 0.6 - 0.15 * l;
          lanes.phi[l] = 1.0 - 0.05 * l;
          lanes.level[l] = 100.0;
          lanes.slope[l] = 1.0 - l;
          for (guint i = 0; i < m; i++)
            seasons[i * KILTER_ETS_LANES + l] = f.season == KILTER_ETS_ADDITIVE ? i : 1.0 + 0.1 * i;
        }
      alive = kilter_ets_filter_lanes (y, 36, m, &f, &lanes, fitted, sums);
      for (guint l = 0; l < KILTER_ETS_LANES; l++)
        {
          const KilterEtsParams params = { lanes.alpha[l], lanes.beta[l], lanes.gamma[l],
                                           lanes.phi[l] };
          double season[4], alone[36];
          KilterEtsState state = { 100.0, 1.0 - l, season };
          KilterEtsSums own;

          for (guint i = 0; i < m; i++)
            season[i] = f.season == KILTER_ETS_ADDITIVE ? i : 1.0 + 0.1 * i;
          if (!kilter_ets_filter (y, 36, m, &f, &params, &state, alone, &own))
            {
              g_assert_cmpuint (alive & (1u << l), ==, 0);
              n_dead++;
              continue;
            }
          g_assert_cmpuint (alive & (1u << l), !=, 0);
          g_assert_cmpmem (alone, sizeof alone, rows[l], sizeof rows[l]);
          g_assert_cmpfloat (own.squares, ==, sums[l].squares);
          g_assert_cmpfloat (own.logs, ==, sums[l].logs);
          g_assert_cmpuint (own.n, ==, sums[l].n);
          g_assert_cmpfloat (state.level, ==, lanes.level[l]);
          g_assert_cmpfloat (state.slope, ==, lanes.slope[l]);
        }
    }
  g_assert_cmpuint (n_dead, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/methods/ets-lanes", test_ets_lanes);
  g_test_add_func ("/forecast/methods/ses", test_ses);
  g_test_add_func ("/forecast/methods/holt", test_holt);
  g_test_add_func ("/forecast/methods/damped", test_damped);
  g_test_add_func ("/forecast/methods/holt-winters", test_holt_winters);
  g_test_add_func ("/forecast/methods/accuracy", test_accuracy);
  g_test_add_func ("/forecast/methods/backtest-scores", test_backtest_scores);
  g_test_add_func ("/forecast/methods/decomposition", test_decomposition);
  g_test_add_func ("/forecast/methods/croston", test_croston);
  g_test_add_func ("/forecast/methods/tsb", test_tsb);
  g_test_add_func ("/forecast/methods/arima-likelihood", test_arima_likelihood);
  g_test_add_func ("/forecast/methods/arima-estimate", test_arima_estimate);
  g_test_add_func ("/forecast/methods/arima-automatic", test_arima_automatic);
  g_test_add_func ("/forecast/methods/against-r", test_against_r);
  g_test_add_func ("/forecast/methods/theta-line", test_theta_line);
  g_test_add_func ("/forecast/methods/thief-agrees", test_thief_agrees);
  g_test_add_func ("/forecast/methods/quantiles", test_quantiles);
  return g_test_run ();
}
