/* kilter-publish.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/kilter-publish.h"

#include "kilter-config.h"
#include "store/database/kilter-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room asked for beside the file itself: the old one stays until the new one is whole. */
#define SPARE_BYTES (1024 * 1024)

/* --- making the file --- */

static gboolean
vacuum_into (const char *database_path,
             const char *publish_path,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (sqlite3) db = kilter_database_open (database_path, KILTER_DATABASE_WRITE, error);
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (db == NULL)
    return FALSE;
  g_unlink (publish_path);
  kilter_database_set_cancellable (db, cancellable);
  statement = kilter_database_prepare (db, "VACUUM INTO ?1", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, publish_path, -1, SQLITE_STATIC);
  return kilter_database_run (statement, error);
}

static gboolean
finish_file (sqlite3 *db, const char *plan, gint64 counter, gint64 *out_last, GError **error)
{
  g_autofree char *counter_text = g_strdup_printf ("%" G_GINT64_FORMAT, counter);
  g_autofree char *check = NULL;
  g_autofree char *hash = NULL;

  /* nothing is lost with this file: the working copy stays until it is in its place */
  if (!kilter_database_exec (db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", error))
    return FALSE;
  check = kilter_database_get_text (db, "PRAGMA quick_check (1)", error);
  if (check == NULL || !g_str_equal (check, "ok"))
    {
      if (error != NULL && *error == NULL)
        kilter_set_store_error (error, KILTER_STORE_ERROR_DAMAGED,
                                "The working copy cannot be published: %s.", check);
      return FALSE;
    }
  if (!kilter_database_get_int (db, "SELECT max (\"id\") FROM \"change_set\"", out_last, error) ||
      !kilter_database_set_document (db, "plan", plan, error) ||
      !kilter_database_set_document (db, "publish", counter_text, error) ||
      !kilter_database_set_document (db, "writer", KILTER_VERSION, error) ||
      (hash = kilter_database_hash_content (db, NULL, error)) == NULL)
    return FALSE;
  return kilter_database_set_document (db, "hash", hash, error);
}

/**
 * kilter_publish_make:
 * @publish_path: where the file is made; private
 * @counter: how often the plan was published, this time included
 * @out_last: (out): the newest entry of the log in it
 * @out_made: (out caller-allocates): what it is
 *
 * Makes a file fit for publishing: compact, without journal, checked, with the hash of its
 * content. It may run on any thread while the working copy is written to.
 */
gboolean
kilter_publish_make (const char *database_path,
                     const char *publish_path,
                     const char *plan,
                     gint64 counter,
                     gint64 *out_last,
                     KilterIdentity *out_made,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (publish_path);
  GError *local_error = NULL;
  sqlite3 *db;
  gboolean made = FALSE;

  if (vacuum_into (database_path, publish_path, cancellable, &local_error) &&
      (db = kilter_database_open (publish_path, KILTER_DATABASE_WRITE, &local_error)) != NULL)
    {
      kilter_database_set_cancellable (db, cancellable);
      made = finish_file (db, plan, counter, out_last, &local_error);
      kilter_database_close (db);
      made = made && kilter_identity_read (file, out_made, cancellable, &local_error);
    }
  if (made)
    return TRUE;
  g_unlink (publish_path);
  g_propagate_error (error, local_error);
  return FALSE;
}

/* --- putting it in its place --- */

static gboolean
has_room (GFile *file, gint64 size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFileInfo)
    info = folder != NULL ? g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE,
                                                          cancellable, NULL)
                          : NULL;
  guint64 needed = (guint64) size + SPARE_BYTES;

  /* where nobody knows, writing tells */
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >= needed)
    return TRUE;
  kilter_set_store_error (error, KILTER_STORE_ERROR_FULL,
                          "'%s' needs %" G_GUINT64_FORMAT " bytes of room beside it.",
                          g_file_peek_path (file), needed);
  return FALSE;
}

static void
set_errno_error (GError **error, int code, const char *path)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
}

/* Copies into an open stream of g_file_replace(). Closing it commits the rename, even by the last
 * unref: after an error it is closed with a cancelled cancellable, and the old file stays. */
