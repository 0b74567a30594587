/* kilter-forecast-dialogs.h: the dialogs of step 1
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* which method forecasts what is in scope; the tried ones by their error */
void kilter_model_dialog_present (KilterPage *page);
/* the season of a product or family, set by hand */
gboolean kilter_season_dialog_can (KilterPage *page);
void kilter_season_dialog_present (KilterPage *page);
/* a new product: like another one, or a predecessor's successor */
void kilter_like_dialog_present (KilterPage *page, int product);
/* what in the history of the scope is probably not demand */
void kilter_clean_dialog_present (KilterPage *page);
/* what a past month should have been */
void kilter_correct_dialog_present (KilterPage *page, const KilterScope *scope, int first, int n);

G_END_DECLS
