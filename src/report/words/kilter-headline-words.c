/* kilter-headline-words.c: methods, exceptions, fixes and causes in words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * kilter_headline_method:
 * @key: "ets"
 *
 * Returns: (transfer full): the method's name
 */
char *
kilter_headline_method (const char *key)
{
  static const struct
  {
    const char *key;
    const char *name;
  } methods[] = {
    { "auto", N_ ("Automatic") },
    { "comb", N_ ("Combination of several methods") },
    { "best", N_ ("Best single method") },
    { "zero", N_ ("No demand expected") },
    { "mean", N_ ("Mean of the history") },
    { "naive", N_ ("Last value (naive)") },
    { "snaive", N_ ("Same period last year (seasonal naive)") },
    { "smean", N_ ("Mean of the same period of recent years") },
    { "naive2", N_ ("Last value, seasonally adjusted") },
    { "ses", N_ ("Exponential smoothing without trend") },
    { "holt", N_ ("Exponential smoothing with trend") },
    { "damped", N_ ("Exponential smoothing with damped trend") },
    { "hw-add", N_ ("Exponential smoothing, trend and additive season") },
    { "hw-mult", N_ ("Exponential smoothing, trend and multiplicative season") },
    { "ets", N_ ("Exponential smoothing, form chosen automatically") },
    { "theta", N_ ("Theta method") },
    { "ces", N_ ("Complex exponential smoothing") },
    { "arima", N_ ("ARIMA, orders chosen automatically") },
    { "thief", N_ ("Forecasts at several time grains combined") },
    { "croston", N_ ("Croston, for intermittent demand") },
    { "sba", N_ ("Croston corrected (SBA), for intermittent demand") },
    { "tsb", N_ ("TSB, for intermittent demand") },
    { "adida", N_ ("Aggregation (ADIDA), for intermittent demand") },
    { "imapa", N_ ("Multiple aggregation (IMAPA), for intermittent demand") },
    { "like", N_ ("Profile of a like product") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (methods[i].key, key) == 0)
      return g_strdup (_ (methods[i].name));
  return g_strdup (key != NULL ? key : "");
}

/**
 * kilter_headline_method_short:
 * @key: "ets"; "auto" is the forecast as it is made
 *
 * Returns: (transfer full): the method's name for a narrow place
 */
char *
kilter_headline_method_short (const char *key)
{
  static const struct
  {
    const char *key;
    const char *name;
  } methods[] = {
    { "auto", NC_ ("short name of a method", "This forecast") },
    { "naive", NC_ ("short name of a method", "Last value") },
    { "snaive", NC_ ("short name of a method", "Last year") },
    { "naive2", NC_ ("short name of a method", "Last value, adjusted") },
    { "mean", NC_ ("short name of a method", "Mean") },
    { "smean", NC_ ("short name of a method", "Mean of years") },
    { "ses", NC_ ("short name of a method", "Smoothing") },
    { "holt", NC_ ("short name of a method", "Smoothing, trend") },
    { "damped", NC_ ("short name of a method", "Smoothing, damped") },
    { "hw-add", NC_ ("short name of a method", "Smoothing, season +") },
    { "hw-mult", NC_ ("short name of a method", "Smoothing, season ×") },
    { "ets", NC_ ("short name of a method", "Smoothing (ETS)") },
    { "theta", NC_ ("short name of a method", "Theta") },
    { "ces", NC_ ("short name of a method", "Complex smoothing") },
    { "arima", NC_ ("short name of a method", "ARIMA") },
    { "thief", NC_ ("short name of a method", "Several grains") },
    { "croston", NC_ ("short name of a method", "Croston") },
    { "sba", NC_ ("short name of a method", "SBA") },
    { "tsb", NC_ ("short name of a method", "TSB") },
    { "adida", NC_ ("short name of a method", "ADIDA") },
    { "imapa", NC_ ("short name of a method", "IMAPA") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (methods[i].key, key) == 0)
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "short name of a method", methods[i].name));
  return kilter_headline_method (key);
}

/* Trend and season of a form of exponential smoothing: "M,Ad,M" is error, trend, season. Whole
 * phrases: in other languages the words stand in another order. */
static char *
describe_smoothing (const char *form)
{
  static const struct
  {
    const char *form; /* trend, season */
    const char *words;
  } forms[] = {
    { "N,N", N_ ("Exponential smoothing") },
    { "N,A", N_ ("Exponential smoothing, additive season") },
    { "N,M", N_ ("Exponential smoothing, multiplicative season") },
    { "A,N", N_ ("Exponential smoothing, additive trend") },
    { "A,A", N_ ("Exponential smoothing, additive trend, additive season") },
    { "A,M", N_ ("Exponential smoothing, additive trend, multiplicative season") },
    { "Ad,N", N_ ("Exponential smoothing, damped trend") },
    { "Ad,A", N_ ("Exponential smoothing, damped trend, additive season") },
    { "Ad,M", N_ ("Exponential smoothing, damped trend, multiplicative season") },
  };
  const char *comma = strchr (form, ',');

  for (gsize i = 0; comma != NULL && i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].form, comma + 1))
      return g_strdup (_ (forms[i].words));
  return NULL;
}

