/* kilter-arima.c: seasonal ARIMA
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

gboolean
kilter_arima_fit (KilterWork *work, const KilterData *data, KilterFit *fit)
{
  return FALSE;
}
