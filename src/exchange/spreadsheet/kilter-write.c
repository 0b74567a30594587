/* kilter-write.c: what the writers of workbooks share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-write-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- tables --- */

gboolean
kilter_write_check_size (const KilterExportTable *table, GError **error)
{
  if (table->rows->len <= KILTER_WRITE_MAX_ROWS && table->n_columns <= KILTER_WRITE_MAX_COLUMNS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               _ ("A sheet holds at most %d rows and %d columns. Export fewer periods or write "
                  "CSV."),
               KILTER_WRITE_MAX_ROWS, KILTER_WRITE_MAX_COLUMNS);
  return FALSE;
}

static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return width;
}

/**
 * kilter_write_get_looks:
 *
 * Returns: (transfer full) (array): how wide each column is, and with how many decimals
 */
KilterColumnLook *
kilter_write_get_looks (const KilterExportTable *table)
{
  KilterColumnLook *looks = g_new0 (KilterColumnLook, MAX (table->n_columns, 1));

  for (guint i = 0; i < table->n_columns; i++)
    {
      looks[i].width = get_width (table->headings[i]);
      for (guint r = 0; r < table->rows->len; r++)
        {
          const KilterExportCell *cell = &((KilterExportCell *) table->rows->pdata[r])[i];
          guint width = 0;

          if (cell->text != NULL)
            width = cell->style == KILTER_EXPORT_LINE || cell->style == KILTER_EXPORT_TITLE
                      ? 0
                      : get_width (cell->text);
          else if (isfinite (cell->number))
            {
              double size = fabs (cell->number);

              width = size < 1000 ? 7 : (guint) (log10 (size) * 4 / 3) + 5;
              looks[i].decimals |= cell->style == KILTER_EXPORT_NUMBER &&
                                   cell->number != floor (cell->number);
            }
          looks[i].width = MAX (looks[i].width, width);
        }
      looks[i].width = MIN (looks[i].width + 2, KILTER_WRITE_MAX_WIDTH);
    }
  return looks;
}

/**
 * kilter_write_sheet_name:
 *
 * Returns: (transfer full): a name that spreadsheet programs take: at most 31 characters, none of
 *   those that mean something in formulas
 */
char *
kilter_write_sheet_name (const char *title)
{
  g_autofree char *clean = g_utf8_make_valid (title, -1);
  char *name;

  for (char *at = clean; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || strchr ("[]:*?/\\'", *at) != NULL)
      *at = ' ';
  g_strstrip (clean);
  name = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), 31));
  g_strstrip (name);
  if (*name == '\0')
    g_set_str (&name, "Kilter");
  return name;
}

/**
 * kilter_write_append_escaped:
 * @text: UTF-8; characters that XML cannot hold are left out
 *
 * Appends text for an element or an attribute.
 */
void
kilter_write_append_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      switch (c)
        {
        case '&':
          g_string_append (out, "&amp;");
          break;
        case '<':
          g_string_append (out, "&lt;");
          break;
        case '>':
          g_string_append (out, "&gt;");
          break;
        case '"':
          g_string_append (out, "&quot;");
          break;
        case 0xFFFE:
        case 0xFFFF:
          break;
        default:
          if (c >= 0x20 || c == '\t' || c == '\n')
            g_string_append_unichar (out, c);
          else if (c == '\r')
            g_string_append (out, "&#13;");
        }
    }
}

/* --- archives --- */

struct _KilterZipWriter
{
  struct archive *archive;
  GByteArray *bytes;
  gboolean bad;
};

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint) length);
  return (la_ssize_t) length;
}

KilterZipWriter *
kilter_zip_writer_new (void)
{
  KilterZipWriter *self = g_new0 (KilterZipWriter, 1);

  self->archive = archive_write_new ();
  self->bytes = g_byte_array_new ();
  self->bad = self->archive == NULL || archive_write_set_format_zip (self->archive) != ARCHIVE_OK ||
              archive_write_set_bytes_per_block (self->archive, 0) != ARCHIVE_OK ||
              archive_write_open (self->archive, self->bytes, NULL, write_cb, NULL) != ARCHIVE_OK;
  return self;
}

static void
add_member (KilterZipWriter *self, const char *name, const char *data, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (gint64) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  if (!self->bad)
    self->bad = archive_write_header (self->archive, entry) != ARCHIVE_OK ||
                archive_write_data (self->archive, data, length) != (la_ssize_t) length;
  archive_entry_free (entry);
}

/**
 * kilter_zip_writer_add:
 *
 * Adds a member, compressed. What fails is said at the end.
 */
void
kilter_zip_writer_add (KilterZipWriter *self, const char *name, const char *data, gsize length)
{
  if (!self->bad)
    self->bad = archive_write_zip_set_compression_deflate (self->archive) != ARCHIVE_OK;
  add_member (self, name, data, length);
}

/**
 * kilter_zip_writer_store:
 *
 * Adds a member as it is.
 */
void
kilter_zip_writer_store (KilterZipWriter *self, const char *name, const char *data, gsize length)
{
  if (!self->bad)
    self->bad = archive_write_zip_set_compression_store (self->archive) != ARCHIVE_OK;
  add_member (self, name, data, length);
}

/**
 * kilter_zip_writer_finish:
 * @self: (transfer full)
 *
 * Writes everything at once; nothing when something failed.
 */
gboolean
kilter_zip_writer_finish (KilterZipWriter *self,
                          GOutputStream *output,
                          GCancellable *cancellable,
                          GError **error)
{
  gboolean done = !self->bad && archive_write_close (self->archive) == ARCHIVE_OK;

  if (!done)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("The workbook cannot be put together."));
  else
    done = g_output_stream_write_all (output, self->bytes->data, self->bytes->len, NULL,
                                      cancellable, error);
  archive_write_free (self->archive);
  g_byte_array_unref (self->bytes);
  g_free (self);
  return done;
}
