/* kilter-pack-file.c: drawing pages, and the PDF file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "report/words/kilter-language.h"
#include "report/pack/kilter-pack-private.h"

#define SMALL_TEXT 0.84

/* A link to a page that is not printed would be an error. */
static gboolean
has_anchor (const KilterPack *self, const char *name)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterPackSheet *sheet = g_ptr_array_index (self->sheets, i);

      for (guint b = 0; b < sheet->blocks->len; b++)
        if (g_strcmp0 (g_array_index (sheet->blocks, KilterBlock, b).anchor, name) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
draw_block (const KilterPack *self, KilterInk *ink, const KilterBlock *block)
{
  cairo_t *cr = ink->cr;

  if (block->anchor != NULL && ink->has_tags)
    {
      g_autofree char *attributes = g_strdup_printf ("name='%s'", block->anchor);

      cairo_tag_begin (cr, CAIRO_TAG_DEST, attributes);
      cairo_tag_end (cr, CAIRO_TAG_DEST);
    }
  if (block->link != NULL && ink->has_tags && has_anchor (self, block->link))
    {
      g_autofree char *attributes = g_strdup_printf (
        "dest='%s' rect=[%d %d %d %d]", block->link, (int) block->area.x, (int) block->area.y,
        (int) block->area.width, (int) block->area.height);

      cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
      cairo_tag_end (cr, CAIRO_TAG_LINK);
    }
  if (block->table != NULL && !block->is_data)
    kilter_table_draw (block->table, ink, block->area.x, block->area.y, block->first, block->n);
  if (block->chart != NULL)
    {
      kilter_ink_begin (ink, "Figure");
      cairo_save (cr);
      cairo_translate (cr, block->area.x, block->area.y);
      if (block->is_small)
        {
          g_autoptr (KilterChartStyle) small = kilter_chart_style_copy (ink->style);

          small->text_scale *= SMALL_TEXT;
          kilter_chart_draw (block->chart, cr, block->area.width, block->area.height, small);
        }
      else
        kilter_chart_draw_framed (block->chart, cr, block->area.width, block->area.height,
                                  ink->style);
      cairo_restore (cr);
      kilter_ink_end (ink, "Figure");
    }
  if (block->draw != NULL)
    block->draw (ink, &block->area, block->data);
}

static void
draw_sheet (KilterPack *self, int page, cairo_t *cr, gboolean has_tags)
{
  const KilterPackSheet *sheet = kilter_pack_get_sheet (self, page);
  g_auto (KilterLanguage) language = { 0 };
  g_auto (KilterInk) ink = { 0 };
  g_autofree char *number = NULL;

  kilter_language_push_numbers (&language, self->language);
  kilter_ink_init (&ink, cr, self->style);
  ink.has_tags = has_tags;
  kilter_ink_begin (&ink, "Sect");
  number = g_strdup_printf ("%d / %u", page + 1, self->sheets->len);
  cairo_save (cr);
  kilter_paper_draw_frame (&ink, self->paper,
                           &(KilterPageFrame) { .title = sheet->title,
                                                .subtitle = sheet->subtitle,
                                                .footer = self->footer,
                                                .footer_middle = self->footer_middle,
                                                .number = number });
  for (guint i = 0; i < sheet->blocks->len; i++)
    draw_block (self, &ink, &g_array_index (sheet->blocks, KilterBlock, i));
  cairo_restore (cr);
  kilter_ink_end (&ink, "Sect");
}

/**
 * kilter_pack_draw_page:
 * @page: 0 … n − 1
 * @cr: in points, its origin at the sheet's top left corner; the ground is not painted
 *
 * Draws a page, for the printer or for a preview.
 */
void
kilter_pack_draw_page (KilterPack *self, int page, cairo_t *cr)
{
  g_return_if_fail (self != NULL && cr != NULL);
  g_return_if_fail (page >= 0 && page < (int) self->sheets->len);

  draw_sheet (self, page, cr, FALSE);
}

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GError *error;
} Sink;

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Sink *sink = closure;

  if (sink->error != NULL || !g_output_stream_write_all (sink->stream, data, length, NULL,
                                                         sink->cancellable, &sink->error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

static void
set_properties (const KilterPack *self, cairo_surface_t *surface)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->name);
  if (self->author != NULL && *self->author != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Kilter");
  /* without a date, cairo would take the clock's */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  self->printed != NULL ? self->printed : "");
}

static void
draw_pages (KilterPack *self, cairo_surface_t *surface, KilterJob *job)
{
  cairo_t *cr = cairo_create (surface);
  int parent = CAIRO_PDF_OUTLINE_ROOT;

  if (job != NULL)
    kilter_job_set_total (job, self->sheets->len);
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterPackSheet *sheet = g_ptr_array_index (self->sheets, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);

      if (job != NULL && kilter_job_is_cancelled (job))
        break;
      cairo_pdf_surface_set_page_label (surface, label);
      if (sheet->outline != NULL)
        {
          g_autofree char *where = g_strdup_printf ("page=%u pos=[0 0]", i + 1);
          int entry = cairo_pdf_surface_add_outline (
            surface, sheet->level > 0 ? parent : CAIRO_PDF_OUTLINE_ROOT, sheet->outline, where,
            CAIRO_PDF_OUTLINE_FLAG_OPEN);

          if (sheet->level == 0)
            parent = entry;
          for (guint m = 0; m < sheet->more->len; m++)
            cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT,
                                           g_ptr_array_index (sheet->more, m), where,
                                           CAIRO_PDF_OUTLINE_FLAG_OPEN);
        }
      draw_sheet (self, (int) i, cr, TRUE);
      if (i + 1 == self->sheets->len)
        cairo_tag_end (cr, "Document");
      cairo_show_page (cr);
      if (job != NULL)
        kilter_job_advance (job, 1);
    }
  cairo_destroy (cr);
}

/**
 * kilter_pack_write_pdf:
 * @job: (nullable): progress by pages, and cancellation
 *
 * Writes the pack as a PDF file with outline, page labels, links, structure and embedded fonts. The
 * same pack gives the same bytes.
 *
 * Returns: %FALSE with @error when it was cancelled or could not be written
 */
gboolean
kilter_pack_write_pdf (KilterPack *self, GOutputStream *stream, KilterJob *job, GError **error)
{
  Sink sink = { .stream = stream,
                .cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL };
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  kilter_paper_get_size (self->paper, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, &sink, width, height);
  set_properties (self, surface);
  draw_pages (self, surface, job);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (job != NULL && kilter_job_is_cancelled (job))
    {
      g_clear_error (&sink.error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("The pack was not finished."));
      return FALSE;
    }
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Drawing the pack failed: %s",
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_output_stream_flush (stream, sink.cancellable, error);
}

/**
 * kilter_pack_save_pdf:
 *
 * Writes the pack to a file; one that is there is replaced only when all went well.
 */
gboolean
kilter_pack_save_pdf (KilterPack *self, GFile *file, KilterJob *job, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  if (!kilter_pack_write_pdf (self, memory, job, error) ||
      !g_output_stream_close (memory, NULL, error))
    return FALSE;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
}
