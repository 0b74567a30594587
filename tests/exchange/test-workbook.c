/* test-workbook.c: cells of workbooks, and workbooks that are wrong or mean harm
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"

#include "workbook-builder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define HEADINGS                                                                                   \
  "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>product</t></is></c>"                           \
  "<c r=\"B1\" t=\"inlineStr\"><is><t>month</t></is></c>"                                          \
  "<c r=\"C1\" t=\"inlineStr\"><is><t>quantity</t></is></c></row>"

static KilterImportFile *
read_bytes (GBytes *bytes, const char *name, const char *sheet, GError **error)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();

  options->sheet = g_strdup (sheet);
  return kilter_import_read_bytes (bytes, name, options, NULL, error);
}

static KilterImportFile *
read_good (GBytes *bytes, const char *sheet)
{
  g_autoptr (GError) error = NULL;
  KilterImportFile *file = read_bytes (bytes, "book", sheet, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static void
check_refused (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterImportFile) file = read_bytes (bytes, "book.xlsx", NULL, &error);

  g_assert_null (file);
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "book.xlsx"));
}

static gboolean
has_note (const KilterImportFile *file, KilterImportCode code, const char *words)
{
  for (guint i = 0; i < file->notes->len; i++)
    {
      const KilterImportMessage *note = file->notes->pdata[i];
      g_autofree char *text = kilter_import_message_text (note);

      if (note->code == code && strstr (text, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

#define assert_cell(file, row, column, wanted)                                                     \
  g_assert_cmpstr (kilter_sheet_get_text ((file)->sheet, row, column), ==, wanted)
#define assert_flags(file, row, column, wanted)                                                    \
  g_assert_cmpuint (kilter_sheet_get_flags ((file)->sheet, row, column), ==, wanted)

/* ECMA-376 part 1, 18.17.4.1: known days of both calendars */
static void
test_dates (void)
{
  static const char styles
    [] = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-409]mmm\\-yy;@\"/>"
         "<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/>"
         "<numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/>"
         "<numFmt numFmtId=\"167\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
         "<numFmt numFmtId=\"168\" formatCode=\"0.00E+00\"/></numFmts>"
         "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
         "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
         "numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf numFmtId=\"168\"/><xf "
         "numFmtId=\"22\"/></cellXfs>";
  g_autoptr (GBytes) bytes = build_xlsx (
    "<row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c>"
    "<c s=\"2\"><v>46023</v></c><c s=\"7\"><v>46112.75</v></c><c s=\"5\"><v>45351</v></c></row>"
    "<row><c><v>46023</v></c><c s=\"3\"><v>12</v></c><c s=\"4\"><v>1.5</v></c>"
    "<c s=\"6\"><v>1.5E3</v></c><c s=\"1\"><v>-3</v></c><c s=\"1\"><v>60</v></c></row>",
    styles, NULL);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);

  assert_cell (file, 0, 0, "1900-01-01");
  assert_cell (file, 0, 1, "1900-02-28");
  assert_cell (file, 0, 2, "1900-03-01");
  assert_cell (file, 0, 3, "2026-01-01");
  assert_cell (file, 0, 4, "2026-03-31");
  assert_cell (file, 0, 5, "2024-02-29");
  assert_flags (file, 0, 3, KILTER_CELL_DATE);
  /* numbers that only look like days, or are none */
  assert_cell (file, 1, 0, "46023");
  assert_flags (file, 1, 0, KILTER_CELL_NUMBER);
  assert_cell (file, 1, 1, "12");
  assert_flags (file, 1, 1, KILTER_CELL_NUMBER);
  assert_cell (file, 1, 2, "1.5");
  assert_cell (file, 1, 3, "1500");
  assert_flags (file, 1, 3, KILTER_CELL_NUMBER);
  assert_cell (file, 1, 4, "-3");
  assert_cell (file, 1, 5, "60"); /* the day that never was */
}

