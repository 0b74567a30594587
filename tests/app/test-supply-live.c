/* test-supply-live.c: an edit while the optimiser works: the quick plan at once, the best one when
 * it is ready, one step to undo, and nothing moves that the edit does not concern
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>

#include "app/kilter-settings.h"
#include "app/pages/supply/kilter-supply-live.h"
#include "app/window/kilter-window.h"
#include "plan/kilter-tasks.h"

#define CYCLE 24
#define N_HORIZON 12
#define N_PRODUCTS 120 /* more than what is planned at least cost at once */
#define HOURS 0.1

static KilterApplication *application;

static void
set_text (KilterCommand *command, KilterPlan *plan, int table, int id, int field, const char *text)
{
  kilter_command_set_field_text (command, plan, table, id, field, text);
}

static void
set_number (KilterCommand *command, KilterPlan *plan, int table, int id, int field, double number)
{
  kilter_command_set_field_number (command, plan, table, id, field, number);
}

/* Two lines, half the products on each; every month has its hours, and not many more. */
static void
fill (KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  KilterCommand *command = kilter_command_new ("test", "Lines");
  int lines[2];

  for (int r = 0; r < 2; r++)
    {
      lines[r] = kilter_command_add_record (command, plan, KILTER_TABLE_RESOURCE);
      set_text (command, plan, KILTER_TABLE_RESOURCE, lines[r], KILTER_RESOURCE_CODE,
                r == 0 ? "L1" : "L2");
      set_text (command, plan, KILTER_TABLE_RESOURCE, lines[r], KILTER_RESOURCE_KIND, "machine");
      set_number (command, plan, KILTER_TABLE_RESOURCE, lines[r], KILTER_RESOURCE_HOURS, 700);
    }
  for (int p = 0; p < N_PRODUCTS; p++)
    {
      g_autofree char *code = g_strdup_printf ("P%03d", p);
      int product = kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT);
      int series = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);
      int rate = kilter_command_add_record (command, plan, KILTER_TABLE_RATE);
      double values[N_HORIZON];

      set_text (command, plan, KILTER_TABLE_PRODUCT, product, KILTER_PRODUCT_CODE, code);
      set_number (command, plan, KILTER_TABLE_PRODUCT, product, KILTER_PRODUCT_FAMILY, 1);
      set_number (command, plan, KILTER_TABLE_PRODUCT, product, KILTER_PRODUCT_PRICE, 10 + p % 7);
      set_number (command, plan, KILTER_TABLE_PRODUCT, product, KILTER_PRODUCT_COST, 5);
      set_number (command, plan, KILTER_TABLE_SERIES, series, KILTER_SERIES_PRODUCT, product);
      set_number (command, plan, KILTER_TABLE_SERIES, series, KILTER_SERIES_REGION, 1);
      set_number (command, plan, KILTER_TABLE_SERIES, series, KILTER_SERIES_CHANNEL, 1);
      set_number (command, plan, KILTER_TABLE_RATE, rate, KILTER_RATE_PRODUCT, product);
      set_number (command, plan, KILTER_TABLE_RATE, rate, KILTER_RATE_RESOURCE, lines[p % 2]);
      set_number (command, plan, KILTER_TABLE_RATE, rate, KILTER_RATE_HOURS, HOURS);
      for (int t = 0; t < N_HORIZON; t++)
        values[t] = 90 + p % 11 + (t * 5 + p) % 7;
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_STATISTICAL,
                                 KILTER_LAYER_FACT, series, CYCLE, N_HORIZON, values);
    }
  g_assert_true (kilter_document_apply (document, command, NULL));
}

static double
get (KilterDocument *document, KilterMeasure measure, int row, int bucket)
{
  double value = kilter_plan_get_value (kilter_document_get_plan (document), KILTER_BASELINE,
                                        measure, row, bucket);

  return isnan (value) ? 0 : value;
}

static double
total (KilterDocument *document, KilterMeasure measure)
{
  int n = kilter_plan_get_max_id (kilter_document_get_plan (document), KILTER_TABLE_PRODUCT);
  double sum = 0;

  for (int row = 1; row <= n; row++)
    for (int t = CYCLE; t < CYCLE + N_HORIZON; t++)
      sum += get (document, measure, row, t);
  return sum;
}

