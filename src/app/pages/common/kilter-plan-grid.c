/* kilter-plan-grid.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid.h"

#include "app/pages/common/kilter-page-subject.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* less than this share of the demand is rounding, not a gap */
#define SMALLEST_GAP 0.0005

typedef struct
{
  KilterPlanRow row;
  char *label;
  char *key;
  char *badge;
  double *values;       /* (nullable): n_buckets in the shown unit, read on demand */
  double *targets;      /* (nullable): for KILTER_PLAN_ROW_BELOW_TARGET and …_GAP */
  double total;         /* of a row with a function */
  guint8 *marks;        /* (nullable): bits of Mark, by bucket */
  KilterFormat format;
  gboolean has_format;
} Row;

enum
{
  MARK_TYPED = 1 << 0,
  MARK_LOCKED = 1 << 1,
  MARK_COMMENT = 1 << 2,
  MARK_CHANGED = 1 << 3,
};

struct _KilterPlanGrid
{
  GObject parent_instance;

  KilterPage *page; /* not owned: the page owns the grid */
  GArray *rows;
  GHashTable *expanded;
  int first;
  int n;
  gboolean total;
  double quantity_largest; /* one scale for all quantities of the grid */
  KilterGrid *grid;        /* not owned */
  gboolean is_syncing;
};

enum
{
  SIGNAL_EXPANDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void kilter_plan_grid_model_init (KilterGridModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  KilterPlanGrid,
  kilter_plan_grid,
  G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL, kilter_plan_grid_model_init))

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->label);
  g_free (row->key);
  g_free (row->badge);
  g_free (row->values);
  g_free (row->targets);
  g_free (row->marks);
}

static Row *
get_row (KilterPlanGrid *self, int row)
{
  g_return_val_if_fail (row >= 0 && (guint) row < self->rows->len, NULL);

  return &g_array_index (self->rows, Row, row);
}

static KilterSubject
get_subject (KilterPlanGrid *self, const Row *row)
{
  KilterSubject subject = kilter_page_get_subject (self->page);

  subject.scope = row->row.scope;
  return subject;
}

static gboolean
is_quantity (const Row *row)
{
  return row->row.measure >= 0 &&
         kilter_measure_get_info (row->row.measure)->unit == KILTER_UNIT_QUANTITY;
}

/* --- reading --- */

static const double *
ensure_values (KilterPlanGrid *self, Row *row)
{
  KilterSubject subject;

  if (row->values != NULL || row->row.measure < 0)
    return row->values;
  subject = get_subject (self, row);
  row->values = g_new (double, kilter_plan_get_n_buckets (subject.plan));
  if (row->row.read != NULL)
    {
      int first = MAX (self->first, kilter_plan_get_n_history (subject.plan));

      row->row.read (&subject, row->row.measure, first, MAX (self->first + self->n - first, 0),
                     row->row.read_data, row->values, &row->total);
    }
  else
    kilter_subject_get (&subject, row->row.measure, row->values);
  if (row->row.flags & (KILTER_PLAN_ROW_BELOW_TARGET | KILTER_PLAN_ROW_GAP))
    {
      row->targets = g_new (double, kilter_plan_get_n_buckets (subject.plan));
      kilter_subject_get (&subject,
                          row->row.flags & KILTER_PLAN_ROW_GAP ? KILTER_DEMAND : KILTER_TARGET_STOCK,
                          row->targets);
    }
  return row->values;
}

/* Quantities of one grid share a scale, set by its largest number; other rows have their own. */
static const KilterFormat *
ensure_format (KilterPlanGrid *self, Row *row)
{
  KilterSubject subject;

  if (row->has_format || row->row.measure < 0)
    return &row->format;
  subject = get_subject (self, row);
  if (is_quantity (row))
    {
      if (isnan (self->quantity_largest))
        {
          self->quantity_largest = 0;
          for (guint i = 0; i < MIN (self->rows->len, 60); i++)
            {
              Row *other = get_row (self, (int) i);

              if (is_quantity (other))
                {
                  const double *values = ensure_values (self, other);
                  double largest =
                    kilter_format_largest (values + self->first, (gsize) self->n);

                  if (largest > self->quantity_largest)
                    self->quantity_largest = largest;
                }
            }
        }
      kilter_subject_init_format (
        &subject, row->row.measure, &self->quantity_largest, 1, &row->format);
    }
  else
    {
      const double *values = ensure_values (self, row);

      kilter_subject_init_format (
        &subject, row->row.measure, values + self->first, (gsize) self->n, &row->format);
    }
  if (row->row.flags & KILTER_PLAN_ROW_DELTA)
    row->format.number.sign = TRUE;
  row->has_format = TRUE;
  return &row->format;
}