static void
test_dates_1904 (void)
{
  const char *rows[] = {
    HEADINGS "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>P</v></c><c r=\"B2\"><v>44561</v></c>"
             "<c r=\"C2\"><v>7</v></c></row>",
    "",
    "",
  };
  g_autoptr (GBytes) bytes = build_xlsx_sheets (
    "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets>", rows);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportPreview) preview = NULL;
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 36, 18);

  g_assert_true (file->date_1904);
  options->kind = KILTER_IMPORT_SALES;
  preview = kilter_import_preview (plan, file, options, NULL, NULL);
  g_assert_cmpuint (preview->questions->len, ==, 0);
  /* 1904-01-01 + 44561 days */
  g_assert_cmpint (preview->first, ==, 2026 * 12 + 0);
  kilter_plan_free (plan);
}

static void
test_cells (void)
{
  static const char
    styles[] = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs><xf "
               "numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"170\"/></cellXfs>";
  static const char
    strings[] = "<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
                "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"
                "<si><t xml:space=\"preserve\"> a&amp;b_x000D_\nc </t></si>";
  g_autoptr (GBytes) bytes = build_xlsx (
    "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
    "<c r=\"D3\" t=\"s\"><v>2</v></c><c r=\"E3\" t=\"s\"><v>3</v></c></row>"
    "<row r=\"5\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"B5\" t=\"e\"><v>#N/A</v></c>"
    "<c r=\"C5\"><f>A1+1</f></c><c r=\"D5\"><f>A1+1</f><v>42</v></c>"
    "<c r=\"E5\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"F5\" s=\"1\"><v>0.07</v></c>"
    "<c r=\"G5\" s=\"2\"><v>123</v></c><c r=\"H5\" t=\"d\"><v>2026-04-15T00:00:00</v></c>"
    "<c r=\"I5\"><v>0.30000000000000004</v></c></row>",
    styles, strings);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);

  g_assert_cmpint (file->container, ==, KILTER_CONTAINER_XLSX);
  g_assert_cmpuint (kilter_sheet_get_n_rows (file->sheet), ==, 2);
  g_assert_cmpuint (kilter_sheet_get_line (file->sheet, 0), ==, 3);
  g_assert_cmpuint (kilter_sheet_get_line (file->sheet, 1), ==, 5);
  g_assert_cmpstr (kilter_sheet_get_name (file->sheet), ==, "Data & more");
  assert_cell (file, 0, 0, "plain");
  assert_cell (file, 0, 1, "rich text");
  assert_cell (file, 0, 2, "");
  assert_cell (file, 0, 3, "東京");
  assert_cell (file, 0, 4, " a&b\r\nc ");
  assert_cell (file, 1, 0, "TRUE");
  assert_flags (file, 1, 1, KILTER_CELL_ERROR);
  assert_flags (file, 1, 2, KILTER_CELL_NO_RESULT);
  assert_cell (file, 1, 2, "");
  assert_cell (file, 1, 3, "42");
  assert_cell (file, 1, 4, "");
  assert_flags (file, 1, 4, 0);
  assert_cell (file, 1, 5, "7%");
  assert_cell (file, 1, 6, "00123");
  assert_cell (file, 1, 7, "2026-04-15");
  assert_flags (file, 1, 7, KILTER_CELL_DATE);
  assert_cell (file, 1, 8, "0.30000000000000004");
}

