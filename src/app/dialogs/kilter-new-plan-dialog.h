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

G_END_DECLS
