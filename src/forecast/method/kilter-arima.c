/* kilter-arima.c: seasonal ARIMA with automatic orders
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-arima.h"

#include <string.h>

#define MAX_MODELS 40
#define MA_CAP 0.9
#define EXACT_MA_CAP 0.97
/* steps of a search in a short history, and values for each further one */
#define MIN_STEPS 2
#define MAX_STEPS 5
#define VALUES_PER_STEP 60
#define SEASON_STRENGTH 0.64
#define MAX_FREE 8
/* models averaged, and the smallest weight that counts */
#define N_BEST 4
#define MIN_WEIGHT 0.08
/* logarithms that are not clearly better make short growing series explode */
#define LOG_MARGIN 10.0

/**
 * Choice:
 * @y: (array length=n): values without gaps, logarithms if so decided
 * @w: (array length=nw): differenced, its mean taken off if there is a constant
 * @tried: the orders tried
 * @best: (array length=n_best): the best models so far, the best one first
 */
typedef struct
{
  KilterWork *work;
  const double *y;
  gsize n;
  guint m;
  guint d;
  guint sd;
  double *w;
  double *centred;
  gsize nw;
  double mean;
  KilterArimaOrder tried[MAX_MODELS];
  guint n_tried;
  KilterArima best[N_BEST];
  guint n_best;
} Choice;

static guint
n_steps (gsize n)
{
  return (guint) MIN (MIN_STEPS + n / VALUES_PER_STEP, MAX_STEPS);
}

/* Kwiatkowski, Phillips, Schmidt & Shin 1992: stationary around a level, at 5 %? */
static gboolean
is_stationary (const double *y, gsize n)
{
  gsize lags = (gsize) (3.0 * sqrt ((double) n) / 13.0);
  double mean = 0.0, total = 0.0, partial = 0.0, variance = 0.0;

  for (gsize t = 0; t < n; t++)
    mean += y[t];
  mean /= (double) n;
  for (gsize t = 0; t < n; t++)
    {
      partial += y[t] - mean;
      total += partial * partial;
      variance += (y[t] - mean) * (y[t] - mean);
    }
  for (gsize lag = 1; lag <= lags; lag++)
    {
      double sum = 0.0;

      for (gsize t = lag; t < n; t++)
        sum += (y[t] - mean) * (y[t - lag] - mean);
      variance += 2.0 * (1.0 - (double) lag / ((double) lags + 1.0)) * sum;
    }
  variance /= (double) n;
  return variance < 1e-20 || total / ((double) n * (double) n) / variance < 0.463;
}

static void
choose_differences (Choice *self, const KilterData *data)
{
  gboolean seasonal = self->m > 1 && data->n > 2 * (gsize) self->m + 5;

  self->sd = seasonal && data->strength > SEASON_STRENGTH ? 1 : 0;
  for (self->d = 0; self->d < 2; self->d++)
    {
      self->nw = kilter_arima_difference (self->y, self->n, self->m, self->d, self->sd, self->w);
      if (self->nw < 8 || is_stationary (self->w, self->nw))
        break;
    }
  if (self->d + self->sd > 2)
    self->d = 1;
  self->nw = kilter_arima_difference (self->y, self->n, self->m, self->d, self->sd, self->w);
  self->mean = 0.0;
  for (gsize t = 0; t < self->nw; t++)
    self->mean += self->w[t] / (double) self->nw;
  for (gsize t = 0; t < self->nw; t++)
    self->centred[t] = self->w[t] - self->mean;
}

static gboolean
order_allowed (const Choice *self, const KilterArimaOrder *o)
{
  gboolean seasonal = self->m > 1;

  if (o->p > KILTER_ARIMA_MAX_ORDER || o->q > KILTER_ARIMA_MAX_ORDER ||
      o->sp > (seasonal ? KILTER_ARIMA_MAX_SEASONAL : 0) ||
      o->sq > (seasonal ? KILTER_ARIMA_MAX_SEASONAL : 0))
    return FALSE;
  if (o->p + o->q + o->sp + o->sq > MAX_FREE || (o->constant && self->d + self->sd > 1))
    return FALSE;
  if (o->p + (gsize) o->sp * self->m + 3 > self->nw)
    return FALSE;
  return TRUE;
}

