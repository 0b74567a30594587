/* kilter-value-date.c: dates as other programs write them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-value.h"

#include <string.h>

#define MAX_TOKENS 8

typedef enum
{
  TOKEN_NUMBER,
  TOKEN_MONTH,   /* a month's name; value 1 … 12 */
  TOKEN_QUARTER, /* Q, quý, 季度 */
  TOKEN_WEEK,
  TOKEN_PERIOD,
  TOKEN_YEAR_MARK,  /* 年, năm */
  TOKEN_MONTH_MARK, /* 月, tháng, M */
  TOKEN_DAY_MARK,   /* 日, ngày */
} TokenKind;

typedef struct
{
  TokenKind kind;
  int value;
  int n_digits;
} Token;

typedef struct
{
  Token tokens[MAX_TOKENS];
  int n;
} Tokens;

static const struct
{
  const char *word;
  TokenKind kind;
  int value;
} words[] = {
  { "january", TOKEN_MONTH, 1 },
  { "february", TOKEN_MONTH, 2 },
  { "march", TOKEN_MONTH, 3 },
  { "april", TOKEN_MONTH, 4 },
  { "may", TOKEN_MONTH, 5 },
  { "june", TOKEN_MONTH, 6 },
  { "july", TOKEN_MONTH, 7 },
  { "august", TOKEN_MONTH, 8 },
  { "september", TOKEN_MONTH, 9 },
  { "october", TOKEN_MONTH, 10 },
  { "november", TOKEN_MONTH, 11 },
  { "december", TOKEN_MONTH, 12 },
  { "jan", TOKEN_MONTH, 1 },
  { "feb", TOKEN_MONTH, 2 },
  { "mar", TOKEN_MONTH, 3 },
  { "apr", TOKEN_MONTH, 4 },
  { "jun", TOKEN_MONTH, 6 },
  { "jul", TOKEN_MONTH, 7 },
  { "aug", TOKEN_MONTH, 8 },
  { "sep", TOKEN_MONTH, 9 },
  { "sept", TOKEN_MONTH, 9 },
  { "oct", TOKEN_MONTH, 10 },
  { "nov", TOKEN_MONTH, 11 },
  { "dec", TOKEN_MONTH, 12 },
  { "tháng một", TOKEN_MONTH, 1 },
  { "tháng giêng", TOKEN_MONTH, 1 },
  { "tháng hai", TOKEN_MONTH, 2 },
  { "tháng ba", TOKEN_MONTH, 3 },
  { "tháng tư", TOKEN_MONTH, 4 },
  { "tháng năm", TOKEN_MONTH, 5 },
  { "tháng sáu", TOKEN_MONTH, 6 },
  { "tháng bảy", TOKEN_MONTH, 7 },
  { "tháng tám", TOKEN_MONTH, 8 },
  { "tháng chín", TOKEN_MONTH, 9 },
  { "tháng mười một", TOKEN_MONTH, 11 },
  { "tháng mười hai", TOKEN_MONTH, 12 },
  { "tháng mười", TOKEN_MONTH, 10 },
  { "一月", TOKEN_MONTH, 1 },
  { "二月", TOKEN_MONTH, 2 },
  { "三月", TOKEN_MONTH, 3 },
  { "四月", TOKEN_MONTH, 4 },
  { "五月", TOKEN_MONTH, 5 },
  { "六月", TOKEN_MONTH, 6 },
  { "七月", TOKEN_MONTH, 7 },
  { "八月", TOKEN_MONTH, 8 },
  { "九月", TOKEN_MONTH, 9 },
  { "十月", TOKEN_MONTH, 10 },
  { "十一月", TOKEN_MONTH, 11 },
  { "十二月", TOKEN_MONTH, 12 },
  { "quarter", TOKEN_QUARTER, 0 },
  { "qtr", TOKEN_QUARTER, 0 },
  { "q", TOKEN_QUARTER, 0 },
  { "quý", TOKEN_QUARTER, 0 },
  { "季度", TOKEN_QUARTER, 0 },
  { "季", TOKEN_QUARTER, 0 },
  { "week", TOKEN_WEEK, 0 },
  { "wk", TOKEN_WEEK, 0 },
  { "w", TOKEN_WEEK, 0 },
  { "kw", TOKEN_WEEK, 0 },
  { "cw", TOKEN_WEEK, 0 },
  { "tuần", TOKEN_WEEK, 0 },
  { "周", TOKEN_WEEK, 0 },
  { "週", TOKEN_WEEK, 0 },
  { "period", TOKEN_PERIOD, 0 },
  { "p", TOKEN_PERIOD, 0 },
  { "kỳ", TOKEN_PERIOD, 0 },
  { "年", TOKEN_YEAR_MARK, 0 },
  { "năm", TOKEN_YEAR_MARK, 0 },
  { "月份", TOKEN_MONTH_MARK, 0 },
  { "月", TOKEN_MONTH_MARK, 0 },
  { "tháng", TOKEN_MONTH_MARK, 0 },
  { "thg", TOKEN_MONTH_MARK, 0 },
  { "th", TOKEN_MONTH_MARK, 0 },
  { "t", TOKEN_MONTH_MARK, 0 },
  { "m", TOKEN_MONTH_MARK, 0 },
  { "日", TOKEN_DAY_MARK, 0 },
  { "号", TOKEN_DAY_MARK, 0 },
  { "ngày", TOKEN_DAY_MARK, 0 },
};

