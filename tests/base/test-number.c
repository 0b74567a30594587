/* test-number.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-number.h"

#include <locale.h>
#include <math.h>

static void
check_format (double value, KilterNumberFormat format, const char *expected)
{
  g_autofree char *text = kilter_number_format (value, &format);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  setlocale (LC_ALL, "C.UTF-8");
  check_format (1234567.891, (KilterNumberFormat) { .decimals = 1, .grouped = TRUE },
                "1,234,567.9");
  check_format (-0.04, (KilterNumberFormat) { .decimals = 1, .sign = TRUE }, "0.0");
  check_format (-5, (KilterNumberFormat) { .decimals = 0 },
                "\xe2\x88\x92"
                "5");
  check_format (0.021, (KilterNumberFormat) { .decimals = 1, .sign = TRUE, .percent = TRUE },
                "+2.1\xe2\x80\xaf%");
  check_format (NAN, (KilterNumberFormat) { .decimals = 1 }, "\xe2\x80\x93");
  check_format (INFINITY, (KilterNumberFormat) { .decimals = 1 }, "\xe2\x80\x93");
  check_format (141700, (KilterNumberFormat) { .decimals = 1, .scale = 1000 }, "141.7");
  check_format (999, (KilterNumberFormat) { .grouped = TRUE }, "999");
  check_format (1000, (KilterNumberFormat) { .grouped = TRUE }, "1,000");
}

static void
test_locales (void)
{
  double value;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  check_format (1234.5, (KilterNumberFormat) { .decimals = 1, .grouped = TRUE }, "1.234,5");
  g_assert_true (kilter_number_parse ("1.234,5", &value));
  g_assert_cmpfloat (value, ==, 1234.5);
  /* groups of two after the first three, as in India; only where that locale is installed */
  if (setlocale (LC_ALL, "en_IN.UTF-8") != NULL)
    check_format (12345678, (KilterNumberFormat) { .grouped = TRUE }, "1,23,45,678");
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_parse_edit (void)
{
  static const struct
  {
    const char *text;
    KilterEditKind kind;
    double value;
  } good[] = {
    { "140", KILTER_EDIT_SET, 140 },       { "+24", KILTER_EDIT_ADD, 24 },
    { "-24", KILTER_EDIT_ADD, -24 },       { "+5%", KILTER_EDIT_PERCENT, .05 },
    { "-10 %", KILTER_EDIT_PERCENT, -.1 }, { "*1.2", KILTER_EDIT_MULTIPLY, 1.2 },
    { "1.2k", KILTER_EDIT_SET, 1200 },     { "=120+24", KILTER_EDIT_SET, 144 },
    { "=-5", KILTER_EDIT_SET, -5 },        { "=2*3-4/2", KILTER_EDIT_SET, 4 },
    { "", KILTER_EDIT_CLEAR, 0 },          { " 1,234 ", KILTER_EDIT_SET, 1234 },
    { "0", KILTER_EDIT_SET, 0 },
  };
  static const char *const bad[] = { "abc",  "1.2.3", "=1+", "+",  "12x",
                                     "=1/0", "1e400", "--5", "nan" };
  KilterEditKind kind;
  double value;

  setlocale (LC_ALL, "C.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (kilter_number_parse_edit (good[i].text, &kind, &value));
      g_assert_cmpint (kind, ==, good[i].kind);
      g_assert_cmpfloat_with_epsilon (value, good[i].value, 1e-12);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (kilter_number_parse_edit (bad[i], &kind, &value));
}

static void
test_c (void)
{
  static const double values[] = { 0, 1, -1.5, 0.1, 1e-9, 1e12, 1.0 / 3, 12345.678 };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = kilter_number_to_c (values[i]);
      double back;

      g_assert_true (kilter_number_from_c (text, &back));
      g_assert_cmpfloat (back, ==, values[i]);
    }
  {
    double value;

    g_assert_false (kilter_number_from_c ("inf", &value));
    g_assert_false (kilter_number_from_c ("0x10", &value));
    g_assert_false (kilter_number_from_c ("1 ", &value));
    g_assert_true (kilter_number_from_c ("", &value));
    g_assert_true (isnan (value));
  }
}

/* What is offered for typing reads back as the same bits, in every locale there is. */
static void
test_to_edit (void)
{
  static const double values[] = { 0,   -0.0,   1271,        -24,   0.1,   117.6666666666666714,
                                   1e9, 1.5e-7, 1234567.891, 1e300, 5e-10, -1.0 / 3 };
  static const char *const locales[] = { "C.UTF-8", "de_DE.UTF-8", "vi_VN.UTF-8", "fr_FR.UTF-8" };

  for (gsize l = 0; l < G_N_ELEMENTS (locales); l++)
    {
      if (setlocale (LC_ALL, locales[l]) == NULL)
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        {
          g_autofree char *text = kilter_number_to_edit (values[i]);
          double back;

          g_assert_true (kilter_number_parse (text, &back));
          g_assert_cmpfloat (back, ==, values[i]);
        }
    }
  setlocale (LC_ALL, "C.UTF-8");
  {
    g_autofree char *zero = kilter_number_to_edit (-0.0);
    g_autofree char *missing = kilter_number_to_edit (NAN);
    g_autofree char *negative = kilter_number_to_edit (-1234.5);

    g_assert_cmpstr (zero, ==, "0");
    g_assert_cmpstr (missing, ==, "");
    g_assert_cmpstr (negative, ==, "-1234.5");
  }
}

static void
test_largest_remainder (void)
{
  double values[] = { 33.3333, 33.3333, 33.3334 };
  double single[] = { 4.4 };
  double sum = 0;

  kilter_round_largest_remainder (values, 3, 100, 1);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (values[i], ==, floor (values[i]));
      sum += values[i];
    }
  g_assert_cmpfloat (sum, ==, 100);
  g_assert_cmpfloat (values[2], ==, 34);
  kilter_round_largest_remainder (single, 1, 4.4, 1);
  g_assert_cmpfloat (single[0], ==, 4.4);
}

static void
test_sum (void)
{
  const double values[] = { NAN, 1, NAN, 2.5, -4 };

  g_assert_cmpfloat (kilter_number_sum (values, 0, 5), ==, -0.5);
  g_assert_cmpfloat (kilter_number_sum (values, 1, 3), ==, 3.5);
  g_assert_true (isnan (kilter_number_sum (values, 2, 1)));
  g_assert_true (isnan (kilter_number_sum (values, 0, 0)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/locales", test_locales);
  g_test_add_func ("/number/parse-edit", test_parse_edit);
  g_test_add_func ("/number/c", test_c);
  g_test_add_func ("/number/to-edit", test_to_edit);
  g_test_add_func ("/number/largest-remainder", test_largest_remainder);
  g_test_add_func ("/number/sum", test_sum);
  return g_test_run ();
}
