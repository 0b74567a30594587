/* kilter-chart-bridge.c: from one total to another, step by step
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-bars.h"

#define BAR_SHARE 0.6
#define BAR_WIDEST 54
/* the axis is cut when the lowest level is above this share of the highest */
#define CUT_ABOVE 0.5
#define CUT_ROOM 0.65

typedef struct
{
  KilterChartBridge bridge;
  KilterChartTime time;
  KilterChartPlace place;
  const double *values;
  double *from; /* level at which a step begins */
  double *to;   /* and ends; a total begins at 0 */
} BridgeData;

static void
compute_levels (BridgeData *data)
{
  double level = 0;

  for (gsize i = 0; i < data->bridge.n_steps; i++)
    {
      double value = data->values[i];

      data->from[i] = data->bridge.steps[i].is_total ? 0 : level;
      if (isfinite (value))
        level = data->bridge.steps[i].is_total ? value : level + value;
      data->to[i] = isfinite (value) ? level : NAN;
    }
}

static gboolean
find_range (const BridgeData *data, double *lo, double *hi)
{
  *lo = *hi = NAN;
  kilter_range_add (lo, hi, data->to, data->bridge.n_steps);
  for (gsize i = 0; i < data->bridge.n_steps; i++)
    if (!data->bridge.steps[i].is_total)
      kilter_range_add (lo, hi, &data->from[i], 1);
  if (!isfinite (*lo) || *lo <= 0 || *lo <= CUT_ABOVE * *hi || *hi - *lo <= 0)
    return FALSE;
  *lo -= (*hi - *lo) * CUT_ROOM;

  return *lo > 0;
}

/* Two strokes across a bar: its foot is not 0. */
static void
draw_cut (KilterPaint *paint, const KilterChartRect *rect, double foot)
{
  cairo_t *cr = paint->cr;
  double u = paint->u;
  double left = rect->x - 3 * u, right = rect->x + rect->width + 4 * u;
  double y = foot - 11 * u, rise = 2.2 * u, gap = 4 * u;

  if (rect->height < 20 * u)
    return;
  cairo_move_to (cr, left, y + rise);
  cairo_line_to (cr, right, y - rise);
  cairo_line_to (cr, right, y - rise + gap);
  cairo_line_to (cr, left, y + rise + gap);
  cairo_close_path (cr);
  kilter_paint_role (paint, paint->style->ground, 1);
  cairo_fill (cr);
  kilter_paint_role (paint, KILTER_CHART_ROLE_ACTUAL, 1);
  cairo_set_line_width (cr, u);
  for (int i = 0; i < 2; i++)
    {
      cairo_move_to (cr, left, y + rise + i * gap);
      cairo_line_to (cr, right, y - rise + i * gap);
      cairo_stroke (cr);
    }
}

static KilterChartRole
role_of_step (const BridgeData *data, gsize i)
{
  gboolean is_rise = data->values[i] >= 0;

  return is_rise != data->bridge.lower_is_better ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_BAD;
}

static KilterChartRect
bar_of (KilterPaint *paint, const KilterPlot *plot, const BridgeData *data, gsize i)
{
  double slot = kilter_plot_column_width (plot, i);
  double width = MIN (slot * BAR_SHARE, BAR_WIDEST * paint->u);
  double a = kilter_plot_y (plot, data->bridge.steps[i].is_total ? MAX (0, plot->scale.lo)
                                                                 : data->from[i]);
  double b = kilter_plot_y (plot, data->to[i]);
  KilterChartRect rect = { plot->xs[i] - width / 2, MIN (a, b), width, fabs (a - b) };

  rect = kilter_paint_snap_rect (paint, &rect);
  /* a difference of almost nothing stays visible */
  if (!data->bridge.steps[i].is_total && data->values[i] != 0)
    rect.height = MAX (rect.height, 1.5 * paint->u);

  return rect;
}

