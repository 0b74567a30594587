/* kilter-grid-model.c: defaults of the grid model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/kilter-number.h"

enum
{
  CHANGED,
  ROWS_CHANGED,
  RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (KilterGridModel, kilter_grid_model, G_TYPE_OBJECT)
G_DEFINE_QUARK (kilter_grid_error, kilter_grid_error)

static gpointer
copy_range (gpointer boxed)
{
  return g_memdup2 (boxed, sizeof (KilterGridRange));
}

G_DEFINE_BOXED_TYPE (KilterGridRange, kilter_grid_range, copy_range, g_free)

/* --- ranges and the plain structures --------------------------------------------------------- */

gboolean
kilter_grid_range_is_empty (const KilterGridRange *range)
{
  return range == NULL || range->n_rows <= 0 || range->n_cols <= 0;
}

gboolean
kilter_grid_range_contains (const KilterGridRange *range, int row, int col)
{
  return row >= range->row && row - range->row < range->n_rows && col >= range->col &&
         col - range->col < range->n_cols;
}

gboolean
kilter_grid_range_equal (const KilterGridRange *a, const KilterGridRange *b)
{
  return a->row == b->row && a->col == b->col && a->n_rows == b->n_rows && a->n_cols == b->n_cols;
}

/**
 * kilter_grid_range_span:
 *
 * Returns: the smallest range that holds both cells
 */
KilterGridRange
kilter_grid_range_span (int row_a, int col_a, int row_b, int col_b)
{
  return (KilterGridRange) { MIN (row_a, row_b), MIN (col_a, col_b), ABS (row_a - row_b) + 1,
                             ABS (col_a - col_b) + 1 };
}

KilterGridRange
kilter_grid_range_intersect (const KilterGridRange *a, const KilterGridRange *b)
{
  KilterGridRange both;

  both.row = MAX (a->row, b->row);
  both.col = MAX (a->col, b->col);
  both.n_rows = MAX (0, MIN (a->row + a->n_rows, b->row + b->n_rows) - both.row);
  both.n_cols = MAX (0, MIN (a->col + a->n_cols, b->col + b->n_cols) - both.col);
  return both;
}

void
kilter_grid_row_clear (KilterGridRow *row)
{
  g_free (row->label);
  g_free (row->unit);
  g_free (row->badge);
  g_free (row->note);
  g_free (row->tooltip);
  g_free (row->description);
  memset (row, 0, sizeof *row);
}

void
kilter_grid_column_clear (KilterGridColumn *column)
{
  g_free (column->upper);
  g_free (column->label);
  g_free (column->tooltip);
  g_free (column->description);
  memset (column, 0, sizeof *column);
}

/**
 * kilter_grid_cell_set_text:
 * @cell: a cell
 * @text: (nullable): UTF-8 text
 *
 * Copies @text, cut at a character when it is longer than a cell can draw. (Copies and the editor
 * take the full text from #KilterGridModelInterface.get_edit_text.)
 */
void
kilter_grid_cell_set_text (KilterGridCell *cell, const char *text)
{
  gsize length = text ? strlen (text) : 0;

  if (length >= sizeof cell->text)
    {
      length = sizeof cell->text - 1;
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
    }
  if (length > 0)
    memcpy (cell->text, text, length);
  cell->text[length] = '\0';
}

/* --- defaults -------------------------------------------------------------------------------- */

static int
default_get_n_frozen (KilterGridModel *self)
{
  return 0;
}

static char *
default_get_edit_text (KilterGridModel *self, int row, int col)
{
  KilterGridCell cell;
  int digits;

  kilter_grid_model_get_cell (self, row, col, &cell);
  if (!isfinite (cell.value))
    return g_strdup (cell.flags & KILTER_GRID_CELL_FLAG_NOT_APPLICABLE ? "" : cell.text);

  /* The shortest decimals that give the number back, so that F2 and Enter change nothing. */
  for (digits = 0; digits < 12; digits++)
    {
      double scale = pow (10, digits);

      if (fabs (round (cell.value * scale) / scale - cell.value) <= fabs (cell.value) * 1e-14)
        break;
    }
  return kilter_number_format_plain (cell.value, digits);
}

