/* kilter-ets-lanes.c: the recursions of exponential smoothing, four parameter sets side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-ets.h"

#define TINY 1e-8
#define N_PAIRS (KILTER_ETS_LANES / 2)

/* A recursion waits for its own last step most of the time: four of them take little longer than
 * one. Operations and their order are those of kilter_ets_filter(), so that the bits are the same.
 */
typedef double Pair __attribute__ ((vector_size (16), aligned (8)));
typedef long long Mask __attribute__ ((vector_size (16)));

#define FOR_PAIRS _Pragma ("GCC unroll 2") for (guint i = 0; i < N_PAIRS; i++)

static inline gboolean
is_any (Mask mask)
{
  return (mask[0] | mask[1]) != 0;
}

static void
keep_in_range (Pair *product, double *logs)
{
  for (guint l = 0; l < 2; l++)
    if ((*product)[l] > 1e100 || (*product)[l] < 1e-100)
      {
        logs[l] += log ((*product)[l]);
        (*product)[l] = 1.0;
      }
}

static inline __attribute__ ((always_inline)) guint
filter (const double *y,
        gsize n,
        guint m,
        KilterEtsLanes *lanes,
        double *const *out_fitted,
        KilterEtsSums *out_sums,
        const gboolean relative,
        const gboolean trend,
        const KilterEtsPart season)
{
  Pair alpha[N_PAIRS], beta[N_PAIRS], gamma[N_PAIRS], phi[N_PAIRS];
  Pair level[N_PAIRS], slope[N_PAIRS], squares[N_PAIRS], product[N_PAIRS];
  Mask dead[N_PAIRS];
  double logs[KILTER_ETS_LANES] = { 0 };
  Pair *seasons = (Pair *) lanes->season;
  gsize count = 0;
  guint at = 0, alive = 0;

  FOR_PAIRS
  {
    alpha[i] = ((const Pair *) lanes->alpha)[i];
    beta[i] = ((const Pair *) lanes->beta)[i];
    gamma[i] = ((const Pair *) lanes->gamma)[i];
    phi[i] = ((const Pair *) lanes->phi)[i];
    level[i] = ((const Pair *) lanes->level)[i];
    slope[i] = ((const Pair *) lanes->slope)[i];
    squares[i] = (Pair) { 0.0, 0.0 };
    product[i] = (Pair) { 1.0, 1.0 };
    dead[i] = (Mask) { 0, 0 };
  }
  for (gsize t = 0; t < n; t++)
    {
      gboolean present = !isnan (y[t]);

      FOR_PAIRS
      {
        Pair slope_now = trend ? phi[i] * slope[i] : (Pair) { 0.0, 0.0 };
        Pair q = level[i] + slope_now, yhat = q, s = { 0.0, 0.0 };

        if (season != KILTER_ETS_NONE)
          s = seasons[at * N_PAIRS + i];
        if (season == KILTER_ETS_ADDITIVE)
          yhat += s;
        else if (season == KILTER_ETS_MULTIPLICATIVE)
          yhat *= s;
        if (out_fitted != NULL)
          {
            out_fitted[2 * i][t] = yhat[0];
            out_fitted[2 * i + 1][t] = yhat[1];
          }
        if (relative)
          dead[i] |= yhat < TINY;
        if (season == KILTER_ETS_MULTIPLICATIVE)
          dead[i] |= (q < TINY) | (s < TINY);
        level[i] = q;
        slope[i] = slope_now;
        if (present)
          {
            Pair error = y[t] - yhat, adjusted = error;

            if (season == KILTER_ETS_MULTIPLICATIVE)
              {
                adjusted = error / s;
                seasons[at * N_PAIRS + i] = s + gamma[i] * error / q;
              }
            else if (season == KILTER_ETS_ADDITIVE)
              seasons[at * N_PAIRS + i] = s + gamma[i] * error;
            level[i] = q + alpha[i] * adjusted;
            slope[i] = slope_now + beta[i] * adjusted;
            if (relative)
              {
                error /= yhat;
                product[i] *= yhat;
                if (is_any ((product[i] > 1e100) | (product[i] < 1e-100)))
                  keep_in_range (&product[i], logs + 2 * i);
              }
            squares[i] += error * error;
          }
      }
      count += present;
      if (++at == m)
        at = 0;
    }
  FOR_PAIRS
  {
    ((Pair *) lanes->level)[i] = level[i];
    ((Pair *) lanes->slope)[i] = slope[i];
    for (guint l = 0; l < 2; l++)
      {
        if (out_sums != NULL)
          out_sums[2 * i + l] = (KilterEtsSums) {
            squares[i][l], relative ? logs[2 * i + l] + log (product[i][l]) : 0.0, count
          };
        alive |= dead[i][l] == 0 ? 1u << (2 * i + l) : 0;
      }
  }
  return alive;
}

