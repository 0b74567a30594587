/* kilter-chart.c: the copy of the data, the table, drawing, the hit test
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/kilter-chart.h"

#include <math.h>
#include <string.h>

#include "chart/kilter-chart-private.h"

/* beyond this the difference of two values would overflow */
#define LARGEST 1e300

/* Nothing is drawn below this size. */
#define LEAST_SIZE 2

typedef struct
{
  double *live;
  double *target;
  gsize n;
} KilterChartValues;

static void
clear_geometry (KilterChartGeometry *geometry)
{
  geometry->is_valid = FALSE;
  geometry->has_plot = FALSE;
  geometry->has_scale = FALSE;
  geometry->first = 0;
  g_array_set_size (geometry->edges, 0);
  g_array_set_size (geometry->areas, 0);
}

static gboolean
rect_contains (const KilterChartRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

/* --- making ------------------------------------------------------------------------------------
 */

KilterChart *
kilter_chart_alloc (const KilterChartClass *klass, gconstpointer data, gsize size)
{
  KilterChart *self = g_new0 (KilterChart, 1);

  self->klass = klass;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->arrays = g_array_new (FALSE, FALSE, sizeof (KilterChartValues));
  self->data = kilter_chart_keep (self, data, size);
  self->selected_series = -1;
  self->selected_bucket = -1;
  self->geometry.edges = g_array_new (FALSE, FALSE, sizeof (double));
  self->geometry.areas = g_array_new (FALSE, FALSE, sizeof (KilterChartArea));

  return self;
}

/* Copies @size bytes into memory that lives as long as the chart. */
gpointer
kilter_chart_keep (KilterChart *self, gconstpointer block, gsize size)
{
  gpointer copy;

  if (size == 0)
    return NULL;
  copy = block != NULL ? g_memdup2 (block, size) : g_malloc0 (size);
  g_ptr_array_add (self->blocks, copy);

  return copy;
}

const char *
kilter_chart_keep_text (KilterChart *self, const char *text)
{
  char *copy;

  if (text == NULL)
    return NULL;
  /* bytes that are not UTF-8 must not reach Pango */
  copy = g_utf8_make_valid (text, -1);
  g_ptr_array_add (self->blocks, copy);

  return copy;
}

const char *const *
kilter_chart_keep_texts (KilterChart *self, const char *const *texts, gsize n)
{
  const char **copy;

  if (texts == NULL || n == 0)
    return NULL;
  copy = kilter_chart_keep (self, NULL, sizeof *copy * n);
  for (gsize i = 0; i < n; i++)
    copy[i] = kilter_chart_keep_text (self, texts[i]);

  return copy;
}

/* Infinity is missing; what is too large to subtract is cut. */
double
kilter_chart_clean (double value)
{
  return isfinite (value) ? CLAMP (value, -LARGEST, LARGEST) : NAN;
}

const double *
kilter_chart_keep_values (KilterChart *self, const double *values, gsize n)
{
  KilterChartValues entry;

  if (values == NULL || n == 0)
    return NULL;
  entry.live = kilter_chart_keep (self, values, sizeof *values * n);
  for (gsize i = 0; i < n; i++)
    entry.live[i] = kilter_chart_clean (entry.live[i]);
  entry.target = kilter_chart_keep (self, entry.live, sizeof *values * n);
  entry.n = n;
  g_array_append_val (self->arrays, entry);

  return entry.live;
}

void
kilter_chart_keep_time (KilterChart *self, KilterChartTime *time)
{
  time->labels = kilter_chart_keep_texts (self, time->labels, time->n);
  time->names = kilter_chart_keep_texts (self, time->names, time->n);
  time->groups = kilter_chart_keep_texts (self, time->groups, time->n);
  time->cycle = MIN (time->cycle, time->n);
  self->n_buckets = time->n;
  self->visible_n = time->n;
}

void
kilter_chart_keep_place (KilterChart *self, KilterChartPlace *place, gsize n)
{
  gboolean ascends = TRUE;

  for (gsize i = 0; place->edges != NULL && i <= n && ascends; i++)
    ascends = isfinite (place->edges[i]) && (i == 0 || place->edges[i] > place->edges[i - 1]);
  place->edges = ascends && place->edges != NULL
                   ? kilter_chart_keep (self, place->edges, sizeof (double) * (n + 1))
                   : NULL;
  if (!isfinite (place->gutter) || place->gutter < 0)
    place->gutter = 0;
}

const char *
kilter_chart_time_name (const KilterChartTime *time, gsize i)
{
  const char *name = NULL;

  if (i >= time->n)
    return "";
  if (time->names != NULL)
    name = time->names[i];
  if (name == NULL && time->labels != NULL)
    name = time->labels[i];

  return name != NULL ? name : "";
}

/* --- the table ----------------------------------------------------------------------------------
 */

void
kilter_chart_table_begin (KilterChart *self, gsize n_rows, gsize n_columns)
{
  KilterChartTable *table = &self->table;
  double *values = kilter_chart_keep (self, NULL, sizeof (double) * n_rows * n_columns);

  for (gsize i = 0; i < n_rows * n_columns; i++)
    values[i] = NAN;
  table->n_rows = n_rows;
  table->n_columns = n_columns;
  table->values = values;
  table->row_names = kilter_chart_keep (self, NULL, sizeof (char *) * n_rows);
  table->column_names = kilter_chart_keep (self, NULL, sizeof (char *) * n_columns);
  table->formats = kilter_chart_keep (self, NULL, sizeof (KilterNumberFormat) * n_rows);
  table->texts = kilter_chart_keep (self, NULL, sizeof (char *) * n_rows * n_columns);
  self->n_series = n_rows;
}

void
kilter_chart_table_row (KilterChart *self,
                        gsize row,
                        const char *name,
                        const double *values,
                        const KilterNumberFormat *format)
{
  ((const char **) self->table.row_names)[row] = name != NULL ? name : "";
  if (format != NULL)
    ((KilterNumberFormat *) self->table.formats)[row] = *format;
  if (values != NULL)
    for (gsize i = 0; i < self->table.n_columns; i++)
      kilter_chart_table_value (self, row, i, values[i]);
}

void
kilter_chart_table_column (KilterChart *self, gsize column, const char *name)
{
  ((const char **) self->table.column_names)[column] = name != NULL ? name : "";
}

void
kilter_chart_table_time (KilterChart *self, const KilterChartTime *time)
{
  for (gsize i = 0; i < time->n; i++)
    kilter_chart_table_column (self, i, kilter_chart_time_name (time, i));
}

void
kilter_chart_table_text (KilterChart *self, gsize row, gsize column, const char *text)
{
  ((const char **) self->table.texts)[row * self->table.n_columns + column] = text;
}

void
kilter_chart_table_value (KilterChart *self, gsize row, gsize column, double value)
{
  ((double *) self->table.values)[row * self->table.n_columns + column] = kilter_chart_clean (
    value);
}

/* --- where things are
 * ----------------------------------------------------------------------------- */

void
kilter_chart_invalidate (KilterChart *self)
{
  self->geometry.is_valid = FALSE;
}

void
kilter_chart_add_area (
  KilterPaint *paint, KilterChartPart part, int series, int bucket, const KilterChartRect *rect)
{
  KilterChartArea area = { .hit = { part, series, bucket, *rect }, .px = NAN, .py = NAN };

  g_array_append_val (paint->chart->geometry.areas, area);
}

void
kilter_chart_add_mark (
  KilterPaint *paint, int series, int bucket, const KilterChartRect *rect, double px, double py)
{
  KilterChartArea area = { .hit = { KILTER_CHART_PART_MARK, series, bucket, *rect },
                           .px = px,
                           .py = py };

  g_array_append_val (paint->chart->geometry.areas, area);
}

/* Registers the points of a line; @first is the bucket of the first. */
void
kilter_chart_add_line (
  KilterPaint *paint, int series, gsize first, const double *xs, const double *ys, gsize n)
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

/* --- public --------------------------------------------------------------------------------------
 */

void
kilter_chart_free (KilterChart *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->arrays);
  g_array_unref (self->geometry.edges);
  g_array_unref (self->geometry.areas);
  kilter_chart_style_free (self->geometry.style);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

KilterChartKind
kilter_chart_get_kind (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, KILTER_CHART_FAN);

  return self->klass->kind;
}

