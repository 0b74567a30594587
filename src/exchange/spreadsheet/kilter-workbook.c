/* kilter-workbook.c: which format it is, which sheet is read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-workbook.h"

#include "exchange/import/kilter-import-private.h"
#include "exchange/spreadsheet/kilter-workbook-private.h"

#include <string.h>

#define MAX_NOTES 200

/* --- rows --- */

void
kilter_row_builder_begin (KilterRowBuilder *self, guint line)
{
  kilter_sheet_begin_row (self->sheet, line);
  self->column = 0;
  self->row_width = 0;
  self->in_row = TRUE;
}

/**
 * kilter_row_builder_go_to:
 * @reference: (nullable): how the cell is called, for the message
 *
 * Makes the empty cells up to a column. A grid is never allocated because one cell stands far out.
 *
 * Returns: %FALSE when the cell stands where none of this table can stand; it is listed
 */
gboolean
kilter_row_builder_go_to (KilterRowBuilder *self, guint column, const char *reference)
{
  if (column < self->column || column >= KILTER_WORKBOOK_MAX_COLUMNS ||
      (self->widest > 0 && column > MAX (self->widest, self->row_width) + KILTER_WORKBOOK_FAR))
    {
      kilter_workbook_note (self->file, KILTER_IMPORT_STRAY_CELL, 0,
                            reference != NULL ? reference : "", NULL, 0);
      return FALSE;
    }
  for (; self->column < column; self->column++)
    kilter_sheet_add_cell (self->sheet, "", 0, 0);
  return TRUE;
}

/* after a cell was added */
void
kilter_row_builder_added (KilterRowBuilder *self)
{
  self->column++;
  self->row_width = self->column;
}

gboolean
kilter_row_builder_end (KilterRowBuilder *self, GError **error)
{
  self->in_row = FALSE;
  self->widest = MAX (self->widest, self->row_width);
  if (!kilter_sheet_end_row (self->sheet))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ROWS, 0, self->file->name, NULL,
                                  KILTER_SHEET_MAX_ROWS);
      return FALSE;
    }
  if (++self->n_rows % 4096 == 0 && self->job != NULL)
    {
      kilter_job_advance (self->job, 4096);
      if (kilter_job_is_cancelled (self->job))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
          return FALSE;
        }
    }
  return TRUE;
}

/* --- sheets --- */

/**
 * kilter_workbook_fail:
 *
 * Refuses the file from within a handler.
 */
void
kilter_workbook_fail (KilterXml *xml,
                      const KilterImportFile *file,
                      KilterImportCode code,
                      guint64 number)
{
  GError *error = NULL;

  kilter_import_refuse_error (&error, code, 0, file->name, NULL, number);
  kilter_xml_fail (xml, error);
}

void
kilter_workbook_add_sheet (KilterImportFile *file, const char *name, gboolean hidden)
{
  KilterSheetName *sheet = g_new0 (KilterSheetName, 1);

  sheet->name = g_utf8_make_valid (name, -1);
  sheet->hidden = hidden;
  g_ptr_array_add (file->sheets, sheet);
}

/**
 * kilter_workbook_note:
 *
 * Keeps what the reader has to say, for the preview.
 */
void
kilter_workbook_note (KilterImportFile *file,
                      KilterImportCode code,
                      guint row,
                      const char *value,
                      const char *other,
                      guint64 number)
{
  KilterImportMessage *message;

  if (file->notes->len >= MAX_NOTES)
    return;
  message = g_new0 (KilterImportMessage, 1);
  message->code = code;
  message->row = row;
  message->column = -1;
  message->value = value != NULL ? g_utf8_make_valid (value, -1) : NULL;
  message->other = other != NULL ? g_utf8_make_valid (other, -1) : NULL;
  message->number = number;
  g_ptr_array_add (file->notes, message);
}

static char *
list_sheets (const KilterImportFile *file, gboolean hidden)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < file->sheets->len; i++)
    {
      const KilterSheetName *sheet = file->sheets->pdata[i];

      if (sheet->hidden != hidden)
        continue;
      if (out->len > 0)
        g_string_append (out, ", ");
      g_string_append (out, sheet->name);
    }
  return g_string_free (out, FALSE);
}

/**
 * kilter_workbook_find_sheet:
 * @wanted: the name of a sheet, or its number from 1
 *
 * Returns: %FALSE when there is no such sheet; the message lists those that there are
 */
gboolean
kilter_workbook_find_sheet (const KilterImportFile *file,
                            const char *wanted,
                            guint *out_index,
                            GError **error)
{
  g_autofree char *list = NULL;
  guint64 number;

  for (guint i = 0; i < file->sheets->len; i++)
    if (g_str_equal (((KilterSheetName *) file->sheets->pdata[i])->name, wanted))
      {
        *out_index = i;
        return TRUE;
      }
  if (g_ascii_string_to_unsigned (wanted, 10, 1, file->sheets->len, &number, NULL))
    {
      *out_index = (guint) number - 1;
      return TRUE;
    }
  list = list_sheets (file, FALSE);
  kilter_import_refuse_error (error, KILTER_IMPORT_NO_SHEET, 0, wanted, list, 0);
  return FALSE;
}

