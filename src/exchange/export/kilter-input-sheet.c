/* kilter-input-sheet.c: writing the sheet
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-input-sheet-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

/* --- whose numbers --- */

static const KilterRecord *
get_contributor (const KilterPlan *plan, int id)
{
  return kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, id);
}

void
kilter_contributor_get_scope (const KilterPlan *plan, int contributor, KilterScope *out_scope)
{
  const KilterRecord *record = get_contributor (plan, contributor);

  *out_scope = (KilterScope) { 0 };
  if (record == NULL)
    return;
  out_scope->family = kilter_record_ref (record, KILTER_CONTRIBUTOR_FAMILY);
  out_scope->region = kilter_record_ref (record, KILTER_CONTRIBUTOR_REGION);
  out_scope->channel = kilter_record_ref (record, KILTER_CONTRIBUTOR_CHANNEL);
}

gboolean
kilter_contributor_has_series (const KilterPlan *plan, int contributor, int series)
{
  KilterScope scope;

  if (get_contributor (plan, contributor) == NULL)
    return FALSE;
  kilter_contributor_get_scope (plan, contributor, &scope);
  return kilter_scope_has_series (plan, &scope, series);
}

int
kilter_contributor_get_measure (const KilterPlan *plan, int contributor)
{
  const KilterRecord *record = get_contributor (plan, contributor);

  return record != NULL
           ? kilter_measure_from_key (kilter_record_text (record, KILTER_CONTRIBUTOR_MEASURE))
           : -1;
}

static char *
get_title (const KilterPlan *plan, int contributor)
{
  const KilterRecord *record = get_contributor (plan, contributor);
  int measure = kilter_contributor_get_measure (plan, contributor);
  KilterScope scope;
  g_autofree char *part = NULL;

  kilter_contributor_get_scope (plan, contributor, &scope);
  part = kilter_scope_get_title (plan, &scope);
  return g_strdup_printf (
    "%s · %s · %s", measure >= 0 ? kilter_measure_get_name ((KilterMeasure) measure) : "",
    *part != '\0' ? part : kilter_plan_get_name (plan),
    kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                         kilter_record_ref (record, KILTER_CONTRIBUTOR_PERSON)));
}

char *
kilter_input_sheet_get_file_name (const KilterPlan *plan, int contributor)
{
  g_autofree char *title = get_title (plan, contributor);
  g_autofree char *name = g_strdup_printf ("%s.xlsx", title);

  for (char *at = name; *at != '\0'; at++)
    if (strchr ("/\\:*?\"<>|", *at) != NULL || (guchar) *at < 0x20)
      *at = '-';
  return g_steal_pointer (&name);
}

/* --- the workbook --- */

typedef struct
{
  lxw_workbook *workbook;
  lxw_format *title;
  lxw_format *note;
  lxw_format *heading;
  lxw_format *text;
  lxw_format *input;
  lxw_format *fixed;
} Book;

static lxw_format *
add_format (Book *self, const char *number, gboolean shaded)
{
  lxw_format *format = workbook_add_format (self->workbook);

  if (number != NULL)
    format_set_num_format (format, number);
  if (shaded)
    {
      format_set_pattern (format, LXW_PATTERN_SOLID);
      format_set_bg_color (format, 0xF0F0F2);
    }
  return format;
}

static void
add_formats (Book *self)
{
  self->title = add_format (self, NULL, FALSE);
  format_set_bold (self->title);
  format_set_font_size (self->title, 14);
  self->note = add_format (self, NULL, FALSE);
  format_set_font_color (self->note, 0x6A6A70);
  self->heading = add_format (self, NULL, TRUE);
  format_set_bold (self->heading);
  format_set_bottom (self->heading, LXW_BORDER_THIN);
  self->text = add_format (self, NULL, TRUE);
  self->fixed = add_format (self, "#,##0.###;-#,##0.###", TRUE);
  self->input = add_format (self, "#,##0.###;-#,##0.###", FALSE);
  format_set_border (self->input, LXW_BORDER_HAIR);
  format_set_unlocked (self->input);
}

/* Texts that look like formulas stay texts: they are written as strings. */
static void
write_text (lxw_worksheet *sheet, int row, int column, const char *text, lxw_format *format)
{
  worksheet_write_string (sheet, (lxw_row_t) row, (lxw_col_t) column, text, format);
}

