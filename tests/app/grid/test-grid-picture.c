/* test-grid-picture.c: the grid as it was approved, pixel by pixel.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * References are in tests/golden/grid; KILTER_UPDATE_GOLDEN=1 writes them anew (then look at them).
 * Fonts are pinned to DejaVu. Other versions of GTK may draw text a little differently, so that the
 * test only counts with the one the references are from. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/grid/kilter-grid-private.h"
#include "grid-fixture.h"

#define GOLDEN_GTK_MINOR 18

typedef struct
{
  const char *name;
  GridFixture *(*sheet) (void);
  int width, height;
  gboolean dark, rtl;
  double scale;
  int row, col, n_rows, n_cols; /* selection */
} Picture;

static const Picture pictures[] = {
  { "forecast", grid_fixture_new_forecast, 896, 345, FALSE, FALSE, 1, 7, 6, 1, 1 },
  { "demand-range", grid_fixture_new_demand, 896, 370, FALSE, FALSE, 1, 2, 2, 3, 4 },
  { "supply-dark", grid_fixture_new_supply, 896, 300, TRUE, FALSE, 1, 2, 3, 1, 1 },
  { "sop", grid_fixture_new_sop, 1100, 460, FALSE, FALSE, 1, 7, 7, 1, 1 },
  { "sop-narrow", grid_fixture_new_sop, 420, 460, FALSE, FALSE, 1, 1, 2, 1, 1 },
  { "sop-rtl", grid_fixture_new_sop, 896, 460, FALSE, TRUE, 1, 2, 4, 1, 2 },
  { "demand-large", grid_fixture_new_demand, 1100, 600, FALSE, FALSE, 2, 4, 3, 1, 1 },
};

static const Picture contrast_pictures[] = {
  { "supply-contrast", grid_fixture_new_supply, 896, 300, FALSE, FALSE, 1, 2, 3, 1, 1 },
  { "sop-contrast-dark", grid_fixture_new_sop, 1100, 460, TRUE, FALSE, 1, 1, 2, 1, 1 },
};

static gboolean
is_ready (GtkWidget *grid, const Picture *picture)
{
  return gtk_widget_get_mapped (grid) && gtk_widget_get_width (grid) == picture->width &&
         gtk_widget_get_height (grid) == picture->height;
}

/* Lets frames pass, so that themes, sizes and scrollbars have come to rest. */
static void
wait_frames (GtkWidget *grid, const Picture *picture)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gint64 first = -1;

  for (;;)
    {
      GdkFrameClock *clock = gtk_widget_get_frame_clock (grid);
      gint64 frame = clock ? gdk_frame_clock_get_frame_counter (clock) : -1;

      if (!is_ready (grid, picture))
        first = -1;
      else if (first < 0)
        first = frame;
      else if (frame >= first + 4)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      gtk_widget_queue_draw (grid);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

static GdkTexture *
render (GtkWidget *grid, const Picture *picture)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GError) error = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;
  GdkRGBA ground;

  gdk_rgba_parse (&ground, picture->dark ? "#222226" : "#fafafb");
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT (0, 0, picture->width, picture->height));
  /* Not through GtkWidgetPaintable, which is empty while a redraw is due. */
  GTK_WIDGET_GET_CLASS (grid)->snapshot (grid, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_renderer_realize_for_display (renderer, gtk_widget_get_display (grid), &error);
  g_assert_no_error (error);
  texture = gsk_renderer_render_texture (
    renderer, node, &GRAPHENE_RECT_INIT (0, 0, picture->width, picture->height));
  gsk_render_node_unref (node);
  gsk_renderer_unrealize (renderer);
  return texture;
}

/* Share of pixels that differ visibly. */
static double
difference (GdkTexture *a, GdkTexture *b)
{
  gsize width = (gsize) gdk_texture_get_width (a), height = (gsize) gdk_texture_get_height (a);
  gsize stride = width * 4, n = 0;
  g_autofree guchar *left = NULL;
  g_autofree guchar *right = NULL;

  if (gdk_texture_get_width (b) != (int) width || gdk_texture_get_height (b) != (int) height)
    return 1;
  left = g_malloc (stride * height);
  right = g_malloc (stride * height);
  gdk_texture_download (a, left, stride);
  gdk_texture_download (b, right, stride);
  for (gsize i = 0; i < stride * height; i += 4)
    for (gsize k = 0; k < 4; k++)
      if (ABS ((int) left[i + k] - (int) right[i + k]) > 24)
        {
          n++;
          break;
        }
  return (double) n / (double) (width * height);
}

