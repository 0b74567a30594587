/* kilter-notes-pane.h: where a number comes from, comments, and what happened to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_NOTES_PANE (kilter_notes_pane_get_type ())
G_DECLARE_FINAL_TYPE (KilterNotesPane, kilter_notes_pane, KILTER, NOTES_PANE, AdwBin)

void kilter_notes_pane_attach (KilterNotesPane *self, KilterPage *page, KilterPlanGrid *grid);
void kilter_notes_pane_refresh (KilterNotesPane *self);

G_END_DECLS
