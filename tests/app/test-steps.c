/* test-steps.c: the sheet, finance, executive and monitor pages on a small plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>

#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"
#include "app/pages/balance/kilter-family-switch.h"
#include "app/pages/balance/kilter-reference.h"
#include "app/document/kilter-document-store.h"
#include "app/pages/common/kilter-approved.h"
#include "app/pages/monitor/kilter-actual-table.h"
#include "app/pages/monitor/kilter-metric-card.h"
#include "app/pages/monitor/kilter-month-picker.h"
#include "plan/process/kilter-cycle.h"
#include "store/kilter-approval.h"

#define CYCLE 24

static KilterApplication *application;
static const KilterScope everything = { 0 };

static KilterWindow *
show_page (Fixture *fixture, const char *view)
{
  return fixture_show (fixture, GTK_APPLICATION (application), view);
}

/* Prices, costs, a budget, a consensus to plan with, and the budget's neighbour: a second family.
 */
static void
add_money (Fixture *fixture)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Money");
  int family = kilter_command_add_record (command, plan, KILTER_TABLE_FAMILY);
  double budget[36], consensus[36];

  kilter_command_set_field_text (command, plan, KILTER_TABLE_FAMILY, family, KILTER_FAMILY_NAME,
                                 "Coffee");
  for (int t = 0; t < 36; t++)
    {
      budget[t] = 90;
      consensus[t] = t < CYCLE ? NAN : 120;
    }
  for (int id = 1; id <= 2; id++)
    {
      kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, id,
                                       KILTER_PRODUCT_PRICE, 10 * id);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, id, KILTER_PRODUCT_COST,
                                       6 * id);
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_BUDGET, KILTER_LAYER_FACT,
                                 id, 0, 36, budget);
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_CONSENSUS,
                                 KILTER_LAYER_INPUT, id, CYCLE, 12, consensus + CYCLE);
      /* as much is made as is wanted */
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_INPUT,
                                 id, CYCLE, 12, consensus + CYCLE);
    }
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
}

/* Two decisions; the first brings a scenario into the plan. */
static KilterVersion
add_decisions (Fixture *fixture)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterVersion scenario = 0;
  KilterCommand *command = kilter_scenario_new (plan, KILTER_BASELINE, "More Tea", NULL, NULL,
                                                &scenario, NULL);

  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  command = kilter_command_new ("test", "Decisions");
  kilter_command_set_value (command, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1,
                            CYCLE + 2, 200);
  for (int i = 0; i < 2; i++)
    {
      int id = kilter_command_add_record (command, plan, KILTER_TABLE_DECISION);

      kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id,
                                       KILTER_DECISION_CYCLE, kilter_plan_get_current_cycle (plan));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id,
                                     KILTER_DECISION_TITLE, i == 0 ? "Sell more" : "Ask again");
      kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id,
                                     KILTER_DECISION_STATE, "open");
      if (i == 0)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id,
                                         KILTER_DECISION_SCENARIO, scenario);
    }
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  return scenario;
}

static const char *
get_state (Fixture *fixture, int decision)
{
  return kilter_record_text (kilter_plan_get_record (kilter_document_get_plan (fixture->document),
                                                     KILTER_TABLE_DECISION, decision),
                             KILTER_DECISION_STATE);
}

static double
get_consensus (Fixture *fixture)
{
  return kilter_plan_get_value (kilter_document_get_plan (fixture->document), KILTER_BASELINE,
                                KILTER_CONSENSUS, 1, CYCLE + 2);
}

static void
answer_dialog (KilterWindow *window, const char *response)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_autofree char *signal = g_strdup_printf ("response::%s", response);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, signal, response);
  adw_dialog_force_close (dialog);
  wait_milliseconds (50);
}

/* --- executive --- */

