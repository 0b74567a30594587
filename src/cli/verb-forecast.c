/* verb-forecast.c: kilterctl forecast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "forecast/kilter-explain.h"
#include "forecast/stream/kilter-forecast-stream.h"
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
      options->levels[options->n_levels++] = level;
    }
  return options->n_levels > 0;
}

/* What was said on the command line. */
typedef struct
{
  char *method;
  char *mode;
  char *frequency;
  char *levels;
  char *scenario;
  char *reconcile;
  int horizon;
  int n_threads;
  gboolean integer;
  gboolean sd;
  gboolean model;
  gboolean dry_run;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->method);
  g_free (self->mode);
  g_free (self->frequency);
  g_free (self->levels);
  g_free (self->scenario);
  g_free (self->reconcile);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static int
set_stream_options (const Arguments *arguments, KilterForecastOptions *options)
{
  g_autoptr (GError) error = NULL;
  guint season = 12;

  if (arguments->frequency != NULL && !parse_frequency (arguments->frequency, &season))
    return kilter_cli_usage (_ ("“%s” is no frequency; there are monthly, weekly, quarterly, "
                                "yearly, daily, hourly, or a number of periods a season."),
                             arguments->frequency);
  kilter_forecast_options_init (options, season);
  if (arguments->horizon > 0)
    options->horizon = (guint) arguments->horizon;
  options->integer = arguments->integer;
  if (arguments->mode != NULL)
    kilter_forecast_mode_parse (arguments->mode, &options->mode);
  if (arguments->levels != NULL && !parse_levels (arguments->levels, options))
    return kilter_cli_usage (_ ("“%s” are no levels such as 80,95."), arguments->levels);
  if (arguments->method != NULL &&
      !kilter_forecast_method_parse (arguments->method, &options->method, &options->members,
                                     &error))
    return kilter_cli_usage ("%s", error->message);
  if (!kilter_forecast_options_check (options, &error))
    return kilter_cli_usage ("%s", error->message);
  return KILTER_EXIT_DONE;
}

static int
forecast_stream (const Arguments *arguments)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  KilterForecastOptions options;
  KilterJob *job;
  KilterForecastStreamFlags flags = KILTER_FORECAST_STREAM_NONE;
  gboolean done;
  int status = set_stream_options (arguments, &options);

  if (status != KILTER_EXIT_DONE)
    return status;
  if (arguments->sd || arguments->model)
    flags |= KILTER_FORECAST_STREAM_SD;
  if (arguments->model)
    {
      flags |= KILTER_FORECAST_STREAM_MODEL;
      kilter_forecast_options_set_backtest (&options);
    }
  job = kilter_cli_job_new (_ ("Forecasting"), arguments->n_threads);
  done = kilter_forecast_stream (input, output, &options, flags, CHUNK_SERIES, job, &error);
  kilter_cli_job_free (job);
  if (done)
    return KILTER_EXIT_DONE;
  /* whoever reads the output has seen enough */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return KILTER_EXIT_DONE;
  kilter_cli_say ("%s", error->message);
  return error->domain == KILTER_FORECAST_ERROR ? KILTER_EXIT_BAD_INPUT
                                                : kilter_cli_status_of (error);
}

/* A setting of the plan is a change of its own, before the forecast. */
static int
change_setting (KilterStore *store,
                const char *key,
                const char *value,
                const char *label,
                gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (KilterCommand) command = NULL;

  if (value == NULL || g_strcmp0 (kilter_plan_get_setting (plan, key), value) == 0)
    return KILTER_EXIT_DONE;
  command = kilter_command_new ("setting", label);
  kilter_command_set_setting (command, plan, key, value);
  return kilter_cli_apply (store, command, dry_run);
}