/* Puts the model among the best; TRUE when it is the best. */
static gboolean
keep (Choice *self, const KilterArima *model)
{
  guint at = self->n_best;

  while (at > 0 && model->aicc < self->best[at - 1].aicc)
    at--;
  if (at == N_BEST)
    return FALSE;
  if (self->n_best < N_BEST)
    self->n_best++;
  for (guint i = self->n_best - 1; i > at; i--)
    self->best[i] = self->best[i - 1];
  self->best[at] = *model;
  return at == 0;
}

/* Estimates the model, unless it was tried, and keeps it if it is better. */
static gboolean
try_order (Choice *self, KilterArimaOrder order)
{
  KilterArima model = { .m = self->m, .aicc = self->n_best > 0 ? self->best[0].aicc : INFINITY };

  order.d = self->d;
  order.sd = self->sd;
  if (order.p > 100 || order.q > 100 || order.sp > 100 || order.sq > 100)
    return FALSE;
  if (self->n_tried == MAX_MODELS || !order_allowed (self, &order))
    return FALSE;
  for (guint i = 0; i < self->n_tried; i++)
    if (memcmp (&self->tried[i], &order, sizeof order) == 0)
      return FALSE;
  self->tried[self->n_tried++] = order;
  model.order = order;
  model.mean = order.constant ? self->mean : 0.0;
  for (guint i = 0; i < 12; i++)
    model.x[i] = 0.1;
  if (!kilter_arima_estimate (self->work, &model, order.constant ? self->centred : self->w,
                              self->nw, MA_CAP, FALSE, n_steps (self->n)))
    return FALSE;
  return keep (self, &model);
}

