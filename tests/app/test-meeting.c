/* test-meeting.c: options, agenda and the meeting on a small plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include "app/meeting/kilter-meeting-view.h"
#include "app/pages/balance/kilter-agenda-page.h"
#include "app/widgets/kilter-chart-view.h"
#include "plan/process/kilter-meeting.h"

static KilterApplication *application;

static KilterWindow *
show_page (Fixture *fixture, const char *view)
{
  return fixture_show (fixture, GTK_APPLICATION (application), view);
}

/* One scenario alone is nothing to compare; two are shown side by side, with what differs. */
static void
test_options (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterWindow *window = show_page (fixture, "balance/options");
  GtkWidget *page = GTK_WIDGET (kilter_window_get_page (window));
  GtkStack *stack = GTK_STACK (find_widget (page, GTK_TYPE_STACK));
  KilterVersion version;
  KilterCommand *command = kilter_command_new ("test", "Edit");
  GtkListBox *differences;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
  version = add_scenario (fixture, "More");
  for (int t = 24; t < 28; t++)
    kilter_command_set_value (command, plan, version, KILTER_REGULAR, KILTER_LAYER_FACT, 1, t, 500);
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  wait_milliseconds (50);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "options");
  g_assert_nonnull (
    kilter_chart_view_get_chart (KILTER_CHART_VIEW (find_widget (page, KILTER_TYPE_CHART_VIEW))));
  differences = GTK_LIST_BOX (find_widget (page, GTK_TYPE_LIST_BOX));
  g_assert_nonnull (gtk_list_box_get_row_at_index (differences, 0));
  g_assert_null (gtk_list_box_get_row_at_index (differences, 1));
  gtk_widget_activate_action (page, "scenario.recommend", "i", version);
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version),
                                       KILTER_VERSION_STATE),
                   ==, "recommended");
  close_window (window);
}

static void
test_agenda (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterWindow *window = show_page (fixture, "balance/agenda");
  GtkWidget *page = GTK_WIDGET (kilter_window_get_page (window));
  g_autoptr (GArray) items = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_activate_action (page, "agenda.propose", NULL);
  items = kilter_agenda_list (plan, "pre");
  g_assert_cmpuint (items->len, ==, 4);
  gtk_widget_activate_action (page, "agenda.add", NULL);
  wait_milliseconds (50);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  /* one undo takes the whole agenda back */
  g_assert_true (kilter_document_undo (fixture->document, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_AGENDA), ==, 0);
  close_window (window);
}

static gboolean
press (GtkWidget *view, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
      if (handled)
        return TRUE;
    }
  return FALSE;
}

/* Started from the sheet with an agenda of its own; keys go through it; a line is recorded. */
static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterWindow *window = show_page (fixture, "balance/sheet");
  GtkWidget *view;
  GtkEntry *entry;
  const KilterRecord *action;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.start-meeting", "s", "pre");
  wait_milliseconds (50);
  view = find_widget (GTK_WIDGET (window), KILTER_TYPE_MEETING_VIEW);
  g_assert_nonnull (view);
  g_assert_true (gtk_widget_get_child_visible (view));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_AGENDA), ==, 4);
  for (int i = 0; i < 6; i++)
    {
      g_assert_true (press (view, GDK_KEY_Right));
      wait_milliseconds (10);
    }
  g_assert_true (press (view, GDK_KEY_Left));
  add_scenario (fixture, "Other");
  g_assert_true (press (view, GDK_KEY_s));
  g_assert_cmpint (kilter_session_get_version (kilter_window_get_session (window)), !=,
                   KILTER_BASELINE);
  g_assert_true (press (view, GDK_KEY_a));
  entry = GTK_ENTRY (find_widget (view, GTK_TYPE_ENTRY));
  gtk_editable_set_text (GTK_EDITABLE (entry), "Ask for a price");
  g_signal_emit_by_name (entry, "activate");
  action = kilter_plan_get_record (plan, KILTER_TABLE_ACTION, 1);
  g_assert_nonnull (action);
  g_assert_cmpstr (kilter_record_text (action, KILTER_ACTION_TITLE), ==, "Ask for a price");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  /* leaving keeps the meeting */
  g_signal_emit_by_name (view, "leave");
  wait_milliseconds (20);
  g_assert_true (find_widget (GTK_WIDGET (window), KILTER_TYPE_MEETING_VIEW) == view);
  g_signal_emit_by_name (view, "ended");
  wait_milliseconds (20);
  g_assert_null (find_widget (GTK_WIDGET (window), KILTER_TYPE_MEETING_VIEW));
  close_window (window);
}

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);
  g_test_add ("/meeting/options", Fixture, NULL, fixture_set_up, test_options, fixture_tear_down);
  g_test_add ("/meeting/agenda", Fixture, NULL, fixture_set_up, test_agenda, fixture_tear_down);
  g_test_add ("/meeting/meeting", Fixture, NULL, fixture_set_up, test_meeting, fixture_tear_down);
  return fixture_run (application);
}
