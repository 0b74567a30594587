/* kilter-grid-style.c: colours, sizes and fonts of the planning grid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Data colours carry meaning and are fixed; each has a value of its own on dark ground. All texts
 * keep 4.5 : 1, all marks 3 : 1 on the window background. */
#include "app/grid/kilter-grid-style.h"

#include <adwaita.h>
#include <math.h>

/* The cell font is this share of the interface font (14.67 px → 12.5 px), and so on. */
#define CELL_SCALE 0.852
#define HEADER_SCALE 0.818
#define UPPER_SCALE 0.75
#define SMALL_SCALE 0.78
#define CELL_PIXELS 12.5

/* Ink of marks and texts, in the order of KilterGridColor. */
static const char *const light_colors[KILTER_GRID_N_COLORS] = {
  "#2f2f34", "#6a6a70", "#3d3846", "#b9b7bd", "#1c71d8", "#0f766e", "#c64600", "#813d9c", "#b58a00",
};
static const char *const dark_colors[KILTER_GRID_N_COLORS] = {
  "#f1f1f2", "#a9a9ae", "#deddda", "#77757d", "#78aeed", "#4fc4b6", "#ff9f5e", "#e9bdf7", "#f6dc8c",
};

static GdkRGBA
color (const char *text, double alpha)
{
  GdkRGBA rgba;

  gdk_rgba_parse (&rgba, text);
  rgba.alpha = (float) alpha;
  return rgba;
}

/**
 * kilter_grid_style_set_colors:
 * @style: a style
 * @dark: whether the ground is dark
 * @high_contrast: whether lines are ink and tints are not relied on
 * @accent: accent of borders
 * @accent_text: accent of texts
 */
void
kilter_grid_style_set_colors (KilterGridStyle *style,
                              gboolean dark,
                              gboolean high_contrast,
                              const GdkRGBA *accent,
                              const GdkRGBA *accent_text)
{
  const char *const *table = dark ? dark_colors : light_colors;
  const char *ink = high_contrast ? (dark ? "#ffffff" : "#000000") : table[KILTER_GRID_COLOR_TEXT];

  style->dark = dark;
  style->high_contrast = high_contrast;
  for (int i = 0; i < KILTER_GRID_N_COLORS; i++)
    style->marks[i] = color (table[i], 1);
  if (high_contrast)
    {
      style->marks[KILTER_GRID_COLOR_TEXT] = color (ink, 1);
      style->marks[KILTER_GRID_COLOR_DIM] = color (ink, 1);
    }

  style->view = color (dark ? "#1d1d20" : "#ffffff", 1);
  style->tint = color (ink, dark ? 0.05 : 0.04);
  style->hairline = color (ink, high_contrast ? 1 : dark ? 0.09 : 0.07);
  style->rule = color (ink, high_contrast ? 1 : dark ? 0.22 : 0.17);
  style->problem = color (dark ? "#ff9f5e" : "#c64600", dark ? 0.26 : 0.14);
  style->good_text = color (dark ? "#4fc4b6" : "#0b5f58", 1);
  style->bad_text = color (dark ? "#ffb27d" : "#a83b00", 1);
  style->comment = style->marks[KILTER_GRID_COLOR_MARKETING];
  style->accent = *accent;
  style->accent_text = *accent_text;
  style->selection = *accent;
  style->selection.alpha = dark ? 0.20f : 0.12f;
}

static void
set_font (KilterGridStyle *style,
          KilterGridFont font,
          const PangoFontDescription *base,
          double scale,
          PangoWeight weight)
{
  PangoFontDescription *desc = pango_font_description_copy (base);

  pango_font_description_set_absolute_size (desc, style->em / CELL_SCALE * scale * PANGO_SCALE);
  pango_font_description_set_weight (desc, weight);
  style->fonts[font] = desc;
}

static double
font_pixels (PangoContext *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (resolution > 0 ? resolution : 96) / 72;
  return size;
}

/**
 * kilter_grid_style_load:
 * @style: a style of zeros, or one that was cleared
 * @widget: widget whose text size and theme count
 * @compact: whether rows are 24 rather than 27 pixels at 100 % text size
 */
void
kilter_grid_style_load (KilterGridStyle *style, GtkWidget *widget, gboolean compact)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *base = pango_context_get_font_description (context);
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (manager);
  GdkRGBA accent_text;
  PangoFontMetrics *metrics;
  int line;

  adw_rgba_to_standalone (accent, adw_style_manager_get_dark (manager), &accent_text);
  kilter_grid_style_set_colors (style, adw_style_manager_get_dark (manager),
                                adw_style_manager_get_high_contrast (manager), accent,
                                &accent_text);

  style->base_font = pango_font_description_copy (base);
  style->base_size = font_pixels (context);
  style->em = MAX (style->base_size, 4) * CELL_SCALE;
  style->unit = style->em / CELL_PIXELS;

  set_font (style, KILTER_GRID_FONT_CELL, base, CELL_SCALE, PANGO_WEIGHT_NORMAL);
  set_font (style, KILTER_GRID_FONT_BOLD, base, CELL_SCALE, PANGO_WEIGHT_BOLD);
  set_font (style, KILTER_GRID_FONT_HEADER, base, HEADER_SCALE, PANGO_WEIGHT_BOLD);
  set_font (style, KILTER_GRID_FONT_UPPER, base, UPPER_SCALE, PANGO_WEIGHT_BOLD);
  set_font (style, KILTER_GRID_FONT_SMALL, base, SMALL_SCALE, PANGO_WEIGHT_NORMAL);

  /* Scripts with tall lines get the room they need; nothing is ever cut. */
  metrics = pango_context_get_metrics (context, style->fonts[KILTER_GRID_FONT_BOLD],
                                       pango_context_get_language (context));
  line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  style->row_height = MAX (kilter_grid_style_px (style, compact ? 24 : 27), line + 4);
  style->header_height = MAX (kilter_grid_style_px (style, 42), 2 * line + 6);
  style->min_column_width = kilter_grid_style_px (style, 56);
  style->max_column_width = kilter_grid_style_px (style, 72);
  style->padding = kilter_grid_style_px (style, 8);
  style->slack = kilter_grid_style_px (style, 2);
}

/**
 * kilter_grid_style_is_current:
 *
 * Returns: whether the widget still has the text size and font @style was loaded for
 */
gboolean
kilter_grid_style_is_current (const KilterGridStyle *style, GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return style->base_font && style->base_size == font_pixels (context) &&
         pango_font_description_equal (style->base_font,
                                       pango_context_get_font_description (context));
}

void
kilter_grid_style_clear (KilterGridStyle *style)
{
  g_clear_pointer (&style->base_font, pango_font_description_free);
  for (int i = 0; i < KILTER_GRID_N_FONTS; i++)
    g_clear_pointer (&style->fonts[i], pango_font_description_free);
}

/* Pixels of the design, which is drawn at 100 % text size, as whole pixels at this size. */
int
kilter_grid_style_px (const KilterGridStyle *style, double pixels)
{
  return (int) floor (pixels * style->unit + 0.5);
}
