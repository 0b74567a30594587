/* chart-test.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-test.h"

#include <pango/pangocairo.h>

#ifdef __SANITIZE_ADDRESS__
/* cairo's font subsetting duplicates bounded strings that do not end in a zero; that is allowed,
 * but AddressSanitizer's strict string checks do not think so. */
const char *__asan_default_suppressions (void);

const char *
__asan_default_suppressions (void)
{
  return "interceptor_via_lib:libcairo\n";
}
#endif

/* Before any text is measured: the tests have one font, wherever they run. */
void
chart_test_pin_fonts (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "chart", "fonts.conf", NULL);

  g_setenv ("FONTCONFIG_FILE", path, TRUE);
  g_unsetenv ("FONTCONFIG_PATH");
}

gboolean
chart_test_has_fonts (void)
{
  PangoFontFamily **families = NULL;
  gboolean found = FALSE;
  int n = 0;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n; i++)
    found |= g_str_equal (pango_font_family_get_name (families[i]), "DejaVu Sans");
  g_free (families);

  return found;
}

KilterChartStyle *
chart_test_style (KilterChartTheme theme)
{
  KilterChartStyle *style = kilter_chart_style_new (theme);
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans");

  kilter_chart_style_set_font (style, font);
  pango_font_description_free (font);

  return style;
}

/* Returns the chart on a transparent ground; fails when cairo does, or when drawing left the
 * context changed. */
cairo_surface_t *
chart_test_paint (KilterChart *chart,
                  const KilterChartStyle *style,
                  double width,
                  double height,
                  const KilterChartOverlay *overlay)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX ((int) width, 1),
                                                         MAX ((int) height, 1));
  cairo_t *cr = cairo_create (surface);
  cairo_matrix_t before, after;
  double clip[4], now[4];

  cairo_get_matrix (cr, &before);
  cairo_clip_extents (cr, &clip[0], &clip[1], &clip[2], &clip[3]);
  kilter_chart_draw (chart, cr, width, height, style);
  if (overlay != NULL)
    kilter_chart_draw_overlay (chart, cr, width, height, style, overlay);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_get_matrix (cr, &after);
  cairo_clip_extents (cr, &now[0], &now[1], &now[2], &now[3]);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpmem (clip, sizeof clip, now, sizeof now);
  g_assert_false (cairo_has_current_point (cr));
  g_assert_cmpint (cairo_get_dash_count (cr), ==, 0);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);

  return surface;
}

guint
chart_test_count_ink (cairo_surface_t *surface)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += ((const guint32 *) (const void *) (data + y * stride))[x] >> 24 > 8;

  return n;
}
