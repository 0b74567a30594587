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
KilterCommand *kilter_cycle_next (KilterPlan *plan, const char *at, GError **error);

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
