/* kilter-ets-filter.c: the recursions of exponential smoothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-ets.h"

#define TINY 1e-8

/* One loop; the compiler makes one of it for each form, since the last three are constants. */
static inline __attribute__ ((always_inline)) gboolean
filter (const double *y,
        gsize n,
        guint m,
        const KilterEtsParams *p,
        KilterEtsState *state,
        double *out_fitted,
        KilterEtsSums *sums,
        const gboolean relative,
        const gboolean trend,
        const KilterEtsPart season)
{
  double level = state->level, slope = state->slope, squares = 0.0, logs = 0.0, product = 1.0;
  gsize count = 0;
  guint i = 0;

  for (gsize t = 0; t < n; t++)
    {
      double slope_now = trend ? p->phi * slope : 0.0;
      double q = level + slope_now, yhat = q, error, adjusted;
      double s = season != KILTER_ETS_NONE ? state->season[i] : 0.0;

      if (season == KILTER_ETS_ADDITIVE)
        yhat += s;
      else if (season == KILTER_ETS_MULTIPLICATIVE)
        yhat *= s;
      if (out_fitted != NULL)
        out_fitted[t] = yhat;
      if ((relative && yhat < TINY) ||
          (season == KILTER_ETS_MULTIPLICATIVE && (q < TINY || s < TINY)))
        return FALSE;

      if (!isnan (y[t]))
        {
          error = y[t] - yhat;
          adjusted = season == KILTER_ETS_MULTIPLICATIVE ? error / s : error;
          if (season == KILTER_ETS_ADDITIVE)
            state->season[i] = s + p->gamma * error;
          else if (season == KILTER_ETS_MULTIPLICATIVE)
            state->season[i] = s + p->gamma * error / q;
          level = q + p->alpha * adjusted;
          slope = slope_now + p->beta * adjusted;
          if (relative)
            {
              error /= yhat;
              product *= yhat;
              if (product > 1e100 || product < 1e-100)
                {
                  logs += log (product);
                  product = 1.0;
                }
            }
          squares += error * error;
          count++;
        }
      else
        {
          level = q;
          slope = slope_now;
        }
      if (++i == m)
        i = 0;
    }

  state->level = level;
  state->slope = slope;
  if (sums != NULL)
    *sums = (KilterEtsSums) { squares, relative ? logs + log (product) : 0.0, count };
  return TRUE;
}

#define RUN(relative, trend, season)                                                               \
  filter (y, n, m, params, state, out_fitted, out_sums, relative, trend, season)

/**
 * kilter_ets_filter:
 * @y: (array length=n): values; NaN is missing and moves no state
 * @m: season length, 1 for forms without a season
 * @state: (inout): the state before the first value, and then after the last one
 * @out_fitted: (nullable) (array length=n): one-step forecasts
 * @out_sums: (nullable): sums for the likelihood
 *
 * Hyndman, Koehler, Ord & Snyder 2008, section 2.5.
 *
 * Returns: %FALSE when a multiplicative form meets a state that is not positive
 */
gboolean
kilter_ets_filter (const double *y,
                   gsize n,
                   guint m,
                   const KilterEtsForm *form,
                   const KilterEtsParams *params,
                   KilterEtsState *state,
                   double *out_fitted,
                   KilterEtsSums *out_sums)
{
  KILTER_ETS_DISPATCH (form, RUN)
}

/**
 * kilter_ets_predict:
 * @state: the state after t values
 * @t: how many values came before
 * @h: periods ahead
 * @out: (array length=h): point forecasts
 */
void
kilter_ets_predict (const KilterEtsForm *form,
                    double phi,
                    const KilterEtsState *state,
                    gsize t,
                    guint m,
                    guint h,
                    double *out)
{
  double damped = 0.0, power = 1.0;
  guint i = (guint) (t % m);

  for (guint j = 0; j < h; j++)
    {
      power *= form->trend == KILTER_ETS_DAMPED ? phi : 1.0;
      damped += power;
      out[j] = state->level;
      if (form->trend != KILTER_ETS_NONE)
        out[j] += damped * state->slope;
      if (form->season == KILTER_ETS_ADDITIVE)
        out[j] += state->season[i];
      else if (form->season == KILTER_ETS_MULTIPLICATIVE)
        out[j] *= state->season[i];
      if (++i == m)
        i = 0;
    }
}
