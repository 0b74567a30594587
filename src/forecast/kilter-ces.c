/* kilter-ces.c: complex exponential smoothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

gboolean
kilter_ces_fit (KilterWork *work, const KilterData *data, KilterFit *fit)
{
  return FALSE;
}
