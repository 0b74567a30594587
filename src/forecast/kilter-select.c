/* kilter-select.c: which methods a series gets, and their combination
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* share of the variance that is from one period to the next, above which there is no memory */
#define NOISE_SHARE 0.15
/* quarters, and days of a week less one */
#define SHORT_SEASON 6

static const guint32 simple_methods = KILTER_METHOD_BIT (KILTER_METHOD_ZERO) |
                                      KILTER_METHOD_BIT (KILTER_METHOD_MEAN) |
                                      KILTER_METHOD_BIT (KILTER_METHOD_NAIVE) |
                                      KILTER_METHOD_BIT (KILTER_METHOD_SNAIVE) |
                                      KILTER_METHOD_BIT (KILTER_METHOD_NAIVE2) |
                                      KILTER_METHOD_BIT (KILTER_METHOD_SMEAN);

/* Smoothing, and smoothing that lets demand die out; theta follows growth and decline, of which
 * the others see nothing. */
static const guint32 intermittent_pool = KILTER_METHOD_BIT (KILTER_METHOD_SES) |
                                         KILTER_METHOD_BIT (KILTER_METHOD_TSB) |
                                         KILTER_METHOD_BIT (KILTER_METHOD_THETA);

/* The models all go on as things went lately. What says that the next year will be like the last
 * ones keeps them from going too far; it counts by how well it did, like the others. Where events
 * explain the swings, what is left goes back to the usual level. */
static KilterForecastMethod
conservative_method (const KilterPrepared *prepared)
{
  const KilterData *data = &prepared->plain;
  gboolean seasons = data->m > 1 && data->n >= data->m &&
                     (data->seasonal || data->m <= KILTER_LONG_SEASON);

  if (prepared->factor != NULL && !data->seasonal)
    return KILTER_METHOD_MEAN;
  return seasons ? KILTER_METHOD_SMEAN : KILTER_METHOD_NAIVE;
}

static guint32
pool_of_mode (const KilterPrepared *prepared, KilterForecastMode mode)
{
  guint32 pool = KILTER_METHOD_BIT (KILTER_METHOD_ETS) | KILTER_METHOD_BIT (KILTER_METHOD_THETA);

  if (mode >= KILTER_FORECAST_STANDARD)
    pool |= KILTER_METHOD_BIT (KILTER_METHOD_CES) | KILTER_METHOD_BIT (KILTER_METHOD_ARIMA) |
            KILTER_METHOD_BIT (conservative_method (prepared));
  if (mode >= KILTER_FORECAST_FULL)
    pool |= KILTER_METHOD_BIT (KILTER_METHOD_THIEF);
  return pool;
}

static gboolean
is_intermittent (const KilterPrepared *prepared)
{
  KilterSeriesClass class = prepared->classification.series_class;

  /* what is sold every winter and never in summer has a season, not an interval */
  return (class == KILTER_CLASS_INTERMITTENT || class == KILTER_CLASS_LUMPY) &&
         !prepared->plain.seasonal;
}

/* Sizes that vary much and without memory: half the mean squared difference between neighbours is
 * about the variance (von Neumann 1941). Growth varies as much but differs little from period to
 * period. */
static gboolean
is_noise (const KilterPrepared *prepared)
{
  const KilterData *data = &prepared->plain;
  double differences = 0.0, squares = 0.0, mean = 0.0;

  if (prepared->classification.series_class != KILTER_CLASS_ERRATIC || data->seasonal ||
      prepared->factor != NULL)
    return FALSE;
  for (gsize t = 0; t < data->n; t++)
    mean += data->filled[t] / (double) data->n;
  for (gsize t = 0; t < data->n; t++)
    {
      squares += (data->filled[t] - mean) * (data->filled[t] - mean);
      if (t > 0)
        differences += 0.5 * (data->filled[t] - data->filled[t - 1]) *
                       (data->filled[t] - data->filled[t - 1]);
    }
  return differences > NOISE_SHARE * squares;
}

/* What the automatic method uses for a series. */
static guint32
automatic_pool (const KilterPrepared *prepared, const KilterForecastOptions *options)
{
  guint32 pool = options->members != 0 ? options->members : pool_of_mode (prepared, options->mode);

  switch (prepared->classification.series_class)
    {
    case KILTER_CLASS_EMPTY:
    case KILTER_CLASS_DEAD:
    case KILTER_CLASS_ZERO:
      return KILTER_METHOD_BIT (KILTER_METHOD_ZERO);
    case KILTER_CLASS_CONSTANT:
      return KILTER_METHOD_BIT (KILTER_METHOD_NAIVE);
    case KILTER_CLASS_SHORT:
      return KILTER_METHOD_BIT (KILTER_METHOD_NAIVE) | KILTER_METHOD_BIT (KILTER_METHOD_MEAN);
    case KILTER_CLASS_ERRATIC:
      return is_noise (prepared) && options->members == 0 ? intermittent_pool : pool;
    case KILTER_CLASS_SMOOTH:
      return pool;
    case KILTER_CLASS_INTERMITTENT:
    case KILTER_CLASS_LUMPY:
    default:
      return is_intermittent (prepared) && options->members == 0 ? intermittent_pool : pool;
    }
}

