/* chart-demo.c: every kind of chart as a PNG, to be looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * chart-demo FOLDER [THEME [SCALE [FONT [TEXT-SCALE]]]]    theme: a number from 0 to 5 */
#include <gio/gio.h>
#include <stdlib.h>

#include "chart-samples.h"
#include "chart/kilter-chart-export.h"

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".";
  int theme = argc > 2 ? atoi (argv[2]) : 0;
  double scale = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 1;
  g_autoptr (KilterChartStyle) style = kilter_chart_style_new ((KilterChartTheme) CLAMP (theme, 0, 5));
  gsize n;
  const ChartSample *samples = chart_samples (&n);

  if (argc > 4)
    {
      PangoFontDescription *font = pango_font_description_from_string (argv[4]);

      kilter_chart_style_set_font (style, font);
      pango_font_description_free (font);
    }
  if (argc > 5)
    kilter_chart_style_set_text_scale (style, g_ascii_strtod (argv[5], NULL));
  style->rtl = g_getenv ("KILTER_DEMO_RTL") != NULL;
  g_mkdir_with_parents (folder, 0755);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (KilterChart) chart = samples[i].create ();
      g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, samples[i].name);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (GFileOutputStream) stream =
        g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
      double frame = kilter_chart_get_frame_height (chart, samples[i].width, style);

      if (stream == NULL ||
          !kilter_chart_to_png (chart, G_OUTPUT_STREAM (stream), samples[i].width * style->scale + 24 * style->scale,
                                samples[i].height * style->scale + frame + 24 * style->scale, scale, style, &error))
        {
          g_printerr ("%s: %s\n", path, error->message);
          return 1;
        }
    }

  return 0;
}
