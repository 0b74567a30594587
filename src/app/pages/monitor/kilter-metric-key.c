/* kilter-metric-key.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metric-key.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  KEY_LINE,
  KEY_POINT,
  KEY_TARGET,
  KEY_RANGE,
} Key;

static void
set_color (cairo_t *cr, const KilterChartStyle *style, KilterChartRole role)
{
  const KilterChartColor *color = &style->colors[role];

  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (area));
  const double dash[] = { 4, 2 };
  double y = height / 2.0;

  switch ((Key) GPOINTER_TO_INT (data))
    {
    case KEY_POINT:
      set_color (cr, style, KILTER_CHART_ROLE_FORECAST);
      cairo_arc (cr, width / 2.0, y, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    case KEY_RANGE:
      set_color (cr, style, KILTER_CHART_ROLE_GOOD_TINT);
      cairo_rectangle (cr, 0, y - 5, width, 10);
      cairo_fill (cr);
      return;
    case KEY_TARGET:
      set_color (cr, style, KILTER_CHART_ROLE_GOOD);
      cairo_set_dash (cr, dash, 2, 0);
      break;
    case KEY_LINE:
    default:
      set_color (cr, style, KILTER_CHART_ROLE_ACTUAL);
      break;
    }
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, width, y);
  cairo_stroke (cr);
}

static void
add_entry (AdwWrapBox *box, GtkWidget *sign, const char *text)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (label, "kilter-subtitle");
  gtk_box_append (GTK_BOX (entry), sign);
  gtk_box_append (GTK_BOX (entry), label);
  adw_wrap_box_append (box, entry);
}

static GtkWidget *
make_sign (Key key)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), key == KEY_POINT ? 8 : 16);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 12);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GINT_TO_POINTER (key), NULL);
  return area;
}

GtkWidget *
kilter_metric_key_new (const char *month)
{
  AdwWrapBox *box = ADW_WRAP_BOX (adw_wrap_box_new ());

  adw_wrap_box_set_child_spacing (box, 18);
  adw_wrap_box_set_line_spacing (box, 4);
  add_entry (box, make_sign (KEY_LINE), _ ("Past 13 months"));
  if (month != NULL)
    add_entry (box, make_sign (KEY_POINT), month);
  add_entry (box, make_sign (KEY_TARGET), _ ("Target"));
  add_entry (box, make_sign (KEY_RANGE), _ ("Target range"));
  add_entry (box, kilter_tone_new (KILTER_CHART_TONE_GOOD), _ ("On target"));
  add_entry (box, kilter_tone_new (KILTER_CHART_TONE_CLOSE), _ ("Close to target"));
  add_entry (box, kilter_tone_new (KILTER_CHART_TONE_BAD), _ ("Off target"));
  return GTK_WIDGET (box);
}