/**
 * kilter_fit_method:
 *
 * Runs one method that stands on its own (not a temporal hierarchy, not a combination).
 */
gboolean
kilter_fit_method (KilterWork *work,
                   const KilterData *data,
                   KilterForecastMethod method,
                   KilterFit *fit)
{
  kilter_fit_init (fit, work, data, method);
  switch ((guint) method)
    {
    case KILTER_METHOD_SES:
    case KILTER_METHOD_HOLT:
    case KILTER_METHOD_DAMPED:
    case KILTER_METHOD_HW_ADD:
    case KILTER_METHOD_HW_MULT:
    case KILTER_METHOD_ETS:
      return kilter_ets_fit (work, data, method, fit);
    case KILTER_METHOD_THETA:
      return kilter_theta_fit (work, data, fit);
    case KILTER_METHOD_CROSTON:
    case KILTER_METHOD_SBA:
    case KILTER_METHOD_TSB:
    case KILTER_METHOD_ADIDA:
    case KILTER_METHOD_IMAPA:
      return kilter_intermittent_fit (work, data, method, fit);
    case KILTER_METHOD_CES:
      return kilter_fit_both_ways (work, data, kilter_ces_fit, fit);
    case KILTER_METHOD_ARIMA:
      return kilter_fit_both_ways (work, data, kilter_arima_fit, fit);
    default:
      return kilter_fit_simple (work, data, method, fit);
    }
}

static gboolean
run_method (KilterWork *work,
            const KilterPrepared *prepared,
            KilterForecastMethod method,
            gboolean intermittent,
            KilterFit *fit)
{
  gboolean is_simple = (simple_methods & KILTER_METHOD_BIT (method)) != 0;
  gboolean done;

  if (is_simple)
    {
      kilter_fit_init (fit, work, &prepared->plain, method);
      return kilter_fit_simple (work, &prepared->plain, method, fit);
    }
  if (intermittent && method == KILTER_METHOD_SES)
    {
      kilter_fit_init (fit, work, &prepared->plain, method);
      done = kilter_intermittent_fit (work, &prepared->plain, method, fit);
    }
  else
    {
      done = kilter_fit_method (work, &prepared->model, method, fit);
      if (done && prepared->outer != NULL)
        kilter_put_season_back (&prepared->plain, prepared->outer, prepared->outer_additive, fit);
    }
  return done && kilter_fit_is_finite (fit, &prepared->plain);
}

static void
add_member (KilterWork *work,
            const KilterPrepared *prepared,
            KilterForecastMethod method,
            KilterSelection *self)
{
  if (!kilter_work_spend (work, 0))
    self->flags |= KILTER_FORECAST_WORK_LIMIT;
  else if (run_method (work, prepared, method, self->intermittent, &self->fits[self->n_fits]))
    self->n_fits++;
  else
    self->flags |= KILTER_FORECAST_MEMBER_DROPPED;
}

/* The temporal hierarchy stands on the other members: on those that model the series. It has no
 * errors of its own and is measured by what they say together; when it was asked for alone they
 * are run for it, and go. */
static void
add_thief (KilterWork *work, const KilterPrepared *prepared, KilterSelection *self)
{
  gboolean alone = self->n_fits == 0;
  KilterFit base[KILTER_FORECAST_MAX_MEMBERS], fit, together;
  guint n_base = 0;

  for (guint m = KILTER_METHOD_ETS; m <= KILTER_METHOD_ARIMA && alone; m++)
    add_member (work, prepared, m, self);
  for (guint i = 0; i < self->n_fits; i++)
    if ((simple_methods & KILTER_METHOD_BIT (self->fits[i].member.method)) == 0)
      base[n_base++] = self->fits[i];
  if (alone)
    self->n_fits = 0;
  if (!kilter_work_spend (work, 0))
    self->flags |= KILTER_FORECAST_WORK_LIMIT;
  kilter_fit_init (&fit, work, &prepared->model, KILTER_METHOD_THIEF);
  if (!kilter_work_spend (work, 0) || n_base == 0 ||
      !kilter_thief_fit (work, &prepared->model, base, n_base, &fit))
    {
      for (guint i = 0; i < n_base && alone; i++)
        self->fits[self->n_fits++] = base[i];
      return;
    }
  if (!kilter_fit_is_finite (&fit, &prepared->plain))
    {
      self->flags |= KILTER_FORECAST_MEMBER_DROPPED;
      return;
    }
  kilter_fit_init (&together, work, &prepared->plain, KILTER_METHOD_COMB);
  kilter_combine (&prepared->plain, base, n_base, &together);
  fit.paths = together.paths;
  fit.fitted = together.fitted;
  self->fits[self->n_fits++] = fit;
}

