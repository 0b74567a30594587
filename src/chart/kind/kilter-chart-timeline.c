/* kilter-chart-timeline.c: the six steps of a cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-private.h"

#define DISC_RADIUS 15
#define RING_RADIUS 19
#define RING_STROKE 2.5
#define LEAST_TEXT_SLOT 84

enum
{
  COLUMN_STATE,
  COLUMN_DATE,
  COLUMN_OWNER,
  COLUMN_RESULT,
  COLUMN_DETAIL,
  N_COLUMNS,
};

static void
draw_check (KilterPaint *paint, double x, double y, double radius)
{
  cairo_t *cr = paint->cr;

  kilter_paint_role (paint, KILTER_CHART_ROLE_ON_GOOD, 1);
  cairo_set_line_width (cr, radius * 0.17);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x - radius * 0.4, y + radius * 0.03);
  cairo_line_to (cr, x - radius * 0.1, y + radius * 0.32);
  cairo_line_to (cr, x + radius * 0.42, y - radius * 0.3);
  cairo_stroke (cr);
}

/* An arrow that turns back. */
static void
draw_turn (KilterPaint *paint, double x, double y, double radius, const KilterChartColor *color)
{
  cairo_t *cr = paint->cr;
  double r = radius * 0.42;

  kilter_paint_color (paint, color, 1);
  cairo_set_line_width (cr, radius * 0.17);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, x, y, r, -G_PI * 0.85, G_PI * 0.55);
  cairo_stroke (cr);
  cairo_move_to (cr, x - r - radius * 0.22, y - r * 0.75);
  cairo_line_to (cr, x - r + radius * 0.2, y - r * 0.85);
  cairo_line_to (cr, x - r + radius * 0.02, y + r * 0.05);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_number (KilterPaint *paint, gsize i, double x, double y, const KilterTextLook *look)
{
  g_autofree char *text = kilter_number_format ((double) (i + 1), NULL);

  kilter_paint_text (paint, text, x, y, look);
}

static void
draw_disc (KilterPaint *paint,
           const KilterChartTimelineStep *step,
           gsize i,
           double x,
           double y,
           double radius)
{
  KilterTextLook look = {
    .size = KILTER_CHART_TEXT_HEADLINE, .is_bold = TRUE, .x_align = 0.5, .y_align = 0.5
  };
  KilterChartColor accent = kilter_chart_style_get_color (paint->style, KILTER_CHART_ROLE_FORECAST);
  KilterChartColor on = kilter_chart_style_get_color (paint->style, KILTER_CHART_ROLE_ON_FORECAST);
  double ring = radius * RING_RADIUS / DISC_RADIUS;

  switch (step->state)
    {
    case KILTER_CHART_STEP_FINISHED:
      kilter_paint_marker (paint, KILTER_MARKER_DOT, x, y, radius, KILTER_CHART_ROLE_GOOD);
      draw_check (paint, x, y, radius);
      return;
    case KILTER_CHART_STEP_IN_PROGRESS:
    case KILTER_CHART_STEP_REOPENED:
      kilter_paint_marker_color (paint, KILTER_MARKER_DOT, x, y, radius, &accent);
      if (isfinite (step->progress) && step->progress > 0)
        {
          kilter_paint_color (paint, &accent, 1);
          cairo_set_line_width (paint->cr, RING_STROKE * radius / DISC_RADIUS);
          cairo_set_line_cap (paint->cr, CAIRO_LINE_CAP_ROUND);
          cairo_new_path (paint->cr);
          cairo_arc (paint->cr, x, y, ring, -G_PI_2, -G_PI_2 + 2 * G_PI * MIN (step->progress, 1));
          cairo_stroke (paint->cr);
        }
      look.color = &on;
      if (step->state == KILTER_CHART_STEP_REOPENED)
        draw_turn (paint, x, y, radius, &on);
      else if (radius >= 8 * paint->u)
        draw_number (paint, i, x, y, &look);
      return;
    case KILTER_CHART_STEP_NOT_STARTED:
    default:
      kilter_paint_role (paint, KILTER_CHART_ROLE_MUTED, 1);
      cairo_set_line_width (paint->cr, 1.4 * paint->u);
      cairo_new_path (paint->cr);
      cairo_arc (paint->cr, x, y, radius - 0.7 * paint->u, 0, 2 * G_PI);
      cairo_stroke (paint->cr);
      look.role = KILTER_CHART_ROLE_DIM_TEXT;
      if (radius >= 8 * paint->u)
        draw_number (paint, i, x, y, &look);
    }
}

