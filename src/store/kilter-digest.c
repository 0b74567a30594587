/* kilter-digest.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-digest.h"

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

/* RFC 7693, section 2.7 */
static const guint8 schedule[10][16] = {
  { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
  { 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
  { 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 },
  { 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
  { 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 },
  { 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
  { 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 },
  { 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
  { 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 },
  { 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
};

static inline guint64
rotate (guint64 value, int by)
{
  return (value >> by) | (value << (64 - by));
}

/* RFC 7693, section 3.1 */
static inline void
mix (guint64 *v, int a, int b, int c, int d, guint64 x, guint64 y)
{
  v[a] = v[a] + v[b] + x;
  v[d] = rotate (v[d] ^ v[a], 32);
  v[c] = v[c] + v[d];
  v[b] = rotate (v[b] ^ v[c], 24);
  v[a] = v[a] + v[b] + y;
  v[d] = rotate (v[d] ^ v[a], 16);
  v[c] = v[c] + v[d];
  v[b] = rotate (v[b] ^ v[c], 63);
}

/* RFC 7693, section 3.2; the count of bytes stays below 2⁶⁴ */
static void
compress (KilterDigest *self, const guint8 *block, gboolean last)
{
  guint64 words[16];
  guint64 v[16];

  memcpy (words, block, sizeof words);
  for (int i = 0; i < 16; i++)
    words[i] = GUINT64_FROM_LE (words[i]);
  memcpy (v, self->state, sizeof self->state);
  memcpy (v + 8, initial, sizeof initial);
  v[12] ^= self->count;
  if (last)
    v[14] = ~v[14];
  for (int round = 0; round < 12; round++)
    {
      const guint8 *s = schedule[round % 10];

      mix (v, 0, 4, 8, 12, words[s[0]], words[s[1]]);
      mix (v, 1, 5, 9, 13, words[s[2]], words[s[3]]);
      mix (v, 2, 6, 10, 14, words[s[4]], words[s[5]]);
      mix (v, 3, 7, 11, 15, words[s[6]], words[s[7]]);
      mix (v, 0, 5, 10, 15, words[s[8]], words[s[9]]);
      mix (v, 1, 6, 11, 12, words[s[10]], words[s[11]]);
      mix (v, 2, 7, 8, 13, words[s[12]], words[s[13]]);
      mix (v, 3, 4, 9, 14, words[s[14]], words[s[15]]);
    }
  for (int i = 0; i < 8; i++)
    self->state[i] ^= v[i] ^ v[i + 8];
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
