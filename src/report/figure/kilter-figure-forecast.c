/* kilter-figure-forecast.c: charts of step 1: the forecast, its models, its accuracy
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure-private.h"
#include "plan/review/kilter-review.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- events --- */

/* characters */
#define LONGEST_NAME 28

/* What a planner did because of something that happens, rather than of something known better. */
static const char *const event_codes[] = { "promotion",   "launch",       "phase-out",
                                           "new-listing", "lost-listing", "price" };

/* The reason in the menu that a text begins with: "Promotion: Summer Splash", "Promotion 2024". */
static const KilterRecord *
find_reason (const KilterPlan *plan, const char *text)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_REASON, reason)
    {
      const char *name = kilter_record_text (reason, KILTER_REASON_NAME);
      gsize length = strlen (name);

      if (length > 0 && strncmp (text, name, length) == 0 &&
          (text[length] == '\0' || text[length] == ':' || text[length] == ' '))
        return reason;
    }
  return NULL;
}

static gboolean
is_event (const KilterPlan *plan, const char *text)
{
  const KilterRecord *reason = text != NULL ? find_reason (plan, text) : NULL;

  if (reason == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (event_codes); i++)
    if (g_str_equal (event_codes[i], kilter_record_text (reason, KILTER_REASON_CODE)))
      return TRUE;
  return FALSE;
}

/**
 * kilter_figure_reason_name:
 * @text: a reason as it is kept with a number
 *
 * Returns: (transfer none): what it says beyond the word of the menu: "Summer Splash" of
 *   "Promotion: Summer Splash"; all of it when there is nothing more
 */
const char *
kilter_figure_reason_name (const char *text)
{
  const char *colon = strstr (text, ": ");

  return colon != NULL && colon[2] != '\0' ? colon + 2 : text;
}

static void
clear_event (gpointer data)
{
  g_free (((KilterFigureEvent *) data)->name);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const KilterFigureEvent *x = a, *y = b;

  if (x->first != y->first)
    return x->first - y->first;
  return g_strcmp0 (x->name, y->name);
}

/* A name has few words; of a reason with a whole sentence behind it only the word of the menu. */
static char *
short_name (const char *reason)
{
  const char *name = kilter_figure_reason_name (reason);

  return g_utf8_strlen (name, -1) <= LONGEST_NAME || name == reason
           ? g_strdup (name)
           : g_strndup (reason, strcspn (reason, ":"));
}

/* A month that an event touches joins the run of the months before. */
static void
add_event (GArray *events, const char *name, gboolean is_record, int bucket)
{
  KilterFigureEvent event = { .first = bucket, .last = bucket, .is_record = is_record };

  for (guint i = 0; i < events->len; i++)
    {
      KilterFigureEvent *other = &g_array_index (events, KilterFigureEvent, i);

      if (!g_str_equal (other->name, name) || bucket < other->first - 1 || bucket > other->last + 1)
        continue;
      other->first = MIN (other->first, bucket);
      other->last = MAX (other->last, bucket);
      return;
    }
  event.name = g_strdup (name);
  g_array_append_val (events, event);
}

/* Events of the plan that have a product of the scope. */
static void
add_planned (const KilterSubject *subject, GArray *events)
{
  KilterPlan *plan = subject->plan;
  int n = kilter_plan_get_n_buckets (plan);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      const KilterRecord *event = kilter_plan_get_record (
        plan, KILTER_TABLE_EVENT, kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT));
      int first, last;

      if (event == NULL || !isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)) ||
          !kilter_event_is_planned (event) || !kilter_event_get_span (plan, event, &first, &last) ||
          !kilter_scope_has_product (plan, &subject->scope,
                                     kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT)))
        continue;
      for (int t = MAX (first, 0); t <= MIN (last, n - 1); t++)
        add_event (events, kilter_record_text (event, KILTER_EVENT_NAME), TRUE, t);
    }
}

/**
 * kilter_figure_find_events:
 *
 * What is planned, or was planned, in a part of the plan: its events, typed numbers whose reason is
 * an event (promotion, launch, price …), and quantities of events without one.
 *
 * Returns: (transfer full) (element-type KilterFigureEvent): by their first month
 */
