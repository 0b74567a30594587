/* kilter-participant-records.c: comments and assumptions of a copy that came back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/participant/kilter-participant-private.h"

#include <math.h>
#include <stdlib.h>

/* What one note says is text for people; more than this is none. */
#define MAX_TEXT 10000

typedef struct
{
  KilterInputAnswer *answer;
  KilterPlan *plan;
  KilterPlan *returned;
  const KilterParticipantMark *mark;
  gboolean is_older;
  const GArray *series;
  const char *person;
  GHashTable *known; /* "comment 3" → "17 0f3a…" */
} Reader;

static GHashTable *
read_known (const KilterPlan *returned)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *text = kilter_plan_get_setting (returned, KILTER_PARTICIPANT_RECORDS);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_strv_length (words) == 4)
        g_hash_table_insert (known, g_strdup_printf ("%s %s", words[0], words[1]),
                             g_strdup_printf ("%s %s", words[2], words[3]));
    }
  return known;
}

/* The plan's record of one that was sent, and what it said. */
static int
find_sent (const Reader *self, const KilterRecord *record, char **out_hash)
{
  g_autofree char *key = g_strdup_printf ("%s %d", kilter_table_get_info (record->table)->name,
                                          record->id);
  const char *found = g_hash_table_lookup (self->known, key);
  g_auto (GStrv) words = g_strsplit (found != NULL ? found : "", " ", 2);

  if (g_strv_length (words) != 2)
    return 0;
  *out_hash = g_strdup (words[1]);
  return atoi (words[0]);
}

static gboolean
is_sane (const KilterRecord *record)
{
  for (int i = 0; i < kilter_table_get_info (record->table)->n_fields; i++)
    if (record->values[i].text != NULL && g_utf8_strlen (record->values[i].text, -1) > MAX_TEXT)
      return FALSE;
  return TRUE;
}

static void
add (Reader *self, KilterTableId table, int id, KilterValue *theirs, gboolean collides)
{
  const KilterRecord *mine = kilter_plan_get_record (self->plan, table, id);
  KilterInputRecord *record = g_new0 (KilterInputRecord, 1);

  record->table = table;
  record->id = mine != NULL ? id : 0;
  record->mine = mine != NULL ? kilter_values_copy (table, mine->values) : NULL;
  record->theirs = theirs;
  record->collides = collides;
  /* what others have said in the meantime is not lost by itself */
  record->take = !collides && !self->is_older;
  g_ptr_array_add (self->answer->records, record);
}

static void
set_text (KilterValue *values, int field, const char *text)
{
  g_set_str (&values[field].text, text);
}

/* A record that was sent: what they changed of it, where they may.
 *
 * @theirs: (transfer full): what it would be */
static void
merge_sent (Reader *self, const KilterRecord *record, int id, const char *hash, KilterValue *theirs)
{
  const KilterRecord *mine = kilter_plan_get_record (self->plan, record->table, id);
  g_autofree char *said = kilter_participant_hash_record (record->table, record->values);
  g_autofree char *says = mine != NULL
                            ? kilter_participant_hash_record (record->table, mine->values)
                            : NULL;

  /* unchanged by them; taken away here meanwhile; or the same said by both */
  if (g_str_equal (said, hash) || mine == NULL || g_str_equal (said, says))
    {
      kilter_values_free (record->table, theirs);
      return;
    }
  add (self, record->table, id, theirs, !g_str_equal (says, hash));
}

/* --- comments --- */

static gboolean
is_own_comment (const Reader *self, const KilterRecord *comment)
{
  return g_str_equal (kilter_record_text (comment, KILTER_COMMENT_AUTHOR), self->person);
}

