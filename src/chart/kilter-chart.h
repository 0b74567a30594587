/* kilter-chart.h: any chart: drawing, hit test, description
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-number.h"
#include "chart/draw/kilter-chart-style.h"

G_BEGIN_DECLS

/**
 * KilterChart:
 *
 * One chart of any kind, with a copy of its data, made by one of the constructors in
 * kilter-chart-kinds.h. It draws the same on a screen, on paper, in a PDF, SVG or PNG file.
 *
 * Lengths are in the unit of the cairo context: px on the screen, points on paper. The origin is
 * the top left corner of the chart.
 *
 * A chart belongs to one thread at a time: drawing remembers where things were drawn, and the hit
 * test and the mapping functions read that.
 */
typedef struct _KilterChart KilterChart;

typedef enum
{
  KILTER_CHART_FAN,
  KILTER_CHART_COLUMNS,
  KILTER_CHART_HEAT,
  KILTER_CHART_STOCK,
  KILTER_CHART_BRIDGE,
  KILTER_CHART_MULTIPLES,
  KILTER_CHART_COMPARE,
  KILTER_CHART_RISKS,
  KILTER_CHART_VALUE_ADDED,
  KILTER_CHART_STEPS,
  KILTER_CHART_DUMBBELL,
  KILTER_CHART_LINES,
  KILTER_CHART_GANTT,
  KILTER_CHART_METRIC,
  KILTER_CHART_SPARK,
  KILTER_CHART_TIMELINE,
  KILTER_CHART_N_KINDS,
} KilterChartKind;

/**
 * KilterChartPart:
 * @KILTER_CHART_PART_NONE: nothing
 * @KILTER_CHART_PART_PLOT: the ground over a bucket
 * @KILTER_CHART_PART_MARK: a bar, point, cell or step
 * @KILTER_CHART_PART_ROW_LABEL: the name of a row or panel
 * @KILTER_CHART_PART_COLUMN_LABEL: the name of a column or bucket
 * @KILTER_CHART_PART_LEGEND: an entry of the legend
 * @KILTER_CHART_PART_EVENT: a flag; the bucket is the index of the event
 * @KILTER_CHART_PART_OUTLIER: a ring; the bucket is the index of the outlier
 */
typedef enum
{
  KILTER_CHART_PART_NONE,
  KILTER_CHART_PART_PLOT,
  KILTER_CHART_PART_MARK,
  KILTER_CHART_PART_ROW_LABEL,
  KILTER_CHART_PART_COLUMN_LABEL,
  KILTER_CHART_PART_LEGEND,
  KILTER_CHART_PART_EVENT,
  KILTER_CHART_PART_OUTLIER,
} KilterChartPart;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} KilterChartRect;

/**
 * KilterChartHit:
 * @part: what lies there
 * @series: row of the chart's table, −1 for none
 * @bucket: column of the chart's table (or index of an event), −1 for none
 * @area: its extent, for popovers and focus rings
 */
typedef struct
{
  KilterChartPart part;
  int series;
  int bucket;
  KilterChartRect area;
} KilterChartHit;

/**
 * KilterChartTable:
 * @n_rows: series, or the rows of a table-like chart
 * @n_columns: buckets, or the columns of a table-like chart
 * @corner: (nullable): heading of the row names
 * @row_names: @n_rows
 * @column_names: @n_columns
 * @values: @n_rows × @n_columns by rows; NaN is missing
 * @formats: @n_rows; how the values of a row are written
 * @texts: (nullable): @n_rows × @n_columns; an entry that is not %NULL stands instead of the value
 *
 * The data of a chart as a table: for *Show as Table*, *Copy Data*, and accessible descriptions.
 */
typedef struct
{
  gsize n_rows;
  gsize n_columns;
  const char *corner;
  const char *const *row_names;
  const char *const *column_names;
  const double *values;
  const KilterNumberFormat *formats;
  const char *const *texts;
} KilterChartTable;

/**
 * KilterChartSummary:
 * @n: how many values there are; the rest is unset when 0
 * @first: the first value, at column @first_at
 * @last: the last value, at column @last_at
 * @lowest: the lowest value, at column @lowest_at
 * @highest: the highest value, at column @highest_at
 * @slope: least-squares change a column
 */
typedef struct
{
  gsize n;
  double first;
  double last;
  double lowest;
  double highest;
  double slope;
  gsize first_at;
  gsize last_at;
  gsize lowest_at;
  gsize highest_at;
} KilterChartSummary;

/**
 * KilterChartValueLine:
 * @name: "Final forecast"
 * @text: "141.7"
 * @is_strong: whether it is bold
 */
typedef struct
{
  const char *name;
  const char *text;
  gboolean is_strong;
} KilterChartValueLine;

#define KILTER_CHART_MAX_VALUE_LINES 5

