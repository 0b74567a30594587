/* kilter-ets.c: exponential smoothing: estimation, choice and averaging of forms
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-ets.h"

#include <string.h>

#define N_FORMS 15
/* weights below this are noise (Kolassa 2011) */
#define MIN_WEIGHT 0.02
/* among forms to be averaged, and for one form alone, whose constants people look at */
#define TOLERANCE 0.005
#define STEPS 12
#define FINE_TOLERANCE 1e-8
#define FINE_STEPS 60
/* a form this far behind after its first steps would get no weight */
#define HOPELESS 14.0
#define PHI_LOW 0.8
#define PHI_HIGH 0.98

/**
 * Model:
 * @reversed: the values from last to first, for backcasting
 * @start: the first guess of the state before the first value
 * @scratch: a state to work with
 *
 * One form while it is estimated.
 */
typedef struct
{
  KilterWork *work;
  const KilterData *data;
  KilterEtsForm form;
  guint m;
  const double *reversed;
  KilterEtsState start;
  KilterEtsState scratch;
  double *season_reversed;
  KilterEtsParams params;
  double aicc;
} Model;

static const KilterEtsForm all_forms[N_FORMS] = {
  { KILTER_ETS_ADDITIVE, KILTER_ETS_NONE, KILTER_ETS_NONE },
  { KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_NONE },
  { KILTER_ETS_ADDITIVE, KILTER_ETS_DAMPED, KILTER_ETS_NONE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_NONE, KILTER_ETS_NONE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_NONE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_DAMPED, KILTER_ETS_NONE },
  { KILTER_ETS_ADDITIVE, KILTER_ETS_NONE, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_ADDITIVE, KILTER_ETS_DAMPED, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_NONE, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_DAMPED, KILTER_ETS_ADDITIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_NONE, KILTER_ETS_MULTIPLICATIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_ADDITIVE, KILTER_ETS_MULTIPLICATIVE },
  { KILTER_ETS_MULTIPLICATIVE, KILTER_ETS_DAMPED, KILTER_ETS_MULTIPLICATIVE },
};

static guint
count_parameters (const KilterEtsForm *form)
{
  return 1 + (form->trend != KILTER_ETS_NONE) + (form->trend == KILTER_ETS_DAMPED) +
         (form->season != KILTER_ETS_NONE);
}

/* Smoothing constants, start states and the variance, as in section 5.6 of Hyndman et al. 2008.
 * Start seasons by backcasting follow from the others and are less free than estimated ones: two
 * thirds of them are counted. */
static guint
count_degrees (const KilterEtsForm *form, guint m)
{
  return count_parameters (form) + 1 + (form->trend != KILTER_ETS_NONE) +
         (form->season != KILTER_ETS_NONE ? 2 * m / 3 : 0) + 1;
}

/* From the coordinates of the search, in which the usual region is a box. */
static void
params_from_vector (const KilterEtsForm *form, const double *x, KilterEtsParams *out)
{
  guint i = 0;

  *out = (KilterEtsParams) { .alpha = x[i++], .phi = 1.0 };
  if (form->trend != KILTER_ETS_NONE)
    out->beta = x[i++] * out->alpha;
  if (form->season != KILTER_ETS_NONE)
    out->gamma = x[i++] * (1.0 - out->alpha);
  if (form->trend == KILTER_ETS_DAMPED)
    out->phi = x[i];
}

/* Level and slope by a straight line through the first adjusted values; the season from the
 * classical decomposition. */
static void
guess_start (Model *self)
{
  const KilterData *data = self->data;
  gsize n = MIN (data->n, MAX (10, 2 * (gsize) self->m));
  double sx = 0, sy = 0, sxx = 0, sxy = 0, slope;
  gboolean additive = self->form.season == KILTER_ETS_ADDITIVE;

  if (self->form.season != KILTER_ETS_NONE)
    {
      double *season = self->start.season;

      kilter_season_indices (self->work, data->filled, data->n, self->m, additive, season);
      kilter_season_shrink (self->work, data->filled, data->n, self->m, additive, season);
    }
  for (gsize t = 0; t < n; t++)
    {
      double s = self->form.season != KILTER_ETS_NONE ? self->start.season[t % self->m] : 0.0;
      double v = self->form.season == KILTER_ETS_NONE ? data->filled[t]
                 : additive                           ? data->filled[t] - s
                                                      : data->filled[t] / s;
      double x = (double) t + 1.0;

      sx += x;
      sy += v;
      sxx += x * x;
      sxy += x * v;
    }
  slope = ((double) n * sxy - sx * sy) / MAX ((double) n * sxx - sx * sx, 1e-30);
  if (self->form.trend == KILTER_ETS_NONE)
    self->start.level = sy / (double) n;
  else
    {
      self->start.slope = slope;
      self->start.level = (sy - slope * sx) / (double) n;
      if (data->positive && self->start.level <= 0.0)
        self->start.level = 0.1 * sy / (double) n;
    }
}

