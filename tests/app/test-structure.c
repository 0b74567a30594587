/* test-structure.c: tables of records, scenarios, risks, packs, data, accuracy, stock
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>

#include "app/window/kilter-window.h"
#include "app/pages/packs/kilter-pack-output.h"
#include "app/pages/packs/kilter-packs-page.h"
#include "app/pages/risks/kilter-risks-page.h"
#include "app/pages/scenarios/kilter-scenarios-page.h"
#include "app/pages/structure/kilter-record-dialog.h"
#include "app/pages/structure/kilter-record-edit.h"
#include "app/pages/structure/kilter-structure-pages.h"
#include "plan/process/kilter-cycle.h"
#include "plan/review/kilter-insight.h"

static KilterApplication *application;

static KilterWindow *
show (Fixture *fixture, const char *view)
{
  return fixture_show (fixture, GTK_APPLICATION (application), view);
}

static KilterRecordTable *
get_table (KilterWindow *window, KilterTableId table)
{
  KilterPage *page = kilter_window_get_page (window);
  KilterRecordTable *found;

  g_assert_true (KILTER_IS_STRUCTURE_PAGE (page));
  found = kilter_structure_page_get_table (KILTER_STRUCTURE_PAGE (page), table);
  g_assert_nonnull (found);
  return found;
}

static double
get_price (Fixture *fixture, int product)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);

  return kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_PRICE, product,
                                kilter_plan_get_n_history (plan));
}

static guint
count_rows (KilterRecordTable *table)
{
  return g_list_model_get_n_items (kilter_record_table_get_model (table));
}

/* --- editing ------------------------------------------------------------------------------------
 */

static void
test_price (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show (fixture, "structure/products");
  KilterRecordTable *table = get_table (window, KILTER_TABLE_PRODUCT);

  g_assert_cmpuint (count_rows (table), ==, 2);
  g_assert_true (isnan (get_price (fixture, 1)));
  g_assert_true (kilter_record_table_commit (table, 1, KILTER_PRODUCT_PRICE, "12.5"));
  g_assert_cmpfloat (get_price (fixture, 1), ==, 12.5);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_true (isnan (get_price (fixture, 1)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  g_assert_cmpfloat (get_price (fixture, 1), ==, 12.5);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A product whose prices are dated: the new one counts from the cycle on, the past stays. */
static void
test_dated_price (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Price");
  int cycle = kilter_plan_get_n_history (plan);
  KilterWindow *window;
  KilterRecordTable *table;
  g_autofree char *text = NULL;

  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PRICE, KILTER_LAYER_FACT, 1, 3,
                            8);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  window = show (fixture, "structure/products");
  table = get_table (window, KILTER_TABLE_PRODUCT);
  text = kilter_record_get_text (plan, KILTER_TABLE_PRODUCT, 1, KILTER_PRODUCT_PRICE);
  g_assert_cmpstr (text, ==, "8.00");
  g_assert_true (kilter_record_table_commit (table, 1, KILTER_PRODUCT_PRICE, "9"));
  g_assert_cmpfloat (get_price (fixture, 1), ==, 9);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_PRICE, 1, cycle - 1), ==,
                     8);
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_cmpfloat (get_price (fixture, 1), ==, 8);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_refused (KilterRecordTable *table, int id, int field, const char *typed, const char *says)
{
  const char *problem = NULL;

  g_assert_false (kilter_record_table_commit (table, id, field, typed));
  g_assert_cmpstr (kilter_record_table_get_draft (table, id, field, &problem), ==, typed);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, says));
  g_assert_nonnull (strstr (kilter_record_table_get_status (table), says));
}

