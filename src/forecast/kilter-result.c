/* kilter-result.c: from scaled fits to what the caller gets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <string.h>

#define LARGEST 1e300
/* changes of the forecast over a season below this are not called a trend */
#define TREND_LIMIT 0.02
/* standard deviation of the season of weekly series against their level (0.28 on average) */
#define UNSEEN_SEASON 0.3

typedef struct
{
  KilterWork *work;
  const KilterSeries *series;
  const KilterForecastOptions *options;
  const KilterPrepared *prepared;
  const KilterSelection *selection;
  KilterForecast *out;
} Result;

static double
bounded (double value)
{
  return isnan (value) ? 0.0 : CLAMP (value, -LARGEST, LARGEST);
}

static void
allocate (Result *self)
{
  KilterForecast *out = self->out;
  guint h = self->options->horizon;

  out->horizon = h;
  out->n_levels = self->options->n_levels;
  out->n = self->series->n;
  out->n_used = self->prepared->plain.n_present;
  out->season_length = self->options->season_length;
  out->mean = g_new0 (double, h);
  out->lower = g_new0 (double, (gsize) h * out->n_levels + 1);
  out->upper = g_new0 (double, (gsize) h * out->n_levels + 1);
  out->total_mean = g_new0 (double, h);
  out->total_lower = g_new0 (double, (gsize) h * out->n_levels + 1);
  out->total_upper = g_new0 (double, (gsize) h * out->n_levels + 1);
  out->sd = g_new0 (double, h);
  out->total_sd = g_new0 (double, h);
  out->fitted = g_new (double, out->n + 1);
  out->profile = g_new0 (double, out->season_length);
  for (gsize t = 0; t < out->n; t++)
    out->fitted[t] = NAN;
}

/* What events multiply demand by, t periods after the first value in use. */
static double
factor_at (const Result *self, gsize t)
{
  return self->prepared->factor != NULL ? self->prepared->factor[t] : 1.0;
}

/* The same, j steps ahead. */
static double
factor_ahead (const Result *self, guint j)
{
  return factor_at (self, self->series->n - self->prepared->offset + j);
}

static void
set_mean (Result *self)
{
  const KilterPrepared *p = self->prepared;
  KilterForecast *out = self->out;
  double total = 0.0;

  for (guint j = 0; j < out->horizon; j++)
    {
      double value = p->plain.n > 0 ? bounded (self->selection->result.mean[p->gap + j] * p->scale *
                                               factor_ahead (self, j))
                                    : 0.0;

      if (self->options->non_negative && value < 0.0)
        {
          value = 0.0;
          out->flags |= KILTER_FORECAST_CLIPPED;
        }
      if (self->options->integer)
        value = floor (value + 0.5);
      total += value;
      out->mean[j] = value;
      out->total_mean[j] = bounded (total);
    }
  for (gsize t = 0; t < p->plain.n; t++)
    if (isfinite (self->selection->result.fitted[t]))
      out->fitted[p->offset + t] = bounded (self->selection->result.fitted[t] * p->scale *
                                            factor_at (self, t));
}

static void
set_profile (Result *self)
{
  const KilterData *data = &self->prepared->plain;
  KilterForecast *out = self->out;
  double unit;

  out->profile_additive = data->index_additive && data->n > 0;
  unit = out->profile_additive ? self->prepared->scale : 1.0;
  if (self->series->season != NULL)
    memcpy (out->profile, self->series->season, out->season_length * sizeof (double));
  for (guint i = 0; i < out->season_length && self->series->season == NULL; i++)
    out->profile[(data->phase + i) % out->season_length] = data->n == 0
                                                             ? 1.0
                                                             : bounded (data->index[i] * unit);
}

/* One bound: rounded away from the mean, so that rounding never makes an interval narrower. */
static double
bound (Result *self, double value, gboolean is_upper)
{
  if (self->options->integer)
    value = is_upper ? ceil (value - 1e-9) : floor (value + 1e-9);
  if (self->options->non_negative && value < 0.0)
    {
      self->out->flags |= KILTER_FORECAST_CLIPPED;
      value = 0.0;
    }
  return bounded (value);
}

