/* kilter-import-message.h: what an import has to say about a file, a row or a cell
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterImportSeverity:
 * @KILTER_IMPORT_NOTE: how something was read
 * @KILTER_IMPORT_WARNING: doubtful, and taken
 * @KILTER_IMPORT_SKIPPED: the row or cell is left out
 * @KILTER_IMPORT_REFUSED: nothing of the file is taken
 */
typedef enum
{
  KILTER_IMPORT_NOTE,
  KILTER_IMPORT_WARNING,
  KILTER_IMPORT_SKIPPED,
  KILTER_IMPORT_REFUSED,
} KilterImportSeverity;

typedef enum
{
  /* the file is refused */
  KILTER_IMPORT_FILE_EMPTY,
  KILTER_IMPORT_FILE_TOO_LARGE,
  KILTER_IMPORT_FILE_SPREADSHEET,
  KILTER_IMPORT_FILE_HTML,
  KILTER_IMPORT_FILE_BINARY,
  KILTER_IMPORT_FILE_ENCODING,
  KILTER_IMPORT_FILE_LINE,
  KILTER_IMPORT_FILE_FIELD,
  KILTER_IMPORT_FILE_COLUMNS,
  KILTER_IMPORT_FILE_ROWS,
  KILTER_IMPORT_FILE_QUOTE,
  KILTER_IMPORT_FILE_READER,
  KILTER_IMPORT_NO_ROWS,
  KILTER_IMPORT_NO_COLUMN,
  KILTER_IMPORT_NO_KIND,
  KILTER_IMPORT_TWO_COLUMNS,
  KILTER_IMPORT_NOTHING_LEFT,
  KILTER_IMPORT_STOPPED_AT_DUPLICATE,
  /* a row or cell is left out */
  KILTER_IMPORT_TOO_FEW_FIELDS,
  KILTER_IMPORT_TOO_MANY_FIELDS,
  KILTER_IMPORT_NUL_BYTE,
  KILTER_IMPORT_BAD_BYTES,
  KILTER_IMPORT_CONTROL_CHARACTER,
  KILTER_IMPORT_EMPTY_CELL,
  KILTER_IMPORT_EMPTY_NUMBER,
  KILTER_IMPORT_BAD_NUMBER,
  KILTER_IMPORT_ERROR_VALUE,
  KILTER_IMPORT_NO_RESULT,
  KILTER_IMPORT_PERCENT,
  KILTER_IMPORT_WITH_UNIT,
  KILTER_IMPORT_OVER_LIMIT,
  KILTER_IMPORT_OUT_OF_RANGE,
  KILTER_IMPORT_BAD_DATE,
  KILTER_IMPORT_NO_SUCH_DAY,
  KILTER_IMPORT_BEFORE_PLAN,
  KILTER_IMPORT_AFTER_PLAN,
  KILTER_IMPORT_COARSE_PERIOD,
  KILTER_IMPORT_UNKNOWN_CODE,
  KILTER_IMPORT_SPELLED_LIKE,
  KILTER_IMPORT_LEFT_OUT,
  KILTER_IMPORT_BAD_CHOICE,
  KILTER_IMPORT_REPEATED_ROW,
  KILTER_IMPORT_CONFLICTING_ROW,
  KILTER_IMPORT_TOTAL_ROW,
  KILTER_IMPORT_REPEATED_HEADER,
  KILTER_IMPORT_NEGATIVE_FORM,
  /* the row is taken */
  KILTER_IMPORT_NEGATIVE,
  KILTER_IMPORT_TRIMMED,
  KILTER_IMPORT_SPELLINGS_MERGED,
  KILTER_IMPORT_LOOKALIKE,
  KILTER_IMPORT_ALIASED,
  KILTER_IMPORT_FEWER_FIELDS,
  KILTER_IMPORT_AFTER_CYCLE,
  KILTER_IMPORT_ALL_MARKETS,
  /* notes about the whole */
  KILTER_IMPORT_ROWS_SUMMED,
  KILTER_IMPORT_LAST_TAKEN,
  KILTER_IMPORT_WEEKS_SPLIT,
  KILTER_IMPORT_DEFAULT_MARKET,
  KILTER_IMPORT_NOT_A_SPREADSHEET,
  KILTER_N_IMPORT_CODES,
} KilterImportCode;

/**
 * KilterImportMessage:
 * @row: the line of the file, from 1; 0 when it concerns the whole file
 * @column: from 0, or -1
 * @value: (nullable): what stands there
 * @other: (nullable): what belongs to it: the nearest known code, the column's heading, a limit
 * @number: a count or a number that belongs to it
 */
typedef struct
{
  KilterImportCode code;
  guint row;
  int column;
  char *value;
  char *other;
  guint64 number;
} KilterImportMessage;

KilterImportSeverity kilter_import_code_get_severity (KilterImportCode code);
const char *kilter_import_code_get_name (KilterImportCode code);
char *kilter_import_message_text (const KilterImportMessage *self);
char *kilter_import_message_summary (KilterImportCode code, guint n_rows);
void kilter_import_message_free (KilterImportMessage *self);

G_END_DECLS
