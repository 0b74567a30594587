/* kilter-plan-grid-fill.c: filling cells from others, and from the year before
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_across (const KilterGridFill *fill)
{
  return fill->direction == KILTER_GRID_FILL_RIGHT || fill->direction == KILTER_GRID_FILL_LEFT;
}

/* What was sold, and is planned to be sold, in the unit shown: the season of a row that has none of
 * its own yet. */
static double *
read_base (KilterPlanGrid *self, const KilterPlanGridRow *row)
{
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  KilterGrain grain = kilter_measure_get_info ((KilterMeasure) row->row.measure)->grain;
  double *base = g_new (double, kilter_plan_get_n_buckets (subject.plan));

  if (grain == KILTER_GRAIN_SERIES)
    kilter_subject_get (&subject, KILTER_DEMAND, base);
  else if (grain == KILTER_GRAIN_PRODUCT)
    kilter_subject_get (&subject, KILTER_SUPPLY, base);
  else
    for (int t = 0; t < kilter_plan_get_n_buckets (subject.plan); t++)
      base[t] = NAN;
  return base;
}

/* A copy of the numbers of a row. */
static double *
dup_values (KilterPlanGrid *self, KilterPlanGridRow *row)
{
  int n = kilter_plan_get_n_buckets (kilter_page_get_plan (self->page));

  return g_memdup2 (kilter_plan_grid_ensure_values (self, row), sizeof (double) * (gsize) n);
}

static gboolean
write_cell (KilterPlanGrid *self,
            KilterCommand *command,
            int row,
            int col,
            double value,
            KilterPlanGridTally *tally,
            GError **error)
{
  KilterEditResult result = { 0 };
  GError *local = NULL;
  gboolean ok = kilter_plan_grid_add_edit (self, command, row, col,
                                           isnan (value) ? KILTER_EDIT_CLEAR : KILTER_EDIT_SET,
                                           value, KILTER_SPREAD_MIX, &result, &local);

  return kilter_plan_grid_tally (tally, ok, &result, local, error);
}

/* --- copying --- */

static int
wrap (int at, int n)
{
  return (at % n + n) % n;
}

/* The pattern goes on without a seam, whichever way it is dragged. */
static gboolean
copy_cells (KilterPlanGrid *self,
            KilterCommand *command,
            const KilterGridFill *fill,
            KilterPlanGridTally *tally,
            GError **error)
{
  for (int r = 0; r < fill->target.n_rows; r++)
    for (int c = 0; c < fill->target.n_cols; c++)
      {
        int row = fill->target.row + r, col = fill->target.col + c;
        int from_row = fill->source.row + wrap (row - fill->source.row, fill->source.n_rows);
        int from_col = fill->source.col + wrap (col - fill->source.col, fill->source.n_cols);
        KilterPlanGridRow *from = kilter_plan_grid_peek_row (self, from_row);

        /* a total among the months is the sum of what is filled anyway */
        if (fill->target.n_cols > 1 && kilter_plan_grid_is_double (self, col))
          continue;
        if (from->row.measure < 0)
          {
            if (tally->why == NULL)
              g_set_error_literal (&tally->why, KILTER_GRID_ERROR, KILTER_GRID_ERROR_SHAPE,
                                   _ ("A heading has no numbers that could be copied."));
            continue;
          }
        if (!write_cell (self, command, row, col, kilter_plan_grid_get_value (self, from, from_col),
                         tally, error))
          return FALSE;
      }
  return TRUE;
}

/* --- continuing the season --- */

/* What a column shows of some values, or of those some buckets before: one bucket, or the sum of a
 * quarter or year; NaN when any is missing. */
static double
sum_column (KilterPlanGrid *self, int col, const double *values, int before)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  double sum = 0;

  if (column->first < before)
    return NAN;
  for (int t = column->first - before; t < column->first + column->n - before; t++)
    sum += values[t];
  return sum;
}

static gboolean
continue_across (KilterPlanGrid *self,
                 KilterCommand *command,
                 const KilterGridFill *fill,
                 int index,
                 KilterPlanGridTally *tally,
                 GError **error)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  const KilterPlanGridColumn *from = kilter_plan_grid_peek_column (self, fill->source.col);
  const KilterPlanGridColumn *from_end = kilter_plan_grid_peek_column (
    self, fill->source.col + fill->source.n_cols - 1);
  const KilterPlanGridColumn *to = kilter_plan_grid_peek_column (self, fill->target.col);
  const KilterPlanGridColumn *to_end = kilter_plan_grid_peek_column (
    self, fill->target.col + fill->target.n_cols - 1);
  g_autofree double *values = NULL;
  g_autofree double *base = NULL;

  if (row->row.measure < 0)
    return TRUE;
  values = dup_values (self, row);
  base = read_base (self, row);
  kilter_plan_continue_row (
    values, base, kilter_plan_get_n_buckets (plan), kilter_plan_get_season (plan), from->first,
    from_end->first + from_end->n - from->first, to->first, to_end->first + to_end->n - to->first);
  for (int c = 0; c < fill->target.n_cols; c++)
    {
      int col = fill->target.col + c;

      if (!kilter_plan_grid_is_double (self, col) &&
          !write_cell (self, command, index, col, sum_column (self, col, values, 0), tally, error))
        return FALSE;
    }
  return TRUE;
}

