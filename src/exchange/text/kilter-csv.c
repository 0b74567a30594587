/* kilter-csv.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-csv.h"

#include <string.h>

struct _KilterCsv
{
  const char *at;
  const char *end;
  char separator;
  guint line;        /* of @at */
  guint bad_line;    /* where the trouble began */
  guchar stops[256]; /* bytes that end a plain field */
  GArray *fields;    /* KilterCsvField; text is NULL where it stands in scratch */
  GArray *offsets;   /* gsize, into scratch, for those */
  GString *scratch;  /* fields that had to be put together */
};

/**
 * kilter_csv_new:
 * @text: (array length=length): UTF-8, must outlive the parser
 * @separator: what separates the fields: comma, semicolon, tab, bar …
 *
 * Reads rows of delimited text as in RFC 4180, and what programs write beyond it: CR, LF and CRLF
 * (also mixed), text behind a closing quote, quotes inside plain fields, a first line "sep=;".
 */
KilterCsv *
kilter_csv_new (const char *text, gsize length, char separator)
{
  KilterCsv *self = g_new0 (KilterCsv, 1);

  self->at = text;
  self->end = text + length;
  self->separator = separator;
  self->line = 1;
  self->stops[(guchar) separator] = 1;
  self->stops['\n'] = 1;
  self->stops['\r'] = 1;
  self->fields = g_array_new (FALSE, FALSE, sizeof (KilterCsvField));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->scratch = g_string_new (NULL);

  /* spreadsheets' own hint */
  if (length >= 6 && g_ascii_strncasecmp (text, "sep=", 4) == 0 &&
      (text[5] == '\r' || text[5] == '\n'))
    {
      self->at += text[5] == '\r' && length > 6 && text[6] == '\n' ? 7 : 6;
      self->line = 2;
    }
  return self;
}

void
kilter_csv_free (KilterCsv *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->fields);
  g_array_unref (self->offsets);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

static void
add_field (KilterCsv *self, const char *text, gsize length, gsize offset, gboolean quoted)
{
  KilterCsvField field = { text, length, quoted };

  g_array_append_val (self->fields, field);
  g_array_append_val (self->offsets, offset);
}

/* @at stands behind an opening quote. */
static KilterCsvStatus
read_quoted (KilterCsv *self)
{
  const char *start = self->at;
  const char *from = start; /* what is not yet in scratch */
  gsize offset = self->scratch->len;
  guint opened = self->line;
  gboolean in_scratch = FALSE;
  const char *close;

  for (;;)
    {
      const char *at = self->at;

      while (at < self->end && *at != '"')
        {
          if (*at == '\n' || (*at == '\r' && (at + 1 == self->end || at[1] != '\n')))
            self->line++;
          at++;
          if (at - start > KILTER_CSV_MAX_FIELD)
            {
              self->bad_line = opened;
              return self->line - opened > 20 ? KILTER_CSV_UNCLOSED_QUOTE
                                              : KILTER_CSV_FIELD_TOO_LONG;
            }
        }
      if (at == self->end)
        {
          self->bad_line = opened;
          return KILTER_CSV_UNCLOSED_QUOTE;
        }
      if (at + 1 < self->end && at[1] == '"')
        {
          g_string_append_len (self->scratch, from, at + 1 - from);
          in_scratch = TRUE;
          self->at = from = at + 2;
          continue;
        }
      close = at;
      self->at = at + 1;
      break;
    }

  if (self->at < self->end && !self->stops[(guchar) *self->at])
    {
      const char *rest = self->at;

      /* a field over several lines that ends in the middle of a word was never closed */
      if (self->line != opened)
        {
          self->bad_line = opened;
          return KILTER_CSV_UNCLOSED_QUOTE;
        }
      while (self->at < self->end && !self->stops[(guchar) *self->at])
        self->at++;
      g_string_append_len (self->scratch, from, close - from);
      g_string_append_len (self->scratch, rest, self->at - rest);
      in_scratch = TRUE;
      from = close;
    }
  if (in_scratch)
    {
      g_string_append_len (self->scratch, from, close - from);
      add_field (self, NULL, self->scratch->len - offset, offset, TRUE);
    }
  else
    add_field (self, start, (gsize) (close - start), 0, TRUE);
  return KILTER_CSV_OK;
}

