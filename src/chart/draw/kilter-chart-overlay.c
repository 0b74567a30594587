/* kilter-chart-overlay.c: what moves over a chart: crosshair, label box, handles, ranges
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-labels.h"

#define BOX_PAD 11
#define BOX_RINGS 4
#define BOX_RADIUS 8
#define COLUMN_GAP 12

typedef struct
{
  const char *title;
  KilterChartValueLine lines[KILTER_CHART_MAX_VALUE_LINES];
  char *owned[KILTER_CHART_MAX_VALUE_LINES];
  gsize n;
  double name_width;
  double text_width;
  double title_height;
  double line_height;
  double width;
  double height;
} LabelBox;

static void
label_box_clear (LabelBox *box)
{
  for (gsize i = 0; i < G_N_ELEMENTS (box->owned); i++)
    g_clear_pointer (&box->owned[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabelBox, label_box_clear)

static const KilterTextLook title_look = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };

static void
add_line (LabelBox *box, const char *name, char *text, gboolean is_strong)
{
  box->owned[box->n] = text;
  box->lines[box->n] = (KilterChartValueLine) { name, text, is_strong };
  box->n++;
}

/* The first series that have a value; in a heat map only the row pointed at. */
static void
take_own_values (LabelBox *box, KilterChart *self, int series, gsize column)
{
  const KilterChartTable *table = &self->table;
  gboolean only_row = series >= 0 && self->klass->kind == KILTER_CHART_HEAT;
  const char *name = NULL;
  char *extra = NULL;

  for (gsize row = 0; row < self->n_series && box->n < KILTER_CHART_MAX_VALUE_LINES; row++)
    if (isfinite (table->values[row * table->n_columns + column]) &&
        !(only_row && row != (gsize) series))
      add_line (box, table->row_names[row], kilter_chart_get_value_text (self, row, column),
                series >= 0 ? (int) row == series : box->n == 0);
  if (self->klass->extra_line != NULL && box->n < KILTER_CHART_MAX_VALUE_LINES)
    extra = self->klass->extra_line (self, column, &name);
  if (extra != NULL)
    add_line (box, name, extra, FALSE);
}

/* Takes the caller's lines, or the chart's own values in that bucket. */
static void
fill_box (LabelBox *box, KilterChart *self, KilterPaint *paint, const KilterChartOverlay *overlay)
{
  const KilterChartTable *table = &self->table;
  gsize column = (gsize) overlay->bucket;

  box->title = overlay->title;
  if (box->title == NULL && column < table->n_columns)
    box->title = table->column_names[column];
  if (overlay->lines != NULL)
    {
      box->n = MIN (overlay->n_lines, KILTER_CHART_MAX_VALUE_LINES);
      for (gsize i = 0; i < box->n; i++)
        box->lines[i] = overlay->lines[i];
    }
  else if (column < table->n_columns)
    take_own_values (box, self, overlay->series, column);
  kilter_paint_measure (paint, box->title, &title_look, &box->width, &box->title_height);
  for (gsize i = 0; i < box->n; i++)
    {
      KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = box->lines[i].is_strong };
      double width, height;

      kilter_paint_measure (paint, box->lines[i].name, &look, &width, &height);
      box->name_width = MAX (box->name_width, width);
      kilter_paint_measure (paint, box->lines[i].text, &look, &width, NULL);
      box->text_width = MAX (box->text_width, width);
      box->line_height = MAX (box->line_height, height * 1.12);
    }
  box->width = MAX (box->width, box->name_width + COLUMN_GAP * paint->u + box->text_width) +
               2 * BOX_PAD * paint->u;
  box->height = box->title_height + 4 * paint->u + box->line_height * (double) box->n +
                1.4 * BOX_PAD * paint->u;
}

/* Tries places beside the crosshair, near before far, high before low, left before right, and takes
 * the first that hides least. */
static KilterChartRect
place_box (KilterChart *self, KilterPaint *paint, const LabelBox *box, double x)
{
  static const double gaps[BOX_RINGS] = { 20, 36, 60, 100 };
  KilterChartRect best = { 0 };
  double least = G_MAXDOUBLE;
  double top = MAX (self->geometry.plot.y - 6 * paint->u, 0);
  double room = MAX (self->geometry.plot.y + self->geometry.plot.height - box->height - top, 0);

  for (int place = 0; place < 9 * BOX_RINGS * 2; place++)
    {
      int step = place / (BOX_RINGS * 2), ring = place / 2 % BOX_RINGS, side = place % 2;
      double gap = gaps[ring] * paint->u;
      KilterChartRect rect = { side == 0 ? x - gap - box->width : x + gap, top + room * step / 8,
                               box->width, box->height };
      double cost = step * 0.3 + ring * 0.4 + side * 0.1;

      /* beyond the edge the box is pushed back in, over the crosshair if need be */
      if (rect.x < 0 || rect.x + rect.width > paint->width)
        cost += 1000;
      rect.x = CLAMP (rect.x, 0, MAX (paint->width - rect.width, 0));
      rect.y = CLAMP (rect.y, 0, MAX (paint->height - rect.height, 0));
      cost += kilter_label_cost (self, &rect);
      if (cost < least)
        {
          least = cost;
          best = rect;
        }
    }

  return best;
}

