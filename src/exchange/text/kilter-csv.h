/* kilter-csv.h: rows of delimited text (RFC 4180 and what programs really write)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterCsvField:
 * @text: UTF-8, not terminated; valid until the next row is read
 * @quoted: whether it stood in quotes
 */
typedef struct
{
  const char *text;
  gsize length;
  gboolean quoted;
} KilterCsvField;

/**
 * KilterCsvRow:
 * @line: the line of the file where the row begins, from 1
 */
typedef struct
{
  guint line;
  guint n_fields;
  const KilterCsvField *fields;
} KilterCsvRow;

typedef enum
{
  KILTER_CSV_OK,
  KILTER_CSV_END,
  KILTER_CSV_UNCLOSED_QUOTE,
  KILTER_CSV_LINE_TOO_LONG,
  KILTER_CSV_FIELD_TOO_LONG,
  KILTER_CSV_TOO_MANY_FIELDS,
} KilterCsvStatus;

#define KILTER_CSV_MAX_LINE (4 * 1024 * 1024)
#define KILTER_CSV_MAX_FIELD 65535
#define KILTER_CSV_MAX_FIELDS 16384

typedef struct _KilterCsv KilterCsv;

KilterCsv *kilter_csv_new (const char *text, gsize length, char separator);
void kilter_csv_free (KilterCsv *self);
KilterCsvStatus kilter_csv_next (KilterCsv *self, KilterCsvRow *out_row);
guint kilter_csv_get_line (const KilterCsv *self);
char kilter_csv_guess_separator (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterCsv, kilter_csv_free)

G_END_DECLS
