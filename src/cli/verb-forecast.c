/* verb-forecast.c: kilterctl forecast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "forecast/kilter-forecast-stream.h"
#include "plan/kilter-tasks.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* series read before they are forecast: enough for all cores, little memory */
#define CHUNK_SERIES 512

static gboolean
parse_frequency (const char *text, guint *out_season)
{
  static const struct
  {
    const char *name;
    guint season;
  } names[] = { { "monthly", 12 }, { "weekly", 52 }, { "quarterly", 4 },
                { "yearly", 1 },   { "daily", 7 },   { "hourly", 24 } };
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i].name))
      {
        *out_season = names[i].season;
        return TRUE;
      }
  if (!g_ascii_string_to_unsigned (text, 10, 1, KILTER_FORECAST_MAX_SEASON, &number, NULL))
    return FALSE;
  *out_season = (guint) number;
  return TRUE;
}

static gboolean
parse_levels (const char *text, KilterForecastOptions *options)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  options->n_levels = 0;
  for (char **part = parts; *part != NULL; part++)
    {
      char *end;
      double level = g_ascii_strtod (*part, &end);

      if (end == *part || *end != '\0' || !(level > 0 && level < 100) ||
          options->n_levels == KILTER_FORECAST_MAX_LEVELS)
        return FALSE;
      options->levels[options->n_levels++] = level / 100;
    }
  return options->n_levels > 0;
}

static int
forecast_stream (const char *frequency,
                 const char *method,
                 const char *levels,
                 int horizon,
                 int n_threads)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  KilterForecastOptions options;
  guint season = 12;
  KilterJob *job;
  gboolean done;

  if (frequency != NULL && !parse_frequency (frequency, &season))
    return kilter_cli_usage (_ ("“%s” is no frequency; there are monthly, weekly, quarterly, "
                                "yearly, or a number of periods a season."),
                             frequency);
  kilter_forecast_options_init (&options, season);
  if (horizon > 0)
    options.horizon = (guint) horizon;
  if (levels != NULL && !parse_levels (levels, &options))
    return kilter_cli_usage (_ ("“%s” are no levels such as 80,95."), levels);
  if (method != NULL &&
      !kilter_forecast_method_parse (method, &options.method, &options.members, &error))
    return kilter_cli_usage ("%s", error->message);
  if (!kilter_forecast_options_check (&options, &error))
    return kilter_cli_usage ("%s", error->message);
  job = kilter_cli_job_new (_ ("Forecasting"), n_threads);
  done = kilter_forecast_stream (input, output, &options, CHUNK_SERIES, job, &error);
  kilter_cli_job_free (job);
  if (done)
    return KILTER_EXIT_DONE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return KILTER_EXIT_DONE;
  kilter_cli_say ("%s", error->message);
  return error->domain == KILTER_FORECAST_ERROR ? KILTER_EXIT_BAD_INPUT
                                                : kilter_cli_status_of (error);
}

/* A new length of the horizon is a change of its own, before the forecast. */
static int
set_horizon (KilterStore *store, int horizon, gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *text = g_strdup_printf ("%d", horizon);

  if (horizon == kilter_plan_get_n_horizon (plan))
    return KILTER_EXIT_DONE;
  command = kilter_command_new ("setting", _ ("Length of the horizon"));
  kilter_command_set_setting (command, plan, "horizon", text);
  return kilter_cli_apply (store, command, dry_run);
}

static int
forecast_plan (KilterStore *store,
               const KilterForecastRequest *request,
               int n_threads,
               gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (plan, request, &error);
  g_autoptr (KilterCommand) command = NULL;
  KilterJob *job;
  gboolean done;
  gsize n;

  if (task == NULL)
    return kilter_cli_fail (error, NULL);
  job = kilter_cli_job_new (_ ("Forecasting"), n_threads);
  done = kilter_forecast_task_run (task, job, &error);
  kilter_cli_job_free (job);
  if (!done)
    return kilter_cli_fail (error, NULL);
  n = kilter_forecast_task_get_n_series (task);
  command = kilter_forecast_task_finish (task, plan);
  kilter_cli_say (g_dngettext (GETTEXT_PACKAGE, "%u series forecast", "%u series forecast", n),
                  (guint) n);
  return command != NULL ? kilter_cli_apply (store, command, dry_run) : KILTER_EXIT_DONE;
}

int
kilter_verb_forecast (int argc, char **argv)
{
  g_autofree char *method = NULL, *frequency = NULL, *levels = NULL, *scenario = NULL;
  gboolean stream = FALSE, dry_run = FALSE;
  int horizon = 0, n_threads = 0;
  const GOptionEntry entries[] = {
    { "method", 0, 0, G_OPTION_ARG_STRING, &method, N_ ("auto, or the name of a method"), "NAME" },
    { "horizon", 0, 0, G_OPTION_ARG_INT, &horizon, N_ ("Periods ahead; changes the plan’s horizon"),
      "N" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads,
      N_ ("How many cores work; all without it. The result is the same"), "N" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("For which scenario; without it, the baseline"), "NAME" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    { "stream", 0, 0, G_OPTION_ARG_NONE, &stream,
      N_ ("Forecast series from standard input to standard output"), NULL },
    { "frequency", 0, 0, G_OPTION_ARG_STRING, &frequency,
      N_ ("Of a stream: monthly, weekly, quarterly, yearly or periods a season"), "NAME" },
    { "levels", 0, 0, G_OPTION_ARG_STRING, &levels,
      N_ ("Of a stream: prediction intervals in percent (80,95)"), "LIST" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "forecast", entries,
    _ ("A stream is CSV with the headings series_id,period_index,value; the rows of a series stand "
       "together, "
       "period_index counts 1, 2, 3 …, an empty value is missing. The answer has the headings "
       "series_id,step,mean,lo80,hi80,lo95,hi95,method."),
    &argc, &argv, 0, 1);
  KilterForecastRequest request = { KILTER_BASELINE, NULL, NULL, FALSE };
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (horizon < 0 || horizon > 240 || n_threads < 0)
    return kilter_cli_usage (_ ("The horizon has 1 to 240 periods."));
  if (stream)
    return argc > 1 ? kilter_cli_usage (_ ("A stream needs no plan."))
                    : forecast_stream (frequency, method, levels, horizon, n_threads);
  if (argc < 2)
    return kilter_cli_usage (_ ("Which plan?"));
  if (frequency != NULL || levels != NULL)
    return kilter_cli_usage (
      _ ("“--frequency” and “--levels” belong to “--stream”; a plan has its own."));
  if (method != NULL)
    {
      g_autoptr (GError) error = NULL;
      KilterForecastMethod parsed;
      guint32 members;

      if (!kilter_forecast_method_parse (method, &parsed, &members, &error))
        return kilter_cli_usage ("%s", error->message);
      request.method = method;
    }
  store = kilter_cli_open (argv[1], !dry_run, &status);
  if (store == NULL)
    return status;
  status = KILTER_EXIT_DONE;
  request.version = kilter_cli_find_scenario (kilter_store_get_plan (store), scenario);
  if (request.version == 0)
    status = KILTER_EXIT_USAGE;
  if (status == KILTER_EXIT_DONE && horizon > 0)
    status = set_horizon (store, horizon, dry_run);
  if (status == KILTER_EXIT_DONE)
    status = forecast_plan (store, &request, n_threads, dry_run);
  return kilter_cli_finish (store, argv[1], dry_run, status);
}
