/* fuzz-ods.c: mutated parts of ODS workbooks, and mutated archives, through the whole import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "workbook-builder.h"

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  g_autoptr (GBytes) bytes = fuzz_pack (data, size);

  /* the archive itself, too */
  if (choice % 8 == 0 && g_bytes_get_size (bytes) > 0)
    {
      g_autoptr (GByteArray) copy = g_bytes_unref_to_array (g_bytes_ref (bytes));
      g_autoptr (GRand) rand = g_rand_new_with_seed (choice);
      g_autoptr (GBytes) mutated = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        copy->data[g_rand_int_range (rand, 0, (gint32) copy->len)] = (guint8) g_rand_int (rand);
      mutated = g_bytes_new (copy->data, copy->len);
      fuzz_import (mutated, "fuzz.ods", choice / 8);
      return;
    }
  fuzz_import (bytes, "fuzz.ods", choice / 8);
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
