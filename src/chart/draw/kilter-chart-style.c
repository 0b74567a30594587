/* kilter-chart-style.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-style.h"

#include <math.h>
#include <string.h>

/* One row a role: light, dark, high contrast light and dark, print, grey print; RRGGBBAA, opaque
 * without AA. The first two columns are the design's measured palette; tints carry their opacity so
 * that they work on every ground. */
static const char *const palette[KILTER_CHART_N_ROLES][KILTER_CHART_N_THEMES] = {
  [KILTER_CHART_ROLE_NONE] = { "00000000", "00000000", "00000000", "00000000", "00000000",
                               "00000000" },
  [KILTER_CHART_ROLE_TEXT] = { "2f2f34", "f1f1f2", "000000", "ffffff", "1a1a1a", "1a1a1a" },
  [KILTER_CHART_ROLE_DIM_TEXT] = { "6a6a70", "a9a9ae", "2e2e33", "e2e2e6", "5c5c62", "5a5a5a" },
  [KILTER_CHART_ROLE_VIEW] = { "ffffff", "1d1d20", "ffffff", "000000", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_WINDOW] = { "fafafb", "222226", "ffffff", "121214", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_CARD] = { "ffffff", "36363a", "ffffff", "1d1d20", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_GRID_LINE] = { "0000000f", "ffffff14", "000000", "ffffff", "e2e2e4",
                                    "dcdcdc" },
  [KILTER_CHART_ROLE_AXIS] = { "8c8c90", "8a8a90", "000000", "ffffff", "8a8a8e", "7a7a7a" },
  [KILTER_CHART_ROLE_SHADE] = { "00000008", "ffffff0c", "0000000a", "ffffff14", "f7f7f8",
                                "f5f5f5" },
  [KILTER_CHART_ROLE_SHADE_STRONG] = { "00000011", "ffffff14", "00000018", "ffffff24", "eeeeef",
                                       "ebebeb" },
  [KILTER_CHART_ROLE_ACTUAL] = { "3d3846", "deddda", "1e1b24", "ffffff", "3d3846", "333333" },
  [KILTER_CHART_ROLE_LAST_YEAR] = { "b9b7bd", "77757d", "8a888f", "9a989f", "b9b7bd", "bdbdbd" },
  [KILTER_CHART_ROLE_MUTED] = { "86868e", "8e8e96", "55555c", "b8b8be", "86868e", "8c8c8c" },
  [KILTER_CHART_ROLE_FORECAST] = { "1c71d8", "78aeed", "0b4fa6", "a9cdf7", "1c71d8", "4a4a4a" },
  [KILTER_CHART_ROLE_FORECAST_TEXT] = { "1560bd", "78aeed", "0b4fa6", "a9cdf7", "1560bd",
                                        "3a3a3a" },
  [KILTER_CHART_ROLE_BAD] = { "c64600", "ff9f5e", "9c3500", "ffb885", "c64600", "333333" },
  [KILTER_CHART_ROLE_BAD_TEXT] = { "a83b00", "ffb27d", "8a2f00", "ffc49a", "a83b00", "1a1a1a" },
  [KILTER_CHART_ROLE_GOOD] = { "0f766e", "4fc4b6", "07564f", "7fe0d4", "0f766e", "808080" },
  [KILTER_CHART_ROLE_GOOD_TEXT] = { "0b5f58", "4fc4b6", "064b45", "8ae6db", "0b5f58", "3f3f3f" },
  [KILTER_CHART_ROLE_SALES] = { "813d9c", "e9bdf7", "5f2478", "f3d6fc", "813d9c", "333333" },
  [KILTER_CHART_ROLE_MARKETING] = { "b58a00", "f6dc8c", "7a5700", "fbe8ae", "b58a00", "7d7d7d" },
  [KILTER_CHART_ROLE_MARKETING_TEXT] = { "8f6400", "f6dc8c", "6b4a00", "fbe8ae", "8f6400",
                                         "3a3a3a" },
  [KILTER_CHART_ROLE_ACCENT] = { "3584e4", "3584e4", "1b63bd", "7db5f5", "3584e4", "4a4a4a" },
  [KILTER_CHART_ROLE_TINT] = { "1c71d817", "78aeed24", "1c71d814", "78aeed2e", "1c71d814",
                               "00000010" },
  [KILTER_CHART_ROLE_BAD_TINT] = { "c6460024", "ff9f5e42", "c6460024", "ff9f5e42", "c6460024",
                                   "00000024" },
  [KILTER_CHART_ROLE_GOOD_TINT] = { "0f766e29", "4fc4b62e", "0f766e29", "4fc4b62e", "0f766e26",
                                    "0000001c" },
  [KILTER_CHART_ROLE_ON_BAD] = { "ffffff", "1d1d20", "ffffff", "000000", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_ON_GOOD] = { "ffffff", "1d1d20", "ffffff", "000000", "ffffff", "000000" },
  [KILTER_CHART_ROLE_ON_FORECAST] = { "ffffff", "1d1d20", "ffffff", "000000", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_ON_ACTUAL] = { "ffffff", "1d1d20", "ffffff", "000000", "ffffff", "ffffff" },
  [KILTER_CHART_ROLE_HEAT_0] = { "f4f6fa", "2a2b30", "ffffff", "000000", "f4f6fa", "fafafa" },
  [KILTER_CHART_ROLE_HEAT_1] = { "e1ebf8", "2b3646", "e1ebf8", "1c2a3c", "e1ebf8", "f0f0f0" },
  [KILTER_CHART_ROLE_HEAT_2] = { "c3d8f3", "2d4767", "c3d8f3", "22406a", "c3d8f3", "e2e2e2" },
  [KILTER_CHART_ROLE_HEAT_3] = { "99bfeb", "2f5b8d", "99bfeb", "275492", "99bfeb", "d0d0d0" },
  [KILTER_CHART_ROLE_HEAT_4] = { "6ea5e2", "3873b8", "6ea5e2", "2f68b0", "6ea5e2", "bababa" },
  [KILTER_CHART_ROLE_HEAT_5] = { "fbd0ae", "6b3f1f", "fbd0ae", "6b3f1f", "fbd0ae", "9a9a9a" },
  [KILTER_CHART_ROLE_HEAT_6] = { "f2a06a", "a8562a", "f2a06a", "9a4a20", "f2a06a", "6a6a6a" },
  [KILTER_CHART_ROLE_HEAT_7] = { "c64600", "ff9f5e", "9c3500", "ffb885", "c64600", "333333" },
};