/* A comment of the copy as it would be in the plan. */
static KilterValue *
translate_comment (const Reader *self, const KilterRecord *comment)
{
  int row = (int) kilter_record_number_or (comment, KILTER_COMMENT_ROW, 0);
  int measure = kilter_measure_from_key (kilter_record_text (comment, KILTER_COMMENT_MEASURE));
  int series = measure >= 0 && row > 0 && row < (int) self->series->len &&
                   kilter_measure_get_info ((KilterMeasure) measure)->grain == KILTER_GRAIN_SERIES
                 ? g_array_index (self->series, int, row)
                 : 0;
  KilterValue *values;

  if (series == 0 || !kilter_participant_has_series (self->plan, self->mark->person, series) ||
      !is_sane (comment))
    return NULL;
  values = kilter_values_copy (KILTER_TABLE_COMMENT, comment->values);
  values[KILTER_COMMENT_VERSION].number = self->mark->version;
  values[KILTER_COMMENT_ROW].number = series;
  set_text (values, KILTER_COMMENT_AUTHOR, self->person);
  return values;
}

/* One that came with an earlier state of the copy: the same person, place and time. */
static int
find_comment (const Reader *self, const KilterValue *values)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_COMMENT, comment)
    if (is_own_comment (self, comment) &&
        kilter_record_number_or (comment, KILTER_COMMENT_ROW, 0) ==
          values[KILTER_COMMENT_ROW].number &&
        g_strcmp0 (comment->values[KILTER_COMMENT_MEASURE].text,
                   values[KILTER_COMMENT_MEASURE].text) == 0 &&
        g_strcmp0 (comment->values[KILTER_COMMENT_BUCKET].text,
                   values[KILTER_COMMENT_BUCKET].text) == 0 &&
        g_strcmp0 (comment->values[KILTER_COMMENT_AT].text, values[KILTER_COMMENT_AT].text) == 0)
      return comment->id;
  return 0;
}

/* A record that was not in the copy when it was sent: new, or known from an earlier return.
 *
 * @theirs: (transfer full) */
static void
merge_new (Reader *self, KilterTableId table, int known, KilterValue *theirs)
{
  const KilterRecord *mine = kilter_plan_get_record (self->plan, table, known);
  g_autofree char *said = kilter_participant_hash_record (table, theirs);
  g_autofree char *says = mine != NULL ? kilter_participant_hash_record (table, mine->values)
                                       : NULL;

  if (mine == NULL || (!self->is_older && !g_str_equal (said, says)))
    add (self, table, known, theirs, FALSE);
  else
    kilter_values_free (table, theirs);
}

static void
read_comment (Reader *self, const KilterRecord *comment)
{
  g_autofree char *hash = NULL;
  int sent = find_sent (self, comment, &hash);
  const KilterRecord *mine = kilter_plan_get_record (self->plan, KILTER_TABLE_COMMENT, sent);
  KilterValue *values;

  if (sent > 0 && mine != NULL)
    {
      g_autofree char *said = kilter_participant_hash_record (KILTER_TABLE_COMMENT,
                                                              comment->values);

      /* anyone may resolve a comment; only its author may change what it says */
      if (!is_own_comment (self, mine) &&
          g_strcmp0 (mine->values[KILTER_COMMENT_TEXT].text,
                     comment->values[KILTER_COMMENT_TEXT].text) != 0)
        {
          if (!g_str_equal (said, hash))
            kilter_participant_refuse (self->answer, "%s",
                                       kilter_record_text (comment, KILTER_COMMENT_TEXT));
          return;
        }
      values = kilter_values_copy (KILTER_TABLE_COMMENT, mine->values);
      set_text (values, KILTER_COMMENT_TEXT, comment->values[KILTER_COMMENT_TEXT].text);
      values[KILTER_COMMENT_RESOLVED].number = comment->values[KILTER_COMMENT_RESOLVED].number;
      merge_sent (self, comment, sent, hash, values);
      return;
    }
  if (sent > 0)
    return;
  values = is_own_comment (self, comment) ? translate_comment (self, comment) : NULL;
  if (values == NULL)
    kilter_participant_refuse (self->answer, "%s",
                               kilter_record_text (comment, KILTER_COMMENT_TEXT));
  else
    merge_new (self, KILTER_TABLE_COMMENT, find_comment (self, values), values);
}

/* --- assumptions, risks and opportunities --- */

static const int risk_fields[] = { KILTER_RISK_KIND,  KILTER_RISK_TEXT,       KILTER_RISK_FROM,
                                   KILTER_RISK_TO,    KILTER_RISK_LIKELIHOOD, KILTER_RISK_REVIEW,
                                   KILTER_RISK_STATE, KILTER_RISK_TRIGGER,    KILTER_RISK_VOLUME };
