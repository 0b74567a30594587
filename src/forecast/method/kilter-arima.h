/* kilter-arima.h: one seasonal ARIMA model; private to this folder and its tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-engine.h"

G_BEGIN_DECLS

#define KILTER_ARIMA_MAX_ORDER 5
#define KILTER_ARIMA_MAX_SEASONAL 2
#define KILTER_ARIMA_MAX_TERMS 24
#define KILTER_ARIMA_MAX_LAG                                                                       \
  (KILTER_ARIMA_MAX_ORDER + KILTER_ARIMA_MAX_SEASONAL * KILTER_LONG_SEASON)

/**
 * KilterArimaOrder:
 * (p, d, q)(P, D, Q) with or without a constant
 */
typedef struct
{
  guint p, d, q;
  guint sp, sd, sq;
  gboolean constant;
} KilterArimaOrder;

/**
 * KilterLagPolynomial:
 * @lag: the lags that have a coefficient, rising
 * @c: the coefficients: y[t] = Σ c[i] y[t − lag[i]]
 */
typedef struct
{
  guint n;
  guint lag[KILTER_ARIMA_MAX_TERMS];
  double c[KILTER_ARIMA_MAX_TERMS];
} KilterLagPolynomial;

/**
 * KilterArima:
 * @order: the orders
 * @m: season length
 * @x: coordinates of the search: transformed partial autocorrelations
 * @ar: the autoregressive side of the differenced series
 * @ma: the moving-average side
 * @mean: of the differenced series; 0 without a constant
 * @sigma2: variance of the errors
 * @objective: −2 log likelihood but for a constant
 * @aicc: comparable among models with the same differences
 */
typedef struct
{
  KilterArimaOrder order;
  guint m;
  double x[12];
  KilterLagPolynomial ar;
  KilterLagPolynomial ma;
  double mean;
  double sigma2;
  double objective;
  double aicc;
} KilterArima;

guint kilter_arima_n_parameters (const KilterArimaOrder *order);
void kilter_arima_set_coefficients (KilterArima *self,
                                    const double *phi,
                                    const double *theta,
                                    const double *seasonal_phi,
                                    const double *seasonal_theta);
gsize kilter_arima_difference (const double *y, gsize n, guint m, guint d, guint sd, double *out);
double kilter_arima_sum_of_squares (KilterWork *work,
                                    const KilterArima *self,
                                    const double *w,
                                    gsize n,
                                    double *out_residuals);
double kilter_arima_likelihood (KilterWork *work,
                                const KilterArima *self,
                                const double *w,
                                gsize n,
                                double *out_sigma2);
gboolean kilter_arima_estimate (KilterWork *work,
                                KilterArima *self,
                                const double *w,
                                gsize n,
                                double cap,
                                gboolean exact,
                                guint max_steps);

G_END_DECLS
