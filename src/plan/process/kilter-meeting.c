/* kilter-meeting.c: agendas, and what is recorded in a meeting
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-meeting.h"

#include "plan/review/kilter-insight.h"
#include "plan/process/kilter-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- agendas --- */

static gboolean
is_of (const KilterRecord *record,
       int cycle_field,
       int cycle,
       int meeting_field,
       const char *meeting)
{
  return kilter_record_ref (record, cycle_field) == cycle &&
         g_str_equal (kilter_record_text (record, meeting_field), meeting);
}

typedef struct
{
  int id;
  double position;
} Item;

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return x->id - y->id;
}

/**
 * kilter_agenda_list:
 *
 * Returns: (transfer full) (element-type int): the items of a meeting of the current cycle, in
 *   their order
 */
GArray *
kilter_agenda_list (const KilterPlan *plan, const char *meeting)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int));
  int cycle = kilter_plan_get_current_cycle (plan);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_AGENDA, record)
    if (is_of (record, KILTER_AGENDA_CYCLE, cycle, KILTER_AGENDA_MEETING, meeting))
      {
        Item item = { record->id,
                      kilter_record_number_or (record, KILTER_AGENDA_POSITION, record->id) };

        g_array_append_val (items, item);
      }
  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (ids, g_array_index (items, Item, i).id);
  return ids;
}

/**
 * kilter_agenda_get_minutes:
 *
 * Returns: how long the meeting takes by its agenda
 */
int
kilter_agenda_get_minutes (const KilterPlan *plan, const char *meeting)
{
  g_autoptr (GArray) items = kilter_agenda_list (plan, meeting);
  int minutes = 0;

  for (guint i = 0; i < items->len; i++)
    minutes += (int) kilter_record_number_or (
      kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, g_array_index (items, int, i)),
      KILTER_AGENDA_MINUTES, 0);
  return minutes;
}

typedef struct
{
  KilterCommand *command;
  KilterPlan *plan;
  const char *meeting;
  int cycle;
  int position;
} Proposal;

static int
propose_item (Proposal *self, const char *title, int minutes, const char *view, double presenter)
{
  int id = kilter_command_add_record (self->command, self->plan, KILTER_TABLE_AGENDA);
  const struct
  {
    int field;
    double number;
  } numbers[] = {
    { KILTER_AGENDA_CYCLE, self->cycle },
    { KILTER_AGENDA_POSITION, ++self->position },
    { KILTER_AGENDA_MINUTES, minutes },
    { KILTER_AGENDA_PRESENTER, presenter },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    kilter_command_set_field_number (self->command, self->plan, KILTER_TABLE_AGENDA, id,
                                     numbers[i].field, numbers[i].number);
  kilter_command_set_field_text (self->command, self->plan, KILTER_TABLE_AGENDA, id,
                                 KILTER_AGENDA_MEETING, self->meeting);
  kilter_command_set_field_text (self->command, self->plan, KILTER_TABLE_AGENDA, id,
                                 KILTER_AGENDA_TITLE, title);
  kilter_command_set_field_text (self->command, self->plan, KILTER_TABLE_AGENDA, id,
                                 KILTER_AGENDA_VIEW, view);
  return id;
}

static double
get_owner (const KilterPlan *plan, int step)
{
  const KilterRecord *record = kilter_plan_get_step (plan, step);

  return record != NULL ? kilter_record_number (record, KILTER_STEP_OWNER) : NAN;
}

/* One item for each decision that is asked for. */
static void
propose_decisions (Proposal *self, int minutes)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, decision)
    {
      const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);
      int item;

      if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) != self->cycle ||
          (*state != '\0' && !g_str_equal (state, "open")))
        continue;
      item = propose_item (self, kilter_record_text (decision, KILTER_DECISION_TITLE), minutes,
                           "balance/options",
                           kilter_record_number (decision, KILTER_DECISION_OWNER));
      kilter_command_set_field_number (self->command, self->plan, KILTER_TABLE_AGENDA, item,
                                       KILTER_AGENDA_DECISION, decision->id);
      kilter_command_set_field_text (self->command, self->plan, KILTER_TABLE_AGENDA, item,
                                     KILTER_AGENDA_TEXT,
                                     kilter_record_text (decision, KILTER_DECISION_TEXT));
    }
}

/**
 * kilter_agenda_propose:
 *
 * Returns: (transfer full): a command that fills the meeting's agenda: last month, what changed,
 *   each open decision, money, and what was agreed; by the owners of the steps
 */
