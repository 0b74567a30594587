/* kilter-import-message.c: the one place where an import's messages become sentences
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-message.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name; /* for machines */
  KilterImportSeverity severity;
  const char *text; /* %v value, %o other, %n number, %r row */
} CodeInfo;

#define NOTE KILTER_IMPORT_NOTE
#define WARNING KILTER_IMPORT_WARNING
#define SKIPPED KILTER_IMPORT_SKIPPED
#define REFUSED KILTER_IMPORT_REFUSED

/* TRANSLATORS: in all sentences of this list {value} is what stands in the file, {other} what
 * belongs to it, {number} a number, {row} a line of the file; keep the braces. */
static const CodeInfo codes[KILTER_N_IMPORT_CODES] = {
  [KILTER_IMPORT_FILE_EMPTY] = { "file-empty", REFUSED, N_ ("The file “{value}” is empty.") },
  [KILTER_IMPORT_FILE_TOO_LARGE] = { "file-too-large", REFUSED,
                                     N_ ("The file “{value}” is larger than {number} MiB. Divide "
                                         "it into several files.") },
  [KILTER_IMPORT_FILE_OLD_FORMAT] = { "file-old-format", REFUSED,
                                      N_ ("“{value}” is a workbook in an old format (XLS or XLSB). "
                                          "Open it in a spreadsheet program, save it as XLSX or "
                                          "CSV, and import that file.") },
  [KILTER_IMPORT_FILE_PASSWORD] = { "file-password", REFUSED,
                                    N_ ("“{value}” is protected by a password. Save it without "
                                        "one, or as CSV, and import that file.") },
  [KILTER_IMPORT_FILE_DAMAGED] = { "file-damaged", REFUSED,
                                   N_ ("“{value}” is damaged or incomplete. Save it as CSV and try "
                                       "again, or get it once more from where it comes.") },
  [KILTER_IMPORT_FILE_PART] = { "file-part", REFUSED,
                                N_ ("“{value}” is damaged or incomplete: its part “{other}” is "
                                    "missing. Get the file once more from where it comes.") },
  [KILTER_IMPORT_FILE_ARCHIVE] = { "file-archive", REFUSED,
                                   N_ ("“{value}” is a document or an archive, but no workbook.") },
  [KILTER_IMPORT_FILE_ENTRIES] = { "file-entries", REFUSED,
                                   N_ ("“{value}” consists of more than {number} parts; this is no "
                                       "ordinary workbook. Save the sheet as CSV.") },
  [KILTER_IMPORT_FILE_UNPACKS] = { "file-unpacks", REFUSED,
                                   N_ ("“{value}” unpacks to more than {number} MiB, far more than "
                                       "a table of its size has. It was not read further.") },
  [KILTER_IMPORT_FILE_DOCTYPE] = { "file-doctype", REFUSED,
                                   N_ ("“{value}” has a document type (DOCTYPE) in its part "
                                       "“{other}”, which no spreadsheet program writes. Nothing of "
                                       "it was followed.") },
  [KILTER_IMPORT_FILE_TEXT] = { "file-text", REFUSED,
                                N_ ("A cell of “{value}” holds a text of more than {number} "
                                    "characters.") },
  [KILTER_IMPORT_FILE_REPEATS] = { "file-repeats", REFUSED,
                                   N_ ("“{value}” repeats cells more than {number} times. Save the "
                                       "sheet as CSV.") },
  [KILTER_IMPORT_NO_SHEET] = { "no-sheet", REFUSED,
                               N_ ("There is no sheet “{value}”. Sheets found: {other}.") },
  [KILTER_IMPORT_FILE_HTML] = { "file-html", REFUSED,
                                N_ ("“{value}” is a web page (HTML), whatever its name says. Open "
                                    "it in a spreadsheet program and save it as XLSX or CSV.") },
  [KILTER_IMPORT_FILE_XML] = { "file-xml", REFUSED,
                               N_ ("“{value}” is an XML document. Open it in a spreadsheet program "
                                   "and save it as XLSX or CSV.") },
  [KILTER_IMPORT_FILE_BINARY] = { "file-binary", REFUSED, N_ ("“{value}” is not a text file.") },
  [KILTER_IMPORT_FILE_ENCODING] = { "file-encoding", REFUSED,
                                    N_ ("“{value}” cannot be read as {other}. Choose another "
                                        "encoding.") },
  [KILTER_IMPORT_FILE_LINE] = { "file-line", REFUSED,
                                N_ ("Row {row} of “{value}” is longer than {number} MiB; this is "
                                    "not a table.") },
  [KILTER_IMPORT_FILE_FIELD] = { "file-field", REFUSED,
                                 N_ ("A field in row {row} of “{value}” is longer than {number} "
                                     "characters.") },
  [KILTER_IMPORT_FILE_COLUMNS] = { "file-columns", REFUSED,
                                   N_ ("Row {row} of “{value}” has more than {number} columns.") },
  [KILTER_IMPORT_FILE_ROWS] = { "file-rows", REFUSED,
                                N_ ("“{value}” has more than {number} rows. Divide it into several "
                                    "files.") },
  [KILTER_IMPORT_FILE_QUOTE] = { "file-quote", REFUSED,
                                 N_ ("In row {row} of “{value}” a quotation mark is opened and "
                                     "never closed. Close it there or take it out.") },
  [KILTER_IMPORT_FILE_READER] = { "file-reader", REFUSED,
                                  N_ ("Reading “{value}” took more time or memory than a table of "
                                      "this size needs. It may be damaged.") },
  [KILTER_IMPORT_NO_ROWS] = { "no-rows", REFUSED,
                              N_ ("“{value}” has headings but no rows. Nothing was changed.") },
  [KILTER_IMPORT_NO_COLUMN] = { "no-column", REFUSED,
                                N_ ("There is no column for “{value}”. Columns found: {other}.") },
  [KILTER_IMPORT_NO_KIND] = { "no-kind", REFUSED,
                              N_ ("What “{value}” holds cannot be told from its columns ({other}). "
                                  "Choose what it is.") },
  [KILTER_IMPORT_TWO_COLUMNS] = { "two-columns", REFUSED,
                                  N_ ("Two columns, “{value}” and “{other}”, are matched with the "
                                      "same data. Leave one of them out.") },
  [KILTER_IMPORT_NOTHING_LEFT] = { "nothing-left", REFUSED,
                                   N_ ("No row of “{value}” can be taken. Nothing was changed.") },
  [KILTER_IMPORT_STOPPED_AT_DUPLICATE] = { "stopped-at-duplicate", REFUSED,
                                           N_ ("Row {row} has the same key as row {number}: "
                                               "{value}.") },

  [KILTER_IMPORT_STRAY_CELL] = { "stray-cell", SKIPPED,
                                 N_ ("The cell {value} stands far away from the table, or where no "
                                     "cell can be; it is left out.") },
  [KILTER_IMPORT_TOO_FEW_FIELDS] = { "too-few-fields", SKIPPED,
                                     N_ ("Row {row} has only {number} of {other} fields.") },
  [KILTER_IMPORT_TOO_MANY_FIELDS] = { "too-many-fields", SKIPPED,
                                      N_ ("Row {row} has {number} fields, but there are {other} "
                                          "columns. A decimal comma without quotes may be the "
                                          "cause.") },
  [KILTER_IMPORT_NUL_BYTE] = { "nul-byte", SKIPPED,
                               N_ ("Row {row} holds a zero byte; it is damaged.") },
  [KILTER_IMPORT_BAD_BYTES] = { "bad-bytes", SKIPPED,
                                N_ ("Row {row} holds bytes that are not text in the encoding of "
                                    "the file: “{value}”.") },
  [KILTER_IMPORT_CONTROL_CHARACTER] = { "control-character", SKIPPED,
                                        N_ ("Row {row}: a line break or control character stands "
                                            "in “{other}”.") },
  [KILTER_IMPORT_EMPTY_CELL] = { "empty-cell", SKIPPED, N_ ("Row {row}: “{other}” is empty.") },
  [KILTER_IMPORT_EMPTY_NUMBER] = { "empty-number", SKIPPED,
                                   N_ ("Row {row}: “{other}” has no number.") },
  [KILTER_IMPORT_BAD_NUMBER] = { "bad-number", SKIPPED,
                                 N_ ("Row {row}: “{value}” in “{other}” is not a number.") },
  [KILTER_IMPORT_ERROR_VALUE] = { "error-value", SKIPPED,
                                  N_ ("Row {row}: “{value}” in “{other}” is an error value, not a "
                                      "number.") },
  [KILTER_IMPORT_NO_RESULT] = { "no-result", SKIPPED,
                                N_ ("Row {row}: the formula in “{other}” has no saved result.") },
  [KILTER_IMPORT_PERCENT] = { "percent", SKIPPED,
                              N_ ("Row {row}: “{value}” in “{other}” is a percentage.") },
  [KILTER_IMPORT_WITH_UNIT] = { "with-unit", SKIPPED,
                                N_ ("Row {row}: “{value}” in “{other}” carries a unit.") },
  [KILTER_IMPORT_OVER_LIMIT] = { "over-limit", SKIPPED,
                                 N_ ("Row {row}: “{value}” in “{other}” is over the limit of "
                                     "10¹⁵.") },
  [KILTER_IMPORT_OUT_OF_RANGE] = { "out-of-range", SKIPPED,
                                   N_ ("Row {row}: “{value}” is not possible for “{other}”.") },
  [KILTER_IMPORT_BAD_DATE] = { "bad-date", SKIPPED,
                               N_ ("Row {row}: “{value}” is not a date written as {other}.") },
  [KILTER_IMPORT_NO_SUCH_DAY] = { "no-such-day", SKIPPED,
                                  N_ ("Row {row}: there is no such date as “{value}”.") },
  [KILTER_IMPORT_BEFORE_PLAN] = { "before-plan", SKIPPED,
                                  N_ ("Row {row}: {value} is before the plan’s first period, "
                                      "{other}.") },
  [KILTER_IMPORT_AFTER_PLAN] = { "after-plan", SKIPPED,
                                 N_ ("Row {row}: {value} is after the plan’s last period, "
                                     "{other}.") },
  [KILTER_IMPORT_COARSE_PERIOD] = { "coarse-period", SKIPPED,
                                    N_ (
                                      "Row {row}: {value} is longer than a period of the plan.") },
  [KILTER_IMPORT_UNKNOWN_CODE] = { "unknown-code", SKIPPED,
                                   N_ ("Row {row}: “{value}” is not known in the plan.") },
  [KILTER_IMPORT_SPELLED_LIKE] = { "spelled-like", SKIPPED,
                                   N_ ("Row {row}: “{value}” is not known in the plan. It is close "
                                       "to “{other}”.") },
  [KILTER_IMPORT_LEFT_OUT] = { "left-out", SKIPPED,
                               N_ ("Row {row}: “{value}” is left out, as chosen.") },
  [KILTER_IMPORT_BAD_CHOICE] = { "bad-choice", SKIPPED,
                                 N_ ("Row {row}: “{value}” is none of: {other}.") },
  [KILTER_IMPORT_REPEATED_ROW] = { "repeated-row", SKIPPED,
                                   N_ ("Row {row} repeats row {number}: {value}. It is not added a "
                                       "second time.") },
  [KILTER_IMPORT_CONFLICTING_ROW] = { "conflicting-row", SKIPPED,
                                      N_ ("Row {row} has the same key as row {number}, with "
                                          "another value: {value}.") },
  [KILTER_IMPORT_TOTAL_ROW] = { "total-row", SKIPPED, N_ ("Row {row} is a total: “{value}”.") },
  [KILTER_IMPORT_REPEATED_HEADER] = { "repeated-header", SKIPPED,
                                      N_ ("Row {row} repeats the headings.") },
  [KILTER_IMPORT_NEGATIVE_FORM] = { "negative-form", SKIPPED,
                                    N_ ("Row {row}: “{value}” in “{other}” looks like a negative "
                                        "number of an account.") },

  [KILTER_IMPORT_RETURN] = { "return", SKIPPED,
                             N_ (
                               "Row {row}: “{value}” in “{other}” is negative; it is left out, as "
                               "chosen.") },
  [KILTER_IMPORT_UNKNOWN_UNIT] = { "unknown-unit", SKIPPED,
                                   N_ ("Row {row}: {other} is not counted in “{value}”, and the "
                                       "plan does not know how many of its own units that is. "
                                       "Import the units first, or leave the column out.") },
  [KILTER_IMPORT_UNKNOWN_CURRENCY] = { "unknown-currency", SKIPPED,
                                       N_ ("Row {row}: the plan has no exchange rate of “{value}” "
                                           "in {other}. Import the exchange rates first, or leave "
                                           "the column out.") },
  [KILTER_IMPORT_NEGATIVE] = { "negative", WARNING,
                               N_ ("Row {row}: “{value}” in “{other}” is negative; it is "
                                   "subtracted.") },
  [KILTER_IMPORT_TRIMMED] = { "trimmed", WARNING,
                              N_ ("Row {row}: blanks around “{value}” are taken away.") },
  [KILTER_IMPORT_SPELLINGS_MERGED] = { "spellings-merged", WARNING,
                                       N_ ("Row {row}: “{value}” is written with other bytes than "
                                           "in row {number} but reads the same; their values are "
                                           "added.") },
  [KILTER_IMPORT_LOOKALIKE] = { "lookalike", WARNING,
                                N_ ("Row {row}: “{value}” looks like “{other}” but is written with "
                                    "other letters.") },
  [KILTER_IMPORT_ALIASED] = { "aliased", WARNING,
                              N_ ("Row {row}: “{value}” is taken as “{other}”, as chosen.") },
  [KILTER_IMPORT_FEWER_FIELDS] = { "fewer-fields", WARNING,
                                   N_ ("Row {row} has {number} of {other} fields; what is needed "
                                       "is there.") },
  [KILTER_IMPORT_AFTER_CYCLE] = { "after-cycle", WARNING,
                                  N_ ("Row {row}: {value} is not over in this cycle ({other}).") },
  [KILTER_IMPORT_ALL_MARKETS] = { "all-markets", NOTE,
                                  N_ ("{number} rows name no market; they are divided by the sales "
                                      "of the last year.") },

  [KILTER_IMPORT_ROWS_SUMMED] = { "rows-summed", NOTE,
                                  N_ ("{number} rows fall into periods that other rows fill too; "
                                      "they are added up.") },
  [KILTER_IMPORT_LAST_TAKEN] = { "last-taken", NOTE,
                                 N_ ("{number} rows are followed by a later one of the same "
                                     "period; the last one counts.") },
  [KILTER_IMPORT_WEEKS_SPLIT] = { "weeks-split", NOTE,
                                  N_ ("{number} rows are weeks that lie in two periods; they are "
                                      "divided by days.") },
  [KILTER_IMPORT_DEFAULT_MARKET] = { "default-market", NOTE,
                                     N_ ("{number} rows name no region or no channel; it is "
                                         "“{value}” for "
                                         "them.") },
  [KILTER_IMPORT_NOT_A_SPREADSHEET] = { "not-a-spreadsheet", NOTE,
                                        N_ ("“{value}” is a text file in spite of its name; it was "
                                            "read as text.") },
  [KILTER_IMPORT_SHEET_CHOSEN] = { "sheet-chosen", NOTE,
                                   N_ ("The sheet “{value}” is read. There are more: {other}.") },
  [KILTER_IMPORT_HIDDEN_SHEETS] = { "hidden-sheets", NOTE,
                                    N_ ("Hidden sheets are not read: {value}.") },
  [KILTER_IMPORT_SYSTEM] = { "system", NOTE,
                             N_ (
                               "The columns are those of an export of {value} ({other}); they are "
                               "matched accordingly.") },
  [KILTER_IMPORT_OTHER_SYSTEM] = { "other-system", WARNING,
                                   N_ ("The columns are not those of an export of {value} that "
                                       "Kilter knows; they are matched by their names.") },
  [KILTER_IMPORT_NO_DATE] = { "no-date", NOTE,
                              N_ ("The file has no dates; it is taken as the stock at the end of "
                                  "{value}.") },
  [KILTER_IMPORT_BRACKETED] = { "bracketed", NOTE,
                                N_ (
                                  "{number} rows name the product after its code in brackets; the "
                                  "code is taken.") },
  [KILTER_IMPORT_CONVERTED] = { "converted", NOTE,
                                N_ ("{number} numbers are in other units or currencies; they are "
                                    "converted into those of the plan.") },
  [KILTER_IMPORT_HIDDEN_ROWS] = { "hidden-rows", NOTE,
                                  N_ ("{number} rows are hidden in the sheet; they are read like "
                                      "the others.") },
};

