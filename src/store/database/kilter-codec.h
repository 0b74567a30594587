/* kilter-codec.h: old and new values as text, for the change log
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"

G_BEGIN_DECLS

char *kilter_codec_write_numbers (const double *values, int n);
gboolean kilter_codec_read_numbers (const char *text, double *out_values, int n);
char *kilter_codec_write_notes (const KilterCellNote *notes, int n);
gboolean kilter_codec_read_notes (const char *text, KilterCellNote *out_notes, int n);
char *kilter_codec_write_record (KilterTableId table, const KilterValue *values);
gboolean kilter_codec_read_record (KilterTableId table, const char *text, KilterValue **out_values);

G_END_DECLS
