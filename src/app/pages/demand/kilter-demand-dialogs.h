/* kilter-demand-dialogs.h: what is done with the consensus as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-ref-row.h"
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
/* rows that the forms of the demand review share: a bucket from @first on, whose index among them
 * is what is selected; a record that a field of @record (nullable) refers to */
AdwComboRow *kilter_demand_add_bucket (AdwPreferencesGroup *group,
                                       const char *title,
                                       const KilterPlan *plan,
                                       int first,
                                       int selected);
KilterRefRow *kilter_demand_add_ref (AdwPreferencesGroup *group,
                                     const char *title,
                                     const KilterPlan *plan,
                                     KilterTableId table,
                                     const char *none,
                                     const KilterRecord *record,
                                     int field);

G_END_DECLS
