/* chart-test.h: what the tests of charts share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart-samples.h"

G_BEGIN_DECLS

void chart_test_pin_fonts (void);
gboolean chart_test_has_fonts (void);
KilterChartStyle *chart_test_style (KilterChartTheme theme);
cairo_surface_t *chart_test_paint (KilterChart *chart,
                                   const KilterChartStyle *style,
                                   double width,
                                   double height,
                                   const KilterChartOverlay *overlay);
guint chart_test_count_ink (cairo_surface_t *surface);

G_END_DECLS