static gboolean
fill (GFileOutputStream *output,
      GFile *source,
      GFile *file,
      const KilterIdentity *expected,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GFileInputStream) input = g_file_read (source, cancellable, error);
  gboolean filled = input != NULL &&
                    g_output_stream_splice (G_OUTPUT_STREAM (output), G_INPUT_STREAM (input),
                                            G_OUTPUT_STREAM_SPLICE_NONE, cancellable, error) >= 0;
  g_autoptr (GCancellable) abort = NULL;

  if (filled && expected != NULL)
    {
      g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE,
                                                      G_FILE_QUERY_INFO_NONE, cancellable, NULL);

      /* changed while we wrote */
      if (info == NULL || g_strcmp0 (g_file_info_get_etag (info), expected->etag) != 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "'%s' was changed meanwhile",
                       g_file_peek_path (file));
          filled = FALSE;
        }
    }
  if (filled)
    return g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error);
  abort = g_cancellable_new ();
  g_cancellable_cancel (abort);
  g_output_stream_close (G_OUTPUT_STREAM (output), abort, NULL);
  return FALSE;
}

/* A file beside @path, to be renamed when it is whole. */
static int
make_part (const char *path, char **out_part)
{
  g_autofree char *folder = g_path_get_dirname (path);

  *out_part = g_build_filename (folder, ".kilter-XXXXXX", NULL);
  return g_mkstemp_full (*out_part, O_RDWR | O_CLOEXEC, 0600);
}

/* Fills and syncs what make_part() made.
 *
 * @expected: (nullable): what @file still must be when that is done */
static gboolean
fill_part (const char *part,
           int fd,
           GFile *source,
           GFile *file,
           const KilterIdentity *expected,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_path (part);
  g_autoptr (GFileOutputStream)
    output = g_file_append_to (target, G_FILE_CREATE_NONE, cancellable, error);

  if (output == NULL || !fill (output, source, file, expected, cancellable, error))
    return FALSE;
  if (fsync (fd) == 0)
    return TRUE;
  set_errno_error (error, errno, part);
  return FALSE;
}

/* A new local file appears under its name only when it is whole. */
static gboolean
create_local (GFile *source, GFile *file, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *part = NULL;
  int fd = make_part (path, &part);
  int code;

  if (fd < 0)
    {
      set_errno_error (error, errno, path);
      return FALSE;
    }
  if (!fill_part (part, fd, source, file, NULL, cancellable, error))
    {
      close (fd);
      g_unlink (part);
      return FALSE;
    }
  /* links refuse a name that is taken; where there are no links, a rename after a look */
  code = link (part, path) != 0 ? errno : 0;
  if (code == EPERM || code == ENOTSUP || code == ENOSYS)
    code = g_file_test (path, G_FILE_TEST_EXISTS) ? EEXIST : g_rename (part, path) != 0 ? errno : 0;
  close (fd);
  g_unlink (part);
  if (code != 0)
    set_errno_error (error, code, path);
  return code == 0;
}

/* An ordinary local file is exchanged by a rename of our own. GIO would write over it where the
 * file system refuses O_NOFOLLOW, which it takes for a link: the document portal before 1.19 is
 * one, and whoever is stopped there leaves half a plan.
 *
 * Returns: whether this was the way to do it; if so, @out_done tells whether it is done */
static gboolean
exchange_local (GFile *source,
                GFile *file,
                const KilterIdentity *expected,
                gboolean *out_done,
                GCancellable *cancellable,
                GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *part = NULL;
  GStatBuf old, made;
  int fd;

  if (path == NULL || g_lstat (path, &old) != 0 || !S_ISREG (old.st_mode) || old.st_nlink > 1)
    return FALSE;
  fd = make_part (path, &part);
  if (fd < 0) /* the file may be written, the folder not */
    return FALSE;
  /* whose it is, and who may read it */
  if (fstat (fd, &made) != 0 ||
      ((made.st_uid != old.st_uid || made.st_gid != old.st_gid) &&
       fchown (fd, old.st_uid, old.st_gid) != 0) ||
      fchmod (fd, old.st_mode & 07777) != 0)
    {
      close (fd);
      g_unlink (part);
      return FALSE;
    }
  *out_done = fill_part (part, fd, source, file, expected, cancellable, error);
  if (*out_done && g_rename (part, path) != 0)
    {
      set_errno_error (error, errno, path);
      *out_done = FALSE;
    }
  close (fd);
  if (!*out_done)
    g_unlink (part);
  return TRUE;
}

