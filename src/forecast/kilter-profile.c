/* kilter-profile.c: the season of a series, without a forecast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "forecast/driver/kilter-launch.h"

#include <string.h>

/**
 * kilter_season_profile:
 * @season_length: periods a season
 * @out: (array length=season_length) (out): multiplicative indices with mean 1, from phase 0; all 1
 *   without a season
 *
 * The season that forecasts of this series use.
 *
 * Returns: whether there is one, and it multiplies
 */
gboolean
kilter_season_profile (const KilterSeries *series, guint season_length, double *out)
{
  KilterForecastOptions options;
  KilterPrepared prepared;
  KilterWork work;
  gboolean found;

  g_return_val_if_fail (series != NULL && season_length >= 1, FALSE);

  if (series->season != NULL)
    {
      memcpy (out, series->season, season_length * sizeof (double));
      return TRUE;
    }

  kilter_forecast_options_init (&options, season_length);
  options.mode = KILTER_FORECAST_FAST;
  options.horizon = 1;
  kilter_work_init (&work);
  kilter_work_reset (&work, 0);
  kilter_prepare (&work, series, series->n, &options, &prepared);
  found = prepared.plain.n > 0 && prepared.plain.seasonal && !prepared.plain.index_additive;
  for (guint i = 0; i < season_length; i++)
    out[(prepared.plain.phase + i) % season_length] = found ? prepared.plain.index[i] : 1.0;
  kilter_work_clear (&work);
  return found;
}
