/* kilter-new-plan-dialog.h: name, currency and calendar of a new plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KILTER_TYPE_NEW_PLAN_DIALOG (kilter_new_plan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KilterNewPlanDialog,
                      kilter_new_plan_dialog,
                      KILTER,
                      NEW_PLAN_DIALOG,
                      AdwDialog)

/* what other ways to a new plan ask, too */
const char *const *kilter_new_plan_get_currencies (void);
guint kilter_new_plan_get_local_currency (void);
void kilter_new_plan_make_searchable (AdwComboRow *row);

G_END_DECLS
