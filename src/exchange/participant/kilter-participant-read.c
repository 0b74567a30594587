/* kilter-participant-read.c: a copy that came back: what is new in its numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-input-sheet-private.h"
#include "exchange/participant/kilter-participant-private.h"

#include "plan/review/kilter-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* characters of a reason; no dialog takes as many */
#define MAX_REASON 2000

typedef struct
{
  KilterInputAnswer *answer;
  KilterPlan *plan;
  KilterPlan *returned;
  KilterVersion version;
  KilterParticipantMark mark;
  gint64 revision;
  gboolean is_older; /* than what has been merged already */
  const char *person;
  const char *now;
  GArray *series; /* index = series of the copy; the plan's, or 0 */
} Reader;

void
kilter_participant_refuse (KilterInputAnswer *self, const char *format, ...)
{
  va_list arguments;

  if (self->n_outside++ > 0)
    return;
  va_start (arguments, format);
  self->outside = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static gboolean
refuse_file (GError **error, const char *text)
{
  g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, text);
  return FALSE;
}

/* --- is it ours --- */

static gboolean
check_file (Reader *self, GError **error)
{
  KilterInputAnswer *answer = self->answer;
  g_autofree char *digest = NULL;

  if (kilter_participant_get_owner (self->returned) == NULL)
    return refuse_file (error, _ ("This is a plan of its own, not the copy of a participant."));
  answer->key = kilter_participant_mark_key (kilter_plan_get_uuid (self->returned));
  if (g_strcmp0 (kilter_plan_get_setting (self->returned, KILTER_PARTICIPANT_PLAN),
                 kilter_plan_get_uuid (self->plan)) != 0)
    return refuse_file (error, _ ("This participant file belongs to another plan."));
  if (!kilter_participant_mark_read (&self->mark, self->plan, answer->key))
    return refuse_file (error, _ ("This plan has not sent that participant file, or sent it in an "
                                  "earlier cycle."));
  if (g_strcmp0 (self->mark.cycle, kilter_plan_get_setting (self->plan, "cycle")) != 0 ||
      g_strcmp0 (self->mark.cycle, kilter_plan_get_setting (self->returned, "cycle")) != 0 ||
      kilter_plan_get_bucket_kind (self->plan) != kilter_plan_get_bucket_kind (self->returned))
    return refuse_file (error, _ ("This participant file belongs to another cycle. Send the file "
                                  "of this cycle and ask for it again."));
  digest = kilter_participant_digest (self->returned);
  if (!g_str_equal (digest, self->mark.digest))
    return refuse_file (error, _ ("What this file says was sent is not what was sent: it was "
                                  "changed by something else than Kilter. Send a new one."));
  self->person = kilter_plan_get_key (self->plan, KILTER_TABLE_PERSON, self->mark.person);
  self->version = self->mark.version;
  if (kilter_plan_get_record (self->plan, KILTER_TABLE_PERSON, self->mark.person) == NULL ||
      kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION, self->version) == NULL ||
      kilter_plan_is_snapshot (self->plan, self->version))
    return refuse_file (error,
                        _ ("The person or the scenario of this file is not in the plan any more."));
  answer->person = self->mark.person;
  return TRUE;
}

/* --- series by their names: the ids of the copy are its own business --- */

static int
find_by_name (const Reader *self, KilterTableId table, int id)
{
  const KilterRecord *found = kilter_plan_find_record (
    self->plan, table, kilter_plan_get_key (self->returned, table, id));

  return found != NULL ? found->id : 0;
}

static void
match_series (Reader *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  self->series = g_array_new (FALSE, TRUE, sizeof (int));
  g_array_set_size (self->series,
                    (guint) kilter_plan_get_max_id (self->returned, KILTER_TABLE_SERIES) + 1);
  KILTER_FOREACH_RECORD (self->returned, KILTER_TABLE_SERIES, series)
    {
      int product = find_by_name (self, KILTER_TABLE_PRODUCT,
                                  kilter_record_ref (series, KILTER_SERIES_PRODUCT));
      int region = find_by_name (self, KILTER_TABLE_REGION,
                                 kilter_record_ref (series, KILTER_SERIES_REGION));
      int channel = find_by_name (self, KILTER_TABLE_CHANNEL,
                                  kilter_record_ref (series, KILTER_SERIES_CHANNEL));
      int mine = product > 0 && region > 0 && channel > 0
                   ? kilter_plan_find_series (self->plan, product, region, channel)
                   : 0;

      /* the first of two that say they are the same one counts */
      if (mine > 0 && g_hash_table_add (seen, GINT_TO_POINTER (mine)))
        g_array_index (self->series, int, series->id) = mine;
    }
}

