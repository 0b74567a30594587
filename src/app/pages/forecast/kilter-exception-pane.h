/* kilter-exception-pane.h: what needs a look, by money, each with ways to deal with it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/**
 * KilterExceptionPane:
 *
 * Lists the exceptions of the plan. The chosen one is the scope of the window, and shows its fixes.
 */
#define KILTER_TYPE_EXCEPTION_PANE (kilter_exception_pane_get_type ())
G_DECLARE_FINAL_TYPE (KilterExceptionPane, kilter_exception_pane, KILTER, EXCEPTION_PANE, AdwBin)

void kilter_exception_pane_attach (KilterExceptionPane *self, KilterPage *page);
void kilter_exception_pane_refresh (KilterExceptionPane *self, KilterChange change);
void kilter_exception_pane_step (KilterExceptionPane *self, int direction);
void kilter_exception_pane_mark_reviewed (KilterExceptionPane *self);

G_END_DECLS
