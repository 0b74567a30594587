/* verb-seal.c: kilterctl seal, unseal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>

static int
run (const char *verb, int argc, char **argv)
{
  gboolean closing = g_str_equal (verb, "seal");
  int password_fd = -1;
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &password_fd,
      N_ ("Read the password from this file descriptor instead of the terminal"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    verb, entries,
    closing ? _ ("Whoever has the password can open the file, and nobody else. A lost password is "
                 "a lost file.")
            : NULL,
    &argc, &argv, 2, 2);
  g_autoptr (GFile) from = NULL;
  g_autoptr (GBytes) content = NULL, result = NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  if (status != KILTER_CLI_GO_ON)
    return status;
  from = g_file_new_for_commandline_arg (argv[1]);
  content = g_file_load_bytes (from, NULL, NULL, &error);
  if (content == NULL)
    return kilter_cli_fail (error, argv[1]);
  password = kilter_cli_read_password (password_fd, closing);
  if (password == NULL)
    return KILTER_EXIT_USAGE;
  result = closing ? kilter_seal_close (content, password, KILTER_SEAL_NORMAL, &error)
                   : kilter_seal_open (content, password, &error);
  kilter_seal_forget (password);
  return result != NULL ? kilter_cli_write_new_file (argv[2], result)
                        : kilter_cli_fail (error, argv[1]);
}

int
kilter_verb_seal (int argc, char **argv)
{
  return run ("seal", argc, argv);
}

int
kilter_verb_unseal (int argc, char **argv)
{
  return run ("unseal", argc, argv);
}