/* The measures in which typing into a row is kept. */
static int
get_input_measures (KilterMeasure measure, KilterMeasure *out)
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
mark_notes (KilterPlanGrid *self, Row *row, KilterMeasure measure, int leaf, const char *since)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  const double *input =
    kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_INPUT, leaf);

  for (int t = 0; input != NULL && t < kilter_plan_get_n_buckets (plan); t++)
    {
      const KilterCellNote *note;

      if (isnan (input[t]))
        continue;
      row->marks[t] |= MARK_TYPED;
      note = kilter_plan_get_note (plan, version, measure, leaf, t);
      if (note != NULL && note->at != NULL && *since != '\0' && g_strcmp0 (note->at, since) > 0)
        row->marks[t] |= MARK_CHANGED;
    }
}

static void
mark_comments (KilterPlanGrid *self, Row *row, const GArray *leaves)
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
      bucket = kilter_bucket_from_string (
        kilter_plan_get_bucket_kind (plan), kilter_record_text (comment, KILTER_COMMENT_BUCKET));
      at = bucket != KILTER_BUCKET_NONE ? kilter_plan_find_bucket (plan, bucket) : -1;
      for (guint i = 0; at >= 0 && i < leaves->len; i++)
        if (g_array_index (leaves, int, i) == leaf)
          row->marks[at] |= MARK_COMMENT;
    }
}

static const guint8 *
ensure_marks (KilterPlanGrid *self, Row *row)
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
  if (row->row.measure < 0)
    return row->marks;
  n_inputs = get_input_measures (row->row.measure, inputs);
  leaves = kilter_scope_get_rows (
    plan, &row->row.scope, kilter_measure_get_info (row->row.measure)->grain);
  locked = g_new0 (int, n);
  for (guint i = 0; n_inputs > 0 && i < leaves->len; i++)
    {
      int leaf = g_array_index (leaves, int, i);
      const double *locks =
        kilter_plan_get_stored (plan, version, inputs[0], KILTER_LAYER_LOCK, leaf);

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

int
kilter_plan_grid_get_bucket (KilterPlanGrid *self, int col)
{
  return col >= 0 && col < self->n ? self->first + col : -1;
}

static double
get_total (KilterPlanGrid *self, Row *row)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = get_subject (self, row);
  int cycle = kilter_plan_get_n_history (plan);
  int first = MAX (self->first, cycle), n = self->first + self->n - first;
  const KilterMeasureInfo *info = kilter_measure_get_info (row->row.measure);
  const double *values = ensure_values (self, row);
  double total = NAN;

  if (n <= 0)
    return NAN;
  if (row->row.read != NULL)
    return row->total;
  if (info->aggregate == KILTER_AGGREGATE_FORMULA)
    return kilter_plan_aggregate_time (
      plan, subject.version, row->row.measure, &subject.scope, first, n);
  if (info->aggregate == KILTER_AGGREGATE_LAST)
    return NAN;
  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      total = isnan (total) ? values[t] : total + values[t];
  return total;
}

