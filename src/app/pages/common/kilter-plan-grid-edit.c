/* kilter-plan-grid-edit.c: typing, clearing, pasting, locks and reasons
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The part of a column that may be typed: of a quarter that has begun, the rest. */
static void
get_open_span (KilterPlanGrid *self,
               const KilterPlanGridRow *row,
               int col,
               int *out_first,
               int *out_n)
{
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  int first = column->first, end = column->first + column->n;

  while (first < end && !kilter_plan_grid_is_editable (self, row, first))
    first++;
  *out_first = first;
  *out_n = end - first;
}

static double
sum_shown (KilterPlanGrid *self, KilterPlanGridRow *row, int first, int end)
{
  const double *values = kilter_plan_grid_ensure_values (self, row);
  double sum = 0;

  for (int t = first; t < end; t++)
    if (!isnan (values[t]))
      sum += values[t];
  return sum;
}

/* From the unit that is shown to the plan's own: by its price (hours, pallets) of what stands
 * there. */
static double
to_quantity (KilterPlanGrid *self,
             KilterPlanGridRow *row,
             int first,
             int n,
             double value,
             GError **error)
{
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  KilterMeasure base = row->row.measure == KILTER_OVERRIDE ? KILTER_FINAL : row->row.measure;
  g_autofree double *values = NULL;
  double shown = 0, quantity = 0;

  if (subject.unit == KILTER_DISPLAY_CASES || !kilter_plan_grid_is_quantity (row) || value == 0)
    return value;
  values = g_new (double, kilter_plan_get_n_buckets (subject.plan));
  kilter_subject_get (&subject, base, values);
  for (int t = first; t < first + n; t++)
    shown += isnan (values[t]) ? 0 : values[t];
  kilter_plan_aggregate (subject.plan, subject.version, base, &subject.scope, values);
  for (int t = first; t < first + n; t++)
    quantity += isnan (values[t]) ? 0 : values[t];
  if (shown > 0 && quantity > 0)
    return value * (quantity / shown);
  /* with nothing there the year before tells the price of the mix */
  g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID,
                       _ ("There is nothing here yet to convert with. Show cases to type one."));
  return NAN;
}

/**
 * kilter_plan_grid_add_edit:
 * @value: in the unit that is shown, without its scale: 1000 for 1 thousand; a share for
 *   %KILTER_EDIT_PERCENT
 * @spread: how a total is spread
 *
 * Adds to @command what typing a number into a cell means.
 */
gboolean
kilter_plan_grid_add_edit (KilterPlanGrid *self,
                           KilterCommand *command,
                           int index,
                           int col,
                           KilterEditKind kind,
                           double value,
                           KilterSpread spread,
                           KilterEditResult *out_result,
                           GError **error)
{
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  gboolean is_share = kind == KILTER_EDIT_PERCENT || kind == KILTER_EDIT_MULTIPLY;
  g_autoptr (GError) local = NULL;
  int first, n;

  if (!kilter_plan_grid_can_type (self, row, col))
    {
      g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                           _ ("This cell cannot be edited."));
      return FALSE;
    }
  get_open_span (self, row, col, &first, &n);
  if (column->is_total && first > column->first && kind != KILTER_EDIT_ADD &&
      kind != KILTER_EDIT_CLEAR && !(row->row.flags & KILTER_PLAN_ROW_FUTURE_ONLY))
    {
      /* what has happened already is a part of the total */
      double past = sum_shown (self, row, column->first, first);
      double all = past + sum_shown (self, row, first, first + n);

      if (is_share)
        value = kind == KILTER_EDIT_PERCENT ? all * (1 + value) : all * value;
      value -= past;
      kind = KILTER_EDIT_SET;
      is_share = FALSE;
    }
  if (kind != KILTER_EDIT_CLEAR && !is_share)
    {
      value = to_quantity (self, row, first, n, value, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  if (kilter_plan_edit_time (kilter_page_get_plan (self->page), command,
                             kilter_page_get_version (self->page), row->row.measure,
                             &row->row.scope, first, n, kind, value, spread, out_result, &local))
    return TRUE;
  g_set_error_literal (error, KILTER_GRID_ERROR,
                       local->code == KILTER_PLAN_ERROR_LOCKED ? KILTER_GRID_ERROR_LOCKED
                                                               : KILTER_GRID_ERROR_INVALID,
                       kilter_document_error_text (local));
  return FALSE;
}

/* What was typed, in the unit, scale and percent that are shown. */
static gboolean
parse (KilterPlanGrid *self,
       int index,
       const char *text,
       KilterEditKind *out_kind,
       double *out_value,
       GError **error)
{
  const KilterNumberFormat *format = &kilter_plan_grid_ensure_format (
                                        self, kilter_plan_grid_peek_row (self, index))
                                        ->number;

  if (!kilter_number_parse_edit (text, out_kind, out_value))
    {
      g_set_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID,
                   _ ("“%s” is not a number. Type 140, +24, +5%% or =120+24."), text);
      return FALSE;
    }
  if (*out_kind == KILTER_EDIT_SET || *out_kind == KILTER_EDIT_ADD)
    {
      if (format->percent)
        *out_value /= 100;
      if (format->scale > 0)
        *out_value *= format->scale;
    }
  return TRUE;
}

