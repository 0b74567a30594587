/* fuzz-seal.c: mutated sealed files, and nonsense that begins like one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "seal/kilter-seal.h"

#include <string.h>

/* What is opened must be what was sealed: no mutation may bring forth anything else. */
static GPtrArray *sealed_plain;

static gboolean
is_known (GBytes *plain)
{
  for (guint i = 0; i < sealed_plain->len; i++)
    if (g_bytes_equal (plain, sealed_plain->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) bytes = NULL, plain = NULL;
  g_autoptr (GError) error = NULL;

  /* the cheapest key that is allowed: what is looked for lies behind it */
  if (size >= 20 && choice % 8 != 0)
    memcpy (copy + 12, "\1\0\0\0\0\40\0\0", 8);
  else if (size >= 20)
    copy[18] = copy[19] = 0;
  bytes = g_bytes_new_take (copy, size);
  plain = kilter_seal_open (bytes, choice % 5 == 0 ? "another one" : "correct horse", &error);
  g_assert_true ((plain == NULL) == (error != NULL));
  g_assert_true (plain == NULL || is_known (plain));
}

static void
add_seeds (GPtrArray *seeds)
{
  static const gsize sizes[] = { 0, 10, 3000, 65536, 70000 };

  sealed_plain = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GBytes *plain = g_bytes_new_take (g_malloc0 (MAX (sizes[i], 1)), sizes[i]);

      g_ptr_array_add (sealed_plain, plain);
      g_ptr_array_add (seeds, kilter_seal_close (plain, "correct horse", KILTER_SEAL_QUICK, NULL));
    }
}

static const char *const tokens[] = { "KILTSEAL", "\1\1", "\377\377\377\377", NULL };

const FuzzTarget fuzz_target = { "fuzz-seal", "seal", tokens, 80000, add_seeds, run };
