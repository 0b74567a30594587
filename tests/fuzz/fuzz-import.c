/* fuzz-import.c: mutated files through the whole import: no crash, nothing but finite numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   fuzz-import [SECONDS [SEED [FOLDER]]]
 *
 * Deterministic for a seed but for where the time ends. The input that is being tried is kept in
 * FOLDER/last-input when a folder is named. With libFuzzer, build with -DKILTER_LIBFUZZER and
 * without main. */
#include "exchange/kilter-import-wire.h"
#include "exchange/kilter-import.h"
#include "plan/kilter-cycle.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static KilterPlan *
make_plan (guint choice)
{
  KilterBucketKind kind = choice % 4;
  KilterPlan *plan = kilter_plan_new (kind, kilter_bucket_from_ymd (kind, 2026, 1, 5),
                                      choice % 8 < 4 ? 24 : 60, 24);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Fuzz", "USD");
  return plan;
}

static void
check_command (const KilterCommand *command)
{
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *range = kilter_command_get_range (command, i);

      for (int b = 0; b < range->n; b++)
        if (isinf (range->new_values[b]) || fabs (range->new_values[b]) > 1e22)
          g_error ("an impossible number would get into the plan");
    }
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      const KilterTableInfo *info = kilter_table_get_info (change->table);

      for (int f = 0; change->new_values != NULL && f < info->n_fields; f++)
        {
          if (change->new_values[f].text != NULL &&
              !g_utf8_validate (change->new_values[f].text, -1, NULL))
            g_error ("text that is not UTF-8 would get into the plan");
          if (isinf (change->new_values[f].number))
            g_error ("an impossible number would get into a record");
        }
    }
}

static void
try_import (GBytes *bytes, guint choice)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  KilterPlan *plan = make_plan (choice);

  options->accept = TRUE;
  options->kind = (int) (choice % (KILTER_N_IMPORT_KINDS + 1)) - 1;
  options->duplicates = choice / 64 % 4;
  options->create = choice / 256 % 3;
  file = kilter_import_read_bytes (bytes, "fuzz.csv", options, NULL, &error);
  if (file != NULL)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (KilterImportFile) received = NULL;
      g_autoptr (GInputStream) input = NULL;
      g_autoptr (GBytes) sent = NULL;

      preview = kilter_import_preview (plan, file, options, NULL, NULL);
      for (guint i = 0; i < preview->messages->len; i++)
        g_free (kilter_import_message_text (preview->messages->pdata[i]));
      if (preview->n_ready + preview->n_skipped > preview->n_rows)
        g_error ("more rows than there are");
      command = kilter_import_finish (plan, preview, "Fuzz", "2026-01-05T00:00:00Z", &error);
      if (command != NULL)
        {
          check_command (command);
          kilter_plan_apply (plan, command);
          kilter_plan_revert (plan, command);
        }
      /* what one process sends, the other understands */
      kilter_import_send (file, stream, NULL);
      g_output_stream_close (stream, NULL, NULL);
      sent = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
      input = g_memory_input_stream_new_from_bytes (sent);
      received = kilter_import_receive (input, "fuzz.csv", NULL, NULL);
      if (received == NULL ||
          kilter_sheet_get_n_rows (received->sheet) != kilter_sheet_get_n_rows (file->sheet))
        g_error ("rows were lost between the processes");
    }
  kilter_plan_free (plan);
}

/* The receiving end, given nonsense. */
static void
try_receive (GBytes *bytes)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (KilterImportFile) file = kilter_import_receive (input, "fuzz", NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;
  guint choice = 0;

  if (size < 4)
    return 0;
  memcpy (&choice, data, 4);
  bytes = g_bytes_new (data + 4, size - 4);
  if (choice & 0x80000000)
    try_receive (bytes);
  else
    try_import (bytes, choice);
  return 0;
}

#ifndef KILTER_LIBFUZZER
#define MAX_SIZE 20000