/**
 * kilter_headline_try:
 *
 * Returns: (transfer full): a method that was tried, with what was chosen in it
 */
char *
kilter_headline_try (const KilterModelTry *entry)
{
  char *smoothing = g_str_equal (entry->method, "ets") ? describe_smoothing (entry->form) : NULL;
  g_autofree char *name = NULL;

  if (smoothing != NULL)
    return smoothing;
  if (g_str_equal (entry->method, "arima") && *entry->form != '\0')
    /* Translators: %s are the orders of the model, "(1,0,1)(0,1,1)" */
    return g_strdup_printf (_ ("ARIMA %s"), entry->form);
  name = kilter_headline_method (entry->method);
  return g_steal_pointer (&name);
}

static void
append_sentence (GString *text, const char *format, double ratio)
{
  g_autofree char *size = NULL;

  if (isnan (ratio))
    return;
  size = kilter_format_ratio (ratio, 0);
  if (text->len > 0)
    g_string_append_c (text, ' ');
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, size);
#pragma GCC diagnostic pop
}

/**
 * kilter_headline_parameters:
 *
 * Returns: (transfer full): the parameters of a method in sentences, "" when it has none that mean
 *   something outside the method
 */
char *
kilter_headline_parameters (const KilterModelTry *entry)
{
  GString *text = g_string_new (NULL);

  /* those of complex smoothing and ARIMA are no shares */
  if (g_str_equal (entry->method, "ces") || g_str_equal (entry->method, "arima"))
    return g_string_free_and_steal (text);
  append_sentence (text, _ ("The level follows %s of each error."), entry->alpha);
  if (g_str_equal (entry->method, "tsb"))
    append_sentence (text, _ ("How often there is demand follows %s of each error."), entry->beta);
  else
    append_sentence (text, _ ("The trend follows %s of it."), entry->beta);
  append_sentence (text, _ ("The season follows %s of it."), entry->gamma);
  append_sentence (text, _ ("The trend keeps %s of itself each period."), entry->phi);
  return g_string_free_and_steal (text);
}

/**
 * kilter_headline_model:
 *
 * Returns: (transfer full): what a series was forecast with: the method, and whether it has a
 *   season; "" without a forecast
 */
char *
kilter_headline_model (const KilterPlan *plan, int series)
{
  const KilterRecord *model = kilter_plan_find_model (plan, series);
  g_autofree char *method = NULL;

  if (model == NULL)
    return g_strdup ("");
  method = kilter_headline_method (kilter_record_text (model, KILTER_MODEL_METHOD));
  if (*kilter_record_text (model, KILTER_MODEL_SEASON) != '\0')
    /* Translators: the name of a forecasting method */
    return g_strdup_printf (_ ("%s, yearly season"), method);
  return g_steal_pointer (&method);
}

/**
 * kilter_headline_exception:
 *
 * Returns: (transfer full): one sentence for the list of exceptions
 */
char *
kilter_headline_exception (const KilterPlan *plan, const KilterException *exception)
{
  g_autofree char *month = exception->bucket >= 0 ? kilter_format_bucket (plan, exception->bucket)
                                                  : g_strdup ("");
  g_autofree char *size = isnan (exception->size) ? g_strdup ("")
                                                  : kilter_format_ratio (fabs (exception->size), 0);
  int n = exception->n_buckets;

  switch (exception->kind)
    {
    case KILTER_EXCEPTION_NEW:
      if (n == 0)
        {
          const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                                                exception->product);
          int like = product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_LIKE) : 0;

          if (like != 0)
            /* Translators: a month, and the product whose profile is used */
            return g_strdup_printf (_ ("New in %1$s, no history, profile of %2$s"), month,
                                    kilter_plan_get_product_name (plan, like));
          return g_strdup_printf (_ ("New in %s, no history"), month);
        }
      return g_strdup_printf (
        ngettext ("New: only %d month of sales", "New: only %d months of sales", n), n);
    case KILTER_EXCEPTION_OUTLIER:
      return g_strdup_printf (exception->size < 0 ? _ ("%s looks like a stock-out")
                                                  : _ ("%s looks like a promotion"),
                              month);
    case KILTER_EXCEPTION_BIAS:
      return g_strdup_printf (exception->size > 0
                                ? ngettext ("Forecast too high by %s for %d month",
                                            "Forecast too high by %s for %d months", n)
                                : ngettext ("Forecast too low by %s for %d month",
                                            "Forecast too low by %s for %d months", n),
                              size, n);
    case KILTER_EXCEPTION_LOST_TO_NAIVE:
      return g_strdup_printf (_ ("The model is %s worse than naive"), size);
    case KILTER_EXCEPTION_LARGE_OVERRIDE:
      return g_strdup_printf (exception->size > 0 ? _ ("Final is %s above statistical in %s")
                                                  : _ ("Final is %s below statistical in %s"),
                              size, month);
    case KILTER_EXCEPTION_LARGE_CHANGE:
      return g_strdup_printf (_ ("Changed by %s from the last cycle in %s, no reason given"), size,
                              month);
    case KILTER_EXCEPTION_OUTSIDE_INTERVAL:
    default:
      return g_strdup_printf (exception->size > 0
                                ? ngettext ("Input above the 95 %% interval in %d month",
                                            "Input above the 95 %% interval in %d months", n)
                                : ngettext ("Input below the 95 %% interval in %d month",
                                            "Input below the 95 %% interval in %d months", n),
                              n);
    }
}

