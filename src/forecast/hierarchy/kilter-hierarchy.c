/* kilter-hierarchy.c: the structure: which leaves a sum has
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/hierarchy/kilter-hierarchy-private.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  guint key;
  guint leaf;
} Entry;

static void
level_free (gpointer data)
{
  KilterLevel *level = data;

  g_free (level->node_of);
  g_free (level->n_below);
  g_free (level);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->leaf < y->leaf ? -1 : 1;
}

/* Nodes in the order of their keys; what each leaf belongs to. */
static KilterLevel *
level_new (const guint *keys, gsize n_leaves)
{
  KilterLevel *self = g_new0 (KilterLevel, 1);
  g_autofree Entry *entries = g_new (Entry, n_leaves + 1);
  GArray *n_below = g_array_new (FALSE, FALSE, sizeof (guint));

  self->node_of = g_new (guint, n_leaves + 1);
  for (gsize i = 0; i < n_leaves; i++)
    entries[i] = (Entry) { keys[i], (guint) i };
  qsort (entries, n_leaves, sizeof (Entry), compare_entries);
  for (gsize i = 0; i < n_leaves; i++)
    {
      const guint none = 0;

      if (i == 0 || entries[i].key != entries[i - 1].key)
        g_array_append_val (n_below, none);
      g_array_index (n_below, guint, n_below->len - 1)++;
      self->node_of[entries[i].leaf] = n_below->len - 1;
    }
  self->n = n_below->len;
  self->n_below = (guint *) g_array_free (n_below, FALSE);
  return self;
}

/* Whether two levels part the leaves in the same way, whatever the order of their nodes. */
static gboolean
same_partition (const KilterLevel *a, const KilterLevel *b, gsize n_leaves)
{
  g_autofree guint *match = NULL;

  if (a->n != b->n)
    return FALSE;
  match = g_new (guint, a->n + 1);
  memset (match, 0xff, sizeof (guint) * a->n);
  for (gsize i = 0; i < n_leaves; i++)
    {
      guint *seen = &match[a->node_of[i]];

      if (*seen == G_MAXUINT)
        *seen = b->node_of[i];
      if (*seen != b->node_of[i])
        return FALSE;
    }
  return TRUE;
}

static void
number_nodes (KilterHierarchy *self)
{
  gsize first = 0;

  for (guint i = 0; i < self->levels->len; i++)
    {
      KilterLevel *level = g_ptr_array_index (self->levels, i);

      level->first = first;
      first += level->n;
    }
  self->n_nodes = first;
}

/**
 * kilter_hierarchy_new:
 *
 * Returns: (transfer full): a hierarchy with one level, the leaves
 */
KilterHierarchy *
kilter_hierarchy_new (gsize n_leaves)
{
  KilterHierarchy *self = g_new0 (KilterHierarchy, 1);
  g_autofree guint *keys = g_new (guint, n_leaves + 1);

  g_return_val_if_fail (n_leaves < G_MAXINT32, NULL);

  for (gsize i = 0; i < n_leaves; i++)
    keys[i] = (guint) i;
  self->n_leaves = n_leaves;
  self->levels = g_ptr_array_new_with_free_func (level_free);
  g_ptr_array_add (self->levels, level_new (keys, n_leaves));
  number_nodes (self);
  return self;
}

/**
 * kilter_hierarchy_add_level:
 * @keys: (array length=n_leaves): the same number for leaves that are summed together
 *
 * Adds a way to sum, before the leaves. A level that parts the leaves as another one does would
 * only count the same forecasts twice and is not added. Time: n log n.
 *
 * Returns: the index of the level, or of the one that is the same
 */
int
kilter_hierarchy_add_level (KilterHierarchy *self, const guint *keys)
{
  KilterLevel *level;

  g_return_val_if_fail (self != NULL && keys != NULL, -1);

  level = level_new (keys, self->n_leaves);
  for (guint i = 0; i < self->levels->len; i++)
    if (same_partition (g_ptr_array_index (self->levels, i), level, self->n_leaves))
      {
        level_free (level);
        return (int) i;
      }
  g_ptr_array_insert (self->levels, (int) self->levels->len - 1, level);
  number_nodes (self);
  return (int) self->levels->len - 2;
}

