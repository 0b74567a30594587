/* kilter-format.c: numbers, money, dates and units as people read them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/kilter-calendar.h"

#define DASH "\xe2\x80\x93"
#define MINUS "\xe2\x88\x92"
#define NO_BREAK_SPACE "\xc2\xa0"
#define NARROW_SPACE "\xe2\x80\xaf"

/* preferences; -1 chooses by the numbers */
static int chosen_power = -1;
static int chosen_decimals = -1;

typedef struct
{
  const char *code;
  const char *symbol;
  gboolean is_behind;
} Currency;

static const Currency currencies[] = {
  { "USD", "$", FALSE },   { "EUR", "€", FALSE },   { "GBP", "£", FALSE },  { "JPY", "¥", FALSE },
  { "CNY", "¥", FALSE },   { "VND", "₫", TRUE },    { "KRW", "₩", FALSE },  { "INR", "₹", FALSE },
  { "THB", "฿", FALSE },   { "PHP", "₱", FALSE },   { "BRL", "R$", FALSE }, { "AUD", "A$", FALSE },
  { "CAD", "CA$", FALSE }, { "NZD", "NZ$", FALSE }, { "SGD", "S$", FALSE }, { "HKD", "HK$", FALSE },
  { "TWD", "NT$", FALSE }, { "MXN", "MX$", FALSE },
};

static const Currency *
find_currency (const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (currencies); i++)
    if (strcmp (currencies[i].code, code) == 0)
      return &currencies[i];
  return NULL;
}

/* Digits so that about three matter, never more than the unit bears. */
static int
choose_decimals (double shown, KilterUnit unit)
{
  if (unit == KILTER_UNIT_PRICE)
    return shown >= 1000 ? 0 : 2;
  if (unit == KILTER_UNIT_RATIO)
    return 1;
  if (unit == KILTER_UNIT_DAYS || !isfinite (shown))
    return 0;
  return shown >= 300 ? 0 : 1;
}

static int
choose_power (double largest, KilterUnit unit)
{
  if (unit != KILTER_UNIT_QUANTITY && unit != KILTER_UNIT_MONEY)
    return 0;
  if (chosen_power >= 0)
    return chosen_power;
  if (!isfinite (largest))
    return 0;
  if (largest >= 3e7)
    return 6;
  return largest >= 10000 ? 3 : 0;
}

static char *
with_currency (const KilterPlan *plan, double value, gboolean sign)
{
  const Currency *currency;
  const char *code = plan != NULL ? kilter_plan_get_currency (plan) : NULL;
  const char *symbol, *mark = "", *letter = "";
  g_autofree char *digits = NULL;
  double size = fabs (value), shown = size;
  int decimals = 0;

  if (!isfinite (value))
    return g_strdup (DASH);
  currency = find_currency (code);
  symbol = currency != NULL ? currency->symbol : code != NULL ? code : "";

  if (size >= 999.5e6)
    {
      shown = size / 1e9;
      /* Translators: a thousand million, right after a number: "$1.2bn" */
      letter = C_ ("scale", "bn");
    }
  else if (size >= 999.5e3)
    {
      shown = size / 1e6;
      /* Translators: million, right after a number: "$1.2M" */
      letter = C_ ("scale", "M");
    }
  else if (size >= 1000)
    {
      shown = size / 1e3;
      /* Translators: thousand, right after a number: "$64k" */
      letter = C_ ("scale", "k");
    }
  if (size >= 999.5e3)
    decimals = shown < 10 ? 2 : 1;
  else if (size < 100 && size != floor (size))
    decimals = 2;
  digits = kilter_number_format_plain (shown, decimals);

  if (strspn (digits, "0.,") != strlen (digits))
    mark = value < 0 ? MINUS : sign ? "+" : "";
  if (currency != NULL && currency->is_behind)
    return g_strdup_printf ("%s%s%s" NO_BREAK_SPACE "%s", mark, digits, letter, symbol);
  if (currency == NULL && *symbol != '\0')
    return g_strdup_printf ("%s%s" NO_BREAK_SPACE "%s%s", mark, symbol, digits, letter);
  return g_strdup_printf ("%s%s%s%s", mark, symbol, digits, letter);
}

/**
 * kilter_format_set_preferences:
 * @power: 0, 3, 6, or -1 to choose by the numbers in view
 * @decimals: 0 … 3, or -1 to choose
 */
