/* test-draw.c: every kind draws at every size, in every theme, with every kind of bad data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart-test.h"
#include "chart/kilter-chart-private.h"

#define N_LONG 24

static const double sizes[][2] = { { 0, 0 },    { 1, 1 },    { 5, 5 },     { 40, 30 },  { 30, 300 },
                                   { 400, 12 }, { 130, 90 }, { 360, 200 }, { 900, 420 } };

static void
paint_at_all_sizes (KilterChart *chart, const KilterChartStyle *style)
{
  KilterChartOverlay overlay = KILTER_CHART_OVERLAY_INIT;

  overlay.bucket = 1;
  overlay.has_box = TRUE;
  overlay.is_focused = TRUE;
  overlay.range_first = 0;
  overlay.range_last = 2;
  overlay.handles_from = 1;
  overlay.drag_bucket = 2;
  overlay.drag_value = 12;
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      cairo_surface_t *surface = chart_test_paint (chart, style, sizes[s][0], sizes[s][1],
                                                   &overlay);

      cairo_surface_destroy (surface);
      kilter_chart_hit (chart, sizes[s][0], sizes[s][1], style, 20, 15);
    }
}

static void
test_themes (void)
{
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  for (gsize i = 0; i < n; i++)
    for (int theme = 0; theme < KILTER_CHART_N_THEMES; theme++)
      {
        g_autoptr (KilterChart) chart = samples[i].create ();
        g_autoptr (KilterChartStyle) style = chart_test_style ((KilterChartTheme) theme);

        paint_at_all_sizes (chart, style);
        style->rtl = TRUE;
        kilter_chart_style_set_text_scale (style, 2);
        paint_at_all_sizes (chart, style);
      }
}

/* A chart of usual size has ink, and at most sizes as well. */
static void
test_ink (void)
{
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (KilterChart) chart = samples[i].create ();
      cairo_surface_t *small = chart_test_paint (chart, style, 40, 30, NULL);
      cairo_surface_t *usual = chart_test_paint (chart, style, samples[i].width, samples[i].height,
                                                 NULL);

      g_test_message ("%s", samples[i].name);
      g_assert_cmpuint (chart_test_count_ink (usual), >, 60);
      /* over a grid whose first column begins at 200 px there is nothing to see in 40 */
      if (samples[i].width < 896)
        g_assert_cmpuint (chart_test_count_ink (small), >, 10);
      cairo_surface_destroy (small);
      cairo_surface_destroy (usual);
    }
}

/* Draws columns of which one is as high as said, and tells where they begin. */
static double
draw_axis (double value, int height, double *out_last_tick)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr" };
  const double values[] = { 73.3, value, 75.9, 71 };
  const KilterChartSeries series = { "Stock", values, KILTER_CHART_LOOK_COLUMN,
                                     KILTER_CHART_ROLE_NONE };
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  g_autoptr (KilterChart)
    chart = kilter_chart_new_columns (&(KilterChartColumns) { .time = { .labels = months, .n = 4 },
                                                              .series = &series,
                                                              .n_series = 1,
                                                              .has_time_axis = TRUE });
  const KilterScale *scale = &chart->geometry.scale;

  cairo_surface_destroy (chart_test_paint (chart, style, 300, height, NULL));
  *out_last_tick = kilter_scale_get_tick (scale, scale->n_ticks - 1);
  return chart->geometry.plot.x;
}

/* Room for the numbers over the columns makes an axis up to 100 of values up to 80: the label has
 * the same room as where a value is 100. */
static void
test_axis_label (void)
{
  int n_longer = 0;

  for (int height = 100; height <= 240; height += 10)
    {
      double last, other_last;
      double x = draw_axis (84, height, &last), other = draw_axis (100, height, &other_last);

      g_assert_cmpfloat (other_last, >=, 100);
      if (last < 100)
        continue;
      n_longer++;
      g_assert_cmpfloat_with_epsilon (x, other, 1e-9);
    }
  g_assert_cmpint (n_longer, >, 0);
}