static gboolean
add_text (KilterPlanGrid *self,
          KilterCommand *command,
          int index,
          int col,
          const char *text,
          KilterEditResult *out_result,
          GError **error)
{
  KilterEditKind kind;
  double value;

  return parse (self, index, text, &kind, &value, error) &&
         kilter_plan_grid_add_edit (self, command, index, col, kind, value, KILTER_SPREAD_MIX,
                                    out_result, error);
}

/* The typed total, to be spread another way as long as it is the last step. */
static void
remember_spread (KilterPlanGrid *self,
                 KilterCommand *command,
                 int index,
                 int col,
                 KilterEditKind kind,
                 double value,
                 KilterSpread spread,
                 const KilterEditResult *result)
{
  const KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);

  g_clear_pointer (&self->spread_command, kilter_command_unref);
  if (result->n_cells < 2)
    return;
  self->spread_command = kilter_command_ref (command);
  self->spread = (KilterPlanGridSpread) { .measure = row->row.measure,
                                          .scope = row->row.scope,
                                          .first = column->first,
                                          .n = column->n,
                                          .row = index,
                                          .col = col,
                                          .kind = kind,
                                          .value = value,
                                          .spread = spread,
                                          .result = *result };
}

char *
kilter_plan_grid_spread_text (const KilterEditResult *result)
{
  g_autofree char *cells = g_strdup_printf (
    ngettext ("Spread over %d cell", "Spread over %d cells", result->n_cells), result->n_cells);
  g_autofree char *locked = NULL;

  if (result->n_locked == 0)
    return g_steal_pointer (&cells);
  locked = g_strdup_printf (ngettext ("%d locked", "%d locked", result->n_locked),
                            result->n_locked);
  /* Translators: "Spread over 84 cells", "3 locked" */
  return g_strdup_printf (_ ("%1$s, %2$s"), cells, locked);
}

static char *
make_label (KilterPlanGrid *self, int index, int col)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, col);
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  g_autofree char *title = kilter_subject_get_title (&subject);
  g_autofree char *month = kilter_format_bucket (plan, MAX (column->first, 0));

  if (column->n > 1)
    {
      g_autofree char *last = kilter_format_bucket (plan, column->first + column->n - 1);
      g_autofree char *span = g_strdup_printf ("%s – %s", month, last);

      g_free (month);
      month = g_steal_pointer (&span);
    }

  /* Translators: a measure, a product or family, a month: "Override of Mango Bar, July 2026" */
  return g_strdup_printf (_ ("%s of %s, %s"), kilter_measure_get_name (row->row.measure), title,
                          month);
}

/* What happened elsewhere than in the typed cell. */
static char *
make_toast (KilterPlanGrid *self, int index, KilterEditKind kind, const KilterEditResult *result)
{
  const KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  gboolean converted = subject.unit == KILTER_DISPLAY_REVENUE &&
                       kilter_plan_grid_is_quantity (row) &&
                       (kind == KILTER_EDIT_SET || kind == KILTER_EDIT_ADD);

  if (result->n_cells > 1)
    {
      g_autofree char *spread = kilter_plan_grid_spread_text (result);

      /* Translators: %s is "Spread over 84 cells" */
      return converted ? g_strdup_printf (_ ("%s, converted with the plan's prices"), spread)
                       : g_steal_pointer (&spread);
    }
  return converted ? g_strdup (_ ("Converted with the plan's price")) : NULL;
}

