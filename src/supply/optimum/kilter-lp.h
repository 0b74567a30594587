/* kilter-lp.h: the one door to the linear optimiser, so that it can be replaced
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"

G_BEGIN_DECLS

/**
 * KilterLpModel:
 * @cost: by column, minimised
 * @start: n_cols + 1 entries; column c holds nonzeros start[c] … start[c + 1] - 1
 * @integer: (nullable): by column, 1 for whole numbers
 * @offset: constant of the objective
 *
 * min offset + cost·x with row_lower <= A x <= row_upper and lower <= x <= upper. No limit is
 * ±INFINITY here (and only here).
 */
typedef struct
{
  int n_cols;
  int n_rows;
  int n_nonzeros;
  double offset;
  double *cost;
  double *lower;
  double *upper;
  double *row_lower;
  double *row_upper;
  int *start;
  int *index;
  double *value;
  guint8 *integer;
} KilterLpModel;

typedef enum
{
  KILTER_LP_OPTIMAL,
  KILTER_LP_CANCELLED,
  KILTER_LP_LIMIT,
  KILTER_LP_FAILED,
} KilterLpStatus;

/* what a start basis says of a column or row */
typedef enum
{
  KILTER_LP_AT_LOWER,
  KILTER_LP_BASIC,
  KILTER_LP_AT_UPPER,
} KilterLpPlace;

typedef struct _KilterLp KilterLp;

KilterLp *kilter_lp_new (void);
void kilter_lp_free (KilterLp *self);
gboolean kilter_lp_load (KilterLp *self, const KilterLpModel *model);
void kilter_lp_change (KilterLp *self, const KilterLpModel *from, const KilterLpModel *to);
void kilter_lp_set_basis (KilterLp *self, const guint8 *cols, const guint8 *rows);
gboolean kilter_lp_get_basis (KilterLp *self, guint8 *cols, guint8 *rows);
gboolean kilter_lp_get_basic (KilterLp *self, int *out_variables);
gboolean
kilter_lp_solve_basis (KilterLp *self, gboolean transposed, const double *right, double *out);
KilterLpStatus kilter_lp_run (KilterLp *self, gint64 work_limit, KilterJob *job);
gint64 kilter_lp_get_iterations (KilterLp *self);
double kilter_lp_get_objective (KilterLp *self);
double kilter_lp_get_bound (KilterLp *self);
void kilter_lp_get_solution (KilterLp *self,
                             double *cols,
                             double *col_duals,
                             double *rows,
                             double *row_duals);
gboolean kilter_lp_get_row_ranges (KilterLp *self, double *down, double *up);

char *kilter_lp_model_to_mps (const KilterLpModel *model);
gboolean kilter_lp_model_same_matrix (const KilterLpModel *a, const KilterLpModel *b);
gboolean kilter_lp_model_same_shape (const KilterLpModel *a, const KilterLpModel *b);
void kilter_lp_model_free (KilterLpModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterLp, kilter_lp_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterLpModel, kilter_lp_model_free)

G_END_DECLS
