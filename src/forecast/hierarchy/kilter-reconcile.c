/* kilter-reconcile.c: forecasts of all nodes to forecasts that add up
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/hierarchy/kilter-hierarchy-private.h"

#include <math.h>
#include <string.h>

#define LARGEST 1e300
/* of the residual against the right side; beyond it rounding is all that is left */
#define TOLERANCE 1e-14
#define MAX_ITERATIONS 2000
/* a leaf this far below zero, against the largest forecast, is below zero */
#define NEGATIVE 1e-11
#define MAX_EXCHANGES 200
#define MAX_FULL_EXCHANGES 5
/* no node is trusted more than this many times the usual one of its level */
#define SMALLEST_VARIANCE 1e-6

typedef struct
{
  const KilterHierarchy *hierarchy;
  const KilterReconcileOptions *options;
  guint horizon;
  double *forecasts;
  double *weights; /* of the optimal method: 1 ÷ variance of each node */
} Reconciliation;

/* One period: the normal equations S′W⁻¹S x = S′W⁻¹ŷ, of the free leaves. */
typedef struct
{
  const KilterHierarchy *hierarchy;
  double *weights; /* of this period: 0 where there is no forecast */
  double *right;
  double *diagonal;
  double *nodes;
  double *x;
  double *r;
  double *z;
  double *p;
  double *ap;
  guint8 *fixed; /* leaves that are held at zero */
} System;

/* --- weights --- */

/* The usual variance of one leaf's worth of a level; NaN when nothing is known. */
static double
level_variance (const KilterLevel *level, const double *variances)
{
  double sum = 0.0, leaves = 0.0;

  for (gsize i = 0; i < level->n; i++)
    {
      double v = variances[level->first + i];

      if (!(v > 0.0) || !isfinite (v))
        continue;
      sum += v;
      leaves += level->n_below[i];
    }
  return leaves > 0.0 ? sum / leaves : NAN;
}

static double *
make_weights (const KilterHierarchy *hierarchy, const KilterReconcileOptions *options)
{
  double *weights = g_new (double, hierarchy->n_nodes + 1);
  guint n_levels = hierarchy->levels->len;
  double usual = 1.0;

  if (options->weights == KILTER_WEIGHTS_VARIANCE && options->variances != NULL)
    for (guint i = n_levels; i-- > 0;)
      {
        double v = level_variance (kilter_hierarchy_level (hierarchy, i), options->variances);

        /* the finest level that knows its variances is the measure of all */
        if (v > 0.0 && isfinite (v))
          {
            usual = v;
            break;
          }
      }
  for (guint i = 0; i < n_levels; i++)
    {
      const KilterLevel *level = kilter_hierarchy_level (hierarchy, i);
      double of_level = usual;

      if (options->weights == KILTER_WEIGHTS_VARIANCE && options->variances != NULL)
        of_level = level_variance (level, options->variances);
      if (!(of_level > 0.0) || !isfinite (of_level))
        of_level = usual;
      for (gsize k = 0; k < level->n; k++)
        {
          double guess = of_level * level->n_below[k], v = guess;

          if (options->weights == KILTER_WEIGHTS_VARIANCE && options->variances != NULL)
            v = options->variances[level->first + k];
          if (!(v > 0.0) || !isfinite (v))
            v = guess;
          weights[level->first + k] = usual / MAX (v, SMALLEST_VARIANCE * guess);
        }
    }
  return weights;
}

/* --- linear algebra over the leaves --- */

/* S′ D v for node values v. */
static void
add_up_to_leaves (const KilterHierarchy *h, const double *nodes, double *out)
{
  for (gsize k = 0; k < h->n_leaves; k++)
    out[k] = 0.0;
  for (guint i = 0; i < h->levels->len; i++)
    {
      const KilterLevel *level = kilter_hierarchy_level (h, i);
      const double *values = nodes + level->first;

      for (gsize k = 0; k < h->n_leaves; k++)
        out[k] += values[level->node_of[k]];
    }
}