/**
 * kilter_import_code_get_severity:
 */
KilterImportSeverity
kilter_import_code_get_severity (KilterImportCode code)
{
  g_return_val_if_fail (code < KILTER_N_IMPORT_CODES, KILTER_IMPORT_REFUSED);

  return codes[code].severity;
}

/**
 * kilter_import_code_get_name:
 *
 * Returns: (transfer none): "bad-number" …, for machine-readable output
 */
const char *
kilter_import_code_get_name (KilterImportCode code)
{
  g_return_val_if_fail (code < KILTER_N_IMPORT_CODES, "");

  return codes[code].name;
}

/* Text of a file shown to people: no control characters, not endless. */
static void
append_shown (GString *out, const char *text)
{
  int n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      if (n == 120)
        {
          g_string_append (out, "…");
          break;
        }
      /* direction marks could turn the sentence around */
      g_string_append_unichar (
        out, g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ? 0x2423 : c);
    }
}

static char *
fill (const char *format, const KilterImportMessage *self)
{
  GString *out = g_string_new (NULL);

  for (const char *at = format; *at != '\0';)
    {
      if (g_str_has_prefix (at, "{value}"))
        {
          append_shown (out, self->value != NULL ? self->value : "");
          at += 7;
        }
      else if (g_str_has_prefix (at, "{other}"))
        {
          append_shown (out, self->other != NULL ? self->other : "");
          at += 7;
        }
      else if (g_str_has_prefix (at, "{number}"))
        {
          g_string_append_printf (out, "%" G_GUINT64_FORMAT, self->number);
          at += 8;
        }
      else if (g_str_has_prefix (at, "{row}"))
        {
          g_string_append_printf (out, "%u", self->row);
          at += 5;
        }
      else
        {
          const char *next = g_utf8_next_char (at);

          g_string_append_len (out, at, next - at);
          at = next;
        }
    }
  return g_string_free (out, FALSE);
}

