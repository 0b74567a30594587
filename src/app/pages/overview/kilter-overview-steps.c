/* kilter-overview-steps.c: the sentence about the cycle, and the timeline
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/window/kilter-views.h"
#include "app/pages/overview/kilter-overview-private.h"
#include "plan/process/kilter-cycle.h"
#include "plan/review/kilter-insight.h"
#include "report/words/kilter-format.h"

/* --- the sentence -------------------------------------------------------------------------------
 */

char *
kilter_overview_headline (KilterPlan *plan)
{
  int number = kilter_plan_get_open_step (plan);
  const KilterRecord *step = kilter_plan_get_step (plan, number);
  const char *name = kilter_step_get_name (number);
  int days;

  if (kilter_step_get_state (step) == KILTER_STEP_FINISHED)
    return g_strdup (_ ("The cycle is finished"));
  days = step != NULL ? kilter_format_days_until (plan, kilter_record_text (step, KILTER_STEP_DUE))
                      : G_MAXINT;
  if (days == G_MAXINT)
    /* Translators: %s is a step of the cycle */
    return g_strdup_printf (_ ("%s is open"), name);
  if (days < 0)
    /* Translators: %1$s is a step of the cycle */
    return g_strdup_printf (ngettext ("%1$s is open, and %2$d day late",
                                      "%1$s is open, and %2$d days late", (gulong) -days),
                            name, -days);
  return g_strdup_printf (_ ("%s is open, and on time"), name);
}

/* What is left to do in the open step, in one sentence. */
static char *
issue_sentence (KilterPlan *plan, KilterVersion version)
{
  int number = kilter_plan_get_open_step (plan);
  int n = kilter_plan_count_open_issues (plan, version, number);
  gulong plural = (gulong) n;

  if (n == 0)
    return g_strdup (_ ("Nothing is left open in this step."));
  switch (number)
    {
    case 1:
      return g_strdup_printf (ngettext ("%d product needs a look before the demand review.",
                                        "%d products need a look before the demand review.",
                                        plural),
                              n);
    case 2:
      return g_strdup_printf (
        ngettext ("%d change still needs a reason.", "%d changes still need a reason.", plural), n);
    case 3:
      return g_strdup_printf (ngettext ("%d overload needs a decision before the pre-S&OP meeting.",
                                        "%d overloads need a decision before the pre-S&OP meeting.",
                                        plural),
                              n);
    case 4:
      return g_strdup_printf (ngettext ("%d gap between demand and supply needs an option.",
                                        "%d gaps between demand and supply need an option.",
                                        plural),
                              n);
    case 5:
      return g_strdup_printf (
        ngettext ("%d decision waits for an answer.", "%d decisions wait for an answer.", plural),
        n);
    default:
      return g_strdup_printf (
        ngettext ("%d metric is off target.", "%d metrics are off target.", plural), n);
    }
}

/* --- results of the steps -----------------------------------------------------------------------
 */

/* bit masks are too small for thousands of products */
static int
count_forecast_products (KilterPlan *plan)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_MODEL, model)
    {
      const KilterRecord *series = kilter_plan_get_record (
        plan, KILTER_TABLE_SERIES, kilter_record_ref (model, KILTER_MODEL_SERIES));

      if (series != NULL)
        g_hash_table_add (seen,
                          GINT_TO_POINTER (kilter_record_ref (series, KILTER_SERIES_PRODUCT)));
    }
  return (int) g_hash_table_size (seen);
}

static void
fill_forecast (KilterPlan *plan, KilterVersion version, KilterTimelineStep *step)
{
  g_autoptr (GArray) exceptions = kilter_plan_find_exceptions (plan, version);
  int n_products = kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT);
  int n_reviewed = 0, n = (int) exceptions->len;

  for (guint i = 0; i < exceptions->len; i++)
    n_reviewed += g_array_index (exceptions, KilterException, i).reviewed;
  /* Translators: products that have a forecast */
  step->result = g_strdup_printf (
    ngettext ("%1$d of %2$d product", "%1$d of %2$d products", (gulong) n_products),
    count_forecast_products (plan), n_products);
  if (n_reviewed < n)
    step->detail = g_strdup_printf (
      ngettext ("%d exception to review", "%d exceptions to review", (gulong) (n - n_reviewed)),
      n - n_reviewed);
  else
    step->detail = g_strdup_printf (
      ngettext ("%d exception reviewed", "%d exceptions reviewed", (gulong) n), n);
}

