/* main.c: kilterctl
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

int
main (int argc, char *argv[])
{
  return kilter_cli_run (argc, argv);
}