GArray *
kilter_figure_find_events (const KilterSubject *subject)
{
  static const KilterMeasure measures[] = { KILTER_EVENT, KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                            KILTER_OVERRIDE_SHARE };
  KilterPlan *plan = subject->plan;
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, &subject->scope, KILTER_GRAIN_SERIES);
  GArray *events = g_array_new (FALSE, FALSE, sizeof (KilterFigureEvent));
  int n = kilter_plan_get_n_buckets (plan);

  g_array_set_clear_func (events, clear_event);
  for (guint i = 0; i < rows->len; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
      {
        int row = g_array_index (rows, int, i);
        const double *typed = kilter_plan_get_stored (plan, subject->version, measures[m],
                                                      KILTER_LAYER_INPUT, row);

        for (int t = 0; typed != NULL && t < n; t++)
          {
            const KilterCellNote *note;

            if (isnan (typed[t]) || (measures[m] == KILTER_EVENT && typed[t] == 0))
              continue;
            note = kilter_plan_get_note (plan, subject->version, measures[m], row, t);
            if (note != NULL && note->reason != NULL && is_event (plan, note->reason))
              {
                g_autofree char *name = short_name (note->reason);

                add_event (events, name, FALSE, t);
              }
            else if (measures[m] == KILTER_EVENT)
              add_event (events, C_ ("planned", "Event"), FALSE, t);
          }
      }
  add_planned (subject, events);
  g_array_sort (events, compare_events);
  return events;
}

/* --- the forecast --- */

static void
clear_outlier (gpointer data)
{
  g_free ((char *) ((KilterChartNote *) data)->text);
}

/* Why a month was corrected: the reason of most of the correction. */
static const char *
find_cause (const KilterSubject *subject, const GArray *rows, int bucket)
{
  const char *cause = NULL;
  double most = -1;

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterCellNote *note = kilter_plan_get_note (subject->plan, subject->version,
                                                         KILTER_CORRECTION, row, bucket);
      double size;

      if (note == NULL || note->reason == NULL || *note->reason == '\0')
        continue;
      size = fabs (
        kilter_plan_get_value (subject->plan, subject->version, KILTER_ACTUAL, row, bucket) -
        kilter_plan_get_value (subject->plan, subject->version, KILTER_CORRECTION, row, bucket));
      if (isnan (size) || size <= most)
        continue;
      most = size;
      cause = note->reason;
    }
  return cause;
}

/* Past months that a planner corrected, with the cause, and what looks like an outlier. */
static GArray *
find_outliers (const KilterSubject *subject, const double *actual, const double *cleaned, int n)
{
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_SERIES);
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (KilterChartNote));

  g_array_set_clear_func (notes, clear_outlier);
  for (int t = 0; t < n; t++)
    if (!isnan (actual[t]) && fabs (actual[t] - cleaned[t]) > 1e-9 * (1 + fabs (actual[t])))
      {
        const char *cause = find_cause (subject, rows, t);
        KilterChartNote note = { .series = 0, .bucket = t };

        /* Translators: %s is why a month of the history was corrected: "Promotion 2024" */
        note.text = cause != NULL ? g_strdup_printf (_ ("%s, left out of the fit"),
                                                     kilter_figure_reason_name (cause))
                                  : g_strdup (_ ("Corrected, left out of the fit"));
        g_array_append_val (notes, note);
      }
  if (notes->len == 0 && subject->scope.product != 0)
    {
      KilterException exception;

      if (kilter_plan_find_exception (subject->plan, subject->version, subject->scope.product,
                                      KILTER_EXCEPTION_OUTLIER, &exception))
        {
          KilterChartNote note = { .bucket = exception.bucket,
                                   .text = g_strdup (exception.size < 0
                                                       ? _ ("Looks like a stock-out")
                                                       : _ ("Looks like a promotion")) };

          g_array_append_val (notes, note);
        }
    }
  return notes;
}

static GArray *
find_flags (const GArray *events)
{
  GArray *flags = g_array_new (FALSE, FALSE, sizeof (KilterChartEvent));

  for (guint i = 0; i < events->len; i++)
    {
      const KilterFigureEvent *event = &g_array_index (events, KilterFigureEvent, i);
      KilterChartEvent flag = { event->first, event->last, event->name };

      g_array_append_val (flags, flag);
    }
  return flags;
}

static gboolean
has_any (const double *values, int n)
{
  for (int t = 0; t < n; t++)
    if (!isnan (values[t]))
      return TRUE;
  return FALSE;
}