static void
test_decide (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window;
  GtkWidget *page;

  add_money (fixture);
  add_decisions (fixture);
  window = show_page (fixture, "decide");
  page = GTK_WIDGET (kilter_window_get_page (window));
  g_assert_false (kilter_page_get_primary_enabled (KILTER_PAGE (page)));
  g_assert_cmpfloat (get_consensus (fixture), ==, 120);

  gtk_widget_activate_action (page, "executive.approve", "i", 1);
  g_assert_cmpstr (get_state (fixture, 1), ==, "approved");
  g_assert_cmpfloat (get_consensus (fixture), ==, 200);
  wait_milliseconds (50);
  g_assert_false (kilter_page_get_primary_enabled (KILTER_PAGE (page)));

  gtk_widget_activate_action (page, "executive.defer", "i", 2);
  answer_dialog (window, "cancel");
  g_assert_cmpstr (get_state (fixture, 2), ==, "open");
  gtk_widget_activate_action (page, "executive.defer", "i", 2);
  answer_dialog (window, "answer");
  g_assert_cmpstr (get_state (fixture, 2), ==, "deferred");
  g_assert_true (kilter_page_get_primary_enabled (KILTER_PAGE (page)));

  /* a deferred one is opened again; an approval that is not the last step is reverted */
  gtk_widget_activate_action (page, "executive.take-back", "i", 2);
  g_assert_cmpstr (get_state (fixture, 2), ==, "open");
  gtk_widget_activate_action (page, "executive.take-back", "i", 1);
  g_assert_cmpstr (get_state (fixture, 1), ==, "open");
  g_assert_cmpfloat (get_consensus (fixture), ==, 120);

  /* the last step is undone */
  gtk_widget_activate_action (page, "executive.approve", "i", 1);
  gtk_widget_activate_action (page, "executive.take-back", "i", 1);
  g_assert_cmpstr (get_state (fixture, 1), ==, "open");
  g_assert_cmpfloat (get_consensus (fixture), ==, 120);
  close_window (window);
}

static void
test_approve (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  g_autoptr (KilterSignature) signature = NULL;
  KilterVersion approved;
  KilterWindow *window;
  GtkWidget *page;

  add_money (fixture);
  add_decisions (fixture);
  window = show_page (fixture, "decide");
  page = GTK_WIDGET (kilter_window_get_page (window));
  gtk_widget_activate_action (page, "executive.approve", "i", 1);
  gtk_widget_activate_action (page, "executive.approve", "i", 2);
  wait_milliseconds (50);
  gtk_widget_activate_action (page, "executive.approve-plan", NULL);
  answer_dialog (window, "cancel");
  g_assert_cmpint (kilter_plan_get_last_approved (plan), ==, 0);
  gtk_widget_activate_action (page, "executive.approve-plan", NULL);
  answer_dialog (window, "approve");

  approved = kilter_plan_get_last_approved (plan);
  g_assert_cmpint (approved, !=, 0);
  g_assert_true (kilter_plan_is_snapshot (plan, approved));
  g_assert_cmpfloat (kilter_plan_get_value (plan, approved, KILTER_CONSENSUS, 1, CYCLE + 2), ==,
                     200);
  g_assert_cmpstr (
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, approved),
                        KILTER_VERSION_OWNER),
    ==, kilter_document_get_user (fixture->document));
  signature = kilter_approval_read (kilter_document_get_store (fixture->document), approved);
  g_assert_nonnull (signature);
  g_assert_cmpint (signature->state, ==, KILTER_SIGNATURE_GOOD);
  g_assert_cmpstr (signature->person, ==, kilter_document_get_user (fixture->document));
  for (int step = 1; step <= 5; step++)
    g_assert_cmpint (kilter_step_get_state (kilter_plan_get_step (plan, step)), ==,
                     KILTER_STEP_FINISHED);
  g_assert_cmpint (kilter_step_get_state (kilter_plan_get_step (plan, 6)), ==,
                   KILTER_STEP_IN_PROGRESS);
  g_assert_false (kilter_page_get_primary_enabled (KILTER_PAGE (page)));
  close_window (window);
}

/* --- balance --- */

static void
test_reference (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterSubject subject = { plan, KILTER_BASELINE, { 0 }, KILTER_DISPLAY_CASES };
  double values[36], gap[36], total;
  gpointer budget = GINT_TO_POINTER (KILTER_REFERENCE_BUDGET);
  gpointer year = GINT_TO_POINTER (KILTER_REFERENCE_LAST_YEAR);

  g_assert_false (kilter_reference_exists (&subject, KILTER_REFERENCE_BUDGET, CYCLE, 12));
  add_money (fixture);
  g_assert_true (kilter_reference_exists (&subject, KILTER_REFERENCE_BUDGET, CYCLE, 12));
  g_assert_false (kilter_reference_exists (&subject, KILTER_REFERENCE_LAST_CYCLE, CYCLE, 12));

  /* 120 of each at 10 and 20 against 90 of each; by hand: 30 × 30 a month */
  kilter_reference_read_difference (&subject, KILTER_REVENUE, CYCLE, 12, budget, values, &total);
  g_assert_cmpfloat (values[CYCLE], ==, 900);
  g_assert_cmpfloat (total, ==, 12 * 900);
  kilter_plan_aggregate (plan, KILTER_BASELINE, KILTER_BUDGET_GAP, &everything, gap);
  for (int t = 0; t < 36; t++)
    g_assert_cmpfloat_with_epsilon (values[t], gap[t], 1e-9);
  kilter_reference_read_difference (&subject, KILTER_MARGIN, CYCLE, 12, budget, values, &total);
  g_assert_cmpfloat (values[CYCLE], ==, 30 * 12);

  /* a year before April sales were 112 of each */
  kilter_reference_read (&subject, KILTER_REVENUE, CYCLE, 12, year, values, &total);
  g_assert_cmpfloat (values[CYCLE], ==, 112 * 30);
  g_assert_true (isnan (values[11]));
  /* nothing but revenue and margin has a budget, and stock has no total */
  kilter_reference_read (&subject, KILTER_COST_OF_SALES, CYCLE, 12, budget, values, &total);
  g_assert_true (isnan (values[CYCLE]) && isnan (total));
  g_assert_true (isnan (kilter_reference_get_own_total (&subject, KILTER_STOCK_VALUE, CYCLE, 12)));
}

