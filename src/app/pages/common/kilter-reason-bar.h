/* kilter-reason-bar.h: asks why, beside a number that was just typed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/**
 * KilterReasonBar:
 *
 * As long as what was typed last into the future has no reason, and until something else is done,
 * the bar asks for one and for the assumption behind it. It stands over the pages of an inspector:
 * the cursor has moved on by then, and no other page has to be opened first.
 */
#define KILTER_TYPE_REASON_BAR (kilter_reason_bar_get_type ())
G_DECLARE_FINAL_TYPE (KilterReasonBar, kilter_reason_bar, KILTER, REASON_BAR, AdwBin)

GtkStringList *kilter_reason_list_new (const KilterPlan *plan, const char *none);

void kilter_reason_bar_attach (KilterReasonBar *self, KilterPage *page);
void kilter_reason_bar_refresh (KilterReasonBar *self);

G_END_DECLS
