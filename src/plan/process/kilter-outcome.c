/* kilter-outcome.c: decisions and assumptions against what followed; health of the cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-meeting.h"

#include "base/kilter-number.h"
#include "plan/review/kilter-insight.h"

#include <math.h>
#include <string.h>

/* a decision came true when what followed is within this share of what was planned */
#define TOLERANCE 0.05

/**
 * kilter_outcome_get_measures:
 *
 * Returns: (transfer none): keys of the measures by which decisions and assumptions are checked
 */
const char *const *
kilter_outcome_get_measures (void)
{
  return kilter_table_get_info (KILTER_TABLE_DECISION)->fields[KILTER_DECISION_MEASURE].choices;
}

/* What a measure of actuals is called in a plan. */
static KilterMeasure
get_planned (KilterMeasure actual)
{
  if (actual == KILTER_ACTUAL)
    return KILTER_CONSENSUS;
  return actual == KILTER_PRODUCTION ? KILTER_SUPPLY : actual;
}

/* The span of a record in buckets of the plan; FALSE when it has none. */
static gboolean
get_span (const KilterPlan *plan,
          const KilterRecord *record,
          int first_field,
          int last_field,
          int *out_first,
          int *out_n)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  const char *first_text = kilter_record_text (record, first_field);
  const char *last_text = kilter_record_text (record, last_field);
  KilterBucket first = kilter_bucket_from_string (kind, first_text);
  KilterBucket last = kilter_bucket_from_string (kind, *last_text != '\0' ? last_text : first_text);

  if (first == KILTER_BUCKET_NONE || last == KILTER_BUCKET_NONE || last < first)
    return FALSE;
  *out_first = kilter_plan_find_bucket (plan, first);
  *out_n = last - first + 1;
  return *out_first >= 0;
}

/* The plan that was approved in a cycle, or 0. */
static KilterVersion
find_approved (const KilterPlan *plan, int cycle)
{
  const char *text = kilter_plan_get_key (plan, KILTER_TABLE_CYCLE, cycle);
  KilterVersion found = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved") &&
        g_str_equal (kilter_record_text (version, KILTER_VERSION_CYCLE), text))
      found = version->id;
  return found;
}

/* How many buckets of a span are over and have actuals. */
static int
count_over (KilterPlan *plan, KilterMeasure measure, const KilterScope *scope, int first, int n)
{
  int over = 0;

  while (
    over < n && first + over < kilter_plan_get_n_history (plan) &&
    !isnan (kilter_plan_aggregate_time (plan, KILTER_BASELINE, measure, scope, first + over, 1)))
    over++;
  return over;
}

static void
judge (KilterOutcomeValue *value, double tolerance)
{
  if (value->n_over < value->n || isnan (value->expected) || isnan (value->actual))
    value->outcome = KILTER_OUTCOME_PENDING;
  else if (fabs (value->actual - value->expected) <= tolerance + 1e-9 * fabs (value->expected))
    value->outcome = KILTER_OUTCOME_CAME_TRUE;
  else
    value->outcome = KILTER_OUTCOME_MISSED;
}

/**
 * kilter_decision_get_outcome:
 *
 * Compares an approved decision with what followed: the measure, family and months that were named
 * with it, in the plan that was approved in its cycle and in the actuals. Within 5 % it came true.
 */
void
kilter_decision_get_outcome (KilterPlan *plan, int decision, KilterOutcomeValue *out_value)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, decision);
  KilterScope scope = { 0 };
  KilterVersion approved;
  int measure, first;

  *out_value = (KilterOutcomeValue) { KILTER_OUTCOME_NONE, NAN, NAN, 0, 0 };
  if (record == NULL ||
      !g_str_equal (kilter_record_text (record, KILTER_DECISION_STATE), "approved"))
    return;
  measure = kilter_measure_from_key (kilter_record_text (record, KILTER_DECISION_MEASURE));
  if (measure < 0 ||
      !get_span (plan, record, KILTER_DECISION_FIRST, KILTER_DECISION_LAST, &first, &out_value->n))
    return;
  scope.family = kilter_record_ref (record, KILTER_DECISION_FAMILY);
  out_value->n_over = count_over (plan, (KilterMeasure) measure, &scope, first, out_value->n);
  approved = find_approved (plan, kilter_record_ref (record, KILTER_DECISION_CYCLE));
  if (approved != 0 && out_value->n_over > 0)
    {
      out_value->expected = kilter_plan_aggregate_time (
        plan, approved, get_planned ((KilterMeasure) measure), &scope, first, out_value->n_over);
      out_value->actual = kilter_plan_aggregate_time (
        plan, KILTER_BASELINE, (KilterMeasure) measure, &scope, first, out_value->n_over);
    }
  judge (out_value, TOLERANCE * fabs (out_value->expected));
}

