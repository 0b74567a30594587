/* test-hit.c: what lies where, and where things are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart-test.h"
#include "chart/draw/kilter-chart-labels.h"

typedef struct
{
  KilterChart *chart;
  KilterChartStyle *style;
  double width;
  double height;
} Fixture;

static void
set_up (Fixture *f, gconstpointer name)
{
  const ChartSample *sample = chart_sample_find (name);

  f->chart = sample->create ();
  f->style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  f->width = sample->width;
  f->height = sample->height;
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  kilter_chart_free (f->chart);
  kilter_chart_style_free (f->style);
}

/* Bars stand exactly over the columns of the grid. */
static void
test_edges (Fixture *f, gconstpointer name)
{
  for (int i = 0; i < 12; i++)
    {
      double x;

      g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, i, &x));
      g_assert_cmpfloat (x, ==, 200 + 58 * (i + 0.5));
      g_assert_cmpint (kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, x), ==, i);
      g_assert_cmpint (
        kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, 200 + 58 * i), ==, i);
    }
  g_assert_cmpint (kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, 199.9), ==, -1);
  g_assert_cmpint (kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, 896), ==, -1);
  g_assert_cmpint (kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, NAN), ==, -1);
}

/* Every mark that can be asked for is found again by the pointer. */
static void
test_round_trip (Fixture *f, gconstpointer name)
{
  gsize found = 0;

  for (int series = 0; series < (int) kilter_chart_n_series (f->chart); series++)
    for (int bucket = 0; bucket < (int) kilter_chart_n_buckets (f->chart); bucket++)
      {
        KilterChartRect area;
        KilterChartHit hit;

        if (!kilter_chart_get_point (f->chart, f->width, f->height, f->style, series, bucket,
                                     &area))
          continue;
        hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, area.x + area.width / 2,
                                area.y + area.height / 2);
        /* another mark may lie on top, but the month is never wrong */
        if (area.height <= 0)
          continue;
        g_assert_cmpint (hit.part, !=, KILTER_CHART_PART_NONE);
        if (hit.part == KILTER_CHART_PART_MARK)
          {
            g_assert_cmpint (hit.bucket, ==, bucket);
            found += hit.series == series;
          }
      }
  /* a column of 0 has no extent: its month is found, not the column */
  g_assert_cmpuint (found + 1, >=, kilter_chart_n_buckets (f->chart));
}

static void
test_value_at (Fixture *f, gconstpointer name)
{
  const KilterChartTable *table = kilter_chart_describe (f->chart);
  KilterChartRect area;

  /* final forecast, July 2026 */
  g_assert_true (kilter_chart_get_point (f->chart, f->width, f->height, f->style, 1, 39, &area));
  g_assert_cmpfloat_with_epsilon (
    kilter_chart_value_at (f->chart, f->width, f->height, f->style, area.y + area.height / 2),
    table->values[1 * table->n_columns + 39], 1e-6);
}

static void
test_fan_parts (Fixture *f, gconstpointer name)
{
  KilterChartRect plot, area;
  KilterChartHit hit;
  double x;

  g_assert_true (kilter_chart_get_plot (f->chart, f->width, f->height, f->style, &plot));
  /* the ring of the promotion of July 2024 */
  g_assert_true (kilter_chart_get_point (f->chart, f->width, f->height, f->style, 0, 15, &area));
  hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, area.x + area.width / 2,
                          area.y + area.height / 2);
  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_OUTLIER);
  g_assert_cmpint (hit.bucket, ==, 0);
  /* the flag of the event */
  g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 38, &x));
  hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, x + 2, plot.y + plot.height - 8);
  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_EVENT);
  g_assert_cmpint (hit.bucket, ==, 0);
  /* ground of a month */
  g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 5, &x));
  hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, x, plot.y + 2);
  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_PLOT);
  g_assert_cmpint (hit.bucket, ==, 5);
  g_assert_cmpint (hit.series, ==, -1);
  g_assert_cmpint (kilter_chart_hit (f->chart, f->width, f->height, f->style, -4, -4).part, ==,
                   KILTER_CHART_PART_NONE);
}

static void
test_zoom (Fixture *f, gconstpointer name)
{
  KilterChartRect plot;
  double x;

  kilter_chart_set_visible_range (f->chart, 36, 12);
  g_assert_true (kilter_chart_get_plot (f->chart, f->width, f->height, f->style, &plot));
  g_assert_false (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 35, &x));
  g_assert_false (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 48, &x));
  g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 36, &x));
  g_assert_cmpfloat_with_epsilon (x, plot.x + plot.width / 24, 1e-6);
  g_assert_cmpint (
    kilter_chart_bucket_at (f->chart, f->width, f->height, f->style, plot.x + plot.width - 1), ==,
    47);
  /* beyond the end it is moved back, nonsense shows all */
  kilter_chart_set_visible_range (f->chart, 1000, 6);
  g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 53, &x));
  kilter_chart_set_visible_range (f->chart, 7, 0);
  g_assert_true (kilter_chart_get_bucket_x (f->chart, f->width, f->height, f->style, 0, &x));
}

