/* test-window.c: the templates can be made; the window shows a plan, its views and its states
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include "app/dialogs/kilter-dialogs.h"
#include "app/export/kilter-page-export.h"
#include "app/grid/kilter-grid.h"
#include "app/help/kilter-help-window.h"
#include "help/kilter-help.h"
#include "app/widgets/kilter-fit-bin.h"
#include "app/widgets/kilter-form.h"
#include "app/import/kilter-import-dialog.h"
#include "app/dialogs/kilter-new-plan-dialog.h"
#include "app/kilter-open.h"
#include "app/window/kilter-sidebar.h"
#include "app/window/kilter-start-view.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

static KilterApplication *application;

static void
make (GType type)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_true (GTK_IS_WIDGET (widget));
  g_assert_finalize_object (widget);
}

static void
test_templates (void)
{
  make (KILTER_TYPE_START_VIEW);
  make (KILTER_TYPE_SIDEBAR);
  make (KILTER_TYPE_NEW_PLAN_DIALOG);
  make (KILTER_TYPE_IMPORT_DIALOG);
  for (guint i = 0; i < kilter_views_get_n (); i++)
    for (guint k = 0; k < kilter_views_get (i)->n_pages; k++)
      if (kilter_views_get (i)->pages[k].get_type != NULL)
        make (kilter_views_get (i)->pages[k].get_type ());
}

static void
test_start (void)
{
  KilterWindow *window = kilter_window_new (GTK_APPLICATION (application));

  g_assert_null (kilter_window_get_document (window));
  g_assert_false (kilter_window_show (window, "overview"));
  gtk_window_present (GTK_WINDOW (window));
  wait_milliseconds (50);
  gtk_window_destroy (GTK_WINDOW (window));
}

static KilterWindow *
show_document (Fixture *fixture)
{
  KilterWindow *window = kilter_window_new (GTK_APPLICATION (application));

  kilter_window_set_document (window, fixture->document);
  gtk_window_present (GTK_WINDOW (window));
  wait_milliseconds (100);
  return window;
}

static void
test_views (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);

  g_assert_cmpstr (kilter_session_get_view (kilter_window_get_session (window)), ==, "overview");
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      g_assert_true (kilter_window_show (window, view->key) == kilter_view_has_pages (view));
      if (!kilter_view_has_pages (view))
        continue;
      wait_milliseconds (50);
      g_assert_cmpstr (kilter_session_get_view (kilter_window_get_session (window)), ==, view->key);
      g_assert_true (KILTER_IS_PAGE (kilter_window_get_page (window)));
    }
  g_assert_false (kilter_window_show (window, "nowhere"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_enabled (KilterWindow *window, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static void
test_undo_action (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  KilterCommand *command = kilter_command_new ("settings", "Rename");

  kilter_command_set_setting (command, kilter_document_get_plan (fixture->document), "name",
                              "Other");
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  g_assert_true (is_enabled (window, "undo"));
  g_assert_false (is_enabled (window, "redo"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Other");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_true (is_enabled (window, "redo"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Tea House");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The session ends while a dialog is open: what is new is in the file, the window stays. */
