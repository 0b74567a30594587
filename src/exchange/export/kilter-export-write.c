/* kilter-export-write.c: tables as files, whatever the locale
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-export.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

/* Written in pieces of about this size. */
#define CHUNK 65536

/* Text that a spreadsheet would take for a formula (CWE-1236): by its first character, also in the
 * full-width forms that some programs treat alike. */
static gboolean
looks_like_formula (const char *text)
{
  static const char *const starts[] = {
    "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  return FALSE;
}

/**
 * kilter_csv_append_text:
 *
 * Appends a text as a field of CSV. Text that a spreadsheet would run as a formula gets an
 * apostrophe in front, so that it is shown; numbers are never altered (see
 * kilter_csv_append_number()).
 */
void
kilter_csv_append_text (GString *out, const char *text)
{
  gboolean formula;

  if (text == NULL || *text == '\0')
    return;
  formula = looks_like_formula (text);
  if (!formula && strpbrk (text, ",\"\r\n;\t") == NULL && *text != ' ' &&
      text[strlen (text) - 1] != ' ')
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  if (formula)
    g_string_append_c (out, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

/**
 * kilter_csv_append_number:
 *
 * Appends the shortest text that reads back as the same number; nothing when it is missing.
 */
void
kilter_csv_append_number (GString *out, double value)
{
  g_autofree char *text = kilter_number_to_c (value);

  g_string_append (out, text);
}

static gboolean
flush (GString *buffer,
       gboolean all,
       GOutputStream *output,
       GCancellable *cancellable,
       GError **error)
{
  if (!all && buffer->len < CHUNK)
    return TRUE;
  if (!g_output_stream_write_all (output, buffer->str, buffer->len, NULL, cancellable, error))
    return FALSE;
  g_string_truncate (buffer, 0);
  return TRUE;
}

/**
 * kilter_export_write_csv:
 *
 * Writes RFC 4180 in UTF-8: commas, points, line feeds, headings first.
 */
gboolean
kilter_export_write_csv (const KilterExportTable *table,
                         GOutputStream *output,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GString) buffer = g_string_new (NULL);

  for (guint i = 0; i < table->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (buffer, ',');
      kilter_csv_append_text (buffer, table->headings[i]);
    }
  g_string_append_c (buffer, '\n');
  for (guint r = 0; r < table->rows->len; r++)
    {
      const KilterExportCell *cells = table->rows->pdata[r];

      for (guint i = 0; i < table->n_columns; i++)
        {
          if (i > 0)
            g_string_append_c (buffer, ',');
          if (cells[i].text != NULL)
            kilter_csv_append_text (buffer, cells[i].text);
          else
            kilter_csv_append_number (buffer, cells[i].number);
        }
      g_string_append_c (buffer, '\n');
      if (!flush (buffer, FALSE, output, cancellable, error))
        return FALSE;
    }
  return flush (buffer, TRUE, output, cancellable, error);
}

static void
append_json_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    switch (*at)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *at);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar) *at < 0x20)
          g_string_append_printf (out, "\\u%04x", (guchar) *at);
        else
          g_string_append_c (out, *at);
      }
  g_string_append_c (out, '"');
}

/**
 * kilter_export_write_json:
 *
 * Writes an array of objects, one a row, with the headings as names; what is missing is null.
 */
gboolean
kilter_export_write_json (const KilterExportTable *table,
                          GOutputStream *output,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) buffer = g_string_new ("[");

  for (guint r = 0; r < table->rows->len; r++)
    {
      const KilterExportCell *cells = table->rows->pdata[r];

      g_string_append (buffer, r == 0 ? "\n  {" : ",\n  {");
      for (guint i = 0; i < table->n_columns; i++)
        {
          if (i > 0)
            g_string_append (buffer, ", ");
          append_json_text (buffer, table->headings[i]);
          g_string_append (buffer, ": ");
          if (cells[i].text != NULL)
            append_json_text (buffer, cells[i].text);
          else if (isfinite (cells[i].number))
            kilter_csv_append_number (buffer, cells[i].number);
          else
            g_string_append (buffer, "null");
        }
      g_string_append_c (buffer, '}');
      if (!flush (buffer, FALSE, output, cancellable, error))
        return FALSE;
    }
  g_string_append (buffer, table->rows->len == 0 ? "]\n" : "\n]\n");
  return flush (buffer, TRUE, output, cancellable, error);
}

/**
 * kilter_export_format_from_name:
 *
 * Returns: whether the name ends like that of a file which can be written
 */
gboolean
kilter_export_format_from_name (const char *file_name, KilterExportFormat *out_format)
{
  static const struct
  {
    const char *suffix;
    KilterExportFormat format;
  } formats[] = {
    { ".csv", KILTER_EXPORT_CSV },
    { ".json", KILTER_EXPORT_JSON },
    { ".xlsx", KILTER_EXPORT_XLSX },
    { ".ods", KILTER_EXPORT_ODS },
  };
  g_autofree char *lower = g_ascii_strdown (file_name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      {
        *out_format = formats[i].format;
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_export_write:
 * @title: of the sheet, where the form has one
 *
 * Writes the same values in any form.
 */
gboolean
kilter_export_write (const KilterExportTable *table,
                     KilterExportFormat format,
                     const char *title,
                     GOutputStream *output,
                     GCancellable *cancellable,
                     GError **error)
{
  switch (format)
    {
    case KILTER_EXPORT_JSON:
      return kilter_export_write_json (table, output, cancellable, error);
    case KILTER_EXPORT_XLSX:
      return kilter_export_write_xlsx (table, title, output, cancellable, error);
    case KILTER_EXPORT_ODS:
      return kilter_export_write_ods (table, title, output, cancellable, error);
    case KILTER_EXPORT_CSV:
    default:
      return kilter_export_write_csv (table, output, cancellable, error);
    }
}

/**
 * kilter_export_write_file:
 *
 * Replaces a file as a whole, or leaves it as it was.
 */
gboolean
kilter_export_write_file (const KilterExportTable *table,
                          KilterExportFormat format,
                          const char *title,
                          GFile *file,
                          GError **error)
{
  g_autoptr (GFileOutputStream)
    output = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  g_autoptr (GCancellable) cancelled = NULL;

  if (output == NULL)
    return FALSE;
  if (kilter_export_write (table, format, title, G_OUTPUT_STREAM (output), NULL, error))
    return g_output_stream_close (G_OUTPUT_STREAM (output), NULL, error);
  /* so that the half-written file does not take the place of the old one */
  cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (output), cancelled, NULL);
  return FALSE;
}
