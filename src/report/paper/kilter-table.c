/* kilter-table.c: printed tables
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper/kilter-table-private.h"

#include <math.h>
#include <string.h>

static void
clear_row (gpointer data)
{
  KilterRow *row = data;

  g_free (row->cells);
  g_free (row->unit);
}

static void
clear_group (gpointer data)
{
  g_free (((KilterGroup *) data)->text);
}

/**
 * kilter_table_new:
 *
 * Returns: (transfer full): a table without rows
 */
KilterTable *
kilter_table_new (int n_columns)
{
  KilterTable *self = g_new0 (KilterTable, 1);

  self->ref_count = 1;
  self->n_columns = n_columns;
  self->columns = g_new0 (KilterColumn, n_columns);
  self->rows = g_array_new (FALSE, TRUE, sizeof (KilterRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->groups = g_array_new (FALSE, TRUE, sizeof (KilterGroup));
  g_array_set_clear_func (self->groups, clear_group);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->row_space = KILTER_TABLE_ROW_SPACE;
  self->size = KILTER_PRINT_TEXT;
  return self;
}

KilterTable *
kilter_table_ref (KilterTable *self)
{
  self->ref_count++;
  return self;
}

void
kilter_table_unref (KilterTable *self)
{
  if (self == NULL || --self->ref_count > 0)
    return;
  for (guint r = 0; r < self->rows->len; r++)
    for (int c = 0; c < self->n_columns; c++)
      g_free (g_array_index (self->rows, KilterRow, r).cells[c].text);
  for (int c = 0; c < self->n_columns; c++)
    g_free (self->columns[c].heading);
  g_free (self->columns);
  g_array_unref (self->rows);
  g_array_unref (self->groups);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

KilterRow *
kilter_table_get_row (const KilterTable *self, int row)
{
  return &g_array_index (self->rows, KilterRow, row);
}

void
kilter_table_set_column (KilterTable *self,
                         int column,
                         const char *heading,
                         KilterColumnFlags flags)
{
  g_return_if_fail (column >= 0 && column < self->n_columns);

  g_free (self->columns[column].heading);
  self->columns[column].heading = g_strdup (heading);
  self->columns[column].flags = flags;
}

/**
 * kilter_table_set_column_problem:
 *
 * Marks the heading of a column in which something is wrong.
 */
void
kilter_table_set_column_problem (KilterTable *self, int column)
{
  g_return_if_fail (column >= 0 && column < self->n_columns);

  self->columns[column].is_problem = TRUE;
}

/**
 * kilter_table_add_group:
 * @first: the first column under it; it reaches to the next group
 *
 * A heading over the headings.
 */
void
kilter_table_add_group (KilterTable *self, int first, const char *text, KilterColumnFlags flags)
{
  KilterGroup group = { first, g_strdup (text), flags };

  g_array_append_val (self->groups, group);
}

/**
 * kilter_table_add_row:
 * @name: (nullable): its first cell
 *
 * Returns: the row's index
 */
int
kilter_table_add_row (KilterTable *self, const char *name, KilterRowFlags flags)
{
  KilterRow row = { .cells = g_new0 (KilterCell, self->n_columns), .flags = flags };

  row.cells[0].text = g_strdup (name);
  g_array_append_val (self->rows, row);
  return (int) self->rows->len - 1;
}

/**
 * kilter_table_set_row_key:
 *
 * The mark that the row has in charts, before its name.
 */
void
kilter_table_set_row_key (KilterTable *self, int row, KilterChartKey key)
{
  kilter_table_get_row (self, row)->key = key;
}

/**
 * kilter_table_set_row_unit:
 *
 * A unit that differs from the table's, at the end of the first cell.
 */
void
kilter_table_set_row_unit (KilterTable *self, int row, const char *unit)
{
  g_free (kilter_table_get_row (self, row)->unit);
  kilter_table_get_row (self, row)->unit = g_strdup (unit);
}

void
kilter_table_set (KilterTable *self, int row, int column, const char *text)
{
  kilter_table_take (self, row, column, g_strdup (text));
}

/**
 * kilter_table_take:
 * @text: (transfer full) (nullable):
 */
void
kilter_table_take (KilterTable *self, int row, int column, char *text)
{
  KilterCell *cell;

  g_return_if_fail (column >= 0 && column < self->n_columns && row >= 0 &&
                    row < (int) self->rows->len);
  cell = &kilter_table_get_row (self, row)->cells[column];
  g_free (cell->text);
  cell->text = text;
  cell->has_number = FALSE;
}

static void
set_number (KilterTable *self, int row, int column, char *text, double number, gboolean is_share)
{
  KilterCell *cell;

  kilter_table_take (self, row, column, text);
  g_return_if_fail (column >= 0 && column < self->n_columns && row >= 0 &&
                    row < (int) self->rows->len);
  cell = &kilter_table_get_row (self, row)->cells[column];
  cell->has_number = TRUE;
  cell->is_share = is_share;
  cell->number = number;
}

/**
 * kilter_table_set_value:
 * @is_delta: whether it is a difference, with its sign
 *
 * Writes a value as kilter_format_value() or kilter_format_delta() does. The number behind it is in
 * the unit that the table tells: thousands where it says thousands, with all its digits.
 */
void
kilter_table_set_value (KilterTable *self,
                        int row,
                        int column,
                        const KilterFormat *format,
                        double value,
                        gboolean is_delta)
{
  double scale = format->number.scale > 0 ? format->number.scale : 1;

  set_number (self, row, column,
              (is_delta ? kilter_format_delta : kilter_format_value) (format, value), value / scale,
              format->number.percent);
}

/**
 * kilter_table_set_ratio:
 * @is_delta: whether it is the difference of a ratio to 1, with its sign
 *
 * Writes a ratio as kilter_format_ratio() or kilter_format_ratio_delta() does.
 */
void
kilter_table_set_ratio (KilterTable *self,
                        int row,
                        int column,
                        double ratio,
                        int decimals,
                        gboolean is_delta)
{
  set_number (self, row, column,
              (is_delta ? kilter_format_ratio_delta : kilter_format_ratio) (ratio, decimals), ratio,
              TRUE);
}

/**
 * kilter_table_set_money:
 * @is_delta: whether it is a difference, with its sign
 *
 * Writes an amount as kilter_format_money() or kilter_format_money_delta() does; the number behind
 * it is whole.
 */
void
kilter_table_set_money (KilterTable *self,
                        int row,
                        int column,
                        const KilterPlan *plan,
                        double value,
                        gboolean is_delta)
{
  set_number (self, row, column,
              (is_delta ? kilter_format_money_delta : kilter_format_money) (plan, value), value,
              FALSE);
}

void
kilter_table_set_count (KilterTable *self, int row, int column, gint64 count)
{
  set_number (self, row, column, kilter_format_count (count), (double) count, FALSE);
}

/**
 * kilter_table_get_number:
 * @out_is_share: (out): whether it is shown in per cent
 *
 * Returns: whether a number stands behind the cell; it may be NaN
 */
gboolean
kilter_table_get_number (const KilterTable *self,
                         int row,
                         int column,
                         double *out_number,
                         gboolean *out_is_share)
{
  const KilterCell *cell;

  g_return_val_if_fail (
    column >= 0 && column < self->n_columns && row >= 0 && row < (int) self->rows->len, FALSE);
  cell = &kilter_table_get_row (self, row)->cells[column];
  *out_number = cell->number;
  *out_is_share = cell->is_share;
  return cell->has_number;
}

void
kilter_table_set_cell (KilterTable *self,
                       int row,
                       int column,
                       KilterChartTone tone,
                       KilterCellFlags flags)
{
  KilterCell *cell;

  g_return_if_fail (column >= 0 && column < self->n_columns && row >= 0 &&
                    row < (int) self->rows->len);
  cell = &kilter_table_get_row (self, row)->cells[column];
  cell->tone = tone;
  cell->flags = flags;
  if (flags & KILTER_CELL_SHAPE)
    self->columns[column].has_shape = TRUE;
}

/**
 * kilter_table_add_note:
 *
 * A line under the end of the table, such as the convention of a sign.
 */
void
kilter_table_add_note (KilterTable *self, const char *note)
{
  g_ptr_array_add (self->notes, g_strdup (note));
}

/**
 * kilter_table_set_row_space:
 * @space: points above and below a row's text, together
 */
void
kilter_table_set_row_space (KilterTable *self, double space)
{
  self->row_space = space;
}

char *
kilter_table_get_notes (const KilterTable *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->notes->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (self->notes, i));
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

int
kilter_table_get_n_rows (const KilterTable *self)
{
  return (int) self->rows->len;
}

/**
 * kilter_table_get:
 *
 * Returns: (nullable): the text of a cell
 */
const char *
kilter_table_get (const KilterTable *self, int row, int column)
{
  return kilter_table_get_row (self, row)->cells[column].text;
}

/* --- layout --- */

gboolean
kilter_table_is_number (const KilterColumn *column)
{
  return (column->flags & KILTER_COLUMN_NUMBER) != 0;
}

/* Room at the left of a column's texts. */
double
kilter_table_get_left_pad (const KilterTable *self, int c)
{
  gboolean follows = c > 0 && !kilter_table_is_number (&self->columns[c]) &&
                     kilter_table_is_number (&self->columns[c - 1]);

  return follows ? KILTER_TABLE_PAD + KILTER_TABLE_AFTER_NUMBER : KILTER_TABLE_PAD;
}

/* Room for the heading of a column. */
double
kilter_table_get_heading_room (const KilterTable *self, int c)
{
  const KilterColumn *column = &self->columns[c];

  return MAX (column->width - KILTER_TABLE_PAD - kilter_table_get_left_pad (self, c) -
                (column->has_shape ? KILTER_TABLE_SHAPE_ROOM : 0),
              1);
}

static gboolean
cell_is_strong (const KilterRow *row, const KilterColumn *column, const KilterCell *cell)
{
  return (row->flags & (KILTER_ROW_SECTION | KILTER_ROW_STRONG | KILTER_ROW_TOTAL)) != 0 ||
         (column->flags & KILTER_COLUMN_STRONG) != 0 ||
         (cell->flags & (KILTER_CELL_STRONG | KILTER_CELL_PROBLEM)) != 0;
}

/* What stands left of the text of a row's first cell. */
double
kilter_table_get_lead (const KilterRow *row)
{
  double lead = row->flags & KILTER_ROW_INDENT ? KILTER_TABLE_INDENT : 0;

  return row->key != KILTER_CHART_KEY_NONE ? lead + KILTER_TABLE_KEY_ROOM : lead;
}

double
kilter_table_measure (KilterInk *ink, const char *text, double size, gboolean is_bold)
{
  double width = 0;

  if (text != NULL && *text != '\0')
    kilter_ink_measure (ink, text, &(KilterPrintText) { .size = size, .is_bold = is_bold }, &width,
                        NULL);
  return width;
}

/* Which headings of numbers may break between their words, in the order in which it is tried. */
typedef enum
{
  BREAK_NONE,
  BREAK_WORDS, /* but not the months, of which each would break elsewhere */
  BREAK_ALL,
} Break;

/* The heading's width: whole, or broken between its words. */
static double
get_heading_width (KilterTable *self, KilterInk *ink, const KilterColumn *column, Break broken)
{
  double widest = 0;

  if (column->heading == NULL)
    return 0;
  if (broken == BREAK_NONE || !kilter_table_is_number (column) ||
      (broken == BREAK_WORDS && column->flags & KILTER_COLUMN_EQUAL))
    widest = kilter_table_measure (ink, column->heading, self->size, TRUE);
  else
    {
      g_auto (GStrv) words = g_strsplit (column->heading, " ", -1);

      for (char **word = words; *word != NULL; word++)
        widest = MAX (widest, kilter_table_measure (ink, *word, self->size, TRUE));
    }
  /* the triangle reaches into the room between columns */
  return widest + (column->is_problem ? KILTER_TABLE_SHAPE_ROOM - KILTER_TABLE_PAD : 0);
}

static double
get_natural_width (KilterTable *self, KilterInk *ink, int c, Break broken)
{
  KilterColumn *column = &self->columns[c];
  double widest = get_heading_width (self, ink, column, broken);

  for (guint r = 0; r < self->rows->len; r++)
    {
      const KilterRow *row = kilter_table_get_row (self, (int) r);
      double width;

      /* the heading of a section runs over the columns behind it */
      if (row->cells[c].text == NULL || (c == 0 && row->flags & KILTER_ROW_SECTION))
        continue;
      width = kilter_table_measure (ink, row->cells[c].text, self->size,
                                    cell_is_strong (row, column, &row->cells[c]));
      if (c == 0)
        width += kilter_table_get_lead (row) +
                 (row->unit != NULL ? kilter_table_measure (ink, row->unit, self->size, FALSE) + 6
                                    : 0);
      widest = MAX (widest, width);
    }
  return widest + KILTER_TABLE_PAD + kilter_table_get_left_pad (self, c);
}

/* Widths by what the columns need; what is too much is taken from columns of text, the widest
 * first, as their texts wrap. Returns FALSE when they would become too narrow. */
static gboolean
compute_widths (KilterTable *self, KilterInk *ink, double width, Break broken)
{
  double total = 0, equal = 0, least = 0, fixed = 0;
  int n_text = 0, n_numbers = 0;

  for (int c = 0; c < self->n_columns; c++)
    {
      self->columns[c].width = get_natural_width (self, ink, c, broken);
      if (self->columns[c].flags & KILTER_COLUMN_EQUAL)
        equal = MAX (equal, self->columns[c].width);
    }
  for (int c = 0; c < self->n_columns; c++)
    {
      if (self->columns[c].flags & KILTER_COLUMN_EQUAL)
        self->columns[c].width = equal;
      if (self->columns[c].has_shape)
        self->columns[c].width += KILTER_TABLE_SHAPE_ROOM;
      total += self->columns[c].width;
      if (kilter_table_is_number (&self->columns[c]))
        {
          fixed += self->columns[c].width;
          n_numbers++;
        }
      else
        {
          least += MIN (self->columns[c].width, c == 0                 ? KILTER_TABLE_LEAST_NAME
                                                : broken != BREAK_NONE ? KILTER_TABLE_LEAST_TEXT
                                                                       : KILTER_TABLE_GOOD_TEXT);
          n_text++;
        }
    }
  if (total <= width)
    {
      /* room to spare: to the numbers evenly, so that they stay under their headings, and when
       * there are none to the texts */
      double spare = width - total;
      double share = n_numbers > 0 ? spare / (n_numbers + n_text) : spare / MAX (n_text, 1);

      for (int c = 0; c < self->n_columns; c++)
        self->columns[c].width += share;
      return TRUE;
    }
  /* level the widest texts down */
  {
    double room = width - fixed, level = 0, rest = room;
    int left = n_text;

    if (n_text == 0 || room < least)
      return FALSE;
    for (gboolean changed = TRUE; changed && left > 0;)
      {
        changed = FALSE;
        level = rest / left;
        for (int c = 0; c < self->n_columns; c++)
          {
            KilterColumn *column = &self->columns[c];

            if (!kilter_table_is_number (column) && column->width > 0 && column->width <= level)
              {
                rest -= column->width;
                left--;
                column->width = -column->width;
                changed = TRUE;
              }
          }
      }
    for (int c = 0; c < self->n_columns; c++)
      if (!kilter_table_is_number (&self->columns[c]))
        self->columns[c].width = self->columns[c].width < 0 ? -self->columns[c].width : level;
  }
  return TRUE;
}

/* What reads as zero is neither good nor bad news. */
KilterChartTone
kilter_table_get_tone (const KilterColumn *column, const KilterCell *cell)
{
  if (kilter_table_is_number (column) && !(cell->flags & KILTER_CELL_PROBLEM) &&
      cell->text != NULL && strpbrk (cell->text, "123456789") == NULL)
    return KILTER_CHART_TONE_PLAIN;
  return cell->tone;
}

void
kilter_table_get_cell_look (const KilterTable *self,
                            const KilterRow *row,
                            int c,
                            KilterPrintText *out_look,
                            double *out_room)
{
  const KilterColumn *column = &self->columns[c];
  const KilterCell *cell = &row->cells[c];
  double room = column->width - KILTER_TABLE_PAD - kilter_table_get_left_pad (self, c) -
                (column->has_shape ? KILTER_TABLE_SHAPE_ROOM : 0);

  if (c == 0)
    room -= kilter_table_get_lead (row) + row->unit_width;
  if (c == 0 && row->flags & KILTER_ROW_SECTION)
    room = self->width - 2 * KILTER_TABLE_PAD;
  *out_look = (KilterPrintText) { .size = self->size,
                                  .is_bold = cell_is_strong (row, column, cell) };
  *out_room = room;
  if (kilter_table_get_tone (column, cell) == KILTER_CHART_TONE_GOOD)
    out_look->role = KILTER_CHART_ROLE_GOOD_TEXT;
  else if (kilter_table_get_tone (column, cell) == KILTER_CHART_TONE_BAD)
    out_look->role = KILTER_CHART_ROLE_BAD_TEXT;
  else if (kilter_table_get_tone (column, cell) == KILTER_CHART_TONE_CLOSE)
    out_look->role = KILTER_CHART_ROLE_MARKETING_TEXT;
  else if (row->flags & KILTER_ROW_DIM || cell->flags & KILTER_CELL_DIM ||
           column->flags & (KILTER_COLUMN_DIM | KILTER_COLUMN_PAST))
    out_look->role = KILTER_CHART_ROLE_DIM_TEXT;
  if (!kilter_table_is_number (column))
    {
      out_look->max_width = room;
      out_look->max_lines = 6;
    }
}

/**
 * kilter_table_layout:
 * @width: points that the table takes
 *
 * Decides on widths, lines and heights; before the other functions of the paper.
 */
void
kilter_table_layout (KilterTable *self, KilterInk *ink, double width)
{
  double line;

  self->width = width;
  for (self->size = KILTER_PRINT_TEXT; !compute_widths (self, ink, width, BREAK_NONE) &&
                                       !compute_widths (self, ink, width, BREAK_WORDS) &&
                                       !compute_widths (self, ink, width, BREAK_ALL);
       self->size -= 0.3)
    if (self->size < KILTER_PRINT_LEAST + 0.3)
      {
        double total = 0;

        self->size = KILTER_PRINT_LEAST;
        compute_widths (self, ink, width, BREAK_ALL);
        /* still too much: all give in proportion */
        for (int c = 0; c < self->n_columns; c++)
          total += self->columns[c].width;
        for (int c = 0; c < self->n_columns; c++)
          self->columns[c].width *= width / total;
        break;
      }
  kilter_ink_measure (ink, "Ag0", &(KilterPrintText) { .size = self->size }, NULL, &line);
  for (guint r = 0; r < self->rows->len; r++)
    {
      KilterRow *row = kilter_table_get_row (self, (int) r);

      row->height = line;
      row->unit_width = row->unit != NULL
                          ? kilter_table_measure (ink, row->unit, self->size, FALSE) + 6
                          : 0;
      for (int c = 0; c < self->n_columns; c++)
        if (row->cells[c].text != NULL)
          {
            KilterPrintText look;
            double room, height;

            kilter_table_get_cell_look (self, row, c, &look, &room);
            kilter_ink_measure (ink, row->cells[c].text, &look, NULL, &height);
            row->height = MAX (row->height, height);
          }
      row->height += self->row_space;
    }
  self->head_height = 0;
  for (int c = 0; c < self->n_columns; c++)
    if (self->columns[c].heading != NULL && *self->columns[c].heading != '\0')
      {
        double height;

        kilter_ink_measure (
          ink, self->columns[c].heading,
          &(KilterPrintText) { .size = self->size,
                               .is_bold = TRUE,
                               .max_width = kilter_table_get_heading_room (self, c) + 0.5,
                               .max_lines = KILTER_TABLE_HEADING_LINES },
          NULL, &height);
        self->head_height = MAX (self->head_height, height + 6);
      }
  self->group_height = self->groups->len > 0 ? line + 4 : 0;
  self->notes_height = 0;
  for (guint i = 0; i < self->notes->len; i++)
    {
      double height;

      kilter_ink_measure (
        ink, g_ptr_array_index (self->notes, i),
        &(KilterPrintText) { .size = KILTER_PRINT_SMALL, .max_width = width, .max_lines = -1 },
        NULL, &height);
      self->notes_height += height + (i == 0 ? 5 : 1);
    }
}

/**
 * kilter_table_get_height:
 *
 * Returns: the height of @n rows from @first with the headings, and with the notes when the last
 *   row is among them
 */
double
kilter_table_get_height (const KilterTable *self, int first, int n)
{
  double height = self->group_height + self->head_height;

  for (int r = first; r < first + n; r++)
    height += kilter_table_get_row (self, r)->height;
  return first + n >= (int) self->rows->len ? height + self->notes_height : height;
}

/**
 * kilter_table_fit:
 *
 * Returns: how many rows from @first fit into the height, at least one
 */
int
kilter_table_fit (const KilterTable *self, int first, double height)
{
  int n = (int) self->rows->len - first;

  while (n > 1 && kilter_table_get_height (self, first, n) > height)
    n--;
  /* a section does not part from what it is the heading of */
  if (first + n < (int) self->rows->len)
    {
      int keep = n;

      while (keep > 1 && kilter_table_get_row (self, first + keep - 1)->flags & KILTER_ROW_SECTION)
        keep--;
      n = keep;
    }
  return n;
}
