/* kilter-supply-private.h: what the parts of the engine share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "supply/optimum/kilter-lp.h"
#include "supply/kilter-supply.h"

G_BEGIN_DECLS

/* quantities and money below this, relative to their size, are rounding */
#define KILTER_SUPPLY_TINY 1e-7

/* who set a route's bound in a bucket, where no planner's bound (>= 0, index into bounds) did */
typedef enum
{
  KILTER_SUPPLY_RULE_NONE = -1,
  KILTER_SUPPLY_RULE_FROZEN = -2,
  KILTER_SUPPLY_RULE_MANUAL = -3,
  KILTER_SUPPLY_RULE_NOT_ALLOWED = -4,
  KILTER_SUPPLY_RULE_TOO_LATE = -5, /* would arrive after the last bucket */
  KILTER_SUPPLY_RULE_LIMIT = -6,
} KilterSupplyRule;

/* what refused in a quick plan, where it was not a resource's bucket (>= 0) */
enum
{
  KILTER_SUPPLY_REFUSED_NOT = -1,
  KILTER_SUPPLY_REFUSED_LEAD = -2,
  KILTER_SUPPLY_REFUSED_COMPONENT = -3,
  KILTER_SUPPLY_REFUSED_COST = -4,
  KILTER_SUPPLY_REFUSED_POLICY = -5,
  KILTER_SUPPLY_REFUSED_NO_SOURCE = -6,
};

/* lists by their first member: entries of n are at[n] … at[n + 1] - 1 of order */
typedef struct
{
  guint *at;
  guint *order;
} KilterSupplyList;

/* a problem without contradictions, with everything looked up */
typedef struct
{
  KilterSupplyProblem *problem;
  guint I, T, R, K;
  const KilterSupplyRoute *routes;
  const KilterSupplyUse *uses;
  const KilterSupplyComponent *components;
  const KilterSupplyStockUse *stock_uses;
  KilterSupplyList item_routes;      /* by item, main route first → route */
  KilterSupplyList route_uses;       /* by route → use */
  KilterSupplyList route_components; /* by route → component */
  KilterSupplyList item_users;       /* by item → component lines that consume it */
  KilterSupplyList item_stock_uses;  /* by item → stock use */
  guint *item_order;                 /* users before what they use */
  guint8 *is_demanded;               /* by item: has demand or opening backlog */
  guint8 *is_component;              /* by item: is used by a route */
  guint8 *is_used;                   /* by resource: by a route or stock */

  double *lower;      /* by route and bucket */
  double *upper;      /* by route and bucket, INFINITY for none */
  gint *rule;         /* by route and bucket: KilterSupplyRule or index into bounds */
  double *ceiling;    /* by item and bucket: most stock a no-early rule allows, INFINITY for none */
  double *firm_stock; /* by item and bucket: stock if nothing but fixed quantities is made */
  double *forced_need;    /* by item and bucket: component consumption of fixed quantities */
  double *overtime_lower; /* by resource and bucket */
  double *overtime_upper; /* the planner's bound only, INFINITY for none */
  double *workers_lower;
  double *workers_upper;
  double *forced;       /* by resource and bucket: overload that fixed quantities force */
  double *weight;       /* by item: of lateness and loss, 1 by money */
  double *missing_cost; /* by item */
} KilterSupplyIndex;

KilterSupplyProblem *kilter_supply_problem_cleaned (const KilterSupplyProblem *problem,
                                                    GArray *findings);

double kilter_supply_bound (const KilterSupplyIndex *index,
                            const double *resource_price,
                            const double *item_price);

KilterSupplyIndex *kilter_supply_index_new (const KilterSupplyProblem *problem);
void kilter_supply_index_free (KilterSupplyIndex *self);
double kilter_supply_index_most_overtime (const KilterSupplyIndex *self, guint r, guint t);

static inline gboolean
kilter_supply_holds_stock (KilterSupplyResourceKind kind)
{
  return kind == KILTER_SUPPLY_STORAGE || kind == KILTER_SUPPLY_CAPITAL;
}

