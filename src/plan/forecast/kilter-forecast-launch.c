/* kilter-forecast-launch.c: new products from like ones; nothing before a launch or after the end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include <math.h>
#include <string.h>

/* of a normal distribution, half the width of the 80 % interval */
#define Z80 1.2815515655446004

/* --- from launches that the history shows --- */

/* Where a like product's own launch is in the history: after the first bucket. */
static gssize
find_launch (const KilterForecastItem *like, int n)
{
  int t = 0;

  while (t < n && (isnan (like->own[t]) || like->own[t] == 0))
    t++;
  t = MAX (t, like->launch);
  return t > 0 && t < n && like->predecessor == 0 ? t : -1;
}

static guint
collect_likes (KilterForecastTask *self,
               const KilterForecastItem *item,
               KilterLike *likes,
               double *seasons)
{
  guint n_launches = 0, m = self->options.season_length;

  for (int k = 0; k < item->n_likes; k++)
    {
      const KilterForecastItem *like = kilter_forecast_task_find (self, item->likes[k]);
      KilterSeries series = { .values = like->history,
                              .n = (gsize) self->n_history,
                              .phase = self->phase,
                              .season = like->season };

      likes[k] = (KilterLike) { .values = like->history,
                                .n = (gsize) self->n_history,
                                .launch = find_launch (like, self->n_history),
                                .phase = self->phase,
                                .weight = 1 };
      n_launches += likes[k].launch >= 0;
      if (kilter_season_profile (&series, m, seasons + (gsize) k * m))
        likes[k].season = seasons + (gsize) k * m;
    }
  return n_launches;
}

/* The first bucket of the new product: its first sale, or when it is to be launched. */
static int
find_start (const KilterForecastTask *self, const KilterForecastItem *item)
{
  int t = 0;

  while (t < self->n_history && (isnan (item->own[t]) || item->own[t] == 0))
    t++;
  return t < self->n_history ? t : MAX (item->launch, self->n_history);
}

static gboolean
launch_by_curve (KilterForecastTask *self,
                 KilterForecastItem *item,
                 const KilterLike *likes,
                 GError **error)
{
  guint m = self->options.season_length, h = (guint) self->n_horizon;
  int start = find_start (self, item);
  KilterLaunchOptions options = { .shape = item->bass ? KILTER_LAUNCH_BASS : KILTER_LAUNCH_LIKE,
                                  .season_length = m,
                                  .phase = (self->phase + (guint) start) % m,
                                  .delay = (guint) MAX (start - self->n_history, 0),
                                  .horizon = h,
                                  .share = item->share,
                                  .n_levels = KILTER_FORECAST_N_INTERVALS };
  guint n_observed = (guint) MAX (self->n_history - start, 0);
  KilterLaunch launch;

  memcpy (options.levels, kilter_forecast_levels, sizeof kilter_forecast_levels);
  if (!kilter_launch_forecast (likes, (guint) item->n_likes,
                               n_observed > 0 ? item->own + start : NULL, n_observed, &options,
                               &launch, error))
    return FALSE;
  memcpy (kilter_forecast_item_row (self, item, 0), launch.mean, h * sizeof (double));
  for (guint k = 0; k < KILTER_FORECAST_N_INTERVALS; k++)
    {
      memcpy (kilter_forecast_item_row (self, item, 1 + 2 * k), launch.lower + (gsize) k * h,
              h * sizeof (double));
      memcpy (kilter_forecast_item_row (self, item, 2 + 2 * k), launch.upper + (gsize) k * h,
              h * sizeof (double));
    }
  item->sd = options.delay < h ? launch.sd[options.delay] : NAN;
  kilter_forecast_item_note (item, item->bass ? "launch-bass" : "launch-curve", launch.n_likes);
  kilter_forecast_item_note (item, "launch-level", launch.level);
  kilter_forecast_item_note (item, "launch-cv", launch.cv);
  kilter_forecast_item_note (item, "launch-observed", n_observed);
  kilter_launch_clear (&launch);
  return TRUE;
}

/* --- from what like products sell at the same time --- */

/* The mean of the like products, forecasts or history, at a bucket; NaN when nothing is known. */
static double
like_mean (const KilterForecastTask *self, const KilterForecastItem *item, int t)
{
  double sum = 0;
  int n = 0;

  for (int k = 0; k < item->n_likes; k++)
    {
      const KilterForecastItem *like = kilter_forecast_task_find (self, item->likes[k]);
      double value = t < self->n_history ? like->history[t] : like->rows[t - self->n_history];

      if (isnan (value))
        continue;
      sum += value;
      n++;
    }
  return n > 0 ? sum / n : NAN;
}