/* The longest word that stands at @at. */
static gsize
match_word (const char *at, Token *out_token)
{
  gsize best = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if (length <= best || strncmp (at, words[i].word, length) != 0)
        continue;
      /* a Latin word ends where its letters end */
      if (g_unichar_isalpha (g_utf8_get_char (at + length)) && (guchar) words[i].word[0] < 0xE0)
        continue;
      best = length;
      out_token->kind = words[i].kind;
      out_token->value = words[i].value;
      out_token->n_digits = 0;
    }
  return best;
}

/* A time of day behind a date, with or without T, Z or an offset. */
static gboolean
is_time (const char *at)
{
  int colons = 0;

  if (*at == 'T' || *at == 't' || *at == ' ')
    at++;
  while (*at == ' ')
    at++;
  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; *at != '\0'; at++)
    {
      colons += *at == ':';
      if (!g_ascii_isdigit (*at) && strchr (":.,+-Zz AaPpMm", *at) == NULL)
        return FALSE;
    }
  return colons > 0;
}

/* Takes a date apart into numbers, names and marks. FALSE when something else is in it. */
static gboolean
tokenise (const char *text, Tokens *out)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *folded = NULL;
  const char *at;

  out->n = 0;
  if (strlen (text) > 64)
    return FALSE;
  for (at = text; *at != '\0'; at++)
    if ((guchar) *at >= 0x80 || g_ascii_isupper (*at) || *at == ' ')
      break;
  if (*at != '\0')
    {
      g_autofree char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
      g_autofree char *lower = compatible != NULL ? g_utf8_strdown (compatible, -1) : g_strdup ("");

      trimmed = kilter_text_trim (lower);
      at = trimmed;
    }
  else
    at = text;

  while (*at != '\0')
    {
      Token token = { 0 };
      gsize length;

      if (strchr (" -/.,'", *at) != NULL || g_str_has_prefix (at, "第") ||
          g_str_has_prefix (at, "–"))
        {
          if (*at == ' ' && out->n >= 2 && is_time (at))
            break;
          at = (guchar) *at >= 0x80 ? g_utf8_next_char (at) : at + 1;
          continue;
        }
      if (out->n == MAX_TOKENS)
        return FALSE;
      if (g_ascii_isdigit (*at))
        {
          token.kind = TOKEN_NUMBER;
          while (g_ascii_isdigit (*at))
            {
              if (++token.n_digits > 8)
                return FALSE;
              token.value = token.value * 10 + (*at++ - '0');
            }
          out->tokens[out->n++] = token;
          if (*at == 't' && out->n >= 1 && is_time (at))
            break;
          continue;
        }
      length = match_word (at, &token);
      if (length == 0)
        return FALSE;
      out->tokens[out->n++] = token;
      at += length;
    }
  return out->n > 0;
}