static void
test_sheets (void)
{
  const char *rows[] = { "<row><c><v>1</v></c></row>", "", "<row><c><v>3</v></c></row>" };
  static const char workbook[] =
    "<sheets><sheet name=\"Secret\" state=\"veryHidden\" r:id=\"r1\"/><sheet name=\"Empty\" "
    "r:id=\"r2\"/><sheet name=\"Chart\" r:id=\"r9\"/><sheet name=\"Shown\" r:id=\"r3\"/></sheets>";
  g_autoptr (GBytes) bytes = build_xlsx_sheets (workbook, rows);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);
  g_autoptr (KilterImportFile) named = read_good (bytes, "Secret");
  g_autoptr (KilterImportFile) numbered = read_good (bytes, "4");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (file->sheets->len, ==, 4);
  g_assert_cmpuint (file->sheet_index, ==, 3);
  assert_cell (file, 0, 0, "3");
  g_assert_true (has_note (file, KILTER_IMPORT_HIDDEN_SHEETS, "Secret"));
  g_assert_true (has_note (file, KILTER_IMPORT_SHEET_CHOSEN, "Empty"));
  assert_cell (named, 0, 0, "1");
  assert_cell (numbered, 0, 0, "3");
  g_assert_null (read_bytes (bytes, "b", "Nowhere", &error));
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
  g_assert_nonnull (strstr (error->message, "Shown"));
  g_assert_null (strstr (error->message, "Secret"));
}

/* The grid is as large as what stands in it, whatever is said of its size. */
static void
test_places (void)
{
  g_autoptr (GBytes) bytes = build_xlsx (
    "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>3</v></c></row>"
    "<row r=\"2\"><c r=\"B2\"><v>5</v></c><c r=\"A2\"><v>4</v></c><c r=\"B2\"><v>6</v></c></row>"
    "<row r=\"1048576\" hidden=\"1\"><c r=\"XFD1048576\"><v>9</v></c></row>"
    "<row r=\"4\" hidden=\"1\"><c r=\"A4\"><v>7</v></c><c r=\"AAAA1\"><v>8</v></c>"
    "<c r=\"A0\"><v>8</v></c><c r=\"12\"><v>8</v></c></row>",
    NULL, NULL);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);

  g_assert_cmpuint (kilter_sheet_get_n_rows (file->sheet), ==, 3);
  g_assert_cmpuint (kilter_sheet_get_n_columns (file->sheet), ==, 3);
  assert_cell (file, 1, 0, "");
  assert_cell (file, 1, 1, "5");
  assert_cell (file, 2, 0, "7");
  g_assert_true (has_note (file, KILTER_IMPORT_STRAY_CELL, "A2"));
  g_assert_true (has_note (file, KILTER_IMPORT_STRAY_CELL, "XFD1048576"));
  g_assert_true (has_note (file, KILTER_IMPORT_STRAY_CELL, "AAAA1"));
  g_assert_true (has_note (file, KILTER_IMPORT_STRAY_CELL, "A0"));
  g_assert_true (has_note (file, KILTER_IMPORT_HIDDEN_ROWS, "1"));
}

/* Many columns that are filled one after the other are a table, not strays. */
static void
test_wide (void)
{
  g_autoptr (GString) rows = g_string_new ("<row>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KilterImportFile) file = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (rows, "<c><v>1</v></c>");
  g_string_append (rows, "</row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"ALL2\"><v>2</v></c>"
                         "</row>");
  bytes = build_xlsx (rows->str, NULL, NULL);
  file = read_good (bytes, NULL);
  g_assert_cmpuint (file->notes->len, ==, 0);
  assert_cell (file, 1, 999, "2");
}

static void
test_strict (void)
{
  g_autoptr (GBytes) bytes = build_zip (
    "[Content_Types].xml", "<Types/>", "_rels/.rels",
    "<Relationships><Relationship Id=\"a\" "
    "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" "
    "Target=\"/book/wb.xml\"/></Relationships>",
    "book/_rels/wb.xml.rels",
    "<Relationships><Relationship Id=\"s\" "
    "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" "
    "Target=\"../sheets/one.xml\"/><Relationship Id=\"x\" Type=\"worksheet\" "
    "Target=\"http://example.org/x\" TargetMode=\"External\"/></Relationships>",
    "book/wb.xml",
    "<x:workbook xmlns:x=\"urn:x\" xmlns:r=\"urn:r\"><x:sheets><x:sheet name=\"One\" "
    "r:id=\"s\"/></x:sheets></x:workbook>",
    "sheets/one.xml",
    "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row><x:c "
    "t=\"inlineStr\"><x:is><x:t>hi</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
    NULL);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);

  assert_cell (file, 0, 0, "hi");
}