static void
assert_feasible (KilterDocument *document)
{
  for (int r = 1; r <= 2; r++)
    for (int t = CYCLE; t < CYCLE + N_HORIZON; t++)
      g_assert_cmpfloat (get (document, KILTER_LOAD, r, t), <=,
                         get (document, KILTER_CAPACITY, r, t) + 1e-3);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kilter_document_run_finish (KILTER_DOCUMENT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
wait_until_idle (KilterDocument *document)
{
  for (int i = 0; i < 600 && kilter_document_is_busy (document); i++)
    wait_milliseconds (50);
  g_assert_false (kilter_document_is_busy (document));
  wait_milliseconds (50);
}

static KilterCommand *
edit_capacity (KilterDocument *document, int resource, int bucket, double hours)
{
  KilterCommand *command = kilter_command_new ("edit", "Capacity");

  kilter_command_set_value (command, kilter_document_get_plan (document), KILTER_BASELINE,
                            KILTER_CAPACITY, KILTER_LAYER_INPUT, resource, bucket, hours);
  return command;
}

/* what the least-cost plan leaves unmet, asked of the planner directly */
static double
least_unmet (KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  g_autoptr (KilterSupplyTask) task = kilter_supply_task_new (plan, KILTER_BASELINE, NULL, NULL);
  g_autoptr (KilterCommand) command = NULL;
  double unmet;

  g_assert_true (kilter_supply_task_run (task, NULL, NULL));
  g_assert_true (kilter_supply_task_is_optimal (task));
  command = kilter_supply_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  unmet = total (document, KILTER_UNMET);
  kilter_plan_revert (plan, command);
  return unmet;
}

static KilterPage *
start (Fixture *fixture, KilterWindow **out_window)
{
  gboolean done = FALSE;

  g_settings_set_boolean (kilter_settings_get (), "plan-supply-after-edits", TRUE);
  fill (fixture->document);
  kilter_document_supply_async (fixture->document, KILTER_BASELINE, "optimal", done_cb, &done);
  wait_for (&done);
  g_assert_cmpfloat (total (fixture->document, KILTER_REGULAR), >, 1000);
  *out_window = fixture_show (fixture, GTK_APPLICATION (application), "supply");
  wait_until_idle (fixture->document);
  return kilter_window_get_page (*out_window);
}

/* One edit, and another while the optimiser still works on the first. */
static void
test_edit_while_planning (Fixture *fixture, gconstpointer data)
{
  KilterDocument *document = fixture->document;
  KilterWindow *window;
  KilterPage *page = start (fixture, &window);
  g_autofree char *before = kilter_plan_digest_version (kilter_document_get_plan (document),
                                                        KILTER_BASELINE);
  g_autofree char *after = NULL;
  double unmet = total (document, KILTER_UNMET);

  g_assert_true (
    kilter_supply_live_apply (page, edit_capacity (document, 1, CYCLE + 3, 300), NULL));
  /* at once: load, stock and a plan that keeps to the new hours */
  g_assert_true (kilter_document_is_busy (document));
  g_assert_cmpfloat (get (document, KILTER_CAPACITY, 1, CYCLE + 3), ==, 300);
  assert_feasible (document);
  g_assert_true (
    kilter_supply_live_apply (page, edit_capacity (document, 1, CYCLE + 4, 200), NULL));
  assert_feasible (document);
  g_assert_cmpfloat (total (document, KILTER_UNMET), >, unmet);
  wait_until_idle (document);
  /* then the best */
  assert_feasible (document);
  g_assert_cmpfloat (fabs (total (document, KILTER_UNMET) - least_unmet (document)), <, 1e-3);
  /* two edits, two steps, and nothing else */
  g_assert_true (kilter_document_undo (document, NULL));
  g_assert_cmpfloat (get (document, KILTER_CAPACITY, 1, CYCLE + 4), ==, 700);
  g_assert_cmpfloat (get (document, KILTER_CAPACITY, 1, CYCLE + 3), ==, 300);
  g_assert_true (kilter_document_undo (document, NULL));
  after = kilter_plan_digest_version (kilter_document_get_plan (document), KILTER_BASELINE);
  g_assert_cmpstr (before, ==, after);
  close_window (window);
}

/* Fewer hours on one line leave the other one as it is, to the last unit. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  KilterDocument *document = fixture->document;
  KilterPlan *plan = kilter_document_get_plan (document);
  KilterWindow *window;
  KilterPage *page = start (fixture, &window);
  int n = kilter_plan_get_max_id (plan, KILTER_TABLE_PRODUCT), n_moved = 0, n_stayed = 0;
  g_autofree double *before = g_new (double, (gsize) (n + 1) * N_HORIZON);

  for (int row = 1; row <= n; row++)
    for (int t = 0; t < N_HORIZON; t++)
      before[row * N_HORIZON + t] = get (document, KILTER_REGULAR, row, CYCLE + t);
  g_assert_true (
    kilter_supply_live_apply (page, edit_capacity (document, 1, CYCLE + 3, 300), NULL));
  wait_until_idle (document);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RATE, rate)
    {
      int row = kilter_record_ref (rate, KILTER_RATE_PRODUCT);

      for (int t = 0; t < N_HORIZON; t++)
        {
          double moved = fabs (get (document, KILTER_REGULAR, row, CYCLE + t) -
                               before[row * N_HORIZON + t]);

          if (kilter_record_ref (rate, KILTER_RATE_RESOURCE) == 1)
            n_moved += moved > 1e-3;
          else
            {
              g_assert_cmpfloat (moved, <, 1e-3);
              n_stayed++;
            }
        }
    }
  g_assert_cmpint (n_moved, >, 0);
  g_assert_cmpint (n_stayed, ==, N_PRODUCTS / 2 * N_HORIZON);
  close_window (window);
}

/* The optimiser is told to stop: the quick plan stays, and it is a plan. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  KilterDocument *document = fixture->document;
  KilterWindow *window;
  KilterPage *page = start (fixture, &window);
  double quick;

  g_assert_true (
    kilter_supply_live_apply (page, edit_capacity (document, 1, CYCLE + 3, 300), NULL));
  quick = total (document, KILTER_REGULAR);
  g_assert_true (kilter_document_is_busy (document));
  kilter_document_cancel (document);
  wait_until_idle (document);
  g_assert_cmpfloat (fabs (total (document, KILTER_REGULAR) - quick), <, 1e-6);
  assert_feasible (document);
  close_window (window);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/supply-live/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);

  ADD ("edit-while-planning", test_edit_while_planning);
  ADD ("stays", test_stays);
  ADD ("cancel", test_cancel);
  return fixture_run (application);
}
