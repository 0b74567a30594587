/* kilter-hierarchy.h: forecasts of parts and of their sums that agree with each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterHierarchy:
 *
 * Leaves (a product in a market) and the sums that people look at (a family, a region, a family in
 * a region …). A level is one way to part the leaves into sums; levels need not nest, so products
 * may be summed by family and markets by region at the same time. The last level is always the
 * leaves themselves. Nodes are numbered level by level in the order in which the levels were added,
 * the leaves last and in their own order.
 */
typedef struct _KilterHierarchy KilterHierarchy;

/**
 * KilterReconcileMethod:
 * @KILTER_RECONCILE_BOTTOM_UP: leaves stand, sums follow
 * @KILTER_RECONCILE_TOP_DOWN: level 0 stands and is split over the leaves
 * @KILTER_RECONCILE_MIDDLE_OUT: level @level stands; split below, summed above
 * @KILTER_RECONCILE_OPTIMAL: every level has its say: weighted least squares
 */
typedef enum
{
  KILTER_RECONCILE_BOTTOM_UP,
  KILTER_RECONCILE_TOP_DOWN,
  KILTER_RECONCILE_MIDDLE_OUT,
  KILTER_RECONCILE_OPTIMAL,
} KilterReconcileMethod;

/**
 * KilterReconcileWeights:
 * @KILTER_WEIGHTS_STRUCTURAL: the error variance of a sum is its number of leaves
 * @KILTER_WEIGHTS_VARIANCE: the error variances are given
 */
typedef enum
{
  KILTER_WEIGHTS_STRUCTURAL,
  KILTER_WEIGHTS_VARIANCE,
} KilterReconcileWeights;

/**
 * KilterReconcileOptions:
 * @method: how
 * @level: of middle-out, the level that stands
 * @weights: of the optimal method
 * @variances: (nullable): error variance of each node, for %KILTER_WEIGHTS_VARIANCE; what is not
 *   above 0 is taken from the other nodes of the level, by number of leaves
 * @shares: (nullable): of top-down and middle-out: how a sum is split over its leaves, one number
 *   each; they need not sum to 1. %NULL for the leaves' own forecasts of the same period. Where all
 *   shares of a sum are 0 it is split evenly
 * @non_negative: no leaf below zero; the others make up for it
 */
typedef struct
{
  KilterReconcileMethod method;
  guint level;
  KilterReconcileWeights weights;
  const double *variances;
  const double *shares;
  gboolean non_negative;
} KilterReconcileOptions;

KilterHierarchy *kilter_hierarchy_new (gsize n_leaves);
KilterHierarchy *kilter_hierarchy_new_crossed (gsize n_leaves,
                                               const guint *const *product_levels,
                                               guint n_product_levels,
                                               const guint *const *market_levels,
                                               guint n_market_levels);
void kilter_hierarchy_free (KilterHierarchy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterHierarchy, kilter_hierarchy_free)

int kilter_hierarchy_add_level (KilterHierarchy *self, const guint *keys);
gsize kilter_hierarchy_get_n_leaves (const KilterHierarchy *self);
guint kilter_hierarchy_get_n_levels (const KilterHierarchy *self);
gsize kilter_hierarchy_get_n_nodes (const KilterHierarchy *self);
gsize kilter_hierarchy_get_first_node (const KilterHierarchy *self, guint level);
gsize kilter_hierarchy_get_level_size (const KilterHierarchy *self, guint level);
gsize kilter_hierarchy_get_node (const KilterHierarchy *self, guint level, gsize leaf);
gsize kilter_hierarchy_get_n_below (const KilterHierarchy *self, gsize node);
void kilter_hierarchy_sum (const KilterHierarchy *self,
                           const double *leaves,
                           gsize stride,
                           double *out_nodes);

gboolean kilter_reconcile (const KilterHierarchy *self,
                           const KilterReconcileOptions *options,
                           guint horizon,
                           double *forecasts,
                           KilterJob *job,
                           GError **error);

G_END_DECLS
