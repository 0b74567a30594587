/* kilter-import-child.c: reading a file in a process of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import.h"

#include "exchange/import/kilter-import-private.h"
#include "exchange/import/kilter-import-wire.h"

#include <gio/gfiledescriptorbased.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where the reader is: told by the environment, installed, or beside us in the build folder. */
static char *
find_reader (void)
{
  const char *folder = g_getenv ("KILTER_LIBEXECDIR");
  g_autofree char *own = NULL;
  char *path;

  if (folder != NULL)
    return g_build_filename (folder, "kilter-read", NULL);
  own = g_file_read_link ("/proc/self/exe", NULL);
  if (own != NULL)
    {
      g_autofree char *own_folder = g_path_get_dirname (own);

      path = g_build_filename (own_folder, "..", "exchange", "kilter-read", NULL);
      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return path;
      g_free (path);
    }
  return g_build_filename (KILTER_LIBEXECDIR, "kilter-read", NULL);
}

/* A descriptor of the file for the reader, also when it comes from somewhere else than a disk. */
static int
open_descriptor (GFile *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = g_file_get_path (file);
  const char *data;
  gsize length;
  int fd;

  if (stream == NULL)
    return -1;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "“%s” is a folder", name);
      return -1;
    }
  if (G_IS_FILE_DESCRIPTOR_BASED (stream))
    return dup (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream)));

  bytes = g_input_stream_read_bytes (G_INPUT_STREAM (stream), KILTER_TEXT_MAX_BYTES + 1,
                                     cancellable, error);
  if (bytes == NULL)
    return -1;
  data = g_bytes_get_data (bytes, &length);
  fd = memfd_create ("kilter-import", MFD_CLOEXEC);
  for (gsize at = 0; fd >= 0 && at < length;)
    {
      gssize n = write (fd, data + at, length - at);

      if (n <= 0)
        break;
      at += (gsize) n;
    }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

/**
 * kilter_import_read_in_child:
 * @job: (nullable): for progress in rows, and to cancel
 *
 * The same as kilter_import_read(), in a process that has little memory, little time, and may
 * neither write files nor start programs. A file that overruns it is refused.
 *
 * Returns: (transfer full): the rows, or %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE or an error
 *   of %G_IO_ERROR
 */
KilterImportFile *
kilter_import_read_in_child (GFile *file,
                             const KilterImportOptions *options,
                             KilterJob *job,
                             GError **error)
{
  GCancellable *cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *reader = find_reader ();
  g_autofree char *separator = g_strdup_printf ("%d", options->separator);
  const char *const arguments[] = { reader,
                                    name,
                                    options->encoding != NULL ? options->encoding : "",
                                    separator,
                                    options->sheet != NULL ? options->sheet : "",
                                    NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (KilterImportFile) result = NULL;
  GError *problem = NULL;
  int fd = open_descriptor (file, name, cancellable, error);

  if (fd < 0)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” cannot be handed to the reader",
                     name);
      return NULL;
    }
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  if (process == NULL)
    return NULL;
  result = kilter_import_receive (g_subprocess_get_stdout_pipe (process), name, job, &problem);
  /* it has nothing left to say, or nothing that we want to hear */
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return g_steal_pointer (&result);
}
