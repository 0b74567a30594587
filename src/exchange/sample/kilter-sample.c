/* kilter-sample.c: the sample plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/sample/kilter-sample-private.h"

#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"

/* --- input files --- */

static gboolean
import_file (KilterSampleBuilder *self, const char *name, const char *kind, GError **error)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterSampleTable) table = kilter_sample_table_read (self->folder, name, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const char *who = "Linh Trần", *at = "2026-04-01T08:30:00Z";

  if (table == NULL || !kilter_import_options_set (options, "as", kind, error))
    return FALSE;
  options->create = KILTER_CREATE_YES;
  bytes = kilter_sample_table_to_bytes (self, table);
  file = kilter_import_read_bytes (bytes, name, options, NULL, error);
  if (file == NULL)
    return FALSE;
  preview = kilter_import_preview (self->plan, file, options, NULL, error);
  if (preview == NULL)
    return FALSE;
  if (table->rows->len > 1 && *kilter_sample_table_get (table, 1, "author") != '\0')
    {
      who = kilter_sample_table_get (table, 1, "author");
      at = kilter_sample_table_get (table, 1, "at");
    }
  command = kilter_import_finish (self->plan, preview, who, at, error);
  if (command == NULL)
    return FALSE;
  if (table->rows->len > 1 && *kilter_sample_table_get (table, 1, "reason") != '\0')
    kilter_command_set_reason (
      command, kilter_sample_translate (self, kilter_sample_table_get (table, 1, "comment")));
  return kilter_sample_apply_command (self, command, who, at, error);
}

static gboolean
import_files (KilterSampleBuilder *self, GError **error)
{
  g_autoptr (KilterSampleTable) table = kilter_sample_table_read (self->folder, "files.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      const char *name = kilter_sample_table_get (table, r, "file");

      if (!import_file (self, name, kilter_sample_table_get (table, r, "kind"), error))
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
      if (self->job != NULL)
        kilter_job_advance (self->job, 1);
    }
  return TRUE;
}

/* --- public --- */

/**
 * kilter_sample_new:
 * @folder: (nullable): where the input files are; %NULL for the installed ones, or those of the
 *   environment variable KILTER_PKGDATADIR
 * @uuid: the new plan's
 *
 * Returns: (transfer full): the empty plan that kilter_sample_fill() fills; %NULL with an error of
 *   %G_FILE_ERROR when the files are not there
 */
KilterPlan *
kilter_sample_new (const char *folder, const char *uuid, GError **error)
{
  g_autofree char *path = kilter_sample_find_folder (folder);
  g_autoptr (KilterSampleTable) table = kilter_sample_table_read (path, "plan.csv", error);
  KilterBucketKind kind = KILTER_BUCKET_MONTH;
  KilterBucket cycle = KILTER_BUCKET_NONE;
  int n_history = 36, n_horizon = 18;
  const char *cycle_text = "";
  KilterPlan *plan;

  if (table == NULL)
    return NULL;
  for (guint r = 1; r < table->rows->len; r++)
    {
      const char *key = kilter_sample_table_get (table, r, "key"),
                 *value = kilter_sample_table_get (table, r, "value");

      if (g_str_equal (key, "bucket"))
        kilter_bucket_kind_from_string (value, &kind);
      else if (g_str_equal (key, "cycle"))
        cycle_text = value;
      else if (g_str_equal (key, "history"))
        n_history = (int) g_ascii_strtoll (value, NULL, 10);
      else if (g_str_equal (key, "horizon"))
        n_horizon = (int) g_ascii_strtoll (value, NULL, 10);
    }
  cycle = kilter_bucket_from_string (kind, cycle_text);
  if (cycle == KILTER_BUCKET_NONE || n_history < 1 || n_horizon < 1)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "%s/plan.csv does not say when the plan begins", path);
      return NULL;
    }
  plan = kilter_plan_new (kind, cycle, n_history, n_horizon);
  kilter_plan_set_up (plan, uuid, "Bluebird Foods", "USD");
  return plan;
}

/**
 * kilter_sample_fill:
 * @folder: (nullable): as for kilter_sample_new()
 * @language: (nullable): "vi", "zh_CN" … for names and texts; %NULL for English
 * @apply: (nullable): applies and keeps each command; %NULL to apply it in memory only
 * @job: (nullable): to cancel, and for the threads
 *
 * Imports the input files, forecasts, and adds what no file holds: overrides, comments, last
 * month's approved plan, the supply plan and its scenarios.
 */
gboolean
kilter_sample_fill (KilterPlan *plan,
                    const char *folder,
                    const char *language,
                    KilterApplyFunc apply,
                    gpointer user_data,
                    KilterJob *job,
                    GError **error)
{
  g_autofree char *path = kilter_sample_find_folder (folder);
  g_autoptr (GHashTable) names = language != NULL ? kilter_sample_read_names (path, language)
                                                  : NULL;
  KilterSampleBuilder self = { plan, path, names, apply, user_data, job };
  int bottleneck = 0;

  return import_files (&self, error) && kilter_sample_make_last_plan (&self, error) &&
         kilter_sample_make_forecast (&self, error) && kilter_sample_make_calendar (&self, error) &&
         kilter_sample_make_overrides (&self, error) &&
         kilter_sample_make_comments (&self, error) &&
         kilter_sample_make_supply (&self, &bottleneck, error) &&
         kilter_sample_make_scenarios (&self, bottleneck, error);
}
