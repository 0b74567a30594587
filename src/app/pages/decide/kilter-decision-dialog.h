/* kilter-decision-dialog.h: what the executive meeting is asked to decide
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* @decision: 0 for a new one of the current cycle */
void kilter_decision_dialog_present (KilterPage *page, int decision);

G_END_DECLS
