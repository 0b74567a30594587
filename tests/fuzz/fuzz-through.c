/* fuzz-through.c: bytes through the whole import: no crash, nothing but finite numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "exchange/import/kilter-import-wire.h"
#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"
#include "workbook-builder.h"

#include <math.h>
#include <string.h>

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

/* Reads, looks, applies, takes back; and what one process sends, the other understands. */
void
fuzz_import (GBytes *bytes, const char *name, guint32 choice)
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
  file = kilter_import_read_bytes (bytes, name, options, NULL, &error);
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
      received = kilter_import_receive (input, name, NULL, NULL);
      if (received == NULL ||
          kilter_sheet_get_n_rows (received->sheet) != kilter_sheet_get_n_rows (file->sheet))
        g_error ("rows were lost between the processes");
    }
  kilter_plan_free (plan);
}

/* Members as text, one behind the other. */
GBytes *
fuzz_pack (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) pieces = g_strsplit (text, "==== ", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (char **piece = pieces; *piece != NULL; piece++)
    {
      char *end = strchr (*piece, '\n');

      if (end == NULL || end == *piece || end - *piece > 200)
        continue;
      g_ptr_array_add (names, g_strndup (*piece, (gsize) (end - *piece)));
      g_ptr_array_add (texts, end + 1);
    }
  return build_zip_members (names, texts);
}

void
fuzz_import_archive (const guint8 *data, gsize size, const char *name, guint32 choice)
{
  g_autoptr (GBytes) bytes = fuzz_pack (data, size);

  if (choice % 8 == 0 && g_bytes_get_size (bytes) > 0)
    {
      g_autoptr (GByteArray) copy = g_bytes_unref_to_array (g_steal_pointer (&bytes));
      g_autoptr (GRand) rand = g_rand_new_with_seed (choice);

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        copy->data[g_rand_int_range (rand, 0, (gint32) copy->len)] = (guint8) g_rand_int (rand);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&copy));
    }
  fuzz_import (bytes, name, choice / 8);
}
