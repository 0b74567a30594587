/* kilter-xlsx-write.c: tables as an Office Open XML workbook (ECMA-376)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-write-private.h"

#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Not libxlsxwriter: it writes 16 digits, which is not always the same number, by way of temporary
 * files. */

#define MAX_TEXT 32767 /* characters in a cell, as Excel has it */

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define DOCUMENT "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const char content_types[] = DECLARATION
  "<Types xmlns=\"" PACKAGE "content-types\">"
  "<Default Extension=\"rels\" "
  "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
  "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
  "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
  "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/>"
  "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" TYPE "sharedStrings+xml\"/>";

static const char top_relations[] = DECLARATION
  "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
  "Type=\"" DOCUMENT "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

static const char workbook_relations[] = DECLARATION
  "<Relationships xmlns=\"" PACKAGE "relationships\">"
  "<Relationship Id=\"styles\" Type=\"" DOCUMENT "/styles\" Target=\"styles.xml\"/>"
  "<Relationship Id=\"texts\" Type=\"" DOCUMENT "/sharedStrings\" Target=\"sharedStrings.xml\"/>";

enum
{
  STYLE_GENERAL,
  STYLE_HEADING,
  STYLE_TEXT,
  STYLE_WHOLE,
  STYLE_DECIMALS,
  STYLE_PERCENT,
  STYLE_PLAIN,
  STYLE_STRONG,
};

/* Text stays text, also what begins like a formula, and also when it is edited (quotePrefix). */
static const char styles[] = DECLARATION
  "<styleSheet xmlns=\"" MAIN "\">"
  "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
  "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
  "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
  "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
  "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
  "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
  "<border><left/><right/><top/><bottom style=\"thin\"><color auto=\"1\"/></bottom><diagonal/>"
  "</border></borders>"
  "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
  "</cellStyleXfs><cellXfs count=\"8\">"
  "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
  "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" "
  "applyBorder=\"1\"/>"
  "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" "
  "applyNumberFormat=\"1\"/>"
  "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
  "applyNumberFormat=\"1\"/>"
  "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
  "applyNumberFormat=\"1\"/>"
  "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
  "applyNumberFormat=\"1\"/>"
  "<xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
  "applyNumberFormat=\"1\"/>"
  "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" "
  "applyFont=\"1\" applyNumberFormat=\"1\"/>"
  "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
  "</cellStyles></styleSheet>";

typedef struct
{
  GHashTable *index; /* text → number + 1 */
  GString *out;
  guint n_uses;
} Texts;

/* Whether "_x0041_" begins here, which would be read as an escape (22.9.2.19). */
static gboolean
is_escape (const char *at)
{
  if (at[0] != '_' || at[1] != 'x')
    return FALSE;
  for (int i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (at[i]))
      return FALSE;
  return at[6] == '_';
}

static void
append_text (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      guchar c = (guchar) *at;
      char one[8] = { 0 };

      if (is_escape (at))
        g_string_append (out, "_x005F_");
      else if (c < 0x20 && c != '\t' && c != '\n')
        g_string_append_printf (out, "_x%04X_", c);
      else
        {
          memcpy (one, at, (gsize) (g_utf8_next_char (at) - at));
          kilter_write_append_escaped (out, one);
        }
    }
}

static guint
get_text_index (Texts *self, const char *text)
{
  gpointer known = g_hash_table_lookup (self->index, text);
  guint n = g_hash_table_size (self->index);

  self->n_uses++;
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  g_hash_table_insert (self->index, (gpointer) text, GUINT_TO_POINTER (n + 1));
  g_string_append (self->out, "<si><t xml:space=\"preserve\">");
  append_text (self->out, text);
  g_string_append (self->out, "</t></si>");
  return n;
}

/* The style of a text; what begins like a formula stays text in each. */
static guint
get_text_style (KilterExportStyle style)
{
  switch (style)
    {
    case KILTER_EXPORT_HEADING:
      return STYLE_HEADING;
    case KILTER_EXPORT_STRONG:
    case KILTER_EXPORT_TITLE:
      return STYLE_STRONG;
    case KILTER_EXPORT_NUMBER:
    case KILTER_EXPORT_PERCENT:
    case KILTER_EXPORT_PLAIN:
    case KILTER_EXPORT_LINE:
    default:
      return STYLE_TEXT;
    }
}

static void
append_reference (GString *out, guint row, guint column)
{
  char letters[4] = { 0 };
  int at = 3;

  for (guint c = column + 1; c > 0 && at > 0; c = (c - 1) / 26)
    letters[--at] = (char) ('A' + (c - 1) % 26);
  g_string_append_printf (out, "%s%u", letters + at, row + 1);
}

