/* kilter-chart-bars.h: columns over buckets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/draw/kilter-chart-plot.h"

G_BEGIN_DECLS

double kilter_bar_width (const KilterPaint *paint, double column);
KilterChartRect
kilter_bar_rect (KilterPaint *paint, const KilterPlot *plot, gsize i, double value, double shift);
void kilter_bar_draw (KilterPaint *paint,
                      const KilterChartRect *rect,
                      KilterChartLook look,
                      KilterChartRole role,
                      gboolean is_past,
                      gboolean is_opaque);
void kilter_bar_labels (KilterPaint *paint,
                        const KilterPlot *plot,
                        const double *values,
                        const double *tops,
                        const KilterNumberFormat *format);
void kilter_bar_tick (KilterPaint *paint,
                      const KilterPlot *plot,
                      gsize i,
                      double value,
                      KilterChartRole role);

G_END_DECLS
