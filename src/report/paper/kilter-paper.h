/* kilter-paper.h: sheets of paper, text and rules on them, the frame of a page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "chart/kilter-chart-kinds.h"

G_BEGIN_DECLS

/**
 * KilterPaper:
 * @KILTER_PAPER_A4: 297 × 210 mm, landscape
 * @KILTER_PAPER_LETTER: 11 × 8.5 in, landscape
 */
typedef enum
{
  KILTER_PAPER_A4,
  KILTER_PAPER_LETTER,
} KilterPaper;

gboolean kilter_paper_from_string (const char *text, KilterPaper *out_paper);
void kilter_paper_get_size (KilterPaper paper, double *out_width, double *out_height);
void kilter_paper_get_content (KilterPaper paper, KilterChartRect *out_area);
KilterChartStyle *kilter_paper_style_new (gboolean is_grey, const char *language);

/* sizes of text in points */
#define KILTER_PRINT_TITLE 15.5
#define KILTER_PRINT_SUBTITLE 9.2
#define KILTER_PRINT_HEADING 10.5
#define KILTER_PRINT_TEXT 8.7
#define KILTER_PRINT_SMALL 7.6
#define KILTER_PRINT_LEAST 7.5

/**
 * KilterInk:
 * @cr: (nullable): where to draw; %NULL only measures
 * @has_tags: whether the drawing goes to a PDF file that is given its structure
 *
 * Text and strokes on paper; lengths are points.
 */
typedef struct
{
  cairo_t *cr;
  const KilterChartStyle *style;
  PangoContext *context;
  gboolean has_tags;
} KilterInk;

void kilter_ink_init (KilterInk *self, cairo_t *cr, const KilterChartStyle *style);
void kilter_ink_clear (KilterInk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterInk, kilter_ink_clear)

/**
 * KilterPrintText:
 * @size: points; 0 is %KILTER_PRINT_TEXT
 * @role: colour; %KILTER_CHART_ROLE_NONE is that of text
 * @max_width: text is wrapped or cut to it; 0 for no limit
 * @max_lines: how many lines before it is cut; 0 for one, −1 for any number
 * @x_align: 0: starts at x, 0.5: centred, 1: ends at x
 * @y_align: the same of the height
 */
typedef struct
{
  double size;
  KilterChartRole role;
  gboolean is_bold;
  double max_width;
  int max_lines;
  double x_align;
  double y_align;
} KilterPrintText;

void kilter_ink_measure (KilterInk *self,
                         const char *text,
                         const KilterPrintText *look,
                         double *out_width,
                         double *out_height);
double kilter_ink_text (KilterInk *self,
                        const char *text,
                        double x,
                        double y,
                        const KilterPrintText *look);
double kilter_ink_fit_size (KilterInk *self,
                            const char *text,
                            gboolean is_bold,
                            double size,
                            double least,
                            double width);
void kilter_ink_line (KilterInk *self,
                      double x0,
                      double y0,
                      double x1,
                      double y1,
                      KilterChartRole role,
                      double stroke);
void kilter_ink_fill (KilterInk *self, const KilterChartRect *rect, KilterChartRole role);
void
kilter_ink_box (KilterInk *self, const KilterChartRect *rect, KilterChartRole role, double stroke);
void kilter_ink_begin (KilterInk *self, const char *tag);
void kilter_ink_end (KilterInk *self, const char *tag);

/**
 * KilterPageFrame: what stands around the content of each page
 */
typedef struct
{
  const char *title;
  const char *subtitle;
  const char *footer;
  const char *footer_middle;
  const char *number;
} KilterPageFrame;

void kilter_paper_draw_frame (KilterInk *ink, KilterPaper paper, const KilterPageFrame *frame);

G_END_DECLS
