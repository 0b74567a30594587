/* kilter-import-records.h: (private) rows that are records, while they are read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import-private.h"

G_BEGIN_DECLS

typedef struct
{
  KilterImportPreview *preview;
  const KilterPlan *plan;
  const KilterSheet *sheet;
  const KilterImportOptions *options;
  const KilterGuess *guess;
  KilterTableId table;
  const KilterTableInfo *info;
  GHashTable *existing;  /* composed key → id */
  GHashTable *in_file;   /* composed key → index of the KilterRecordRow + 1 */
  GHashTable *own_keys;  /* key field's text of rows of this file, for references among them */
  GHashTable *skeletons; /* skeleton of the key → key */
  int key_column;
  guint n_conflicts;
  guint n_last;
  char *example;
} KilterRecordReader;

void kilter_field_value_clear (gpointer data);
gboolean kilter_record_reader_is_key (const KilterRecordReader *reader, int field);
const KilterFieldValue *kilter_record_row_find (const KilterRecordRow *row, int field);
KilterImportCode kilter_record_reader_read_cell (KilterRecordReader *reader,
                                                 int field_index,
                                                 const char *text,
                                                 KilterCellFlags flags,
                                                 KilterFieldValue *out,
                                                 char **out_other);

G_END_DECLS