static void
test_session_end (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  KilterCommand *command = kilter_command_new ("settings", "Rename");

  kilter_preferences_dialog_present (GTK_WIDGET (window));
  kilter_command_set_setting (command, kilter_document_get_plan (fixture->document), "name",
                              "Other");
  g_assert_true (kilter_document_apply (fixture->document, command, NULL));
  g_assert_true (kilter_document_has_unpublished (fixture->document));
  g_signal_emit_by_name (application, "query-end");
  for (int i = 0; kilter_document_has_unpublished (fixture->document) && i < 3000; i++)
    wait_milliseconds (10);
  g_assert_cmpint (kilter_document_get_state (fixture->document), ==, KILTER_DOCUMENT_NORMAL);
  g_assert_false (kilter_document_has_unpublished (fixture->document));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An entry tells of a change a moment after the last key; its dialog may be gone by then. */
static void
test_late_search (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  AdwDialog *dialog;
  GtkWidget *entry;

  kilter_search_dialog_present (GTK_WIDGET (window), fixture->document,
                                kilter_window_get_session (window));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  entry = g_object_ref (find_widget (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY));
  gtk_editable_set_text (GTK_EDITABLE (entry), "tea");
  adw_dialog_force_close (dialog);
  while (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
    wait_milliseconds (10);
  wait_milliseconds (400);
  g_signal_emit_by_name (entry, "search-changed");
  g_object_unref (entry);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A dialog that belongs to a page finds the window. */
static void
test_scenario_of_page (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  AdwDialog *dialog;
  KilterForm *form;

  kilter_window_show (window, "demand");
  kilter_scenario_dialog_present (GTK_WIDGET (kilter_window_get_page (window)), fixture->document,
                                  kilter_window_get_session (window));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)),
                         "Rainy summer");
  form = g_object_get_data (G_OBJECT (dialog), "form");
  g_signal_emit_by_name (form->button, "clicked");
  wait_milliseconds (50);
  g_assert_cmpint (kilter_session_get_version (kilter_window_get_session (window)), !=,
                   KILTER_BASELINE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_dialogs (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  KilterSession *session = kilter_window_get_session (window);
  GtkWidget *parent = GTK_WIDGET (window);

  kilter_preferences_dialog_present (parent);
  kilter_shortcuts_dialog_present (parent);
  kilter_about_dialog_present (parent);
  kilter_search_dialog_present (parent, fixture->document, session);
  for (int step = 1; step <= 6; step++)
    kilter_finish_dialog_present (parent, fixture->document, session, step);
  kilter_reopen_dialog_present (parent, fixture->document, 1);
  kilter_next_cycle_dialog_present (parent, fixture->document);
  kilter_calendar_dialog_present (parent, fixture->document);
  kilter_properties_dialog_present (parent, fixture->document);
  kilter_scenario_dialog_present (parent, fixture->document, session);
  kilter_filters_dialog_present (parent, fixture->document, session,
                                 KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  kilter_import_dialog_present (parent, fixture->document, NULL);
  wait_milliseconds (100);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Wide where there is room, narrow elsewhere, and never wider than the narrow child needs. */
static void
test_fit_bin (void)
{
  GtkWidget *wide = gtk_label_new ("a text that needs a lot of room");
  GtkWidget *narrow = gtk_label_new ("…");
  GtkWidget *bin = g_object_ref_sink (
    g_object_new (KILTER_TYPE_FIT_BIN, "wide", wide, "narrow", narrow, NULL));
  int minimum, natural, narrow_minimum;

  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  gtk_widget_measure (narrow, GTK_ORIENTATION_HORIZONTAL, -1, &narrow_minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, narrow_minimum);
  gtk_widget_allocate (bin, natural, 40, -1, NULL);
  g_assert_false (kilter_fit_bin_get_is_narrow (KILTER_FIT_BIN (bin)));
  gtk_widget_allocate (bin, natural - 1, 40, -1, NULL);
  g_assert_true (kilter_fit_bin_get_is_narrow (KILTER_FIT_BIN (bin)));
  g_assert_false (gtk_widget_get_child_visible (wide));
  g_assert_finalize_object (bin);
}

static AdwBottomSheet *
find_sheet (GtkWidget *widget)
{
  if (ADW_IS_BOTTOM_SHEET (widget))
    return ADW_BOTTOM_SHEET (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AdwBottomSheet *found = find_sheet (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Beside the content where there is room; on a phone in a sheet that comes up when asked for. The
 * fixture also sees whether a window that was narrow lets go of its document. */
static void
test_inspector (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  AdwBottomSheet *sheet;

  kilter_window_show (window, "demand");
  wait_milliseconds (100);
  g_assert_null (find_sheet (GTK_WIDGET (window)));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 860);
  for (int i = 0; i < 200 && find_sheet (GTK_WIDGET (window)) == NULL; i++)
    wait_milliseconds (25);
  sheet = find_sheet (GTK_WIDGET (window));
  g_assert_nonnull (sheet);
  g_assert_false (adw_bottom_sheet_get_open (sheet));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
  g_assert_true (adw_bottom_sheet_get_open (sheet));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
  g_assert_false (adw_bottom_sheet_get_open (sheet));
  gtk_window_destroy (GTK_WINDOW (window));
}

static KilterGrid *
find_grid (GtkWidget *widget)
{
  if (KILTER_IS_GRID (widget))
    return KILTER_GRID (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      KilterGrid *found = find_grid (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The numbers of a grid that go into a file are those of the plan, each under its month. */
static void
test_export (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  g_autofree double *actual = g_new (double, kilter_plan_get_n_buckets (plan));
  const KilterScope all = { 0 };
  g_autoptr (KilterExportTable) table = NULL;
  KilterGrid *grid;
  int n_compared = 0;

  g_assert_true (kilter_window_show (window, "forecast"));
  wait_milliseconds (200);
  g_assert_true (kilter_page_has_table (kilter_window_get_page (window)));
  grid = find_grid (GTK_WIDGET (kilter_window_get_page (window)));
  g_assert_nonnull (grid);
  table = kilter_grid_model_to_table (kilter_grid_get_model (grid), "Forecast");
  g_assert_cmpstr (table->headings[0], ==, "Forecast");
  g_assert_cmpuint (table->rows->len, ==,
                    (guint) kilter_grid_model_get_n_rows (kilter_grid_get_model (grid)));
  kilter_plan_aggregate (plan, KILTER_BASELINE, KILTER_ACTUAL, &all, actual);
  for (guint r = 0; r < table->rows->len; r++)
    {
      const KilterExportCell *cells = table->rows->pdata[r];

      if (g_strcmp0 (cells[0].text, "Actual sales") != 0)
        continue;
      for (guint c = 1; c < table->n_columns; c++)
        for (int b = 0; b < kilter_plan_get_n_history (plan); b++)
          {
            g_autofree char *month = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                              kilter_plan_get_bucket (plan, b));

            if (!g_str_equal (month, table->headings[c]))
              continue;
            g_assert_cmpfloat (cells[c].number, ==, actual[b]);
            n_compared++;
          }
    }
  g_assert_cmpint (n_compared, >=, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* F1 is about what is on the screen; links, the way back, and no second window. */
static void
test_help (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  KilterHelpWindow *help;

  kilter_window_show (window, "supply");
  help = kilter_help_present (GTK_APPLICATION (application),
                              kilter_session_get_view (kilter_window_get_session (window)));
  g_assert_cmpstr (kilter_help_window_get_page (help), ==, "supply");
  wait_milliseconds (100);
  g_assert_true (kilter_help_window_show (help, "metrics#heading-3"));
  wait_milliseconds (50);
  g_assert_cmpstr (kilter_help_window_get_page (help), ==, "metrics");
  g_assert_false (kilter_help_window_show (help, "https://nowhere.example"));
  gtk_widget_activate_action (GTK_WIDGET (help), "help.back", NULL);
  g_assert_cmpstr (kilter_help_window_get_page (help), ==, "supply");
  g_assert_true (kilter_help_present (GTK_APPLICATION (application), "nowhere") == help);
  g_assert_cmpstr (kilter_help_window_get_page (help), ==, "index");
  for (const char *const *name = kilter_help_get_names (); *name != NULL; name++)
    g_assert_true (kilter_help_window_show (help, *name));
  wait_milliseconds (50);
  gtk_window_destroy (GTK_WINDOW (help));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What F1 shows, with what is on the screen now. */
static void
assert_help (const char *page)
{
  KilterHelpWindow *help = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (application), "help", NULL);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL;
       l = l->next)
    if (KILTER_IS_HELP_WINDOW (l->data))
      help = l->data;
  g_assert_nonnull (help);
  g_assert_cmpstr (kilter_help_window_get_page (help), ==, page);
  gtk_window_destroy (GTK_WINDOW (help));
}

static void
assert_help_of_dialog (KilterWindow *window, const char *page)
{
  AdwDialog *dialog;

  wait_milliseconds (50);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_nonnull (dialog);
  assert_help (page);
  adw_dialog_force_close (dialog);
  wait_milliseconds (50);
}

/* The page about the view, in each of them; a dialog may have one of its own. */
static void
test_help_key (Fixture *fixture, gconstpointer data)
{
  KilterWindow *window = show_document (fixture);
  GtkWidget *parent = GTK_WIDGET (window);
  KilterDocument *document = fixture->document;

  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      g_assert_true (kilter_help_has_page (view->key));
      for (guint k = 0; k < view->n_pages; k++)
        {
          g_autofree char *name = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);

          g_assert_true (kilter_window_show (window, name));
          wait_milliseconds (20);
          assert_help (view->key);
        }
    }
  kilter_window_show (window, "supply");
  wait_milliseconds (50);
  kilter_import_dialog_present (parent, document, NULL);
  assert_help_of_dialog (window, "import");
  kilter_new_plan_dialog_present (parent);
  assert_help_of_dialog (window, "import");
  kilter_scenario_dialog_present (parent, document, kilter_window_get_session (window));
  assert_help_of_dialog (window, "scenarios");
  kilter_calendar_dialog_present (parent, document);
  assert_help_of_dialog (window, "overview");
  kilter_properties_dialog_present (parent, document);
  assert_help_of_dialog (window, "file");
  kilter_backups_dialog_present (parent, document);
  assert_help_of_dialog (window, "file");
  kilter_shortcuts_dialog_present (parent);
  assert_help_of_dialog (window, "grid");
  kilter_preferences_dialog_present (parent);
  assert_help_of_dialog (window, "supply");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Choose, match, result: the rows are in the plan, as one step to take back. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "product,region,channel,month,quantity\n"
                             "Green,North,Shops,2026-03,500\n"
                             "Black,North,Shops,2026-03,700\n";
  KilterWindow *window = show_document (fixture);
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  g_autofree char *path = g_build_filename (fixture->folder, "sales.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  KilterImportDialog *dialog;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 23), ==, 123);
  dialog = g_object_ref_sink (kilter_import_dialog_new (fixture->document, file));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  /* insensitive until the file is read and checked; then once to the result, once into the plan */
  for (int i = 0;
       i < 200 && kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 23) != 500; i++)
    {
      wait_milliseconds (25);
      gtk_widget_activate_action (GTK_WIDGET (dialog), "import.next", NULL);
    }
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 23), ==, 500);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 2, 23), ==, 700);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 23), ==, 123);
  g_object_unref (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  g_file_delete (file, NULL, NULL);
}

/* Data that the command line names, or that is dropped, goes to the import: into the plan of the
 * window, or into a new one. */
static void
test_open_data (Fixture *fixture, gconstpointer data)
{
  KilterWindow *windows[] = { show_document (fixture),
                              kilter_window_new (GTK_APPLICATION (application)) };
  g_autofree char *path = g_build_filename (fixture->folder, "Sales.CSV", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "product,month,quantity\nGreen,2026-03,1\n", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      if (i == 0)
        kilter_open_file (GTK_APPLICATION (application), windows[i], file);
      else
        kilter_window_open_file (windows[i], file);
      wait_milliseconds (300);
      g_assert_true (KILTER_IS_IMPORT_DIALOG (
        adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (windows[i]))));
      gtk_window_destroy (GTK_WINDOW (windows[i]));
    }
  g_file_delete (file, NULL, NULL);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/window/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);

  g_test_add_func ("/app/window/templates", test_templates);
  g_test_add_func ("/app/window/start", test_start);
  g_test_add_func ("/app/window/fit-bin", test_fit_bin);
  ADD ("views", test_views);
  ADD ("undo", test_undo_action);
  ADD ("session-end", test_session_end);
  ADD ("late-search", test_late_search);
  ADD ("scenario-of-page", test_scenario_of_page);
  ADD ("dialogs", test_dialogs);
  ADD ("inspector", test_inspector);
  ADD ("help", test_help);
  ADD ("help-key", test_help_key);
  ADD ("import", test_import);
  ADD ("open-data", test_open_data);
  ADD ("export", test_export);
  return fixture_run (application);
}
