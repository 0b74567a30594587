/* kilter-lp.c: HiGHS behind kilter-lp.h
 *
 * The dual simplex on one thread with a limit on iterations: of the methods tried on this class
 * of model it is the fastest, gives a basis to start from again, and counts work, not seconds, so
 * that a busy machine computes the same plan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/optimum/kilter-lp.h"

#include <interfaces/highs_c_api.h>
#include <math.h>
#include <string.h>

/* whole-number search stops here; counted in nodes so that it does not depend on the machine */
#define MAX_NODES 20000

struct _KilterLp
{
  void *highs;
  int n_cols;
  int n_rows;
  gboolean whole;
  KilterJob *job; /* while running */
  gint64 reported;
};

static void
on_callback (int type,
             const char *message,
             const HighsCallbackDataOut *out,
             HighsCallbackDataIn *in,
             void *user_data)
{
  KilterLp *self = user_data;

  if (in == NULL || self->job == NULL)
    return;
  if (kilter_job_is_cancelled (self->job))
    in->user_interrupt = 1;
  if (type == kHighsCallbackSimplexInterrupt && out != NULL &&
      out->simplex_iteration_count - self->reported >= 256)
    {
      kilter_job_advance (self->job, out->simplex_iteration_count - self->reported);
      self->reported = out->simplex_iteration_count;
    }
}

KilterLp *
kilter_lp_new (void)
{
  KilterLp *self = g_new0 (KilterLp, 1);

  self->highs = Highs_create ();
  Highs_setBoolOptionValue (self->highs, "output_flag", 0);
  Highs_setIntOptionValue (self->highs, "threads", 1);
  Highs_setStringOptionValue (self->highs, "parallel", "off");
  Highs_setStringOptionValue (self->highs, "solver", "simplex");
  Highs_setIntOptionValue (self->highs, "simplex_strategy", 1);
  Highs_setIntOptionValue (self->highs, "mip_max_nodes", MAX_NODES);
  Highs_setDoubleOptionValue (self->highs, "mip_rel_gap", 1e-9);
  Highs_setDoubleOptionValue (self->highs, "mip_abs_gap", 1e-7);
  Highs_setCallback (self->highs, on_callback, self);
  Highs_startCallback (self->highs, kHighsCallbackSimplexInterrupt);
  Highs_startCallback (self->highs, kHighsCallbackMipInterrupt);

  return self;
}

void
kilter_lp_free (KilterLp *self)
{
  if (self == NULL)
    return;
  Highs_destroy (self->highs);
  g_free (self);
}

/**
 * kilter_lp_load:
 *
 * Gives the optimiser a new model; what it knew before is forgotten.
 *
 * Returns: whether it took the model
 */
gboolean
kilter_lp_load (KilterLp *self, const KilterLpModel *model)
{
  HighsInt status;

  g_return_val_if_fail (self != NULL, FALSE);

  self->n_cols = model->n_cols;
  self->n_rows = model->n_rows;
  self->whole = model->integer != NULL;
  /* asked for the simplex method, HiGHS would drop whole numbers */
  Highs_setStringOptionValue (self->highs, "solver", self->whole ? "choose" : "simplex");
  if (self->whole)
    {
      g_autofree HighsInt *types = g_new (HighsInt, MAX (model->n_cols, 1));

      for (int c = 0; c < model->n_cols; c++)
        types[c] = model->integer[c] ? kHighsVarTypeInteger : kHighsVarTypeContinuous;
      status = Highs_passMip (self->highs, model->n_cols, model->n_rows, model->n_nonzeros,
                              kHighsMatrixFormatColwise, kHighsObjSenseMinimize, model->offset,
                              model->cost, model->lower, model->upper, model->row_lower,
                              model->row_upper, model->start, model->index, model->value, types);
    }
  else
    status = Highs_passLp (self->highs, model->n_cols, model->n_rows, model->n_nonzeros,
                           kHighsMatrixFormatColwise, kHighsObjSenseMinimize, model->offset,
                           model->cost, model->lower, model->upper, model->row_lower,
                           model->row_upper, model->start, model->index, model->value);

  return status != kHighsStatusError;
}

