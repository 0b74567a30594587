/* kilter-value-number.c: numbers and words as other programs write them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-value.h"

#include <math.h>
#include <string.h>

/* longer texts are not numbers */
#define MAX_NUMBER 64

/* A number taken apart: digits, '.', ',', and 'g' for spaces and apostrophes between digits. */
typedef struct
{
  char digits[MAX_NUMBER];
  guint n;
  gboolean negative;
  gboolean accounting;
  gboolean percent;
  gboolean unit;
  char exponent[8];
} Parts;

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0x2007 || c == 0x2009 ||
         c == 0x3000 || c == 0xFEFF || c == 0x200B || g_unichar_isspace (c);
}

static const char *
skip_blanks (const char *at)
{
  while (*at != '\0' && is_blank (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

/* A currency sign or code at @at; returns what is behind it, or @at. */
static const char *
skip_currency (const char *at)
{
  static const char *const codes[] = { "USD", "EUR", "VND", "CNY", "RMB", "GBP",
                                       "JPY", "US$", "đ",   "Đ",   "元" };
  gunichar c = g_utf8_get_char (at);

  if (*at == '\0')
    return at;
  if (g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL)
    return g_utf8_next_char (at);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (at, codes[i]))
      {
        const char *behind = at + strlen (codes[i]);

        if (*behind == '\0' || !g_unichar_isalpha (g_utf8_get_char (behind)))
          return behind;
      }
  return at;
}

static const char *
skip_minus (const char *at)
{
  if (*at == '-')
    return at + 1;
  if (g_str_has_prefix (at, "\342\210\222") || g_str_has_prefix (at, "\357\274\215"))
    return at + 3; /* U+2212, U+FF0D */
  return at;
}

/* Reads digits and what stands between them. Returns what is behind, or NULL if it is too long. */
static const char *
scan_digits (const char *at, Parts *parts)
{
  while (*at != '\0')
    {
      gunichar c = g_utf8_get_char (at);
      int digit = g_unichar_digit_value (c);
      char put;

      if (digit >= 0)
        put = (char) ('0' + digit);
      else if (c == '.' || c == 0xFF0E)
        put = '.';
      else if (c == ',' || c == 0xFF0C)
        put = ',';
      else if (c == 0x66B)
        put = 'd'; /* Arabic decimal sign */
      else if (c == 0x66C || c == '\'' || c == 0x2019 ||
               (is_blank (c) &&
                g_unichar_digit_value (g_utf8_get_char (g_utf8_next_char (at))) >= 0))
        put = 'g';
      else
        break;
      if (parts->n + 1 >= MAX_NUMBER)
        return NULL;
      parts->digits[parts->n++] = put;
      at = g_utf8_next_char (at);
    }
  parts->digits[parts->n] = '\0';
  return at;
}

static const char *
scan_exponent (const char *at, Parts *parts)
{
  guint n = 0;
  const char *from = at;

  if (*at != 'e' && *at != 'E')
    return at;
  parts->exponent[n++] = 'e';
  at++;
  if (*at == '+' || *at == '-')
    parts->exponent[n++] = *at++;
  if (!g_ascii_isdigit (*at))
    {
      parts->exponent[0] = '\0';
      return from;
    }
  while (g_ascii_isdigit (*at) && n < sizeof parts->exponent - 1)
    parts->exponent[n++] = *at++;
  parts->exponent[n] = '\0';
  return at;
}

/* Takes @text apart; FALSE when it does not look like a number at all. */
static gboolean
take_apart (const char *text, Parts *parts)
{
  const char *at = skip_blanks (text), *behind;
  gboolean open;

  memset (parts, 0, sizeof *parts);
  open = *at == '(';
  if (open)
    at = skip_blanks (at + 1);
  at = skip_blanks (skip_currency (at));
  behind = skip_minus (at);
  if (behind != at)
    parts->negative = TRUE;
  else if (*at == '+')
    behind = at + 1;
  at = skip_blanks (skip_currency (skip_blanks (behind)));
  at = scan_digits (at, parts);
  if (at == NULL || parts->n == 0 || strpbrk (parts->digits, "0123456789") == NULL)
    return FALSE;
  at = skip_blanks (scan_exponent (at, parts));
  behind = skip_minus (at);
  if (behind != at)
    {
      if (parts->negative)
        return FALSE;
      parts->negative = parts->accounting = TRUE;
      at = skip_blanks (behind);
    }
  at = skip_blanks (skip_currency (at));
  if (open)
    {
      if (*at != ')' || parts->negative)
        return FALSE;
      parts->negative = parts->accounting = TRUE;
      at = skip_blanks (at + 1);
    }
  if (*at == '%' || g_str_has_prefix (at, "\342\200\260") || g_str_has_prefix (at, "\357\274\205"))
    {
      parts->percent = TRUE;
      return TRUE;
    }
  if (*at != '\0')
    {
      /* "12 pcs" is a number with a unit, "12-A" and "3/4" are not numbers */
      for (const char *c = at; *c != '\0'; c = g_utf8_next_char (c))
        if ((!g_unichar_isalpha (g_utf8_get_char (c)) && *c != '.' && *c != ' ') ||
            parts->accounting)
          return FALSE;
      parts->unit = TRUE;
    }
  return TRUE;
}

/**
 * kilter_value_is_number_like:
 *
 * Returns: whether a person would take the text for a number, whatever its decimal sign
 */
gboolean
kilter_value_is_number_like (const char *text)
{
  Parts parts;

  return take_apart (text, &parts) && !parts.unit;
}

static guint
count_char (const char *text, char c)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == c;
  return n;
}

/**
 * kilter_number_evidence_add:
 *
 * Takes a number as evidence: both signs in one number, a sign that repeats, or other than three
 * digits behind a sign tell; "1.234" alone tells nothing.
 */
void
kilter_number_evidence_add (KilterNumberEvidence *self, const char *text)
{
  const char *point, *comma, *sign;
  guint n_points, n_commas;
  gboolean is_point;
  gsize before, after;
  Parts parts;

  if (!take_apart (text, &parts) || parts.unit)
    return;
  self->accounting += parts.accounting;
  point = strrchr (parts.digits, '.');
  comma = strrchr (parts.digits, ',');
  if (strspn (parts.digits, "0123456789") >= 4)
    self->ungrouped++;
  if (point == NULL && comma == NULL)
    return;
  n_points = count_char (parts.digits, '.');
  n_commas = count_char (parts.digits, ',');
  if (point != NULL && comma != NULL)
    {
      if (point > comma && n_points == 1)
        self->point_decimal++, self->comma_grouping++;
      else if (comma > point && n_commas == 1)
        self->comma_decimal++, self->point_grouping++;
      return;
    }
  if (n_points > 1)
    {
      self->point_grouping++;
      return;
    }
  if (n_commas > 1)
    {
      self->comma_grouping++;
      return;
    }
  is_point = point != NULL;
  sign = is_point ? point : comma;
  before = (gsize) (sign - parts.digits);
  after = strlen (sign + 1);
  if (after != 3 || before == 0 || before > 3 || parts.digits[0] == '0' ||
      parts.exponent[0] != '\0' || strchr (parts.digits, 'g') != NULL)
    {
      if (is_point)
        self->point_decimal++;
      else
        self->comma_decimal++;
      return;
    }
  if (is_point)
    self->point_ambiguous++;
  else
    self->comma_ambiguous++;
  if (self->example[0] == '\0')
    g_strlcpy (self->example, text, sizeof self->example);
}

/* Digits in groups: the first of one to three, the last of three, others of two (as in India) or
 * three, all with the same sign between them. */
static gboolean
check_groups (const char *digits, const char *end)
{
  gsize length = 0;
  guint groups = 0;
  char sign = '\0';

  for (const char *at = digits; at <= end; at++)
    {
      if (at < end && g_ascii_isdigit (*at))
        {
          length++;
          continue;
        }
      if (at < end && sign != '\0' && *at != sign)
        return FALSE;
      if (groups == 0 ? (length == 0 || length > 3)
                      : (at == end ? length != 3 : length != 2 && length != 3))
        return FALSE;
      if (at < end)
        sign = *at;
      groups++;
      length = 0;
    }
  return TRUE;
}

static KilterValueStatus
finish_number (const Parts *parts, char decimal, double *out_value)
{
  char plain[MAX_NUMBER + 16];
  const char *sign = NULL, *end;
  gsize n = 0;
  double value;

  for (const char *at = parts->digits; *at != '\0'; at++)
    if (*at == decimal || *at == 'd')
      {
        if (sign != NULL)
          return KILTER_VALUE_BAD;
        sign = at;
      }
  end = sign != NULL ? sign : parts->digits + parts->n;
  if (sign != NULL && strspn (sign + 1, "0123456789") != strlen (sign + 1))
    return KILTER_VALUE_BAD;
  if (memchr (parts->digits, 'g', (gsize) (end - parts->digits)) != NULL ||
      memchr (parts->digits, ',', (gsize) (end - parts->digits)) != NULL ||
      memchr (parts->digits, '.', (gsize) (end - parts->digits)) != NULL)
    if (!check_groups (parts->digits, end))
      return KILTER_VALUE_BAD;

  for (const char *at = parts->digits; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      plain[n++] = *at;
    else if (at == sign)
      plain[n++] = '.';
  g_strlcpy (plain + n, parts->exponent, sizeof plain - n);
  value = g_ascii_strtod (plain, NULL);
  if (!isfinite (value) || value > KILTER_VALUE_LIMIT)
    return KILTER_VALUE_LIMIT_PASSED;
  *out_value = parts->negative && value != 0 ? -value : value;
  return KILTER_VALUE_OK;
}

/* The common case: -123.45 in ASCII. */
static gboolean
read_plain (const char *text, char decimal, double *out_value)
{
  static const double powers[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  gboolean negative = *text == '-';
  guint64 digits = 0;
  guint n = 0, fraction = 0;
  gboolean point = FALSE;

  if (negative)
    text++;
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        {
          digits = digits * 10 + (guint64) (*text - '0');
          fraction += point;
          if (++n > 15)
            return FALSE;
        }
      else if (*text == decimal && !point && n > 0)
        point = TRUE;
      else
        return FALSE;
    }
  if (n == 0)
    return FALSE;
  /* both are exact below 2^53, so that the quotient is the nearest double */
  *out_value = (double) digits / powers[fraction];
  if (negative && *out_value != 0)
    *out_value = -*out_value;
  return TRUE;
}

/**
 * kilter_value_read_number:
 * @decimal: '.' or ','; the other may group thousands, as may spaces and apostrophes
 * @out_value: (out): finite, at most 1e15 in size
 * @out_accounting: (out) (optional): whether it is negative in the way of accounts: (123) or 123-
 *
 * A percent sign or a unit behind the number is told, since the number then means something else.
 */
KilterValueStatus
kilter_value_read_number (const char *text,
                          char decimal,
                          double *out_value,
                          gboolean *out_accounting)
{
  const char *at;
  KilterValueStatus status;
  Parts parts;

  if (out_accounting != NULL)
    *out_accounting = FALSE;
  if (read_plain (text, decimal, out_value))
    return KILTER_VALUE_OK;

  at = skip_blanks (text);
  if (*at == '\0' || g_str_equal (at, "-") || g_str_equal (at, "–") || g_str_equal (at, "—"))
    return KILTER_VALUE_EMPTY;
  if (*at == '#')
    return KILTER_VALUE_ERROR;
  if (!take_apart (text, &parts))
    {
      const char *word = skip_minus (at);

      if (*word == '+')
        word++;
      if (g_ascii_strncasecmp (word, "nan", 3) == 0 || g_ascii_strncasecmp (word, "inf", 3) == 0 ||
          g_ascii_strcasecmp (word, "n/a") == 0 || g_ascii_strcasecmp (word, "null") == 0)
        return KILTER_VALUE_ERROR;
      return KILTER_VALUE_BAD;
    }
  status = finish_number (&parts, decimal, out_value);
  if (status != KILTER_VALUE_OK)
    return status;
  if (out_accounting != NULL)
    *out_accounting = parts.accounting;
  if (parts.percent)
    return KILTER_VALUE_PERCENT;
  return parts.unit ? KILTER_VALUE_UNIT : KILTER_VALUE_OK;
}

/**
 * kilter_text_trim:
 *
 * Returns: (transfer full): without blanks of any kind at both ends
 */
char *
kilter_text_trim (const char *text)
{
  const char *start = skip_blanks (text);
  const char *end = start + strlen (start);

  while (end > start)
    {
      const char *before = g_utf8_find_prev_char (start, end);

      if (before == NULL || !is_blank (g_utf8_get_char (before)))
        break;
      end = before;
    }
  return g_strndup (start, (gsize) (end - start));
}

/**
 * kilter_text_fold:
 *
 * Returns: (transfer full): for comparing headings: folded case, full-width forms made narrow,
 *   what stands in brackets left out, words parted by single blanks
 */
char *
kilter_text_fold (const char *text)
{
  g_autofree char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = NULL;
  GString *out = g_string_new (NULL);
  int depth = 0;

  if (compatible == NULL)
    return g_string_free (out, FALSE);
  folded = g_utf8_casefold (compatible, -1);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '(' || c == '[')
        depth++;
      else if (c == ')' || c == ']')
        depth = MAX (depth - 1, 0);
      else if (depth == 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c)))
        g_string_append_unichar (out, c);
      else if (depth == 0 && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/**
 * kilter_text_skeleton:
 *
 * Returns: (transfer full): the same for texts that look alike: Cyrillic and Greek letters as the
 *   Latin ones they resemble, digits 0 and 1 as letters, case folded, no blanks and hyphens
 */
char *
kilter_text_skeleton (const char *text)
{
  static const char lookalikes[] = "аaвbсcеeнhкkмmоoрpтtхxуyіiѕsјjαaβbεeηhιiκkμmνnοoρpτtυyχx0o1ili";
  g_autofree char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = compatible != NULL ? g_utf8_casefold (compatible, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c))
        continue;
      for (const char *pair = lookalikes; *pair != '\0';
           pair = g_utf8_next_char (g_utf8_next_char (pair)))
        if (g_utf8_get_char (pair) == c)
          {
            c = g_utf8_get_char (g_utf8_next_char (pair));
            break;
          }
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * kilter_text_distance:
 * @limit: above which the answer does not matter; at most 8
 *
 * Returns: how many letters must be put in, taken out, changed or swapped with a neighbour to make
 *   @b of @a (Damerau-Levenshtein, optimal string alignment), or @limit + 1
 */
guint
kilter_text_distance (const char *a, const char *b, guint limit)
{
  glong n_a, n_b;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &n_a);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &n_b);
  guint rows[3][65];

  if (ABS (n_a - n_b) > (glong) limit || n_a > 64 || n_b > 64)
    return limit + 1;
  for (glong j = 0; j <= n_b; j++)
    rows[0][j] = (guint) j;
  for (glong i = 1; i <= n_a; i++)
    {
      guint *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];

      now[0] = (guint) i;
      for (glong j = 1; j <= n_b; j++)
        {
          guint best = MIN (before[j], now[j - 1]) + 1;

          best = MIN (best, before[j - 1] + (x[i - 1] != y[j - 1]));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            best = MIN (best, earlier[j - 2] + 1);
          now[j] = best;
        }
    }
  return MIN (rows[n_a % 3][n_b], limit + 1);
}
