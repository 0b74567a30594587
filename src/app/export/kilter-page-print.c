/* kilter-page-print.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export/kilter-page-print.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/export/kilter-page-export.h"
#include "app/grid/kilter-grid.h"
#include "app/pages/packs/kilter-pack-output.h"
#include "app/pages/structure/kilter-record-table.h"
#include "app/widgets/kilter-chart-view.h"
#include "report/paper/kilter-table.h"

/* so many columns stand side by side on a sheet of paper */
#define N_MONTHS 13
#define N_FIELDS 8

/* --- charts -------------------------------------------------------------------------------------
 */

static void
free_picture (gpointer data)
{
  KilterPackPicture *picture = data;

  cairo_surface_destroy (picture->surface);
  g_free (picture);
}

/* The chart as it stands on the screen, in the colours of paper. Where it is narrower or wider than
 * the sheet it will be scaled; its text will not. */
static KilterPackPicture *
record_chart (KilterChartView *view, const KilterPackOptions *options)
{
  KilterChart *chart = kilter_chart_view_get_chart (view);
  g_autoptr (KilterChartStyle) style = kilter_paper_style_new (
    options->is_grey, pango_language_to_string (pango_language_get_default ()));
  KilterPackPicture *picture = g_new0 (KilterPackPicture, 1);
  KilterChartRect area;
  cairo_t *cr;

  kilter_paper_get_content (options->paper, &area);
  picture->width = gtk_widget_get_width (GTK_WIDGET (view));
  picture->height = gtk_widget_get_height (GTK_WIDGET (view));
  kilter_chart_style_set_text_scale (style, MAX (picture->width / area.width, 0.6));
  picture->height += kilter_chart_get_frame_height (chart, picture->width, style);
  picture->surface = cairo_recording_surface_create (
    CAIRO_CONTENT_COLOR_ALPHA, &(cairo_rectangle_t) { 0, 0, picture->width, picture->height });
  cr = cairo_create (picture->surface);
  kilter_chart_draw_framed (chart, cr, picture->width, picture->height, style);
  cairo_destroy (cr);
  /* it was drawn elsewhere: where things are is known anew */
  gtk_widget_queue_draw (GTK_WIDGET (view));
  return picture;
}

static void
add_pictures (GtkWidget *widget, const KilterPackOptions *options, GPtrArray *pictures)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (KILTER_IS_CHART_VIEW (widget))
    {
      if (kilter_chart_view_get_chart (KILTER_CHART_VIEW (widget)) != NULL &&
          gtk_widget_get_width (widget) > 0)
        g_ptr_array_add (pictures, record_chart (KILTER_CHART_VIEW (widget), options));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_pictures (child, options, pictures);
}

/* --- tables -------------------------------------------------------------------------------------
 */

static void
set_column (KilterGridModel *model, KilterTable *table, int column, int col, char **year)
{
  g_auto (KilterGridColumn) info = KILTER_GRID_COLUMN_INIT;
  g_autofree char *heading = NULL;
  KilterColumnFlags flags = KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL;

  kilter_grid_model_get_column (model, col, &info);
  if (info.flags & KILTER_GRID_COLUMN_FLAG_PAST)
    flags |= KILTER_COLUMN_PAST;
  if (info.flags & KILTER_GRID_COLUMN_FLAG_TOTAL)
    flags |= KILTER_COLUMN_TOTAL;
  kilter_table_set_column (table, column, info.label, flags);
  if (info.upper != NULL && g_ascii_isdigit (*info.upper))
    g_set_str (year, info.upper);
  /* a year stands over the first of its months on the sheet */
  if (*year != NULL && (column == 1 || (info.flags & KILTER_GRID_COLUMN_FLAG_YEAR_START)))
    kilter_table_add_group (table, column, *year, KILTER_COLUMN_TEXT);
}

static void
add_row (KilterGridModel *model, KilterTable *table, int index, int first, int n)
{
  g_auto (KilterGridRow) info = KILTER_GRID_ROW_INIT;
  KilterRowFlags flags = KILTER_ROW_PLAIN;
  int row;

  kilter_grid_model_get_row (model, index, &info);
  if (info.kind == KILTER_GRID_ROW_SECTION || info.kind == KILTER_GRID_ROW_GROUP)
    flags |= KILTER_ROW_SECTION;
  else if (info.kind == KILTER_GRID_ROW_TOTAL || (info.flags & KILTER_GRID_ROW_FLAG_BOLD))
    flags |= KILTER_ROW_STRONG;
  if (info.flags & KILTER_GRID_ROW_FLAG_DIM)
    flags |= KILTER_ROW_DIM;
  if (info.depth > 0)
    flags |= KILTER_ROW_INDENT;
  row = kilter_table_add_row (table, info.label, flags);
  if (info.unit != NULL)
    kilter_table_set_row_unit (table, row, info.unit);
  for (int i = 0; i < n; i++)
    {
      KilterGridCell cell = { 0 };

      kilter_grid_model_get_cell (model, index, first + i, &cell);
      kilter_table_set (table, row, i + 1, cell.text);
      kilter_table_set_cell (table, row, i + 1,
                             cell.flags & KILTER_GRID_CELL_FLAG_GOOD  ? KILTER_CHART_TONE_GOOD
                             : cell.flags & KILTER_GRID_CELL_FLAG_BAD ? KILTER_CHART_TONE_BAD
                                                                      : KILTER_CHART_TONE_PLAIN,
                             cell.flags & KILTER_GRID_CELL_FLAG_PROBLEM    ? KILTER_CELL_PROBLEM
                             : cell.flags & KILTER_GRID_CELL_FLAG_OVERRIDE ? KILTER_CELL_STRONG
                                                                           : KILTER_CELL_PLAIN);
    }
}

