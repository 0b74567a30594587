/* kilter-chart-keys.c: small marks beside names, the same as in the charts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-private.h"

static KilterChartRole
usual_role (KilterChartKey key)
{
  switch (key)
    {
    case KILTER_CHART_KEY_LINE:
    case KILTER_CHART_KEY_DASHED:
      return KILTER_CHART_ROLE_FORECAST;
    case KILTER_CHART_KEY_DOTTED:
      return KILTER_CHART_ROLE_GOOD;
    case KILTER_CHART_KEY_DOT:
    case KILTER_CHART_KEY_RING:
      return KILTER_CHART_ROLE_SALES;
    case KILTER_CHART_KEY_DIAMOND:
      return KILTER_CHART_ROLE_MARKETING;
    case KILTER_CHART_KEY_TRIANGLE:
      return KILTER_CHART_ROLE_BAD;
    case KILTER_CHART_KEY_NONE:
    case KILTER_CHART_KEY_SOLID:
    case KILTER_CHART_KEY_HATCHED:
    case KILTER_CHART_KEY_OUTLINED:
    case KILTER_CHART_KEY_FILL:
    case KILTER_CHART_KEY_SQUARE:
    default:
      return KILTER_CHART_ROLE_ACTUAL;
    }
}

static void
draw_line_key (KilterPaint *paint,
               KilterChartKey key,
               KilterChartRole role,
               double x,
               double y,
               double width)
{
  const double xs[] = { x, x + width };
  const double ys[] = { y, y };
  KilterDash dash = key == KILTER_CHART_KEY_DASHED   ? KILTER_DASH_DASHED
                    : key == KILTER_CHART_KEY_DOTTED ? KILTER_DASH_DOTTED
                                                     : KILTER_DASH_NONE;

  if (key == KILTER_CHART_KEY_LINE)
    kilter_paint_fill (paint, &(KilterChartRect) { x, y - paint->u, width, 2 * paint->u }, role);
  else
    kilter_paint_line (paint, xs, ys, 2, role, 1.8, dash);
}

/**
 * kilter_chart_draw_key:
 * @key: which mark
 * @role: its colour, %KILTER_CHART_ROLE_NONE for the usual one
 * @x: left end
 * @y: middle
 * @width: of boxes and lines; points are centred in it
 */
void
kilter_chart_draw_key (cairo_t *cr,
                       const KilterChartStyle *style,
                       KilterChartKey key,
                       KilterChartRole role,
                       double x,
                       double y,
                       double width)
{
  g_auto (KilterPaint) paint = { 0 };
  KilterChartRect box;
  double u;

  g_return_if_fail (cr != NULL && style != NULL);

  kilter_paint_init (&paint, NULL, cr, 0, 0, style);
  u = paint.u;
  box = (KilterChartRect) { x, y - 4.5 * u, width, 9 * u };
  if (role == KILTER_CHART_ROLE_NONE)
    role = usual_role (key);
  cairo_save (cr);
  switch (key)
    {
    case KILTER_CHART_KEY_SOLID:
      kilter_paint_fill (&paint, &box, role);
      break;
    case KILTER_CHART_KEY_FILL:
      /* twice: a tint on so small an area would be lost */
      kilter_paint_tint (&paint, &box, role, KILTER_CHART_ROLE_GOOD, 0);
      kilter_paint_tint (&paint, &box, role, KILTER_CHART_ROLE_GOOD, 0);
      break;
    case KILTER_CHART_KEY_HATCHED:
      kilter_paint_hatched (&paint, &box, role);
      break;
    case KILTER_CHART_KEY_OUTLINED:
      kilter_paint_outline (&paint, &box, role, 1.3);
      break;
    case KILTER_CHART_KEY_LINE:
    case KILTER_CHART_KEY_DASHED:
    case KILTER_CHART_KEY_DOTTED:
      draw_line_key (&paint, key, role, x, y, width);
      break;
    case KILTER_CHART_KEY_DOT:
      kilter_paint_marker (&paint, KILTER_MARKER_DOT, x + width / 2, y, 4 * u, role);
      break;
    case KILTER_CHART_KEY_DIAMOND:
      kilter_paint_marker (&paint, KILTER_MARKER_DIAMOND, x + width / 2, y, 4.2 * u, role);
      break;
    case KILTER_CHART_KEY_SQUARE:
      kilter_paint_marker (&paint, KILTER_MARKER_SQUARE, x + width / 2, y, 4.2 * u, role);
      break;
    case KILTER_CHART_KEY_TRIANGLE:
      kilter_paint_marker (&paint, KILTER_MARKER_TRIANGLE, x + width / 2, y, 4.6 * u, role);
      break;
    case KILTER_CHART_KEY_RING:
      kilter_paint_marker (&paint, KILTER_MARKER_RING, x + width / 2, y, 4 * u, role);
      break;
    case KILTER_CHART_KEY_NONE:
    default:
      break;
    }
  cairo_restore (cr);
  cairo_new_path (cr);
}

/**
 * kilter_chart_draw_tone:
 * @x: middle
 * @y: middle
 *
 * Draws the shape of a state, which does not need its colour: a dot on target, a diamond close to
 * it, a triangle off; nothing for plain.
 */
void
kilter_chart_draw_tone (cairo_t *cr,
                        const KilterChartStyle *style,
                        KilterChartTone tone,
                        double x,
                        double y)
{
  KilterChartKey key = tone == KILTER_CHART_TONE_GOOD    ? KILTER_CHART_KEY_DOT
                       : tone == KILTER_CHART_TONE_CLOSE ? KILTER_CHART_KEY_DIAMOND
                       : tone == KILTER_CHART_TONE_BAD   ? KILTER_CHART_KEY_TRIANGLE
                                                         : KILTER_CHART_KEY_NONE;

  kilter_chart_draw_key (cr, style, key, kilter_role_of_tone (tone), x, y, 0);
}
