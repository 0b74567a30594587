/* kilter-sheet.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-sheet.h"

#include <string.h>

/* texts longer than that are seldom repeated */
#define MAX_RECENT 64
#define N_RECENT 4096
#define MAX_POOL (400 * 1024 * 1024)

typedef struct
{
  guint32 offset; /* into the pool; texts there are terminated */
  guint32 flags;
} Cell;

typedef struct
{
  guint32 first_cell;
  guint32 line;
  guint32 flags;
} Row;

struct _KilterSheet
{
  char *name;
  GByteArray *pool;
  GArray *cells;
  GArray *rows;
  guint n_columns;
  guint n_filled;           /* cells of the row being built that are not empty */
  guint32 recent[N_RECENT]; /* where texts stand that may come again, by their hash */
};

KilterSheet *
kilter_sheet_new (const char *name)
{
  KilterSheet *self = g_new0 (KilterSheet, 1);
  static const guint8 nothing = 0;

  self->name = g_strdup (name);
  self->pool = g_byte_array_new ();
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  /* offset 0 is the empty text */
  g_byte_array_append (self->pool, &nothing, 1);
  return self;
}

void
kilter_sheet_free (KilterSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_byte_array_unref (self->pool);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_free (self);
}

/**
 * kilter_sheet_begin_row:
 * @line: its line in the file, from 1
 */
void
kilter_sheet_begin_row (KilterSheet *self, guint line)
{
  Row row = { self->cells->len, line, 0 };

  g_array_append_val (self->rows, row);
  self->n_filled = 0;
}

static gboolean
is_ascii (const char *text, gsize length, gboolean *out_nul)
{
  guchar high = 0;
  gboolean nul = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      high |= (guchar) text[i];
      nul |= text[i] == '\0';
    }
  *out_nul = nul;
  return high < 0x80;
}

static guint32
store (KilterSheet *self, const char *text, gsize length)
{
  guint32 offset = self->pool->len;
  guint32 *recent = NULL;

  if (length == 0)
    return 0;
  /* codes, months and names stand in many rows */
  if (length <= MAX_RECENT)
    {
      guint32 hash = 5381;

      for (gsize i = 0; i < length; i++)
        hash = hash * 33 + (guchar) text[i];
      recent = &self->recent[hash % N_RECENT];
      /* a shorter text may be the last of the pool */
      if (*recent != 0 && *recent + length < self->pool->len &&
          memcmp (self->pool->data + *recent, text, length) == 0 &&
          self->pool->data[*recent + length] == '\0')
        return *recent;
      *recent = offset;
    }
  g_byte_array_append (self->pool, (const guint8 *) text, (guint) length);
  g_byte_array_append (self->pool, (const guint8 *) "", 1);
  return offset;
}

/**
 * kilter_sheet_add_cell:
 * @text: (array length=length): UTF-8; brought to normal form C here, NUL bytes are left out
 * @flags: what the reader knows; what is found in the text is added
 */
void
kilter_sheet_add_cell (KilterSheet *self, const char *text, gsize length, KilterCellFlags flags)
{
  Row *row = &g_array_index (self->rows, Row, self->rows->len - 1);
  Cell cell = { 0, flags };
  gboolean nul;

  if (G_UNLIKELY (!is_ascii (text, length, &nul) || nul))
    {
      g_autofree char *clean = g_malloc (length + 1);
      g_autofree char *composed = NULL;
      gsize n = 0;

      for (gsize i = 0; i < length; i++)
        if (text[i] != '\0')
          clean[n++] = text[i];
      clean[n] = '\0';
      if (n != length)
        cell.flags |= KILTER_CELL_NUL;
      if (strstr (clean, "\357\277\275") != NULL)
        cell.flags |= KILTER_CELL_BAD;
      composed = g_utf8_normalize (clean, (gssize) n, G_NORMALIZE_DEFAULT_COMPOSE);
      if (composed == NULL)
        cell.flags |= KILTER_CELL_BAD;
      else if (strcmp (composed, clean) != 0)
        cell.flags |= KILTER_CELL_RECOMPOSED;
      cell.offset = composed != NULL ? store (self, composed, strlen (composed)) : 0;
    }
  else
    cell.offset = store (self, text, length);

  if (cell.offset != 0 || (cell.flags & ~(guint32) KILTER_CELL_QUOTED) != 0)
    self->n_filled++;
  row->flags |= cell.flags;
  g_array_append_val (self->cells, cell);
}

/**
 * kilter_sheet_end_row:
 *
 * Forgets a row without content.
 *
 * Returns: %FALSE when the sheet is full
 */
gboolean
kilter_sheet_end_row (KilterSheet *self)
{
  Row *row = &g_array_index (self->rows, Row, self->rows->len - 1);
  guint n = self->cells->len - row->first_cell;

  if (self->n_filled == 0)
    {
      g_array_set_size (self->cells, row->first_cell);
      g_array_set_size (self->rows, self->rows->len - 1);
      return TRUE;
    }
  self->n_columns = MAX (self->n_columns, n);
  /* offsets have 32 bits; the file's limit keeps the pool far below */
  return self->rows->len <= KILTER_SHEET_MAX_ROWS && self->pool->len < MAX_POOL;
}

const char *
kilter_sheet_get_name (const KilterSheet *self)
{
  return self->name;
}

guint
kilter_sheet_get_n_rows (const KilterSheet *self)
{
  return self->rows->len;
}

/**
 * kilter_sheet_get_n_columns:
 *
 * Returns: the length of the longest row
 */
guint
kilter_sheet_get_n_columns (const KilterSheet *self)
{
  return self->n_columns;
}

guint
kilter_sheet_get_line (const KilterSheet *self, guint row)
{
  return g_array_index (self->rows, Row, row).line;
}

guint
kilter_sheet_get_n_cells (const KilterSheet *self, guint row)
{
  guint first = g_array_index (self->rows, Row, row).first_cell;

  return (row + 1 < self->rows->len ? g_array_index (self->rows, Row, row + 1).first_cell
                                    : self->cells->len) -
         first;
}

/**
 * kilter_sheet_get_text:
 *
 * Returns: (transfer none): the text; "" also beyond the end of a row. Valid as long as no cell is
 *   added
 */
const char *
kilter_sheet_get_text (const KilterSheet *self, guint row, guint column)
{
  if (column >= kilter_sheet_get_n_cells (self, row))
    return "";
  return (const char *) self->pool->data +
         g_array_index (self->cells, Cell, g_array_index (self->rows, Row, row).first_cell + column)
           .offset;
}

KilterCellFlags
kilter_sheet_get_flags (const KilterSheet *self, guint row, guint column)
{
  if (column >= kilter_sheet_get_n_cells (self, row))
    return 0;
  return g_array_index (self->cells, Cell, g_array_index (self->rows, Row, row).first_cell + column)
    .flags;
}

/**
 * kilter_sheet_get_row_flags:
 *
 * Returns: the flags of all its cells together
 */
KilterCellFlags
kilter_sheet_get_row_flags (const KilterSheet *self, guint row)
{
  return g_array_index (self->rows, Row, row).flags;
}
