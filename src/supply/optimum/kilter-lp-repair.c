/* kilter-lp-repair.c: the optimum after a small change of limits, in a few steps
 *
 * An edit of a demand or a capacity moves one or two limits of a model with tens of thousands of
 * rows. The basis of the optimum before it stays dual feasible; usually a handful of steps of the
 * dual simplex make it primal feasible again. Started anew, the optimiser spends far more than
 * these steps take on what every start needs: copies, perturbation, factors, checks. So the steps
 * are taken here, with the factor the optimiser still holds and the product form of the inverse on
 * top of it (Dantzig & Orchard-Hays 1954; bounded dual simplex: Koberstein, "The dual simplex
 * method", 2005, sections 3 and 4). What comes out is accepted only when it is proven: limits,
 * balances and signs of all prices are computed afresh from the model. Else the optimiser takes
 * over from the basis reached.
 *
 * Variables are the columns, then the rows' activities r of A x - r = 0; the column of r_i in the
 * basis is -e_i.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/optimum/kilter-lp-repair.h"

#include <math.h>
#include <string.h>

#define MAX_PIVOTS 48 /* of one repair: with more the optimiser is quicker */
#define MAX_ETAS 192  /* on one factor: with more they cost time and digits */
#define TINY 1e-7
#define TINY_PIVOT 1e-6
#define ROUNDING 1e-9 /* of a sum, relative to its terms */

/* one step's column of the inverse */
typedef struct
{
  int at;
  int n;
  double pivot;
  int *index;
  double *value;
} Eta;

struct _KilterLpRepair
{
  KilterLp *lp;
  const KilterLpModel *model; /* not owned; what x is an optimum of */
  int n_cols;
  int n_rows;

  int *head;      /* by place in the basis: the variable */
  guint8 *is_row; /* by place in the basis the factor is of: whether a row's activity was there */
  GArray *etas;   /* Eta, since that basis */

  guint8 *place; /* by variable: KilterLpPlace */
  double *lower, *upper, *x, *d;

  int *row_start, *row_index; /* the matrix by rows */
  double *row_value;

  double *vector, *pivot_row, *pivot_column, *work; /* by row */
  double *alpha;                                    /* by variable: the pivot row of the tableau */
  guint8 *is_touched;                               /* by variable */
  GArray *touched;                                  /* int: where it may be other than 0 */
};

static void
eta_clear (gpointer data)
{
  Eta *eta = data;

  g_free (eta->index);
  g_free (eta->value);
}

static void
transpose_matrix (KilterLpRepair *self)
{
  const KilterLpModel *m = self->model;
  g_autofree int *next = g_new (int, self->n_rows + 1);

  self->row_start = g_new0 (int, self->n_rows + 1);
  self->row_index = g_new (int, MAX (m->n_nonzeros, 1));
  self->row_value = g_new (double, MAX (m->n_nonzeros, 1));
  for (int e = 0; e < m->n_nonzeros; e++)
    self->row_start[m->index[e] + 1]++;
  for (int r = 0; r < self->n_rows; r++)
    self->row_start[r + 1] += self->row_start[r];
  memcpy (next, self->row_start, sizeof (int) * (self->n_rows + 1));
  for (int c = 0; c < self->n_cols; c++)
    for (int e = m->start[c]; e < m->start[c + 1]; e++)
      {
        int at = next[m->index[e]]++;

        self->row_index[at] = c;
        self->row_value[at] = m->value[e];
      }
}

static void
read_limits (KilterLpRepair *self, const KilterLpModel *model)
{
  memcpy (self->lower, model->lower, sizeof (double) * self->n_cols);
  memcpy (self->upper, model->upper, sizeof (double) * self->n_cols);
  memcpy (self->lower + self->n_cols, model->row_lower, sizeof (double) * self->n_rows);
  memcpy (self->upper + self->n_cols, model->row_upper, sizeof (double) * self->n_rows);
}

/**
 * kilter_lp_repair_new:
 * @lp: has just solved @model, which has no whole numbers; must not run while the repair is used
 * @model: must live until the next kilter_lp_repair_run()
 *
 * Returns: (transfer full) (nullable): what repairs the optimum at hand, or %NULL when there is
 * none
 */
