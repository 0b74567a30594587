/* test-grid-geometry.c: places of rows and columns, without a display.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "app/grid/kilter-grid-geometry.h"

static void
set_up (KilterGridGeometry *g, int n_rows, int n_cols, int n_frozen)
{
  kilter_grid_geometry_init (g);
  g->n_rows = n_rows;
  g->width = 900;
  g->height = 342;
  g->row_height = 27;
  g->header_width = 200;
  g->header_height = 42;
  kilter_grid_geometry_set_columns (g, n_cols, n_frozen, 60, 80, FALSE);
}

static void
test_places (void)
{
  KilterGridGeometry g;
  KilterGridRect rect;
  int width;

  set_up (&g, 100, 24, 0);
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 0, &width), ==, 200);
  g_assert_cmpint (width, ==, 60);
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 5, NULL), ==, 500);
  g_assert_cmpint (kilter_grid_geometry_row_y (&g, 3), ==, 42 + 81);
  g.scroll_x = 90;
  g.scroll_y = 30;
  kilter_grid_geometry_cell_rect (&g, 3, 5, &rect);
  g_assert_cmpint (rect.x, ==, 410);
  g_assert_cmpint (rect.y, ==, 93);
  g_assert_cmpint (rect.width, ==, 60);
  g_assert_cmpint (rect.height, ==, 27);
  kilter_grid_geometry_clear (&g);
}

static void
test_visible (void)
{
  KilterGridGeometry g;
  int first, end;

  set_up (&g, 100000, 120, 1);
  kilter_grid_geometry_visible_rows (&g, &first, &end);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpint (end, ==, 12); /* 300 pixels: 11 rows and a part of one */
  g.scroll_y = 27 * 50000.0;
  kilter_grid_geometry_visible_rows (&g, &first, &end);
  g_assert_cmpint (first, ==, 50000);
  g_assert_cmpint (end, ==, 50012);
  g.scroll_y = 27 * 50000.0 - 1;
  kilter_grid_geometry_visible_rows (&g, &first, &end);
  g_assert_cmpint (first, ==, 49999);
  g.scroll_y = 1e12;
  kilter_grid_geometry_clamp (&g);
  kilter_grid_geometry_visible_rows (&g, &first, &end);
  g_assert_cmpint (end, ==, 100000);
  g_assert_cmpint (kilter_grid_geometry_row_y (&g, 99999) + 27, ==, 342);

  kilter_grid_geometry_visible_columns (&g, &first, &end);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpint (end, ==, 11); /* 900 − 200 − 80 = 620 pixels */
  g.scroll_x = 61;
  kilter_grid_geometry_visible_columns (&g, &first, &end);
  g_assert_cmpint (first, ==, 1);
  g_assert_cmpint (end, ==, 12);
  kilter_grid_geometry_clear (&g);
}

/* Every pixel belongs to the cell whose rectangle holds it, in each direction. */
static void
check_hits (KilterGridGeometry *g)
{
  for (int x = 0; x < g->width; x += 3)
    for (int y = 0; y < g->height; y += 5)
      {
        KilterGridHit hit = kilter_grid_geometry_hit (g, x + 0.5, y + 0.5);
        KilterGridRect rect;

        if (hit.area == KILTER_GRID_AREA_CELL)
          {
            kilter_grid_geometry_cell_rect (g, hit.row, hit.col, &rect);
            g_assert_cmpint (x, >=, rect.x);
            g_assert_cmpint (x, <, rect.x + rect.width);
            g_assert_cmpint (y, >=, rect.y);
            g_assert_cmpint (y, <, rect.y + rect.height);
          }
        else if (hit.area == KILTER_GRID_AREA_COLUMN_HEADER)
          {
            int width, left = kilter_grid_geometry_column_x (g, hit.col, &width);

            g_assert_cmpint (x, >=, left);
            g_assert_cmpint (x, <, left + width);
            g_assert_cmpint (y, <, g->header_height);
          }
      }
}

static void
test_hit (void)
{
  KilterGridGeometry g;
  KilterGridHit hit;

  set_up (&g, 5, 24, 2);
  g.scroll_x = 77;
  hit = kilter_grid_geometry_hit (&g, 10, 10);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_CORNER);
  hit = kilter_grid_geometry_hit (&g, 10, 50);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_ROW_HEADER);
  g_assert_cmpint (hit.row, ==, 0);
  g_assert_cmpint (hit.col, ==, -1);
  hit = kilter_grid_geometry_hit (&g, 899, 50);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_CELL);
  g_assert_cmpint (hit.col, ==, 23);
  hit = kilter_grid_geometry_hit (&g, 740, 10);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_COLUMN_HEADER);
  g_assert_cmpint (hit.col, ==, 22);
  hit = kilter_grid_geometry_hit (&g, 400, 300); /* under the last row */
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_NONE);
  hit = kilter_grid_geometry_hit (&g, -1, 50);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_NONE);
  check_hits (&g);
  kilter_grid_geometry_clear (&g);
}

