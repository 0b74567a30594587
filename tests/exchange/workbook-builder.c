/* workbook-builder.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook-builder.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdarg.h>
#include <string.h>

#define CONTENT_TYPES                                                                              \
  "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint) length);
  return (la_ssize_t) length;
}

GBytes *
build_zip_members (GPtrArray *names, GPtrArray *texts)
{
  GByteArray *out = g_byte_array_new ();
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  archive_write_set_bytes_per_block (zip, 0);
  archive_write_open (zip, out, NULL, write_cb, NULL);
  for (guint i = 0; i < names->len; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = strlen (texts->pdata[i]);

      archive_entry_set_pathname (entry, names->pdata[i]);
      archive_entry_set_size (entry, (gint64) length);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      if (archive_write_header (zip, entry) != ARCHIVE_OK ||
          archive_write_data (zip, texts->pdata[i], length) != (la_ssize_t) length)
        g_error ("the archive cannot be written");
      archive_entry_free (entry);
    }
  archive_write_close (zip);
  archive_write_free (zip);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
build_zip (const char *first, ...)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    {
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (texts, (gpointer) va_arg (args, const char *));
    }
  va_end (args);
  return build_zip_members (names, texts);
}

static const char top[] = "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" RELATIONS
                          "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

GBytes *
build_xlsx (const char *rows, const char *styles, const char *strings)
{
  g_autofree char *sheet = g_strdup_printf (
    "<?xml version=\"1.0\"?><worksheet " MAIN "><sheetData>%s</sheetData></worksheet>", rows);
  g_autofree char *style = g_strdup_printf ("<styleSheet " MAIN ">%s</styleSheet>",
                                            styles != NULL ? styles : "");
  g_autofree char *shared = g_strdup_printf ("<sst " MAIN ">%s</sst>",
                                             strings != NULL ? strings : "");

  return build_zip (
    "[Content_Types].xml", CONTENT_TYPES, "_rels/.rels", top, "xl/workbook.xml",
    "<workbook " MAIN " " R "><sheets><sheet name=\"Data &amp; more\" sheetId=\"1\" "
    "r:id=\"r1\"/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels",
    "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" RELATIONS
    "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" RELATIONS
    "styles\" Target=\"/xl/styles.xml\"/><Relationship Id=\"r3\" Type=\"" RELATIONS
    "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
    "xl/worksheets/sheet1.xml", sheet, "xl/styles.xml", style, "xl/sharedStrings.xml", shared,
    NULL);
}

GBytes *
build_xlsx_sheets (const char *workbook, const char *rows[3])
{
  g_autofree char *book = g_strdup_printf ("<workbook " MAIN " " R ">%s</workbook>", workbook);
  g_autofree char *sheets[3] = { NULL };

  for (int i = 0; i < 3; i++)
    sheets[i] = g_strdup_printf ("<worksheet " MAIN "><sheetData>%s</sheetData></worksheet>",
                                 rows[i]);
  GBytes *bytes = build_zip (
    "[Content_Types].xml", CONTENT_TYPES, "_rels/.rels", top, "xl/workbook.xml", book,
    "xl/_rels/workbook.xml.rels",
    "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" RELATIONS
    "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" RELATIONS
    "worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"" RELATIONS
    "worksheet\" Target=\"worksheets/sheet3.xml\"/></Relationships>",
    "xl/worksheets/sheet1.xml", sheets[0], "xl/worksheets/sheet2.xml", sheets[1],
    "xl/worksheets/sheet3.xml", sheets[2], NULL);

  for (int i = 0; i < 3; i++)
    g_clear_pointer (&sheets[i], g_free);
  return bytes;
}

GBytes *
build_ods (const char *styles, const char *tables)
{
  g_autofree char *content = g_strdup_printf (
    "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">"
    "<office:automatic-styles>%s</office:automatic-styles>"
    "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body>"
    "</office:document-content>",
    styles, tables);

  return build_zip ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
                    content, NULL);
}
