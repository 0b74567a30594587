/* fuzz-forecast.c: hostile numbers into the engine, its hierarchies, launches and cleansing:
 * nothing but finite numbers comes out, intervals are ordered, infinite values are told
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the input the first bytes are options, then each byte is a value: some classes of doubles, or
 * the eight bytes that follow as they are. */
#include "fuzz.h"

#include "forecast/history/kilter-cleansing.h"
#include "forecast/kilter-explain.h"
#include "forecast/hierarchy/kilter-hierarchy.h"
#include "forecast/driver/kilter-launch.h"

#include <math.h>
#include <string.h>

#define MAX_VALUES 120
#define N_OPTIONS 8

static double
next_value (const guint8 **data, const guint8 *end)
{
  static const double hostile[] = { NAN,    INFINITY, -INFINITY, 0.0,   -0.0,   1e308,
                                    -1e308, 1e-308,   4.9e-324,  1e154, 1e-154, 1e15,
                                    -1e15,  1e300,    0.1,       1e-9 };
  guint8 byte = *(*data)++;
  double value;

  if (byte < 16)
    return hostile[byte];
  if (byte < 24 && end - *data >= 8)
    {
      memcpy (&value, *data, 8);
      *data += 8;
      return value;
    }
  /* ordinary ones, so that what is hostile stands among them */
  return byte < 128 ? byte - 24 : (byte - 128) * 17.5;
}

static void
choose_options (const guint8 *bytes, KilterForecastOptions *options)
{
  static const guint seasons[] = { 1, 2, 4, 7, 12, 13, 24, 52 };

  kilter_forecast_options_init (options, seasons[bytes[0] % 8]);
  options->horizon = 1 + bytes[1] % 15;
  options->n_levels = bytes[2] % 4;
  for (guint i = 0; i < options->n_levels; i++)
    options->levels[i] = (1 + bytes[3] * (i + 1) % 999) / 10.0;
  options->integer = bytes[4] & 1;
  options->non_negative = bytes[4] >> 1 & 1;
  options->refit = bytes[4] >> 2 & 1;
  options->n_origins = (bytes[4] >> 3) % 3;
  options->mode = (bytes[5] & 3) % 3;
  options->method = bytes[5] & 4 ? bytes[6] % KILTER_N_METHODS : KILTER_METHOD_AUTO;
  options->work_limit = bytes[5] & 8 ? bytes[7] * 100 : 0;
}

static void
check_row (const char *name, const double *row, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (row[i]))
      g_error ("%s[%u] is %g", name, (guint) i, row[i]);
}

static void
check_forecast (const KilterForecast *f, gboolean infinite)
{
  gsize all = (gsize) f->horizon * f->n_levels;
  g_autofree char *text = kilter_forecast_explain_text (f);

  check_row ("mean", f->mean, f->horizon);
  check_row ("sd", f->sd, f->horizon);
  check_row ("total mean", f->total_mean, f->horizon);
  check_row ("total sd", f->total_sd, f->horizon);
  check_row ("lower", f->lower, all);
  check_row ("upper", f->upper, all);
  check_row ("total lower", f->total_lower, all);
  check_row ("total upper", f->total_upper, all);
  check_row ("profile", f->profile, f->season_length);
  for (gsize t = 0; t < f->n; t++)
    if (isinf (f->fitted[t]))
      g_error ("fitted[%u] is infinite", (guint) t);
  for (gsize i = 0; i < all; i++)
    if (f->lower[i] > f->upper[i] || f->total_lower[i] > f->total_upper[i])
      g_error ("an interval ends before it begins: %g, %g", f->lower[i], f->upper[i]);
  for (guint i = 0; i < f->n_why; i++)
    if (!isfinite (f->why[i].value))
      g_error ("a reason without a number");
  if (infinite && !(f->flags & KILTER_FORECAST_BAD_VALUES))
    g_error ("infinite values are not told");
}

static void
try_hierarchy (const double *values, gsize n, guint32 choice)
{
  gsize leaves = MIN (n, 12), nodes;
  g_autoptr (KilterHierarchy) h = kilter_hierarchy_new (leaves);
  guint keys[12] = { 0 };
  double forecasts[40], variances[40];
  KilterReconcileOptions options = { .method = choice % 4,
                                     .weights = choice / 4 % 2,
                                     .variances = choice / 8 % 2 ? variances : NULL,
                                     .non_negative = choice / 16 % 2 };

  if (leaves < 2)
    return;
  kilter_hierarchy_add_level (h, keys);
  for (gsize i = 0; i < leaves; i++)
    keys[i] = (guint) (i % 3);
  kilter_hierarchy_add_level (h, keys);
  for (gsize i = 0; i < leaves; i++)
    keys[i] = (guint) (i / 3);
  kilter_hierarchy_add_level (h, keys);
  nodes = kilter_hierarchy_get_n_nodes (h);
  for (gsize i = 0; i < nodes; i++)
    {
      forecasts[i] = CLAMP (values[i % n], -1e300, 1e300);
      variances[i] = values[(i * 7 + 1) % n];
    }
  options.level = choice / 32 % kilter_hierarchy_get_n_levels (h);
  if (!kilter_reconcile (h, &options, 1, forecasts, NULL, NULL))
    return;
  check_row ("reconciled", forecasts, nodes);
  for (gsize i = nodes - leaves; i < nodes && options.non_negative; i++)
    if (forecasts[i] < 0)
      g_error ("reconciled below zero");
}