KilterLpRepair *
kilter_lp_repair_new (KilterLp *lp, const KilterLpModel *model)
{
  KilterLpRepair *self = g_new0 (KilterLpRepair, 1);
  gsize n = (gsize) model->n_cols + model->n_rows;
  gsize n_rows = MAX (model->n_rows, 1);

  self->lp = lp;
  self->model = model;
  self->n_cols = model->n_cols;
  self->n_rows = model->n_rows;
  self->head = g_new0 (int, n_rows);
  self->is_row = g_new0 (guint8, n_rows);
  self->etas = g_array_new (FALSE, FALSE, sizeof (Eta));
  g_array_set_clear_func (self->etas, eta_clear);
  self->place = g_new0 (guint8, n + 1);
  self->lower = g_new0 (double, n + 1);
  self->upper = g_new0 (double, n + 1);
  self->x = g_new0 (double, n + 1);
  self->d = g_new0 (double, n + 1);
  self->vector = g_new0 (double, n_rows);
  self->pivot_row = g_new0 (double, n_rows);
  self->pivot_column = g_new0 (double, n_rows);
  self->work = g_new0 (double, n_rows);
  self->alpha = g_new0 (double, n + 1);
  self->is_touched = g_new0 (guint8, n + 1);
  self->touched = g_array_new (FALSE, FALSE, sizeof (int));

  read_limits (self, model);
  if (model->n_rows == 0 || !kilter_lp_get_basis (lp, self->place, self->place + self->n_cols) ||
      !kilter_lp_get_basic (lp, self->head))
    {
      kilter_lp_repair_free (self);
      return NULL;
    }
  kilter_lp_get_solution (lp, self->x, self->d, self->x + self->n_cols, self->d + self->n_cols);
  for (int p = 0; p < self->n_rows; p++)
    self->is_row[p] = self->head[p] >= self->n_cols;
  transpose_matrix (self);

  return self;
}

void
kilter_lp_repair_free (KilterLpRepair *self)
{
  if (self == NULL)
    return;
  g_free (self->head);
  g_free (self->is_row);
  g_array_unref (self->etas);
  g_free (self->place);
  g_free (self->lower);
  g_free (self->upper);
  g_free (self->x);
  g_free (self->d);
  g_free (self->row_start);
  g_free (self->row_index);
  g_free (self->row_value);
  g_free (self->vector);
  g_free (self->pivot_row);
  g_free (self->pivot_column);
  g_free (self->work);
  g_free (self->alpha);
  g_free (self->is_touched);
  g_array_unref (self->touched);
  g_free (self);
}

/* --- with the inverse of the basis ---------------------------------------------------------------
 */

/* v becomes B⁻¹ v */
static gboolean
solve (KilterLpRepair *self, double *v)
{
  if (!kilter_lp_solve_basis (self->lp, FALSE, v, self->work))
    return FALSE;
  for (int p = 0; p < self->n_rows; p++)
    v[p] = self->is_row[p] ? -self->work[p] : self->work[p];
  for (guint k = 0; k < self->etas->len; k++)
    {
      const Eta *eta = &g_array_index (self->etas, Eta, k);
      double at = v[eta->at];

      if (at == 0.0)
        continue;
      v[eta->at] = at /= eta->pivot;
      for (int n = 0; n < eta->n; n++)
        v[eta->index[n]] -= eta->value[n] * at;
    }
  return TRUE;
}

/* v becomes B⁻ᵀ v */
static gboolean
solve_transposed (KilterLpRepair *self, double *v)
{
  for (guint k = self->etas->len; k-- > 0;)
    {
      const Eta *eta = &g_array_index (self->etas, Eta, k);
      double at = v[eta->at];

      for (int n = 0; n < eta->n; n++)
        at -= eta->value[n] * v[eta->index[n]];
      v[eta->at] = at / eta->pivot;
    }
  for (int p = 0; p < self->n_rows; p++)
    if (self->is_row[p])
      v[p] = -v[p];
  if (!kilter_lp_solve_basis (self->lp, TRUE, v, self->work))
    return FALSE;
  memcpy (v, self->work, sizeof (double) * self->n_rows);
  return TRUE;
}

/* adds so much of a variable's column to v */
static void
add_column (const KilterLpRepair *self, int variable, double much, double *v)
{
  const KilterLpModel *m = self->model;

  if (variable >= self->n_cols)
    {
      v[variable - self->n_cols] -= much;
      return;
    }
  for (int e = m->start[variable]; e < m->start[variable + 1]; e++)
    v[m->index[e]] += m->value[e] * much;
}

static void
push_eta (KilterLpRepair *self, int at, const double *column)
{
  Eta eta = { .at = at, .pivot = column[at] };

  for (int p = 0; p < self->n_rows; p++)
    eta.n += p != at && column[p] != 0.0;
  eta.index = g_new (int, MAX (eta.n, 1));
  eta.value = g_new (double, MAX (eta.n, 1));
  eta.n = 0;
  for (int p = 0; p < self->n_rows; p++)
    if (p != at && column[p] != 0.0)
      {
        eta.index[eta.n] = p;
        eta.value[eta.n++] = column[p];
      }
  g_array_append_val (self->etas, eta);
}

/* --- steps of the dual simplex -------------------------------------------------------------------
 */

