/* fuzz-xlsx.c: mutated parts of XLSX workbooks, and mutated archives, through the whole import
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
      fuzz_import (mutated, "fuzz.xlsx", choice / 8);
      return;
    }
  fuzz_import (bytes, "fuzz.xlsx", choice / 8);
}

static const char *const tokens[] = {
  "<row r=\"2\">",
  "</row>",
  "<c r=\"A2\" t=\"s\">",
  "<c r=\"XFD1048576\">",
  "<c s=\"1\">",
  "<v>",
  "</v>",
  "</c>",
  "<f>A1</f>",
  "<is><t>",
  "</t></is>",
  "t=\"e\"",
  "t=\"b\"",
  "t=\"d\"",
  "t=\"inlineStr\"",
  "1e308",
  "46127",
  "-1",
  "NaN",
  "#N/A",
  "0.5",
  "<mergeCell ref=\"A1:B2\"/>",
  "hidden=\"1\"",
  "state=\"hidden\"",
  "date1904=\"1\"",
  "yyyy-mm",
  "0.0%",
  "[h]:mm",
  "\"text\"",
  "&amp;",
  "&#0;",
  "&lt;",
  "&unknown;",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<?x ?>",
  "<!DOCTYPE a [<!ENTITY b \"c\">]>",
  "_x000D_",
  "_xD800_",
  "==== xl/workbook.xml\n",
  "==== xl/styles.xml\n",
  "\357\273\277",
  "\377\376",
  "\303",
  "A0",
  "AAAA1",
  "4294967295",
  "99999999999999999999",
  "r:id=\"rId1\"",
  "Target=\"../../x\"",
  "<si><t>",
  "</t></si>",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-xlsx", "xlsx", tokens, 20000, NULL, run };
