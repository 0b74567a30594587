/* test-forecast-adjust.c: the final forecast moved on the chart, by pointer and by keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <adwaita.h>
#include <math.h>

#include "app/pages/common/kilter-plan-grid.h"
#include "app/widgets/kilter-chart-view-private.h"
#include "report/figure/kilter-figure.h"

#define CYCLE 24
#define FORECAST 100 /* of each of the two products */

static KilterApplication *application;

typedef struct
{
  Fixture base;
  KilterWindow *window;
  GtkWidget *page;
  KilterChartView *chart;
  KilterPlan *plan;
} Adjust;

static void
set_up (Adjust *self, gconstpointer data)
{
  KilterCommand *command;
  double values[12];

  fixture_set_up (&self->base, data);
  self->plan = kilter_document_get_plan (self->base.document);
  command = kilter_command_new ("test", "Forecast");
  for (int t = 0; t < 12; t++)
    values[t] = FORECAST;
  for (int series = 1; series <= 2; series++)
    kilter_command_set_values (command, self->plan, KILTER_BASELINE, KILTER_STATISTICAL,
                               KILTER_LAYER_FACT, series, CYCLE, 12, values);
  kilter_command_set_field_text (
    command, self->plan, KILTER_TABLE_REASON,
    kilter_command_add_record (command, self->plan, KILTER_TABLE_REASON), KILTER_REASON_NAME,
    "Heat wave");
  g_assert_true (kilter_document_apply (self->base.document, command, NULL));
  self->window = fixture_show (&self->base, GTK_APPLICATION (application), "forecast/forecast");
  self->page = GTK_WIDGET (kilter_window_get_page (self->window));
  self->chart = KILTER_CHART_VIEW (find_widget (self->page, KILTER_TYPE_CHART_VIEW));
  g_assert_nonnull (self->chart);
}

static void
tear_down (Adjust *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wait_milliseconds (50);
  fixture_tear_down (&self->base, data);
}

/* Of both products. */
static double
get_final (Adjust *self, int bucket)
{
  double sum = 0;

  for (int series = 1; series <= 2; series++)
    sum += kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_FINAL, series, bucket);
  return sum;
}

static GtkEventController *
find_controller (Adjust *self, GType type)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (GTK_WIDGET (self->chart));
  GtkEventController *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (list, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        found = controller;
    }
  g_assert_nonnull (found);
  return found;
}

static gboolean
press (Adjust *self, guint keyval)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_controller (self, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed",
                         keyval, 0u, GDK_ALT_MASK, &handled);
  wait_milliseconds (50);
  return handled;
}

static void
drag (Adjust *self, int series, int bucket, double dy)
{
  GtkEventController *drag = find_controller (self, GTK_TYPE_GESTURE_DRAG);
  KilterChartRect area;
  double width, height, top, x, y;

  kilter_chart_view_get_picture (self->chart, &width, &height, &top);
  g_assert_true (kilter_chart_get_point (self->chart->chart, width, height,
                                         kilter_chart_view_get_style (self->chart), series, bucket,
                                         &area));
  x = area.x + area.width / 2;
  y = area.y + area.height / 2 + top;
  g_signal_emit_by_name (drag, "drag-begin", x, y);
  g_signal_emit_by_name (drag, "drag-update", 0.0, dy);
  g_signal_emit_by_name (drag, "drag-end", 0.0, dy);
  wait_milliseconds (50);
}

static void
choose_reason (Adjust *self, const char *name)
{
  GtkDropDown *reasons = GTK_DROP_DOWN (find_widget (self->page, GTK_TYPE_DROP_DOWN));
  GListModel *model = gtk_drop_down_get_model (reasons);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), name))
        gtk_drop_down_set_selected (reasons, i);
    }
  g_assert_cmpuint (gtk_drop_down_get_selected (reasons), >, 0);
}

static void
undo (Adjust *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_document_undo (self->base.document, &error));
  g_assert_no_error (error);
  wait_milliseconds (50);
}

static const char *
get_reason (Adjust *self, int bucket)
{
  static const KilterMeasure kept[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const KilterCellNote *note = kilter_plan_get_note (self->plan, KILTER_BASELINE, kept[i], 1,
                                                         bucket);

      if (note != NULL && note->reason != NULL)
        return note->reason;
    }
  return NULL;
}

