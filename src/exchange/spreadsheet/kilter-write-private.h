/* kilter-write-private.h: what the writers of workbooks share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/export/kilter-export.h"

G_BEGIN_DECLS

/* of the spreadsheet programs; the first row has the headings */
#define KILTER_WRITE_MAX_ROWS 1048575
#define KILTER_WRITE_MAX_COLUMNS 16384
#define KILTER_WRITE_MAX_WIDTH 60

/**
 * KilterColumnLook:
 * @width: in characters
 * @decimals: whether some number of the column has decimals
 */
typedef struct
{
  guint width;
  gboolean decimals;
} KilterColumnLook;

gboolean kilter_write_check_size (const KilterExportTable *table, GError **error);
KilterColumnLook *kilter_write_get_looks (const KilterExportTable *table);
char *kilter_write_sheet_name (const char *title);
void kilter_write_append_escaped (GString *out, const char *text);

/**
 * KilterZipWriter:
 *
 * An archive in memory. No time is set, so the same members always give the same bytes.
 */
typedef struct _KilterZipWriter KilterZipWriter;

KilterZipWriter *kilter_zip_writer_new (void);
void
kilter_zip_writer_add (KilterZipWriter *self, const char *name, const char *data, gsize length);
void
kilter_zip_writer_store (KilterZipWriter *self, const char *name, const char *data, gsize length);
gboolean kilter_zip_writer_finish (KilterZipWriter *self,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