/* How many pixels have the colour of what is bad, in a row whose difference it is. */
static guint
count_bad (double difference)
{
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  const KilterChartDumbbellRow row = { "Theta", 8.4 + difference, 8.4 };
  g_autoptr (KilterChart) chart = kilter_chart_new_dumbbell (&(KilterChartDumbbell) {
    .rows = &row,
    .n_rows = 1,
    .format = { .decimals = 1 },
    .difference_format = { .decimals = 1, .sign = TRUE },
  });
  KilterChartColor bad = kilter_chart_style_get_color (style, KILTER_CHART_ROLE_BAD);
  cairo_surface_t *surface = chart_test_paint (chart, style, 320, 60, NULL);
  guint count = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guchar *line = cairo_image_surface_get_data (surface) +
                           y * cairo_image_surface_get_stride (surface);
      const guint32 *pixels = (const guint32 *) (const void *) line;

      for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
        count += fabs ((pixels[x] >> 16 & 255) / 255.0 - bad.red) < 0.01 &&
                 fabs ((pixels[x] >> 8 & 255) / 255.0 - bad.green) < 0.01 &&
                 fabs ((pixels[x] & 255) / 255.0 - bad.blue) < 0.01;
    }
  cairo_surface_destroy (surface);
  return count;
}

/* A difference that is written as 0.0 is not called bad. */
static void
test_no_difference (void)
{
  g_assert_cmpuint (count_bad (0.2), >, 10);
  g_assert_cmpuint (count_bad (0.04), ==, 0);
  g_assert_cmpuint (count_bad (-0.2), ==, 0);
}

static void
test_deterministic (void)
{
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (KilterChart) a = samples[i].create ();
      g_autoptr (KilterChart) b = samples[i].create ();
      cairo_surface_t *one, *two;

      /* a hit test in between must not change the picture */
      kilter_chart_hit (b, 333, 222, style, 100, 100);
      one = chart_test_paint (a, style, samples[i].width, samples[i].height, NULL);
      two = chart_test_paint (b, style, samples[i].width, samples[i].height, NULL);
      g_assert_cmpmem (cairo_image_surface_get_data (one),
                       (gsize) cairo_image_surface_get_stride (one) *
                         (gsize) cairo_image_surface_get_height (one),
                       cairo_image_surface_get_data (two),
                       (gsize) cairo_image_surface_get_stride (two) *
                         (gsize) cairo_image_surface_get_height (two));
      cairo_surface_destroy (one);
      cairo_surface_destroy (two);
    }
}

/* --- bad data --- */

typedef struct
{
  const char *name;
  gsize n;
  double values[N_LONG];
} BadData;

static void
fill_bad (BadData *data, int kind, gsize n)
{
  static const char *const names[] = { "missing",  "zero",  "negative", "huge",
                                       "infinite", "mixed", "tiny",     "gaps" };

  data->name = names[kind];
  data->n = n;
  for (gsize i = 0; i < N_LONG; i++)
    switch (kind)
      {
      case 0:
        data->values[i] = NAN;
        break;
      case 1:
        data->values[i] = 0;
        break;
      case 2:
        data->values[i] = -(double) i - 5;
        break;
      case 3:
        data->values[i] = 1.7e308 * (i % 2 == 0 ? 1 : -1);
        break;
      case 4:
        data->values[i] = i % 2 == 0 ? INFINITY : -INFINITY;
        break;
      case 5:
        data->values[i] = i % 3 == 0 ? -40 : 100.0 * (double) i;
        break;
      case 6:
        data->values[i] = 5e-324 * (double) i;
        break;
      default:
        data->values[i] = i % 2 == 0 ? NAN : (double) i;
      }
}

