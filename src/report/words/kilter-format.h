/* kilter-format.h: numbers, money, dates and units as people read them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-number.h"
#include "plan/process/kilter-cycle.h"
#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/**
 * KilterDisplayUnit:
 *
 * What numbers are shown in. A page says which of them it can show.
 */
typedef enum
{
  KILTER_DISPLAY_CASES,
  KILTER_DISPLAY_REVENUE,
  KILTER_DISPLAY_MARGIN,
  KILTER_DISPLAY_HOURS,
  KILTER_DISPLAY_PALLETS,
  KILTER_N_DISPLAY_UNITS,
} KilterDisplayUnit;

/**
 * KilterFormat:
 * @number: scale, decimals, sign
 * @unit: KilterUnit it is for
 * @scale_power: 0, 3 or 6: ones, thousands, millions
 *
 * How the numbers of one row, chart or card are written. A plain value.
 */
typedef struct
{
  KilterNumberFormat number;
  KilterUnit unit;
  int scale_power;
} KilterFormat;

/* what a person prefers; -1 chooses by the numbers in view */
void kilter_format_set_preferences (int power, int decimals);

/* By the largest number in view and the preferences (scale, decimals). @largest may be NaN. */
void kilter_format_init (KilterFormat *self, KilterUnit unit, double largest);
void kilter_format_init_for (KilterFormat *self, KilterUnit unit, const double *values, gsize n);
/* The largest of |values|, NaN when all are missing. */
double kilter_format_largest (const double *values, gsize n);

/* (transfer full): "141.7"; a missing number is "–" */
char *kilter_format_value (const KilterFormat *self, double value);
/* (transfer full): with a sign, "+24.0", "−3.1"; zero has none */
char *kilter_format_delta (const KilterFormat *self, double value);
/* (transfer full): the unit for subtitles and row headers: "Thousand cases", "$k", "Hours" */
char *kilter_format_get_unit_name (const KilterFormat *self, const KilterPlan *plan);
char *kilter_format_get_unit_short (const KilterFormat *self, const KilterPlan *plan);

/* alone in a sentence or on a card (transfer full) */
char *kilter_format_money (const KilterPlan *plan, double value);       /* "$123.9M" */
char *kilter_format_money_delta (const KilterPlan *plan, double value); /* "+$64k" */
char *kilter_format_quantity (double value);                            /* "33.2 thousand" */
char *kilter_format_quantity_short (double value);                      /* "33.2k" */
char *kilter_format_ratio (double ratio, int decimals);                 /* "8.4 %" */
char *kilter_format_ratio_delta (double ratio, int decimals);           /* "+2.5 %" */
char *kilter_format_points (double ratio, int decimals);                /* "+1.4 pt" */
char *kilter_format_count (gint64 count);                               /* "1,152" */
const char *kilter_format_currency_symbol (const char *code);           /* "$" of "USD" */

/* dates; @plan (nullable) says which day is today: a plan may stand still at a day (setting
 * "today"). (transfer full): "15 April", with the year when it is not this one */
char *kilter_format_day (const KilterPlan *plan, const char *iso);
/* the same, but "Today", "Tomorrow", "Yesterday" */
char *kilter_format_date (const KilterPlan *plan, const char *iso);
char *kilter_format_when (const KilterPlan *plan,
                          const char *iso_time); /* "Today, 9:12", "9 April" */
void kilter_format_get_today (const KilterPlan *plan, GDate *out_today);
/* days from today to the date, 0 today, negative past; G_MAXINT when there is no date */
int kilter_format_days_until (const KilterPlan *plan, const char *iso);
char *kilter_format_bucket (const KilterPlan *plan, int index);       /* "July 2026" */
char *kilter_format_bucket_short (const KilterPlan *plan, int index); /* "Jul" */

/* units */
char *kilter_display_unit_get_name (KilterDisplayUnit unit, const KilterPlan *plan);
const char *kilter_display_unit_get_key (KilterDisplayUnit unit); /* "cases" */

/* @state: a KilterStepState; "in progress" */
const char *kilter_format_step_state (int state);

G_END_DECLS