static void
fill_demand (KilterPlan *plan, KilterVersion version, KilterTimelineStep *step)
{
  static const KilterScope whole = { 0 };
  int first = kilter_plan_get_n_history (plan);
  int n = MIN (kilter_plan_get_season (plan), kilter_plan_get_n_horizon (plan));
  double now = kilter_plan_aggregate_time (plan, version, KILTER_CONSENSUS, &whole, first, n);
  double before = kilter_plan_aggregate_time (plan, version, KILTER_LAST_CYCLE, &whole, first, n);
  g_autofree char *text = NULL;

  if (isfinite (now) && isfinite (before) && before > 0)
    {
      text = kilter_format_ratio_delta (now / before - 1, 1);
      /* Translators: %s is a change in per cent */
      step->result = g_strdup_printf (_ ("Consensus %s"), text);
      step->detail = g_strdup (_ ("vs. last cycle, 12 months"));
    }
  else if (isfinite (now))
    {
      text = kilter_format_quantity (now);
      /* Translators: %s is a quantity */
      step->result = g_strdup_printf (_ ("Consensus %s"), text);
      step->detail = g_strdup (_ ("in 12 months"));
    }
}

static void
fill_supply (KilterPlan *plan, KilterVersion version, KilterTimelineStep *step)
{
  static const KilterScope whole = { 0 };
  int n = kilter_plan_count_open_issues (plan, version, 3);
  double unmet = kilter_plan_aggregate_time (plan, version, KILTER_UNMET, &whole,
                                             kilter_plan_get_n_history (plan),
                                             kilter_plan_get_n_horizon (plan));
  g_autofree char *text = NULL;

  step->result = n > 0 ? g_strdup_printf (
                           ngettext ("%d overload open", "%d overloads open", (gulong) n), n)
                       : g_strdup (_ ("No overload"));
  if (!isfinite (unmet))
    return;
  if (unmet < 0.5)
    {
      step->detail = g_strdup (_ ("All demand is met"));
      return;
    }
  text = kilter_format_quantity (unmet);
  /* Translators: %s is a quantity, "33.2 thousand unmet" */
  step->detail = g_strdup_printf (_ ("%s unmet"), text);
}

static void
fill_balance (KilterPlan *plan, KilterTimelineStep *step)
{
  int n = 0, recommended = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (plan, version->id))
      {
        n++;
        recommended += g_strcmp0 (kilter_record_text (version, KILTER_VERSION_STATE),
                                  "recommended") == 0;
      }
  step->result = g_strdup_printf (ngettext ("%d scenario", "%d scenarios", (gulong) n), n);
  if (recommended > 0)
    step->detail = g_strdup_printf (
      ngettext ("%d recommended", "%d recommended", (gulong) recommended), recommended);
}

static void
fill_decide (KilterPlan *plan, KilterTimelineStep *step)
{
  int cycle = kilter_plan_get_current_cycle (plan), n = 0;
  double margin = 0;
  g_autofree char *text = NULL;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle)
      {
        n++;
        margin += kilter_record_number_or (decision, KILTER_DECISION_MARGIN, 0);
      }
  step->result = g_strdup_printf (ngettext ("%d decision", "%d decisions", (gulong) n), n);
  if (margin != 0)
    {
      text = kilter_format_money (plan, margin);
      /* Translators: %s is an amount of money that depends on decisions */
      step->detail = g_strdup_printf (_ ("%s at stake"), text);
    }
}

static void
fill_monitor (KilterPlan *plan, KilterTimelineStep *step)
{
  static const KilterScope whole = { 0 };
  int bucket = kilter_plan_get_n_history (plan) - 1, n = 0, on = 0;

  for (int m = 0; bucket >= 0 && m < KILTER_N_METRICS; m++)
    {
      KilterMetricValue value;

      if (!kilter_metric_is_shown (plan, (KilterMetric) m))
        continue;
      kilter_plan_metric (plan, (KilterMetric) m, &whole, bucket, &value);
      n += isfinite (value.value);
      on += value.status == KILTER_STATUS_ON;
    }
  step->result = g_strdup_printf (ngettext ("%d metric", "%d metrics", (gulong) n), n);
  step->detail = g_strdup_printf (ngettext ("%d on target", "%d on target", (gulong) on), on);
}

/* --- dates, owners, tasks -----------------------------------------------------------------------
 */