/* --- cells --- */

static const KilterCellNote *
get_mine_note (const Reader *self, const KilterInputCell *cell)
{
  return kilter_plan_get_note (self->plan, self->version, cell->measure, cell->series,
                               cell->bucket);
}

static gboolean
is_from (const KilterCellNote *note, const char *person)
{
  return note != NULL && g_strcmp0 (note->author, person) == 0;
}

static gboolean
is_of_participant (const Reader *self, const KilterInputCell *cell, const KilterCellNote *note)
{
  const KilterRecord *author = note != NULL && note->author != NULL
                                 ? kilter_plan_find_record (self->plan, KILTER_TABLE_PERSON,
                                                            note->author)
                                 : NULL;

  return author != NULL && author->id != self->mark.person &&
         kilter_participant_may_write (self->plan, author->id, cell->measure, cell->series);
}

/* Of two participants the later one is proposed, whichever file comes in first; a number before
 * none, and at the same time the name decides, so that the order of the files never does. */
static gboolean
is_later (const KilterInputCell *cell, const KilterCellNote *mine)
{
  int order = g_strcmp0 (cell->note.at, mine->at);

  if (isnan (cell->theirs))
    return FALSE;
  if (order == 0)
    order = g_strcmp0 (cell->note.author, mine->author);
  return order > 0;
}

/* What becomes of a number that is another in the copy than in the plan.
 *
 * Returns: whether it is worth showing */
static gboolean
judge (Reader *self, KilterInputCell *cell, double base)
{
  const KilterCellNote *note = get_mine_note (self, cell);
  gboolean mine_changed = !kilter_input_is_same (cell->mine, base);
  gboolean theirs_changed = !kilter_input_is_same (cell->theirs, base);

  cell->take = TRUE;
  if (mine_changed && is_from (note, self->person))
    {
      /* his own number of an earlier file: the newer file counts */
      if (self->is_older)
        {
          self->answer->n_older++;
          return FALSE;
        }
      return TRUE;
    }
  if (!theirs_changed)
    return FALSE;
  cell->collides = mine_changed;
  /* what was merged once, and decided otherwise since, does not come back by itself */
  if (self->is_older)
    cell->take = FALSE;
  else if (mine_changed && is_of_participant (self, cell, note))
    cell->take = is_later (cell, note);
  return TRUE;
}

static void
set_note (const Reader *self, KilterInputCell *cell, const KilterCellNote *theirs)
{
  const char *at = theirs != NULL && theirs->at != NULL ? theirs->at : "";
  const char *reason = theirs != NULL ? theirs->reason : NULL;

  cell->note.author = g_strdup (self->person);
  /* a clock that runs ahead does not win by it */
  cell->note.at = g_strdup (
    *at != '\0' && strlen (at) == strlen (self->now) && g_strcmp0 (at, self->now) < 0 ? at
                                                                                      : self->now);
  cell->note.reason = reason != NULL && *reason != '\0'
                        ? g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1), MAX_REASON))
                        : NULL;
}

/* Two who say the same: the number is that of the later one, so that whoever comes third meets the
 * same, whichever of the two came first. */
static void
confirm (Reader *self, KilterInputCell *cell, double base)
{
  const KilterCellNote *note = get_mine_note (self, cell);

  self->answer->n_same += !isnan (cell->mine);
  if (isnan (cell->theirs) || kilter_input_is_same (cell->theirs, base) || self->is_older ||
      is_from (note, self->person) ||
      (is_of_participant (self, cell, note) && !is_later (cell, note)))
    kilter_input_cell_clear (cell);
  else
    g_array_append_val (self->answer->confirmed, *cell);
}