#define RUN(relative, trend, season)                                                               \
  filter (y, n, m, lanes, out_fitted, out_sums, relative, trend, season)

/**
 * kilter_ets_filter_lanes:
 * @lanes: (inout): parameters and states, as in kilter_ets_filter()
 * @out_fitted: (nullable) (array length=KILTER_ETS_LANES): rows of @n one-step forecasts
 * @out_sums: (nullable) (array length=KILTER_ETS_LANES): sums for the likelihood
 *
 * Returns: one bit for each lane that met no impossible state; of the others everything is rubbish
 */
guint
kilter_ets_filter_lanes (const double *y,
                         gsize n,
                         guint m,
                         const KilterEtsForm *form,
                         KilterEtsLanes *lanes,
                         double *const *out_fitted,
                         KilterEtsSums *out_sums){ KILTER_ETS_DISPATCH (form, RUN) }

/**
 * kilter_ets_solve_lanes:
 * @n_lanes: how many lanes are asked for, the first ones
 * @lanes: (inout): parameters of a form with additive errors and no season; gets level and slope
 *
 * With these forms the forecasts are linear in the start level and slope: the best ones are found
 * by least squares, for the price of one pass.
 *
 * Returns: one bit for each lane whose start could be told
 */
guint kilter_ets_solve_lanes (const double *y,
                              gsize n,
                              gboolean trend,
                              KilterEtsLanes *lanes,
                              guint n_lanes)
{
  const Pair none = { 0.0, 0.0 }, one = { 1.0, 1.0 };
  guint solved = 0;

  for (guint i = 0; 2 * i < n_lanes; i++)
    {
      Pair alpha = ((const Pair *) lanes->alpha)[i], beta = ((const Pair *) lanes->beta)[i];
      Pair phi = trend ? ((const Pair *) lanes->phi)[i] : none;
      Pair level = none, slope = none, l1 = one, b1 = none, l2 = none, b2 = one;
      Pair s11 = none, s12 = none, s22 = none, r1 = none, r2 = none, det;

      for (gsize t = 0; t < n; t++)
        {
          Pair q = level + phi * slope, q1 = l1 + phi * b1, q2 = l2 + phi * b2;
          Pair e = y[t] - q;

          slope *= phi;
          b1 *= phi;
          b2 *= phi;
          level = q;
          l1 = q1;
          l2 = q2;
          if (isnan (y[t]))
            continue;
          s11 += q1 * q1;
          s12 += q1 * q2;
          s22 += q2 * q2;
          r1 += q1 * e;
          r2 += q2 * e;
          level += alpha * e;
          slope += beta * e;
          l1 -= alpha * q1;
          b1 -= beta * q1;
          l2 -= alpha * q2;
          b2 -= beta * q2;
        }
      det = s11 * s22 - s12 * s12;
      ((Pair *) lanes->level)[i] = trend ? (r1 * s22 - r2 * s12) / det : r1 / s11;
      ((Pair *) lanes->slope)[i] = trend ? (s11 * r2 - s12 * r1) / det : none;
      for (guint l = 0; l < 2; l++)
        if (trend ? !(det[l] <= 1e-10 * s11[l] * s22[l]) : s11[l] > 0.0)
          solved |= 1u << (2 * i + l);
    }
  return solved;
}
