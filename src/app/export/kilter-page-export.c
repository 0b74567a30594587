/* kilter-page-export.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export/kilter-page-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/grid/kilter-grid.h"
#include "app/pages/structure/kilter-record-table.h"

/* --- finding ------------------------------------------------------------------------------------
 */

static gboolean
is_table (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) &&
         (KILTER_IS_GRID (widget) || KILTER_IS_RECORD_TABLE (widget));
}

static GtkWidget *
find_within (GtkWidget *widget)
{
  if (is_table (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_within (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The one that has the focus, else the first. */
static GtkWidget *
find_table (KilterPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (; focus != NULL && focus != GTK_WIDGET (page); focus = gtk_widget_get_parent (focus))
    if (is_table (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
      return focus;
  return find_within (GTK_WIDGET (page));
}

gboolean
kilter_page_has_table (KilterPage *page)
{
  return find_table (page) != NULL;
}

/* --- grids --------------------------------------------------------------------------------------
 */

/* "2026 Jul": columns of a year carry it only once. */
static char *
get_heading (KilterGridModel *model, int col, char **year)
{
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

  kilter_grid_model_get_column (model, col, &column);
  if (column.upper != NULL && *column.upper != '\0')
    g_set_str (year, column.upper);
  if (column.description != NULL)
    return g_strdup (column.description);
  return *year != NULL ? g_strdup_printf ("%s %s", *year, column.label != NULL ? column.label : "")
                       : g_strdup (column.label != NULL ? column.label : "");
}

static void
fill_cell (KilterGridModel *model, int row, int col, KilterExportCell *out)
{
  KilterGridCell cell = { .value = NAN };

  kilter_grid_model_get_cell (model, row, col, &cell);
  if (isnan (cell.value))
    {
      /* words; a dash only says that there is nothing */
      if (cell.flags & KILTER_GRID_CELL_FLAG_TEXT)
        out->text = g_strdup (cell.text);
      return;
    }
  out->number = cell.value;
  if (strchr (cell.text, '%') != NULL)
    out->style = KILTER_EXPORT_PERCENT;
}

/**
 * kilter_grid_model_to_table:
 * @title: heads the first column
 *
 * Numbers are those of the plan, without rounding and scale.
 */
KilterExportTable *
kilter_grid_model_to_table (KilterGridModel *model, const char *title)
{
  int n_rows = kilter_grid_model_get_n_rows (model);
  int n_cols = kilter_grid_model_get_n_cols (model);
  g_auto (GStrv) headings = g_new0 (char *, n_cols + 2);
  g_autofree char *year = NULL;
  KilterExportTable *table;

  headings[0] = g_strdup (title);
  for (int col = 0; col < n_cols; col++)
    headings[col + 1] = get_heading (model, col, &year);
  table = kilter_export_table_new ((guint) n_cols + 1, (const char *const *) headings);
  for (int row = 0; row < n_rows; row++)
    {
      g_auto (KilterGridRow) info = KILTER_GRID_ROW_INIT;
      KilterExportCell *cells = kilter_export_table_add_row (table);

      kilter_grid_model_get_row (model, row, &info);
      cells[0].text = g_strdup (info.label != NULL ? info.label : "");
      for (int col = 0; col < n_cols; col++)
        fill_cell (model, row, col, &cells[col + 1]);
    }
  return table;
}

/* --- writing ------------------------------------------------------------------------------------
 */

typedef struct
{
  KilterPage *page;
  KilterExportTable *table;
  GFile *file;
  char *title;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->table, kilter_export_table_free);
  g_clear_object (&self->file);
  g_object_unref (self->page);
  g_free (self->title);
  g_free (self);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  g_autofree char *name = g_file_get_basename (self->file);
  KilterExportFormat format = KILTER_EXPORT_XLSX;
  GError *error = NULL;

  kilter_export_format_from_name (name, &format);
  if (kilter_export_write_file (self->table, format, self->title, self->file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *name = g_file_get_basename (self->file);
      g_autofree char *shown = g_filename_display_name (name);
      /* Translators: %s is the name of a file */
      g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), shown);

      kilter_page_toast (self->page, text, FALSE);
    }
  else
    kilter_page_report (self->page, error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = data;
  g_autoptr (GTask) task = NULL;

  self->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (self->file == NULL)
    {
      export_free (self);
      return;
    }
  task = g_task_new (NULL, NULL, written_cb, NULL);
  g_task_set_source_tag (task, kilter_page_export_table);
  g_task_set_task_data (task, self, export_free);
  g_task_run_in_thread (task, write_thread);
}

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  const char *const names[] = { _ ("Workbook, XLSX"), _ ("Spreadsheet, ODS"), _ ("Text, CSV") };
  static const char *const suffixes[] = { "xlsx", "ods", "csv" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, names[i]);
      gtk_file_filter_add_suffix (filter, suffixes[i]);
      g_list_store_append (filters, filter);
    }
  return G_LIST_MODEL (filters);
}

void
kilter_page_export_table (KilterPage *page)
{
  GtkWidget *widget = find_table (page);
  const char *title = kilter_page_get_title (page);
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GListModel) filters = NULL;
  g_autofree char *name = NULL;
  Export *self;

  if (widget == NULL)
    return;
  if (title == NULL || *title == '\0')
    title = "Kilter";
  self = g_new0 (Export, 1);
  self->page = g_object_ref (page);
  if (KILTER_IS_GRID (widget))
    {
      self->title = g_strdup (title);
      self->table = kilter_grid_model_to_table (kilter_grid_get_model (KILTER_GRID (widget)),
                                                title);
    }
  else
    {
      KilterRecordTable *records = KILTER_RECORD_TABLE (widget);
      KilterTableId id = kilter_record_table_get_table (records);

      self->title = g_strdup (kilter_table_get_info (id)->name);
      self->table = kilter_export_records (kilter_record_table_get_plan (records), id);
    }
  name = g_strdup_printf ("%s.xlsx", title);
  g_strdelimit (name, "/", '-');
  filters = make_filters ();
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Export Table"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), NULL,
                        chosen_cb, self);
}