/**
 * kilter_figure_forecast:
 * @options: (nullable): what is shown beside the lines; %NULL for the lines alone
 *
 * Actual sales, statistical and final forecast with intervals, over the whole span of the plan;
 * outliers with their cause, events as flags.
 */
KilterChart *
kilter_figure_forecast (const KilterSubject *subject, const KilterForecastFigure *options)
{
  static const KilterForecastFigure plain = { 0 };
  const KilterForecastFigure *look = options != NULL ? options : &plain;
  int n = kilter_plan_get_n_buckets (subject->plan);
  int cycle = kilter_plan_get_n_history (subject->plan);
  g_autofree double *actual = kilter_subject_dup (subject, KILTER_ACTUAL);
  g_autofree double *cleaned = kilter_subject_dup (subject, KILTER_CLEANED);
  g_autofree double *statistical = kilter_subject_dup (subject, KILTER_STATISTICAL);
  g_autofree double *final = kilter_subject_dup (subject, KILTER_FINAL);
  g_autofree double *last = look->last_cycle ? kilter_subject_dup (subject, KILTER_LAST_CYCLE)
                                             : NULL;
  double *bounds[6] = {
    kilter_subject_dup (subject, KILTER_LOW_50), kilter_subject_dup (subject, KILTER_HIGH_50),
    kilter_subject_dup (subject, KILTER_LOW_80), kilter_subject_dup (subject, KILTER_HIGH_80),
    kilter_subject_dup (subject, KILTER_LOW_95), kilter_subject_dup (subject, KILTER_HIGH_95),
  };
  const KilterChartBand bands[] = {
    { 50, /* xgettext:no-c-format */ _ ("50 % interval"), _ ("50 % low"), _ ("50 % high"),
      bounds[0], bounds[1] },
    { 80, /* xgettext:no-c-format */ _ ("80 % interval"), _ ("80 % low"), _ ("80 % high"),
      bounds[2], bounds[3] },
    { 95, /* xgettext:no-c-format */ _ ("95 % interval"), _ ("95 % low"), _ ("95 % high"),
      bounds[4], bounds[5] },
  };
  g_autoptr (GArray) outliers = find_outliers (subject, actual, cleaned, cycle);
  g_autoptr (GArray) events = kilter_figure_find_events (subject);
  g_autoptr (GArray) flags = find_flags (events);
  g_auto (KilterFigureTime) time = { 0 };
  g_autofree char *headline = kilter_headline_forecast (subject);
  g_autofree char *subtitle = NULL;
  KilterFormat format;
  KilterChart *chart;

  kilter_figure_time_init (&time, subject->plan, 0, n);
  {
    double largest = fmax (kilter_format_largest (actual, (gsize) n),
                           kilter_format_largest (final, (gsize) n));

    kilter_subject_init_format (subject, KILTER_FINAL, &largest, 1, &format);
  }
  chart = kilter_chart_new_fan (&(KilterChartFan) {
    .time = time.time,
    .format = format.number,
    .actual_name = _ ("Actual"),
    .actual = actual,
    .statistical_name = _ ("Statistical"),
    .statistical = statistical,
    .final_name = _ ("Final"),
    .final = final,
    .last_cycle_name = _ ("Last cycle"),
    .last_cycle = last != NULL && has_any (last, n) ? last : NULL,
    .preview_name = _ ("New forecast"),
    .preview = look->preview,
    .bands = bands,
    .n_bands = G_N_ELEMENTS (bands),
    .tint_first = (gsize) MAX (look->tint_first, 0),
    .tint_n = (gsize) MAX (look->tint_n, 0),
    .outliers = outliers->len > 0 ? (const KilterChartNote *) outliers->data : NULL,
    .n_outliers = outliers->len,
    .events = flags->len > 0 ? (const KilterChartEvent *) flags->data : NULL,
    .n_events = flags->len,
  });
  subtitle = kilter_figure_subtitle (subject, &format, 0, n);
  kilter_chart_set_title (chart, headline, subtitle);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    g_free (bounds[i]);
  return chart;
}

/* --- models --- */

/**
 * kilter_figure_models:
 *
 * What the last run tried, the smallest error first, each against the naive forecast on the same
 * series. %NULL when nothing was measured.
 */