static inline double
kilter_supply_lost_cost (const KilterSupplyProblem *p, guint i, guint t)
{
  return p->lost_cost_by_bucket != NULL ? p->lost_cost_by_bucket[(gsize) i * p->n_buckets + t]
                                        : p->lost_cost[i];
}

static inline double
kilter_supply_backlog_cost (const KilterSupplyProblem *p, guint i, guint t)
{
  return t + 1 == p->n_buckets ? p->end_backlog_cost[i] : p->backlog_cost[i] * p->bucket_months[t];
}

/* a customer must not wait while a stock target is kept full: no price of stock is above that of
 * being late */
static inline double
kilter_supply_stock_price (const KilterSupplyProblem *p, guint i, guint t, double price)
{
  if (!p->lost_sales[i] && p->backlog_cost[i] > 0.0)
    return MIN (price * p->bucket_months[t], kilter_supply_backlog_cost (p, i, t));

  return price * p->bucket_months[t];
}

/* the price of stock below target and below minimum at the end of a bucket */
static inline double
kilter_supply_shortfall_cost (const KilterSupplyProblem *p, guint i, guint t)
{
  return kilter_supply_stock_price (p, i, t, p->shortfall_cost[i]);
}

static inline double
kilter_supply_minimum_cost (const KilterSupplyProblem *p, guint i, guint t)
{
  return kilter_supply_stock_price (p, i, t, MAX (p->minimum_cost[i], p->shortfall_cost[i]));
}

/* fills a plan from its quantities and, where given, its workers; hint_lost and hint_backlog
 * (nullable) are what the optimiser decided where arithmetic leaves a choice */
void kilter_supply_finish (const KilterSupplyIndex *index,
                           KilterSupplyPlan *plan,
                           const double *hint_lost,
                           const double *hint_backlog);
void kilter_supply_staff (const KilterSupplyIndex *index, KilterSupplyPlan *plan);
KilterSupplyPlan *kilter_supply_quick_index (const KilterSupplyIndex *index);

/* workers of a labour pool that serve need[t] hours at least cost */
double kilter_supply_cheapest_workers (const KilterSupplyIndex *index,
                                       guint resource,
                                       const double *need,
                                       double shortage_cost,
                                       double *out_workers);

/* where the columns and rows of the linear model are; -1 for none */
typedef struct
{
  KilterLpModel *lp;
  guint n_buckets;
  guint n_resources;
  gint *make;      /* by route and bucket */
  gint *make_more; /* above the previous plan */
  gint *below1;    /* by item and bucket: target − minimum */
  gint *below2;    /* minimum − 0 */
  gint *above1;    /* up to the maximum */
  gint *above2;
  gint *backlog;
  gint *lost;
  gint *missing;
  gint *overtime; /* by resource and bucket */
  gint *shift;
  gint *overload;
  gint *idle;
  gint *workers;
  gint *hired;
  gint *fired;
  gint *rate;      /* by item */
  gint *setup;     /* by route and bucket */
  gint *setup_row; /* and the one after it */
  gint *item_row;  /* by item and bucket */
  gint *capacity_row;
  gint *share_row;
  gint *workers_row;
  gint *level_row; /* by item and bucket */
  gint *serve_row; /* by item and bucket */
} KilterSupplyModel;

void kilter_supply_solver_set_own_basis (KilterSupplySolver *self, gboolean own_basis);
const KilterLpModel *kilter_supply_solver_get_model (KilterSupplySolver *self);

KilterSupplyModel *kilter_supply_model_new (const KilterSupplyIndex *index);
void kilter_supply_model_free (KilterSupplyModel *self);
void kilter_supply_model_start (const KilterSupplyModel *self,
                                const KilterSupplyIndex *index,
                                const KilterSupplyPlan *quick,
                                guint8 *cols,
                                guint8 *rows);
void kilter_supply_model_read (const KilterSupplyModel *self,
                               const KilterSupplyIndex *index,
                               const double *x,
                               KilterSupplyPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyIndex, kilter_supply_index_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSupplyModel, kilter_supply_model_free)

G_END_DECLS
