/* grid-demo.c: the planning grid with sample sheets, to look at.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grid-demo [SHEET] [WIDTH HEIGHT]; SHEET is forecast, demand, supply or sop. KILTER_DEMO_DARK,
 * KILTER_DEMO_RTL, KILTER_DEMO_SCALE and KILTER_DEMO_FONT ("Inter 11") set the looks. */
#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "grid-fixture.h"

static GridFixture *
create_sheet (const char *name)
{
  if (strcmp (name, "demand") == 0)
    return grid_fixture_new_demand ();
  if (strcmp (name, "supply") == 0)
    return grid_fixture_new_supply ();
  if (strcmp (name, "sop") == 0)
    return grid_fixture_new_sop ();
  return grid_fixture_new_forecast ();
}

static void
message_cb (KilterGrid *grid, const char *text, gboolean is_error, gpointer user_data)
{
  g_print ("%s%s\n", is_error ? "not done: " : "", text);
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, "Copy", "grid.copy");
  g_menu_append (menu, "Copy with Headers", "grid.copy-with-headers");
  g_menu_append (menu, "Paste", "grid.paste");
  g_menu_append (menu, "Clear", "grid.clear");
  g_menu_append (menu, "Fill Right", "grid.fill-right");
  return G_MENU_MODEL (menu);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "forecast";
  g_autoptr (GridFixture) sheet = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *window, *scrolled, *grid;

  adw_init ();
  if (g_getenv ("KILTER_DEMO_FONT"))
    g_object_set (gtk_settings_get_default (), "gtk-font-name", g_getenv ("KILTER_DEMO_FONT"),
                  NULL);
  if (g_getenv ("KILTER_DEMO_RTL"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (g_getenv ("KILTER_DEMO_SCALE"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                  (int) (atof (g_getenv ("KILTER_DEMO_SCALE")) * 96 * 1024), NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_getenv ("KILTER_DEMO_DARK") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  sheet = create_sheet (name);
  menu = create_menu ();
  grid = kilter_grid_new (KILTER_GRID_MODEL (sheet));
  kilter_grid_set_corner_label (KILTER_GRID (grid), grid_fixture_get_corner (sheet));
  kilter_grid_set_menu_model (KILTER_GRID (grid), menu);
  g_object_set (grid, "row-header-width", strcmp (name, "sop") == 0 ? 218 : 200, NULL);
  g_object_set (grid, "compact", strcmp (name, "sop") == 0, NULL);
  g_signal_connect (grid, "message", G_CALLBACK (message_cb), NULL);

  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 3 ? atoi (argv[2]) : 896,
                               argc > 3 ? atoi (argv[3]) : 345);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (grid);
  kilter_grid_select (KILTER_GRID (grid),
                      strcmp (name, "demand") == 0   ? 4
                      : strcmp (name, "supply") == 0 ? 2
                      : strcmp (name, "sop") == 0    ? 1
                                                     : 7,
                      strcmp (name, "forecast") == 0 || strcmp (name, "sop") == 0 ? 6 : 3);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
