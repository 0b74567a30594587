/* kilter-inputs-page-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/demand/kilter-inputs-page.h"

#include "app/pages/common/kilter-plan-grid.h"
#include "app/widgets/kilter-row-list.h"

G_BEGIN_DECLS

struct _KilterInputsPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkListBox *list;
  AdwBin *grid_bin;

  KilterRowList *rows; /* the chosen one is the contributor whose numbers the grid shows */
  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  char *headline;
};

/* kilter-inputs-rows.c */
char *kilter_inputs_describe_scope (const KilterPlan *plan, const KilterRecord *contributor);
const char *kilter_inputs_get_person (const KilterPlan *plan, const KilterRecord *contributor);
gboolean kilter_inputs_is_received (const KilterPlan *plan, const KilterRecord *contributor);
void kilter_inputs_page_fill_rows (KilterInputsPage *self);

/* kilter-inputs-send.c: "inputs.export", "inputs.export-one (i)", "inputs.remind (i)" */
void kilter_inputs_page_install_sending (GtkWidgetClass *widget_class);

/* kilter-inputs-receive.c: "inputs.import" */
void kilter_inputs_page_install_receiving (GtkWidgetClass *widget_class);

G_END_DECLS