char *
kilter_headline_fix (const KilterPlan *plan, const KilterFix *fix)
{
  g_autofree char *early = kilter_format_quantity (fix->early_quantity);
  g_autofree char *outside = kilter_format_quantity (fix->subcontract_quantity);
  g_autofree char *hours = kilter_format_count ((gint64) ceil (fix->overtime_hours));

  switch (fix->title)
    {
    case KILTER_SUPPLY_FIX_EARLY:
      return g_strdup_printf (_ ("Build %s early"), early);
    case KILTER_SUPPLY_FIX_OVERTIME:
      return g_strdup_printf (_ ("Work %s hours of overtime"), hours);
    case KILTER_SUPPLY_FIX_SHIFT:
      return g_strdup_printf (_ ("Add shifts of %s hours"), hours);
    case KILTER_SUPPLY_FIX_SUBCONTRACT:
      return g_strdup_printf (_ ("Subcontract %s"), outside);
    case KILTER_SUPPLY_FIX_ROUTE:
      return g_strdup (_ ("Move to another line"));
    case KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME:
      return g_strdup_printf (_ ("Build %s early and work %s hours of overtime"), early, hours);
    case KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT:
      return g_strdup_printf (_ ("Build %s early and subcontract %s"), early, outside);
    case KILTER_SUPPLY_FIX_EVERYTHING:
      return g_strdup (_ ("Use every means together"));
    case KILTER_SUPPLY_FIX_MOVE_EVENT:
      {
        g_autofree char *month = kilter_format_bucket (plan, fix->moved_to);
        const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, fix->event);

        /* Translators: an event, a month */
        return g_strdup_printf (_ ("Move “%s” to %s"),
                                event != NULL ? kilter_record_text (event, KILTER_EVENT_NAME) : "",
                                month);
      }
    case KILTER_SUPPLY_FIX_SUBSTITUTE:
      {
        g_autofree char *moved = kilter_format_quantity (fix->moved_quantity);

        /* Translators: a quantity, a product, another product */
        return g_strdup_printf (_ ("Offer %s of %s instead of %s"), moved,
                                kilter_plan_get_product_name (plan, fix->other_product),
                                kilter_plan_get_product_name (plan, fix->product));
      }
    case KILTER_SUPPLY_FIX_ACCEPT:
    default:
      return g_strdup (_ ("Accept the shortage"));
    }
}

static char *
tell_condition (const KilterPlan *plan, const KilterFix *fix)
{
  g_autofree char *month = fix->condition_bucket >= 0
                             ? kilter_format_bucket (plan, fix->condition_bucket)
                             : g_strdup ("");
  g_autofree char *size = kilter_format_ratio (fabs (fix->condition_value), 0);
  g_autofree char *quantity = kilter_format_quantity (fix->condition_value);

  switch (fix->condition)
    {
    case KILTER_SUPPLY_CONDITION_STORE_PEAK:
      return g_strdup_printf (_ ("%s reaches %s in %s"),
                              kilter_plan_get_resource_name (plan, fix->condition_resource), size,
                              month);
    case KILTER_SUPPLY_CONDITION_BELOW_TARGET:
      return g_strdup_printf (_ ("Stock stays %s below target in %s"), size, month);
    case KILTER_SUPPLY_CONDITION_ORDER_BY:
      return g_strdup_printf (_ ("Order before %s"), month);
    case KILTER_SUPPLY_CONDITION_STILL_UNMET:
      return g_strdup_printf (_ ("%s stays unmet, first in %s"), quantity, month);
    case KILTER_SUPPLY_CONDITION_NONE:
    default:
      return NULL;
    }
}

