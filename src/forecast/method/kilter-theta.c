/* kilter-theta.c: dynamic optimised theta model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* the first forecasts come before the line through the data is known */
#define N_BURN 2

/**
 * Theta:
 * @x: seasonally adjusted values without gaps
 *
 * Fiorucci et al. 2016, section 3.2: the forecast is level + (1 − 1/θ) × (a line through all
 * data so far). Given α it is linear in the start level and in w = 1 − 1/θ, so only α is searched.
 */
typedef struct
{
  KilterWork *work;
  const KilterData *data;
  const double *x;
  double level;
  double w;
} Theta;

typedef struct
{
  double level;
  double power; /* (1 − α)^t */
  double mean;
  double a;
  double b;
  double n;
} State;

static inline double
line_part (const State *s, double alpha)
{
  return s->power * s->a + (1.0 - s->power * (1.0 - alpha)) / alpha * s->b;
}

/* Equations 12 to 16 of the paper, after value number n + 1. */
static inline void
advance (State *s, double alpha, double x)
{
  double n = s->n + 1.0;
  double old_mean = s->mean;

  s->level += alpha * (x - s->level);
  s->mean = old_mean + (x - old_mean) / n;
  s->b = ((n - 2.0) * s->b + 6.0 / n * (x - old_mean)) / (n + 1.0);
  if (s->n == 0.0)
    s->b = 0.0;
  s->a = s->mean - 0.5 * (n + 1.0) * s->b;
  s->power *= 1.0 - alpha;
  s->n = n;
}

/* Least squares of start level and w for one α. */
static double
theta_objective (const double *x, gpointer user_data)
{
  Theta *self = user_data;
  double alpha = x[0];
  double s11 = 0, s12 = 0, s22 = 0, r1 = 0, r2 = 0, rr = 0, det;
  State s = { .power = 1.0 };

  kilter_work_spend (self->work, self->data->n);
  for (gsize t = 0; t < self->data->n; t++)
    {
      if (t >= N_BURN && !isnan (self->data->y[t]))
        {
          double g = line_part (&s, alpha), c = s.power, r = self->x[t] - s.level;

          s11 += c * c;
          s12 += c * g;
          s22 += g * g;
          r1 += c * r;
          r2 += g * r;
          rr += r * r;
        }
      advance (&s, alpha, self->x[t]);
    }
  det = s11 * s22 - s12 * s12;
  self->w = det > 1e-12 * s11 * s22 ? (s11 * r2 - s12 * r1) / det : 0.0;
  self->w = CLAMP (self->w, 0.0, 1.0);
  self->level = s11 > 1e-30 ? (r1 - s12 * self->w) / s11 : 0.0;
  return rr + self->level * self->level * s11 + self->w * self->w * s22 - 2.0 * self->level * r1 -
         2.0 * self->w * r2 + 2.0 * self->level * self->w * s12;
}

/* The line changes while the horizon is walked through: each forecast is taken as the next value.
 */
static void
walk (const KilterData *data, State s, double alpha, double w, gsize t, double *out)
{
  for (guint j = 0; j < data->h; j++)
    {
      double forecast = s.level + w * line_part (&s, alpha);

      out[j] = forecast;
      advance (&s, alpha, forecast);
      if (data->seasonal)
        out[j] = data->index_additive ? forecast + data->index[(t + j) % data->m]
                                      : forecast * data->index[(t + j) % data->m];
    }
}

/**
 * kilter_theta_fit:
 *
 * DOTM on classically deseasonalised data.
 */
gboolean
kilter_theta_fit (KilterWork *work, const KilterData *data, KilterFit *fit)
{
  double *x = kilter_work_doubles (work, data->n);
  Theta self = { .work = work, .data = data, .x = x };
  State s = { .power = 1.0 };
  double alpha, path[1] = { 0 };
  gsize origin = data->n - data->k;

  if (data->n_present < 4)
    return FALSE;
  for (gsize t = 0; t < data->n; t++)
    x[t] = !data->seasonal        ? data->filled[t]
           : data->index_additive ? data->filled[t] - data->index[t % data->m]
                                  : data->filled[t] / data->index[t % data->m];

  kilter_minimize_line (theta_objective, &self, 0.05, 0.99, 12, &alpha);
  path[0] = alpha;
  theta_objective (path, &self);

  s.level = self.level;
  for (gsize t = 0; t < data->n; t++)
    {
      double forecast = s.level + self.w * line_part (&s, alpha);

      if (t >= N_BURN)
        fit->fitted[t] = !data->seasonal        ? forecast
                         : data->index_additive ? forecast + data->index[t % data->m]
                                                : forecast * data->index[t % data->m];
      if (t >= origin)
        walk (data, s, alpha, self.w, t, fit->paths + (t - origin) * data->h);
      advance (&s, alpha, x[t]);
    }
  walk (data, s, alpha, self.w, data->n, fit->mean);
  fit->member.alpha = alpha;
  fit->member.theta = self.w < 1.0 - 1e-6 ? 1.0 / (1.0 - self.w) : 1e6;
  return TRUE;
}
