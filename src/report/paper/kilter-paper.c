/* kilter-paper.c: sheets of paper, text and rules on them, the frame of a page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper/kilter-paper.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#define MARGIN 36
#define TITLE_TOP 22
#define RULE 66
#define CONTENT_TOP 77
#define FOOTER_RULE 30 /* from the bottom */

/* The interface's family, then what covers Vietnamese and Chinese where it is missing. */
#define FAMILIES "Adwaita Sans,Inter,Noto Sans,Noto Sans CJK SC,Sans"

/**
 * kilter_paper_from_string:
 * @text: "a4" or "letter", in any case
 *
 * Returns: %FALSE when it is another
 */
gboolean
kilter_paper_from_string (const char *text, KilterPaper *out_paper)
{
  if (g_ascii_strcasecmp (text, "a4") == 0)
    *out_paper = KILTER_PAPER_A4;
  else if (g_ascii_strcasecmp (text, "letter") == 0)
    *out_paper = KILTER_PAPER_LETTER;
  else
    return FALSE;
  return TRUE;
}

/**
 * kilter_paper_get_size:
 * @out_width: (out): points, the longer side
 * @out_height: (out): points
 */
void
kilter_paper_get_size (KilterPaper paper, double *out_width, double *out_height)
{
  *out_width = paper == KILTER_PAPER_LETTER ? 792 : 297 / 25.4 * 72;
  *out_height = paper == KILTER_PAPER_LETTER ? 612 : 210 / 25.4 * 72;
}

/**
 * kilter_paper_get_content:
 * @out_area: (out): what is left for the content within the frame
 */
void
kilter_paper_get_content (KilterPaper paper, KilterChartRect *out_area)
{
  double width, height;

  kilter_paper_get_size (paper, &width, &height);
  *out_area = (KilterChartRect) { MARGIN, CONTENT_TOP, width - 2 * MARGIN,
                                  height - CONTENT_TOP - FOOTER_RULE - 6 };
}

/**
 * kilter_paper_style_new:
 * @language: (nullable): of the text, so that Chinese gets its own glyphs
 *
 * Returns: (transfer full): how charts and tables look on paper
 */
KilterChartStyle *
kilter_paper_style_new (gboolean is_grey, const char *language)
{
  KilterChartStyle *style = kilter_chart_style_new (is_grey ? KILTER_CHART_THEME_PRINT_GREY
                                                            : KILTER_CHART_THEME_PRINT);
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);

  kilter_chart_style_set_font (style, font);
  pango_font_description_free (font);
  if (language != NULL && *language != '\0')
    {
      g_autofree char *tag = g_strdelimit (g_strdup (language), "_", '-');

      kilter_chart_style_set_language (style, tag);
    }
  return style;
}

/**
 * kilter_ink_init:
 * @cr: (nullable): where to draw, or %NULL to measure
 */
void
kilter_ink_init (KilterInk *self, cairo_t *cr, const KilterChartStyle *style)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  memset (self, 0, sizeof *self);
  self->cr = cr;
  self->style = style;
  if (cr != NULL)
    self->context = pango_cairo_create_context (cr);
  else
    self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  /* the same advance widths wherever it is drawn, so that a page breaks as it was measured */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  if (style->language != NULL)
    pango_context_set_language (self->context, style->language);
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
}

void
kilter_ink_clear (KilterInk *self)
{
  g_clear_object (&self->context);
}

static PangoLayout *
make_layout (KilterInk *self, const char *text, const KilterPrintText *look)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_copy (self->style->font);
  PangoAttrList *attributes = pango_attr_list_new ();
  double size = MAX (look->size > 0 ? look->size : KILTER_PRINT_TEXT, KILTER_PRINT_LEAST);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (look->is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* tabular figures; their hyphen would be as wide as a digit, which looks wrong within a word */
  if (strpbrk (text, "0123456789") != NULL && strchr (text, '-') == NULL)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (look->max_width > 0)
    {
      pango_layout_set_width (layout, (int) ceil (look->max_width * PANGO_SCALE));
      if (look->max_lines >= 0)
        {
          pango_layout_set_height (layout, -MAX (look->max_lines, 1));
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_alignment (layout, look->x_align > 0.75   ? PANGO_ALIGN_RIGHT
                                          : look->x_align > 0.25 ? PANGO_ALIGN_CENTER
                                                                 : PANGO_ALIGN_LEFT);
    }
  else
    pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * kilter_ink_measure:
 * @out_width: (out) (optional):
 * @out_height: (out) (optional):
 */
void
kilter_ink_measure (KilterInk *self,
                    const char *text,
                    const KilterPrintText *look,
                    double *out_width,
                    double *out_height)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, look);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  if (out_width != NULL)
    *out_width = (double) logical.width / PANGO_SCALE;
  if (out_height != NULL)
    *out_height = (double) logical.height / PANGO_SCALE;
}

static void
set_role (KilterInk *self, KilterChartRole role)
{
  KilterChartColor color = kilter_chart_style_get_color (
    self->style, role != KILTER_CHART_ROLE_NONE ? role : KILTER_CHART_ROLE_TEXT);

  cairo_set_source_rgba (self->cr, color.red, color.green, color.blue, color.alpha);
}

/**
 * kilter_ink_text:
 *
 * Writes text; an ink without a drawing only measures.
 *
 * Returns: its height
 */
