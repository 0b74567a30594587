/* kilter-roll-over.c: the next cycle, and what goes on into it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle-private.h"

#include "base/kilter-number.h"
#include "plan/data/kilter-plan-private.h"
#include "plan/process/kilter-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Which working day of its month a date is, or the first one after it: 1, 2 … */
static int
count_workdays (const GDate *date)
{
  GDate day = *date;
  int count = 0;

  g_date_set_day (&day, 1);
  for (; g_date_compare (&day, date) <= 0; g_date_add_days (&day, 1))
    count += g_date_get_weekday (&day) < G_DATE_SATURDAY;
  return MAX (count + (g_date_get_weekday (date) >= G_DATE_SATURDAY), 1);
}

/* The same working rhythm: for months the same working day of the month that follows, as far as it
 * has that many; otherwise a bucket later, and never on a weekend. */
static void
move_due (const KilterPlan *plan, GDate *due)
{
  int wanted = count_workdays (due), count = 0;
  GDateMonth month;

  if (kilter_plan_get_bucket_kind (plan) != KILTER_BUCKET_MONTH)
    {
      g_date_add_days (due, (guint) kilter_bucket_get_days (kilter_plan_get_bucket_kind (plan),
                                                            kilter_plan_get_cycle (plan)));
      while (g_date_get_weekday (due) >= G_DATE_SATURDAY)
        g_date_add_days (due, 1);
      return;
    }
  g_date_set_day (due, 1);
  g_date_add_months (due, 1);
  month = g_date_get_month (due);
  for (GDate day = *due; g_date_get_month (&day) == month && count < wanted;
       g_date_add_days (&day, 1))
    if (g_date_get_weekday (&day) < G_DATE_SATURDAY)
      {
        count++;
        *due = day;
      }
}

/* Day and owner of a step or a task, as the template has them for the cycle that begins. */
static void
set_template_fields (KilterCommand *command,
                     const KilterPlan *plan,
                     KilterTableId table,
                     int id,
                     int workday,
                     const char *owner)
{
  int person = kilter_template_find_person (plan, owner);
  GDate due;

  kilter_command_set_field_number (command, plan, table, id,
                                   table == KILTER_TABLE_STEP ? (int) KILTER_STEP_OWNER
                                                              : (int) KILTER_TASK_OWNER,
                                   person != 0 ? person : NAN);
  if (kilter_template_get_date (plan, kilter_plan_get_cycle (plan) + 1, workday, &due))
    {
      g_autofree char *text = kilter_date_to_iso (&due);

      kilter_command_set_field_text (
        command, plan, table, id,
        table == KILTER_TABLE_STEP ? (int) KILTER_STEP_DUE : (int) KILTER_TASK_DUE, text);
    }
}

static void
set_template_step (KilterCommand *command,
                   const KilterPlan *plan,
                   int id,
                   const KilterTemplateStep *step)
{
  set_template_fields (command, plan, KILTER_TABLE_STEP, id, step->workday, step->owner);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_TIME,
                                 step->time);
}

static gboolean
is_open_task (const KilterPlan *plan, const KilterRecord *task)
{
  return kilter_record_ref (task, KILTER_TASK_CYCLE) == kilter_plan_get_current_cycle (plan) &&
         !kilter_record_bool (task, KILTER_TASK_DONE);
}

/* Whether an open task of the cycle is called so. */
static gboolean
has_open_task (const KilterPlan *plan, const char *title)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    if (is_open_task (plan, task) &&
        g_str_equal (kilter_record_text (task, KILTER_TASK_TITLE), title))
      return TRUE;
  return FALSE;
}

static void
add_tasks (KilterCommand *command,
           const KilterPlan *plan,
           int cycle,
           const KilterTemplate *template,
           gboolean carried)
{
  for (guint i = 0; i < template->tasks->len; i++)
    {
      const KilterTemplateTask *task = &g_array_index (template->tasks, KilterTemplateTask, i);
      int id;

      if (carried && has_open_task (plan, task->title))
        continue;
      id = kilter_command_add_record (command, plan, KILTER_TABLE_TASK);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_CYCLE,
                                       cycle);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_STEP,
                                       task->step);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_TITLE,
                                     task->title);
      set_template_fields (command, plan, KILTER_TABLE_TASK, id, task->workday, task->owner);
    }
}