/* --- what is refused --- */

static void
test_refused (void)
{
  g_autoptr (GString) text = g_string_new ("<row><c t=\"inlineStr\"><is><t>");
  g_autoptr (GString) deep = g_string_new ("<row><c t=\"inlineStr\"><is>");
  g_autoptr (GString) bomb = g_string_new ("<row><c><v>1</v></c></row>");
  g_autoptr (GBytes) doctype = build_zip (
    "[Content_Types].xml", "<Types/>", "_rels/.rels",
    "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Relationships/>", NULL);
  g_autoptr (GBytes) no_workbook = build_zip ("[Content_Types].xml", "<Types/>", NULL);
  g_autoptr (GBytes)
    word = build_zip ("[Content_Types].xml", "<Types/>", "word/document.xml", "<document/>", NULL);
  g_autoptr (GBytes) other = build_zip ("readme.txt", "hello", NULL);
  g_autoptr (GBytes) index = build_xlsx ("<row><c t=\"s\"><v>7</v></c></row>", NULL, NULL);
  g_autoptr (GBytes) not_closed = build_xlsx ("<row><c><v>7</v>", NULL, NULL);
  g_autoptr (GBytes) nothing = build_xlsx ("", NULL, NULL);
  g_autoptr (GBytes) good = build_xlsx ("<row><c><v>7</v></c></row>", NULL, NULL);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) - 60);
  g_autoptr (GBytes) long_text = NULL;
  g_autoptr (GBytes) too_deep = NULL;
  g_autoptr (GBytes) large = NULL;

  check_refused (doctype, "DOCTYPE");
  check_refused (no_workbook, "xl/workbook.xml");
  check_refused (word, "no workbook");
  check_refused (other, "no workbook");
  check_refused (index, "damaged or incomplete");
  check_refused (not_closed, "damaged or incomplete");
  check_refused (nothing, "is empty");
  check_refused (cut, "damaged or incomplete");

  for (int i = 0; i < 20000; i++)
    g_string_append (text, "12345678");
  g_string_append (text, "</t></is></c></row>");
  long_text = build_xlsx (text->str, NULL, NULL);
  check_refused (long_text, "characters");

  for (int i = 0; i < 300; i++)
    g_string_append (deep, "<r>");
  too_deep = build_xlsx (deep->str, NULL, NULL);
  check_refused (too_deep, "damaged or incomplete");

  /* 40 MB of blanks */
  for (int i = 0; i < 40; i++)
    {
      gsize start = bomb->len;

      g_string_set_size (bomb, start + 1024 * 1024);
      memset (bomb->str + start, ' ', 1024 * 1024);
    }
  large = build_xlsx (bomb->str, NULL, NULL);
  check_refused (large, "unpacks to more");
}

static void
test_entries (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < 10001; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("x/%d", i));
      g_ptr_array_add (texts, (gpointer) "");
    }
  bytes = build_zip_members (names, texts);
  check_refused (bytes, "parts");
}

/* Compound files ([MS-CFB]): header, one sector of table, one of the directory. */
static GBytes *
build_compound (const char *stream, gsize length)
{
  guchar data[1536] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

  data[30] = 9;
  data[44] = 1; /* sectors of the table */
  data[48] = 1; /* the directory's first */
  for (gsize i = 0; stream[i] != '\0'; i++)
    data[1024 + 2 * i] = (guchar) stream[i];
  return g_bytes_new (data, length);
}

