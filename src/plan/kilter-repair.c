/* kilter-repair.c: what can be done about an exception of the forecast, as commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-repair.h"

#include "plan/data/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* what a forecast is overridden by: one of them a cell */
static const KilterMeasure overrides[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                           KILTER_OVERRIDE_SHARE };

static gboolean
is_typed (KilterPlan *plan, KilterVersion version, KilterMeasure measure, int row, int bucket)
{
  const double *typed = kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_INPUT, row);

  return typed != NULL && !isnan (typed[bucket]);
}

/**
 * kilter_plan_add_review:
 *
 * Adds to @command that a person has looked at an exception in this cycle.
 */
void
kilter_plan_add_review (KilterPlan *plan,
                        KilterCommand *command,
                        const KilterException *exception,
                        const KilterRepairStamp *stamp)
{
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_REVIEW);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_PRODUCT,
                                   exception->product);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_KIND,
                                 kilter_exception_get_key (exception->kind));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_CYCLE,
                                 cycle);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_BY,
                                 stamp->who);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REVIEW, id, KILTER_REVIEW_AT,
                                 stamp->at);
}

/* --- the history ----------------------------------------------------------------------------- */

/**
 * kilter_plan_expect_bucket:
 *
 * Returns: what a series is expected to have sold in a past bucket, by the same place of the other
 *   years at this year's level; NaN where the history is too short
 */
double
kilter_plan_expect_bucket (KilterPlan *plan, KilterVersion version, int series, int bucket)
{
  return kilter_history_expect (kilter_plan_get_row (plan, version, KILTER_ACTUAL, series),
                                kilter_plan_get_n_history (plan), kilter_plan_get_season (plan),
                                bucket);
}

/**
 * kilter_plan_correct_bucket:
 * @bucket: a bucket before the cycle
 *
 * Adds to @command the correction of a past bucket to what was expected, series by series. The
 * imported sales stay as they are.
 *
 * Returns: how many series it concerns
 */
int
kilter_plan_correct_bucket (KilterPlan *plan,
                            KilterCommand *command,
                            KilterVersion version,
                            const KilterScope *scope,
                            int bucket)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  int count = 0;

  if (bucket < 0 || bucket >= kilter_plan_get_n_history (plan))
    return 0;
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      double expected = kilter_plan_expect_bucket (plan, version, row, bucket);

      if (!isfinite (expected) ||
          kilter_plan_is_locked (plan, version, KILTER_CORRECTION, row, bucket))
        continue;
      kilter_command_set_value (command, plan, version, KILTER_CORRECTION, KILTER_LAYER_INPUT, row,
                                bucket, kilter_round_half_away (fmax (expected, 0)));
      count++;
    }
  return count;
}

/* --- the forecast ---------------------------------------------------------------------------- */

/**
 * kilter_plan_reset_overrides:
 *
 * Adds to @command that the final forecast is the statistical one again.
 *
 * Returns: how many cells had an override that is not locked
 */
int
kilter_plan_reset_overrides (KilterPlan *plan,
                             KilterCommand *command,
                             KilterVersion version,
                             const KilterScope *scope,
                             int first,
                             int n)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  int count = 0;

  for (guint i = 0; i < rows->len; i++)
    for (int t = MAX (first, kilter_plan_get_n_history (plan)); t < first + n; t++)
      {
        int row = g_array_index (rows, int, i);
        gboolean any = FALSE;

        if (kilter_plan_is_locked (plan, version, KILTER_FINAL, row, t))
          continue;
        for (gsize m = 0; m < G_N_ELEMENTS (overrides); m++)
          if (is_typed (plan, version, overrides[m], row, t))
            {
              kilter_command_set_value (command, plan, version, overrides[m], KILTER_LAYER_INPUT,
                                        row, t, NAN);
              any = TRUE;
            }
        count += any;
      }
  return count;
}

