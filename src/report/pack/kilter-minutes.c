/* kilter-minutes.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pack/kilter-minutes.h"

#include "report/words/kilter-format.h"
#include "report/pack/kilter-pack-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
kilter_minutes_get_kind_name (const char *kind)
{
  if (g_strcmp0 (kind, "decision") == 0)
    return C_ ("minutes", "Decision");
  if (g_strcmp0 (kind, "action") == 0)
    return C_ ("minutes", "Action");
  return C_ ("minutes", "Note");
}

static const char *
get_meeting_name (const char *key)
{
  KilterMeeting meeting;

  return kilter_meeting_from_string (key, &meeting) ? kilter_meeting_get_name (meeting) : key;
}

/* "Action: Get a firm co-packer price (Wei Zhang, 17 April)" */
static char *
format_line (KilterPlan *plan, const KilterRecord *minute)
{
  const char *owner = kilter_person_name (plan, minute, KILTER_MINUTE_OWNER);
  const char *due = kilter_record_text (minute, KILTER_MINUTE_DUE);
  const char *kind = kilter_minutes_get_kind_name (kilter_record_text (minute, KILTER_MINUTE_KIND));
  const char *text = kilter_record_text (minute, KILTER_MINUTE_TEXT);
  g_autofree char *day = *due != '\0' ? kilter_format_day (plan, due) : NULL;

  if (owner != NULL && *owner != '\0' && day != NULL)
    /* Translators: a line of the minutes: its kind, its text, a person, a day */
    return g_strdup_printf (_ ("%1$s: %2$s (%3$s, %4$s)"), kind, text, owner, day);
  if ((owner != NULL && *owner != '\0') || day != NULL)
    /* Translators: a line of the minutes: its kind, its text, a person or a day */
    return g_strdup_printf (_ ("%1$s: %2$s (%3$s)"), kind, text, day != NULL ? day : owner);
  /* Translators: a line of the minutes: its kind, its text */
  return g_strdup_printf (_ ("%1$s: %2$s"), kind, text);
}

static void
add_lines (GString *out, KilterPlan *plan, const GArray *minutes, int item)
{
  for (guint i = 0; i < minutes->len; i++)
    {
      const KilterRecord *minute = kilter_plan_get_record (plan, KILTER_TABLE_MINUTE,
                                                           g_array_index (minutes, int, i));
      g_autofree char *line = NULL;

      if (kilter_record_ref (minute, KILTER_MINUTE_AGENDA) != item)
        continue;
      line = format_line (plan, minute);
      g_string_append_printf (out, "– %s\n", line);
    }
}

/* "14:02" of "2026-04-20T14:02:00"; the time as it was given, no zone is changed */
static char *
get_time (const char *at)
{
  const char *time = at != NULL ? strchr (at, 'T') : NULL;

  return time != NULL && strlen (time) >= 6 ? g_strndup (time + 1, 5) : NULL;
}

/**
 * kilter_minutes_draft:
 * @started: "2026-04-20T14:02:00", local
 * @ended: likewise
 *
 * Puts what was recorded into a text, item by item.
 *
 * Returns: (transfer full): the text
 */
