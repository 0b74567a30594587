/* kilter-plan-grid-edit.c: typing, clearing, pasting, locks and reasons
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What was typed, in the shown unit and scale, becomes a quantity. */
static double
to_quantity (KilterPlanGrid *self,
             KilterPlanGridRow *row,
             int bucket,
             KilterEditKind kind,
             double value)
{
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  double scale = kilter_plan_grid_ensure_format (self, row)->number.scale;
  double shown, quantity;

  if (kind == KILTER_EDIT_PERCENT || kind == KILTER_EDIT_MULTIPLY || kind == KILTER_EDIT_CLEAR)
    return value;
  if (kilter_plan_grid_ensure_format (self, row)->number.percent)
    value /= 100;
  if (scale > 0)
    value *= scale;
  if (subject.unit == KILTER_DISPLAY_CASES || !kilter_plan_grid_is_quantity (row))
    return value;
  /* by the plan's own price (hours, pallets) of what stands there */
  {
    KilterMeasure base = row->row.measure == KILTER_OVERRIDE ? KILTER_FINAL : row->row.measure;
    g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (subject.plan));

    kilter_subject_get (&subject, base, values);
    shown = values[bucket];
    kilter_plan_aggregate (subject.plan, subject.version, base, &subject.scope, values);
    quantity = values[bucket];
  }
  return shown > 0 && quantity > 0 ? value * quantity / shown : NAN;
}

static gboolean
add_edit (KilterPlanGrid *self,
          KilterCommand *command,
          int index,
          int col,
          const char *text,
          GError **error)
{
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  KilterEditKind kind;
  double value;
  g_autoptr (GError) local = NULL;

  if (!kilter_plan_grid_is_editable (self, row, bucket))
    {
      g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                           _ ("This cell cannot be edited."));
      return FALSE;
    }
  if (!kilter_number_parse_edit (text, &kind, &value))
    {
      g_set_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID,
                   _ ("“%s” is not a number. Type 140, +24, +5%% or =120+24."), text);
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
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  int bucket = kilter_plan_grid_get_bucket (self, col);
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);
  g_autofree char *title = kilter_subject_get_title (&subject);
  g_autofree char *month = kilter_format_bucket (plan, MAX (bucket, 0));

  /* Translators: a measure, a product or family, a month: "Override of Mango Bar, July 2026" */
  return g_strdup_printf (_ ("%s of %s, %s"), kilter_measure_get_name (row->row.measure), title,
                          month);
}

gboolean
kilter_plan_grid_set_text (KilterGridModel *model,
                           int index,
                           int col,
                           const char *text,
                           GError **error)
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
      if (kilter_plan_grid_is_editable (self, kilter_plan_grid_peek_row (self, r),
                                        kilter_plan_grid_get_bucket (self, c)))
        add_edit (self, command, r, c, "", NULL);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                           _ ("There is nothing to clear here."));
      return FALSE;
    }
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
  g_autofree char *label = g_strdup (_ ("Paste"));
  KilterCommand *command = kilter_command_new ("paste", label);
  int n_block_rows = kilter_grid_block_get_n_rows (block);
  int n_block_cols = kilter_grid_block_get_n_cols (block);
  int pasted = 0, kept = 0;
  g_autoptr (GError) first = NULL;

  for (int r = 0; n_block_rows > 0 && n_block_cols > 0 && r < range->n_rows; r++)
    for (int c = 0; c < range->n_cols; c++)
      {
        const char *text = kilter_grid_block_get (block, r % n_block_rows, c % n_block_cols);

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
                             _ ("There is nothing to paste."));
      return FALSE;
    }
  if (out_message != NULL && kept > 0)
    {
      g_autofree char *done = g_strdup_printf (
        ngettext ("Pasted %d value", "Pasted %d values", pasted), pasted);
      g_autofree char *left = g_strdup_printf (
        ngettext ("%d cell kept its value", "%d cells kept their value", kept), kept);

      *out_message = g_strdup_printf ("%s, %s", done, left);
    }
  return kilter_page_apply (self->page, command, NULL);
}

/* --- locks and reasons of the selection --- */

typedef void (*CellFunc) (KilterPlanGrid *self,
                          KilterPlanGridRow *row,
                          int bucket,
                          gpointer user_data);

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
        KilterPlanGridRow *row = r >= 0 && (guint) r < self->rows->len
                                   ? kilter_plan_grid_peek_row (self, r)
                                   : NULL;

        if (row != NULL && kilter_plan_grid_is_editable (self, row, bucket))
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
find_unlocked (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (!(kilter_plan_grid_ensure_marks (self, row)[bucket] & MARK_LOCKED))
    walk->lock = TRUE;
}

static void
lock_cell (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (kilter_plan_set_lock (kilter_page_get_plan (self->page), walk->command,
                            kilter_page_get_version (self->page), row->row.measure, &row->row.scope,
                            bucket, walk->lock, NULL))
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
  walk.command = kilter_command_new ("lock", walk.lock ? _ ("Lock") : _ ("Unlock"));
  foreach_selected (self, lock_cell, &walk);
  if (walk.count == 0)
    {
      kilter_command_unref (walk.command);
      return;
    }
  text = g_strdup_printf (walk.lock
                            ? ngettext ("Locked %d cell", "Locked %d cells", walk.count)
                            : ngettext ("Unlocked %d cell", "Unlocked %d cells", walk.count),
                          walk.count);
  kilter_page_apply (self->page, walk.command, text);
}

static void
give_reason (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  KilterMeasure inputs[3];
  int n = kilter_plan_grid_get_inputs (row->row.measure, inputs);
  g_autoptr (GArray) leaves = kilter_scope_get_rows (
    plan, &row->row.scope, kilter_measure_get_info (row->row.measure)->grain);

  for (int k = 0; k < n; k++)
    for (guint i = 0; i < leaves->len; i++)
      {
        int leaf = g_array_index (leaves, int, i);
        const double *own = kilter_plan_get_own (plan, version, inputs[k], KILTER_LAYER_INPUT,
                                                 leaf);

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
  g_autofree char *label = g_strdup_printf (_ ("Reason: %s"), reason);
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
