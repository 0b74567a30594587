/* kilter-chart-paint.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-paint.h"

#include <math.h>
#include <string.h>

#define HALO 1.5

static double
device_scale_of (cairo_t *cr)
{
  double dx = 1, dy = 0, sx, sy;

  cairo_user_to_device_distance (cr, &dx, &dy);
  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);

  return hypot (dx, dy) * sx;
}

/* Vector output has no pixels: a hatch or hairline stays where it is. */
static gboolean
surface_has_pixels (cairo_t *cr)
{
  switch ((int) cairo_surface_get_type (cairo_get_target (cr)))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
    case CAIRO_SURFACE_TYPE_SCRIPT:
      return FALSE;
    default:
      return TRUE;
    }
}

static double
snap (KilterPaint *self, double value, gboolean is_x)
{
  double x = is_x ? value : 0;
  double y = is_x ? 0 : value;
  double sx, sy;

  if (!self->has_pixels)
    return value;
  cairo_surface_get_device_scale (cairo_get_target (self->cr), &sx, &sy);
  cairo_user_to_device (self->cr, &x, &y);
  x = round (x * sx) / sx;
  y = round (y * sy) / sy;
  cairo_device_to_user (self->cr, &x, &y);

  return is_x ? x : y;
}

static double
stroke_on_pixels (KilterPaint *self, double stroke)
{
  double scale;

  if (!self->has_pixels)
    return stroke;
  scale = device_scale_of (self->cr);

  return scale > 0 ? MAX (1, round (stroke * scale)) / scale : stroke;
}

void
kilter_paint_init (KilterPaint *self,
                   KilterChart *chart,
                   cairo_t *cr,
                   double width,
                   double height,
                   const KilterChartStyle *style)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  memset (self, 0, sizeof *self);
  self->chart = chart;
  self->cr = cr;
  self->style = style;
  self->width = width;
  self->height = height;
  self->u = style->scale;
  self->t = MAX (style->text_scale, style->scale);
  self->has_pixels = surface_has_pixels (cr) && !style->is_print;
  self->context = pango_cairo_create_context (cr);

  /* the same advance widths on every surface, so that screen and paper break and fit alike */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  if (style->language != NULL)
    pango_context_set_language (self->context, style->language);
  pango_context_set_base_dir (self->context,
                              style->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
}

void
kilter_paint_clear (KilterPaint *self)
{
  g_clear_object (&self->context);
}

