/* kilter-table-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/paper/kilter-table.h"

G_BEGIN_DECLS

#define KILTER_TABLE_PAD 4.5         /* left and right of a cell */
#define KILTER_TABLE_ROW_SPACE 4.6   /* above and below its text, together */
#define KILTER_TABLE_HEADING_LINES 6 /* Vietnamese takes five where English takes two */
#define KILTER_TABLE_INDENT 12
#define KILTER_TABLE_KEY_WIDTH 11
#define KILTER_TABLE_KEY_ROOM 16
#define KILTER_TABLE_SHAPE_ROOM 11
#define KILTER_TABLE_LEAST_NAME 96 /* of a first column, below which it does not shrink */
#define KILTER_TABLE_GOOD_TEXT                                                                     \
  120                                /* of other columns of text, before headings of numbers break \
                                      */
#define KILTER_TABLE_LEAST_TEXT 52   /* and at all */
#define KILTER_TABLE_AFTER_NUMBER 10 /* before a text that follows a number */

typedef struct
{
  char *text;
  KilterChartTone tone;
  KilterCellFlags flags;
  gboolean has_number;
  gboolean is_share;
  double number;
} KilterCell;

typedef struct
{
  KilterCell *cells;
  KilterRowFlags flags;
  KilterChartKey key;
  char *unit;
  double unit_width;
  double height;
} KilterRow;

typedef struct
{
  char *heading;
  KilterColumnFlags flags;
  gboolean is_problem;
  gboolean has_shape;
  double width;
} KilterColumn;

typedef struct
{
  int first;
  char *text;
  KilterColumnFlags flags;
} KilterGroup;

struct _KilterTable
{
  int ref_count;
  int n_columns;
  KilterColumn *columns;
  GArray *rows;
  GArray *groups;
  GPtrArray *notes;
  double row_space;
  double size;
  double width;
  double group_height;
  double head_height;
  double notes_height;
};

KilterRow *kilter_table_get_row (const KilterTable *self, int row);
gboolean kilter_table_is_number (const KilterColumn *column);
double kilter_table_get_left_pad (const KilterTable *self, int c);
double kilter_table_get_heading_room (const KilterTable *self, int c);
double kilter_table_get_lead (const KilterRow *row);
double kilter_table_measure (KilterInk *ink, const char *text, double size, gboolean is_bold);
KilterChartTone kilter_table_get_tone (const KilterColumn *column, const KilterCell *cell);
void kilter_table_get_cell_look (const KilterTable *self,
                                 const KilterRow *row,
                                 int c,
                                 KilterPrintText *out_look,
                                 double *out_room);

G_END_DECLS