static void
read_cell (Reader *self, KilterMeasure measure, int from, int series, int bucket, double base)
{
  const double *mine = kilter_plan_get_row (self->plan, self->version, measure, series);
  int there = kilter_plan_find_bucket (self->returned, kilter_plan_get_bucket (self->plan, bucket));
  KilterInputCell cell = { .measure = measure, .series = series, .bucket = bucket };

  if (there < 0)
    return;
  cell.mine = mine[bucket];
  cell.theirs = kilter_plan_get_row (self->returned, KILTER_BASELINE, measure, from)[there];
  if (cell.theirs < 0 || cell.theirs > 1e15)
    {
      self->answer->n_unread++;
      return;
    }
  set_note (self, &cell,
            kilter_plan_get_note (self->returned, KILTER_BASELINE, measure, from, there));
  if (kilter_input_is_same (cell.mine, cell.theirs))
    {
      confirm (self, &cell, base);
      return;
    }
  if (!judge (self, &cell, base))
    {
      kilter_input_cell_clear (&cell);
      return;
    }
  if (kilter_plan_is_locked (self->plan, self->version, measure, series, bucket))
    {
      self->answer->n_locked++;
      kilter_input_cell_clear (&cell);
      return;
    }
  g_array_append_val (self->answer->cells, cell);
}

static void
read_row (Reader *self, KilterMeasure measure, int from)
{
  int series = g_array_index (self->series, int, from);
  const double *base = kilter_plan_get_own (self->returned, KILTER_PARTICIPANT_BASE, measure,
                                            KILTER_LAYER_FACT, from);
  int first = kilter_plan_get_n_history (self->plan), n = kilter_plan_get_n_buckets (self->plan);

  if (series == 0 || !kilter_participant_may_write (self->plan, self->mark.person, measure, series))
    return;
  for (int t = first; t < n; t++)
    {
      int there = kilter_plan_find_bucket (self->returned, kilter_plan_get_bucket (self->plan, t));

      read_cell (self, measure, from, series, t, base != NULL && there >= 0 ? base[there] : NAN);
    }
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const KilterInputCell *x = a, *y = b;

  if (x->measure != y->measure)
    return x->measure < y->measure ? -1 : 1;
  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  return x->bucket < y->bucket ? -1 : x->bucket > y->bucket;
}

static void
read_cells (Reader *self)
{
  int n;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  for (int i = 0; i < n; i++)
    KILTER_FOREACH_RECORD (self->returned, KILTER_TABLE_SERIES, series)
      read_row (self, inputs[i], series->id);
  g_array_sort (self->answer->cells, compare_cells);
}

/* --- what lies outside --- */

static gboolean
is_read (const Reader *self, KilterMeasure measure, int row, int bucket)
{
  int mine = kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES &&
                 row < (int) self->series->len
               ? g_array_index (self->series, int, row)
               : 0;
  int here = kilter_plan_find_bucket (self->plan, kilter_plan_get_bucket (self->returned, bucket));

  return mine > 0 && here >= kilter_plan_get_n_history (self->plan) &&
         kilter_participant_may_write (self->plan, self->mark.person, measure, mine);
}

static const char *
name_row (const Reader *self, KilterMeasure measure, int row)
{
  const KilterRecord *series;

  switch (kilter_measure_get_info (measure)->grain)
    {
    case KILTER_GRAIN_SERIES:
      series = kilter_plan_get_record (self->returned, KILTER_TABLE_SERIES, row);
      return series != NULL
               ? kilter_plan_get_key (self->returned, KILTER_TABLE_PRODUCT,
                                      kilter_record_ref (series, KILTER_SERIES_PRODUCT))
               : "";
    case KILTER_GRAIN_PRODUCT:
      return kilter_plan_get_key (self->returned, KILTER_TABLE_PRODUCT, row);
    case KILTER_GRAIN_RESOURCE:
    default:
      return kilter_plan_get_key (self->returned, KILTER_TABLE_RESOURCE, row);
    }
}

