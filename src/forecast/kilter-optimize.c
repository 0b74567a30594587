/* kilter-optimize.c: minimisation without derivatives, small linear systems
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <string.h>

#define MAX_DIMENSIONS 12

typedef struct
{
  double x[MAX_DIMENSIONS + 1][MAX_DIMENSIONS];
  double f[MAX_DIMENSIONS + 1];
  guint n;
} Simplex;

/* Insertion sort: stable, so that equal values keep their order and results repeat. */
static void
simplex_sort (Simplex *self)
{
  for (guint i = 1; i <= self->n; i++)
    for (guint j = i; j > 0 && self->f[j] < self->f[j - 1]; j--)
      {
        double x[MAX_DIMENSIONS];
        double f = self->f[j];

        memcpy (x, self->x[j], sizeof x);
        memcpy (self->x[j], self->x[j - 1], sizeof x);
        memcpy (self->x[j - 1], x, sizeof x);
        self->f[j] = self->f[j - 1];
        self->f[j - 1] = f;
      }
}

static void
simplex_replace_last (Simplex *self, const double *x, double f)
{
  memcpy (self->x[self->n], x, self->n * sizeof (double));
  self->f[self->n] = f;
}

static void
toward (const Simplex *self, const double *centre, double by, double *out)
{
  for (guint i = 0; i < self->n; i++)
    out[i] = centre[i] + by * (self->x[self->n][i] - centre[i]);
}

static guint
simplex_shrink (Simplex *self, KilterObjective objective, gpointer user_data)
{
  for (guint i = 1; i <= self->n; i++)
    {
      for (guint j = 0; j < self->n; j++)
        self->x[i][j] = self->x[0][j] + 0.5 * (self->x[i][j] - self->x[0][j]);
      self->f[i] = objective (self->x[i], user_data);
    }
  return self->n;
}

/* One reflection, expansion, contraction or shrink; returns the evaluations it took. */
static guint
simplex_step (Simplex *self, KilterObjective objective, gpointer user_data)
{
  double centre[MAX_DIMENSIONS] = { 0 }, a[MAX_DIMENSIONS], b[MAX_DIMENSIONS];
  double fa, fb;
  guint n = self->n;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      centre[j] += self->x[i][j] / n;

  toward (self, centre, -1.0, a);
  fa = objective (a, user_data);
  if (fa < self->f[0])
    {
      toward (self, centre, -2.0, b);
      fb = objective (b, user_data);
      if (fb < fa)
        simplex_replace_last (self, b, fb);
      else
        simplex_replace_last (self, a, fa);
      return 2;
    }
  if (fa < self->f[n - 1])
    {
      simplex_replace_last (self, a, fa);
      return 1;
    }

  toward (self, centre, fa < self->f[n] ? -0.5 : 0.5, b);
  fb = objective (b, user_data);
  if (fb < MIN (fa, self->f[n]))
    {
      simplex_replace_last (self, b, fb);
      return 2;
    }
  return 2 + simplex_shrink (self, objective, user_data);
}

/**
 * kilter_minimize:
 * @work: whose limit ends the search
 * @objective: finite everywhere; %KILTER_HUGE outside its region
 * @x: (inout) (array length=n): the start, and then the best point found
 * @step: (array length=n): first steps
 * @n: dimensions, at most 12
 * @max_evaluations: when to stop
 * @tolerance: difference of best and worst at which it has converged; for −2 log likelihoods a
 *   hundredth changes no choice among models and no forecast to speak of
 * @give_up: a value that, if it is not reached after 8 evaluations a dimension, never will be
 *
 * Nelder & Mead 1965. A first step that leaves the region is taken to the other side instead.
 *
 * Returns: the objective at @x
 */
