/* kilter-import.h: files of other programs into the plan: read, look, then one command
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "exchange/import/kilter-import-message.h"
#include "exchange/text/kilter-sheet.h"
#include "exchange/text/kilter-text.h"
#include "plan/data/kilter-command.h"

G_BEGIN_DECLS

/* Four steps: options → read (a file to clean rows; may be another process, never touches the
 * plan) → preview (a dry run against the plan) → finish (one command, to be applied by the
 * caller). The plan changes only when the command is applied. */

#define KILTER_EXCHANGE_ERROR (kilter_exchange_error_quark ())
typedef enum
{
  KILTER_EXCHANGE_ERROR_BAD_FILE, /* refused; the message says where and why, in the user's language
                                   */
  KILTER_EXCHANGE_ERROR_QUESTION, /* more than one reading is possible; see the preview's questions
                                   */
  KILTER_EXCHANGE_ERROR_CONFLICT, /* made from something else than what the plan holds now */
  KILTER_EXCHANGE_ERROR_OPTION,   /* an option that does not exist, or not with this value */
} KilterExchangeError;
GQuark kilter_exchange_error_quark (void);

typedef enum
{
  KILTER_IMPORT_AUTO = -1,
  KILTER_IMPORT_SALES,
  KILTER_IMPORT_PRODUCTS,
  KILTER_IMPORT_STOCK,
  KILTER_IMPORT_PRODUCTION,
  KILTER_IMPORT_PRICES,
  KILTER_IMPORT_COSTS,
  KILTER_IMPORT_RESOURCES,
  KILTER_IMPORT_RATES,
  KILTER_IMPORT_CAPACITY,
  KILTER_IMPORT_BUDGET,
  KILTER_IMPORT_POLICIES,
  KILTER_IMPORT_INPUTS,
  KILTER_IMPORT_FORECASTS,
  KILTER_IMPORT_CORRECTIONS,
  KILTER_IMPORT_EVENTS,
  KILTER_IMPORT_ORDERS,
  KILTER_IMPORT_PEOPLE,
  KILTER_IMPORT_DECISIONS,
  KILTER_IMPORT_RISKS,
  KILTER_IMPORT_TASKS,
  KILTER_IMPORT_ACTIONS,
  KILTER_IMPORT_REASONS,
  KILTER_IMPORT_TARGETS,
  KILTER_IMPORT_STEPS,
  KILTER_IMPORT_SETTINGS,
  KILTER_IMPORT_BILLS,
  KILTER_IMPORT_PURCHASES,
  KILTER_IMPORT_FAMILIES,
  KILTER_IMPORT_DELIVERIES,
  KILTER_IMPORT_BALANCES,
  KILTER_IMPORT_UNITS,
  KILTER_IMPORT_CURRENCIES,
  KILTER_N_IMPORT_KINDS,
} KilterImportKind;

const char *kilter_import_kind_to_string (KilterImportKind kind); /* "sales" */
gboolean kilter_import_kind_from_string (const char *text, KilterImportKind *out_kind);
const char *kilter_import_kind_get_name (KilterImportKind kind); /* translated: "Sales" */

int kilter_import_kind_get_table (KilterImportKind kind); /* of records, or -1 for numbers */

/**
 * KilterImportColumnType:
 * @KILTER_COLUMN_DATE: a day, month, quarter or week
 * @KILTER_COLUMN_YEAR: a year, together with a month column
 * @KILTER_COLUMN_MEASURE: numbers of a measure
 * @KILTER_COLUMN_FIELD: a field of the kind's table
 * @KILTER_COLUMN_UNIT: in which the numbers of a row are counted
 * @KILTER_COLUMN_CURRENCY: of the money in a row
 * @KILTER_COLUMN_PERIOD: one column of a months-across layout
 */
typedef enum
{
  KILTER_COLUMN_IGNORE,
  KILTER_COLUMN_PRODUCT,
  KILTER_COLUMN_PRODUCT_NAME,
  KILTER_COLUMN_FAMILY,
  KILTER_COLUMN_CATEGORY,
  KILTER_COLUMN_REGION,
  KILTER_COLUMN_CHANNEL,
  KILTER_COLUMN_RESOURCE,
  KILTER_COLUMN_DATE,
  KILTER_COLUMN_YEAR,
  KILTER_COLUMN_MEASURE,
  KILTER_COLUMN_FIELD,
  KILTER_COLUMN_UNIT,
  KILTER_COLUMN_CURRENCY,
  KILTER_COLUMN_PERIOD,
} KilterImportColumnType;

/**
 * KilterImportColumnInfo:
 * @key: how it is called in a file and in the option --column
 * @label: what people read, translated
 * @required: whether the kind cannot do without
 */
typedef struct
{
  const char *key;
  const char *label;
  KilterImportColumnType type;
  KilterMeasure measure; /* of KILTER_COLUMN_MEASURE */
  int field;             /* of KILTER_COLUMN_FIELD */
  gboolean required;
} KilterImportColumnInfo;

