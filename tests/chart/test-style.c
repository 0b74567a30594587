/* test-style.c: contrast of the palette, copies, text sizes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/draw/kilter-chart-style.h"

static double
contrast_on (const KilterChartStyle *style, KilterChartRole role, KilterChartRole ground)
{
  KilterChartColor below = kilter_chart_style_get_color (style, ground);
  KilterChartColor top = kilter_chart_style_get_color (style, role);

  top = kilter_chart_color_over (&top, &below);
  return kilter_chart_color_contrast (&top, &below);
}

static void
test_text_contrast (void)
{
  static const KilterChartRole texts[] = {
    KILTER_CHART_ROLE_TEXT,     KILTER_CHART_ROLE_DIM_TEXT,  KILTER_CHART_ROLE_FORECAST_TEXT,
    KILTER_CHART_ROLE_BAD_TEXT, KILTER_CHART_ROLE_GOOD_TEXT, KILTER_CHART_ROLE_MARKETING_TEXT,
    KILTER_CHART_ROLE_SALES,
  };
  static const KilterChartRole grounds[] = { KILTER_CHART_ROLE_VIEW, KILTER_CHART_ROLE_WINDOW,
                                             KILTER_CHART_ROLE_CARD };

  for (int theme = 0; theme < KILTER_CHART_N_THEMES; theme++)
    {
      g_autoptr (KilterChartStyle) style = kilter_chart_style_new ((KilterChartTheme) theme);
      double least = kilter_chart_style_is_high_contrast (style) ? 7 : 4.5;

      for (gsize g = 0; g < G_N_ELEMENTS (grounds); g++)
        for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
          g_assert_cmpfloat (contrast_on (style, texts[t], grounds[g]), >=, least);
    }
}

static void
test_mark_contrast (void)
{
  static const KilterChartRole marks[] = {
    KILTER_CHART_ROLE_ACTUAL, KILTER_CHART_ROLE_FORECAST, KILTER_CHART_ROLE_BAD,
    KILTER_CHART_ROLE_GOOD,   KILTER_CHART_ROLE_SALES,    KILTER_CHART_ROLE_MARKETING,
    KILTER_CHART_ROLE_MUTED,  KILTER_CHART_ROLE_AXIS,
  };

  for (int theme = 0; theme < KILTER_CHART_N_THEMES; theme++)
    {
      g_autoptr (KilterChartStyle) style = kilter_chart_style_new ((KilterChartTheme) theme);

      for (gsize m = 0; m < G_N_ELEMENTS (marks); m++)
        g_assert_cmpfloat (contrast_on (style, marks[m], KILTER_CHART_ROLE_WINDOW), >=, 3);
    }
}

static void
test_filled_text (void)
{
  static const KilterChartRole pairs[][2] = {
    { KILTER_CHART_ROLE_ON_BAD, KILTER_CHART_ROLE_BAD },
    { KILTER_CHART_ROLE_ON_GOOD, KILTER_CHART_ROLE_GOOD },
    { KILTER_CHART_ROLE_ON_FORECAST, KILTER_CHART_ROLE_FORECAST },
    { KILTER_CHART_ROLE_ON_ACTUAL, KILTER_CHART_ROLE_ACTUAL },
  };

  for (int theme = 0; theme < KILTER_CHART_N_THEMES; theme++)
    {
      g_autoptr (KilterChartStyle) style = kilter_chart_style_new ((KilterChartTheme) theme);

      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        g_assert_cmpfloat (contrast_on (style, pairs[i][0], pairs[i][1]), >=, 4.5);
      for (int step = 0; step < KILTER_CHART_N_HEAT_STEPS; step++)
        {
          KilterChartColor text = kilter_chart_style_get_heat_text (style, step);
          KilterChartColor ground = kilter_chart_style_get_color (
            style, (KilterChartRole) (KILTER_CHART_ROLE_HEAT_0 + step));

          g_assert_cmpfloat (kilter_chart_color_contrast (&text, &ground), >=, 4.5);
        }
    }
}

/* Grey print: what colour tells apart on the screen must differ in lightness. */
static void
test_grey (void)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_new (KILTER_CHART_THEME_PRINT_GREY);

  for (int role = 0; role < KILTER_CHART_N_ROLES; role++)
    {
      KilterChartColor c = style->colors[role];

      g_assert_true (c.red == c.green && c.green == c.blue);
    }
  g_assert_cmpfloat (contrast_on (style, KILTER_CHART_ROLE_GOOD, KILTER_CHART_ROLE_BAD), >=, 2);
  for (int step = 1; step < KILTER_CHART_N_HEAT_STEPS; step++)
    g_assert_cmpfloat (style->colors[KILTER_CHART_ROLE_HEAT_0 + step].red, <,
                       style->colors[KILTER_CHART_ROLE_HEAT_0 + step - 1].red);
}

