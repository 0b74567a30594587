/* kilter-plan-grid-columns.c: which buckets the columns stand for: one each, or the total of
 * several SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include "app/kilter-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* a chart on a narrow screen: so many months, with the names of rows before them */
#define NARROW_MONTHS 6
#define NARROW_GUTTER 92.0
#define NARROW_MARGIN 12.0

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

/* What a column stands for; a plan of quarters has no finer ones. */
static KilterTimeGrain
get_grain (KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterTimeGrain grain = session != NULL ? kilter_session_get_time (session) : KILTER_TIME_BUCKETS;

  return grain == KILTER_TIME_QUARTERS &&
             kilter_plan_get_bucket_kind (kilter_page_get_plan (self->page)) ==
               KILTER_BUCKET_QUARTER
           ? KILTER_TIME_BUCKETS
           : grain;
}

void
kilter_plan_grid_make_columns (KilterPlanGrid *self)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  GSettings *settings = kilter_settings_get ();
  gboolean quarters = g_settings_get_boolean (settings, "quarter-totals") &&
                      kilter_plan_get_bucket_kind (plan) != KILTER_BUCKET_QUARTER;
  gboolean years = g_settings_get_boolean (settings, "year-totals");
  KilterTimeGrain grain = get_grain (self);

  keep_cursor (self);
  g_array_set_size (self->columns, 0);
  for (int t = self->first; t < self->first + self->n; t++)
    {
      KilterPlanGridColumn column = { .first = t, .n = 1 };

      if (grain == KILTER_TIME_BUCKETS)
        g_array_append_val (self->columns, column);
      if (grain == KILTER_TIME_QUARTERS || (grain == KILTER_TIME_BUCKETS && quarters))
        add_span (self, plan, SPAN_QUARTER, t);
      if (grain == KILTER_TIME_YEARS || years)
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

/**
 * kilter_plan_grid_find_col:
 *
 * Returns: the narrowest column that a bucket is in: its own, that of its quarter, of its year; -1
 *   when there is none
 */
int
kilter_plan_grid_find_col (KilterPlanGrid *self, int bucket)
{
  int found = -1;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, (int) i);

      if (bucket >= column->first && bucket < column->first + column->n && !column->is_horizon &&
          (found < 0 || column->n < kilter_plan_grid_peek_column (self, found)->n))
        found = (int) i;
    }
  return found;
}

/* Whether what a column shows stands in finer columns, too: its last bucket tells, for what comes
 * before may lie before the first column. */
gboolean
kilter_plan_grid_is_double (KilterPlanGrid *self, int col)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  return column->n == 0 || column->is_horizon ||
         kilter_plan_grid_find_col (self, column->first + column->n - 1) != col;
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

/* Where nothing finer stands below, a quarter says its year as a month does. */
static void
set_year (KilterPlanGrid *self, int col, KilterGridColumn *out)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  int year = kilter_bucket_get_year (kind, kilter_plan_get_bucket (plan, column->first));

  if (col > 0 &&
      kilter_bucket_get_year (kind, kilter_plan_get_bucket (plan, column->first - 1)) == year)
    return;
  out->upper = g_strdup_printf ("%d", year);
  if (col > 0)
    out->flags |= KILTER_GRID_COLUMN_FLAG_YEAR_START;
}

void
kilter_plan_grid_get_total_header (KilterPlanGrid *self, int col, KilterGridColumn *out)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  out->flags = kilter_plan_grid_is_double (self, col) ? KILTER_GRID_COLUMN_FLAG_TOTAL : 0;
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
  if (!column->is_year && !(out->flags & KILTER_GRID_COLUMN_FLAG_TOTAL))
    set_year (self, col, out);
}

/* --- where they stand --- */

/* Without columns below, the next months share the width: those from the cycle on, or around the
 * month that is looked at. */
static gboolean
get_narrow_place (KilterPlanGrid *self, int *out_first, int *out_n, KilterChartPlace *out_place)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSession *session = kilter_page_get_session (self->page);
  int bucket = session != NULL ? kilter_session_get_bucket (session) : -1;
  int end = self->first + self->n;
  int first = CLAMP (kilter_plan_get_n_history (plan), self->first, MAX (end - 1, 0));
  double width = gtk_widget_get_width (GTK_WIDGET (self->page)) - NARROW_MARGIN;
  double right;

  if (self->n == 0 || width < 2 * NARROW_GUTTER)
    return FALSE;
  if (bucket >= self->first && bucket < end && (bucket < first || bucket >= first + NARROW_MONTHS))
    first = bucket;
  first = MAX (MIN (first, end - NARROW_MONTHS), self->first);
  *out_first = first;
  *out_n = MIN (NARROW_MONTHS, end - first);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->ends, 0);
  for (int i = 0; i < *out_n; i++)
    {
      double left = NARROW_GUTTER + (width - NARROW_GUTTER) * i / *out_n;

      right = NARROW_GUTTER + (width - NARROW_GUTTER) * (i + 1) / *out_n;
      g_array_append_val (self->starts, left);
      g_array_append_val (self->ends, right);
    }
  right = width;
  g_array_append_val (self->starts, right);
  out_place->edges = (const double *) self->starts->data;
  out_place->ends = (const double *) self->ends->data;
  out_place->gutter = NARROW_GUTTER;
  return TRUE;
}

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

  if (self->is_narrow)
    return get_narrow_place (self, out_first, out_n, out_place);
  if (edges == NULL || n_edges < 2 || gtk_widget_get_width (GTK_WIDGET (self->grid)) < 50)
    return FALSE;
  kilter_grid_get_columns_span (self->grid, &start, &end);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->ends, 0);
  for (int i = 0; i < MIN ((int) self->columns->len, (int) n_edges - 1); i++)
    {
      const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, i);
      double width = column->n > 0 ? (edges[i + 1] - edges[i]) / column->n : 0;

      if (kilter_plan_grid_is_double (self, i) || edges[i] < start - 1 || edges[i + 1] > end + 1)
        continue;
      if (first < 0)
        first = column->first;
      /* the months of a quarter share the width of its column */
      for (int t = 0; t < column->n; t++)
        {
          double left = edges[i] + t * width, right = edges[i] + (t + 1) * width;

          g_array_append_val (self->starts, left);
          g_array_append_val (self->ends, right);
          n++;
        }
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