/**
 * kilter_assumption_get_outcome:
 *
 * Compares an assumption with what followed: the expected number of the measure over all its
 * months, within its own tolerance, or 5 %.
 */
void
kilter_assumption_get_outcome (KilterPlan *plan, int risk, KilterOutcomeValue *out_value)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RISK, risk);
  KilterScope scope = { 0 };
  int measure, first;

  *out_value = (KilterOutcomeValue) { KILTER_OUTCOME_NONE, NAN, NAN, 0, 0 };
  if (record == NULL)
    return;
  out_value->expected = kilter_record_number (record, KILTER_RISK_EXPECTED);
  measure = kilter_measure_from_key (kilter_record_text (record, KILTER_RISK_MEASURE));
  if (measure < 0 || isnan (out_value->expected) ||
      !get_span (plan, record, KILTER_RISK_FROM, KILTER_RISK_TO, &first, &out_value->n))
    return;
  scope.family = kilter_record_ref (record, KILTER_RISK_FAMILY);
  out_value->n_over = count_over (plan, (KilterMeasure) measure, &scope, first, out_value->n);
  if (out_value->n_over > 0)
    out_value->actual = kilter_plan_aggregate_time (plan, KILTER_BASELINE, (KilterMeasure) measure,
                                                    &scope, first, out_value->n_over);
  judge (out_value, kilter_record_number_or (record, KILTER_RISK_TOLERANCE,
                                             TOLERANCE * fabs (out_value->expected)));
}

/* --- health of the cycle --- */

/**
 * kilter_cycle_get_health:
 * @cycle: a cycle's record
 * @today: (nullable): "2026-04-23": what is late; %NULL counts nothing as late
 *
 * Counts what tells whether the process itself works: steps finished by their date, decisions
 * taken, actions closed.
 */
void
kilter_cycle_get_health (const KilterPlan *plan,
                         int cycle,
                         const char *today,
                         KilterCycleHealth *out)
{
  *out = (KilterCycleHealth) { 0 };
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_STEP, step)
    if (kilter_record_ref (step, KILTER_STEP_CYCLE) == cycle)
      {
        const char *due = kilter_record_text (step, KILTER_STEP_DUE);
        const char *done = kilter_record_text (step, KILTER_STEP_DONE_AT);

        out->n_steps++;
        if (kilter_step_get_state (step) != KILTER_STEP_FINISHED)
          continue;
        out->n_steps_finished++;
        /* dates in ISO order compare as text; the day counts, not the hour */
        out->n_steps_on_time += *due == '\0' || *done == '\0' || strncmp (done, due, 10) <= 0;
      }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle)
      {
        const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);

        out->n_decisions++;
        out->n_decisions_taken += g_str_equal (state, "approved") ||
                                  g_str_equal (state, "rejected");
      }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    if (kilter_record_ref (action, KILTER_ACTION_CYCLE) == cycle)
      {
        const char *state = kilter_record_text (action, KILTER_ACTION_STATE);
        const char *due = kilter_record_text (action, KILTER_ACTION_DUE);
        gboolean is_open = *state == '\0' || g_str_equal (state, "open");

        out->n_actions++;
        out->n_actions_closed += !is_open;
        out->n_actions_late += is_open && today != NULL && *due != '\0' &&
                               strncmp (due, today, 10) < 0;
      }
}

/* --- changes after the approval --- */

/**
 * kilter_cycle_count_later_changes:
 *
 * Returns: how many cells of consensus and supply of the horizon differ from the plan that was
 *   approved in this cycle; 0 when none is
 */
int
kilter_cycle_count_later_changes (KilterPlan *plan, KilterVersion version)
{
  static const KilterMeasure compared[] = { KILTER_CONSENSUS, KILTER_SUPPLY };
  KilterVersion approved = find_approved (plan, kilter_plan_get_current_cycle (plan));
  int count = 0;

  if (approved == 0 || kilter_plan_is_snapshot (plan, version))
    return 0;
  for (gsize m = 0; m < G_N_ELEMENTS (compared); m++)
    for (int row = 1;
         row <= kilter_plan_get_n_rows (plan, kilter_measure_get_info (compared[m])->grain); row++)
      {
        const double *was = kilter_plan_get_row (plan, approved, compared[m], row);
        const double *now = kilter_plan_get_row (plan, version, compared[m], row);

        for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
          count += isnan (was[t]) != isnan (now[t]) ||
                   (!isnan (now[t]) && fabs (was[t] - now[t]) > 1e-6 * (1 + fabs (was[t])));
      }
  return count;
}
