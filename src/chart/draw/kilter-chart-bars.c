/* kilter-chart-bars.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-bars.h"

#include <math.h>

#define BAR_SHARE 0.48
#define BAR_WIDEST 44
#define TICK_OVERHANG 4
#define TICK_STROKE 2.4

double
kilter_bar_width (const KilterPaint *paint, double column)
{
  /* narrow columns: nearly all the room, so that something stays to be seen */
  double share = column < 16 * paint->u ? 0.66 : BAR_SHARE;

  return MIN (column * share, BAR_WIDEST * paint->u);
}

/* Returns the extent of a column from the base line to @value, on whole pixels; height 0 when the
 * value is missing. */
KilterChartRect
kilter_bar_rect (KilterPaint *paint, const KilterPlot *plot, gsize i, double value, double shift)
{
  double width = kilter_bar_width (paint, kilter_plot_column_width (plot, i));
  double zero = kilter_plot_y (plot, 0);
  double y = kilter_plot_y (plot, value);
  KilterChartRect rect = { plot->xs[i] - width / 2 + shift, zero, width, 0 };

  if (isfinite (y))
    {
      rect.y = MIN (zero, y);
      rect.height = fabs (zero - y);
    }

  return kilter_paint_snap_rect (paint, &rect);
}

void
kilter_bar_draw (KilterPaint *paint,
                 const KilterChartRect *rect,
                 KilterChartLook look,
                 KilterChartRole role,
                 gboolean is_past,
                 gboolean is_opaque)
{
  if (rect->height <= 0)
    return;
  if (look == KILTER_CHART_LOOK_OUTLINE)
    kilter_paint_outline (paint, rect, role, 1.3);
  else if (look == KILTER_CHART_LOOK_COLUMN && !is_past)
    {
      /* what stands behind must not show between the lines */
      if (is_opaque)
        kilter_paint_fill (paint, rect, paint->style->ground);
      kilter_paint_hatched (paint, rect, role);
    }
  else
    kilter_paint_fill (paint, rect, role);
}

/* Writes values over columns, every second, third … where they would touch. */
void
kilter_bar_labels (KilterPaint *paint,
                   const KilterPlot *plot,
                   const double *values,
                   const double *tops,
                   const KilterNumberFormat *format)
{
  const KilterTextLook look = {
    .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE, .has_halo = TRUE, .x_align = 0.5, .y_align = 1
  };
  g_autofree double *widths = g_new0 (double, plot->n + 1);
  g_auto (GStrv) texts = g_new0 (char *, plot->n + 1);
  gsize stride;

  for (gsize i = 0; i < plot->n; i++)
    {
      double value = values[plot->first + i];

      texts[i] = isfinite (value) ? kilter_number_format (value, format) : g_strdup ("");
      kilter_paint_measure (paint, texts[i], &look, &widths[i], NULL);
    }
  stride = kilter_label_stride (plot->xs, widths, plot->n, 4 * paint->u);
  for (gsize i = 0; stride > 0 && i < plot->n; i += stride)
    {
      double y = tops[i] - 3 * paint->u;

      if (!isfinite (tops[i]))
        continue;
      /* under a negative column */
      if (values[plot->first + i] < 0)
        kilter_paint_text (
          paint, texts[i], plot->xs[i], tops[i] + 3 * paint->u,
          &(KilterTextLook) {
            .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE, .has_halo = TRUE, .x_align = 0.5 });
      else
        kilter_paint_text (paint, texts[i], plot->xs[i], y, &look);
    }
}

/* A short bar across the column. */
void
kilter_bar_tick (KilterPaint *paint,
                 const KilterPlot *plot,
                 gsize i,
                 double value,
                 KilterChartRole role)
{
  double width = kilter_bar_width (paint, kilter_plot_column_width (plot, i));
  double stroke = TICK_STROKE * paint->u;
  double over = MIN (TICK_OVERHANG * paint->u, kilter_plot_column_width (plot, i) * 0.1);
  double y = kilter_plot_y (plot, value);

  if (!isfinite (y))
    return;
  kilter_paint_role (paint, role, 1);
  cairo_set_line_width (paint->cr, stroke);
  cairo_set_line_cap (paint->cr, CAIRO_LINE_CAP_BUTT);
  cairo_move_to (paint->cr, plot->xs[i] - width / 2 - over, y);
  cairo_line_to (paint->cr, plot->xs[i] + width / 2 + over, y);
  cairo_stroke (paint->cr);
}
