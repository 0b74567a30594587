/* kilter-ods-write.c: a table as an OpenDocument spreadsheet (ISO/IEC 26300)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-write-private.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

#define MIME_TYPE "application/vnd.oasis.opendocument.spreadsheet"

static const char manifest
  [] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
       "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
       "manifest:version=\"1.2\">"
       "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" "
       "manifest:media-type=\"" MIME_TYPE "\"/>"
       "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
       "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>"
       "</manifest:manifest>\n";

static const char head[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<office:document-content "
  "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
  "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
  "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
  "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
  "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
  "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
  "office:version=\"1.2\"><office:automatic-styles>"
  "<number:number-style style:name=\"n-whole\"><number:number number:decimal-places=\"0\" "
  "number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>"
  "<number:number-style style:name=\"n-decimals\"><number:number number:decimal-places=\"2\" "
  "number:min-decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>"
  "</number:number-style>"
  "<number:number-style style:name=\"n-plain\"><number:number number:decimal-places=\"0\" "
  "number:min-integer-digits=\"1\"/></number:number-style>"
  "<number:percentage-style style:name=\"n-percent\"><number:number number:decimal-places=\"1\" "
  "number:min-decimal-places=\"1\" number:min-integer-digits=\"1\"/><number:text>%</number:text>"
  "</number:percentage-style>"
  "<number:text-style style:name=\"n-text\"><number:text-content/></number:text-style>"
  "<style:style style:name=\"heading\" style:family=\"table-cell\">"
  "<style:table-cell-properties fo:border-bottom=\"0.75pt solid #000000\"/>"
  "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
  "<style:style style:name=\"whole\" style:family=\"table-cell\" "
  "style:data-style-name=\"n-whole\"/>"
  "<style:style style:name=\"decimals\" style:family=\"table-cell\" "
  "style:data-style-name=\"n-decimals\"/>"
  "<style:style style:name=\"plain\" style:family=\"table-cell\" "
  "style:data-style-name=\"n-plain\"/>"
  "<style:style style:name=\"percent\" style:family=\"table-cell\" "
  "style:data-style-name=\"n-percent\"/>"
  "<style:style style:name=\"text\" style:family=\"table-cell\" "
  "style:data-style-name=\"n-text\"/>";

/* the headings stay in sight */
static const char settings_head[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<office:document-settings xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
  "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" office:version=\"1.2\">"
  "<office:settings><config:config-item-set config:name=\"ooo:view-settings\">"
  "<config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>"
  "<config:config-item-map-named config:name=\"Tables\">"
  "<config:config-item-map-entry config:name=\"";
static const char settings_tail[] =
  "\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2"
  "</config:config-item><config:config-item config:name=\"VerticalSplitPosition\" "
  "config:type=\"int\">1</config:config-item><config:config-item config:name=\"ActiveSplitRange\" "
  "config:type=\"short\">2</config:config-item><config:config-item config:name=\"PositionBottom\" "
  "config:type=\"int\">1</config:config-item></config:config-item-map-entry>"
  "</config:config-item-map-named></config:config-item-map-entry>"
  "</config:config-item-map-indexed></config:config-item-set></office:settings>"
  "</office:document-settings>\n";

/* Blanks and breaks that XML would swallow have elements of their own. */
static void
append_paragraphs (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      gboolean at_start = TRUE;

      g_string_append (out, "<text:p>");
      for (const char *at = *line; *at != '\0';)
        {
          gsize plain = strcspn (at, " \t\r");
          g_autofree char *piece = g_strndup (at, plain);

          kilter_write_append_escaped (out, piece);
          at += plain;
          at_start &= plain == 0;
          if (*at == '\t')
            g_string_append (out, "<text:tab/>");
          else if (*at == ' ' && !at_start && at[1] != '\0' && at[1] != ' ')
            g_string_append_c (out, ' ');
          else if (*at == ' ')
            g_string_append (out, "<text:s/>");
          at += *at != '\0';
        }
      g_string_append (out, "</text:p>");
    }
}

