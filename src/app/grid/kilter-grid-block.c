/* kilter-grid-block.c: a rectangle of texts, read from and written to clipboard formats.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read comes from other programs: it may be damaged, cut, huge or in no known encoding.
 * Every reader stops at KILTER_GRID_BLOCK_MAX_CELLS and gives NULL then. */
#include "app/grid/kilter-grid-block.h"

#include <string.h>

struct _KilterGridBlock
{
  int n_rows;
  int n_cols;
  char **cells; /* row by row; NULL is the empty text */
};

/* Rows of different lengths while a text is read. */
typedef struct
{
  GPtrArray *rows; /* of GPtrArray of char* */
  GPtrArray *row;
  gsize n_cells;
  gsize widest;
  gboolean too_large;
} Reader;

static void
reader_init (Reader *reader)
{
  memset (reader, 0, sizeof *reader);
  reader->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static void
reader_begin_row (Reader *reader)
{
  reader->row = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (reader->rows, reader->row);
}

static void
reader_add (Reader *reader, const char *text, gsize length)
{
  if (reader->row == NULL)
    reader_begin_row (reader);
  if (reader->too_large || ++reader->n_cells > KILTER_GRID_BLOCK_MAX_CELLS)
    {
      reader->too_large = TRUE;
      return;
    }
  g_ptr_array_add (reader->row, g_strndup (text, length));
  reader->widest = MAX (reader->widest, reader->row->len);
}

static KilterGridBlock *
reader_finish (Reader *reader)
{
  g_autoptr (GPtrArray) rows = g_steal_pointer (&reader->rows);
  KilterGridBlock *block;

  if (reader->too_large || rows->len == 0 || reader->widest == 0 ||
      rows->len > KILTER_GRID_BLOCK_MAX_CELLS / reader->widest)
    return NULL;

  block = kilter_grid_block_new ((int) rows->len, (int) reader->widest);
  for (guint r = 0; r < rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (rows, r);

      for (guint c = 0; c < row->len; c++)
        kilter_grid_block_take (block, (int) r, (int) c, g_steal_pointer (&row->pdata[c]));
    }
  return block;
}

/* --- separated values ------------------------------------------------------------------------ */

/* One field from @at; gives the place after it. A quoted field may hold separators and line ends.
 */
static const char *
read_field (const char *at, const char *end, char separator, GString *field)
{
  g_string_truncate (field, 0);
  if (at < end && *at == '"')
    {
      for (at++; at < end; at++)
        {
          if (*at != '"')
            g_string_append_c (field, *at);
          else if (at + 1 < end && at[1] == '"')
            g_string_append_c (field, *at++);
          else
            {
              at++;
              break;
            }
        }
    }
  while (at < end && *at != separator && *at != '\n' && *at != '\r')
    g_string_append_c (field, *at++);
  return at;
}

static KilterGridBlock *
read_separated (const char *text, gssize length, char separator)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) field = g_string_new (NULL);
  const char *at, *end;
  Reader reader;

  if (length < 0)
    length = (gssize) strlen (text);
  valid = g_utf8_make_valid (text, length);
  at = valid;
  if (g_str_has_prefix (at, "\357\273\277"))
    at += 3;
  end = valid + strlen (valid);

  reader_init (&reader);
  while (at < end && !reader.too_large)
    {
      reader_begin_row (&reader);
      for (;;)
        {
          at = read_field (at, end, separator, field);
          reader_add (&reader, field->str, field->len);
          if (at == end || *at != separator)
            break;
          at++;
          if (at == end)
            reader_add (&reader, "", 0);
        }
      if (at < end && *at == '\r')
        at++;
      if (at < end && *at == '\n')
        at++;
    }
  return reader_finish (&reader);
}

/* --- HTML ------------------------------------------------------------------------------------ */

static gboolean
is_tag (const char *at, const char *end, const char *name)
{
  gsize length = strlen (name);

  return (gsize) (end - at) > length && g_ascii_strncasecmp (at, name, length) == 0 &&
         !g_ascii_isalnum (at[length]);
}

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp;", "&" },
  { "lt;", "<" },
  { "gt;", ">" },
  { "quot;", "\"" },
  { "apos;", "'" },
  { "nbsp;", "\302\240" },
  { "minus;", "\342\210\222" },
};

static const char *
read_entity (const char *at, const char *end, GString *out)
{
  g_assert (*at == '&');

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if ((gsize) (end - at) > strlen (entities[i].name) &&
        strncmp (at + 1, entities[i].name, strlen (entities[i].name)) == 0)
      {
        g_string_append (out, entities[i].text);
        return at + 1 + strlen (entities[i].name);
      }
  if (end - at > 3 && at[1] == '#')
    {
      gboolean hex = at[2] == 'x' || at[2] == 'X';
      char *stop;
      guint64 code = g_ascii_strtoull (at + (hex ? 3 : 2), &stop, hex ? 16 : 10);

      if (stop < end && *stop == ';' && code > 0 && code <= 0x10ffff &&
          g_unichar_validate ((gunichar) code))
        {
          g_string_append_unichar (out, (gunichar) code);
          return stop + 1;
        }
    }
  g_string_append_c (out, '&');
  return at + 1;
}

