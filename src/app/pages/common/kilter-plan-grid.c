/* kilter-plan-grid.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include "app/pages/common/kilter-page-subject.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* less than this share of the demand is rounding, not a gap */
#define SMALLEST_GAP 0.0005

enum
{
  SIGNAL_EXPANDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void kilter_plan_grid_model_init (KilterGridModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KilterPlanGrid,
                               kilter_plan_grid,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL,
                                                      kilter_plan_grid_model_init))

static void
clear_row (gpointer data)
{
  KilterPlanGridRow *row = data;

  g_free (row->label);
  g_free (row->key);
  g_free (row->badge);
  g_free (row->values);
  g_free (row->compared);
  g_free (row->targets);
  g_free (row->totals);
  g_free (row->has_totals);
  g_free (row->marks);
}

KilterPlanGridRow *
kilter_plan_grid_peek_row (KilterPlanGrid *self, int row)
{
  g_return_val_if_fail (row >= 0 && (guint) row < self->rows->len, NULL);

  return &g_array_index (self->rows, KilterPlanGridRow, row);
}

KilterSubject
kilter_plan_grid_get_subject (KilterPlanGrid *self, const KilterPlanGridRow *row)
{
  KilterSubject subject = kilter_page_get_subject (self->page);

  subject.scope = row->row.scope;
  return subject;
}

gboolean
kilter_plan_grid_is_quantity (const KilterPlanGridRow *row)
{
  return row->row.measure >= 0 &&
         kilter_measure_get_info (row->row.measure)->unit == KILTER_UNIT_QUANTITY;
}

/* --- the model --- */

static int
model_get_n_rows (KilterGridModel *model)
{
  return (int) KILTER_PLAN_GRID (model)->rows->len;
}

static int
model_get_n_cols (KilterGridModel *model)
{
  return (int) KILTER_PLAN_GRID (model)->columns->len;
}

static int
model_get_n_frozen (KilterGridModel *model)
{
  return KILTER_PLAN_GRID (model)->total ? 1 : 0;
}

static void
model_get_row (KilterGridModel *model, int index, KilterGridRow *out)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);

  out->label = g_strdup (row->label);
  out->badge = g_strdup (row->badge);
  out->kind = row->row.kind;
  out->flags = row->row.look;
  out->depth = row->row.depth;
  out->mark = row->row.mark;
  out->mark_color = row->row.mark_color;
  if (row->row.flags & KILTER_PLAN_ROW_EDITABLE)
    out->flags |= KILTER_GRID_ROW_FLAG_EDITABLE;
  if (row->row.flags & KILTER_PLAN_ROW_EXPANDABLE)
    {
      out->flags |= KILTER_GRID_ROW_FLAG_EXPANDABLE;
      if (kilter_plan_grid_is_expanded (self, row->key))
        out->flags |= KILTER_GRID_ROW_FLAG_EXPANDED;
    }
  if (row->row.measure >= 0)
    {
      const KilterMeasureInfo *info = kilter_measure_get_info (row->row.measure);
      const KilterFormat *format = kilter_plan_grid_ensure_format (self, row);

      if (info->unit == KILTER_UNIT_MONEY || info->unit == KILTER_UNIT_PRICE)
        out->unit = kilter_format_get_unit_short (format, kilter_page_get_plan (self->page));
      if (info->formula_text != NULL)
        out->tooltip = g_strdup (_ (info->formula_text));
    }
}

static gboolean
is_problem_month (KilterPlanGrid *self, int bucket)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, (int) i);

      if ((row->row.flags & KILTER_PLAN_ROW_MARK_MONTHS) && row->row.measure >= 0)
        {
          const double *values = kilter_plan_grid_ensure_values (self, row);

          if (values[bucket] > (row->targets != NULL ? SMALLEST_GAP * row->targets[bucket] : 0))
            return TRUE;
        }
    }
  return FALSE;
}

