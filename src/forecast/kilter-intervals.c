/* kilter-intervals.c: how far a forecast may be off
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#define MIN_ERRORS 3
#define MIN_GROWTH 0.4
#define MAX_GROWTH 0.9
#define MIN_TOTAL_GROWTH 0.7
#define MAX_TOTAL_GROWTH 1.8
/* origins after which an error counts half, at least */
#define HALF_LIFE 12
/* errors are carried to today's level, but never by more than this */
#define MAX_RATIO 4.0
/* where no errors could be measured, widths are those of so many */
#define GUESSED_ORIGINS 4
/* share of the allowance for fitting that is one for few errors */
#define UNFITTED 0.5

/**
 * Cell:
 * @sum: squared errors, weighted
 * @weight: their weights
 * @n: how many they are
 */
typedef struct
{
  double sum;
  double weight;
  double n;
} Cell;

static inline void
add (Cell *self, double error, double weight)
{
  self->sum += weight * error * error;
  self->weight += weight;
  self->n += 1.0;
}

/* Weighted straight line through the logarithms; growth kept within low … high. */
static gboolean
fit_power (const Cell *cells, guint h, double low, double high, double *out_a, double *out_b)
{
  double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, b, det;

  for (guint j = 0; j < h; j++)
    {
      double x = log (j + 1.0), w = cells[j].weight, y;

      if (cells[j].n < MIN_ERRORS)
        continue;
      y = 0.5 * log (cells[j].sum / w + 1e-16);
      sw += w;
      sx += w * x;
      sy += w * y;
      sxx += w * x * x;
      sxy += w * x * y;
    }
  if (sw <= 0.0)
    return FALSE;
  det = sw * sxx - sx * sx;
  b = det > 1e-9 * sw * sw ? (sw * sxy - sx * sy) / det : 0.5 * (low + high);
  *out_b = CLAMP (b, low, high);
  *out_a = exp ((sy - *out_b * sx) / sw);
  return TRUE;
}

/* Without errors to measure: the differences of the series, growing like a random walk. */
static void
guess (const KilterData *data, KilterSpread *out)
{
  guint lag = data->m > 1 && data->n > data->m + 2 ? data->m : 1;
  double sum = 0.0, count = 0.0;

  for (gsize t = lag; t < data->n; t++)
    if (!isnan (data->y[t]) && !isnan (data->y[t - lag]))
      {
        sum += (data->y[t] - data->y[t - lag]) * (data->y[t] - data->y[t - lag]);
        count += 1.0;
      }
  /* one value alone says nothing; half of it is what a planner would allow */
  out->a = count > 0.0 ? sqrt (sum / count) : 0.25 * fabs (data->n > 0 ? data->filled[0] : 0.0);
  out->b = 0.5;
  out->total_a = out->a;
  out->total_b = 1.0;
  out->guessed = TRUE;
}

/* The mean absolute value of the season (or the three periods) before each of the last k origins
 * and the end: out[i] after n − k + i values. */
static void
measure_levels (const KilterData *data, double *out)
{
  gsize window = MAX (data->m, 3);

  for (gsize i = 0; i <= data->k; i++)
    {
      gsize end = data->n - data->k + i, start = end > window ? end - window : 0;
      double sum = 0.0, count = 0.0;

      for (gsize t = start; t < end; t++)
        if (!isnan (data->y[t]))
          {
            sum += fabs (data->y[t]);
            count += 1.0;
          }
      out[i] = count > 0.0 ? sum / count : 0.0;
    }
}

/* What was fitted to the very errors that are measured makes them look smaller than the next ones
 * will be, and the more so the fewer they are. A few errors are too few for those that were not
 * fitted to them, either. */
static double
optimism (const KilterData *data, gboolean fitted)
{
  double worth = data->m == 1 ? 20.0 : data->m <= 6 ? 6.0 : 10.0;

  return 1.0 + (fitted ? worth : UNFITTED * worth) / MAX (data->k, GUESSED_ORIGINS);
}