static void
keep_best (const KilterData *data, KilterSelection *self)
{
  guint best = 0;

  for (guint i = 1; i < self->n_fits; i++)
    if (kilter_path_error (data, self->fits[i].paths) <
        kilter_path_error (data, self->fits[best].paths))
      best = i;
  self->fits[0] = self->fits[best];
  self->n_fits = 1;
}

static guint32
methods_to_run (const KilterPrepared *prepared,
                const KilterForecastOptions *options,
                KilterSelection *self)
{
  KilterSeriesClass class = prepared->classification.series_class;

  switch ((guint) options->method)
    {
    case KILTER_METHOD_AUTO:
      self->intermittent = is_intermittent (prepared);
      return automatic_pool (prepared, options);
    case KILTER_METHOD_COMB:
    case KILTER_METHOD_BEST:
      if (class == KILTER_CLASS_EMPTY || class == KILTER_CLASS_SHORT || class == KILTER_CLASS_ZERO)
        return automatic_pool (prepared, options);
      self->intermittent = is_intermittent (prepared);
      return options->members != 0 ? options->members
             : self->intermittent  ? intermittent_pool
                                   : pool_of_mode (prepared, options->mode);
    default:
      self->intermittent = is_intermittent (prepared);
      return class == KILTER_CLASS_EMPTY ? KILTER_METHOD_BIT (KILTER_METHOD_ZERO)
                                         : KILTER_METHOD_BIT (options->method);
    }
}

static void
fall_back (KilterWork *work, const KilterPrepared *prepared, KilterSelection *self)
{
  if (self->n_fits > 0)
    return;
  self->flags |= KILTER_FORECAST_FALLBACK;
  if (prepared->plain.n_present >= 4)
    add_member (work, prepared, KILTER_METHOD_SES, self);
  if (self->n_fits == 0)
    {
      run_method (work, prepared, KILTER_METHOD_NAIVE2, FALSE, &self->fits[0]);
      self->n_fits = 1;
    }
}

/* Without a season most members extrapolate trends, and in short yearly histories too far; theta,
 * which halves them, counts double. With short seasons exponential smoothing, of which every part
 * moves, is the best of the members and does, too. */
static void
set_votes (const KilterPrepared *prepared,
           const KilterForecastOptions *options,
           KilterSelection *self)
{
  guint m = prepared->plain.m;

  for (guint i = 0; i < self->n_fits && options->members == 0; i++)
    if (m == 1 && self->fits[i].member.method == KILTER_METHOD_THETA)
      self->fits[i].vote = 2.0;
    else if (m > 1 && m <= SHORT_SEASON && self->fits[i].member.method == KILTER_METHOD_ETS)
      self->fits[i].vote = 2.0;
}

/**
 * kilter_select:
 *
 * Runs the methods that the options and the class of the series ask for and combines them.
 */
void
kilter_select (KilterWork *work,
               const KilterPrepared *prepared,
               const KilterForecastOptions *options,
               KilterSelection *out)
{
  guint32 methods;

  *out = (KilterSelection) { .method = options->method };
  methods = methods_to_run (prepared, options, out);
  for (guint m = KILTER_METHOD_ZERO; m < KILTER_N_METHODS; m++)
    if (m != KILTER_METHOD_THIEF && (methods & KILTER_METHOD_BIT (m)) != 0 &&
        out->n_fits < KILTER_FORECAST_MAX_MEMBERS - 1)
      add_member (work, prepared, m, out);
  if ((methods & KILTER_METHOD_BIT (KILTER_METHOD_THIEF)) != 0)
    add_thief (work, prepared, out);
  fall_back (work, prepared, out);
  if (options->method == KILTER_METHOD_BEST)
    keep_best (&prepared->plain, out);

  for (guint i = 0; i < out->n_fits; i++)
    out->fitted |= (simple_methods & KILTER_METHOD_BIT (out->fits[i].member.method)) == 0;
  set_votes (prepared, options, out);
  kilter_fit_init (&out->result, work, &prepared->plain, KILTER_METHOD_COMB);
  kilter_combine (&prepared->plain, out->fits, out->n_fits, &out->result);
  out->method = out->n_fits == 1 ? out->fits[0].member.method : KILTER_METHOD_COMB;
}