static void
copy_start (const Model *self, KilterEtsState *out)
{
  out->level = self->start.level;
  out->slope = self->start.slope;
  if (self->form.season != KILTER_ETS_NONE)
    memcpy (out->season, self->start.season, self->m * sizeof (double));
}

/* Seasons are stored by t % m; for the reversed series by (n − 1 − t) % m. */
static void
reverse_season (const Model *self, const double *from, double *to)
{
  for (guint i = 0; i < self->m; i++)
    to[i] = from[(self->data->n - 1 + (gsize) self->m * 2 - i) % self->m];
}

/**
 * backcast:
 * @state: (out): the state before the first value
 *
 * Forward, backward, and what the backward pass ends with is where the forward pass begins.
 */
static gboolean
backcast (Model *self, const KilterEtsParams *params, KilterEtsState *state)
{
  const KilterData *data = self->data;
  gboolean seasonal = self->form.season != KILTER_ETS_NONE;
  KilterEtsState back = { .season = self->season_reversed };

  copy_start (self, state);
  if (!kilter_ets_filter (data->y, data->n, self->m, &self->form, params, state, NULL, NULL))
    return FALSE;
  back.level = state->level + state->slope;
  back.slope = -state->slope;
  if (seasonal)
    reverse_season (self, state->season, back.season);
  if (!kilter_ets_filter (self->reversed, data->n, self->m, &self->form, params, &back, NULL, NULL))
    return FALSE;
  state->level = back.level + back.slope;
  state->slope = -back.slope;
  if (seasonal)
    reverse_season (self, back.season, state->season);
  return TRUE;
}

/**
 * solve_start:
 *
 * With additive errors and no season the forecasts are linear in the start level and slope: the
 * best ones are found by least squares, for the price of the backcast.
 */
static gboolean
solve_start (Model *self, const KilterEtsParams *params, KilterEtsState *state)
{
  const KilterData *data = self->data;
  gboolean trend = self->form.trend != KILTER_ETS_NONE;
  double level = 0, slope = 0, l1 = 1, b1 = 0, l2 = 0, b2 = 1;
  double s11 = 0, s12 = 0, s22 = 0, r1 = 0, r2 = 0, det;

  for (gsize t = 0; t < data->n; t++)
    {
      double phi = trend ? params->phi : 0.0;
      double q = level + phi * slope, q1 = l1 + phi * b1, q2 = l2 + phi * b2;
      double e = data->y[t] - q;

      slope *= phi;
      b1 *= phi;
      b2 *= phi;
      level = q;
      l1 = q1;
      l2 = q2;
      if (isnan (e))
        continue;
      s11 += q1 * q1;
      s12 += q1 * q2;
      s22 += q2 * q2;
      r1 += q1 * e;
      r2 += q2 * e;
      level += params->alpha * e;
      slope += params->beta * e;
      l1 -= params->alpha * q1;
      b1 -= params->beta * q1;
      l2 -= params->alpha * q2;
      b2 -= params->beta * q2;
    }
  if (!trend)
    {
      state->level = r1 / s11;
      state->slope = 0.0;
      return s11 > 0.0;
    }
  det = s11 * s22 - s12 * s12;
  if (det <= 1e-10 * s11 * s22)
    return FALSE;
  state->level = (r1 * s22 - r2 * s12) / det;
  state->slope = (s11 * r2 - s12 * r1) / det;
  return TRUE;
}

static gboolean
find_start (Model *self, const KilterEtsParams *params, KilterEtsState *state)
{
  if (self->form.error == KILTER_ETS_ADDITIVE && self->form.season == KILTER_ETS_NONE &&
      solve_start (self, params, state))
    return TRUE;
  return backcast (self, params, state);
}

/* One-step errors, whose mean square is all of the likelihood (Hyndman et al. 2008, equation 5.3):
 * relative errors are multiplied by the geometric mean of the forecasts for it. */
