/* kilter-participant-dialog.h: a person's part of the plan as a file to be sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

void kilter_participant_dialog_present (KilterPage *page, int contributor);

G_END_DECLS
