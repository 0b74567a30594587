/* kilter-thief.c: temporal hierarchies
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

gboolean
kilter_thief_fit (KilterWork *work,
                  const KilterData *data,
                  const KilterFit *level_one,
                  guint n_level_one,
                  KilterFit *fit)
{
  return FALSE;
}
