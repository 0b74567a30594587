/* kilter-tone.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-tone.h"

#include <adwaita.h>

#include "app/widgets/kilter-chart-view.h"

#define SIZE 12

struct _KilterTone
{
  GtkWidget parent_instance;

  KilterChartTone tone;
};

G_DEFINE_FINAL_TYPE (KilterTone, kilter_tone, GTK_TYPE_WIDGET)

static void
kilter_tone_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterTone *self = KILTER_TONE (widget);
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  kilter_chart_draw_tone (cr, style, self->tone, width / 2.0, height / 2.0);
  cairo_destroy (cr);
}

static void
kilter_tone_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
kilter_tone_class_init (KilterToneClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = kilter_tone_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = kilter_tone_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kilter_tone_init (KilterTone *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
kilter_tone_new (KilterChartTone tone)
{
  KilterTone *self = g_object_new (KILTER_TYPE_TONE, NULL);

  self->tone = tone;
  return GTK_WIDGET (self);
}

void
kilter_tone_set (KilterTone *self, KilterChartTone tone)
{
  g_return_if_fail (KILTER_IS_TONE (self));
  self->tone = tone;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
kilter_tone_get_css_class (KilterChartTone tone)
{
  switch (tone)
    {
    case KILTER_CHART_TONE_GOOD:
      return "kilter-good";
    case KILTER_CHART_TONE_CLOSE:
      return "kilter-close";
    case KILTER_CHART_TONE_BAD:
      return "kilter-bad";
    case KILTER_CHART_TONE_PLAIN:
    default:
      return NULL;
    }
}
