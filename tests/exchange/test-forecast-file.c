/* test-forecast-file.c: series out of a plan, through the filter, and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include "exchange/export/kilter-forecast-file.h"
#include "exchange/import/kilter-import.h"
#include "plan/data/kilter-model.h"
#include "plan/data/kilter-plan-private.h"

#include "forecast/stream/kilter-forecast-stream.h"

#include <string.h>

static KilterForecastTask *
make_task (KilterPlan *plan)
{
  KilterForecastRequest request = { .version = KILTER_BASELINE };
  g_autoptr (GError) error = NULL;
  KilterForecastTask *task = kilter_forecast_task_new (plan, &request, &error);

  g_assert_no_error (error);
  return task;
}

/* Puts what the task has into the plan; returns what is then in it. */
static char *
finish (KilterForecastTask *task, KilterPlan *plan)
{
  g_autoptr (KilterCommand) command = kilter_forecast_task_finish (task, plan);

  kilter_plan_apply (plan, command);
  return plan_fixture_fingerprint (plan);
}

static char *
get_text (GOutputStream *output)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (output);

  return g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
}

static char *
write_series (KilterForecastTask *task)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_forecast_file_write (task, output, NULL, &error));
  g_assert_no_error (error);
  return get_text (output);
}

/* The engine elsewhere, told what an export tells. */
static char *
filter (KilterForecastTask *task, const char *series)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (series, -1, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;
  KilterForecastOptions options;
  KilterForecastTerms terms;

  kilter_forecast_task_get_terms (task, &terms);
  kilter_forecast_options_init (&options, terms.season_length);
  options.horizon = terms.horizon;
  options.n_levels = terms.n_levels;
  memcpy (options.levels, terms.levels, sizeof (double) * terms.n_levels);
  kilter_forecast_options_set_backtest (&options);
  g_assert_true (kilter_forecast_stream (input, output, &options,
                                         KILTER_FORECAST_STREAM_SD | KILTER_FORECAST_STREAM_MODEL,
                                         0, job, &error));
  g_assert_no_error (error);
  return get_text (output);
}

static void
check_same (KilterPlan *plan, gboolean has_season)
{
  g_autoptr (KilterForecastTask) here = make_task (plan);
  g_autoptr (KilterForecastTask) there = make_task (plan);
  g_autofree char *series = write_series (there);
  g_autofree char *answers = filter (there, series);
  g_autofree char *mine = NULL, *theirs = NULL, *before = plan_fixture_fingerprint (plan);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (strstr (series, "series_season") != NULL, ==, has_season);
  g_assert_true (kilter_forecast_task_run (here, NULL, &error));
  g_assert_true (kilter_forecast_file_read (there, answers, strlen (answers), "answers", &error));
  g_assert_true (kilter_forecast_task_run_answers (there, NULL, &error));
  g_assert_no_error (error);
  command = kilter_forecast_task_finish (here, plan);
  kilter_plan_apply (plan, command);
  mine = plan_fixture_fingerprint (plan);
  kilter_plan_revert (plan, command);
  theirs = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (theirs, ==, before);
  g_clear_pointer (&theirs, g_free);
  theirs = finish (there, plan);
  g_assert_cmpstr (mine, ==, theirs);
  g_assert_cmpstr (mine, !=, before);
}

/* Also with a season that a planner has set, which an answer from before it does not fit. */
static void
test_season (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterForecastTask) task = NULL;
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");
  g_autofree char *series = NULL, *old = NULL;
  g_autoptr (GError) error = NULL;
  double season[12];

  check_same (plan, FALSE);
  task = make_task (plan);
  series = write_series (task);
  old = filter (task, series);
  for (int i = 0; i < 12; i++)
    season[i] = 1.0 / (i + 3);
  kilter_plan_set_own_season (plan, command, &(KilterScope) { .family = ICE }, season);
  kilter_plan_apply (plan, command);
  check_same (plan, TRUE);
  g_clear_pointer (&task, kilter_forecast_task_free);
  task = make_task (plan);
  g_assert_false (kilter_forecast_file_read (task, old, strlen (old), "old", &error));
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_CONFLICT);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast-file/season", test_season);
  return g_test_run ();
}
