/* kilter-import-wire.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/kilter-import-wire.h"

#include "exchange/kilter-csv.h"
#include "exchange/kilter-import-private.h"

#include <string.h>

#define MAGIC 0x4b4c5231 /* KLR1 */
#define MAX_MESSAGE 4096
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
  put_uint (out, 0, &local);
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
  put_uint (out, 1, &local);
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
          /* composing may make a text a little longer */
          const char *text = get_text (self, KILTER_CSV_MAX_FIELD * 3, &length);

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

static KilterImportFile *
receive_file (Receiver *self, const char *name)
{
  g_autoptr (KilterImportFile) file = g_new0 (KilterImportFile, 1);
  guint32 n_candidates;
  gsize length;

  file->name = g_strdup (name);
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
  file->sheet = kilter_sheet_new (name);
  receive_rows (self, file->sheet);
  if (!self->bad && kilter_sheet_get_n_rows (file->sheet) == 0)
    self->bad = TRUE;
  return self->bad ? NULL : g_steal_pointer (&file);
}

/**
 * kilter_import_receive:
 * @name: of the file, for messages
 *
 * Returns: (transfer full): the rows; %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE when the reader
 *   refused the file or broke off
 */
KilterImportFile *
kilter_import_receive (GInputStream *input,
                       const char *name,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (input, 65536);
  Receiver self = { buffered, cancellable, g_byte_array_new (), FALSE };
  g_autoptr (KilterImportFile) file = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  if (get_uint (&self) != MAGIC)
    self.bad = TRUE;
  else if (get_uint (&self) == 0)
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
