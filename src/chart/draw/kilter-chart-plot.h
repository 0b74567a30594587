/* kilter-chart-plot.h: the scaffold of charts over time: axes, grid lines, legend, room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/kilter-chart-private.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  KilterChartKey key;
  KilterChartRole role;
  int series;
} KilterLegendEntry;

#define KILTER_MAX_LEGEND 12

/**
 * KilterPlotSpec: what a chart wants
 * @lo: lowest value drawn, NaN for none
 * @hi: highest value drawn
 * @has_zero: whether the value axis has to show 0
 * @headroom: room over the highest value for labels
 * @right: room kept at the right for direct labels
 * @has_time_axis: whether names of buckets stand below
 */
typedef struct
{
  const KilterChartTime *time;
  const KilterChartPlace *place;
  const KilterNumberFormat *format;
  double lo;
  double hi;
  double headroom;
  double right;
  gboolean has_zero;
  gboolean has_time_axis;
  gboolean has_legend;
  KilterLegendEntry legend[KILTER_MAX_LEGEND];
  gsize n_legend;
} KilterPlotSpec;

/**
 * KilterPlot: what it gets
 * @first: first visible bucket
 * @n: number of visible buckets
 * @xs: middles of the visible buckets
 * @edges: @n + 1 edges of them
 * @ends: (nullable): where they end: before the next one begins where something stands between
 * @label_end: room of the axis labels
 * @is_tiny: no room for labels
 * @is_mirrored: whether gutter and value axis stand at the right
 */
typedef struct
{
  KilterChartRect area;
  KilterScale scale;
  gsize first;
  gsize n;
  double *xs;
  double *edges;
  double *ends;
  double label_end;
  gboolean is_tiny;
  gboolean is_mirrored;
} KilterPlot;

void kilter_plot_begin (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec);
void kilter_plot_clip (KilterPlot *self, KilterPaint *paint);
void kilter_plot_unclip (KilterPaint *paint);
void kilter_plot_end (KilterPlot *self, KilterPaint *paint, const KilterPlotSpec *spec);
void kilter_plot_clear (KilterPlot *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterPlot, kilter_plot_clear)

double kilter_plot_y (const KilterPlot *self, double value);
double *kilter_plot_ys (const KilterPlot *self, const double *values);
double kilter_plot_column_width (const KilterPlot *self, gsize i);

void kilter_legend_add (KilterPlotSpec *spec,
                        const char *name,
                        KilterChartKey key,
                        KilterChartRole role,
                        int series);
double kilter_legend_draw_row (KilterPaint *paint,
                               const KilterLegendEntry *entries,
                               gsize n,
                               double x,
                               double y,
                               double width);
double kilter_legend_width (KilterPaint *paint, const KilterLegendEntry *entries, gsize n);
void kilter_plot_months (KilterPaint *paint,
                         const KilterChartTime *time,
                         gsize first,
                         gsize n,
                         const double *xs,
                         double y,
                         gboolean is_bold,
                         double y_align);

G_END_DECLS
