/* kilter-working.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/kilter-working.h"

#include "store/database/kilter-database.h"
#include "store/database/kilter-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define GROUP "working"
/* copies of published plans: so many, as long as all together are not too large … */
#define N_KEPT 10
#define KEPT_BYTES (512 * 1024 * 1024)
/* … and of the newest always so many */
#define N_NEWEST 3
#define CHUNK (256 * 1024)

static gboolean
set_errno_error (GError **error, int code, const char *doing, const char *path)
{
  GError *gio_error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
                                   g_strerror (code));

  kilter_adopt_gio_error (error, gio_error, doing);
  return FALSE;
}

static char *
make_folder (const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "kilter", name, NULL);

  if (g_mkdir_with_parents (path, 0700) == 0)
    return g_steal_pointer (&path);
  set_errno_error (error, errno, "make the folder of the working copies", path);
  return NULL;
}

/**
 * kilter_file_resolve:
 *
 * Returns: (transfer full): the file itself where @file is a link; links are kept, what they
 *   point to is replaced
 */
GFile *
kilter_file_resolve (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  char *real;

  if (path == NULL)
    return g_object_ref (file);
  real = realpath (path, NULL);
  if (real == NULL && (real = realpath (parent, NULL)) != NULL)
    {
      g_autofree char *folder = g_strdup (real);

      free (real);
      return g_file_new_build_filename (folder, name, NULL);
    }
  if (real != NULL)
    {
      GFile *resolved = g_file_new_for_path (real);

      free (real);
      return resolved;
    }
  return g_object_ref (file);
}

/* --- identity --- */

void
kilter_identity_clear (KilterIdentity *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->digest, g_free);
  self->size = 0;
}

/* Reads a file to its end; writes it to @output where there is one. */
static gboolean
read_stream (GFileInputStream *input,
             GOutputStream *output,
             KilterIdentity *out_identity,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autoptr (GFileInfo) info = g_file_input_stream_query_info (
    input, G_FILE_ATTRIBUTE_ETAG_VALUE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);
  KilterDigest digest;
  gint64 size = 0;

  if (info == NULL)
    return FALSE;
  kilter_digest_init (&digest);
  for (;;)
    {
      gsize n;

      if (!g_input_stream_read_all (G_INPUT_STREAM (input), buffer, CHUNK, &n, cancellable, error))
        return FALSE;
      if (n == 0)
        break;
      kilter_digest_add (&digest, buffer, n);
      size += (gint64) n;
      if (output != NULL &&
          !g_output_stream_write_all (output, buffer, n, NULL, cancellable, error))
        return FALSE;
    }
  out_identity->etag = g_strdup (g_file_info_get_etag (info));
  out_identity->size = size;
  out_identity->digest = kilter_digest_finish (&digest);
  return TRUE;
}

/**
 * kilter_identity_read:
 * @out_identity: (out caller-allocates): empty before
 */
gboolean
kilter_identity_read (GFile *file,
                      KilterIdentity *out_identity,
                      GCancellable *cancellable,
                      GError **error)
{
  GError *gio_error = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, &gio_error);

  if (input != NULL && read_stream (input, NULL, out_identity, cancellable, &gio_error))
    return TRUE;
  kilter_adopt_gio_error (error, gio_error, "read the plan");
  return FALSE;
}

/**
 * kilter_identity_is_current:
 * @out_found: (out caller-allocates): what is there now
 *
 * A file with the same tag and size is the same; one with another tag is read to its end: a
 * synchronising tool may have put the same bytes back.
 *
 * Returns: whether @file still is what it was; %FALSE without an error when it was changed, and
 *   with %KILTER_STORE_ERROR_GONE when it is not there
 */
