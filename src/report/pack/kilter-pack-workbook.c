/* kilter-pack-workbook.c: a pack as a workbook: numbers as numbers, sums as formulas
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "exchange/export/kilter-export.h"
#include "report/pack/kilter-pack-private.h"
#include "report/paper/kilter-table-private.h"
#include "report/words/kilter-language.h"

/* a sum is a formula only where it is one: to within the rounding of doubles */
#define SAME 1e-9

/* --- sums --- */

static gboolean
get_number (const KilterTable *table, int row, int column, double *out_number)
{
  gboolean is_share;

  return kilter_table_get_number (table, row, column, out_number, &is_share) && !is_share &&
         !isnan (*out_number);
}

static gboolean
is_same (double a, double b)
{
  return fabs (a - b) <= SAME * MAX (MAX (fabs (a), fabs (b)), 1);
}

/* The cells to the left that a column of totals may sum: the last @out_n before it, not those of
 * the past, nor other totals. */
static int
find_addend_columns (const KilterTable *table, int column)
{
  int first = column;

  while (first > 1)
    {
      KilterColumnFlags flags = table->columns[first - 1].flags;

      if (!(flags & KILTER_COLUMN_NUMBER) || flags & (KILTER_COLUMN_PAST | KILTER_COLUMN_TOTAL))
        break;
      first--;
    }
  return first;
}

static char *
make_range (guint row_a, guint column_a, guint row_b, guint column_b)
{
  g_autofree char *a = kilter_export_reference (row_a, column_a);
  g_autofree char *b = kilter_export_reference (row_b, column_b);

  return g_strdup_printf ("SUM(%s:%s)", a, b);
}

/* SUM() over the months of the row when that is what the cell says; NULL otherwise. */
static char *
make_row_sum (const KilterTable *table, int row, int column, guint top)
{
  int first = find_addend_columns (table, column), n = 0;
  double total, sum = 0, number;

  if (!(table->columns[column].flags & KILTER_COLUMN_TOTAL) || column - first < 2 ||
      !get_number (table, row, column, &total))
    return NULL;
  for (int c = first; c < column; c++)
    if (get_number (table, row, c, &number))
      {
        sum += number;
        n++;
      }
  if (n < 2 || !is_same (sum, total))
    return NULL;
  return make_range (top + (guint) row, (guint) first, top + (guint) row, (guint) column - 1);
}

/* The same down a column: a row of totals over the rows since the last heading or total. */
static char *
make_column_sum (const KilterTable *table, int row, int column, guint top)
{
  int first = row, n = 0;
  double total, sum = 0, number;

  if (!(kilter_table_get_row (table, row)->flags & KILTER_ROW_TOTAL) ||
      !get_number (table, row, column, &total))
    return NULL;
  while (first > 0 && !(kilter_table_get_row (table, first - 1)->flags &
                        (KILTER_ROW_SECTION | KILTER_ROW_TOTAL)))
    first--;
  for (int r = first; r < row; r++)
    if (get_number (table, r, column, &number))
      {
        sum += number;
        n++;
      }
  if (n < 2 || !is_same (sum, total))
    return NULL;
  return make_range (top + (guint) first, (guint) column, top + (guint) row - 1, (guint) column);
}

/* --- cells --- */

static void
set_text (KilterExportCell *cell, const char *text, KilterExportStyle style)
{
  if (text == NULL || *text == '\0')
    return;
  g_free (cell->text);
  cell->text = g_strdup (text);
  cell->style = style;
}

static void
add_line (KilterExportTable *out, const char *text, KilterExportStyle style)
{
  KilterExportCell *cells = kilter_export_table_add_row (out);

  set_text (&cells[0], text, style);
}

