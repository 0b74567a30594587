/* grid-fixture.c: a small model in memory for the tests and the demo of the grid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is "label|attributes|unit|values". Attributes: bold dim edit section group total product
 * depth1 depth2 open closed badge:TEXT note:TEXT, or MARK:COLOR such as line:actual. A value is the
 * text of a cell, "." for an empty one, "-" for not applicable; letters after it: o override,
 * x changed, c comment, l locked, p problem, g good, b bad, w words. */
#include "grid-fixture.h"

#include <math.h>
#include <string.h>

#include "base/kilter-number.h"

typedef struct
{
  double value;
  KilterGridCellFlags flags;
  char *text;
} Cell;

typedef struct
{
  KilterGridRow head;
  Cell *cells;
  int decimals;
  gboolean open;
} Row;

struct _GridFixture
{
  GObject parent_instance;

  GPtrArray *columns; /* of KilterGridColumn* */
  GPtrArray *rows;    /* of Row* */
  GArray *visible;    /* of int */
  int n_frozen;
  int n_writes;
};

static void grid_fixture_model_init (KilterGridModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GridFixture,
                               grid_fixture,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL,
                                                      grid_fixture_model_init))

static Row *
row_at (GridFixture *self, int row)
{
  return g_ptr_array_index (self->rows, g_array_index (self->visible, int, row));
}

/* Rows below a closed one are hidden. */
static void
update_visible (GridFixture *self)
{
  int hidden_below = G_MAXINT;

  g_array_set_size (self->visible, 0);
  for (int i = 0; i < (int) self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, (guint) i);

      if (row->head.depth > hidden_below)
        continue;
      hidden_below = G_MAXINT;
      g_array_append_val (self->visible, i);
      if (row->head.flags & KILTER_GRID_ROW_FLAG_EXPANDABLE &&
          !(row->head.flags & KILTER_GRID_ROW_FLAG_EXPANDED))
        hidden_below = row->head.depth;
    }
}

/* --- reading the descriptions ---------------------------------------------------------------- */

static char *
with_spaces (const char *text)
{
  return g_strdelimit (g_strdup (text), "_", ' ');
}

static KilterGridColumn *
parse_column (const char *text)
{
  KilterGridColumn *column = g_new0 (KilterGridColumn, 1);
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  char *slash = strchr (parts[0], '/');

  if (slash)
    {
      *slash = '\0';
      column->upper = with_spaces (parts[0]);
    }
  column->label = with_spaces (slash ? slash + 1 : parts[0]);
  for (const char *at = parts[1]; at && *at; at++)
    column->flags |= *at == 'p'   ? KILTER_GRID_COLUMN_FLAG_PAST
                     : *at == 'y' ? KILTER_GRID_COLUMN_FLAG_YEAR_START
                     : *at == '!' ? KILTER_GRID_COLUMN_FLAG_PROBLEM
                     : *at == 'f' ? KILTER_GRID_COLUMN_FLAG_FENCED
                                  : 0;
  return column;
}

static void
parse_mark (KilterGridRow *head, const char *text)
{
  static const char *marks[] = { "",        "line",  "dash",    "dots",  "dot",
                                 "diamond", "hatch", "outline", "filled" };
  static const char *colors[] = { "text", "dim", "actual", "py",       "forecast",
                                  "good", "bad", "sales",  "marketing" };
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strcmp (parts[0], marks[i]) == 0)
      head->mark = (KilterGridMark) i;
  for (guint i = 0; parts[1] && i < G_N_ELEMENTS (colors); i++)
    if (strcmp (parts[1], colors[i]) == 0)
      head->mark_color = (KilterGridColor) i;
}

