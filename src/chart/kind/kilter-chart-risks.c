/* kilter-chart-risks.c: risks and opportunities: outlined the full effect, filled its weight
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/draw/kilter-chart-rows.h"

#define ROW_NATURAL 30
#define ROW_LEAST 16
#define HEADER_HEIGHT 26
#define LEGEND_HEIGHT 28
#define BAR_HEIGHT 15
#define TINY_WIDTH 90

enum
{
  COLUMN_LIKELIHOOD,
  COLUMN_EFFECT,
  COLUMN_WEIGHTED,
  N_COLUMNS,
};

typedef struct
{
  KilterChartRisks risks;
  const double *likelihood;
  const double *effect;
  char **likelihood_texts;
} RisksData;

typedef struct
{
  double header;
  double legend;
  double row;
  double name_end;
  double likely_end;
  double bars_start;
  double bars_end;
  double zero;
  double scale; /* length of one unit of effect */
} RisksRoom;

static double
weighted (const RisksData *data, gsize i)
{
  return isfinite (data->likelihood[i]) ? data->effect[i] * data->likelihood[i] : NAN;
}

static char *
effect_text (const RisksData *data, gsize i)
{
  KilterNumberFormat format = data->risks.format;

  format.sign = TRUE;
  return kilter_number_format (data->effect[i], &format);
}

static void
divide_room (const RisksData *data, KilterPaint *paint, RisksRoom *room)
{
  const KilterChartRisks *risks = &data->risks;
  const KilterTextLook plain = { .size = KILTER_CHART_TEXT_LABEL };
  const KilterTextLook bold = { .size = KILTER_CHART_TEXT_LABEL, .is_bold = TRUE };
  double u = paint->u, name = 0, likely = 0, effect = 0, least = 0, most = 0, bars;

  *room = (RisksRoom) { 0 };
  for (gsize i = 0; i < risks->n_risks; i++)
    {
      g_autofree char *text = effect_text (data, i);

      name = MAX (name, kilter_rows_width (paint, risks->risks[i].name, &plain));
      likely = MAX (likely, kilter_rows_width (paint, data->likelihood_texts[i], &plain));
      effect = MAX (effect, kilter_rows_width (paint, text, &bold));
      if (isfinite (data->effect[i]))
        {
          least = MIN (least, data->effect[i]);
          most = MAX (most, data->effect[i]);
        }
    }
  if (risks->has_header)
    {
      likely = MAX (likely, kilter_rows_width (paint, risks->likelihood_heading, &bold));
      effect = MAX (effect, kilter_rows_width (paint, risks->effect_heading, &bold));
    }
  if (paint->width < 240 * u)
    likely = 0;
  name = MIN (name, paint->width * 0.46);
  room->name_end = name;
  room->likely_end = name + (likely > 0 ? 18 * u + likely : 0);
  room->bars_start = room->likely_end + 22 * u;
  room->bars_end = paint->width - effect - 14 * u;
  bars = room->bars_end - room->bars_start;
  if (paint->width < TINY_WIDTH * u)
    {
      room->bars_start = 0;
      room->bars_end = bars = paint->width;
    }
  if (most - least > 0 && bars > 8 * u)
    {
      room->scale = bars / (most - least);
      room->zero = room->bars_start - least * room->scale;
    }
  room->header = risks->has_header && paint->height > 90 * u ? HEADER_HEIGHT * paint->t : 0;
  room->legend = risks->has_legend && paint->height > 120 * u ? LEGEND_HEIGHT * paint->t : 0;
  room->row = kilter_rows_height (paint->height - room->header - room->legend, risks->n_risks,
                                  ROW_LEAST * u, ROW_NATURAL * u * 1.3);
}