/**
 * kilter_headline_fix_condition:
 *
 * Returns: (transfer full): what to watch, and until when the option is open; "" when nothing
 */
char *
kilter_headline_fix_condition (const KilterPlan *plan, const KilterFix *fix)
{
  g_autofree char *condition = tell_condition (plan, fix);
  g_autofree char *month = NULL, *expires = NULL;

  if (fix->expires < 0)
    return condition != NULL ? g_steal_pointer (&condition) : g_strdup ("");
  month = kilter_format_bucket (plan, fix->expires);
  expires = g_strdup_printf (_ ("Open until %s begins"), month);
  return condition != NULL ? g_strdup_printf ("%s · %s", condition, expires)
                           : g_steal_pointer (&expires);
}

char *
kilter_headline_why (const KilterPlan *plan, const KilterWhy *why)
{
  g_autofree char *month = kilter_format_bucket (
    plan, why->resource_bucket >= 0 ? why->resource_bucket : why->bucket);
  const char *resource = kilter_plan_get_resource_name (plan, why->resource);
  const char *component = why->component != 0 ? kilter_plan_get_product_name (plan, why->component)
                                              : NULL;

  switch (why->cause)
    {
    case KILTER_SUPPLY_CAUSE_CAPACITY:
      if (component != NULL)
        /* Translators: a resource, a month, a component */
        return g_strdup_printf (_ ("%s is full in %s, so that there is not enough %s"), resource,
                                month, component);
      return g_strdup_printf (_ ("%s is full in %s"), resource, month);
    case KILTER_SUPPLY_CAUSE_STORAGE:
      return g_strdup_printf (_ ("%s has no room left in %s"), resource, month);
    case KILTER_SUPPLY_CAUSE_LEAD_TIME:
      if (component != NULL)
        return g_strdup_printf (_ ("%s ordered now would come too late"), component);
      return g_strdup (_ ("The lead time is too long to make it in time"));
    case KILTER_SUPPLY_CAUSE_FROZEN:
      return g_strdup (_ ("The production would have to start in the frozen period"));
    case KILTER_SUPPLY_CAUSE_COMPONENT:
      return component != NULL ? g_strdup_printf (_ ("There is not enough %s"), component)
                               : g_strdup (_ ("A component is missing"));
    case KILTER_SUPPLY_CAUSE_POLICY:
      return g_strdup (_ ("A quantity that a planner typed stands against it"));
    case KILTER_SUPPLY_CAUSE_EARLY:
      return g_strdup (_ ("Building early is not allowed"));
    case KILTER_SUPPLY_CAUSE_ROUTE:
      return g_strdup (_ ("Subcontracting, or another line, is not allowed"));
    case KILTER_SUPPLY_CAUSE_LIMIT:
      return g_strdup (_ ("The subcontractor’s limit is reached"));
    case KILTER_SUPPLY_CAUSE_NO_SOURCE:
      return g_strdup (_ ("There is no line that makes it"));
    case KILTER_SUPPLY_CAUSE_COST:
    case KILTER_SUPPLY_CAUSE_UNIT_COST:
    case KILTER_SUPPLY_CAUSE_HOLDING:
    case KILTER_SUPPLY_CAUSE_BACKLOG:
    case KILTER_SUPPLY_CAUSE_LOST:
    case KILTER_SUPPLY_CAUSE_TARGET:
    default:
      return g_strdup (_ ("Meeting it would cost more than it brings"));
    }
}

/**
 * kilter_headline_to_date:
 * @approved: the plan that is in force
 * @bucket: the period that runs
 *
 * Returns: (transfer full): how the period stands against as much of its plan as is due
 */
char *
kilter_headline_to_date (const KilterSubject *subject,
                         KilterVersion approved,
                         int bucket,
                         const GDate *day)
{
  KilterMonthToDate now;
  g_autofree char *month = kilter_format_bucket (subject->plan, bucket);
  g_autofree char *share = NULL, *passed = NULL, *days = NULL;

  kilter_plan_month_to_date (subject->plan, approved, &subject->scope,
                             kilter_display_unit_to_measure (subject->unit), bucket, day, &now);
  passed = kilter_format_count (now.n_passed);
  days = kilter_format_count (now.n_workdays);
  if (isnan (now.ratio))
    /* Translators: a month, and two numbers of days */
    return g_strdup_printf (_ ("%s to date: nothing to compare on working day %s of %s"), month,
                            passed, days);
  share = kilter_format_ratio_delta (now.ratio, 1);
  /* Translators: a month, "+2.5 %", and two numbers of days */
  return g_strdup_printf (_ ("%s to date: demand %s against the phased plan, working day %s of %s"),
                          month, share, passed, days);
}