static int
change_settings (KilterStore *store, const Arguments *arguments)
{
  g_autofree char *horizon = arguments->horizon > 0 ? g_strdup_printf ("%d", arguments->horizon)
                                                    : NULL;
  int status = change_setting (store, "horizon", horizon, _ ("Length of the horizon"),
                               arguments->dry_run);

  if (status == KILTER_EXIT_DONE)
    status = change_setting (store, "forecast-mode", arguments->mode, _ ("Mode of the forecast"),
                             arguments->dry_run);
  if (status == KILTER_EXIT_DONE)
    status = change_setting (store, "forecast-reconcile", arguments->reconcile,
                             _ ("Reconciliation of the forecast"), arguments->dry_run);
  return status;
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

/* What belongs to a stream alone, or to a plan alone. */
static int
check_arguments (const Arguments *arguments, gboolean stream, int argc)
{
  g_autoptr (GError) error = NULL;
  KilterForecastMethod method;
  KilterForecastMode mode;
  guint32 members;

  if (arguments->horizon < 0 || arguments->horizon > (stream ? KILTER_FORECAST_MAX_HORIZON : 240) ||
      arguments->n_threads < 0)
    return kilter_cli_usage ("%s", stream ? _ ("The horizon has 1 to 1200 periods.")
                                          : _ ("The horizon has 1 to 240 periods."));
  if (arguments->mode != NULL && !kilter_forecast_mode_parse (arguments->mode, &mode))
    return kilter_cli_usage (_ ("“%s” is no mode; there are fast, standard and full."),
                             arguments->mode);
  if (arguments->method != NULL &&
      !kilter_forecast_method_parse (arguments->method, &method, &members, &error))
    return kilter_cli_usage ("%s", error->message);
  if (stream && argc > 1)
    return kilter_cli_usage ("%s", _ ("A stream needs no plan."));
  if (stream && arguments->reconcile != NULL)
    return kilter_cli_usage ("%s", _ ("“--reconcile” belongs to a plan: a stream knows no sums."));
  if (stream)
    return KILTER_EXIT_DONE;
  if (argc < 2)
    return kilter_cli_usage ("%s", _ ("Which plan?"));
  if (arguments->frequency != NULL || arguments->levels != NULL || arguments->integer ||
      arguments->sd || arguments->model)
    return kilter_cli_usage ("%s",
                             _ ("“--frequency”, “--levels”, “--integer”, “--sd” and “--model” "
                                "belong to “--stream”; a plan has its own."));
  if (arguments->reconcile != NULL && !kilter_reconcile_text_check (arguments->reconcile, &error))
    return kilter_cli_usage ("%s", error->message);
  return KILTER_EXIT_DONE;
}

int
kilter_verb_forecast (int argc, char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  gboolean stream = FALSE;
  const GOptionEntry entries[] = {
    { "method", 0, 0, G_OPTION_ARG_STRING, &arguments.method,
      N_ ("auto, or the name of a method, or several joined by +"), "NAME" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &arguments.mode,
      N_ ("fast, standard or full; of a plan, changes its setting"), "NAME" },
    { "horizon", 0, 0, G_OPTION_ARG_INT, &arguments.horizon,
      N_ ("Periods ahead; changes the plan’s horizon"), "N" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &arguments.n_threads,
      N_ ("How many cores work; all without it. The result is the same"), "N" },
    { "reconcile", 0, 0, G_OPTION_ARG_STRING, &arguments.reconcile,
      N_ ("How series and their sums are made to agree: bottom-up, top-down, middle-out:LEVEL, "
          "optimal or optimal:structural; LEVEL is category, family, product, region, channel or "
          "market, or two such as family/region. Changes the plan’s setting"),
      "HOW" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &arguments.scenario,
      N_ ("For which scenario; without it, the baseline"), "NAME" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &arguments.dry_run, N_ ("Change nothing"), NULL },
    { "stream", 0, 0, G_OPTION_ARG_NONE, &stream,
      N_ ("Forecast series from standard input to standard output"), NULL },
    { "frequency", 0, 0, G_OPTION_ARG_STRING, &arguments.frequency,
      N_ ("Of a stream: monthly, weekly, quarterly, yearly or periods a season"), "NAME" },
    { "levels", 0, 0, G_OPTION_ARG_STRING, &arguments.levels,
      N_ ("Of a stream: prediction intervals in percent (80,95)"), "LIST" },
    { "integer", 0, 0, G_OPTION_ARG_NONE, &arguments.integer,
      N_ ("Of a stream: whole numbers only"), NULL },
    { "sd", 0, 0, G_OPTION_ARG_NONE, &arguments.sd,
      N_ ("Of a stream: a further column with the standard deviation of the error"), NULL },
    { "model", 0, 0, G_OPTION_ARG_NONE, &arguments.model,
      N_ ("Of a stream: the same, and a column with what is known of the model, with a backtest: "
          "what “kilterctl import PLAN --as forecasts” needs"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "forecast", entries,
    _ ("A stream is CSV with the headings series_id,period_index,value; the rows of a series stand "
       "together, "
       "period_index counts 1, 2, 3 …, an empty value is missing. There may be columns "
       "series_method, series_season (a number for each period of a season, with spaces), "
       "and of events and prices columns “x:NAME”; then series of a series_group learn from each "
       "other, and rows with something in the column planned are periods to come. The answer has "
       "the headings series_id,step,mean,lo80,hi80,lo95,hi95,method."),
    &argc, &argv, 0, 1);
  KilterForecastRequest request = { KILTER_BASELINE, NULL, NULL, FALSE, NULL };
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  status = check_arguments (&arguments, stream, argc);
  if (status != KILTER_EXIT_DONE)
    return status;
  if (stream)
    return forecast_stream (&arguments);
  request.method = arguments.method;
  store = kilter_cli_open (argv[1], !arguments.dry_run, &status);
  if (store == NULL)
    return status;
  status = KILTER_EXIT_DONE;
  request.version = kilter_cli_find_scenario (kilter_store_get_plan (store), arguments.scenario);
  if (request.version == 0)
    status = KILTER_EXIT_USAGE;
  if (status == KILTER_EXIT_DONE)
    status = change_settings (store, &arguments);
  if (status == KILTER_EXIT_DONE)
    status = forecast_plan (store, &request, arguments.n_threads, arguments.dry_run);
  return kilter_cli_finish (store, argv[1], arguments.dry_run, status);
}
