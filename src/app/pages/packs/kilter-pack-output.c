/* kilter-pack-output.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/packs/kilter-pack-output.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kilter_pack_options_init:
 *
 * What a pack is like unless one chooses. `printed` is left out: kilter_pack_export() and
 * kilter_pack_print() set it to the present.
 */
void
kilter_pack_options_init (KilterPackOptions *self, KilterPage *page, KilterMeeting meeting)
{
  const char *paper = gtk_paper_size_get_default ();

  *self = (KilterPackOptions) {
    .meeting = meeting,
    .paper = g_strcmp0 (paper, GTK_PAPER_NAME_LETTER) == 0 ? KILTER_PAPER_LETTER : KILTER_PAPER_A4,
    .version = kilter_page_get_version (page),
  };
}

static KilterPack *
make_pack (KilterPage *page, const KilterPackOptions *options)
{
  KilterPackOptions copy = *options;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *printed = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  copy.printed = printed;
  copy.author = kilter_document_get_user (kilter_page_get_document (page));
  return kilter_pack_new (kilter_page_get_plan (page), &copy);
}

/* --- file ---------------------------------------------------------------------------------------
 */

typedef struct
{
  KilterPack *pack;
  GFile *file;
} Save;

static void
save_free (gpointer data)
{
  Save *self = data;

  kilter_pack_free (self->pack);
  g_object_unref (self->file);
  g_free (self);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *self = data;
  GError *error = NULL;

  if (kilter_pack_save (self->pack, self->file, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kilter_pack_save_async (KilterPack *pack,
                        GFile *file,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Save *self = g_new0 (Save, 1);

  self->pack = pack;
  self->file = g_object_ref (file);
  g_task_set_source_tag (task, kilter_pack_save_async);
  g_task_set_task_data (task, self, save_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
kilter_pack_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  KilterPage *page;
  KilterPack *pack;
  GFile *file;
} Export;

static void
export_free (Export *self)
{
  g_clear_pointer (&self->pack, kilter_pack_free);
  g_clear_object (&self->file);
  g_object_unref (self->page);
  g_free (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = data;
  g_autoptr (GError) error = NULL;

  if (kilter_pack_save_finish (result, &error))
    {
      g_autofree char *name = g_file_get_basename (self->file);
      g_autofree char *shown = g_filename_display_name (name);
      /* Translators: %s is the name of a file */
      g_autofree char *text = g_strdup_printf (_ ("Saved “%s”"), shown);

      kilter_page_toast (self->page, text, FALSE);
    }
  else
    kilter_page_report (self->page, error);
  export_free (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = data;

  self->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (self->file == NULL)
    export_free (self);
  else
    kilter_pack_save_async (g_steal_pointer (&self->pack), self->file, saved_cb, self);
}

static void
export_pack (KilterPage *page, KilterPack *pack, gboolean as_workbook)
{
  Export *self = g_new0 (Export, 1);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autofree char *name = NULL;

  self->page = g_object_ref (page);
  self->pack = pack;
  name = kilter_pack_get_file_name (self->pack);
  if (as_workbook)
    {
      g_autofree char *pdf = g_steal_pointer (&name);
      const char *dot = strrchr (pdf, '.');

      name = g_strdup_printf ("%.*s.xlsx", (int) (dot != NULL ? dot - pdf : (gssize) strlen (pdf)),
                              pdf);
      gtk_file_filter_set_name (filter, _ ("Workbooks"));
      gtk_file_filter_add_suffix (filter, "xlsx");
    }
  else
    {
      gtk_file_filter_set_name (filter, _ ("PDF Files"));
      gtk_file_filter_add_mime_type (filter, "application/pdf");
    }
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, as_workbook ? _ ("Export Workbook") : _ ("Export PDF"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), NULL,
                        chosen_cb, self);
}

/**
 * kilter_pack_export:
 * @as_workbook: XLSX rather than PDF
 *
 * Asks for a file and writes the pack there.
 */
void
kilter_pack_export (KilterPage *page, const KilterPackOptions *options, gboolean as_workbook)
{
  export_pack (page, make_pack (page, options), as_workbook);
}

/* --- paper --------------------------------------------------------------------------------------
 */

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, gpointer data)
{
  KilterPack *pack = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height;
  double scale;

  kilter_pack_get_page_size (pack, &width, &height);
  /* another paper in the printer: the whole page, smaller */
  scale = MIN (gtk_print_context_get_width (context) / width,
               gtk_print_context_get_height (context) / height);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  kilter_pack_draw_page (pack, number, cr);
  cairo_restore (cr);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, KilterPage *page)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    kilter_page_report (page, error);
}

static GtkPageSetup *
make_setup (KilterPaper paper)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (
    paper == KILTER_PAPER_LETTER ? GTK_PAPER_NAME_LETTER : GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  return setup;
}

static void
print_pack (KilterPage *page, KilterPack *pack, KilterPaper paper)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_setup (paper);

  gtk_print_operation_set_job_name (operation, kilter_pack_get_title (pack));
  gtk_print_operation_set_n_pages (operation, kilter_pack_get_n_pages (pack));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "pack", pack, (GDestroyNotify) kilter_pack_free);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), pack);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), page, G_CONNECT_DEFAULT);
  /* refusals are told by "done" */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), NULL);
}

void
kilter_pack_print (KilterPage *page, const KilterPackOptions *options)
{
  print_pack (page, make_pack (page, options), options->paper);
}

void
kilter_pack_send (KilterPage *page, KilterPack *pack, KilterPaper paper, gboolean to_pdf)
{
  if (to_pdf)
    export_pack (page, pack, FALSE);
  else
    print_pack (page, pack, paper);
}

void
kilter_pack_output (KilterPage *page, KilterMeeting meeting, gboolean to_pdf)
{
  KilterPackOptions options;

  kilter_pack_options_init (&options, page, meeting);
  if (to_pdf)
    kilter_pack_export (page, &options, FALSE);
  else
    kilter_pack_print (page, &options);
}