char *
kilter_minutes_draft (KilterPlan *plan,
                      const char *meeting,
                      const char *started,
                      const char *ended,
                      const char *people)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) items = kilter_agenda_list (plan, meeting);
  g_autoptr (GArray)
    minutes = kilter_meeting_list_minutes (plan, kilter_plan_get_current_cycle (plan), meeting);
  g_autofree char *cycle = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));
  g_autofree char *from = get_time (started);
  g_autofree char *to = get_time (ended);
  g_autofree char *date = started != NULL ? g_strndup (started, MIN (strlen (started), 10)) : NULL;
  g_autofree char *day = date != NULL ? kilter_format_day (plan, date) : NULL;

  /* Translators: the head of minutes: a meeting, the cycle's month */
  g_string_append_printf (out, _ ("%1$s, %2$s cycle"), get_meeting_name (meeting), cycle);
  g_string_append_c (out, '\n');
  if (day != NULL && from != NULL && to != NULL)
    {
      /* Translators: a day, the times at which a meeting began and ended */
      g_string_append_printf (out, _ ("%1$s, %2$s to %3$s"), day, from, to);
      g_string_append_c (out, '\n');
    }
  if (people != NULL && *people != '\0')
    {
      /* Translators: %s are names of people */
      g_string_append_printf (out, _ ("Present: %s"), people);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < items->len; i++)
    {
      int item = g_array_index (items, int, i);
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, item);

      g_string_append_printf (out, "\n%d. %s\n", (int) i + 1,
                              kilter_record_text (record, KILTER_AGENDA_TITLE));
      add_lines (out, plan, minutes, item);
    }
  {
    gsize before = out->len;

    g_string_append_c (out, '\n');
    add_lines (out, plan, minutes, 0);
    if (out->len == before + 1)
      g_string_truncate (out, before);
  }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

gboolean
kilter_minutes_exist (KilterPlan *plan, const char *meeting)
{
  int cycle = kilter_plan_get_current_cycle (plan);
  g_autoptr (GArray) minutes = kilter_meeting_list_minutes (plan, cycle, meeting);

  return minutes->len > 0 || kilter_meeting_find (plan, cycle, meeting) != NULL;
}

/* --- on paper --- */

/* The lines as they were recorded, by item: kind, text, owner, due. */
static KilterTable *
make_table (KilterPackBuilder *self, const GArray *minutes)
{
  KilterTable *table = kilter_table_new (5);
  const char *const headings[] = { _ ("Agenda item"), _ ("Kind"), _ ("Recorded"), _ ("Owner"),
                                   _ ("Due") };

  for (int c = 0; c < 5; c++)
    kilter_table_set_column (table, c, headings[c], KILTER_COLUMN_TEXT);
  for (guint i = 0; i < minutes->len; i++)
    {
      const KilterRecord *minute = kilter_plan_get_record (self->plan, KILTER_TABLE_MINUTE,
                                                           g_array_index (minutes, int, i));
      const KilterRecord *item = kilter_plan_get_record (
        self->plan, KILTER_TABLE_AGENDA, kilter_record_ref (minute, KILTER_MINUTE_AGENDA));
      const char *kind = kilter_record_text (minute, KILTER_MINUTE_KIND);
      int row = kilter_table_add_row (
        table, item != NULL ? kilter_record_text (item, KILTER_AGENDA_TITLE) : "–",
        KILTER_ROW_PLAIN);

      kilter_table_set (table, row, 1, kilter_minutes_get_kind_name (kind));
      kilter_table_set (table, row, 2, kilter_record_text (minute, KILTER_MINUTE_TEXT));
      if (!g_str_equal (kind, "note"))
        kilter_table_set_cell (table, row, 2, KILTER_CHART_TONE_PLAIN, KILTER_CELL_STRONG);
      kilter_table_set (table, row, 3,
                        kilter_person_name (self->plan, minute, KILTER_MINUTE_OWNER));
      kilter_table_take (
        table, row, 4,
        kilter_builder_format_day (self, kilter_record_text (minute, KILTER_MINUTE_DUE)));
    }
  return table;
}

/* The checked text, as many pages as it takes. */
static void
add_text_pages (KilterPackBuilder *self, const char *title, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  KilterTable *table = kilter_table_new (1);

  kilter_table_set_column (table, 0, _ ("Minutes"), KILTER_COLUMN_TEXT);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strstrip (g_strdup (lines[i]));
      gboolean is_item = g_ascii_isdigit (*line);

      if (*line != '\0')
        kilter_table_add_row (table, line,
                              is_item                        ? KILTER_ROW_SECTION
                              : g_str_has_prefix (line, "–") ? KILTER_ROW_INDENT
                                                             : KILTER_ROW_PLAIN);
    }
  kilter_builder_add_table_pages (self, _ ("Minutes"), title, NULL, table, 0, NULL);
  kilter_table_unref (table);
}

