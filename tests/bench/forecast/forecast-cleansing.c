/* forecast-cleansing.c: how much of what was planted is found, and what is found without it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   forecast-cleansing [SERIES]
 *
 * On made series of 36, 48 and 72 months, like those of M3 (tests/forecast/planted.h). */
#include "forecast/history/kilter-cleansing.h"
#include "forecast/planted.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const names[N_PLANTS] = {
  "outlier, high",
  "outlier, low",
  "stock-out, stock 0",
  "stock-out, zero sold",
  "stock-out, dip",
  "level shift, to twice",
  "missing",
};

static gboolean
is_hit (const KilterAnomaly *anomaly, Plant what, int at)
{
  if (what == PLANT_LEVEL_SHIFT)
    return anomaly->kind == KILTER_ANOMALY_LEVEL_SHIFT && ABS ((int) anomaly->at - at) <= 2;
  return anomaly->kind != KILTER_ANOMALY_LEVEL_SHIFT && (int) anomaly->first == at;
}

static GPtrArray *
propose (const Planted *series, int n)
{
  const KilterCleansingOptions options = { .season_length = 12, .stock = series->stock };

  return kilter_cleansing_propose (series->values, (gsize) n, &options);
}

static void
measure_clean (guint64 *seed, int n, guint n_series)
{
  guint values = 0, shifts = 0;
  clock_t start = clock ();

  for (guint i = 0; i < n_series; i++)
    {
      Planted series;
      g_autoptr (GPtrArray) found = NULL;

      planted_clean (seed, &series);
      found = propose (&series, n);
      for (guint k = 0; k < found->len; k++)
        if (((KilterAnomaly *) found->pdata[k])->kind == KILTER_ANOMALY_LEVEL_SHIFT)
          shifts++;
        else
          values++;
    }
  printf ("| %d | clean | %.3f %% of values, %.1f %% of series a shift | %.2f ms a series |\n", n,
          100.0 * values / n_series / n, 100.0 * shifts / n_series,
          1000.0 * (double) (clock () - start) / CLOCKS_PER_SEC / n_series);
}

static void
measure_plant (guint64 *seed, int n, guint n_series, Plant what)
{
  guint hits = 0, others = 0;
  double error = 0.0;

  for (guint i = 0; i < n_series; i++)
    {
      Planted series, clean;
      g_autoptr (GPtrArray) found = NULL;
      gboolean hit = FALSE;
      int at;

      planted_clean (seed, &series);
      clean = series;
      at = planted_put (seed, what, n, &series);
      found = propose (&series, n);
      for (guint k = 0; k < found->len; k++)
        {
          const KilterAnomaly *anomaly = found->pdata[k];

          if (!is_hit (anomaly, what, at))
            {
              others++;
              continue;
            }
          hit = TRUE;
          error += fabs (
            anomaly->values[anomaly->n - 1] / clean.values[anomaly->first + anomaly->n - 1] - 1.0);
        }
      hits += hit;
    }
  printf ("| %d | %s | %.1f %% found, proposed value off by %.1f %% | %.2f others a series |\n", n,
          names[what], 100.0 * hits / n_series, 100.0 * error / MAX (hits, 1),
          (double) others / n_series);
}

int
main (int argc, char **argv)
{
  guint n_series = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : 1000;
  static const int lengths[] = { 36, 48, 72 };
  guint64 seed = 2026;

  printf ("| months | planted | | |\n|---|---|---|---|\n");
  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
    {
      measure_clean (&seed, lengths[l], n_series);
      for (Plant what = 0; what < N_PLANTS; what++)
        measure_plant (&seed, lengths[l], n_series, what);
    }
  return 0;
}
