/* kilter-hierarchy-private.h: inside of a hierarchy; private to this folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/hierarchy/kilter-hierarchy.h"

G_BEGIN_DECLS

/**
 * KilterLevel:
 * @first: the number of its first node
 * @n: how many nodes
 * @node_of: for each leaf, which of them
 * @n_below: for each of them, how many leaves
 */
typedef struct
{
  gsize first;
  gsize n;
  guint *node_of;
  guint *n_below;
} KilterLevel;

struct _KilterHierarchy
{
  gsize n_leaves;
  gsize n_nodes;
  GPtrArray *levels; /* KilterLevel; the leaves last */
};

static inline const KilterLevel *
kilter_hierarchy_level (const KilterHierarchy *self, guint level)
{
  return g_ptr_array_index (self->levels, level);
}

G_END_DECLS
