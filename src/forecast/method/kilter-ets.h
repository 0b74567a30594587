/* kilter-ets.h: one form of exponential smoothing; private to this folder and its tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-engine.h"

G_BEGIN_DECLS

typedef enum
{
  KILTER_ETS_NONE,
  KILTER_ETS_ADDITIVE,
  KILTER_ETS_DAMPED,
  KILTER_ETS_MULTIPLICATIVE,
} KilterEtsPart;

/**
 * KilterEtsForm:
 * @error: additive or multiplicative
 * @trend: none, additive or damped
 * @season: none, additive or multiplicative
 *
 * A form of Hyndman, Koehler, Ord & Snyder 2008, table 2.1 and 2.2. Point recursions do not depend
 * on @error, the likelihood does.
 */
typedef struct
{
  KilterEtsPart error;
  KilterEtsPart trend;
  KilterEtsPart season;
} KilterEtsForm;

/**
 * KilterEtsState:
 * @level: level
 * @slope: trend for one period
 * @season: (array): one value for each t % m
 */
typedef struct
{
  double level;
  double slope;
  double *season;
} KilterEtsState;

typedef struct
{
  double alpha;
  double beta;
  double gamma;
  double phi;
} KilterEtsParams;

/**
 * KilterEtsSums:
 * @squares: sum of squared errors (relative ones when the error is multiplicative)
 * @logs: sum of the logarithms of the one-step forecasts, for a multiplicative error
 * @n: errors counted
 */
typedef struct
{
  double squares;
  double logs;
  gsize n;
} KilterEtsSums;

gboolean kilter_ets_filter (const double *y,
                            gsize n,
                            guint m,
                            const KilterEtsForm *form,
                            const KilterEtsParams *params,
                            KilterEtsState *state,
                            double *out_fitted,
                            KilterEtsSums *out_sums);

/**
 * KILTER_ETS_DISPATCH:
 * @RUN: takes whether the error is relative, whether there is a trend, and the season's part, all
 *   of them constants
 *
 * Returns what @RUN gives for a form: the compiler makes a loop of its own for each of the twelve.
 */
#define KILTER_ETS_DISPATCH(form, RUN)                                                             \
  switch ((form)->season)                                                                          \
    {                                                                                              \
    case KILTER_ETS_ADDITIVE:                                                                      \
      KILTER_ETS_DISPATCH_ERROR (form, RUN, KILTER_ETS_ADDITIVE)                                   \
    case KILTER_ETS_MULTIPLICATIVE:                                                                \
      KILTER_ETS_DISPATCH_ERROR (form, RUN, KILTER_ETS_MULTIPLICATIVE)                             \
    case KILTER_ETS_NONE:                                                                          \
    case KILTER_ETS_DAMPED:                                                                        \
    default:                                                                                       \
      KILTER_ETS_DISPATCH_ERROR (form, RUN, KILTER_ETS_NONE)                                       \
    }
#define KILTER_ETS_DISPATCH_ERROR(form, RUN, season)                                               \
  if ((form)->error == KILTER_ETS_MULTIPLICATIVE)                                                  \
    return (form)->trend != KILTER_ETS_NONE ? RUN (TRUE, TRUE, season)                             \
                                            : RUN (TRUE, FALSE, season);                           \
  return (form)->trend != KILTER_ETS_NONE ? RUN (FALSE, TRUE, season) : RUN (FALSE, FALSE, season);

#define KILTER_ETS_LANES 4

/**
 * KilterEtsLanes:
 * @alpha: smoothing constants, and so on, of each lane
 * @level: states of each lane
 * @season: (array): for each t % m the value of each lane
 *
 * As many parameter sets of one form side by side.
 */
typedef struct
{
  double alpha[KILTER_ETS_LANES];
  double beta[KILTER_ETS_LANES];
  double gamma[KILTER_ETS_LANES];
  double phi[KILTER_ETS_LANES];
  double level[KILTER_ETS_LANES];
  double slope[KILTER_ETS_LANES];
  double *season;
} KilterEtsLanes;

guint kilter_ets_solve_lanes (const double *y,
                              gsize n,
                              gboolean trend,
                              KilterEtsLanes *lanes,
                              guint n_lanes);
guint kilter_ets_filter_lanes (const double *y,
                               gsize n,
                               guint m,
                               const KilterEtsForm *form,
                               KilterEtsLanes *lanes,
                               double *const *out_fitted,
                               KilterEtsSums *out_sums);
void kilter_ets_predict (const KilterEtsForm *form,
                         double phi,
                         const KilterEtsState *state,
                         gsize t,
                         guint m,
                         guint h,
                         double *out);

G_END_DECLS
