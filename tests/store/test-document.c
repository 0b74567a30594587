/* test-document.c: the user's file: publishing, conflicts, recovery
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static char *
read_bytes (GFile *file, gsize *out_length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &bytes, out_length, NULL));
  return bytes;
}

static void
assert_unchanged (GFile *file, const char *bytes, gsize length)
{
  gsize now_length;
  g_autofree char *now = read_bytes (file, &now_length);

  g_assert_cmpmem (now, now_length, bytes, length);
}

/* Nothing but the document stays in its folder. */
static void
assert_alone (GFile *file)
{
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (file));
  g_autofree char *name = g_path_get_basename (g_file_peek_path (file));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *found;

  while ((found = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (found, ==, name);
}

static void
edit (KilterStore *store, int bucket, double value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_store_apply (
    store, fixture_edit (kilter_store_get_plan (store), 1, bucket, value, bucket), &error));
  g_assert_no_error (error);
}

static double
get_edit (KilterStore *store, int bucket)
{
  const double *own = kilter_plan_get_own (kilter_store_get_plan (store), KILTER_BASELINE,
                                           KILTER_FINAL, KILTER_LAYER_INPUT, 1);

  return own != NULL ? own[bucket] : NAN;
}

/* Two runs, or two users, that do the same get the same file. */
static void
test_same_bytes (void)
{
  GFile *files[2] = { NULL, NULL };
  gsize length;
  g_autofree char *bytes = NULL;

  for (int i = 0; i < 2; i++)
    {
      KilterStore *store = fixture_create ("plan.kilter",
                                           fixture_plan_new (KILTER_BUCKET_WEEK, "u"));

      files[i] = g_object_ref (kilter_store_get_file (store));
      edit (store, 40, 1.5);
      edit (store, 41, 2.5);
      g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
      fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
    }
  bytes = read_bytes (files[0], &length);
  assert_unchanged (files[1], bytes, length);
  g_object_unref (files[0]);
  g_object_unref (files[1]);
}

static void
test_publish (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GPtrArray) kept = NULL;
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  /* SQLite's header: no WAL, our id */
  g_assert_cmpint (bytes[18], ==, 1);
  g_assert_cmpint (bytes[19], ==, 1);
  g_assert_cmpmem (bytes + 68, 4, "KILT", 4);
  edit (store, 40, 1);
  assert_unchanged (file, bytes, length);
  g_assert_true (kilter_store_has_unpublished (store));
  for (int i = 0; i < 15; i++)
    {
      edit (store, 41, i);
      g_assert_true (kilter_store_publish (store, NULL, NULL));
      g_assert_false (kilter_store_has_unpublished (store));
    }
  assert_alone (file);
  kept = kilter_store_list_kept (file);
  g_assert_cmpuint (kept->len, ==, 10);
  g_free (bytes);
  bytes = read_bytes (file, &length);
  assert_unchanged (kept->pdata[0], bytes, length);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);

  /* an older one is a plan as well */
  store = fixture_open (kept->pdata[2]);
  g_assert_cmpfloat (get_edit (store, 41), ==, 12);
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