static void
add_cell (const KilterTable *table, int row, int column, guint top, KilterExportCell *out)
{
  const KilterRow *data = kilter_table_get_row (table, row);
  gboolean is_strong = data->flags & (KILTER_ROW_SECTION | KILTER_ROW_TOTAL | KILTER_ROW_STRONG);
  double number;
  gboolean is_share;

  if (kilter_table_get_number (table, row, column, &number, &is_share))
    {
      out->number = number;
      out->style = is_share ? KILTER_EXPORT_PERCENT : KILTER_EXPORT_NUMBER;
      out->formula = make_row_sum (table, row, column, top);
      if (out->formula == NULL)
        out->formula = make_column_sum (table, row, column, top);
      return;
    }
  set_text (out, data->cells[column].text, is_strong ? KILTER_EXPORT_STRONG : KILTER_EXPORT_NUMBER);
  if (column == 0 && data->unit != NULL && out->text != NULL)
    {
      g_autofree char *name = g_steal_pointer (&out->text);

      out->text = g_strdup_printf ("%s (%s)", name, data->unit);
    }
}

static void
add_table (KilterExportTable *out, const KilterTable *table)
{
  g_autofree char *notes = kilter_table_get_notes (table);
  KilterExportCell *cells;
  guint top;

  if (table->groups->len > 0)
    {
      cells = kilter_export_table_add_row (out);
      for (guint g = 0; g < table->groups->len; g++)
        {
          const KilterGroup *group = &g_array_index (table->groups, KilterGroup, g);

          set_text (&cells[group->first], group->text, KILTER_EXPORT_TITLE);
        }
    }
  cells = kilter_export_table_add_row (out);
  for (int c = 0; c < table->n_columns; c++)
    set_text (&cells[c], table->columns[c].heading, KILTER_EXPORT_HEADING);
  top = out->rows->len;
  for (int r = 0; r < kilter_table_get_n_rows (table); r++)
    {
      cells = kilter_export_table_add_row (out);
      for (int c = 0; c < table->n_columns; c++)
        add_cell (table, r, c, top, &cells[c]);
    }
  if (notes != NULL)
    add_line (out, notes, KILTER_EXPORT_LINE);
}

static void
add_chart (KilterExportTable *out, const KilterChart *chart)
{
  const KilterChartTable *table = kilter_chart_describe (chart);
  KilterExportCell *cells;

  if (table == NULL || table->n_rows == 0)
    return;
  add_line (out, kilter_chart_get_title (chart), KILTER_EXPORT_TITLE);
  add_line (out, kilter_chart_get_subtitle (chart), KILTER_EXPORT_LINE);
  cells = kilter_export_table_add_row (out);
  set_text (&cells[0], table->corner, KILTER_EXPORT_HEADING);
  for (gsize c = 0; c < table->n_columns; c++)
    set_text (&cells[c + 1], table->column_names[c], KILTER_EXPORT_HEADING);
  for (gsize r = 0; r < table->n_rows; r++)
    {
      double scale = table->formats[r].scale > 0 ? table->formats[r].scale : 1;

      cells = kilter_export_table_add_row (out);
      set_text (&cells[0], table->row_names[r], KILTER_EXPORT_NUMBER);
      for (gsize c = 0; c < table->n_columns; c++)
        {
          gsize i = r * table->n_columns + c;

          if (table->texts != NULL && table->texts[i] != NULL)
            set_text (&cells[c + 1], table->texts[i], KILTER_EXPORT_NUMBER);
          else
            {
              cells[c + 1].number = table->values[i] / scale;
              cells[c + 1].style = table->formats[r].percent ? KILTER_EXPORT_PERCENT
                                                             : KILTER_EXPORT_NUMBER;
            }
        }
    }
}

/* --- sheets --- */

static guint
count_columns (const KilterPackSheet *sheet)
{
  guint n = 1;

  for (guint b = 0; b < sheet->blocks->len; b++)
    {
      const KilterBlock *block = &g_array_index (sheet->blocks, KilterBlock, b);

      if (block->table != NULL)
        n = MAX (n, (guint) block->table->n_columns);
      if (block->chart != NULL && kilter_chart_describe (block->chart) != NULL)
        n = MAX (n, (guint) kilter_chart_describe (block->chart)->n_columns + 1);
    }
  return n;
}

static KilterExportTable *
make_table (guint n_columns)
{
  g_autofree const char **headings = g_new0 (const char *, n_columns);

  for (guint c = 0; c < n_columns; c++)
    headings[c] = "";
  return kilter_export_table_new (n_columns, headings);
}