static KilterChart *
create_bad_time (KilterChartKind kind, const BadData *data)
{
  static const char *labels[N_LONG];
  const double *v = data->values;
  KilterChartTime time = { .n = data->n, .labels = labels, .groups = labels, .cycle = data->n / 2 };
  KilterChartSeries series[] = { { "a", v, KILTER_CHART_LOOK_COLUMN, KILTER_CHART_ROLE_NONE },
                                 { NULL, v, KILTER_CHART_LOOK_LINE, KILTER_CHART_ROLE_NONE },
                                 { "b", NULL, KILTER_CHART_LOOK_DOT, KILTER_CHART_ROLE_NONE },
                                 { "c", v, KILTER_CHART_LOOK_DIAMOND, KILTER_CHART_ROLE_NONE },
                                 { "d", v, KILTER_CHART_LOOK_TICK, KILTER_CHART_ROLE_NONE },
                                 { "e", v, KILTER_CHART_LOOK_BEHIND, KILTER_CHART_ROLE_NONE },
                                 { "f", v, KILTER_CHART_LOOK_SQUARE, KILTER_CHART_ROLE_NONE },
                                 { "g", v, KILTER_CHART_LOOK_OUTLINE, KILTER_CHART_ROLE_NONE } };
  const KilterChartBand bands[] = { { 95, NULL, NULL, NULL, v, v },
                                    { 80, "x", NULL, NULL, NULL, v } };
  const KilterChartNote notes[] = { { 0, 1, "note" }, { 9, -4, NULL }, { -1, 900, "far" } };
  const KilterChartEvent events[] = { { -3, 900, "long" }, { 5, 2, NULL } };
  const KilterChartPanel panels[] = { { "p", "+1", KILTER_CHART_TONE_BAD, v, v, v },
                                      { NULL, NULL, KILTER_CHART_TONE_PLAIN, NULL, NULL, NULL } };
  const KilterChartSpan spans[] = {
    { 0, -5, 99, "everything", KILTER_CHART_ROLE_BAD, KILTER_CHART_LOOK_SOLID },
    { 7, 0, 1, NULL, KILTER_CHART_ROLE_NONE, KILTER_CHART_LOOK_DIAMOND },
    { 0, 1, 1, "x", KILTER_CHART_ROLE_NONE, KILTER_CHART_LOOK_DIAMOND }
  };

  for (gsize i = 0; i < N_LONG; i++)
    labels[i] = i % 5 == 4 ? NULL : "Mon";
  if (kind == KILTER_CHART_FAN)
    return kilter_chart_new_fan (&(KilterChartFan) { .time = time,
                                                     .actual = v,
                                                     .statistical = v,
                                                     .final = v,
                                                     .last_cycle = v,
                                                     .preview = v,
                                                     .actual_name = "a\xff b",
                                                     .bands = bands,
                                                     .n_bands = 2,
                                                     .tint_first = 1,
                                                     .tint_n = 99,
                                                     .outliers = notes,
                                                     .n_outliers = 3,
                                                     .events = events,
                                                     .n_events = 2,
                                                     .is_tight = TRUE });
  if (kind == KILTER_CHART_COLUMNS)
    return kilter_chart_new_columns (&(KilterChartColumns) { .time = time,
                                                             .series = series,
                                                             .n_series = G_N_ELEMENTS (series),
                                                             .labelled = 0,
                                                             .has_time_axis = TRUE,
                                                             .has_legend = TRUE });
  if (kind == KILTER_CHART_HEAT)
    return kilter_chart_new_heat (&(KilterChartHeat) { .time = time,
                                                       .n_rows = 1,
                                                       .values = v,
                                                       .preview = v,
                                                       .has_header = TRUE,
                                                       .has_legend = TRUE,
                                                       .is_reversed = TRUE });
  if (kind == KILTER_CHART_STOCK)
    return kilter_chart_new_stock (&(KilterChartStock) { .time = time,
                                                         .stock = v,
                                                         .target = v,
                                                         .low = v,
                                                         .high = v,
                                                         .unmet = v,
                                                         .preview = v,
                                                         .unmet_word = "unmet",
                                                         .has_values = TRUE,
                                                         .has_time_axis = TRUE,
                                                         .has_legend = TRUE });
  if (kind == KILTER_CHART_MULTIPLES)
    return kilter_chart_new_multiples (&(KilterChartMultiples) {
      .time = time, .panels = panels, .n_panels = 2, .has_legend = TRUE, .columns_name = "c" });
  if (kind == KILTER_CHART_LINES)
    return kilter_chart_new_lines (&(KilterChartLines) { .time = time,
                                                         .series = series,
                                                         .n_series = G_N_ELEMENTS (series),
                                                         .target = v,
                                                         .low = v,
                                                         .high = v,
                                                         .notes = notes,
                                                         .n_notes = 3 });
  if (kind == KILTER_CHART_GANTT)
    return kilter_chart_new_gantt (&(KilterChartGantt) {
      .time = time, .n_rows = 2, .spans = spans, .n_spans = 3, .has_header = TRUE });
  if (kind == KILTER_CHART_METRIC)
    return kilter_chart_new_metric (&(KilterChartMetric) { .time = time,
                                                           .values = v,
                                                           .as_columns = data->n % 2 == 0,
                                                           .target = v[0],
                                                           .low = v[1],
                                                           .high = v[0],
                                                           .tone = KILTER_CHART_TONE_BAD });

  return kilter_chart_new_spark (
    &(KilterChartSpark) { .values = v, .n = data->n, .n_actual = data->n / 2 });
}