/* by how much a variable is below (< 0) or above its limits, if that is more than rounding */
static double
get_violation (const KilterLpRepair *self, int variable)
{
  double x = self->x[variable];
  double below = self->lower[variable] - x;
  double above = x - self->upper[variable];

  if (below > TINY + ROUNDING * fabs (x))
    return -below;
  if (above > TINY + ROUNDING * fabs (x))
    return above;

  return 0.0;
}

/* what is not in the basis moves with its limit, and the basis with it */
static gboolean
follow_limits (KilterLpRepair *self, const KilterLpModel *to)
{
  gboolean moved = FALSE;

  self->model = to;
  read_limits (self, to);
  memset (self->vector, 0, sizeof (double) * self->n_rows);
  for (int v = 0; v < self->n_cols + self->n_rows; v++)
    {
      double limit;

      if (self->place[v] == KILTER_LP_BASIC)
        continue;
      limit = self->place[v] == KILTER_LP_AT_LOWER ? self->lower[v] : self->upper[v];
      if (self->lower[v] == self->upper[v])
        limit = self->lower[v];
      if (isinf (limit))
        return FALSE;
      if (limit == self->x[v])
        continue;
      add_column (self, v, self->x[v] - limit, self->vector);
      self->x[v] = limit;
      moved = TRUE;
    }
  if (!moved)
    return TRUE;
  if (!solve (self, self->vector))
    return FALSE;
  for (int p = 0; p < self->n_rows; p++)
    self->x[self->head[p]] += self->vector[p];
  return TRUE;
}

static int
choose_leaving (const KilterLpRepair *self, double *out_violation)
{
  int leaving = -1;

  *out_violation = 0.0;
  for (int p = 0; p < self->n_rows; p++)
    {
      double violation = get_violation (self, self->head[p]);

      if (fabs (violation) > fabs (*out_violation))
        {
          *out_violation = violation;
          leaving = p;
        }
    }
  return leaving;
}

static void
touch (KilterLpRepair *self, int variable, double alpha)
{
  if (self->place[variable] == KILTER_LP_BASIC)
    return;
  if (!self->is_touched[variable])
    {
      self->is_touched[variable] = TRUE;
      g_array_append_val (self->touched, variable);
    }
  self->alpha[variable] += alpha;
}

static gboolean
make_pivot_row (KilterLpRepair *self, int leaving)
{
  for (guint n = 0; n < self->touched->len; n++)
    {
      int variable = g_array_index (self->touched, int, n);

      self->alpha[variable] = 0.0;
      self->is_touched[variable] = FALSE;
    }
  g_array_set_size (self->touched, 0);
  memset (self->pivot_row, 0, sizeof (double) * self->n_rows);
  self->pivot_row[leaving] = 1.0;
  if (!solve_transposed (self, self->pivot_row))
    return FALSE;
  for (int r = 0; r < self->n_rows; r++)
    {
      double rho = self->pivot_row[r];

      if (fabs (rho) < 1e-14)
        continue;
      touch (self, self->n_cols + r, -rho);
      for (int e = self->row_start[r]; e < self->row_start[r + 1]; e++)
        touch (self, self->row_index[e], rho * self->row_value[e]);
    }
  return TRUE;
}

/* the size of an entry when the variable may move so as to mend the violation, else 0 */
static double
get_reach (const KilterLpRepair *self, int variable, double violation)
{
  double alpha = violation > 0.0 ? self->alpha[variable] : -self->alpha[variable];

  if (self->lower[variable] == self->upper[variable])
    return 0.0;
  if (self->place[variable] == KILTER_LP_AT_UPPER)
    alpha = -alpha;

  return alpha > TINY_PIVOT ? alpha : 0.0;
}

/* the first price to become 0; of several nearly at once the largest entry (Harris) */
static int
choose_entering (const KilterLpRepair *self, double violation)
{
  double least = INFINITY, largest = 0.0;
  int entering = -1;

  for (guint n = 0; n < self->touched->len; n++)
    {
      int variable = g_array_index (self->touched, int, n);
      double reach = get_reach (self, variable, violation);

      if (reach > 0.0)
        least = MIN (least, (fabs (self->d[variable]) + ROUNDING) / reach);
    }
  for (guint n = 0; n < self->touched->len; n++)
    {
      int variable = g_array_index (self->touched, int, n);
      double reach = get_reach (self, variable, violation);

      if (reach > largest && fabs (self->d[variable]) / reach <= least)
        {
          largest = reach;
          entering = variable;
        }
    }
  return entering;
}

