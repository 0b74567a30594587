/* kilter-plan-grid-status.c: what the selected cells sum to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include <math.h>

/* The last approved plan's counterpart of a measure, or -1. */
static int
find_last (KilterMeasure measure)
{
  switch ((int) measure)
    {
    case KILTER_FINAL:
    case KILTER_CONSENSUS:
    case KILTER_DEMAND:
    case KILTER_SALES_INPUT:
    case KILTER_MARKETING_INPUT:
    case KILTER_STATISTICAL:
      return KILTER_LAST_CYCLE;
    case KILTER_SUPPLY:
      return KILTER_SUPPLY_LAST;
    default:
      return -1;
    }
}

typedef struct
{
  double sum;
  double change;
  int count;
  int measure; /* of all rows; -1: none yet, -2: several */
  gboolean has_change;
} Sums;

static void
add_row (KilterPlanGrid *self, KilterPlanGridRow *row, const KilterGridRange *range, Sums *sums)
{
  const double *values = kilter_plan_grid_ensure_values (self, row);
  int last = find_last ((KilterMeasure) row->row.measure);
  g_autofree double *before = NULL;

  sums->measure = sums->measure == -1 || sums->measure == row->row.measure ? row->row.measure : -2;
  if (last >= 0 && row->row.read == NULL)
    {
      KilterSubject subject = kilter_plan_grid_get_subject (self, row);

      before = g_new (double, kilter_plan_get_n_buckets (subject.plan));
      kilter_subject_get (&subject, (KilterMeasure) last, before);
    }
  for (int c = range->col; c < range->col + range->n_cols; c++)
    {
      int first, n;

      /* totals among the selected months would count twice */
      if (range->n_cols > 1 && kilter_plan_grid_is_double (self, c))
        continue;
      kilter_plan_grid_get_span (self, row, c, &first, &n);
      for (int t = first; t < first + n; t++)
        if (!isnan (values[t]))
          {
            sums->sum += values[t];
            sums->count++;
            if (before != NULL && !isnan (before[t]))
              {
                sums->change += values[t] - before[t];
                sums->has_change = TRUE;
              }
          }
    }
}

/**
 * kilter_plan_grid_get_status:
 * @out_status: (out): of the selected cells
 *
 * Rows of different measures are counted, but not summed.
 */
void
kilter_plan_grid_get_status (KilterPlanGrid *self, KilterPlanGridStatus *out_status)
{
  Sums sums = { .measure = -1 };
  KilterGridRange range = { 0 };

  *out_status = (KilterPlanGridStatus) { .sum = NAN, .mean = NAN, .change = NAN };
  if (self->grid != NULL)
    kilter_grid_get_selection (self->grid, &range);
  for (int r = range.row; r < range.row + range.n_rows && (guint) r < self->rows->len; r++)
    {
      KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, r);

      if (row->row.measure < 0)
        continue;
      if (sums.count == 0)
        out_status->format = *kilter_plan_grid_ensure_format (self, row);
      add_row (self, row, &range, &sums);
    }
  out_status->count = sums.count;
  if (sums.count == 0 || sums.measure < 0)
    return;
  out_status->mean = sums.sum / sums.count;
  if (kilter_measure_get_info ((KilterMeasure) sums.measure)->aggregate != KILTER_AGGREGATE_SUM)
    return;
  out_status->sum = sums.sum;
  if (sums.has_change)
    out_status->change = sums.change;
}

gboolean
kilter_plan_grid_get_chosen (KilterPlanGrid *self,
                             const KilterSelection *selection,
                             double *out_value,
                             char **out_label)
{
  const KilterPlanGridColumn *column;
  KilterPlanGridRow *row;
  KilterGridCell cell = { 0 };
  int at, col;

  if (self->grid == NULL)
    return FALSE;
  kilter_grid_get_cursor (self->grid, &at, &col);
  if (at < 0 || (guint) at >= self->rows->len || col < 0 || (guint) col >= self->columns->len)
    return FALSE;
  row = kilter_plan_grid_peek_row (self, at);
  column = kilter_plan_grid_peek_column (self, col);
  if (row->row.measure != selection->measure || column->first < selection->first ||
      column->first + column->n > selection->first + selection->n ||
      !kilter_scope_equal (&row->row.scope, &selection->scope))
    return FALSE;
  kilter_grid_model_get_cell (KILTER_GRID_MODEL (self), at, col, &cell);
  *out_value = cell.value;
  *out_label = g_strdup (row->label);
  return TRUE;
}