/* Before a season has been seen once nobody knows what it does: an allowance, as a share of the
 * forecast, of what seasons of weekly series do, but no more than the history varies. */
static double
unseen_season (const Result *self)
{
  const KilterData *data = &self->prepared->plain;
  double sum = 0.0, squares = 0.0, n = (double) data->n_present, variance;

  if (data->n >= self->options->season_length || n < 2.0 || self->series->season != NULL)
    return 0.0;
  for (gsize t = 0; t < data->n; t++)
    if (!isnan (data->y[t]))
      {
        sum += data->y[t];
        squares += data->y[t] * data->y[t];
      }
  variance = MAX (squares - sum * sum / n, 0.0) / (n - 1.0);
  return sum > 0.0 ? MIN (UNSEEN_SEASON, sqrt (variance) / (sum / n)) : 0.0;
}

static void
set_continuous_intervals (Result *self)
{
  const KilterPrepared *p = self->prepared;
  KilterForecast *out = self->out;
  guint h = out->horizon;
  KilterSpread spread;
  double shift, factors = 0.0, unseen = unseen_season (self);

  kilter_spread_measure (self->work, &p->plain, self->selection->result.paths,
                         self->selection->fitted, &spread);
  out->flags |= spread.guessed ? KILTER_FORECAST_WIDE : 0;
  /* steps are counted from the last value, also where missing ones follow it */
  shift = p->gap;
  for (guint j = 0; j < h; j++)
    {
      double sd = spread.a * pow (shift + j + 1.0, spread.b) * p->scale * factor_ahead (self, j);
      double total_sd;

      factors += factor_ahead (self, j);
      total_sd = spread.total_a * pow (j + 1.0, spread.total_b) * pow ((shift + 1.0), spread.b) *
                 p->scale * factors / (j + 1.0);
      out->sd[j] = bounded (hypot (sd, unseen * out->mean[j]));
      out->total_sd[j] = bounded (hypot (total_sd, unseen * out->total_mean[j]));
    }
  for (guint l = 0; l < out->n_levels; l++)
    {
      double level = self->options->levels[l];
      double factor = kilter_interval_factor (out->season_length, FALSE, level);
      double total = kilter_interval_factor (out->season_length, TRUE, level);

      for (guint j = 0; j < h; j++)
        {
          gsize at = (gsize) l * h + j;

          out->lower[at] = bound (self, out->mean[j] - factor * out->sd[j], FALSE);
          out->upper[at] = bound (self, out->mean[j] + factor * out->sd[j], TRUE);
          out->total_lower[at] = bound (self, out->total_mean[j] - total * out->total_sd[j], FALSE);
          out->total_upper[at] = bound (self, out->total_mean[j] + total * out->total_sd[j], TRUE);
        }
    }
}

/* How fast the level of the members moves: the mean of their smoothing constants, of size or
 * frequency, whichever moves faster. */
static double
level_speed (const Result *self)
{
  double sum = 0.0;
  guint n = 0;

  for (guint i = 0; i < self->out->n_members; i++)
    {
      const KilterForecastMember *member = &self->out->members[i];
      double speed = fmax (member->alpha, member->beta);

      if (!(speed > 0.0))
        continue;
      sum += speed;
      n++;
    }
  return n > 0 ? sum / n : 0.0;
}

/* Variance to mean, in units. A level that is smoothed by α adds α² of the variance with each step
 * (Hyndman, Koehler, Ord & Snyder 2008, table 6.1 and section 6.6 for sums), as drifting levels do
 * of counts (Snyder, Ord & Beaumont 2012). Of sums it is what their errors were, where that is
 * more.
 */
