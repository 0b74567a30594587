/* kilter-map.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/guess/kilter-map.h"

/**
 * kilter_map_clear:
 *
 * Frees what it holds; it is empty then.
 */
void
kilter_map_clear (KilterMap *self)
{
  g_free (self->keys);
  g_free (self->values);
  self->keys = NULL;
  self->values = NULL;
  self->size = self->n = 0;
}

static gsize
map_slot (const KilterMap *self, guint64 key)
{
  guint64 hash = (key + 1) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  gsize at = (gsize) (hash >> 20) & (self->size - 1);

  while (self->keys[at] != 0 && self->keys[at] != key + 1)
    at = (at + 1) & (self->size - 1);
  return at;
}

static void
map_grow (KilterMap *self)
{
  KilterMap bigger = { 0 };

  bigger.size = MAX (self->size * 2, 1024);
  bigger.keys = g_new0 (guint64, bigger.size);
  bigger.values = g_new0 (guint32, bigger.size);
  bigger.n = self->n;
  for (gsize i = 0; i < self->size; i++)
    if (self->keys[i] != 0)
      {
        gsize at = map_slot (&bigger, self->keys[i] - 1);

        bigger.keys[at] = self->keys[i];
        bigger.values[at] = self->values[i];
      }
  kilter_map_clear (self);
  *self = bigger;
}

/**
 * kilter_map_get:
 * @out_new: (out): whether the key was not there; its value is 0 then
 *
 * Returns: (transfer none): where the value of @key stands, valid until the next call
 */
guint32 *
kilter_map_get (KilterMap *self, guint64 key, gboolean *out_new)
{
  gsize at;

  if ((self->n + 1) * 2 > self->size)
    map_grow (self);
  at = map_slot (self, key);
  *out_new = self->keys[at] == 0;
  if (*out_new)
    {
      self->keys[at] = key + 1;
      self->n++;
    }
  return &self->values[at];
}
