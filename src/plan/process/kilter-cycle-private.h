/* kilter-cycle-private.h: steps of a cycle, for the one that runs and the next
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-template.h"

G_BEGIN_DECLS

void kilter_cycle_set_step_state (KilterCommand *command,
                                  const KilterPlan *plan,
                                  int number,
                                  const char *state);
/* @template: (nullable): of the plan; without one the steps are like those of @like (nullable) */
void kilter_cycle_add_steps (KilterCommand *command,
                             const KilterPlan *plan,
                             int cycle,
                             const KilterPlan *like,
                             const KilterTemplate *template);

G_END_DECLS
