/* fuzz-ods.c: mutated parts of ODS workbooks, and mutated archives, through the whole import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  fuzz_import_archive (data, size, "fuzz.ods", choice);
}

static const char *const tokens[] = {
  "<table:table-row>",
  "</table:table-row>",
  "<table:table-cell office:value-type=\"float\" office:value=\"5\">",
  "<table:table-cell/>",
  "<table:covered-table-cell/>",
  "</table:table-cell>",
  "<text:p>",
  "</text:p>",
  "<text:s text:c=\"1000000\"/>",
  "<text:line-break/>",
  "table:number-columns-repeated=\"16384\"",
  "table:number-rows-repeated=\"1048576\"",
  "table:number-columns-repeated=\"4294967295\"",
  "office:value-type=\"percentage\"",
  "office:value-type=\"date\" office:date-value=\"2026-02-30\"",
  "office:value-type=\"boolean\" office:boolean-value=\"true\"",
  "office:value=\"1e999\"",
  "table:formula=\"of:=1\"",
  "<office:annotation>",
  "</office:annotation>",
  "<table:table table:name=\"x\">",
  "</table:table>",
  "<table:tracked-changes>",
  "</office:spreadsheet>",
  "table:display=\"false\"",
  "&amp;",
  "&#0;",
  "&unknown;",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<!DOCTYPE a>",
  "\357\273\277",
  "\377\376",
  "\303",
  "-1",
  "NaN",
  "#N/A",
  "Err:502",
  "==== META-INF/manifest.xml\n",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-ods", "ods", tokens, 20000, NULL, run };
