/* kilter-hash.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-hash.h"

#include <math.h>
#include <string.h>

struct _KilterHash
{
  GChecksum *checksum;
};

KilterHash *
kilter_hash_new (void)
{
  KilterHash *self = g_new0 (KilterHash, 1);

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return self;
}

void
kilter_hash_free (KilterHash *self)
{
  g_checksum_free (self->checksum);
  g_free (self);
}

static void
add_tagged (KilterHash *self, char tag, gconstpointer data, gsize length)
{
  guint64 size = GUINT64_TO_LE ((guint64) length);

  g_checksum_update (self->checksum, (const guchar *) &tag, 1);
  g_checksum_update (self->checksum, (const guchar *) &size, sizeof size);
  g_checksum_update (self->checksum, data, (gssize) length);
}

void
kilter_hash_add_text (KilterHash *self, const char *text)
{
  if (text == NULL)
    add_tagged (self, 'n', "", 0);
  else
    add_tagged (self, 't', text, strlen (text));
}

void
kilter_hash_add_int (KilterHash *self, gint64 value)
{
  gint64 little = GINT64_TO_LE (value);

  add_tagged (self, 'i', &little, sizeof little);
}

/* One bit pattern for missing, one for zero. */
static guint64
to_bits (double value)
{
  guint64 bits;

  if (isnan (value))
    return GUINT64_TO_LE (G_GUINT64_CONSTANT (0x7ff8000000000000));
  if (value == 0)
    value = 0;
  memcpy (&bits, &value, sizeof bits);
  if (bits == G_GUINT64_CONSTANT (0x8000000000000000))
    bits = 0;
  return GUINT64_TO_LE (bits);
}

void
kilter_hash_add_double (KilterHash *self, double value)
{
  guint64 bits = to_bits (value);

  add_tagged (self, 'd', &bits, sizeof bits);
}

void
kilter_hash_add_doubles (KilterHash *self, const double *values, gsize n)
{
  g_autofree guint64 *bits = g_new (guint64, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    bits[i] = to_bits (values[i]);
  add_tagged (self, 'a', bits, n * sizeof *bits);
}

/**
 * kilter_hash_finish:
 *
 * Returns: (transfer full): 64 hexadecimal digits; nothing may be added afterwards
 */
char *
kilter_hash_finish (KilterHash *self)
{
  return g_strdup (g_checksum_get_string (self->checksum));
}
