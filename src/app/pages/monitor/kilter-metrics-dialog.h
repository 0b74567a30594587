/* kilter-metrics-dialog.h: which metrics are shown, with which targets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "plan/kilter-insight.h"

G_BEGIN_DECLS

void kilter_metrics_dialog_present (KilterPage *page);
/* A metric is shown unless somebody put it away. */
gboolean kilter_metric_is_shown (const KilterPlan *plan, KilterMetric metric);

G_END_DECLS