static void
append_state (GString *text, const char *state)
{
  /* Translators: joins the parts of what a screen reader says of a cell. */
  g_string_append (text, C_ ("spoken list separator", ", "));
  g_string_append (text, state);
}

static void
append_states (GString *text, KilterGridCellFlags flags)
{
  if (flags & KILTER_GRID_CELL_FLAG_OVERRIDE)
    append_state (text, C_ ("cell state", "overridden"));
  if (flags & KILTER_GRID_CELL_FLAG_PROBLEM)
    append_state (text, C_ ("cell state", "problem"));
  if (flags & KILTER_GRID_CELL_FLAG_LOCKED)
    append_state (text, C_ ("cell state", "locked"));
  if (flags & KILTER_GRID_CELL_FLAG_CHANGED)
    append_state (text, C_ ("cell state", "changed in this step"));
  if (flags & KILTER_GRID_CELL_FLAG_FENCED)
    append_state (text, C_ ("cell state", "inside the time fence"));
  if (flags & KILTER_GRID_CELL_FLAG_PREVIEW)
    append_state (text, C_ ("cell state", "preview"));
  if (flags & KILTER_GRID_CELL_FLAG_HIGHER)
    append_state (text, C_ ("cell state", "higher than compared"));
  if (flags & KILTER_GRID_CELL_FLAG_LOWER)
    append_state (text, C_ ("cell state", "lower than compared"));
  if (flags & KILTER_GRID_CELL_FLAG_COMMENT)
    append_state (text, C_ ("cell state", "comment"));
  if (flags & KILTER_GRID_CELL_FLAG_EDITABLE && !(flags & KILTER_GRID_CELL_FLAG_LOCKED))
    append_state (text, C_ ("cell state", "editable"));
}

static char *
default_describe_cell (KilterGridModel *self, int row, int col)
{
  g_auto (KilterGridRow) head = KILTER_GRID_ROW_INIT;
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;
  KilterGridCell cell;
  GString *text;

  kilter_grid_model_get_row (self, row, &head);
  kilter_grid_model_get_column (self, col, &column);
  kilter_grid_model_get_cell (self, row, col, &cell);

  text = g_string_new (head.description ? head.description : head.label);
  append_state (text, column.description ? column.description : column.label);
  if (cell.flags & KILTER_GRID_CELL_FLAG_NOT_APPLICABLE)
    append_state (text, C_ ("cell state", "not applicable"));
  else if (cell.text[0] == '\0')
    append_state (text, C_ ("cell state", "empty"));
  else
    append_state (text, cell.text);
  if (head.unit && cell.text[0] != '\0')
    g_string_append_printf (text, " %s", head.unit);
  append_states (text, cell.flags);
  return g_string_free_and_steal (text);
}

static char *
default_get_tooltip (KilterGridModel *self, int row, int col)
{
  KilterGridCell cell;

  kilter_grid_model_get_cell (self, row, col, &cell);
  return cell.flags & KILTER_GRID_CELL_FLAG_TEXT ? kilter_grid_model_get_edit_text (self, row, col)
                                                 : NULL;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                       _ ("This value cannot be changed here."));
  return FALSE;
}

static gboolean
default_set_text (KilterGridModel *self, int row, int col, const char *text, GError **error)
{
  return refuse (error);
}

static gboolean
default_clear (KilterGridModel *self,
               const KilterGridRange *range,
               char **out_message,
               GError **error)
{
  return refuse (error);
}

static gboolean
is_writable (KilterGridModel *self, int row, int col)
{
  KilterGridCell cell;

  kilter_grid_model_get_cell (self, row, col, &cell);
  return cell.flags & KILTER_GRID_CELL_FLAG_EDITABLE &&
         !(cell.flags & KILTER_GRID_CELL_FLAG_LOCKED);
}

