/* kilter-value.h: numbers and dates as other programs write them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-calendar.h"
#include "base/kilter-number.h"
#include "exchange/import/kilter-import.h"

G_BEGIN_DECLS

#define KILTER_VALUE_LIMIT 1e15

typedef enum
{
  KILTER_VALUE_OK,
  KILTER_VALUE_EMPTY,
  KILTER_VALUE_BAD,
  KILTER_VALUE_ERROR,   /* #N/A, NaN, inf */
  KILTER_VALUE_PERCENT, /* a number, in percent */
  KILTER_VALUE_UNIT,    /* a number with a unit behind it */
  KILTER_VALUE_LIMIT_PASSED,
} KilterValueStatus;

/**
 * KilterNumberEvidence:
 *
 * What the numbers of a file say about their decimal sign.
 */
typedef struct
{
  guint point_decimal; /* 1.5, 1,234.5 */
  guint comma_decimal;
  guint point_grouping; /* 1.234.567, 1.234,5 */
  guint comma_grouping;
  guint point_ambiguous; /* 1.234 */
  guint comma_ambiguous;
  guint ungrouped;  /* 12345: thousands are not grouped */
  guint accounting; /* (123), 123- */
  char example[40]; /* an ambiguous one */
} KilterNumberEvidence;

gboolean kilter_value_is_number_like (const char *text);
void kilter_number_evidence_add (KilterNumberEvidence *self, const char *text);
KilterValueStatus kilter_value_read_number (const char *text,
                                            char decimal,
                                            double *out_value,
                                            gboolean *out_accounting);

/**
 * KilterPeriodUnit: how long a date is
 */
typedef enum
{
  KILTER_PERIOD_DAY,
  KILTER_PERIOD_MONTH,
  KILTER_PERIOD_QUARTER,
  KILTER_PERIOD_WEEK,
  KILTER_PERIOD_FISCAL,
} KilterPeriodUnit;

/**
 * KilterPeriod:
 * @first: its first day, as GDate counts
 * @n_days: its length; 0 for a fiscal period, whose @ordinal is year × 12 + period − 1
 */
typedef struct
{
  KilterPeriodUnit unit;
  guint32 first;
  int n_days;
  int ordinal;
} KilterPeriod;

typedef enum
{
  KILTER_DATE_OK,
  KILTER_DATE_NO_FIT,
  KILTER_DATE_NO_SUCH_DAY, /* written as the format wants, but there is no such day */
} KilterDateStatus;

KilterDateStatus
kilter_value_read_date (const char *text, KilterDateFormat format, KilterPeriod *out_period);
int kilter_value_read_year (const char *text);
int kilter_value_read_month (const char *text);
KilterPeriod kilter_period_from_month (int year, int month);
char *kilter_period_to_string (const KilterPeriod *period);
gboolean kilter_period_equal (const KilterPeriod *a, const KilterPeriod *b);
const char *kilter_date_format_to_string (KilterDateFormat format);
gboolean kilter_date_format_from_string (const char *text, KilterDateFormat *out_format);

char *kilter_text_trim (const char *text);
char *kilter_text_fold (const char *text);
char *kilter_text_skeleton (const char *text);
guint kilter_text_distance (const char *a, const char *b, guint limit);

G_END_DECLS