/* @template: (nullable): of the plan; otherwise the steps are like those of @like */
void
kilter_cycle_add_steps (KilterCommand *command,
                        const KilterPlan *plan,
                        int cycle,
                        const KilterPlan *like,
                        const KilterTemplate *template)
{
  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      int id = kilter_command_add_record (command, plan, KILTER_TABLE_STEP);
      const KilterRecord *before = like != NULL ? kilter_plan_get_step (like, number) : NULL;
      const KilterTemplateStep *wanted = template != NULL ? &template->steps[number - 1] : NULL;

      kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_CYCLE,
                                       cycle);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_NUMBER,
                                       number);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_STATE,
                                     number == 1 ? "running" : "open");
      if (wanted != NULL)
        {
          set_template_step (command, plan, id, wanted);
          continue;
        }
      if (before == NULL)
        continue;
      kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_OWNER,
                                       kilter_record_number (before, KILTER_STEP_OWNER));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_TIME,
                                     kilter_record_text (before, KILTER_STEP_TIME));
      {
        GDate due;

        if (kilter_date_parse_iso (kilter_record_text (before, KILTER_STEP_DUE), &due))
          {
            g_autofree char *text = NULL;

            move_due (plan, &due);
            text = kilter_date_to_iso (&due);
            kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_DUE,
                                           text);
          }
      }
    }
}

static void
set_setting_number (KilterCommand *command, const KilterPlan *plan, const char *key, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  kilter_command_set_setting (command, plan, key, text);
}

/* The forecast of the month that begins becomes the forecast it will be measured against. */
static void
keep_previous_forecast (KilterPlan *plan, KilterCommand *command, KilterVersion approved)
{
  int cycle = kilter_plan_get_n_history (plan);
  KilterVersion from = approved != 0 ? approved : KILTER_BASELINE;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      double value = kilter_plan_get_value (plan, from, KILTER_CONSENSUS, row, cycle);

      if (!isnan (value))
        kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PREVIOUS,
                                  KILTER_LAYER_FACT, row, cycle, value);
    }
}

/* A decision that was put off is asked again; what was said about it stays where it was said. */
static void
carry_decision (KilterPlan *plan, KilterCommand *command, const KilterRecord *decision, int cycle)
{
  static const int texts[] = { KILTER_DECISION_TITLE,          KILTER_DECISION_TEXT,
                               KILTER_DECISION_EFFECT,         KILTER_DECISION_BY,
                               KILTER_DECISION_RECOMMENDATION, KILTER_DECISION_MEASURE,
                               KILTER_DECISION_FIRST,          KILTER_DECISION_LAST };
  static const int numbers[] = { KILTER_DECISION_MARGIN, KILTER_DECISION_COST,
                                 KILTER_DECISION_OWNER, KILTER_DECISION_SCENARIO,
                                 KILTER_DECISION_FAMILY };
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_DECISION);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_CYCLE,
                                   cycle);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_STATE,
                                 "open");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, texts[i],
                                   decision->values[texts[i]].text);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, numbers[i],
                                     kilter_record_number (decision, numbers[i]));
}

/* --- what goes on --- */

const KilterRollOver kilter_roll_over_all = { TRUE, TRUE, TRUE, TRUE };

/* What was typed over the forecast of the buckets after the one that ends. @command: (nullable): in
 * which they are taken away. */
static int
visit_overrides (const KilterPlan *plan, KilterCommand *command)
{
  int first = kilter_plan_get_n_history (plan) + 1, count = 0;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      const double *typed = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_FINAL,
                                                    KILTER_LAYER_INPUT, row);

      for (int t = first; typed != NULL && t < kilter_plan_get_n_buckets (plan); t++)
        if (!isnan (typed[t]))
          {
            count++;
            if (command != NULL)
              kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_FINAL,
                                        KILTER_LAYER_INPUT, row, t, NAN);
          }
    }
  return count;
}

int
kilter_roll_over_count_overrides (const KilterPlan *plan)
{
  return visit_overrides (plan, NULL);
}

typedef gboolean (*Concerns) (const KilterPlan *plan, const KilterRecord *record);

static int
count (const KilterPlan *plan, KilterTableId table, Concerns concerns)
{
  int n = 0;

  KILTER_FOREACH_RECORD (plan, table, record)
    n += concerns (plan, record);
  return n;
}

static gboolean
is_open_action (const KilterPlan *plan, const KilterRecord *action)
{
  return g_str_equal (kilter_record_text (action, KILTER_ACTION_STATE), "open");
}

int
kilter_roll_over_count_actions (const KilterPlan *plan)
{
  return count (plan, KILTER_TABLE_ACTION, is_open_action);
}

int
kilter_roll_over_count_tasks (const KilterPlan *plan)
{
  return count (plan, KILTER_TABLE_TASK, is_open_task);
}

static gboolean
is_deferred (const KilterPlan *plan, const KilterRecord *decision)
{
  return kilter_record_ref (decision, KILTER_DECISION_CYCLE) ==
           kilter_plan_get_current_cycle (plan) &&
         g_str_equal (kilter_record_text (decision, KILTER_DECISION_STATE), "deferred");
}

int
kilter_roll_over_count_decisions (const KilterPlan *plan)
{
  return count (plan, KILTER_TABLE_DECISION, is_deferred);
}