/* px at 100 % */
static const double text_sizes[KILTER_CHART_N_TEXT_SIZES] = {
  [KILTER_CHART_TEXT_AXIS] = 11,     [KILTER_CHART_TEXT_LABEL] = 12,
  [KILTER_CHART_TEXT_CELL] = 12.5,   [KILTER_CHART_TEXT_TITLE] = 13,
  [KILTER_CHART_TEXT_HEADLINE] = 14, [KILTER_CHART_TEXT_VALUE] = 20,
};

#define POINTS_A_PX 0.75
#define LEAST_TEXT_SCREEN 10.5
#define LEAST_TEXT_PRINT 7.5

static int
hex_pair (const char *text)
{
  return g_ascii_xdigit_value (text[0]) * 16 + g_ascii_xdigit_value (text[1]);
}

static KilterChartColor
color_of_hex (const char *hex)
{
  return (KilterChartColor) {
    .red = hex_pair (hex) / 255.0,
    .green = hex_pair (hex + 2) / 255.0,
    .blue = hex_pair (hex + 4) / 255.0,
    .alpha = strlen (hex) == 8 ? hex_pair (hex + 6) / 255.0 : 1,
  };
}

static double
linear_of_srgb (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const KilterChartColor *color)
{
  return 0.2126 * linear_of_srgb (color->red) + 0.7152 * linear_of_srgb (color->green) +
         0.0722 * linear_of_srgb (color->blue);
}

static gboolean
colors_equal (const KilterChartColor *a, const KilterChartColor *b)
{
  return a->red == b->red && a->green == b->green && a->blue == b->blue && a->alpha == b->alpha;
}

/**
 * kilter_chart_style_new:
 *
 * Returns: (transfer full): the look of @theme at 100 % text, with the system font, from left to
 *   right
 */