/* How far the like products' mean may be off, from their intervals. */
static double
like_deviation (const KilterForecastTask *self, const KilterForecastItem *item, int h)
{
  double sum = 0;

  for (int k = 0; k < item->n_likes; k++)
    {
      KilterForecastItem *like = kilter_forecast_task_find (self, item->likes[k]);

      sum += kilter_forecast_item_row (self, like, 4)[h] - like->rows[h];
    }
  return sum / item->n_likes / Z80;
}

/* Never below zero; the middle half of a normal distribution is ± 0.6745. */
static double
bound (double mean, double sd, guint interval, gboolean upper)
{
  static const double z[KILTER_FORECAST_N_INTERVALS] = { 0.6744897501960817, Z80,
                                                         1.959963984540054 };
  double s = mean > 0 ? sqrt (log1p (sd / mean * (sd / mean))) : 0;

  return mean > 0 ? mean * exp ((upper ? 1 : -1) * z[interval] * s - s * s / 2) : 0;
}

/* A share of what the like products sell, drawn towards what the first sales say of it. */
static void
launch_by_share (KilterForecastTask *self, KilterForecastItem *item)
{
  int start = find_start (self, item);
  gsize n = (gsize) MAX (self->n_history - start, 0);
  g_autofree double *expected = g_new (double, n + 1);
  double scale, cv, level = 0, count = 0;

  for (gsize t = 0; t < n; t++)
    expected[t] = like_mean (self, item, start + (int) t);
  for (int h = 0; h < self->n_horizon; h++)
    {
      level += like_mean (self, item, self->n_history + h);
      count += 1;
    }
  kilter_launch_update (expected, item->own + start, n, item->share, 0.5,
                        MAX (0.1 * level / MAX (count, 1), 1e-9), &scale, &cv);
  for (int h = 0; h < self->n_horizon; h++)
    {
      double like = like_mean (self, item, self->n_history + h);
      double mean = MAX (like * scale, 0), of_like = like_deviation (self, item, h) * scale;
      double sd = sqrt (mean * cv * mean * cv + of_like * of_like);

      item->rows[h] = mean;
      for (guint k = 0; k < KILTER_FORECAST_N_INTERVALS; k++)
        {
          kilter_forecast_item_row (self, item, 1 + 2 * k)[h] = bound (mean, sd, k, FALSE);
          kilter_forecast_item_row (self, item, 2 + 2 * k)[h] = bound (mean, sd, k, TRUE);
        }
      if (h == 0)
        item->sd = sd;
    }
  kilter_forecast_item_note (item, "launch-share", scale);
  kilter_forecast_item_note (item, "launch-cv", cv);
  kilter_forecast_item_note (item, "launch-observed", (double) n);
}

/* --- before and after --- */

/* What a forecast is multiplied by: 0 before the launch and after the end. */
void
kilter_forecast_task_get_factors (const KilterForecastTask *self,
                                  const KilterForecastItem *item,
                                  double *out)
{
  kilter_phase_out_factors (item->phase_out, item->end, item->phase_out_periods, self->n_history,
                            (guint) self->n_horizon, out);
  for (int h = 0; h < self->n_horizon && self->n_history + h < item->launch; h++)
    out[h] = 0;
}

static void
cut (KilterForecastTask *self, KilterForecastItem *item)
{
  g_autofree double *factors = g_new (double, self->n_horizon);

  kilter_forecast_task_get_factors (self, item, factors);
  for (int h = 0; h < self->n_horizon; h++)
    for (guint row = 0; row < 1 + 2 * KILTER_FORECAST_N_INTERVALS && factors[h] != 1; row++)
      kilter_forecast_item_row (self, item, row)[h] *= factors[h];
  if (item->end < self->n_history + self->n_horizon)
    kilter_forecast_item_note (item, "phase-out", item->end - self->n_history);
}

/**
 * kilter_forecast_task_launch:
 *
 * Forecasts new products from like ones, and takes away what lies before a launch or after a
 * phase-out.
 */
gboolean
kilter_forecast_task_launch (KilterForecastTask *self, GError **error)
{
  g_autofree double *seasons = g_new (double,
                                      (gsize) self->options.season_length *KILTER_MAX_LIKES);

  for (guint i = 0; i < self->items->len; i++)
    {
      KilterForecastItem *item = kilter_forecast_item (self, i);
      KilterLike likes[KILTER_MAX_LIKES];

      if (item->n_likes == 0)
        continue;
      if (collect_likes (self, item, likes, seasons) == 0 && !item->bass)
        launch_by_share (self, item);
      else if (!launch_by_curve (self, item, likes, error))
        return FALSE;
    }
  for (guint i = 0; i < self->items->len; i++)
    cut (self, kilter_forecast_item (self, i));
  return TRUE;
}
