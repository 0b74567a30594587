/* kilter-action-dialog.h: an action that was agreed: what, who, until when
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* @action: 0 for a new one */
void kilter_action_dialog_present (KilterPage *page, int action);

G_END_DECLS