static gboolean
create_new (GFile *source, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) output = NULL;

  if (g_file_peek_path (file) != NULL)
    return create_local (source, file, cancellable, error);
  output = g_file_create (file, G_FILE_CREATE_NONE, cancellable, error);
  return output != NULL && fill (output, source, file, NULL, cancellable, error);
}

/* GIO writes over a file that has another name, too, so that both stay one file. */
static gboolean
has_other_names (GFile *file)
{
  GStatBuf info;

  return g_file_peek_path (file) != NULL && g_stat (g_file_peek_path (file), &info) == 0 &&
         info.st_nlink > 1;
}

static void
sync_file (GFile *file, int flags)
{
  int fd = file != NULL && g_file_peek_path (file) != NULL
             ? open (g_file_peek_path (file), O_RDONLY | O_CLOEXEC | flags)
             : -1;

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* The owner and the mode are kept by GIO; tags, access lists and other extended attributes by us.
 * What cannot be set is left out: not every file system has them. */
static gboolean
replace (GFile *source,
         GFile *file,
         const KilterIdentity *expected,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GFileInfo) attributes = g_file_query_info (file, "xattr::*,xattr-sys::*",
                                                        G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  gboolean is_written_over = has_other_names (file), done = FALSE;

  if (!exchange_local (source, file, expected, &done, cancellable, error))
    {
      g_autoptr (GFileOutputStream)
        output = g_file_replace (file, expected != NULL ? expected->etag : NULL, FALSE,
                                 G_FILE_CREATE_NONE, cancellable, error);

      /* written over it is not what it was, and not whole before it is finished: the working copy
       * stays until then */
      done = output != NULL &&
             fill (output, source, file, is_written_over ? NULL : expected, cancellable, error);
      if (done && is_written_over)
        sync_file (file, 0);
    }
  if (!done)
    return FALSE;
  if (attributes != NULL)
    g_file_set_attributes_from_info (file, attributes, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  return TRUE;
}

static gboolean
put_in_place (GFile *source,
              GFile *file,
              KilterPublishMode mode,
              const KilterIdentity *found,
              GCancellable *cancellable,
              GError **error)
{
  switch (mode)
    {
    case KILTER_PUBLISH_UPDATE:
      return replace (source, file, found, cancellable, error);
    case KILTER_PUBLISH_OVER:
      if (g_file_query_exists (file, cancellable))
        return replace (source, file, NULL, cancellable, error);
      return create_new (source, file, cancellable, error);
    case KILTER_PUBLISH_NEW:
    default:
      return create_new (source, file, cancellable, error);
    }
}

/**
 * kilter_publish_replace:
 * @publish_path: what kilter_publish_make() made
 * @known: for %KILTER_PUBLISH_UPDATE: what the file was
 * @made: (inout): what kilter_publish_make() made; with the tag of the file in its place afterwards
 *
 * Puts the file in its place, as a whole or not at all.
 */
gboolean
kilter_publish_replace (const char *publish_path,
                        GFile *file,
                        KilterPublishMode mode,
                        const KilterIdentity *known,
                        KilterIdentity *made,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (publish_path);
  KilterIdentity found = { NULL, 0, NULL };
  GError *local_error = NULL;
  g_autoptr (GFileInfo) info = NULL;
  gboolean ready = TRUE;

  if (mode == KILTER_PUBLISH_UPDATE &&
      !kilter_identity_is_current (known, file, &found, cancellable, &local_error))
    {
      if (local_error == NULL)
        kilter_set_store_error (&local_error, KILTER_STORE_ERROR_CONFLICT,
                                "'%s' was changed by someone else.", g_file_peek_path (file));
      ready = FALSE;
    }
  ready = ready && has_room (file, made->size, cancellable, &local_error);
  if (ready && !put_in_place (source, file, mode, &found, cancellable, &local_error))
    {
      GError *gio_error = g_steal_pointer (&local_error);

      kilter_adopt_gio_error (&local_error, gio_error, "publish the plan");
      ready = FALSE;
    }
  if (ready)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);

      sync_file (folder, O_DIRECTORY);
      info = g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL,
                                NULL);
      g_set_str (&made->etag, info != NULL ? g_file_info_get_etag (info) : NULL);
    }
  kilter_identity_clear (&found);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return ready;
}
