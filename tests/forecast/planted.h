/* planted.h: monthly series without and with planted anomalies; for a test and a benchmark
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Like the monthly series of M3: level, trend, season and noise of the sizes that are found there,
 * of which half of the series have a season and half a trend. Deterministic for a seed. */
#pragma once

#include <glib.h>
#include <math.h>

#define PLANTED_N 72

typedef struct
{
  double values[PLANTED_N];
  double stock[PLANTED_N];
  guint8 promoted[PLANTED_N];
} Planted;

typedef enum
{
  PLANT_OUTLIER_HIGH,
  PLANT_OUTLIER_LOW,
  PLANT_STOCK_OUT_KNOWN,
  PLANT_STOCK_OUT_ZERO,
  PLANT_STOCK_OUT_DIP,
  PLANT_LEVEL_SHIFT,
  PLANT_MISSING,
  N_PLANTS
} Plant;

static inline double
planted_uniform (guint64 *seed)
{
  *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005) +
          G_GUINT64_CONSTANT (1442695040888963407);
  return ((double) (*seed >> 11) + 0.5) / 9007199254740992.0;
}

static inline double
planted_normal (guint64 *seed)
{
  double u = planted_uniform (seed), v = planted_uniform (seed);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

/* A clean series: noise of 2 to 12 %, a trend of up to 12 % a year, a season of up to ± 40 %. */
static inline void
planted_clean (guint64 *seed, Planted *out)
{
  double level = exp (3.0 + 6.0 * planted_uniform (seed));
  double noise = 0.02 + 0.1 * planted_uniform (seed);
  double trend = planted_uniform (seed) < 0.5 ? 0.0 : 0.12 * (2.0 * planted_uniform (seed) - 1.0);
  double size = planted_uniform (seed) < 0.5 ? 0.0 : 0.05 + 0.35 * planted_uniform (seed);
  double walk = 0.0, shape[12];

  for (int i = 0; i < 12; i++)
    shape[i] = size * (0.7 * sin (2.0 * G_PI * i / 12.0) + 0.5 * planted_normal (seed));
  for (int t = 0; t < PLANTED_N; t++)
    {
      walk += 0.2 * noise * planted_normal (seed);
      out->values[t] = level * exp (trend * t / 12.0 + shape[t % 12] + walk +
                                    noise * planted_normal (seed));
      out->stock[t] = level * (0.5 + planted_uniform (seed));
      out->promoted[t] = 0;
    }
}

/* Puts one anomaly in, away from the ends of the first @n periods. Returns the period. */
static inline int
planted_put (guint64 *seed, Plant what, int n, Planted *series)
{
  int side = n / 4 - 2, at = side + (int) (planted_uniform (seed) * (n - 2 * side - 2));

  switch (what)
    {
    case PLANT_OUTLIER_HIGH:
      series->values[at] *= 2.0 + planted_uniform (seed);
      break;
    case PLANT_OUTLIER_LOW:
      series->values[at] *= 0.2 + 0.2 * planted_uniform (seed);
      break;
    case PLANT_STOCK_OUT_KNOWN:
      series->values[at] *= 0.4 * planted_uniform (seed);
      series->stock[at] = 0.0;
      break;
    case PLANT_STOCK_OUT_ZERO:
      series->values[at] = 0.0;
      break;
    case PLANT_STOCK_OUT_DIP:
      series->values[at + 1] += 0.8 * series->values[at];
      series->values[at] *= 0.15;
      break;
    case PLANT_LEVEL_SHIFT:
      for (int t = 0; t < at; t++)
        series->values[t] *= 0.5;
      break;
    case PLANT_MISSING:
      series->values[at] = NAN;
      break;
    case N_PLANTS:
    default:
      break;
    }
  return at;
}
