/* kilter-agenda-page.h: step 4: what a meeting is about, and its minutes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_AGENDA_PAGE (kilter_agenda_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterAgendaPage, kilter_agenda_page, KILTER, AGENDA_PAGE, KilterPage)

/* @item: an item to change, or 0 for a new one of the meeting */
void kilter_agenda_dialog_present (KilterPage *page, const char *meeting, int item);

G_END_DECLS