static gboolean
is_editable (KilterPlanGrid *self, const Row *row, int bucket)
{
  KilterDocument *document = kilter_page_get_document (self->page);
  KilterPlan *plan = kilter_page_get_plan (self->page);

  return bucket >= 0 && row->row.measure >= 0 && row->row.read == NULL &&
         (row->row.flags & KILTER_PLAN_ROW_EDITABLE) &&
         kilter_session_get_unit (kilter_page_get_session (self->page)) != KILTER_DISPLAY_MARGIN &&
         kilter_plan_can_edit (plan, row->row.measure, bucket) &&
         !kilter_plan_is_snapshot (plan, kilter_page_get_version (self->page)) &&
         !kilter_document_is_read_only (document);
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
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);

  return self->n + (self->total ? 1 : 0);
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
  Row *row = get_row (self, index);

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
      const KilterFormat *format = ensure_format (self, row);

      if (info->unit == KILTER_UNIT_MONEY || info->unit == KILTER_UNIT_PRICE)
        out->unit = kilter_format_get_unit_short (format, kilter_page_get_plan (self->page));
      if (info->formula_text != NULL)
        out->tooltip = g_strdup (_(info->formula_text));
    }
}

static gboolean
is_problem_month (KilterPlanGrid *self, int bucket)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = get_row (self, (int) i);

      if ((row->row.flags & KILTER_PLAN_ROW_MARK_MONTHS) && row->row.measure >= 0)
        {
          const double *values = ensure_values (self, row);

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
      g_autofree char *from = kilter_format_bucket_short (plan, MAX (self->first, cycle));
      g_autofree char *to = kilter_format_bucket_short (plan, self->first + self->n - 1);

      out->label = g_strdup_printf ("%s–%s", from, to);
      out->description = g_strdup (_("Total"));
      out->flags = KILTER_GRID_COLUMN_FLAG_TOTAL;
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
    out->upper = g_strdup (_("Horizon"));
  if (bucket >= cycle && bucket < cycle + (int) kilter_plan_get_setting_number (plan, "fence"))
    {
      out->flags |= KILTER_GRID_COLUMN_FLAG_FENCED;
      out->tooltip = g_strdup (_("Inside the demand time fence: a change here needs approval"));
    }
}

static void
set_cell_flags (KilterPlanGrid *self, Row *row, int bucket, KilterGridCell *out)
{
  const guint8 *marks = ensure_marks (self, row);

  if (is_editable (self, row, bucket))
    out->flags |= KILTER_GRID_CELL_FLAG_EDITABLE;
  if ((marks[bucket] & MARK_TYPED) &&
      (row->row.flags & (KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_EXPANDABLE)))
    out->flags |= KILTER_GRID_CELL_FLAG_OVERRIDE;
  if (marks[bucket] & MARK_CHANGED)
    out->flags |= KILTER_GRID_CELL_FLAG_CHANGED;
  if (marks[bucket] & MARK_COMMENT)
    out->flags |= KILTER_GRID_CELL_FLAG_COMMENT;
  if (marks[bucket] & MARK_LOCKED)
    out->flags |= KILTER_GRID_CELL_FLAG_LOCKED;
}

static void
set_cell_news (Row *row, int bucket, KilterGridCell *out)
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

static void
model_get_cell (KilterGridModel *model, int index, int col, KilterGridCell *out)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  Row *row = get_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (self->page));
  g_autofree char *text = NULL;

  out->value = NAN;
  if (row->row.measure < 0)
    return;
  out->value = bucket >= 0 ? ensure_values (self, row)[bucket] : get_total (self, row);
  ensure_format (self, row);
  if (row->row.look & KILTER_GRID_ROW_FLAG_BOLD)
    out->flags |= KILTER_GRID_CELL_FLAG_BOLD;
  if (row->row.look & KILTER_GRID_ROW_FLAG_DIM)
    out->flags |= KILTER_GRID_CELL_FLAG_DIM;
  if (bucket >= 0)
    set_cell_flags (self, row, bucket, out);
  if (bucket >= 0 && ((bucket < cycle && (row->row.flags & KILTER_PLAN_ROW_FUTURE_ONLY)) ||
                      (bucket >= cycle && (row->row.flags & KILTER_PLAN_ROW_PAST_ONLY))))
    {
      out->value = NAN;
      return;
    }
  if (isnan (out->value))
    {
      if (bucket >= cycle && !(out->flags & KILTER_GRID_CELL_FLAG_EDITABLE) &&
          !(row->row.flags & KILTER_PLAN_ROW_PAST_ONLY) && (row->row.flags & KILTER_PLAN_ROW_DASH_ZERO))
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
}