KilterChart *
kilter_figure_models (const KilterSubject *subject)
{
  g_autoptr (GArray)
    ranks = kilter_plan_rank_models (subject->plan, subject->version, &subject->scope);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (KilterChartDumbbellRow));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  KilterChart *chart;

  for (guint i = 0; i < ranks->len; i++)
    {
      const KilterModelRank *rank = &g_array_index (ranks, KilterModelRank, i);
      KilterChartDumbbellRow row = { NULL, rank->wape, rank->naive_wape };

      /* a method for a few small series says nothing of the whole */
      if (isnan (rank->wape) || rank->coverage < 0.5)
        continue;
      g_ptr_array_add (names, kilter_headline_method_short (rank->method));
      row.name = g_ptr_array_index (names, names->len - 1);
      g_array_append_val (rows, row);
    }
  if (rows->len == 0)
    return NULL;
  chart = kilter_chart_new_dumbbell (&(KilterChartDumbbell) {
    .rows = (const KilterChartDumbbellRow *) rows->data,
    .n_rows = rows->len,
    .value_name = _ ("WAPE"),
    .reference_name = _ ("Naive"),
    .format = { .decimals = 1, .percent = TRUE },
    .difference_format = { .decimals = 1, .percent = TRUE, .sign = TRUE },
  });
  kilter_chart_set_title (chart, _ ("Methods Tried"),
                          _ ("WAPE one period ahead, in the last known months"));
  return chart;
}

/**
 * kilter_figure_season:
 *
 * The seasonal profile of the models as a line; %NULL without one.
 */
KilterChart *
kilter_figure_season (const KilterSubject *subject)
{
  KilterPlan *plan = subject->plan;
  int season = kilter_plan_get_season (plan), first = kilter_plan_find_season (plan);
  g_autofree double *profile = g_new (double, MAX (season, 1));
  g_auto (KilterFigureTime) time = { 0 };
  KilterChart *chart;

  if (first < 0 || !kilter_plan_model_season (plan, subject->version, &subject->scope, profile))
    return NULL;
  kilter_figure_time_init (&time, plan, first, season);
  time.time.groups = NULL;
  time.time.names = time.time.labels;
  time.time.cycle = (gsize) season;
  chart = kilter_chart_new_lines (&(KilterChartLines) {
    .time = time.time,
    .format = { .decimals = 0, .percent = TRUE },
    .series = &(KilterChartSeries) { .name = _ ("Season"),
                                     .values = profile,
                                     .look = KILTER_CHART_LOOK_LINE,
                                     .role = KILTER_CHART_ROLE_FORECAST },
    .n_series = 1,
    .is_tight = TRUE,
  });
  kilter_chart_set_title (chart, _ ("Season"), _ ("Per cent of the mean of the year"));
  return chart;
}

/**
 * kilter_figure_trend:
 *
 * Sales and statistical forecast without their season, as a small line; %NULL when there is none.
 */
KilterChart *
kilter_figure_trend (const KilterSubject *subject)
{
  KilterPlan *plan = subject->plan;
  int n = kilter_plan_get_n_buckets (plan), first = 0, last = n;
  g_autofree double *values = g_new (double, n);
  KilterFormat format;

  if (!kilter_plan_model_trend (plan, subject->version, &subject->scope, values))
    return NULL;
  while (first < n && isnan (values[first]))
    first++;
  while (last > first && isnan (values[last - 1]))
    last--;
  kilter_format_init_for (&format, KILTER_UNIT_QUANTITY, values + first, (gsize) (last - first));
  return kilter_chart_new_spark (&(KilterChartSpark) {
    .name = _ ("Trend"),
    .values = values + first,
    .n = (gsize) (last - first),
    .n_actual = (gsize) CLAMP (kilter_plan_get_n_history (plan) - first, 0, last - first),
    .format = format.number,
  });
}

/* --- accuracy --- */

/**
 * kilter_figure_lags:
 *
 * Error by the number of periods between forecast and month, of the model and of naive in the
 * backtest. %NULL when nothing was measured.
 */