/* Down: each row keeps its own season and grows over its year before as the source does. */
static gboolean
continue_down (KilterPlanGrid *self,
               KilterCommand *command,
               const KilterGridFill *fill,
               int index,
               KilterPlanGridTally *tally,
               GError **error)
{
  int season = kilter_plan_get_season (kilter_page_get_plan (self->page));
  int from = fill->source.row + wrap (index - fill->source.row, fill->source.n_rows);
  KilterPlanGridRow *source = kilter_plan_grid_peek_row (self, from);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  g_autofree double *source_base = NULL;
  g_autofree double *base = NULL;

  if (source->row.measure < 0 || row->row.measure < 0)
    return TRUE;
  source_base = read_base (self, source);
  base = read_base (self, row);
  for (int c = 0; c < fill->target.n_cols; c++)
    {
      int col = fill->target.col + c, bucket = kilter_plan_grid_get_bucket (self, col);
      double value, growth;

      if (bucket < 0)
        continue;
      value = kilter_plan_grid_ensure_values (self, source)[bucket];
      growth = bucket >= season ? kilter_plan_growth (&value, &source_base[bucket - season], 1)
                                : NAN;
      if (!isnan (growth) && !isnan (base[bucket - season]))
        value = base[bucket - season] * growth;
      if (!write_cell (self, command, index, col, value, tally, error))
        return FALSE;
    }
  return TRUE;
}

/* --- the model --- */

gboolean
kilter_plan_grid_fill (KilterGridModel *model,
                       const KilterGridFill *fill,
                       char **out_message,
                       GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autoptr (KilterCommand) command = kilter_command_new (
    "fill", fill->continue_season ? _ ("Continue the Season") : _ ("Fill"));
  g_autofree char *done = NULL;
  KilterPlanGridTally tally = { 0 };
  gboolean ok = TRUE;

  if (!fill->continue_season)
    ok = copy_cells (self, command, fill, &tally, error);
  for (int r = fill->target.row;
       fill->continue_season && ok && r < fill->target.row + fill->target.n_rows; r++)
    ok = is_across (fill) ? continue_across (self, command, fill, r, &tally, error)
                          : continue_down (self, command, fill, r, &tally, error);
  if (!ok)
    {
      g_clear_error (&tally.why);
      return FALSE;
    }
  done = g_strdup_printf (ngettext ("Filled %d cell", "Filled %d cells", tally.n_written),
                          tally.n_written);
  return kilter_plan_grid_finish_block (self, g_steal_pointer (&command), &tally, done, out_message,
                                        error);
}

/**
 * kilter_plan_grid_as_last_year:
 *
 * The selected cells become what was sold, or is planned, one year before.
 */
gboolean
kilter_plan_grid_as_last_year (KilterPlanGrid *self, GError **error)
{
  int season = kilter_plan_get_season (kilter_page_get_plan (self->page));
  g_autoptr (KilterCommand) command = kilter_command_new ("fill", _ ("As Last Year"));
  KilterPlanGridTally tally = { 0 };
  KilterGridRange range;
  g_autofree char *done = NULL;
  g_autofree char *message = NULL;

  kilter_grid_get_selection (self->grid, &range);
  for (int r = range.row; r < range.row + range.n_rows; r++)
    {
      KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, r);
      g_autofree double *base = NULL;

      if (row->row.measure < 0 || row->row.measure == KILTER_OVERRIDE)
        continue;
      base = read_base (self, row);
      for (int c = range.col; c < range.col + range.n_cols; c++)
        {
          double value = kilter_plan_grid_is_double (self, c) ? NAN
                                                              : sum_column (self, c, base, season);

          if (!isnan (value) && !write_cell (self, command, r, c, value, &tally, error))
            {
              g_clear_error (&tally.why);
              return FALSE;
            }
        }
    }
  done = g_strdup_printf (
    ngettext ("%d cell is as last year", "%d cells are as last year", tally.n_written),
    tally.n_written);
  if (!kilter_plan_grid_finish_block (self, g_steal_pointer (&command), &tally, done, &message,
                                      error))
    return FALSE;
  kilter_page_toast (self->page, message != NULL ? message : done, TRUE);
  return TRUE;
}
