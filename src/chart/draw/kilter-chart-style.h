/* kilter-chart-style.h: how charts, grids and printed pages look: colours by meaning, text,
 * hatching SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * KilterChartTheme:
 * @KILTER_CHART_THEME_LIGHT: screen, light
 * @KILTER_CHART_THEME_DARK: screen, dark
 * @KILTER_CHART_THEME_HIGH_CONTRAST: screen, light, high contrast
 * @KILTER_CHART_THEME_HIGH_CONTRAST_DARK: screen, dark, high contrast
 * @KILTER_CHART_THEME_PRINT: paper, colour; lengths are points
 * @KILTER_CHART_THEME_PRINT_GREY: paper, grey; lengths are points
 */
typedef enum
{
  KILTER_CHART_THEME_LIGHT,
  KILTER_CHART_THEME_DARK,
  KILTER_CHART_THEME_HIGH_CONTRAST,
  KILTER_CHART_THEME_HIGH_CONTRAST_DARK,
  KILTER_CHART_THEME_PRINT,
  KILTER_CHART_THEME_PRINT_GREY,
  KILTER_CHART_N_THEMES,
} KilterChartTheme;

/**
 * KilterChartRole:
 *
 * What a colour means. Colours are asked for by role only, by charts, grids and reports alike.
 *
 * @KILTER_CHART_ROLE_NONE: no colour of its own: the kind chooses
 * @KILTER_CHART_ROLE_TEXT: text
 * @KILTER_CHART_ROLE_DIM_TEXT: secondary text, axis labels
 * @KILTER_CHART_ROLE_VIEW: the ground charts and editable cells stand on
 * @KILTER_CHART_ROLE_WINDOW: the window's ground
 * @KILTER_CHART_ROLE_CARD: ground of cards and label boxes
 * @KILTER_CHART_ROLE_GRID_LINE: grid lines and hairlines between rows
 * @KILTER_CHART_ROLE_AXIS: the base line of an axis, stronger rules
 * @KILTER_CHART_ROLE_SHADE: ground of past columns and header cells
 * @KILTER_CHART_ROLE_SHADE_STRONG: ground of past header cells, group rows over past columns
 * @KILTER_CHART_ROLE_ACTUAL: actual values, outlines of plans
 * @KILTER_CHART_ROLE_LAST_YEAR: last year: fill only, never alone
 * @KILTER_CHART_ROLE_MUTED: past points and columns of a metric card
 * @KILTER_CHART_ROLE_FORECAST: forecast, consensus, selection line
 * @KILTER_CHART_ROLE_FORECAST_TEXT: text about a forecast, typed overrides
 * @KILTER_CHART_ROLE_BAD: bad, overload
 * @KILTER_CHART_ROLE_BAD_TEXT: text of it
 * @KILTER_CHART_ROLE_GOOD: good, target
 * @KILTER_CHART_ROLE_GOOD_TEXT: text of it
 * @KILTER_CHART_ROLE_SALES: sales input; outliers
 * @KILTER_CHART_ROLE_MARKETING: marketing input, close to target, comment corners
 * @KILTER_CHART_ROLE_MARKETING_TEXT: text of it
 * @KILTER_CHART_ROLE_ACCENT: the system's accent, see kilter_chart_style_set_accent()
 * @KILTER_CHART_ROLE_TINT: ground of selected or recommended columns and of months in the grid
 * @KILTER_CHART_ROLE_BAD_TINT: ground of a problem cell
 * @KILTER_CHART_ROLE_GOOD_TINT: ground of a target range
 * @KILTER_CHART_ROLE_ON_BAD: text on %KILTER_CHART_ROLE_BAD
 * @KILTER_CHART_ROLE_ON_GOOD: text on %KILTER_CHART_ROLE_GOOD
 * @KILTER_CHART_ROLE_ON_FORECAST: text on %KILTER_CHART_ROLE_FORECAST
 * @KILTER_CHART_ROLE_ON_ACTUAL: text on %KILTER_CHART_ROLE_ACTUAL
 * @KILTER_CHART_ROLE_HEAT_0: the lightest load; the seven following are the higher steps
 */
typedef enum
{
  KILTER_CHART_ROLE_NONE,
  KILTER_CHART_ROLE_TEXT,
  KILTER_CHART_ROLE_DIM_TEXT,
  KILTER_CHART_ROLE_VIEW,
  KILTER_CHART_ROLE_WINDOW,
  KILTER_CHART_ROLE_CARD,
  KILTER_CHART_ROLE_GRID_LINE,
  KILTER_CHART_ROLE_AXIS,
  KILTER_CHART_ROLE_SHADE,
  KILTER_CHART_ROLE_SHADE_STRONG,
  KILTER_CHART_ROLE_ACTUAL,
  KILTER_CHART_ROLE_LAST_YEAR,
  KILTER_CHART_ROLE_MUTED,
  KILTER_CHART_ROLE_FORECAST,
  KILTER_CHART_ROLE_FORECAST_TEXT,
  KILTER_CHART_ROLE_BAD,
  KILTER_CHART_ROLE_BAD_TEXT,
  KILTER_CHART_ROLE_GOOD,
  KILTER_CHART_ROLE_GOOD_TEXT,
  KILTER_CHART_ROLE_SALES,
  KILTER_CHART_ROLE_MARKETING,
  KILTER_CHART_ROLE_MARKETING_TEXT,
  KILTER_CHART_ROLE_ACCENT,
  KILTER_CHART_ROLE_TINT,
  KILTER_CHART_ROLE_BAD_TINT,
  KILTER_CHART_ROLE_GOOD_TINT,
  KILTER_CHART_ROLE_ON_BAD,
  KILTER_CHART_ROLE_ON_GOOD,
  KILTER_CHART_ROLE_ON_FORECAST,
  KILTER_CHART_ROLE_ON_ACTUAL,
  KILTER_CHART_ROLE_HEAT_0,
  KILTER_CHART_ROLE_HEAT_1,
  KILTER_CHART_ROLE_HEAT_2,
  KILTER_CHART_ROLE_HEAT_3,
  KILTER_CHART_ROLE_HEAT_4,
  KILTER_CHART_ROLE_HEAT_5,
  KILTER_CHART_ROLE_HEAT_6,
  KILTER_CHART_ROLE_HEAT_7,
  KILTER_CHART_N_ROLES,
} KilterChartRole;