static void
measure_dispersion (Result *self, double *phi, double *total_phi)
{
  const KilterPrepared *p = self->prepared;
  KilterForecast *out = self->out;
  double speed = level_speed (self), season = unseen_season (self), weights = 0.0;
  KilterSpread spread;

  kilter_spread_measure (self->work, &p->plain, self->selection->result.paths, FALSE, &spread);
  for (guint j = 0; j < out->horizon; j++)
    {
      double one = MAX (out->mean[j], 0.0) / p->unit, all = MAX (out->total_mean[j], 0.0) / p->unit;
      double sd = spread.total_a * pow (j + 1.0, spread.total_b) * p->scale / p->unit;

      weights += (1.0 + speed * j) * (1.0 + speed * j);
      phi[j] = out->dispersion * (1.0 + speed * speed * j) + season * season * one;
      total_phi[j] = out->dispersion * weights / (j + 1.0);
      if (!spread.guessed && all > 0.0)
        total_phi[j] = MAX (total_phi[j], sd * sd / all);
      total_phi[j] += season * season * all;
      out->sd[j] = bounded (p->unit * sqrt (phi[j] * one));
      out->total_sd[j] = bounded (p->unit * sqrt (total_phi[j] * all));
    }
}

/* In whole units an interval holds at least what it says. Of a single period it is the shortest
 * one, as far as the forecast; of a sum, from which stock is kept, it leaves as much above as
 * below. */
static void
set_intermittent_intervals (Result *self)
{
  KilterForecast *out = self->out;
  double unit = self->prepared->unit, low, high;
  guint h = out->horizon;
  double *phi = kilter_work_doubles (self->work, h);
  double *total_phi = kilter_work_doubles (self->work, h);

  out->dispersion = MAX (self->prepared->classification.dispersion * self->prepared->scale / unit,
                         1.02);
  measure_dispersion (self, phi, total_phi);
  for (guint l = 0; l < out->n_levels; l++)
    {
      double level = self->options->levels[l] / 100.0, tail = 0.5 - 0.5 * level;

      for (guint j = 0; j < h; j++)
        {
          gsize at = (gsize) l * h + j;
          double one = out->mean[j] / unit, all = out->total_mean[j] / unit;

          kilter_negbin_interval (one, phi[j], level, &low, &high);
          low = MIN (low, floor (one));
          high = MAX (high, ceil (one));
          out->lower[at] = bound (self, unit * low, FALSE);
          out->upper[at] = bound (self, unit * high, TRUE);
          low = kilter_negbin_quantile (all, total_phi[j], tail);
          high = kilter_negbin_quantile (all, total_phi[j], 1.0 - tail);
          out->total_lower[at] = bound (self, unit * low, FALSE);
          out->total_upper[at] = bound (self, unit * high, TRUE);
        }
    }
}

static void
add_reason (KilterForecast *out, KilterForecastReason reason, double value)
{
  if (out->n_why < KILTER_FORECAST_MAX_WHY)
    out->why[out->n_why++] = (KilterForecastWhy) { reason, bounded (value) };
}

static void
explain_class (Result *self)
{
  const KilterClassification *c = &self->prepared->classification;
  KilterForecast *out = self->out;

  switch (c->series_class)
    {
    case KILTER_CLASS_EMPTY:
      add_reason (out, KILTER_REASON_EMPTY, 0.0);
      break;
    case KILTER_CLASS_DEAD:
    case KILTER_CLASS_ZERO:
      add_reason (out, KILTER_REASON_DEAD, (double) c->n_trailing_zeros);
      break;
    case KILTER_CLASS_CONSTANT:
      add_reason (out, KILTER_REASON_CONSTANT, out->mean[0]);
      break;
    case KILTER_CLASS_SHORT:
      add_reason (out, KILTER_REASON_SHORT, (double) self->prepared->plain.n_present);
      break;
    case KILTER_CLASS_INTERMITTENT:
    case KILTER_CLASS_LUMPY:
      add_reason (out, KILTER_REASON_INTERMITTENT, c->zero_share);
      break;
    case KILTER_CLASS_ERRATIC:
      add_reason (out, KILTER_REASON_ERRATIC, c->cv2);
      break;
    case KILTER_CLASS_SMOOTH:
    default:
      break;
    }
}