/* Numbers that were typed where the person has nothing to say. */
static void
find_outside (KilterVersion version,
              KilterMeasure measure,
              KilterLayer layer,
              int row,
              const double *values,
              gpointer user_data)
{
  Reader *self = user_data;
  const double *base = kilter_plan_get_own (self->returned, KILTER_PARTICIPANT_BASE, measure,
                                            KILTER_LAYER_FACT, row);

  if (version != KILTER_BASELINE || layer != KILTER_LAYER_INPUT)
    return;
  for (int t = 0; t < kilter_plan_get_n_buckets (self->returned); t++)
    {
      g_autofree char *bucket = NULL;

      if (kilter_input_is_same (values[t], base != NULL ? base[t] : NAN) ||
          is_read (self, measure, row, t))
        continue;
      bucket = kilter_bucket_to_string (kilter_plan_get_bucket_kind (self->returned),
                                        kilter_plan_get_bucket (self->returned, t));
      kilter_participant_refuse (self->answer, "%s · %s · %s", kilter_measure_get_name (measure),
                                 name_row (self, measure, row), bucket);
    }
}

/* --- the whole file --- */

/* Whether this state of the copy, a later one, or a later copy of the same person was merged. */
static gboolean
is_older (const Reader *self)
{
  if (self->revision <= self->mark.merged)
    return TRUE;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_SETTING, setting)
    {
      const char *key = kilter_record_text (setting, KILTER_SETTING_KEY);
      KilterParticipantMark other;
      gboolean later;

      if (!g_str_has_prefix (key, KILTER_PARTICIPANT_MARK) || g_str_equal (key, self->answer->key))
        continue;
      later = kilter_participant_mark_read (&other, self->plan, key) &&
              other.person == self->mark.person && other.merged > 0 &&
              g_strcmp0 (other.at, self->mark.at) > 0;
      kilter_participant_mark_clear (&other);
      if (later)
        return TRUE;
    }
  return FALSE;
}

static void
set_mark (Reader *self)
{
  self->answer->was_merged = self->mark.merged > 0 && self->is_older;
  self->mark.merged = MAX (self->mark.merged, self->revision);
  self->answer->mark = kilter_participant_mark_write (&self->mark);
}

static void
set_contributor (Reader *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      if (self->answer->contributor != 0 ||
          kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) != self->mark.person ||
          kilter_contributor_get_measure (self->plan, contributor->id) < 0)
        continue;
      self->answer->contributor = contributor->id;
      self->answer->measure = (KilterMeasure) kilter_contributor_get_measure (self->plan,
                                                                              contributor->id);
    }
}

/**
 * kilter_participant_read:
 * @returned: the copy as it came back; opened as a plan that anybody may have made
 * @revision: the newest entry of its change log: of two states of one copy the later one has more
 * @file_name: for messages
 * @now: the time
 * @out_version: (out): the scenario that it is to be merged into
 *
 * Compares a participant's copy that came back with what was sent and with what the plan holds
 * now, number by number. What was sent stands in the copy and is believed only when its digest is
 * the one that the plan has kept; what the person may write is asked of the plan, never of the
 * copy. A number that only they changed is theirs; one that both changed collides; one that only
 * the plan changed stays.
 *
 * Of numbers that two participants changed the later one is proposed, so that the order in which
 * files come in does not matter; a file that comes a second time says nothing new.
 *
 * Returns: (transfer full) (nullable): what differs, for kilter_input_answer_finish(); %NULL with
 *   %KILTER_EXCHANGE_ERROR_BAD_FILE
 */
KilterInputAnswer *
kilter_participant_read (KilterPlan *plan,
                         KilterPlan *returned,
                         gint64 revision,
                         const char *file_name,
                         const char *now,
                         KilterVersion *out_version,
                         GError **error)
{
  g_autoptr (KilterInputAnswer) answer = kilter_input_answer_new (file_name);
  Reader self = {
    .answer = answer, .plan = plan, .returned = returned, .revision = revision, .now = now
  };

  if (!check_file (&self, error))
    {
      kilter_participant_mark_clear (&self.mark);
      return NULL;
    }
  self.is_older = is_older (&self);
  set_contributor (&self);
  match_series (&self);
  read_cells (&self);
  kilter_plan_foreach_stored (returned, find_outside, &self);
  kilter_participant_read_records (answer, plan, returned, &self.mark, self.is_older, self.series);
  set_mark (&self);
  *out_version = self.version;
  g_array_unref (self.series);
  kilter_participant_mark_clear (&self.mark);
  return g_steal_pointer (&answer);
}
