/* kilter-cli-output.c: tables to standard output or a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "base/kilter-number.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

gboolean
kilter_cli_format_from_string (const char *text, KilterFormat *out_format)
{
  static const char *const names[] = { "text", "csv", "json" };

  if (text == NULL)
    {
      *out_format = KILTER_FORMAT_TEXT;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        *out_format = i;
        return TRUE;
      }
  kilter_cli_usage (_ ("“%s” is no format; there are text, csv and json."), text);
  return FALSE;
}

/* Columns as wide as a terminal shows them: Chinese takes two places a character. */
static int
get_width (const char *text)
{
  int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* Four significant digits behind the point are enough to look at; files have all of them. */
static char *
format_cell (const KilterExportCell *cell)
{
  char buffer[64];

  if (cell->text != NULL)
    {
      char *text = g_strdup (cell->text);

      for (char *at = text; *at != '\0'; at++)
        if (*at == '\n' || *at == '\r' || *at == '\t')
          *at = ' ';
      return text;
    }
  if (!isfinite (cell->number))
    return g_strdup ("");
  if (cell->number == floor (cell->number) && fabs (cell->number) < 1e15)
    g_ascii_formatd (buffer, sizeof buffer, "%.0f", cell->number);
  else if (fabs (cell->number) >= 1000)
    g_ascii_formatd (buffer, sizeof buffer, "%.1f", cell->number);
  else
    g_ascii_formatd (buffer, sizeof buffer, "%.4g", cell->number);
  return g_strdup (buffer);
}

static void
append_padded (GString *out, const char *text, int width, gboolean right)
{
  int missing = width - get_width (text);

  for (int i = 0; right && i < missing; i++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
  for (int i = 0; !right && i < missing; i++)
    g_string_append_c (out, ' ');
}

static gboolean
write_text (const KilterExportTable *table, GOutputStream *output, GError **error)
{
  g_autofree int *widths = g_new0 (int, MAX (table->n_columns, 1));
  g_autofree gboolean *numeric = g_new0 (gboolean, MAX (table->n_columns, 1));
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < table->n_columns; i++)
    {
      widths[i] = get_width (table->headings[i]);
      numeric[i] = TRUE;
    }
  for (guint r = 0; r < table->rows->len; r++)
    for (guint i = 0; i < table->n_columns; i++)
      {
        const KilterExportCell *cell = &((KilterExportCell *) table->rows->pdata[r])[i];
        char *text = format_cell (cell);

        numeric[i] &= cell->text == NULL;
        widths[i] = MAX (widths[i], get_width (text));
        g_ptr_array_add (cells, text);
      }
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (i > 0)
        g_string_append (out, "  ");
      append_padded (out, table->headings[i],
                     i + 1 < table->n_columns || numeric[i] ? widths[i] : 0, numeric[i]);
    }
  g_string_append_c (out, '\n');
  for (guint r = 0; r < table->rows->len; r++)
    {
      for (guint i = 0; i < table->n_columns; i++)
        {
          if (i > 0)
            g_string_append (out, "  ");
          append_padded (out, cells->pdata[r * table->n_columns + i],
                         i + 1 < table->n_columns || numeric[i] ? widths[i] : 0, numeric[i]);
        }
      g_string_append_c (out, '\n');
    }
  return g_output_stream_write_all (output, out->str, out->len, NULL, NULL, error);
}

/* Whoever reads our output may have seen enough. */
static int
end_output (GOutputStream *output, gboolean done, GError **error)
{
  if (done)
    done = g_output_stream_close (output, NULL, error);
  if (done || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return KILTER_EXIT_DONE;
  return kilter_cli_fail (*error, NULL);
}

/**
 * kilter_cli_export_table:
 * @title: of the sheet, where the form has one
 * @path: (nullable): a file, replaced as a whole; %NULL for standard output
 *
 * Returns: the exit status
 */
int
kilter_cli_export_table (const KilterExportTable *table,
                         KilterExportFormat format,
                         const char *title,
                         const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) output = NULL;

  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      return kilter_export_write_file (table, format, title, file, &error)
               ? KILTER_EXIT_DONE
               : kilter_cli_fail (error, path);
    }
  fflush (stdout);
  output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return end_output (output, kilter_export_write (table, format, title, output, NULL, &error),
                     &error);
}

/**
 * kilter_cli_write_table:
 *
 * Writes to standard output, numbers with a point and all their digits (as text: rounded to look
 * at), whatever the locale.
 *
 * Returns: the exit status
 */
int
kilter_cli_write_table (const KilterExportTable *table, KilterFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) output = NULL;

  if (format == KILTER_FORMAT_CSV)
    return kilter_cli_export_table (table, KILTER_EXPORT_CSV, NULL, NULL);
  if (format == KILTER_FORMAT_JSON)
    return kilter_cli_export_table (table, KILTER_EXPORT_JSON, NULL, NULL);
  fflush (stdout);
  output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return end_output (output, write_text (table, output, &error), &error);
}

/**
 * kilter_cli_write_new_file:
 *
 * Writes a file that only its owner can read; never over another one.
 *
 * Returns: the exit status
 */
int
kilter_cli_write_new_file (const char *path, GBytes *bytes)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileOutputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  output = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &error);
  if (output == NULL ||
      !g_output_stream_write_all (G_OUTPUT_STREAM (output), data, size, NULL, NULL, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (output), NULL, &error))
    return kilter_cli_fail (error, path);
  return KILTER_EXIT_DONE;
}