static guint32
day_number (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

static int
full_year (int value, int n_digits)
{
  if (n_digits == 4)
    return value;
  if (n_digits == 2)
    return value < 70 ? 2000 + value : 1900 + value;
  return -1;
}

static KilterDateStatus
make_day (int year, int month, int day, KilterPeriod *out)
{
  if (year < 1900 || year > 2200)
    return KILTER_DATE_NO_FIT;
  if (month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return KILTER_DATE_NO_SUCH_DAY;
  out->unit = KILTER_PERIOD_DAY;
  out->first = day_number (year, month, day);
  out->n_days = 1;
  out->ordinal = 0;
  return KILTER_DATE_OK;
}

/**
 * kilter_period_from_month:
 * @month: 1 … 12
 */
KilterPeriod
kilter_period_from_month (int year, int month)
{
  KilterPeriod out = { KILTER_PERIOD_MONTH, day_number (year, month, 1), 0, 0 };

  out.n_days = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
  return out;
}

static KilterDateStatus
make_month (int year, int month, KilterPeriod *out)
{
  if (year < 1900 || year > 2200)
    return KILTER_DATE_NO_FIT;
  if (month < 1 || month > 12)
    return KILTER_DATE_NO_SUCH_DAY;
  *out = kilter_period_from_month (year, month);
  return KILTER_DATE_OK;
}

static KilterDateStatus
make_quarter (int year, int quarter, KilterPeriod *out)
{
  if (year < 1900 || year > 2200)
    return KILTER_DATE_NO_FIT;
  if (quarter < 1 || quarter > 4)
    return KILTER_DATE_NO_SUCH_DAY;
  out->unit = KILTER_PERIOD_QUARTER;
  out->first = day_number (year, quarter * 3 - 2, 1);
  out->n_days = (int) (day_number (quarter == 4 ? year + 1 : year,
                                   quarter == 4 ? 1 : quarter * 3 + 1, 1) -
                       out->first);
  out->ordinal = 0;
  return KILTER_DATE_OK;
}

static KilterDateStatus
make_week (int year, int week, KilterPeriod *out)
{
  g_autofree char *text = NULL;
  KilterBucket bucket;

  if (year < 1900 || year > 2200)
    return KILTER_DATE_NO_FIT;
  if (week < 1 || week > 53)
    return KILTER_DATE_NO_SUCH_DAY;
  text = g_strdup_printf ("%04d-W%02d", year, week);
  bucket = kilter_bucket_from_string (KILTER_BUCKET_WEEK, text);
  if (bucket == KILTER_BUCKET_NONE)
    return KILTER_DATE_NO_SUCH_DAY;
  out->unit = KILTER_PERIOD_WEEK;
  out->first = (guint32) bucket * 7 + 1;
  out->n_days = 7;
  out->ordinal = 0;
  return KILTER_DATE_OK;
}

static KilterDateStatus
make_fiscal (int year, int period, KilterPeriod *out)
{
  if (year < 1900 || year > 2200)
    return KILTER_DATE_NO_FIT;
  if (period < 1 || period > 12)
    return KILTER_DATE_NO_SUCH_DAY;
  out->unit = KILTER_PERIOD_FISCAL;
  out->first = 0;
  out->n_days = 0;
  out->ordinal = year * 12 + period - 1;
  return KILTER_DATE_OK;
}

/* Numbers alone, marks dropped: "2026年4月15日" as "2026-4-15". The marks must suit @order: one of
 * "ymd", "dmy", "mdy", "ym", "my". */
static gboolean
take_numbers (const Tokens *tokens, const char *order, const Token *out[3])
{
  int n = 0;

  for (int i = 0; i < tokens->n; i++)
    {
      const Token *token = &tokens->tokens[i];
      char mark;

      if (token->kind == TOKEN_NUMBER)
        {
          if (n == 3)
            return FALSE;
          out[n++] = token;
          continue;
        }
      mark = token->kind == TOKEN_YEAR_MARK    ? 'y'
             : token->kind == TOKEN_MONTH_MARK ? 'm'
             : token->kind == TOKEN_DAY_MARK   ? 'd'
                                               : '\0';
      if (mark == '\0')
        return FALSE;
      /* 年, 月, 日 stand behind their number; tháng, năm, ngày, T and M before it */
      if (!(n > 0 && n <= (int) strlen (order) && order[n - 1] == mark) &&
          !(n < (int) strlen (order) && order[n] == mark))
        return FALSE;
    }
  return n == (int) strlen (order);
}

static KilterDateStatus
read_day (const Tokens *tokens, KilterDateFormat format, KilterPeriod *out)
{
  const Token *n[3] = { NULL, NULL, NULL };

  if (format == KILTER_DATE_YMD)
    {
      if (tokens->n == 1 && tokens->tokens[0].n_digits == 8)
        {
          int value = tokens->tokens[0].value;

          return make_day (value / 10000, value / 100 % 100, value % 100, out);
        }
      if (!take_numbers (tokens, "ymd", n) || n[0]->n_digits != 4 || n[1]->n_digits > 2 ||
          n[2]->n_digits > 2)
        return KILTER_DATE_NO_FIT;
      return make_day (n[0]->value, n[1]->value, n[2]->value, out);
    }
  if (!take_numbers (tokens, format == KILTER_DATE_DMY ? "dmy" : "mdy", n) || n[0]->n_digits > 2 ||
      n[1]->n_digits > 2)
    return KILTER_DATE_NO_FIT;
  if (format == KILTER_DATE_DMY)
    return make_day (full_year (n[2]->value, n[2]->n_digits), n[1]->value, n[0]->value, out);
  return make_day (full_year (n[2]->value, n[2]->n_digits), n[0]->value, n[1]->value, out);
}

static KilterDateStatus
read_year_month (const Tokens *tokens, KilterDateFormat format, KilterPeriod *out)
{
  const Token *n[3] = { NULL, NULL, NULL };

  if (format == KILTER_DATE_YM)
    {
      if (tokens->n == 1 && tokens->tokens[0].n_digits == 6)
        return make_month (tokens->tokens[0].value / 100, tokens->tokens[0].value % 100, out);
      if (!take_numbers (tokens, "ym", n) || n[0]->n_digits != 4 || n[1]->n_digits > 2)
        return KILTER_DATE_NO_FIT;
      return make_month (n[0]->value, n[1]->value, out);
    }
  if (!take_numbers (tokens, "my", n) || n[0]->n_digits > 2 || n[1]->n_digits == 3)
    return KILTER_DATE_NO_FIT;
  /* without a mark, 04/26 could be a day: only four digits are a year */
  if (n[1]->n_digits != 4 && tokens->n == 2)
    return KILTER_DATE_NO_FIT;
  return make_month (full_year (n[1]->value, n[1]->n_digits), n[0]->value, out);
}

static KilterDateStatus
read_name (const Tokens *tokens, KilterPeriod *out)
{
  const Token *numbers[2] = { NULL, NULL };
  int n = 0, month = 0, month_at = -1;

  for (int i = 0; i < tokens->n; i++)
    {
      const Token *token = &tokens->tokens[i];

      if (token->kind == TOKEN_MONTH && month == 0)
        {
          month = token->value;
          month_at = i;
        }
      else if (token->kind == TOKEN_NUMBER && n < 2)
        numbers[n++] = token;
      else if (token->kind != TOKEN_YEAR_MARK && token->kind != TOKEN_DAY_MARK)
        return KILTER_DATE_NO_FIT;
    }
  if (month == 0 || n == 0)
    return KILTER_DATE_NO_FIT;
  if (n == 1)
    return make_month (full_year (numbers[0]->value, numbers[0]->n_digits), month, out);
  /* the year has four digits, or stands last: 15-Apr-26; Apr 15, 2026; 2026 Apr 15 */
  if (numbers[0]->n_digits == 4)
    return make_day (numbers[0]->value, month, numbers[1]->value, out);
  if (month_at > 2 || numbers[0]->n_digits > 2)
    return KILTER_DATE_NO_FIT;
  return make_day (full_year (numbers[1]->value, numbers[1]->n_digits), month, numbers[0]->value,
                   out);
}

/* A year and a number with a mark: 2026-Q2, Q2 2026, 2Q26, 2026年第2季度, Tuần 22/2026. */
static gboolean
take_marked (const Tokens *tokens, TokenKind mark, int *out_year, int *out_number)
{
  const Token *numbers[2] = { NULL, NULL };
  int n = 0, mark_at = -1, first_at = -1;

  for (int i = 0; i < tokens->n; i++)
    {
      const Token *token = &tokens->tokens[i];

      if (token->kind == mark && mark_at < 0)
        mark_at = i;
      else if (token->kind == TOKEN_NUMBER && n < 2)
        {
          if (n == 0)
            first_at = i;
          numbers[n++] = token;
        }
      else if (token->kind != TOKEN_YEAR_MARK)
        return FALSE;
    }
  if (mark_at < 0 || n != 2)
    return FALSE;
  if (numbers[0]->n_digits == 4 && numbers[1]->n_digits <= 2)
    {
      *out_year = numbers[0]->value;
      *out_number = numbers[1]->value;
      return TRUE;
    }
  if (numbers[0]->n_digits <= 2 && (numbers[1]->n_digits == 4 || numbers[1]->n_digits == 2) &&
      first_at <= 1)
    {
      *out_year = full_year (numbers[1]->value, numbers[1]->n_digits);
      *out_number = numbers[0]->value;
      return TRUE;
    }
  return FALSE;
}

static KilterDateStatus
read_serial (const Tokens *tokens, const char *text, KilterDateFormat format, KilterPeriod *out)
{
  GDate date;
  guint32 epoch;
  int value = tokens->tokens[0].value;

  /* 45292 or 45292.5 or 45292,0 */
  if (tokens->n > 2 || tokens->tokens[0].kind != TOKEN_NUMBER || tokens->tokens[0].n_digits != 5 ||
      (tokens->n == 2 &&
       (tokens->tokens[1].kind != TOKEN_NUMBER || strpbrk (text, ".,") == NULL)) ||
      value < 20000 || value > 80000)
    return KILTER_DATE_NO_FIT;
  g_date_clear (&date, 1);
  /* day 60 of the 1900 system is a 29 February that never was: from then on it counts from
   * 30 December 1899 */
  if (format == KILTER_DATE_SERIAL)
    g_date_set_dmy (&date, 30, G_DATE_DECEMBER, 1899);
  else
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1904);
  epoch = g_date_get_julian (&date);
  out->unit = KILTER_PERIOD_DAY;
  out->first = epoch + (guint32) value;
  out->n_days = 1;
  out->ordinal = 0;
  return KILTER_DATE_OK;
}

/**
 * kilter_value_read_date:
 * @format: which way to write a date is meant; must not be automatic
 * @out_period: (out): the day, month, quarter, week or fiscal period
 *
 * A time of day behind the date is ignored.
 */
KilterDateStatus
kilter_value_read_date (const char *text, KilterDateFormat format, KilterPeriod *out_period)
{
  Tokens tokens;
  int year, number;

  if (!tokenise (text, &tokens))
    return KILTER_DATE_NO_FIT;
  switch (format)
    {
    case KILTER_DATE_YMD:
    case KILTER_DATE_DMY:
    case KILTER_DATE_MDY:
      return read_day (&tokens, format, out_period);
    case KILTER_DATE_YM:
    case KILTER_DATE_MY:
      return read_year_month (&tokens, format, out_period);
    case KILTER_DATE_NAME:
      return read_name (&tokens, out_period);
    case KILTER_DATE_QUARTER:
      return take_marked (&tokens, TOKEN_QUARTER, &year, &number)
               ? make_quarter (year, number, out_period)
               : KILTER_DATE_NO_FIT;
    case KILTER_DATE_WEEK:
      return take_marked (&tokens, TOKEN_WEEK, &year, &number)
               ? make_week (year, number, out_period)
               : KILTER_DATE_NO_FIT;
    case KILTER_DATE_PERIOD:
      return take_marked (&tokens, TOKEN_PERIOD, &year, &number)
               ? make_fiscal (year, number, out_period)
               : KILTER_DATE_NO_FIT;
    case KILTER_DATE_SERIAL:
    case KILTER_DATE_SERIAL_1904:
      return read_serial (&tokens, text, format, out_period);
    case KILTER_DATE_AUTO:
    case KILTER_DATE_YEAR_MONTH:
    case KILTER_N_DATE_FORMATS:
    default:
      return KILTER_DATE_NO_FIT;
    }
}

/**
 * kilter_value_read_year:
 *
 * Returns: "2026", "FY2026", "2026年" or "Năm 2026" as 2026, or -1
 */
int
kilter_value_read_year (const char *text)
{
  const char *at = text;
  int value;

  while (*at != '\0' && !g_ascii_isdigit (*at))
    at++;
  if (strlen (at) < 4 || strspn (at, "0123456789") != 4 || strlen (text) > 24)
    return -1;
  for (const char *rest = at + 4; *rest != '\0'; rest++)
    if (g_ascii_isdigit (*rest))
      return -1;
  value = (int) g_ascii_strtoll (at, NULL, 10);
  return value >= 1900 && value <= 2200 ? value : -1;
}

/**
 * kilter_value_read_month:
 *
 * Returns: "4", "04", "Apr", "T4", "Tháng 4" or "4月" as 4, or -1
 */
int
kilter_value_read_month (const char *text)
{
  int value = -1;
  Tokens tokens;

  if (!tokenise (text, &tokens) || tokens.n > 2)
    return -1;
  for (int i = 0; i < tokens.n; i++)
    {
      const Token *token = &tokens.tokens[i];

      if (token->kind == TOKEN_MONTH || (token->kind == TOKEN_NUMBER && token->n_digits <= 2))
        {
          if (value != -1)
            return -1;
          value = token->value;
        }
      else if (token->kind != TOKEN_MONTH_MARK)
        return -1;
    }
  return value >= 1 && value <= 12 ? value : -1;
}

/**
 * kilter_period_to_string:
 *
 * Returns: (transfer full): in the fixed form of files
 */
char *
kilter_period_to_string (const KilterPeriod *period)
{
  GDate date;

  if (period->unit == KILTER_PERIOD_FISCAL)
    return kilter_bucket_to_string (KILTER_BUCKET_445, period->ordinal);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, period->first);
  switch (period->unit)
    {
    case KILTER_PERIOD_MONTH:
      return g_strdup_printf ("%04d-%02d", g_date_get_year (&date), g_date_get_month (&date));
    case KILTER_PERIOD_QUARTER:
      return g_strdup_printf ("%04d-Q%d", g_date_get_year (&date),
                              ((int) g_date_get_month (&date) + 2) / 3);
    case KILTER_PERIOD_WEEK:
      return kilter_bucket_to_string (KILTER_BUCKET_WEEK, (KilterBucket) ((period->first - 1) / 7));
    case KILTER_PERIOD_DAY:
    case KILTER_PERIOD_FISCAL:
    default:
      return kilter_date_to_iso (&date);
    }
}

