/* kilter-model-pane.h: what forecasts the scope, what else was tried, and how it works
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_MODEL_PANE (kilter_model_pane_get_type ())
G_DECLARE_FINAL_TYPE (KilterModelPane, kilter_model_pane, KILTER, MODEL_PANE, AdwBin)

void kilter_model_pane_attach (KilterModelPane *self, KilterPage *page);
void kilter_model_pane_refresh (KilterModelPane *self);

G_END_DECLS