KilterChart *
kilter_figure_lags (const KilterSubject *subject)
{
  KilterBacktestLags errors;
  char *labels[KILTER_MODEL_LAGS + 1] = { NULL };
  char *names[KILTER_MODEL_LAGS + 1] = { NULL };
  KilterChartSeries series[3];
  gsize n_series = 0;
  gboolean measured = FALSE;
  KilterChart *chart;

  kilter_plan_backtest_lags (subject->plan, subject->version, &subject->scope, &errors);
  for (int lag = 0; lag < KILTER_MODEL_LAGS; lag++)
    measured |= !isnan (errors.model[lag]);
  if (!measured)
    return NULL;
  for (int lag = 0; lag < KILTER_MODEL_LAGS; lag++)
    {
      labels[lag] = kilter_format_count (lag + 1);
      names[lag] = g_strdup_printf (ngettext ("%d period ahead", "%d periods ahead", lag + 1),
                                    lag + 1);
    }
  series[n_series++] = (KilterChartSeries) { .name = _ ("Model"),
                                             .values = errors.model,
                                             .look = KILTER_CHART_LOOK_LINE,
                                             .role = KILTER_CHART_ROLE_FORECAST };
  series[n_series++] = (KilterChartSeries) { .name = _ ("Naive"),
                                             .values = errors.naive,
                                             .look = KILTER_CHART_LOOK_DASHED,
                                             .role = KILTER_CHART_ROLE_ACTUAL };
  chart = kilter_chart_new_lines (&(KilterChartLines) {
    .time = { .n = KILTER_MODEL_LAGS,
              .labels = (const char *const *) labels,
              .names = (const char *const *) names,
              .cycle = KILTER_MODEL_LAGS },
    .format = { .decimals = 1, .percent = TRUE },
    .series = series,
    .n_series = n_series,
  });
  kilter_chart_set_title (chart, _ ("Error by Lag"),
                          _ ("WAPE by periods ahead, backtest of the last forecast run"));
  for (int lag = 0; lag < KILTER_MODEL_LAGS; lag++)
    {
      g_free (labels[lag]);
      g_free (names[lag]);
    }
  return chart;
}

static int
compare_losses (gconstpointer a, gconstpointer b)
{
  const KilterChartDumbbellRow *x = a, *y = b;
  double dx = x->value - x->reference, dy = y->value - y->reference;

  return dx > dy ? -1 : (dx < dy ? 1 : 0);
}

/**
 * kilter_figure_accuracy:
 *
 * Error of the model and of the better naive method for each product of the scope, the largest
 * loss first.
 */
KilterChart *
kilter_figure_accuracy (const KilterSubject *subject)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (KilterChartDumbbellRow));
  g_autofree char *headline = kilter_headline_accuracy (subject);
  KilterChart *chart;

  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = subject->scope;
      KilterModelSummary summary;

      one.product = g_array_index (products, int, i);
      kilter_plan_model_summary (subject->plan, subject->version, &one, &summary);
      if (!isnan (summary.wape))
        {
          KilterChartDumbbellRow row = { kilter_plan_get_product_name (subject->plan, one.product),
                                         summary.wape, summary.naive_wape };

          g_array_append_val (rows, row);
        }
    }
  if (rows->len == 0)
    return NULL;
  g_array_sort (rows, compare_losses);
  chart = kilter_chart_new_dumbbell (&(KilterChartDumbbell) {
    .rows = (const KilterChartDumbbellRow *) rows->data,
    .n_rows = MIN (rows->len, 40),
    .value_name = _ ("Model"),
    .reference_name = _ ("Naive"),
    .difference_heading = _ ("Difference"),
    .format = { .decimals = 1, .percent = TRUE },
    .difference_format = { .decimals = 1, .percent = TRUE, .sign = TRUE },
  });
  kilter_chart_set_title (chart, headline,
                          _ ("WAPE one period ahead, backtest of the last forecast run"));
  return chart;
}

/**
 * kilter_figure_product_spark:
 *
 * A product's sales of two years and its forecast as a small line.
 */
KilterChart *
kilter_figure_product_spark (const KilterSubject *subject, int product)
{
  int n = kilter_plan_get_n_buckets (subject->plan);
  int cycle = kilter_plan_get_n_history (subject->plan);
  int first = MAX (cycle - 24, 0), last = MIN (cycle + 12, n);
  KilterSubject one = *subject;
  g_autofree double *demand = NULL;
  KilterFormat format;

  one.scope = (KilterScope) { .product = product };
  demand = kilter_subject_dup (&one, KILTER_DEMAND);
  kilter_subject_init_format (&one, KILTER_DEMAND, demand, (gsize) n, &format);
  return kilter_chart_new_spark (&(KilterChartSpark) {
    .name = kilter_plan_get_product_name (subject->plan, product),
    .values = demand + first,
    .n = (gsize) (last - first),
    .n_actual = (gsize) (cycle - first),
    .format = format.number,
  });
}
