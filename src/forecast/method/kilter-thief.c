/* kilter-thief.c: temporal hierarchies
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* fewer aggregates than this teach nothing */
#define MIN_BLOCKS 4
/* from this aggregation on ETS and theta do as well alone, in a third of the time */
#define FEW_FROM 3

/**
 * Level:
 * @k: periods in one aggregate
 * @mean: forecasts of the aggregates, whole seasons of them, or NULL
 */
typedef struct
{
  guint k;
  double *mean;
} Level;

static const KilterForecastMethod base_methods[] = { KILTER_METHOD_ETS, KILTER_METHOD_THETA,
                                                     KILTER_METHOD_CES, KILTER_METHOD_ARIMA };

static gboolean
describe (KilterWork *work, KilterData *data)
{
  double *filled = kilter_work_doubles (work, data->n), *index;
  gboolean additive;

  kilter_fill_gaps (data->y, data->n, data->m, filled);
  data->filled = filled;
  data->positive = TRUE;
  for (gsize t = 0; t < data->n; t++)
    {
      data->n_present += !isnan (data->y[t]);
      data->positive &= filled[t] > 1e-3;
    }
  additive = !data->positive;
  index = kilter_work_doubles (work, data->m);
  data->index = index;
  data->index_additive = additive;
  if (data->m > 1 && data->n >= 2 * (gsize) data->m)
    {
      data->strength = kilter_season_strength (work, filled, data->n, data->m, additive);
      data->seasonal = kilter_season_test (work, filled, data->n, data->m, data->positive);
      if (data->seasonal)
        {
          kilter_season_indices (work, filled, data->n, data->m, additive, index);
          kilter_season_shrink (work, filled, data->n, data->m, additive, index);
        }
    }
  return data->n_present >= MIN_BLOCKS;
}

/* Means of k values, the last block ending with the last value. Of a block with gaps, the mean of
 * what is there. */
static void
aggregate (KilterWork *work, const KilterData *data, guint k, guint cycles, KilterData *out)
{
  gsize n = data->n / k, first = data->n - n * k;
  double *y = kilter_work_doubles (work, n);

  for (gsize b = 0; b < n; b++)
    {
      double sum = 0.0;
      guint count = 0;

      for (guint i = 0; i < k; i++)
        if (!isnan (data->y[first + b * k + i]))
          {
            sum += data->y[first + b * k + i];
            count++;
          }
      y[b] = count > 0 ? sum / count : NAN;
    }
  *out = (KilterData) { .y = y, .n = n, .m = data->m / k, .h = cycles * (data->m / k) };
}

/* The mean of what the methods say about the aggregates. */
static gboolean
forecast_level (KilterWork *work, const KilterData *data, guint32 methods, guint k, double *out)
{
  guint used = 0;

  for (guint i = 0; i < (k < FEW_FROM ? G_N_ELEMENTS (base_methods) : 2); i++)
    {
      KilterFit fit;

      if ((methods & KILTER_METHOD_BIT (base_methods[i])) == 0 ||
          !kilter_fit_method (work, data, base_methods[i], &fit) ||
          !kilter_fit_is_finite (&fit, data))
        continue;
      for (guint j = 0; j < data->h; j++)
        out[j] += fit.mean[j];
      used++;
    }
  for (guint j = 0; j < data->h && used > 0; j++)
    out[j] /= used;
  return used > 0;
}

/* Level 1 with the fits that are there already: their forecasts, continued to whole seasons by
 * the last season of forecasts. */
static void
take_level_one (const KilterData *data,
                const KilterFit *fits,
                guint n_fits,
                guint length,
                double *out)
{
  for (guint j = 0; j < length; j++)
    {
      for (guint f = 0; f < n_fits; f++)
        out[j] += fits[f].mean[j] / n_fits;
    }
}

/**
 * reconcile:
 * @levels: forecasts as means per period, so that a level's value compares with its periods
 * @cycle: which season ahead
 * @out: (array length=m): periods of that season
 *
 * Weighted least squares with structural scaling (Athanasopoulos, Hyndman, Kourentzes &
 * Petropoulos 2017, section 3): the error variance of a sum of k periods is taken as k.
 */
static gboolean
reconcile (KilterWork *work, const Level *levels, guint n_levels, guint m, guint cycle, double *out)
{
  double *a = kilter_work_doubles (work, (gsize) m * m);

  for (guint i = 0; i < m; i++)
    out[i] = 0.0;
  for (guint l = 0; l < n_levels; l++)
    {
      guint k = levels[l].k;

      if (levels[l].mean == NULL)
        continue;
      for (guint b = 0; b < m / k; b++)
        {
          double total = levels[l].mean[cycle * (m / k) + b] * k, weight = 1.0 / k;

          for (guint i = b * k; i < (b + 1) * k; i++)
            {
              out[i] += weight * total;
              for (guint j = b * k; j < (b + 1) * k; j++)
                a[(gsize) i * m + j] += weight;
            }
        }
    }
  return kilter_solve_spd (a, out, m);
}

/**
 * kilter_thief_fit:
 * @data: the series; data->h must be a whole number of seasons
 * @level_one: (array length=n_level_one): fits of the series itself, with as many forecasts
 * @fit: gets forecasts only; intervals are measured on the other members
 *
 * Temporal hierarchy: the series is forecast at every aggregation that divides the season, and
 * the forecasts are reconciled.
 *
 * Returns: %FALSE without a season or with too little history
 */
gboolean
kilter_thief_fit (KilterWork *work,
                  const KilterData *data,
                  const KilterFit *level_one,
                  guint n_level_one,
                  KilterFit *fit)
{
  Level levels[KILTER_LONG_SEASON + 1];
  guint m = data->m, n_levels = 0, cycles = (data->h + m - 1) / m;
  guint32 methods = 0;
  double *all;

  if (m < 2 || m > KILTER_LONG_SEASON || n_level_one == 0 || data->n < 2 * (gsize) m)
    return FALSE;
  for (guint f = 0; f < n_level_one; f++)
    methods |= KILTER_METHOD_BIT (level_one[f].member.method);
  all = kilter_work_doubles (work, (gsize) cycles * m);
  for (guint k = 1; k <= m; k++)
    {
      KilterData level;

      if (m % k != 0)
        continue;
      levels[n_levels] = (Level) { .k = k, .mean = kilter_work_doubles (work, cycles * (m / k)) };
      if (k == 1)
        take_level_one (data, level_one, n_level_one, cycles * m, levels[n_levels].mean);
      else
        {
          aggregate (work, data, k, cycles, &level);
          if (!describe (work, &level) ||
              !forecast_level (work, &level, methods, k, levels[n_levels].mean))
            levels[n_levels].mean = NULL;
        }
      n_levels++;
    }

  for (guint c = 0; c < cycles; c++)
    if (!reconcile (work, levels, n_levels, m, c, all + (gsize) c * m))
      return FALSE;
  for (guint j = 0; j < data->h; j++)
    fit->mean[j] = all[j];
  fit->paths = NULL;
  return TRUE;
}
