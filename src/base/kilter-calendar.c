/* kilter-calendar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-calendar.h"

#include <langinfo.h>
#include <string.h>

/* the word "month", with which Vietnamese names of months begin: "Tháng 4" */
static const char vietnamese_month[] = "Th\303\241ng";

/* GDate's Julian day 1 is Monday, 1 January 0001 */
static guint32
to_julian (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

static KilterBucket
week_of_julian (guint32 julian)
{
  return (KilterBucket) ((julian - 1) / 7);
}

/* The ordinal of ISO week 1 of @year: the week that holds 4 January. */
static KilterBucket
first_week (int year)
{
  return week_of_julian (to_julian (year, 1, 4));
}

static int
iso_year_of_week (KilterBucket week)
{
  GDate thursday;

  g_date_clear (&thursday, 1);
  g_date_set_julian (&thursday, (guint32) week * 7 + 4);
  return g_date_get_year (&thursday);
}

/* Weeks before period @position (0 … 12) of a 4-4-5 year; 12 gives a common year's 52. */
static int
weeks_before_period (int position)
{
  static const int within[] = { 0, 4, 8 };

  return position / 3 * 13 + within[position % 3];
}

/**
 * kilter_bucket_kind_to_string:
 *
 * Returns: "month", "quarter", "week" or "445", as on the command line and in the file
 */
const char *
kilter_bucket_kind_to_string (KilterBucketKind kind)
{
  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      return "month";
    case KILTER_BUCKET_QUARTER:
      return "quarter";
    case KILTER_BUCKET_WEEK:
      return "week";
    case KILTER_BUCKET_445:
      return "445";
    default:
      g_return_val_if_reached ("month");
    }
}

gboolean
kilter_bucket_kind_from_string (const char *text, KilterBucketKind *out_kind)
{
  for (int kind = KILTER_BUCKET_MONTH; kind <= KILTER_BUCKET_445; kind++)
    if (g_strcmp0 (text, kilter_bucket_kind_to_string (kind)) == 0)
      {
        *out_kind = kind;
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_bucket_kind_season:
 *
 * Returns: how many buckets make a year, the season length for forecasting
 */
int
kilter_bucket_kind_season (KilterBucketKind kind)
{
  switch (kind)
    {
    case KILTER_BUCKET_QUARTER:
      return 4;
    case KILTER_BUCKET_WEEK:
      return 52;
    case KILTER_BUCKET_MONTH:
    case KILTER_BUCKET_445:
    default:
      return 12;
    }
}

/**
 * kilter_bucket_from_ymd:
 *
 * Returns: the bucket that holds the day, or %KILTER_BUCKET_NONE when there is no such day
 */
KilterBucket
kilter_bucket_from_ymd (KilterBucketKind kind, int year, int month, int day)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return KILTER_BUCKET_NONE;

  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      return year * 12 + month - 1;
    case KILTER_BUCKET_QUARTER:
      return year * 4 + (month - 1) / 3;
    case KILTER_BUCKET_WEEK:
      return week_of_julian (to_julian (year, month, day));
    case KILTER_BUCKET_445:
      {
        KilterBucket week = week_of_julian (to_julian (year, month, day));
        int fiscal_year = iso_year_of_week (week);
        int offset = week - first_week (fiscal_year);
        int position = 11;

        while (position > 0 && weeks_before_period (position) > offset)
          position--;
        return fiscal_year * 12 + position;
      }
    default:
      g_return_val_if_reached (KILTER_BUCKET_NONE);
    }
}

/* Two digits at @text, or -1. */
static int
two_digits (const char *text)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;
  return (text[0] - '0') * 10 + text[1] - '0';
}

/**
 * kilter_bucket_from_string:
 * @text: "2026-04" (month), "2026-Q2", "2026-W15", "2026-P04" (4-4-5), or a day "2026-04-15"
 *
 * Reads the form that kilter_bucket_to_string() writes; a day gives the bucket that holds it.
 *
 * Returns: the bucket, or %KILTER_BUCKET_NONE
 */
