/* kilter-xlsx-private.h: the parts of an Office Open XML workbook
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/spreadsheet/kilter-workbook-private.h"

G_BEGIN_DECLS

/**
 * KilterXlsxParts:
 * @paths: (element-type utf8): the part of each sheet of the file, "" where it is no table
 * @formats: (element-type guint): by the number of a cell's style
 * @pool: the shared texts, one behind the other, each terminated
 * @texts: (element-type guint32): where each begins
 */
typedef struct
{
  char *workbook;
  char *strings;
  char *styles;
  GPtrArray *paths;
  GArray *formats;
  GByteArray *pool;
  GArray *texts;
} KilterXlsxParts;

gboolean kilter_xlsx_parts_read (KilterXlsxParts *self,
                                 KilterImportFile *file,
                                 KilterArchive *archive,
                                 GError **error);
gboolean kilter_xlsx_parts_read_strings (KilterXlsxParts *self,
                                         const KilterImportFile *file,
                                         KilterArchive *archive,
                                         GError **error);
void kilter_xlsx_parts_clear (KilterXlsxParts *self);

G_END_DECLS
