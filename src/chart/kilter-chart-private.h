/* kilter-chart-private.h: what the kinds share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/kilter-chart-kinds.h"
#include "chart/draw/kilter-chart-paint.h"
#include "chart/draw/kilter-chart-scale.h"

G_BEGIN_DECLS

/**
 * KilterChartArea: something drawn that can be pointed at
 * @px: the point of the mark: where a crosshair's dot sits; NaN for none
 * @py: likewise
 * @is_line: whether the point is part of a line that labels should keep off
 */
typedef struct
{
  KilterChartHit hit;
  double px;
  double py;
  gboolean is_line;
} KilterChartArea;

/**
 * KilterChartGeometry: where the last drawing put things
 * @edges: x positions between the visible buckets: n_visible + 1
 * @ends: where the visible buckets end: n_visible
 */
typedef struct
{
  gboolean is_valid;
  double width;
  double height;
  KilterChartStyle *style;
  gboolean has_plot;
  KilterChartRect plot;
  gboolean has_scale;
  KilterScale scale;
  gsize first;
  GArray *edges;
  GArray *ends;
  GArray *areas;
} KilterChartGeometry;

/**
 * KilterChartClass:
 * @can_zoom: whether the visible range may be set
 * @extra_line: (nullable): one more line of the label box: its name and text, or %NULL
 */
typedef struct
{
  KilterChartKind kind;
  gboolean can_zoom;
  void (*draw) (KilterChart *self, KilterPaint *paint);
  void (*measure) (KilterChart *self,
                   KilterPaint *paint,
                   double *out_min_width,
                   double *out_min_height,
                   double *out_natural_height);
  char *(*extra_line) (KilterChart *self, gsize bucket, const char **out_name);
} KilterChartClass;

struct _KilterChart
{
  const KilterChartClass *klass;
  gpointer data; /* the kind's public structure, deeply copied */

  GPtrArray *blocks; /* all memory of the copy */
  GArray *arrays;    /* of KilterChartValues: what a transition moves */

  char *title;
  char *subtitle;

  KilterChartTable table;
  gboolean is_cut; /* the value axis does not begin at 0 */
  gsize n_series;  /* the first rows of the table, those the arrow keys visit */

  int selected_series;
  int selected_bucket;
  gsize n_buckets;
  gsize visible_first;
  gsize visible_n;

  KilterChartGeometry geometry;
};

/* making */
KilterChart *kilter_chart_alloc (const KilterChartClass *klass, gconstpointer data, gsize size);
gpointer kilter_chart_keep (KilterChart *self, gconstpointer block, gsize size);
const char *kilter_chart_keep_text (KilterChart *self, const char *text);
const char *const *kilter_chart_keep_texts (KilterChart *self, const char *const *texts, gsize n);
const double *kilter_chart_keep_values (KilterChart *self, const double *values, gsize n);
double kilter_chart_clean (double value);
void kilter_chart_keep_time (KilterChart *self, KilterChartTime *time);
double kilter_chart_get_end (const KilterChart *self, gsize at);
void kilter_chart_keep_place (KilterChart *self, KilterChartPlace *place, gsize n);

/* the table */
void kilter_chart_table_begin (KilterChart *self, gsize n_rows, gsize n_columns);
void kilter_chart_table_row (KilterChart *self,
                             gsize row,
                             const char *name,
                             const double *values,
                             const KilterNumberFormat *format);
void kilter_chart_table_column (KilterChart *self, gsize column, const char *name);
void kilter_chart_table_time (KilterChart *self, const KilterChartTime *time);
void kilter_chart_table_text (KilterChart *self, gsize row, gsize column, const char *text);
void kilter_chart_table_value (KilterChart *self, gsize row, gsize column, double value);

/* where things are */
void kilter_chart_add_area (KilterPaint *paint,
                            KilterChartPart part,
                            int series,
                            int bucket,
                            const KilterChartRect *rect);
void kilter_chart_add_mark (KilterPaint *paint,
                            int series,
                            int bucket,
                            const KilterChartRect *rect,
                            double px,
                            double py);
void kilter_chart_add_line (KilterPaint *paint,
                            int series,
                            gsize first,
                            const double *xs,
                            const double *ys,
                            gsize n);
void
kilter_chart_add_obstacle (KilterPaint *paint, int id, const double *xs, const double *ys, gsize n);
void kilter_chart_prepare (KilterChart *self,
                           double width,
                           double height,
                           const KilterChartStyle *style);
void kilter_chart_invalidate (KilterChart *self);
const char *kilter_chart_time_name (const KilterChartTime *time, gsize i);

G_END_DECLS
