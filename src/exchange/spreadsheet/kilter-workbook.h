/* kilter-workbook.h: one sheet of a workbook to clean rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"

G_BEGIN_DECLS

/* Limits of the spreadsheet programs themselves, but for the rows: three times theirs would not
 * fit into the reader's memory. */
#define KILTER_WORKBOOK_MAX_COLUMNS 16384
#define KILTER_WORKBOOK_MAX_SHEETS 1000
/* bytes in a cell: 32,767 characters of up to four bytes */
#define KILTER_WORKBOOK_MAX_TEXT 131068
/* cells made by repeating rows (ODS) */
#define KILTER_WORKBOOK_MAX_REPEATED 500000
/* a cell so far to the right of all others is a mistake */
#define KILTER_WORKBOOK_FAR 256

gboolean kilter_workbook_is_zip (GBytes *bytes);
gboolean kilter_workbook_read (KilterImportFile *file,
                               GBytes *bytes,
                               const char *wanted,
                               KilterJob *job,
                               GError **error);
gboolean kilter_workbook_refuse_compound (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
