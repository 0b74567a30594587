/* kilter-supply-live.h: planning supply anew with each edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

gboolean kilter_supply_live_apply (KilterPage *page, KilterCommand *command, GError **error);
/* (transfer full): a stateful action "live" for the page's group "supply" */
GAction *kilter_supply_live_make_action (void);

G_END_DECLS
