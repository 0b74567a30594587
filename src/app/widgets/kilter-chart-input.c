/* kilter-chart-input.c: pointer and keyboard over a chart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/widgets/kilter-chart-menu.h"
#include "app/widgets/kilter-chart-view-private.h"

/* a shorter way of the pointer is a click, px */
#define DRAG_THRESHOLD 6
#define HANDLE_RADIUS 12

/* --- pointer ------------------------------------------------------------------------------------
 */

static void
motion_cb (KilterChartView *self, double x, double y)
{
  if (!self->is_explorable || self->chart == NULL || self->is_dragging_value)
    return;
  if (!self->is_hovered)
    {
      self->is_hovered = TRUE;
      self->anchor = kilter_chart_view_get_bucket (self);
    }
  kilter_chart_view_set_bucket (self, kilter_chart_view_bucket_at (self, x));
}

static void
leave_cb (KilterChartView *self)
{
  if (!self->is_hovered)
    return;
  self->is_hovered = FALSE;
  kilter_chart_view_set_bucket (self, self->anchor);
}

static void
pressed_cb (KilterChartView *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && self->chart != NULL && self->visible_n != 0)
    {
      self->visible_n = 0;
      kilter_chart_set_visible_range (self->chart, 0, kilter_chart_n_buckets (self->chart));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
released_cb (KilterChartView *self, int n_press, double x, double y)
{
  KilterChartHit hit;
  double width, height, top;

  if (self->chart == NULL)
    return;
  kilter_chart_view_get_picture (self, &width, &height, &top);
  hit = kilter_chart_hit (self->chart, width, height, kilter_chart_view_get_style (self), x,
                          y - top);
  if (hit.part == KILTER_CHART_PART_NONE)
    return;
  if (self->is_explorable && hit.bucket >= 0)
    {
      self->anchor = hit.bucket;
      kilter_chart_view_set_bucket (self, hit.bucket);
    }
  g_signal_emit_by_name (self, "activate-point", hit.series, hit.bucket);
}

/* the handle under the pointer, or -1 */
static int
handle_at (KilterChartView *self, double x, double y, gboolean alt, int *out_series)
{
  int bucket = kilter_chart_view_bucket_at (self, x);
  double width, height, top;
  KilterChartRect area;

  if ((!self->is_adjusting && !alt) || bucket < self->handles_from)
    return -1;
  kilter_chart_view_get_picture (self, &width, &height, &top);
  for (gsize series = 0; series < kilter_chart_n_series (self->chart); series++)
    if ((self->handles_series < 0 || (int) series == self->handles_series) &&
        kilter_chart_get_point (self->chart, width, height, kilter_chart_view_get_style (self),
                                (int) series, bucket, &area) &&
        fabs (area.y + area.height / 2 + top - y) <= HANDLE_RADIUS)
      {
        *out_series = (int) series;
        return bucket;
      }
  return -1;
}

/* The value of a height, as exactly as a pixel tells: 1,240 rather than 1,238.61. What is not
 * negative does not become so. */
static double
value_at (KilterChartView *self, double y)
{
  const KilterChartStyle *style = kilter_chart_view_get_style (self);
  double old = kilter_chart_view_get_value (self, self->drag_series, self->drag_bucket);
  double width, height, top, value, step;

  kilter_chart_view_get_picture (self, &width, &height, &top);
  value = kilter_chart_value_at (self->chart, width, height, style, y - top);
  step = fabs (kilter_chart_value_at (self->chart, width, height, style, y + 1 - top) - value);
  if (isfinite (step) && step > 0)
    {
      step = pow (10, floor (log10 (step)));
      value = round (value / step) * step;
    }
  return old >= 0 ? MAX (value, 0) : value;
}

static void
drag_begin_cb (KilterChartView *self, double x, double y, GtkGestureDrag *drag)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (drag));

  self->is_dragging_range = self->is_dragging_value = FALSE;
  self->press_x = x;
  self->press_y = y;
  if (self->chart == NULL || !self->is_explorable)
    return;
  self->drag_bucket = handle_at (self, x, y, (state & GDK_ALT_MASK) != 0, &self->drag_series);
  self->range_first = kilter_chart_view_bucket_at (self, x);
}

