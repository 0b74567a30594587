/* kilter-version-private.h: what scenarios, snapshots and the cycle share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-cycle.h"

G_BEGIN_DECLS

gboolean kilter_version_is_kind (const KilterRecord *version, const char *kind);
char *kilter_plan_get_cycle_text (const KilterPlan *plan);
KilterVersion kilter_version_add (KilterPlan *plan,
                                  KilterCommand *command,
                                  const char *kind,
                                  const char *name,
                                  const char *who,
                                  const char *at);
void kilter_version_freeze (KilterPlan *plan,
                            KilterCommand *command,
                            KilterVersion from,
                            KilterVersion to);
/* all that it says, and its record */
void kilter_version_remove (KilterPlan *plan, KilterCommand *command, KilterVersion version);
void kilter_version_adopt (KilterPlan *plan,
                           KilterCommand *command,
                           KilterVersion version,
                           const KilterScope *scope /* (nullable): all */,
                           KilterScenarioPart part);
char *kilter_version_digest_base (KilterPlan *plan, KilterVersion parent);
void kilter_version_adopt_variations (KilterPlan *plan,
                                      KilterCommand *command,
                                      KilterVersion version,
                                      const KilterScope *scope);
void
kilter_version_erase_variations (KilterPlan *plan, KilterCommand *command, KilterVersion version);

G_END_DECLS
