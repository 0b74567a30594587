/* kilter-pack-process.c: steps, decisions, actions, metrics
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 14

static const KilterScope everything = { 0 };

/* --- status of the cycle --- */

static void
count_tasks (const KilterPlan *plan, int step, int *out_done, int *out_all)
{
  int cycle = kilter_plan_get_current_cycle (plan);

  *out_done = *out_all = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    if (kilter_record_ref (task, KILTER_TASK_CYCLE) == cycle &&
        (int) kilter_record_number (task, KILTER_TASK_STEP) == step)
      {
        *out_done += kilter_record_bool (task, KILTER_TASK_DONE);
        (*out_all)++;
      }
}

static KilterTable *
make_steps (KilterPackBuilder *self)
{
  KilterTable *table = kilter_table_new (7);
  const char *const headings[] = { _ ("Step"),       _ ("State"),      _ ("Owner"),      _ ("Due"),
                                   _ ("Signed off"), _ ("Tasks done"), _ ("Open issues") };

  for (int c = 0; c < 7; c++)
    kilter_table_set_column (table, c, headings[c],
                             c >= 5 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      const KilterRecord *step = kilter_plan_get_step (self->plan, number);
      g_autofree char *name = g_strdup_printf ("%d  %s", number, kilter_step_get_name (number));
      int row, done, all, issues;
      KilterStepState state;

      if (step == NULL)
        continue;
      state = kilter_step_get_state (step);
      issues = kilter_plan_count_open_issues (self->plan, self->version, number);
      count_tasks (self->plan, number, &done, &all);
      row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);
      kilter_table_set (table, row, 1, kilter_format_step_state (state));
      kilter_table_set_cell (
        table, row, 1,
        state == KILTER_STEP_FINISHED ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_PLAIN,
        state == KILTER_STEP_IN_PROGRESS ? KILTER_CELL_STRONG : KILTER_CELL_PLAIN);
      kilter_table_set (table, row, 2, kilter_person_name (self->plan, step, KILTER_STEP_OWNER));
      kilter_table_take (
        table, row, 3,
        kilter_builder_format_day (self, kilter_record_text (step, KILTER_STEP_DUE)));
      if (state == KILTER_STEP_FINISHED)
        {
          g_autofree char *day = kilter_builder_format_day (
            self, kilter_record_text (step, KILTER_STEP_DONE_AT));
          const char *who = kilter_record_text (step, KILTER_STEP_DONE_BY);

          kilter_table_take (table, row, 4,
                             *who != '\0' && *day != '\0' ? g_strdup_printf ("%s, %s", who, day)
                                                          : g_strdup (*who != '\0' ? who : day));
        }
      if (all > 0)
        /* Translators: tasks that are done, of how many */
        kilter_table_take (table, row, 5, g_strdup_printf (_ ("%d of %d"), done, all));
      kilter_table_set_count (table, row, 6, issues);
      if (issues > 0)
        kilter_table_set_cell (table, row, 6, KILTER_CHART_TONE_PLAIN, KILTER_CELL_STRONG);
    }
  return table;
}

/* The six steps as a line, with what is done. */
static KilterChart *
make_timeline (KilterPackBuilder *self)
{
  KilterChartTimelineStep steps[KILTER_N_STEPS];
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      const KilterRecord *step = kilter_plan_get_step (self->plan, number);
      KilterChartTimelineStep *out = &steps[number - 1];
      int done, all;
      char *date;

      *out = (KilterChartTimelineStep) { .title = kilter_step_get_name (number) };
      if (step == NULL)
        continue;
      count_tasks (self->plan, number, &done, &all);
      date = kilter_builder_format_day (self, kilter_record_text (step, KILTER_STEP_DUE));
      g_ptr_array_add (owned, date);
      out->date = *date != '\0' ? date : NULL;
      out->owner = kilter_person_name (self->plan, step, KILTER_STEP_OWNER);
      out->state = (KilterChartStepState) kilter_step_get_state (step);
      out->state_name = kilter_format_step_state (kilter_step_get_state (step));
      out->result = out->state_name;
      out->progress = all > 0 ? (double) done / all : 0;
    }
  return kilter_chart_new_timeline (
    &(KilterChartTimeline) { .steps = steps, .n_steps = KILTER_N_STEPS });
}