static int
adjust_level (KilterPlan *plan,
              KilterCommand *command,
              KilterVersion version,
              const KilterScope *scope,
              double bias)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  /* the forecast was (1 + bias) times what was sold */
  double share = floor ((1 / (1 + bias) - 1) * 1000 + 0.5) / 1000;
  int count = 0;

  for (guint i = 0; i < rows->len; i++)
    for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
      {
        int row = g_array_index (rows, int, i);
        gboolean typed = kilter_plan_is_locked (plan, version, KILTER_FINAL, row, t);

        for (gsize m = 0; m < G_N_ELEMENTS (overrides); m++)
          typed |= is_typed (plan, version, overrides[m], row, t);
        if (typed || isnan (kilter_plan_get_value (plan, version, KILTER_STATISTICAL, row, t)))
          continue;
        kilter_command_set_value (command, plan, version, KILTER_OVERRIDE_SHARE, KILTER_LAYER_INPUT,
                                  row, t, share);
        count++;
      }
  return count;
}

/* Whether the months of the exception are those in which the product as a whole differs. */
static gboolean
differs (KilterPlan *plan,
         KilterVersion version,
         const KilterScope *scope,
         KilterMeasure measure,
         KilterMeasure reference,
         double limit,
         int bucket)
{
  double value = kilter_plan_aggregate_time (plan, version, measure, scope, bucket, 1);
  double other = kilter_plan_aggregate_time (plan, version, reference, scope, bucket, 1);

  return other > 0 && fabs (value / other - 1) > limit;
}

static int
take_last_cycle (KilterPlan *plan,
                 KilterCommand *command,
                 KilterVersion version,
                 const KilterScope *scope)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  double limit = kilter_plan_get_setting_number (plan, "large-change");
  int count = 0;

  for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
    {
      if (!differs (plan, version, scope, KILTER_CONSENSUS, KILTER_LAST_CYCLE, limit, t))
        continue;
      for (guint i = 0; i < rows->len; i++)
        {
          int row = g_array_index (rows, int, i);
          double last = kilter_plan_get_value (plan, version, KILTER_LAST_CYCLE, row, t);

          if (isnan (last) || kilter_plan_is_locked (plan, version, KILTER_CONSENSUS, row, t))
            continue;
          kilter_command_set_value (command, plan, version, KILTER_CONSENSUS, KILTER_LAYER_INPUT,
                                    row, t, last);
          count++;
        }
    }
  return count;
}

/* --- words ----------------------------------------------------------------------------------- */

static void
add_comment (KilterPlan *plan,
             KilterCommand *command,
             KilterVersion version,
             KilterMeasure measure,
             int row,
             int bucket,
             const char *text,
             const KilterRepairStamp *stamp)
{
  g_autofree char *key = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                  kilter_plan_get_bucket (plan, bucket));
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_COMMENT);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_VERSION,
                                   version);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_MEASURE,
                                 kilter_measure_get_info (measure)->key);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_ROW,
                                   row);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_BUCKET,
                                 key);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_TEXT,
                                 text);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AUTHOR,
                                 stamp->who);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AT,
                                 stamp->at);
}

/* The same values once more, with another note. */
static int
give_reason (KilterPlan *plan, KilterCommand *command, KilterVersion version, const GArray *rows)
{
  static const KilterMeasure typed[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE,
                                         KILTER_CONSENSUS };
  int count = 0;

  for (guint i = 0; i < rows->len; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
      {
        int row = g_array_index (rows, int, i);
        const double *own = kilter_plan_get_stored (plan, version, typed[m], KILTER_LAYER_INPUT,
                                                    row);

        for (int t = kilter_plan_get_n_history (plan);
             own != NULL && t < kilter_plan_get_n_buckets (plan); t++)
          {
            const KilterCellNote *note;

            if (isnan (own[t]))
              continue;
            note = kilter_plan_get_note (plan, version, typed[m], row, t);
            if (note != NULL && note->reason != NULL && *note->reason != '\0')
              continue;
            kilter_command_set_value (command, plan, version, typed[m], KILTER_LAYER_INPUT, row, t,
                                      own[t]);
            count++;
          }
      }
  return count;
}

/* Which number of the product an exception is about, for comments. */
static KilterMeasure
get_subject (KilterPlan *plan, KilterVersion version, const KilterException *exception, int row)
{
  if (exception->kind != KILTER_EXCEPTION_OUTSIDE_INTERVAL)
    return exception->kind == KILTER_EXCEPTION_LARGE_CHANGE ? KILTER_CONSENSUS : KILTER_FINAL;
  return isnan (kilter_plan_get_value (plan, version, KILTER_SALES_INPUT, row,
                                       MAX (exception->bucket, 0)))
           ? KILTER_MARKETING_INPUT
           : KILTER_SALES_INPUT;
}

static const char *
get_label (KilterRepair repair)
{
  switch (repair)
    {
    case KILTER_REPAIR_CORRECT:
      return _ ("Correction of %s");
    case KILTER_REPAIR_ADJUST_LEVEL:
      return _ ("Adjusted level of %s");
    case KILTER_REPAIR_GIVE_REASON:
      return _ ("Reason for %s");
    case KILTER_REPAIR_RESET_OVERRIDE:
      return _ ("Reset override of %s");
    case KILTER_REPAIR_LAST_CYCLE:
      return _ ("Last cycle’s demand of %s");
    case KILTER_REPAIR_ASK:
      return _ ("Question about %s");
    case KILTER_REPAIR_KEEP:
    default:
      return _ ("Reviewed %s");
    }
}

static char *
make_label (KilterPlan *plan, const KilterException *exception, KilterRepair repair)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (get_label (repair),
                          kilter_plan_get_product_name (plan, exception->product));
#pragma GCC diagnostic pop
}