static void
try_launch (const double *values, gsize n, guint32 choice)
{
  const KilterLike likes[2] = {
    { .values = values, .n = n, .launch = (gssize) (choice % (n + 1)) - 1, .weight = 1 },
    { .values = values, .n = n / 2, .launch = n > 3 ? 1 : -1, .season = NULL, .weight = values[0] },
  };
  KilterLaunchOptions options = { .shape = choice / 256 % 2,
                                  .season_length = 1 + choice / 512 % 12,
                                  .horizon = 9,
                                  .delay = choice / 1024 % 3,
                                  .share = 0.5,
                                  .levels = { 80, 99.9 },
                                  .n_levels = 2 };
  KilterLaunch launch;

  if (!kilter_launch_forecast (likes, choice / 4096 % 3, values, (guint) (n / 3), &options, &launch,
                               NULL))
    g_error ("a launch was refused");
  check_row ("launch mean", launch.mean, launch.horizon);
  check_row ("launch sd", launch.sd, launch.horizon);
  check_row ("launch lower", launch.lower, 2 * launch.horizon);
  check_row ("launch upper", launch.upper, 2 * launch.horizon);
  kilter_launch_clear (&launch);
}

static void
try_cleansing (const double *values, gsize n, guint32 choice)
{
  const KilterCleansingOptions options = { .season_length = 1 + choice % 13,
                                           .phase = 0,
                                           .stock = choice / 16 % 2 ? values : NULL,
                                           .fitted = choice / 32 % 2 ? values : NULL };
  g_autoptr (GPtrArray) found = kilter_cleansing_propose (values, n, &options);

  for (guint i = 0; i < found->len; i++)
    {
      const KilterAnomaly *anomaly = found->pdata[i];

      if (anomaly->first + anomaly->n > n || isinf (anomaly->score))
        g_error ("a proposal for nothing");
      for (gsize k = 0; k < anomaly->n; k++)
        if (isinf (anomaly->values[k]))
          g_error ("an infinite proposal");
    }
}

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  const guint8 *at = data + N_OPTIONS, *end = data + size;
  double values[MAX_VALUES], regressor[MAX_VALUES], season[52];
  KilterForecastOptions options;
  KilterSeries series = { .values = values };
  KilterForecast forecast;
  g_autoptr (GError) error = NULL;
  gboolean infinite = FALSE;

  if (size < N_OPTIONS)
    return;
  choose_options (data, &options);
  while (at < end && series.n < MAX_VALUES)
    {
      values[series.n] = next_value (&at, end);
      regressor[series.n] = values[series.n / 2];
      infinite = infinite || isinf (values[series.n]);
      series.n++;
    }
  series.phase = choice % options.season_length;
  if (choice / 64 % 4 == 0)
    {
      series.n_regressors = 1;
      series.regressors = regressor;
    }
  for (guint i = 0; i < options.season_length; i++)
    season[i] = data[i % size] % 16 == 0   ? KILTER_FORECAST_LEAST_SEASON
                : data[i % size] % 16 == 1 ? KILTER_FORECAST_MOST_SEASON
                                           : data[i % size] / 128.0 + 0.01;
  if (choice / 256 % 4 == 0)
    series.season = season;
  if (!kilter_forecast_batch (&series, 1, &options, &forecast, NULL, &error))
    g_error ("refused: %s", error->message);
  check_forecast (&forecast, infinite && series.n_regressors == 0);
  kilter_forecast_clear (&forecast);
  if (series.n == 0)
    return;
  try_hierarchy (values, series.n, choice);
  try_launch (values, series.n, choice);
  try_cleansing (values, series.n, choice);
}

static void
add_seeds (GPtrArray *seeds)
{
  for (guint8 kind = 0; kind < 8; kind++)
    {
      guint8 bytes[N_OPTIONS + 60] = { kind, 11, 2, 80, (guint8) (kind * 37), (guint8) (kind * 5),
                                       kind, 9 };

      for (guint i = 0; i < 60; i++)
        bytes[N_OPTIONS + i] = (guint8) (kind == 0   ? 3
                                         : kind == 1 ? 100
                                         : kind == 2 ? (i % 5 == 0 ? 130 : 24)
                                         : kind == 3 ? i % 16
                                         : kind == 4 ? (i % 2 ? 5 : 6)
                                                     : 60 + 40 * (i % 12 == 3) + i * kind % 7);
      g_ptr_array_add (seeds, g_bytes_new (bytes, sizeof bytes));
    }
}

static const char *const tokens[] = {
  "\001",
  "\002",
  "\003\003",
  "\005\006",
  "\005",
  "\007",
  "\010\010",
  "\011\012",
  "\020\377\377\377\377\377\377\377\177",
  "\020\001\001\001\001\001\001\001\001",
  "dddddddddddd",
  "\030\030\030\030\030\030",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-forecast", "forecast", tokens, 400, add_seeds, run };