gboolean
kilter_identity_is_current (const KilterIdentity *self,
                            GFile *file,
                            KilterIdentity *out_found,
                            GCancellable *cancellable,
                            GError **error)
{
  GError *gio_error = NULL;
  g_autoptr (GFileInfo)
    info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                              G_FILE_QUERY_INFO_NONE, cancellable, &gio_error);

  if (info == NULL)
    {
      kilter_adopt_gio_error (error, gio_error, "look at the plan");
      return FALSE;
    }
  if (self->etag != NULL && g_strcmp0 (g_file_info_get_etag (info), self->etag) == 0 &&
      g_file_info_get_size (info) == self->size)
    {
      out_found->etag = g_strdup (self->etag);
      out_found->size = self->size;
      out_found->digest = g_strdup (self->digest);
      return TRUE;
    }
  return kilter_identity_read (file, out_found, cancellable, error) &&
         g_strcmp0 (out_found->digest, self->digest) == 0;
}

/* --- locks --- */

/* A lock that ends with the process, whatever happens to it. It is between open files, so two
 * stores of one process keep each other out as well. */
static int
take_lock (const char *path, gboolean wait, GError **error)
{
  for (;;)
    {
      int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      struct stat of_file, of_path;

      if (fd < 0)
        {
          set_errno_error (error, errno, "lock the working copy", path);
          return -1;
        }
      if (flock (fd, LOCK_EX | (wait ? 0 : LOCK_NB)) != 0)
        {
          if (errno == EINTR)
            {
              close (fd);
              continue;
            }
          kilter_set_store_error (
            error, errno == EWOULDBLOCK ? KILTER_STORE_ERROR_BUSY : KILTER_STORE_ERROR_FAILED,
            "The working copy '%s' is in use.", path);
          close (fd);
          return -1;
        }
      /* whoever held it before may have removed the file */
      if (fstat (fd, &of_file) == 0 && stat (path, &of_path) == 0 &&
          of_file.st_ino == of_path.st_ino && of_file.st_dev == of_path.st_dev)
        return fd;
      close (fd);
    }
}

/**
 * kilter_working_enter:
 *
 * Keeps other processes from looking for, or making, a working copy of the same document while
 * this one does. Held for moments only.
 *
 * Returns: what kilter_working_leave() takes, or -1
 */
int
kilter_working_enter (GError **error)
{
  g_autofree char *folder = make_folder ("working", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "folder.lock", NULL) : NULL;

  return path != NULL ? take_lock (path, TRUE, error) : -1;
}

void
kilter_working_leave (int lock)
{
  if (lock >= 0)
    close (lock);
}

/* --- working copies --- */

static KilterWorking *
new_working (const char *id, GError **error)
{
  g_autofree char *folder = make_folder ("working", error);
  g_autofree char *stem = folder != NULL ? g_build_filename (folder, id, NULL) : NULL;
  KilterWorking *self;

  if (stem == NULL)
    return NULL;
  self = g_new0 (KilterWorking, 1);
  self->lock = -1;
  self->id = g_strdup (id);
  self->database_path = g_strconcat (stem, ".db", NULL);
  self->key_path = g_strconcat (stem, ".key", NULL);
  self->lock_path = g_strconcat (stem, ".lock", NULL);
  self->publish_path = g_strconcat (stem, ".publish", NULL);
  return self;
}

/**
 * kilter_working_new:
 * @uri: (nullable): of the document
 *
 * Returns: (transfer full) (nullable): a new working copy, locked, without a database
 */
