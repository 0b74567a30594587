/* kilter-pack-own.h: pages of packs that people put together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"
#include "report/figure/kilter-figure.h"
#include "report/pack/kilter-pack-layout.h"

G_BEGIN_DECLS

#define KILTER_OWN_MOST 4 /* charts and tables on a page */

/**
 * KilterOwnItem:
 * @figure: "load", or "table" of @measures
 * @scope: what it is about
 * @unit: what quantities are shown in
 * @measures: (nullable): of a table
 *
 * A chart or a table on a page that people put together. It shows the plan as it is when the pack
 * is made, not as it was.
 */
typedef struct
{
  const char *figure;
  KilterScope scope;
  KilterDisplayUnit unit;
  const KilterMeasure *measures;
  guint n_measures;
} KilterOwnItem;

/* (transfer full) (element-type int): the pages, in the order of their making */
GArray *kilter_own_page_list (const KilterPlan *plan);
char *kilter_own_page_get_title (const KilterPlan *plan, int page);
int kilter_own_page_count_items (const KilterPlan *plan, int page);
/* @page 0 begins a new one, which is printed with the pack of @meeting */
KilterCommand *kilter_own_page_add (const KilterPlan *plan,
                                    int page,
                                    const char *title,
                                    KilterMeeting meeting,
                                    const KilterOwnItem *item,
                                    GError **error);
KilterCommand *kilter_own_page_remove (const KilterPlan *plan, int page);
int kilter_own_page_from_key (const char *key); /* 0 when it is none */

G_END_DECLS