static const int risk_money[] = { KILTER_RISK_EFFECT, KILTER_RISK_LOW, KILTER_RISK_HIGH,
                                  KILTER_RISK_REVENUE };

static void
copy_field (KilterValue *to, const KilterRecord *from, int field)
{
  to[field].number = from->values[field].number;
  set_text (to, field, from->values[field].text);
}

/* @values: what the plan holds, or nothing; what they may say is put over it */
static void
put_risk (const Reader *self, KilterValue *values, const KilterRecord *risk)
{
  for (gsize i = 0; i < G_N_ELEMENTS (risk_fields); i++)
    copy_field (values, risk, risk_fields[i]);
  for (gsize i = 0; self->mark->money && i < G_N_ELEMENTS (risk_money); i++)
    copy_field (values, risk, risk_money[i]);
  values[KILTER_RISK_OWNER].number = self->mark->person;
}

static int
find_family (const Reader *self, const KilterRecord *risk)
{
  const KilterRecord *family = kilter_plan_find_record (
    self->plan, KILTER_TABLE_FAMILY,
    kilter_plan_get_key (self->returned, KILTER_TABLE_FAMILY,
                         kilter_record_ref (risk, KILTER_RISK_FAMILY)));

  return family != NULL &&
             kilter_participant_has_family (self->plan, self->mark->person, family->id)
           ? family->id
           : 0;
}

static void
read_risk (Reader *self, const KilterRecord *risk)
{
  g_autofree char *hash = NULL;
  int sent = find_sent (self, risk, &hash);
  const KilterRecord *mine = kilter_plan_get_record (self->plan, KILTER_TABLE_RISK, sent);
  const KilterRecord *same = kilter_plan_find_record (self->plan, KILTER_TABLE_RISK,
                                                      kilter_record_text (risk, KILTER_RISK_TEXT));
  g_autofree char *said = kilter_participant_hash_record (KILTER_TABLE_RISK, risk->values);
  int family = find_family (self, risk);
  KilterValue *values;

  if (sent > 0 && (mine == NULL || g_str_equal (said, hash)))
    return;
  if ((sent > 0 && kilter_record_ref (mine, KILTER_RISK_OWNER) != self->mark->person) ||
      (sent == 0 && family == 0) ||
      (sent == 0 && same != NULL &&
       kilter_record_ref (same, KILTER_RISK_OWNER) != self->mark->person) ||
      !is_sane (risk))
    {
      kilter_participant_refuse (self->answer, "%s", kilter_record_text (risk, KILTER_RISK_TEXT));
      return;
    }
  if (sent > 0)
    {
      values = kilter_values_copy (KILTER_TABLE_RISK, mine->values);
      put_risk (self, values, risk);
      merge_sent (self, risk, sent, hash, values);
      return;
    }
  values = same != NULL ? kilter_values_copy (KILTER_TABLE_RISK, same->values)
                        : kilter_values_new (KILTER_TABLE_RISK);
  put_risk (self, values, risk);
  values[KILTER_RISK_FAMILY].number = family;
  merge_new (self, KILTER_TABLE_RISK, same != NULL ? same->id : 0, values);
}

/* Compares the comments and assumptions of a copy with those of the plan. */
void
kilter_participant_read_records (KilterInputAnswer *self,
                                 KilterPlan *plan,
                                 KilterPlan *returned,
                                 const KilterParticipantMark *mark,
                                 gboolean is_older,
                                 const GArray *series)
{
  Reader reader = { .answer = self,
                    .plan = plan,
                    .returned = returned,
                    .mark = mark,
                    .is_older = is_older,
                    .series = series,
                    .person = kilter_plan_get_key (plan, KILTER_TABLE_PERSON, mark->person),
                    .known = read_known (returned) };

  KILTER_FOREACH_RECORD (returned, KILTER_TABLE_COMMENT, comment)
    read_comment (&reader, comment);
  KILTER_FOREACH_RECORD (returned, KILTER_TABLE_RISK, risk)
    read_risk (&reader, risk);
  g_hash_table_unref (reader.known);
}