/* What cannot be taken stays in its cell, and the plan is as it was. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show (fixture, "structure/products");
  KilterRecordTable *table = get_table (window, KILTER_TABLE_PRODUCT);
  KilterPlan *plan = kilter_document_get_plan (fixture->document);

  assert_refused (table, 1, KILTER_PRODUCT_PRICE, "abc", "not a number");
  assert_refused (table, 1, KILTER_PRODUCT_PRICE, "-3", "must not be below 0");
  assert_refused (table, 1, KILTER_PRODUCT_CODE, "Black", "used already");
  assert_refused (table, 1, KILTER_PRODUCT_CODE, "", "must not be empty");
  assert_refused (table, 1, KILTER_PRODUCT_FAMILY, "Coffee", "There is no");
  assert_refused (table, 1, KILTER_PRODUCT_LAUNCH, "soon", "not a period");
  assert_refused (table, 1, KILTER_PRODUCT_LIKE, "Green", "must be another one");
  g_assert_true (isnan (get_price (fixture, 1)));
  g_assert_cmpstr (kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, 1), ==, "Green");
  /* put right, and given up */
  g_assert_true (kilter_record_table_commit (table, 1, KILTER_PRODUCT_PRICE, "3"));
  g_assert_null (kilter_record_table_get_draft (table, 1, KILTER_PRODUCT_PRICE, NULL));
  for (int field = 0; field < kilter_table_get_info (KILTER_TABLE_PRODUCT)->n_fields; field++)
    kilter_record_table_commit (table, 1, field, NULL);
  g_assert_null (kilter_record_table_get_status (table));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show (fixture, "structure/products");
  KilterRecordTable *table = get_table (window, KILTER_TABLE_PRODUCT);
  const KilterRecord *product;
  g_autofree char *share = NULL;

  g_assert_true (kilter_record_table_commit (table, 2, KILTER_PRODUCT_STATUS, "Phasing out"));
  g_assert_true (kilter_record_table_commit (table, 2, KILTER_PRODUCT_LIKE, "green"));
  g_assert_true (kilter_record_table_commit (table, 2, KILTER_PRODUCT_LIKE_SHARE, "34 %"));
  g_assert_true (kilter_record_table_commit (table, 2, KILTER_PRODUCT_LAUNCH, "2026-05"));
  product = kilter_plan_get_record (kilter_document_get_plan (fixture->document),
                                    KILTER_TABLE_PRODUCT, 2);
  g_assert_cmpstr (kilter_record_text (product, KILTER_PRODUCT_STATUS), ==, "phase-out");
  g_assert_cmpint (kilter_record_ref (product, KILTER_PRODUCT_LIKE), ==, 1);
  g_assert_cmpfloat (kilter_record_number (product, KILTER_PRODUCT_LIKE_SHARE), ==, 0.34);
  g_assert_cmpstr (kilter_record_text (product, KILTER_PRODUCT_LAUNCH), ==, "2026-05");
  share = kilter_record_get_text (kilter_document_get_plan (fixture->document),
                                  KILTER_TABLE_PRODUCT, 2, KILTER_PRODUCT_LIKE_SHARE);
  g_assert_nonnull (strstr (share, "34"));
  g_assert_true (kilter_record_table_commit (table, 2, KILTER_PRODUCT_LIKE, ""));
  product = kilter_plan_get_record (kilter_document_get_plan (fixture->document),
                                    KILTER_TABLE_PRODUCT, 2);
  g_assert_cmpint (kilter_record_ref (product, KILTER_PRODUCT_LIKE), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One paste is one step; what cannot be taken is kept, the rest is taken. */
static void
test_paste (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show (fixture, "structure/products");
  KilterRecordTable *table = get_table (window, KILTER_TABLE_PRODUCT);

  kilter_record_table_paste_text (table, 1, KILTER_PRODUCT_PRICE, "4\t2\n5\tx\n6\t3\n");
  g_assert_cmpfloat (get_price (fixture, 1), ==, 4);
  g_assert_cmpfloat (get_price (fixture, 2), ==, 5);
  g_assert_cmpstr (kilter_record_table_get_draft (table, 2, KILTER_PRODUCT_COST, NULL), ==, "x");
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_true (isnan (get_price (fixture, 1)));
  g_assert_true (isnan (get_price (fixture, 2)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
add_family (Fixture *fixture, const char *name)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Family");
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_FAMILY);

  kilter_command_set_field_text (command, plan, KILTER_TABLE_FAMILY, id, KILTER_FAMILY_NAME, name);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  return id;
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  int unused = add_family (fixture, "Coffee");
  KilterWindow *window = show (fixture, "structure/families");
  KilterRecordTable *table = get_table (window, KILTER_TABLE_FAMILY);
  KilterPlan *plan = kilter_document_get_plan (fixture->document);

  kilter_record_table_select (table, 1);
  kilter_record_table_delete_selected (table);
  g_assert_nonnull (kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, 1));
  g_assert_nonnull (strstr (kilter_record_table_get_status (table), "2 entries in Products"));
  kilter_record_table_select (table, unused);
  kilter_record_table_delete_selected (table);
  g_assert_null (kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, unused));
  wait_milliseconds (50);
  g_assert_cmpuint (count_rows (table), ==, 1);
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_nonnull (kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, unused));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Numbers go with their product, and come back with it. */
static void
test_delete_numbers (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterCommand *command = kilter_command_new ("test", "Product");
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT);

  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, id, KILTER_PRODUCT_CODE,
                                 "White");
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  command = kilter_command_new ("test", "Price");
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PRICE, KILTER_LAYER_FACT, id, 3,
                            8);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  g_assert_null (kilter_record_get_obstacle (plan, KILTER_TABLE_PRODUCT, id));
  command = kilter_command_new ("test", "Delete");
  kilter_record_remove (command, plan, KILTER_TABLE_PRODUCT, id);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  command = kilter_command_new ("test", "Again");
  g_assert_cmpint (kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT), ==, id);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, id, KILTER_PRODUCT_CODE,
                                 "Red");
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  g_assert_true (isnan (get_price (fixture, id)));
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_cmpfloat (get_price (fixture, id), ==, 8);
}

