/* kilter-metric-parts.h: the products or lines behind a metric
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-page-subject.h"
#include "plan/review/kilter-insight.h"

G_BEGIN_DECLS

/* opens the dialog; a part that is pressed becomes the session's scope, in the view of its cause */
void kilter_metric_parts_present (KilterPage *page, KilterMetric metric, int bucket);

G_END_DECLS