/* All rows and columns, also those that are scrolled away: as many tables side by side as it takes.
 */
static void
add_grid (KilterGrid *grid, GPtrArray *tables)
{
  KilterGridModel *model = kilter_grid_get_model (grid);
  int n_cols = kilter_grid_model_get_n_cols (model), n_rows = kilter_grid_model_get_n_rows (model);
  g_autofree char *year = NULL;

  for (int first = 0; first < n_cols; first += N_MONTHS)
    {
      int n = MIN (N_MONTHS, n_cols - first);
      KilterTable *table = kilter_table_new (n + 1);

      kilter_table_set_column (table, 0, kilter_grid_get_corner_label (grid), KILTER_COLUMN_TEXT);
      for (int i = 0; i < n; i++)
        set_column (model, table, i + 1, first + i, &year);
      for (int row = 0; row < n_rows; row++)
        add_row (model, table, row, first, n);
      g_ptr_array_add (tables, table);
    }
}

static void
add_records (KilterRecordTable *records, GPtrArray *tables)
{
  g_autoptr (KilterExportTable) all = kilter_export_records (
    kilter_record_table_get_plan (records), kilter_record_table_get_table (records));
  int n_columns = MIN ((int) all->n_columns, N_FIELDS);
  KilterTable *table = kilter_table_new (n_columns);

  for (int i = 0; i < n_columns; i++)
    kilter_table_set_column (table, i, all->headings[i], KILTER_COLUMN_TEXT);
  for (guint r = 0; r < all->rows->len; r++)
    {
      const KilterExportCell *cells = all->rows->pdata[r];
      int row = kilter_table_add_row (table, cells[0].text, KILTER_ROW_PLAIN);

      for (int i = 1; i < n_columns; i++)
        kilter_table_take (table, row, i,
                           cells[i].text != NULL     ? g_strdup (cells[i].text)
                           : isnan (cells[i].number) ? g_strdup ("")
                                                     : kilter_format_quantity (cells[i].number));
    }
  g_ptr_array_add (tables, table);
}

static void
add_tables (GtkWidget *widget, GPtrArray *tables)
{
  if (KILTER_IS_RECORD_TABLE (widget) && gtk_widget_get_mapped (widget))
    add_records (KILTER_RECORD_TABLE (widget), tables);
  else if (KILTER_IS_GRID (widget) && gtk_widget_get_mapped (widget))
    add_grid (KILTER_GRID (widget), tables);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      add_tables (child, tables);
}

/* --- printing -----------------------------------------------------------------------------------
 */

static void
unref_table (gpointer data)
{
  kilter_table_unref (data);
}

static void
free_chart (gpointer data)
{
  if (data != NULL)
    kilter_chart_free (data);
}

KilterPack *
kilter_page_make_print (KilterPage *page, const KilterPackOptions *options)
{
  g_autoptr (GPtrArray) charts = kilter_page_list_charts (page);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (free_picture);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (unref_table);
  g_autofree char *headline = kilter_page_get_headline (page);
  g_autofree char *subtitle = kilter_page_get_subtitle (page);
  const char *name = kilter_page_get_title (page);

  if (charts == NULL)
    {
      charts = g_ptr_array_new ();
      add_pictures (GTK_WIDGET (page), options, pictures);
    }
  g_ptr_array_set_free_func (charts, free_chart);
  add_tables (GTK_WIDGET (page), tables);
  if (charts->len + pictures->len + tables->len == 0)
    return NULL;
  if (name == NULL || *name == '\0')
    name = "Kilter";
  return kilter_pack_new_for_view (kilter_page_get_plan (page), options,
                                   &(KilterPackView) {
                                     .name = name,
                                     .title = headline != NULL ? headline : name,
                                     .subtitle = subtitle,
                                     .charts = charts,
                                     .pictures = pictures,
                                     .tables = tables,
                                   });
}

void
kilter_page_print_shown (KilterPage *page, gboolean to_pdf)
{
  KilterPackOptions options;
  g_autofree char *printed = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  KilterPack *pack;

  if (kilter_page_can_print (page))
    {
      kilter_page_print (page, to_pdf);
      return;
    }
  kilter_pack_options_init (&options, page, KILTER_MEETING_DEMAND);
  printed = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  options.printed = printed;
  options.author = kilter_document_get_user (kilter_page_get_document (page));
  pack = kilter_page_make_print (page, &options);
  if (pack == NULL)
    kilter_page_toast (page, _ ("There is nothing to print on this page"), FALSE);
  else
    kilter_pack_send (page, pack, options.paper, to_pdf);
}
