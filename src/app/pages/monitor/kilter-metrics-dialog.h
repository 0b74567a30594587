/* kilter-metrics-dialog.h: which metrics are shown, with which targets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "plan/review/kilter-insight.h"

G_BEGIN_DECLS

void kilter_metrics_dialog_present (KilterPage *page);

G_END_DECLS
