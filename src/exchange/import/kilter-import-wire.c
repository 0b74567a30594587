/* kilter-import-wire.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-wire.h"

#include "exchange/text/kilter-csv.h"
#include "exchange/import/kilter-import-private.h"
#include "exchange/spreadsheet/kilter-workbook.h"

#include <string.h>

#define MAGIC 0x4b4c5232 /* KLR2 */
#define FILE_FOLLOWS 0
#define ERROR_FOLLOWS 1
#define PROGRESS 2
#define MAX_MESSAGE 4096
#define MAX_NOTES 1000
/* composing may make a text a little longer */
#define MAX_CELL (3 * KILTER_WORKBOOK_MAX_TEXT)
#define ROW_FOLLOWS 1
#define NO_MORE_ROWS 0

/* --- sending --- */

static void
put_uint (GDataOutputStream *out, guint32 value, GError **error)
{
  if (*error == NULL)
    g_data_output_stream_put_uint32 (out, value, NULL, error);
}

static void
put_text (GDataOutputStream *out, const char *text, GError **error)
{
  gsize length = strlen (text);

  put_uint (out, (guint32) length, error);
  if (*error == NULL)
    g_output_stream_write_all (G_OUTPUT_STREAM (out), text, length, NULL, NULL, error);
}

static void
put_sheets (GDataOutputStream *out, const KilterImportFile *file, GError **error)
{
  put_uint (out, file->sheet_index, error);
  put_uint (out, file->sheets->len, error);
  for (guint i = 0; i < file->sheets->len; i++)
    {
      const KilterSheetName *sheet = file->sheets->pdata[i];
      g_autofree char *name = g_utf8_substring (sheet->name, 0,
                                                MIN (g_utf8_strlen (sheet->name, -1), 255));

      put_uint (out, sheet->hidden, error);
      put_text (out, name, error);
    }
  put_uint (out, file->notes->len, error);
  for (guint i = 0; i < file->notes->len; i++)
    {
      const KilterImportMessage *note = file->notes->pdata[i];
      const char *const texts[] = { note->value, note->other };

      put_uint (out, note->code, error);
      put_uint (out, note->row, error);
      put_uint (out, (guint32) MIN (note->number, G_MAXUINT32), error);
      for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
        {
          const char *text = texts[k] != NULL ? texts[k] : "";
          g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 1000));

          put_text (out, cut, error);
        }
    }
}

static GDataOutputStream *
wrap_output (GOutputStream *output)
{
  g_autoptr (GOutputStream) buffered = g_buffered_output_stream_new_sized (output, 65536);
  GDataOutputStream *out = g_data_output_stream_new (buffered);

  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (out), FALSE);
  return out;
}

/**
 * kilter_import_send:
 *
 * Writes what kilter_import_receive() reads.
 */
