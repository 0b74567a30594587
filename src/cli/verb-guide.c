/* verb-guide.c: kilterctl guide
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "help/kilter-help.h"
#include "kilter-config.h"

#include <glib/gi18n-lib.h>

int
kilter_verb_guide (int argc, char **argv)
{
  g_autofree char *language = NULL, *folder = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      N_ ("Language of the guide: en, vi or zh_CN; without it, yours"), "CODE" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("guide", entries, NULL, &argc, &argv, 1, 1);
  const char *data = g_getenv ("KILTER_PKGDATADIR");
  const char *const chosen[] = { language, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) to = NULL;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (language != NULL && !g_strv_contains (kilter_help_get_languages (), language))
    return kilter_cli_usage (_ ("There is no guide in the language “%s”."), language);
  folder = g_build_filename (data != NULL ? data : KILTER_PKGDATADIR, "help", NULL);
  to = g_file_new_for_commandline_arg (argv[1]);
  if (!kilter_help_write_html (folder, language != NULL ? chosen : g_get_language_names (), to,
                               &error))
    return kilter_cli_fail (error, argv[1]);
  kilter_cli_say (_ ("%s: the guide begins at index.html"), argv[1]);
  return KILTER_EXIT_DONE;
}
