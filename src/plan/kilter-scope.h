/* kilter-scope.h: a part of the plan: aggregation, and editing totals by spreading
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-number.h"
#include "plan/data/kilter-command.h"
#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/**
 * KilterScope:
 * @category: a category's id, or 0
 * @family: a family's id, or 0
 * @product: a product's id, or 0
 * @region: a region's id, or 0; measures by product or resource ignore it
 * @channel: a channel's id, or 0; the same
 * @resource: a resource's id, or 0: that resource, and the products that use it
 *
 * What is chosen: all that fits every id that is not 0. The empty scope is the whole plan.
 */
typedef struct
{
  int category;
  int family;
  int product;
  int region;
  int channel;
  int resource;
} KilterScope;

/**
 * KilterSpread:
 * @KILTER_SPREAD_MIX: in proportion to the present values
 * @KILTER_SPREAD_LAST_YEAR: in proportion to the same bucket last year
 * @KILTER_SPREAD_EVENLY: the same for each
 */
typedef enum
{
  KILTER_SPREAD_MIX,
  KILTER_SPREAD_LAST_YEAR,
  KILTER_SPREAD_EVENLY,
} KilterSpread;

typedef struct
{
  int n_cells;  /* changed */
  int n_locked; /* left as they are because they are locked */
} KilterEditResult;

#define KILTER_PLAN_ERROR (kilter_plan_error_quark ())
typedef enum
{
  KILTER_PLAN_ERROR_NOT_EDITABLE, /* this measure cannot be typed, or not in this bucket */
  KILTER_PLAN_ERROR_LOCKED,       /* locked cells already exceed the new total, or all are locked */
  KILTER_PLAN_ERROR_SPREAD,       /* children that are not zero sum to zero */
  KILTER_PLAN_ERROR_EMPTY,        /* the scope holds no rows */
  KILTER_PLAN_ERROR_INVALID,      /* a value that the field refuses */
  KILTER_PLAN_ERROR_STATE,        /* not in this state of the cycle */
  KILTER_PLAN_ERROR_DATA,         /* data are missing for this calculation */
} KilterPlanError;
GQuark kilter_plan_error_quark (void);

gboolean kilter_scope_equal (const KilterScope *a, const KilterScope *b);
gboolean kilter_scope_has_series (const KilterPlan *plan, const KilterScope *scope, int series);
gboolean kilter_scope_has_product (const KilterPlan *plan, const KilterScope *scope, int product);
gboolean kilter_scope_has_resource (const KilterPlan *plan, const KilterScope *scope, int resource);
GArray *kilter_scope_get_rows (const KilterPlan *plan, const KilterScope *scope, KilterGrain grain);
gboolean kilter_scope_is_made_to_order (const KilterPlan *plan, const KilterScope *scope);
const char *kilter_scope_get_name (const KilterPlan *plan, const KilterScope *scope);
char *kilter_scope_get_title (const KilterPlan *plan, const KilterScope *scope);
const char *kilter_plan_get_product_name (const KilterPlan *plan, int product);
const char *kilter_plan_get_resource_name (const KilterPlan *plan, int resource);

void kilter_plan_aggregate (KilterPlan *plan,
                            KilterVersion version,
                            KilterMeasure measure,
                            const KilterScope *scope,
                            double *out_values);
/**
 * KilterMeasuredIn: what a quantity is shown in
 * @KILTER_IN_QUANTITY: its own unit
 * @KILTER_IN_REVENUE: times price
 * @KILTER_IN_MARGIN: times price − cost
 * @KILTER_IN_HOURS: times hours per unit on the scope's resource, else on all lines
 * @KILTER_IN_PALLETS: times pallets per unit
 */
typedef enum
{
  KILTER_IN_QUANTITY,
  KILTER_IN_REVENUE,
  KILTER_IN_MARGIN,
  KILTER_IN_HOURS,
  KILTER_IN_PALLETS,
} KilterMeasuredIn;

gboolean kilter_plan_can_measure_in (const KilterPlan *plan, KilterMeasuredIn in);
void kilter_plan_aggregate_in (KilterPlan *plan,
                               KilterVersion version,
                               KilterMeasure measure,
                               const KilterScope *scope,
                               KilterMeasuredIn in,
                               double *out_values);
double kilter_plan_aggregate_time (KilterPlan *plan,
                                   KilterVersion version,
                                   KilterMeasure measure,
                                   const KilterScope *scope,
                                   int first,
                                   int n);

gboolean kilter_plan_can_edit (const KilterPlan *plan, KilterMeasure measure, int bucket);
gboolean kilter_plan_edit (KilterPlan *plan,
                           KilterCommand *command,
                           KilterVersion version,
                           KilterMeasure measure,
                           const KilterScope *scope,
                           int bucket,
                           KilterEditKind kind,
                           double value,
                           KilterSpread spread,
                           KilterEditResult *out_result,
                           GError **error);
/* the same for a total over buckets first … first + n − 1 (a quarter, a year) */
gboolean kilter_plan_edit_time (KilterPlan *plan,
                                KilterCommand *command,
                                KilterVersion version,
                                KilterMeasure measure,
                                const KilterScope *scope,
                                int first,
                                int n,
                                KilterEditKind kind,
                                double value,
                                KilterSpread spread,
                                KilterEditResult *out_result,
                                GError **error);
gboolean kilter_plan_set_lock (KilterPlan *plan,
                               KilterCommand *command,
                               KilterVersion version,
                               KilterMeasure measure,
                               const KilterScope *scope,
                               int bucket,
                               gboolean locked,
                               GError **error);

/* continuing a row: see kilter-fill.c */
double kilter_plan_growth (const double *values, const double *last_year, int n);
void kilter_plan_continue_row (double *values,
                               const double *base,
                               int n,
                               int season,
                               int source_first,
                               int source_n,
                               int target_first,
                               int target_n);

G_END_DECLS
