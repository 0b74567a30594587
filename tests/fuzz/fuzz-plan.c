/* fuzz-plan.c: damaged plan files: refused or opened, never a crash, never an endless loop
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "store/store-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* what a plan is made of, in a folder of its own */
static GFile *good;
static GFile *tried;
static GBytes *good_bytes;

static void
remove_folders (void)
{
  g_autoptr (GFile) folder = g_file_get_parent (good);
  g_autoptr (GFile) other = g_file_get_parent (tried);

  g_file_delete (good, NULL, NULL);
  g_file_delete (tried, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_file_delete (other, NULL, NULL);
}

static void
set_up (void)
{
  char *bytes = NULL;
  gsize length;
  KilterStore *store;

  if (good_bytes != NULL)
    return;
  store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  good = g_object_ref (kilter_store_get_file (store));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  tried = fixture_new_file ("tried.kilter");
  if (!g_file_get_contents (g_file_peek_path (good), &bytes, &length, NULL))
    g_error ("the plan was not published");
  good_bytes = g_bytes_new_take (bytes, length);
  atexit (remove_folders);
}

static void
check_values (KilterPlan *plan)
{
  for (int row = 1; row <= kilter_plan_get_max_id (plan, KILTER_TABLE_SERIES); row++)
    {
      const double *values = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                     KILTER_LAYER_FACT, row);

      for (int b = 0; values != NULL && b < kilter_plan_get_n_buckets (plan); b++)
        if (isinf (values[b]))
          g_error ("an impossible number got into the plan");
    }
}

/* An input is a list of damages: "page N M" puts page M in place of N, "byte N V" sets a byte,
 * "cut N" ends the file; what is none of them overwrites the file at the last place. */
static void
damage (const guint8 *data, gsize size, guint32 choice, GByteArray *file)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 200);
  guint at = choice % file->len;

  for (char **line = lines; *line != NULL; line++)
    {
      guint first = 0, second = 0;

      if (sscanf (*line, "page %u %u", &first, &second) == 2)
        {
          guint n = file->len / 4096;

          if (n == 0)
            continue;
          first = first % n * 4096;
          second = second % n * 4096;
          memmove (file->data + first, file->data + second, 4096);
        }
      else if (sscanf (*line, "byte %u %u", &first, &second) == 2)
        {
          at = first % file->len;
          file->data[at] = (guint8) second;
        }
      else if (sscanf (*line, "cut %u", &first) == 1)
        g_byte_array_set_size (file, MAX (first % file->len, 1));
      else
        memcpy (file->data + at, *line, MIN (strlen (*line), file->len - at));
      at = MIN (at, file->len - 1);
    }
}

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  g_autoptr (GByteArray) file = NULL;
  KilterStore *store;
  gsize length;
  const guint8 *bytes;

  set_up ();
  bytes = g_bytes_get_data (good_bytes, &length);
  file = g_byte_array_sized_new ((guint) length);
  g_byte_array_append (file, bytes, (guint) length);
  damage (data, size, choice, file);
  if (!g_file_set_contents (g_file_peek_path (tried), (const char *) file->data, file->len, NULL))
    g_error ("the file cannot be written");
  store = kilter_store_open (
    tried, (choice & 1 ? KILTER_STORE_READ_ONLY : 0) | (choice & 2 ? KILTER_STORE_IGNORE_HASH : 0),
    NULL);
  if (store == NULL)
    return;
  check_values (kilter_store_get_plan (store));
  while (kilter_store_can_undo (store) && kilter_store_undo (store, "Fuzz", "now", NULL))
    ;
  kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
  kilter_store_free (store);
}

static const char *const tokens[] = {
  "byte 18 2\n",  "byte 28 255\n",
  "byte 100 5\n", "byte 105 0\n",
  "byte 52 1\n",  "page 3 4\n",
  "page 1 0\n",   "page 9 2\n",
  "cut 5000\n",   "cut 4096\n",
  "\377\377\377", "\001",
  "\r",           "\n",
  "byte 4100 ",   "byte 8195 ",
  "13",           "0",
  "255",          "page ",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-plan", "plan", tokens, 4000, NULL, run };
