/* fuzz-xlsx.c: mutated parts of XLSX workbooks, and mutated archives, through the whole import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  fuzz_import_archive (data, size, "fuzz.xlsx", choice);
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