static char *
model_get_edit_text (KilterGridModel *model, int index, int col)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  Row *row = get_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  double value;
  KilterNumberFormat format;

  if (row->row.measure < 0)
    return g_strdup ("");
  value = bucket >= 0 ? ensure_values (self, row)[bucket] : get_total (self, row);
  if (isnan (value))
    return g_strdup ("");
  format = ensure_format (self, row)->number;
  format.grouped = FALSE;
  format.sign = FALSE;
  format.decimals = MIN (format.decimals + 3, 6);
  {
    g_autofree char *text = kilter_number_format (value, &format);
    gsize length = strlen (text);

    /* digits that say nothing go */
    if (strpbrk (text, ".,") != NULL && !format.percent)
      while (length > 1 && text[length - 1] == '0')
        text[--length] = '\0';
    if (length > 1 && (text[length - 1] == '.' || text[length - 1] == ','))
      text[--length] = '\0';
    return g_steal_pointer (&text);
  }
}

/* --- editing --- */

/* What was typed, in the shown unit and scale, becomes a quantity. */
static double
to_quantity (KilterPlanGrid *self, Row *row, int bucket, KilterEditKind kind, double value)
{
  KilterSubject subject = get_subject (self, row);
  double scale = ensure_format (self, row)->number.scale;
  double shown, quantity;

  if (kind == KILTER_EDIT_PERCENT || kind == KILTER_EDIT_MULTIPLY || kind == KILTER_EDIT_CLEAR)
    return value;
  if (ensure_format (self, row)->number.percent)
    value /= 100;
  if (scale > 0)
    value *= scale;
  if (subject.unit == KILTER_DISPLAY_CASES || !is_quantity (row))
    return value;
  /* by the plan's own price (hours, pallets) of what stands there */
  {
    KilterMeasure base = row->row.measure == KILTER_OVERRIDE ? KILTER_FINAL : row->row.measure;
    g_autofree double *values =
      g_new (double, kilter_plan_get_n_buckets (subject.plan));

    kilter_subject_get (&subject, base, values);
    shown = values[bucket];
    kilter_plan_aggregate (subject.plan, subject.version, base, &subject.scope, values);
    quantity = values[bucket];
  }
  return shown > 0 && quantity > 0 ? value * quantity / shown : NAN;
}

static gboolean
add_edit (
  KilterPlanGrid *self, KilterCommand *command, int index, int col, const char *text, GError **error)
{
  Row *row = get_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  KilterEditKind kind;
  double value;
  g_autoptr (GError) local = NULL;

  if (!is_editable (self, row, bucket))
    {
      g_set_error_literal (
        error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY, _("This cell cannot be edited."));
      return FALSE;
    }
  if (!kilter_number_parse_edit (text, &kind, &value))
    {
      g_set_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID,
                   _("“%s” is not a number. Type 140, +24, +5%% or =120+24."), text);
      return FALSE;
    }
  value = to_quantity (self, row, bucket, kind, value);
  if (!kilter_plan_edit (kilter_page_get_plan (self->page), command,
                         kilter_page_get_version (self->page), row->row.measure, &row->row.scope,
                         bucket, kind, value, KILTER_SPREAD_MIX, NULL, &local))
    {
      g_set_error_literal (error, KILTER_GRID_ERROR,
                           local->code == KILTER_PLAN_ERROR_LOCKED ? KILTER_GRID_ERROR_LOCKED
                                                                   : KILTER_GRID_ERROR_INVALID,
                           kilter_document_error_text (local));
      return FALSE;
    }
  return TRUE;
}

static char *
make_label (KilterPlanGrid *self, int index, int col)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  Row *row = get_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  KilterSubject subject = get_subject (self, row);
  g_autofree char *title = kilter_subject_get_title (&subject);
  g_autofree char *month = kilter_format_bucket (plan, MAX (bucket, 0));

  /* Translators: a measure, a product or family, a month: "Override of Mango Bar, July 2026" */
  return g_strdup_printf (
    _("%s of %s, %s"), kilter_measure_get_name (row->row.measure), title, month);
}

