/* kilter-participant-mark.c: what a plan remembers of the files that it sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/participant/kilter-participant-private.h"

#include "base/kilter-hash.h"

#include <math.h>
#include <string.h>

/* --- who may do what --- */

gboolean
kilter_participant_may_write (const KilterPlan *plan, int person, KilterMeasure measure, int series)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      if (kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) == person &&
          kilter_contributor_get_measure (plan, contributor->id) == (int) measure &&
          kilter_contributor_has_series (plan, contributor->id, series))
        return TRUE;
    }
  return FALSE;
}

gboolean
kilter_participant_has_series (const KilterPlan *plan, int person, int series)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      if (kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) == person &&
          kilter_contributor_get_measure (plan, contributor->id) >= 0 &&
          kilter_contributor_has_series (plan, contributor->id, series))
        return TRUE;
    }
  return FALSE;
}

gboolean
kilter_participant_has_family (const KilterPlan *plan, int person, int family)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_SERIES, series)
    {
      const KilterRecord *product = kilter_plan_get_record (
        plan, KILTER_TABLE_PRODUCT, kilter_record_ref (series, KILTER_SERIES_PRODUCT));

      if (product != NULL && kilter_record_ref (product, KILTER_PRODUCT_FAMILY) == family &&
          kilter_participant_has_series (plan, person, series->id))
        return TRUE;
    }
  return FALSE;
}

/**
 * kilter_participant_may_see_money:
 *
 * Returns: whether a person's part in the plan is money: one who sends in the numbers of finance
 */
gboolean
kilter_participant_may_see_money (const KilterPlan *plan, int person)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      if (kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) == person &&
          kilter_contributor_get_measure (plan, contributor->id) == KILTER_FINANCE_INPUT)
        return TRUE;
    }
  return FALSE;
}

/**
 * kilter_participant_get_owner:
 *
 * Returns: (transfer none) (nullable): the person whose copy a plan is
 */
const char *
kilter_participant_get_owner (const KilterPlan *plan)
{
  return kilter_plan_get_setting (plan, KILTER_PARTICIPANT_OWNER);
}

char *
kilter_participant_get_file_name (const KilterPlan *plan, int person)
{
  char *name = g_strdup_printf ("%s · %s.kilter", kilter_plan_get_name (plan),
                                kilter_plan_get_key (plan, KILTER_TABLE_PERSON, person));

  for (char *at = name; *at != '\0'; at++)
    if (strchr ("/\\:*?\"<>|", *at) != NULL || (guchar) *at < 0x20)
      *at = '-';
  return name;
}

/* --- the mark --- */

char *
kilter_participant_mark_key (const char *token)
{
  return g_strconcat (KILTER_PARTICIPANT_MARK, token, NULL);
}

char *
kilter_participant_mark_write (const KilterParticipantMark *self)
{
  return g_strdup_printf ("1 %d %d %d %s %s %" G_GINT64_FORMAT " %s", self->person, self->version,
                          self->money, self->cycle, self->digest, self->merged, self->at);
}

gboolean
kilter_participant_mark_read (KilterParticipantMark *self, const KilterPlan *plan, const char *key)
{
  const char *text = kilter_plan_get_setting (plan, key);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  *self = (KilterParticipantMark) { 0 };
  if (g_strv_length (words) != 8 || !g_str_equal (words[0], "1"))
    return FALSE;
  self->person = (int) g_ascii_strtoll (words[1], NULL, 10);
  self->version = (int) g_ascii_strtoll (words[2], NULL, 10);
  self->money = g_str_equal (words[3], "1");
  self->cycle = g_strdup (words[4]);
  self->digest = g_strdup (words[5]);
  self->merged = g_ascii_strtoll (words[6], NULL, 10);
  self->at = g_strdup (words[7]);
  return TRUE;
}

void
kilter_participant_mark_clear (KilterParticipantMark *self)
{
  g_free (self->cycle);
  g_free (self->digest);
  g_free (self->at);
}