static void
draw_steps (KilterPaint *paint,
            const KilterPlot *plot,
            const BridgeData *data,
            gboolean is_cut,
            double *tops)
{
  double foot = plot->area.y + plot->area.height;
  gboolean is_first = TRUE;

  for (gsize i = 0; i < plot->n; i++)
    {
      KilterChartRect rect;

      tops[i] = NAN;
      if (!isfinite (data->to[i]))
        continue;
      rect = bar_of (paint, plot, data, i);
      tops[i] = rect.y;
      if (data->bridge.steps[i].is_total)
        {
          if (is_first)
            kilter_paint_outline (paint, &rect, KILTER_CHART_ROLE_ACTUAL, 1.4);
          else
            kilter_paint_hatched (paint, &rect, KILTER_CHART_ROLE_ACTUAL);
          is_first = FALSE;
          if (is_cut && !plot->is_tiny)
            draw_cut (paint, &rect, foot);
        }
      else
        kilter_paint_fill (paint, &rect, role_of_step (data, i));
      kilter_chart_add_mark (paint, 0, (int) i, &rect, rect.x + rect.width / 2, rect.y);
      if (i + 1 < plot->n && isfinite (data->to[i + 1]))
        {
          double next = MIN (kilter_plot_column_width (plot, i + 1) * BAR_SHARE,
                             BAR_WIDEST * paint->u);

          kilter_paint_hline (paint, rect.x + rect.width, plot->xs[i + 1] - next / 2,
                              kilter_plot_y (plot, data->to[i]), KILTER_CHART_ROLE_AXIS, 1);
        }
    }
}

static void
draw_values (KilterPaint *paint, const KilterPlot *plot, const BridgeData *data)
{
  for (gsize i = 0; i < plot->n; i++)
    {
      gboolean is_total = data->bridge.steps[i].is_total;
      KilterNumberFormat format = is_total ? data->bridge.format : data->bridge.delta_format;
      KilterTextLook look = {
        .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE, .has_halo = TRUE, .x_align = 0.5
      };
      g_autofree char *text = NULL;
      gboolean is_under;
      KilterChartRect rect;
      double width;

      if (!isfinite (data->to[i]))
        continue;
      rect = bar_of (paint, plot, data, i);
      is_under = data->values[i] < 0;
      format.sign = !is_total || format.sign;
      text = kilter_number_format (data->values[i], &format);
      if (!is_total)
        look.role = kilter_chart_role_of_text (role_of_step (data, i));
      kilter_paint_measure (paint, text, &look, &width, NULL);
      if (width > kilter_plot_column_width (plot, i) * 1.25)
        continue;
      look.y_align = is_under ? 0 : 1;
      kilter_paint_text (
        paint, text, CLAMP (plot->xs[i], width / 2, MAX (paint->width - width / 2, width / 2)),
        is_under ? rect.y + rect.height + 2 * paint->u : rect.y - 2 * paint->u, &look);
    }
}

/* Returns the width of the longest word of all names. */
static double
widest_word (KilterPaint *paint, const BridgeData *data)
{
  double widest = 0;

  for (gsize i = 0; i < data->bridge.n_steps; i++)
    {
      g_auto (GStrv) words = g_strsplit (
        data->bridge.steps[i].name != NULL ? data->bridge.steps[i].name : "", " ", -1);

      for (gsize k = 0; words[k] != NULL; k++)
        {
          double width;

          kilter_paint_measure (paint, words[k],
                                &(KilterTextLook) { .size = KILTER_CHART_TEXT_AXIS,
                                                    .is_bold = data->bridge.steps[i].is_total },
                                &width, NULL);
          widest = MAX (widest, width);
        }
    }

  return widest;
}

/* Names on two lines each; where a word is wider than its bar's room, on one line each in turn
 * higher and lower, with twice the room. */
static void
draw_names (KilterPaint *paint, const KilterPlot *plot, const BridgeData *data, double height)
{
  double top = plot->area.y + plot->area.height + 5 * paint->u;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS);
  gboolean in_turn = plot->n > 0 &&
                     widest_word (paint, data) > kilter_plot_column_width (plot, 0) - 2 * paint->u;

  for (gsize i = 0; i < plot->n; i++)
    {
      double room = kilter_plot_column_width (plot, i) * (in_turn ? 2 : 1) - 3 * paint->u;
      double y = in_turn && i % 2 == 1 ? top + line : top;
      KilterTextLook look = { .size = KILTER_CHART_TEXT_AXIS,
                              .is_bold = data->bridge.steps[i].is_total,
                              .max_lines = in_turn ? 1 : 2,
                              .max_width = room,
                              .x_align = 0.5 };
      double width;

      if (room < 14 * paint->u)
        continue;
      kilter_paint_measure (paint, data->bridge.steps[i].name, &look, &width, NULL);
      kilter_paint_text (paint, data->bridge.steps[i].name,
                         CLAMP (plot->xs[i], width / 2, MAX (paint->width - width / 2, width / 2)),
                         y, &look);
      kilter_chart_add_area (
        paint, KILTER_CHART_PART_COLUMN_LABEL, -1, (int) i,
        &(KilterChartRect) { plot->edges[i], top, plot->edges[i + 1] - plot->edges[i], height });
    }
}

