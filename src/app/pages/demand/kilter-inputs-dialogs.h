/* kilter-inputs-dialogs.h: a contributor; an answer beside the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "exchange/export/kilter-input-sheet.h"

G_BEGIN_DECLS

/* @id: 0 for a new one */
void kilter_contributor_dialog_present (KilterPage *page, int id);
/* what came back beside what the plan holds; Apply is one step */
void kilter_merge_dialog_present (KilterPage *page,
                                  KilterVersion version,
                                  KilterInputAnswer *answer /* (transfer full) */);

G_END_DECLS