static void
parse_attribute (KilterGridRow *head, const char *text)
{
  if (strcmp (text, "bold") == 0)
    head->flags |= KILTER_GRID_ROW_FLAG_BOLD;
  else if (strcmp (text, "dim") == 0)
    head->flags |= KILTER_GRID_ROW_FLAG_DIM;
  else if (strcmp (text, "edit") == 0)
    head->flags |= KILTER_GRID_ROW_FLAG_EDITABLE;
  else if (strcmp (text, "open") == 0)
    head->flags |= KILTER_GRID_ROW_FLAG_EXPANDABLE | KILTER_GRID_ROW_FLAG_EXPANDED;
  else if (strcmp (text, "closed") == 0)
    head->flags |= KILTER_GRID_ROW_FLAG_EXPANDABLE;
  else if (strcmp (text, "section") == 0)
    head->kind = KILTER_GRID_ROW_SECTION;
  else if (strcmp (text, "group") == 0)
    head->kind = KILTER_GRID_ROW_GROUP;
  else if (strcmp (text, "total") == 0)
    head->kind = KILTER_GRID_ROW_TOTAL;
  else if (strcmp (text, "product") == 0)
    head->kind = KILTER_GRID_ROW_PRODUCT;
  else if (g_str_has_prefix (text, "depth"))
    head->depth = text[5] - '0';
  else if (g_str_has_prefix (text, "badge:"))
    head->badge = with_spaces (text + 6);
  else if (g_str_has_prefix (text, "note:"))
    head->note = with_spaces (text + 5);
  else
    parse_mark (head, text);
}

static KilterGridCellFlags
letter_flag (char letter)
{
  switch (letter)
    {
    case 'o':
      return KILTER_GRID_CELL_FLAG_OVERRIDE;
    case 'x':
      return KILTER_GRID_CELL_FLAG_CHANGED;
    case 'c':
      return KILTER_GRID_CELL_FLAG_COMMENT;
    case 'l':
      return KILTER_GRID_CELL_FLAG_LOCKED;
    case 'p':
      return KILTER_GRID_CELL_FLAG_PROBLEM;
    case 'g':
      return KILTER_GRID_CELL_FLAG_GOOD;
    case 'b':
      return KILTER_GRID_CELL_FLAG_BAD;
    case 'w':
      return KILTER_GRID_CELL_FLAG_TEXT;
    case 'f':
      return KILTER_GRID_CELL_FLAG_FENCED;
    case 'v':
      return KILTER_GRID_CELL_FLAG_PREVIEW;
    default:
      return KILTER_GRID_CELL_FLAG_NONE;
    }
}

static void
parse_cell (Cell *cell, const char *token, int *decimals)
{
  gsize length = strlen (token);
  g_autofree char *number = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *dot;

  while (length > 1 && letter_flag (token[length - 1]))
    cell->flags |= letter_flag (token[--length]);
  number = g_strndup (token, length);
  if (strcmp (number, ".") == 0)
    return;
  if (strcmp (number, "-") == 0)
    {
      cell->flags |= KILTER_GRID_CELL_FLAG_NOT_APPLICABLE;
      return;
    }
  for (const char *at = number; *at; at++)
    if (*at == '-')
      g_string_append (text, "\342\210\222");
    else if (*at == '%')
      g_string_append (text, "\342\200\257%");
    else
      g_string_append_c (text, *at == '_' ? ' ' : *at);
  cell->text = g_string_free_and_steal (g_steal_pointer (&text));
  dot = strchr (number, '.');
  if (dot)
    *decimals = (int) strspn (dot + 1, "0123456789");
  g_strdelimit (number, ",", '\'');
  for (char *from = number, *to = number;; from++)
    {
      if (*from != '\'')
        *to++ = *from;
      if (*from == '\0')
        break;
    }
  if (!(cell->flags & KILTER_GRID_CELL_FLAG_TEXT))
    cell->value = g_ascii_strtod (number, NULL);
}

/* --- the model ------------------------------------------------------------------------------- */

static int
fixture_get_n_rows (KilterGridModel *model)
{
  return (int) GRID_FIXTURE (model)->visible->len;
}

static int
fixture_get_n_cols (KilterGridModel *model)
{
  return (int) GRID_FIXTURE (model)->columns->len;
}

static int
fixture_get_n_frozen (KilterGridModel *model)
{
  return GRID_FIXTURE (model)->n_frozen;
}

