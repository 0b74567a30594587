/* kilter-chart-fan.c: actual sales, forecast, and how sure it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-labels.h"

typedef enum
{
  FAN_ACTUAL,
  FAN_FINAL,
  FAN_STATISTICAL,
  FAN_LAST_CYCLE,
  FAN_PREVIEW,
  FAN_N_LINES,
} FanLine;

typedef struct
{
  KilterChartFan fan;
  const double *values[FAN_N_LINES];
  const char *names[FAN_N_LINES];
  int rows[FAN_N_LINES]; /* row of the table, −1 when there is no such line */
  gssize last_actual;    /* −1 when there is none */
} FanData;

typedef struct
{
  FanData *data;
  KilterPaint *paint;
  KilterPlot *plot;
  GArray *taken;
} FanDrawing;

static const KilterChartRole line_roles[FAN_N_LINES] = {
  [FAN_ACTUAL] = KILTER_CHART_ROLE_ACTUAL,  [FAN_STATISTICAL] = KILTER_CHART_ROLE_FORECAST,
  [FAN_FINAL] = KILTER_CHART_ROLE_FORECAST, [FAN_LAST_CYCLE] = KILTER_CHART_ROLE_MUTED,
  [FAN_PREVIEW] = KILTER_CHART_ROLE_GOOD,
};

/* drawn in this order: the final line on top */
static const FanLine paint_order[] = { FAN_LAST_CYCLE, FAN_ACTUAL, FAN_STATISTICAL, FAN_PREVIEW,
                                       FAN_FINAL };

/* Opacity of an interval: 95, 80, 50 % at 11, 16, 24 % over each other. */
static double
alpha_of_level (double level)
{
  return level > 87.5 ? 0.11 : level > 65 ? 0.16 : 0.24;
}

static double
value_of (const FanData *data, FanLine line, gsize bucket)
{
  return data->values[line] != NULL ? data->values[line][bucket] : NAN;
}

/* Lines into the future begin at the last actual value, so that the eye finds the way. */
static double
joined_value (const FanData *data, FanLine line, gsize bucket)
{
  double value = value_of (data, line, bucket);

  if (isfinite (value) || line == FAN_ACTUAL || line == FAN_LAST_CYCLE ||
      (gssize) bucket != data->last_actual || bucket + 1 >= data->fan.time.n)
    return value;
  return isfinite (value_of (data, line, bucket + 1)) ? value_of (data, FAN_ACTUAL, bucket) : value;
}

static double *
line_heights (FanDrawing *d, FanLine line)
{
  double *ys = g_new (double, d->plot->n + 1);

  for (gsize i = 0; i < d->plot->n; i++)
    ys[i] = kilter_plot_y (d->plot, joined_value (d->data, line, d->plot->first + i));

  return ys;
}

static void
add_range (const FanData *data, KilterChart *self, double *lo, double *hi)
{
  gsize first = self->visible_first;
  gsize n = self->visible_n;

  for (int line = 0; line < FAN_N_LINES; line++)
    if (data->values[line] != NULL)
      kilter_range_add (lo, hi, data->values[line] + first, n);
  for (gsize i = 0; i < data->fan.n_bands; i++)
    {
      if (data->fan.bands[i].low != NULL)
        kilter_range_add (lo, hi, data->fan.bands[i].low + first, n);
      if (data->fan.bands[i].high != NULL)
        kilter_range_add (lo, hi, data->fan.bands[i].high + first, n);
    }
}

static void
draw_tint (FanDrawing *d)
{
  const KilterChartFan *fan = &d->data->fan;
  const KilterPlot *plot = d->plot;
  gsize first, last;
  KilterChartRect rect;

  if (fan->tint_n == 0 || fan->tint_first >= plot->first + plot->n ||
      fan->tint_first + fan->tint_n <= plot->first)
    return;
  first = MAX (fan->tint_first, plot->first) - plot->first;
  last = MIN (fan->tint_first + fan->tint_n - plot->first, plot->n);
  rect = (KilterChartRect) { plot->edges[first], plot->area.y - 4 * d->paint->u,
                             plot->edges[last] - plot->edges[first],
                             plot->area.height + 4 * d->paint->u };
  if (kilter_chart_style_is_high_contrast (d->paint->style))
    {
      kilter_paint_tint (d->paint, &rect, KILTER_CHART_ROLE_TINT, KILTER_CHART_ROLE_FORECAST, 0);
      return;
    }
  /* lighter than elsewhere: the intervals lie on it */
  kilter_paint_fill_alpha (d->paint, &rect, KILTER_CHART_ROLE_TINT, 0.65);
  for (int side = 0; side < 2 && !d->plot->is_tiny; side++)
    kilter_paint_fill_alpha (d->paint,
                             &(KilterChartRect) { rect.x + (side == 0 ? 0 : rect.width), rect.y,
                                                  d->paint->u, rect.height },
                             KILTER_CHART_ROLE_FORECAST, 0.3);
}

