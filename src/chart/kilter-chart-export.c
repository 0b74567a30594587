/* kilter-chart-export.c: a framed chart as a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/kilter-chart-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

#include "chart/kilter-chart-private.h"

#define TITLE_GAP 3
#define FRAME_GAP 12
#define LARGEST_SIDE 20000

typedef struct
{
  GOutputStream *stream;
  GError *error;
} Sink;

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Sink *sink = closure;

  if (sink->error != NULL ||
      !g_output_stream_write_all (sink->stream, data, length, NULL, NULL, &sink->error))
    return CAIRO_STATUS_WRITE_ERROR;

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
report (Sink *sink, cairo_status_t status, GError **error)
{
  if (sink->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&sink->error));
      return FALSE;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Drawing the chart failed: %s",
                   cairo_status_to_string (status));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_size (double width, double height, GError **error)
{
  if (width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "A chart of %g by %g cannot be drawn", width, height);

  return FALSE;
}

static void
paint_ground (cairo_t *cr, const KilterChartStyle *style)
{
  KilterChartColor color = kilter_chart_style_get_color (style, style->ground);

  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_paint (cr);
}

static void
draw_page (KilterChart *self,
           cairo_t *cr,
           double width,
           double height,
           const KilterChartStyle *style)
{
  double margin = MIN (12 * style->scale, MIN (width, height) * 0.05);

  paint_ground (cr, style);
  cairo_translate (cr, margin, margin);
  kilter_chart_draw_framed (self, cr, width - 2 * margin, height - 2 * margin, style);
}

static const KilterTextLook headline_look = { .size = KILTER_CHART_TEXT_HEADLINE, .is_bold = TRUE };
static const KilterTextLook subtitle_look = { .size = KILTER_CHART_TEXT_LABEL,
                                              .role = KILTER_CHART_ROLE_DIM_TEXT };

/* Draws headline and subtitle, or only measures when @draw is not set. Returns the height used. */
static double
do_frame (const KilterChart *self, KilterPaint *paint, gboolean draw)
{
  KilterTextLook title = headline_look, subtitle = subtitle_look;
  double used = 0, height;
  double x = paint->style->rtl ? paint->width : 0;

  title.max_width = subtitle.max_width = MAX (paint->width, 1);
  title.x_align = subtitle.x_align = paint->style->rtl ? 1 : 0;
  title.max_lines = 2;
  if (self->title != NULL)
    {
      kilter_paint_measure (paint, self->title, &title, NULL, &height);
      if (draw)
        kilter_paint_text (paint, self->title, x, used, &title);
      used += height + TITLE_GAP * paint->u;
    }
  if (self->subtitle != NULL)
    {
      kilter_paint_measure (paint, self->subtitle, &subtitle, NULL, &height);
      if (draw)
        kilter_paint_text (paint, self->subtitle, x, used, &subtitle);
      used += height + TITLE_GAP * paint->u;
    }

  return used > 0 ? used + (FRAME_GAP - TITLE_GAP) * paint->u : 0;
}

/**
 * kilter_chart_get_frame_height:
 *
 * Returns: the height headline and subtitle take at this width, 0 without them
 */
double
kilter_chart_get_frame_height (const KilterChart *self, double width, const KilterChartStyle *style)
{
  g_auto (KilterPaint) paint = { 0 };
  cairo_surface_t *surface;
  cairo_t *cr;
  double height;

  g_return_val_if_fail (self != NULL && style != NULL, 0);

  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cr = cairo_create (surface);
  kilter_paint_init (&paint, NULL, cr, width, 0, style);
  height = do_frame (self, &paint, FALSE);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return height;
}

/**
 * kilter_chart_draw_framed:
 *
 * Draws headline, subtitle and below them the chart: what a page or an image file shows.
 */
void
kilter_chart_draw_framed (KilterChart *self,
                          cairo_t *cr,
                          double width,
                          double height,
                          const KilterChartStyle *style)
{
  g_auto (KilterPaint) paint = { 0 };
  double top;

  g_return_if_fail (self != NULL && cr != NULL && style != NULL);

  if (!(width >= 1) || !(height >= 1))
    return;
  cairo_save (cr);
  kilter_paint_init (&paint, NULL, cr, width, height, style);
  top = kilter_chart_get_frame_height (self, width, style);
  /* without room for both the picture goes first */
  if (top > height * 0.6)
    top = 0;
  else
    do_frame (self, &paint, TRUE);
  cairo_translate (cr, 0, top);
  kilter_chart_draw (self, cr, width, height - top, style);
  cairo_restore (cr);
  cairo_new_path (cr);
}

/**
 * kilter_chart_to_png:
 * @stream: written to, not closed
 * @width: in px of @style
 * @height: likewise
 * @device_scale: pixels a px, 2 for a sharp image
 *
 * Returns: %FALSE with @error set when the stream refused or the size is impossible
 */
gboolean
kilter_chart_to_png (KilterChart *self,
                     GOutputStream *stream,
                     double width,
                     double height,
                     double device_scale,
                     const KilterChartStyle *style,
                     GError **error)
{
  Sink sink = { .stream = stream };
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream) && style != NULL, FALSE);

  if (!check_size (width * device_scale, height * device_scale, error))
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (width * device_scale),
                                        (int) ceil (height * device_scale));
  cairo_surface_set_device_scale (surface, device_scale, device_scale);
  cr = cairo_create (surface);
  draw_page (self, cr, width, height, style);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_cb, &sink);
  cairo_surface_destroy (surface);

  return report (&sink, status, error);
}

static gboolean
finish_vector (KilterChart *self,
               cairo_surface_t *surface,
               Sink *sink,
               double width,
               double height,
               const KilterChartStyle *style,
               GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  draw_page (self, cr, width, height, style);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return report (sink, status, error);
}

/**
 * kilter_chart_to_svg:
 * @stream: written to, not closed
 *
 * Returns: %FALSE with @error set when the stream refused or the size is impossible
 */
gboolean
kilter_chart_to_svg (KilterChart *self,
                     GOutputStream *stream,
                     double width,
                     double height,
                     const KilterChartStyle *style,
                     GError **error)
{
  Sink sink = { .stream = stream };
  cairo_surface_t *surface;

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream) && style != NULL, FALSE);

  if (!check_size (width, height, error))
    return FALSE;
  surface = cairo_svg_surface_create_for_stream (write_cb, &sink, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);

  return finish_vector (self, surface, &sink, width, height, style, error);
}

/**
 * kilter_chart_to_pdf:
 * @stream: written to, not closed
 * @width: points
 * @height: points
 *
 * The file carries the headline as its title and no date, so that the same chart gives the same
 * bytes.
 *
 * Returns: %FALSE with @error set when the stream refused or the size is impossible
 */
gboolean
kilter_chart_to_pdf (KilterChart *self,
                     GOutputStream *stream,
                     double width,
                     double height,
                     const KilterChartStyle *style,
                     GError **error)
{
  Sink sink = { .stream = stream };
  cairo_surface_t *surface;

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream) && style != NULL, FALSE);

  if (!check_size (width, height, error))
    return FALSE;
  surface = cairo_pdf_surface_create_for_stream (write_cb, &sink, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  if (self->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);

  return finish_vector (self, surface, &sink, width, height, style, error);
}