/**
 * kilter_lp_change:
 * @from: the model loaded
 * @to: a model with the same matrix
 *
 * Passes on what differs in costs and limits; the basis stays.
 */
void
kilter_lp_change (KilterLp *self, const KilterLpModel *from, const KilterLpModel *to)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (from->n_cols == to->n_cols && from->n_rows == to->n_rows);

  if (from->offset != to->offset)
    Highs_changeObjectiveOffset (self->highs, to->offset);
  for (int c = 0; c < to->n_cols; c++)
    {
      if (from->cost[c] != to->cost[c])
        Highs_changeColCost (self->highs, c, to->cost[c]);
      if (from->lower[c] != to->lower[c] || from->upper[c] != to->upper[c])
        Highs_changeColBounds (self->highs, c, to->lower[c], to->upper[c]);
    }
  for (int r = 0; r < to->n_rows; r++)
    if (from->row_lower[r] != to->row_lower[r] || from->row_upper[r] != to->row_upper[r])
      Highs_changeRowBounds (self->highs, r, to->row_lower[r], to->row_upper[r]);
}

static HighsInt
to_highs (guint8 place)
{
  switch ((KilterLpPlace) place)
    {
    case KILTER_LP_AT_LOWER:
      return kHighsBasisStatusLower;
    case KILTER_LP_BASIC:
      return kHighsBasisStatusBasic;
    case KILTER_LP_AT_UPPER:
      return kHighsBasisStatusUpper;
    default:
      g_assert_not_reached ();
    }
}

static guint8
from_highs (HighsInt status)
{
  if (status == kHighsBasisStatusBasic)
    return KILTER_LP_BASIC;
  if (status == kHighsBasisStatusUpper)
    return KILTER_LP_AT_UPPER;

  return KILTER_LP_AT_LOWER;
}

/**
 * kilter_lp_set_basis:
 * @cols: (array): #KilterLpPlace by column
 * @rows: (array): #KilterLpPlace by row; as many basic ones as there are rows, together
 *
 * A hint where to start. One that is singular or has the wrong count is repaired or ignored by
 * the optimiser.
 */
void
kilter_lp_set_basis (KilterLp *self, const guint8 *cols, const guint8 *rows)
{
  g_autofree HighsInt *col_status = g_new (HighsInt, MAX (self->n_cols, 1));
  g_autofree HighsInt *row_status = g_new (HighsInt, MAX (self->n_rows, 1));

  for (int c = 0; c < self->n_cols; c++)
    col_status[c] = to_highs (cols[c]);
  for (int r = 0; r < self->n_rows; r++)
    row_status[r] = to_highs (rows[r]);
  Highs_setBasis (self->highs, col_status, row_status);
}

gboolean
kilter_lp_get_basis (KilterLp *self, guint8 *cols, guint8 *rows)
{
  g_autofree HighsInt *col_status = g_new (HighsInt, MAX (self->n_cols, 1));
  g_autofree HighsInt *row_status = g_new (HighsInt, MAX (self->n_rows, 1));

  if (Highs_getBasis (self->highs, col_status, row_status) != kHighsStatusOk)
    return FALSE;
  for (int c = 0; c < self->n_cols; c++)
    cols[c] = from_highs (col_status[c]);
  for (int r = 0; r < self->n_rows; r++)
    rows[r] = from_highs (row_status[r]);

  return TRUE;
}

/**
 * kilter_lp_get_basic:
 * @out_variables: (array): by place in the basis, a column, or n_cols + a row
 *
 * Returns: whether there is a basis with a factor
 */
gboolean
kilter_lp_get_basic (KilterLp *self, int *out_variables)
{
  if (Highs_getBasicVariables (self->highs, out_variables) != kHighsStatusOk)
    return FALSE;
  for (int p = 0; p < self->n_rows; p++)
    if (out_variables[p] < 0)
      out_variables[p] = self->n_cols - 1 - out_variables[p];

  return TRUE;
}

/**
 * kilter_lp_solve_basis:
 * @right: (array): by row; transposed: by place in the basis
 * @out: (array): by place in the basis; transposed: by row
 *
 * Solves B x = right, or Bᵀ x = right, for the basis of the last run, in which the column of a
 * row is a unit vector.
 *
 * Returns: whether the optimiser has a factor of it
 */