static gboolean
model_set_text (KilterGridModel *model, int index, int col, const char *text, GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autofree char *label = make_label (self, index, col);
  KilterCommand *command = kilter_command_new ("edit", label);

  if (!add_edit (self, command, index, col, text, error))
    {
      kilter_command_unref (command);
      return FALSE;
    }
  return kilter_page_apply (self->page, command, NULL);
}

static gboolean
model_clear (
  KilterGridModel *model, const KilterGridRange *range, char **out_message, GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autofree char *label = make_label (self, range->row, range->col);
  KilterCommand *command = kilter_command_new ("clear", label);

  for (int r = range->row; r < range->row + range->n_rows; r++)
    for (int c = range->col; c < range->col + range->n_cols; c++)
      if (is_editable (self, get_row (self, r), kilter_plan_grid_get_bucket (self, c)))
        add_edit (self, command, r, c, "", NULL);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      g_set_error_literal (
        error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY, _("There is nothing to clear here."));
      return FALSE;
    }
  return kilter_page_apply (self->page, command, NULL);
}

static gboolean
model_paste (KilterGridModel *model,
             const KilterGridRange *range,
             const KilterGridBlock *block,
             char **out_message,
             GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autofree char *label = g_strdup (_("Paste"));
  KilterCommand *command = kilter_command_new ("paste", label);
  int n_block_rows = kilter_grid_block_get_n_rows (block);
  int n_block_cols = kilter_grid_block_get_n_cols (block);
  int pasted = 0, kept = 0;
  g_autoptr (GError) first = NULL;

  for (int r = 0; n_block_rows > 0 && n_block_cols > 0 && r < range->n_rows; r++)
    for (int c = 0; c < range->n_cols; c++)
      {
        const char *text =
          kilter_grid_block_get (block, r % n_block_rows, c % n_block_cols);

        if (text == NULL || *text == '\0')
          continue;
        if (add_edit (self, command, range->row + r, range->col + c, text,
                      first == NULL ? &first : NULL))
          pasted++;
        else
          kept++;
      }
  if (pasted == 0)
    {
      kilter_command_unref (command);
      g_propagate_error (error, g_steal_pointer (&first));
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_SHAPE,
                             _("There is nothing to paste."));
      return FALSE;
    }
  if (out_message != NULL && kept > 0)
    {
      g_autofree char *done =
        g_strdup_printf (ngettext ("Pasted %d value", "Pasted %d values", pasted), pasted);
      g_autofree char *left = g_strdup_printf (
        ngettext ("%d cell kept its value", "%d cells kept their value", kept), kept);

      *out_message = g_strdup_printf ("%s, %s", done, left);
    }
  return kilter_page_apply (self->page, command, NULL);
}

static void
model_toggle_expanded (KilterGridModel *model, int index)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  Row *row = get_row (self, index);

  if (row->key == NULL)
    return;
  kilter_plan_grid_set_expanded (self, row->key, !kilter_plan_grid_is_expanded (self, row->key));
  g_signal_emit (self, signals[SIGNAL_EXPANDED], 0);
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
  iface->set_text = model_set_text;
  iface->clear = model_clear;
  iface->paste = model_paste;
  iface->toggle_expanded = model_toggle_expanded;
}

static void
kilter_plan_grid_finalize (GObject *object)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (object);

  if (self->grid != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->grid), (gpointer *) &self->grid);
  g_array_unref (self->rows);
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
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
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
}

