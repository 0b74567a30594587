/* kilter-demand-dialogs.h: what is done with the consensus as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* @scope: what is chosen; its family is the one that is shown first */
void kilter_weights_dialog_present (KilterPage *page, const KilterScope *scope);
/* @first, @n: the buckets that are chosen first */
void kilter_change_dialog_present (KilterPage *page, const KilterScope *scope, int first, int n);
void kilter_assumption_dialog_present (KilterPage *page,
                                       KilterMeasure measure,
                                       const KilterScope *scope,
                                       int first,
                                       int n);
/* (transfer full): the buckets from the cycle on as choices; the first is the cycle's own */
GtkStringList *kilter_buckets_list_new (const KilterPlan *plan);

G_END_DECLS
