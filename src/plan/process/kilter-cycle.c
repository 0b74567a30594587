/* kilter-cycle.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle-private.h"

#include "base/kilter-number.h"
#include "plan/review/kilter-insight.h"
#include "plan/review/kilter-review.h"
#include "plan/data/kilter-plan-private.h"
#include "plan/process/kilter-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LAST_KEPT_STEP 4

/**
 * kilter_plan_get_current_cycle:
 *
 * Returns: the id of the open cycle's record, 0 when there is none
 */
int
kilter_plan_get_current_cycle (const KilterPlan *plan)
{
  int id = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CYCLE, cycle)
    if (g_str_equal (kilter_record_text (cycle, KILTER_CYCLE_STATE), "open"))
      id = cycle->id;
  return id;
}

/**
 * kilter_plan_get_step:
 * @number: 1 … 6
 *
 * Returns: (transfer none) (nullable): the step of the current cycle
 */
const KilterRecord *
kilter_plan_get_step (const KilterPlan *plan, int number)
{
  int cycle = kilter_plan_get_current_cycle (plan);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_STEP, step)
    if (kilter_record_ref (step, KILTER_STEP_CYCLE) == cycle &&
        (int) kilter_record_number_or (step, KILTER_STEP_NUMBER, 0) == number)
      return step;
  return NULL;
}

KilterStepState
kilter_step_get_state (const KilterRecord *step)
{
  const char *state = step != NULL ? kilter_record_text (step, KILTER_STEP_STATE) : "open";

  if (g_str_equal (state, "running"))
    return KILTER_STEP_IN_PROGRESS;
  if (g_str_equal (state, "done"))
    return KILTER_STEP_FINISHED;
  if (g_str_equal (state, "reopened"))
    return KILTER_STEP_REOPENED;
  return KILTER_STEP_NOT_STARTED;
}

/**
 * kilter_plan_get_open_step:
 *
 * Returns: the first step that is not finished, 6 when all are
 */
int
kilter_plan_get_open_step (const KilterPlan *plan)
{
  for (int number = 1; number <= KILTER_N_STEPS; number++)
    if (kilter_step_get_state (kilter_plan_get_step (plan, number)) != KILTER_STEP_FINISHED)
      return number;
  return KILTER_N_STEPS;
}

/**
 * kilter_step_get_name:
 * @number: 1 … 6
 *
 * Returns: (transfer none): the name in the user's language
 */
const char *
kilter_step_get_name (int number)
{
  static const char *const names[] = {
    N_ ("Data & Forecast"), N_ ("Demand Review"),  N_ ("Supply Review"),
    N_ ("Pre-S&OP"),        N_ ("Executive S&OP"), N_ ("Monitor"),
  };

  g_return_val_if_fail (number >= 1 && number <= KILTER_N_STEPS, "");

  return _ (names[number - 1]);
}

static int
count_exceptions (KilterPlan *plan, KilterVersion version)
{
  g_autoptr (GArray) exceptions = kilter_plan_find_exceptions (plan, version);
  int count = 0;

  for (guint i = 0; i < exceptions->len; i++)
    count += !g_array_index (exceptions, KilterException, i).reviewed;
  return count;
}

/* Typed forecast and consensus cells of the horizon that carry no reason. */
static int
count_without_reason (KilterPlan *plan, KilterVersion version)
{
  static const KilterMeasure typed[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE,
                                         KILTER_CONSENSUS };
  int n = kilter_plan_get_n_buckets (plan), count = 0;

  for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
    for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
      {
        const double *values = kilter_plan_get_stored (plan, version, typed[m], KILTER_LAYER_INPUT,
                                                       row);

        for (int t = kilter_plan_get_n_history (plan); values != NULL && t < n; t++)
          if (!isnan (values[t]))
            {
              const KilterCellNote *note = kilter_plan_get_note (plan, version, typed[m], row, t);

              count += note == NULL || note->reason == NULL || *note->reason == '\0';
            }
      }
  return count;
}

/* Resources with a month in which the supply plan or the demand needs more than there is. */
static int
count_overloads (KilterPlan *plan, KilterVersion version)
{
  int count = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
    {
      const double *share = kilter_plan_get_row (plan, version, KILTER_DEMAND_LOAD_SHARE,
                                                 resource->id);
      gboolean over = FALSE;

      for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
        over |= share[t] > 1 + 1e-9;
      count += over;
    }
  return count;
}

