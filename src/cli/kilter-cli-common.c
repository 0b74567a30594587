/* kilter-cli-common.c: arguments, messages, plans, long work
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- messages --- */

/**
 * kilter_cli_say:
 *
 * Writes a line to standard error.
 */
void
kilter_cli_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *local = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  local = g_locale_from_utf8 (text, -1, NULL, NULL, NULL);
  fprintf (stderr, "kilterctl: %s\n", local != NULL ? local : text);
}

int
kilter_cli_usage (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  kilter_cli_say ("%s", text);
  kilter_cli_say ("%s", _ ("See “kilterctl --help”, or “kilterctl VERB --help”."));
  return KILTER_EXIT_USAGE;
}

static int
status_of_store (int code)
{
  switch ((KilterStoreError) code)
    {
    case KILTER_STORE_ERROR_NOT_A_PLAN:
    case KILTER_STORE_ERROR_OTHER_APPLICATION:
    case KILTER_STORE_ERROR_TOO_NEW:
    case KILTER_STORE_ERROR_DAMAGED:
    case KILTER_STORE_ERROR_FOREIGN:
    case KILTER_STORE_ERROR_HASH:
      return KILTER_EXIT_BAD_INPUT;
    case KILTER_STORE_ERROR_CONFLICT:
    case KILTER_STORE_ERROR_BUSY:
    case KILTER_STORE_ERROR_UNSAVED:
      return KILTER_EXIT_CONFLICT;
    case KILTER_STORE_ERROR_GONE:
    case KILTER_STORE_ERROR_EXISTS:
    case KILTER_STORE_ERROR_READ_ONLY:
    case KILTER_STORE_ERROR_FULL:
      return KILTER_EXIT_IO;
    case KILTER_STORE_ERROR_FAILED:
    case KILTER_STORE_ERROR_DEPENDS:
    case KILTER_STORE_ERROR_CANCELLED:
    case KILTER_N_STORE_ERRORS:
    default:
      return KILTER_EXIT_FAILED;
    }
}

/**
 * kilter_cli_status_of:
 *
 * Returns: the exit status that an error means
 */
int
kilter_cli_status_of (const GError *error)
{
  if (error == NULL)
    return KILTER_EXIT_FAILED;
  if (error->domain == KILTER_STORE_ERROR)
    return status_of_store (error->code);
  if (error->domain == KILTER_EXCHANGE_ERROR)
    switch ((KilterExchangeError) error->code)
      {
      case KILTER_EXCHANGE_ERROR_OPTION:
        return KILTER_EXIT_USAGE;
      case KILTER_EXCHANGE_ERROR_CONFLICT:
        return KILTER_EXIT_CONFLICT;
      case KILTER_EXCHANGE_ERROR_BAD_FILE:
      case KILTER_EXCHANGE_ERROR_QUESTION:
      default:
        return KILTER_EXIT_BAD_INPUT;
      }
  if (error->domain == KILTER_SEAL_ERROR)
    return error->code == KILTER_SEAL_ERROR_FAILED ? KILTER_EXIT_FAILED : KILTER_EXIT_BAD_INPUT;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return KILTER_EXIT_FAILED;
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    return KILTER_EXIT_IO;
  return KILTER_EXIT_FAILED;
}

/**
 * kilter_cli_fail:
 * @about: (nullable): the file or thing that it concerns
 *
 * Says what is wrong.
 *
 * Returns: the exit status that it means
 */
int
kilter_cli_fail (const GError *error, const char *about)
{
  if (error->domain == KILTER_STORE_ERROR && error->code != KILTER_STORE_ERROR_FAILED)
    kilter_cli_say ("%s: %s", about != NULL ? about : "",
                    kilter_store_error_get_text (error->code));
  else if (about != NULL)
    kilter_cli_say ("%s: %s", about, error->message);
  else
    kilter_cli_say ("%s", error->message);
  return kilter_cli_status_of (error);
}

/* --- arguments --- */

/**
 * kilter_cli_parse:
 * @entries: the verb's own options
 * @description: (nullable): more about the verb, below the options
 * @min: how many arguments must follow the options
 * @max: how many may, −1 for any number
 *
 * Takes the options out of @argv; argv[1] is then the first argument.
 *
 * Returns: %KILTER_CLI_GO_ON, or the exit status
 */
int
kilter_cli_parse (const char *verb,
                  const GOptionEntry *entries,
                  const char *description,
                  int *argc,
                  char ***argv,
                  int min,
                  int max)
{
  return kilter_cli_parse_with_data (verb, entries, description, NULL, argc, argv, min, max);
}