static void
write_headings (Book *self, lxw_worksheet *sheet, KilterPlan *plan, int row)
{
  static const char *const names[] = { "product", "name", "region", "channel" };
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  int cycle = kilter_plan_get_n_history (plan);

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    write_text (sheet, row, i, names[i], self->heading);
  for (int h = 0; h < kilter_plan_get_n_horizon (plan); h++)
    {
      g_autofree char *bucket = kilter_bucket_to_string (kind,
                                                         kilter_plan_get_bucket (plan, cycle + h));

      write_text (sheet, row, KILTER_INPUT_SHEET_FIRST_COLUMN + h, bucket, self->heading);
    }
  worksheet_set_column (sheet, 0, 0, 12, NULL);
  worksheet_set_column (sheet, 1, 1, 26, NULL);
  worksheet_set_column (sheet, 2, 3, 14, NULL);
  worksheet_set_column (
    sheet, KILTER_INPUT_SHEET_FIRST_COLUMN,
    (lxw_col_t) (KILTER_INPUT_SHEET_FIRST_COLUMN + kilter_plan_get_n_horizon (plan) - 1), 10, NULL);
}

static void
write_names (Book *self, lxw_worksheet *sheet, const KilterPlan *plan, int row, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  int product = kilter_record_ref (record, KILTER_SERIES_PRODUCT);

  write_text (sheet, row, 0, kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, product), self->text);
  write_text (sheet, row, 1, kilter_plan_get_product_name (plan, product), self->text);
  write_text (sheet, row, 2,
              kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                                   kilter_record_ref (record, KILTER_SERIES_REGION)),
              self->text);
  write_text (sheet, row, 3,
              kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                                   kilter_record_ref (record, KILTER_SERIES_CHANNEL)),
              self->text);
}

static void
write_numbers (lxw_worksheet *sheet,
               KilterPlan *plan,
               KilterVersion version,
               KilterMeasure measure,
               int row,
               int series,
               lxw_format *format)
{
  const double *values = kilter_plan_get_row (plan, version, measure, series);
  int cycle = kilter_plan_get_n_history (plan);

  for (int h = 0; h < kilter_plan_get_n_horizon (plan); h++)
    {
      lxw_col_t column = (lxw_col_t) (KILTER_INPUT_SHEET_FIRST_COLUMN + h);

      if (isnan (values[cycle + h]))
        worksheet_write_blank (sheet, (lxw_row_t) row, column, format);
      else
        worksheet_write_number (sheet, (lxw_row_t) row, column, values[cycle + h], format);
    }
}

/* What the cells may hold, said by the spreadsheet program itself. */
static void
add_rule (lxw_worksheet *sheet, KilterPlan *plan, guint n_rows)
{
  lxw_data_validation rule = { 0 };

  rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
  rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
  rule.value_number = 0;
  rule.ignore_blank = LXW_VALIDATION_ON;
  rule.error_title = _ ("Not a Number");
  rule.error_message = _ ("A cell holds a number that is not below 0, or nothing.");
  worksheet_data_validation_range (
    sheet, KILTER_INPUT_SHEET_FIRST_ROW, KILTER_INPUT_SHEET_FIRST_COLUMN,
    KILTER_INPUT_SHEET_FIRST_ROW + n_rows - 1,
    (lxw_col_t) (KILTER_INPUT_SHEET_FIRST_COLUMN + kilter_plan_get_n_horizon (plan) - 1), &rule);
}

static void
protect (lxw_worksheet *sheet)
{
  lxw_protection options = { .format_columns = 1, .format_rows = 1 };

  worksheet_protect (sheet, NULL, &options);
}

/* What says, when the sheet comes back, whose it is. The row is hidden. */
static void
write_mark (Book *self,
            lxw_worksheet *sheet,
            const KilterPlan *plan,
            int contributor,
            const char *at)
{
  const KilterRecord *record = get_contributor (plan, contributor);
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  g_autofree char *id = g_strdup_printf ("%d", contributor);
  const char *const marks[] = { KILTER_INPUT_SHEET_MARK,
                                kilter_plan_get_uuid (plan),
                                cycle,
                                id,
                                kilter_record_text (record, KILTER_CONTRIBUTOR_MEASURE),
                                at != NULL ? at : "" };
  lxw_row_col_options hidden = { .hidden = 1 };

  for (int i = 0; i < (int) G_N_ELEMENTS (marks); i++)
    write_text (sheet, KILTER_INPUT_SHEET_MARK_ROW, i, marks[i], self->text);
  worksheet_set_row_opt (sheet, KILTER_INPUT_SHEET_MARK_ROW, LXW_DEF_ROW_HEIGHT, NULL, &hidden);
}