KilterWorking *
kilter_working_new (const char *uri, gboolean read_only, GError **error)
{
  g_autoptr (KilterWorking) self = NULL;
  gboolean taken = TRUE;

  /* processes that were forked draw the same ids: the lock file must be new */
  while (taken)
    {
      g_autofree char *id = g_uuid_string_random ();
      int fd;

      g_clear_pointer (&self, kilter_working_free);
      self = new_working (id, error);
      if (self == NULL)
        return NULL;
      fd = open (self->lock_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      taken = fd < 0 && errno == EEXIST;
      if (fd < 0 && !taken)
        {
          set_errno_error (error, errno, "make a working copy", self->lock_path);
          return NULL;
        }
      if (fd >= 0)
        close (fd);
    }
  self->uri = g_strdup (uri);
  self->read_only = read_only;
  self->lock = take_lock (self->lock_path, FALSE, error);
  if (self->lock < 0 || !kilter_working_save (self, error))
    {
      kilter_working_remove (g_steal_pointer (&self));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
read_key_file (KilterWorking *self, GKeyFile *keys)
{
  self->read_only = g_key_file_get_boolean (keys, GROUP, "read-only", NULL);
  self->ready = g_key_file_get_boolean (keys, GROUP, "ready", NULL);
  self->uri = g_key_file_get_string (keys, GROUP, "uri", NULL);
  self->title = g_key_file_get_string (keys, GROUP, "title", NULL);
  self->plan = g_key_file_get_string (keys, GROUP, "plan", NULL);
  self->known.etag = g_key_file_get_string (keys, GROUP, "etag", NULL);
  self->known.size = g_key_file_get_int64 (keys, GROUP, "size", NULL);
  self->known.digest = g_key_file_get_string (keys, GROUP, "digest", NULL);
  self->pending = g_key_file_get_string (keys, GROUP, "pending", NULL);
  self->pending_last = g_key_file_get_int64 (keys, GROUP, "pending-last", NULL);
  self->counter = g_key_file_get_int64 (keys, GROUP, "counter", NULL);
  self->published = g_key_file_get_int64 (keys, GROUP, "published", NULL);
}

/**
 * kilter_working_peek:
 *
 * Returns: (transfer full) (nullable): what the key file of a working copy says, without its lock
 */
KilterWorking *
kilter_working_peek (const char *id, GError **error)
{
  g_autoptr (KilterWorking) self = NULL;
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  GError *local_error = NULL;

  if (!g_uuid_string_is_valid (id))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_FAILED, "'%s' names no working copy.", id);
      return NULL;
    }
  self = new_working (id, error);
  if (self == NULL)
    return NULL;
  if (!g_key_file_load_from_file (keys, self->key_path, G_KEY_FILE_NONE, &local_error))
    {
      kilter_adopt_gio_error (error, local_error, "read the key file of a working copy");
      return NULL;
    }
  read_key_file (self, keys);
  return g_steal_pointer (&self);
}

/**
 * kilter_working_take:
 *
 * Takes a working copy that a process left behind.
 *
 * Returns: (transfer full) (nullable): it, locked; %KILTER_STORE_ERROR_BUSY when its process lives
 */
KilterWorking *
kilter_working_take (const char *id, GError **error)
{
  g_autoptr (KilterWorking) before = kilter_working_peek (id, error);
  int lock = before != NULL ? take_lock (before->lock_path, FALSE, error) : -1;
  KilterWorking *self = lock >= 0 ? kilter_working_peek (id, error) : NULL;

  if (self != NULL)
    self->lock = lock;
  else if (lock >= 0)
    close (lock);
  return self;
}

/**
 * kilter_working_count_unpublished:
 * @self: locked
 *
 * Returns: how many entries of its log are not in the document, or -1
 */
gint64
kilter_working_count_unpublished (const KilterWorking *self, GError **error)
{
  g_autoptr (sqlite3) db = kilter_database_open (self->database_path, KILTER_DATABASE_WRITE, error);
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM \"change_set\" WHERE \"id\" > %" G_GINT64_FORMAT, self->published);
  gint64 count;

  return db != NULL && kilter_database_get_int (db, sql, &count, error) ? count : -1;
}

static void
set_text (GKeyFile *keys, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (keys, GROUP, key, value);
}

/**
 * kilter_working_save:
 *
 * Writes the key file; it is durable afterwards.
 */
