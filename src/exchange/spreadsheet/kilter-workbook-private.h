/* kilter-workbook-private.h: what the readers of both formats share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/spreadsheet/kilter-cell-format.h"
#include "exchange/spreadsheet/kilter-workbook.h"
#include "exchange/spreadsheet/kilter-xml.h"

G_BEGIN_DECLS

/**
 * KilterRowBuilder:
 * @column: where the next cell of the row stands, from 0
 * @widest: columns of the widest row so far
 *
 * Rows of a sheet, cell by cell, with empty cells between them as needed.
 */
typedef struct
{
  KilterImportFile *file;
  KilterSheet *sheet;
  KilterJob *job;
  guint column;
  guint widest;
  guint row_width;
  guint n_rows;
  gboolean in_row;
} KilterRowBuilder;

void kilter_row_builder_begin (KilterRowBuilder *self, guint line);
gboolean kilter_row_builder_go_to (KilterRowBuilder *self, guint column, const char *reference);
void kilter_row_builder_added (KilterRowBuilder *self);
gboolean kilter_row_builder_end (KilterRowBuilder *self, GError **error);

void kilter_workbook_fail (KilterXml *xml,
                           const KilterImportFile *file,
                           KilterImportCode code,
                           guint64 number);
void kilter_workbook_add_sheet (KilterImportFile *file, const char *name, gboolean hidden);
void kilter_workbook_note (KilterImportFile *file,
                           KilterImportCode code,
                           guint row,
                           const char *value,
                           const char *other,
                           guint64 number);
gboolean kilter_workbook_find_sheet (const KilterImportFile *file,
                                     const char *wanted,
                                     guint *out_index,
                                     GError **error);

/* kilter-xlsx.c */
gboolean kilter_xlsx_read (KilterImportFile *file,
                           KilterArchive *archive,
                           const char *wanted,
                           KilterJob *job,
                           GError **error);
/* kilter-ods.c */
gboolean kilter_ods_read (KilterImportFile *file,
                          KilterArchive *archive,
                          const char *wanted,
                          KilterJob *job,
                          GError **error);

G_END_DECLS
