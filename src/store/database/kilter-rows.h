/* kilter-rows.h: records and numbers written to the database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-database.h"

G_BEGIN_DECLS

/**
 * KilterRowWriter:
 *
 * The statements that write records, facts, inputs and locks. It belongs to the connection's
 * thread.
 */
typedef struct _KilterRowWriter KilterRowWriter;

KilterRowWriter *kilter_row_writer_new (sqlite3 *db, KilterBucketKind kind, GError **error);
void kilter_row_writer_free (KilterRowWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterRowWriter, kilter_row_writer_free)

gboolean
kilter_row_writer_write_plan (KilterRowWriter *self, const KilterPlan *plan, GError **error);
gboolean kilter_row_writer_write_command (KilterRowWriter *self,
                                          const KilterCommand *command,
                                          gboolean forward,
                                          GError **error);

G_END_DECLS
