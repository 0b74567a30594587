/* kilter-record-table.h: a table of records that are edited in place
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/**
 * KilterRecordTable:
 *
 * Any table of records, with columns from its description. Each edit is one command. What cannot
 * be taken stays in its cell, underlined, with a sentence below the table that says why, until it
 * is put right or discarded.
 */
#define KILTER_TYPE_RECORD_TABLE (kilter_record_table_get_type ())
G_DECLARE_FINAL_TYPE (KilterRecordTable, kilter_record_table, KILTER, RECORD_TABLE, GtkWidget)

/* @page: not owned, the page holds the table; @fields: ended by -1, NULL for all */
GtkWidget *kilter_record_table_new (KilterPage *page, KilterTableId table, const int *fields);

void kilter_record_table_refresh (KilterRecordTable *self);
gboolean kilter_record_table_find (KilterRecordTable *self);
void kilter_record_table_add (KilterRecordTable *self);
void kilter_record_table_delete_selected (KilterRecordTable *self);

/* what cells do; and tests */
KilterPlan *kilter_record_table_get_plan (KilterRecordTable *self);
KilterTableId kilter_record_table_get_table (KilterRecordTable *self);
gboolean kilter_record_table_is_editable (KilterRecordTable *self);
gboolean kilter_record_table_commit (KilterRecordTable *self, int id, int field, const char *text);
/* (nullable): what was typed and could not be taken */
const char *kilter_record_table_get_draft (KilterRecordTable *self,
                                           int id,
                                           int field,
                                           const char **out_problem);
void kilter_record_table_explain (KilterRecordTable *self, int id, int field);
void kilter_record_table_move (KilterRecordTable *self, int id, int field, int rows, int columns);
void kilter_record_table_copy (KilterRecordTable *self, int id, int field);
void kilter_record_table_paste (KilterRecordTable *self, int id, int field);
void kilter_record_table_paste_text (KilterRecordTable *self, int id, int field, const char *text);
GListModel *kilter_record_table_get_model (KilterRecordTable *self); /* of KilterRecordItem */
void kilter_record_table_select (KilterRecordTable *self, int id);
const char *kilter_record_table_get_status (KilterRecordTable *self);

/**
 * KilterRecordItem: a row
 *
 * Signals: `changed ()`: its record is to be shown anew
 */
#define KILTER_TYPE_RECORD_ITEM (kilter_record_item_get_type ())
G_DECLARE_FINAL_TYPE (KilterRecordItem, kilter_record_item, KILTER, RECORD_ITEM, GObject)

int kilter_record_item_get_id (KilterRecordItem *self);

G_END_DECLS