static void
model_get_column (KilterGridModel *model, int col, KilterGridColumn *out)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  int bucket = kilter_plan_grid_get_bucket (self, col), cycle = kilter_plan_get_n_history (plan);
  int year;

  if (bucket < 0)
    {
      kilter_plan_grid_get_total_header (self, col, out);
      return;
    }
  year = kilter_bucket_get_year (kind, kilter_plan_get_bucket (plan, bucket));
  out->label = kilter_format_bucket_short (plan, bucket);
  out->description = kilter_format_bucket (plan, bucket);
  if (bucket < cycle)
    out->flags |= KILTER_GRID_COLUMN_FLAG_PAST;
  else if (is_problem_month (self, bucket))
    out->flags |= KILTER_GRID_COLUMN_FLAG_PROBLEM;
  if (col == 0 || kilter_bucket_get_year (kind, kilter_plan_get_bucket (plan, bucket - 1)) != year)
    {
      out->upper = g_strdup_printf ("%d", year);
      if (col > 0)
        out->flags |= KILTER_GRID_COLUMN_FLAG_YEAR_START;
    }
  else if (bucket == cycle)
    out->upper = g_strdup (_ ("Horizon"));
  if (bucket >= cycle && bucket < cycle + kilter_plan_get_fence (plan))
    {
      out->flags |= KILTER_GRID_COLUMN_FLAG_FENCED;
      out->tooltip = g_strdup (_ ("Inside the demand time fence: a change here needs approval"));
    }
}

/* What is said of a cell; a total is typed, changed or has a comment when one of its buckets is,
 * and locked when all are. */
static guint8
get_marks (KilterPlanGrid *self, KilterPlanGridRow *row, int col)
{
  const guint8 *marks = kilter_plan_grid_ensure_marks (self, row);
  guint8 any = 0, all = 0xff;
  int first, n;

  kilter_plan_grid_get_span (self, row, col, &first, &n);
  for (int t = first; t < first + n; t++)
    {
      any |= marks[t];
      all &= marks[t];
    }
  return n > 0 ? (any & (guint8) ~MARK_LOCKED) | (all & MARK_LOCKED) : 0;
}

static void
set_cell_flags (KilterPlanGrid *self, KilterPlanGridRow *row, int col, KilterGridCell *out)
{
  guint8 marks = get_marks (self, row, col);

  if (kilter_plan_grid_can_type (self, row, col))
    out->flags |= KILTER_GRID_CELL_FLAG_EDITABLE;
  if ((marks & MARK_TYPED) &&
      (row->row.flags & (KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_EXPANDABLE)))
    out->flags |= KILTER_GRID_CELL_FLAG_OVERRIDE;
  if (marks & MARK_CHANGED)
    out->flags |= KILTER_GRID_CELL_FLAG_CHANGED;
  if (marks & MARK_LATE)
    out->flags |= KILTER_GRID_CELL_FLAG_FENCED;
  if (marks & MARK_COMMENT)
    out->flags |= KILTER_GRID_CELL_FLAG_COMMENT;
  if (marks & MARK_LOCKED)
    out->flags |= KILTER_GRID_CELL_FLAG_LOCKED;
}

static void
set_cell_news (KilterPlanGridRow *row, int bucket, KilterGridCell *out)
{
  double value = out->value;

  if ((row->row.flags & KILTER_PLAN_ROW_GOOD_BAD) && !isnan (value))
    {
      double least = pow (10, -row->format.number.decimals) / 2 *
                     (row->format.number.scale > 0 ? row->format.number.scale : 1) /
                     (row->format.number.percent ? 100 : 1);

      if (fabs (value) >= least)
        out->flags |= value > 0 ? KILTER_GRID_CELL_FLAG_GOOD : KILTER_GRID_CELL_FLAG_BAD;
    }
  if ((row->row.flags & KILTER_PLAN_ROW_PROBLEM) && value > 0.0005)
    out->flags |= KILTER_GRID_CELL_FLAG_PROBLEM;
  if (bucket >= 0 && (row->row.flags & KILTER_PLAN_ROW_BELOW_TARGET) &&
      value < row->targets[bucket] * 0.85 - 1e-9)
    out->flags |= KILTER_GRID_CELL_FLAG_PROBLEM;
  if (bucket >= 0 && (row->row.flags & KILTER_PLAN_ROW_GAP) &&
      value > SMALLEST_GAP * row->targets[bucket])
    switch (kilter_gap_classify (row->targets[bucket], value))
      {
      case KILTER_GAP_MANAGEABLE:
        out->flags |= KILTER_GRID_CELL_FLAG_BOLD;
        break;
      case KILTER_GAP_ESCALATE:
        out->flags |= KILTER_GRID_CELL_FLAG_PROBLEM;
        break;
      case KILTER_GAP_NOISE:
      default:
        break;
      }
}