static void
test_compound (void)
{
  g_autoptr (GBytes) old = build_compound ("Workbook", 1536);
  g_autoptr (GBytes) cut = build_compound ("Workbook", 1300);
  g_autoptr (GBytes) locked = build_compound ("EncryptedPackage", 1536);
  g_autoptr (GBytes) word = build_compound ("WordDocument", 1536);

  check_refused (old, "save it as XLSX or CSV");
  check_refused (cut, "damaged or incomplete");
  check_refused (locked, "protected by a password");
  check_refused (word, "not a text file");
}

/* --- OpenDocument --- */

#define ODS_CELL(type, attributes, text)                                                           \
  "<table:table-cell office:value-type=\"" type "\" " attributes "><text:p>" text                  \
  "</text:p></table:table-cell>"

static void
test_ods_cells (void)
{
  g_autoptr (GBytes) bytes = build_ods (
    "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties "
    "table:display=\"false\"/></style:style>",
    "<table:tracked-changes><table:deletion><table:table-cell><text:p>gone</text:p>"
    "</table:table-cell></table:deletion></table:tracked-changes>"
    "<table:table table:name=\"Hidden\" table:style-name=\"ta1\"><table:table-row>" ODS_CELL (
      "string", "",
      "no") "</table:table-row></table:table>"
            "<table:table table:name=\"Data\"><table:table-header-rows><table:table-row>"
            "<table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\">"
            "<office:annotation><text:p>a note</text:p></office:annotation><text:p>a<text:s "
            "text:c=\"2\"/>"
            "<text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>"
            "<table:covered-table-cell/>" ODS_CELL (
              "string", "",
              "R&amp;D") "</table:table-row></table:table-header-rows><table:table-row>"
                         "<table:table-cell table:number-columns-repeated=\"2\"/>" ODS_CELL (
                           "float", "office:value=\"1234.5\" table:number-columns-repeated=\"2\"",
                           "1.234,50 €") ODS_CELL ("percentage", "office:value=\"0.25\"", "25 %")
                           ODS_CELL ("date", "office:date-value=\"2026-04-15T10:00:00\"",
                                     "15.04.26")
                             ODS_CELL ("boolean", "office:boolean-value=\"true\"", "WAHR")
                               ODS_CELL ("string",
                                         "table:formula=\"of:=NA()\" "
                                         "office:string-value=\"\" "
                                         "calcext:value-type=\"error\"",
                                         "#N/A") "<table:table-cell "
                                                 "table:formula=\"of:=1\"/"
                                                 ">" ODS_CELL ("float", "office:value=\"7\"",
                                                               "007") "<table:table-"
                                                                      "cell "
                                                                      "table:number-"
                                                                      "columns-"
                                                                      "repeated="
                                                                      "\"16000\"/></"
                                                                      "table:table-"
                                                                      "row>"
                                                                      "<table:table-"
                                                                      "row "
                                                                      "table:number-"
                                                                      "rows-repeated="
                                                                      "\"3\""
                                                                      ">" ODS_CELL ("float",
                                                                                    "office:"
                                                                                    "value=\"5\"",
                                                                                    "5") "</"
                                                                                         "table:"
                                                                                         "table-"
                                                                                         "row><"
                                                                                         "table:"
                                                                                         "table-"
                                                                                         "row "
                                                                                         "table:"
                                                                                         "number-"
                                                                                         "rows-"
                                                                                         "repeate"
                                                                                         "d="
                                                                                         "\"10485"
                                                                                         "70\">"
                                                                                         "<table:"
                                                                                         "table-"
                                                                                         "cell "
                                                                                         "table:"
                                                                                         "number-"
                                                                                         "columns"
                                                                                         "-repeat"
                                                                                         "ed="
                                                                                         "\"16384"
                                                                                         "\"/></"
                                                                                         "table:"
                                                                                         "table-"
                                                                                         "row>"
                                                                                         "</"
                                                                                         "table:"
                                                                                         "table"
                                                                                         ">");
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);
  g_autoptr (KilterImportFile) hidden = read_good (bytes, "Hidden");

  g_assert_cmpint (file->container, ==, KILTER_CONTAINER_ODS);
  g_assert_cmpstr (kilter_sheet_get_name (file->sheet), ==, "Data");
  g_assert_true (has_note (file, KILTER_IMPORT_HIDDEN_SHEETS, "Hidden"));
  g_assert_cmpuint (kilter_sheet_get_n_rows (file->sheet), ==, 5);
  assert_cell (file, 0, 0, "a  b\nc");
  assert_cell (file, 0, 1, "");
  assert_cell (file, 0, 2, "R&D");
  assert_cell (file, 1, 2, "1234.5");
  assert_cell (file, 1, 3, "1234.5");
  assert_flags (file, 1, 3, KILTER_CELL_NUMBER);
  assert_cell (file, 1, 4, "25%");
  assert_cell (file, 1, 5, "2026-04-15");
  assert_flags (file, 1, 5, KILTER_CELL_DATE);
  assert_cell (file, 1, 6, "TRUE");
  assert_flags (file, 1, 7, KILTER_CELL_ERROR);
  assert_flags (file, 1, 8, KILTER_CELL_NO_RESULT);
  assert_cell (file, 1, 9, "007");
  g_assert_cmpuint (kilter_sheet_get_n_cells (file->sheet, 1), ==, 10);
  g_assert_cmpuint (kilter_sheet_get_line (file->sheet, 4), ==, 5);
  assert_cell (hidden, 0, 0, "no");
}

