/* import-fixture.c: a plan, and text imported into it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "plan/process/kilter-cycle.h"

#include <string.h>

KilterPlan *
make_plan (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 36, 18);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Test", "USD");
  return plan;
}

KilterImportOptions *
make_options (const char *kind)
{
  KilterImportOptions *options = kilter_import_options_new ();

  g_assert_true (kilter_import_options_set (options, "as", kind, NULL));
  return options;
}

KilterImportPreview *
preview_text (KilterPlan *plan,
              const char *text,
              const char *name,
              const KilterImportOptions *options)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterImportFile) file = kilter_import_read_bytes (bytes, name, options, NULL, &error);
  KilterImportPreview *preview;

  g_assert_no_error (error);
  preview = kilter_import_preview (plan, file, options, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < preview->messages->len; i++)
    {
      g_autofree char *sentence = kilter_import_message_text (preview->messages->pdata[i]);

      g_test_message ("%s", sentence);
    }
  return preview;
}

/* Imports for good; returns the preview. */
KilterImportPreview *
import_text (KilterPlan *plan, const char *text, const KilterImportOptions *options)
{
  KilterImportPreview *preview = preview_text (plan, text, "test.csv", options);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterCommand) command = kilter_import_finish (plan, preview, "Ann", AT, &error);

  g_assert_no_error (error);
  kilter_plan_apply (plan, command);
  return preview;
}

double
get_sales (KilterPlan *plan,
           const char *product,
           const char *region,
           const char *channel,
           const char *month)
{
  int series = kilter_plan_find_series (
    plan, kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, product)->id,
    kilter_plan_find_record (plan, KILTER_TABLE_REGION, region)->id,
    kilter_plan_find_record (plan, KILTER_TABLE_CHANNEL, channel)->id);

  return kilter_plan_get_value (
    plan, KILTER_BASELINE, KILTER_ACTUAL, series,
    kilter_plan_find_bucket (plan, kilter_bucket_from_string (KILTER_BUCKET_MONTH, month)));
}

void
assert_message (const KilterImportPreview *preview, KilterImportCode code, guint row)
{
  for (guint i = 0; i < preview->messages->len; i++)
    {
      const KilterImportMessage *message = preview->messages->pdata[i];

      if (message->code == code && message->row == row)
        return;
    }
  g_error ("There is no message %s of row %u", kilter_import_code_get_name (code), row);
}

gboolean
has_question (const KilterImportPreview *preview, const char *option)
{
  for (guint i = 0; i < preview->questions->len; i++)
    if (g_str_equal (((KilterImportQuestion *) preview->questions->pdata[i])->option, option))
      return TRUE;
  return FALSE;
}
