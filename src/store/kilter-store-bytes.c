/* kilter-store-bytes.c: plan files in memory: to be sealed, or just opened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <unistd.h>

static GBytes *
make_bytes (KilterStore *self, GError **error)
{
  KilterWorking *working = self->working;
  KilterIdentity identity = { NULL, 0, NULL };
  GError *gio_error = NULL;
  char *content = NULL;
  gsize length = 0;
  gint64 last;

  if (!kilter_store_settle (self, error) ||
      !kilter_publish_make (working->database_path, working->publish_path, working->plan,
                            working->counter + 1, &last, &identity, NULL, error))
    return NULL;
  kilter_identity_clear (&identity);
  if (!g_file_get_contents (working->publish_path, &content, &length, &gio_error))
    kilter_adopt_gio_error (error, gio_error, "read the finished plan");
  g_unlink (working->publish_path);
  return content != NULL ? g_bytes_new_take (content, length) : NULL;
}

/**
 * kilter_store_get_bytes:
 *
 * Returns: (transfer full) (nullable): the plan as it is now, as a file in memory
 */
GBytes *
kilter_store_get_bytes (KilterStore *self, GError **error)
{
  GBytes *bytes;

  g_return_val_if_fail (self->working != NULL, NULL);

  g_mutex_lock (&self->publish_mutex);
  bytes = make_bytes (self, error);
  g_mutex_unlock (&self->publish_mutex);
  return bytes;
}

/**
 * kilter_store_make_bytes:
 * @plan: (transfer full): a plan that was set up
 *
 * Returns: (transfer full) (nullable): the plan as a file in memory
 */
GBytes *
kilter_store_make_bytes (KilterPlan *plan, GError **error)
{
  g_autoptr (KilterStore) store = kilter_store_create (NULL, plan, error);
  GBytes *bytes = store != NULL ? kilter_store_get_bytes (store, error) : NULL;

  if (store != NULL)
    kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
  return bytes;
}

/**
 * kilter_store_open_bytes:
 * @bytes: a plan file that anybody may have made
 *
 * Opens a file in memory for reading, with all the checks of kilter_store_open(). What has to lie
 * on the disk for that is private and gone afterwards.
 *
 * Returns: (transfer full) (nullable): the store
 */
KilterStore *
kilter_store_open_bytes (GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kilter", NULL);
  g_autofree char *path = g_build_filename (folder, "opened-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;
  GError *gio_error = NULL;
  KilterStore *store = NULL;
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_READ_ONLY,
                              "Cannot write to the folder '%s'.", folder);
      return NULL;
    }
  close (fd);
  file = g_file_new_for_path (path);
  if (g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                               FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &gio_error))
    store = kilter_store_open (file, KILTER_STORE_READ_ONLY, error);
  else
    kilter_adopt_gio_error (error, gio_error, "write the opened plan");
  g_unlink (path);
  return store;
}