/* Why a number was typed; of several the first reason that is known. */
static const char *
find_reason (KilterPlanGrid *self, const KilterPlanGridRow *row, int bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterMeasure measure = (KilterMeasure) row->row.measure;
  g_autoptr (GArray) leaves = kilter_scope_get_rows (plan, &row->row.scope,
                                                     kilter_measure_get_info (measure)->grain);

  for (guint i = 0; i < leaves->len; i++)
    {
      const KilterCellNote *note = kilter_plan_get_note (plan, kilter_page_get_version (self->page),
                                                         measure, g_array_index (leaves, int, i),
                                                         bucket);

      if (note != NULL && note->reason != NULL && *note->reason != '\0')
        return note->reason;
    }
  return NULL;
}

static void
model_get_cell (KilterGridModel *model, int index, int col, KilterGridCell *out)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (self->page));
  g_autofree char *text = NULL;

  out->value = NAN;
  if (row->row.measure < 0)
    return;
  if (row->row.flags & KILTER_PLAN_ROW_REASON)
    {
      out->flags |= KILTER_GRID_CELL_FLAG_DIM | KILTER_GRID_CELL_FLAG_TEXT;
      kilter_grid_cell_set_text (out, bucket >= 0 ? find_reason (self, row, bucket) : NULL);
      return;
    }
  out->value = kilter_plan_grid_get_value (self, row, col);
  kilter_plan_grid_ensure_format (self, row);
  if (row->row.look & KILTER_GRID_ROW_FLAG_BOLD)
    out->flags |= KILTER_GRID_CELL_FLAG_BOLD;
  if (row->row.look & KILTER_GRID_ROW_FLAG_DIM)
    out->flags |= KILTER_GRID_CELL_FLAG_DIM;
  if (!kilter_plan_grid_peek_column (self, col)->is_horizon)
    set_cell_flags (self, row, col, out);
  if (bucket >= 0 && ((bucket < cycle && (row->row.flags & KILTER_PLAN_ROW_FUTURE_ONLY)) ||
                      (bucket >= cycle && (row->row.flags & KILTER_PLAN_ROW_PAST_ONLY))))
    {
      out->value = NAN;
      return;
    }
  if (isnan (out->value))
    {
      if (bucket >= cycle && !(out->flags & KILTER_GRID_CELL_FLAG_EDITABLE) &&
          !(row->row.flags & KILTER_PLAN_ROW_PAST_ONLY) &&
          (row->row.flags & KILTER_PLAN_ROW_DASH_ZERO))
        out->flags |= KILTER_GRID_CELL_FLAG_NOT_APPLICABLE;
      return;
    }
  if (out->value == 0 && (row->row.flags & KILTER_PLAN_ROW_DASH_ZERO))
    {
      kilter_grid_cell_set_text (out, "\xe2\x80\x93");
      return;
    }
  text = kilter_format_value (&row->format, out->value);
  kilter_grid_cell_set_text (out, text);
  set_cell_news (row, bucket, out);
  kilter_plan_grid_set_compared_flags (self, row, col, out);
}

/* So many that the number comes back from the text as it is, but no more than numbers have. */
static int
get_all_decimals (double value, const KilterNumberFormat *format)
{
  double shown = value / (format->scale > 0 ? format->scale : 1) * (format->percent ? 100 : 1);
  double power = 1;

  for (int digits = 0; digits < 12; digits++, power *= 10)
    if (fabs (round (shown * power) / power - shown) <= fabs (shown) * 1e-14)
      return digits;
  return 12;
}

