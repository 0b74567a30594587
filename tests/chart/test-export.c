/* test-export.c: charts as files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "chart-test.h"
#include "chart/kilter-chart-export.h"

typedef gboolean (*WriteFunc) (KilterChart *chart,
                               GOutputStream *stream,
                               const KilterChartStyle *style,
                               GError **error);

static gboolean
write_png (KilterChart *chart, GOutputStream *stream, const KilterChartStyle *style, GError **error)
{
  return kilter_chart_to_png (chart, stream, 400, 240, 2, style, error);
}

static gboolean
write_svg (KilterChart *chart, GOutputStream *stream, const KilterChartStyle *style, GError **error)
{
  return kilter_chart_to_svg (chart, stream, 400, 240, style, error);
}

static gboolean
write_pdf (KilterChart *chart, GOutputStream *stream, const KilterChartStyle *style, GError **error)
{
  return kilter_chart_to_pdf (chart, stream, 400, 240, style, error);
}

static GBytes *
render (const ChartSample *sample, WriteFunc write, KilterChartTheme theme)
{
  g_autoptr (KilterChart) chart = sample->create ();
  g_autoptr (KilterChartStyle) style = chart_test_style (theme);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (write (chart, stream, style, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, &error));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
check_format (WriteFunc write, KilterChartTheme theme, const char *start)
{
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GBytes) one = render (&samples[i], write, theme);
      g_autoptr (GBytes) two = render (&samples[i], write, theme);

      g_assert_cmpuint (g_bytes_get_size (one), >, 300);
      g_assert_cmpmem (g_bytes_get_data (one, NULL), strlen (start), start, strlen (start));
      /* the same chart gives the same bytes */
      g_assert_true (g_bytes_equal (one, two));
    }
}

static void
test_png (void)
{
  check_format (write_png, KILTER_CHART_THEME_LIGHT, "\x89PNG");
}

static void
test_svg (void)
{
  check_format (write_svg, KILTER_CHART_THEME_PRINT, "<?xml");
}

static void
test_pdf (void)
{
  check_format (write_pdf, KILTER_CHART_THEME_PRINT_GREY, "%PDF");
}

static void
test_bad_size (void)
{
  g_autoptr (KilterChart) chart = chart_sample_find ("spark")->create ();
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_false (kilter_chart_to_png (chart, stream, 0, 100, 1, style, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (kilter_chart_to_png (chart, stream, 15000, 15000, 2, style, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* A full disk is reported, once, with the stream's own error. */
static void
test_full (void)
{
  static const WriteFunc writers[] = { write_png, write_svg, write_pdf };

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autoptr (KilterChart) chart = chart_sample_find ("bridge")->create ();
      g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
      char room[100];
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (writers[i](chart, stream, style, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
test_frame (void)
{
  g_autoptr (KilterChart) chart = chart_sample_find ("bridge")->create ();
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  double both = kilter_chart_get_frame_height (chart, 1000, style);
  double narrow = kilter_chart_get_frame_height (chart, 300, style);
  double title;

  kilter_chart_set_title (chart, "One line", NULL);
  title = kilter_chart_get_frame_height (chart, 1000, style);
  kilter_chart_set_title (chart, NULL, NULL);
  g_assert_cmpfloat (kilter_chart_get_frame_height (chart, 1000, style), ==, 0);
  g_assert_cmpfloat (title, >, 14);
  g_assert_cmpfloat (both, >, title + 12);
  g_assert_cmpfloat (narrow, >, both + 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chart_test_pin_fonts ();
  g_test_add_func ("/chart/export/png", test_png);
  g_test_add_func ("/chart/export/svg", test_svg);
  g_test_add_func ("/chart/export/pdf", test_pdf);
  g_test_add_func ("/chart/export/bad-size", test_bad_size);
  g_test_add_func ("/chart/export/full", test_full);
  g_test_add_func ("/chart/export/frame", test_frame);

  return g_test_run ();
}