gboolean
kilter_import_send (const KilterImportFile *file, GOutputStream *output, GError **error)
{
  g_autoptr (GDataOutputStream) out = wrap_output (output);
  const KilterSheet *sheet = file->sheet;
  GError *local = NULL;

  put_uint (out, MAGIC, &local);
  put_uint (out, FILE_FOLLOWS, &local);
  put_uint (out, file->container, &local);
  put_uint (out, file->date_1904, &local);
  put_sheets (out, file, &local);
  put_text (out, file->encoding, &local);
  put_uint (out, file->certain, &local);
  put_uint (out, (guchar) file->separator, &local);
  put_uint (out, file->misnamed, &local);
  put_uint (out, file->n_candidates, &local);
  for (guint i = 0; i < file->n_candidates; i++)
    {
      put_text (out, file->candidates[i].encoding, &local);
      put_uint (out, (guint32) (file->candidates[i].score * 1e6), &local);
      put_text (out, file->candidates[i].sample, &local);
    }
  for (guint row = 0; row < kilter_sheet_get_n_rows (sheet) && local == NULL; row++)
    {
      guint n = kilter_sheet_get_n_cells (sheet, row);

      put_uint (out, ROW_FOLLOWS, &local);
      put_uint (out, kilter_sheet_get_line (sheet, row), &local);
      put_uint (out, n, &local);
      for (guint i = 0; i < n && local == NULL; i++)
        {
          put_uint (out, kilter_sheet_get_flags (sheet, row, i), &local);
          put_text (out, kilter_sheet_get_text (sheet, row, i), &local);
        }
    }
  put_uint (out, NO_MORE_ROWS, &local);
  if (local == NULL)
    g_output_stream_flush (G_OUTPUT_STREAM (out), NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

/**
 * kilter_import_send_error:
 * @problem: of %KILTER_EXCHANGE_ERROR
 */
gboolean
kilter_import_send_error (const GError *problem, GOutputStream *output, GError **error)
{
  g_autoptr (GDataOutputStream) out = wrap_output (output);
  g_autofree char *text = g_strndup (problem->message, MAX_MESSAGE);
  GError *local = NULL;

  put_uint (out, MAGIC, &local);
  put_uint (out, ERROR_FOLLOWS, &local);
  put_text (out, text, &local);
  if (local == NULL)
    g_output_stream_flush (G_OUTPUT_STREAM (out), NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

/**
 * kilter_import_send_progress:
 * @n_rows: rows read since the last time
 *
 * May be sent any number of times before the rows or the error.
 */
gboolean
kilter_import_send_progress (guint n_rows, GOutputStream *output, GError **error)
{
  guint32 message[] = { GUINT32_TO_BE (MAGIC), GUINT32_TO_BE (PROGRESS), GUINT32_TO_BE (n_rows) };

  return g_output_stream_write_all (output, message, sizeof message, NULL, NULL, error);
}

/* --- receiving --- */

typedef struct
{
  GInputStream *input;
  GCancellable *cancellable;
  GByteArray *buffer;
  gboolean bad; /* cut off, or nonsense */
} Receiver;

static gboolean
get_bytes (Receiver *self, gpointer data, gsize length)
{
  gsize n = 0;

  if (self->bad ||
      !g_input_stream_read_all (self->input, data, length, &n, self->cancellable, NULL) ||
      n != length)
    self->bad = TRUE;
  return !self->bad;
}

static guint32
get_uint (Receiver *self)
{
  guint32 value = 0;

  return get_bytes (self, &value, sizeof value) ? GUINT32_FROM_BE (value) : 0;
}

/* A text of valid UTF-8 without NUL; stays valid until the next call. */
static const char *
get_text (Receiver *self, gsize limit, gsize *out_length)
{
  guint32 length = get_uint (self);

  *out_length = 0;
  if (self->bad || length > limit)
    {
      self->bad = TRUE;
      return "";
    }
  g_byte_array_set_size (self->buffer, length + 1);
  if (!get_bytes (self, self->buffer->data, length))
    return "";
  self->buffer->data[length] = '\0';
  if (!g_utf8_validate_len ((const char *) self->buffer->data, length, NULL))
    {
      self->bad = TRUE;
      return "";
    }
  *out_length = length;
  return (const char *) self->buffer->data;
}

static void
receive_rows (Receiver *self, KilterSheet *sheet)
{
  while (get_uint (self) == ROW_FOLLOWS && !self->bad)
    {
      guint32 line = get_uint (self), n = get_uint (self);

      if (n > KILTER_CSV_MAX_FIELDS)
        {
          self->bad = TRUE;
          return;
        }
      kilter_sheet_begin_row (sheet, line);
      for (guint32 i = 0; i < n && !self->bad; i++)
        {
          KilterCellFlags flags = get_uint (self);
          gsize length;
          const char *text = get_text (self, MAX_CELL, &length);

          kilter_sheet_add_cell (sheet, text, length, flags & 0xff);
        }
      if (!kilter_sheet_end_row (sheet))
        self->bad = TRUE;
    }
}

/* Names of encodings live as long as the program; only known ones may come. */
static const char *
find_encoding (const char *name)
{
  const char *const *known = kilter_text_get_encodings ();

  for (int i = 0; known[i] != NULL; i++)
    if (g_str_equal (known[i], name))
      return known[i];
  return NULL;
}

static void
receive_sheets (Receiver *self, KilterImportFile *file)
{
  guint32 n;
  gsize length;

  file->sheet_index = get_uint (self);
  n = get_uint (self);
  if (n > KILTER_WORKBOOK_MAX_SHEETS || (n > 0 && file->sheet_index >= n))
    self->bad = TRUE;
  for (guint32 i = 0; i < n && !self->bad; i++)
    {
      KilterSheetName *sheet = g_new0 (KilterSheetName, 1);

      sheet->hidden = get_uint (self) != 0;
      sheet->name = g_strdup (get_text (self, MAX_MESSAGE, &length));
      g_ptr_array_add (file->sheets, sheet);
    }
  n = get_uint (self);
  if (n > MAX_NOTES)
    self->bad = TRUE;
  for (guint32 i = 0; i < n && !self->bad; i++)
    {
      KilterImportMessage *note = g_new0 (KilterImportMessage, 1);
      guint32 code = get_uint (self);

      /* only what leaves the file as good as it is */
      if (code >= KILTER_N_IMPORT_CODES ||
          kilter_import_code_get_severity (code) == KILTER_IMPORT_REFUSED)
        self->bad = TRUE;
      note->code = self->bad ? 0 : code;
      note->column = -1;
      note->row = get_uint (self);
      note->number = get_uint (self);
      note->value = g_strdup (get_text (self, MAX_MESSAGE, &length));
      note->other = g_strdup (get_text (self, MAX_MESSAGE, &length));
      g_ptr_array_add (file->notes, note);
    }
}

static KilterImportFile *
receive_file (Receiver *self, const char *name)
{
  g_autoptr (KilterImportFile) file = kilter_import_file_new (name);
  guint32 n_candidates, container;
  gsize length;

  container = get_uint (self);
  if (container > KILTER_CONTAINER_ODS)
    self->bad = TRUE;
  file->container = self->bad ? KILTER_CONTAINER_TEXT : (KilterContainer) container;
  file->date_1904 = get_uint (self) != 0;
  receive_sheets (self, file);
  file->encoding = g_strdup (get_text (self, 64, &length));
  file->certain = get_uint (self) != 0;
  file->separator = (char) get_uint (self);
  file->misnamed = get_uint (self) != 0;
  n_candidates = get_uint (self);
  if (n_candidates > KILTER_TEXT_MAX_CANDIDATES)
    self->bad = TRUE;
  for (guint32 i = 0; i < n_candidates && !self->bad; i++)
    {
      const char *encoding = find_encoding (get_text (self, 64, &length));
      double score = get_uint (self) / 1e6;

      if (encoding == NULL)
        self->bad = TRUE;
      file->candidates[i].encoding = encoding;
      file->candidates[i].score = score;
      file->candidates[i].sample = g_strdup (get_text (self, MAX_MESSAGE, &length));
      file->n_candidates++;
    }
  file->sheet = kilter_sheet_new (
    file->sheets->len > 0 ? ((KilterSheetName *) file->sheets->pdata[file->sheet_index])->name
                          : name);
  receive_rows (self, file->sheet);
  if (!self->bad && kilter_sheet_get_n_rows (file->sheet) == 0)
    self->bad = TRUE;
  return self->bad ? NULL : g_steal_pointer (&file);
}

/**
 * kilter_import_receive:
 * @name: of the file, for messages
 * @job: (nullable): for progress in rows, and to cancel
 *
 * Returns: (transfer full): the rows; %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE when the reader
 *   refused the file or broke off
 */
KilterImportFile *
kilter_import_receive (GInputStream *input, const char *name, KilterJob *job, GError **error)
{
  GCancellable *cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL;
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (input, 65536);
  Receiver self = { buffered, cancellable, g_byte_array_new (), FALSE };
  g_autoptr (KilterImportFile) file = NULL;
  guint32 type;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  do
    {
      if (get_uint (&self) != MAGIC)
        self.bad = TRUE;
      type = get_uint (&self);
      if (type == PROGRESS && !self.bad)
        {
          guint32 n = get_uint (&self);

          if (job != NULL)
            kilter_job_advance (job, n);
        }
    }
  while (type == PROGRESS && !self.bad);
  if (type == FILE_FOLLOWS && !self.bad)
    file = receive_file (&self, name);
  else
    {
      gsize length;
      const char *text = get_text (&self, MAX_MESSAGE, &length);

      if (!self.bad && length > 0)
        g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, text);
      else
        self.bad = TRUE;
    }
  g_byte_array_unref (self.buffer);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      return NULL;
    }
  if (self.bad)
    kilter_import_refuse_error (error, KILTER_IMPORT_FILE_READER, 0, name, NULL, 0);
  return g_steal_pointer (&file);
}