static void
test_known_colors (void)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_new (KILTER_CHART_THEME_LIGHT);
  KilterChartColor blue = kilter_chart_style_get_color (style, KILTER_CHART_ROLE_FORECAST);
  KilterChartColor white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };

  g_assert_cmpfloat_with_epsilon (blue.red, 0x1c / 255.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (blue.green, 0x71 / 255.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (blue.blue, 0xd8 / 255.0, 1e-12);
  /* 4.8 : 1 on white is what the design measured */
  g_assert_cmpfloat_with_epsilon (kilter_chart_color_contrast (&blue, &white), 4.8, 0.06);
  g_assert_cmpfloat_with_epsilon (kilter_chart_color_contrast (&black, &white), 21, 1e-9);
}

static void
test_copy (void)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_new (KILTER_CHART_THEME_DARK);
  g_autoptr (KilterChartStyle) copy = NULL;
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans 12");
  KilterChartColor accent = { 1, 0, 0.5, 1 };

  kilter_chart_style_set_font (style, font);
  kilter_chart_style_set_language (style, "zh-cn");
  copy = kilter_chart_style_copy (style);
  g_assert_true (kilter_chart_style_equal (style, copy));
  kilter_chart_style_set_accent (copy, &accent);
  g_assert_false (kilter_chart_style_equal (style, copy));
  g_assert_cmpfloat (kilter_chart_style_get_color (copy, KILTER_CHART_ROLE_ACCENT).blue, ==, 0.5);
  /* the data keep their colours */
  g_assert_cmpfloat (kilter_chart_style_get_color (copy, KILTER_CHART_ROLE_FORECAST).red, ==,
                     kilter_chart_style_get_color (style, KILTER_CHART_ROLE_FORECAST).red);
  kilter_chart_style_set_font (style, NULL);
  g_assert_null (style->font);
  pango_font_description_free (font);
}

static void
test_text_size (void)
{
  g_autoptr (KilterChartStyle) screen = kilter_chart_style_new (KILTER_CHART_THEME_LIGHT);
  g_autoptr (KilterChartStyle) paper = kilter_chart_style_new (KILTER_CHART_THEME_PRINT);

  g_assert_cmpfloat (kilter_chart_style_get_text_size (screen, KILTER_CHART_TEXT_AXIS), ==, 11);
  kilter_chart_style_set_text_scale (screen, 2);
  g_assert_cmpfloat (kilter_chart_style_get_text_size (screen, KILTER_CHART_TEXT_HEADLINE), ==, 28);
  kilter_chart_style_set_text_scale (screen, 0.5);
  g_assert_cmpfloat (kilter_chart_style_get_text_size (screen, KILTER_CHART_TEXT_AXIS), ==, 10.5);
  kilter_chart_style_set_text_scale (paper, 0.5);
  g_assert_cmpfloat (kilter_chart_style_get_text_size (paper, KILTER_CHART_TEXT_AXIS), ==, 7.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/style/text-contrast", test_text_contrast);
  g_test_add_func ("/chart/style/mark-contrast", test_mark_contrast);
  g_test_add_func ("/chart/style/filled-text", test_filled_text);
  g_test_add_func ("/chart/style/grey", test_grey);
  g_test_add_func ("/chart/style/known-colors", test_known_colors);
  g_test_add_func ("/chart/style/copy", test_copy);
  g_test_add_func ("/chart/style/text-size", test_text_size);

  return g_test_run ();
}