static int
count_gaps (KilterPlan *plan, KilterVersion version)
{
  int count = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_FAMILY, family)
    {
      KilterScope scope = { .family = family->id };
      g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (plan));
      g_autofree double *unmet = g_new (double, kilter_plan_get_n_buckets (plan));

      kilter_plan_aggregate (plan, version, KILTER_DEMAND, &scope, demand);
      kilter_plan_aggregate (plan, version, KILTER_UNMET, &scope, unmet);
      for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
        count += unmet[t] > 0.0005 * demand[t];
    }
  return count;
}

static int
count_decisions (const KilterPlan *plan)
{
  int cycle = kilter_plan_get_current_cycle (plan), count = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    {
      const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);

      count += kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle &&
               (*state == '\0' || g_str_equal (state, "open"));
    }
  return count;
}

static int
count_off_target (KilterPlan *plan)
{
  static const KilterScope everything = { 0 };
  int count = 0;

  if (kilter_plan_get_n_history (plan) == 0)
    return 0;
  for (int m = 0; m < KILTER_N_METRICS; m++)
    {
      KilterMetricValue value;

      if (!kilter_metric_is_shown (plan, m))
        continue;
      kilter_plan_metric (plan, m, &everything, kilter_plan_get_n_history (plan) - 1, &value);
      count += value.status == KILTER_STATUS_OFF;
    }
  return count;
}

/**
 * kilter_plan_count_open_issues:
 * @step: 1 … 6
 *
 * Returns: what is left to do in a step: exceptions; changes without a reason, and those inside the
 *   time fence that wait for a decision; overloaded
 *   resources; months of families with unmet demand; decisions without an answer; metrics off
 *   their target
 */
int
kilter_plan_count_open_issues (KilterPlan *plan, KilterVersion version, int step)
{
  switch (step)
    {
    case 1:
      return count_exceptions (plan, version);
    case 2:
      return count_without_reason (plan, version) + kilter_plan_count_fence_waiting (plan, version);
    case 3:
      return count_overloads (plan, version);
    case 4:
      return count_gaps (plan, version);
    case 5:
      return count_decisions (plan);
    case 6:
      return count_off_target (plan);
    default:
      g_return_val_if_reached (0);
    }
}

void
kilter_cycle_set_step_state (KilterCommand *command,
                             const KilterPlan *plan,
                             int number,
                             const char *state)
{
  const KilterRecord *step = kilter_plan_get_step (plan, number);

  if (step != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_STATE,
                                   state);
}

/* The steps that make the plan leave what they made behind: "Demand Review, April 2026". The fifth
 * ends with the approved plan, the sixth changes none. */
static void
keep_step (KilterPlan *plan,
           KilterCommand *command,
           KilterVersion version,
           int number,
           const char *who,
           const char *at)
{
  g_autofree char *month = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  g_autofree char *name = NULL;

  if (number > LAST_KEPT_STEP)
    return;
  /* Translators: what a snapshot is called: a step and a month: "Demand Review, April 2026" */
  name = g_strdup_printf (_ ("%1$s, %2$s"), kilter_step_get_name (number), month);
  for (int again = 2; kilter_plan_find_version (plan, name) != 0; again++)
    {
      g_free (name);
      /* Translators: the same; the step was finished for the %3$d time in this cycle */
      name = g_strdup_printf (_ ("%1$s, %2$s (%3$d)"), kilter_step_get_name (number), month, again);
    }
  kilter_version_freeze (plan, command,
                         kilter_plan_is_snapshot (plan, version) ? KILTER_BASELINE : version,
                         kilter_version_add (plan, command, "step", name, who, at));
}

/**
 * kilter_cycle_finish_step:
 * @number: 1 … 6
 * @at: when, "2026-04-15T09:00:00Z"
 *
 * Finishes a step and starts the next. How much was still open then is kept with it, and what
 * @version said is frozen as a snapshot of the step.
 *
 * Returns: (transfer full) (nullable): the command, %NULL with %KILTER_PLAN_ERROR_STATE when the
 *   step is finished already
 */
KilterCommand *
kilter_cycle_finish_step (KilterPlan *plan,
                          KilterVersion version,
                          int number,
                          const char *who,
                          const char *at,
                          GError **error)
{
  const KilterRecord *step = kilter_plan_get_step (plan, number);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (step == NULL || kilter_step_get_state (step) == KILTER_STEP_FINISHED)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                   _ ("Step %d is already finished."), number);
      return NULL;
    }
  label = g_strdup_printf (_ ("Finished %s"), kilter_step_get_name (number));
  command = kilter_command_new ("finish-step", label);
  kilter_cycle_set_step_state (command, plan, number, "done");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_DONE_AT,
                                 at);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_DONE_BY,
                                 who);
  if (number < KILTER_N_STEPS &&
      kilter_step_get_state (kilter_plan_get_step (plan, number + 1)) == KILTER_STEP_NOT_STARTED)
    kilter_cycle_set_step_state (command, plan, number + 1, "running");
  kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_OPEN,
                                   kilter_plan_count_open_issues (plan, version, number));
  keep_step (plan, command, version, number, who, at);
  return command;
}