GArray *kilter_import_kind_get_columns (KilterImportKind kind); /* KilterImportColumnInfo */
char *kilter_template (KilterImportKind kind);

typedef enum
{
  KILTER_DUPLICATES_ASK,
  KILTER_DUPLICATES_SUM,
  KILTER_DUPLICATES_LAST,
  KILTER_DUPLICATES_STOP,
} KilterDuplicates;

typedef enum
{
  KILTER_CREATE_AUTO, /* yes while the plan has no products, then no */
  KILTER_CREATE_YES,
  KILTER_CREATE_NO,
} KilterCreate;

typedef enum
{
  KILTER_LAYOUT_AUTO,
  KILTER_LAYOUT_LONG,
  KILTER_LAYOUT_ACROSS,
} KilterLayout;

/**
 * KilterDateFormat:
 *
 * How the dates of a column are written. One format serves the whole column: what does not fit is
 * listed, never guessed cell by cell.
 */
typedef enum
{
  KILTER_DATE_AUTO,
  KILTER_DATE_YMD,     /* 2026-04-15, 2026/4/15, 20260415, 2026年4月15日 */
  KILTER_DATE_DMY,     /* 15/04/2026, 15.4.26 */
  KILTER_DATE_MDY,     /* 04/15/2026 */
  KILTER_DATE_YM,      /* 2026-04, 202604, 2026年4月 */
  KILTER_DATE_MY,      /* 04/2026, tháng 4/2026 */
  KILTER_DATE_NAME,    /* Apr 2026, 15-Apr-2026, April 15, 2026 */
  KILTER_DATE_QUARTER, /* 2026-Q2, Q2 2026 */
  KILTER_DATE_WEEK,    /* 2026-W16, W16 2026 */
  KILTER_DATE_PERIOD,  /* 2026-P04, fiscal periods of a 4-4-5 calendar */
  KILTER_DATE_SERIAL,  /* 46127: days since 1900 as spreadsheets count */
  KILTER_DATE_SERIAL_1904,
  KILTER_DATE_YEAR_MONTH, /* a year column and a month column */
  KILTER_N_DATE_FORMATS,
} KilterDateFormat;

/**
 * KilterImportOptions:
 * @sheet: (nullable): of a workbook, by name or number from 1; %NULL for the first with content
 * @system: (nullable): the key of a #KilterSystem whose export the file is; "none" for none, %NULL
 * to recognise it
 * @encoding: (nullable): %NULL to detect
 * @separator: 0 to detect
 * @decimal: '.' or ',', 0 to detect
 * @header_row: the line with the headings, -1 to detect, 0 for none
 * @accept: whether what would be asked is answered by the proposal
 * @mapping: (element-type utf8 utf8): heading, or number of the column from 1, → column key or
 * "ignore"
 * @aliases: (element-type utf8 utf8): code in the file → code in the plan, "" to leave it out
 */
typedef struct
{
  KilterImportKind kind;
  char *sheet;
  char *system;
  char *encoding;
  char separator;
  char decimal;
  KilterDateFormat date_format;
  KilterLayout layout;
  int header_row;
  KilterDuplicates duplicates;
  KilterCreate create;
  int negatives; /* accounting forms such as (123): -1 ask, 1 negative, 0 leave out */
  int returns;   /* numbers below zero: -1 take and warn, 1 take, 0 leave out */
  gboolean accept;
  GHashTable *mapping;
  GHashTable *aliases;
} KilterImportOptions;

KilterImportOptions *kilter_import_options_new (void);
KilterImportOptions *kilter_import_options_copy (const KilterImportOptions *self);
void kilter_import_options_free (KilterImportOptions *self);
GPtrArray *kilter_import_options_get_all (const KilterImportOptions *self);
gboolean kilter_import_options_set (KilterImportOptions *self,
                                    const char *key,
                                    const char *value,
                                    GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterImportOptions, kilter_import_options_free)

typedef enum
{
  KILTER_CONTAINER_TEXT,
  KILTER_CONTAINER_XLSX,
  KILTER_CONTAINER_ODS,
} KilterContainer;

/**
 * KilterSheetName:
 * @hidden: whether the workbook hides it
 */
typedef struct
{
  char *name;
  gboolean hidden;
} KilterSheetName;

/**
 * KilterImportFile:
 * @name: the file's name, for messages
 * @container: what the file is, whatever its name says
 * @encoding, @certain, @candidates: as in #KilterText
 * @separator: what separates the fields
 * @date_1904: whether the workbook counts days from 1904-01-01
 * @sheets: (element-type KilterSheetName): of a workbook
 * @sheet_index: which of them was read
 * @notes: (element-type KilterImportMessage): what the reader has to say
 * @sheet: the rows
 */
typedef struct
{
  char *name;
  KilterContainer container;
  char *encoding;
  gboolean certain;
  guint n_candidates;
  KilterTextCandidate candidates[KILTER_TEXT_MAX_CANDIDATES];
  char separator;
  gboolean misnamed; /* a text file with the name of a spreadsheet */
  gboolean date_1904;
  GPtrArray *sheets;
  guint sheet_index;
  GPtrArray *notes;
  KilterSheet *sheet;
} KilterImportFile;

