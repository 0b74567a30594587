/* kilter-launch.c: the forecast of a new product out of like products and its first sales
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/driver/kilter-launch.h"

#include "forecast/kilter-engine.h"

#include <math.h>
#include <string.h>

/* what planners' expectations of new products are worth when nothing tells: ± 50 % */
#define USUAL_CV 0.5
/* like products never agree so well that the new one is known better than this */
#define SMALLEST_CV 0.2
/* variance of one period as a share of the level, when no like product tells */
#define USUAL_DISPERSION 0.1
/* periods that a curve is levelled over at its end */
#define TAIL 6
#define LARGEST 1e300
/* what a double cannot square is not sold: taken as missing */
#define LARGEST_SALE 1e100
/* Sultan, Farley & Lehmann 1990, the mean over products, a year */
#define USUAL_P 0.03
#define USUAL_Q 0.38

typedef struct
{
  const KilterLike *likes;
  guint n_likes;
  const KilterLaunchOptions *options;
  KilterLaunch *out;
} Launch;

/* What a like product sold at an age, without its season; NaN when not known. */
static double
value_at (const KilterLike *like, guint season_length, gsize t)
{
  double value = t < like->n ? like->values[t] : NAN, index;

  if (!(fabs (value) <= LARGEST_SALE))
    return NAN;
  if (like->season == NULL || season_length < 2)
    return value;
  index = like->season[(like->phase + t) % season_length];
  return index > 0.01 ? value / index : NAN;
}

/* The mean of a like product over the ages from …, or over its last season when its launch is not
 * known. */
static double
like_level (const KilterLike *like, guint season_length, guint n_ages)
{
  gsize start = like->launch >= 0 ? (gsize) like->launch : 0, end = like->n;
  double sum = 0.0, count = 0.0;

  if (like->launch >= 0)
    end = MIN (end, start + n_ages);
  else if (like->n > MAX (season_length, TAIL))
    start = like->n - MAX (season_length, TAIL);
  for (gsize t = start; t < end; t++)
    {
      double value = value_at (like, season_length, t);

      if (isnan (value))
        continue;
      sum += value;
      count += 1.0;
    }
  return count > 0.0 ? sum / count : NAN;
}

static double
like_weight (const KilterLike *like)
{
  return isfinite (like->weight) && like->weight > 0.0 ? like->weight : 1.0;
}

/* Ages that every like product with a known launch has gone through, and most that any has. */
static void
count_ages (const Launch *self, guint *out_common, guint *out_longest)
{
  *out_common = G_MAXUINT;
  *out_longest = 0;
  for (guint i = 0; i < self->n_likes; i++)
    {
      const KilterLike *like = &self->likes[i];
      guint ages = like->launch >= 0 && like->n > (gsize) like->launch
                     ? (guint) (like->n - (gsize) like->launch)
                     : 0;

      if (ages == 0)
        continue;
      self->out->n_likes++;
      *out_common = MIN (*out_common, ages);
      *out_longest = MAX (*out_longest, ages);
    }
  if (self->out->n_likes == 0)
    *out_common = 0;
}

/* Each like product's demand by age against its own mean over the ages that all have, then their
 * mean; behind the last known age the mean of the last few goes on. */
static void
mean_curve (const Launch *self, guint common, guint longest, guint n, double *out)
{
  guint m = self->options->season_length;
  guint known = MIN (longest, n);
  double tail = 0.0;
  guint n_tail = 0;

  for (guint age = 0; age < known; age++)
    {
      double sum = 0.0, weights = 0.0;

      for (guint i = 0; i < self->n_likes; i++)
        {
          const KilterLike *like = &self->likes[i];
          double level, value;

          if (like->launch < 0)
            continue;
          level = like_level (like, m, common);
          value = value_at (like, m, (gsize) like->launch + age);
          if (!(level > 0.0) || isnan (value))
            continue;
          sum += like_weight (like) * MAX (value, 0.0) / level;
          weights += like_weight (like);
        }
      out[age] = weights > 0.0 ? sum / weights : (age > 0 ? out[age - 1] : 1.0);
    }
  for (guint age = known > TAIL ? known - TAIL : 0; age < known; age++)
    {
      tail += out[age];
      n_tail++;
    }
  for (guint age = known; age < n; age++)
    out[age] = n_tail > 0 ? tail / n_tail : 1.0;
}