/* The page as cells; NULL when it says nothing that was not on a page before. */
static KilterExportTable *
make_page (const KilterPackSheet *sheet, GHashTable *done)
{
  g_autoptr (KilterExportTable) out = make_table (count_columns (sheet));
  gboolean has_news = FALSE;

  add_line (out, sheet->title, KILTER_EXPORT_TITLE);
  add_line (out, sheet->subtitle, KILTER_EXPORT_LINE);
  for (guint b = 0; b < sheet->blocks->len; b++)
    {
      const KilterBlock *block = &g_array_index (sheet->blocks, KilterBlock, b);
      const char *words = kilter_block_get_words (block);

      if (words != NULL)
        {
          add_line (out, words, KILTER_EXPORT_LINE);
          has_news = TRUE;
        }
      /* a table over several pages stands whole on the sheet of its first */
      else if (block->table != NULL && g_hash_table_add (done, block->table))
        {
          add_line (out, NULL, KILTER_EXPORT_LINE);
          add_table (out, block->table);
          has_news = TRUE;
        }
      else if (block->chart != NULL)
        {
          add_line (out, NULL, KILTER_EXPORT_LINE);
          add_chart (out, block->chart);
          has_news = TRUE;
        }
    }
  return has_news ? g_steal_pointer (&out) : NULL;
}

static KilterExportSheet *
make_contents (const KilterPack *self)
{
  KilterExportTable *out = make_table (2);

  add_line (out, self->title, KILTER_EXPORT_TITLE);
  add_line (out, self->footer_middle, KILTER_EXPORT_LINE);
  add_line (out, NULL, KILTER_EXPORT_LINE);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterPackSheet *sheet = g_ptr_array_index (self->sheets, i);
      KilterExportCell *cells = kilter_export_table_add_row (out);

      set_text (&cells[0], sheet->outline, KILTER_EXPORT_STRONG);
      set_text (&cells[1], sheet->title, KILTER_EXPORT_LINE);
    }
  /* Translators: the first sheet of a workbook: a list of the others */
  return kilter_export_sheet_new (_ ("Contents"), out, TRUE);
}

/**
 * kilter_pack_write_xlsx:
 *
 * Writes the pack as a workbook: a sheet for each page, with its texts, its tables, and the data of
 * its charts. Numbers are numbers, with all their digits, in the unit that stands with them; where
 * a total is the sum of what stands beside or above it, it is a formula.
 *
 * Returns: %FALSE with @error when it could not be written
 */
gboolean
kilter_pack_write_xlsx (KilterPack *self,
                        GOutputStream *stream,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (kilter_export_sheet_free);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_auto (KilterLanguage) language = { 0 };

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  kilter_language_push (&language, self->language);
  g_ptr_array_add (sheets, make_contents (self));
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterPackSheet *sheet = g_ptr_array_index (self->sheets, i);
      KilterExportTable *page = make_page (sheet, done);

      if (page != NULL)
        g_ptr_array_add (
          sheets, kilter_export_sheet_new (sheet->outline != NULL ? sheet->outline : sheet->title,
                                           page, TRUE));
    }
  return kilter_export_write_book (sheets, stream, cancellable, error);
}

/**
 * kilter_pack_save_xlsx:
 *
 * Writes the workbook to a file; one that is there is replaced only when all went well.
 */
gboolean
kilter_pack_save_xlsx (KilterPack *self, GFile *file, KilterJob *job, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  if (!kilter_pack_write_xlsx (self, memory, job != NULL ? kilter_job_get_cancellable (job) : NULL,
                               error) ||
      !g_output_stream_close (memory, NULL, error))
    return FALSE;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
}

/**
 * kilter_pack_save:
 *
 * Writes the pack as what the file's name says: a workbook for ".xlsx", otherwise PDF.
 */
gboolean
kilter_pack_save (KilterPack *self, GFile *file, KilterJob *job, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  KilterExportFormat format;

  if (name != NULL && kilter_export_format_from_name (name, &format) &&
      format == KILTER_EXPORT_XLSX)
    return kilter_pack_save_xlsx (self, file, job, error);
  return kilter_pack_save_pdf (self, file, job, error);
}