static void
mutate (GByteArray *data, GRand *rand, GPtrArray *seeds)
{
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
  };
  int n = g_rand_int_range (rand, 1, 8);

  while (n-- > 0)
    {
      guint at = data->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) data->len) : 0;
      guint wanted = (guint) g_rand_int_range (rand, 1, 40);
      guint length = MIN (wanted, data->len - at);

      switch (g_rand_int_range (rand, 0, 7))
        {
        case 0:
          if (data->len > 0)
            data->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
          break;
        case 1:
          if (data->len > 0)
            data->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
          break;
        case 2:
          if (length > 0)
            g_byte_array_remove_range (data, at, length);
          break;
        case 3: /* a piece once more at the end */
          if (length > 0)
            {
              g_autofree guint8 *copy = g_memdup2 (data->data + at, length);

              g_byte_array_append (data, copy, length);
            }
          break;
        case 4:
        case 5:
          {
            const char *token = tokens[g_rand_int_range (rand, 0, G_N_ELEMENTS (tokens))];
            guint rest_length = data->len - at;
            g_autofree guint8 *rest = rest_length > 0 ? g_memdup2 (data->data + at, rest_length)
                                                      : NULL;

            g_byte_array_set_size (data, at);
            g_byte_array_append (data, (const guint8 *) token, (guint) strlen (token));
            if (rest_length > 0)
              g_byte_array_append (data, rest, rest_length);
            break;
          }
        default: /* the end of another file */
          {
            GBytes *other = seeds->pdata[g_rand_int_range (rand, 0, (gint32) seeds->len)];
            gsize size;
            const guint8 *bytes = g_bytes_get_data (other, &size);
            gsize from = size > 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) size) : 0;

            g_byte_array_set_size (data, at);
            g_byte_array_append (data, bytes + from, (guint) (size - from));
            break;
          }
        }
    }
  if (data->len > MAX_SIZE)
    g_byte_array_set_size (data, MAX_SIZE);
}

/* The templates, and the corpus of bad files where it is. */
static GPtrArray *
collect_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *shared = g_getenv ("KILTER_SHARED_DATA");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "/nonexistent", "bad-input",
                                            NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      char *text = kilter_template (kind);

      g_ptr_array_add (seeds, g_bytes_new_take (text, strlen (text)));
    }
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_strdup (name));
  /* a folder has no order of its own */
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);
      char *text;
      gsize length;

      if (g_file_get_contents (file, &text, &length, NULL))
        g_ptr_array_add (seeds, g_bytes_new_take (text, MIN (length, MAX_SIZE)));
    }
  return seeds;
}

int
main (int argc, char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 4;
  guint32 seed = argc > 2 ? (guint32) strtoul (argv[2], NULL, 10) : 1;
  const char *folder = argc > 3 ? argv[3] : NULL;
  g_autofree char *last = folder != NULL ? g_build_filename (folder, "last-input", NULL) : NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) seeds = collect_seeds ();
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint64 n = 0;

  while (g_get_monotonic_time () < end)
    {
      GBytes *from = seeds->pdata[n < seeds->len
                                    ? n
                                    : (guint64) g_rand_int_range (rand, 0, (gint32) seeds->len)];
      g_autoptr (GByteArray) data = g_byte_array_new ();
      guint32 choice = g_rand_int (rand);
      gint64 start = g_get_monotonic_time ();
      gsize size;
      const guint8 *bytes = g_bytes_get_data (from, &size);

      g_byte_array_append (data, bytes, (guint) size);
      /* first all as they are */
      if (n >= seeds->len)
        mutate (data, rand, seeds);
      if (choice % 16 != 0)
        choice &= 0x7fffffff;
      g_byte_array_prepend (data, (const guint8 *) &choice, 4);
      if (last != NULL)
        g_file_set_contents (last, (const char *) data->data, data->len, NULL);
      LLVMFuzzerTestOneInput (data->data, data->len);
      if (g_get_monotonic_time () - start > 10 * G_USEC_PER_SEC)
        g_error ("an input of %u bytes takes more than 10 seconds", data->len);
      n++;
    }
  printf ("fuzz-import: %" G_GUINT64_FORMAT " inputs, seed %u: ok\n", n, seed);
  return 0;
}
#endif
