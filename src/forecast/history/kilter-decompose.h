/* kilter-decompose.h: trend, season and the rest, none of them moved by a few wrong values; private
 * to this folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterDecomposition:
 * @trend: n values
 * @season: n values, 0 without a season
 * @rest: n values; NaN where there is no value
 * @sigma: robust standard deviation of the rest
 * @low: below it the rest is beyond three interquartile ranges
 * @high: above it
 * @seasonal: whether there is a season worth taking out
 */
typedef struct
{
  gsize n;
  double *trend;
  double *season;
  double *rest;
  double sigma;
  double low;
  double high;
  gboolean seasonal;
} KilterDecomposition;

void kilter_decompose (const double *z, gsize n, guint m, guint phase, KilterDecomposition *out);
void kilter_decomposition_clear (KilterDecomposition *self);

double kilter_median (const double *values, gsize n);
double kilter_robust_deviation (const double *values, gsize n);

G_END_DECLS
