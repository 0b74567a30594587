/* kilter-figure-events.c: the calendar of what moves demand, and what an event does
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure/kilter-figure.h"

#include "report/figure/kilter-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/**
 * kilter_event_kind_get_name:
 *
 * Returns: (transfer none): the word for a kind of event
 */
const char *
kilter_event_kind_get_name (const char *kind)
{
  static const struct
  {
    const char *key;
    const char *name;
  } names[] = {
    { "promotion", NC_ ("kind of event", "Promotion") },
    { "launch", NC_ ("kind of event", "Launch") },
    { "phase-out", NC_ ("kind of event", "Phase-out") },
    { "price", NC_ ("kind of event", "Price change") },
    { "holiday", NC_ ("kind of event", "Holiday") },
    { "stock-out", NC_ ("kind of event", "Stock-out") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].key, kind) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "kind of event", names[i].name);
  return C_ ("kind of event", "Other");
}

/* --- the calendar --- */

typedef struct
{
  const KilterSubject *subject;
  int first;
  int n;
  GArray *products; /* int, the rows */
  GArray *spans;
  GPtrArray *texts;
} Calendar;

static int
get_row (Calendar *self, int product)
{
  for (guint i = 0; i < self->products->len; i++)
    if (g_array_index (self->products, int, i) == product)
      return (int) i;
  g_array_append_val (self->products, product);
  return (int) self->products->len - 1;
}

static void
add_span (Calendar *self,
          int product,
          int first,
          int last,
          const char *text,
          const char *kind,
          gboolean planned)
{
  KilterChartSpan span = { .first = MAX (first, self->first) - self->first,
                           .last = MIN (last, self->first + self->n - 1) - self->first,
                           .look = planned ? KILTER_CHART_LOOK_SOLID : KILTER_CHART_LOOK_OUTLINE,
                           .role = KILTER_CHART_ROLE_MARKETING };

  if (last < self->first || first >= self->first + self->n)
    return;
  if (g_str_equal (kind, "launch") || g_str_equal (kind, "price"))
    {
      span.look = first == last ? KILTER_CHART_LOOK_DIAMOND : span.look;
      span.role = g_str_equal (kind, "launch") ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_SALES;
    }
  else if (g_str_equal (kind, "phase-out") || g_str_equal (kind, "stock-out"))
    span.role = KILTER_CHART_ROLE_BAD;
  span.row = get_row (self, product);
  span.text = text;
  g_array_append_val (self->spans, span);
}

static void
add_events (Calendar *self)
{
  KilterPlan *plan = self->subject->plan;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      int product = kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT), first, last;
      const KilterRecord *event = kilter_plan_get_record (
        plan, KILTER_TABLE_EVENT, kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT));

      /* what loses to an event has none of its own */
      if (event == NULL || !isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)) ||
          !kilter_scope_has_product (plan, &self->subject->scope, product) ||
          !kilter_event_get_span (plan, event, &first, &last))
        continue;
      add_span (self, product, first, last, kilter_record_text (event, KILTER_EVENT_NAME),
                kilter_record_text (event, KILTER_EVENT_KIND), kilter_event_is_planned (event));
    }
}

/* Launches and ends that the products themselves say. */
static void
add_lives (Calendar *self)
{
  static const struct
  {
    int field;
    const char *kind;
  } ends[] = { { KILTER_PRODUCT_LAUNCH, "launch" }, { KILTER_PRODUCT_PHASE_OUT, "phase-out" } };
  KilterPlan *plan = self->subject->plan;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
      {
        const char *text = kilter_record_text (product, ends[i].field);
        KilterBucket bucket = *text != '\0' ? kilter_bucket_from_string (
                                                kilter_plan_get_bucket_kind (plan), text)
                                            : KILTER_BUCKET_NONE;
        int t = bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
        gboolean known = FALSE;

        for (guint k = 0; t >= 0 && k < self->spans->len; k++)
          {
            const KilterChartSpan *span = &g_array_index (self->spans, KilterChartSpan, k);

            known |= g_array_index (self->products, int, span->row) == product->id &&
                     span->first + self->first == t;
          }
        if (t >= 0 && !known && kilter_scope_has_product (plan, &self->subject->scope, product->id))
          add_span (self, product->id, t, t, kilter_event_kind_get_name (ends[i].kind),
                    ends[i].kind, TRUE);
      }
}