KilterBucket
kilter_bucket_from_string (KilterBucketKind kind, const char *text)
{
  int year, n;

  g_return_val_if_fail (text != NULL, KILTER_BUCKET_NONE);

  if (strlen (text) < 7 || two_digits (text) < 0 || two_digits (text + 2) < 0 || text[4] != '-')
    return KILTER_BUCKET_NONE;
  year = two_digits (text) * 100 + two_digits (text + 2);
  if (year < 1)
    return KILTER_BUCKET_NONE;

  if (strlen (text) == 10 && text[7] == '-')
    return kilter_bucket_from_ymd (kind, year, two_digits (text + 5), two_digits (text + 8));
  if (text[5] == 'Q' && text[6] >= '1' && text[6] <= '4' && text[7] == '\0')
    return kind == KILTER_BUCKET_QUARTER ? year * 4 + text[6] - '1' : KILTER_BUCKET_NONE;
  if (text[5] == 'W' && strlen (text) == 8)
    {
      n = two_digits (text + 6);
      if (kind != KILTER_BUCKET_WEEK || n < 1 || n > first_week (year + 1) - first_week (year))
        return KILTER_BUCKET_NONE;
      return first_week (year) + n - 1;
    }
  if (text[5] == 'P' && strlen (text) == 8)
    {
      n = two_digits (text + 6);
      return kind == KILTER_BUCKET_445 && n >= 1 && n <= 12 ? year * 12 + n - 1
                                                            : KILTER_BUCKET_NONE;
    }
  n = two_digits (text + 5);
  if (strlen (text) != 7 || n < 1 || n > 12)
    return KILTER_BUCKET_NONE;
  /* a month names itself, or the quarter, week or period that holds its first day */
  if (kind == KILTER_BUCKET_MONTH)
    return year * 12 + n - 1;
  return kilter_bucket_from_ymd (kind, year, n, 1);
}

/**
 * kilter_bucket_to_string:
 *
 * Returns: (transfer full): "2026-04", "2026-Q2", "2026-W15" or "2026-P04", whatever the locale
 */
char *
kilter_bucket_to_string (KilterBucketKind kind, KilterBucket bucket)
{
  int year = kilter_bucket_get_year (kind, bucket);
  int position = kilter_bucket_get_position (kind, bucket) + 1;

  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      return g_strdup_printf ("%04d-%02d", year, position);
    case KILTER_BUCKET_QUARTER:
      return g_strdup_printf ("%04d-Q%d", year, position);
    case KILTER_BUCKET_WEEK:
      return g_strdup_printf ("%04d-W%02d", year, position);
    case KILTER_BUCKET_445:
      return g_strdup_printf ("%04d-P%02d", year, position);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * kilter_bucket_get_start:
 * @out_date: (out caller-allocates): the first day of the bucket
 */
void
kilter_bucket_get_start (KilterBucketKind kind, KilterBucket bucket, GDate *out_date)
{
  g_return_if_fail (out_date != NULL);
  g_return_if_fail (bucket > 0);

  g_date_clear (out_date, 1);
  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      g_date_set_dmy (out_date, 1, (GDateMonth) (bucket % 12 + 1), (GDateYear) (bucket / 12));
      break;
    case KILTER_BUCKET_QUARTER:
      g_date_set_dmy (out_date, 1, (GDateMonth) (bucket % 4 * 3 + 1), (GDateYear) (bucket / 4));
      break;
    case KILTER_BUCKET_WEEK:
      g_date_set_julian (out_date, (guint32) bucket * 7 + 1);
      break;
    case KILTER_BUCKET_445:
      g_date_set_julian (
        out_date, (guint32) (first_week (bucket / 12) + weeks_before_period (bucket % 12)) * 7 + 1);
      break;
    default:
      g_return_if_reached ();
    }
}

/**
 * kilter_bucket_get_days:
 *
 * Returns: calendar days in the bucket
 */
int
kilter_bucket_get_days (KilterBucketKind kind, KilterBucket bucket)
{
  GDate start, next;

  kilter_bucket_get_start (kind, bucket, &start);
  kilter_bucket_get_start (kind, bucket + 1, &next);
  return (int) g_date_get_julian (&next) - (int) g_date_get_julian (&start);
}

/**
 * kilter_bucket_get_year:
 *
 * Returns: the calendar, ISO or fiscal year that the bucket belongs to
 */
int
kilter_bucket_get_year (KilterBucketKind kind, KilterBucket bucket)
{
  switch (kind)
    {
    case KILTER_BUCKET_QUARTER:
      return bucket / 4;
    case KILTER_BUCKET_WEEK:
      return iso_year_of_week (bucket);
    case KILTER_BUCKET_MONTH:
    case KILTER_BUCKET_445:
    default:
      return bucket / 12;
    }
}

/**
 * kilter_bucket_get_position:
 *
 * Returns: the place of the bucket in its year, from 0
 */
int
kilter_bucket_get_position (KilterBucketKind kind, KilterBucket bucket)
{
  switch (kind)
    {
    case KILTER_BUCKET_QUARTER:
      return bucket % 4;
    case KILTER_BUCKET_WEEK:
      return bucket - first_week (iso_year_of_week (bucket));
    case KILTER_BUCKET_MONTH:
    case KILTER_BUCKET_445:
    default:
      return bucket % 12;
    }
}

/**
 * kilter_bucket_get_quarter:
 *
 * Returns: year × 4 + quarter − 1 of the quarter that the bucket belongs to, for totals
 */
int
kilter_bucket_get_quarter (KilterBucketKind kind, KilterBucket bucket)
{
  int year = kilter_bucket_get_year (kind, bucket);
  int position = kilter_bucket_get_position (kind, bucket);

  switch (kind)
    {
    case KILTER_BUCKET_QUARTER:
      return bucket;
    case KILTER_BUCKET_WEEK:
      return year * 4 + MIN (position / 13, 3);
    case KILTER_BUCKET_MONTH:
    case KILTER_BUCKET_445:
    default:
      return year * 4 + position / 3;
    }
}

