/* kilter-cell-format.h: what the number formats of spreadsheets say about the numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/text/kilter-sheet.h"

G_BEGIN_DECLS

/**
 * KilterCellFormat:
 * @KILTER_FORMAT_PLAIN: a number
 * @KILTER_FORMAT_DATE: days since the workbook's first day, also with a time of day
 * @KILTER_FORMAT_CLOCK: a time of day or a duration alone
 * @KILTER_FORMAT_PERCENT: shown times a hundred
 * @KILTER_FORMAT_ZEROS: filled up with zeros, as codes are; the width stands above
 *   %KILTER_FORMAT_ZEROS_SHIFT
 */
typedef enum
{
  KILTER_FORMAT_PLAIN,
  KILTER_FORMAT_DATE,
  KILTER_FORMAT_CLOCK,
  KILTER_FORMAT_PERCENT,
  KILTER_FORMAT_ZEROS,
} KilterCellFormat;

#define KILTER_FORMAT_ZEROS_SHIFT 8
#define KILTER_FORMAT_KIND(format) ((KilterCellFormat) ((format) & 0xff))

guint kilter_cell_format_from_code (const char *code);
guint kilter_cell_format_from_id (guint id);
void
kilter_cell_add_number (KilterSheet *sheet, const char *text, guint format, gboolean date_1904);

G_END_DECLS
