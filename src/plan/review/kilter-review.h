/* kilter-review.h: what the demand review asks: who helps, what changed, what is late, what an
 * event does SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/* --- inputs and their weights --- */

const KilterMeasure *kilter_plan_get_inputs (int *out_n);
char *kilter_input_weight_key (KilterMeasure input, int family);
double kilter_plan_get_input_weight (const KilterPlan *plan, KilterMeasure input, int family);

/**
 * KilterInputChange: how an input differs from the final forecast, where it says something
 * @ratio: input ÷ forecast − 1, NaN when nothing is known
 * @money: the difference at the plan's prices
 * @n_cells: numbers that were given
 */
typedef struct
{
  double ratio;
  double money;
  int n_cells;
} KilterInputChange;

void kilter_plan_input_change (KilterPlan *plan,
                               KilterVersion version,
                               KilterMeasure input,
                               const KilterScope *scope,
                               KilterInputChange *out);

/* --- forecast value added --- */

/**
 * KilterValueStepId: the steps that make the forecast, in the order in which they follow
 * @KILTER_VALUE_NAIVE: the sales of the bucket before
 * @KILTER_VALUE_STATISTICAL: the engine's forecast
 * @KILTER_VALUE_SALES: sales input where there was one, else what the step before says; the other
 *   inputs likewise
 * @KILTER_VALUE_CONSENSUS: what was agreed
 */
typedef enum
{
  KILTER_VALUE_NAIVE,
  KILTER_VALUE_STATISTICAL,
  KILTER_VALUE_SALES,
  KILTER_VALUE_MARKETING,
  KILTER_VALUE_FINANCE,
  KILTER_VALUE_CUSTOMER,
  KILTER_VALUE_CONSENSUS,
  KILTER_N_VALUE_STEPS,
} KilterValueStepId;

/**
 * KilterValueAdded:
 * @error: WAPE after each step, a ratio; NaN of a step that is not known, or gave nothing
 * @n_worse: buckets in which a step made the error of the step before larger
 * @n_buckets: buckets measured
 * @lag: how many buckets ahead
 * @from_snapshots: whether all steps are measured on the same numbers, those of earlier cycles;
 *   otherwise statistical is the error of the last run's backtest
 */
typedef struct
{
  double error[KILTER_N_VALUE_STEPS];
  int n_worse[KILTER_N_VALUE_STEPS];
  int n_buckets;
  int lag;
  gboolean from_snapshots;
} KilterValueAdded;

void kilter_plan_value_added (KilterPlan *plan,
                              KilterVersion version,
                              const KilterScope *scope,
                              int n_buckets,
                              int lag,
                              KilterValueAdded *out);

/**
 * KilterPersonValue:
 * @person: (transfer full): a name
 * @measure: an input; or %KILTER_FINAL: overrides of the forecast
 * @before: WAPE of the statistical forecast of what the person changed
 * @after: WAPE of the person's numbers
 * @n_buckets: buckets measured
 * @n_worse: of them, those in which the person's error was larger
 *
 * What one person's numbers did to the error.
 */
typedef struct
{
  char *person;
  KilterMeasure measure;
  double before;
  double after;
  int n_buckets;
  int n_worse;
} KilterPersonValue;

/* (element-type KilterPersonValue) (transfer full): the most helpful first */
GArray *kilter_plan_value_added_people (KilterPlan *plan,
                                        KilterVersion version,
                                        const KilterScope *scope,
                                        int n_buckets);

/* --- snapshots --- */

/* the approved plan of a cycle, 0 when there is none; @bucket is an index and may lie outside */
KilterVersion kilter_plan_find_cycle_plan (const KilterPlan *plan, int bucket);
int kilter_plan_get_cycle_index (const KilterPlan *plan, KilterVersion version);
/* (element-type KilterVersion) (transfer full): approved plans, one a cycle, the oldest first */
GArray *kilter_plan_list_approved (const KilterPlan *plan);

/**
 * KilterLagError:
 * @wape: Σ|F − A| ÷ ΣA, product by product; NaN when there is nothing to measure
 * @bias: Σ(F − A) ÷ ΣA
 * @n_buckets: buckets measured
 */
typedef struct
{
  double wape;
  double bias;
  int n_buckets;
} KilterLagError;

void kilter_plan_lag_errors (KilterPlan *plan,
                             const KilterScope *scope,
                             int n_buckets,
                             int n_lags,
                             KilterLagError *out_errors);

/* --- what changed since the last cycle --- */

typedef enum
{
  KILTER_DRIVER_NEW,         /* products that the last plan did not have */
  KILTER_DRIVER_STATISTICAL, /* new actuals and new models */
  KILTER_DRIVER_EVENTS,
  KILTER_DRIVER_OVERRIDES,
  KILTER_DRIVER_INPUTS, /* inputs, their weights, and consensus that was typed */
  KILTER_DRIVER_ENDED,  /* products that the plan has no more */
  KILTER_DRIVER_OTHER,  /* the last plan did not keep what it was made of */
  KILTER_N_DRIVERS,
} KilterDriver;

/**
 * KilterDemandChange:
 * @from: the last approved plan
 * @to: the plan as it is; @from and @drivers sum to it
 * @first: the first bucket that is compared
 * @n: how many: those that both plans know
 */