KilterImportFile *kilter_import_file_new (const char *name);
KilterImportFile *kilter_import_read (GFile *file,
                                      const KilterImportOptions *options,
                                      KilterJob *job,
                                      GError **error);
KilterImportFile *kilter_import_read_bytes (GBytes *bytes,
                                            const char *name,
                                            const KilterImportOptions *options,
                                            KilterJob *job,
                                            GError **error);
KilterImportFile *kilter_import_read_in_child (GFile *file,
                                               const KilterImportOptions *options,
                                               KilterJob *job,
                                               GError **error);
KilterImportFile *kilter_import_file_ref (KilterImportFile *self);
void kilter_import_file_free (KilterImportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterImportFile, kilter_import_file_free)

/**
 * KilterImportQuestion:
 * @option: the key of kilter_import_options_set() that answers it
 * @text: the question, translated
 * @choices: (array length=n_choices): the values of the option
 * @samples: (array length=n_choices): what each would give, translated
 * @proposed: the index of the likeliest
 */
typedef struct
{
  const char *option;
  char *text;
  guint n_choices;
  char **choices;
  char **samples;
  guint proposed;
} KilterImportQuestion;

/**
 * KilterImportColumn:
 * @info: (nullable): which column of the kind it is, %NULL when it is ignored
 * @heading: as in the file, "" when there is none
 * @type: %KILTER_COLUMN_IGNORE when it is ignored
 * @period: (nullable): of %KILTER_COLUMN_PERIOD, "2026-04"
 */
typedef struct
{
  char *heading;
  const KilterImportColumnInfo *info;
  KilterImportColumnType type;
  char *period;
} KilterImportColumn;

/**
 * KilterImportTotal:
 * @key: of the column
 * @sum: of all rows that are ready; stock: of the last period
 * @n: how many numbers
 * @before: what the plan has where the file has numbers
 * @after: what it will have there
 */
typedef struct
{
  const char *key;
  const char *label;
  double sum;
  guint n;
  double before;
  double after;
} KilterImportTotal;

typedef struct _KilterImportData KilterImportData;

/**
 * KilterImportPreview:
 * @n_rows: rows of data in the file
 * @n_ready: rows that will be taken: @n_new + @n_changed + @n_same
 * @n_skipped: rows left out
 * @messages: (element-type KilterImportMessage): by rising row, at most 10,000; the first of a
 *   refused file says why
 * @counts: how many rows or cells each code concerns
 * @first, @last: the first and last bucket of the numbers, %KILTER_BUCKET_NONE without any
 * @n_new_products: products that will be created; the same for the others
 */
typedef struct
{
  KilterImportKind kind;
  gboolean refused;
  char *file_name;
  const char *system; /* (nullable): the key of the #KilterSystem whose export the file is */
  char *encoding;
  char separator;
  char decimal;
  KilterDateFormat date_format;
  KilterLayout layout;
  int header_line;
  GArray *infos;   /* KilterImportColumnInfo: what the kind has */
  GArray *columns; /* KilterImportColumn, one for each column of the file */
  guint n_rows;
  guint n_ready;
  guint n_new;
  guint n_changed;
  guint n_same;
  guint n_skipped;
  guint n_products, n_regions, n_channels; /* distinct, in the rows that are ready */
  guint n_new_products, n_new_families, n_new_regions, n_new_channels, n_new_series;
  KilterBucket first;
  KilterBucket last;
  GArray *totals; /* KilterImportTotal */
  GPtrArray *messages;
  guint counts[KILTER_N_IMPORT_CODES];
  GPtrArray *questions; /* KilterImportQuestion; empty when the command can be made */
  /* the first rows, as they stand and as they are understood: n_sample × number of columns */
  guint n_sample;
  guint *sample_lines; /* of the file, as messages count them */
  char **sample_before;
  char **sample_after;    /* in the fixed form of files; "" where ignored, NULL where refused */
  KilterImportData *data; /* (private) */
} KilterImportPreview;

KilterPlan *kilter_import_copy_plan (const KilterPlan *plan);
KilterImportPreview *kilter_import_preview (const KilterPlan *plan,
                                            const KilterImportFile *file,
                                            const KilterImportOptions *options,
                                            KilterJob *job,
                                            GError **error);
KilterCommand *kilter_import_finish (const KilterPlan *plan,
                                     const KilterImportPreview *preview,
                                     const char *who,
                                     const char *at,
                                     GError **error);
gboolean kilter_import_is_current (const KilterPlan *plan, const KilterImportPreview *preview);
gboolean kilter_import_get_span (const KilterImportPreview *preview,
                                 KilterBucket *out_first,
                                 KilterBucket *out_last);
char *kilter_import_preview_sum_up (const KilterImportPreview *self, KilterImportCode code);
void kilter_import_preview_free (KilterImportPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterImportPreview, kilter_import_preview_free)

G_END_DECLS