static gboolean
edit (KilterPlanGrid *self,
      int index,
      int col,
      KilterEditKind kind,
      double value,
      KilterSpread spread,
      GError **error)
{
  g_autofree char *label = make_label (self, index, col);
  g_autofree char *toast = NULL;
  g_autoptr (KilterCommand)
    command = kilter_command_new (kind == KILTER_EDIT_CLEAR ? "clear" : "edit", label);
  KilterEditResult result = { 0 };

  if (!kilter_plan_grid_add_edit (self, command, index, col, kind, value, spread, &result, error))
    return FALSE;
  toast = make_toast (self, index, kind, &result);
  remember_spread (self, command, index, col, kind, value, spread, &result);
  return kilter_page_apply (self->page, kilter_command_ref (command), toast);
}

gboolean
kilter_plan_grid_adjust (KilterPlanGrid *self,
                         int index,
                         int first,
                         int last,
                         double old,
                         double value,
                         GError **error)
{
  int from = kilter_plan_grid_get_col (self, first), n_months = 0, n_cells = 0;
  g_autofree char *label = from >= 0 ? make_label (self, index, from) : NULL;
  g_autofree char *toast = NULL;
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", label != NULL ? label : "");
  /* of nothing there is no share */
  gboolean is_share = first != last && old != 0 && isfinite (value / old);
  KilterEditKind kind = is_share        ? KILTER_EDIT_MULTIPLY
                        : first == last ? KILTER_EDIT_SET
                                        : KILTER_EDIT_ADD;
  double by = is_share ? value / old : first == last ? value : value - old;

  for (int bucket = first; bucket <= last; bucket++)
    {
      int col = kilter_plan_grid_get_col (self, bucket);
      KilterEditResult result = { 0 };

      if (col < 0)
        continue;
      if (!kilter_plan_grid_add_edit (self, command, index, col, kind, by, KILTER_SPREAD_MIX,
                                      &result, error))
        return FALSE;
      if (first == last)
        {
          toast = make_toast (self, index, kind, &result);
          remember_spread (self, command, index, col, kind, by, KILTER_SPREAD_MIX, &result);
        }
      n_months++;
      n_cells += result.n_cells;
    }
  if (n_cells == 0)
    return TRUE;
  if (self->adjust_reason != NULL)
    kilter_command_set_reason (command, self->adjust_reason);
  if (first != last)
    toast = g_strdup_printf (ngettext ("%d month changed", "%d months changed", n_months),
                             n_months);
  return kilter_page_apply (self->page, kilter_command_ref (command), toast);
}

gboolean
kilter_plan_grid_set_text (KilterGridModel *model,
                           int index,
                           int col,
                           const char *text,
                           GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterEditKind kind;
  double value;

  return parse (self, index, text, &kind, &value, error) &&
         edit (self, index, col, kind, value, KILTER_SPREAD_MIX, error);
}

const KilterPlanGridSpread *
kilter_plan_grid_get_spread (KilterPlanGrid *self)
{
  KilterDocument *document = kilter_page_get_document (self->page);
  g_autoptr (KilterCommand) last = document != NULL ? kilter_document_get_undo_command (document)
                                                    : NULL;

  return last != NULL && last == self->spread_command ? &self->spread : NULL;
}

/**
 * kilter_plan_grid_set_spread:
 * @spread: another key for the last typed total
 *
 * Takes the edit back and makes it again, spread by another key. Nothing happens when other changes
 * came after it.
 */
void
kilter_plan_grid_set_spread (KilterPlanGrid *self, KilterSpread spread)
{
  const KilterPlanGridSpread *last = kilter_plan_grid_get_spread (self);
  KilterPlanGridSpread again;
  g_autoptr (GError) error = NULL;

  if (last == NULL || last->spread == spread)
    return;
  again = *last;
  if (!kilter_document_undo (kilter_page_get_document (self->page), &error) ||
      !edit (self, again.row, again.col, again.kind, again.value, spread, &error))
    {
      kilter_page_report (self->page, error);
      /* the key that cannot be used leaves things as they were */
      kilter_document_redo (kilter_page_get_document (self->page), NULL);
    }
}

gboolean
kilter_plan_grid_clear (KilterGridModel *model,
                        const KilterGridRange *range,
                        char **out_message,
                        GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autofree char *label = make_label (self, range->row, range->col);
  KilterCommand *command = kilter_command_new ("clear", label);

  for (int r = range->row; r < range->row + range->n_rows; r++)
    for (int c = range->col; c < range->col + range->n_cols; c++)
      if (kilter_plan_grid_can_type (self, kilter_plan_grid_peek_row (self, r), c))
        kilter_plan_grid_add_edit (self, command, r, c, KILTER_EDIT_CLEAR, NAN, KILTER_SPREAD_MIX,
                                   NULL, NULL);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                           _ ("There is nothing to clear here."));
      return FALSE;
    }
  return kilter_page_apply (self->page, command, NULL);
}

