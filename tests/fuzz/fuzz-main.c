/* fuzz-main.c: runs a fuzzer: first all inputs of the corpus as they are, then mutated ones
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   fuzz-NAME [SECONDS [SEED [FOLDER]]]
 *   fuzz-NAME FILE...
 *
 * Deterministic for a seed but for where the time ends. The input that is being tried is kept in
 * FOLDER/last-input when a folder is named; FILE tries such inputs again. With libFuzzer, build
 * with -DKILTER_LIBFUZZER. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* The first four bytes choose how it is tried. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  guint32 choice = 0;

  if (size < 4)
    return 0;
  memcpy (&choice, data, 4);
  fuzz_target.run (data + 4, size - 4, choice);
  return 0;
}

#ifndef KILTER_LIBFUZZER
#define MAX_SECONDS_EACH 10

static void
insert (GByteArray *data, guint at, const guint8 *piece, guint length)
{
  guint rest_length = data->len - at;
  g_autofree guint8 *rest = rest_length > 0 ? g_memdup2 (data->data + at, rest_length) : NULL;

  g_byte_array_set_size (data, at);
  g_byte_array_append (data, piece, length);
  if (rest_length > 0)
    g_byte_array_append (data, rest, rest_length);
}

static void
mutate_once (GByteArray *data, GRand *rand, GPtrArray *seeds, guint n_tokens)
{
  guint at = data->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) data->len) : 0;
  guint wanted = (guint) g_rand_int_range (rand, 1, 40);
  guint length = MIN (wanted, data->len - at);

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      if (data->len > 0)
        data->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      if (data->len > 0)
        data->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    case 2:
      if (length > 0)
        g_byte_array_remove_range (data, at, length);
      break;
    case 3: /* a piece once more, anywhere */
    case 4:
      if (length > 0)
        {
          g_autofree guint8 *copy = g_memdup2 (data->data + at, length);

          insert (data, (guint) g_rand_int_range (rand, 0, (gint32) data->len), copy, length);
        }
      break;
    case 5:
    case 6:
    case 7:
      {
        const char *token = fuzz_target.tokens[g_rand_int_range (rand, 0, (gint32) n_tokens)];

        /* in place of a piece, or between two */
        if (length > 0 && g_rand_boolean (rand))
          g_byte_array_remove_range (data, at, MIN (length, (guint) strlen (token)));
        insert (data, MIN (at, data->len), (const guint8 *) token, (guint) strlen (token));
        break;
      }
    default: /* the end of another file */
      {
        GBytes *other = seeds->pdata[g_rand_int_range (rand, 0, (gint32) seeds->len)];
        gsize size;
        const guint8 *bytes = g_bytes_get_data (other, &size);
        gsize from = size > 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) size) : 0;

        g_byte_array_set_size (data, at);
        g_byte_array_append (data, bytes + from, (guint) (size - from));
        break;
      }
    }
}

static void
mutate (GByteArray *data, GRand *rand, GPtrArray *seeds, guint n_tokens)
{
  int n = g_rand_int_range (rand, 1, 8);

  while (n-- > 0)
    mutate_once (data, rand, seeds, n_tokens);
  if (data->len > fuzz_target.max_size)
    g_byte_array_set_size (data, fuzz_target.max_size);
}

/* A folder has no order of its own. */
static void
add_folder (GPtrArray *seeds, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);
      char *text;
      gsize length;

      if (g_file_get_contents (file, &text, &length, NULL))
        g_ptr_array_add (seeds, g_bytes_new_take (text, MIN (length, fuzz_target.max_size)));
    }
}

static GPtrArray *
collect_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *root = g_getenv ("KILTER_SOURCE_ROOT");
  g_autofree char *path = g_build_filename (root != NULL ? root : ".", "tests", "fuzz", "corpus",
                                            fuzz_target.corpus, NULL);

  add_folder (seeds, path);
  if (seeds->len == 0)
    g_error ("the corpus is not at %s (KILTER_SOURCE_ROOT)", path);
  if (fuzz_target.add_seeds != NULL)
    fuzz_target.add_seeds (seeds);
  return seeds;
}

static void
try_files (int n, char **paths)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *data = NULL;
      gsize size;

      if (!g_file_get_contents (paths[i], &data, &size, NULL))
        g_error ("%s cannot be read", paths[i]);
      LLVMFuzzerTestOneInput ((const guint8 *) data, size);
    }
  printf ("%s: %d files: ok\n", fuzz_target.name, n);
}

int
main (int argc, char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 4;
  guint32 seed = argc > 2 ? (guint32) strtoul (argv[2], NULL, 10) : 1;
  const char *folder = argc > 3 ? argv[3] : NULL;
  g_autofree char *last = folder != NULL ? g_build_filename (folder, "last-input", NULL) : NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) seeds = NULL;
  guint n_tokens = 0;
  gint64 end;
  guint64 n = 0;

  if (argc > 1 && g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      try_files (argc - 1, argv + 1);
      return 0;
    }
  seeds = collect_seeds ();
  while (fuzz_target.tokens[n_tokens] != NULL)
    n_tokens++;
  end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  while (n < seeds->len || g_get_monotonic_time () < end)
    {
      GBytes *from = seeds->pdata[n < seeds->len
                                    ? n
                                    : (guint64) g_rand_int_range (rand, 0, (gint32) seeds->len)];
      g_autoptr (GByteArray) data = g_byte_array_new ();
      guint32 choice = g_rand_int (rand);
      clock_t start = clock ();
      gsize size;
      const guint8 *bytes = g_bytes_get_data (from, &size);

      g_byte_array_append (data, bytes, (guint) size);
      if (n >= seeds->len)
        mutate (data, rand, seeds, n_tokens);
      g_byte_array_prepend (data, (const guint8 *) &choice, 4);
      if (last != NULL)
        g_file_set_contents (last, (const char *) data->data, data->len, NULL);
      LLVMFuzzerTestOneInput (data->data, data->len);
      /* of processor time: the machine may be busy */
      if ((clock () - start) / CLOCKS_PER_SEC >= MAX_SECONDS_EACH)
        g_error ("an input of %u bytes takes more than %d seconds", data->len, MAX_SECONDS_EACH);
      n++;
    }
  printf ("%s: %" G_GUINT64_FORMAT " inputs, seed %u: ok\n", fuzz_target.name, n, seed);
  return 0;
}
#endif
