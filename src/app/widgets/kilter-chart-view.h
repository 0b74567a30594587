/* kilter-chart-view.h: a chart on the screen: crosshair, keyboard, accessible text, menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/document/kilter-session.h"
#include "chart/kilter-chart-kinds.h"

G_BEGIN_DECLS

/**
 * KilterChartView:
 *
 * Shows a #KilterChart with the style of the system (dark, high contrast, accent, text size). The
 * crosshair is the session's bucket, so that it moves together with the grid.
 *
 * Signals:
 * - `activate-point (int series, int bucket)`: click or Enter; @bucket counts in the chart
 * - `range-selected (int first, int last)`: dragged range of buckets
 * - `adjusted (int series, int bucket, int last, double value)`: a handle was dragged to @value and
 *   released, or moved by a key; with Shift all up to @last (before or after @bucket) are to change
 *   by the same share
 * - `resized ()`: pages that place bars over grid columns make the chart again
 */
#define KILTER_TYPE_CHART_VIEW (kilter_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (KilterChartView, kilter_chart_view, KILTER, CHART_VIEW, GtkWidget)

GtkWidget *kilter_chart_view_new (void);

/* @chart (transfer full) (nullable); values move from the chart before when it is of the same kind
 * and shape */
void kilter_chart_view_set_chart (KilterChartView *self, KilterChart *chart);
KilterChart *kilter_chart_view_get_chart (KilterChartView *self);

/* @first_bucket: the plan's bucket index that column 0 of the chart stands for; -1: the columns are
 * not buckets, the crosshair is the chart's own */
void
kilter_chart_view_set_session (KilterChartView *self, KilterSession *session, int first_bucket);

/* -1 when columns are no buckets */
int kilter_chart_view_get_first_bucket (KilterChartView *self);

/* title and subtitle above the picture, default TRUE */
void kilter_chart_view_set_framed (KilterChartView *self, gboolean framed);
/* whether the pointer shows a crosshair with values, default TRUE for time charts */
void kilter_chart_view_set_explorable (KilterChartView *self, gboolean explorable);
/* which points can be dragged while Alt is held, or as long as they are shown as handles: those of
 * @series (-1, the default: of all) from @first_bucket of the chart on. Alt+Up and Alt+Down change
 * the point of a given series under the crosshair by 1 %. */
void kilter_chart_view_set_handles (KilterChartView *self, int series, int first_bucket);
/* whether handles are shown and can be dragged without a key, default FALSE */
void kilter_chart_view_set_adjusting (KilterChartView *self, gboolean adjusting);
/* a sentence after the generated description, for screen readers */
void kilter_chart_view_set_remark (KilterChartView *self, const char *remark);
/* (nullable): what the menu offers beside the usual, its actions are found from the view upwards */
void kilter_chart_view_set_extra_menu (KilterChartView *self, GMenuModel *menu);
/* file name offered by Save, without extension */
void kilter_chart_view_set_file_name (KilterChartView *self, const char *name);

/* (transfer full): the screen's style for a widget, also for own drawing */
KilterChartStyle *kilter_chart_style_for_widget (GtkWidget *widget);

G_END_DECLS