void
kilter_format_set_preferences (int power, int decimals)
{
  chosen_power = power;
  chosen_decimals = decimals;
}

double
kilter_format_largest (const double *values, gsize n)
{
  double largest = NAN;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]) && !(fabs (values[i]) <= largest))
      largest = fabs (values[i]);
  return largest;
}

void
kilter_format_init (KilterFormat *self, KilterUnit unit, double largest)
{
  static const double factors[] = { 1, 0, 0, 1e3, 0, 0, 1e6 };

  g_return_if_fail (self != NULL);

  largest = fabs (largest);
  memset (self, 0, sizeof *self);
  self->unit = unit;
  self->scale_power = choose_power (largest, unit);
  self->number.scale = factors[self->scale_power];
  self->number.grouped = TRUE;
  self->number.percent = unit == KILTER_UNIT_RATIO;
  if (chosen_decimals >= 0 && unit != KILTER_UNIT_DAYS)
    self->number.decimals = chosen_decimals;
  else
    self->number.decimals = choose_decimals (largest / self->number.scale, unit);
}

void
kilter_format_init_for (KilterFormat *self, KilterUnit unit, const double *values, gsize n)
{
  kilter_format_init (self, unit, kilter_format_largest (values, n));
}

char *
kilter_format_value (const KilterFormat *self, double value)
{
  g_return_val_if_fail (self != NULL, NULL);
  return kilter_number_format (value, &self->number);
}

char *
kilter_format_delta (const KilterFormat *self, double value)
{
  KilterNumberFormat format;

  g_return_val_if_fail (self != NULL, NULL);
  format = self->number;
  format.sign = TRUE;
  return kilter_number_format (value, &format);
}

/* what most products are counted in */
static const char *
plan_unit (const KilterPlan *plan)
{
  const KilterRecord *product;
  const char *text;

  if (plan == NULL)
    return NULL;
  for (int id = 1; id <= MIN (kilter_plan_get_max_id (plan, KILTER_TABLE_PRODUCT), 20); id++)
    {
      product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, id);
      text = product != NULL ? kilter_record_text (product, KILTER_PRODUCT_UNIT) : NULL;
      if (text != NULL && *text != '\0')
        return text;
    }
  return NULL;
}

static gboolean
is_cases (const char *unit)
{
  return unit == NULL || g_ascii_strcasecmp (unit, "case") == 0 ||
         g_ascii_strcasecmp (unit, "cases") == 0;
}

static char *
quantity_name (const char *unit, int power)
{
  if (is_cases (unit))
    switch (power)
      {
      case 3:
        return g_strdup (_ ("Thousand cases"));
      case 6:
        return g_strdup (_ ("Million cases"));
      default:
        return g_strdup (_ ("Cases"));
      }
  switch (power)
    {
    case 3:
      /* Translators: %s is the unit of the products, such as "tonnes" */
      return g_strdup_printf (_ ("Thousand %s"), unit);
    case 6:
      return g_strdup_printf (_ ("Million %s"), unit);
    default:
      return g_strdup (unit);
    }
}

/* @text: (transfer full): begins with a large letter afterwards */
static char *
begin_large (char *text)
{
  g_autofree char *own = text;
  char first[7] = { 0 };

  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (own)), first);
  return g_strconcat (first, g_utf8_next_char (own), NULL);
}

char *
kilter_format_get_unit_name (const KilterFormat *self, const KilterPlan *plan)
{
  const char *code;

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->unit)
    {
    case KILTER_UNIT_QUANTITY:
      return quantity_name (plan_unit (plan), self->scale_power);
    case KILTER_UNIT_MONEY:
    case KILTER_UNIT_PRICE:
      code = kilter_format_currency_symbol (plan != NULL ? kilter_plan_get_currency (plan) : NULL);
      if (self->scale_power == 3)
        /* Translators: %s is a currency, "$ thousand" */
        return g_strdup_printf (_ ("%s thousand"), code);
      if (self->scale_power == 6)
        return g_strdup_printf (_ ("%s million"), code);
      return g_strdup (code);
    case KILTER_UNIT_HOURS:
      return g_strdup (_ ("Hours"));
    case KILTER_UNIT_DAYS:
      return g_strdup (_ ("Days"));
    case KILTER_UNIT_RATIO:
      return g_strdup ("%");
    default:
      return g_strdup ("");
    }
}