double
kilter_ink_text (KilterInk *self, const char *text, double x, double y, const KilterPrintText *look)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;
  double width, height;

  if (text == NULL || *text == '\0')
    return 0;
  layout = make_layout (self, text, look);
  pango_layout_get_extents (layout, NULL, &logical);
  width = look->max_width > 0 ? ceil (look->max_width * PANGO_SCALE) / PANGO_SCALE
                              : (double) logical.width / PANGO_SCALE;
  height = (double) logical.height / PANGO_SCALE;
  if (self->cr == NULL)
    return height;
  cairo_move_to (self->cr, x - width * look->x_align, y - height * look->y_align);
  set_role (self, look->role);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);
  return height;
}

/**
 * kilter_ink_fit_size:
 *
 * Returns: the largest size from @size down to @least at which the text fits into the width
 */
double
kilter_ink_fit_size (KilterInk *self,
                     const char *text,
                     gboolean is_bold,
                     double size,
                     double least,
                     double width)
{
  for (; size > least; size -= 0.5)
    {
      double needed;

      kilter_ink_measure (self, text, &(KilterPrintText) { .size = size, .is_bold = is_bold },
                          &needed, NULL);
      if (needed <= width)
        break;
    }
  return MAX (size, least);
}

void
kilter_ink_line (KilterInk *self,
                 double x0,
                 double y0,
                 double x1,
                 double y1,
                 KilterChartRole role,
                 double stroke)
{
  if (self->cr == NULL)
    return;
  set_role (self, role);
  cairo_set_line_width (self->cr, stroke);
  cairo_move_to (self->cr, x0, y0);
  cairo_line_to (self->cr, x1, y1);
  cairo_stroke (self->cr);
}

void
kilter_ink_fill (KilterInk *self, const KilterChartRect *rect, KilterChartRole role)
{
  if (self->cr == NULL)
    return;
  set_role (self, role);
  cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (self->cr);
}

void
kilter_ink_box (KilterInk *self, const KilterChartRect *rect, KilterChartRole role, double stroke)
{
  if (self->cr == NULL)
    return;
  set_role (self, role);
  cairo_set_line_width (self->cr, stroke);
  cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
  cairo_stroke (self->cr);
}

/**
 * kilter_ink_begin:
 * @tag: "H1", "P", "Table", "Figure" …
 *
 * Begins an element of the document's structure, where the file has one.
 */
void
kilter_ink_begin (KilterInk *self, const char *tag)
{
  if (self->has_tags)
    cairo_tag_begin (self->cr, tag, NULL);
}

void
kilter_ink_end (KilterInk *self, const char *tag)
{
  if (self->has_tags)
    cairo_tag_end (self->cr, tag);
}

static void
tagged_text (KilterInk *ink,
             const char *tag,
             const char *text,
             double x,
             double y,
             const KilterPrintText *look)
{
  if (text == NULL || *text == '\0')
    return;
  kilter_ink_begin (ink, tag);
  kilter_ink_text (ink, text, x, y, look);
  kilter_ink_end (ink, tag);
}

/**
 * kilter_paper_draw_frame:
 *
 * Draws headline, subtitle, rule and footer of a page.
 */
void
kilter_paper_draw_frame (KilterInk *ink, KilterPaper paper, const KilterPageFrame *frame)
{
  double width, height, right, size, footer, used, number;
  const KilterPrintText small = { .size = KILTER_PRINT_SMALL, .role = KILTER_CHART_ROLE_DIM_TEXT };
  KilterPrintText look;

  kilter_paper_get_size (paper, &width, &height);
  right = width - MARGIN;
  footer = height - FOOTER_RULE;
  size = kilter_ink_fit_size (ink, frame->title, TRUE, KILTER_PRINT_TITLE, 11, width - 2 * MARGIN);
  tagged_text (ink, "H1", frame->title, MARGIN, TITLE_TOP + 10,
               &(KilterPrintText) {
                 .size = size, .is_bold = TRUE, .max_width = width - 2 * MARGIN, .y_align = 0.5 });
  tagged_text (ink, "P", frame->subtitle, MARGIN, TITLE_TOP + 30,
               &(KilterPrintText) { .size = KILTER_PRINT_SUBTITLE,
                                    .role = KILTER_CHART_ROLE_DIM_TEXT,
                                    .max_width = width - 2 * MARGIN,
                                    .y_align = 0.5 });
  kilter_ink_line (ink, MARGIN, RULE, right, RULE, KILTER_CHART_ROLE_TEXT, 1);
  kilter_ink_line (ink, MARGIN, footer, right, footer, KILTER_CHART_ROLE_GRID_LINE, 0.6);

  kilter_ink_measure (ink, frame->number, &small, &number, NULL);
  look = small;
  look.x_align = 1;
  kilter_ink_text (ink, frame->number, right, footer + 6, &look);
  kilter_ink_measure (ink, frame->footer, &small, &used, NULL);
  look = small;
  look.max_width = MIN (used + 1, (width - 2 * MARGIN) * 0.6);
  kilter_ink_text (ink, frame->footer, MARGIN, footer + 6, &look);
  if (frame->footer_middle != NULL)
    {
      double middle, x;

      kilter_ink_measure (ink, frame->footer_middle, &small, &middle, NULL);
      x = MAX (width / 2, MARGIN + look.max_width + 14);
      look = small;
      look.max_width = MIN (middle + 1, right - number - 14 - x);
      if (look.max_width > 20)
        kilter_ink_text (ink, frame->footer_middle, x, footer + 6, &look);
    }
}