/* The level that is expected, and how well it is known. */
static void
set_prior (const Launch *self, guint common)
{
  double sum = 0.0, squares = 0.0, weights = 0.0, mean, spread;
  guint n = 0;

  for (guint i = 0; i < self->n_likes; i++)
    {
      double level = like_level (&self->likes[i], self->options->season_length, common);
      double weight = like_weight (&self->likes[i]);

      if (!(level > 0.0) || !isfinite (level))
        continue;
      sum += weight * level;
      squares += weight * level * level;
      weights += weight;
      n++;
    }
  mean = weights > 0.0 ? sum / weights : self->options->level;
  self->out->prior_level = mean * (weights > 0.0 ? self->options->share : 1.0);
  spread = weights > 0.0 ? squares / weights - mean * mean : 0.0;
  self->out->prior_cv = USUAL_CV;
  if (n >= 3)
    self->out->prior_cv = MAX (sqrt (MAX (spread * n / (n - 1.0), 0.0)) / mean, SMALLEST_CV);
  if (self->options->cv > 0.0)
    self->out->prior_cv = self->options->cv;
}

/* Variance to mean around the curve, over all like products whose launch is known. */
static double
measure_dispersion (const Launch *self, guint common, const double *curve, guint n)
{
  double sum = 0.0, count = 0.0;

  for (guint i = 0; i < self->n_likes; i++)
    {
      const KilterLike *like = &self->likes[i];
      double level = like_level (like, self->options->season_length, common);

      if (like->launch < 0 || !(level > 0.0))
        continue;
      for (guint age = 0; age < n && (gsize) like->launch + age < like->n; age++)
        {
          double value = value_at (like, self->options->season_length, (gsize) like->launch + age);
          double expected = level * curve[age], e = value - expected;

          if (isnan (value) || !(expected > 1e-3 * level))
            continue;
          sum += e * e / expected;
          count += 1.0;
        }
    }
  /* the curve was made of the same values: with one like product it fits by itself */
  if (self->out->n_likes < 2 || count < 4.0)
    return USUAL_DISPERSION * self->out->prior_level;
  return MAX (sum / count * self->out->n_likes / (self->out->n_likes - 1.0),
              1e-6 * self->out->prior_level);
}

static void
bend_to_bass (const Launch *self, guint longest, guint n, double *curve)
{
  KilterLaunch *out = self->out;
  guint known = MIN (longest, n);
  double sum = 0.0, bass = 0.0;

  out->p = USUAL_P / self->options->season_length;
  out->q = USUAL_Q / self->options->season_length;
  if (out->n_likes > 0 && known >= 4)
    kilter_bass_fit (curve, known, &out->p, &out->q, &out->market);
  else
    known = n;
  for (guint age = 0; age < known; age++)
    {
      sum += curve[age];
      bass += kilter_bass_share (out->p, out->q, age + 1.0);
    }
  out->market = sum / MAX (bass, 1e-12);
  for (guint age = 0; age < n; age++)
    curve[age] = out->market * kilter_bass_share (out->p, out->q, age + 1.0);
}

/* The like products' season at an age of the new one. */
static double
season_at (const Launch *self, guint age)
{
  guint m = self->options->season_length;
  double sum = 0.0, weights = 0.0;

  for (guint i = 0; i < self->n_likes && m > 1; i++)
    {
      const KilterLike *like = &self->likes[i];
      double index = like->season != NULL ? like->season[(self->options->phase + age) % m] : 1.0;

      if (!isfinite (index) || index < 0.0)
        continue;
      sum += like_weight (like) * index;
      weights += like_weight (like);
    }
  return weights > 0.0 ? sum / weights : 1.0;
}