/* Off, a drag selects months; on, it moves the month of the final forecast, and no other. */
static void
test_drag (Adjust *self, gconstpointer data)
{
  const int bucket = CYCLE + 3;
  double moved;

  drag (self, KILTER_FIGURE_FORECAST_FINAL, bucket, 40);
  g_assert_cmpfloat (get_final (self, bucket), ==, 2 * FORECAST);

  g_assert_true (gtk_widget_activate_action (self->page, "forecast.adjust", NULL));
  choose_reason (self, "Heat wave");
  drag (self, KILTER_FIGURE_FORECAST_FINAL, bucket, 40);
  g_assert_cmpfloat (get_final (self, bucket), <, 2 * FORECAST - 10);
  g_assert_cmpfloat (get_final (self, bucket), >=, 0);
  g_assert_cmpfloat (get_final (self, bucket - 1), ==, 2 * FORECAST);
  g_assert_cmpfloat (get_final (self, bucket + 1), ==, 2 * FORECAST);
  g_assert_cmpstr (get_reason (self, bucket), ==, "Heat wave");

  /* the statistical forecast has no handle, though it lies over months that have one */
  moved = get_final (self, bucket);
  drag (self, KILTER_FIGURE_FORECAST_FINAL + 1, bucket, 20);
  g_assert_cmpfloat (get_final (self, bucket), ==, moved);
  undo (self);
  g_assert_cmpfloat (get_final (self, bucket), ==, 2 * FORECAST);
  g_assert_null (get_reason (self, bucket));

  /* what was sold stays */
  drag (self, 0, CYCLE - 2, 40);
  for (int series = 1; series <= 2; series++)
    g_assert_cmpfloat (
      kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_CLEANED, series, CYCLE - 2), ==,
      100 + CYCLE - 2);

  g_assert_true (gtk_widget_activate_action (self->page, "forecast.adjust", NULL));
  drag (self, KILTER_FIGURE_FORECAST_FINAL, bucket, 40);
  g_assert_cmpfloat (get_final (self, bucket), ==, 2 * FORECAST);
}

static void
test_keys (Adjust *self, gconstpointer data)
{
  const int bucket = CYCLE + 5;

  g_assert_true (gtk_widget_activate_action (self->page, "forecast.adjust", NULL));
  kilter_chart_view_set_bucket (self->chart, bucket);
  g_assert_true (press (self, GDK_KEY_Up));
  g_assert_cmpfloat_with_epsilon (get_final (self, bucket), 202, 1e-9);
  g_assert_true (press (self, GDK_KEY_Down));
  g_assert_true (press (self, GDK_KEY_Down));
  g_assert_cmpfloat_with_epsilon (get_final (self, bucket), 198, 0.1);
  g_assert_null (get_reason (self, bucket));
  for (int i = 0; i < 3; i++)
    undo (self);
  g_assert_cmpfloat (get_final (self, bucket), ==, 2 * FORECAST);

  /* before the cycle there is nothing to adjust */
  kilter_chart_view_set_bucket (self->chart, CYCLE - 1);
  press (self, GDK_KEY_Up);
  g_assert_cmpfloat (
    kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_CLEANED, 1, CYCLE - 1), ==,
    100 + CYCLE - 1);
}

/* With Shift several months change by the same share, as one step. */
static void
test_range (Adjust *self, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (self->page, "forecast.adjust", NULL));
  choose_reason (self, "Heat wave");
  g_signal_emit_by_name (self->chart, "adjusted", KILTER_FIGURE_FORECAST_FINAL, CYCLE + 4,
                         CYCLE + 2, 250.0);
  wait_milliseconds (50);
  for (int bucket = CYCLE + 1; bucket <= CYCLE + 5; bucket++)
    {
      gboolean inside = bucket >= CYCLE + 2 && bucket <= CYCLE + 4;

      g_assert_cmpfloat_with_epsilon (get_final (self, bucket), inside ? 250 : 200, 1e-9);
      g_assert_cmpstr (get_reason (self, bucket), ==, inside ? "Heat wave" : NULL);
    }
  undo (self);
  for (int bucket = CYCLE; bucket < CYCLE + 12; bucket++)
    g_assert_cmpfloat (get_final (self, bucket), ==, 2 * FORECAST);
}

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);
  g_test_add ("/app/forecast-adjust/drag", Adjust, NULL, set_up, test_drag, tear_down);
  g_test_add ("/app/forecast-adjust/keys", Adjust, NULL, set_up, test_keys, tear_down);
  g_test_add ("/app/forecast-adjust/range", Adjust, NULL, set_up, test_range, tear_down);
  return fixture_run (application);
}