KilterCommand *
kilter_agenda_propose (KilterPlan *plan, const char *meeting)
{
  KilterCommand *command = kilter_command_new ("agenda", _ ("Proposed an agenda"));
  Proposal self = { command, plan, meeting, kilter_plan_get_current_cycle (plan), 0 };
  g_autoptr (GArray) items = kilter_agenda_list (plan, meeting);
  gboolean is_executive = g_str_equal (meeting, "executive");

  if (items->len > 0)
    self.position = (int) kilter_record_number_or (
      kilter_plan_get_record (plan, KILTER_TABLE_AGENDA,
                              g_array_index (items, int, items->len - 1)),
      KILTER_AGENDA_POSITION, items->len);
  propose_item (&self, _ ("Last month"), 5, "monitor/metrics", get_owner (plan, 6));
  propose_item (&self, _ ("Demand changes"), is_executive ? 5 : 10, "demand/consensus",
                get_owner (plan, 2));
  propose_decisions (&self, is_executive ? 10 : 15);
  propose_item (&self, _ ("Finance view"), 10, "balance/finance", get_owner (plan, 5));
  propose_item (&self, _ ("Decisions and actions"), 5, "monitor/actions", get_owner (plan, 4));
  return command;
}

/**
 * kilter_agenda_move:
 * @delta: places down, negative up
 *
 * Returns: (transfer full): a command that gives every item of the meeting its place anew; empty
 *   when the item cannot move there
 */
KilterCommand *
kilter_agenda_move (KilterPlan *plan, int item, int delta)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, item);
  KilterCommand *command = kilter_command_new ("agenda", _ ("Moved an agenda item"));
  g_autoptr (GArray) items = NULL;
  int from = -1, to;

  if (record == NULL)
    return command;
  items = kilter_agenda_list (plan, kilter_record_text (record, KILTER_AGENDA_MEETING));
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, int, i) == item)
      from = (int) i;
  to = from + delta;
  if (from < 0 || to < 0 || to >= (int) items->len || delta == 0)
    return command;
  g_array_remove_index (items, (guint) from);
  g_array_insert_val (items, (guint) to, item);
  for (guint i = 0; i < items->len; i++)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA,
                                     g_array_index (items, int, i), KILTER_AGENDA_POSITION, i + 1);
  return command;
}

KilterCommand *
kilter_agenda_remove (KilterPlan *plan, int item)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, item);
  g_autofree char *label = g_strdup_printf (
    _ ("Deleted agenda item “%s”"),
    record != NULL ? kilter_record_text (record, KILTER_AGENDA_TITLE) : "");
  KilterCommand *command = kilter_command_new ("agenda", label);

  if (record == NULL)
    return command;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_MINUTE, minute)
    if (kilter_record_ref (minute, KILTER_MINUTE_AGENDA) == item)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_MINUTE, minute->id,
                                       KILTER_MINUTE_AGENDA, NAN);
  kilter_command_remove_record (command, plan, KILTER_TABLE_AGENDA, item);
  return command;
}

/* --- recording --- */

static int
add_action (KilterPlan *plan, KilterCommand *command, const KilterMinuteEntry *entry)
{
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_ACTION);
  const KilterRecord *item = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, entry->agenda);
  g_autofree char *since = kilter_plan_get_cycle_text (plan);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_CYCLE,
                                   kilter_plan_get_current_cycle (plan));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_TITLE,
                                 entry->text);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_STATE,
                                 "open");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_SINCE,
                                 since);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DUE,
                                 entry->due);
  if (entry->owner > 0)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_OWNER,
                                     entry->owner);
  if (item != NULL && kilter_record_ref (item, KILTER_AGENDA_DECISION) > 0)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DECISION,
                                     kilter_record_ref (item, KILTER_AGENDA_DECISION));
  return id;
}

/**
 * kilter_meeting_record:
 *
 * Records a note, a decision or an action; an action stands in the list of actions, too.
 *
 * Returns: (transfer full) (nullable): the command; %NULL without any text
 */
