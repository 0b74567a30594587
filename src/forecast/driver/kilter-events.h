/* kilter-events.h: what promotions, prices and holidays do to demand; private to this folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-engine.h"

G_BEGIN_DECLS

/**
 * KilterEvents:
 * @p: regressors of each series
 * @coefficients: n_series rows of @p: change of log demand for one unit of a regressor
 *
 * The effects of a batch, estimated together.
 */
typedef struct
{
  guint p;
  double *coefficients;
} KilterEvents;

gboolean kilter_events_estimate (KilterEvents *self,
                                 const KilterSeries *series,
                                 gsize n_series,
                                 KilterJob *job,
                                 GError **error);
void kilter_events_factors (const KilterEvents *self,
                            gsize index,
                            const KilterSeries *series,
                            guint horizon,
                            double *out);
void kilter_events_clear (KilterEvents *self);

G_END_DECLS
