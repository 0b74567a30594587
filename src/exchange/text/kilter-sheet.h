/* kilter-sheet.h: clean rows of cells: what every reader makes and the import understands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterCellFlags:
 * @KILTER_CELL_QUOTED: stood in quotes
 * @KILTER_CELL_RECOMPOSED: was not in Unicode normal form C, and is now
 * @KILTER_CELL_NUL: held a NUL byte, which was left out
 * @KILTER_CELL_BAD: held bytes that do not decode
 * @KILTER_CELL_NUMBER: a number of a spreadsheet: the text is in the fixed form of files
 * @KILTER_CELL_DATE: a date of a spreadsheet: the text is "2026-04-15"
 * @KILTER_CELL_ERROR: an error value of a spreadsheet
 * @KILTER_CELL_NO_RESULT: a formula without a saved result
 */
typedef enum
{
  KILTER_CELL_QUOTED = 1 << 0,
  KILTER_CELL_RECOMPOSED = 1 << 1,
  KILTER_CELL_NUL = 1 << 2,
  KILTER_CELL_BAD = 1 << 3,
  KILTER_CELL_NUMBER = 1 << 4,
  KILTER_CELL_DATE = 1 << 5,
  KILTER_CELL_ERROR = 1 << 6,
  KILTER_CELL_NO_RESULT = 1 << 7,
} KilterCellFlags;

#define KILTER_SHEET_MAX_ROWS 5000000

/**
 * KilterSheet:
 *
 * Rows of cells, all text in Unicode normal form C. Rows may differ in length. Empty rows are
 * left out; each row knows its line in the file.
 */
typedef struct _KilterSheet KilterSheet;

KilterSheet *kilter_sheet_new (const char *name);
void kilter_sheet_free (KilterSheet *self);
void kilter_sheet_begin_row (KilterSheet *self, guint line);
void
kilter_sheet_add_cell (KilterSheet *self, const char *text, gsize length, KilterCellFlags flags);
gboolean kilter_sheet_end_row (KilterSheet *self);

const char *kilter_sheet_get_name (const KilterSheet *self);
guint kilter_sheet_get_n_rows (const KilterSheet *self);
guint kilter_sheet_get_n_columns (const KilterSheet *self);
guint kilter_sheet_get_line (const KilterSheet *self, guint row);
guint kilter_sheet_get_n_cells (const KilterSheet *self, guint row);
const char *kilter_sheet_get_text (const KilterSheet *self, guint row, guint column);
KilterCellFlags kilter_sheet_get_flags (const KilterSheet *self, guint row, guint column);
KilterCellFlags kilter_sheet_get_row_flags (const KilterSheet *self, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSheet, kilter_sheet_free)

G_END_DECLS
