/* main.c: kilterctl
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include <signal.h>

int
main (int argc, char *argv[])
{
  signal (SIGXFSZ, SIG_IGN); /* a limit on file sizes is told as a full disk */
  return kilter_cli_run (argc, argv);
}
