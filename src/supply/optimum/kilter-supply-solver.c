/* kilter-supply-solver.c: the optimiser around the linear model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"
#include "supply/optimum/kilter-lp-repair.h"

#include <math.h>
#include <string.h>

struct _KilterSupplySolver
{
  KilterLp *lp;
  KilterSupplyModel *model; /* what lp holds */
  gboolean warm;            /* lp has the basis of an optimum of it */
  gboolean own_basis;
  KilterLpRepair *repair; /* (nullable): takes small changes of limits; lp waits for it */
  gboolean repaired;      /* its optimum is the last one, lp does not know it */
  guint n_pivots;         /* that led to it */

  double *range_down; /* by row, of the last optimum; made when asked for */
  double *range_up;
  double *row_duals;
};

/**
 * kilter_supply_solver_new:
 *
 * Returns: (transfer full): a solver that knows nothing yet
 */
KilterSupplySolver *
kilter_supply_solver_new (void)
{
  KilterSupplySolver *self = g_new0 (KilterSupplySolver, 1);

  self->lp = kilter_lp_new ();
  self->own_basis = TRUE;

  return self;
}

static void
forget_ranges (KilterSupplySolver *self)
{
  g_clear_pointer (&self->range_down, g_free);
  g_clear_pointer (&self->range_up, g_free);
}

void
kilter_supply_solver_free (KilterSupplySolver *self)
{
  if (self == NULL)
    return;
  forget_ranges (self);
  kilter_lp_repair_free (self->repair);
  g_free (self->row_duals);
  kilter_supply_model_free (self->model);
  kilter_lp_free (self->lp);
  g_free (self);
}

/* for benchmarks: whether a cold solve starts from our basis or from the optimiser's own */
void
kilter_supply_solver_set_own_basis (KilterSupplySolver *self, gboolean own_basis)
{
  self->own_basis = own_basis;
}

/* the model before, kept for comparison (tests) */
const KilterLpModel *
kilter_supply_solver_get_model (KilterSupplySolver *self)
{
  return self->model != NULL ? self->model->lp : NULL;
}

/* lp goes on from where the repair came to */
static void
end_repair (KilterSupplySolver *self)
{
  g_autofree guint8 *cols = NULL;
  g_autofree guint8 *rows = NULL;

  if (self->repair == NULL)
    return;
  cols = g_malloc (MAX (self->model->lp->n_cols, 1));
  rows = g_malloc (MAX (self->model->lp->n_rows, 1));
  kilter_lp_repair_get_basis (self->repair, cols, rows);
  kilter_lp_set_basis (self->lp, cols, rows);
  g_clear_pointer (&self->repair, kilter_lp_repair_free);
  self->repaired = FALSE;
}

/* the matrix is the one that lp has */
static void
change_model (KilterSupplySolver *self, KilterSupplyModel *model)
{
  guint n_pivots;

  if (self->repair == NULL &&
      memcmp (self->model->lp->cost, model->lp->cost, sizeof (double) * model->lp->n_cols) == 0)
    self->repair = kilter_lp_repair_new (self->lp, self->model->lp);
  kilter_lp_change (self->lp, self->model->lp, model->lp);
  self->repaired = self->repair != NULL &&
                   kilter_lp_repair_run (self->repair, model->lp, &n_pivots);
  if (self->repaired)
    self->n_pivots = n_pivots;
  else
    end_repair (self);
  kilter_supply_model_free (self->model);
  self->model = model;
}