/* --- formats --- */

/* Compound files: the old formats of spreadsheets, and packages that a password protects. */
static gboolean
has_utf16 (const guchar *data, gsize length, const char *ascii)
{
  gsize n = strlen (ascii);
  guchar pattern[64];

  g_return_val_if_fail (n * 2 <= sizeof pattern, FALSE);
  for (gsize i = 0; i < n; i++)
    {
      pattern[2 * i] = (guchar) ascii[i];
      pattern[2 * i + 1] = 0;
    }
  return memmem (data, length, pattern, n * 2) != NULL;
}

static guint32
read_u32 (const guchar *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 |
         (guint32) data[3] << 24;
}

/* Whether the sectors of the allocation table ([MS-CFB] 2.2) lie within the file. */
static gboolean
is_compound_whole (const guchar *data, gsize length)
{
  guint shift;
  guint32 n;

  if (length < 512)
    return FALSE;
  shift = data[30];
  n = read_u32 (data + 44);
  if (shift < 9 || shift > 12 || ((guint64) read_u32 (data + 48) + 2) << shift > length)
    return FALSE;
  for (guint32 i = 0; i < MIN (n, 109); i++)
    if (((guint64) read_u32 (data + 76 + 4 * i) + 2) << shift > length)
      return FALSE;
  return TRUE;
}

/**
 * kilter_workbook_refuse_compound:
 *
 * Tells a compound file (an .xls, or a protected .xlsx) from others.
 *
 * Returns: %FALSE with an error that says what to do; %TRUE when it is no compound file
 */
gboolean
kilter_workbook_refuse_compound (GBytes *bytes, const char *name, GError **error)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  KilterImportCode code = KILTER_IMPORT_FILE_OLD_FORMAT;

  if (length < 8 || memcmp (data, "\320\317\021\340\241\261\032\341", 8) != 0)
    return TRUE;
  if (has_utf16 (data, length, "EncryptedPackage"))
    code = KILTER_IMPORT_FILE_PASSWORD;
  else if (!is_compound_whole (data, length))
    code = KILTER_IMPORT_FILE_DAMAGED;
  else if (!has_utf16 (data, length, "Workbook") && !has_utf16 (data, length, "Book"))
    code = KILTER_IMPORT_FILE_BINARY;
  kilter_import_refuse_error (error, code, 0, name, NULL, 0);
  return FALSE;
}

gboolean
kilter_workbook_is_zip (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 4 &&
         (memcmp (data, "PK\003\004", 4) == 0 || memcmp (data, "PK\005\006", 4) == 0);
}

static void
note_sheets (KilterImportFile *file)
{
  g_autofree char *hidden = list_sheets (file, TRUE);
  const KilterSheetName *chosen = file->sheets->pdata[file->sheet_index];
  GString *others = g_string_new (NULL);

  for (guint i = 0; i < file->sheets->len; i++)
    {
      const KilterSheetName *sheet = file->sheets->pdata[i];

      if (i == file->sheet_index || sheet->hidden)
        continue;
      if (others->len > 0)
        g_string_append (others, ", ");
      g_string_append (others, sheet->name);
    }
  if (others->len > 0)
    kilter_workbook_note (file, KILTER_IMPORT_SHEET_CHOSEN, 0, chosen->name, others->str, 0);
  if (*hidden != '\0' && !chosen->hidden)
    kilter_workbook_note (file, KILTER_IMPORT_HIDDEN_SHEETS, 0, hidden, NULL, 0);
  g_string_free (others, TRUE);
}

/**
 * kilter_workbook_read:
 * @file: gets the sheets, the rows and what there is to say
 * @wanted: (nullable): the sheet, by name or number; %NULL for the first that is visible and has
 *   content
 *
 * Reads a workbook of Office Open XML (ECMA-376) or OpenDocument (ISO/IEC 26300), part by part,
 * with limits on members, bytes, columns, rows, texts and depth.
 *
 * Returns: %FALSE with %KILTER_EXCHANGE_ERROR_BAD_FILE, or when cancelled
 */
gboolean
kilter_workbook_read (KilterImportFile *file,
                      GBytes *bytes,
                      const char *wanted,
                      KilterJob *job,
                      GError **error)
{
  g_autoptr (KilterArchive) archive = kilter_archive_open (bytes, file->name, error);
  gboolean done;

  if (archive == NULL)
    return FALSE;
  file->certain = TRUE;
  g_set_str (&file->encoding, "UTF-8");
  if (kilter_archive_has (archive, "[Content_Types].xml") ||
      kilter_archive_has (archive, "xl/workbook.xml"))
    done = kilter_xlsx_read (file, archive, wanted, job, error);
  else if (kilter_archive_has (archive, "content.xml"))
    done = kilter_ods_read (file, archive, wanted, job, error);
  else
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ARCHIVE, 0, file->name, NULL, 0);
      return FALSE;
    }
  if (!done)
    return FALSE;
  if (kilter_sheet_get_n_rows (file->sheet) == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_EMPTY, 0, file->name, NULL, 0);
      return FALSE;
    }
  note_sheets (file);
  return TRUE;
}
