/* kilter-cli.c: finding the verb
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "kilter-config.h"
#include "report/words/kilter-language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const KilterVerb verbs[] = {
  { "new", "PLAN", N_ ("make an empty plan, or the sample plan"), kilter_verb_new },
  { "import", "PLAN FILE…", N_ ("take files of other programs in"), kilter_verb_import },
  { "cleanse", "PLAN", N_ ("list what in the history is probably not demand, and correct it"),
    kilter_verb_cleanse },
  { "forecast", "PLAN | --stream", N_ ("forecast every series"), kilter_verb_forecast },
  { "supply", "PLAN", N_ ("plan production, stock and purchases under capacity"),
    kilter_verb_supply },
  { "show", "PLAN MEASURE…", N_ ("show numbers"), kilter_verb_show },
  { "metrics", "PLAN", N_ ("show the metrics against their targets"), kilter_verb_metrics },
  { "set", "PLAN MEASURE=VALUE", N_ ("type a number, with its reason"), kilter_verb_set },
  { "scenario", "PLAN list|new|compare|adopt|delete [NAME]", N_ ("work with scenarios"),
    kilter_verb_scenario },
  { "cycle", "PLAN status|finish|reopen|approve|next [STEP]", N_ ("follow the monthly cycle"),
    kilter_verb_cycle },
  { "decision", "PLAN list|approve|defer|reject [TITLE]", N_ ("answer what is asked for"),
    kilter_verb_decision },
  { "participant", "PLAN list|make|merge [PERSON FILE | FILE…]",
    N_ ("send people their part of the plan, and merge what comes back"), kilter_verb_participant },
  { "seal", "FILE SEALED", N_ ("seal a file with a password, to send it"), kilter_verb_seal },
  { "unseal", "SEALED FILE", N_ ("open a sealed file"), kilter_verb_unseal },
  { "pack", "PLAN --meeting NAME", N_ ("print a meeting pack to a PDF file"), kilter_verb_pack },
  { "export", "PLAN WHAT -o FILE", N_ ("write numbers or records to a file"), kilter_verb_export },
  { "template", "KIND", N_ ("an input file with headings and two example rows"),
    kilter_verb_template },
  { "profile", "list|show|save|delete [NAME]", N_ ("keep how files are read"),
    kilter_verb_profile },
  { "check", "PLAN", N_ ("check that the file is whole and its numbers fit together"),
    kilter_verb_check },
  { "guide", "FOLDER", N_ ("write the user’s guide as web pages"), kilter_verb_guide },
  { "log", "PLAN", N_ ("show who changed what, when and why"), kilter_verb_log },
  { "sql", "PLAN QUERY", N_ ("read the plan with SQL"), kilter_verb_sql },
};

/**
 * kilter_cli_get_verbs:
 *
 * Returns: (transfer none) (array length=out_n): all verbs, in the order of the help
 */
const KilterVerb *
kilter_cli_get_verbs (gsize *out_n)
{
  *out_n = G_N_ELEMENTS (verbs);
  return verbs;
}

static void
print_help (FILE *out)
{
  fprintf (out, "%s\n", _ ("Usage: kilterctl VERB [OPTION…] [ARGUMENT…]"));
  fprintf (out, "\n%s\n\n", _ ("Sales and operations plans on the command line."));
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (out, "  %-10s %s\n", verbs[i].name, _ (verbs[i].summary));
  fprintf (out, "\n%s\n",
           _ ("“kilterctl VERB --help” explains a verb, “kilterctl --version” tells the version."));
  fprintf (
    out, "%s\n",
    _ ("Exit status: 0 done, 1 failed, 2 usage, 3 bad input, 4 conflict, 5 cannot read or write."));
}

/**
 * kilter_cli_run:
 *
 * Returns: the exit status
 */
int
kilter_cli_run (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (KILTER_GETTEXT_PACKAGE, g_getenv ("KILTER_LOCALEDIR") != NULL
                                            ? g_getenv ("KILTER_LOCALEDIR")
                                            : KILTER_LOCALEDIR);
  bind_textdomain_codeset (KILTER_GETTEXT_PACKAGE, "UTF-8");
  kilter_language_prepare ();
  textdomain (KILTER_GETTEXT_PACKAGE);
  g_set_prgname ("kilterctl");

  if (argc < 2)
    {
      print_help (stderr);
      return KILTER_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") ||
      g_str_equal (argv[1], "help"))
    {
      print_help (stdout);
      return KILTER_EXIT_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("kilterctl %s\n", KILTER_VERSION);
      return KILTER_EXIT_DONE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (argv[1], verbs[i].name))
      {
        int status = verbs[i].run (argc - 1, argv + 1);

        /* what stands in the buffer may not fit on the disk */
        if (fflush (stdout) != 0 && status == KILTER_EXIT_DONE)
          {
            kilter_cli_say ("%s", _ ("The output could not be written."));
            status = KILTER_EXIT_IO;
          }
        return status;
      }
  return kilter_cli_usage (_ ("There is no verb “%s”."), argv[1]);
}
