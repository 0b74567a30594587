/* kilter-load.h: a plan read from its database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"

G_BEGIN_DECLS

KilterPlan *kilter_load_plan (sqlite3 *db, char **out_fact_hash, GError **error);

G_END_DECLS
