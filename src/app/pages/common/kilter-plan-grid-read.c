/* kilter-plan-grid-read.c: numbers, formats and marks of the rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const double *
kilter_plan_grid_ensure_values (KilterPlanGrid *self, KilterPlanGridRow *row)
{
  KilterSubject subject;

  if (row->values != NULL || row->row.measure < 0)
    return row->values;
  subject = kilter_plan_grid_get_subject (self, row);
  row->values = g_new (double, kilter_plan_get_n_buckets (subject.plan));
  if (row->row.read != NULL)
    {
      double total;

      row->row.read (&subject, row->row.measure, self->first, self->n, row->row.read_data,
                     row->values, &total);
    }
  else
    kilter_subject_get (&subject, row->row.measure, row->values);
  if (row->row.flags & (KILTER_PLAN_ROW_BELOW_TARGET | KILTER_PLAN_ROW_GAP))
    {
      row->targets = g_new (double, kilter_plan_get_n_buckets (subject.plan));
      kilter_subject_get (
        &subject, row->row.flags & KILTER_PLAN_ROW_GAP ? KILTER_DEMAND : KILTER_TARGET_STOCK,
        row->targets);
    }
  return row->values;
}

/* Quantities of one grid share a scale, set by its largest number; other rows have their own. */
const KilterFormat *
kilter_plan_grid_ensure_format (KilterPlanGrid *self, KilterPlanGridRow *row)
{
  KilterSubject subject;

  if (row->has_format || row->row.measure < 0)
    return &row->format;
  subject = kilter_plan_grid_get_subject (self, row);
  if (kilter_plan_grid_is_quantity (row))
    {
      if (isnan (self->quantity_largest))
        {
          self->quantity_largest = 0;
          for (guint i = 0; i < MIN (self->rows->len, 60); i++)
            {
              KilterPlanGridRow *other = kilter_plan_grid_peek_row (self, (int) i);

              if (kilter_plan_grid_is_quantity (other))
                {
                  const double *values = kilter_plan_grid_ensure_values (self, other);
                  double largest = kilter_format_largest (values + self->first, (gsize) self->n);

                  if (largest > self->quantity_largest)
                    self->quantity_largest = largest;
                }
            }
        }
      kilter_subject_init_format (&subject, row->row.measure, &self->quantity_largest, 1,
                                  &row->format);
    }
  else
    {
      const double *values = kilter_plan_grid_ensure_values (self, row);

      kilter_subject_init_format (&subject, row->row.measure, values + self->first, (gsize) self->n,
                                  &row->format);
    }
  if (row->row.flags & KILTER_PLAN_ROW_DELTA)
    row->format.number.sign = TRUE;
  row->has_format = TRUE;
  return &row->format;
}

/* The measures in which typing into a row is kept. */
int
kilter_plan_grid_get_inputs (KilterMeasure measure, KilterMeasure *out)
{
  if (measure == KILTER_OVERRIDE || measure == KILTER_FINAL)
    {
      out[0] = KILTER_FINAL;
      out[1] = KILTER_OVERRIDE_ADD;
      out[2] = KILTER_OVERRIDE_SHARE;
      return 3;
    }
  out[0] = measure;
  return kilter_measure_get_info (measure)->flags & KILTER_HAS_INPUT ? 1 : 0;
}

/* When the step that is worked on began: the end of the one before. */
static const char *
get_step_start (const KilterPlan *plan)
{
  int open = kilter_plan_get_open_step (plan);
  const KilterRecord *before = open > 1 ? kilter_plan_get_step (plan, open - 1) : NULL;

  return before != NULL ? kilter_record_text (before, KILTER_STEP_DONE_AT) : "";
}

static void
mark_notes (KilterPlanGrid *self,
            KilterPlanGridRow *row,
            KilterMeasure measure,
            int leaf,
            const char *since)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  const double *input = kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_INPUT, leaf);

  for (int t = 0; input != NULL && t < kilter_plan_get_n_buckets (plan); t++)
    {
      const KilterCellNote *note;

      if (isnan (input[t]))
        continue;
      row->marks[t] |= MARK_TYPED;
      note = kilter_plan_get_note (plan, version, measure, leaf, t);
      if (note != NULL && note->at != NULL && *since != '\0' && g_strcmp0 (note->at, since) > 0)
        row->marks[t] |= MARK_CHANGED;
      if (kilter_plan_is_late_change (plan, version, measure, leaf, t))
        row->marks[t] |= MARK_LATE;
    }
}

static void
mark_comments (KilterPlanGrid *self, KilterPlanGridRow *row, const GArray *leaves)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const char *key = kilter_measure_get_info (row->row.measure)->key;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_COMMENT, comment)
    {
      KilterBucket bucket;
      int at, leaf = (int) kilter_record_number_or (comment, KILTER_COMMENT_ROW, 0);

      if (kilter_record_bool (comment, KILTER_COMMENT_RESOLVED) ||
          !g_str_equal (kilter_record_text (comment, KILTER_COMMENT_MEASURE), key))
        continue;
      bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan),
                                          kilter_record_text (comment, KILTER_COMMENT_BUCKET));
      at = bucket != KILTER_BUCKET_NONE ? kilter_plan_find_bucket (plan, bucket) : -1;
      for (guint i = 0; at >= 0 && i < leaves->len; i++)
        if (g_array_index (leaves, int, i) == leaf)
          row->marks[at] |= MARK_COMMENT;
    }
}