static void
draw_box (KilterChart *self, KilterPaint *paint, const LabelBox *box, double x)
{
  KilterChartRect rect = place_box (self, paint, box, x);
  gboolean rtl = paint->style->rtl;
  double u = paint->u;
  double y, start, end;

  rect = kilter_paint_snap_rect (paint, &rect);
  for (int i = 3; i > 0; i--)
    {
      KilterChartRect shadow = { rect.x - i * 0.7 * u, rect.y - i * 0.3 * u + u,
                                 rect.width + i * 1.4 * u, rect.height + i * 1.0 * u };

      cairo_set_source_rgba (paint->cr, 0, 0, 0, 0.045);
      kilter_paint_round_path (paint, &shadow, (BOX_RADIUS + i * 0.7) * u);
      cairo_fill (paint->cr);
    }
  kilter_paint_role (paint, KILTER_CHART_ROLE_CARD, 1);
  kilter_paint_round_path (paint, &rect, BOX_RADIUS * u);
  cairo_fill (paint->cr);
  if (kilter_chart_style_is_high_contrast (paint->style) || paint->style->is_print)
    {
      kilter_paint_role (paint, KILTER_CHART_ROLE_AXIS, 1);
      cairo_set_line_width (paint->cr, u);
      kilter_paint_round_path (paint, &rect, BOX_RADIUS * u);
      cairo_stroke (paint->cr);
    }

  start = rtl ? rect.x + rect.width - BOX_PAD * u : rect.x + BOX_PAD * u;
  end = rtl ? rect.x + BOX_PAD * u : rect.x + rect.width - BOX_PAD * u;
  y = rect.y + 0.7 * BOX_PAD * u;
  kilter_paint_text (
    paint, box->title, start, y,
    &(KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE, .x_align = rtl ? 1 : 0 });
  y += box->title_height + 4 * u;
  for (gsize i = 0; i < box->n; i++)
    {
      const KilterChartValueLine *line = &box->lines[i];
      KilterTextLook look = {
        .size = KILTER_CHART_TEXT_LABEL,
        .is_bold = line->is_strong,
        .role = line->is_strong ? KILTER_CHART_ROLE_TEXT : KILTER_CHART_ROLE_DIM_TEXT,
        .x_align = rtl ? 1 : 0,
      };

      kilter_paint_text (paint, line->name, start, y, &look);
      look.role = KILTER_CHART_ROLE_TEXT;
      look.x_align = rtl ? 0 : 1;
      kilter_paint_text (paint, line->text, end, y, &look);
      y += box->line_height;
    }
}

static const KilterChartArea *
find_point (KilterChart *self, int series, int bucket)
{
  const KilterChartArea *found = NULL;

  for (guint i = 0; i < self->geometry.areas->len; i++)
    {
      const KilterChartArea *area = &g_array_index (self->geometry.areas, KilterChartArea, i);

      if (area->hit.part != KILTER_CHART_PART_MARK || area->hit.bucket != bucket)
        continue;
      if (series >= 0 && area->hit.series != series)
        continue;
      if (found == NULL || area->hit.series < found->hit.series)
        found = area;
    }

  return found;
}

static void
draw_range (KilterChart *self, KilterPaint *paint, const KilterChartOverlay *overlay)
{
  const KilterChartRect *plot = &self->geometry.plot;
  gsize n = self->geometry.edges->len;
  int first = MIN (overlay->range_first, overlay->range_last) - (int) self->geometry.first;
  int last = MAX (overlay->range_first, overlay->range_last) - (int) self->geometry.first;
  double x0, x1;

  if (n < 2 || overlay->range_first < 0 || overlay->range_last < 0 || last < 0 ||
      first >= (int) n - 1)
    return;
  x0 = g_array_index (self->geometry.edges, double, CLAMP (first, 0, (int) n - 1));
  x1 = kilter_chart_get_end (self, (gsize) CLAMP (last, 0, (int) n - 2));
  x0 = CLAMP (x0, plot->x, plot->x + plot->width);
  x1 = CLAMP (x1, plot->x, plot->x + plot->width);
  kilter_paint_tint (paint, &(KilterChartRect) { x0, plot->y, x1 - x0, plot->height },
                     KILTER_CHART_ROLE_TINT, KILTER_CHART_ROLE_ACCENT, 0);
  kilter_paint_vline (paint, x0, plot->y, plot->y + plot->height, KILTER_CHART_ROLE_ACCENT, 1);
  kilter_paint_vline (paint, x1, plot->y, plot->y + plot->height, KILTER_CHART_ROLE_ACCENT, 1);
}

