/* kilter-number.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-number.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"        /* U+2212 */
#define NARROW_SPACE "\xe2\x80\xaf" /* U+202F, no break */
#define NO_BREAK_SPACE "\xc2\xa0"   /* U+00A0 */

static const char *
get_radix (void)
{
  const char *radix = nl_langinfo (RADIXCHAR);

  return radix != NULL && radix[0] != '\0' ? radix : ".";
}

static const char *
get_separator (void)
{
  const char *separator = nl_langinfo (THOUSEP);

  /* the C locale groups nothing; we still do, as in English */
  return separator != NULL && separator[0] != '\0' ? separator : ",";
}

/* Appends @digits (decimal digits only) with separators, by the locale's grouping. */
static void
append_grouped (GString *out, const char *digits)
{
  const char *grouping = localeconv ()->grouping;
  const char *separator = get_separator ();
  gsize n = strlen (digits);
  g_autofree gboolean *cut = g_new0 (gboolean, n + 1);
  gsize at = n;
  int size = grouping != NULL && *grouping > 0 && *grouping != 127 ? *grouping : 3;

  while (at > (gsize) size)
    {
      at -= (gsize) size;
      cut[at] = TRUE;
      if (grouping != NULL && grouping[0] != '\0' && grouping[1] > 0 && grouping[1] != 127)
        size = *++grouping;
    }
  for (gsize i = 0; i < n; i++)
    {
      if (cut[i])
        g_string_append (out, separator);
      g_string_append_c (out, digits[i]);
    }
}

/**
 * kilter_round_half_away:
 *
 * Returns: @value rounded to a whole number, halves away from zero
 */
double
kilter_round_half_away (double value)
{
  return value < 0 ? -floor (-value + 0.5) : floor (value + 0.5);
}

/**
 * kilter_number_format:
 * @format: (nullable): how; %NULL for a grouped whole number
 *
 * Writes a number for people: locale separators, a real minus sign, never "−0". Missing (NaN)
 * is an en dash.
 *
 * Returns: (transfer full): UTF-8 text
 */
char *
kilter_number_format (double value, const KilterNumberFormat *format)
{
  static const KilterNumberFormat whole = { .grouped = TRUE };
  GString *out;
  char digits[400];
  char *point;

  if (!isfinite (value))
    return g_strdup ("\xe2\x80\x93");
  if (format == NULL)
    format = &whole;
  if (format->scale > 0)
    value /= format->scale;
  if (format->percent)
    value *= 100;
  if (!isfinite (value))
    return g_strdup ("\xe2\x80\x93");

  g_ascii_formatd (digits, sizeof digits,
                   (char[]) { '%', '.', (char) ('0' + CLAMP (format->decimals, 0, 9)), 'f', 0 },
                   fabs (value));
  out = g_string_new (NULL);
  if (strspn (digits, "0.") != strlen (digits))
    {
      if (value < 0)
        g_string_append (out, MINUS);
      else if (format->sign)
        g_string_append_c (out, '+');
    }
  point = strchr (digits, '.');
  if (point != NULL)
    *point++ = '\0';
  if (format->grouped)
    append_grouped (out, digits);
  else
    g_string_append (out, digits);
  if (point != NULL)
    g_string_append_printf (out, "%s%s", get_radix (), point);
  if (format->percent)
    g_string_append (out, NARROW_SPACE "%");

  return g_string_free (out, FALSE);
}

char *
kilter_number_format_plain (double value, int decimals)
{
  return kilter_number_format (value,
                               &(KilterNumberFormat) { .decimals = decimals, .grouped = TRUE });
}

/**
 * kilter_number_to_edit:
 * @value: a finite number; anything else gives the empty text
 *
 * Writes a number as one types it in this locale: a plain minus sign, nothing between thousands.
 *
 * Returns: (transfer full): the shortest text that kilter_number_parse() reads back as @value
 */
char *
kilter_number_to_edit (double value)
{
  char digits[400];
  char *point;

  if (!isfinite (value))
    return g_strdup ("");
  for (int decimals = 0; decimals <= 40; decimals++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (digits, sizeof digits, format, value);
      if (g_ascii_strtod (digits, NULL) == value)
        break;
    }
  if (strspn (digits, "-0.") == strlen (digits)) /* never "-0" */
    return g_strdup ("0");
  point = strchr (digits, '.');
  if (point == NULL)
    return g_strdup (digits);
  *point++ = '\0';
  return g_strconcat (digits, get_radix (), point, NULL);
}

