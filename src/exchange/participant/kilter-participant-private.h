/* kilter-participant-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/participant/kilter-participant.h"

G_BEGIN_DECLS

/* settings of a participant's copy */
#define KILTER_PARTICIPANT_OWNER "participant"
#define KILTER_PARTICIPANT_PLAN "participant-plan"
#define KILTER_PARTICIPANT_SENT "participant-sent"
#define KILTER_PARTICIPANT_RECORDS "participant-records"
/* and of the plan that it was sent from: this, and the token */
#define KILTER_PARTICIPANT_MARK "participant-file-"

/* the version of a copy that holds its numbers as they were sent */
#define KILTER_PARTICIPANT_BASE 2

/**
 * KilterParticipantMark:
 * @digest: over what was sent and may come back
 * @merged: the revision of the copy that was merged last; 0 for none
 * @at: when it was sent
 *
 * What a plan remembers of a file that it sent.
 */
typedef struct
{
  int person;
  KilterVersion version;
  gboolean money;
  char *cycle;
  char *digest;
  gint64 merged;
  char *at;
} KilterParticipantMark;

char *kilter_participant_mark_key (const char *token);
char *kilter_participant_mark_write (const KilterParticipantMark *self);
gboolean
kilter_participant_mark_read (KilterParticipantMark *self, const KilterPlan *plan, const char *key);
void kilter_participant_mark_clear (KilterParticipantMark *self);

char *kilter_participant_digest (const KilterPlan *copy);
char *kilter_participant_hash_record (KilterTableId table, const KilterValue *values);
gboolean kilter_participant_may_write (const KilterPlan *plan,
                                       int person,
                                       KilterMeasure measure,
                                       int series);
gboolean kilter_participant_has_series (const KilterPlan *plan, int person, int series);
gboolean kilter_participant_has_family (const KilterPlan *plan, int person, int family);

void kilter_participant_read_records (KilterInputAnswer *self,
                                      KilterPlan *plan,
                                      KilterPlan *returned,
                                      const KilterParticipantMark *mark,
                                      gboolean is_older,
                                      const GArray *series);
void kilter_participant_refuse (KilterInputAnswer *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

G_END_DECLS
