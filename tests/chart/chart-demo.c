/* chart-demo.c: every kind of chart as a PNG, to be looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * chart-demo FOLDER [THEME [SCALE [FONT [TEXT-SCALE]]]]    theme: a number from 0 to 5
 *
 * In the environment: KILTER_DEMO_RTL mirrors, KILTER_DEMO_OVERLAY shows crosshair and label box,
 * KILTER_DEMO_SHRINK divides the sizes. */
#include <stdlib.h>

#include "chart-samples.h"

static gboolean
write_picture (const ChartSample *sample,
               const char *path,
               const KilterChartStyle *style,
               double scale)
{
  const char *shrink = g_getenv ("KILTER_DEMO_SHRINK");
  double factor = style->scale / (shrink != NULL ? g_ascii_strtod (shrink, NULL) : 1);
  double margin = 12 * style->scale, width = sample->width * factor,
         height = sample->height * factor;
  g_autoptr (KilterChart) chart = sample->create ();
  double frame = kilter_chart_get_frame_height (chart, width, style);
  KilterChartColor ground = kilter_chart_style_get_color (style, style->ground);
  KilterChartOverlay overlay = KILTER_CHART_OVERLAY_INIT;
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int) ((width + 2 * margin) * scale),
    (int) ((height + frame + 2 * margin) * scale));
  cairo_t *cr;
  cairo_status_t status;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, ground.red, ground.green, ground.blue);
  cairo_paint (cr);
  cairo_translate (cr, margin, margin);
  kilter_chart_draw_framed (chart, cr, width, height + frame, style);
  overlay.bucket = 3;
  overlay.has_box = TRUE;
  overlay.is_focused = TRUE;
  if (g_getenv ("KILTER_DEMO_OVERLAY") != NULL)
    {
      cairo_translate (cr, 0, frame);
      kilter_chart_draw_overlay (chart, cr, width, height, style, &overlay);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);

  return status == CAIRO_STATUS_SUCCESS;
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".";
  int theme = argc > 2 ? atoi (argv[2]) : 0;
  double scale = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 1;
  g_autoptr (KilterChartStyle)
    style = kilter_chart_style_new ((KilterChartTheme) CLAMP (theme, 0, 5));
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  if (argc > 4)
    {
      PangoFontDescription *font = pango_font_description_from_string (argv[4]);

      kilter_chart_style_set_font (style, font);
      pango_font_description_free (font);
    }
  if (argc > 5)
    kilter_chart_style_set_text_scale (style, g_ascii_strtod (argv[5], NULL));
  style->rtl = g_getenv ("KILTER_DEMO_RTL") != NULL;
  g_mkdir_with_parents (folder, 0755);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, samples[i].name);

      if (!write_picture (&samples[i], path, style, scale))
        {
          g_printerr ("%s cannot be written\n", path);
          return 1;
        }
    }

  return 0;
}
