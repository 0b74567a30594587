/* kilter-chart-view-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/widgets/kilter-chart-view.h"

G_BEGIN_DECLS

struct _KilterChartView
{
  GtkWidget parent_instance;

  KilterChart *chart;
  KilterChart *before; /* while values move */
  AdwAnimation *animation;
  KilterChartStyle *style;
  KilterSession *session;
  int first_bucket;

  gboolean is_framed;
  gboolean is_explorable;
  gboolean is_adjusting; /* the handles are shown */
  int handles_series;    /* -1 for any */
  int handles_from;
  char *remark;
  char *file_name;

  int own_bucket; /* the crosshair when there is no session */
  int anchor;     /* where the crosshair returns to when the pointer leaves */
  int series;
  gboolean is_hovered;
  gboolean is_dragging_value;
  gboolean is_dragging_range;
  int drag_series;
  double press_x; /* where the drag began */
  double press_y;
  int drag_bucket;
  int drag_last;
  double drag_value;
  int range_first;
  int range_last;
  int last_width;
  int last_height;
  guint resized_source;
  gsize visible_first;
  gsize visible_n;
};

/* kilter-chart-view.c */
const KilterChartStyle *kilter_chart_view_get_style (KilterChartView *self);
void kilter_chart_view_get_picture (KilterChartView *self,
                                    double *out_width,
                                    double *out_height,
                                    double *out_y);
int kilter_chart_view_bucket_at (KilterChartView *self, double x);
int kilter_chart_view_get_bucket (KilterChartView *self);
void kilter_chart_view_set_bucket (KilterChartView *self, int bucket);
double kilter_chart_view_get_value (KilterChartView *self, int series, int bucket);
void kilter_chart_view_announce (KilterChartView *self);
/* kilter-chart-input.c */
void kilter_chart_view_add_controllers (KilterChartView *self);

G_END_DECLS