KilterChartStyle *
kilter_chart_style_new (KilterChartTheme theme)
{
  KilterChartStyle *self;

  g_return_val_if_fail ((int) theme >= 0 && theme < KILTER_CHART_N_THEMES, NULL);

  self = g_new0 (KilterChartStyle, 1);
  self->theme = theme;
  for (int role = 0; role < KILTER_CHART_N_ROLES; role++)
    self->colors[role] = color_of_hex (palette[role][theme]);
  self->ground = KILTER_CHART_ROLE_WINDOW;
  self->is_print = theme == KILTER_CHART_THEME_PRINT || theme == KILTER_CHART_THEME_PRINT_GREY;
  self->scale = self->is_print ? POINTS_A_PX : 1;
  self->text_scale = self->scale;
  self->min_text = self->is_print ? LEAST_TEXT_PRINT : LEAST_TEXT_SCREEN;
  self->hatch_step = self->is_print ? 2.2 * G_SQRT2 : 5;
  self->hatch_stroke = self->is_print ? 0.5 : 1.25;
  if (kilter_chart_style_is_high_contrast (self))
    self->hatch_step = 4;

  return self;
}

KilterChartStyle *
kilter_chart_style_copy (const KilterChartStyle *self)
{
  KilterChartStyle *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->font = pango_font_description_copy (self->font);

  return copy;
}

void
kilter_chart_style_free (KilterChartStyle *self)
{
  if (self == NULL)
    return;
  pango_font_description_free (self->font);
  g_free (self);
}

/**
 * kilter_chart_style_set_font:
 * @font: (nullable): family of all text; its size and weight are not used
 */
void
kilter_chart_style_set_font (KilterChartStyle *self, const PangoFontDescription *font)
{
  PangoFontDescription *copy = pango_font_description_copy (font);

  g_return_if_fail (self != NULL);

  pango_font_description_free (self->font);
  self->font = copy;
}

/**
 * kilter_chart_style_set_text_scale:
 * @factor: the reader's text size, 1 is 100 %
 *
 * Sets @text_scale for @factor, keeping what the theme needs.
 */
void
kilter_chart_style_set_text_scale (KilterChartStyle *self, double factor)
{
  g_return_if_fail (self != NULL && factor > 0);

  self->text_scale = self->scale * factor;
}

/**
 * kilter_chart_style_set_accent:
 * @accent: the system's accent
 *
 * The accent marks what is selected or focused. Data colours carry meaning and stay.
 */
void
kilter_chart_style_set_accent (KilterChartStyle *self, const KilterChartColor *accent)
{
  g_return_if_fail (self != NULL && accent != NULL);

  self->colors[KILTER_CHART_ROLE_ACCENT] = *accent;
}

/**
 * kilter_chart_style_set_language:
 * @language: (nullable): RFC 3066 tag such as "zh-cn"
 */
void
kilter_chart_style_set_language (KilterChartStyle *self, const char *language)
{
  g_return_if_fail (self != NULL);

  self->language = language != NULL ? pango_language_from_string (language) : NULL;
}

gboolean
kilter_chart_style_equal (const KilterChartStyle *a, const KilterChartStyle *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->theme != b->theme || a->language != b->language || a->scale != b->scale ||
      a->text_scale != b->text_scale || a->min_text != b->min_text ||
      a->hatch_step != b->hatch_step || a->hatch_stroke != b->hatch_stroke ||
      a->ground != b->ground || a->rtl != b->rtl || a->is_print != b->is_print)
    return FALSE;
  if ((a->font == NULL) != (b->font == NULL) ||
      (a->font != NULL && !pango_font_description_equal (a->font, b->font)))
    return FALSE;
  for (int role = 0; role < KILTER_CHART_N_ROLES; role++)
    if (!colors_equal (&a->colors[role], &b->colors[role]))
      return FALSE;

  return TRUE;
}

gboolean
kilter_chart_style_is_dark (const KilterChartStyle *self)
{
  return self->theme == KILTER_CHART_THEME_DARK ||
         self->theme == KILTER_CHART_THEME_HIGH_CONTRAST_DARK;
}

