/* kilter-chart-export.h: a chart as a PNG, SVG or PDF file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "chart/kilter-chart.h"

G_BEGIN_DECLS

gboolean kilter_chart_to_png (KilterChart *self,
                              GOutputStream *stream,
                              double width,
                              double height,
                              double device_scale,
                              const KilterChartStyle *style,
                              GError **error);
gboolean kilter_chart_to_svg (KilterChart *self,
                              GOutputStream *stream,
                              double width,
                              double height,
                              const KilterChartStyle *style,
                              GError **error);
gboolean kilter_chart_to_pdf (KilterChart *self,
                              GOutputStream *stream,
                              double width,
                              double height,
                              const KilterChartStyle *style,
                              GError **error);

G_END_DECLS