/* A log-normal quantile with this mean and standard deviation: never below zero. */
static double
quantile (double mean, double sd, double probability)
{
  double variance = mean > 0.0 ? log1p (sd / mean * (sd / mean)) : 0.0;

  return mean > 0.0
           ? mean * exp (sqrt (variance) * kilter_normal_quantile (probability) - variance / 2.0)
           : 0.0;
}

static void
fill (const Launch *self, const double *expected)
{
  KilterLaunch *out = self->out;
  guint h = out->horizon;

  for (guint j = 0; j < h; j++)
    {
      double e = j >= self->options->delay ? expected[out->n_observed + j - self->options->delay]
                                           : 0.0;
      double mean = out->level * e;

      mean = mean > 0.0 ? MIN (mean, LARGEST) : 0.0;
      out->mean[j] = mean;
      out->sd[j] = mean > 0.0
                     ? MIN (hypot (mean * out->cv, sqrt (out->dispersion) * sqrt (mean)), LARGEST)
                     : 0.0;
      for (guint l = 0; l < out->n_levels; l++)
        {
          double high = 0.5 + self->options->levels[l] / 200.0;

          out->lower[(gsize) l * h + j] = MIN (quantile (mean, out->sd[j], 1.0 - high), LARGEST);
          out->upper[(gsize) l * h + j] = MIN (quantile (mean, out->sd[j], high), LARGEST);
        }
    }
}

static gboolean
check (const KilterLaunchOptions *options, GError **error)
{
  gboolean good = options->season_length >= 1 &&
                  options->season_length <= KILTER_FORECAST_MAX_SEASON && options->horizon >= 1 &&
                  options->horizon <= KILTER_FORECAST_MAX_HORIZON &&
                  options->n_levels <= KILTER_FORECAST_MAX_LEVELS &&
                  (guint) options->shape <= KILTER_LAUNCH_BASS && options->share >= 0.0 &&
                  isfinite (options->share) && options->cv >= 0.0 && isfinite (options->cv) &&
                  options->level >= 0.0 && isfinite (options->level);

  for (guint l = 0; good && l < options->n_levels; l++)
    good = options->levels[l] > 0.0 && options->levels[l] < 100.0;
  if (!good)
    g_set_error_literal (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS,
                         "An option of the launch is out of range");
  return good;
}

/**
 * kilter_launch_update:
 * @expected: (array length=n): what each period would be at scale 1
 * @observed: (array length=n): what it was; NaN is skipped
 * @prior: the scale expected beforehand
 * @prior_cv: standard deviation ÷ mean of that expectation
 * @dispersion: variance ÷ mean of one period around its expectation
 * @out_scale: (out): the scale expected afterwards
 * @out_cv: (out): and how sure that is
 *
 * Gamma prior, over-dispersed Poisson sales (Gelman et al. 2013, section 2.6): the scale is
 * (a + Σy ÷ φ) ÷ (a ÷ prior + Σexpected ÷ φ) with a = 1 ÷ cv². Without sales it is the prior; with
 * many it is their ratio to what was expected.
 */
void
kilter_launch_update (const double *expected,
                      const double *observed,
                      gsize n,
                      double prior,
                      double prior_cv,
                      double dispersion,
                      double *out_scale,
                      double *out_cv)
{
  double a = 1.0 / (prior_cv * prior_cv), b = a / prior;

  *out_scale = prior;
  *out_cv = prior_cv;
  if (!(prior > 0.0) || !(prior_cv > 0.0) || !(dispersion > 0.0))
    return;
  for (gsize t = 0; t < n; t++)
    {
      if (!(fabs (observed[t]) <= LARGEST_SALE) || !(expected[t] >= 0.0) ||
          !(expected[t] <= LARGEST_SALE))
        continue;
      a += MAX (observed[t], 0.0) / dispersion;
      b += expected[t] / dispersion;
    }
  if (!isfinite (a / b))
    return;
  *out_scale = a / b;
  *out_cv = 1.0 / sqrt (a);
}