gboolean
kilter_working_save (KilterWorking *self, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *text = NULL;
  GError *local_error = NULL;
  gsize length;

  g_key_file_set_boolean (keys, GROUP, "read-only", self->read_only);
  g_key_file_set_boolean (keys, GROUP, "ready", self->ready);
  set_text (keys, "uri", self->uri);
  set_text (keys, "title", self->title);
  set_text (keys, "plan", self->plan);
  set_text (keys, "etag", self->known.etag);
  g_key_file_set_int64 (keys, GROUP, "size", self->known.size);
  set_text (keys, "digest", self->known.digest);
  set_text (keys, "pending", self->pending);
  g_key_file_set_int64 (keys, GROUP, "pending-last", self->pending_last);
  g_key_file_set_int64 (keys, GROUP, "counter", self->counter);
  g_key_file_set_int64 (keys, GROUP, "published", self->published);
  g_key_file_set_int64 (keys, GROUP, "process", getpid ());
  g_key_file_set_string (keys, GROUP, "host", g_get_host_name ());
  text = g_key_file_to_data (keys, &length, NULL);
  if (g_file_set_contents_full (self->key_path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  kilter_adopt_gio_error (error, local_error, "write the key file of a working copy");
  return FALSE;
}

/**
 * kilter_working_remove:
 * @self: (transfer full):
 *
 * Takes the working copy away, with all that it holds.
 */
void
kilter_working_remove (KilterWorking *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  if (self == NULL)
    return;
  /* the key file first: what is left without one is nobody's */
  g_unlink (self->key_path);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *database = g_strconcat (self->database_path, suffixes[i], NULL);
      g_autofree char *publish = g_strconcat (self->publish_path, suffixes[i], NULL);

      g_unlink (database);
      g_unlink (publish);
    }
  if (self->lock >= 0)
    g_unlink (self->lock_path);
  kilter_working_free (self);
}

/**
 * kilter_working_free:
 *
 * Lets go of the working copy; it stays on the disk.
 */
void
kilter_working_free (KilterWorking *self)
{
  if (self == NULL)
    return;
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->id);
  g_free (self->database_path);
  g_free (self->key_path);
  g_free (self->lock_path);
  g_free (self->publish_path);
  g_free (self->uri);
  g_free (self->title);
  g_free (self->plan);
  g_free (self->pending);
  kilter_identity_clear (&self->known);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kilter_working_list:
 *
 * Returns: (transfer full) (element-type utf8): the ids of all working copies, in use or not
 */
GPtrArray *
kilter_working_list (GError **error)
{
  g_autofree char *folder = make_folder ("working", error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (folder == NULL)
    return NULL;
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".key"))
      {
        g_autofree char *id = g_strndup (name, strlen (name) - strlen (".key"));

        if (g_uuid_string_is_valid (id))
          g_ptr_array_add (ids, g_steal_pointer (&id));
      }
  g_ptr_array_sort (ids, compare_names);
  return g_steal_pointer (&ids);
}

static gboolean
copy_once (KilterWorking *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) copy = g_file_new_for_path (self->database_path);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autoptr (GFileOutputStream) output = NULL;

  if (input == NULL)
    return FALSE;
  g_unlink (self->database_path);
  output = g_file_create (copy, G_FILE_CREATE_PRIVATE, cancellable, error);
  return output != NULL &&
         read_stream (input, G_OUTPUT_STREAM (output), &self->known, cancellable, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error);
}

/**
 * kilter_working_copy_in:
 *
 * Copies the bytes of a document, and remembers what it was. A file that is replaced meanwhile is
 * read again.
 */
gboolean
kilter_working_copy_in (KilterWorking *self, GFile *file, GCancellable *cancellable, GError **error)
{
  for (int attempt = 0; attempt < 3; attempt++)
    {
      GError *gio_error = NULL;
      g_autoptr (GFileInfo) info = NULL;

      kilter_identity_clear (&self->known);
      if (copy_once (self, file, cancellable, &gio_error))
        info = g_file_query_info (file,
                                  G_FILE_ATTRIBUTE_ETAG_VALUE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                  G_FILE_QUERY_INFO_NONE, cancellable, &gio_error);
      if (info == NULL)
        {
          kilter_adopt_gio_error (error, gio_error, "copy the plan");
          return FALSE;
        }
      if (g_strcmp0 (g_file_info_get_etag (info), self->known.etag) == 0 &&
          g_file_info_get_size (info) == self->known.size)
        return TRUE;
    }
  kilter_set_store_error (error, KILTER_STORE_ERROR_CONFLICT,
                          "'%s' keeps changing while it is read.", g_file_peek_path (file));
  return FALSE;
}

