/* kilter-figure-title.h: headline and subtitle of a chart that stands over grid columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "chart/kilter-chart.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FIGURE_TITLE (kilter_figure_title_get_type ())
G_DECLARE_FINAL_TYPE (KilterFigureTitle, kilter_figure_title, KILTER, FIGURE_TITLE, GtkBox)

/* @chart (nullable): whose words are shown */
void kilter_figure_title_show (KilterFigureTitle *self, KilterChart *chart);

G_END_DECLS