char *
kilter_format_get_unit_short (const KilterFormat *self, const KilterPlan *plan)
{
  const char *letter, *symbol;

  g_return_val_if_fail (self != NULL, NULL);

  letter = self->scale_power == 3   ? C_ ("scale", "k")
           : self->scale_power == 6 ? C_ ("scale", "M")
                                    : "";
  switch (self->unit)
    {
    case KILTER_UNIT_MONEY:
    case KILTER_UNIT_PRICE:
      symbol = kilter_format_currency_symbol (plan != NULL ? kilter_plan_get_currency (plan)
                                                           : NULL);
      return g_strconcat (symbol, letter, NULL);
    case KILTER_UNIT_HOURS:
      /* Translators: hours, as short as possible */
      return g_strdup (C_ ("unit", "h"));
    case KILTER_UNIT_DAYS:
      return g_strdup (C_ ("unit", "days"));
    case KILTER_UNIT_RATIO:
      return g_strdup ("%");
    case KILTER_UNIT_QUANTITY:
    default:
      return g_strdup (letter);
    }
}

char *
kilter_format_money (const KilterPlan *plan, double value)
{
  return with_currency (plan, value, FALSE);
}

char *
kilter_format_money_delta (const KilterPlan *plan, double value)
{
  return with_currency (plan, value, TRUE);
}

char *
kilter_format_quantity (double value)
{
  g_autofree char *digits = NULL;
  double size = fabs (value);

  if (size >= 999.5e3)
    {
      digits = kilter_number_format_plain (value / 1e6, 1);
      /* Translators: a quantity within a sentence, "1.2 million" */
      return g_strdup_printf (_ ("%s million"), digits);
    }
  if (size >= 9999.5)
    {
      digits = kilter_number_format_plain (value / 1e3, size < 299.5e3 ? 1 : 0);
      return g_strdup_printf (_ ("%s thousand"), digits);
    }
  return kilter_number_format_plain (value, 0);
}

char *
kilter_format_quantity_short (double value)
{
  g_autofree char *digits = NULL;
  double size = fabs (value);

  if (size >= 999.5e3)
    {
      digits = kilter_number_format_plain (value / 1e6, 1);
      return g_strconcat (digits, C_ ("scale", "M"), NULL);
    }
  if (size >= 9999.5)
    {
      digits = kilter_number_format_plain (value / 1e3, size < 99.95e3 ? 1 : 0);
      return g_strconcat (digits, C_ ("scale", "k"), NULL);
    }
  return kilter_number_format_plain (value, 0);
}

char *
kilter_format_ratio (double ratio, int decimals)
{
  return kilter_number_format (
    ratio, &(KilterNumberFormat) { .decimals = decimals, .grouped = TRUE, .percent = TRUE });
}

char *
kilter_format_ratio_delta (double ratio, int decimals)
{
  return kilter_number_format (
    ratio,
    &(KilterNumberFormat) { .decimals = decimals, .grouped = TRUE, .percent = TRUE, .sign = TRUE });
}

char *
kilter_format_points (double ratio, int decimals)
{
  g_autofree char *digits = NULL;

  if (!isfinite (ratio))
    return g_strdup (DASH);
  digits = kilter_number_format (
    ratio * 100, &(KilterNumberFormat) { .decimals = decimals, .grouped = TRUE, .sign = TRUE });
  /* Translators: points of per cent, "+1.4 pt" */
  return g_strdup_printf (C_ ("points", "%s" NARROW_SPACE "pt"), digits);
}

char *
kilter_format_count (gint64 count)
{
  return kilter_number_format_plain ((double) count, 0);
}

const char *
kilter_format_currency_symbol (const char *code)
{
  const Currency *currency = find_currency (code);

  if (currency != NULL)
    return currency->symbol;
  return code != NULL ? code : "";
}

/* --- dates --------------------------------------------------------------------------------------
 */

static gboolean
read_date (const char *iso, GDate *out_date)
{
  g_autofree char *day = NULL;

  if (iso == NULL)
    return FALSE;
  day = g_strndup (iso, 10);
  return kilter_date_parse_iso (day, out_date);
}

/**
 * kilter_format_get_today:
 *
 * The day that dates are seen from. The sample plan stands still at its own, so that it is not late
 * for ever.
 */