/* One number for each pair of keys that occurs. */
static void
cross (const guint *a, const guint *b, gsize n, guint *out)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < n; i++)
    {
      gint64 pair = (gint64) (((guint64) a[i] << 32) | b[i]);
      gpointer found = g_hash_table_lookup (known, &pair);

      if (found == NULL)
        {
          gint64 *key = g_new (gint64, 1);

          *key = pair;
          found = GUINT_TO_POINTER (g_hash_table_size (known) + 1);
          g_hash_table_insert (known, key, found);
        }
      out[i] = GPOINTER_TO_UINT (found);
    }
}

/**
 * kilter_hierarchy_new_crossed:
 * @product_levels: (array length=n_product_levels): keys of the leaves by product, family, category
 * …, from the coarsest to the finest, without the total
 * @market_levels: (array length=n_market_levels): keys by region, channel …; these need not nest
 *
 * Every product level and the total of products, crossed with every market level and the total of
 * markets: the total first.
 *
 * Returns: (transfer full): the hierarchy
 */
KilterHierarchy *
kilter_hierarchy_new_crossed (gsize n_leaves,
                              const guint *const *product_levels,
                              guint n_product_levels,
                              const guint *const *market_levels,
                              guint n_market_levels)
{
  KilterHierarchy *self = kilter_hierarchy_new (n_leaves);
  g_autofree guint *all = g_new0 (guint, n_leaves + 1);
  g_autofree guint *keys = g_new0 (guint, n_leaves + 1);

  for (guint p = 0; p <= n_product_levels; p++)
    for (guint m = 0; m <= n_market_levels; m++)
      {
        cross (p > 0 ? product_levels[p - 1] : all, m > 0 ? market_levels[m - 1] : all, n_leaves,
               keys);
        kilter_hierarchy_add_level (self, keys);
      }
  return self;
}

void
kilter_hierarchy_free (KilterHierarchy *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->levels);
  g_free (self);
}

gsize
kilter_hierarchy_get_n_leaves (const KilterHierarchy *self)
{
  return self->n_leaves;
}

/**
 * kilter_hierarchy_get_n_levels:
 *
 * Returns: how many levels, that of the leaves included
 */
guint
kilter_hierarchy_get_n_levels (const KilterHierarchy *self)
{
  return self->levels->len;
}

gsize
kilter_hierarchy_get_n_nodes (const KilterHierarchy *self)
{
  return self->n_nodes;
}

gsize
kilter_hierarchy_get_first_node (const KilterHierarchy *self, guint level)
{
  g_return_val_if_fail (level < self->levels->len, 0);

  return kilter_hierarchy_level (self, level)->first;
}

gsize
kilter_hierarchy_get_level_size (const KilterHierarchy *self, guint level)
{
  g_return_val_if_fail (level < self->levels->len, 0);

  return kilter_hierarchy_level (self, level)->n;
}

/**
 * kilter_hierarchy_get_node:
 *
 * Returns: the node of @level that @leaf is part of
 */
gsize
kilter_hierarchy_get_node (const KilterHierarchy *self, guint level, gsize leaf)
{
  g_return_val_if_fail (level < self->levels->len && leaf < self->n_leaves, 0);

  return kilter_hierarchy_level (self, level)->first +
         kilter_hierarchy_level (self, level)->node_of[leaf];
}

/**
 * kilter_hierarchy_get_n_below:
 *
 * Returns: how many leaves @node sums
 */
gsize
kilter_hierarchy_get_n_below (const KilterHierarchy *self, gsize node)
{
  for (guint i = 0; i < self->levels->len; i++)
    {
      const KilterLevel *level = kilter_hierarchy_level (self, i);

      if (node < level->first + level->n)
        return level->n_below[node - level->first];
    }
  g_return_val_if_reached (0);
}

/**
 * kilter_hierarchy_sum:
 * @leaves: one value a leaf, @stride apart
 * @out_nodes: one value a node, @stride apart, the leaves too; may be the array that holds @leaves
 *
 * Sums in the order of the leaves, so that the last bits are always the same.
 */
void
kilter_hierarchy_sum (const KilterHierarchy *self,
                      const double *leaves,
                      gsize stride,
                      double *out_nodes)
{
  for (guint i = 0; i < self->levels->len; i++)
    {
      const KilterLevel *level = kilter_hierarchy_level (self, i);
      double *out = out_nodes + level->first * stride;

      if (i + 1 == self->levels->len)
        {
          for (gsize k = 0; k < self->n_leaves; k++)
            out[k * stride] = leaves[k * stride];
          return;
        }
      for (gsize k = 0; k < level->n; k++)
        out[k * stride] = 0.0;
      for (gsize k = 0; k < self->n_leaves; k++)
        out[level->node_of[k] * stride] += leaves[k * stride];
    }
}
