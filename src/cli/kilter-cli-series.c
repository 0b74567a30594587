/* kilter-cli-series.c: series out to kilterctl forecast --stream on other machines, and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "exchange/export/kilter-forecast-file.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define PEEK 64

static KilterForecastTask *
new_task (KilterStore *store, int *out_status)
{
  const KilterForecastRequest request = { .version = KILTER_BASELINE };
  g_autoptr (GError) error = NULL;
  KilterForecastTask *task = kilter_forecast_task_new (kilter_store_get_plan (store), &request,
                                                       &error);

  if (task == NULL)
    *out_status = kilter_cli_fail (error, NULL);
  return task;
}

/* How the engine must be called so that its answer fits. */
static void
say_how (const KilterForecastTask *task)
{
  g_autoptr (GString) levels = g_string_new (NULL);
  KilterForecastTerms terms;

  kilter_forecast_task_get_terms (task, &terms);
  for (guint i = 0; i < terms.n_levels; i++)
    g_string_append_printf (levels, "%s%g", i > 0 ? "," : "", terms.levels[i]);
  kilter_cli_say (_ ("Forecast it with: kilterctl forecast --stream --frequency %u --horizon %u "
                     "--levels %s --mode %s --model"),
                  terms.season_length, terms.horizon, levels->str, terms.mode);
}

/**
 * kilter_cli_export_series:
 * @path: (nullable): %NULL for standard output
 *
 * Returns: the exit status
 */
int
kilter_cli_export_series (KilterStore *store, const char *path)
{
  int status = KILTER_EXIT_DONE;
  g_autoptr (KilterForecastTask) task = new_task (store, &status);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_commandline_arg (path) : NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  if (task == NULL)
    return status;
  output = file != NULL ? G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, 0, NULL, &error))
                        : g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  if (output == NULL || !kilter_forecast_file_write (task, output, NULL, &error) ||
      !g_output_stream_close (output, NULL, &error))
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
             ? KILTER_EXIT_DONE
             : kilter_cli_fail (error, path);
  say_how (task);
  return KILTER_EXIT_DONE;
}

/**
 * kilter_cli_is_forecasts:
 *
 * Returns: whether a file holds forecasts of series; "-" is standard input, which can hold nothing
 *   else
 */
gboolean
kilter_cli_is_forecasts (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GInputStream) input = NULL;
  char start[PEEK];
  gsize n = 0;

  if (g_str_equal (path, "-"))
    return TRUE;
  input = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  return input != NULL && g_input_stream_read_all (input, start, PEEK, &n, NULL, NULL) &&
         kilter_forecast_file_is_one (start, n);
}

static GBytes *
read_all (const char *path, GError **error)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) memory = NULL;

  if (!g_str_equal (path, "-"))
    {
      g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);

      return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
    }
  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  memory = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/**
 * kilter_cli_import_forecasts:
 * @paths: (array length=n): parts of one answer, in any order
 *
 * Returns: the exit status; 4 when a history has changed since the export, 3 when the answer is not
 *   whole
 */
int
kilter_cli_import_forecasts (KilterStore *store, char **paths, int n, gboolean dry_run)
{
  int status = KILTER_EXIT_DONE;
  g_autoptr (KilterForecastTask) task = new_task (store, &status);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  guint n_series;

  if (task == NULL)
    return status;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = read_all (paths[i], &error);
      g_autofree char *name = g_filename_display_basename (paths[i]);
      gsize length;
      const char *text;

      if (bytes == NULL)
        return kilter_cli_fail (error, paths[i]);
      text = g_bytes_get_data (bytes, &length);
      if (!kilter_forecast_file_read (task, text != NULL ? text : "", length, name, &error))
        return kilter_cli_fail (error, NULL);
    }
  if (!kilter_forecast_task_run_answers (task, NULL, &error))
    {
      kilter_cli_say ("%s", error->message);
      return KILTER_EXIT_BAD_INPUT;
    }
  n_series = (guint) kilter_forecast_task_get_n_series (task);
  command = kilter_forecast_task_finish (task, kilter_store_get_plan (store));
  kilter_cli_say (
    g_dngettext (GETTEXT_PACKAGE, "%u series forecast", "%u series forecast", n_series), n_series);
  return kilter_cli_apply (store, command, dry_run);
}
