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
  double *lanes; /* seasons of several parameter sets */
  double *lanes_reversed;
  double *spare; /* forecasts that nobody asked for */
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

static gboolean
is_linear (const KilterEtsForm *form)
{
  return form->error == KILTER_ETS_ADDITIVE && form->season == KILTER_ETS_NONE;
}

static void
set_lane (KilterEtsLanes *lanes, guint lane, const KilterEtsParams *params)
{
  lanes->alpha[lane] = params->alpha;
  lanes->beta[lane] = params->beta;
  lanes->gamma[lane] = params->gamma;
  lanes->phi[lane] = params->phi;
}

static gboolean
find_start (Model *self, const KilterEtsParams *params, KilterEtsState *state)
{
  KilterEtsLanes lanes = { 0 };

  if (!is_linear (&self->form))
    return backcast (self, params, state);
  for (guint l = 0; l < 2; l++)
    set_lane (&lanes, l, params);
  if (!(kilter_ets_solve_lanes (self->data->y, self->data->n, self->form.trend != KILTER_ETS_NONE,
                                &lanes, 1) &
        1))
    return backcast (self, params, state);
  state->level = lanes.level[0];
  state->slope = lanes.slope[0];
  return TRUE;
}

/* Forecasts as errors; the sum of their squares. */
static double
finish_errors (const Model *self, const KilterEtsSums *sums, double *errors)
{
  const KilterData *data = self->data;
  gboolean relative = self->form.error == KILTER_ETS_MULTIPLICATIVE;
  double factor = relative ? exp (sums->logs / (double) sums->n) : 1.0;

  for (gsize t = 0; t < data->n; t++)
    {
      double error = data->y[t] - errors[t];

      errors[t] = isnan (error) ? 0.0 : relative ? factor * error / errors[t] : error;
    }
  return sums->squares * factor * factor;
}

/* One-step errors, whose mean square is all of the likelihood (Hyndman et al. 2008, equation 5.3):
 * relative errors are multiplied by the geometric mean of the forecasts for it. */
static double
ets_errors (const double *x, double *out_errors, gpointer user_data)
{
  Model *self = user_data;
  const KilterData *data = self->data;
  KilterEtsParams params;
  KilterEtsSums sums;

  params_from_vector (&self->form, x, &params);
  if (!kilter_work_spend (self->work, 3 * data->n) || !find_start (self, &params, &self->scratch) ||
      !kilter_ets_filter (data->y, data->n, self->m, &self->form, &params, &self->scratch,
                          out_errors, &sums))
    return KILTER_HUGE;
  return finish_errors (self, &sums, out_errors);
}

static void
reverse_lanes (const Model *self, const double *from, double *to)
{
  for (guint i = 0; i < self->m; i++)
    memcpy (to + i * KILTER_ETS_LANES,
            from + (self->data->n - 1 + (gsize) self->m * 2 - i) % self->m * KILTER_ETS_LANES,
            KILTER_ETS_LANES * sizeof (double));
}

/* backcast() for all lanes; returns those that came through. */
static guint
backcast_lanes (Model *self, KilterEtsLanes *lanes)
{
  const KilterData *data = self->data;
  gboolean seasonal = self->form.season != KILTER_ETS_NONE;
  double *forward = lanes->season;
  guint alive;

  for (guint l = 0; l < KILTER_ETS_LANES; l++)
    {
      lanes->level[l] = self->start.level;
      lanes->slope[l] = self->start.slope;
      for (guint i = 0; i < self->m && seasonal; i++)
        forward[i * KILTER_ETS_LANES + l] = self->start.season[i];
    }
  alive = kilter_ets_filter_lanes (data->y, data->n, self->m, &self->form, lanes, NULL, NULL);
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint l = 0; l < KILTER_ETS_LANES; l++)
        {
          lanes->level[l] += lanes->slope[l];
          lanes->slope[l] = -lanes->slope[l];
        }
      if (seasonal)
        {
          double *turned = lanes->season == forward ? self->lanes_reversed : forward;

          reverse_lanes (self, lanes->season, turned);
          lanes->season = turned;
        }
      if (pass == 0)
        alive &= kilter_ets_filter_lanes (self->reversed, data->n, self->m, &self->form, lanes,
                                          NULL, NULL);
    }
  return alive;
}