static KilterChart *
create_bad_rows (KilterChartKind kind, const BadData *data)
{
  const double *v = data->values;
  gsize n = data->n;
  KilterChartBridgeStep bridge[N_LONG];
  KilterChartCompareRow compare[N_LONG];
  KilterChartRisk risks[N_LONG];
  KilterChartValueStep added[N_LONG];
  KilterChartStep steps[N_LONG];
  KilterChartDumbbellRow dumbbell[N_LONG];
  KilterChartTimelineStep timeline[N_LONG];
  const char *names[] = { "one", NULL, "three" };

  for (gsize i = 0; i < N_LONG; i++)
    {
      bridge[i] = (KilterChartBridgeStep) { i % 4 == 3 ? NULL : "A long name of it", v[i],
                                            i % 5 == 0 };
      compare[i] = (KilterChartCompareRow) { .name = "row", .values = i % 3 == 2 ? NULL : v };
      risks[i] = (KilterChartRisk) { i % 2 == 0 ? "risk" : NULL, v[i], v[i] };
      added[i] = (KilterChartValueStep) { "step", v[i], i == 3 };
      steps[i] = (KilterChartStep) { "step", v[i] };
      dumbbell[i] = (KilterChartDumbbellRow) { "row", v[i], v[N_LONG - 1 - i] };
      timeline[i] = (KilterChartTimelineStep) { .title = "step",
                                                .state = (KilterChartStepState) (i % 4),
                                                .progress = v[i] };
    }
  if (kind == KILTER_CHART_BRIDGE)
    return kilter_chart_new_bridge (&(KilterChartBridge) { .steps = bridge, .n_steps = n });
  if (kind == KILTER_CHART_COMPARE)
    return kilter_chart_new_compare (&(KilterChartCompare) {
      .n_scenarios = 3, .names = names, .rows = compare, .n_rows = n, .recommended = 7 });
  if (kind == KILTER_CHART_RISKS)
    return kilter_chart_new_risks (
      &(KilterChartRisks) { .risks = risks, .n_risks = n, .has_header = TRUE, .has_legend = TRUE });
  if (kind == KILTER_CHART_VALUE_ADDED)
    return kilter_chart_new_value_added (&(KilterChartValueAdded) { .steps = added, .n_steps = n });
  if (kind == KILTER_CHART_STEPS)
    return kilter_chart_new_steps (
      &(KilterChartSteps) { .steps = steps, .n_steps = n, .limit = v[0], .limit_name = "limit" });
  if (kind == KILTER_CHART_DUMBBELL)
    return kilter_chart_new_dumbbell (&(KilterChartDumbbell) { .rows = dumbbell, .n_rows = n });

  return kilter_chart_new_timeline (&(KilterChartTimeline) { .steps = timeline, .n_steps = n });
}

static gboolean
is_over_time (KilterChartKind kind)
{
  return kind == KILTER_CHART_FAN || kind == KILTER_CHART_COLUMNS || kind == KILTER_CHART_HEAT ||
         kind == KILTER_CHART_STOCK || kind == KILTER_CHART_MULTIPLES ||
         kind == KILTER_CHART_LINES || kind == KILTER_CHART_GANTT || kind == KILTER_CHART_METRIC ||
         kind == KILTER_CHART_SPARK;
}