/* out = S′WS x */
static void
multiply (System *self, const double *x, double *out)
{
  kilter_hierarchy_sum (self->hierarchy, x, 1, self->nodes);
  for (gsize i = 0; i < self->hierarchy->n_nodes; i++)
    self->nodes[i] *= self->weights[i];
  add_up_to_leaves (self->hierarchy, self->nodes, out);
}

static double
dot (const double *a, const double *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
precondition (System *self, gsize n)
{
  for (gsize i = 0; i < n; i++)
    self->z[i] = self->fixed[i] ? 0.0 : self->r[i] / self->diagonal[i];
}

/* Conjugate gradients from self->x on, over the leaves that are not fixed; with structural weights
 * S′W⁻¹S is the identity and a projection for each level, so its condition is at most the number of
 * levels and a few steps are enough, whatever the number of leaves. */
static void
solve (System *self)
{
  gsize n = self->hierarchy->n_leaves;
  double limit = 0.0, rz;

  multiply (self, self->x, self->ap);
  for (gsize i = 0; i < n; i++)
    {
      self->r[i] = self->fixed[i] ? 0.0 : self->right[i] - self->ap[i];
      if (!self->fixed[i])
        limit += self->right[i] * self->right[i] / self->diagonal[i];
    }
  limit *= TOLERANCE * TOLERANCE;
  precondition (self, n);
  memcpy (self->p, self->z, n * sizeof (double));
  rz = dot (self->r, self->z, n);
  for (guint step = 0; step < MAX_ITERATIONS && rz > limit; step++)
    {
      double curvature, alpha, next;

      multiply (self, self->p, self->ap);
      curvature = dot (self->p, self->ap, n);
      if (!(curvature > 0.0))
        break;
      alpha = rz / curvature;
      for (gsize i = 0; i < n; i++)
        {
          self->x[i] += alpha * self->p[i];
          self->r[i] -= self->fixed[i] ? 0.0 : alpha * self->ap[i];
        }
      precondition (self, n);
      next = dot (self->r, self->z, n);
      for (gsize i = 0; i < n; i++)
        self->p[i] = self->z[i] + next / rz * self->p[i];
      rz = next;
    }
}

/* Which leaves are on the wrong side: below zero, or held at zero though they would rise. */
static gsize
count_wrong (System *self, gsize *out_last)
{
  gsize n = self->hierarchy->n_leaves, count = 0;

  multiply (self, self->x, self->ap);
  for (gsize i = 0; i < n; i++)
    {
      gboolean wrong = self->fixed[i] ? self->right[i] - self->ap[i] > NEGATIVE * self->diagonal[i]
                                      : self->x[i] < -NEGATIVE;

      self->z[i] = wrong;
      if (!wrong)
        continue;
      count++;
      *out_last = i;
    }
  return count;
}

/* The least squares under x ≥ 0: leaves are exchanged between "free" and "zero", all wrong ones at
 * once, and one by one when that does not lead on (block principal pivoting: Júdice & Pires 1994;
 * for forecasts Wickramasuriya, Turlach & Hyndman 2020, section 3). */
static void
solve_non_negative (System *self)
{
  gsize n = self->hierarchy->n_leaves, best = n + 1, last = 0;
  guint full = MAX_FULL_EXCHANGES;

  for (guint turn = 0; turn < MAX_EXCHANGES; turn++)
    {
      gsize wrong = count_wrong (self, &last);
      gboolean all = TRUE;

      if (wrong == 0)
        break;
      if (wrong < best)
        {
          best = wrong;
          full = MAX_FULL_EXCHANGES;
        }
      else if (full > 0)
        full--;
      else
        all = FALSE;
      for (gsize i = all ? 0 : last; i <= last; i++)
        if (self->z[i] != 0.0)
          {
            self->fixed[i] = !self->fixed[i];
            self->x[i] = 0.0;
          }
      solve (self);
    }
  for (gsize i = 0; i < n; i++)
    self->x[i] = self->fixed[i] || self->x[i] < 0.0 ? 0.0 : self->x[i];
}

static void
system_init (System *self, const KilterHierarchy *h)
{
  gsize n = h->n_leaves + 1;

  self->hierarchy = h;
  self->weights = g_new (double, h->n_nodes + 1);
  self->nodes = g_new (double, h->n_nodes + 1);
  self->right = g_new (double, n);
  self->diagonal = g_new (double, n);
  self->x = g_new0 (double, n);
  self->r = g_new0 (double, n);
  self->z = g_new0 (double, n);
  self->p = g_new0 (double, n);
  self->ap = g_new0 (double, n);
  self->fixed = g_new0 (guint8, n);
}

static void
system_clear (System *self)
{
  g_free (self->weights);
  g_free (self->nodes);
  g_free (self->right);
  g_free (self->diagonal);
  g_free (self->x);
  g_free (self->r);
  g_free (self->z);
  g_free (self->p);
  g_free (self->ap);
  g_free (self->fixed);
}

/* --- one period --- */

static double *
cell (const Reconciliation *self, gsize node, gsize step)
{
  return &self->forecasts[node * self->horizon + step];
}

static void
reconcile_optimal (const Reconciliation *self, gsize step)
{
  const KilterHierarchy *h = self->hierarchy;
  gsize first_leaf = h->n_nodes - h->n_leaves;
  double scale = 0.0;
  System system;

  for (gsize i = 0; i < h->n_nodes; i++)
    if (isfinite (*cell (self, i, step)))
      scale = MAX (scale, fabs (*cell (self, i, step)));
  if (scale == 0.0)
    scale = 1.0;
  system_init (&system, h);
  for (gsize i = 0; i < h->n_nodes; i++)
    {
      double value = *cell (self, i, step);

      system.weights[i] = isfinite (value) ? self->weights[i] : 0.0;
      system.nodes[i] = isfinite (value) ? value / scale * self->weights[i] : 0.0;
    }
  add_up_to_leaves (h, system.nodes, system.right);
  add_up_to_leaves (h, system.weights, system.diagonal);
  for (gsize i = 0; i < h->n_leaves; i++)
    {
      double value = *cell (self, first_leaf + i, step);

      /* nothing is known of the leaf, at no level: it stays 0 */
      system.fixed[i] = system.diagonal[i] == 0.0;
      if (system.fixed[i])
        system.diagonal[i] = 1.0;
      system.x[i] = isfinite (value) ? value / scale : 0.0;
    }
  solve (&system);
  if (self->options->non_negative)
    solve_non_negative (&system);
  for (gsize i = 0; i < h->n_leaves; i++)
    *cell (self, first_leaf + i, step) = CLAMP (system.x[i] * scale, -LARGEST, LARGEST);
  system_clear (&system);
}

/* A level stands and is split over the leaves. */
static void
reconcile_split (const Reconciliation *self, const KilterLevel *level, gsize step)
{
  const KilterHierarchy *h = self->hierarchy;
  gsize first_leaf = h->n_nodes - h->n_leaves;
  g_autofree double *sums = g_new0 (double, level->n + 1);
  g_autofree double *shares = g_new (double, h->n_leaves + 1);

  for (gsize i = 0; i < h->n_leaves; i++)
    {
      double share = self->options->shares != NULL ? self->options->shares[i]
                                                   : *cell (self, first_leaf + i, step);

      /* divided first: a sum of huge shares must not become infinite */
      shares[i] = isfinite (share) && share > 0.0 ? share / h->n_leaves : 0.0;
      sums[level->node_of[i]] += shares[i];
    }
  for (gsize i = 0; i < h->n_leaves; i++)
    {
      guint node = level->node_of[i];
      double total = *cell (self, level->first + node, step);

      /* a sum without a forecast leaves its leaves alone */
      if (!isfinite (total))
        continue;
      if (self->options->non_negative && total < 0.0)
        total = 0.0;
      *cell (self, first_leaf + i, step) = total * (sums[node] > 0.0 ? shares[i] / sums[node]
                                                                     : 1.0 / level->n_below[node]);
    }
}

static void
reconcile_step (gsize step, guint worker, gpointer user_data)
{
  Reconciliation *self = user_data;
  const KilterHierarchy *h = self->hierarchy;
  gsize first_leaf = h->n_nodes - h->n_leaves;

  switch (self->options->method)
    {
    case KILTER_RECONCILE_TOP_DOWN:
      reconcile_split (self, kilter_hierarchy_level (h, 0), step);
      break;
    case KILTER_RECONCILE_MIDDLE_OUT:
      reconcile_split (self, kilter_hierarchy_level (h, self->options->level), step);
      break;
    case KILTER_RECONCILE_OPTIMAL:
      reconcile_optimal (self, step);
      break;
    case KILTER_RECONCILE_BOTTOM_UP:
    default:
      break;
    }
  for (gsize i = 0; i < h->n_leaves; i++)
    {
      double *leaf = cell (self, first_leaf + i, step);

      if (!isfinite (*leaf) || (self->options->non_negative && *leaf < 0.0))
        *leaf = 0.0;
    }
  kilter_hierarchy_sum (h, cell (self, first_leaf, step), self->horizon, cell (self, 0, step));
}

/**
 * kilter_reconcile:
 * @options: how
 * @horizon: periods
 * @forecasts: (array) (inout): a row of @horizon values for each node, in the order of the nodes.
 * NaN where a node has no forecast; the optimal method does without it, and a leaf of which nothing
 * is known becomes 0
 * @job: (nullable): cancellation, number of threads; the result does not depend on them
 * @error: %KILTER_FORECAST_ERROR_OPTIONS, %G_IO_ERROR_CANCELLED
 *
 * Changes forecasts so that each sum is the sum of its leaves: every node is computed from the
 * leaves, so nothing but rounding can be left.
 *
 * The optimal method solves for the leaves b that minimise Σ (ŷ − Sb)² ÷ variance (Hyndman, Ahmed,
 * Athanasopoulos & Shang 2011; Wickramasuriya, Athanasopoulos & Hyndman 2019, section 2.4: WLS) by
 * conjugate gradients, which need S only as sums. Splits use the proportions of the leaves' own
 * forecasts (Athanasopoulos, Ahmed & Hyndman 2009, section 3.3), or given ones.
 *
 * Time: levels × leaves × horizon, some ten to fifty times for the optimal method. Memory, beside
 * @forecasts: some ten numbers a leaf and thread.
 */
gboolean
kilter_reconcile (const KilterHierarchy *self,
                  const KilterReconcileOptions *options,
                  guint horizon,
                  double *forecasts,
                  KilterJob *job,
                  GError **error)
{
  Reconciliation reconciliation = { self, options, horizon, forecasts, NULL };
  gboolean done;

  g_return_val_if_fail (self != NULL && options != NULL && forecasts != NULL, FALSE);

  if ((guint) options->method > KILTER_RECONCILE_OPTIMAL ||
      (options->method == KILTER_RECONCILE_MIDDLE_OUT && options->level >= self->levels->len))
    {
      g_set_error_literal (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS,
                           "There is no such way to reconcile, or no such level");
      return FALSE;
    }
  if (options->method == KILTER_RECONCILE_TOP_DOWN && kilter_hierarchy_level (self, 0)->n > 1)
    {
      g_set_error_literal (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS,
                           "Top-down needs the total as its first level");
      return FALSE;
    }
  if (options->method == KILTER_RECONCILE_OPTIMAL)
    reconciliation.weights = make_weights (self, options);
  done = kilter_job_parallel (job, horizon, reconcile_step, &reconciliation, error);
  g_free (reconciliation.weights);
  return done;
}
