/* test-table.c: printed tables: widths, pages, headings
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper/kilter-table.h"

#include <cairo-pdf.h>
#include <math.h>

#define WIDTH 700.0

typedef struct
{
  KilterChartStyle *style;
  KilterInk ink;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->style = kilter_paper_style_new (FALSE, "en");
  kilter_ink_init (&self->ink, NULL, self->style);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  kilter_ink_clear (&self->ink);
  kilter_chart_style_free (self->style);
}

static KilterTable *
make_table (int n_columns, int n_rows)
{
  KilterTable *table = kilter_table_new (n_columns);

  kilter_table_set_column (table, 0, "Name", KILTER_COLUMN_TEXT);
  for (int c = 1; c < n_columns; c++)
    kilter_table_set_column (table, c, "Jan", KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL);
  for (int r = 0; r < n_rows; r++)
    {
      g_autofree char *name = g_strdup_printf ("Row %d", r);
      int row = kilter_table_add_row (table, name,
                                      r % 10 == 0 ? KILTER_ROW_SECTION : KILTER_ROW_PLAIN);

      for (int c = 1; c < n_columns; c++)
        kilter_table_take (table, row, c, g_strdup_printf ("%d", r * 1000 + c));
    }
  return table;
}

/* every row stands on exactly one page, in order, and no page is higher than asked for */
static void
test_pages (Fixture *self, gconstpointer data)
{
  static const double heights[] = { 60, 120, 200, 333, 480, 5000 };

  for (gsize h = 0; h < G_N_ELEMENTS (heights); h++)
    for (int rows = 1; rows < 120; rows += 7)
      {
        g_autoptr (KilterTable) table = make_table (6, rows);
        int first = 0, pages = 0;

        kilter_table_layout (table, &self->ink, WIDTH);
        while (first < rows)
          {
            int n = kilter_table_fit (table, first, heights[h]);

            g_assert_cmpint (n, >=, 1);
            g_assert_cmpint (first + n, <=, rows);
            if (n > 1)
              g_assert_cmpfloat (kilter_table_get_height (table, first, n), <=, heights[h] + 1e-6);
            /* one more row would not have fitted, but for a section that moves with its rows */
            if (first + n < rows && (first + n - 1) % 10 != 9)
              g_assert_cmpfloat (kilter_table_get_height (table, first, n + 1), >, heights[h]);
            /* a section is never the last row of a page, unless it stands alone */
            if (first + n < rows && n > 1)
              g_assert_cmpint ((first + n - 1) % 10, !=, 0);
            first += n;
            pages++;
          }
        if (heights[h] >= 5000)
          g_assert_cmpint (pages, ==, 1);
      }
}

/* headings are on each page; notes only below the last row */
static void
test_headings_and_notes (Fixture *self, gconstpointer data)
{
  g_autoptr (KilterTable) table = make_table (4, 40);
  double first, second, plain, noted;

  kilter_table_layout (table, &self->ink, WIDTH);
  first = kilter_table_get_height (table, 1, 5);
  second = kilter_table_get_height (table, 21, 5);
  g_assert_cmpfloat_with_epsilon (first, second, 1e-9);
  /* rows alone are less high than rows with headings */
  g_assert_cmpfloat (first, >, (kilter_table_get_height (table, 1, 6) - first) * 5);
  plain = kilter_table_get_height (table, 30, 10);
  kilter_table_add_note (table, "Positive means that the forecast was too high.");
  kilter_table_layout (table, &self->ink, WIDTH);
  noted = kilter_table_get_height (table, 30, 10);
  g_assert_cmpfloat (noted, >, plain + 8);
  g_assert_cmpfloat_with_epsilon (kilter_table_get_height (table, 20, 10), plain, 1e-9);
}

static cairo_surface_t *
draw (Fixture *self, KilterTable *table, int first, int n, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) WIDTH + 100,
                                                         (int) height + 100);
  cairo_t *cr = cairo_create (surface);
  KilterInk ink;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  kilter_ink_init (&ink, cr, self->style);
  kilter_table_draw (table, &ink, 50, 50, first, n);
  kilter_ink_clear (&ink);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