static void
draw_row (KilterPaint *paint, const RisksData *data, const RisksRoom *room, gsize i)
{
  double u = paint->u;
  double y = room->header + room->row * (double) i, middle = y + room->row / 2;
  double effect = data->effect[i], part = weighted (data, i);
  KilterChartRole role = effect >= 0 ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_BAD;
  g_autofree char *text = effect_text (data, i);
  KilterChartRect area = kilter_rows_rect (paint, 0, y, paint->width, room->row);

  if (paint->width >= TINY_WIDTH * u && kilter_rows_fit (paint, room->row, KILTER_CHART_TEXT_LABEL))
    {
      kilter_rows_start (
        paint, data->risks.risks[i].name, 0, middle,
        (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .max_width = room->name_end });
      if (room->likely_end > room->name_end)
        kilter_rows_end (
          paint, data->likelihood_texts[i], room->likely_end, middle,
          (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL, .role = KILTER_CHART_ROLE_DIM_TEXT });
      kilter_rows_end (paint, text, paint->width, middle,
                       (KilterTextLook) { .size = KILTER_CHART_TEXT_LABEL,
                                          .role = kilter_chart_role_of_text (role),
                                          .is_bold = TRUE });
    }
  if (isfinite (effect) && room->scale > 0)
    {
      double height = MIN (BAR_HEIGHT * u, room->row * 0.6);
      double a = room->zero, b = room->zero + effect * room->scale;
      KilterChartRect full = kilter_rows_rect (paint, MIN (a, b), middle - height / 2, fabs (b - a),
                                               height);

      if (isfinite (part))
        {
          double c = room->zero + part * room->scale;
          KilterChartRect inner = kilter_rows_rect (paint, MIN (a, c), middle - height / 2,
                                                    fabs (c - a), height);

          kilter_paint_fill (paint, &inner, role);
        }
      kilter_paint_outline (paint, &full, role, 1.3);
    }
  kilter_chart_add_mark (paint, (int) i, COLUMN_EFFECT, &area, area.x + area.width / 2, middle);
  if (i + 1 < data->risks.n_risks)
    kilter_rows_rule (paint, 0, paint->width, y + room->row, KILTER_CHART_ROLE_GRID_LINE);
}

static void
draw_header (KilterPaint *paint, const RisksData *data, const RisksRoom *room)
{
  const KilterChartRisks *risks = &data->risks;
  KilterTextLook look = { .size = KILTER_CHART_TEXT_LABEL,
                          .role = KILTER_CHART_ROLE_DIM_TEXT,
                          .is_bold = TRUE };

  look.max_width = room->name_end;
  kilter_rows_start (paint, risks->name_heading, 0, room->header / 2, look);
  look.max_width = 0;
  if (room->likely_end > room->name_end)
    kilter_rows_end (paint, risks->likelihood_heading, room->likely_end, room->header / 2, look);
  kilter_rows_end (paint, risks->effect_heading, paint->width, room->header / 2, look);
  kilter_rows_rule (paint, 0, paint->width, room->header, KILTER_CHART_ROLE_GRID_LINE);
}

static void
draw_risks (KilterChart *self, KilterPaint *paint)
{
  const RisksData *data = self->data;
  const KilterChartRisks *risks = &data->risks;
  RisksRoom room;
  double foot;

  if (risks->n_risks == 0)
    return;
  divide_room (data, paint, &room);
  if (room.header > 0)
    draw_header (paint, data, &room);
  for (gsize i = 0; i < risks->n_risks; i++)
    draw_row (paint, data, &room, i);
  foot = room.header + room.row * (double) risks->n_risks;
  if (room.scale > 0)
    kilter_paint_vline (paint, kilter_rows_x (paint, room.zero), room.header + 2 * paint->u, foot,
                        KILTER_CHART_ROLE_AXIS, 1);
  if (room.legend > 0)
    {
      KilterPlotSpec spec = { 0 };

      kilter_legend_add (&spec, risks->full_name, KILTER_CHART_KEY_OUTLINED,
                         KILTER_CHART_ROLE_ACTUAL, -1);
      kilter_legend_add (&spec, risks->weighted_name, KILTER_CHART_KEY_SOLID,
                         KILTER_CHART_ROLE_ACTUAL, -1);
      kilter_legend_draw_row (paint, spec.legend, spec.n_legend, 0,
                              foot + room.legend / 2 + 4 * paint->u, paint->width);
    }
}