static void
compare (GdkTexture *texture, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", "grid", file, NULL);
  g_autofree char *failed = g_test_build_filename (G_TEST_BUILT, "golden", "grid", file, NULL);
  g_autofree char *folder = g_path_get_dirname (failed);
  g_autoptr (GdkTexture) expected = NULL;
  g_autoptr (GError) error = NULL;
  double part;

  if (g_getenv ("KILTER_UPDATE_GOLDEN"))
    {
      g_assert_true (gdk_texture_save_to_png (texture, golden));
      return;
    }
  expected = gdk_texture_new_from_filename (golden, &error);
  g_assert_no_error (error);
  part = difference (texture, expected);
  if (part > 0.0002)
    {
      g_mkdir_with_parents (folder, 0755);
      gdk_texture_save_to_png (texture, failed);
      g_test_message ("%.3f %% of the pixels differ; see %s", 100 * part, failed);
    }
  g_assert_cmpfloat (part, <=, 0.0002);
}

static void
test_picture (gconstpointer data)
{
  const Picture *picture = data;
  g_autoptr (GridFixture) sheet = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *window, *scrolled, *grid;

  if (gtk_get_minor_version () != GOLDEN_GTK_MINOR)
    {
      g_test_skip ("The reference pictures are of another version of GTK.");
      return;
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (picture->scale * 96 * 1024),
                NULL);
  gtk_widget_set_default_direction (picture->rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      picture->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  sheet = picture->sheet ();
  grid = kilter_grid_new (KILTER_GRID_MODEL (sheet));
  kilter_grid_set_corner_label (KILTER_GRID (grid), grid_fixture_get_corner (sheet));
  kilter_grid_set_row_header_width (KILTER_GRID (grid), 200);
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_size_request (scrolled, picture->width, picture->height);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  KILTER_GRID (grid)->draws_focused = TRUE; /* tests beside this one take the focus away */
  wait_frames (grid, picture);
  kilter_grid_select_range (
    KILTER_GRID (grid),
    &(KilterGridRange) { picture->row, picture->col, picture->n_rows, picture->n_cols });
  wait_frames (grid, picture);
  kilter_grid_set_crosshair_column (KILTER_GRID (grid), -1); /* wherever the pointer is */
  texture = render (grid, picture);
  gtk_window_destroy (GTK_WINDOW (window));
  compare (texture, picture->name);
}

/* Only DejaVu, unhinted: the same glyphs on every machine that has it. */
static void
pin_fonts (void)
{
  static const char config
    [] = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
         "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
         "<selectfont><rejectfont><glob>*</glob></rejectfont>"
         "<acceptfont><glob>*/DejaVuSans*</glob></acceptfont></selectfont>"
         "<match target=\"font\"><edit name=\"hinting\" mode=\"assign\"><bool>false</bool></edit>"
         "<edit name=\"rgba\" mode=\"assign\"><const>none</const></edit></match></fontconfig>";
  g_autofree char *folder = g_dir_make_tmp ("kilter-fonts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fonts.conf", NULL);

  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  g_setenv ("FONTCONFIG_FILE", path, TRUE);
}

static void
remove_fonts (void)
{
  g_autofree char *folder = g_path_get_dirname (g_getenv ("FONTCONFIG_FILE"));

  g_remove (g_getenv ("FONTCONFIG_FILE"));
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gboolean contrast = g_getenv ("ADW_DEBUG_HIGH_CONTRAST") != NULL;
  const Picture *list = contrast ? contrast_pictures : pictures;
  gsize n = contrast ? G_N_ELEMENTS (contrast_pictures) : G_N_ELEMENTS (pictures);
  int status;

  pin_fonts ();
  g_setenv ("GTK_A11Y", "none", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "DejaVu Sans 10.5",
                "gtk-font-rendering", GTK_FONT_RENDERING_MANUAL, "gtk-xft-antialias", 1,
                "gtk-xft-hinting", 0, "gtk-xft-rgba", "none", "gtk-hint-font-metrics", FALSE,
                "gtk-enable-animations", FALSE, NULL);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/grid/picture/%s", list[i].name);

      g_test_add_data_func (path, &list[i], test_picture);
    }
  status = g_test_run ();
  remove_fonts ();
  return status;
}