/* The neighbours of the best model; TRUE as soon as one is better. */
static gboolean
improve (Choice *self)
{
  static const int moves[][4] = { { 0, 0, -1, 0 }, { 0, 0, 0, -1 },  { 0, 0, 1, 0 },
                                  { 0, 0, 0, 1 },  { 0, 0, -1, -1 }, { 0, 0, 1, 1 },
                                  { -1, 0, 0, 0 }, { 0, -1, 0, 0 },  { 1, 0, 0, 0 },
                                  { 0, 1, 0, 0 },  { -1, -1, 0, 0 }, { 1, 1, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      KilterArimaOrder order = self->best[0].order;

      order.p += (guint) moves[i][0];
      order.q += (guint) moves[i][1];
      order.sp += (guint) moves[i][2];
      order.sq += (guint) moves[i][3];
      if (try_order (self, order))
        return TRUE;
    }
  {
    KilterArimaOrder order = self->best[0].order;

    order.constant = !order.constant;
    return try_order (self, order);
  }
}

/* Hyndman & Khandakar 2008, section 3.2. */
static gboolean
search (Choice *self)
{
  gboolean seasonal = self->m > 1, constant = self->d + self->sd <= 1;
  guint one = seasonal ? 1 : 0;

  try_order (self,
             (KilterArimaOrder) { .p = 2, .q = 2, .sp = one, .sq = one, .constant = constant });
  try_order (self, (KilterArimaOrder) { .constant = constant });
  try_order (self, (KilterArimaOrder) { .p = 1, .sp = one, .constant = constant });
  try_order (self, (KilterArimaOrder) { .q = 1, .sq = one, .constant = constant });
  while (self->n_best > 0 && improve (self))
    ;
  return self->n_best > 0;
}

/* The whole recursion for the undifferenced series: autoregression times differences. */
static void
expand (const KilterArima *model, double *dense, guint *out_longest)
{
  guint longest = model->ar.n > 0 ? model->ar.lag[model->ar.n - 1] : 0;

  dense[0] = 1.0;
  for (guint i = 0; i < model->ar.n; i++)
    dense[model->ar.lag[i]] = -model->ar.c[i];
  for (guint i = 0; i < model->order.d + model->order.sd; i++)
    {
      guint lag = i < model->order.d ? 1 : model->m;

      longest += lag;
      for (guint j = longest; j >= lag; j--)
        dense[j] -= dense[j - lag];
    }
  *out_longest = longest;
}

static void
polynomial_append (KilterLagPolynomial *self, guint lag, double c)
{
  if (self->n == KILTER_ARIMA_MAX_TERMS)
    return;
  self->lag[self->n] = lag;
  self->c[self->n++] = c;
}

/* Forecasts after the first t values, into z[t …]; z begins with the series. */
static void
predict (const KilterArima *model,
         const KilterLagPolynomial *full,
         double constant,
         const double *errors,
         gsize t,
         guint h,
         double *z)
{
  for (guint j = 0; j < h; j++)
    {
      double value = constant;

      for (guint i = 0; i < full->n && full->lag[i] <= t + j; i++)
        value += full->c[i] * z[t + j - full->lag[i]];
      for (guint i = 0; i < model->ma.n; i++)
        if (model->ma.lag[i] > j && model->ma.lag[i] <= t + j)
          value += model->ma.c[i] * errors[t + j - model->ma.lag[i]];
      z[t + j] = value;
    }
}

static double
unlog (const KilterData *data, double value)
{
  return data->logged ? exp (MIN (value, 50.0)) : value;
}

/* Adds weight times the model's forecasts to the fit. */
static void
add_model (Choice *self,
           const KilterArima *model,
           double weight,
           const KilterData *data,
           KilterFit *fit)
{
  KilterMark mark = kilter_work_mark (self->work);
  gsize n = self->n, lost = n - self->nw, origin = n - data->k;
  double *errors = kilter_work_doubles (self->work, n);
  double *z = kilter_work_doubles (self->work, n + data->h);
  double dense[KILTER_ARIMA_MAX_LAG + KILTER_LONG_SEASON + 4] = { 0 }, constant = model->mean;
  KilterLagPolynomial full = { 0 };
  guint longest;

  kilter_arima_sum_of_squares (self->work, model, model->order.constant ? self->centred : self->w,
                               self->nw, errors + lost);
  expand (model, dense, &longest);
  for (guint lag = 1; lag <= longest; lag++)
    if (dense[lag] != 0.0)
      polynomial_append (&full, lag, -dense[lag]);
  for (guint i = 0; i < model->ar.n; i++)
    constant -= model->mean * model->ar.c[i];

  for (gsize t = lost; t < n; t++)
    fit->fitted[t] += weight * unlog (data, self->y[t] - errors[t]);
  for (gsize t = origin; t <= n; t++)
    {
      memcpy (z, self->y, t * sizeof (double));
      predict (model, &full, constant, errors, t, data->h, z);
      for (guint j = 0; j < data->h; j++)
        if (t == n)
          fit->mean[j] += weight * unlog (data, z[t + j]);
        else
          fit->paths[(t - origin) * data->h + j] += weight * unlog (data, z[t + j]);
    }
  kilter_work_release (self->work, mark);
}

static void
describe (const KilterArima *model, KilterFit *fit)
{
  const KilterArimaOrder *o = &model->order;

  fit->member.aicc = model->aicc;
  if (model->m > 1)
    g_snprintf (fit->member.form, sizeof fit->member.form, "(%u,%u,%u)(%u,%u,%u)%s", o->p, o->d,
                o->q, o->sp, o->sd, o->sq, o->constant ? "c" : "");
  else
    g_snprintf (fit->member.form, sizeof fit->member.form, "(%u,%u,%u)%s", o->p, o->d, o->q,
                o->constant ? "c" : "");
}

static void
choice_init (Choice *self, KilterWork *work, const KilterData *data, gboolean logged)
{
  double *y = kilter_work_doubles (work, data->n);

  for (gsize t = 0; t < data->n; t++)
    y[t] = logged ? log (data->filled[t]) : data->filled[t];
  *self = (Choice) { .work = work,
                     .y = y,
                     .n = data->n,
                     .m = data->m <= KILTER_LONG_SEASON && data->n >= 2 * (gsize) data->m + 3
                            ? data->m
                            : 1 };
  self->w = kilter_work_doubles (work, data->n);
  self->centred = kilter_work_doubles (work, data->n);
}

/* Weights exp (−ΔAICc / 2) of the models that count; returns how many do. */
static guint
weigh (const Choice *self, double *weights)
{
  double sum = 0.0, kept = 0.0;
  guint n = 0;

  for (guint i = 0; i < self->n_best; i++)
    sum += weights[i] = exp (-0.5 * (self->best[i].aicc - self->best[0].aicc));
  while (n < self->n_best && weights[n] / sum >= MIN_WEIGHT)
    kept += weights[n++];
  for (guint i = 0; i < n; i++)
    weights[i] /= kept;
  return n;
}

/**
 * kilter_arima_fit:
 *
 * Orders by a stepwise search on unconditional sums of squares; the best one is
 * estimated again by exact likelihood, and it is averaged with those that come near it, with
 * weights exp (−ΔAICc / 2): there are usually several, and which of them wins is chance. Missing
 * values are interpolated first.
 */
gboolean
kilter_arima_fit (KilterWork *work, const KilterData *data, KilterFit *fit)
{
  Choice *self = kilter_work_alloc (work, sizeof (Choice));
  double weights[N_BEST];
  guint n;

  if (data->n_present < 8)
    return FALSE;
  choice_init (self, work, data, data->logged);
  choose_differences (self, data);
  if (self->nw < 6 || !search (self))
    return FALSE;
  n = weigh (self, weights);
  for (gsize t = data->n - self->nw; t < data->n; t++)
    fit->fitted[t] = 0.0;
  for (guint i = 0; i < n; i++)
    {
      KilterArima exact = self->best[i];

      exact.aicc = INFINITY;
      if (i == 0 && kilter_arima_n_parameters (&exact.order) > 0 &&
          kilter_arima_estimate (work, &exact, exact.order.constant ? self->centred : self->w,
                                 self->nw, EXACT_MA_CAP, TRUE, n_steps (self->n)))
        self->best[i] = exact;
      add_model (self, &self->best[i], weights[i], data, fit);
    }
  describe (&self->best[0], fit);
  return TRUE;
}

/**
 * kilter_arima_prefers_log:
 *
 * The airline model on the values and on their logarithms: which is more likely, the logarithms
 * being paid for by the Jacobian of the transformation.
 */
gboolean
kilter_arima_prefers_log (KilterWork *work, const KilterData *data)
{
  KilterMark mark = kilter_work_mark (work);
  double objective[2], jacobian = 0.0;
  gboolean result = TRUE;

  for (int logged = 0; logged < 2 && result; logged++)
    {
      Choice *self = kilter_work_alloc (work, sizeof (Choice));
      KilterArima model = { .m = data->m,
                            .order = { .d = 1, .q = 1, .sd = 1, .sq = 1 },
                            .x = { 0.5, 0.5 },
                            .aicc = INFINITY };

      choice_init (self, work, data, logged);
      self->nw = kilter_arima_difference (self->y, self->n, data->m, 1, 1, self->w);
      result = self->m > 1 && self->nw >= 8 &&
               kilter_arima_estimate (work, &model, self->w, self->nw, MA_CAP, FALSE, MAX_STEPS);
      objective[logged] = model.objective;
      for (gsize t = self->n - self->nw; t < self->n && logged; t++)
        jacobian += 2.0 * self->y[t];
    }
  kilter_work_release (work, mark);
  return result && objective[1] + jacobian + LOG_MARGIN < objective[0];
}