KilterCommand *
kilter_meeting_record (KilterPlan *plan,
                       const KilterMinuteEntry *entry,
                       const char *who,
                       const char *at,
                       GError **error)
{
  g_autofree char *label = NULL;
  KilterCommand *command;
  int id, action = 0;

  if (entry->text == NULL || *entry->text == '\0')
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("Nothing is recorded without a text."));
      return NULL;
    }
  label = g_strdup_printf (g_str_equal (entry->kind, "action")     ? _ ("Recorded action: %s")
                           : g_str_equal (entry->kind, "decision") ? _ ("Recorded decision: %s")
                                                                   : _ ("Recorded note: %s"),
                           entry->text);
  command = kilter_command_new ("meeting", label);
  if (g_str_equal (entry->kind, "action"))
    action = add_action (plan, command, entry);
  id = kilter_command_add_record (command, plan, KILTER_TABLE_MINUTE);
  {
    const struct
    {
      int field;
      const char *text;
    } texts[] = {
      { KILTER_MINUTE_MEETING, entry->meeting },
      { KILTER_MINUTE_KIND, entry->kind },
      { KILTER_MINUTE_TEXT, entry->text },
      { KILTER_MINUTE_DUE, entry->due },
      { KILTER_MINUTE_AUTHOR, who },
      { KILTER_MINUTE_AT, at },
    };
    const struct
    {
      int field;
      int ref;
    } refs[] = {
      { KILTER_MINUTE_CYCLE, kilter_plan_get_current_cycle (plan) },
      { KILTER_MINUTE_AGENDA, entry->agenda },
      { KILTER_MINUTE_OWNER, entry->owner },
      { KILTER_MINUTE_ACTION, action },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      if (texts[i].text != NULL && *texts[i].text != '\0')
        kilter_command_set_field_text (command, plan, KILTER_TABLE_MINUTE, id, texts[i].field,
                                       texts[i].text);
    for (gsize i = 0; i < G_N_ELEMENTS (refs); i++)
      if (refs[i].ref > 0)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_MINUTE, id, refs[i].field,
                                         refs[i].ref);
  }
  return command;
}

/**
 * kilter_meeting_forget:
 *
 * Returns: (transfer full): a command that takes a recorded line away, with the action it made
 */
KilterCommand *
kilter_meeting_forget (KilterPlan *plan, int minute)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_MINUTE, minute);
  KilterCommand *command = kilter_command_new ("meeting", _ ("Deleted a line of the minutes"));
  int action;

  if (record == NULL)
    return command;
  action = kilter_record_ref (record, KILTER_MINUTE_ACTION);
  kilter_command_remove_record (command, plan, KILTER_TABLE_MINUTE, minute);
  if (action > 0)
    kilter_command_remove_record (command, plan, KILTER_TABLE_ACTION, action);
  return command;
}

/**
 * kilter_meeting_list_minutes:
 *
 * Returns: (transfer full) (element-type int): what was recorded in a meeting, in its order
 */
GArray *
kilter_meeting_list_minutes (const KilterPlan *plan, int cycle, const char *meeting)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int));

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_MINUTE, record)
    if (is_of (record, KILTER_MINUTE_CYCLE, cycle, KILTER_MINUTE_MEETING, meeting))
      g_array_append_val (ids, record->id);
  return ids;
}

/**
 * kilter_meeting_find:
 *
 * Returns: (transfer none) (nullable): the last meeting of that kind that was held in a cycle
 */
const KilterRecord *
kilter_meeting_find (const KilterPlan *plan, int cycle, const char *meeting)
{
  const KilterRecord *found = NULL;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_MEETING, record)
    if (is_of (record, KILTER_MEETING_CYCLE, cycle, KILTER_MEETING_MEETING, meeting))
      found = record;
  return found;
}

/**
 * kilter_meeting_save:
 * @text: the minutes as they were checked
 *
 * Returns: (transfer full): a command that keeps a meeting; one that is there already is replaced,
 *   with its first start
 */
KilterCommand *
kilter_meeting_save (KilterPlan *plan,
                     const char *meeting,
                     const char *started,
                     const char *ended,
                     const char *people,
                     const char *text,
                     const char *who)
{
  KilterCommand *command = kilter_command_new ("meeting", _ ("Saved the minutes"));
  int cycle = kilter_plan_get_current_cycle (plan);
  const KilterRecord *known = kilter_meeting_find (plan, cycle, meeting);
  int id = known != NULL ? known->id
                         : kilter_command_add_record (command, plan, KILTER_TABLE_MEETING);
  const struct
  {
    int field;
    const char *text;
  } texts[] = {
    { KILTER_MEETING_MEETING, meeting }, { KILTER_MEETING_ENDED, ended },
    { KILTER_MEETING_PEOPLE, people },   { KILTER_MEETING_TEXT, text },
    { KILTER_MEETING_SAVED_BY, who },
  };

  kilter_command_set_field_number (command, plan, KILTER_TABLE_MEETING, id, KILTER_MEETING_CYCLE,
                                   cycle);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_MEETING, id, texts[i].field,
                                   texts[i].text);
  if (known == NULL || *kilter_record_text (known, KILTER_MEETING_STARTED) == '\0')
    kilter_command_set_field_text (command, plan, KILTER_TABLE_MEETING, id, KILTER_MEETING_STARTED,
                                   started);
  return command;
}