typedef struct
{
  double from;
  double drivers[KILTER_N_DRIVERS];
  double to;
  int first;
  int n;
} KilterDemandChange;

gboolean kilter_plan_demand_change (KilterPlan *plan,
                                    KilterVersion version,
                                    const KilterScope *scope,
                                    KilterMeasuredIn in,
                                    int n_buckets,
                                    KilterDemandChange *out);

/**
 * KilterProductChange:
 * @change: in quantity
 * @ratio: to the last plan, NaN for a new product
 * @money: at the plan's prices
 * @driver: the largest of its drivers
 * @note: (nullable): who typed the newest number of it since the last approved plan, and why
 */
typedef struct
{
  int product;
  double change;
  double ratio;
  double money;
  KilterDriver driver;
  const KilterCellNote *note;
} KilterProductChange;

/* (element-type KilterProductChange) (transfer full): the largest in money first */
GArray *kilter_plan_product_changes (KilterPlan *plan,
                                     KilterVersion version,
                                     const KilterScope *scope,
                                     int n_buckets);

/* --- changes inside the time fence --- */

typedef enum
{
  KILTER_FENCE_WAITING,
  KILTER_FENCE_APPROVED,
  KILTER_FENCE_REFUSED,
} KilterFenceState;

/**
 * KilterFenceChange:
 * @before: the product's demand in the last approved plan
 * @after: as it is now, or as it was when it was decided
 * @note: (nullable): who made the newest change, when and why; of a decided one see @approval
 * @approval: the record of the decision, or 0
 */
typedef struct
{
  int product;
  int bucket;
  double before;
  double after;
  const KilterCellNote *note;
  KilterFenceState state;
  int approval;
} KilterFenceChange;

int kilter_plan_get_fence (const KilterPlan *plan);
/* whether a cell holds a change inside the fence; what the hollow mark says */
gboolean kilter_plan_is_late_change (const KilterPlan *plan,
                                     KilterVersion version,
                                     KilterMeasure measure,
                                     int series,
                                     int bucket);
/* (element-type KilterFenceChange) (transfer full): those that wait first, by bucket and product */
GArray *kilter_plan_find_fence_changes (KilterPlan *plan, KilterVersion version);
int kilter_plan_count_fence_waiting (KilterPlan *plan, KilterVersion version);
KilterCommand *kilter_fence_decide (KilterPlan *plan,
                                    KilterVersion version,
                                    int product,
                                    int bucket,
                                    gboolean approve,
                                    const char *who,
                                    const char *at,
                                    const char *comment,
                                    GError **error);

/* --- changing the consensus as a whole --- */

/**
 * KilterConsensusChange:
 * @KILTER_CONSENSUS_PERCENT: a share more: @value 0.05
 * @KILTER_CONSENSUS_SHIFT: later by @value buckets, earlier when it is below 0
 * @KILTER_CONSENSUS_SCALE: so that the whole span sums to @value
 * @KILTER_CONSENSUS_CLEAR: what was typed goes; the weights decide again
 */
typedef enum
{
  KILTER_CONSENSUS_PERCENT,
  KILTER_CONSENSUS_SHIFT,
  KILTER_CONSENSUS_SCALE,
  KILTER_CONSENSUS_CLEAR,
} KilterConsensusChange;

gboolean kilter_plan_change_consensus (KilterPlan *plan,
                                       KilterCommand *command,
                                       KilterVersion version,
                                       const KilterScope *scope,
                                       int first,
                                       int n,
                                       KilterConsensusChange kind,
                                       double value,
                                       KilterEditResult *out_result,
                                       GError **error);
gboolean kilter_plan_take_as_consensus (KilterPlan *plan,
                                        KilterCommand *command,
                                        KilterVersion version,
                                        const KilterScope *scope,
                                        int first,
                                        int n,
                                        KilterMeasure measure,
                                        KilterEditResult *out_result,
                                        GError **error);

/* --- events --- */

GArray *kilter_event_parse_profile (const char *text);
gboolean kilter_event_get_span (const KilterPlan *plan,
                                const KilterRecord *event,
                                int *out_first,
                                int *out_last);
gboolean kilter_event_is_planned (const KilterRecord *event);
void kilter_plan_event_effect (KilterPlan *plan,
                               KilterVersion version,
                               int id,
                               KilterMeasuredIn in,
                               double *out_own,
                               double *out_lost);
void kilter_plan_event_base (KilterPlan *plan, KilterVersion version, int id, double *out_base);
/**
 * KilterEventWorth: an event over the horizon
 * @own: what its own products sell more
 * @lost: what others lose, below 0
 * @revenue: of both
 * @margin: of both, before the event's own cost
 * @cost: of the event, 0 when none is given
 * @planned: planned uplift over its buckets, a ratio; NaN when none is planned
 * @measured: as in kilter_plan_event_measured()
 */
typedef struct
{
  double own;
  double lost;
  double revenue;
  double margin;
  double cost;
  double planned;
  double measured;
} KilterEventWorth;

void
kilter_plan_event_worth (KilterPlan *plan, KilterVersion version, int id, KilterEventWorth *out);
double kilter_plan_event_measured (KilterPlan *plan, int id);

G_END_DECLS