static const char *
skip_tag (const char *at, const char *end)
{
  const char *stop;

  if (end - at >= 4 && strncmp (at, "<!--", 4) == 0)
    {
      stop = g_strstr_len (at + 4, end - at - 4, "-->");
      return stop ? stop + 3 : end;
    }
  stop = memchr (at, '>', (gsize) (end - at));
  return stop ? stop + 1 : end;
}

/* Number in an attribute such as colspan="3"; 1 when it is absent or wrong. */
static int
read_span (const char *at, const char *end)
{
  const char *name = g_strstr_len (at, end - at, "colspan");
  gint64 span;

  if (name == NULL)
    return 1;
  for (name += strlen ("colspan"); name < end && !g_ascii_isdigit (*name); name++)
    if (*name != '=' && *name != '"' && *name != '\'' && *name != ' ')
      return 1;
  span = g_ascii_strtoll (name, NULL, 10);
  return (int) CLAMP (span, 1, 1000);
}

static void
end_html_cell (Reader *reader, GString *cell, int *span)
{
  if (*span == 0)
    return;
  g_strstrip (cell->str);
  reader_add (reader, cell->str, strlen (cell->str));
  for (int i = 1; i < *span; i++)
    reader_add (reader, "", 0);
  *span = 0;
}

static KilterGridBlock *
read_html (const char *at, const char *end)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  int span = 0; /* of the open cell; 0: none is open */
  Reader reader;

  reader_init (&reader);
  while (at < end && *at != '\0' && !reader.too_large)
    {
      if (*at == '<')
        {
          const char *after = skip_tag (at, end);

          if (is_tag (at + 1, end, "tr"))
            {
              end_html_cell (&reader, cell, &span);
              reader_begin_row (&reader);
            }
          else if (is_tag (at + 1, end, "td") || is_tag (at + 1, end, "th"))
            {
              end_html_cell (&reader, cell, &span);
              g_string_truncate (cell, 0);
              span = read_span (at, after);
            }
          else if (is_tag (at + 1, end, "/td") || is_tag (at + 1, end, "/th"))
            end_html_cell (&reader, cell, &span);
          else if (is_tag (at + 1, end, "/table"))
            break; /* the first table is what was copied */
          else if (is_tag (at + 1, end, "br") && span > 0)
            g_string_append_c (cell, ' ');
          at = after;
        }
      else if (span == 0)
        at++;
      else if (*at == '&')
        at = read_entity (at, end, cell);
      else
        {
          if (!g_ascii_isspace (*at))
            g_string_append_c (cell, *at);
          else if (cell->len > 0 && cell->str[cell->len - 1] != ' ')
            g_string_append_c (cell, ' ');
          at++;
        }
    }
  end_html_cell (&reader, cell, &span);
  return reader_finish (&reader);
}

/* --- public ---------------------------------------------------------------------------------- */

KilterGridBlock *
kilter_grid_block_new (int n_rows, int n_cols)
{
  KilterGridBlock *block;

  g_return_val_if_fail (n_rows > 0 && n_cols > 0, NULL);

  block = g_new (KilterGridBlock, 1);
  block->n_rows = n_rows;
  block->n_cols = n_cols;
  block->cells = g_new0 (char *, (gsize) n_rows *(gsize) n_cols);
  return block;
}

/**
 * kilter_grid_block_new_from_tsv:
 * @text: lines of fields separated by tabulators, as spreadsheets put them on the clipboard
 * @length: bytes of @text, or −1
 *
 * Bytes that are not UTF-8 are replaced. Rows may be of different lengths.
 *
 * Returns: (nullable): the block, %NULL when there is nothing or far too much
 */
KilterGridBlock *
kilter_grid_block_new_from_tsv (const char *text, gssize length)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_separated (text, length, '\t');
}

KilterGridBlock *
kilter_grid_block_new_from_csv (const char *text, gssize length, char separator)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_separated (text, length, separator);
}

/**
 * kilter_grid_block_new_from_html:
 * @text: HTML that holds a table
 * @length: bytes of @text, or −1
 *
 * Reads the first table. Cells over several columns give one text and empty cells; cells over
 * several rows are not continued.
 *
 * Returns: (nullable): the block, %NULL without a table
 */
KilterGridBlock *
kilter_grid_block_new_from_html (const char *text, gssize length)
{
  g_autofree char *valid = NULL;
  const char *at, *end;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  valid = g_utf8_make_valid (text, length);
  end = valid + strlen (valid);
  for (at = valid; at < end; at++)
    if (*at == '<' && is_tag (at + 1, end, "table"))
      return read_html (skip_tag (at, end), end);
  return NULL;
}

/* How many of the lines hold @separator the same number of times, at least once. */
static gboolean
is_regular (const char *text, const char *end, char separator)
{
  int expected = 0, count = 0, lines = 0;
  gboolean quoted = FALSE;

  for (; text <= end; text++)
    {
      if (text == end || (*text == '\n' && !quoted))
        {
          if (count > 0 || text < end)
            {
              if (lines++ == 0)
                expected = count;
              else if (count != expected)
                return FALSE;
            }
          count = 0;
        }
      else if (*text == '"')
        quoted = !quoted;
      else if (*text == separator && !quoted)
        count++;
    }
  return lines > 0 && expected > 0;
}