static gboolean
pivot (KilterLpRepair *self, int leaving, int entering, double violation)
{
  double *column = self->pivot_column;
  int left = self->head[leaving];
  double step, price = self->d[entering] / self->alpha[entering];

  memset (column, 0, sizeof (double) * self->n_rows);
  add_column (self, entering, 1.0, column);
  if (!solve (self, column) ||
      fabs (column[leaving] - self->alpha[entering]) > TINY * (1.0 + fabs (self->alpha[entering])))
    return FALSE;

  step = violation / column[leaving];
  for (int p = 0; p < self->n_rows; p++)
    if (column[p] != 0.0)
      self->x[self->head[p]] -= step * column[p];
  self->x[entering] += step;
  self->x[left] = violation < 0.0 ? self->lower[left] : self->upper[left];
  for (guint n = 0; n < self->touched->len; n++)
    {
      int variable = g_array_index (self->touched, int, n);

      self->d[variable] -= price * self->alpha[variable];
    }
  self->d[entering] = 0.0;
  self->d[left] = -price;
  self->place[left] = violation < 0.0 ? KILTER_LP_AT_LOWER : KILTER_LP_AT_UPPER;
  self->place[entering] = KILTER_LP_BASIC;
  self->head[leaving] = entering;
  push_eta (self, leaving, column);
  return TRUE;
}

/* --- proof ---------------------------------------------------------------------------------------
 */

/* every row's activity is the sum of its columns, and everything is within its limits */
static gboolean
is_balanced (KilterLpRepair *self)
{
  const KilterLpModel *m = self->model;

  for (int r = 0; r < self->n_rows; r++)
    {
      double sum = 0.0, size = 0.0;

      for (int e = self->row_start[r]; e < self->row_start[r + 1]; e++)
        {
          double term = self->row_value[e] * self->x[self->row_index[e]];

          sum += term;
          size += fabs (term);
        }
      if (!(fabs (sum - self->x[self->n_cols + r]) <= TINY + ROUNDING * size))
        return FALSE;
    }
  for (int v = 0; v < self->n_cols + m->n_rows; v++)
    if (get_violation (self, v) != 0.0)
      return FALSE;
  return TRUE;
}

/* no price says that a move would save anything; prices of columns are computed from the rows' */
static gboolean
is_priced (KilterLpRepair *self)
{
  const KilterLpModel *m = self->model;
  const double *y = self->d + self->n_cols;

  for (int v = 0; v < self->n_cols + self->n_rows; v++)
    {
      double d = self->d[v], size = fabs (d);

      if (v < self->n_cols)
        {
          d = m->cost[v];
          size = fabs (d);
          for (int e = m->start[v]; e < m->start[v + 1]; e++)
            {
              d -= m->value[e] * y[m->index[e]];
              size += fabs (m->value[e] * y[m->index[e]]);
            }
          self->d[v] = d;
        }
      size = TINY + ROUNDING * size;
      if (self->place[v] == KILTER_LP_BASIC      ? fabs (d) > size
          : self->lower[v] == self->upper[v]     ? FALSE
          : self->place[v] == KILTER_LP_AT_LOWER ? d < -size
                                                 : d > size)
        return FALSE;
    }
  return TRUE;
}

/* --- public API ----------------------------------------------------------------------------------
 */

/**
 * kilter_lp_repair_run:
 * @to: a model with the matrix and costs of the one before; must live until the next run
 * @out_pivots: (out): how many steps were taken
 *
 * Goes from the optimum at hand to that of @to. When it cannot, in few steps or with a proof, the
 * basis it came to is a good one for the optimiser to start from, and the repair is of no more use.
 *
 * Returns: whether the optimum of @to is there
 */
gboolean
kilter_lp_repair_run (KilterLpRepair *self, const KilterLpModel *to, guint *out_pivots)
{
  *out_pivots = 0;
  g_return_val_if_fail (to->n_cols == self->n_cols && to->n_rows == self->n_rows, FALSE);

  if (memcmp (self->model->cost, to->cost, sizeof (double) * self->n_cols) != 0 ||
      self->etas->len + MAX_PIVOTS > MAX_ETAS || !follow_limits (self, to))
    return FALSE;
  for (;; (*out_pivots)++)
    {
      double violation;
      int leaving = choose_leaving (self, &violation);
      int entering;

      if (leaving < 0)
        return is_balanced (self) && is_priced (self);
      if (*out_pivots == MAX_PIVOTS || !make_pivot_row (self, leaving))
        return FALSE;
      entering = choose_entering (self, violation);
      if (entering < 0 || !pivot (self, leaving, entering, violation))
        return FALSE;
    }
}

void
kilter_lp_repair_get_basis (const KilterLpRepair *self, guint8 *cols, guint8 *rows)
{
  memcpy (cols, self->place, self->n_cols);
  memcpy (rows, self->place + self->n_cols, self->n_rows);
}

void
kilter_lp_repair_get_solution (const KilterLpRepair *self,
                               double *cols,
                               double *col_duals,
                               double *row_duals)
{
  memcpy (cols, self->x, sizeof (double) * self->n_cols);
  memcpy (col_duals, self->d, sizeof (double) * self->n_cols);
  memcpy (row_duals, self->d + self->n_cols, sizeof (double) * self->n_rows);
}