static gboolean
append_text_cell (GString *out,
                  Texts *texts,
                  guint row,
                  guint column,
                  const char *text,
                  guint style,
                  GError **error)
{
  if (*text == '\0')
    return TRUE;
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _ ("A text in row %u is longer than a cell of a workbook can be. Write CSV."),
                   row + 1);
      return FALSE;
    }
  g_string_append (out, "<c r=\"");
  append_reference (out, row, column);
  g_string_append_printf (out, "\" s=\"%u\" t=\"s\"><v>%u</v></c>", style,
                          get_text_index (texts, text));
  return TRUE;
}

static void
append_number_cell (GString *out,
                    guint row,
                    guint column,
                    const KilterExportCell *cell,
                    const KilterColumnLook *look)
{
  g_autofree char *number = NULL;
  guint style = cell->style == KILTER_EXPORT_PERCENT ? STYLE_PERCENT
                : cell->style == KILTER_EXPORT_PLAIN ? STYLE_PLAIN
                : look->decimals                     ? STYLE_DECIMALS
                                                     : STYLE_WHOLE;

  if (!isfinite (cell->number))
    return;
  number = kilter_number_to_c (cell->number);
  g_string_append (out, "<c r=\"");
  append_reference (out, row, column);
  g_string_append_printf (out, "\" s=\"%u\">", style);
  if (cell->formula != NULL)
    {
      g_string_append (out, "<f>");
      kilter_write_append_escaped (out, cell->formula);
      g_string_append (out, "</f>");
    }
  g_string_append_printf (out, "<v>%s</v></c>", number);
}

/**
 * kilter_export_reference:
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer full): a cell's name in formulas, "B4"
 */
char *
kilter_export_reference (guint row, guint column)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_reference (out, row, column);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
append_rows (const KilterExportTable *table,
             gboolean is_page,
             const KilterColumnLook *looks,
             GString *out,
             Texts *texts,
             GCancellable *cancellable,
             GError **error)
{
  guint first = is_page ? 0 : 1;

  if (!is_page)
    {
      g_string_append (out, "<row r=\"1\">");
      for (guint i = 0; i < table->n_columns; i++)
        if (!append_text_cell (out, texts, 0, i, table->headings[i], STYLE_HEADING, error))
          return FALSE;
      g_string_append (out, "</row>");
    }
  for (guint r = 0; r < table->rows->len; r++)
    {
      const KilterExportCell *cells = table->rows->pdata[r];

      g_string_append_printf (out, "<row r=\"%u\">", first + r + 1);
      for (guint i = 0; i < table->n_columns; i++)
        {
          if (cells[i].text == NULL)
            append_number_cell (out, first + r, i, &cells[i], &looks[i]);
          else if (!append_text_cell (out, texts, first + r, i, cells[i].text,
                                      get_text_style (cells[i].style), error))
            return FALSE;
        }
      g_string_append (out, "</row>");
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_sheet (const KilterExportTable *table,
              gboolean is_page,
              GString *out,
              Texts *texts,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree KilterColumnLook *looks = kilter_write_get_looks (table);

  g_string_append (out, DECLARATION "<worksheet xmlns=\"" MAIN "\">");
  /* the headings stay in sight */
  if (is_page)
    g_string_append (out, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
  else
    g_string_append (out, "<sheetViews><sheetView workbookViewId=\"0\">"
                          "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
                          "state=\"frozen\"/></sheetView></sheetViews>");
  if (table->n_columns > 0)
    g_string_append (out, "<cols>");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (out, "<col min=\"%u\" max=\"%u\" width=\"%u\" customWidth=\"1\"/>",
                            i + 1, i + 1, looks[i].width);
  if (table->n_columns > 0)
    g_string_append (out, "</cols>");
  g_string_append (out, "<sheetData>");
  if (!append_rows (table, is_page, looks, out, texts, cancellable, error))
    return FALSE;
  g_string_append (out, "</sheetData>");
  if (!is_page && table->n_columns > 0 && table->rows->len > 0)
    {
      g_string_append (out, "<autoFilter ref=\"A1:");
      append_reference (out, table->rows->len, table->n_columns - 1);
      g_string_append (out, "\"/>");
    }
  if (is_page) /* printed as wide as the paper */
    g_string_append (out, "<pageSetup orientation=\"landscape\" fitToHeight=\"0\"/>");
  g_string_append (out, "</worksheet>");
  return TRUE;
}

/* "Gaps", "Gaps 2": no two sheets of a workbook have the same name, in any case of letters. */
static char *
make_unique_name (const char *title, GHashTable *taken)
{
  g_autofree char *name = kilter_write_sheet_name (title);
  g_autofree char *key = g_utf8_casefold (name, -1);

  for (int i = 2; !g_hash_table_add (taken, g_strdup (key)); i++)
    {
      g_autofree char *number = g_strdup_printf (" %d", i);
      g_autofree char *whole = kilter_write_sheet_name (title);
      glong room = 31 - (glong) strlen (number);
      g_autofree char *cut = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), room));

      g_free (name);
      name = g_strconcat (cut, number, NULL);
      g_free (key);
      key = g_utf8_casefold (name, -1);
    }
  return g_steal_pointer (&name);
}