/**
 * kilter_launch_forecast:
 * @likes: (array length=n_likes): like products
 * @observed: (array length=n_observed) (nullable): what the new product has sold since its launch
 * @options: options
 * @out: (out caller-allocates): the forecast; free with kilter_launch_clear()
 * @error: %KILTER_FORECAST_ERROR_OPTIONS
 *
 * The mean of the like products' curves by age, each against its own level and without its season,
 * times the like products' level and the planner's share; the level is then drawn towards the first
 * sales by a Gamma prior. Intervals are log-normal, of the uncertainty of the level and of one
 * period. Without a like product whose launch is known the curve is flat.
 *
 * No number in @out is NaN or infinite but @p, @q and @market where there is no Bass curve.
 */
gboolean
kilter_launch_forecast (const KilterLike *likes,
                        guint n_likes,
                        const double *observed,
                        guint n_observed,
                        const KilterLaunchOptions *options,
                        KilterLaunch *out,
                        GError **error)
{
  Launch self = { likes, n_likes, options, out };
  guint common, longest, n;
  g_autofree double *expected = NULL;

  *out = (KilterLaunch) { .p = NAN, .q = NAN, .market = NAN };
  if (!check (options, error))
    return FALSE;
  out->horizon = options->horizon;
  out->n_levels = options->n_levels;
  out->n_observed = n_observed;
  out->n_curve = n = n_observed + options->horizon;
  out->mean = g_new0 (double, out->horizon);
  out->sd = g_new0 (double, out->horizon);
  out->lower = g_new0 (double, (gsize) out->horizon * out->n_levels + 1);
  out->upper = g_new0 (double, (gsize) out->horizon * out->n_levels + 1);
  out->curve = g_new0 (double, n);
  expected = g_new0 (double, n);

  count_ages (&self, &common, &longest);
  mean_curve (&self, common, longest, n, out->curve);
  set_prior (&self, common);
  out->dispersion = measure_dispersion (&self, common, out->curve, n);
  if (options->shape == KILTER_LAUNCH_BASS)
    bend_to_bass (&self, longest, n, out->curve);
  for (guint age = 0; age < n; age++)
    expected[age] = out->curve[age] * season_at (&self, age);
  kilter_launch_update (expected, observed, n_observed, out->prior_level, out->prior_cv,
                        out->dispersion, &out->level, &out->cv);
  if (!isfinite (out->level))
    out->level = 0.0;
  if (!isfinite (out->dispersion))
    out->dispersion = 0.0;
  if (!isfinite (out->prior_level))
    out->prior_level = 0.0;
  if (options->shape == KILTER_LAUNCH_BASS)
    out->market *= out->level;
  fill (&self, expected);
  return TRUE;
}

void
kilter_launch_clear (KilterLaunch *self)
{
  g_free (self->mean);
  g_free (self->lower);
  g_free (self->upper);
  g_free (self->sd);
  g_free (self->curve);
  *self = (KilterLaunch) { 0 };
}

/* --- Bass --- */

/**
 * kilter_bass_share:
 * @p: coefficient of innovation a period, above 0
 * @q: coefficient of imitation a period, 0 or more
 * @period: 1, 2 …
 *
 * F(t) − F(t − 1) with F(t) = (1 − e^−(p+q)t) ÷ (1 + q/p e^−(p+q)t) (Bass 1969, equation 3).
 *
 * Returns: the share of the market that buys in that period; all periods together sum to 1
 */
double
kilter_bass_share (double p, double q, double period)
{
  double f[2];

  for (guint i = 0; i < 2; i++)
    {
      double e = exp (-(p + q) * (period - i));

      f[i] = (1.0 - e) / (1.0 + q / p * e);
    }
  return MAX (f[0] - f[1], 0.0);
}

typedef struct
{
  const double *values;
  gsize n;
  double q;
  double market;
} Bass;

/* Squares with the best market for these two coefficients; that one is linear. */
static double
bass_squares (Bass *self, double p, double q)
{
  double cross = 0.0, squares = 0.0, error = 0.0;

  for (gsize t = 0; t < self->n; t++)
    {
      double f = kilter_bass_share (p, q, (double) t + 1.0);

      if (!isfinite (self->values[t]))
        continue;
      cross += f * self->values[t];
      squares += f * f;
    }
  self->market = squares > 0.0 ? cross / squares : 0.0;
  for (gsize t = 0; t < self->n; t++)
    if (isfinite (self->values[t]))
      {
        double e = self->values[t] - self->market * kilter_bass_share (p, q, (double) t + 1.0);

        error += e * e;
      }
  return error;
}

