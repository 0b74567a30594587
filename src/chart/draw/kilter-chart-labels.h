/* kilter-chart-labels.h: finds room for words among lines and other words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/draw/kilter-chart-plot.h"

G_BEGIN_DECLS

#define KILTER_MAX_DIRECT 8

/**
 * KilterDirectLabel: a name at the end of its line
 */
typedef struct
{
  const char *text;
  double y;
  KilterChartRole role;
  gboolean is_bold;
} KilterDirectLabel;

double kilter_direct_width (KilterPaint *paint, const KilterDirectLabel *labels, gsize n);
void
kilter_direct_draw (KilterPaint *paint, const KilterPlot *plot, KilterDirectLabel *labels, gsize n);

gboolean
kilter_segment_touches (const KilterChartRect *rect, double x0, double y0, double x1, double y1);
double kilter_label_cost (KilterChart *chart, const KilterChartRect *rect);
void kilter_label_near (KilterPaint *paint,
                        GArray *taken,
                        const char *text,
                        double x,
                        double y,
                        double gap,
                        KilterTextLook look);

G_END_DECLS
