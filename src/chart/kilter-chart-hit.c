/* kilter-chart-hit.c: where things were drawn, and what lies at a point
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-private.h"

static gboolean
rect_contains (const KilterChartRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

/* --- where things are --- */

void
kilter_chart_invalidate (KilterChart *self)
{
  self->geometry.is_valid = FALSE;
}

void
kilter_chart_add_area (KilterPaint *paint,
                       KilterChartPart part,
                       int series,
                       int bucket,
                       const KilterChartRect *rect)
{
  KilterChartArea area = { .hit = { part, series, bucket, *rect }, .px = NAN, .py = NAN };

  g_array_append_val (paint->chart->geometry.areas, area);
}

void
kilter_chart_add_mark (KilterPaint *paint,
                       int series,
                       int bucket,
                       const KilterChartRect *rect,
                       double px,
                       double py)
{
  KilterChartArea area = { .hit = { KILTER_CHART_PART_MARK, series, bucket, *rect },
                           .px = px,
                           .py = py };

  g_array_append_val (paint->chart->geometry.areas, area);
}

/* Registers the points of a line; @first is the bucket of the first. */
void
kilter_chart_add_line (KilterPaint *paint,
                       int series,
                       gsize first,
                       const double *xs,
                       const double *ys,
                       gsize n)
{
  double reach = 7 * paint->u;

  for (gsize i = 0; i < n; i++)
    if (isfinite (ys[i]))
      {
        KilterChartArea area = {
          .hit = { KILTER_CHART_PART_MARK,
                   series,
                   (int) (first + i),
                   { xs[i] - reach, ys[i] - reach, 2 * reach, 2 * reach } },
          .px = xs[i],
          .py = ys[i],
          .is_line = TRUE,
        };

        g_array_append_val (paint->chart->geometry.areas, area);
      }
}

/* Where a visible bucket ends. */
double
kilter_chart_get_end (const KilterChart *self, gsize at)
{
  return at < self->geometry.ends->len ? g_array_index (self->geometry.ends, double, at)
                                       : g_array_index (self->geometry.edges, double, at + 1);
}

/* Registers an edge that labels keep off but nobody points at; @id tells it from other edges. */
void
kilter_chart_add_obstacle (KilterPaint *paint, int id, const double *xs, const double *ys, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (isfinite (ys[i]))
      {
        KilterChartArea area = {
          .hit = { KILTER_CHART_PART_NONE, -2 - id, (int) i, { 0, 0, 0, 0 } },
          .px = xs[i],
          .py = ys[i],
          .is_line = TRUE,
        };

        g_array_append_val (paint->chart->geometry.areas, area);
      }
}