gboolean
kilter_period_equal (const KilterPeriod *a, const KilterPeriod *b)
{
  return a->unit == b->unit && a->first == b->first && a->ordinal == b->ordinal;
}

static const char *const format_names[KILTER_N_DATE_FORMATS] = {
  [KILTER_DATE_AUTO] = "auto",
  [KILTER_DATE_YMD] = "ymd",
  [KILTER_DATE_DMY] = "dmy",
  [KILTER_DATE_MDY] = "mdy",
  [KILTER_DATE_YM] = "ym",
  [KILTER_DATE_MY] = "my",
  [KILTER_DATE_NAME] = "name",
  [KILTER_DATE_QUARTER] = "quarter",
  [KILTER_DATE_WEEK] = "week",
  [KILTER_DATE_PERIOD] = "period",
  [KILTER_DATE_SERIAL] = "serial",
  [KILTER_DATE_SERIAL_1904] = "serial1904",
  [KILTER_DATE_YEAR_MONTH] = "year-month",
};

const char *
kilter_date_format_to_string (KilterDateFormat format)
{
  g_return_val_if_fail (format < KILTER_N_DATE_FORMATS, "auto");

  return format_names[format];
}

gboolean
kilter_date_format_from_string (const char *text, KilterDateFormat *out_format)
{
  for (int i = 0; i < KILTER_N_DATE_FORMATS; i++)
    if (g_strcmp0 (text, format_names[i]) == 0)
      {
        *out_format = i;
        return TRUE;
      }
  return FALSE;
}
