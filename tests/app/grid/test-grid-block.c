/* test-grid-block.c: clipboard formats, without a display.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "app/grid/kilter-grid-block.h"

/* "a,b;c,d" is two rows of two cells. */
static void
assert_block (const KilterGridBlock *block, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);

  g_assert_nonnull (block);
  for (int r = 0; r < kilter_grid_block_get_n_rows (block); r++)
    for (int c = 0; c < kilter_grid_block_get_n_cols (block); c++)
      {
        if (r + c > 0)
          g_string_append_c (got, c == 0 ? ';' : '|');
        g_string_append (got, kilter_grid_block_get (block, r, c));
      }
  g_assert_cmpstr (got->str, ==, expected);
}

static void
check_text (const char *text, const char *expected)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_text (text, -1);

  assert_block (block, expected);
}

static void
test_text (void)
{
  check_text ("140", "140");
  check_text ("1\t2\n3\t4\n", "1|2;3|4");
  check_text ("1\t2\r\n3\t4\r\n", "1|2;3|4");
  check_text ("1\t\t3\n4\n", "1||3;4||");
  check_text ("\t2\n", "|2");
  check_text ("1\t\n2\t\n", "1|;2|");
  check_text ("a\n\nb\n", "a;;b");
  check_text ("\357\273\277x\ty\n", "x|y");
  check_text ("\"two\nlines\"\t\"say \"\"so\"\"\"\n", "two\nlines|say \"so\"");
  /* one number with a comma is a number; a table with commas is CSV */
  check_text ("1,234", "1,234");
  check_text ("1,2\n3,4\n", "1|2;3|4");
  check_text ("1,5;2,5\n3,5;4,5\n", "1,5|2,5;3,5|4,5");
  check_text ("\"1,234\",5", "1,234|5");
  check_text ("1,234\n567\n", "1,234;567");
}

static void
test_html (void)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_html (
    "<html><head><style>td { x: y }</style></head><body><!-- <table> --><p>before</p>"
    "<TABLE border=0><tr><th>Product</th><th>Jul</th></tr>\n"
    "<tr><td>A &amp; B<br>c</td><td align=right> 1,234.5 </td></tr>"
    "<tr><td colspan=\"2\">&#8722;3&nbsp;%</td></tr>"
    "<tr><td><b>x</b><td>y</table> after <table><tr><td>no</td></tr></table>",
    -1);
  g_autoptr (KilterGridBlock) none = kilter_grid_block_new_from_html ("<p>1</p>", -1);

  assert_block (block, "Product|Jul;A & B c|1,234.5;\342\210\2223\302\240%|;x|y");
  g_assert_null (none);
}

/* As LibreOffice writes what it copies: numbers beside what is shown of them, days as numbers, too.
 */
static void
test_html_values (void)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_html (
    "<table><tr><td sdval=\"1234.5678\" sdnum=\"1033;0;#,##0\">1,235</td>"
    "<td align=\"right\" sdval='-0.125' sdnum=\"1033;0;0%\"><font>-13%</font></td></tr>"
    "<tr><td sdval=\"46204\" sdnum=\"1033;1033;YYYY-MM-DD\">2026-07-01</td>"
    "<td sdval=\"7.25\" sdnum=\"1033;0;[$&quot;days&quot;-409] 0\">7</td></tr>"
    "<tr><td sdval=\"no\">1</td><td data-sdval=\"3\" sdval=4>4.0</td></tr></table>",
    -1);
  g_autoptr (KilterGridBlock) plain = kilter_grid_block_new_from_html ("<table><td>1", -1);
  g_autoptr (KilterGridBlock)
    own = kilter_grid_block_new_from_text ("Row\t2026\nA\t-1234.5\nB\t12.5%\nC\t1,5\n", -1);
  g_autofree char *html = kilter_grid_block_to_html (own, 1, 1);

  assert_block (block, "1234.5678|-12.5%;2026-07-01|7.25;1|4");
  g_assert_true (kilter_grid_block_has_values (block));
  g_assert_false (kilter_grid_block_has_values (plain));
  g_assert_nonnull (strstr (html, "<th>2026</th>"));
  g_assert_nonnull (strstr (html, "<td sdval=\"-1234.5\">-1234.5</td>"));
  g_assert_nonnull (strstr (html, "<td sdval=\"0.125\" sdnum=\"1033;1033;0.0%\">12.5%</td>"));
  g_assert_nonnull (strstr (html, "<td>1,5</td>"));
}

static void
test_round_trip (void)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new (2, 3);
  g_autofree char *tsv = NULL;
  g_autofree char *html = NULL;

  kilter_grid_block_set (block, 0, 0, "plain");
  kilter_grid_block_set (block, 0, 1, "tab\there");
  kilter_grid_block_set (block, 0, 2, "quote \" and\nline");
  kilter_grid_block_set (block, 1, 0, "<b>&amp;</b>");
  kilter_grid_block_set (block, 1, 2, "\342\210\2221,5");
  tsv = kilter_grid_block_to_tsv (block);
  {
    g_autoptr (KilterGridBlock) again = kilter_grid_block_new_from_tsv (tsv, -1);

    assert_block (again, "plain|tab\there|quote \" and\nline;<b>&amp;</b>||\342\210\2221,5");
  }
  html = kilter_grid_block_to_html (block, 1, 0);
  {
    g_autoptr (KilterGridBlock) again = kilter_grid_block_new_from_html (html, -1);

    assert_block (again, "plain|tab here|quote \" and line;<b>&amp;</b>||\342\210\2221,5");
  }
}

/* Whatever is on the clipboard, reading it ends and stays inside its memory. */
static void
test_hostile (void)
{
  static const char *const pieces[] = {
    "<table>", "<tr>", "<td", " colspan=", "9999999",      "\"",      "'",       ">",  "</td>",
    "<!--",    "-->",  "&",   "&#",        "&#x",          "110000;", "65;",     "\t", "\n",
    "\r",      ",",    ";",   "\377",      "\357\273\277", "x",       "</table>"
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 4000; i++)
    {
      g_autoptr (GString) text = g_string_new (i % 2 ? "<table>" : "");
      g_autoptr (KilterGridBlock) a = NULL;
      g_autoptr (KilterGridBlock) b = NULL;
      g_autofree char *exact = NULL;

      for (int k = g_rand_int_range (random, 0, 30); k > 0; k--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      /* without a terminating zero, so that a sanitizer sees a byte too far */
      exact = g_memdup2 (text->len ? text->str : "", MAX (text->len, 1));
      a = kilter_grid_block_new_from_text (exact, (gssize) text->len);
      b = kilter_grid_block_new_from_html (exact, (gssize) text->len);
    }
}

static void
test_too_large (void)
{
  g_autoptr (GString) text = g_string_new ("<table>");
  g_autoptr (KilterGridBlock) block = NULL;

  for (int i = 0; i < KILTER_GRID_BLOCK_MAX_CELLS / 1000 + 2; i++)
    g_string_append (text, "<tr><td colspan=1000>");
  block = kilter_grid_block_new_from_html (text->str, (gssize) text->len);
  g_assert_null (block);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/grid/block/text", test_text);
  g_test_add_func ("/app/grid/block/html", test_html);
  g_test_add_func ("/app/grid/block/html-values", test_html_values);
  g_test_add_func ("/app/grid/block/round-trip", test_round_trip);
  g_test_add_func ("/app/grid/block/hostile", test_hostile);
  g_test_add_func ("/app/grid/block/too-large", test_too_large);
  return g_test_run ();
}
