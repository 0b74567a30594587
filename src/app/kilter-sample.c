/* kilter-sample.c: the sample plan, made from the installed sample files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-sample.h"

#include <glib/gi18n-lib.h>

#include "app/kilter-sample-build.h"
#include "kilter-config.h"

/* where the sample files are, installed or not */
static char *
sample_folder (void)
{
  const char *data = g_getenv ("KILTER_PKGDATADIR");

  return g_build_filename (data != NULL ? data : KILTER_PKGDATADIR, "sample", NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  KilterDocument *document = kilter_document_open_finish (result, &error);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  kilter_document_set_sample (document, TRUE);
  g_task_return_pointer (task, document, g_object_unref);
}

static void
open_file (GTask *task)
{
  g_autoptr (GFile) file = kilter_sample_get_file ();

  kilter_document_open_async (file, KILTER_STORE_DEFAULT, g_task_get_cancellable (task), opened_cb,
                              g_object_ref (task));
}

static void
build_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFile) file = kilter_sample_get_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (KilterJob) job = kilter_job_new (cancellable);
  g_autofree char *from = sample_folder ();
  GError *error = NULL;

  g_file_make_directory_with_parents (folder, cancellable, NULL);
  if (kilter_sample_build (file, from, job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    open_file (task);
  else
    g_task_return_error (task, error);
}

/* --- public API ---------------------------------------------------------------------------------
 */

GFile *
kilter_sample_get_file (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "kilter", "sample",
                                    "Bluebird Foods.kilter", NULL);
}

/**
 * kilter_sample_open_async:
 * @start_over: whether what was changed in it is forgotten
 *
 * Opens the sample plan of this person, which is made when it is not there.
 */
void
kilter_sample_open_async (gboolean start_over,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) build = NULL;
  g_autoptr (GFile) file = kilter_sample_get_file ();

  g_task_set_source_tag (task, kilter_sample_open_async);
  if (start_over)
    g_file_delete (file, NULL, NULL);
  if (g_file_query_exists (file, NULL))
    {
      open_file (task);
      return;
    }
  build = g_task_new (NULL, cancellable, built_cb, g_object_ref (task));
  g_task_set_source_tag (build, kilter_sample_open_async);
  g_task_run_in_thread (build, build_thread);
}

KilterDocument *
kilter_sample_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
