/* kilter-chart-labels.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-labels.h"

#include <math.h>

/* Returns whether the segment touches the rectangle (Liang and Barsky's clipping). */
gboolean
kilter_segment_touches (const KilterChartRect *rect, double x0, double y0, double x1, double y1)
{
  const double p[4] = { x0 - x1, x1 - x0, y0 - y1, y1 - y0 };
  const double q[4] = { x0 - rect->x, rect->x + rect->width - x0, y0 - rect->y,
                        rect->y + rect->height - y0 };
  double t0 = 0, t1 = 1;

  for (int i = 0; i < 4; i++)
    {
      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
        }
      else
        {
          double t = q[i] / p[i];

          if (p[i] < 0)
            t0 = MAX (t0, t);
          else
            t1 = MIN (t1, t);
          if (t0 > t1)
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * kilter_label_cost:
 *
 * Returns: how much drawn data a box would hide: 4 for each segment of a line, 1 for a column
 */
double
kilter_label_cost (KilterChart *chart, const KilterChartRect *rect)
{
  const KilterChartArea *before = NULL;
  double cost = 0;

  for (guint i = 0; i < chart->geometry.areas->len; i++)
    {
      const KilterChartArea *area = &g_array_index (chart->geometry.areas, KilterChartArea, i);

      if (!isfinite (area->px) || !isfinite (area->py))
        continue;
      if (!area->is_line)
        {
          double foot = area->hit.area.y + area->hit.area.height;

          if (kilter_segment_touches (rect, area->px, area->py, area->px, MAX (foot, area->py)))
            cost += 1;
          continue;
        }
      if (before != NULL && before->hit.series == area->hit.series &&
          before->hit.bucket + 1 == area->hit.bucket &&
          kilter_segment_touches (rect, before->px, before->py, area->px, area->py))
        cost += 4;
      before = area;
    }

  return cost;
}

static double
overlap_cost (GArray *taken, const KilterChartRect *rect)
{
  double cost = 0;

  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      const KilterChartRect *other = &g_array_index (taken, KilterChartRect, i);

      if (rect->x < other->x + other->width && other->x < rect->x + rect->width &&
          rect->y < other->y + other->height && other->y < rect->y + rect->height)
        cost += 30;
    }

  return cost;
}

/**
 * kilter_label_near:
 * @taken: (nullable): of KilterChartRect: words already there; the new one is added
 * @x: point it belongs to
 * @y: likewise
 * @gap: distance to the point
 *
 * Writes a few words beside, over or under a point, where they hide least. Words that would hide
 * other words are left out: the hit test and the table still know them.
 */
void
kilter_label_near (KilterPaint *paint,
                   GArray *taken,
                   const char *text,
                   double x,
                   double y,
                   double gap,
                   KilterTextLook look)
{
  /* side of the point: left, right, middle; above, level, below; in order of preference */
  static const int sides[][2] = { { -1, -1 }, { 1, -1 }, { 1, 0 },  { -1, 0 },
                                  { 0, -1 },  { 1, 1 },  { -1, 1 }, { 0, 1 } };
  KilterChartRect best = { 0 };
  const KilterChartGeometry *geometry = &paint->chart->geometry;
  double start = geometry->has_plot ? geometry->plot.x : 0;
  double end = geometry->has_plot ? geometry->plot.x + geometry->plot.width : paint->width;
  double foot = geometry->has_plot ? geometry->plot.y + geometry->plot.height : paint->height;
  double least = G_MAXDOUBLE;
  double width, height;

  if (text == NULL || *text == '\0' || !isfinite (x) || !isfinite (y))
    return;
  kilter_paint_measure (paint, text, &look, &width, &height);
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      KilterChartRect rect = {
        sides[i][0] < 0   ? x - gap - width
        : sides[i][0] > 0 ? x + gap
                          : x - width / 2,
        sides[i][1] < 0   ? y - gap * (sides[i][0] == 0 ? 1 : 0.3) - height
        : sides[i][1] > 0 ? y + gap * (sides[i][0] == 0 ? 1 : 0.3)
                          : y - height / 2,
        width,
        height,
      };
      double cost = (double) i * 0.3;

      if (rect.x < start || rect.y < 0 || rect.x + width > end || rect.y + height > foot)
        continue;
      cost += kilter_label_cost (paint->chart, &rect) + overlap_cost (taken, &rect);
      if (cost < least)
        {
          least = cost;
          best = rect;
        }
    }
  if (least >= 30)
    return;
  look.x_align = look.y_align = 0;
  look.has_halo = TRUE;
  kilter_paint_text (paint, text, best.x, best.y, &look);
  if (taken != NULL)
    g_array_append_val (taken, best);
}

double
kilter_direct_width (KilterPaint *paint, const KilterDirectLabel *labels, gsize n)
{
  double widest = 0;

  for (gsize i = 0; i < n; i++)
    {
      KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = labels[i].is_bold };
      double width;

      kilter_paint_measure (paint, labels[i].text, &look, &width, NULL);
      widest = MAX (widest, width);
    }

  return MIN (widest, paint->width / 4);
}

/* Writes names right of the last bucket at the heights of their lines, moved apart. */
void
kilter_direct_draw (KilterPaint *paint, const KilterPlot *plot, KilterDirectLabel *labels, gsize n)
{
  double ys[KILTER_MAX_DIRECT], heights[KILTER_MAX_DIRECT];
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_LABEL);
  double x = plot->n > 0 ? MIN (plot->edges[plot->n], plot->area.x + plot->area.width) : 0;

  n = MIN (n, KILTER_MAX_DIRECT);
  for (gsize i = 0; i < n; i++)
    {
      ys[i] = labels[i].y;
      heights[i] = line;
    }
  kilter_labels_spread (ys, heights, n, 0, paint->height);
  for (gsize i = 0; i < n; i++)
    kilter_paint_text (paint, labels[i].text, x + 7 * paint->u, ys[i],
                       &(KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                           .role = kilter_chart_role_of_text (labels[i].role),
                                           .is_bold = labels[i].is_bold,
                                           .y_align = 0.5,
                                           .max_width = paint->width - x - 7 * paint->u });
}