/**
 * kilter_cli_parse_with_data:
 * @data: for callbacks among @entries
 *
 * The same, for options that are functions.
 */
int
kilter_cli_parse_with_data (const char *verb,
                            const GOptionEntry *entries,
                            const char *description,
                            gpointer data,
                            int *argc,
                            char ***argv,
                            int min,
                            int max)
{
  gsize n;
  const KilterVerb *verbs = kilter_cli_get_verbs (&n);
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  GOptionGroup *group;
  gboolean help = FALSE;
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *parameters = NULL;

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (verbs[i].name, verb))
      {
        parameters = g_strdup_printf ("%s", verbs[i].arguments);
        context = g_option_context_new (parameters);
        g_option_context_set_summary (context, _ (verbs[i].summary));
      }
  g_return_val_if_fail (context != NULL, KILTER_EXIT_FAILED);

  group = g_option_group_new ("kilterctl", "", "", data, NULL);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_group_add_entries (group, entries);
  g_option_group_add_entries (group, help_entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (description != NULL)
    g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, argc, argv, &error))
    return kilter_cli_usage ("%s", error->message);
  if (help)
    {
      g_autofree char *name = g_strdup_printf ("kilterctl %s", verb);
      g_autofree char *text = NULL;

      g_set_prgname (name);
      text = g_option_context_get_help (context, TRUE, NULL);
      fputs (text, stdout);
      return KILTER_EXIT_DONE;
    }
  /* behind "--" everything is an argument */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)[1] = (*argv)[0];
      (*argv)++;
      (*argc)--;
    }
  if (*argc - 1 < min)
    return kilter_cli_usage (_ ("Something is missing: kilterctl %s %s"), verb, parameters);
  if (max >= 0 && *argc - 1 > max)
    return kilter_cli_usage (_ ("“%s” is one argument too many."), (*argv)[max + 1]);
  return KILTER_CLI_GO_ON;
}

/* --- who and when --- */

/**
 * kilter_cli_who:
 *
 * Returns: (transfer full): the person's name as the system knows it
 */
char *
kilter_cli_who (void)
{
  const char *name = g_get_real_name ();

  if (name == NULL || *name == '\0' || g_str_equal (name, "Unknown"))
    name = g_get_user_name ();
  return g_utf8_make_valid (name, -1);
}

/**
 * kilter_cli_now:
 *
 * Returns: (transfer full): "2026-04-09T09:12:00Z"
 */
char *
kilter_cli_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

/* --- plans --- */

/**
 * kilter_cli_open:
 * @write: whether it is going to be changed
 *
 * Returns: (transfer full) (nullable): the plan; %NULL after saying why not
 */
KilterStore *
kilter_cli_open (const char *path, gboolean write, int *out_status)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  KilterStore *store = kilter_store_open (
    file, write ? KILTER_STORE_DEFAULT : KILTER_STORE_READ_ONLY, &error);

  if (store == NULL)
    *out_status = kilter_cli_fail (error, path);
  return store;
}

/**
 * kilter_cli_apply:
 *
 * Stamps a command with who and when and does it: for good, or in memory when it is a dry run.
 *
 * Returns: the exit status
 */
int
kilter_cli_apply (KilterStore *store, KilterCommand *command, gboolean dry_run)
{
  g_autofree char *who = kilter_cli_who ();
  g_autofree char *at = kilter_cli_now ();
  g_autoptr (GError) error = NULL;

  kilter_command_set_stamp (command, who, at);
  if (dry_run)
    {
      kilter_plan_apply (kilter_store_get_plan (store), command);
      return KILTER_EXIT_DONE;
    }
  if (!kilter_store_apply (store, kilter_command_ref (command), &error))
    return kilter_cli_fail (error, kilter_command_get_label (command));
  return KILTER_EXIT_DONE;
}

/**
 * kilter_cli_finish:
 * @store: (transfer full): an open plan
 * @status: how it went so far
 *
 * Publishes what was done and closes; after a failure, or a dry run, the file stays as it was.
 *
 * Returns: the exit status
 */
int
kilter_cli_finish (KilterStore *store, const char *path, gboolean dry_run, int status)
{
  g_autoptr (GError) error = NULL;

  if (status == KILTER_EXIT_DONE && !dry_run && !kilter_store_publish (store, NULL, &error))
    status = kilter_cli_fail (error, path);
  g_clear_error (&error);
  if (!kilter_store_close (store,
                           status == KILTER_EXIT_DONE && !dry_run ? KILTER_STORE_CLOSE_PUBLISH
                                                                  : KILTER_STORE_CLOSE_DISCARD,
                           &error) &&
      status == KILTER_EXIT_DONE)
    status = kilter_cli_fail (error, path);
  kilter_store_free (store);
  return status;
}

