/* kilter-step-marker.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-step-marker.h"

#include <adwaita.h>
#include <math.h>

#include "app/widgets/kilter-chart-view.h"

struct _KilterStepMarker
{
  GtkWidget parent_instance;

  int number;
  int size;
  KilterStepState state;
  double progress;
};

G_DEFINE_FINAL_TYPE (KilterStepMarker, kilter_step_marker, GTK_TYPE_WIDGET)

/* room for the ring around the disc */
#define RING_GAP 3.0
#define RING_WIDTH 2.0

static double
text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / 1024.0 / 96.0 : 1;
}

static void
set_color (cairo_t *cr, const KilterChartStyle *style, KilterChartRole role)
{
  KilterChartColor color = kilter_chart_style_get_color (style, role);

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

static void
draw_number (KilterStepMarker *self, cairo_t *cr, double x, double y, double diameter)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  char text[12];
  PangoRectangle ink;

  g_snprintf (text, sizeof text, "%d", self->number);
  pango_font_description_set_absolute_size (font, diameter * 0.6 * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  cairo_move_to (cr, x - ink.width / 2.0 - ink.x, y - ink.height / 2.0 - ink.y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_check (cairo_t *cr, double x, double y, double r)
{
  cairo_set_line_width (cr, MAX (1.6, r * 0.22));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x - r * 0.42, y + r * 0.03);
  cairo_line_to (cr, x - r * 0.10, y + r * 0.34);
  cairo_line_to (cr, x + r * 0.45, y - r * 0.32);
  cairo_stroke (cr);
}

/* an arrow that turns back */
static void
draw_turn (cairo_t *cr, double x, double y, double r)
{
  const double end = -0.35 * G_PI;
  double tip_x = x + r * 0.45 * cos (end), tip_y = y + r * 0.45 * sin (end);

  cairo_set_line_width (cr, MAX (1.5, r * 0.2));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc_negative (cr, x, y, r * 0.45, 1.45 * G_PI - 0.35 * G_PI, end);
  cairo_stroke (cr);
  cairo_move_to (cr, tip_x + r * 0.30, tip_y + r * 0.05);
  cairo_line_to (cr, tip_x - r * 0.10, tip_y - r * 0.30);
  cairo_line_to (cr, tip_x - r * 0.12, tip_y + r * 0.28);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
kilter_step_marker_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterStepMarker *self = KILTER_STEP_MARKER (widget);
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double x = width / 2.0, y = height / 2.0;
  double diameter = self->size * text_scale (widget), r = diameter / 2;
  graphene_rect_t bounds;
  cairo_t *cr;

  graphene_rect_init (&bounds, 0, 0, (float) width, (float) height);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  switch (self->state)
    {
    case KILTER_STEP_FINISHED:
      set_color (cr, style, KILTER_CHART_ROLE_GOOD);
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill (cr);
      set_color (cr, style, KILTER_CHART_ROLE_ON_GOOD);
      draw_check (cr, x, y, r);
      break;
    case KILTER_STEP_IN_PROGRESS:
    case KILTER_STEP_REOPENED:
      set_color (cr, style, KILTER_CHART_ROLE_FORECAST);
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill (cr);
      if (self->progress > 0)
        {
          cairo_set_line_width (cr, RING_WIDTH);
          cairo_arc (cr, x, y, r + RING_GAP, -G_PI / 2,
                     -G_PI / 2 + 2 * G_PI * MIN (self->progress, 1));
          cairo_stroke (cr);
        }
      set_color (cr, style, KILTER_CHART_ROLE_ON_FORECAST);
      if (self->state == KILTER_STEP_REOPENED)
        draw_turn (cr, x, y, r);
      else
        draw_number (self, cr, x, y, diameter);
      break;
    case KILTER_STEP_NOT_STARTED:
    default:
      set_color (cr, style, KILTER_CHART_ROLE_DIM_TEXT);
      cairo_set_line_width (cr, 1.25);
      cairo_push_group (cr);
      cairo_arc (cr, x, y, r - 0.7, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, kilter_chart_style_is_high_contrast (style) ? 1 : 0.55);
      set_color (cr, style, KILTER_CHART_ROLE_DIM_TEXT);
      draw_number (self, cr, x, y, diameter);
    }
  cairo_destroy (cr);
}

static void
kilter_step_marker_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  KilterStepMarker *self = KILTER_STEP_MARKER (widget);
  double extra = self->progress >= 0 ? 2 * (RING_GAP + RING_WIDTH) : 0;

  *minimum = *natural = (int) ceil (self->size * text_scale (widget) + extra);
}

static void
kilter_step_marker_class_init (KilterStepMarkerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = kilter_step_marker_snapshot;
  widget_class->measure = kilter_step_marker_measure;
  gtk_widget_class_set_css_name (widget_class, "stepmarker");
  /* the row or button around it says it in words */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kilter_step_marker_init (KilterStepMarker *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->progress = -1;
  self->size = 20;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
kilter_step_marker_new (int number, int size)
{
  KilterStepMarker *self = g_object_new (KILTER_TYPE_STEP_MARKER, NULL);

  self->number = number;
  self->size = size;
  return GTK_WIDGET (self);
}

void
kilter_step_marker_set_state (KilterStepMarker *self, KilterStepState state)
{
  g_return_if_fail (KILTER_IS_STEP_MARKER (self));
  self->state = state;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_step_marker_set_number (KilterStepMarker *self, int number)
{
  g_return_if_fail (KILTER_IS_STEP_MARKER (self));
  self->number = number;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_step_marker_set_progress (KilterStepMarker *self, double progress)
{
  g_return_if_fail (KILTER_IS_STEP_MARKER (self));
  self->progress = progress;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