static void
explain_trend (Result *self)
{
  KilterForecast *out = self->out;
  guint m = out->season_length, h = out->horizon;
  guint span = (out->flags & KILTER_FORECAST_SEASONAL) ? (h > m ? (h - 1) / m * m : 0) : h - 1;
  double change;

  if (span == 0 || !(fabs (out->mean[0]) > 0.0))
    return;
  change = (out->mean[span] / out->mean[0] - 1.0) * m / span;
  if (!(fabs (change) > TREND_LIMIT))
    return;
  out->flags |= change > 0.0 ? KILTER_FORECAST_TREND_UP : KILTER_FORECAST_TREND_DOWN;
  add_reason (out, KILTER_REASON_TREND, change);
}

static void
explain_backtest (Result *self)
{
  KilterForecast *out = self->out;
  const KilterBacktest *b = &out->backtest;
  double own, naive;

  if (b->n_methods < 3)
    return;
  own = b->scores[0].mase;
  naive = fmin (b->scores[b->n_lags + 1].mase, b->scores[2 * (b->n_lags + 1)].mase);
  if (!isfinite (own) || !(naive > 0.0))
    return;
  if (own < naive)
    {
      add_reason (out, KILTER_REASON_BEATS_NAIVE, own / naive);
      return;
    }
  out->flags |= KILTER_FORECAST_NOT_BETTER;
  add_reason (out, KILTER_REASON_NOT_BETTER_THAN_NAIVE, own / naive);
}

static void
explain (Result *self)
{
  KilterForecast *out = self->out;
  KilterForecastMethod asked = self->options->method;

  if (asked == KILTER_METHOD_BEST && out->backtest.n_methods > 0)
    add_reason (out, KILTER_REASON_BEST_BACKTEST, out->backtest.scores[0].mase);
  else if (asked > KILTER_METHOD_BEST)
    add_reason (out, KILTER_REASON_FORCED, 0.0);
  explain_class (self);
  if (out->n_members > 1)
    add_reason (out, KILTER_REASON_COMBINED, out->n_members);
  if (self->prepared->plain.n > 0 && out->season_length > 1 && self->series->season == NULL)
    add_reason (
      out, self->prepared->plain.seasonal ? KILTER_REASON_SEASONAL : KILTER_REASON_NOT_SEASONAL,
      self->prepared->plain.strength);
  explain_trend (self);
  explain_backtest (self);
}

/**
 * kilter_result_fill:
 * @selection: (nullable): the fits; %NULL for a series without values
 */
void
kilter_result_fill (KilterWork *work,
                    const KilterSeries *series,
                    const KilterForecastOptions *options,
                    const KilterPrepared *prepared,
                    const KilterSelection *selection,
                    KilterForecast *out)
{
  Result self = { work, series, options, prepared, selection, out };
  const KilterClassification *c = &prepared->classification;

  allocate (&self);
  out->flags = prepared->flags | (selection != NULL ? selection->flags : 0);
  out->series_class = c->series_class;
  out->zero_share = c->zero_share;
  out->cv2 = c->cv2;
  out->dispersion = NAN;
  out->unit = prepared->unit;
  out->seasonal_strength = prepared->plain.strength;
  out->method = selection != NULL ? selection->method : KILTER_METHOD_ZERO;
  g_strlcpy (out->key, kilter_forecast_method_key (out->method), sizeof out->key);
  if (prepared->model.logged)
    out->flags |= KILTER_FORECAST_LOGGED;

  set_mean (&self);
  set_profile (&self);
  if (selection == NULL)
    {
      out->flags |= KILTER_FORECAST_WIDE;
      explain (&self);
      return;
    }
  for (guint i = 0; i < selection->n_fits; i++)
    out->members[out->n_members++] = selection->fits[i].member;
  if (selection->intermittent)
    set_intermittent_intervals (&self);
  else
    set_continuous_intervals (&self);
  if (options->n_origins > 0)
    kilter_backtest (work, series, options, prepared, selection, &out->backtest);
  explain (&self);
}