/**
 * KilterChartOverlay:
 * @bucket: where the crosshair stands, −1 for none
 * @series: which series the point sits on, −1 for the first that has a value
 * @has_box: whether a box with values is shown
 * @title: (nullable): its title; %NULL takes the bucket's name
 * @lines: (nullable): its values; %NULL takes the first five of the chart's table
 * @n_lines: at most %KILTER_CHART_MAX_VALUE_LINES
 * @range_first: first bucket of a dragged range, −1 for none
 * @range_last: last bucket of it
 * @handles_from: first bucket with a handle for dragging, −1 for none
 * @drag_bucket: bucket being dragged, −1 for none
 * @drag_value: its new value
 * @is_focused: whether the chart has the keyboard focus: the point gets a ring
 *
 * What moves over a chart. Initialise with %KILTER_CHART_OVERLAY_INIT.
 */
typedef struct
{
  int bucket;
  int series;
  gboolean has_box;
  const char *title;
  const KilterChartValueLine *lines;
  gsize n_lines;
  int range_first;
  int range_last;
  int handles_from;
  int drag_bucket;
  double drag_value;
  gboolean is_focused;
} KilterChartOverlay;

#define KILTER_CHART_OVERLAY_INIT                                                                  \
  { .bucket = -1,                                                                                  \
    .series = -1,                                                                                  \
    .range_first = -1,                                                                             \
    .range_last = -1,                                                                              \
    .handles_from = -1,                                                                            \
    .drag_bucket = -1 }

void kilter_chart_free (KilterChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterChart, kilter_chart_free)

KilterChartKind kilter_chart_get_kind (const KilterChart *self);

/* words */
void kilter_chart_set_title (KilterChart *self, const char *title, const char *subtitle);
const char *kilter_chart_get_title (const KilterChart *self);
const char *kilter_chart_get_subtitle (const KilterChart *self);

/* state that is part of the picture */
void kilter_chart_set_selection (KilterChart *self, int series, int bucket);
int kilter_chart_get_selected_series (const KilterChart *self);
int kilter_chart_get_selected_bucket (const KilterChart *self);
void kilter_chart_set_visible_range (KilterChart *self, gsize first, gsize n);
gboolean kilter_chart_set_transition (KilterChart *self, const KilterChart *from, double progress);

/* size */
void kilter_chart_measure (KilterChart *self,
                           const KilterChartStyle *style,
                           double *out_min_width,
                           double *out_min_height,
                           double *out_natural_height);

/* drawing */
void kilter_chart_draw (KilterChart *self,
                        cairo_t *cr,
                        double width,
                        double height,
                        const KilterChartStyle *style);
void kilter_chart_draw_overlay (KilterChart *self,
                                cairo_t *cr,
                                double width,
                                double height,
                                const KilterChartStyle *style,
                                const KilterChartOverlay *overlay);
double kilter_chart_get_frame_height (const KilterChart *self,
                                      double width,
                                      const KilterChartStyle *style);
void kilter_chart_draw_framed (KilterChart *self,
                               cairo_t *cr,
                               double width,
                               double height,
                               const KilterChartStyle *style);

/* where things are */
KilterChartHit kilter_chart_hit (KilterChart *self,
                                 double width,
                                 double height,
                                 const KilterChartStyle *style,
                                 double x,
                                 double y);
gboolean kilter_chart_get_plot (KilterChart *self,
                                double width,
                                double height,
                                const KilterChartStyle *style,
                                KilterChartRect *out_plot);
int kilter_chart_bucket_at (KilterChart *self,
                            double width,
                            double height,
                            const KilterChartStyle *style,
                            double x);
gboolean kilter_chart_get_bucket_x (KilterChart *self,
                                    double width,
                                    double height,
                                    const KilterChartStyle *style,
                                    int bucket,
                                    double *out_x);
gboolean kilter_chart_get_point (KilterChart *self,
                                 double width,
                                 double height,
                                 const KilterChartStyle *style,
                                 int series,
                                 int bucket,
                                 KilterChartRect *out_area);
double kilter_chart_value_at (KilterChart *self,
                              double width,
                              double height,
                              const KilterChartStyle *style,
                              double y);

/* what it says */
gboolean kilter_chart_is_cut (const KilterChart *self);
gsize kilter_chart_n_series (const KilterChart *self);
gsize kilter_chart_n_buckets (const KilterChart *self);
gsize kilter_chart_n_points (const KilterChart *self);
const KilterChartTable *kilter_chart_describe (const KilterChart *self);
char *kilter_chart_get_value_text (const KilterChart *self, gsize row, gsize column);
void kilter_chart_summarize (const KilterChart *self, gsize row, KilterChartSummary *out_summary);
char *kilter_chart_to_tsv (const KilterChart *self);

G_END_DECLS
