/* fuzz-csv.c: mutated text files through the whole import, and nonsense into the end of the pipe
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "exchange/import/kilter-import-wire.h"
#include "exchange/import/kilter-import.h"

#include <string.h>

/* The receiving end, given nonsense. */
static void
try_receive (GBytes *bytes)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (KilterImportFile) file = kilter_import_receive (input, "fuzz", NULL, NULL);
}

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  if (choice % 16 == 0)
    try_receive (bytes);
  else
    fuzz_import (bytes, "fuzz.csv", choice / 16);
}

static void
add_seeds (GPtrArray *seeds)
{
  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      char *text = kilter_template (kind);

      g_ptr_array_add (seeds, g_bytes_new_take (text, strlen (text)));
    }
}

static const char *const tokens[] = {
  "\"",
  "\"\"",
  ",",
  ";",
  "\t",
  "\r",
  "\n",
  "\r\n",
  "-",
  "(1)",
  "1e308",
  "1e-308",
  "NaN",
  "2026-02-30",
  "2026-W53",
  "Q5 2026",
  "99999999",
  "45292",
  "01/02/2026",
  "\357\273\277",
  "\377\376",
  "\303",
  "\303\251",
  "e\314\201",
  "\357\277\275",
  "=1+1",
  "%",
  "1.234",
  "1,234",
  "Total",
  "sep=;\n",
  "product",
  "month",
  "quantity",
  "2026",
  "Jan",
  "\342\200\256",
  "1234567890123456789012345678901234567890",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-csv", "csv", tokens, 20000, add_seeds, run };