const guint8 *
kilter_plan_grid_ensure_marks (KilterPlanGrid *self, KilterPlanGridRow *row)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  int n = kilter_plan_get_n_buckets (plan);
  g_autoptr (GArray) leaves = NULL;
  g_autofree int *locked = NULL;
  KilterMeasure inputs[3];
  int n_inputs;

  if (row->marks != NULL)
    return row->marks;
  row->marks = g_new0 (guint8, n);
  /* what another version said is not typed, locked or discussed here */
  if (row->row.measure < 0 || row->row.read != NULL)
    return row->marks;
  n_inputs = kilter_plan_grid_get_inputs (row->row.measure, inputs);
  leaves = kilter_scope_get_rows (plan, &row->row.scope,
                                  kilter_measure_get_info (row->row.measure)->grain);
  locked = g_new0 (int, n);
  for (guint i = 0; n_inputs > 0 && i < leaves->len; i++)
    {
      int leaf = g_array_index (leaves, int, i);
      const double *locks = kilter_plan_get_stored (plan, version, inputs[0], KILTER_LAYER_LOCK,
                                                    leaf);

      for (int k = 0; k < n_inputs; k++)
        mark_notes (self, row, inputs[k], leaf, get_step_start (plan));
      for (int t = 0; locks != NULL && t < n; t++)
        locked[t] += locks[t] > 0;
    }
  for (int t = 0; t < n; t++)
    if (leaves->len > 0 && locked[t] == (int) leaves->len)
      row->marks[t] |= MARK_LOCKED;
  mark_comments (self, row, leaves);
  return row->marks;
}

/* The total of a row over a span, in the unit shown; NaN where there is none. */
static double
read_total (KilterPlanGrid *self, KilterPlanGridRow *row, int first, int n, gboolean is_horizon)
{
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  const KilterMeasureInfo *info = kilter_measure_get_info (row->row.measure);
  const double *values = kilter_plan_grid_ensure_values (self, row);
  double total = NAN;

  if (n <= 0)
    return NAN;
  if (row->row.read != NULL)
    {
      g_autofree double *scratch = g_new (double, kilter_plan_get_n_buckets (subject.plan));

      row->row.read (&subject, row->row.measure, first, n, row->row.read_data, scratch, &total);
      return total;
    }
  /* a stock is the last one; over a whole horizon that says little */
  if (info->aggregate == KILTER_AGGREGATE_LAST)
    return is_horizon ? NAN : values[first + n - 1];
  if (info->aggregate != KILTER_AGGREGATE_SUM)
    return info->unit == KILTER_UNIT_QUANTITY && subject.unit != KILTER_DISPLAY_CASES
             ? NAN
             : kilter_plan_aggregate_time (subject.plan, subject.version, row->row.measure,
                                           &subject.scope, first, n);
  return kilter_number_sum (values, first, n);
}

/* The number of a column of totals. */
double
kilter_plan_grid_get_total (KilterPlanGrid *self, KilterPlanGridRow *row, int col)
{
  if (row->totals == NULL)
    {
      row->totals = g_new0 (double, self->columns->len);
      row->has_totals = g_new0 (gboolean, self->columns->len);
    }
  if (!row->has_totals[col])
    {
      int first, n;

      kilter_plan_grid_get_span (self, row, col, &first, &n);
      row->totals[col] = read_total (self, row, first, n,
                                     kilter_plan_grid_peek_column (self, col)->is_horizon);
      row->has_totals[col] = TRUE;
    }
  return row->totals[col];
}

/* NaN in a heading. */
double
kilter_plan_grid_get_value (KilterPlanGrid *self, KilterPlanGridRow *row, int col)
{
  int bucket = kilter_plan_grid_get_bucket (self, col);

  if (row->row.measure < 0)
    return NAN;
  return bucket >= 0 ? kilter_plan_grid_ensure_values (self, row)[bucket]
                     : kilter_plan_grid_get_total (self, row, col);
}

gboolean
kilter_plan_grid_is_editable (KilterPlanGrid *self, const KilterPlanGridRow *row, int bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);

  return bucket >= 0 && row->row.measure >= 0 && row->row.read == NULL &&
         (row->row.flags & KILTER_PLAN_ROW_EDITABLE) &&
         kilter_session_get_unit (kilter_page_get_session (self->page)) != KILTER_DISPLAY_MARGIN &&
         kilter_plan_can_edit (plan, row->row.measure, bucket) &&
         !kilter_page_is_read_only (self->page);
}

/* Whether a column of the row takes typing: a bucket, or a total with one that does. */
gboolean
kilter_plan_grid_can_type (KilterPlanGrid *self, const KilterPlanGridRow *row, int col)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  if (column->is_horizon || column->n == 0)
    return FALSE;
  /* a stock or a price has no total to spread */
  if (column->is_total &&
      (row->row.measure < 0 ||
       kilter_measure_get_info (row->row.measure)->aggregate != KILTER_AGGREGATE_SUM))
    return FALSE;
  return kilter_plan_grid_is_editable (self, row, column->first + column->n - 1);
}
