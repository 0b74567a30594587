/* pack-support.h: what the tests of packs share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-cycle.h"
#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

KilterPlan *pack_plan_new (void);
KilterPackOptions pack_options (KilterMeeting meeting);
GBytes *pack_write_bytes (KilterPack *pack);
char *pack_plain_spaces (const char *text);
char *pack_run_over (KilterPack *pack, const char *program, const char *option);
void pack_keep (KilterPack *pack, const char *name);
void pack_check_pages (KilterPack *pack);
void pack_check_all (KilterPlan *plan, gboolean thorough);

G_END_DECLS
