/* main.c: starts the application
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (KilterApplication) application = kilter_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