gboolean
kilter_lp_solve_basis (KilterLp *self, gboolean transposed, const double *right, double *out)
{
  return (transposed ? Highs_getBasisTransposeSolve (self->highs, right, out, NULL, NULL)
                     : Highs_getBasisSolve (self->highs, right, out, NULL, NULL)) == kHighsStatusOk;
}

/**
 * kilter_lp_run:
 * @work_limit: most simplex iterations
 * @job: (nullable): cancels it
 *
 * Solves the model, starting from the basis at hand if there is one.
 */
KilterLpStatus
kilter_lp_run (KilterLp *self, gint64 work_limit, KilterJob *job)
{
  HighsInt status;

  g_return_val_if_fail (self != NULL, KILTER_LP_FAILED);

  if (job != NULL && kilter_job_is_cancelled (job))
    return KILTER_LP_CANCELLED;
  Highs_setIntOptionValue (self->highs, "simplex_iteration_limit",
                           (HighsInt) CLAMP (work_limit, 0, G_MAXINT32));
  self->job = job;
  self->reported = 0;
  status = Highs_run (self->highs);
  self->job = NULL;
  if (status == kHighsStatusError)
    return KILTER_LP_FAILED;

  status = Highs_getModelStatus (self->highs);
  if (status == kHighsModelStatusOptimal || status == kHighsModelStatusModelEmpty)
    return KILTER_LP_OPTIMAL;
  if (status == kHighsModelStatusInterrupt)
    return KILTER_LP_CANCELLED;
  if (status == kHighsModelStatusIterationLimit || status == kHighsModelStatusSolutionLimit ||
      status == kHighsModelStatusTimeLimit)
    return KILTER_LP_LIMIT;

  return KILTER_LP_FAILED;
}

gint64
kilter_lp_get_iterations (KilterLp *self)
{
  HighsInt n = 0;

  Highs_getIntInfoValue (self->highs, "simplex_iteration_count", &n);

  return MAX (n, 0);
}

double
kilter_lp_get_objective (KilterLp *self)
{
  return Highs_getObjectiveValue (self->highs);
}

/**
 * kilter_lp_get_bound:
 *
 * Returns: what no solution can be below: the objective itself without whole numbers
 */
double
kilter_lp_get_bound (KilterLp *self)
{
  double bound = NAN;

  if (!self->whole)
    return Highs_getObjectiveValue (self->highs);
  Highs_getDoubleInfoValue (self->highs, "mip_dual_bound", &bound);

  return bound;
}

void
kilter_lp_get_solution (KilterLp *self,
                        double *cols,
                        double *col_duals,
                        double *rows,
                        double *row_duals)
{
  Highs_getSolution (self->highs, cols, col_duals, rows, row_duals);
}

/**
 * kilter_lp_get_row_ranges:
 * @down: (array): by row, how far its active limit may fall while prices stay
 * @up: (array): by row, how far it may rise
 *
 * Returns: whether the optimiser could say
 */
gboolean
kilter_lp_get_row_ranges (KilterLp *self, double *down, double *up)
{
  return Highs_getRanging (self->highs, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                           NULL, NULL, NULL, NULL, NULL, NULL, up, NULL, NULL, NULL, down, NULL,
                           NULL, NULL) == kHighsStatusOk;
}

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, value));
}

static void
append_entry (GString *text, const char *section, const char *letter, int number, double value)
{
  g_string_append_printf (text, " %s%s%d ", section, letter, number);
  append_number (text, value);
  g_string_append_c (text, '\n');
}

static void
append_columns (GString *text, const KilterLpModel *model)
{
  gboolean whole = FALSE;

  for (int c = 0; c < model->n_cols; c++)
    {
      gboolean integer = model->integer != NULL && model->integer[c];
      g_autofree char *name = g_strdup_printf ("x%d ", c);

      if (integer != whole)
        g_string_append_printf (text, " m%d 'MARKER' '%s'\n", c, integer ? "INTORG" : "INTEND");
      whole = integer;
      g_string_append_printf (text, " %scost ", name);
      append_number (text, model->cost[c]);
      g_string_append_c (text, '\n');
      for (int e = model->start[c]; e < model->start[c + 1]; e++)
        append_entry (text, name, "r", model->index[e], model->value[e]);
    }
  if (whole)
    g_string_append (text, " mend 'MARKER' 'INTEND'\n");
}