void
kilter_plan_grid_add (KilterPlanGrid *self, const KilterPlanRow *row)
{
  Row entry = { .row = *row };

  entry.label = g_strdup (row->label != NULL     ? row->label
                          : row->measure >= 0 ? kilter_measure_get_name (row->measure)
                                              : "");
  entry.key = g_strdup (row->key);
  entry.badge = g_strdup (row->badge);
  entry.row.label = entry.row.key = entry.row.badge = NULL;
  g_array_append_val (self->rows, entry);
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
      kilter_grid_set_read_only (
        self->grid, kilter_document_is_read_only (kilter_page_get_document (self->page)));
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
  return row >= 0 && (guint) row < self->rows->len ? &get_row (self, row)->row : NULL;
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
      Row *row = get_row (self, (int) i);

      if (is_quantity (row))
        return kilter_format_get_unit_name (
          ensure_format (self, row), kilter_page_get_plan (self->page));
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

/* --- the widget, and what it shares with the session --- */

static void
selection_changed_cb (KilterGrid *grid, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterGridRange range;
  KilterSelection selection = { .measure = -1 };
  int row, col, bucket;

  if (session == NULL)
    return;
  kilter_grid_get_selection (grid, &range);
  kilter_grid_get_cursor (grid, &row, &col);
  bucket = kilter_plan_grid_get_bucket (self, col);
  if (row >= 0 && (guint) row < self->rows->len && bucket >= 0)
    {
      selection.measure = get_row (self, row)->row.measure;
      selection.scope = get_row (self, row)->row.scope;
      selection.first = self->first + range.col;
      selection.n = MIN (range.n_cols, self->n - range.col);
      selection.n_rows = range.n_rows;
    }
  self->is_syncing = TRUE;
  kilter_session_set_selection (session, &selection);
  if (bucket >= 0)
    kilter_session_set_bucket (session, bucket);
  self->is_syncing = FALSE;
}

static void
crosshair_cb (KilterGrid *grid, int col, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  int bucket = kilter_plan_grid_get_bucket (self, col);

  if (session != NULL && bucket >= 0)
    kilter_session_set_bucket (session, bucket);
}

static void
message_cb (KilterGrid *grid, const char *text, gboolean is_error, KilterPlanGrid *self)
{
  kilter_page_toast (self->page, text, !is_error);
}

static void
bucket_notify_cb (KilterSession *session, GParamSpec *pspec, KilterPlanGrid *self)
{
  int bucket = kilter_session_get_bucket (session);
  int col = bucket - self->first;

  if (self->grid != NULL)
    kilter_grid_set_crosshair_column (self->grid, col >= 0 && col < self->n ? col : -1);
}

static void
map_cb (GtkWidget *widget, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);

  if (session == NULL)
    return;
  g_signal_handlers_disconnect_by_func (session, bucket_notify_cb, self);
  g_signal_connect_object (session, "notify::bucket", G_CALLBACK (bucket_notify_cb), self, 0);
  bucket_notify_cb (session, NULL, self);
}

/**
 * kilter_plan_grid_create_view:
 * @out_grid: (out) (optional) (transfer none): the grid inside
 *
 * Returns: (transfer floating): a scrolled window with the grid
 */