/* --- what was sent --- */

typedef struct
{
  const KilterPlan *copy;
  KilterHash *hash;
} Digest;

static void
digest_row (KilterVersion version,
            KilterMeasure measure,
            KilterLayer layer,
            int row,
            const double *values,
            gpointer user_data)
{
  Digest *self = user_data;
  const KilterMeasureInfo *info = kilter_measure_get_info (measure);

  if (version != KILTER_PARTICIPANT_BASE)
    return;
  kilter_hash_add_text (self->hash, info->key);
  kilter_hash_add_int (self->hash, layer);
  /* by their names: the ids of the copy are its own */
  if (info->grain == KILTER_GRAIN_SERIES)
    {
      const KilterRecord *series = kilter_plan_get_record (self->copy, KILTER_TABLE_SERIES, row);
      static const KilterTableId tables[] = { KILTER_TABLE_PRODUCT, KILTER_TABLE_REGION,
                                              KILTER_TABLE_CHANNEL };

      for (int i = 0; series != NULL && i < 3; i++)
        kilter_hash_add_text (
          self->hash, kilter_plan_get_key (self->copy, tables[i], kilter_record_ref (series, i)));
    }
  else
    kilter_hash_add_text (self->hash, kilter_plan_get_key (self->copy, KILTER_TABLE_PRODUCT, row));
  for (int i = 0; i < kilter_plan_get_n_buckets (self->copy); i++)
    if (!isnan (values[i]))
      {
        kilter_hash_add_int (self->hash, kilter_plan_get_bucket (self->copy, i));
        kilter_hash_add_double (self->hash, values[i]);
      }
}

/**
 * kilter_participant_digest:
 * @copy: a participant's copy, as it is sent or as it came back
 *
 * Returns: (transfer full): a digest over what was sent in it and may come back changed: the
 *   numbers, and what is known of comments and assumptions
 */
char *
kilter_participant_digest (const KilterPlan *copy)
{
  static const char *const keys[] = { KILTER_PARTICIPANT_OWNER, KILTER_PARTICIPANT_PLAN,
                                      KILTER_PARTICIPANT_SENT, KILTER_PARTICIPANT_RECORDS };
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  Digest digest = { copy, hash };

  kilter_hash_add_text (hash, "kilter participant 1");
  kilter_hash_add_text (hash, kilter_plan_get_uuid (copy));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    kilter_hash_add_text (hash, kilter_plan_get_setting (copy, keys[i]));
  kilter_plan_foreach_stored (copy, digest_row, &digest);
  return kilter_hash_finish (hash);
}

/* What a comment or an assumption says, without what is known of it in one plan only. */
char *
kilter_participant_hash_record (KilterTableId table, const KilterValue *values)
{
  static const int comment[] = { KILTER_COMMENT_TEXT, KILTER_COMMENT_RESOLVED, -1 };
  static const int risk[] = { KILTER_RISK_KIND,   KILTER_RISK_TEXT,
                              KILTER_RISK_FROM,   KILTER_RISK_TO,
                              KILTER_RISK_STATE,  KILTER_RISK_LIKELIHOOD,
                              KILTER_RISK_REVIEW, KILTER_RISK_TRIGGER,
                              KILTER_RISK_VOLUME, -1 };
  const int *fields = table == KILTER_TABLE_COMMENT ? comment : risk;
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  g_autofree char *text = NULL;

  for (int i = 0; fields[i] >= 0; i++)
    {
      const char *said = values[fields[i]].text;

      kilter_hash_add_text (hash, said != NULL ? said : "");
      kilter_hash_add_double (hash,
                              table == KILTER_TABLE_COMMENT && isnan (values[fields[i]].number)
                                ? 0
                                : values[fields[i]].number);
    }
  text = kilter_hash_finish (hash);
  return g_strndup (text, 32);
}
