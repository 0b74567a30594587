/* kilter-ces.c: complex exponential smoothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <string.h>

/* steps of the search in a short history, values for each further one; see kilter-arima-model.c:
 * few of them draw the parameters towards where it starts */
#define STEPS 4
#define MAX_STEPS 12
#define VALUES_PER_STEP 60

typedef enum
{
  CES_NONE,
  CES_PARTIAL,
  CES_FULL,
  N_CES_FORMS
} CesForm;

/**
 * CesState:
 * @level: real part of the state
 * @hidden: its imaginary part, the information that the level leaves out
 * @season: season by t % m, added to the level
 * @season_hidden: its imaginary part, in the full form
 */
typedef struct
{
  double level;
  double hidden;
  double season[KILTER_LONG_SEASON];
  double season_hidden[KILTER_LONG_SEASON];
} CesState;

/**
 * CesModel:
 *
 * Svetunkov, Kourentzes & Ord 2022: one complex smoothing constant a0 + i a1 instead of a level
 * and a trend, and for the season either a real one (partial) or another complex one (full).
 */
typedef struct
{
  KilterWork *work;
  CesForm form;
  const double *y;
  gsize n;
  guint m;
  CesState start;
  double x[4];
  double aicc;
} CesModel;

static const char *const form_names[N_CES_FORMS] = { "none", "partial", "full" };

static guint
count_parameters (CesForm form)
{
  return 2 + (guint) form;
}

/* Roots of the discount matrix inside the unit circle (equation 18 there). */
static gboolean
is_stable (double a0, double a1)
{
  double trace = 2.0 - 2.0 * a0 + a1;
  double det = (1.0 - a0 + a1) * (1.0 - a0) + (1.0 - a1) * (1.0 - a0 - a1);

  return det < 1.0 && fabs (trace) < 1.0 + det;
}

static gboolean
is_allowed (const CesModel *self, const double *x)
{
  if (!is_stable (x[0], x[1]))
    return FALSE;
  if (self->form == CES_PARTIAL)
    return x[2] > 0.0 && x[2] < 1.0;
  return self->form == CES_NONE || is_stable (x[2], x[3]);
}

static inline double
step (CesForm form, const double *x, CesState *s, guint i, double y)
{
  double forecast = s->level + (form != CES_NONE ? s->season[i] : 0.0);
  double e = isnan (y) ? 0.0 : y - forecast, old = s->level;

  s->level = old - (1.0 - x[1]) * s->hidden + (x[0] - x[1]) * e;
  s->hidden = old + (1.0 - x[0]) * s->hidden + (x[0] + x[1]) * e;
  if (form == CES_PARTIAL)
    s->season[i] += x[2] * e;
  else if (form == CES_FULL)
    {
      old = s->season[i];
      s->season[i] = old - (1.0 - x[3]) * s->season_hidden[i] + (x[2] - x[3]) * e;
      s->season_hidden[i] = old + (1.0 - x[2]) * s->season_hidden[i] + (x[2] + x[3]) * e;
    }
  return forecast;
}

static double
run (const CesModel *self, const double *x, CesState *s, gboolean backward, double *out_errors)
{
  double squares = 0.0;
  guint i = backward ? (guint) ((self->n - 1) % self->m) : 0;

  for (gsize k = 0; k < self->n; k++)
    {
      gsize t = backward ? self->n - 1 - k : k;
      double y = self->y[t], forecast = step (self->form, x, s, i, y);

      if (!isnan (y))
        squares += (y - forecast) * (y - forecast);
      if (out_errors != NULL)
        out_errors[t] = isnan (y) ? 0.0 : y - forecast;
      if (backward)
        i = i == 0 ? self->m - 1 : i - 1;
      else
        i = i + 1 == self->m ? 0 : i + 1;
    }
  return squares;
}

/* Without a season the forecasts are linear in the two start values: least squares. */
static void
solve_start (const CesModel *self, const double *x, CesState *out)
{
  CesState s = { 0 }, one = { .level = 1.0 }, two = { .hidden = 1.0 };
  double s11 = 0, s12 = 0, s22 = 0, r1 = 0, r2 = 0, det;

  for (gsize t = 0; t < self->n; t++)
    {
      gboolean missing = isnan (self->y[t]);
      double f = step (CES_NONE, x, &s, 0, self->y[t]);
      double q1 = step (CES_NONE, x, &one, 0, missing ? NAN : 0.0);
      double q2 = step (CES_NONE, x, &two, 0, missing ? NAN : 0.0);

      if (missing)
        continue;
      s11 += q1 * q1;
      s12 += q1 * q2;
      s22 += q2 * q2;
      r1 += q1 * (self->y[t] - f);
      r2 += q2 * (self->y[t] - f);
    }
  det = s11 * s22 - s12 * s12;
  *out = self->start;
  if (det <= 1e-10 * s11 * s22)
    return;
  out->level = (r1 * s22 - r2 * s12) / det;
  out->hidden = (s11 * r2 - s12 * r1) / det;
}

static void
find_start (const CesModel *self, const double *x, CesState *out)
{
  if (self->form == CES_NONE)
    {
      solve_start (self, x, out);
      return;
    }
  *out = self->start;
  run (self, x, out, FALSE, NULL);
  run (self, x, out, TRUE, NULL);
}

