/* kilter-events.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/driver/kilter-events.h"

#include <stdlib.h>
#include <string.h>

/* demand is added this share of its mean before the logarithm, so that zeros have one */
#define OFFSET 0.1
/* half of the window of the level that events are measured against */
#define HALF_WINDOW 6
/* how far a series may be expected to differ from its group, as a variance of coefficients */
#define PRIOR_VARIANCE 0.1
/* keeps the pooled system solvable when regressors repeat each other */
#define RIDGE 1e-3
#define MAX_COEFFICIENT 8.0
#define MAX_FACTOR 50.0

/**
 * Normal:
 * @a: p × p: moments of the regressors
 * @b: p: moments with the logarithm of demand
 *
 * The normal equations of one series, divided by its error variance.
 */
typedef struct
{
  double *a;
  double *b;
} Normal;

typedef struct
{
  const KilterSeries *series;
  guint p;
  Normal *normals;
} Estimation;

typedef struct
{
  guint group;
  gsize index;
} GroupEntry;

/* x less its mean over the periods around; @missing where x or y is not there. */
static void
take_level_off (const double *x, const double *y, gsize n, double missing, double *out)
{
  for (gsize t = 0; t < n; t++)
    {
      gsize from = t > HALF_WINDOW ? t - HALF_WINDOW : 0, to = MIN (n, t + HALF_WINDOW + 1);
      double sum = 0.0, count = 0.0;

      for (gsize i = from; i < to; i++)
        if (isfinite (x[i]) && isfinite (y[i]))
          {
            sum += x[i];
            count += 1.0;
          }
      out[t] = isfinite (x[t]) && isfinite (y[t]) && count > 2.0 ? x[t] - sum / count : missing;
    }
}

static gboolean
log_demand (const double *y, gsize n, double *out)
{
  double sum = 0.0, count = 0.0, mean;

  for (gsize t = 0; t < n; t++)
    if (isfinite (y[t]))
      {
        if (y[t] < 0.0)
          return FALSE;
        sum += y[t];
        count += 1.0;
      }
  mean = count > 0.0 ? sum / count : 0.0;
  for (gsize t = 0; t < n; t++)
    out[t] = isfinite (y[t]) ? log (y[t] / mean + OFFSET) : NAN;
  return mean > 0.0 && isfinite (mean);
}

static void
add_moments (const double *x, const double *z, gsize n, guint p, Normal *out, double *out_rows)
{
  for (gsize t = 0; t < n; t++)
    {
      if (!isfinite (z[t]))
        continue;
      *out_rows += 1.0;
      for (guint i = 0; i < p; i++)
        {
          out->b[i] += x[i * n + t] * z[t];
          for (guint j = 0; j < p; j++)
            out->a[i * p + j] += x[i * n + t] * x[j * n + t];
        }
    }
}

/* (A + ridge) β = b on copies. */
static gboolean
solve (const double *a, const double *b, guint p, double ridge, double *out)
{
  g_autofree double *copy = g_memdup2 (a, sizeof (double) * p * p);

  memcpy (out, b, p * sizeof (double));
  for (guint i = 0; i < p; i++)
    copy[i * p + i] += ridge;
  return kilter_solve_spd (copy, out, p);
}

static double
error_variance (const double *x, const double *z, gsize n, guint p, const double *beta, double rows)
{
  double squares = 0.0;

  for (gsize t = 0; t < n; t++)
    {
      double e = z[t];

      for (guint i = 0; i < p; i++)
        e -= beta[i] * x[i * n + t];
      if (isfinite (e))
        squares += e * e;
    }
  return MAX (squares / MAX (rows - p, 1.0), 1e-4);
}