static gboolean
default_paste (KilterGridModel *self,
               const KilterGridRange *range,
               const KilterGridBlock *block,
               char **out_message,
               GError **error)
{
  int n_rows = kilter_grid_block_get_n_rows (block);
  int n_cols = kilter_grid_block_get_n_cols (block);
  guint written = 0, kept = 0;

  for (int r = 0; r < range->n_rows; r++)
    for (int c = 0; c < range->n_cols; c++)
      {
        const char *text = kilter_grid_block_get (block, r % n_rows, c % n_cols);

        if (!is_writable (self, range->row + r, range->col + c))
          kept++;
        else if (!kilter_grid_model_set_text (self, range->row + r, range->col + c, text, error))
          return FALSE;
        else
          written++;
      }
  if (written == 0)
    return refuse (error);
  if (kept > 0 && out_message)
    {
      g_autofree char *first = g_strdup_printf (
        ngettext ("Pasted %u value", "Pasted %u values", written), written);
      g_autofree char *second = g_strdup_printf (
        ngettext ("%u locked cell kept", "%u locked cells kept", kept), kept);

      /* Translators: "Pasted 36 values", "3 locked cells kept" */
      *out_message = g_strdup_printf (_ ("%s, %s"), first, second);
    }
  return TRUE;
}

static gboolean
default_fill (KilterGridModel *self, const KilterGridFill *fill, char **out_message, GError **error)
{
  g_autoptr (KilterGridBlock)
    block = kilter_grid_block_new (fill->source.n_rows, fill->source.n_cols);

  /* The pattern goes on without a seam: filling up or left counts backwards from the source. */
  for (int r = 0; r < fill->source.n_rows; r++)
    for (int c = 0; c < fill->source.n_cols; c++)
      {
        int from_row = r, from_col = c;

        if (fill->direction == KILTER_GRID_FILL_UP)
          from_row = (r + fill->source.n_rows - fill->target.n_rows % fill->source.n_rows) %
                     fill->source.n_rows;
        if (fill->direction == KILTER_GRID_FILL_LEFT)
          from_col = (c + fill->source.n_cols - fill->target.n_cols % fill->source.n_cols) %
                     fill->source.n_cols;
        kilter_grid_block_take (block, r, c,
                                kilter_grid_model_get_edit_text (self, fill->source.row + from_row,
                                                                 fill->source.col + from_col));
      }
  return kilter_grid_model_paste (self, &fill->target, block, out_message, error);
}

static void
default_toggle_expanded (KilterGridModel *self, int row)
{
}

static void
default_expand_to_level (KilterGridModel *self, int level)
{
}

static void
kilter_grid_model_default_init (KilterGridModelInterface *iface)
{
  iface->get_n_frozen = default_get_n_frozen;
  iface->get_edit_text = default_get_edit_text;
  iface->describe_cell = default_describe_cell;
  iface->get_tooltip = default_get_tooltip;
  iface->set_text = default_set_text;
  iface->clear = default_clear;
  iface->paste = default_paste;
  iface->fill = default_fill;
  iface->toggle_expanded = default_toggle_expanded;
  iface->expand_to_level = default_expand_to_level;

  /**
   * KilterGridModel::changed:
   * @range: the cells that look different
   */
  signals[CHANGED] = g_signal_new ("changed", KILTER_TYPE_GRID_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1,
                                   KILTER_TYPE_GRID_RANGE | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * KilterGridModel::rows-changed:
   * @position: first row that went or came
   * @removed: number of rows that went
   * @added: number of rows that came
   *
   * Rows were expanded, collapsed or sorted away; the selection follows its row.
   */
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", KILTER_TYPE_GRID_MODEL, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT,
                                        G_TYPE_INT);

  /**
   * KilterGridModel::reset:
   *
   * Everything may be different: other rows, columns or headers.
   */
  signals[RESET] = g_signal_new ("reset", KILTER_TYPE_GRID_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

/* --- calls ----------------------------------------------------------------------------------- */

int
kilter_grid_model_get_n_rows (KilterGridModel *self)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), 0);

  return MAX (0, KILTER_GRID_MODEL_GET_IFACE (self)->get_n_rows (self));
}

int
kilter_grid_model_get_n_cols (KilterGridModel *self)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), 0);

  return MAX (0, KILTER_GRID_MODEL_GET_IFACE (self)->get_n_cols (self));
}

int
kilter_grid_model_get_n_frozen (KilterGridModel *self)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), 0);

  return CLAMP (KILTER_GRID_MODEL_GET_IFACE (self)->get_n_frozen (self), 0,
                kilter_grid_model_get_n_cols (self));
}