/* What planned events add to a year's demand, own products less what others lose. */
static char *
make_headline (const KilterSubject *subject, int *out_n)
{
  KilterPlan *plan = subject->plan;
  int cycle = kilter_plan_get_n_history (plan), n = MIN (12, kilter_plan_get_n_horizon (plan));
  double added = or_zero (
    kilter_plan_aggregate_time (plan, subject->version, KILTER_EVENT, &subject->scope, cycle, n));
  double base = or_zero (kilter_plan_aggregate_time (plan, subject->version, KILTER_STATISTICAL,
                                                     &subject->scope, cycle, n));
  int planned = 0;
  g_autofree char *size = NULL;

  *out_n = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT, event)
    {
      int first, last;

      (*out_n)++;
      planned += kilter_event_is_planned (event) &&
                 kilter_event_get_span (plan, event, &first, &last) && last >= cycle;
    }
  if (planned == 0)
    return g_strdup (_ ("No event is planned in the horizon"));
  if (!(base > 0))
    return g_strdup_printf (
      ngettext ("%d event is planned", "%d events are planned", (gulong) planned), planned);
  size = kilter_format_ratio (fabs (added / base), 1);
  if (added < 0)
    return g_strdup_printf (
      ngettext ("%1$d planned event takes %2$s from the demand of %3$d periods",
                "%1$d planned events take %2$s from the demand of %3$d periods", (gulong) planned),
      planned, size, n);
  return g_strdup_printf (ngettext ("%1$d planned event adds %2$s to the demand of %3$d periods",
                                    "%1$d planned events add %2$s to the demand of %3$d periods",
                                    (gulong) planned),
                          planned, size, n);
}

/**
 * kilter_figure_events:
 * @out_n_rows: how many rows the chart has
 *
 * Promotions, launches, phase-outs and price changes over the buckets, product by product; what is
 * only proposed is outlined. %NULL when there is nothing.
 */
KilterChart *
kilter_figure_events (const KilterSubject *subject, int first, int n, int *out_n_rows)
{
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (KilterChartSpan));
  g_autofree const char **names = NULL;
  g_auto (KilterFigureTime) time = { 0 };
  Calendar calendar = { subject, first, n, products, spans, NULL };
  g_autofree char *headline = NULL, *title = kilter_subject_get_title (subject);
  KilterChart *chart;
  int n_events;

  add_events (&calendar);
  add_lives (&calendar);
  *out_n_rows = (int) products->len;
  if (products->len == 0)
    return NULL;
  names = g_new (const char *, products->len);
  for (guint i = 0; i < products->len; i++)
    names[i] = kilter_plan_get_product_name (subject->plan, g_array_index (products, int, i));
  kilter_figure_time_init (&time, subject->plan, first, n);
  chart = kilter_chart_new_gantt (&(KilterChartGantt) {
    .time = time.time,
    .n_rows = products->len,
    .row_names = names,
    .spans = (const KilterChartSpan *) spans->data,
    .n_spans = spans->len,
    .has_header = TRUE,
  });
  headline = make_headline (subject, &n_events);
  kilter_chart_set_title (chart, headline, title);
  return chart;
}

/* --- with and without --- */

/**
 * kilter_figure_event_effect:
 * @event: its id
 *
 * What the products of an event sell with and without it, some buckets before and after.
 */
KilterChart *
kilter_figure_event_effect (const KilterSubject *subject, int event)
{
  KilterPlan *plan = subject->plan;
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, event);
  int n = kilter_plan_get_n_buckets (plan), first, last, from, count;
  g_autofree double *without = g_new (double, n), *with = g_new (double, n);
  g_autofree double *own = g_new (double, n), *lost = g_new (double, n);
  g_auto (KilterFigureTime) time = { 0 };
  KilterChartSeries series[2];
  KilterFormat format;
  KilterChart *chart;

  if (record == NULL || !kilter_event_get_span (plan, record, &first, &last))
    return NULL;
  from = CLAMP (first - 6, 0, n - 1);
  count = CLAMP (last + 7, from + 1, n) - from;
  kilter_plan_event_base (plan, subject->version, event, without);
  kilter_plan_event_effect (plan, subject->version, event, KILTER_IN_QUANTITY, own, lost);
  for (int t = 0; t < n; t++)
    with[t] = without[t] + own[t] + lost[t];
  series[0] = (KilterChartSeries) { .name = _ ("With the event"),
                                    .values = with + from,
                                    .look = KILTER_CHART_LOOK_COLUMN };
  series[1] = (KilterChartSeries) { .name = _ ("Without it"),
                                    .values = without + from,
                                    .look = KILTER_CHART_LOOK_TICK };
  kilter_figure_time_init (&time, plan, from, count);
  kilter_subject_init_format (
    &(KilterSubject) { plan, subject->version, { 0 }, KILTER_DISPLAY_CASES }, KILTER_DEMAND,
    with + from, (gsize) count, &format);
  chart = kilter_chart_new_columns (&(KilterChartColumns) {
    .time = time.time,
    .format = format.number,
    .series = series,
    .n_series = G_N_ELEMENTS (series),
    .labelled = -1,
    .has_time_axis = TRUE,
    .has_legend = FALSE,
  });
  kilter_chart_set_title (chart, kilter_record_text (record, KILTER_EVENT_NAME),
                          _ ("Its products, with the event and without it"));
  return chart;
}
