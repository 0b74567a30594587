/* test-power.c: the power goes: what was not synced is lost in part, in whole or not at all, sector
 * by sector; nothing that was acknowledged is lost, nothing is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what SQLite writes is simulated: the working copy and its journals. The published file is
 * written by our own code, synced and renamed; that it is whole or as before is tested by kills. */
#include "store/store-fixture.h"
#include "store/store-shim.h"
#include "store/store-steps.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_CUTS                                                                                     \
  100 /* of them the first 40 writes and syncs one by one; KILTER_CUTS asks for more               \
       */
#define N_PUBLISH_CUTS 30
#define SECTOR 512

/* --- a disk that has a cache --- */

/* @data is %NULL for a truncation to @at bytes. */
typedef struct
{
  gsize at;
  GBytes *data;
} Pending;

typedef struct
{
  GByteArray *durable; /* what a power cut leaves for certain */
  GPtrArray *pending;  /* what came after the last sync */
  gboolean is_deleted; /* and the folder not synced since */
} DiskFile;

static struct
{
  GMutex lock;
  GHashTable *files;
  GRand *random;
  int countdown; /* writes and syncs until the cut */
} disk;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static DiskFile *
disk_file (const char *path)
{
  DiskFile *self = g_hash_table_lookup (disk.files, path);
  g_autofree char *content = NULL;
  gsize n = 0;

  if (self != NULL)
    return self;
  self = g_new0 (DiskFile, 1);
  self->durable = g_byte_array_new ();
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  if (g_file_get_contents (path, &content, &n, NULL))
    g_byte_array_append (self->durable, (const guint8 *) content, (guint) n);
  g_hash_table_insert (disk.files, g_strdup (path), self);
  return self;
}

static void
set_size (GByteArray *image, gsize n)
{
  guint before = image->len;

  g_byte_array_set_size (image, (guint) n);
  if (n > before)
    memset (image->data + before, 0, n - before);
}

/* @survive: the chance of each sector, in percent */
static void
apply_pending (GByteArray *image, const Pending *pending, int survive)
{
  const guint8 *data;
  gsize n = 0;

  if (pending->data == NULL)
    {
      if (g_rand_int_range (disk.random, 0, 100) < survive)
        set_size (image, pending->at);
      return;
    }
  data = g_bytes_get_data (pending->data, &n);
  for (gsize i = 0, part; i < n; i += part)
    {
      part = MIN (SECTOR - (pending->at + i) % SECTOR, n - i);
      if (g_rand_int_range (disk.random, 0, 100) >= survive)
        continue;
      if (image->len < pending->at + i + part)
        set_size (image, pending->at + i + part);
      memcpy (image->data + pending->at + i, data + i, part);
    }
}

static void
settle (DiskFile *file)
{
  for (guint i = 0; i < file->pending->len; i++)
    apply_pending (file->durable, file->pending->pdata[i], 100);
  g_ptr_array_set_size (file->pending, 0);
}

static void
write_image (const char *path, const GByteArray *image)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0 || (image->len > 0 && write (fd, image->data, image->len) != (gssize) image->len))
    _exit (5);
  close (fd);
}

/* What is on the disk when the power is back, and the end of the process. */
static void
cut_power (void)
{
  static const int chances[] = { 0, 100, 50, 90 };
  int survive = chances[g_rand_int_range (disk.random, 0, G_N_ELEMENTS (chances))];
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, disk.files);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      DiskFile *file = value;

      /* moved or removed by others than SQLite, who sync on their own */
      if (!file->is_deleted && access (key, F_OK) != 0)
        continue;
      if (file->is_deleted && g_rand_boolean (disk.random))
        continue;
      for (guint i = 0; i < file->pending->len; i++)
        apply_pending (file->durable, file->pending->pdata[i], survive);
      write_image (key, file->durable);
      if (g_str_has_suffix (key, "-wal"))
        {
          g_autofree char *shared = g_strdup_printf ("%.*s-shm", (int) strlen (key) - 4,
                                                     (const char *) key);

          unlink (shared); /* memory, not a file */
        }
    }
  _exit (STEPS_POWER_CUT);
}

static void
count_down (void)
{
  if (disk.countdown-- == 0)
    cut_power ();
}

static int
disk_write (ShimFile *file, const void *data, int n, sqlite3_int64 at)
{
  Pending *pending;

  if (file->path == NULL)
    return SQLITE_OK;
  pending = g_new0 (Pending, 1);
  pending->at = (gsize) at;
  pending->data = g_bytes_new (data, (gsize) n);
  g_mutex_lock (&disk.lock);
  g_ptr_array_add (disk_file (file->path)->pending, pending);
  count_down ();
  g_mutex_unlock (&disk.lock);
  return SQLITE_OK;
}

