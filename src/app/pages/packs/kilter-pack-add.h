/* kilter-pack-add.h: puts a chart or the rows of a grid on a page of a meeting pack
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/kilter-chart.h"
#include "report/pack/kilter-pack-own.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (nullable): which figure of a pack the chart is; NULL when packs do not have it */
const char *kilter_pack_find_figure (GtkWidget *widget, const KilterChart *chart);
/* asks for the page, then adds what the widget shows; @widget is in a page of the window */
void kilter_pack_add_chart (GtkWidget *widget, const KilterChart *chart);
void kilter_pack_add_rows (GtkWidget *widget,
                           const KilterScope *scope,
                           const KilterMeasure *measures,
                           guint n_measures);

G_END_DECLS
