/* kilter-scope-list.h: how a scope menu looks at its choices
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/widgets/kilter-scope-button.h"

G_BEGIN_DECLS

int kilter_scope_item_get_depth (KilterScopeItem *self);
gboolean kilter_scope_item_is_product (KilterScopeItem *self);
gboolean kilter_scope_item_matches (KilterScopeItem *self, const char *folded);
gboolean kilter_scope_item_is_chosen (KilterScopeItem *self, const KilterScope *scope);

G_END_DECLS