/* Round handles on the points that can be dragged, and the place one is being dragged to. */
static void
draw_handles (KilterChart *self, KilterPaint *paint, const KilterChartOverlay *overlay)
{
  double u = paint->u;
  double x;

  for (guint i = 0; overlay->handles_from >= 0 && i < self->geometry.areas->len; i++)
    {
      const KilterChartArea *area = &g_array_index (self->geometry.areas, KilterChartArea, i);

      if (area->hit.part == KILTER_CHART_PART_MARK && area->is_line &&
          area->hit.bucket >= overlay->handles_from && area->hit.bucket != overlay->drag_bucket &&
          (overlay->series < 0 || area->hit.series == overlay->series))
        {
          kilter_paint_marker (paint, KILTER_MARKER_DOT, area->px, area->py, 4.5 * u,
                               KILTER_CHART_ROLE_CARD);
          cairo_arc (paint->cr, area->px, area->py, 4.5 * u, 0, 2 * G_PI);
          kilter_paint_role (paint, KILTER_CHART_ROLE_FORECAST, 1);
          cairo_set_line_width (paint->cr, 1.8 * u);
          cairo_stroke (paint->cr);
        }
    }
  if (overlay->drag_bucket >= 0 && isfinite (overlay->drag_value) && self->geometry.has_scale &&
      kilter_chart_get_bucket_x (self, paint->width, paint->height, paint->style,
                                 overlay->drag_bucket, &x))
    {
      double y = self->geometry.plot.y +
                 self->geometry.plot.height *
                   (1 - kilter_scale_get_fraction (&self->geometry.scale, overlay->drag_value));
      const KilterChartArea *before = find_point (self, overlay->series, overlay->drag_bucket - 1);
      const KilterChartArea *after = find_point (self, overlay->series, overlay->drag_bucket + 1);
      const double xs[] = { before != NULL ? before->px : x, x, after != NULL ? after->px : x };
      const double ys[] = { before != NULL ? before->py : y, y, after != NULL ? after->py : y };

      kilter_paint_line (paint, xs, ys, G_N_ELEMENTS (xs), KILTER_CHART_ROLE_FORECAST, 1.6,
                         KILTER_DASH_DOTTED);
      kilter_paint_marker_halo (paint, KILTER_MARKER_DOT, x, y, 6 * u, KILTER_CHART_ROLE_FORECAST);
    }
}

/**
 * kilter_chart_draw_overlay:
 * @overlay: what to draw
 *
 * Draws crosshair, point, label box, dragged range and handles over a chart of the same size and
 * style. The chart itself is not drawn again.
 */
void
kilter_chart_draw_overlay (KilterChart *self,
                           cairo_t *cr,
                           double width,
                           double height,
                           const KilterChartStyle *style,
                           const KilterChartOverlay *overlay)
{
  g_auto (KilterPaint) paint = { 0 };
  const KilterChartArea *point = NULL;
  double x = NAN;

  g_return_if_fail (self != NULL && cr != NULL && style != NULL && overlay != NULL);

  if (!(width >= 1) || !(height >= 1))
    return;
  kilter_chart_prepare (self, width, height, style);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  kilter_paint_init (&paint, self, cr, width, height, style);
  draw_range (self, &paint, overlay);
  if (overlay->bucket >= 0)
    {
      point = find_point (self, overlay->series, overlay->bucket);
      if (!kilter_chart_get_bucket_x (self, width, height, style, overlay->bucket, &x) &&
          point != NULL)
        x = isfinite (point->px) ? point->px : point->hit.area.x + point->hit.area.width / 2;
    }
  if (self->geometry.has_plot && isfinite (x) && self->klass->kind != KILTER_CHART_HEAT)
    kilter_paint_vline (&paint, x, self->geometry.plot.y,
                        self->geometry.plot.y + self->geometry.plot.height,
                        KILTER_CHART_ROLE_FORECAST, 1.2);
  draw_handles (self, &paint, overlay);
  if (point != NULL && point->is_line)
    kilter_paint_marker_halo (&paint, KILTER_MARKER_DOT, point->px, point->py, 4.5 * paint.u,
                              KILTER_CHART_ROLE_FORECAST);
  if (point != NULL && overlay->is_focused)
    {
      KilterChartRect ring = point->hit.area;

      ring.x -= 2 * paint.u;
      ring.y -= 2 * paint.u;
      ring.width += 4 * paint.u;
      ring.height += 4 * paint.u;
      kilter_paint_role (&paint, KILTER_CHART_ROLE_ACCENT, 1);
      cairo_set_line_width (cr, 2 * paint.u);
      kilter_paint_round_path (&paint, &ring, 4 * paint.u);
      cairo_stroke (cr);
    }
  if (overlay->has_box && isfinite (x))
    {
      g_auto (LabelBox) box = { 0 };

      fill_box (&box, self, &paint, overlay);
      if (box.width <= width && box.height <= height)
        draw_box (self, &paint, &box, x);
    }
  cairo_restore (cr);
  cairo_new_path (cr);
}