/**
 * kilter_spread_measure:
 * @paths: (nullable): k rows of h forecasts, as in #KilterFit
 * @fitted: whether the forecasts have parameters that were fitted
 * @out: standard deviation a × h^b of the error h steps ahead, and of the sum of h steps; the
 *   allowance that is in them is @optimism
 *
 * Errors of the forecast that was given (the combination, not its members) from the last k
 * origins. The sum over a lead time is measured along each path: its errors hang together. Demand
 * that grew errs by more units than it did, so errors count in proportion to the level; and old
 * ones count less than new ones.
 */
void
kilter_spread_measure (KilterWork *work,
                       const KilterData *data,
                       const double *paths,
                       gboolean fitted,
                       KilterSpread *out)
{
  guint h = data->h;
  Cell *cells = kilter_work_alloc (work, sizeof (Cell) * h);
  Cell *totals = kilter_work_alloc (work, sizeof (Cell) * h);
  double *levels = kilter_work_doubles (work, data->k + 1);
  double half_life = MAX (HALF_LIFE, data->m / 2);
  gsize origin = data->n - data->k;

  measure_levels (data, levels);
  for (guint j = 0; j < h; j++)
    cells[j] = totals[j] = (Cell) { 0, 0, 0 };
  for (gsize i = 0; paths != NULL && i < data->k; i++)
    {
      double total = 0.0, weight = exp2 (-(double) (data->k - 1 - i) / half_life);
      double ratio = levels[i] > 0.0 ? levels[data->k] / levels[i] : 1.0;

      ratio = CLAMP (ratio, 1.0 / MAX_RATIO, MAX_RATIO);
      for (guint j = 0; j < h && origin + i + j < data->n; j++)
        {
          double error = (data->y[origin + i + j] - paths[i * h + j]) * ratio;

          if (isnan (error))
            continue;
          total += error;
          add (&cells[j], error, weight);
          add (&totals[j], total, weight);
        }
    }

  out->guessed = FALSE;
  if (!fit_power (cells, h, MIN_GROWTH, MAX_GROWTH, &out->a, &out->b) ||
      !fit_power (totals, h, MIN_TOTAL_GROWTH, MAX_TOTAL_GROWTH, &out->total_a, &out->total_b))
    guess (data, out);
  out->optimism = optimism (data, fitted || out->guessed);
  out->a *= out->optimism;
  out->total_a *= out->optimism;
}

/**
 * kilter_normal_quantile:
 * @probability: > 0 and < 1
 *
 * By bisection on erfc(): slow, exact to rounding, and without a table of constants.
 */
double
kilter_normal_quantile (double probability)
{
  double low = -40.0, high = 40.0;

  for (guint i = 0; i < 80; i++)
    {
      double middle = 0.5 * (low + high);

      if (0.5 * erfc (-middle * G_SQRT2 / 2.0) < probability)
        low = middle;
      else
        high = middle;
    }
  return 0.5 * (low + high);
}

/* Half-widths in measured standard deviations at 50, 80, 90, 95 and 99 %, so that the share of
 * actual values inside is right over many series (split conformal, by frequency). */
#define N_CALIBRATED 5

static const double calibrated_levels[N_CALIBRATED] = { 50.0, 80.0, 90.0, 95.0, 99.0 };

typedef struct
{
  guint up_to;
  double one[N_CALIBRATED];
  double total[N_CALIBRATED];
} Calibration;

static const Calibration calibrations[] = {
  { 1, { 0.29, 0.71, 1.06, 1.42, 2.46 }, { 0.31, 0.75, 1.08, 1.54, 2.98 } },
  { 6, { 0.61, 1.29, 1.84, 2.53, 5.03 }, { 0.63, 1.37, 2.06, 2.87, 5.48 } },
  { 24, { 0.56, 1.17, 1.59, 2.07, 3.57 }, { 0.63, 1.27, 1.79, 2.38, 4.13 } },
  { G_MAXUINT, { 0.44, 0.91, 1.35, 1.80, 2.98 }, { 0.59, 1.18, 1.55, 1.95, 3.15 } },
};

/**
 * kilter_interval_factor:
 * @total: whether of a sum over several periods
 * @level: percent
 *
 * Measured on M3 (half of it) and M1, of weekly series on orange juice with events and online
 * retail (half of each); see tests/bench/forecast. Between the calibrated levels the
 * factor is interpolated against the normal quantile, beyond them it grows in proportion to it; so
 * it always rises with the level.
 */
