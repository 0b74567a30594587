/* test-chart-view.c: a chart on the screen: accessible words, data on the clipboard, the crosshair
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <string.h>

#include "app-fixture.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-step-marker.h"
#include "app/widgets/kilter-tone.h"

static KilterChart *
make_chart (double last)
{
  static const char *const labels[] = { "Apr", "May", "Jun" };
  const double values[] = { 10, 30, last };
  const KilterChartSeries series[] = {
    { .name = "Demand", .values = values, .look = KILTER_CHART_LOOK_COLUMN },
  };
  KilterChart *chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = { .n = 3, .labels = labels },
    .series = series,
    .n_series = 1,
    .labelled = -1,
    .has_time_axis = TRUE,
  });

  kilter_chart_set_title (chart, "Demand rises in May", "Cases a month");
  return chart;
}

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  wait_milliseconds (100);
  return window;
}

/* The headline is the name; the range of each series is the description. */
static void
test_accessible (void)
{
  GtkWidget *view = g_object_ref_sink (kilter_chart_view_new ());

  kilter_chart_view_set_chart (KILTER_CHART_VIEW (view), make_chart (20));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Demand rises in May");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Cases a month. Demand: from 10 in Apr to 30 in May. ");
  kilter_chart_view_set_remark (KILTER_CHART_VIEW (view), "One month is short.");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    "Cases a month. Demand: from 10 in Apr to 30 in May. One month is short.");
  g_assert_finalize_object (view);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy_data (void)
{
  GtkWidget *view = kilter_chart_view_new ();
  GtkWidget *window;
  g_autofree char *text = NULL;

  kilter_chart_view_set_chart (KILTER_CHART_VIEW (view), make_chart (20));
  window = show (view);
  g_assert_true (gtk_widget_activate_action (view, "chart.copy-data", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (view), NULL, text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (text, "Demand"));
  g_assert_nonnull (strstr (text, "30"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
resized_cb (KilterChartView *view, guint *n)
{
  (*n)++;
  /* what pages do: another chart for the new size */
  kilter_chart_view_set_chart (view, make_chart (20 + *n));
}

/* A page that answers each new size with a new chart must come to rest. */
static void
test_resized (void)
{
  GtkWidget *view = kilter_chart_view_new ();
  GtkWidget *window;
  guint n = 0;

  kilter_chart_view_set_chart (KILTER_CHART_VIEW (view), make_chart (20));
  g_signal_connect (view, "resized", G_CALLBACK (resized_cb), &n);
  window = show (view);
  wait_milliseconds (200);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_session (void)
{
  GtkWidget *view = kilter_chart_view_new ();
  g_autoptr (KilterSession) session = kilter_session_new ();
  GtkWidget *window;

  kilter_chart_view_set_chart (KILTER_CHART_VIEW (view), make_chart (20));
  kilter_chart_view_set_session (KILTER_CHART_VIEW (view), session, 24);
  window = show (view);
  /* inside, before and after the chart */
  for (int bucket = 20; bucket < 30; bucket++)
    {
      kilter_session_set_bucket (session, bucket);
      wait_milliseconds (20);
    }
  kilter_chart_view_set_session (KILTER_CHART_VIEW (view), NULL, -1);
  kilter_chart_view_set_chart (KILTER_CHART_VIEW (view), NULL);
  wait_milliseconds (20);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_marks (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *window;

  for (int state = KILTER_STEP_NOT_STARTED; state <= KILTER_STEP_REOPENED; state++)
    {
      GtkWidget *marker = kilter_step_marker_new (state + 1, 20);

      kilter_step_marker_set_state (KILTER_STEP_MARKER (marker), (KilterStepState) state);
      kilter_step_marker_set_progress (KILTER_STEP_MARKER (marker), 0.4);
      gtk_box_append (GTK_BOX (box), marker);
    }
  for (int tone = KILTER_CHART_TONE_PLAIN; tone <= KILTER_CHART_TONE_BAD; tone++)
    gtk_box_append (GTK_BOX (box), kilter_tone_new ((KilterChartTone) tone));
  window = show (box);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (kilter_tone_get_css_class (KILTER_CHART_TONE_PLAIN));
  g_assert_cmpstr (kilter_tone_get_css_class (KILTER_CHART_TONE_BAD), ==, "kilter-bad");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/app/chart-view/accessible", test_accessible);
  g_test_add_func ("/app/chart-view/copy-data", test_copy_data);
  g_test_add_func ("/app/chart-view/resized", test_resized);
  g_test_add_func ("/app/chart-view/session", test_session);
  g_test_add_func ("/app/chart-view/marks", test_marks);
  return g_test_run ();
}
