/* test-seal.c: sealed bytes, opened, and refused
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/kilter-seal.h"

#include <string.h>

#define HEADER 100
#define CHUNK (64 * 1024 + 17)

static GBytes *
make_plain (gsize size)
{
  guint8 *data = g_malloc (MAX (size, 1));

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (data, size);
}

static GBytes *
close_with (GBytes *plain, const char *password)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = kilter_seal_close (plain, password, KILTER_SEAL_QUICK, &error);

  g_assert_no_error (error);
  return sealed;
}

static void
assert_refused (GBytes *sealed, const char *password, KilterSealError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kilter_seal_open (sealed, password, &error));
  g_assert_error (error, KILTER_SEAL_ERROR, (int) code);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 17, 65535, 65536, 65537, 131072, 300001 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) plain = make_plain (sizes[i]);
      g_autoptr (GBytes) sealed = close_with (plain, "mật khẩu 密码");
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) opened = kilter_seal_open (sealed, "mật khẩu 密码", &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, opened));
    }
}

/* A file that another program has made from the description of the format; see make-sealed.py. */
static void
test_other (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "seal", "data", "other.kilter-sealed",
                                                 NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = g_file_load_bytes (file, NULL, NULL, &error);
  g_autoptr (GBytes) plain = NULL;
  const char *text;

  g_assert_no_error (error);
  g_assert_true (kilter_seal_is_sealed_file (file));
  plain = kilter_seal_open (sealed, "correct horse", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plain), ==, 7 * 12000);
  text = g_bytes_get_data (plain, NULL);
  for (gsize i = 0; i < 7 * 12000; i += 7)
    g_assert_cmpint (memcmp (text + i, "Kilter ", 7), ==, 0);
}

/* The same bytes under the same password are another file each time. */
static void
test_fresh (void)
{
  g_autoptr (GBytes) plain = make_plain (1000);
  g_autoptr (GBytes) one = close_with (plain, "correct horse");
  g_autoptr (GBytes) two = close_with (plain, "correct horse");

  g_assert_false (g_bytes_equal (one, two));
}

static void
test_password (void)
{
  g_autoptr (GBytes) plain = make_plain (1000);
  g_autoptr (GBytes) sealed = close_with (plain, "correct horse");

  assert_refused (sealed, "correct hors", KILTER_SEAL_ERROR_PASSWORD);
  assert_refused (sealed, "Correct horse", KILTER_SEAL_ERROR_PASSWORD);
  assert_refused (sealed, "", KILTER_SEAL_ERROR_PASSWORD);
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) plain = make_plain (200000);
  g_autoptr (GBytes) sealed = close_with (plain, "correct horse");
  gsize size = g_bytes_get_size (sealed);
  /* in the header, in a chunk, exactly between two, and one byte short */
  const gsize cuts[] = { 20, HEADER, HEADER + 100, HEADER + CHUNK, HEADER + 2 * CHUNK, size - 1 };
  g_autoptr (GBytes) nothing = g_bytes_new_from_bytes (sealed, 0, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, cuts[i]);

      assert_refused (cut, "correct horse", KILTER_SEAL_ERROR_TRUNCATED);
    }
  assert_refused (nothing, "correct horse", KILTER_SEAL_ERROR_NOT_SEALED);
}

/* Each byte that is altered is noticed, wherever it is. */
static void
test_altered (void)
{
  g_autoptr (GBytes) plain = make_plain (300);
  g_autoptr (GBytes) sealed = close_with (plain, "correct horse");
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);

  for (gsize i = 0; i < size; i++)
    {
      guint8 *bad;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      /* passes and memory: within the limits they only cost time, and then fail as a password */
      if (i >= 12 && i < 20)
        continue;
      bad = g_memdup2 (data, size);
      bad[i] ^= 0x40;
      bytes = g_bytes_new_take (bad, size);
      g_assert_null (kilter_seal_open (bytes, "correct horse", &error));
      if (i < 8)
        g_assert_error (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_NOT_SEALED);
      else if (i < 12)
        g_assert_error (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_TOO_NEW);
      else if (i >= HEADER)
        g_assert_error (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_ALTERED);
      else
        g_assert_true (error->code == KILTER_SEAL_ERROR_PASSWORD ||
                       error->code == KILTER_SEAL_ERROR_ALTERED);
    }
}

