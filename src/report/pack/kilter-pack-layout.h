/* kilter-pack-layout.h: which pages a plan's packs have, in which order
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"
#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

/**
 * KilterPackEntry:
 * @key: of the section, or "page-3" of a page that people put together
 * @name: translated
 * @is_chosen: whether it is printed
 * @is_own: whether people put it together
 */
typedef struct
{
  char *key;
  char *name;
  gboolean is_chosen;
  gboolean is_own;
} KilterPackEntry;

/* (transfer full) (element-type KilterPackEntry): in their order */
GPtrArray *kilter_pack_layout_get (const KilterPlan *plan, KilterMeeting meeting);
gboolean kilter_pack_layout_is_kept (const KilterPlan *plan, KilterMeeting meeting);
KilterCommand *
kilter_pack_layout_set (const KilterPlan *plan, KilterMeeting meeting, const GPtrArray *entries);

G_END_DECLS