/* find_start() for the first @n lanes; returns those that have one. */
static guint
find_starts (Model *self, KilterEtsLanes *lanes, guint n)
{
  guint found;

  if (!is_linear (&self->form))
    return backcast_lanes (self, lanes);
  found = kilter_ets_solve_lanes (self->data->y, self->data->n, self->form.trend != KILTER_ETS_NONE,
                                  lanes, n);
  for (guint l = 0; l < n; l++)
    {
      KilterEtsParams params = { lanes->alpha[l], lanes->beta[l], lanes->gamma[l], lanes->phi[l] };

      if ((found & (1u << l)) || !backcast (self, &params, &self->scratch))
        continue;
      lanes->level[l] = self->scratch.level;
      lanes->slope[l] = self->scratch.slope;
      found |= 1u << l;
    }
  return found;
}

/* ets_errors() of some points side by side. */
static void
ets_errors_of (const double *const *x,
               guint n_points,
               double *const *out_errors,
               double *out_sums,
               gpointer user_data)
{
  Model *self = user_data;
  const KilterData *data = self->data;
  KilterEtsLanes lanes = { .season = self->lanes };
  KilterEtsSums sums[KILTER_ETS_LANES];
  double *rows[KILTER_ETS_LANES];
  guint alive = 0;

  /* a lane that nobody asked for follows the last point */
  for (guint l = 0; l < KILTER_ETS_LANES; l++)
    {
      KilterEtsParams params;

      params_from_vector (&self->form, x[MIN (l, n_points - 1)], &params);
      set_lane (&lanes, l, &params);
      rows[l] = l < n_points ? out_errors[l] : self->spare;
    }
  if (kilter_work_spend (self->work, 3 * data->n * n_points))
    {
      alive = find_starts (self, &lanes, n_points);
      alive &= kilter_ets_filter_lanes (data->y, data->n, self->m, &self->form, &lanes, rows, sums);
    }
  for (guint l = 0; l < n_points; l++)
    out_sums[l] = alive & (1u << l) ? finish_errors (self, &sums[l], rows[l]) : KILTER_HUGE;
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
            const double *reversed,
            double *spare)
{
  guint m = form->season != KILTER_ETS_NONE ? data->m : 1;

  *self = (Model) { .work = work, .data = data, .form = *form, .m = m, .reversed = reversed };
  self->start.season = kilter_work_doubles (work, m);
  self->scratch.season = kilter_work_doubles (work, m);
  self->season_reversed = kilter_work_doubles (work, m);
  self->lanes = kilter_work_doubles (work, (gsize) m * KILTER_ETS_LANES);
  self->lanes_reversed = kilter_work_doubles (work, (gsize) m * KILTER_ETS_LANES);
  self->spare = spare;
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
  KilterSquares problem = { ets_errors, self,          self->data->n,   size, 1e-12, low,
                            high,       ets_errors_of, KILTER_ETS_LANES };
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
  double *spare = kilter_work_doubles (work, data->n);
  double weights[N_FORMS], sum = 0.0, kept = 0.0, best_aicc = INFINITY;
  guint n_models = 0, best = 0;

  for (gsize t = 0; t < data->n; t++)
    reversed[t] = data->y[data->n - 1 - t];
  for (guint i = 0; i < N_FORMS; i++)
    {
      if (!method_has (method, i) || !model_allowed (data, &all_forms[i]))
        continue;
      model_init (&models[n_models], work, data, &all_forms[i], reversed, spare);
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