static char *
model_get_edit_text (KilterGridModel *model, int index, int col)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  double value;
  KilterNumberFormat format;

  if (row->row.measure < 0)
    return g_strdup ("");
  value = kilter_plan_grid_get_value (self, row, col);
  if (isnan (value))
    return g_strdup ("");
  format = kilter_plan_grid_ensure_format (self, row)->number;
  if (!format.percent)
    return kilter_number_to_edit (value / (format.scale > 0 ? format.scale : 1));
  format.grouped = FALSE;
  format.sign = FALSE;
  format.decimals = get_all_decimals (value, &format);
  return kilter_number_format (value, &format);
}

static void
model_toggle_expanded (KilterGridModel *model, int index)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);

  if (row->key == NULL)
    return;
  kilter_plan_grid_set_expanded (self, row->key, !kilter_plan_grid_is_expanded (self, row->key));
  g_signal_emit (self, signals[SIGNAL_EXPANDED], 0);
}

/* Opens what lies above a level, and closes the rest. What opens shows rows that may have to open,
 * too, so the page is asked for its rows until nothing new comes. */
static void
model_expand_to_level (KilterGridModel *model, int level)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  gboolean changed = g_hash_table_size (self->expanded) > 0;

  g_hash_table_remove_all (self->expanded);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_EXPANDED], 0);
  for (int depth = 0; depth < level - 1; depth++)
    {
      changed = FALSE;
      for (guint i = 0; i < self->rows->len; i++)
        {
          KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, (int) i);

          if (row->key == NULL || row->row.depth > depth ||
              !(row->row.flags & KILTER_PLAN_ROW_EXPANDABLE) ||
              kilter_plan_grid_is_expanded (self, row->key))
            continue;
          kilter_plan_grid_set_expanded (self, row->key, TRUE);
          changed = TRUE;
        }
      if (changed)
        g_signal_emit (self, signals[SIGNAL_EXPANDED], 0);
    }
}

static void
kilter_plan_grid_model_init (KilterGridModelInterface *iface)
{
  iface->get_n_rows = model_get_n_rows;
  iface->get_n_cols = model_get_n_cols;
  iface->get_n_frozen = model_get_n_frozen;
  iface->get_row = model_get_row;
  iface->get_column = model_get_column;
  iface->get_cell = model_get_cell;
  iface->get_edit_text = model_get_edit_text;
  iface->get_tooltip = kilter_plan_grid_get_tooltip;
  iface->set_text = kilter_plan_grid_set_text;
  iface->clear = kilter_plan_grid_clear;
  iface->paste = kilter_plan_grid_paste;
  iface->fill = kilter_plan_grid_fill;
  iface->toggle_expanded = model_toggle_expanded;
  iface->expand_to_level = model_expand_to_level;
}

static void
kilter_plan_grid_finalize (GObject *object)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (object);

  g_clear_handle_id (&self->draw_source, g_source_remove);
  if (self->grid != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->grid), (gpointer *) &self->grid);
  if (self->compared_bar != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->compared_bar), (gpointer *) &self->compared_bar);
  if (self->months != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->months), (gpointer *) &self->months);
  g_clear_pointer (&self->spread_command, kilter_command_unref);
  g_clear_pointer (&self->redoable, kilter_command_unref);
  g_clear_pointer (&self->to_flash, kilter_command_unref);
  g_hash_table_unref (self->adjusting);
  g_free (self->adjust_reason);
  g_array_unref (self->rows);
  g_array_unref (self->columns);
  g_array_unref (self->starts);
  g_array_unref (self->ends);
  g_hash_table_unref (self->expanded);

  G_OBJECT_CLASS (kilter_plan_grid_parent_class)->finalize (object);
}