static void
write_input (Book *self,
             KilterPlan *plan,
             KilterVersion version,
             int contributor,
             const char *at,
             const GArray *rows)
{
  lxw_worksheet *sheet = workbook_add_worksheet (self->workbook, KILTER_INPUT_SHEET_NAME);
  int measure = kilter_contributor_get_measure (plan, contributor);
  g_autofree char *title = get_title (plan, contributor);

  write_text (sheet, 0, 0, title, self->title);
  write_text (sheet, 1, 0,
              _ ("Fill in the white cells and send this file back. An empty cell says nothing; the "
                 "other sheets show what the plan expects."),
              self->note);
  write_mark (self, sheet, plan, contributor, at);
  write_headings (self, sheet, plan, KILTER_INPUT_SHEET_HEAD_ROW);
  for (guint i = 0; i < rows->len; i++)
    {
      int row = KILTER_INPUT_SHEET_FIRST_ROW + (int) i, series = g_array_index (rows, int, i);

      write_names (self, sheet, plan, row, series);
      write_numbers (sheet, plan, version, (KilterMeasure) measure, row, series, self->input);
    }
  add_rule (sheet, plan, rows->len);
  worksheet_freeze_panes (sheet, KILTER_INPUT_SHEET_FIRST_ROW, KILTER_INPUT_SHEET_FIRST_COLUMN);
  worksheet_set_landscape (sheet);
  worksheet_fit_to_pages (sheet, 1, 0);
  protect (sheet);
}

/* What the contributor may look at beside his own numbers. */
static void
write_reference (Book *self,
                 KilterPlan *plan,
                 KilterVersion version,
                 const char *name,
                 KilterMeasure measure,
                 const GArray *rows)
{
  lxw_worksheet *sheet = workbook_add_worksheet (self->workbook, name);

  write_text (sheet, 0, 0, kilter_measure_get_name (measure), self->title);
  write_headings (self, sheet, plan, 1);
  for (guint i = 0; i < rows->len; i++)
    {
      write_names (self, sheet, plan, (int) i + 2, g_array_index (rows, int, i));
      write_numbers (sheet, plan, version, measure, (int) i + 2, g_array_index (rows, int, i),
                     self->fixed);
    }
  worksheet_freeze_panes (sheet, 2, KILTER_INPUT_SHEET_FIRST_COLUMN);
  protect (sheet);
}

/* The document's own date is that of the export, not of the machine. */
static void
set_properties (lxw_workbook *workbook, const KilterPlan *plan, const char *at)
{
  g_autoptr (GDateTime) time = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;
  lxw_doc_properties properties = { .title = kilter_plan_get_name (plan),
                                    .created = time != NULL ? g_date_time_to_unix (time) : 1 };

  workbook_set_properties (workbook, &properties);
}

/**
 * kilter_input_sheet_write:
 * @contributor: id of a record of %KILTER_TABLE_CONTRIBUTOR
 * @at: (nullable): when, "2026-04-01T09:00:00Z"
 *
 * Writes the workbook that a contributor fills in: one row a product, region and channel of his
 * part of the plan, one column a bucket of the horizon. Only these cells may be edited; two more
 * sheets show the forecast and last year.
 *
 * Returns: (transfer full) (nullable): an XLSX file; %NULL with %KILTER_PLAN_ERROR when the
 *   contributor answers for nothing
 */
GBytes *
kilter_input_sheet_write (KilterPlan *plan,
                          KilterVersion version,
                          int contributor,
                          const char *at,
                          GError **error)
{
  const char *buffer = NULL;
  gsize size = 0;
  lxw_workbook_options options = { .output_buffer = &buffer, .output_buffer_size = &size };
  g_autoptr (GArray) rows = NULL;
  KilterScope scope;
  Book self = { 0 };

  kilter_contributor_get_scope (plan, contributor, &scope);
  rows = kilter_scope_get_rows (plan, &scope, KILTER_GRAIN_SERIES);
  if (get_contributor (plan, contributor) == NULL ||
      kilter_contributor_get_measure (plan, contributor) < 0 || rows->len == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                           _ ("This person answers for no product of the plan."));
      return NULL;
    }
  self.workbook = workbook_new_opt (NULL, &options);
  if (self.workbook == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The workbook cannot be made");
      return NULL;
    }
  add_formats (&self);
  set_properties (self.workbook, plan, at);
  write_input (&self, plan, version, contributor, at, rows);
  /* Translators: the name of a sheet of a workbook, at most 31 characters */
  write_reference (&self, plan, version, C_ ("sheet", "Forecast"), KILTER_FINAL, rows);
  write_reference (&self, plan, version, C_ ("sheet", "Last year"), KILTER_LAST_YEAR, rows);
  if (workbook_close (self.workbook) != LXW_NO_ERROR || buffer == NULL)
    {
      free ((void *) buffer);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The workbook cannot be written");
      return NULL;
    }
  return g_bytes_new_with_free_func (buffer, size, free, (void *) buffer);
}