static void
draw_bands (FanDrawing *d)
{
  const FanData *data = d->data;
  gsize n = d->plot->n;
  g_autofree double *lows = g_new (double, n + 1);
  g_autofree double *highs = g_new (double, n + 1);

  /* bands are sorted from the widest inwards */
  for (gsize b = 0; b < data->fan.n_bands; b++)
    {
      const KilterChartBand *band = &data->fan.bands[b];

      if (band->low == NULL || band->high == NULL)
        continue;
      for (gsize i = 0; i < n; i++)
        {
          gsize bucket = d->plot->first + i;
          double low = band->low[bucket];
          double high = band->high[bucket];

          if (!isfinite (low) && (gssize) bucket == data->last_actual)
            low = high = value_of (data, FAN_ACTUAL, bucket);
          lows[i] = kilter_plot_y (d->plot, low);
          highs[i] = kilter_plot_y (d->plot, high);
        }
      kilter_paint_band (d->paint, d->plot->xs, lows, highs, n, KILTER_CHART_ROLE_FORECAST,
                         alpha_of_level (band->level), TRUE);
      if (b == 0)
        {
          kilter_chart_add_obstacle (d->paint, 0, d->plot->xs, lows, n);
          kilter_chart_add_obstacle (d->paint, 1, d->plot->xs, highs, n);
        }
    }
}

static void
draw_lines (FanDrawing *d)
{
  static const double strokes[FAN_N_LINES] = {
    [FAN_ACTUAL] = 1.8,     [FAN_STATISTICAL] = 1.5, [FAN_FINAL] = 2.4,
    [FAN_LAST_CYCLE] = 1.1, [FAN_PREVIEW] = 1.8,
  };

  for (gsize k = 0; k < G_N_ELEMENTS (paint_order); k++)
    {
      FanLine line = paint_order[k];
      g_autofree double *ys = NULL;
      g_autofree double *own = NULL;

      if (d->data->values[line] == NULL)
        continue;
      ys = line_heights (d, line);
      kilter_paint_line (d->paint, d->plot->xs, ys, d->plot->n, line_roles[line],
                         d->plot->is_tiny ? MIN (strokes[line], 1.5) : strokes[line],
                         line == FAN_STATISTICAL || line == FAN_PREVIEW ? KILTER_DASH_DASHED
                                                                        : KILTER_DASH_NONE);
      own = kilter_plot_ys (d->plot, d->data->values[line]);
      kilter_chart_add_line (d->paint, d->data->rows[line], d->plot->first, d->plot->xs, own,
                             d->plot->n);
    }
}

static void
draw_outliers (FanDrawing *d)
{
  const KilterChartFan *fan = &d->data->fan;
  double u = d->paint->u;

  for (gsize i = 0; i < fan->n_outliers; i++)
    {
      const KilterChartNote *note = &fan->outliers[i];
      gsize at;
      double x, y;

      if (note->bucket < 0 || (gsize) note->bucket < d->plot->first ||
          (gsize) note->bucket >= d->plot->first + d->plot->n)
        continue;
      at = (gsize) note->bucket - d->plot->first;
      x = d->plot->xs[at];
      y = kilter_plot_y (d->plot, value_of (d->data, FAN_ACTUAL, (gsize) note->bucket));
      if (!isfinite (y))
        continue;
      kilter_paint_marker (d->paint, KILTER_MARKER_RING, x, y, (d->plot->is_tiny ? 2 : 5) * u,
                           KILTER_CHART_ROLE_SALES);
      kilter_chart_add_area (d->paint, KILTER_CHART_PART_OUTLIER, d->data->rows[FAN_ACTUAL],
                             (int) i, &(KilterChartRect) { x - 8 * u, y - 8 * u, 16 * u, 16 * u });
      if (!d->plot->is_tiny)
        kilter_label_near (
          d->paint, d->taken, note->text, x, y, 9 * u,
          (KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS, .role = KILTER_CHART_ROLE_SALES });
    }
}