static void
append_text_cell (GString *out, const char *style, const char *text)
{
  if (text == NULL || *text == '\0')
    {
      g_string_append (out, "<table:table-cell/>");
      return;
    }
  g_string_append_printf (out,
                          "<table:table-cell table:style-name=\"%s\" "
                          "office:value-type=\"string\">",
                          style);
  append_paragraphs (out, text);
  g_string_append (out, "</table:table-cell>");
}

static void
append_number_cell (GString *out, const KilterExportCell *cell, const KilterColumnLook *look)
{
  g_autofree char *number = NULL;
  const char *style = cell->style == KILTER_EXPORT_PERCENT ? "percent"
                      : cell->style == KILTER_EXPORT_PLAIN ? "plain"
                      : look->decimals                     ? "decimals"
                                                           : "whole";

  if (!isfinite (cell->number))
    {
      g_string_append (out, "<table:table-cell/>");
      return;
    }
  number = kilter_number_to_c (cell->number);
  g_string_append_printf (out,
                          "<table:table-cell table:style-name=\"%s\" office:value-type=\"%s\" "
                          "office:value=\"%s\"/>",
                          style, cell->style == KILTER_EXPORT_PERCENT ? "percentage" : "float",
                          number);
}

static char *
make_settings (const char *name)
{
  GString *out = g_string_new (settings_head);

  kilter_write_append_escaped (out, name);
  g_string_append (out, settings_tail);
  return g_string_free (out, FALSE);
}

static GString *
make_content (const KilterExportTable *table, const char *name)
{
  g_autofree KilterColumnLook *looks = kilter_write_get_looks (table);
  GString *out = g_string_new (head);

  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (out,
                            "<style:style style:name=\"c%u\" style:family=\"table-column\">"
                            "<style:table-column-properties style:column-width=\"%u.%umm\"/>"
                            "</style:style>",
                            i, looks[i].width * 19 / 10, looks[i].width * 19 % 10);
  g_string_append (out, "</office:automatic-styles><office:body><office:spreadsheet>"
                        "<table:table table:name=\"");
  kilter_write_append_escaped (out, name);
  g_string_append (out, "\">");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (out, "<table:table-column table:style-name=\"c%u\"/>", i);
  g_string_append (out, "<table:table-header-rows><table:table-row>");
  for (guint i = 0; i < table->n_columns; i++)
    append_text_cell (out, "heading", table->headings[i]);
  g_string_append (out, "</table:table-row></table:table-header-rows>");
  for (guint r = 0; r < table->rows->len; r++)
    {
      const KilterExportCell *cells = table->rows->pdata[r];

      g_string_append (out, "<table:table-row>");
      for (guint i = 0; i < table->n_columns; i++)
        {
          if (cells[i].text != NULL)
            append_text_cell (out, "text", cells[i].text);
          else
            append_number_cell (out, &cells[i], &looks[i]);
        }
      g_string_append (out, "</table:table-row>");
    }
  g_string_append (out, "</table:table></office:spreadsheet></office:body>"
                        "</office:document-content>\n");
  return out;
}

/**
 * kilter_export_write_ods:
 * @title: the name of the sheet
 *
 * Writes a spreadsheet of one sheet: headings that stay in sight, numbers as numbers, everything
 * else as text.
 *
 * Returns: %FALSE when it cannot be written, or the table is larger than a sheet
 */
gboolean
kilter_export_write_ods (const KilterExportTable *table,
                         const char *title,
                         GOutputStream *output,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *name = kilter_write_sheet_name (title);
  g_autofree char *settings = make_settings (name);
  KilterZipWriter *zip;
  GString *content;

  if (!kilter_write_check_size (table, error))
    return FALSE;
  content = make_content (table, name);
  zip = kilter_zip_writer_new ();
  /* the type stands first and as it is, so that any program sees it (part 2, 3.3) */
  kilter_zip_writer_store (zip, "mimetype", MIME_TYPE, strlen (MIME_TYPE));
  kilter_zip_writer_add (zip, "META-INF/manifest.xml", manifest, strlen (manifest));
  kilter_zip_writer_add (zip, "settings.xml", settings, strlen (settings));
  kilter_zip_writer_add (zip, "content.xml", content->str, content->len);
  g_string_free (content, TRUE);
  return kilter_zip_writer_finish (zip, output, cancellable, error);
}
