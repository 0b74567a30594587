/* kilter-family-switch.h: all families, or one: toggles while they are few, else a drop-down
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_FAMILY_SWITCH (kilter_family_switch_get_type ())
G_DECLARE_FINAL_TYPE (KilterFamilySwitch, kilter_family_switch, KILTER, FAMILY_SWITCH, AdwBin)

/* follows and sets the family of the session's scope */
GtkWidget *kilter_family_switch_new (void);
void kilter_family_switch_refresh (KilterFamilySwitch *self, KilterPage *page);

G_END_DECLS
