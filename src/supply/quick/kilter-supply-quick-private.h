/* kilter-supply-quick-private.h: what the parts of the quick plan share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/kilter-supply-private.h"

G_BEGIN_DECLS

/* what is booked so far */
typedef struct
{
  const KilterSupplyIndex *x;
  KilterSupplyPlan *plan;
  double *room;      /* by resource and bucket: regular hours (storage: volume) left */
  double *extra;     /* overtime and shift hours left */
  double *workers;   /* labour */
  double *arriving;  /* by item and bucket: receipts decided beforehand */
  double *held;      /* by item and bucket: end stock; components: projected stock */
  double *position;  /* by item: stock less backlog */
  double *dearness;  /* by resource: price of an extra hour */
  guint *urgency;    /* items, most urgent first */
  guint *main_route; /* of those, n_routes where there is none */
} KilterSupplyQuick;

static inline double
kilter_supply_months_between (const KilterSupplyIndex *index, guint from, guint to)
{
  double months = 0.0;

  for (guint t = from; t < to; t++)
    months += index->problem->bucket_months[t];

  return months;
}

void kilter_supply_choose_workers (const KilterSupplyIndex *index, double *out_workers);

void kilter_supply_quick_book_hours (KilterSupplyQuick *q, guint k, guint s, double units);
void
kilter_supply_quick_book_stock (KilterSupplyQuick *q, guint i, guint from, guint to, double units);
double kilter_supply_quick_units_left (const KilterSupplyQuick *q,
                                       guint k,
                                       guint s,
                                       gboolean with_extra,
                                       gint *out_slot);
double kilter_supply_quick_start_route (KilterSupplyQuick *q,
                                        guint k,
                                        guint s,
                                        double units,
                                        guint depth,
                                        gint *out_refusal);
double kilter_supply_quick_take_component (KilterSupplyQuick *q,
                                           guint i,
                                           guint t,
                                           double quantity,
                                           guint depth,
                                           gint *out_refusal);
double kilter_supply_quick_procure (KilterSupplyQuick *q,
                                    guint i,
                                    guint t,
                                    double quantity,
                                    double most_cost,
                                    guint depth,
                                    gint *out_refusal);

G_END_DECLS