static void
test_ods_refused (void)
{
  g_autoptr (GBytes) columns = build_ods (
    "", "<table:table table:name=\"A\"><table:table-row>" ODS_CELL (
          "float", "office:value=\"1\" table:number-columns-repeated=\"20000\"",
          "1") "</table:table-row></table:table>");
  g_autoptr (GBytes)
    rows = build_ods ("", "<table:table table:name=\"A\"><table:table-row "
                          "table:number-rows-repeated=\"1000000\">" ODS_CELL (
                            "float", "office:value=\"1\"", "1") "</table:table-row></table:table>");
  g_autoptr (GBytes) locked = build_zip (
    "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml",
    "<m:manifest xmlns:m=\"urn:m\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/>"
    "</m:file-entry></m:manifest>",
    "content.xml", "\001\002\003", NULL);
  g_autoptr (GBytes) no_sheet = build_ods ("", "");
  g_autoptr (GBytes) doctype = build_zip ("content.xml", "<!DOCTYPE a><a/>", NULL);

  check_refused (columns, "repeats cells");
  check_refused (rows, "repeats cells");
  check_refused (locked, "protected by a password");
  check_refused (no_sheet, "no workbook");
  check_refused (doctype, "DOCTYPE");
}

/* Records of a workbook: a cell that is wrong is left out and listed; a key that is wrong, with its
 * row. */
static void
test_records (void)
{
  static const char styles[] = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  g_autoptr (GBytes) bytes = build_xlsx (
    "<row><c t=\"str\"><v>code</v></c><c t=\"str\"><v>price</v></c><c t=\"str\"><v>launch</v>"
    "</c></row><row><c t=\"str\"><v>A</v></c><c><v>1.5</v></c><c s=\"1\"><v>46127</v></c></row>"
    "<row><c t=\"str\"><v>B</v></c><c><f>X1</f></c></row>"
    "<row><c t=\"str\"><v>C</v></c><c t=\"e\"><v>#REF!</v></c></row>"
    "<row><c t=\"e\"><v>#N/A</v></c><c><v>2</v></c></row>",
    styles, NULL);
  g_autoptr (KilterImportFile) file = read_good (bytes, NULL);
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 36, 18);
  const KilterRecord *record;

  options->kind = KILTER_IMPORT_PRODUCTS;
  /* how texts would be read says nothing of what is a date already */
  options->date_format = KILTER_DATE_DMY;
  preview = kilter_import_preview (plan, file, options, NULL, NULL);
  g_assert_cmpuint (preview->n_ready, ==, 3);
  g_assert_cmpuint (preview->counts[KILTER_IMPORT_NO_RESULT], ==, 1);
  g_assert_cmpuint (preview->counts[KILTER_IMPORT_ERROR_VALUE], ==, 2);
  /* empty cells at the end need not be in the file */
  g_assert_cmpuint (preview->counts[KILTER_IMPORT_FEWER_FIELDS], ==, 0);
  command = kilter_import_finish (plan, preview, "Ann", "2026-04-09T09:12:00Z", NULL);
  kilter_plan_apply (plan, command);
  record = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "A");
  g_assert_nonnull (record);
  g_assert_cmpfloat (kilter_record_number (record, KILTER_PRODUCT_PRICE), ==, 1.5);
  g_assert_cmpstr (kilter_record_text (record, KILTER_PRODUCT_LAUNCH), ==, "2026-04");
  record = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "B");
  g_assert_true (isnan (kilter_record_number (record, KILTER_PRODUCT_PRICE)));
  kilter_plan_free (plan);
}

