/* kilter-chart-paint.h: the few strokes all charts are made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "chart/kilter-chart-kinds.h"

G_BEGIN_DECLS

/**
 * KilterPaint:
 * @u: length of one screen px at 100 % in the unit of the drawing
 * @t: the same, grown with the reader's text size: for room around text
 *
 * A drawing in progress.
 */
typedef struct
{
  KilterChart *chart;
  cairo_t *cr;
  const KilterChartStyle *style;
  PangoContext *context;
  double width;
  double height;
  double u;
  double t;
  gboolean has_pixels;
} KilterPaint;

/**
 * KilterTextLook:
 * @max_width: the text is ellipsised to this; 0 for no limit
 * @max_lines: 0 or 1: one line; more: words wrap
 * @x_align: 0: starts at x; 0.5: centred; 1: ends at x
 * @y_align: 0: top at y; 0.5: centred; 1: bottom at y
 */
typedef struct
{
  KilterChartTextSize size;
  KilterChartRole role;
  const KilterChartColor *color;
  gboolean is_bold;
  gboolean has_halo;
  double max_width;
  int max_lines;
  double x_align;
  double y_align;
} KilterTextLook;

typedef enum
{
  KILTER_MARKER_DOT,
  KILTER_MARKER_DIAMOND,
  KILTER_MARKER_SQUARE,
  KILTER_MARKER_TRIANGLE,
  KILTER_MARKER_TRIANGLE_DOWN,
  KILTER_MARKER_RING,
} KilterMarker;

typedef enum
{
  KILTER_DASH_NONE,
  KILTER_DASH_DASHED,
  KILTER_DASH_DOTTED,
} KilterDash;

void kilter_paint_init (KilterPaint *self,
                        KilterChart *chart,
                        cairo_t *cr,
                        double width,
                        double height,
                        const KilterChartStyle *style);
void kilter_paint_clear (KilterPaint *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterPaint, kilter_paint_clear)

void kilter_paint_role (KilterPaint *self, KilterChartRole role, double alpha);
void kilter_paint_color (KilterPaint *self, const KilterChartColor *color, double alpha);
double kilter_paint_snap_x (KilterPaint *self, double x);
double kilter_paint_snap_y (KilterPaint *self, double y);
KilterChartRect kilter_paint_snap_rect (KilterPaint *self, const KilterChartRect *rect);

void kilter_paint_hline (KilterPaint *self,
                         double x0,
                         double x1,
                         double y,
                         KilterChartRole role,
                         double stroke);
void kilter_paint_vline (KilterPaint *self,
                         double x,
                         double y0,
                         double y1,
                         KilterChartRole role,
                         double stroke);
void kilter_paint_vline_dashed (KilterPaint *self,
                                double x,
                                double y0,
                                double y1,
                                KilterChartRole role,
                                double stroke);
void kilter_paint_grid_line (KilterPaint *self, double x0, double x1, double y);
void kilter_paint_fill (KilterPaint *self, const KilterChartRect *rect, KilterChartRole role);
void kilter_paint_fill_alpha (KilterPaint *self,
                              const KilterChartRect *rect,
                              KilterChartRole role,
                              double alpha);
void kilter_paint_tint (KilterPaint *self,
                        const KilterChartRect *rect,
                        KilterChartRole role,
                        KilterChartRole outline,
                        double radius);
void kilter_paint_outline (KilterPaint *self,
                           const KilterChartRect *rect,
                           KilterChartRole role,
                           double stroke);
void kilter_paint_hatched (KilterPaint *self, const KilterChartRect *rect, KilterChartRole role);
void kilter_paint_round_path (KilterPaint *self, const KilterChartRect *rect, double radius);

void kilter_paint_marker (KilterPaint *self,
                          KilterMarker marker,
                          double x,
                          double y,
                          double radius,
                          KilterChartRole role);
void kilter_paint_marker_color (KilterPaint *self,
                                KilterMarker marker,
                                double x,
                                double y,
                                double radius,
                                const KilterChartColor *color);
void kilter_paint_marker_halo (KilterPaint *self,
                               KilterMarker marker,
                               double x,
                               double y,
                               double radius,
                               KilterChartRole role);
void kilter_paint_line (KilterPaint *self,
                        const double *xs,
                        const double *ys,
                        gsize n,
                        KilterChartRole role,
                        double stroke,
                        KilterDash dash);
void kilter_paint_band (KilterPaint *self,
                        const double *xs,
                        const double *lows,
                        const double *highs,
                        gsize n,
                        KilterChartRole role,
                        double alpha,
                        gboolean outlined);

double kilter_paint_text (KilterPaint *self,
                          const char *text,
                          double x,
                          double y,
                          const KilterTextLook *look);
void kilter_paint_measure (KilterPaint *self,
                           const char *text,
                           const KilterTextLook *look,
                           double *out_width,
                           double *out_height);
double kilter_paint_line_height (KilterPaint *self, KilterChartTextSize size);
KilterChartRole kilter_role_of_tone (KilterChartTone tone);

G_END_DECLS