static gboolean
load_model (KilterSupplySolver *self, KilterSupplyModel *model, const KilterSupplyIndex *index)
{
  g_autofree guint8 *cols = NULL;
  g_autofree guint8 *rows = NULL;

  forget_ranges (self);
  if (self->warm && kilter_lp_model_same_matrix (self->model->lp, model->lp))
    {
      change_model (self, model);
      return TRUE;
    }
  end_repair (self);

  cols = g_malloc (MAX (model->lp->n_cols, 1));
  rows = g_malloc (MAX (model->lp->n_rows, 1));
  if (self->warm && kilter_lp_model_same_shape (self->model->lp, model->lp) &&
      kilter_lp_get_basis (self->lp, cols, rows))
    ;
  else
    {
      self->warm = FALSE;
      if (self->own_basis)
        {
          g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick_index (index);

          kilter_supply_model_start (model, index, quick, cols, rows);
        }
    }
  kilter_supply_model_free (self->model);
  self->model = model;
  if (!kilter_lp_load (self->lp, model->lp))
    return FALSE;
  if (model->lp->integer == NULL && (self->own_basis || self->warm))
    kilter_lp_set_basis (self->lp, cols, rows);

  return TRUE;
}

/* what one more unit is worth, from the optimiser's duals */
static void
read_prices (const KilterSupplySolver *self,
             const KilterSupplyIndex *x,
             const double *col_duals,
             const double *row_duals,
             KilterSupplyPlan *plan)
{
  const KilterSupplyModel *m = self->model;

  for (gsize c = 0; c < (gsize) x->I * x->T; c++)
    plan->item_price[c] = row_duals[m->item_row[c]];
  for (gsize c = 0; c < (gsize) x->R * x->T; c++)
    plan->resource_price[c] = m->capacity_row[c] >= 0 ? -row_duals[m->capacity_row[c]] : 0.0;
  for (gsize c = 0; c < (gsize) x->K * x->T; c++)
    {
      gint column = m->make[c];

      if (m->make_more[c] >= 0 && m->lp->upper[m->make_more[c]] > 0.0)
        column = m->make_more[c];
      plan->route_price[c] = -col_duals[column];
    }
}

static gint64
work_limit (const KilterSupplyProblem *problem, const KilterLpModel *model)
{
  if (problem->work_limit > 0)
    return problem->work_limit;

  return 20000 + 10 * (gint64) model->n_rows;
}

/* what there is when the optimiser has no answer */
static KilterSupplyPlan *
quick_instead (const KilterSupplyIndex *index, KilterSupplyStatus status, gint64 iterations)
{
  KilterSupplyPlan *plan = kilter_supply_quick_index (index);

  plan->status = status;
  plan->iterations = iterations;

  return plan;
}

/**
 * kilter_supply_solver_solve:
 * @job: (nullable): cancels it
 *
 * Plans at least cost. A problem of the same shape as the one before starts from its solution.
 * Which of several equally cheap plans comes out may depend on that; a plan that is stored should
 * come from kilter_supply_solve().
 *
 * Returns: (transfer full): the least-cost plan, or the quick plan with a status that says why
 */
