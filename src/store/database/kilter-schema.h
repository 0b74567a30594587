/* kilter-schema.h: the tables of a plan file, made from the descriptions in plan/
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"

G_BEGIN_DECLS

/* Written as user_version. Raise it with each change of a table, together with a step that
 * migrates, and keep a plan file of the version before in tests/store/data. */
#define KILTER_SCHEMA_VERSION 7

gboolean kilter_schema_migrate (sqlite3 *db, GError **error);
gboolean kilter_schema_update_measures (sqlite3 *db, GError **error);
gboolean kilter_schema_verify (sqlite3 *db, GError **error);

G_END_DECLS
