/* kilter-plan-pivot-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-pivot-state.h"
#include "app/pages/common/kilter-plan-pivot.h"

G_BEGIN_DECLS

struct _KilterPlanPivot
{
  GObject parent_instance;

  KilterPage *page; /* not owned: the page owns the pivot */
  KilterPlanGrid *grid;
  KilterMeasure measure; /* of the rows that stand for a group */
  KilterPivotState state;
  char *state_text;   /* what @state was parsed from */
  char *ranked_for;   /* what the ranks below were read for */
  GHashTable *ranks;  /* key of a row → double: what it is sorted by */
  GHashTable *passes; /* key of a row → whether the filter lets it through */
  int n_hidden;
  const char *const *keys; /* (nullable): of the kinds that are offered; the first is the default */
  KilterPlanRowFlags row_flags;
  GtkMenuButton *button;
  GtkBox *chips;
};

gboolean kilter_plan_pivot_offers (KilterPlanPivot *self, const char *key);

/* kilter-plan-pivot-view.c: the menu in the corner and the chips, after the rows were filled */
void kilter_plan_pivot_show_state (KilterPlanPivot *self);

G_END_DECLS
