/* kilter-figure-title.h: headline and subtitle of a chart that stands over grid columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/widgets/kilter-chart-view.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FIGURE_TITLE (kilter_figure_title_get_type ())
G_DECLARE_FINAL_TYPE (KilterFigureTitle, kilter_figure_title, KILTER, FIGURE_TITLE, GtkBox)

/* @chart (nullable): whose words are shown */
void kilter_figure_title_show (KilterFigureTitle *self, KilterChart *chart);
/* @chart (transfer full) (nullable): stands in @view, over buckets from @first on, which share the
 * crosshair of the session; -1 when it has none. Without a chart the view is not there. */
void kilter_figure_title_show_chart (KilterFigureTitle *self,
                                     KilterChartView *view,
                                     KilterSession *session,
                                     int first,
                                     KilterChart *chart);
/* gives @view the height that @chart needs: a heat map has a row for each thing */
void kilter_chart_view_fit_height (KilterChartView *view, KilterChart *chart);

G_END_DECLS
