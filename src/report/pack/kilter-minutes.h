/* kilter-minutes.h: the minutes of a meeting in words, and on paper
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-meeting.h"
#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

/* (transfer full): what was recorded in a meeting, item by item, as a text to be checked.
 * @people: (nullable): who was there */
char *kilter_minutes_draft (KilterPlan *plan,
                            const char *meeting,
                            const char *started,
                            const char *ended,
                            const char *people);
/* (transfer full): "Decision", translated, for "decision" */
const char *kilter_minutes_get_kind_name (const char *kind);
/* in words, translated */
const char *kilter_outcome_get_name (KilterOutcome outcome);
/* (transfer full): a number of an outcome in the unit of its measure */
char *kilter_outcome_format (const KilterPlan *plan, const char *measure, double value);
/* whether there is anything to print */
gboolean kilter_minutes_exist (KilterPlan *plan, const char *meeting);

G_END_DECLS
