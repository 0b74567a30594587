/* kilter-review-events.c: what an event is worth
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"

#include <math.h>

static double
sum (const double *values, int n)
{
  double total = 0;

  for (int i = 0; i < n; i++)
    total += values[i];
  return total;
}

/* The planned uplift over the event's buckets: the mean of its shares, or its quantity against what
 * its own products would sell. */
static double
get_planned (KilterPlan *plan, KilterVersion version, const KilterRecord *event)
{
  g_autoptr (GArray)
    profile = kilter_event_parse_profile (kilter_record_text (event, KILTER_EVENT_PROFILE));
  double given = sum ((const double *) profile->data, (int) profile->len), base = 0;
  int first, last;

  if (profile->len == 0 || !kilter_event_get_span (plan, event, &first, &last))
    return NAN;
  if (!g_str_equal (kilter_record_text (event, KILTER_EVENT_UNIT), "quantity"))
    return given / (last - first + 1);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      KilterScope scope = { .product = kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT),
                            .region = kilter_record_ref (event, KILTER_EVENT_REGION),
                            .channel = kilter_record_ref (event, KILTER_EVENT_CHANNEL) };
      int from = MAX (first, 0), to = MIN (last, kilter_plan_get_n_buckets (plan) - 1);
      double part;

      if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) != event->id ||
          !isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)) || to < from)
        continue;
      part = kilter_plan_aggregate_time (
        plan, version, to < kilter_plan_get_n_history (plan) ? KILTER_CLEANED : KILTER_STATISTICAL,
        &scope, from, to - from + 1);
      base += isnan (part) ? 0 : part;
    }
  return base > 0 ? given / base : NAN;
}

/**
 * kilter_plan_event_worth:
 * @id: the event's id
 *
 * Sums what an event does over the horizon, whether it is planned or only proposed.
 */
void
kilter_plan_event_worth (KilterPlan *plan, KilterVersion version, int id, KilterEventWorth *out)
{
  const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id);
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *own = g_new (double, n), *lost = g_new (double, n);

  *out = (KilterEventWorth) { .planned = NAN, .measured = NAN };
  if (event == NULL)
    return;
  kilter_plan_event_effect (plan, version, id, KILTER_IN_QUANTITY, own, lost);
  out->own = sum (own, n);
  out->lost = sum (lost, n);
  kilter_plan_event_effect (plan, version, id, KILTER_IN_REVENUE, own, lost);
  out->revenue = sum (own, n) + sum (lost, n);
  kilter_plan_event_effect (plan, version, id, KILTER_IN_MARGIN, own, lost);
  out->margin = sum (own, n) + sum (lost, n);
  out->cost = kilter_record_number_or (event, KILTER_EVENT_COST, 0);
  out->planned = get_planned (plan, version, event);
  out->measured = kilter_plan_event_measured (plan, id);
}