static void
draw_words (KilterPaint *paint,
            const KilterChartTimelineStep *step,
            double x,
            double y,
            double room,
            gboolean is_selected)
{
  gboolean is_open = step->state == KILTER_CHART_STEP_IN_PROGRESS ||
                     step->state == KILTER_CHART_STEP_REOPENED;
  double u = paint->u;
  KilterTextLook title = { .size = KILTER_CHART_TEXT_TITLE,
                           .is_bold = TRUE,
                           .x_align = 0.5,
                           .max_width = room,
                           .max_lines = 0 };
  KilterTextLook dim = { .size = KILTER_CHART_TEXT_LABEL,
                         .role = KILTER_CHART_ROLE_DIM_TEXT,
                         .x_align = 0.5,
                         .max_width = room };
  KilterTextLook date = dim;
  KilterTextLook result = {
    .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE, .x_align = 0.5, .max_width = room
  };
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_LABEL) * 1.22;
  double title_line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_TITLE) * 1.3;

  if (step->date_tone != KILTER_CHART_TONE_PLAIN)
    {
      date.role = kilter_chart_role_of_text (kilter_role_of_tone (step->date_tone));
      date.is_bold = TRUE;
    }
  else if (is_open)
    {
      date.role = KILTER_CHART_ROLE_FORECAST_TEXT;
      date.is_bold = TRUE;
    }
  if (is_selected)
    title.role = KILTER_CHART_ROLE_FORECAST_TEXT;
  if (y + title_line > paint->height)
    return;
  kilter_paint_text (paint, step->title, x, y, &title);
  y += title_line;
  if (y + line > paint->height)
    return;
  kilter_paint_text (paint, step->date, x, y, &date);
  y += line;
  if (y + line > paint->height)
    return;
  kilter_paint_text (paint, step->owner, x, y, &dim);
  y += line + 5 * u;
  if (y + line > paint->height || (step->result == NULL && step->detail == NULL))
    return;
  kilter_paint_hline (paint, x - MIN (40 * u, room / 2), x + MIN (40 * u, room / 2), y,
                      KILTER_CHART_ROLE_GRID_LINE, 1);
  y += 6 * u;
  kilter_paint_text (paint, step->result, x, y, &result);
  y += line;
  if (y + line <= paint->height + 2 * u)
    kilter_paint_text (paint, step->detail, x, y, &dim);
}

static void
draw_timeline (KilterChart *self, KilterPaint *paint)
{
  const KilterChartTimeline *timeline = self->data;
  double u = paint->u;
  double slot = paint->width / (double) MAX (timeline->n_steps, 1);
  double radius = MIN (DISC_RADIUS * u, MIN (slot, paint->height) * 0.36);
  double reach = radius * RING_RADIUS / DISC_RADIUS + 2 * u;
  double y = MIN (reach + 2 * u, paint->height / 2);
  gboolean has_words = slot >= LEAST_TEXT_SLOT * u;

  for (gsize i = 0; i < timeline->n_steps; i++)
    {
      const KilterChartTimelineStep *step = &timeline->steps[i];
      double x = slot * ((double) i + 0.5);

      if (i + 1 < timeline->n_steps)
        {
          gboolean is_done = step->state == KILTER_CHART_STEP_FINISHED;
          KilterChartRect rect = { x + reach, y - u, slot - 2 * reach, 2 * u };

          if (rect.width > 0)
            kilter_paint_fill (paint, &rect,
                               is_done ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_SHADE_STRONG);
        }
      draw_disc (paint, step, i, x, y, radius);
      if (has_words)
        draw_words (paint, step, x, y + reach + 8 * u, slot - 8 * u,
                    (int) i == self->selected_series);
      kilter_chart_add_mark (paint, (int) i, COLUMN_STATE,
                             &(KilterChartRect) { slot * (double) i, 0, slot, paint->height }, x,
                             y);
    }
}

static void
measure_timeline (KilterChart *self,
                  KilterPaint *paint,
                  double *out_min_width,
                  double *out_min_height,
                  double *out_natural_height)
{
  double n = (double) ((KilterChartTimeline *) self->data)->n_steps;
  double line = kilter_paint_line_height (paint, KILTER_CHART_TEXT_LABEL) * 1.22;
  double title = kilter_paint_line_height (paint, KILTER_CHART_TEXT_TITLE) * 1.3;

  *out_min_width = LEAST_TEXT_SLOT * n * paint->t;
  *out_natural_height = (2 * (RING_RADIUS + 2) + 2 + 8 + 14) * paint->t + title + 4 * line;
  *out_min_height = 2 * (RING_RADIUS + 4) * paint->t;
}

static const KilterChartClass timeline_class = { .kind = KILTER_CHART_TIMELINE,
                                                 .draw = draw_timeline,
                                                 .measure = measure_timeline };

/**
 * kilter_chart_new_timeline:
 *
 * Rows of the table: the steps; columns: state, date, owner, result, detail.
 *
 * Returns: (transfer full): the timeline of a cycle
 */
KilterChart *
kilter_chart_new_timeline (const KilterChartTimeline *data)
{
  KilterChart *self = kilter_chart_alloc (&timeline_class, data, sizeof *data);
  KilterChartTimeline *timeline = self->data;
  KilterChartTimelineStep *steps = kilter_chart_keep (self, timeline->steps,
                                                      sizeof *steps * timeline->n_steps);

  timeline->column_names = kilter_chart_keep_texts (self, timeline->column_names, N_COLUMNS);
  kilter_chart_table_begin (self, timeline->n_steps, N_COLUMNS);
  for (gsize c = 0; c < N_COLUMNS; c++)
    kilter_chart_table_column (self, c,
                               timeline->column_names != NULL ? timeline->column_names[c] : NULL);
  for (gsize i = 0; i < timeline->n_steps; i++)
    {
      KilterChartTimelineStep *step = &steps[i];

      step->title = kilter_chart_keep_text (self, step->title);
      step->date = kilter_chart_keep_text (self, step->date);
      step->owner = kilter_chart_keep_text (self, step->owner);
      step->result = kilter_chart_keep_text (self, step->result);
      step->detail = kilter_chart_keep_text (self, step->detail);
      step->state_name = kilter_chart_keep_text (self, step->state_name);
      kilter_chart_table_row (self, i, step->title, NULL, NULL);
      kilter_chart_table_text (self, i, COLUMN_STATE, step->state_name);
      kilter_chart_table_text (self, i, COLUMN_DATE, step->date);
      kilter_chart_table_text (self, i, COLUMN_OWNER, step->owner);
      kilter_chart_table_text (self, i, COLUMN_RESULT, step->result);
      kilter_chart_table_text (self, i, COLUMN_DETAIL, step->detail);
    }
  timeline->steps = steps;

  return self;
}
