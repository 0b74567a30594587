/* kilter-participant.h: the part of a plan that a person may see, sent out and merged again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/export/kilter-input-sheet.h"

G_BEGIN_DECLS

/**
 * KilterParticipantRequest:
 * @person: for whom; answers for at least one part of the plan (%KILTER_TABLE_CONTRIBUTOR)
 * @version: the scenario that is sent, and that answers are merged into
 * @money: whether prices, costs and other money go with it
 * @token: a UUID of its own, by which the file is known when it comes back
 * @at: when, "2026-04-01T09:00:00Z"
 */
typedef struct
{
  int person;
  KilterVersion version;
  gboolean money;
  const char *token;
  const char *at;
} KilterParticipantRequest;

/* --- sending --- */

gboolean kilter_participant_may_see_money (const KilterPlan *plan, int person);
/* (transfer full): "Bluebird Foods · Marco Bianchi.kilter", without what file systems refuse */
char *kilter_participant_get_file_name (const KilterPlan *plan, int person);
KilterPlan *kilter_participant_make (KilterPlan *plan,
                                     const KilterParticipantRequest *request,
                                     KilterCommand **out_note,
                                     GError **error);
void kilter_participant_note_file (KilterCommand *note,
                                   const KilterPlan *plan,
                                   const KilterParticipantRequest *request,
                                   const char *file_name);

/* --- a participant's copy --- */

/* (nullable): whose copy a plan is; NULL when it is a plan of its own */
const char *kilter_participant_get_owner (const KilterPlan *plan);

/* --- receiving --- */

KilterInputAnswer *kilter_participant_read (KilterPlan *plan,
                                            KilterPlan *returned,
                                            gint64 revision,
                                            const char *file_name,
                                            const char *now,
                                            KilterVersion *out_version,
                                            GError **error);

G_END_DECLS