/**
 * kilter_cli_find_scenario:
 * @name: (nullable): %NULL is the baseline
 *
 * Returns: its id, or 0 after saying that there is none
 */
KilterVersion
kilter_cli_find_scenario (const KilterPlan *plan, const char *name)
{
  KilterVersion version = name == NULL ? KILTER_BASELINE : kilter_plan_find_version (plan, name);

  if (version == 0)
    kilter_cli_say (_ ("There is no scenario “%s”."), name);
  return version;
}

/**
 * kilter_cli_find_buckets:
 * @from: (nullable): "2026-01"; %NULL is the first bucket
 * @to: (nullable): %NULL is the last bucket
 *
 * Returns: %FALSE after saying what is wrong
 */
gboolean
kilter_cli_find_buckets (const KilterPlan *plan,
                         const char *from,
                         const char *to,
                         int *out_first,
                         int *out_n)
{
  const char *texts[] = { from, to };
  int at[2] = { 0, kilter_plan_get_n_buckets (plan) - 1 };

  for (int i = 0; i < 2; i++)
    {
      KilterBucket bucket;

      if (texts[i] == NULL)
        continue;
      bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), texts[i]);
      at[i] = bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
      if (at[i] < 0)
        {
          g_autofree char *first = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                            kilter_plan_get_start (plan));
          g_autofree char *last = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                           kilter_plan_get_start (plan) +
                                                             kilter_plan_get_n_buckets (plan) - 1);

          kilter_cli_say (_ ("“%s” is not a period of the plan, which goes from %s to %s."),
                          texts[i], first, last);
          return FALSE;
        }
    }
  if (at[1] < at[0])
    {
      kilter_cli_say (_ ("“%s” is before “%s”."), to, from);
      return FALSE;
    }
  *out_first = at[0];
  *out_n = at[1] - at[0] + 1;
  return TRUE;
}

/* --- long work --- */

/* Ctrl+C while a job runs: a thread of its own waits for the signal, since nothing that cancels is
 * allowed in a signal's handler. */
typedef struct
{
  GCancellable *cancellable;
  GThread *thread;
  int stop; /* atomic */
} Watcher;

static gpointer
wait_for_interrupt (gpointer data)
{
  Watcher *watcher = data;
  const struct timespec pause = { 0, 100 * 1000 * 1000 };
  int n = 0;
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  while (!g_atomic_int_get (&watcher->stop))
    if (sigtimedwait (&set, NULL, &pause) == SIGINT)
      {
        /* a second time ends the program at once; the file stays as it was */
        if (n++ > 0)
          _exit (128 + SIGINT);
        g_cancellable_cancel (watcher->cancellable);
      }
  return NULL;
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  const char *text = user_data;

  if (total > 0)
    fprintf (stderr, "\r%s %3d %%\033[K", text, (int) (100 * done / total));
}

/**
 * kilter_cli_job_new:
 * @text: what is done, translated; must stay valid
 * @n_threads: 0 for all cores
 */
KilterJob *
kilter_cli_job_new (const char *text, int n_threads)
{
  Watcher *watcher = g_new0 (Watcher, 1);
  KilterJob *job;
  sigset_t set;

  watcher->cancellable = g_cancellable_new ();
  job = kilter_job_new (watcher->cancellable);
  g_object_set_data (G_OBJECT (watcher->cancellable), "kilter-watcher", watcher);
  if (isatty (STDERR_FILENO))
    kilter_job_set_progress (job, on_progress, (gpointer) text);
  if (n_threads > 0)
    kilter_job_set_n_threads (job, (guint) n_threads);
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  watcher->thread = g_thread_new ("interrupt", wait_for_interrupt, watcher);
  return job;
}

void
kilter_cli_job_free (KilterJob *job)
{
  Watcher *watcher = g_object_get_data (G_OBJECT (kilter_job_get_cancellable (job)),
                                        "kilter-watcher");
  sigset_t set;

  g_atomic_int_set (&watcher->stop, 1);
  g_thread_join (watcher->thread);
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  pthread_sigmask (SIG_UNBLOCK, &set, NULL);
  if (isatty (STDERR_FILENO))
    fputs ("\r\033[K", stderr);
  kilter_job_unref (job);
  g_object_unref (watcher->cancellable);
  g_free (watcher);
}
