/* verb-new.c: kilterctl new
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "exchange/sample/kilter-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
default_cycle (KilterBucketKind kind)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return kilter_bucket_to_string (
    kind, kilter_bucket_from_ymd (kind, g_date_time_get_year (now), g_date_time_get_month (now),
                                  g_date_time_get_day_of_month (now)));
}

static gboolean
apply_to_store (KilterCommand *command, gpointer user_data, GError **error)
{
  return kilter_store_apply (user_data, kilter_command_ref (command), error);
}

static int
fill_sample (KilterStore *store, const char *language)
{
  KilterJob *job = kilter_cli_job_new (_ ("Making the sample plan"), 0);
  g_autoptr (GError) error = NULL;
  gboolean done = kilter_sample_fill (kilter_store_get_plan (store), NULL, language, apply_to_store,
                                      store, job, &error);

  kilter_cli_job_free (job);
  return done ? KILTER_EXIT_DONE : kilter_cli_fail (error, _ ("The sample plan could not be made"));
}

int
kilter_verb_new (int argc, char **argv)
{
  g_autofree char *bucket = NULL, *cycle = NULL, *currency = NULL, *name = NULL, *language = NULL;
  gboolean sample = FALSE;
  int n_history = 36, n_horizon = 18;
  const GOptionEntry entries[] = {
    { "bucket", 0, 0, G_OPTION_ARG_STRING, &bucket,
      N_ ("Length of a period: month, week, quarter or 445"), "KIND" },
    { "cycle", 0, 0, G_OPTION_ARG_STRING, &cycle,
      N_ ("First period of the horizon; without it, the present one"), "2026-04" },
    { "history", 0, 0, G_OPTION_ARG_INT, &n_history, N_ ("Periods of history (36)"), "N" },
    { "horizon", 0, 0, G_OPTION_ARG_INT, &n_horizon, N_ ("Periods to plan (18)"), "N" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, N_ ("Currency of all money (USD)"),
      "CODE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name,
      N_ ("Name of the plan; without it, that of the file"), "TEXT" },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &sample, N_ ("Make the sample plan, Bluebird Foods"),
      NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      N_ ("Language of the sample: en, vi or zh_CN"), "CODE" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("new", entries, NULL, &argc, &argv, 1, 1);
  KilterBucketKind kind = KILTER_BUCKET_MONTH;
  g_autofree char *uuid = NULL, *default_name = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  KilterStore *store;
  KilterPlan *plan;
  KilterBucket start;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (bucket != NULL && !kilter_bucket_kind_from_string (bucket, &kind))
    return kilter_cli_usage (
      _ ("“%s” is no kind of period; there are month, week, quarter and 445."), bucket);
  if (n_history < 0 || n_history > 600 || n_horizon < 1 || n_horizon > 240)
    return kilter_cli_usage (_ ("The history may have 0 to 600 periods, the horizon 1 to 240."));
  if (language != NULL && !sample)
    return kilter_cli_usage (_ ("“--language” belongs to “--sample”."));
  if (cycle == NULL)
    cycle = default_cycle (kind);
  start = kilter_bucket_from_string (kind, cycle);
  if (start == KILTER_BUCKET_NONE)
    return kilter_cli_usage (_ ("“%s” is not a period such as 2026-04."), cycle);

  file = g_file_new_for_commandline_arg (argv[1]);
  if (g_file_query_exists (file, NULL))
    {
      kilter_cli_say (_ ("%s exists already; it is left as it is."), argv[1]);
      return KILTER_EXIT_IO;
    }
  uuid = g_uuid_string_random ();
  if (name == NULL)
    {
      g_autofree char *base = g_file_get_basename (file);

      default_name = g_filename_display_name (base);
      if (g_str_has_suffix (default_name, ".kilter"))
        default_name[strlen (default_name) - 7] = '\0';
    }
  if (sample)
    {
      plan = kilter_sample_new (NULL, uuid, &error);
      if (plan == NULL)
        return kilter_cli_fail (error, _ ("The sample plan could not be made"));
    }
  else
    {
      plan = kilter_plan_new (kind, start, n_history, n_horizon);
      kilter_plan_set_up (plan, uuid, name != NULL ? name : default_name,
                          currency != NULL ? currency : "USD");
    }
  store = kilter_store_create (file, plan, &error);
  if (store == NULL)
    return kilter_cli_fail (error, argv[1]);
  status = sample ? fill_sample (store, language) : KILTER_EXIT_DONE;
  status = kilter_cli_finish (store, argv[1], FALSE, status);
  if (status != KILTER_EXIT_DONE)
    g_file_delete (file, NULL, NULL);
  return status;
}