double
kilter_interval_factor (guint season_length, gboolean total, double level)
{
  const Calibration *row = calibrations;
  double z = kilter_normal_quantile (0.5 + level / 200.0), z0 = 0.0, f0 = 0.0, z1 = 0.0, f1 = 0.0;

  while (season_length > row->up_to)
    row++;
  for (guint i = 0; i < N_CALIBRATED; i++)
    {
      z1 = kilter_normal_quantile (0.5 + calibrated_levels[i] / 200.0);
      f1 = total ? row->total[i] : row->one[i];
      if (z <= z1)
        return f0 + (f1 - f0) * (z - z0) / (z1 - z0);
      z0 = z1;
      f0 = f1;
    }
  return f1 * z / z1;
}

/* Wilson & Hilferty 1931; the limit of the negative binomial for large numbers of small units */
static double
gamma_quantile (double mean, double dispersion, double z)
{
  double shape = mean / dispersion;
  double c = 1.0 / (9.0 * shape), root = 1.0 - c + z * sqrt (c);

  return root > 0.0 ? mean * root * root * root : 0.0;
}

/* Too large to add up unit by unit. */
static gboolean
is_large (double mean, double dispersion)
{
  return mean > 500.0 || mean / (dispersion - 1.0) * log (dispersion) > 600.0;
}

/**
 * kilter_negbin_interval:
 * @mean: > 0, in units
 * @dispersion: variance to mean, above 1
 * @level: > 0 and < 1
 *
 * The fewest numbers of units, next to each other, that hold @level of the probability (Hyndman
 * 1996, a highest density region): a distribution with much of its mass at zero has nothing below
 * it to leave out, so that an interval between two equal tails would hold far more than it says.
 * Intervals of higher levels contain those of lower ones.
 */
void
kilter_negbin_interval (double mean,
                        double dispersion,
                        double level,
                        double *out_low,
                        double *out_high)
{
  double phi = MAX (dispersion, 1.02), r = mean / (phi - 1.0), q = 1.0 - 1.0 / phi;
  double low, high, low_mass, high_mass, sum;

  if (mean <= 0.0)
    {
      *out_low = *out_high = 0.0;
      return;
    }
  if (is_large (mean, phi))
    {
      *out_low = kilter_negbin_quantile (mean, phi, 0.5 - 0.5 * level);
      *out_high = kilter_negbin_quantile (mean, phi, 0.5 + 0.5 * level);
      return;
    }
  /* outwards from the mode, always towards the likelier side */
  low_mass = exp (-r * log (phi));
  for (low = 0.0; low + 1.0 <= (r - 1.0) * (phi - 1.0); low += 1.0)
    low_mass *= (r + low) / (low + 1.0) * q;
  high = low;
  high_mass = sum = low_mass;
  while (sum < level && high - low < 1e5)
    {
      double below = low > 0.0 ? low_mass * low / (r + low - 1.0) / q : 0.0;
      double above = high_mass * (r + high) / (high + 1.0) * q;

      if (below > above)
        {
          low -= 1.0;
          low_mass = below;
          sum += below;
        }
      else
        {
          high += 1.0;
          high_mass = above;
          sum += above;
        }
    }
  *out_low = low;
  *out_high = high;
}

/**
 * kilter_negbin_quantile:
 * @mean: > 0, in units
 * @dispersion: variance to mean, above 1
 * @probability: > 0 and < 1
 *
 * Returns: the smallest number of units that suffices with that probability
 */
double
kilter_negbin_quantile (double mean, double dispersion, double probability)
{
  double phi = MAX (dispersion, 1.02), r = mean / (phi - 1.0), p = 1.0 / phi;
  double mass, sum, k = 0.0;

  if (mean <= 0.0)
    return 0.0;
  if (is_large (mean, phi))
    return gamma_quantile (mean, phi, kilter_normal_quantile (probability));

  mass = exp (r * log (p));
  sum = mass;
  while (sum < probability && k < 1e5)
    {
      k += 1.0;
      mass *= (r + k - 1.0) / k * (1.0 - p);
      sum += mass;
    }
  return k;
}