KilterSupplyPlan *
kilter_supply_solver_solve (KilterSupplySolver *self,
                            const KilterSupplyProblem *problem,
                            KilterJob *job)
{
  g_autoptr (KilterSupplyIndex) index = NULL;
  g_autofree double *x = NULL;
  g_autofree double *col_duals = NULL;
  KilterSupplyModel *model;
  KilterSupplyPlan *plan;
  KilterLpStatus status = KILTER_LP_FAILED;

  g_return_val_if_fail (self != NULL && problem != NULL, NULL);

  index = kilter_supply_index_new (problem);
  if (job != NULL && kilter_job_is_cancelled (job))
    return quick_instead (index, KILTER_SUPPLY_STATUS_CANCELLED, 0);

  model = kilter_supply_model_new (index);
  if (!load_model (self, model, index))
    ;
  else if (self->repaired)
    status = KILTER_LP_OPTIMAL;
  else
    status = kilter_lp_run (self->lp, work_limit (index->problem, model->lp), job);
  self->warm = status == KILTER_LP_OPTIMAL && model->lp->integer == NULL;
  if (status != KILTER_LP_OPTIMAL)
    return quick_instead (index,
                          status == KILTER_LP_CANCELLED ? KILTER_SUPPLY_STATUS_CANCELLED
                          : status == KILTER_LP_LIMIT   ? KILTER_SUPPLY_STATUS_LIMIT
                                                        : KILTER_SUPPLY_STATUS_FAILED,
                          kilter_lp_get_iterations (self->lp));

  x = g_new0 (double, MAX (model->lp->n_cols, 1));
  col_duals = g_new0 (double, MAX (model->lp->n_cols, 1));
  g_free (self->row_duals);
  self->row_duals = g_new0 (double, MAX (model->lp->n_rows, 1));
  plan = kilter_supply_plan_new (problem);
  plan->status = KILTER_SUPPLY_STATUS_OPTIMAL;
  if (self->repaired)
    {
      kilter_lp_repair_get_solution (self->repair, x, col_duals, self->row_duals);
      plan->iterations = self->n_pivots;
      plan->bound = model->lp->offset;
      for (int c = 0; c < model->lp->n_cols; c++)
        plan->bound += model->lp->cost[c] * x[c];
    }
  else
    {
      kilter_lp_get_solution (self->lp, x, col_duals, NULL, self->row_duals);
      plan->iterations = kilter_lp_get_iterations (self->lp);
      plan->bound = kilter_lp_get_bound (self->lp);
    }
  kilter_supply_model_read (model, index, x, plan);
  if (model->lp->integer == NULL)
    read_prices (self, index, col_duals, self->row_duals, plan);

  return plan;
}

/**
 * kilter_supply_solve:
 * @job: (nullable): cancels it
 *
 * Plans at least cost, from the beginning: the same problem gives the same plan, to the last bit.
 *
 * Returns: (transfer full): the least-cost plan, or the quick plan with a status that says why
 */
KilterSupplyPlan *
kilter_supply_solve (const KilterSupplyProblem *problem, KilterJob *job)
{
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();

  return kilter_supply_solver_solve (solver, problem, job);
}

/**
 * kilter_supply_solver_get_capacity_range:
 * @out_down: (out): by how many units the capacity may fall while its worth stays the same
 * @out_up: (out): by how many units it may rise
 *
 * Says how far the worth of a resource in the plan solved last holds. Ranges of all resources are
 * computed at the first call. Infinity is given as %G_MAXDOUBLE.
 *
 * Returns: whether it is known
 */
gboolean
kilter_supply_solver_get_capacity_range (KilterSupplySolver *self,
                                         guint resource,
                                         guint bucket,
                                         double *out_down,
                                         double *out_up)
{
  gint row;
  double limit;
  gsize n_buckets;

  g_return_val_if_fail (self != NULL && out_down != NULL && out_up != NULL, FALSE);

  if (!self->warm)
    return FALSE;
  n_buckets = self->model->n_buckets;
  if (resource >= self->model->n_resources || bucket >= n_buckets)
    return FALSE;
  row = self->model->capacity_row[(gsize) resource * n_buckets + bucket];
  if (row < 0)
    return FALSE;
  if (self->range_up == NULL)
    {
      if (self->repaired)
        {
          end_repair (self);
          if (kilter_lp_run (self->lp, G_MAXINT32, NULL) != KILTER_LP_OPTIMAL)
            return FALSE;
        }
      self->range_up = g_new0 (double, self->model->lp->n_rows);
      self->range_down = g_new0 (double, self->model->lp->n_rows);
      if (!kilter_lp_get_row_ranges (self->lp, self->range_down, self->range_up))
        {
          forget_ranges (self);
          return FALSE;
        }
    }
  limit = self->model->lp->row_upper[row];
  *out_up = self->range_up[row] >= 1e20 ? G_MAXDOUBLE : MAX (0.0, self->range_up[row] - limit);
  *out_down = self->range_down[row] <= -1e20 ? G_MAXDOUBLE
                                             : MAX (0.0, limit - self->range_down[row]);

  return TRUE;
}