static void
add_parts (KilterZipWriter *zip, GPtrArray *sheets, const Texts *texts)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) workbook = g_string_new (DECLARATION "<workbook xmlns=\"" MAIN
                                                           "\" xmlns:r=\"" DOCUMENT "\"><sheets>");
  g_autoptr (GString) types = g_string_new (content_types);
  g_autoptr (GString) relations = g_string_new (workbook_relations);
  g_autofree char *strings = NULL;

  for (guint i = 0; i < sheets->len; i++)
    {
      const KilterExportSheet *sheet = sheets->pdata[i];
      g_autofree char *name = make_unique_name (sheet->name, taken);

      g_string_append (workbook, "<sheet name=\"");
      kilter_write_append_escaped (workbook, name);
      g_string_append_printf (workbook, "\" sheetId=\"%u\" r:id=\"rId%u\"/>", i + 1, i + 1);
      g_string_append_printf (types,
                              "<Override PartName=\"/xl/worksheets/sheet%u.xml\" "
                              "ContentType=\"" TYPE "worksheet+xml\"/>",
                              i + 1);
      g_string_append_printf (relations,
                              "<Relationship Id=\"rId%u\" Type=\"" DOCUMENT
                              "/worksheet\" Target=\"worksheets/sheet%u.xml\"/>",
                              i + 1, i + 1);
    }
  g_string_append (workbook, "</sheets></workbook>");
  g_string_append (types, "</Types>");
  g_string_append (relations, "</Relationships>");
  strings = g_strdup_printf (DECLARATION "<sst xmlns=\"" MAIN
                                         "\" count=\"%u\" uniqueCount=\"%u\">%s</sst>",
                             texts->n_uses, g_hash_table_size (texts->index), texts->out->str);
  kilter_zip_writer_add (zip, "[Content_Types].xml", types->str, types->len);
  kilter_zip_writer_add (zip, "_rels/.rels", top_relations, strlen (top_relations));
  kilter_zip_writer_add (zip, "xl/workbook.xml", workbook->str, workbook->len);
  kilter_zip_writer_add (zip, "xl/_rels/workbook.xml.rels", relations->str, relations->len);
  kilter_zip_writer_add (zip, "xl/styles.xml", styles, strlen (styles));
  kilter_zip_writer_add (zip, "xl/sharedStrings.xml", strings, strlen (strings));
}

/**
 * kilter_export_write_book:
 * @sheets: (element-type KilterExportSheet): at least one
 *
 * Writes a workbook of several sheets: numbers as numbers with all their digits, formulas where the
 * cells have them, everything else as text.
 *
 * Returns: %FALSE when it cannot be written, or a table is larger than a sheet
 */
gboolean
kilter_export_write_book (GPtrArray *sheets,
                          GOutputStream *output,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) strings = g_string_new (NULL);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func (g_free);
  Texts texts = { index, strings, 0 };
  KilterZipWriter *zip;

  g_return_val_if_fail (sheets->len > 0, FALSE);

  for (guint i = 0; i < sheets->len; i++)
    {
      const KilterExportSheet *sheet = sheets->pdata[i];
      g_autoptr (GString) content = g_string_new (NULL);

      if (!kilter_write_check_size (sheet->table, error) ||
          !append_sheet (sheet->table, sheet->is_page, content, &texts, cancellable, error))
        return FALSE;
      g_ptr_array_add (contents, g_string_free (g_steal_pointer (&content), FALSE));
    }
  zip = kilter_zip_writer_new ();
  add_parts (zip, sheets, &texts);
  for (guint i = 0; i < sheets->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", i + 1);

      kilter_zip_writer_add (zip, name, contents->pdata[i], strlen (contents->pdata[i]));
    }
  return kilter_zip_writer_finish (zip, output, cancellable, error);
}

/**
 * kilter_export_write_xlsx:
 * @title: the name of the sheet
 *
 * Writes a workbook of one sheet: headings that stay in sight, numbers as numbers with all their
 * digits, everything else as text.
 *
 * Returns: %FALSE when it cannot be written, or the table is larger than a sheet
 */
gboolean
kilter_export_write_xlsx (const KilterExportTable *table,
                          const char *title,
                          GOutputStream *output,
                          GCancellable *cancellable,
                          GError **error)
{
  KilterExportSheet sheet = { (char *) title, (KilterExportTable *) table, FALSE };
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();

  g_ptr_array_add (sheets, &sheet);
  return kilter_export_write_book (sheets, output, cancellable, error);
}
