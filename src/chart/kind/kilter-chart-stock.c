/* kilter-chart-stock.c: stock at the end of each month against its target
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-bars.h"
#include "chart/draw/kilter-chart-labels.h"

enum
{
  ROW_STOCK,
  ROW_TARGET,
  ROW_UNMET,
  ROW_PREVIEW,
  ROW_LOW,
  ROW_HIGH,
  N_ROWS,
};

typedef struct
{
  KilterChartStock stock;
  int rows[N_ROWS];
} StockData;

#define BAND_ALPHA 0.16
#define LABEL_HEADROOM 20

static double
at (const double *values, gsize i)
{
  return values != NULL ? values[i] : NAN;
}

static gboolean
is_below (const KilterChartStock *stock, gsize i)
{
  double limit = at (stock->low, i);

  if (stock->below_name == NULL)
    return FALSE;
  if (!isfinite (limit))
    limit = at (stock->target, i);

  return isfinite (limit) && at (stock->stock, i) < limit;
}

static gboolean
is_unmet (const KilterChartStock *stock, gsize i)
{
  return at (stock->unmet, i) > 0;
}

static void
draw_band (KilterPaint *paint, const KilterPlot *plot, const StockData *data)
{
  const KilterChartStock *stock = &data->stock;
  g_autofree double *lows = kilter_plot_ys (plot, stock->low);
  g_autofree double *highs = kilter_plot_ys (plot, stock->high);
  g_autofree double *targets = kilter_plot_ys (plot, stock->target);

  if (!stock->target_as_ticks && stock->low != NULL && stock->high != NULL)
    kilter_paint_band (paint, plot->xs, lows, highs, plot->n, KILTER_CHART_ROLE_GOOD, BAND_ALPHA,
                       TRUE);
  if (!stock->target_as_ticks && stock->target != NULL)
    {
      kilter_paint_line (paint, plot->xs, targets, plot->n, KILTER_CHART_ROLE_GOOD,
                         plot->is_tiny ? 1 : 1.8, KILTER_DASH_DOTTED);
      kilter_chart_add_line (paint, data->rows[ROW_TARGET], plot->first, plot->xs, targets,
                             plot->n);
    }
}

static void
draw_bars (KilterPaint *paint, const KilterPlot *plot, const StockData *data, double *tops)
{
  const KilterChartStock *stock = &data->stock;

  for (gsize i = 0; i < plot->n; i++)
    {
      gsize bucket = plot->first + i;
      double value = at (stock->stock, bucket);
      KilterChartRect rect = kilter_bar_rect (paint, plot, i, value, 0);
      KilterChartRole role = is_below (stock, bucket) ? KILTER_CHART_ROLE_BAD
                                                      : KILTER_CHART_ROLE_ACTUAL;

      tops[i] = NAN;
      if (isfinite (value))
        {
          kilter_bar_draw (paint, &rect, KILTER_CHART_LOOK_COLUMN, role, bucket < stock->time.cycle,
                           FALSE);
          kilter_chart_add_mark (paint, data->rows[ROW_STOCK], (int) bucket, &rect,
                                 rect.x + rect.width / 2, rect.y);
          tops[i] = value < 0 ? rect.y + rect.height : rect.y;
        }
      if (isfinite (at (stock->preview, bucket)))
        {
          KilterChartRect next = kilter_bar_rect (paint, plot, i, at (stock->preview, bucket), 0);
          double grow = 3 * paint->u;

          next.x -= grow;
          next.width += 2 * grow;
          kilter_paint_outline (paint, &next, KILTER_CHART_ROLE_FORECAST, 1.6);
          kilter_chart_add_mark (paint, data->rows[ROW_PREVIEW], (int) bucket, &next,
                                 next.x + next.width / 2, next.y);
        }
    }
}

/* Quantity that stays unmet, in a box on the base line; where months are narrow a triangle. */
static void
draw_unmet (KilterPaint *paint, const KilterPlot *plot, const StockData *data, gsize i)
{
  const KilterChartStock *stock = &data->stock;
  KilterTextLook quantity = { .size = KILTER_CHART_TEXT_LABEL,
                              .role = KILTER_CHART_ROLE_ON_BAD,
                              .is_bold = TRUE,
                              .x_align = 0.5 };
  KilterTextLook word = { .size = KILTER_CHART_TEXT_AXIS,
                          .role = KILTER_CHART_ROLE_ON_BAD,
                          .x_align = 0.5 };
  gsize bucket = plot->first + i;
  double u = paint->u;
  double column = kilter_plot_column_width (plot, i);
  double foot = kilter_plot_y (plot, 0);
  g_autofree char *text = kilter_number_format (-stock->unmet[bucket], &stock->format);
  double width, height, word_width = 0, word_height = 0;
  KilterChartRect box;

  kilter_paint_measure (paint, text, &quantity, &width, &height);
  if (stock->unmet_word != NULL)
    kilter_paint_measure (paint, stock->unmet_word, &word, &word_width, &word_height);
  if (word_width > column - 6 * u)
    word_width = word_height = 0;
  box = (KilterChartRect) { plot->xs[i] - (column - 3 * u) / 2,
                            foot - 8 * u - height - word_height - 4 * u, column - 3 * u,
                            height + word_height + 4 * u };
  if (width > box.width - 4 * u || box.y < 0 || plot->is_tiny)
    {
      kilter_paint_marker (paint, KILTER_MARKER_TRIANGLE, plot->xs[i], foot - 7 * u,
                           MIN (5 * u, column * 0.4), KILTER_CHART_ROLE_BAD);
      box = (KilterChartRect) { plot->xs[i] - column / 2, foot - 14 * u, column, 14 * u };
    }
  else
    {
      kilter_paint_role (paint, KILTER_CHART_ROLE_BAD, 1);
      kilter_paint_round_path (paint, &box, 5 * u);
      cairo_fill (paint->cr);
      kilter_paint_text (paint, text, plot->xs[i], box.y + 2 * u, &quantity);
      if (word_height > 0)
        kilter_paint_text (paint, stock->unmet_word, plot->xs[i], box.y + 1 * u + height, &word);
    }
  kilter_chart_add_mark (paint, data->rows[ROW_UNMET], (int) bucket, &box, plot->xs[i], box.y);
}

