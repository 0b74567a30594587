/* kilter-intervals.c: how far a forecast may be off
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#define MIN_ERRORS 3
#define MIN_GROWTH 0.15
#define MAX_GROWTH 0.9
#define MIN_TOTAL_GROWTH 0.5
#define MAX_TOTAL_GROWTH 1.7

typedef struct
{
  double sum;
  double n;
} Cell;

/* Weighted straight line through the logarithms; growth kept within low … high. */
static gboolean
fit_power (const Cell *cells, guint h, double low, double high, double *out_a, double *out_b)
{
  double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, b, det;

  for (guint j = 0; j < h; j++)
    {
      double x = log (j + 1.0), w = cells[j].n, y;

      if (cells[j].n < MIN_ERRORS)
        continue;
      y = 0.5 * log (cells[j].sum / cells[j].n + 1e-16);
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

/**
 * kilter_spread_measure:
 * @paths: (nullable): k rows of h forecasts, as in #KilterFit
 * @out: standard deviation a × h^b of the error h steps ahead, and of the sum of h steps
 *
 * Errors of the forecast that was given (the combination, not its members) from the last k
 * origins. The sum over a lead time is measured along each path: its errors hang together.
 */
void
kilter_spread_measure (KilterWork *work,
                       const KilterData *data,
                       const double *paths,
                       KilterSpread *out)
{
  guint h = data->h;
  Cell *cells = kilter_work_alloc (work, sizeof (Cell) * h);
  Cell *totals = kilter_work_alloc (work, sizeof (Cell) * h);
  gsize origin = data->n - data->k;

  for (guint j = 0; j < h; j++)
    cells[j] = totals[j] = (Cell) { 0, 0 };
  for (gsize i = 0; paths != NULL && i < data->k; i++)
    {
      double total = 0.0;

      for (guint j = 0; j < h && origin + i + j < data->n; j++)
        {
          double error = data->y[origin + i + j] - paths[i * h + j];

          if (isnan (error))
            continue;
          total += error;
          cells[j].sum += error * error;
          cells[j].n += 1.0;
          totals[j].sum += total * total;
          totals[j].n += 1.0;
        }
    }

  out->guessed = FALSE;
  if (!fit_power (cells, h, MIN_GROWTH, MAX_GROWTH, &out->a, &out->b) ||
      !fit_power (totals, h, MIN_TOTAL_GROWTH, MAX_TOTAL_GROWTH, &out->total_a, &out->total_b))
    guess (data, out);
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
  double factor[N_CALIBRATED];
} Calibration;

static const Calibration calibrations[] = {
  { 1, { 0.9, 2.2, 3.4, 4.6, 8.0 } },
  { 6, { 0.9, 1.95, 2.7, 3.5, 6.2 } },
  { 24, { 0.72, 1.44, 1.95, 2.5, 4.2 } },
  { G_MAXUINT, { 0.7, 1.35, 1.8, 2.2, 3.4 } },
};

/* Of a short history without a season few errors are left to measure, and the models have fitted
 * themselves to them: 15 values need intervals twice as wide as 60. */
static double
shortness (guint season_length, gsize n)
{
  return season_length > 1 ? 1.0 : 0.45 + 12.5 / (double) CLAMP (n, 8, 1000);
}

/**
 * kilter_interval_factor:
 * @n: values that the forecast is based on
 * @level: percent
 *
 * Measured on M3 (half of it) and M1, see tests/bench/forecast. Between the calibrated levels the
 * factor is interpolated against the normal quantile, beyond them it grows in proportion to it; so
 * it always rises with the level.
 */
double
kilter_interval_factor (guint season_length, gsize n, double level)
{
  const Calibration *row = calibrations;
  double z = kilter_normal_quantile (0.5 + level / 200.0), z0 = 0.0, f0 = 0.0, z1 = 0.0, f1 = 0.0;

  while (season_length > row->up_to)
    row++;
  for (guint i = 0; i < N_CALIBRATED; i++)
    {
      z1 = kilter_normal_quantile (0.5 + calibrated_levels[i] / 200.0);
      f1 = row->factor[i];
      if (z <= z1)
        return (f0 + (f1 - f0) * (z - z0) / (z1 - z0)) * shortness (season_length, n);
      z0 = z1;
      f0 = f1;
    }
  return f1 * z / z1 * shortness (season_length, n);
}

/* Wilson & Hilferty 1931; the limit of the negative binomial for large numbers of small units */
static double
gamma_quantile (double mean, double dispersion, double z)
{
  double shape = mean / dispersion;
  double c = 1.0 / (9.0 * shape), root = 1.0 - c + z * sqrt (c);

  return root > 0.0 ? mean * root * root * root : 0.0;
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
  if (mean > 500.0 || r * log (phi) > 600.0)
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