/* A small flag on the time axis where an event begins, a bar as long as it lasts. */
static void
draw_events (FanDrawing *d)
{
  const KilterChartFan *fan = &d->data->fan;
  const KilterPlot *plot = d->plot;
  double u = d->paint->u;
  double foot = plot->area.y + plot->area.height;

  if (plot->is_tiny || plot->n == 0)
    return;
  for (gsize i = 0; i < fan->n_events; i++)
    {
      const KilterChartEvent *event = &fan->events[i];
      gssize first = event->first - (gssize) plot->first;
      gssize last = MAX (event->last, event->first) - (gssize) plot->first;
      double x, end;

      if (last < 0 || first >= (gssize) plot->n)
        continue;
      x = plot->xs[MAX (first, 0)];
      end = plot->xs[MIN (last, (gssize) plot->n - 1)];
      kilter_paint_vline (d->paint, x, foot - 17 * u, foot, KILTER_CHART_ROLE_MARKETING, 1.3);
      cairo_move_to (d->paint->cr, x, foot - 17 * u);
      cairo_line_to (d->paint->cr, x + 8 * u, foot - 13.5 * u);
      cairo_line_to (d->paint->cr, x, foot - 10 * u);
      cairo_close_path (d->paint->cr);
      kilter_paint_role (d->paint, KILTER_CHART_ROLE_MARKETING, 1);
      cairo_fill (d->paint->cr);
      if (end > x)
        kilter_paint_fill (d->paint, &(KilterChartRect) { x, foot - 3 * u, end - x, 3 * u },
                           KILTER_CHART_ROLE_MARKETING);
      kilter_chart_add_area (
        d->paint, KILTER_CHART_PART_EVENT, -1, (int) i,
        &(KilterChartRect) { x - 3 * u, foot - 20 * u, MAX (end - x, 12 * u) + 3 * u, 20 * u });
    }
}

static void
draw_selection (FanDrawing *d)
{
  int bucket = d->paint->chart->selected_bucket;
  gsize at;
  FanLine line = FAN_FINAL;
  double x, y;

  if (bucket < 0 || (gsize) bucket < d->plot->first ||
      (gsize) bucket >= d->plot->first + d->plot->n)
    return;
  at = (gsize) bucket;
  x = d->plot->xs[at - d->plot->first];
  kilter_paint_vline (d->paint, x, d->plot->area.y, d->plot->area.y + d->plot->area.height,
                      KILTER_CHART_ROLE_FORECAST, 1.2);
  for (int i = 0; i < FAN_N_LINES; i++)
    if (d->data->rows[i] == d->paint->chart->selected_series && d->data->rows[i] >= 0)
      line = (FanLine) i;
  if (!isfinite (value_of (d->data, line, at)))
    line = isfinite (value_of (d->data, FAN_STATISTICAL, at)) ? FAN_STATISTICAL : FAN_ACTUAL;
  y = kilter_plot_y (d->plot, value_of (d->data, line, at));
  kilter_paint_marker_halo (d->paint, KILTER_MARKER_DOT, x, y,
                            (d->plot->is_tiny ? 2 : 4.5) * d->paint->u, line_roles[line]);
}

/* The actual line is named where it first peaks: over its shape, not at its end. */
static void
draw_actual_name (FanDrawing *d)
{
  gsize reach = MIN (d->plot->n, MAX (d->plot->n / 4, 3));
  gssize best = -1;

  for (gsize i = 0; i < reach; i++)
    {
      double value = value_of (d->data, FAN_ACTUAL, d->plot->first + i);

      if (isfinite (value) &&
          (best < 0 || value > value_of (d->data, FAN_ACTUAL, d->plot->first + (gsize) best)))
        best = (gssize) i;
    }
  if (best < 0)
    return;
  kilter_label_near (
    d->paint, d->taken, d->data->names[FAN_ACTUAL],
    MAX (d->plot->xs[best], d->plot->area.x + 24 * d->paint->u),
    kilter_plot_y (d->plot, value_of (d->data, FAN_ACTUAL, d->plot->first + (gsize) best)),
    6 * d->paint->u, (KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS, .is_bold = TRUE });
}