static double
ets_errors (const double *x, double *out_errors, gpointer user_data)
{
  Model *self = user_data;
  const KilterData *data = self->data;
  gboolean relative = self->form.error == KILTER_ETS_MULTIPLICATIVE;
  KilterEtsParams params;
  KilterEtsSums sums;
  double factor;

  params_from_vector (&self->form, x, &params);
  if (!kilter_work_spend (self->work, 3 * data->n) || !find_start (self, &params, &self->scratch) ||
      !kilter_ets_filter (data->y, data->n, self->m, &self->form, &params, &self->scratch,
                          out_errors, &sums))
    return KILTER_HUGE;
  factor = relative ? exp (sums.logs / (double) sums.n) : 1.0;
  for (gsize t = 0; t < data->n; t++)
    {
      double error = data->y[t] - out_errors[t];

      out_errors[t] = isnan (error) ? 0.0 : relative ? factor * error / out_errors[t] : error;
    }
  return sums.squares * factor * factor;
}

static gboolean
model_allowed (const KilterData *data, const KilterEtsForm *form)
{
  gboolean relative = form->error == KILTER_ETS_MULTIPLICATIVE ||
                      form->season == KILTER_ETS_MULTIPLICATIVE;

  if (relative && !data->positive)
    return FALSE;
  if (form->season != KILTER_ETS_NONE &&
      (data->m < 2 || data->m > KILTER_LONG_SEASON || data->n < 2 * (gsize) data->m + 1))
    return FALSE;
  return data->n_present > count_degrees (form, data->m) + 1;
}

static void
model_init (Model *self,
            KilterWork *work,
            const KilterData *data,
            const KilterEtsForm *form,
            const double *reversed)
{
  guint m = form->season != KILTER_ETS_NONE ? data->m : 1;

  *self = (Model) { .work = work, .data = data, .form = *form, .m = m, .reversed = reversed };
  self->start.season = kilter_work_doubles (work, m);
  self->scratch.season = kilter_work_doubles (work, m);
  self->season_reversed = kilter_work_doubles (work, m);
  guess_start (self);
}

/* Where the search begins, and its bounds; returns how many coordinates there are. */
static guint
set_box (const KilterEtsForm *form, gboolean nervous, double *x, double *low, double *high)
{
  gboolean seasonal = form->season != KILTER_ETS_NONE;
  guint n = count_parameters (form), i = 0;

  for (guint j = 0; j < n; j++)
    {
      x[j] = 0.1;
      low[j] = 1e-4;
      high[j] = 0.9999;
    }
  x[i++] = nervous ? 0.8 : seasonal ? 0.2 : 0.3;
  if (form->trend != KILTER_ETS_NONE)
    x[i++] = nervous ? 0.5 : 0.1;
  if (form->trend == KILTER_ETS_DAMPED)
    {
      x[n - 1] = 0.93;
      low[n - 1] = PHI_LOW;
      high[n - 1] = PHI_HIGH;
    }
  return n;
}

/* A trend that is nearly fixed and one that follows every change can each be a valley, so trends
 * are searched for from both. */
static gboolean
model_estimate (Model *self, double best_aicc, gboolean fine)
{
  const KilterEtsForm *form = &self->form;
  double x[4], low[4], high[4], best = KILTER_HUGE;
  double k = count_degrees (form, self->m), size = (double) self->data->n_present;
  double penalty = 2.0 * k + 2.0 * k * (k + 1.0) / (size - k - 1.0);
  KilterSquares problem = { ets_errors, self, self->data->n, size, 1e-12, low, high };
  gboolean both = form->trend != KILTER_ETS_NONE && (fine || form->season == KILTER_ETS_NONE);

  for (int nervous = 0; nervous <= both; nervous++)
    {
      guint n = set_box (form, nervous, x, low, high);
      double value = kilter_minimize_squares (self->work, &problem, x, n, fine ? FINE_STEPS : STEPS,
                                              fine ? FINE_TOLERANCE : TOLERANCE,
                                              MIN (best_aicc - penalty, best) + HOPELESS);

      if (value >= best)
        continue;
      best = value;
      params_from_vector (form, x, &self->params);
    }
  self->aicc = best + penalty;
  return best < KILTER_HUGE;
}