static void
test_families (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window;
  KilterPage *page;
  GtkWidget *group;

  add_money (fixture);
  window = show_page (fixture, "balance/sheet");
  page = kilter_window_get_page (window);
  group = adw_bin_get_child (ADW_BIN (kilter_page_get_context_extra (page)));
  g_assert_true (ADW_IS_TOGGLE_GROUP (group));
  g_assert_cmpuint (adw_toggle_group_get_n_toggles (ADW_TOGGLE_GROUP (group)), ==, 3);
  g_assert_cmpuint (adw_toggle_group_get_active (ADW_TOGGLE_GROUP (group)), ==, 0);
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (group), 1);
  g_assert_cmpint (kilter_session_get_scope (kilter_window_get_session (window))->family, ==, 1);
  wait_milliseconds (50);
  /* what is chosen elsewhere is shown, too */
  kilter_session_set_scope (kilter_window_get_session (window), &everything);
  wait_milliseconds (50);
  g_assert_cmpuint (adw_toggle_group_get_active (ADW_TOGGLE_GROUP (group)), ==, 0);
  close_window (window);
}

static void
test_recommend (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterVersion scenario;
  KilterWindow *window;
  GtkWidget *page;

  add_money (fixture);
  scenario = add_decisions (fixture);
  window = show_page (fixture, "balance/sheet");
  page = GTK_WIDGET (kilter_window_get_page (window));
  gtk_widget_activate_action (page, "sheet.recommend", "i", scenario);
  g_assert_cmpstr (
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, scenario),
                        KILTER_VERSION_STATE),
    ==, "recommended");
  gtk_widget_activate_action (page, "sheet.recommend", "i", 0);
  g_assert_cmpstr (
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, scenario),
                        KILTER_VERSION_STATE),
    ==, "working");
  gtk_widget_activate_action (page, "sheet.add-decision", NULL);
  wait_milliseconds (50);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

/* --- monitor --- */

static void
approve_now (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_cycle_approve (kilter_document_get_plan (fixture->document),
                                                 KILTER_BASELINE, "Ana", "2026-04-23T09:00:00Z",
                                                 &error);

  g_assert_no_error (error);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
}

static void
test_months (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  GtkWidget *picker = g_object_ref_sink (kilter_month_picker_new ());
  g_autofree char *words = NULL;

  add_money (fixture);
  kilter_month_picker_refresh (KILTER_MONTH_PICKER (picker), plan);
  g_assert_cmpint (kilter_month_picker_get_bucket (KILTER_MONTH_PICKER (picker)), ==, CYCLE - 1);
  approve_now (fixture);
  /* April can be chosen, but there is nothing to see yet */
  kilter_month_picker_refresh (KILTER_MONTH_PICKER (picker), plan);
  g_assert_cmpint (kilter_month_picker_get_bucket (KILTER_MONTH_PICKER (picker)), ==, CYCLE - 1);
  g_assert_true (kilter_plan_has_actuals (plan, CYCLE - 1));
  g_assert_false (kilter_plan_has_actuals (plan, CYCLE));
  g_assert_cmpint (kilter_plan_find_approved (plan, CYCLE - 1), ==, 0);
  g_assert_cmpint (kilter_plan_find_approved (plan, CYCLE), ==,
                   kilter_plan_get_last_approved (plan));
  words = kilter_plan_describe_approved (plan, kilter_plan_get_last_approved (plan));
  g_assert_nonnull (strstr (words, "Ana"));
  g_assert_finalize_object (picker);
}