static void
test_conflict (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GFile) other = fixture_new_file ("other.kilter");
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *bytes = NULL;

  edit (store, 40, 1);
  g_assert_true (kilter_store_save_copy (store, other, &error));
  g_assert_no_error (error);
  edit (store, 41, 2);

  /* someone puts another plan there */
  g_assert_cmpint (g_rename (g_file_peek_path (other), g_file_peek_path (file)), ==, 0);
  bytes = read_bytes (file, &length);
  g_assert_false (kilter_store_publish (store, NULL, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_unchanged (file, bytes, length);
  g_assert_true (kilter_store_has_unpublished (store));
  g_assert_false (kilter_store_close (store, KILTER_STORE_CLOSE_PUBLISH, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  /* still open: go on elsewhere */
  edit (store, 42, 3);
  g_assert_true (kilter_store_save_as (store, other, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_equal (kilter_store_get_file (store), other));
  assert_unchanged (file, bytes, length);
  edit (store, 43, 4);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (other);
  g_assert_cmpfloat (get_edit (store, 43), ==, 4);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* The same bytes with another date are no conflict. */
static void
test_touched (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), bytes, (gssize) length, NULL));
  edit (store, 40, 1);
  g_assert_true (kilter_store_publish (store, NULL, &error));
  g_assert_no_error (error);
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

static void
test_gone (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GError) error = NULL;

  edit (store, 40, 1);
  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  g_assert_false (kilter_store_publish (store, NULL, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_GONE);
  g_clear_error (&error);
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_true (kilter_store_save_as (store, file, &error));
  g_assert_no_error (error);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

static void
test_exists (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *bytes = NULL;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  bytes = read_bytes (file, &length);
  g_assert_null (kilter_store_create (file, fixture_plan_new_small (), &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_EXISTS);
  assert_unchanged (file, bytes, length);
  assert_alone (file);
  {
    g_autoptr (GPtrArray) orphans = kilter_store_list_orphans ();

    g_assert_cmpuint (orphans->len, ==, 0);
  }
}

static void
test_untitled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = fixture_new_file ("plan.kilter");
  KilterStore *store = kilter_store_create (NULL, fixture_plan_new_small (), &error);

  g_assert_no_error (error);
  edit (store, 40, 1);
  g_assert_false (kilter_store_publish (store, NULL, &error));
  g_clear_error (&error);
  g_assert_true (kilter_store_save_as (store, file, &error));
  g_assert_no_error (error);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

static void
test_busy (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GError) error = NULL;
  KilterStore *reader;
  KilterStore *second;
  KilterStore *third;

  edit (store, 40, 1);
  g_assert_null (kilter_store_open (file, KILTER_STORE_DEFAULT, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (kilter_store_open (file, KILTER_STORE_IGNORE_WORKING, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY);
  g_clear_error (&error);

  /* reading is always possible: what is published */
  reader = kilter_store_open (file, KILTER_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (get_edit (reader, 40)));
  g_assert_false (kilter_store_apply (
    reader, fixture_edit (kilter_store_get_plan (reader), 1, 40, 5, 1), &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (kilter_store_publish (reader, NULL, &error));
  g_clear_error (&error);
  fixture_close (reader, KILTER_STORE_CLOSE_PUBLISH);

  /* another plan cannot be saved over one that is open */
  second = fixture_create ("second.kilter", fixture_plan_new_small ());
  g_assert_false (kilter_store_save_as (second, file, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY);
  fixture_close (second, KILTER_STORE_CLOSE_DISCARD);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  third = fixture_open (file);
  fixture_close (third, KILTER_STORE_CLOSE_PUBLISH);
}

/* Links stay links; owner and mode stay what they were. */
static void
test_link_and_mode (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GFile) link = fixture_new_file ("link.kilter");
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  g_assert_cmpint (g_chmod (g_file_peek_path (file), 0640), ==, 0);
  g_assert_cmpint (symlink (g_file_peek_path (file), g_file_peek_path (link)), ==, 0);
  store = fixture_open (link);
  edit (store, 40, 1);
  /* the same document by its other name */
  g_assert_null (kilter_store_open (file, KILTER_STORE_DEFAULT, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_BUSY);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  g_assert_cmpint (g_lstat (g_file_peek_path (link), &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* Tags and the like stay, too; a file with a second name keeps both. */
static void
test_attributes_and_names (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GFile) other = fixture_new_file ("other.kilter");
  const char *path = g_file_peek_path (file);
  char tag[16] = "";
  gboolean has_tags;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  has_tags = setxattr (path, "user.xdg.tags", "month end", 9, 0) == 0;
  store = fixture_open (file);
  edit (store, 40, 1);
  g_assert_true (kilter_store_publish (store, NULL, NULL));
  if (has_tags)
    g_assert_cmpint (getxattr (path, "user.xdg.tags", tag, sizeof tag - 1), ==, 9);
  else
    g_test_message ("this file system has no extended attributes");
  g_assert_cmpstr (tag, ==, has_tags ? "month end" : "");
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);

  g_assert_cmpint (link (path, g_file_peek_path (other)), ==, 0);
  store = fixture_open (file);
  edit (store, 41, 2);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = kilter_store_open (other, KILTER_STORE_READ_ONLY, NULL);
  g_assert_cmpfloat (get_edit (store, 41), ==, 2);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* The document portal before 1.19 answers so when a file must not be a link; GIO then believes that
 * it is one, and writes over it. */
static const char *refuses_nofollow; /* a path */

static int
open_through (const char *path, int flags, mode_t mode)
{
  if ((flags & O_NOFOLLOW) != 0 && g_strcmp0 (path, refuses_nofollow) == 0)
    {
      errno = ELOOP;
      return -1;
    }
  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

/* called by libraries instead of those of the C library */
#define DEFINE_OPEN(name, symbol)                                                                  \
  int name (const char *path, int flags, ...) __asm__ (symbol);                                    \
                                                                                                   \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    mode_t mode = 0600; /* of a nameless file */                                                   \
    va_list list;                                                                                  \
                                                                                                   \
    va_start (list, flags);                                                                        \
    if ((flags & O_CREAT) != 0)                                                                    \
      mode = va_arg (list, mode_t);                                                                \
    va_end (list);                                                                                 \
    return open_through (path, flags, mode);                                                       \
  }

DEFINE_OPEN (test_open, "open")
DEFINE_OPEN (test_open64, "open64")

/* Whoever holds the old file keeps it whole: another one takes its name. */
static void
test_old_portal (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autofree char *before = NULL, *held = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  int fd;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  g_assert_true (g_file_load_contents (file, NULL, &before, &size, NULL, NULL));
  fd = g_open (g_file_peek_path (file), O_RDONLY | O_CLOEXEC, 0);
  refuses_nofollow = g_file_peek_path (file);
  errno = 0;
  g_assert_cmpint (g_open (g_file_peek_path (file), O_RDONLY | O_NOFOLLOW, 0), ==, -1);
  g_assert_cmpint (errno, ==, ELOOP);
  store = fixture_open (file);
  for (int i = 1; i <= 3; i++)
    {
      edit (store, 40, i);
      kilter_store_publish (store, NULL, &error);
      g_assert_no_error (error);
    }
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  refuses_nofollow = NULL;

  held = g_malloc (size);
  g_assert_cmpint (pread (fd, held, size, 0), ==, (gssize) size);
  g_assert_cmpmem (held, size, before, size);
  close (fd);
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 3);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* The longest name there is, and one more. */
static void
test_long_names (void)
{
  g_autofree char *longest = g_strnfill (255, 'x');
  g_autofree char *too_long = g_strnfill (256, 'x');
  KilterStore *store = fixture_create (longest, fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GFile) other = fixture_new_file (too_long);
  g_autoptr (GError) error = NULL;

  edit (store, 40, 1);
  g_assert_true (kilter_store_publish (store, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (kilter_store_save_copy (store, other, &error));
  g_assert_true (error->domain == KILTER_STORE_ERROR);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* The order of changes is told by their numbers, whatever the clock says. */
static void
test_clock (void)
{
  static const char *const times[] = { "2026-04-09T09:00:00Z", "2106-02-07T06:28:16Z",
                                       "1970-01-01T00:00:00Z", "2026-04-08T09:00:00Z",
                                       "2038-01-19T03:14:08Z" };
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      KilterCommand *command = fixture_edit (kilter_store_get_plan (store), 1, 40, (double) i, 1);

      kilter_command_set_stamp (command, "Ana", times[i]);
      g_assert_true (kilter_store_apply (store, command, NULL));
    }
  fixture_close (store, KILTER_STORE_CLOSE_KEEP);
  store = fixture_open (file);
  for (gsize i = G_N_ELEMENTS (times); i-- > 1;)
    {
      g_assert_cmpfloat (get_edit (store, 40), ==, (double) i);
      g_assert_true (kilter_store_undo (store, "Ana", times[(i + 2) % G_N_ELEMENTS (times)], NULL));
    }
  g_assert_cmpfloat (get_edit (store, 40), ==, 0);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  {
    g_autoptr (GPtrArray) findings = kilter_store_check (file, NULL);

    for (guint i = 0; i < findings->len; i++)
      g_assert_cmpint (((KilterFinding *) findings->pdata[i])->kind, !=, KILTER_FINDING_LOG);
  }
}

/* The file is all that is needed. */
static void
test_wiped (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));

  edit (store, 40, 1);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  fixture_remove_state ();
  store = fixture_open (file);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

static void
test_strange_names (void)
{
  static const char *const names[] = { "-plan", "a\nb.kilter", "\xff\xfe.kilter",
                                       "“计划”‏.kilter", "%s#?.kilter" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      KilterStore *store = fixture_create (names[i], fixture_plan_new_small ());
      g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));

      edit (store, 40, 1);
      fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
      store = fixture_open (file);
      g_assert_cmpfloat (get_edit (store, 40), ==, 1);
      fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
    }
}

/* --- what is left behind --- */

static void
test_keep_and_recover (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GPtrArray) orphans = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  KilterOrphan *orphan;

  edit (store, 40, 1);
  edit (store, 41, 2);
  /* as a crash would, without the file being told */
  fixture_close (store, KILTER_STORE_CLOSE_KEEP);

  orphans = kilter_store_list_orphans ();
  g_assert_cmpuint (orphans->len, ==, 1);
  orphan = orphans->pdata[0];
  g_assert_cmpint (orphan->n_changes, ==, 2);
  g_assert_cmpstr (orphan->title, ==, "Bluebird “Foods” 食品");

  /* opening the document finds them by itself */
  store = fixture_open (file);
  g_assert_cmpint (kilter_store_get_n_recovered (store), ==, 2);
  g_assert_cmpfloat (get_edit (store, 41), ==, 2);
  g_assert_true (kilter_store_has_unpublished (store));
  g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
  fixture_close (store, KILTER_STORE_CLOSE_KEEP);

  store = kilter_store_recover (orphan->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kilter_store_get_n_recovered (store), ==, 3);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  after = kilter_store_list_orphans ();
  g_assert_cmpuint (after->len, ==, 0);
  store = fixture_open (file);
  g_assert_cmpint (kilter_store_get_n_recovered (store), ==, 0);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  g_assert_true (isnan (get_edit (store, 41)));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

static void
test_unsaved (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GFile) elsewhere = fixture_new_file ("copy.kilter");
  g_autoptr (GPtrArray) orphans = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  g_assert_true (kilter_store_save_copy (store, elsewhere, NULL));
  edit (store, 40, 1);
  fixture_close (store, KILTER_STORE_CLOSE_KEEP);

  /* meanwhile someone edits the file */
  store = fixture_open (elsewhere);
  edit (store, 41, 2);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  g_assert_cmpint (g_rename (g_file_peek_path (elsewhere), g_file_peek_path (file)), ==, 0);

  g_assert_null (kilter_store_open (file, KILTER_STORE_DEFAULT, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_UNSAVED);
  g_clear_error (&error);
  store = kilter_store_open (file, KILTER_STORE_IGNORE_WORKING, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (get_edit (store, 41), ==, 2);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);

  orphans = kilter_store_list_orphans ();
  g_assert_cmpuint (orphans->len, ==, 1);
  id = ((KilterOrphan *) orphans->pdata[0])->id;
  store = kilter_store_recover (id, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (get_edit (store, 40), ==, 1);
  g_assert_false (kilter_store_publish (store, NULL, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  fixture_close (store, KILTER_STORE_CLOSE_KEEP);
  g_assert_true (kilter_store_discard_orphan (id, &error));
  g_assert_false (kilter_store_discard_orphan (id, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_GONE);
  store = fixture_open (file);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* --- publishing interrupted --- */

static void
test_publish_cancelled (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  edit (store, 40, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (kilter_store_publish (store, cancellable, &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_CANCELLED);
  assert_unchanged (file, bytes, length);
  assert_alone (file);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* Files may not grow beyond a size: what a full disk looks like to a program. Each limit in a
 * child process, since it cannot be lifted again. */
static void
limit_and_edit (GFile *file, rlim_t size)
{
  struct rlimit limit = { size, size };
  KilterStore *store = fixture_open (file);
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    _exit (2);
  if (kilter_store_apply (store, fixture_edit (kilter_store_get_plan (store), 1, 40, 7, 1),
                          &error) &&
      kilter_store_publish (store, NULL, &error))
    _exit (get_edit (store, 40) == 7 ? 0 : 3);
  _exit (error != NULL && (get_edit (store, 40) == 7 || isnan (get_edit (store, 40))) ? 1 : 4);
}

static void
test_publish_full (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (KILTER_BUCKET_MONTH, "u"));
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  gsize length;
  g_autofree char *bytes = NULL;
  int n_failed = 0;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  bytes = read_bytes (file, &length);
  for (gsize size = 0; size < 2 * length; size += length / 7 + 1)
    {
      pid_t child = fork ();
      int status;
      g_autoptr (GError) error = NULL;

      if (child == 0)
        limit_and_edit (file, size);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), <=, 1);
      if (WEXITSTATUS (status) == 1)
        {
          n_failed++;
          assert_unchanged (file, bytes, length);
        }
      assert_alone (file);
      /* whatever it was, the next start goes on from there */
      store = kilter_store_open (file, KILTER_STORE_DEFAULT, &error);
      g_assert_no_error (error);
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
  g_assert_cmpint (n_failed, >, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/document/same-bytes", test_same_bytes);
  g_test_add_func ("/document/publish", test_publish);
  g_test_add_func ("/document/publish/cancelled", test_publish_cancelled);
  g_test_add_func ("/document/publish/full", test_publish_full);
  g_test_add_func ("/document/conflict", test_conflict);
  g_test_add_func ("/document/touched", test_touched);
  g_test_add_func ("/document/gone", test_gone);
  g_test_add_func ("/document/exists", test_exists);
  g_test_add_func ("/document/untitled", test_untitled);
  g_test_add_func ("/document/busy", test_busy);
  g_test_add_func ("/document/link-and-mode", test_link_and_mode);
  g_test_add_func ("/document/attributes-and-names", test_attributes_and_names);
  g_test_add_func ("/document/old-portal", test_old_portal);
  g_test_add_func ("/document/strange-names", test_strange_names);
  g_test_add_func ("/document/long-names", test_long_names);
  g_test_add_func ("/document/clock", test_clock);
  g_test_add_func ("/document/wiped", test_wiped);
  g_test_add_func ("/document/keep-and-recover", test_keep_and_recover);
  g_test_add_func ("/document/unsaved", test_unsaved);
  return g_test_run ();
}
