/* kilter-digest.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-digest.h"

#include <string.h>

#define BLOCK_SIZE 128
#define OUTPUT_SIZE 32

/* RFC 7693, section 2.6 */
static const guint64 initial[8] = {
  G_GUINT64_CONSTANT (0x6a09e667f3bcc908), G_GUINT64_CONSTANT (0xbb67ae8584caa73b),
  G_GUINT64_CONSTANT (0x3c6ef372fe94f82b), G_GUINT64_CONSTANT (0xa54ff53a5f1d36f1),
  G_GUINT64_CONSTANT (0x510e527fade682d1), G_GUINT64_CONSTANT (0x9b05688c2b3e6c1f),
  G_GUINT64_CONSTANT (0x1f83d9abfb41bd6b), G_GUINT64_CONSTANT (0x5be0cd19137e2179),
};

static inline guint64
rotate (guint64 value, int by)
{
  return (value >> by) | (value << (64 - by));
}

/* RFC 7693, section 3.1 */
#define MIX(a, b, c, d, x, y)                                                                      \
  do                                                                                               \
    {                                                                                              \
      a = a + b + words[x];                                                                        \
      d = rotate (d ^ a, 32);                                                                      \
      c = c + d;                                                                                   \
      b = rotate (b ^ c, 24);                                                                      \
      a = a + b + words[y];                                                                        \
      d = rotate (d ^ a, 16);                                                                      \
      c = c + d;                                                                                   \
      b = rotate (b ^ c, 63);                                                                      \
    }                                                                                              \
  while (0)

/* Written out, so that the sixteen words stay in registers: three times as fast as a loop. */
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                \
  do                                                                                               \
    {                                                                                              \
      MIX (v0, v4, v8, v12, s0, s1);                                                               \
      MIX (v1, v5, v9, v13, s2, s3);                                                               \
      MIX (v2, v6, v10, v14, s4, s5);                                                              \
      MIX (v3, v7, v11, v15, s6, s7);                                                              \
      MIX (v0, v5, v10, v15, s8, s9);                                                              \
      MIX (v1, v6, v11, v12, s10, s11);                                                            \
      MIX (v2, v7, v8, v13, s12, s13);                                                             \
      MIX (v3, v4, v9, v14, s14, s15);                                                             \
    }                                                                                              \
  while (0)

/* RFC 7693, section 3.2, with the schedule of section 2.7; the count of bytes stays below 2⁶⁴ */
static void
compress (KilterDigest *self, const guint8 *block, gboolean last)
{
  guint64 words[16];
  guint64 v0 = self->state[0], v1 = self->state[1], v2 = self->state[2], v3 = self->state[3];
  guint64 v4 = self->state[4], v5 = self->state[5], v6 = self->state[6], v7 = self->state[7];
  guint64 v8 = initial[0], v9 = initial[1], v10 = initial[2], v11 = initial[3];
  guint64 v12 = initial[4] ^ self->count, v13 = initial[5];
  guint64 v14 = last ? ~initial[6] : initial[6], v15 = initial[7];

  memcpy (words, block, sizeof words);
  for (int i = 0; i < 16; i++)
    words[i] = GUINT64_FROM_LE (words[i]);
  ROUND (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  ROUND (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
  ROUND (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4);
  ROUND (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8);
  ROUND (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13);
  ROUND (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9);
  ROUND (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11);
  ROUND (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10);
  ROUND (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5);
  ROUND (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0);
  ROUND (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  ROUND (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
  self->state[0] ^= v0 ^ v8;
  self->state[1] ^= v1 ^ v9;
  self->state[2] ^= v2 ^ v10;
  self->state[3] ^= v3 ^ v11;
  self->state[4] ^= v4 ^ v12;
  self->state[5] ^= v5 ^ v13;
  self->state[6] ^= v6 ^ v14;
  self->state[7] ^= v7 ^ v15;
}

void
kilter_digest_init (KilterDigest *self)
{
  memcpy (self->state, initial, sizeof initial);
  self->state[0] ^= 0x01010000 ^ OUTPUT_SIZE;
  self->count = 0;
  self->used = 0;
}

/**
 * kilter_digest_add:
 *
 * Adds bytes as they are; where several values follow each other, the caller keeps them apart.
 */
void
kilter_digest_add (KilterDigest *self, gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      gsize room = BLOCK_SIZE - self->used;
      gsize n = MIN (room, length);

      /* the last block is kept back: it is compressed differently */
      if (room == 0)
        {
          self->count += BLOCK_SIZE;
          compress (self, self->block, FALSE);
          self->used = 0;
          continue;
        }
      memcpy (self->block + self->used, bytes, n);
      self->used += n;
      bytes += n;
      length -= n;
    }
}

/**
 * kilter_digest_add_text:
 * @text: (nullable): kept apart from the empty text
 */
void
kilter_digest_add_text (KilterDigest *self, const char *text)
{
  gint64 length = text != NULL ? (gint64) strlen (text) : -1;

  kilter_digest_add_int (self, length);
  if (length > 0)
    kilter_digest_add (self, text, (gsize) length);
}

void
kilter_digest_add_int (KilterDigest *self, gint64 value)
{
  gint64 little = GINT64_TO_LE (value);

  kilter_digest_add (self, &little, sizeof little);
}

/**
 * kilter_digest_finish:
 *
 * Returns: (transfer full): 64 hexadecimal digits; nothing may be added afterwards
 */
char *
kilter_digest_finish (KilterDigest *self)
{
  char *text = g_malloc (2 * OUTPUT_SIZE + 1);

  memset (self->block + self->used, 0, BLOCK_SIZE - self->used);
  self->count += self->used;
  compress (self, self->block, TRUE);
  for (int i = 0; i < OUTPUT_SIZE; i++)
    g_snprintf (text + 2 * i, 3, "%02x", (guint) ((self->state[i / 8] >> (8 * (i % 8))) & 0xff));
  return text;
}
