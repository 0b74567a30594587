/* kilter-chart-rows.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-rows.h"

/* All x positions count from the start side. */
double
kilter_rows_x (const KilterPaint *paint, double x)
{
  return paint->style->rtl ? paint->width - x : x;
}

KilterChartRect
kilter_rows_rect (const KilterPaint *paint, double x, double y, double width, double height)
{
  return (KilterChartRect) { paint->style->rtl ? paint->width - x - width : x, y, width, height };
}

/* Text beginning at @x, with its middle at @y. */
void
kilter_rows_start (KilterPaint *paint, const char *text, double x, double y, KilterTextLook look)
{
  look.x_align = paint->style->rtl ? 1 : 0;
  look.y_align = 0.5;
  kilter_paint_text (paint, text, kilter_rows_x (paint, x), y, &look);
}

/* Text ending at @x: numbers. */
void
kilter_rows_end (KilterPaint *paint, const char *text, double x, double y, KilterTextLook look)
{
  look.x_align = paint->style->rtl ? 0 : 1;
  look.y_align = 0.5;
  kilter_paint_text (paint, text, kilter_rows_x (paint, x), y, &look);
}

void
kilter_rows_rule (KilterPaint *paint, double x0, double x1, double y, KilterChartRole role)
{
  double a = kilter_rows_x (paint, x0);
  double b = kilter_rows_x (paint, x1);

  kilter_paint_hline (paint, MIN (a, b), MAX (a, b), y, role, 1);
}

double
kilter_rows_width (KilterPaint *paint, const char *text, const KilterTextLook *look)
{
  double width;

  kilter_paint_measure (paint, text, look, &width, NULL);
  return width;
}

/* Returns the height of one of @n rows: they share the room but do not drift apart. */
double
kilter_rows_height (double room, gsize n, double least, double most)
{
  double height = room / (double) MAX (n, 1);

  return MAX (MIN (height, most), MIN (least, height));
}

/* Returns whether text has room in a row: lines may come close but not run into each other. */
gboolean
kilter_rows_fit (KilterPaint *paint, double row, KilterChartTextSize size)
{
  return row >= kilter_paint_line_height (paint, size) * 0.82;
}
