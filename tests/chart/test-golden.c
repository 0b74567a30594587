/* test-golden.c: charts against reference pictures
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures are compared as decoded pixels with a small tolerance: versions of the font rasteriser
 * differ by a few grey levels. KILTER_UPDATE_GOLDEN=1 writes new references into the source tree;
 * look at them before they are committed. */
#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>

#include "chart-test.h"

/* a channel may differ by this much without counting … */
#define CHANNEL_TOLERANCE 40
/* … and this share of pixels may count */
#define PIXEL_SHARE 0.004

typedef struct
{
  const char *sample;
  const char *variant;
  KilterChartTheme theme;
  double text_scale;
  gboolean rtl;
  int overlay_bucket;
  gboolean is_adjusting;
} Picture;

static const Picture pictures[] = {
  { "fan", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "fan", "dark-hover", KILTER_CHART_THEME_DARK, 1, FALSE, 40 },
  { "fan", "adjust", KILTER_CHART_THEME_LIGHT, 1, FALSE, 41, TRUE },
  { "fan", "grey", KILTER_CHART_THEME_PRINT_GREY, 1, FALSE, -1 },
  { "fan", "large-text", KILTER_CHART_THEME_LIGHT, 2, FALSE, -1 },
  { "fan-zoom", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "heat-reversed", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "stock-preview", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "columns", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "columns", "contrast", KILTER_CHART_THEME_HIGH_CONTRAST, 1, FALSE, -1 },
  { "heat", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "heat", "dark", KILTER_CHART_THEME_DARK, 1, FALSE, -1 },
  { "heat", "grey", KILTER_CHART_THEME_PRINT_GREY, 1, FALSE, -1 },
  { "stock", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "stock", "dark", KILTER_CHART_THEME_DARK, 1, FALSE, -1 },
  { "stock", "contrast-dark", KILTER_CHART_THEME_HIGH_CONTRAST_DARK, 1, FALSE, -1 },
  { "stock-print", "print", KILTER_CHART_THEME_PRINT, 1, FALSE, -1 },
  { "bridge", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "bridge", "grey", KILTER_CHART_THEME_PRINT_GREY, 1, FALSE, -1 },
  { "multiples", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "compare", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "compare", "mirrored", KILTER_CHART_THEME_LIGHT, 1, TRUE, -1 },
  { "risks", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "value-added", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "steps", "dark", KILTER_CHART_THEME_DARK, 1, FALSE, -1 },
  { "dumbbell", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "lines", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "gantt", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "metric-line", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "metric-columns", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "spark", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
  { "timeline", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
};

static cairo_surface_t *
render (const Picture *picture)
{
  const ChartSample *sample = chart_sample_find (picture->sample);
  g_autoptr (KilterChart) chart = sample->create ();
  g_autoptr (KilterChartStyle) style = chart_test_style (picture->theme);
  KilterChartColor ground = kilter_chart_style_get_color (style, style->ground);
  KilterChartOverlay overlay = KILTER_CHART_OVERLAY_INIT;
  cairo_surface_t *surface, *drawing;
  cairo_t *cr;

  kilter_chart_style_set_text_scale (style, picture->text_scale);
  style->rtl = picture->rtl;
  overlay.bucket = picture->overlay_bucket;
  overlay.has_box = TRUE;
  overlay.is_focused = !picture->is_adjusting;
  if (picture->is_adjusting)
    {
      overlay.series = 1;
      overlay.handles_from = 36;
      overlay.drag_bucket = 41;
      overlay.drag_value = 104;
      overlay.range_first = 40;
      overlay.range_last = 43;
    }
  drawing = chart_test_paint (chart, style, sample->width, sample->height,
                              picture->overlay_bucket >= 0 ? &overlay : NULL);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) sample->width,
                                        (int) sample->height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, ground.red, ground.green, ground.blue);
  cairo_paint (cr);
  cairo_set_source_surface (cr, drawing, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (drawing);
  cairo_surface_flush (surface);

  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *row = cairo_image_surface_get_data (surface) +
                             (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[x];
}

/* Returns the share of pixels that differ, 1 when the sizes do. */
static double
compare (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  gsize n = 0;

  if (cairo_image_surface_get_width (b) != width || cairo_image_surface_get_height (b) != height)
    return 1;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 p = pixel_at (a, x, y), q = pixel_at (b, x, y);
        int worst = 0;

        for (int shift = 0; shift < 24; shift += 8)
          worst = MAX (worst, abs ((int) (p >> shift & 255) - (int) (q >> shift & 255)));
        n += worst > CHANNEL_TOLERANCE;
      }

  return (double) n / ((double) width * height);
}

static void
test_picture (gconstpointer data)
{
  const Picture *picture = data;
  g_autofree char *name = g_strdup_printf ("%s-%s.png", picture->sample, picture->variant);
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "chart", name, NULL);
  cairo_surface_t *now, *reference;
  double share = 1;

  if (!chart_test_has_fonts ())
    {
      g_test_skip ("The font DejaVu Sans is not installed, so pictures cannot be compared.");
      return;
    }
  now = render (picture);
  if (g_strcmp0 (g_getenv ("KILTER_UPDATE_GOLDEN"), "1") == 0)
    {
      g_autofree char *folder = g_path_get_dirname (golden);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      g_assert_cmpint (cairo_surface_write_to_png (now, golden), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (now);
      return;
    }
  reference = cairo_image_surface_create_from_png (golden);
  if (cairo_surface_status (reference) == CAIRO_STATUS_SUCCESS)
    share = compare (now, reference);
  if (share > PIXEL_SHARE)
    {
      g_autofree char *made = g_test_build_filename (G_TEST_BUILT, "chart", name, NULL);

      cairo_surface_write_to_png (now, made);
      g_test_message ("%.2f %% of the pixels differ; the new picture is %s, the reference %s",
                      share * 100, made, golden);
      g_test_fail ();
    }
  cairo_surface_destroy (reference);
  cairo_surface_destroy (now);
}

/* The comparison itself must be able to fail: a moved bar, another colour. */
static void
test_can_fail (void)
{
  const Picture light = { "columns", "light", KILTER_CHART_THEME_LIGHT, 1, FALSE, -1 },
                other = { "columns", "light", KILTER_CHART_THEME_LIGHT, 1.1, FALSE, -1 };
  cairo_surface_t *a = render (&light), *b = render (&light), *c = render (&other);
  cairo_t *cr = cairo_create (b);

  g_assert_cmpfloat (compare (a, a), ==, 0);
  g_assert_cmpfloat (compare (a, c), >, PIXEL_SHARE);
  cairo_rectangle (cr, 300, 100, 45, 45);
  cairo_set_source_rgb (cr, 0, 0.5, 0);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (b);
  g_assert_cmpfloat (compare (a, b), >, PIXEL_SHARE);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  cairo_surface_destroy (c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chart_test_pin_fonts ();
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chart/golden/%s/%s", pictures[i].sample,
                                               pictures[i].variant);

      g_test_add_data_func (path, &pictures[i], test_picture);
    }
  g_test_add_func ("/chart/golden/can-fail", test_can_fail);

  return g_test_run ();
}