static void
test_bad_data (void)
{
  static const gsize counts[] = { 0, 1, 2, N_LONG };
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_HIGH_CONTRAST);

  for (int kind = 0; kind < KILTER_CHART_N_KINDS; kind++)
    for (int bad = 0; bad < 8; bad++)
      for (gsize c = 0; c < G_N_ELEMENTS (counts); c++)
        {
          g_autoptr (KilterChart) chart = NULL;
          g_autofree char *tsv = NULL;
          BadData data;

          fill_bad (&data, bad, counts[c]);
          g_test_message ("kind %d, %s, %" G_GSIZE_FORMAT, kind, data.name, data.n);
          chart = is_over_time ((KilterChartKind) kind)
                    ? create_bad_time ((KilterChartKind) kind, &data)
                    : create_bad_rows ((KilterChartKind) kind, &data);
          g_assert_cmpint (kilter_chart_get_kind (chart), ==, kind);
          kilter_chart_set_selection (chart, 0, 0);
          paint_at_all_sizes (chart, style);
          tsv = kilter_chart_to_tsv (chart);
          g_assert_null (g_strstr_len (tsv, -1, "inf"));
          g_assert_true (g_utf8_validate (tsv, -1, NULL));
        }
}

/* Edges that do not ascend are not believed. */
static void
test_bad_edges (void)
{
  static const double values[] = { 1, 2, 3 };
  static const double bad[][4] = { { 0, 10, 5, 20 }, { 0, NAN, 5, 20 }, { 3, 3, 3, 3 } };
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  const KilterChartSeries series = { "a", values, KILTER_CHART_LOOK_COLUMN,
                                     KILTER_CHART_ROLE_NONE };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (KilterChart)
        chart = kilter_chart_new_columns (&(KilterChartColumns) { .time = { .n = 3 },
                                                                  .place = { bad[i], NAN },
                                                                  .series = &series,
                                                                  .n_series = 1,
                                                                  .labelled = -1 });
      double x = 0;

      g_assert_true (kilter_chart_get_bucket_x (chart, 300, 200, style, 2, &x));
      g_assert_cmpfloat (x, >, 200);
    }
}

/* The picture of a mirrored table is the mirror image where there is no text. */
static void
test_rtl_time (void)
{
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  const ChartSample *sample = chart_sample_find ("stock-print");
  g_autoptr (KilterChart) chart = sample->create ();
  double first, last;

  style->rtl = TRUE;
  g_assert_true (kilter_chart_get_bucket_x (chart, 600, 300, style, 0, &first));
  g_assert_true (kilter_chart_get_bucket_x (chart, 600, 300, style, 11, &last));
  g_assert_cmpfloat (first, <, last);
}

static void
test_measure (void)
{
  gsize n;
  const ChartSample *samples = chart_samples (&n);
  g_autoptr (KilterChartStyle) style = chart_test_style (KILTER_CHART_THEME_LIGHT);
  g_autoptr (KilterChartStyle) large = chart_test_style (KILTER_CHART_THEME_LIGHT);

  kilter_chart_style_set_text_scale (large, 2);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (KilterChart) chart = samples[i].create ();
      double width, height, natural, more;

      kilter_chart_measure (chart, style, &width, &height, &natural);
      g_assert_true (width > 0 && height > 0 && natural >= height && natural < 2000);
      kilter_chart_measure (chart, large, NULL, NULL, &more);
      g_assert_cmpfloat (more, >=, natural);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chart_test_pin_fonts ();
  g_test_add_func ("/chart/draw/themes", test_themes);
  g_test_add_func ("/chart/draw/ink", test_ink);
  g_test_add_func ("/chart/draw/axis-label", test_axis_label);
  g_test_add_func ("/chart/draw/no-difference", test_no_difference);
  g_test_add_func ("/chart/draw/deterministic", test_deterministic);
  g_test_add_func ("/chart/draw/bad-data", test_bad_data);
  g_test_add_func ("/chart/draw/bad-edges", test_bad_edges);
  g_test_add_func ("/chart/draw/rtl-time", test_rtl_time);
  g_test_add_func ("/chart/draw/measure", test_measure);

  return g_test_run ();
}