static void
measure_risks (KilterChart *self,
               KilterPaint *paint,
               double *out_min_width,
               double *out_min_height,
               double *out_natural_height)
{
  const KilterChartRisks *risks = &((RisksData *) self->data)->risks;
  double extra = (risks->has_header ? HEADER_HEIGHT : 0) + (risks->has_legend ? LEGEND_HEIGHT : 0);

  *out_min_width = 300 * paint->t;
  *out_min_height = (extra + 20 * (double) risks->n_risks) * paint->t;
  *out_natural_height = (extra + ROW_NATURAL * (double) risks->n_risks) * paint->t;
}

static const KilterChartClass risks_class = { .kind = KILTER_CHART_RISKS,
                                              .draw = draw_risks,
                                              .measure = measure_risks };

static void
fill_table (KilterChart *self, const RisksData *data)
{
  const KilterChartRisks *risks = &data->risks;

  kilter_chart_table_begin (self, risks->n_risks, N_COLUMNS);
  self->table.corner = risks->name_heading;
  kilter_chart_table_column (self, COLUMN_LIKELIHOOD, risks->likelihood_heading);
  kilter_chart_table_column (self, COLUMN_EFFECT,
                             risks->full_name != NULL ? risks->full_name : risks->effect_heading);
  kilter_chart_table_column (self, COLUMN_WEIGHTED, risks->weighted_name);
  for (gsize i = 0; i < risks->n_risks; i++)
    {
      kilter_chart_table_row (self, i, risks->risks[i].name, NULL, &risks->format);
      kilter_chart_table_value (self, i, COLUMN_LIKELIHOOD, data->likelihood[i]);
      kilter_chart_table_text (self, i, COLUMN_LIKELIHOOD, data->likelihood_texts[i]);
      kilter_chart_table_value (self, i, COLUMN_EFFECT, data->effect[i]);
      kilter_chart_table_value (self, i, COLUMN_WEIGHTED, weighted (data, i));
    }
}

/**
 * kilter_chart_new_risks:
 *
 * Rows of the table: the risks; columns: likelihood, full effect, weighted effect.
 *
 * Returns: (transfer full): risks and opportunities
 */
KilterChart *
kilter_chart_new_risks (const KilterChartRisks *data)
{
  RisksData copy = { .risks = *data };
  KilterChart *self = kilter_chart_alloc (&risks_class, &copy, sizeof copy);
  RisksData *own = self->data;
  KilterChartRisks *risks = &own->risks;
  gsize n = risks->n_risks;
  KilterChartRisk *items = kilter_chart_keep (self, risks->risks, sizeof *items * n);
  g_autofree double *likelihood = g_new (double, n + 1);
  g_autofree double *effect = g_new (double, n + 1);
  const KilterNumberFormat percent = { .percent = TRUE };

  risks->name_heading = kilter_chart_keep_text (self, risks->name_heading);
  risks->likelihood_heading = kilter_chart_keep_text (self, risks->likelihood_heading);
  risks->effect_heading = kilter_chart_keep_text (self, risks->effect_heading);
  risks->full_name = kilter_chart_keep_text (self, risks->full_name);
  risks->weighted_name = kilter_chart_keep_text (self, risks->weighted_name);
  own->likelihood_texts = kilter_chart_keep (self, NULL, sizeof (char *) * (n + 1));
  for (gsize i = 0; i < n; i++)
    {
      items[i].name = kilter_chart_keep_text (self, items[i].name);
      likelihood[i] = isfinite (items[i].likelihood) ? CLAMP (items[i].likelihood, 0, 1) : NAN;
      effect[i] = items[i].effect;
      own->likelihood_texts[i] = kilter_number_format (likelihood[i], &percent);
      g_ptr_array_add (self->blocks, own->likelihood_texts[i]);
    }
  risks->risks = items;
  own->likelihood = kilter_chart_keep_values (self, likelihood, n);
  own->effect = kilter_chart_keep_values (self, effect, n);
  fill_table (self, own);

  return self;
}
