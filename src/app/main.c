/* main.c: starts the application
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-application.h"

#include <signal.h>

int
main (int argc, char **argv)
{
  g_autoptr (KilterApplication) application = kilter_application_new ();

  signal (SIGXFSZ, SIG_IGN); /* a limit on file sizes is told as a full disk */
  return g_application_run (G_APPLICATION (application), argc, argv);
}
