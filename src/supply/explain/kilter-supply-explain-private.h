/* kilter-supply-explain-private.h: what the parts of the explanation share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/kilter-supply-private.h"

#include <math.h>

G_BEGIN_DECLS

#define KILTER_SUPPLY_MAX_DEPTH 6

/* a plan whose prices are looked at */
typedef struct
{
  const KilterSupplyIndex *x;
  const KilterSupplyPlan *plan;
  double tolerance;
  gsize capped; /* the item and bucket asked for, when all its demand is lost */
  double cap;
} KilterSupplyExplainer;

static inline double
kilter_supply_price_of (const KilterSupplyExplainer *self, guint i, guint t)
{
  gsize c = (gsize) i * self->x->T + t;

  return c == self->capped ? self->cap : self->plan->item_price[c];
}

static inline double
kilter_supply_slot_price (const KilterSupplyExplainer *self, guint r, guint t)
{
  return self->plan->resource_price[(gsize) r * self->x->T + t];
}

static inline gboolean
kilter_supply_same_price (const KilterSupplyExplainer *self, double a, double b)
{
  return fabs (a - b) <= self->tolerance * (1.0 + fabs (a) + fabs (b));
}

static inline KilterSupplyPart *
kilter_supply_add_part (GArray *parts,
                        KilterSupplyCause cause,
                        int item,
                        int route,
                        int resource,
                        int bucket,
                        double amount)
{
  KilterSupplyPart part = { cause, item, route, resource, bucket, -1, amount, NAN, NAN };

  g_array_append_val (parts, part);

  return &g_array_index (parts, KilterSupplyPart, parts->len - 1);
}

double kilter_supply_carrying_price (const KilterSupplyExplainer *self, guint i, guint t);
void kilter_supply_split_price (const KilterSupplyExplainer *self,
                                guint i,
                                guint t,
                                double scale,
                                guint depth,
                                GArray *parts);

G_END_DECLS