static void
test_rtl (void)
{
  KilterGridGeometry g;
  KilterGridHit hit;

  set_up (&g, 20, 24, 1);
  g.rtl = TRUE;
  g_assert_cmpint (kilter_grid_geometry_header_x (&g), ==, 700);
  g_assert_cmpint (kilter_grid_geometry_frozen_x (&g), ==, 0);
  g_assert_cmpint (kilter_grid_geometry_view_x (&g), ==, 80);
  /* time still runs to the right */
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 0, NULL), ==, 80);
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 1, NULL), ==, 140);
  hit = kilter_grid_geometry_hit (&g, 850, 50);
  g_assert_cmpint (hit.area, ==, KILTER_GRID_AREA_ROW_HEADER);
  g.scroll_x = 35;
  check_hits (&g);

  g.mirror_columns = TRUE;
  g.scroll_x = 0;
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 0, NULL), ==, 640);
  g_assert_cmpint (kilter_grid_geometry_column_x (&g, 1, NULL), ==, 580);
  g.scroll_x = 35;
  check_hits (&g);
  kilter_grid_geometry_clear (&g);
}

/* Mirroring twice is the identity: the mirrored place of a span is the span in the mirror. */
static void
test_mirror_symmetry (void)
{
  KilterGridGeometry a, b;

  set_up (&a, 10, 30, 2);
  set_up (&b, 10, 30, 2);
  b.rtl = b.mirror_columns = TRUE;
  a.scroll_x = b.scroll_x = 123;
  for (int col = 0; col < 30; col++)
    {
      int width, x = kilter_grid_geometry_column_x (&a, col, &width);

      g_assert_cmpint (kilter_grid_geometry_column_x (&b, col, NULL), ==, 900 - x - width);
    }
  kilter_grid_geometry_clear (&a);
  kilter_grid_geometry_clear (&b);
}

static void
test_stretch (void)
{
  KilterGridGeometry g;

  set_up (&g, 10, 12, 0);
  /* 12 columns of 56 in 700 pixels: all fit and fill it */
  kilter_grid_geometry_set_columns (&g, 12, 0, 56, 56, TRUE);
  g_assert_cmpint (kilter_grid_geometry_columns_width (&g), ==, 700);
  g_assert_cmpint (g.edges[1], >=, 58);
  /* 21 columns: a whole number of them fills the view */
  kilter_grid_geometry_set_columns (&g, 21, 0, 56, 56, TRUE);
  g_assert_cmpint (g.edges[12], ==, 700);
  for (int i = 0; i < 21; i++)
    {
      g_assert_cmpint (g.edges[i + 1] - g.edges[i], >=, 58);
      g_assert_cmpint (g.edges[i + 1] - g.edges[i], <=, 59);
    }
  /* few columns do not become absurdly wide */
  kilter_grid_geometry_set_columns (&g, 3, 0, 56, 56, TRUE);
  g_assert_cmpint (g.edges[1], <, 100);
  /* the frozen ones grow alike, and nothing is lost */
  kilter_grid_geometry_set_columns (&g, 10, 1, 60, 80, TRUE);
  g_assert_cmpint (kilter_grid_geometry_columns_width (&g) + kilter_grid_geometry_frozen_width (&g),
                   ==, 700);
  g_assert_cmpint (kilter_grid_geometry_frozen_width (&g), >, 80);
  kilter_grid_geometry_set_columns (&g, 0, 0, 60, 80, TRUE);
  g_assert_cmpint (kilter_grid_geometry_columns_width (&g), ==, 0);
  kilter_grid_geometry_clear (&g);
}

static void
test_scroll_to (void)
{
  KilterGridGeometry g;
  double x, y;

  set_up (&g, 1000, 120, 0);
  kilter_grid_geometry_scroll_to (&g, 5, 3, &x, &y);
  g_assert_cmpfloat (x, ==, 0); /* in sight: nothing moves */
  g_assert_cmpfloat (y, ==, 0);
  kilter_grid_geometry_scroll_to (&g, 20, 40, &x, &y);
  g_assert_cmpfloat (y, ==, 21 * 27 - 300);
  g_assert_cmpfloat (x, ==, 41 * 60 - 700);
  g.scroll_x = x;
  g.scroll_y = y;
  kilter_grid_geometry_scroll_to (&g, 0, 0, &x, &y);
  g_assert_cmpfloat (x, ==, 0);
  g_assert_cmpfloat (y, ==, 0);
  kilter_grid_geometry_scroll_to (&g, -1, -1, &x, &y);
  g_assert_cmpfloat (x, ==, g.scroll_x);
  g_assert_cmpfloat (y, ==, g.scroll_y);
  kilter_grid_geometry_clear (&g);
}

static void
test_nearest (void)
{
  KilterGridGeometry g;
  int row, col;

  set_up (&g, 5, 8, 0);
  kilter_grid_geometry_nearest_cell (&g, -50, -50, &row, &col);
  g_assert_cmpint (row, ==, 0);
  g_assert_cmpint (col, ==, 0);
  kilter_grid_geometry_nearest_cell (&g, 5000, 5000, &row, &col);
  g_assert_cmpint (row, ==, 4);
  g_assert_cmpint (col, ==, 7);
  g.n_rows = 0;
  kilter_grid_geometry_nearest_cell (&g, 300, 100, &row, &col);
  g_assert_cmpint (row, ==, -1);
  kilter_grid_geometry_clear (&g);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/grid/geometry/places", test_places);
  g_test_add_func ("/app/grid/geometry/visible", test_visible);
  g_test_add_func ("/app/grid/geometry/hit", test_hit);
  g_test_add_func ("/app/grid/geometry/rtl", test_rtl);
  g_test_add_func ("/app/grid/geometry/mirror-symmetry", test_mirror_symmetry);
  g_test_add_func ("/app/grid/geometry/stretch", test_stretch);
  g_test_add_func ("/app/grid/geometry/scroll-to", test_scroll_to);
  g_test_add_func ("/app/grid/geometry/nearest", test_nearest);
  return g_test_run ();
}