/* --- blocks --- */

/* Counts what one cell of a block led to. FALSE when the block cannot be taken. */
gboolean
kilter_plan_grid_tally (KilterPlanGridTally *tally,
                        gboolean done,
                        const KilterEditResult *result,
                        GError *local /* (transfer full) (nullable) */,
                        GError **error)
{
  if (done)
    {
      tally->n_written++;
      tally->n_locked += result->n_locked;
      return TRUE;
    }
  if (local->domain == KILTER_GRID_ERROR && local->code == KILTER_GRID_ERROR_INVALID)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (local->domain == KILTER_GRID_ERROR && local->code == KILTER_GRID_ERROR_LOCKED)
    tally->n_locked++;
  else
    tally->n_closed++;
  if (tally->why == NULL)
    tally->why = local;
  else
    g_error_free (local);
  return TRUE;
}

/**
 * kilter_plan_grid_finish_block:
 * @command: (transfer full): what was gathered
 * @done: "Pasted 36 values"
 * @out_message: (out): the same with what was kept, when there was any
 *
 * Applies a block as one step, or says why nothing of it could be written.
 */
gboolean
kilter_plan_grid_finish_block (KilterPlanGrid *self,
                               KilterCommand *command,
                               KilterPlanGridTally *tally,
                               const char *done,
                               char **out_message,
                               GError **error)
{
  g_autoptr (GError) why = g_steal_pointer (&tally->why);
  GString *message;

  if (tally->n_written == 0)
    {
      kilter_command_unref (command);
      if (why != NULL)
        g_propagate_error (error, g_steal_pointer (&why));
      else
        g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_SHAPE,
                             _ ("There is nothing to paste."));
      return FALSE;
    }
  message = g_string_new (done);
  if (tally->n_locked > 0)
    {
      g_string_append (message, C_ ("spoken list separator", ", "));
      g_string_append_printf (
        message, ngettext ("%d locked cell kept", "%d locked cells kept", tally->n_locked),
        tally->n_locked);
    }
  if (tally->n_closed > 0)
    {
      g_string_append (message, C_ ("spoken list separator", ", "));
      g_string_append_printf (
        message, ngettext ("%d calculated cell kept", "%d calculated cells kept", tally->n_closed),
        tally->n_closed);
    }
  if (out_message != NULL && (tally->n_locked > 0 || tally->n_closed > 0))
    *out_message = g_string_free_and_steal (message);
  else
    g_string_free (message, TRUE);
  return kilter_page_apply (self->page, command, NULL);
}

gboolean
kilter_plan_grid_paste (KilterGridModel *model,
                        const KilterGridRange *range,
                        const KilterGridBlock *block,
                        char **out_message,
                        GError **error)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  g_autofree char *done = NULL;
  g_autoptr (KilterCommand) command = kilter_command_new ("paste", _ ("Paste"));
  int n_block_rows = kilter_grid_block_get_n_rows (block);
  int n_block_cols = kilter_grid_block_get_n_cols (block);
  KilterPlanGridTally tally = { 0 };

  for (int r = 0; n_block_rows > 0 && n_block_cols > 0 && r < range->n_rows; r++)
    for (int c = 0; c < range->n_cols; c++)
      {
        const char *text = kilter_grid_block_get (block, r % n_block_rows, c % n_block_cols);
        int row = range->row + r, col = range->col + c;
        KilterEditResult result = { 0 };
        GError *local = NULL;
        gboolean ok;

        if (text == NULL || *text == '\0')
          continue;
        ok = kilter_plan_grid_can_type (self, kilter_plan_grid_peek_row (self, row), col)
               ? add_text (self, command, row, col, text, &result, &local)
               : kilter_plan_grid_add_edit (self, command, row, col, KILTER_EDIT_SET, 0,
                                            KILTER_SPREAD_MIX, &result, &local);
        /* a word among the numbers: nothing of the block is taken, so that no half is */
        if (!kilter_plan_grid_tally (&tally, ok, &result, local, error))
          {
            g_clear_error (&tally.why);
            return FALSE;
          }
      }
  done = g_strdup_printf (ngettext ("Pasted %d value", "Pasted %d values", tally.n_written),
                          tally.n_written);
  return kilter_plan_grid_finish_block (self, g_steal_pointer (&command), &tally, done, out_message,
                                        error);
}
