/* kilter-meeting.h: agendas, what is recorded in a meeting, minutes, outcomes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-cycle.h"

G_BEGIN_DECLS

/* A meeting is named by its key: "demand", "supply", "pre", "executive", "monitor". Each function
 * that changes something returns (transfer full) a command to be applied, stamped by the caller. */

/* (transfer full) (element-type int): the items of the current cycle's meeting, in their order */
GArray *kilter_agenda_list (const KilterPlan *plan, const char *meeting);
int kilter_agenda_get_minutes (const KilterPlan *plan, const char *meeting);
KilterCommand *kilter_agenda_propose (KilterPlan *plan, const char *meeting);
KilterCommand *kilter_agenda_move (KilterPlan *plan, int item, int delta);
KilterCommand *kilter_agenda_remove (KilterPlan *plan, int item);

/**
 * KilterMinuteEntry:
 * @agenda: the item it belongs to, or 0
 * @kind: "note", "decision" or "action"
 * @owner: a person, or 0
 * @due: (nullable): "2026-04-30"
 */
typedef struct
{
  const char *meeting;
  int agenda;
  const char *kind;
  const char *text;
  int owner;
  const char *due;
} KilterMinuteEntry;

KilterCommand *kilter_meeting_record (KilterPlan *plan,
                                      const KilterMinuteEntry *entry,
                                      const char *who,
                                      const char *at,
                                      GError **error);
KilterCommand *kilter_meeting_forget (KilterPlan *plan, int minute);
GArray *kilter_meeting_list_minutes (const KilterPlan *plan, int cycle, const char *meeting);
KilterCommand *kilter_meeting_save (KilterPlan *plan,
                                    const char *meeting,
                                    const char *started,
                                    const char *ended,
                                    const char *people,
                                    const char *text,
                                    const char *who);
const KilterRecord *kilter_meeting_find (const KilterPlan *plan, int cycle, const char *meeting);

/* --- what was expected, and what came of it --- */

typedef enum
{
  KILTER_OUTCOME_NONE,      /* nothing was agreed by which it can be checked */
  KILTER_OUTCOME_PENDING,   /* its months are not over, or not in */
  KILTER_OUTCOME_CAME_TRUE, /* within the tolerance */
  KILTER_OUTCOME_MISSED,
} KilterOutcome;

/**
 * KilterOutcomeValue:
 * @expected: over the months that are over, NaN when not known
 * @actual: over the same months
 * @n_over: months that are over, of @n
 */
typedef struct
{
  KilterOutcome outcome;
  double expected;
  double actual;
  int n_over;
  int n;
} KilterOutcomeValue;

/* a decision against the plan that it was approved with */
void kilter_decision_get_outcome (KilterPlan *plan, int decision, KilterOutcomeValue *out_value);
/* an assumption against its expected number; only once all its months are over does it speak */
void kilter_assumption_get_outcome (KilterPlan *plan, int risk, KilterOutcomeValue *out_value);
/* the measures by which they may be checked: keys of measures, NULL-terminated */
const char *const *kilter_outcome_get_measures (void);

/* --- health of the cycle itself --- */

/**
 * KilterCycleHealth: counts of one cycle
 */
typedef struct
{
  int n_steps;
  int n_steps_finished;
  int n_steps_on_time;
  int n_decisions;
  int n_decisions_taken;
  int n_actions;
  int n_actions_closed;
  int n_actions_late; /* open after their due date, as of @today */
} KilterCycleHealth;

void kilter_cycle_get_health (const KilterPlan *plan,
                              int cycle,
                              const char *today,
                              KilterCycleHealth *out_health);

/* what changed in the plan since it was approved: cells of demand and supply; 0 when nothing did
 * or nothing is approved in this cycle */
int kilter_cycle_count_later_changes (KilterPlan *plan, KilterVersion version);

G_END_DECLS