/**
 * kilter_pack_add_minutes:
 *
 * The minutes as they were checked and saved; while they are not, what was recorded so far.
 */
void
kilter_pack_add_minutes (KilterPackBuilder *self)
{
  const char *meeting = kilter_meeting_get_key (self->meeting);
  int cycle = kilter_plan_get_current_cycle (self->plan);
  const KilterRecord *held = kilter_meeting_find (self->plan, cycle, meeting);
  g_autoptr (GArray) minutes = kilter_meeting_list_minutes (self->plan, cycle, meeting);
  const char *text = held != NULL ? kilter_record_text (held, KILTER_MEETING_TEXT) : "";
  g_autofree char *title = NULL;

  if (minutes->len == 0 && *text == '\0')
    return;
  /* Translators: %s is a meeting */
  title = g_strdup_printf (_ ("Minutes of the %s"), kilter_meeting_get_name (self->meeting));
  if (*text != '\0')
    add_text_pages (self, title, text);
  if (minutes->len > 0)
    {
      g_autoptr (KilterTable) table = make_table (self, minutes);

      kilter_builder_add_table_pages (self, *text != '\0' ? NULL : _ ("Minutes"),
                                      _ ("What was recorded"), NULL, table, 0, NULL);
    }
}

/**
 * kilter_pack_add_agenda:
 *
 * One page: the items of the meeting with their minutes, presenters and decisions.
 */
void
kilter_pack_add_agenda (KilterPackBuilder *self)
{
  const char *meeting = kilter_meeting_get_key (self->meeting);
  g_autoptr (GArray) items = kilter_agenda_list (self->plan, meeting);
  g_autoptr (KilterTable) table = kilter_table_new (5);
  g_autofree char *title = NULL;
  int total = kilter_agenda_get_minutes (self->plan, meeting);

  if (items->len == 0)
    return;
  kilter_table_set_column (table, 0, _ ("Agenda item"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Minutes"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Presenter"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 3, _ ("Decision"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 4, _ ("Explanation"), KILTER_COLUMN_TEXT);
  for (guint i = 0; i < items->len; i++)
    {
      const KilterRecord *item = kilter_plan_get_record (self->plan, KILTER_TABLE_AGENDA,
                                                         g_array_index (items, int, i));
      const KilterRecord *decision = kilter_plan_get_record (
        self->plan, KILTER_TABLE_DECISION, kilter_record_ref (item, KILTER_AGENDA_DECISION));
      g_autofree char *name = g_strdup_printf ("%u  %s", i + 1,
                                               kilter_record_text (item, KILTER_AGENDA_TITLE));
      int row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);

      kilter_table_set_count (table, row, 1,
                              (gint64) kilter_record_number_or (item, KILTER_AGENDA_MINUTES, 0));
      kilter_table_set (table, row, 2,
                        kilter_person_name (self->plan, item, KILTER_AGENDA_PRESENTER));
      if (decision != NULL)
        kilter_table_set (table, row, 3, kilter_record_text (decision, KILTER_DECISION_TITLE));
      kilter_table_set (table, row, 4, kilter_record_text (item, KILTER_AGENDA_TEXT));
    }
  title = g_strdup_printf (ngettext ("Agenda: %d minute", "Agenda: %d minutes", (gulong) total),
                           total);
  kilter_builder_add_table_pages (self, _ ("Agenda"), title, NULL, table, 1, NULL);
}

static const char *
name_outcome (KilterOutcome outcome)
{
  switch (outcome)
    {
    case KILTER_OUTCOME_CAME_TRUE:
      return C_ ("outcome", "Came true");
    case KILTER_OUTCOME_MISSED:
      return C_ ("outcome", "Did not come true");
    case KILTER_OUTCOME_PENDING:
      return C_ ("outcome", "Not over yet");
    case KILTER_OUTCOME_NONE:
    default:
      return C_ ("outcome", "Not checked");
    }
}

/**
 * kilter_outcome_get_name:
 *
 * Returns: (transfer none): in words, translated
 */
const char *
kilter_outcome_get_name (KilterOutcome outcome)
{
  return name_outcome (outcome);
}

/**
 * kilter_outcome_format:
 *
 * Returns: (transfer full): a number of the outcome in the measure's unit, "–" when not known
 */
char *
kilter_outcome_format (const KilterPlan *plan, const char *measure, double value)
{
  int m = kilter_measure_from_key (measure);

  if (m < 0 || value != value)
    return g_strdup ("–");
  switch (kilter_measure_get_info ((KilterMeasure) m)->unit)
    {
    case KILTER_UNIT_MONEY:
      return kilter_format_money (plan, value);
    case KILTER_UNIT_PRICE:
      return kilter_number_format (value, &(KilterNumberFormat) { .decimals = 2, .grouped = TRUE });
    case KILTER_UNIT_RATIO:
      return kilter_format_ratio (value, 1);
    case KILTER_UNIT_QUANTITY:
    case KILTER_UNIT_HOURS:
    case KILTER_UNIT_DAYS:
    default:
      return kilter_format_quantity_short (value);
    }
}

static void
add_outcome (KilterPackBuilder *self,
             KilterTable *table,
             const char *name,
             const char *measure,
             const KilterOutcomeValue *value)
{
  int m = kilter_measure_from_key (measure);
  int row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);
  KilterChartTone tone = value->outcome == KILTER_OUTCOME_CAME_TRUE ? KILTER_CHART_TONE_GOOD
                         : value->outcome == KILTER_OUTCOME_MISSED  ? KILTER_CHART_TONE_BAD
                                                                    : KILTER_CHART_TONE_PLAIN;

  kilter_table_set (table, row, 1, m >= 0 ? kilter_measure_get_name ((KilterMeasure) m) : "");
  kilter_table_take (table, row, 2, kilter_outcome_format (self->plan, measure, value->expected));
  kilter_table_take (table, row, 3, kilter_outcome_format (self->plan, measure, value->actual));
  /* Translators: periods that are over, of how many */
  kilter_table_take (table, row, 4, g_strdup_printf (_ ("%d of %d"), value->n_over, value->n));
  kilter_table_set (table, row, 5, name_outcome (value->outcome));
  kilter_table_set_cell (table, row, 5, tone, KILTER_CELL_STRONG);
}