static int
disk_truncate (ShimFile *file, sqlite3_int64 size)
{
  Pending *pending;

  if (file->path == NULL)
    return SQLITE_OK;
  pending = g_new0 (Pending, 1);
  pending->at = (gsize) size;
  g_mutex_lock (&disk.lock);
  g_ptr_array_add (disk_file (file->path)->pending, pending);
  count_down ();
  g_mutex_unlock (&disk.lock);
  return SQLITE_OK;
}

static int
disk_sync (ShimFile *file)
{
  if (file->path == NULL)
    return SQLITE_OK;
  g_mutex_lock (&disk.lock);
  count_down ();
  settle (disk_file (file->path));
  g_mutex_unlock (&disk.lock);
  return SQLITE_OK;
}

static void
disk_opened (ShimFile *file)
{
  DiskFile *found;

  if (file->path == NULL)
    return;
  g_mutex_lock (&disk.lock);
  found = disk_file (file->path);
  if (found->is_deleted) /* made anew */
    {
      g_ptr_array_set_size (found->pending, 0);
      g_byte_array_set_size (found->durable, 0);
      found->is_deleted = FALSE;
    }
  g_mutex_unlock (&disk.lock);
}

static void
disk_deleted (const char *path, gboolean synced)
{
  g_mutex_lock (&disk.lock);
  if (synced)
    g_hash_table_remove (disk.files, path);
  else
    disk_file (path)->is_deleted = TRUE;
  g_mutex_unlock (&disk.lock);
}

static const ShimHooks no_hooks;

static const ShimHooks disk_hooks = {
  .write = disk_write,
  .truncate = disk_truncate,
  .sync = disk_sync,
  .opened = disk_opened,
  .deleted = disk_deleted,
};

/* --- tests --- */

typedef struct
{
  guint32 seed;
  int countdown;
} Cut;

/* In the child. */
static void
start_disk (gpointer data)
{
  const Cut *cut = data;

  disk.files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  disk.random = g_rand_new_with_seed (cut->seed);
  disk.countdown = cut->countdown;
  shim_install (&disk_hooks);
}

static void
run (int n_cuts, int publish_every, int longest)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  int last = -1, n_recovered = 0;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  for (int i = 0; i < n_cuts; i++)
    {
      Cut cut = { g_rand_int (random), i < 40 ? i : g_rand_int_range (random, 0, longest) };
      const StepsRun child = {
        .first = last + 1,
        .publish_every = publish_every,
        .prepare = start_disk,
        .data = &cut,
      };

      last = steps_run (file, &child);
      steps_assert_whole (file);
      store = fixture_open (file);
      last = steps_check (store, last);
      n_recovered += kilter_store_get_n_recovered (store) > 0;
      fixture_close (store, i % 5 == 0 ? KILTER_STORE_CLOSE_PUBLISH : KILTER_STORE_CLOSE_KEEP);
    }
  store = fixture_open (file);
  steps_check (store, last);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  steps_assert_whole (file);
  g_test_message ("%d cuts, %d steps, %d recoveries", n_cuts, last + 1, n_recovered);
  g_assert_cmpint (n_recovered, >, n_cuts / 4);
}

static int
get_n_cuts (int otherwise)
{
  const char *wanted = g_getenv ("KILTER_CUTS");

  return wanted != NULL ? MAX (atoi (wanted), 1) : otherwise;
}

static void
test_editing (void)
{
  run (get_n_cuts (N_CUTS), 0, 400);
}

static void
test_publishing (void)
{
  run (get_n_cuts (N_PUBLISH_CUTS), 3, 600);
}

/* An old file is brought to the present in one transaction: it opens after any cut. */
static void
test_migrating (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  gboolean done = FALSE;
  int n = 0;

  for (; !done; n += n < 20 ? 1 : 61)
    {
      g_autoptr (GFile) file = fixture_unpack ("version-1.kilter.gz");
      Cut cut = { g_rand_int (random), n };
      pid_t child = fork ();
      KilterStore *store;
      int status;

      if (child == 0)
        {
          start_disk (&cut);
          _exit (kilter_store_open (file, KILTER_STORE_DEFAULT, NULL) != NULL ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      done = WEXITSTATUS (status) == 0;
      g_assert_true (done || WEXITSTATUS (status) == STEPS_POWER_CUT);
      store = fixture_open (file);
      g_assert_cmpstr (kilter_plan_get_name (kilter_store_get_plan (store)), ==, "Old file");
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
  g_test_message ("cut at each of %d places", n);
  g_assert_cmpint (n, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  shim_install (&no_hooks);
  g_test_add_func ("/power/editing", test_editing);
  g_test_add_func ("/power/publishing", test_publishing);
  g_test_add_func ("/power/migrating", test_migrating);
  return g_test_run ();
}