/* Fields in scratch move while it grows; they are looked up when the row is complete. */
static void
resolve_fields (KilterCsv *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      KilterCsvField *field = &g_array_index (self->fields, KilterCsvField, i);

      if (field->text == NULL)
        field->text = self->scratch->str + g_array_index (self->offsets, gsize, i);
    }
}

/**
 * kilter_csv_next:
 * @out_row: (out caller-allocates): valid until the next call
 *
 * Returns: %KILTER_CSV_OK with a row, %KILTER_CSV_END, or what is wrong; then
 *   kilter_csv_get_line() tells where it begins, and reading cannot go on
 */
KilterCsvStatus
kilter_csv_next (KilterCsv *self, KilterCsvRow *out_row)
{
  const char *row_start = self->at;
  guint row_line = self->line;

  g_array_set_size (self->fields, 0);
  g_array_set_size (self->offsets, 0);
  g_string_truncate (self->scratch, 0);
  if (self->at >= self->end)
    return KILTER_CSV_END;

  for (;;)
    {
      if (self->at < self->end && *self->at == '"')
        {
          KilterCsvStatus status;

          self->at++;
          status = read_quoted (self);
          if (status != KILTER_CSV_OK)
            return status;
        }
      else
        {
          const char *start = self->at;
          const char *limit = self->end - start > KILTER_CSV_MAX_FIELD
                                ? start + KILTER_CSV_MAX_FIELD
                                : self->end;
          const char *at = start;

          while (at < limit && !self->stops[(guchar) *at])
            at++;
          if (at == limit && limit != self->end && !self->stops[(guchar) *at])
            {
              self->bad_line = self->line;
              return KILTER_CSV_FIELD_TOO_LONG;
            }
          add_field (self, start, (gsize) (at - start), 0, FALSE);
          self->at = at;
        }
      if (self->fields->len > KILTER_CSV_MAX_FIELDS || self->at - row_start > KILTER_CSV_MAX_LINE)
        {
          self->bad_line = row_line;
          return self->fields->len > KILTER_CSV_MAX_FIELDS ? KILTER_CSV_TOO_MANY_FIELDS
                                                           : KILTER_CSV_LINE_TOO_LONG;
        }
      if (self->at < self->end && *self->at == self->separator)
        {
          self->at++;
          continue;
        }
      break;
    }

  if (self->at < self->end)
    {
      if (*self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n')
        self->at++;
      self->at++;
      self->line++;
    }
  resolve_fields (self);
  out_row->line = row_line;
  out_row->n_fields = self->fields->len;
  out_row->fields = &g_array_index (self->fields, KilterCsvField, 0);
  return KILTER_CSV_OK;
}

/**
 * kilter_csv_get_line:
 *
 * Returns: the line at which the last trouble began: where the quote was opened, the field or the
 *   row starts
 */
guint
kilter_csv_get_line (const KilterCsv *self)
{
  return self->bad_line != 0 ? self->bad_line : self->line;
}

/**
 * kilter_csv_guess_separator:
 *
 * The separator with which the first hundred rows agree best on their number of fields.
 *
 * Returns: ',', ';', '\t' or '|'
 */
char
kilter_csv_guess_separator (const char *text, gsize length)
{
  static const char separators[] = { ',', ';', '\t', '|' };
  double best_score = 0;
  char best = ',';

  if (length >= 6 && g_ascii_strncasecmp (text, "sep=", 4) == 0 &&
      (text[5] == '\r' || text[5] == '\n'))
    return text[4];

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      g_autoptr (KilterCsv) csv = kilter_csv_new (text, length, separators[i]);
      guint counts[101];
      guint n = 0, mode = 1, agree = 0;
      KilterCsvRow row;
      double score;

      while (n < G_N_ELEMENTS (counts) && kilter_csv_next (csv, &row) == KILTER_CSV_OK)
        if (row.n_fields > 1 || row.fields[0].length > 0)
          counts[n++] = row.n_fields;
      for (guint a = 0; a < n; a++)
        {
          guint same = 0;

          for (guint b = 0; b < n; b++)
            same += counts[a] == counts[b];
          if (counts[a] > 1 && same > agree)
            {
              mode = counts[a];
              agree = same;
            }
        }
      if (agree == 0)
        continue;
      score = (double) agree / n + (counts[0] == mode ? 0.5 : 0) + MIN (mode, 20) / 100.0;
      if (score > best_score)
        {
          best_score = score;
          best = separators[i];
        }
    }
  return best;
}
