/* kilter-calendar.h: planning buckets: months, quarters, weeks, 4-4-5 periods
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterBucketKind:
 * @KILTER_BUCKET_MONTH: calendar months
 * @KILTER_BUCKET_QUARTER: calendar quarters
 * @KILTER_BUCKET_WEEK: ISO 8601 weeks, Monday to Sunday
 * @KILTER_BUCKET_445: twelve fiscal periods of 4, 4 and 5 weeks a quarter; a 53rd week is part of
 *   the last period of its year
 */
typedef enum
{
  KILTER_BUCKET_MONTH,
  KILTER_BUCKET_QUARTER,
  KILTER_BUCKET_WEEK,
  KILTER_BUCKET_445,
} KilterBucketKind;

/**
 * KilterBucket:
 *
 * The ordinal of a bucket: year × 12 + month − 1, year × 4 + quarter − 1, weeks since Monday,
 * 1 January 0001, or fiscal year × 12 + period − 1. Neighbours differ by one, whatever the kind.
 */
typedef gint32 KilterBucket;

#define KILTER_BUCKET_NONE G_MININT32

const char *kilter_bucket_kind_to_string (KilterBucketKind kind);
gboolean kilter_bucket_kind_from_string (const char *text, KilterBucketKind *out_kind);
int kilter_bucket_kind_season (KilterBucketKind kind);

KilterBucket kilter_bucket_from_ymd (KilterBucketKind kind, int year, int month, int day);
KilterBucket kilter_bucket_from_string (KilterBucketKind kind, const char *text);
char *kilter_bucket_to_string (KilterBucketKind kind, KilterBucket bucket);
void kilter_bucket_get_start (KilterBucketKind kind, KilterBucket bucket, GDate *out_date);
int kilter_bucket_get_days (KilterBucketKind kind, KilterBucket bucket);
int kilter_bucket_get_year (KilterBucketKind kind, KilterBucket bucket);
int kilter_bucket_get_position (KilterBucketKind kind, KilterBucket bucket);
int kilter_bucket_get_quarter (KilterBucketKind kind, KilterBucket bucket);

void kilter_bucket_get_slot (KilterBucketKind kind,
                             KilterBucket bucket,
                             int *out_year,
                             int *out_part,
                             int *out_slot);
KilterBucket kilter_bucket_from_slot (KilterBucketKind kind, int year, int part, int slot);

char *kilter_bucket_get_label (KilterBucketKind kind, KilterBucket bucket);
char *kilter_bucket_get_short_label (KilterBucketKind kind, KilterBucket bucket);

gboolean kilter_date_parse_iso (const char *text, GDate *out_date);
char *kilter_date_to_iso (const GDate *date);
char *kilter_date_get_label (const GDate *date);

G_END_DECLS
