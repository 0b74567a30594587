/* test-calendar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-calendar.h"

#include <locale.h>

static void
check (KilterBucketKind kind, const char *day, const char *bucket)
{
  KilterBucket b = kilter_bucket_from_string (kind, day);
  g_autofree char *text = NULL;

  g_assert_cmpint (b, !=, KILTER_BUCKET_NONE);
  text = kilter_bucket_to_string (kind, b);
  g_assert_cmpstr (text, ==, bucket);
  g_assert_cmpint (kilter_bucket_from_string (kind, bucket), ==, b);
}

static void
test_names (void)
{
  check (KILTER_BUCKET_MONTH, "2026-04-15", "2026-04");
  check (KILTER_BUCKET_QUARTER, "2026-04-15", "2026-Q2");
  /* ISO 8601: 1 January 2021 is in week 53 of 2020 */
  check (KILTER_BUCKET_WEEK, "2021-01-01", "2020-W53");
  check (KILTER_BUCKET_WEEK, "2024-12-30", "2025-W01");
  check (KILTER_BUCKET_WEEK, "2026-04-15", "2026-W16");
  /* weeks 1 to 4, 5 to 8, 9 to 13 */
  check (KILTER_BUCKET_445, "2026-01-25", "2026-P01");
  check (KILTER_BUCKET_445, "2026-01-26", "2026-P02");
  check (KILTER_BUCKET_445, "2026-03-29", "2026-P03");
  check (KILTER_BUCKET_445, "2021-01-01", "2020-P12");
  g_assert_cmpint (kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2026-13"), ==,
                   KILTER_BUCKET_NONE);
  g_assert_cmpint (kilter_bucket_from_string (KILTER_BUCKET_WEEK, "2021-W53"), ==,
                   KILTER_BUCKET_NONE);
  g_assert_cmpint (kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2023-02-29"), ==,
                   KILTER_BUCKET_NONE);
  g_assert_cmpint (kilter_bucket_from_string (KILTER_BUCKET_MONTH, "x"), ==, KILTER_BUCKET_NONE);
}

static void
test_lengths (void)
{
  KilterBucket p12 = kilter_bucket_from_string (KILTER_BUCKET_445, "2020-P12");

  g_assert_cmpint (kilter_bucket_get_days (KILTER_BUCKET_MONTH, 2024 * 12 + 1), ==, 29);
  g_assert_cmpint (kilter_bucket_get_days (KILTER_BUCKET_445, p12), ==, 42);
  g_assert_cmpint (kilter_bucket_get_days (KILTER_BUCKET_445, p12 + 1), ==, 28);
  g_assert_cmpint (kilter_bucket_get_days (KILTER_BUCKET_QUARTER, 2026 * 4), ==, 90);
}

/* Every bucket is where it says: neighbours touch, names and slots read back. */
static void
test_walk (void)
{
  for (int kind = KILTER_BUCKET_MONTH; kind <= KILTER_BUCKET_445; kind++)
    {
      KilterBucket first = kilter_bucket_from_string (kind, "1999-06-15");

      for (KilterBucket b = first; b < first + 2000; b++)
        {
          g_autofree char *text = kilter_bucket_to_string (kind, b);
          int year, part, slot;

          g_assert_cmpint (kilter_bucket_from_string (kind, text), ==, b);
          g_assert_cmpint (kilter_bucket_get_days (kind, b), >, 0);
          kilter_bucket_get_slot (kind, b, &year, &part, &slot);
          g_assert_cmpint (slot, <, 12);
          g_assert_cmpint (kilter_bucket_from_slot (kind, year, part, slot), ==, b);
        }
    }
}

static void
test_labels (void)
{
  g_autofree char *label = NULL;
  g_autofree char *chinese = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  label = kilter_bucket_get_label (KILTER_BUCKET_MONTH, 2026 * 12 + 6);
  g_assert_cmpstr (label, ==, "July 2026");
  if (setlocale (LC_ALL, "zh_CN.UTF-8") != NULL)
    {
      chinese = kilter_bucket_get_label (KILTER_BUCKET_MONTH, 2026 * 12 + 6);
      g_assert_cmpstr (chinese, ==, "2026年7月");
    }
  if (setlocale (LC_ALL, "vi_VN.UTF-8") != NULL)
    {
      g_autoptr (GDate) date = g_date_new_dmy (15, G_DATE_APRIL, 2026);
      g_autofree char *month = kilter_bucket_get_label (KILTER_BUCKET_MONTH, 2026 * 12 + 6);
      g_autofree char *day = kilter_date_get_label (date);

      g_assert_cmpstr (month, ==, "Tháng 7/2026");
      g_assert_cmpstr (day, ==, "15/4");
    }
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/names", test_names);
  g_test_add_func ("/calendar/lengths", test_lengths);
  g_test_add_func ("/calendar/walk", test_walk);
  g_test_add_func ("/calendar/labels", test_labels);
  return g_test_run ();
}