/* The task of the cycle that ends stays there as it was, open. */
static void
carry_task (KilterPlan *plan, KilterCommand *command, const KilterRecord *task, int cycle)
{
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_TASK);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_CYCLE, cycle);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_STEP,
                                   kilter_record_number (task, KILTER_TASK_STEP));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_OWNER,
                                   kilter_record_number (task, KILTER_TASK_OWNER));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_TITLE,
                                 kilter_record_text (task, KILTER_TASK_TITLE));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_DUE,
                                 task->values[KILTER_TASK_DUE].text);
}

static void
carry_over (KilterPlan *plan, KilterCommand *command, const KilterRollOver *rules, int cycle)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    if (is_open_action (plan, action))
      {
        if (rules->actions)
          kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, action->id,
                                           KILTER_ACTION_CYCLE, cycle);
        else
          kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, action->id,
                                         KILTER_ACTION_STATE, "dropped");
      }
  if (rules->tasks)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
      if (is_open_task (plan, task))
        carry_task (plan, command, task, cycle);
  if (rules->decisions)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
      if (is_deferred (plan, decision))
        carry_decision (plan, command, decision, cycle);
  if (!rules->overrides)
    visit_overrides (plan, command);
}

/**
 * kilter_cycle_next:
 *
 * Starts the next cycle with everything that can go on; see kilter_cycle_next_by().
 */
KilterCommand *
kilter_cycle_next (KilterPlan *plan, const char *at, GError **error)
{
  return kilter_cycle_next_by (plan, &kilter_roll_over_all, at, error);
}

/**
 * kilter_cycle_next_by:
 * @rules: what goes on
 *
 * Starts the next cycle: the horizon rolls on by one bucket, the past cycle becomes read-only,
 * open actions and assumptions are carried over, decisions that were deferred are asked again,
 * overrides of future buckets stay. Scenarios other than the baseline end, and of the snapshots of
 * steps those of the cycle that ends stay, older ones go.
 *
 * Returns: (transfer full) (nullable): the command; %NULL with %KILTER_PLAN_ERROR_STATE while the
 *   plan of the cycle is not approved
 */
KilterCommand *
kilter_cycle_next_by (KilterPlan *plan, const KilterRollOver *rules, const char *at, GError **error)
{
  g_autoptr (KilterTemplate) template = kilter_plan_has_template (plan)
                                          ? kilter_template_read (plan)
                                          : NULL;
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket next = kilter_plan_get_cycle (plan) + 1;
  g_autofree char *next_text = kilter_bucket_to_string (kind, next);
  g_autofree char *next_label = kilter_bucket_get_label (kind, next);
  g_autofree char *cycle_text = kilter_plan_get_cycle_text (plan);
  g_autofree char *label = NULL;
  KilterVersion approved = kilter_plan_get_last_approved (plan);
  int old = kilter_plan_get_current_cycle (plan);
  KilterCommand *command;
  int cycle;

  if (approved == 0 || !g_str_equal (kilter_record_text (kilter_plan_get_record (
                                                           plan, KILTER_TABLE_VERSION, approved),
                                                         KILTER_VERSION_CYCLE),
                                     cycle_text))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("The next cycle starts after this one’s plan is approved."));
      return NULL;
    }
  label = g_strdup_printf (_ ("Started the cycle of %s"), next_label);
  command = kilter_command_new ("next-cycle", label);
  kilter_command_set_setting (command, plan, "cycle", next_text);
  set_setting_number (command, plan, "history", kilter_plan_get_n_history (plan) + 1);
  if (old != 0)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_CYCLE, old, KILTER_CYCLE_STATE,
                                   "closed");
  kilter_cycle_set_step_state (command, plan, 6, "done");
  cycle = kilter_command_add_record (command, plan, KILTER_TABLE_CYCLE);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CYCLE, cycle, KILTER_CYCLE_BUCKET,
                                 next_text);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CYCLE, cycle, KILTER_CYCLE_STATE,
                                 "open");
  kilter_cycle_add_steps (command, plan, cycle, plan, template);
  carry_over (plan, command, rules, cycle);
  if (template != NULL)
    add_tasks (command, plan, cycle, template, rules->tasks);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (version->id != KILTER_BASELINE && kilter_version_is_kind (version, "scenario") &&
        !g_str_equal (kilter_record_text (version, KILTER_VERSION_STATE), "approved"))
      kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version->id,
                                     KILTER_VERSION_STATE, "outdated");
  /* an opening stock that was typed belongs to the old cycle */
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    if (!isnan (kilter_record_number (product, KILTER_PRODUCT_OPENING_STOCK)))
      kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, product->id,
                                       KILTER_PRODUCT_OPENING_STOCK, NAN);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (kilter_version_is_kind (version, "step") &&
        !g_str_equal (kilter_record_text (version, KILTER_VERSION_CYCLE), cycle_text))
      kilter_version_remove (plan, command, version->id);
  keep_previous_forecast (plan, command, approved);
  return command;
}
