/* test-value.c: numbers and dates as people and programs write them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-value.h"

#include <math.h>

typedef struct
{
  const char *text;
  char decimal;
  KilterValueStatus status;
  double value;
} Number;

static void
test_numbers (void)
{
  static const Number numbers[] = {
    { "0", '.', KILTER_VALUE_OK, 0 },
    { "-0", '.', KILTER_VALUE_OK, 0 },
    { "12", '.', KILTER_VALUE_OK, 12 },
    { "12", ',', KILTER_VALUE_OK, 12 },
    { "-12.5", '.', KILTER_VALUE_OK, -12.5 },
    { "12,5", ',', KILTER_VALUE_OK, 12.5 },
    { "+12", '.', KILTER_VALUE_OK, 12 },
    { "\342\210\22212", '.', KILTER_VALUE_OK, -12 }, /* U+2212 */
    { ".5", '.', KILTER_VALUE_OK, 0.5 },
    { "1,234", '.', KILTER_VALUE_OK, 1234 },
    { "1,234", ',', KILTER_VALUE_OK, 1.234 },
    { "1.234.567,89", ',', KILTER_VALUE_OK, 1234567.89 },
    { "1,234,567.89", '.', KILTER_VALUE_OK, 1234567.89 },
    { "12,34,567.8", '.', KILTER_VALUE_OK, 1234567.8 }, /* India */
    { "1'234.5", '.', KILTER_VALUE_OK, 1234.5 },        /* Switzerland */
    { "1’234.5", '.', KILTER_VALUE_OK, 1234.5 },
    { "1 234,5", ',', KILTER_VALUE_OK, 1234.5 },
    { "1\302\240234,5", ',', KILTER_VALUE_OK, 1234.5 },
    { "1\342\200\257234,5", ',', KILTER_VALUE_OK, 1234.5 },
    { "١٢٣", '.', KILTER_VALUE_OK, 123 },
    { "１２３．５", '.', KILTER_VALUE_OK, 123.5 },
    { "1e3", '.', KILTER_VALUE_OK, 1000 },
    { "1.5E+2", '.', KILTER_VALUE_OK, 150 },
    { "(123)", '.', KILTER_VALUE_OK, -123 },
    { "123-", '.', KILTER_VALUE_OK, -123 },
    { "€ 1,200.50", '.', KILTER_VALUE_OK, 1200.5 },
    { "1.200,50 €", ',', KILTER_VALUE_OK, 1200.5 },
    { "$-5", '.', KILTER_VALUE_OK, -5 },
    { "USD 5", '.', KILTER_VALUE_OK, 5 },
    { "5.000 đ", ',', KILTER_VALUE_OK, 5000 },
    { "15%", '.', KILTER_VALUE_PERCENT, 15 },
    { "15 %", '.', KILTER_VALUE_PERCENT, 15 },
    { "12 pcs", '.', KILTER_VALUE_UNIT, 12 },
    { "12 箱", '.', KILTER_VALUE_UNIT, 12 },
    { "", '.', KILTER_VALUE_EMPTY, 0 },
    { "  ", '.', KILTER_VALUE_EMPTY, 0 },
    { "-", '.', KILTER_VALUE_EMPTY, 0 },
    { "NaN", '.', KILTER_VALUE_ERROR, 0 },
    { "-Infinity", '.', KILTER_VALUE_ERROR, 0 },
    { "#N/A", '.', KILTER_VALUE_ERROR, 0 },
    { "#DIV/0!", '.', KILTER_VALUE_ERROR, 0 },
    { "1e309", '.', KILTER_VALUE_LIMIT_PASSED, 0 },
    { "1e16", '.', KILTER_VALUE_LIMIT_PASSED, 0 },
    { "9999999999999999", '.', KILTER_VALUE_LIMIT_PASSED, 0 },
    { "1,23", '.', KILTER_VALUE_BAD, 0 },
    { "1,2345", '.', KILTER_VALUE_BAD, 0 },
    { "1.2.3", '.', KILTER_VALUE_BAD, 0 },
    { "1,234 567", '.', KILTER_VALUE_BAD, 0 },
    { "abc", '.', KILTER_VALUE_BAD, 0 },
    { "0x1A", '.', KILTER_VALUE_BAD, 0 },
    { "3/4", '.', KILTER_VALUE_BAD, 0 },
    { "12-A", '.', KILTER_VALUE_BAD, 0 },
    { "--5", '.', KILTER_VALUE_BAD, 0 },
    { "(5", '.', KILTER_VALUE_BAD, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double value = NAN;
      KilterValueStatus status = kilter_value_read_number (numbers[i].text, numbers[i].decimal,
                                                           &value, NULL);

      g_test_message ("%s", numbers[i].text);
      g_assert_cmpint (status, ==, numbers[i].status);
      if (status == KILTER_VALUE_OK || status == KILTER_VALUE_PERCENT ||
          status == KILTER_VALUE_UNIT)
        {
          g_assert_cmpfloat (value, ==, numbers[i].value);
          g_assert_false (signbit (value) && value == 0);
        }
    }
}