/**
 * kilter_cycle_reopen_step:
 * @reason: why; required
 *
 * Opens a finished step again. Later steps stay as they are; they may be outdated.
 */
KilterCommand *
kilter_cycle_reopen_step (KilterPlan *plan, int number, const char *reason, GError **error)
{
  const KilterRecord *step = kilter_plan_get_step (plan, number);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (step == NULL || kilter_step_get_state (step) != KILTER_STEP_FINISHED)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                   _ ("Step %d is not finished."), number);
      return NULL;
    }
  if (reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("Reopening a step needs a reason."));
      return NULL;
    }
  label = g_strdup_printf (_ ("Reopened %s"), kilter_step_get_name (number));
  command = kilter_command_new ("reopen-step", label);
  kilter_command_set_reason (command, reason);
  kilter_cycle_set_step_state (command, plan, number, "reopened");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_NOTE,
                                 reason);
  return command;
}

/* --- decisions and approval --- */

/**
 * kilter_cycle_decide:
 * @state: "open", "approved", "deferred" or "rejected"
 *
 * Answers a decision request. Approving one adopts the scenario it belongs to.
 */
KilterCommand *
kilter_cycle_decide (KilterPlan *plan,
                     int decision,
                     const char *state,
                     const char *who,
                     const char *at,
                     const char *comment,
                     GError **error)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, decision);
  const char *old;
  KilterVersion scenario;
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (record == NULL)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                           _ ("There is no such decision."));
      return NULL;
    }
  old = kilter_record_text (record, KILTER_DECISION_STATE);
  if (g_str_equal (old, "approved") && !g_str_equal (state, "approved"))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("An approved decision is taken back by undoing it."));
      return NULL;
    }
  label = g_strdup_printf (g_str_equal (state, "approved")   ? _ ("Approved “%s”")
                           : g_str_equal (state, "deferred") ? _ ("Deferred “%s”")
                           : g_str_equal (state, "rejected") ? _ ("Rejected “%s”")
                                                             : _ ("Reopened “%s”"),
                           kilter_record_text (record, KILTER_DECISION_TITLE));
  command = kilter_command_new ("decision", label);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, decision,
                                 KILTER_DECISION_STATE, state);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, decision,
                                 KILTER_DECISION_DECIDED_BY, who);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, decision,
                                 KILTER_DECISION_DECIDED_AT, at);
  if (comment != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, decision,
                                   KILTER_DECISION_COMMENT, comment);
  scenario = kilter_record_ref (record, KILTER_DECISION_SCENARIO);
  if (g_str_equal (state, "approved") && kilter_plan_get_parent (plan, scenario) != 0)
    {
      kilter_version_adopt (plan, command, scenario, NULL, KILTER_SCENARIO_ALL);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, scenario,
                                     KILTER_VERSION_STATE, "approved");
    }
  return command;
}

/* The digest is over what the snapshot will hold; the plan must hold it for a moment. */
static void
add_digest (KilterPlan *plan, KilterCommand *command, KilterVersion snapshot)
{
  g_autofree char *digest = NULL;

  kilter_plan_apply (plan, command);
  digest = kilter_plan_digest_version (plan, snapshot);
  kilter_plan_revert (plan, command);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, snapshot,
                                 KILTER_VERSION_DIGEST, digest);
}

/**
 * kilter_cycle_approve:
 * @version: the scenario that is approved, usually the baseline
 *
 * Approves the plan: freezes it as a snapshot with a digest, finishes steps 1 to 5, starts
 * monitoring. What follows is a new cycle; the snapshot never changes.
 *
 * Returns: (transfer full) (nullable): the command; %NULL with %KILTER_PLAN_ERROR_STATE while a
 *   decision has no answer or when the cycle is approved already
 */
