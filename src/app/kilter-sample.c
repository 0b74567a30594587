/* kilter-sample.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-sample.h"

#include <glib/gi18n-lib.h>

#include "kilter-config.h"

GFile *
kilter_sample_get_file (void)
{
  g_autofree char *name = g_strdup_printf ("%s.kilter", "Bluebird Foods");

  return g_file_new_build_filename (g_get_user_data_dir (), "kilter", "sample", name, NULL);
}

void
kilter_sample_open_async (gboolean start_over,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                           _("The files of the sample plan are not installed."));
}

KilterDocument *
kilter_sample_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
