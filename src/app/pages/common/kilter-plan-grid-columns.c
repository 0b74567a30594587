/* kilter-plan-grid-columns.c: which buckets the columns stand for: one each, or the total of
 * several SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include "app/kilter-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- which there are --- */

typedef enum
{
  SPAN_QUARTER,
  SPAN_YEAR,
} Span;

/* A number that is the same for all buckets of a quarter or year, and only for those. */
static int
get_span_number (const KilterPlan *plan, Span span, int bucket)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket absolute = kilter_plan_get_bucket (plan, bucket);

  return span == SPAN_YEAR ? kilter_bucket_get_year (kind, absolute)
                           : kilter_bucket_get_quarter (kind, absolute);
}

/* Adds the total that ends with @bucket, if one does: of the part that the plan knows. */
static void
add_span (KilterPlanGrid *self, const KilterPlan *plan, Span span, int bucket)
{
  int number = get_span_number (plan, span, bucket);
  KilterPlanGridColumn column = { .first = bucket, .n = 1, .is_total = TRUE };

  if (bucket + 1 < kilter_plan_get_n_buckets (plan) &&
      get_span_number (plan, span, bucket + 1) == number)
    return;
  while (column.first > 0 && get_span_number (plan, span, column.first - 1) == number)
    column.first--;
  column.n = bucket - column.first + 1;
  column.is_year = span == SPAN_YEAR;
  g_array_append_val (self->columns, column);
}

/* The cursor stays on its month when totals come or go between them. */
static void
keep_cursor (KilterPlanGrid *self)
{
  int row = -1, col = -1;

  if (self->grid != NULL)
    kilter_grid_get_cursor (self->grid, &row, &col);
  self->kept_row = row;
  self->kept_col = col;
  self->kept = *kilter_plan_grid_peek_column (self, col);
}

void
kilter_plan_grid_restore_cursor (KilterPlanGrid *self)
{
  const KilterPlanGridColumn *now = kilter_plan_grid_peek_column (self, self->kept_col);

  if (self->kept_col < 0 || (guint) self->kept_row >= self->rows->len ||
      (now->first == self->kept.first && now->n == self->kept.n))
    return;
  for (guint i = 0; i < self->columns->len; i++)
    {
      now = kilter_plan_grid_peek_column (self, (int) i);
      if (now->first == self->kept.first &&
          (now->n == self->kept.n || (self->kept.is_total && !now->is_total)))
        {
          kilter_grid_select (self->grid, self->kept_row, (int) i);
          return;
        }
    }
}

void
kilter_plan_grid_make_columns (KilterPlanGrid *self)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  GSettings *settings = kilter_settings_get ();
  gboolean quarters = g_settings_get_boolean (settings, "quarter-totals") &&
                      kilter_plan_get_bucket_kind (plan) != KILTER_BUCKET_QUARTER;
  gboolean years = g_settings_get_boolean (settings, "year-totals");

  keep_cursor (self);
  g_array_set_size (self->columns, 0);
  for (int t = self->first; t < self->first + self->n; t++)
    {
      KilterPlanGridColumn column = { .first = t, .n = 1 };

      g_array_append_val (self->columns, column);
      if (quarters)
        add_span (self, plan, SPAN_QUARTER, t);
      if (years)
        add_span (self, plan, SPAN_YEAR, t);
    }
  if (self->total)
    {
      int first = MAX (self->first, kilter_plan_get_n_history (plan));
      KilterPlanGridColumn column = { .first = first,
                                      .n = MAX (self->first + self->n - first, 0),
                                      .is_total = TRUE,
                                      .is_horizon = TRUE };

      g_array_append_val (self->columns, column);
    }
}

const KilterPlanGridColumn *
kilter_plan_grid_peek_column (KilterPlanGrid *self, int col)
{
  static const KilterPlanGridColumn none = { .first = -1, .n = 0, .is_total = TRUE };

  return col >= 0 && (guint) col < self->columns->len
           ? &g_array_index (self->columns, KilterPlanGridColumn, col)
           : &none;
}

int
kilter_plan_grid_get_bucket (KilterPlanGrid *self, int col)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  return column->is_total ? -1 : column->first;
}

/**
 * kilter_plan_grid_get_col:
 *
 * Returns: the column of a bucket alone, -1 when it has none
 */
int
kilter_plan_grid_get_col (KilterPlanGrid *self, int bucket)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (kilter_plan_grid_get_bucket (self, (int) i) == bucket && bucket >= 0)
      return (int) i;
  return -1;
}

