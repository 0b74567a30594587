/* kilter-map.h: 64-bit key to 32-bit value, never removed from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterMap:
 *
 * A hash table for many millions of keys: two flat arrays. Empty when it is all zero.
 */
typedef struct
{
  guint64 *keys; /* key + 1; 0 is free */
  guint32 *values;
  gsize size;
  gsize n;
} KilterMap;

void kilter_map_clear (KilterMap *self);
guint32 *kilter_map_get (KilterMap *self, guint64 key, gboolean *out_new);

G_END_DECLS