static double
squares_of_p (const double *log_p, gpointer user_data)
{
  Bass *self = user_data;

  return bass_squares (self, exp (*log_p), self->q);
}

static double
squares_of_q (const double *q, gpointer user_data)
{
  Bass *self = user_data;
  double log_p;

  self->q = *q;
  return kilter_minimize_line (squares_of_p, self, log (0.001), log (0.1), 12, &log_p);
}

/**
 * kilter_bass_fit:
 * @values: (array length=n): sales by age; NaN is skipped
 * @out_p: (out): 0.001 … 0.1 a period
 * @out_q: (out): 0 … 0.9 a period
 * @out_market: (out): all that will ever be bought
 *
 * Least squares over the three (Srinivasan & Mason 1986), the market solved for the other two.
 *
 * Returns: %FALSE with fewer than four values
 */
gboolean
kilter_bass_fit (const double *values, gsize n, double *out_p, double *out_q, double *out_market)
{
  Bass self = { values, n, 0.0, 0.0 };
  double log_p;
  gsize known = 0;

  for (gsize t = 0; t < n; t++)
    known += isfinite (values[t]) != 0;
  if (known < 4)
    return FALSE;
  kilter_minimize_line (squares_of_q, &self, 0.0, 0.9, 31, out_q);
  self.q = *out_q;
  kilter_minimize_line (squares_of_p, &self, log (0.001), log (0.1), 31, &log_p);
  *out_p = exp (log_p);
  bass_squares (&self, *out_p, *out_q);
  *out_market = self.market;
  return TRUE;
}

/* --- replacement and end --- */

/**
 * kilter_chain_history:
 * @old_values: (array length=n): what the product that is replaced sold
 * @new_values: (array length=n): what the new one sold
 * @factor: how much the new one sells where the old one sold 1; 0 or NaN for what the periods in
 *   which both sold nothing else tell: 1
 * @out: (array length=n): the new one's sales, and @factor times the old one's before its first
 *   sale. May be @new_values
 *
 * In the periods of the change-over, in which both are sold, the old one's sales count as well:
 * together they are what the successor will have alone.
 */
void
kilter_chain_history (const double *old_values,
                      const double *new_values,
                      gsize n,
                      double factor,
                      double *out)
{
  gboolean begun = FALSE;

  if (!isfinite (factor) || factor <= 0.0)
    factor = 1.0;
  for (gsize t = 0; t < n; t++)
    {
      double old = isfinite (old_values[t]) ? old_values[t] * factor : NAN, new = new_values[t];

      begun = begun || (isfinite (new) && new != 0.0);
      if (isnan (old) || !isfinite (old))
        out[t] = new;
      else if (!begun || !isfinite (new))
        out[t] = isfinite (new) ? old + new : old;
      else
        out[t] = old + new;
    }
}

/**
 * kilter_phase_out_factors:
 * @end: the first period in which nothing is sold any more
 * @periods: how many periods before it demand falls
 * @first: the period of the first factor
 * @n: how many factors
 * @out: (array length=n): what a forecast is multiplied by: 1 … 0
 */
void
kilter_phase_out_factors (KilterPhaseOut shape,
                          int end,
                          guint periods,
                          int first,
                          guint n,
                          double *out)
{
  for (guint i = 0; i < n; i++)
    {
      int left = end - (first + (int) i); /* 1 in the last period */

      out[i] = left > 0 ? 1.0 : 0.0;
      if (left <= 0 || left > (int) periods)
        continue;
      if (shape == KILTER_PHASE_OUT_LINEAR)
        out[i] = left / (periods + 1.0);
      else if (shape == KILTER_PHASE_OUT_DECAY)
        out[i] = pow (0.1, (periods + 1.0 - left) / periods);
    }
}