gboolean
kilter_chart_style_is_high_contrast (const KilterChartStyle *self)
{
  return self->theme == KILTER_CHART_THEME_HIGH_CONTRAST ||
         self->theme == KILTER_CHART_THEME_HIGH_CONTRAST_DARK;
}

gboolean
kilter_chart_style_is_grey (const KilterChartStyle *self)
{
  return self->theme == KILTER_CHART_THEME_PRINT_GREY;
}

KilterChartColor
kilter_chart_style_get_color (const KilterChartStyle *self, KilterChartRole role)
{
  g_return_val_if_fail (self != NULL, (KilterChartColor) { 0 });
  g_return_val_if_fail ((int) role >= 0 && role < KILTER_CHART_N_ROLES, (KilterChartColor) { 0 });

  return self->colors[role];
}

/**
 * kilter_chart_role_of_text:
 *
 * Returns: the role for text about @role: the same meaning with enough contrast for reading
 */
KilterChartRole
kilter_chart_role_of_text (KilterChartRole role)
{
  if (role == KILTER_CHART_ROLE_FORECAST)
    return KILTER_CHART_ROLE_FORECAST_TEXT;
  if (role == KILTER_CHART_ROLE_BAD)
    return KILTER_CHART_ROLE_BAD_TEXT;
  if (role == KILTER_CHART_ROLE_GOOD)
    return KILTER_CHART_ROLE_GOOD_TEXT;
  if (role == KILTER_CHART_ROLE_MARKETING)
    return KILTER_CHART_ROLE_MARKETING_TEXT;
  if (role == KILTER_CHART_ROLE_LAST_YEAR || role == KILTER_CHART_ROLE_MUTED)
    return KILTER_CHART_ROLE_DIM_TEXT;
  if (role == KILTER_CHART_ROLE_ACTUAL || role == KILTER_CHART_ROLE_NONE)
    return KILTER_CHART_ROLE_TEXT;

  return role;
}

/**
 * kilter_chart_style_get_text_size:
 *
 * Returns: the size in the unit of the drawing, never below the least readable one
 */
double
kilter_chart_style_get_text_size (const KilterChartStyle *self, KilterChartTextSize size)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((int) size >= 0 && size < KILTER_CHART_N_TEXT_SIZES, 0);

  return MAX (text_sizes[size] * self->text_scale, self->min_text);
}

/**
 * kilter_chart_style_get_heat_text:
 * @step: 0 to 7
 *
 * Returns: the colour of text on that step of a heat map: the usual one where it can be read
 */
KilterChartColor
kilter_chart_style_get_heat_text (const KilterChartStyle *self, int step)
{
  const KilterChartColor white = { 1, 1, 1, 1 }, black = { 0.08, 0.08, 0.09, 1 };
  KilterChartColor ground, plain;

  g_return_val_if_fail (self != NULL, (KilterChartColor) { 0 });
  g_return_val_if_fail (step >= 0 && step < KILTER_CHART_N_HEAT_STEPS, (KilterChartColor) { 0 });

  ground = self->colors[(int) KILTER_CHART_ROLE_HEAT_0 + step];
  plain = self->colors[KILTER_CHART_ROLE_TEXT];
  if (kilter_chart_color_contrast (&plain, &ground) >= 4.5)
    return plain;

  return kilter_chart_color_contrast (&white, &ground) >=
             kilter_chart_color_contrast (&black, &ground)
           ? white
           : black;
}

/**
 * kilter_chart_color_contrast:
 *
 * Returns: contrast of two opaque colours after WCAG 2, 1 to 21
 */
double
kilter_chart_color_contrast (const KilterChartColor *a, const KilterChartColor *b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/**
 * kilter_chart_color_over:
 * @ground: an opaque colour
 *
 * Returns: @top painted over @ground, opaque
 */
KilterChartColor
kilter_chart_color_over (const KilterChartColor *top, const KilterChartColor *ground)
{
  double rest = 1 - top->alpha;

  return (KilterChartColor) {
    .red = top->red * top->alpha + ground->red * rest,
    .green = top->green * top->alpha + ground->green * rest,
    .blue = top->blue * top->alpha + ground->blue * rest,
    .alpha = 1,
  };
}