static double
ces_errors (const double *x, double *out_errors, gpointer user_data)
{
  CesModel *self = user_data;
  CesState state;
  double squares;

  if (!is_allowed (self, x) || !kilter_work_spend (self->work, 3 * self->n))
    return KILTER_HUGE;
  find_start (self, x, &state);
  squares = run (self, x, &state, FALSE, out_errors);
  return isfinite (squares) ? squares : KILTER_HUGE;
}

static void
guess_start (CesModel *self, const KilterData *data, const double *filled)
{
  gsize n = MIN (self->n, MAX (self->m, 4));
  double sum = 0.0;

  for (gsize t = 0; t < n; t++)
    sum += filled[t];
  self->start.level = sum / (double) n;
  self->start.hidden = self->start.level / 1.1;
  if (self->form != CES_NONE)
    {
      kilter_season_indices (self->work, filled, self->n, self->m, TRUE, self->start.season);
      kilter_season_shrink (self->work, filled, self->n, self->m, TRUE, self->start.season);
    }
  for (guint i = 0; i < self->m && self->form == CES_FULL; i++)
    self->start.season_hidden[i] = self->start.season[i] / 1.1;
}

static gboolean
estimate (CesModel *self)
{
  static const double starts[N_CES_FORMS][4] = { { 1.3, 1.0 },
                                                 { 1.3, 1.0, 0.1 },
                                                 { 1.3, 1.0, 1.3, 1.0 } };
  static const double low[4] = { -1.0, -1.0, -1.0, -1.0 }, high[4] = { 3.0, 3.0, 3.0, 3.0 };
  guint k = count_parameters (self->form);
  double size = (double) self->n, best;
  KilterSquares problem = { ces_errors, self, self->n, size, 1e-12, low, high };

  memcpy (self->x, starts[self->form], sizeof self->x);
  best = kilter_minimize_squares (self->work, &problem, self->x, k,
                                  MIN (STEPS + self->n / VALUES_PER_STEP, MAX_STEPS), 0.005,
                                  INFINITY);
  if (best >= KILTER_HUGE)
    return FALSE;
  /* start states are not counted: every form has them from the data in the same way */
  k += 1;
  self->aicc = best + 2.0 * k + 2.0 * k * (k + 1.0) / (size - k - 1.0);
  return TRUE;
}

static void
predict (const CesModel *self, const CesState *from, gsize t, guint h, gboolean logged, double *out)
{
  CesState s = *from;
  guint i = (guint) (t % self->m);

  for (guint j = 0; j < h; j++)
    {
      out[j] = step (self->form, self->x, &s, i, NAN);
      if (logged)
        out[j] = exp (MIN (out[j], 50.0));
      i = i + 1 == self->m ? 0 : i + 1;
    }
}

static void
fill_fit (const CesModel *self, const KilterData *data, KilterFit *fit)
{
  CesState state;
  gsize origin = data->n - data->k;

  find_start (self, self->x, &state);
  for (gsize t = 0; t < data->n; t++)
    {
      double fitted;

      if (t >= origin)
        predict (self, &state, t, data->h, data->logged, fit->paths + (t - origin) * data->h);
      fitted = step (self->form, self->x, &state, (guint) (t % self->m), self->y[t]);
      fit->fitted[t] = data->logged ? exp (MIN (fitted, 50.0)) : fitted;
    }
  predict (self, &state, data->n, data->h, data->logged, fit->mean);
  fit->member.aicc = self->aicc;
  fit->member.alpha = self->x[0];
  fit->member.beta = self->x[1];
  fit->member.gamma = self->form != CES_NONE ? self->x[2] : NAN;
  g_strlcpy (fit->member.form, form_names[self->form], sizeof fit->member.form);
}

/**
 * kilter_ces_fit:
 *
 * Complex exponential smoothing without a season, with a partial and with a full one; the form
 * with the smallest AICc.
 */
gboolean
kilter_ces_fit (KilterWork *work, const KilterData *data, KilterFit *fit)
{
  CesModel models[N_CES_FORMS];
  double *y = kilter_work_doubles (work, data->n), *filled = kilter_work_doubles (work, data->n);
  gboolean has_season = data->m > 1 && data->m <= KILTER_LONG_SEASON && data->n > 2 * data->m;
  int best = -1;

  if (data->n_present < 6)
    return FALSE;
  for (gsize t = 0; t < data->n; t++)
    {
      y[t] = data->logged ? log (data->y[t]) : data->y[t];
      filled[t] = data->logged ? log (data->filled[t]) : data->filled[t];
    }
  for (int form = 0; form < N_CES_FORMS; form++)
    {
      CesModel *model = &models[form];

      *model = (CesModel) {
        .work = work, .form = form, .y = y, .n = data->n, .m = form == CES_NONE ? 1 : data->m
      };
      if (form != CES_NONE && !has_season)
        continue;
      guess_start (model, data, filled);
      if (estimate (model) && (best < 0 || model->aicc < models[best].aicc))
        best = form;
    }
  if (best < 0)
    return FALSE;
  fill_fit (&models[best], data, fit);
  return TRUE;
}