is_blank (cairo_surface_t *surface, int x0, int y0, int x1, int y1)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      if ((((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff) != 0xffffff)
        return FALSE;
  return TRUE;
}

/* nothing is drawn outside the width and height that the table says it takes, however long its
 * texts are */
static void
test_stays_inside (Fixture *self, gconstpointer data)
{
  static const char *const words[] = {
    "Short",
    "A much longer text which has to be broken into several lines to find its place",
    "Điều chỉnh thủ công của nhóm sản phẩm kem que và kem thanh cho mùa hè năm nay",
    "为夏季提前生产冰棒与雪糕并在冷库储存到八月份需求高峰过去为止",
    "Unbreakablewordthatislongerthananycolumnofthistablecouldeverbeexpectedtobe",
  };

  for (int columns = 3; columns <= 18; columns += 5)
    {
      g_autoptr (KilterTable) table = make_table (columns, 6);
      cairo_surface_t *surface;
      double height;

      for (int r = 0; r < 5; r++)
        kilter_table_set (table, r + 1, 0, words[r]);
      kilter_table_set_row_unit (table, 1, "$k");
      kilter_table_set_row_key (table, 2, KILTER_CHART_KEY_HATCHED);
      kilter_table_set_cell (table, 1, 2, KILTER_CHART_TONE_BAD,
                             KILTER_CELL_PROBLEM | KILTER_CELL_SHAPE);
      kilter_table_set_column_problem (table, 2);
      kilter_table_add_note (table, words[1]);
      kilter_table_layout (table, &self->ink, WIDTH);
      height = kilter_table_get_height (table, 0, 6);
      surface = draw (self, table, 0, 6, height);
      g_assert_true (is_blank (surface, 0, 0, (int) WIDTH + 100, 49));
      g_assert_true (is_blank (surface, 0, 0, 48, (int) height + 100));
      g_assert_true (
        is_blank (surface, (int) WIDTH + 52, 0, (int) WIDTH + 100, (int) height + 100));
      g_assert_true (
        is_blank (surface, 0, (int) height + 54, (int) WIDTH + 100, (int) height + 100));
      g_assert_false (is_blank (surface, 50, 50, (int) WIDTH + 50, (int) height + 50));
      cairo_surface_destroy (surface);
    }
}

static void
test_contents (Fixture *self, gconstpointer data)
{
  g_autoptr (KilterTable) table = make_table (3, 2);
  g_autofree char *notes = NULL;

  g_assert_cmpint (kilter_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (kilter_table_get (table, 1, 2), ==, "1002");
  kilter_table_set (table, 1, 2, "–");
  g_assert_cmpstr (kilter_table_get (table, 1, 2), ==, "–");
  g_assert_null (kilter_table_get_notes (table));
  kilter_table_add_note (table, "One.");
  kilter_table_add_note (table, "Two.");
  notes = kilter_table_get_notes (table);
  g_assert_cmpstr (notes, ==, "One. Two.");
}

static void
test_paper (Fixture *self, gconstpointer data)
{
  KilterPaper paper;
  KilterChartRect area;
  double width, height;

  g_assert_true (kilter_paper_from_string ("A4", &paper));
  g_assert_cmpint (paper, ==, KILTER_PAPER_A4);
  kilter_paper_get_size (paper, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, 841.89, 0.01);
  g_assert_cmpfloat_with_epsilon (height, 595.28, 0.01);
  g_assert_true (kilter_paper_from_string ("letter", &paper));
  kilter_paper_get_size (paper, &width, &height);
  g_assert_cmpfloat (width, ==, 792);
  g_assert_cmpfloat (height, ==, 612);
  g_assert_false (kilter_paper_from_string ("a3", &paper));
  kilter_paper_get_content (paper, &area);
  g_assert_cmpfloat (area.x, >, 0);
  g_assert_cmpfloat (area.y + area.height, <, height);
}

/* no text is smaller than 7.5 points */
static void
test_least_size (Fixture *self, gconstpointer data)
{
  double tiny, least;

  kilter_ink_measure (&self->ink, "1,234", &(KilterPrintText) { .size = 2 }, &tiny, NULL);
  kilter_ink_measure (&self->ink, "1,234", &(KilterPrintText) { .size = KILTER_PRINT_LEAST },
                      &least, NULL);
  g_assert_cmpfloat_with_epsilon (tiny, least, 1e-9);
  g_assert_cmpfloat (kilter_ink_fit_size (&self->ink, "A long title", TRUE, 15, 9, 1e6), ==, 15);
  g_assert_cmpfloat (kilter_ink_fit_size (&self->ink, "A long title", TRUE, 15, 9, 10), ==, 9);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

static double
measure_head (KilterInk *ink, const char *heading)
{
  g_autoptr (KilterTable) table = make_table (10, 1);

  kilter_table_set_column (table, 5, heading, KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL);
  kilter_table_layout (table, ink, 400);
  return kilter_table_get_height (table, 0, 0);
}

/* a heading that breaks into five lines has the room of five: the last word is not left out */
static void
test_long_heading (Fixture *self, gconstpointer data)
{
  double three = measure_head (&self->ink, "Phase phase phase");
  double five = measure_head (&self->ink, "Phase phase phase phase phase");

  g_assert_cmpfloat (five, >, three * 1.4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/report/table/long-heading", test_long_heading);
  ADD ("/report/table/pages", test_pages);
  ADD ("/report/table/headings-and-notes", test_headings_and_notes);
  ADD ("/report/table/stays-inside", test_stays_inside);
  ADD ("/report/table/contents", test_contents);
  ADD ("/report/paper/sizes", test_paper);
  ADD ("/report/paper/least-size", test_least_size);
  return g_test_run ();
}