/* Reads an unsigned decimal number at *@at, with the locale's signs; moves *@at behind it. */
static gboolean
scan_number (const char **at, double *out_value)
{
  static const char *const spaces[] = { NARROW_SPACE, NO_BREAK_SPACE, "\xe2\x80\x89", "'" };
  const char *radix = get_radix ();
  const char *separator = get_separator ();
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean has_point = FALSE, has_digit = FALSE;
  const char *p = *at;

  for (;;)
    {
      if (g_ascii_isdigit (*p))
        {
          g_string_append_c (digits, *p++);
          has_digit = TRUE;
          continue;
        }
      if (!has_point && g_str_has_prefix (p, radix))
        {
          g_string_append_c (digits, '.');
          has_point = TRUE;
          p += strlen (radix);
          continue;
        }
      if (has_digit && !has_point && g_str_has_prefix (p, separator) &&
          g_ascii_isdigit (p[strlen (separator)]))
        {
          p += strlen (separator);
          continue;
        }
      if (has_digit && !has_point)
        {
          gsize i;

          for (i = 0; i < G_N_ELEMENTS (spaces); i++)
            if (g_str_has_prefix (p, spaces[i]) && g_ascii_isdigit (p[strlen (spaces[i])]))
              break;
          if (i < G_N_ELEMENTS (spaces))
            {
              p += strlen (spaces[i]);
              continue;
            }
        }
      break;
    }
  if (!has_digit)
    return FALSE;
  *out_value = g_ascii_strtod (digits->str, NULL);
  *at = p;
  return isfinite (*out_value);
}

static void
skip_spaces (const char **at)
{
  while (**at == ' ' || g_str_has_prefix (*at, NO_BREAK_SPACE) ||
         g_str_has_prefix (*at, NARROW_SPACE))
    *at += **at == ' ' ? 1 : (**at == '\xc2' ? 2 : 3);
}

/* -1, +1, or 0 when there is no sign */
static int
scan_sign (const char **at)
{
  if (**at == '-' || g_str_has_prefix (*at, MINUS))
    {
      *at += **at == '-' ? 1 : 3;
      return -1;
    }
  if (**at == '+')
    {
      (*at)++;
      return 1;
    }
  return 0;
}

/* A number with the suffixes k and M. */
static gboolean
scan_term (const char **at, double *out_value)
{
  skip_spaces (at);
  if (!scan_number (at, out_value))
    return FALSE;
  if (**at == 'k' || **at == 'K')
    {
      *out_value *= 1e3;
      (*at)++;
    }
  else if (**at == 'M')
    {
      *out_value *= 1e6;
      (*at)++;
    }
  skip_spaces (at);
  return TRUE;
}

/**
 * kilter_number_parse:
 * @text: a number as people write it in the current locale
 * @out_value: (out): finite
 *
 * Returns: whether the whole text is a number
 */
gboolean
kilter_number_parse (const char *text, double *out_value)
{
  const char *at = text;
  int sign;

  g_return_val_if_fail (text != NULL, FALSE);

  skip_spaces (&at);
  sign = scan_sign (&at);
  if (!scan_term (&at, out_value) || *at != '\0')
    return FALSE;
  if (sign < 0)
    *out_value = -*out_value;
  return TRUE;
}

/* a sum of products: 120+24, 3*48-6 */
static gboolean
scan_formula (const char **at, double *out_value)
{
  double total = 0;
  gboolean first = TRUE;

  for (;;)
    {
      double product, term;
      int sign;

      skip_spaces (at);
      sign = scan_sign (at);
      if (!first && sign == 0)
        return FALSE;
      if (!scan_term (at, &product))
        return FALSE;
      while (**at == '*' || **at == '/')
        {
          char operator= * (*at)++;

          if (!scan_term (at, &term))
            return FALSE;
          product = operator== '*' ? product * term : product / term;
        }
      total += sign < 0 ? -product : product;
      first = FALSE;
      if (**at == '\0')
        break;
    }
  *out_value = total;
  return isfinite (total);
}

/**
 * kilter_number_parse_edit:
 * @text: what was typed into a planning cell: `140`, `+24`, `-10%`, `*1.2`, `1.2k`, `=120+24`
 * @out_kind: (out): what to do with the cell
 * @out_value: (out): by how much
 *
 * A leading minus sets a negative number only behind `=`; alone it subtracts, as a leading plus
 * adds.
 *
 * Returns: whether the text could be understood
 */