static void
draw_bridge (KilterChart *self, KilterPaint *paint)
{
  BridgeData *data = self->data;
  g_auto (KilterPlot) plot = { 0 };
  g_autofree double *tops = g_new (double, data->bridge.n_steps + 1);
  double names = kilter_paint_line_height (paint, KILTER_CHART_TEXT_AXIS) * 2 + 5 * paint->u;
  double full = paint->height;
  KilterPlotSpec spec = {
    .time = &data->time,
    .place = &data->place,
    .format = &data->bridge.format,
    .headroom = 20 * paint->u,
  };
  gboolean is_cut, has_names;

  compute_levels (data);
  is_cut = find_range (data, &spec.lo, &spec.hi);
  spec.has_zero = !is_cut;
  has_names = full > 110 * paint->u && paint->width > 160 * paint->u;
  if (has_names)
    paint->height -= names - 6 * paint->u;
  kilter_plot_begin (&plot, paint, &spec);
  paint->height = full;
  draw_steps (paint, &plot, data, is_cut, tops);
  kilter_plot_end (&plot, paint, &spec);
  if (plot.is_tiny)
    return;
  draw_values (paint, &plot, data);
  if (has_names)
    draw_names (paint, &plot, data, names);
}

static const KilterChartClass bridge_class = { .kind = KILTER_CHART_BRIDGE, .draw = draw_bridge };

/**
 * kilter_chart_new_bridge:
 *
 * Rows of the table: the values as given, and the level reached.
 *
 * Returns: (transfer full): a bridge between totals
 */
KilterChart *
kilter_chart_new_bridge (const KilterChartBridge *data)
{
  BridgeData copy = { .bridge = *data };
  KilterChart *self = kilter_chart_alloc (&bridge_class, &copy, sizeof copy);
  BridgeData *own = self->data;
  gsize n = own->bridge.n_steps;
  KilterChartBridgeStep *steps = kilter_chart_keep (self, own->bridge.steps, sizeof *steps * n);
  g_autofree double *values = g_new (double, n + 1);
  g_autofree const char **names = g_new (const char *, n + 1);
  KilterNumberFormat delta = own->bridge.delta_format;
  double lo, hi;

  for (gsize i = 0; i < n; i++)
    {
      values[i] = steps[i].value;
      names[i] = steps[i].name;
    }
  own->bridge.steps = steps;
  own->values = kilter_chart_keep_values (self, values, n);
  own->from = kilter_chart_keep (self, NULL, sizeof (double) * (n + 1));
  own->to = kilter_chart_keep (self, NULL, sizeof (double) * (n + 1));
  own->time = (KilterChartTime) { .n = n, .names = names };
  kilter_chart_keep_time (self, &own->time);
  for (gsize i = 0; i < n; i++)
    steps[i].name = own->time.names[i];
  compute_levels (own);
  self->is_cut = find_range (own, &lo, &hi);

  delta.sign = TRUE;
  kilter_chart_table_begin (self, 2, n);
  kilter_chart_table_time (self, &own->time);
  kilter_chart_table_row (self, 0, kilter_chart_keep_text (self, own->bridge.value_name),
                          own->values, &delta);
  kilter_chart_table_row (self, 1, kilter_chart_keep_text (self, own->bridge.total_name), own->to,
                          &own->bridge.format);
  self->n_series = 1;
  for (gsize i = 0; i < n; i++)
    if (steps[i].is_total && isfinite (own->values[i]))
      {
        char *text = kilter_number_format (own->values[i], &own->bridge.format);

        g_ptr_array_add (self->blocks, text);
        kilter_chart_table_text (self, 0, i, text);
      }

  return self;
}