GtkWidget *
kilter_plan_grid_create_view (KilterPlanGrid *self, KilterGrid **out_grid)
{
  GtkWidget *grid = kilter_grid_new (KILTER_GRID_MODEL (self));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->grid = KILTER_GRID (grid);
  g_object_add_weak_pointer (G_OBJECT (grid), (gpointer *) &self->grid);
  g_signal_connect_object (grid, "selection-changed", G_CALLBACK (selection_changed_cb), self, 0);
  g_signal_connect_object (grid, "crosshair", G_CALLBACK (crosshair_cb), self, 0);
  g_signal_connect_object (grid, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (grid, "map", G_CALLBACK (map_cb), self, 0);
  if (out_grid != NULL)
    *out_grid = KILTER_GRID (grid);
  return scrolled;
}

/**
 * kilter_plan_grid_get_place:
 * @out_first: (out): the first bucket in view
 * @out_n: (out): how many are in view
 *
 * Where the columns stand, so that the bars of a chart stand over them.
 */
gboolean
kilter_plan_grid_get_place (KilterPlanGrid *self,
                            int *out_first,
                            int *out_n,
                            KilterChartPlace *out_place)
{
  gsize n_edges = 0;
  const double *edges =
    self->grid != NULL ? kilter_grid_get_column_edges (self->grid, &n_edges) : NULL;
  double start, end;
  int first = -1, last = -1;

  if (edges == NULL || n_edges < 2 || gtk_widget_get_width (GTK_WIDGET (self->grid)) < 50)
    return FALSE;
  kilter_grid_get_columns_span (self->grid, &start, &end);
  for (int i = 0; i < MIN (self->n, (int) n_edges - 1); i++)
    if (edges[i] >= start - 1 && edges[i + 1] <= end + 1)
      {
        if (first < 0)
          first = i;
        last = i;
      }
  if (first < 0)
    return FALSE;
  *out_first = self->first + first;
  *out_n = last - first + 1;
  out_place->edges = edges + first;
  out_place->gutter = edges[first];
  return TRUE;
}

/* --- locks and reasons of the selection --- */

typedef void (*CellFunc) (KilterPlanGrid *self, Row *row, int bucket, gpointer user_data);

static void
foreach_selected (KilterPlanGrid *self, CellFunc func, gpointer user_data)
{
  KilterGridRange range;

  if (self->grid == NULL)
    return;
  kilter_grid_get_selection (self->grid, &range);
  for (int r = range.row; r < range.row + range.n_rows; r++)
    for (int c = range.col; c < range.col + range.n_cols; c++)
      {
        int bucket = kilter_plan_grid_get_bucket (self, c);
        Row *row = r >= 0 && (guint) r < self->rows->len ? get_row (self, r) : NULL;

        if (row != NULL && is_editable (self, row, bucket))
          func (self, row, bucket, user_data);
      }
}

typedef struct
{
  KilterCommand *command;
  gboolean lock;
  int count;
  const char *reason;
} Walk;

static void
find_unlocked (KilterPlanGrid *self, Row *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (!(ensure_marks (self, row)[bucket] & MARK_LOCKED))
    walk->lock = TRUE;
}

static void
lock_cell (KilterPlanGrid *self, Row *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (kilter_plan_set_lock (kilter_page_get_plan (self->page), walk->command,
                            kilter_page_get_version (self->page), row->row.measure,
                            &row->row.scope, bucket, walk->lock, NULL))
    walk->count++;
}

/**
 * kilter_plan_grid_toggle_lock:
 *
 * Locks the selected cells, or unlocks them when all are locked.
 */
void
kilter_plan_grid_toggle_lock (KilterPlanGrid *self)
{
  Walk walk = { 0 };
  g_autofree char *text = NULL;

  foreach_selected (self, find_unlocked, &walk);
  walk.command = kilter_command_new ("lock", walk.lock ? _("Lock") : _("Unlock"));
  foreach_selected (self, lock_cell, &walk);
  if (walk.count == 0)
    {
      kilter_command_unref (walk.command);
      return;
    }
  text = g_strdup_printf (walk.lock ? ngettext ("Locked %d cell", "Locked %d cells", walk.count)
                                    : ngettext ("Unlocked %d cell", "Unlocked %d cells", walk.count),
                          walk.count);
  kilter_page_apply (self->page, walk.command, text);
}

static void
give_reason (KilterPlanGrid *self, Row *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  KilterMeasure inputs[3];
  int n = get_input_measures (row->row.measure, inputs);
  g_autoptr (GArray) leaves = kilter_scope_get_rows (
    plan, &row->row.scope, kilter_measure_get_info (row->row.measure)->grain);

  for (int k = 0; k < n; k++)
    for (guint i = 0; i < leaves->len; i++)
      {
        int leaf = g_array_index (leaves, int, i);
        const double *own =
          kilter_plan_get_own (plan, version, inputs[k], KILTER_LAYER_INPUT, leaf);

        if (own == NULL || isnan (own[bucket]))
          continue;
        kilter_command_set_value (walk->command, plan, version, inputs[k], KILTER_LAYER_INPUT, leaf,
                                  bucket, own[bucket]);
        walk->count++;
      }
}

/**
 * kilter_plan_grid_set_reason:
 *
 * Gives the typed values of the selected cells a reason; the values stay.
 */
void
kilter_plan_grid_set_reason (KilterPlanGrid *self, const char *reason)
{
  g_autofree char *label = g_strdup_printf (_("Reason: %s"), reason);
  Walk walk = { .command = kilter_command_new ("reason", label), .reason = reason };

  foreach_selected (self, give_reason, &walk);
  if (walk.count == 0)
    {
      kilter_command_unref (walk.command);
      return;
    }
  kilter_command_set_reason (walk.command, reason);
  kilter_page_apply (self->page, walk.command, NULL);
}