double
kilter_minimize (KilterWork *work,
                 KilterObjective objective,
                 gpointer user_data,
                 double *x,
                 const double *step,
                 guint n,
                 guint max_evaluations,
                 double tolerance,
                 double give_up)
{
  Simplex simplex = { .n = n };
  guint evaluations = 1;

  g_assert (n <= MAX_DIMENSIONS);
  memcpy (simplex.x[0], x, n * sizeof (double));
  simplex.f[0] = objective (x, user_data);
  if (n == 0)
    return simplex.f[0];
  for (guint i = 0; i < n; i++)
    {
      memcpy (simplex.x[i + 1], x, n * sizeof (double));
      simplex.x[i + 1][i] += step[i];
      simplex.f[i + 1] = objective (simplex.x[i + 1], user_data);
      evaluations++;
      if (simplex.f[i + 1] >= KILTER_HUGE)
        {
          simplex.x[i + 1][i] = x[i] - step[i];
          simplex.f[i + 1] = objective (simplex.x[i + 1], user_data);
          evaluations++;
        }
    }

  simplex_sort (&simplex);
  while (evaluations < max_evaluations && kilter_work_spend (work, 0))
    {
      if (simplex.f[n] - simplex.f[0] <= tolerance ||
          (evaluations >= 8 * n && simplex.f[0] > give_up))
        break;
      evaluations += simplex_step (&simplex, objective, user_data);
      simplex_sort (&simplex);
    }

  memcpy (x, simplex.x[0], n * sizeof (double));
  return simplex.f[0];
}

/**
 * kilter_minimize_line:
 * @low: lower end
 * @high: upper end
 * @n_grid: points tried first, at least 3
 * @out_x: the best point
 *
 * A grid, so that no valley is missed, then golden sections around its best point.
 *
 * Returns: the objective at @out_x
 */
double
kilter_minimize_line (KilterObjective objective,
                      gpointer user_data,
                      double low,
                      double high,
                      guint n_grid,
                      double *out_x)
{
  const double golden = 0.6180339887498949;
  double width = (high - low) / (n_grid - 1);
  double best = low, best_f = objective (&low, user_data);
  double a, b, c, d, fc, fd;

  for (guint i = 1; i < n_grid; i++)
    {
      double x = i + 1 == n_grid ? high : low + width * i;
      double f = objective (&x, user_data);

      if (f < best_f)
        {
          best = x;
          best_f = f;
        }
    }

  a = MAX (low, best - width);
  b = MIN (high, best + width);
  c = b - golden * (b - a);
  d = a + golden * (b - a);
  fc = objective (&c, user_data);
  fd = objective (&d, user_data);
  for (guint i = 0; i < 16; i++)
    if (fc < fd)
      {
        b = d;
        d = c;
        fd = fc;
        c = b - golden * (b - a);
        fc = objective (&c, user_data);
      }
    else
      {
        a = c;
        c = d;
        fc = fd;
        d = a + golden * (b - a);
        fd = objective (&d, user_data);
      }
  if (MIN (fc, fd) < best_f)
    {
      best = fc < fd ? c : d;
      best_f = MIN (fc, fd);
    }

  *out_x = best;
  return best_f;
}

/**
 * kilter_solve_spd:
 * @a: (array length=n*n): a symmetric positive definite matrix; replaced by its factor
 * @b: (array length=n): the right side; replaced by the solution
 *
 * Cholesky.
 *
 * Returns: %FALSE when @a is not positive definite
 */
gboolean
kilter_solve_spd (double *a, double *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double sum = a[i * n + j];

        for (gsize k = 0; k < j; k++)
          sum -= a[i * n + k] * a[j * n + k];
        if (i != j)
          a[i * n + j] = sum / a[j * n + j];
        else if (sum > 1e-14)
          a[i * n + i] = sqrt (sum);
        else
          return FALSE;
      }
  for (gsize i = 0; i < n; i++)
    {
      for (gsize k = 0; k < i; k++)
        b[i] -= a[i * n + k] * b[k];
      b[i] /= a[i * n + i];
    }
  for (gsize i = n; i-- > 0;)
    {
      for (gsize k = i + 1; k < n; k++)
        b[i] -= a[k * n + i] * b[k];
      b[i] /= a[i * n + i];
    }
  return TRUE;
}
