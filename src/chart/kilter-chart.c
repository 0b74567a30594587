/* kilter-chart.c: the copy of the data, state, drawing
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
  g_array_set_size (geometry->ends, 0);
  g_array_set_size (geometry->areas, 0);
}

/* --- making --- */

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
  self->geometry.ends = g_array_new (FALSE, FALSE, sizeof (double));
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
  for (gsize i = 0; place->edges != NULL && place->ends != NULL && i < n && ascends; i++)
    ascends = place->ends[i] > place->edges[i] && place->ends[i] <= place->edges[i + 1] + 0.5;
  place->ends = ascends && place->edges != NULL && place->ends != NULL
                  ? kilter_chart_keep (self, place->ends, sizeof (double) * n)
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

/* --- public --- */

void
kilter_chart_free (KilterChart *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->arrays);
  g_array_unref (self->geometry.edges);
  g_array_unref (self->geometry.ends);
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
  char *new_title, *new_subtitle;

  g_return_if_fail (self != NULL);

  /* either may be the chart's own */
  new_title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  new_subtitle = subtitle != NULL ? g_utf8_make_valid (subtitle, -1) : NULL;
  g_free (self->title);
  g_free (self->subtitle);
  self->title = new_title;
  self->subtitle = new_subtitle;
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
kilter_chart_draw (KilterChart *self,
                   cairo_t *cr,
                   double width,
                   double height,
                   const KilterChartStyle *style)
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