static void
test_reordered (void)
{
  g_autoptr (GBytes) plain = make_plain (64 * 1024 * 3);
  g_autoptr (GBytes) sealed = close_with (plain, "correct horse");
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  guint8 *bad = g_memdup2 (data, size);
  g_autoptr (GBytes) swapped = NULL, longer = NULL;

  memcpy (bad + HEADER, data + HEADER + CHUNK, CHUNK);
  memcpy (bad + HEADER + CHUNK, data + HEADER, CHUNK);
  swapped = g_bytes_new_take (bad, size);
  assert_refused (swapped, "correct horse", KILTER_SEAL_ERROR_ALTERED);
  bad = g_malloc (size + 5);
  memcpy (bad, data, size);
  memset (bad + size, 0, 5);
  longer = g_bytes_new_take (bad, size + 5);
  assert_refused (longer, "correct horse", KILTER_SEAL_ERROR_ALTERED);
}

/* A chunk of another file under the same password does not fit. */
static void
test_mixed (void)
{
  g_autoptr (GBytes) plain = make_plain (64 * 1024 * 2);
  g_autoptr (GBytes) one = close_with (plain, "correct horse");
  g_autoptr (GBytes) two = close_with (plain, "correct horse");
  gsize size;
  const guint8 *data = g_bytes_get_data (one, &size);
  guint8 *bad = g_memdup2 (data, size);
  g_autoptr (GBytes) mixed = NULL;

  memcpy (bad + HEADER, (const guint8 *) g_bytes_get_data (two, NULL) + HEADER, CHUNK);
  mixed = g_bytes_new_take (bad, size);
  assert_refused (mixed, "correct horse", KILTER_SEAL_ERROR_ALTERED);
}

/* A file that is sent is sealed, or as it was without a password; what cannot be written is said.
 */
static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kilter-seal-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "copy.kilter-sealed", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_get_child (file, "inside-a-file");
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (GBytes) plain = make_plain (100), opened = NULL, read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_seal_write_file (file, plain, "correct horse", NULL, &error));
  g_assert_true (kilter_seal_is_sealed_file (file));
  opened = kilter_seal_open_file (file, "correct horse", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, plain));
  g_assert_null (kilter_seal_open_file (file, "wrong horse", NULL, &error));
  g_assert_error (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_PASSWORD);
  g_clear_error (&error);

  g_assert_true (kilter_seal_write_file (file, plain, NULL, NULL, &error));
  read = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_true (g_bytes_equal (read, plain));
  g_assert_false (kilter_seal_write_file (nowhere, plain, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (parent, NULL, NULL));
}

/* What a stranger's file asks for is bounded before anything is done. */
static void
test_limits (void)
{
  g_autoptr (GBytes) plain = make_plain (10);
  g_autoptr (GBytes) sealed = close_with (plain, "correct horse");
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  static const gsize places[] = { 12, 16, 36 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint8 *bad = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;

      memset (bad + places[i], 0xff, 4);
      memset (bad + 40, 0xff, places[i] == 36 ? 4 : 0);
      bytes = g_bytes_new_take (bad, size);
      assert_refused (bytes, "correct horse", KILTER_SEAL_ERROR_ALTERED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/other", test_other);
  g_test_add_func ("/seal/fresh", test_fresh);
  g_test_add_func ("/seal/password", test_password);
  g_test_add_func ("/seal/truncated", test_truncated);
  g_test_add_func ("/seal/altered", test_altered);
  g_test_add_func ("/seal/reordered", test_reordered);
  g_test_add_func ("/seal/mixed", test_mixed);
  g_test_add_func ("/seal/limits", test_limits);
  g_test_add_func ("/seal/files", test_files);

  return g_test_run ();
}