/* --- the last published copies --- */

static char *
make_kept_folder (const char *uri, GError **error)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *path = g_build_filename ("published", name, NULL);

  return make_folder (path, error);
}

static GPtrArray *
list_kept_paths (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".kilter"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* Removes copies, oldest first in @paths, until few enough and small enough are left: always the
 * one that is nearest in time to the one after it, the newest apart. */
static void
thin_out (GPtrArray *paths)
{
  g_autofree GStatBuf *infos = g_new0 (GStatBuf, paths->len);
  guint n = paths->len;
  gint64 bytes = 0;

  for (guint i = 0; i < n; i++)
    if (g_stat (paths->pdata[i], &infos[i]) == 0)
      bytes += infos[i].st_size;
  while (n > N_KEPT || (n > N_NEWEST && bytes > KEPT_BYTES))
    {
      guint drop = 0;
      gint64 nearest = G_MAXINT64;

      /* the oldest of all goes only when the others are no nearer */
      for (guint i = n > 2 ? 1 : 0; i + N_NEWEST < n; i++)
        {
          gint64 gap = (gint64) infos[i + 1].st_mtime - (gint64) infos[i].st_mtime;

          if (gap < nearest)
            {
              nearest = gap;
              drop = i;
            }
        }
      g_unlink (paths->pdata[drop]);
      bytes -= infos[drop].st_size;
      g_ptr_array_remove_index (paths, drop);
      memmove (infos + drop, infos + drop + 1, sizeof *infos * (n - drop - 1));
      n--;
    }
}

static char *
make_kept_path (KilterWorking *self, const char *folder)
{
  g_autofree char *name = g_strdup_printf ("%012" G_GINT64_FORMAT ".kilter", self->counter);

  return folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

/**
 * kilter_working_keep:
 * @path: a file that was published; moved
 *
 * Keeps it among the last copies of its document: the newest ones, and of the older ones those that
 * are farthest apart in time, so that ten of them reach back further than ten minutes of typing.
 */
gboolean
kilter_working_keep (KilterWorking *self, const char *path)
{
  g_autofree char *folder = self->uri != NULL ? make_kept_folder (self->uri, NULL) : NULL;
  g_autofree char *kept = make_kept_path (self, folder);
  g_autoptr (GPtrArray) paths = NULL;

  if (kept == NULL || g_rename (path, kept) != 0)
    {
      g_unlink (path);
      return FALSE;
    }
  paths = list_kept_paths (folder);
  thin_out (paths);
  return TRUE;
}

/**
 * kilter_working_keep_original:
 * @file: the document, as another version of the program left it; copied
 *
 * Keeps it among the last copies, before anything replaces it.
 */
void
kilter_working_keep_original (KilterWorking *self, GFile *file)
{
  g_autofree char *folder = self->uri != NULL ? make_kept_folder (self->uri, NULL) : NULL;
  g_autofree char *path = make_kept_path (self, folder);
  g_autoptr (GFile) kept = path != NULL ? g_file_new_for_path (path) : NULL;

  /* one that is there already was published from here: the same */
  if (kept != NULL)
    g_file_copy (file, kept, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL);
}

/**
 * kilter_store_list_kept:
 * @file: a document
 *
 * Returns: (transfer full) (element-type GFile): copies as they were published here, newest first
 */
GPtrArray *
kilter_store_list_kept (GFile *file)
{
  g_autoptr (GFile) resolved = kilter_file_resolve (file);
  g_autofree char *uri = g_file_get_uri (resolved);
  g_autofree char *folder = make_kept_folder (uri, NULL);
  g_autoptr (GPtrArray) paths = folder != NULL ? list_kept_paths (folder) : NULL;
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = paths != NULL ? paths->len : 0; i > 0; i--)
    g_ptr_array_add (files, g_file_new_for_path (paths->pdata[i - 1]));
  return files;
}
