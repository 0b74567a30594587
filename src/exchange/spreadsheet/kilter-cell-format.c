/* kilter-cell-format.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-cell-format.h"

#include "base/kilter-calendar.h"
#include "base/kilter-number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ECMA-376 part 1, 18.17.4.1: day 1 is 1900-01-01, and there is a day 60 that never was */
#define DAY_0_1900 693594   /* 1899-12-30, as GDate counts */
#define DAY_0_1904 695056   /* 1904-01-01 */
#define LAST_SERIAL 2958465 /* 9999-12-31 */
#define MAX_ZEROS 30

/* The next sign of a format code that means something; texts, colours and fillers are passed over.
 */
static char
next_sign (const char **at)
{
  for (;;)
    {
      char c = **at;

      if (c == '\0' || c == ';')
        return '\0';
      (*at)++;
      if (c == '"')
        {
          while (**at != '\0' && **at != '"')
            (*at)++;
          if (**at == '"')
            (*at)++;
        }
      else if (c == '\\' || c == '_' || c == '*')
        {
          if (**at != '\0')
            *at = g_utf8_next_char (*at);
        }
      else if (c == '[')
        {
          char first = g_ascii_tolower (**at);
          const char *close = strchr (*at, ']');
          gboolean same = close != NULL && close > *at;

          /* [h], [mm], [ss]: time that has passed; all else in brackets is a colour, a condition
           * or a language */
          for (const char *c2 = *at; same && c2 < close; c2++)
            same = g_ascii_tolower (*c2) == first;
          *at = close != NULL ? close + 1 : *at + strlen (*at);
          if (same && (first == 'h' || first == 'm' || first == 's'))
            return 'h';
        }
      else
        return g_ascii_tolower (c);
    }
}

/**
 * kilter_cell_format_from_code:
 * @code: a number format, such as "yyyy-mm-dd" or "#,##0.00;[Red]-#,##0.00"; its first part counts
 *
 * Returns: the #KilterCellFormat, with the width above it
 */
guint
kilter_cell_format_from_code (const char *code)
{
  guint dates = 0, months = 0, clocks = 0, percents = 0, zeros = 0, others = 0;
  const char *at = code;
  char c;

  if (g_ascii_strncasecmp (code, "general", 7) == 0 || g_str_equal (code, "@"))
    return KILTER_FORMAT_PLAIN;
  while ((c = next_sign (&at)) != '\0')
    switch (c)
      {
      case 'y':
      case 'd':
        dates++;
        break;
      case 'e':
        /* a year, unless it is that of 1.2E+3 */
        if (*at == '+' || *at == '-')
          others++;
        else
          dates++;
        break;
      case 'm':
        months++;
        break;
      case 'h':
      case 's':
        clocks++;
        break;
      case '%':
        percents++;
        break;
      case '0':
        zeros++;
        break;
      case ' ':
      case '-':
      case '/':
      case ':':
      case ',':
      case '.':
        others += c == '.' || c == ',';
        break;
      default:
        others++;
        break;
      }
  if (dates > 0 || (months > 0 && clocks == 0 && zeros == 0))
    return KILTER_FORMAT_DATE;
  if (clocks > 0)
    return KILTER_FORMAT_CLOCK;
  if (percents > 0)
    return KILTER_FORMAT_PERCENT;
  if (zeros >= 2 && others == 0)
    return KILTER_FORMAT_ZEROS | (MIN (zeros, MAX_ZEROS) << KILTER_FORMAT_ZEROS_SHIFT);
  return KILTER_FORMAT_PLAIN;
}

/**
 * kilter_cell_format_from_id:
 * @id: of a format that is built in (ECMA-376 part 1, 18.8.30, also those of East Asian languages)
 */
guint
kilter_cell_format_from_id (guint id)
{
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
      (id >= 50 && id <= 54) || id == 57 || id == 58)
    return KILTER_FORMAT_DATE;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
      id == 56)
    return KILTER_FORMAT_CLOCK;
  if (id == 9 || id == 10)
    return KILTER_FORMAT_PERCENT;
  return KILTER_FORMAT_PLAIN;
}

/* "2026-04-15", or NULL where there is no such day. */
static char *
serial_to_date (double serial, gboolean date_1904)
{
  double day = floor (serial);
  GDate date;

  if (!(day >= (date_1904 ? 0 : 1)) || day > LAST_SERIAL || (!date_1904 && day == 60))
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day + (date_1904  ? DAY_0_1904
                                             : day < 60 ? DAY_0_1900 + 1
                                                        : DAY_0_1900));
  return kilter_date_to_iso (&date);
}

/**
 * kilter_cell_add_number:
 * @text: as the file has it: digits, point, exponent
 * @format: of kilter_cell_format_from_code()
 * @date_1904: whether days are counted from 1904-01-01
 *
 * Adds a number as it is meant: dates as "2026-04-15", shares as "25%", codes with their zeros.
 * What is no number is kept as text.
 */
void
kilter_cell_add_number (KilterSheet *sheet, const char *text, guint format, gboolean date_1904)
{
  char *end;
  double value = g_ascii_strtod (text, &end);
  g_autofree char *shown = NULL;

  if (*text == '\0' || *end != '\0' || !isfinite (value))
    {
      kilter_sheet_add_cell (sheet, text, strlen (text), 0);
      return;
    }
  switch (KILTER_FORMAT_KIND (format))
    {
    case KILTER_FORMAT_DATE:
      shown = serial_to_date (value, date_1904);
      if (shown != NULL)
        {
          kilter_sheet_add_cell (sheet, shown, strlen (shown), KILTER_CELL_DATE);
          return;
        }
      break;
    case KILTER_FORMAT_PERCENT:
      {
        /* a hundred times 0.07 is 7.000000000000001 */
        char number[64];

        g_ascii_formatd (number, sizeof number, "%.14g", value * 100);
        shown = g_strconcat (number, "%", NULL);
        kilter_sheet_add_cell (sheet, shown, strlen (shown), KILTER_CELL_NUMBER);
        return;
      }
    case KILTER_FORMAT_ZEROS:
      if (value >= 0 && value < 1e15 && value == floor (value))
        {
          shown = g_strdup_printf ("%0*" G_GUINT64_FORMAT,
                                   (int) (format >> KILTER_FORMAT_ZEROS_SHIFT), (guint64) value);
          kilter_sheet_add_cell (sheet, shown, strlen (shown), KILTER_CELL_NUMBER);
          return;
        }
      break;
    case KILTER_FORMAT_PLAIN:
    case KILTER_FORMAT_CLOCK:
    default:
      break;
    }
  if (strspn (text, "0123456789.-") == strlen (text))
    kilter_sheet_add_cell (sheet, text, strlen (text), KILTER_CELL_NUMBER);
  else
    {
      shown = kilter_number_to_c (value);
      kilter_sheet_add_cell (sheet, shown, strlen (shown), KILTER_CELL_NUMBER);
    }
}