static void
append_bounds (GString *text, const KilterLpModel *model)
{
  for (int c = 0; c < model->n_cols; c++)
    {
      if (model->lower[c] == model->upper[c])
        {
          append_entry (text, "FX b ", "x", c, model->lower[c]);
          continue;
        }
      if (isinf (model->lower[c]))
        g_string_append_printf (text, " MI b x%d\n", c);
      else
        append_entry (text, "LO b ", "x", c, model->lower[c]);
      if (isinf (model->upper[c]))
        g_string_append_printf (text, " PL b x%d\n", c);
      else
        append_entry (text, "UP b ", "x", c, model->upper[c]);
    }
}

/**
 * kilter_lp_model_to_mps:
 *
 * Writes the model as free MPS, so that another solver can be asked the same question. The
 * constant of the objective is left out.
 *
 * Returns: (transfer full): the text
 */
char *
kilter_lp_model_to_mps (const KilterLpModel *model)
{
  GString *text = g_string_new ("NAME kilter FREE\nROWS\n N cost\n");
  g_autoptr (GString) ranges = g_string_new (NULL);
  g_autoptr (GString) sides = g_string_new (NULL);

  for (int r = 0; r < model->n_rows; r++)
    {
      double low = model->row_lower[r];
      double high = model->row_upper[r];
      char type = low == high ? 'E' : !isinf (high) ? 'L' : !isinf (low) ? 'G' : 'N';

      g_string_append_printf (text, " %c r%d\n", type, r);
      if (type != 'N')
        append_entry (sides, "rhs ", "r", r, type == 'G' ? low : high);
      if (type == 'L' && !isinf (low))
        append_entry (ranges, "rng ", "r", r, high - low);
    }
  g_string_append (text, "COLUMNS\n");
  append_columns (text, model);
  g_string_append_printf (text, "RHS\n%s", sides->str);
  if (ranges->len > 0)
    g_string_append_printf (text, "RANGES\n%s", ranges->str);
  g_string_append (text, "BOUNDS\n");
  append_bounds (text, model);
  g_string_append (text, "ENDATA\n");

  return g_string_free_and_steal (text);
}

/**
 * kilter_lp_model_same_shape:
 *
 * Returns: whether both have the same columns, rows and places of nonzeros, so that a basis of
 *   one means the same in the other
 */
gboolean
kilter_lp_model_same_shape (const KilterLpModel *a, const KilterLpModel *b)
{
  if (a == NULL || b == NULL || a->n_cols != b->n_cols || a->n_rows != b->n_rows ||
      a->n_nonzeros != b->n_nonzeros || (a->integer == NULL) != (b->integer == NULL))
    return FALSE;

  return memcmp (a->start, b->start, sizeof (int) * (a->n_cols + 1)) == 0 &&
         memcmp (a->index, b->index, sizeof (int) * a->n_nonzeros) == 0 &&
         (a->integer == NULL || memcmp (a->integer, b->integer, a->n_cols) == 0);
}

/**
 * kilter_lp_model_same_matrix:
 *
 * Returns: whether the models differ at most in costs and limits
 */
gboolean
kilter_lp_model_same_matrix (const KilterLpModel *a, const KilterLpModel *b)
{
  return kilter_lp_model_same_shape (a, b) &&
         memcmp (a->value, b->value, sizeof (double) * a->n_nonzeros) == 0;
}

void
kilter_lp_model_free (KilterLpModel *model)
{
  if (model == NULL)
    return;
  g_free (model->cost);
  g_free (model->lower);
  g_free (model->upper);
  g_free (model->row_lower);
  g_free (model->row_upper);
  g_free (model->start);
  g_free (model->index);
  g_free (model->value);
  g_free (model->integer);
  g_free (model);
}