static KilterTable *
make_tasks (KilterPackBuilder *self)
{
  KilterTable *table = kilter_table_new (4);
  int cycle = kilter_plan_get_current_cycle (self->plan);

  kilter_table_set_column (table, 0, _ ("Open task"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Step"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 2, _ ("Owner"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 3, _ ("Due"), KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_TASK, task)
    {
      int row, step;

      if (kilter_record_ref (task, KILTER_TASK_CYCLE) != cycle ||
          kilter_record_bool (task, KILTER_TASK_DONE))
        continue;
      row = kilter_table_add_row (table, kilter_record_text (task, KILTER_TASK_TITLE),
                                  KILTER_ROW_PLAIN);
      step = (int) kilter_record_number_or (task, KILTER_TASK_STEP, 0);
      if (step >= 1 && step <= KILTER_N_STEPS)
        kilter_table_set (table, row, 1, kilter_step_get_name (step));
      kilter_table_set (table, row, 2, kilter_person_name (self->plan, task, KILTER_TASK_OWNER));
      kilter_table_take (
        table, row, 3,
        kilter_builder_format_day (self, kilter_record_text (task, KILTER_TASK_DUE)));
    }
  return table;
}

/**
 * kilter_pack_add_status:
 *
 * One page: the steps with their sign-offs, and tasks that are open.
 */
void
kilter_pack_add_status (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (KilterTable) steps = make_steps (self);
  g_autoptr (KilterTable) tasks = make_tasks (self);
  int open = kilter_plan_get_open_step (self->plan), done = 0;
  g_autofree char *title = NULL, *subtitle = NULL, *cycle = NULL;
  KilterPackSheet *sheet;
  double y = area->y;

  if (kilter_table_get_n_rows (steps) == 0 ||
      (kilter_builder_sum (self, self->version, KILTER_DEMAND, &everything) > 0) == FALSE)
    return;
  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      const KilterRecord *step = kilter_plan_get_step (self->plan, number);

      done += step != NULL && kilter_step_get_state (step) == KILTER_STEP_FINISHED;
    }
  if (open >= 1 && open <= KILTER_N_STEPS && done < KILTER_N_STEPS)
    /* Translators: how many of six steps are finished, and the name of the next one */
    title = g_strdup_printf (ngettext ("%d of %d steps is finished; next is %s",
                                       "%d of %d steps are finished; next is %s", done),
                             done, KILTER_N_STEPS, kilter_step_get_name (open));
  else
    title = g_strdup (_ ("All steps are finished"));
  cycle = kilter_format_bucket (self->plan, kilter_plan_get_n_history (self->plan));
  /* Translators: a month */
  subtitle = g_strdup_printf (_ ("Cycle status · cycle of %s"), cycle);
  sheet = kilter_builder_add_page (self, _ ("Cycle Status"), 0, title, subtitle);
  {
    KilterChart *timeline = make_timeline (self);
    double height = 0;

    kilter_chart_measure (timeline, self->ink.style, NULL, NULL, &height);
    height = MIN (height, 130);
    kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y + 6, area->width, height },
                                 timeline);
    y += height + 22;
  }
  kilter_table_set_row_space (steps, 7);
  y += 22 + kilter_pack_sheet_add_table (
              self, sheet,
              &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y }, steps);
  if (kilter_table_get_n_rows (tasks) > 0)
    {
      y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width, _ ("Tasks"), NULL);
      y += kilter_pack_sheet_add_table (
        self, sheet, &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y },
        tasks);
    }
  kilter_builder_leave_room (self, sheet, y);
}

/* --- decisions and actions --- */

static const char *
get_decision_state (const char *state)
{
  if (g_str_equal (state, "approved"))
    return _ ("Approved");
  if (g_str_equal (state, "deferred"))
    return _ ("Deferred");
  if (g_str_equal (state, "rejected"))
    return _ ("Rejected");
  return _ ("Open");
}

/**
 * kilter_pack_make_decisions:
 * @open: those that are open, else those that were decided
 *
 * Returns: (transfer full): decisions; of those that were decided, the latest first
 */
