/* kilter-metrics-page.h: step 6: cards of metrics with their targets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_METRICS_PAGE (kilter_metrics_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterMetricsPage, kilter_metrics_page, KILTER, METRICS_PAGE, KilterPage)

G_END_DECLS
