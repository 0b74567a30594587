/* kilter-supply-inspector.h: a resource in one bucket: load, why, ways to fix it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "plan/kilter-tasks.h"

G_BEGIN_DECLS

#define KILTER_TYPE_SUPPLY_INSPECTOR (kilter_supply_inspector_get_type ())
G_DECLARE_FINAL_TYPE (KilterSupplyInspector,
                      kilter_supply_inspector,
                      KILTER,
                      SUPPLY_INSPECTOR,
                      AdwBin)

/**
 * KilterSupplyInspector:
 *
 * Signals: `preview ()`: another fix is previewed, or none
 */
void kilter_supply_inspector_attach (KilterSupplyInspector *self, KilterPage *page);
void kilter_supply_inspector_show (KilterSupplyInspector *self, int resource, int bucket);
/* the plan changed: what was found out about it is out of date */
void kilter_supply_inspector_invalidate (KilterSupplyInspector *self);
/* (nullable): the fix that is previewed */
const KilterFix *kilter_supply_inspector_get_preview (KilterSupplyInspector *self);
/* the plan is the same as before, although it has been looked at in another state */
void kilter_supply_inspector_keep (KilterSupplyInspector *self);
/* opens the tree of causes; FALSE while they are not known */
gboolean kilter_supply_inspector_explain (KilterSupplyInspector *self);
void kilter_supply_inspector_apply (KilterSupplyInspector *self);

G_END_DECLS
