/* kilter-figure-title.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-figure-title.h"

#include <math.h>

struct _KilterFigureTitle
{
  GtkBox parent_instance;

  GtkLabel *headline;
  GtkLabel *subtitle;
};

G_DEFINE_FINAL_TYPE (KilterFigureTitle, kilter_figure_title, GTK_TYPE_BOX)

static GtkLabel *
add_label (KilterFigureTitle *self, const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
kilter_figure_title_class_init (KilterFigureTitleClass *klass)
{
}

static void
kilter_figure_title_init (KilterFigureTitle *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 2);
  self->headline = add_label (self, "kilter-headline");
  self->subtitle = add_label (self, "kilter-subtitle");
}

/**
 * kilter_figure_title_show:
 *
 * Shows a chart's headline and subtitle; the chart itself is then drawn without them.
 */
void
kilter_figure_title_show (KilterFigureTitle *self, KilterChart *chart)
{
  const char *title = chart != NULL ? kilter_chart_get_title (chart) : NULL;
  const char *subtitle = chart != NULL ? kilter_chart_get_subtitle (chart) : NULL;

  gtk_label_set_text (self->headline, title != NULL ? title : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->headline), title);
  gtk_label_set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
}

void
kilter_figure_title_show_chart (KilterFigureTitle *self,
                                KilterChartView *view,
                                KilterSession *session,
                                int first,
                                KilterChart *chart)
{
  kilter_figure_title_show (self, chart);
  gtk_widget_set_visible (GTK_WIDGET (view), chart != NULL);
  kilter_chart_view_set_session (view, session, first);
  kilter_chart_view_set_chart (view, chart);
}

void
kilter_chart_view_fit_height (KilterChartView *view, KilterChart *chart)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (view));
  double width, height, natural;

  kilter_chart_measure (chart, style, &width, &height, &natural);
  gtk_widget_set_size_request (GTK_WIDGET (view), -1, (int) ceil (natural));
}
