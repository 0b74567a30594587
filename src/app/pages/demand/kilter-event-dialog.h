/* kilter-event-dialog.h: an event is filled in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* @id: 0 for a new one */
void kilter_event_dialog_present (KilterPage *page, int id);

G_END_DECLS
