/* kilter-export.h: numbers and tables of the plan out to CSV, JSON, XLSX and ODS
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KilterExportBy: what one row of the output stands for
 */
typedef enum
{
  KILTER_EXPORT_BY_TOTAL,
  KILTER_EXPORT_BY_CATEGORY,
  KILTER_EXPORT_BY_FAMILY,
  KILTER_EXPORT_BY_PRODUCT,
  KILTER_EXPORT_BY_REGION,
  KILTER_EXPORT_BY_CHANNEL,
  KILTER_EXPORT_BY_SERIES,
  KILTER_EXPORT_BY_RESOURCE,
} KilterExportBy;

/**
 * KilterExportRequest:
 * @first: index of the first bucket
 * @n: how many buckets
 * @long_layout: one number a row rather than buckets across
 */
typedef struct
{
  KilterVersion version;
  const KilterMeasure *measures;
  guint n_measures;
  KilterScope scope;
  KilterExportBy by;
  int first;
  int n;
  gboolean long_layout;
} KilterExportRequest;

/**
 * KilterExportStyle: how a workbook shows a number; the number itself is the same
 */
typedef enum
{
  KILTER_EXPORT_NUMBER,  /* 1,234 or 1,234.50: as the column needs */
  KILTER_EXPORT_PERCENT, /* 12.3 % */
  KILTER_EXPORT_PLAIN,   /* 2026: without thousands */
  KILTER_EXPORT_STRONG,  /* of a text: bold */
  KILTER_EXPORT_HEADING, /* of a text: bold, with a rule below */
  KILTER_EXPORT_LINE,    /* of a text: runs on over the cells to its right, and widens no column */
  KILTER_EXPORT_TITLE,   /* the same, bold */
} KilterExportStyle;

/**
 * KilterExportCell:
 * @text: (nullable): the text
 * @number: when @text is %NULL; NaN for an empty cell
 * @formula: (nullable): how a workbook comes to @number, "SUM(B4:B15)"; other forms leave it out
 */
typedef struct
{
  char *text;
  double number;
  KilterExportStyle style;
  char *formula;
} KilterExportCell;

/**
 * KilterExportFormat: a form of file
 */
typedef enum
{
  KILTER_EXPORT_CSV,
  KILTER_EXPORT_JSON,
  KILTER_EXPORT_XLSX,
  KILTER_EXPORT_ODS,
} KilterExportFormat;

/**
 * KilterExportTable:
 *
 * A rectangle of values for any output format.
 */
typedef struct
{
  guint n_columns;
  char **headings;
  GPtrArray *rows; /* KilterExportCell[n_columns] */
} KilterExportTable;

gboolean kilter_export_by_from_string (const char *text, KilterExportBy *out_by);
gboolean kilter_export_by_suits (KilterExportBy by, KilterMeasure measure);
KilterExportTable *kilter_export_measures (KilterPlan *plan, const KilterExportRequest *request);
KilterExportTable *kilter_export_records (const KilterPlan *plan, KilterTableId table);
KilterExportTable *kilter_export_table_new (guint n_columns, const char *const *headings);
KilterExportCell *kilter_export_table_add_row (KilterExportTable *self);
void kilter_export_table_free (KilterExportTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterExportTable, kilter_export_table_free)

gboolean kilter_export_write_csv (const KilterExportTable *table,
                                  GOutputStream *output,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean kilter_export_write_json (const KilterExportTable *table,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean kilter_export_write_xlsx (const KilterExportTable *table,
                                   const char *title,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error);
/**
 * KilterExportSheet:
 * @is_page: laid out in its cells, titles included: no row of headings, nothing to filter
 *
 * One sheet of a workbook.
 */
typedef struct
{
  char *name;
  KilterExportTable *table;
  gboolean is_page;
} KilterExportSheet;

KilterExportSheet *
kilter_export_sheet_new (const char *name, KilterExportTable *table, gboolean is_page);
void kilter_export_sheet_free (gpointer data);
gboolean kilter_export_write_book (GPtrArray *sheets,
                                   GOutputStream *output,
                                   GCancellable *cancellable,
                                   GError **error);
char *kilter_export_reference (guint row, guint column);
gboolean kilter_export_write_ods (const KilterExportTable *table,
                                  const char *title,
                                  GOutputStream *output,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean kilter_export_write (const KilterExportTable *table,
                              KilterExportFormat format,
                              const char *title,
                              GOutputStream *output,
                              GCancellable *cancellable,
                              GError **error);
gboolean kilter_export_write_file (const KilterExportTable *table,
                                   KilterExportFormat format,
                                   const char *title,
                                   GFile *file,
                                   GError **error);
gboolean kilter_export_format_from_name (const char *file_name, KilterExportFormat *out_format);
void kilter_csv_append_text (GString *out, const char *text);
void kilter_csv_append_number (GString *out, double value);

G_END_DECLS