static gsize
collect_direct (FanData *data, KilterChart *self, KilterDirectLabel *labels)
{
  static const FanLine named[] = { FAN_FINAL, FAN_STATISTICAL, FAN_PREVIEW, FAN_LAST_CYCLE };
  gsize end = self->visible_first + self->visible_n;
  gsize n = 0;

  for (gsize k = 0; k < G_N_ELEMENTS (named); k++)
    {
      FanLine line = named[k];
      gsize from = end > self->visible_first + 3 ? end - 3 : self->visible_first;

      /* a line that has ended long before is not named at the edge */
      for (gsize i = end; i-- > from;)
        if (isfinite (value_of (data, line, i)) && data->names[line] != NULL)
          {
            labels[n++] = (KilterDirectLabel) { .text = data->names[line],
                                                .y = value_of (data, line, i),
                                                .role = line_roles[line],
                                                .is_bold = line == FAN_FINAL };
            break;
          }
    }

  return n;
}

static void
draw_fan (KilterChart *self, KilterPaint *paint)
{
  FanData *data = self->data;
  KilterDirectLabel labels[KILTER_MAX_DIRECT];
  g_auto (KilterPlot) plot = { 0 };
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (KilterChartRect));
  FanDrawing d = { data, paint, &plot, taken };
  KilterPlotSpec spec = {
    .time = &data->fan.time,
    .place = &data->fan.place,
    .format = &data->fan.format,
    .lo = NAN,
    .hi = NAN,
    .has_zero = !data->fan.is_tight,
    .headroom = 8 * paint->u,
    .has_time_axis = TRUE,
  };
  gsize n = collect_direct (data, self, labels);
  double names = kilter_direct_width (paint, labels, n);

  spec.right = n > 0 && paint->width > 300 * paint->u ? names + 10 * paint->u : 4 * paint->u;
  add_range (data, self, &spec.lo, &spec.hi);
  kilter_plot_begin (&plot, paint, &spec);
  kilter_plot_clip (&plot, paint);
  draw_tint (&d);
  draw_bands (&d);
  if (data->fan.time.cycle > plot.first && data->fan.time.cycle < plot.first + plot.n)
    kilter_paint_vline_dashed (paint, plot.edges[data->fan.time.cycle - plot.first], plot.area.y,
                               plot.area.y + plot.area.height, KILTER_CHART_ROLE_AXIS, 1);
  draw_lines (&d);
  draw_events (&d);
  draw_selection (&d);
  kilter_plot_unclip (paint);
  kilter_plot_end (&plot, paint, &spec);
  draw_outliers (&d);
  if (plot.is_tiny)
    return;
  if (data->names[FAN_ACTUAL] != NULL)
    draw_actual_name (&d);
  if (paint->width > 300 * paint->u)
    {
      for (gsize i = 0; i < n; i++)
        labels[i].y = kilter_plot_y (&plot, labels[i].y);
      kilter_direct_draw (paint, &plot, labels, n);
    }
}

/* The interval of the label box: 80 %, or the one nearest to it. */
static char *
interval_text (KilterChart *self, gsize bucket, const char **out_name)
{
  const KilterChartFan *fan = &((FanData *) self->data)->fan;
  const KilterChartBand *best = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  for (gsize i = 0; i < fan->n_bands; i++)
    if (fan->bands[i].name != NULL && fan->bands[i].low != NULL && fan->bands[i].high != NULL &&
        (best == NULL || fabs (fan->bands[i].level - 80) < fabs (best->level - 80)))
      best = &fan->bands[i];
  if (best == NULL || !isfinite (best->low[bucket]) || !isfinite (best->high[bucket]))
    return NULL;
  low = kilter_number_format (best->low[bucket], &fan->format);
  high = kilter_number_format (best->high[bucket], &fan->format);
  *out_name = best->name;

  return g_strdup_printf ("%s – %s", low, high);
}

static const KilterChartClass fan_class = { .kind = KILTER_CHART_FAN,
                                            .can_zoom = TRUE,
                                            .draw = draw_fan,
                                            .extra_line = interval_text };

static int
compare_bands (gconstpointer a, gconstpointer b, gpointer unused)
{
  double left = ((const KilterChartBand *) a)->level;
  double right = ((const KilterChartBand *) b)->level;

  return (left < right) - (left > right);
}