/* The buckets of a column that a row shows: some rows have no past, others no future. */
void
kilter_plan_grid_get_span (KilterPlanGrid *self,
                           const KilterPlanGridRow *row,
                           int col,
                           int *out_first,
                           int *out_n)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (self->page));
  int first = column->first, end = column->first + column->n;

  if (row->row.flags & KILTER_PLAN_ROW_FUTURE_ONLY)
    first = MAX (first, cycle);
  if (row->row.flags & KILTER_PLAN_ROW_PAST_ONLY)
    end = MIN (end, cycle);
  *out_first = first;
  *out_n = MAX (end - first, 0);
}

/* --- their headers --- */

static char *
get_total_label (const KilterPlan *plan, const KilterPlanGridColumn *column)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket first = kilter_plan_get_bucket (plan, column->first);
  KilterBucket last = kilter_plan_get_bucket (plan, column->first + column->n - 1);
  Span span = column->is_year ? SPAN_YEAR : SPAN_QUARTER;
  gboolean whole;

  /* where the plan begins or ends within a year, that is no year */
  whole = !column->is_horizon &&
          (column->first > 0 || kilter_bucket_get_position (kind, first) == 0 ||
           (span == SPAN_QUARTER && kilter_bucket_get_quarter (kind, first - 1) !=
                                      kilter_bucket_get_quarter (kind, first)));
  if (whole && span == SPAN_YEAR)
    whole = kilter_bucket_get_year (kind, last + 1) != kilter_bucket_get_year (kind, last);
  else if (whole)
    whole = kilter_bucket_get_quarter (kind, last + 1) != kilter_bucket_get_quarter (kind, last);
  if (!whole)
    {
      g_autofree char *from = kilter_format_bucket_short (plan, column->first);
      g_autofree char *to = kilter_format_bucket_short (plan, column->first + column->n - 1);

      return g_strdup_printf ("%s–%s", from, to);
    }
  if (span == SPAN_YEAR)
    return g_strdup_printf ("%d", kilter_bucket_get_year (kind, last));
  /* Translators: a quarter of a year, as short as can be: "Q3" */
  return g_strdup_printf (_ ("Q%d"), kilter_bucket_get_quarter (kind, last) % 4 + 1);
}

void
kilter_plan_grid_get_total_header (KilterPlanGrid *self, int col, KilterGridColumn *out)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  out->flags = KILTER_GRID_COLUMN_FLAG_TOTAL;
  if (column->n == 0)
    {
      out->label = g_strdup ("");
      return;
    }
  out->label = get_total_label (plan, column);
  if (column->is_horizon)
    out->description = g_strdup (_ ("Total"));
  else
    {
      g_autofree char *from = kilter_format_bucket (plan, column->first);
      g_autofree char *to = kilter_format_bucket (plan, column->first + column->n - 1);

      /* Translators: a sum of months: "Total from July 2026 to September 2026" */
      out->description = g_strdup_printf (_ ("Total from %1$s to %2$s"), from, to);
    }
  if (column->first + column->n <= kilter_plan_get_n_history (plan))
    out->flags |= KILTER_GRID_COLUMN_FLAG_PAST;
}

/* --- where they stand --- */

/**
 * kilter_plan_grid_get_place:
 * @out_first: (out): the first bucket in view
 * @out_n: (out): how many are in view
 *
 * Where the columns stand, so that the bars of a chart stand over them. Over a total stands
 * nothing.
 */
gboolean
kilter_plan_grid_get_place (KilterPlanGrid *self,
                            int *out_first,
                            int *out_n,
                            KilterChartPlace *out_place)
{
  gsize n_edges = 0;
  const double *edges = self->grid != NULL ? kilter_grid_get_column_edges (self->grid, &n_edges)
                                           : NULL;
  double start, end;
  int first = -1, n = 0;

  if (edges == NULL || n_edges < 2 || gtk_widget_get_width (GTK_WIDGET (self->grid)) < 50)
    return FALSE;
  kilter_grid_get_columns_span (self->grid, &start, &end);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->ends, 0);
  for (int i = 0; i < MIN ((int) self->columns->len, (int) n_edges - 1); i++)
    {
      int bucket = kilter_plan_grid_get_bucket (self, i);

      if (bucket < 0 || edges[i] < start - 1 || edges[i + 1] > end + 1)
        continue;
      if (first < 0)
        first = bucket;
      g_array_append_val (self->starts, edges[i]);
      g_array_append_val (self->ends, edges[i + 1]);
      n++;
    }
  if (first < 0)
    return FALSE;
  g_array_append_val (self->starts, g_array_index (self->ends, double, n - 1));
  *out_first = first;
  *out_n = n;
  out_place->edges = (const double *) self->starts->data;
  out_place->ends = (const double *) self->ends->data;
  out_place->gutter = out_place->edges[0];
  return TRUE;
}
