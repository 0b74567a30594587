/* kilter-open.h: whether a file is a plan, whoever made it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"

G_BEGIN_DECLS

gboolean
kilter_open_look (GFile *file, int *out_version, GCancellable *cancellable, GError **error);
KilterPlan *kilter_open_check (const char *path, gboolean *out_hash_matches, GError **error);

G_END_DECLS
