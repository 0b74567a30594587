/* main.c: kilter-read: one foreign file to clean rows, with its hands tied
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   kilter-read NAME ENCODING SEPARATOR SHEET <FILE >ROWS
 *
 * Not for people: the other end is kilter_import_receive(). */
#include "exchange/import/kilter-import-wire.h"
#include "kilter-config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_MEMORY (512UL * 1024 * 1024)
#define MAX_SECONDS 20

typedef struct
{
  GOutputStream *output;
  guint64 told; /* rows */
} Progress;

static void
limit (int resource, rlim_t value)
{
  struct rlimit limits = { value, value };

  setrlimit (resource, &limits);
}

/* Whatever the file does to this process, it cannot write files, start programs, or use up the
 * machine. */
static void
tie_hands (void)
{
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
  /* the sanitizer's shadow is larger than any limit */
  limit (RLIMIT_AS, MAX_MEMORY);
#endif
  limit (RLIMIT_CPU, MAX_SECONDS);
  limit (RLIMIT_FSIZE, 0);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NPROC, 0);
  limit (RLIMIT_NOFILE, 32); /* converters of encodings are loaded from files */
}

/* The other end shows how far we are. */
static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  Progress *progress = data;

  if (done > progress->told &&
      kilter_import_send_progress ((guint) (done - progress->told), progress->output, NULL))
    progress->told = done;
}

static KilterImportFile *
read_file (char **argv, KilterJob *job, GError **error)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (*argv[2] != '\0')
    options->encoding = g_strdup (argv[2]);
  options->separator = (char) atoi (argv[3]);
  if (*argv[4] != '\0')
    options->sheet = g_strdup (argv[4]);
  mapped = g_mapped_file_new_from_fd (STDIN_FILENO, FALSE, error);
  if (mapped == NULL)
    return NULL;
  bytes = g_mapped_file_get_bytes (mapped);
  return kilter_import_read_bytes (bytes, argv[1], options, job, error);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  Progress progress = { output, 0 };
  g_autoptr (GError) error = NULL;
  const char *folder = g_getenv ("KILTER_LOCALEDIR");

  if (argc != 5)
    return 2;
  setlocale (LC_ALL, "");
  bindtextdomain (KILTER_GETTEXT_PACKAGE, folder != NULL ? folder : KILTER_LOCALEDIR);
  bind_textdomain_codeset (KILTER_GETTEXT_PACKAGE, "UTF-8");
  tie_hands ();

  kilter_job_set_progress (job, progress_cb, &progress);
  file = read_file (argv, job, &error);
  if (file != NULL)
    return kilter_import_send (file, output, NULL) ? 0 : 1;
  kilter_import_send_error (error, output, NULL);
  return 1;
}