static void
drag_update_cb (KilterChartView *self, double dx, double dy, GtkGestureDrag *drag)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (drag));
  double x = self->press_x, y = self->press_y;

  if (self->chart == NULL || !self->is_explorable || self->range_first < 0 ||
      hypot (dx, dy) < DRAG_THRESHOLD)
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->drag_bucket >= 0)
    {
      self->is_dragging_value = TRUE;
      self->drag_value = value_at (self, y + dy);
      self->drag_last = self->drag_bucket;
      if ((state & GDK_SHIFT_MASK) != 0)
        self->drag_last = MAX (kilter_chart_view_bucket_at (self, x + dx), self->handles_from);
    }
  else
    {
      self->is_dragging_range = TRUE;
      self->range_last = kilter_chart_view_bucket_at (self, x + dx);
      if (self->range_last < 0)
        self->range_last = self->range_first;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (KilterChartView *self, double dx, double dy)
{
  if (self->is_dragging_value && isfinite (self->drag_value))
    g_signal_emit_by_name (self, "adjusted", self->drag_series, self->drag_bucket, self->drag_last,
                           self->drag_value);
  else if (self->is_dragging_range)
    g_signal_emit_by_name (self, "range-selected", MIN (self->range_first, self->range_last),
                           MAX (self->range_first, self->range_last));
  self->is_dragging_range = self->is_dragging_value = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (KilterChartView *self, double dx, double dy, GtkEventControllerScroll *scroll)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (scroll));
  gsize total, n, first;
  int center;

  if (self->chart == NULL || !self->is_explorable ||
      (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    return GDK_EVENT_PROPAGATE;
  total = kilter_chart_n_buckets (self->chart);
  n = self->visible_n == 0 ? total : self->visible_n;
  first = self->visible_n == 0 ? 0 : self->visible_first;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      center = kilter_chart_view_get_bucket (self) >= 0 ? kilter_chart_view_get_bucket (self)
                                                        : (int) (first + n / 2);
      n = CLAMP (dy > 0 ? n + MAX (2, n / 6) : n - MIN (n - 1, MAX (2, n / 6)), MIN (6, total),
                 total);
      first = (gsize) CLAMP (center - (int) n / 2, 0, (int) (total - n));
    }
  else
    first = (gsize) CLAMP ((int) first + (dx + dy > 0 ? 1 : -1), 0, (int) (total - n));
  self->visible_first = first;
  self->visible_n = n == total ? 0 : n;
  kilter_chart_set_visible_range (self->chart, first, n);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

/* --- keyboard -----------------------------------------------------------------------------------
 */

/* A small number moves by one, not by less than the plan keeps. */
static void
adjust_by_key (KilterChartView *self, double share)
{
  int bucket = kilter_chart_view_get_bucket (self);
  double value = kilter_chart_view_get_value (self, self->handles_series, bucket);
  double step = MAX (fabs (value * share), 1);

  if (bucket < self->handles_from || !isfinite (value))
    return;
  step = value >= 0 && share < 0 ? -MIN (step, value) : share < 0 ? -step : step;
  g_signal_emit_by_name (self, "adjusted", self->handles_series, bucket, bucket, value + step);
  kilter_chart_view_announce (self);
}

static gboolean
key_cb (KilterChartView *self, guint keyval, guint keycode, GdkModifierType state)
{
  int bucket = kilter_chart_view_get_bucket (self);
  int n, series;

  if (self->chart == NULL)
    return GDK_EVENT_PROPAGATE;
  n = (int) kilter_chart_n_buckets (self->chart);
  series = MAX (self->series, 0);
  if ((state & GDK_ALT_MASK) != 0)
    {
      if (self->handles_series < 0 || !self->is_explorable ||
          (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
        return GDK_EVENT_PROPAGATE;
      adjust_by_key (self, keyval == GDK_KEY_Up ? 0.01 : -0.01);
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_CONTROL_MASK) != 0 || n == 0 || !self->is_explorable)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      bucket = bucket < 0 ? n - 1 : MAX (bucket - 1, 0);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      bucket = MIN (bucket + 1, n - 1);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      bucket = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      bucket = n - 1;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      self->series = MAX (series - 1, 0);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      self->series = MIN (series + 1, (int) kilter_chart_n_series (self->chart) - 1);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit_by_name (self, "activate-point", self->series, bucket);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  self->anchor = bucket;
  kilter_chart_view_set_bucket (self, bucket);
  kilter_chart_view_announce (self);
  return GDK_EVENT_STOP;
}

static void
menu_pressed_cb (KilterChartView *self, int n_press, double x, double y)
{
  kilter_chart_menu_popup (GTK_WIDGET (self), x, y);
}

/* --- setting up --- */

void
kilter_chart_view_add_controllers (KilterChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
}
