/* kilter-explain-dialog.h: the tree of causes of what is short
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "plan/kilter-tasks.h"

G_BEGIN_DECLS

void kilter_explain_dialog_present (GtkWidget *parent,
                                    KilterPlan *plan,
                                    const KilterSupplyTask *task,
                                    int resource,
                                    int bucket);

G_END_DECLS
