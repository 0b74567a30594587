/* kilter-optimize.c: minimisation, small linear systems
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#include <string.h>

#define MAX_DIMENSIONS 12
/* step of the difference quotients, and how far the damping goes */
#define DIFFERENCE 1e-5
#define FIRST_DAMPING 0.01
#define MAX_DAMPING 1e6
/* a model that is hopeless after so many steps is not looked at further */
#define PATIENCE 2

typedef struct
{
  const KilterSquares *problem;
  guint n;
  double *errors;
  double *moved;
  double *slopes;
  double a[MAX_DIMENSIONS * MAX_DIMENSIONS];
  double g[MAX_DIMENSIONS];
  gboolean held[MAX_DIMENSIONS];
} Descent;

static double
evaluate (const KilterSquares *problem, const double *x, double *out_errors)
{
  double sum = problem->errors (x, out_errors, problem->user_data);

  if (!(sum < KILTER_HUGE))
    return KILTER_HUGE;
  return problem->size * log (sum / problem->size + problem->floor);
}

/* The errors a step away in each direction, into the rows of the slopes; @out_sums as errors()
 * says. */
static void
look_around (Descent *self, const double *x, double *steps, double *out_sums)
{
  const KilterSquares *p = self->problem;
  double points[MAX_DIMENSIONS][MAX_DIMENSIONS];
  const double *at[MAX_DIMENSIONS];
  double *errors[MAX_DIMENSIONS];

  for (guint i = 0; i < self->n; i++)
    {
      steps[i] = x[i] + DIFFERENCE <= p->high[i] ? DIFFERENCE : -DIFFERENCE;
      memcpy (points[i], x, self->n * sizeof (double));
      points[i][i] = x[i] + steps[i];
      at[i] = points[i];
      errors[i] = self->slopes + (gsize) i * p->n_errors;
    }
  if (p->errors_of != NULL && self->n <= p->n_at_once)
    p->errors_of (at, self->n, errors, out_sums, p->user_data);
  else
    for (guint i = 0; i < self->n; i++)
      out_sums[i] = p->errors (at[i], errors[i], p->user_data);
}

/* The products of a row of slopes with the rows up to it and with the errors. Each sum waits for
 * its last addition, so several grow side by side; returns that with the errors. */
static double
multiply_rows (Descent *self, guint i)
{
  gsize n = self->problem->n_errors;
  const double *slope = self->slopes + (gsize) i * n;
  double with_errors = 0.0;

  for (guint j = 0; j <= i; j += 3)
    {
      const double *first = self->slopes + (gsize) j * n;
      const double *second = self->slopes + (gsize) MIN (j + 1, i) * n;
      const double *third = self->slopes + (gsize) MIN (j + 2, i) * n;
      double sums[3] = { 0.0, 0.0, 0.0 };

      with_errors = 0.0;
      for (gsize t = 0; t < n; t++)
        {
          sums[0] += slope[t] * first[t];
          sums[1] += slope[t] * second[t];
          sums[2] += slope[t] * third[t];
          with_errors += slope[t] * self->errors[t];
        }
      for (guint k = 0; k < 3 && j + k <= i; k++)
        self->a[i * self->n + j + k] = self->a[(j + k) * self->n + i] = sums[k];
    }
  return with_errors;
}

/* Slopes of the errors by differences, then their products; a coordinate at its bound from which
 * the errors lead outwards is held. FALSE when there is no slope to be had. */
static gboolean
differentiate (Descent *self, const double *x)
{
  const KilterSquares *p = self->problem;
  double at[MAX_DIMENSIONS], steps[MAX_DIMENSIONS], sums[MAX_DIMENSIONS];

  look_around (self, x, steps, sums);
  memcpy (at, x, self->n * sizeof (double));
  for (guint i = 0; i < self->n; i++)
    {
      double step = steps[i], per_step, *slope = self->slopes + (gsize) i * p->n_errors;

      if (!(sums[i] < KILTER_HUGE))
        {
          step = -step;
          at[i] = x[i] + step;
          if (at[i] < p->low[i] || !(p->errors (at, slope, p->user_data) < KILTER_HUGE))
            return FALSE;
          at[i] = x[i];
        }
      per_step = 1.0 / step;
      for (gsize t = 0; t < p->n_errors; t++)
        slope[t] = (slope[t] - self->errors[t]) * per_step;
      self->g[i] = multiply_rows (self, i);
      self->held[i] = (x[i] <= p->low[i] && self->g[i] > 0.0) ||
                      (x[i] >= p->high[i] && self->g[i] < 0.0);
    }
  return TRUE;
}

/* The damped step from x, kept within the bounds. */
static gboolean
propose (const Descent *self, const double *x, double damping, double *out)
{
  double a[MAX_DIMENSIONS * MAX_DIMENSIONS], d[MAX_DIMENSIONS];
  guint n = self->n;

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < n; j++)
        a[i * n + j] = self->held[i] || self->held[j] ? 0.0 : self->a[i * n + j];
      a[i * n + i] = self->held[i] ? 1.0 : self->a[i * n + i] * (1.0 + damping) + 1e-12;
      d[i] = self->held[i] ? 0.0 : -self->g[i];
    }
  if (!kilter_solve_spd (a, d, n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    out[i] = CLAMP (x[i] + d[i], self->problem->low[i], self->problem->high[i]);
  return TRUE;
}

/**
 * kilter_minimize_squares:
 * @problem: the errors, their number and the bounds
 * @x: (inout) (array length=n): the start, inside the bounds, and then the best point found
 * @n: dimensions, at most 12
 * @max_steps: when to stop
 * @tolerance: a step that gains less than this is the last one
 * @give_up: a value that, if it is not reached after two steps, never will be
 *
 * Levenberg 1944, Marquardt 1963: a step costs one evaluation a dimension and one more, and few
 * steps are needed, since one-step errors are nearly linear in the parameters.
 *
 * Returns: size × log (sum of squares ÷ size) at @x
 */
double
kilter_minimize_squares (KilterWork *work,
                         const KilterSquares *problem,
                         double *x,
                         guint n,
                         guint max_steps,
                         double tolerance,
                         double give_up)
{
  KilterMark mark = kilter_work_mark (work);
  Descent self = { .problem = problem, .n = n };
  double damping = FIRST_DAMPING, best;

  g_assert (n <= MAX_DIMENSIONS);
  self.errors = kilter_work_alloc (work, problem->n_errors * sizeof (double));
  self.moved = kilter_work_alloc (work, problem->n_errors * sizeof (double));
  self.slopes = kilter_work_alloc (work, problem->n_errors * n * sizeof (double));
  best = evaluate (problem, x, self.errors);
  for (guint step = 0; step < max_steps && n > 0 && best < KILTER_HUGE; step++)
    {
      double next[MAX_DIMENSIONS], value = best;

      if (!kilter_work_spend (work, 0) || (step >= PATIENCE && best > give_up) ||
          !differentiate (&self, x))
        break;
      for (; damping <= MAX_DAMPING; damping *= 10.0)
        {
          value = propose (&self, x, damping, next) ? evaluate (problem, next, self.moved)
                                                    : KILTER_HUGE;
          if (value < best)
            break;
        }
      if (!(value < best))
        break;
      memcpy (x, next, n * sizeof (double));
      memcpy (self.errors, self.moved, problem->n_errors * sizeof (double));
      damping = MAX (0.1 * damping, 1e-6);
      if (best - value < tolerance)
        {
          best = value;
          break;
        }
      best = value;
    }
  kilter_work_release (work, mark);
  return best;
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