KilterCommand *
kilter_cycle_approve (KilterPlan *plan,
                      KilterVersion version,
                      const char *who,
                      const char *at,
                      GError **error)
{
  g_autofree char *cycle = kilter_plan_get_cycle_text (plan);
  g_autofree char *bucket_label = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                           kilter_plan_get_cycle (plan));
  g_autofree char *name = NULL, *label = NULL;
  KilterVersion approved = kilter_plan_get_last_approved (plan);
  KilterVersion snapshot;
  KilterCommand *command;

  if (approved != 0 && g_str_equal (kilter_record_text (
                                      kilter_plan_get_record (plan, KILTER_TABLE_VERSION, approved),
                                      KILTER_VERSION_CYCLE),
                                    cycle))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("The plan of this cycle is already approved."));
      return NULL;
    }
  if (count_decisions (plan) > 0)
    {
      int open = count_decisions (plan);

      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                   g_dngettext (GETTEXT_PACKAGE, "%d decision has no answer yet.",
                                "%d decisions have no answer yet.", (gulong) open),
                   open);
      return NULL;
    }
  name = g_strdup_printf (_ ("Approved %s"), bucket_label);
  label = g_strdup_printf (_ ("Approved the plan of %s"), bucket_label);
  command = kilter_command_new ("approve", label);
  snapshot = kilter_version_add (plan, command, "approved", name, who, at);
  kilter_version_freeze (plan, command, version, snapshot);
  for (int number = 1; number <= 5; number++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, number);

      if (step == NULL || kilter_step_get_state (step) == KILTER_STEP_FINISHED)
        continue;
      kilter_cycle_set_step_state (command, plan, number, "done");
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id,
                                     KILTER_STEP_DONE_AT, at);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id,
                                     KILTER_STEP_DONE_BY, who);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_OPEN,
                                       kilter_plan_count_open_issues (plan, version, number));
    }
  kilter_cycle_set_step_state (command, plan, 6, "running");
  kilter_command_set_stamp (command, who, at);
  add_digest (plan, command, snapshot);
  return command;
}

/* --- a new plan --- */

static void
add_setting (KilterPlan *plan, int id, const char *key, const char *value)
{
  KilterValue *values = kilter_values_new (KILTER_TABLE_SETTING);

  values[KILTER_SETTING_KEY].text = g_strdup (key);
  values[KILTER_SETTING_VALUE].text = g_strdup (value);
  kilter_plan_load_record (plan, KILTER_TABLE_SETTING, id, values);
}

/**
 * kilter_plan_set_up:
 * @uuid: what identifies the plan for ever
 *
 * Gives a new plan its settings, its baseline, the six steps of its first cycle and the reasons
 * that overrides may have.
 */
void
kilter_plan_set_up (KilterPlan *plan, const char *uuid, const char *name, const char *currency)
{
  static const struct
  {
    const char *code;
    const char *name;
  } reasons[] = {
    { "promotion", N_ ("Promotion") },       { "new-listing", N_ ("New listing") },
    { "lost-listing", N_ ("Lost listing") }, { "launch", N_ ("Launch") },
    { "phase-out", N_ ("Phase-out") },       { "price", N_ ("Price change") },
    { "weather", N_ ("Weather") },           { "competitor", N_ ("Competitor") },
    { "supply", N_ ("Supply limit") },       { "order", N_ ("Order in hand") },
    { "correction", N_ ("Correction") },     { "other", N_ ("Other") },
  };
  g_autofree char *cycle = kilter_plan_get_cycle_text (plan);
  g_autofree char *history = g_strdup_printf ("%d", kilter_plan_get_n_history (plan));
  g_autofree char *horizon = g_strdup_printf ("%d", kilter_plan_get_n_horizon (plan));
  const char *settings[][2] = {
    { "uuid", uuid },
    { "name", name },
    { "currency", currency },
    { "bucket", kilter_bucket_kind_to_string (kilter_plan_get_bucket_kind (plan)) },
    { "cycle", cycle },
    { "history", history },
    { "horizon", horizon },
  };
  g_autoptr (KilterCommand) command = kilter_command_new ("set-up", "");
  int id;

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    add_setting (plan, (int) i + 1, settings[i][0], settings[i][1]);
  id = kilter_version_add (plan, command, "scenario", _ ("Baseline"), NULL, NULL);
  g_assert (id == KILTER_BASELINE);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_STATE,
                                 "working");
  id = kilter_command_add_record (command, plan, KILTER_TABLE_CYCLE);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CYCLE, id, KILTER_CYCLE_BUCKET, cycle);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CYCLE, id, KILTER_CYCLE_STATE, "open");
  kilter_cycle_add_steps (command, plan, id, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      id = kilter_command_add_record (command, plan, KILTER_TABLE_REASON);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_REASON, id, KILTER_REASON_NAME,
                                     _ (reasons[i].name));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_REASON, id, KILTER_REASON_CODE,
                                     reasons[i].code);
    }
  kilter_plan_apply (plan, command);
}
