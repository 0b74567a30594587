/* kilter-cli-password.c: passwords from a terminal or a file descriptor, never from arguments
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "seal/kilter-seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_PASSWORD 1024

/* One line, byte by byte: nothing of what follows is taken, and no buffer keeps a copy. */
static char *
read_line (int fd)
{
  char line[MAX_PASSWORD];
  gsize n = 0;
  char *password;
  char byte;
  gssize got;

  while (n + 1 < sizeof line && ((got = read (fd, &byte, 1)) == 1 || (got < 0 && errno == EINTR)))
    {
      if (got == 1 && byte == '\n')
        break;
      if (got == 1)
        line[n++] = byte;
    }
  line[n] = '\0';
  password = g_strdup (line);
  explicit_bzero (line, sizeof line);
  return password;
}

static char *
ask (int terminal, const char *prompt)
{
  struct termios before, quiet;
  gboolean changed = tcgetattr (terminal, &before) == 0;
  char *password;

  dprintf (terminal, "%s ", prompt);
  if (changed)
    {
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (terminal, TCSAFLUSH, &quiet);
    }
  password = read_line (terminal);
  if (changed)
    tcsetattr (terminal, TCSAFLUSH, &before);
  dprintf (terminal, "\n");
  return password;
}

static char *
ask_at_terminal (gboolean is_new)
{
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  char *password, *again;

  if (terminal < 0)
    {
      kilter_cli_say ("%s", _ ("There is no terminal to ask for the password; give it with "
                               "--password-fd."));
      return NULL;
    }
  password = ask (terminal, _ ("Password:"));
  if (is_new)
    {
      again = ask (terminal, _ ("The same once more:"));
      if (!g_str_equal (password, again))
        {
          kilter_cli_say ("%s", _ ("The two are not the same."));
          kilter_seal_forget (g_steal_pointer (&password));
        }
      kilter_seal_forget (again);
    }
  close (terminal);
  return password;
}

/**
 * kilter_cli_read_password:
 * @fd: where to read a line from, or −1 for the terminal
 * @is_new: whether it is chosen now: then it is asked for twice, and must not be short
 *
 * Returns: (transfer full) (nullable): the password, to be given to kilter_seal_forget(); %NULL
 *   after saying why not
 */
char *
kilter_cli_read_password (int fd, gboolean is_new)
{
  char *password = fd >= 0 ? read_line (fd) : ask_at_terminal (is_new);

  if (password == NULL)
    return NULL;
  if (!g_utf8_validate (password, -1, NULL) ||
      (is_new ? g_utf8_strlen (password, -1) < KILTER_SEAL_MIN_PASSWORD : *password == '\0'))
    {
      if (is_new)
        kilter_cli_say (_ ("The password must have at least %d characters."),
                        KILTER_SEAL_MIN_PASSWORD);
      else
        kilter_cli_say ("%s", _ ("There is no password."));
      kilter_seal_forget (password);
      return NULL;
    }
  return password;
}
