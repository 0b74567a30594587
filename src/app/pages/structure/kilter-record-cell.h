/* kilter-record-cell.h: one field of one record
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/structure/kilter-record-table.h"

G_BEGIN_DECLS

/**
 * KilterRecordCell:
 *
 * Shows a field; Enter, F2, a second click or typing edits it: texts and numbers in place, choices
 * and records of other tables in a list. Yes and no are ticked.
 */
#define KILTER_TYPE_RECORD_CELL (kilter_record_cell_get_type ())
G_DECLARE_FINAL_TYPE (KilterRecordCell, kilter_record_cell, KILTER, RECORD_CELL, GtkWidget)

GtkWidget *kilter_record_cell_new (KilterRecordTable *table, int field);
void kilter_record_cell_set_item (KilterRecordCell *self, KilterRecordItem *item);
void kilter_record_cell_edit (KilterRecordCell *self);

G_END_DECLS
