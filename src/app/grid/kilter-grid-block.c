/* kilter-grid-block.c: a rectangle of texts, read from and written to clipboard formats.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read comes from other programs: it may be damaged, cut, huge or in no known encoding.
 * Every reader stops at KILTER_GRID_BLOCK_MAX_CELLS and gives NULL then. */
#include "app/grid/kilter-grid-block.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

struct _KilterGridBlock
{
  int n_rows;
  int n_cols;
  char **cells; /* row by row; NULL is the empty text */
  gboolean has_values;
};

/* Rows of different lengths while a text is read. */
typedef struct
{
  GPtrArray *rows; /* of GPtrArray of char* */
  GPtrArray *row;
  gsize n_cells;
  gsize widest;
  gboolean too_large;
  gboolean has_values;
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
  block->has_values = reader->has_values;
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

/* The text of an attribute of the tag between @at and @end; NULL when it has none of that name. */
static char *
read_attribute (const char *at, const char *end, const char *name)
{
  gsize length = strlen (name);

  for (at = g_strstr_len (at, end - at, name); at; at = g_strstr_len (at, end - at, name))
    {
      gboolean begins = g_ascii_isspace (at[-1]);
      char quote;
      const char *stop;

      at += length;
      while (at < end && *at == ' ')
        at++;
      if (!begins || at >= end || *at != '=')
        continue;
      for (at++; at < end && *at == ' ';)
        at++;
      quote = at < end && (*at == '"' || *at == '\'') ? *at++ : '\0';
      for (stop = at; stop < end && *stop != '>' && (quote ? *stop != quote : *stop != ' ');)
        stop++;
      return g_strndup (at, (gsize) (stop - at));
    }
  return NULL;
}

/* Over how many columns a cell goes; 1 when that is absent or wrong. */
static int
read_span (const char *at, const char *end)
{
  g_autofree char *span = read_attribute (at, end, "colspan");

  return span ? (int) CLAMP (g_ascii_strtoll (span, NULL, 10), 1, 1000) : 1;
}

/* Whether a number format of a spreadsheet is one of dates or times. */
static gboolean
is_date_format (const char *format)
{
  gboolean quoted = FALSE;

  for (; *format; format++)
    if (*format == '"')
      quoted = !quoted;
    else if (*format == '[') /* a colour, a currency, a condition */
      format += strcspn (format, "]") - (strchr (format, ']') ? 0 : 1);
    else if (!quoted && strchr ("YyMmDdHhSs", *format) != NULL)
      return TRUE;
  return FALSE;
}

/* LibreOffice says next to the text of a cell, which is rounded and in the words of a language,
 * what number it is. */
static double
read_value (const char *at, const char *end)
{
  g_autofree char *text = read_attribute (at, end, "sdval");
  g_autofree char *format = read_attribute (at, end, "sdnum");
  double value;

  if (text == NULL || !kilter_number_from_c (text, &value) ||
      (format != NULL && is_date_format (format)))
    return NAN;
  return value;
}

typedef struct
{
  GString *text;
  double value; /* NaN: what it is called is all that is known */
  int span;     /* 0: none is open */
} HtmlCell;

static void
end_html_cell (Reader *reader, HtmlCell *cell)
{
  if (cell->span == 0)
    return;
  g_strstrip (cell->text->str);
  if (!isnan (cell->value))
    {
      gboolean percent = g_str_has_suffix (cell->text->str, "%");
      g_autofree char *number = kilter_number_to_edit (cell->value * (percent ? 100 : 1));

      g_string_assign (cell->text, number);
      if (percent)
        g_string_append_c (cell->text, '%');
      reader->has_values = TRUE;
    }
  reader_add (reader, cell->text->str, strlen (cell->text->str));
  for (int i = 1; i < cell->span; i++)
    reader_add (reader, "", 0);
  cell->span = 0;
}

static KilterGridBlock *
read_html (const char *at, const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HtmlCell cell = { text, NAN, 0 };
  Reader reader;

  reader_init (&reader);
  while (at < end && *at != '\0' && !reader.too_large)
    {
      if (*at == '<')
        {
          const char *after = skip_tag (at, end);

          if (is_tag (at + 1, end, "tr"))
            {
              end_html_cell (&reader, &cell);
              reader_begin_row (&reader);
            }
          else if (is_tag (at + 1, end, "td") || is_tag (at + 1, end, "th"))
            {
              end_html_cell (&reader, &cell);
              g_string_truncate (text, 0);
              cell.span = read_span (at, after);
              cell.value = read_value (at, after);
            }
          else if (is_tag (at + 1, end, "/td") || is_tag (at + 1, end, "/th"))
            end_html_cell (&reader, &cell);
          else if (is_tag (at + 1, end, "/table"))
            break; /* the first table is what was copied */
          else if (is_tag (at + 1, end, "br") && cell.span > 0)
            g_string_append_c (text, ' ');
          at = after;
        }
      else if (cell.span == 0)
        at++;
      else if (*at == '&')
        at = read_entity (at, end, text);
      else
        {
          if (!g_ascii_isspace (*at))
            g_string_append_c (text, *at);
          else if (text->len > 0 && text->str[text->len - 1] != ' ')
            g_string_append_c (text, ' ');
          at++;
        }
    }
  end_html_cell (&reader, &cell);
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
 * several rows are not continued. A number that a spreadsheet names beside the text of its cell is
 * taken with all its digits, written as one types it in this locale.
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
 * kilter_grid_block_has_values:
 *
 * Returns: whether numbers are what a spreadsheet holds, not what it shows
 */
gboolean
kilter_grid_block_has_values (const KilterGridBlock *block)
{
  g_return_val_if_fail (block != NULL, FALSE);

  return block->has_values;
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

/* The number that a text is, for programs; a text that only looks like one is none. */
static void
append_value (GString *out, const char *text)
{
  gboolean percent = g_str_has_suffix (text, "%");
  g_autofree char *digits = g_strndup (text, strlen (text) - (percent ? 1 : 0));
  g_autofree char *typed = NULL;
  g_autofree char *number = NULL;
  double value;

  if (*digits == '\0' || !kilter_number_parse (digits, &value))
    return;
  typed = kilter_number_to_edit (value);
  if (strcmp (typed, digits) != 0)
    return;
  number = kilter_number_to_c (percent ? value / 100 : value);
  g_string_append_printf (out, " sdval=\"%s\"%s", number,
                          percent ? " sdnum=\"1033;1033;0.0%\"" : "");
}

/**
 * kilter_grid_block_to_html:
 * @block: a block
 * @n_header_rows: how many of the first rows are headers
 * @n_header_cols: how many of the first columns are headers
 *
 * Numbers stand in an attribute, too, as spreadsheets understand them in every locale.
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
          gboolean is_header = r < n_header_rows || c < n_header_cols;
          const char *tag = is_header ? "th" : "td";
          const char *text = kilter_grid_block_get (block, r, c);
          g_autofree char *escaped = g_markup_escape_text (text, -1);

          g_string_append_printf (out, "<%s", tag);
          if (!is_header)
            append_value (out, text);
          g_string_append_printf (out, ">%s</%s>", escaped, tag);
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</table>\n");
  return g_string_free_and_steal (out);
}