/**
 * kilter_bucket_get_slot:
 * @out_year: (out): the year of the stored row
 * @out_part: (out): which row of that year; always 0 but for weeks, which need five
 * @out_slot: (out): which of its twelve columns, from 0
 *
 * Where a bucket stands in the table of twelve columns a year.
 */
void
kilter_bucket_get_slot (KilterBucketKind kind,
                        KilterBucket bucket,
                        int *out_year,
                        int *out_part,
                        int *out_slot)
{
  int position = kilter_bucket_get_position (kind, bucket);

  *out_year = kilter_bucket_get_year (kind, bucket);
  *out_part = position / 12;
  *out_slot = position % 12;
}

KilterBucket
kilter_bucket_from_slot (KilterBucketKind kind, int year, int part, int slot)
{
  int position = part * 12 + slot;

  switch (kind)
    {
    case KILTER_BUCKET_QUARTER:
      return year * 4 + position;
    case KILTER_BUCKET_WEEK:
      return first_week (year) + position;
    case KILTER_BUCKET_MONTH:
    case KILTER_BUCKET_445:
    default:
      return year * 12 + position;
    }
}

/**
 * kilter_bucket_get_label:
 *
 * Returns: (transfer full): "July 2026", "Q3 2026", "W28 2026" or "P7 2026" in the user's language
 */
char *
kilter_bucket_get_label (KilterBucketKind kind, KilterBucket bucket)
{
  int year = kilter_bucket_get_year (kind, bucket);
  int position = kilter_bucket_get_position (kind, bucket) + 1;

  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      {
        g_autoptr (GDateTime) date = g_date_time_new_utc (year, position, 1, 0, 0, 0);
        const char *language = nl_langinfo (MON_1);

        /* month and year stand the other way round in Chinese */
        if (g_str_has_suffix (language, "\346\234\210"))
          return g_strdup_printf ("%d\345\271\264%d\346\234\210", year, position);
        /* in Vietnamese months are numbers, so that a stroke parts them from the year */
        if (g_str_has_prefix (language, vietnamese_month))
          return g_date_time_format (date, "%OB/%Y");
        return g_date_time_format (date, "%OB %Y");
      }
    case KILTER_BUCKET_QUARTER:
      return g_strdup_printf ("Q%d %d", position, year);
    case KILTER_BUCKET_WEEK:
      return g_strdup_printf ("W%d %d", position, year);
    case KILTER_BUCKET_445:
      return g_strdup_printf ("P%d %d", position, year);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * kilter_bucket_get_short_label:
 *
 * Returns: (transfer full): "Jul", "Q3", "W28" or "P7" in the user's language
 */
char *
kilter_bucket_get_short_label (KilterBucketKind kind, KilterBucket bucket)
{
  int year = kilter_bucket_get_year (kind, bucket);
  int position = kilter_bucket_get_position (kind, bucket) + 1;

  switch (kind)
    {
    case KILTER_BUCKET_MONTH:
      {
        g_autoptr (GDateTime) date = g_date_time_new_utc (year, position, 1, 0, 0, 0);

        return g_date_time_format (date, "%Ob");
      }
    case KILTER_BUCKET_QUARTER:
      return g_strdup_printf ("Q%d", position);
    case KILTER_BUCKET_WEEK:
      return g_strdup_printf ("W%d", position);
    case KILTER_BUCKET_445:
      return g_strdup_printf ("P%d", position);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * kilter_date_parse_iso:
 * @text: (nullable): "2026-04-15"
 */
gboolean
kilter_date_parse_iso (const char *text, GDate *out_date)
{
  int year, month, day;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  year = two_digits (text) < 0 || two_digits (text + 2) < 0
           ? -1
           : two_digits (text) * 100 + two_digits (text + 2);
  month = two_digits (text + 5);
  day = two_digits (text + 8);
  if (year < 1 || month < 1 || day < 1 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

char *
kilter_date_to_iso (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

/**
 * kilter_date_get_label:
 *
 * Returns: (transfer full): "15 April" in the user's language
 */
char *
kilter_date_get_label (const GDate *date)
{
  const char *january = nl_langinfo (MON_1);
  g_autoptr (GDateTime) time = g_date_time_new_utc (
    g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 0, 0, 0);

  if (g_str_has_suffix (january, "\346\234\210"))
    return g_strdup_printf ("%d\346\234\210%d\346\227\245", (int) g_date_get_month (date),
                            g_date_get_day (date));
  if (g_str_has_prefix (january, vietnamese_month))
    return g_strdup_printf ("%d/%d", g_date_get_day (date), (int) g_date_get_month (date));
  return g_date_time_format (time, "%-d %B");
}