void
kilter_format_get_today (const KilterPlan *plan, GDate *out_today)
{
  const char *set = plan != NULL ? kilter_plan_get_setting (plan, "today") : NULL;
  g_autoptr (GDateTime) now = NULL;

  if (set != NULL && read_date (set, out_today))
    return;
  now = g_date_time_new_now_local ();
  g_date_clear (out_today, 1);
  g_date_set_dmy (out_today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
}

int
kilter_format_days_until (const KilterPlan *plan, const char *iso)
{
  GDate date, today;

  if (!read_date (iso, &date))
    return G_MAXINT;
  kilter_format_get_today (plan, &today);
  return g_date_days_between (&today, &date);
}

char *
kilter_format_day (const KilterPlan *plan, const char *iso)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date, today;

  if (!read_date (iso, &date))
    return g_strdup ("");
  kilter_format_get_today (plan, &today);
  if (g_date_get_year (&date) == g_date_get_year (&today))
    return kilter_date_get_label (&date);
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 12, 0, 0);
  /* Translators: a day of another year, as for strftime(): "15 April 2025" */
  return g_date_time_format (time, C_ ("date", "%-d %B %Y"));
}

char *
kilter_format_date (const KilterPlan *plan, const char *iso)
{
  switch (kilter_format_days_until (plan, iso))
    {
    case 0:
      return g_strdup (_ ("Today"));
    case 1:
      return g_strdup (_ ("Tomorrow"));
    case -1:
      return g_strdup (_ ("Yesterday"));
    default:
      return kilter_format_day (plan, iso);
    }
}

char *
kilter_format_when (const KilterPlan *plan, const char *iso_time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;

  time = iso_time != NULL ? g_date_time_new_from_iso8601 (iso_time, utc) : NULL;
  if (time == NULL)
    return kilter_format_date (plan, iso_time);
  local = g_date_time_to_local (time);
  day = g_date_time_format (local, "%Y-%m-%d");
  if (kilter_format_days_until (plan, day) != 0)
    return kilter_format_date (plan, day);
  /* Translators: a time of the day, as for strftime() */
  clock = g_date_time_format (local, C_ ("time", "%-H:%M"));
  /* Translators: %s is a time of the day */
  return g_strdup_printf (_ ("Today, %s"), clock);
}

char *
kilter_format_bucket (const KilterPlan *plan, int index)
{
  g_return_val_if_fail (plan != NULL, NULL);
  return kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                  kilter_plan_get_bucket (plan, index));
}

char *
kilter_format_bucket_short (const KilterPlan *plan, int index)
{
  g_return_val_if_fail (plan != NULL, NULL);
  return kilter_bucket_get_short_label (kilter_plan_get_bucket_kind (plan),
                                        kilter_plan_get_bucket (plan, index));
}

/* --- words --------------------------------------------------------------------------------------
 */

/**
 * kilter_display_unit_get_name:
 *
 * Returns: (transfer full): "Revenue", or in what the plan counts: "Cases", "Kg", translated
 */
char *
kilter_display_unit_get_name (KilterDisplayUnit unit, const KilterPlan *plan)
{
  switch (unit)
    {
    case KILTER_DISPLAY_REVENUE:
      return g_strdup (_ ("Revenue"));
    case KILTER_DISPLAY_MARGIN:
      return g_strdup (_ ("Margin"));
    case KILTER_DISPLAY_HOURS:
      return g_strdup (_ ("Hours"));
    case KILTER_DISPLAY_PALLETS:
      return g_strdup (_ ("Pallets"));
    case KILTER_DISPLAY_CASES:
    case KILTER_N_DISPLAY_UNITS:
    default:
      return begin_large (quantity_name (plan_unit (plan), 0));
    }
}

const char *
kilter_display_unit_get_key (KilterDisplayUnit unit)
{
  static const char *const keys[] = { "cases", "revenue", "margin", "hours", "pallets" };

  return unit < KILTER_N_DISPLAY_UNITS ? keys[unit] : keys[0];
}

const char *
kilter_format_step_state (int state)
{
  switch (state)
    {
    case KILTER_STEP_IN_PROGRESS:
      return _ ("in progress");
    case KILTER_STEP_FINISHED:
      return _ ("finished");
    case KILTER_STEP_REOPENED:
      return _ ("reopened");
    case KILTER_STEP_NOT_STARTED:
    default:
      return _ ("not started");
    }
}