static void
draw_target_name (KilterPaint *paint, const KilterPlot *plot, const StockData *data)
{
  const KilterChartStock *stock = &data->stock;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (KilterChartRect));
  gsize i = MIN (1, plot->n - 1);
  double top;

  if (plot->n == 0 || stock->target_as_ticks || stock->target_name == NULL || stock->target == NULL)
    return;
  top = isfinite (at (stock->high, plot->first + i)) ? at (stock->high, plot->first + i)
                                                     : at (stock->target, plot->first + i);
  kilter_label_near (
    paint, taken, stock->target_name, plot->xs[i], kilter_plot_y (plot, top), 5 * paint->u,
    (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .role = KILTER_CHART_ROLE_GOOD_TEXT });
}

static void
fill_legend (KilterPlotSpec *spec, const StockData *data)
{
  const KilterChartStock *stock = &data->stock;
  gboolean any_below = FALSE;

  for (gsize i = 0; i < stock->time.n; i++)
    any_below |= is_below (stock, i);
  if (stock->time.cycle > 0)
    kilter_legend_add (spec, stock->actual_name, KILTER_CHART_KEY_SOLID, KILTER_CHART_ROLE_ACTUAL,
                       data->rows[ROW_STOCK]);
  if (stock->time.cycle < stock->time.n)
    kilter_legend_add (spec, stock->stock_name, KILTER_CHART_KEY_HATCHED, KILTER_CHART_ROLE_ACTUAL,
                       data->rows[ROW_STOCK]);
  if (any_below)
    kilter_legend_add (spec, stock->below_name, KILTER_CHART_KEY_HATCHED, KILTER_CHART_ROLE_BAD,
                       data->rows[ROW_STOCK]);
  if (stock->preview != NULL)
    kilter_legend_add (spec, stock->preview_name, KILTER_CHART_KEY_OUTLINED,
                       KILTER_CHART_ROLE_FORECAST, data->rows[ROW_PREVIEW]);
  if (stock->target_as_ticks)
    kilter_legend_add (spec, stock->target_name, KILTER_CHART_KEY_LINE, KILTER_CHART_ROLE_GOOD,
                       data->rows[ROW_TARGET]);
  else if (stock->low != NULL && stock->high != NULL)
    kilter_legend_add (spec, stock->band_name, KILTER_CHART_KEY_FILL, KILTER_CHART_ROLE_GOOD_TINT,
                       data->rows[ROW_LOW]);
}