KilterTable *
kilter_pack_make_decisions (KilterPackBuilder *self, gboolean open)
{
  KilterTable *table = kilter_table_new (open ? 6 : 5);
  int c = 0;

  kilter_table_set_column (table, c++, _ ("Decision"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, c++, open ? _ ("Explanation") : _ ("State"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, c++, open ? _ ("Margin") : _ ("Decided by"),
                           open ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, c++, open ? C_ ("event or decision", "Cost") : _ ("Date"),
                           open ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, c++, open ? _ ("Owner") : _ ("Comment"), KILTER_COLUMN_TEXT);
  if (open)
    kilter_table_set_column (table, c++, _ ("Decide by"), KILTER_COLUMN_TEXT);
  for (int i = 1; i <= kilter_plan_get_max_id (self->plan, KILTER_TABLE_DECISION); i++)
    {
      int id = open ? i : kilter_plan_get_max_id (self->plan, KILTER_TABLE_DECISION) + 1 - i;
      const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_DECISION, id);
      const char *state = record != NULL ? kilter_record_text (record, KILTER_DECISION_STATE) : "";
      gboolean is_open = *state == '\0' || g_str_equal (state, "open");
      int row;

      if (record == NULL || is_open != open)
        continue;
      row = kilter_table_add_row (table, kilter_record_text (record, KILTER_DECISION_TITLE),
                                  KILTER_ROW_PLAIN);
      if (open)
        {
          kilter_table_set (table, row, 1, kilter_record_text (record, KILTER_DECISION_TEXT));
          kilter_table_set_money (table, row, 2, self->plan,
                                  kilter_record_number (record, KILTER_DECISION_MARGIN), TRUE);
          kilter_table_set_money (table, row, 3, self->plan,
                                  kilter_record_number (record, KILTER_DECISION_COST), FALSE);
          kilter_table_set (table, row, 4,
                            kilter_person_name (self->plan, record, KILTER_DECISION_OWNER));
          kilter_table_take (
            table, row, 5,
            kilter_builder_format_day (self, kilter_record_text (record, KILTER_DECISION_BY)));
        }
      else
        {
          kilter_table_set (table, row, 1, get_decision_state (state));
          kilter_table_set (table, row, 2, kilter_record_text (record, KILTER_DECISION_DECIDED_BY));
          kilter_table_take (table, row, 3,
                             kilter_builder_format_day (
                               self, kilter_record_text (record, KILTER_DECISION_DECIDED_AT)));
          kilter_table_set (table, row, 4, kilter_record_text (record, KILTER_DECISION_COMMENT));
        }
    }
  return table;
}

/**
 * kilter_pack_make_actions:
 *
 * Returns: (transfer full): actions, the open ones first
 */
KilterTable *
kilter_pack_make_actions (KilterPackBuilder *self, gboolean with_done)
{
  KilterTable *table = kilter_table_new (5);

  kilter_table_set_column (table, 0, _ ("Action"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Owner"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 2, _ ("Due"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 3, _ ("State"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 4, _ ("From the decision"), KILTER_COLUMN_TEXT);
  for (int done = 0; done <= (with_done ? 1 : 0); done++)
    KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_ACTION, action)
      {
        const char *state = kilter_record_text (action, KILTER_ACTION_STATE);
        const char *due = kilter_record_text (action, KILTER_ACTION_DUE);
        gboolean is_open = *state == '\0' || g_str_equal (state, "open");
        int decision = kilter_record_ref (action, KILTER_ACTION_DECISION), row, late;

        if (is_open == (done == 1))
          continue;
        row = kilter_table_add_row (table, kilter_record_text (action, KILTER_ACTION_TITLE),
                                    is_open ? KILTER_ROW_PLAIN : KILTER_ROW_DIM);
        kilter_table_set (table, row, 1,
                          kilter_person_name (self->plan, action, KILTER_ACTION_OWNER));
        kilter_table_take (table, row, 2, kilter_builder_format_day (self, due));
        late = kilter_builder_days_late (self, due);
        if (is_open && late > 0)
          {
            kilter_table_take (
              table, row, 3,
              g_strdup_printf (ngettext ("%d day late", "%d days late", late), late));
            kilter_table_set_cell (table, row, 3, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
          }
        else
          kilter_table_set (table, row, 3,
                            is_open                          ? C_ ("action", "open")
                            : g_str_equal (state, "dropped") ? C_ ("action", "dropped")
                                                             : C_ ("action", "done"));
        if (decision > 0)
          kilter_table_set (table, row, 4,
                            kilter_plan_get_key (self->plan, KILTER_TABLE_DECISION, decision));
      }
  return table;
}

static int
count_open_actions (const KilterPlan *plan)
{
  int n = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    {
      const char *state = kilter_record_text (action, KILTER_ACTION_STATE);

      n += *state == '\0' || g_str_equal (state, "open");
    }
  return n;
}

static char *
make_actions_title (const KilterPlan *plan)
{
  int open = count_open_actions (plan);

  if (open == 0)
    return g_strdup (_ ("No action is open"));
  return g_strdup_printf (ngettext ("%d action is open", "%d actions are open", open), open);
}

/**
 * kilter_pack_add_record:
 *
 * What was decided, and actions with their state.
 */
void
kilter_pack_add_record (KilterPackBuilder *self)
{
  g_autoptr (KilterTable) decided = kilter_pack_make_decisions (self, FALSE);
  g_autoptr (KilterTable) actions = kilter_pack_make_actions (self, TRUE);
  g_autofree char *title = make_actions_title (self->plan);
  int n = kilter_table_get_n_rows (decided);

  if (n > 0)
    {
      g_autofree char *taken = g_strdup_printf (
        ngettext ("%d decision was taken", "%d decisions were taken", (gulong) n), n);

      kilter_builder_add_table_pages (self, _ ("Decisions Taken"), taken,
                                      _ ("What was decided, by whom, and when"), decided, 0, NULL);
    }
  if (kilter_table_get_n_rows (actions) > 0)
    kilter_builder_add_table_pages (self, _ ("Actions"), title,
                                    _ ("What is to be done, by whom, and until when"), actions, 0,
                                    NULL);
}

/**
 * kilter_pack_add_actions:
 *
 * Actions that are carried over.
 */
void
kilter_pack_add_actions (KilterPackBuilder *self)
{
  g_autoptr (KilterTable) actions = kilter_pack_make_actions (self, TRUE);
  g_autofree char *title = make_actions_title (self->plan);

  if (kilter_table_get_n_rows (actions) > 0)
    kilter_builder_add_table_pages (self, _ ("Actions"), title, _ ("Actions carried over"), actions,
                                    0, NULL);
}

/* --- metrics --- */

typedef struct
{
  char *name;
  char *value;
  char *note;
  char *target;
  KilterChartTone tone;
  KilterChart *chart;
} Card;

static void
free_card (gpointer data)
{
  Card *card = data;

  g_free (card->name);
  g_free (card->value);
  g_free (card->note);
  g_free (card->target);
  g_clear_pointer (&card->chart, kilter_chart_free);
  g_free (card);
}

static void
draw_card (KilterInk *ink, const KilterChartRect *area, gpointer data)
{
  const Card *card = data;
  double x = area->x + 9, right = area->x + area->width - 9, y = area->y + 8, lead = 0;
  KilterChartRole role = card->tone == KILTER_CHART_TONE_GOOD  ? KILTER_CHART_ROLE_GOOD_TEXT
                         : card->tone == KILTER_CHART_TONE_BAD ? KILTER_CHART_ROLE_BAD_TEXT
                                                               : KILTER_CHART_ROLE_TEXT;

  kilter_ink_begin (ink, "P");
  kilter_ink_box (ink, area, KILTER_CHART_ROLE_GRID_LINE, 0.7);
  if (card->tone != KILTER_CHART_TONE_PLAIN)
    {
      kilter_chart_draw_tone (ink->cr, ink->style, card->tone, x + 3.5, y + 6);
      lead = 12;
    }
  kilter_ink_text (
    ink, card->name, x + lead, y,
    &(KilterPrintText) { .size = 9.2, .is_bold = TRUE, .max_width = right - x - lead });
  kilter_ink_text (ink, card->value, x, y + 14, &(KilterPrintText) { .size = 14, .is_bold = TRUE });
  if (card->note != NULL)
    kilter_ink_text (ink, card->note, right, y + 14,
                     &(KilterPrintText) { .size = 8, .is_bold = TRUE, .role = role, .x_align = 1 });
  if (card->target != NULL)
    kilter_ink_text (ink, card->target, right, y + 24,
                     &(KilterPrintText) { .size = KILTER_PRINT_SMALL,
                                          .role = KILTER_CHART_ROLE_DIM_TEXT,
                                          .x_align = 1 });
  kilter_ink_end (ink, "P");
  if (card->chart != NULL)
    {
      kilter_ink_begin (ink, "Figure");
      cairo_save (ink->cr);
      cairo_translate (ink->cr, x, y + 37);
      kilter_chart_draw (card->chart, ink->cr, right - x, area->height - 37 - 12, ink->style);
      cairo_restore (ink->cr);
      kilter_ink_end (ink, "Figure");
    }
}

static char *
format_metric (KilterPackBuilder *self, const KilterMetricInfo *info, double value, gboolean delta)
{
  if (isnan (value))
    return g_strdup ("–");
  switch (info->unit)
    {
    case KILTER_UNIT_RATIO:
      if (delta)
        return kilter_format_points (value, 1);
      return info->kind == KILTER_TARGET_WITHIN && info->metric != KILTER_METRIC_CAPACITY_USE
               ? kilter_format_ratio_delta (value, 1)
               : kilter_format_ratio (value, 1);
    case KILTER_UNIT_MONEY:
      return delta ? kilter_format_money_delta (self->plan, value)
                   : kilter_format_money (self->plan, value);
    case KILTER_UNIT_DAYS:
    case KILTER_UNIT_QUANTITY:
    case KILTER_UNIT_PRICE:
    case KILTER_UNIT_HOURS:
    default:
      return kilter_number_format (
        value, &(KilterNumberFormat) {
                 .decimals = info->unit == KILTER_UNIT_DAYS && fabs (value) >= 9.95 ? 0 : 1,
                 .grouped = TRUE,
                 .sign = delta });
    }
}

static Card *
make_card (KilterPackBuilder *self, KilterMetric metric, int bucket)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  Card *card = g_new0 (Card, 1);
  KilterMetricValue value;
  g_autofree char *target = NULL;

  kilter_plan_metric (self->plan, metric, &everything, bucket, &value);
  card->name = g_strdup (_ (info->name));
  card->value = format_metric (self, info, value.value, FALSE);
  card->tone = kilter_status_get_tone (value.status);
  if (isnan (value.value))
    {
      card->target = NULL;
      return card;
    }
  if (!isnan (value.target))
    {
      target = info->unit == KILTER_UNIT_RATIO ? kilter_format_ratio (value.target, 1)
                                               : format_metric (self, info, value.target, FALSE);
      if (info->kind == KILTER_TARGET_WITHIN)
        {
          g_autofree char *tolerance = info->unit == KILTER_UNIT_RATIO
                                         ? kilter_format_ratio (value.tolerance, 0)
                                         : format_metric (self, info, value.tolerance, FALSE);

          /* Translators: a target and its tolerance: "Target 34 ± 4" */
          card->target = g_strdup_printf (_ ("Target %s ± %s"), target, tolerance);
        }
      else
        card->target = g_strdup_printf (_ ("Target %s"), target);
      card->note = format_metric (self, info, value.value - value.target, TRUE);
    }
  card->chart = kilter_figure_metric (&self->subject, metric, bucket, &value);
  return card;
}

/* The numbers behind the cards, one row a metric. */
static KilterTable *
make_metric_table (KilterPackBuilder *self, int bucket)
{
  int n = MIN (bucket + 1, 13);
  KilterTable *table = kilter_table_new (n + 3);

  kilter_table_set_column (table, 0, _ ("Metric"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Target"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Tolerance"), KILTER_COLUMN_NUMBER);
  for (int t = 0; t < n; t++)
    {
      g_autofree char *month = kilter_format_bucket (self->plan, bucket - n + 1 + t);

      kilter_table_set_column (table, 3 + t, month, KILTER_COLUMN_NUMBER);
    }
  for (int m = 0; m < KILTER_N_METRICS; m++)
    {
      const KilterMetricInfo *info = kilter_metric_get_info (m);
      KilterFormat format = { .number = { .decimals = 1, .grouped = TRUE }, .unit = info->unit };
      KilterMetricValue value;
      int row;

      if (!kilter_metric_is_shown (self->plan, m))
        continue;
      format.number.percent = info->unit == KILTER_UNIT_RATIO;
      row = kilter_table_add_row (table, _ (info->name), KILTER_ROW_PLAIN);
      for (int t = 0; t < n; t++)
        {
          kilter_plan_metric (self->plan, m, &everything, bucket - n + 1 + t, &value);
          kilter_table_set_value (table, row, 3 + t, &format, value.value, FALSE);
        }
      kilter_table_set_value (table, row, 1, &format, value.target, FALSE);
      kilter_table_set_value (table, row, 2, &format, value.tolerance, FALSE);
    }
  return table;
}

/**
 * kilter_pack_add_scorecard:
 *
 * One page: the metrics of the last period that are known, each with its target and thirteen
 * periods; what cannot be measured is named, with the reason.
 */
void
kilter_pack_add_scorecard (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  int bucket = self->first - 1, n = 0, across = 4, rows;
  g_autoptr (GString) missing = g_string_new (NULL);
  Card *cards[KILTER_N_METRICS];
  g_autofree char *title = NULL, *subtitle = NULL, *month = NULL;
  g_autoptr (KilterTable) numbers = NULL;
  KilterPackSheet *sheet;
  double width, height, bottom = 0;

  /* of a budget of pages the record and the approved plan come first */
  if (bucket < 0 || self->pages_left < 3)
    return;
  for (int m = 0; m < KILTER_N_METRICS; m++)
    {
      const KilterMetricInfo *info = kilter_metric_get_info (m);
      KilterMetricValue value;

      if (!kilter_metric_is_shown (self->plan, m))
        continue;
      kilter_plan_metric (self->plan, m, &everything, bucket, &value);
      if (!isnan (value.value))
        cards[n++] = make_card (self, m, bucket);
      else if (info->needs != NULL)
        g_string_append_printf (missing, "%s%s: %s", missing->len > 0 ? "  " : "", _ (info->name),
                                _ (info->needs));
    }
  if (n == 0)
    return;
  title = kilter_headline_monitor (&self->subject, bucket);
  month = kilter_format_bucket (self->plan, bucket);
  /* Translators: a month */
  subtitle = g_strdup_printf (_ ("Key metrics · %s and the twelve periods before"), month);
  sheet = kilter_builder_add_page (self, _ ("Key Metrics"), 0, title, subtitle);
  numbers = make_metric_table (self, bucket);
  kilter_pack_sheet_add_data (sheet, numbers);
  if (missing->len > 0)
    {
      double text;
      g_autofree char *note = g_strdup_printf (_ ("Not measured: %s"), missing->str);

      kilter_ink_measure (&self->ink, note,
                          &(KilterPrintText) {
                            .size = KILTER_PRINT_SMALL, .max_width = area->width, .max_lines = -1 },
                          NULL, &text);
      bottom = text + 10;
      kilter_pack_sheet_add_text (
        self, sheet, area->x, area->y + area->height - text, area->width, note,
        &(KilterPrintText) { .size = KILTER_PRINT_SMALL, .role = KILTER_CHART_ROLE_DIM_TEXT });
    }
  rows = MAX ((n + across - 1) / across, 2);
  width = (area->width - (across - 1) * GAP) / across;
  height = MIN ((area->height - bottom - 4 - (rows - 1) * GAP) / rows, 170);
  for (int i = 0; i < n; i++)
    kilter_pack_sheet_add_draw (sheet,
                                &(KilterChartRect) { area->x + i % across * (width + GAP),
                                                     area->y + 4 + i / across * (height + GAP),
                                                     width, height },
                                draw_card, cards[i], free_card);
}
