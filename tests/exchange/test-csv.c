/* test-csv.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-csv.h"
#include "exchange/text/kilter-sheet.h"

#include <string.h>

/* Rows as text: fields parted by |, rows by /, lines in front. */
static char *
parse (const char *text, gsize length, char separator, KilterCsvStatus *out_status, guint *out_line)
{
  g_autoptr (KilterCsv) csv = kilter_csv_new (text, length, separator);
  GString *out = g_string_new (NULL);
  KilterCsvRow row;

  while ((*out_status = kilter_csv_next (csv, &row)) == KILTER_CSV_OK)
    {
      g_string_append_printf (out, "%s%u:", out->len > 0 ? "/" : "", row.line);
      for (guint i = 0; i < row.n_fields; i++)
        {
          if (i > 0)
            g_string_append_c (out, '|');
          g_string_append_len (out, row.fields[i].text, (gssize) row.fields[i].length);
        }
    }
  if (out_line != NULL)
    *out_line = kilter_csv_get_line (csv);
  return g_string_free (out, FALSE);
}

static void
check_rows (const char *text, char separator, const char *expected)
{
  KilterCsvStatus status;
  g_autofree char *rows = parse (text, strlen (text), separator, &status, NULL);

  g_assert_cmpint (status, ==, KILTER_CSV_END);
  g_assert_cmpstr (rows, ==, expected);
}

static void
test_rows (void)
{
  check_rows ("", ',', "");
  check_rows ("a", ',', "1:a");
  check_rows ("a,b\nc,d", ',', "1:a|b/2:c|d");
  check_rows ("a,b\r\nc,d\r\n", ',', "1:a|b/2:c|d");
  check_rows ("a,b\rc,d\r", ',', "1:a|b/2:c|d");
  check_rows ("a,b\n\nc,d\n", ',', "1:a|b/2:/3:c|d");
  check_rows ("a,,\n,b,", ',', "1:a||/2:|b|");
  check_rows ("a;b,c;d", ';', "1:a|b,c|d");
  check_rows ("a\tb", '\t', "1:a|b");
  check_rows ("sep=;\na;b", ';', "2:a|b");
}

static void
test_quotes (void)
{
  check_rows ("\"a\",\"b\"", ',', "1:a|b");
  check_rows ("\"a,b\",c", ',', "1:a,b|c");
  check_rows ("\"a\"\"b\",c", ',', "1:a\"b|c");
  check_rows ("\"\"\"\",\"\"", ',', "1:\"|");
  check_rows ("\"a\nb\",c\nd,e", ',', "1:a\nb|c/3:d|e");
  check_rows ("\"a\r\nb\",c\r\nd,e", ',', "1:a\r\nb|c/3:d|e");
  /* what programs write beyond the rules */
  check_rows ("a\"b,c", ',', "1:a\"b|c");
  check_rows ("\"a\"b,c", ',', "1:ab|c");
  check_rows ("\"a\"\"b\"c\",d", ',', "1:a\"bc\"|d");
  check_rows (" \"a\",b", ',', "1: \"a\"|b");
}

static void
check_bad (const char *text, gsize length, KilterCsvStatus expected, guint expected_line)
{
  KilterCsvStatus status;
  guint line;
  g_autofree char *rows = parse (text, length, ',', &status, &line);

  g_assert_cmpint (status, ==, expected);
  g_assert_cmpuint (line, ==, expected_line);
}

static void
test_limits (void)
{
  g_autofree char *field = g_strnfill (KILTER_CSV_MAX_FIELD + 10, 'x');
  g_autofree char *commas = g_strnfill (KILTER_CSV_MAX_FIELDS + 10, ',');
  g_autofree char *second = g_strconcat ("a,b\n", field, NULL);
  g_autofree char *quoted = g_strconcat ("a,b\nc,\"", field, "\"", NULL);
  g_autofree char *wide = g_strconcat ("a\nb\n", commas, NULL);
  GString *lines = g_string_new ("a,b\nc,\"d\n");

  check_bad (second, strlen (second), KILTER_CSV_FIELD_TOO_LONG, 2);
  check_bad (quoted, strlen (quoted), KILTER_CSV_FIELD_TOO_LONG, 2);
  check_bad (wide, strlen (wide), KILTER_CSV_TOO_MANY_FIELDS, 3);

  check_bad ("a,b\nc,\"d\ne,f\n", 13, KILTER_CSV_UNCLOSED_QUOTE, 2);
  /* closed by the next quote, in the middle of other rows */
  check_bad ("a,b\nc,\"d\ne,\"f\",g\n", 18, KILTER_CSV_UNCLOSED_QUOTE, 2);
  for (int i = 0; i < 30000; i++)
    g_string_append (lines, "e,f\n");
  check_bad (lines->str, lines->len, KILTER_CSV_UNCLOSED_QUOTE, 2);
  g_string_free (lines, TRUE);
}

static void
test_nul (void)
{
  KilterCsvStatus status;
  g_autofree char *rows = parse ("a,b\0c\nd", 7, ',', &status, NULL);

  g_assert_cmpint (status, ==, KILTER_CSV_END);
  g_assert_cmpint (memcmp (rows, "1:a|b\0c/2:d", 11), ==, 0);
}

static void
check_separator (const char *text, char expected)
{
  g_assert_cmpint (kilter_csv_guess_separator (text, strlen (text)), ==, expected);
}

static void
test_separator (void)
{
  check_separator ("a,b,c\n1,2,3\n", ',');
  check_separator ("a;b;c\n1,5;2,5;3,5\n", ';');
  check_separator ("a\tb\n1,5\t2,5\n", '\t');
  check_separator ("a|b\n1|2\n", '|');
  check_separator ("a,b\n\"x;y;z\",2\n\"x;y;z\",3\n", ',');
  check_separator ("alone\n1\n", ',');
  check_separator ("sep=|\na;b|c;d\n", '|');
}

/* Texts are kept once; whatever stands beside them, each comes back as it was. */
static void
test_sheet_texts (void)
{
  g_autoptr (KilterSheet) sheet = kilter_sheet_new ("sheet");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      /* few letters, so that many hash alike and some are the beginning of others */
      int length = g_rand_int_range (rand, 1, 70);
      char *text = g_malloc (length + 1);

      for (int k = 0; k < length; k++)
        text[k] = (char) ('a' + (g_rand_int_range (rand, 0, 12) == 0));
      text[length] = '\0';
      g_ptr_array_add (texts, text);
      kilter_sheet_begin_row (sheet, (guint) i + 1);
      kilter_sheet_add_cell (sheet, text, (gsize) length, 0);
      g_assert_true (kilter_sheet_end_row (sheet));
    }
  for (guint i = 0; i < texts->len; i++)
    g_assert_cmpstr (kilter_sheet_get_text (sheet, i, 0), ==, texts->pdata[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv/rows", test_rows);
  g_test_add_func ("/exchange/csv/quotes", test_quotes);
  g_test_add_func ("/exchange/csv/limits", test_limits);
  g_test_add_func ("/exchange/csv/nul", test_nul);
  g_test_add_func ("/exchange/csv/separator", test_separator);
  g_test_add_func ("/exchange/csv/sheet-texts", test_sheet_texts);
  return g_test_run ();
}