gboolean
kilter_number_parse_edit (const char *text, KilterEditKind *out_kind, double *out_value)
{
  const char *at = text;
  int sign;

  g_return_val_if_fail (text != NULL, FALSE);

  *out_value = 0;
  skip_spaces (&at);
  if (*at == '\0')
    {
      *out_kind = KILTER_EDIT_CLEAR;
      return TRUE;
    }
  if (*at == '=')
    {
      at++;
      *out_kind = KILTER_EDIT_SET;
      return scan_formula (&at, out_value);
    }
  if (*at == '*' || g_str_has_prefix (at, "\xc3\x97"))
    {
      at += *at == '*' ? 1 : 2;
      *out_kind = KILTER_EDIT_MULTIPLY;
      return scan_term (&at, out_value) && *at == '\0';
    }
  sign = scan_sign (&at);
  if (!scan_term (&at, out_value))
    return FALSE;
  if (*at == '%')
    {
      at++;
      skip_spaces (&at);
      if (*at != '\0')
        return FALSE;
      *out_value = (sign < 0 ? -*out_value : *out_value) / 100;
      if (sign == 0)
        {
          /* "105 %" alone reads as a ratio to keep */
          *out_kind = KILTER_EDIT_MULTIPLY;
          return TRUE;
        }
      *out_kind = KILTER_EDIT_PERCENT;
      return TRUE;
    }
  if (*at != '\0')
    return FALSE;
  *out_kind = sign == 0 ? KILTER_EDIT_SET : KILTER_EDIT_ADD;
  if (sign < 0)
    *out_value = -*out_value;
  return TRUE;
}

/**
 * kilter_number_to_c:
 *
 * Returns: (transfer full): the shortest text that reads back as the same number; "" when missing
 */
char *
kilter_number_to_c (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup ("");
  for (int precision = 15; precision <= 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  return g_strdup (buffer);
}

/**
 * kilter_number_from_c:
 * @out_value: (out): NaN when @text is empty
 *
 * Returns: whether the whole text is a finite number, or empty
 */
gboolean
kilter_number_from_c (const char *text, double *out_value)
{
  char *end;

  *out_value = NAN;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_ascii_isdigit (*text) && *text != '-' && *text != '.' && *text != '+')
    return FALSE;
  *out_value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*out_value) && strspn (text, "0123456789+-.eE") == strlen (text);
}

typedef struct
{
  gsize index;
  double remainder;
} Remainder;

static int
compare_remainders (gconstpointer a, gconstpointer b)
{
  const Remainder *x = a, *y = b;

  if (x->remainder != y->remainder)
    return x->remainder > y->remainder ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/**
 * kilter_round_largest_remainder:
 * @values: (array length=n) (inout): exact shares in, multiples of @step out
 * @total: what they must sum to; need not be a multiple of @step
 * @step: the grain, for instance 1 or 0.1; above 0
 *
 * Rounds shares so that they sum to @total exactly (method of the largest remainder). What is
 * left of @total below one step goes to the largest share. O(n log n).
 */
void
kilter_round_largest_remainder (double *values, gsize n, double total, double step)
{
  g_autofree Remainder *remainders = NULL;
  double floor_sum = 0, rest;
  gsize units, largest = 0;

  g_return_if_fail (step > 0);
  if (n == 0)
    return;

  remainders = g_new (Remainder, n);
  for (gsize i = 0; i < n; i++)
    {
      double steps = floor (values[i] / step + 1e-9);

      remainders[i].index = i;
      remainders[i].remainder = values[i] / step - steps;
      values[i] = steps;
      floor_sum += steps;
      if (values[i] > values[largest])
        largest = i;
    }
  rest = total / step - floor_sum;
  units = rest > 0 ? (gsize) floor (rest + 1e-9) : 0;
  qsort (remainders, n, sizeof *remainders, compare_remainders);
  for (gsize k = 0; k < MIN (units, n); k++)
    values[remainders[k].index] += 1;
  for (gsize i = 0; i < n; i++)
    values[i] *= step;
  /* decimal steps are no binary numbers: what the sum is off by goes to the largest share, too */
  for (int pass = 0; pass < 4; pass++)
    {
      double sum = 0;

      for (gsize i = 0; i < n; i++)
        sum += values[i];
      if (sum == total)
        break;
      values[largest] += total - sum;
    }
}

/**
 * kilter_number_sum:
 * @values: a row by bucket
 * @first: the first bucket's index
 * @n: how many buckets
 *
 * Returns: the sum of what is known, or NaN where nothing is
 */
double
kilter_number_sum (const double *values, int first, int n)
{
  double total = NAN;

  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      total = isnan (total) ? values[t] : total + values[t];
  return total;
}