static void
fixture_get_row (KilterGridModel *model, int index, KilterGridRow *out)
{
  const KilterGridRow *head = &row_at (GRID_FIXTURE (model), index)->head;

  *out = *head;
  out->label = g_strdup (head->label);
  out->unit = g_strdup (head->unit);
  out->badge = g_strdup (head->badge);
  out->note = g_strdup (head->note);
}

static void
fixture_get_column (KilterGridModel *model, int index, KilterGridColumn *out)
{
  const KilterGridColumn *column = g_ptr_array_index (GRID_FIXTURE (model)->columns, (guint) index);

  out->upper = g_strdup (column->upper);
  out->label = g_strdup (column->label);
  out->flags = column->flags;
  out->description = g_strdup_printf ("%s 2026", column->label);
}

static void
fixture_get_cell (KilterGridModel *model, int row, int col, KilterGridCell *out)
{
  const Row *r = row_at (GRID_FIXTURE (model), row);
  const Cell *cell = &r->cells[col];
  const KilterGridColumn *column = g_ptr_array_index (GRID_FIXTURE (model)->columns, (guint) col);

  out->value = cell->value;
  out->flags = cell->flags;
  if (r->head.flags & KILTER_GRID_ROW_FLAG_EDITABLE &&
      !(column->flags & KILTER_GRID_COLUMN_FLAG_PAST) &&
      col < (int) (GRID_FIXTURE (model)->columns->len) - GRID_FIXTURE (model)->n_frozen)
    out->flags |= KILTER_GRID_CELL_FLAG_EDITABLE;
  if (r->head.flags & KILTER_GRID_ROW_FLAG_BOLD)
    out->flags |= KILTER_GRID_CELL_FLAG_BOLD;
  kilter_grid_cell_set_text (out, cell->text);
}

static gboolean
fixture_set_text (KilterGridModel *model, int row, int col, const char *text, GError **error)
{
  GridFixture *self = GRID_FIXTURE (model);
  Row *r = row_at (self, row);
  Cell *cell = &r->cells[col];
  double value = NAN;

  if (text[0] != '\0' && !kilter_number_parse (text, &value))
    {
      g_set_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID,
                   "“%s” is not a number. Type a number such as 140, +24 or +5%%.", text);
      return FALSE;
    }
  self->n_writes++;
  cell->value = value;
  g_free (cell->text);
  cell->text = isfinite (value) ? kilter_number_format_plain (value, r->decimals) : g_strdup ("");
  cell->flags = isfinite (value) ? KILTER_GRID_CELL_FLAG_OVERRIDE | KILTER_GRID_CELL_FLAG_CHANGED
                                 : 0;
  kilter_grid_model_changed (model, &(KilterGridRange) { row, col, 1, 1 });
  return TRUE;
}

static gboolean
fixture_clear (KilterGridModel *model,
               const KilterGridRange *range,
               char **out_message,
               GError **error)
{
  GridFixture *self = GRID_FIXTURE (model);

  for (int r = 0; r < range->n_rows; r++)
    for (int c = 0; c < range->n_cols; c++)
      {
        KilterGridCell cell;

        kilter_grid_model_get_cell (model, range->row + r, range->col + c, &cell);
        if (cell.flags & KILTER_GRID_CELL_FLAG_EDITABLE &&
            !(cell.flags & KILTER_GRID_CELL_FLAG_LOCKED) &&
            !fixture_set_text (model, range->row + r, range->col + c, "", error))
          return FALSE;
      }
  self->n_writes++;
  return TRUE;
}

static void
fixture_toggle_expanded (KilterGridModel *model, int row)
{
  GridFixture *self = GRID_FIXTURE (model);
  int before = (int) self->visible->len, difference;

  row_at (self, row)->head.flags ^= KILTER_GRID_ROW_FLAG_EXPANDED;
  update_visible (self);
  difference = (int) self->visible->len - before;
  kilter_grid_model_rows_changed (model, row + 1, MAX (0, -difference), MAX (0, difference));
}