static void
kilter_plan_grid_class_init (KilterPlanGridClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_plan_grid_finalize;

  signals[SIGNAL_EXPANDED] = g_signal_new ("expanded", KILTER_TYPE_PLAN_GRID, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_plan_grid_init (KilterPlanGrid *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (KilterPlanGridRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->columns = g_array_new (FALSE, TRUE, sizeof (KilterPlanGridColumn));
  self->kept_row = self->kept_col = -1;
  self->adjusting = g_hash_table_new (NULL, NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (double));
  self->ends = g_array_new (FALSE, FALSE, sizeof (double));
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->quantity_largest = NAN;
}

/**
 * kilter_plan_grid_new:
 * @page: the page that owns the grid
 *
 * Returns: (transfer full): an empty grid
 */
KilterPlanGrid *
kilter_plan_grid_new (KilterPage *page)
{
  KilterPlanGrid *self = g_object_new (KILTER_TYPE_PLAN_GRID, NULL);

  self->page = page;
  return self;
}

/**
 * kilter_plan_grid_begin:
 * @first: the first bucket shown
 * @n: how many
 * @total: whether a total of the buckets from the cycle on stands at the end
 *
 * Begins to describe the rows anew; what was read is forgotten.
 */
void
kilter_plan_grid_begin (KilterPlanGrid *self, int first, int n, gboolean total)
{
  g_array_set_size (self->rows, 0);
  self->first = first;
  self->n = n;
  self->total = total;
  self->quantity_largest = NAN;
  kilter_plan_grid_make_columns (self);
}

void
kilter_plan_grid_add (KilterPlanGrid *self, const KilterPlanRow *row)
{
  KilterPlanGridRow entry = { .row = *row };

  entry.label = g_strdup (row->label != NULL  ? row->label
                          : row->measure >= 0 ? kilter_measure_get_name (row->measure)
                                              : "");
  entry.key = g_strdup (row->key);
  entry.badge = g_strdup (row->badge);
  entry.row.label = entry.row.key = entry.row.badge = NULL;
  g_array_append_val (self->rows, entry);
}

/* A heading, without numbers of its own. */
void
kilter_plan_grid_add_section (KilterPlanGrid *self,
                              const char *label,
                              const KilterScope *scope,
                              int depth)
{
  kilter_plan_grid_add (self, &(KilterPlanRow) { .label = label,
                                                 .measure = -1,
                                                 .scope = *scope,
                                                 .depth = depth,
                                                 .kind = KILTER_GRID_ROW_SECTION });
}

void
kilter_plan_grid_end (KilterPlanGrid *self)
{
  g_autofree char *unit = NULL;

  kilter_grid_model_reset (KILTER_GRID_MODEL (self));
  if (self->grid != NULL)
    {
      unit = kilter_plan_grid_get_unit_name (self);
      kilter_grid_set_corner_label (self->grid, unit);
      kilter_grid_set_read_only (self->grid, kilter_page_is_read_only (self->page));
      kilter_plan_grid_refresh_compared_bar (self);
      kilter_plan_grid_settle (self);
    }
}

gboolean
kilter_plan_grid_is_expanded (KilterPlanGrid *self, const char *key)
{
  return key != NULL && g_hash_table_contains (self->expanded, key);
}

void
kilter_plan_grid_set_expanded (KilterPlanGrid *self, const char *key, gboolean expanded)
{
  if (expanded)
    g_hash_table_add (self->expanded, g_strdup (key));
  else
    g_hash_table_remove (self->expanded, key);
}

int
kilter_plan_grid_get_first (KilterPlanGrid *self)
{
  return self->first;
}

int
kilter_plan_grid_get_n (KilterPlanGrid *self)
{
  return self->n;
}

const KilterPlanRow *
kilter_plan_grid_get_row (KilterPlanGrid *self, int row)
{
  return row >= 0 && (guint) row < self->rows->len ? &kilter_plan_grid_peek_row (self, row)->row
                                                   : NULL;
}

/**
 * kilter_plan_grid_get_unit_name:
 *
 * Returns: (transfer full): what the quantities of the grid are shown in
 */
char *
kilter_plan_grid_get_unit_name (KilterPlanGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, (int) i);

      if (kilter_plan_grid_is_quantity (row))
        return kilter_format_get_unit_name (kilter_plan_grid_ensure_format (self, row),
                                            kilter_page_get_plan (self->page));
    }
  return g_strdup ("");
}

char *
kilter_plan_grid_get_text (KilterPlanGrid *self, int row, int col)
{
  KilterGridCell cell = { 0 };

  model_get_cell (KILTER_GRID_MODEL (self), row, col, &cell);
  return g_strdup (cell.text);
}