static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  static const int fields[] = { KILTER_RISK_KIND, KILTER_RISK_TEXT,   KILTER_RISK_LIKELIHOOD,
                                KILTER_RISK_FROM, KILTER_RISK_REVIEW, KILTER_RISK_STATE };
  KilterWindow *window = show (fixture, "risks");
  AdwDialog *dialog = kilter_record_dialog_present (kilter_window_get_page (window),
                                                    KILTER_TABLE_RISK, 0, fields,
                                                    G_N_ELEMENTS (fields), NULL, NULL);
  GtkWidget *button;

  wait_milliseconds (50);
  button = adw_dialog_get_default_widget (dialog);
  g_assert_nonnull (button);
  /* the text is missing: it stays open, and the plan has nothing */
  gtk_widget_activate (button);
  wait_milliseconds (50);
  g_assert_cmpint (
    kilter_plan_count_records (kilter_document_get_plan (fixture->document), KILTER_TABLE_RISK), ==,
    0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- scenarios ----------------------------------------------------------------------------------
 */

static KilterVersion
add_changed_scenario (Fixture *fixture, const char *name)
{
  KilterVersion version = add_scenario (fixture, name);
  KilterCommand *command = kilter_command_new ("test", "Try");

  kilter_command_set_value (command, kilter_document_get_plan (fixture->document), version,
                            KILTER_FINAL, KILTER_LAYER_INPUT, 1, 25, 500);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  return version;
}

static void
test_scenarios (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterVersion first = add_changed_scenario (fixture, "More"),
                second = add_changed_scenario (fixture, "Less");
  KilterWindow *window = show (fixture, "scenarios");
  GtkWidget *page = GTK_WIDGET (kilter_window_get_page (window));
  KilterSession *session = kilter_window_get_session (window);

  gtk_widget_activate_action (page, "scenario.open", "i", first);
  g_assert_cmpint (kilter_session_get_version (session), ==, first);
  /* each cell beside that of the version it started from */
  gtk_widget_activate_action (page, "scenario.compare", "i", second);
  g_assert_cmpint (kilter_session_get_version (session), ==, second);
  g_assert_cmpint (kilter_session_get_compared (session), ==, KILTER_BASELINE);
  g_assert_cmpstr (kilter_session_get_view (session), ==, "balance");
  kilter_session_set_compared (session, 0);
  g_assert_true (kilter_window_show (window, "scenarios"));
  gtk_widget_activate_action (page, "scenario.open", "i", first);
  gtk_widget_activate_action (page, "scenario.recommend", "i", first);
  gtk_widget_activate_action (page, "scenario.recommend", "i", second);
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, first),
                                       KILTER_VERSION_STATE),
                   ==, "working");
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, second),
                                       KILTER_VERSION_STATE),
                   ==, "recommended");
  gtk_widget_activate_action (page, "scenario.delete", "i", first);
  g_assert_null (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, first));
  g_assert_cmpint (kilter_session_get_version (session), ==, KILTER_BASELINE);
  g_assert_true (kilter_document_undo (fixture->document, NULL));
  g_assert_nonnull (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, first));
  g_assert_cmpfloat (kilter_plan_get_value (plan, first, KILTER_FINAL, 1, 25), ==, 500);
  wait_milliseconds (50);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Adopting asks; the answer makes the differences the baseline's. */
