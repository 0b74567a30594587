/* kilter-cycle.h: the monthly process: steps, scenarios, decisions, approval, the next cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

#define KILTER_N_STEPS 6

typedef enum
{
  KILTER_STEP_NOT_STARTED,
  KILTER_STEP_IN_PROGRESS,
  KILTER_STEP_FINISHED,
  KILTER_STEP_REOPENED,
} KilterStepState;

/* Each function below that changes something returns (transfer full) a command to be applied,
 * stamped by the caller, or NULL with an error that says why not. */

int kilter_plan_get_current_cycle (const KilterPlan *plan);                    /* record id */
const KilterRecord *kilter_plan_get_step (const KilterPlan *plan, int number); /* 1 … 6 */
KilterStepState kilter_step_get_state (const KilterRecord *step);
int kilter_plan_get_open_step (const KilterPlan *plan); /* 1 … 6: the first not finished */
const char *kilter_step_get_name (int number);          /* translated */
int kilter_plan_count_open_issues (KilterPlan *plan, KilterVersion version, int step);

KilterCommand *kilter_cycle_finish_step (KilterPlan *plan,
                                         KilterVersion version,
                                         int number,
                                         const char *who,
                                         const char *at,
                                         GError **error);
KilterCommand *
kilter_cycle_reopen_step (KilterPlan *plan, int number, const char *reason, GError **error);
KilterCommand *kilter_cycle_decide (KilterPlan *plan,
                                    int decision,
                                    const char *state, /* open, approved, deferred, rejected */
                                    const char *who,
                                    const char *at,
                                    const char *comment,
                                    GError **error);
KilterCommand *kilter_cycle_approve (KilterPlan *plan,
                                     KilterVersion version,
                                     const char *who,
                                     const char *at,
                                     GError **error);
/**
 * KilterRollOver: what goes on into the next cycle
 * @overrides: what was typed over forecasts of coming buckets
 * @actions: open actions
 * @tasks: open tasks; those that the template makes anew are not made twice
 * @decisions: deferred decisions, which are asked again
 */
typedef struct
{
  gboolean overrides;
  gboolean actions;
  gboolean tasks;
  gboolean decisions;
} KilterRollOver;

extern const KilterRollOver kilter_roll_over_all;

/* what each rule is about now */
int kilter_roll_over_count_overrides (const KilterPlan *plan);
int kilter_roll_over_count_actions (const KilterPlan *plan);
int kilter_roll_over_count_tasks (const KilterPlan *plan);
int kilter_roll_over_count_decisions (const KilterPlan *plan);
KilterCommand *kilter_cycle_next (KilterPlan *plan, const char *at, GError **error);
KilterCommand *kilter_cycle_next_by (KilterPlan *plan,
                                     const KilterRollOver *rules,
                                     const char *at,
                                     GError **error);

/**
 * KilterVariation:
 * @from: what the field is in the scenario's parent
 *
 * A field of a record that a scenario assumes to be another.
 */
typedef struct
{
  KilterTableId table;
  int row;
  int field;
  double from;
  double to;
} KilterVariation;

GArray *kilter_plan_list_variations (KilterPlan *plan, KilterVersion version);
void kilter_command_set_number_in (KilterCommand *command,
                                   KilterPlan *plan,
                                   KilterVersion version,
                                   KilterTableId table,
                                   int id,
                                   int field,
                                   double number);

/**
 * KilterScenarioPart:
 * @KILTER_SCENARIO_DEMAND: what is sold: forecast, inputs, consensus, prices
 * @KILTER_SCENARIO_SUPPLY: what is made and bought, and the policies behind it
 */
typedef enum
{
  KILTER_SCENARIO_DEMAND = 1 << 0,
  KILTER_SCENARIO_SUPPLY = 1 << 1,
  KILTER_SCENARIO_ALL = KILTER_SCENARIO_DEMAND | KILTER_SCENARIO_SUPPLY,
} KilterScenarioPart;

KilterVersion kilter_plan_find_version (const KilterPlan *plan, const char *name); /* or 0 */
KilterCommand *kilter_scenario_new (KilterPlan *plan,
                                    KilterVersion parent,
                                    const char *name,
                                    const char *who,
                                    const char *at,
                                    KilterVersion *out_version,
                                    GError **error);
KilterCommand *kilter_scenario_delete (KilterPlan *plan, KilterVersion version, GError **error);
KilterCommand *kilter_scenario_adopt (KilterPlan *plan, KilterVersion version, GError **error);
/* only what lies in the scope, and of the measures at @grain or all (-1) */
KilterCommand *kilter_scenario_adopt_part (KilterPlan *plan,
                                           KilterVersion version,
                                           const KilterScope *scope,
                                           KilterScenarioPart part,
                                           GError **error);
/* whether the parent's demand or supply changed since the scenario was made or brought up to date
 */
gboolean kilter_scenario_is_outdated (KilterPlan *plan, KilterVersion version);
KilterCommand *kilter_scenario_refresh (KilterPlan *plan, KilterVersion version, GError **error);
/* one scenario is recommended at most; 0 recommends none */
KilterCommand *kilter_scenario_recommend (KilterPlan *plan, KilterVersion version);
/* (transfer full): the ids of the decision's options, the recommended one first */
GArray *kilter_decision_list_options (const KilterPlan *plan, int decision);
KilterCommand *kilter_snapshot_new (KilterPlan *plan,
                                    KilterVersion version,
                                    const char *kind,
                                    const char *name,
                                    const char *who,
                                    const char *at,
                                    KilterVersion *out_version);

/* a plan ready to be stored: settings, steps of the first cycle, reasons, a baseline */
void
kilter_plan_set_up (KilterPlan *plan, const char *uuid, const char *name, const char *currency);

G_END_DECLS
