/* kilter-import-read.c: files to clean rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include "exchange/text/kilter-csv.h"
#include "exchange/spreadsheet/kilter-workbook.h"

#include <string.h>

G_DEFINE_QUARK (kilter - exchange - error - quark, kilter_exchange_error)

/**
 * kilter_import_refuse_error:
 *
 * Makes an error whose message is that of kilter_import_message_text().
 */
void
kilter_import_refuse_error (GError **error,
                            KilterImportCode code,
                            guint row,
                            const char *value,
                            const char *other,
                            guint64 number)
{
  KilterImportMessage message = { code, row, -1, (char *) value, (char *) other, number };
  g_autofree char *text = kilter_import_message_text (&message);

  g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, text);
}

/* What the file is, whatever its name says. */
static gboolean
check_content (const guchar *data, gsize length, const char *name, GError **error)
{
  gsize at = 0;

  if (length >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    at = 3;
  while (at < length && at < 1024 && g_ascii_isspace (data[at]))
    at++;
  if (length - at >= 6 && (g_ascii_strncasecmp ((const char *) data + at, "<html", 5) == 0 ||
                           g_ascii_strncasecmp ((const char *) data + at, "<!doct", 6) == 0 ||
                           g_ascii_strncasecmp ((const char *) data + at, "<table", 6) == 0))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_HTML, 0, name, NULL, 0);
      return FALSE;
    }
  if (length - at >= 6 && g_ascii_strncasecmp ((const char *) data + at, "<?xml", 5) == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_XML, 0, name, NULL, 0);
      return FALSE;
    }
  if (length >= 4 && (memcmp (data, "%PDF", 4) == 0 || memcmp (data, "\037\213", 2) == 0 ||
                      memcmp (data, "\211PNG", 4) == 0 || memcmp (data, "SQLi", 4) == 0 ||
                      memcmp (data, "\177ELF", 4) == 0 || memcmp (data, "7z\274\257", 4) == 0))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_BINARY, 0, name, NULL, 0);
      return FALSE;
    }
  return TRUE;
}

/* Control characters that no text has: the file is something else. */
static gboolean
is_binary (const char *data, gsize length)
{
  gsize n = MIN (length, 65536), odd = 0;

  for (gsize i = 0; i < n; i++)
    odd += (guchar) data[i] < 9 || ((guchar) data[i] > 13 && (guchar) data[i] < 32) ||
           data[i] == 127;
  return odd * 10 > n;
}

static gboolean
refuse_csv (const KilterCsv *csv, KilterCsvStatus status, const char *name, GError **error)
{
  guint line = kilter_csv_get_line (csv);

  switch (status)
    {
    case KILTER_CSV_UNCLOSED_QUOTE:
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_QUOTE, line, name, NULL, 0);
      break;
    case KILTER_CSV_LINE_TOO_LONG:
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_LINE, line, name, NULL,
                                  KILTER_CSV_MAX_LINE / 1024 / 1024);
      break;
    case KILTER_CSV_FIELD_TOO_LONG:
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_FIELD, line, name, NULL,
                                  KILTER_CSV_MAX_FIELD);
      break;
    case KILTER_CSV_TOO_MANY_FIELDS:
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_COLUMNS, line, name, NULL,
                                  KILTER_CSV_MAX_FIELDS);
      break;
    case KILTER_CSV_OK:
    case KILTER_CSV_END:
    default:
      return TRUE;
    }
  return FALSE;
}

/* The apostrophe that kilter_csv_append_text() puts before text that a spreadsheet would run. */
static gboolean
is_guarded (const KilterCsvField *field)
{
  return field->quoted && field->length >= 2 && field->text[0] == '\'' &&
         (strchr ("=+-@\t\r", field->text[1]) != NULL ||
          (field->length >= 4 && memcmp (field->text + 1, "\357\274", 2) == 0));
}

static KilterSheet *
read_rows (const KilterText *text, char separator, const char *name, KilterJob *job, GError **error)
{
  g_autoptr (KilterCsv) csv = kilter_csv_new (text->data, text->length, separator);
  g_autoptr (KilterSheet) sheet = kilter_sheet_new (name);
  KilterCsvStatus status;
  KilterCsvRow row;
  guint n = 0;

  while ((status = kilter_csv_next (csv, &row)) == KILTER_CSV_OK)
    {
      kilter_sheet_begin_row (sheet, row.line);
      for (guint i = 0; i < row.n_fields; i++)
        {
          const KilterCsvField *field = &row.fields[i];
          gsize skip = is_guarded (field) ? 1 : 0;

          kilter_sheet_add_cell (sheet, field->text + skip, field->length - skip,
                                 field->quoted ? KILTER_CELL_QUOTED : 0);
        }
      if (!kilter_sheet_end_row (sheet))
        {
          kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ROWS, 0, name, NULL,
                                      KILTER_SHEET_MAX_ROWS);
          return NULL;
        }
      if (++n % 4096 == 0 && job != NULL)
        {
          kilter_job_advance (job, 4096);
          if (kilter_job_is_cancelled (job))
            {
              g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
              return NULL;
            }
        }
    }
  if (!refuse_csv (csv, status, name, error))
    return NULL;
  return g_steal_pointer (&sheet);
}