static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterVersion version = add_changed_scenario (fixture, "More");
  KilterWindow *window = show (fixture, "scenarios");
  AdwDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (kilter_window_get_page (window)), "scenario.adopt", "i",
                              version);
  wait_milliseconds (50);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_false (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 25) == 500);
  g_signal_emit_by_name (dialog, "response::adopt", "adopt");
  adw_dialog_force_close (dialog);
  wait_milliseconds (50);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 25), ==, 500);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- packs --------------------------------------------------------------------------------------
 */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (kilter_pack_save_finish (result, NULL));
  *(gboolean *) data = TRUE;
}

static void
test_packs (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show (fixture, "packs");
  KilterPage *page = kilter_window_get_page (window);
  g_autofree char *path = g_build_filename (fixture->folder, "pack.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *contents = NULL;
  KilterPackOptions options;
  gboolean done = FALSE;

  g_assert_cmpint (kilter_packs_page_get_n_pages (KILTER_PACKS_PAGE (page)), >, 0);
  g_assert_true (kilter_page_can_print (page));
  kilter_pack_options_init (&options, page, KILTER_MEETING_PRE);
  kilter_pack_save_async (kilter_pack_new (kilter_page_get_plan (page), &options), file, saved_cb,
                          &done);
  wait_for (&done);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  g_assert_true (g_file_delete (file, NULL, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- steps --------------------------------------------------------------------------------------
 */

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  static const char *const views[] = { "forecast/data", "forecast/accuracy", "supply/stock" };
  KilterWindow *window = show (fixture, views[0]);
  g_autofree char *headline = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_assert_true (kilter_window_show (window, views[i]));
      wait_milliseconds (100);
    }
  g_assert_true (kilter_window_show (window, views[0]));
  /* no price, no cost, no rate, no stock */
  headline = kilter_page_get_headline (kilter_window_get_page (window));
  g_assert_cmpstr (headline, ==, "4 checks of the data found something");
  gtk_widget_activate_action (GTK_WIDGET (kilter_window_get_page (window)), "data.show-check", "i",
                              (int) KILTER_HEALTH_NO_PRICE);
  g_assert_cmpstr (kilter_session_get_view (kilter_window_get_session (window)), ==, "structure");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/structure/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);

  ADD ("price", test_price);
  ADD ("dated-price", test_dated_price);
  ADD ("refused", test_refused);
  ADD ("kinds", test_kinds);
  ADD ("paste", test_paste);
  ADD ("delete", test_delete);
  ADD ("delete-numbers", test_delete_numbers);
  ADD ("dialog", test_dialog);
  ADD ("scenarios", test_scenarios);
  ADD ("adopt", test_adopt);
  ADD ("packs", test_packs);
  ADD ("steps", test_steps);
  return fixture_run (application);
}