static void
fixture_expand_to_level (KilterGridModel *model, int level)
{
  GridFixture *self = GRID_FIXTURE (model);

  for (guint i = 0; i < self->rows->len; i++)
    {
      KilterGridRow *head = &((Row *) g_ptr_array_index (self->rows, i))->head;

      if (head->depth + 1 < level)
        head->flags |= KILTER_GRID_ROW_FLAG_EXPANDED;
      else
        head->flags &= ~(guint) KILTER_GRID_ROW_FLAG_EXPANDED;
    }
  update_visible (self);
  kilter_grid_model_reset (model);
}

static void
grid_fixture_model_init (KilterGridModelInterface *iface)
{
  iface->get_n_rows = fixture_get_n_rows;
  iface->get_n_cols = fixture_get_n_cols;
  iface->get_n_frozen = fixture_get_n_frozen;
  iface->get_row = fixture_get_row;
  iface->get_column = fixture_get_column;
  iface->get_cell = fixture_get_cell;
  iface->set_text = fixture_set_text;
  iface->clear = fixture_clear;
  iface->toggle_expanded = fixture_toggle_expanded;
  iface->expand_to_level = fixture_expand_to_level;
}

static void
grid_fixture_finalize (GObject *object)
{
  GridFixture *self = GRID_FIXTURE (object);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      for (guint c = 0; c < self->columns->len; c++)
        g_free (row->cells[c].text);
      g_free (row->cells);
      kilter_grid_row_clear (&row->head);
      g_free (row);
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      kilter_grid_column_clear (g_ptr_array_index (self->columns, i));
      g_free (g_ptr_array_index (self->columns, i));
    }
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->visible);
  G_OBJECT_CLASS (grid_fixture_parent_class)->finalize (object);
}

static void
grid_fixture_class_init (GridFixtureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = grid_fixture_finalize;
}

static void
grid_fixture_init (GridFixture *self)
{
  self->rows = g_ptr_array_new ();
  self->columns = g_ptr_array_new ();
  self->visible = g_array_new (FALSE, FALSE, sizeof (int));
}

GridFixture *
grid_fixture_new (const char *columns, int n_frozen)
{
  GridFixture *self = g_object_new (GRID_TYPE_FIXTURE, NULL);
  g_auto (GStrv) parts = g_strsplit (columns, " ", -1);

  self->n_frozen = n_frozen;
  for (int i = 0; parts[i]; i++)
    g_ptr_array_add (self->columns, parse_column (parts[i]));
  return self;
}

void
grid_fixture_add (GridFixture *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 4);
  g_auto (GStrv) attributes = g_strsplit (parts[1], " ", -1);
  g_auto (GStrv) values = g_strsplit (parts[3], " ", -1);
  Row *row = g_new0 (Row, 1);

  row->head.label = g_strdup (parts[0]);
  row->head.unit = parts[2][0] ? g_strdup (parts[2]) : NULL;
  for (int i = 0; attributes[i]; i++)
    parse_attribute (&row->head, attributes[i]);
  row->cells = g_new0 (Cell, self->columns->len + 1);
  for (guint c = 0; c < self->columns->len; c++)
    row->cells[c].value = NAN;
  for (guint c = 0; values[c] && values[c][0]; c++)
    {
      g_assert (c < self->columns->len);
      parse_cell (&row->cells[c], values[c], &row->decimals);
    }
  g_ptr_array_add (self->rows, row);
  update_visible (self);
}

double
grid_fixture_get_value (GridFixture *self, int row, int col)
{
  return row_at (self, row)->cells[col].value;
}

const char *
grid_fixture_get_text (GridFixture *self, int row, int col)
{
  const char *text = row_at (self, row)->cells[col].text;

  return text ? text : "";
}

int
grid_fixture_get_n_writes (GridFixture *self)
{
  return self->n_writes;
}

const char *
grid_fixture_get_corner (GridFixture *self)
{
  return g_object_get_data (G_OBJECT (self), "corner");
}
