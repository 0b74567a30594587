/* kilter-table.h: printed tables
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/paper/kilter-paper.h"
#include "report/words/kilter-format.h"

G_BEGIN_DECLS

/**
 * KilterTable:
 *
 * A table on paper: numbers right-aligned with tabular figures, texts that wrap, section rows,
 * totals, marks; it can be drawn in pieces over several pages, with its headings on each.
 */
typedef struct _KilterTable KilterTable;

/**
 * KilterColumnFlags:
 * @KILTER_COLUMN_NUMBER: right-aligned; never wraps
 * @KILTER_COLUMN_EQUAL: as wide as the widest of the columns so flagged
 * @KILTER_COLUMN_PAST: shaded, dim
 * @KILTER_COLUMN_TOTAL: shaded
 * @KILTER_COLUMN_STRONG: bold
 * @KILTER_COLUMN_DIM: secondary
 * @KILTER_COLUMN_RULE: a vertical line before it
 */
typedef enum
{
  KILTER_COLUMN_TEXT = 0,
  KILTER_COLUMN_NUMBER = 1 << 0,
  KILTER_COLUMN_EQUAL = 1 << 1,
  KILTER_COLUMN_PAST = 1 << 2,
  KILTER_COLUMN_TOTAL = 1 << 3,
  KILTER_COLUMN_STRONG = 1 << 4,
  KILTER_COLUMN_DIM = 1 << 5,
  KILTER_COLUMN_RULE = 1 << 6,
} KilterColumnFlags;

/**
 * KilterRowFlags:
 * @KILTER_ROW_SECTION: shaded, its first cell is a heading; never last on a page
 * @KILTER_ROW_STRONG: bold
 * @KILTER_ROW_DIM: secondary
 * @KILTER_ROW_INDENT: the name is indented
 * @KILTER_ROW_TOTAL: bold, with a rule above
 */
typedef enum
{
  KILTER_ROW_PLAIN = 0,
  KILTER_ROW_SECTION = 1 << 0,
  KILTER_ROW_STRONG = 1 << 1,
  KILTER_ROW_DIM = 1 << 2,
  KILTER_ROW_INDENT = 1 << 3,
  KILTER_ROW_TOTAL = 1 << 4,
} KilterRowFlags;

/**
 * KilterCellFlags:
 * @KILTER_CELL_STRONG: bold
 * @KILTER_CELL_PROBLEM: tinted, bold: something is wrong
 * @KILTER_CELL_DIM: secondary
 * @KILTER_CELL_SHAPE: the shape of its tone stands behind the number
 */
typedef enum
{
  KILTER_CELL_PLAIN = 0,
  KILTER_CELL_STRONG = 1 << 0,
  KILTER_CELL_PROBLEM = 1 << 1,
  KILTER_CELL_DIM = 1 << 2,
  KILTER_CELL_SHAPE = 1 << 3,
} KilterCellFlags;

KilterTable *kilter_table_new (int n_columns);
KilterTable *kilter_table_ref (KilterTable *self);
void kilter_table_unref (KilterTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterTable, kilter_table_unref)

/* contents */
void kilter_table_set_column (KilterTable *self,
                              int column,
                              const char *heading,
                              KilterColumnFlags flags);
void kilter_table_set_column_problem (KilterTable *self, int column);
void
kilter_table_add_group (KilterTable *self, int first, const char *text, KilterColumnFlags flags);
int kilter_table_add_row (KilterTable *self, const char *name, KilterRowFlags flags);
void kilter_table_set_row_key (KilterTable *self, int row, KilterChartKey key);
void kilter_table_set_row_unit (KilterTable *self, int row, const char *unit);
void kilter_table_set (KilterTable *self, int row, int column, const char *text);
void kilter_table_take (KilterTable *self, int row, int column, char *text);
/* numbers: the text as people read it, and behind it the number that a spreadsheet gets */
void kilter_table_set_value (KilterTable *self,
                             int row,
                             int column,
                             const KilterFormat *format,
                             double value,
                             gboolean is_delta);
void kilter_table_set_ratio (KilterTable *self,
                             int row,
                             int column,
                             double ratio,
                             int decimals,
                             gboolean is_delta);
void kilter_table_set_money (KilterTable *self,
                             int row,
                             int column,
                             const KilterPlan *plan,
                             double value,
                             gboolean is_delta);
void kilter_table_set_count (KilterTable *self, int row, int column, gint64 count);
gboolean kilter_table_get_number (const KilterTable *self,
                                  int row,
                                  int column,
                                  double *out_number,
                                  gboolean *out_is_share);
void kilter_table_set_cell (KilterTable *self,
                            int row,
                            int column,
                            KilterChartTone tone,
                            KilterCellFlags flags);
void kilter_table_add_note (KilterTable *self, const char *note);
void kilter_table_set_row_space (KilterTable *self, double space);
char *kilter_table_get_notes (const KilterTable *self); /* (transfer full) (nullable) */
int kilter_table_get_n_rows (const KilterTable *self);
const char *kilter_table_get (const KilterTable *self, int row, int column);

/* on paper */
void kilter_table_layout (KilterTable *self, KilterInk *ink, double width);
double kilter_table_get_height (const KilterTable *self, int first, int n);
int kilter_table_fit (const KilterTable *self, int first, double height);
void kilter_table_draw (KilterTable *self, KilterInk *ink, double x, double y, int first, int n);

G_END_DECLS