/* --- through the reader process --- */

static void
test_child (void)
{
  const char *rows[] = { HEADINGS "<row><c t=\"str\"><v>P-1</v></c><c t=\"str\"><v>2026-01</v></c>"
                                  "<c><v>5</v></c><c r=\"XFD2\"><v>1</v></c></row>",
                         "<row><c><v>2</v></c></row>", "" };
  g_autoptr (GBytes) bytes = build_xlsx_sheets (
    "<workbookPr date1904=\"true\"/><sheets><sheet name=\"Một\" r:id=\"r1\"/><sheet name=\"Hai\" "
    "r:id=\"r2\"/><sheet name=\"Ba\" state=\"hidden\" r:id=\"r3\"/></sheets>",
    rows);
  g_autofree char *folder = g_dir_make_tmp ("kilter-workbook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sổ.xlsx", NULL);
  g_autoptr (GFile) location = g_file_new_for_path (path);
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterImportFile) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  file = kilter_import_read_in_child (location, options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (file->container, ==, KILTER_CONTAINER_XLSX);
  g_assert_true (file->date_1904);
  g_assert_cmpuint (file->sheets->len, ==, 3);
  g_assert_cmpstr (((KilterSheetName *) file->sheets->pdata[0])->name, ==, "Một");
  g_assert_true (((KilterSheetName *) file->sheets->pdata[2])->hidden);
  g_assert_true (has_note (file, KILTER_IMPORT_STRAY_CELL, "XFD2"));
  assert_cell (file, 1, 2, "5");
  options->sheet = g_strdup ("Hai");
  second = kilter_import_read_in_child (location, options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->sheet_index, ==, 1);
  assert_cell (second, 0, 0, "2");
  g_assert_cmpstr (kilter_sheet_get_name (second->sheet), ==, "Hai");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/workbook/dates", test_dates);
  g_test_add_func ("/exchange/workbook/dates-1904", test_dates_1904);
  g_test_add_func ("/exchange/workbook/cells", test_cells);
  g_test_add_func ("/exchange/workbook/sheets", test_sheets);
  g_test_add_func ("/exchange/workbook/places", test_places);
  g_test_add_func ("/exchange/workbook/wide", test_wide);
  g_test_add_func ("/exchange/workbook/strict", test_strict);
  g_test_add_func ("/exchange/workbook/refused", test_refused);
  g_test_add_func ("/exchange/workbook/entries", test_entries);
  g_test_add_func ("/exchange/workbook/compound", test_compound);
  g_test_add_func ("/exchange/workbook/ods-cells", test_ods_cells);
  g_test_add_func ("/exchange/workbook/ods-refused", test_ods_refused);
  g_test_add_func ("/exchange/workbook/records", test_records);
  g_test_add_func ("/exchange/workbook/child", test_child);
  return g_test_run ();
}