static void
measure_one (gsize index, guint worker, gpointer user_data)
{
  Estimation *self = user_data;
  const KilterSeries *series = &self->series[index];
  gsize n = series->n;
  guint p = self->p;
  Normal *normal = &self->normals[index];
  g_autofree double *logs = g_new (double, n + 1);
  g_autofree double *z = g_new (double, n + 1);
  g_autofree double *x = g_new (double, n *p + 1);
  g_autofree double *beta = g_new0 (double, p);
  double rows = 0.0, variance;

  normal->a = g_new0 (double, (gsize) p *p);
  normal->b = g_new0 (double, p);
  if (series->regressors == NULL || n < 8 || !log_demand (series->values, n, logs))
    return;
  take_level_off (logs, logs, n, NAN, z);
  /* a regressor that is missing is an average one, here as in kilter_events_factors() */
  for (guint i = 0; i < p; i++)
    take_level_off (series->regressors + i * n, logs, n, 0.0, x + i * n);
  add_moments (x, z, n, p, normal, &rows);
  if (!solve (normal->a, normal->b, p, RIDGE * MAX (rows, 1.0), beta))
    return;
  variance = error_variance (x, z, n, p, beta, rows);
  for (gsize i = 0; i < (gsize) p * p; i++)
    normal->a[i] /= variance;
  for (guint i = 0; i < p; i++)
    normal->b[i] /= variance;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const GroupEntry *x = a, *y = b;

  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/* What the members of a group say together, and then each of them, drawn towards it. */
static void
solve_group (KilterEvents *self, const Normal *normals, const GroupEntry *entries, gsize n)
{
  guint p = self->p;
  g_autofree double *a = g_new0 (double, (gsize) p *p);
  g_autofree double *b = g_new0 (double, p);
  g_autofree double *pooled = g_new0 (double, p);

  for (gsize e = 0; e < n; e++)
    {
      const Normal *normal = &normals[entries[e].index];

      for (gsize i = 0; i < (gsize) p * p; i++)
        a[i] += normal->a[i];
      for (guint i = 0; i < p; i++)
        b[i] += normal->b[i];
    }
  /* a group is drawn towards no effect as weakly as a series towards its group */
  if (!solve (a, b, p, 1.0 / PRIOR_VARIANCE, pooled))
    memset (pooled, 0, p * sizeof (double));

  for (gsize e = 0; e < n; e++)
    {
      const Normal *normal = &normals[entries[e].index];
      double *beta = self->coefficients + entries[e].index * p;

      for (guint i = 0; i < p; i++)
        b[i] = normal->b[i] + pooled[i] / PRIOR_VARIANCE;
      if (!solve (normal->a, b, p, 1.0 / PRIOR_VARIANCE, beta))
        memcpy (beta, pooled, p * sizeof (double));
      for (guint i = 0; i < p; i++)
        beta[i] = CLAMP (beta[i], -MAX_COEFFICIENT, MAX_COEFFICIENT);
    }
}

/**
 * kilter_events_estimate:
 * @self: (out caller-allocates): the effects; free with kilter_events_clear()
 * @series: (array length=n_series): all with the same number of regressors
 *
 * Logarithms of demand, less their level in the weeks around, on the regressors, likewise. The
 * coefficients of a series are drawn towards those of its group (Gelman & Hill 2007, chapter 12):
 * an item that was promoted twice learns from its sisters.
 */
gboolean
kilter_events_estimate (KilterEvents *self,
                        const KilterSeries *series,
                        gsize n_series,
                        KilterJob *job,
                        GError **error)
{
  guint p = n_series > 0 ? series[0].n_regressors : 0;
  g_autofree Normal *normals = g_new0 (Normal, n_series);
  g_autofree GroupEntry *entries = g_new0 (GroupEntry, n_series);
  Estimation estimation = { series, p, normals };
  gboolean done;

  *self = (KilterEvents) { .p = p };
  if (p == 0)
    return TRUE;
  self->coefficients = g_new0 (double, n_series *p);
  done = kilter_job_parallel (job, n_series, measure_one, &estimation, error);
  for (gsize i = 0; i < n_series; i++)
    entries[i] = (GroupEntry) { series[i].group, i };
  qsort (entries, n_series, sizeof (GroupEntry), compare_entries);
  for (gsize start = 0, end; start < n_series && done; start = end)
    {
      for (end = start; end < n_series && entries[end].group == entries[start].group;)
        end++;
      solve_group (self, normals, entries + start, end - start);
    }
  for (gsize i = 0; i < n_series; i++)
    {
      g_free (normals[i].a);
      g_free (normals[i].b);
    }
  if (!done)
    kilter_events_clear (self);
  return done;
}

/**
 * kilter_events_factors:
 * @index: which series
 * @out: (array length=n+horizon): what demand is multiplied by in each period, against an average
 *   one of the history
 *
 * A missing regressor is an average one.
 */
void
kilter_events_factors (const KilterEvents *self,
                       gsize index,
                       const KilterSeries *series,
                       guint horizon,
                       double *out)
{
  gsize n = series->n;

  for (gsize t = 0; t < n + horizon; t++)
    out[t] = 0.0;
  for (guint i = 0; i < self->p && series->regressors != NULL; i++)
    {
      const double *past = series->regressors + i * n;
      const double *future = series->future_regressors != NULL
                               ? series->future_regressors + (gsize) i * horizon
                               : NULL;
      double beta = self->coefficients[index * self->p + i], sum = 0.0, count = 0.0, mean;

      for (gsize t = 0; t < n; t++)
        if (isfinite (past[t]))
          {
            sum += past[t];
            count += 1.0;
          }
      mean = count > 0.0 ? sum / count : 0.0;
      for (gsize t = 0; t < n + horizon; t++)
        {
          double x = t < n ? past[t] : future != NULL ? future[t - n] : NAN;

          out[t] += isfinite (x) ? beta * (x - mean) : 0.0;
        }
    }
  for (gsize t = 0; t < n + horizon; t++)
    out[t] = CLAMP (exp (out[t]), 1.0 / MAX_FACTOR, MAX_FACTOR);
}

void
kilter_events_clear (KilterEvents *self)
{
  g_clear_pointer (&self->coefficients, g_free);
}