void
kilter_grid_model_get_row (KilterGridModel *self, int row, KilterGridRow *out)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  memset (out, 0, sizeof *out);
  KILTER_GRID_MODEL_GET_IFACE (self)->get_row (self, row, out);
  if (out->label == NULL)
    out->label = g_strdup ("");
}

void
kilter_grid_model_get_column (KilterGridModel *self, int col, KilterGridColumn *out)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  memset (out, 0, sizeof *out);
  KILTER_GRID_MODEL_GET_IFACE (self)->get_column (self, col, out);
  if (out->label == NULL)
    out->label = g_strdup ("");
}

void
kilter_grid_model_get_cell (KilterGridModel *self, int row, int col, KilterGridCell *out)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  out->value = NAN;
  out->flags = KILTER_GRID_CELL_FLAG_NONE;
  out->text[0] = '\0';
  KILTER_GRID_MODEL_GET_IFACE (self)->get_cell (self, row, col, out);
}

char *
kilter_grid_model_get_edit_text (KilterGridModel *self, int row, int col)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), NULL);

  return KILTER_GRID_MODEL_GET_IFACE (self)->get_edit_text (self, row, col);
}

char *
kilter_grid_model_describe_cell (KilterGridModel *self, int row, int col)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), NULL);

  return KILTER_GRID_MODEL_GET_IFACE (self)->describe_cell (self, row, col);
}

char *
kilter_grid_model_get_tooltip (KilterGridModel *self, int row, int col)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), NULL);

  return KILTER_GRID_MODEL_GET_IFACE (self)->get_tooltip (self, row, col);
}

gboolean
kilter_grid_model_set_text (KilterGridModel *self,
                            int row,
                            int col,
                            const char *text,
                            GError **error)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return KILTER_GRID_MODEL_GET_IFACE (self)->set_text (self, row, col, text, error);
}

gboolean
kilter_grid_model_clear (KilterGridModel *self,
                         const KilterGridRange *range,
                         char **out_message,
                         GError **error)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), FALSE);
  g_return_val_if_fail (!kilter_grid_range_is_empty (range), FALSE);

  return KILTER_GRID_MODEL_GET_IFACE (self)->clear (self, range, out_message, error);
}

gboolean
kilter_grid_model_paste (KilterGridModel *self,
                         const KilterGridRange *range,
                         const KilterGridBlock *block,
                         char **out_message,
                         GError **error)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), FALSE);
  g_return_val_if_fail (!kilter_grid_range_is_empty (range), FALSE);

  return KILTER_GRID_MODEL_GET_IFACE (self)->paste (self, range, block, out_message, error);
}

gboolean
kilter_grid_model_fill (KilterGridModel *self,
                        const KilterGridFill *fill,
                        char **out_message,
                        GError **error)
{
  g_return_val_if_fail (KILTER_IS_GRID_MODEL (self), FALSE);
  g_return_val_if_fail (!kilter_grid_range_is_empty (&fill->source), FALSE);
  g_return_val_if_fail (!kilter_grid_range_is_empty (&fill->target), FALSE);

  return KILTER_GRID_MODEL_GET_IFACE (self)->fill (self, fill, out_message, error);
}

void
kilter_grid_model_toggle_expanded (KilterGridModel *self, int row)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  KILTER_GRID_MODEL_GET_IFACE (self)->toggle_expanded (self, row);
}

void
kilter_grid_model_expand_to_level (KilterGridModel *self, int level)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  KILTER_GRID_MODEL_GET_IFACE (self)->expand_to_level (self, level);
}

void
kilter_grid_model_changed (KilterGridModel *self, const KilterGridRange *range)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  g_signal_emit (self, signals[CHANGED], 0, range);
}

void
kilter_grid_model_rows_changed (KilterGridModel *self, int position, int removed, int added)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  g_signal_emit (self, signals[ROWS_CHANGED], 0, position, removed, added);
}

void
kilter_grid_model_reset (KilterGridModel *self)
{
  g_return_if_fail (KILTER_IS_GRID_MODEL (self));

  g_signal_emit (self, signals[RESET], 0);
}
