/* kilter-chart-rows.h: charts that are tables with bars; mirrored where people read from the right
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/draw/kilter-chart-plot.h"

G_BEGIN_DECLS

KilterChartRect
kilter_rows_rect (const KilterPaint *paint, double x, double y, double width, double height);
double kilter_rows_x (const KilterPaint *paint, double x);
void
kilter_rows_start (KilterPaint *paint, const char *text, double x, double y, KilterTextLook look);
void
kilter_rows_end (KilterPaint *paint, const char *text, double x, double y, KilterTextLook look);
void kilter_rows_rule (KilterPaint *paint, double x0, double x1, double y, KilterChartRole role);
double kilter_rows_width (KilterPaint *paint, const char *text, const KilterTextLook *look);
double kilter_rows_height (double room, gsize n, double least, double most);
gboolean kilter_rows_fit (KilterPaint *paint, double row, KilterChartTextSize size);

G_END_DECLS
