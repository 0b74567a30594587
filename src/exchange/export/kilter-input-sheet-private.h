/* kilter-input-sheet-private.h: how the sheet is laid out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/export/kilter-input-sheet.h"

/* the first sheet of the workbook, the same in every language */
#define KILTER_INPUT_SHEET_NAME "Input"
#define KILTER_INPUT_SHEET_MARK "kilter-input-1"
/* rows from 0: title, note, a hidden row that says whose sheet it is, headings, numbers */
#define KILTER_INPUT_SHEET_MARK_ROW 2
#define KILTER_INPUT_SHEET_HEAD_ROW 3
#define KILTER_INPUT_SHEET_FIRST_ROW 4
/* columns: product, name, region, channel, numbers */
#define KILTER_INPUT_SHEET_FIRST_COLUMN 4

KilterInputAnswer *kilter_input_answer_new (const char *file_name);
void kilter_input_cell_clear (KilterInputCell *cell);
gboolean kilter_input_is_same (double a, double b);
