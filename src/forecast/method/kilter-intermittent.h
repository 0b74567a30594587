/* kilter-intermittent.h: recursions for intermittent demand; private to this folder and its tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-engine.h"

G_BEGIN_DECLS

double kilter_croston_filter (const double *y,
                              gsize n,
                              double alpha,
                              double beta,
                              double correction,
                              double *out_after);
double kilter_tsb_filter (const double *y, gsize n, double alpha, double beta, double *out_after);
double
kilter_smooth_filter (const double *y, gsize n, double alpha, double start, double *out_after);

G_END_DECLS