/**
 * kilter_chart_set_title:
 * @title: (nullable): headline: a sentence computed from the data
 * @subtitle: (nullable): scope, unit, time
 */
void
kilter_chart_set_title (KilterChart *self, const char *title, const char *subtitle)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->subtitle);
  self->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  self->subtitle = subtitle != NULL ? g_utf8_make_valid (subtitle, -1) : NULL;
}

const char *
kilter_chart_get_title (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

const char *
kilter_chart_get_subtitle (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->subtitle;
}

/**
 * kilter_chart_set_selection:
 * @series: row of the table, −1 for none
 * @bucket: column of the table, −1 for none
 *
 * The selection is part of the picture: a ring in a heat map, a line and a point in a fan chart,
 * a bold panel name.
 */
void
kilter_chart_set_selection (KilterChart *self, int series, int bucket)
{
  g_return_if_fail (self != NULL);

  self->selected_series = series >= 0 && (gsize) series < self->table.n_rows ? series : -1;
  self->selected_bucket = bucket >= 0 && (gsize) bucket < self->table.n_columns ? bucket : -1;
}

int
kilter_chart_get_selected_series (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->selected_series;
}

int
kilter_chart_get_selected_bucket (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->selected_bucket;
}

/**
 * kilter_chart_set_visible_range:
 * @first: first visible bucket
 * @n: how many, 0 for all
 *
 * Zooms and pans a time axis that is not tied to the columns of a grid. Cut to what there is;
 * kinds without a time axis stay as they are.
 */
void
kilter_chart_set_visible_range (KilterChart *self, gsize first, gsize n)
{
  g_return_if_fail (self != NULL);

  if (!self->klass->can_zoom)
    return;
  if (n == 0 || n > self->n_buckets)
    {
      first = 0;
      n = self->n_buckets;
    }
  self->visible_first = MIN (first, self->n_buckets - n);
  self->visible_n = n;
  kilter_chart_invalidate (self);
}

/**
 * kilter_chart_set_transition:
 * @from: a chart of the same kind and shape that was shown before
 * @progress: 0 shows the values of @from, 1 those of @self
 *
 * Moves the values on their way from one chart to another. What was or becomes missing jumps.
 *
 * Returns: %FALSE when the two do not have the same shape; nothing changes then
 */
gboolean
kilter_chart_set_transition (KilterChart *self, const KilterChart *from, double progress)
{
  g_return_val_if_fail (self != NULL && from != NULL, FALSE);

  if (self->klass != from->klass || self->arrays->len != from->arrays->len)
    return FALSE;
  for (guint i = 0; i < self->arrays->len; i++)
    if (g_array_index (self->arrays, KilterChartValues, i).n !=
        g_array_index (from->arrays, KilterChartValues, i).n)
      return FALSE;

  progress = CLAMP (progress, 0, 1);
  for (guint i = 0; i < self->arrays->len; i++)
    {
      KilterChartValues *to = &g_array_index (self->arrays, KilterChartValues, i);
      KilterChartValues *old = &g_array_index (from->arrays, KilterChartValues, i);

      for (gsize k = 0; k < to->n; k++)
        to->live[k] = progress < 1 && isfinite (old->target[k]) && isfinite (to->target[k])
                        ? old->target[k] * (1 - progress) + to->target[k] * progress
                        : to->target[k];
    }
  kilter_chart_invalidate (self);

  return TRUE;
}

/**
 * kilter_chart_measure:
 * @out_min_width: (out) (nullable): below this labels are dropped
 * @out_min_height: (out) (nullable): likewise
 * @out_natural_height: (out) (nullable): the height a list-like kind is made for; of the others a
 *   good one
 *
 * A chart draws at any size; these are where it is complete.
 */
void
kilter_chart_measure (KilterChart *self,
                      const KilterChartStyle *style,
                      double *out_min_width,
                      double *out_min_height,
                      double *out_natural_height)
{
  double min_width = 160, min_height = 90, natural = 240;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_if_fail (self != NULL && style != NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cr = cairo_create (surface);
  min_width *= style->scale;
  min_height *= style->scale;
  natural *= style->scale;
  if (self->klass->measure != NULL)
    {
      g_auto (KilterPaint) paint = { 0 };

      kilter_paint_init (&paint, self, cr, 0, 0, style);
      self->klass->measure (self, &paint, &min_width, &min_height, &natural);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (out_min_width != NULL)
    *out_min_width = min_width;
  if (out_min_height != NULL)
    *out_min_height = min_height;
  if (out_natural_height != NULL)
    *out_natural_height = MAX (natural, min_height);
}

/**
 * kilter_chart_draw:
 * @width: room, in the unit of @cr
 * @height: room
 *
 * Draws the chart without its title on a transparent ground. The state of @cr is kept.
 */
void
kilter_chart_draw (
  KilterChart *self, cairo_t *cr, double width, double height, const KilterChartStyle *style)
{
  KilterChartGeometry *geometry;

  g_return_if_fail (self != NULL && cr != NULL && style != NULL);

  geometry = &self->geometry;
  clear_geometry (geometry);
  if (geometry->style == NULL || !kilter_chart_style_equal (geometry->style, style))
    {
      kilter_chart_style_free (geometry->style);
      geometry->style = kilter_chart_style_copy (style);
    }
  geometry->width = width;
  geometry->height = height;
  geometry->is_valid = TRUE;
  if (!(width >= LEAST_SIZE) || !(height >= LEAST_SIZE))
    return;

  {
    g_auto (KilterPaint) paint = { 0 };

    cairo_save (cr);
    cairo_new_path (cr);
    cairo_rectangle (cr, 0, 0, width, height);
    cairo_clip (cr);
    kilter_paint_init (&paint, self, cr, width, height, style);
    self->klass->draw (self, &paint);
    cairo_restore (cr);
    cairo_new_path (cr);
  }
}

/**
 * kilter_chart_hit:
 * @x: pointer, in the unit and from the origin of the drawing
 * @y: likewise
 *
 * Returns: what lies at the pointer in a drawing of this size; a bucket also between marks, as far
 *   as the plot reaches
 */
KilterChartHit
kilter_chart_hit (
  KilterChart *self, double width, double height, const KilterChartStyle *style, double x, double y)
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
      double right = g_array_index (self->geometry.edges, double, at + 1);

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
kilter_chart_bucket_at (
  KilterChart *self, double width, double height, const KilterChartStyle *style, double x)
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
  *out_x = (g_array_index (self->geometry.edges, double, at) +
            g_array_index (self->geometry.edges, double, at + 1)) /
           2;

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
kilter_chart_value_at (
  KilterChart *self, double width, double height, const KilterChartStyle *style, double y)
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

/* --- what it says
 * ---------------------------------------------------------------------------------- */

/**
 * kilter_chart_n_series:
 *
 * Returns: how many rows of the table the arrow keys visit
 */
gsize
kilter_chart_n_series (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_series;
}

gsize
kilter_chart_n_buckets (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table.n_columns;
}

gsize
kilter_chart_n_points (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_series * self->table.n_columns;
}

/**
 * kilter_chart_describe:
 *
 * Returns: (transfer none): all data of the chart as a table
 */
const KilterChartTable *
kilter_chart_describe (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->table;
}

/**
 * kilter_chart_get_value_text:
 *
 * Returns: (transfer full): a cell of the table as people read it
 */
char *
kilter_chart_get_value_text (const KilterChart *self, gsize row, gsize column)
{
  const KilterChartTable *table;
  gsize at;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->table.n_rows && column < self->table.n_columns, NULL);

  table = &self->table;
  at = row * table->n_columns + column;
  if (table->texts[at] != NULL)
    return g_strdup (table->texts[at]);

  return kilter_number_format (table->values[at], &table->formats[row]);
}

/**
 * kilter_chart_summarize:
 * @row: row of the table
 * @out_summary: (out): what a sentence about the row needs
 */
void
kilter_chart_summarize (const KilterChart *self, gsize row, KilterChartSummary *out_summary)
{
  KilterChartSummary sum = { 0 };
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0;
  const double *values;

  g_return_if_fail (self != NULL && out_summary != NULL);
  g_return_if_fail (row < self->table.n_rows);

  values = self->table.values + row * self->table.n_columns;
  for (gsize i = 0; i < self->table.n_columns; i++)
    {
      double dx;

      if (!isfinite (values[i]))
        continue;
      if (sum.n == 0 || values[i] < sum.lowest)
        {
          sum.lowest = values[i];
          sum.lowest_at = i;
        }
      if (sum.n == 0 || values[i] > sum.highest)
        {
          sum.highest = values[i];
          sum.highest_at = i;
        }
      if (sum.n == 0)
        {
          sum.first = values[i];
          sum.first_at = i;
        }
      sum.last = values[i];
      sum.last_at = i;
      sum.n++;
      dx = (double) i - mean_x;
      mean_x += dx / (double) sum.n;
      mean_y += (values[i] - mean_y) / (double) sum.n;
      sxx += dx * ((double) i - mean_x);
      sxy += dx * (values[i] - mean_y);
    }
  sum.slope = sxx > 0 && isfinite (sxy) ? sxy / sxx : 0;
  *out_summary = sum;
}

/* Appends @value with as many decimals as it has, with the hyphen that spreadsheets read. */
static void
append_number (GString *out, double value)
{
  KilterNumberFormat format = { 0 };
  g_autofree char *text = NULL;
  double scaled = fabs (value);

  while (format.decimals < 9 && fabs (scaled - round (scaled)) > 1e-9 * MAX (scaled, 1))
    {
      scaled *= 10;
      format.decimals++;
    }
  text = kilter_number_format (fabs (value), &format);
  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append (out, text);
}

static void
append_field (GString *out, const char *text)
{
  /* a tab or line break inside a name would break the table */
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    g_string_append_c (out, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
}

/**
 * kilter_chart_to_tsv:
 *
 * Returns: (transfer full): the table for the clipboard: names, full numbers in the reader's
 *   locale, missing values empty
 */
char *
kilter_chart_to_tsv (const KilterChart *self)
{
  const KilterChartTable *table;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  table = &self->table;
  out = g_string_new (NULL);
  append_field (out, table->corner);
  for (gsize column = 0; column < table->n_columns; column++)
    {
      g_string_append_c (out, '\t');
      append_field (out, table->column_names[column]);
    }
  g_string_append_c (out, '\n');
  for (gsize row = 0; row < table->n_rows; row++)
    {
      append_field (out, table->row_names[row]);
      for (gsize column = 0; column < table->n_columns; column++)
        {
          gsize at = row * table->n_columns + column;

          g_string_append_c (out, '\t');
          if (table->texts[at] != NULL)
            append_field (out, table->texts[at]);
          else if (isfinite (table->values[at]))
            append_number (out, table->values[at]);
        }
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}