static void
free_sheet_name (gpointer data)
{
  KilterSheetName *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

/**
 * kilter_import_file_new:
 *
 * Returns: (transfer full): a file without rows, for readers to fill
 */
KilterImportFile *
kilter_import_file_new (const char *name)
{
  KilterImportFile *self = g_atomic_rc_box_new0 (KilterImportFile);

  self->name = g_strdup (name);
  self->sheets = g_ptr_array_new_with_free_func (free_sheet_name);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_import_message_free);
  return self;
}

/**
 * kilter_import_read_bytes:
 * @name: of the file, for messages
 * @job: (nullable): to cancel
 *
 * Reads delimited text or a workbook, whatever the name says. Encoding, separator and sheet are
 * found out where @options leave them open.
 *
 * Returns: (transfer full): the rows, or %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE
 */
KilterImportFile *
kilter_import_read_bytes (GBytes *bytes,
                          const char *name,
                          const KilterImportOptions *options,
                          KilterJob *job,
                          GError **error)
{
  g_autoptr (KilterImportFile) self = kilter_import_file_new (name);
  g_autoptr (KilterText) text = NULL;
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (length == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_EMPTY, 0, name, NULL, 0);
      return NULL;
    }
  if (length > KILTER_TEXT_MAX_BYTES)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_TOO_LARGE, 0, name, NULL,
                                  KILTER_TEXT_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (kilter_workbook_is_zip (bytes))
    return kilter_workbook_read (self, bytes, options->sheet, job, error) ? g_steal_pointer (&self)
                                                                          : NULL;
  if (!kilter_workbook_refuse_compound (bytes, name, error) ||
      !check_content (data, length, name, error))
    return NULL;
  text = kilter_text_new (bytes, options->encoding, NULL);
  if (text == NULL)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ENCODING, 0, name, options->encoding,
                                  0);
      return NULL;
    }
  if (is_binary (text->data, text->length))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_BINARY, 0, name, NULL, 0);
      return NULL;
    }
  if (options->encoding != NULL && text->n_bad * 20 > text->length)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ENCODING, 0, name, options->encoding,
                                  0);
      return NULL;
    }

  self->encoding = g_strdup (text->encoding);
  self->certain = text->certain;
  self->n_candidates = text->n_candidates;
  for (guint i = 0; i < text->n_candidates; i++)
    {
      self->candidates[i] = text->candidates[i];
      text->candidates[i].sample = NULL;
    }
  self->misnamed = g_str_has_suffix (lower, ".xlsx") || g_str_has_suffix (lower, ".xls") ||
                   g_str_has_suffix (lower, ".ods");
  self->separator = options->separator != 0 ? options->separator
                                            : kilter_csv_guess_separator (text->data, text->length);
  self->sheet = read_rows (text, self->separator, name, job, error);
  if (self->sheet == NULL)
    return NULL;
  if (kilter_sheet_get_n_rows (self->sheet) == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_EMPTY, 0, name, NULL, 0);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * kilter_import_read:
 * @job: (nullable): to cancel
 *
 * Reads a file in this process. For a file that others made, prefer
 * kilter_import_read_in_child().
 *
 * Returns: (transfer full): the rows, or %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE or an error
 *   of %G_IO_ERROR
 */
KilterImportFile *
kilter_import_read (GFile *file, const KilterImportOptions *options, KilterJob *job, GError **error)
{
  GCancellable *cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
    file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
    cancellable, error);
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "“%s” is a folder", name);
      return NULL;
    }
  if (g_file_info_get_size (info) > KILTER_TEXT_MAX_BYTES)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_TOO_LARGE, 0, name, NULL,
                                  KILTER_TEXT_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes == NULL)
    return NULL;
  return kilter_import_read_bytes (bytes, name, options, job, error);
}

static void
clear_file (gpointer data)
{
  KilterImportFile *self = data;

  for (guint i = 0; i < self->n_candidates; i++)
    g_free (self->candidates[i].sample);
  g_free (self->name);
  g_free (self->encoding);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->notes);
  g_clear_pointer (&self->sheet, kilter_sheet_free);
}

/**
 * kilter_import_file_ref:
 *
 * Rows are not changed once they are read: threads may share them.
 *
 * Returns: (transfer full): the same rows
 */
KilterImportFile *
kilter_import_file_ref (KilterImportFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
kilter_import_file_free (KilterImportFile *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_file);
}