static int
add_words (KilterPlan *plan,
           KilterCommand *command,
           KilterVersion version,
           const KilterException *exception,
           KilterRepair repair,
           const KilterRepairStamp *stamp,
           const GArray *rows)
{
  int row = g_array_index (rows, int, 0);
  int bucket = exception->bucket >= 0 ? exception->bucket : kilter_plan_get_n_history (plan);

  if (repair == KILTER_REPAIR_GIVE_REASON && exception->kind != KILTER_EXCEPTION_OUTSIDE_INTERVAL &&
      give_reason (plan, command, version, rows) > 0)
    return 1;
  add_comment (plan, command, version, get_subject (plan, version, exception, row), row, bucket,
               stamp->reason, stamp);
  if (repair == KILTER_REPAIR_GIVE_REASON)
    kilter_plan_add_review (plan, command, exception, stamp);
  return 1;
}

/**
 * kilter_plan_repair:
 * @error: %KILTER_PLAN_ERROR_EMPTY when there is nothing that the repair could change
 *
 * Makes the command that deals with an exception in one way. Its stamp is the caller's.
 *
 * Returns: (transfer full) (nullable): the command
 */
KilterCommand *
kilter_plan_repair (KilterPlan *plan,
                    KilterVersion version,
                    const KilterException *exception,
                    KilterRepair repair,
                    const KilterRepairStamp *stamp,
                    GError **error)
{
  g_autofree char *label = make_label (plan, exception, repair);
  g_autoptr (KilterCommand) command = kilter_command_new ("repair", label);
  KilterScope scope = { .product = exception->product };
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, &scope, KILTER_GRAIN_SERIES);
  int cycle = kilter_plan_get_n_history (plan), count = 0;

  if (rows->len > 0)
    switch (repair)
      {
      case KILTER_REPAIR_CORRECT:
        count = kilter_plan_correct_bucket (plan, command, version, &scope, exception->bucket);
        break;
      case KILTER_REPAIR_ADJUST_LEVEL:
        count = exception->size > -0.9
                  ? adjust_level (plan, command, version, &scope, exception->size)
                  : 0;
        break;
      case KILTER_REPAIR_RESET_OVERRIDE:
        count = kilter_plan_reset_overrides (plan, command, version, &scope, cycle,
                                             kilter_plan_get_n_horizon (plan));
        break;
      case KILTER_REPAIR_LAST_CYCLE:
        count = take_last_cycle (plan, command, version, &scope);
        break;
      case KILTER_REPAIR_GIVE_REASON:
      case KILTER_REPAIR_ASK:
        count = add_words (plan, command, version, exception, repair, stamp, rows);
        break;
      case KILTER_REPAIR_KEEP:
      default:
        kilter_plan_add_review (plan, command, exception, stamp);
        count = 1;
      }
  if (count == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                           _ ("There is nothing to change: the cells are locked, or the history is "
                              "too short."));
      return NULL;
    }
  if (stamp->reason != NULL && repair != KILTER_REPAIR_ASK)
    kilter_command_set_reason (command, stamp->reason);
  return g_steal_pointer (&command);
}