/* Makes sure that the geometry belongs to this size and style, by drawing onto nothing. */
void
kilter_chart_prepare (KilterChart *self, double width, double height, const KilterChartStyle *style)
{
  KilterChartGeometry *geometry = &self->geometry;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (geometry->is_valid && geometry->width == width && geometry->height == height &&
      kilter_chart_style_equal (geometry->style, style))
    return;
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cr = cairo_create (surface);
  cairo_rectangle (cr, 0, 0, 0, 0);
  cairo_clip (cr);
  kilter_chart_draw (self, cr, width, height, style);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* --- public --- */

/**
 * kilter_chart_hit:
 * @x: pointer, in the unit and from the origin of the drawing
 * @y: likewise
 *
 * Returns: what lies at the pointer in a drawing of this size; a bucket also between marks, as far
 *   as the plot reaches
 */
KilterChartHit
kilter_chart_hit (KilterChart *self,
                  double width,
                  double height,
                  const KilterChartStyle *style,
                  double x,
                  double y)
{
  KilterChartHit none = { .part = KILTER_CHART_PART_NONE, .series = -1, .bucket = -1 };
  const KilterChartArea *best = NULL;
  double least = G_MAXDOUBLE;
  int bucket;

  g_return_val_if_fail (self != NULL && style != NULL, none);

  kilter_chart_prepare (self, width, height, style);
  for (guint i = self->geometry.areas->len; i-- > 0;)
    {
      const KilterChartArea *area = &g_array_index (self->geometry.areas, KilterChartArea, i);
      double distance;

      if (!rect_contains (&area->hit.area, x, y))
        continue;
      /* what was drawn last is on top; among the points of lines the nearest wins */
      if (!area->is_line)
        {
          if (best == NULL)
            best = area;
          break;
        }
      distance = hypot (area->px - x, area->py - y);
      if (distance < least)
        {
          least = distance;
          best = area;
        }
    }
  if (best != NULL)
    return best->hit;

  bucket = kilter_chart_bucket_at (self, width, height, style, x);
  if (self->geometry.has_plot && bucket >= 0 && rect_contains (&self->geometry.plot, x, y))
    {
      gsize at = (gsize) bucket - self->geometry.first;
      double left = g_array_index (self->geometry.edges, double, at);
      double right = kilter_chart_get_end (self, at);

      none.part = KILTER_CHART_PART_PLOT;
      none.bucket = bucket;
      none.area = (KilterChartRect) { left, self->geometry.plot.y, right - left,
                                      self->geometry.plot.height };
    }

  return none;
}

/**
 * kilter_chart_get_plot:
 * @out_plot: (out): the room of the data, without labels
 *
 * Returns: whether the kind has one plot
 */
gboolean
kilter_chart_get_plot (KilterChart *self,
                       double width,
                       double height,
                       const KilterChartStyle *style,
                       KilterChartRect *out_plot)
{
  g_return_val_if_fail (self != NULL && style != NULL && out_plot != NULL, FALSE);

  kilter_chart_prepare (self, width, height, style);
  *out_plot = self->geometry.plot;

  return self->geometry.has_plot;
}

/**
 * kilter_chart_bucket_at:
 *
 * Returns: the visible bucket whose column holds @x, −1 outside
 */
int
kilter_chart_bucket_at (KilterChart *self,
                        double width,
                        double height,
                        const KilterChartStyle *style,
                        double x)
{
  const double *edges;
  guint lo = 0, hi;

  g_return_val_if_fail (self != NULL && style != NULL, -1);

  kilter_chart_prepare (self, width, height, style);
  if (self->geometry.edges->len < 2)
    return -1;
  edges = (const double *) (void *) self->geometry.edges->data;
  hi = self->geometry.edges->len - 1;
  if (!(x >= edges[0]) || x >= edges[hi])
    return -1;
  while (hi - lo > 1)
    {
      guint middle = (lo + hi) / 2;

      if (edges[middle] <= x)
        lo = middle;
      else
        hi = middle;
    }

  return (int) (self->geometry.first + lo);
}

/**
 * kilter_chart_get_bucket_x:
 * @out_x: (out): middle of the bucket's column
 *
 * Returns: whether the bucket is visible
 */
gboolean
kilter_chart_get_bucket_x (KilterChart *self,
                           double width,
                           double height,
                           const KilterChartStyle *style,
                           int bucket,
                           double *out_x)
{
  gsize at;

  g_return_val_if_fail (self != NULL && style != NULL && out_x != NULL, FALSE);

  kilter_chart_prepare (self, width, height, style);
  if (bucket < 0 || (gsize) bucket < self->geometry.first)
    return FALSE;
  at = (gsize) bucket - self->geometry.first;
  if (at + 1 >= self->geometry.edges->len)
    return FALSE;
  *out_x = (g_array_index (self->geometry.edges, double, at) + kilter_chart_get_end (self, at)) / 2;

  return TRUE;
}

/**
 * kilter_chart_get_point:
 * @out_area: (out): extent of the mark
 *
 * Returns: whether that series has a mark in that bucket
 */
gboolean
kilter_chart_get_point (KilterChart *self,
                        double width,
                        double height,
                        const KilterChartStyle *style,
                        int series,
                        int bucket,
                        KilterChartRect *out_area)
{
  g_return_val_if_fail (self != NULL && style != NULL && out_area != NULL, FALSE);

  kilter_chart_prepare (self, width, height, style);
  for (guint i = 0; i < self->geometry.areas->len; i++)
    {
      const KilterChartArea *area = &g_array_index (self->geometry.areas, KilterChartArea, i);

      if (area->hit.part == KILTER_CHART_PART_MARK && area->hit.series == series &&
          area->hit.bucket == bucket)
        {
          *out_area = area->hit.area;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kilter_chart_value_at:
 *
 * Returns: the value at height @y of the value axis, NaN when the kind has none
 */
double
kilter_chart_value_at (KilterChart *self,
                       double width,
                       double height,
                       const KilterChartStyle *style,
                       double y)
{
  const KilterChartGeometry *geometry;

  g_return_val_if_fail (self != NULL && style != NULL, NAN);

  kilter_chart_prepare (self, width, height, style);
  geometry = &self->geometry;
  if (!geometry->has_scale || geometry->plot.height <= 0)
    return NAN;

  return kilter_scale_get_value (&geometry->scale,
                                 1 - (y - geometry->plot.y) / geometry->plot.height);
}
