/* workbook-builder.h: workbooks for tests, put together part by part
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Members of a ZIP archive, in order: name, text, name, text … */
GBytes *build_zip (const char *first, ...) G_GNUC_NULL_TERMINATED;
GBytes *build_zip_members (GPtrArray *names, GPtrArray *texts);

/* A workbook of one sheet: what stands within <sheetData>, within <styleSheet> and within <sst>;
 * the last two may be NULL. */
GBytes *build_xlsx (const char *rows, const char *styles, const char *strings);
/* The same with a workbook part of one's own; its sheets are r1 (rows), r2 and r3. */
GBytes *build_xlsx_sheets (const char *workbook, const char *rows[3]);

/* What stands within <office:spreadsheet>. */
GBytes *build_ods (const char *styles, const char *tables);