/* Whatever is written the usual way is read back exactly. */
static void
test_exact (void)
{
  for (int i = 0; i < 20000; i++)
    {
      double value = g_test_rand_double_range (-1e6, 1e6);
      g_autofree char *text = NULL;
      double again;

      if (i % 3 == 0)
        value = floor (value);
      else if (i % 3 == 1)
        value = floor (value * 100) / 100;
      text = kilter_number_to_c (value);
      g_assert_cmpint (kilter_value_read_number (text, '.', &again, NULL), ==, KILTER_VALUE_OK);
      g_assert_cmpfloat (again, ==, value);
      for (char *at = text; *at != '\0'; at++)
        if (*at == '.')
          *at = ',';
      g_assert_cmpint (kilter_value_read_number (text, ',', &again, NULL), ==, KILTER_VALUE_OK);
      g_assert_cmpfloat (again, ==, value);
    }
}

typedef struct
{
  const char *text;
  KilterDateFormat format;
  const char *expected; /* "!" no such day, NULL does not fit */
} Date;

static void
test_dates (void)
{
  static const Date dates[] = {
    { "2026-04-15", KILTER_DATE_YMD, "2026-04-15" },
    { "2026/4/5", KILTER_DATE_YMD, "2026-04-05" },
    { "20260415", KILTER_DATE_YMD, "2026-04-15" },
    { "2026-04-15 13:05:00", KILTER_DATE_YMD, "2026-04-15" },
    { "2026-04-15T00:00:00Z", KILTER_DATE_YMD, "2026-04-15" },
    { "2026年4月15日", KILTER_DATE_YMD, "2026-04-15" },
    { "2024-02-29", KILTER_DATE_YMD, "2024-02-29" },
    { "2023-02-29", KILTER_DATE_YMD, "!" },
    { "2026-13-01", KILTER_DATE_YMD, "!" },
    { "15/04/2026", KILTER_DATE_YMD, NULL },
    { "15/04/2026", KILTER_DATE_DMY, "2026-04-15" },
    { "15.4.26", KILTER_DATE_DMY, "2026-04-15" },
    { "ngày 15 tháng 4 năm 2026", KILTER_DATE_DMY, "2026-04-15" },
    { "15/04/2026", KILTER_DATE_MDY, "!" },
    { "04/15/2026", KILTER_DATE_MDY, "2026-04-15" },
    { "2026-04", KILTER_DATE_YM, "2026-04" },
    { "2026.4", KILTER_DATE_YM, "2026-04" },
    { "202604", KILTER_DATE_YM, "2026-04" },
    { "2026M04", KILTER_DATE_YM, "2026-04" },
    { "2026年04月", KILTER_DATE_YM, "2026-04" },
    { "2026-13", KILTER_DATE_YM, "!" },
    { "04/2026", KILTER_DATE_MY, "2026-04" },
    { "Tháng 4/2026", KILTER_DATE_MY, "2026-04" },
    { "T4/2026", KILTER_DATE_MY, "2026-04" },
    { "Apr 2026", KILTER_DATE_NAME, "2026-04" },
    { "April 2026", KILTER_DATE_NAME, "2026-04" },
    { "Apr-26", KILTER_DATE_NAME, "2026-04" },
    { "15-Apr-2026", KILTER_DATE_NAME, "2026-04-15" },
    { "April 15, 2026", KILTER_DATE_NAME, "2026-04-15" },
    { "2026 Apr", KILTER_DATE_NAME, "2026-04" },
    { "tháng tư 2026", KILTER_DATE_NAME, "2026-04" },
    { "2026年四月", KILTER_DATE_NAME, "2026-04" },
    { "2026-Q2", KILTER_DATE_QUARTER, "2026-Q2" },
    { "Q2 2026", KILTER_DATE_QUARTER, "2026-Q2" },
    { "Quý 2/2026", KILTER_DATE_QUARTER, "2026-Q2" },
    { "2026年第2季度", KILTER_DATE_QUARTER, "2026-Q2" },
    { "2026-Q5", KILTER_DATE_QUARTER, "!" },
    { "2026-W16", KILTER_DATE_WEEK, "2026-W16" },
    { "2026W16", KILTER_DATE_WEEK, "2026-W16" },
    { "W16 2026", KILTER_DATE_WEEK, "2026-W16" },
    { "Tuần 16/2026", KILTER_DATE_WEEK, "2026-W16" },
    { "2026年第16周", KILTER_DATE_WEEK, "2026-W16" },
    { "2020-W53", KILTER_DATE_WEEK, "2020-W53" },
    { "2021-W53", KILTER_DATE_WEEK, "!" },
    { "2024-W00", KILTER_DATE_WEEK, "!" },
    { "2026-P04", KILTER_DATE_PERIOD, "2026-P04" },
    { "45292", KILTER_DATE_SERIAL, "2024-01-01" },
    { "43830", KILTER_DATE_SERIAL_1904, "2024-01-01" },
    { "60000", KILTER_DATE_SERIAL, "2064-04-08" },
    { "soon", KILTER_DATE_YMD, NULL },
    { "", KILTER_DATE_YMD, NULL },
    { "-", KILTER_DATE_YMD, NULL },
    { "2026", KILTER_DATE_YM, NULL },
    { "IC-101", KILTER_DATE_YM, NULL },
    { "1.5", KILTER_DATE_MY, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      KilterPeriod period;
      KilterDateStatus status = kilter_value_read_date (dates[i].text, dates[i].format, &period);

      g_test_message ("%s as %s", dates[i].text, kilter_date_format_to_string (dates[i].format));
      if (dates[i].expected == NULL)
        g_assert_cmpint (status, ==, KILTER_DATE_NO_FIT);
      else if (dates[i].expected[0] == '!')
        g_assert_cmpint (status, ==, KILTER_DATE_NO_SUCH_DAY);
      else
        {
          g_autofree char *shown = NULL;

          g_assert_cmpint (status, ==, KILTER_DATE_OK);
          shown = kilter_period_to_string (&period);
          g_assert_cmpstr (shown, ==, dates[i].expected);
        }
    }
}

static void
test_parts (void)
{
  g_assert_cmpint (kilter_value_read_year ("2026"), ==, 2026);
  g_assert_cmpint (kilter_value_read_year ("FY2026"), ==, 2026);
  g_assert_cmpint (kilter_value_read_year ("2026年"), ==, 2026);
  g_assert_cmpint (kilter_value_read_year ("26"), ==, -1);
  g_assert_cmpint (kilter_value_read_month ("4"), ==, 4);
  g_assert_cmpint (kilter_value_read_month ("Apr"), ==, 4);
  g_assert_cmpint (kilter_value_read_month ("T4"), ==, 4);
  g_assert_cmpint (kilter_value_read_month ("4月"), ==, 4);
  g_assert_cmpint (kilter_value_read_month ("13"), ==, -1);
}

static void
test_texts (void)
{
  g_autofree char *trimmed = kilter_text_trim ("\302\240 a b \t\343\200\200");
  g_autofree char *folded = kilter_text_fold ("  Qty (cs) / Số_Lượng ");
  g_autofree char *latin = kilter_text_skeleton ("A100");
  g_autofree char *cyrillic = kilter_text_skeleton ("\320\220100");
  g_autofree char *letter = kilter_text_skeleton ("IC-1O1");
  g_autofree char *digit = kilter_text_skeleton ("IC-101");

  g_assert_cmpstr (trimmed, ==, "a b");
  g_assert_cmpstr (folded, ==, "qty số lượng");
  g_assert_cmpstr (latin, ==, cyrillic);
  g_assert_cmpstr (letter, ==, digit);
  g_assert_cmpuint (kilter_text_distance ("IC-101", "IC-101", 2), ==, 0);
  g_assert_cmpuint (kilter_text_distance ("IC-101", "IC-110", 2), ==, 1);
  g_assert_cmpuint (kilter_text_distance ("IC-101", "IC-1011", 2), ==, 1);
  g_assert_cmpuint (kilter_text_distance ("IC-101", "XX-999", 2), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/value/numbers", test_numbers);
  g_test_add_func ("/exchange/value/exact", test_exact);
  g_test_add_func ("/exchange/value/dates", test_dates);
  g_test_add_func ("/exchange/value/parts", test_parts);
  g_test_add_func ("/exchange/value/texts", test_texts);
  return g_test_run ();
}