void
kilter_paint_color (KilterPaint *self, const KilterChartColor *color, double alpha)
{
  cairo_set_source_rgba (self->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

void
kilter_paint_role (KilterPaint *self, KilterChartRole role, double alpha)
{
  KilterChartColor color = kilter_chart_style_get_color (self->style, role);

  kilter_paint_color (self, &color, alpha);
}

double
kilter_paint_snap_x (KilterPaint *self, double x)
{
  return snap (self, x, TRUE);
}

double
kilter_paint_snap_y (KilterPaint *self, double y)
{
  return snap (self, y, FALSE);
}

KilterChartRect
kilter_paint_snap_rect (KilterPaint *self, const KilterChartRect *rect)
{
  double x0 = kilter_paint_snap_x (self, rect->x);
  double x1 = kilter_paint_snap_x (self, rect->x + rect->width);
  double y0 = kilter_paint_snap_y (self, rect->y);
  double y1 = kilter_paint_snap_y (self, rect->y + rect->height);

  return (KilterChartRect) { x0, y0, MAX (x1 - x0, 0), MAX (y1 - y0, 0) };
}

void
kilter_paint_hline (KilterPaint *self,
                    double x0,
                    double x1,
                    double y,
                    KilterChartRole role,
                    double stroke)
{
  double width = stroke_on_pixels (self, stroke * self->u);

  if (x1 <= x0)
    return;
  kilter_paint_role (self, role, 1);
  cairo_rectangle (self->cr, x0, kilter_paint_snap_y (self, y - width / 2), x1 - x0, width);
  cairo_fill (self->cr);
}

void
kilter_paint_vline (KilterPaint *self,
                    double x,
                    double y0,
                    double y1,
                    KilterChartRole role,
                    double stroke)
{
  double width = stroke_on_pixels (self, stroke * self->u);

  if (y1 <= y0)
    return;
  kilter_paint_role (self, role, 1);
  cairo_rectangle (self->cr, kilter_paint_snap_x (self, x - width / 2), y0, width, y1 - y0);
  cairo_fill (self->cr);
}

void
kilter_paint_vline_dashed (KilterPaint *self,
                           double x,
                           double y0,
                           double y1,
                           KilterChartRole role,
                           double stroke)
{
  double width = stroke_on_pixels (self, stroke * self->u);
  const double dash[] = { 3 * self->u, 3 * self->u };
  double left = kilter_paint_snap_x (self, x - width / 2);

  if (y1 <= y0)
    return;
  kilter_paint_role (self, role, 1);
  cairo_set_line_width (self->cr, width);
  cairo_set_dash (self->cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_move_to (self->cr, left + width / 2, y0);
  cairo_line_to (self->cr, left + width / 2, y1);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* In high contrast a grid line is full ink; dots keep it from being taken for data. */
void
kilter_paint_grid_line (KilterPaint *self, double x0, double x1, double y)
{
  if (kilter_chart_style_is_high_contrast (self->style))
    {
      const double dash[] = { self->u, 4 * self->u };
      double width = stroke_on_pixels (self, self->u);

      kilter_paint_role (self, KILTER_CHART_ROLE_GRID_LINE, 1);
      cairo_set_line_width (self->cr, width);
      cairo_set_dash (self->cr, dash, G_N_ELEMENTS (dash), 0);
      cairo_move_to (self->cr, x0, kilter_paint_snap_y (self, y - width / 2) + width / 2);
      cairo_line_to (self->cr, x1, kilter_paint_snap_y (self, y - width / 2) + width / 2);
      cairo_stroke (self->cr);
      cairo_set_dash (self->cr, NULL, 0, 0);
    }
  else
    kilter_paint_hline (self, x0, x1, y, KILTER_CHART_ROLE_GRID_LINE, 1);
}

void
kilter_paint_fill_alpha (KilterPaint *self,
                         const KilterChartRect *rect,
                         KilterChartRole role,
                         double alpha)
{
  KilterChartRect r = kilter_paint_snap_rect (self, rect);

  if (r.width <= 0 || r.height <= 0)
    return;
  kilter_paint_role (self, role, alpha);
  cairo_rectangle (self->cr, r.x, r.y, r.width, r.height);
  cairo_fill (self->cr);
}

void
kilter_paint_fill (KilterPaint *self, const KilterChartRect *rect, KilterChartRole role)
{
  kilter_paint_fill_alpha (self, rect, role, 1);
}

void
kilter_paint_round_path (KilterPaint *self, const KilterChartRect *rect, double radius)
{
  double r = MIN (radius, MIN (rect->width, rect->height) / 2);

  cairo_new_sub_path (self->cr);
  if (r <= 0)
    {
      cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
      return;
    }
  cairo_arc (self->cr, rect->x + rect->width - r, rect->y + r, r, -G_PI_2, 0);
  cairo_arc (self->cr, rect->x + rect->width - r, rect->y + rect->height - r, r, 0, G_PI_2);
  cairo_arc (self->cr, rect->x + r, rect->y + rect->height - r, r, G_PI_2, G_PI);
  cairo_arc (self->cr, rect->x + r, rect->y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (self->cr);
}

/* A tinted ground; in high contrast no tint is without an outline. */
void
kilter_paint_tint (KilterPaint *self,
                   const KilterChartRect *rect,
                   KilterChartRole role,
                   KilterChartRole outline,
                   double radius)
{
  KilterChartRect r = kilter_paint_snap_rect (self, rect);

  if (r.width <= 0 || r.height <= 0)
    return;
  kilter_paint_role (self, role, 1);
  kilter_paint_round_path (self, &r, radius);
  cairo_fill (self->cr);
  if (kilter_chart_style_is_high_contrast (self->style))
    {
      double width = stroke_on_pixels (self, self->u);

      r.x += width / 2;
      r.y += width / 2;
      r.width = MAX (r.width - width, 0);
      r.height = MAX (r.height - width, 0);
      kilter_paint_role (self, outline, 1);
      cairo_set_line_width (self->cr, width);
      kilter_paint_round_path (self, &r, radius);
      cairo_stroke (self->cr);
    }
}

/* The stroke lies inside the rectangle. */
void
kilter_paint_outline (KilterPaint *self,
                      const KilterChartRect *rect,
                      KilterChartRole role,
                      double stroke)
{
  KilterChartRect r = kilter_paint_snap_rect (self, rect);
  double width = stroke_on_pixels (self, stroke * self->u);

  if (r.width <= 0 || r.height <= 0)
    return;
  kilter_paint_role (self, role, 1);
  if (r.width <= 2 * width || r.height <= 2 * width)
    {
      cairo_rectangle (self->cr, r.x, r.y, r.width, r.height);
      cairo_fill (self->cr);
      return;
    }
  cairo_set_line_width (self->cr, width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_MITER);
  cairo_rectangle (self->cr, r.x + width / 2, r.y + width / 2, r.width - width, r.height - width);
  cairo_stroke (self->cr);
}

/**
 * kilter_chart_hatch:
 * @area: what is hatched; lines are clipped to it
 * @role: the ink
 *
 * Fills @area with rising 45° lines. All hatches of a drawing share one grid of lines, so that
 * neighbouring bars match; on screens the distance is whole device pixels, which keeps every line
 * alike.
 */
void
kilter_chart_hatch (cairo_t *cr,
                    const KilterChartStyle *style,
                    const KilterChartRect *area,
                    KilterChartRole role)
{
  KilterChartColor color = kilter_chart_style_get_color (style, role);
  double step = style->hatch_step;
  double scale = device_scale_of (cr);
  double ox = 0, oy = 0;
  double lo, hi, phase;

  if (area->width <= 0 || area->height <= 0 || !(step > 0))
    return;
  if (!style->is_print && surface_has_pixels (cr) && scale > 0)
    {
      step = MAX (round (step * scale), 2) / scale;
      cairo_device_to_user (cr, &ox, &oy);
    }

  /* a line is x + y = c: from the lower left to the upper right of the area */
  phase = ox + oy;
  lo = floor ((area->x + area->y - phase) / step);
  hi = ceil ((area->x + area->width + area->y + area->height - phase) / step);
  if (hi - lo > 20000)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  cairo_set_line_width (cr, style->hatch_stroke);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (double k = lo; k <= hi; k++)
    {
      double c = phase + k * step;

      cairo_move_to (cr, area->x - step, c - area->x + step);
      cairo_line_to (cr, c - area->y + step, area->y - step);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Without colour a problem is hatched both ways. */
static void
hatch_back (KilterPaint *self, const KilterChartRect *rect, KilterChartRole role)
{
  KilterChartRect mirrored = { -rect->x - rect->width, rect->y, rect->width, rect->height };

  cairo_save (self->cr);
  cairo_scale (self->cr, -1, 1);
  kilter_chart_hatch (self->cr, self->style, &mirrored, role);
  cairo_restore (self->cr);
}

void
kilter_paint_hatched (KilterPaint *self, const KilterChartRect *rect, KilterChartRole role)
{
  KilterChartRect r = kilter_paint_snap_rect (self, rect);

  /* too narrow for lines: their tone */
  if (rect->width < 4.5 * self->u)
    {
      kilter_paint_fill_alpha (self, &r, role, 0.55);
      return;
    }
  if (r.height > 2 * self->u)
    {
      kilter_chart_hatch (self->cr, self->style, &r, role);
      if (role == KILTER_CHART_ROLE_BAD && kilter_chart_style_is_grey (self->style))
        hatch_back (self, &r, role);
    }
  kilter_paint_outline (self, &r, role, 1);
}

static void
marker_path (KilterPaint *self, KilterMarker marker, double x, double y, double radius)
{
  cairo_t *cr = self->cr;

  cairo_new_path (cr);
  switch (marker)
    {
    case KILTER_MARKER_DOT:
    case KILTER_MARKER_RING:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    case KILTER_MARKER_DIAMOND:
      cairo_move_to (cr, x, y - radius * 1.2);
      cairo_line_to (cr, x + radius * 1.2, y);
      cairo_line_to (cr, x, y + radius * 1.2);
      cairo_line_to (cr, x - radius * 1.2, y);
      break;
    case KILTER_MARKER_SQUARE:
      cairo_rectangle (cr, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      break;
    case KILTER_MARKER_TRIANGLE:
      cairo_move_to (cr, x, y - radius);
      cairo_line_to (cr, x + radius * 1.1, y + radius * 0.85);
      cairo_line_to (cr, x - radius * 1.1, y + radius * 0.85);
      break;
    case KILTER_MARKER_TRIANGLE_DOWN:
      cairo_move_to (cr, x, y + radius);
      cairo_line_to (cr, x + radius * 1.1, y - radius * 0.85);
      cairo_line_to (cr, x - radius * 1.1, y - radius * 0.85);
      break;
    default:
      break;
    }
  cairo_close_path (cr);
}

void
kilter_paint_marker_color (KilterPaint *self,
                           KilterMarker marker,
                           double x,
                           double y,
                           double radius,
                           const KilterChartColor *color)
{
  if (!isfinite (x) || !isfinite (y))
    return;
  marker_path (self, marker, x, y, radius);
  kilter_paint_color (self, color, 1);
  if (marker == KILTER_MARKER_RING)
    {
      cairo_set_line_width (self->cr, 1.8 * self->u);
      cairo_stroke (self->cr);
    }
  else
    cairo_fill (self->cr);
}

void
kilter_paint_marker (KilterPaint *self,
                     KilterMarker marker,
                     double x,
                     double y,
                     double radius,
                     KilterChartRole role)
{
  KilterChartColor color = kilter_chart_style_get_color (self->style, role);

  kilter_paint_marker_color (self, marker, x, y, radius, &color);
}

/* A marker over lines and hatching: the ground shows around it. */
void
kilter_paint_marker_halo (KilterPaint *self,
                          KilterMarker marker,
                          double x,
                          double y,
                          double radius,
                          KilterChartRole role)
{
  if (!isfinite (x) || !isfinite (y))
    return;
  marker_path (self, marker, x, y, radius);
  kilter_paint_role (self, self->style->ground, 1);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (self->cr, 2 * HALO * self->u);
  cairo_stroke (self->cr);
  kilter_paint_marker (self, marker, x, y, radius, role);
}

static void
set_dash (KilterPaint *self, KilterDash dash, double stroke)
{
  const double dashed[] = { 5 * self->u, 3.5 * self->u };
  const double dotted[] = { 0, MAX (stroke, 1) * 2.6 * self->u };

  if (dash == KILTER_DASH_DASHED)
    {
      cairo_set_dash (self->cr, dashed, G_N_ELEMENTS (dashed), 0);
      cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
    }
  else if (dash == KILTER_DASH_DOTTED)
    {
      cairo_set_dash (self->cr, dotted, G_N_ELEMENTS (dotted), 0);
      cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
    }
  else
    cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
}

/* A gap in @ys is a gap in the line; a single value between two gaps is a dot. */
void
kilter_paint_line (KilterPaint *self,
                   const double *xs,
                   const double *ys,
                   gsize n,
                   KilterChartRole role,
                   double stroke,
                   KilterDash dash)
{
  cairo_t *cr = self->cr;
  gboolean is_down = FALSE;

  cairo_save (cr);
  kilter_paint_role (self, role, 1);
  cairo_set_line_width (cr, stroke * self->u);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_dash (self, dash, stroke);
  cairo_new_path (cr);
  for (gsize i = 0; i < n; i++)
    {
      gboolean is_here = isfinite (ys[i]);
      gboolean is_next = i + 1 < n && isfinite (ys[i + 1]);

      if (is_here && !is_down && !is_next)
        {
          cairo_stroke (cr);
          kilter_paint_marker (self, KILTER_MARKER_DOT, xs[i], ys[i], MAX (stroke, 1.5) * self->u,
                               role);
          kilter_paint_role (self, role, 1);
          cairo_new_path (cr);
        }
      else if (is_here && is_down)
        cairo_line_to (cr, xs[i], ys[i]);
      else if (is_here)
        cairo_move_to (cr, xs[i], ys[i]);
      is_down = is_here;
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
kilter_paint_band (KilterPaint *self,
                   const double *xs,
                   const double *lows,
                   const double *highs,
                   gsize n,
                   KilterChartRole role,
                   double alpha,
                   gboolean outlined)
{
  cairo_t *cr = self->cr;

  for (gsize first = 0; first < n;)
    {
      gsize last = first;

      while (last < n && isfinite (lows[last]) && isfinite (highs[last]))
        last++;
      if (last - first >= 2)
        {
          cairo_new_path (cr);
          for (gsize i = first; i < last; i++)
            cairo_line_to (cr, xs[i], highs[i]);
          for (gsize i = last; i-- > first;)
            cairo_line_to (cr, xs[i], lows[i]);
          cairo_close_path (cr);
          kilter_paint_role (self, role, alpha);
          cairo_fill (cr);
        }
      first = last + 1;
    }
  if (outlined && kilter_chart_style_is_high_contrast (self->style))
    {
      kilter_paint_line (self, xs, lows, n, role, 1, KILTER_DASH_NONE);
      kilter_paint_line (self, xs, highs, n, role, 1, KILTER_DASH_NONE);
    }
}

/* Numbers stand in columns; in words tabular figures would tear "6-pack" apart. */
static gboolean
is_number (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalpha (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

static PangoLayout *
make_layout (KilterPaint *self, const char *text, const KilterTextLook *look)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = self->style->font != NULL
                                 ? pango_font_description_copy (self->style->font)
                                 : pango_font_description_from_string ("Sans");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (
    font, kilter_chart_style_get_text_size (self->style, look->size) * PANGO_SCALE);
  pango_font_description_set_weight (
    font, look->is_bold
            ? (look->size == KILTER_CHART_TEXT_VALUE ? PANGO_WEIGHT_ULTRABOLD : PANGO_WEIGHT_BOLD)
            : PANGO_WEIGHT_NORMAL);
  if (is_number (text))
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_font_description (layout, font);
  if (self->style->rtl && is_number (text))
    {
      /* a sign stays in front of its number */
      g_autofree char *marked = g_strconcat ("\u200e", text, NULL);

      pango_layout_set_text (layout, marked, -1);
    }
  else
    pango_layout_set_text (layout, text, -1);
  if (look->max_lines > 1)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -look->max_lines);
      pango_layout_set_alignment (layout, look->x_align == 0.5  ? PANGO_ALIGN_CENTER
                                          : look->x_align > 0.5 ? PANGO_ALIGN_RIGHT
                                                                : PANGO_ALIGN_LEFT);
    }
  if (look->max_width > 0)
    {
      pango_layout_set_width (layout, (int) ceil (MIN (look->max_width, 1e5) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_font_description_free (font);
  pango_attr_list_unref (attributes);

  return layout;
}

void
kilter_paint_measure (KilterPaint *self,
                      const char *text,
                      const KilterTextLook *look,
                      double *out_width,
                      double *out_height)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text != NULL ? text : "", look);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  if (out_width != NULL)
    *out_width = (double) logical.width / PANGO_SCALE;
  if (out_height != NULL)
    *out_height = (double) logical.height / PANGO_SCALE;
}

double
kilter_paint_line_height (KilterPaint *self, KilterChartTextSize size)
{
  double height;

  kilter_paint_measure (self, "Ấg", &(KilterTextLook) { .size = size }, NULL, &height);
  return height;
}

/* Returns the width of the text as drawn. */
double
kilter_paint_text (KilterPaint *self,
                   const char *text,
                   double x,
                   double y,
                   const KilterTextLook *look)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;
  double width, height;

  if (text == NULL || *text == '\0' || look->max_width < 0)
    return 0;
  layout = make_layout (self, text, look);
  pango_layout_get_extents (layout, NULL, &logical);
  width = (double) logical.width / PANGO_SCALE;
  height = (double) logical.height / PANGO_SCALE;
  cairo_move_to (self->cr, x - width * look->x_align - (double) logical.x / PANGO_SCALE,
                 y - height * look->y_align);
  if (look->has_halo)
    {
      double px, py;

      cairo_get_current_point (self->cr, &px, &py);
      kilter_paint_role (self, self->style->ground, 0.85);
      cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (self->cr, 3 * self->u);
      pango_cairo_layout_path (self->cr, layout);
      cairo_stroke (self->cr);
      cairo_move_to (self->cr, px, py);
    }
  if (look->color != NULL)
    kilter_paint_color (self, look->color, 1);
  else
    kilter_paint_role (
      self, look->role != KILTER_CHART_ROLE_NONE ? look->role : KILTER_CHART_ROLE_TEXT, 1);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);

  return width;
}

KilterChartRole
kilter_role_of_tone (KilterChartTone tone)
{
  switch (tone)
    {
    case KILTER_CHART_TONE_GOOD:
      return KILTER_CHART_ROLE_GOOD;
    case KILTER_CHART_TONE_BAD:
      return KILTER_CHART_ROLE_BAD;
    case KILTER_CHART_TONE_CLOSE:
      return KILTER_CHART_ROLE_MARKETING;
    case KILTER_CHART_TONE_PLAIN:
    default:
      return KILTER_CHART_ROLE_NONE;
    }
}