static void
assert_cell (KilterActualTable *table, int row, int col, const char *expected)
{
  KilterGridCell cell = { 0 };

  kilter_grid_model_get_cell (KILTER_GRID_MODEL (table), row, col, &cell);
  g_assert_cmpstr (cell.text, ==, expected);
}

static void
test_actual (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterSubject subject = { plan, KILTER_BASELINE, { 0 }, KILTER_DISPLAY_CASES };
  g_autoptr (KilterActualTable) table = kilter_actual_table_new ();
  KilterCommand *command = kilter_command_new ("test", "April");
  GDate day;

  add_money (fixture);
  approve_now (fixture);
  /* 120 of each were planned, 100 and 130 were sold */
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, 1,
                            CYCLE, 100);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, 2,
                            CYCLE, 130);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  kilter_actual_table_fill (table, &subject, kilter_plan_get_last_approved (plan), CYCLE, NULL);
  /* all, Tea with its two products, Coffee */
  g_assert_cmpint (kilter_grid_model_get_n_rows (KILTER_GRID_MODEL (table)), ==, 5);
  assert_cell (table, 0, 0, "240.0");
  assert_cell (table, 0, 1, "230.0");
  assert_cell (table, 0, 2, "−10.0");
  g_assert_cmpint (kilter_actual_table_get_product (table, 2), ==, 1);
  assert_cell (table, 2, 1, "100.0");
  assert_cell (table, 2, 2, "−20.0");
  /* no stock was counted, and the margin of a month that is not over is not known */
  assert_cell (table, 0, 9, "–");
  assert_cell (table, 0, 13, "–");
  /* while the month runs, as much of its plan as is due stands first: 10 of 22 working days */
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 14, G_DATE_APRIL, 2026);
  g_assert_cmpint (kilter_grid_model_get_n_cols (KILTER_GRID_MODEL (table)), ==, 16);
  kilter_actual_table_fill (table, &subject, kilter_plan_get_last_approved (plan), CYCLE, &day);
  g_assert_cmpint (kilter_grid_model_get_n_cols (KILTER_GRID_MODEL (table)), ==, 20);
  assert_cell (table, 0, 0, "109.1");
  assert_cell (table, 0, 1, "230.0");
  assert_cell (table, 0, 2, "+120.9");
  assert_cell (table, 0, 4, "240.0");
  g_assert_true (kilter_actual_table_is_demand (table, 7));
  g_assert_false (kilter_actual_table_is_demand (table, 8));
  kilter_grid_model_toggle_expanded (KILTER_GRID_MODEL (table), 1);
  kilter_actual_table_fill (table, &subject, kilter_plan_get_last_approved (plan), CYCLE, NULL);
  g_assert_cmpint (kilter_grid_model_get_n_rows (KILTER_GRID_MODEL (table)), ==, 3);
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Action");
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_ACTION);
  KilterWindow *window;
  GtkWidget *page, *check;

  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_TITLE,
                                 "Ask for an offer");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_STATE,
                                 "open");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DUE,
                                 "2020-01-01");
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  window = show_page (fixture, "monitor/actions");
  page = GTK_WIDGET (kilter_window_get_page (window));
  check = find_widget (page, GTK_TYPE_CHECK_BUTTON);
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_ACTION, id),
                                       KILTER_ACTION_STATE),
                   ==, "done");
  wait_milliseconds (50);
  gtk_widget_activate_action (page, "actions.edit", "i", id);
  wait_milliseconds (50);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

/* A card opens what is behind it, down to a product, and that opens where its cause is seen; the
 * way back leads to the board, of everything again. */