/**
 * kilter_import_message_text:
 *
 * Returns: (transfer full): the message as a sentence in the user's language
 */
char *
kilter_import_message_text (const KilterImportMessage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fill (_ (codes[self->code].text), self);
}

/**
 * kilter_import_message_summary:
 * @n_rows: how many rows or cells it concerns
 *
 * Returns: (transfer full): one sentence for all messages of a code
 */
char *
kilter_import_message_summary (KilterImportCode code, guint n_rows)
{
  g_return_val_if_fail (code < KILTER_N_IMPORT_CODES, NULL);

  switch ((int) code)
    {
    case KILTER_IMPORT_STRAY_CELL:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cell stands far from the table",
                                           "%u cells stand far from the table", n_rows),
                              n_rows);
    case KILTER_IMPORT_TOO_FEW_FIELDS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row has too few fields",
                                           "%u rows have too few fields", n_rows),
                              n_rows);
    case KILTER_IMPORT_TOO_MANY_FIELDS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row has too many fields",
                                           "%u rows have too many fields", n_rows),
                              n_rows);
    case KILTER_IMPORT_NUL_BYTE:
    case KILTER_IMPORT_BAD_BYTES:
    case KILTER_IMPORT_CONTROL_CHARACTER:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u row is damaged", "%u rows are damaged", n_rows), n_rows);
    case KILTER_IMPORT_EMPTY_CELL:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row lacks something that is needed",
                                           "%u rows lack something that is needed", n_rows),
                              n_rows);
    case KILTER_IMPORT_EMPTY_NUMBER:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u number is missing", "%u numbers are missing", n_rows),
        n_rows);
    case KILTER_IMPORT_BAD_NUMBER:
    case KILTER_IMPORT_ERROR_VALUE:
    case KILTER_IMPORT_NO_RESULT:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u cell holds no number", "%u cells hold no number", n_rows),
        n_rows);
    case KILTER_IMPORT_PERCENT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cell holds a percentage",
                                           "%u cells hold a percentage", n_rows),
                              n_rows);
    case KILTER_IMPORT_WITH_UNIT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u number carries a unit",
                                           "%u numbers carry a unit", n_rows),
                              n_rows);
    case KILTER_IMPORT_OVER_LIMIT:
    case KILTER_IMPORT_OUT_OF_RANGE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u number is impossible",
                                           "%u numbers are impossible", n_rows),
                              n_rows);
    case KILTER_IMPORT_BAD_DATE:
    case KILTER_IMPORT_NO_SUCH_DAY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row has no date that can be read",
                                           "%u rows have no date that can be read", n_rows),
                              n_rows);
    case KILTER_IMPORT_BEFORE_PLAN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u row is older than the plan’s history",
                                           "%u rows are older than the plan’s history", n_rows),
                              n_rows);
    case KILTER_IMPORT_AFTER_PLAN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row is beyond the plan’s horizon",
                                           "%u rows are beyond the plan’s horizon", n_rows),
                              n_rows);
    case KILTER_IMPORT_COARSE_PERIOD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u row covers more than a period of the plan",
                                           "%u rows cover more than a period of the plan", n_rows),
                              n_rows);
    case KILTER_IMPORT_UNKNOWN_CODE:
    case KILTER_IMPORT_SPELLED_LIKE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row has an unknown code",
                                           "%u rows have an unknown code", n_rows),
                              n_rows);
    case KILTER_IMPORT_UNKNOWN_UNIT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row is in an unknown unit",
                                           "%u rows are in an unknown unit", n_rows),
                              n_rows);
    case KILTER_IMPORT_UNKNOWN_CURRENCY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u row is in a currency without a rate",
                                           "%u rows are in a currency without a rate", n_rows),
                              n_rows);
    case KILTER_IMPORT_LEFT_OUT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row is left out, as chosen",
                                           "%u rows are left out, as chosen", n_rows),
                              n_rows);
    case KILTER_IMPORT_BAD_CHOICE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cell holds an unknown word",
                                           "%u cells hold an unknown word", n_rows),
                              n_rows);
    case KILTER_IMPORT_REPEATED_ROW:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u row repeats another", "%u rows repeat others", n_rows),
        n_rows);
    case KILTER_IMPORT_CONFLICTING_ROW:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row contradicts another",
                                           "%u rows contradict others", n_rows),
                              n_rows);
    case KILTER_IMPORT_TOTAL_ROW:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u row is a total", "%u rows are totals", n_rows), n_rows);
    case KILTER_IMPORT_REPEATED_HEADER:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row repeats the headings",
                                           "%u rows repeat the headings", n_rows),
                              n_rows);
    case KILTER_IMPORT_NEGATIVE_FORM:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u number is negative in the way of accounts",
                     "%u numbers are negative in the way of accounts", n_rows),
        n_rows);
    case KILTER_IMPORT_NEGATIVE:
    case KILTER_IMPORT_RETURN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row has a negative quantity",
                                           "%u rows have a negative quantity", n_rows),
                              n_rows);
    case KILTER_IMPORT_TRIMMED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u code had blanks around it",
                                           "%u codes had blanks around them", n_rows),
                              n_rows);
    case KILTER_IMPORT_SPELLINGS_MERGED:
    case KILTER_IMPORT_LOOKALIKE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u code looks like another",
                                           "%u codes look like others", n_rows),
                              n_rows);
    case KILTER_IMPORT_ALIASED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u row is taken as another code, as chosen",
                                           "%u rows are taken as another code, as chosen", n_rows),
                              n_rows);
    case KILTER_IMPORT_FEWER_FIELDS:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u row ends early", "%u rows end early", n_rows), n_rows);
    case KILTER_IMPORT_AFTER_CYCLE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u row belongs to a period that is not over",
                                           "%u rows belong to a period that is not over", n_rows),
                              n_rows);
    default:
      {
        KilterImportMessage message = { code, 0, -1, NULL, NULL, n_rows };

        return fill (_ (codes[code].text), &message);
      }
    }
}

void
kilter_import_message_free (KilterImportMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->other);
  g_free (self);
}