static char *
date_text (KilterPlan *plan, int number, const KilterRecord *record, const char **out_class)
{
  const char *due = kilter_record_text (record, KILTER_STEP_DUE);
  const char *time = kilter_record_text (record, KILTER_STEP_TIME);
  KilterStepState state = kilter_step_get_state (record);
  int days = kilter_format_days_until (plan, due);
  g_autofree char *day = kilter_format_day (plan, due);
  g_autofree char *done = NULL;

  *out_class = NULL;
  if (state == KILTER_STEP_FINISHED)
    {
      done = kilter_format_day (plan, kilter_record_text (record, KILTER_STEP_DONE_AT));
      /* Translators: %s is a date */
      return *done != '\0' ? g_strdup_printf (_ ("Closed %s"), done) : g_strdup (_ ("Closed"));
    }
  if (days == G_MAXINT)
    return NULL;
  if (state != KILTER_STEP_NOT_STARTED || days < 0)
    {
      *out_class = days < 0 ? "kilter-bad" : "kilter-forecast";
      if (days < 0)
        return g_strdup_printf (ngettext ("Late by %d day", "Late by %d days", (gulong) -days),
                                -days);
      if (days == 0)
        /* Translators: %s is a date */
        return g_strdup_printf (_ ("Due today, %s"), day);
      if (days == 1)
        return g_strdup_printf (_ ("Due tomorrow, %s"), day);
      return g_strdup_printf (_ ("Due %s"), day);
    }
  if (number == KILTER_N_STEPS)
    return g_strdup_printf (_ ("From %s"), day);
  if (*time != '\0')
    /* Translators: %1$s is a date, %2$s a time */
    return g_strdup_printf (_ ("Meeting %1$s, %2$s"), day, time);
  return g_strdup_printf (_ ("Due %s"), day);
}

static double
task_share (KilterPlan *plan, int number)
{
  int cycle = kilter_plan_get_current_cycle (plan), n = 0, done = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    if (kilter_record_ref (task, KILTER_TASK_CYCLE) == cycle &&
        (int) kilter_record_number_or (task, KILTER_TASK_STEP, 0) == number)
      {
        n++;
        done += kilter_record_bool (task, KILTER_TASK_DONE);
      }
  return n > 0 ? (double) done / n : 0;
}

/* A step reopened after later ones were finished makes them doubtful. */
static gboolean
is_outdated (KilterPlan *plan, int number)
{
  for (int earlier = 1; earlier < number; earlier++)
    if (kilter_step_get_state (kilter_plan_get_step (plan, earlier)) == KILTER_STEP_REOPENED)
      return kilter_step_get_state (kilter_plan_get_step (plan, number)) == KILTER_STEP_FINISHED;
  return FALSE;
}

void
kilter_overview_show_steps (KilterOverviewPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  int open = kilter_plan_get_open_step (plan);
  const KilterViewInfo *view = kilter_views_find_step (open);
  g_autofree char *headline = kilter_overview_headline (plan);
  g_autofree char *sentence = issue_sentence (plan, version);
  g_autofree char *label = NULL;

  gtk_label_set_label (self->headline_label, headline);
  gtk_label_set_label (self->subtitle_label, sentence);
  /* Translators: %s is a step of the cycle */
  label = g_strdup_printf (_ ("Continue %s"), kilter_step_get_name (open));
  gtk_button_set_label (self->continue_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->continue_button), kilter_view_has_pages (view));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->continue_button), "s", view->key);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->continue_button), "win.show-view");

  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      const KilterRecord *record = kilter_plan_get_step (plan, number);
      KilterTimelineStep step = { .state = kilter_step_get_state (record) };

      if (record != NULL)
        {
          step.date = date_text (plan, number, record, &step.date_class);
          step.owner = g_strdup (
            kilter_overview_person_name (plan, kilter_record_ref (record, KILTER_STEP_OWNER)));
          step.progress = task_share (plan, number);
        }
      switch (number)
        {
        case 1:
          fill_forecast (plan, version, &step);
          break;
        case 2:
          fill_demand (plan, version, &step);
          break;
        case 3:
          fill_supply (plan, version, &step);
          break;
        case 4:
          fill_balance (plan, &step);
          break;
        case 5:
          fill_decide (plan, &step);
          break;
        default:
          fill_monitor (plan, &step);
        }
      if (is_outdated (plan, number))
        g_set_str (&step.detail, _ ("may be outdated"));
      kilter_timeline_set_step (self->timeline, number, &step);
      kilter_timeline_step_clear (&step);
    }
}
