/* kilter-chart-menu.h: what can be done with a shown chart: copy, save, read as a table
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "chart/kilter-chart.h"

G_BEGIN_DECLS

/* at a point of the widget, or in its middle when negative */
void kilter_chart_menu_popup (GtkWidget *widget, double x, double y);
void kilter_chart_menu_set_extra (GtkWidget *widget, GMenuModel *menu);
void kilter_chart_menu_allocate (GtkWidget *widget);
void kilter_chart_menu_unparent (GtkWidget *widget);
/* @action: "copy-image", "copy-data", "show-table", "save-svg", "save-png" */
void kilter_chart_menu_run (GtkWidget *widget,
                            KilterChart *chart,
                            const KilterChartStyle *style,
                            const char *file_name,
                            const char *action);

G_END_DECLS