#define KILTER_CHART_N_HEAT_STEPS 8

/**
 * KilterChartTextSize:
 *
 * Sizes of text at 100 % on the screen, in px.
 *
 * @KILTER_CHART_TEXT_AXIS: 11, axis labels
 * @KILTER_CHART_TEXT_LABEL: 12, labels of values and rows, subtitles
 * @KILTER_CHART_TEXT_CELL: 12.5, numbers in grids
 * @KILTER_CHART_TEXT_TITLE: 13, titles inside a chart
 * @KILTER_CHART_TEXT_HEADLINE: 14, headlines (bold)
 * @KILTER_CHART_TEXT_VALUE: 20, the value of a card (extra bold)
 */
typedef enum
{
  KILTER_CHART_TEXT_AXIS,
  KILTER_CHART_TEXT_LABEL,
  KILTER_CHART_TEXT_CELL,
  KILTER_CHART_TEXT_TITLE,
  KILTER_CHART_TEXT_HEADLINE,
  KILTER_CHART_TEXT_VALUE,
  KILTER_CHART_N_TEXT_SIZES,
} KilterChartTextSize;

/**
 * KilterChartColor:
 *
 * Red, green, blue and opacity, 0 to 1, not premultiplied.
 */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} KilterChartColor;

/**
 * KilterChartStyle:
 * @theme: the theme the colours come from
 * @colors: by role; set by kilter_chart_style_new() and kilter_chart_style_set_accent()
 * @font: (nullable): family (and features) of all text; sizes come from @text_scale
 * @language: (nullable): language of the text, so that Chinese gets its own glyphs
 * @scale: factor on all lengths: strokes, markers, paddings; 1 on the screen, 0.75 (a CSS px in
 *   points) on paper
 * @text_scale: factor on all text sizes; @scale times the reader's text size
 * @min_text: no text is drawn smaller than this, in the unit of the drawing
 * @hatch_step: distance of hatch lines, measured along the axes
 * @hatch_stroke: width of hatch lines
 * @ground: what the chart stands on: %KILTER_CHART_ROLE_WINDOW (the usual one),
 *   %KILTER_CHART_ROLE_CARD or %KILTER_CHART_ROLE_VIEW; markers keep a rim of it. Charts never
 * paint it
 * @rtl: whether everything but time runs from right to left
 * @is_print: whether the drawing goes to paper: nothing is snapped to pixels
 *
 * A plain value: fields may be read by anyone and changed by the owner before it is first used.
 */
typedef struct
{
  KilterChartTheme theme;
  KilterChartColor colors[KILTER_CHART_N_ROLES];
  PangoFontDescription *font;
  PangoLanguage *language;
  double scale;
  double text_scale;
  double min_text;
  double hatch_step;
  double hatch_stroke;
  KilterChartRole ground;
  gboolean rtl;
  gboolean is_print;
} KilterChartStyle;

KilterChartStyle *kilter_chart_style_new (KilterChartTheme theme);
KilterChartStyle *kilter_chart_style_copy (const KilterChartStyle *self);
void kilter_chart_style_free (KilterChartStyle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterChartStyle, kilter_chart_style_free)

void kilter_chart_style_set_font (KilterChartStyle *self, const PangoFontDescription *font);
void kilter_chart_style_set_text_scale (KilterChartStyle *self, double factor);
void kilter_chart_style_set_accent (KilterChartStyle *self, const KilterChartColor *accent);
void kilter_chart_style_set_language (KilterChartStyle *self, const char *language);

gboolean kilter_chart_style_equal (const KilterChartStyle *a, const KilterChartStyle *b);
gboolean kilter_chart_style_is_dark (const KilterChartStyle *self);
gboolean kilter_chart_style_is_high_contrast (const KilterChartStyle *self);
gboolean kilter_chart_style_is_grey (const KilterChartStyle *self);

KilterChartColor kilter_chart_style_get_color (const KilterChartStyle *self, KilterChartRole role);
KilterChartRole kilter_chart_role_of_text (KilterChartRole role);
double kilter_chart_style_get_text_size (const KilterChartStyle *self, KilterChartTextSize size);
KilterChartColor kilter_chart_style_get_heat_text (const KilterChartStyle *self, int step);
double kilter_chart_color_contrast (const KilterChartColor *a, const KilterChartColor *b);
KilterChartColor kilter_chart_color_over (const KilterChartColor *top,
                                          const KilterChartColor *ground);

G_END_DECLS