static void
check_parts (Fixture *fixture, KilterWindow *window, GtkWidget *page)
{
  KilterSession *session = kilter_page_get_session (KILTER_PAGE (page));
  AdwDialog *dialog;
  AdwNavigationView *levels;
  GtkWidget *level, *row;

  gtk_widget_activate_action (page, "metrics.show-parts", "i", KILTER_METRIC_TOTAL_SALES);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_nonnull (dialog);
  levels = ADW_NAVIGATION_VIEW (find_widget (GTK_WIDGET (dialog), ADW_TYPE_NAVIGATION_VIEW));
  g_assert_nonnull (levels);
  level = GTK_WIDGET (adw_navigation_view_get_visible_page (levels));
  row = find_widget (level, ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (row);
  for (; row != NULL; row = find_widget (level, ADW_TYPE_ACTION_ROW))
    {
      adw_action_row_activate (ADW_ACTION_ROW (row));
      g_assert_false (level == GTK_WIDGET (adw_navigation_view_get_visible_page (levels)));
      level = GTK_WIDGET (adw_navigation_view_get_visible_page (levels));
    }
  row = find_widget (level, ADW_TYPE_BUTTON_ROW);
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  g_assert_cmpint (kilter_session_get_scope (session)->product, >, 0);
  g_assert_false (GTK_WIDGET (kilter_window_get_page (window)) == page);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.go-back", NULL);
  g_assert_true (GTK_WIDGET (kilter_window_get_page (window)) == page);
  g_assert_cmpint (kilter_session_get_scope (session)->product, ==, 0);
}

static void
test_metrics (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Hide");
  KilterWindow *window;
  GtkWidget *page, *cards;
  int id, count = 0;
  g_autofree char *missing = kilter_metric_format (plan, KILTER_METRIC_ACCURACY, NAN);

  g_assert_cmpstr (missing, ==, "–");
  id = kilter_command_add_record (command, plan, KILTER_TABLE_TARGET);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_METRIC,
                                 "turns");
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_SHOWN, 0);
  add_money (fixture);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  window = show_page (fixture, "monitor/metrics");
  page = GTK_WIDGET (kilter_window_get_page (window));
  cards = find_widget (page, GTK_TYPE_FLOW_BOX);
  while (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (cards), count) != NULL)
    count++;
  /* the twelve of a new plan's board */
  g_assert_cmpint (count, ==, 12 - 1);
  check_parts (fixture, window, page);
  gtk_widget_activate_action (page, "metrics.choose", NULL);
  wait_milliseconds (50);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

/* --- states --- */

static const char *const pages[] = { "balance/sheet",   "balance/finance", "decide/executive",
                                     "monitor/metrics", "monitor/actual",  "monitor/actions" };

/* Without any data each page says what to do, and warns about nothing. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterWindow *window;

  while (kilter_document_get_undo_label (fixture->document) != NULL)
    g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_SERIES), ==, 0);
  window = show_page (fixture, "overview");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (kilter_window_show (window, pages[i]));
      wait_milliseconds (50);
    }
  close_window (window);
}

/* Months after approval without actuals; a scope; narrow. */
static void
test_looks (Fixture *fixture, gconstpointer data)
{
  const KilterScope scopes[] = { { .family = 1 }, { .product = 1 }, { .region = 1 }, { 0 } };
  KilterWindow *window;

  add_money (fixture);
  approve_now (fixture);
  window = show_page (fixture, "overview");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (kilter_window_show (window, pages[i]));
      for (gsize s = 0; s < G_N_ELEMENTS (scopes); s++)
        {
          kilter_session_set_scope (kilter_window_get_session (window), &scopes[s]);
          wait_milliseconds (30);
        }
    }
  close_window (window);
  window = kilter_window_new (GTK_APPLICATION (application));
  kilter_window_set_document (window, fixture->document);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 800);
  gtk_window_present (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (kilter_window_show (window, pages[i]));
      wait_milliseconds (50);
    }
  close_window (window);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  KilterDocument *other;
  KilterWindow *window;
  g_autoptr (GError) error = NULL;
  gboolean is_published = FALSE;

  add_money (fixture);
  add_decisions (fixture);
  for (int i = 0; i < 60 && kilter_document_has_unpublished (fixture->document); i++)
    wait_milliseconds (100);
  is_published = !kilter_document_has_unpublished (fixture->document);
  g_assert_true (is_published);
  other = open_document (fixture->file, KILTER_STORE_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (kilter_document_is_read_only (other));
  window = kilter_window_new (GTK_APPLICATION (application));
  kilter_window_set_document (window, other);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (kilter_window_show (window, "decide"));
  wait_milliseconds (100);
  g_assert_false (kilter_page_get_primary_enabled (kilter_window_get_page (window)));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (kilter_window_show (window, pages[i]));
      wait_milliseconds (50);
    }
  close_window (window);
  kilter_document_close_now (other, KILTER_STORE_CLOSE_DISCARD);
  wait_milliseconds (50);
  g_object_unref (other);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/steps/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);

  ADD ("decide", test_decide);
  ADD ("approve", test_approve);
  ADD ("reference", test_reference);
  ADD ("families", test_families);
  ADD ("recommend", test_recommend);
  ADD ("months", test_months);
  ADD ("actual", test_actual);
  ADD ("actions", test_actions);
  ADD ("metrics", test_metrics);
  ADD ("empty", test_empty);
  ADD ("looks", test_looks);
  ADD ("read-only", test_read_only);
  return fixture_run (application);
}
