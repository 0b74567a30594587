/* verb-pack.c: kilterctl pack
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "report/pack/kilter-pack-layout.h"

#include <glib/gi18n-lib.h>

/* The names of meetings and of their sections, for the help. */
static char *
list_sections (void)
{
  g_autoptr (GString) out = g_string_new (_ ("Meetings and their sections:"));

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    {
      g_autoptr (GArray) sections = kilter_meeting_get_sections (m);

      g_string_append_printf (out, "\n  %-10s", kilter_meeting_get_key (m));
      for (guint i = 0; i < sections->len; i++)
        g_string_append_printf (out, " %s", g_array_index (sections, KilterPackSection, i).key);
    }
  g_string_append_c (out, '\n');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
check_sections (const KilterPlan *plan, KilterMeeting meeting, char **keys)
{
  g_autoptr (GPtrArray) entries = kilter_pack_layout_get (plan, meeting);

  for (char **key = keys; key != NULL && *key != NULL; key++)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < entries->len; i++)
        known |= g_str_equal (((KilterPackEntry *) entries->pdata[i])->key, *key);
      if (!known)
        {
          kilter_cli_usage (_ ("The pack of this meeting has no section “%s”."), *key);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
local_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
}

static int
write_pack (KilterPlan *plan, const KilterPackOptions *options, const char *output)
{
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, options);
  g_autofree char *proposal = kilter_pack_get_file_name (pack);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output != NULL ? output : proposal);
  g_autoptr (GError) error = NULL;
  KilterJob *job = kilter_cli_job_new (_ ("Writing the pack"), 0);
  gboolean done = kilter_pack_save (pack, file, job, &error);

  kilter_cli_job_free (job);
  if (!done)
    return kilter_cli_fail (error, output != NULL ? output : proposal);
  kilter_cli_say (g_dngettext (GETTEXT_PACKAGE, "%s: %d page", "%s: %d pages",
                               (gulong) kilter_pack_get_n_pages (pack)),
                  output != NULL ? output : proposal, kilter_pack_get_n_pages (pack));
  return KILTER_EXIT_DONE;
}

int
kilter_verb_pack (int argc, char **argv)
{
  g_autofree char *meeting = NULL, *output = NULL, *language = NULL, *paper = NULL,
                  *scenario = NULL, *sections = NULL;
  gboolean grey = FALSE;
  const GOptionEntry entries[] = {
    { "meeting", 0, 0, G_OPTION_ARG_STRING, &meeting,
      N_ ("demand, supply, pre, executive or monitor"), "NAME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write, a workbook when it ends in .xlsx; without it, a name made of plan and "
          "meeting"),
      "FILE.pdf" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      N_ ("Language of the pack: en, vi or zh_CN; without it, yours"), "CODE" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &paper, N_ ("a4 or letter"), "NAME" },
    { "grey", 0, 0, G_OPTION_ARG_NONE, &grey, N_ ("For a printer without colour"), NULL },
    { "sections", 0, 0, G_OPTION_ARG_STRING, &sections,
      N_ ("Only these sections, in this order, parted by commas"), "LIST" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("Of which scenario; without it, the baseline"), "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *description = list_sections ();
  int status = kilter_cli_parse ("pack", entries, description, &argc, &argv, 1, 1);
  g_autofree char *printed = local_now ();
  g_autofree char *author = kilter_cli_who ();
  g_auto (GStrv) keys = NULL;
  KilterPackOptions options = { 0 };
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (meeting == NULL)
    return kilter_cli_usage ("%s", _ ("For which meeting? For instance --meeting executive."));
  if (!kilter_meeting_from_string (meeting, &options.meeting))
    return kilter_cli_usage (_ ("There is no meeting “%s”."), meeting);
  if (paper != NULL && !kilter_paper_from_string (paper, &options.paper))
    return kilter_cli_usage (_ ("There is no paper “%s”; there are a4 and letter."), paper);
  if (sections != NULL)
    keys = g_strsplit (sections, ",", -1);
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  options.version = kilter_cli_find_scenario (kilter_store_get_plan (store), scenario);
  options.is_grey = grey;
  options.language = language;
  options.sections = (const char *const *) keys;
  options.printed = printed;
  options.author = author;
  if (options.version == 0 ||
      !check_sections (kilter_store_get_plan (store), options.meeting, keys))
    status = KILTER_EXIT_USAGE;
  else
    status = write_pack (kilter_store_get_plan (store), &options, output);
  return kilter_cli_finish (store, argv[1], TRUE, status);
}