/* Adds weight times the model's forecasts to the fit. */
static void
model_add (Model *self, double weight, KilterFit *fit)
{
  const KilterData *data = self->data;
  double *buffer = kilter_work_doubles (self->work, MAX (data->n, data->h));
  gsize origin = data->n - data->k;
  KilterEtsState *state = &self->scratch;

  if (!find_start (self, &self->params, state))
    return;
  for (gsize t = 0; t < data->n; t++)
    {
      KilterEtsState now = { state->level, state->slope, NULL };
      double fitted;

      /* the season of the filter begins at the first value it sees, so it is turned to it */
      now.season = self->season_reversed;
      for (guint i = 0; i < self->m; i++)
        now.season[i] = state->season[(t + i) % self->m];
      if (t >= origin)
        {
          kilter_ets_predict (&self->form, self->params.phi, state, t, self->m, data->h, buffer);
          for (guint j = 0; j < data->h; j++)
            fit->paths[(t - origin) * data->h + j] += weight * buffer[j];
        }
      kilter_ets_filter (data->y + t, 1, self->m, &self->form, &self->params, &now, &fitted, NULL);
      fit->fitted[t] += weight * fitted;
      state->level = now.level;
      state->slope = now.slope;
      for (guint i = 0; i < self->m; i++)
        state->season[(t + i) % self->m] = now.season[i];
    }
  kilter_ets_predict (&self->form, self->params.phi, state, data->n, self->m, data->h, buffer);
  for (guint j = 0; j < data->h; j++)
    fit->mean[j] += weight * buffer[j];
}

static void
describe (const Model *best, KilterFit *fit)
{
  static const char *const names[] = { "N", "A", "Ad", "M" };
  const KilterEtsForm *form = &best->form;

  g_snprintf (fit->member.form, sizeof fit->member.form, "%s,%s,%s", names[form->error],
              names[form->trend], names[form->season]);
  fit->member.aicc = best->aicc;
  fit->member.alpha = best->params.alpha;
  fit->member.beta = form->trend != KILTER_ETS_NONE ? best->params.beta : NAN;
  fit->member.gamma = form->season != KILTER_ETS_NONE ? best->params.gamma : NAN;
  fit->member.phi = form->trend == KILTER_ETS_DAMPED ? best->params.phi : NAN;
}

/* The forms a method stands for. */
static gboolean
method_has (KilterForecastMethod method, guint form)
{
  switch ((guint) method)
    {
    case KILTER_METHOD_ETS:
      return TRUE;
    case KILTER_METHOD_SES:
      return form == 0;
    case KILTER_METHOD_HOLT:
      return form == 1;
    case KILTER_METHOD_DAMPED:
      return form == 2;
    case KILTER_METHOD_HW_ADD:
      return form == 7;
    case KILTER_METHOD_HW_MULT:
      return form == 13;
    default:
      return FALSE;
    }
}

/**
 * kilter_ets_fit:
 * @method: ETS for the whole family averaged with weights exp (−ΔAICc / 2); or SES, Holt, damped,
 *   Holt–Winters for one form
 *
 * Hyndman, Koehler, Snyder & Grose 2002; weights by Kolassa 2011, section 2. Start states by
 * least squares where the form is linear in them, by backcasting elsewhere.
 */
gboolean
kilter_ets_fit (KilterWork *work,
                const KilterData *data,
                KilterForecastMethod method,
                KilterFit *fit)
{
  Model *models = kilter_work_alloc (work, sizeof (Model) * N_FORMS);
  double *reversed = kilter_work_doubles (work, data->n);
  double weights[N_FORMS], sum = 0.0, kept = 0.0, best_aicc = INFINITY;
  guint n_models = 0, best = 0;

  for (gsize t = 0; t < data->n; t++)
    reversed[t] = data->y[data->n - 1 - t];
  for (guint i = 0; i < N_FORMS; i++)
    {
      if (!method_has (method, i) || !model_allowed (data, &all_forms[i]))
        continue;
      model_init (&models[n_models], work, data, &all_forms[i], reversed);
      if (!model_estimate (&models[n_models], best_aicc, method != KILTER_METHOD_ETS))
        continue;
      best_aicc = MIN (best_aicc, models[n_models].aicc);
      n_models++;
    }
  if (n_models == 0)
    return FALSE;

  for (guint i = 1; i < n_models; i++)
    if (models[i].aicc < models[best].aicc)
      best = i;
  for (guint i = 0; i < n_models; i++)
    sum += weights[i] = exp (-0.5 * (models[i].aicc - models[best].aicc));
  for (guint i = 0; i < n_models; i++)
    kept += weights[i] = weights[i] / sum < MIN_WEIGHT ? 0.0 : weights[i];

  for (gsize t = 0; t < data->n; t++)
    fit->fitted[t] = 0.0;
  for (guint i = 0; i < n_models; i++)
    if (weights[i] > 0.0)
      model_add (&models[i], weights[i] / kept, fit);
  describe (&models[best], fit);
  return TRUE;
}
