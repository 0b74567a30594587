/* kilter-repair.h: what can be done about an exception of the forecast, as commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/review/kilter-insight.h"

G_BEGIN_DECLS

/**
 * KilterRepair:
 * @KILTER_REPAIR_CORRECT: the month becomes what its season and level make expected, as a
 *   correction; what was imported stays
 * @KILTER_REPAIR_KEEP: nothing but the review: the number is right
 * @KILTER_REPAIR_ADJUST_LEVEL: takes the bias out of the months ahead that nobody typed in
 * @KILTER_REPAIR_GIVE_REASON: typed numbers of the months concerned get the reason; where nothing
 * is typed, a comment keeps it and the exception counts as reviewed
 * @KILTER_REPAIR_RESET_OVERRIDE: takes every override of the product away
 * @KILTER_REPAIR_LAST_CYCLE: the consensus becomes that of the last approved plan, in the months
 *   that differ by more than the limit
 * @KILTER_REPAIR_ASK: a question at the number, for whoever typed it
 */
typedef enum
{
  KILTER_REPAIR_CORRECT,
  KILTER_REPAIR_KEEP,
  KILTER_REPAIR_ADJUST_LEVEL,
  KILTER_REPAIR_GIVE_REASON,
  KILTER_REPAIR_RESET_OVERRIDE,
  KILTER_REPAIR_LAST_CYCLE,
  KILTER_REPAIR_ASK,
} KilterRepair;

/**
 * KilterRepairStamp:
 * @who: the person
 * @at: "2026-04-09T09:12:00Z"
 * @reason: (nullable): why
 */
typedef struct
{
  const char *who;
  const char *at;
  const char *reason;
} KilterRepairStamp;

KilterCommand *kilter_plan_repair (KilterPlan *plan,
                                   KilterVersion version,
                                   const KilterException *exception,
                                   KilterRepair repair,
                                   const KilterRepairStamp *stamp,
                                   GError **error);

void kilter_plan_add_review (KilterPlan *plan,
                             KilterCommand *command,
                             const KilterException *exception,
                             const KilterRepairStamp *stamp);
int kilter_plan_correct_bucket (KilterPlan *plan,
                                KilterCommand *command,
                                KilterVersion version,
                                const KilterScope *scope,
                                int bucket);
int kilter_plan_reset_overrides (KilterPlan *plan,
                                 KilterCommand *command,
                                 KilterVersion version,
                                 const KilterScope *scope,
                                 int first,
                                 int n);
double kilter_plan_expect_bucket (KilterPlan *plan, KilterVersion version, int series, int bucket);

G_END_DECLS