/**
 * kilter_pack_add_outcomes:
 *
 * Decisions and assumptions that can be checked, against what followed.
 */
void
kilter_pack_add_outcomes (KilterPackBuilder *self)
{
  g_autoptr (KilterTable) table = kilter_table_new (6);
  const char *const headings[] = {
    _ ("Decision or assumption"), _ ("Checked by"), _ ("Expected"), _ ("Actual"),
    _ ("Periods over"),           _ ("Outcome")
  };
  KilterOutcomeValue value;

  for (int c = 0; c < 6; c++)
    kilter_table_set_column (table, c, headings[c],
                             c >= 2 && c <= 4 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, decision)
    {
      kilter_decision_get_outcome (self->plan, decision->id, &value);
      if (value.outcome != KILTER_OUTCOME_NONE)
        add_outcome (self, table, kilter_record_text (decision, KILTER_DECISION_TITLE),
                     kilter_record_text (decision, KILTER_DECISION_MEASURE), &value);
    }
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    {
      kilter_assumption_get_outcome (self->plan, risk->id, &value);
      if (value.outcome != KILTER_OUTCOME_NONE)
        add_outcome (self, table, kilter_record_text (risk, KILTER_RISK_TEXT),
                     kilter_record_text (risk, KILTER_RISK_MEASURE), &value);
    }
  if (kilter_table_get_n_rows (table) == 0)
    return;
  kilter_builder_add_table_pages (self, _ ("What Came of It"),
                                  _ ("Decisions and assumptions against the actuals that followed"),
                                  NULL, table, 0, NULL);
}