/**
 * kilter_grid_block_new_from_text:
 * @text: plain text of unknown kind
 * @length: bytes of @text, or −1
 *
 * Tabulators win; then semicolons; a comma separates only where lines agree and more than one line
 * or a quote says so, since a single "1,234" is a number in most locales.
 *
 * Returns: (nullable): the block
 */
KilterGridBlock *
kilter_grid_block_new_from_text (const char *text, gssize length)
{
  const char *end;
  gboolean several;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  end = text + length;
  if (memchr (text, '\t', (gsize) length))
    return kilter_grid_block_new_from_tsv (text, length);
  if (is_regular (text, end, ';'))
    return kilter_grid_block_new_from_csv (text, length, ';');
  several = memchr (text, '"', (gsize) length) ||
            (length > 1 && memchr (text, '\n', (gsize) length - 1));
  if (several && is_regular (text, end, ','))
    return kilter_grid_block_new_from_csv (text, length, ',');
  return kilter_grid_block_new_from_tsv (text, length);
}

void
kilter_grid_block_free (KilterGridBlock *block)
{
  if (block == NULL)
    return;
  for (gsize i = 0; i < (gsize) block->n_rows * (gsize) block->n_cols; i++)
    g_free (block->cells[i]);
  g_free (block->cells);
  g_free (block);
}

int
kilter_grid_block_get_n_rows (const KilterGridBlock *block)
{
  g_return_val_if_fail (block != NULL, 0);

  return block->n_rows;
}

int
kilter_grid_block_get_n_cols (const KilterGridBlock *block)
{
  g_return_val_if_fail (block != NULL, 0);

  return block->n_cols;
}

static char **
cell_at (const KilterGridBlock *block, int row, int col)
{
  return &block->cells[(gsize) row * (gsize) block->n_cols + (gsize) col];
}

/**
 * kilter_grid_block_get:
 *
 * Returns: the text of a cell, "" when it is empty
 */
const char *
kilter_grid_block_get (const KilterGridBlock *block, int row, int col)
{
  const char *text;

  g_return_val_if_fail (block != NULL, "");
  g_return_val_if_fail (row >= 0 && row < block->n_rows && col >= 0 && col < block->n_cols, "");

  text = *cell_at (block, row, col);
  return text ? text : "";
}

void
kilter_grid_block_set (KilterGridBlock *block, int row, int col, const char *text)
{
  kilter_grid_block_take (block, row, col, g_strdup (text));
}

/* As kilter_grid_block_set(), but the block owns @text from now on. */
void
kilter_grid_block_take (KilterGridBlock *block, int row, int col, char *text)
{
  char **cell;

  g_return_if_fail (block != NULL);
  g_return_if_fail (row >= 0 && row < block->n_rows && col >= 0 && col < block->n_cols);

  cell = cell_at (block, row, col);
  g_free (*cell);
  *cell = text;
}

/**
 * kilter_grid_block_to_tsv:
 *
 * Fields with a tabulator, quote or line end are quoted; lines end with a line feed.
 */
char *
kilter_grid_block_to_tsv (const KilterGridBlock *block)
{
  GString *out;

  g_return_val_if_fail (block != NULL, NULL);

  out = g_string_new (NULL);
  for (int r = 0; r < block->n_rows; r++)
    for (int c = 0; c < block->n_cols; c++)
      {
        const char *text = kilter_grid_block_get (block, r, c);

        if (strpbrk (text, "\t\n\r\""))
          {
            g_string_append_c (out, '"');
            for (; *text; text++)
              {
                if (*text == '"')
                  g_string_append_c (out, '"');
                g_string_append_c (out, *text);
              }
            g_string_append_c (out, '"');
          }
        else
          g_string_append (out, text);
        g_string_append_c (out, c + 1 < block->n_cols ? '\t' : '\n');
      }
  return g_string_free_and_steal (out);
}

/**
 * kilter_grid_block_to_html:
 * @block: a block
 * @n_header_rows: how many of the first rows are headers
 * @n_header_cols: how many of the first columns are headers
 */
char *
kilter_grid_block_to_html (const KilterGridBlock *block, int n_header_rows, int n_header_cols)
{
  GString *out;

  g_return_val_if_fail (block != NULL, NULL);

  out = g_string_new ("<meta charset=\"utf-8\"><table>\n");
  for (int r = 0; r < block->n_rows; r++)
    {
      g_string_append (out, "<tr>");
      for (int c = 0; c < block->n_cols; c++)
        {
          const char *tag = r < n_header_rows || c < n_header_cols ? "th" : "td";
          g_autofree char *text = g_markup_escape_text (kilter_grid_block_get (block, r, c), -1);

          g_string_append_printf (out, "<%s>%s</%s>", tag, text, tag);
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</table>\n");
  return g_string_free_and_steal (out);
}