static void
draw_stock (KilterChart *self, KilterPaint *paint)
{
  const StockData *data = self->data;
  const KilterChartStock *stock = &data->stock;
  g_auto (KilterPlot) plot = { 0 };
  g_autofree double *tops = NULL;
  KilterPlotSpec spec = {
    .time = &stock->time,
    .place = &stock->place,
    .format = &stock->format,
    .lo = NAN,
    .hi = NAN,
    .has_zero = TRUE,
    .headroom = (stock->has_values ? LABEL_HEADROOM : 14) * paint->u,
    .has_time_axis = stock->has_time_axis,
    .has_legend = stock->has_legend,
  };

  kilter_range_add (&spec.lo, &spec.hi, stock->stock, stock->time.n);
  kilter_range_add (&spec.lo, &spec.hi, stock->target, stock->time.n);
  kilter_range_add (&spec.lo, &spec.hi, stock->preview, stock->time.n);
  if (!stock->target_as_ticks)
    kilter_range_add (&spec.lo, &spec.hi, stock->high, stock->time.n);
  fill_legend (&spec, data);
  kilter_plot_begin (&plot, paint, &spec);
  tops = g_new (double, plot.n + 1);
  kilter_plot_clip (&plot, paint);
  draw_band (paint, &plot, data);
  draw_bars (paint, &plot, data, tops);
  for (gsize i = 0; i < plot.n; i++)
    if (stock->target_as_ticks)
      {
        double y = kilter_plot_y (&plot, at (stock->target, plot.first + i));

        kilter_bar_tick (paint, &plot, i, at (stock->target, plot.first + i),
                         KILTER_CHART_ROLE_GOOD);
        tops[i] = fmin (tops[i], y);
      }
  kilter_plot_unclip (paint);
  kilter_plot_end (&plot, paint, &spec);
  kilter_plot_clip (&plot, paint);
  if (stock->has_values && stock->stock != NULL && !plot.is_tiny)
    kilter_bar_labels (paint, &plot, stock->stock, tops, &stock->format);
  for (gsize i = 0; i < plot.n; i++)
    if (is_unmet (stock, plot.first + i))
      draw_unmet (paint, &plot, data, i);
  if (!plot.is_tiny)
    draw_target_name (paint, &plot, data);
  kilter_plot_unclip (paint);
}

static const KilterChartClass stock_class = { .kind = KILTER_CHART_STOCK,
                                              .can_zoom = TRUE,
                                              .draw = draw_stock };

static void
keep_names (KilterChart *self, KilterChartStock *stock)
{
  stock->actual_name = kilter_chart_keep_text (self, stock->actual_name);
  stock->stock_name = kilter_chart_keep_text (self, stock->stock_name);
  stock->below_name = kilter_chart_keep_text (self, stock->below_name);
  stock->target_name = kilter_chart_keep_text (self, stock->target_name);
  stock->band_name = kilter_chart_keep_text (self, stock->band_name);
  stock->low_name = kilter_chart_keep_text (self, stock->low_name);
  stock->high_name = kilter_chart_keep_text (self, stock->high_name);
  stock->unmet_name = kilter_chart_keep_text (self, stock->unmet_name);
  stock->unmet_word = kilter_chart_keep_text (self, stock->unmet_word);
  stock->preview_name = kilter_chart_keep_text (self, stock->preview_name);
}

/**
 * kilter_chart_new_stock:
 *
 * Rows of the table: stock, target, unmet, preview, lower and upper tolerance (those given);
 * the arrow keys leave the tolerance out.
 *
 * Returns: (transfer full): stock columns with their target
 */
KilterChart *
kilter_chart_new_stock (const KilterChartStock *data)
{
  StockData copy = { .stock = *data };
  KilterChart *self = kilter_chart_alloc (&stock_class, &copy, sizeof copy);
  StockData *own = self->data;
  KilterChartStock *stock = &own->stock;
  gsize n = stock->time.n, n_rows = 0;
  const double *values[N_ROWS];
  const char *names[N_ROWS];

  kilter_chart_keep_time (self, &stock->time);
  kilter_chart_keep_place (self, &stock->place, n);
  keep_names (self, stock);
  values[ROW_STOCK] = stock->stock = kilter_chart_keep_values (self, stock->stock, n);
  values[ROW_TARGET] = stock->target = kilter_chart_keep_values (self, stock->target, n);
  values[ROW_LOW] = stock->low = kilter_chart_keep_values (self, stock->low, n);
  values[ROW_HIGH] = stock->high = kilter_chart_keep_values (self, stock->high, n);
  values[ROW_UNMET] = stock->unmet = kilter_chart_keep_values (self, stock->unmet, n);
  values[ROW_PREVIEW] = stock->preview = kilter_chart_keep_values (self, stock->preview, n);
  names[ROW_STOCK] = stock->stock_name;
  names[ROW_TARGET] = stock->target_name;
  names[ROW_LOW] = stock->low_name != NULL ? stock->low_name : stock->band_name;
  names[ROW_HIGH] = stock->high_name != NULL ? stock->high_name : stock->band_name;
  names[ROW_UNMET] = stock->unmet_name != NULL ? stock->unmet_name : stock->unmet_word;
  names[ROW_PREVIEW] = stock->preview_name;
  for (int row = 0; row < N_ROWS; row++)
    own->rows[row] = values[row] != NULL ? (int) n_rows++ : -1;
  kilter_chart_table_begin (self, n_rows, n);
  self->n_series = n_rows - (values[ROW_LOW] != NULL) - (values[ROW_HIGH] != NULL);
  kilter_chart_table_time (self, &stock->time);
  for (int row = 0; row < N_ROWS; row++)
    if (own->rows[row] >= 0)
      kilter_chart_table_row (self, (gsize) own->rows[row], names[row], values[row],
                              &stock->format);

  return self;
}