static void
keep_parts (KilterChart *self, FanData *data)
{
  KilterChartFan *fan = &data->fan;
  gsize n = fan->time.n;
  KilterChartBand *bands = kilter_chart_keep (self, fan->bands, sizeof *bands * fan->n_bands);
  KilterChartNote *outliers = kilter_chart_keep (self, fan->outliers,
                                                 sizeof *outliers * fan->n_outliers);
  KilterChartEvent *events = kilter_chart_keep (self, fan->events, sizeof *events * fan->n_events);

  for (gsize i = 0; i < fan->n_bands; i++)
    {
      bands[i].low = kilter_chart_keep_values (self, bands[i].low, n);
      bands[i].high = kilter_chart_keep_values (self, bands[i].high, n);
      bands[i].low_name = kilter_chart_keep_text (self, bands[i].low_name);
      bands[i].high_name = kilter_chart_keep_text (self, bands[i].high_name);
      bands[i].name = kilter_chart_keep_text (self, bands[i].name);
    }
  if (fan->n_bands > 1)
    g_sort_array (bands, fan->n_bands, sizeof *bands, compare_bands, NULL);
  for (gsize i = 0; i < fan->n_outliers; i++)
    {
      outliers[i].text = kilter_chart_keep_text (self, outliers[i].text);
      if (outliers[i].bucket >= (int) n)
        outliers[i].bucket = -1;
    }
  for (gsize i = 0; i < fan->n_events; i++)
    events[i].text = kilter_chart_keep_text (self, events[i].text);
  fan->bands = bands;
  fan->outliers = outliers;
  fan->events = events;
}

static void
fill_table (KilterChart *self, FanData *data)
{
  const KilterChartFan *fan = &data->fan;
  gsize n_lines = 0, row;

  for (int line = 0; line < FAN_N_LINES; line++)
    data->rows[line] = data->values[line] != NULL ? (int) n_lines++ : -1;
  kilter_chart_table_begin (self, n_lines + 2 * fan->n_bands, fan->time.n);
  self->n_series = n_lines;
  kilter_chart_table_time (self, &fan->time);
  for (int line = 0; line < FAN_N_LINES; line++)
    if (data->rows[line] >= 0)
      kilter_chart_table_row (self, (gsize) data->rows[line], data->names[line], data->values[line],
                              &fan->format);
  row = n_lines;
  for (gsize i = fan->n_bands; i-- > 0;)
    {
      const KilterChartBand *band = &fan->bands[i];

      kilter_chart_table_row (self, row++, band->low_name != NULL ? band->low_name : band->name,
                              band->low, &fan->format);
      kilter_chart_table_row (self, row++, band->high_name != NULL ? band->high_name : band->name,
                              band->high, &fan->format);
    }
}

/**
 * kilter_chart_new_fan:
 *
 * Rows of the table: actual, final, statistical, last cycle, preview (those given), then low and
 * high of each interval from the narrowest.
 *
 * Returns: (transfer full): a forecast chart
 */
KilterChart *
kilter_chart_new_fan (const KilterChartFan *data)
{
  FanData copy = { .fan = *data, .last_actual = -1 };
  KilterChart *self = kilter_chart_alloc (&fan_class, &copy, sizeof copy);
  FanData *own = self->data;
  KilterChartFan *fan = &own->fan;
  gsize n = fan->time.n;

  kilter_chart_keep_time (self, &fan->time);
  kilter_chart_keep_place (self, &fan->place, n);
  own->values[FAN_ACTUAL] = kilter_chart_keep_values (self, fan->actual, n);
  own->values[FAN_STATISTICAL] = kilter_chart_keep_values (self, fan->statistical, n);
  own->values[FAN_FINAL] = kilter_chart_keep_values (self, fan->final, n);
  own->values[FAN_LAST_CYCLE] = kilter_chart_keep_values (self, fan->last_cycle, n);
  own->values[FAN_PREVIEW] = kilter_chart_keep_values (self, fan->preview, n);
  own->names[FAN_ACTUAL] = kilter_chart_keep_text (self, fan->actual_name);
  own->names[FAN_STATISTICAL] = kilter_chart_keep_text (self, fan->statistical_name);
  own->names[FAN_FINAL] = kilter_chart_keep_text (self, fan->final_name);
  own->names[FAN_LAST_CYCLE] = kilter_chart_keep_text (self, fan->last_cycle_name);
  own->names[FAN_PREVIEW] = kilter_chart_keep_text (self, fan->preview_name);
  for (gsize i = 0; i < n; i++)
    if (isfinite (value_of (own, FAN_ACTUAL, i)))
      own->last_actual = (gssize) i;
  self->is_cut = fan->is_tight;
  keep_parts (self, own);
  fill_table (self, own);

  return self;
}