static void
test_heat_parts (Fixture *f, gconstpointer name)
{
  KilterChartRect area;
  KilterChartHit hit;

  g_assert_true (kilter_chart_get_point (f->chart, f->width, f->height, f->style, 1, 3, &area));
  hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, 20, area.y + area.height / 2);
  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_ROW_LABEL);
  g_assert_cmpint (hit.series, ==, 1);
  hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, area.x + 5, 30);
  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_COLUMN_LABEL);
  g_assert_cmpint (hit.bucket, ==, 3);
}

static void
test_legend (Fixture *f, gconstpointer name)
{
  KilterChartHit hit = kilter_chart_hit (f->chart, f->width, f->height, f->style, 40, 33);

  g_assert_cmpint (hit.part, ==, KILTER_CHART_PART_LEGEND);
  g_assert_cmpint (hit.series, ==, 1);
}

/* Columns scrolled under the row names are not hit there. */
static void
test_scrolled (void)
{
  static const double edges[] = { 50, 150, 250, 350 };
  static const double values[] = { 5, 6, 7 };
  const KilterChartSeries series = { "a", values, KILTER_CHART_LOOK_COLUMN,
                                     KILTER_CHART_ROLE_NONE };
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  g_autoptr (KilterChart) chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = { .n = 3 }, .place = { edges, 200 }, .series = &series, .n_series = 1, .labelled = 0 });
  KilterChartRect plot;
  cairo_surface_t *surface;

  g_assert_true (kilter_chart_get_plot (chart, 350, 200, style, &plot));
  g_assert_cmpfloat (plot.x, ==, 200);
  g_assert_cmpfloat (plot.x + plot.width, ==, 350);
  surface = chart_test_paint (chart, style, 350, 200, NULL);
  for (int y = 0; y < 200; y++)
    {
      const guint32 *row = (const guint32 *) (const void *) (cairo_image_surface_get_data (
                                                               surface) +
                                                             y * cairo_image_surface_get_stride (
                                                                   surface));

      for (int x = 0; x < 150; x++)
        g_assert_cmpuint (row[x] >> 24, ==, 0);
    }
  cairo_surface_destroy (surface);
}

static void
test_segment (void)
{
  const KilterChartRect rect = { 10, 10, 20, 10 };

  g_assert_true (kilter_segment_touches (&rect, 0, 0, 40, 30));
  g_assert_true (kilter_segment_touches (&rect, 15, 12, 16, 13));
  g_assert_true (kilter_segment_touches (&rect, 20, 0, 20, 50));
  g_assert_false (kilter_segment_touches (&rect, 0, 0, 9, 50));
  g_assert_false (kilter_segment_touches (&rect, 0, 25, 40, 21));
  g_assert_false (kilter_segment_touches (&rect, 0, 5, 40, 5));
}

/* A box over empty ground costs nothing, one over the line does. */
static void
test_label_cost (Fixture *f, gconstpointer name)
{
  KilterChartRect area, plot;
  KilterChartRect empty;

  g_assert_true (kilter_chart_get_plot (f->chart, f->width, f->height, f->style, &plot));
  g_assert_true (kilter_chart_get_point (f->chart, f->width, f->height, f->style, 0, 15, &area));
  empty = (KilterChartRect) { plot.x, plot.y, 60, 30 };
  g_assert_cmpfloat (kilter_label_cost (f->chart, &empty), ==, 0);
  g_assert_cmpfloat (kilter_label_cost (f->chart, &area), >, 0);
}

#define ADD(path, sample, func)                                                                    \
  g_test_add ("/chart/hit/" path, Fixture, sample, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chart_test_pin_fonts ();
  ADD ("edges/columns", "columns", test_edges);
  ADD ("edges/heat", "heat", test_edges);
  ADD ("edges/stock", "stock", test_edges);
  ADD ("round-trip/fan", "fan", test_round_trip);
  ADD ("round-trip/columns", "columns", test_round_trip);
  ADD ("round-trip/heat", "heat", test_round_trip);
  ADD ("round-trip/bridge", "bridge", test_round_trip);
  ADD ("round-trip/multiples", "multiples", test_round_trip);
  ADD ("round-trip/compare", "compare", test_round_trip);
  ADD ("round-trip/lines", "lines", test_round_trip);
  ADD ("round-trip/metric-line", "metric-line", test_round_trip);
  ADD ("round-trip/metric-columns", "metric-columns", test_round_trip);
  ADD ("value-at", "fan", test_value_at);
  ADD ("fan-parts", "fan", test_fan_parts);
  ADD ("zoom", "fan", test_zoom);
  ADD ("heat-parts", "heat", test_heat_parts);
  ADD ("legend", "columns", test_legend);
  ADD ("label-cost", "fan", test_label_cost);
  g_test_add_func ("/chart/hit/scrolled", test_scrolled);
  g_test_add_func ("/chart/hit/segment", test_segment);

  return g_test_run ();
}
